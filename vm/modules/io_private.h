/* SPDX-License-Identifier: MIT */
/* What the files of the module _io share. */
#ifndef MODULES_IO_PRIVATE_H
#define MODULES_IO_PRIVATE_H
#include "Python.h"

enum { IO_BUFFER_SIZE = 8192, IO_EAGAIN = 11, IO_EINTR = 4 };

extern PyTypeObject _PyIO_IOBase, _PyIO_RawIOBase, _PyIO_BufferedIOBase, _PyIO_TextIOBase,
    _PyIO_FileIO, _PyIO_BytesIO, _PyIO_StringIO, _PyIO_BufferedReader, _PyIO_BufferedWriter,
    _PyIO_BufferedRandom, _PyIO_BufferedRWPair, _PyIO_NewlineDecoder, _PyIO_TextIOWrapper,
    _PyIO_BlockingIOError;
extern PyObject *_PyIO_UnsupportedOperation;

typedef struct {
    PyEnvironmentErrorObject base;
    Py_ssize_t written;
} _PyIO_BlockingError;

/* Sets BlockingIOError(EAGAIN, ..., written). */
void _PyIO_RaiseBlocking(Py_ssize_t written);
/* Forgets an EnvironmentError with EINTR: 1 if it was one (the call is to be made again). */
int _PyIO_TrapInterrupt(void);
/* For O&: an int or None (which leaves the Py_ssize_t as it is). */
int _PyIO_ConvertSize(PyObject *, void *result);
/* The same without None: for who wants a number. */
int _PyIO_ConvertNumber(PyObject *, void *result);
/* A position in a file; -1 with an exception, `err` for a number too large. */
int64_t _PyIO_AsOffset(PyObject *, PyObject *err);
/* Is the stream closed? 1, 0, -1 with an exception. */
int _PyIO_IsClosed(PyObject *stream);
int _PyIO_CheckClosed(PyObject *stream); /* 0, or -1 with ValueError */
/* True, or NULL with UnsupportedOperation. New references. */
PyObject *_PyIO_CheckReadable(PyObject *, PyObject *unused);
PyObject *_PyIO_CheckWritable(PyObject *, PyObject *unused);
PyObject *_PyIO_CheckSeekable(PyObject *, PyObject *unused);
/* Calls stream.name() for its truth: 1, 0, -1. */
int _PyIO_Asks(PyObject *stream, const char *name);
/* Calls a method without arguments and drops its result: 0 or -1. */
int _PyIO_Tell(PyObject *stream, const char *name);
/* To be called first in a stream's deallocator: closes the stream if it is open. -1: it lives
 * again. */
int _PyIO_Finalize(PyObject *stream);
/* Combines the exception that is set, if any, with one fetched before: the set one wins. */
void _PyIO_RestoreUnlessSet(PyObject *type, PyObject *value, PyObject *traceback);
PyObject *_PyIO_Unsupported(const char *what);

/* FileIO, without going through Python: bytes read or written, -1 with an exception, -2 would
 * block. */
Py_ssize_t _PyIO_FileRead(PyObject *file, void *buf, Py_ssize_t n);
Py_ssize_t _PyIO_FileWrite(PyObject *file, const void *buf, Py_ssize_t n);

PyObject *_PyIO_Open(PyObject *module, PyObject *args, PyObject *kwds);

/* Newlines (textio_newlines.c). The end of a line in s[0..n): just past it, or -1; then *consumed
 * tells how much need not be searched again. readnl: what ends a line (ASCII), or NULL; translated:
 * only \n does; universal: any of \n \r \r\n. */
Py_ssize_t _PyIO_FindLineEnd(const Py_UNICODE *s, Py_ssize_t n, int translated, int universal,
                             const char *readnl, Py_ssize_t *consumed);
PyObject *_PyIO_NewlineDecode(PyObject *decoder, PyObject *input, int final);
#endif
