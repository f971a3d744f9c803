/* SPDX-License-Identifier: MIT */
/* _collections: deque and defaultdict. A deque is a ring: item i is at ring[(first + i) % room],
 * and room is a power of two. Invariants: `changes` grows with every change of the number of items,
 * so that iterators notice; `left` follows where CPython's deque of 62-item blocks would begin,
 * since sys.getsizeof shows the number of blocks. */
#include "Python.h"

enum { BLOCK_ITEMS = 62, BLOCK_START = 31, BLOCK_X64_SIZE = 512, RING_MIN = 8 };

typedef struct {
    PyObject_HEAD PyObject **ring;
    Py_ssize_t room, first, len;
    Py_ssize_t maxlen; /* -1: unbounded */
    py_ulong changes;
    int left;
    PyObject *weakreflist;
} dequeobject;

static PyTypeObject deque_type, dequeiter_type, dequereviter_type;

#define DEQUE(op) ((dequeobject *)(op))
#define RING_AT(dq, i) ((dq)->ring[((dq)->first + (i)) & ((dq)->room - 1)])

static int deque_set_room(dequeobject *dq, Py_ssize_t room)
{
    PyObject **ring = PyMem_New(PyObject *, room);

    if (ring == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t i = 0; i < dq->len; i++)
        ring[i] = RING_AT(dq, i);
    PyMem_Free(dq->ring);
    dq->ring = ring;
    dq->room = room;
    dq->first = 0;
    return 0;
}

static int deque_reserve(dequeobject *dq)
{
    if (dq->len < dq->room)
        return 0;
    if (dq->room > PY_SSIZE_T_MAX / 4 / (Py_ssize_t)sizeof(PyObject *)) {
        PyErr_SetString(PyExc_OverflowError, "cannot add more blocks to the deque");
        return -1;
    }
    return deque_set_room(dq, dq->room == 0 ? RING_MIN : dq->room * 2);
}

/* Both steal the reference to item, also on failure. */
static int deque_push_right(dequeobject *dq, PyObject *item)
{
    if (deque_reserve(dq) < 0) {
        Py_DECREF(item);
        return -1;
    }
    RING_AT(dq, dq->len) = item;
    dq->len++;
    dq->changes++;
    return 0;
}

static int deque_push_left(dequeobject *dq, PyObject *item)
{
    if (deque_reserve(dq) < 0) {
        Py_DECREF(item);
        return -1;
    }
    dq->first = (dq->first - 1) & (dq->room - 1);
    dq->ring[dq->first] = item;
    dq->len++;
    dq->changes++;
    dq->left = dq->left == 0 ? BLOCK_ITEMS - 1 : dq->left - 1;
    return 0;
}

static void deque_after_pop(dequeobject *dq)
{
    dq->changes++;
    if (dq->len == 0)
        dq->left = BLOCK_START;
    else if (dq->room > RING_MIN * 8 && dq->len < dq->room / 8 &&
             deque_set_room(dq, dq->room / 4) < 0)
        PyErr_Clear(); /* it works with the larger ring as well */
}

static PyObject *deque_take_right(dequeobject *dq)
{
    if (dq->len == 0) {
        PyErr_SetString(PyExc_IndexError, "pop from an empty deque");
        return NULL;
    }
    PyObject *item = RING_AT(dq, dq->len - 1);
    dq->len--;
    deque_after_pop(dq);
    return item;
}

static PyObject *deque_take_left(dequeobject *dq)
{
    if (dq->len == 0) {
        PyErr_SetString(PyExc_IndexError, "pop from an empty deque");
        return NULL;
    }
    PyObject *item = dq->ring[dq->first];
    dq->first = (dq->first + 1) & (dq->room - 1);
    dq->len--;
    dq->left = dq->left == BLOCK_ITEMS - 1 ? 0 : dq->left + 1;
    deque_after_pop(dq);
    return item;
}

/* Adds at one end and drops at the other what is beyond maxlen. */
static int deque_add(dequeobject *dq, PyObject *item, int at_left)
{
    if ((at_left ? deque_push_left(dq, item) : deque_push_right(dq, item)) < 0)
        return -1;
    if (dq->maxlen >= 0 && dq->len > dq->maxlen) {
        PyObject *gone = at_left ? deque_take_right(dq) : deque_take_left(dq);
        Py_XDECREF(gone);
    }
    return 0;
}

