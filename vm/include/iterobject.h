/* SPDX-License-Identifier: MIT */
/* The sequence iterator and the callable-sentinel iterator. */
#ifndef ITEROBJECT_H
#define ITEROBJECT_H
extern PyTypeObject PySeqIter_Type, PyCallIter_Type;
#define PySeqIter_Check(op) (Py_TYPE(op) == &PySeqIter_Type)
#define PyCallIter_Check(op) (Py_TYPE(op) == &PyCallIter_Type)
PyObject *PySeqIter_New(PyObject *);
PyObject *PyCallIter_New(PyObject *callable, PyObject *sentinel);
#endif
