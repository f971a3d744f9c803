/* SPDX-License-Identifier: MIT */
/* Private to eval/: ints and floats made and dropped within the loop, straight from and to their
 * free lists. Watched builds, where every object is a block of its own, take the ordinary way. */
#ifndef EVAL_NUMBERS_H
#define EVAL_NUMBERS_H
#include "Python.h"
#include "watched.h"

static inline PyObject *new_int(py_long v)
{
    PyIntObject *p;
    if ((uint64_t)v + NSMALLNEGINTS < NSMALLNEGINTS + NSMALLPOSINTS) {
        p = _PyInt_small[v + NSMALLNEGINTS];
        Py_INCREF(p);
        return (PyObject *)p;
    }
#ifdef KRAIT_WATCHED
    return PyInt_FromLong(v);
#endif
    p = _PyInt_free_list;
    if (PY_UNLIKELY(p == NULL) && (p = _PyInt_FillFreeList()) == NULL)
        return NULL;
    _PyInt_free_list = (PyIntObject *)(void *)Py_TYPE(p);
    Py_REFCNT(p) = 1;
    Py_TYPE(p) = &PyInt_Type;
    p->ob_ival = v;
    return (PyObject *)p;
}

static inline void drop_int(PyObject *o)
{
#ifdef KRAIT_WATCHED
    Py_DECREF(o);
    return;
#endif
    if (--Py_REFCNT(o) == 0) {
        Py_TYPE(o) = (PyTypeObject *)(void *)_PyInt_free_list;
        _PyInt_free_list = (PyIntObject *)o;
    }
}

static inline PyObject *new_float(double v)
{
#ifdef KRAIT_WATCHED
    return PyFloat_FromDouble(v);
#endif
    PyFloatObject *p = _PyFloat_free_list;
    if (PY_UNLIKELY(p == NULL) && (p = _PyFloat_FillFreeList()) == NULL)
        return NULL;
    _PyFloat_free_list = (PyFloatObject *)(void *)Py_TYPE(p);
    Py_REFCNT(p) = 1;
    Py_TYPE(p) = &PyFloat_Type;
    p->ob_fval = v;
    return (PyObject *)p;
}

/* A float operation can use a dying operand's memory for its result; here operands are simply
 * dropped. */
static inline void drop_float(PyObject *o)
{
#ifdef KRAIT_WATCHED
    Py_DECREF(o);
    return;
#endif
    if (--Py_REFCNT(o) == 0) {
        Py_TYPE(o) = (PyTypeObject *)(void *)_PyFloat_free_list;
        _PyFloat_free_list = (PyFloatObject *)o;
    }
}

static inline int both_ints(PyObject *v, PyObject *w)
{
    return Py_TYPE(v) == &PyInt_Type && Py_TYPE(w) == &PyInt_Type;
}

static inline int both_floats(PyObject *v, PyObject *w)
{
    return Py_TYPE(v) == &PyFloat_Type && Py_TYPE(w) == &PyFloat_Type;
}

static inline void drop(PyObject *o)
{
    Py_DECREF(o);
}
#endif
