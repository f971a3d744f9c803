/* SPDX-License-Identifier: MIT */
/* Built-in functions that compile and run (compile eval execfile), import (__import__ reload), or
 * talk to the user (print raw_input input open). Running and waiting never nest: each ends in a
 * three-way answer. */
#include "modules/bltin.h"
#include "host/host.h"
#include "modules/fileobject_private.h"
#include "modules/signal_private.h"
#include "modules/import_private.h"
#include "modules/source_run.h"

/* -- compile, eval, execfile
 * ---------------------------------------------------------------------------- */

PyObject *_PyBuiltin_compile(PyObject *self, PyObject *args, PyObject *kw)
{
    static char *names[] = {"source", "filename", "mode", "flags", "dont_inherit", NULL};
    static const int starts[] = {Py_file_input, Py_eval_input, Py_single_input};
    PyObject *source, *utf8 = NULL, *result = NULL;
    char *filename, *mode;
    const char *text;
    Py_ssize_t size;
    int flags = 0, dont_inherit = 0, which;
    PyCompilerFlags cf;

    if (!PyArg_ParseTupleAndKeywords(args, kw, "Oss|ii:compile", names, &source, &filename, &mode,
                                     &flags, &dont_inherit))
        return NULL;
    if (flags & ~(PyCF_MASK | PyCF_MASK_OBSOLETE | PyCF_DONT_IMPLY_DEDENT | PyCF_ONLY_AST)) {
        PyErr_SetString(PyExc_ValueError, "compile(): unrecognised flags");
        return NULL;
    }
    cf.cf_flags = flags;
    if (!dont_inherit)
        PyEval_MergeCompilerFlags(&cf);
    which = strcmp(mode, "exec") == 0     ? 0
            : strcmp(mode, "eval") == 0   ? 1
            : strcmp(mode, "single") == 0 ? 2
                                          : -1;
    if (which < 0) {
        PyErr_SetString(PyExc_ValueError, "compile() arg 3 must be 'exec', 'eval' or 'single'");
        return NULL;
    }
    int is_tree = _PyRun_IsAST(source);
    if (is_tree < 0)
        return NULL;
    if (is_tree)
        return _PyRun_CompileAST(source, filename, which, &cf);
    if (PyUnicode_Check(source)) {
        utf8 = PyUnicode_AsUTF8String(source);
        if (utf8 == NULL)
            return NULL;
        cf.cf_flags |= PyCF_SOURCE_IS_UTF8;
        text = PyString_AS_STRING(utf8);
        size = PyString_GET_SIZE(utf8);
    } else if (PyObject_AsReadBuffer(source, (const void **)&text, &size) < 0)
        return NULL;
    else {
        utf8 = PyString_FromStringAndSize(text, size); /* ends in NUL, and stays while code runs */
        if (utf8 == NULL)
            return NULL;
        text = PyString_AS_STRING(utf8);
    }
    if (strlen(text) != (size_t)size)
        PyErr_SetString(PyExc_TypeError, "compile() expected string without null bytes");
    else
        result = Py_CompileStringFlags(text, filename, starts[which], &cf);
    Py_DECREF(utf8);
    return result;
}

/* Defaults and checks of the namespaces of eval and execfile; borrowed. */
static int choose_namespaces(PyObject **globals, PyObject **locals)
{
    if (*globals == Py_None) {
        *globals = PyEval_GetGlobals();
        if (*locals == Py_None)
            *locals = PyEval_GetLocals();
    } else if (*locals == Py_None)
        *locals = *globals;
    if (*globals == NULL || *locals == NULL) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_TypeError,
                            "eval must be given globals and locals when called without a frame");
        return -1;
    }
    if (PyDict_GetItemString(*globals, "__builtins__") == NULL &&
        PyDict_SetItemString(*globals, "__builtins__", PyEval_GetBuiltins()) < 0)
        return -1;
    return 0;
}

