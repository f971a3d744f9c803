/* SPDX-License-Identifier: MIT */
/* format(value, spec) for the built-in types. A specification is
 *     [[fill]align][sign][#][0][width][,][.precision][type]
 * and is read here as UCS4 for byte and unicode strings alike. Numbers always give bytes; the
 * callers turn them into unicode where the specification was. */
#include "Python.h"

typedef struct {
    uint32_t fill;
    int has_fill;
    uint32_t align;
    int alternate;
    uint32_t sign;
    Py_ssize_t width; /* -1: none given */
    int thousands;
    Py_ssize_t precision; /* -1: none given */
    uint32_t type;
} spec_t;

/* ---- The specification
 * ------------------------------------------------------------------------------ */

static int is_align(uint32_t c)
{
    return c == '<' || c == '>' || c == '=' || c == '^';
}

/* Reads digits at *at; *value stays when there are none. -1 with an exception. */
static int read_number(const uint32_t *s, Py_ssize_t len, Py_ssize_t *at, Py_ssize_t *value)
{
    Py_ssize_t n = 0;
    int any = 0;

    for (; *at < len; ++*at) {
        int d = Py_UNICODE_TODECIMAL(s[*at]);
        if (d < 0)
            break;
        if (n > (PY_SSIZE_T_MAX - d) / 10) {
            PyErr_SetString(PyExc_ValueError, "Too many decimal digits in format string");
            return -1;
        }
        n = n * 10 + d;
        any = 1;
    }
    if (any)
        *value = n;
    return any;
}

static int unknown_type(uint32_t type, const char *type_name, int is_unicode)
{
    if (is_unicode && (type <= 32 || type >= 128))
        PyErr_Format(PyExc_ValueError, "Unknown format code '\\x%x' for object of type '%.200s'",
                     (unsigned)type, type_name);
    else
        PyErr_Format(PyExc_ValueError, "Unknown format code '%c' for object of type '%.200s'",
                     (int)type, type_name);
    return -1;
}

static int parse_spec(const uint32_t *s, Py_ssize_t len, uint32_t default_type, int is_unicode,
                      spec_t *spec)
{
    Py_ssize_t at = 0;

    *spec = (spec_t){.width = -1, .precision = -1, .type = default_type};
    if (len >= 2 && is_align(s[1])) {
        spec->fill = s[0];
        spec->has_fill = 1;
        spec->align = s[1];
        at = 2;
    } else if (len >= 1 && is_align(s[0])) {
        spec->align = s[0];
        at = 1;
    }
    if (at < len && (s[at] == ' ' || s[at] == '+' || s[at] == '-'))
        spec->sign = s[at++];
    if (at < len && s[at] == '#') {
        spec->alternate = 1;
        at++;
    }
    if (!spec->has_fill && at < len && s[at] == '0') {
        spec->fill = '0';
        spec->has_fill = 1;
        if (spec->align == 0)
            spec->align = '=';
        at++;
    }
    if (read_number(s, len, &at, &spec->width) < 0)
        return -1;
    if (at < len && s[at] == ',') {
        spec->thousands = 1;
        at++;
    }
    if (at < len && s[at] == '.') {
        at++;
        int got = read_number(s, len, &at, &spec->precision);
        if (got < 0)
            return -1;
        if (got == 0) {
            PyErr_SetString(PyExc_ValueError, "Format specifier missing precision");
            return -1;
        }
    }
    if (len - at > 1) {
        PyErr_SetString(PyExc_ValueError, "Invalid conversion specification");
        return -1;
    }
    if (at < len)
        spec->type = s[at];
    if (spec->thousands &&
        (spec->type == 0 || spec->type > 127 || strchr("defgEG%F", (int)spec->type) == NULL) &&
        spec->type != 0) {
        if (is_unicode && (spec->type <= 32 || spec->type >= 128))
            PyErr_Format(PyExc_ValueError, "Cannot specify ',' with '\\x%x'.",
                         (unsigned)spec->type);
        else
            PyErr_Format(PyExc_ValueError, "Cannot specify ',' with '%c'.", (int)spec->type);
        return -1;
    }
    return 0;
}

