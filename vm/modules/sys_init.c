/* SPDX-License-Identifier: MIT */
/* sys: its attributes at start-up, argv, path, warn options, and who this interpreter says it is.
 */
#include "modules/sys_private.h"
#include "host/host.h"

extern PyMethodDef _PySys_Methods[];
_PyPaths _Py_Paths;

const char *Py_GetVersion(void)
{
    return PY_VERSION " (Krait, Jan  1 2026, 00:00:00) \n[C11]";
}

const char *Py_GetPlatform(void)
{
    return "linux2";
}

const char *Py_GetCopyright(void)
{
    return "Copyright (c) 2026 the Krait authors.\nAll Rights Reserved.\n\n"
           "The standard library: Copyright (c) 2001-2020 Python Software Foundation.\nAll Rights "
           "Reserved.";
}

const char *Py_GetCompiler(void)
{
    return "\n[C11]";
}

const char *Py_GetBuildInfo(void)
{
    return "Krait, Jan  1 2026, 00:00:00";
}

const char *Py_GetPrefix(void)
{
    return _Py_Paths.prefix;
}

const char *Py_GetExecPrefix(void)
{
    return _Py_Paths.exec_prefix;
}

const char *Py_GetPath(void)
{
    return _Py_Paths.path;
}

const char *Py_GetProgramFullPath(void)
{
    return _Py_Paths.executable;
}

const char *Py_GetProgramName(void)
{
    return "python";
}

/* -- flags and version_info
 * -------------------------------------------------------------------------------------- */

static PyTypeObject flags_type, version_type;

static PyStructSequence_Field flags_fields[] = {
    {"debug", "-d"},
    {"py3k_warning", "-3"},
    {"division_warning", "-Q"},
    {"division_new", "-Qnew"},
    {"inspect", "-i"},
    {"interactive", "-i"},
    {"optimize", "-O or -OO"},
    {"dont_write_bytecode", "-B"},
    {"no_user_site", "-s"},
    {"no_site", "-S"},
    {"ignore_environment", "-E"},
    {"tabcheck", "-t or -tt"},
    {"verbose", "-v"},
    {"unicode", "-U"},
    {"bytes_warning", "-b"},
    {"hash_randomization", "-R"},
    {NULL, NULL},
};

static PyStructSequence_Desc flags_desc = {
    "sys.flags", "sys.flags\n\nFlags provided through command line arguments or environment vars.",
    flags_fields, 16};

static PyStructSequence_Field version_fields[] = {
    {"major", "Major release number"},
    {"minor", "Minor release number"},
    {"micro", "Patch release number"},
    {"releaselevel", "'alpha', 'beta', 'candidate', or 'release'"},
    {"serial", "Serial release number"},
    {NULL, NULL},
};

static PyStructSequence_Desc version_desc = {
    "sys.version_info", "sys.version_info\n\nVersion information as a named tuple.", version_fields,
    5};

static PyObject *make_flags(void)
{
    const int values[] = {Py_DebugFlag,
                          Py_Py3kWarningFlag,
                          Py_DivisionWarningFlag,
                          _Py_QnewFlag,
                          Py_InspectFlag,
                          Py_InteractiveFlag,
                          Py_OptimizeFlag,
                          Py_DontWriteBytecodeFlag,
                          Py_NoUserSiteDirectory,
                          Py_NoSiteFlag,
                          Py_IgnoreEnvironmentFlag,
                          Py_TabcheckFlag,
                          Py_VerboseFlag,
                          Py_UnicodeFlag,
                          Py_BytesWarningFlag,
                          Py_HashRandomizationFlag};
    PyObject *seq = PyStructSequence_New(&flags_type);
    int i;

    for (i = 0; seq != NULL && i < 16; i++)
        PyStructSequence_SET_ITEM(seq, i, PyInt_FromLong(values[i]));
    return seq;
}

static PyObject *make_version(void)
{
    PyObject *seq = PyStructSequence_New(&version_type);

    if (seq == NULL)
        return NULL;
    PyStructSequence_SET_ITEM(seq, 0, PyInt_FromLong(PY_MAJOR_VERSION));
    PyStructSequence_SET_ITEM(seq, 1, PyInt_FromLong(PY_MINOR_VERSION));
    PyStructSequence_SET_ITEM(seq, 2, PyInt_FromLong(PY_MICRO_VERSION));
    PyStructSequence_SET_ITEM(seq, 3, PyString_FromString("final"));
    PyStructSequence_SET_ITEM(seq, 4, PyInt_FromLong(PY_RELEASE_SERIAL));
    return seq;
}

