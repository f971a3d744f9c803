/* SPDX-License-Identifier: MIT */
/* Longs and text. Bases that are powers of two go digit by digit; other bases go by halves: a large
 * value is split at a power of the base, a long text in its middle, so that the cost is that of
 * multiplication and division rather than quadratic. */
#include "Python.h"
#include "long_private.h"
#include <errno.h>

#define TO_TEXT_CUTOFF 60    /* digits of a long converted the simple way */
#define FROM_TEXT_CUTOFF 400 /* characters converted the simple way */

/* The largest power of the base in a digit. */
static int base_chunk(int base, digit *power)
{
    digit p = (digit)base;
    int n = 1;
    while ((twodigits)p * (twodigits)base <= PyLong_MASK) {
        p *= (digit)base;
        n++;
    }
    *power = p;
    return n;
}

static int power_of_two(int base)
{
    int bits = 0;
    while (1 << bits < base)
        bits++;
    return 1 << bits == base ? bits : 0;
}

static char digit_char(unsigned d)
{
    return (char)(d < 10 ? '0' + d : 'a' + d - 10);
}

/* base ** n */
static PyLongObject *int_power(int base, Py_ssize_t n)
{
    PyLongObject *r = (PyLongObject *)PyLong_FromLong(1);
    PyLongObject *b = (PyLongObject *)PyLong_FromLong(base);
    Py_ssize_t top = 1;

    while (top <= n / 2)
        top *= 2;
    for (Py_ssize_t bit = top; n > 0 && bit > 0 && r != NULL && b != NULL; bit /= 2) {
        Py_SETREF(r, _PyLong_Mul(r, r));
        if (r != NULL && (n & bit))
            Py_SETREF(r, _PyLong_Mul(r, b));
    }
    if (b == NULL)
        Py_CLEAR(r);
    Py_XDECREF(b);
    return r;
}

/* ---- To text
 * ------------------------------------------------------------------------------------- */

/* Writes the magnitude right-aligned before end, with at least width characters (zeros in front);
 * returns the first one. NULL without memory. scratch may be NULL. */
