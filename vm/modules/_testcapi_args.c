/* SPDX-License-Identifier: MIT */
/* _testcapi: one function for each code of PyArg_ParseTuple, answering what was parsed. */
#include "_testcapi_args.h"

#define INTEGER(name, code, type, make)                                                            \
    static PyObject *name(PyObject *self, PyObject *args)                                          \
    {                                                                                              \
        type value = 0;                                                                            \
                                                                                                   \
        return PyArg_ParseTuple(args, code, &value) ? make(value) : NULL;                          \
    }

INTEGER(getargs_b, "b", unsigned char, PyLong_FromUnsignedLong)
INTEGER(getargs_B, "B", unsigned char, PyLong_FromUnsignedLong)
INTEGER(getargs_h, "h", int16_t, PyLong_FromLong)
INTEGER(getargs_H, "H", uint16_t, PyLong_FromUnsignedLong)
INTEGER(getargs_i, "i", int, PyLong_FromLong)
INTEGER(getargs_I, "I", unsigned int, PyLong_FromUnsignedLong)
INTEGER(getargs_l, "l", py_long, PyLong_FromLong)
INTEGER(getargs_k, "k", py_ulong, PyLong_FromUnsignedLong)
INTEGER(getargs_n, "n", Py_ssize_t, PyInt_FromSsize_t)
INTEGER(getargs_L, "L", int64_t, PyLong_FromLongLong)
INTEGER(getargs_K, "K", uint64_t, PyLong_FromUnsignedLongLong)
INTEGER(getargs_f, "f", float, PyFloat_FromDouble)
INTEGER(getargs_d, "d", double, PyFloat_FromDouble)
INTEGER(getargs_c, "c", char, PyInt_FromLong)

static PyObject *getargs_D(PyObject *self, PyObject *args)
{
    Py_complex c;

    return PyArg_ParseTuple(args, "D", &c) ? PyComplex_FromCComplex(c) : NULL;
}

static PyObject *text(const char *s)
{
    if (s == NULL)
        Py_RETURN_NONE;
    return PyString_FromString(s);
}

#define STRING(name, code)                                                                         \
    static PyObject *name(PyObject *self, PyObject *args)                                          \
    {                                                                                              \
        const char *s = NULL;                                                                      \
                                                                                                   \
        return PyArg_ParseTuple(args, code, &s) ? text(s) : NULL;                                  \
    }

STRING(getargs_s, "s")
STRING(getargs_z, "z")

static PyObject *sized(const char *s, Py_ssize_t n)
{
    if (s == NULL)
        Py_RETURN_NONE;
    return PyString_FromStringAndSize(s, n);
}

#define SIZED(name, code)                                                                          \
    static PyObject *name(PyObject *self, PyObject *args)                                          \
    {                                                                                              \
        const char *s = NULL;                                                                      \
        Py_ssize_t n = 0;                                                                          \
                                                                                                   \
        return PyArg_ParseTuple(args, code, &s, &n) ? sized(s, n) : NULL;                          \
    }

SIZED(getargs_s_hash, "s#")
SIZED(getargs_z_hash, "z#")
SIZED(getargs_t_hash, "t#")

#define BUFFER(name, code)                                                                         \
    static PyObject *name(PyObject *self, PyObject *args)                                          \
    {                                                                                              \
        Py_buffer view;                                                                            \
        PyObject *result;                                                                          \
                                                                                                   \
        if (!PyArg_ParseTuple(args, code, &view))                                                  \
            return NULL;                                                                           \
        result = sized(view.buf, view.len);                                                        \
        PyBuffer_Release(&view);                                                                   \
        return result;                                                                             \
    }

BUFFER(getargs_s_star, "s*")
BUFFER(getargs_z_star, "z*")

/* The bytes are bracketed in place, which shows that they are the object's own. */
static PyObject *bracket(char *s, Py_ssize_t n)
{
    if (n >= 2) {
        s[0] = '[';
        s[n - 1] = ']';
    }
    return PyString_FromStringAndSize(s, n);
}

static PyObject *getargs_w(PyObject *self, PyObject *args)
{
    char *s;

    return PyArg_ParseTuple(args, "w", &s) ? bracket(s, 0) : NULL;
}

