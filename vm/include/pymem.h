/* SPDX-License-Identifier: MIT */
/* Raw memory. Sizes are Py_ssize_t; a size that is negative or larger than the address space gives
 * NULL (no exception set), so that callers can write PyErr_NoMemory(). A size of 0 gives a unique
 * pointer. */
#ifndef PYMEM_H
#define PYMEM_H
void *PyMem_Malloc(Py_ssize_t n);
void *PyMem_Calloc(Py_ssize_t n, Py_ssize_t size);
void *PyMem_Realloc(void *p, Py_ssize_t n);
void PyMem_Free(void *p);
#define PyMem_MALLOC PyMem_Malloc
#define PyMem_REALLOC PyMem_Realloc
#define PyMem_FREE PyMem_Free
#define PyMem_DEL PyMem_Free
#define PyMem_Del PyMem_Free
/* n objects of a type; NULL on overflow or no memory. */
#define PyMem_New(type, n)                                                                         \
    (((uint64_t)(n) > (uint64_t)PY_SSIZE_T_MAX / sizeof(type))                                     \
         ? NULL                                                                                    \
         : (type *)PyMem_Malloc((Py_ssize_t)((n) * (Py_ssize_t)sizeof(type))))
#define PyMem_NEW(type, n) PyMem_New(type, n)
#define PyMem_Resize(p, type, n)                                                                   \
    ((p) = ((uint64_t)(n) > (uint64_t)PY_SSIZE_T_MAX / sizeof(type))                               \
               ? NULL                                                                              \
               : (type *)PyMem_Realloc((p), (Py_ssize_t)((n) * (Py_ssize_t)sizeof(type))))
#define PyMem_RESIZE(p, type, n) PyMem_Resize(p, type, n)
/* Small-object allocator (arenas of pools of size classes); same contract. */
void *PyObject_Malloc(Py_ssize_t n);
void *PyObject_Realloc(void *p, Py_ssize_t n);
void PyObject_Free(void *p);
#define PyObject_MALLOC PyObject_Malloc
#define PyObject_REALLOC PyObject_Realloc
#define PyObject_FREE PyObject_Free
#define PyObject_Del PyObject_Free
#define PyObject_DEL PyObject_Free
#endif
