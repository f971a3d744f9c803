/* SPDX-License-Identifier: MIT */
/* The module strop: the string functions from before strings had methods. Each warns that it is
 * obsolete; the work is that of the methods. */
#include "Python.h"
#include "objects/bytes_methods.h"
#include "base/search.h"

static int warn(void)
{
    return PyErr_WarnEx(PyExc_DeprecationWarning,
                        "strop functions are obsolete; use string methods", 1);
}

/* -- Splitting and joining ----------------------------------------------------------------------
 */
PyDoc_STRVAR(splitfields_doc, "split(s [,sep [,maxsplit]]) -> list of strings\n\n"
                              "The pieces between sep, or runs of whitespace; maxsplit 0: all.");
static PyObject *strop_splitfields(PyObject *self, PyObject *args)
{
    char *s, *sep = NULL;
    Py_ssize_t n, m = 0, max = 0;

    if (warn() < 0 || !PyArg_ParseTuple(args, "t#|z#n:split", &s, &n, &sep, &m, &max)) {
        return NULL;
    }
    if (max <= 0) {
        max = PY_SSIZE_T_MAX;
    }
    if (sep == NULL) {
        return _PyBytes_SplitWhitespace(s, n, max, NULL, PyString_FromStringAndSize);
    }
    return _PyBytes_Split(s, n, sep, m, max, NULL, PyString_FromStringAndSize);
}

PyDoc_STRVAR(joinfields_doc,
             "join(list [,sep]) -> string\n\nThe words with sep (a space) between.");
static PyObject *strop_joinfields(PyObject *self, PyObject *args)
{
    PyObject *seq, *sepobj, *list, *result = NULL;
    char *sep = NULL;
    Py_ssize_t m = 0, n;

    if (warn() < 0 || !PyArg_ParseTuple(args, "O|t#:join", &seq, &sep, &m)) {
        return NULL;
    }
    n = PySequence_Size(seq);
    if (n < 0) {
        return NULL;
    }
    list = PyList_New(0);
    for (Py_ssize_t i = 0; list != NULL && i < n; i++) {
        PyObject *item = PySequence_GetItem(seq, i);
        int r = -1;
        if (item != NULL && !PyString_Check(item)) {
            PyErr_SetString(PyExc_TypeError, "first argument must be sequence of strings");
        } else if (item != NULL) {
            r = PyList_Append(list, item);
        }
        Py_XDECREF(item);
        if (r < 0) {
            Py_CLEAR(list);
        }
    }
    if (list == NULL) {
        return NULL;
    }
    sepobj = sep == NULL ? PyString_FromString(" ") : PyString_FromStringAndSize(sep, m);
    if (sepobj != NULL) {
        result = _PyString_Join(sepobj, list);
        Py_DECREF(sepobj);
    }
    Py_DECREF(list);
    return result;
}

/* -- Searching ----------------------------------------------------------------------------------
 */
static PyObject *find_from(PyObject *args, const char *format, int right)
{
    char *s, *sub;
    Py_ssize_t n, m, start = 0, stop = PY_SSIZE_T_MAX, hit;

    if (warn() < 0 || !PyArg_ParseTuple(args, format, &s, &n, &sub, &m, &start, &stop)) {
        return NULL;
    }
    _Py_AdjustIndices(n, &start, &stop);
    hit = start > stop ? -1 : _Py_FindBytes(s + start, stop - start, sub, m, right);
    return PyInt_FromSsize_t(hit < 0 ? -1 : hit + start);
}

PyDoc_STRVAR(find_doc, "find(s, sub [,start [,end]]) -> the first place of sub, or -1");
static PyObject *strop_find(PyObject *self, PyObject *args)
{
    return find_from(args, "t#t#|nn:find", 0);
}

PyDoc_STRVAR(rfind_doc, "rfind(s, sub [,start [,end]]) -> the last place of sub, or -1");
static PyObject *strop_rfind(PyObject *self, PyObject *args)
{
    return find_from(args, "t#t#|nn:rfind", 1);
}

