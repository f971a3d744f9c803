/* SPDX-License-Identifier: MIT */
/* itertools: the iterators that go through one or more iterables in step, choosing, mapping,
 * counting. */
#include "Python.h"
#include "modules/itertools_private.h"

int _PyItertools_AtEnd(void)
{
    if (!PyErr_Occurred())
        return 0;
    if (!PyErr_ExceptionMatches(PyExc_StopIteration))
        return -1;
    PyErr_Clear();
    return 0;
}

static PyCont *push_step(PyContFunc step, PyObject *self, int phase, PyObject *held)
{
    PyCont *c = PyEval_PushCont(step);

    if (c == NULL) {
        Py_XDECREF(held);
        return NULL;
    }
    Py_INCREF(self);
    c->a = self;
    c->d = held;
    c->n = phase;
    return c;
}

PyObject *_PyItertools_Ask(PyContFunc step, PyObject *self, int phase, PyObject *held, PyObject *it)
{
    if (push_step(step, self, phase, held) == NULL)
        return NULL;
    return PyEval_Then(PyEval_IterNextGoOn(it));
}

PyObject *_PyItertools_Call(PyContFunc step, PyObject *self, int phase, PyObject *held,
                            PyObject *func, PyObject *args)
{
    PyObject *answer = NULL;

    if (args == NULL)
        Py_XDECREF(held);
    else if (push_step(step, self, phase, held) != NULL) {
        Py_INCREF(func);
        answer = PyEval_CallThen(func, args, NULL);
        Py_DECREF(func);
    }
    Py_XDECREF(args);
    return answer;
}

/* Most types here hold up to three objects; they share their deallocation and traversal. */
typedef struct {
    PyObject_HEAD PyObject *a, *b;
} twofold;

static void twofold_dealloc(PyObject *self)
{
    PyObject_GC_UnTrack(self);
    Py_XDECREF(((twofold *)self)->a);
    Py_XDECREF(((twofold *)self)->b);
    Py_TYPE(self)->tp_free(self);
}

static int twofold_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(((twofold *)self)->a);
    Py_VISIT(((twofold *)self)->b);
    return 0;
}

/* type(a, iter(b)) */
static PyObject *twofold_make(PyTypeObject *type, PyObject *a, PyObject *iterable)
{
    PyObject *it = PyObject_GetIter(iterable);

    if (it == NULL)
        return NULL;
    twofold *self = (twofold *)type->tp_alloc(type, 0);
    if (self == NULL) {
        Py_DECREF(it);
        return NULL;
    }
    Py_INCREF(a);
    self->a = a;
    self->b = it;
    return (PyObject *)self;
}

/* count: start, start + step, ... Invariant: with big NULL and next below the greatest Py_ssize_t,
 * counting is in C, by 1; otherwise by PyNumber_Add. */
typedef struct {
    PyObject_HEAD Py_ssize_t next; /* PY_SSIZE_T_MAX: look at big */
    PyObject *big, *step;
} countobject;

static PyObject *count_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"start", "step", NULL};
    PyObject *start = NULL, *step = NULL;
    Py_ssize_t next = 0;

    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|OO:count", names, &start, &step))
        return NULL;
    if ((start != NULL && !PyNumber_Check(start)) || (step != NULL && !PyNumber_Check(step))) {
        PyErr_SetString(PyExc_TypeError, "a number is required");
        return NULL;
    }
    int slow = step != NULL && !(PyInt_Check(step) && PyInt_AS_LONG(step) == 1);
    if (start != NULL) {
        next = PyInt_AsSsize_t(start);
        if ((next == -1 && PyErr_Occurred()) || !PyInt_Check(start)) {
            PyErr_Clear();
            slow = 1;
        }
        Py_INCREF(start);
    } else {
        start = PyInt_FromLong(0);
        if (start == NULL)
            return NULL;
    }
    if (step == NULL)
        step = PyInt_FromLong(1);
    else
        Py_INCREF(step);
    countobject *self = step == NULL ? NULL : (countobject *)type->tp_alloc(type, 0);
    if (self == NULL) {
        Py_DECREF(start);
        Py_XDECREF(step);
        return NULL;
    }
    self->next = slow ? PY_SSIZE_T_MAX : next;
    self->step = step;
    if (slow)
        self->big = start;
    else
        Py_DECREF(start);
    return (PyObject *)self;
}

static void count_dealloc(PyObject *self)
{
    PyObject_GC_UnTrack(self);
    Py_XDECREF(((countobject *)self)->big);
    Py_XDECREF(((countobject *)self)->step);
    Py_TYPE(self)->tp_free(self);
}

