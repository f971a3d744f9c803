/* SPDX-License-Identifier: MIT */
/* What other modules need of mapped memory (mmapmodule.c). A mapping that processes share may lie
 * outside of this process's memory; its window here is then a copy, which is loaded before a read
 * and whose bytes are stored after a write. Whoever cannot tell when it writes holds the window: at
 * each synchronization (a semaphore, a fork) the bytes that changed since are stored and the rest
 * is loaded anew. */
#ifndef KRAIT_MMAP_SHARED_H
#define KRAIT_MMAP_SHARED_H
#include "Python.h"

extern PyTypeObject _PyMmap_Type;
#define _PyMmap_Check(o) PyObject_TypeCheck(o, &_PyMmap_Type)
/* The window, without a load; -1 with an exception when it is closed, or read-only for `write`. */
int _PyMmap_Window(PyObject *mapping, int write, char **p, Py_ssize_t *n);
/* p is in the window. */
void _PyMmap_Load(PyObject *mapping, char *p, Py_ssize_t n);
void _PyMmap_Store(PyObject *mapping, const char *p, Py_ssize_t n);
/* While held, the window stays where it is, and is synchronized. 0, -1: no memory. */
int _PyMmap_Hold(PyObject *mapping);
void _PyMmap_LetGo(PyObject *mapping);
/* Synchronizes all windows that others have. */
extern void *_PyMmap_Lent;
void _PyMmap_SyncAll(void);
static inline void _PyMmap_Sync(void)
{
    if (_PyMmap_Lent != NULL)
        _PyMmap_SyncAll();
}
#endif
