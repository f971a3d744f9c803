/* SPDX-License-Identifier: MIT */
/* _lsprof: the profiler in C that cProfile is built on.
 *
 * A profiler is a table of tallies, one for each function seen (a code object, or the PyMethodDef
 * of a C function), each with a table of the functions it called, and the stack of the calls that
 * have not ended. Times are kept as counts of ticks: nanoseconds, or what the timer given counts.
 *
 * Invariant: whatever may run Python code (the timer, the repr() of what stands for a C function,
 * releasing objects, making them while garbage is collected) may change the profiler, even clear
 * it. So nothing points into a table or the stack across it: they are looked up again. */
#include "Python.h"
#include "host/host.h"
#include "structmember.h"

/* Of one function, or of one function as called by another. */
typedef struct {
    const void *key;
    PyObject *code;           /* a code object or the name of a C function; owned */
    uint64_t total, own;      /* ticks: with what it called, without. They may wrap around */
    py_long calls, recursive; /* calls that have ended; those of them within another */
    py_long level;            /* calls that have not ended */
    struct Table *callees;    /* NULL: none */
} Tally;

/* Tallies in the order in which they came, found by their key: slots, a power of two of them and at
 * least half of them 0, hold numbers of tallies plus one. */
typedef struct Table {
    Tally *tallies;
    uint32_t *slots;
    uint32_t count, room, nslots;
} Table;

typedef struct {
    uint32_t tally; /* its number in the profiler's table */
    uint64_t start;
    uint64_t inner; /* ticks spent in what it called */
} Call;

typedef struct {
    PyObject_HEAD Table table;
    Call *stack;
    Py_ssize_t depth, room;
    unsigned generation; /* how often it has been cleared */
    PyObject *timer;     /* NULL: the clock */
    double unit;         /* seconds for each tick */
    char ticks;          /* the timer counts ticks: it answers integers */
    char enabled, subcalls, builtins;
    char failed; /* for want of memory something was not counted */
} Profiler;

/* What a tick is when the timer answers seconds: fine enough, and the range is 68 years. */
static const double fraction = 4294967296.0;

static PyTypeObject entry_type, subentry_type;

/* ---- tables ---- */

static uint32_t slot_of(const Table *t, const void *key)
{
    uintptr_t n = (uintptr_t)key;
    return (uint32_t)((n >> 4) ^ (n >> 11) ^ (n >> 19)) & (t->nslots - 1);
}

/* NULL when it is not there. */
static Tally *find(const Table *t, const void *key)
{
    if (t == NULL || t->nslots == 0)
        return NULL;
    for (uint32_t i = slot_of(t, key);; i = (i + 1) & (t->nslots - 1)) {
        if (t->slots[i] == 0)
            return NULL;
        if (t->tallies[t->slots[i] - 1].key == key)
            return &t->tallies[t->slots[i] - 1];
    }
}

static void enter_slot(Table *t, uint32_t number)
{
    uint32_t i = slot_of(t, t->tallies[number].key);
    while (t->slots[i] != 0)
        i = (i + 1) & (t->nslots - 1);
    t->slots[i] = number + 1;
}

/* Makes the tallies and slots twice as many; -1 without memory, and then all is as it was. */
static int grow(Table *t)
{
    Py_ssize_t room = t->room == 0 ? 8 : (Py_ssize_t)t->room * 2;
    if (room > INT32_MAX / 4)
        return -1;
    uint32_t *slots = PyMem_New(uint32_t, room * 2);
    Tally *tallies = slots == NULL ? NULL : PyMem_Resize(t->tallies, Tally, room);
    if (tallies == NULL) {
        PyMem_Free(slots);
        return -1;
    }
    PyMem_Free(t->slots);
    memset(slots, 0, (size_t)room * 2 * sizeof *slots);
    t->tallies = tallies;
    t->slots = slots;
    t->room = (uint32_t)room;
    t->nslots = (uint32_t)room * 2;
    for (uint32_t i = 0; i < t->count; i++)
        enter_slot(t, i);
    return 0;
}

/* A new one for a key that is not there; NULL without memory. */
static Tally *add(Table *t, const void *key, PyObject *code)
{
    if (t->count == t->room && grow(t) < 0)
        return NULL;
    Tally *tally = &t->tallies[t->count];
    memset(tally, 0, sizeof *tally);
    tally->key = key;
    Py_INCREF(code);
    tally->code = code;
    enter_slot(t, t->count++);
    return tally;
}

