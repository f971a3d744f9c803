/* SPDX-License-Identifier: MIT */
/* Import: what `import a.b.c`, `from a import b` and relative imports mean, as a machine of
 * continuations: each component is looked up in sys.modules, and only when it is not there found
 * and loaded, by code that the eval loop runs. Invariant: the import lock is held from the start of
 * an import until its last continuation has run. */
#include "modules/import_private.h"

PyThread_OwnedLock _PyImport_Lock;

int _PyImport_LockHeld(void)
{
    return _PyImport_Lock.depth > 0;
}

/* -- sys.modules
 * -----------------------------------------------------------------------------------------------
 */

struct _inittab *_PyImport_Inittab = NULL;

PyObject *PyImport_GetModuleDict(void)
{
    PyInterpreterState *interp = PyThreadState_GET()->interp;

    if (interp->modules == NULL)
        Py_FatalError("PyImport_GetModuleDict: no module dictionary!");
    return interp->modules;
}

PyObject *PyImport_AddModule(const char *name)
{
    PyObject *modules = PyImport_GetModuleDict(), *m = PyDict_GetItemString(modules, name);

    if (m != NULL && PyModule_Check(m))
        return m;
    m = PyModule_New(name);
    if (m == NULL)
        return NULL;
    if (PyDict_SetItemString(modules, name, m) < 0) {
        Py_DECREF(m);
        return NULL;
    }
    Py_DECREF(m);
    return m;
}

/* -- One component
 * ---------------------------------------------------------------------------------------------- */

/* a: the parent package or None, b: the submodule's own name. Hangs the module on its parent. */
static PyObject *submodule_loaded(PyCont *c, PyObject *m)
{
    if (m != NULL && c->a != Py_None && PyObject_SetAttr(c->a, c->b, m) < 0)
        Py_CLEAR(m);
    PyEval_ReleaseCont(c);
    return m;
}

/* The module, None when there is none of that name, or NULL. */
static PyObject *import_submodule(PyObject *parent, const char *subname, const char *fullname)
{
    PyObject *m = PyDict_GetItemString(PyImport_GetModuleDict(), fullname), *path = NULL, *name;
    import_spec spec;
    PyCont *c;

    if (m != NULL) {
        Py_INCREF(m);
        return m;
    }
    if (parent != Py_None) {
        path = PyObject_GetAttrString(parent, "__path__");
        if (path == NULL) {
            PyErr_Clear();
            Py_RETURN_NONE;
        }
    }
    if (_PyImport_Find(fullname, subname, path, 1, &spec) < 0) {
        Py_XDECREF(path);
        if (!PyErr_ExceptionMatches(PyExc_ImportError))
            return NULL;
        PyErr_Clear();
        Py_RETURN_NONE;
    }
    Py_XDECREF(path);
    name = PyString_InternFromString(subname);
    c = name == NULL ? NULL : PyEval_PushCont(submodule_loaded);
    if (c == NULL) {
        Py_XDECREF(name);
        _PyImport_ReleaseSpec(&spec);
        return NULL;
    }
    Py_INCREF(parent);
    c->a = parent;
    c->b = name;
    m = PyEval_Then(_PyImport_LoadGoOn(&spec, fullname));
    _PyImport_ReleaseSpec(&spec);
    return m;
}

/* -- The package an import is relative to
 * -------------------------------------------------------------------------- */