static int count_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(((countobject *)self)->big);
    Py_VISIT(((countobject *)self)->step);
    return 0;
}

static PyObject *count_next(PyObject *op)
{
    countobject *self = (countobject *)op;

    if (self->next != PY_SSIZE_T_MAX)
        return PyInt_FromSsize_t(self->next++);
    PyObject *value = self->big;
    if (value == NULL) {
        value = PyInt_FromSsize_t(PY_SSIZE_T_MAX);
        if (value == NULL)
            return NULL;
    }
    self->big = PyNumber_Add(value, self->step);
    if (self->big == NULL) {
        self->big = value;
        return NULL;
    }
    return value;
}

static PyObject *count_repr(PyObject *op)
{
    countobject *self = (countobject *)op;

    if (self->next != PY_SSIZE_T_MAX)
        return PyString_FromFormat("count(%zd)", self->next);
    PyObject *start = PyObject_Repr(self->big), *step = NULL, *result = NULL;
    if (start == NULL)
        return NULL;
    if (PyInt_Check(self->step) && PyInt_AS_LONG(self->step) == 1)
        result = PyString_FromFormat("count(%s)", PyString_AS_STRING(start));
    else if ((step = PyObject_Repr(self->step)) != NULL)
        result = PyString_FromFormat("count(%s, %s)", PyString_AS_STRING(start),
                                     PyString_AS_STRING(step));
    Py_DECREF(start);
    Py_XDECREF(step);
    return result;
}

static PyObject *count_reduce(PyObject *op, PyObject *unused)
{
    countobject *self = (countobject *)op;

    if (self->next == PY_SSIZE_T_MAX)
        return Py_BuildValue("O(OO)", Py_TYPE(self), self->big, self->step);
    return Py_BuildValue("O(n)", Py_TYPE(self), self->next);
}

static PyMethodDef count_methods[] = {
    {"__reduce__", count_reduce, METH_NOARGS, "Return state information for pickling."},
    {NULL},
};

ITERTOOLS_TYPE(_PyItertools_Count, "itertools.count", countobject, 40, count_dealloc,
               count_traverse, count_next, count_new,
               "count(start=0, step=1) --> count object\n\n"
               "An endless iterator: start, start + step, start + 2 * step, ...\n",
               .tp_repr = count_repr, .tp_methods = count_methods);

/* cycle */
typedef struct {
    PyObject_HEAD PyObject *it, *saved;
    int repeating; /* the first pass is over: saved is complete */
} cycleobject;

static PyObject *cycle_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyObject *iterable;

    if (type == &_PyItertools_Cycle && !_PyArg_NoKeywords("cycle()", kwds))
        return NULL;
    if (!PyArg_UnpackTuple(args, "cycle", 1, 1, &iterable))
        return NULL;
    PyObject *it = PyObject_GetIter(iterable), *saved = it == NULL ? NULL : PyList_New(0);
    cycleobject *self = saved == NULL ? NULL : (cycleobject *)type->tp_alloc(type, 0);
    if (self == NULL) {
        Py_XDECREF(it);
        Py_XDECREF(saved);
        return NULL;
    }
    self->it = it;
    self->saved = saved;
    return (PyObject *)self;
}

/* Goes back to the start of what has been saved; -1 when there is nothing, or with an error. */
static int cycle_start_over(cycleobject *self)
{
    PyObject *it = PyList_Size(self->saved) == 0 ? NULL : PyObject_GetIter(self->saved);

    if (it == NULL)
        return -1;
    Py_SETREF(self->it, it);
    self->repeating = 1;
    return 0;
}

static PyObject *cycle_next(PyObject *op)
{
    cycleobject *self = (cycleobject *)op;

    for (;;) {
        PyObject *item = PyIter_Next(self->it);
        if (item != NULL) {
            if (!self->repeating && PyList_Append(self->saved, item) < 0)
                Py_CLEAR(item);
            return item;
        }
        if (_PyItertools_AtEnd() < 0 || cycle_start_over(self) < 0)
            return NULL;
    }
}

static PyObject *cycle_step(PyCont *c, PyObject *item)
{
    PyObject *self = c->a;
    cycleobject *cycle = (cycleobject *)self;

    if (item == NULL) {
        if (_PyItertools_AtEnd() == 0 && cycle_start_over(cycle) == 0)
            item = cycle_next(self);
    } else if (item != NULL && !cycle->repeating && PyList_Append(cycle->saved, item) < 0)
        Py_CLEAR(item);
    Py_DECREF(self);
    return item;
}

static PyObject *cycle_go_next(PyObject *self)
{
    PyObject *it = ((cycleobject *)self)->it;

    return _PyWalk_MayNest(it) ? _PyItertools_Ask(cycle_step, self, 0, NULL, it) : cycle_next(self);
}

