/* SPDX-License-Identifier: MIT */
/* Built-in functions that walk over iterables: all any map filter reduce sum min max sorted zip
 * range next iter. The ones that call back are one machine, walk(), whose whole state is a
 * continuation: it asks the iterator for an item, perhaps calls a function with it, and folds the
 * answer in. Where iterator and function are C all the way it goes round without leaving; else the
 * eval loop runs them on heap frames.
 *
 * State: a the iterator, b the function or NULL, c what has been made so far, d the item a call is
 * for; n the kind, what is awaited, and flags. */
#include "modules/bltin.h"

enum {
    W_MAP,
    W_FILTER,
    W_REDUCE,
    W_SUM,
    W_MIN,
    W_MAX,
    W_ANY,
    W_ALL,
    W_LIST, /* collects; the list is the result */
    W_KIND = 0xff,
    W_AWAIT_ITEM = 0x100,
    W_AWAIT_CALL = 0x200,
    W_TO_TUPLE = 0x400, /* filter of a tuple, str, unicode */
    W_TO_STR = 0x800,
    W_TO_UNICODE = 0x1000
};

/* Can the iterator's next be called here without running Python code on the C stack? Iterators over
 * containers can; generators, classes and iterators over other iterators had better not. */
static int is_plain_iter(PyObject *it)
{
    PyTypeObject *t = Py_TYPE(it);

    return t == &PyListIter_Type || t == &PyTupleIter_Type || t == &_PyRangeIter_Type ||
           t == &PyDictIterKey_Type || t == &PyDictIterValue_Type || t == &PyDictIterItem_Type;
}

static PyObject *walk_step(PyCont *c, PyObject *value);

/* Puts the state back on the continuation stack; the caller's copy no longer owns anything. */
static int suspend(PyCont *s, int await)
{
    PyCont *c = PyEval_PushCont(walk_step);

    if (c == NULL)
        return -1;
    *c = *s;
    c->fn = walk_step;
    c->n = (s->n & ~(py_long)(W_AWAIT_ITEM | W_AWAIT_CALL)) | await;
    return 0;
}

static PyObject *join_filtered(PyCont *s)
{
    PyObject *empty, *result;

    if (s->n & W_TO_TUPLE)
        return PyList_AsTuple(s->c);
    if (s->n & W_TO_STR) {
        empty = PyString_FromString("");
        result = empty == NULL ? NULL : _PyString_Join(empty, s->c);
    } else {
        empty = PyUnicode_FromUnicode(NULL, 0);
        result = empty == NULL ? NULL : PyUnicode_Join(empty, s->c);
    }
    Py_XDECREF(empty);
    return result;
}

/* The end of the iterable: the result. */
static PyObject *finish(PyCont *s)
{
    PyObject *result = NULL;

    switch (s->n & W_KIND) {
    case W_REDUCE:
        if (s->c == NULL) {
            PyErr_SetString(PyExc_TypeError, "reduce() of empty sequence with no initial value");
            return NULL;
        }
        break;
    case W_MIN:
    case W_MAX:
        if (PyList_GET_SIZE(s->c) == 0) {
            PyErr_Format(PyExc_ValueError, "%s() arg is an empty sequence",
                         (s->n & W_KIND) == W_MIN ? "min" : "max");
            return NULL;
        }
        result = PyList_GET_ITEM(s->c, 0);
        Py_INCREF(result);
        return result;
    case W_FILTER:
        if (s->n & (W_TO_TUPLE | W_TO_STR | W_TO_UNICODE))
            return join_filtered(s);
        break;
    case W_ANY:
        Py_RETURN_FALSE;
    case W_ALL:
        Py_RETURN_TRUE;
    }
    result = s->c;
    s->c = NULL;
    return result;
}

