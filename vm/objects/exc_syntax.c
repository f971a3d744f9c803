/* SPDX-License-Identifier: MIT */
/* SyntaxError, IndentationError, TabError: message and place, from arguments (msg, (file, line,
 * column, text)). */
#include "Python.h"
#include "exceptions.h"

#define SELF(op) ((PySyntaxErrorObject *)(op))

static void set_field(PyObject **field, PyObject *value)
{
    Py_INCREF(value);
    Py_XSETREF(*field, value);
}

static int syntax_init(PyObject *op, PyObject *args, PyObject *kwds)
{
    PySyntaxErrorObject *self = SELF(op);
    Py_ssize_t n = PyTuple_GET_SIZE(args);
    if (_PyBaseExc_Init(op, args, kwds) < 0)
        return -1;
    if (n >= 1)
        set_field(&self->msg, PyTuple_GET_ITEM(args, 0));
    if (n == 2) {
        PyObject *info = PySequence_Tuple(PyTuple_GET_ITEM(args, 1));
        if (info == NULL)
            return -1;
        if (PyTuple_GET_SIZE(info) != 4) {
            PyErr_SetString(PyExc_IndexError, "tuple index out of range");
            Py_DECREF(info);
            return -1;
        }
        set_field(&self->filename, PyTuple_GET_ITEM(info, 0));
        set_field(&self->lineno, PyTuple_GET_ITEM(info, 1));
        set_field(&self->offset, PyTuple_GET_ITEM(info, 2));
        set_field(&self->text, PyTuple_GET_ITEM(info, 3));
        Py_DECREF(info);
    }
    return 0;
}

static void syntax_clear_fields(PySyntaxErrorObject *self)
{
    Py_CLEAR(self->msg);
    Py_CLEAR(self->filename);
    Py_CLEAR(self->lineno);
    Py_CLEAR(self->offset);
    Py_CLEAR(self->text);
    Py_CLEAR(self->print_file_and_line);
}

static int syntax_clear(PyObject *op)
{
    syntax_clear_fields(SELF(op));
    return _PyBaseExc_Clear(op);
}

static void syntax_dealloc(PyObject *op)
{
    _PyObject_GC_UNTRACK(op);
    syntax_clear_fields(SELF(op));
    _PyBaseExc_ClearCommon((PyBaseExceptionObject *)op);
}

static int syntax_traverse(PyObject *op, visitproc visit, void *arg)
{
    PySyntaxErrorObject *self = SELF(op);
    Py_VISIT(self->msg);
    Py_VISIT(self->filename);
    Py_VISIT(self->lineno);
    Py_VISIT(self->offset);
    Py_VISIT(self->text);
    Py_VISIT(self->print_file_and_line);
    return _PyBaseExc_Traverse(op, visit, arg);
}

static PyObject *syntax_str(PyObject *op)
{
    PySyntaxErrorObject *self = SELF(op);
    PyObject *str = PyObject_Str(self->msg != NULL ? self->msg : Py_None), *res;
    if (str == NULL)
        return NULL;
    int have_filename = self->filename != NULL && PyString_Check(self->filename);
    int have_lineno = self->lineno != NULL && PyInt_CheckExact(self->lineno);
    if (!have_filename && !have_lineno)
        return str;
    const char *file = "";
    if (have_filename) {
        file = PyString_AS_STRING(self->filename);
        const char *slash = strrchr(file, '/');
        if (slash != NULL)
            file = slash + 1;
    }
    const char *msg = PyString_AS_STRING(str);
    if (have_filename && have_lineno)
        res = PyString_FromFormat("%s (%s, line %ld)", msg, file, PyInt_AS_LONG(self->lineno));
    else if (have_filename)
        res = PyString_FromFormat("%s (%s)", msg, file);
    else
        res = PyString_FromFormat("%s (line %ld)", msg, PyInt_AS_LONG(self->lineno));
    Py_DECREF(str);
    return res;
}

#define FIELD(NAME, DOC)                                                                           \
    {                                                                                              \
#NAME, T_OBJECT, offsetof(PySyntaxErrorObject, NAME), 0, DOC                               \
    }
static PyMemberDef syntax_members[] = {
    FIELD(msg, "exception msg"),
    FIELD(filename, "exception filename"),
    FIELD(lineno, "exception lineno"),
    FIELD(offset, "exception offset"),
    FIELD(text, "exception text"),
    FIELD(print_file_and_line, "exception print_file_and_line"),
    {NULL, 0, 0, 0, NULL},
};

#define SYNTAX_TYPE(NAME, BASE, DOC)                                                               \
    EXC_TYPE(NAME, BASE, PySyntaxErrorObject, 88, syntax_dealloc, syntax_traverse, syntax_clear,   \
             syntax_init, DOC)

PyTypeObject _PyExc_SyntaxError = {
    SYNTAX_TYPE("SyntaxError", &_PyExc_StandardError, "Invalid syntax."),
    .tp_str = syntax_str,
    .tp_members = syntax_members,
};
PyObject *PyExc_SyntaxError = (PyObject *)&_PyExc_SyntaxError;

PyTypeObject _PyExc_IndentationError = {
    SYNTAX_TYPE("IndentationError", &_PyExc_SyntaxError, "Improper indentation.")};
PyObject *PyExc_IndentationError = (PyObject *)&_PyExc_IndentationError;

PyTypeObject _PyExc_TabError = {
    SYNTAX_TYPE("TabError", &_PyExc_IndentationError, "Improper mixture of spaces and tabs.")};
PyObject *PyExc_TabError = (PyObject *)&_PyExc_TabError;
