/* SPDX-License-Identifier: MIT */
/* The program: import of site, the script, command, module or prompt, then exit functions and
 * shut-down, each a step of one continuation at the bottom of the stack. Invariant: every exception
 * ends here; after the last step _Py_Main.status is the exit status. */
#include "main/main_private.h"
#include "host/host.h"
#include "compile.h"
#include "modules/fileobject_private.h"
#include "modules/import_private.h"
#include "modules/source_run.h"
#include "modules/sys_private.h"

enum step {
    STEP_WARNINGS, /* what the step that has just ended was */
    STEP_SITE,
    STEP_STARTUP_FILE,
    STEP_PROGRAM,
    STEP_PROMPT,
    STEP_THREADS,
    STEP_EXITFUNC
};

static PyObject *program_step(PyCont *c, PyObject *value);

static PyObject *then(enum step step, PyObject *(*start)(void))
{
    PyCont *c = PyEval_PushCont(program_step);

    if (c == NULL)
        Py_FatalError("no memory for the program's first step");
    c->n = step;
    return PyEval_Then(start());
}

/* -- Exit
 * -----------------------------------------------------------------------------------------------------------
 */

int _PyMain_ExitStatus(void)
{
    PyObject *exc, *value, *tb, *code;
    int status = 1;

    PyErr_Fetch(&exc, &value, &tb);
    if (Py_FlushLine() < 0)
        PyErr_Clear();
    PyErr_NormalizeException(&exc, &value, &tb);
    code = value;
    Py_XINCREF(code);
    if (value != NULL && PyExceptionInstance_Check(value)) {
        PyObject *attribute = PyObject_GetAttrString(value, "code");

        if (attribute != NULL)
            Py_XSETREF(code, attribute);
        else
            PyErr_Clear();
    }
    if (code == NULL || code == Py_None)
        status = 0;
    else if (PyInt_Check(code) || PyLong_Check(code))
        status = (int)PyInt_AsLong(code); /* -1 when it is too big */
    else {
        PyObject *err = PySys_GetObject("stderr"), *out = PySys_GetObject("stdout");

        if (out != NULL && PyFile_Check(out) && _PyFile_Flush(out) < 0)
            PyErr_Clear();
        if (err != NULL && err != Py_None) {
            if (PyFile_WriteObject(code, err, Py_PRINT_RAW) < 0)
                PyErr_Clear();
        } else {
            PyObject *text = PyObject_Str(code);

            if (text != NULL)
                _PyMain_Write(2, PyString_AsString(text));
            Py_XDECREF(text);
        }
        PySys_WriteStderr("\n");
    }
    PyErr_Clear();
    Py_XDECREF(code);
    Py_XDECREF(exc);
    Py_XDECREF(value);
    Py_XDECREF(tb);
    return status;
}

/* SystemExit reached a place that can only print: PyErr_Print's callers expect not to come back. */
static void exit_now(void)
{
    int status;

    if (Py_InspectFlag)
        return;
    status = _PyMain_ExitStatus();
    _PyMain_Finalize();
    host_exit(status & 0xff);
}

void _PyMain_EndProgram(void)
{
    _PyMain_Finalize();
    host_exit(_Py_Main.status & 0xff);
}

/* The program has ended with an exception: shows it, or takes SystemExit's status. */
static int ended_with_error(void)
{
    if (PyErr_ExceptionMatches(PyExc_SystemExit) && !Py_InspectFlag)
        return _PyMain_ExitStatus();
    PyErr_Print();
    return 1;
}

/* -- What is run
 * --------------------------------------------------------------------------------------------------------
 */

static PyObject *run_code(PyObject *code, const char *filename)
{
    PyObject *d = _PyMain_MainDict(), *answer;

    if (code == NULL)
        return NULL;
    if (filename != NULL) {
        PyObject *f = PyString_FromString(filename);

        if (f == NULL || PyDict_SetItemString(d, "__file__", f) < 0)
            PyErr_Clear();
        Py_XDECREF(f);
    }
    answer = PyEval_EvalCodeGoOn((PyCodeObject *)code, d, d);
    Py_DECREF(code);
    return answer;
}

static PyObject *run_command(void)
{
    PyCompilerFlags cf = {0};

    return run_code(Py_CompileStringFlags(_Py_Main.text, "<string>", Py_file_input, &cf), NULL);
}