/* filter of a str subclass: the items must be what can be joined again. */
static int check_filtered(PyCont *s, PyObject *item)
{
    if ((s->n & W_TO_STR) && !PyString_Check(item)) {
        PyErr_SetString(PyExc_TypeError,
                        "can't filter str to str: __getitem__ returned different type");
        return -1;
    }
    if ((s->n & W_TO_UNICODE) && !PyUnicode_Check(item)) {
        PyErr_SetString(PyExc_TypeError,
                        "can't filter unicode to unicode: __getitem__ returned different type");
        return -1;
    }
    return 0;
}

/* min, max: keeps [item, key] of the best so far. Steals key. */
static int keep_best(PyCont *s, PyObject *item, PyObject *key)
{
    int better = 1;

    if (PyList_GET_SIZE(s->c) != 0)
        better = PyObject_RichCompareBool(key, PyList_GET_ITEM(s->c, 1),
                                          (s->n & W_KIND) == W_MIN ? Py_LT : Py_GT);
    if (better > 0 && PyList_GET_SIZE(s->c) == 0) {
        if (PyList_Append(s->c, item) < 0 || PyList_Append(s->c, key) < 0)
            better = -1;
    } else if (better > 0) {
        Py_INCREF(item);
        Py_INCREF(key);
        PyList_SetItem(s->c, 0, item);
        PyList_SetItem(s->c, 1, key);
    }
    Py_DECREF(key);
    return better < 0 ? -1 : 0;
}

static int add_to_sum(PyCont *s, PyObject *item)
{
    PyObject *sum;

    if (PyInt_CheckExact(s->c) && PyInt_CheckExact(item)) {
        py_long a = PyInt_AS_LONG(s->c), b = PyInt_AS_LONG(item), x = a + b;

        if ((x ^ a) >= 0 || (x ^ b) >= 0) {
            sum = PyInt_FromLong(x);
            goto have_sum;
        }
    }
    if (PyFloat_CheckExact(s->c) && (PyFloat_CheckExact(item) || PyInt_CheckExact(item)))
        sum = PyFloat_FromDouble(PyFloat_AS_DOUBLE(s->c) + (PyInt_CheckExact(item)
                                                                ? (double)PyInt_AS_LONG(item)
                                                                : PyFloat_AS_DOUBLE(item)));
    else
        sum = PyNumber_Add(s->c, item);
have_sum:
    if (sum == NULL)
        return -1;
    Py_SETREF(s->c, sum);
    return 0;
}

/* Folds in an item (borrowed) and, if the function was called for it, its answer (stolen):
 * 1 go on, 0 the walk is over with *result, -1 error. */
static int fold(PyCont *s, PyObject *item, PyObject *answer, PyObject **result)
{
    int truth, status = 0;

    switch (s->n & W_KIND) {
    case W_MAP:
    case W_LIST:
        status = PyList_Append(s->c, answer ? answer : item);
        Py_XDECREF(answer);
        return status < 0 ? -1 : 1;
    case W_FILTER:
        truth = PyObject_IsTrue(answer ? answer : item);
        Py_XDECREF(answer);
        if (truth < 0 || (truth && (check_filtered(s, item) < 0 || PyList_Append(s->c, item) < 0)))
            return -1;
        return 1;
    case W_REDUCE:
        if (answer != NULL)
            Py_XSETREF(s->c, answer);
        else {
            Py_INCREF(item);
            Py_XSETREF(s->c, item);
        }
        return 1;
    case W_SUM:
        return add_to_sum(s, item) < 0 ? -1 : 1;
    case W_MIN:
    case W_MAX:
        if (answer == NULL) {
            Py_INCREF(item);
            answer = item;
        }
        return keep_best(s, item, answer) < 0 ? -1 : 1;
    default: /* W_ANY, W_ALL */
        truth = PyObject_IsTrue(item);
        if (truth < 0)
            return -1;
        if (truth == ((s->n & W_KIND) == W_ANY)) {
            *result = PyBool_FromLong(truth);
            return 0;
        }
        return 1;
    }
}

