/* SPDX-License-Identifier: MIT */
/* Reading and writing C struct fields as attributes, by member type. Fields may be unaligned in
 * theory only; they are real struct members. Integers that do not fit are cut off, with a
 * RuntimeWarning. */
#include "Python.h"

/* Restricted execution: the running code's builtins are not the interpreter's own. */
static int restricted(void)
{
    if (_PyHooks.get_builtins == NULL || PyThreadState_GET() == NULL ||
        PyThreadState_GET()->frame == NULL)
        return 0;
    PyObject *builtins = _PyHooks.get_builtins();
    return builtins != NULL && builtins != PyThreadState_GET()->interp->builtins;
}

PyObject *PyMember_GetOne(const char *addr, PyMemberDef *l)
{
    PyObject *v;
    if ((l->flags & READ_RESTRICTED) && restricted()) {
        PyErr_SetString(PyExc_RuntimeError, "restricted attribute");
        return NULL;
    }
    addr += l->offset;
    switch (l->type) {
    case T_BOOL:
        return PyBool_FromLong(*(const char *)addr);
    case T_BYTE:
        return PyInt_FromLong(*(const signed char *)addr);
    case T_UBYTE:
        return PyInt_FromLong(*(const unsigned char *)addr);
    case T_SHORT:
        return PyInt_FromLong(*(const short *)addr);
    case T_USHORT:
        return PyInt_FromLong(*(const unsigned short *)addr);
    case T_INT:
        return PyInt_FromLong(*(const int *)addr);
    case T_UINT:
        return PyInt_FromLong((py_long) * (const unsigned int *)addr);
    case T_LONG:
        return PyInt_FromLong(*(const py_long *)addr);
    case T_ULONG:
        return PyLong_FromUnsignedLong(*(const py_ulong *)addr);
    case T_INTPTR:
        return PyInt_FromLong(*(const intptr_t *)addr);
    case T_PYSSIZET:
        return PyInt_FromSsize_t(*(const Py_ssize_t *)addr);
    case T_FLOAT:
        return PyFloat_FromDouble(*(const float *)addr);
    case T_DOUBLE:
        return PyFloat_FromDouble(*(const double *)addr);
    case T_STRING:
        if (*(char *const *)addr == NULL)
            Py_RETURN_NONE;
        return PyString_FromString(*(char *const *)addr);
    case T_STRING_INPLACE:
        return PyString_FromString(addr);
    case T_CHAR:
        return PyString_FromStringAndSize(addr, 1);
    case T_OBJECT:
        v = *(PyObject *const *)addr;
        if (v == NULL)
            v = Py_None;
        Py_INCREF(v);
        return v;
    case T_OBJECT_EX:
        v = *(PyObject *const *)addr;
        if (v == NULL)
            PyErr_SetString(PyExc_AttributeError, l->name);
        Py_XINCREF(v);
        return v;
    case T_LONGLONG:
        return PyLong_FromLongLong(*(const int64_t *)addr);
    case T_ULONGLONG:
        return PyLong_FromUnsignedLongLong(*(const uint64_t *)addr);
    default:
        PyErr_SetString(PyExc_SystemError, "bad memberdescr type");
        return NULL;
    }
}

static int truncated(const char *text)
{
    return PyErr_WarnEx(PyExc_RuntimeWarning, text, 1);
}

/* Small integers: any value is taken, cut off to the field with a warning. */
static int set_small(char *addr, int type, PyObject *v)
{
    py_long n = PyInt_AsLong(v);
    if (n == -1 && PyErr_Occurred())
        return -1;
    switch (type) {
    case T_BYTE:
        *(signed char *)addr = (signed char)n;
        return n > SCHAR_MAX || n < SCHAR_MIN ? truncated("Truncation of value to char") : 0;
    case T_UBYTE:
        *(unsigned char *)addr = (unsigned char)n;
        return n > UCHAR_MAX || n < 0 ? truncated("Truncation of value to unsigned char") : 0;
    case T_SHORT:
        *(short *)addr = (short)n;
        return n > SHRT_MAX || n < SHRT_MIN ? truncated("Truncation of value to short") : 0;
    case T_USHORT:
        *(unsigned short *)addr = (unsigned short)n;
        return n > USHRT_MAX || n < 0 ? truncated("Truncation of value to unsigned short") : 0;
    case T_INT:
        *(int *)addr = (int)n;
        return n > INT_MAX || n < INT_MIN ? truncated("Truncation of value to int") : 0;
    case T_INTPTR:
        *(intptr_t *)addr = (intptr_t)n;
        return 0;
    default: /* T_LONG */
        *(py_long *)addr = n;
        return 0;
    }
}

