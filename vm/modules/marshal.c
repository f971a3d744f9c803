/* SPDX-License-Identifier: MIT */
/* marshal: the byte format of compiled modules. Every object is a type byte and its body; versions
 * 1 and up write an interned string once and refer to it by number; version 2 writes floats as 8
 * bytes. Invariant: the reader believes nothing it reads. A count is checked against the bytes that
 * are left before memory is taken for it, nesting is bounded, and any malformed input ends in an
 * exception. */
#include "Python.h"
#include "modules/fileobject_private.h"

enum { MAX_NESTING = 2000, MARSHAL_DIGIT_BITS = 15, MARSHAL_DIGIT_BASE = 1 << 15 };

/* -- Writing
 * ---------------------------------------------------------------------------------------- */

enum write_error { WRITE_OK, WRITE_UNMARSHALLABLE, WRITE_TOO_DEEP, WRITE_NO_MEMORY, WRITE_RAISED };

typedef struct {
    char *buf;
    Py_ssize_t used, room;
    PyObject *interned; /* str -> number, or NULL for version 0 */
    int version, depth;
    enum write_error error;
} writer;

static void put_bytes(writer *w, const void *data, Py_ssize_t n)
{
    if (w->error == WRITE_NO_MEMORY)
        return;
    if (n > w->room - w->used) {
        Py_ssize_t room = w->room + (w->room >> 1) + n + 64;
        char *grown = PyMem_Realloc(w->buf, room);

        if (grown == NULL) {
            w->error = WRITE_NO_MEMORY;
            return;
        }
        w->buf = grown;
        w->room = room;
    }
    memcpy(w->buf + w->used, data, (size_t)n);
    w->used += n;
}

static void put_byte(writer *w, int c)
{
    char byte = (char)c;

    put_bytes(w, &byte, 1);
}

static void put_short(writer *w, int v)
{
    char b[2] = {(char)v, (char)(v >> 8)};

    put_bytes(w, b, 2);
}

static void put_int32(writer *w, py_long v)
{
    char b[4] = {(char)v, (char)(v >> 8), (char)(v >> 16), (char)(v >> 24)};

    put_bytes(w, b, 4);
}

static void put_size(writer *w, Py_ssize_t n)
{
    if (n > INT32_MAX) {
        w->error = WRITE_UNMARSHALLABLE;
        n = 0;
    }
    put_int32(w, n);
}

static void put_double(writer *w, double x)
{
    unsigned char b[8];

    if (_PyFloat_Pack8(x, b, 1) < 0)
        w->error = WRITE_RAISED;
    else
        put_bytes(w, b, 8);
}

static void put_double_text(writer *w, double x)
{
    char *text = PyOS_double_to_string(x, 'g', 17, 0, NULL);
    size_t n;

    if (text == NULL) {
        w->error = WRITE_RAISED;
        return;
    }
    n = strlen(text);
    put_byte(w, (int)n);
    put_bytes(w, text, (Py_ssize_t)n);
    PyMem_Free(text);
}

/* A long goes out in digits of 15 bits, its sign on the count. */
static void put_long(writer *w, PyLongObject *v)
{
    Py_ssize_t n = Py_SIZE(v) < 0 ? -Py_SIZE(v) : Py_SIZE(v), count = 2 * n, i;

    if (n > 0 && v->ob_digit[n - 1] < MARSHAL_DIGIT_BASE)
        count--;
    if (count > INT32_MAX) {
        w->error = WRITE_UNMARSHALLABLE;
        return;
    }
    put_byte(w, 'l');
    put_int32(w, Py_SIZE(v) < 0 ? -count : count);
    for (i = 0; i < count; i++) {
        digit d = v->ob_digit[i / 2];

        put_short(w, (int)((i & 1 ? d >> MARSHAL_DIGIT_BITS : d) & (MARSHAL_DIGIT_BASE - 1)));
    }
}