/* Goes round until done or suspended. `item` (stolen) is one that has just come, or NULL. */
static PyObject *walk(PyCont *s, PyObject *item)
{
    PyObject *result = NULL;
    int status;

    for (;;) {
        if (item == NULL) {
            if (is_plain_iter(s->a)) {
                item = Py_TYPE(s->a)->tp_iternext(s->a);
                if (item == NULL) {
                    if (PyErr_Occurred()) {
                        if (!PyErr_ExceptionMatches(PyExc_StopIteration))
                            goto fail;
                        PyErr_Clear();
                    }
                    result = finish(s);
                    PyEval_ReleaseCont(s);
                    return result;
                }
            } else {
                if (suspend(s, W_AWAIT_ITEM) < 0)
                    goto fail;
                return PyEval_Then(PyEval_IterNextGoOn(s->a));
            }
        }
        if (s->b != NULL && !((s->n & W_KIND) == W_REDUCE && s->c == NULL)) {
            PyObject *args, *answer;

            if ((s->n & W_KIND) == W_REDUCE)
                args = PyTuple_Pack(2, s->c, item);
            else
                args = PyTuple_Pack(1, item);
            if (args == NULL)
                goto fail;
            if (_PyWalk_CallMayNest(s->b)) {
                s->d = item;
                if (suspend(s, W_AWAIT_CALL) < 0) {
                    s->d = NULL;
                    Py_DECREF(args);
                    goto fail;
                }
                result = PyEval_CallThen(s->b, args, NULL);
                Py_DECREF(args);
                return result;
            }
            answer = PyObject_Call(s->b, args, NULL);
            Py_DECREF(args);
            if (answer == NULL)
                goto fail;
            status = fold(s, item, answer, &result);
        } else
            status = fold(s, item, NULL, &result);
        Py_CLEAR(item);
        if (status <= 0) {
            PyEval_ReleaseCont(s);
            return status < 0 ? NULL : result;
        }
    }
fail:
    Py_XDECREF(item);
    PyEval_ReleaseCont(s);
    return NULL;
}

static PyObject *walk_step(PyCont *c, PyObject *value)
{
    PyObject *result = NULL;
    int status;

    if (c->n & W_AWAIT_ITEM) {
        if (value == NULL) {
            if (PyErr_Occurred()) {
                if (!PyErr_ExceptionMatches(PyExc_StopIteration))
                    goto done;
                PyErr_Clear();
            }
            result = finish(c);
            goto done;
        }
        return walk(c, value);
    }
    if (value == NULL)
        goto done;
    status = fold(c, c->d, value, &result);
    Py_CLEAR(c->d);
    if (status > 0)
        return walk(c, NULL);
done:
    PyEval_ReleaseCont(c);
    return result;
}

/* Starts a walk over an iterable that is no iterator yet. Steals acc; func borrowed, may be NULL.
 */
static PyObject *start_walk(PyObject *iter, PyObject *func, PyObject *acc, int kind)
{
    PyCont s = {.a = iter, .b = func, .c = acc, .n = kind};

    if (iter == NULL) {
        Py_XDECREF(acc);
        return NULL;
    }
    Py_XINCREF(func);
    return walk(&s, NULL);
}

static PyObject *walk_over(PyObject *iterable, PyObject *func, PyObject *acc, int kind)
{
    return start_walk(PyObject_GetIter(iterable), func, acc, kind);
}

PyObject *_PyBuiltin_all(PyObject *self, PyObject *v)
{
    return walk_over(v, NULL, NULL, W_ALL);
}

PyObject *_PyBuiltin_any(PyObject *self, PyObject *v)
{
    return walk_over(v, NULL, NULL, W_ANY);
}