/* The table must not be reachable any more: code may run. */
static void release_table(Table *t)
{
    for (uint32_t i = 0; i < t->count; i++) {
        if (t->tallies[i].callees != NULL) {
            release_table(t->tallies[i].callees);
            PyMem_Free(t->tallies[i].callees);
        }
        Py_DECREF(t->tallies[i].code);
    }
    PyMem_Free(t->tallies);
    PyMem_Free(t->slots);
}

static void clear(Profiler *p)
{
    Table old = p->table;
    Call *stack = p->stack;

    memset(&p->table, 0, sizeof p->table);
    p->stack = NULL;
    p->depth = p->room = 0;
    p->generation++;
    PyMem_Free(stack);
    release_table(&old);
}

/* ---- time ---- */

static uint64_t ticks_of_seconds(double seconds)
{
    double ticks = seconds * fraction;
    if (!(ticks >= -9223372036854775808.0 && ticks < 9223372036854775808.0))
        return (uint64_t)1 << 63; /* also for what is not a number */
    return (uint64_t)(int64_t)ticks;
}

/* Calls the timer. Its errors are told of and count as 0. */
static uint64_t ask_timer(Profiler *p)
{
    PyObject *timer = p->timer, *answer;
    uint64_t ticks = 0;

    Py_INCREF(timer);
    answer = PyObject_CallObject(timer, NULL);
    if (answer != NULL) {
        if (p->ticks)
            ticks = (uint64_t)PyLong_AsLongLong(answer);
        else
            ticks = ticks_of_seconds(PyFloat_AsDouble(answer));
        Py_DECREF(answer);
    }
    if (PyErr_Occurred()) {
        PyErr_WriteUnraisable(timer);
        ticks = 0;
    }
    Py_DECREF(timer);
    return ticks;
}

static uint64_t now(Profiler *p)
{
    return p->timer != NULL ? ask_timer(p) : (uint64_t)host_clock_ns(HOST_CLOCK_MONOTONIC);
}

/* ---- calls ---- */

/* Of a method what its type has under that name, of a function its module's name and its own. */
static PyObject *name_c_function(PyCFunctionObject *f)
{
    const char *name = f->m_ml->ml_name, *module = NULL;

    if (f->m_self != NULL) {
        PyObject *key = PyString_FromString(name), *r = NULL;
        PyObject *found = key == NULL ? NULL : _PyType_Lookup(Py_TYPE(f->m_self), key);
        Py_XDECREF(key);
        if (found != NULL) {
            Py_INCREF(found);
            r = PyObject_Repr(found);
            Py_DECREF(found);
            if (r != NULL)
                return r;
        }
        PyErr_Clear();
        return PyString_FromFormat("<built-in method %s>", name);
    }
    if (f->m_module != NULL && PyString_Check(f->m_module))
        module = PyString_AS_STRING(f->m_module);
    else if (f->m_module != NULL && PyModule_Check(f->m_module)) {
        module = PyModule_GetName(f->m_module);
        if (module == NULL)
            PyErr_Clear();
    }
    if (module == NULL || strcmp(module, "__builtin__") == 0)
        return PyString_FromFormat("<%s>", name);
    return PyString_FromFormat("<%s.%s>", module, name);
}

/* The tally of a function, made when there is none; NULL without memory. `function` is a code
 * object or a C function. */
static Tally *tally_of(Profiler *p, const void *key, PyObject *function)
{
    Tally *tally = find(&p->table, key);
    if (tally != NULL)
        return tally;
    PyObject *code = function;
    if (PyCFunction_Check(function))
        code = name_c_function((PyCFunctionObject *)function);
    else
        Py_INCREF(code);
    if (code == NULL)
        return NULL;
    tally = find(&p->table, key);
    if (tally == NULL)
        tally = add(&p->table, key, code);
    Py_DECREF(code);
    return tally;
}

/* Another call of `called` by `caller` begins; -1 without memory. */
static int enter_callee(Tally *caller, const Tally *called)
{
    if (caller->callees == NULL) {
        caller->callees = PyMem_New(Table, 1);
        if (caller->callees == NULL)
            return -1;
        memset(caller->callees, 0, sizeof *caller->callees);
    }
    Tally *t = find(caller->callees, called->key);
    if (t == NULL && (t = add(caller->callees, called->key, called->code)) == NULL)
        return -1;
    t->level++;
    return 0;
}

