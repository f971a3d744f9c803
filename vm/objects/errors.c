/* SPDX-License-Identifier: MIT */
/* The error indicator of the running thread: set, fetch, match, normalise, report.
 * Invariant: curexc_value may be anything until PyErr_NormalizeException makes it an instance of
 * curexc_type; objects are released only after the indicator has its new content, since a __del__
 * may look at it. */
#include "Python.h"

void PyErr_Restore(PyObject *type, PyObject *value, PyObject *tb)
{
    PyThreadState *ts = PyThreadState_GET();
    if (tb != NULL && Py_TYPE(tb) != _PyHooks.traceback_type && _PyHooks.traceback_type != NULL)
        Py_CLEAR(tb);
    PyObject *oldtype = ts->curexc_type, *oldvalue = ts->curexc_value,
             *oldtb = ts->curexc_traceback;
    ts->curexc_type = type;
    ts->curexc_value = value;
    ts->curexc_traceback = tb;
    Py_XDECREF(oldtype);
    Py_XDECREF(oldvalue);
    Py_XDECREF(oldtb);
}

void PyErr_SetObject(PyObject *exception, PyObject *value)
{
    Py_XINCREF(exception);
    Py_XINCREF(value);
    PyErr_Restore(exception, value, NULL);
}

void PyErr_SetNone(PyObject *exception)
{
    PyErr_SetObject(exception, NULL);
}

void PyErr_SetString(PyObject *exception, const char *string)
{
    PyObject *value = PyString_FromString(string);
    PyErr_SetObject(exception, value);
    Py_XDECREF(value);
}

PyObject *PyErr_Occurred(void)
{
    PyThreadState *ts = PyThreadState_GET();
    return ts == NULL ? NULL : ts->curexc_type;
}

void PyErr_Fetch(PyObject **p_type, PyObject **p_value, PyObject **p_tb)
{
    PyThreadState *ts = PyThreadState_GET();
    *p_type = ts->curexc_type;
    *p_value = ts->curexc_value;
    *p_tb = ts->curexc_traceback;
    ts->curexc_type = NULL;
    ts->curexc_value = NULL;
    ts->curexc_traceback = NULL;
}

void PyErr_Clear(void)
{
    if (PyErr_Occurred())
        PyErr_Restore(NULL, NULL, NULL);
}

/* -- Matching -------------------------------------------------------------------------------------
 */

int PyErr_GivenExceptionMatches(PyObject *err, PyObject *exc)
{
    if (err == NULL || exc == NULL)
        return 0;
    if (PyTuple_Check(exc)) {
        if (Py_EnterRecursiveCall(" in exception matching")) {
            PyErr_Clear();
            return 0;
        }
        int found = 0;
        for (Py_ssize_t i = 0; !found && i < PyTuple_GET_SIZE(exc); i++)
            found = PyErr_GivenExceptionMatches(err, PyTuple_GET_ITEM(exc, i));
        Py_LeaveRecursiveCall();
        return found;
    }
    if (PyExceptionInstance_Check(err))
        err = PyExceptionInstance_Class(err);
    if (PyExceptionClass_Check(err) && PyExceptionClass_Check(exc)) {
        if (PyType_Check(err) && Py_TYPE(exc) == &PyType_Type)
            return PyType_IsSubtype((PyTypeObject *)err, (PyTypeObject *)exc);
        /* A classic class, or one whose metaclass may have a say: errors of the check itself are
         * reported and do not match. */
        PyObject *type, *value, *tb;
        PyErr_Fetch(&type, &value, &tb);
        int res = PyObject_IsSubclass(err, exc);
        if (res < 0) {
            PyErr_WriteUnraisable(err);
            res = 0;
        }
        PyErr_Restore(type, value, tb);
        return res;
    }
    return err == exc;
}

int PyErr_ExceptionMatches(PyObject *exc)
{
    return PyErr_GivenExceptionMatches(PyErr_Occurred(), exc);
}

/* -- Normalising ----------------------------------------------------------------------------------
 */

