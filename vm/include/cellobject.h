/* SPDX-License-Identifier: MIT */
/* cell: one shared variable of a closure. */
#ifndef CELLOBJECT_H
#define CELLOBJECT_H
typedef struct {
    PyObject_HEAD PyObject *ob_ref; /* NULL when empty */
} PyCellObject;
extern PyTypeObject PyCell_Type;
#define PyCell_Check(op) (Py_TYPE(op) == &PyCell_Type)
PyObject *PyCell_New(PyObject *);
PyObject *PyCell_Get(PyObject *);
int PyCell_Set(PyObject *, PyObject *);
#define PyCell_GET(op) (((PyCellObject *)(op))->ob_ref)
#define PyCell_SET(op, v) (((PyCellObject *)(op))->ob_ref = (v))
#endif
