/* SPDX-License-Identifier: MIT */
/* Memory that is freed all at once: what a compilation allocates. An arena may also own objects. */
#ifndef Py_PYARENA_H
#define Py_PYARENA_H

#include "Python.h"

typedef struct _arena PyArena;

/* A new arena, or NULL with MemoryError set. */
PyArena *PyArena_New(void);
void PyArena_Free(PyArena *arena);
/* Aligned memory, or NULL with MemoryError set. */
void *PyArena_Malloc(PyArena *arena, Py_ssize_t size);
/* Hands a reference to the arena, in any case; 0, or -1 with an exception set. */
int PyArena_AddPyObject(PyArena *arena, PyObject *object);

#endif
