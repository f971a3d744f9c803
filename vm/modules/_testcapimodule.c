/* SPDX-License-Identifier: MIT */
/* The module _testcapi: the C API seen from Python, for the stock test suite. It knows nothing a
 * program should rely on. */
#include "Python.h"
#include <errno.h>
#include <float.h>

/* ---- Argument parsing --------------------------------------------------------------------------
 */

#define ONE_VALUE(code, type, convert)                                                             \
    static PyObject *getargs_##code(PyObject *self, PyObject *args)                                \
    {                                                                                              \
        type v;                                                                                    \
        return PyArg_ParseTuple(args, #code, &v) ? convert : NULL;                                 \
    }

ONE_VALUE(b, unsigned char, PyLong_FromUnsignedLong((py_ulong)v))
ONE_VALUE(B, unsigned char, PyLong_FromUnsignedLong((py_ulong)v))
ONE_VALUE(h, short, PyLong_FromLong(v))
ONE_VALUE(H, unsigned short, PyLong_FromUnsignedLong(v))
ONE_VALUE(I, unsigned int, PyLong_FromUnsignedLong(v))
ONE_VALUE(k, py_ulong, PyLong_FromUnsignedLong(v))
ONE_VALUE(i, int, PyLong_FromLong(v))
ONE_VALUE(l, py_long, PyLong_FromLong(v))
ONE_VALUE(L, int64_t, PyLong_FromLongLong(v))
ONE_VALUE(K, uint64_t, PyLong_FromUnsignedLongLong(v))
ONE_VALUE(n, Py_ssize_t, PyInt_FromSsize_t(v))
ONE_VALUE(f, float, PyFloat_FromDouble(v))
ONE_VALUE(d, double, PyFloat_FromDouble(v))
ONE_VALUE(c, char, PyInt_FromLong(Py_CHARMASK(v)))
ONE_VALUE(D, Py_complex, PyComplex_FromCComplex(v))

static PyObject *string_or_none(const char *s)
{
    if (s == NULL)
        Py_RETURN_NONE;
    return PyString_FromString(s);
}

static PyObject *bytes_or_none(const char *s, Py_ssize_t n)
{
    if (s == NULL)
        Py_RETURN_NONE;
    return PyString_FromStringAndSize(s, n);
}

static PyObject *getargs_s(PyObject *self, PyObject *args)
{
    char *s;
    return PyArg_ParseTuple(args, "s", &s) ? PyString_FromString(s) : NULL;
}

static PyObject *getargs_z(PyObject *self, PyObject *args)
{
    char *s;
    return PyArg_ParseTuple(args, "z", &s) ? string_or_none(s) : NULL;
}

static PyObject *getargs_s_hash(PyObject *self, PyObject *args)
{
    char *s;
    Py_ssize_t n;
    return PyArg_ParseTuple(args, "s#", &s, &n) ? PyString_FromStringAndSize(s, n) : NULL;
}

static PyObject *getargs_z_hash(PyObject *self, PyObject *args)
{
    char *s;
    Py_ssize_t n;
    return PyArg_ParseTuple(args, "z#", &s, &n) ? bytes_or_none(s, n) : NULL;
}

static PyObject *getargs_t_hash(PyObject *self, PyObject *args)
{
    char *s;
    Py_ssize_t n;
    return PyArg_ParseTuple(args, "t#", &s, &n) ? PyString_FromStringAndSize(s, n) : NULL;
}

static PyObject *getargs_s_star(PyObject *self, PyObject *args)
{
    Py_buffer view;
    if (!PyArg_ParseTuple(args, "s*", &view))
        return NULL;
    PyObject *result = PyString_FromStringAndSize(view.buf, view.len);
    PyBuffer_Release(&view);
    return result;
}

static PyObject *getargs_z_star(PyObject *self, PyObject *args)
{
    Py_buffer view;
    if (!PyArg_ParseTuple(args, "z*", &view))
        return NULL;
    PyObject *result = bytes_or_none(view.buf, view.len);
    PyBuffer_Release(&view);
    return result;
}

/* The w codes put brackets around what they got. */
static PyObject *bracketed(char *s, Py_ssize_t n)
{
    if (n < 2) {
        PyErr_SetString(PyExc_ValueError, "the buffer is too short");
        return NULL;
    }
    s[0] = '[';
    s[n - 1] = ']';
    return PyString_FromStringAndSize(s, n);
}

static PyObject *getargs_w(PyObject *self, PyObject *args)
{
    char *s;
    Py_ssize_t n;
    return PyArg_ParseTuple(args, "wn", &s, &n) ? bracketed(s, n) : NULL;
}

static PyObject *getargs_w_hash(PyObject *self, PyObject *args)
{
    char *s;
    Py_ssize_t n;
    return PyArg_ParseTuple(args, "w#", &s, &n) ? bracketed(s, n) : NULL;
}

static PyObject *getargs_w_star(PyObject *self, PyObject *args)
{
    Py_buffer view;
    if (!PyArg_ParseTuple(args, "w*", &view))
        return NULL;
    PyObject *result = bracketed(view.buf, view.len);
    PyBuffer_Release(&view);
    return result;
}

static PyObject *getargs_u(PyObject *self, PyObject *args)
{
    Py_UNICODE *s;
    if (!PyArg_ParseTuple(args, "u", &s))
        return NULL;
    Py_ssize_t n = 0;
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

static PyObject *one_object(PyObject *args, const char *format)
{
    PyObject *v;
    if (!PyArg_ParseTuple(args, format, &v))
        return NULL;
    Py_INCREF(v);
    return v;
}

static PyObject *getargs_S(PyObject *self, PyObject *args)
{
    return one_object(args, "S");
}
static PyObject *getargs_U(PyObject *self, PyObject *args)
{
    return one_object(args, "U");
}
static PyObject *getargs_Y(PyObject *self, PyObject *args)
{
    return one_object(args, "Y");
}

static PyObject *encoded(PyObject *args, const char *format)
{
    PyObject *arg, *one, *result = NULL;
    const char *encoding = NULL;
    char *s = NULL;

    if (!PyArg_ParseTuple(args, "O|s", &arg, &encoding) || (one = PyTuple_Pack(1, arg)) == NULL)
        return NULL;
    if (PyArg_ParseTuple(one, format, encoding, &s)) {
        result = PyString_FromString(s);
        PyMem_Free(s);
    }
    Py_DECREF(one);
    return result;
}

static PyObject *encoded_into(PyObject *args, const char *format)
{
    PyObject *arg, *one, *into = NULL, *result = NULL;
    const char *encoding = NULL;
    char *s = NULL;
    Py_ssize_t n = 0;

    if (!PyArg_ParseTuple(args, "O|sO", &arg, &encoding, &into) ||
        (one = PyTuple_Pack(1, arg)) == NULL)
        return NULL;
    if (into != NULL && PyByteArray_Check(into)) {
        s = PyByteArray_AS_STRING(into);
        n = PyByteArray_GET_SIZE(into);
    }
    if (PyArg_ParseTuple(one, format, encoding, &s, &n)) {
        result = PyString_FromStringAndSize(s, n);
        if (into == NULL)
            PyMem_Free(s);
    }
    Py_DECREF(one);
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
static PyObject *getargs_es_hash(PyObject *self, PyObject *args)
{
    return encoded_into(args, "es#");
}
static PyObject *getargs_et_hash(PyObject *self, PyObject *args)
{
    return encoded_into(args, "et#");
}

static PyObject *getargs_tuple(PyObject *self, PyObject *args)
{
    int a, b, c;
    return PyArg_ParseTuple(args, "i(ii)", &a, &b, &c) ? Py_BuildValue("iii", a, b, c) : NULL;
}

static PyObject *get_args(PyObject *self, PyObject *args)
{
    Py_INCREF(args);
    return args;
}

static PyObject *get_kwargs(PyObject *self, PyObject *args, PyObject *kwargs)
{
    PyObject *result = kwargs != NULL ? kwargs : Py_None;
    Py_INCREF(result);
    return result;
}

static PyObject *getargs_keywords(PyObject *self, PyObject *args, PyObject *kwargs)
{
    static char *keywords[] = {"arg1", "arg2", "arg3", "arg4", "arg5", NULL};
    int v[10];

    for (int i = 0; i < 10; i++)
        v[i] = -1;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "(ii)i|(i(ii))(iii)i", keywords, &v[0], &v[1],
                                     &v[2], &v[3], &v[4], &v[5], &v[6], &v[7], &v[8], &v[9]))
        return NULL;
    return Py_BuildValue("iiiiiiiiii", v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9]);
}

