/* SPDX-License-Identifier: MIT */
/* The way from text or AST to a code object: parsing, future statements, symbol table, code. */
#include "compile/compiler.h"
#include "graminit.h"
#include "syntax/ast.h"
#include "syntax/errcode.h"
#include "syntax/parser.h"
#include "syntax/token.h"

static PyCodeObject *compile_mod(compiler *c, mod_ty mod)
{
    PyObject *name = PyString_InternFromString("<module>");
    PyCodeObject *co = NULL;
    int result;

    if (name == NULL)
        return NULL;
    result = _PyCompile_EnterScope(c, name, mod, 0);
    Py_DECREF(name);
    if (result < 0)
        return NULL;
    switch (mod->kind) {
    case Module_kind:
        result = _PyCompile_Body(c, mod->v.Module.body);
        break;
    case Interactive_kind:
        c->interactive = 1;
        result = _PyCompile_Stmts(c, mod->v.Interactive.body);
        break;
    case Expression_kind:
        result = _PyCompile_Expr(c, mod->v.Expression.body);
        break;
    default:
        PyErr_Format(PyExc_SystemError, "module kind %d should not be possible", mod->kind);
        result = -1;
        break;
    }
    if (result == 0)
        co = _PyCompile_Assemble(c, mod->kind != Expression_kind);
    return co;
}

PyCodeObject *PyAST_Compile(mod_ty mod, const char *filename, PyCompilerFlags *flags,
                            PyArena *arena)
{
    compiler c;
    PyCodeObject *co = NULL;

    memset(&c, 0, sizeof(c));
    c.filename = filename;
    c.future = PyFuture_FromAST(mod, filename);
    if (c.future == NULL)
        goto done;
    c.flags = c.future->ff_features;
    if (flags != NULL) {
        c.flags |= flags->cf_flags;
        flags->cf_flags = c.flags;
    }
    c.future->ff_features = c.flags;
    c.st = PySymtable_Build(mod, filename, c.future);
    if (c.st == NULL) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_SystemError, "no symtable");
        goto done;
    }
    co = compile_mod(&c, mod);
done:
    _PyCompile_Abandon(&c);
    PySymtable_Free(c.st);
    PyMem_Free(c.spine);
    PyMem_Free(c.future);
    return co;
}

/* --- Text
 * ------------------------------------------------------------------------------------------------
 */

static int parser_flags(const PyCompilerFlags *flags)
{
    int result = 0;

    if (flags == NULL)
        return 0;
    if (flags->cf_flags & PyCF_DONT_IMPLY_DEDENT)
        result |= PyPARSE_DONT_IMPLY_DEDENT;
    if (flags->cf_flags & CO_FUTURE_PRINT_FUNCTION)
        result |= PyPARSE_PRINT_IS_FUNCTION;
    if (flags->cf_flags & CO_FUTURE_UNICODE_LITERALS)
        result |= PyPARSE_UNICODE_LITERALS;
    return result;
}

/* A tree's AST; frees the tree. Raises what err tells when there is none. */
static mod_ty finish_parse(node *tree, perrdetail *err, int parsed_flags, PyCompilerFlags *flags,
                           const char *filename, PyArena *arena)
{
    PyCompilerFlags local = {0};
    mod_ty mod;

    if (tree == NULL) {
        _PyParser_SetError(err);
        return NULL;
    }
    if (flags == NULL)
        flags = &local;
    if (parsed_flags & PyPARSE_PRINT_IS_FUNCTION)
        flags->cf_flags |= CO_FUTURE_PRINT_FUNCTION;
    if (parsed_flags & PyPARSE_UNICODE_LITERALS)
        flags->cf_flags |= CO_FUTURE_UNICODE_LITERALS;
    mod = PyAST_FromNode(tree, flags, filename, arena);
    PyNode_Free(tree);
    return mod;
}

mod_ty PyParser_ASTFromString(const char *text, const char *filename, int start,
                              PyCompilerFlags *flags, PyArena *arena)
{
    perrdetail err;
    int pflags = parser_flags(flags);
    node *tree = _PyParser_ParseString(text, filename, start, &err, &pflags);
    return finish_parse(tree, &err, pflags, flags, filename, arena);
}

mod_ty _PyParser_ASTFromFileBytes(const char *bytes, Py_ssize_t size, const char *filename,
                                  int start, PyCompilerFlags *flags, PyArena *arena)
{
    perrdetail err;
    int pflags = parser_flags(flags);
    node *tree = _PyParser_ParseFile(bytes, size, filename, start, &err, &pflags);
    return finish_parse(tree, &err, pflags, flags, filename, arena);
}

mod_ty _PyParser_ASTFromPrompt(char *(*readline)(void *context, const char *prompt), void *context,
                               const char *encoding, const char *ps1, const char *ps2,
                               const char *filename, PyCompilerFlags *flags, int *eof,
                               PyArena *arena)
{
    perrdetail err;
    int pflags = parser_flags(flags);
    node *tree = _PyParser_ParsePrompt(readline, context, encoding, ps1, ps2, filename,
                                       Py_single_input, &err, &pflags);

    *eof = tree == NULL && err.error == E_EOF;
    return finish_parse(tree, &err, pflags, flags, filename, arena);
}

static PyObject *compile_arena_mod(mod_ty mod, const char *filename, PyCompilerFlags *flags,
                                   PyArena *arena)
{
    PyObject *co = NULL;

    if (mod != NULL && flags != NULL && flags->cf_flags & PyCF_ONLY_AST)
        co = PyAST_mod2obj(mod);
    else if (mod != NULL)
        co = (PyObject *)PyAST_Compile(mod, filename, flags, arena);
    PyArena_Free(arena);
    return co;
}

PyObject *Py_CompileStringFlags(const char *source, const char *filename, int start,
                                PyCompilerFlags *flags)
{
    PyArena *arena = PyArena_New();

    if (arena == NULL)
        return NULL;
    return compile_arena_mod(PyParser_ASTFromString(source, filename, start, flags, arena),
                             filename, flags, arena);
}

PyObject *_Py_CompileFileBytes(const char *bytes, Py_ssize_t size, const char *filename, int start,
                               PyCompilerFlags *flags)
{
    PyArena *arena = PyArena_New();

    if (arena == NULL)
        return NULL;
    return compile_arena_mod(_PyParser_ASTFromFileBytes(bytes, size, filename, start, flags, arena),
                             filename, flags, arena);
}

PyCodeObject *PyNode_Compile(node *n, const char *filename)
{
    PyArena *arena = PyArena_New();
    PyCodeObject *co = NULL;
    mod_ty mod;

    if (arena == NULL)
        return NULL;
    mod = PyAST_FromNode(n, NULL, filename, arena);
    if (mod != NULL)
        co = PyAST_Compile(mod, filename, NULL, arena);
    PyArena_Free(arena);
    return co;
}

struct symtable *Py_SymtableString(const char *text, const char *filename, int start)
{
    PyCompilerFlags flags = {0};
    PyFutureFeatures *future;
    struct symtable *st = NULL;
    PyArena *arena = PyArena_New();
    mod_ty mod;

    if (arena == NULL)
        return NULL;
    mod = PyParser_ASTFromString(text, filename, start, &flags, arena);
    if (mod != NULL) {
        future = PyFuture_FromAST(mod, filename);
        if (future != NULL) {
            future->ff_features |= flags.cf_flags;
            st = PySymtable_Build(mod, filename, future);
            PyMem_Free(future);
        }
        if (st != NULL)
            st->st_future = NULL;
    }
    PyArena_Free(arena);
    return st;
}
