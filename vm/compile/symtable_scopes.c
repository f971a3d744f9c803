/* SPDX-License-Identifier: MIT */
/*
 * Decides where each name lives: local, global or in a cell shared between nested functions.
 *
 * The walk goes down with the names that the functions around bind and the names declared global
 * there, and comes up with the names that inner blocks use freely. Invariant: each block works on
 * its own copies of those sets, so that siblings do not see each other's declarations.
 */
#include "compile.h"
#include "compile/symtable_private.h"

/* Sets are dicts with None as values. */
static int set_add(PyObject *set, PyObject *name)
{
    return PyDict_SetItem(set, name, Py_None);
}

static int set_discard(PyObject *set, PyObject *name)
{
    return PyDict_GetItem(set, name) == NULL ? 0 : PyDict_DelItem(set, name);
}

typedef struct {
    PySTEntryObject *ste;
    PyObject *scopes; /* dict: name -> scope */
    PyObject *bound;  /* names bound around, or NULL outside of functions */
    PyObject *local;  /* names bound here */
    PyObject *free;   /* names that are free here */
    PyObject *global; /* names declared global around */
} analysis;

static int set_scope(analysis *a, PyObject *name, int scope)
{
    PyObject *value = PyInt_FromLong(scope);
    int result;

    if (value == NULL)
        return -1;
    result = PyDict_SetItem(a->scopes, name, value);
    Py_DECREF(value);
    return result;
}

static int analyze_name(struct symtable *st, analysis *a, PyObject *name, py_long flags)
{
    if (flags & DEF_GLOBAL) {
        if (flags & DEF_PARAM) {
            PyErr_Format(PyExc_SyntaxError, "name '%s' is local and global",
                         PyString_AS_STRING(name));
            PyErr_SyntaxLocation(st->st_filename, a->ste->ste_lineno);
            return -1;
        }
        if (set_scope(a, name, GLOBAL_EXPLICIT) < 0 || set_add(a->global, name) < 0)
            return -1;
        return a->bound == NULL ? 0 : set_discard(a->bound, name);
    }
    if (flags & DEF_BOUND) {
        if (set_scope(a, name, LOCAL) < 0 || set_add(a->local, name) < 0)
            return -1;
        return set_discard(a->global, name);
    }
    if (a->bound != NULL && PyDict_GetItem(a->bound, name) != NULL) {
        a->ste->ste_free = 1;
        return set_scope(a, name, FREE) < 0 ? -1 : set_add(a->free, name);
    }
    /* A global declared around is as good as one declared here; else a nested block may depend on
     * names that an exec or an import around it binds. */
    if (PyDict_GetItem(a->global, name) == NULL && a->ste->ste_nested)
        a->ste->ste_free = 1;
    return set_scope(a, name, GLOBAL_IMPLICIT);
}

/* A local that an inner block uses freely lives in a cell. */
static int find_cells(PyObject *scopes, PyObject *free)
{
    PyObject *name, *scope, *cell = PyInt_FromLong(CELL);
    Py_ssize_t pos = 0;
    int result = 0;

    if (cell == NULL)
        return -1;
    while (result == 0 && PyDict_Next(scopes, &pos, &name, &scope)) {
        if (PyInt_AS_LONG(scope) != LOCAL || PyDict_GetItem(free, name) == NULL)
            continue;
        /* Replacing a value does not move the table. */
        result = PyDict_SetItem(scopes, name, cell);
        if (result == 0)
            result = PyDict_DelItem(free, name);
    }
    Py_DECREF(cell);
    return result;
}

static int check_unoptimized(struct symtable *st, PySTEntryObject *ste)
{
    const char *name, *why;

    if (ste->ste_type != FunctionBlock || !ste->ste_unoptimized ||
        !(ste->ste_free || ste->ste_child_free))
        return 0;
    name = PyString_AS_STRING(ste->ste_name);
    why = ste->ste_child_free ? "contains a nested function with free variables"
                              : "is a nested function";
    switch (ste->ste_unoptimized) {
    case OPT_TOPLEVEL:
    case OPT_EXEC: /* with its own namespaces: harmless */
        return 0;
    case OPT_IMPORT_STAR:
        PyErr_Format(PyExc_SyntaxError,
                     "import * is not allowed in function '%.100s' because it %s", name, why);
        break;
    case OPT_BARE_EXEC:
        PyErr_Format(PyExc_SyntaxError,
                     "unqualified exec is not allowed in function '%.100s' because it %s", name,
                     why);
        break;
    default:
        PyErr_Format(
            PyExc_SyntaxError,
            "function '%.100s' uses import * and bare exec, which are illegal because it %s", name,
            why);
        break;
    }
    PyErr_SyntaxLocation(st->st_filename, ste->ste_opt_lineno);
    return -1;
}

static int put_flags(PyObject *symbols, PyObject *name, py_long flags)
{
    PyObject *value = PyInt_FromLong(flags);
    int result;

    if (value == NULL)
        return -1;
    result = PyDict_SetItem(symbols, name, value);
    Py_DECREF(value);
    return result;
}

