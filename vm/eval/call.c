/* SPDX-License-Identifier: MIT */
/* Calling: binding arguments to a frame, and the three-way call of any callable. Invariant: Python
 * code reached through functions, methods, classes, instances and their __new__, __init__, __call__
 * never nests in C from here; whatever else there is goes through PyObject_Call. */
#include "eval.h"

static void too_many(PyCodeObject *co, Py_ssize_t defc, Py_ssize_t given)
{
    PyErr_Format(PyExc_TypeError, "%.200s() takes %s %d argument%s (%zd given)",
                 PyString_AsString(co->co_name), defc ? "at most" : "exactly", co->co_argcount,
                 co->co_argcount == 1 ? "" : "s", given);
}

/* Index of the parameter of that name, or -1, or -2 on error. */
static Py_ssize_t find_parameter(PyCodeObject *co, PyObject *keyword)
{
    PyObject **names = ((PyTupleObject *)co->co_varnames)->ob_item;
    int n = co->co_argcount;
    for (int i = 0; i < n; i++)
        if (names[i] == keyword)
            return i;
    for (int i = 0; i < n; i++) {
        int cmp = PyObject_RichCompareBool(keyword, names[i], Py_EQ);
        if (cmp > 0)
            return i;
        if (cmp < 0)
            return -2;
    }
    return -1;
}

static int bind_keyword(PyCodeObject *co, PyFrameObject *f, PyObject *kwdict, PyObject *keyword,
                        PyObject *value)
{
    if (keyword == NULL || !(PyString_Check(keyword) || PyUnicode_Check(keyword))) {
        PyErr_Format(PyExc_TypeError, "%.200s() keywords must be strings",
                     PyString_AsString(co->co_name));
        return -1;
    }
    Py_ssize_t i = find_parameter(co, keyword);
    if (i == -2)
        return -1;
    if (i < 0) {
        if (kwdict != NULL)
            return PyDict_SetItem(kwdict, keyword, value);
        PyObject *s = keyword;
        Py_INCREF(s);
        if (PyUnicode_Check(s)) {
            Py_DECREF(s);
            s = PyUnicode_AsEncodedString(keyword, NULL, "replace");
            if (s == NULL)
                return -1;
        }
        PyErr_Format(PyExc_TypeError, "%.200s() got an unexpected keyword argument '%.400s'",
                     PyString_AsString(co->co_name), PyString_AsString(s));
        Py_DECREF(s);
        return -1;
    }
    if (f->f_localsplus[i] != NULL) {
        PyErr_Format(PyExc_TypeError, "%.200s() got multiple values for keyword argument '%.400s'",
                     PyString_AsString(co->co_name),
                     PyString_AsString(PyTuple_GET_ITEM(co->co_varnames, i)));
        return -1;
    }
    Py_INCREF(value);
    f->f_localsplus[i] = value;
    return 0;
}

