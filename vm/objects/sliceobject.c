/* SPDX-License-Identifier: MIT */
/* slice and Ellipsis. Invariant of the index functions: after _PySlice_AdjustIndices every index
 * start + i * step with 0 <= i < slicelength lies in the sequence. */
#include "Python.h"

static PyObject *ellipsis_repr(PyObject *self)
{
    return PyString_FromString("Ellipsis");
}

PyTypeObject PyEllipsis_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "ellipsis",
    .tp_basicsize = sizeof(PyObject),
    .tp_x64_basicsize = 16,
    .tp_repr = ellipsis_repr,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
};
PyObject _Py_EllipsisObject = {PyObject_HEAD_INIT(&PyEllipsis_Type)};

PyObject *PySlice_New(PyObject *start, PyObject *stop, PyObject *step)
{
    PySliceObject *s = PyObject_GC_New(PySliceObject, &PySlice_Type);

    if (s == NULL)
        return NULL;
    s->start = start == NULL ? Py_None : start;
    s->stop = stop == NULL ? Py_None : stop;
    s->step = step == NULL ? Py_None : step;
    Py_INCREF(s->start);
    Py_INCREF(s->stop);
    Py_INCREF(s->step);
    _PyObject_GC_TRACK(s);
    return (PyObject *)s;
}

PyObject *_PySlice_FromIndices(Py_ssize_t start, Py_ssize_t stop)
{
    PyObject *from = PyInt_FromSsize_t(start), *to = PyInt_FromSsize_t(stop), *result = NULL;

    if (from != NULL && to != NULL)
        result = PySlice_New(from, to, NULL);
    Py_XDECREF(from);
    Py_XDECREF(to);
    return result;
}

static int slice_index(PyObject *v, Py_ssize_t *result, const char *complaint)
{
    Py_ssize_t x;

    if (PyInt_Check(v))
        x = PyInt_AS_LONG(v);
    else if (PyIndex_Check(v)) {
        x = PyNumber_AsSsize_t(v, NULL); /* clipped */
        if (x == -1 && PyErr_Occurred())
            return 0;
    } else {
        PyErr_SetString(PyExc_TypeError, complaint);
        return 0;
    }
    *result = x;
    return 1;
}

int _PyEval_SliceIndex(PyObject *v, Py_ssize_t *result)
{
    if (v == NULL || v == Py_None)
        return 1;
    return slice_index(v, result,
                       "slice indices must be integers or None or have an __index__ method");
}

int _PyEval_SliceIndexNotNone(PyObject *v, void *result)
{
    return slice_index(v, result, "slice indices must be integers or have an __index__ method");
}

/* The old way: only ints, no clipping; -1 without exception when something does not fit. */
int PySlice_GetIndices(PySliceObject *r, Py_ssize_t len, Py_ssize_t *start, Py_ssize_t *stop,
                       Py_ssize_t *step)
{
    *step = 1;
    if (r->step != Py_None) {
        if (!PyInt_Check(r->step) && !PyLong_Check(r->step))
            return -1;
        *step = PyInt_AsSsize_t(r->step);
    }
    *start = *step < 0 ? len - 1 : 0;
    if (r->start != Py_None) {
        if (!PyInt_Check(r->start) && !PyLong_Check(r->start))
            return -1;
        *start = PyInt_AsSsize_t(r->start);
        if (*start < 0)
            *start += len;
    }
    *stop = *step < 0 ? -1 : len;
    if (r->stop != Py_None) {
        if (!PyInt_Check(r->stop) && !PyLong_Check(r->stop))
            return -1;
        *stop = PyInt_AsSsize_t(r->stop);
        if (*stop < 0)
            *stop += len;
    }
    if (*stop > len || *start >= len || *step == 0)
        return -1;
    return 0;
}

int _PySlice_Unpack(PyObject *slice, Py_ssize_t *start, Py_ssize_t *stop, Py_ssize_t *step)
{
    PySliceObject *r = (PySliceObject *)slice;

    *step = 1;
    if (!_PyEval_SliceIndex(r->step, step))
        return -1;
    if (*step == 0) {
        PyErr_SetString(PyExc_ValueError, "slice step cannot be zero");
        return -1;
    }
    if (*step < -PY_SSIZE_T_MAX) /* so that it can be negated */
        *step = -PY_SSIZE_T_MAX;
    *start = *step < 0 ? PY_SSIZE_T_MAX : 0;
    *stop = *step < 0 ? PY_SSIZE_T_MIN : PY_SSIZE_T_MAX;
    if (!_PyEval_SliceIndex(r->start, start) || !_PyEval_SliceIndex(r->stop, stop))
        return -1;
    return 0;
}

static Py_ssize_t slice_clip(Py_ssize_t i, Py_ssize_t length, Py_ssize_t step)
{
    Py_ssize_t lowest = step < 0 ? -1 : 0, highest = step < 0 ? length - 1 : length;

    if (i < 0) {
        i += length;
        return i < 0 ? lowest : i;
    }
    return i >= length ? highest : i;
}

