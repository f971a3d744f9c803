/* SPDX-License-Identifier: MIT */
/* tuple and its iterator. Invariants: the empty tuple is one shared object once made; exact tuples
 * of 1 to 19 items are recycled through free lists linked by ob_item[0]; a tuple whose items can
 * take no part in a cycle is taken out of the collector's lists when the collector meets it. */
#include "Python.h"
#include "objects/reprbuf.h"

enum { TUPLE_SIZES_KEPT = 20, TUPLE_KEPT_PER_SIZE = 2000, TUPLE_X64_HEADER = 24 };

/* Slot 0 holds the empty tuple itself, the others a chain of dead tuples of that size. */
static PyTupleObject *tuple_free[TUPLE_SIZES_KEPT];
static int tuple_free_count[TUPLE_SIZES_KEPT];

PyObject *PyTuple_New(Py_ssize_t size)
{
    PyTupleObject *op;

    if (size < 0) {
        PyErr_BadInternalCall();
        return NULL;
    }
    if (size == 0 && tuple_free[0] != NULL) {
        Py_INCREF(tuple_free[0]);
        return (PyObject *)tuple_free[0];
    }
    if (size < TUPLE_SIZES_KEPT && size > 0 && tuple_free[size] != NULL) {
        op = tuple_free[size];
        tuple_free[size] = (PyTupleObject *)op->ob_item[0];
        tuple_free_count[size]--;
        _Py_NewReference((PyObject *)op);
        op->ob_item[0] = NULL;
        for (Py_ssize_t i = 1; i < size; i++)
            op->ob_item[i] = NULL;
    } else {
        if (size > (PY_SSIZE_T_MAX - 64) / (Py_ssize_t)sizeof(PyObject *))
            return PyErr_NoMemory();
        op = PyObject_GC_NewVar(PyTupleObject, &PyTuple_Type, size);
        if (op == NULL)
            return NULL;
        memset(op->ob_item, 0, (size_t)size * sizeof(PyObject *));
        if (size == 0) {
            tuple_free[0] = op;
            Py_INCREF(op); /* the extra count keeps it for good */
        }
    }
    _PyObject_GC_TRACK(op);
    return (PyObject *)op;
}

Py_ssize_t PyTuple_Size(PyObject *op)
{
    if (!PyTuple_Check(op)) {
        PyErr_BadInternalCall();
        return -1;
    }
    return Py_SIZE(op);
}

PyObject *PyTuple_GetItem(PyObject *op, Py_ssize_t i)
{
    if (!PyTuple_Check(op)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    if (i < 0 || i >= Py_SIZE(op)) {
        PyErr_SetString(PyExc_IndexError, "tuple index out of range");
        return NULL;
    }
    return PyTuple_GET_ITEM(op, i);
}

int PyTuple_SetItem(PyObject *op, Py_ssize_t i, PyObject *item)
{
    if (!PyTuple_Check(op) || Py_REFCNT(op) != 1) {
        Py_XDECREF(item);
        PyErr_BadInternalCall();
        return -1;
    }
    if (i < 0 || i >= Py_SIZE(op)) {
        Py_XDECREF(item);
        PyErr_SetString(PyExc_IndexError, "tuple assignment index out of range");
        return -1;
    }
    Py_XSETREF(PyTuple_GET_ITEM(op, i), item);
    return 0;
}

void _PyTuple_MaybeUntrack(PyObject *op)
{
    if (!PyTuple_CheckExact(op) || !_PyObject_GC_IS_TRACKED(op))
        return;
    for (Py_ssize_t i = 0; i < Py_SIZE(op); i++) {
        PyObject *item = PyTuple_GET_ITEM(op, i);
        /* An empty place means that the tuple is still being filled: keep watching it. */
        if (item == NULL || _PyObject_GC_MAY_BE_TRACKED(item))
            return;
    }
    _PyObject_GC_UNTRACK(op);
}

PyObject *PyTuple_Pack(Py_ssize_t n, ...)
{
    PyObject *result = PyTuple_New(n);
    va_list items;

    if (result == NULL)
        return NULL;
    va_start(items, n);
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *item = va_arg(items, PyObject *);
        Py_INCREF(item);
        PyTuple_SET_ITEM(result, i, item);
    }
    va_end(items);
    return result;
}

