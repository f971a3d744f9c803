/* SPDX-License-Identifier: MIT */
/* set and frozenset: the table, the C functions, the types, the iterator. The table is the dict's,
 * without values: same probe order, same growth, hence CPython's iteration order. A slot is unused
 * (key NULL), a dummy, or active; one at least is unused. Comparisons may run Python code that
 * changes the set; afterwards the table and slot are checked and the probe starts over if they
 * changed. set_ops.c has the algebra. */
#include "Python.h"
#include "objects/set_private.h"

enum { SETS_KEPT = 80, PERTURB_SHIFT = 5, SET_X64_SIZE = 200, SET_X64_ENTRY = 16 };

static PySetObject *set_free[SETS_KEPT];
static int set_free_count;
static PyObject *set_empty_frozen; /* the one empty frozenset */

/* Stands where a key was removed. It is in no set's reference counts. */
static PyObject set_dummy = {PyObject_HEAD_INIT(&PyBaseObject_Type)};

static setentry *set_look_any(PySetObject *, PyObject *, py_long);
static setentry *set_look_str(PySetObject *, PyObject *, py_long);

py_long _PySet_HashKey(PyObject *key)
{
    if (PyString_CheckExact(key)) {
        py_long hash = ((PyStringObject *)key)->ob_shash;
        if (hash != -1)
            return hash;
    }
    return PyObject_Hash(key);
}

static void set_make_empty(PySetObject *so)
{
    memset(so->smalltable, 0, sizeof so->smalltable);
    so->fill = so->used = 0;
    so->mask = PySet_MINSIZE - 1;
    so->table = so->smalltable;
    so->hash = -1;
}

static setentry *set_look_any(PySetObject *so, PyObject *key, py_long hash)
{
    for (;;) { /* once, unless a comparison changes the set */
        setentry *table = so->table, *reusable = NULL;
        py_ulong mask = (py_ulong)so->mask, i = (py_ulong)hash & mask, perturb = (py_ulong)hash;

        for (;;) {
            setentry *entry = &table[i & mask];
            if (entry->key == NULL)
                return reusable == NULL ? entry : reusable;
            if (entry->key == key)
                return entry;
            if (entry->key == &set_dummy) {
                if (reusable == NULL)
                    reusable = entry;
            } else if (entry->hash == hash) {
                PyObject *there = entry->key;
                Py_INCREF(there);
                int same = PyObject_RichCompareBool(there, key, Py_EQ);
                Py_DECREF(there);
                if (same < 0)
                    return NULL;
                if (table != so->table || entry->key != there)
                    break;
                if (same)
                    return entry;
            }
            i = (i << 2) + i + perturb + 1;
            perturb >>= PERTURB_SHIFT;
        }
    }
}

/* For sets that never met a key other than an exact str. */
static setentry *set_look_str(PySetObject *so, PyObject *key, py_long hash)
{
    if (!PyString_CheckExact(key)) {
        so->lookup = set_look_any;
        return set_look_any(so, key, hash);
    }
    setentry *table = so->table, *reusable = NULL;
    py_ulong mask = (py_ulong)so->mask, i = (py_ulong)hash & mask, perturb = (py_ulong)hash;
    for (;;) {
        setentry *entry = &table[i & mask];
        if (entry->key == NULL)
            return reusable == NULL ? entry : reusable;
        if (entry->key == key)
            return entry;
        if (entry->key == &set_dummy) {
            if (reusable == NULL)
                reusable = entry;
        } else if (entry->hash == hash && _PyString_Eq(entry->key, key))
            return entry;
        i = (i << 2) + i + perturb + 1;
        perturb >>= PERTURB_SHIFT;
    }
}

static void set_place(setentry *table, py_ulong mask, const setentry *from)
{
    py_ulong i = (py_ulong)from->hash & mask, perturb = (py_ulong)from->hash;

    while (table[i & mask].key != NULL) {
        i = (i << 2) + i + perturb + 1;
        perturb >>= PERTURB_SHIFT;
    }
    table[i & mask] = *from;
}

