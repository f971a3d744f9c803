/* SPDX-License-Identifier: MIT */
/* Private to eval/: the verified copy of the code that runs, what happens to delivered results, and
 * the pieces of the loop that live in files of their own.
 *
 * Invariants. A frame's f_pc is the instruction it executes or last executed; with FRAME_AT set it
 * is the one to execute next. The continuations above tstate->frame->f_contmark are for the call
 * the current frame is in; below it they belong to its callers. */
#ifndef EVAL_H
#define EVAL_H
#include "Python.h"
#include "opcode.h"

/* Instructions of the private code that co_code does not have. Each stands where the original stood
 * and does its work, and more; PyInstr.orig keeps the original, for tracing. */
enum {
    OP_JUMP_BACK = 150, /* JUMP_ABSOLUTE to an earlier place: counts a tick */
    OP_POP_JUMP_IF_FALSE_BACK,
    OP_POP_JUMP_IF_TRUE_BACK,
    OP_LOAD_FAST_LOAD_FAST, /* pairs: the second instruction is still there for jumps into it */
    OP_LOAD_FAST_LOAD_CONST,
    OP_STORE_FAST_LOAD_FAST,
    OP_LOAD_FAST_LOAD_ATTR,
    OP_BAD
};

typedef struct _PyInstr {
    uint16_t op, orig;
    int32_t arg;
    uint32_t tag;   /* inline cache: type version, or table index of the globals */
    uint32_t index; /* inline cache: table index */
} PyInstr;

/* A caller keeps the arguments that it has put on its stack until the call is over. Functions that
 * bind their parameters anew or delete them hold the arguments apart, for a __del__ to run as late
 * as that: in slots behind the frame's stack. More parameters than this are not kept. */
enum { MOST_KEPT = 16 };

typedef struct {
    int32_t count;           /* instructions */
    int32_t stacksize;       /* slots that are enough, as verified */
    int32_t *offset;         /* place in co_code of each instruction */
    int32_t *depth;          /* abstract stack depth before each; -1: not reachable */
    int32_t nkept;           /* parameters that the code changes, if it is no generator's */
    int32_t kept[MOST_KEPT]; /* in their order */
    PyInstr instr[1];
} PyExec;

/* The private copy of a code object, made and verified at first use; NULL with SystemError or
 * MemoryError. */
PyExec *_PyExec_Get(PyCodeObject *co);
#define CODE_EXEC(co) ((co)->co_exec ? (PyExec *)(co)->co_exec : _PyExec_Get(co))
/* Index of the instruction that starts at the given place of co_code, or -1. */
int32_t _PyExec_IndexOf(const PyExec *ex, int offset);

static inline PyObject **_PyFrame_Kept(PyFrameObject *f, const PyExec *ex)
{
    return f->f_valuestack + ex->stacksize;
}

/* Holds the arguments that the code will change, before it starts. */
static inline void _PyFrame_KeepArguments(PyFrameObject *f)
{
    const PyExec *ex = (const PyExec *)f->f_code->co_exec;
    PyObject **kept = _PyFrame_Kept(f, ex);

    for (int32_t i = 0; i < ex->nkept; i++) {
        kept[i] = f->f_localsplus[ex->kept[i]];
        Py_XINCREF(kept[i]);
    }
}

enum { FRAME_AT = 1, FRAME_TRACED_CALL = 2, FRAME_REENTER = 4 };

/* f_onresult: what the loop does with a result delivered to a frame. */
enum {
    ON_PUSH = 0,
    ON_DISCARD,  /* dropped, then on with the next instruction */
    ON_RETRY,    /* dropped, then f_pc (FRAME_AT): ticks, handlers */
    ON_FOR_ITER, /* push, or at the end drop the iterator and jump */
    ON_BOOL,     /* Py_True/Py_False decides the conditional jump (or `not`) at f_pc */
    ON_CONTAINS, /* truth of a __contains__ answer, as COMPARE_OP in / not in asks */
    ON_WITH_ENTER,
    ON_TRACED_CALL, /* None: the tracers know of the call (or of the going on of a generator) */
    ON_TRACED_LINE,
    ON_TRACED_EXCEPTION,
    ON_TRACED_YIELD,  /* the value to yield */
    ON_TRACED_RETURN, /* the value to return, or NULL */
    ON_WITH_EXIT      /* the answer of __exit__ */
};

/* A why-token on the value stack under END_FINALLY. */
extern PyObject _PyEval_TokenReturn, _PyEval_TokenContinue, _PyEval_TokenBreak;

