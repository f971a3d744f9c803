/* SPDX-License-Identifier: MIT */
/* Interpreter and thread state (defined in objects/pystate.c). Everything a running program is made
 * of hangs here or on frames: nothing that matters lives on the host's stack, and none of it is
 * thread-local in C, so a copy of memory is a copy of the program. */
#ifndef PYSTATE_H
#define PYSTATE_H
struct _ts;
struct _is;
struct _frame;
typedef struct _is {
    struct _is *next;
    struct _ts *tstate_head;
    PyObject *modules, *sysdict, *builtins, *modules_reloading;
    PyObject *codec_search_path, *codec_search_cache, *codec_error_registry;
    int tscheckinterval; /* sys.setcheckinterval */
} PyInterpreterState;
typedef int (*Py_tracefunc)(PyObject *, struct _frame *, int, PyObject *);
#define PyTrace_CALL 0
#define PyTrace_EXCEPTION 1
#define PyTrace_LINE 2
#define PyTrace_RETURN 3
#define PyTrace_C_CALL 4
#define PyTrace_C_EXCEPTION 5
#define PyTrace_C_RETURN 6

/* A continuation: what to do with the result of a callee, see ceval.h. */
typedef struct _PyCont PyCont;
typedef PyObject *(*PyContFunc)(PyCont *c, PyObject *value);
struct _PyCont {
    PyContFunc fn;
    PyObject *a, *b, *c, *d; /* owned references, or NULL */
    py_long n;
    int depth; /* how much recursion it stands for: eval/call.c, _PyEval_Hold */
};

typedef struct _ts {
    struct _ts *next;
    PyInterpreterState *interp;
    struct _frame *frame; /* the running frame; borrowed from the chain that owns it */
    int recursion_depth;  /* Python frames + counted C recursion */
    int c_depth;          /* nested eval loops and counted C calls, bounded by _Py_CDepthLimit */
    int calls_nested;     /* calls on the C stack since the loop was entered, see eval/call.c */
    int tracing, use_tracing;
    PyObject *c_profileobj,
        *c_traceobj; /* sys.setprofile, sys.settrace: Python callables or NULL */
    Py_tracefunc c_profilefunc, c_tracefunc;
    PyObject *curexc_type, *curexc_value, *curexc_traceback;
    PyObject *exc_type, *exc_value, *exc_traceback;
    PyObject *dict;
    int tick_counter;
    PyObject *async_exc;
    int64_t thread_id;
    int gilstate; /* PyGILState_Ensure's that hold; a thread started by Python has one of its own */
    /* Continuations of C functions, a growing array; frame->f_contmark says which belong to whom.
     */
    PyCont *conts;
    int32_t cont_top, cont_alloc;
    /* How the last Py_GoOn goes on. */
    int goon;             /* PyGoOn_* of ceval.h */
    PyObject *goon_value; /* with PyGoOn_VALUE: owned, NULL for an error */
    int nested;           /* eval loops on the C stack beyond the outermost */
    PyObject *trash_later;
    /* Scheduling, see eval/threads.c. */
    struct _ts *queue_next;
    struct PyThread_Queue *queue; /* the queue it waits in, or NULL */
    int64_t wake_at, nested_since;
    int8_t run_state;   /* THREAD_* of threads.c */
    int8_t wait_kind;   /* WAIT_* of threads.c */
    int8_t interrupted; /* a signal handler has run while it waited */
    int8_t buried;      /* it waits nested on the C stack, with other threads on top */
} PyThreadState;
extern PyThreadState *_PyThreadState_Current;
#define PyThreadState_GET() (_PyThreadState_Current)
PyThreadState *PyThreadState_Get(void);
PyInterpreterState *PyInterpreterState_New(void);
void PyInterpreterState_Clear(PyInterpreterState *);
void PyInterpreterState_Delete(PyInterpreterState *);
PyInterpreterState *PyInterpreterState_Head(void);
PyThreadState *PyThreadState_New(PyInterpreterState *);
void PyThreadState_Clear(PyThreadState *);
void PyThreadState_Delete(PyThreadState *);
PyThreadState *PyThreadState_Swap(PyThreadState *);
PyObject *PyThreadState_GetDict(void); /* borrowed */

/* For threads that C has started (PyThread_start_new_thread): between the two calls, which may be
 * nested, the thread may use Python. What it has as a Python thread, such as thread-local objects,
 * begins with the outermost Ensure and ends with its Release. eval/threads.c */
typedef enum { PyGILState_LOCKED, PyGILState_UNLOCKED } PyGILState_STATE;
PyGILState_STATE PyGILState_Ensure(void);
void PyGILState_Release(PyGILState_STATE);
PyThreadState *PyGILState_GetThisThreadState(void);
#endif
