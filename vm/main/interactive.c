/* SPDX-License-Identifier: MIT */
/* The prompt. A statement's lines are gathered one by one; after each the parser is given all of
 * them anew and either makes a tree of them or asks for one more. So the parser never waits, and
 * while the user thinks nothing is on the host's stack. */
#include "main/main_private.h"
#include "host/host.h"
#include "compile.h"
#include "modules/fileobject_private.h"
#include "modules/signal_private.h"

enum { LINE_SIZE = 1 << 16 };
enum awaited { AWAIT_LINE, AWAIT_RESULT };

/* What the parser reads from, and what it asked for last. */
typedef struct {
    PyObject *lines;
    Py_ssize_t at;
    int wants_more, second;
} line_source;

static char *next_line(void *context, const char *prompt)
{
    line_source *s = context;
    PyObject *line;
    char *copy;

    if (s->at >= PyList_GET_SIZE(s->lines)) {
        s->wants_more = 1;
        return NULL;
    }
    line = PyList_GET_ITEM(s->lines, s->at++);
    copy = PyMem_Malloc(PyString_GET_SIZE(line) + 1);
    if (copy != NULL)
        memcpy(copy, PyString_AS_STRING(line), (size_t)PyString_GET_SIZE(line) + 1);
    return copy;
}

/* The text of sys.ps1 or sys.ps2; a new str, "" when missing. */
static PyObject *prompt_text(int second)
{
    PyObject *v = PySys_GetObject(second ? "ps2" : "ps1"), *text = NULL;

    if (v != NULL) {
        text = PyObject_Str(v);
        if (text == NULL)
            PyErr_Clear();
    }
    return text != NULL ? text : PyString_FromString("");
}

static PyObject *step(PyCont *c, PyObject *value);

/* The next line as a str ending in a newline, "" at the end: a three-way answer. */
static PyObject *terminal_line(PyCont *c, PyObject *value)
{
    PyObject *prompt = c->a, *result = NULL;
    char *buf;
    int64_t n;
    PyCont *next;

    if (value == NULL) {
        PyEval_ReleaseCont(c);
        return NULL;
    }
    Py_DECREF(value);
    buf = PyMem_Malloc(LINE_SIZE);
    if (buf == NULL) {
        PyEval_ReleaseCont(c);
        return PyErr_NoMemory();
    }
    n = host_readline(PyString_AS_STRING(prompt), buf, LINE_SIZE);
    if (n == -4 && _PySignal_CheckHost() == 0 && !PyErr_Occurred())
        PyErr_SetNone(PyExc_KeyboardInterrupt);
    if (n == HOST_PENDING && (next = PyEval_PushCont(terminal_line)) != NULL) {
        PyMem_Free(buf);
        next->a = prompt;
        return PyEval_WaitGoOn();
    }
    if (n >= 0)
        result = PyString_FromStringAndSize(buf, n);
    else if (!PyErr_Occurred())
        _PyErr_SetFromErrnum(PyExc_IOError, (int)-n);
    PyMem_Free(buf);
    PyEval_ReleaseCont(c);
    return result;
}

static PyObject *ask_line(int second)
{
    PyObject *prompt = prompt_text(second), *in = PySys_GetObject("__stdin__"), *readline, *empty,
             *answer;
    PyObject *out = PySys_GetObject("stdout");

    if (prompt == NULL)
        return NULL;
    if (out != NULL && PyFile_Check(out) && _PyFile_Flush(out) < 0)
        PyErr_Clear();
    if (host_isatty(0) == 1 && host_isatty(1) == 1) {
        PyCont s = {.a = prompt};

        Py_INCREF(Py_None);
        return terminal_line(&s, Py_None);
    }
    _PyMain_Write(2, PyString_AS_STRING(prompt));
    Py_DECREF(prompt);
    if (in == NULL || !PyFile_Check(in))
        return PyString_FromString("");
    readline = PyObject_GetAttrString(in, "readline");
    empty = readline == NULL ? NULL : PyTuple_New(0);
    answer = empty == NULL ? NULL : PyEval_CallGoOn(readline, empty, NULL);
    Py_XDECREF(readline);
    Py_XDECREF(empty);
    return answer;
}

/* State: a the list of lines, n what is awaited, b the compiler flags of __future__ statements
 * seen. */
static PyObject *again(PyObject *lines, PyObject *flags, enum awaited what)
{
    PyCont *c = PyEval_PushCont(step);

    if (c == NULL) {
        Py_DECREF(lines);
        Py_XDECREF(flags);
        return NULL;
    }
    c->a = lines;
    c->b = flags;
    c->n = what;
    return c == NULL ? NULL : Py_GoOn;
}

