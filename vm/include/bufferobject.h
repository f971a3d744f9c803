/* SPDX-License-Identifier: MIT */
/* buffer: the old view type. */
#ifndef BUFFEROBJECT_H
#define BUFFEROBJECT_H
extern PyTypeObject PyBuffer_Type;
#define PyBuffer_Check(op) (Py_TYPE(op) == &PyBuffer_Type)
#define Py_END_OF_BUFFER (-1)
PyObject *PyBuffer_FromObject(PyObject *base, Py_ssize_t offset, Py_ssize_t size);
PyObject *PyBuffer_FromReadWriteObject(PyObject *base, Py_ssize_t offset, Py_ssize_t size);
PyObject *PyBuffer_FromMemory(void *, Py_ssize_t);
PyObject *PyBuffer_FromReadWriteMemory(void *, Py_ssize_t);
PyObject *PyBuffer_New(Py_ssize_t);
#endif
