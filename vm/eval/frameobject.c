/* SPDX-License-Identifier: MIT */
/* Frames. Invariant: slots from f_localsplus to f_stacktop hold owned references or (locals, frees)
 * NULL; f_stacktop is NULL while the frame runs inside the loop, whose own pointer is then the true
 * one only for the frame on top; it is saved whenever anything else may look. */
#include "eval.h"

#define FRAME_SIZE(nslots)                                                                         \
    ((Py_ssize_t)(offsetof(PyFrameObject, f_localsplus) + (size_t)(nslots) * sizeof(PyObject *)))

static void zombie_free(PyObject *o)
{
    PyObject_GC_Del(o);
}

PyFrameObject *_PyFrame_NewNoTrack(PyThreadState *tstate, PyCodeObject *co, PyObject *globals,
                                   PyObject *locals)
{
    PyFrameObject *back = tstate->frame, *f;
    PyObject *builtins;
    PyExec *ex = CODE_EXEC(co);
    if (PY_UNLIKELY(ex == NULL))
        return NULL;
    if (back != NULL && back->f_globals == globals) {
        builtins = back->f_builtins;
        Py_INCREF(builtins);
    } else {
        static PyObject *name;
        if (name == NULL && (name = PyString_InternFromString("__builtins__")) == NULL)
            return NULL;
        builtins = PyDict_GetItem(globals, name);
        if (builtins != NULL && PyModule_Check(builtins))
            builtins = PyModule_GetDict(builtins);
        if (builtins != NULL && PyDict_Check(builtins))
            Py_INCREF(builtins);
        else {
            /* No builtins: give the code at least None. */
            builtins = PyDict_New();
            if (builtins == NULL || PyDict_SetItemString(builtins, "None", Py_None) < 0) {
                Py_XDECREF(builtins);
                return NULL;
            }
        }
    }
    Py_ssize_t ncells = PyTuple_GET_SIZE(co->co_cellvars),
               nfrees = PyTuple_GET_SIZE(co->co_freevars);
    Py_ssize_t nlocals = co->co_nlocals + ncells + nfrees;
    if (co->co_zombieframe != NULL) {
        f = (PyFrameObject *)co->co_zombieframe;
        co->co_zombieframe = NULL;
        _Py_NewReference((PyObject *)f);
    } else {
        Py_ssize_t n = nlocals + ex->stacksize + ex->nkept;
        f = (PyFrameObject *)_PyObject_GC_Malloc(FRAME_SIZE(n));
        if (f == NULL) {
            Py_DECREF(builtins);
            return NULL;
        }
        (void)PyObject_INIT_VAR(f, &PyFrame_Type, n);
        memset(&f->f_back, 0, sizeof *f - offsetof(PyFrameObject, f_back));
        f->f_code = co;
        f->f_valuestack = f->f_localsplus + nlocals;
        for (Py_ssize_t i = 0; i < nlocals; i++)
            f->f_localsplus[i] = NULL;
        for (Py_ssize_t i = 0; i < ex->nkept; i++)
            _PyFrame_Kept(f, ex)[i] = NULL;
        f->f_trace = NULL;
        f->f_exc_type = f->f_exc_value = f->f_exc_traceback = NULL;
    }
    Py_INCREF(co);
    f->f_stacktop = f->f_valuestack;
    f->f_builtins = builtins;
    Py_INCREF(globals);
    f->f_globals = globals;
    f->f_back = NULL;
    f->f_gen = NULL;
    if ((co->co_flags & (CO_NEWLOCALS | CO_OPTIMIZED)) == (CO_NEWLOCALS | CO_OPTIMIZED))
        f->f_locals = NULL;
    else if (co->co_flags & CO_NEWLOCALS) {
        f->f_locals = PyDict_New();
        if (f->f_locals == NULL) {
            Py_DECREF(f);
            return NULL;
        }
    } else {
        if (locals == NULL)
            locals = globals;
        Py_INCREF(locals);
        f->f_locals = locals;
    }
    f->f_pc = ex->instr;
    f->f_started = 0;
    f->f_lineno = co->co_firstlineno;
    f->f_iblock = 0;
    f->f_onresult = ON_PUSH;
    f->f_cost = 1;
    f->f_flags = FRAME_AT;
    f->f_tr_lasti = -1;
    f->f_tr_lb = 0;
    f->f_tr_ub = -1;
    return f;
}