static PyObject *getargs_w_hash(PyObject *self, PyObject *args)
{
    char *s;
    Py_ssize_t n;

    return PyArg_ParseTuple(args, "w#", &s, &n) ? bracket(s, n) : NULL;
}

static PyObject *getargs_w_star(PyObject *self, PyObject *args)
{
    Py_buffer view;
    PyObject *result;

    if (!PyArg_ParseTuple(args, "w*", &view))
        return NULL;
    result = bracket(view.buf, view.len);
    PyBuffer_Release(&view);
    return result;
}

static PyObject *getargs_u(PyObject *self, PyObject *args)
{
    Py_UNICODE *s;
    Py_ssize_t n = 0;

    if (!PyArg_ParseTuple(args, "u", &s))
        return NULL;
    while (s[n] != 0)
        n++;
    return PyUnicode_FromUnicode(s, n);
}

static PyObject *getargs_u_hash(PyObject *self, PyObject *args)
{
    Py_UNICODE *s;
    Py_ssize_t n;

    return PyArg_ParseTuple(args, "u#", &s, &n) ? PyUnicode_FromUnicode(s, n) : NULL;
}

#define OBJECT(name, code)                                                                         \
    static PyObject *name(PyObject *self, PyObject *args)                                          \
    {                                                                                              \
        PyObject *o;                                                                               \
                                                                                                   \
        if (!PyArg_ParseTuple(args, code, &o))                                                     \
            return NULL;                                                                           \
        Py_INCREF(o);                                                                              \
        return o;                                                                                  \
    }

OBJECT(getargs_S, "S")
OBJECT(getargs_U, "U")

/* es, et: (object[, encoding]); with # also an optional buffer to encode into. */
static PyObject *encoded(PyObject *args, const char *format)
{
    PyObject *arg, *one, *result = NULL;
    const char *encoding = NULL;
    char *s = NULL;

    if (!PyArg_ParseTuple(args, "O|s", &arg, &encoding))
        return NULL;
    one = PyTuple_Pack(1, arg);
    if (one != NULL && PyArg_ParseTuple(one, format, encoding, &s)) {
        result = PyString_FromString(s);
        PyMem_Free(s);
    }
    Py_XDECREF(one);
    return result;
}

static PyObject *getargs_es(PyObject *self, PyObject *args)
{
    return encoded(args, "es");
}

static PyObject *getargs_et(PyObject *self, PyObject *args)
{
    return encoded(args, "et");
}

static PyObject *encoded_hash(PyObject *args, const char *format)
{
    PyObject *arg, *one, *buffer = NULL, *result = NULL;
    const char *encoding = NULL;
    char *s = NULL;
    Py_ssize_t n = 0;

    if (!PyArg_ParseTuple(args, "O|sO!", &arg, &encoding, &PyByteArray_Type, &buffer))
        return NULL;
    if (buffer != NULL) {
        s = PyByteArray_AS_STRING(buffer);
        n = PyByteArray_GET_SIZE(buffer);
    }
    one = PyTuple_Pack(1, arg);
    if (one != NULL && PyArg_ParseTuple(one, format, encoding, &s, &n)) {
        result = PyString_FromStringAndSize(s, n);
        if (buffer == NULL)
            PyMem_Free(s);
    }
    Py_XDECREF(one);
    return result;
}

static PyObject *getargs_es_hash(PyObject *self, PyObject *args)
{
    return encoded_hash(args, "es#");
}

static PyObject *getargs_et_hash(PyObject *self, PyObject *args)
{
    return encoded_hash(args, "et#");
}

static PyObject *getargs_tuple(PyObject *self, PyObject *args)
{
    int a, b, c;

    return PyArg_ParseTuple(args, "i(ii)", &a, &b, &c) ? Py_BuildValue("iii", a, b, c) : NULL;
}

static PyObject *getargs_keywords(PyObject *self, PyObject *args, PyObject *kw)
{
    static char *names[] = {"arg1", "arg2", "arg3", "arg4", "arg5", NULL};
    int v[10] = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1};

    if (!PyArg_ParseTupleAndKeywords(args, kw, "(ii)i|(i(ii))(iii)i", names, &v[0], &v[1], &v[2],
                                     &v[3], &v[4], &v[5], &v[6], &v[7], &v[8], &v[9]))
        return NULL;
    return Py_BuildValue("iiiiiiiiii", v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9]);
}

