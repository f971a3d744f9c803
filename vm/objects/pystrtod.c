/* SPDX-License-Identifier: MIT */
/* Doubles and text as Python wants them: inf and nan, exceptions, repr's layout; the digits
 * themselves come from base/dtoa.c. */
#include "Python.h"
#include <errno.h>

/* Matches a word whatever its case; the length matched is all or nothing. */
static int match_word(const char *s, const char *word)
{
    int n = 0;
    for (; word[n] != '\0'; n++)
        if (Py_TOLOWER(s[n]) != (unsigned char)word[n])
            return 0;
    return n;
}

double _Py_parse_inf_or_nan(const char *s, char **endptr)
{
    const char *p = s;
    int negative = 0, n;
    double result = -1.0;

    if (*p == '-' || *p == '+')
        negative = *p++ == '-';
    if ((n = match_word(p, "infinity")) != 0 || (n = match_word(p, "inf")) != 0)
        result = negative ? -HUGE_VAL : HUGE_VAL;
    else if ((n = match_word(p, "nan")) != 0)
        result = copysign(Py_NAN, negative ? 1.0 : -1.0); /* the sign x86's nan has */
    *endptr = (char *)(n != 0 ? p + n : s);
    return result;
}

double PyOS_string_to_double(const char *s, char **endptr, PyObject *overflow_exception)
{
    char *end;
    double x;

    errno = 0;
    x = _Py_dg_strtod(s, &end);
    if (end == s)
        x = _Py_parse_inf_or_nan(s, &end);
    if (end == s || (endptr == NULL && *end != '\0')) {
        PyErr_Format(PyExc_ValueError, "could not convert string to float: %.200s", s);
        x = -1.0;
    } else if (errno == ERANGE && fabs(x) >= 1.0 && overflow_exception != NULL) {
        PyErr_Format(overflow_exception, "value too large to convert to float: %.200s", s);
        x = -1.0;
    }
    if (endptr != NULL)
        *endptr = end;
    return x;
}

char *PyOS_double_to_string(double value, char code, int precision, int flags, int *type)
{
    int mode = 0, decpt, sign, upper = 0, exponent = 0, use_exponent = 0;
    char *digits, *digits_end, *buffer, *p;
    Py_ssize_t ndigits, first, last; /* positions relative to the digits that are written */

    if (code == 'E' || code == 'F' || code == 'G') {
        upper = 1;
        code = (char)Py_TOLOWER(code);
    }
    switch (code) {
    case 'e':
        mode = 2;
        precision++;
        break;
    case 'f':
        mode = 3;
        break;
    case 'g':
        mode = 2;
        if (precision == 0)
            precision = 1;
        break;
    case 'r':
        if (precision == 0)
            break;
        /* fall through */
    default:
        PyErr_BadInternalCall();
        return NULL;
    }
    if (type != NULL)
        *type = isnan(value) ? Py_DTST_NAN : isinf(value) ? Py_DTST_INFINITE : Py_DTST_FINITE;

    digits = _Py_dg_dtoa(value, mode, precision, &decpt, &sign, &digits_end);
    if (digits == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    ndigits = digits_end - digits;
    if (decpt == 9999) {
        buffer = p = PyMem_Malloc(6);
        if (buffer != NULL) {
            if (sign && digits[0] == 'I')
                *p++ = '-';
            else if (flags & Py_DTSF_SIGN)
                *p++ = '+';
            strcpy(p, digits[0] == 'I' ? (upper ? "INF" : "inf") : (upper ? "NAN" : "nan"));
        } else {
            PyErr_NoMemory();
        }
        _Py_dg_freedtoa(digits);
        return buffer;
    }

    last = ndigits;
    switch (code) {
    case 'e':
        use_exponent = 1;
        last = precision;
        break;
    case 'f':
        last = (Py_ssize_t)decpt + precision;
        break;
    case 'g':
        /* str() wants a digit after the point, and that one counts. */
        if (decpt <= -4 || decpt > precision - (flags & Py_DTSF_ADD_DOT_0 ? 1 : 0))
            use_exponent = 1;
        if (flags & Py_DTSF_ALT)
            last = precision;
        break;
    case 'r':
        use_exponent = decpt <= -4 || decpt > 16;
        break;
    }
    if (use_exponent) {
        exponent = decpt - 1;
        decpt = 1;
    }
    first = decpt <= 0 ? decpt - 1 : 0;
    last = Py_MAX(last, decpt + (!use_exponent && (flags & Py_DTSF_ADD_DOT_0) ? 1 : 0));

    buffer = p = PyMem_Malloc(last - first + 16);
    if (buffer == NULL) {
        _Py_dg_freedtoa(digits);
        PyErr_NoMemory();
        return NULL;
    }
    if (sign)
        *p++ = '-';
    else if (flags & Py_DTSF_SIGN)
        *p++ = '+';
    for (Py_ssize_t i = first; i < last; i++) {
        if (i == decpt)
            *p++ = '.';
        *p++ = i >= 0 && i < ndigits ? digits[i] : '0';
    }
    if (last == decpt && (flags & Py_DTSF_ALT))
        *p++ = '.';
    if (use_exponent)
        p += snprintf(p, 8, "%c%c%.2d", upper ? 'E' : 'e', exponent < 0 ? '-' : '+', abs(exponent));
    *p = '\0';
    _Py_dg_freedtoa(digits);
    return buffer;
}
