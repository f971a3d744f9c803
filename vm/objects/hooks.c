/* SPDX-License-Identifier: MIT */
/* The table of upward calls (hooks.h), and the thin functions of lower layers that only pass on.
 * Main fills the table before anything runs; entries still NULL at that time answer as if there
 * were nothing. */
#include "Python.h"

_PyHooksTable _PyHooks;

const char *Py_GETENV(const char *name)
{
    if (Py_IgnoreEnvironmentFlag || _PyHooks.getenv == NULL)
        return NULL;
    return _PyHooks.getenv(name);
}

int PyErr_CheckSignals(void)
{
    if (_PyHooks.check_signals == NULL)
        return 0;
    return _PyHooks.check_signals() < 0 ? -1 : 0;
}

int PyErr_WarnEx(PyObject *category, const char *text, Py_ssize_t stacklevel)
{
    if (_PyHooks.warn == NULL)
        return 0;
    return _PyHooks.warn(category == NULL ? PyExc_RuntimeWarning : category, text, stacklevel);
}

int PyErr_WarnExplicit(PyObject *category, const char *text, const char *filename, int lineno,
                       const char *module, PyObject *registry)
{
    if (_PyHooks.warn_explicit == NULL)
        return 0;
    PyObject *message = PyString_FromString(text);
    if (message == NULL)
        return -1;
    int err = _PyHooks.warn_explicit(category == NULL ? PyExc_RuntimeWarning : category, message,
                                     filename, lineno, module, registry);
    Py_DECREF(message);
    return err;
}
