/* SPDX-License-Identifier: MIT */
/* Powers and true quotients of longs. */
#include "Python.h"
#include "long_private.h"
#include <float.h>

/* ---- pow ----------------------------------------------------------------------------------------
 */

/* *z = *z * b % m (m may be NULL). -1 with an exception. */
static int multiply_step(PyLongObject **z, PyLongObject *b, PyLongObject *m)
{
    PyLongObject *t = _PyLong_Mul(*z, b);
    if (t == NULL)
        return -1;
    if (m != NULL) {
        PyLongObject *r;
        int failed = _PyLong_DivMod(t, m, NULL, &r) < 0;
        Py_DECREF(t);
        if (failed)
            return -1;
        t = r;
    }
    Py_SETREF(*z, t);
    return 0;
}

#define WINDOW 5

/* a ** b [% c], b >= 0. */
static PyLongObject *power(PyLongObject *a, PyLongObject *b, PyLongObject *c)
{
    PyLongObject *table[1 << WINDOW] = {NULL};
    PyLongObject *z = (PyLongObject *)PyLong_FromLong(1);
    Py_ssize_t n = long_size(b);

    if (z == NULL)
        return NULL;
    if (n <= 8) {
        for (Py_ssize_t i = n - 1; i >= 0; i--) {
            int first = PyLong_SHIFT - 1;
            if (i == n - 1)
                while (first >= 0 && !(b->ob_digit[i] >> first & 1))
                    first--;
            for (int bit = first; bit >= 0; bit--) {
                if (!(i == n - 1 && bit == first) && multiply_step(&z, z, c) < 0)
                    goto fail;
                if ((b->ob_digit[i] >> bit & 1) && multiply_step(&z, a, c) < 0)
                    goto fail;
            }
        }
        return z;
    }
    /* Five bits at a time, with a table of the powers below the 32nd. */
    table[0] = z;
    Py_INCREF(z);
    for (int i = 1; i < 1 << WINDOW; i++) {
        table[i] = table[i - 1];
        Py_INCREF(table[i]);
        if (multiply_step(&table[i], a, c) < 0)
            goto fail;
    }
    for (Py_ssize_t i = n - 1; i >= 0; i--)
        for (int bit = PyLong_SHIFT - WINDOW; bit >= 0; bit -= WINDOW) {
            digit piece = b->ob_digit[i] >> bit & ((1 << WINDOW) - 1);
            for (int k = 0; k < WINDOW; k++)
                if (multiply_step(&z, z, c) < 0)
                    goto fail;
            if (piece != 0 && multiply_step(&z, table[piece], c) < 0)
                goto fail;
        }
    goto done;
fail:
    Py_CLEAR(z);
done:
    for (int i = 0; i < 1 << WINDOW; i++)
        Py_XDECREF(table[i]);
    return z;
}

PyObject *_PyLong_Pow(PyObject *v, PyObject *w, PyObject *x)
{
    PyLongObject *a = NULL, *b = NULL, *c = NULL, *z = NULL, *t;
    int negative_modulus = 0;

    a = _PyLong_Convert(v);
    b = a != NULL ? _PyLong_Convert(w) : NULL;
    if (b != NULL && x != Py_None)
        c = _PyLong_Convert(x);
    if (a == NULL || b == NULL || (x != Py_None && c == NULL)) {
        Py_XDECREF(a);
        Py_XDECREF(b);
        if (PyErr_Occurred())
            return NULL;
        Py_RETURN_NOTIMPLEMENTED;
    }
    if (b->ob_size < 0) {
        if (c != NULL) {
            PyErr_SetString(PyExc_TypeError, "pow() 2nd argument cannot be negative when 3rd "
                                             "argument specified");
            goto done;
        }
        Py_DECREF(a);
        Py_DECREF(b);
        return PyFloat_Type.tp_as_number->nb_power(v, w, x);
    }
    if (c != NULL) {
        if (c->ob_size == 0) {
            PyErr_SetString(PyExc_ValueError, "pow() 3rd argument cannot be 0");
            goto done;
        }
        if (c->ob_size < 0) {
            negative_modulus = 1;
            t = (PyLongObject *)_PyLong_Copy(c);
            if (t == NULL)
                goto done;
            t->ob_size = -t->ob_size;
            Py_SETREF(c, t);
        }
        if (c->ob_size == 1 && c->ob_digit[0] == 1) {
            z = _PyLong_New(0);
            goto done;
        }
        if (a->ob_size < 0 || long_size(a) > long_size(c)) {
            if (_PyLong_DivMod(a, c, NULL, &t) < 0)
                goto done;
            Py_SETREF(a, t);
        }
    }
    z = power(a, b, c);
    if (z != NULL && c != NULL && b->ob_size == 0) {
        if (_PyLong_DivMod(z, c, NULL, &t) < 0)
            Py_CLEAR(z);
        else
            Py_SETREF(z, t);
    }
    if (z != NULL && negative_modulus && z->ob_size != 0)
        Py_SETREF(z, _PyLong_Sub(z, c));
done:
    Py_XDECREF(a);
    Py_XDECREF(b);
    Py_XDECREF(c);
    return (PyObject *)z;
}

