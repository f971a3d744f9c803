/* SPDX-License-Identifier: MIT */
/* What the files of dict share. */
#ifndef OBJECTS_DICT_PRIVATE_H
#define OBJECTS_DICT_PRIVATE_H
#include "Python.h"
PyObject *_PyDict_IterKeys(PyObject *, PyObject *unused);
PyObject *_PyDict_IterValues(PyObject *, PyObject *unused);
PyObject *_PyDict_IterItems(PyObject *, PyObject *unused);
PyObject *_PyDict_KeyIter(PyObject *);
PyObject *_PyDict_ViewKeys(PyObject *, PyObject *unused);
PyObject *_PyDict_ViewValues(PyObject *, PyObject *unused);
PyObject *_PyDict_ViewItems(PyObject *, PyObject *unused);
PyObject *_PyDict_FromKeys(PyObject *cls, PyObject *args);
PyObject *_PyDict_UpdateGoOn(PyObject *op, PyObject *args, PyObject *kwds, const char *methname);
int _PyDict_UpdateFromArgs(PyObject *, PyObject *args, PyObject *kwds, const char *methname);
/* dictmerge.c uses these of dictobject.c. */
int _PyDict_Insert(PyDictObject *, PyObject *key, py_long hash, PyObject *value); /* may not grow */
int _PyDict_Grow(PyDictObject *, Py_ssize_t minused);
PyObject *_PyDict_MethodUpdate(PyObject *, PyObject *args, PyObject *kwds);
#endif
