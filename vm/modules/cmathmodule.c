/* SPDX-License-Identifier: MIT */
/* The module cmath. The functions on finite arguments follow Kahan's formulas ("Branch cuts for
 * complex elementary functions"), scaled where squares would overflow; others come from tables.
 * Trouble is told through errno, EDOM or ERANGE, and becomes an exception at the outermost. */
#include "Python.h"
#include "cmath_special.h"
#include "base/mathlib.h"
#include <errno.h>
#include <float.h>

#define LARGE (DBL_MAX / 4.0)
#define SQRT_LARGE sqrt(LARGE)
#define LOG_LARGE log(LARGE)
#define SQRT_MIN sqrt(DBL_MIN)
#define LN2 0.6931471805599453094
#define LN10 2.302585092994045684

static int category(double d)
{
    if (isnan(d))
        return 6;
    if (isinf(d))
        return d > 0 ? 5 : 0;
    if (d == 0.0)
        return signbit(d) ? 2 : 3;
    return d > 0 ? 4 : 1;
}

static int is_special(Py_complex z)
{
    return !isfinite(z.real) || !isfinite(z.imag);
}

static Py_complex from_table(const special_t table[7][7], Py_complex z)
{
    const special_t *s = &table[category(z.real)][category(z.imag)];
    errno = s->domain_error ? EDOM : 0;
    return (Py_complex){s->real, s->imag};
}

/* Whether the table cannot know the answer: it depends on the quadrant of a finite angle. */
static int needs_angle(Py_complex z)
{
    return isinf(z.real) && isfinite(z.imag) && z.imag != 0.0;
}

/* The vector of that length in the direction of the angle, for lengths 0 and infinity. */
static Py_complex directed(double length, double angle)
{
    return (Py_complex){copysign(length, cos(angle)), copysign(length, sin(angle))};
}

static void check_overflow(Py_complex r)
{
    errno = isinf(r.real) || isinf(r.imag) ? ERANGE : 0;
}

/* ---- Roots, exponentials, logarithms
 * ----------------------------------------------------------------- */

static Py_complex c_sqrt(Py_complex z)
{
    double s, d, ax, ay;

    if (is_special(z))
        return from_table(sqrt_special, z);
    errno = 0;
    if (z.real == 0.0 && z.imag == 0.0)
        return (Py_complex){0.0, z.imag};
    ax = fabs(z.real);
    ay = fabs(z.imag);
    if (ax < DBL_MIN && ay < DBL_MIN) {
        /* Subnormal: scaled by an even power of two. */
        ax = ldexp(ax, 54);
        s = ldexp(sqrt((ax + hypot(ax, ldexp(ay, 54))) / 2.0), -27);
    } else {
        ax /= 8.0;
        s = 2.0 * sqrt(ax + hypot(ax, ay / 8.0));
    }
    d = ay / (2.0 * s);
    errno = 0;
    if (z.real >= 0.0)
        return (Py_complex){s, copysign(d, z.imag)};
    return (Py_complex){d, copysign(s, z.imag)};
}

static Py_complex c_exp(Py_complex z)
{
    Py_complex r;

    if (is_special(z)) {
        errno = 0;
        if (needs_angle(z))
            return directed(z.real > 0 ? Py_HUGE_VAL : 0.0, z.imag);
        return from_table(exp_special, z);
    }
    if (z.real > LOG_LARGE) {
        double l = exp(z.real - 1.0);
        r = (Py_complex){l * cos(z.imag) * Py_MATH_E, l * sin(z.imag) * Py_MATH_E};
    } else {
        double l = exp(z.real);
        r = (Py_complex){l * cos(z.imag), l * sin(z.imag)};
    }
    check_overflow(r);
    return r;
}

