/* SPDX-License-Identifier: MIT */
/* EnvironmentError, IOError, OSError: errno, strerror and filename out of two or three arguments.
 * The filename is kept out of args, for programs that unpack them in pairs. */
#include "Python.h"
#include "exceptions.h"

#define SELF(op) ((PyEnvironmentErrorObject *)(op))

static int env_init(PyObject *op, PyObject *args, PyObject *kwds)
{
    PyEnvironmentErrorObject *self = SELF(op);
    PyObject *myerrno = NULL, *strerror = NULL, *filename = NULL;
    if (_PyBaseExc_Init(op, args, kwds) < 0)
        return -1;
    Py_ssize_t n = PyTuple_GET_SIZE(args);
    if (n <= 1 || n > 3)
        return 0;
    if (!PyArg_UnpackTuple(args, "EnvironmentError", 2, 3, &myerrno, &strerror, &filename))
        return -1;
    Py_INCREF(myerrno);
    Py_XSETREF(self->myerrno, myerrno);
    Py_INCREF(strerror);
    Py_XSETREF(self->strerror, strerror);
    if (filename != NULL) {
        Py_INCREF(filename);
        Py_XSETREF(self->filename, filename);
        PyObject *subslice = PyTuple_GetSlice(args, 0, 2);
        if (subslice == NULL)
            return -1;
        Py_SETREF(self->args, subslice);
    }
    return 0;
}

static void env_clear_fields(PyEnvironmentErrorObject *self)
{
    Py_CLEAR(self->myerrno);
    Py_CLEAR(self->strerror);
    Py_CLEAR(self->filename);
}

static int env_clear(PyObject *op)
{
    env_clear_fields(SELF(op));
    return _PyBaseExc_Clear(op);
}

static void env_dealloc(PyObject *op)
{
    _PyObject_GC_UNTRACK(op);
    env_clear_fields(SELF(op));
    _PyBaseExc_ClearCommon((PyBaseExceptionObject *)op);
}

static int env_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(SELF(op)->myerrno);
    Py_VISIT(SELF(op)->strerror);
    Py_VISIT(SELF(op)->filename);
    return _PyBaseExc_Traverse(op, visit, arg);
}

static PyObject *env_str(PyObject *op)
{
    PyEnvironmentErrorObject *self = SELF(op);
    PyObject *fmt = NULL, *tuple = NULL, *rtn = NULL;
    PyObject *e = self->myerrno ? self->myerrno : Py_None,
             *s = self->strerror ? self->strerror : Py_None;
    if (self->filename != NULL) {
        PyObject *repr = PyObject_Repr(self->filename);
        if (repr == NULL)
            return NULL;
        fmt = PyString_FromString("[Errno %s] %s: %s");
        tuple = PyTuple_Pack(3, e, s, repr);
        Py_DECREF(repr);
    } else if (self->myerrno != NULL && self->strerror != NULL) {
        fmt = PyString_FromString("[Errno %s] %s");
        tuple = PyTuple_Pack(2, e, s);
    } else {
        return _PyBaseExc_Str(op);
    }
    if (fmt != NULL && tuple != NULL)
        rtn = PyString_Format(fmt, tuple);
    Py_XDECREF(fmt);
    Py_XDECREF(tuple);
    return rtn;
}

static PyObject *env_reduce(PyObject *op, PyObject *unused)
{
    PyEnvironmentErrorObject *self = SELF(op);
    PyObject *args = self->args, *res;
    /* The filename goes back among the arguments. */
    if (args != NULL && PyTuple_GET_SIZE(args) == 2 && self->filename != NULL) {
        args =
            PyTuple_Pack(3, PyTuple_GET_ITEM(args, 0), PyTuple_GET_ITEM(args, 1), self->filename);
        if (args == NULL)
            return NULL;
    } else {
        Py_XINCREF(args);
    }
    if (self->dict != NULL)
        res = PyTuple_Pack(3, (PyObject *)Py_TYPE(op), args ? args : Py_None, self->dict);
    else
        res = PyTuple_Pack(2, (PyObject *)Py_TYPE(op), args ? args : Py_None);
    Py_XDECREF(args);
    return res;
}

static PyMemberDef env_members[] = {
    {"errno", T_OBJECT, offsetof(PyEnvironmentErrorObject, myerrno), 0, "exception errno"},
    {"strerror", T_OBJECT, offsetof(PyEnvironmentErrorObject, strerror), 0, "exception strerror"},
    {"filename", T_OBJECT, offsetof(PyEnvironmentErrorObject, filename), 0, "exception filename"},
    {NULL, 0, 0, 0, NULL},
};

static PyMethodDef env_methods[] = {
    {"__reduce__", env_reduce, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

#define ENV_TYPE(NAME, BASE, DOC)                                                                  \
    EXC_TYPE(NAME, BASE, PyEnvironmentErrorObject, 64, env_dealloc, env_traverse, env_clear,       \
             env_init, DOC)

PyTypeObject _PyExc_EnvironmentError = {
    ENV_TYPE("EnvironmentError", &_PyExc_StandardError, "Base class for I/O related errors."),
    .tp_str = env_str,
    .tp_methods = env_methods,
    .tp_members = env_members,
};
PyObject *PyExc_EnvironmentError = (PyObject *)&_PyExc_EnvironmentError;

PyTypeObject _PyExc_IOError = {
    ENV_TYPE("IOError", &_PyExc_EnvironmentError, "I/O operation failed.")};
PyObject *PyExc_IOError = (PyObject *)&_PyExc_IOError;

PyTypeObject _PyExc_OSError = {
    ENV_TYPE("OSError", &_PyExc_EnvironmentError, "OS system call failed.")};
PyObject *PyExc_OSError = (PyObject *)&_PyExc_OSError;
