/* SPDX-License-Identifier: MIT */
/* itertools: groupby, and tee with its shared buffers. */
#include "Python.h"
#include "modules/itertools_private.h"

/* groupby and the groups it gives out read the same iterator. Invariant: next_value is the item
 * read last and not given out yet, next_key its key; both NULL when there is none such. */
typedef struct {
    PyObject_HEAD PyObject *it, *keyfunc;
    PyObject *group_key; /* of the group given out last */
    PyObject *next_key, *next_value;
} groupbyobject;

typedef struct {
    PyObject_HEAD PyObject *parent, *group_key;
} grouperobject;

static PyObject *groupby_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"iterable", "key", NULL};
    PyObject *iterable, *keyfunc = Py_None;

    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O|O:groupby", names, &iterable, &keyfunc))
        return NULL;
    PyObject *it = PyObject_GetIter(iterable);
    if (it == NULL)
        return NULL;
    groupbyobject *self = (groupbyobject *)type->tp_alloc(type, 0);
    if (self == NULL) {
        Py_DECREF(it);
        return NULL;
    }
    self->it = it;
    Py_INCREF(keyfunc);
    self->keyfunc = keyfunc;
    return (PyObject *)self;
}

static void groupby_dealloc(PyObject *op)
{
    groupbyobject *self = (groupbyobject *)op;

    PyObject_GC_UnTrack(op);
    Py_XDECREF(self->it);
    Py_XDECREF(self->keyfunc);
    Py_XDECREF(self->group_key);
    Py_XDECREF(self->next_key);
    Py_XDECREF(self->next_value);
    Py_TYPE(op)->tp_free(op);
}

static int groupby_traverse(PyObject *op, visitproc visit, void *arg)
{
    groupbyobject *self = (groupbyobject *)op;

    Py_VISIT(self->it);
    Py_VISIT(self->keyfunc);
    Py_VISIT(self->group_key);
    Py_VISIT(self->next_key);
    Py_VISIT(self->next_value);
    return 0;
}

/* Reads one more item; -1 at the end or with an exception. */
static int groupby_read(groupbyobject *self)
{
    PyObject *value = itertools_next(self->it), *key;

    if (value == NULL)
        return -1;
    if (self->keyfunc == Py_None) {
        key = value;
        Py_INCREF(key);
    } else {
        key = PyObject_CallFunctionObjArgs(self->keyfunc, value, NULL);
        if (key == NULL) {
            Py_DECREF(value);
            return -1;
        }
    }
    Py_XSETREF(self->next_key, key);
    Py_XSETREF(self->next_value, value);
    return 0;
}

static int groupby_same(PyObject *a, PyObject *b)
{
    Py_INCREF(a);
    Py_INCREF(b);
    int same = PyObject_RichCompareBool(a, b, Py_EQ);
    Py_DECREF(a);
    Py_DECREF(b);
    return same;
}

/* Is next_key the beginning of a new group? 1, 0: another item must be read; -1: error. */
static int groupby_at_next(groupbyobject *self)
{
    if (self->next_key == NULL)
        return 0;
    if (self->group_key == NULL)
        return 1;
    int same = groupby_same(self->group_key, self->next_key);
    return same < 0 ? -1 : !same;
}

static PyObject *groupby_give(PyObject *op)
{
    groupbyobject *self = (groupbyobject *)op;
    PyObject *key = self->next_key;
    Py_INCREF(key);
    Py_XSETREF(self->group_key, key);
    key = self->group_key;
    grouperobject *group = PyObject_GC_New(grouperobject, &_PyItertools_Grouper);
    if (group == NULL)
        return NULL;
    Py_INCREF(self);
    group->parent = op;
    Py_INCREF(key);
    group->group_key = key;
    PyObject_GC_Track(group);
    PyObject *result = PyTuple_Pack(2, key, group);
    Py_DECREF(group);
    return result;
}

static PyObject *groupby_next(PyObject *op)
{
    groupbyobject *self = (groupbyobject *)op;
    int there;

    /* Past what is left of the last group. */
    while ((there = groupby_at_next(self)) == 0)
        if (groupby_read(self) < 0)
            return NULL;
    return there < 0 ? NULL : groupby_give(op);
}

