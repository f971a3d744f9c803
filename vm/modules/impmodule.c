/* SPDX-License-Identifier: MIT */
/* imp: the pieces of import for programs. */
#include "modules/import_private.h"
#include "host/host.h"
#include "modules/fileobject_private.h"

PyDoc_STRVAR(get_magic_doc, "get_magic() -> string. The magic number of .pyc files.");

static PyObject *imp_get_magic(PyObject *self, PyObject *noargs)
{
    py_long magic = PyImport_GetMagicNumber();
    char b[4] = {(char)magic, (char)(magic >> 8), (char)(magic >> 16), (char)(magic >> 24)};

    return PyString_FromStringAndSize(b, 4);
}

PyDoc_STRVAR(
    get_suffixes_doc,
    "get_suffixes() -> [(suffix, mode, type), ...]. The kinds of files find_module() looks for.");

static PyObject *imp_get_suffixes(PyObject *self, PyObject *noargs)
{
    /* Extension modules cannot be loaded, and import looks for none; programs that sort files by
     * their suffix know them all the same. */
    PyObject *list = Py_BuildValue("[(ssi)(ssi)]", ".so", "rb", (int)C_EXTENSION, "module.so", "rb",
                                   (int)C_EXTENSION);
    const import_suffix *s;

    for (s = _PyImport_Suffixes; list != NULL && s->suffix != NULL; s++) {
        PyObject *item =
            Py_BuildValue("ssi", s->type == PY_COMPILED && Py_OptimizeFlag ? ".pyo" : s->suffix,
                          s->mode, (int)s->type);

        if (item == NULL || PyList_Append(list, item) < 0)
            Py_CLEAR(list);
        Py_XDECREF(item);
    }
    return list;
}

PyDoc_STRVAR(find_module_doc, "find_module(name, [path]) -> (file, filename, (suffix, mode, "
                              "type))\n\nSearches for a module in a "
                              "list of directories, by default sys.path. The name holds no dots: "
                              "submodules are searched with "
                              "their package's __path__.");

static PyObject *imp_find_module(PyObject *self, PyObject *args)
{
    char *name;
    PyObject *path = NULL, *file, *result;
    const char *suffix;
    import_spec spec;

    if (!PyArg_ParseTuple(args, "s|O:find_module", &name, &path))
        return NULL;
    if (path == Py_None)
        path = NULL;
    if (_PyImport_Find(name, name, path, 0, &spec) < 0)
        return NULL;
    if (spec.type == PY_SOURCE || spec.type == PY_COMPILED) {
        file = PyFile_FromString(PyString_AS_STRING(spec.path), spec.suffix->mode);
        if (file == NULL) {
            _PyImport_ReleaseSpec(&spec);
            return NULL;
        }
    } else {
        Py_INCREF(Py_None);
        file = Py_None;
    }
    suffix = spec.suffix->suffix;
    if (spec.type == PY_COMPILED && Py_OptimizeFlag)
        suffix = ".pyo";
    result = Py_BuildValue("NO(ssi)", file,
                           spec.path != NULL && spec.type != C_BUILTIN ? spec.path
                           : spec.type == C_BUILTIN                    ? spec.path
                                                                       : Py_None,
                           suffix, spec.suffix->mode, (int)spec.type);
    _PyImport_ReleaseSpec(&spec);
    return result;
}

static PyObject *open_given(PyObject *file, const char *path, const char *mode)
{
    if (file == NULL || file == Py_None) {
        PyObject *opened = PyFile_FromString(path, mode[0] == 'U' ? "r" : mode);

        /* the error names no file here */
        if (opened == NULL && PyErr_ExceptionMatches(PyExc_IOError)) {
            PyObject *t, *v, *tb, *args;

            PyErr_Fetch(&t, &v, &tb);
            PyErr_NormalizeException(&t, &v, &tb);
            args = v == NULL ? NULL : PyObject_GetAttrString(v, "args");
            PyErr_Restore(t, v, tb);
            if (args != NULL)
                PyErr_SetObject(PyExc_IOError, args);
            Py_XDECREF(args);
        }
        return opened;
    }
    if (!PyFile_Check(file)) {
        PyErr_SetString(PyExc_ValueError, "bad/closed file object");
        return NULL;
    }
    if (((PyFileObject *)file)->f_fd < 0) {
        PyErr_SetString(PyExc_ValueError, "bad/closed file object");
        return NULL;
    }
    Py_INCREF(file);
    return file;
}

