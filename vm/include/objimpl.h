/* SPDX-License-Identifier: MIT */
/* Making objects, and the header the cycle collector keeps before each object it tracks. */
#ifndef OBJIMPL_H
#define OBJIMPL_H
typedef union _gc_head {
    struct {
        union _gc_head *gc_next, *gc_prev;
        Py_refcnt_t gc_refs; /* one of _PyGC_REFS_*, or the collector's working count */
    } gc;
    int64_t dummy_align;
} PyGC_Head;
#define _PyGC_REFS_UNTRACKED (-2)
#define _PyGC_REFS_REACHABLE (-3)
#define _PyGC_REFS_TENTATIVELY_UNREACHABLE (-4)
#define _Py_AS_GC(o) ((PyGC_Head *)(o)-1)
#define _Py_FROM_GC(g) ((PyObject *)((PyGC_Head *)(g) + 1))
extern PyGC_Head *_PyGC_generation0;
#define _PyObject_GC_IS_TRACKED(o) (_Py_AS_GC(o)->gc.gc_refs != _PyGC_REFS_UNTRACKED)
/* Start and stop tracking. PyObject_GC_UnTrack may be called on an untracked object; the macros may
 * not. */
#define _PyObject_GC_TRACK(o)                                                                      \
    do {                                                                                           \
        PyGC_Head *_py_g = _Py_AS_GC(o);                                                           \
        _py_g->gc.gc_refs = _PyGC_REFS_REACHABLE;                                                  \
        _py_g->gc.gc_next = _PyGC_generation0;                                                     \
        _py_g->gc.gc_prev = _PyGC_generation0->gc.gc_prev;                                         \
        _py_g->gc.gc_prev->gc.gc_next = _py_g;                                                     \
        _PyGC_generation0->gc.gc_prev = _py_g;                                                     \
    } while (0)
#define _PyObject_GC_UNTRACK(o)                                                                    \
    do {                                                                                           \
        PyGC_Head *_py_g = _Py_AS_GC(o);                                                           \
        _py_g->gc.gc_refs = _PyGC_REFS_UNTRACKED;                                                  \
        _py_g->gc.gc_prev->gc.gc_next = _py_g->gc.gc_next;                                         \
        _py_g->gc.gc_next->gc.gc_prev = _py_g->gc.gc_prev;                                         \
        _py_g->gc.gc_next = NULL;                                                                  \
    } while (0)
#define _PyObject_GC_MAY_BE_TRACKED(o)                                                             \
    (PyObject_IS_GC(o) && (!PyTuple_CheckExact(o) || _PyObject_GC_IS_TRACKED(o)))
void PyObject_GC_Track(void *);
void PyObject_GC_UnTrack(void *);
void PyObject_GC_Del(void *);
PyObject *_PyObject_GC_Malloc(
    Py_ssize_t basicsize); /* uninitialised, untracked, may collect; sets MemoryError */
PyObject *_PyObject_GC_New(PyTypeObject *);
PyVarObject *_PyObject_GC_NewVar(PyTypeObject *, Py_ssize_t nitems);
PyVarObject *_PyObject_GC_Resize(PyVarObject *, Py_ssize_t nitems);
#define PyObject_GC_New(type, tp) ((type *)_PyObject_GC_New(tp))
#define PyObject_GC_NewVar(type, tp, n) ((type *)_PyObject_GC_NewVar((tp), (n)))
#define PyObject_GC_Resize(type, op, n) ((type *)_PyObject_GC_Resize((PyVarObject *)(op), (n)))
#define PyType_IS_GC(t) PyType_HasFeature((t), Py_TPFLAGS_HAVE_GC)
#define PyObject_IS_GC(o)                                                                          \
    (PyType_IS_GC(Py_TYPE(o)) && (Py_TYPE(o)->tp_is_gc == NULL || Py_TYPE(o)->tp_is_gc(o)))
#define Py_VISIT(op)                                                                               \
    do {                                                                                           \
        if (op) {                                                                                  \
            int vret = visit((PyObject *)(op), arg);                                               \
            if (vret)                                                                              \
                return vret;                                                                       \
        }                                                                                          \
    } while (0)