static void put_string(writer *w, PyObject *v)
{
    Py_ssize_t n = PyString_GET_SIZE(v);
    int type = 's';

    if (w->interned != NULL && PyString_CHECK_INTERNED(v)) {
        PyObject *number = PyDict_GetItem(w->interned, v);

        if (number != NULL) {
            put_byte(w, 'R');
            put_int32(w, PyInt_AsLong(number));
            return;
        }
        number = PyInt_FromSsize_t(PyDict_Size(w->interned));
        if (number == NULL || PyDict_SetItem(w->interned, v, number) < 0) {
            Py_XDECREF(number);
            w->error = WRITE_RAISED;
            return;
        }
        Py_DECREF(number);
        type = 't';
    }
    if (n > INT32_MAX) {
        w->error = WRITE_UNMARSHALLABLE;
        return;
    }
    put_byte(w, type);
    put_int32(w, n);
    put_bytes(w, PyString_AS_STRING(v), n);
}

static void put_object(writer *w, PyObject *v);

static void put_code(writer *w, PyCodeObject *co)
{
    put_byte(w, 'c');
    put_int32(w, co->co_argcount);
    put_int32(w, co->co_nlocals);
    put_int32(w, co->co_stacksize);
    put_int32(w, co->co_flags);
    put_object(w, co->co_code);
    put_object(w, co->co_consts);
    put_object(w, co->co_names);
    put_object(w, co->co_varnames);
    put_object(w, co->co_freevars);
    put_object(w, co->co_cellvars);
    put_object(w, co->co_filename);
    put_object(w, co->co_name);
    put_int32(w, co->co_firstlineno);
    put_object(w, co->co_lnotab);
}

static void put_set(writer *w, PyObject *v)
{
    PyObject *iter, *item;

    put_byte(w, PyObject_TypeCheck(v, &PySet_Type) ? '<' : '>');
    put_size(w, PySet_GET_SIZE((PySetObject *)v));
    iter = PyObject_GetIter(v);
    if (iter == NULL) {
        w->error = WRITE_RAISED;
        return;
    }
    while ((item = PyIter_Next(iter)) != NULL) {
        put_object(w, item);
        Py_DECREF(item);
    }
    Py_DECREF(iter);
    if (PyErr_Occurred())
        w->error = WRITE_RAISED;
}

static void put_buffer(writer *w, PyObject *v)
{
    Py_buffer view;

    if (Py_TYPE(v)->tp_as_buffer == NULL || PyObject_CheckReadBuffer(v) == 0) {
        put_byte(w, '?');
        w->error = WRITE_UNMARSHALLABLE;
        return;
    }
    if (PyObject_CheckBuffer(v)) {
        if (PyObject_GetBuffer(v, &view, PyBUF_SIMPLE) < 0) {
            w->error = WRITE_RAISED;
            return;
        }
        put_byte(w, 's');
        put_size(w, view.len);
        put_bytes(w, view.buf, view.len);
        PyBuffer_Release(&view);
    } else {
        const void *data;
        Py_ssize_t n;

        if (PyObject_AsReadBuffer(v, &data, &n) < 0) {
            w->error = WRITE_RAISED;
            return;
        }
        put_byte(w, 's');
        put_size(w, n);
        put_bytes(w, data, n);
    }
}

