/* SPDX-License-Identifier: MIT */
/* Issuing warnings; the module _warnings implements them, reached through hooks from lower layers.
 */
#ifndef WARNINGS_H
#define WARNINGS_H
int PyErr_WarnEx(PyObject *category, const char *text,
                 Py_ssize_t stacklevel); /* 0, -1 with exception */
int PyErr_WarnExplicit(PyObject *category, const char *text, const char *filename, int lineno,
                       const char *module, PyObject *registry);
#define PyErr_Warn(category, msg) PyErr_WarnEx(category, msg, 1)
#define PyErr_WarnPy3k(msg, stacklevel)                                                            \
    (Py_Py3kWarningFlag ? PyErr_WarnEx(PyExc_DeprecationWarning, msg, stacklevel) : 0)
/* Makes the module _warnings and connects the hooks (modules/_warnings.c). */
void _PyWarnings_Init(void);
#endif
