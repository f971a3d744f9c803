/* SPDX-License-Identifier: MIT */
/* The two iterators of list. Invariant: an exhausted iterator has let go of its list and stays
 * exhausted, even when the list grows again. */
#include "Python.h"
#include "objects/list_private.h"

typedef struct {
    PyObject_HEAD Py_ssize_t it_index;
    PyListObject *it_seq; /* NULL when exhausted */
} listreviterobject;

PyObject *_PyList_Iter(PyObject *seq)
{
    if (!PyList_Check(seq)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    listiterobject *it = PyObject_GC_New(listiterobject, &PyListIter_Type);
    if (it == NULL)
        return NULL;
    it->it_index = 0;
    Py_INCREF(seq);
    it->it_seq = (PyListObject *)seq;
    _PyObject_GC_TRACK(it);
    return (PyObject *)it;
}

static void listiter_dealloc(PyObject *self)
{
    PyObject_GC_UnTrack(self);
    Py_XDECREF(((listiterobject *)self)->it_seq);
    PyObject_GC_Del(self);
}

static int listiter_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(((listiterobject *)self)->it_seq);
    return 0;
}

static PyObject *listiter_next(PyObject *self)
{
    listiterobject *it = (listiterobject *)self;

    if (it->it_seq == NULL)
        return NULL;
    if (it->it_index < Py_SIZE(it->it_seq)) {
        PyObject *item = it->it_seq->ob_item[it->it_index++];
        Py_INCREF(item);
        return item;
    }
    Py_CLEAR(it->it_seq);
    return NULL;
}

static PyObject *listiter_length_hint(PyObject *self, PyObject *unused)
{
    listiterobject *it = (listiterobject *)self;
    Py_ssize_t left = it->it_seq == NULL ? 0 : Py_SIZE(it->it_seq) - it->it_index;

    return PyInt_FromSsize_t(left < 0 ? 0 : left);
}

static PyMethodDef listiter_methods[] = {
    {"__length_hint__", listiter_length_hint, METH_NOARGS,
     "Private method returning an estimate of len(list(it))."},
    {NULL},
};

PyTypeObject PyListIter_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "listiterator",
    .tp_basicsize = sizeof(listiterobject),
    .tp_x64_basicsize = 32,
    .tp_dealloc = listiter_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = listiter_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = listiter_next,
    .tp_methods = listiter_methods,
};

PyObject *_PyList_Reversed(PyObject *seq, PyObject *unused)
{
    listreviterobject *it = PyObject_GC_New(listreviterobject, &PyListRevIter_Type);

    if (it == NULL)
        return NULL;
    it->it_index = Py_SIZE(seq) - 1;
    Py_INCREF(seq);
    it->it_seq = (PyListObject *)seq;
    _PyObject_GC_TRACK(it);
    return (PyObject *)it;
}

static void listreviter_dealloc(PyObject *self)
{
    PyObject_GC_UnTrack(self);
    Py_XDECREF(((listreviterobject *)self)->it_seq);
    PyObject_GC_Del(self);
}

static int listreviter_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(((listreviterobject *)self)->it_seq);
    return 0;
}

static PyObject *listreviter_next(PyObject *self)
{
    listreviterobject *it = (listreviterobject *)self;
    Py_ssize_t i = it->it_index;

    if (i >= 0 && it->it_seq != NULL && i < Py_SIZE(it->it_seq)) {
        PyObject *item = it->it_seq->ob_item[i];
        it->it_index--;
        Py_INCREF(item);
        return item;
    }
    it->it_index = -1;
    Py_CLEAR(it->it_seq);
    return NULL;
}

static PyObject *listreviter_length_hint(PyObject *self, PyObject *unused)
{
    listreviterobject *it = (listreviterobject *)self;
    Py_ssize_t left = it->it_index + 1;

    if (it->it_seq == NULL || Py_SIZE(it->it_seq) < left)
        left = 0;
    return PyLong_FromSsize_t(left);
}

static PyMethodDef listreviter_methods[] = {
    {"__length_hint__", listreviter_length_hint, METH_NOARGS,
     "Private method returning an estimate of len(list(it))."},
    {NULL},
};

PyTypeObject PyListRevIter_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "listreverseiterator",
    .tp_basicsize = sizeof(listreviterobject),
    .tp_x64_basicsize = 32,
    .tp_dealloc = listreviter_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = listreviter_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = listreviter_next,
    .tp_methods = listreviter_methods,
};