PyFrameObject *_PyEval_BindFrame(PyThreadState *tstate, PyCodeObject *co, PyObject *globals,
                                 PyObject *locals, PyObject **args, Py_ssize_t argc, PyObject **kws,
                                 Py_ssize_t kwc, PyObject **defs, Py_ssize_t defc,
                                 PyObject *closure)
{
    if (globals == NULL) {
        PyErr_SetString(PyExc_SystemError, "PyEval_EvalCodeEx: NULL globals");
        return NULL;
    }
    PyFrameObject *f = _PyFrame_NewNoTrack(tstate, co, globals, locals);
    if (f == NULL)
        return NULL;
    PyObject **fast = f->f_localsplus;
    PyObject *kwdict = NULL;
    int takes = co->co_argcount;
    /* A code object made by hand may have fewer local slots than its arguments need. */
    int slots = takes + !!(co->co_flags & CO_VARARGS) + !!(co->co_flags & CO_VARKEYWORDS);
    if (slots > co->co_nlocals || takes > PyTuple_GET_SIZE(co->co_varnames)) {
        PyErr_SetString(PyExc_SystemError, "code object has more arguments than local variables");
        goto fail;
    }
    if (takes > 0 || co->co_flags & (CO_VARARGS | CO_VARKEYWORDS)) {
        Py_ssize_t n = argc;
        if (co->co_flags & CO_VARKEYWORDS) {
            kwdict = PyDict_New();
            if (kwdict == NULL)
                goto fail;
            fast[takes + !!(co->co_flags & CO_VARARGS)] = kwdict;
        }
        if (argc > takes) {
            if (!(co->co_flags & CO_VARARGS)) {
                too_many(co, defc, argc + kwc);
                goto fail;
            }
            n = takes;
        }
        for (Py_ssize_t i = 0; i < n; i++) {
            Py_INCREF(args[i]);
            fast[i] = args[i];
        }
        if (co->co_flags & CO_VARARGS) {
            PyObject *rest = PyTuple_New(argc - n);
            if (rest == NULL)
                goto fail;
            fast[takes] = rest;
            for (Py_ssize_t i = n; i < argc; i++) {
                Py_INCREF(args[i]);
                PyTuple_SET_ITEM(rest, i - n, args[i]);
            }
        }
        for (Py_ssize_t i = 0; i < kwc; i++)
            if (bind_keyword(co, f, kwdict, kws[2 * i], kws[2 * i + 1]) < 0)
                goto fail;
        if (argc < takes) {
            Py_ssize_t required = takes - defc;
            for (Py_ssize_t i = argc; i < required; i++) {
                if (fast[i] != NULL)
                    continue;
                int given = 0;
                for (int j = 0; j < takes; j++)
                    given += fast[j] != NULL;
                PyErr_Format(PyExc_TypeError, "%.200s() takes %s %zd argument%s (%d given)",
                             PyString_AsString(co->co_name),
                             (co->co_flags & CO_VARARGS) || defc ? "at least" : "exactly", required,
                             required == 1 ? "" : "s", given);
                goto fail;
            }
            for (Py_ssize_t i = Py_MAX(n - required, 0); i < defc; i++) {
                if (required + i >= 0 && fast[required + i] == NULL) {
                    Py_INCREF(defs[i]);
                    fast[required + i] = defs[i];
                }
            }
        }
    } else if (argc > 0 || kwc > 0) {
        PyErr_Format(PyExc_TypeError, "%.200s() takes no arguments (%zd given)",
                     PyString_AsString(co->co_name), argc + kwc);
        goto fail;
    }
    Py_ssize_t ncells = PyTuple_GET_SIZE(co->co_cellvars),
               nfrees = PyTuple_GET_SIZE(co->co_freevars);
    for (Py_ssize_t i = 0; i < ncells; i++) {
        PyObject *name = PyTuple_GET_ITEM(co->co_cellvars, i), *value = NULL;
        for (Py_ssize_t j = 0; j < Py_MIN(slots, PyTuple_GET_SIZE(co->co_varnames)); j++) {
            PyObject *param = PyTuple_GET_ITEM(co->co_varnames, j);
            if (param == name ||
                (PyString_Check(param) && PyString_Check(name) && _PyString_Eq(param, name))) {
                value = fast[j];
                break;
            }
        }
        PyObject *cell = PyCell_New(value);
        if (cell == NULL)
            goto fail;
        fast[co->co_nlocals + i] = cell;
    }
    if (nfrees > 0) {
        if (closure == NULL || PyTuple_GET_SIZE(closure) != nfrees) {
            PyErr_SetString(PyExc_SystemError, "closure does not fit the code's free variables");
            goto fail;
        }
        for (Py_ssize_t i = 0; i < nfrees; i++) {
            PyObject *cell = PyTuple_GET_ITEM(closure, i);
            Py_INCREF(cell);
            fast[co->co_nlocals + ncells + i] = cell;
        }
    }
    return f;
fail:
    Py_DECREF(f);
    return NULL;
}

PyObject *_PyEval_EnterFrame(PyThreadState *tstate, PyFrameObject *f)
{
    if (f->f_code->co_flags & CO_GENERATOR) {
        if (!_PyObject_GC_IS_TRACKED(f))
            PyObject_GC_Track(f);
        return PyGen_New(f);
    }
    return _PyEval_PushFrame(tstate, f);
}

static PyObject *call_function_array(PyThreadState *tstate, PyObject *func, PyObject **args,
                                     Py_ssize_t argc, PyObject **kws, Py_ssize_t kwc, int depth)
{
    PyFunctionObject *fn = (PyFunctionObject *)func;
    PyObject **defs = NULL;
    Py_ssize_t defc = 0;
    if (fn->func_defaults != NULL) {
        defs = &PyTuple_GET_ITEM(fn->func_defaults, 0);
        defc = PyTuple_GET_SIZE(fn->func_defaults);
    }
    if (depth > 0 && !_PyEval_EnterCalls(depth))
        return NULL;
    PyFrameObject *f = _PyEval_BindFrame(tstate, (PyCodeObject *)fn->func_code, fn->func_globals,
                                         NULL, args, argc, kws, kwc, defs, defc, fn->func_closure);
    tstate->recursion_depth -= depth;
    if (f == NULL)
        return NULL;
    if (!(f->f_code->co_flags & CO_GENERATOR))
        f->f_cost += depth;
    if (PY_UNLIKELY(((PyExec *)f->f_code->co_exec)->nkept > 0))
        _PyFrame_KeepArguments(f);
    return _PyEval_EnterFrame(tstate, f);
}

/* A function called with a tuple and a dict. */
static PyObject *call_function(PyObject *func, PyObject *args, PyObject *kw, int depth)
{
    PyThreadState *tstate = PyThreadState_GET();
    PyObject *small[16], **kws = small, *result;
    Py_ssize_t n = 0;
    if (kw != NULL && (n = PyDict_Size(kw)) > 0) {
        if (n > 8 && (kws = PyMem_New(PyObject *, n * 2)) == NULL)
            return PyErr_NoMemory();
        Py_ssize_t pos = 0, i = 0;
        while (i < n && PyDict_Next(kw, &pos, &kws[2 * i], &kws[2 * i + 1])) {
            Py_INCREF(kws[2 * i]);
            Py_INCREF(kws[2 * i + 1]);
            i++;
        }
        n = i;
    }
    result = call_function_array(tstate, func, &PyTuple_GET_ITEM(args, 0), PyTuple_GET_SIZE(args),
                                 kws, n, depth);
    for (Py_ssize_t i = 0; i < 2 * n; i++)
        Py_DECREF(kws[i]);
    if (kws != small)
        PyMem_Free(kws);
    return result;
}

