/* SPDX-License-Identifier: MIT */
/* builtin_function_or_method. Invariant: C functions are called with exactly the C type their flags
 * say; a resumable one may answer Py_GoOn, which only _PyMethodDef_CallGoOn lets through — the
 * others run on through the hooks until there is a value. */
#include "Python.h"

/* Every use of a built-in type's method makes one: freed ones are kept for reuse, linked through
 * m_self. */
#define MAXFREELIST 256
static PyCFunctionObject *free_list;
static int numfree;

PyObject *PyCFunction_NewEx(PyMethodDef *ml, PyObject *self, PyObject *module)
{
    PyCFunctionObject *op = free_list;
    if (op != NULL) {
        free_list = (PyCFunctionObject *)op->m_self;
        numfree--;
        (void)PyObject_INIT(op, &PyCFunction_Type);
    } else {
        op = PyObject_GC_New(PyCFunctionObject, &PyCFunction_Type);
        if (op == NULL)
            return NULL;
    }
    op->m_ml = ml;
    Py_XINCREF(self);
    op->m_self = self;
    Py_XINCREF(module);
    op->m_module = module;
    _PyObject_GC_TRACK(op);
    return (PyObject *)op;
}

int PyCFunction_ClearFreeList(void)
{
    int freed = numfree;
    while (free_list != NULL) {
        PyCFunctionObject *op = free_list;
        free_list = (PyCFunctionObject *)op->m_self;
        PyObject_GC_Del(op);
    }
    numfree = 0;
    return freed;
}

