/* SPDX-License-Identifier: MIT */
/* Interned strings: one dict maps each to itself. The dict's two references are not counted, so
 * that a string dies when the program forgets it, and then leaves the dict; immortal ones keep one.
 */
#include "str_private.h"

static PyObject *interned;

void PyString_InternInPlace(PyObject **p)
{
    PyStringObject *s = (PyStringObject *)*p;
    PyObject *known;

    if (s == NULL || !PyString_Check(s)) {
        Py_FatalError("PyString_InternInPlace: strings only please!");
    }
    if (!PyString_CheckExact(s) || PyString_CHECK_INTERNED(s)) {
        return;
    }
    if (interned == NULL) {
        interned = PyDict_New();
        if (interned == NULL) {
            PyErr_Clear();
            return;
        }
    }
    known = PyDict_GetItem(interned, (PyObject *)s);
    if (known != NULL) {
        Py_INCREF(known);
        Py_SETREF(*p, known);
        return;
    }
    if (PyDict_SetItem(interned, (PyObject *)s, (PyObject *)s) < 0) {
        PyErr_Clear(); /* not interned, but right all the same */
        return;
    }
    Py_REFCNT(s) -= 2;
    s->ob_sstate = SSTATE_INTERNED_MORTAL;
}

void PyString_InternImmortal(PyObject **p)
{
    PyString_InternInPlace(p);
    if (PyString_CHECK_INTERNED(*p) == SSTATE_INTERNED_MORTAL) {
        ((PyStringObject *)*p)->ob_sstate = SSTATE_INTERNED_IMMORTAL;
        Py_INCREF(*p);
    }
}

PyObject *PyString_InternFromString(const char *text)
{
    PyObject *s = PyString_FromString(text);
    if (s != NULL) {
        PyString_InternInPlace(&s);
    }
    return s;
}

void _PyString_ForgetInterned(PyObject *op)
{
    PyObject *type, *value, *traceback;

    if (PyString_CHECK_INTERNED(op) != SSTATE_INTERNED_MORTAL) {
        Py_FatalError("an immortal interned string died");
    }
    PyErr_Fetch(&type, &value, &traceback);
    Py_REFCNT(op) = 3; /* the dict's two, and one that keeps it from dying again meanwhile */
    if (PyDict_DelItem(interned, op) < 0) {
        Py_FatalError("deletion of interned string failed");
    }
    PyErr_Restore(type, value, traceback);
    ((PyStringObject *)op)->ob_sstate = SSTATE_NOT_INTERNED;
    Py_REFCNT(op) = 0;
}