static Py_complex c_log(Py_complex z)
{
    double ax, ay, re, im;
    int pole = 0;

    if (is_special(z))
        return from_table(log_special, z);
    ax = fabs(z.real);
    ay = fabs(z.imag);
    if (ax > LARGE || ay > LARGE) {
        re = log(hypot(ax / 2.0, ay / 2.0)) + LN2;
    } else if (ax < DBL_MIN && ay < DBL_MIN) {
        if (ax > 0.0 || ay > 0.0) {
            re = log(hypot(ldexp(ax, DBL_MANT_DIG), ldexp(ay, DBL_MANT_DIG))) - DBL_MANT_DIG * LN2;
        } else {
            re = -Py_HUGE_VAL;
            pole = 1;
        }
    } else {
        double h = hypot(ax, ay);
        if (0.71 <= h && h <= 1.73) { /* near 1 the logarithm is small */
            double big = Py_MAX(ax, ay), small = Py_MIN(ax, ay);
            re = log1p((big - 1.0) * (big + 1.0) + small * small) / 2.0;
        } else {
            re = log(h);
        }
    }
    im = atan2(z.imag, z.real);
    errno = pole ? EDOM : 0;
    return (Py_complex){re, im};
}

static Py_complex c_log10(Py_complex z)
{
    Py_complex r = c_log(z);
    return (Py_complex){r.real / LN10, r.imag / LN10};
}

/* ---- Inverse functions
 * ------------------------------------------------------------------------------------ */

static Py_complex c_acos(Py_complex z)
{
    Py_complex r;

    if (is_special(z))
        return from_table(acos_special, z);
    if (fabs(z.real) > LARGE || fabs(z.imag) > LARGE) {
        double l = log(hypot(z.real / 2.0, z.imag / 2.0)) + LN2 * 2.0;
        r.real = atan2(fabs(z.imag), z.real);
        r.imag = z.real < 0.0 ? -copysign(l, z.imag) : copysign(l, -z.imag);
    } else {
        Py_complex s1 = c_sqrt((Py_complex){1.0 - z.real, -z.imag});
        Py_complex s2 = c_sqrt((Py_complex){1.0 + z.real, z.imag});
        r.real = 2.0 * atan2(s1.real, s2.real);
        r.imag = asinh(s2.real * s1.imag - s2.imag * s1.real);
    }
    errno = 0;
    return r;
}

static Py_complex c_acosh(Py_complex z)
{
    Py_complex r;

    if (is_special(z))
        return from_table(acosh_special, z);
    if (fabs(z.real) > LARGE || fabs(z.imag) > LARGE) {
        r.real = log(hypot(z.real / 2.0, z.imag / 2.0)) + LN2 * 2.0;
        r.imag = atan2(z.imag, z.real);
    } else {
        Py_complex s1 = c_sqrt((Py_complex){z.real - 1.0, z.imag});
        Py_complex s2 = c_sqrt((Py_complex){z.real + 1.0, z.imag});
        r.real = asinh(s1.real * s2.real + s1.imag * s2.imag);
        r.imag = 2.0 * atan2(s1.imag, s2.real);
    }
    errno = 0;
    return r;
}

static Py_complex c_asinh(Py_complex z)
{
    Py_complex r;

    if (is_special(z))
        return from_table(asinh_special, z);
    if (fabs(z.real) > LARGE || fabs(z.imag) > LARGE) {
        double l = log(hypot(z.real / 2.0, z.imag / 2.0)) + LN2 * 2.0;
        r.real = z.imag < 0.0 ? copysign(l, z.real) : -copysign(l, -z.real);
        r.imag = atan2(z.imag, fabs(z.real));
    } else {
        Py_complex s1 = c_sqrt((Py_complex){1.0 + z.imag, -z.real});
        Py_complex s2 = c_sqrt((Py_complex){1.0 - z.imag, z.real});
        r.real = asinh(s1.real * s2.imag - s2.real * s1.imag);
        r.imag = atan2(z.imag, s1.real * s2.real - s1.imag * s2.imag);
    }
    errno = 0;
    return r;
}

