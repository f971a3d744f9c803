/* SPDX-License-Identifier: MIT */
/* _warnings: filtering and showing warnings, before and without the module warnings, and with it
 * through it. Invariant: once warnings.py is loaded its filters, onceregistry, defaultaction and
 * showwarning are what counts; a warning turned into an exception leaves no entry in the registry.
 */
#include "Python.h"

static PyObject *own_filters; /* list of (action, message regex, category, module regex, lineno) */
static PyObject *own_once_registry; /* dict */
static PyObject *own_default_action;

/* warnings.<attr> if that module is loaded: new reference, or NULL without an error. */
static PyObject *warnings_attr(const char *attr)
{
    PyObject *modules = PyImport_GetModuleDict();
    PyObject *module = modules == NULL ? NULL : PyDict_GetItemString(modules, "warnings");
    if (module == NULL || !PyModule_Check(module))
        return NULL;
    PyObject *v = PyDict_GetItemString(PyModule_GetDict(module), attr);
    Py_XINCREF(v);
    return v;
}

/* Takes over what warnings.py has: borrowed from the static. */
static PyObject *current(const char *attr, PyObject **own)
{
    PyObject *v = warnings_attr(attr);
    if (v != NULL)
        Py_XSETREF(*own, v);
    return *own;
}

/* -- Filters --------------------------------------------------------------------------------------
 */

/* Whether a filter's regex (or None) matches: 1, 0, -1. */
static int matches(PyObject *regex, PyObject *text)
{
    if (regex == Py_None)
        return 1;
    PyObject *res = PyObject_CallMethod(regex, "match", "O", text);
    if (res == NULL)
        return -1;
    int rc = PyObject_IsTrue(res);
    Py_DECREF(res);
    return rc;
}

static int filter_applies(PyObject *filter, PyObject *category, PyObject *text, py_long lineno,
                          PyObject *module)
{
    int rc = matches(PyTuple_GET_ITEM(filter, 1), text);
    if (rc > 0)
        rc = PyObject_IsSubclass(category, PyTuple_GET_ITEM(filter, 2));
    if (rc > 0)
        rc = matches(PyTuple_GET_ITEM(filter, 3), module);
    if (rc > 0) {
        py_long ln = PyInt_AsLong(PyTuple_GET_ITEM(filter, 4));
        if (ln == -1 && PyErr_Occurred())
            return -1;
        rc = ln == 0 || ln == lineno;
    }
    return rc;
}

/* The action for a warning: a str, new reference; *item is the filter, new reference or NULL for
 * the default. */
static PyObject *find_action(PyObject *category, PyObject *text, py_long lineno, PyObject *module,
                             PyObject **item)
{
    PyObject *filters = current("filters", &own_filters), *action;
    *item = NULL;
    if (!PyList_Check(filters)) {
        PyErr_SetString(PyExc_ValueError, "_warnings.filters must be a list");
        return NULL;
    }
    Py_INCREF(filters);
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(filters); i++) {
        PyObject *filter = PyList_GET_ITEM(filters, i);
        if (!PyTuple_Check(filter) || PyTuple_GET_SIZE(filter) != 5) {
            PyErr_Format(PyExc_ValueError, "_warnings.filters item %zd isn't a 5-tuple", i);
            Py_DECREF(filters);
            return NULL;
        }
        Py_INCREF(filter); /* a regex's match may change the list */
        int applies = filter_applies(filter, category, text, lineno, module);
        if (applies < 0) {
            Py_DECREF(filter);
            Py_DECREF(filters);
            return NULL;
        }
        if (applies) {
            *item = filter;
            Py_DECREF(filters);
            action = PyTuple_GET_ITEM(filter, 0);
            goto found;
        }
        Py_DECREF(filter);
    }
    Py_DECREF(filters);
    action = current("defaultaction", &own_default_action);
found:
    if (!PyString_Check(action)) {
        PyErr_Format(PyExc_TypeError, "action must be a string, not '%.200s'",
                     Py_TYPE(action)->tp_name);
        Py_CLEAR(*item);
        return NULL;
    }
    Py_INCREF(action);
    return action;
}