static char *simple_text(const PyLongObject *v, int base, char *end, Py_ssize_t width)
{
    Py_ssize_t n = long_size(v);
    digit power;
    int chunk = base_chunk(base, &power);
    digit stack[TO_TEXT_CUTOFF + 8], *work = stack;
    char *p = end;

    if (n > TO_TEXT_CUTOFF + 8 && (work = PyMem_New(digit, n)) == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    memcpy(work, v->ob_digit, (size_t)n * sizeof(digit));
    while (n > 0) {
        digit rest = _PyLong_DivDigit(work, work, n, power);
        while (n > 0 && work[n - 1] == 0)
            n--;
        for (int i = 0; i < chunk && (n > 0 || rest != 0); i++) {
            *--p = digit_char(rest % (digit)base);
            rest /= (digit)base;
        }
    }
    while (end - p < width)
        *--p = '0';
    if (work != stack)
        PyMem_Free(work);
    return p;
}

/* powers[k] = base ** (unit << k). */
static char *text_by_halves(PyLongObject *v, int base, char *end, Py_ssize_t width,
                            PyLongObject **powers, Py_ssize_t unit, int level)
{
    PyLongObject *q, *r;

    while (level >= 0 && long_size(v) < long_size(powers[level]))
        level--;
    if (level < 0 || long_size(v) <= TO_TEXT_CUTOFF)
        return simple_text(v, base, end, width);
    if (_PyLong_DivRem(v, powers[level], &q, &r) < 0)
        return NULL;
    /* As long as the power and yet below it: there is no upper half, and so no zeros between. */
    int halves = long_size(q) > 0;
    Py_ssize_t low = unit << level;
    char *p = text_by_halves(r, base, end, halves ? low : width, powers, unit, level - 1);
    if (p != NULL && halves)
        p = text_by_halves(q, base, p, width - low, powers, unit, level);
    Py_DECREF(q);
    Py_DECREF(r);
    return p;
}

#define MAX_LEVELS 60

static char *other_base_text(PyLongObject *v, int base, char *end)
{
    PyLongObject *powers[MAX_LEVELS];
    int levels = 0;
    char *p = NULL;
    Py_ssize_t n = long_size(v);

    if (n <= TO_TEXT_CUTOFF)
        return simple_text(v, base, end, 1);
    digit power;
    Py_ssize_t unit = (Py_ssize_t)base_chunk(base, &power) * (TO_TEXT_CUTOFF / 2);
    powers[0] = int_power(base, unit);
    if (powers[0] == NULL)
        return NULL;
    levels = 1;
    while (levels < MAX_LEVELS && 2 * long_size(powers[levels - 1]) <= n + 1) {
        powers[levels] = _PyLong_Mul(powers[levels - 1], powers[levels - 1]);
        if (powers[levels] == NULL)
            goto done;
        levels++;
    }
    PyLongObject *copy = (PyLongObject *)_PyLong_Copy(v);
    if (copy != NULL) {
        copy->ob_size = n;
        p = text_by_halves(copy, base, end, 1, powers, unit, levels - 1);
        Py_DECREF(copy);
    }
done:
    while (levels > 0)
        Py_DECREF(powers[--levels]);
    return p;
}

PyObject *_PyLong_Format(PyObject *op, int base, int addL, int newstyle)
{
    PyLongObject *v = (PyLongObject *)op;
    Py_ssize_t n, size, room;
    int bits, per_digit = 0;
    char *text, *end, *p;
    PyObject *result;

    if (op == NULL || !PyLong_Check(op) || base < 2 || base > 36) {
        PyErr_BadInternalCall();
        return NULL;
    }
    n = long_size(v);
    bits = power_of_two(base);
    /* Characters: bits of the value over the bits a character surely holds. */
    for (int t = base; t > 1; t >>= 1)
        per_digit++;
    if (n > (PY_SSIZE_T_MAX - 16) / PyLong_SHIFT) {
        PyErr_SetString(PyExc_OverflowError, "long is too large to format");
        return NULL;
    }
    room = 8 + (n * PyLong_SHIFT + per_digit - 1) / per_digit + 16;
    text = PyMem_Malloc(room);
    if (text == NULL)
        return PyErr_NoMemory();
    end = p = text + room;
    if (addL)
        *--p = 'L';
    if (n == 0) {
        *--p = '0';
    } else if (bits) {
        twodigits acc = 0;
        int have = 0;
        for (Py_ssize_t i = 0; i < n; i++) {
            acc |= (twodigits)v->ob_digit[i] << have;
            have += PyLong_SHIFT;
            while (i < n - 1 ? have >= bits : acc != 0) {
                *--p = digit_char((unsigned)acc & (unsigned)(base - 1));
                acc >>= bits;
                have -= bits;
            }
        }
    } else {
        p = other_base_text(v, base, p);
        if (p == NULL) {
            PyMem_Free(text);
            return NULL;
        }
    }
    if (base == 2) {
        *--p = 'b';
        *--p = '0';
    } else if (base == 8) {
        if (newstyle) {
            *--p = 'o';
            *--p = '0';
        } else if (n != 0) {
            *--p = '0';
        }
    } else if (base == 16) {
        *--p = 'x';
        *--p = '0';
    } else if (base != 10) {
        *--p = '#';
        *--p = (char)('0' + base % 10);
        if (base > 10)
            *--p = (char)('0' + base / 10);
    }
    if (v->ob_size < 0)
        *--p = '-';
    size = end - p;
    result = PyString_FromStringAndSize(p, size);
    PyMem_Free(text);
    return result;
}

/* ---- From text
 * ------------------------------------------------------------------------------------- */

static PyLongObject *from_power_of_two(const char *s, Py_ssize_t n, int bits)
{
    if (n > (PY_SSIZE_T_MAX - PyLong_SHIFT) / bits) {
        PyErr_SetString(PyExc_ValueError, "long string too large to convert");
        return NULL;
    }
    PyLongObject *v = _PyLong_New((n * bits + PyLong_SHIFT - 1) / PyLong_SHIFT);
    twodigits acc = 0;
    int have = 0;
    Py_ssize_t at = 0;

    if (v == NULL)
        return NULL;
    while (--n >= 0) {
        acc |= (twodigits)_PyLong_DigitValue[Py_CHARMASK(s[n])] << have;
        have += bits;
        if (have >= PyLong_SHIFT) {
            v->ob_digit[at++] = (digit)(acc & PyLong_MASK);
            acc >>= PyLong_SHIFT;
            have -= PyLong_SHIFT;
        }
    }
    if (have > 0)
        v->ob_digit[at++] = (digit)acc;
    v->ob_size = at;
    return _PyLong_Normalize(v);
}

static PyLongObject *from_digits_simple(const char *s, Py_ssize_t n, int base)
{
    digit power;
    int chunk = base_chunk(base, &power);
    /* A digit of the base has at most 6 bits. */
    PyLongObject *v = _PyLong_New(n * 6 / PyLong_SHIFT + 2);
    Py_ssize_t size = 0;

    if (v == NULL)
        return NULL;
    while (n > 0) {
        twodigits carry, scale = power;
        int count = chunk;
        if (n < chunk)
            for (count = (int)n, scale = 1; n > 0; n--)
                scale *= (twodigits)base;
        else
            n -= chunk;
        digit value = 0;
        while (count-- > 0)
            value = value * (digit)base + (digit)_PyLong_DigitValue[Py_CHARMASK(*s++)];
        carry = value;
        for (Py_ssize_t i = 0; i < size; i++) {
            carry += v->ob_digit[i] * scale;
            v->ob_digit[i] = (digit)(carry & PyLong_MASK);
            carry >>= PyLong_SHIFT;
        }
        if (carry != 0)
            v->ob_digit[size++] = (digit)carry;
    }
    v->ob_size = size;
    return v;
}

static PyLongObject *from_digits(const char *s, Py_ssize_t n, int base)
{
    if (n <= FROM_TEXT_CUTOFF)
        return from_digits_simple(s, n, base);
    Py_ssize_t low = n / 2;
    PyLongObject *result = NULL;
    PyLongObject *a = from_digits(s, n - low, base), *b = from_digits(s + n - low, low, base);
    PyLongObject *scale = int_power(base, low), *t = NULL;
    if (a != NULL && b != NULL && scale != NULL && (t = _PyLong_Mul(a, scale)) != NULL)
        result = _PyLong_Add(t, b);
    Py_XDECREF(a);
    Py_XDECREF(b);
    Py_XDECREF(scale);
    Py_XDECREF(t);
    return result;
}

/* Blanks, a sign, a prefix where base is 0 or its own, digits, an L where one may be, blanks. Base
 * 0 reads 0777 as octal. */
PyObject *PyLong_FromString(const char *s, char **pend, int base)
{
    const char *original = s, *start, *p;
    int negative = 0, bits;
    PyLongObject *v;

    if ((base != 0 && base < 2) || base > 36) {
        PyErr_SetString(PyExc_ValueError, "long() base must be >= 2 and <= 36, or 0");
        return NULL;
    }
    while (Py_ISSPACE(*s))
        s++;
    if (*s == '+' || *s == '-')
        negative = *s++ == '-';
    while (Py_ISSPACE(*s))
        s++;
    if (base == 0) {
        if (s[0] != '0')
            base = 10;
        else if (s[1] == 'x' || s[1] == 'X')
            base = 16;
        else if (s[1] == 'o' || s[1] == 'O')
            base = 8;
        else if (s[1] == 'b' || s[1] == 'B')
            base = 2;
        else
            base = 8; /* old style */
    }
    if (s[0] == '0' && ((base == 16 && (s[1] == 'x' || s[1] == 'X')) ||
                        (base == 8 && (s[1] == 'o' || s[1] == 'O')) ||
                        (base == 2 && (s[1] == 'b' || s[1] == 'B'))))
        s += 2;
    start = p = s;
    while (_PyLong_DigitValue[Py_CHARMASK(*p)] < base)
        p++;
    if (p == start)
        goto wrong;
    bits = power_of_two(base);
    v = bits ? from_power_of_two(start, p - start, bits) : from_digits(start, p - start, base);
    if (v == NULL)
        return NULL;
    if (negative)
        v->ob_size = -v->ob_size;
    if ((*p == 'L' || *p == 'l'))
        p++;
    while (Py_ISSPACE(*p))
        p++;
    if (*p != '\0' && pend == NULL) {
        Py_DECREF(v);
        goto wrong;
    }
    if (pend != NULL)
        *pend = (char *)p;
    return (PyObject *)v;

wrong:;
    size_t length = strlen(original);
    PyObject *shown = PyString_FromStringAndSize(original, length < 200 ? (Py_ssize_t)length : 200);
    PyObject *repr = shown != NULL ? PyObject_Repr(shown) : NULL;
    if (repr != NULL)
        PyErr_Format(PyExc_ValueError, "invalid literal for long() with base %d: %s", base,
                     PyString_AS_STRING(repr));
    Py_XDECREF(shown);
    Py_XDECREF(repr);
    return NULL;
}

PyObject *PyLong_FromUnicode(const uint32_t *s, Py_ssize_t n, int base)
{
    PyObject *result;
    char *buffer = PyMem_Malloc(n + 1);
    if (buffer == NULL)
        return PyErr_NoMemory();
    if (PyUnicode_EncodeDecimal((Py_UNICODE *)s, n, buffer, NULL) != 0) {
        PyMem_Free(buffer);
        return NULL;
    }
    result = PyLong_FromString(buffer, NULL, base);
    PyMem_Free(buffer);
    return result;
}