/* Makes value an instance of type: 0, or -1 with the error of the attempt set. */
static int normalize_once(PyObject **ptype, PyObject **pvalue)
{
    PyObject *type = *ptype, *value = *pvalue, *inclass = NULL;
    if (!PyExceptionClass_Check(type))
        return 0; /* a string exception, or other old misuse: stays as it is */
    if (PyExceptionInstance_Check(value))
        inclass = PyExceptionInstance_Class(value);
    int is_subclass = 0;
    if (inclass != NULL) {
        /* A metaclass with a check of its own is asked even about itself. */
        is_subclass = inclass == type && Py_TYPE(type) == &PyType_Type
                          ? 1
                          : PyObject_IsSubclass(inclass, type);
        if (is_subclass < 0)
            return -1;
    }
    if (!is_subclass) {
        PyObject *args, *res;
        if (value == Py_None)
            args = PyTuple_New(0);
        else if (PyTuple_Check(value)) {
            Py_INCREF(value);
            args = value;
        } else
            args = PyTuple_Pack(1, value);
        if (args == NULL)
            return -1;
        res = PyObject_Call(type, args, NULL);
        Py_DECREF(args);
        if (res == NULL)
            return -1;
        Py_DECREF(value);
        *pvalue = res;
    } else if (inclass != type) {
        /* The value is of a derived class: that is the type. */
        Py_INCREF(inclass);
        Py_DECREF(type);
        *ptype = inclass;
    }
    return 0;
}

void PyErr_NormalizeException(PyObject **exc, PyObject **val, PyObject **tb)
{
    if (*exc == NULL)
        return;
    /* An error while making the exception replaces it; that one may be hard to make too. Each try
     * counts as recursion; when that is too deep, the instance prepared at start-up serves. */
    PyThreadState *ts = PyThreadState_GET();
    int tries = 0;
    for (;;) {
        if (*val == NULL) {
            Py_INCREF(Py_None);
            *val = Py_None;
        }
        if (normalize_once(exc, val) == 0)
            break;
        Py_DECREF(*exc);
        Py_DECREF(*val);
        PyObject *initial_tb = *tb;
        PyErr_Fetch(exc, val, tb);
        if (initial_tb != NULL) {
            if (*tb == NULL)
                *tb = initial_tb;
            else
                Py_DECREF(initial_tb);
        }
        if (*exc == NULL) {
            PyErr_SetString(PyExc_SystemError, "error of making an exception got lost");
            PyErr_Fetch(exc, val, &initial_tb);
        }
        if (ts->recursion_depth >= _Py_RecursionLimit) {
            Py_XDECREF(*exc);
            Py_XDECREF(*val);
            Py_INCREF(PyExc_RuntimeError);
            *exc = PyExc_RuntimeError;
            Py_INCREF(PyExc_RecursionErrorInst);
            *val = PyExc_RecursionErrorInst;
            break;
        }
        ts->recursion_depth++;
        tries++;
    }
    ts->recursion_depth -= tries;
}

/* -- Common errors --------------------------------------------------------------------------------
 */

int PyErr_BadArgument(void)
{
    PyErr_SetString(PyExc_TypeError, "bad argument type for built-in operation");
    return 0;
}

PyObject *PyErr_NoMemory(void)
{
    if (PyErr_ExceptionMatches(PyExc_MemoryError))
        return NULL;
    if (PyExc_MemoryErrorInst != NULL)
        PyErr_SetObject(PyExc_MemoryError, PyExc_MemoryErrorInst);
    else
        PyErr_SetNone(PyExc_MemoryError);
    return NULL;
}

PyObject *PyErr_Format(PyObject *exception, const char *format, ...)
{
    va_list va;
    va_start(va, format);
    PyObject *string = PyString_FromFormatV(format, va);
    va_end(va);
    if (string == NULL)
        return NULL;
    PyErr_SetObject(exception, string);
    Py_DECREF(string);
    return NULL;
}

