/* SPDX-License-Identifier: MIT */
/* Reading integers of 64 bits in the bases of Python's literals. */
#include "Python.h"
#include <errno.h>

/* Value of a character as a digit, 37 when it is none. */
int _PyLong_DigitValue[256] = {
#define NO4 37, 37, 37, 37
#define NO16 NO4, NO4, NO4, NO4
    NO16, NO16, NO16, 0,    1,    2,    3,    4,   5,  6,  7,  8,  9,   37, 37, NO4, /* 0-9 */
    37,   10,   11,   12,   13,   14,   15,   16,  17, 18, 19, 20, 21,  22, 23, 24,
    25,   26,   27,   28,   29,   30,   31,   32,  33, 34, 35, 37, NO4, /* A-Z */
    37,   10,   11,   12,   13,   14,   15,   16,  17, 18, 19, 20, 21,  22, 23, 24,
    25,   26,   27,   28,   29,   30,   31,   32,  33, 34, 35, 37, NO4, /* a-z */
    NO16, NO16, NO16, NO16, NO16, NO16, NO16, NO16};

static int is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static int digit_value(const char *p)
{
    return _PyLong_DigitValue[Py_CHARMASK(*p)];
}

/* Base 0 takes the base from a prefix 0x, 0o, 0b or 0; bases 16, 8 and 2 skip theirs. A prefix
 * without a digit after it reads as nothing at all. Overflow: all digits read, errno ERANGE, the
 * largest value. */
py_ulong PyOS_strtoul(const char *s, char **end, int base)
{
    const char *p = s;
    py_ulong value = 0;
    int overflow = 0, prefix_base = 0;

    while (is_blank(*p))
        p++;
    if (*p == '0') {
        if (p[1] == 'x' || p[1] == 'X')
            prefix_base = 16;
        else if (p[1] == 'o' || p[1] == 'O')
            prefix_base = 8;
        else if (p[1] == 'b' || p[1] == 'B')
            prefix_base = 2;
    }
    if (prefix_base != 0 && (base == 0 || base == prefix_base)) {
        if (digit_value(p + 2) >= prefix_base) {
            if (end != NULL)
                *end = (char *)p + 1;
            return 0;
        }
        p += 2;
        base = prefix_base;
    } else if (base == 0) {
        base = *p == '0' ? 8 : 10;
    }
    if (base < 2 || base > 36) {
        if (end != NULL)
            *end = (char *)s;
        return 0;
    }
    for (int d; (d = digit_value(p)) < base; p++) {
        if (value > (PY_ULONG_MAX - (py_ulong)d) / (py_ulong)base)
            overflow = 1;
        else
            value = value * (py_ulong)base + (py_ulong)d;
    }
    if (end != NULL)
        *end = (char *)p;
    if (overflow) {
        errno = ERANGE;
        return PY_ULONG_MAX;
    }
    return value;
}

py_long PyOS_strtol(const char *s, char **end, int base)
{
    char sign;

    while (is_blank(*s))
        s++;
    sign = *s;
    if (sign == '+' || sign == '-')
        s++;
    py_ulong value = PyOS_strtoul(s, end, base);
    if (sign == '-' && value == (py_ulong)1 << 63)
        return PY_LONG_MIN;
    if (value > (py_ulong)PY_LONG_MAX) {
        errno = ERANGE;
        return PY_LONG_MAX;
    }
    return sign == '-' ? -(py_long)value : (py_long)value;
}
