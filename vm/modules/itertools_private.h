/* SPDX-License-Identifier: MIT */
/* What the files of itertools share. Each iterator type has flags, allocation and iteration in
 * common. */
#ifndef MODULES_ITERTOOLS_PRIVATE_H
#define MODULES_ITERTOOLS_PRIVATE_H
#include "Python.h"
#include "objects/iternext.h"

/* A type whose instances are collected iterators and may be subclassed. */
#define ITERTOOLS_TYPE(c_name, py_name, struct_type, x64, dealloc, traverse, next, new, doc, ...)  \
    PyTypeObject c_name = {PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = py_name,               \
                           .tp_basicsize = sizeof(struct_type),                                    \
                           .tp_x64_basicsize = x64,                                                \
                           .tp_dealloc = dealloc,                                                  \
                           .tp_getattro = PyObject_GenericGetAttr,                                 \
                           .tp_flags =                                                             \
                               Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,      \
                           .tp_doc = doc,                                                          \
                           .tp_traverse = traverse,                                                \
                           .tp_iter = PyObject_SelfIter,                                           \
                           .tp_iternext = next,                                                    \
                           .tp_alloc = PyType_GenericAlloc,                                        \
                           .tp_new = new,                                                          \
                           .tp_free = PyObject_GC_Del,                                             \
                           __VA_ARGS__}

/* The next item of an iterator, by its slot; NULL at the end or with an exception. */
static inline PyObject *itertools_next(PyObject *it)
{
    return _PyIter_NextOf(it);
}

/* Three-way: what `step`, with c->a self, c->d `held` (taken over) and c->n phase, makes of the
 * next item of it, or of the answer of func(args...), args a new tuple (taken over) or NULL. */
PyObject *_PyItertools_Ask(PyContFunc step, PyObject *self, int phase, PyObject *held,
                           PyObject *it);
PyObject *_PyItertools_Call(PyContFunc step, PyObject *self, int phase, PyObject *held,
                            PyObject *func, PyObject *args);

/* After a NULL from itertools_next: 0 at the plain end (StopIteration is forgotten), -1 for an
 * error. */
int _PyItertools_AtEnd(void);

extern PyTypeObject _PyItertools_Count, _PyItertools_Cycle, _PyItertools_Repeat, _PyItertools_Chain,
    _PyItertools_Compress, _PyItertools_DropWhile, _PyItertools_TakeWhile, _PyItertools_IFilter,
    _PyItertools_IFilterFalse, _PyItertools_ISlice, _PyItertools_StarMap, _PyItertools_IMap,
    _PyItertools_GroupBy, _PyItertools_Grouper, _PyItertools_Tee, _PyItertools_TeeData,
    _PyItertools_IZip, _PyItertools_IZipLongest, _PyItertools_Product, _PyItertools_Permutations,
    _PyItertools_Combinations, _PyItertools_CombinationsWR;
PyObject *_PyItertools_TeeFunction(PyObject *, PyObject *args);
#endif
