/* SPDX-License-Identifier: MIT */
/* list: an over-allocated array of owned references. */
#ifndef LISTOBJECT_H
#define LISTOBJECT_H
typedef struct {
    PyObject_VAR_HEAD PyObject **ob_item;
    Py_ssize_t allocated;
} PyListObject;
typedef struct {
    PyObject_HEAD py_long it_index;
    PyListObject *it_seq; /* NULL when exhausted */
} listiterobject;         /* layout read by the eval loop */
extern PyTypeObject PyList_Type, PyListIter_Type, PyListRevIter_Type;
#define PyList_Check(op) PyType_FastSubclass(Py_TYPE(op), Py_TPFLAGS_LIST_SUBCLASS)
#define PyList_CheckExact(op) (Py_TYPE(op) == &PyList_Type)
PyObject *PyList_New(Py_ssize_t);
Py_ssize_t PyList_Size(PyObject *);
PyObject *PyList_GetItem(PyObject *, Py_ssize_t);       /* borrowed */
int PyList_SetItem(PyObject *, Py_ssize_t, PyObject *); /* steals */
int PyList_Insert(PyObject *, Py_ssize_t, PyObject *);
int PyList_Append(PyObject *, PyObject *);
PyObject *PyList_GetSlice(PyObject *, Py_ssize_t, Py_ssize_t);
int PyList_SetSlice(PyObject *, Py_ssize_t, Py_ssize_t, PyObject *);
int PyList_Sort(PyObject *);
int PyList_Reverse(PyObject *);
PyObject *PyList_AsTuple(PyObject *);
PyObject *_PyList_Extend(PyListObject *, PyObject *);
#define PyList_GET_ITEM(op, i) (((PyListObject *)(op))->ob_item[i])
#define PyList_SET_ITEM(op, i, v) (((PyListObject *)(op))->ob_item[i] = (v))
#define PyList_GET_SIZE(op) Py_SIZE(op)
/* Extends the list, then answers `answer` (borrowed); three-way. */
PyObject *_PyList_ExtendGoOn(PyObject *list, PyObject *iterable, PyObject *answer);
#endif