/* Reading three-way: c->a the groupby or a group of it; c->d the item whose key is awaited. */
static PyObject *group_read(PyObject *op);
static PyObject *groupby_go_next(PyObject *op);
static PyObject *grouper_give(PyObject *op);

static groupbyobject *groupby_of(PyObject *op)
{
    return (groupbyobject *)(Py_TYPE(op) == &_PyItertools_Grouper ? ((grouperobject *)op)->parent
                                                                  : op);
}

static PyObject *group_step(PyCont *c, PyObject *value)
{
    PyObject *op = c->a, *item = c->d, *key, *result = NULL;
    groupbyobject *self = groupby_of(op);

    if (value == NULL) {
        Py_XDECREF(item);
        goto done;
    }
    if (item == NULL) {
        if (self->keyfunc != Py_None) {
            result =
                _PyItertools_Call(group_step, op, 0, value, self->keyfunc, PyTuple_Pack(1, value));
            goto done;
        }
        item = key = value;
        Py_INCREF(key);
    } else
        key = value;
    Py_XSETREF(self->next_key, key);
    Py_XSETREF(self->next_value, item);
    result = Py_TYPE(op) == &_PyItertools_Grouper ? grouper_give(op) : groupby_go_next(op);
done:
    Py_DECREF(op);
    return result;
}

static PyObject *group_read(PyObject *op)
{
    return _PyItertools_Ask(group_step, op, 0, NULL, groupby_of(op)->it);
}

static int groupby_may_nest(groupbyobject *self)
{
    return _PyWalk_MayNest(self->it) ||
           (self->keyfunc != Py_None && _PyWalk_CallMayNest(self->keyfunc));
}

static PyObject *groupby_go_next(PyObject *op)
{
    groupbyobject *self = (groupbyobject *)op;
    int there;

    if (!groupby_may_nest(self))
        return groupby_next(op);
    there = groupby_at_next(self);
    return there < 0 ? NULL : there ? groupby_give(op) : group_read(op);
}

static const _PyGoOnSlots groupby_go_on = {.go_next = groupby_go_next};

ITERTOOLS_TYPE(_PyItertools_GroupBy, "itertools.groupby", groupbyobject, 56, groupby_dealloc,
               groupby_traverse, groupby_next, groupby_new,
               "groupby(iterable[, keyfunc]) -> create an iterator which returns\n"
               "(key, sub-iterator) grouped by each value of key(value).\n",
               .tp_goon = &groupby_go_on);

static void grouper_dealloc(PyObject *op)
{
    PyObject_GC_UnTrack(op);
    Py_DECREF(((grouperobject *)op)->parent);
    Py_DECREF(((grouperobject *)op)->group_key);
    PyObject_GC_Del(op);
}

static int grouper_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(((grouperobject *)op)->parent);
    Py_VISIT(((grouperobject *)op)->group_key);
    return 0;
}

/* The item read last, when it belongs to this group. */
static PyObject *grouper_give(PyObject *op)
{
    grouperobject *self = (grouperobject *)op;
    groupbyobject *parent = (groupbyobject *)self->parent;

    if (groupby_same(self->group_key, parent->next_key) <= 0)
        return NULL; /* an error, or the next group begins */
    PyObject *value = parent->next_value;
    parent->next_value = NULL;
    Py_CLEAR(parent->next_key);
    return value;
}

static PyObject *grouper_next(PyObject *op)
{
    groupbyobject *parent = groupby_of(op);

    if (parent->next_value == NULL && groupby_read(parent) < 0)
        return NULL;
    return grouper_give(op);
}

static PyObject *grouper_go_next(PyObject *op)
{
    groupbyobject *parent = groupby_of(op);

    if (parent->next_value == NULL && groupby_may_nest(parent))
        return group_read(op);
    return grouper_next(op);
}

static const _PyGoOnSlots grouper_go_on = {.go_next = grouper_go_next};

PyTypeObject _PyItertools_Grouper = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "itertools._grouper",
    .tp_basicsize = sizeof(grouperobject),
    .tp_x64_basicsize = 32,
    .tp_dealloc = grouper_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = grouper_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = grouper_next,
    .tp_goon = &grouper_go_on,
};

/* tee: its iterators walk along a chain of buffers, which the first to arrive fills; a buffer that
 * all have left is freed. */
enum { TEE_CELLS = 57 };

