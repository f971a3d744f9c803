/* SPDX-License-Identifier: MIT */
/* What the three files of list share. */
#ifndef OBJECTS_LIST_PRIVATE_H
#define OBJECTS_LIST_PRIVATE_H
#include "Python.h"
int _PyList_Resize(PyListObject *, Py_ssize_t newsize);
int _PyList_ClearItems(PyObject *);
void _PyList_ReverseItems(PyObject **low, PyObject **high); /* high is past the last */
PyObject *_PyList_Iter(PyObject *);
PyObject *_PyList_Reversed(PyObject *, PyObject *unused);
PyObject *_PyList_SortMethod(PyObject *, PyObject *args, PyObject *kwds);
#endif
