/* SPDX-License-Identifier: MIT */
/* round() for doubles: to the nearest decimal of the given number of places, exact ties away from
 * zero. */
#include "Python.h"
#include "dtoa.h"
#include <errno.h>

/* Gives +-HUGE_VAL for a finite x whose rounding is too large for a double; the caller reports
 * that. */
double _Py_double_round(double x, int ndigits)
{
    int decpt, sign;
    char *end, *digits, stack[64], *text = stack;
    double result;

    if (!isfinite(x) || x == 0.0)
        return x;
    digits = _Py_dg_dtoa_half_away(x, ndigits, &decpt, &sign, &end);
    if (digits == NULL)
        return x;
    Py_ssize_t n = end - digits;
    if (n == 0) {
        _Py_dg_freedtoa(digits);
        return copysign(0.0, x);
    }
    if (n + 24 > (Py_ssize_t)sizeof stack && (text = malloc((size_t)n + 24)) == NULL) {
        _Py_dg_freedtoa(digits);
        return x;
    }
    snprintf(text, (size_t)n + 24, "%s0.%se%d", sign ? "-" : "", digits, decpt);
    int saved = errno;
    result = _Py_dg_strtod(text, NULL);
    errno = saved;
    if (text != stack)
        free(text);
    _Py_dg_freedtoa(digits);
    return result;
}
