/* SPDX-License-Identifier: MIT */
/* The hash functions shared by several types. All answers are 64 bits on every target and never -1,
 * which callers read as an error; equal numbers of different types hash alike through
 * _Py_HashDouble. */
#include "Python.h"

py_long _Py_HashPointer(const void *p)
{
    /* Objects are aligned: the low bits say nothing, so they are turned to the top. */
    uint64_t y = (uint64_t)(uintptr_t)p;
    y = (y >> 4) | (y << 60);
    py_long x = (py_long)y;
    return x == -1 ? -2 : x;
}

py_long _Py_HashDouble(double v)
{
    double intpart;
    int expo;
    if (!isfinite(v)) {
        if (isinf(v))
            return v < 0 ? -271828 : 314159;
        return 0;
    }
    double fractpart = modf(v, &intpart);
    if (fractpart == 0.0) {
        /* An integral value hashes as the int or long equal to it. */
        if (intpart < 9223372036854775808.0 && intpart >= -9223372036854775808.0) {
            py_long x = (py_long)intpart;
            return x == -1 ? -2 : x;
        }
        PyObject *plong = PyLong_FromDouble(v);
        if (plong == NULL)
            return -1;
        py_long x = PyObject_Hash(plong);
        Py_DECREF(plong);
        return x;
    }
    v = frexp(v, &expo);
    v *= 2147483648.0; /* the top 31 bits as an integer, then the next ones */
    py_long hipart = (py_long)v;
    v = (v - (double)hipart) * 2147483648.0;
    py_long x = hipart + (py_long)v + ((py_long)expo << 15);
    return x == -1 ? -2 : x;
}

py_long _Py_HashBytes(const void *p, Py_ssize_t n)
{
    const unsigned char *byte = p;
    Py_ssize_t i;
    uint64_t x;

    if (n == 0)
        return 0;
    x = (uint64_t)_Py_HashSecret.prefix;
    x ^= (uint64_t)byte[0] << 7;
    for (i = 0; i < n; i++)
        x = (x * 1000003) ^ byte[i];
    x ^= (uint64_t)n;
    x ^= (uint64_t)_Py_HashSecret.suffix;
    return (py_long)x == -1 ? -2 : (py_long)x;
}
