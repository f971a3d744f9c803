/* SPDX-License-Identifier: MIT */
/* What the files that build the AST from the concrete tree share. */
#ifndef KRAIT_ASTPRIVATE_H
#define KRAIT_ASTPRIVATE_H

#include "Python.h"
#include "Python-ast.h"
#include "graminit.h"
#include "syntax/node.h"
#include "syntax/token.h"

typedef struct {
    const char *encoding; /* of the source, or NULL */
    int unicode_literals;
    PyArena *arena;
    const char *filename;
} ast_builder;

/* Raises SyntaxError at the node's line. Returns NULL. */
void *_PyAST_Error(ast_builder *c, const node *n, const char *message);
/* With -3: warns at the node's line. Returns -1 when the warning is an error. */
int _PyAST_WarnPy3k(ast_builder *c, const node *n, const char *message);
/* The node's text as an interned string that the arena owns. */
identifier _PyAST_Identifier(ast_builder *c, const node *n);
/* Raises and returns 1 if the name may not be assigned to. */
int _PyAST_Forbidden(ast_builder *c, const node *n, const char *name);
/* Gives an expression and its parts another context, checking that it can have it. */
int _PyAST_SetContext(ast_builder *c, expr_ty e, expr_context_ty ctx, const node *n);

expr_ty _PyAST_Expr(ast_builder *c, const node *n);
expr_ty _PyAST_Testlist(ast_builder *c, const node *n);
asdl_seq *_PyAST_ExprList(ast_builder *c, const node *n, expr_context_ty ctx);
expr_ty _PyAST_Call(ast_builder *c, const node *n, expr_ty func);
arguments_ty _PyAST_Arguments(ast_builder *c, const node *n);
/* Values of literals; objects that the arena owns. */
PyObject *_PyAST_Number(ast_builder *c, const node *n, int negative);
PyObject *_PyAST_Strings(ast_builder *c, const node *atom);

#endif
