/* SPDX-License-Identifier: MIT */
/* sys.settrace and sys.setprofile: telling the tracers. A tracer written in Python runs on heap
 * frames over a continuation, so that nothing of it is on the C stack; one in C is called at once.
 * Invariant: no tracer is told of what happens inside a tracer (tstate->tracing), and an error of a
 * tracer ends tracing. */
#include "eval.h"

/* What an event leaves behind when the tracers are content (in PyCont.n, over the event's number)
 * and who has yet to be told. */
enum {
    T_EVENT = 0xf,
    T_RESULT = 0x10,  /* answers a, a value */
    T_NONE = 0x20,    /* answers None; else NULL. Either way with the exception a, b, c, if any */
    T_TRACER = 0x40,  /* the trace function's turn */
    T_PROFILER = 0x80 /* the profile function's turn, after that */
};

static const char *const event_names[] = {"call",   "exception",   "line",    "return",
                                          "c_call", "c_exception", "c_return"};
static PyObject *event_strings[7];

static PyObject *event_string(int what)
{
    if (event_strings[what] == NULL)
        event_strings[what] = PyString_InternFromString(event_names[what]);
    return event_strings[what];
}

static void enter_tracer(PyThreadState *tstate)
{
    tstate->tracing++;
    tstate->use_tracing = 0;
}

static void leave_tracer(PyThreadState *tstate)
{
    tstate->use_tracing = tstate->c_tracefunc != NULL || tstate->c_profilefunc != NULL;
    tstate->tracing--;
}

/* Stand for a callable in c_traceobj and c_profileobj; called only by others than tell(). */
static int python_tracer(PyObject *self, PyFrameObject *f, int what, PyObject *arg)
{
    PyErr_BadInternalCall();
    return -1;
}

static PyObject *hook_done(PyCont *c, PyObject *value);

/* Calls a Python tracer; hook_done gets its answer. s is the caller's copy, given up here. */
static PyObject *call_hook(PyThreadState *tstate, PyCont *s, PyObject *callback)
{
    PyFrameObject *f = tstate->frame;
    PyObject *event = event_string((int)(s->n & T_EVENT)), *answer;
    PyObject *args = event == NULL ? NULL : PyTuple_Pack(3, (PyObject *)f, event, s->d);
    PyCont *c = args == NULL ? NULL : PyEval_PushCont(hook_done);

    if (c == NULL) {
        Py_XDECREF(args);
        return hook_done(s, NULL);
    }
    *c = *s;
    c->fn = hook_done;
    PyFrame_FastToLocals(f);
    Py_INCREF(callback);
    answer = PyEval_CallThen(callback, args, NULL);
    Py_DECREF(callback);
    Py_DECREF(args);
    return answer;
}

/* Tells who has to be told still, then answers. Owns s->a..d. */
static PyObject *tell(PyThreadState *tstate, PyCont *s)
{
    PyFrameObject *f = tstate->frame;
    PyObject *result = NULL;
    int what = (int)(s->n & T_EVENT);

    while (s->n & (T_TRACER | T_PROFILER)) {
        int tracer = s->n & T_TRACER ? T_TRACER : T_PROFILER;
        Py_tracefunc func = tracer == T_TRACER ? tstate->c_tracefunc : tstate->c_profilefunc;
        PyObject *obj = tracer == T_TRACER ? tstate->c_traceobj : tstate->c_profileobj;
        if (func == python_tracer) {
            if (tracer == T_TRACER && what != PyTrace_CALL)
                obj = f->f_trace;
            if (obj != NULL) {
                enter_tracer(tstate);
                return call_hook(tstate, s, obj);
            }
        } else if (func != NULL) {
            enter_tracer(tstate);
            int err = func(obj, f, what, s->d);
            leave_tracer(tstate);
            if (err < 0) {
                PyEval_ReleaseCont(s);
                return NULL;
            }
        }
        s->n &= ~(py_long)tracer;
    }
    Py_CLEAR(s->d);
    if (s->n & T_RESULT)
        return s->a;
    if (s->n & T_NONE) {
        Py_INCREF(Py_None);
        result = Py_None;
    }
    PyErr_Restore(s->a, s->b, s->c);
    return result;
}

/* A Python tracer has answered (or could not be called). */
static PyObject *hook_done(PyCont *c, PyObject *value)
{
    PyThreadState *tstate = PyThreadState_GET();
    PyFrameObject *f = tstate->frame;
    int tracer = c->n & T_TRACER ? T_TRACER : T_PROFILER;

    PyFrame_LocalsToFast(f, 1);
    if (value == NULL) {
        PyTraceBack_Here(f);
        if (tracer == T_TRACER) {
            PyEval_SetTrace(NULL, NULL);
            Py_CLEAR(f->f_trace);
        } else
            PyEval_SetProfile(NULL, NULL);
        leave_tracer(tstate);
        PyEval_ReleaseCont(c);
        return NULL;
    }
    if (tracer == T_TRACER && value != Py_None)
        Py_XSETREF(f->f_trace, value);
    else
        Py_DECREF(value);
    leave_tracer(tstate);
    c->n &= ~(py_long)tracer;
    return tell(tstate, c);
}

/* Tells whom `who` names of an event of the running frame. With a result (owned) that is the answer
 * in the end; without, what `outcome` (T_NONE or 0) says, and an exception that is set stays so. */
static PyObject *start_event(PyThreadState *tstate, int what, PyObject *arg, PyObject *result,
                             int who, int outcome)
{
    PyCont s = {.n = what | who | outcome};

    if (result != NULL) {
        s.n |= T_RESULT;
        s.a = result;
    } else
        PyErr_Fetch(&s.a, &s.b, &s.c);
    s.d = arg;
    Py_INCREF(arg);
    return tell(tstate, &s);
}