static void put_value(writer *w, PyObject *v)
{
    Py_ssize_t i, n;

    if (v == NULL)
        put_byte(w, '0');
    else if (v == Py_None)
        put_byte(w, 'N');
    else if (v == PyExc_StopIteration)
        put_byte(w, 'S');
    else if (v == Py_Ellipsis)
        put_byte(w, '.');
    else if (v == Py_False)
        put_byte(w, 'F');
    else if (v == Py_True)
        put_byte(w, 'T');
    else if (PyInt_CheckExact(v)) {
        py_long x = PyInt_AS_LONG(v);

        if (x == (int32_t)x) {
            put_byte(w, 'i');
            put_int32(w, x);
        } else {
            put_byte(w, 'I');
            put_int32(w, x);
            put_int32(w, x >> 32);
        }
    } else if (PyLong_CheckExact(v))
        put_long(w, (PyLongObject *)v);
    else if (PyFloat_CheckExact(v)) {
        if (w->version > 1) {
            put_byte(w, 'g');
            put_double(w, PyFloat_AS_DOUBLE(v));
        } else {
            put_byte(w, 'f');
            put_double_text(w, PyFloat_AS_DOUBLE(v));
        }
    } else if (PyComplex_CheckExact(v)) {
        Py_complex c = ((PyComplexObject *)v)->cval;

        if (w->version > 1) {
            put_byte(w, 'y');
            put_double(w, c.real);
            put_double(w, c.imag);
        } else {
            put_byte(w, 'x');
            put_double_text(w, c.real);
            put_double_text(w, c.imag);
        }
    } else if (PyString_CheckExact(v))
        put_string(w, v);
    else if (PyUnicode_CheckExact(v)) {
        PyObject *utf8 = PyUnicode_AsUTF8String(v);

        if (utf8 == NULL) {
            w->error = WRITE_UNMARSHALLABLE;
            return;
        }
        put_byte(w, 'u');
        put_size(w, PyString_GET_SIZE(utf8));
        put_bytes(w, PyString_AS_STRING(utf8), PyString_GET_SIZE(utf8));
        Py_DECREF(utf8);
    } else if (PyTuple_CheckExact(v)) {
        n = PyTuple_GET_SIZE(v);
        put_byte(w, '(');
        put_size(w, n);
        for (i = 0; i < n && w->error == WRITE_OK; i++)
            put_object(w, PyTuple_GET_ITEM(v, i));
    } else if (PyList_CheckExact(v)) {
        n = PyList_GET_SIZE(v);
        put_byte(w, '[');
        put_size(w, n);
        for (i = 0; i < n && i < PyList_GET_SIZE(v) && w->error == WRITE_OK; i++)
            put_object(w, PyList_GET_ITEM(v, i));
    } else if (PyDict_CheckExact(v)) {
        PyObject *key, *value;
        Py_ssize_t pos = 0;

        put_byte(w, '{');
        while (w->error == WRITE_OK && PyDict_Next(v, &pos, &key, &value)) {
            put_object(w, key);
            put_object(w, value);
        }
        put_byte(w, '0');
    } else if (PyAnySet_CheckExact(v))
        put_set(w, v);
    else if (PyCode_Check(v))
        put_code(w, (PyCodeObject *)v);
    else
        put_buffer(w, v);
}

static void put_object(writer *w, PyObject *v)
{
    if (++w->depth > MAX_NESTING)
        w->error = WRITE_TOO_DEEP;
    else if (w->error == WRITE_OK)
        put_value(w, v);
    w->depth--;
}

PyObject *PyMarshal_WriteObjectToString(PyObject *x, int version)
{
    writer w = {.version = version};
    PyObject *result = NULL;

    if (version > 0 && (w.interned = PyDict_New()) == NULL)
        return NULL;
    put_object(&w, x);
    Py_XDECREF(w.interned);
    switch (w.error) {
    case WRITE_OK:
        result = PyString_FromStringAndSize(w.buf ? w.buf : "", w.used);
        break;
    case WRITE_UNMARSHALLABLE:
        PyErr_SetString(PyExc_ValueError, "unmarshallable object");
        break;
    case WRITE_TOO_DEEP:
        PyErr_SetString(PyExc_ValueError, "object too deeply nested to marshal");
        break;
    case WRITE_NO_MEMORY:
        PyErr_NoMemory();
        break;
    case WRITE_RAISED:
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_ValueError, "unmarshallable object");
        break;
    }
    PyMem_Free(w.buf);
    return result;
}

/* -- Reading
 * ---------------------------------------------------------------------------------------- */

typedef struct {
    const unsigned char *at, *end; /* of a buffer */
    PyObject *file;                /* or a real file object */
    PyObject *strings;             /* list of the interned strings met so far */
    int depth;
    unsigned char scratch[16];
} reader;

