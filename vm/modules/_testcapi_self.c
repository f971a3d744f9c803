/* SPDX-License-Identifier: MIT */
/* The part of _testcapi that tries the C API on its own (test_capi runs every test_*), and
 * marshal's files. A self-test leaves no object behind and raises _testcapi.error where the API
 * fails. */
#include "Python.h"
#include "_testcapi_args.h"

/* -- marshal's files */

static PyObject *open_file(const char *name, const char *mode)
{
    PyObject *builtin = PyImport_ImportModule("__builtin__"), *f = NULL;
    if (builtin != NULL)
        f = PyObject_CallMethod(builtin, "open", "ss", name, mode);
    Py_XDECREF(builtin);
    return f;
}

/* Writes a str and closes; takes the reference. */
static PyObject *write_file(const char *name, PyObject *data)
{
    PyObject *f = data != NULL ? open_file(name, "wb") : NULL, *r = NULL;
    if (f != NULL) {
        r = PyObject_CallMethod(f, "write", "O", data);
        if (r != NULL)
            Py_SETREF(r, PyObject_CallMethod(f, "close", NULL));
    }
    Py_XDECREF(f);
    Py_XDECREF(data);
    return r;
}

static PyObject *read_file(PyObject *args)
{
    const char *name;
    PyObject *f, *data;

    if (!PyArg_ParseTuple(args, "s", &name) || (f = open_file(name, "rb")) == NULL)
        return NULL;
    data = PyObject_CallMethod(f, "read", NULL);
    Py_DECREF(f);
    return data;
}

static PyObject *pymarshal_write_long_to_file(PyObject *self, PyObject *args)
{
    py_long value;
    const char *name;
    int version;
    char bytes[4];

    if (!PyArg_ParseTuple(args, "lsi:pymarshal_write_long_to_file", &value, &name, &version))
        return NULL;
    for (int i = 0; i < 4; i++)
        bytes[i] = (char)(value >> (8 * i));
    return write_file(name, PyString_FromStringAndSize(bytes, 4));
}

static PyObject *pymarshal_write_object_to_file(PyObject *self, PyObject *args)
{
    PyObject *v;
    const char *name;
    int version;

    if (!PyArg_ParseTuple(args, "Osi:pymarshal_write_object_to_file", &v, &name, &version))
        return NULL;
    return write_file(name, PyMarshal_WriteObjectToString(v, version));
}

static PyObject *read_integer(PyObject *args, int size)
{
    PyObject *data = read_file(args), *result = NULL;
    uint32_t x = 0;

    if (data == NULL)
        return NULL;
    if (PyString_Check(data) && PyString_GET_SIZE(data) >= size) {
        for (int i = 0; i < size; i++)
            x |= (uint32_t)(unsigned char)PyString_AS_STRING(data)[i] << (8 * i);
        result = Py_BuildValue("ii", size == 2 ? (int)(int16_t)x : (int)x, size);
    } else {
        PyErr_SetString(PyExc_EOFError, "EOF read where object expected");
    }
    Py_DECREF(data);
    return result;
}

static PyObject *pymarshal_read_short_from_file(PyObject *self, PyObject *args)
{
    return read_integer(args, 2);
}

static PyObject *pymarshal_read_long_from_file(PyObject *self, PyObject *args)
{
    return read_integer(args, 4);
}

static PyObject *pymarshal_read_object_from_file(PyObject *self, PyObject *args)
{
    const char *name;
    PyObject *f, *marshal, *v = NULL, *at = NULL, *result = NULL;

    if (!PyArg_ParseTuple(args, "s", &name) || (f = open_file(name, "rb")) == NULL)
        return NULL;
    marshal = PyImport_ImportModule("marshal");
    if (marshal != NULL)
        v = PyObject_CallMethod(marshal, "load", "O", f);
    if (v != NULL)
        at = PyObject_CallMethod(f, "tell", NULL);
    if (at != NULL)
        result = PyTuple_Pack(2, v, at);
    Py_XDECREF(marshal);
    Py_XDECREF(v);
    Py_XDECREF(at);
    Py_DECREF(f);
    return result;
}

/* The exception of failed self-tests, made by the module's init. */
PyObject *_PyTestCAPI_Error;

static PyObject *failed(const char *what)
{
    PyErr_SetString(_PyTestCAPI_Error, what);
    return NULL;
}

