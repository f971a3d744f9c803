/* SPDX-License-Identifier: MIT */
/* Making longs, and their exchange with C integers, bytes and doubles. */
#include "Python.h"
#include "long_private.h"
#include <float.h>

#define MAX_DIGITS ((PY_SSIZE_T_MAX - (Py_ssize_t)offsetof(PyLongObject, ob_digit)) / 4)

PyLongObject *_PyLong_New(Py_ssize_t n)
{
    PyLongObject *v;

    if (n > MAX_DIGITS) {
        PyErr_SetString(PyExc_OverflowError, "too many digits in integer");
        return NULL;
    }
    v = PyObject_Malloc((Py_ssize_t)offsetof(PyLongObject, ob_digit) + Py_MAX(n, 1) * 4);
    if (v == NULL)
        return (PyLongObject *)PyErr_NoMemory();
    v->ob_digit[0] = 0;
    return PyObject_INIT_VAR(v, &PyLong_Type, n);
}

PyLongObject *_PyLong_Normalize(PyLongObject *v)
{
    Py_ssize_t n = long_size(v);
    while (n > 0 && v->ob_digit[n - 1] == 0)
        n--;
    v->ob_size = v->ob_size < 0 ? -n : n;
    return v;
}

PyObject *_PyLong_Copy(PyLongObject *src)
{
    Py_ssize_t n = long_size(src);
    PyLongObject *v = _PyLong_New(n);
    if (v != NULL) {
        v->ob_size = src->ob_size;
        memcpy(v->ob_digit, src->ob_digit, (size_t)n * sizeof(digit));
    }
    return (PyObject *)v;
}

/* ---- From C ---------------------------------------------------------------------------------- */

PyObject *PyLong_FromUnsignedLongLong(uint64_t x)
{
    PyLongObject *v = PyObject_Malloc((Py_ssize_t)offsetof(PyLongObject, ob_digit) + 3 * 4);
    if (v == NULL)
        return PyErr_NoMemory();
    v->ob_digit[0] = (digit)(x & PyLong_MASK);
    v->ob_digit[1] = (digit)(x >> PyLong_SHIFT & PyLong_MASK);
    v->ob_digit[2] = (digit)(x >> (2 * PyLong_SHIFT));
    return (PyObject *)PyObject_INIT_VAR(
        v, &PyLong_Type, (x != 0) + (x >> PyLong_SHIFT != 0) + (x >> (2 * PyLong_SHIFT) != 0));
}

PyObject *PyLong_FromLongLong(int64_t x)
{
    PyObject *v = PyLong_FromUnsignedLongLong(x < 0 ? -(uint64_t)x : (uint64_t)x);
    if (v != NULL && x < 0)
        Py_SIZE(v) = -Py_SIZE(v);
    return v;
}

PyObject *PyLong_FromLong(py_long x)
{
    return PyLong_FromLongLong(x);
}
PyObject *PyLong_FromUnsignedLong(py_ulong x)
{
    return PyLong_FromUnsignedLongLong(x);
}
PyObject *PyLong_FromSize_t(uint64_t x)
{
    return PyLong_FromUnsignedLongLong(x);
}
PyObject *PyLong_FromSsize_t(Py_ssize_t x)
{
    return PyLong_FromLongLong(x);
}

PyObject *PyLong_FromVoidPtr(void *p)
{
    uint64_t x = (uintptr_t)p;
    if (x <= (uint64_t)PY_LONG_MAX)
        return PyInt_FromLong((py_long)x);
    return PyLong_FromUnsignedLongLong(x);
}

PyObject *PyLong_FromDouble(double d)
{
    int expo;

    if (isinf(d)) {
        PyErr_SetString(PyExc_OverflowError, "cannot convert float infinity to integer");
        return NULL;
    }
    if (isnan(d)) {
        PyErr_SetString(PyExc_ValueError, "cannot convert float NaN to integer");
        return NULL;
    }
    double frac = frexp(fabs(d), &expo);
    if (expo <= 0)
        return PyLong_FromLong(0);
    Py_ssize_t n = (expo - 1) / PyLong_SHIFT + 1;
    PyLongObject *v = _PyLong_New(n);
    if (v == NULL)
        return NULL;
    frac = ldexp(frac, (expo - 1) % PyLong_SHIFT + 1);
    for (Py_ssize_t i = n; --i >= 0;) {
        digit bits = (digit)frac;
        v->ob_digit[i] = bits;
        frac = ldexp(frac - (double)bits, PyLong_SHIFT);
    }
    if (d < 0)
        v->ob_size = -v->ob_size;
    return (PyObject *)v;
}