/* Parses with a format given from Python into room for eight results of any kind. */
static PyObject *parse_tuple_and_keywords(PyObject *self, PyObject *args)
{
    PyObject *sub_args, *sub_kwargs, *sub_keywords, *result = NULL;
    const char *format;
    static Py_buffer room[8];
    char *keywords[9] = {NULL};
    PyObject *held[8] = {NULL};

    if (!PyArg_ParseTuple(args, "OOsO:parse_tuple_and_keywords", &sub_args, &sub_kwargs, &format,
                          &sub_keywords))
        return NULL;
    if (!PyList_CheckExact(sub_keywords) && !PyTuple_CheckExact(sub_keywords)) {
        PyErr_SetString(PyExc_ValueError, "parse_tuple_and_keywords: sub_keywords must be either "
                                          "list or tuple");
        return NULL;
    }
    Py_ssize_t n = PySequence_Fast_GET_SIZE(sub_keywords);
    if (n > 8) {
        PyErr_SetString(PyExc_ValueError,
                        "parse_tuple_and_keywords: too many keywords in sub_keywords");
        return NULL;
    }
    memset(room, 0, sizeof room);
    for (Py_ssize_t i = 0; i < n; i++) {
        held[i] = PyObject_Str(PySequence_Fast_GET_ITEM(sub_keywords, i));
        if (held[i] == NULL)
            goto done;
        keywords[i] = PyString_AS_STRING(held[i]);
    }
    if (PyArg_ParseTupleAndKeywords(sub_args, sub_kwargs, format, keywords, &room[0], &room[1],
                                    &room[2], &room[3], &room[4], &room[5], &room[6], &room[7])) {
        result = Py_None;
        Py_INCREF(result);
    }
done:
    for (Py_ssize_t i = 0; i < n; i++)
        Py_XDECREF(held[i]);
    return result;
}

