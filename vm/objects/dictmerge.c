/* SPDX-License-Identifier: MIT */
/* Filling dicts in bulk: merge, update, fromkeys. Invariant: the table grows at the same moments
 * and to the same sizes as in CPython, since the order of iteration depends on it. */
#include "Python.h"
#include "objects/dict_private.h"

#define DICT(op) ((PyDictObject *)(op))

/* Makes room, at once, for a dict's or set's entries to come. */
static int dict_make_room(PyDictObject *mp, Py_ssize_t more)
{
    if ((mp->ma_fill + more) * 3 >= (mp->ma_mask + 1) * 2)
        return _PyDict_Grow(mp, (mp->ma_used + more) * 2);
    return 0;
}

static int dict_merge_dict(PyDictObject *mp, PyDictObject *other, int override)
{
    if (other == mp || other->ma_used == 0)
        return 0;
    if (mp->ma_used == 0) /* nothing there: then no key needs a look for an older value */
        override = 1;
    if (dict_make_room(mp, other->ma_used) < 0)
        return -1;
    for (Py_ssize_t i = 0; i <= other->ma_mask; i++) {
        PyDictEntry *ep = &other->ma_table[i];
        PyObject *key = ep->me_key, *value = ep->me_value;
        py_long hash = ep->me_hash;
        if (value == NULL)
            continue;
        Py_INCREF(key);
        Py_INCREF(value);
        int status = 0;
        if (override || PyDict_GetItem((PyObject *)mp, key) == NULL)
            /* A comparison may have filled the table meanwhile: one slot must stay unused. */
            status = mp->ma_fill + 1 > mp->ma_mask
                         ? _PyDict_SetItem_KnownHash((PyObject *)mp, key, value, hash)
                         : _PyDict_Insert(mp, key, hash, value);
        Py_DECREF(key);
        Py_DECREF(value);
        if (status < 0)
            return -1;
    }
    return 0;
}

int PyDict_Merge(PyObject *op, PyObject *other, int override)
{
    if (op == NULL || !PyDict_Check(op) || other == NULL) {
        PyErr_BadInternalCall();
        return -1;
    }
    if (PyDict_Check(other))
        return dict_merge_dict(DICT(op), DICT(other), override);

    PyObject *keys = PyMapping_Keys(other);
    if (keys == NULL)
        return -1;
    PyObject *it = PyObject_GetIter(keys), *key;
    Py_DECREF(keys);
    if (it == NULL)
        return -1;
    while ((key = PyIter_Next(it)) != NULL) {
        int status = 0;
        if (override || PyDict_GetItem(op, key) == NULL) {
            PyObject *value = PyObject_GetItem(other, key);
            status = value == NULL ? -1 : PyDict_SetItem(op, key, value);
            Py_XDECREF(value);
        }
        Py_DECREF(key);
        if (status < 0) {
            Py_DECREF(it);
            return -1;
        }
    }
    Py_DECREF(it);
    return PyErr_Occurred() ? -1 : 0;
}

int PyDict_Update(PyObject *op, PyObject *other)
{
    return PyDict_Merge(op, other, 1);
}

/* One element of a sequence of pairs. */
static int dict_add_pair(PyObject *op, PyObject *element, Py_ssize_t index, int override)
{
    PyObject *pair = PySequence_Fast(element, "");

    if (pair == NULL) {
        if (PyErr_ExceptionMatches(PyExc_TypeError))
            PyErr_Format(PyExc_TypeError,
                         "cannot convert dictionary update sequence element #%zd to a sequence",
                         index);
        return -1;
    }
    int status = -1;
    if (PySequence_Fast_GET_SIZE(pair) != 2)
        PyErr_Format(PyExc_ValueError,
                     "dictionary update sequence element #%zd has length %zd; 2 is required", index,
                     PySequence_Fast_GET_SIZE(pair));
    else {
        PyObject *key = PySequence_Fast_GET_ITEM(pair, 0);
        PyObject *value = PySequence_Fast_GET_ITEM(pair, 1);
        Py_INCREF(key);
        Py_INCREF(value);
        status = override || PyDict_GetItem(op, key) == NULL ? PyDict_SetItem(op, key, value) : 0;
        Py_DECREF(key);
        Py_DECREF(value);
    }
    Py_DECREF(pair);
    return status;
}

int PyDict_MergeFromSeq2(PyObject *op, PyObject *pairs, int override)
{
    PyObject *it = PyObject_GetIter(pairs), *element;

    if (it == NULL)
        return -1;
    for (Py_ssize_t i = 0; (element = PyIter_Next(it)) != NULL; i++) {
        int status = dict_add_pair(op, element, i, override);
        Py_DECREF(element);
        if (status < 0) {
            Py_DECREF(it);
            return -1;
        }
    }
    Py_DECREF(it);
    return PyErr_Occurred() ? -1 : 0;
}