PyFrameObject *PyFrame_New(PyThreadState *tstate, PyCodeObject *co, PyObject *globals,
                           PyObject *locals)
{
    PyFrameObject *f = _PyFrame_NewNoTrack(tstate, co, globals, locals);
    if (f != NULL)
        PyObject_GC_Track(f);
    return f;
}

void _PyFrame_BlockSetup(PyFrameObject *f, int type, int handler, int level)
{
    PyTryBlock *b = &f->f_blockstack[f->f_iblock++];
    b->b_type = type;
    b->b_handler = handler;
    b->b_level = level;
}

static void frame_dealloc(PyObject *self)
{
    PyFrameObject *f = (PyFrameObject *)self;
    PyCodeObject *co = f->f_code;
    if (_PyObject_GC_IS_TRACKED(f))
        PyObject_GC_UnTrack(f);
    Py_TRASHCAN_SAFE_BEGIN(f) for (PyObject **p = f->f_localsplus; p < f->f_valuestack; p++)
        Py_CLEAR(*p);
    if (f->f_stacktop != NULL) {
        for (PyObject **p = f->f_valuestack; p < f->f_stacktop; p++)
            Py_XDECREF(*p);
        f->f_stacktop = NULL;
    }
    if (PY_UNLIKELY(((PyExec *)co->co_exec)->nkept > 0)) /* it has not come to its end */
        for (int32_t i = ((PyExec *)co->co_exec)->nkept - 1; i >= 0; i--)
            Py_CLEAR(_PyFrame_Kept(f, co->co_exec)[i]);
    Py_CLEAR(f->f_back);
    Py_CLEAR(f->f_builtins);
    Py_CLEAR(f->f_globals);
    Py_CLEAR(f->f_locals);
    Py_CLEAR(f->f_trace);
    Py_CLEAR(f->f_exc_type);
    Py_CLEAR(f->f_exc_value);
    Py_CLEAR(f->f_exc_traceback);
    if (co->co_zombieframe == NULL) {
        co->co_zombieframe = (PyObject *)f;
        co->co_zombie_free = zombie_free;
    } else
        PyObject_GC_Del(f);
    Py_DECREF(co);
    Py_TRASHCAN_SAFE_END(f)
}

static int frame_traverse(PyObject *self, visitproc visit, void *arg)
{
    PyFrameObject *f = (PyFrameObject *)self;
    Py_VISIT(f->f_back);
    Py_VISIT(f->f_code);
    Py_VISIT(f->f_builtins);
    Py_VISIT(f->f_globals);
    Py_VISIT(f->f_locals);
    Py_VISIT(f->f_trace);
    Py_VISIT(f->f_exc_type);
    Py_VISIT(f->f_exc_value);
    Py_VISIT(f->f_exc_traceback);
    for (PyObject **p = f->f_localsplus; p < f->f_valuestack; p++)
        Py_VISIT(*p);
    if (f->f_stacktop != NULL)
        for (PyObject **p = f->f_valuestack; p < f->f_stacktop; p++)
            Py_VISIT(*p);
    return 0;
}

static int frame_clear(PyObject *self)
{
    PyFrameObject *f = (PyFrameObject *)self;
    PyObject **oldtop = f->f_stacktop;
    /* A cleared frame cannot run any more, nor does its generator want finalizing. */
    f->f_stacktop = NULL;
    Py_CLEAR(f->f_exc_type);
    Py_CLEAR(f->f_exc_value);
    Py_CLEAR(f->f_exc_traceback);
    Py_CLEAR(f->f_trace);
    for (PyObject **p = f->f_localsplus; p < f->f_valuestack; p++)
        Py_CLEAR(*p);
    if (oldtop != NULL)
        for (PyObject **p = f->f_valuestack; p < oldtop; p++)
            Py_CLEAR(*p);
    return 0;
}