PyObject *PyObject_Init(PyObject *, PyTypeObject *);
PyVarObject *PyObject_InitVar(PyVarObject *, PyTypeObject *, Py_ssize_t);
#define PyObject_INIT(op, tp) (Py_TYPE(op) = (tp), _Py_NewReference((PyObject *)(op)), (op))
#define PyObject_INIT_VAR(op, tp, n) (Py_SIZE(op) = (n), PyObject_INIT((op), (tp)))
PyObject *_PyObject_New(PyTypeObject *);
PyVarObject *_PyObject_NewVar(PyTypeObject *, Py_ssize_t);
#define PyObject_New(type, tp) ((type *)_PyObject_New(tp))
#define PyObject_NewVar(type, tp, n) ((type *)_PyObject_NewVar((tp), (n)))
#define PyObject_NEW(type, tp) PyObject_New(type, tp)
#define _PyObject_SIZE(tp) ((tp)->tp_basicsize)
#define _PyObject_VAR_SIZE(tp, n)                                                                  \
    (((tp)->tp_basicsize + (n) * (tp)->tp_itemsize + 7) & ~(Py_ssize_t)7)
#define PyType_SUPPORTS_WEAKREFS(t) ((t)->tp_weaklistoffset > 0)
#define PyObject_GET_WEAKREFS_LISTPTR(o)                                                           \
    ((PyObject **)((char *)(o) + Py_TYPE(o)->tp_weaklistoffset))
/* The collector, memory/gc.c; the Python module gc is modules/gcmodule.c over these. */
Py_ssize_t PyGC_Collect(void);
typedef struct {
    PyGC_Head head;
    int threshold, count;
} _PyGC_Generation;
typedef struct {
    _PyGC_Generation generations[3];
    int enabled, collecting, debug;
    PyObject *garbage; /* list, made by the objects layer */
    Py_ssize_t long_lived_pending, long_lived_total;
} _PyGC_State;
extern _PyGC_State _PyGC;
Py_ssize_t _PyGC_CollectGeneration(
    int generation); /* number unreachable; -1 never; exceptions are reported unraisable */
/* What the memory layer needs from above, filled in by objects/memory_hooks.c. Until then no
 * collection happens and a failed allocation sets no exception. */
typedef struct {
    PyTypeObject *tuple_type, *dict_type;
    void (*untrack_tuple)(PyObject *); /* stop tracking if nothing inside can make a cycle */
    void (*untrack_dict)(PyObject *);
    int (*error_occurred)(void);
    void (*no_memory)(void);    /* sets MemoryError */
    void (*bad_internal)(void); /* sets SystemError */
    int (*has_finalizer)(PyObject *);
    int (*is_weakref)(PyObject *);
    void (*clear_weakref)(
        PyObject *); /* the weak reference forgets its referent, keeps its callback */
    void (*call_weakref)(PyObject *); /* calls the callback, reports what it raises */
    int (*keep_garbage)(PyObject *);  /* appends to gc.garbage */
    void (*unexpected)(void);         /* reports an exception that nobody can handle */
    void (*clear_free_lists)(void);   /* after a full collection */
    void (*debug_cycle)(const char *kind, PyObject *); /* gc.DEBUG_COLLECTABLE and _UNCOLLECTABLE */
    void (*debug_start)(int generation);               /* gc.DEBUG_STATS */
    void (*debug_done)(Py_ssize_t unreachable, Py_ssize_t uncollectable);
} _PyMemoryHooksTable;
extern _PyMemoryHooksTable _PyMemoryHooks;
void _PyMemory_InstallHooks(void); /* objects/memory_hooks.c; called by _PyInt_Init */
#define _PyGC_DEBUG_STATS (1 << 0)
#define _PyGC_DEBUG_COLLECTABLE (1 << 1)
#define _PyGC_DEBUG_UNCOLLECTABLE (1 << 2)
#define _PyGC_DEBUG_INSTANCES (1 << 3)
#define _PyGC_DEBUG_OBJECTS (1 << 4)
#define _PyGC_DEBUG_SAVEALL (1 << 5)
#define _PyGC_DEBUG_LEAK                                                                           \
    (_PyGC_DEBUG_COLLECTABLE | _PyGC_DEBUG_UNCOLLECTABLE | _PyGC_DEBUG_INSTANCES |                 \
     _PyGC_DEBUG_OBJECTS | _PyGC_DEBUG_SAVEALL)
#endif