static void *raise_eof(void)
{
    PyErr_SetString(PyExc_EOFError, "EOF read where object expected");
    return NULL;
}

static void *raise_bad(const char *what)
{
    PyErr_Format(PyExc_ValueError, "bad marshal data (%s)", what);
    return NULL;
}

/* Up to n bytes (n at most 16): how many there were; *out points at them. */
static int get_some(reader *r, int n, const unsigned char **out)
{
    if (r->file != NULL) {
        Py_ssize_t got = _PyFile_ReadBytes(r->file, (char *)r->scratch, n);

        *out = r->scratch;
        return (int)got;
    }
    *out = r->at;
    if (n > r->end - r->at)
        n = (int)(r->end - r->at);
    r->at += n;
    return n;
}

/* A byte; -1 at the end of the data or on error. */
static int get_byte(reader *r)
{
    const unsigned char *p;

    return get_some(r, 1, &p) == 1 ? p[0] : -1;
}

/* Bytes beyond the end read as ones, as if each were the end-of-file mark cut to a byte. */
static py_long get_int32(reader *r)
{
    const unsigned char *p;
    uint32_t v = 0;
    int n = get_some(r, 4, &p), i;

    for (i = 0; i < 4; i++)
        v |= (uint32_t)(i < n ? p[i] : 0xff) << (8 * i);
    return (int32_t)v;
}

static int get_short(reader *r)
{
    const unsigned char *p;
    uint32_t v = 0;
    int n = get_some(r, 2, &p), i;

    for (i = 0; i < 2; i++)
        v |= (uint32_t)(i < n ? p[i] : 0xff) << (8 * i);
    return (int16_t)v;
}

/* A size, refused when negative or, for a buffer, when there is less than a byte for each item. */
static Py_ssize_t get_size(reader *r, const char *complaint)
{
    py_long n = get_int32(r);

    if (PyErr_Occurred())
        return -1;
    if (n < 0) {
        raise_bad(complaint);
        return -1;
    }
    if (r->file == NULL && n > r->end - r->at) {
        raise_eof();
        return -1;
    }
    return n;
}

/* A str of n bytes. */
static PyObject *get_bytes(reader *r, Py_ssize_t n)
{
    PyObject *result;
    Py_ssize_t have = 0;

    if (r->file == NULL) {
        result = PyString_FromStringAndSize((const char *)r->at, n);
        if (result != NULL)
            r->at += n;
        return result;
    }
    result = PyString_FromStringAndSize(NULL, n < 65536 ? n : 65536);
    while (result != NULL && have < n) {
        Py_ssize_t want = PyString_GET_SIZE(result) - have;
        Py_ssize_t got = _PyFile_ReadBytes(r->file, PyString_AS_STRING(result) + have, want);

        if (got < want) {
            if (got >= 0)
                raise_eof();
            Py_CLEAR(result);
            return NULL;
        }
        have += got;
        if (have < n)
            _PyString_Resize(&result, n - have < have ? n : 2 * have);
    }
    return result;
}

static int get_double(reader *r, double *out)
{
    const unsigned char *p;

    if (get_some(r, 8, &p) != 8) {
        if (!PyErr_Occurred())
            raise_eof();
        return -1;
    }
    *out = _PyFloat_Unpack8(p, 1);
    return *out == -1.0 && PyErr_Occurred() ? -1 : 0;
}

static int get_double_text(reader *r, double *out)
{
    int n = get_byte(r);
    PyObject *text;

    if (n < 0 || (r->file == NULL && n > r->end - r->at)) {
        if (!PyErr_Occurred())
            raise_eof();
        return -1;
    }
    text = get_bytes(r, n);
    if (text == NULL)
        return -1;
    *out = PyOS_string_to_double(PyString_AS_STRING(text), NULL, NULL);
    Py_DECREF(text);
    return *out == -1.0 && PyErr_Occurred() ? -1 : 0;
}