PyObject *_PyBuiltin_filter(PyObject *self, PyObject *args)
{
    PyObject *func, *seq, *list;
    int kind = W_FILTER;

    if (!PyArg_UnpackTuple(args, "filter", 2, 2, &func, &seq))
        return NULL;
    if (func == Py_None || func == (PyObject *)&PyBool_Type)
        func = NULL;
    if (PyString_Check(seq)) {
        if (func == NULL && PyString_CheckExact(seq)) {
            Py_INCREF(seq);
            return seq;
        }
        kind |= W_TO_STR;
    } else if (PyUnicode_Check(seq)) {
        if (func == NULL && PyUnicode_CheckExact(seq)) {
            Py_INCREF(seq);
            return seq;
        }
        kind |= W_TO_UNICODE;
    } else if (PyTuple_Check(seq))
        kind |= W_TO_TUPLE;
    if (kind != W_FILTER) {
        /* Subclasses are asked by index for as many items as there are in the object itself. */
        Py_ssize_t i, n = kind & W_TO_STR     ? PyString_GET_SIZE(seq)
                          : kind & W_TO_TUPLE ? PyTuple_GET_SIZE(seq)
                                              : PyUnicode_GET_SIZE(seq);
        PyObject *items = PyList_New(0), *result;

        for (i = 0; items != NULL && i < n; i++) {
            PyObject *item = Py_TYPE(seq)->tp_as_sequence->sq_item(seq, i);

            if (item == NULL || PyList_Append(items, item) < 0)
                Py_CLEAR(items);
            Py_XDECREF(item);
        }
        list = PyList_New(0);
        if (items == NULL || list == NULL) {
            Py_XDECREF(items);
            Py_XDECREF(list);
            return NULL;
        }
        result = walk_over(items, func, list, kind);
        Py_DECREF(items);
        return result;
    }
    if (_PyObject_LengthHint(seq, 8) == -1)
        return NULL;
    list = PyList_New(0);
    return list == NULL ? NULL : walk_over(seq, func, list, kind);
}

/* The name of functools.reduce from before it had a module. */
PyObject *_PyBuiltin_reduce(PyObject *self, PyObject *args)
{
    static PyObject *reduce;

    if (PyErr_WarnPy3k("reduce() not supported in 3.x; use functools.reduce()", 1) < 0)
        return NULL;
    if (reduce == NULL) {
        PyObject *functools = PyImport_ImportModule("_functools");
        if (functools == NULL)
            return NULL;
        reduce = PyObject_GetAttrString(functools, "reduce");
        Py_DECREF(functools);
        if (reduce == NULL)
            return NULL;
    }
    return PyEval_CallGoOn(reduce, args, NULL);
}

PyObject *_PyBuiltin_StartReduce(PyObject *iter, PyObject *func, PyObject *first)
{
    Py_XINCREF(first);
    return start_walk(iter, func, first, W_REDUCE);
}

PyObject *_PyBuiltin_sum(PyObject *self, PyObject *args)
{
    PyObject *seq, *start = NULL, *iter;

    if (!PyArg_UnpackTuple(args, "sum", 1, 2, &seq, &start))
        return NULL;
    iter = PyObject_GetIter(seq);
    if (iter == NULL)
        return NULL;
    if (start == NULL)
        start = PyInt_FromLong(0);
    else if (PyObject_TypeCheck(start, &PyBaseString_Type)) {
        PyErr_SetString(PyExc_TypeError, "sum() can't sum strings [use ''.join(seq) instead]");
        Py_DECREF(iter);
        return NULL;
    } else
        Py_INCREF(start);
    return start_walk(iter, NULL, start, W_SUM);
}

static PyObject *min_max(PyObject *args, PyObject *kw, int kind)
{
    const char *name = kind == W_MIN ? "min" : "max";
    PyObject *seq = args, *key = NULL, *best;

    if (PyTuple_GET_SIZE(args) <= 1 && !PyArg_UnpackTuple(args, name, 1, 1, &seq))
        return NULL;
    if (kw != NULL && PyDict_Size(kw) > 0) {
        key = PyDict_GetItemString(kw, "key");
        if (PyDict_Size(kw) != 1 || key == NULL) {
            PyErr_Format(PyExc_TypeError, "%s() got an unexpected keyword argument", name);
            return NULL;
        }
    }
    best = PyList_New(0);
    return best == NULL ? NULL : walk_over(seq, key, best, kind);
}

PyObject *_PyBuiltin_min(PyObject *self, PyObject *args, PyObject *kw)
{
    return min_max(args, kw, W_MIN);
}

