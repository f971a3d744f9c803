/* SPDX-License-Identifier: MIT */
/* The birth and death of objects: headers, reference counts reaching zero, and the trashcan that
 * keeps the deallocation of deep structures off the C stack. */
#include "Python.h"

PyObject *PyObject_Init(PyObject *op, PyTypeObject *type)
{
    if (op == NULL) {
        if (_PyMemoryHooks.no_memory != NULL)
            _PyMemoryHooks.no_memory();
        return NULL;
    }
    return PyObject_INIT(op, type);
}

PyVarObject *PyObject_InitVar(PyVarObject *op, PyTypeObject *type, Py_ssize_t size)
{
    if (op == NULL)
        return (PyVarObject *)PyObject_Init(NULL, type);
    return PyObject_INIT_VAR(op, type, size);
}

PyObject *_PyObject_New(PyTypeObject *type)
{
    return PyObject_Init(PyObject_Malloc(_PyObject_SIZE(type)), type);
}

PyVarObject *_PyObject_NewVar(PyTypeObject *type, Py_ssize_t n)
{
    PyVarObject *op = NULL;
    if (n >= 0 && (type->tp_itemsize == 0 ||
                   n <= (PY_SSIZE_T_MAX - type->tp_basicsize - 8) / type->tp_itemsize))
        op = PyObject_Malloc(_PyObject_VAR_SIZE(type, n));
    return PyObject_InitVar(op, type, n);
}

/* ---- Whatever dies takes along what only it held, on the C stack. The containers that programs
 * nest deeply bound that themselves (the trashcan below); for all other types this does: beyond
 * MOST levels a dead object waits in a list until the outermost one is gone. One that the collector
 * tracks is linked through its header, out of the collector's sight, and tracked again before its
 * deallocator sees it; any other through its reference count, negative: a weak reference to it sees
 * that it is dead. ---- */

enum { MOST = 200 };
static int deallocating;
static PyObject *waiting_tracked, *waiting_others;

static void wait_for_dealloc(PyObject *op)
{
    if (PyObject_IS_GC(op) && _PyObject_GC_IS_TRACKED(op)) {
        _PyObject_GC_UNTRACK(op);
        _Py_AS_GC(op)->gc.gc_prev = (PyGC_Head *)waiting_tracked;
        waiting_tracked = op;
    } else {
        Py_REFCNT(op) = -(Py_ssize_t)(uintptr_t)waiting_others;
        waiting_others = op;
    }
}

static void dealloc_waiting(void)
{
    deallocating++;
    while (waiting_tracked != NULL || waiting_others != NULL) {
        PyObject *op = waiting_tracked;
        if (op != NULL) {
            waiting_tracked = (PyObject *)_Py_AS_GC(op)->gc.gc_prev;
            _PyObject_GC_TRACK(op);
        } else {
            op = waiting_others;
            waiting_others = (PyObject *)(uintptr_t)-Py_REFCNT(op);
            Py_REFCNT(op) = 0;
        }
        Py_TYPE(op)->tp_dealloc(op);
    }
    deallocating--;
}

void _Py_Dealloc(PyObject *op)
{
    if (PY_UNLIKELY(deallocating >= MOST)) {
        wait_for_dealloc(op);
        return;
    }
    deallocating++;
    Py_TYPE(op)->tp_dealloc(op);
    deallocating--;
    if (PY_UNLIKELY(waiting_tracked != NULL || waiting_others != NULL) && deallocating == 0)
        dealloc_waiting();
}

void Py_IncRef(PyObject *op)
{
    Py_XINCREF(op);
}

void Py_DecRef(PyObject *op)
{
    Py_XDECREF(op);
}

/* ---- Trashcan: objects put off are chained through the previous pointer of their collector
 * header, which is free because they are untracked. ---- */

int _PyTrash_delete_nesting;
static PyObject *delete_later;

int _PyTrash_has_later(void)
{
    return delete_later != NULL;
}

void _PyTrash_deposit_object(PyObject *op)
{
    _Py_AS_GC(op)->gc.gc_prev = (PyGC_Head *)delete_later;
    delete_later = op;
}

void _PyTrash_destroy_chain(void)
{
    while (delete_later != NULL) {
        PyObject *op = delete_later;
        delete_later = (PyObject *)_Py_AS_GC(op)->gc.gc_prev;
        /* Raised so that the deallocator's own end does not come here again. */
        ++_PyTrash_delete_nesting;
        Py_TYPE(op)->tp_dealloc(op);
        --_PyTrash_delete_nesting;
    }
}
