/* SPDX-License-Identifier: MIT */
/* Import, second half: from what was found to a module. Source is compiled, or its .pyc used when
 * magic number and modification time fit; the code is then run by the eval loop in the new module's
 * namespace. */
#include "modules/import_private.h"
#include "modules/fileobject_private.h"
#include "modules/source_run.h"
#include "host/host.h"

enum { PYC_MAGIC = 62211, O_CREATE_NEW = 01 | 0100 | 0200 | 01000, MAGIC_SIZE = 8 };

/* name -> copy of a built-in module's dict right after its initialisation */
static PyObject *extensions;

py_long PyImport_GetMagicNumber(void)
{
    return PYC_MAGIC | ((py_long)'\r' << 16) | ((py_long)'\n' << 24);
}

static uint32_t get_le32(const char *p)
{
    const unsigned char *u = (const unsigned char *)p;

    return u[0] | (uint32_t)u[1] << 8 | (uint32_t)u[2] << 16 | (uint32_t)u[3] << 24;
}

static void put_le32(char *p, uint32_t v)
{
    p[0] = (char)v;
    p[1] = (char)(v >> 8);
    p[2] = (char)(v >> 16);
    p[3] = (char)(v >> 24);
}

/* All bytes of a file as a str; NULL with *error a Linux error number, or with an exception and
 * *error 0. */
static PyObject *slurp(const char *path, int *error)
{
    host_stat_t st;
    int fd = host_open(path, 0, 0);
    Py_ssize_t have = 0;
    PyObject *bytes;

    *error = 0;
    if (fd < 0) {
        *error = -fd;
        return NULL;
    }
    if (host_fstat(fd, &st) < 0 || st.size <= 0)
        st.size = 4096;
    bytes = PyString_FromStringAndSize(NULL, st.size + 1);
    while (bytes != NULL) {
        int64_t n = host_read(fd, PyString_AS_STRING(bytes) + have,
                              (size_t)(PyString_GET_SIZE(bytes) - have));

        if (n == -4)
            continue;
        if (n < 0) {
            *error = (int)-n;
            Py_CLEAR(bytes);
            break;
        }
        have += n;
        if (n == 0) {
            _PyString_Resize(&bytes, have);
            break;
        }
        if (have == PyString_GET_SIZE(bytes))
            _PyString_Resize(&bytes, have * 2);
    }
    host_close(fd);
    return bytes;
}

static PyObject *code_from(const char *path, const char *data, Py_ssize_t n)
{
    PyObject *code = PyMarshal_ReadObjectFromString(data, n);

    if (code != NULL && !PyCode_Check(code)) {
        PyErr_Format(PyExc_ImportError, "Non-code object in %.200s", path);
        Py_CLEAR(code);
    }
    return code;
}

PyObject *_PyImport_ReadCompiled(const char *path, PyObject *file)
{
    PyObject *bytes, *code;
    int error = 0;

    bytes = file != NULL ? _PyFile_ReadAll(file) : slurp(path, &error);
    if (bytes == NULL)
        return error ? _PyErr_SetFromErrnumWithFilename(PyExc_IOError, error, path) : NULL;
    if (PyString_GET_SIZE(bytes) < 4 ||
        get_le32(PyString_AS_STRING(bytes)) != (uint32_t)PyImport_GetMagicNumber()) {
        PyErr_Format(PyExc_ImportError, "Bad magic number in %.200s", path);
        code = NULL;
    } else {
        Py_ssize_t skip = Py_MIN(MAGIC_SIZE, PyString_GET_SIZE(bytes));

        code = code_from(path, PyString_AS_STRING(bytes) + skip, PyString_GET_SIZE(bytes) - skip);
    }
    Py_DECREF(bytes);
    return code;
}