static PyObject *prepend(PyObject *first, PyObject *args)
{
    Py_ssize_t n = PyTuple_GET_SIZE(args);
    PyObject *t = PyTuple_New(n + 1);
    if (t == NULL)
        return NULL;
    Py_INCREF(first);
    PyTuple_SET_ITEM(t, 0, first);
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *o = PyTuple_GET_ITEM(args, i);
        Py_INCREF(o);
        PyTuple_SET_ITEM(t, i + 1, o);
    }
    return t;
}

/* For the time of a call of C code: the calls that led to it count. */
int _PyEval_EnterCalls(int depth)
{
    PyThreadState *tstate = PyThreadState_GET();
    if (depth > 0 && tstate->recursion_depth + depth > _Py_RecursionLimit) {
        PyErr_SetString(PyExc_RuntimeError,
                        "maximum recursion depth exceeded while calling a Python object");
        return 0;
    }
    tstate->recursion_depth += depth;
    return 1;
}

static void leave_calls(int depth)
{
    PyThreadState_GET()->recursion_depth -= depth;
}

PyObject *_PyEval_Hold(PyThreadState *tstate, PyObject *result, int depth, int32_t mark)
{
    if (result == Py_GoOn && tstate->cont_top > mark)
        tstate->conts[mark].depth += depth;
    else if (result == Py_GoOn && tstate->goon == PyGoOn_FRAME)
        tstate->frame->f_cost += depth;
    else
        tstate->recursion_depth -= depth;
    return result;
}

/* Calls a continuation, popped already, that stands for recursion. */
PyObject *_PyEval_CallCont(PyThreadState *tstate, PyCont *c, PyObject *value)
{
    int depth = c->depth;
    int32_t mark = tstate->cont_top;

    c->depth = 0;
    return _PyEval_Hold(tstate, c->fn(c, value), depth, mark);
}

/* ---- classes ---- */

static PyObject *init_result(PyObject *self, PyObject *value, int classic)
{
    if (value == NULL) {
        Py_DECREF(self);
        return NULL;
    }
    if (value != Py_None) {
        if (classic)
            PyErr_SetString(PyExc_TypeError, "__init__() should return None");
        else
            PyErr_Format(PyExc_TypeError, "__init__() should return None, not '%.200s'",
                         Py_TYPE(value)->tp_name);
        Py_DECREF(value);
        Py_DECREF(self);
        return NULL;
    }
    Py_DECREF(value);
    return self;
}

/* __init__ is done: the answer of the call is the instance, which c->a owns. */
static PyObject *init_done(PyCont *c, PyObject *value)
{
    PyObject *self = c->a;
    c->a = NULL;
    int classic = (int)c->n;
    PyEval_ReleaseCont(c);
    return init_result(self, value, classic);
}

/* Calls `init` (borrowed) with args; the answer is `self`, whose reference this takes. */
static PyObject *call_init(PyObject *self, PyObject *init, PyObject *args, PyObject *kw,
                           int classic, int depth)
{
    PyCont *c = PyEval_PushCont(init_done);
    if (c == NULL) {
        Py_DECREF(self);
        return NULL;
    }
    c->a = self;
    c->n = classic;
    return PyEval_Then(_PyEval_CallDeep(init, args, kw, depth));
}

/* The method of that name on the type, bound to self as a call needs it; *unbound: call with self
 * in front. */
static PyObject *lookup_bound(PyObject *self, PyObject *name, int *unbound)
{
    PyObject *attr = _PyType_Lookup(Py_TYPE(self), name);
    *unbound = 0;
    if (attr == NULL)
        return NULL;
    if (PyFunction_Check(attr)) {
        *unbound = 1;
        Py_INCREF(attr);
        return attr;
    }
    descrgetfunc get = Py_TYPE(attr)->tp_descr_get;
    if (get == NULL) {
        Py_INCREF(attr);
        return attr;
    }
    return get(attr, self, (PyObject *)Py_TYPE(self));
}

/* The nearest base (or the type itself) that has slots that may answer Py_GoOn, or NULL. */
static PyTypeObject *go_on_base(PyTypeObject *type)
{
    while (type != NULL && type->tp_goon == NULL)
        type = type->tp_base;
    return type;
}

static const _PyGoOnSlots *go_on_slots(PyTypeObject *type)
{
    type = go_on_base(type);
    return type == NULL ? NULL : type->tp_goon;
}

/* A built-in type's three-way __init__ is through: the object c->a. */
static PyObject *slot_init_done(PyCont *c, PyObject *value)
{
    PyObject *obj = c->a;
    if (value == NULL) {
        Py_DECREF(obj);
        return NULL;
    }
    Py_DECREF(value);
    return obj;
}