int PyFrame_GetLasti(PyFrameObject *f)
{
    PyExec *ex = f->f_code->co_exec;
    if (!f->f_started || ex == NULL)
        return -1;
    Py_ssize_t i = f->f_pc - ex->instr;
    if (f->f_flags & FRAME_AT)
        i--;
    return i < 0 ? -1 : ex->offset[i];
}

int PyFrame_GetLineNumber(PyFrameObject *f)
{
    if (f->f_trace != NULL)
        return f->f_lineno;
    return PyCode_Addr2Line(f->f_code, PyFrame_GetLasti(f));
}

int PyFrame_ClearFreeList(void)
{
    return 0;
}

/* Copies variables between fast slots and a mapping. deref: the slots hold cells. */
static int slots_to_mapping(PyObject *names, Py_ssize_t n, PyObject *dict, PyObject **slots,
                            int deref)
{
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *name = PyTuple_GET_ITEM(names, i), *value = slots[i];
        if (deref)
            value = value != NULL && PyCell_Check(value) ? PyCell_GET(value) : NULL;
        if (value == NULL) {
            if (PyObject_DelItem(dict, name) < 0)
                PyErr_Clear();
        } else if (PyObject_SetItem(dict, name, value) < 0)
            PyErr_Clear();
    }
    return 0;
}

static void mapping_to_slots(PyObject *names, Py_ssize_t n, PyObject *dict, PyObject **slots,
                             int deref, int clear)
{
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *value = PyObject_GetItem(dict, PyTuple_GET_ITEM(names, i));
        if (value == NULL) {
            PyErr_Clear();
            if (!clear)
                continue;
        }
        if (deref) {
            if (slots[i] != NULL && PyCell_Check(slots[i])) {
                if (PyCell_GET(slots[i]) != value)
                    PyCell_Set(slots[i], value);
            }
        } else if (slots[i] != value) {
            PyObject *old = slots[i];
            Py_XINCREF(value);
            slots[i] = value;
            Py_XDECREF(old);
        }
        Py_XDECREF(value);
    }
}

void PyFrame_FastToLocals(PyFrameObject *f)
{
    PyObject *et, *ev, *etb;
    PyCodeObject *co = f->f_code;
    if (f->f_locals == NULL) {
        f->f_locals = PyDict_New();
        if (f->f_locals == NULL) {
            PyErr_Clear();
            return;
        }
    }
    PyErr_Fetch(&et, &ev, &etb);
    Py_ssize_t n = Py_MIN(PyTuple_GET_SIZE(co->co_varnames), co->co_nlocals);
    Py_ssize_t ncells = PyTuple_GET_SIZE(co->co_cellvars),
               nfrees = PyTuple_GET_SIZE(co->co_freevars);
    if (co->co_nlocals)
        slots_to_mapping(co->co_varnames, n, f->f_locals, f->f_localsplus, 0);
    if (ncells || nfrees) {
        slots_to_mapping(co->co_cellvars, ncells, f->f_locals, f->f_localsplus + co->co_nlocals, 1);
        /* A class body's free variables are not its locals. */
        if (co->co_flags & CO_OPTIMIZED)
            slots_to_mapping(co->co_freevars, nfrees, f->f_locals,
                             f->f_localsplus + co->co_nlocals + ncells, 1);
    }
    PyErr_Restore(et, ev, etb);
}