static PyObject *test_list_api(PyObject *self, PyObject *unused)
{
    PyObject *list = PyList_New(0);
    if (list == NULL)
        return NULL;
    for (int i = 0; i < 30; i++) {
        PyObject *v = PyInt_FromLong(i);
        if (v == NULL || PyList_Append(list, v) < 0) {
            Py_XDECREF(v);
            Py_DECREF(list);
            return NULL;
        }
        Py_DECREF(v);
    }
    int ok = PyList_Reverse(list) == 0;
    for (int i = 0; ok && i < 30; i++)
        ok = PyInt_AS_LONG(PyList_GET_ITEM(list, i)) == 29 - i;
    Py_DECREF(list);
    if (!ok)
        return failed("test_list_api: reverse screwed up");
    Py_RETURN_NONE;
}

static PyObject *test_dict_iteration(PyObject *self, PyObject *unused)
{
    for (int n = 0; n < 200; n++) {
        PyObject *dict = PyDict_New(), *k, *v;
        Py_ssize_t at = 0;
        int seen = 0;
        if (dict == NULL)
            return NULL;
        for (int i = 0; i < n; i++) {
            PyObject *x = PyInt_FromLong(i);
            if (x == NULL || PyDict_SetItem(dict, x, x) < 0) {
                Py_XDECREF(x);
                Py_DECREF(dict);
                return NULL;
            }
            Py_DECREF(x);
        }
        while (PyDict_Next(dict, &at, &k, &v))
            seen += k == v;
        Py_DECREF(dict);
        if (seen != n)
            return failed("test_dict_iteration: different number of entries");
    }
    Py_RETURN_NONE;
}

/* Every power of two and its neighbours survive the way through long. */
static PyObject *test_long_api(PyObject *self, PyObject *unused)
{
    for (int shift = 0; shift < 64; shift++)
        for (int delta = -1; delta <= 1; delta++) {
            uint64_t u = ((uint64_t)1 << shift) + (uint64_t)(int64_t)delta;
            PyObject *a = PyLong_FromUnsignedLongLong(u), *b = PyLong_FromLongLong((int64_t)u);
            int ok = a != NULL && b != NULL && PyLong_AsUnsignedLongLong(a) == u &&
                     PyLong_AsLongLong(b) == (int64_t)u && PyLong_AsUnsignedLongMask(b) == u;
            Py_XDECREF(a);
            Py_XDECREF(b);
            if (PyErr_Occurred())
                return NULL;
            if (!ok)
                return failed("test_long_api: round trip does not give the value back");
        }
    Py_RETURN_NONE;
}

static PyObject *test_long_and_overflow(PyObject *self, PyObject *unused)
{
    static const struct {
        const char *text;
        py_long value;
        int overflow;
    } cases[] = {{"FFFFFFFFFFFFFFFFFFFFFFFF", -1, 1},
                 {"-FFFFFFFFFFFFFFFFFFFFFFFF", -1, -1},
                 {"FF", 0xff, 0},
                 {"-FF", -0xff, 0},
                 {"7FFFFFFFFFFFFFFF", PY_LONG_MAX, 0},
                 {"8000000000000000", -1, 1},
                 {"-8000000000000000", PY_LONG_MIN, 0},
                 {"-8000000000000001", -1, -1}};
    for (int i = 0; i < (int)(sizeof cases / sizeof cases[0]); i++) {
        int overflow = 1234;
        PyObject *v = PyLong_FromString(cases[i].text, NULL, 16);
        if (v == NULL)
            return NULL;
        py_long x = PyLong_AsLongAndOverflow(v, &overflow);
        Py_DECREF(v);
        if (PyErr_Occurred())
            return NULL;
        if (x != cases[i].value || overflow != cases[i].overflow)
            return failed("test_long_and_overflow: wrong value or overflow");
    }
    Py_RETURN_NONE;
}

static PyObject *test_long_numbits(PyObject *self, PyObject *unused)
{
    static const struct {
        py_long value;
        int bits, sign;
    } cases[] = {{0, 0, 0},        {1, 1, 1},       {-1, 1, -1},      {2, 2, 1},
                 {-3, 2, -1},      {4, 3, 1},       {0xfffff, 20, 1}, {-0xfffff, 20, -1},
                 {1 << 29, 30, 1}, {1 << 30, 31, 1}};
    for (int i = 0; i < (int)(sizeof cases / sizeof cases[0]); i++) {
        PyObject *v = PyLong_FromLong(cases[i].value);
        if (v == NULL)
            return NULL;
        int ok = _PyLong_NumBits(v) == cases[i].bits && _PyLong_Sign(v) == cases[i].sign;
        Py_DECREF(v);
        if (!ok)
            return failed("test_long_numbits: wrong bits or sign");
    }
    Py_RETURN_NONE;
}