/* runpy._run_module_as_main(name, set_argv0): a: the module's name. */
static PyObject *runpy_imported(PyCont *c, PyObject *runpy)
{
    PyObject *func = NULL, *args = NULL, *answer = NULL;

    if (runpy == NULL) {
        _PyMain_Write(2, "Could not import runpy module\n");
        goto done;
    }
    func = PyObject_GetAttrString(runpy, "_run_module_as_main");
    if (func == NULL) {
        _PyMain_Write(2, "Could not access runpy._run_module_as_main\n");
        goto done;
    }
    args = Py_BuildValue("(Oi)", c->a, (int)c->n);
    if (args != NULL)
        answer = PyEval_CallGoOn(func, args, NULL);
done:
    Py_XDECREF(runpy);
    Py_XDECREF(func);
    Py_XDECREF(args);
    PyEval_ReleaseCont(c);
    return answer;
}

static PyObject *run_module_named(const char *name, int set_argv0)
{
    PyObject *text = PyString_FromString(name);
    PyCont *c = text == NULL ? NULL : PyEval_PushCont(runpy_imported);

    if (c == NULL) {
        Py_XDECREF(text);
        return NULL;
    }
    c->a = text;
    c->n = set_argv0;
    return PyEval_Then(_PyImport_ImportLevelGoOn("runpy", NULL, NULL, 0));
}

static PyObject *run_module(void)
{
    return run_module_named(_Py_Main.text, 1);
}

static PyObject *without_first_line(PyObject *bytes)
{
    const char *s = PyString_AS_STRING(bytes), *nl = strchr(s, '\n');
    PyObject *rest =
        PyString_FromString(nl != NULL ? nl : ""); /* keeps the newline: line numbers stay */

    Py_DECREF(bytes);
    return rest;
}

/* -1: no such file, told and status set. 1: a directory or archive run through its importer. */
static int looks_compiled(const char *path, int fd)
{
    const char *dot = strrchr(path, '.');
    unsigned char magic[4];
    py_long want = PyImport_GetMagicNumber();
    int64_t n;

    if (dot != NULL && (strcmp(dot, ".pyc") == 0 || strcmp(dot, ".pyo") == 0))
        return 1;
    n = host_read(fd, magic, 4);
    host_lseek(fd, 0, 0);
    return n == 4 && (magic[0] | (py_long)magic[1] << 8 | (py_long)magic[2] << 16 |
                      (py_long)magic[3] << 24) == want;
}

static int nothing_run; /* there was no program: no prompt follows either */

static PyObject *cannot_open(int e)
{
    char line[4400];

    nothing_run = 1;
    Py_InspectFlag = 0;

    PyOS_snprintf(line, sizeof line, "%s: can't open file '%s': [Errno %d] %s\n",
                  _Py_Paths.executable[0] ? _Py_Paths.executable : "python", _Py_Main.text, e,
                  _Py_StrError(e));
    _PyMain_Write(2, line);
    PyErr_SetObject(PyExc_SystemExit, PyInt_FromLong(2));
    return NULL;
}

static PyObject *run_file(void)
{
    PyObject *importer, *name, *file, *bytes, *code;
    PyCompilerFlags cf = {0};
    host_stat_t st;
    int fd;

    name = PyString_FromString(_Py_Main.text);
    importer = name == NULL ? NULL : PyImport_GetImporter(name);
    if (importer == NULL) {
        Py_XDECREF(name);
        return NULL;
    }
    if (host_stat(_Py_Main.text, 1, &st) == 0 &&
        (importer != Py_None || (st.mode & 0170000) == 0040000) &&
        Py_TYPE(importer) != &PyNullImporter_Type) {
        /* a directory or a zip archive with __main__ in it: it goes to the front of sys.path */
        PyObject *path = PySys_GetObject("path");

        Py_DECREF(importer);
        if (path == NULL || !PyList_Check(path) || PyList_GET_SIZE(path) == 0) {
            Py_DECREF(name);
            PyErr_SetString(PyExc_RuntimeError, "unable to get sys.path");
            return NULL;
        }
        PyList_SetItem(path, 0, name);
        return run_module_named("__main__", 0);
    }
    Py_DECREF(importer);
    Py_DECREF(name);
    fd = host_open(_Py_Main.text, 0, 0);
    if (fd < 0)
        return cannot_open(-fd);
    file = PyFile_FromFd(fd, _Py_Main.text, "r", -1);
    if (file == NULL) {
        host_close(fd);
        return NULL;
    }
    if (looks_compiled(_Py_Main.text, fd)) {
        code = _PyImport_ReadCompiled(_Py_Main.text, file);
        if (code == NULL && PyErr_ExceptionMatches(PyExc_ImportError)) {
            PyErr_Clear();
            PyErr_SetString(PyExc_RuntimeError, "Bad magic number in .pyc file");
        }
        Py_DECREF(file);
        return run_code(code, _Py_Main.text);
    }
    bytes = _PyFile_ReadAll(file);
    Py_DECREF(file);
    if (bytes != NULL && _Py_Main.skip_first_line)
        bytes = without_first_line(bytes);
    if (bytes == NULL)
        return NULL;
    code = _Py_CompileFileBytes(PyString_AS_STRING(bytes), PyString_GET_SIZE(bytes), _Py_Main.text,
                                Py_file_input, &cf);
    Py_DECREF(bytes);
    return run_code(code, _Py_Main.text);
}