static PyObject *get_long(reader *r)
{
    py_long n = get_int32(r);
    Py_ssize_t count = n < 0 ? -n : n, size, i;
    PyLongObject *result;

    if (PyErr_Occurred())
        return NULL;
    if (n == INT32_MIN)
        return raise_bad("long size out of range");
    if (n == 0)
        return (PyObject *)_PyLong_New(0);
    if (r->file == NULL && count > (r->end - r->at + 1) / 2)
        return raise_bad("digit out of range in long");
    size = (count + 1) / 2;
    result = _PyLong_New(size);
    if (result == NULL)
        return NULL;
    memset(result->ob_digit, 0, (size_t)size * sizeof(digit));
    for (i = 0; i < count; i++) {
        int d = get_short(r);

        if (d < 0 || PyErr_Occurred()) {
            Py_DECREF(result);
            return PyErr_Occurred() ? NULL : raise_bad("digit out of range in long");
        }
        if (d == 0 && i == count - 1) {
            Py_DECREF(result);
            return raise_bad("unnormalized long data");
        }
        result->ob_digit[i / 2] |= (digit)d << (i & 1 ? MARSHAL_DIGIT_BITS : 0);
    }
    Py_SIZE(result) = n < 0 ? -size : size;
    return (PyObject *)result;
}

static PyObject *get_object(reader *r, int *was_null);

/* An object that must be there: a NULL mark inside `where` is a TypeError. */
static PyObject *get_item(reader *r, const char *where)
{
    int was_null = 0;
    PyObject *v = get_object(r, &was_null);

    if (was_null)
        PyErr_Format(PyExc_TypeError, "NULL object in marshal data for %s", where);
    return v;
}

static PyObject *get_list(reader *r, Py_ssize_t n, const char *where)
{
    PyObject *result = PyList_New(0);
    Py_ssize_t i;

    for (i = 0; result != NULL && i < n; i++) {
        PyObject *item = get_item(r, where);

        if (item == NULL || PyList_Append(result, item) < 0)
            Py_CLEAR(result);
        Py_XDECREF(item);
    }
    return result;
}

static PyObject *get_tuple(reader *r)
{
    Py_ssize_t n = get_size(r, "tuple size out of range"), i;
    PyObject *result;

    if (n < 0)
        return NULL;
    if (n > 4096) { /* the count may lie: take memory only as items come */
        PyObject *list = get_list(r, n, "tuple");

        if (list == NULL)
            return NULL;
        result = PyList_AsTuple(list);
        Py_DECREF(list);
        return result;
    }
    result = PyTuple_New(n);
    for (i = 0; result != NULL && i < n; i++) {
        PyObject *item = get_item(r, "tuple");

        if (item == NULL)
            Py_CLEAR(result);
        else
            PyTuple_SET_ITEM(result, i, item);
    }
    return result;
}

static PyObject *get_dict(reader *r)
{
    PyObject *result = PyDict_New();

    while (result != NULL) {
        int was_null = 0;
        PyObject *key = get_object(r, &was_null), *value;

        if (key == NULL)
            break;
        value = get_object(r, &was_null);
        if (value == NULL) {
            Py_DECREF(key);
            break;
        }
        if (PyDict_SetItem(result, key, value) < 0)
            Py_CLEAR(result);
        Py_DECREF(key);
        Py_DECREF(value);
    }
    if (PyErr_Occurred())
        Py_CLEAR(result);
    return result;
}

static PyObject *get_set(reader *r, int frozen)
{
    Py_ssize_t n = get_size(r, "set size out of range"), i;
    PyObject *result;

    if (n < 0)
        return NULL;
    result = frozen ? PyFrozenSet_New(NULL) : PySet_New(NULL);
    for (i = 0; result != NULL && i < n; i++) {
        PyObject *item = get_item(r, "set");

        if (item == NULL || PySet_Add(result, item) < 0)
            Py_CLEAR(result);
        Py_XDECREF(item);
    }
    return result;
}

