/* SPDX-License-Identifier: MIT */
/* Sums, products, quotients of longs. Products of large values are Karatsuba's, quotients of large
 * values by halves (Burnikel and Ziegler's scheme) over those products; below the cutoffs the
 * school's methods are faster. */
#include "Python.h"
#include "long_private.h"

#define KARATSUBA_CUTOFF 60
#define DIVISION_CUTOFF 160

/* ---- Digit arrays ------------------------------------------------------------------------------
 */

/* r[0..na) = a + b, na >= nb; returns the carry. r may be a. */
digit _PyLong_AddDigits(digit *r, const digit *a, Py_ssize_t na, const digit *b, Py_ssize_t nb)
{
    digit carry = 0;
    Py_ssize_t i;

    for (i = 0; i < nb; i++) {
        carry += a[i] + b[i];
        r[i] = carry & PyLong_MASK;
        carry >>= PyLong_SHIFT;
    }
    for (; i < na; i++) {
        carry += a[i];
        r[i] = carry & PyLong_MASK;
        carry >>= PyLong_SHIFT;
    }
    return carry;
}

/* r[0..na) = a - b, which must not be negative. r may be a. */
void _PyLong_SubDigits(digit *r, const digit *a, Py_ssize_t na, const digit *b, Py_ssize_t nb)
{
    digit borrow = 0;
    Py_ssize_t i;

    for (i = 0; i < nb; i++) {
        digit d = a[i] - b[i] - borrow;
        r[i] = d & PyLong_MASK;
        borrow = (d >> PyLong_SHIFT) & 1;
    }
    for (; i < na; i++) {
        digit d = a[i] - borrow;
        r[i] = d & PyLong_MASK;
        borrow = (d >> PyLong_SHIFT) & 1;
    }
}

/* q = a / d, returns the remainder. q may be a. */
digit _PyLong_DivDigit(digit *q, const digit *a, Py_ssize_t n, digit d)
{
    twodigits rem = 0;
    while (--n >= 0) {
        rem = (rem << PyLong_SHIFT) | a[n];
        digit high = (digit)(rem / d);
        q[n] = high;
        rem -= (twodigits)high * d;
    }
    return (digit)rem;
}

/* r[0..na+nb) = a * b the school's way. */
static void mul_school(digit *r, const digit *a, Py_ssize_t na, const digit *b, Py_ssize_t nb)
{
    memset(r, 0, (size_t)(na + nb) * sizeof(digit));
    for (Py_ssize_t i = 0; i < na; i++) {
        twodigits carry = 0, f = a[i];
        digit *p = r + i;
        for (Py_ssize_t j = 0; j < nb; j++) {
            carry += *p + b[j] * f;
            *p++ = (digit)(carry & PyLong_MASK);
            carry >>= PyLong_SHIFT;
        }
        *p = (digit)carry;
    }
}

/* r[0..2n) = a * a: each mixed product is formed once and doubled. */
static void square_school(digit *r, const digit *a, Py_ssize_t n)
{
    memset(r, 0, (size_t)(2 * n) * sizeof(digit));
    for (Py_ssize_t i = 0; i < n; i++) {
        twodigits f = a[i];
        digit *p = r + 2 * i;
        twodigits carry = *p + f * f;
        *p++ = (digit)(carry & PyLong_MASK);
        carry >>= PyLong_SHIFT;
        f <<= 1;
        for (Py_ssize_t j = i + 1; j < n; j++) {
            carry += *p + a[j] * f;
            *p++ = (digit)(carry & PyLong_MASK);
            carry >>= PyLong_SHIFT;
        }
        if (carry != 0) {
            carry += *p;
            *p++ = (digit)(carry & PyLong_MASK);
            carry >>= PyLong_SHIFT;
        }
        if (carry != 0)
            *p += (digit)carry;
    }
}

/* Scratch for mul_equal of n digits: 2 * (half + 1) digits a level, halves adding up to less than
 * twice that and some more for rounding. */
static Py_ssize_t scratch_size(Py_ssize_t n)
{
    return 4 * n + 512;
}

/* A product that takes long looks at signals as it goes. */
#define LONG_PRODUCT 2000