PyObject *_PyBuiltin_eval(PyObject *self, PyObject *args)
{
    PyObject *source, *globals = Py_None, *locals = Py_None, *utf8 = NULL, *code, *result = NULL;
    PyCompilerFlags cf = {0};
    char *text;

    if (!PyArg_UnpackTuple(args, "eval", 1, 3, &source, &globals, &locals))
        return NULL;
    if (locals != Py_None && !PyMapping_Check(locals)) {
        PyErr_SetString(PyExc_TypeError, "locals must be a mapping");
        return NULL;
    }
    if (globals != Py_None && !PyDict_Check(globals)) {
        PyErr_SetString(PyExc_TypeError,
                        PyMapping_Check(globals)
                            ? "globals must be a real dict; try eval(expr, {}, mapping)"
                            : "globals must be a dict");
        return NULL;
    }
    if (choose_namespaces(&globals, &locals) < 0)
        return NULL;
    if (PyCode_Check(source)) {
        if (PyCode_GetNumFree((PyCodeObject *)source) > 0) {
            PyErr_SetString(PyExc_TypeError,
                            "code object passed to eval() may not contain free variables");
            return NULL;
        }
        return PyEval_EvalCodeGoOn((PyCodeObject *)source, globals, locals);
    }
    if (!PyString_Check(source) && !PyUnicode_Check(source)) {
        PyErr_SetString(PyExc_TypeError, "eval() arg 1 must be a string or code object");
        return NULL;
    }
    if (PyUnicode_Check(source)) {
        source = utf8 = PyUnicode_AsUTF8String(source);
        if (utf8 == NULL)
            return NULL;
        cf.cf_flags |= PyCF_SOURCE_IS_UTF8;
    }
    if (PyString_AsStringAndSize(source, &text, NULL) < 0) {
        Py_XDECREF(utf8);
        return NULL;
    }
    while (*text == ' ' || *text == '\t')
        text++;
    PyEval_MergeCompilerFlags(&cf);
    code = Py_CompileStringFlags(text, "<string>", Py_eval_input, &cf);
    Py_XDECREF(utf8);
    if (code != NULL) {
        result = PyEval_EvalCodeGoOn((PyCodeObject *)code, globals, locals);
        Py_DECREF(code);
    }
    return result;
}

PyObject *_PyBuiltin_execfile(PyObject *self, PyObject *args)
{
    char *filename;
    PyObject *globals = Py_None, *locals = Py_None, *file, *code, *result = NULL;
    PyCompilerFlags cf = {0};

    if (PyErr_WarnPy3k("execfile() not supported in 3.x; use exec()", 1) < 0)
        return NULL;
    if (!PyArg_ParseTuple(args, "s|O!O:execfile", &filename, &PyDict_Type, &globals, &locals))
        return NULL;
    if (locals != Py_None && !PyMapping_Check(locals)) {
        PyErr_SetString(PyExc_TypeError, "locals must be a mapping");
        return NULL;
    }
    if (choose_namespaces(&globals, &locals) < 0)
        return NULL;
    file = PyFile_FromString(filename, "r");
    if (file == NULL)
        return NULL;
    PyEval_MergeCompilerFlags(&cf);
    code = _PyRun_CompileFile(file, filename, Py_file_input, &cf);
    Py_DECREF(file);
    if (code != NULL) {
        result = PyEval_EvalCodeGoOn((PyCodeObject *)code, globals, locals);
        Py_DECREF(code);
    }
    return result;
}

/* -- __import__, reload
 * ---------------------------------------------------------------------------------- */

PyObject *_PyBuiltin_import(PyObject *self, PyObject *args, PyObject *kw)
{
    static char *names[] = {"name", "globals", "locals", "fromlist", "level", NULL};
    char *name;
    PyObject *globals = NULL, *locals = NULL, *fromlist = NULL;
    int level = -1;

    if (!PyArg_ParseTupleAndKeywords(args, kw, "s|OOOi:__import__", names, &name, &globals, &locals,
                                     &fromlist, &level))
        return NULL;
    return _PyImport_ImportLevelGoOn(name, globals, fromlist, level);
}

PyObject *_PyBuiltin_reload(PyObject *self, PyObject *module)
{
    if (PyErr_WarnPy3k("In 3.x, reload() is renamed to imp.reload()", 1) < 0)
        return NULL;
    return _PyImport_ReloadGoOn(module);
}

/* -- print
 * -------------------------------------------------------------------------------------------------
 */

static int check_separator(PyObject *v, const char *name)
{
    if (v == NULL || v == Py_None || PyString_Check(v) || PyUnicode_Check(v))
        return 0;
    PyErr_Format(PyExc_TypeError, "%s must be None, str or unicode, not %.200s", name,
                 Py_TYPE(v)->tp_name);
    return -1;
}

