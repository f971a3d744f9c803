/* SPDX-License-Identifier: MIT */
/* What the two files of bytearray share. */
#ifndef BYTEARRAY_PRIVATE_H
#define BYTEARRAY_PRIVATE_H
#include "Python.h"
extern PyMethodDef _PyByteArray_Methods[];
/* A byte from an int, a long, an index or a one-byte str: 1, or 0 with an exception. */
int _PyByteArray_ByteValue(PyObject *arg, int *value);
/* Any object's bytes; 0, or -1 with TypeError. */
int _PyByteArray_GetBuffer(PyObject *obj, Py_buffer *view);
int _PyByteArray_SetSlice(PyObject *self, Py_ssize_t lo, Py_ssize_t hi, PyObject *values);
#endif
