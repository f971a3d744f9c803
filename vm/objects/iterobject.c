/* SPDX-License-Identifier: MIT */
/* The iterators behind iter(sequence) and iter(callable, sentinel). Invariant: once at the end they
 * let go of what they iterate over and stay at the end. */
#include "Python.h"
#include "objects/slots.h"
#include "objects/iternext.h"

PyObject *_PyWalk_Begin(PyObject *iterable)
{
    PyTypeObject *tp = Py_TYPE(iterable);

    if (tp == _PyHooks.generator_type || (tp->tp_goon != NULL && tp->tp_goon->go_next != NULL)) {
        Py_INCREF(iterable);
        return iterable;
    }
    /* What iter() calls Python code for, and what has no iterator of its own. */
    if (tp == &PyInstance_Type || tp->tp_iter == _PySlot_tp_iter ||
        (tp->tp_iter == NULL && PyType_HasFeature(tp, Py_TPFLAGS_HEAPTYPE)))
        return PyObject_GetIter(iterable);
    return NULL;
}

int _PyWalk_MayNest(PyObject *it)
{
    PyTypeObject *tp = Py_TYPE(it);

    return tp == _PyHooks.generator_type || tp == &PyInstance_Type ||
           tp->tp_iternext == _PySlot_tp_iternext ||
           (tp->tp_goon != NULL && tp->tp_goon->go_next != NULL);
}

PyObject *_PyIter_NextOf(PyObject *it)
{
    enum { MOST = 200 };
    static int nested;
    PyTypeObject *tp = Py_TYPE(it);
    PyObject *item;

    if (tp->tp_goon == NULL || tp->tp_goon->go_next == NULL)
        return tp->tp_iternext(it);
    if (PY_UNLIKELY(nested >= MOST)) {
        int32_t mark = _PyHooks.enter_nested();
        return mark < 0 ? NULL : _PyHooks.finish_nested(mark, _PyHooks.iter_next_go_on(it));
    }
    nested++;
    item = tp->tp_iternext(it);
    nested--;
    return item;
}

int _PyWalk_CallMayNest(PyObject *callable)
{
    if (PyCFunction_Check(callable))
        return PyCFunction_GET_FLAGS(callable) & METH_RESUMABLE;
    return !(PyType_CheckExact(callable) &&
             !PyType_HasFeature((PyTypeObject *)callable, Py_TPFLAGS_HEAPTYPE) &&
             ((PyTypeObject *)callable)->tp_goon == NULL);
}

static int walk_append(PyObject *list, PyObject *item, PyObject *unused)
{
    return PyList_Append(list, item);
}

static PyObject *walk_list(PyObject *list, PyObject *unused)
{
    Py_INCREF(list);
    return list;
}

static PyObject *walk_tuple(PyObject *list, PyObject *unused)
{
    return PyList_AsTuple(list);
}

const _PyWalk _PyWalk_List = {walk_append, walk_list}, _PyWalk_Tuple = {walk_append, walk_tuple};

typedef struct {
    PyObject_HEAD Py_ssize_t index;
    PyObject *seq; /* NULL at the end */
} seqiterobject;

PyObject *PySeqIter_New(PyObject *seq)
{
    if (!PySequence_Check(seq)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    seqiterobject *it = PyObject_GC_New(seqiterobject, &PySeqIter_Type);
    if (it == NULL)
        return NULL;
    it->index = 0;
    Py_INCREF(seq);
    it->seq = seq;
    _PyObject_GC_TRACK(it);
    return (PyObject *)it;
}

static void seqiter_dealloc(PyObject *self)
{
    PyObject_GC_UnTrack(self);
    Py_XDECREF(((seqiterobject *)self)->seq);
    PyObject_GC_Del(self);
}

static int seqiter_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(((seqiterobject *)self)->seq);
    return 0;
}

static PyObject *seqiter_next(PyObject *self)
{
    seqiterobject *it = (seqiterobject *)self;
    PyObject *seq = it->seq;

    if (seq == NULL)
        return NULL;
    if (it->index == PY_SSIZE_T_MAX) {
        PyErr_SetString(PyExc_OverflowError, "iter index too large");
        return NULL;
    }
    PyObject *item = PySequence_GetItem(seq, it->index);
    if (item != NULL) {
        it->index++;
        return item;
    }
    if (PyErr_ExceptionMatches(PyExc_IndexError) || PyErr_ExceptionMatches(PyExc_StopIteration)) {
        PyErr_Clear();
        Py_CLEAR(it->seq);
    }
    return NULL;
}

