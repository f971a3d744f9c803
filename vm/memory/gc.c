/* SPDX-License-Identifier: MIT */
/* The cycle collector: three generations of doubly linked lists through the header before each
 * container. Collecting a generation copies every member's reference count, takes off the
 * references that members hold on each other, and what is left over zero is held from outside;
 * everything reached from there lives, the rest is trash. Trash with finalizers, and what hangs on
 * it, is kept (gc.garbage); of the remaining trash weak references are cleared, callbacks of living
 * ones run, and tp_clear breaks the cycles. Invariant: outside a collection gc_refs is
 * _PyGC_REFS_REACHABLE for every member of a list and _PyGC_REFS_UNTRACKED for all others; during
 * one it is a count >= 0 or TENTATIVELY_UNREACHABLE for members of the lists being worked on. */
#include "Python.h"
#include "watched.h"
#include <stdlib.h>

#define HEAD(i) (&_PyGC.generations[i].head)
#define REFS(g) ((g)->gc.gc_refs)

_PyGC_State _PyGC = {
    .generations = {{{{HEAD(0), HEAD(0), 0}}, 700, 0},
                    {{{HEAD(1), HEAD(1), 0}}, 10, 0},
                    {{{HEAD(2), HEAD(2), 0}}, 10, 0}},
    .enabled = 1,
};
PyGC_Head *_PyGC_generation0 = HEAD(0);
_PyMemoryHooksTable _PyMemoryHooks;

/* ---- Lists -------------------------------------------------------------------------------------
 */

static void list_init(PyGC_Head *list)
{
    list->gc.gc_next = list->gc.gc_prev = list;
}

static int list_is_empty(PyGC_Head *list)
{
    return list->gc.gc_next == list;
}

static void list_remove(PyGC_Head *node)
{
    node->gc.gc_prev->gc.gc_next = node->gc.gc_next;
    node->gc.gc_next->gc.gc_prev = node->gc.gc_prev;
    node->gc.gc_next = NULL; /* not in a list */
}

static void list_append(PyGC_Head *node, PyGC_Head *list)
{
    node->gc.gc_next = list;
    node->gc.gc_prev = list->gc.gc_prev;
    node->gc.gc_prev->gc.gc_next = node;
    list->gc.gc_prev = node;
}

static void list_move(PyGC_Head *node, PyGC_Head *list)
{
    node->gc.gc_prev->gc.gc_next = node->gc.gc_next;
    node->gc.gc_next->gc.gc_prev = node->gc.gc_prev;
    list_append(node, list);
}

/* Appends all of from to to; from is empty afterwards. */
static void list_merge(PyGC_Head *from, PyGC_Head *to)
{
    if (!list_is_empty(from)) {
        PyGC_Head *tail = to->gc.gc_prev;
        tail->gc.gc_next = from->gc.gc_next;
        tail->gc.gc_next->gc.gc_prev = tail;
        to->gc.gc_prev = from->gc.gc_prev;
        to->gc.gc_prev->gc.gc_next = to;
    }
    list_init(from);
}

static Py_ssize_t list_size(PyGC_Head *list)
{
    Py_ssize_t n = 0;
    for (PyGC_Head *g = list->gc.gc_next; g != list; g = g->gc.gc_next)
        n++;
    return n;
}

/* ---- Finding what is unreachable
 * ------------------------------------------------------------------ */

static traverseproc traverse_of(PyObject *op)
{
    return Py_TYPE(op)->tp_traverse;
}

/* One reference comes from inside the generation. */
static int visit_subtract(PyObject *op, void *arg)
{
    if (PyObject_IS_GC(op)) {
        PyGC_Head *g = _Py_AS_GC(op);
        if (REFS(g) > 0)
            REFS(g)--;
    }
    return 0;
}

/* op is held by something reachable. arg: the list of the reachable. */
static int visit_reachable(PyObject *op, void *arg)
{
    if (PyObject_IS_GC(op)) {
        PyGC_Head *g = _Py_AS_GC(op);
        if (REFS(g) == 0) {
            REFS(g) = 1; /* still to be looked at, further down the list */
        } else if (REFS(g) == _PyGC_REFS_TENTATIVELY_UNREACHABLE) {
            list_move(g, (PyGC_Head *)arg);
            REFS(g) = 1;
        }
    }
    return 0;
}