PyDoc_STRVAR(load_source_doc, "load_source(name, pathname[, file]) -> module");

static PyObject *imp_load_source(PyObject *self, PyObject *args)
{
    char *name, *path;
    PyObject *file = NULL, *answer;
    import_spec spec = {.type = PY_SOURCE};

    if (!PyArg_ParseTuple(args, "ss|O!:load_source", &name, &path, &PyFile_Type, &file))
        return NULL;
    spec.file = open_given(file, path, "r");
    if (spec.file == NULL)
        return NULL;
    spec.path = PyString_FromString(path);
    answer = spec.path == NULL ? NULL : _PyImport_LoadGoOn(&spec, name);
    _PyImport_ReleaseSpec(&spec);
    return answer;
}

PyDoc_STRVAR(load_compiled_doc, "load_compiled(name, pathname[, file]) -> module");

static PyObject *imp_load_compiled(PyObject *self, PyObject *args)
{
    char *name, *path;
    PyObject *file = NULL, *answer;
    import_spec spec = {.type = PY_COMPILED};

    if (!PyArg_ParseTuple(args, "ss|O!:load_compiled", &name, &path, &PyFile_Type, &file))
        return NULL;
    spec.file = open_given(file, path, "rb");
    if (spec.file == NULL)
        return NULL;
    spec.path = PyString_FromString(path);
    answer = spec.path == NULL ? NULL : _PyImport_LoadGoOn(&spec, name);
    _PyImport_ReleaseSpec(&spec);
    return answer;
}

PyDoc_STRVAR(load_module_doc, "load_module(name, file, filename, (suffix, mode, type)) -> "
                              "module\n\nLoads a module, given what "
                              "find_module() told. The name is the full one, dots included.");

static PyObject *imp_load_module(PyObject *self, PyObject *args)
{
    char *name, *suffix, *mode;
    PyObject *file, *path, *answer;
    int type;
    import_spec spec = {0};

    if (!PyArg_ParseTuple(args, "sOO(ssi):load_module", &name, &file, &path, &suffix, &mode, &type))
        return NULL;
    if (*mode != '\0' && (!(*mode == 'r' || *mode == 'U') || strchr(mode, '+') != NULL)) {
        PyErr_Format(PyExc_ValueError, "invalid file open mode %.200s", mode);
        return NULL;
    }
    if (path != Py_None && !PyString_Check(path)) {
        PyErr_Format(PyExc_TypeError, "load_module arg#3 should be a string, not %.200s",
                     Py_TYPE(path)->tp_name);
        return NULL;
    }
    if (file != Py_None) {
        if (!PyFile_Check(file)) {
            PyErr_SetString(PyExc_ValueError, "load_module arg#2 should be a file or None");
            return NULL;
        }
        if (PyFile_AsFd(file) < 0)
            return NULL;
        Py_INCREF(file);
        spec.file = file;
    }
    spec.type = (enum import_kind)type;
    if (spec.type == IMP_HOOK)
        spec.type = SEARCH_ERROR;
    if (path != Py_None) {
        Py_INCREF(path);
        spec.path = path;
    }
    if ((type == PY_SOURCE || type == PY_COMPILED) && spec.file == NULL) {
        PyErr_Format(PyExc_ValueError, "file object required for import (type code %d)", type);
        _PyImport_ReleaseSpec(&spec);
        return NULL;
    }
    answer = _PyImport_LoadGoOn(&spec, name);
    _PyImport_ReleaseSpec(&spec);
    return answer;
}

PyDoc_STRVAR(load_package_doc, "load_package(name, pathname) -> module");

static PyObject *imp_load_package(PyObject *self, PyObject *args)
{
    char *name, *path;

    if (!PyArg_ParseTuple(args, "ss:load_package", &name, &path))
        return NULL;
    return _PyImport_LoadPackageGoOn(name, path);
}

PyDoc_STRVAR(
    new_module_doc,
    "new_module(name) -> module. Makes an empty module; does not enter it in sys.modules.");

static PyObject *imp_new_module(PyObject *self, PyObject *args)
{
    char *name;

    if (!PyArg_ParseTuple(args, "s:new_module", &name))
        return NULL;
    return PyModule_New(name);
}

PyDoc_STRVAR(init_builtin_doc, "init_builtin(name) -> module or None");