static void tuple_dealloc(PyObject *self)
{
    PyTupleObject *op = (PyTupleObject *)self;
    Py_ssize_t size = Py_SIZE(op);

    PyObject_GC_UnTrack(op);
    Py_TRASHCAN_SAFE_BEGIN(op) for (Py_ssize_t i = size; --i >= 0;) Py_XDECREF(op->ob_item[i]);
    if (size > 0 && size < TUPLE_SIZES_KEPT && Py_TYPE(op) == &PyTuple_Type &&
        tuple_free_count[size] < TUPLE_KEPT_PER_SIZE) {
        op->ob_item[0] = (PyObject *)tuple_free[size];
        tuple_free[size] = op;
        tuple_free_count[size]++;
    } else
        Py_TYPE(op)->tp_free(op);
    Py_TRASHCAN_SAFE_END(op)
}

int PyTuple_ClearFreeList(void)
{
    int released = 0;

    for (int size = 1; size < TUPLE_SIZES_KEPT; size++) {
        while (tuple_free[size] != NULL) {
            PyTupleObject *op = tuple_free[size];
            tuple_free[size] = (PyTupleObject *)op->ob_item[0];
            PyObject_GC_Del(op);
            released++;
        }
        tuple_free_count[size] = 0;
    }
    return released;
}

static int tuple_traverse(PyObject *self, visitproc visit, void *arg)
{
    for (Py_ssize_t i = Py_SIZE(self); --i >= 0;)
        Py_VISIT(PyTuple_GET_ITEM(self, i));
    return 0;
}

static PyObject *tuple_repr(PyObject *self)
{
    _PyReprBuf rb = _PyReprBuf_INIT;
    Py_ssize_t n = Py_SIZE(self);

    if (n == 0)
        return PyString_FromString("()");
    if (_PyReprBuf_AddBytes(&rb, "(", 1) < 0)
        goto fail;
    for (Py_ssize_t i = 0; i < n; i++) {
        if (i > 0 && _PyReprBuf_AddBytes(&rb, ", ", 2) < 0)
            goto fail;
        if (_PyReprBuf_AddRepr(&rb, PyTuple_GET_ITEM(self, i)) < 0)
            goto fail;
    }
    if (_PyReprBuf_AddBytes(&rb, &",)"[n > 1], n > 1 ? 1 : 2) < 0)
        goto fail;
    return _PyReprBuf_Finish(&rb);
fail:
    _PyReprBuf_Discard(&rb);
    return NULL;
}

/* The addend of the multiplier makes the position of an item matter. */
/* Tuples in tuples hash by C recursion of small frames, bounded by its own count. */
#define MAX_HASH_NESTING 5000
static int hash_nesting;

static py_long tuple_hash(PyObject *self)
{
    py_ulong hash = 0x345678, multiplier = 1000003;

    if (hash_nesting >= MAX_HASH_NESTING) {
        PyErr_SetString(PyExc_RuntimeError, "maximum recursion depth exceeded");
        return -1;
    }
    ++hash_nesting;
    for (Py_ssize_t i = 0, left = Py_SIZE(self) - 1; left >= 0; i++, left--) {
        py_long part = PyObject_Hash(PyTuple_GET_ITEM(self, i));
        if (part == -1) {
            --hash_nesting;
            return -1;
        }
        hash = (hash ^ (py_ulong)part) * multiplier;
        multiplier += (py_ulong)(82520 + left + left);
    }
    --hash_nesting;
    hash += 97531;
    return hash == (py_ulong)-1 ? -2 : (py_long)hash;
}

static Py_ssize_t tuple_length(PyObject *self)
{
    return Py_SIZE(self);
}

static int tuple_contains(PyObject *self, PyObject *wanted)
{
    int found = 0;

    for (Py_ssize_t i = 0; found == 0 && i < Py_SIZE(self); i++)
        found = PyObject_RichCompareBool(wanted, PyTuple_GET_ITEM(self, i), Py_EQ);
    return found;
}

static PyObject *tuple_item(PyObject *self, Py_ssize_t i)
{
    if (i < 0 || i >= Py_SIZE(self)) {
        PyErr_SetString(PyExc_IndexError, "tuple index out of range");
        return NULL;
    }
    PyObject *item = PyTuple_GET_ITEM(self, i);
    Py_INCREF(item);
    return item;
}

/* n items from base, step apart, in a new tuple. */
static PyObject *tuple_pick(PyObject **base, Py_ssize_t step, Py_ssize_t n)
{
    PyObject *result = PyTuple_New(n);

    if (result == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *item = base[i * step];
        Py_INCREF(item);
        PyTuple_SET_ITEM(result, i, item);
    }
    return result;
}

