/* SPDX-License-Identifier: MIT */
/* enumerate and reversed. Invariant of enumerate: the next index is `index` while `big` is NULL and
 * index is less than the greatest Py_ssize_t; past that it is the long `big`. */
#include "Python.h"
#include "objects/iternext.h"

typedef struct {
    PyObject_HEAD Py_ssize_t index;
    PyObject *source; /* the iterator counted */
    PyObject *pair;   /* given out last; used again when nobody kept it */
    PyObject *big;
} enumobject;

static PyObject *enum_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"sequence", "start", NULL};
    PyObject *sequence, *start = NULL;

    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O|O:enumerate", names, &sequence, &start))
        return NULL;
    enumobject *en = (enumobject *)type->tp_alloc(type, 0);
    if (en == NULL)
        return NULL;
    if (start != NULL) {
        start = PyNumber_Index(start);
        if (start == NULL)
            goto fail;
        en->index = PyInt_AsSsize_t(start);
        if (en->index == -1 && PyErr_Occurred()) {
            PyErr_Clear();
            en->index = PY_SSIZE_T_MAX;
            en->big = start;
        } else
            Py_DECREF(start);
    }
    en->source = PyObject_GetIter(sequence);
    if (en->source == NULL)
        goto fail;
    en->pair = PyTuple_Pack(2, Py_None, Py_None);
    if (en->pair == NULL)
        goto fail;
    return (PyObject *)en;
fail:
    Py_DECREF(en);
    return NULL;
}

static void enum_dealloc(PyObject *self)
{
    enumobject *en = (enumobject *)self;

    PyObject_GC_UnTrack(self);
    Py_XDECREF(en->source);
    Py_XDECREF(en->pair);
    Py_XDECREF(en->big);
    Py_TYPE(self)->tp_free(self);
}

static int enum_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(((enumobject *)self)->source);
    Py_VISIT(((enumobject *)self)->pair);
    Py_VISIT(((enumobject *)self)->big);
    return 0;
}

static PyObject *enum_take_index(enumobject *en)
{
    if (en->index != PY_SSIZE_T_MAX)
        return PyInt_FromSsize_t(en->index++);
    if (en->big == NULL) {
        en->big = PyInt_FromSsize_t(PY_SSIZE_T_MAX);
        if (en->big == NULL)
            return NULL;
    }
    PyObject *one = PyInt_FromLong(1);
    PyObject *following = one == NULL ? NULL : PyNumber_Add(en->big, one);
    Py_XDECREF(one);
    if (following == NULL)
        return NULL;
    PyObject *index = en->big;
    en->big = following;
    return index;
}

/* The pair for an item (owned). */
static PyObject *enum_pair(enumobject *en, PyObject *item)
{
    if (item == NULL)
        return NULL;
    PyObject *index = enum_take_index(en);
    if (index == NULL) {
        Py_DECREF(item);
        return NULL;
    }
    PyObject *pair = en->pair;
    if (Py_REFCNT(pair) == 1) {
        PyObject *old_index = PyTuple_GET_ITEM(pair, 0), *old_item = PyTuple_GET_ITEM(pair, 1);
        Py_INCREF(pair);
        PyTuple_SET_ITEM(pair, 0, index);
        PyTuple_SET_ITEM(pair, 1, item);
        Py_DECREF(old_index);
        Py_DECREF(old_item);
        if (!_PyObject_GC_IS_TRACKED(pair))
            _PyObject_GC_TRACK(pair);
        return pair;
    }
    pair = PyTuple_New(2);
    if (pair == NULL) {
        Py_DECREF(index);
        Py_DECREF(item);
        return NULL;
    }
    PyTuple_SET_ITEM(pair, 0, index);
    PyTuple_SET_ITEM(pair, 1, item);
    return pair;
}

static PyObject *enum_next(PyObject *self)
{
    PyObject *source = ((enumobject *)self)->source;

    return enum_pair((enumobject *)self, _PyIter_NextOf(source));
}

static PyObject *enum_item_came(PyCont *c, PyObject *item)
{
    PyObject *en = c->a, *pair = enum_pair((enumobject *)en, item);

    Py_DECREF(en);
    return pair;
}

static PyObject *enum_go_next(PyObject *self)
{
    PyObject *source = ((enumobject *)self)->source;
    PyCont *c;

    if (!_PyWalk_MayNest(source))
        return enum_next(self);
    c = _PyHooks.push_cont(enum_item_came);
    if (c == NULL)
        return NULL;
    Py_INCREF(self);
    c->a = self;
    return _PyHooks.then(_PyHooks.iter_next_go_on(source));
}

