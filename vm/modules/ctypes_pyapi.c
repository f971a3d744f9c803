/* SPDX-License-Identifier: MIT */
/* The functions of Python's C API that ctypes.pythonapi has here: a few of those that programs (and
 * the library's own tests) call by name. Each is an adapter from C values to the function; the
 * variadic ones interpret their format themselves, as a list of C values is no va_list. Invariant:
 * addresses among the values are looked up before they are used, as everywhere in ctypes. */
#include "ctypes_private.h"

/* The values not used yet. */
typedef struct {
    const CValue *next;
    Py_ssize_t left;
} Values;

static const CValue *take(Values *values, char class)
{
    if (values->left == 0) {
        PyErr_SetString(PyExc_TypeError, "not enough arguments for this function");
        return NULL;
    }
    if (values->next->class != class) {
        PyErr_SetString(PyExc_TypeError, "the function was called with arguments of other types");
        return NULL;
    }
    values->left--;
    return values->next++;
}

static int take_word(Values *values, uint64_t *x)
{
    const CValue *v = take(values, 'i');
    if (v == NULL)
        return -1;
    *x = ctypes_load64(v->bytes);
    return 0;
}

/* A C string, as a new str. */
static PyObject *take_string(Values *values)
{
    const CValue *v = take(values, 'i');
    if (v == NULL)
        return NULL;
    if (ctypes_load64(v->bytes) == 0)
        return ctypes_memory(0, 1, 0), NULL;
    return ctypes_simple_get('z', v->bytes, NULL, 0);
}

/* An object, borrowed; *null when it is NULL. */
static PyObject *take_object(Values *values, int *null)
{
    const CValue *v = take(values, 'i');
    if (v == NULL)
        return NULL;
    uint64_t address = ctypes_load64(v->bytes);
    *null = address == 0;
    if (v->keep != NULL && address == (uintptr_t)v->keep)
        return v->keep;
    return *null ? NULL : ctypes_object_at(address);
}

static int give_object(CValue *result, PyObject *o)
{
    if (o == NULL)
        return -1;
    uint64_t address = (uintptr_t)o;
    memcpy(result->bytes, &address, 8);
    result->keep = o;
    return 0;
}

static int give_word(CValue *result, int64_t x)
{
    memcpy(result->bytes, &x, 8);
    return 0;
}

/* ---- Formats */

/* Who formats: PyString_FromFormat (widths are ignored), PyUnicode_FromFormat, or C's printf. */
typedef enum { FOR_STRING, FOR_UNICODE, FOR_C } Style;

typedef struct {
    int zero, width, precision, size; /* size: l, ll or z was given */
} Spec;

static PyObject *format_number(const Spec *spec, Style style, char conversion, uint64_t x)
{
    char text[400], pattern[40];
    const char *size = spec->size ? PRId64 : "d";
    int width = style == FOR_STRING ? 0 : Py_MIN(spec->width, 300);
    int precision = style == FOR_STRING ? 1 : Py_MIN(spec->precision, 300);

    PyOS_snprintf(pattern, sizeof pattern,
                  spec->zero && style != FOR_STRING ? "%%0*.*%s" : "%%*.*%s", size);
    if (precision < 0)
        PyOS_snprintf(pattern, sizeof pattern, spec->zero ? "%%0*%s" : "%%*%s", size);
    pattern[strlen(pattern) - 1] = conversion;
    if (precision < 0 && spec->size)
        snprintf(text, sizeof text, pattern, width, (int64_t)x);
    else if (precision < 0)
        snprintf(text, sizeof text, pattern, width, (int)x);
    else if (spec->size)
        snprintf(text, sizeof text, pattern, width, precision, (int64_t)x);
    else
        snprintf(text, sizeof text, pattern, width, precision, (int)x);
    return PyString_FromString(text);
}

static PyObject *widen(PyObject *s)
{
    PyObject *u = s == NULL
                      ? NULL
                      : PyUnicode_DecodeLatin1(PyString_AS_STRING(s), PyString_GET_SIZE(s), NULL);
    Py_XDECREF(s);
    return u;
}

