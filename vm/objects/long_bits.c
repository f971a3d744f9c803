/* SPDX-License-Identifier: MIT */
/* Shifts and bitwise operations of longs. A negative value behaves as its infinite two's
 * complement. */
#include "Python.h"
#include "long_private.h"

/* a * 2^n */
PyLongObject *_PyLong_LShift(PyLongObject *a, Py_ssize_t n)
{
    Py_ssize_t size = long_size(a), words = n / PyLong_SHIFT;
    int rest = (int)(n % PyLong_SHIFT);

    if (size == 0)
        return _PyLong_New(0);
    if (words > PY_SSIZE_T_MAX - size - 1) {
        PyErr_NoMemory();
        return NULL;
    }
    PyLongObject *r = _PyLong_New(size + words + 1);
    if (r == NULL)
        return NULL;
    memset(r->ob_digit, 0, (size_t)words * sizeof(digit));
    twodigits acc = 0;
    for (Py_ssize_t i = 0; i < size; i++) {
        acc |= (twodigits)a->ob_digit[i] << rest;
        r->ob_digit[words + i] = (digit)(acc & PyLong_MASK);
        acc >>= PyLong_SHIFT;
    }
    r->ob_digit[words + size] = (digit)acc;
    if (a->ob_size < 0)
        r->ob_size = -r->ob_size;
    return _PyLong_Normalize(r);
}

/* a / 2^n rounded down. */
PyLongObject *_PyLong_RShift(PyLongObject *a, Py_ssize_t n)
{
    Py_ssize_t size = long_size(a), words = n / PyLong_SHIFT;
    int rest = (int)(n % PyLong_SHIFT);

    if (a->ob_size < 0) { /* ~(~a >> n) */
        PyLongObject *t = _PyLong_Invert(a), *s;
        if (t == NULL)
            return NULL;
        s = _PyLong_RShift(t, n);
        Py_DECREF(t);
        if (s == NULL)
            return NULL;
        t = _PyLong_Invert(s);
        Py_DECREF(s);
        return t;
    }
    if (words >= size)
        return _PyLong_New(0);
    PyLongObject *r = _PyLong_New(size - words);
    if (r == NULL)
        return NULL;
    for (Py_ssize_t i = words; i < size; i++) {
        twodigits two = a->ob_digit[i];
        if (i + 1 < size)
            two |= (twodigits)a->ob_digit[i + 1] << PyLong_SHIFT;
        r->ob_digit[i - words] = (digit)((two >> rest) & PyLong_MASK);
    }
    return _PyLong_Normalize(r);
}

/* ~a = -(a + 1) */
PyLongObject *_PyLong_Invert(PyLongObject *a)
{
    PyLongObject *one = (PyLongObject *)PyLong_FromLong(1), *r;
    if (one == NULL)
        return NULL;
    r = _PyLong_Add(a, one);
    Py_DECREF(one);
    if (r != NULL)
        r->ob_size = -r->ob_size;
    return r;
}

/* Digits of a value's two's complement, one after the other. */
typedef struct {
    const PyLongObject *v;
    Py_ssize_t size, at;
    digit carry;
    int negative;
} bits_t;

static digit next_digit(bits_t *b)
{
    digit d = b->at < b->size ? b->v->ob_digit[b->at] : 0;
    b->at++;
    if (b->negative) {
        d = (d ^ PyLong_MASK) + b->carry;
        b->carry = d >> PyLong_SHIFT;
        d &= PyLong_MASK;
    }
    return d;
}

/* Neither operand negative. */
static PyLongObject *positive_bitwise(PyLongObject *a, char op, PyLongObject *b)
{
    if (a->ob_size < b->ob_size) {
        PyLongObject *t = a;
        a = b;
        b = t;
    }
    Py_ssize_t na = a->ob_size, nb = b->ob_size;
    PyLongObject *r = _PyLong_New(op == '&' ? nb : na);
    if (r == NULL)
        return NULL;
    const digit *p = a->ob_digit, *q = b->ob_digit;
    digit *d = r->ob_digit;
    if (op == '&') {
        for (Py_ssize_t i = 0; i < nb; i++)
            d[i] = p[i] & q[i];
    } else {
        if (op == '|')
            for (Py_ssize_t i = 0; i < nb; i++)
                d[i] = p[i] | q[i];
        else
            for (Py_ssize_t i = 0; i < nb; i++)
                d[i] = p[i] ^ q[i];
        memcpy(d + nb, p + nb, (size_t)(na - nb) * sizeof(digit));
    }
    return _PyLong_Normalize(r);
}

PyLongObject *_PyLong_Bitwise(PyLongObject *a, char op, PyLongObject *b)
{
    if (a->ob_size >= 0 && b->ob_size >= 0)
        return positive_bitwise(a, op, b);
    bits_t x = {a, long_size(a), 0, 1, a->ob_size < 0};
    bits_t y = {b, long_size(b), 0, 1, b->ob_size < 0};
    int negative = op == '&'   ? x.negative & y.negative
                   : op == '|' ? x.negative | y.negative
                               : x.negative ^ y.negative;
    Py_ssize_t n = Py_MAX(x.size, y.size);

    /* A positive operand of & bounds the result. */
    if (op == '&' && !x.negative && !y.negative)
        n = Py_MIN(x.size, y.size);
    else if (op == '&' && !x.negative)
        n = x.size;
    else if (op == '&' && !y.negative)
        n = y.size;
    PyLongObject *r = _PyLong_New(n + 1);
    if (r == NULL)
        return NULL;
    digit carry = 1;
    for (Py_ssize_t i = 0; i <= n; i++) {
        digit p = next_digit(&x), q = next_digit(&y), d;
        d = op == '&' ? p & q : op == '|' ? p | q : p ^ q;
        if (negative) {
            d = (d ^ PyLong_MASK) + carry;
            carry = d >> PyLong_SHIFT;
            d &= PyLong_MASK;
        }
        r->ob_digit[i] = d;
    }
    if (negative)
        r->ob_size = -r->ob_size;
    return _PyLong_Normalize(r);
}