PyObject *_PyBuiltin_print(PyObject *self, PyObject *args, PyObject *kw)
{
    static char *names[] = {"sep", "end", "file", NULL};
    PyObject *sep = NULL, *end = NULL, *file = NULL, *nothing, *space = NULL, *newline = NULL;
    Py_ssize_t i, n = PyTuple_GET_SIZE(args);
    int unicode = 0, status;

    nothing = PyTuple_New(0);
    if (nothing == NULL)
        return NULL;
    status = PyArg_ParseTupleAndKeywords(nothing, kw, "|OOO:print", names, &sep, &end, &file);
    Py_DECREF(nothing);
    if (!status)
        return NULL;
    if (file == NULL || file == Py_None) {
        file = PySys_GetObject("stdout");
        if (file == NULL || file == Py_None)
            Py_RETURN_NONE;
    }
    if (check_separator(sep, "sep") < 0 || check_separator(end, "end") < 0)
        return NULL;
    unicode = (sep != NULL && PyUnicode_Check(sep)) || (end != NULL && PyUnicode_Check(end));
    for (i = 0; i < n && !unicode; i++)
        unicode = PyUnicode_Check(PyTuple_GET_ITEM(args, i));
    space = unicode ? PyUnicode_DecodeASCII(" ", 1, NULL) : PyString_FromString(" ");
    newline = unicode ? PyUnicode_DecodeASCII("\n", 1, NULL) : PyString_FromString("\n");
    if (space == NULL || newline == NULL)
        goto fail;
    if (sep == NULL || sep == Py_None)
        sep = space;
    if (end == NULL || end == Py_None)
        end = newline;
    Py_INCREF(file);
    for (i = 0; i < n; i++)
        if ((i > 0 && PyFile_WriteObject(sep, file, Py_PRINT_RAW) < 0) ||
            PyFile_WriteObject(PyTuple_GET_ITEM(args, i), file, Py_PRINT_RAW) < 0)
            break;
    status = i < n ? -1 : PyFile_WriteObject(end, file, Py_PRINT_RAW);
    Py_DECREF(file);
    if (status < 0)
        goto fail;
    Py_DECREF(space);
    Py_DECREF(newline);
    Py_RETURN_NONE;
fail:
    Py_XDECREF(space);
    Py_XDECREF(newline);
    return NULL;
}

/* -- raw_input, input
 * ---------------------------------------------------------------------------------------- */

enum { LINE_SIZE = 1 << 16 };

/* What readline() of sys.stdin answered: without its newline; nothing at all is the end of the
 * file. */
static PyObject *line_read(PyCont *c, PyObject *line)
{
    PyObject *result = NULL;
    Py_ssize_t n;

    PyEval_ReleaseCont(c);
    if (line == NULL)
        return NULL;
    if (PyString_Check(line)) {
        n = PyString_GET_SIZE(line);
        if (n == 0)
            PyErr_SetString(PyExc_EOFError, "EOF when reading a line");
        else if (PyString_AS_STRING(line)[n - 1] != '\n')
            return line;
        else
            result = PyString_FromStringAndSize(PyString_AS_STRING(line), n - 1);
    } else if (PyUnicode_Check(line)) {
        n = PyUnicode_GET_SIZE(line);
        if (n == 0)
            PyErr_SetString(PyExc_EOFError, "EOF when reading a line");
        else if (PyUnicode_AS_UNICODE(line)[n - 1] != '\n')
            return line;
        else
            result = PyUnicode_FromUnicode(PyUnicode_AS_UNICODE(line), n - 1);
    } else
        PyErr_SetString(PyExc_TypeError, "object.readline() returned non-string");
    Py_DECREF(line);
    return result;
}

/* a: the prompt, a str. Asks the terminal for a line, again after each wait. */
static PyObject *terminal_line(PyCont *c, PyObject *value)
{
    PyObject *prompt = c->a, *result = NULL;
    char *buf;
    int64_t n;
    Py_ssize_t size = LINE_SIZE, got = 0;

    if (value == NULL) {
        PyEval_ReleaseCont(c);
        return NULL;
    }
    Py_DECREF(value);
    buf = PyMem_Malloc(size);
    if (buf == NULL) {
        PyEval_ReleaseCont(c);
        return PyErr_NoMemory();
    }
    /* A line longer than the buffer comes in parts; only the first wait shows the prompt. */
    for (;;) {
        char *grown;

        n = host_readline(prompt && got == 0 ? PyString_AS_STRING(prompt) : "", buf + got,
                          (size_t)(size - got));
        if (n == -4 && PyThread_IsMain() && _PySignal_CheckHost() == 0)
            continue;
        if (n <= 0)
            break;
        got += n;
        if (buf[got - 1] == '\n' || got < size - 1)
            break;
        grown = PyMem_Realloc(buf, size * 2);
        if (grown == NULL) {
            PyMem_Free(buf);
            PyEval_ReleaseCont(c);
            return PyErr_NoMemory();
        }
        buf = grown;
        size *= 2;
    }
    if (n == 0 && got > 0)
        n = got;
    if (PyEval_IsPending(n)) {
        PyCont *next = PyEval_PushCont(terminal_line);

        PyMem_Free(buf);
        if (next == NULL) {
            PyEval_ReleaseCont(c);
            return NULL;
        }
        next->a = prompt;
        return PyEval_WaitGoOn();
    }
    if (n == 0)
        PyErr_SetNone(PyExc_EOFError);
    else if (n == -4) {
        if (!PyErr_Occurred())
            PyErr_SetNone(PyExc_KeyboardInterrupt);
    } else if (n < 0)
        _PyErr_SetFromErrnum(PyExc_IOError, (int)-n);
    else
        result = PyString_FromStringAndSize(buf, buf[got - 1] == '\n' ? got - 1 : got);
    PyMem_Free(buf);
    PyEval_ReleaseCont(c);
    return result;
}