/* The same for a byte string. */
static int parse_bytes(const char *s, Py_ssize_t len, uint32_t default_type, spec_t *spec)
{
    uint32_t stack[64] = {0}, *wide = stack;

    if (len > 64 && (wide = PyMem_New(uint32_t, len)) == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t i = 0; i < len; i++)
        wide[i] = Py_CHARMASK(s[i]);
    int result = parse_spec(wide, len, default_type, 0, spec);
    if (wide != stack)
        PyMem_Free(wide);
    return result;
}

/* ---- Strings
 * ---------------------------------------------------------------------------------------- */

/* What a string value makes of the specification: its visible length, the total and the left
 * padding. */
static int plan_string(spec_t *spec, Py_ssize_t len, const char *type_name, int is_unicode,
                       Py_ssize_t *shown, Py_ssize_t *total, Py_ssize_t *left)
{
    if (spec->type != 's')
        return unknown_type(spec->type, type_name, is_unicode);
    if (spec->sign != 0) {
        PyErr_SetString(PyExc_ValueError, "Sign not allowed in string format specifier");
        return -1;
    }
    if (spec->alternate) {
        PyErr_SetString(PyExc_ValueError,
                        "Alternate form (#) not allowed in string format specifier");
        return -1;
    }
    if (spec->align == '=') {
        PyErr_SetString(PyExc_ValueError, "'=' alignment not allowed in string format specifier");
        return -1;
    }
    if (spec->precision >= 0 && len > spec->precision)
        len = spec->precision;
    *shown = len;
    *total = Py_MAX(len, spec->width);
    *left = spec->align == '>' ? *total - len : spec->align == '^' ? (*total - len) / 2 : 0;
    if (!spec->has_fill)
        spec->fill = ' ';
    return 0;
}

PyObject *_PyBytes_FormatAdvanced(PyObject *obj, const char *s, Py_ssize_t len)
{
    spec_t spec;
    Py_ssize_t shown, total, left;
    PyObject *result;

    if (len == 0) {
        if (PyString_CheckExact(obj)) {
            Py_INCREF(obj);
            return obj;
        }
        return PyObject_Str(obj);
    }
    if (parse_bytes(s, len, 's', &spec) < 0 ||
        plan_string(&spec, PyString_GET_SIZE(obj), Py_TYPE(obj)->tp_name, 0, &shown, &total,
                    &left) < 0)
        return NULL;
    result = PyString_FromStringAndSize(NULL, total);
    if (result == NULL)
        return NULL;
    char *p = PyString_AS_STRING(result);
    memset(p, (int)spec.fill, (size_t)left);
    memcpy(p + left, PyString_AS_STRING(obj), (size_t)shown);
    memset(p + left + shown, (int)spec.fill, (size_t)(total - left - shown));
    return result;
}

PyObject *_PyString_FormatAdvanced(PyObject *obj, char *s, Py_ssize_t len)
{
    return _PyBytes_FormatAdvanced(obj, s, len);
}

PyObject *_PyUnicode_FormatAdvanced(PyObject *obj, Py_UNICODE *s, Py_ssize_t len)
{
    spec_t spec;
    Py_ssize_t shown, total, left;
    PyObject *result;

    if (len == 0) {
        if (PyUnicode_CheckExact(obj)) {
            Py_INCREF(obj);
            return obj;
        }
        return PyObject_Unicode(obj);
    }
    if (parse_spec(s, len, 's', 1, &spec) < 0 ||
        plan_string(&spec, PyUnicode_GET_SIZE(obj), Py_TYPE(obj)->tp_name, 1, &shown, &total,
                    &left) < 0)
        return NULL;
    result = PyUnicode_FromUnicode(NULL, total);
    if (result == NULL)
        return NULL;
    Py_UNICODE *p = PyUnicode_AS_UNICODE(result);
    for (Py_ssize_t i = 0; i < left; i++)
        p[i] = spec.fill;
    memcpy(p + left, PyUnicode_AS_UNICODE(obj), (size_t)shown * sizeof(Py_UNICODE));
    for (Py_ssize_t i = left + shown; i < total; i++)
        p[i] = spec.fill;
    return result;
}

/* ---- Numbers
 * ------------------------------------------------------------------------------------------ */