PyObject *_PyBuiltin_max(PyObject *self, PyObject *args, PyObject *kw)
{
    return min_max(args, kw, W_MAX);
}

/* -- sorted: collect, then the list's own sort, then the list
 * --------------------------------------------- */

static PyObject *sorted_done(PyCont *c, PyObject *value)
{
    PyObject *result = NULL;

    if (value != NULL) {
        Py_DECREF(value);
        result = c->a;
        Py_INCREF(result);
    }
    PyEval_ReleaseCont(c);
    return result;
}

static PyObject *sorted_collected(PyCont *c, PyObject *list)
{
    PyObject *sort = NULL, *answer = NULL;
    PyCont *next;

    if (list == NULL)
        goto done;
    sort = PyObject_GetAttrString(list, "sort");
    if (sort == NULL)
        goto done;
    next = PyEval_PushCont(sorted_done);
    if (next == NULL)
        goto done;
    Py_INCREF(list);
    next->a = list;
    answer = PyEval_CallThen(sort, c->a, c->b);
done:
    Py_XDECREF(list);
    Py_XDECREF(sort);
    PyEval_ReleaseCont(c);
    return answer;
}

PyObject *_PyBuiltin_sorted(PyObject *self, PyObject *args, PyObject *kw)
{
    static char *names[] = {"iterable", "cmp", "key", "reverse", NULL};
    PyObject *seq, *compare = NULL, *key = NULL, *list, *iter, *rest, *options = NULL;
    PyCont *c;
    int reverse;

    if (!PyArg_ParseTupleAndKeywords(args, kw, "O|OOi:sorted", names, &seq, &compare, &key,
                                     &reverse))
        return NULL;
    iter = PyObject_GetIter(seq);
    if (iter == NULL)
        return NULL;
    list = PyList_New(0);
    rest = PyTuple_GetSlice(args, Py_MIN(1, PyTuple_GET_SIZE(args)), PyTuple_GET_SIZE(args));
    /* All keywords go on to the sort, which refuses "iterable". */
    options = kw;
    Py_XINCREF(options);
    c = list == NULL || rest == NULL ? NULL : PyEval_PushCont(sorted_collected);
    if (c == NULL) {
        Py_DECREF(iter);
        Py_XDECREF(list);
        Py_XDECREF(rest);
        Py_XDECREF(options);
        return NULL;
    }
    c->a = rest;
    c->b = options;
    return PyEval_Then(start_walk(iter, NULL, list, W_LIST));
}

/* -- map
 * ---------------------------------------------------------------------------------------------- */

/* zip and map over several iterables: a the tuple of iterators, b the function or None, c the list;
 * n: what is awaited. */
enum { ROWS_ROW, ROWS_ANSWER, ROWS_SHORTEST = 2 };

static PyObject *rows_step(PyCont *c, PyObject *value);

/* Asks for the next row, three-way; gives up s's references to the continuation. */
static PyObject *next_row(PyCont *s)
{
    PyCont *c = PyEval_PushCont(rows_step);

    if (c == NULL) {
        PyEval_ReleaseCont(s);
        return NULL;
    }
    *c = *s;
    c->fn = rows_step;
    c->n = s->n & ROWS_SHORTEST;
    return PyEval_Then(_PyEval_RowGoOn(s->a, s->n & ROWS_SHORTEST ? NULL : Py_None));
}

static PyObject *rows_step(PyCont *c, PyObject *value)
{
    PyObject *result = NULL;

    if (value == NULL) {
        if (!(c->n & ROWS_ANSWER)) {
            if (PyErr_Occurred() && PyErr_ExceptionMatches(PyExc_StopIteration))
                PyErr_Clear();
            if (!PyErr_Occurred()) {
                result = c->c;
                Py_INCREF(result);
            }
        }
    } else if (!(c->n & ROWS_ANSWER) && c->b != Py_None) {
        PyCont *next = PyEval_PushCont(rows_step);
        if (next != NULL) {
            *next = *c;
            next->fn = rows_step;
            next->n |= ROWS_ANSWER;
            result = PyEval_CallThen(c->b, value, NULL);
            Py_DECREF(value);
            return result;
        }
        Py_DECREF(value);
    } else {
        int status = PyList_Append(c->c, value);
        Py_DECREF(value);
        if (status == 0)
            return next_row(c);
    }
    PyEval_ReleaseCont(c);
    return result;
}