/* These two are made once: programs cannot make more. */
static void seal(PyTypeObject *t)
{
    t->tp_init = NULL;
    t->tp_new = NULL;
    if (t->tp_dict != NULL && PyDict_GetItemString(t->tp_dict, "__new__") != NULL) {
        PyDict_DelItemString(t->tp_dict, "__new__");
        PyType_Modified(t);
    }
}

static PyObject *builtin_names(void)
{
    PyObject *list = PyList_New(0), *tuple = NULL;
    const struct _inittab *p;

    for (p = _PyImport_Inittab; list != NULL && p->name != NULL; p++) {
        PyObject *s = PyString_FromString(p->name);

        if (s == NULL || PyList_Append(list, s) < 0)
            Py_CLEAR(list);
        Py_XDECREF(s);
    }
    if (list != NULL && PyList_Sort(list) == 0)
        tuple = PyList_AsTuple(list);
    Py_XDECREF(list);
    return tuple;
}

static PyObject *warn_options;

void PySys_AddWarnOption(const char *s)
{
    PyObject *text;

    if (warn_options == NULL && (warn_options = PyList_New(0)) == NULL)
        return;
    text = PyString_FromString(s);
    if (text != NULL) {
        PyList_Append(warn_options, text);
        Py_DECREF(text);
    }
}

int PySys_HasWarnOptions(void)
{
    return warn_options != NULL && PyList_GET_SIZE(warn_options) > 0;
}

PyDoc_STRVAR(sys_doc, "This module provides access to some objects used or maintained by "
                      "the\ninterpreter and to functions that interact "
                      "strongly with the interpreter.\n\nDynamic objects: argv, path, modules, "
                      "displayhook, excepthook, exitfunc, stdin, stdout, "
                      "stderr, last_type, last_value, last_traceback, exc_type, exc_value, "
                      "exc_traceback.\n\nStatic objects: float_info, "
                      "long_info, maxint, maxsize, maxunicode, builtin_module_names, version, "
                      "version_info, hexversion, copyright, platform, "
                      "executable, prefix, exec_prefix, float_repr_style, __stdin__, __stdout__, "
                      "__stderr__, __displayhook__, __excepthook__.\n");

static void set(PyObject *d, const char *name, PyObject *v)
{
    if (v != NULL) {
        PyDict_SetItemString(d, name, v);
        Py_DECREF(v);
    }
}

void _PySys_SetFlags(void)
{
    PyObject *m = PyDict_GetItemString(PyImport_GetModuleDict(), "sys"),
             *d = m == NULL ? NULL : PyModule_GetDict(m);

    if (d == NULL)
        return;
    set(d, "flags", make_flags());
    set(d, "dont_write_bytecode", PyBool_FromLong(Py_DontWriteBytecodeFlag));
}

PyObject *_PySys_Init(void)
{
    PyObject *m = Py_InitModule3("sys", _PySys_Methods, sys_doc), *d;

    if (m == NULL)
        return NULL;
    d = PyModule_GetDict(m);
    PyStructSequence_InitType(&version_type, &version_desc);
    PyStructSequence_InitType(&flags_type, &flags_desc);
    set(d, "version", PyString_FromString(Py_GetVersion()));
    set(d, "hexversion", PyInt_FromLong(PY_VERSION_HEX));
    set(d, "version_info", make_version());
    set(d, "flags", make_flags());
    seal(&version_type);
    seal(&flags_type);
    set(d, "subversion", Py_BuildValue("(sss)", "CPython", "", ""));
    set(d, "_git", Py_BuildValue("(sss)", "CPython", "", ""));
    set(d, "dont_write_bytecode", PyBool_FromLong(Py_DontWriteBytecodeFlag));
    set(d, "api_version", PyInt_FromLong(PYTHON_API_VERSION));
    set(d, "copyright", PyString_FromString(Py_GetCopyright()));
    set(d, "platform", PyString_FromString(Py_GetPlatform()));
    set(d, "executable", PyString_FromString(_Py_Paths.executable));
    set(d, "prefix", PyString_FromString(_Py_Paths.prefix));
    set(d, "exec_prefix", PyString_FromString(_Py_Paths.exec_prefix));
    set(d, "maxsize", PyInt_FromLong(PY_SSIZE_T_MAX));
    set(d, "maxint", PyInt_FromLong(PY_LONG_MAX));
    set(d, "py3kwarning", PyBool_FromLong(Py_Py3kWarningFlag));
    set(d, "float_info", PyFloat_GetInfo());
    set(d, "long_info", PyLong_GetInfo());
    set(d, "float_repr_style", PyString_FromString("short"));
    set(d, "maxunicode", PyInt_FromLong(0x10ffff));
    set(d, "byteorder", PyString_FromString("little"));
    set(d, "builtin_module_names", builtin_names());
    PyDict_SetItemString(d, "exc_type", Py_None);
    PyDict_SetItemString(d, "__displayhook__", PyDict_GetItemString(d, "displayhook"));
    PyDict_SetItemString(d, "__excepthook__", PyDict_GetItemString(d, "excepthook"));
    if (warn_options == NULL)
        warn_options = PyList_New(0);
    Py_XINCREF(warn_options);
    set(d, "warnoptions", warn_options);
    return PyErr_Occurred() ? NULL : m;
}