static const _PyGoOnSlots cycle_go_on = {.go_next = cycle_go_next};

ITERTOOLS_TYPE(_PyItertools_Cycle, "itertools.cycle", cycleobject, 40, twofold_dealloc,
               twofold_traverse, cycle_next, cycle_new,
               "cycle(iterable) --> cycle object\n\n"
               "The iterable's items, over and over again.",
               .tp_goon = &cycle_go_on);

/* repeat */
typedef struct {
    PyObject_HEAD PyObject *element;
    Py_ssize_t left; /* -1: for ever */
} repeatobject;

static PyObject *repeat_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"object", "times", NULL};
    PyObject *element;
    Py_ssize_t times = -1;

    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O|n:repeat", names, &element, &times))
        return NULL;
    Py_ssize_t given = PyTuple_GET_SIZE(args) + (kwds != NULL ? PyDict_Size(kwds) : 0);
    if (given == 2 && times < 0)
        times = 0;
    repeatobject *self = (repeatobject *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    Py_INCREF(element);
    self->element = element;
    self->left = times;
    return (PyObject *)self;
}

static void repeat_dealloc(PyObject *self)
{
    PyObject_GC_UnTrack(self);
    Py_XDECREF(((repeatobject *)self)->element);
    Py_TYPE(self)->tp_free(self);
}

static int repeat_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(((repeatobject *)self)->element);
    return 0;
}

static PyObject *repeat_next(PyObject *op)
{
    repeatobject *self = (repeatobject *)op;

    if (self->left == 0)
        return NULL;
    if (self->left > 0)
        self->left--;
    Py_INCREF(self->element);
    return self->element;
}

static PyObject *repeat_repr(PyObject *op)
{
    repeatobject *self = (repeatobject *)op;
    PyObject *text = PyObject_Repr(self->element), *result;

    if (text == NULL)
        return NULL;
    result = self->left == -1
                 ? PyString_FromFormat("repeat(%s)", PyString_AS_STRING(text))
                 : PyString_FromFormat("repeat(%s, %zd)", PyString_AS_STRING(text), self->left);
    Py_DECREF(text);
    return result;
}

static PyObject *repeat_length_hint(PyObject *self, PyObject *unused)
{
    if (((repeatobject *)self)->left == -1) {
        PyErr_SetString(PyExc_TypeError, "len() of unsized object");
        return NULL;
    }
    return PyInt_FromSsize_t(((repeatobject *)self)->left);
}

static PyMethodDef repeat_methods[] = {
    {"__length_hint__", repeat_length_hint, METH_NOARGS,
     "Private method returning an estimate of len(list(it))."},
    {NULL},
};

ITERTOOLS_TYPE(_PyItertools_Repeat, "itertools.repeat", repeatobject, 32, repeat_dealloc,
               repeat_traverse, repeat_next, repeat_new,
               "repeat(object [,times]) -> create an iterator which returns the object\n"
               "for the specified number of times, or endlessly.",
               .tp_repr = repeat_repr, .tp_methods = repeat_methods);

/* chain: a = iterator over the iterables, b = iterator over the present one */
static PyObject *chain_make(PyTypeObject *type, PyObject *source)
{
    twofold *self = (twofold *)type->tp_alloc(type, 0);

    if (self == NULL) {
        Py_DECREF(source);
        return NULL;
    }
    self->a = source;
    return (PyObject *)self;
}

static PyObject *chain_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    if (type == &_PyItertools_Chain && !_PyArg_NoKeywords("chain()", kwds))
        return NULL;
    PyObject *source = PyObject_GetIter(args);
    return source == NULL ? NULL : chain_make(type, source);
}

static PyObject *chain_from_iterable(PyObject *type, PyObject *iterables)
{
    PyObject *source = PyObject_GetIter(iterables);

    return source == NULL ? NULL : chain_make((PyTypeObject *)type, source);
}

static PyObject *chain_next(PyObject *op)
{
    twofold *self = (twofold *)op;

    while (self->a != NULL) {
        if (self->b == NULL) {
            PyObject *iterable = PyIter_Next(self->a);
            if (iterable == NULL) {
                Py_CLEAR(self->a);
                return NULL;
            }
            self->b = PyObject_GetIter(iterable);
            Py_DECREF(iterable);
            if (self->b == NULL) {
                Py_CLEAR(self->a);
                return NULL;
            }
        }
        PyObject *item = itertools_next(self->b);
        if (item != NULL)
            return item;
        if (_PyItertools_AtEnd() < 0)
            return NULL;
        Py_CLEAR(self->b);
    }
    return NULL;
}