static Py_complex c_atanh(Py_complex z)
{
    Py_complex r;
    int pole = 0;

    if (is_special(z))
        return from_table(atanh_special, z);
    /* The function is odd: only the right half plane is computed. */
    if (z.real < 0.0 || (z.real == 0.0 && signbit(z.real)))
        return _Py_c_neg(c_atanh(_Py_c_neg(z)));
    double ay = fabs(z.imag);
    if (z.real > SQRT_LARGE || ay > SQRT_LARGE) {
        double h = hypot(z.real / 2.0, z.imag / 2.0);
        r.real = z.real / 4.0 / h / h;
        r.imag = -copysign(Py_MATH_PI / 2.0, -z.imag);
    } else if (z.real == 1.0 && ay < SQRT_MIN) {
        if (ay == 0.0) {
            r = (Py_complex){Py_HUGE_VAL, z.imag};
            pole = 1;
        } else {
            r.real = -log(sqrt(ay) / sqrt(hypot(ay, 2.0)));
            r.imag = copysign(atan2(2.0, -ay) / 2.0, z.imag);
        }
    } else {
        double left = 1.0 - z.real;
        r.real = log1p(4.0 * z.real / (left * left + ay * ay)) / 4.0;
        r.imag = -atan2(-2.0 * z.imag, left * (1.0 + z.real) - ay * ay) / 2.0;
    }
    errno = pole ? EDOM : 0;
    return r;
}

/* f(z) = -i g(i z) */
static Py_complex turned(Py_complex (*g)(Py_complex), Py_complex z)
{
    Py_complex s = g((Py_complex){-z.imag, z.real});
    return (Py_complex){s.imag, -s.real};
}

static Py_complex c_asin(Py_complex z)
{
    return turned(c_asinh, z);
}

static Py_complex c_atan(Py_complex z)
{
    return turned(c_atanh, z);
}

/* ---- Hyperbolic and circular functions
 * ------------------------------------------------------------------------ */

static Py_complex c_cosh(Py_complex z)
{
    Py_complex r;

    if (is_special(z)) {
        errno = 0;
        if (needs_angle(z)) {
            r = directed(Py_HUGE_VAL, z.imag);
            if (z.real < 0)
                r.imag = -r.imag;
            return r;
        }
        return from_table(cosh_special, z);
    }
    if (fabs(z.real) > LOG_LARGE) {
        double less = z.real - copysign(1.0, z.real);
        r.real = cos(z.imag) * cosh(less) * Py_MATH_E;
        r.imag = sin(z.imag) * sinh(less) * Py_MATH_E;
    } else {
        r.real = cos(z.imag) * cosh(z.real);
        r.imag = sin(z.imag) * sinh(z.real);
    }
    check_overflow(r);
    return r;
}

static Py_complex c_sinh(Py_complex z)
{
    Py_complex r;

    if (is_special(z)) {
        errno = 0;
        if (needs_angle(z)) {
            r = directed(Py_HUGE_VAL, z.imag);
            if (z.real < 0)
                r.real = -r.real;
            return r;
        }
        return from_table(sinh_special, z);
    }
    if (fabs(z.real) > LOG_LARGE) {
        double less = z.real - copysign(1.0, z.real);
        r.real = cos(z.imag) * sinh(less) * Py_MATH_E;
        r.imag = sin(z.imag) * cosh(less) * Py_MATH_E;
    } else {
        r.real = cos(z.imag) * sinh(z.real);
        r.imag = sin(z.imag) * cosh(z.real);
    }
    check_overflow(r);
    return r;
}

static Py_complex c_tanh(Py_complex z)
{
    Py_complex r;

    if (is_special(z)) {
        errno = 0;
        if (needs_angle(z))
            return (Py_complex){copysign(1.0, z.real),
                                copysign(0.0, 2.0 * sin(z.imag) * cos(z.imag))};
        return from_table(tanh_special, z);
    }
    if (fabs(z.real) > LOG_LARGE) {
        r.real = copysign(1.0, z.real);
        r.imag = 4.0 * sin(z.imag) * cos(z.imag) * exp(-2.0 * fabs(z.real));
    } else {
        double tx = tanh(z.real), ty = tan(z.imag), cx = 1.0 / cosh(z.real);
        double txty = tx * ty, denom = 1.0 + txty * txty;
        r.real = tx * (1.0 + ty * ty) / denom;
        r.imag = ((ty / denom) * cx) * cx;
    }
    errno = 0; /* an underflow on the way is none */
    return r;
}