/* goon.c */
static inline PyObject *_PyEval_PushFrame(PyThreadState *tstate,
                                          PyFrameObject *f) /* steals f; checks recursion */
{
    if (PY_UNLIKELY(tstate->recursion_depth + f->f_cost > _Py_RecursionLimit)) {
        int calls = tstate->recursion_depth + f->f_cost - 1 > _Py_RecursionLimit;
        Py_DECREF(f);
        PyErr_Format(PyExc_RuntimeError, "maximum recursion depth exceeded%s",
                     calls ? " while calling a Python object" : "");
        return NULL;
    }
    tstate->recursion_depth += f->f_cost;
    Py_XINCREF(tstate->frame);
    f->f_back = tstate->frame;
    f->f_contmark = tstate->cont_top;
    tstate->frame = f;
    tstate->goon = PyGoOn_FRAME;
    return Py_GoOn;
}

/* Puts the suspended frame of a generator that may go on atop the stack, with None as what its
 * yield gives; goes with a check of the recursion limit. */
static inline void _PyGen_Enter(PyThreadState *tstate, PyGenObject *gen, PyFrameObject *f)
{
    Py_INCREF(f);
    tstate->recursion_depth++;
    Py_XINCREF(tstate->frame);
    f->f_back = tstate->frame;
    f->f_contmark = tstate->cont_top;
    tstate->frame = f;
    tstate->goon = PyGoOn_FRAME;
    gen->gi_running = 1;
    Py_INCREF(gen); /* for the run; the loop drops it when the frame is left */
    if (f->f_started) {
        Py_INCREF(Py_None);
        *f->f_stacktop++ = Py_None;
        if (!(f->f_flags & FRAME_AT)) {
            f->f_pc++;
            f->f_flags |= FRAME_AT;
        }
    }
}

/* ceval.c: runs frames and continuations until the exit continuation is reached. Returns RUN_*. */
enum { RUN_EXIT, RUN_REENTER, RUN_HOST, RUN_WAITING };
int _PyEval_Loop(PyThreadState *tstate);
extern PyObject *_PyEval_ExitValue; /* with RUN_EXIT: the value, owned, or NULL */
int _PyEval_GrantTicks(void);       /* goon.c: sets the ticker; 0 when the host wants to be back */
PyObject *_PyEval_ExitCont(PyCont *, PyObject *);

/* call.c: PyEval_CallGoOn as the last of `depth` calls, one in another, that CPython would make in
 * C: that is by how much the recursion depth grows. A method's function with self among its
 * arguments stands for 2 calls, the bound method's and its own. */
PyObject *_PyEval_CallDeep(PyObject *func, PyObject *args, PyObject *kw, int depth);
enum { DEPTH_CALL = 1, DEPTH_METHOD = 2 };
/* Recursion of C code around a three-way answer. Enter: 0 when it is too deep. Hold: `depth` that
 * was entered ends now, unless `result` goes on; then it ends with the continuations above `mark`
 * or with the frame. */
int _PyEval_EnterCalls(int depth);
PyObject *_PyEval_Hold(PyThreadState *, PyObject *result, int depth, int32_t mark);
PyObject *_PyEval_CallCont(PyThreadState *, PyCont *, PyObject *value);

/* call.c: three-way calls over the value stack. Consumes nothing of the stack: the caller pops. */
PyObject *_PyEval_CallStack(PyThreadState *, PyObject *func, PyObject **args, int na, int nk);
PyObject *_PyEval_CallStackVar(PyThreadState *, PyObject *func, PyObject **args, int na, int nk,
                               PyObject *star, PyObject *starstar);
/* A frame for a function with its arguments bound; NULL with the error. kwargs as pairs in kws. */
PyFrameObject *_PyEval_BindFrame(PyThreadState *, PyCodeObject *, PyObject *globals,
                                 PyObject *locals, PyObject **args, Py_ssize_t argc, PyObject **kws,
                                 Py_ssize_t kwc, PyObject **defs, Py_ssize_t defc,
                                 PyObject *closure);
PyObject *_PyEval_EnterFrame(PyThreadState *,
                             PyFrameObject *); /* pushes it, or makes the generator; steals */

/* attr.c, operators.c: slow paths of instructions */
PyObject *_PyEval_Binary(PyObject *v, PyObject *w, int opcode);
PyObject *_PyEval_Unary(PyObject *v, int opcode);
PyObject *_PyEval_SetItemGoOn(PyObject *o, PyObject *key,
                              PyObject *value);                /* value NULL: delete; None */
PyObject *_PyEval_ContainsGoOn(PyObject *seq, PyObject *item); /* truth */
PyObject *_PyEval_UnpackGoOn(PyObject *v, int n);              /* a tuple or list of n items */