enum { CHAIN_ITEM, CHAIN_ITERABLE };

static PyObject *chain_step(PyCont *c, PyObject *value);

static PyObject *chain_go_next(PyObject *op)
{
    twofold *self = (twofold *)op;

    if (self->a == NULL)
        return NULL;
    if (self->b == NULL)
        return _PyItertools_Ask(chain_step, op, CHAIN_ITERABLE, NULL, self->a);
    if (!_PyWalk_MayNest(self->b)) {
        PyObject *item = itertools_next(self->b);
        if (item != NULL || _PyItertools_AtEnd() < 0)
            return item;
        Py_CLEAR(self->b);
        return chain_go_next(op);
    }
    return _PyItertools_Ask(chain_step, op, CHAIN_ITEM, NULL, self->b);
}

static PyObject *chain_step(PyCont *c, PyObject *value)
{
    PyObject *op = c->a, *result = NULL;
    twofold *self = (twofold *)op;

    if (c->n == CHAIN_ITEM) {
        if (value != NULL || _PyItertools_AtEnd() < 0)
            result = value;
        else {
            Py_CLEAR(self->b);
            result = chain_go_next(op);
        }
    } else {
        PyObject *it = value == NULL ? NULL : PyObject_GetIter(value);
        Py_XDECREF(value);
        if (it == NULL)
            Py_CLEAR(self->a);
        else {
            Py_XSETREF(self->b, it);
            result = chain_go_next(op);
        }
    }
    Py_DECREF(op);
    return result;
}

static const _PyGoOnSlots chain_go_on = {.go_next = chain_go_next};

static PyMethodDef chain_methods[] = {
    {"from_iterable", chain_from_iterable, METH_O | METH_CLASS,
     "chain.from_iterable(iterable) --> chain object\n\n"
     "As chain(*iterable), but the iterable is asked for its items only when they are needed."},
    {NULL},
};

ITERTOOLS_TYPE(_PyItertools_Chain, "itertools.chain", twofold, 32, twofold_dealloc,
               twofold_traverse, chain_next, chain_new,
               "chain(*iterables) --> chain object\n\n"
               "The items of the first iterable, then those of the next, until all are used up.",
               .tp_methods = chain_methods, .tp_goon = &chain_go_on);

/* compress: a = data, b = selectors */
static PyObject *compress_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"data", "selectors", NULL};
    PyObject *data, *selectors;

    if (!PyArg_ParseTupleAndKeywords(args, kwds, "OO:compress", names, &data, &selectors))
        return NULL;
    data = PyObject_GetIter(data);
    if (data == NULL)
        return NULL;
    PyObject *self = twofold_make(type, data, selectors);
    Py_DECREF(data);
    return self;
}

static PyObject *compress_next(PyObject *op)
{
    twofold *self = (twofold *)op;

    for (;;) {
        PyObject *datum = itertools_next(self->a);
        if (datum == NULL)
            return NULL;
        PyObject *selector = itertools_next(self->b);
        int wanted = selector == NULL ? -1 : PyObject_IsTrue(selector);
        Py_XDECREF(selector);
        if (wanted > 0)
            return datum;
        Py_DECREF(datum);
        if (wanted < 0)
            return NULL;
    }
}

/* c->d: the datum, while its selector is awaited */
static PyObject *compress_step(PyCont *c, PyObject *value)
{
    PyObject *op = c->a, *datum = c->d, *result = NULL;
    twofold *self = (twofold *)op;

    if (datum == NULL) {
        if (value != NULL)
            result = _PyItertools_Ask(compress_step, op, 0, value, self->b);
    } else {
        int wanted = value == NULL ? -1 : PyObject_IsTrue(value);
        Py_XDECREF(value);
        if (wanted > 0)
            result = datum;
        else {
            Py_DECREF(datum);
            if (wanted == 0)
                result = _PyItertools_Ask(compress_step, op, 0, NULL, self->a);
        }
    }
    Py_DECREF(op);
    return result;
}

static PyObject *compress_go_next(PyObject *op)
{
    twofold *self = (twofold *)op;

    if (!_PyWalk_MayNest(self->a) && !_PyWalk_MayNest(self->b))
        return compress_next(op);
    return _PyItertools_Ask(compress_step, op, 0, NULL, self->a);
}

static const _PyGoOnSlots compress_go_on = {.go_next = compress_go_next};

ITERTOOLS_TYPE(_PyItertools_Compress, "itertools.compress", twofold, 32, twofold_dealloc,
               twofold_traverse, compress_next, compress_new,
               "compress(data, selectors) --> iterator over selected data\n\n"
               "Those items of data that stand where selectors has a true item.",
               .tp_goon = &compress_go_on);

