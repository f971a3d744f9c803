/* SPDX-License-Identifier: MIT */
/* Import, first half: where is a module? sys.meta_path, built-in and frozen modules, then the
 * entries of the path, each through its importer (sys.path_hooks, cached in
 * sys.path_importer_cache) or, for a plain directory, by looking for a package, a source file or a
 * compiled one. Also imp.NullImporter. */
#include "modules/import_private.h"
#include "host/host.h"

const import_suffix _PyImport_Suffixes[] = {
    {".py", "U", PY_SOURCE},
    {".pyc", "rb", PY_COMPILED},
    {NULL, NULL, SEARCH_ERROR},
};

static const import_suffix no_suffix = {"", "", SEARCH_ERROR};

/* Frozen modules: source that needs no file. A negative size marks a package. */
static const struct {
    const char *name, *source;
    int is_package;
} frozen_modules[] = {
    {"__hello__", "print 'Hello world...'\n", 0},
    {"__phello__", "print 'Hello world...'\n", 1},
    {"__phello__.spam", "print 'Hello world...'\n", 0},
};

const char *_PyImport_FindFrozen(const char *name, Py_ssize_t *size, int *is_package)
{
    size_t i;

    for (i = 0; i < sizeof frozen_modules / sizeof frozen_modules[0]; i++)
        if (strcmp(frozen_modules[i].name, name) == 0) {
            if (size != NULL)
                *size = (Py_ssize_t)strlen(frozen_modules[i].source);
            if (is_package != NULL)
                *is_package = frozen_modules[i].is_package;
            return frozen_modules[i].source;
        }
    return NULL;
}

int _PyImport_IsBuiltin(const char *name)
{
    const struct _inittab *p;

    for (p = _PyImport_Inittab; p->name != NULL; p++)
        if (strcmp(p->name, name) == 0)
            return p->initfunc == NULL ? -1 : 1;
    return 0;
}

void _PyImport_ReleaseSpec(import_spec *spec)
{
    Py_CLEAR(spec->path);
    Py_CLEAR(spec->file);
    Py_CLEAR(spec->loader);
}

/* -- Importers of path entries
 * -------------------------------------------------------------------------------- */

/* The importer of a path entry: None for a plain directory. */
PyObject *_PyImport_GetImporter(PyObject *cache, PyObject *hooks, PyObject *item)
{
    PyObject *importer = PyDict_GetItem(cache, item);
    Py_ssize_t i, n;

    if (importer != NULL) {
        Py_INCREF(importer);
        return importer;
    }
    n = PyList_Size(hooks);
    if (n < 0)
        return NULL;
    if (PyDict_SetItem(cache, item, Py_None) < 0) /* in case a hook imports */
        return NULL;
    for (i = 0; i < n && i < PyList_GET_SIZE(hooks); i++) {
        PyObject *hook = PyList_GET_ITEM(hooks, i);

        Py_INCREF(hook);
        importer = PyObject_CallFunctionObjArgs(hook, item, NULL);
        Py_DECREF(hook);
        if (importer != NULL)
            break;
        if (!PyErr_ExceptionMatches(PyExc_ImportError))
            return NULL;
        PyErr_Clear();
    }
    if (importer == NULL) {
        importer = PyObject_CallFunctionObjArgs((PyObject *)&PyNullImporter_Type, item, NULL);
        if (importer == NULL && PyErr_ExceptionMatches(PyExc_ImportError)) {
            PyErr_Clear();
            Py_INCREF(Py_None);
            return Py_None;
        }
    }
    if (importer != NULL && PyDict_SetItem(cache, item, importer) < 0)
        Py_CLEAR(importer);
    return importer;
}

PyObject *PyImport_GetImporter(PyObject *item)
{
    PyObject *cache = PySys_GetObject("path_importer_cache"),
             *hooks = PySys_GetObject("path_hooks");

    if (cache == NULL || hooks == NULL || !PyDict_Check(cache) || !PyList_Check(hooks)) {
        Py_RETURN_NONE;
    }
    return _PyImport_GetImporter(cache, hooks, item);
}

