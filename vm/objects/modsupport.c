/* SPDX-License-Identifier: MIT */
/* Building values by a format, and what modules written in C need to come into being.
 * Invariant: Py_BuildValue consumes all its arguments even after an error, so that references given
 * away with 'N' are not lost. Integers of 'l', 'k', 'n' and '#' are 64 bits wide. */
#include "Python.h"

typedef struct {
    va_list va;
} VaBox;

static PyObject *make_value(const char **pformat, VaBox *box);

static int is_filler(char c)
{
    return c == ',' || c == ':' || c == ' ' || c == '\t';
}

/* Values up to the closing bracket, -1 when it is missing. */
static int count_values(const char *format, char endchar)
{
    int count = 0, level = 0;
    while (level > 0 || *format != endchar) {
        switch (*format) {
        case '\0':
            PyErr_SetString(PyExc_SystemError, "unmatched paren in format");
            return -1;
        case '(':
        case '[':
        case '{':
            if (level == 0)
                count++;
            level++;
            break;
        case ')':
        case ']':
        case '}':
            level--;
            break;
        case '#':
        case '&':
        case ',':
        case ':':
        case ' ':
        case '\t':
            break;
        default:
            if (level == 0)
                count++;
        }
        format++;
    }
    return count;
}

/* n values as a list, errors kept until all are consumed; the closing bracket is stepped over. */
static PyObject *make_values(const char **pformat, VaBox *box, char endchar, int n)
{
    PyObject *list = n < 0 ? NULL : PyList_New(n);
    PyObject *type = NULL, *value = NULL, *tb = NULL;
    if (n < 0)
        return NULL;
    for (int i = 0; i < n; i++) {
        PyObject *w = make_value(pformat, box);
        if (w == NULL) {
            if (type == NULL)
                PyErr_Fetch(&type, &value, &tb);
            else
                PyErr_Clear();
            Py_INCREF(Py_None);
            w = Py_None;
        }
        if (list != NULL)
            PyList_SET_ITEM(list, i, w);
        else
            Py_DECREF(w);
    }
    while (is_filler(**pformat))
        ++*pformat;
    if (type != NULL) {
        Py_XDECREF(list);
        PyErr_Restore(type, value, tb);
        return NULL;
    }
    if (**pformat != endchar) {
        Py_XDECREF(list);
        PyErr_SetString(PyExc_SystemError, "Unmatched paren in format");
        return NULL;
    }
    if (endchar != '\0')
        ++*pformat;
    return list;
}

static PyObject *make_tuple(const char **pformat, VaBox *box, char endchar, int n)
{
    PyObject *list = make_values(pformat, box, endchar, n);
    if (list == NULL)
        return NULL;
    PyObject *tuple = PyList_AsTuple(list);
    Py_DECREF(list);
    return tuple;
}

static PyObject *make_dict(const char **pformat, VaBox *box, int n)
{
    PyObject *list = make_values(pformat, box, '}', n), *dict;
    if (list == NULL)
        return NULL;
    dict = PyDict_New();
    for (int i = 0; dict != NULL && i + 1 < n; i += 2) {
        if (PyDict_SetItem(dict, PyList_GET_ITEM(list, i), PyList_GET_ITEM(list, i + 1)) < 0)
            Py_CLEAR(dict);
    }
    Py_DECREF(list);
    return dict;
}

static PyObject *make_text(const char **pformat, VaBox *box)
{
    const char *str = va_arg(box->va, const char *);
    Py_ssize_t n = -1;
    if (**pformat == '#') {
        ++*pformat;
        n = va_arg(box->va, Py_ssize_t);
    }
    if (str == NULL)
        Py_RETURN_NONE;
    return PyString_FromStringAndSize(str, n < 0 ? (Py_ssize_t)strlen(str) : n);
}

static PyObject *make_unicode(const char **pformat, VaBox *box)
{
    const Py_UNICODE *u = va_arg(box->va, const Py_UNICODE *);
    Py_ssize_t n = -1;
    if (**pformat == '#') {
        ++*pformat;
        n = va_arg(box->va, Py_ssize_t);
    }
    if (u == NULL)
        Py_RETURN_NONE;
    if (n < 0) {
        for (n = 0; u[n] != 0;)
            n++;
    }
    return PyUnicode_FromUnicode(u, n);
}

static PyObject *make_object(char c, const char **pformat, VaBox *box)
{
    if (**pformat == '&') {
        typedef PyObject *(*converter)(void *);
        converter func = va_arg(box->va, converter);
        void *arg = va_arg(box->va, void *);
        ++*pformat;
        return func(arg);
    }
    PyObject *v = va_arg(box->va, PyObject *);
    if (v != NULL) {
        if (c != 'N')
            Py_INCREF(v);
    } else if (!PyErr_Occurred()) {
        PyErr_SetString(PyExc_SystemError, "NULL object passed to Py_BuildValue");
    }
    return v;
}

static PyObject *make_unsigned(py_ulong n)
{
    return n > (py_ulong)PY_LONG_MAX ? PyLong_FromUnsignedLong(n) : PyInt_FromLong((py_long)n);
}