PyDoc_STRVAR(count_doc, "count(s, sub[, start[, end]]) -> how often sub occurs");
static PyObject *strop_count(PyObject *self, PyObject *args)
{
    char *s, *sub;
    Py_ssize_t n, m, start = 0, stop = PY_SSIZE_T_MAX;

    if (warn() < 0 || !PyArg_ParseTuple(args, "t#t#|nn:count", &s, &n, &sub, &m, &start, &stop)) {
        return NULL;
    }
    _Py_AdjustIndices(n, &start, &stop);
    if (m == 0) {
        return PyInt_FromSsize_t(stop - start + 1);
    }
    return PyInt_FromSsize_t(
        start > stop ? 0 : _Py_CountBytes(s + start, stop - start, sub, m, PY_SSIZE_T_MAX));
}

PyDoc_STRVAR(replace_doc, "replace(str, old, new[, maxsplit]) -> string\n\nmaxsplit 0 means all.");
static PyObject *strop_replace(PyObject *self, PyObject *args)
{
    char *s, *from, *to;
    Py_ssize_t n, m, k, max = -1;
    PyObject *result;

    if (warn() < 0 ||
        !PyArg_ParseTuple(args, "t#t#t#|n:replace", &s, &n, &from, &m, &to, &k, &max)) {
        return NULL;
    }
    if (m == 0) {
        PyErr_SetString(PyExc_ValueError, "empty pattern string");
        return NULL;
    }
    result =
        _PyBytes_Replace(s, n, from, m, to, k, max == 0 ? -1 : max, PyString_FromStringAndSize);
    return result == NULL && !PyErr_Occurred() ? PyString_FromStringAndSize(s, n) : result;
}

/* -- Ends, tabs, case ---------------------------------------------------------------------------
 */
static PyObject *strip_ends(PyObject *arg, int ends)
{
    Py_ssize_t n, start, stop;
    char *s;

    if (warn() < 0 || PyString_AsStringAndSize(arg, &s, &n) < 0) {
        return NULL;
    }
    _PyBytes_Strip(s, n, NULL, 0, ends, &start, &stop);
    if (start == 0 && stop == n) {
        Py_INCREF(arg);
        return arg;
    }
    return PyString_FromStringAndSize(s + start, stop - start);
}

static PyObject *strop_strip(PyObject *self, PyObject *arg)
{
    return strip_ends(arg, BYTES_BOTH);
}
static PyObject *strop_lstrip(PyObject *self, PyObject *arg)
{
    return strip_ends(arg, BYTES_LEFT);
}
static PyObject *strop_rstrip(PyObject *self, PyObject *arg)
{
    return strip_ends(arg, BYTES_RIGHT);
}

PyDoc_STRVAR(expandtabs_doc, "expandtabs(string, [tabsize]) -> string");
static PyObject *strop_expandtabs(PyObject *self, PyObject *args)
{
    char *s;
    Py_ssize_t n;
    int tabsize = 8;

    if (warn() < 0 || !PyArg_ParseTuple(args, "s#|i:expandtabs", &s, &n, &tabsize)) {
        return NULL;
    }
    if (tabsize < 1) {
        PyErr_SetString(PyExc_ValueError, "tabsize must be at least 1");
        return NULL;
    }
    return _PyBytes_ExpandTabs(s, n, tabsize, PyString_FromStringAndSize);
}

static PyObject *change_case(PyObject *arg, int how)
{
    PyObject *v;
    char *s;
    Py_ssize_t n;

    if (warn() < 0 || PyString_AsStringAndSize(arg, &s, &n) < 0) {
        return NULL;
    }
    v = PyString_FromStringAndSize(NULL, n);
    if (v == NULL) {
        return NULL;
    }
    _PyBytes_ChangeCase(PyString_AS_STRING(v), s, n, how);
    if (memcmp(PyString_AS_STRING(v), s, (size_t)n) == 0) {
        Py_INCREF(arg);
        Py_SETREF(v, arg);
    }
    return v;
}