/* Code read from a .pyc says where its source was; where that has moved the new place is put in. */
static void update_filenames(PyCodeObject *co, PyObject *old, PyObject *now)
{
    Py_ssize_t i;

    if (!_PyString_Eq(co->co_filename, old))
        return;
    Py_INCREF(now);
    Py_SETREF(co->co_filename, now);
    for (i = 0; i < PyTuple_GET_SIZE(co->co_consts); i++)
        if (PyCode_Check(PyTuple_GET_ITEM(co->co_consts, i)))
            update_filenames((PyCodeObject *)PyTuple_GET_ITEM(co->co_consts, i), old, now);
}

static int fix_filenames(PyCodeObject *co, const char *path)
{
    PyObject *old, *now;

    if (strcmp(PyString_AS_STRING(co->co_filename), path) == 0)
        return 0;
    now = PyString_FromString(path);
    if (now == NULL)
        return -1;
    old = co->co_filename;
    Py_INCREF(old);
    update_filenames(co, old, now);
    Py_DECREF(old);
    Py_DECREF(now);
    return 0;
}

static int write_bytes(int fd, const char *p, Py_ssize_t n)
{
    while (n > 0) {
        int64_t k = host_write(fd, p, (size_t)n);

        if (k == -4)
            continue;
        if (k <= 0)
            return -1;
        p += k;
        n -= k;
    }
    return 0;
}

/* Failure to write is no error: there is just no .pyc then. */
static void write_compiled(PyObject *code, const char *path, const host_stat_t *source)
{
    PyObject *data;
    char head[MAGIC_SIZE] = {0}, stamp[4];
    int fd, failed;

    data = PyMarshal_WriteObjectToString(code, Py_MARSHAL_VERSION);
    if (data == NULL) {
        PyErr_Clear();
        return;
    }
    host_unlink(path);
    fd = host_open(path, O_CREATE_NEW, source->mode & 0666);
    if (fd < 0) {
        if (Py_VerboseFlag)
            PySys_WriteStderr("# can't create %s\n", path);
        Py_DECREF(data);
        return;
    }
    put_le32(head, (uint32_t)PyImport_GetMagicNumber());
    put_le32(stamp, (uint32_t)(source->mtime_ns / 1000000000));
    /* the time goes in last: a file cut short is never taken for a good one */
    failed = write_bytes(fd, head, MAGIC_SIZE) < 0 ||
             write_bytes(fd, PyString_AS_STRING(data), PyString_GET_SIZE(data)) < 0 ||
             host_lseek(fd, 4, 0) < 0 || write_bytes(fd, stamp, 4) < 0;
    host_close(fd);
    if (failed) {
        host_unlink(path);
        if (Py_VerboseFlag)
            PySys_WriteStderr("# can't write %s\n", path);
    } else if (Py_VerboseFlag)
        PySys_WriteStderr("# wrote %s\n", path);
    Py_DECREF(data);
}