/* Writes the scopes into the block's table, and passes on names that are free in inner blocks. */
static int update_symbols(analysis *a, PyObject *inner_free)
{
    PyObject *symbols = a->ste->ste_symbols, *name, *value, *scope;
    Py_ssize_t pos = 0;

    while (PyDict_Next(symbols, &pos, &name, &value)) {
        scope = PyDict_GetItem(a->scopes, name);
        if (put_flags(symbols, name, PyInt_AS_LONG(value) | (PyInt_AS_LONG(scope) << SCOPE_OFF)) <
            0)
            return -1;
    }
    pos = 0;
    while (PyDict_Next(inner_free, &pos, &name, &value)) {
        PyObject *known = PyDict_GetItem(symbols, name);
        if (known != NULL) {
            /* A class binds it too: its methods mean the one outside. */
            if (a->ste->ste_type == ClassBlock && PyInt_AS_LONG(known) & (DEF_BOUND | DEF_GLOBAL) &&
                put_flags(symbols, name, PyInt_AS_LONG(known) | DEF_FREE_CLASS) < 0)
                return -1;
            continue;
        }
        if (a->bound == NULL || PyDict_GetItem(a->bound, name) == NULL)
            continue;
        if (put_flags(symbols, name, (py_long)FREE << SCOPE_OFF) < 0)
            return -1;
    }
    return 0;
}

static int analyze_block(struct symtable *st, PySTEntryObject *ste, PyObject *bound, PyObject *free,
                         PyObject *global);

/* A child works on copies; what is free in it is added to all_free. */
static int analyze_child(struct symtable *st, PySTEntryObject *ste, PyObject *bound, PyObject *free,
                         PyObject *global, PyObject *all_free)
{
    PyObject *bound_copy = PyDict_Copy(bound), *free_copy = PyDict_Copy(free),
             *global_copy = PyDict_Copy(global);
    int result = -1;

    if (bound_copy != NULL && free_copy != NULL && global_copy != NULL &&
        analyze_block(st, ste, bound_copy, free_copy, global_copy) == 0)
        result = PyDict_Update(all_free, free_copy);
    Py_XDECREF(bound_copy);
    Py_XDECREF(free_copy);
    Py_XDECREF(global_copy);
    return result;
}

static int analyze_block(struct symtable *st, PySTEntryObject *ste, PyObject *bound, PyObject *free,
                         PyObject *global)
{
    PyObject *inner_bound = PyDict_New(), *inner_free = PyDict_New(), *inner_global = PyDict_New();
    PyObject *all_free = PyDict_New(), *name, *flags;
    analysis a = {ste, PyDict_New(), bound, PyDict_New(), free, global};
    Py_ssize_t i, pos = 0;
    int result = -1;

    if (inner_bound == NULL || inner_free == NULL || inner_global == NULL || all_free == NULL ||
        a.scopes == NULL || a.local == NULL)
        goto done;
    /* What a class binds is not seen by its methods, but its global statements must not hide what
     * they see: so its inner sets are made before its names are looked at. */
    if (ste->ste_type == ClassBlock) {
        if (PyDict_Update(inner_global, global) < 0 ||
            (bound != NULL && PyDict_Update(inner_bound, bound) < 0))
            goto done;
    }
    while (PyDict_Next(ste->ste_symbols, &pos, &name, &flags)) {
        if (analyze_name(st, &a, name, PyInt_AS_LONG(flags)) < 0)
            goto done;
    }
    if (ste->ste_type != ClassBlock) {
        if (ste->ste_type == FunctionBlock && PyDict_Update(inner_bound, a.local) < 0)
            goto done;
        if ((bound != NULL && PyDict_Update(inner_bound, bound) < 0) ||
            PyDict_Update(inner_global, global) < 0)
            goto done;
    }
    if (++st->st_depth > PyCOMPILE_MAX_DEPTH) {
        PyErr_SetString(PyExc_RuntimeError, "maximum recursion depth exceeded during compilation");
        goto done;
    }
    for (i = 0; i < PyList_GET_SIZE(ste->ste_children); i++) {
        PySTEntryObject *child = (PySTEntryObject *)PyList_GET_ITEM(ste->ste_children, i);
        if (analyze_child(st, child, inner_bound, inner_free, inner_global, all_free) < 0)
            goto done;
        if (child->ste_free || child->ste_child_free)
            ste->ste_child_free = 1;
    }
    st->st_depth--;
    if (PyDict_Update(inner_free, all_free) < 0)
        goto done;
    if (ste->ste_type == FunctionBlock && find_cells(a.scopes, inner_free) < 0)
        goto done;
    if (update_symbols(&a, inner_free) < 0 || check_unoptimized(st, ste) < 0)
        goto done;
    result = PyDict_Update(free, inner_free);

done:
    Py_XDECREF(a.scopes);
    Py_XDECREF(a.local);
    Py_XDECREF(inner_bound);
    Py_XDECREF(inner_free);
    Py_XDECREF(inner_global);
    Py_XDECREF(all_free);
    return result;
}

int _PySymtable_Analyze(struct symtable *st)
{
    PyObject *free = PyDict_New(), *global = PyDict_New();
    int result = -1;

    st->st_depth = 0;
    if (free != NULL && global != NULL)
        result = analyze_block(st, st->st_top, NULL, free, global);
    Py_XDECREF(free);
    Py_XDECREF(global);
    return result;
}