/* r[0..2n) = a * b, both n digits. -1 with an exception that a signal's handler raised. */
static int mul_equal(digit *r, const digit *a, const digit *b, Py_ssize_t n, digit *scratch)
{
    if (n < KARATSUBA_CUTOFF) {
        if (a == b)
            square_school(r, a, n);
        else
            mul_school(r, a, n, b, n);
        return 0;
    }
    if (n > LONG_PRODUCT && PyErr_CheckSignals() < 0)
        return -1;
    /* a = a1 * B^low + a0; the high part has as many digits as the low or one less. */
    Py_ssize_t low = (n + 1) / 2, high = n - low, sum = low + 1;
    digit *middle = scratch, *rest = scratch + 2 * sum;

    /* The sums go where the result will be: 2 * (low + 1) <= 2n digits. */
    digit *sa = r, *sb = a == b ? r : r + sum;
    sa[low] = _PyLong_AddDigits(sa, a, low, a + low, high);
    if (a != b)
        sb[low] = _PyLong_AddDigits(sb, b, low, b + low, high);
    if (mul_equal(middle, sa, sb, sum, rest) < 0 || mul_equal(r, a, b, low, rest) < 0 ||
        mul_equal(r + 2 * low, a + low, b + low, high, rest) < 0)
        return -1;
    _PyLong_SubDigits(middle, middle, 2 * sum, r, 2 * low);
    _PyLong_SubDigits(middle, middle, 2 * sum, r + 2 * low, 2 * high);
    /* The middle is below B^(2n - low) by its value; its leading zeros must not count. */
    Py_ssize_t width = 2 * sum;
    if (width > 2 * n - low)
        width = 2 * n - low;
    _PyLong_AddDigits(r + low, r + low, 2 * n - low, middle, width);
    return 0;
}