/* ifilter, ifilterfalse, dropwhile, takewhile: a = predicate, b = iterator */
typedef struct {
    PyObject_HEAD PyObject *a, *b;
    int decided; /* dropwhile: dropping is over; takewhile: taking is over */
} whileobject;

static PyObject *predicate_new(PyTypeObject *type, PyTypeObject *exact, const char *name,
                               const char *nokeywords, PyObject *args, PyObject *kwds)
{
    PyObject *predicate, *iterable;

    if (type == exact && !_PyArg_NoKeywords(nokeywords, kwds))
        return NULL;
    if (!PyArg_UnpackTuple(args, name, 2, 2, &predicate, &iterable))
        return NULL;
    return twofold_make(type, predicate, iterable);
}

static int predicate_holds(PyObject *predicate, PyObject *item)
{
    if (predicate == Py_None || predicate == (PyObject *)&PyBool_Type)
        return PyObject_IsTrue(item);
    PyObject *answer = PyObject_CallFunctionObjArgs(predicate, item, NULL);
    if (answer == NULL)
        return -1;
    int holds = PyObject_IsTrue(answer);
    Py_DECREF(answer);
    return holds;
}

/* For dropwhile and takewhile None is not a predicate. */
static int predicate_call(PyObject *predicate, PyObject *item)
{
    PyObject *answer = PyObject_CallFunctionObjArgs(predicate, item, NULL);

    if (answer == NULL)
        return -1;
    int holds = PyObject_IsTrue(answer);
    Py_DECREF(answer);
    return holds;
}

static PyObject *filter_step(PyObject *op, int wanted)
{
    twofold *self = (twofold *)op;

    for (;;) {
        PyObject *item = itertools_next(self->b);
        if (item == NULL)
            return NULL;
        int holds = predicate_holds(self->a, item);
        if (holds == wanted)
            return item;
        Py_DECREF(item);
        if (holds < 0)
            return NULL;
    }
}

static PyObject *ifilter_next(PyObject *self)
{
    return filter_step(self, 1);
}

static PyObject *ifilterfalse_next(PyObject *self)
{
    return filter_step(self, 0);
}

static PyObject *dropwhile_next(PyObject *op)
{
    whileobject *self = (whileobject *)op;

    for (;;) {
        PyObject *item = itertools_next(self->b);
        if (item == NULL || self->decided)
            return item;
        int holds = predicate_call(self->a, item);
        if (holds == 0) {
            self->decided = 1;
            return item;
        }
        Py_DECREF(item);
        if (holds < 0)
            return NULL;
    }
}

static PyObject *takewhile_next(PyObject *op)
{
    whileobject *self = (whileobject *)op;

    if (self->decided)
        return NULL;
    PyObject *item = itertools_next(self->b);
    if (item == NULL)
        return NULL;
    int holds = predicate_call(self->a, item);
    if (holds > 0)
        return item;
    Py_DECREF(item);
    if (holds == 0)
        self->decided = 1;
    return NULL;
}

/* The four of them: what is awaited, an item or the predicate's answer for the item c->d. */
enum { P_FILTER, P_FALSE, P_DROP, P_TAKE, P_KIND = 3, P_ANSWER = 4 };

static PyObject *predicate_step(PyCont *c, PyObject *value)
{
    PyObject *op = c->a, *item = c->d, *result = NULL;
    whileobject *self = (whileobject *)op; /* the filters have no `decided` */
    int kind = (int)c->n & P_KIND, holds;

    if (value == NULL) {
        Py_XDECREF(item);
        goto done;
    }
    if (c->n & P_ANSWER) {
        holds = PyObject_IsTrue(value);
        Py_DECREF(value);
    } else {
        item = value;
        if (kind == P_DROP && self->decided) {
            result = item;
            goto done;
        }
        if (kind > P_FALSE || (self->a != Py_None && self->a != (PyObject *)&PyBool_Type)) {
            result = _PyItertools_Call(predicate_step, op, kind | P_ANSWER, item, self->a,
                                       PyTuple_Pack(1, item));
            goto done;
        }
        holds = PyObject_IsTrue(item);
    }
    if (holds >= 0 && holds == (kind == P_FILTER || kind == P_TAKE)) {
        result = item;
        goto done;
    }
    if (holds == 0 && kind == P_TAKE)
        self->decided = 1;
    Py_DECREF(item);
    if (holds >= 0 && kind != P_TAKE)
        result = _PyItertools_Ask(predicate_step, op, kind, NULL, self->b);
done:
    if (result != NULL && result != Py_GoOn && kind == P_DROP)
        self->decided = 1;
    Py_DECREF(op);
    return result;
}

