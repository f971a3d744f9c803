/* SPDX-License-Identifier: MIT */
/* xrange and its iterator. Invariant: len is the number of items and start + (len - 1) * step fits
 * 64 bits; items are computed with wrap-around arithmetic, so intermediate products may wrap
 * harmlessly. */
#include "Python.h"

/* How many numbers from low up to high, by step > 0. */
static py_ulong range_count(py_long low, py_long high, py_long step)
{
    return low < high ? 1 + ((py_ulong)high - 1 - (py_ulong)low) / (py_ulong)step : 0;
}

static PyObject *range_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    py_long low = 0, high = 0, step = 1;

    if (!_PyArg_NoKeywords("xrange()", kwds))
        return NULL;
    if (PyTuple_Size(args) <= 1) {
        if (!PyArg_ParseTuple(args, "l;xrange() requires 1-3 int arguments", &high))
            return NULL;
    } else if (!PyArg_ParseTuple(args, "ll|l;xrange() requires 1-3 int arguments", &low, &high,
                                 &step))
        return NULL;
    if (step == 0) {
        PyErr_SetString(PyExc_ValueError, "xrange() arg 3 must not be zero");
        return NULL;
    }
    py_ulong n = step > 0 ? range_count(low, high, step)
                          : range_count(high, low, (py_long)(0 - (py_ulong)step));
    /* -PY_LONG_MIN is not a signed number: with that step there is at most one more item. */
    if (step == PY_LONG_MIN)
        n = high < low ? 1 + ((py_ulong)low - 1 - (py_ulong)high) / ((py_ulong)1 << 63) : 0;
    if (n > (py_ulong)PY_LONG_MAX) {
        PyErr_SetString(PyExc_OverflowError, "xrange() result has too many items");
        return NULL;
    }
    rangeobject *r = PyObject_New(rangeobject, &PyRange_Type);
    if (r == NULL)
        return NULL;
    r->start = low;
    r->len = (py_long)n;
    r->step = step;
    return (PyObject *)r;
}

static void range_dealloc(PyObject *self)
{
    PyObject_Del(self);
}

/* The stop that repr and pickles show: start + len * step, or the nearest number that fits. */
static py_long range_stop(rangeobject *r)
{
    if (r->len == 0)
        return r->start;
    py_long last = (py_long)((py_ulong)r->start + (py_ulong)(r->len - 1) * (py_ulong)r->step);
    if (r->step > 0)
        return last > PY_LONG_MAX - r->step ? PY_LONG_MAX : last + r->step;
    return last < PY_LONG_MIN - r->step ? PY_LONG_MIN : last + r->step;
}

static PyObject *range_repr(PyObject *self)
{
    rangeobject *r = (rangeobject *)self;

    if (r->start == 0 && r->step == 1)
        return PyString_FromFormat("xrange(%ld)", range_stop(r));
    if (r->step == 1)
        return PyString_FromFormat("xrange(%ld, %ld)", r->start, range_stop(r));
    return PyString_FromFormat("xrange(%ld, %ld, %ld)", r->start, range_stop(r), r->step);
}

static PyObject *range_reduce(PyObject *self, PyObject *unused)
{
    rangeobject *r = (rangeobject *)self;

    return Py_BuildValue("(O(lll))", Py_TYPE(r), r->start, range_stop(r), r->step);
}

static PyObject *range_item(PyObject *self, Py_ssize_t i)
{
    rangeobject *r = (rangeobject *)self;

    if (i < 0 || i >= r->len) {
        PyErr_SetString(PyExc_IndexError, "xrange object index out of range");
        return NULL;
    }
    return PyInt_FromLong((py_long)((py_ulong)r->start + (py_ulong)i * (py_ulong)r->step));
}

static Py_ssize_t range_length(PyObject *self)
{
    return ((rangeobject *)self)->len;
}

static PyObject *range_make_iter(py_long start, py_long step, py_long len)
{
    rangeiterobject *it = PyObject_New(rangeiterobject, &_PyRangeIter_Type);

    if (it == NULL)
        return NULL;
    it->index = 0;
    it->start = start;
    it->step = step;
    it->len = len;
    return (PyObject *)it;
}

static PyObject *range_iter(PyObject *self)
{
    rangeobject *r = (rangeobject *)self;

    return range_make_iter(r->start, r->step, r->len);
}

static PyObject *range_reversed(PyObject *self, PyObject *unused)
{
    rangeobject *r = (rangeobject *)self;

    return range_make_iter(
        (py_long)((py_ulong)r->start + (py_ulong)(r->len - 1) * (py_ulong)r->step),
        (py_long)(0 - (py_ulong)r->step), r->len);
}

static PySequenceMethods range_as_sequence = {
    .sq_length = range_length,
    .sq_item = range_item,
};
static PyMethodDef range_methods[] = {
    {"__reversed__", range_reversed, METH_NOARGS, "Returns a reverse iterator."},
    {"__reduce__", range_reduce, METH_VARARGS, NULL},
    {NULL},
};

PyTypeObject PyRange_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "xrange",
    .tp_basicsize = sizeof(rangeobject),
    .tp_x64_basicsize = 40,
    .tp_dealloc = range_dealloc,
    .tp_repr = range_repr,
    .tp_as_sequence = &range_as_sequence,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "xrange(stop) -> xrange object\nxrange(start, stop[, step]) -> xrange object\n\n"
              "Like range(), but makes each number when it is asked for, not a list of all.",
    .tp_iter = range_iter,
    .tp_methods = range_methods,
    .tp_new = range_new,
};

static PyObject *rangeiter_next(PyObject *self)
{
    rangeiterobject *it = (rangeiterobject *)self;

    if (it->index >= it->len)
        return NULL;
    return PyInt_FromLong(
        (py_long)((py_ulong)it->start + (py_ulong)it->index++ * (py_ulong)it->step));
}

static PyObject *rangeiter_length_hint(PyObject *self, PyObject *unused)
{
    rangeiterobject *it = (rangeiterobject *)self;

    return PyInt_FromLong(it->len - it->index);
}

static PyMethodDef rangeiter_methods[] = {
    {"__length_hint__", rangeiter_length_hint, METH_NOARGS,
     "Private method returning an estimate of len(list(it))."},
    {NULL},
};

PyTypeObject _PyRangeIter_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "rangeiterator",
    .tp_basicsize = sizeof(rangeiterobject),
    .tp_x64_basicsize = 48,
    .tp_dealloc = range_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = rangeiter_next,
    .tp_methods = rangeiter_methods,
};