/* All of standard input, that is no terminal, is the program. */
static PyObject *stdin_read(PyCont *c, PyObject *bytes)
{
    PyCompilerFlags cf = {0};
    PyObject *code;

    PyEval_ReleaseCont(c);
    if (bytes == NULL)
        return NULL;
    if (_Py_Main.skip_first_line && (bytes = without_first_line(bytes)) == NULL)
        return NULL;
    code = _Py_CompileFileBytes(PyString_AS_STRING(bytes), PyString_GET_SIZE(bytes), "<stdin>",
                                Py_file_input, &cf);
    Py_DECREF(bytes);
    return run_code(code, "<stdin>");
}

static PyObject *run_stdin(void)
{
    PyObject *in = PySys_GetObject("__stdin__"), *read, *empty, *answer;

    if (host_isatty(0) == 1 || Py_InteractiveFlag)
        return _PyMain_InteractiveGoOn();
    if (in == NULL || !PyFile_Check(in))
        Py_RETURN_NONE;
    read = PyObject_GetAttrString(in, "read");
    empty = read == NULL ? NULL : PyTuple_New(0);
    if (empty == NULL || PyEval_PushCont(stdin_read) == NULL) {
        Py_XDECREF(read);
        Py_XDECREF(empty);
        return NULL;
    }
    answer = PyEval_CallThen(read, empty, NULL);
    Py_DECREF(read);
    Py_DECREF(empty);
    return answer;
}

static int is_prompt(void)
{
    return _Py_Main.kind == PROGRAM_STDIN && (host_isatty(0) == 1 || Py_InteractiveFlag);
}

static PyObject *run_program(void)
{
    PySys_SetArgvEx(_Py_Main.argc, _Py_Main.argv, 1);
    if (is_prompt())
        Py_InspectFlag = 0; /* -i at a prompt changes nothing: exit() leaves it */
    if ((Py_InspectFlag || is_prompt()) && host_isatty(0) == 1) {
        PyObject *v = PyImport_ImportModule("readline"); /* for who provides one */

        if (v == NULL)
            PyErr_Clear();
        Py_XDECREF(v);
    }
    switch (_Py_Main.kind) {
    case PROGRAM_COMMAND:
        return run_command();
    case PROGRAM_MODULE:
        return run_module();
    case PROGRAM_FILE:
        return run_file();
    default:
        return run_stdin();
    }
}

static PyObject *run_startup_file(void)
{
    const char *name = Py_GETENV("PYTHONSTARTUP");
    PyObject *file, *code;
    PyCompilerFlags cf = {0};

    if (!is_prompt() || name == NULL || name[0] == '\0')
        Py_RETURN_NONE;
    file = PyFile_FromString(name, "r");
    if (file == NULL) {
        PySys_WriteStderr("Could not open PYTHONSTARTUP\n");
        return NULL;
    }
    code = _PyRun_CompileFile(file, name, Py_file_input, &cf);
    Py_DECREF(file);
    return run_code(code, NULL);
}

static PyObject *import_warnings(void)
{
    if (!PySys_HasWarnOptions())
        Py_RETURN_NONE;
    return _PyImport_ImportLevelGoOn("warnings", NULL, NULL, 0);
}

static PyObject *codec_imported(PyCont *c, PyObject *value)
{
    PyEval_ReleaseCont(c);
    if (value == NULL)
        PyErr_Clear();
    Py_XDECREF(value);
    Py_RETURN_NONE;
}

/* The file system's codec is looked up before the program's folder is on sys.path, as in CPython: a
 * program called codecs.py must not be taken for the library's module. */
static PyObject *site_imported(PyCont *c, PyObject *value)
{
    PyEval_ReleaseCont(c);
    if (value == NULL)
        return NULL;
    Py_DECREF(value);
    if (PyEval_PushCont(codec_imported) == NULL)
        return NULL;
    return PyEval_Then(_PyImport_ImportLevelGoOn("encodings.utf_8", NULL, NULL, 0));
}