void PyFrame_LocalsToFast(PyFrameObject *f, int clear)
{
    PyObject *et, *ev, *etb;
    PyCodeObject *co = f->f_code;
    if (f->f_locals == NULL)
        return;
    PyErr_Fetch(&et, &ev, &etb);
    Py_ssize_t n = Py_MIN(PyTuple_GET_SIZE(co->co_varnames), co->co_nlocals);
    Py_ssize_t ncells = PyTuple_GET_SIZE(co->co_cellvars),
               nfrees = PyTuple_GET_SIZE(co->co_freevars);
    if (co->co_nlocals)
        mapping_to_slots(co->co_varnames, n, f->f_locals, f->f_localsplus, 0, clear);
    if (ncells || nfrees) {
        mapping_to_slots(co->co_cellvars, ncells, f->f_locals, f->f_localsplus + co->co_nlocals, 1,
                         clear);
        if (co->co_flags & CO_OPTIMIZED)
            mapping_to_slots(co->co_freevars, nfrees, f->f_locals,
                             f->f_localsplus + co->co_nlocals + ncells, 1, clear);
    }
    PyErr_Restore(et, ev, etb);
}

static PyObject *frame_getlocals(PyObject *self, void *closure)
{
    PyFrameObject *f = (PyFrameObject *)self;
    PyFrame_FastToLocals(f);
    PyObject *locals = f->f_locals ? f->f_locals : Py_None;
    Py_INCREF(locals);
    return locals;
}

static PyObject *frame_getlasti(PyObject *self, void *closure)
{
    return PyInt_FromLong(PyFrame_GetLasti((PyFrameObject *)self));
}

static PyObject *frame_getlineno(PyObject *self, void *closure)
{
    return PyInt_FromLong(PyFrame_GetLineNumber((PyFrameObject *)self));
}

/* Sets of blocks open at each instruction in the order of the text, for judging a jump by f_lineno.
 */
static int blocks_at(const PyExec *ex, int32_t target, int32_t *open, int *kinds)
{
    int n = 0;
    for (int32_t i = 0; i < target && i < ex->count; i++) {
        int op = ex->instr[i].orig;
        if (op == SETUP_LOOP || op == SETUP_EXCEPT || op == SETUP_FINALLY || op == SETUP_WITH) {
            if (n < CO_MAXBLOCKS) {
                open[n] = i;
                kinds[n++] = op;
            }
        } else if (op == POP_BLOCK && n > 0)
            n--;
        else if (op == END_FINALLY) {
            /* leaves a finally or except body; those are not blocks any more */
        }
    }
    return n;
}

/* Is the instruction inside the body of a handler (between a handler's start and its END_FINALLY)?
 * Returns the SETUP's index of the innermost finally body around it, or -1. */
static int32_t handler_around(const PyExec *ex, int32_t at, int setup)
{
    int32_t found = -1;
    for (int32_t i = 0; i < ex->count; i++) {
        int op = ex->instr[i].orig;
        if (op != setup && !(setup == SETUP_FINALLY && op == SETUP_WITH))
            continue;
        int32_t start = ex->instr[i].arg, depth = 0, j;
        if (start < 0 || start > at)
            continue;
        for (j = start; j < ex->count; j++) {
            int o = ex->instr[j].orig;
            if (o == SETUP_EXCEPT || o == SETUP_FINALLY || o == SETUP_WITH)
                depth++;
            else if (o == END_FINALLY && depth-- == 0)
                break;
        }
        if (at <= j)
            found = i;
    }
    return found;
}