/* Moves the keys, without dummies, to a table of more than minused slots. */
static int set_grow(PySetObject *so, Py_ssize_t minused)
{
    Py_ssize_t size = PySet_MINSIZE, oldsize = so->mask + 1;
    setentry saved[PySet_MINSIZE], *table, *old = so->table;
    int allocated = old != so->smalltable;

    while (size <= minused && size > 0)
        size <<= 1;
    if (size <= 0) {
        PyErr_NoMemory();
        return -1;
    }
    if (size == PySet_MINSIZE) {
        if (!allocated) {
            if (so->fill == so->used)
                return 0;
            memcpy(saved, old, sizeof saved);
            old = saved;
        }
        table = so->smalltable;
        memset(table, 0, sizeof so->smalltable);
    } else {
        table = PyMem_Calloc(size, sizeof(setentry));
        if (table == NULL) {
            PyErr_NoMemory();
            return -1;
        }
    }
    so->table = table;
    so->mask = size - 1;
    so->fill = so->used;
    for (Py_ssize_t i = 0; i < oldsize; i++)
        if (old[i].key != NULL && old[i].key != &set_dummy)
            set_place(table, (py_ulong)size - 1, &old[i]);
    if (allocated)
        PyMem_Free(old);
    return 0;
}

static int set_grow_by_use(PySetObject *so)
{
    return set_grow(so, so->used > 50000 ? so->used * 2 : so->used * 4);
}

/* Adds without growing; the caller saw to room. */
static int set_insert(PySetObject *so, PyObject *key, py_long hash)
{
    setentry *entry = so->lookup(so, key, hash);

    if (entry == NULL)
        return -1;
    if (entry->key == NULL || entry->key == &set_dummy) {
        if (entry->key == NULL)
            so->fill++;
        Py_INCREF(key);
        entry->key = key;
        entry->hash = hash;
        so->used++;
    }
    return 0;
}

int _PySet_AddHashed(PyObject *op, PyObject *key, py_long hash)
{
    PySetObject *so = SET(op);
    Py_ssize_t used = so->used;

    Py_INCREF(key);
    int status = set_insert(so, key, hash);
    Py_DECREF(key);
    if (status < 0 || so->used <= used || so->fill * 3 < (so->mask + 1) * 2)
        return status;
    return set_grow_by_use(so);
}

static int set_add_key(PyObject *op, PyObject *key)
{
    py_long hash = _PySet_HashKey(key);

    return hash == -1 ? -1 : _PySet_AddHashed(op, key, hash);
}

int _PySet_DiscardHashed(PyObject *op, PyObject *key, py_long hash)
{
    PySetObject *so = SET(op);
    setentry *entry = so->lookup(so, key, hash);

    if (entry == NULL)
        return -1;
    if (entry->key == NULL || entry->key == &set_dummy)
        return 0;
    PyObject *old = entry->key;
    entry->key = &set_dummy;
    so->used--;
    Py_DECREF(old);
    return 1;
}

int _PySet_HasHashed(PyObject *op, PyObject *key, py_long hash)
{
    setentry *entry = SET(op)->lookup(SET(op), key, hash);

    if (entry == NULL)
        return -1;
    return entry->key != NULL && entry->key != &set_dummy;
}

int _PySet_DiscardDummies(PyObject *op)
{
    PySetObject *so = SET(op);

    return (so->fill - so->used) * 5 < so->mask ? 0 : set_grow_by_use(so);
}

static int set_make_room(PySetObject *so, Py_ssize_t more)
{
    return (so->fill + more) * 3 >= (so->mask + 1) * 2 ? set_grow(so, (so->used + more) * 2) : 0;
}

int _PySet_MergeSet(PyObject *op, PyObject *other)
{
    Py_ssize_t pos = 0;
    PyObject *key;
    py_long hash;

    if (op == other || SET(other)->used == 0)
        return 0;
    if (set_make_room(SET(op), SET(other)->used) < 0)
        return -1;
    while (_PySet_NextKey(other, &pos, &key, &hash)) {
        Py_INCREF(key);
        /* There is room, unless comparisons changed one of the sets meanwhile. */
        int status = SET(op)->fill + 1 > SET(op)->mask ? _PySet_AddHashed(op, key, hash)
                                                       : set_insert(SET(op), key, hash);
        Py_DECREF(key);
        if (status < 0)
            return -1;
    }
    return 0;
}