static int push(Profiler *p, const void *key, PyObject *function)
{
    Tally *tally = tally_of(p, key, function);
    if (tally == NULL)
        return -1;
    if (p->depth == p->room) {
        Py_ssize_t room = p->room == 0 ? 32 : p->room * 2;
        Call *stack = PyMem_Resize(p->stack, Call, room);
        if (stack == NULL)
            return -1;
        p->stack = stack;
        p->room = room;
    }
    if (p->subcalls && p->depth > 0 &&
        enter_callee(&p->table.tallies[p->stack[p->depth - 1].tally], tally) < 0)
        return -1;
    tally->level++;
    Py_ssize_t here = p->depth++;
    unsigned generation = p->generation;
    p->stack[here] = (Call){.tally = (uint32_t)(tally - p->table.tallies)};
    uint64_t start = now(p);
    if (p->generation == generation && here < p->depth)
        p->stack[here].start = start;
    return 0;
}

static void count(Tally *t, uint64_t total, uint64_t own)
{
    if (--t->level == 0)
        t->total += total;
    else
        t->recursive++;
    t->own += own;
    t->calls++;
}

/* The innermost call has ended. It is counted for the function that `key` names, which is another
 * than the one that began when the profiler was not told of all that happened in between. NULL: for
 * the one that began. */
static void pop(Profiler *p, const void *key)
{
    if (p->depth == 0)
        return;
    if (key != NULL && find(&p->table, key) == NULL) {
        p->depth--;
        return;
    }
    uint64_t end = now(p);
    if (p->depth == 0)
        return;
    Call call = p->stack[--p->depth];
    Tally *tally = key == NULL ? &p->table.tallies[call.tally] : find(&p->table, key);
    if (tally == NULL)
        return;
    uint64_t total = end - call.start, own = total - call.inner;
    count(tally, total, own);
    if (p->depth > 0) {
        Call *outer = &p->stack[p->depth - 1];
        outer->inner += total;
        if (p->subcalls) {
            Tally *t = find(p->table.tallies[outer->tally].callees, tally->key);
            if (t != NULL)
                count(t, total, own);
        }
    }
}

static int on_event(PyObject *self, PyFrameObject *frame, int what, PyObject *arg)
{
    Profiler *p = (Profiler *)self;
    PyObject *function =
        what == PyTrace_CALL || what == PyTrace_RETURN ? (PyObject *)frame->f_code : arg;
    const void *key = function;

    if (function == arg) {
        if (!p->builtins || !PyCFunction_Check(arg))
            return 0;
        key = ((PyCFunctionObject *)arg)->m_ml;
    }
    Py_INCREF(self); /* the timer may end the profiling */
    switch (what) {
    case PyTrace_CALL:
    case PyTrace_C_CALL:
        if (push(p, key, function) < 0) {
            PyErr_Clear();
            p->failed = 1;
        }
        break;
    case PyTrace_RETURN:
    case PyTrace_C_RETURN:
    case PyTrace_C_EXCEPTION:
        pop(p, key);
        break;
    }
    Py_DECREF(self);
    return 0;
}

/* ---- Profiler ---- */

PyDoc_STRVAR(getstats_doc, "getstats() -> list of profiler_entry objects\n\n\
Return all information collected by the profiler.\n\
Each profiler_entry is a tuple-like object with the\n\
following attributes:\n\n\
    code          code object\n\
    callcount     how many times this was called\n\
    reccallcount  how many times called recursively\n\
    totaltime     total time in this entry\n\
    inlinetime    inline time in this entry (not in subcalls)\n\
    calls         details of the calls\n\n\
The calls attribute is either None or a list of\n\
profiler_subentry objects:\n\n\
    code          called code object\n\
    callcount     how many times this is called\n\
    reccallcount  how many times this is called recursively\n\
    totaltime     total time spent in this call\n\
    inlinetime    inline time (not in further subcalls)\n");