/* Whether the registry has the key with a true value; sets it when asked. 1, 0, -1. */
static int already_warned(PyObject *registry, PyObject *key, int set)
{
    PyObject *seen;
    if (key == NULL)
        return -1;
    seen = PyDict_GetItem(registry, key);
    if (seen != NULL) {
        int rc = PyObject_IsTrue(seen);
        if (rc != 0)
            return rc;
    }
    return set ? PyDict_SetItem(registry, key, Py_True) : 0;
}

static int seen_before(PyObject *registry, PyObject *key)
{
    int rc = already_warned(registry, key, 1);
    Py_XDECREF(key);
    return rc;
}

/* -- Showing --------------------------------------------------------------------------------------
 */

/* The plain form, for when warnings.py is not there. */
static void show_plainly(PyObject *filename, int lineno, PyObject *text, PyObject *category,
                         PyObject *sourceline)
{
    PyObject *err = PySys_GetObject("stderr");
    PyObject *name = PyObject_GetAttrString(category, "__name__"), *place = NULL;
    if (name == NULL || err == NULL)
        goto done;
    Py_INCREF(err);
    place = PyString_FromFormat(":%d: ", lineno);
    if (place != NULL) {
        PyFile_WriteObject(filename, err, Py_PRINT_RAW);
        PyFile_WriteObject(place, err, Py_PRINT_RAW);
        PyFile_WriteObject(name, err, Py_PRINT_RAW);
        PyFile_WriteString(": ", err);
        PyFile_WriteObject(text, err, Py_PRINT_RAW);
        PyFile_WriteString("\n", err);
        if (sourceline != NULL) {
            const char *s = PyString_AsString(sourceline);
            if (s != NULL) {
                while (*s == ' ' || *s == '\t' || *s == '\014')
                    s++;
                PyFile_WriteString("  ", err);
                PyFile_WriteString(s, err);
                PyFile_WriteString("\n", err);
            }
        } else if (PyString_Check(filename)) {
            _Py_DisplaySourceLine(err, PyString_AS_STRING(filename), lineno, 2);
        }
    }
    Py_DECREF(err);
done:
    Py_XDECREF(name);
    Py_XDECREF(place);
    PyErr_Clear();
}

static int show(PyObject *message, PyObject *text, PyObject *category, PyObject *filename,
                int lineno, PyObject *lineno_obj, PyObject *sourceline)
{
    PyObject *fn = warnings_attr("showwarning");
    if (fn == NULL) {
        show_plainly(filename, lineno, text, category, sourceline);
        return 0;
    }
    if (!PyMethod_Check(fn) && !PyFunction_Check(fn)) {
        PyErr_SetString(PyExc_TypeError,
                        "warnings.showwarning() must be set to a function or method");
        Py_DECREF(fn);
        return -1;
    }
    PyObject *res = PyObject_CallFunctionObjArgs(fn, message, category, filename, lineno_obj, NULL);
    Py_DECREF(fn);
    if (res == NULL)
        return -1;
    Py_DECREF(res);
    return 0;
}

/* -- Issuing --------------------------------------------------------------------------------------
 */

/* What the action says: 1 be silent, 0 show, -1 error. "error" is dealt with before. */
static int apply_action(const char *action, PyObject *registry, PyObject *key, PyObject *text,
                        PyObject *category, PyObject *item)
{
    if (strcmp(action, "always") == 0)
        return 0;
    if (registry != NULL && PyDict_SetItem(registry, key, Py_True) < 0)
        return -1;
    if (strcmp(action, "ignore") == 0)
        return 1;
    if (strcmp(action, "once") == 0) {
        PyObject *once = current("onceregistry", &own_once_registry);
        if (!PyDict_Check(once)) {
            PyErr_SetString(PyExc_TypeError, "warnings.onceregistry must be a dict");
            return -1;
        }
        return seen_before(once, PyTuple_Pack(2, text, category));
    }
    if (strcmp(action, "module") == 0) {
        if (registry == NULL)
            return 0;
        PyObject *zero = PyInt_FromLong(0);
        if (zero == NULL)
            return -1;
        int rc = seen_before(registry, PyTuple_Pack(3, text, category, zero));
        Py_DECREF(zero);
        return rc;
    }
    if (strcmp(action, "default") != 0) {
        PyObject *repr = PyObject_Repr(item != NULL ? item : Py_None);
        PyErr_Format(PyExc_RuntimeError, "Unrecognized action (%s) in warnings.filters:\n %s",
                     action, repr == NULL ? "???" : PyString_AS_STRING(repr));
        Py_XDECREF(repr);
        return -1;
    }
    return 0;
}