/* frameobject.c */
PyFrameObject *_PyFrame_NewNoTrack(PyThreadState *, PyCodeObject *, PyObject *globals,
                                   PyObject *locals);
void _PyFrame_BlockSetup(PyFrameObject *, int type, int handler, int level);

/* genobject.c */
/* Resumes: value is pushed (None for next), or with NULL the current error is thrown in. At the end
 * NULL is delivered, without an error when the generator just returned. */
PyObject *_PyGen_ResumeGoOn(PyGenObject *gen, PyObject *value);
void _PyGen_Finished(PyGenObject *gen);
/* next() as a method: at the end StopIteration is raised. */
PyObject *_PyGen_NextGoOn(PyObject *gen);

/* trace.c: events of the running frame, told to the tracers. Each answer is three-way; NULL with a
 * tracer's error. */
PyObject *_PyEval_TraceCall(PyThreadState *); /* None; an exception to be thrown in stays set */
PyObject *_PyEval_TraceLine(PyThreadState *, PyFrameObject *); /* None; then _PyEval_LineTraced */
void _PyEval_LineTraced(PyFrameObject *);
PyObject *_PyEval_TraceException(PyThreadState *);               /* always NULL: the error */
PyObject *_PyEval_TraceReturn(PyThreadState *, PyObject *value); /* value (stolen), or NULL */
PyObject *_PyEval_CallProfiled(PyThreadState *, PyObject *func, PyObject *args, PyObject *kw);
#define TRACED(tstate) (PY_UNLIKELY((tstate)->use_tracing) && !(tstate)->tracing)

/* evalmisc.c */
void _PyEval_FormatUnbound(PyCodeObject *co, int index);
void _PyEval_NameError(PyObject *name, int global);
int _PyEval_DoRaise(PyObject *type, PyObject *value,
                    PyObject *tb); /* steals; 1: re-raised, 0: new */
void _PyEval_SetExcInfo(PyThreadState *, PyObject *, PyObject *, PyObject *);
void _PyEval_ResetExcInfo(PyThreadState *, PyFrameObject *);
PyObject *_PyEval_ImportFrom(PyObject *module, PyObject *name);
int _PyEval_ImportStar(PyFrameObject *, PyObject *module);
PyObject *_PyEval_BuildClass(PyObject *methods, PyObject *bases, PyObject *name); /* three-way */
PyObject *_PyEval_Exec(PyFrameObject *, PyObject *prog, PyObject *globals,
                       PyObject *locals); /* three-way */
PyObject *_PyEval_ApplySlice(PyObject *u, PyObject *v, PyObject *w);
int _PyEval_AssignSlice(PyObject *u, PyObject *v, PyObject *w, PyObject *x);
PyObject *_PyEval_ExcMatch(PyObject *v, PyObject *w); /* Py_True, Py_False, NULL */
PyObject *_PyEval_Print(PyObject *v,
                        PyObject *stream); /* three-way; stream NULL: sys.stdout; None */
PyObject *_PyEval_PrintNewline(PyObject *stream);
PyObject *_PyEval_PrintExpr(PyObject *v); /* three-way */
/* COMPARE_OP but for what the loop does itself: new reference, NULL, or Py_GoOn. */
PyObject *_PyEval_Compare(PyObject *v, PyObject *w, int op);
/* IMPORT_NAME: calls __import__ of the builtins. Three-way. */
PyObject *_PyEval_ImportName(PyFrameObject *, PyObject *name, PyObject *fromlist, PyObject *level);
/* A special method as `with` looks it up, on the type, or on a classic instance itself. New
 * reference, or NULL with AttributeError. `*name` keeps the interned name. */
PyObject *_PyEval_Special(PyObject *o, const char *text, PyObject **name);
/* MAKE_FUNCTION and MAKE_CLOSURE over the stack below *psp; pops what it uses. New reference or
 * NULL. */
PyObject *_PyEval_MakeFunction(PyFrameObject *, PyObject ***psp, int ndefaults, int closure);
PyObject *_PyEval_BuildSet(PyObject **items, int n); /* steals the items */
/* UNPACK_SEQUENCE of anything but a tuple or list of that size: pushes the items above sp, the last
 * first. -1 with an error. */
int _PyEval_Unpack(PyObject *v, int n, PyObject **sp);
/* v + w for exact strs; takes v's reference. A v that nobody else has grows in place. */
PyObject *_PyEval_ConcatStrings(PyObject *v, PyObject *w);
/* Ends a frame that holds arguments for its caller: they go after it, the last first. */
void _PyEval_LeaveKeeping(PyFrameObject *);
#endif