/* The parent package (borrowed) or None; its name in buf. NULL with an exception. */
static PyObject *get_parent(PyObject *globals, char *buf, int level)
{
    PyObject *package, *name, *parent;
    int original_level = level;
    char *dot;

    buf[0] = '\0';
    if (globals == NULL || !PyDict_Check(globals) || level == 0)
        return Py_None;
    package = PyDict_GetItemString(globals, "__package__");
    if (package != NULL && package != Py_None) {
        if (!PyString_Check(package)) {
            PyErr_SetString(PyExc_ValueError, "__package__ set to non-string");
            return NULL;
        }
        if (PyString_GET_SIZE(package) == 0) {
            if (level > 0) {
                PyErr_SetString(PyExc_ValueError, "Attempted relative import in non-package");
                return NULL;
            }
            return Py_None;
        }
        name = package;
    } else {
        int is_package = PyDict_GetItemString(globals, "__path__") != NULL;

        name = PyDict_GetItemString(globals, "__name__");
        if (name == NULL || !PyString_Check(name))
            return Py_None;
        if (!is_package) {
            const char *s = PyString_AS_STRING(name), *last = strrchr(s, '.');

            if (last == NULL) {
                if (level > 0) {
                    PyErr_SetString(PyExc_ValueError, "Attempted relative import in non-package");
                    return NULL;
                }
                return PyDict_SetItemString(globals, "__package__", Py_None) < 0 ? NULL : Py_None;
            }
            package = PyString_FromStringAndSize(s, last - s);
        } else {
            Py_INCREF(name);
            package = name;
        }
        if (package == NULL)
            return NULL;
        if (PyDict_SetItemString(globals, "__package__", package) < 0) {
            Py_DECREF(package);
            return NULL;
        }
        Py_DECREF(package); /* globals has it */
        name = package;
    }
    if (PyString_GET_SIZE(name) > MODULE_NAME_MAX) {
        PyErr_SetString(PyExc_ValueError, "Package name too long");
        return NULL;
    }
    memcpy(buf, PyString_AS_STRING(name), (size_t)PyString_GET_SIZE(name) + 1);
    while (--level > 0) {
        dot = strrchr(buf, '.');
        if (dot == NULL) {
            PyErr_SetString(PyExc_ValueError, "Attempted relative import beyond toplevel package");
            return NULL;
        }
        *dot = '\0';
    }
    parent = PyDict_GetItemString(PyImport_GetModuleDict(), buf);
    if (parent == NULL) {
        if (original_level < 1) {
            PyObject *text = PyString_FromFormat(
                "Parent module '%.200s' not found while handling absolute import", buf);
            int status =
                text == NULL ? -1 : PyErr_WarnEx(PyExc_RuntimeWarning, PyString_AS_STRING(text), 1);

            Py_XDECREF(text);
            return status < 0 ? NULL : Py_None;
        }
        PyErr_Format(PyExc_SystemError,
                     "Parent module '%.200s' not loaded, cannot perform relative import", buf);
        return NULL;
    }
    return parent;
}

/* -- from package import names
 * ------------------------------------------------------------------------------------------ */

static PyObject *from_step(PyCont *c, PyObject *value);

/* Goes through the names of c->b from index c->n on and imports those the package c->a lacks; c->c
 * is the package's full name, c->d non-NULL when the names come from its __all__. Answers the
 * package. */
static PyObject *from_names(PyCont *c)
{
    PyObject *result = NULL;

    for (;; c->n++) {
        PyObject *item = PySequence_GetItem(c->b, c->n), *all;
        char full[2 * MODULE_NAME_MAX + 2];
        PyCont *next;
        int has;

        if (item == NULL) {
            if (PyErr_ExceptionMatches(PyExc_IndexError)) {
                PyErr_Clear();
                result = c->a;
                Py_INCREF(result);
            }
            break;
        }
        if (!PyString_Check(item)) {
            PyErr_Format(PyExc_TypeError, "Item in ``from list'' must be str, not %.200s",
                         Py_TYPE(item)->tp_name);
            Py_DECREF(item);
            break;
        }
        if (PyString_AS_STRING(item)[0] == '*') {
            Py_DECREF(item);
            if (c->d != NULL)
                continue;
            all = PyObject_GetAttrString(c->a, "__all__");
            if (all == NULL) {
                PyErr_Clear();
                continue;
            }
            next = PyEval_PushCont(from_step);
            if (next == NULL) {
                Py_DECREF(all);
                break;
            }
            *next = *c;
            next->fn = from_step;
            next->n++;
            {
                PyCont inner = {.a = c->a, .b = all, .c = c->c, .d = Py_True};

                Py_INCREF(inner.a);
                Py_INCREF(inner.c);
                Py_INCREF(inner.d);
                return PyEval_Then(from_names(&inner));
            }
        }
        has = PyObject_HasAttr(c->a, item);
        if (!has &&
            PyString_GET_SIZE(c->c) + PyString_GET_SIZE(item) + 2 > (Py_ssize_t)sizeof full) {
            PyErr_SetString(PyExc_ValueError, "Module name too long");
            Py_DECREF(item);
            break;
        }
        if (!has) {
            PyOS_snprintf(full, sizeof full, "%s.%s", PyString_AS_STRING(c->c),
                          PyString_AS_STRING(item));
            next = PyEval_PushCont(from_step);
            if (next == NULL) {
                Py_DECREF(item);
                break;
            }
            *next = *c;
            next->fn = from_step;
            next->n++;
            result = PyEval_Then(import_submodule(c->a, PyString_AS_STRING(item), full));
            Py_DECREF(item);
            return result;
        }
        Py_DECREF(item);
    }
    PyEval_ReleaseCont(c);
    return result;
}