PyCFunction PyCFunction_GetFunction(PyObject *op)
{
    if (!PyCFunction_Check(op)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    return PyCFunction_GET_FUNCTION(op);
}

PyObject *PyCFunction_GetSelf(PyObject *op)
{
    if (!PyCFunction_Check(op)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    return PyCFunction_GET_SELF(op);
}

int PyCFunction_GetFlags(PyObject *op)
{
    if (!PyCFunction_Check(op)) {
        PyErr_BadInternalCall();
        return -1;
    }
    return PyCFunction_GET_FLAGS(op);
}

PyObject *_PyMethodDef_CallGoOn(PyMethodDef *ml, PyObject *self, PyObject *args, PyObject *kw)
{
    int flags =
        ml->ml_flags & ~(METH_CLASS | METH_STATIC | METH_COEXIST | METH_RESUMABLE | METH_AGAIN);
    if (flags & METH_KEYWORDS) {
        PyCFunctionWithKeywords f = (PyCFunctionWithKeywords)(void (*)(void))ml->ml_meth;
        return f(self, args, kw);
    }
    if (kw != NULL && PyDict_Size(kw) != 0) {
        PyErr_Format(PyExc_TypeError, "%.200s() takes no keyword arguments", ml->ml_name);
        return NULL;
    }
    Py_ssize_t n = PyTuple_GET_SIZE(args);
    switch (flags) {
    case METH_VARARGS:
        return ml->ml_meth(self, args);
    case METH_NOARGS:
        if (n == 0)
            return ml->ml_meth(self, NULL);
        PyErr_Format(PyExc_TypeError, "%.200s() takes no arguments (%zd given)", ml->ml_name, n);
        return NULL;
    case METH_O:
        if (n == 1)
            return ml->ml_meth(self, PyTuple_GET_ITEM(args, 0));
        PyErr_Format(PyExc_TypeError, "%.200s() takes exactly one argument (%zd given)",
                     ml->ml_name, n);
        return NULL;
    case METH_OLDARGS:
        return ml->ml_meth(self, n == 1 ? PyTuple_GET_ITEM(args, 0) : n == 0 ? NULL : args);
    default:
        PyErr_Format(PyExc_SystemError, "%.200s() method: bad call flags", ml->ml_name);
        return NULL;
    }
}

PyObject *_PyMethodDef_Call(PyMethodDef *ml, PyObject *self, PyObject *args, PyObject *kw)
{
    if (!(ml->ml_flags & METH_RESUMABLE))
        return _PyMethodDef_CallGoOn(ml, self, args, kw);
    int32_t mark = _PyHooks.enter_nested();
    if (mark < 0)
        return NULL;
    return _PyHooks.finish_nested(mark, _PyMethodDef_CallGoOn(ml, self, args, kw));
}

PyObject *PyCFunction_Call(PyObject *func, PyObject *args, PyObject *kw)
{
    PyCFunctionObject *f = (PyCFunctionObject *)func;
    return _PyMethodDef_Call(f->m_ml, f->m_self, args, kw);
}

static void meth_dealloc(PyObject *op)
{
    PyCFunctionObject *m = (PyCFunctionObject *)op;
    PyObject_GC_UnTrack(op);
    Py_TRASHCAN_SAFE_BEGIN(op) Py_XDECREF(m->m_self);
    Py_XDECREF(m->m_module);
    if (numfree < MAXFREELIST) {
        m->m_self = (PyObject *)free_list;
        free_list = m;
        numfree++;
    } else
        PyObject_GC_Del(op);
    Py_TRASHCAN_SAFE_END(op)
}

static PyObject *meth_get_doc(PyObject *op, void *closure)
{
    const char *doc = ((PyCFunctionObject *)op)->m_ml->ml_doc;
    if (doc == NULL)
        Py_RETURN_NONE;
    return PyString_FromString(doc);
}

static PyObject *meth_get_name(PyObject *op, void *closure)
{
    return PyString_FromString(((PyCFunctionObject *)op)->m_ml->ml_name);
}

static PyObject *meth_get_self(PyObject *op, void *closure)
{
    PyObject *self = PyCFunction_GET_SELF(op);
    if (self == NULL)
        self = Py_None;
    Py_INCREF(self);
    return self;
}

static PyGetSetDef meth_getsets[] = {
    {"__doc__", meth_get_doc, NULL, NULL, NULL},
    {"__name__", meth_get_name, NULL, NULL, NULL},
    {"__self__", meth_get_self, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyMemberDef meth_members[] = {
    {"__module__", T_OBJECT, offsetof(PyCFunctionObject, m_module), PY_WRITE_RESTRICTED, NULL},
    {NULL, 0, 0, 0, NULL},
};

static int meth_traverse(PyObject *op, visitproc visit, void *arg)
{
    PyCFunctionObject *m = (PyCFunctionObject *)op;
    Py_VISIT(m->m_self);
    Py_VISIT(m->m_module);
    return 0;
}

static PyObject *meth_repr(PyObject *op)
{
    PyCFunctionObject *m = (PyCFunctionObject *)op;
    if (m->m_self == NULL)
        return PyString_FromFormat("<built-in function %s>", m->m_ml->ml_name);
    return PyString_FromFormat("<built-in method %s of %s object at %p>", m->m_ml->ml_name,
                               Py_TYPE(m->m_self)->tp_name, (void *)m->m_self);
}

static int order_of(uintptr_t a, uintptr_t b)
{
    return a < b ? -1 : a > b;
}

static int meth_compare(PyObject *x, PyObject *y)
{
    PyCFunctionObject *a = (PyCFunctionObject *)x, *b = (PyCFunctionObject *)y;
    if (a->m_self != b->m_self)
        return order_of((uintptr_t)a->m_self, (uintptr_t)b->m_self);
    if (a->m_ml->ml_meth == b->m_ml->ml_meth)
        return 0;
    int c = strcmp(a->m_ml->ml_name, b->m_ml->ml_name);
    if (c != 0)
        return c < 0 ? -1 : 1;
    return order_of((uintptr_t)a->m_ml, (uintptr_t)b->m_ml);
}

/* Equality is defined, order is not: that is left to tp_compare. */
static PyObject *meth_richcompare(PyObject *x, PyObject *y, int op)
{
    if (op != Py_EQ && op != Py_NE) {
        if (PyErr_WarnPy3k("builtin_function_or_method order comparisons not supported in 3.x", 1) <
            0)
            return NULL;
        Py_RETURN_NOTIMPLEMENTED;
    }
    if (!PyCFunction_Check(x) || !PyCFunction_Check(y))
        Py_RETURN_NOTIMPLEMENTED;
    PyCFunctionObject *a = (PyCFunctionObject *)x, *b = (PyCFunctionObject *)y;
    int eq = a->m_self == b->m_self && a->m_ml->ml_meth == b->m_ml->ml_meth;
    return PyBool_FromLong(op == Py_EQ ? eq : !eq);
}

static py_long meth_hash(PyObject *op)
{
    PyCFunctionObject *a = (PyCFunctionObject *)op;
    py_long x = 0;
    if (a->m_self != NULL) {
        x = PyObject_Hash(a->m_self);
        if (x == -1)
            return -1;
    }
    x ^= _Py_HashPointer((void *)(uintptr_t)a->m_ml->ml_meth);
    return x == -1 ? -2 : x;
}

PyTypeObject PyCFunction_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "builtin_function_or_method",
    .tp_basicsize = sizeof(PyCFunctionObject),
    .tp_x64_basicsize = 40,
    .tp_dealloc = meth_dealloc,
    .tp_compare = meth_compare,
    .tp_repr = meth_repr,
    .tp_hash = meth_hash,
    .tp_call = PyCFunction_Call,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = meth_traverse,
    .tp_richcompare = meth_richcompare,
    .tp_members = meth_members,
    .tp_getset = meth_getsets,
};

/* -- Methods by name, for types with a tp_getattr of their own ------------------------------------
 */

PyObject *Py_FindMethod(PyMethodDef methods[], PyObject *self, const char *name)
{
    if (name[0] == '_' && name[1] == '_') {
        if (strcmp(name, "__doc__") == 0 && Py_TYPE(self)->tp_doc != NULL)
            return PyString_FromString(Py_TYPE(self)->tp_doc);
        if (strcmp(name, "__methods__") == 0) {
            PyObject *list = PyList_New(0);
            for (PyMethodDef *ml = methods; list != NULL && ml->ml_name != NULL; ml++) {
                PyObject *s = PyString_FromString(ml->ml_name);
                if (s == NULL || PyList_Append(list, s) < 0)
                    Py_CLEAR(list);
                Py_XDECREF(s);
            }
            if (list != NULL && PyList_Sort(list) < 0)
                Py_CLEAR(list);
            return list;
        }
    }
    for (PyMethodDef *ml = methods; ml->ml_name != NULL; ml++) {
        if (strcmp(name, ml->ml_name) == 0)
            return PyCFunction_New(ml, self);
    }
    PyErr_SetString(PyExc_AttributeError, name);
    return NULL;
}