static PyObject *seqiter_length_hint(PyObject *self, PyObject *unused)
{
    seqiterobject *it = (seqiterobject *)self;
    Py_ssize_t left = 0;

    if (it->seq != NULL) {
        Py_ssize_t size = PySequence_Size(it->seq);
        if (size == -1)
            return NULL;
        left = size - it->index;
    }
    return PyInt_FromSsize_t(left < 0 ? 0 : left);
}

static PyMethodDef seqiter_methods[] = {
    {"__length_hint__", seqiter_length_hint, METH_NOARGS,
     "Private method returning an estimate of len(list(it))."},
    {NULL},
};

PyTypeObject PySeqIter_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "iterator",
    .tp_basicsize = sizeof(seqiterobject),
    .tp_x64_basicsize = 32,
    .tp_dealloc = seqiter_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = seqiter_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = seqiter_next,
    .tp_methods = seqiter_methods,
};

typedef struct {
    PyObject_HEAD PyObject *callable, *sentinel; /* both NULL at the end */
} calliterobject;

PyObject *PyCallIter_New(PyObject *callable, PyObject *sentinel)
{
    calliterobject *it = PyObject_GC_New(calliterobject, &PyCallIter_Type);

    if (it == NULL)
        return NULL;
    Py_INCREF(callable);
    it->callable = callable;
    Py_INCREF(sentinel);
    it->sentinel = sentinel;
    _PyObject_GC_TRACK(it);
    return (PyObject *)it;
}

static void calliter_dealloc(PyObject *self)
{
    PyObject_GC_UnTrack(self);
    Py_XDECREF(((calliterobject *)self)->callable);
    Py_XDECREF(((calliterobject *)self)->sentinel);
    PyObject_GC_Del(self);
}

static int calliter_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(((calliterobject *)self)->callable);
    Py_VISIT(((calliterobject *)self)->sentinel);
    return 0;
}

/* What the callable has answered (owned; NULL with the error) is the next item, or the end. */
static PyObject *calliter_answer(calliterobject *it, PyObject *result)
{
    if (result == NULL) {
        if (!PyErr_ExceptionMatches(PyExc_StopIteration))
            return NULL;
        PyErr_Clear();
    } else {
        PyObject *sentinel = it->sentinel;
        if (sentinel == NULL) { /* the call itself brought this iterator to its end */
            Py_DECREF(result);
            return NULL;
        }
        Py_INCREF(sentinel);
        int last = PyObject_RichCompareBool(result, sentinel, Py_EQ);
        Py_DECREF(sentinel);
        if (last == 0)
            return result;
        Py_DECREF(result);
        if (last < 0)
            return NULL;
    }
    Py_CLEAR(it->callable);
    Py_CLEAR(it->sentinel);
    return NULL;
}

static PyObject *calliter_next(PyObject *self)
{
    calliterobject *it = (calliterobject *)self;

    if (it->callable == NULL)
        return NULL;
    PyObject *callable = it->callable;
    Py_INCREF(callable);
    PyObject *result = PyObject_CallFunctionObjArgs(callable, NULL);
    Py_DECREF(callable);
    return calliter_answer(it, result);
}

static PyObject *calliter_called(PyCont *c, PyObject *value)
{
    PyObject *it = c->a, *result = calliter_answer((calliterobject *)it, value);

    Py_DECREF(it);
    return result;
}

static PyObject *calliter_go_next(PyObject *self)
{
    calliterobject *it = (calliterobject *)self;
    PyObject *args, *answer;
    PyCont *c;

    if (it->callable == NULL || (args = PyTuple_New(0)) == NULL)
        return NULL;
    c = _PyHooks.push_cont(calliter_called);
    if (c == NULL)
        return NULL;
    Py_INCREF(self);
    c->a = self;
    answer = _PyHooks.then(_PyHooks.call_go_on(it->callable, args, NULL));
    Py_DECREF(args);
    return answer;
}

static const _PyGoOnSlots calliter_go_on = {.go_next = calliter_go_next};

PyTypeObject PyCallIter_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "callable-iterator",
    .tp_basicsize = sizeof(calliterobject),
    .tp_x64_basicsize = 32,
    .tp_dealloc = calliter_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = calliter_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = calliter_next,
    .tp_goon = &calliter_go_on,
};