static PyObject *from_step(PyCont *c, PyObject *value)
{
    if (value == NULL) {
        PyEval_ReleaseCont(c);
        return NULL;
    }
    Py_DECREF(value);
    return from_names(c);
}

/* -- The dotted name
 * -------------------------------------------------------------------------------------------------
 */

/* What is awaited. For the first component of an implicit relative import the relative name is
 * tried first. */
enum { AWAIT_RELATIVE = 1, AWAIT_FIRST, AWAIT_NEXT };

/* State: a the module so far (None at the top level), b the first module or NULL, c a tuple (whole
 * name, fromlist or None), d the full name of a; n: offset of the next component in the name * 4 +
 * awaited. */
static PyObject *walk_name(PyCont *c);

static PyObject *name_step(PyCont *c, PyObject *value);

static PyObject *fail_name(PyCont *c)
{
    PyEval_ReleaseCont(c);
    return NULL;
}

/* The module of the component that ended at offset `end` has come. */
static PyObject *take_component(PyCont *c, PyObject *m, Py_ssize_t begin, Py_ssize_t end,
                                int awaited)
{
    const char *name = PyString_AS_STRING(PyTuple_GET_ITEM(c->c, 0));
    PyObject *full, *first_full = NULL;

    if (m == Py_None && awaited == AWAIT_RELATIVE) { /* now as a top-level module */
        PyObject *component = PyString_FromStringAndSize(name + begin, end - begin), *answer;
        PyCont *next;

        Py_DECREF(m);
        next = component == NULL ? NULL : PyEval_PushCont(name_step);
        if (next == NULL) {
            Py_XDECREF(component);
            return fail_name(c);
        }
        *next = *c;
        next->fn = name_step;
        next->n = (begin << 2) | AWAIT_FIRST;
        answer = PyEval_Then(import_submodule(Py_None, PyString_AS_STRING(component),
                                              PyString_AS_STRING(component)));
        Py_DECREF(component);
        return answer;
    }
    if (m == Py_None) {
        Py_DECREF(m);
        PyErr_Format(PyExc_ImportError, "No module named %.200s", name + begin);
        return fail_name(c);
    }
    full = PyString_FromStringAndSize(name + begin, end - begin);
    if (full == NULL) {
        Py_DECREF(m);
        return fail_name(c);
    }
    if (awaited == AWAIT_FIRST && PyString_GET_SIZE(c->d) > 0) {
        /* found as top-level where relative was tried first: that the relative one is missing is
         * remembered */
        first_full =
            PyString_FromFormat("%s.%s", PyString_AS_STRING(c->d), PyString_AS_STRING(full));
        if (first_full == NULL ||
            PyDict_SetItem(PyImport_GetModuleDict(), first_full, Py_None) < 0) {
            Py_XDECREF(first_full);
            Py_DECREF(full);
            Py_DECREF(m);
            return fail_name(c);
        }
        Py_DECREF(first_full);
    } else if (awaited != AWAIT_FIRST && PyString_GET_SIZE(c->d) > 0) {
        Py_SETREF(full,
                  PyString_FromFormat("%s.%s", PyString_AS_STRING(c->d), PyString_AS_STRING(full)));
        if (full == NULL) {
            Py_DECREF(m);
            return fail_name(c);
        }
    }
    Py_SETREF(c->d, full);
    Py_SETREF(c->a, m);
    if (c->b == NULL) {
        Py_INCREF(m);
        c->b = m;
    }
    c->n = ((name[end] == '.' ? end + 1 : end) << 2) | AWAIT_NEXT;
    return NULL;
}