/* "dir/spam.py" is module "dir/spam". */
static PyObject *module_of_file(PyObject *filename)
{
    if (!PyString_Check(filename)) {
        Py_INCREF(filename);
        return filename;
    }
    const char *s = PyString_AS_STRING(filename);
    Py_ssize_t n = PyString_GET_SIZE(filename);
    if (n == 0)
        return PyString_FromString("<unknown>");
    if (n >= 3 && memcmp(s + n - 3, ".py", 3) == 0)
        n -= 3;
    return PyString_FromStringAndSize(s, n);
}

static int issue(PyObject *category, PyObject *message, PyObject *filename, int lineno,
                 PyObject *module, PyObject *registry, PyObject *sourceline)
{
    PyObject *text = NULL, *key = NULL, *lineno_obj = NULL, *action = NULL, *item = NULL;
    int result = -1, rc;
    if (registry == Py_None)
        registry = NULL;
    if (registry != NULL && !PyDict_Check(registry)) {
        PyErr_SetString(PyExc_TypeError, "'registry' must be a dict or None");
        return -1;
    }
    Py_INCREF(message);
    Py_XINCREF(module);
    if (module == NULL && (module = module_of_file(filename)) == NULL)
        goto done;
    rc = PyObject_IsInstance(message, PyExc_Warning);
    if (rc < 0)
        goto done;
    if (rc) {
        text = PyObject_Str(message);
        category = (PyObject *)Py_TYPE(message);
        if (text == NULL)
            goto done;
    } else {
        text = message;
        message = PyObject_CallFunctionObjArgs(category, text, NULL);
        if (message == NULL)
            goto done;
    }
    lineno_obj = PyInt_FromLong(lineno);
    if (lineno_obj == NULL || (key = PyTuple_Pack(3, text, category, lineno_obj)) == NULL)
        goto done;
    if (registry != NULL) {
        rc = already_warned(registry, key, 0);
        if (rc != 0) {
            result = rc < 0 ? -1 : 0;
            goto done;
        }
    }
    action = find_action(category, text, lineno, module, &item);
    if (action == NULL)
        goto done;
    if (strcmp(PyString_AS_STRING(action), "error") == 0) {
        PyErr_SetObject(category, message);
        goto done;
    }
    rc = apply_action(PyString_AS_STRING(action), registry, key, text, category, item);
    if (rc == 0)
        result = show(message, text, category, filename, lineno, lineno_obj, sourceline);
    else
        result = rc < 0 ? -1 : 0;
done:
    Py_XDECREF(message);
    Py_XDECREF(module);
    Py_XDECREF(text);
    Py_XDECREF(key);
    Py_XDECREF(lineno_obj);
    Py_XDECREF(action);
    Py_XDECREF(item);
    return result;
}

/* The file a module's code is from, as programs should see it: spam.pyc is spam.py. */
static PyObject *context_filename(PyObject *globals, PyObject *module)
{
    PyObject *filename = PyDict_GetItemString(globals, "__file__");
    if (filename != NULL && PyString_Check(filename)) {
        Py_ssize_t n = PyString_GET_SIZE(filename);
        const char *s = PyString_AS_STRING(filename);
        if (n >= 4 && s[n - 4] == '.' && (s[n - 3] | 0x20) == 'p' && (s[n - 2] | 0x20) == 'y' &&
            ((s[n - 1] | 0x20) == 'c' || (s[n - 1] | 0x20) == 'o'))
            n--;
        return PyString_FromStringAndSize(s, n);
    }
    if (PyString_Check(module) && strcmp(PyString_AS_STRING(module), "__main__") == 0) {
        PyObject *argv = PySys_GetObject("argv");
        if (argv != NULL && PyList_Check(argv) && PyList_GET_SIZE(argv) > 0) {
            filename = PyList_GET_ITEM(argv, 0);
            int is_true = PyObject_IsTrue(filename);
            if (is_true < 0)
                return NULL;
            if (is_true) {
                Py_INCREF(filename);
                return filename;
            }
        }
        return PyString_FromString("__main__");
    }
    Py_INCREF(module);
    return module;
}