static PyObject *strop_lower(PyObject *self, PyObject *arg)
{
    return change_case(arg, BYTES_LOWER);
}
static PyObject *strop_upper(PyObject *self, PyObject *arg)
{
    return change_case(arg, BYTES_UPPER);
}
static PyObject *strop_capitalize(PyObject *self, PyObject *arg)
{
    return change_case(arg, BYTES_CAPITALIZE);
}
static PyObject *strop_swapcase(PyObject *self, PyObject *arg)
{
    return change_case(arg, BYTES_SWAPCASE);
}

/* -- Numbers ------------------------------------------------------------------------------------
 */
static PyObject *to_integer(PyObject *args, const char *format, const char *name, int as_long)
{
    char *s, *end, *begin;
    int base = 10;
    PyObject *v;

    if (warn() < 0 || !PyArg_ParseTuple(args, format, &s, &base)) {
        return NULL;
    }
    if ((base != 0 && base < 2) || base > 36) {
        PyErr_Format(PyExc_ValueError, "invalid base for %s()", name);
        return NULL;
    }
    begin = s;
    while (*begin != '\0' && Py_ISSPACE(*begin)) {
        begin++;
    }
    if (*begin == '\0') {
        if (as_long)
            PyErr_SetString(PyExc_ValueError, "empty string for atol()");
        else
            PyErr_Format(PyExc_ValueError, "invalid literal for %s(): %.200s", name, s);
        return NULL;
    }
    v = PyLong_FromString(begin, &end, base);
    if (v == NULL) {
        if (as_long) /* the literal's own complaint */
            return NULL;
        PyErr_Clear();
        PyErr_Format(PyExc_ValueError, "invalid literal for %s(): %.200s", name, s);
        return NULL;
    }
    if (as_long && (*end == 'l' || *end == 'L')) {
        end++;
    }
    while (*end != '\0' && Py_ISSPACE(*end)) {
        end++;
    }
    if (*end != '\0') {
        PyErr_Format(PyExc_ValueError, "invalid literal for %s(): %.200s", name, s);
        Py_CLEAR(v);
    } else if (!as_long) {
        py_long x = PyLong_AsLong(v);
        Py_DECREF(v);
        if (x == -1 && PyErr_Occurred()) {
            PyErr_Clear();
            PyErr_Format(PyExc_ValueError, "atoi() literal too large: %.200s", s);
            return NULL;
        }
        return PyInt_FromLong(x);
    }
    return v;
}

PyDoc_STRVAR(atoi_doc, "atoi(s [,base]) -> int");
static PyObject *strop_atoi(PyObject *self, PyObject *args)
{
    return to_integer(args, "s|i:atoi", "atoi", 0);
}

PyDoc_STRVAR(atol_doc, "atol(s [,base]) -> long");
static PyObject *strop_atol(PyObject *self, PyObject *args)
{
    return to_integer(args, "s|i:atol", "atol", 1);
}

PyDoc_STRVAR(atof_doc, "atof(s) -> float");
static PyObject *strop_atof(PyObject *self, PyObject *args)
{
    char *s, *end, *begin;
    double x;

    if (warn() < 0 || !PyArg_ParseTuple(args, "s:atof", &s)) {
        return NULL;
    }
    begin = s;
    while (*begin != '\0' && Py_ISSPACE(*begin)) {
        begin++;
    }
    if (*begin == '\0') {
        PyErr_SetString(PyExc_ValueError, "empty string for atof()");
        return NULL;
    }
    x = PyOS_string_to_double(begin, &end, PyExc_OverflowError);
    if (x == -1.0 && PyErr_Occurred()) {
        return NULL;
    }
    while (*end != '\0' && Py_ISSPACE(*end)) {
        end++;
    }
    if (*end != '\0') {
        PyErr_Format(PyExc_ValueError, "invalid literal for atof(): %.200s", s);
        return NULL;
    }
    return PyFloat_FromDouble(x);
}