/* ---- To C -------------------------------------------------------------------------------------
 */

/* The magnitude's low 64 bits; *fits tells whether that is all of it. */
static uint64_t low64(const PyLongObject *v, int *fits)
{
    Py_ssize_t n = long_size(v);
    uint64_t x = 0;

    for (Py_ssize_t i = Py_MIN(n, 3) - 1; i >= 0; i--)
        x = (x << PyLong_SHIFT) | v->ob_digit[i];
    *fits = n < 3 || (n == 3 && v->ob_digit[2] < 16);
    return x;
}

py_long PyLong_AsLongAndOverflow(PyObject *op, int *overflow)
{
    int fits, own = 0;
    py_long result = -1;

    *overflow = 0;
    if (op == NULL) {
        PyErr_BadInternalCall();
        return -1;
    }
    if (PyInt_Check(op))
        return PyInt_AS_LONG(op);
    if (!PyLong_Check(op)) {
        PyNumberMethods *nb = Py_TYPE(op)->tp_as_number;
        if (nb == NULL || nb->nb_int == NULL) {
            PyErr_SetString(PyExc_TypeError, "an integer is required");
            return -1;
        }
        op = nb->nb_int(op);
        if (op == NULL)
            return -1;
        own = 1;
        if (PyInt_Check(op)) {
            result = PyInt_AS_LONG(op);
            goto done;
        }
        if (!PyLong_Check(op)) {
            PyErr_SetString(PyExc_TypeError, "nb_int should return int object");
            goto done;
        }
    }
    uint64_t x = low64((PyLongObject *)op, &fits);
    int negative = LONG_NEGATIVE(op);
    if (fits && x <= (uint64_t)PY_LONG_MAX)
        result = negative ? -(py_long)x : (py_long)x;
    else if (fits && negative && x == (uint64_t)1 << 63)
        result = PY_LONG_MIN;
    else
        *overflow = negative ? -1 : 1;
done:
    if (own)
        Py_DECREF(op);
    return result;
}

py_long PyLong_AsLong(PyObject *op)
{
    int overflow;
    py_long x = PyLong_AsLongAndOverflow(op, &overflow);
    if (overflow) {
        PyErr_SetString(PyExc_OverflowError, "Python int too large to convert to C long");
        return -1;
    }
    return x;
}

int _PyLong_AsInt(PyObject *op)
{
    int overflow;
    py_long x = PyLong_AsLongAndOverflow(op, &overflow);
    if (overflow || x > INT_MAX || x < INT_MIN) {
        PyErr_SetString(PyExc_OverflowError, "Python int too large to convert to C int");
        return -1;
    }
    return (int)x;
}

Py_ssize_t PyLong_AsSsize_t(PyObject *op)
{
    int overflow;
    if (op == NULL || !PyLong_Check(op)) {
        PyErr_BadInternalCall();
        return -1;
    }
    Py_ssize_t x = PyLong_AsLongAndOverflow(op, &overflow);
    if (overflow) {
        PyErr_SetString(PyExc_OverflowError, "long int too large to convert to int");
        return -1;
    }
    return x;
}

int64_t PyLong_AsLongLongAndOverflow(PyObject *op, int *overflow)
{
    return PyLong_AsLongAndOverflow(op, overflow);
}

int64_t PyLong_AsLongLong(PyObject *op)
{
    int overflow;
    int64_t x = PyLong_AsLongAndOverflow(op, &overflow);
    if (overflow) {
        PyErr_SetString(PyExc_OverflowError, "long too big to convert");
        return -1;
    }
    return x;
}

py_ulong PyLong_AsUnsignedLong(PyObject *op)
{
    int fits;

    if (op == NULL || !PyLong_Check(op)) {
        if (op != NULL && PyInt_Check(op)) {
            if (PyInt_AS_LONG(op) >= 0)
                return (py_ulong)PyInt_AS_LONG(op);
            PyErr_SetString(PyExc_OverflowError, "can't convert negative value to unsigned long");
            return PY_ULONG_MAX;
        }
        PyErr_BadInternalCall();
        return PY_ULONG_MAX;
    }
    if (LONG_NEGATIVE(op)) {
        PyErr_SetString(PyExc_OverflowError, "can't convert negative value to unsigned long");
        return PY_ULONG_MAX;
    }
    py_ulong x = low64((PyLongObject *)op, &fits);
    if (!fits) {
        PyErr_SetString(PyExc_OverflowError, "long int too large to convert");
        return PY_ULONG_MAX;
    }
    return x;
}