/* Leaves in young what is reachable from outside and moves the rest. */
static void partition(PyGC_Head *young, PyGC_Head *unreachable)
{
    PyGC_Head *g;

    for (g = young->gc.gc_next; g != young; g = g->gc.gc_next)
        REFS(g) = Py_REFCNT(_Py_FROM_GC(g));
    for (g = young->gc.gc_next; g != young; g = g->gc.gc_next) {
        PyObject *op = _Py_FROM_GC(g);
        traverse_of(op)(op, visit_subtract, NULL);
    }
    list_init(unreachable);
    for (g = young->gc.gc_next; g != young;) {
        PyGC_Head *next;
        if (REFS(g) != 0) {
            PyObject *op = _Py_FROM_GC(g);
            REFS(g) = _PyGC_REFS_REACHABLE;
            traverse_of(op)(op, visit_reachable, young);
            next = g->gc.gc_next;
            if (Py_TYPE(op) == _PyMemoryHooks.tuple_type)
                _PyMemoryHooks.untrack_tuple(op);
        } else {
            next = g->gc.gc_next;
            list_move(g, unreachable);
            REFS(g) = _PyGC_REFS_TENTATIVELY_UNREACHABLE;
        }
        g = next;
    }
}

static void untrack_dicts(PyGC_Head *list)
{
    for (PyGC_Head *g = list->gc.gc_next, *next; g != list; g = next) {
        PyObject *op = _Py_FROM_GC(g);
        next = g->gc.gc_next;
        if (Py_TYPE(op) == _PyMemoryHooks.dict_type)
            _PyMemoryHooks.untrack_dict(op);
    }
}

/* ---- Finalizers
 * ------------------------------------------------------------------------------------ */

static void move_finalizers(PyGC_Head *unreachable, PyGC_Head *finalizers)
{
    for (PyGC_Head *g = unreachable->gc.gc_next, *next; g != unreachable; g = next) {
        next = g->gc.gc_next;
        if (_PyMemoryHooks.has_finalizer(_Py_FROM_GC(g))) {
            list_move(g, finalizers);
            REFS(g) = _PyGC_REFS_REACHABLE;
        }
    }
}

static int visit_move(PyObject *op, void *arg)
{
    if (PyObject_IS_GC(op)) {
        PyGC_Head *g = _Py_AS_GC(op);
        if (REFS(g) == _PyGC_REFS_TENTATIVELY_UNREACHABLE) {
            list_move(g, (PyGC_Head *)arg);
            REFS(g) = _PyGC_REFS_REACHABLE;
        }
    }
    return 0;
}

/* Adds to finalizers all that can be reached from it. */
static void move_finalizer_reachable(PyGC_Head *finalizers)
{
    for (PyGC_Head *g = finalizers->gc.gc_next; g != finalizers; g = g->gc.gc_next) {
        PyObject *op = _Py_FROM_GC(g);
        traverse_of(op)(op, visit_move, finalizers);
    }
}

/* gc.garbage gets the objects with finalizers (with DEBUG_SAVEALL all), and the old generation
 * takes the whole list. */
static int keep_garbage(PyGC_Head *finalizers, PyGC_Head *old)
{
    int result = 0;
    for (PyGC_Head *g = finalizers->gc.gc_next; g != finalizers; g = g->gc.gc_next) {
        PyObject *op = _Py_FROM_GC(g);
        if ((_PyGC.debug & _PyGC_DEBUG_SAVEALL) || _PyMemoryHooks.has_finalizer(op))
            if (_PyMemoryHooks.keep_garbage(op) < 0) {
                result = -1;
                break;
            }
    }
    list_merge(finalizers, old);
    return result;
}

/* ---- Weak references
 * -------------------------------------------------------------------------------- */

/* Clears every weak reference to trash before anything is torn down, so that no callback and no
 * other finalizer can bring trash back to life, then runs the callbacks of those weak references
 * that are not trash themselves. Returns how many references were freed by that. */
static Py_ssize_t handle_weakrefs(PyGC_Head *unreachable, PyGC_Head *old)
{
    PyGC_Head pending;
    Py_ssize_t freed = 0;

    list_init(&pending);
    for (PyGC_Head *g = unreachable->gc.gc_next; g != unreachable; g = g->gc.gc_next) {
        PyObject *op = _Py_FROM_GC(g);
        /* A weak reference that is trash must not run its callback when its referent, which may be
         * no trash, dies later or while half of the trash is torn down: it just forgets. */
        if (_PyMemoryHooks.is_weakref(op))
            _PyMemoryHooks.clear_weakref(op);
        if (!PyType_SUPPORTS_WEAKREFS(Py_TYPE(op)))
            continue;
        PyWeakReference **list = (PyWeakReference **)PyObject_GET_WEAKREFS_LISTPTR(op);
        while (*list != NULL) {
            PyWeakReference *ref = *list;
            _PyMemoryHooks.clear_weakref((PyObject *)ref); /* takes it off the list */
            if (ref->wr_callback == NULL)
                continue;
            PyGC_Head *as_gc = _Py_AS_GC((PyObject *)ref);
            if (REFS(as_gc) == _PyGC_REFS_TENTATIVELY_UNREACHABLE)
                continue; /* trash as well: it is not told */
            Py_INCREF(ref);
            list_move(as_gc, &pending);
        }
    }
    while (!list_is_empty(&pending)) {
        PyGC_Head *g = pending.gc.gc_next;
        PyObject *ref = _Py_FROM_GC(g);
        _PyMemoryHooks.call_weakref(ref);
        /* Our reference kept it in the list; without it, it may go now. */
        Py_DECREF(ref);
        if (pending.gc.gc_next == g)
            list_move(g, old);
        else
            freed++;
    }
    return freed;
}

