/* SPDX-License-Identifier: MIT */
/* Driving iterators for C functions: one walk over an iterator, or a row of items from several at
 * once. Invariant: while an item is awaited the whole state is the continuation on top; an iterator
 * that answers at once is asked again without leaving. */
#include "eval.h"

static PyObject *walk_step(PyCont *c, PyObject *item);

/* An end of iteration (NULL with nothing or StopIteration set) is 0, an error -1. */
static int at_end(void)
{
    if (!PyErr_Occurred())
        return 0;
    if (!PyErr_ExceptionMatches(PyExc_StopIteration))
        return -1;
    PyErr_Clear();
    return 0;
}

/* Goes round with the state s, of which it takes over the references, and an item that has come
 * (owned) or NULL. */
static PyObject *walk(PyCont *s, PyObject *item)
{
    const _PyWalk *how = (const _PyWalk *)(intptr_t)s->n;
    PyThreadState *tstate = PyThreadState_GET();
    PyObject *result = NULL;

    for (;;) {
        if (item != NULL) {
            int status = how->item(s->b, item, s->c);
            Py_CLEAR(item);
            if (status < 0)
                break;
            if (status > 0)
                goto end;
        }
        PyCont *c = PyEval_PushCont(walk_step);
        if (c == NULL)
            break;
        *c = *s;
        c->fn = walk_step;
        item = PyEval_IterNextGoOn(s->a);
        if (item == Py_GoOn)
            return item;
        tstate->cont_top--;
        if (item == NULL) {
            if (at_end() < 0)
                break;
            goto end;
        }
    }
    PyEval_ReleaseCont(s);
    return NULL;
end:
    if (how->end != NULL)
        result = how->end(s->b, s->c);
    else {
        Py_INCREF(Py_None);
        result = Py_None;
    }
    PyEval_ReleaseCont(s);
    return result;
}

static PyObject *walk_step(PyCont *c, PyObject *item)
{
    if (item == NULL) {
        PyObject *result = NULL;
        if (at_end() == 0) {
            const _PyWalk *how = (const _PyWalk *)(intptr_t)c->n;
            if (how->end != NULL)
                result = how->end(c->b, c->c);
            else {
                Py_INCREF(Py_None);
                result = Py_None;
            }
        }
        PyEval_ReleaseCont(c);
        return result;
    }
    return walk(c, item);
}

PyObject *_PyEval_WalkGoOn(PyObject *it, const _PyWalk *how, PyObject *acc, PyObject *extra)
{
    PyCont s = {.a = it, .b = acc, .c = extra, .n = (py_long)(intptr_t)how};

    if (acc == NULL) {
        PyEval_ReleaseCont(&s);
        return NULL;
    }
    return walk(&s, NULL);
}

/* ---- rows: a the iterators, b the row so far, c the filler or NULL; n the place that is awaited,
 * and whether any has given an item ---- */

enum { ROW_ACTIVE = 1, ROW_PLACE = 2 };

static PyObject *row_step(PyCont *c, PyObject *item);

/* The item for place s->n / ROW_PLACE has come (owned), or NULL with nothing set when it is to be
 * asked for. */
static PyObject *row(PyCont *s, PyObject *item)
{
    PyThreadState *tstate = PyThreadState_GET();
    Py_ssize_t i = (Py_ssize_t)(s->n / ROW_PLACE), n = PyTuple_GET_SIZE(s->a);
    int active = s->n & ROW_ACTIVE;
    PyObject *result = NULL;

    for (;;) {
        if (item != NULL)
            PyTuple_SET_ITEM(s->b, i++, item);
        if (i == n)
            break;
        PyObject *it = PyTuple_GET_ITEM(s->a, i);
        if (it != NULL) {
            PyCont *c = PyEval_PushCont(row_step);
            if (c == NULL)
                goto done;
            s->n = (py_long)i * ROW_PLACE + active;
            *c = *s;
            c->fn = row_step;
            item = PyEval_IterNextGoOn(it);
            if (item == Py_GoOn)
                return item;
            tstate->cont_top--;
        } else
            item = NULL;
        if (item != NULL)
            active = ROW_ACTIVE;
        else {
            if (s->c == NULL || at_end() < 0)
                goto done; /* StopIteration stays: the caller looks */
            PyTuple_SET_ITEM(s->a, i, NULL);
            Py_XDECREF(it);
            item = s->c;
            Py_INCREF(item);
        }
    }
    if (active || s->c == NULL) {
        result = s->b;
        s->b = NULL;
    }
done:
    PyEval_ReleaseCont(s);
    return result;
}

static PyObject *row_step(PyCont *c, PyObject *item)
{
    if (item != NULL)
        c->n |= ROW_ACTIVE;
    else {
        Py_ssize_t i = (Py_ssize_t)(c->n / ROW_PLACE);
        PyObject *it = PyTuple_GET_ITEM(c->a, i);
        if (c->c == NULL || at_end() < 0) {
            PyEval_ReleaseCont(c);
            return NULL;
        }
        PyTuple_SET_ITEM(c->a, i, NULL);
        Py_XDECREF(it);
        item = c->c;
        Py_INCREF(item);
    }
    return row(c, item);
}

PyObject *_PyEval_RowGoOn(PyObject *iters, PyObject *fill)
{
    PyCont s = {.a = iters, .b = PyTuple_New(PyTuple_GET_SIZE(iters)), .c = fill};

    if (s.b == NULL)
        return NULL;
    Py_INCREF(iters);
    Py_XINCREF(fill);
    return row(&s, NULL);
}