static Py_complex c_cos(Py_complex z)
{
    return c_cosh((Py_complex){-z.imag, z.real});
}

static Py_complex c_sin(Py_complex z)
{
    return turned(c_sinh, z);
}

static Py_complex c_tan(Py_complex z)
{
    return turned(c_tanh, z);
}

/* ---- The module's functions
 * --------------------------------------------------------------------------------- */

static PyObject *trouble(void)
{
    if (errno == EDOM)
        PyErr_SetString(PyExc_ValueError, "math domain error");
    else
        PyErr_SetString(PyExc_OverflowError, "math range error");
    return NULL;
}

#define FUNCTION(name, doc)                                                                        \
    PyDoc_STRVAR(name##_doc, doc);                                                                 \
    static PyObject *cmath_##name(PyObject *self, PyObject *args)                                  \
    {                                                                                              \
        Py_complex z;                                                                              \
        if (!PyArg_ParseTuple(args, "D", &z))                                                      \
            return NULL;                                                                           \
        errno = 0;                                                                                 \
        z = c_##name(z);                                                                           \
        return errno == EDOM || errno == ERANGE ? trouble() : PyComplex_FromCComplex(z);           \
    }

FUNCTION(acos, "acos(x)\n\nThe arc cosine of x.")
FUNCTION(acosh, "acosh(x)\n\nThe inverse hyperbolic cosine of x.")
FUNCTION(asin, "asin(x)\n\nThe arc sine of x.")
FUNCTION(asinh, "asinh(x)\n\nThe inverse hyperbolic sine of x.")
FUNCTION(atan, "atan(x)\n\nThe arc tangent of x.")
FUNCTION(atanh, "atanh(x)\n\nThe inverse hyperbolic tangent of x.")
FUNCTION(cos, "cos(x)\n\nThe cosine of x.")
FUNCTION(cosh, "cosh(x)\n\nThe hyperbolic cosine of x.")
FUNCTION(exp, "exp(x)\n\ne raised to the power of x.")
FUNCTION(log10, "log10(x)\n\nThe logarithm of x to base 10.")
FUNCTION(sin, "sin(x)\n\nThe sine of x.")
FUNCTION(sinh, "sinh(x)\n\nThe hyperbolic sine of x.")
FUNCTION(sqrt, "sqrt(x)\n\nThe square root of x.")
FUNCTION(tan, "tan(x)\n\nThe tangent of x.")
FUNCTION(tanh, "tanh(x)\n\nThe hyperbolic tangent of x.")

PyDoc_STRVAR(log_doc, "log(x[, base])\n\nThe logarithm of x, natural or to the given base.");
static PyObject *cmath_log(PyObject *self, PyObject *args)
{
    Py_complex x, base;
    int error;

    if (!PyArg_ParseTuple(args, "D|D", &x, &base))
        return NULL;
    x = c_log(x);
    error = errno;
    if (PyTuple_GET_SIZE(args) == 2) {
        base = c_log(base);
        if (errno != 0)
            error = errno;
        errno = 0;
        x = _Py_c_quot(x, base);
        if (errno != 0)
            error = errno;
    }
    if (error != 0) {
        errno = error;
        return trouble();
    }
    return PyComplex_FromCComplex(x);
}

/* The angle of z; defined for special values as atan2 is. */
static double angle_of(Py_complex z)
{
    return atan2(z.imag, z.real);
}

PyDoc_STRVAR(phase_doc, "phase(z) -> float\n\nThe angle of z, in radians.");
static PyObject *cmath_phase(PyObject *self, PyObject *args)
{
    Py_complex z;
    if (!PyArg_ParseTuple(args, "D:phase", &z))
        return NULL;
    return PyFloat_FromDouble(angle_of(z));
}

PyDoc_STRVAR(polar_doc, "polar(z) -> (r, phi)\n\nThe distance of z from 0 and its angle.");
static PyObject *cmath_polar(PyObject *self, PyObject *args)
{
    Py_complex z;
    if (!PyArg_ParseTuple(args, "D:polar", &z))
        return NULL;
    double r = _Py_c_abs(z);
    if (errno != 0)
        return trouble();
    return Py_BuildValue("(dd)", r, angle_of(z));
}

PyDoc_STRVAR(rect_doc,
             "rect(r, phi) -> complex\n\nThe number at that distance from 0 and that angle.");
static PyObject *cmath_rect(PyObject *self, PyObject *args)
{
    double r, phi;
    Py_complex z;

    if (!PyArg_ParseTuple(args, "dd:rect", &r, &phi))
        return NULL;
    errno = 0;
    if (!isfinite(r) || !isfinite(phi)) {
        if (isinf(r) && isfinite(phi) && phi != 0.0) {
            z = directed(Py_HUGE_VAL, phi);
            if (r < 0)
                z = _Py_c_neg(z);
        } else {
            z = from_table(rect_special, (Py_complex){r, phi});
        }
    } else {
        /* A zero angle keeps the sign of its zero. */
        z = phi == 0.0 ? (Py_complex){r, r * phi} : (Py_complex){r * cos(phi), r * sin(phi)};
    }
    return errno != 0 ? trouble() : PyComplex_FromCComplex(z);
}

PyDoc_STRVAR(isnan_doc, "isnan(z) -> bool\n\nWhether a part of z is not a number.");
static PyObject *cmath_isnan(PyObject *self, PyObject *args)
{
    Py_complex z;
    /* (the name that CPython's errors have) */
    if (!PyArg_ParseTuple(args, "D:isnan", &z))
        return NULL;
    return PyBool_FromLong(isnan(z.real) || isnan(z.imag));
}

PyDoc_STRVAR(isinf_doc, "isinf(z) -> bool\n\nWhether a part of z is an infinity.");
static PyObject *cmath_isinf(PyObject *self, PyObject *args)
{
    Py_complex z;
    if (!PyArg_ParseTuple(args, "D:isnan", &z))
        return NULL;
    return PyBool_FromLong(isinf(z.real) || isinf(z.imag));
}

PyDoc_STRVAR(
    cmath_module_doc,
    "This module is always available.  It gives mathematical functions on complex numbers.");

static PyMethodDef cmath_methods[] = {
    {"acos", cmath_acos, METH_VARARGS, acos_doc},
    {"acosh", cmath_acosh, METH_VARARGS, acosh_doc},
    {"asin", cmath_asin, METH_VARARGS, asin_doc},
    {"asinh", cmath_asinh, METH_VARARGS, asinh_doc},
    {"atan", cmath_atan, METH_VARARGS, atan_doc},
    {"atanh", cmath_atanh, METH_VARARGS, atanh_doc},
    {"cos", cmath_cos, METH_VARARGS, cos_doc},
    {"cosh", cmath_cosh, METH_VARARGS, cosh_doc},
    {"exp", cmath_exp, METH_VARARGS, exp_doc},
    {"isinf", cmath_isinf, METH_VARARGS, isinf_doc},
    {"isnan", cmath_isnan, METH_VARARGS, isnan_doc},
    {"log", cmath_log, METH_VARARGS, log_doc},
    {"log10", cmath_log10, METH_VARARGS, log10_doc},
    {"phase", cmath_phase, METH_VARARGS, phase_doc},
    {"polar", cmath_polar, METH_VARARGS, polar_doc},
    {"rect", cmath_rect, METH_VARARGS, rect_doc},
    {"sin", cmath_sin, METH_VARARGS, sin_doc},
    {"sinh", cmath_sinh, METH_VARARGS, sinh_doc},
    {"sqrt", cmath_sqrt, METH_VARARGS, sqrt_doc},
    {"tan", cmath_tan, METH_VARARGS, tan_doc},
    {"tanh", cmath_tanh, METH_VARARGS, tanh_doc},
    {NULL, NULL, 0, NULL},
};

void initcmath(void)
{
    PyObject *m = Py_InitModule3("cmath", cmath_methods, cmath_module_doc);

    if (m == NULL)
        return;
    PyModule_AddObject(m, "pi", PyFloat_FromDouble(Py_MATH_PI));
    PyModule_AddObject(m, "e", PyFloat_FromDouble(Py_MATH_E));
}