static PyObject *predicate_go(PyObject *op, int kind)
{
    twofold *self = (twofold *)op;

    if (!_PyWalk_MayNest(self->b) &&
        (!_PyWalk_CallMayNest(self->a) || (kind <= P_FALSE && self->a == Py_None) ||
         (kind == P_DROP && ((whileobject *)op)->decided)))
        return Py_TYPE(op)->tp_iternext(op);
    return _PyItertools_Ask(predicate_step, op, kind, NULL, self->b);
}

static PyObject *ifilter_go_next(PyObject *self)
{
    return predicate_go(self, P_FILTER);
}

static PyObject *ifilterfalse_go_next(PyObject *self)
{
    return predicate_go(self, P_FALSE);
}

static PyObject *dropwhile_go_next(PyObject *self)
{
    return predicate_go(self, P_DROP);
}

static PyObject *takewhile_go_next(PyObject *self)
{
    return ((whileobject *)self)->decided ? NULL : predicate_go(self, P_TAKE);
}

static const _PyGoOnSlots ifilter_go_on = {.go_next = ifilter_go_next},
                          ifilterfalse_go_on = {.go_next = ifilterfalse_go_next},
                          dropwhile_go_on = {.go_next = dropwhile_go_next},
                          takewhile_go_on = {.go_next = takewhile_go_next};

#define PREDICATE_NEW(c_name, type_name, py_name)                                                  \
    static PyObject *c_name(PyTypeObject *type, PyObject *args, PyObject *kwds)                    \
    {                                                                                              \
        return predicate_new(type, &type_name, py_name, py_name "()", args, kwds);                 \
    }
PREDICATE_NEW(ifilter_new, _PyItertools_IFilter, "ifilter")
PREDICATE_NEW(ifilterfalse_new, _PyItertools_IFilterFalse, "ifilterfalse")
PREDICATE_NEW(dropwhile_new, _PyItertools_DropWhile, "dropwhile")
PREDICATE_NEW(takewhile_new, _PyItertools_TakeWhile, "takewhile")

ITERTOOLS_TYPE(_PyItertools_IFilter, "itertools.ifilter", twofold, 32, twofold_dealloc,
               twofold_traverse, ifilter_next, ifilter_new,
               "ifilter(function or None, sequence) --> ifilter object\n\n"
               "The items for which function(item) is true; None: the items that are true.",
               .tp_goon = &ifilter_go_on);
ITERTOOLS_TYPE(_PyItertools_IFilterFalse, "itertools.ifilterfalse", twofold, 32, twofold_dealloc,
               twofold_traverse, ifilterfalse_next, ifilterfalse_new,
               "ifilterfalse(function or None, sequence) --> ifilterfalse object\n\n"
               "The items for which function(item) is false; None: the items that are false.",
               .tp_goon = &ifilterfalse_go_on);
ITERTOOLS_TYPE(_PyItertools_DropWhile, "itertools.dropwhile", whileobject, 40, twofold_dealloc,
               twofold_traverse, dropwhile_next, dropwhile_new,
               "dropwhile(predicate, iterable) --> dropwhile object\n\n"
               "All items from the first on for which the predicate is false.",
               .tp_goon = &dropwhile_go_on);
ITERTOOLS_TYPE(_PyItertools_TakeWhile, "itertools.takewhile", whileobject, 40, twofold_dealloc,
               twofold_traverse, takewhile_next, takewhile_new,
               "takewhile(predicate, iterable) --> takewhile object\n\n"
               "The items before the first for which the predicate is false.",
               .tp_goon = &takewhile_go_on);

/* islice */
typedef struct {
    PyObject_HEAD PyObject *a, *b; /* a: the iterator, NULL when done; b: always NULL */
    Py_ssize_t next, stop, step, count;
} isliceobject;

/* An optional index: 0 with *result, -1 with ValueError or another exception. */
static int islice_index(PyObject *ob, Py_ssize_t *result, const char *complaint)
{
    if (ob == NULL || ob == Py_None)
        return 0;
    Py_ssize_t value = PyInt_AsSsize_t(ob);
    if (value == -1) {
        PyErr_Clear();
        PyErr_SetString(PyExc_ValueError, complaint);
        return -1;
    }
    *result = value;
    return 0;
}