PyObject *_PyMain_ImportSite(void)
{
    PyObject *answer = Py_None;

    if (PyEval_PushCont(site_imported) == NULL)
        return NULL;
    if (Py_NoSiteFlag)
        Py_INCREF(answer);
    else
        answer = _PyImport_ImportLevelGoOn("site", NULL, NULL, 0);
    return PyEval_Then(answer);
}

static void show_banner(void)
{
    char line[400];

    if (!Py_VerboseFlag && !is_prompt())
        return;
    PyOS_snprintf(line, sizeof line, "Python %s on %s\n", Py_GetVersion(), Py_GetPlatform());
    PySys_WriteStderr("%s", line);
    if (!Py_NoSiteFlag)
        PySys_WriteStderr(
            "Type \"help\", \"copyright\", \"credits\" or \"license\" for more information.\n");
}

static PyObject *run_prompt(void)
{
    const char *inspect = Py_GETENV("PYTHONINSPECT"); /* the program may have set it */

    if (inspect != NULL && inspect[0] != '\0')
        Py_InspectFlag = 1;
    if (!Py_InspectFlag || nothing_run || is_prompt() ||
        (host_isatty(0) != 1 && !Py_InteractiveFlag && !Py_InspectFlag))
        Py_RETURN_NONE;
    Py_InspectFlag = 0;
    _Py_Main.status = 0; /* what happens at the prompt counts, not how the program ended */
    return _PyMain_InteractiveGoOn();
}

/* Waits for threads that are no daemons. */
static PyObject *end_threads(void)
{
    PyObject *threading = PyDict_GetItemString(PyImport_GetModuleDict(), "threading"), *shutdown,
             *empty, *answer;

    if (threading == NULL || threading == Py_None)
        Py_RETURN_NONE;
    shutdown = PyObject_GetAttrString(threading, "_shutdown");
    if (shutdown == NULL) {
        PyErr_Clear();
        Py_RETURN_NONE;
    }
    empty = PyTuple_New(0);
    answer = empty == NULL ? NULL : PyEval_CallGoOn(shutdown, empty, NULL);
    Py_XDECREF(empty);
    Py_DECREF(shutdown);
    return answer;
}

static PyObject *call_exitfunc(void)
{
    PyObject *f = PySys_GetObject("exitfunc"), *empty, *answer;

    if (f == NULL)
        Py_RETURN_NONE;
    Py_INCREF(f);
    PySys_SetObject("exitfunc", NULL);
    empty = PyTuple_New(0);
    answer = empty == NULL ? NULL : PyEval_CallGoOn(f, empty, NULL);
    Py_XDECREF(empty);
    Py_DECREF(f);
    return answer;
}

/* -- The steps
 * ---------------------------------------------------------------------------------------------------------
 */

PyObject *_PyMain_FirstStep(void)
{
    _PySys_SystemExit = exit_now;
    return then(STEP_WARNINGS, import_warnings);
}

static PyObject *program_step(PyCont *c, PyObject *value)
{
    enum step step = (enum step)c->n;
    int failed = value == NULL;

    PyEval_ReleaseCont(c);
    Py_XDECREF(value);
    switch (step) {
    case STEP_WARNINGS:
        if (failed)
            PyErr_Clear();
        return then(STEP_SITE, _PyMain_ImportSite);
    case STEP_SITE:
        if (failed) {
            _Py_Main.status = ended_with_error();
            return then(STEP_THREADS, end_threads);
        }
        show_banner();
        return then(STEP_STARTUP_FILE, run_startup_file);
    case STEP_STARTUP_FILE:
        if (failed) {
            if (PyErr_Occurred())
                PyErr_Print();
            PyErr_Clear();
        }
        return then(STEP_PROGRAM, run_program);
    case STEP_PROGRAM:
        if (failed)
            _Py_Main.status = ended_with_error();
        if (!failed && Py_FlushLine() < 0)
            PyErr_Clear();
        return then(STEP_PROMPT, run_prompt);
    case STEP_PROMPT:
        if (failed)
            _Py_Main.status = ended_with_error();
        return then(STEP_THREADS, end_threads);
    case STEP_THREADS:
        if (failed)
            PyErr_WriteUnraisable(NULL);
        return then(STEP_EXITFUNC, call_exitfunc);
    default:
        if (failed) {
            if (PyErr_ExceptionMatches(PyExc_SystemExit))
                _Py_Main.status = _PyMain_ExitStatus();
            else {
                PySys_WriteStderr("Error in sys.exitfunc:\n");
                PyErr_Print();
            }
        }
        Py_RETURN_NONE;
    }
}