static PyObject *format_string(const Spec *spec, Style style, PyObject *s)
{
    if (s == NULL)
        return NULL;
    Py_ssize_t n = PyString_GET_SIZE(s);
    if (spec->precision >= 0 && style != FOR_UNICODE && n > spec->precision)
        n = spec->precision;
    PyObject *result = style == FOR_UNICODE
                           ? PyUnicode_DecodeUTF8(PyString_AS_STRING(s), n, "replace")
                           : PyString_FromStringAndSize(PyString_AS_STRING(s), n);
    Py_DECREF(s);
    if (result != NULL && style == FOR_C && spec->width > n) {
        PyObject *padded = PyObject_CallMethod(result, "rjust", "(i)", spec->width);
        Py_DECREF(result);
        return padded;
    }
    return result;
}

/* What %U, %S, %R and %V make of an object: unicode. */
static PyObject *format_object(char conversion, Values *values)
{
    int null = 0;
    PyObject *o = take_object(values, &null);
    if (conversion == 'V') {
        if (o == NULL && !null)
            return NULL;
        PyObject *other = null ? take_string(values) : NULL;
        if (null)
            return widen(other);
        if (take(values, 'i') == NULL)
            return NULL;
    }
    if (o == NULL) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_ValueError, "PyObject is NULL");
        return NULL;
    }
    if (conversion == 'R')
        return widen(PyObject_Repr(o));
    return PyObject_Unicode(o);
}

static PyObject *format_one(const Spec *spec, Style style, char conversion, Values *values)
{
    uint64_t x;
    char text[40];

    switch (conversion) {
    case 's':
        return format_string(spec, style, take_string(values));
    case 'U':
    case 'S':
    case 'R':
    case 'V':
        return format_object(conversion, values);
    case 'f':
    case 'g':
    case 'e': {
        const CValue *v = take(values, 'd');
        if (v == NULL)
            return NULL;
        double d;
        memcpy(&d, v->bytes, 8);
        PyOS_snprintf(text, sizeof text, "%%%s%d.%d%c", spec->zero ? "0" : "",
                      Py_MIN(spec->width, 1000), spec->precision < 0 ? 6 : spec->precision,
                      conversion);
        PyObject *pattern = PyString_FromString(text), *number = PyFloat_FromDouble(d);
        PyObject *pair = number == NULL ? NULL : PyTuple_Pack(1, number);
        PyObject *result = pattern == NULL || pair == NULL ? NULL : PyString_Format(pattern, pair);
        Py_XDECREF(pattern);
        Py_XDECREF(number);
        Py_XDECREF(pair);
        return result;
    }
    }
    if (take_word(values, &x) < 0)
        return NULL;
    if (conversion == 'c') {
        if (style == FOR_UNICODE) {
            if (x > 0x10FFFF) {
                PyErr_SetString(PyExc_OverflowError,
                                "%c arg not in range(0x110000) (wide Python build)");
                return NULL;
            }
            return PyUnicode_FromOrdinal((int)x);
        }
        text[0] = (char)x;
        return PyString_FromStringAndSize(text, 1);
    }
    PyObject *s;
    if (conversion == 'p') {
        snprintf(text, sizeof text, "0x%" PRIx64, x);
        s = PyString_FromString(text);
    } else {
        s = format_number(spec, style, conversion, x);
    }
    return style == FOR_UNICODE ? widen(s) : s;
}

/* Adds piece, which is released, to *all. */
static int add(PyObject **all, PyObject *piece)
{
    if (piece != NULL && *all != NULL) {
        PyObject *sum = PyNumber_Add(*all, piece);
        Py_SETREF(*all, sum);
    } else {
        Py_CLEAR(*all);
    }
    Py_XDECREF(piece);
    return *all == NULL ? -1 : 0;
}