/* Goes on with __init__ once __new__ has given obj (owned). */
static PyObject *type_call_init(PyTypeObject *type, PyObject *obj, PyObject *args, PyObject *kw,
                                int depth)
{
    static PyObject *init_name;
    if (type == &PyType_Type && PyTuple_GET_SIZE(args) == 1 && (kw == NULL || PyDict_Size(kw) == 0))
        return obj;
    if (!PyType_IsSubtype(Py_TYPE(obj), type))
        return obj;
    type = Py_TYPE(obj);
    if (type->tp_init == NULL)
        return obj;
    if (type->tp_init == _PySlot_tp_init) {
        int unbound;
        if (init_name == NULL && (init_name = PyString_InternFromString("__init__")) == NULL)
            goto fail;
        PyObject *init = lookup_bound(obj, init_name, &unbound);
        if (init == NULL) {
            if (!PyErr_Occurred())
                PyErr_SetObject(PyExc_AttributeError, init_name);
            goto fail;
        }
        PyObject *full = args;
        Py_INCREF(full);
        if (unbound) {
            Py_DECREF(full);
            full = prepend(obj, args);
            if (full == NULL) {
                Py_DECREF(init);
                goto fail;
            }
        }
        PyObject *r =
            call_init(obj, init, full, kw, 0, depth + (unbound ? DEPTH_METHOD : DEPTH_CALL));
        Py_DECREF(full);
        Py_DECREF(init);
        return r;
    }
    const _PyGoOnSlots *go = go_on_slots(type);
    if (go != NULL && go->go_init != NULL && type->tp_init == go_on_base(type)->tp_init) {
        PyThreadState *tstate = PyThreadState_GET();
        int32_t mark = tstate->cont_top;
        if (!_PyEval_EnterCalls(depth))
            goto fail;
        PyCont *c = PyEval_PushCont(slot_init_done);
        if (c == NULL) {
            leave_calls(depth);
            goto fail;
        }
        c->a = obj;
        return _PyEval_Hold(tstate, PyEval_Then(go->go_init(obj, args, kw)), depth, mark);
    }
    if (!_PyEval_EnterCalls(depth))
        goto fail;
    int failed = type->tp_init(obj, args, kw) < 0;
    leave_calls(depth);
    if (failed)
        goto fail;
    return obj;
fail:
    Py_DECREF(obj);
    return NULL;
}

static PyObject *new_done(PyCont *c, PyObject *obj)
{
    PyObject *r =
        obj == NULL ? NULL : type_call_init((PyTypeObject *)c->a, obj, c->b, c->c, (int)c->n);
    PyEval_ReleaseCont(c);
    return r;
}

static PyCont *push_new_done(PyTypeObject *type, PyObject *args, PyObject *kw, int depth)
{
    PyCont *c = PyEval_PushCont(new_done);
    if (c != NULL) {
        Py_INCREF(type);
        c->a = (PyObject *)type;
        Py_INCREF(args);
        c->b = args;
        Py_XINCREF(kw);
        c->c = kw;
        c->n = depth;
    }
    return c;
}

static PyObject *call_type(PyTypeObject *type, PyObject *args, PyObject *kw, int depth)
{
    static PyObject *new_name;
    if (type->tp_new == NULL) {
        PyErr_Format(PyExc_TypeError, "cannot create '%.100s' instances", type->tp_name);
        return NULL;
    }
    if (type->tp_new != _PySlot_tp_new) {
        const _PyGoOnSlots *go = go_on_slots(type);
        if (go == NULL || go->go_new == NULL || type->tp_new != go_on_base(type)->tp_new) {
            if (!_PyEval_EnterCalls(depth))
                return NULL;
            PyObject *obj = type->tp_new(type, args, kw);
            leave_calls(depth);
            return obj == NULL ? NULL : type_call_init(type, obj, args, kw, depth);
        }
        PyCont *c = NULL;
        if (type->tp_init != PyBaseObject_Type.tp_init &&
            (c = push_new_done(type, args, kw, depth)) == NULL)
            return NULL;
        PyThreadState *tstate = PyThreadState_GET();
        int32_t mark = tstate->cont_top;
        PyObject *made = NULL;
        if (_PyEval_EnterCalls(depth))
            made = _PyEval_Hold(tstate, go->go_new(type, args, kw), depth, mark);
        return c == NULL ? made : PyEval_Then(made);
    }
    if (new_name == NULL && (new_name = PyString_InternFromString("__new__")) == NULL)
        return NULL;
    PyObject *newfn = PyObject_GetAttr((PyObject *)type, new_name);
    if (newfn == NULL)
        return NULL;
    PyObject *full = prepend((PyObject *)type, args), *r = NULL;
    if (full != NULL) {
        if (push_new_done(type, args, kw, depth) != NULL)
            r = PyEval_Then(_PyEval_CallDeep(newfn, full, kw, depth + DEPTH_CALL));
        Py_DECREF(full);
    }
    Py_DECREF(newfn);
    return r;
}