static Py_ssize_t component_end(const char *name, Py_ssize_t begin)
{
    const char *dot = strchr(name + begin, '.');

    return dot == NULL ? (Py_ssize_t)strlen(name) : dot - name;
}

static PyObject *walk_name(PyCont *c)
{
    PyObject *modules = PyImport_GetModuleDict(), *fromlist, *result;
    const char *name = PyString_AS_STRING(PyTuple_GET_ITEM(c->c, 0));

    while (name[c->n >> 2] != '\0') {
        Py_ssize_t begin = (Py_ssize_t)(c->n >> 2), end = component_end(name, begin);
        int awaited = (int)(c->n & 3);
        char full[2 * MODULE_NAME_MAX + 2], sub[MODULE_NAME_MAX + 1];
        PyObject *m, *answer;
        PyCont *next;

        if (end == begin) {
            PyErr_SetString(PyExc_ValueError, "Empty module name");
            return fail_name(c);
        }
        if (end - begin > MODULE_NAME_MAX || PyString_GET_SIZE(c->d) > MODULE_NAME_MAX) {
            PyErr_SetString(PyExc_ValueError, "Module name too long");
            return fail_name(c);
        }
        memcpy(sub, name + begin, (size_t)(end - begin));
        sub[end - begin] = '\0';
        if (c->a != Py_None && PyString_GET_SIZE(c->d) > 0)
            PyOS_snprintf(full, sizeof full, "%s.%s", PyString_AS_STRING(c->d), sub);
        else
            strcpy(full, sub);
        m = PyDict_GetItemString(modules, full);
        if (m != NULL && !(m == Py_None && awaited == AWAIT_RELATIVE)) {
            Py_INCREF(m);
            answer = take_component(c, m, begin, end, awaited);
            if (answer != NULL || PyErr_Occurred())
                return answer;
            continue;
        }
        if (m != NULL) { /* known not to be relative: is the top-level one there? */
            m = PyDict_GetItemString(modules, sub);
            if (m != NULL) {
                Py_INCREF(m);
                answer = take_component(c, m, begin, end, AWAIT_FIRST);
                if (answer != NULL || PyErr_Occurred())
                    return answer;
                continue;
            }
            Py_INCREF(Py_None);
            return take_component(c, Py_None, begin, end, AWAIT_RELATIVE);
        }
        next = PyEval_PushCont(name_step);
        if (next == NULL)
            return fail_name(c);
        *next = *c;
        next->fn = name_step;
        return PyEval_Then(import_submodule(c->a, sub, full));
    }
    fromlist = PyTuple_GET_ITEM(c->c, 1);
    if (fromlist == Py_None) {
        result = c->b != NULL ? c->b : c->a;
        Py_INCREF(result);
    } else if (!PyObject_HasAttrString(c->a, "__path__")) {
        result = c->a;
        Py_INCREF(result);
    } else {
        PyCont s = {.a = c->a, .b = fromlist, .c = c->d};

        Py_INCREF(s.a);
        Py_INCREF(s.b);
        Py_INCREF(s.c);
        PyEval_ReleaseCont(c);
        return from_names(&s);
    }
    PyEval_ReleaseCont(c);
    return result;
}

static PyObject *name_step(PyCont *c, PyObject *value)
{
    const char *name = PyString_AS_STRING(PyTuple_GET_ITEM(c->c, 0));
    Py_ssize_t begin = (Py_ssize_t)(c->n >> 2);
    PyObject *answer;

    if (value == NULL)
        return fail_name(c);
    answer = take_component(c, value, begin, component_end(name, begin), (int)(c->n & 3));
    if (answer != NULL || PyErr_Occurred())
        return answer;
    return walk_name(c);
}

