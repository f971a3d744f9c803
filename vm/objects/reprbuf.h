/* SPDX-License-Identifier: MIT */
/* A growing byte buffer in which containers assemble their repr. Invariant: once an addition failed
 * the buffer is released and stays failed, so a caller may check only the last answer. */
#ifndef OBJECTS_REPRBUF_H
#define OBJECTS_REPRBUF_H
#include "Python.h"
typedef struct {
    char *bytes; /* NULL until something was added */
    Py_ssize_t used, room;
} _PyReprBuf;
#define _PyReprBuf_INIT                                                                            \
    {                                                                                              \
        NULL, 0, 0                                                                                 \
    }
int _PyReprBuf_AddBytes(_PyReprBuf *, const char *, Py_ssize_t); /* 0, or -1 with an exception */
int _PyReprBuf_AddRepr(_PyReprBuf *, PyObject *);
PyObject *_PyReprBuf_Finish(_PyReprBuf *); /* the str; releases the buffer in any case */
void _PyReprBuf_Discard(_PyReprBuf *);
#endif