/* A number cut into its parts: sign, prefix, digits before the point, and all that follows. */
typedef struct {
    int negative;
    const char *prefix;
    Py_ssize_t prefix_len;
    const char *digits;
    Py_ssize_t digits_len;
    const char *rest;
    Py_ssize_t rest_len;
    int no_digits_field; /* 'c': what stands in digits is no number */
} parts_t;

/* The length of n digits in groups of three filled up with zeros to width; when out is not NULL
 * they are written so that they end there. */
static Py_ssize_t group(const char *digits, Py_ssize_t n, Py_ssize_t width, int thousands,
                        char *out)
{
    if (!thousands) {
        Py_ssize_t total = Py_MAX(n, Py_MAX(width, 0));
        if (out != NULL) {
            memcpy(out - n, digits, (size_t)n);
            memset(out - total, '0', (size_t)(total - n));
        }
        return total;
    }
    Py_ssize_t written = 0, left = n;
    while (left > 0 || written < width) {
        if (written % 4 == 3) {
            written++;
            if (out != NULL)
                *--out = ',';
        }
        written++;
        left--;
        if (out != NULL)
            *--out = left >= 0 ? digits[left] : '0';
    }
    return written;
}

static PyObject *lay_out(const parts_t *parts, const spec_t *spec, uint32_t default_align)
{
    char sign = 0;
    uint32_t fill = spec->has_fill ? spec->fill : ' ';
    uint32_t align = spec->align != 0 ? spec->align : default_align;
    Py_ssize_t fixed, grouped = 0, total, padding, left = 0, inner = 0, min_width = 0;

    if (parts->negative)
        sign = '-';
    else if (spec->sign == '+' || spec->sign == ' ')
        sign = (char)spec->sign;
    fixed = (sign != 0) + parts->prefix_len + parts->rest_len;
    if (spec->fill == '0' && align == '=')
        min_width = spec->width - fixed;
    if (parts->no_digits_field) {
        grouped = parts->digits_len;
    } else if (parts->digits_len > 0) {
        if (min_width > PY_SSIZE_T_MAX / 2) {
            PyErr_SetString(PyExc_OverflowError, "string is too large");
            return NULL;
        }
        grouped = group(parts->digits, parts->digits_len, min_width, spec->thousands, NULL);
    }
    total = Py_MAX(fixed + grouped, spec->width);
    padding = total - fixed - grouped;
    if (align == '>')
        left = padding;
    else if (align == '^')
        left = padding / 2;
    else if (align == '=')
        inner = padding;

    PyObject *result = PyString_FromStringAndSize(NULL, total);
    if (result == NULL)
        return NULL;
    char *p = PyString_AS_STRING(result);
    memset(p, (int)fill, (size_t)left);
    p += left;
    if (sign != 0)
        *p++ = sign;
    memcpy(p, parts->prefix, (size_t)parts->prefix_len);
    p += parts->prefix_len;
    memset(p, (int)fill, (size_t)inner);
    p += inner;
    if (parts->no_digits_field)
        memcpy(p, parts->digits, (size_t)grouped);
    else if (grouped > 0)
        group(parts->digits, parts->digits_len, min_width, spec->thousands, p + grouped);
    p += grouped;
    memcpy(p, parts->rest, (size_t)parts->rest_len);
    p += parts->rest_len;
    memset(p, (int)fill, (size_t)(padding - left - inner));
    return result;
}

/* Cuts the text of a double: leading digits, then the rest. */
static void cut_double(const char *text, parts_t *parts)
{
    if (*text == '-') {
        parts->negative = 1;
        text++;
    }
    parts->digits = text;
    while (Py_ISDIGIT(*text))
        text++;
    parts->digits_len = text - parts->digits;
    parts->rest = text;
    parts->rest_len = (Py_ssize_t)strlen(text);
}

