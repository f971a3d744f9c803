/* SPDX-License-Identifier: MIT */
/* Functions written in Python. Invariant: func_closure is NULL or a tuple of as many cells as the
 * code has free variables. */
#include "eval.h"

PyObject *PyFunction_New(PyObject *code, PyObject *globals)
{
    static PyObject *name_name;
    if (name_name == NULL && (name_name = PyString_InternFromString("__name__")) == NULL)
        return NULL;
    PyFunctionObject *op = PyObject_GC_New(PyFunctionObject, &PyFunction_Type);
    if (op == NULL)
        return NULL;
    PyCodeObject *co = (PyCodeObject *)code;
    op->func_weakreflist = NULL;
    Py_INCREF(code);
    op->func_code = code;
    Py_INCREF(globals);
    op->func_globals = globals;
    op->func_name = co->co_name;
    Py_INCREF(op->func_name);
    op->func_defaults = NULL;
    op->func_closure = NULL;
    PyObject *doc =
        PyTuple_GET_SIZE(co->co_consts) > 0 ? PyTuple_GET_ITEM(co->co_consts, 0) : Py_None;
    if (!PyString_Check(doc) && !PyUnicode_Check(doc))
        doc = Py_None;
    Py_INCREF(doc);
    op->func_doc = doc;
    op->func_dict = NULL;
    op->func_module = PyDict_GetItem(globals, name_name);
    Py_XINCREF(op->func_module);
    PyObject_GC_Track(op);
    return (PyObject *)op;
}

static int restricted(void)
{
    if (!PyEval_GetRestricted())
        return 0;
    PyErr_SetString(PyExc_RuntimeError, "function attributes not accessible in restricted mode");
    return 1;
}

static PyObject *func_get_dict(PyObject *self, void *closure)
{
    PyFunctionObject *op = (PyFunctionObject *)self;
    if (restricted())
        return NULL;
    if (op->func_dict == NULL && (op->func_dict = PyDict_New()) == NULL)
        return NULL;
    Py_INCREF(op->func_dict);
    return op->func_dict;
}

static int func_set_dict(PyObject *self, PyObject *value, void *closure)
{
    PyFunctionObject *op = (PyFunctionObject *)self;
    if (restricted())
        return -1;
    if (value == NULL) {
        PyErr_SetString(PyExc_TypeError, "function's dictionary may not be deleted");
        return -1;
    }
    if (!PyDict_Check(value)) {
        PyErr_SetString(PyExc_TypeError, "setting function's dictionary to a non-dict");
        return -1;
    }
    Py_INCREF(value);
    Py_XSETREF(op->func_dict, value);
    return 0;
}

static PyObject *func_get_code(PyObject *self, void *closure)
{
    if (restricted())
        return NULL;
    PyObject *code = ((PyFunctionObject *)self)->func_code;
    Py_INCREF(code);
    return code;
}

static int func_set_code(PyObject *self, PyObject *value, void *closure)
{
    PyFunctionObject *op = (PyFunctionObject *)self;
    if (restricted())
        return -1;
    if (value == NULL || !PyCode_Check(value)) {
        PyErr_SetString(PyExc_TypeError, "__code__ must be set to a code object");
        return -1;
    }
    Py_ssize_t nfree = PyCode_GetNumFree((PyCodeObject *)value);
    Py_ssize_t nclosure = op->func_closure == NULL ? 0 : PyTuple_GET_SIZE(op->func_closure);
    if (nclosure != nfree) {
        PyErr_Format(PyExc_ValueError, "%s() requires a code object with %zd free vars, not %zd",
                     PyString_AsString(op->func_name), nclosure, nfree);
        return -1;
    }
    Py_INCREF(value);
    Py_SETREF(op->func_code, value);
    return 0;
}

static PyObject *func_get_name(PyObject *self, void *closure)
{
    PyObject *name = ((PyFunctionObject *)self)->func_name;
    Py_INCREF(name);
    return name;
}