/* The code of a source file, from its .pyc if that fits; *ran_from gets the name for __file__. */
PyObject *_PyImport_LoadSourceCode(const char *path, PyObject *file, PyObject **ran_from)
{
    host_stat_t st;
    char compiled[MODULE_NAME_MAX + 80];
    size_t n = strlen(path);
    PyObject *code = NULL, *bytes;
    int error = 0;

    *ran_from = NULL;
    if (n + 2 > sizeof compiled) {
        PyErr_SetString(PyExc_ImportError, "path of source file is too long");
        return NULL;
    }
    if (file != NULL ? (error = host_fstat(PyFile_AsFd(file), &st)) < 0
                     : (error = host_stat(path, 1, &st)) < 0) {
        if (PyErr_Occurred())
            return NULL;
        return _PyErr_SetFromErrnumWithFilename(PyExc_IOError, -error, path);
    }
    memcpy(compiled, path, n);
    compiled[n] = Py_OptimizeFlag ? 'o' : 'c';
    compiled[n + 1] = '\0';
    bytes = slurp(compiled, &error);
    if (bytes == NULL)
        PyErr_Clear();
    if (bytes != NULL && PyString_GET_SIZE(bytes) >= MAGIC_SIZE &&
        get_le32(PyString_AS_STRING(bytes)) == (uint32_t)PyImport_GetMagicNumber() &&
        get_le32(PyString_AS_STRING(bytes) + 4) == (uint32_t)(st.mtime_ns / 1000000000)) {
        if (Py_VerboseFlag)
            PySys_WriteStderr("# %s matches %s\n", compiled, path);
        code = code_from(compiled, PyString_AS_STRING(bytes) + MAGIC_SIZE,
                         PyString_GET_SIZE(bytes) - MAGIC_SIZE);
        Py_DECREF(bytes);
        if (code == NULL)
            return NULL;
        if (fix_filenames((PyCodeObject *)code, path) < 0)
            goto fail;
        *ran_from = PyString_FromString(compiled);
        if (*ran_from == NULL)
            goto fail;
        return code;
    }
    Py_XDECREF(bytes);
    if (file != NULL) {
        Py_INCREF(file);
    } else {
        file = PyFile_FromString(path, "U");
        if (file == NULL)
            return NULL;
    }
    code = _PyRun_CompileFile(file, path, Py_file_input, NULL);
    Py_DECREF(file);
    if (code == NULL)
        return NULL;
    if (!Py_DontWriteBytecodeFlag) {
        PyObject *dont = PySys_GetObject("dont_write_bytecode");

        if (dont == NULL || PyObject_IsTrue(dont) == 0)
            write_compiled(code, compiled, &st);
        PyErr_Clear();
    }
    *ran_from = PyString_FromString(path);
    if (*ran_from != NULL)
        return code;
fail:
    Py_DECREF(code);
    return NULL;
}

/* -- Running the code of a module
 * -------------------------------------------------------------------------------- */

static void remove_module(const char *name)
{
    PyObject *modules = PyImport_GetModuleDict();

    if (modules != NULL && PyDict_GetItemString(modules, name) != NULL) {
        PyObject *t, *v, *tb;

        PyErr_Fetch(&t, &v, &tb);
        if (PyDict_DelItemString(modules, name) < 0)
            PyErr_Clear();
        PyErr_Restore(t, v, tb);
    }
}

/* The module has run: it may have replaced itself in sys.modules. */
static PyObject *exec_done(PyCont *c, PyObject *value)
{
    PyObject *m = NULL;
    const char *name = PyString_AS_STRING(c->a);

    if (value == NULL)
        remove_module(name);
    else {
        Py_DECREF(value);
        m = PyDict_GetItemString(PyImport_GetModuleDict(), name);
        if (m == NULL)
            PyErr_Format(PyExc_ImportError, "Loaded module %.200s not found in sys.modules", name);
        Py_XINCREF(m);
    }
    PyEval_ReleaseCont(c);
    return m;
}

PyObject *_PyImport_ExecCodeGoOn(const char *name, PyObject *code, const char *pathname)
{
    PyObject *m = PyImport_AddModule(name), *d, *file, *key;
    PyCont *c;

    if (m == NULL)
        return NULL;
    d = PyModule_GetDict(m);
    if (PyDict_GetItemString(d, "__builtins__") == NULL &&
        PyDict_SetItemString(d, "__builtins__", PyEval_GetBuiltins()) < 0)
        goto fail;
    if (pathname != NULL)
        file = PyString_FromString(pathname);
    else {
        file = ((PyCodeObject *)code)->co_filename;
        Py_INCREF(file);
    }
    if (file == NULL || PyDict_SetItemString(d, "__file__", file) < 0)
        PyErr_Clear();
    Py_XDECREF(file);
    key = PyString_FromString(name);
    c = key == NULL ? NULL : PyEval_PushCont(exec_done);
    if (c == NULL) {
        Py_XDECREF(key);
        goto fail;
    }
    c->a = key;
    Py_INCREF(m); /* while its code runs, whatever happens to sys.modules */
    c->b = m;
    return PyEval_Then(PyEval_EvalCodeGoOn((PyCodeObject *)code, d, d));
fail:
    remove_module(name);
    return NULL;
}