static PyObject *tuple_slice(PyObject *self, Py_ssize_t low, Py_ssize_t high)
{
    Py_ssize_t n = Py_SIZE(self);

    if (low < 0)
        low = 0;
    if (high > n)
        high = n;
    if (high < low)
        high = low;
    if (low == 0 && high == n && PyTuple_CheckExact(self)) {
        Py_INCREF(self);
        return self;
    }
    return tuple_pick(((PyTupleObject *)self)->ob_item + low, 1, high - low);
}

PyObject *PyTuple_GetSlice(PyObject *op, Py_ssize_t low, Py_ssize_t high)
{
    if (op == NULL || !PyTuple_Check(op)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    return tuple_slice(op, low, high);
}

static PyObject *tuple_concat(PyObject *self, PyObject *other)
{
    if (!PyTuple_Check(other)) {
        PyErr_Format(PyExc_TypeError, "can only concatenate tuple (not \"%.200s\") to tuple",
                     Py_TYPE(other)->tp_name);
        return NULL;
    }
    Py_ssize_t mine = Py_SIZE(self), theirs = Py_SIZE(other);
    if (mine > PY_SSIZE_T_MAX - theirs)
        return PyErr_NoMemory();
    PyObject *result = PyTuple_New(mine + theirs);
    if (result == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < mine + theirs; i++) {
        PyObject *item = i < mine ? PyTuple_GET_ITEM(self, i) : PyTuple_GET_ITEM(other, i - mine);
        Py_INCREF(item);
        PyTuple_SET_ITEM(result, i, item);
    }
    return result;
}

static PyObject *tuple_repeat(PyObject *self, Py_ssize_t times)
{
    Py_ssize_t size = Py_SIZE(self);

    if (times < 0)
        times = 0;
    if (size == 0 || times == 1) {
        if (PyTuple_CheckExact(self)) {
            Py_INCREF(self);
            return self;
        }
        if (size == 0)
            return PyTuple_New(0);
    }
    if (size > PY_SSIZE_T_MAX / (times ? times : 1))
        return PyErr_NoMemory();
    PyObject *result = PyTuple_New(size * times);
    if (result == NULL)
        return NULL;
    PyObject **to = ((PyTupleObject *)result)->ob_item;
    for (Py_ssize_t round = 0; round < times; round++)
        for (Py_ssize_t i = 0; i < size; i++) {
            *to = PyTuple_GET_ITEM(self, i);
            Py_INCREF(*to);
            to++;
        }
    return result;
}

static PyObject *tuple_richcompare(PyObject *a, PyObject *b, int op)
{
    if (!PyTuple_Check(a) || !PyTuple_Check(b))
        Py_RETURN_NOTIMPLEMENTED;
    Py_ssize_t na = Py_SIZE(a), nb = Py_SIZE(b), i;
    for (i = 0; i < na && i < nb; i++) {
        int same = PyObject_RichCompareBool(PyTuple_GET_ITEM(a, i), PyTuple_GET_ITEM(b, i), Py_EQ);
        if (same < 0)
            return NULL;
        if (!same)
            break;
    }
    if (i >= na || i >= nb)
        return PyBool_FromLong(Py_CmpToRich(op, na < nb ? -1 : na > nb));
    if (op == Py_EQ || op == Py_NE)
        return PyBool_FromLong(op == Py_NE);
    return PyObject_RichCompare(PyTuple_GET_ITEM(a, i), PyTuple_GET_ITEM(b, i), op);
}

/* A tuple of the type with the items of `plain`, which it takes over. */
static PyObject *tuple_of_type(PyTypeObject *type, PyObject *plain)
{
    if (plain == NULL || type == &PyTuple_Type)
        return plain;
    /* A subclass: its own object, filled from the plain one. */
    Py_ssize_t n = Py_SIZE(plain);
    PyObject *result = type->tp_alloc(type, n);
    if (result != NULL)
        for (Py_ssize_t i = 0; i < n; i++) {
            PyObject *item = PyTuple_GET_ITEM(plain, i);
            Py_INCREF(item);
            PyTuple_SET_ITEM(result, i, item);
        }
    Py_DECREF(plain);
    return result;
}

static PyObject *tuple_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"sequence", NULL};
    PyObject *source = NULL;

    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|O:tuple", names, &source))
        return NULL;
    return tuple_of_type(type, source == NULL ? PyTuple_New(0) : PySequence_Tuple(source));
}

static PyObject *tuple_collected(PyObject *list, PyObject *type)
{
    return tuple_of_type((PyTypeObject *)type, PyList_AsTuple(list));
}