typedef struct {
    PyObject_HEAD PyObject *it;
    int filled, running;
    PyObject *following; /* the next buffer, or NULL */
    PyObject *values[TEE_CELLS];
} teedataobject;

typedef struct {
    PyObject_HEAD teedataobject *data;
    int index;
    PyObject *weakreflist;
} teeobject;

static PyObject *teedata_make(PyObject *it)
{
    teedataobject *data = PyObject_GC_New(teedataobject, &_PyItertools_TeeData);

    if (data == NULL)
        return NULL;
    data->running = 0;
    data->filled = 0;
    data->following = NULL;
    Py_INCREF(it);
    data->it = it;
    PyObject_GC_Track(data);
    return (PyObject *)data;
}

static PyObject *teedata_follow(teedataobject *data)
{
    if (data->following == NULL)
        data->following = teedata_make(data->it);
    Py_XINCREF(data->following);
    return data->following;
}

static PyObject *teedata_item(teedataobject *data, int i)
{
    PyObject *value;

    if (i < data->filled)
        value = data->values[i];
    else {
        if (data->running) {
            PyErr_SetString(PyExc_RuntimeError, "cannot re-enter the tee iterator");
            return NULL;
        }
        data->running = 1;
        value = PyIter_Next(data->it);
        data->running = 0;
        if (value == NULL)
            return NULL;
        data->values[data->filled++] = value;
    }
    Py_INCREF(value);
    return value;
}

static int teedata_traverse(PyObject *op, visitproc visit, void *arg)
{
    teedataobject *data = (teedataobject *)op;

    Py_VISIT(data->it);
    for (int i = 0; i < data->filled; i++)
        Py_VISIT(data->values[i]);
    Py_VISIT(data->following);
    return 0;
}

static int teedata_clear(PyObject *op)
{
    teedataobject *data = (teedataobject *)op;

    Py_CLEAR(data->it);
    for (int i = 0; i < data->filled; i++)
        Py_CLEAR(data->values[i]);
    data->filled = 0;
    /* One by one along the chain, not each from within the other. */
    PyObject *chain = data->following;
    data->following = NULL;
    while (chain != NULL && Py_TYPE(chain) == &_PyItertools_TeeData && Py_REFCNT(chain) == 1) {
        PyObject *rest = ((teedataobject *)chain)->following;
        ((teedataobject *)chain)->following = NULL;
        Py_DECREF(chain);
        chain = rest;
    }
    Py_XDECREF(chain);
    return 0;
}

static void teedata_dealloc(PyObject *op)
{
    PyObject_GC_UnTrack(op);
    teedata_clear(op);
    PyObject_GC_Del(op);
}

PyTypeObject _PyItertools_TeeData = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "itertools.tee_dataobject",
    .tp_basicsize = sizeof(teedataobject),
    .tp_x64_basicsize = 496,
    .tp_dealloc = teedata_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "Data container common to multiple tee objects.",
    .tp_traverse = teedata_traverse,
    .tp_clear = teedata_clear,
    .tp_free = PyObject_GC_Del,
};

static PyObject *tee_next(PyObject *op)
{
    teeobject *self = (teeobject *)op;

    if (self->index >= TEE_CELLS) {
        PyObject *data = teedata_follow(self->data);
        if (data == NULL)
            return NULL;
        Py_SETREF(self->data, (teedataobject *)data);
        self->index = 0;
    }
    PyObject *value = teedata_item(self->data, self->index);
    if (value != NULL)
        self->index++;
    return value;
}

/* The source has given the next item of the buffer (c->d) that this iterator (c->a) waits in. */
static PyObject *tee_step(PyCont *c, PyObject *value)
{
    PyObject *self = c->a;
    teedataobject *data = (teedataobject *)c->d;

    data->running = 0;
    if (value != NULL) {
        Py_INCREF(value);
        data->values[data->filled++] = value;
        if (((teeobject *)self)->data == data)
            ((teeobject *)self)->index++;
    }
    Py_DECREF(data);
    Py_DECREF(self);
    return value;
}

