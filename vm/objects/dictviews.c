/* SPDX-License-Identifier: MIT */
/* dict.viewkeys(), viewvalues(), viewitems(): live views. Invariant: a view holds its dict and
 * nothing else, so what it shows is always what the dict holds. */
#include "Python.h"
#include "objects/dict_private.h"

typedef struct {
    PyObject_HEAD PyDictObject *dict;
} dictviewobject;

#define VIEW_DICT(view) (((dictviewobject *)(view))->dict)

static PyObject *dictview_new(PyObject *dict, PyTypeObject *type)
{
    if (!PyDict_Check(dict)) {
        PyErr_Format(PyExc_TypeError, "%s() requires a dict argument, not '%s'", type->tp_name,
                     Py_TYPE(dict)->tp_name);
        return NULL;
    }
    dictviewobject *view = PyObject_GC_New(dictviewobject, type);
    if (view == NULL)
        return NULL;
    Py_INCREF(dict);
    view->dict = (PyDictObject *)dict;
    _PyObject_GC_TRACK(view);
    return (PyObject *)view;
}

PyObject *_PyDict_ViewKeys(PyObject *dict, PyObject *unused)
{
    return dictview_new(dict, &PyDictKeys_Type);
}

PyObject *_PyDict_ViewValues(PyObject *dict, PyObject *unused)
{
    return dictview_new(dict, &PyDictValues_Type);
}

PyObject *_PyDict_ViewItems(PyObject *dict, PyObject *unused)
{
    return dictview_new(dict, &PyDictItems_Type);
}

static void dictview_dealloc(PyObject *self)
{
    PyObject_GC_UnTrack(self);
    Py_XDECREF(VIEW_DICT(self));
    PyObject_GC_Del(self);
}

static int dictview_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(VIEW_DICT(self));
    return 0;
}

static Py_ssize_t dictview_length(PyObject *self)
{
    return VIEW_DICT(self)->ma_used;
}

static PyObject *dictview_repr(PyObject *self)
{
    PyObject *result = NULL, *items = NULL, *text = NULL;

    /* A dict may hold its own view. */
    int inside = Py_ReprEnter(self);
    if (inside != 0)
        return inside > 0 ? PyString_FromString("...") : NULL;
    items = PySequence_List(self);
    if (items != NULL)
        text = PyObject_Repr(items);
    if (text != NULL)
        result = PyString_FromFormat("%s(%s)", Py_TYPE(self)->tp_name, PyString_AS_STRING(text));
    Py_ReprLeave(self);
    Py_XDECREF(text);
    Py_XDECREF(items);
    return result;
}

/* Are all elements of a in b? */
static int dictview_all_in(PyObject *a, PyObject *b)
{
    PyObject *it = PyObject_GetIter(a), *element;
    int found = 1;

    if (it == NULL)
        return -1;
    while (found > 0 && (element = PyIter_Next(it)) != NULL) {
        found = PySequence_Contains(b, element);
        Py_DECREF(element);
    }
    Py_DECREF(it);
    return found > 0 && PyErr_Occurred() ? -1 : found;
}

static PyObject *dictview_richcompare(PyObject *self, PyObject *other, int op)
{
    if (!PyAnySet_Check(other) && !PyDictViewSet_Check(other))
        Py_RETURN_NOTIMPLEMENTED;
    Py_ssize_t mine = PyObject_Size(self), theirs = mine < 0 ? -1 : PyObject_Size(other);
    if (mine < 0 || theirs < 0)
        return NULL;
    int holds = 0;
    switch (op) {
    case Py_EQ:
    case Py_NE:
        holds = mine == theirs ? dictview_all_in(self, other) : 0;
        if (holds >= 0 && op == Py_NE)
            holds = !holds;
        break;
    case Py_LT:
        holds = mine < theirs ? dictview_all_in(self, other) : 0;
        break;
    case Py_LE:
        holds = mine <= theirs ? dictview_all_in(self, other) : 0;
        break;
    case Py_GT:
        holds = mine > theirs ? dictview_all_in(other, self) : 0;
        break;
    case Py_GE:
        holds = mine >= theirs ? dictview_all_in(other, self) : 0;
        break;
    }
    return holds < 0 ? NULL : PyBool_FromLong(holds);
}