static int tuple_collect(PyObject *list, PyObject *item, PyObject *unused)
{
    return PyList_Append(list, item);
}

static const _PyWalk tuple_collecting = {tuple_collect, tuple_collected};

static PyObject *tuple_go_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyObject *it = NULL, *source;

    if (kwds == NULL && PyTuple_GET_SIZE(args) == 1) {
        source = PyTuple_GET_ITEM(args, 0);
        it = _PyWalk_Begin(source);
        if (it == NULL && PyErr_Occurred())
            return NULL;
    }
    if (it == NULL)
        return tuple_new(type, args, kwds);
    if (_PyObject_LengthHint(source, 10) == -1) {
        Py_DECREF(it);
        return NULL;
    }
    Py_INCREF(type);
    return _PyHooks.walk(it, &tuple_collecting, PyList_New(0), (PyObject *)type);
}

static const _PyGoOnSlots tuple_go_on = {.go_new = tuple_go_new};

static PyObject *tuple_subscript(PyObject *self, PyObject *key)
{
    if (PyIndex_Check(key)) {
        Py_ssize_t i = PyNumber_AsSsize_t(key, PyExc_IndexError);
        if (i == -1 && PyErr_Occurred())
            return NULL;
        return tuple_item(self, i < 0 ? i + Py_SIZE(self) : i);
    }
    if (!PySlice_Check(key)) {
        PyErr_Format(PyExc_TypeError, "tuple indices must be integers, not %.200s",
                     Py_TYPE(key)->tp_name);
        return NULL;
    }
    Py_ssize_t start, stop, step;
    if (_PySlice_Unpack(key, &start, &stop, &step) < 0)
        return NULL;
    Py_ssize_t n = _PySlice_AdjustIndices(Py_SIZE(self), &start, &stop, step);
    if (n <= 0)
        return PyTuple_New(0);
    if (start == 0 && step == 1 && n == Py_SIZE(self) && PyTuple_CheckExact(self)) {
        Py_INCREF(self);
        return self;
    }
    return tuple_pick(((PyTupleObject *)self)->ob_item + start, step, n);
}

int _PyTuple_Resize(PyObject **pv, Py_ssize_t newsize)
{
    PyTupleObject *v = (PyTupleObject *)*pv;

    if (v == NULL || Py_TYPE(v) != &PyTuple_Type || (Py_SIZE(v) != 0 && Py_REFCNT(v) != 1)) {
        *pv = NULL;
        Py_XDECREF(v);
        PyErr_BadInternalCall();
        return -1;
    }
    Py_ssize_t oldsize = Py_SIZE(v);
    if (oldsize == newsize)
        return 0;
    if (oldsize == 0) { /* shared: never resized in place */
        Py_DECREF(v);
        *pv = PyTuple_New(newsize);
        return *pv == NULL ? -1 : 0;
    }
    if (_PyObject_GC_IS_TRACKED(v))
        _PyObject_GC_UNTRACK(v);
    for (Py_ssize_t i = newsize; i < oldsize; i++)
        Py_CLEAR(v->ob_item[i]);
    PyTupleObject *moved = PyObject_GC_Resize(PyTupleObject, v, newsize);
    if (moved == NULL) {
        *pv = NULL;
        PyObject_GC_Del(v);
        return -1;
    }
    _Py_NewReference((PyObject *)moved);
    for (Py_ssize_t i = oldsize; i < newsize; i++)
        moved->ob_item[i] = NULL;
    *pv = (PyObject *)moved;
    _PyObject_GC_TRACK(moved);
    return 0;
}

static PyObject *tuple_getnewargs(PyObject *self, PyObject *unused)
{
    PyObject *plain = tuple_pick(((PyTupleObject *)self)->ob_item, 1, Py_SIZE(self));

    return plain == NULL ? NULL : Py_BuildValue("(N)", plain);
}

PyDoc_STRVAR(index_doc, "T.index(value, [start, [stop]]) -> integer -- position of the first item "
                        "equal to value.\nRaises ValueError when there is none.");

static PyObject *tuple_index(PyObject *self, PyObject *args)
{
    Py_ssize_t start = 0, stop = PY_SSIZE_T_MAX, n = Py_SIZE(self);
    PyObject *wanted;

    if (!PyArg_ParseTuple(args, "O|O&O&:index", &wanted, _PyEval_SliceIndexNotNone, &start,
                          _PyEval_SliceIndexNotNone, &stop))
        return NULL;
    if (start < 0)
        start = start + n < 0 ? 0 : start + n;
    if (stop < 0)
        stop = stop + n < 0 ? 0 : stop + n;
    else if (stop > n)
        stop = n;
    for (Py_ssize_t i = start; i < stop; i++) {
        int same = PyObject_RichCompareBool(PyTuple_GET_ITEM(self, i), wanted, Py_EQ);
        if (same < 0)
            return NULL;
        if (same)
            return PyInt_FromSsize_t(i);
    }
    PyErr_SetString(PyExc_ValueError, "tuple.index(x): x not in tuple");
    return NULL;
}