static PyObject *call_classic(PyObject *klass, PyObject *args, PyObject *kw, int depth)
{
    static PyObject *init_name;
    if (init_name == NULL && (init_name = PyString_InternFromString("__init__")) == NULL)
        return NULL;
    PyClassObject *where;
    PyObject *init = _PyClass_Lookup((PyClassObject *)klass, init_name, &where);
    /* Only a plain function is worth the trouble; the rest (and errors) as for anybody else. */
    if (init == NULL || !PyFunction_Check(init)) {
        if (!_PyEval_EnterCalls(depth))
            return NULL;
        PyObject *made = PyInstance_New(klass, args, kw);
        leave_calls(depth);
        return made;
    }
    PyObject *inst = PyInstance_NewRaw(klass, NULL);
    if (inst == NULL)
        return NULL;
    PyObject *full = prepend(inst, args);
    if (full == NULL) {
        Py_DECREF(inst);
        return NULL;
    }
    Py_INCREF(init);
    PyObject *r = call_init(inst, init, full, kw, 1, depth + DEPTH_METHOD);
    Py_DECREF(init);
    Py_DECREF(full);
    return r;
}

static PyObject *call_c_function(PyObject *func, PyObject *args, PyObject *kw)
{
    return PyCFunction_Call(func, args, kw);
}

PyObject *PyEval_CallGoOn(PyObject *func, PyObject *args, PyObject *kw)
{
    return _PyEval_CallDeep(func, args, kw, DEPTH_CALL);
}

/* Under a limit beyond this, where CPython would overflow its stack before it came to the limit,
 * only frames count: the program gets as deep as it asked for. */
enum { COUNTED_LIMIT = 15000 };

static PyObject *call_deep(PyThreadState *tstate, PyObject *func, PyObject *args, PyObject *kw,
                           int depth);

/* Calls that lead to calls (a partial of a partial, apply of apply, a class that is its own
 * __new__) nest on the C stack until one of them comes to Python code. Two of them take about what
 * Py_EnterRecursiveCall counts as one. */
PyObject *_PyEval_CallDeep(PyObject *func, PyObject *args, PyObject *kw, int depth)
{
    PyThreadState *tstate = PyThreadState_GET();
    int counts = ++tstate->calls_nested > 2 && tstate->calls_nested % 2;
    PyObject *result = NULL;

    tstate->c_depth += counts;
    if (counts && tstate->c_depth > _Py_CDepthLimit)
        PyErr_SetString(PyExc_RuntimeError,
                        "maximum recursion depth exceeded while calling a Python object");
    else
        result = call_deep(tstate, func, args, kw, depth);
    tstate->c_depth -= counts;
    tstate->calls_nested--;
    return result;
}

