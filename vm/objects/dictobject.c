/* SPDX-License-Identifier: MIT */
/* dict: the table, the C functions on it, and the type with its methods. A slot is unused (no key),
 * a dummy (its key is the marker below, no value) or active. Invariants: fill counts active and
 * dummy slots, used only active ones; at least one slot is unused, so that every probe ends; probes
 * visit i, then 5i + 1 + the hash's higher bits, as CPython 2.7's do, which fixes the iteration
 * order. Every comparison of keys can run Python code that changes the dict: after it, the table
 * and the slot's key are looked at again and the probe starts over when they are not the same. Bulk
 * filling (merge, update, fromkeys) is in dictmerge.c, iterators in dictiter.c, views in
 * dictviews.c. */
#include "Python.h"
#include "objects/dict_private.h"
#include "objects/reprbuf.h"

enum { DICTS_KEPT = 80, PERTURB_SHIFT = 5, DICT_X64_SIZE = 248, DICT_X64_ENTRY = 24 };

static PyDictObject *dict_free[DICTS_KEPT];
static int dict_free_count;

/* Stands in a slot whose entry was deleted. It is in no dict's reference counts. */
static PyObject dict_dummy = {PyObject_HEAD_INIT(&PyBaseObject_Type)};

#define DICT(op) ((PyDictObject *)(op))

static PyDictEntry *dict_look_any(PyDictObject *, PyObject *, py_long);
static PyDictEntry *dict_look_str(PyDictObject *, PyObject *, py_long);

static py_long dict_hash_key(PyObject *key)
{
    if (PyString_CheckExact(key)) {
        py_long hash = ((PyStringObject *)key)->ob_shash;
        if (hash != -1)
            return hash;
    }
    return PyObject_Hash(key);
}

static void dict_make_empty(PyDictObject *mp)
{
    memset(mp->ma_smalltable, 0, sizeof mp->ma_smalltable);
    mp->ma_used = mp->ma_fill = 0;
    mp->ma_table = mp->ma_smalltable;
    mp->ma_mask = PyDict_MINSIZE - 1;
}

PyObject *PyDict_New(void)
{
    PyDictObject *mp;

    if (dict_free_count > 0) {
        mp = dict_free[--dict_free_count];
        _Py_NewReference((PyObject *)mp);
    } else {
        mp = PyObject_GC_New(PyDictObject, &PyDict_Type);
        if (mp == NULL)
            return NULL;
    }
    dict_make_empty(mp);
    mp->ma_lookup = dict_look_str;
    return (PyObject *)mp; /* tracked only when it gets an item that can be part of a cycle */
}

/* The general lookup. */
static PyDictEntry *dict_look_any(PyDictObject *mp, PyObject *key, py_long hash)
{
    for (;;) { /* once, unless a comparison changes the dict */
        PyDictEntry *table = mp->ma_table, *reusable = NULL;
        py_ulong mask = (py_ulong)mp->ma_mask, i = (py_ulong)hash & mask, perturb = (py_ulong)hash;
        int changed = 0;

        while (!changed) {
            PyDictEntry *ep = &table[i & mask];
            if (ep->me_key == NULL)
                return reusable == NULL ? ep : reusable;
            if (ep->me_key == key)
                return ep;
            if (ep->me_key == &dict_dummy) {
                if (reusable == NULL)
                    reusable = ep;
            } else if (ep->me_hash == hash) {
                PyObject *there = ep->me_key;
                Py_INCREF(there);
                int same = PyObject_RichCompareBool(there, key, Py_EQ);
                Py_DECREF(there);
                if (same < 0)
                    return NULL;
                if (table != mp->ma_table || ep->me_key != there) {
                    changed = 1;
                    break;
                }
                if (same)
                    return ep;
            }
            i = (i << 2) + i + perturb + 1;
            perturb >>= PERTURB_SHIFT;
        }
    }
}

/* The lookup of a dict that never held a key other than an exact str: no comparison can fail or run
 * Python code. The first other key puts the dict over to the general one for good. */
static PyDictEntry *dict_look_str(PyDictObject *mp, PyObject *key, py_long hash)
{
    if (!PyString_CheckExact(key)) {
        mp->ma_lookup = dict_look_any;
        return dict_look_any(mp, key, hash);
    }
    PyDictEntry *table = mp->ma_table, *reusable = NULL;
    py_ulong mask = (py_ulong)mp->ma_mask, i = (py_ulong)hash & mask, perturb = (py_ulong)hash;
    for (;;) {
        PyDictEntry *ep = &table[i & mask];
        if (ep->me_key == NULL)
            return reusable == NULL ? ep : reusable;
        if (ep->me_key == key)
            return ep;
        if (ep->me_key == &dict_dummy) {
            if (reusable == NULL)
                reusable = ep;
        } else if (ep->me_hash == hash && _PyString_Eq(ep->me_key, key))
            return ep;
        i = (i << 2) + i + perturb + 1;
        perturb >>= PERTURB_SHIFT;
    }
}

