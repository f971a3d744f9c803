/* SPDX-License-Identifier: MIT */
/* The type `bool`: two ints that are called True and False. */
#include "Python.h"

PyIntObject _Py_ZeroStruct = {PyObject_HEAD_INIT(&PyBool_Type) 0};
PyIntObject _Py_TrueStruct = {PyObject_HEAD_INIT(&PyBool_Type) 1};

PyObject *PyBool_FromLong(py_long ok)
{
    PyObject *result = ok ? Py_True : Py_False;
    Py_INCREF(result);
    return result;
}

static PyObject *bool_repr(PyObject *self)
{
    return PyString_InternFromString(PyInt_AS_LONG(self) ? "True" : "False");
}

static PyObject *bool_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *kwlist[] = {"x", NULL};
    PyObject *x = Py_False;

    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|O:bool", kwlist, &x))
        return NULL;
    int truth = PyObject_IsTrue(x);
    return truth < 0 ? NULL : PyBool_FromLong(truth);
}

static PyObject *bool_and(PyObject *a, PyObject *b)
{
    if (!PyBool_Check(a) || !PyBool_Check(b))
        return PyInt_Type.tp_as_number->nb_and(a, b);
    return PyBool_FromLong(PyInt_AS_LONG(a) & PyInt_AS_LONG(b));
}

static PyObject *bool_or(PyObject *a, PyObject *b)
{
    if (!PyBool_Check(a) || !PyBool_Check(b))
        return PyInt_Type.tp_as_number->nb_or(a, b);
    return PyBool_FromLong(PyInt_AS_LONG(a) | PyInt_AS_LONG(b));
}

static PyObject *bool_xor(PyObject *a, PyObject *b)
{
    if (!PyBool_Check(a) || !PyBool_Check(b))
        return PyInt_Type.tp_as_number->nb_xor(a, b);
    return PyBool_FromLong(PyInt_AS_LONG(a) ^ PyInt_AS_LONG(b));
}

PyDoc_STRVAR(bool_doc, "bool(x) -> bool\n\
\n\
True when x counts as true, otherwise False. These two are the only instances,\n\
and the class cannot be subclassed.");

static PyNumberMethods bool_as_number = {
    .nb_and = bool_and,
    .nb_xor = bool_xor,
    .nb_or = bool_or,
};

PyTypeObject PyBool_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "bool",
    .tp_basicsize = sizeof(PyIntObject),
    .tp_repr = bool_repr,
    .tp_as_number = &bool_as_number,
    .tp_str = bool_repr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_CHECKTYPES,
    .tp_doc = bool_doc,
    .tp_base = &PyInt_Type,
    .tp_new = bool_new,
    .tp_x64_basicsize = 24,
    .tp_goon = &_PyGoOn_Again,
};
