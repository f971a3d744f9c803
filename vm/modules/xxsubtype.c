/* SPDX-License-Identifier: MIT */
/* xxsubtype: subtypes of list and dict made in C, each with a counter. The library's tests of type
 * machinery use it, and it shows how a built-in type is derived from another. */
#include "Python.h"

typedef struct {
    PyListObject list;
    int state;
} spamlistobject;

typedef struct {
    PyDictObject dict;
    int state;
} spamdictobject;

static PyObject *spamlist_getstate(PyObject *self, PyObject *args)
{
    if (!PyArg_ParseTuple(args, ":getstate"))
        return NULL;
    return PyInt_FromLong(((spamlistobject *)self)->state);
}

static PyObject *spamlist_setstate(PyObject *self, PyObject *args)
{
    int state;
    if (!PyArg_ParseTuple(args, "i:setstate", &state))
        return NULL;
    ((spamlistobject *)self)->state = state;
    Py_RETURN_NONE;
}

/* Answers what it was called with, for tests of binding. */
static PyObject *special_method(PyObject *self, PyObject *args, PyObject *kw)
{
    return PyTuple_Pack(3, self == NULL ? Py_None : self, args, kw == NULL ? Py_None : kw);
}

static PyMethodDef spamlist_methods[] = {
    {"getstate", spamlist_getstate, METH_VARARGS, "getstate() -> state"},
    {"setstate", spamlist_setstate, METH_VARARGS, "setstate(state)"},
    {"classmeth", PyCFunction_CAST(special_method), METH_VARARGS | METH_KEYWORDS | METH_CLASS,
     "classmeth(*args, **kw)"},
    {"staticmeth", PyCFunction_CAST(special_method), METH_VARARGS | METH_KEYWORDS | METH_STATIC,
     "staticmeth(*args, **kw)"},
    {NULL, NULL, 0, NULL},
};

static int spamlist_init(PyObject *self, PyObject *args, PyObject *kwds)
{
    if (PyList_Type.tp_init(self, args, kwds) < 0)
        return -1;
    ((spamlistobject *)self)->state = 0;
    return 0;
}

static PyObject *spamlist_state_get(PyObject *self, void *closure)
{
    return PyInt_FromLong(((spamlistobject *)self)->state);
}

static PyGetSetDef spamlist_getsets[] = {
    {"state", spamlist_state_get, NULL, "an int variable for demonstration purposes", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyTypeObject spamlist_type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "xxsubtype.spamlist",
    .tp_basicsize = sizeof(spamlistobject),
    .tp_x64_basicsize = 48,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_methods = spamlist_methods,
    .tp_getset = spamlist_getsets,
    .tp_base = &PyList_Type,
    .tp_init = spamlist_init,
};

static PyObject *spamdict_getstate(PyObject *self, PyObject *args)
{
    if (!PyArg_ParseTuple(args, ":getstate"))
        return NULL;
    return PyInt_FromLong(((spamdictobject *)self)->state);
}

static PyObject *spamdict_setstate(PyObject *self, PyObject *args)
{
    int state;
    if (!PyArg_ParseTuple(args, "i:setstate", &state))
        return NULL;
    ((spamdictobject *)self)->state = state;
    Py_RETURN_NONE;
}

static PyMethodDef spamdict_methods[] = {
    {"getstate", spamdict_getstate, METH_VARARGS, "getstate() -> state"},
    {"setstate", spamdict_setstate, METH_VARARGS, "setstate(state)"},
    {NULL, NULL, 0, NULL},
};

static int spamdict_init(PyObject *self, PyObject *args, PyObject *kwds)
{
    if (PyDict_Type.tp_init(self, args, kwds) < 0)
        return -1;
    ((spamdictobject *)self)->state = 0;
    return 0;
}

static PyMemberDef spamdict_members[] = {
    {"state", T_INT, offsetof(spamdictobject, state), READONLY,
     "an int variable for demonstration purposes"},
    {NULL, 0, 0, 0, NULL},
};

static PyTypeObject spamdict_type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "xxsubtype.spamdict",
    .tp_basicsize = sizeof(spamdictobject),
    .tp_x64_basicsize = 256,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_methods = spamdict_methods,
    .tp_members = spamdict_members,
    .tp_base = &PyDict_Type,
    .tp_init = spamdict_init,
};

void initxxsubtype(void)
{
    if (PyType_Ready(&spamlist_type) < 0 || PyType_Ready(&spamdict_type) < 0)
        return;
    PyObject *m = Py_InitModule3(
        "xxsubtype", NULL,
        "xxsubtype is an example module showing how to subtype builtin types from C.");
    if (m == NULL)
        return;
    Py_INCREF(&spamlist_type);
    PyModule_AddObject(m, "spamlist", (PyObject *)&spamlist_type);
    Py_INCREF(&spamdict_type);
    PyModule_AddObject(m, "spamdict", (PyObject *)&spamdict_type);
}
