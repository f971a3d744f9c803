/* SPDX-License-Identifier: MIT */
/* What the files of unicode share: making raw objects, growing texts, and the error handlers of
 * codecs. */
#ifndef UNICODE_PRIVATE_H
#define UNICODE_PRIVATE_H
#include "Python.h"

extern PyMethodDef _PyUnicode_Methods[];
/* A fresh object of n units to be filled (n = 0: the shared empty one). */
PyObject *_PyUnicode_New(Py_ssize_t n);

/* A growing UCS4 text. */
typedef struct {
    Py_UNICODE *p;
    Py_ssize_t n, room;
} _PyUnicodeWriter;
int _PyUnicodeWriter_Reserve(_PyUnicodeWriter *w, Py_ssize_t more);
int _PyUnicodeWriter_Add(_PyUnicodeWriter *w, const Py_UNICODE *s, Py_ssize_t n);
int _PyUnicodeWriter_AddChar(_PyUnicodeWriter *w, Py_UCS4 c);
PyObject *_PyUnicodeWriter_Finish(_PyUnicodeWriter *w); /* frees w's text in any case */
void _PyUnicodeWriter_Free(_PyUnicodeWriter *w);

/* Growing bytes, as an unshared str. */
typedef struct {
    PyObject *str;
    Py_ssize_t n;
} _PyBytesWriter;
int _PyBytesWriter_Init(_PyBytesWriter *w, Py_ssize_t room);
int _PyBytesWriter_Add(_PyBytesWriter *w, const char *s, Py_ssize_t n);
PyObject *_PyBytesWriter_Finish(_PyBytesWriter *w);

/* A run of a decoder, for its error handling. */
typedef struct {
    const char *encoding, *errors;
    const char *input;
    Py_ssize_t size;
    PyObject *handler, *exception;
    _PyUnicodeWriter out;
} _PyDecoder;
/* Calls the error handler for input[start:end] and appends what it gives. Answers where to go on,
 * or -1 with an exception. */
Py_ssize_t _PyDecoder_Error(_PyDecoder *d, Py_ssize_t start, Py_ssize_t end, const char *reason);
PyObject *_PyDecoder_Finish(_PyDecoder *d);
PyObject *_PyDecoder_Fail(_PyDecoder *d); /* frees; NULL */

typedef struct {
    const char *encoding, *errors;
    const Py_UNICODE *input;
    Py_ssize_t size;
    PyObject *handler, *exception;
    int translating; /* raises UnicodeTranslateError */
} _PyEncoder;
/* The replacement (new reference, unicode) for input[start:end], and where to go on. */
PyObject *_PyEncoder_Error(_PyEncoder *e, Py_ssize_t start, Py_ssize_t end, const char *reason,
                           Py_ssize_t *next);
/* Raises the exception itself, as 'strict' does. */
void _PyEncoder_Raise(_PyEncoder *e, Py_ssize_t start, Py_ssize_t end, const char *reason);
void _PyEncoder_Free(_PyEncoder *e);
#endif
