/* SPDX-License-Identifier: MIT */
/* How built-in types take part in the three-way answer (ceval.h): slots that may answer Py_GoOn,
 * and the one way to do something with each item of an iterator without staying on the C stack.
 *
 * Invariant: a slot here does what the slot of the same name in the type does, to the last side
 * effect; whoever cannot take Py_GoOn calls that one. */
#ifndef GOON_H
#define GOON_H

/* PyTypeObject.tp_goon; any may be NULL. A subclass uses its base's as long as it has inherited the
 * plain slot too. */
typedef struct _PyGoOnSlots {
    PyObject *(*go_next)(PyObject *self);
    PyObject *(*go_call)(PyObject *self, PyObject *args, PyObject *kwds);
    PyObject *(*go_new)(PyTypeObject *type, PyObject *args, PyObject *kwds);
    PyObject *(*go_init)(PyObject *self, PyObject *args, PyObject *kwds); /* None */
    int again; /* calls of the type itself, and of its instances, can be started again (below) */
} _PyGoOnSlots;

/* What a walk does: item with each item (0, 1: that is enough, -1: error), end afterwards for the
 * result (NULL: None). Both get what the walk was started with. */
typedef struct _PyWalk {
    int (*item)(PyObject *acc, PyObject *item, PyObject *extra);
    PyObject *(*end)(PyObject *acc, PyObject *extra);
} _PyWalk;

/* objects/iterobject.c. Is it worth walking: may asking for the items run Python code? Then an
 * iterator over it; else NULL without an error: take the ordinary way, which is faster. */
PyObject *_PyWalk_Begin(PyObject *iterable);
/* May asking this iterator for an item, or calling this object, run Python code? */
int _PyWalk_MayNest(PyObject *it);
int _PyWalk_CallMayNest(PyObject *callable);
/* Items are appended to acc, a list; the result is the list, or a tuple of its items. */
extern const _PyWalk _PyWalk_List, _PyWalk_Tuple;

/* eval/walk.c. A walk over an iterator; three-way. Takes over it, acc and extra (may be NULL). For
 * objects/: _PyHooks.walk. */
PyObject *_PyEval_WalkGoOn(PyObject *it, const _PyWalk *how, PyObject *acc, PyObject *extra);
/* The next item of each iterator of a tuple, as a tuple; NULL at the end as for
 * PyEval_IterNextGoOn. Without `fill` the first to end is the end; with it that takes its place,
 * and `iters` has NULL where an iterator has ended, until all have. */
PyObject *_PyEval_RowGoOn(PyObject *iters, PyObject *fill);

/* ---- C functions that can be started again. Most functions that call back have no effect of their
 * own before the last question: len, str, hash, isinstance, `%`. They stay as they are; when a slot
 * wants a method written in Python called, they are stopped, the eval loop calls it, and they are
 * started again with the answer. objects/ask.c, eval/again.c ---- */
/* For types of which that is all. */
extern const _PyGoOnSlots _PyGoOn_Again;
typedef PyObject *(*_PyAgainFunc)(PyObject *a, PyObject *b, PyObject *c);
/* func(a, b, c) so; three-way. It must do nothing that starting it again would do twice. */
PyObject *_PyEval_AgainGoOn(_PyAgainFunc func, PyObject *a, PyObject *b, PyObject *c);

typedef struct {
    PyObject *answers; /* list of (question, value, exception's type, traceback), or NULL */
    Py_ssize_t next;
    PyObject *question, *args, *kwds; /* what the function has been stopped for */
    int nests;                        /* no more stopping: calls nest */
    int depth;                        /* the recursion depth at which it asks */
} _PyAsk;
extern _PyAsk *_PyAsk_Current;
/* What slots call methods by: PyObject_Call, unless the running function can be started again. */
PyObject *_PyAsk_Call(PyObject *func, PyObject *args, PyObject *kwds);
PyObject *_PyAsk_ObjArgs(PyObject *func, PyObject *a, PyObject *b, PyObject *c);
/* Adds an answer (value taken over; NULL: the error that is set). */
int _PyAsk_Answered(PyObject *answers, PyObject *question, PyObject *value);
#endif