static PyObject *import_done(PyCont *c, PyObject *value)
{
    PyEval_ReleaseCont(c);
    PyThread_ReleaseOwnedLock(&_PyImport_Lock);
    return value;
}

static PyObject *import_begin(PyCont *s);

static PyObject *import_waited(PyCont *c, PyObject *value)
{
    if (value == NULL) {
        PyEval_ReleaseCont(c);
        return NULL;
    }
    Py_DECREF(value);
    return import_begin(c);
}

/* Takes the import lock and walks the name; *s as walk_name wants it, its references are taken. */
static PyObject *import_begin(PyCont *s)
{
    PyObject *answer;
    PyCont *c;

    if (!PyThread_TryOwnedLock(&_PyImport_Lock)) {
        c = PyEval_PushCont(import_waited);
        if (c == NULL) {
            PyEval_ReleaseCont(s);
            return NULL;
        }
        c->a = s->a;
        c->b = s->b;
        c->c = s->c;
        c->d = s->d;
        c->n = s->n;
        return PyEval_WaitInQueueGoOn(&_PyImport_Lock.queue);
    }
    if (PyEval_PushCont(import_done) == NULL) {
        PyThread_ReleaseOwnedLock(&_PyImport_Lock);
        PyEval_ReleaseCont(s);
        return NULL;
    }
    answer = walk_name(s);
    if (answer != Py_GoOn) { /* nothing was left pending: take the continuation back */
        PyThreadState_GET()->cont_top--;
        PyThread_ReleaseOwnedLock(&_PyImport_Lock);
    }
    return answer;
}

PyObject *_PyImport_ImportLevelGoOn(const char *name, PyObject *globals, PyObject *fromlist,
                                    int level)
{
    char package[MODULE_NAME_MAX + 1];
    PyObject *parent = get_parent(globals, package, level);
    PyCont s = {0};
    int truth;

    if (parent == NULL)
        return NULL;
    if (strlen(name) > MODULE_NAME_MAX) {
        PyErr_SetString(PyExc_ValueError, "Module name too long");
        return NULL;
    }
    if (strchr(name, '/') != NULL) {
        PyErr_SetString(PyExc_ImportError, "Import by filename is not supported.");
        return NULL;
    }
    if (name[0] == '\0' && (parent == Py_None || level <= 0)) {
        PyErr_SetString(PyExc_ValueError, "Empty module name");
        return NULL;
    }
    if (fromlist != NULL) {
        truth = fromlist == Py_None ? 0 : PyObject_IsTrue(fromlist);
        if (truth < 0)
            return NULL;
        if (!truth)
            fromlist = NULL;
    }
    s.d = PyString_FromString(parent == Py_None ? "" : package);
    s.c = Py_BuildValue("(sO)", name, fromlist ? fromlist : Py_None);
    if (s.c == NULL || s.d == NULL) {
        PyEval_ReleaseCont(&s);
        return NULL;
    }
    Py_INCREF(parent);
    s.a = parent;
    s.n = parent == Py_None ? AWAIT_NEXT : level < 0 ? AWAIT_RELATIVE : AWAIT_NEXT;
    return import_begin(&s);
}

/* -- reload
 * --------------------------------------------------------------------------------------------------------------
 */

/* a: the module, b: its name */
static PyObject *reload_done(PyCont *c, PyObject *value)
{
    PyObject *reloading = PyThreadState_GET()->interp->modules_reloading;

    if (reloading != NULL) {
        PyObject *t, *v, *tb;

        PyErr_Fetch(&t, &v, &tb);
        if (PyDict_GetItem(reloading, c->b) != NULL && PyDict_DelItem(reloading, c->b) < 0)
            PyErr_Clear();
        if (value == NULL && PyDict_SetItem(PyImport_GetModuleDict(), c->b, c->a) < 0)
            PyErr_Clear(); /* a module that failed to load again stays what it was */
        PyErr_Restore(t, v, tb);
    }
    PyEval_ReleaseCont(c);
    return value;
}

