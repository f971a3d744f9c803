/* SPDX-License-Identifier: MIT */
/*
 * Future statements. They stand at the head of a module, after a docstring at most; what they name
 * becomes flags of all code in the module.
 */
#include "compile.h"

static int add_feature(PyFutureFeatures *future, const char *name, const char *filename, int lineno)
{
    static const struct {
        const char *name;
        int flag;
    } features[] = {
        {FUTURE_NESTED_SCOPES, 0},
        {FUTURE_GENERATORS, 0},
        {FUTURE_DIVISION, CO_FUTURE_DIVISION},
        {FUTURE_ABSOLUTE_IMPORT, CO_FUTURE_ABSOLUTE_IMPORT},
        {FUTURE_WITH_STATEMENT, CO_FUTURE_WITH_STATEMENT},
        {FUTURE_PRINT_FUNCTION, CO_FUTURE_PRINT_FUNCTION},
        {FUTURE_UNICODE_LITERALS, CO_FUTURE_UNICODE_LITERALS},
    };
    Py_ssize_t i;

    for (i = 0; i < Py_ARRAY_LENGTH(features); i++) {
        if (strcmp(name, features[i].name) == 0) {
            future->ff_features |= features[i].flag;
            return 0;
        }
    }
    if (strcmp(name, "braces") == 0)
        PyErr_SetString(PyExc_SyntaxError, "not a chance");
    else
        PyErr_Format(PyExc_SyntaxError, "future feature %.100s is not defined", name);
    PyErr_SyntaxLocation(filename, lineno);
    return -1;
}

static int is_future_import(const struct _stmt *s)
{
    return s->kind == ImportFrom_kind && s->v.ImportFrom.module != NULL &&
           strcmp(PyString_AS_STRING(s->v.ImportFrom.module), "__future__") == 0;
}

static int collect(PyFutureFeatures *future, asdl_seq *body, const char *filename)
{
    int i, j, done = 0, previous_line = 0;

    for (i = 0; i < asdl_seq_LEN(body); i++) {
        stmt_ty s = asdl_seq_GET(body, i);
        if (done && s->lineno > previous_line)
            return 0;
        previous_line = s->lineno;
        if (is_future_import(s)) {
            asdl_seq *names = s->v.ImportFrom.names;
            if (done) {
                PyErr_SetString(PyExc_SyntaxError,
                                "from __future__ imports must occur at the beginning of the file");
                PyErr_SyntaxLocation(filename, s->lineno);
                return -1;
            }
            for (j = 0; j < asdl_seq_LEN(names); j++) {
                alias_ty alias = asdl_seq_GET(names, j);
                if (add_feature(future, PyString_AS_STRING(alias->name), filename, s->lineno) < 0)
                    return -1;
            }
            future->ff_lineno = s->lineno;
        } else if (!(i == 0 && s->kind == Expr_kind && s->v.Expr.value->kind == Str_kind)) {
            done = 1;
        }
    }
    return 0;
}

PyFutureFeatures *PyFuture_FromAST(mod_ty mod, const char *filename)
{
    PyFutureFeatures *future = PyMem_Malloc((Py_ssize_t)sizeof(PyFutureFeatures));
    asdl_seq *body = NULL;

    if (future == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    future->ff_features = 0;
    future->ff_lineno = -1;
    if (mod->kind == Module_kind)
        body = mod->v.Module.body;
    else if (mod->kind == Interactive_kind)
        body = mod->v.Interactive.body;
    if (collect(future, body, filename) < 0) {
        PyMem_Free(future);
        return NULL;
    }
    return future;
}