static PyObject *tee_go_next(PyObject *op)
{
    teeobject *self = (teeobject *)op;
    teedataobject *data = self->data;

    if (self->index >= TEE_CELLS || self->index < data->filled || data->running ||
        !_PyWalk_MayNest(data->it)) {
        if (self->index < TEE_CELLS || !_PyWalk_MayNest(data->it))
            return tee_next(op);
        data = (teedataobject *)teedata_follow(data);
        if (data == NULL)
            return NULL;
        Py_SETREF(self->data, data);
        self->index = 0;
        return tee_go_next(op);
    }
    data->running = 1;
    Py_INCREF(data);
    return _PyItertools_Ask(tee_step, op, 0, (PyObject *)data, data->it);
}

static const _PyGoOnSlots tee_go_on = {.go_next = tee_go_next};

static PyObject *tee_make(PyObject *data, int index)
{
    teeobject *self = PyObject_GC_New(teeobject, &_PyItertools_Tee);

    if (self == NULL)
        return NULL;
    Py_INCREF(data);
    self->data = (teedataobject *)data;
    self->index = index;
    self->weakreflist = NULL;
    PyObject_GC_Track(self);
    return (PyObject *)self;
}

static PyObject *tee_copy(PyObject *op, PyObject *unused)
{
    return tee_make((PyObject *)((teeobject *)op)->data, ((teeobject *)op)->index);
}

static PyObject *tee_from_iterable(PyObject *iterable)
{
    PyObject *it = PyObject_GetIter(iterable), *result = NULL;

    if (it == NULL)
        return NULL;
    if (PyObject_TypeCheck(it, &_PyItertools_Tee))
        result = tee_copy(it, NULL);
    else {
        PyObject *data = teedata_make(it);
        if (data != NULL) {
            result = tee_make(data, 0);
            Py_DECREF(data);
        }
    }
    Py_DECREF(it);
    return result;
}

static PyObject *tee_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyObject *iterable;

    if (!PyArg_UnpackTuple(args, "tee", 1, 1, &iterable))
        return NULL;
    return tee_from_iterable(iterable);
}

static void tee_dealloc(PyObject *op)
{
    PyObject_GC_UnTrack(op);
    if (((teeobject *)op)->weakreflist != NULL)
        PyObject_ClearWeakRefs(op);
    Py_XDECREF(((teeobject *)op)->data);
    PyObject_GC_Del(op);
}

static int tee_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(((teeobject *)op)->data);
    return 0;
}

static int tee_clear(PyObject *op)
{
    Py_CLEAR(((teeobject *)op)->data);
    return 0;
}

static PyMethodDef tee_methods[] = {
    {"__copy__", tee_copy, METH_NOARGS, "Returns an independent iterator."},
    {NULL},
};

PyTypeObject _PyItertools_Tee = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "itertools.tee",
    .tp_basicsize = sizeof(teeobject),
    .tp_x64_basicsize = 40,
    .tp_dealloc = tee_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "Iterator wrapped to make it copyable",
    .tp_traverse = tee_traverse,
    .tp_clear = tee_clear,
    .tp_weaklistoffset = offsetof(teeobject, weakreflist),
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = tee_next,
    .tp_goon = &tee_go_on,
    .tp_methods = tee_methods,
    .tp_new = tee_new,
    .tp_free = PyObject_GC_Del,
};

PyObject *_PyItertools_TeeFunction(PyObject *module, PyObject *args)
{
    Py_ssize_t n = 2;
    PyObject *iterable;

    if (!PyArg_ParseTuple(args, "O|n", &iterable, &n))
        return NULL;
    if (n < 0) {
        PyErr_SetString(PyExc_ValueError, "n must be >= 0");
        return NULL;
    }
    PyObject *result = PyTuple_New(n);
    if (result == NULL || n == 0)
        return result;
    PyObject *it = PyObject_GetIter(iterable), *first;
    if (it == NULL)
        goto fail;
    if (PyObject_HasAttrString(it, "__copy__"))
        first = it;
    else {
        first = tee_from_iterable(it);
        Py_DECREF(it);
        if (first == NULL)
            goto fail;
    }
    PyTuple_SET_ITEM(result, 0, first);
    for (Py_ssize_t i = 1; i < n; i++) {
        PyObject *copy = PyObject_CallMethod(PyTuple_GET_ITEM(result, i - 1), "__copy__", NULL);
        if (copy == NULL)
            goto fail;
        PyTuple_SET_ITEM(result, i, copy);
    }
    return result;
fail:
    Py_DECREF(result);
    return NULL;
}
