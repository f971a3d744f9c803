/* SPDX-License-Identifier: MIT */
/* Continuations, and the ways into the eval loop: outermost from the host, nested from C.
 * Invariant: an exit continuation lies below everything an entry into the loop has pushed, so that
 * the loop ends exactly when that entry's answer is there. */
#include "eval.h"
#include "host/host.h"

PyObject _Py_GoOnStruct = {1, &PyNone_Type};
PyObject *_PyEval_ExitValue;
/* Ticks between two looks at signals and, outermost, two re-entries: a look costs about as much as
 * ten instructions, and a signal should not wait for many calls that take long. */
#define TICK_INTERVAL 100

/* The ticks that the host allows before it wants to be back, beyond those already granted. */
static int32_t budget_left;
static int budgeted;

/* Sets the ticker for the next stretch. 0: the budget was used up; then every tick asks again. */
int _PyEval_GrantTicks(void)
{
    int32_t n = _PyThread_Several ? _PyThread_TurnTicks() : TICK_INTERVAL;
    if (budgeted) {
        if (budget_left <= 0) {
            _Py_Ticker = 0;
            return 0;
        }
        n = Py_MIN(n, budget_left);
        budget_left -= n;
    }
    _Py_Ticker = n - 1;
    return 1;
}

PyCont *PyEval_PushCont(PyContFunc fn)
{
    PyThreadState *tstate = PyThreadState_GET();
    if (tstate->cont_top == tstate->cont_alloc) {
        if (tstate->cont_alloc > 4 * _Py_RecursionLimit + 100000) {
            PyErr_SetString(PyExc_RuntimeError, "maximum recursion depth exceeded");
            return NULL;
        }
        PyCont *grown = tstate->conts;
        if (PyMem_Resize(grown, PyCont, (Py_ssize_t)tstate->cont_alloc * 2) == NULL) {
            PyErr_NoMemory();
            return NULL;
        }
        tstate->conts = grown;
        tstate->cont_alloc *= 2;
    }
    PyCont *c = &tstate->conts[tstate->cont_top++];
    memset(c, 0, sizeof *c);
    c->fn = fn;
    return c;
}

void PyEval_ReleaseCont(PyCont *c)
{
    Py_CLEAR(c->a);
    Py_CLEAR(c->b);
    Py_CLEAR(c->c);
    Py_CLEAR(c->d);
}

PyObject *PyEval_Then(PyObject *answer)
{
    if (answer != Py_GoOn) {
        PyThreadState *tstate = PyThreadState_GET();
        tstate->goon = PyGoOn_VALUE;
        tstate->goon_value = answer;
    }
    return Py_GoOn;
}

PyObject *PyEval_CallThen(PyObject *callable, PyObject *args, PyObject *kw)
{
    return PyEval_Then(PyEval_CallGoOn(callable, args, kw));
}

/* Never called: the loop recognises it by its address. */
PyObject *_PyEval_ExitCont(PyCont *c, PyObject *value)
{
    return value;
}

/* ---- The host's stack. Each nested loop and each counted C call takes about a kilobyte of it. A
 * host with one large stack bears DEEPEST of them; one that can go on in a new stack gets there
 * stack by stack, PER_STACK at most on each; else the size decides. ---- */

enum { DEEPEST = 3000, PER_STACK = 800, FULL_STACK = 250, REST_OF_STACK = 150 };

static int deepest = 400, stack_base;

void PyEval_MeasureStack(void)
{
    int size = host_stack_size();
    /* 800 bytes of every 1,000: the rest is for what is not counted. */
    int bears = size >= DEEPEST * 2 ? DEEPEST : size * 4 / 5;

    deepest = DEEPEST;
    _Py_CDepthLimit =
        bears < PER_STACK && host_call_on_new_stack(NULL, NULL) == 0 ? PER_STACK : bears;
    if (_Py_CDepthLimit != PER_STACK)
        deepest = _Py_CDepthLimit;
}

