/* SPDX-License-Identifier: MIT */
/* Interpreter and thread states, recursion counting and the tick counter. Invariant: exactly one
 * thread state is current while VM code runs; everything it owns is released by
 * PyThreadState_Clear. */
#include "Python.h"

PyThreadState *_PyThreadState_Current;
static PyInterpreterState *interp_head;
static int64_t next_thread_id = 1;

int _Py_RecursionLimit = 1000;
/* The deepest c_depth on the stack in use; eval/goon.c sets it from what the host tells. */
int _Py_CDepthLimit = 400;
int32_t _Py_Ticker = 100;
int _Py_CheckInterval = 100;
volatile int _Py_PendingSignals;

PyThreadState *PyThreadState_Get(void)
{
    if (_PyThreadState_Current == NULL)
        Py_FatalError("PyThreadState_Get: no current thread");
    return _PyThreadState_Current;
}

PyInterpreterState *PyInterpreterState_New(void)
{
    PyInterpreterState *interp = PyMem_Calloc(1, (Py_ssize_t)sizeof *interp);
    if (interp == NULL)
        return NULL;
    interp->tscheckinterval = 100;
    interp->next = interp_head;
    interp_head = interp;
    return interp;
}

void PyInterpreterState_Clear(PyInterpreterState *interp)
{
    for (PyThreadState *t = interp->tstate_head; t != NULL; t = t->next)
        PyThreadState_Clear(t);
    Py_CLEAR(interp->codec_search_path);
    Py_CLEAR(interp->codec_search_cache);
    Py_CLEAR(interp->codec_error_registry);
    Py_CLEAR(interp->modules);
    Py_CLEAR(interp->modules_reloading);
    Py_CLEAR(interp->sysdict);
    Py_CLEAR(interp->builtins);
}

void PyInterpreterState_Delete(PyInterpreterState *interp)
{
    while (interp->tstate_head != NULL)
        PyThreadState_Delete(interp->tstate_head);
    for (PyInterpreterState **p = &interp_head; *p != NULL; p = &(*p)->next) {
        if (*p == interp) {
            *p = interp->next;
            break;
        }
    }
    PyMem_Free(interp);
}

PyInterpreterState *PyInterpreterState_Head(void)
{
    return interp_head;
}

PyThreadState *PyThreadState_New(PyInterpreterState *interp)
{
    PyThreadState *t = PyMem_Calloc(1, (Py_ssize_t)sizeof *t);
    if (t == NULL)
        return NULL;
    t->conts = PyMem_New(PyCont, 64);
    if (t->conts == NULL) {
        PyMem_Free(t);
        return NULL;
    }
    t->cont_alloc = 64;
    t->interp = interp;
    t->thread_id = next_thread_id++;
    t->gilstate = 1;
    t->next = interp->tstate_head;
    interp->tstate_head = t;
    return t;
}

void PyThreadState_Clear(PyThreadState *t)
{
    while (t->cont_top > 0) {
        PyCont c = t->conts[--t->cont_top];
        Py_XDECREF(c.a);
        Py_XDECREF(c.b);
        Py_XDECREF(c.c);
        Py_XDECREF(c.d);
    }
    t->frame = NULL;
    t->c_profilefunc = NULL;
    t->c_tracefunc = NULL;
    t->use_tracing = 0;
    Py_CLEAR(t->dict);
    Py_CLEAR(t->async_exc);
    Py_CLEAR(t->goon_value);
    Py_CLEAR(t->curexc_type);
    Py_CLEAR(t->curexc_value);
    Py_CLEAR(t->curexc_traceback);
    Py_CLEAR(t->exc_type);
    Py_CLEAR(t->exc_value);
    Py_CLEAR(t->exc_traceback);
    Py_CLEAR(t->c_profileobj);
    Py_CLEAR(t->c_traceobj);
}

void PyThreadState_Delete(PyThreadState *t)
{
    for (PyThreadState **p = &t->interp->tstate_head; *p != NULL; p = &(*p)->next) {
        if (*p == t) {
            *p = t->next;
            break;
        }
    }
    if (_PyThreadState_Current == t)
        _PyThreadState_Current = NULL;
    PyMem_Free(t->conts);
    PyMem_Free(t);
}

PyThreadState *PyThreadState_Swap(PyThreadState *t)
{
    PyThreadState *old = _PyThreadState_Current;
    _PyThreadState_Current = t;
    return old;
}

PyObject *PyThreadState_GetDict(void)
{
    PyThreadState *t = _PyThreadState_Current;
    if (t == NULL)
        return NULL;
    if (t->dict == NULL && (t->dict = PyDict_New()) == NULL)
        PyErr_Clear();
    return t->dict;
}

void Py_SetRecursionLimit(int limit)
{
    _Py_RecursionLimit = limit;
}

int Py_GetRecursionLimit(void)
{
    return _Py_RecursionLimit;
}

/* C recursion is bounded twice: by the program's own limit, as in CPython, and by what the host's
 * stack bears, which no program can raise. */
int Py_EnterRecursiveCall(const char *where)
{
    PyThreadState *t = _PyThreadState_Current;
    if (t->recursion_depth + 1 > _Py_RecursionLimit || t->c_depth + 1 > _Py_CDepthLimit) {
        PyErr_Format(PyExc_RuntimeError, "maximum recursion depth exceeded%s", where);
        return -1;
    }
    t->recursion_depth++;
    t->c_depth++;
    return 0;
}

void Py_LeaveRecursiveCall(void)
{
    PyThreadState *t = _PyThreadState_Current;
    t->recursion_depth--;
    t->c_depth--;
}

int _Py_EnterC(const char *where)
{
    PyThreadState *t = _PyThreadState_Current;
    if (t->c_depth + 1 > _Py_CDepthLimit) {
        PyErr_Format(PyExc_RuntimeError, "maximum recursion depth exceeded%s", where);
        return -1;
    }
    t->c_depth++;
    return 0;
}

void _Py_LeaveC(void)
{
    _PyThreadState_Current->c_depth--;
}

/* Pending calls: a small ring; C code asks the loop to run something at its next tick. */
#define NPENDING 32
static struct {
    int (*func)(void *);
    void *arg;
} pending[NPENDING];
static int pending_first, pending_count, pending_busy;

int Py_AddPendingCall(int (*func)(void *), void *arg)
{
    if (pending_count == NPENDING)
        return -1;
    int i = (pending_first + pending_count++) % NPENDING;
    pending[i].func = func;
    pending[i].arg = arg;
    _Py_PendingSignals = 1;
    _Py_Ticker = 0;
    return 0;
}

int Py_MakePendingCalls(void)
{
    int result = 0;
    if (pending_busy)
        return 0;
    pending_busy = 1;
    while (pending_count > 0 && result == 0) {
        int (*func)(void *) = pending[pending_first].func;
        void *arg = pending[pending_first].arg;
        pending_first = (pending_first + 1) % NPENDING;
        pending_count--;
        result = func(arg);
    }
    pending_busy = 0;
    return result;
}