static PyObject *call_deep(PyThreadState *tstate, PyObject *func, PyObject *args, PyObject *kw,
                           int depth)
{
    static PyObject *call_name;
    PyObject *result = NULL;
    int32_t mark = tstate->cont_top;
    int step = _Py_RecursionLimit <= COUNTED_LIMIT, hops = 0;
    if (!step)
        depth = 0;
    Py_INCREF(func);
    Py_INCREF(args);
    for (;;) {
        PyTypeObject *tp = Py_TYPE(func);
        /* A method of a method, an instance whose __call__ is one: however long the way is to a
         * function. */
        if (PY_UNLIKELY(hops++ > _Py_RecursionLimit)) {
            PyErr_SetString(PyExc_RuntimeError,
                            "maximum recursion depth exceeded while calling a Python object");
            break;
        }
        if (tp == &PyFunction_Type) {
            result = call_function(func, args, kw, depth);
            break;
        }
        if (tp == &PyCFunction_Type) {
            PyCFunctionObject *cf = (PyCFunctionObject *)func;
            if (!_PyEval_EnterCalls(depth))
                break;
            if (cf->m_ml->ml_flags & METH_AGAIN)
                result = _PyEval_AgainGoOn(call_c_function, func, args, kw);
            else if (cf->m_ml->ml_flags & METH_RESUMABLE)
                result = _PyMethodDef_CallGoOn(cf->m_ml, cf->m_self, args, kw);
            else
                result = PyCFunction_Call(func, args, kw);
            result = _PyEval_Hold(tstate, result, depth, mark);
            break;
        }
        if (tp == &PyMethodDescr_Type && PyTuple_GET_SIZE(args) > 0 &&
            (((PyMethodDescrObject *)func)->d_method->ml_flags & METH_RESUMABLE) &&
            PyObject_TypeCheck(PyTuple_GET_ITEM(args, 0), PyDescr_TYPE(func))) {
            PyObject *rest = PyTuple_GetSlice(args, 1, PyTuple_GET_SIZE(args));
            if (rest == NULL)
                break;
            depth += step; /* the bound method is called in its turn */
            if (_PyEval_EnterCalls(depth))
                result = _PyEval_Hold(tstate,
                                      _PyMethodDef_CallGoOn(((PyMethodDescrObject *)func)->d_method,
                                                            PyTuple_GET_ITEM(args, 0), rest, kw),
                                      depth, mark);
            Py_DECREF(rest);
            break;
        }
        if (tp == &PyMethodWrapper_Type && kw == NULL) {
            /* Of the slots only these two run Python code of their own. */
            void (*wrapped)(void);
            PyObject *self = _PyWrapper_Self(func, &wrapped);
            if (PyGen_CheckExact(self) && PyTuple_GET_SIZE(args) == 0 &&
                wrapped == (void (*)(void))PyGen_Type.tp_iternext) {
                if (_PyEval_EnterCalls(depth))
                    result = _PyEval_Hold(tstate, _PyGen_NextGoOn(self), depth, mark);
                break;
            }
            if (wrapped == (void (*)(void))PyFunction_Type.tp_call && PyFunction_Check(self)) {
                Py_INCREF(self);
                Py_SETREF(func, self);
                continue;
            }
        }
        if (tp == &PyMethod_Type) {
            PyObject *self, *first = PyTuple_GET_SIZE(args) > 0 ? PyTuple_GET_ITEM(args, 0) : NULL;
            int unbound = PyMethod_GET_SELF(func) == NULL ? depth : 0;
            if (!_PyEval_EnterCalls(unbound))
                break;
            PyObject *inner = _PyMethod_Prepare(func, first, &self);
            leave_calls(unbound);
            if (inner == NULL)
                break;
            Py_INCREF(inner);
            if (self != NULL) {
                PyObject *full = prepend(self, args);
                if (full == NULL) {
                    Py_DECREF(inner);
                    break;
                }
                Py_SETREF(args, full);
            }
            Py_SETREF(func, inner);
            depth += step;
            continue;
        }
        if (tp == &PyType_Type && ((PyTypeObject *)func)->tp_goon != NULL &&
            ((PyTypeObject *)func)->tp_goon->again) {
            goto again;
        }
        if (PyType_Check(func) && tp->tp_call == _PyType_Call) {
            result = call_type((PyTypeObject *)func, args, kw, depth);
            break;
        }
        if (tp == &PyClass_Type) {
            result = call_classic(func, args, kw, depth);
            break;
        }
        if (tp->tp_call == _PySlot_tp_call || tp == &PyInstance_Type) {
            if (!_PyEval_EnterCalls(depth))
                break;
            leave_calls(depth);
            if (call_name == NULL && (call_name = PyString_InternFromString("__call__")) == NULL)
                break;
            PyObject *meth;
            if (tp == &PyInstance_Type) {
                meth = PyObject_GetAttr(func, call_name);
                if (meth == NULL) {
                    if (PyErr_ExceptionMatches(PyExc_AttributeError)) {
                        PyErr_Clear();
                        PyErr_Format(
                            PyExc_AttributeError, "%.200s instance has no __call__ method",
                            PyString_AsString(((PyInstanceObject *)func)->in_class->cl_name));
                    }
                    break;
                }
                depth += step;
                if (tstate->recursion_depth + depth > _Py_RecursionLimit) {
                    Py_DECREF(meth);
                    PyErr_SetString(PyExc_RuntimeError,
                                    "maximum recursion depth exceeded in __call__");
                    break;
                }
            } else {
                int unbound;
                meth = lookup_bound(func, call_name, &unbound);
                if (meth == NULL) {
                    if (!PyErr_Occurred())
                        PyErr_SetObject(PyExc_AttributeError, call_name);
                    break;
                }
                if (unbound) {
                    PyObject *full = prepend(func, args);
                    if (full == NULL) {
                        Py_DECREF(meth);
                        break;
                    }
                    Py_SETREF(args, full);
                    depth += step;
                }
            }
            Py_SETREF(func, meth);
            depth += step;
            continue;
        }
        if (tp->tp_goon != NULL && tp->tp_goon->again && tp->tp_call != NULL) {
        again:; /* PyObject_Call counts itself */
            int others = depth > 0 ? depth - 1 : 0;
            if (_PyEval_EnterCalls(others))
                result = _PyEval_Hold(tstate, _PyEval_AgainGoOn(PyObject_Call, func, args, kw),
                                      others, mark);
        } else if (tp->tp_goon != NULL && tp->tp_goon->go_call != NULL) {
            if (_PyEval_EnterCalls(depth))
                result = _PyEval_Hold(tstate, tp->tp_goon->go_call(func, args, kw), depth, mark);
        } else if (depth <= 1)
            result = PyObject_Call(func, args, kw);
        else if (_PyEval_EnterCalls(depth - 1)) { /* it counts itself */
            result = PyObject_Call(func, args, kw);
            leave_calls(depth - 1);
        }
        break;
    }
    Py_DECREF(func);
    Py_DECREF(args);
    return result;
}

/* ---- from the value stack ---- */

static void arity_error(PyObject *func, int flags, Py_ssize_t given)
{
    PyMethodDef *ml = ((PyCFunctionObject *)func)->m_ml;
    if (flags & METH_NOARGS)
        PyErr_Format(PyExc_TypeError, "%.200s() takes no arguments (%zd given)", ml->ml_name,
                     given);
    else
        PyErr_Format(PyExc_TypeError, "%.200s() takes exactly one argument (%zd given)",
                     ml->ml_name, given);
}

