/* SPDX-License-Identifier: MIT */
/* _functools: partial and reduce. Invariant of partial: func is callable, args an exact tuple,
 * keywords an exact dict. */
#include "Python.h"
#include "modules/bltin.h"

typedef struct {
    PyObject_HEAD PyObject *func, *args, *keywords;
    PyObject *dict, *weakreflist;
} partialobject;

#define PARTIAL(op) ((partialobject *)(op))

static PyObject *partial_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    if (PyTuple_GET_SIZE(args) < 1) {
        PyErr_SetString(PyExc_TypeError, "type 'partial' takes at least one argument");
        return NULL;
    }
    PyObject *func = PyTuple_GET_ITEM(args, 0);
    if (!PyCallable_Check(func)) {
        PyErr_SetString(PyExc_TypeError, "the first argument must be callable");
        return NULL;
    }
    partialobject *self = PARTIAL(type->tp_alloc(type, 0));
    if (self == NULL)
        return NULL;
    Py_INCREF(func);
    self->func = func;
    self->args = PyTuple_GetSlice(args, 1, PY_SSIZE_T_MAX);
    self->keywords = kwds == NULL ? PyDict_New() : PyDict_Copy(kwds);
    if (self->args == NULL || self->keywords == NULL) {
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

static void partial_dealloc(PyObject *self)
{
    PyObject_GC_UnTrack(self);
    if (PARTIAL(self)->weakreflist != NULL)
        PyObject_ClearWeakRefs(self);
    Py_XDECREF(PARTIAL(self)->func);
    Py_XDECREF(PARTIAL(self)->args);
    Py_XDECREF(PARTIAL(self)->keywords);
    Py_XDECREF(PARTIAL(self)->dict);
    Py_TYPE(self)->tp_free(self);
}

static int partial_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(PARTIAL(self)->func);
    Py_VISIT(PARTIAL(self)->args);
    Py_VISIT(PARTIAL(self)->keywords);
    Py_VISIT(PARTIAL(self)->dict);
    return 0;
}

static PyObject *partial_call_by(PyObject *op, PyObject *args, PyObject *kwds,
                                 PyObject *(*call)(PyObject *, PyObject *, PyObject *))
{
    partialobject *self = PARTIAL(op);
    PyObject *all, *keywords = NULL, *result = NULL;

    if (PyTuple_GET_SIZE(self->args) == 0) {
        all = args;
        Py_INCREF(all);
    } else if (PyTuple_GET_SIZE(args) == 0) {
        all = self->args;
        Py_INCREF(all);
    } else {
        all = PySequence_Concat(self->args, args);
        if (all == NULL)
            return NULL;
    }
    if (PyDict_Size(self->keywords) == 0) {
        keywords = kwds;
        Py_XINCREF(keywords);
    } else {
        keywords = PyDict_Copy(self->keywords);
        if (keywords == NULL || (kwds != NULL && PyDict_Merge(keywords, kwds, 1) < 0))
            goto done;
    }
    result = call(self->func, all, keywords);
done:
    Py_DECREF(all);
    Py_XDECREF(keywords);
    return result;
}

static PyObject *partial_call(PyObject *op, PyObject *args, PyObject *kwds)
{
    return partial_call_by(op, args, kwds, PyObject_Call);
}

static PyObject *partial_go_call(PyObject *op, PyObject *args, PyObject *kwds)
{
    return partial_call_by(op, args, kwds, PyEval_CallGoOn);
}

static const _PyGoOnSlots partial_go_on = {.go_call = partial_go_call};

static PyObject *partial_get_dict(PyObject *self, void *closure)
{
    if (PARTIAL(self)->dict == NULL) {
        PARTIAL(self)->dict = PyDict_New();
        if (PARTIAL(self)->dict == NULL)
            return NULL;
    }
    Py_INCREF(PARTIAL(self)->dict);
    return PARTIAL(self)->dict;
}

static int partial_set_dict(PyObject *self, PyObject *value, void *closure)
{
    if (value == NULL) {
        PyErr_SetString(PyExc_TypeError, "a partial object's dictionary may not be deleted");
        return -1;
    }
    if (!PyDict_Check(value)) {
        PyErr_SetString(PyExc_TypeError, "setting partial object's dictionary to a non-dict");
        return -1;
    }
    Py_INCREF(value);
    Py_XSETREF(PARTIAL(self)->dict, value);
    return 0;
}

static PyObject *partial_reduce(PyObject *op, PyObject *unused)
{
    partialobject *self = PARTIAL(op);

    return Py_BuildValue("O(O)(OOOO)", Py_TYPE(op), self->func, self->func, self->args,
                         self->keywords, self->dict != NULL ? self->dict : Py_None);
}

