/* SPDX-License-Identifier: MIT */
/* How exceptions reach the user: tracebacks, syntax errors with a caret, sys.excepthook; and
 * writing to sys.stdout and sys.stderr from C. */
#include "modules/sys_private.h"
#include "host/host.h"

void (*_PySys_SystemExit)(
    void); /* by main: the exception set is SystemExit and nobody is left to catch it */

static void write_fd(int fd, const char *s)
{
    size_t n = strlen(s);

    while (n > 0) {
        int64_t k = host_write(fd, s, n);

        if (k <= 0 && k != -4)
            return;
        if (k > 0) {
            s += k;
            n -= (size_t)k;
        }
    }
}

static void write_to(const char *name, int fd, const char *format, va_list va)
{
    PyObject *file = PySys_GetObject(name), *t, *v, *tb;
    char buf[1001];
    int n;

    PyErr_Fetch(&t, &v, &tb);
    n = PyOS_vsnprintf(buf, sizeof buf, format, va);
    if (file == NULL || file == Py_None || PyFile_WriteString(buf, file) != 0) {
        PyErr_Clear();
        write_fd(fd, buf);
    }
    if (n < 0 || n >= (int)sizeof buf) {
        if (file == NULL || file == Py_None || PyFile_WriteString("... truncated", file) != 0) {
            PyErr_Clear();
            write_fd(fd, "... truncated");
        }
    }
    PyErr_Restore(t, v, tb);
}

void PySys_WriteStdout(const char *format, ...)
{
    va_list va;

    va_start(va, format);
    write_to("stdout", 1, format, va);
    va_end(va);
}

void PySys_WriteStderr(const char *format, ...)
{
    va_list va;

    va_start(va, format);
    write_to("stderr", 2, format, va);
    va_end(va);
}

/* Ends a line that print left open. */
int Py_FlushLine(void)
{
    PyObject *out = PySys_GetObject("stdout");

    if (out == NULL || !PyFile_SoftSpace(out, 0))
        return 0;
    return PyFile_WriteString("\n", out);
}

static void flush_stdout(void)
{
    PyObject *out = PySys_GetObject("stdout"), *t, *v, *tb;

    if (out == NULL || !PyFile_Check(out))
        return;
    PyErr_Fetch(&t, &v, &tb);
    if (_PyFile_Flush(out) < 0)
        PyErr_Clear();
    PyErr_Restore(t, v, tb);
}

/* -- Syntax errors
 * -----------------------------------------------------------------------------------------------
 */

typedef struct {
    PyObject *message, *filename, *text; /* owned */
    py_long lineno, offset;              /* offset -1: none */
} syntax_error;

/* Only an offset may be None: an error without a line has no place to show. */
static int get_number(PyObject *o, const char *name, int none_is_fine, py_long *out)
{
    PyObject *v = PyObject_GetAttrString(o, name);

    if (v == NULL)
        return -1;
    if (v == Py_None && none_is_fine)
        *out = -1;
    else
        *out = PyInt_AsLong(v);
    Py_DECREF(v);
    return *out == -1 && PyErr_Occurred() ? -1 : 0;
}

/* Takes a SyntaxError apart: 1, or 0 (no exception) when it is not made as one should be. */
static int take_apart(PyObject *value, syntax_error *e)
{
    memset(e, 0, sizeof *e);
    if (PyTuple_Check(value)) {
        PyObject *where;

        if (PyTuple_GET_SIZE(value) != 2 || !PyTuple_Check(where = PyTuple_GET_ITEM(value, 1)) ||
            PyTuple_GET_SIZE(where) != 4)
            return 0;
        e->message = PyTuple_GET_ITEM(value, 0);
        e->filename = PyTuple_GET_ITEM(where, 0);
        e->lineno = PyInt_AsLong(PyTuple_GET_ITEM(where, 1));
        e->offset =
            PyTuple_GET_ITEM(where, 2) == Py_None ? -1 : PyInt_AsLong(PyTuple_GET_ITEM(where, 2));
        e->text = PyTuple_GET_ITEM(where, 3);
        Py_INCREF(e->message);
        Py_INCREF(e->filename);
        Py_INCREF(e->text);
        PyErr_Clear();
        return 1;
    }
    e->message = PyObject_GetAttrString(value, "msg");
    e->filename = e->message ? PyObject_GetAttrString(value, "filename") : NULL;
    if (e->filename == NULL || get_number(value, "lineno", 0, &e->lineno) < 0 ||
        get_number(value, "offset", 1, &e->offset) < 0 ||
        (e->text = PyObject_GetAttrString(value, "text")) == NULL) {
        PyErr_Clear();
        Py_CLEAR(e->message);
        Py_CLEAR(e->filename);
        return 0;
    }
    return 1;
}