void _PySet_ClearTable(PyObject *op)
{
    PySetObject *so = SET(op);
    setentry saved[PySet_MINSIZE], *table = so->table;
    Py_ssize_t fill = so->fill;
    int allocated = table != so->smalltable;
    py_long hash = so->hash;

    if (!allocated) {
        if (fill == 0)
            return;
        memcpy(saved, table, sizeof saved);
        table = saved;
    }
    set_make_empty(so);
    so->hash = hash;
    for (setentry *entry = table; fill > 0; entry++)
        if (entry->key != NULL) {
            fill--;
            if (entry->key != &set_dummy)
                Py_DECREF(entry->key);
        }
    if (allocated)
        PyMem_Free(table);
}

int _PySet_NextKey(PyObject *op, Py_ssize_t *pos, PyObject **key, py_long *hash)
{
    Py_ssize_t i = *pos, mask = SET(op)->mask;
    setentry *table = SET(op)->table;

    if (i < 0)
        return 0;
    while (i <= mask && (table[i].key == NULL || table[i].key == &set_dummy))
        i++;
    *pos = i + 1;
    if (i > mask)
        return 0;
    *key = table[i].key;
    *hash = table[i].hash;
    return 1;
}

/* Exchanges what two sets hold, so that an operation can prepare its result aside. */
void _PySet_SwapBodies(PyObject *a, PyObject *b)
{
    PySetObject *x = SET(a), *y = SET(b);
    int frozen = PyType_IsSubtype(Py_TYPE(a), &PyFrozenSet_Type) &&
                 PyType_IsSubtype(Py_TYPE(b), &PyFrozenSet_Type);
    setentry small[PySet_MINSIZE];
    setentry *xtable = x->table == x->smalltable ? y->smalltable : x->table;
    setentry *ytable = y->table == y->smalltable ? x->smalltable : y->table;
#define EXCHANGE(type, field)                                                                      \
    do {                                                                                           \
        type kept = x->field;                                                                      \
        x->field = y->field;                                                                       \
        y->field = kept;                                                                           \
    } while (0)
    EXCHANGE(Py_ssize_t, fill);
    EXCHANGE(Py_ssize_t, used);
    EXCHANGE(Py_ssize_t, mask);
    setentry *(*lookup)(PySetObject *, PyObject *, py_long) = x->lookup;
    x->lookup = y->lookup;
    y->lookup = lookup;
    x->table = ytable;
    y->table = xtable;
    memcpy(small, x->smalltable, sizeof small);
    memcpy(x->smalltable, y->smalltable, sizeof small);
    memcpy(y->smalltable, small, sizeof small);
    if (frozen)
        EXCHANGE(py_long, hash);
    else
        x->hash = y->hash = -1;
#undef EXCHANGE
}

int _PySet_UpdateFrom(PyObject *op, PyObject *iterable)
{
    PyObject *key;

    if (PyAnySet_Check(iterable))
        return _PySet_MergeSet(op, iterable);
    if (PyDict_CheckExact(iterable)) {
        PyObject *value;
        Py_ssize_t pos = 0;
        py_long hash;
        if (set_make_room(SET(op), PyDict_Size(iterable)) < 0)
            return -1;
        while (_PyDict_Next(iterable, &pos, &key, &value, &hash))
            if (_PySet_AddHashed(op, key, hash) < 0)
                return -1;
        return 0;
    }
    PyObject *it = PyObject_GetIter(iterable);
    if (it == NULL)
        return -1;
    while ((key = PyIter_Next(it)) != NULL) {
        int status = set_add_key(op, key);
        Py_DECREF(key);
        if (status < 0) {
            Py_DECREF(it);
            return -1;
        }
    }
    Py_DECREF(it);
    return PyErr_Occurred() ? -1 : 0;
}

int _PySet_Update(PyObject *op, PyObject *iterable)
{
    if (!PySet_Check(op)) {
        PyErr_BadInternalCall();
        return -1;
    }
    return _PySet_UpdateFrom(op, iterable);
}

PyObject *_PySet_Make(PyTypeObject *type, PyObject *iterable)
{
    PySetObject *so;

    if (set_free_count > 0 && (type == &PySet_Type || type == &PyFrozenSet_Type)) {
        so = set_free[--set_free_count];
        Py_TYPE(so) = type;
        _Py_NewReference((PyObject *)so);
        _PyObject_GC_TRACK(so);
    } else {
        so = SET(type->tp_alloc(type, 0));
        if (so == NULL)
            return NULL;
    }
    set_make_empty(so);
    so->lookup = set_look_str;
    so->weakreflist = NULL;
    if (iterable != NULL && _PySet_UpdateFrom((PyObject *)so, iterable) < 0) {
        Py_DECREF(so);
        return NULL;
    }
    return (PyObject *)so;
}