/* -- path and argv
 * ---------------------------------------------------------------------------------------------------
 */

void PySys_SetPath(const char *path)
{
    PyObject *list = PyList_New(0);
    const char *end;

    if (list == NULL)
        Py_FatalError("can't create sys.path");
    for (;; path = end + 1) {
        PyObject *entry;

        end = strchr(path, ':');
        entry =
            end == NULL ? PyString_FromString(path) : PyString_FromStringAndSize(path, end - path);
        if (entry == NULL || PyList_Append(list, entry) < 0)
            Py_FatalError("can't create sys.path");
        Py_DECREF(entry);
        if (end == NULL)
            break;
    }
    if (PySys_SetObject("path", list) < 0)
        Py_FatalError("can't assign sys.path");
    Py_DECREF(list);
}

/* Replaces path by its absolute form with every link followed, as realpath() would. 0, or -1 when
 * some part does not exist or the path is too long; then path is as it was. */
static int real_path(char *path, size_t size)
{
    char rest[8192], done[8192], link[4096];
    size_t used = 0, n = strlen(path);
    char *next = rest;
    int64_t k;
    int hops = 0;

    if (path[0] != '/') {
        k = host_getcwd(done, sizeof done - 1);
        if (k <= 0)
            return -1;
        used = k > 1 ? (size_t)k : 0;
    }
    if (n >= sizeof rest)
        return -1;
    memcpy(rest, path, n + 1);
    for (;;) {
        char *end;

        while (*next == '/')
            next++;
        if (*next == '\0')
            break;
        end = strchr(next, '/');
        n = end ? (size_t)(end - next) : strlen(next);
        if (n == 1 && next[0] == '.') {
            next += n;
            continue;
        }
        if (n == 2 && next[0] == '.' && next[1] == '.') {
            while (used > 0 && done[used - 1] != '/')
                used--;
            used -= used > 0;
            next += n;
            continue;
        }
        if (used + n + 2 > sizeof done)
            return -1;
        done[used] = '/';
        memcpy(done + used + 1, next, n);
        done[used + 1 + n] = '\0';
        next += n;
        k = host_readlink(done, link, sizeof link - 1);
        if (k <= 0) {
            host_stat_t st;

            if (host_stat(done, 0, &st) < 0)
                return -1;
            used += n + 1;
            continue;
        }
        if (++hops > 40 || (size_t)k + strlen(next) + 2 > sizeof rest)
            return -1;
        memmove(rest + k, next, strlen(next) + 1);
        memcpy(rest, link, (size_t)k);
        next = rest;
        if (link[0] == '/')
            used = 0;
    }
    if (used == 0)
        done[used++] = '/';
    if (used >= size)
        return -1;
    memcpy(path, done, used);
    path[used] = '\0';
    return 0;
}

/* The directory of the script, made absolute and links followed, goes first in sys.path. */
static PyObject *script_directory(const char *script)
{
    char path[8192], *slash;

    if (strlen(script) >= sizeof path)
        return PyString_FromString("");
    strcpy(path, script);
    (void)real_path(path, sizeof path);
    slash = strrchr(path, '/');
    if (slash == NULL)
        return PyString_FromString("");
    return PyString_FromStringAndSize(path, slash == path ? 1 : slash - path);
}

void PySys_SetArgvEx(int argc, char **argv, int updatepath)
{
    PyObject *list = PyList_New(0), *path = PySys_GetObject("path"), *first;
    int i;

    if (list == NULL)
        Py_FatalError("no mem for sys.argv");
    for (i = 0; i < (argc > 0 ? argc : 1); i++) {
        PyObject *s = PyString_FromString(argc > 0 && argv != NULL ? argv[i] : "");

        if (s == NULL || PyList_Append(list, s) < 0)
            Py_FatalError("no mem for sys.argv");
        Py_DECREF(s);
    }
    if (PySys_SetObject("argv", list) < 0)
        Py_FatalError("can't assign sys.argv");
    Py_DECREF(list);
    if (!updatepath || path == NULL)
        return;
    if (argc > 0 && argv[0] != NULL && strcmp(argv[0], "-c") != 0 && strcmp(argv[0], "-m") != 0)
        first = script_directory(argv[0]);
    else
        first = PyString_FromString("");
    if (first == NULL || PyList_Insert(path, 0, first) < 0)
        Py_FatalError("sys.path.insert(0) failed");
    Py_DECREF(first);
}