static PyObject *literal(Style style, const char *s, Py_ssize_t n)
{
    PyObject *piece = PyString_FromStringAndSize(s, n);
    return style == FOR_UNICODE ? widen(piece) : piece;
}

static PyObject *format_values(Style style, const char *f, Values *values)
{
    const char *known = style == FOR_STRING    ? "cduixsp"
                        : style == FOR_UNICODE ? "cduixsUSRVp"
                                               : "cduixXsfgep";
    PyObject *all = literal(style, "", 0);

    while (all != NULL && *f != '\0') {
        const char *percent = strchr(f, '%');
        if (percent == NULL)
            percent = f + strlen(f);
        if (percent != f) {
            add(&all, literal(style, f, percent - f));
            f = percent;
            continue;
        }
        Spec spec = {.precision = -1};
        f++;
        spec.zero = *f == '0';
        for (; *f >= '0' && *f <= '9'; f++)
            spec.width = spec.width < 100000 ? spec.width * 10 + (*f - '0') : spec.width;
        if (*f == '.') {
            spec.precision = 0;
            for (f++; *f >= '0' && *f <= '9'; f++)
                if (spec.precision < 100000)
                    spec.precision = spec.precision * 10 + (*f - '0');
        }
        const char *size = f;
        while (*f == 'l' || *f == 'z')
            f++;
        spec.size = f > size;
        if (*f == '%') {
            add(&all, literal(style, "%", 1));
        } else if (*f != '\0' && strchr(known, *f) != NULL) {
            add(&all, format_one(&spec, style, *f, values));
        } else {
            /* What it does not know, and all after it, stands as it is. */
            add(&all, literal(style, percent, (Py_ssize_t)strlen(percent)));
            return all;
        }
        f++;
    }
    return all;
}

static int from_format(Style style, Values *values, CValue *result)
{
    PyObject *format = take_string(values);
    if (format == NULL)
        return -1;
    PyObject *o = format_values(style, PyString_AS_STRING(format), values);
    Py_DECREF(format);
    return give_object(result, o);
}

/* ---- The functions */

static int string_from_format(Values *values, CValue *result)
{
    return from_format(FOR_STRING, values, result);
}

static int unicode_from_format(Values *values, CValue *result)
{
    return from_format(FOR_UNICODE, values, result);
}

static int string_from_string(Values *values, CValue *result)
{
    return give_object(result, take_string(values));
}

static int string_from_string_and_size(Values *values, CValue *result)
{
    uint64_t address, size;
    if (take_word(values, &address) < 0 || take_word(values, &size) < 0)
        return -1;
    if (size > PY_SSIZE_T_MAX) {
        PyErr_SetString(PyExc_SystemError, "Negative size passed to PyString_FromStringAndSize");
        return -1;
    }
    char *p = ctypes_memory(address, (Py_ssize_t)size, 0);
    return p == NULL ? -1 : give_object(result, PyString_FromStringAndSize(p, (Py_ssize_t)size));
}

static int int_from_long(Values *values, CValue *result)
{
    uint64_t x;
    return take_word(values, &x) < 0 ? -1 : give_object(result, PyInt_FromLong((py_long)x));
}

static int int_as_long(Values *values, CValue *result)
{
    int null = 0;
    PyObject *o = take_object(values, &null);
    if (o == NULL) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_TypeError, "an integer is required");
        return -1;
    }
    py_long x = PyInt_AsLong(o);
    return x == -1 && PyErr_Occurred() ? -1 : give_word(result, x);
}

/* There is one interpreter, and who calls has its lock. */
static int gil_ensure(Values *values, CValue *result)
{
    return give_word(result, 0);
}

static int gil_release(Values *values, CValue *result)
{
    uint64_t state;
    return take_word(values, &state) < 0 ? -1 : give_word(result, 0);
}

static int set_async_exc(Values *values, CValue *result)
{
    uint64_t id;
    int null = 0;
    if (take_word(values, &id) < 0)
        return -1;
    PyObject *exc = take_object(values, &null);
    if (exc == NULL && !null)
        return -1;
    return give_word(result, PyThreadState_SetAsyncExc((int64_t)id, exc));
}

