/* SPDX-License-Identifier: MIT */
/* tuple. */
#ifndef TUPLEOBJECT_H
#define TUPLEOBJECT_H
typedef struct {
    PyObject_VAR_HEAD PyObject *ob_item[1];
} PyTupleObject;
typedef struct {
    PyObject_HEAD py_long it_index;
    PyTupleObject *it_seq; /* NULL when exhausted */
} tupleiterobject;         /* layout read by the eval loop */
#define PyTuple_BASICSIZE ((Py_ssize_t)offsetof(PyTupleObject, ob_item))
extern PyTypeObject PyTuple_Type, PyTupleIter_Type;
#define PyTuple_Check(op) PyType_FastSubclass(Py_TYPE(op), Py_TPFLAGS_TUPLE_SUBCLASS)
#define PyTuple_CheckExact(op) (Py_TYPE(op) == &PyTuple_Type)
PyObject *PyTuple_New(Py_ssize_t);
Py_ssize_t PyTuple_Size(PyObject *);
PyObject *PyTuple_GetItem(PyObject *, Py_ssize_t);       /* borrowed */
int PyTuple_SetItem(PyObject *, Py_ssize_t, PyObject *); /* steals */
PyObject *PyTuple_GetSlice(PyObject *, Py_ssize_t, Py_ssize_t);
int _PyTuple_Resize(PyObject **, Py_ssize_t);
PyObject *PyTuple_Pack(Py_ssize_t, ...);
void _PyTuple_MaybeUntrack(PyObject *);
int PyTuple_ClearFreeList(void);
#define PyTuple_GET_ITEM(op, i) (((PyTupleObject *)(op))->ob_item[i])
#define PyTuple_GET_SIZE(op) Py_SIZE(op)
#define PyTuple_SET_ITEM(op, i, v) (((PyTupleObject *)(op))->ob_item[i] = (v))
#endif
