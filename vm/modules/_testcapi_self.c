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

/* Squares put in, then every list call checked against the item it must have moved. */
static PyObject *test_list_api(PyObject *self, PyObject *unused)
{
    PyObject *list = PyList_New(0), *pair = NULL, *v;
    const char *wrong = NULL;

    for (int i = 0; list != NULL && i < 7; i++) {
        v = PyInt_FromLong(i * i);
        if (v == NULL || PyList_Insert(list, 0, v) < 0)
            Py_CLEAR(list);
        Py_XDECREF(v);
    }
    if (list == NULL)
        return NULL;
    if (PyInt_AS_LONG(PyList_GET_ITEM(list, 0)) != 36)
        wrong = "PyList_Insert puts items elsewhere";
    else if (PyList_Sort(list) < 0 || PyInt_AS_LONG(PyList_GET_ITEM(list, 5)) != 25)
        wrong = "PyList_Sort gives another order";
    else if (PyList_Reverse(list) < 0 || PyInt_AS_LONG(PyList_GET_ITEM(list, 5)) != 1)
        wrong = "PyList_Reverse gives another order";
    else if ((pair = PyList_GetSlice(list, 2, 4)) == NULL || PyList_GET_SIZE(pair) != 2)
        wrong = "PyList_GetSlice gives another size";
    else if (PyList_SetSlice(list, 1, 7, pair) < 0 || PyList_GET_SIZE(list) != 3)
        wrong = "PyList_SetSlice leaves another size";
    Py_XDECREF(pair);
    Py_DECREF(list);
    if (PyErr_Occurred())
        return NULL;
    if (wrong != NULL)
        return failed(wrong);
    Py_RETURN_NONE;
}

/* Each key is met once, whatever size the table has: the keys' bits are gathered in a set. */
static PyObject *test_dict_iteration(PyObject *self, PyObject *unused)
{
    PyObject *dict = PyDict_New(), *k, *v;

    if (dict == NULL)
        return NULL;
    for (int n = 0; n < 64; n++) {
        uint64_t met = 0;
        Py_ssize_t at = 0;

        v = PyInt_FromLong(n);
        if (v == NULL || PyDict_SetItem(dict, v, Py_None) < 0) {
            Py_XDECREF(v);
            Py_DECREF(dict);
            return NULL;
        }
        Py_DECREF(v);
        while (PyDict_Next(dict, &at, &k, &v))
            met ^= UINT64_C(1) << PyInt_AS_LONG(k);
        if (met != UINT64_MAX >> (63 - n)) {
            Py_DECREF(dict);
            return failed("PyDict_Next misses a key or gives it twice");
        }
    }
    Py_DECREF(dict);
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
    PyObject *v = PyLong_FromLong(1), *two = PyInt_FromLong(2), *next;
    const char *wrong = NULL;

    /* the powers of two: the 64th is the first one too wide, its negative is not */
    for (int bit = 0; v != NULL && two != NULL && wrong == NULL && bit < 70; bit++) {
        int over = 7, under = 7;
        PyObject *minus = PyNumber_Negative(v);
        py_long x = PyLong_AsLongAndOverflow(v, &over),
                y = minus != NULL ? PyLong_AsLongAndOverflow(minus, &under) : 0;

        Py_XDECREF(minus);
        if (over != (bit >= 63) || under != (bit >= 64 ? -1 : 0))
            wrong = "test_long_and_overflow: overflow is told wrong";
        else if (x != (over ? -1 : (py_long)(UINT64_C(1) << bit)) ||
                 y != (under ? -1 : (py_long)(0 - (UINT64_C(1) << bit))))
            wrong = "test_long_and_overflow: another value";
        next = PyNumber_Multiply(v, two);
        Py_DECREF(v);
        v = next;
    }
    Py_XDECREF(v);
    Py_XDECREF(two);
    if (PyErr_Occurred())
        return NULL;
    if (wrong != NULL)
        return failed(wrong);
    Py_RETURN_NONE;
}

