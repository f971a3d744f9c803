/* SPDX-License-Identifier: MIT */
/* What the two files of set share: the table (setobject.c) and the algebra on it (set_ops.c). */
#ifndef OBJECTS_SET_PRIVATE_H
#define OBJECTS_SET_PRIVATE_H
#include "Python.h"
#define SET(op) ((PySetObject *)(op))
PyObject *_PySet_Make(PyTypeObject *, PyObject *iterable); /* iterable may be NULL */
int _PySet_AddHashed(PyObject *, PyObject *key, py_long hash);
int _PySet_DiscardHashed(PyObject *, PyObject *key, py_long hash); /* 1 it was there, 0 not, -1 */
int _PySet_HasHashed(PyObject *, PyObject *key, py_long hash);
int _PySet_DiscardDummies(PyObject *); /* after removing much */
int _PySet_MergeSet(PyObject *, PyObject *other);
PyObject *_PySet_UpdateGoOn(PyObject *op, PyObject *iterable); /* three-way; None */
int _PySet_UpdateFrom(PyObject *, PyObject *iterable); /* frozensets too, while they are made */
void _PySet_SwapBodies(PyObject *, PyObject *);
void _PySet_ClearTable(PyObject *);
int _PySet_NextKey(PyObject *, Py_ssize_t *pos, PyObject **key,
                   py_long *hash); /* as _PySet_NextEntry */
py_long _PySet_HashKey(PyObject *);
PyObject *_PySet_Copy(PyObject *, PyObject *unused);

PyObject *_PySet_RichCompare(PyObject *, PyObject *, int op);
PyObject *_PySet_MethodUnion(PyObject *, PyObject *args);
PyObject *_PySet_MethodUpdate(PyObject *, PyObject *args);
PyObject *_PySet_MethodIntersection(PyObject *, PyObject *args);
PyObject *_PySet_MethodIntersectionUpdate(PyObject *, PyObject *args);
PyObject *_PySet_MethodDifference(PyObject *, PyObject *args);
PyObject *_PySet_MethodDifferenceUpdate(PyObject *, PyObject *args);
PyObject *_PySet_MethodSymmetricDifference(PyObject *, PyObject *other);
PyObject *_PySet_MethodSymmetricDifferenceUpdate(PyObject *, PyObject *other);
PyObject *_PySet_MethodIsDisjoint(PyObject *, PyObject *other);
PyObject *_PySet_MethodIsSubset(PyObject *, PyObject *other);
PyObject *_PySet_MethodIsSuperset(PyObject *, PyObject *other);
extern PyNumberMethods _PySet_AsNumber, _PyFrozenSet_AsNumber;
#endif
