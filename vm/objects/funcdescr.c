/* SPDX-License-Identifier: MIT */
/* classmethod and staticmethod: wrappers that change how a function binds. */
#include "Python.h"

typedef struct {
    PyObject_HEAD PyObject *callable;
} wrapped_function;

#define CALLABLE(op) (((wrapped_function *)(op))->callable)

static void wrapped_dealloc(PyObject *op)
{
    _PyObject_GC_UNTRACK(op);
    Py_XDECREF(CALLABLE(op));
    Py_TYPE(op)->tp_free(op);
}

static int wrapped_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(CALLABLE(op));
    return 0;
}

static int wrapped_clear(PyObject *op)
{
    Py_CLEAR(CALLABLE(op));
    return 0;
}

static PyObject *classmethod_get(PyObject *self, PyObject *obj, PyObject *type)
{
    if (CALLABLE(self) == NULL) {
        PyErr_SetString(PyExc_RuntimeError, "uninitialized classmethod object");
        return NULL;
    }
    if (type == NULL)
        type = (PyObject *)Py_TYPE(obj);
    return PyMethod_New(CALLABLE(self), type, (PyObject *)Py_TYPE(type));
}

static PyObject *staticmethod_get(PyObject *self, PyObject *obj, PyObject *type)
{
    if (CALLABLE(self) == NULL) {
        PyErr_SetString(PyExc_RuntimeError, "uninitialized staticmethod object");
        return NULL;
    }
    Py_INCREF(CALLABLE(self));
    return CALLABLE(self);
}

static int wrapped_init(PyObject *self, PyObject *args, PyObject *kwds, const char *name)
{
    PyObject *callable;
    if (!PyArg_UnpackTuple(args, name, 1, 1, &callable) || !_PyArg_NoKeywords(name, kwds))
        return -1;
    Py_INCREF(callable);
    Py_XSETREF(CALLABLE(self), callable);
    return 0;
}

static int classmethod_init(PyObject *self, PyObject *args, PyObject *kwds)
{
    return wrapped_init(self, args, kwds, "classmethod");
}

static int staticmethod_init(PyObject *self, PyObject *args, PyObject *kwds)
{
    return wrapped_init(self, args, kwds, "staticmethod");
}

static PyMemberDef wrapped_members[] = {
    {"__func__", T_OBJECT, offsetof(wrapped_function, callable), READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};

#define WRAPPED_COMMON                                                                             \
    .tp_basicsize = sizeof(wrapped_function), .tp_x64_basicsize = 24,                              \
    .tp_dealloc = wrapped_dealloc, .tp_getattro = PyObject_GenericGetAttr,                         \
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,                     \
    .tp_traverse = wrapped_traverse, .tp_clear = wrapped_clear, .tp_members = wrapped_members,     \
    .tp_alloc = PyType_GenericAlloc, .tp_new = PyType_GenericNew, .tp_free = PyObject_GC_Del

PyTypeObject PyClassMethod_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "classmethod",
    .tp_doc = "classmethod(function) -> method\n\n"
              "Convert a function to be a class method: it receives the class as its first\n"
              "argument, whether it is called on the class or on an instance.\n\n"
              "class C:\n"
              "    @classmethod\n"
              "    def f(cls, arg1, arg2, ...): ...",
    .tp_descr_get = classmethod_get,
    .tp_init = classmethod_init,
    WRAPPED_COMMON,
};

PyTypeObject PyStaticMethod_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "staticmethod",
    .tp_doc = "staticmethod(function) -> method\n\n"
              "Convert a function to be a static method: it receives no implicit first\n"
              "argument, whether it is called on the class or on an instance.\n\n"
              "class C:\n"
              "    @staticmethod\n"
              "    def f(arg1, arg2, ...): ...",
    .tp_descr_get = staticmethod_get,
    .tp_init = staticmethod_init,
    WRAPPED_COMMON,
};

static PyObject *new_wrapped(PyTypeObject *type, PyObject *callable)
{
    PyObject *w = PyType_GenericAlloc(type, 0);
    if (w != NULL) {
        Py_INCREF(callable);
        CALLABLE(w) = callable;
    }
    return w;
}

PyObject *PyClassMethod_New(PyObject *callable)
{
    return new_wrapped(&PyClassMethod_Type, callable);
}

PyObject *PyStaticMethod_New(PyObject *callable)
{
    return new_wrapped(&PyStaticMethod_Type, callable);
}