/* The loop until the innermost exit continuation is reached. */
static void run_nested(void *arg)
{
    PyThreadState *tstate = arg;
    _PyAsk *ask = _PyAsk_Current;
    int r, calls = tstate->calls_nested;

    _PyAsk_Current = NULL;
    tstate->calls_nested = 0;
    tstate->c_depth++;
    tstate->nested++;
    while ((r = _PyEval_Loop(tstate)) != RUN_EXIT) {
        if (r == RUN_WAITING) {
            if (_PyThread_BlockNested(tstate) < 0) {
                if (tstate->goon == PyGoOn_VALUE)
                    Py_XDECREF(tstate->goon_value);
                tstate->goon = PyGoOn_VALUE;
                tstate->goon_value = NULL;
            }
        } else if (_PyThread_Several)
            _PyThread_YieldNested(tstate);
    }
    tstate->nested_since = 0;
    tstate->nested--;
    tstate->c_depth--;
    tstate->calls_nested = calls;
    _PyAsk_Current = ask;
}

static void run_on_new_stack(PyThreadState *tstate)
{
    int base = stack_base, limit = _Py_CDepthLimit;

    stack_base = tstate->c_depth;
    _Py_CDepthLimit = stack_base + PER_STACK < deepest ? stack_base + PER_STACK : deepest;
    if (host_call_on_new_stack(run_nested, tstate) < 0) {
        /* No more stacks after all. */
        _Py_CDepthLimit = stack_base + REST_OF_STACK;
        run_nested(tstate);
    }
    stack_base = base;
    _Py_CDepthLimit = limit;
}

int32_t _PyEval_EnterNested(void)
{
    PyThreadState *tstate = PyThreadState_GET();
    PyCont *c = PyEval_PushCont(_PyEval_ExitCont);
    if (c == NULL)
        return -1;
    if (_PyAsk_Current != NULL)
        _PyAsk_Current->nests = 1; /* what runs here cannot run again */
    /* Who comes here may be in between a Py_GoOn and its going on (a release ran a finalizer): keep
     * that. */
    c->n = tstate->goon;
    c->a = tstate->goon_value;
    return tstate->cont_top - 1;
}

PyObject *_PyEval_FinishNested(int32_t mark, PyObject *answer)
{
    PyThreadState *tstate = PyThreadState_GET();
    if (answer != Py_GoOn) {
        tstate->goon = (int)tstate->conts[mark].n;
        tstate->goon_value = tstate->conts[mark].a;
        tstate->cont_top = mark;
        return answer;
    }
    if (PY_UNLIKELY(tstate->c_depth >= _Py_CDepthLimit)) {
        /* Too deep to run: whatever was pushed gets the error instead of its callee's answer. The
         * loop still has to run for that, which the reserve above the limit allows. */
        if (tstate->c_depth >= _Py_CDepthLimit + 50)
            Py_FatalError("Cannot recover from stack overflow.");
        if (tstate->goon == PyGoOn_VALUE)
            Py_XDECREF(tstate->goon_value);
        else if (tstate->goon == PyGoOn_FRAME) {
            PyFrameObject *f = tstate->frame;
            tstate->frame = f->f_back;
            f->f_back = NULL;
            tstate->recursion_depth -= f->f_cost;
            f->f_cost = 1;
            Py_XDECREF(tstate->frame);
            if (f->f_gen != NULL) {
                ((PyGenObject *)f->f_gen)->gi_running = 0;
            }
            Py_DECREF(f);
        }
        PyErr_SetString(PyExc_RuntimeError, "maximum recursion depth exceeded");
        tstate->goon = PyGoOn_VALUE;
        tstate->goon_value = NULL;
    }
    if (PY_UNLIKELY(tstate->c_depth > stack_base + FULL_STACK) && deepest > _Py_CDepthLimit)
        run_on_new_stack(tstate);
    else
        run_nested(tstate);
    PyObject *value = _PyEval_ExitValue;
    _PyEval_ExitValue = NULL;
    return value;
}