static PyObject *make_value(const char **pformat, VaBox *box)
{
    for (;;) {
        char c = *(*pformat)++;
        switch (c) {
        case '(':
            return make_tuple(pformat, box, ')', count_values(*pformat, ')'));
        case '[':
            return make_values(pformat, box, ']', count_values(*pformat, ']'));
        case '{':
            return make_dict(pformat, box, count_values(*pformat, '}'));
        case 'b':
        case 'B':
        case 'h':
        case 'i':
            return PyInt_FromLong(va_arg(box->va, int));
        case 'H':
            return PyInt_FromLong((py_long)va_arg(box->va, unsigned int));
        case 'I':
            return make_unsigned(va_arg(box->va, unsigned int));
        case 'n':
            return PyInt_FromSsize_t(va_arg(box->va, Py_ssize_t));
        case 'l':
            return PyInt_FromLong(va_arg(box->va, py_long));
        case 'k':
            return make_unsigned(va_arg(box->va, py_ulong));
        case 'L':
            return PyLong_FromLongLong(va_arg(box->va, int64_t));
        case 'K':
            return PyLong_FromUnsignedLongLong(va_arg(box->va, uint64_t));
        case 'u':
            return make_unicode(pformat, box);
        case 'f':
        case 'd':
            return PyFloat_FromDouble(va_arg(box->va, double));
        case 'D':
            return PyComplex_FromCComplex(*va_arg(box->va, Py_complex *));
        case 'c': {
            char p[1];
            p[0] = (char)va_arg(box->va, int);
            return PyString_FromStringAndSize(p, 1);
        }
        case 's':
        case 'z':
            return make_text(pformat, box);
        case 'N':
        case 'S':
        case 'O':
            return make_object(c, pformat, box);
        case ',':
        case ':':
        case ' ':
        case '\t':
            break;
        default:
            --*pformat;
            PyErr_SetString(PyExc_SystemError, "bad format char passed to Py_BuildValue");
            return NULL;
        }
    }
}

static PyObject *build(const char *format, VaBox *box)
{
    int n = count_values(format, '\0');
    if (n < 0)
        return NULL;
    if (n == 0)
        Py_RETURN_NONE;
    return n == 1 ? make_value(&format, box) : make_tuple(&format, box, '\0', n);
}

PyObject *Py_BuildValue(const char *format, ...)
{
    VaBox box;
    va_start(box.va, format);
    PyObject *res = build(format, &box);
    va_end(box.va);
    return res;
}

PyObject *Py_VaBuildValue(const char *format, va_list va)
{
    VaBox box;
    va_copy(box.va, va);
    PyObject *res = build(format, &box);
    va_end(box.va);
    return res;
}

/* -- Modules --------------------------------------------------------------------------------------
 */

/* The full name of a submodule while its init function runs, which only knows the last part. */
const char *_Py_PackageContext;

PyObject *Py_InitModule4(const char *name, PyMethodDef *methods, const char *doc, PyObject *self,
                         int apiver)
{
    if (_Py_PackageContext != NULL) {
        const char *p = strrchr(_Py_PackageContext, '.');
        if (p != NULL && strcmp(name, p + 1) == 0) {
            name = _Py_PackageContext;
            _Py_PackageContext = NULL;
        }
    }
    PyObject *m = _PyHooks.add_module(name);
    if (m == NULL)
        return NULL;
    PyObject *d = PyModule_GetDict(m);
    if (methods != NULL) {
        PyObject *n = PyString_FromString(name);
        if (n == NULL)
            return NULL;
        for (PyMethodDef *ml = methods; ml->ml_name != NULL; ml++) {
            if (ml->ml_flags & (METH_CLASS | METH_STATIC)) {
                PyErr_SetString(PyExc_ValueError,
                                "module functions cannot set METH_CLASS or METH_STATIC");
                Py_DECREF(n);
                return NULL;
            }
            PyObject *v = PyCFunction_NewEx(ml, self, n);
            if (v == NULL || PyDict_SetItemString(d, ml->ml_name, v) != 0) {
                Py_XDECREF(v);
                Py_DECREF(n);
                return NULL;
            }
            Py_DECREF(v);
        }
        Py_DECREF(n);
    }
    if (doc != NULL) {
        PyObject *v = PyString_FromString(doc);
        if (v == NULL || PyDict_SetItemString(d, "__doc__", v) != 0) {
            Py_XDECREF(v);
            return NULL;
        }
        Py_DECREF(v);
    }
    return m;
}

int PyModule_AddObject(PyObject *m, const char *name, PyObject *o)
{
    if (!PyModule_Check(m)) {
        PyErr_SetString(PyExc_TypeError, "PyModule_AddObject() needs module as first arg");
        return -1;
    }
    if (o == NULL) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_TypeError, "PyModule_AddObject() needs non-NULL value");
        return -1;
    }
    PyObject *dict = PyModule_GetDict(m);
    if (dict == NULL) {
        PyErr_Format(PyExc_SystemError, "module '%s' has no __dict__", PyModule_GetName(m));
        return -1;
    }
    if (PyDict_SetItemString(dict, name, o))
        return -1;
    Py_DECREF(o);
    return 0;
}

static int add_and_release(PyObject *m, const char *name, PyObject *o)
{
    if (o == NULL)
        return -1;
    if (PyModule_AddObject(m, name, o) == 0)
        return 0;
    Py_DECREF(o);
    return -1;
}

int PyModule_AddIntConstant(PyObject *m, const char *name, py_long value)
{
    return add_and_release(m, name, PyInt_FromLong(value));
}

int PyModule_AddStringConstant(PyObject *m, const char *name, const char *value)
{
    return add_and_release(m, name, PyString_FromString(value));
}
