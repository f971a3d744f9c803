/* SPDX-License-Identifier: MIT */
/* How parsing ended, as an exception. */
#include "Python.h"
#include "syntax/errcode.h"
#include "syntax/parser.h"
#include "syntax/token.h"

/* The message, and in *type the exception, of an error that has a place. */
static const char *describe(const perrdetail *err, PyObject **type)
{
    *type = PyExc_SyntaxError;
    switch (err->error) {
    case E_SYNTAX:
        *type = PyExc_IndentationError;
        if (err->expected == INDENT)
            return "expected an indented block";
        if (err->token == INDENT)
            return "unexpected indent";
        if (err->token == DEDENT)
            return "unexpected unindent";
        *type = PyExc_SyntaxError;
        return "invalid syntax";
    case E_TOKEN:
        return "invalid token";
    case E_EOFS:
        return "EOF while scanning triple-quoted string literal";
    case E_EOLS:
        return "EOL while scanning string literal";
    case E_EOF:
        return "unexpected EOF while parsing";
    case E_TABSPACE:
        *type = PyExc_TabError;
        return "inconsistent use of tabs and spaces in indentation";
    case E_OVERFLOW:
        return "expression too long";
    case E_DEDENT:
        *type = PyExc_IndentationError;
        return "unindent does not match any outer indentation level";
    case E_TOODEEP:
        *type = PyExc_IndentationError;
        return "too many levels of indentation";
    case E_LINECONT:
        return "unexpected character after line continuation character";
    default:
        return "unknown parsing error";
    }
}

void _PyParser_SetError(perrdetail *err)
{
    PyObject *type, *message = NULL, *value, *error, *traceback;

    switch (err->error) {
    case E_ERROR:
        goto done;
    case E_INTR:
        if (!PyErr_Occurred())
            PyErr_SetNone(PyExc_KeyboardInterrupt);
        goto done;
    case E_NOMEM:
        PyErr_NoMemory();
        goto done;
    case E_DECODE:
        PyErr_Fetch(&error, &value, &traceback);
        PyErr_NormalizeException(&error, &value, &traceback);
        if (value != NULL)
            message = PyObject_Str(value);
        if (message == NULL) {
            PyErr_Clear();
            message = PyString_FromString("unknown decode error");
        }
        Py_XDECREF(error);
        Py_XDECREF(value);
        Py_XDECREF(traceback);
        type = PyExc_SyntaxError;
        break;
    default:
        message = PyString_FromString(describe(err, &type));
        break;
    }
    if (message == NULL)
        goto done;
    value = Py_BuildValue("(N(ziiz))", message, err->filename, err->lineno, err->offset, err->text);
    if (value != NULL) {
        PyErr_SetObject(type, value);
        Py_DECREF(value);
    }
done:
    PyMem_Free(err->text);
    err->text = NULL;
}