static PyObject *get_code(reader *r)
{
    PyObject *part[8] = {NULL}, *lnotab = NULL, *result = NULL;
    int argcount = (int)get_int32(r), nlocals = (int)get_int32(r);
    int stacksize = (int)get_int32(r), flags = (int)get_int32(r), firstlineno, i;

    for (i = 0; i < 8; i++) {
        part[i] = get_item(r, "object");
        if (part[i] == NULL)
            goto done;
    }
    firstlineno = (int)get_int32(r);
    lnotab = get_item(r, "object");
    if (lnotab == NULL)
        goto done;
    result =
        (PyObject *)PyCode_New(argcount, nlocals, stacksize, flags, part[0], part[1], part[2],
                               part[3], part[4], part[5], part[6], part[7], firstlineno, lnotab);
done:
    for (i = 0; i < 8; i++)
        Py_XDECREF(part[i]);
    Py_XDECREF(lnotab);
    return result;
}

static PyObject *get_string(reader *r, int type)
{
    Py_ssize_t n =
        get_size(r, type == 'u' ? "unicode size out of range" : "string size out of range");
    PyObject *result;

    if (n < 0)
        return NULL;
    result = get_bytes(r, n);
    if (result == NULL || type == 's')
        return result;
    if (type == 'u') {
        PyObject *text = PyUnicode_DecodeUTF8(PyString_AS_STRING(result), n, NULL);

        Py_DECREF(result);
        return text;
    }
    PyString_InternInPlace(&result);
    if (PyList_Append(r->strings, result) < 0)
        Py_CLEAR(result);
    return result;
}

static PyObject *get_value(reader *r, int type, int *was_null)
{
    double re, im;
    py_long low, n;
    PyObject *result;

    switch (type) {
    case '0':
        *was_null = 1;
        return NULL;
    case 'N':
        Py_RETURN_NONE;
    case 'S':
        return Py_INCREF(PyExc_StopIteration), PyExc_StopIteration;
    case '.':
        return Py_INCREF(Py_Ellipsis), Py_Ellipsis;
    case 'F':
        Py_RETURN_FALSE;
    case 'T':
        Py_RETURN_TRUE;
    case 'i':
        return PyInt_FromLong(get_int32(r));
    case 'I':
        low = get_int32(r);
        n = get_int32(r);
        return PyInt_FromLong((py_long)((py_ulong)n << 32 | (uint32_t)low));
    case 'l':
        return get_long(r);
    case 'f':
        return get_double_text(r, &re) < 0 ? NULL : PyFloat_FromDouble(re);
    case 'g':
        return get_double(r, &re) < 0 ? NULL : PyFloat_FromDouble(re);
    case 'x':
        return get_double_text(r, &re) < 0 || get_double_text(r, &im) < 0
                   ? NULL
                   : PyComplex_FromDoubles(re, im);
    case 'y':
        return get_double(r, &re) < 0 || get_double(r, &im) < 0 ? NULL
                                                                : PyComplex_FromDoubles(re, im);
    case 's':
    case 't':
    case 'u':
        return get_string(r, type);
    case 'R':
        n = get_int32(r);
        if (n < 0 || n >= PyList_GET_SIZE(r->strings))
            return raise_bad("string ref out of range");
        result = PyList_GET_ITEM(r->strings, n);
        Py_INCREF(result);
        return result;
    case '(':
        return get_tuple(r);
    case '[':
        n = get_size(r, "list size out of range");
        return n < 0 ? NULL : get_list(r, n, "list");
    case '{':
        return get_dict(r);
    case '<':
    case '>':
        return get_set(r, type == '>');
    case 'c':
        return get_code(r);
    default:
        return raise_bad("unknown type code");
    }
}

static PyObject *get_object(reader *r, int *was_null)
{
    int type = get_byte(r);
    PyObject *result;

    if (type < 0)
        return PyErr_Occurred() ? NULL : raise_eof();
    if (++r->depth > MAX_NESTING) {
        r->depth--;
        PyErr_SetString(PyExc_ValueError, "recursion limit exceeded");
        return NULL;
    }
    result = get_value(r, type, was_null);
    r->depth--;
    return result;
}