/* Unsigned targets also take negative numbers, for compatibility, with a warning. */
static int set_unsigned(char *addr, int type, PyObject *v)
{
    py_ulong u = PyLong_Check(v) ? PyLong_AsUnsignedLong(v) : (py_ulong)-1;
    int negative = 0;
    if (u == (py_ulong)-1 && (!PyLong_Check(v) || PyErr_Occurred())) {
        PyErr_Clear();
        py_long n = PyInt_AsLong(v);
        if (n == -1 && PyErr_Occurred())
            return -1;
        u = (py_ulong)n;
        negative = n < 0;
    }
    if (type == T_ULONG) {
        *(py_ulong *)addr = u;
        return negative ? truncated("Writing negative value into unsigned field") : 0;
    }
    *(unsigned int *)addr = (unsigned int)u;
    if (negative)
        return truncated("Writing negative value into unsigned field");
    return u > UINT_MAX ? truncated("Truncation of value to unsigned int") : 0;
}

int PyMember_SetOne(char *addr, PyMemberDef *l, PyObject *v)
{
    PyObject *oldv;
    if ((l->flags & READONLY)) {
        PyErr_SetString(PyExc_TypeError, "readonly attribute");
        return -1;
    }
    if ((l->flags & PY_WRITE_RESTRICTED) && restricted()) {
        PyErr_SetString(PyExc_RuntimeError, "restricted attribute");
        return -1;
    }
    addr += l->offset;
    if (v == NULL) {
        if (l->type == T_OBJECT_EX) {
            if (*(PyObject **)addr == NULL) {
                PyErr_SetString(PyExc_AttributeError, l->name);
                return -1;
            }
        } else if (l->type != T_OBJECT) {
            PyErr_SetString(PyExc_TypeError, "can't delete numeric/char attribute");
            return -1;
        }
    }
    switch (l->type) {
    case T_BOOL:
        if (!PyBool_Check(v)) {
            PyErr_SetString(PyExc_TypeError, "attribute value type must be bool");
            return -1;
        }
        *addr = (char)(v == Py_True);
        return 0;
    case T_BYTE:
    case T_UBYTE:
    case T_SHORT:
    case T_USHORT:
    case T_INT:
    case T_LONG:
    case T_INTPTR:
        return set_small(addr, l->type, v);
    case T_UINT:
    case T_ULONG:
        return set_unsigned(addr, l->type, v);
    case T_PYSSIZET: {
        Py_ssize_t n = PyInt_AsSsize_t(v);
        if (n == -1 && PyErr_Occurred())
            return -1;
        *(Py_ssize_t *)addr = n;
        return 0;
    }
    case T_FLOAT:
    case T_DOUBLE: {
        double d = PyFloat_AsDouble(v);
        if (d == -1 && PyErr_Occurred())
            return -1;
        if (l->type == T_FLOAT)
            *(float *)addr = (float)d;
        else
            *(double *)addr = d;
        return 0;
    }
    case T_OBJECT:
    case T_OBJECT_EX:
        Py_XINCREF(v);
        oldv = *(PyObject **)addr;
        *(PyObject **)addr = v;
        Py_XDECREF(oldv);
        return 0;
    case T_CHAR:
        if (!PyString_Check(v) || PyString_GET_SIZE(v) != 1) {
            PyErr_BadArgument();
            return -1;
        }
        *addr = PyString_AS_STRING(v)[0];
        return 0;
    case T_STRING:
    case T_STRING_INPLACE:
        PyErr_SetString(PyExc_TypeError, "readonly attribute");
        return -1;
    case T_LONGLONG: {
        int64_t value = PyLong_AsLongLong(v);
        if (value == -1 && PyErr_Occurred())
            return -1;
        *(int64_t *)addr = value;
        return 0;
    }
    case T_ULONGLONG: {
        uint64_t value = PyLong_Check(v) ? PyLong_AsUnsignedLongLong(v) : (uint64_t)PyInt_AsLong(v);
        if (value == (uint64_t)-1 && PyErr_Occurred())
            return -1;
        *(uint64_t *)addr = value;
        return 0;
    }
    default:
        PyErr_Format(PyExc_SystemError, "bad memberdescr type for %s", l->name);
        return -1;
    }
}