/* The arguments move from the stack into a tuple: what is called finds them referred to once. */
static PyObject *stack_tuple(PyObject **args, int n)
{
    PyObject *t = PyTuple_New(n);
    if (t == NULL)
        return NULL;
    for (int i = 0; i < n; i++) {
        PyTuple_SET_ITEM(t, i, args[i]);
        args[i] = NULL;
    }
    return t;
}

/* Adds nk pairs to a dict (made or copied from `base`). */
static PyObject *stack_keywords(PyObject *base, PyObject **kws, int nk, PyObject *func)
{
    PyObject *kw = base == NULL ? PyDict_New() : PyDict_Copy(base);
    if (kw == NULL)
        return NULL;
    for (int i = 0; i < nk; i++) {
        PyObject *key = kws[2 * i];
        if (PyDict_GetItem(kw, key) != NULL) {
            PyErr_Format(PyExc_TypeError,
                         "%.200s%s got multiple values for keyword argument '%.200s'",
                         PyEval_GetFuncName(func), PyEval_GetFuncDesc(func),
                         PyString_Check(key) ? PyString_AS_STRING(key) : "?");
            Py_DECREF(kw);
            return NULL;
        }
        if (PyDict_SetItem(kw, key, kws[2 * i + 1]) < 0) {
            Py_DECREF(kw);
            return NULL;
        }
    }
    return kw;
}

/* May a C function that is called with this ask Python code? */
static int may_ask(PyObject *o)
{
    return PyType_HasFeature(Py_TYPE(o), Py_TPFLAGS_HEAPTYPE) || PyInstance_Check(o);
}

/* A call by an instruction while there are tracers: a profiler is told of C functions. */
static PyObject *call_profiled(PyThreadState *tstate, PyObject *func, PyObject *args, PyObject *kw)
{
    if (tstate->c_profilefunc != NULL && PyCFunction_Check(func))
        return _PyEval_CallProfiled(tstate, func, args, kw);
    return PyEval_CallGoOn(func, args, kw);
}

PyObject *_PyEval_CallStack(PyThreadState *tstate, PyObject *func, PyObject **args, int na, int nk)
{
    PyTypeObject *tp = Py_TYPE(func);
    if (tp == &PyFunction_Type)
        return call_function_array(tstate, func, args, na, args + na, nk, 0);
    if (tp == &PyCFunction_Type && nk == 0) {
        PyCFunctionObject *cf = (PyCFunctionObject *)func;
        int flags = cf->m_ml->ml_flags;
        if ((flags & (METH_NOARGS | METH_O)) && !(flags & METH_KEYWORDS)) {
            if ((flags & METH_NOARGS && na == 0) || (flags & METH_O && na == 1)) {
                if (PY_UNLIKELY(flags & METH_AGAIN) && may_ask(args[0]))
                    goto as_tuple;
                if (!TRACED(tstate))
                    return cf->m_ml->ml_meth(cf->m_self, na == 0 ? NULL : args[0]);
                goto as_tuple;
            }
            arity_error(func, flags, na);
            return NULL;
        }
    as_tuple:;
        PyObject *t = stack_tuple(args, na);
        if (t == NULL)
            return NULL;
        PyObject *r = TRACED(tstate)       ? call_profiled(tstate, func, t, NULL)
                      : flags & METH_AGAIN ? _PyEval_AgainGoOn(call_c_function, func, t, NULL)
                      : flags & METH_RESUMABLE
                          ? _PyMethodDef_CallGoOn(cf->m_ml, cf->m_self, t, NULL)
                          : PyCFunction_Call(func, t, NULL);
        Py_DECREF(t);
        return r;
    }
    PyObject *t = stack_tuple(args, na), *kw = NULL, *r = NULL;
    if (t == NULL)
        return NULL;
    if (nk == 0 || (kw = stack_keywords(NULL, args + na, nk, func)) != NULL)
        r = TRACED(tstate)
                ? call_profiled(tstate, func, t, kw)
                : _PyEval_CallDeep(func, t, kw, tp == &PyCFunction_Type ? 0 : DEPTH_CALL);
    Py_DECREF(t);
    Py_XDECREF(kw);
    return r;
}

/* Calls take such a method apart by themselves. */
static int is_bound(PyObject *func)
{
    return PyMethod_Check(func) && PyMethod_GET_SELF(func) != NULL;
}

/* a the function, b its first arguments, c keywords or NULL; value: the others, as a tuple */
static PyObject *star_collected(PyCont *c, PyObject *value)
{
    PyObject *r = NULL, *all = value == NULL ? NULL : PySequence_Concat(c->b, value);
    if (all != NULL) {
        PyThreadState *tstate = PyThreadState_GET();
        r = TRACED(tstate) ? call_profiled(tstate, c->a, all, c->c)
                           : PyEval_CallGoOn(c->a, all, c->c);
        Py_DECREF(all);
    }
    Py_XDECREF(value);
    PyEval_ReleaseCont(c);
    return r;
}