static PyObject *test_null_strings(PyObject *self, PyObject *unused)
{
    PyObject *a = PyObject_Str(NULL), *b = PyObject_Unicode(NULL);
    PyObject *t = a != NULL && b != NULL ? PyTuple_Pack(2, a, b) : NULL;
    Py_XDECREF(a);
    Py_XDECREF(b);
    return t;
}

static PyObject *test_string_from_format(PyObject *self, PyObject *unused)
{
    PyObject *s = PyString_FromFormat("%d %ld %zd %u %lu %x %c %s %%", 1, (py_long)2, (Py_ssize_t)3,
                                      4u, (py_ulong)5, 10, 'c', "text");
    if (s == NULL)
        return NULL;
    int ok = strcmp(PyString_AS_STRING(s), "1 2 3 4 5 a c text %") == 0;
    Py_DECREF(s);
    if (!ok)
        return failed("test_string_from_format: wrong text");
    Py_RETURN_NONE;
}

static PyObject *test_empty_argparse(PyObject *self, PyObject *unused)
{
    PyObject *tuple = PyTuple_New(0);
    if (tuple == NULL)
        return NULL;
    int ok = PyArg_ParseTuple(tuple, "|:test_empty_argparse");
    Py_DECREF(tuple);
    if (!ok)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *test_capsule(PyObject *self, PyObject *unused)
{
    static int there;
    PyObject *c = PyCapsule_New(&there, "_testcapi.there", NULL);
    if (c == NULL)
        return NULL;
    int ok = PyCapsule_GetPointer(c, "_testcapi.there") == &there &&
             PyCapsule_IsValid(c, "_testcapi.there") && !PyCapsule_IsValid(c, "other");
    Py_DECREF(c);
    if (!ok)
        return failed("test_capsule: wrong pointer or name");
    Py_RETURN_NONE;
}

/* A format code given one number: the value must be `want`. */
static int parses_to(const char *format, PyObject *v, uint64_t want)
{
    PyObject *tuple = v != NULL ? PyTuple_Pack(1, v) : NULL;
    uint64_t got = 0;
    int ok;

    Py_XDECREF(v);
    if (tuple == NULL)
        return -1;
    ok = PyArg_ParseTuple(tuple, format, &got);
    Py_DECREF(tuple);
    return !ok ? -1 : got == want;
}

static PyObject *check_wide_code(const char *format, const char *text, uint64_t want)
{
    int first = parses_to(format, PyLong_FromString(text, NULL, 16), want);
    int second = first < 0 ? -1 : parses_to(format, PyInt_FromLong(-42), (uint64_t)-42);

    if (first < 0 || second < 0)
        return NULL;
    if (!first || !second)
        return failed("an integer format code gives another value");
    Py_RETURN_NONE;
}

static PyObject *test_L_code(PyObject *self, PyObject *unused)
{
    return check_wide_code("L:test_L_code", "7123456789ABCDEF", UINT64_C(0x7123456789ABCDEF));
}

/* k and K take the low bits of what is too wide */
static PyObject *test_k_code(PyObject *self, PyObject *unused)
{
    return check_wide_code("k:test_k_code", "FFFFFFFFFFFFFFFFFFFFFFFF", UINT64_MAX);
}

static PyObject *test_u_code(PyObject *self, PyObject *unused)
{
    static const Py_UNICODE text[] = {'t', 0xe9, 0x20ac, 'x'};
    PyObject *u = PyUnicode_FromUnicode(text, 4), *tuple = u != NULL ? PyTuple_Pack(1, u) : NULL;
    Py_UNICODE *a = NULL, *b = NULL;
    Py_ssize_t n = 0;
    int ok = -1;

    if (tuple != NULL && PyArg_ParseTuple(tuple, "u:test_u_code", &a) &&
        PyArg_ParseTuple(tuple, "u#:test_u_code", &b, &n))
        ok = a == PyUnicode_AS_UNICODE(u) && b == a && n == 4;
    Py_XDECREF(tuple);
    Py_XDECREF(u);
    if (ok < 0)
        return NULL;
    if (!ok)
        return failed("test_u_code: u# gives another text");
    Py_RETURN_NONE;
}

static PyObject *test_long_long_and_overflow(PyObject *self, PyObject *unused)
{
    static const struct {
        const char *text;
        int64_t value;
        int overflow;
    } cases[] = {{"1"
                  "0000000000000000",
                  -1, 1},
                 {"-1"
                  "0000000000000000",
                  -1, -1},
                 {"7FFFFFFFFFFFFFFF", INT64_MAX, 0},
                 {"-8000000000000000", INT64_MIN, 0},
                 {"8000000000000000", -1, 1},
                 {"-8000000000000001", -1, -1},
                 {"0", 0, 0}};

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int overflow = 1234;
        PyObject *v = PyLong_FromString((char *)cases[i].text, NULL, 16);
        int64_t x;

        if (v == NULL)
            return NULL;
        x = PyLong_AsLongLongAndOverflow(v, &overflow);
        Py_DECREF(v);
        if (PyErr_Occurred())
            return NULL;
        if (x != cases[i].value || overflow != cases[i].overflow)
            return failed("test_long_long_and_overflow: wrong value or overflow");
    }
    Py_RETURN_NONE;
}