/* ---- /
 * ------------------------------------------------------------------------------------------- */

/* |a| / |b| correctly rounded; -1.0 with an exception on failure. */
static double quotient(PyLongObject *a, PyLongObject *b)
{
    Py_ssize_t abits = _PyLong_NumBits((PyObject *)a), bbits = _PyLong_NumBits((PyObject *)b);
    PyLongObject *num = NULL, *den = NULL, *q = NULL, *r = NULL;
    double result = -1.0;

    if (abits < 0 || bbits < 0)
        return -1.0;
    if (abits <= 53 && bbits <= 53) {
        double x = fabs(PyLong_AsDouble((PyObject *)a)), y = fabs(PyLong_AsDouble((PyObject *)b));
        return x / y;
    }
    if (abits - bbits > DBL_MAX_EXP + 1)
        goto overflow;
    if (abits - bbits < DBL_MIN_EXP - DBL_MANT_DIG - 2)
        return 0.0;
    /* q = a / b / 2^shift, of 56 or 57 bits. */
    Py_ssize_t shift = abits - bbits - 56;
    if (shift <= 0) {
        num = _PyLong_LShift(a, -shift);
        den = b;
        Py_INCREF(den);
    } else {
        num = a;
        Py_INCREF(num);
        den = _PyLong_LShift(b, shift);
    }
    if (num == NULL || den == NULL || _PyLong_DivRem(num, den, &q, &r) < 0)
        goto done;
    uint64_t bits = 0;
    for (Py_ssize_t i = long_size(q) - 1; i >= 0; i--)
        bits = (bits << PyLong_SHIFT) | q->ob_digit[i];
    int width = (int)_PyLong_NumBits((PyObject *)q);
    Py_ssize_t expo = width + shift; /* result in [2^(expo-1), 2^expo) */
    int keep = 53;
    if (expo < DBL_MIN_EXP)
        keep -= (int)(DBL_MIN_EXP - expo);
    int drop = keep < 0 ? width + 1 : width - keep;
    uint64_t half = (uint64_t)1 << (drop - 1), rest = bits & ((half << 1) - 1), m = bits >> drop;
    if (rest > half || (rest == half && (r->ob_size != 0 || (m & 1))))
        m++;
    result = ldexp((double)m, (int)(drop + shift));
    if (isinf(result)) {
        result = -1.0;
        goto overflow;
    }
    goto done;
overflow:
    PyErr_SetString(PyExc_OverflowError, "integer division result too large for a float");
done:
    Py_XDECREF(num);
    Py_XDECREF(den);
    Py_XDECREF(q);
    Py_XDECREF(r);
    return result;
}

PyObject *_PyLong_TrueDivide(PyObject *v, PyObject *w)
{
    PyLongObject *a = _PyLong_Convert(v), *b = a != NULL ? _PyLong_Convert(w) : NULL;
    PyObject *result = NULL;

    if (a == NULL || b == NULL) {
        Py_XDECREF(a);
        if (PyErr_Occurred())
            return NULL;
        Py_RETURN_NOTIMPLEMENTED;
    }
    if (b->ob_size == 0) {
        PyErr_SetString(PyExc_ZeroDivisionError, "division by zero");
    } else {
        int negative = (a->ob_size < 0) != (b->ob_size < 0);
        double d = a->ob_size == 0 ? 0.0 : quotient(a, b);
        if (!(d == -1.0 && PyErr_Occurred()))
            result = PyFloat_FromDouble(negative ? -d : d);
    }
    Py_DECREF(a);
    Py_DECREF(b);
    return result;
}