/* ---- Exceptions
 * ---------------------------------------------------------------------------------- */

static PyObject *raise_exception(PyObject *self, PyObject *args)
{
    PyObject *exc, *exc_args;
    int n;

    if (!PyArg_ParseTuple(args, "Oi:raise_exception", &exc, &n))
        return NULL;
    exc_args = PyTuple_New(n);
    for (int i = 0; exc_args != NULL && i < n; i++)
        PyTuple_SET_ITEM(exc_args, i, PyInt_FromLong(i));
    if (exc_args != NULL)
        PyErr_SetObject(exc, exc_args);
    Py_XDECREF(exc_args);
    return NULL;
}

static PyObject *make_exception_with_doc(PyObject *self, PyObject *args, PyObject *kwargs)
{
    static char *kwlist[] = {"name", "doc", "base", "dict", NULL};
    const char *name, *doc = NULL;
    PyObject *base = NULL, *dict = NULL;

    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "s|sOO:make_exception_with_doc", kwlist, &name,
                                     &doc, &base, &dict))
        return NULL;
    return PyErr_NewExceptionWithDoc(name, doc, base, dict);
}

static PyObject *set_errno(PyObject *self, PyObject *args)
{
    int e;
    if (!PyArg_ParseTuple(args, "i:set_errno", &e))
        return NULL;
    errno = e;
    Py_RETURN_NONE;
}

/* ---- Objects
 * ----------------------------------------------------------------------------------------- */

static PyObject *get_indices(PyObject *self, PyObject *args)
{
    PySliceObject *slice;
    Py_ssize_t length, start, stop, step;

    if (!PyArg_ParseTuple(args, "On:get_indices", &slice, &length))
        return NULL;
    int result = PySlice_GetIndices(slice, length, &start, &stop, &step);
    if (PyErr_Occurred())
        return NULL;
    if (result == -1)
        Py_RETURN_NONE;
    return Py_BuildValue("innn", result, start, stop, step);
}

