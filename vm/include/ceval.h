/* SPDX-License-Identifier: MIT */
/* The eval loop's interface, and the three-way answer.
 *
 * A C function that the eval loop calls directly may answer in three ways: a value; NULL with an
 * error set; or Py_GoOn: "go on without me" — the answer will come later, from work described in
 * the thread state, and the host's stack is free in between. Only these may answer Py_GoOn:
 *   - functions in a PyMethodDef flagged METH_RESUMABLE,
 *   - continuation functions (PyContFunc),
 *   - the PyEval_*GoOn functions below, whose answer such functions pass on.
 * Everybody else (PyObject_Call, slots, PyCFunction_Call, ...) never sees it: a nested call runs an
 * inner loop until there is a value.
 *
 * How to write a resumable function. To end by calling something: `return PyEval_CallGoOn(f, args,
 * NULL);`. To do something with the result, first push a continuation that says what:
 *
 *     PyCont *c = PyEval_PushCont(my_step);      // zeroed; may move older conts, so keep no PyCont
 * pointers if (c == NULL) return NULL; c->a = state; Py_INCREF(state);            // references are
 * owned by the continuation return PyEval_CallThen(f, args, kw);       // always Py_GoOn (or NULL:
 * error; then the cont has been dropped)
 *
 *     static PyObject *my_step(PyCont *c, PyObject *value)  // c is a copy, already popped; owns
 * c->a..d; value {                                                     // is owned, NULL with the
 * error set
 *         ... return a value, NULL, or push again and return PyEval_CallThen(...)   // loops
 * without C recursion
 *     }
 * my_step must release c->a..d itself (PyEval_ReleaseCont(c)) on every path. It is called for
 * errors too.
 */
#ifndef CEVAL_H
#define CEVAL_H
extern PyObject _Py_GoOnStruct;
#define Py_GoOn (&_Py_GoOnStruct)
enum {
    PyGoOn_NONE = 0,
    PyGoOn_FRAME, /* tstate->frame is a new frame to run */
    PyGoOn_VALUE, /* goon_value is the callee's result: deliver it */
    PyGoOn_WAIT   /* the thread waits (pythread.h); then the top continuation is called with None */
};
PyCont *PyEval_PushCont(PyContFunc fn);
void PyEval_ReleaseCont(PyCont *c);
/* Three-way calls for resumable functions. args is a tuple (borrowed), kw a dict or NULL. May
 * return a value at once. */
PyObject *PyEval_CallGoOn(PyObject *callable, PyObject *args, PyObject *kw);
/* The same after a PyEval_PushCont: the continuation gets the result. Returns Py_GoOn; NULL never.
 */
PyObject *PyEval_CallThen(PyObject *callable, PyObject *args, PyObject *kw);
/* Turns any three-way answer into Py_GoOn that delivers it to the continuation pushed before. */
PyObject *PyEval_Then(PyObject *answer);
PyObject *PyEval_GetAttrGoOn(PyObject *o, PyObject *name);
PyObject *PyEval_SetAttrGoOn(PyObject *o, PyObject *name,
                             PyObject *value); /* None; value NULL deletes */
PyObject *
PyEval_IterNextGoOn(PyObject *iter); /* NULL without exception, or with StopIteration, at the end */
PyObject *PyEval_GetIterGoOn(PyObject *o);
PyObject *PyEval_ReprGoOn(PyObject *o);
PyObject *PyEval_StrGoOn(PyObject *o);
PyObject *PyEval_BinaryGoOn(PyObject *v, PyObject *w,
                            int opcode); /* BINARY_* or INPLACE_* opcode number */
PyObject *PyEval_CompareGoOn(PyObject *v, PyObject *w,
                             int op); /* Py_LT.. as PyObject_RichCompare */