Py_ssize_t _PySlice_AdjustIndices(Py_ssize_t length, Py_ssize_t *start, Py_ssize_t *stop,
                                  Py_ssize_t step)
{
    *start = slice_clip(*start, length, step);
    *stop = slice_clip(*stop, length, step);
    if (step < 0)
        return *stop < *start ? (*start - *stop - 1) / -step + 1 : 0;
    return *start < *stop ? (*stop - *start - 1) / step + 1 : 0;
}

int PySlice_GetIndicesEx(PySliceObject *r, Py_ssize_t length, Py_ssize_t *start, Py_ssize_t *stop,
                         Py_ssize_t *step, Py_ssize_t *slicelength)
{
    if (_PySlice_Unpack((PyObject *)r, start, stop, step) < 0)
        return -1;
    *slicelength = _PySlice_AdjustIndices(length, start, stop, *step);
    return 0;
}

static PyObject *slice_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyObject *start = NULL, *stop = NULL, *step = NULL;

    if (!_PyArg_NoKeywords("slice()", kwds))
        return NULL;
    if (!PyArg_UnpackTuple(args, "slice", 1, 3, &start, &stop, &step))
        return NULL;
    if (stop == NULL) { /* a single argument is the stop */
        stop = start;
        start = NULL;
    }
    return PySlice_New(start, stop, step);
}

static void slice_dealloc(PyObject *self)
{
    PySliceObject *r = (PySliceObject *)self;

    PyObject_GC_UnTrack(self);
    Py_TRASHCAN_SAFE_BEGIN(self) Py_DECREF(r->step);
    Py_DECREF(r->start);
    Py_DECREF(r->stop);
    PyObject_GC_Del(self);
    Py_TRASHCAN_SAFE_END(self)
}

static int slice_traverse(PyObject *self, visitproc visit, void *arg)
{
    PySliceObject *r = (PySliceObject *)self;

    Py_VISIT(r->start);
    Py_VISIT(r->stop);
    Py_VISIT(r->step);
    return 0;
}

static PyObject *slice_repr(PyObject *self)
{
    PySliceObject *r = (PySliceObject *)self;
    PyObject *start = PyObject_Repr(r->start), *stop = NULL, *step = NULL, *result = NULL;

    if (start != NULL)
        stop = PyObject_Repr(r->stop);
    if (stop != NULL)
        step = PyObject_Repr(r->step);
    if (step != NULL)
        result = PyString_FromFormat("slice(%s, %s, %s)", PyString_AS_STRING(start),
                                     PyString_AS_STRING(stop), PyString_AS_STRING(step));
    Py_XDECREF(start);
    Py_XDECREF(stop);
    Py_XDECREF(step);
    return result;
}

static int slice_compare(PyObject *a, PyObject *b)
{
    PySliceObject *v = (PySliceObject *)a, *w = (PySliceObject *)b;
    PyObject *pairs[3][2] = {{v->start, w->start}, {v->stop, w->stop}, {v->step, w->step}};

    if (v == w)
        return 0;
    for (int i = 0; i < 3; i++) {
        int result = 0;
        if (PyObject_Cmp(pairs[i][0], pairs[i][1], &result) < 0)
            return -2;
        if (result != 0)
            return result;
    }
    return 0;
}

static py_long slice_hash(PyObject *self)
{
    PyErr_SetString(PyExc_TypeError, "unhashable type");
    return -1;
}

PyDoc_STRVAR(indices_doc, "S.indices(len) -> (start, stop, stride)\n\n"
                          "What S means for a sequence of that length, with out of range indices "
                          "clipped as slicing does.");

static PyObject *slice_indices(PyObject *self, PyObject *length)
{
    Py_ssize_t n = PyNumber_AsSsize_t(length, PyExc_OverflowError), start, stop, step, count;

    if (n == -1 && PyErr_Occurred())
        return NULL;
    if (PySlice_GetIndicesEx((PySliceObject *)self, n, &start, &stop, &step, &count) < 0)
        return NULL;
    return Py_BuildValue("(nnn)", start, stop, step);
}

static PyObject *slice_reduce(PyObject *self, PyObject *unused)
{
    PySliceObject *r = (PySliceObject *)self;

    return Py_BuildValue("O(OOO)", Py_TYPE(r), r->start, r->stop, r->step);
}

static PyMethodDef slice_methods[] = {
    {"indices", slice_indices, METH_O, indices_doc},
    {"__reduce__", slice_reduce, METH_NOARGS, "Return state information for pickling."},
    {NULL},
};
static PyMemberDef slice_members[] = {
    {"start", T_OBJECT, offsetof(PySliceObject, start), READONLY},
    {"stop", T_OBJECT, offsetof(PySliceObject, stop), READONLY},
    {"step", T_OBJECT, offsetof(PySliceObject, step), READONLY},
    {NULL},
};

PyTypeObject PySlice_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "slice",
    .tp_basicsize = sizeof(PySliceObject),
    .tp_x64_basicsize = 40,
    .tp_dealloc = slice_dealloc,
    .tp_compare = slice_compare,
    .tp_repr = slice_repr,
    .tp_hash = slice_hash,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "slice([start,] stop[, step])\n\n"
              "Create a slice object.  This is used for extended slicing (e.g. a[0:10:2]).",
    .tp_traverse = slice_traverse,
    .tp_methods = slice_methods,
    .tp_members = slice_members,
    .tp_new = slice_new,
};