PyObject *_PyImport_ReloadGoOn(PyObject *m)
{
    PyInterpreterState *interp = PyThreadState_GET()->interp;
    PyObject *modules = PyImport_GetModuleDict(), *known, *path = NULL, *key = NULL, *answer = NULL;
    char *name, *dot;
    const char *sub;
    import_spec spec;
    PyCont *c;

    if (interp->modules_reloading == NULL && (interp->modules_reloading = PyDict_New()) == NULL)
        return NULL;
    if (m == NULL || !PyModule_Check(m)) {
        PyErr_SetString(PyExc_TypeError, "reload() argument must be module");
        return NULL;
    }
    name = PyModule_GetName(m);
    if (name == NULL)
        return NULL;
    if (PyDict_GetItemString(modules, name) != m) {
        PyErr_Format(PyExc_ImportError, "reload(): module %.200s not in sys.modules", name);
        return NULL;
    }
    known = PyDict_GetItemString(interp->modules_reloading, name);
    if (known != NULL) {
        Py_INCREF(known);
        return known;
    }
    if (PyDict_SetItemString(interp->modules_reloading, name, m) < 0)
        return NULL;
    dot = strrchr(name, '.');
    sub = dot == NULL ? name : dot + 1;
    if (dot != NULL) {
        PyObject *parent_name = PyString_FromStringAndSize(name, dot - name), *parent;

        if (parent_name == NULL)
            goto fail;
        parent = PyDict_GetItem(modules, parent_name);
        if (parent == NULL) {
            PyErr_Format(PyExc_ImportError, "reload(): parent %.200s not in sys.modules",
                         PyString_AS_STRING(parent_name));
            Py_DECREF(parent_name);
            goto fail;
        }
        Py_DECREF(parent_name);
        path = PyObject_GetAttrString(parent, "__path__");
        if (path == NULL)
            PyErr_Clear();
    }
    if (_PyImport_Find(name, sub, path, 1, &spec) < 0) {
        Py_XDECREF(path);
        goto fail;
    }
    Py_XDECREF(path);
    key = PyString_FromString(name);
    c = key == NULL ? NULL : PyEval_PushCont(reload_done);
    if (c == NULL) {
        Py_XDECREF(key);
        _PyImport_ReleaseSpec(&spec);
        goto fail;
    }
    Py_INCREF(m);
    c->a = m;
    c->b = key;
    answer = PyEval_Then(_PyImport_LoadGoOn(&spec, PyString_AS_STRING(key)));
    _PyImport_ReleaseSpec(&spec);
    return answer;
fail:
    if (PyDict_GetItemString(interp->modules_reloading, name) != NULL) {
        PyObject *t, *v, *tb;

        PyErr_Fetch(&t, &v, &tb);
        if (PyDict_DelItemString(interp->modules_reloading, name) < 0)
            PyErr_Clear();
        PyErr_Restore(t, v, tb);
    }
    return NULL;
}

/* -- The C API, nested
 * --------------------------------------------------------------------------------------------------
 */

PyObject *PyImport_ImportModuleLevel(char *name, PyObject *globals, PyObject *locals,
                                     PyObject *fromlist, int level)
{
    int32_t mark = _PyEval_EnterNested();

    if (mark < 0)
        return NULL;
    return _PyEval_FinishNested(mark, _PyImport_ImportLevelGoOn(name, globals, fromlist, level));
}

PyObject *PyImport_ReloadModule(PyObject *m)
{
    int32_t mark = _PyEval_EnterNested();

    if (mark < 0)
        return NULL;
    return _PyEval_FinishNested(mark, _PyImport_ReloadGoOn(m));
}

PyObject *PyImport_ExecCodeModuleEx(char *name, PyObject *co, char *pathname)
{
    int32_t mark = _PyEval_EnterNested();

    if (mark < 0)
        return NULL;
    return _PyEval_FinishNested(mark, _PyImport_ExecCodeGoOn(name, co, pathname));
}

PyObject *PyImport_ExecCodeModule(char *name, PyObject *co)
{
    return PyImport_ExecCodeModuleEx(name, co, NULL);
}