static PyObject *read_top(reader *r)
{
    PyObject *result;

    r->strings = PyList_New(0);
    if (r->strings == NULL)
        return NULL;
    result = get_item(r, "object");
    Py_DECREF(r->strings);
    return result;
}

PyObject *PyMarshal_ReadObjectFromString(const char *s, Py_ssize_t n)
{
    reader r = {.at = (const unsigned char *)s, .end = (const unsigned char *)s + n};

    return read_top(&r);
}

/* -- The module
 * ------------------------------------------------------------------------------------- */

PyDoc_STRVAR(
    dump_doc,
    "dump(value, file[, version])\n\nWrites the value to a file object opened for binary writing.");

static PyObject *marshal_dump(PyObject *self, PyObject *args)
{
    PyObject *value, *file, *text;
    int version = Py_MARSHAL_VERSION, status;

    if (!PyArg_ParseTuple(args, "OO|i:dump", &value, &file, &version))
        return NULL;
    if (!PyFile_Check(file)) {
        PyErr_SetString(PyExc_TypeError, "marshal.dump() 2nd arg must be file");
        return NULL;
    }
    if (PyFile_AsFd(file) < 0)
        return NULL;
    text = PyMarshal_WriteObjectToString(value, version);
    if (text == NULL)
        return NULL;
    status = _PyFile_Write(file, PyString_AS_STRING(text), PyString_GET_SIZE(text));
    Py_DECREF(text);
    if (status < 0)
        return NULL;
    Py_RETURN_NONE;
}

PyDoc_STRVAR(load_doc,
             "load(file)\n\nReads one value from a file object opened for binary reading.");

static PyObject *marshal_load(PyObject *self, PyObject *file)
{
    reader r = {.file = file};

    if (!PyFile_Check(file)) {
        PyErr_SetString(PyExc_TypeError, "marshal.load() arg must be file");
        return NULL;
    }
    if (PyFile_AsFd(file) < 0)
        return NULL;
    return read_top(&r);
}

PyDoc_STRVAR(dumps_doc, "dumps(value[, version])\n\nThe bytes that dump would write.");

static PyObject *marshal_dumps(PyObject *self, PyObject *args)
{
    PyObject *value;
    int version = Py_MARSHAL_VERSION;

    if (!PyArg_ParseTuple(args, "O|i:dumps", &value, &version))
        return NULL;
    return PyMarshal_WriteObjectToString(value, version);
}

PyDoc_STRVAR(loads_doc,
             "loads(string)\n\nThe value whose bytes begin the string; what follows is ignored.\n"
             "Raises EOFError, ValueError or TypeError when there is none.");

static PyObject *marshal_loads(PyObject *self, PyObject *args)
{
    char *text;
    Py_ssize_t size;

    return PyArg_ParseTuple(args, "s#:loads", &text, &size)
               ? PyMarshal_ReadObjectFromString(text, size)
               : NULL;
}

PyDoc_STRVAR(marshal_doc,
             "Reads and writes Python values in the binary format of compiled modules.\n\n"
             "Not every type is supported, and the format belongs to this version: use pickle to "
             "keep data.");

static PyMethodDef marshal_methods[] = {
    {"dump", marshal_dump, METH_VARARGS, dump_doc},
    {"load", marshal_load, METH_O, load_doc},
    {"dumps", marshal_dumps, METH_VARARGS, dumps_doc},
    {"loads", marshal_loads, METH_VARARGS, loads_doc},
    {NULL, NULL, 0, NULL},
};

void initmarshal(void)
{
    PyObject *m = Py_InitModule3("marshal", marshal_methods, marshal_doc);

    if (m != NULL)
        PyModule_AddIntConstant(m, "version", Py_MARSHAL_VERSION);
}