PyObject *PySet_New(PyObject *iterable)
{
    return _PySet_Make(&PySet_Type, iterable);
}

PyObject *PyFrozenSet_New(PyObject *iterable)
{
    return _PySet_Make(&PyFrozenSet_Type, iterable);
}

static void set_dealloc(PyObject *op)
{
    PySetObject *so = SET(op);
    Py_ssize_t fill = so->fill;

    PyObject_GC_UnTrack(so);
    Py_TRASHCAN_SAFE_BEGIN(so) if (so->weakreflist != NULL) PyObject_ClearWeakRefs(op);
    for (setentry *entry = so->table; fill > 0; entry++)
        if (entry->key != NULL) {
            fill--;
            if (entry->key != &set_dummy)
                Py_DECREF(entry->key);
        }
    if (so->table != so->smalltable)
        PyMem_Free(so->table);
    if (set_free_count < SETS_KEPT && PyAnySet_CheckExact(so))
        set_free[set_free_count++] = so;
    else
        Py_TYPE(so)->tp_free(so);
    Py_TRASHCAN_SAFE_END(so)
}

static int set_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_ssize_t pos = 0;
    PyObject *key;
    py_long hash;

    while (_PySet_NextKey(op, &pos, &key, &hash))
        Py_VISIT(key);
    return 0;
}

static int set_clear_slot(PyObject *op)
{
    _PySet_ClearTable(op);
    return 0;
}

static Py_ssize_t set_length(PyObject *op)
{
    return SET(op)->used;
}

static PyObject *set_repr(PyObject *op)
{
    PyObject *keys = NULL, *text = NULL, *result = NULL;
    int inside = Py_ReprEnter(op);

    if (inside != 0)
        return inside > 0 ? PyString_FromFormat("%s(...)", Py_TYPE(op)->tp_name) : NULL;
    keys = PySequence_List(op);
    if (keys != NULL)
        text = PyObject_Repr(keys);
    if (text != NULL)
        result = PyString_FromFormat("%s(%s)", Py_TYPE(op)->tp_name, PyString_AS_STRING(text));
    Py_XDECREF(text);
    Py_XDECREF(keys);
    Py_ReprLeave(op);
    return result;
}

/* Independent of the order of keys; each key's hash is spread so that sets of near hashes differ.
 */
static py_long frozenset_hash(PyObject *op)
{
    PySetObject *so = SET(op);
    py_ulong hash = 1927868237u;
    Py_ssize_t pos = 0;
    PyObject *key;
    py_long part;

    if (so->hash != -1)
        return so->hash;
    hash *= (py_ulong)so->used + 1;
    while (_PySet_NextKey(op, &pos, &key, &part)) {
        py_ulong h = (py_ulong)part;
        hash ^= (h ^ (h << 16) ^ 89869747u) * 3644798167u;
    }
    hash = hash * 69069u + 907133923u;
    so->hash = hash == (py_ulong)-1 ? 590923713 : (py_long)hash;
    return so->hash;
}

static int set_compare(PyObject *a, PyObject *b)
{
    PyErr_SetString(PyExc_TypeError, "cannot compare sets using cmp()");
    return -1;
}

/* When a set, unhashable, is looked for, a frozenset of the same keys is meant. NULL: it is not
 * that case, the exception stands. */
static PyObject *set_frozen_instead(PyObject *key)
{
    if (!PySet_Check(key) || !PyErr_ExceptionMatches(PyExc_TypeError))
        return NULL;
    PyErr_Clear();
    return _PySet_Make(&PyFrozenSet_Type, key);
}

static int set_contains(PyObject *op, PyObject *key)
{
    py_long hash = _PySet_HashKey(key);
    int found = hash == -1 ? -1 : _PySet_HasHashed(op, key, hash);

    if (found >= 0)
        return found;
    PyObject *frozen = set_frozen_instead(key);
    if (frozen == NULL)
        return -1;
    hash = PyObject_Hash(frozen);
    found = hash == -1 ? -1 : _PySet_HasHashed(op, frozen, hash);
    Py_DECREF(frozen);
    return found;
}