static int warn_at_level(PyObject *message, PyObject *category, Py_ssize_t stack_level)
{
    PyFrameObject *f = PyThreadState_GET()->frame;
    PyObject *globals, *registry, *module = NULL, *filename = NULL;
    int lineno = 1, res = -1;
    while (--stack_level > 0 && f != NULL)
        f = f->f_back;
    if (f == NULL) {
        globals = PyThreadState_GET()->interp->sysdict;
        if (globals == NULL)
            return 0;
    } else {
        globals = f->f_globals;
        lineno = PyFrame_GetLineNumber(f);
    }
    Py_INCREF(globals);
    registry = PyDict_GetItemString(globals, "__warningregistry__");
    if (registry == NULL) {
        registry = PyDict_New();
        if (registry == NULL || PyDict_SetItemString(globals, "__warningregistry__", registry) < 0)
            goto done;
    } else {
        Py_INCREF(registry);
    }
    module = PyDict_GetItemString(globals, "__name__");
    if (module == NULL) {
        module = PyString_FromString("<string>");
        if (module == NULL)
            goto done;
    } else {
        Py_INCREF(module);
    }
    filename = context_filename(globals, module);
    if (filename != NULL)
        res = issue(category, message, filename, lineno, module, registry, NULL);
done:
    Py_DECREF(globals);
    Py_XDECREF(registry);
    Py_XDECREF(module);
    Py_XDECREF(filename);
    return res;
}

/* The category to use: borrowed, NULL on error. */
static PyObject *checked_category(PyObject *message, PyObject *category)
{
    int rc = PyObject_IsInstance(message, PyExc_Warning);
    if (rc < 0)
        return NULL;
    if (rc)
        category = (PyObject *)Py_TYPE(message);
    else if (category == NULL)
        category = PyExc_UserWarning;
    rc = PyObject_IsSubclass(category, PyExc_Warning);
    if (rc == 0)
        PyErr_SetString(PyExc_ValueError, "category is not a subclass of Warning");
    return rc > 0 ? category : NULL;
}

/* -- Python functions -----------------------------------------------------------------------------
 */