static PyObject *islice_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static const char stop_text[] =
        "Stop argument for islice() must be None or an integer: 0 <= x <= maxint.";
    static const char index_text[] =
        "Indices for islice() must be None or an integer: 0 <= x <= maxint.";
    static const char step_text[] = "Step for islice() must be a positive integer or None.";
    PyObject *iterable, *a1 = NULL, *a2 = NULL, *a3 = NULL;
    Py_ssize_t start = 0, stop = -1, step = 1;

    if (type == &_PyItertools_ISlice && !_PyArg_NoKeywords("islice()", kwds))
        return NULL;
    if (!PyArg_UnpackTuple(args, "islice", 2, 4, &iterable, &a1, &a2, &a3))
        return NULL;
    if (PyTuple_GET_SIZE(args) == 2) {
        if (islice_index(a1, &stop, stop_text) < 0)
            return NULL;
    } else {
        /* What is wrong with the stop is told first. */
        int bad_start = islice_index(a1, &start, index_text) < 0;
        PyErr_Clear();
        if (islice_index(a2, &stop, stop_text) < 0)
            return NULL;
        if (bad_start)
            start = -1;
    }
    if (start < 0 || stop < -1) {
        PyErr_SetString(PyExc_ValueError, index_text);
        return NULL;
    }
    if (islice_index(a3, &step, step_text) < 0)
        return NULL;
    if (step < 1) {
        PyErr_SetString(PyExc_ValueError, step_text);
        return NULL;
    }
    PyObject *it = PyObject_GetIter(iterable);
    if (it == NULL)
        return NULL;
    isliceobject *self = (isliceobject *)type->tp_alloc(type, 0);
    if (self == NULL) {
        Py_DECREF(it);
        return NULL;
    }
    self->a = it;
    self->next = start;
    self->stop = stop;
    self->step = step;
    return (PyObject *)self;
}

/* An item is about to be given out: which is next? */
static void islice_given(PyObject *op)
{
    isliceobject *self = (isliceobject *)op;

    self->count++;
    if (self->step > PY_SSIZE_T_MAX - self->next)
        self->next = self->stop == -1 ? PY_SSIZE_T_MAX : self->stop;
    else
        self->next += self->step;
    if (self->stop != -1 && self->next > self->stop)
        self->next = self->stop;
}

static PyObject *islice_next(PyObject *op)
{
    isliceobject *self = (isliceobject *)op;
    PyObject *item;

    if (self->a == NULL)
        return NULL;
    while (self->count < self->next) {
        item = itertools_next(self->a);
        if (item == NULL)
            goto done;
        Py_DECREF(item);
        self->count++;
    }
    if (self->stop != -1 && self->count >= self->stop)
        goto done;
    item = itertools_next(self->a);
    if (item == NULL)
        goto done;
    islice_given(op);
    return item;
done:
    Py_CLEAR(self->a);
    return NULL;
}

/* c->n: is the awaited item to be given out? */
static PyObject *islice_step(PyCont *c, PyObject *item);

static PyObject *islice_go_next(PyObject *op)
{
    isliceobject *self = (isliceobject *)op;

    if (self->a == NULL || !_PyWalk_MayNest(self->a))
        return islice_next(op);
    if (self->count < self->next)
        return _PyItertools_Ask(islice_step, op, 0, NULL, self->a);
    if (self->stop != -1 && self->count >= self->stop) {
        Py_CLEAR(self->a);
        return NULL;
    }
    return _PyItertools_Ask(islice_step, op, 1, NULL, self->a);
}

static PyObject *islice_step(PyCont *c, PyObject *item)
{
    PyObject *op = c->a;

    if (item == NULL)
        Py_CLEAR(((isliceobject *)op)->a);
    else if (c->n)
        islice_given(op);
    else {
        Py_DECREF(item);
        ((isliceobject *)op)->count++;
        item = islice_go_next(op);
    }
    Py_DECREF(op);
    return item;
}

static const _PyGoOnSlots islice_go_on = {.go_next = islice_go_next};

ITERTOOLS_TYPE(
    _PyItertools_ISlice, "itertools.islice", isliceobject, 56, twofold_dealloc, twofold_traverse,
    islice_next, islice_new,
    "islice(iterable, [start,] stop [, step]) --> islice object\n\n"
    "What slicing gives for a sequence, for any iterable: items start, start + step, ...\n"
    "before stop. None for stop: until the end.",
    .tp_goon = &islice_go_on);

/* starmap: a = function, b = iterator */
static PyObject *starmap_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyObject *function, *iterable;

    if (type == &_PyItertools_StarMap && !_PyArg_NoKeywords("starmap()", kwds))
        return NULL;
    if (!PyArg_UnpackTuple(args, "starmap", 2, 2, &function, &iterable))
        return NULL;
    return twofold_make(type, function, iterable);
}