static PyObject *sequence_delitem(PyObject *self, PyObject *args)
{
    PyObject *seq;
    Py_ssize_t i;
    if (!PyArg_ParseTuple(args, "On:sequence_delitem", &seq, &i) || PySequence_DelItem(seq, i) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *unicode_encodedecimal(PyObject *self, PyObject *args)
{
    Py_UNICODE *s;
    Py_ssize_t n;
    const char *errors = NULL;

    if (!PyArg_ParseTuple(args, "u#|s:unicode_encodedecimal", &s, &n, &errors))
        return NULL;
    /* Replacements may be longer than what they replace. */
    PyObject *result = PyString_FromStringAndSize(NULL, n * 7);
    if (result == NULL)
        return NULL;
    if (PyUnicode_EncodeDecimal(s, n, PyString_AS_STRING(result), errors) < 0) {
        Py_DECREF(result);
        return NULL;
    }
    _PyString_Resize(&result, (Py_ssize_t)strlen(PyString_AS_STRING(result)));
    return result;
}

static PyObject *codec_incrementalencoder(PyObject *self, PyObject *args)
{
    const char *encoding, *errors = NULL;
    return PyArg_ParseTuple(args, "s|s:codec_incrementalencoder", &encoding, &errors)
               ? PyCodec_IncrementalEncoder(encoding, errors)
               : NULL;
}

static PyObject *codec_incrementaldecoder(PyObject *self, PyObject *args)
{
    const char *encoding, *errors = NULL;
    return PyArg_ParseTuple(args, "s|s:codec_incrementaldecoder", &encoding, &errors)
               ? PyCodec_IncrementalDecoder(encoding, errors)
               : NULL;
}

static PyObject *code_newempty(PyObject *self, PyObject *args)
{
    const char *filename, *name;
    int line;
    return PyArg_ParseTuple(args, "ssi:code_newempty", &filename, &name, &line)
               ? (PyObject *)PyCode_NewEmpty(filename, name, line)
               : NULL;
}

static PyObject *traceback_print(PyObject *self, PyObject *args)
{
    PyObject *file, *traceback;
    if (!PyArg_ParseTuple(args, "OO:traceback_print", &traceback, &file) ||
        PyTraceBack_Print(traceback, file) < 0)
        return NULL;
    Py_RETURN_NONE;
}

PyDoc_STRVAR(test_with_docstring_doc, "This is a pretty normal docstring.");
static PyObject *test_with_docstring(PyObject *self, PyObject *unused)
{
    Py_RETURN_NONE;
}

/* ---- marshal and files
 * --------------------------------------------------------------------------------- */

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

/* ---- Self-tests of the API
 * ------------------------------------------------------------------------------- */

static PyObject *error;

static PyObject *failed(const char *what)
{
    PyErr_SetString(error, what);
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

static PyObject *test_buildvalue_N(PyObject *self, PyObject *unused)
{
    PyObject *v = PyList_New(0);
    if (v == NULL)
        return NULL;
    Py_INCREF(v);
    PyObject *t = Py_BuildValue("(N)", v);
    if (t == NULL)
        return NULL;
    int ok = Py_REFCNT(v) == 2;
    Py_DECREF(t);
    ok = ok && Py_REFCNT(v) == 1;
    Py_DECREF(v);
    if (!ok)
        return failed("test_buildvalue_N: wrong reference count");
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

/* ---- Struct members
 * --------------------------------------------------------------------------------------- */

typedef struct {
    PyObject_HEAD char bool_member, byte_member;
    unsigned char ubyte_member;
    short short_member;
    unsigned short ushort_member;
    int int_member;
    unsigned int uint_member;
    py_long long_member;
    py_ulong ulong_member;
    float float_member;
    double double_member;
    char inplace_member[6];
    int64_t longlong_member;
    uint64_t ulonglong_member;
} members_t;

#define MEMBER(name, code, field)                                                                  \
    {                                                                                              \
        name, code, offsetof(members_t, field), 0, NULL                                            \
    }
static PyMemberDef test_members[] = {
    MEMBER("T_BOOL", T_BOOL, bool_member),
    MEMBER("T_BYTE", T_BYTE, byte_member),
    MEMBER("T_UBYTE", T_UBYTE, ubyte_member),
    MEMBER("T_SHORT", T_SHORT, short_member),
    MEMBER("T_USHORT", T_USHORT, ushort_member),
    MEMBER("T_INT", T_INT, int_member),
    MEMBER("T_UINT", T_UINT, uint_member),
    MEMBER("T_LONG", T_LONG, long_member),
    MEMBER("T_ULONG", T_ULONG, ulong_member),
    MEMBER("T_FLOAT", T_FLOAT, float_member),
    MEMBER("T_DOUBLE", T_DOUBLE, double_member),
    MEMBER("T_STRING_INPLACE", T_STRING_INPLACE, inplace_member),
    MEMBER("T_LONGLONG", T_LONGLONG, longlong_member),
    MEMBER("T_ULONGLONG", T_ULONGLONG, ulonglong_member),
    {NULL, 0, 0, 0, NULL},
};

static PyObject *members_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *keywords[] = {"T_BOOL",     "T_BYTE",      "T_UBYTE",  "T_SHORT",
                               "T_USHORT",   "T_INT",       "T_UINT",   "T_LONG",
                               "T_ULONG",    "T_FLOAT",     "T_DOUBLE", "T_STRING_INPLACE",
                               "T_LONGLONG", "T_ULONGLONG", NULL};
    members_t *ob = (members_t *)type->tp_alloc(type, 0);
    const char *s = "";
    Py_ssize_t n = 0;

    if (ob == NULL)
        return NULL;
    if (!PyArg_ParseTupleAndKeywords(
            args, kwargs, "|bbBhHiIlkfds#LK", keywords, &ob->bool_member, &ob->byte_member,
            &ob->ubyte_member, &ob->short_member, &ob->ushort_member, &ob->int_member,
            &ob->uint_member, &ob->long_member, &ob->ulong_member, &ob->float_member,
            &ob->double_member, &s, &n, &ob->longlong_member, &ob->ulonglong_member)) {
        Py_DECREF(ob);
        return NULL;
    }
    if (n > 5) {
        Py_DECREF(ob);
        PyErr_SetString(PyExc_ValueError, "string too long");
        return NULL;
    }
    memcpy(ob->inplace_member, s, (size_t)n);
    return (PyObject *)ob;
}

static void members_dealloc(PyObject *op)
{
    Py_TYPE(op)->tp_free(op);
}

static PyTypeObject members_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "test_structmembersType",
    .tp_basicsize = sizeof(members_t),
    .tp_dealloc = members_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_setattro = PyObject_GenericSetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "Type containing all structmember types",
    .tp_members = test_members,
    .tp_new = members_new,
};

/* ---- The module
 * -------------------------------------------------------------------------------------------- */

#define VARARGS(name)                                                                              \
    {                                                                                              \
#name, name, METH_VARARGS, NULL                                                            \
    }
#define NOARGS(name)                                                                               \
    {                                                                                              \
#name, name, METH_NOARGS, NULL                                                             \
    }

static PyMethodDef test_methods[] = {
    VARARGS(getargs_b),
    VARARGS(getargs_B),
    VARARGS(getargs_h),
    VARARGS(getargs_H),
    VARARGS(getargs_I),
    VARARGS(getargs_k),
    VARARGS(getargs_i),
    VARARGS(getargs_l),
    VARARGS(getargs_L),
    VARARGS(getargs_K),
    VARARGS(getargs_n),
    VARARGS(getargs_f),
    VARARGS(getargs_d),
    VARARGS(getargs_D),
    VARARGS(getargs_c),
    VARARGS(getargs_s),
    VARARGS(getargs_s_star),
    VARARGS(getargs_s_hash),
    VARARGS(getargs_z),
    VARARGS(getargs_z_star),
    VARARGS(getargs_z_hash),
    VARARGS(getargs_t_hash),
    VARARGS(getargs_w),
    VARARGS(getargs_w_star),
    VARARGS(getargs_w_hash),
    VARARGS(getargs_u),
    VARARGS(getargs_u_hash),
    VARARGS(getargs_S),
    VARARGS(getargs_U),
    VARARGS(getargs_Y),
    VARARGS(getargs_es),
    VARARGS(getargs_et),
    VARARGS(getargs_es_hash),
    VARARGS(getargs_et_hash),
    VARARGS(getargs_tuple),
    VARARGS(get_args),
    {"get_kwargs", PyCFunction_CAST(get_kwargs), METH_VARARGS | METH_KEYWORDS, NULL},
    {"getargs_keywords", PyCFunction_CAST(getargs_keywords), METH_VARARGS | METH_KEYWORDS, NULL},
    VARARGS(parse_tuple_and_keywords),
    VARARGS(raise_exception),
    {"make_exception_with_doc", PyCFunction_CAST(make_exception_with_doc),
     METH_VARARGS | METH_KEYWORDS, NULL},
    VARARGS(set_errno),
    VARARGS(get_indices),
    VARARGS(sequence_delitem),
    VARARGS(unicode_encodedecimal),
    VARARGS(codec_incrementalencoder),
    VARARGS(codec_incrementaldecoder),
    VARARGS(code_newempty),
    VARARGS(traceback_print),
    {"test_with_docstring", test_with_docstring, METH_NOARGS, test_with_docstring_doc},
    VARARGS(pymarshal_write_long_to_file),
    VARARGS(pymarshal_write_object_to_file),
    VARARGS(pymarshal_read_short_from_file),
    VARARGS(pymarshal_read_long_from_file),
    VARARGS(pymarshal_read_object_from_file),
    {"pymarshal_read_last_object_from_file", pymarshal_read_object_from_file, METH_VARARGS, NULL},
    NOARGS(test_list_api),
    NOARGS(test_dict_iteration),
    NOARGS(test_long_api),
    NOARGS(test_long_and_overflow),
    NOARGS(test_long_numbits),
    NOARGS(test_null_strings),
    NOARGS(test_string_from_format),
    NOARGS(test_empty_argparse),
    NOARGS(test_buildvalue_N),
    NOARGS(test_capsule),
    {NULL, NULL, 0, NULL},
};

void init_testcapi(void)
{
    static const struct {
        const char *name;
        py_long value;
    } constants[] = {{"CHAR_MAX", 127},
                     {"CHAR_MIN", -128},
                     {"UCHAR_MAX", 255},
                     {"SHRT_MAX", INT16_MAX},
                     {"SHRT_MIN", INT16_MIN},
                     {"USHRT_MAX", UINT16_MAX},
                     {"INT_MAX", INT32_MAX},
                     {"INT_MIN", INT32_MIN},
                     {"LONG_MAX", PY_LONG_MAX},
                     {"LONG_MIN", PY_LONG_MIN},
                     {"LLONG_MAX", PY_LONG_MAX},
                     {"LLONG_MIN", PY_LONG_MIN},
                     {"PY_SSIZE_T_MAX", PY_SSIZE_T_MAX},
                     {"PY_SSIZE_T_MIN", PY_SSIZE_T_MIN},
                     {"SIZEOF_PYGC_HEAD", 32} /* x86-64's, as sys.getsizeof counts */};
    PyObject *m = Py_InitModule("_testcapi", test_methods);

    if (m == NULL || PyType_Ready(&members_type) < 0)
        return;
    Py_INCREF(&members_type);
    PyModule_AddObject(m, "_test_structmembersType", (PyObject *)&members_type);
    for (int i = 0; i < (int)(sizeof constants / sizeof constants[0]); i++)
        PyModule_AddIntConstant(m, constants[i].name, constants[i].value);
    PyModule_AddObject(m, "UINT_MAX", PyLong_FromUnsignedLong(UINT32_MAX));
    PyModule_AddObject(m, "ULONG_MAX", PyLong_FromUnsignedLong(PY_ULONG_MAX));
    PyModule_AddObject(m, "ULLONG_MAX", PyLong_FromUnsignedLong(PY_ULONG_MAX));
    PyModule_AddObject(m, "FLT_MAX", PyFloat_FromDouble(FLT_MAX));
    PyModule_AddObject(m, "FLT_MIN", PyFloat_FromDouble(FLT_MIN));
    PyModule_AddObject(m, "DBL_MAX", PyFloat_FromDouble(DBL_MAX));
    PyModule_AddObject(m, "DBL_MIN", PyFloat_FromDouble(DBL_MIN));
    error = PyErr_NewException("_testcapi.error", NULL, NULL);
    Py_XINCREF(error);
    PyModule_AddObject(m, "error", error);
}