PyObject *_PyErr_SetFromErrnumWithFilenameObject(PyObject *exc, int e, PyObject *filename)
{
    /* EINTR, and EPIPE, which comes with SIGPIPE: a handler's exception is the better answer. */
    if ((e == 4 || e == 32) && PyErr_CheckSignals())
        return NULL;
    const char *s = e == 0 ? "Error" : _Py_StrError(e);
    PyObject *v =
        filename != NULL ? Py_BuildValue("(isO)", e, s, filename) : Py_BuildValue("(is)", e, s);
    if (v != NULL) {
        PyErr_SetObject(exc, v);
        Py_DECREF(v);
    }
    return NULL;
}

PyObject *_PyErr_SetFromErrnumWithFilename(PyObject *exc, int e, const char *filename)
{
    PyObject *name = filename != NULL ? PyString_FromString(filename) : NULL;
    if (filename != NULL && name == NULL)
        return NULL;
    PyObject *res = _PyErr_SetFromErrnumWithFilenameObject(exc, e, name);
    Py_XDECREF(name);
    return res;
}

PyObject *_PyErr_SetFromErrnum(PyObject *exc, int e)
{
    return _PyErr_SetFromErrnumWithFilenameObject(exc, e, NULL);
}

void _PyErr_BadInternalCall(const char *file, int line)
{
    /* The file's own path is no business of the program's. */
    const char *slash = strrchr(file, '/');
    PyErr_Format(PyExc_SystemError, "%s:%d: bad argument to internal function",
                 slash ? slash + 1 : file, line);
}

/* -- New exception classes ------------------------------------------------------------------------
 */

PyObject *PyErr_NewException(const char *name, PyObject *base, PyObject *dict)
{
    PyObject *owndict = NULL, *bases = NULL, *result = NULL;
    const char *dot = strrchr(name, '.');
    if (dot == NULL) {
        PyErr_SetString(PyExc_SystemError, "PyErr_NewException: name must be module.class");
        return NULL;
    }
    if (base == NULL)
        base = PyExc_Exception;
    if (dict == NULL) {
        dict = owndict = PyDict_New();
        if (dict == NULL)
            return NULL;
    }
    if (PyDict_GetItemString(dict, "__module__") == NULL) {
        PyObject *modulename = PyString_FromStringAndSize(name, dot - name);
        if (modulename == NULL)
            goto done;
        int err = PyDict_SetItemString(dict, "__module__", modulename);
        Py_DECREF(modulename);
        if (err < 0)
            goto done;
    }
    if (PyTuple_Check(base)) {
        bases = base;
        Py_INCREF(bases);
    } else {
        bases = PyTuple_Pack(1, base);
        if (bases == NULL)
            goto done;
    }
    result = PyObject_CallFunction((PyObject *)&PyType_Type, "sOO", dot + 1, bases, dict);
done:
    Py_XDECREF(owndict);
    Py_XDECREF(bases);
    return result;
}

PyObject *PyErr_NewExceptionWithDoc(const char *name, const char *doc, PyObject *base,
                                    PyObject *dict)
{
    PyObject *mydict = NULL, *ret = NULL;
    if (dict == NULL) {
        dict = mydict = PyDict_New();
        if (dict == NULL)
            return NULL;
    }
    if (doc != NULL) {
        PyObject *docobj = PyString_FromString(doc);
        if (docobj == NULL)
            goto done;
        int err = PyDict_SetItemString(dict, "__doc__", docobj);
        Py_DECREF(docobj);
        if (err < 0)
            goto done;
    }
    ret = PyErr_NewException(name, base, dict);
done:
    Py_XDECREF(mydict);
    return ret;
}

/* -- Errors that nobody can catch
 * ------------------------------------------------------------------ */

static void write_text(PyObject *file, const char *s)
{
    if (_PyHooks.file_write_string(s, file) < 0)
        PyErr_Clear();
}

static void write_object(PyObject *file, PyObject *v, int flags, const char *otherwise)
{
    if (v == NULL || _PyHooks.file_write_object(v, file, flags) < 0) {
        PyErr_Clear();
        write_text(file, otherwise);
    }
}

