/* SPDX-License-Identifier: MIT */
/* The iterators of dict. Invariant: an iterator answers an error, from then on always, once the
 * number of entries is not what it was when iteration began; an exhausted one has let go of the
 * dict. */
#include "Python.h"
#include "objects/dict_private.h"

typedef struct {
    PyObject_HEAD PyDictObject *dict; /* NULL when exhausted */
    Py_ssize_t used;                  /* the size expected; -1 after an error */
    Py_ssize_t pos, left;
    PyObject *pair; /* iteritems: the tuple given out last, used again when nobody kept it */
} dictiterobject;

static PyObject *dictiter_new(PyObject *dict, PyTypeObject *type)
{
    dictiterobject *it = PyObject_GC_New(dictiterobject, type);

    if (it == NULL)
        return NULL;
    Py_INCREF(dict);
    it->dict = (PyDictObject *)dict;
    it->used = it->left = it->dict->ma_used;
    it->pos = 0;
    it->pair = NULL;
    if (type == &PyDictIterItem_Type) {
        it->pair = PyTuple_Pack(2, Py_None, Py_None);
        if (it->pair == NULL) {
            Py_DECREF(it->dict);
            PyObject_GC_Del(it);
            return NULL;
        }
    }
    _PyObject_GC_TRACK(it);
    return (PyObject *)it;
}

PyObject *_PyDict_KeyIter(PyObject *dict)
{
    return dictiter_new(dict, &PyDictIterKey_Type);
}

PyObject *_PyDict_IterKeys(PyObject *dict, PyObject *unused)
{
    return dictiter_new(dict, &PyDictIterKey_Type);
}

PyObject *_PyDict_IterValues(PyObject *dict, PyObject *unused)
{
    return dictiter_new(dict, &PyDictIterValue_Type);
}

PyObject *_PyDict_IterItems(PyObject *dict, PyObject *unused)
{
    return dictiter_new(dict, &PyDictIterItem_Type);
}

static void dictiter_dealloc(PyObject *self)
{
    dictiterobject *it = (dictiterobject *)self;

    PyObject_GC_UnTrack(self);
    Py_XDECREF(it->dict);
    Py_XDECREF(it->pair);
    PyObject_GC_Del(self);
}

static int dictiter_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(((dictiterobject *)self)->dict);
    Py_VISIT(((dictiterobject *)self)->pair);
    return 0;
}

/* The next active slot, or NULL at the end or with an error. */
static PyDictEntry *dictiter_advance(dictiterobject *it)
{
    PyDictObject *dict = it->dict;

    if (dict == NULL)
        return NULL;
    if (it->used != dict->ma_used) {
        PyErr_SetString(PyExc_RuntimeError, "dictionary changed size during iteration");
        it->used = -1;
        return NULL;
    }
    while (it->pos <= dict->ma_mask) {
        PyDictEntry *ep = &dict->ma_table[it->pos++];
        if (ep->me_value != NULL) {
            it->left--;
            return ep;
        }
    }
    Py_CLEAR(it->dict);
    return NULL;
}

static PyObject *dictiter_next_key(PyObject *self)
{
    PyDictEntry *ep = dictiter_advance((dictiterobject *)self);

    if (ep == NULL)
        return NULL;
    Py_INCREF(ep->me_key);
    return ep->me_key;
}

static PyObject *dictiter_next_value(PyObject *self)
{
    PyDictEntry *ep = dictiter_advance((dictiterobject *)self);

    if (ep == NULL)
        return NULL;
    Py_INCREF(ep->me_value);
    return ep->me_value;
}

static PyObject *dictiter_next_item(PyObject *self)
{
    dictiterobject *it = (dictiterobject *)self;
    PyDictEntry *ep = dictiter_advance(it);

    if (ep == NULL)
        return NULL;
    PyObject *pair = it->pair, *key = ep->me_key, *value = ep->me_value;
    Py_INCREF(key);
    Py_INCREF(value);
    if (Py_REFCNT(pair) == 1) {
        PyObject *old_key = PyTuple_GET_ITEM(pair, 0), *old_value = PyTuple_GET_ITEM(pair, 1);
        Py_INCREF(pair);
        PyTuple_SET_ITEM(pair, 0, key);
        PyTuple_SET_ITEM(pair, 1, value);
        Py_DECREF(old_key);
        Py_DECREF(old_value);
        /* The collector may have stopped watching it while it held two Nones. */
        if (!_PyObject_GC_IS_TRACKED(pair))
            _PyObject_GC_TRACK(pair);
        return pair;
    }
    pair = PyTuple_New(2);
    if (pair == NULL) {
        Py_DECREF(key);
        Py_DECREF(value);
        return NULL;
    }
    PyTuple_SET_ITEM(pair, 0, key);
    PyTuple_SET_ITEM(pair, 1, value);
    return pair;
}

static PyObject *dictiter_length_hint(PyObject *self, PyObject *unused)
{
    dictiterobject *it = (dictiterobject *)self;

    return PyInt_FromSsize_t(it->dict != NULL && it->used == it->dict->ma_used ? it->left : 0);
}

static PyMethodDef dictiter_methods[] = {
    {"__length_hint__", dictiter_length_hint, METH_NOARGS,
     "Private method returning an estimate of len(list(it))."},
    {NULL},
};

#define DICTITER_TYPE(c_name, py_name, next)                                                       \
    PyTypeObject c_name = {                                                                        \
        PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = py_name,                                  \
        .tp_basicsize = sizeof(dictiterobject),                                                    \
        .tp_x64_basicsize = 56,                                                                    \
        .tp_dealloc = dictiter_dealloc,                                                            \
        .tp_getattro = PyObject_GenericGetAttr,                                                    \
        .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,                                       \
        .tp_traverse = dictiter_traverse,                                                          \
        .tp_iter = PyObject_SelfIter,                                                              \
        .tp_iternext = next,                                                                       \
        .tp_methods = dictiter_methods,                                                            \
    }
DICTITER_TYPE(PyDictIterKey_Type, "dictionary-keyiterator", dictiter_next_key);
DICTITER_TYPE(PyDictIterValue_Type, "dictionary-valueiterator", dictiter_next_value);
DICTITER_TYPE(PyDictIterItem_Type, "dictionary-itemiterator", dictiter_next_item);