/* -- Kinds of modules
 * ------------------------------------------------------------------------------------------------
 */

static PyObject *load_source(const char *name, const char *path, PyObject *file)
{
    PyObject *from, *code = _PyImport_LoadSourceCode(path, file, &from), *answer;

    if (code == NULL)
        return NULL;
    if (Py_VerboseFlag) {
        if (strcmp(PyString_AS_STRING(from), path) == 0)
            PySys_WriteStderr("import %s # from %s\n", name, path);
        else
            PySys_WriteStderr("import %s # precompiled from %s\n", name, PyString_AS_STRING(from));
    }
    answer = _PyImport_ExecCodeGoOn(name, code, PyString_AS_STRING(from));
    Py_DECREF(from);
    Py_DECREF(code);
    return answer;
}

static PyObject *load_compiled(const char *name, const char *path, PyObject *file)
{
    PyObject *code = _PyImport_ReadCompiled(path, file), *answer;

    if (code == NULL)
        return NULL;
    if (Py_VerboseFlag)
        PySys_WriteStderr("import %s # precompiled from %s\n", name, path);
    answer = _PyImport_ExecCodeGoOn(name, code, path);
    Py_DECREF(code);
    return answer;
}

PyObject *_PyImport_LoadPackageGoOn(const char *name, const char *pathname)
{
    PyObject *m = PyImport_AddModule(name), *d, *file = NULL, *path = NULL, *answer = NULL;
    import_spec spec;

    if (m == NULL)
        return NULL;
    if (Py_VerboseFlag)
        PySys_WriteStderr("import %s # directory %s\n", name, pathname);
    d = PyModule_GetDict(m);
    file = PyString_FromString(pathname);
    path = file == NULL ? NULL : Py_BuildValue("[O]", file);
    if (path == NULL || PyDict_SetItemString(d, "__file__", file) < 0 ||
        PyDict_SetItemString(d, "__path__", path) < 0)
        goto done;
    if (_PyImport_Find(name, "__init__", path, 0, &spec) < 0) {
        if (PyErr_ExceptionMatches(PyExc_ImportError)) {
            PyErr_Clear();
            Py_INCREF(m);
            answer = m;
        }
        goto done;
    }
    answer = _PyImport_LoadGoOn(&spec, name);
    _PyImport_ReleaseSpec(&spec);
done:
    Py_XDECREF(path);
    Py_XDECREF(file);
    return answer;
}

/* A built-in module made before is made again from its saved dict. Borrowed. */
static PyObject *find_extension(const char *name)
{
    PyObject *saved = extensions == NULL ? NULL : PyDict_GetItemString(extensions, name), *m;

    if (saved == NULL)
        return NULL;
    m = PyImport_AddModule(name);
    if (m == NULL || PyDict_Update(PyModule_GetDict(m), saved) < 0)
        return NULL;
    if (Py_VerboseFlag)
        PySys_WriteStderr("import %s # previously loaded (%s)\n", name, name);
    return m;
}

static int save_extension(const char *name, PyObject *m)
{
    PyObject *copy;
    int status;

    if (extensions == NULL && (extensions = PyDict_New()) == NULL)
        return -1;
    copy = PyDict_Copy(PyModule_GetDict(m));
    if (copy == NULL)
        return -1;
    status = PyDict_SetItemString(extensions, name, copy);
    Py_DECREF(copy);
    return status;
}