/* -- Translation --------------------------------------------------------------------------------
 */
PyDoc_STRVAR(maketrans_doc, "maketrans(frm, to) -> string\n\nA table for translate.");
static PyObject *strop_maketrans(PyObject *self, PyObject *args)
{
    unsigned char *from, *to;
    Py_ssize_t n, m;
    PyObject *v;

    if (!PyArg_ParseTuple(args, "t#t#:maketrans", &from, &n, &to, &m)) {
        return NULL;
    }
    if (n != m) {
        PyErr_SetString(PyExc_ValueError, "maketrans arguments must have same length");
        return NULL;
    }
    v = PyString_FromStringAndSize(NULL, 256);
    if (v != NULL) {
        for (int i = 0; i < 256; i++) {
            PyString_AS_STRING(v)[i] = (char)i;
        }
        for (Py_ssize_t i = 0; i < n; i++) {
            PyString_AS_STRING(v)[from[i]] = (char)to[i];
        }
    }
    return v;
}

PyDoc_STRVAR(translate_doc, "translate(s,table [,deletechars]) -> string");
static PyObject *strop_translate(PyObject *self, PyObject *args)
{
    PyObject *s;
    char *table, *del = NULL;
    Py_ssize_t n, m = 0;

    if (warn() < 0 || !PyArg_ParseTuple(args, "St#|t#:translate", &s, &table, &n, &del, &m)) {
        return NULL;
    }
    if (n != 256) {
        PyErr_SetString(PyExc_ValueError, "translation table must be 256 characters long");
        return NULL;
    }
    return _PyBytes_Translate(PyString_AS_STRING(s), PyString_GET_SIZE(s), table, del, m,
                              PyString_FromStringAndSize);
}

static PyMethodDef strop_functions[] = {
    {"atof", strop_atof, METH_VARARGS, atof_doc},
    {"atoi", strop_atoi, METH_VARARGS, atoi_doc},
    {"atol", strop_atol, METH_VARARGS, atol_doc},
    {"capitalize", strop_capitalize, METH_O, "capitalize(s) -> string"},
    {"count", strop_count, METH_VARARGS, count_doc},
    {"expandtabs", strop_expandtabs, METH_VARARGS, expandtabs_doc},
    {"find", strop_find, METH_VARARGS, find_doc},
    {"join", strop_joinfields, METH_VARARGS, joinfields_doc},
    {"joinfields", strop_joinfields, METH_VARARGS, joinfields_doc},
    {"lstrip", strop_lstrip, METH_O, "lstrip(s) -> string"},
    {"lower", strop_lower, METH_O, "lower(s) -> string"},
    {"maketrans", strop_maketrans, METH_VARARGS, maketrans_doc},
    {"replace", strop_replace, METH_VARARGS, replace_doc},
    {"rfind", strop_rfind, METH_VARARGS, rfind_doc},
    {"rstrip", strop_rstrip, METH_O, "rstrip(s) -> string"},
    {"split", strop_splitfields, METH_VARARGS, splitfields_doc},
    {"splitfields", strop_splitfields, METH_VARARGS, splitfields_doc},
    {"strip", strop_strip, METH_O, "strip(s) -> string"},
    {"swapcase", strop_swapcase, METH_O, "swapcase(s) -> string"},
    {"translate", strop_translate, METH_VARARGS, translate_doc},
    {"upper", strop_upper, METH_O, "upper(s) -> string"},
    {NULL, NULL, 0, NULL},
};

void initstrop(void);
void initstrop(void)
{
    PyObject *m = Py_InitModule3("strop", strop_functions,
                                 "String functions from before strings had methods.");
    if (m == NULL) {
        return;
    }
    PyModule_AddStringConstant(m, "whitespace", "\t\n\v\f\r ");
    PyModule_AddStringConstant(m, "lowercase", "abcdefghijklmnopqrstuvwxyz");
    PyModule_AddStringConstant(m, "uppercase", "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
}