/* r[0..na+nb) = a * b. -1 with an exception: no memory, or raised by a signal's handler. */
int _PyLong_MulDigits(digit *r, const digit *a, Py_ssize_t na, const digit *b, Py_ssize_t nb)
{
    if (na > nb) {
        const digit *t = a;
        Py_ssize_t n = na;
        a = b;
        na = nb;
        b = t;
        nb = n;
    }
    if (na < KARATSUBA_CUTOFF) {
        if (a == b && na == nb)
            square_school(r, a, na);
        else
            mul_school(r, a, na, b, nb);
        return 0;
    }
    Py_ssize_t room = scratch_size(na);
    digit *scratch = PyMem_New(digit, room + 2 * na);
    int result = 0;
    if (scratch == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    if (na == nb) {
        result = mul_equal(r, a, b, na, scratch);
    } else {
        /* Slices of b as long as a. */
        digit *part = scratch + room;
        memset(r, 0, (size_t)(na + nb) * sizeof(digit));
        for (Py_ssize_t at = 0; at < nb && result == 0; at += na) {
            Py_ssize_t n = Py_MIN(na, nb - at);
            if (n == na)
                result = mul_equal(part, a, b + at, na, scratch);
            else
                result = _PyLong_MulDigits(part, a, na, b + at, n);
            if (result == 0)
                _PyLong_AddDigits(r + at, r + at, na + nb - at, part, na + n);
        }
    }
    PyMem_Free(scratch);
    return result;
}

/* ---- Sum and product
 * ------------------------------------------------------------------------------ */

static int cmp_magnitude(const PyLongObject *a, const PyLongObject *b)
{
    Py_ssize_t na = long_size(a), nb = long_size(b);
    if (na != nb)
        return na < nb ? -1 : 1;
    for (Py_ssize_t i = na; --i >= 0;)
        if (a->ob_digit[i] != b->ob_digit[i])
            return a->ob_digit[i] < b->ob_digit[i] ? -1 : 1;
    return 0;
}

int _PyLong_CompareLongs(PyLongObject *a, PyLongObject *b)
{
    if (a->ob_size != b->ob_size)
        return a->ob_size < b->ob_size ? -1 : 1;
    int c = cmp_magnitude(a, b);
    return a->ob_size < 0 ? -c : c;
}

static PyLongObject *add_magnitudes(PyLongObject *a, PyLongObject *b)
{
    if (long_size(a) < long_size(b)) {
        PyLongObject *t = a;
        a = b;
        b = t;
    }
    Py_ssize_t na = long_size(a);
    PyLongObject *r = _PyLong_New(na + 1);
    if (r == NULL)
        return NULL;
    r->ob_digit[na] = _PyLong_AddDigits(r->ob_digit, a->ob_digit, na, b->ob_digit, long_size(b));
    return _PyLong_Normalize(r);
}

static PyLongObject *sub_magnitudes(PyLongObject *a, PyLongObject *b)
{
    int c = cmp_magnitude(a, b);
    if (c == 0)
        return _PyLong_New(0);
    if (c < 0) {
        PyLongObject *t = a;
        a = b;
        b = t;
    }
    PyLongObject *r = _PyLong_New(long_size(a));
    if (r == NULL)
        return NULL;
    _PyLong_SubDigits(r->ob_digit, a->ob_digit, long_size(a), b->ob_digit, long_size(b));
    if (c < 0)
        r->ob_size = -r->ob_size;
    return _PyLong_Normalize(r);
}

static PyLongObject *add_signed(PyLongObject *a, PyLongObject *b, int negate_b)
{
    int sa = a->ob_size < 0, sb = (b->ob_size < 0) ^ negate_b;
    PyLongObject *r = sa == sb ? add_magnitudes(a, b) : sub_magnitudes(a, b);
    if (r != NULL && sa)
        r->ob_size = -r->ob_size;
    return r;
}

PyLongObject *_PyLong_Add(PyLongObject *a, PyLongObject *b)
{
    return add_signed(a, b, 0);
}

PyLongObject *_PyLong_Sub(PyLongObject *a, PyLongObject *b)
{
    return add_signed(a, b, 1);
}

PyLongObject *_PyLong_Mul(PyLongObject *a, PyLongObject *b)
{
    Py_ssize_t na = long_size(a), nb = long_size(b);

    if (na == 0 || nb == 0)
        return _PyLong_New(0);
    if (na > PY_SSIZE_T_MAX - nb) {
        PyErr_SetString(PyExc_OverflowError, "too many digits in integer");
        return NULL;
    }
    PyLongObject *r = _PyLong_New(na + nb);
    if (r == NULL)
        return NULL;
    if (_PyLong_MulDigits(r->ob_digit, a->ob_digit, na, b->ob_digit, nb) < 0) {
        Py_DECREF(r);
        return NULL;
    }
    if ((a->ob_size < 0) != (b->ob_size < 0))
        r->ob_size = -r->ob_size;
    return _PyLong_Normalize(r);
}

/* ---- Quotient
 * -------------------------------------------------------------------------------------- */

/* Knuth's algorithm D on magnitudes; b has at least two digits and a at least as many. */
static int divrem_school(PyLongObject *a, PyLongObject *b, PyLongObject **pq, PyLongObject **pr)
{
    Py_ssize_t na = long_size(a), nb = long_size(b);
    PyLongObject *q = _PyLong_New(na - nb + 1), *u = _PyLong_New(na + 1), *v = _PyLong_New(nb);
    int shift = 0;

    if (q == NULL || u == NULL || v == NULL) {
        Py_XDECREF(q);
        Py_XDECREF(u);
        Py_XDECREF(v);
        return -1;
    }
    /* Shift so that the divisor's top bit is set. */
    for (digit top = b->ob_digit[nb - 1]; !(top & (PyLong_BASE >> 1)); top <<= 1)
        shift++;
    twodigits acc = 0;
    for (Py_ssize_t i = 0; i < nb; i++) {
        acc |= (twodigits)b->ob_digit[i] << shift;
        v->ob_digit[i] = (digit)(acc & PyLong_MASK);
        acc >>= PyLong_SHIFT;
    }
    acc = 0;
    for (Py_ssize_t i = 0; i < na; i++) {
        acc |= (twodigits)a->ob_digit[i] << shift;
        u->ob_digit[i] = (digit)(acc & PyLong_MASK);
        acc >>= PyLong_SHIFT;
    }
    u->ob_digit[na] = (digit)acc;

    const digit *vd = v->ob_digit;
    digit v1 = vd[nb - 1], v2 = vd[nb - 2];
    for (Py_ssize_t j = na - nb; j >= 0; j--) {
        digit *ud = u->ob_digit + j;
        twodigits top = ((twodigits)ud[nb] << PyLong_SHIFT) | ud[nb - 1];
        twodigits guess, rest;
        if (ud[nb] >= v1) {
            guess = PyLong_MASK;
            rest = top - guess * v1;
        } else {
            guess = top / v1;
            rest = top - guess * v1;
        }
        while (rest < PyLong_BASE && guess * v2 > ((rest << PyLong_SHIFT) | ud[nb - 2])) {
            guess--;
            rest += v1;
        }
        /* Subtract; put one divisor back when that was one too many. */
        twodigits carry = 0;
        digit borrow = 0;
        for (Py_ssize_t i = 0; i < nb; i++) {
            carry += guess * vd[i];
            digit d = ud[i] - (digit)(carry & PyLong_MASK) - borrow;
            ud[i] = d & PyLong_MASK;
            borrow = (d >> PyLong_SHIFT) & 1;
            carry >>= PyLong_SHIFT;
        }
        digit d = ud[nb] - (digit)carry - borrow;
        ud[nb] = d & PyLong_MASK;
        if ((d >> PyLong_SHIFT) & 1) {
            guess--;
            digit c = _PyLong_AddDigits(ud, ud, nb, vd, nb);
            ud[nb] = (ud[nb] + c) & PyLong_MASK;
        }
        q->ob_digit[j] = (digit)guess;
    }
    /* The remainder, shifted back. */
    digit low = 0;
    for (Py_ssize_t i = nb; --i >= 0;) {
        digit d = u->ob_digit[i];
        u->ob_digit[i] = (d >> shift) | low;
        low = shift ? (d << (PyLong_SHIFT - shift)) & PyLong_MASK : 0;
    }
    u->ob_size = nb;
    Py_DECREF(v);
    *pq = _PyLong_Normalize(q);
    *pr = _PyLong_Normalize(u);
    return 0;
}

/* Digits [from, to) of a magnitude as a value. */
static PyLongObject *slice(const PyLongObject *a, Py_ssize_t from, Py_ssize_t to)
{
    Py_ssize_t n = long_size(a);
    to = Py_MIN(to, n);
    from = Py_MIN(from, to);
    PyLongObject *r = _PyLong_New(to - from);
    if (r == NULL)
        return NULL;
    memcpy(r->ob_digit, a->ob_digit + from, (size_t)(to - from) * sizeof(digit));
    return _PyLong_Normalize(r);
}

/* high * B^n + low, both magnitudes, low below B^n. Takes both references. NULL passes through. */
static PyLongObject *join(PyLongObject *high, PyLongObject *low, Py_ssize_t n)
{
    PyLongObject *r = NULL;
    if (high != NULL && low != NULL) {
        Py_ssize_t nh = long_size(high), nl = long_size(low);
        r = _PyLong_New(nh == 0 ? nl : nh + n);
        if (r != NULL) {
            memcpy(r->ob_digit, low->ob_digit, (size_t)nl * sizeof(digit));
            if (nh != 0) {
                memset(r->ob_digit + nl, 0, (size_t)(n - nl) * sizeof(digit));
                memcpy(r->ob_digit + n, high->ob_digit, (size_t)nh * sizeof(digit));
            }
        }
    }
    Py_XDECREF(high);
    Py_XDECREF(low);
    return r;
}

static int divrem_magnitudes(PyLongObject *a, PyLongObject *b, PyLongObject **pq,
                             PyLongObject **pr);

/* a < b * B^n where b has n digits and its top bit set: quotient of n digits, by halves. */
static int divrem_2n(PyLongObject *a, PyLongObject *b, Py_ssize_t n, PyLongObject **pq,
                     PyLongObject **pr);

/* a12 * B^n + a3 divided by b = b1 * B^n + b2 (2n digits), quotient below B^n. */
static int divrem_3n(PyLongObject *a12, PyLongObject *a3, PyLongObject *b, PyLongObject *b1,
                     PyLongObject *b2, Py_ssize_t n, PyLongObject **pq, PyLongObject **pr)
{
    PyLongObject *q = NULL, *r = NULL, *t = NULL, *one = NULL;
    PyLongObject *a1 = slice(a12, n, PY_SSIZE_T_MAX);

    if (a1 == NULL)
        return -1;
    one = (PyLongObject *)PyLong_FromLong(1);
    if (one == NULL)
        goto fail;
    if (cmp_magnitude(a1, b1) < 0) {
        if (divrem_2n(a12, b1, n, &q, &r) < 0)
            goto fail;
    } else {
        /* The quotient is as large as it can be: B^n - 1; the rest is a12 - b1 * B^n + b1. */
        q = _PyLong_New(n);
        if (q == NULL)
            goto fail;
        for (Py_ssize_t i = 0; i < n; i++)
            q->ob_digit[i] = PyLong_MASK;
        PyLongObject *zero = _PyLong_New(0);
        Py_INCREF(b1);
        t = join(b1, zero, n);
        if (t == NULL)
            goto fail;
        PyLongObject *d = _PyLong_Sub(a12, t);
        Py_CLEAR(t);
        if (d == NULL)
            goto fail;
        r = _PyLong_Add(d, b1);
        Py_DECREF(d);
        if (r == NULL)
            goto fail;
    }
    Py_INCREF(a3);
    r = join(r, a3, n);
    t = _PyLong_Mul(q, b2);
    if (r == NULL || t == NULL)
        goto fail;
    Py_SETREF(r, _PyLong_Sub(r, t));
    while (r != NULL && r->ob_size < 0) { /* at most twice */
        Py_SETREF(q, _PyLong_Sub(q, one));
        if (q == NULL)
            goto fail;
        Py_SETREF(r, _PyLong_Add(r, b));
    }
    if (r == NULL)
        goto fail;
    Py_DECREF(a1);
    Py_DECREF(one);
    Py_DECREF(t);
    *pq = q;
    *pr = r;
    return 0;
fail:
    Py_XDECREF(a1);
    Py_XDECREF(one);
    Py_XDECREF(t);
    Py_XDECREF(q);
    Py_XDECREF(r);
    return -1;
}

static int divrem_2n(PyLongObject *a, PyLongObject *b, Py_ssize_t n, PyLongObject **pq,
                     PyLongObject **pr)
{
    PyLongObject *b1 = NULL, *b2 = NULL, *part = NULL, *low = NULL, *q1 = NULL, *q2 = NULL,
                 *r = NULL;
    int result = -1;

    if (n < DIVISION_CUTOFF || (n & 1))
        return divrem_magnitudes(a, b, pq, pr);
    Py_ssize_t half = n / 2;
    b1 = slice(b, half, n);
    b2 = slice(b, 0, half);
    part = slice(a, n, PY_SSIZE_T_MAX);
    low = slice(a, half, n);
    if (b1 == NULL || b2 == NULL || part == NULL || low == NULL)
        goto done;
    if (divrem_3n(part, low, b, b1, b2, half, &q1, &r) < 0)
        goto done;
    Py_SETREF(low, slice(a, 0, half));
    if (low == NULL)
        goto done;
    Py_SETREF(part, r);
    r = NULL;
    if (divrem_3n(part, low, b, b1, b2, half, &q2, &r) < 0)
        goto done;
    *pq = join(q1, q2, half);
    q1 = q2 = NULL;
    if (*pq == NULL)
        goto done;
    *pr = r;
    r = NULL;
    result = 0;
done:
    Py_XDECREF(b1);
    Py_XDECREF(b2);
    Py_XDECREF(part);
    Py_XDECREF(low);
    Py_XDECREF(q1);
    Py_XDECREF(q2);
    Py_XDECREF(r);
    return result;
}

/* Large divisor, large quotient: cut a into blocks as long as b (made long enough to be halved down
 * to the cutoff) and divide block by block from the top. */
static int divrem_large(PyLongObject *a, PyLongObject *b, PyLongObject **pq, PyLongObject **pr)
{
    Py_ssize_t nb = long_size(b), unit = 1, n;
    PyLongObject *sa = NULL, *sb = NULL, *q = NULL, *r = NULL;

    while ((nb + unit - 1) / unit >= DIVISION_CUTOFF)
        unit *= 2;
    n = (nb + unit - 1) / unit * unit;
    Py_ssize_t bits = _PyLong_NumBits((PyObject *)b);
    if (bits < 0)
        return -1;
    Py_ssize_t shift = n * PyLong_SHIFT - bits;
    sa = _PyLong_LShift(a, shift);
    sb = _PyLong_LShift(b, shift);
    q = _PyLong_New(0);
    r = _PyLong_New(0);
    if (sa == NULL || sb == NULL || q == NULL || r == NULL)
        goto fail;
    sa->ob_size = long_size(sa);
    sb->ob_size = long_size(sb);
    Py_ssize_t blocks = (long_size(sa) + n - 1) / n;
    for (Py_ssize_t i = blocks - 1; i >= 0; i--) {
        PyLongObject *digits = NULL, *rest = NULL;
        r = join(r, slice(sa, i * n, (i + 1) * n), n);
        if (r == NULL)
            goto fail;
        if (cmp_magnitude(r, sb) < 0) {
            digits = _PyLong_New(0);
            if (digits == NULL)
                goto fail;
        } else {
            if (divrem_2n(r, sb, n, &digits, &rest) < 0)
                goto fail;
            Py_SETREF(r, rest);
        }
        q = join(q, digits, n);
        if (q == NULL)
            goto fail;
    }
    Py_SETREF(r, _PyLong_RShift(r, shift));
    if (r == NULL)
        goto fail;
    Py_DECREF(sa);
    Py_DECREF(sb);
    *pq = q;
    *pr = r;
    return 0;
fail:
    Py_XDECREF(sa);
    Py_XDECREF(sb);
    Py_XDECREF(q);
    Py_XDECREF(r);
    return -1;
}

/* |a| / |b|, b not zero; results are new and not negative. */
static int divrem_magnitudes(PyLongObject *a, PyLongObject *b, PyLongObject **pq, PyLongObject **pr)
{
    Py_ssize_t na = long_size(a), nb = long_size(b);

    *pq = *pr = NULL;
    if (na < nb || (na == nb && a->ob_digit[na - 1] < b->ob_digit[nb - 1])) {
        *pq = _PyLong_New(0);
        *pr = slice(a, 0, na);
    } else if (nb == 1) {
        PyLongObject *q = _PyLong_New(na);
        if (q != NULL) {
            digit rest = _PyLong_DivDigit(q->ob_digit, a->ob_digit, na, b->ob_digit[0]);
            *pq = _PyLong_Normalize(q);
            *pr = (PyLongObject *)PyLong_FromLong(rest);
        }
    } else if (nb >= 2 * DIVISION_CUTOFF && na - nb >= DIVISION_CUTOFF) {
        return divrem_large(a, b, pq, pr);
    } else {
        return divrem_school(a, b, pq, pr);
    }
    if (*pq == NULL || *pr == NULL) {
        Py_CLEAR(*pq);
        Py_CLEAR(*pr);
        return -1;
    }
    return 0;
}

int _PyLong_DivRem(PyLongObject *a, PyLongObject *b, PyLongObject **pq, PyLongObject **pr)
{
    if (b->ob_size == 0) {
        PyErr_SetString(PyExc_ZeroDivisionError, "long division or modulo by zero");
        return -1;
    }
    if (divrem_magnitudes(a, b, pq, pr) < 0)
        return -1;
    if ((a->ob_size < 0) != (b->ob_size < 0))
        (*pq)->ob_size = -(*pq)->ob_size;
    if (a->ob_size < 0)
        (*pr)->ob_size = -(*pr)->ob_size;
    return 0;
}

int _PyLong_DivMod(PyLongObject *a, PyLongObject *b, PyLongObject **pq, PyLongObject **pr)
{
    PyLongObject *q, *r;

    if (_PyLong_DivRem(a, b, &q, &r) < 0)
        return -1;
    if ((r->ob_size < 0 && b->ob_size > 0) || (r->ob_size > 0 && b->ob_size < 0)) {
        PyLongObject *one = (PyLongObject *)PyLong_FromLong(1);
        PyLongObject *t = _PyLong_Add(r, b);
        Py_SETREF(r, t);
        if (one != NULL)
            Py_SETREF(q, _PyLong_Sub(q, one));
        if (one == NULL || q == NULL || r == NULL) {
            Py_XDECREF(one);
            Py_XDECREF(q);
            Py_XDECREF(r);
            return -1;
        }
        Py_DECREF(one);
    }
    if (pq != NULL)
        *pq = q;
    else
        Py_DECREF(q);
    if (pr != NULL)
        *pr = r;
    else
        Py_DECREF(r);
    return 0;
}