PyDoc_STRVAR(count_doc, "T.count(value) -> integer -- how many items equal value");

static PyObject *tuple_count(PyObject *self, PyObject *wanted)
{
    Py_ssize_t count = 0;

    for (Py_ssize_t i = 0; i < Py_SIZE(self); i++) {
        int same = PyObject_RichCompareBool(PyTuple_GET_ITEM(self, i), wanted, Py_EQ);
        if (same < 0)
            return NULL;
        count += same;
    }
    return PyInt_FromSsize_t(count);
}

static PyObject *tupleiter_new(PyObject *seq);

static PySequenceMethods tuple_as_sequence = {
    .sq_length = tuple_length,
    .sq_concat = tuple_concat,
    .sq_repeat = tuple_repeat,
    .sq_item = tuple_item,
    .sq_slice = tuple_slice,
    .sq_contains = tuple_contains,
};
static PyMappingMethods tuple_as_mapping = {
    .mp_length = tuple_length,
    .mp_subscript = tuple_subscript,
};
static PyMethodDef tuple_methods[] = {
    {"__getnewargs__", tuple_getnewargs, METH_NOARGS, NULL},
    {"index", tuple_index, METH_VARARGS, index_doc},
    {"count", tuple_count, METH_O, count_doc},
    {NULL},
};

PyTypeObject PyTuple_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "tuple",
    .tp_basicsize = PyTuple_BASICSIZE,
    .tp_itemsize = sizeof(PyObject *),
    .tp_x64_basicsize = TUPLE_X64_HEADER,
    .tp_dealloc = tuple_dealloc,
    .tp_repr = tuple_repr,
    .tp_as_sequence = &tuple_as_sequence,
    .tp_as_mapping = &tuple_as_mapping,
    .tp_hash = tuple_hash,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags =
        Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_TUPLE_SUBCLASS,
    .tp_doc = "tuple() -> empty tuple\ntuple(iterable) -> tuple of the iterable's items\n\n"
              "An exact tuple given as argument is returned itself.",
    .tp_traverse = tuple_traverse,
    .tp_richcompare = tuple_richcompare,
    .tp_iter = tupleiter_new,
    .tp_methods = tuple_methods,
    .tp_new = tuple_new,
    .tp_goon = &tuple_go_on,
    .tp_free = PyObject_GC_Del,
};

/* The iterator. */

static PyObject *tupleiter_new(PyObject *seq)
{
    if (!PyTuple_Check(seq)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    tupleiterobject *it = PyObject_GC_New(tupleiterobject, &PyTupleIter_Type);
    if (it == NULL)
        return NULL;
    it->it_index = 0;
    Py_INCREF(seq);
    it->it_seq = (PyTupleObject *)seq;
    _PyObject_GC_TRACK(it);
    return (PyObject *)it;
}

static void tupleiter_dealloc(PyObject *self)
{
    PyObject_GC_UnTrack(self);
    Py_XDECREF(((tupleiterobject *)self)->it_seq);
    PyObject_GC_Del(self);
}

static int tupleiter_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(((tupleiterobject *)self)->it_seq);
    return 0;
}

static PyObject *tupleiter_next(PyObject *self)
{
    tupleiterobject *it = (tupleiterobject *)self;

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

static PyObject *tupleiter_length_hint(PyObject *self, PyObject *unused)
{
    tupleiterobject *it = (tupleiterobject *)self;

    return PyInt_FromSsize_t(it->it_seq == NULL ? 0 : Py_SIZE(it->it_seq) - it->it_index);
}

static PyMethodDef tupleiter_methods[] = {
    {"__length_hint__", tupleiter_length_hint, METH_NOARGS,
     "Private method returning an estimate of len(list(it))."},
    {NULL},
};

PyTypeObject PyTupleIter_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "tupleiterator",
    .tp_basicsize = sizeof(tupleiterobject),
    .tp_x64_basicsize = 32,
    .tp_dealloc = tupleiter_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = tupleiter_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = tupleiter_next,
    .tp_methods = tupleiter_methods,
};