/* 2**b - 1 has b bits and 2**b has one more, under either sign. */
static PyObject *test_long_numbits(PyObject *self, PyObject *unused)
{
    for (int b = 0; b < 62; b++)
        for (int sign = -1; sign <= 1; sign += 2) {
            PyObject *full = PyLong_FromLong(sign * (((py_long)1 << b) - 1));
            PyObject *power = PyLong_FromLong(sign * ((py_long)1 << b));
            int ok = full != NULL && power != NULL && _PyLong_NumBits(full) == b &&
                     _PyLong_NumBits(power) == b + 1 && _PyLong_Sign(power) == sign &&
                     _PyLong_Sign(full) == (b ? sign : 0);

            Py_XDECREF(full);
            Py_XDECREF(power);
            if (PyErr_Occurred())
                return NULL;
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
    return check_wide_code("L:test_L_code", "5EED5EED5EED5EED", UINT64_C(0x5EED5EED5EED5EED));
}

/* k and K take the low bits of what is too wide */
static PyObject *test_k_code(PyObject *self, PyObject *unused)
{
    return check_wide_code("k:test_k_code", "5DEADBEEF0BADCAFE", UINT64_C(0xDEADBEEF0BADCAFE));
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
    PyObject *v = PyLong_FromLong(1), *two = PyInt_FromLong(2), *next;
    const char *wrong = NULL;

    /* the powers of two: the 64th is the first one too wide, its negative is not */
    for (int bit = 0; v != NULL && two != NULL && wrong == NULL && bit < 70; bit++) {
        int over = 7, under = 7;
        PyObject *minus = PyNumber_Negative(v);
        int64_t x = PyLong_AsLongLongAndOverflow(v, &over),
                y = minus != NULL ? PyLong_AsLongLongAndOverflow(minus, &under) : 0;

        Py_XDECREF(minus);
        if (over != (bit >= 63) || under != (bit >= 64 ? -1 : 0))
            wrong = "test_long_long_and_overflow: overflow is told wrong";
        else if (x != (over ? -1 : (int64_t)(UINT64_C(1) << bit)) ||
                 y != (under ? -1 : (int64_t)(0 - (UINT64_C(1) << bit))))
            wrong = "test_long_long_and_overflow: another value";
        next = PyNumber_Multiply(v, two);
        Py_DECREF(v);
        v = next;
    }
    Py_XDECREF(v);
    Py_XDECREF(two);
    if (PyErr_Occurred())
        return NULL;
    if (wrong != NULL)
        return failed(wrong);
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

/* -- 64-bit integers, buffers -- */

/* There and back, at the edges; what does not fit is OverflowError. */
static PyObject *test_longlong_api(PyObject *self, PyObject *unused)
{
    static const int64_t edges[] = {0,         1,         -1,        127,      -128,
                                    INT32_MAX, INT32_MIN, INT64_MAX, INT64_MIN};
    const char *wrong = NULL;

    for (size_t i = 0; wrong == NULL && i < sizeof edges / sizeof edges[0]; i++) {
        PyObject *v = PyLong_FromLongLong(edges[i]);
        PyObject *u = PyLong_FromUnsignedLongLong((uint64_t)edges[i]);

        if (v == NULL || u == NULL) {
            Py_XDECREF(v);
            Py_XDECREF(u);
            return NULL;
        }
        if (PyLong_AsLongLong(v) != edges[i] || PyLong_AsUnsignedLongLong(u) != (uint64_t)edges[i])
            wrong = "test_longlong_api: another value came back";
        else if (edges[i] < 0 && (PyLong_AsUnsignedLongLong(v) != UINT64_MAX || !PyErr_Occurred()))
            wrong = "test_longlong_api: a negative value was taken as unsigned";
        PyErr_Clear();
        if (wrong == NULL && edges[i] < 0 &&
            (PyLong_AsLongLong(u) != -1 || !PyErr_ExceptionMatches(PyExc_OverflowError)))
            wrong = "test_longlong_api: a value too wide was taken";
        PyErr_Clear();
        Py_DECREF(v);
        Py_DECREF(u);
    }
    if (wrong != NULL)
        return failed(wrong);
    Py_RETURN_NONE;
}

/* A matrix of two rows and three columns, by rows, and what it is by columns. */
static char matrix[6], by_rows[] = "abcdef", by_columns[] = "adbecf";
static Py_ssize_t matrix_shape[] = {2, 3}, matrix_strides[] = {3, 1};

static Py_buffer matrix_view(void)
{
    Py_buffer view;

    memset(&view, 0, sizeof view);
    view.buf = matrix;
    view.len = 6;
    view.itemsize = 1;
    view.ndim = 2;
    view.shape = matrix_shape;
    view.strides = matrix_strides;
    return view;
}

static PyObject *test_from_contiguous(PyObject *self, PyObject *unused)
{
    Py_buffer view = matrix_view();

    if (PyBuffer_FromContiguous(&view, by_rows, 6, 'C') < 0)
        return NULL;
    if (memcmp(matrix, by_rows, 6) != 0)
        return failed("test_from_contiguous: rows arrive in another order");
    memset(matrix, 0, sizeof matrix);
    if (PyBuffer_FromContiguous(&view, by_columns, 6, 'F') < 0)
        return NULL;
    if (memcmp(matrix, by_rows, 6) != 0)
        return failed("test_from_contiguous: columns arrive in another order");
    Py_RETURN_NONE;
}

static PyObject *test_to_contiguous(PyObject *self, PyObject *unused)
{
    Py_buffer view = matrix_view();
    char out[6];

    memcpy(matrix, by_rows, 6);
    if (PyBuffer_ToContiguous(out, &view, 6, 'C') < 0)
        return NULL;
    if (memcmp(out, by_rows, 6) != 0)
        return failed("test_to_contiguous: rows come in another order");
    if (PyBuffer_ToContiguous(out, &view, 6, 'F') < 0)
        return NULL;
    if (memcmp(out, by_columns, 6) != 0)
        return failed("test_to_contiguous: columns come in another order");
    Py_RETURN_NONE;
}

static int refuse_buffer(PyObject *self, Py_buffer *view, int flags)
{
    PyErr_SetString(PyExc_TypeError, "no buffer today");
    return -1;
}

static PyBufferProcs refusing_procs = {.bf_getbuffer = refuse_buffer};
static PyTypeObject refusing_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "_testcapi.refusing",
    .tp_basicsize = sizeof(PyObject),
    .tp_as_buffer = &refusing_procs,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_NEWBUFFER,
};

/* A memoryview of what gives no buffer is that error, and no object is left. */
static PyObject *test_broken_memoryview(PyObject *self, PyObject *unused)
{
    PyObject *v, *view;

    if (PyType_Ready(&refusing_type) < 0 || (v = PyObject_New(PyObject, &refusing_type)) == NULL)
        return NULL;
    view = PyMemoryView_FromObject(v);
    Py_refcnt_t left = Py_REFCNT(v);
    Py_DECREF(v);
    if (view != NULL || !PyErr_ExceptionMatches(PyExc_TypeError)) {
        Py_XDECREF(view);
        return failed("test_broken_memoryview: no TypeError");
    }
    PyErr_Clear();
    if (left != 1)
        return failed("test_broken_memoryview: a reference is left");
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
    NOARGS(test_broken_memoryview),
    NOARGS(test_capsule),
    NOARGS(test_config),
    NOARGS(test_dict_iteration),
    NOARGS(test_empty_argparse),
    NOARGS(test_from_contiguous),
    NOARGS(test_k_code),
    NOARGS(test_lazy_hash_inheritance),
    NOARGS(test_list_api),
    NOARGS(test_long_and_overflow),
    NOARGS(test_long_api),
    NOARGS(test_long_as_unsigned_long_long_mask),
    NOARGS(test_long_long_and_overflow),
    NOARGS(test_long_numbits),
    NOARGS(test_longlong_api),
    NOARGS(test_null_strings),
    NOARGS(test_string_from_format),
    NOARGS(test_to_contiguous),
    NOARGS(test_u_code),
    {NULL, NULL, 0, NULL},
};