int PyEval_Start(PyObject *first_answer)
{
    PyThreadState *tstate = PyThreadState_GET();

    PyEval_MeasureStack();
    _PyThread_SetMain(tstate);
    /* The exit continuation goes below what main has pushed. */
    if (PyEval_PushCont(_PyEval_ExitCont) == NULL) {
        if (first_answer != Py_GoOn)
            Py_XDECREF(first_answer);
        return -1;
    }
    PyCont exit = tstate->conts[tstate->cont_top - 1];
    memmove(tstate->conts + 1, tstate->conts, (size_t)(tstate->cont_top - 1) * sizeof exit);
    tstate->conts[0] = exit;
    if (first_answer != Py_GoOn) {
        tstate->goon = PyGoOn_VALUE;
        tstate->goon_value = first_answer;
    } else if (tstate->goon == PyGoOn_FRAME)
        tstate->frame->f_contmark++;
    return 0;
}

/* After that many unforced re-entries the host is given its turn as well. */
#define REENTRIES_PER_RUN 50

int PyEval_Run(int32_t budget)
{
    PyThreadState *tstate = _PyThread_Resume();
    int left = REENTRIES_PER_RUN;

    if (tstate == NULL)
        return PyRun_WAIT;
    budgeted = budget > 0;
    budget_left = budget;
    _PyEval_GrantTicks();
    for (;;) {
        int r = _PyEval_Loop(tstate);
        if (r == RUN_EXIT && PyThread_IsMain())
            return PyRun_DONE;
        if (r == RUN_WAITING && _PyThread_LeavesToFork(tstate))
            return PyRun_FORK;
        if (r == RUN_EXIT || r == RUN_WAITING || _PyThread_Several) {
            tstate = _PyThread_SwitchFrom(tstate, r);
            if (tstate == NULL)
                return PyRun_WAIT;
        }
        if (r == RUN_HOST || (budget <= 0 && --left == 0))
            return PyRun_AGAIN;
    }
}

PyObject *PyEval_Result(void)
{
    PyObject *value = _PyEval_ExitValue;
    _PyEval_ExitValue = NULL;
    return value;
}

PyObject *PyEval_CallObjectWithKeywords(PyObject *func, PyObject *args, PyObject *kw)
{
    PyObject *result;
    if (args == NULL) {
        args = PyTuple_New(0);
        if (args == NULL)
            return NULL;
    } else if (!PyTuple_Check(args)) {
        PyErr_SetString(PyExc_TypeError, "argument list must be a tuple");
        return NULL;
    } else
        Py_INCREF(args);
    if (kw != NULL && !PyDict_Check(kw)) {
        PyErr_SetString(PyExc_TypeError, "keyword list must be a dictionary");
        Py_DECREF(args);
        return NULL;
    }
    result = PyObject_Call(func, args, kw);
    Py_DECREF(args);
    return result;
}

PyObject *PyEval_EvalFrame(PyFrameObject *f)
{
    int32_t mark = _PyEval_EnterNested();
    if (mark < 0)
        return NULL;
    Py_INCREF(f);
    return _PyEval_FinishNested(mark, _PyEval_PushFrame(PyThreadState_GET(), f));
}

PyObject *PyEval_EvalCodeGoOn(PyCodeObject *co, PyObject *globals, PyObject *locals)
{
    PyThreadState *tstate = PyThreadState_GET();
    PyFrameObject *f =
        _PyEval_BindFrame(tstate, co, globals, locals, NULL, 0, NULL, 0, NULL, 0, NULL);
    if (f == NULL)
        return NULL;
    return _PyEval_EnterFrame(tstate, f);
}

PyObject *PyEval_EvalCode(PyCodeObject *co, PyObject *globals, PyObject *locals)
{
    int32_t mark = _PyEval_EnterNested();
    if (mark < 0)
        return NULL;
    return _PyEval_FinishNested(mark, PyEval_EvalCodeGoOn(co, globals, locals));
}

PyObject *PyEval_EvalCodeEx(PyCodeObject *co, PyObject *globals, PyObject *locals, PyObject **args,
                            int argc, PyObject **kws, int kwc, PyObject **defs, int defc,
                            PyObject *closure)
{
    PyThreadState *tstate = PyThreadState_GET();
    int32_t mark = _PyEval_EnterNested();
    if (mark < 0)
        return NULL;
    PyFrameObject *f =
        _PyEval_BindFrame(tstate, co, globals, locals, args, argc, kws, kwc, defs, defc, closure);
    return _PyEval_FinishNested(mark, f == NULL ? NULL : _PyEval_EnterFrame(tstate, f));
}