PyDictEntry *_PyDict_LookupEntry(PyDictObject *mp, PyObject *key, py_long hash)
{
    return mp->ma_lookup(mp, key, hash);
}

static void dict_maybe_track(PyDictObject *mp, PyObject *key, PyObject *value)
{
    if (!_PyObject_GC_IS_TRACKED(mp) &&
        (_PyObject_GC_MAY_BE_TRACKED(key) || _PyObject_GC_MAY_BE_TRACKED(value)))
        _PyObject_GC_TRACK(mp);
}

void _PyDict_MaybeUntrack(PyObject *op)
{
    if (!PyDict_CheckExact(op) || !_PyObject_GC_IS_TRACKED(op))
        return;
    for (Py_ssize_t i = 0; i <= DICT(op)->ma_mask; i++) {
        PyDictEntry *ep = &DICT(op)->ma_table[i];
        if (ep->me_value != NULL &&
            (_PyObject_GC_MAY_BE_TRACKED(ep->me_value) || _PyObject_GC_MAY_BE_TRACKED(ep->me_key)))
            return;
    }
    _PyObject_GC_UNTRACK(op);
}

/* Stores into a slot that a lookup of key gave; takes new references. */
static void dict_store(PyDictObject *mp, PyDictEntry *ep, PyObject *key, py_long hash,
                       PyObject *value)
{
    Py_INCREF(value);
    dict_maybe_track(mp, key, value);
    if (ep->me_value != NULL) {
        Py_SETREF(ep->me_value, value);
        return;
    }
    if (ep->me_key == NULL)
        mp->ma_fill++;
    Py_INCREF(key);
    ep->me_key = key;
    ep->me_hash = hash;
    ep->me_value = value;
    mp->ma_used++;
}

int _PyDict_Insert(PyDictObject *mp, PyObject *key, py_long hash, PyObject *value)
{
    PyDictEntry *ep = mp->ma_lookup(mp, key, hash);

    if (ep == NULL)
        return -1;
    dict_store(mp, ep, key, hash, value);
    return 0;
}

/* Puts an entry known to be absent into a table without dummies; moves the references. */
static void dict_place(PyDictEntry *table, py_ulong mask, const PyDictEntry *entry)
{
    py_ulong i = (py_ulong)entry->me_hash & mask, perturb = (py_ulong)entry->me_hash;

    while (table[i & mask].me_key != NULL) {
        i = (i << 2) + i + perturb + 1;
        perturb >>= PERTURB_SHIFT;
    }
    table[i & mask] = *entry;
}

/* Moves the entries, without dummies, to a table with more than minused slots. */
int _PyDict_Grow(PyDictObject *mp, Py_ssize_t minused)
{
    Py_ssize_t size = PyDict_MINSIZE, oldsize = mp->ma_mask + 1;
    PyDictEntry saved[PyDict_MINSIZE], *table, *old = mp->ma_table;
    int allocated = old != mp->ma_smalltable;

    while (size <= minused && size > 0)
        size <<= 1;
    if (size <= 0) {
        PyErr_NoMemory();
        return -1;
    }
    if (size == PyDict_MINSIZE) {
        if (!allocated) {
            if (mp->ma_fill == mp->ma_used)
                return 0;
            memcpy(saved, old, sizeof saved);
            old = saved;
        }
        table = mp->ma_smalltable;
        memset(table, 0, sizeof mp->ma_smalltable);
    } else {
        table = PyMem_Calloc(size, sizeof(PyDictEntry));
        if (table == NULL) {
            PyErr_NoMemory();
            return -1;
        }
    }
    mp->ma_table = table;
    mp->ma_mask = size - 1;
    mp->ma_fill = mp->ma_used;
    for (Py_ssize_t i = 0; i < oldsize; i++)
        if (old[i].me_value != NULL)
            dict_place(table, (py_ulong)size - 1, &old[i]);
    if (allocated)
        PyMem_Free(old);
    return 0;
}

PyObject *_PyDict_NewPresized(Py_ssize_t minused)
{
    PyObject *op = PyDict_New();

    if (op != NULL && minused > 5 && _PyDict_Grow(DICT(op), minused) < 0) {
        Py_DECREF(op);
        return NULL;
    }
    return op;
}