static int frame_setlineno(PyObject *self, PyObject *value, void *closure)
{
    PyFrameObject *f = (PyFrameObject *)self;
    PyCodeObject *co = f->f_code;
    PyExec *ex = co->co_exec;
    if (value == NULL) {
        PyErr_SetString(PyExc_AttributeError, "cannot delete attribute");
        return -1;
    }
    if (!PyInt_Check(value)) {
        PyErr_SetString(PyExc_ValueError, "lineno must be an integer");
        return -1;
    }
    if (!f->f_started || ex == NULL) {
        PyErr_SetString(PyExc_ValueError, "can't jump from the 'call' trace event of a new frame");
        return -1;
    }
    if (f->f_trace == NULL) {
        PyErr_SetString(PyExc_ValueError, "f_lineno can only be set by a trace function");
        return -1;
    }
    if (!(f->f_flags & FRAME_TRACED_CALL)) {
        PyErr_SetString(PyExc_ValueError, f->f_pc->orig == YIELD_VALUE
                                              ? "can't jump from a yield statement"
                                              : "can only jump from a 'line' trace event");
        return -1;
    }
    int lineno = (int)PyInt_AS_LONG(value);
    if (lineno < co->co_firstlineno) {
        PyErr_Format(PyExc_ValueError, "line %d comes before the current code block", lineno);
        return -1;
    }
    /* The first instruction of the first line at or after the wanted one. */
    const unsigned char *tab = (const unsigned char *)PyString_AS_STRING(co->co_lnotab);
    Py_ssize_t ntab = PyString_GET_SIZE(co->co_lnotab);
    int addr = 0, line = co->co_firstlineno, target = -1;
    if (line == lineno)
        target = 0;
    for (Py_ssize_t i = 0; i + 1 < ntab && target < 0; i += 2) {
        addr += tab[i];
        line += tab[i + 1];
        if (line >= lineno) {
            target = addr;
            lineno = line;
        }
    }
    if (target < 0) {
        PyErr_Format(PyExc_ValueError, "line %d comes after the current code block", lineno);
        return -1;
    }
    int32_t to = _PyExec_IndexOf(ex, target), from = (int32_t)(f->f_pc - ex->instr);
    if (to < 0 || ex->depth[to] < 0) {
        PyErr_Format(PyExc_ValueError, "line %d comes after the current code block", lineno);
        return -1;
    }
    int op = ex->instr[to].orig;
    if (op == DUP_TOP || op == POP_TOP) {
        PyErr_SetString(PyExc_ValueError, "can't jump to 'except' line as there's no exception");
        return -1;
    }
    if (handler_around(ex, to, SETUP_FINALLY) != handler_around(ex, from, SETUP_FINALLY)) {
        PyErr_SetString(PyExc_ValueError, "can't jump into or out of a 'finally' block");
        return -1;
    }
    int32_t open_to[CO_MAXBLOCKS], open_from[CO_MAXBLOCKS];
    int kind_to[CO_MAXBLOCKS], kind_from[CO_MAXBLOCKS];
    int nto = blocks_at(ex, to, open_to, kind_to),
        nfrom = blocks_at(ex, from, open_from, kind_from);
    int common = 0;
    while (common < nto && common < nfrom && open_to[common] == open_from[common])
        common++;
    if (common < nto) {
        PyErr_SetString(PyExc_ValueError, "can't jump into the middle of a block");
        return -1;
    }
    /* Leave the blocks that the target is not in. A finally token may take more room than the
     * verifier's one slot; the tokens are the same here and there. */
    Py_ssize_t extra = f->f_stacktop - f->f_valuestack - ex->depth[from];
    while (f->f_iblock > common && nfrom > common) {
        f->f_iblock--;
        nfrom--;
    }
    if (extra < 0 || f->f_stacktop - f->f_valuestack < ex->depth[to] + extra) {
        PyErr_SetString(PyExc_ValueError, "can't jump into the middle of a block");
        return -1;
    }
    while (f->f_stacktop - f->f_valuestack > ex->depth[to] + extra) {
        PyObject *v = *--f->f_stacktop;
        Py_XDECREF(v);
    }
    f->f_lineno = lineno;
    f->f_pc = ex->instr + to;
    return 0;
}

static PyObject *frame_gettrace(PyObject *self, void *closure)
{
    PyObject *t = ((PyFrameObject *)self)->f_trace;
    if (t == NULL)
        t = Py_None;
    Py_INCREF(t);
    return t;
}

static int frame_settrace(PyObject *self, PyObject *v, void *closure)
{
    PyFrameObject *f = (PyFrameObject *)self;
    f->f_lineno = PyFrame_GetLineNumber(f);
    if (v == Py_None)
        v = NULL;
    Py_XINCREF(v);
    Py_XSETREF(f->f_trace, v);
    return 0;
}

static PyObject *frame_getrestricted(PyObject *self, void *closure)
{
    PyInterpreterState *interp = PyThreadState_GET()->interp;
    return PyBool_FromLong(((PyFrameObject *)self)->f_builtins != interp->builtins);
}