static const _PyGoOnSlots enum_go_on = {.go_next = enum_go_next};

PyTypeObject PyEnum_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "enumerate",
    .tp_basicsize = sizeof(enumobject),
    .tp_x64_basicsize = 48,
    .tp_dealloc = enum_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .tp_doc =
        "enumerate(iterable[, start]) -> iterator of (index, item) pairs\n\n"
        "Counts the items of an iterable, from start (default 0) on: (0, seq[0]), (1, seq[1]), ...",
    .tp_traverse = enum_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = enum_next,
    .tp_goon = &enum_go_on,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = enum_new,
    .tp_free = PyObject_GC_Del,
};

typedef struct {
    PyObject_HEAD Py_ssize_t index; /* of the next item; -1 at the end */
    PyObject *seq;                  /* NULL at the end */
} reversedobject;

static PyObject *reversed_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static PyObject *reversed_str;
    PyObject *seq, *method;

    if (type == &PyReversed_Type && !_PyArg_NoKeywords("reversed()", kwds))
        return NULL;
    if (!PyArg_UnpackTuple(args, "reversed", 1, 1, &seq))
        return NULL;
    if (PyInstance_Check(seq)) {
        method = PyObject_GetAttrString(seq, "__reversed__");
        if (method == NULL) {
            if (!PyErr_ExceptionMatches(PyExc_AttributeError))
                return NULL;
            PyErr_Clear();
        }
    } else {
        method = _PyObject_LookupSpecial(seq, "__reversed__", &reversed_str);
        if (method == NULL && PyErr_Occurred())
            return NULL;
    }
    if (method != NULL) {
        PyObject *result = PyObject_CallFunctionObjArgs(method, NULL);
        Py_DECREF(method);
        return result;
    }
    if (!PySequence_Check(seq)) {
        PyErr_SetString(PyExc_TypeError, "argument to reversed() must be a sequence");
        return NULL;
    }
    Py_ssize_t n = PySequence_Size(seq);
    if (n == -1)
        return NULL;
    reversedobject *ro = (reversedobject *)type->tp_alloc(type, 0);
    if (ro == NULL)
        return NULL;
    ro->index = n - 1;
    Py_INCREF(seq);
    ro->seq = seq;
    return (PyObject *)ro;
}

static void reversed_dealloc(PyObject *self)
{
    PyObject_GC_UnTrack(self);
    Py_XDECREF(((reversedobject *)self)->seq);
    Py_TYPE(self)->tp_free(self);
}

static int reversed_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(((reversedobject *)self)->seq);
    return 0;
}

static PyObject *reversed_next(PyObject *self)
{
    reversedobject *ro = (reversedobject *)self;

    if (ro->index >= 0 && ro->seq != NULL) {
        PyObject *item = PySequence_GetItem(ro->seq, ro->index);
        if (item != NULL) {
            ro->index--;
            return item;
        }
        if (PyErr_ExceptionMatches(PyExc_IndexError) || PyErr_ExceptionMatches(PyExc_StopIteration))
            PyErr_Clear();
    }
    ro->index = -1;
    Py_CLEAR(ro->seq);
    return NULL;
}

static PyObject *reversed_length_hint(PyObject *self, PyObject *unused)
{
    reversedobject *ro = (reversedobject *)self;

    if (ro->seq == NULL)
        return PyInt_FromLong(0);
    Py_ssize_t size = PySequence_Size(ro->seq);
    if (size == -1)
        return NULL;
    return PyInt_FromSsize_t(size < ro->index + 1 ? 0 : ro->index + 1);
}

static PyMethodDef reversed_methods[] = {
    {"__length_hint__", reversed_length_hint, METH_NOARGS,
     "Private method returning an estimate of len(list(it))."},
    {NULL},
};

PyTypeObject PyReversed_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "reversed",
    .tp_basicsize = sizeof(reversedobject),
    .tp_x64_basicsize = 32,
    .tp_dealloc = reversed_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .tp_doc = "reversed(sequence) -> reverse iterator over values of the sequence",
    .tp_traverse = reversed_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = reversed_next,
    .tp_methods = reversed_methods,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = reversed_new,
    .tp_free = PyObject_GC_Del,
};
