/* SPDX-License-Identifier: MIT */
/* From source text or an AST to code objects. */
#ifndef Py_COMPILE_H
#define Py_COMPILE_H

#include "Python.h"
#include "Python-ast.h"
#include "symtable.h"
#include "syntax/node.h"

#define FUTURE_NESTED_SCOPES "nested_scopes"
#define FUTURE_GENERATORS "generators"
#define FUTURE_DIVISION "division"
#define FUTURE_ABSOLUTE_IMPORT "absolute_import"
#define FUTURE_WITH_STATEMENT "with_statement"
#define FUTURE_PRINT_FUNCTION "print_function"
#define FUTURE_UNICODE_LITERALS "unicode_literals"

/* Nesting of expressions and statements that compiling follows in C. */
#define PyCOMPILE_MAX_DEPTH 3000

/* All return NULL (or -1) with an exception set on failure. */
PyCodeObject *PyAST_Compile(mod_ty mod, const char *filename, PyCompilerFlags *flags,
                            PyArena *arena);
PyCodeObject *PyNode_Compile(node *n, const char *filename);
PyFutureFeatures *PyFuture_FromAST(mod_ty mod, const char *filename);
PyObject *_Py_Mangle(PyObject *private_name, PyObject *name);
/* Improves bytecode. consts is a list and may grow, lnotab is changed in place; returns a new
 * string. */
PyObject *PyCode_Optimize(PyObject *code, PyObject *consts, PyObject *names, PyObject *lnotab);

/* Text to AST; flags may be NULL, and gets the future features the text asks for. */
mod_ty PyParser_ASTFromString(const char *text, const char *filename, int start,
                              PyCompilerFlags *flags, PyArena *arena);
/* The same from a file's bytes (any declared encoding). */
mod_ty _PyParser_ASTFromFileBytes(const char *bytes, Py_ssize_t size, const char *filename,
                                  int start, PyCompilerFlags *flags, PyArena *arena);
/* One interactive statement: lines come from readline(context, prompt), which answers a line
 * allocated with PyMem_Malloc, "" at the end of the input, or NULL when interrupted or with an
 * exception. *eof is set when the input ended before a statement. */
mod_ty _PyParser_ASTFromPrompt(char *(*readline)(void *context, const char *prompt), void *context,
                               const char *encoding, const char *ps1, const char *ps2,
                               const char *filename, PyCompilerFlags *flags, int *eof,
                               PyArena *arena);
/* Code from a file's bytes: what execfile, import and a script need. start: Py_file_input etc. */
PyObject *_Py_CompileFileBytes(const char *bytes, Py_ssize_t size, const char *filename, int start,
                               PyCompilerFlags *flags);
/* The symbol table of a text, for the module _symtable. */
struct symtable *Py_SymtableString(const char *text, const char *filename, int start);

#endif