PyObject *_PyBuiltin_map(PyObject *self, PyObject *args)
{
    Py_ssize_t n = PyTuple_GET_SIZE(args), i;
    PyObject *func, *list, *iters;
    PyCont s = {.fn = rows_step};

    if (n < 2) {
        PyErr_SetString(PyExc_TypeError, "map() requires at least two args");
        return NULL;
    }
    func = PyTuple_GET_ITEM(args, 0);
    if (func == Py_None) {
        if (PyErr_WarnPy3k("map(None, ...) not supported in 3.x; use list(...)", 1) < 0)
            return NULL;
        if (n == 2) {
            PyObject *source = PyTuple_GET_ITEM(args, 1), *it = _PyWalk_Begin(source);
            if (it != NULL)
                return _PyEval_WalkGoOn(it, &_PyWalk_List, PyList_New(0), NULL);
            return PyErr_Occurred() ? NULL : PySequence_List(source);
        }
    }
    list = PyList_New(0);
    if (list == NULL)
        return NULL;
    if (n == 2) {
        PyObject *iter = PyObject_GetIter(PyTuple_GET_ITEM(args, 1));

        if (iter == NULL)
            PyErr_Format(PyExc_TypeError, "argument 2 to map() must support iteration");
        else if (iter != NULL && _PyObject_LengthHint(PyTuple_GET_ITEM(args, 1), 8) == -1)
            Py_CLEAR(iter);
        return start_walk(iter, func, list, W_MAP);
    }
    iters = PyTuple_New(n - 1);
    if (iters == NULL) {
        Py_DECREF(list);
        return NULL;
    }
    for (i = 1; i < n; i++) {
        PyObject *iter = PyObject_GetIter(PyTuple_GET_ITEM(args, i));

        if (iter == NULL) {
            PyErr_Format(PyExc_TypeError, "argument %d to map() must support iteration",
                         (int)i + 1);
            Py_DECREF(iters);
            Py_DECREF(list);
            return NULL;
        }
        PyTuple_SET_ITEM(iters, i - 1, iter);
    }
    Py_INCREF(func);
    s.a = iters;
    s.b = func;
    s.c = list;
    return next_row(&s);
}

PyObject *_PyBuiltin_zip(PyObject *self, PyObject *args)
{
    Py_ssize_t n = PyTuple_GET_SIZE(args), i;
    PyCont s = {.n = ROWS_SHORTEST};
    PyObject *iters;

    if (n == 0)
        return PyList_New(0);
    iters = PyTuple_New(n);
    if (iters == NULL)
        return NULL;
    for (i = 0; i < n; i++) {
        PyObject *iter = PyObject_GetIter(PyTuple_GET_ITEM(args, i));

        if (iter == NULL) {
            if (PyErr_ExceptionMatches(PyExc_TypeError))
                PyErr_Format(PyExc_TypeError, "zip argument #%zd must support iteration", i + 1);
            goto done;
        }
        PyTuple_SET_ITEM(iters, i, iter);
        if (_PyObject_LengthHint(PyTuple_GET_ITEM(args, i), 10) == -1)
            goto done;
    }
    s.c = PyList_New(0);
    if (s.c == NULL)
        goto done;
    s.a = iters;
    s.b = Py_None;
    Py_INCREF(Py_None);
    return next_row(&s);
done:
    Py_DECREF(iters);
    return NULL;
}

/* -- range
 * ---------------------------------------------------------------------------------------------- */

/* The items of [low, high) in steps of step > 0, or of (high, low] downwards: as unsigned
 * arithmetic. */