static PyObject *imp_init_builtin(PyObject *self, PyObject *args)
{
    char *name;
    PyObject *m;

    if (!PyArg_ParseTuple(args, "s:init_builtin", &name))
        return NULL;
    m = _PyImport_InitBuiltin(name);
    if (m == NULL) {
        if (PyErr_Occurred())
            return NULL;
        Py_RETURN_NONE;
    }
    Py_INCREF(m);
    return m;
}

PyDoc_STRVAR(init_frozen_doc, "init_frozen(name) -> module or None");

static PyObject *imp_init_frozen(PyObject *self, PyObject *args)
{
    char *name;
    int found;
    PyObject *answer;

    if (!PyArg_ParseTuple(args, "s:init_frozen", &name))
        return NULL;
    answer = _PyImport_LoadFrozenGoOn(name, &found);
    if (!found)
        Py_RETURN_NONE;
    return answer;
}

static const char *frozen_or_error(PyObject *args, const char *format, int *is_package)
{
    char *name;
    const char *source;

    if (!PyArg_ParseTuple(args, format, &name))
        return NULL;
    source = _PyImport_FindFrozen(name, NULL, is_package);
    if (source == NULL)
        PyErr_Format(PyExc_ImportError, "No such frozen object named %.200s", name);
    return source;
}

PyDoc_STRVAR(get_frozen_object_doc, "get_frozen_object(name) -> code object of a frozen module");

static PyObject *imp_get_frozen_object(PyObject *self, PyObject *args)
{
    const char *source = frozen_or_error(args, "s:get_frozen_object", NULL);

    return source == NULL ? NULL : Py_CompileStringFlags(source, "hello.py", Py_file_input, NULL);
}

PyDoc_STRVAR(is_builtin_doc, "is_builtin(name) -> 1 if there is such a built-in module, -1 if it "
                             "cannot be made again, else 0");

static PyObject *imp_is_builtin(PyObject *self, PyObject *args)
{
    char *name;

    if (!PyArg_ParseTuple(args, "s:is_builtin", &name))
        return NULL;
    return PyInt_FromLong(_PyImport_IsBuiltin(name));
}

PyDoc_STRVAR(is_frozen_doc, "is_frozen(name) -> bool");

static PyObject *imp_is_frozen(PyObject *self, PyObject *args)
{
    char *name;

    if (!PyArg_ParseTuple(args, "s:is_frozen", &name))
        return NULL;
    return PyBool_FromLong(_PyImport_FindFrozen(name, NULL, NULL) != NULL);
}

PyDoc_STRVAR(lock_held_doc, "lock_held() -> bool. Whether an import is going on.");

static PyObject *imp_lock_held(PyObject *self, PyObject *noargs)
{
    return PyBool_FromLong(_PyImport_LockHeld());
}

PyDoc_STRVAR(
    acquire_lock_doc,
    "acquire_lock() -> None. Takes the import lock for the current thread, again if it has it.");

static PyObject *imp_acquire_lock(PyObject *self, PyObject *noargs);

static PyObject *acquire_again(PyCont *c, PyObject *value)
{
    if (value == NULL)
        return NULL;
    Py_DECREF(value);
    return imp_acquire_lock(NULL, NULL);
}

static PyObject *imp_acquire_lock(PyObject *self, PyObject *noargs)
{
    if (PyThread_TryOwnedLock(&_PyImport_Lock))
        Py_RETURN_NONE;
    return PyEval_PushCont(acquire_again) == NULL ? NULL
                                                  : PyEval_WaitInQueueGoOn(&_PyImport_Lock.queue);
}

PyDoc_STRVAR(release_lock_doc, "release_lock() -> None. Gives the import lock back.");

static PyObject *imp_release_lock(PyObject *self, PyObject *noargs)
{
    if (PyThread_ReleaseOwnedLock(&_PyImport_Lock) < 0) {
        PyErr_SetString(PyExc_RuntimeError, "not holding the import lock");
        return NULL;
    }
    Py_RETURN_NONE;
}

PyDoc_STRVAR(reload_doc, "reload(module) -> module\n\nReload the module. The module must have been "
                         "successfully imported before.");

static PyObject *imp_reload(PyObject *self, PyObject *m)
{
    return _PyImport_ReloadGoOn(m);
}

/* Why the dynamic linker refuses a file: there is none here, so every file, a sound one for being
 * of another machine. */
