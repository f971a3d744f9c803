/* SPDX-License-Identifier: MIT */
/* sys.settrace and sys.setprofile: telling the tracer. Invariant: no tracer is told of what happens
 * inside a tracer (tstate->tracing), and an error of a tracer ends tracing. */
#include "eval.h"

static int call_tracer(PyThreadState *tstate, Py_tracefunc func, PyObject *obj, PyFrameObject *f,
                       int what, PyObject *arg)
{
    if (tstate->tracing)
        return 0;
    tstate->tracing++;
    tstate->use_tracing = 0;
    int r = func(obj, f, what, arg);
    tstate->use_tracing = tstate->c_tracefunc != NULL || tstate->c_profilefunc != NULL;
    tstate->tracing--;
    return r;
}

int _PyEval_CallTrace(PyThreadState *tstate, PyFrameObject *f, int what, PyObject *arg)
{
    PyObject *et, *ev, *etb;
    int err = 0;
    PyErr_Fetch(&et, &ev, &etb);
    if (tstate->c_tracefunc != NULL)
        err = call_tracer(tstate, tstate->c_tracefunc, tstate->c_traceobj, f, what, arg);
    if (err == 0 && tstate->c_profilefunc != NULL && what != PyTrace_LINE &&
        what != PyTrace_EXCEPTION)
        err = call_tracer(tstate, tstate->c_profilefunc, tstate->c_profileobj, f, what, arg);
    if (err == 0)
        PyErr_Restore(et, ev, etb);
    else {
        Py_XDECREF(et);
        Py_XDECREF(ev);
        Py_XDECREF(etb);
    }
    return err;
}

int _PyEval_TraceLine(PyThreadState *tstate, PyFrameObject *f)
{
    int err = 0, lasti = PyFrame_GetLasti(f), line = f->f_lineno;
    if (lasti < f->f_tr_lb || lasti >= f->f_tr_ub) {
        PyAddrPair bounds;
        line = _PyCode_CheckLineNumber(f->f_code, lasti, &bounds);
        f->f_tr_lb = bounds.ap_lower;
        f->f_tr_ub = bounds.ap_upper;
    }
    /* A new line begins, or the code jumped backwards. */
    if (lasti == f->f_tr_lb || lasti < f->f_tr_lasti) {
        f->f_lineno = line;
        f->f_flags |= FRAME_TRACED_CALL;
        err =
            call_tracer(tstate, tstate->c_tracefunc, tstate->c_traceobj, f, PyTrace_LINE, Py_None);
        f->f_flags &= (uint8_t)~FRAME_TRACED_CALL;
    }
    f->f_tr_lasti = PyFrame_GetLasti(f);
    return err;
}

void _PyEval_TraceException(PyThreadState *tstate, PyFrameObject *f)
{
    PyObject *type, *value, *tb;
    if (tstate->c_tracefunc == NULL || tstate->tracing)
        return;
    PyErr_Fetch(&type, &value, &tb);
    if (value == NULL) {
        value = Py_None;
        Py_INCREF(value);
    }
    PyErr_NormalizeException(&type, &value, &tb);
    PyObject *arg = PyTuple_Pack(3, type, value, tb ? tb : Py_None);
    if (arg == NULL) {
        PyErr_Restore(type, value, tb);
        return;
    }
    int err =
        call_tracer(tstate, tstate->c_tracefunc, tstate->c_traceobj, f, PyTrace_EXCEPTION, arg);
    Py_DECREF(arg);
    if (err == 0)
        PyErr_Restore(type, value, tb);
    else {
        Py_XDECREF(type);
        Py_XDECREF(value);
        Py_XDECREF(tb);
    }
}

int _PyEval_TraceC(PyThreadState *tstate, PyFrameObject *f, int what, PyObject *func)
{
    if (tstate->c_profilefunc == NULL || tstate->tracing)
        return 0;
    PyObject *et, *ev, *etb;
    PyErr_Fetch(&et, &ev, &etb);
    int err = call_tracer(tstate, tstate->c_profilefunc, tstate->c_profileobj, f, what, func);
    if (err == 0)
        PyErr_Restore(et, ev, etb);
    else {
        Py_XDECREF(et);
        Py_XDECREF(ev);
        Py_XDECREF(etb);
    }
    return err;
}

void PyEval_SetProfile(Py_tracefunc func, PyObject *arg)
{
    PyThreadState *tstate = PyThreadState_GET();
    PyObject *old = tstate->c_profileobj;
    Py_XINCREF(arg);
    tstate->c_profilefunc = NULL;
    tstate->c_profileobj = NULL;
    tstate->use_tracing = tstate->c_tracefunc != NULL;
    Py_XDECREF(old);
    tstate->c_profilefunc = func;
    tstate->c_profileobj = arg;
    tstate->use_tracing = func != NULL || tstate->c_tracefunc != NULL;
}

void PyEval_SetTrace(Py_tracefunc func, PyObject *arg)
{
    PyThreadState *tstate = PyThreadState_GET();
    PyObject *old = tstate->c_traceobj;
    Py_XINCREF(arg);
    tstate->c_tracefunc = NULL;
    tstate->c_traceobj = NULL;
    tstate->use_tracing = tstate->c_profilefunc != NULL;
    Py_XDECREF(old);
    tstate->c_tracefunc = func;
    tstate->c_traceobj = arg;
    tstate->use_tracing = func != NULL || tstate->c_profilefunc != NULL;
}

PyObject *_PyEval_CallTracing(PyObject *func, PyObject *args)
{
    PyThreadState *tstate = PyThreadState_GET();
    int tracing = tstate->tracing, use = tstate->use_tracing;
    tstate->tracing = 0;
    tstate->use_tracing = tstate->c_tracefunc != NULL || tstate->c_profilefunc != NULL;
    PyObject *r = PyObject_Call(func, args, NULL);
    tstate->tracing = tracing;
    tstate->use_tracing = use;
    return r;
}
