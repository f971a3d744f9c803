/* SPDX-License-Identifier: MIT */
/* Between the files that make up `long`. All functions take values as they are documented in
 * longobject.h: digits below 2^30, least significant first, no leading zero, sign in ob_size. */
#ifndef KRAIT_LONG_PRIVATE_H
#define KRAIT_LONG_PRIVATE_H

static inline Py_ssize_t long_size(const PyLongObject *v)
{
    return v->ob_size < 0 ? -v->ob_size : v->ob_size;
}

#define LONG_NEGATIVE(v) (((PyLongObject *)(v))->ob_size < 0)

/* Drops leading zeros of a fresh object, in place. */
PyLongObject *_PyLong_Normalize(PyLongObject *v);
/* op as a new reference to a long when it is a long or an int; NULL without exception when neither,
 * NULL with one on failure. */
PyLongObject *_PyLong_Convert(PyObject *op);

/* Digit arrays. */
digit _PyLong_AddDigits(digit *r, const digit *a, Py_ssize_t na, const digit *b, Py_ssize_t nb);
void _PyLong_SubDigits(digit *r, const digit *a, Py_ssize_t na, const digit *b, Py_ssize_t nb);
int _PyLong_MulDigits(digit *r, const digit *a, Py_ssize_t na, const digit *b, Py_ssize_t nb);
digit _PyLong_DivDigit(digit *q, const digit *a, Py_ssize_t n, digit d);

/* Arithmetic on values; NULL with an exception. */
PyLongObject *_PyLong_Add(PyLongObject *a, PyLongObject *b);
PyLongObject *_PyLong_Sub(PyLongObject *a, PyLongObject *b);
PyLongObject *_PyLong_Mul(PyLongObject *a, PyLongObject *b);
int _PyLong_CompareLongs(PyLongObject *a, PyLongObject *b);
/* Quotient cut towards zero, remainder with the sign of a. */
int _PyLong_DivRem(PyLongObject *a, PyLongObject *b, PyLongObject **q, PyLongObject **r);
/* Quotient rounded down, remainder with the sign of b. Either result pointer may be NULL. */
int _PyLong_DivMod(PyLongObject *a, PyLongObject *b, PyLongObject **q, PyLongObject **r);
PyLongObject *_PyLong_LShift(PyLongObject *a, Py_ssize_t n);
PyLongObject *_PyLong_RShift(PyLongObject *a, Py_ssize_t n);
PyLongObject *_PyLong_Bitwise(PyLongObject *a, char op, PyLongObject *b); /* op: & | ^ */
PyLongObject *_PyLong_Invert(PyLongObject *a);
PyObject *_PyLong_Pow(PyObject *v, PyObject *w, PyObject *x);
PyObject *_PyLong_TrueDivide(PyObject *v, PyObject *w);
#endif
