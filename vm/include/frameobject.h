/* SPDX-License-Identifier: MIT */
/* Frames: heap objects that hold everything of a running function (eval/frameobject.c). */
#ifndef FRAMEOBJECT_H
#define FRAMEOBJECT_H
typedef struct {
    int b_type;    /* SETUP_LOOP, SETUP_EXCEPT, SETUP_FINALLY, SETUP_WITH */
    int b_handler; /* index of the handler's instruction in the private code */
    int b_level;   /* value stack level to pop to */
} PyTryBlock;
struct _PyInstr;
typedef struct _frame {
    PyObject_VAR_HEAD struct _frame *f_back; /* owned */
    PyCodeObject *f_code;
    PyObject *f_builtins, *f_globals, *f_locals;
    PyObject **f_valuestack; /* after locals, cells, frees */
    PyObject **f_stacktop;   /* first free slot while not running; NULL once finished */
    PyObject *f_trace;
    PyObject *f_exc_type, *f_exc_value, *f_exc_traceback;
    const struct _PyInstr
        *f_pc;     /* next instruction of the private code while suspended; current while running */
    int f_started; /* 0: at the first instruction, f_lasti is -1 */
    int f_lineno;  /* valid only while f_trace is set; else ask PyFrame_GetLineNumber */
    int f_iblock;
    int32_t f_contmark; /* height of the continuation stack that belongs to callers */
    int32_t f_cost;     /* what it adds to the recursion depth: 1, and the calls that led to it */
    uint8_t f_onresult; /* what to do with a delivered result (eval.h) */
    uint8_t f_flags;
    PyObject *f_gen;                  /* the generator, borrowed, or NULL */
    int f_tr_lasti, f_tr_lb, f_tr_ub; /* line tracing: last instruction and bounds of its line */
    PyTryBlock f_blockstack[CO_MAXBLOCKS];
    PyObject *f_localsplus[1];
} PyFrameObject;
extern PyTypeObject PyFrame_Type;
#define PyFrame_Check(op) (Py_TYPE(op) == &PyFrame_Type)
PyFrameObject *PyFrame_New(PyThreadState *, PyCodeObject *, PyObject *globals, PyObject *locals);
int PyFrame_GetLineNumber(PyFrameObject *);
int PyFrame_GetLasti(PyFrameObject *); /* in co_code bytes, -1 before the start */
void PyFrame_FastToLocals(PyFrameObject *);
void PyFrame_LocalsToFast(PyFrameObject *, int clear);
int PyFrame_ClearFreeList(void);
#endif