/* What both kinds of entry have. */
static PyObject *make_entry(PyTypeObject *type, const Tally *t, double unit)
{
    PyObject *e = PyStructSequence_New(type);
    if (e == NULL)
        return NULL;
    Py_INCREF(t->code);
    PyStructSequence_SET_ITEM(e, 0, t->code);
    PyStructSequence_SET_ITEM(e, 1, PyInt_FromLong(t->calls));
    PyStructSequence_SET_ITEM(e, 2, PyInt_FromLong(t->recursive));
    PyStructSequence_SET_ITEM(e, 3, PyFloat_FromDouble(unit * (double)(int64_t)t->total));
    PyStructSequence_SET_ITEM(e, 4, PyFloat_FromDouble(unit * (double)(int64_t)t->own));
    if (PyErr_Occurred())
        Py_CLEAR(e);
    return e;
}

/* A list of subentries. The tallies are a copy with references of its own. */
static PyObject *make_subentries(const Tally *tallies, Py_ssize_t n, double unit)
{
    PyObject *list = PyList_New(n);
    for (Py_ssize_t i = 0; list != NULL && i < n; i++) {
        PyObject *e = make_entry(&subentry_type, &tallies[i], unit);
        if (e == NULL)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, i, e);
    }
    return list;
}

/* The entry of one function. It works on copies, as the table may change. */
static PyObject *entry_of(const Tally *in_table, double unit)
{
    Tally t = *in_table, *callees = NULL;
    Py_ssize_t n = t.callees == NULL ? 0 : (Py_ssize_t)t.callees->count;

    if (n > 0) {
        callees = PyMem_New(Tally, n);
        if (callees == NULL)
            return PyErr_NoMemory();
        memcpy(callees, t.callees->tallies, (size_t)n * sizeof *callees);
        for (Py_ssize_t i = 0; i < n; i++)
            Py_INCREF(callees[i].code);
    }
    Py_INCREF(t.code);
    PyObject *e = make_entry(&entry_type, &t, unit), *list = NULL;
    if (e != NULL && n == 0) {
        list = Py_None;
        Py_INCREF(list);
    } else if (e != NULL)
        list = make_subentries(callees, n, unit);
    if (list == NULL)
        Py_CLEAR(e);
    else
        PyStructSequence_SET_ITEM(e, 5, list);
    for (Py_ssize_t i = 0; i < n; i++)
        Py_DECREF(callees[i].code);
    PyMem_Free(callees);
    Py_DECREF(t.code);
    return e;
}

static PyObject *profiler_getstats(PyObject *self, PyObject *noargs)
{
    Profiler *p = (Profiler *)self;
    unsigned generation = p->generation;
    PyObject *list = PyList_New(0);

    for (uint32_t i = 0; list != NULL && generation == p->generation && i < p->table.count; i++) {
        if (p->table.tallies[i].calls == 0)
            continue;
        PyObject *e = entry_of(&p->table.tallies[i], p->unit);
        if (e == NULL || PyList_Append(list, e) < 0)
            Py_CLEAR(list);
        Py_XDECREF(e);
    }
    return list;
}

PyDoc_STRVAR(enable_doc, "enable(subcalls=True, builtins=True)\n\n\
Start collecting profiling information.\n\
If 'subcalls' is True, also records for each function\n\
statistics separated according to its current caller.\n\
If 'builtins' is True, records the time spent in\n\
built-in functions separately from their caller.\n");

static PyObject *profiler_enable(PyObject *self, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"subcalls", "builtins", NULL};
    Profiler *p = (Profiler *)self;
    int subcalls = p->subcalls, builtins = p->builtins;

    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|ii:enable", names, &subcalls, &builtins))
        return NULL;
    p->subcalls = subcalls != 0;
    p->builtins = builtins != 0;
    PyEval_SetProfile(on_event, self);
    p->enabled = 1;
    Py_RETURN_NONE;
}

PyDoc_STRVAR(disable_doc, "disable()\n\nStop collecting profiling information.\n");

/* The calls that have not ended end now. */
static PyObject *profiler_disable(PyObject *self, PyObject *noargs)
{
    Profiler *p = (Profiler *)self;

    p->enabled = 0;
    PyEval_SetProfile(NULL, NULL);
    for (Py_ssize_t n = p->depth; n > 0; n--)
        pop(p, NULL);
    if (p->failed) {
        p->failed = 0;
        PyErr_SetString(PyExc_MemoryError, "memory was exhausted while profiling");
        return NULL;
    }
    Py_RETURN_NONE;
}

PyDoc_STRVAR(clear_doc, "clear()\n\nClear all profiling information collected so far.\n");

