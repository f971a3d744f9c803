/* SPDX-License-Identifier: MIT */
/* slice and Ellipsis. */
#ifndef SLICEOBJECT_H
#define SLICEOBJECT_H
typedef struct {
    PyObject_HEAD PyObject *start, *stop, *step;
} PySliceObject;
extern PyTypeObject PySlice_Type, PyEllipsis_Type;
extern PyObject _Py_EllipsisObject;
#define Py_Ellipsis (&_Py_EllipsisObject)
#define PySlice_Check(op) (Py_TYPE(op) == &PySlice_Type)
PyObject *PySlice_New(PyObject *, PyObject *, PyObject *);
PyObject *_PySlice_FromIndices(Py_ssize_t, Py_ssize_t);
int PySlice_GetIndices(PySliceObject *, Py_ssize_t len, Py_ssize_t *, Py_ssize_t *, Py_ssize_t *);
int PySlice_GetIndicesEx(PySliceObject *, Py_ssize_t len, Py_ssize_t *start, Py_ssize_t *stop,
                         Py_ssize_t *step, Py_ssize_t *slicelength);
int _PySlice_Unpack(PyObject *, Py_ssize_t *, Py_ssize_t *, Py_ssize_t *);
Py_ssize_t _PySlice_AdjustIndices(Py_ssize_t length, Py_ssize_t *start, Py_ssize_t *stop,
                                  Py_ssize_t step);
int _PyEval_SliceIndex(PyObject *, Py_ssize_t *);  /* 1 ok, 0 error; NULL and None leave it */
int _PyEval_SliceIndexNotNone(PyObject *, void *); /* None is an error; for O&, to a Py_ssize_t */
#endif