static int func_set_name(PyObject *self, PyObject *value, void *closure)
{
    if (restricted())
        return -1;
    if (value == NULL || !PyString_Check(value)) {
        PyErr_SetString(PyExc_TypeError, "__name__ must be set to a string object");
        return -1;
    }
    Py_INCREF(value);
    Py_SETREF(((PyFunctionObject *)self)->func_name, value);
    return 0;
}

static PyObject *func_get_defaults(PyObject *self, void *closure)
{
    if (restricted())
        return NULL;
    PyObject *d = ((PyFunctionObject *)self)->func_defaults;
    if (d == NULL)
        d = Py_None;
    Py_INCREF(d);
    return d;
}

static int func_set_defaults(PyObject *self, PyObject *value, void *closure)
{
    if (restricted())
        return -1;
    if (value == Py_None)
        value = NULL;
    if (value != NULL && !PyTuple_Check(value)) {
        PyErr_SetString(PyExc_TypeError, "__defaults__ must be set to a tuple object");
        return -1;
    }
    Py_XINCREF(value);
    Py_XSETREF(((PyFunctionObject *)self)->func_defaults, value);
    return 0;
}

#define F_OFF(x) offsetof(PyFunctionObject, x)
static PyMemberDef func_members[] = {
    {"func_closure", T_OBJECT, F_OFF(func_closure), RESTRICTED | READONLY, NULL},
    {"__closure__", T_OBJECT, F_OFF(func_closure), RESTRICTED | READONLY, NULL},
    {"func_doc", T_OBJECT, F_OFF(func_doc), PY_WRITE_RESTRICTED, NULL},
    {"__doc__", T_OBJECT, F_OFF(func_doc), PY_WRITE_RESTRICTED, NULL},
    {"func_globals", T_OBJECT, F_OFF(func_globals), RESTRICTED | READONLY, NULL},
    {"__globals__", T_OBJECT, F_OFF(func_globals), RESTRICTED | READONLY, NULL},
    {"__module__", T_OBJECT, F_OFF(func_module), PY_WRITE_RESTRICTED, NULL},
    {NULL, 0, 0, 0, NULL}};

static PyGetSetDef func_getset[] = {
    {"func_code", func_get_code, func_set_code, NULL, NULL},
    {"__code__", func_get_code, func_set_code, NULL, NULL},
    {"func_defaults", func_get_defaults, func_set_defaults, NULL, NULL},
    {"__defaults__", func_get_defaults, func_set_defaults, NULL, NULL},
    {"func_dict", func_get_dict, func_set_dict, NULL, NULL},
    {"__dict__", func_get_dict, func_set_dict, NULL, NULL},
    {"func_name", func_get_name, func_set_name, NULL, NULL},
    {"__name__", func_get_name, func_set_name, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL}};

static const char func_doc[] =
    "function(code, globals[, name[, argdefs[, closure]]])\n\n"
    "Create a function object from a code object and a dictionary.\n"
    "The optional name string overrides the name from the code object.\n"
    "The optional argdefs tuple specifies the default argument values.\n"
    "The optional closure tuple supplies the bindings for free variables.";