static PyObject *ask_for(PyObject *lines, PyObject *flags, int second)
{
    if (again(lines, flags, AWAIT_LINE) == NULL)
        return NULL;
    return PyEval_Then(ask_line(second));
}

static PyObject *start_statement(PyObject *flags)
{
    PyObject *lines = PyList_New(0);

    if (lines == NULL) {
        Py_XDECREF(flags);
        return NULL;
    }
    return ask_for(lines, flags, 0);
}

/* A statement failed or its text was wrong: shown, and on with the next. SystemExit goes up. */
static PyObject *recover(PyObject *flags)
{
    if (PyErr_ExceptionMatches(PyExc_SystemExit) && !Py_InspectFlag) {
        Py_XDECREF(flags);
        return NULL;
    }
    PyErr_Print();
    return start_statement(flags);
}

/* Tries to make something of the lines there are. Steals both. */
static PyObject *try_parse(PyObject *lines, PyObject *flags)
{
    line_source source = {lines, 0, 0, 0};
    PyCompilerFlags cf = {(int)PyInt_AsLong(flags)};
    PyArena *arena = PyArena_New();
    PyObject *code, *d;
    int eof = 0;
    mod_ty mod;

    if (arena == NULL) {
        Py_DECREF(lines);
        Py_DECREF(flags);
        return NULL;
    }
    mod = _PyParser_ASTFromPrompt(next_line, &source, NULL, "", "", "<stdin>", &cf, &eof, arena);
    if (mod == NULL) {
        PyArena_Free(arena);
        if (source.wants_more) {
            PyErr_Clear();
            return ask_for(lines, flags, PyList_GET_SIZE(lines) > 0);
        }
        Py_DECREF(lines);
        if (eof) {
            PyErr_Clear();
            Py_DECREF(flags);
            _PyMain_Write(2, "\n");
            Py_RETURN_NONE;
        }
        return recover(flags);
    }
    code = (PyObject *)PyAST_Compile(mod, "<stdin>", &cf, arena);
    PyArena_Free(arena);
    Py_SETREF(flags, PyInt_FromLong(cf.cf_flags & PyCF_MASK));
    if (code == NULL || flags == NULL) {
        Py_DECREF(lines);
        Py_XDECREF(code);
        return flags == NULL ? NULL : recover(flags);
    }
    if (again(lines, flags, AWAIT_RESULT) == NULL) {
        Py_DECREF(code);
        return NULL;
    }
    d = _PyMain_MainDict();
    code = PyEval_Then(PyEval_EvalCodeGoOn((PyCodeObject *)code, d, d));
    return code;
}

static PyObject *step(PyCont *c, PyObject *value)
{
    PyObject *lines = c->a, *flags = c->b;
    int status;

    if (c->n == AWAIT_RESULT) {
        Py_DECREF(lines);
        if (value == NULL)
            return recover(flags);
        Py_DECREF(value);
        if (Py_FlushLine() < 0)
            PyErr_Clear();
        return start_statement(flags);
    }
    if (value == NULL) {
        Py_DECREF(lines);
        if (PyErr_ExceptionMatches(PyExc_KeyboardInterrupt)) {
            _PyMain_Write(2, "\n");
            return recover(flags);
        }
        /* Input that cannot be read (the program has closed it) is at its end: asking again would
         * not help. */
        PyErr_Clear();
        Py_DECREF(flags);
        Py_RETURN_NONE;
    }
    if (PyString_GET_SIZE(value) == 0 && PyList_GET_SIZE(lines) == 0) { /* the end of the input */
        Py_DECREF(value);
        Py_DECREF(lines);
        Py_DECREF(flags);
        _PyMain_Write(2, "\n");
        Py_RETURN_NONE;
    }
    status = PyList_Append(lines, value);
    Py_DECREF(value);
    if (status < 0) {
        Py_DECREF(lines);
        Py_DECREF(flags);
        return NULL;
    }
    return try_parse(lines, flags);
}

PyObject *_PyMain_InteractiveGoOn(void)
{
    static const char *const names[] = {"ps1", "ps2"};
    static const char *const texts[] = {">>> ", "... "};
    int i;

    for (i = 0; i < 2; i++)
        if (PySys_GetObject(names[i]) == NULL) {
            PyObject *v = PyString_FromString(texts[i]);

            if (v == NULL || PySys_SetObject(names[i], v) < 0)
                PyErr_Clear();
            Py_XDECREF(v);
        }
    return start_statement(PyInt_FromLong(0));
}