/* Calls func(*(args + what the iterator gives), **kw). Takes over it and kw. */
static PyObject *call_with_collected(PyObject *func, PyObject **args, int na, PyObject *it,
                                     PyObject *kw)
{
    PyObject *first = stack_tuple(args, na);
    PyCont *c = first == NULL ? NULL : PyEval_PushCont(star_collected);
    if (c == NULL) {
        Py_XDECREF(first);
        Py_DECREF(it);
        Py_XDECREF(kw);
        return NULL;
    }
    Py_INCREF(func);
    c->a = func;
    c->b = first;
    c->c = kw;
    return PyEval_Then(_PyEval_WalkGoOn(it, &_PyWalk_Tuple, PyList_New(0), NULL));
}

PyObject *_PyEval_CallStackVar(PyThreadState *tstate, PyObject *func, PyObject **args, int na,
                               int nk, PyObject *star, PyObject *starstar)
{
    PyObject *t = NULL, *kw = NULL, *r = NULL, *extra = NULL;
    if (starstar != NULL) {
        if (PyDict_CheckExact(starstar)) {
            kw = starstar;
            Py_INCREF(kw);
        } else if (PyDict_Check(starstar)) {
            kw = PyDict_Copy(starstar);
            if (kw == NULL)
                return NULL;
        } else {
            kw = PyDict_New();
            if (kw == NULL)
                return NULL;
            if (PyDict_Update(kw, starstar) < 0) {
                if (PyErr_ExceptionMatches(PyExc_AttributeError)) {
                    PyErr_Clear();
                    PyErr_Format(PyExc_TypeError,
                                 "%.200s%.200s argument after ** must be a mapping, not %.200s",
                                 PyEval_GetFuncName(func), PyEval_GetFuncDesc(func),
                                 Py_TYPE(starstar)->tp_name);
                }
                Py_DECREF(kw);
                return NULL;
            }
        }
    }
    if (star != NULL) {
        if (PyTuple_Check(star)) {
            extra = star;
            Py_INCREF(extra);
        } else if (nk == 0 && (extra = _PyWalk_Begin(star)) != NULL)
            return call_with_collected(func, args, na, extra, kw);
        else {
            extra = PyErr_Occurred() ? NULL : PySequence_Tuple(star);
            if (extra == NULL) {
                /* Any TypeError on the way is taken for this one, but for a generator's own. */
                if (PyErr_ExceptionMatches(PyExc_TypeError) && !PyGen_CheckExact(star)) {
                    PyErr_Clear();
                    PyErr_Format(PyExc_TypeError,
                                 "%.200s%.200s argument after * must be an iterable, not %.200s",
                                 PyEval_GetFuncName(func), PyEval_GetFuncDesc(func),
                                 Py_TYPE(star)->tp_name);
                }
                goto done;
            }
        }
    }
    if (nk > 0) {
        PyObject *merged = stack_keywords(kw, args + na, nk, func);
        if (merged == NULL)
            goto done;
        Py_XSETREF(kw, merged);
    }
    Py_ssize_t nextra = extra == NULL ? 0 : PyTuple_GET_SIZE(extra);
    if (na == 0 && extra != NULL && PyTuple_CheckExact(extra)) {
        t = extra;
        Py_INCREF(t);
    } else {
        t = PyTuple_New(na + nextra);
        if (t == NULL)
            goto done;
        for (Py_ssize_t i = 0; i < na + nextra; i++) {
            PyObject *o = i < na ? args[i] : PyTuple_GET_ITEM(extra, i - na);
            Py_INCREF(o);
            PyTuple_SET_ITEM(t, i, o);
        }
    }
    r = TRACED(tstate)
            ? call_profiled(tstate, func, t, kw)
            : _PyEval_CallDeep(func, t, kw,
                               PyCFunction_Check(func) || is_bound(func) ? 0 : DEPTH_CALL);
done:
    Py_XDECREF(extra);
    Py_XDECREF(t);
    Py_XDECREF(kw);
    return r;
}

const char *PyEval_GetFuncName(PyObject *func)
{
    if (PyMethod_Check(func))
        return PyEval_GetFuncName(PyMethod_GET_FUNCTION(func));
    if (PyFunction_Check(func))
        return PyString_AsString(((PyFunctionObject *)func)->func_name);
    if (PyCFunction_Check(func))
        return ((PyCFunctionObject *)func)->m_ml->ml_name;
    if (PyClass_Check(func))
        return PyString_AsString(((PyClassObject *)func)->cl_name);
    if (PyInstance_Check(func))
        return PyString_AsString(((PyInstanceObject *)func)->in_class->cl_name);
    return Py_TYPE(func)->tp_name;
}

const char *PyEval_GetFuncDesc(PyObject *func)
{
    if (PyMethod_Check(func) || PyFunction_Check(func) || PyCFunction_Check(func))
        return "()";
    if (PyClass_Check(func))
        return " constructor";
    if (PyInstance_Check(func))
        return " instance";
    return " object";
}