static PyObject *warnings_warn(PyObject *self, PyObject *args, PyObject *kwds)
{
    static char *kwlist[] = {"message", "category", "stacklevel", NULL};
    PyObject *message, *category = NULL;
    Py_ssize_t stack_level = 1;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O|On:warn", kwlist, &message, &category,
                                     &stack_level))
        return NULL;
    category = checked_category(message, category);
    if (category == NULL || warn_at_level(message, category, stack_level) < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* One line of a module's source by its __loader__: new reference; NULL with or without an error. */
static PyObject *line_from_loader(PyObject *module_globals, int lineno)
{
    PyObject *loader = PyDict_GetItemString(module_globals, "__loader__");
    PyObject *name = PyDict_GetItemString(module_globals, "__name__");
    if (loader == NULL || name == NULL || !PyObject_HasAttrString(loader, "get_source"))
        return NULL;
    PyObject *source = PyObject_CallMethod(loader, "get_source", "O", name);
    if (source == NULL)
        return NULL;
    if (source == Py_None) {
        Py_DECREF(source);
        return NULL;
    }
    PyObject *lines = PyObject_CallMethod(source, "splitlines", NULL);
    Py_DECREF(source);
    if (lines == NULL)
        return NULL;
    PyObject *line = NULL;
    if (PyList_Check(lines) && lineno >= 1 && lineno <= PyList_GET_SIZE(lines)) {
        line = PyList_GET_ITEM(lines, lineno - 1);
        Py_INCREF(line);
    }
    Py_DECREF(lines);
    return line;
}

static PyObject *warnings_warn_explicit(PyObject *self, PyObject *args, PyObject *kwds)
{
    static char *kwlist[] = {"message", "category", "filename",       "lineno",
                             "module",  "registry", "module_globals", NULL};
    PyObject *message, *category, *filename, *module = NULL, *registry = NULL,
                                             *module_globals = NULL, *line = NULL;
    int lineno;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "OOOi|OOO:warn_explicit", kwlist, &message,
                                     &category, &filename, &lineno, &module, &registry,
                                     &module_globals))
        return NULL;
    if (module_globals != NULL && PyDict_Check(module_globals)) {
        line = line_from_loader(module_globals, lineno);
        if (line == NULL && PyErr_Occurred())
            return NULL;
    }
    int res = issue(category, message, filename, lineno, module, registry, line);
    Py_XDECREF(line);
    if (res < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* -- C functions, reached by the hooks
 * -------------------------------------------------------------- */

static int hook_warn(PyObject *category, const char *text, Py_ssize_t stacklevel)
{
    if (own_filters == NULL || PyThreadState_GET() == NULL)
        return 0;
    PyObject *message = PyString_FromString(text);
    if (message == NULL)
        return -1;
    category = checked_category(message, category);
    int res = category == NULL ? -1 : warn_at_level(message, category, stacklevel);
    Py_DECREF(message);
    return res;
}

static int hook_warn_explicit(PyObject *category, PyObject *message, const char *filename_str,
                              int lineno, const char *module_str, PyObject *registry)
{
    PyObject *filename = PyString_FromString(filename_str), *module = NULL;
    int res = -1;
    if (filename == NULL)
        return -1;
    if (module_str == NULL || (module = PyString_FromString(module_str)) != NULL)
        res = issue(category, message, filename, lineno, module, registry, NULL);
    Py_DECREF(filename);
    Py_XDECREF(module);
    return res;
}

/* -- Start-up -------------------------------------------------------------------------------------
 */

static int add_filter(PyObject *list, PyObject *category, const char *action)
{
    PyObject *filter = Py_BuildValue("(sOOOi)", action, Py_None, category, Py_None, 0);
    if (filter == NULL)
        return -1;
    int err = PyList_Append(list, filter);
    Py_DECREF(filter);
    return err;
}

static PyObject *initial_filters(void)
{
    PyObject *list = PyList_New(0);
    if (list == NULL)
        return NULL;
    /* Under -3 and -Q deprecations are what was asked for. */
    if (!Py_Py3kWarningFlag && !Py_DivisionWarningFlag &&
        add_filter(list, PyExc_DeprecationWarning, "ignore") < 0)
        goto fail;
    if (add_filter(list, PyExc_PendingDeprecationWarning, "ignore") < 0 ||
        add_filter(list, PyExc_ImportWarning, "ignore") < 0 ||
        add_filter(list, PyExc_BytesWarning,
                   Py_BytesWarningFlag > 1   ? "error"
                   : Py_BytesWarningFlag > 0 ? "default"
                                             : "ignore") < 0)
        goto fail;
    return list;
fail:
    Py_DECREF(list);
    return NULL;
}

static PyMethodDef warnings_functions[] = {
    {"warn", PyCFunction_CAST(warnings_warn), METH_VARARGS | METH_KEYWORDS,
     "Issue a warning, or maybe ignore it or raise an exception."},
    {"warn_explicit", PyCFunction_CAST(warnings_warn_explicit), METH_VARARGS | METH_KEYWORDS,
     "Low-level inferface to warnings functionality."},
    {NULL, NULL, 0, NULL},
};

void init_warnings(void)
{
    PyObject *m = Py_InitModule3("_warnings", warnings_functions,
                                 "_warnings provides basic warning filtering support.\n"
                                 "It is a helper module to speed up interpreter start-up.");
    if (m == NULL)
        return;
    Py_XSETREF(own_filters, initial_filters());
    Py_XSETREF(own_once_registry, PyDict_New());
    Py_XSETREF(own_default_action, PyString_FromString("default"));
    if (own_filters == NULL || own_once_registry == NULL || own_default_action == NULL)
        return;
    Py_INCREF(own_filters);
    Py_INCREF(own_once_registry);
    Py_INCREF(own_default_action);
    if (PyModule_AddObject(m, "filters", own_filters) < 0 ||
        PyModule_AddObject(m, "once_registry", own_once_registry) < 0 ||
        PyModule_AddObject(m, "default_action", own_default_action) < 0)
        return;
    _PyHooks.warn = hook_warn;
    _PyHooks.warn_explicit = hook_warn_explicit;
}

void _PyWarnings_Init(void)
{
    init_warnings();
}