/* The line, and under it a caret at the offset (1-based; the text may be several lines). */
static void print_error_text(PyObject *f, py_long offset, const char *text)
{
    const char *nl;

    if (offset >= 0) {
        if (offset > 0 && (size_t)offset == strlen(text) && text[offset - 1] == '\n')
            offset--;
        while ((nl = strchr(text, '\n')) != NULL && nl - text < offset) {
            offset -= nl + 1 - text;
            text = nl + 1;
        }
        while (*text == ' ' || *text == '\t') {
            text++;
            offset--;
        }
    }
    PyFile_WriteString("    ", f);
    PyFile_WriteString(text, f);
    if (*text == '\0' || text[strlen(text) - 1] != '\n')
        PyFile_WriteString("\n", f);
    if (offset == -1)
        return;
    PyFile_WriteString("    ", f);
    for (; offset > 1; offset--)
        PyFile_WriteString(" ", f);
    PyFile_WriteString("^\n", f);
}

static void print_location(PyObject *f, syntax_error *e)
{
    char line[32];

    PyFile_WriteString("  File \"", f);
    if (e->filename == Py_None)
        PyFile_WriteString("<string>", f);
    else if (PyString_Check(e->filename) || PyUnicode_Check(e->filename))
        PyFile_WriteObject(e->filename, f, Py_PRINT_RAW);
    else
        PyFile_WriteString("<string>", f);
    PyOS_snprintf(line, sizeof line, "\", line %ld\n", e->lineno);
    PyFile_WriteString(line, f);
    if (e->text != Py_None) {
        const char *text = PyString_Check(e->text) ? PyString_AS_STRING(e->text) : NULL;
        PyObject *utf8 = NULL;

        if (text == NULL && PyUnicode_Check(e->text)) {
            utf8 = PyUnicode_AsUTF8String(e->text);
            text = utf8 ? PyString_AS_STRING(utf8) : NULL;
        }
        if (text != NULL)
            print_error_text(f, e->offset, text);
        Py_XDECREF(utf8);
    }
}

/* -- The default excepthook
 * ------------------------------------------------------------------------------------------ */

static int print_class(PyObject *exc, PyObject *f)
{
    const char *name = PyExceptionClass_Name(exc), *dot;
    PyObject *module;
    int err = 0;

    if (name != NULL && (dot = strrchr(name, '.')) != NULL)
        name = dot + 1;
    module = PyObject_GetAttrString(exc, "__module__");
    if (module == NULL) {
        PyErr_Clear();
        err = PyFile_WriteString("<unknown>", f);
    } else {
        const char *text = PyString_AsString(module);

        if (text != NULL && strcmp(text, "exceptions") != 0) {
            err = PyFile_WriteString(text, f);
            err += PyFile_WriteString(".", f);
        } else if (text == NULL)
            PyErr_Clear();
        Py_DECREF(module);
    }
    if (err == 0)
        err = PyFile_WriteString(name ? name : "<unknown>", f);
    return err;
}

