/* SPDX-License-Identifier: MIT */
/* From the concrete tree to the AST, and the AST as Python objects. */
#ifndef Py_AST_H
#define Py_AST_H

#include "Python.h"
#include "Python-ast.h"
#include "syntax/node.h"

/* The AST of a tree; belongs to the arena. NULL with an exception set. */
mod_ty PyAST_FromNode(const node *n, PyCompilerFlags *flags, const char *filename, PyArena *arena);

/* Creates the types (once) and adds them to a module's dict. 0 or -1. */
int _PyAST_AddTypes(PyObject *dict);
PyObject *PyAST_mod2obj(mod_ty mod);
/* mode: 0 exec, 1 eval, 2 single. */
mod_ty PyAST_obj2mod(PyObject *ast, PyArena *arena, int mode);
int PyAST_Check(PyObject *object);

#endif