/* A hook's answer to find_module: 1 with spec filled, 0 None, -1 error. */
static int ask_hook(PyObject *hook, const char *fullname, PyObject *path, import_spec *spec)
{
    PyObject *loader = path != NULL ? PyObject_CallMethod(hook, "find_module", "sO", fullname, path)
                                    : PyObject_CallMethod(hook, "find_module", "s", fullname);

    if (loader == NULL)
        return -1;
    if (loader == Py_None) {
        Py_DECREF(loader);
        return 0;
    }
    spec->type = IMP_HOOK;
    spec->loader = loader;
    return 1;
}

/* -- Plain directories
 * ----------------------------------------------------------------------------------------- */

static int kind_of(const char *path)
{
    host_stat_t st;

    if (host_stat(path, 1, &st) < 0)
        return 0;
    return (st.mode & 0170000) == 0040000 ? 2 : 1;
}

/* Looks in one directory: 1 found, 0 not, -1 error (a warning turned exception). */
static int look_in(const char *dir, Py_ssize_t dirlen, const char *name, import_spec *spec)
{
    char buf[MODULE_NAME_MAX + 64];
    size_t namelen = strlen(name), at = (size_t)dirlen;
    const import_suffix *s;

    if (dirlen + (Py_ssize_t)namelen + 16 >= (Py_ssize_t)sizeof buf)
        return 0;
    memcpy(buf, dir, at);
    if (at > 0 && buf[at - 1] != '/')
        buf[at++] = '/';
    memcpy(buf + at, name, namelen + 1);
    at += namelen;
    if (kind_of(buf) == 2) {
        const char *const inits[] = {"/__init__.py",
                                     Py_OptimizeFlag ? "/__init__.pyo" : "/__init__.pyc"};

        for (int i = 0; i < 2; i++) {
            memcpy(buf + at, inits[i], strlen(inits[i]) + 1);
            if (kind_of(buf) == 1) {
                buf[at] = '\0';
                spec->type = PKG_DIRECTORY;
                spec->path = PyString_FromString(buf);
                return spec->path == NULL ? -1 : 1;
            }
        }
        buf[at] = '\0';
        {
            char text[MODULE_NAME_MAX + 128];

            PyOS_snprintf(text, sizeof text, "Not importing directory '%s': missing __init__.py",
                          buf);
            if (PyErr_Warn(PyExc_ImportWarning, text) < 0)
                return -1;
        }
    }
    for (s = _PyImport_Suffixes; s->suffix != NULL; s++) {
        const char *suffix = s->type == PY_COMPILED && Py_OptimizeFlag ? ".pyo" : s->suffix;

        memcpy(buf + at, suffix, strlen(suffix) + 1);
        if (Py_VerboseFlag > 1)
            PySys_WriteStderr("# trying %s\n", buf);
        if (kind_of(buf) == 1) {
            spec->type = s->type;
            spec->suffix = s;
            spec->path = PyString_FromString(buf);
            return spec->path == NULL ? -1 : 1;
        }
    }
    return 0;
}

/* One entry of the path: 1 found, 0 not, -1 error. */
static int look_at_entry(PyObject *entry, const char *fullname, const char *subname, int use_hooks,
                         import_spec *spec)
{
    PyObject *encoded = NULL, *importer;
    int status = 0;

    if (PyUnicode_Check(entry)) {
        entry = encoded =
            PyUnicode_Encode(PyUnicode_AS_UNICODE(entry), PyUnicode_GET_SIZE(entry), "utf-8", NULL);
        if (encoded == NULL)
            return -1;
    } else if (PyString_Check(entry))
        Py_INCREF(entry), encoded = entry;
    else
        return 0;
    if (strlen(PyString_AS_STRING(entry)) != (size_t)PyString_GET_SIZE(entry))
        goto done; /* a name with NUL in it */
    if (use_hooks) {
        importer = PyImport_GetImporter(entry);
        if (importer == NULL) {
            status = -1;
            goto done;
        }
        if (importer != Py_None) {
            status = Py_TYPE(importer) == &PyNullImporter_Type
                         ? 0
                         : ask_hook(importer, fullname, NULL, spec);
            Py_DECREF(importer);
            goto done;
        }
        Py_DECREF(importer);
    }
    status = look_in(PyString_AS_STRING(entry), PyString_GET_SIZE(entry), subname, spec);
done:
    Py_DECREF(encoded);
    return status;
}