static PyObject *set_contains_method(PyObject *op, PyObject *key)
{
    int found = set_contains(op, key);

    return found < 0 ? NULL : PyBool_FromLong(found);
}

static int set_discard_key(PyObject *op, PyObject *key)
{
    py_long hash = _PySet_HashKey(key);
    int found = hash == -1 ? -1 : _PySet_DiscardHashed(op, key, hash);

    if (found >= 0)
        return found;
    PyObject *frozen = set_frozen_instead(key);
    if (frozen == NULL)
        return -1;
    hash = PyObject_Hash(frozen);
    found = hash == -1 ? -1 : _PySet_DiscardHashed(op, frozen, hash);
    Py_DECREF(frozen);
    return found;
}

static PyObject *set_remove(PyObject *op, PyObject *key)
{
    int found = set_discard_key(op, key);

    if (found < 0)
        return NULL;
    if (!found) {
        PyObject *args = PyTuple_Pack(1, key);
        if (args != NULL) {
            PyErr_SetObject(PyExc_KeyError, args);
            Py_DECREF(args);
        }
        return NULL;
    }
    Py_RETURN_NONE;
}

static PyObject *set_discard(PyObject *op, PyObject *key)
{
    if (set_discard_key(op, key) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *set_add(PyObject *op, PyObject *key)
{
    if (set_add_key(op, key) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *set_clear(PyObject *op, PyObject *unused)
{
    _PySet_ClearTable(op);
    Py_RETURN_NONE;
}

/* As dict.popitem: the free slot 0 remembers where to go on searching. */
static PyObject *set_pop(PyObject *op, PyObject *unused)
{
    PySetObject *so = SET(op);
    setentry *table = so->table;
    Py_ssize_t i = 0;

    if (so->used == 0) {
        PyErr_SetString(PyExc_KeyError, "pop from an empty set");
        return NULL;
    }
    if (table[0].key == NULL || table[0].key == &set_dummy) {
        i = table[0].hash;
        if (i > so->mask || i < 1)
            i = 1;
        while (table[i].key == NULL || table[i].key == &set_dummy)
            if (++i > so->mask)
                i = 1;
    }
    PyObject *key = table[i].key;
    table[i].key = &set_dummy;
    so->used--;
    table[0].hash = i + 1;
    return key;
}

PyObject *_PySet_Copy(PyObject *op, PyObject *unused)
{
    return _PySet_Make(Py_TYPE(op), op);
}

static PyObject *frozenset_copy(PyObject *op, PyObject *unused)
{
    if (PyFrozenSet_CheckExact(op)) {
        Py_INCREF(op);
        return op;
    }
    return _PySet_Copy(op, NULL);
}

static PyObject *set_reduce(PyObject *op, PyObject *unused)
{
    PyObject *dict = NULL, *result = NULL, *keys = PySequence_List(op);

    if (keys == NULL)
        return NULL;
    dict = PyObject_GetAttrString(op, "__dict__");
    if (dict == NULL) {
        PyErr_Clear();
        dict = Py_None;
        Py_INCREF(dict);
    }
    result = Py_BuildValue("(O(O)O)", Py_TYPE(op), keys, dict);
    Py_DECREF(keys);
    Py_DECREF(dict);
    return result;
}

static PyObject *set_sizeof(PyObject *op, PyObject *unused)
{
    Py_ssize_t size = Py_TYPE(op)->tp_x64_basicsize;

    if (size == 0)
        size = Py_TYPE(op)->tp_basicsize;
    if (SET(op)->table != SET(op)->smalltable)
        size += (SET(op)->mask + 1) * SET_X64_ENTRY;
    return PyInt_FromSsize_t(size);
}

static PyObject *set_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    return _PySet_Make(type, NULL);
}

static int set_init(PyObject *op, PyObject *args, PyObject *kwds)
{
    PyObject *iterable = NULL;

    if (!PyAnySet_Check(op))
        return -1;
    if (PySet_Check(op) && !_PyArg_NoKeywords("set()", kwds))
        return -1;
    if (!PyArg_UnpackTuple(args, Py_TYPE(op)->tp_name, 0, 1, &iterable))
        return -1;
    _PySet_ClearTable(op);
    SET(op)->hash = -1;
    return iterable == NULL ? 0 : _PySet_UpdateFrom(op, iterable);
}

static int set_take_item(PyObject *op, PyObject *item, PyObject *unused)
{
    return set_add_key(op, item);
}

static const _PyWalk set_updating = {set_take_item, NULL};

PyObject *_PySet_UpdateGoOn(PyObject *op, PyObject *iterable)
{
    PyObject *it = PyAnySet_Check(iterable) ? NULL : _PyWalk_Begin(iterable);

    if (it == NULL) {
        if (PyErr_Occurred() || _PySet_UpdateFrom(op, iterable) < 0)
            return NULL;
        Py_RETURN_NONE;
    }
    Py_INCREF(op);
    return _PyHooks.walk(it, &set_updating, op, NULL);
}

static PyObject *set_go_init(PyObject *op, PyObject *args, PyObject *kwds)
{
    if (kwds == NULL && PyTuple_GET_SIZE(args) == 1 && PyAnySet_Check(op)) {
        _PySet_ClearTable(op);
        SET(op)->hash = -1;
        return _PySet_UpdateGoOn(op, PyTuple_GET_ITEM(args, 0));
    }
    if (set_init(op, args, kwds) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static const _PyGoOnSlots set_go_on = {.go_init = set_go_init};

/* The exact frozenset just made (owned, or NULL), or the one empty one. */
static PyObject *frozenset_made(PyObject *made)
{
    if (made != NULL && SET(made)->used > 0)
        return made;
    Py_XDECREF(made);
    if (set_empty_frozen == NULL)
        set_empty_frozen = _PySet_Make(&PyFrozenSet_Type, NULL);
    Py_XINCREF(set_empty_frozen);
    return set_empty_frozen;
}

static PyObject *frozenset_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyObject *iterable = NULL;

    if (type == &PyFrozenSet_Type && !_PyArg_NoKeywords("frozenset()", kwds))
        return NULL;
    if (!PyArg_UnpackTuple(args, type->tp_name, 0, 1, &iterable))
        return NULL;
    if (type != &PyFrozenSet_Type)
        return _PySet_Make(type, iterable);
    if (iterable != NULL) {
        if (PyFrozenSet_CheckExact(iterable)) {
            Py_INCREF(iterable);
            return iterable;
        }
        PyObject *result = _PySet_Make(type, iterable);
        return result == NULL ? NULL : frozenset_made(result);
    }
    return frozenset_made(NULL);
}

static PyObject *frozenset_filled(PyObject *op, PyObject *unused)
{
    Py_INCREF(op);
    return Py_TYPE(op) == &PyFrozenSet_Type ? frozenset_made(op) : op;
}

static const _PyWalk frozenset_filling = {set_take_item, frozenset_filled};

static PyObject *frozenset_go_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyObject *it = NULL, *source;

    if (kwds == NULL && PyTuple_GET_SIZE(args) == 1) {
        source = PyTuple_GET_ITEM(args, 0);
        if (!PyAnySet_Check(source))
            it = _PyWalk_Begin(source);
        if (it == NULL && PyErr_Occurred())
            return NULL;
    }
    if (it == NULL)
        return frozenset_new(type, args, kwds);
    return _PyHooks.walk(it, &frozenset_filling, _PySet_Make(type, NULL), NULL);
}

static const _PyGoOnSlots frozenset_go_on = {.go_new = frozenset_go_new};

/* The C functions. */

Py_ssize_t PySet_Size(PyObject *op)
{
    if (!PyAnySet_Check(op)) {
        PyErr_BadInternalCall();
        return -1;
    }
    return PySet_GET_SIZE(op);
}

int PySet_Clear(PyObject *op)
{
    if (!PySet_Check(op)) {
        PyErr_BadInternalCall();
        return -1;
    }
    _PySet_ClearTable(op);
    return 0;
}

int PySet_Contains(PyObject *op, PyObject *key)
{
    if (!PyAnySet_Check(op)) {
        PyErr_BadInternalCall();
        return -1;
    }
    py_long hash = _PySet_HashKey(key);
    return hash == -1 ? -1 : _PySet_HasHashed(op, key, hash);
}

int PySet_Discard(PyObject *op, PyObject *key)
{
    if (!PySet_Check(op)) {
        PyErr_BadInternalCall();
        return -1;
    }
    py_long hash = _PySet_HashKey(key);
    return hash == -1 ? -1 : _PySet_DiscardHashed(op, key, hash);
}

int PySet_Add(PyObject *op, PyObject *key)
{
    if (!PySet_Check(op) && (!PyFrozenSet_Check(op) || Py_REFCNT(op) != 1)) {
        PyErr_BadInternalCall();
        return -1;
    }
    return set_add_key(op, key);
}

int _PySet_NextEntry(PyObject *op, Py_ssize_t *pos, PyObject **key, py_long *hash)
{
    if (!PyAnySet_Check(op)) {
        PyErr_BadInternalCall();
        return -1;
    }
    return _PySet_NextKey(op, pos, key, hash);
}

int _PySet_Next(PyObject *op, Py_ssize_t *pos, PyObject **key)
{
    py_long hash;

    return _PySet_NextEntry(op, pos, key, &hash);
}

PyObject *PySet_Pop(PyObject *op)
{
    if (!PySet_Check(op)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    return set_pop(op, NULL);
}

/* The iterator. */

typedef struct {
    PyObject_HEAD PySetObject *set; /* NULL when exhausted */
    Py_ssize_t used;                /* the size expected; -1 after an error */
    Py_ssize_t pos, left;
} setiterobject;

static PyTypeObject setiter_type;

static PyObject *set_iter(PyObject *op)
{
    setiterobject *it = PyObject_GC_New(setiterobject, &setiter_type);

    if (it == NULL)
        return NULL;
    Py_INCREF(op);
    it->set = SET(op);
    it->used = it->left = it->set->used;
    it->pos = 0;
    _PyObject_GC_TRACK(it);
    return (PyObject *)it;
}

static void setiter_dealloc(PyObject *self)
{
    PyObject_GC_UnTrack(self);
    Py_XDECREF(((setiterobject *)self)->set);
    PyObject_GC_Del(self);
}

static int setiter_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(((setiterobject *)self)->set);
    return 0;
}

static PyObject *setiter_next(PyObject *self)
{
    setiterobject *it = (setiterobject *)self;
    PyObject *key;
    py_long hash;

    if (it->set == NULL)
        return NULL;
    if (it->used != it->set->used) {
        PyErr_SetString(PyExc_RuntimeError, "Set changed size during iteration");
        it->used = -1;
        return NULL;
    }
    if (_PySet_NextKey((PyObject *)it->set, &it->pos, &key, &hash)) {
        it->left--;
        Py_INCREF(key);
        return key;
    }
    Py_CLEAR(it->set);
    return NULL;
}

static PyObject *setiter_length_hint(PyObject *self, PyObject *unused)
{
    setiterobject *it = (setiterobject *)self;

    return PyInt_FromSsize_t(it->set != NULL && it->used == it->set->used ? it->left : 0);
}

static PyMethodDef setiter_methods[] = {
    {"__length_hint__", setiter_length_hint, METH_NOARGS,
     "Private method returning an estimate of len(list(it))."},
    {NULL},
};

static PyTypeObject setiter_type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "setiterator",
    .tp_basicsize = sizeof(setiterobject),
    .tp_x64_basicsize = 48,
    .tp_dealloc = setiter_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = setiter_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = setiter_next,
    .tp_methods = setiter_methods,
};

static PySequenceMethods set_as_sequence = {
    .sq_length = set_length,
    .sq_contains = set_contains,
};

#define SHARED_METHODS                                                                             \
    {"__contains__", set_contains_method, METH_O | METH_COEXIST,                                   \
     "x.__contains__(y) <==> y in x."},                                                            \
        {"difference", _PySet_MethodDifference, METH_VARARGS,                                      \
         "The keys that are in this set but in none of the others, as a new set."},                \
        {"intersection", _PySet_MethodIntersection, METH_VARARGS,                                  \
         "The keys that are in this set and in all others, as a new set."},                        \
        {"isdisjoint", _PySet_MethodIsDisjoint, METH_O,                                            \
         "Return True if two sets have a null intersection."},                                     \
        {"issubset", _PySet_MethodIsSubset, METH_O, "Does the other set contain all of this?"},    \
        {"issuperset", _PySet_MethodIsSuperset, METH_O,                                            \
         "Does this set contain all of the other?"},                                               \
        {"__reduce__", set_reduce, METH_NOARGS, "Return state information for pickling."},         \
        {"__sizeof__", set_sizeof, METH_NOARGS,                                                    \
         "S.__sizeof__() -> size of S in memory, in bytes"},                                       \
        {"symmetric_difference", _PySet_MethodSymmetricDifference, METH_O,                         \
         "The keys that are in one of two sets but not in both, as a new set."},                   \
    {                                                                                              \
        "union", _PySet_MethodUnion, METH_VARARGS,                                                 \
            "The keys that are in any of the sets, as a new set."                                  \
    }

static PyMethodDef set_methods[] = {
    SHARED_METHODS,
    {"add", set_add, METH_O, "Add an element; no effect when it is there."},
    {"clear", set_clear, METH_NOARGS, "Remove all elements from this set."},
    {"copy", _PySet_Copy, METH_NOARGS, "Return a shallow copy of a set."},
    {"discard", set_discard, METH_O, "Remove an element if it is there."},
    {"difference_update", _PySet_MethodDifferenceUpdate, METH_VARARGS,
     "Remove all elements of another set from this set."},
    {"intersection_update", _PySet_MethodIntersectionUpdate, METH_VARARGS,
     "Keep only the elements that all others have as well."},
    {"pop", set_pop, METH_NOARGS,
     "Remove and return some element.\nRaises KeyError if the set is empty."},
    {"remove", set_remove, METH_O, "Remove an element; KeyError when it is not there."},
    {"symmetric_difference_update", _PySet_MethodSymmetricDifferenceUpdate, METH_O,
     "Keep what is in exactly one of this set and another."},
    {"update", _PySet_MethodUpdate, METH_VARARGS | METH_RESUMABLE, "Add all elements of others."},
    {NULL},
};
static PyMethodDef frozenset_methods[] = {
    SHARED_METHODS,
    {"copy", frozenset_copy, METH_NOARGS, "Return a shallow copy of a set."},
    {NULL},
};

PyTypeObject PySet_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "set",
    .tp_basicsize = sizeof(PySetObject),
    .tp_x64_basicsize = SET_X64_SIZE,
    .tp_dealloc = set_dealloc,
    .tp_compare = set_compare,
    .tp_repr = set_repr,
    .tp_as_number = &_PySet_AsNumber,
    .tp_as_sequence = &set_as_sequence,
    .tp_hash = PyObject_HashNotImplemented,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags =
        Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_CHECKTYPES | Py_TPFLAGS_BASETYPE,
    .tp_doc = "set() -> new empty set object\nset(iterable) -> new set object\n\n"
              "Build an unordered collection of unique elements.",
    .tp_traverse = set_traverse,
    .tp_clear = set_clear_slot,
    .tp_richcompare = _PySet_RichCompare,
    .tp_weaklistoffset = offsetof(PySetObject, weakreflist),
    .tp_iter = set_iter,
    .tp_methods = set_methods,
    .tp_init = set_init,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = set_new,
    .tp_goon = &set_go_on,
    .tp_free = PyObject_GC_Del,
};

PyTypeObject PyFrozenSet_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "frozenset",
    .tp_basicsize = sizeof(PySetObject),
    .tp_x64_basicsize = SET_X64_SIZE,
    .tp_dealloc = set_dealloc,
    .tp_compare = set_compare,
    .tp_repr = set_repr,
    .tp_as_number = &_PyFrozenSet_AsNumber,
    .tp_as_sequence = &set_as_sequence,
    .tp_hash = frozenset_hash,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags =
        Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_CHECKTYPES | Py_TPFLAGS_BASETYPE,
    .tp_doc = "frozenset() -> empty frozenset object\nfrozenset(iterable) -> frozenset object\n\n"
              "Build an immutable unordered collection of unique elements.",
    .tp_traverse = set_traverse,
    .tp_clear = set_clear_slot,
    .tp_richcompare = _PySet_RichCompare,
    .tp_weaklistoffset = offsetof(PySetObject, weakreflist),
    .tp_iter = set_iter,
    .tp_methods = frozenset_methods,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = frozenset_new,
    .tp_goon = &frozenset_go_on,
    .tp_free = PyObject_GC_Del,
};