static PyObject *frame_sizeof(PyObject *self, PyObject *unused)
{
    PyFrameObject *f = (PyFrameObject *)self;
    PyCodeObject *co = f->f_code;
    Py_ssize_t extras = co->co_stacksize + co->co_nlocals + PyTuple_GET_SIZE(co->co_cellvars) +
                        PyTuple_GET_SIZE(co->co_freevars);
    /* As on x86-64: the header with one slot, and the other slots. */
    return PyInt_FromSsize_t(384 + (extras - 1) * 8);
}

static PyMethodDef frame_methods[] = {
    {"__sizeof__", frame_sizeof, METH_NOARGS, "Size of the frame in bytes."},
    {NULL, NULL, 0, NULL}};

static PyMemberDef frame_members[] = {
    {"f_back", T_OBJECT, offsetof(PyFrameObject, f_back), RO, NULL},
    {"f_code", T_OBJECT, offsetof(PyFrameObject, f_code), RO, NULL},
    {"f_builtins", T_OBJECT, offsetof(PyFrameObject, f_builtins), RO, NULL},
    {"f_globals", T_OBJECT, offsetof(PyFrameObject, f_globals), RO, NULL},

    {NULL, 0, 0, 0, NULL}};

/* The saved exception, with -3's warning; which field is told by its offset in the closure. */
typedef struct {
    const char *warning;
    size_t offset;
} ExcField;

static ExcField exc_fields[] = {
    {"f_exc_type has been removed in 3.x", offsetof(PyFrameObject, f_exc_type)},
    {"f_exc_value has been removed in 3.x", offsetof(PyFrameObject, f_exc_value)},
    {"f_exc_traceback has been removed in 3.x", offsetof(PyFrameObject, f_exc_traceback)},
};

static PyObject *frame_get_exc(PyObject *f, void *closure)
{
    ExcField *field = closure;
    PyObject *v = *(PyObject **)((char *)f + field->offset);
    if (PyErr_WarnPy3k(field->warning, 1) < 0)
        return NULL;
    if (v == NULL)
        v = Py_None;
    Py_INCREF(v);
    return v;
}

static int frame_set_exc(PyObject *f, PyObject *v, void *closure)
{
    ExcField *field = closure;
    if (PyErr_WarnPy3k(field->warning, 1) < 0)
        return -1;
    PyObject **slot = (PyObject **)((char *)f + field->offset);
    if (v == Py_None)
        v = NULL;
    Py_XINCREF(v);
    Py_XSETREF(*slot, v);
    return 0;
}

static int frame_setlasti(PyObject *op, PyObject *v, void *unused)
{
    PyErr_SetString(PyExc_TypeError, "readonly attribute"); /* as a member, not a property */
    return -1;
}

static PyGetSetDef frame_getset[] = {
    {"f_locals", frame_getlocals, NULL, NULL, NULL},
    {"f_exc_type", frame_get_exc, frame_set_exc, NULL, &exc_fields[0]},
    {"f_exc_value", frame_get_exc, frame_set_exc, NULL, &exc_fields[1]},
    {"f_exc_traceback", frame_get_exc, frame_set_exc, NULL, &exc_fields[2]},
    {"f_lasti", frame_getlasti, frame_setlasti, NULL, NULL},
    {"f_lineno", frame_getlineno, frame_setlineno, NULL, NULL},
    {"f_trace", frame_gettrace, frame_settrace, NULL, NULL},
    {"f_restricted", frame_getrestricted, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL}};

PyTypeObject PyFrame_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "frame",
    .tp_basicsize = sizeof(PyFrameObject),
    .tp_itemsize = sizeof(PyObject *),
    .tp_x64_basicsize = 384,
    .tp_dealloc = frame_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_setattro = PyObject_GenericSetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = frame_traverse,
    .tp_clear = frame_clear,
    .tp_methods = frame_methods,
    .tp_members = frame_members,
    .tp_getset = frame_getset,
};