static PyObject *deque_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    dequeobject *dq = DEQUE(type->tp_alloc(type, 0));

    if (dq == NULL)
        return NULL;
    dq->ring = NULL;
    dq->room = dq->first = dq->len = 0;
    dq->maxlen = -1;
    dq->changes = 0;
    dq->left = BLOCK_START;
    dq->weakreflist = NULL;
    return (PyObject *)dq;
}

static PyObject *deque_pop(PyObject *self, PyObject *unused)
{
    return deque_take_right(DEQUE(self));
}

static PyObject *deque_popleft(PyObject *self, PyObject *unused)
{
    return deque_take_left(DEQUE(self));
}

static PyObject *deque_append(PyObject *self, PyObject *item)
{
    Py_INCREF(item);
    if (deque_add(DEQUE(self), item, 0) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *deque_appendleft(PyObject *self, PyObject *item)
{
    Py_INCREF(item);
    if (deque_add(DEQUE(self), item, 1) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static int deque_extend_by(PyObject *self, PyObject *iterable, int at_left)
{
    PyObject *copy = NULL, *it, *item;
    int status = 0;

    if (iterable == self) {
        copy = iterable = PySequence_List(self);
        if (copy == NULL)
            return -1;
    }
    it = PyObject_GetIter(iterable);
    Py_XDECREF(copy);
    if (it == NULL)
        return -1;
    while (status == 0 && (item = PyIter_Next(it)) != NULL)
        status = deque_add(DEQUE(self), item, at_left);
    Py_DECREF(it);
    return PyErr_Occurred() ? -1 : status;
}

static PyObject *deque_extend(PyObject *self, PyObject *iterable)
{
    if (deque_extend_by(self, iterable, 0) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *deque_extendleft(PyObject *self, PyObject *iterable)
{
    if (deque_extend_by(self, iterable, 1) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *deque_inplace_concat(PyObject *self, PyObject *other)
{
    if (deque_extend_by(self, other, 0) < 0)
        return NULL;
    Py_INCREF(self);
    return self;
}

/* Right by n steps; n < 0: left. Moves the seam of the ring where it can, items where there is room
 * between. */
static void deque_rotate_by(dequeobject *dq, Py_ssize_t n)
{
    if (dq->len <= 1)
        return;
    n %= dq->len;
    if (n > dq->len / 2)
        n -= dq->len;
    else if (n < -(dq->len / 2))
        n += dq->len;
    if (n != 0)
        dq->changes++;
    dq->left = (int)(((dq->left - n) % BLOCK_ITEMS + BLOCK_ITEMS) % BLOCK_ITEMS);
    for (; n > 0; n--) {
        PyObject *item = RING_AT(dq, dq->len - 1);
        dq->first = (dq->first - 1) & (dq->room - 1);
        dq->ring[dq->first] = item;
    }
    for (; n < 0; n++) {
        PyObject *item = dq->ring[dq->first];
        RING_AT(dq, dq->len) = item;
        dq->first = (dq->first + 1) & (dq->room - 1);
    }
}

static PyObject *deque_rotate(PyObject *self, PyObject *args)
{
    Py_ssize_t n = 1;

    if (!PyArg_ParseTuple(args, "|n:rotate", &n))
        return NULL;
    deque_rotate_by(DEQUE(self), n);
    Py_RETURN_NONE;
}

static PyObject *deque_reverse(PyObject *self, PyObject *unused)
{
    dequeobject *dq = DEQUE(self);

    for (Py_ssize_t i = 0, j = dq->len - 1; i < j; i++, j--) {
        PyObject *item = RING_AT(dq, i);
        RING_AT(dq, i) = RING_AT(dq, j);
        RING_AT(dq, j) = item;
    }
    Py_RETURN_NONE;
}

static PyObject *deque_count(PyObject *self, PyObject *value)
{
    dequeobject *dq = DEQUE(self);
    py_ulong changes = dq->changes;
    Py_ssize_t count = 0, n = dq->len;

    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *item = RING_AT(dq, i);
        Py_INCREF(item);
        int same = PyObject_RichCompareBool(item, value, Py_EQ);
        Py_DECREF(item);
        if (same < 0)
            return NULL;
        count += same;
        if (changes != dq->changes) {
            PyErr_SetString(PyExc_RuntimeError, "deque mutated during iteration");
            return NULL;
        }
    }
    return PyInt_FromSsize_t(count);
}

static Py_ssize_t deque_length(PyObject *self)
{
    return DEQUE(self)->len;
}

/* Takes out item i: rotates it to the front and back again. */
static int deque_delete_at(dequeobject *dq, Py_ssize_t i)
{
    deque_rotate_by(dq, -i);
    PyObject *item = deque_take_left(dq);
    deque_rotate_by(dq, i);
    Py_XDECREF(item);
    return 0;
}

static PyObject *deque_remove(PyObject *self, PyObject *value)
{
    dequeobject *dq = DEQUE(self);
    Py_ssize_t n = dq->len;

    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *item = RING_AT(dq, i);
        Py_INCREF(item);
        int same = PyObject_RichCompareBool(item, value, Py_EQ);
        Py_DECREF(item);
        if (dq->len != n) {
            PyErr_SetString(PyExc_IndexError, "deque mutated during remove().");
            return NULL;
        }
        if (same < 0)
            return NULL;
        if (same) {
            deque_delete_at(dq, i);
            Py_RETURN_NONE;
        }
    }
    PyErr_SetString(PyExc_ValueError, "deque.remove(x): x not in deque");
    return NULL;
}

static void deque_clear_items(dequeobject *dq)
{
    PyObject **ring = dq->ring;
    Py_ssize_t room = dq->room, first = dq->first, n = dq->len;

    /* Detached first: destructors see an empty deque. */
    dq->ring = NULL;
    dq->room = dq->first = dq->len = 0;
    dq->left = BLOCK_START;
    if (n > 0)
        dq->changes++;
    for (Py_ssize_t i = 0; i < n; i++)
        Py_DECREF(ring[(first + i) & (room - 1)]);
    PyMem_Free(ring);
}

static PyObject *deque_clear_method(PyObject *self, PyObject *unused)
{
    deque_clear_items(DEQUE(self));
    Py_RETURN_NONE;
}

static int deque_clear(PyObject *self)
{
    deque_clear_items(DEQUE(self));
    return 0;
}

static int deque_in_range(PyObject *self, Py_ssize_t i)
{
    if (i >= 0 && i < DEQUE(self)->len)
        return 1;
    PyErr_SetString(PyExc_IndexError, "deque index out of range");
    return 0;
}

static PyObject *deque_item(PyObject *self, Py_ssize_t i)
{
    if (!deque_in_range(self, i))
        return NULL;
    PyObject *item = RING_AT(DEQUE(self), i);
    Py_INCREF(item);
    return item;
}

static int deque_ass_item(PyObject *self, Py_ssize_t i, PyObject *value)
{
    if (!deque_in_range(self, i))
        return -1;
    if (value == NULL)
        return deque_delete_at(DEQUE(self), i);
    Py_INCREF(value);
    Py_SETREF(RING_AT(DEQUE(self), i), value);
    return 0;
}

static void deque_dealloc(PyObject *self)
{
    dequeobject *dq = DEQUE(self);

    PyObject_GC_UnTrack(self);
    Py_TRASHCAN_SAFE_BEGIN(self) if (dq->weakreflist != NULL) PyObject_ClearWeakRefs(self);
    deque_clear_items(dq);
    Py_TYPE(self)->tp_free(self);
    Py_TRASHCAN_SAFE_END(self)
}

static int deque_traverse(PyObject *self, visitproc visit, void *arg)
{
    for (Py_ssize_t i = 0; i < DEQUE(self)->len; i++)
        Py_VISIT(RING_AT(DEQUE(self), i));
    return 0;
}

static PyObject *deque_copy(PyObject *self, PyObject *unused)
{
    if (DEQUE(self)->maxlen < 0)
        return PyObject_CallFunction((PyObject *)Py_TYPE(self), "O", self);
    return PyObject_CallFunction((PyObject *)Py_TYPE(self), "On", self, DEQUE(self)->maxlen);
}

static PyObject *deque_reduce(PyObject *self, PyObject *unused)
{
    PyObject *dict = PyObject_GetAttrString(self, "__dict__"), *items, *result = NULL;
    Py_ssize_t maxlen = DEQUE(self)->maxlen;

    if (dict == NULL)
        PyErr_Clear();
    items = PySequence_List(self);
    if (items != NULL) {
        if (dict == NULL)
            result = maxlen < 0 ? Py_BuildValue("O(O)", Py_TYPE(self), items)
                                : Py_BuildValue("O(On)", Py_TYPE(self), items, maxlen);
        else
            result = maxlen < 0 ? Py_BuildValue("O(OO)O", Py_TYPE(self), items, Py_None, dict)
                                : Py_BuildValue("O(On)O", Py_TYPE(self), items, maxlen, dict);
    }
    Py_XDECREF(dict);
    Py_XDECREF(items);
    return result;
}

static PyObject *deque_repr(PyObject *self)
{
    PyObject *items = NULL, *text = NULL, *result = NULL;
    int inside = Py_ReprEnter(self);

    if (inside != 0)
        return inside > 0 ? PyString_FromString("[...]") : NULL;
    items = PySequence_List(self);
    if (items != NULL)
        text = PyObject_Repr(items);
    if (text != NULL)
        result = DEQUE(self)->maxlen < 0
                     ? PyString_FromFormat("deque(%s)", PyString_AS_STRING(text))
                     : PyString_FromFormat("deque(%s, maxlen=%zd)", PyString_AS_STRING(text),
                                           DEQUE(self)->maxlen);
    Py_XDECREF(text);
    Py_XDECREF(items);
    Py_ReprLeave(self);
    return result;
}

static PyObject *deque_richcompare(PyObject *v, PyObject *w, int op)
{
    PyObject *x = NULL, *y = NULL, *result = NULL;

    if (!PyObject_TypeCheck(v, &deque_type) || !PyObject_TypeCheck(w, &deque_type))
        Py_RETURN_NOTIMPLEMENTED;
    if (DEQUE(v)->len != DEQUE(w)->len && (op == Py_EQ || op == Py_NE))
        return PyBool_FromLong(op == Py_NE);
    PyObject *left = PyObject_GetIter(v), *right = left == NULL ? NULL : PyObject_GetIter(w);
    if (right == NULL)
        goto done;
    for (;;) {
        x = PyIter_Next(left);
        if (x == NULL && PyErr_Occurred())
            goto done;
        y = PyIter_Next(right);
        if (x == NULL || y == NULL)
            break;
        int same = PyObject_RichCompareBool(x, y, Py_EQ);
        if (same < 0)
            goto done;
        if (!same) { /* the first difference decides */
            int holds = PyObject_RichCompareBool(x, y, op);
            if (holds >= 0)
                result = PyBool_FromLong(holds);
            goto done;
        }
        Py_CLEAR(x);
        Py_CLEAR(y);
    }
    if (!PyErr_Occurred())
        result = PyBool_FromLong(Py_CmpToRich(op, x == NULL && y == NULL ? 0 : x == NULL ? -1 : 1));
done:
    Py_XDECREF(x);
    Py_XDECREF(y);
    Py_XDECREF(left);
    Py_XDECREF(right);
    return result;
}

static int deque_init(PyObject *self, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"iterable", "maxlen", NULL};
    PyObject *iterable = NULL, *maxlen_obj = NULL;
    Py_ssize_t maxlen = -1;

    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|OO:deque", names, &iterable, &maxlen_obj))
        return -1;
    if (maxlen_obj != NULL && maxlen_obj != Py_None) {
        maxlen = PyInt_AsSsize_t(maxlen_obj);
        if (maxlen == -1 && PyErr_Occurred())
            return -1;
        if (maxlen < 0) {
            PyErr_SetString(PyExc_ValueError, "maxlen must be non-negative");
            return -1;
        }
    }
    DEQUE(self)->maxlen = maxlen;
    if (DEQUE(self)->len > 0)
        deque_clear_items(DEQUE(self));
    return iterable == NULL ? 0 : deque_extend_by(self, iterable, 0);
}

static PyObject *deque_sizeof(PyObject *self, PyObject *unused)
{
    Py_ssize_t size = Py_TYPE(self)->tp_x64_basicsize;

    if (size == 0)
        size = Py_TYPE(self)->tp_basicsize;
    Py_ssize_t blocks = (DEQUE(self)->left + DEQUE(self)->len + BLOCK_ITEMS - 1) / BLOCK_ITEMS;
    return PyInt_FromSsize_t(size + (blocks < 1 ? 1 : blocks) * BLOCK_X64_SIZE);
}

static PyObject *deque_get_maxlen(PyObject *self, void *closure)
{
    if (DEQUE(self)->maxlen < 0)
        Py_RETURN_NONE;
    return PyInt_FromSsize_t(DEQUE(self)->maxlen);
}

/* The two iterators. */

typedef struct {
    PyObject_HEAD dequeobject *deque;
    Py_ssize_t pos, left;
    py_ulong changes;
} dequeiterobject;

static PyObject *deque_make_iter(PyObject *self, PyTypeObject *type)
{
    dequeiterobject *it = PyObject_GC_New(dequeiterobject, type);

    if (it == NULL)
        return NULL;
    Py_INCREF(self);
    it->deque = DEQUE(self);
    it->left = it->deque->len;
    it->pos = type == &dequeiter_type ? 0 : it->left - 1;
    it->changes = it->deque->changes;
    PyObject_GC_Track(it);
    return (PyObject *)it;
}

static PyObject *deque_iter(PyObject *self)
{
    return deque_make_iter(self, &dequeiter_type);
}

static PyObject *deque_reviter(PyObject *self, PyObject *unused)
{
    return deque_make_iter(self, &dequereviter_type);
}

static void dequeiter_dealloc(PyObject *self)
{
    PyObject_GC_UnTrack(self);
    Py_XDECREF(((dequeiterobject *)self)->deque);
    PyObject_GC_Del(self);
}

static int dequeiter_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(((dequeiterobject *)self)->deque);
    return 0;
}

static PyObject *dequeiter_step(PyObject *self, int direction)
{
    dequeiterobject *it = (dequeiterobject *)self;

    if (it->changes != it->deque->changes) {
        it->left = 0;
        PyErr_SetString(PyExc_RuntimeError, "deque mutated during iteration");
        return NULL;
    }
    if (it->left == 0)
        return NULL;
    PyObject *item = RING_AT(it->deque, it->pos);
    it->pos += direction;
    it->left--;
    Py_INCREF(item);
    return item;
}

static PyObject *dequeiter_next(PyObject *self)
{
    return dequeiter_step(self, 1);
}

static PyObject *dequereviter_next(PyObject *self)
{
    return dequeiter_step(self, -1);
}

static PyObject *dequeiter_length_hint(PyObject *self, PyObject *unused)
{
    return PyInt_FromSsize_t(((dequeiterobject *)self)->left);
}

static PyMethodDef dequeiter_methods[] = {
    {"__length_hint__", dequeiter_length_hint, METH_NOARGS,
     "Private method returning an estimate of len(list(it))."},
    {NULL},
};

#define DEQUEITER_TYPE(c_name, py_name, next)                                                      \
    static PyTypeObject c_name = {                                                                 \
        PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = py_name,                                  \
        .tp_basicsize = sizeof(dequeiterobject),                                                   \
        .tp_x64_basicsize = 56,                                                                    \
        .tp_dealloc = dequeiter_dealloc,                                                           \
        .tp_getattro = PyObject_GenericGetAttr,                                                    \
        .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,                                       \
        .tp_traverse = dequeiter_traverse,                                                         \
        .tp_iter = PyObject_SelfIter,                                                              \
        .tp_iternext = next,                                                                       \
        .tp_methods = dequeiter_methods,                                                           \
    }
DEQUEITER_TYPE(dequeiter_type, "deque_iterator", dequeiter_next);
DEQUEITER_TYPE(dequereviter_type, "deque_reverse_iterator", dequereviter_next);

static PySequenceMethods deque_as_sequence = {
    .sq_length = deque_length,
    .sq_item = deque_item,
    .sq_ass_item = deque_ass_item,
    .sq_inplace_concat = deque_inplace_concat,
};
static PyGetSetDef deque_getset[] = {
    {"maxlen", deque_get_maxlen, NULL, "maximum size of a deque or None if unbounded"},
    {NULL},
};
static PyMethodDef deque_methods[] = {
    {"append", deque_append, METH_O, "Add an element to the right side of the deque."},
    {"appendleft", deque_appendleft, METH_O, "Add an element to the left side of the deque."},
    {"clear", deque_clear_method, METH_NOARGS, "Remove all elements from the deque."},
    {"__copy__", deque_copy, METH_NOARGS, "Return a shallow copy of a deque."},
    {"count", deque_count, METH_O,
     "D.count(value) -> integer -- return number of occurrences of value"},
    {"extend", deque_extend, METH_O,
     "Extend the right side of the deque with elements from the iterable"},
    {"extendleft", deque_extendleft, METH_O,
     "Extend the left side of the deque with elements from the iterable"},
    {"pop", deque_pop, METH_NOARGS, "Remove and return the rightmost element."},
    {"popleft", deque_popleft, METH_NOARGS, "Remove and return the leftmost element."},
    {"__reduce__", deque_reduce, METH_NOARGS, "Return state information for pickling."},
    {"remove", deque_remove, METH_O, "D.remove(value) -- remove first occurrence of value."},
    {"__reversed__", deque_reviter, METH_NOARGS,
     "D.__reversed__() -- return a reverse iterator over the deque"},
    {"reverse", deque_reverse, METH_NOARGS, "D.reverse() -- reverse *IN PLACE*"},
    {"rotate", deque_rotate, METH_VARARGS,
     "Rotate the deque n steps to the right (default n=1).  If n is negative, rotates left."},
    {"__sizeof__", deque_sizeof, METH_NOARGS, "D.__sizeof__() -- size of D in memory, in bytes"},
    {NULL},
};

static PyTypeObject deque_type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "collections.deque",
    .tp_basicsize = sizeof(dequeobject),
    .tp_x64_basicsize = 80,
    .tp_dealloc = deque_dealloc,
    .tp_repr = deque_repr,
    .tp_as_sequence = &deque_as_sequence,
    .tp_hash = PyObject_HashNotImplemented,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "deque([iterable[, maxlen]]) --> deque object\n\n"
              "A sequence with fast access to both of its ends.",
    .tp_traverse = deque_traverse,
    .tp_clear = deque_clear,
    .tp_richcompare = deque_richcompare,
    .tp_weaklistoffset = offsetof(dequeobject, weakreflist),
    .tp_iter = deque_iter,
    .tp_methods = deque_methods,
    .tp_getset = deque_getset,
    .tp_init = deque_init,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = deque_new,
    .tp_free = PyObject_GC_Del,
};

/* defaultdict. */

typedef struct {
    PyDictObject dict;
    PyObject *default_factory;
} defdictobject;

#define DEFDICT(op) ((defdictobject *)(op))

/* The factory has answered for the key c->b of c->a. */
static PyObject *defdict_made(PyCont *c, PyObject *value)
{
    if (value != NULL && PyObject_SetItem(c->a, c->b, value) < 0)
        Py_CLEAR(value);
    PyEval_ReleaseCont(c);
    return value;
}

static PyObject *defdict_missing(PyObject *self, PyObject *key)
{
    PyObject *factory = DEFDICT(self)->default_factory;

    if (factory == NULL || factory == Py_None) {
        PyObject *args = PyTuple_Pack(1, key);
        if (args != NULL) {
            PyErr_SetObject(PyExc_KeyError, args);
            Py_DECREF(args);
        }
        return NULL;
    }
    PyObject *args = PyTuple_New(0), *answer = NULL;
    PyCont *c = args == NULL ? NULL : PyEval_PushCont(defdict_made);
    if (c != NULL) {
        Py_INCREF(self);
        c->a = self;
        Py_INCREF(key);
        c->b = key;
        Py_INCREF(factory);
        answer = PyEval_CallThen(factory, args, NULL);
        Py_DECREF(factory);
    }
    Py_XDECREF(args);
    return answer;
}

static PyObject *defdict_copy(PyObject *self, PyObject *unused)
{
    PyObject *factory = DEFDICT(self)->default_factory;

    return PyObject_CallFunctionObjArgs((PyObject *)Py_TYPE(self),
                                        factory == NULL ? Py_None : factory, self, NULL);
}

static PyObject *defdict_reduce(PyObject *self, PyObject *unused)
{
    PyObject *factory = DEFDICT(self)->default_factory;
    PyObject *args =
        factory == NULL || factory == Py_None ? PyTuple_New(0) : PyTuple_Pack(1, factory);
    PyObject *items = args == NULL ? NULL : PyObject_CallMethod(self, "iteritems", "()");
    PyObject *result =
        items == NULL ? NULL : PyTuple_Pack(5, Py_TYPE(self), args, Py_None, Py_None, items);

    Py_XDECREF(args);
    Py_XDECREF(items);
    return result;
}

static void defdict_dealloc(PyObject *self)
{
    PyObject_GC_UnTrack(self);
    Py_CLEAR(DEFDICT(self)->default_factory);
    /* dict's deallocator stops tracking once more, which does no harm */
    PyDict_Type.tp_dealloc(self);
}

static PyObject *defdict_repr(PyObject *self)
{
    PyObject *factory = DEFDICT(self)->default_factory, *text = NULL, *result = NULL;
    PyObject *base = PyDict_Type.tp_repr(self);

    if (base == NULL)
        return NULL;
    if (factory == NULL)
        text = PyString_FromString("None");
    else {
        int inside = Py_ReprEnter(factory);
        if (inside == 0) {
            text = PyObject_Repr(factory);
            Py_ReprLeave(factory);
        } else if (inside > 0)
            text = PyString_FromString("...");
    }
    if (text != NULL)
        result = PyString_FromFormat("defaultdict(%s, %s)", PyString_AS_STRING(text),
                                     PyString_AS_STRING(base));
    Py_XDECREF(text);
    Py_DECREF(base);
    return result;
}

static int defdict_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(DEFDICT(self)->default_factory);
    return PyDict_Type.tp_traverse(self, visit, arg);
}

static int defdict_clear(PyObject *self)
{
    Py_CLEAR(DEFDICT(self)->default_factory);
    return PyDict_Type.tp_clear(self);
}

static int defdict_init(PyObject *self, PyObject *args, PyObject *kwds)
{
    PyObject *old = DEFDICT(self)->default_factory, *factory = NULL, *rest;
    Py_ssize_t n = PyTuple_GET_SIZE(args);

    if (n > 0) {
        factory = PyTuple_GET_ITEM(args, 0);
        if (!PyCallable_Check(factory) && factory != Py_None) {
            PyErr_SetString(PyExc_TypeError, "first argument must be callable or None");
            return -1;
        }
    }
    rest = PyTuple_GetSlice(args, n > 0 ? 1 : 0, n);
    if (rest == NULL)
        return -1;
    Py_XINCREF(factory);
    DEFDICT(self)->default_factory = factory;
    int status = PyDict_Type.tp_init(self, rest, kwds);
    Py_DECREF(rest);
    Py_XDECREF(old);
    return status;
}

static PyMethodDef defdict_methods[] = {
    {"__missing__", defdict_missing, METH_O | METH_RESUMABLE,
     "__missing__(key) # Called by __getitem__ for a key that is not there."},
    {"copy", defdict_copy, METH_NOARGS, "D.copy() -> a shallow copy of D."},
    {"__copy__", defdict_copy, METH_NOARGS, "D.copy() -> a shallow copy of D."},
    {"__reduce__", defdict_reduce, METH_NOARGS, "Return state information for pickling."},
    {NULL},
};
static PyMemberDef defdict_members[] = {
    {"default_factory", T_OBJECT, offsetof(defdictobject, default_factory), 0,
     "Factory for default value called by __missing__()."},
    {NULL},
};

static PyTypeObject defdict_type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "collections.defaultdict",
    .tp_basicsize = sizeof(defdictobject),
    .tp_x64_basicsize = 256,
    .tp_dealloc = defdict_dealloc,
    .tp_repr = defdict_repr,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "defaultdict(default_factory[, ...]) --> dict with default factory\n\n"
              "__getitem__ of a missing key stores and returns what the factory, called without\n"
              "arguments, gives.  All other arguments are those of dict.",
    .tp_traverse = defdict_traverse,
    .tp_clear = defdict_clear,
    .tp_methods = defdict_methods,
    .tp_members = defdict_members,
    .tp_base = &PyDict_Type,
    .tp_init = defdict_init,
    .tp_alloc = PyType_GenericAlloc,
    .tp_free = PyObject_GC_Del,
};

PyMODINIT_FUNC init_collections(void)
{
    PyObject *m = Py_InitModule3("_collections", NULL,
                                 "High performance data structures:\n"
                                 "- deque:        ordered collection accessible "
                                 "from endpoints only\n"
                                 "- defaultdict:  dict subclass with a default "
                                 "value factory\n");

    if (m == NULL)
        return;
    if (PyType_Ready(&deque_type) < 0 || PyType_Ready(&defdict_type) < 0 ||
        PyType_Ready(&dequeiter_type) < 0 || PyType_Ready(&dequereviter_type) < 0)
        return;
    Py_INCREF(&deque_type);
    PyModule_AddObject(m, "deque", (PyObject *)&deque_type);
    Py_INCREF(&defdict_type);
    PyModule_AddObject(m, "defaultdict", (PyObject *)&defdict_type);
}