uint64_t PyLong_AsUnsignedLongLong(PyObject *op)
{
    int fits;

    if (op == NULL || !PyLong_Check(op)) {
        PyErr_BadInternalCall();
        return UINT64_MAX;
    }
    if (LONG_NEGATIVE(op)) {
        PyErr_SetString(PyExc_OverflowError, "can't convert negative long to unsigned");
        return UINT64_MAX;
    }
    uint64_t x = low64((PyLongObject *)op, &fits);
    if (!fits) {
        PyErr_SetString(PyExc_OverflowError, "long too big to convert");
        return UINT64_MAX;
    }
    return x;
}

py_ulong PyLong_AsUnsignedLongMask(PyObject *op)
{
    int fits;

    if (op == NULL || !PyLong_Check(op)) {
        if (op != NULL && PyInt_Check(op))
            return PyInt_AsUnsignedLongMask(op);
        PyErr_BadInternalCall();
        return PY_ULONG_MAX;
    }
    py_ulong x = low64((PyLongObject *)op, &fits);
    return LONG_NEGATIVE(op) ? -x : x;
}

uint64_t PyLong_AsUnsignedLongLongMask(PyObject *op)
{
    return PyLong_AsUnsignedLongMask(op);
}

void *PyLong_AsVoidPtr(PyObject *op)
{
    uint64_t x;
    if (PyInt_Check(op))
        x = (uint64_t)PyInt_AS_LONG(op);
    else if (PyLong_Check(op) && LONG_NEGATIVE(op))
        x = (uint64_t)PyLong_AsLong(op);
    else
        x = PyLong_AsUnsignedLong(op);
    if (x == UINT64_MAX && PyErr_Occurred())
        return NULL;
    return (void *)(uintptr_t)x;
}

int _PyLong_Sign(PyObject *op)
{
    return Py_SIZE(op) == 0 ? 0 : Py_SIZE(op) < 0 ? -1 : 1;
}

Py_ssize_t _PyLong_NumBits(PyObject *op)
{
    PyLongObject *v = (PyLongObject *)op;
    Py_ssize_t n = long_size(v), bits;

    if (n == 0)
        return 0;
    if (n - 1 > (PY_SSIZE_T_MAX - PyLong_SHIFT) / PyLong_SHIFT) {
        PyErr_SetString(PyExc_OverflowError,
                        "long has too many bits to express in a platform size_t");
        return -1;
    }
    bits = (n - 1) * PyLong_SHIFT;
    for (digit top = v->ob_digit[n - 1]; top != 0; top >>= 1)
        bits++;
    return bits;
}

/* ---- Byte strings
 * -------------------------------------------------------------------------------- */

PyObject *_PyLong_FromByteArray(const unsigned char *bytes, Py_ssize_t n, int little_endian,
                                int is_signed)
{
    const unsigned char *p = little_endian ? bytes : bytes + n - 1;
    int step = little_endian ? 1 : -1, negative;
    twodigits acc = 0;
    int bits = 0;
    unsigned carry = 1;

    if (n == 0)
        return PyLong_FromLong(0);
    negative = is_signed && ((little_endian ? bytes[n - 1] : bytes[0]) & 0x80);
    if (n > (PY_SSIZE_T_MAX - PyLong_SHIFT) / 8) {
        PyErr_SetString(PyExc_OverflowError, "byte array too long to convert to int");
        return NULL;
    }
    PyLongObject *v = _PyLong_New((n * 8 + PyLong_SHIFT - 1) / PyLong_SHIFT);
    if (v == NULL)
        return NULL;
    Py_ssize_t at = 0;
    for (Py_ssize_t i = 0; i < n; i++, p += step) {
        unsigned byte = *p;
        if (negative) { /* two's complement to magnitude */
            byte = (0xff ^ byte) + carry;
            carry = byte >> 8;
            byte &= 0xff;
        }
        acc |= (twodigits)byte << bits;
        bits += 8;
        if (bits >= PyLong_SHIFT) {
            v->ob_digit[at++] = (digit)(acc & PyLong_MASK);
            acc >>= PyLong_SHIFT;
            bits -= PyLong_SHIFT;
        }
    }
    if (bits > 0)
        v->ob_digit[at++] = (digit)acc;
    v->ob_size = negative ? -at : at;
    return (PyObject *)_PyLong_Normalize(v);
}