static PyObject *format_double(double x, const spec_t *spec)
{
    uint32_t type = spec->type;
    Py_ssize_t precision = spec->precision, default_precision = 6;
    int flags = 0, percent = 0;
    parts_t parts = {.prefix = "", .rest = ""};
    PyObject *result;

    if (spec->alternate) {
        PyErr_SetString(PyExc_ValueError,
                        "Alternate form (#) not allowed in float format specifier");
        return NULL;
    }
    if (type == 0) { /* as str does */
        type = 'g';
        default_precision = 12;
        flags = Py_DTSF_ADD_DOT_0;
    } else if (type == 'n') {
        type = 'g';
    } else if (type == '%') {
        type = 'f';
        x *= 100.0;
        percent = 1;
    }
    if (precision < 0)
        precision = default_precision;
    if (precision > INT_MAX - 1) {
        PyErr_SetString(PyExc_ValueError, "precision too big");
        return NULL;
    }
    char *text = PyOS_double_to_string(x, (char)type, (int)precision, flags, NULL);
    if (text == NULL)
        return NULL;
    if (percent) {
        size_t n = strlen(text);
        char *longer = PyMem_Realloc(text, (Py_ssize_t)n + 2);
        if (longer == NULL) {
            PyMem_Free(text);
            return PyErr_NoMemory();
        }
        text = longer;
        text[n] = '%';
        text[n + 1] = '\0';
    }
    cut_double(text, &parts);
    result = lay_out(&parts, spec, '>');
    PyMem_Free(text);
    return result;
}

static int is_float_type(uint32_t type)
{
    return type != 0 && type < 128 && strchr("eEfFgG%", (int)type) != NULL;
}

static PyObject *format_integer(PyObject *value, const spec_t *spec)
{
    parts_t parts = {.prefix = "", .rest = ""};
    PyObject *text = NULL, *result;
    char c;

    if (spec->precision != -1) {
        PyErr_SetString(PyExc_ValueError, "Precision not allowed in integer format specifier");
        return NULL;
    }
    if (spec->type == 'c') {
        if (spec->sign != 0) {
            PyErr_SetString(PyExc_ValueError, "Sign not allowed with integer format specifier 'c'");
            return NULL;
        }
        py_long x = PyLong_Check(value) ? PyLong_AsLong(value) : PyInt_AsLong(value);
        if (x == -1 && PyErr_Occurred())
            return NULL;
        if (x < 0 || x > 255) {
            PyErr_SetString(PyExc_OverflowError, "%c arg not in range(0x100)");
            return NULL;
        }
        c = (char)x;
        parts.digits = &c;
        parts.digits_len = 1;
        parts.no_digits_field = 1;
        return lay_out(&parts, spec, '>');
    }
    int base = spec->type == 'b'                        ? 2
               : spec->type == 'o'                      ? 8
               : spec->type == 'x' || spec->type == 'X' ? 16
                                                        : 10;
    text = PyLong_Check(value) ? _PyLong_Format(value, base, 0, 1)
                               : _PyInt_Format((PyIntObject *)value, base, 1);
    if (text == NULL)
        return NULL;
    char *s = PyString_AS_STRING(text), *end = s + PyString_GET_SIZE(text);
    if (*s == '-') {
        parts.negative = 1;
        s++;
    }
    if (spec->type == 'X')
        for (char *p = s; p < end; p++)
            *p = (char)Py_TOUPPER(*p);
    if (base != 10) {
        if (spec->alternate) {
            parts.prefix = s;
            parts.prefix_len = 2;
        }
        s += 2;
    }
    parts.digits = s;
    parts.digits_len = end - s;
    result = lay_out(&parts, spec, '>');
    Py_DECREF(text);
    return result;
}

/* int and long. */
PyObject *_PyInt_FormatAdvanced(PyObject *obj, const char *s, Py_ssize_t len)
{
    spec_t spec;

    if (len == 0)
        return PyObject_Str(obj);
    if (parse_bytes(s, len, 'd', &spec) < 0)
        return NULL;
    if (spec.type != 0 && spec.type < 128 && strchr("bcdoxXn", (int)spec.type) != NULL)
        return format_integer(obj, &spec);
    if (is_float_type(spec.type)) {
        PyObject *f = PyNumber_Float(obj), *result;
        if (f == NULL)
            return NULL;
        result = format_double(PyFloat_AS_DOUBLE(f), &spec);
        Py_DECREF(f);
        return result;
    }
    unknown_type(spec.type, Py_TYPE(obj)->tp_name, 0);
    return NULL;
}