void PyErr_Display(PyObject *exc, PyObject *value, PyObject *tb)
{
    PyObject *f = PySys_GetObject("stderr"), *text;
    int err = 0;

    if (f == NULL || f == Py_None) {
        write_fd(2, "lost sys.stderr\n");
        return;
    }
    Py_INCREF(f);
    Py_INCREF(value);
    if (Py_FlushLine() < 0)
        PyErr_Clear();
    flush_stdout();
    if (tb != NULL && tb != Py_None)
        err = PyTraceBack_Print(tb, f);
    if (err == 0 && PyObject_HasAttrString(value, "print_file_and_line")) {
        syntax_error e;

        if (take_apart(value, &e)) {
            print_location(f, &e);
            Py_SETREF(value, e.message);
            Py_XDECREF(e.filename);
            Py_XDECREF(e.text);
            if (PyErr_Occurred())
                err = -1;
        }
    }
    if (err == 0 && PyExceptionClass_Check(exc))
        err = print_class(exc, f);
    else if (err == 0)
        err = PyFile_WriteObject(exc, f, Py_PRINT_RAW);
    if (err == 0 && value != Py_None) {
        text = PyObject_Str(value);
        if (text == NULL) {
            err = -1;
            PyErr_Clear();
            PyFile_WriteString(": <exception str() failed>", f);
        } else {
            if (!PyString_Check(text) || PyString_GET_SIZE(text) != 0)
                err = PyFile_WriteString(": ", f);
            if (err == 0)
                err = PyFile_WriteObject(text, f, Py_PRINT_RAW);
            Py_DECREF(text);
        }
    }
    if (err != 0)
        PyErr_Clear();
    if (PyFile_WriteString("\n", f) != 0)
        PyErr_Clear();
    Py_DECREF(value);
    Py_DECREF(f);
}

void PyErr_PrintEx(int set_sys_last_vars)
{
    PyObject *exc, *value, *tb, *hook;

    if (PyErr_ExceptionMatches(PyExc_SystemExit) && _PySys_SystemExit != NULL)
        _PySys_SystemExit();
    PyErr_Fetch(&exc, &value, &tb);
    if (exc == NULL)
        return;
    PyErr_NormalizeException(&exc, &value, &tb);
    if (exc == NULL)
        return;
    if (set_sys_last_vars && PyThreadState_GET()->interp->sysdict != NULL) {
        PySys_SetObject("last_type", exc);
        PySys_SetObject("last_value", value ? value : Py_None);
        PySys_SetObject("last_traceback", tb ? tb : Py_None);
        PyErr_Clear();
    }
    hook = PySys_GetObject("excepthook");
    if (hook != NULL && hook != Py_None) {
        PyObject *args = PyTuple_Pack(3, exc, value ? value : Py_None, tb ? tb : Py_None), *result;

        Py_INCREF(hook);
        result = args == NULL ? NULL : PyEval_CallObject(hook, args);
        Py_DECREF(hook);
        Py_XDECREF(args);
        if (result == NULL) {
            PyObject *exc2, *value2, *tb2;

            if (PyErr_ExceptionMatches(PyExc_SystemExit) && _PySys_SystemExit != NULL)
                _PySys_SystemExit();
            PyErr_Fetch(&exc2, &value2, &tb2);
            PyErr_NormalizeException(&exc2, &value2, &tb2);
            if (value2 == NULL)
                Py_INCREF(Py_None), value2 = Py_None;
            if (Py_FlushLine() < 0)
                PyErr_Clear();
            flush_stdout();
            PySys_WriteStderr("Error in sys.excepthook:\n");
            PyErr_Display(exc2, value2, tb2);
            PySys_WriteStderr("\nOriginal exception was:\n");
            PyErr_Display(exc, value ? value : Py_None, tb);
            Py_XDECREF(exc2);
            Py_XDECREF(value2);
            Py_XDECREF(tb2);
        }
        Py_XDECREF(result);
    } else {
        PySys_WriteStderr("sys.excepthook is missing\n");
        PyErr_Display(exc, value ? value : Py_None, tb);
    }
    Py_XDECREF(exc);
    Py_XDECREF(value);
    Py_XDECREF(tb);
}

void PyErr_Print(void)
{
    PyErr_PrintEx(1);
}