PyObject *_PyImport_InitBuiltin(const char *name)
{
    const struct _inittab *p;
    PyObject *m = find_extension(name);

    if (m != NULL || PyErr_Occurred())
        return m;
    for (p = _PyImport_Inittab; p->name != NULL; p++) {
        if (strcmp(p->name, name) != 0)
            continue;
        if (p->initfunc == NULL) {
            PyErr_Format(PyExc_ImportError, "Cannot re-init internal module %.200s", name);
            return NULL;
        }
        if (Py_VerboseFlag)
            PySys_WriteStderr("import %s # builtin\n", name);
        p->initfunc();
        if (PyErr_Occurred())
            return NULL;
        m = PyDict_GetItemString(PyImport_GetModuleDict(), name);
        if (m == NULL) {
            PyErr_Format(PyExc_ImportError, "builtin module %.200s not properly initialized", name);
            return NULL;
        }
        return save_extension(name, m) < 0 ? NULL : m;
    }
    return NULL;
}

void _PyImport_ForgetExtensions(void)
{
    Py_CLEAR(extensions);
}

/* For modules main makes by hand (sys, __builtin__): keeps their dict like any other's. */
int _PyImport_SaveExtension(const char *name)
{
    PyObject *m = PyDict_GetItemString(PyImport_GetModuleDict(), name);

    return m == NULL ? -1 : save_extension(name, m);
}

PyObject *_PyImport_LoadFrozenGoOn(const char *name, int *found)
{
    int is_package;
    const char *source = _PyImport_FindFrozen(name, NULL, &is_package);
    PyObject *code, *answer = NULL;

    *found = source != NULL;
    if (source == NULL)
        return NULL;
    if (Py_VerboseFlag)
        PySys_WriteStderr("import %s # frozen%s\n", name, is_package ? " package" : "");
    code = Py_CompileStringFlags(source, "hello.py", Py_file_input, NULL);
    if (code == NULL)
        return NULL;
    if (is_package) { /* its __path__ is its name: find knows what that means */
        PyObject *m = PyImport_AddModule(name), *path = PyString_FromString(name);

        if (m == NULL || path == NULL ||
            PyDict_SetItemString(PyModule_GetDict(m), "__path__", path) < 0) {
            Py_XDECREF(path);
            Py_DECREF(code);
            return NULL;
        }
        Py_DECREF(path);
    }
    answer = _PyImport_ExecCodeGoOn(name, code, "<frozen>");
    Py_DECREF(code);
    return answer;
}

PyObject *_PyImport_LoadGoOn(import_spec *spec, const char *name)
{
    const char *path = spec->path == NULL ? "" : PyString_AS_STRING(spec->path);
    PyObject *answer, *load, *args;
    int found;

    switch (spec->type) {
    case PY_SOURCE:
        return load_source(name, path, spec->file);
    case PY_COMPILED:
        return load_compiled(name, path, spec->file);
    case PKG_DIRECTORY:
        return _PyImport_LoadPackageGoOn(name, path);
    case C_BUILTIN:
        answer = _PyImport_InitBuiltin(path[0] ? path : name);
        if (answer == NULL) {
            if (!PyErr_Occurred())
                PyErr_Format(PyExc_ImportError, "Purported builtin module %.200s not found", name);
            return NULL;
        }
        Py_INCREF(answer);
        return answer;
    case PY_FROZEN:
        answer = _PyImport_LoadFrozenGoOn(path[0] ? path : name, &found);
        if (!found)
            PyErr_Format(PyExc_ImportError, "Purported frozen module %.200s not found", name);
        return answer;
    case IMP_HOOK:
        load = PyObject_GetAttrString(spec->loader, "load_module");
        args = load == NULL ? NULL : Py_BuildValue("(s)", name);
        answer = args == NULL ? NULL : PyEval_CallGoOn(load, args, NULL);
        Py_XDECREF(load);
        Py_XDECREF(args);
        return answer;
    default:
        PyErr_Format(PyExc_ImportError, "Don't know how to import %.200s (type code %d)", name,
                     (int)spec->type);
        return NULL;
    }
}