PyObject *_PyLong_FormatAdvanced(PyObject *obj, char *s, Py_ssize_t len)
{
    return _PyInt_FormatAdvanced(obj, s, len);
}

PyObject *_PyFloat_FormatAdvanced(PyObject *obj, char *s, Py_ssize_t len)
{
    spec_t spec;

    if (len == 0)
        return PyObject_Str(obj);
    if (parse_bytes(s, len, 0, &spec) < 0)
        return NULL;
    if (spec.type != 0 && spec.type != 'n' && !is_float_type(spec.type)) {
        unknown_type(spec.type, Py_TYPE(obj)->tp_name, 0);
        return NULL;
    }
    return format_double(PyFloat_AS_DOUBLE(obj), &spec);
}

/* ---- Complex
 * --------------------------------------------------------------------------------------------- */

PyObject *_PyComplex_FormatAdvanced(PyObject *obj, char *s, Py_ssize_t len)
{
    spec_t spec, part;
    Py_complex c = ((PyComplexObject *)obj)->cval;
    char *texts[2] = {NULL, NULL};
    PyObject *pieces[2] = {NULL, NULL}, *result = NULL;
    int skip_real = 0, parentheses = 0;

    if (len == 0)
        return PyObject_Str(obj);
    if (parse_bytes(s, len, 0, &spec) < 0)
        return NULL;
    if (spec.type != 0 && spec.type != 'n' && (!is_float_type(spec.type) || spec.type == '%')) {
        unknown_type(spec.type, Py_TYPE(obj)->tp_name, 0);
        return NULL;
    }
    if (spec.alternate) {
        PyErr_SetString(PyExc_ValueError,
                        "Alternate form (#) not allowed in complex format specifier");
        return NULL;
    }
    if (spec.fill == '0') {
        PyErr_SetString(PyExc_ValueError,
                        "Zero padding is not allowed in complex format specifier");
        return NULL;
    }
    if (spec.align == '=') {
        PyErr_SetString(PyExc_ValueError,
                        "'=' alignment flag is not allowed in complex format specifier");
        return NULL;
    }
    char type = (char)spec.type;
    Py_ssize_t precision = spec.precision;
    if (type == 0) { /* as str does */
        type = 'g';
        if (precision < 0)
            precision = 12;
        if (c.real == 0.0 && !signbit(c.real))
            skip_real = 1;
        else
            parentheses = 1;
    } else if (type == 'n') {
        type = 'g';
    }
    if (precision < 0)
        precision = 6;
    if (precision > INT_MAX - 1) {
        PyErr_SetString(PyExc_ValueError, "precision too big");
        return NULL;
    }
    part = spec;
    part.has_fill = 0;
    part.fill = 0;
    part.align = '<';
    part.width = -1;
    for (int i = skip_real; i < 2; i++) {
        parts_t cut = {.prefix = "", .rest = ""};
        texts[i] = PyOS_double_to_string(i == 0 ? c.real : c.imag, type, (int)precision, 0, NULL);
        if (texts[i] == NULL)
            goto done;
        cut_double(texts[i], &cut);
        if (i == 1 && !skip_real)
            part.sign = '+'; /* always one between the parts */
        pieces[i] = lay_out(&cut, &part, '<');
        if (pieces[i] == NULL)
            goto done;
    }
    PyObject *whole = PyString_FromFormat("%s%s%sj%s", parentheses ? "(" : "",
                                          skip_real ? "" : PyString_AS_STRING(pieces[0]),
                                          PyString_AS_STRING(pieces[1]), parentheses ? ")" : "");
    if (whole == NULL)
        goto done;
    parts_t text = {.prefix = "",
                    .digits = PyString_AS_STRING(whole),
                    .digits_len = PyString_GET_SIZE(whole),
                    .rest = "",
                    .no_digits_field = 1};
    spec.sign = 0;
    result = lay_out(&text, &spec, '>');
    Py_DECREF(whole);
done:
    for (int i = 0; i < 2; i++) {
        PyMem_Free(texts[i]);
        Py_XDECREF(pieces[i]);
    }
    return result;
}