/* The operators make a set of the left side and change it by a set method. */
static PyObject *dictview_combine(PyObject *self, PyObject *other, const char *method)
{
    PyObject *result = PySet_New(self);

    if (result == NULL)
        return NULL;
    PyObject *name = PyString_FromString(method);
    PyObject *none = name == NULL ? NULL : PyObject_CallMethodObjArgs(result, name, other, NULL);
    Py_XDECREF(name);
    if (none == NULL) {
        Py_DECREF(result);
        return NULL;
    }
    Py_DECREF(none);
    return result;
}

static PyObject *dictview_sub(PyObject *self, PyObject *other)
{
    return dictview_combine(self, other, "difference_update");
}

static PyObject *dictview_and(PyObject *self, PyObject *other)
{
    return dictview_combine(self, other, "intersection_update");
}

static PyObject *dictview_or(PyObject *self, PyObject *other)
{
    return dictview_combine(self, other, "update");
}

static PyObject *dictview_xor(PyObject *self, PyObject *other)
{
    return dictview_combine(self, other, "symmetric_difference_update");
}

static PyObject *dictview_iterkeys(PyObject *self)
{
    return _PyDict_IterKeys((PyObject *)VIEW_DICT(self), NULL);
}

static PyObject *dictview_itervalues(PyObject *self)
{
    return _PyDict_IterValues((PyObject *)VIEW_DICT(self), NULL);
}

static PyObject *dictview_iteritems(PyObject *self)
{
    return _PyDict_IterItems((PyObject *)VIEW_DICT(self), NULL);
}

static int dictview_contains_key(PyObject *self, PyObject *key)
{
    return PyDict_Contains((PyObject *)VIEW_DICT(self), key);
}

static int dictview_contains_item(PyObject *self, PyObject *pair)
{
    if (!PyTuple_Check(pair) || PyTuple_GET_SIZE(pair) != 2)
        return 0;
    PyObject *there = PyDict_GetItem((PyObject *)VIEW_DICT(self), PyTuple_GET_ITEM(pair, 0));
    if (there == NULL)
        return 0;
    Py_INCREF(there);
    int same = PyObject_RichCompareBool(there, PyTuple_GET_ITEM(pair, 1), Py_EQ);
    Py_DECREF(there);
    return same;
}

static PySequenceMethods dictkeys_as_sequence = {
    .sq_length = dictview_length,
    .sq_contains = dictview_contains_key,
};
static PySequenceMethods dictitems_as_sequence = {
    .sq_length = dictview_length,
    .sq_contains = dictview_contains_item,
};
static PySequenceMethods dictvalues_as_sequence = {
    .sq_length = dictview_length,
};
static PyNumberMethods dictview_as_number = {
    .nb_subtract = dictview_sub,
    .nb_and = dictview_and,
    .nb_xor = dictview_xor,
    .nb_or = dictview_or,
};

PyTypeObject PyDictKeys_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "dict_keys",
    .tp_basicsize = sizeof(dictviewobject),
    .tp_x64_basicsize = 24,
    .tp_dealloc = dictview_dealloc,
    .tp_repr = dictview_repr,
    .tp_as_number = &dictview_as_number,
    .tp_as_sequence = &dictkeys_as_sequence,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_CHECKTYPES,
    .tp_traverse = dictview_traverse,
    .tp_richcompare = dictview_richcompare,
    .tp_iter = dictview_iterkeys,
};

PyTypeObject PyDictItems_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "dict_items",
    .tp_basicsize = sizeof(dictviewobject),
    .tp_x64_basicsize = 24,
    .tp_dealloc = dictview_dealloc,
    .tp_repr = dictview_repr,
    .tp_as_number = &dictview_as_number,
    .tp_as_sequence = &dictitems_as_sequence,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_CHECKTYPES,
    .tp_traverse = dictview_traverse,
    .tp_richcompare = dictview_richcompare,
    .tp_iter = dictview_iteritems,
};

PyTypeObject PyDictValues_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "dict_values",
    .tp_basicsize = sizeof(dictviewobject),
    .tp_x64_basicsize = 24,
    .tp_dealloc = dictview_dealloc,
    .tp_repr = dictview_repr,
    .tp_as_sequence = &dictvalues_as_sequence,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = dictview_traverse,
    .tp_iter = dictview_itervalues,
};
