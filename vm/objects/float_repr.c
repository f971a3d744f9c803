/* SPDX-License-Identifier: MIT */
/* float's methods, and what they say about its representation: hexadecimal text, exact ratios, IEEE
 * bytes, sys.float_info. */
#include "Python.h"
#include "float_private.h"
#include <float.h>

/* ---- IEEE bytes ---------------------------------------------------------------------------------
 */

/* What __setformat__ made of the formats: "unknown" refuses special values in unpacking. */
static int double_unknown, float_unknown;

static void put_bytes(uint64_t bits, int n, unsigned char *p, int little_endian)
{
    for (int i = 0; i < n; i++)
        p[little_endian ? i : n - 1 - i] = (unsigned char)(bits >> (8 * i));
}

static uint64_t get_bytes(const unsigned char *p, int n, int little_endian)
{
    uint64_t bits = 0;
    for (int i = 0; i < n; i++)
        bits |= (uint64_t)p[little_endian ? i : n - 1 - i] << (8 * i);
    return bits;
}

int _PyFloat_Pack4(double x, unsigned char *p, int little_endian)
{
    float y = (float)x;
    uint32_t bits;

    if (isinf(y) && !isinf(x)) {
        PyErr_SetString(PyExc_OverflowError, "float too large to pack with f format");
        return -1;
    }
    memcpy(&bits, &y, 4);
    put_bytes(bits, 4, p, little_endian);
    return 0;
}

int _PyFloat_Pack8(double x, unsigned char *p, int little_endian)
{
    uint64_t bits;
    memcpy(&bits, &x, 8);
    put_bytes(bits, 8, p, little_endian);
    return 0;
}

static double refuse_special(void)
{
    PyErr_SetString(PyExc_ValueError, "can't unpack IEEE 754 special value on non-IEEE platform");
    return -1.0;
}

double _PyFloat_Unpack4(const unsigned char *p, int little_endian)
{
    uint32_t bits = (uint32_t)get_bytes(p, 4, little_endian);
    float y;
    memcpy(&y, &bits, 4);
    return float_unknown && !isfinite(y) ? refuse_special() : (double)y;
}

double _PyFloat_Unpack8(const unsigned char *p, int little_endian)
{
    uint64_t bits = get_bytes(p, 8, little_endian);
    double x;
    memcpy(&x, &bits, 8);
    return double_unknown && !isfinite(x) ? refuse_special() : x;
}

PyDoc_STRVAR(getformat_doc,
             "How the C type named (\"double\" or \"float\") is represented; for tests.");
static PyObject *float_getformat(PyObject *cls, PyObject *arg)
{
    if (!PyString_Check(arg)) {
        PyErr_Format(PyExc_TypeError, "__getformat__() argument must be string, not %.500s",
                     Py_TYPE(arg)->tp_name);
        return NULL;
    }
    const char *s = PyString_AS_STRING(arg);
    int is_double = strcmp(s, "double") == 0;
    if (!is_double && strcmp(s, "float") != 0) {
        PyErr_SetString(PyExc_ValueError, "__getformat__() argument 1 must be 'double' or 'float'");
        return NULL;
    }
    return PyString_FromString(
        (is_double ? double_unknown : float_unknown) ? "unknown" : "IEEE, little-endian");
}

PyDoc_STRVAR(setformat_doc, "Sets what __getformat__ tells and unpacking heeds; for tests.");
static PyObject *float_setformat(PyObject *cls, PyObject *args)
{
    char *type, *format;
    int *target, unknown;

    if (!PyArg_ParseTuple(args, "ss:__setformat__", &type, &format))
        return NULL;
    if (strcmp(type, "double") == 0) {
        target = &double_unknown;
    } else if (strcmp(type, "float") == 0) {
        target = &float_unknown;
    } else {
        PyErr_SetString(PyExc_ValueError, "__setformat__() argument 1 must be 'double' or 'float'");
        return NULL;
    }
    if (strcmp(format, "unknown") == 0) {
        unknown = 1;
    } else if (strcmp(format, "IEEE, little-endian") == 0) {
        unknown = 0;
    } else if (strcmp(format, "IEEE, big-endian") == 0) {
        PyErr_Format(PyExc_ValueError,
                     "can only set %s format to 'unknown' or the detected platform value", type);
        return NULL;
    } else {
        PyErr_SetString(PyExc_ValueError, "__setformat__() argument 2 must be 'unknown', "
                                          "'IEEE, little-endian' or 'IEEE, big-endian'");
        return NULL;
    }
    *target = unknown;
    Py_RETURN_NONE;
}