static py_ulong range_length(py_long low, py_long high, py_ulong step)
{
    return low >= high ? 0 : ((py_ulong)high - (py_ulong)low - 1) / step + 1;
}

/* An argument as an int or long: floats are refused by name, other objects by their index or int.
 */
static PyObject *range_argument(PyObject *arg, const char *which)
{
    PyObject *v;

    if (PyInt_Check(arg) || PyLong_Check(arg)) {
        Py_INCREF(arg);
        return arg;
    }
    if (PyFloat_Check(arg) || Py_TYPE(arg)->tp_as_number == NULL ||
        Py_TYPE(arg)->tp_as_number->nb_int == NULL) {
        PyErr_Format(PyExc_TypeError, "range() integer %s argument expected, got %s.", which,
                     Py_TYPE(arg)->tp_name);
        return NULL;
    }
    v = Py_TYPE(arg)->tp_as_number->nb_int(arg);
    if (v != NULL && !PyInt_Check(v) && !PyLong_Check(v)) {
        Py_DECREF(v);
        PyErr_SetString(PyExc_TypeError, "__int__ should return int object");
        return NULL;
    }
    return v;
}

/* Bounds beyond 64 bits: the same with longs. */
static PyObject *long_range(PyObject *low, PyObject *high, PyObject *step)
{
    PyObject *zero = PyInt_FromLong(0), *span = NULL, *size = NULL, *minus_one = PyInt_FromLong(-1),
             *list = NULL;
    PyObject *current = NULL, *t;
    Py_ssize_t n = 0, i;
    int sign;

    if (zero == NULL || minus_one == NULL || PyObject_Cmp(step, zero, &sign) < 0)
        goto done;
    if (sign == 0) {
        PyErr_SetString(PyExc_ValueError, "range() step argument must not be zero");
        goto done;
    }
    /* items: floor((high - low + sign(step) * (|step| - 1)) / step), not below 0 */
    span = PyNumber_Subtract(high, low);
    if (span == NULL)
        goto done;
    t = sign > 0 ? PyNumber_Add(step, minus_one) : PyNumber_Subtract(step, minus_one);
    if (t == NULL)
        goto done;
    Py_SETREF(span, PyNumber_Add(span, t));
    Py_DECREF(t);
    size = span == NULL ? NULL : PyNumber_FloorDivide(span, step);
    if (size == NULL || PyObject_Cmp(size, zero, &sign) < 0)
        goto done;
    if (sign > 0) {
        n = PyLong_Check(size) ? PyLong_AsSsize_t(size) : PyInt_AsSsize_t(size);
        if (n == -1 && PyErr_Occurred()) {
            PyErr_SetString(PyExc_OverflowError, "range() result has too many items");
            goto done;
        }
    }
    list = PyList_New(n);
    Py_INCREF(low);
    current = low;
    for (i = 0; list != NULL && i < n; i++) {
        PyObject *item = PyNumber_Long(current);

        if (item == NULL) {
            Py_CLEAR(list);
            break;
        }
        PyList_SET_ITEM(list, i, item);
        if (i + 1 < n) {
            Py_SETREF(current, PyNumber_Add(current, step));
            if (current == NULL)
                Py_CLEAR(list);
        }
    }
done:
    Py_XDECREF(current);
    Py_XDECREF(zero);
    Py_XDECREF(minus_one);
    Py_XDECREF(span);
    Py_XDECREF(size);
    return list;
}

static int as_word(PyObject *v, py_long *out)
{
    if (PyInt_Check(v)) {
        *out = PyInt_AS_LONG(v);
        return 1;
    }
    *out = PyLong_AsLong(v);
    if (*out == -1 && PyErr_Occurred()) {
        PyErr_Clear();
        return 0;
    }
    return 1;
}