PyObject *_PyEval_TraceCall(PyThreadState *tstate)
{
    return start_event(tstate, PyTrace_CALL, Py_None, NULL, T_TRACER | T_PROFILER, T_NONE);
}

PyObject *_PyEval_TraceReturn(PyThreadState *tstate, PyObject *value)
{
    return start_event(tstate, PyTrace_RETURN, value == NULL ? Py_None : value, value,
                       T_TRACER | T_PROFILER, 0);
}

PyObject *_PyEval_TraceLine(PyThreadState *tstate, PyFrameObject *f)
{
    int lasti = PyFrame_GetLasti(f), line = f->f_lineno;
    if (lasti < f->f_tr_lb || lasti >= f->f_tr_ub) {
        PyAddrPair bounds;
        line = _PyCode_CheckLineNumber(f->f_code, lasti, &bounds);
        f->f_tr_lb = bounds.ap_lower;
        f->f_tr_ub = bounds.ap_upper;
    }
    /* A new line begins, or the code jumped backwards. */
    if (lasti == f->f_tr_lb || lasti < f->f_tr_lasti) {
        f->f_lineno = line;
        if (tstate->c_tracefunc != python_tracer || f->f_trace != NULL) {
            f->f_flags |= FRAME_TRACED_CALL;
            return start_event(tstate, PyTrace_LINE, Py_None, NULL, T_TRACER, T_NONE);
        }
    }
    Py_INCREF(Py_None);
    return Py_None;
}

void _PyEval_LineTraced(PyFrameObject *f)
{
    f->f_flags &= (uint8_t)~FRAME_TRACED_CALL;
    f->f_tr_lasti = PyFrame_GetLasti(f);
}

PyObject *_PyEval_TraceException(PyThreadState *tstate)
{
    PyObject *type, *value, *tb;
    PyErr_Fetch(&type, &value, &tb);
    if (value == NULL) {
        value = Py_None;
        Py_INCREF(value);
    }
    PyObject *arg = PyTuple_Pack(3, type, value, tb ? tb : Py_None), *r;
    PyErr_Restore(type, value, tb);
    if (arg == NULL)
        return NULL;
    r = start_event(tstate, PyTrace_EXCEPTION, arg, NULL, T_TRACER, 0);
    Py_DECREF(arg);
    return r;
}

/* ---- C functions under a profiler: told of, called, told of again ---- */

/* The profiler knows of the answer, too. Only now the arguments may go: what that runs comes after
 * the call. */
static PyObject *c_function_told(PyCont *c, PyObject *value)
{
    PyEval_ReleaseCont(c);
    return value;
}

/* a the function, b and c its arguments. Its answer has come. */
static PyObject *c_function_done(PyCont *c, PyObject *value)
{
    PyThreadState *tstate = PyThreadState_GET();
    PyCont *told;

    if (tstate->c_profilefunc == NULL || tstate->tracing)
        return c_function_told(c, value);
    told = PyEval_PushCont(c_function_told);
    if (told == NULL) {
        Py_XDECREF(value);
        PyEval_ReleaseCont(c);
        return NULL;
    }
    told->a = c->a;
    told->b = c->b;
    told->c = c->c;
    return PyEval_Then(start_event(tstate, value == NULL ? PyTrace_C_EXCEPTION : PyTrace_C_RETURN,
                                   c->a, value, T_PROFILER, 0));
}

/* a the function, b and c its arguments. The profiler knows that it is called. */
static PyObject *call_c_function(PyCont *c, PyObject *value)
{
    PyObject *r = NULL;

    if (value != NULL) {
        PyCont *next = PyEval_PushCont(c_function_done);
        Py_DECREF(value);
        if (next != NULL) {
            Py_INCREF(c->a);
            next->a = c->a;
            Py_INCREF(c->b);
            next->b = c->b;
            Py_XINCREF(c->c);
            next->c = c->c;
            r = PyEval_CallThen(c->a, c->b, c->c);
        }
    }
    PyEval_ReleaseCont(c);
    return r;
}

PyObject *_PyEval_CallProfiled(PyThreadState *tstate, PyObject *func, PyObject *args, PyObject *kw)
{
    PyCont *c = PyEval_PushCont(call_c_function);

    if (c == NULL)
        return NULL;
    Py_INCREF(func);
    c->a = func;
    Py_INCREF(args);
    c->b = args;
    Py_XINCREF(kw);
    c->c = kw;
    return PyEval_Then(start_event(tstate, PyTrace_C_CALL, func, NULL, T_PROFILER, T_NONE));
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

void _PyEval_SetPythonProfile(PyObject *callback)
{
    PyEval_SetProfile(callback == NULL ? NULL : python_tracer, callback);
}

void _PyEval_SetPythonTrace(PyObject *callback)
{
    PyEval_SetTrace(callback == NULL ? NULL : python_tracer, callback);
}

/* n: what tracing and use_tracing were */
static PyObject *call_tracing_done(PyCont *c, PyObject *value)
{
    PyThreadState *tstate = PyThreadState_GET();

    tstate->tracing = (int)(c->n >> 1);
    tstate->use_tracing = (int)(c->n & 1);
    PyEval_ReleaseCont(c);
    return value;
}

PyObject *_PyEval_CallTracingGoOn(PyObject *func, PyObject *args)
{
    PyThreadState *tstate = PyThreadState_GET();
    PyCont *c = PyEval_PushCont(call_tracing_done);

    if (c == NULL)
        return NULL;
    c->n = (py_long)tstate->tracing << 1 | (tstate->use_tracing != 0);
    tstate->tracing = 0;
    tstate->use_tracing = tstate->c_tracefunc != NULL || tstate->c_profilefunc != NULL;
    return PyEval_CallThen(func, args, NULL);
}