static PyObject *test_long_as_unsigned_long_long_mask(PyObject *self, PyObject *unused)
{
    PyObject *v = PyLong_FromString("1FFFFFFFFFFFFFFFF", NULL, 16);
    uint64_t x;

    if (v == NULL)
        return NULL;
    x = PyLong_AsUnsignedLongLongMask(v);
    Py_DECREF(v);
    if (PyErr_Occurred())
        return NULL;
    if (x != UINT64_MAX)
        return failed("test_long_as_unsigned_long_long_mask: wrong low bits");
    Py_RETURN_NONE;
}

/* The widths programs compiled for x86-64 count on hold on every target. */
static PyObject *test_config(PyObject *self, PyObject *unused)
{
    if (sizeof(py_long) != 8 || sizeof(Py_ssize_t) != 8 || sizeof(Py_UNICODE) != 4 ||
        sizeof(double) != 8)
        return failed("test_config: a type has another width than x86-64's");
    Py_RETURN_NONE;
}

static PyTypeObject lazy_hash_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "_testcapi.lazy_hash",
    .tp_basicsize = sizeof(PyObject),
    .tp_flags = Py_TPFLAGS_DEFAULT,
};

/* A type never made ready inherits object's hash the first time it is asked. */
static PyObject *test_lazy_hash_inheritance(PyObject *self, PyObject *unused)
{
    PyObject *v = PyObject_New(PyObject, &lazy_hash_type);
    py_long h;

    if (v == NULL)
        return NULL;
    h = PyObject_Hash(v);
    if (h == -1 && PyErr_Occurred()) {
        PyObject_Del(v);
        return NULL;
    }
    PyObject_Del(v);
    if (h != _Py_HashPointer(v) || lazy_hash_type.tp_hash == NULL)
        return failed("test_lazy_hash_inheritance: not object's hash");
    Py_RETURN_NONE;
}

static PyObject *W_STOPCODE(PyObject *self, PyObject *args)
{
    int sig;

    if (!PyArg_ParseTuple(args, "i:W_STOPCODE", &sig))
        return NULL;
    return PyInt_FromLong((int)((unsigned)sig << 8 | 0x7f));
}

#define VARARGS(name)                                                                              \
    {                                                                                              \
#name, name, METH_VARARGS, NULL                                                            \
    }
#define NOARGS(name)                                                                               \
    {                                                                                              \
#name, name, METH_NOARGS, NULL                                                             \
    }
PyMethodDef _PyTestCAPI_SelfMethods[] = {
    VARARGS(W_STOPCODE),
    VARARGS(pymarshal_write_long_to_file),
    VARARGS(pymarshal_write_object_to_file),
    VARARGS(pymarshal_read_short_from_file),
    VARARGS(pymarshal_read_long_from_file),
    VARARGS(pymarshal_read_object_from_file),
    {"pymarshal_read_last_object_from_file", pymarshal_read_object_from_file, METH_VARARGS, NULL},
    NOARGS(test_L_code),
    NOARGS(test_capsule),
    NOARGS(test_config),
    NOARGS(test_dict_iteration),
    NOARGS(test_empty_argparse),
    NOARGS(test_k_code),
    NOARGS(test_lazy_hash_inheritance),
    NOARGS(test_list_api),
    NOARGS(test_long_and_overflow),
    NOARGS(test_long_api),
    NOARGS(test_long_as_unsigned_long_long_mask),
    NOARGS(test_long_long_and_overflow),
    NOARGS(test_long_numbits),
    NOARGS(test_null_strings),
    NOARGS(test_string_from_format),
    NOARGS(test_u_code),
    {NULL, NULL, 0, NULL},
};
