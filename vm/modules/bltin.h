/* SPDX-License-Identifier: MIT */
/* The functions of __builtin__ by theme; bltinmodule.c has the table that names them. */
#ifndef KRAIT_BLTIN_H
#define KRAIT_BLTIN_H
#include "Python.h"

/* bltin_iter.c: everything that walks over iterables. */
PyObject *_PyBuiltin_all(PyObject *, PyObject *);
PyObject *_PyBuiltin_any(PyObject *, PyObject *);
PyObject *_PyBuiltin_map(PyObject *, PyObject *);
PyObject *_PyBuiltin_filter(PyObject *, PyObject *);
PyObject *_PyBuiltin_reduce(PyObject *, PyObject *);
PyObject *_PyBuiltin_sum(PyObject *, PyObject *);
PyObject *_PyBuiltin_min(PyObject *, PyObject *, PyObject *);
PyObject *_PyBuiltin_max(PyObject *, PyObject *, PyObject *);
PyObject *_PyBuiltin_sorted(PyObject *, PyObject *, PyObject *);
PyObject *_PyBuiltin_zip(PyObject *, PyObject *);
PyObject *_PyBuiltin_range(PyObject *, PyObject *);
PyObject *_PyBuiltin_next(PyObject *, PyObject *);
PyObject *_PyBuiltin_iter(PyObject *, PyObject *);

/* bltin_run.c: everything that compiles and runs, imports, or talks to the user. */
PyObject *_PyBuiltin_compile(PyObject *, PyObject *, PyObject *);
PyObject *_PyBuiltin_eval(PyObject *, PyObject *);
PyObject *_PyBuiltin_execfile(PyObject *, PyObject *);
PyObject *_PyBuiltin_import(PyObject *, PyObject *, PyObject *);
PyObject *_PyBuiltin_reload(PyObject *, PyObject *);
PyObject *_PyBuiltin_input(PyObject *, PyObject *);
PyObject *_PyBuiltin_raw_input(PyObject *, PyObject *);
PyObject *_PyBuiltin_print(PyObject *, PyObject *, PyObject *);
PyObject *_PyBuiltin_open(PyObject *, PyObject *, PyObject *);
/* reduce from an iterator (taken over) and its first value, if any; three-way. */
PyObject *_PyBuiltin_StartReduce(PyObject *iter, PyObject *func, PyObject *first);
#endif