static PyObject *profiler_clear(PyObject *self, PyObject *noargs)
{
    clear((Profiler *)self);
    Py_RETURN_NONE;
}

static PyMethodDef profiler_methods[] = {
    {"getstats", profiler_getstats, METH_NOARGS, getstats_doc},
    {"enable", PyCFunction_CAST(profiler_enable), METH_VARARGS | METH_KEYWORDS, enable_doc},
    {"disable", profiler_disable, METH_NOARGS, disable_doc},
    {"clear", profiler_clear, METH_NOARGS, clear_doc},
    {NULL, NULL, 0, NULL},
};

PyDoc_STRVAR(profiler_doc, "Profiler(timer=None, timeunit=None, subcalls=True, builtins=True)\n\n\
    Builds a profiler object using the specified timer function.\n\
    The default timer is a fast built-in one based on real time.\n\
    For custom timer functions returning integers, timeunit can\n\
    be a float specifying a scale (i.e. how long each integer unit\n\
    is, in seconds).\n");

/* A timer of None is a timer, and one that cannot be called. */
static int profiler_init(PyObject *self, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"timer", "timeunit", "subcalls", "builtins", NULL};
    Profiler *p = (Profiler *)self;
    PyObject *timer = NULL, *old = p->timer;
    double unit = 0.0;
    int subcalls = 1, builtins = 1;

    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|Odii:Profiler", names, &timer, &unit, &subcalls,
                                     &builtins))
        return -1;
    p->ticks = unit > 0;
    p->unit = timer == NULL ? 1e-9 : unit > 0 ? unit : 1.0 / fraction;
    p->subcalls = subcalls != 0;
    p->builtins = builtins != 0;
    Py_XINCREF(timer);
    p->timer = timer;
    Py_XDECREF(old);
    return 0;
}

static void profiler_dealloc(PyObject *self)
{
    Profiler *p = (Profiler *)self;

    /* Somebody else has become this thread's profiler meanwhile, and ends with this one. */
    if (p->enabled)
        PyEval_SetProfile(NULL, NULL);
    clear(p);
    Py_CLEAR(p->timer);
    Py_TYPE(self)->tp_free(self);
}

static PyTypeObject profiler_type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "_lsprof.Profiler",
    .tp_basicsize = sizeof(Profiler),
    .tp_x64_basicsize = 64,
    .tp_dealloc = profiler_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = profiler_doc,
    .tp_methods = profiler_methods,
    .tp_init = profiler_init,
    .tp_new = PyType_GenericNew,
};

/* ---- the module ---- */

static PyStructSequence_Field entry_fields[] = {
    {"code", "code object or built-in function name"},
    {"callcount", "how many times this was called"},
    {"reccallcount", "how many times called recursively"},
    {"totaltime", "total time in this entry"},
    {"inlinetime", "inline time in this entry (not in subcalls)"},
    {"calls", "details of the calls"},
    {NULL, NULL},
};

static PyStructSequence_Field subentry_fields[] = {
    {"code", "called code object or built-in function name"},
    {"callcount", "how many times this is called"},
    {"reccallcount", "how many times this is called recursively"},
    {"totaltime", "total time spent in this call"},
    {"inlinetime", "inline time (not in further subcalls)"},
    {NULL, NULL},
};

static PyStructSequence_Desc entry_desc = {"_lsprof.profiler_entry", NULL, entry_fields, 6};
static PyStructSequence_Desc subentry_desc = {"_lsprof.profiler_subentry", NULL, subentry_fields,
                                              5};

static PyMethodDef methods[] = {{NULL, NULL, 0, NULL}};

void init_lsprof(void)
{
    PyObject *module = Py_InitModule3("_lsprof", methods, "Fast profiler");

    if (module == NULL || PyType_Ready(&profiler_type) < 0)
        return;
    if (entry_type.tp_name == NULL) {
        PyStructSequence_InitType(&entry_type, &entry_desc);
        PyStructSequence_InitType(&subentry_type, &subentry_desc);
    }
    Py_INCREF(&profiler_type);
    PyModule_AddObject(module, "Profiler", (PyObject *)&profiler_type);
    Py_INCREF(&entry_type);
    PyModule_AddObject(module, "profiler_entry", (PyObject *)&entry_type);
    Py_INCREF(&subentry_type);
    PyModule_AddObject(module, "profiler_subentry", (PyObject *)&subentry_type);
}
