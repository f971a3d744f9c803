/* SPDX-License-Identifier: MIT */
/* The modules' view of the compiler beyond Py_CompileStringFlags: source files, and syntax trees.
 */
#ifndef KRAIT_SOURCE_RUN_H
#define KRAIT_SOURCE_RUN_H
#include "Python.h"

/* Compiles what is left in a real file object, with its coding declaration. */
PyObject *_PyRun_CompileFile(PyObject *file, const char *filename, int start,
                             PyCompilerFlags *flags);
int _PyRun_IsAST(PyObject *);
/* which: 0 exec, 1 eval, 2 single; checks that the tree is of that kind. */
PyObject *_PyRun_CompileAST(PyObject *tree, const char *filename, int which,
                            PyCompilerFlags *flags);
/* A line of a source file as a str: NULL (no exception) when there is no file, "" after its end. */
PyObject *_PyRun_SourceLine(const char *filename, int lineno);
#endif