static int is_terminal(PyObject *file, int fd)
{
    return PyFile_Check(file) && ((PyFileObject *)file)->f_fd == fd && host_isatty(fd) == 1;
}

static PyObject *read_user_line(PyObject *prompt)
{
    PyObject *in = PySys_GetObject("stdin"), *out = PySys_GetObject("stdout"), *readline, *empty,
             *answer;

    if (in == NULL || out == NULL) {
        PyErr_Format(PyExc_RuntimeError, "[raw_]input: lost sys.%s",
                     in == NULL ? "stdin" : "stdout");
        return NULL;
    }
    if (PyFile_SoftSpace(out, 0) && PyFile_WriteString(" ", out) < 0)
        return NULL;
    if (is_terminal(in, 0) && is_terminal(out, 1)) {
        PyCont s = {0};

        if (prompt != NULL) {
            s.a = PyObject_Str(prompt);
            if (s.a == NULL)
                return NULL;
        }
        if (_PyFile_Flush(out) < 0) {
            Py_XDECREF(s.a);
            return NULL;
        }
        Py_INCREF(Py_None);
        return terminal_line(&s, Py_None);
    }
    if (prompt != NULL && PyFile_WriteObject(prompt, out, Py_PRINT_RAW) < 0)
        return NULL;
    if (PyFile_Check(out) && ((PyFileObject *)out)->f_fd >= 0 && _PyFile_Flush(out) < 0)
        return NULL;
    readline = PyObject_GetAttrString(in, "readline");
    empty = readline == NULL ? NULL : PyTuple_New(0);
    if (empty == NULL || PyEval_PushCont(line_read) == NULL) {
        Py_XDECREF(readline);
        Py_XDECREF(empty);
        return NULL;
    }
    answer = PyEval_CallThen(readline, empty, NULL);
    Py_DECREF(readline);
    Py_DECREF(empty);
    return answer;
}

PyObject *_PyBuiltin_raw_input(PyObject *self, PyObject *args)
{
    PyObject *prompt = NULL;

    if (!PyArg_UnpackTuple(args, "[raw_]input", 0, 1, &prompt))
        return NULL;
    return read_user_line(prompt);
}

static PyObject *input_eval(PyCont *c, PyObject *line)
{
    PyObject *globals, *locals, *code, *result = NULL;
    PyCompilerFlags cf = {0};
    char *text;

    PyEval_ReleaseCont(c);
    if (line == NULL)
        return NULL;
    if (PyString_AsStringAndSize(line, &text, NULL) < 0)
        goto done;
    while (*text == ' ' || *text == '\t')
        text++;
    globals = locals = Py_None;
    if (choose_namespaces(&globals, &locals) < 0)
        goto done;
    PyEval_MergeCompilerFlags(&cf);
    code = Py_CompileStringFlags(text, "<string>", Py_eval_input, &cf);
    if (code != NULL) {
        result = PyEval_EvalCodeGoOn((PyCodeObject *)code, globals, locals);
        Py_DECREF(code);
    }
done:
    Py_DECREF(line);
    return result;
}

PyObject *_PyBuiltin_input(PyObject *self, PyObject *args)
{
    PyObject *prompt = NULL;

    if (!PyArg_UnpackTuple(args, "[raw_]input", 0, 1, &prompt) ||
        PyEval_PushCont(input_eval) == NULL)
        return NULL;
    return PyEval_Then(read_user_line(prompt));
}

PyObject *_PyBuiltin_open(PyObject *self, PyObject *args, PyObject *kw)
{
    return PyObject_Call((PyObject *)&PyFile_Type, args, kw);
}
