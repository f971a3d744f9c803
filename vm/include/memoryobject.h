/* SPDX-License-Identifier: MIT */
/* memoryview. */
#ifndef MEMORYOBJECT_H
#define MEMORYOBJECT_H
typedef struct {
    PyObject_HEAD PyObject *base;
    Py_buffer view;
} PyMemoryViewObject;
extern PyTypeObject PyMemoryView_Type;
#define PyMemoryView_Check(op) (Py_TYPE(op) == &PyMemoryView_Type)
#define PyMemoryView_GET_BUFFER(op) (&((PyMemoryViewObject *)(op))->view)
PyObject *PyMemoryView_FromObject(PyObject *);
PyObject *PyMemoryView_FromBuffer(Py_buffer *);
PyObject *PyMemoryView_GetContiguous(PyObject *, int buffertype, char order);
#endif