PyObject *_PyBuiltin_range(PyObject *self, PyObject *args)
{
    PyObject *a = NULL, *b = NULL, *step_arg = NULL, *low = NULL, *high = NULL, *step = NULL,
             *list = NULL;
    py_long lo, hi, by;
    py_ulong n, i;

    if (PyTuple_GET_SIZE(args) <= 1) {
        if (!PyArg_UnpackTuple(args, "range", 1, 1, &b)) {
            PyErr_Clear();
            return PyArg_UnpackTuple(args, "range", 1, 3, &a, &b, &step_arg), (PyObject *)NULL;
        }
        low = PyInt_FromLong(0);
        high = range_argument(b, "end");
    } else {
        if (!PyArg_UnpackTuple(args, "range", 1, 3, &a, &b, &step_arg))
            return NULL;
        high = range_argument(b, "end");
        low = high == NULL ? NULL : range_argument(a, "start");
    }
    if (low == NULL || high == NULL)
        goto done;
    step = step_arg == NULL ? PyInt_FromLong(1) : range_argument(step_arg, "step");
    if (step == NULL)
        goto done;
    if (!as_word(low, &lo) || !as_word(high, &hi) || !as_word(step, &by)) {
        list = long_range(low, high, step);
        goto done;
    }
    if (by == 0) {
        PyErr_SetString(PyExc_ValueError, "range() step argument must not be zero");
        goto done;
    }
    n = by > 0 ? range_length(lo, hi, (py_ulong)by) : range_length(hi, lo, 0 - (py_ulong)by);
    if (n > (py_ulong)PY_SSIZE_T_MAX) {
        PyErr_SetString(PyExc_OverflowError, "range() result has too many items");
        goto done;
    }
    list = PyList_New((Py_ssize_t)n);
    for (i = 0; list != NULL && i < n; i++) {
        PyObject *item = PyInt_FromLong((py_long)((py_ulong)lo + i * (py_ulong)by));

        if (item == NULL)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, (Py_ssize_t)i, item);
    }
done:
    Py_XDECREF(low);
    Py_XDECREF(high);
    Py_XDECREF(step);
    return list;
}

/* -- next, iter
 * -------------------------------------------------------------------------------------------- */

static PyObject *next_done(PyCont *c, PyObject *value)
{
    if (value == NULL) {
        if (PyErr_Occurred() && !PyErr_ExceptionMatches(PyExc_StopIteration)) {
            PyEval_ReleaseCont(c);
            return NULL;
        }
        if (c->a != NULL) {
            PyErr_Clear();
            value = c->a;
            Py_INCREF(value);
        } else if (!PyErr_Occurred())
            PyErr_SetNone(PyExc_StopIteration);
    }
    PyEval_ReleaseCont(c);
    return value;
}

PyObject *_PyBuiltin_next(PyObject *self, PyObject *args)
{
    PyObject *it, *missing = NULL, *answer;
    PyCont *c;

    if (!PyArg_UnpackTuple(args, "next", 1, 2, &it, &missing))
        return NULL;
    if (!PyIter_Check(it)) {
        PyErr_Format(PyExc_TypeError, "%.200s object is not an iterator", Py_TYPE(it)->tp_name);
        return NULL;
    }
    if (is_plain_iter(it)) {
        PyCont s = {0};

        answer = Py_TYPE(it)->tp_iternext(it);
        if (answer != NULL)
            return answer;
        Py_XINCREF(missing);
        s.a = missing;
        return next_done(&s, NULL);
    }
    c = PyEval_PushCont(next_done);
    if (c == NULL)
        return NULL;
    Py_XINCREF(missing);
    c->a = missing;
    return PyEval_Then(PyEval_IterNextGoOn(it));
}

PyObject *_PyBuiltin_iter(PyObject *self, PyObject *args)
{
    PyObject *v, *sentinel = NULL;

    if (!PyArg_UnpackTuple(args, "iter", 1, 2, &v, &sentinel))
        return NULL;
    if (sentinel == NULL)
        return PyEval_GetIterGoOn(v);
    if (!PyCallable_Check(v)) {
        PyErr_SetString(PyExc_TypeError, "iter(v, w): v must be callable");
        return NULL;
    }
    return PyCallIter_New(v, sentinel);
}