/* Writes what fits of s with its NUL to size bytes at address. */
static int put_string(uint64_t address, uint64_t size, PyObject *s)
{
    Py_ssize_t n = PyString_GET_SIZE(s) + 1;
    if (size == 0)
        return 0;
    if ((uint64_t)n > size)
        n = (Py_ssize_t)size;
    char *p = ctypes_memory(address, n, 1);
    if (p == NULL)
        return -1;
    memcpy(p, PyString_AS_STRING(s), (size_t)n - 1);
    p[n - 1] = '\0';
    ctypes_stored();
    return 0;
}

static int os_snprintf(Values *values, CValue *result)
{
    uint64_t address, size;
    if (take_word(values, &address) < 0 || take_word(values, &size) < 0)
        return -1;
    PyObject *format = take_string(values);
    if (format == NULL)
        return -1;
    PyObject *s = format_values(FOR_C, PyString_AS_STRING(format), values);
    Py_DECREF(format);
    if (s == NULL)
        return -1;
    int err = put_string(address, size, s);
    if (err == 0)
        give_word(result, PyString_GET_SIZE(s));
    Py_DECREF(s);
    return err;
}

static int os_ascii_formatd(Values *values, CValue *result)
{
    uint64_t address, size;
    if (take_word(values, &address) < 0 || take_word(values, &size) < 0)
        return -1;
    PyObject *format = take_string(values), *number = NULL, *s = NULL;
    const CValue *v = format == NULL ? NULL : take(values, 'd');
    int err = -1;
    if (v != NULL &&
        PyErr_Warn(PyExc_DeprecationWarning,
                   "PyOS_ascii_formatd is deprecated, use PyOS_double_to_string instead") == 0) {
        double d;
        memcpy(&d, v->bytes, 8);
        const char *f = PyString_AS_STRING(format);
        size_t n = strlen(f);
        if (n < 2 || f[0] != '%' || strchr("eEfFgG", f[n - 1]) == NULL ||
            strspn(f + 1, "-+ #0123456789.") != n - 2) {
            err = 0; /* (answers NULL) */
        } else {
            PyObject *pair = NULL;
            number = PyFloat_FromDouble(d);
            pair = number == NULL ? NULL : PyTuple_Pack(1, number);
            s = pair == NULL ? NULL : PyString_Format(format, pair);
            Py_XDECREF(pair);
            err = s == NULL ? -1 : put_string(address, size, s);
            if (err == 0)
                give_word(result, (int64_t)address);
        }
    }
    Py_XDECREF(format);
    Py_XDECREF(number);
    Py_XDECREF(s);
    return err;
}

static const struct {
    const char *name;
    int (*run)(Values *values, CValue *result);
} functions[] = {
    {"PyGILState_Ensure", gil_ensure},
    {"PyGILState_Release", gil_release},
    {"PyInt_AsLong", int_as_long},
    {"PyInt_FromLong", int_from_long},
    {"PyOS_ascii_formatd", os_ascii_formatd},
    {"PyOS_snprintf", os_snprintf},
    {"PyString_FromFormat", string_from_format},
    {"PyString_FromString", string_from_string},
    {"PyString_FromStringAndSize", string_from_string_and_size},
    {"PyThreadState_SetAsyncExc", set_async_exc},
    {"PyUnicodeUCS4_FromFormat", unicode_from_format},
};

int ctypes_pyapi_find(const char *name)
{
    for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++)
        if (strcmp(functions[i].name, name) == 0)
            return (int)i;
    return -1;
}

int ctypes_pyapi_run(int which, const CValue *values, Py_ssize_t n, CValue *result)
{
    if (which < 0 || which >= (int)(sizeof functions / sizeof functions[0])) {
        PyErr_SetString(PyExc_ValueError, "no function is known at this address");
        return -1;
    }
    Values all = {values, n};
    return functions[which].run(&all, result);
}