/* ---- A collection
 * ------------------------------------------------------------------------------------ */

/* Breaks the cycles. Objects die as their counts reach zero; one that survives its own tp_clear is
 * moved to the old generation. */
static void delete_garbage(PyGC_Head *trash, PyGC_Head *old)
{
    while (!list_is_empty(trash)) {
        PyGC_Head *g = trash->gc.gc_next;
        PyObject *op = _Py_FROM_GC(g);
        if (_PyGC.debug & _PyGC_DEBUG_SAVEALL) {
            if (_PyMemoryHooks.keep_garbage(op) < 0)
                _PyMemoryHooks.unexpected();
        } else {
            inquiry clear = Py_TYPE(op)->tp_clear;
            if (clear != NULL) {
                Py_INCREF(op);
                clear(op);
                Py_DECREF(op);
            }
        }
        if (trash->gc.gc_next == g) {
            list_move(g, old);
            REFS(g) = _PyGC_REFS_REACHABLE;
        }
    }
}

static Py_ssize_t collect(int generation)
{
    Py_ssize_t collected = 0, uncollectable = 0;
    PyGC_Head *young, *old, unreachable, finalizers;

    if (_PyGC.debug & _PyGC_DEBUG_STATS)
        _PyMemoryHooks.debug_start(generation);

    if (generation + 1 < 3)
        _PyGC.generations[generation + 1].count++;
    for (int i = 0; i <= generation; i++)
        _PyGC.generations[i].count = 0;
    for (int i = 0; i < generation; i++)
        list_merge(HEAD(i), HEAD(generation));
    young = HEAD(generation);
    old = generation < 2 ? HEAD(generation + 1) : young;

    partition(young, &unreachable);
    if (young != old) {
        if (generation == 1)
            _PyGC.long_lived_pending += list_size(young);
        list_merge(young, old);
    } else {
        /* Only now: untracking at each young collection makes building a big dict quadratic. */
        untrack_dicts(young);
        _PyGC.long_lived_pending = 0;
        _PyGC.long_lived_total = list_size(young);
    }

    list_init(&finalizers);
    move_finalizers(&unreachable, &finalizers);
    move_finalizer_reachable(&finalizers);

    for (PyGC_Head *g = unreachable.gc.gc_next; g != &unreachable; g = g->gc.gc_next) {
        collected++;
        if (_PyGC.debug & _PyGC_DEBUG_COLLECTABLE)
            _PyMemoryHooks.debug_cycle("collectable", _Py_FROM_GC(g));
    }
    collected += handle_weakrefs(&unreachable, old);
    delete_garbage(&unreachable, old);

    for (PyGC_Head *g = finalizers.gc.gc_next; g != &finalizers; g = g->gc.gc_next) {
        uncollectable++;
        if (_PyGC.debug & _PyGC_DEBUG_UNCOLLECTABLE)
            _PyMemoryHooks.debug_cycle("uncollectable", _Py_FROM_GC(g));
    }
    if (_PyGC.debug & _PyGC_DEBUG_STATS)
        _PyMemoryHooks.debug_done(collected + uncollectable, uncollectable);
    if (keep_garbage(&finalizers, old) < 0)
        _PyMemoryHooks.unexpected();
    if (generation == 2)
        _PyMemoryHooks.clear_free_lists();
    if (_PyMemoryHooks.error_occurred())
        _PyMemoryHooks.unexpected();
    return collected + uncollectable;
}

Py_ssize_t _PyGC_CollectGeneration(int generation)
{
    if (_PyGC.collecting || _PyMemoryHooks.has_finalizer == NULL || generation < 0 ||
        generation > 2)
        return 0;
    _PyGC.collecting = 1;
    Py_ssize_t n = collect(generation);
    _PyGC.collecting = 0;
    return n;
}

Py_ssize_t PyGC_Collect(void)
{
    return _PyGC_CollectGeneration(2);
}

/* The oldest generation that is full, with those below it. The whole heap is looked at only when a
 * quarter of it is new: so the total work stays linear in the number of objects made. */