static const char *refusal(const char *path, char *room, size_t size)
{
    unsigned char head[64];
    host_stat_t st;
    int fd = host_open(path, 0, 0);

    if (fd < 0) {
        snprintf(room, size, "cannot open shared object file: %s", _Py_StrError(-fd));
        return room;
    }
    int64_t n = host_fstat(fd, &st) < 0 ? 0 : host_read(fd, head, sizeof head);
    host_close(fd);
    if (n < 0) {
        snprintf(room, size, "cannot read file data: %s", _Py_StrError((int)-n));
        return room;
    }
    if (n < (int64_t)sizeof head)
        return "file too short";
    return memcmp(head, "\177ELF", 4) != 0 ? "invalid ELF header"
                                           : "cannot open shared object file: wrong machine";
}

static PyObject *imp_load_dynamic(PyObject *self, PyObject *args)
{
    char *name, *path, why[200];
    PyObject *file = NULL;

    if (!PyArg_ParseTuple(args, "ss|O!:load_dynamic", &name, &path, &PyFile_Type, &file))
        return NULL;
    PyErr_Format(PyExc_ImportError, "%s%.200s: %s", strchr(path, '/') ? "" : "./", path,
                 refusal(path, why, sizeof why));
    return NULL;
}

PyDoc_STRVAR(imp_doc, "The pieces the import statement is made of.");

static PyMethodDef imp_methods[] = {
    {"find_module", imp_find_module, METH_VARARGS, find_module_doc},
    {"get_magic", imp_get_magic, METH_NOARGS, get_magic_doc},
    {"get_suffixes", imp_get_suffixes, METH_NOARGS, get_suffixes_doc},
    {"load_module", imp_load_module, METH_VARARGS | METH_RESUMABLE, load_module_doc},
    {"new_module", imp_new_module, METH_VARARGS, new_module_doc},
    {"lock_held", imp_lock_held, METH_NOARGS, lock_held_doc},
    {"acquire_lock", imp_acquire_lock, METH_NOARGS | METH_RESUMABLE, acquire_lock_doc},
    {"release_lock", imp_release_lock, METH_NOARGS, release_lock_doc},
    {"reload", imp_reload, METH_O | METH_RESUMABLE, reload_doc},
    {"get_frozen_object", imp_get_frozen_object, METH_VARARGS, get_frozen_object_doc},
    {"init_builtin", imp_init_builtin, METH_VARARGS, init_builtin_doc},
    {"init_frozen", imp_init_frozen, METH_VARARGS | METH_RESUMABLE, init_frozen_doc},
    {"is_builtin", imp_is_builtin, METH_VARARGS, is_builtin_doc},
    {"is_frozen", imp_is_frozen, METH_VARARGS, is_frozen_doc},
    {"load_dynamic", imp_load_dynamic, METH_VARARGS, NULL},
    {"load_compiled", imp_load_compiled, METH_VARARGS | METH_RESUMABLE, load_compiled_doc},
    {"load_package", imp_load_package, METH_VARARGS | METH_RESUMABLE, load_package_doc},
    {"load_source", imp_load_source, METH_VARARGS | METH_RESUMABLE, load_source_doc},
    {NULL, NULL, 0, NULL},
};

void initimp(void)
{
    static const struct {
        const char *name;
        int value;
    } constants[] = {
        {"SEARCH_ERROR", SEARCH_ERROR},
        {"PY_SOURCE", PY_SOURCE},
        {"PY_COMPILED", PY_COMPILED},
        {"C_EXTENSION", C_EXTENSION},
        {"PY_RESOURCE", PY_RESOURCE},
        {"PKG_DIRECTORY", PKG_DIRECTORY},
        {"C_BUILTIN", C_BUILTIN},
        {"PY_FROZEN", PY_FROZEN},
        {"PY_CODERESOURCE", PY_CODERESOURCE},
        {"IMP_HOOK", IMP_HOOK},
    };
    PyObject *m = Py_InitModule3("imp", imp_methods, imp_doc);
    size_t i;

    if (m == NULL)
        return;
    for (i = 0; i < sizeof constants / sizeof constants[0]; i++)
        PyModule_AddIntConstant(m, constants[i].name, constants[i].value);
    Py_INCREF(&PyNullImporter_Type);
    PyModule_AddObject(m, "NullImporter", (PyObject *)&PyNullImporter_Type);
}