static PyObject *get_args(PyObject *self, PyObject *args)
{
    if (args == NULL)
        args = Py_None;
    Py_INCREF(args);
    return args;
}

static PyObject *get_kwargs(PyObject *self, PyObject *args, PyObject *kw)
{
    if (kw == NULL)
        kw = Py_None;
    Py_INCREF(kw);
    return kw;
}

/* Tries any format with any names; what is parsed goes nowhere. */
static PyObject *parse_tuple_and_keywords(PyObject *self, PyObject *args)
{
    PyObject *tuple, *kw, *list, *keep[9] = {NULL}, *result = NULL;
    const char *format;
    double space[9][16]; /* room for whatever a code writes, twice for codes with two variables */
    char *names[9] = {NULL};
    Py_ssize_t i, n;

    if (!PyArg_ParseTuple(args, "OOsO:parse_tuple_and_keywords", &tuple, &kw, &format, &list))
        return NULL;
    if (!PyList_CheckExact(list) && !PyTuple_CheckExact(list)) {
        PyErr_SetString(PyExc_ValueError,
                        "parse_tuple_and_keywords: sub_keywords must be either list or tuple");
        return NULL;
    }
    memset(space, 0, sizeof space);
    n = PySequence_Size(list);
    if (n > 8) {
        PyErr_SetString(PyExc_ValueError,
                        "parse_tuple_and_keywords: too many keywords in sub_keywords");
        return NULL;
    }
    for (i = 0; i < n; i++) {
        keep[i] = PySequence_GetItem(list, i);
        if (keep[i] == NULL || (names[i] = PyString_AsString(keep[i])) == NULL)
            goto done;
    }
    if (PyArg_ParseTupleAndKeywords(tuple, kw, format, names, space[0], space[1], space[2],
                                    space[3], space[4], space[5], space[6], space[7])) {
        Py_INCREF(Py_None);
        result = Py_None;
    }
done:
    for (i = 0; i < n; i++)
        Py_XDECREF(keep[i]);
    return result;
}

PyMethodDef _PyTestCAPI_ArgMethods[] = {
#define PLAIN(name)                                                                                \
    {                                                                                              \
#name, name, METH_VARARGS, NULL                                                            \
    }
    PLAIN(getargs_b),
    PLAIN(getargs_B),
    PLAIN(getargs_h),
    PLAIN(getargs_H),
    PLAIN(getargs_i),
    PLAIN(getargs_I),
    PLAIN(getargs_l),
    PLAIN(getargs_k),
    PLAIN(getargs_n),
    PLAIN(getargs_L),
    PLAIN(getargs_K),
    PLAIN(getargs_f),
    PLAIN(getargs_d),
    PLAIN(getargs_D),
    PLAIN(getargs_c),
    PLAIN(getargs_s),
    PLAIN(getargs_z),
    PLAIN(getargs_s_hash),
    PLAIN(getargs_z_hash),
    PLAIN(getargs_t_hash),
    PLAIN(getargs_s_star),
    PLAIN(getargs_z_star),
    PLAIN(getargs_w),
    PLAIN(getargs_w_hash),
    PLAIN(getargs_w_star),
    PLAIN(getargs_u),
    PLAIN(getargs_u_hash),
    PLAIN(getargs_S),
    PLAIN(getargs_U),
    PLAIN(getargs_es),
    PLAIN(getargs_et),
    PLAIN(getargs_es_hash),
    PLAIN(getargs_et_hash),
    PLAIN(getargs_tuple),
    PLAIN(get_args),
    PLAIN(parse_tuple_and_keywords),
#undef PLAIN
    {"getargs_keywords", PyCFunction_CAST(getargs_keywords), METH_VARARGS | METH_KEYWORDS, NULL},
    {"get_kwargs", PyCFunction_CAST(get_kwargs), METH_VARARGS | METH_KEYWORDS, NULL},
    {NULL, NULL, 0, NULL},
};