static void report_unraisable(PyObject *file, PyObject *exc, PyObject *value, PyObject *obj)
{
    write_text(file, "Exception ");
    if (exc != NULL) {
        if (!PyExceptionClass_Check(exc)) {
            write_text(file, "<unknown>");
            return;
        }
        const char *name = PyExceptionClass_Name(exc);
        if (name != NULL) {
            const char *dot = strrchr(name, '.');
            if (dot != NULL)
                name = dot + 1;
        }
        PyObject *module = PyObject_GetAttrString(exc, "__module__");
        if (module == NULL) {
            PyErr_Clear();
            write_text(file, "<unknown>");
        } else if (PyString_Check(module)) {
            const char *modstr = PyString_AS_STRING(module);
            if (strcmp(modstr, "exceptions") != 0) {
                write_text(file, modstr);
                write_text(file, ".");
            }
        }
        write_text(file, name == NULL ? "<unknown>" : name);
        if (value != NULL && value != Py_None) {
            write_text(file, ": ");
            write_object(file, value, 0, "<exception repr() failed>");
        }
        Py_XDECREF(module);
    }
    if (obj != NULL) {
        write_text(file, " in ");
        write_object(file, obj, 0, "<object repr() failed>");
    }
    write_text(file, " ignored\n");
}

void PyErr_WriteUnraisable(PyObject *obj)
{
    PyObject *exc, *value, *tb;
    PyErr_Fetch(&exc, &value, &tb);
    PyObject *file = _PyHooks.sys_get == NULL ? NULL : _PyHooks.sys_get("stderr");
    if (file != NULL && file != Py_None) {
        Py_INCREF(file);
        report_unraisable(file, exc, value, obj);
        Py_DECREF(file);
    }
    PyErr_Clear();
    Py_XDECREF(exc);
    Py_XDECREF(value);
    Py_XDECREF(tb);
}

/* -- Syntax errors --------------------------------------------------------------------------------
 */

static void set_attr_or_clear(PyObject *v, const char *name, PyObject *value)
{
    if (value == NULL || PyObject_SetAttrString(v, name, value) < 0)
        PyErr_Clear();
    Py_XDECREF(value);
}

/* Completes a pending SyntaxError with place and text. */
void PyErr_SyntaxLocation(const char *filename, int lineno)
{
    PyObject *exc, *v, *tb;
    PyErr_Fetch(&exc, &v, &tb);
    PyErr_NormalizeException(&exc, &v, &tb);
    set_attr_or_clear(v, "lineno", PyInt_FromLong(lineno));
    if (filename != NULL) {
        set_attr_or_clear(v, "filename", PyString_FromString(filename));
        PyObject *text = PyErr_ProgramText(filename, lineno);
        if (text != NULL)
            set_attr_or_clear(v, "text", text);
    }
    Py_INCREF(Py_None);
    set_attr_or_clear(v, "offset", Py_None);
    if (exc != PyExc_SyntaxError) {
        static const char *const defaults[] = {"msg", "print_file_and_line"};
        if (!PyObject_HasAttrString(v, defaults[0]))
            set_attr_or_clear(v, "msg", PyObject_Str(v));
        if (!PyObject_HasAttrString(v, defaults[1])) {
            Py_INCREF(Py_None);
            set_attr_or_clear(v, "print_file_and_line", Py_None);
        }
    }
    PyErr_Restore(exc, v, tb);
}

PyObject *PyErr_ProgramText(const char *filename, int lineno)
{
    if (filename == NULL || *filename == '\0' || lineno <= 0 || _PyHooks.source_line == NULL)
        return NULL;
    PyObject *line = _PyHooks.source_line(filename, lineno);
    if (line == NULL || !PyString_Check(line))
        return line;
    if (PyString_GET_SIZE(line) == 0) {
        Py_DECREF(line);
        return NULL;
    }
    /* Lines are read in pieces of 999: the last piece, without its indentation. */
    const char *text = PyString_AS_STRING(line);
    Py_ssize_t blank = (PyString_GET_SIZE(line) - 1) / 999 * 999;
    while (text[blank] == ' ' || text[blank] == '\t' || text[blank] == '\014')
        blank++;
    if (blank > 0) {
        PyObject *rest = PyString_FromStringAndSize(text + blank, PyString_GET_SIZE(line) - blank);
        Py_DECREF(line);
        line = rest;
    }
    return line;
}