/* An exception that is already set survives, and a failing lookup counts as missing. */
PyObject *PyDict_GetItem(PyObject *op, PyObject *key)
{
    if (!PyDict_Check(op))
        return NULL;
    PyThreadState *tstate = _PyThreadState_Current;
    PyObject *type = NULL, *value = NULL, *traceback = NULL;
    int pending = tstate != NULL && tstate->curexc_type != NULL;
    if (pending)
        PyErr_Fetch(&type, &value, &traceback);
    py_long hash = dict_hash_key(key);
    PyDictEntry *ep = hash == -1 ? NULL : DICT(op)->ma_lookup(DICT(op), key, hash);
    if (pending)
        PyErr_Restore(type, value, traceback);
    else if (ep == NULL)
        PyErr_Clear();
    return ep == NULL ? NULL : ep->me_value;
}

PyObject *_PyDict_GetItemWithError(PyObject *op, PyObject *key)
{
    if (!PyDict_Check(op)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    py_long hash = dict_hash_key(key);
    PyDictEntry *ep = hash == -1 ? NULL : DICT(op)->ma_lookup(DICT(op), key, hash);
    return ep == NULL ? NULL : ep->me_value;
}

int _PyDict_SetItem_KnownHash(PyObject *op, PyObject *key, PyObject *value, py_long hash)
{
    PyDictObject *mp = DICT(op);
    Py_ssize_t used = mp->ma_used;
    PyDictEntry *ep = mp->ma_lookup(mp, key, hash);

    if (ep == NULL)
        return -1;
    dict_store(mp, ep, key, hash, value);
    /* Two thirds full: grow, but not when a value was only replaced. */
    if (mp->ma_used <= used || mp->ma_fill * 3 < (mp->ma_mask + 1) * 2)
        return 0;
    return _PyDict_Grow(mp, (mp->ma_used > 50000 ? 2 : 4) * mp->ma_used);
}

int PyDict_SetItem(PyObject *op, PyObject *key, PyObject *value)
{
    if (!PyDict_Check(op)) {
        PyErr_BadInternalCall();
        return -1;
    }
    py_long hash = dict_hash_key(key);
    if (hash == -1)
        return -1;
    Py_INCREF(key);
    Py_INCREF(value);
    int status = _PyDict_SetItem_KnownHash(op, key, value, hash);
    Py_DECREF(key);
    Py_DECREF(value);
    return status;
}

void _PyDict_SetKeyError(PyObject *key)
{
    /* In a tuple: a tuple as key must not become the exception's arguments. */
    PyObject *args = PyTuple_Pack(1, key);

    if (args != NULL) {
        PyErr_SetObject(PyExc_KeyError, args);
        Py_DECREF(args);
    }
}

/* Empties an active slot; the value goes to the caller. */
static PyObject *dict_take(PyDictObject *mp, PyDictEntry *ep)
{
    PyObject *key = ep->me_key, *value = ep->me_value;

    ep->me_key = &dict_dummy;
    ep->me_value = NULL;
    mp->ma_used--;
    Py_DECREF(key);
    return value;
}

int PyDict_DelItem(PyObject *op, PyObject *key)
{
    if (!PyDict_Check(op)) {
        PyErr_BadInternalCall();
        return -1;
    }
    py_long hash = dict_hash_key(key);
    PyDictEntry *ep = hash == -1 ? NULL : DICT(op)->ma_lookup(DICT(op), key, hash);
    if (ep == NULL)
        return -1;
    if (ep->me_value == NULL) {
        _PyDict_SetKeyError(key);
        return -1;
    }
    PyObject *key_there = ep->me_key;
    Py_INCREF(key_there);
    PyObject *value = dict_take(DICT(op), ep);
    Py_DECREF(value);
    Py_DECREF(key_there);
    return 0;
}

/* The entries are released after the dict is empty and sound. */
void PyDict_Clear(PyObject *op)
{
    if (!PyDict_Check(op))
        return;
    PyDictObject *mp = DICT(op);
    PyDictEntry saved[PyDict_MINSIZE], *table = mp->ma_table;
    Py_ssize_t fill = mp->ma_fill;
    int allocated = table != mp->ma_smalltable;

    if (!allocated) {
        if (fill == 0)
            return;
        memcpy(saved, table, sizeof saved);
        table = saved;
    }
    dict_make_empty(mp);
    for (PyDictEntry *ep = table; fill > 0; ep++)
        if (ep->me_key != NULL) {
            fill--;
            if (ep->me_key != &dict_dummy) {
                Py_DECREF(ep->me_key);
                Py_XDECREF(ep->me_value);
            }
        }
    if (allocated)
        PyMem_Free(table);
}

int _PyDict_Next(PyObject *op, Py_ssize_t *pos, PyObject **key, PyObject **value, py_long *hash)
{
    if (!PyDict_Check(op))
        return 0;
    Py_ssize_t i = *pos, mask = DICT(op)->ma_mask;
    PyDictEntry *table = DICT(op)->ma_table;
    if (i < 0)
        return 0;
    while (i <= mask && table[i].me_value == NULL)
        i++;
    *pos = i + 1;
    if (i > mask)
        return 0;
    if (hash != NULL)
        *hash = table[i].me_hash;
    if (key != NULL)
        *key = table[i].me_key;
    if (value != NULL)
        *value = table[i].me_value;
    return 1;
}

int PyDict_Next(PyObject *op, Py_ssize_t *pos, PyObject **key, PyObject **value)
{
    return _PyDict_Next(op, pos, key, value, NULL);
}

static void dict_dealloc(PyObject *op)
{
    PyDictObject *mp = DICT(op);
    Py_ssize_t fill = mp->ma_fill;

    PyObject_GC_UnTrack(mp);
    Py_TRASHCAN_SAFE_BEGIN(mp) for (PyDictEntry *ep = mp->ma_table; fill > 0;
                                    ep++) if (ep->me_key != NULL)
    {
        fill--;
        if (ep->me_key != &dict_dummy) {
            Py_DECREF(ep->me_key);
            Py_XDECREF(ep->me_value);
        }
    }
    if (mp->ma_table != mp->ma_smalltable)
        PyMem_Free(mp->ma_table);
    if (dict_free_count < DICTS_KEPT && Py_TYPE(mp) == &PyDict_Type)
        dict_free[dict_free_count++] = mp;
    else
        Py_TYPE(mp)->tp_free(mp);
    Py_TRASHCAN_SAFE_END(mp)
}

static int dict_traverse(PyObject *op, visitproc visit, void *arg)
{
    PyDictEntry *ep = DICT(op)->ma_table, *end = ep + DICT(op)->ma_mask + 1;

    for (; ep < end; ep++)
        if (ep->me_value != NULL) {
            Py_VISIT(ep->me_key);
            Py_VISIT(ep->me_value);
        }
    return 0;
}

static int dict_clear_slot(PyObject *op)
{
    PyDict_Clear(op);
    return 0;
}

static PyObject *dict_repr(PyObject *op)
{
    _PyReprBuf rb = _PyReprBuf_INIT;
    PyObject *key, *value;
    Py_ssize_t pos = 0;
    int first = 1, inside = Py_ReprEnter(op);

    if (inside != 0)
        return inside > 0 ? PyString_FromString("{...}") : NULL;
    if (_PyReprBuf_AddBytes(&rb, "{", 1) < 0)
        goto fail;
    while (PyDict_Next(op, &pos, &key, &value)) {
        Py_INCREF(key);
        Py_INCREF(value);
        int bad = (!first && _PyReprBuf_AddBytes(&rb, ", ", 2) < 0) ||
                  _PyReprBuf_AddRepr(&rb, key) < 0 || _PyReprBuf_AddBytes(&rb, ": ", 2) < 0 ||
                  _PyReprBuf_AddRepr(&rb, value) < 0;
        Py_DECREF(key);
        Py_DECREF(value);
        if (bad)
            goto fail;
        first = 0;
    }
    if (_PyReprBuf_AddBytes(&rb, "}", 1) < 0)
        goto fail;
    Py_ReprLeave(op);
    return _PyReprBuf_Finish(&rb);
fail:
    Py_ReprLeave(op);
    _PyReprBuf_Discard(&rb);
    return NULL;
}

static Py_ssize_t dict_length(PyObject *op)
{
    return DICT(op)->ma_used;
}

Py_ssize_t PyDict_Size(PyObject *op)
{
    if (op == NULL || !PyDict_Check(op)) {
        PyErr_BadInternalCall();
        return -1;
    }
    return DICT(op)->ma_used;
}

/* The slot for a key; NULL with an exception when the lookup fails. */
static PyDictEntry *dict_find(PyObject *op, PyObject *key)
{
    py_long hash = dict_hash_key(key);

    return hash == -1 ? NULL : DICT(op)->ma_lookup(DICT(op), key, hash);
}

static PyObject *dict_subscript(PyObject *op, PyObject *key)
{
    PyDictEntry *ep = dict_find(op, key);

    if (ep == NULL)
        return NULL;
    PyObject *value = ep->me_value;
    if (value == NULL) {
        if (!PyDict_CheckExact(op)) {
            static PyObject *missing_str;
            PyObject *missing = _PyObject_LookupSpecial(op, "__missing__", &missing_str);
            if (missing != NULL) {
                value = PyObject_CallFunctionObjArgs(missing, key, NULL);
                Py_DECREF(missing);
                return value;
            }
            if (PyErr_Occurred())
                return NULL;
        }
        _PyDict_SetKeyError(key);
        return NULL;
    }
    Py_INCREF(value);
    return value;
}

static int dict_ass_subscript(PyObject *op, PyObject *key, PyObject *value)
{
    return value == NULL ? PyDict_DelItem(op, key) : PyDict_SetItem(op, key, value);
}

/* keys(), values() and items() build a list for a size that must not change meanwhile; making the
 * tuples or the list can run the collector and so anything. */
enum { LIST_KEYS, LIST_VALUES, LIST_ITEMS };

static PyObject *dict_list(PyObject *op, int what)
{
    PyObject *result;
    Py_ssize_t n;

    for (;;) {
        n = DICT(op)->ma_used;
        result = PyList_New(n);
        if (result == NULL)
            return NULL;
        for (Py_ssize_t i = 0; what == LIST_ITEMS && i < n; i++) {
            PyObject *pair = PyTuple_New(2);
            if (pair == NULL) {
                Py_DECREF(result);
                return NULL;
            }
            PyList_SET_ITEM(result, i, pair);
        }
        if (n == DICT(op)->ma_used)
            break;
        Py_DECREF(result);
    }
    PyDictEntry *ep = DICT(op)->ma_table;
    for (Py_ssize_t j = 0; j < n; ep++) {
        if (ep->me_value == NULL)
            continue;
        if (what == LIST_ITEMS) {
            PyObject *pair = PyList_GET_ITEM(result, j);
            Py_INCREF(ep->me_key);
            PyTuple_SET_ITEM(pair, 0, ep->me_key);
            Py_INCREF(ep->me_value);
            PyTuple_SET_ITEM(pair, 1, ep->me_value);
        } else {
            PyObject *item = what == LIST_KEYS ? ep->me_key : ep->me_value;
            Py_INCREF(item);
            PyList_SET_ITEM(result, j, item);
        }
        j++;
    }
    return result;
}

#define LISTING(c_name, what, doc_name, doc_text)                                                  \
    PyDoc_STRVAR(doc_name, doc_text);                                                              \
    static PyObject *c_name(PyObject *op, PyObject *unused)                                        \
    {                                                                                              \
        return dict_list(op, what);                                                                \
    }
LISTING(dict_keys, LIST_KEYS, keys_doc, "D.keys() -> list of D's keys")
LISTING(dict_values, LIST_VALUES, values_doc, "D.values() -> list of D's values")
LISTING(dict_items, LIST_ITEMS, items_doc, "D.items() -> list of D's (key, value) pairs")

static PyObject *dict_checked_list(PyObject *op, int what)
{
    if (op == NULL || !PyDict_Check(op)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    return dict_list(op, what);
}

PyObject *PyDict_Keys(PyObject *op)
{
    return dict_checked_list(op, LIST_KEYS);
}

PyObject *PyDict_Values(PyObject *op)
{
    return dict_checked_list(op, LIST_VALUES);
}

PyObject *PyDict_Items(PyObject *op)
{
    return dict_checked_list(op, LIST_ITEMS);
}

PyDoc_STRVAR(copy_doc, "D.copy() -> a shallow copy of D");

static PyObject *dict_copy(PyObject *op, PyObject *unused)
{
    return PyDict_Copy(op);
}

PyObject *PyDict_Copy(PyObject *op)
{
    if (op == NULL || !PyDict_Check(op)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    PyObject *copy = PyDict_New();
    if (copy != NULL && PyDict_Merge(copy, op, 1) < 0) {
        Py_DECREF(copy);
        return NULL;
    }
    return copy;
}

/* 1 equal, 0 not, -1 error. Either dict may change while values are compared. */
static int dict_equal(PyDictObject *a, PyDictObject *b)
{
    if (a->ma_used != b->ma_used)
        return 0;
    for (Py_ssize_t i = 0; i <= a->ma_mask; i++) {
        PyObject *mine = a->ma_table[i].me_value;
        if (mine == NULL)
            continue;
        PyObject *key = a->ma_table[i].me_key;
        py_long hash = a->ma_table[i].me_hash;
        Py_INCREF(mine);
        Py_INCREF(key);
        PyDictEntry *ep = b->ma_lookup(b, key, hash);
        PyObject *theirs = ep == NULL ? NULL : ep->me_value;
        int same = 0;
        if (theirs != NULL) {
            Py_INCREF(theirs);
            same = PyObject_RichCompareBool(mine, theirs, Py_EQ);
            Py_DECREF(theirs);
        } else if (ep == NULL)
            same = -1;
        Py_DECREF(key);
        Py_DECREF(mine);
        if (same <= 0)
            return same;
    }
    return 1;
}

static PyObject *dict_richcompare(PyObject *a, PyObject *b, int op)
{
    if (PyDict_Check(a) && PyDict_Check(b)) {
        if (op == Py_EQ || op == Py_NE) {
            int same = dict_equal(DICT(a), DICT(b));
            return same < 0 ? NULL : PyBool_FromLong(same == (op == Py_EQ));
        }
        if (PyErr_WarnPy3k("dict inequality comparisons not supported in 3.x", 1) < 0)
            return NULL;
    }
    Py_RETURN_NOTIMPLEMENTED;
}

/* The smallest key of a at which b has no equal value, and a's value there; new references. NULL
 * without exception when there is none. */
static PyObject *dict_least_difference(PyDictObject *a, PyDictObject *b, PyObject **pvalue)
{
    PyObject *least = NULL, *least_value = NULL;

    for (Py_ssize_t i = 0; i <= a->ma_mask; i++) {
        if (a->ma_table[i].me_value == NULL)
            continue;
        PyObject *key = a->ma_table[i].me_key;
        int better = 1;
        Py_INCREF(key);
        if (least != NULL) {
            better = PyObject_RichCompareBool(least, key, Py_LT);
            if (better < 0) {
                Py_DECREF(key);
                goto fail;
            }
            better = !better;
            if (i > a->ma_mask || a->ma_table[i].me_value == NULL) {
                Py_DECREF(key); /* the comparison changed the dict */
                continue;
            }
        }
        if (!better) {
            Py_DECREF(key);
            continue;
        }
        PyObject *mine = a->ma_table[i].me_value;
        Py_INCREF(mine);
        PyObject *theirs = PyDict_GetItem((PyObject *)b, key);
        int same = 0;
        if (theirs != NULL) {
            Py_INCREF(theirs);
            same = PyObject_RichCompareBool(mine, theirs, Py_EQ);
            Py_DECREF(theirs);
        }
        if (same != 0) {
            Py_DECREF(key);
            Py_DECREF(mine);
            if (same < 0)
                goto fail;
            continue;
        }
        Py_XDECREF(least);
        Py_XDECREF(least_value);
        least = key;
        least_value = mine;
    }
    *pvalue = least_value;
    return least;
fail:
    Py_XDECREF(least);
    Py_XDECREF(least_value);
    *pvalue = NULL;
    return NULL;
}

static int dict_compare(PyObject *a, PyObject *b)
{
    PyObject *akey, *avalue = NULL, *bkey = NULL, *bvalue = NULL;
    int answer = 0;

    if (DICT(a)->ma_used != DICT(b)->ma_used)
        return DICT(a)->ma_used < DICT(b)->ma_used ? -1 : 1;
    akey = dict_least_difference(DICT(a), DICT(b), &avalue);
    if (akey == NULL)
        return PyErr_Occurred() ? -1 : 0;
    bkey = dict_least_difference(DICT(b), DICT(a), &bvalue);
    if (bkey == NULL && PyErr_Occurred()) {
        answer = -1;
        goto done;
    }
    if (bkey != NULL)
        answer = PyObject_Compare(akey, bkey);
    if (answer == 0 && bvalue != NULL)
        answer = PyObject_Compare(avalue, bvalue);
done:
    Py_XDECREF(akey);
    Py_XDECREF(avalue);
    Py_XDECREF(bkey);
    Py_XDECREF(bvalue);
    return answer;
}

PyDoc_STRVAR(contains_doc, "D.__contains__(k) -> True if D has a key k, else False");

static PyObject *dict_contains_method(PyObject *op, PyObject *key)
{
    PyDictEntry *ep = dict_find(op, key);

    return ep == NULL ? NULL : PyBool_FromLong(ep->me_value != NULL);
}

PyDoc_STRVAR(has_key_doc, "D.has_key(k) -> True if D has a key k, else False");

static PyObject *dict_has_key(PyObject *op, PyObject *key)
{
    if (PyErr_WarnPy3k("dict.has_key() not supported in 3.x; use the in operator", 1) < 0)
        return NULL;
    return dict_contains_method(op, key);
}

int PyDict_Contains(PyObject *op, PyObject *key)
{
    PyDictEntry *ep = dict_find(op, key);

    return ep == NULL ? -1 : ep->me_value != NULL;
}

int _PyDict_Contains(PyObject *op, PyObject *key, py_long hash)
{
    PyDictEntry *ep = DICT(op)->ma_lookup(DICT(op), key, hash);

    return ep == NULL ? -1 : ep->me_value != NULL;
}

PyDoc_STRVAR(get_doc, "D.get(k[,d]) -> D[k] if k in D, else d, which defaults to None");

static PyObject *dict_get(PyObject *op, PyObject *args)
{
    PyObject *key, *fallback = Py_None;

    if (!PyArg_UnpackTuple(args, "get", 1, 2, &key, &fallback))
        return NULL;
    PyDictEntry *ep = dict_find(op, key);
    if (ep == NULL)
        return NULL;
    PyObject *value = ep->me_value == NULL ? fallback : ep->me_value;
    Py_INCREF(value);
    return value;
}

PyDoc_STRVAR(setdefault_doc, "D.setdefault(k[,d]) -> D.get(k,d); sets D[k]=d when k is not in D");

static PyObject *dict_setdefault(PyObject *op, PyObject *args)
{
    PyObject *key, *fallback = Py_None;

    if (!PyArg_UnpackTuple(args, "setdefault", 1, 2, &key, &fallback))
        return NULL;
    py_long hash = dict_hash_key(key);
    PyDictEntry *ep = hash == -1 ? NULL : DICT(op)->ma_lookup(DICT(op), key, hash);
    if (ep == NULL)
        return NULL;
    PyObject *value = ep->me_value;
    if (value == NULL) {
        PyDictObject *mp = DICT(op);
        value = fallback;
        /* Into the slot just found: key is compared once only. */
        dict_store(mp, ep, key, hash, value);
        if (mp->ma_fill * 3 >= (mp->ma_mask + 1) * 2 &&
            _PyDict_Grow(mp, (mp->ma_used > 50000 ? 2 : 4) * mp->ma_used) < 0)
            return NULL;
    }
    Py_INCREF(value);
    return value;
}

PyDoc_STRVAR(clear_doc, "D.clear() -> None.  Remove all items from D.");

static PyObject *dict_clear_method(PyObject *op, PyObject *unused)
{
    PyDict_Clear(op);
    Py_RETURN_NONE;
}

PyDoc_STRVAR(pop_doc, "D.pop(k[,d]) -> v, remove key k and return its value.\n"
                      "When k is missing, d is returned if given, otherwise KeyError is raised.");

static PyObject *dict_pop(PyObject *op, PyObject *args)
{
    PyObject *key, *fallback = NULL;

    if (!PyArg_UnpackTuple(args, "pop", 1, 2, &key, &fallback))
        return NULL;
    PyDictEntry *ep = NULL;
    if (DICT(op)->ma_used > 0) {
        ep = dict_find(op, key);
        if (ep == NULL)
            return NULL;
    }
    if (ep == NULL || ep->me_value == NULL) {
        if (fallback != NULL) {
            Py_INCREF(fallback);
            return fallback;
        }
        _PyDict_SetKeyError(key);
        return NULL;
    }
    return dict_take(DICT(op), ep);
}

PyDoc_STRVAR(popitem_doc, "D.popitem() -> (k, v), remove some pair and return it.\n"
                          "Raises KeyError when D is empty.");

/* Where the last search ended is remembered in the hash of slot 0, which is free whenever it is
 * needed: so popping everything takes linear time. */
static PyObject *dict_popitem(PyObject *op, PyObject *unused)
{
    PyDictObject *mp = DICT(op);
    PyObject *pair = PyTuple_New(2); /* first: it can run the collector, and so change the dict */

    if (pair == NULL)
        return NULL;
    if (mp->ma_used == 0) {
        Py_DECREF(pair);
        PyErr_SetString(PyExc_KeyError, "popitem(): dictionary is empty");
        return NULL;
    }
    PyDictEntry *table = mp->ma_table;
    Py_ssize_t i = 0;
    if (table[0].me_value == NULL) {
        i = table[0].me_hash;
        if (i > mp->ma_mask || i < 1)
            i = 1;
        while (table[i].me_value == NULL)
            if (++i > mp->ma_mask)
                i = 1;
    }
    PyTuple_SET_ITEM(pair, 0, table[i].me_key);
    PyTuple_SET_ITEM(pair, 1, table[i].me_value);
    table[i].me_key = &dict_dummy;
    table[i].me_value = NULL;
    mp->ma_used--;
    table[0].me_hash = i + 1;
    return pair;
}

static PyObject *dict_sizeof(PyObject *op, PyObject *unused)
{
    Py_ssize_t size = Py_TYPE(op)->tp_x64_basicsize;

    if (size == 0)
        size = Py_TYPE(op)->tp_basicsize;
    if (DICT(op)->ma_table != DICT(op)->ma_smalltable)
        size += (DICT(op)->ma_mask + 1) * DICT_X64_ENTRY;
    return PyInt_FromSsize_t(size);
}

static PyObject *dict_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyObject *op = type->tp_alloc(type, 0);

    if (op == NULL)
        return NULL;
    dict_make_empty(DICT(op));
    DICT(op)->ma_lookup = dict_look_str;
    if (type == &PyDict_Type) /* allocation tracked it; an empty dict needs no watching */
        _PyObject_GC_UNTRACK(op);
    return op;
}

static int dict_init(PyObject *op, PyObject *args, PyObject *kwds)
{
    return _PyDict_UpdateFromArgs(op, args, kwds, "dict");
}

static PyObject *dict_go_init(PyObject *op, PyObject *args, PyObject *kwds)
{
    return _PyDict_UpdateGoOn(op, args, kwds, "dict");
}

static const _PyGoOnSlots dict_go_on = {.go_init = dict_go_init};

PyObject *PyDict_GetItemString(PyObject *op, const char *key)
{
    PyObject *str = PyString_FromString(key);

    if (str == NULL)
        return NULL;
    PyObject *value = PyDict_GetItem(op, str);
    Py_DECREF(str);
    return value;
}

int PyDict_SetItemString(PyObject *op, const char *key, PyObject *value)
{
    PyObject *str = PyString_FromString(key);

    if (str == NULL)
        return -1;
    PyString_InternInPlace(&str);
    int status = PyDict_SetItem(op, str, value);
    Py_DECREF(str);
    return status;
}

int PyDict_DelItemString(PyObject *op, const char *key)
{
    PyObject *str = PyString_FromString(key);

    if (str == NULL)
        return -1;
    int status = PyDict_DelItem(op, str);
    Py_DECREF(str);
    return status;
}

static PySequenceMethods dict_as_sequence = {
    .sq_contains = PyDict_Contains,
};
static PyMappingMethods dict_as_mapping = {
    .mp_length = dict_length,
    .mp_subscript = dict_subscript,
    .mp_ass_subscript = dict_ass_subscript,
};
static PyMethodDef dict_methods[] = {
    {"__contains__", dict_contains_method, METH_O | METH_COEXIST, contains_doc},
    {"__getitem__", dict_subscript, METH_O | METH_COEXIST, "x.__getitem__(y) <==> x[y]"},
    {"__sizeof__", dict_sizeof, METH_NOARGS, "D.__sizeof__() -> size of D in memory, in bytes"},
    {"has_key", dict_has_key, METH_O, has_key_doc},
    {"get", dict_get, METH_VARARGS, get_doc},
    {"setdefault", dict_setdefault, METH_VARARGS, setdefault_doc},
    {"pop", dict_pop, METH_VARARGS, pop_doc},
    {"popitem", dict_popitem, METH_NOARGS, popitem_doc},
    {"keys", dict_keys, METH_NOARGS, keys_doc},
    {"items", dict_items, METH_NOARGS, items_doc},
    {"values", dict_values, METH_NOARGS, values_doc},
    {"viewkeys", _PyDict_ViewKeys, METH_NOARGS,
     "D.viewkeys() -> a set-like object providing a view on D's keys"},
    {"viewitems", _PyDict_ViewItems, METH_NOARGS,
     "D.viewitems() -> a set-like object providing a view on D's items"},
    {"viewvalues", _PyDict_ViewValues, METH_NOARGS,
     "D.viewvalues() -> an object providing a view on D's values"},
    {"update", PyCFunction_CAST(_PyDict_MethodUpdate),
     METH_VARARGS | METH_KEYWORDS | METH_RESUMABLE,
     "D.update([E, ]**F) -> None.  Take over the pairs of E, then those of F.\n"
     "E is a mapping with a keys() method, or an iterable of (key, value) pairs."},
    {"fromkeys", _PyDict_FromKeys, METH_VARARGS | METH_CLASS,
     "dict.fromkeys(S[,v]) -> new dict with keys from S and all values v, default None"},
    {"clear", dict_clear_method, METH_NOARGS, clear_doc},
    {"copy", dict_copy, METH_NOARGS, copy_doc},
    {"iterkeys", _PyDict_IterKeys, METH_NOARGS, "D.iterkeys() -> an iterator over D's keys"},
    {"itervalues", _PyDict_IterValues, METH_NOARGS,
     "D.itervalues() -> an iterator over D's values"},
    {"iteritems", _PyDict_IterItems, METH_NOARGS,
     "D.iteritems() -> an iterator over D's (key, value) pairs"},
    {NULL},
};

PyTypeObject PyDict_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "dict",
    .tp_basicsize = sizeof(PyDictObject),
    .tp_x64_basicsize = DICT_X64_SIZE,
    .tp_dealloc = dict_dealloc,
    .tp_compare = dict_compare,
    .tp_repr = dict_repr,
    .tp_as_sequence = &dict_as_sequence,
    .tp_as_mapping = &dict_as_mapping,
    .tp_hash = PyObject_HashNotImplemented,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags =
        Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_DICT_SUBCLASS,
    .tp_doc = "dict() -> new empty dictionary\n"
              "dict(mapping) -> new dictionary with the pairs of a mapping object\n"
              "dict(iterable) -> new dictionary with the (key, value) pairs of an iterable\n"
              "dict(**kwargs) -> new dictionary with the name=value pairs of the call",
    .tp_traverse = dict_traverse,
    .tp_clear = dict_clear_slot,
    .tp_richcompare = dict_richcompare,
    .tp_iter = _PyDict_KeyIter,
    .tp_methods = dict_methods,
    .tp_init = dict_init,
    .tp_goon = &dict_go_on,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = dict_new,
    .tp_free = PyObject_GC_Del,
};