PyObject *PyEval_GetItemGoOn(PyObject *o, PyObject *key);
PyObject *PyEval_IsTrueGoOn(PyObject *o); /* Py_True or Py_False */
/* Runs code in a new frame: exec, eval, module bodies. locals may be any mapping. */
PyObject *PyEval_EvalCodeGoOn(PyCodeObject *co, PyObject *globals, PyObject *locals);
/* Nested ways in (an inner loop on the C stack). */
PyObject *PyEval_CallObjectWithKeywords(PyObject *, PyObject *args, PyObject *kw);
#define PyEval_CallObject(f, a) PyEval_CallObjectWithKeywords(f, a, NULL)
PyObject *PyEval_EvalCode(PyCodeObject *, PyObject *globals, PyObject *locals);
PyObject *PyEval_EvalCodeEx(PyCodeObject *, PyObject *globals, PyObject *locals, PyObject **args,
                            int argc, PyObject **kws, int kwc, PyObject **defs, int defc,
                            PyObject *closure);
PyObject *PyEval_EvalFrame(PyFrameObject *);
/* For nested callers of something that may answer Py_GoOn:  int32_t mark = _PyEval_EnterNested();
 * (-1: error) r = _PyEval_FinishNested(mark, f(...));   never Py_GoOn. */
int32_t _PyEval_EnterNested(void);
PyObject *_PyEval_FinishNested(int32_t mark, PyObject *answer);

/* The outermost way in, for main: push the program's continuations (bottom first), then call
 * PyEval_Start(answer) with a first three-way answer, then PyEval_Run(budget) until it is not
 * PyRun_AGAIN. */
enum { PyRun_DONE = 0, PyRun_AGAIN = 1, PyRun_WAIT = 2, PyRun_FORK = 3 };
int PyEval_Start(PyObject *first_answer);
int PyEval_Run(int32_t budget); /* budget: ticks until PyRun_AGAIN; <= 0: the default (re-entry for
                                   V8's sake) */
/* Asks the host how much stack there is: at the start, and when the program goes on elsewhere. */
void PyEval_MeasureStack(void);
PyObject *PyEval_Result(
    void); /* after PyRun_DONE: the last continuation's value, owned; NULL with the error set */

PyObject *PyEval_GetBuiltins(void), *PyEval_GetGlobals(void),
    *PyEval_GetLocals(void);          /* borrowed */
PyFrameObject *PyEval_GetFrame(void); /* borrowed */
int PyEval_GetRestricted(void);
int PyEval_MergeCompilerFlags(PyCompilerFlags *);
const char *PyEval_GetFuncName(PyObject *);
const char *PyEval_GetFuncDesc(PyObject *);
void PyEval_SetProfile(Py_tracefunc, PyObject *);
void PyEval_SetTrace(Py_tracefunc, PyObject *);
/* The same for a Python callable, which then never nests; NULL ends it. */
void _PyEval_SetPythonProfile(PyObject *callback);
void _PyEval_SetPythonTrace(PyObject *callback);
PyObject *_PyEval_CallTracingGoOn(PyObject *func, PyObject *args);

/* Recursion: Python frames count against sys.setrecursionlimit (default 1000); C recursion counts
 * against both that and what the host's stack bears. objects/pystate.c. */
void Py_SetRecursionLimit(int);
int Py_GetRecursionLimit(void);
extern int _Py_RecursionLimit, _Py_CDepthLimit;
int Py_EnterRecursiveCall(
    const char *where); /* 0, or -1 with RuntimeError "maximum recursion depth exceeded%s" */
void Py_LeaveRecursiveCall(void);
/* The same for recursion that only the host's stack bounds, where CPython counts nothing. */
int _Py_EnterC(const char *where);
void _Py_LeaveC(void);

/* Ticks: counted down on back edges and calls; at 0 the loop looks at what is pending.
 * objects/pystate.c. */
extern int32_t _Py_Ticker;
extern int _Py_CheckInterval;
extern volatile int _Py_PendingSignals; /* set when a signal or pending call waits: the ticker is
                                           set to 0 as well */
int Py_AddPendingCall(int (*func)(void *), void *arg);
int Py_MakePendingCalls(void);
#define Py_BEGIN_ALLOW_THREADS {
#define Py_END_ALLOW_THREADS }
#define Py_BLOCK_THREADS
#define Py_UNBLOCK_THREADS
#endif