int _PyImport_Find(const char *fullname, const char *subname, PyObject *path, int use_hooks,
                   import_spec *spec)
{
    Py_ssize_t i;
    int status, is_package;

    memset(spec, 0, sizeof *spec);
    spec->suffix = &no_suffix;
    if (strlen(subname) > MODULE_NAME_MAX) {
        PyErr_SetString(PyExc_OverflowError, "module name is too long");
        return -1;
    }
    if (path != NULL && PyString_Check(path)) { /* inside a frozen package: frozen ones only */
        char buf[MODULE_NAME_MAX * 2 + 2];

        PyOS_snprintf(buf, sizeof buf, "%s.%s", PyString_AS_STRING(path), subname);
        if (_PyImport_FindFrozen(buf, NULL, &is_package) != NULL) {
            spec->type = PY_FROZEN;
            spec->path = PyString_FromString(buf);
            return spec->path == NULL ? -1 : 0;
        }
        PyErr_Format(PyExc_ImportError, "No frozen submodule named %.200s", buf);
        return -1;
    }
    if (use_hooks) {
        PyObject *meta = PySys_GetObject("meta_path");

        if (meta == NULL || !PyList_Check(meta)) {
            PyErr_SetString(PyExc_RuntimeError, "sys.meta_path must be a list of import hooks");
            return -1;
        }
        Py_INCREF(meta);
        for (i = 0; i < PyList_GET_SIZE(meta); i++) {
            PyObject *hook = PyList_GET_ITEM(meta, i);

            Py_INCREF(hook);
            status = ask_hook(hook, fullname, path != NULL ? path : Py_None, spec);
            Py_DECREF(hook);
            if (status != 0) {
                Py_DECREF(meta);
                return status < 0 ? -1 : 0;
            }
        }
        Py_DECREF(meta);
    }
    if (path == NULL) {
        if (_PyImport_IsBuiltin(subname)) {
            spec->type = C_BUILTIN;
            spec->path = PyString_FromString(subname);
            return spec->path == NULL ? -1 : 0;
        }
        if (_PyImport_FindFrozen(subname, NULL, NULL) != NULL) {
            spec->type = PY_FROZEN;
            spec->path = PyString_FromString(subname);
            return spec->path == NULL ? -1 : 0;
        }
        path = PySys_GetObject("path");
    }
    if (path == NULL || !PyList_Check(path)) {
        PyErr_SetString(PyExc_RuntimeError, "sys.path must be a list of directory names");
        return -1;
    }
    Py_INCREF(path);
    status = 0;
    for (i = 0; status == 0 && i < PyList_GET_SIZE(path); i++) {
        PyObject *entry = PyList_GET_ITEM(path, i);

        Py_INCREF(entry);
        status = look_at_entry(entry, fullname, subname, use_hooks, spec);
        Py_DECREF(entry);
    }
    Py_DECREF(path);
    if (status == 0)
        PyErr_Format(PyExc_ImportError, "No module named %.200s", subname);
    return status > 0 ? 0 : -1;
}

/* -- imp.NullImporter: what says no for an entry that is no directory
 * -------------------------------------------- */

typedef struct {
    PyObject_HEAD
} NullImporter;

static int nullimporter_init(PyObject *self, PyObject *args, PyObject *kw)
{
    char *path;

    if (!_PyArg_NoKeywords("NullImporter()", kw) ||
        !PyArg_ParseTuple(args, "s:NullImporter", &path))
        return -1;
    if (path[0] == '\0') {
        PyErr_SetString(PyExc_ImportError, "empty pathname");
        return -1;
    }
    if (kind_of(path) == 2) {
        PyErr_SetString(PyExc_ImportError, "existing directory");
        return -1;
    }
    return 0;
}

PyDoc_STRVAR(nullimporter_find_doc, "Always returns None.");

static PyObject *nullimporter_find_module(PyObject *self, PyObject *args)
{
    Py_RETURN_NONE;
}

static PyMethodDef nullimporter_methods[] = {
    {"find_module", nullimporter_find_module, METH_VARARGS, nullimporter_find_doc},
    {NULL, NULL, 0, NULL},
};

PyTypeObject PyNullImporter_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "imp.NullImporter",
    .tp_basicsize = (Py_ssize_t)sizeof(NullImporter),
    .tp_x64_basicsize = 16,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "Null importer object",
    .tp_methods = nullimporter_methods,
    .tp_init = nullimporter_init,
    .tp_new = PyType_GenericNew,
};