/* Calls with the item (owned, or NULL) as the arguments. */
static PyObject *starmap_call(PyObject *op, PyObject *args,
                              PyObject *(*call)(PyObject *, PyObject *, PyObject *))
{
    if (args == NULL)
        return NULL;
    if (!PyTuple_CheckExact(args)) {
        PyObject *tuple = PySequence_Tuple(args);
        Py_DECREF(args);
        if (tuple == NULL)
            return NULL;
        args = tuple;
    }
    PyObject *result = call(((twofold *)op)->a, args, NULL);
    Py_DECREF(args);
    return result;
}

static PyObject *starmap_next(PyObject *op)
{
    return starmap_call(op, itertools_next(((twofold *)op)->b), PyObject_Call);
}

static PyObject *starmap_step(PyCont *c, PyObject *args)
{
    PyObject *op = c->a, *result = starmap_call(op, args, PyEval_CallGoOn);

    Py_DECREF(op);
    return result;
}

static PyObject *starmap_go_next(PyObject *op)
{
    PyObject *it = ((twofold *)op)->b;

    if (_PyWalk_MayNest(it))
        return _PyItertools_Ask(starmap_step, op, 0, NULL, it);
    return starmap_call(op, itertools_next(it), PyEval_CallGoOn);
}

static const _PyGoOnSlots starmap_go_on = {.go_next = starmap_go_next};

ITERTOOLS_TYPE(_PyItertools_StarMap, "itertools.starmap", twofold, 32, twofold_dealloc,
               twofold_traverse, starmap_next, starmap_new,
               "starmap(function, sequence) --> starmap object\n\n"
               "function(*args) for each args of the sequence.",
               .tp_goon = &starmap_go_on);

/* imap: a = function or None, b = tuple of iterators */
static PyObject *imap_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    if (type == &_PyItertools_IMap && !_PyArg_NoKeywords("imap()", kwds))
        return NULL;
    Py_ssize_t n = PyTuple_GET_SIZE(args) - 1;
    if (n < 1) {
        PyErr_SetString(PyExc_TypeError, "imap() must have at least two arguments.");
        return NULL;
    }
    PyObject *iters = PyTuple_New(n);
    if (iters == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *it = PyObject_GetIter(PyTuple_GET_ITEM(args, i + 1));
        if (it == NULL) {
            Py_DECREF(iters);
            return NULL;
        }
        PyTuple_SET_ITEM(iters, i, it);
    }
    twofold *self = (twofold *)type->tp_alloc(type, 0);
    if (self == NULL) {
        Py_DECREF(iters);
        return NULL;
    }
    self->b = iters;
    self->a = PyTuple_GET_ITEM(args, 0);
    Py_INCREF(self->a);
    return (PyObject *)self;
}

static PyObject *imap_call(PyObject *op, PyObject *(*call)(PyObject *, PyObject *, PyObject *))
{
    twofold *self = (twofold *)op;
    Py_ssize_t n = PyTuple_GET_SIZE(self->b);
    PyObject *args = PyTuple_New(n);

    if (args == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *item = itertools_next(PyTuple_GET_ITEM(self->b, i));
        if (item == NULL) {
            Py_DECREF(args);
            return NULL;
        }
        PyTuple_SET_ITEM(args, i, item);
    }
    if (self->a == Py_None)
        return args;
    PyObject *result = call(self->a, args, NULL);
    Py_DECREF(args);
    return result;
}

static PyObject *imap_step(PyCont *c, PyObject *args)
{
    PyObject *op = c->a, *func = ((twofold *)op)->a, *result = args;

    if (args != NULL && func != Py_None) {
        result = PyEval_CallGoOn(func, args, NULL);
        Py_DECREF(args);
    }
    Py_DECREF(op);
    return result;
}

static PyObject *imap_go_next(PyObject *op)
{
    twofold *self = (twofold *)op;

    for (Py_ssize_t i = PyTuple_GET_SIZE(self->b); i-- > 0;)
        if (_PyWalk_MayNest(PyTuple_GET_ITEM(self->b, i))) {
            if (push_step(imap_step, op, 0, NULL) == NULL)
                return NULL;
            return PyEval_Then(_PyEval_RowGoOn(self->b, NULL));
        }
    return imap_call(op, PyEval_CallGoOn);
}

static const _PyGoOnSlots imap_go_on = {.go_next = imap_go_next};

static PyObject *imap_next(PyObject *op)
{
    return imap_call(op, PyObject_Call);
}

ITERTOOLS_TYPE(_PyItertools_IMap, "itertools.imap", twofold, 32, twofold_dealloc, twofold_traverse,
               imap_next, imap_new,
               "imap(func, *iterables) --> imap object\n\n"
               "func of the iterables' first items, of their second ones, ..., until one ends.\n"
               "None for func: the tuples of items themselves.",
               .tp_goon = &imap_go_on);