static void collect_full_generations(void)
{
    for (int i = 2; i >= 0; i--) {
        if (_PyGC.generations[i].count <= _PyGC.generations[i].threshold)
            continue;
        if (i == 2 && _PyGC.long_lived_pending < _PyGC.long_lived_total / 4)
            continue;
        _PyGC_CollectGeneration(i);
        break;
    }
}

#ifdef KRAIT_WATCHED
/* Under the sanitizer KRAIT_GC_STRESS=N in the environment has every container's allocation collect
 * the young objects, and every N-th all of them: what is traversed half made, or held by nothing
 * while it is used, shows. */
static void stress(void)
{
    static int every = -1, n;

    if (every < 0) {
        const char *text = getenv("KRAIT_GC_STRESS");
        every = text == NULL ? 0 : atoi(text);
    }
    if (every > 0 && _PyGC.enabled && !_PyGC.collecting && _PyMemoryHooks.has_finalizer != NULL &&
        !_PyMemoryHooks.error_occurred())
        _PyGC_CollectGeneration(++n % every == 0 ? 2 : 1);
}
#endif

/* ---- Containers
 * ---------------------------------------------------------------------------------------- */

PyObject *_PyObject_GC_Malloc(Py_ssize_t basicsize)
{
    PyGC_Head *g = NULL;
    _PyGC_Generation *young = &_PyGC.generations[0];

    if (basicsize >= 0 && basicsize <= PY_SSIZE_T_MAX - (Py_ssize_t)sizeof(PyGC_Head))
        g = PyObject_Malloc((Py_ssize_t)sizeof(PyGC_Head) + basicsize);
    if (g == NULL) {
        if (_PyMemoryHooks.no_memory != NULL)
            _PyMemoryHooks.no_memory();
        return NULL;
    }
    REFS(g) = _PyGC_REFS_UNTRACKED;
    young->count++;
#ifdef KRAIT_WATCHED
    stress();
#endif
    if (young->count > young->threshold && _PyGC.enabled && young->threshold != 0 &&
        !_PyGC.collecting && _PyMemoryHooks.has_finalizer != NULL &&
        !_PyMemoryHooks.error_occurred())
        collect_full_generations();
    return _Py_FROM_GC(g);
}

PyObject *_PyObject_GC_New(PyTypeObject *type)
{
    PyObject *op = _PyObject_GC_Malloc(_PyObject_SIZE(type));
    if (op != NULL)
        op = PyObject_INIT(op, type);
    return op;
}

/* The size of a variable object; -1 when it cannot be. */
static Py_ssize_t var_size(PyTypeObject *type, Py_ssize_t n)
{
    if (n < 0 || (type->tp_itemsize > 0 &&
                  n > (PY_SSIZE_T_MAX - type->tp_basicsize - 64) / type->tp_itemsize))
        return -1;
    return _PyObject_VAR_SIZE(type, n);
}

PyVarObject *_PyObject_GC_NewVar(PyTypeObject *type, Py_ssize_t n)
{
    PyVarObject *op = (PyVarObject *)_PyObject_GC_Malloc(var_size(type, n));
    if (op != NULL)
        op = PyObject_INIT_VAR(op, type, n);
    return op;
}

PyVarObject *_PyObject_GC_Resize(PyVarObject *op, Py_ssize_t n)
{
    Py_ssize_t size = var_size(Py_TYPE(op), n);
    PyGC_Head *g = NULL;
    if (size >= 0)
        g = PyObject_Realloc(_Py_AS_GC(op), (Py_ssize_t)sizeof(PyGC_Head) + size);
    if (g == NULL) {
        if (_PyMemoryHooks.no_memory != NULL)
            _PyMemoryHooks.no_memory();
        return NULL;
    }
    op = (PyVarObject *)_Py_FROM_GC(g);
    Py_SIZE(op) = n;
    return op;
}

void PyObject_GC_Track(void *p)
{
    PyObject *op = p;
    if (_PyObject_GC_IS_TRACKED(op))
        Py_FatalError("GC object already tracked");
    _PyObject_GC_TRACK(op);
}

void PyObject_GC_UnTrack(void *p)
{
    PyObject *op = p;
    if (_PyObject_GC_IS_TRACKED(op))
        _PyObject_GC_UNTRACK(op);
}

void PyObject_GC_Del(void *p)
{
    PyGC_Head *g = _Py_AS_GC((PyObject *)p);
    if (_PyObject_GC_IS_TRACKED((PyObject *)p))
        list_remove(g);
    if (_PyGC.generations[0].count > 0)
        _PyGC.generations[0].count--;
    PyObject_Free(g);
}