static PyObject *func_new(PyTypeObject *type, PyObject *args, PyObject *kw)
{
    PyCodeObject *code;
    PyObject *globals, *name = Py_None, *defaults = Py_None, *closure = Py_None;
    static char *kwlist[] = {"code", "globals", "name", "argdefs", "closure", NULL};
    if (!PyArg_ParseTupleAndKeywords(args, kw, "O!O!|OOO:function", kwlist, &PyCode_Type, &code,
                                     &PyDict_Type, &globals, &name, &defaults, &closure))
        return NULL;
    if (name != Py_None && !PyString_Check(name)) {
        PyErr_SetString(PyExc_TypeError, "arg 3 (name) must be None or string");
        return NULL;
    }
    if (defaults != Py_None && !PyTuple_Check(defaults)) {
        PyErr_SetString(PyExc_TypeError, "arg 4 (defaults) must be None or tuple");
        return NULL;
    }
    Py_ssize_t nfree = PyTuple_GET_SIZE(code->co_freevars);
    if (!PyTuple_Check(closure)) {
        if (nfree && closure == Py_None) {
            PyErr_SetString(PyExc_TypeError, "arg 5 (closure) must be tuple");
            return NULL;
        }
        if (closure != Py_None) {
            PyErr_SetString(PyExc_TypeError, "arg 5 (closure) must be None or tuple");
            return NULL;
        }
    }
    Py_ssize_t nclosure = closure == Py_None ? 0 : PyTuple_GET_SIZE(closure);
    if (nfree != nclosure) {
        PyErr_Format(PyExc_ValueError, "%s requires closure of length %zd, not %zd",
                     PyString_AS_STRING(code->co_name), nfree, nclosure);
        return NULL;
    }
    for (Py_ssize_t i = 0; i < nclosure; i++) {
        PyObject *o = PyTuple_GET_ITEM(closure, i);
        if (!PyCell_Check(o)) {
            PyErr_Format(PyExc_TypeError, "arg 5 (closure) expected cell, found %s",
                         Py_TYPE(o)->tp_name);
            return NULL;
        }
    }
    PyFunctionObject *f = (PyFunctionObject *)PyFunction_New((PyObject *)code, globals);
    if (f == NULL)
        return NULL;
    if (name != Py_None) {
        Py_INCREF(name);
        Py_SETREF(f->func_name, name);
    }
    if (defaults != Py_None) {
        Py_INCREF(defaults);
        f->func_defaults = defaults;
    }
    if (closure != Py_None && nclosure > 0) {
        Py_INCREF(closure);
        f->func_closure = closure;
    }
    return (PyObject *)f;
}

static int func_traverse(PyObject *self, visitproc visit, void *arg)
{
    PyFunctionObject *f = (PyFunctionObject *)self;
    Py_VISIT(f->func_code);
    Py_VISIT(f->func_globals);
    Py_VISIT(f->func_module);
    Py_VISIT(f->func_defaults);
    Py_VISIT(f->func_doc);
    Py_VISIT(f->func_name);
    Py_VISIT(f->func_dict);
    Py_VISIT(f->func_closure);
    return 0;
}

static void func_dealloc(PyObject *self)
{
    PyFunctionObject *f = (PyFunctionObject *)self;
    PyObject_GC_UnTrack(f);
    if (f->func_weakreflist != NULL)
        PyObject_ClearWeakRefs(self);
    Py_DECREF(f->func_code);
    Py_DECREF(f->func_globals);
    Py_XDECREF(f->func_module);
    Py_DECREF(f->func_name);
    Py_XDECREF(f->func_defaults);
    Py_XDECREF(f->func_doc);
    Py_XDECREF(f->func_dict);
    Py_XDECREF(f->func_closure);
    PyObject_GC_Del(f);
}

static PyObject *func_repr(PyObject *self)
{
    return PyString_FromFormat("<function %s at %p>",
                               PyString_AsString(((PyFunctionObject *)self)->func_name), self);
}

/* For callers in C; the loop itself never comes here. */
static PyObject *func_call(PyObject *self, PyObject *args, PyObject *kw)
{
    int32_t mark = _PyEval_EnterNested();
    if (mark < 0)
        return NULL;
    return _PyEval_FinishNested(mark, _PyEval_CallDeep(self, args, kw, 0));
}

static PyObject *func_descr_get(PyObject *func, PyObject *obj, PyObject *type)
{
    if (obj == Py_None)
        obj = NULL;
    return PyMethod_New(func, obj, type);
}

PyTypeObject PyFunction_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "function",
    .tp_basicsize = sizeof(PyFunctionObject),
    .tp_x64_basicsize = 88,
    .tp_dealloc = func_dealloc,
    .tp_repr = func_repr,
    .tp_call = func_call,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_setattro = PyObject_GenericSetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_doc = func_doc,
    .tp_traverse = func_traverse,
    .tp_weaklistoffset = offsetof(PyFunctionObject, func_weakreflist),
    .tp_members = func_members,
    .tp_getset = func_getset,
    .tp_descr_get = func_descr_get,
    .tp_dictoffset = offsetof(PyFunctionObject, func_dict),
    .tp_new = func_new,
};