static PyObject *partial_setstate(PyObject *op, PyObject *state)
{
    partialobject *self = PARTIAL(op);
    PyObject *func, *args, *keywords, *dict;

    if (!PyTuple_Check(state) || PyTuple_GET_SIZE(state) != 4)
        goto invalid;
    func = PyTuple_GET_ITEM(state, 0);
    args = PyTuple_GET_ITEM(state, 1);
    keywords = PyTuple_GET_ITEM(state, 2);
    dict = PyTuple_GET_ITEM(state, 3);
    if (!PyCallable_Check(func) || !PyTuple_Check(args) ||
        (keywords != Py_None && !PyDict_Check(keywords)))
        goto invalid;
    if (PyTuple_CheckExact(args))
        Py_INCREF(args);
    else
        args = PySequence_Tuple(args);
    if (args == NULL)
        return NULL;
    if (keywords == Py_None)
        keywords = PyDict_New();
    else if (PyDict_CheckExact(keywords))
        Py_INCREF(keywords);
    else
        keywords = PyDict_Copy(keywords);
    if (keywords == NULL) {
        Py_DECREF(args);
        return NULL;
    }
    Py_INCREF(func);
    if (dict == Py_None)
        dict = NULL;
    Py_XINCREF(dict);
    Py_XSETREF(self->func, func);
    Py_XSETREF(self->args, args);
    Py_XSETREF(self->keywords, keywords);
    Py_XSETREF(self->dict, dict);
    Py_RETURN_NONE;
invalid:
    PyErr_SetString(PyExc_TypeError, "invalid partial state");
    return NULL;
}

static PyMethodDef partial_methods[] = {
    {"__reduce__", partial_reduce, METH_NOARGS},
    {"__setstate__", partial_setstate, METH_O},
    {NULL},
};
static PyMemberDef partial_members[] = {
    {"func", T_OBJECT, offsetof(partialobject, func), READONLY,
     "function object to use in future partial calls"},
    {"args", T_OBJECT, offsetof(partialobject, args), READONLY,
     "tuple of arguments to future partial calls"},
    {"keywords", T_OBJECT, offsetof(partialobject, keywords), READONLY,
     "dictionary of keyword arguments to future partial calls"},
    {NULL},
};
static PyGetSetDef partial_getset[] = {
    {"__dict__", partial_get_dict, partial_set_dict},
    {NULL},
};

static PyTypeObject partial_type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "functools.partial",
    .tp_basicsize = sizeof(partialobject),
    .tp_x64_basicsize = 56,
    .tp_dealloc = partial_dealloc,
    .tp_call = partial_call,
    .tp_goon = &partial_go_on,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_setattro = PyObject_GenericSetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .tp_doc = "partial(func, *args, **keywords) - new function with partial application\n"
              "    of the given arguments and keywords.\n",
    .tp_traverse = partial_traverse,
    .tp_weaklistoffset = offsetof(partialobject, weakreflist),
    .tp_methods = partial_methods,
    .tp_members = partial_members,
    .tp_getset = partial_getset,
    .tp_dictoffset = offsetof(partialobject, dict),
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = partial_new,
    .tp_free = PyObject_GC_Del,
};

PyDoc_STRVAR(reduce_doc,
             "reduce(function, sequence[, initial]) -> value\n\n"
             "Apply a function of two arguments cumulatively to the items of a sequence,\n"
             "from left to right, so as to reduce the sequence to a single value.");

static PyObject *functools_reduce(PyObject *self, PyObject *args)
{
    PyObject *func, *sequence, *result = NULL, *it;

    if (!PyArg_UnpackTuple(args, "reduce", 2, 3, &func, &sequence, &result))
        return NULL;
    it = PyObject_GetIter(sequence);
    if (it == NULL) {
        PyErr_SetString(PyExc_TypeError, "reduce() arg 2 must support iteration");
        return NULL;
    }
    return _PyBuiltin_StartReduce(it, func, result);
}

static PyMethodDef functools_methods[] = {
    {"reduce", functools_reduce, METH_VARARGS | METH_RESUMABLE, reduce_doc},
    {NULL},
};

PyMODINIT_FUNC init_functools(void)
{
    PyObject *m =
        Py_InitModule3("_functools", functools_methods, "Tools that operate on functions.");

    if (m == NULL || PyType_Ready(&partial_type) < 0)
        return;
    Py_INCREF(&partial_type);
    PyModule_AddObject(m, "partial", (PyObject *)&partial_type);
}