int _PyLong_AsByteArray(PyLongObject *v, unsigned char *bytes, Py_ssize_t n, int little_endian,
                        int is_signed)
{
    unsigned char *p = little_endian ? bytes : bytes + n - 1;
    int step = little_endian ? 1 : -1;
    int negative = v->ob_size < 0, bits = 0;
    twodigits acc = 0;
    digit carry = 1;
    Py_ssize_t size = long_size(v), written = 0;
    unsigned char last = 0;

    if (negative && !is_signed) {
        PyErr_SetString(PyExc_OverflowError, "can't convert negative long to unsigned");
        return -1;
    }
    for (Py_ssize_t i = 0; i < size; i++) {
        digit d = v->ob_digit[i];
        if (negative) {
            d = (d ^ PyLong_MASK) + carry;
            carry = d >> PyLong_SHIFT;
            d &= PyLong_MASK;
        }
        acc |= (twodigits)d << bits;
        int have = PyLong_SHIFT;
        if (i == size - 1) { /* only the bits that say something */
            digit s = negative ? d ^ PyLong_MASK : d;
            for (have = 0; s != 0; s >>= 1)
                have++;
        }
        bits += have;
        while (bits >= 8) {
            if (written >= n)
                goto overflow;
            *p = last = (unsigned char)(acc & 0xff);
            p += step;
            written++;
            bits -= 8;
            acc >>= 8;
        }
    }
    if (bits > 0) {
        if (written >= n)
            goto overflow;
        if (negative)
            acc |= ~(twodigits)0 << bits;
        *p = last = (unsigned char)(acc & 0xff);
        p += step;
        written++;
    } else if (written == n && n > 0 && is_signed) {
        /* All bits used: the top one must be the sign. */
        if ((last >= 0x80) == negative)
            return 0;
        goto overflow;
    }
    for (; written < n; written++, p += step)
        *p = negative ? 0xff : 0;
    return 0;

overflow:
    PyErr_SetString(PyExc_OverflowError, "long too big to convert");
    return -1;
}

/* ---- Doubles
 * ------------------------------------------------------------------------------------- */

double _PyLong_Frexp(PyLongObject *v, Py_ssize_t *e)
{
    Py_ssize_t n = long_size(v), bits, drop;
    uint64_t x = 0;
    int sticky = 0;

    if (n == 0) {
        *e = 0;
        return 0.0;
    }
    bits = _PyLong_NumBits((PyObject *)v);
    if (bits < 0) {
        PyErr_SetString(PyExc_OverflowError, "huge integer: number of bits overflows a Py_ssize_t");
        *e = 0;
        return -1.0;
    }
    /* The top 55 bits, then all others as one sticky bit. */
    drop = bits - 55;
    if (drop <= 0) {
        for (Py_ssize_t i = n - 1; i >= 0; i--)
            x = (x << PyLong_SHIFT) | v->ob_digit[i];
        x <<= -drop;
    } else {
        Py_ssize_t at = drop / PyLong_SHIFT;
        int shift = (int)(drop % PyLong_SHIFT);
        for (Py_ssize_t i = 0; i < at && !sticky; i++)
            sticky = v->ob_digit[i] != 0;
        sticky |= (v->ob_digit[at] & (((digit)1 << shift) - 1)) != 0;
        x = v->ob_digit[at] >> shift;
        int have = PyLong_SHIFT - shift;
        for (Py_ssize_t i = at + 1; i < n; i++, have += PyLong_SHIFT)
            x |= (uint64_t)v->ob_digit[i] << have;
    }
    /* 55 to 53 bits, half to even. */
    unsigned tail = (unsigned)(x & 3);
    x >>= 2;
    if (tail > 2 || (tail == 2 && (sticky || (x & 1))))
        x++;
    double d = ldexp((double)x, -53);
    if (d == 1.0) {
        d = 0.5;
        bits++;
    }
    *e = bits;
    return v->ob_size < 0 ? -d : d;
}

double PyLong_AsDouble(PyObject *op)
{
    Py_ssize_t e;

    if (op == NULL || !PyLong_Check(op)) {
        PyErr_BadInternalCall();
        return -1.0;
    }
    double d = _PyLong_Frexp((PyLongObject *)op, &e);
    if ((d == -1.0 && PyErr_Occurred()) || e > DBL_MAX_EXP) {
        PyErr_SetString(PyExc_OverflowError, "long int too large to convert to float");
        return -1.0;
    }
    return ldexp(d, (int)e);
}