/* ---- Hexadecimal text
 * ------------------------------------------------------------------------------ */

PyDoc_STRVAR(hex_doc, "The exact value in hexadecimal: (-0.1).hex() is '-0x1.999999999999ap-4'.");
static PyObject *float_hex(PyObject *self, PyObject *unused)
{
    double x = PyFloat_AS_DOUBLE(self);
    char text[40];
    uint64_t bits;

    if (!isfinite(x))
        return PyString_FromString(isnan(x) ? "nan" : x < 0 ? "-inf" : "inf");
    memcpy(&bits, &x, 8);
    int expo = (int)(bits >> 52 & 0x7ff), negative = (int)(bits >> 63);
    uint64_t mantissa = bits & (((uint64_t)1 << 52) - 1);
    if (expo == 0 && mantissa == 0)
        return PyString_FromString(negative ? "-0x0.0p+0" : "0x0.0p+0");
    int lead = expo != 0;
    int e = lead ? expo - 1023 : -1022;
    snprintf(text, sizeof text, "%s0x%d.%013" PRIx64 "p%c%d", negative ? "-" : "", lead, mantissa,
             e < 0 ? '-' : '+', abs(e));
    return PyString_FromString(text);
}

static int hex_value(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* m * 2^e with something nonzero below when sticky, correctly rounded; inf when too large. */
static double round_binary(uint64_t m, int sticky, int64_t e)
{
    int bits = 0;
    for (uint64_t t = m; t != 0; t >>= 1)
        bits++;
    if (bits == 0)
        return 0.0;
    int64_t top = bits + e;
    if (top > 1025)
        return HUGE_VAL;
    if (top < -1080)
        return 0.0;
    int keep = top < -1021 ? (int)(53 - (-1021 - top)) : 53;
    int drop = bits - keep;
    if (keep < 0)
        return 0.0;
    if (drop <= 0)
        return ldexp((double)m, (int)e);
    uint64_t half = (uint64_t)1 << (drop - 1), rest = m & ((half << 1) - 1);
    m = drop < 64 ? m >> drop : 0;
    if (rest > half || (rest == half && (sticky || (m & 1))))
        m++;
    return ldexp((double)m, (int)(e + drop));
}

PyDoc_STRVAR(fromhex_doc,
             "A float from its hexadecimal text, as hex() writes it; the rest of such a\n\
number that does not fit is rounded. Also takes inf and nan.");
static PyObject *float_fromhex(PyObject *cls, PyObject *arg)
{
    char *text, *end;
    const char *s, *last;
    Py_ssize_t n;
    int negative = 0, any = 0, sticky = 0, taken = 0, point = 0;
    uint64_t m = 0;
    int64_t e = 0;
    double x;

    if (PyString_AsStringAndSize(arg, &text, &n) < 0)
        return NULL;
    last = text + n;
    s = text;
    while (Py_ISSPACE(*s))
        s++;
    x = _Py_parse_inf_or_nan(s, &end);
    if (end != s) {
        s = end;
        goto finished;
    }
    if (*s == '-' || *s == '+')
        negative = *s++ == '-';
    if (*s == '0' && (s[1] == 'x' || s[1] == 'X'))
        s += 2;
    for (;; s++) {
        int d;
        if (*s == '.' && !point) {
            point = 1;
            continue;
        }
        if ((d = hex_value(*s)) < 0)
            break;
        any = 1;
        if (point)
            e -= 4;
        if (taken == 0 && d == 0)
            continue;
        if (taken < 15) {
            m = m << 4 | (uint64_t)d;
            taken++;
        } else {
            sticky |= d != 0;
            e += 4;
        }
    }
    if (!any)
        goto invalid;
    if (*s == 'p' || *s == 'P') {
        int eneg = 0;
        int64_t p = 0;
        s++;
        if (*s == '-' || *s == '+')
            eneg = *s++ == '-';
        if (*s < '0' || *s > '9')
            goto invalid;
        for (; *s >= '0' && *s <= '9'; s++)
            if (p < (int64_t)1 << 55)
                p = p * 10 + (*s - '0');
        e += eneg ? -p : p;
    }
    x = round_binary(m, sticky, e);
    if (negative)
        x = -x;
finished:
    while (Py_ISSPACE(*s))
        s++;
    if (s != last)
        goto invalid;
    if (isinf(x) && any) {
        PyErr_SetString(PyExc_OverflowError, "hexadecimal value too large to represent as a float");
        return NULL;
    }
    return PyObject_CallFunction(cls, "(d)", x);

invalid:
    PyErr_SetString(PyExc_ValueError, "invalid hexadecimal floating-point string");
    return NULL;
}

/* ---- Other methods
 * ------------------------------------------------------------------------------------ */

PyDoc_STRVAR(ratio_doc, "The value as an exact ratio (numerator, denominator) in lowest terms.");
static PyObject *float_as_integer_ratio(PyObject *self, PyObject *unused)
{
    double x = PyFloat_AS_DOUBLE(self);
    PyObject *num = NULL, *den = NULL, *shift = NULL, *result = NULL;
    int e;

    if (isinf(x)) {
        PyErr_SetString(PyExc_OverflowError, "Cannot pass infinity to float.as_integer_ratio.");
        return NULL;
    }
    if (isnan(x)) {
        PyErr_SetString(PyExc_ValueError, "Cannot pass NaN to float.as_integer_ratio.");
        return NULL;
    }
    x = frexp(x, &e);
    while (x != floor(x)) {
        x *= 2.0;
        e--;
    }
    num = PyLong_FromDouble(x);
    den = PyLong_FromLong(1);
    shift = PyLong_FromLong(abs(e));
    if (num == NULL || den == NULL || shift == NULL)
        goto done;
    PyObject **scaled = e > 0 ? &num : &den;
    PyObject *t = PyNumber_Lshift(*scaled, shift);
    if (t == NULL)
        goto done;
    Py_SETREF(*scaled, t);
    PyObject *a = PyNumber_Int(num), *b = PyNumber_Int(den);
    if (a != NULL && b != NULL)
        result = PyTuple_Pack(2, a, b);
    Py_XDECREF(a);
    Py_XDECREF(b);
done:
    Py_XDECREF(num);
    Py_XDECREF(den);
    Py_XDECREF(shift);
    return result;
}

PyDoc_STRVAR(is_integer_doc, "Whether the value is a whole number.");
static PyObject *float_is_integer(PyObject *self, PyObject *unused)
{
    double x = PyFloat_AS_DOUBLE(self);
    return PyBool_FromLong(isfinite(x) && floor(x) == x);
}

PyDoc_STRVAR(conjugate_doc, "Returns the number itself: it has no imaginary part.");
static PyObject *float_conjugate(PyObject *self, PyObject *unused)
{
    return PyFloat_Type.tp_as_number->nb_float(self);
}

PyDoc_STRVAR(trunc_doc, "The whole number next to it on the side of zero.");
static PyObject *float_trunc(PyObject *self, PyObject *unused)
{
    return PyFloat_Type.tp_as_number->nb_int(self);
}

static PyObject *float_getnewargs(PyObject *self, PyObject *unused)
{
    return Py_BuildValue("(d)", PyFloat_AS_DOUBLE(self));
}

PyDoc_STRVAR(format_doc, "The value as text in the layout the specification asks for.");
static PyObject *float__format__(PyObject *self, PyObject *args)
{
    PyObject *spec, *text, *result;

    if (!PyArg_ParseTuple(args, "O:__format__", &spec))
        return NULL;
    if (!PyString_Check(spec) && !PyUnicode_Check(spec)) {
        PyErr_SetString(PyExc_TypeError, "__format__ requires str or unicode");
        return NULL;
    }
    text = PyObject_Str(spec);
    if (text == NULL)
        return NULL;
    result = _PyFloat_FormatAdvanced(self, PyString_AS_STRING(text), PyString_GET_SIZE(text));
    Py_DECREF(text);
    return result;
}

static PyObject *float_get_real(PyObject *self, void *closure)
{
    return PyFloat_Type.tp_as_number->nb_float(self);
}

static PyObject *float_get_imag(PyObject *self, void *closure)
{
    return PyFloat_FromDouble(0.0);
}

PyMethodDef _PyFloat_methods[] = {
    {"conjugate", float_conjugate, METH_NOARGS, conjugate_doc},
    {"__trunc__", float_trunc, METH_NOARGS, trunc_doc},
    {"as_integer_ratio", float_as_integer_ratio, METH_NOARGS, ratio_doc},
    {"fromhex", float_fromhex, METH_O | METH_CLASS, fromhex_doc},
    {"hex", float_hex, METH_NOARGS, hex_doc},
    {"is_integer", float_is_integer, METH_NOARGS, is_integer_doc},
    {"__getnewargs__", float_getnewargs, METH_NOARGS, NULL},
    {"__getformat__", float_getformat, METH_O | METH_CLASS, getformat_doc},
    {"__setformat__", float_setformat, METH_VARARGS | METH_CLASS, setformat_doc},
    {"__format__", float__format__, METH_VARARGS, format_doc},
    {NULL, NULL, 0, NULL},
};

PyGetSetDef _PyFloat_getset[] = {
    {"real", float_get_real, NULL, "the real part of a complex number", NULL},
    {"imag", float_get_imag, NULL, "the imaginary part of a complex number", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

/* ---- sys.float_info
 * ---------------------------------------------------------------------------------------- */

static PyStructSequence_Field float_info_fields[] = {
    {"max", "DBL_MAX -- maximum representable finite float"},
    {"max_exp", "DBL_MAX_EXP -- maximum int e such that radix**(e-1) is representable"},
    {"max_10_exp", "DBL_MAX_10_EXP -- maximum int e such that 10**e is representable"},
    {"min", "DBL_MIN -- Minimum positive normalizer float"},
    {"min_exp", "DBL_MIN_EXP -- minimum int e such that radix**(e-1) is a normalized float"},
    {"min_10_exp", "DBL_MIN_10_EXP -- minimum int e such that 10**e is a normalized"},
    {"dig", "DBL_DIG -- digits"},
    {"mant_dig", "DBL_MANT_DIG -- mantissa digits"},
    {"epsilon", "DBL_EPSILON -- Difference between 1 and the next representable float"},
    {"radix", "FLT_RADIX -- radix of exponent"},
    {"rounds", "FLT_ROUNDS -- addition rounds"},
    {NULL, NULL},
};

static PyStructSequence_Desc float_info_desc = {
    .name = "sys.float_info",
    .doc = "The properties of the floating-point type.",
    .fields = float_info_fields,
    .n_in_sequence = 11,
};

static PyTypeObject FloatInfoType;

PyObject *PyFloat_GetInfo(void)
{
    int at = 0;

    if (FloatInfoType.tp_name == NULL)
        PyStructSequence_InitType(&FloatInfoType, &float_info_desc);
    PyObject *info = PyStructSequence_New(&FloatInfoType);
    if (info == NULL)
        return NULL;
    PyStructSequence_SET_ITEM(info, at++, PyFloat_FromDouble(DBL_MAX));
    PyStructSequence_SET_ITEM(info, at++, PyInt_FromLong(DBL_MAX_EXP));
    PyStructSequence_SET_ITEM(info, at++, PyInt_FromLong(DBL_MAX_10_EXP));
    PyStructSequence_SET_ITEM(info, at++, PyFloat_FromDouble(DBL_MIN));
    PyStructSequence_SET_ITEM(info, at++, PyInt_FromLong(DBL_MIN_EXP));
    PyStructSequence_SET_ITEM(info, at++, PyInt_FromLong(DBL_MIN_10_EXP));
    PyStructSequence_SET_ITEM(info, at++, PyInt_FromLong(DBL_DIG));
    PyStructSequence_SET_ITEM(info, at++, PyInt_FromLong(DBL_MANT_DIG));
    PyStructSequence_SET_ITEM(info, at++, PyFloat_FromDouble(DBL_EPSILON));
    PyStructSequence_SET_ITEM(info, at++, PyInt_FromLong(FLT_RADIX));
    PyStructSequence_SET_ITEM(info, at++, PyInt_FromLong(1));
    if (PyErr_Occurred())
        Py_CLEAR(info);
    return info;
}