/* Through the __import__ of the current builtins, so that a replaced one is honoured. */
PyObject *PyImport_Import(PyObject *name)
{
    PyObject *globals = PyEval_GetGlobals(), *builtins = NULL, *import = NULL, *fromlist,
             *answer = NULL, *made = NULL;

    fromlist = Py_BuildValue("[s]", "__doc__");
    if (fromlist == NULL)
        return NULL;
    if (globals != NULL) {
        Py_INCREF(globals);
        builtins = PyDict_GetItemString(globals, "__builtins__");
        Py_XINCREF(builtins);
    }
    if (builtins == NULL) {
        Py_XDECREF(globals);
        builtins = PyImport_ImportModuleLevel("__builtin__", NULL, NULL, NULL, 0);
        globals = made = builtins == NULL ? NULL : Py_BuildValue("{OO}", Py_None, Py_None);
        if (globals == NULL)
            goto done;
        PyDict_Clear(globals);
        if (PyDict_SetItemString(globals, "__builtins__", builtins) < 0)
            goto done;
    }
    if (PyDict_Check(builtins)) {
        import = PyDict_GetItemString(builtins, "__import__");
        if (import == NULL)
            PyErr_SetString(PyExc_KeyError, "__import__");
        Py_XINCREF(import);
    } else
        import = PyObject_GetAttrString(builtins, "__import__");
    if (import == NULL)
        goto done;
    answer = PyObject_CallFunction(import, "OOOOi", name, globals, globals, fromlist, 0);
    if (answer != NULL &&
        PyString_Check(name)) { /* with a hook the answer may be the head: ask sys.modules */
        PyObject *m = PyDict_GetItem(PyImport_GetModuleDict(), name);

        if (m != NULL) {
            Py_INCREF(m);
            Py_SETREF(answer, m);
        }
    }
done:
    Py_XDECREF(globals);
    Py_XDECREF(builtins);
    Py_XDECREF(import);
    Py_DECREF(fromlist);
    return answer;
}

PyObject *PyImport_ImportModule(const char *name)
{
    PyObject *s = PyString_FromString(name), *m;

    if (s == NULL)
        return NULL;
    m = PyImport_Import(s);
    Py_DECREF(s);
    return m;
}

PyObject *PyImport_ImportModuleNoBlock(const char *name)
{
    PyObject *m = PyDict_GetItemString(PyImport_GetModuleDict(), name);

    if (m != NULL) {
        Py_INCREF(m);
        return m;
    }
    return PyImport_ImportModule(name);
}

void _PyImport_Init(void)
{
    PyInterpreterState *interp = PyThreadState_GET()->interp;

    if (interp->modules == NULL)
        interp->modules = PyDict_New();
    if (PyType_Ready(&PyNullImporter_Type) < 0 || interp->modules == NULL)
        Py_FatalError("Py_Initialize: can't make modules dictionary");
}

/* sys.meta_path, sys.path_hooks, sys.path_importer_cache. */
void _PyImportHooks_Init(void)
{
    PyObject *meta = PyList_New(0), *cache = PyDict_New(), *hooks = PyList_New(0), *zip,
             *importer = NULL;

    if (meta == NULL || cache == NULL || hooks == NULL || PySys_SetObject("meta_path", meta) < 0 ||
        PySys_SetObject("path_importer_cache", cache) < 0 ||
        PySys_SetObject("path_hooks", hooks) < 0)
        Py_FatalError(
            "initializing sys.meta_path, sys.path_hooks and sys.path_importer_cache failed");
    if (Py_VerboseFlag)
        PySys_WriteStderr("# installing zipimport hook\n");
    zip = PyImport_ImportModuleLevel("zipimport", NULL, NULL, NULL, 0);
    if (zip != NULL)
        importer = PyObject_GetAttrString(zip, "zipimporter");
    if (importer == NULL || PyList_Append(hooks, importer) < 0)
        PyErr_Clear();
    else if (Py_VerboseFlag)
        PySys_WriteStderr("# installed zipimport hook\n");
    Py_XDECREF(zip);
    Py_XDECREF(importer);
    Py_DECREF(meta);
    Py_DECREF(cache);
    Py_DECREF(hooks);
}