int _PyDict_UpdateFromArgs(PyObject *op, PyObject *args, PyObject *kwds, const char *methname)
{
    PyObject *source = NULL;
    int status = 0;

    if (!PyArg_UnpackTuple(args, methname, 0, 1, &source))
        return -1;
    if (source != NULL)
        status = PyObject_HasAttrString(source, "keys") ? PyDict_Merge(op, source, 1)
                                                        : PyDict_MergeFromSeq2(op, source, 1);
    if (status == 0 && kwds != NULL)
        status = PyDict_Merge(op, kwds, 1);
    return status;
}

/* extra: a list of how many pairs there have been, and of keywords that follow, if any */
static int dict_take_pair(PyObject *op, PyObject *element, PyObject *extra)
{
    py_long index = PyInt_AS_LONG(PyList_GET_ITEM(extra, 0));
    PyObject *count = PyInt_FromLong(index + 1);

    if (count == NULL)
        return -1;
    PyList_SetItem(extra, 0, count);
    return dict_add_pair(op, element, (Py_ssize_t)index, 1);
}

static PyObject *dict_pairs_taken(PyObject *op, PyObject *extra)
{
    if (PyList_GET_SIZE(extra) > 1 && PyDict_Merge(op, PyList_GET_ITEM(extra, 1), 1) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static const _PyWalk dict_updating = {dict_take_pair, dict_pairs_taken};

/* As _PyDict_UpdateFromArgs; None. Three-way. */
PyObject *_PyDict_UpdateGoOn(PyObject *op, PyObject *args, PyObject *kwds, const char *methname)
{
    PyObject *it = NULL, *source = NULL, *extra;

    if (PyTuple_GET_SIZE(args) == 1) {
        source = PyTuple_GET_ITEM(args, 0);
        if (!PyDict_Check(source) && !PyObject_HasAttrString(source, "keys"))
            it = _PyWalk_Begin(source);
        if (it == NULL && PyErr_Occurred())
            return NULL;
    }
    if (it == NULL) {
        if (_PyDict_UpdateFromArgs(op, args, kwds, methname) < 0)
            return NULL;
        Py_RETURN_NONE;
    }
    extra = kwds == NULL ? Py_BuildValue("[i]", 0) : Py_BuildValue("[iO]", 0, kwds);
    if (extra == NULL) {
        Py_DECREF(it);
        return NULL;
    }
    Py_INCREF(op);
    return _PyHooks.walk(it, &dict_updating, op, extra);
}

PyObject *_PyDict_MethodUpdate(PyObject *op, PyObject *args, PyObject *kwds)
{
    return _PyDict_UpdateGoOn(op, args, kwds, "update");
}

/* The new dict is empty and exact: its table can be filled directly from a dict or set. */
static int dict_fill_from_table(PyObject *op, PyObject *source, PyObject *value)
{
    Py_ssize_t pos = 0;
    PyObject *key, *old;
    py_long hash;
    int is_dict = PyDict_CheckExact(source);
    Py_ssize_t n = is_dict ? DICT(source)->ma_used : PySet_GET_SIZE(source);

    if (_PyDict_Grow(DICT(op), n / 2 * 3) < 0)
        return -1;
    while (is_dict ? _PyDict_Next(source, &pos, &key, &old, &hash)
                   : _PySet_NextEntry(source, &pos, &key, &hash)) {
        Py_INCREF(key);
        /* There is room for all, and so no growth, unless comparisons filled the table. */
        int status = DICT(op)->ma_fill + 1 > DICT(op)->ma_mask
                         ? _PyDict_SetItem_KnownHash(op, key, value, hash)
                         : _PyDict_Insert(DICT(op), key, hash, value);
        Py_DECREF(key);
        if (status < 0)
            return -1;
    }
    return 0;
}

PyObject *_PyDict_FromKeys(PyObject *cls, PyObject *args)
{
    PyObject *source, *value = Py_None, *it = NULL, *key;

    if (!PyArg_UnpackTuple(args, "fromkeys", 1, 2, &source, &value))
        return NULL;
    PyObject *op = PyObject_CallObject(cls, NULL);
    if (op == NULL)
        return NULL;
    if (PyDict_CheckExact(op) && DICT(op)->ma_used == 0 &&
        (PyDict_CheckExact(source) || PyAnySet_CheckExact(source))) {
        if (dict_fill_from_table(op, source, value) < 0)
            goto fail;
        return op;
    }
    it = PyObject_GetIter(source);
    if (it == NULL)
        goto fail;
    int exact = PyDict_CheckExact(op);
    while ((key = PyIter_Next(it)) != NULL) {
        int status = exact ? PyDict_SetItem(op, key, value) : PyObject_SetItem(op, key, value);
        Py_DECREF(key);
        if (status < 0)
            goto fail;
    }
    if (PyErr_Occurred())
        goto fail;
    Py_DECREF(it);
    return op;
fail:
    Py_XDECREF(it);
    Py_DECREF(op);
    return NULL;
}
