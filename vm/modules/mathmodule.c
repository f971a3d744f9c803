/* SPDX-License-Identifier: MIT */
/* The module math. Functions of the C library behind Python's rules about errors: a nan out of
 * something else is a domain error, an infinity out of finite arguments an overflow or, at a pole,
 * a domain error. */
#include "Python.h"
#include "base/mathlib.h"

static PyObject *domain_error(void)
{
    PyErr_SetString(PyExc_ValueError, "math domain error");
    return NULL;
}

static PyObject *range_error(void)
{
    PyErr_SetString(PyExc_OverflowError, "math range error");
    return NULL;
}

/* Judges the result of a function of one argument. poles: an infinity out of a finite argument is a
 * pole rather than an overflow. */
static PyObject *judge(double x, double r, int poles)
{
    if (isnan(r) && !isnan(x))
        return domain_error();
    if (isinf(r) && isfinite(x))
        return poles ? domain_error() : range_error();
    return PyFloat_FromDouble(r);
}

/* ---- The error functions: a C library's differ in the last digits from one to the next --------
 */

#define SQRT_PI 1.772453850905516027298167483341145182798

/* erf for small x, by its power series with exp(-x^2) drawn out (Abramowitz and Stegun 7.1.6). */
static double erf_series(double x)
{
    double x2 = x * x, sum = 0.0, k = 25.5;
    for (int i = 0; i < 25; i++, k -= 1.0)
        sum = 2.0 + x2 * sum / k;
    return sum * x * exp(-x2) / SQRT_PI;
}

/* erfc for x >= 1.5, by its continued fraction (7.1.14), as a quotient p / q run forwards. */
static double erfc_fraction(double x)
{
    double x2 = x * x, a = 0.0, step = 0.5, p = 1.0, last_p = 0.0, q = step + x2, last_q = 1.0;

    if (x >= 30.0)
        return 0.0;
    for (int i = 0; i < 50; i++) {
        a += step;
        step += 2.0;
        double b = step + x2, next_p = b * p - a * last_p, next_q = b * q - a * last_q;
        last_p = p;
        p = next_p;
        last_q = q;
        q = next_q;
    }
    return p / q * x * exp(-x2) / SQRT_PI;
}

static double error_function(double x)
{
    double size = fabs(x);
    if (isnan(x))
        return x;
    if (size < 1.5)
        return erf_series(x);
    return x > 0.0 ? 1.0 - erfc_fraction(size) : erfc_fraction(size) - 1.0;
}

static double complementary_error_function(double x)
{
    double size = fabs(x);
    if (isnan(x))
        return x;
    if (size < 1.5)
        return 1.0 - erf_series(x);
    return x > 0.0 ? erfc_fraction(size) : 2.0 - erfc_fraction(size);
}

/* ---- Functions of one argument ------------------------------------------------------------------
 */

/* expression may leave the finite numbers without that being an error. */
#define FUNCTION_PLAIN(name, expression, doc)                                                      \
    PyDoc_STRVAR(name##_doc, doc);                                                                 \
    static PyObject *math_##name(PyObject *self, PyObject *arg)                                    \
    {                                                                                              \
        double x = PyFloat_AsDouble(arg);                                                          \
        if (x == -1.0 && PyErr_Occurred())                                                         \
            return NULL;                                                                           \
        return PyFloat_FromDouble(expression);                                                     \
    }

#define FUNCTION_1(name, expression, poles, doc)                                                   \
    PyDoc_STRVAR(name##_doc, doc);                                                                 \
    static PyObject *math_##name(PyObject *self, PyObject *arg)                                    \
    {                                                                                              \
        double x = PyFloat_AsDouble(arg);                                                          \
        if (x == -1.0 && PyErr_Occurred())                                                         \
            return NULL;                                                                           \
        return judge(x, expression, poles);                                                        \
    }

FUNCTION_1(acos, acos(x), 1, "acos(x)\n\nThe arc cosine of x, in radians.")
FUNCTION_1(acosh, acosh(x), 1, "acosh(x)\n\nThe inverse hyperbolic cosine of x.")
FUNCTION_1(asin, asin(x), 1, "asin(x)\n\nThe arc sine of x, in radians.")
FUNCTION_1(asinh, asinh(x), 1, "asinh(x)\n\nThe inverse hyperbolic sine of x.")
FUNCTION_1(atan, atan(x), 1, "atan(x)\n\nThe arc tangent of x, in radians.")
FUNCTION_1(atanh, atanh(x), 1, "atanh(x)\n\nThe inverse hyperbolic tangent of x.")
FUNCTION_1(ceil, ceil(x), 1, "ceil(x)\n\nThe smallest whole float not below x.")
FUNCTION_1(cos, cos(x), 1, "cos(x)\n\nThe cosine of x radians.")
FUNCTION_1(cosh, cosh(x), 0, "cosh(x)\n\nThe hyperbolic cosine of x.")
FUNCTION_1(erf, error_function(x), 1, "erf(x)\n\nThe error function at x.")
FUNCTION_1(erfc, complementary_error_function(x), 1,
           "erfc(x)\n\n1 - erf(x) without loss for large x.")
FUNCTION_1(exp, exp(x), 0, "exp(x)\n\ne raised to the power of x.")
FUNCTION_1(expm1, expm1(x), 0, "expm1(x)\n\nexp(x) - 1 without loss for small x.")
FUNCTION_1(fabs, fabs(x), 1, "fabs(x)\n\nThe size of x as a float.")
FUNCTION_1(floor, floor(x), 1, "floor(x)\n\nThe largest whole float not above x.")
FUNCTION_1(log1p, log1p(x), 0,
           "log1p(x)\n\nThe natural logarithm of 1 + x without loss for small x.")
FUNCTION_1(sin, sin(x), 1, "sin(x)\n\nThe sine of x radians.")
FUNCTION_1(sinh, sinh(x), 0, "sinh(x)\n\nThe hyperbolic sine of x.")
FUNCTION_1(sqrt, sqrt(x), 1, "sqrt(x)\n\nThe square root of x.")
FUNCTION_1(tan, tan(x), 1, "tan(x)\n\nThe tangent of x radians.")
FUNCTION_1(tanh, tanh(x), 1, "tanh(x)\n\nThe hyperbolic tangent of x.")
FUNCTION_PLAIN(degrees, x *(180.0 / Py_MATH_PI),
               "degrees(x)\n\nThe angle x, in radians, in degrees.")
FUNCTION_PLAIN(radians, x *(Py_MATH_PI / 180.0),
               "radians(x)\n\nThe angle x, in degrees, in radians.")

/* ---- Gamma
 * ---------------------------------------------------------------------------------------- */

/* Lanczos's approximation with g = 6.0247 and 13 terms as a quotient of polynomials, the
 * coefficients as published with Boost. */
#define LANCZOS_G 6.024680040776729583740234375
#define LANCZOS_G_LESS_HALF 5.524680040776729583740234375

static const double lanczos_num[13] = {23531376880.410759688572007674451636754734846804940,
                                       42919803642.649098768957899047001988850926355848959,
                                       35711959237.355668049440185451547166705960488635843,
                                       17921034426.037209699919755754458931112671403265390,
                                       6039542586.3520280050642916443072979210699388420708,
                                       1439720407.3117216736632230727949123939715485786372,
                                       248874557.86205415651146038641322942321632125127801,
                                       31426415.585400194380614231628318205362874684987640,
                                       2876370.6289353724412254090516208496135991145378768,
                                       186056.26539522349504029498971604569928220784236328,
                                       8071.6720023658162106380029022722506138218516325024,
                                       210.82427775157934587250973392071336271166969580291,
                                       2.5066282746310002701649081771338373386264310793408};

static const double lanczos_den[13] = {
    0.0,       39916800.0, 120543840.0, 150917976.0, 105258076.0, 45995730.0, 13339535.0,
    2637558.0, 357423.0,   32670.0,     1925.0,      66.0,        1.0};

static double lanczos_sum(double x)
{
    double num = 0.0, den = 0.0;
    if (x < 5.0) {
        for (int i = 12; i >= 0; i--) {
            num = num * x + lanczos_num[i];
            den = den * x + lanczos_den[i];
        }
    } else { /* in 1/x, so that nothing overflows */
        for (int i = 0; i < 13; i++) {
            num = num / x + lanczos_num[i];
            den = den / x + lanczos_den[i];
        }
    }
    return num / den;
}

/* sin(pi x), exact in its zeros. */
static double sin_pi(double x)
{
    double y = fmod(fabs(x), 2.0), r;
    switch ((int)floor(2.0 * y + 0.5)) {
    case 0:
        r = sin(Py_MATH_PI * y);
        break;
    case 1:
        r = cos(Py_MATH_PI * (y - 0.5));
        break;
    case 2:
        r = sin(Py_MATH_PI * (1.0 - y));
        break;
    case 3:
        r = -cos(Py_MATH_PI * (y - 1.5));
        break;
    default:
        r = sin(Py_MATH_PI * (y - 2.0));
    }
    return copysign(1.0, x) * r;
}

/* Gamma of a number that is no pole and no small integer. */
static double gamma_of(double x)
{
    double size = fabs(x), y, z, r;

    if (size < 1e-20)
        return 1.0 / x;
    if (size > 200.0)
        return x < 0.0 ? 0.0 / sin_pi(x) : Py_HUGE_VAL;
    y = size + LANCZOS_G_LESS_HALF;
    /* What was lost in that sum. */
    volatile double q;
    if (size > LANCZOS_G_LESS_HALF) {
        q = y - size;
        z = q - LANCZOS_G_LESS_HALF;
    } else {
        q = y - LANCZOS_G_LESS_HALF;
        z = q - size;
    }
    z = z * LANCZOS_G / y;
    if (x < 0.0) {
        r = -Py_MATH_PI / sin_pi(size) / size * exp(y) / lanczos_sum(size);
        r -= z * r;
        if (size < 140.0) {
            r /= pow(y, size - 0.5);
        } else {
            double half = pow(y, size / 2.0 - 0.25);
            r /= half;
            r /= half;
        }
    } else {
        r = lanczos_sum(size) / exp(y);
        r += z * r;
        if (size < 140.0) {
            r *= pow(y, size - 0.5);
        } else {
            double half = pow(y, size / 2.0 - 0.25);
            r *= half;
            r *= half;
        }
    }
    return r;
}

static double log_gamma_of(double x)
{
    double size = fabs(x), r;

    if (size < 1e-20)
        return -log(size);
    r = log(lanczos_sum(size)) - LANCZOS_G + (size - 0.5) * (log(size + LANCZOS_G - 0.5) - 1.0);
    if (x < 0.0)
        r = 1.144729885849400174143427351353058711647 - log(fabs(sin_pi(size))) - log(size) - r;
    return r;
}

static const double small_factorials[] = {1.0,
                                          1.0,
                                          2.0,
                                          6.0,
                                          24.0,
                                          120.0,
                                          720.0,
                                          5040.0,
                                          40320.0,
                                          362880.0,
                                          3628800.0,
                                          39916800.0,
                                          479001600.0,
                                          6227020800.0,
                                          87178291200.0,
                                          1307674368000.0,
                                          20922789888000.0,
                                          355687428096000.0,
                                          6402373705728000.0,
                                          121645100408832000.0,
                                          2432902008176640000.0,
                                          51090942171709440000.0,
                                          1124000727777607680000.0};

PyDoc_STRVAR(gamma_doc, "gamma(x)\n\nThe gamma function at x.");
static PyObject *math_gamma(PyObject *self, PyObject *arg)
{
    double x = PyFloat_AsDouble(arg), r;

    if (x == -1.0 && PyErr_Occurred())
        return NULL;
    if (isnan(x) || (isinf(x) && x > 0))
        return PyFloat_FromDouble(x);
    if (isinf(x) || x == 0.0)
        return domain_error();
    if (x == floor(x)) {
        if (x < 0.0)
            return domain_error();
        if (x <= 23.0)
            return PyFloat_FromDouble(small_factorials[(int)x - 1]);
    }
    r = gamma_of(x);
    return isinf(r) ? range_error() : PyFloat_FromDouble(r);
}

PyDoc_STRVAR(lgamma_doc,
             "lgamma(x)\n\nThe natural logarithm of the size of the gamma function at x.");
static PyObject *math_lgamma(PyObject *self, PyObject *arg)
{
    double x = PyFloat_AsDouble(arg), r;

    if (x == -1.0 && PyErr_Occurred())
        return NULL;
    if (isnan(x))
        return PyFloat_FromDouble(x);
    if (isinf(x))
        return PyFloat_FromDouble(Py_HUGE_VAL);
    if (x == floor(x) && x <= 2.0) {
        if (x <= 0.0)
            return domain_error();
        return PyFloat_FromDouble(0.0);
    }
    r = log_gamma_of(x);
    return isinf(r) ? range_error() : PyFloat_FromDouble(r);
}

/* ---- Two arguments
 * ---------------------------------------------------------------------------------- */

static int take_two(PyObject *args, const char *name, double *x, double *y)
{
    PyObject *a, *b;

    if (!PyArg_UnpackTuple(args, name, 2, 2, &a, &b))
        return 0;
    *x = PyFloat_AsDouble(a);
    if (*x == -1.0 && PyErr_Occurred())
        return 0;
    *y = PyFloat_AsDouble(b);
    return !(*y == -1.0 && PyErr_Occurred());
}

PyDoc_STRVAR(atan2_doc, "atan2(y, x)\n\nThe angle, in radians, of the point (x, y).");
static PyObject *math_atan2(PyObject *self, PyObject *args)
{
    double y, x;
    return take_two(args, "atan2", &y, &x) ? PyFloat_FromDouble(atan2(y, x)) : NULL;
}

PyDoc_STRVAR(copysign_doc, "copysign(x, y)\n\nx with the sign of y.");
static PyObject *math_copysign(PyObject *self, PyObject *args)
{
    double x, y;
    return take_two(args, "copysign", &x, &y) ? PyFloat_FromDouble(copysign(x, y)) : NULL;
}

PyDoc_STRVAR(fmod_doc, "fmod(x, y)\n\nWhat C's fmod gives: the remainder with the sign of x.");
static PyObject *math_fmod(PyObject *self, PyObject *args)
{
    double x, y;

    if (!take_two(args, "fmod", &x, &y))
        return NULL;
    if (isinf(y) && isfinite(x))
        return PyFloat_FromDouble(x);
    double r = fmod(x, y);
    return isnan(r) && !isnan(x) && !isnan(y) ? domain_error() : PyFloat_FromDouble(r);
}

PyDoc_STRVAR(hypot_doc, "hypot(x, y)\n\nThe distance of the point (x, y) from the origin.");
static PyObject *math_hypot(PyObject *self, PyObject *args)
{
    double x, y;

    if (!take_two(args, "hypot", &x, &y))
        return NULL;
    if (isinf(x) || isinf(y))
        return PyFloat_FromDouble(Py_HUGE_VAL);
    double r = hypot(x, y);
    return isinf(r) ? range_error() : PyFloat_FromDouble(r);
}

PyDoc_STRVAR(pow_doc, "pow(x, y)\n\nx raised to the power of y, as a float.");
static PyObject *math_pow(PyObject *self, PyObject *args)
{
    double x, y, r;

    if (!take_two(args, "pow", &x, &y))
        return NULL;
    if (x == 1.0 || y == 0.0)
        return PyFloat_FromDouble(1.0);
    if (x == 0.0 && y < 0.0)
        return domain_error();
    r = pow(x, y);
    if (isfinite(x) && isfinite(y)) {
        if (isnan(r))
            return domain_error();
        if (isinf(r))
            return range_error();
    }
    return PyFloat_FromDouble(r);
}

/* ---- Parts of a float
 * ----------------------------------------------------------------------------------- */

PyDoc_STRVAR(frexp_doc,
             "frexp(x)\n\n(m, e) with x == m * 2**e and 0.5 <= abs(m) < 1; (0, 0) for 0.");
static PyObject *math_frexp(PyObject *self, PyObject *arg)
{
    int e = 0;
    double x = PyFloat_AsDouble(arg);
    if (x == -1.0 && PyErr_Occurred())
        return NULL;
    if (isfinite(x) && x != 0.0)
        x = frexp(x, &e);
    return Py_BuildValue("(di)", x, e);
}

PyDoc_STRVAR(ldexp_doc, "ldexp(x, i)\n\nx * 2**i");
static PyObject *math_ldexp(PyObject *self, PyObject *args)
{
    double x;
    PyObject *by;
    int overflow;

    if (!PyArg_ParseTuple(args, "dO:ldexp", &x, &by))
        return NULL;
    if (!PyInt_Check(by) && !PyLong_Check(by)) {
        PyErr_SetString(PyExc_TypeError, "Expected an int or long as second argument to ldexp.");
        return NULL;
    }
    py_long e = PyLong_AsLongAndOverflow(by, &overflow);
    if (e == -1 && PyErr_Occurred())
        return NULL;
    if (x == 0.0 || !isfinite(x))
        return PyFloat_FromDouble(x);
    if (overflow > 0 || (!overflow && e > INT_MAX))
        return range_error();
    if (overflow < 0 || e < INT_MIN)
        return PyFloat_FromDouble(copysign(0.0, x));
    double r = ldexp(x, (int)e);
    return isinf(r) ? range_error() : PyFloat_FromDouble(r);
}

PyDoc_STRVAR(modf_doc, "modf(x)\n\n(fraction, whole), both floats with the sign of x.");
static PyObject *math_modf(PyObject *self, PyObject *arg)
{
    double x = PyFloat_AsDouble(arg), whole;
    if (x == -1.0 && PyErr_Occurred())
        return NULL;
    if (isinf(x))
        return Py_BuildValue("(dd)", copysign(0.0, x), x);
    if (isnan(x))
        return Py_BuildValue("(dd)", x, x);
    x = modf(x, &whole);
    return Py_BuildValue("(dd)", x, whole);
}

PyDoc_STRVAR(trunc_doc, "trunc(x)\n\nx cut to a whole number, as x.__trunc__() says.");
static PyObject *math_trunc(PyObject *self, PyObject *arg)
{
    return PyObject_CallMethod(arg, "__trunc__", NULL);
}

PyDoc_STRVAR(isnan_doc, "isnan(x) -> bool\n\nWhether x is not a number.");
static PyObject *math_isnan(PyObject *self, PyObject *arg)
{
    double x = PyFloat_AsDouble(arg);
    return x == -1.0 && PyErr_Occurred() ? NULL : PyBool_FromLong(isnan(x));
}

PyDoc_STRVAR(isinf_doc, "isinf(x) -> bool\n\nWhether x is an infinity.");
static PyObject *math_isinf(PyObject *self, PyObject *arg)
{
    double x = PyFloat_AsDouble(arg);
    return x == -1.0 && PyErr_Occurred() ? NULL : PyBool_FromLong(isinf(x));
}

/* ---- Logarithms
 * --------------------------------------------------------------------------------------------- */

/* f(x) for a float, an int, or a long however large. */
static PyObject *logarithm(PyObject *arg, double (*f)(double))
{
    double x;

    if (PyLong_Check(arg)) {
        Py_ssize_t e = 0;
        if (_PyLong_Sign(arg) <= 0)
            return domain_error();
        x = _PyLong_Frexp((PyLongObject *)arg, &e);
        if (x == -1.0 && PyErr_Occurred())
            return NULL;
        if (e <= 1024 && !isinf(ldexp(x, (int)e)))
            return PyFloat_FromDouble(f(ldexp(x, (int)e)));
        return PyFloat_FromDouble(f(x) + f(2.0) * (double)e);
    }
    x = PyFloat_AsDouble(arg);
    if (x == -1.0 && PyErr_Occurred())
        return NULL;
    if (x <= 0.0)
        return domain_error();
    return judge(x, f(x), 1);
}

PyDoc_STRVAR(log_doc, "log(x[, base])\n\nThe logarithm of x, natural or to the given base.");
static PyObject *math_log(PyObject *self, PyObject *args)
{
    PyObject *arg, *base = NULL, *num, *den, *result;

    if (!PyArg_UnpackTuple(args, "log", 1, 2, &arg, &base))
        return NULL;
    num = logarithm(arg, log);
    if (num == NULL || base == NULL)
        return num;
    den = logarithm(base, log);
    if (den == NULL) {
        Py_DECREF(num);
        return NULL;
    }
    result = PyNumber_Divide(num, den);
    Py_DECREF(num);
    Py_DECREF(den);
    return result;
}

PyDoc_STRVAR(log10_doc, "log10(x)\n\nThe logarithm of x to base 10.");
static PyObject *math_log10(PyObject *self, PyObject *arg)
{
    return logarithm(arg, log10);
}

/* ---- Exact sums and products
 * ------------------------------------------------------------------------------------ */

/* Adds x to a sum held as parts that do not overlap, smallest first (Shewchuk). Returns the number
 * of parts; parts needs room for one more. */
static Py_ssize_t add_exactly(double *parts, Py_ssize_t n, double x)
{
    Py_ssize_t kept = 0;

    for (Py_ssize_t i = 0; i < n; i++) {
        double y = parts[i];
        if (fabs(x) < fabs(y)) {
            double t = x;
            x = y;
            y = t;
        }
        volatile double high = x + y, back = high - x, low = y - back;
        if (low != 0.0)
            parts[kept++] = low;
        x = high;
    }
    parts[kept++] = x;
    return kept;
}

PyDoc_STRVAR(fsum_doc, "fsum(iterable)\n\nThe sum of the numbers, rounded only once.");
static PyObject *math_fsum(PyObject *self, PyObject *seq)
{
    double stack[32], *parts = stack, special = 0.0, infinities = 0.0;
    Py_ssize_t n = 0, room = 32;
    PyObject *item, *iter, *result = NULL;

    iter = PyObject_GetIter(seq);
    if (iter == NULL)
        return NULL;
    while ((item = PyIter_Next(iter)) != NULL) {
        double x = PyFloat_AsDouble(item);
        Py_DECREF(item);
        if (x == -1.0 && PyErr_Occurred())
            goto done;
        if (!isfinite(x)) {
            if (isinf(x))
                infinities += x;
            special += x;
            n = 0; /* the answer is known not to be finite: what was finite no longer matters */
            continue;
        }
        if (n + 1 >= room) {
            double *more = parts == stack ? PyMem_New(double, room * 2) : parts;
            if (parts == stack && more != NULL)
                memcpy(more, stack, sizeof stack);
            else if (parts != stack)
                more = PyMem_Realloc(parts, room * 2 * (Py_ssize_t)sizeof(double));
            if (more == NULL) {
                PyErr_NoMemory();
                goto done;
            }
            parts = more;
            room *= 2;
        }
        n = add_exactly(parts, n, x);
        if (n > 0 && !isfinite(parts[n - 1])) {
            PyErr_SetString(PyExc_OverflowError, "intermediate overflow in fsum");
            goto done;
        }
        if (n == 1 && parts[0] == 0.0)
            n = 0;
    }
    if (PyErr_Occurred())
        goto done;
    if (special != 0.0) {
        if (isnan(infinities))
            PyErr_SetString(PyExc_ValueError, "-inf + inf in fsum");
        else
            result = PyFloat_FromDouble(special);
        goto done;
    }
    /* Round the parts to one double, half to even: a half left by the first two that do not fit is
     * decided by the sign of the next. */
    double sum = 0.0;
    if (n > 0) {
        volatile double high = parts[--n], low = 0.0;
        while (n > 0) {
            volatile double x = high, y = parts[--n];
            high = x + y;
            volatile double back = high - x;
            low = y - back;
            if (low != 0.0)
                break;
        }
        if (n > 0 && ((low < 0.0 && parts[n - 1] < 0.0) || (low > 0.0 && parts[n - 1] > 0.0))) {
            volatile double twice = low * 2.0, x = high + twice, back = x - high;
            if (twice == back)
                high = x;
        }
        sum = high;
    }
    result = PyFloat_FromDouble(sum);
done:
    if (parts != stack)
        PyMem_Free(parts);
    Py_DECREF(iter);
    return result;
}

/* The product of the numbers from..to, by halves so that factors stay of like size. */
static PyObject *product(py_ulong from, py_ulong to)
{
    if (to - from < 8) {
        PyObject *r = PyLong_FromUnsignedLong(from);
        for (py_ulong i = from + 1; r != NULL && i <= to; i++) {
            PyObject *f = PyLong_FromUnsignedLong(i);
            PyObject *t = f != NULL ? PyNumber_Multiply(r, f) : NULL;
            Py_XDECREF(f);
            Py_SETREF(r, t);
        }
        return r;
    }
    py_ulong middle = from + (to - from) / 2;
    PyObject *a = product(from, middle), *b = NULL, *r = NULL;
    if (a != NULL && PyErr_CheckSignals() == 0 && (b = product(middle + 1, to)) != NULL)
        r = PyNumber_Multiply(a, b);
    Py_XDECREF(a);
    Py_XDECREF(b);
    return r;
}

PyDoc_STRVAR(factorial_doc, "factorial(x) -> integer\n\nx!, for a whole x that is not negative.");
static PyObject *math_factorial(PyObject *self, PyObject *arg)
{
    py_long x;

    if (PyFloat_Check(arg)) {
        double d = PyFloat_AS_DOUBLE(arg);
        if (!(isfinite(d) && d == floor(d))) {
            PyErr_SetString(PyExc_ValueError, "factorial() only accepts integral values");
            return NULL;
        }
        PyObject *whole = PyLong_FromDouble(d);
        if (whole == NULL)
            return NULL;
        x = PyLong_AsLong(whole);
        Py_DECREF(whole);
    } else {
        x = PyInt_AsLong(arg);
    }
    if (x == -1 && PyErr_Occurred())
        return NULL;
    if (x < 0) {
        PyErr_SetString(PyExc_ValueError, "factorial() not defined for negative values");
        return NULL;
    }
    if (x <= 20) {
        py_long r = 1;
        for (py_long i = 2; i <= x; i++)
            r *= i;
        return PyInt_FromLong(r);
    }
    return product(1, (py_ulong)x);
}

PyDoc_STRVAR(
    math_module_doc,
    "This module is always available.  It gives the functions of the C library on floats.");

static PyMethodDef math_methods[] = {
    {"acos", math_acos, METH_O, acos_doc},
    {"acosh", math_acosh, METH_O, acosh_doc},
    {"asin", math_asin, METH_O, asin_doc},
    {"asinh", math_asinh, METH_O, asinh_doc},
    {"atan", math_atan, METH_O, atan_doc},
    {"atan2", math_atan2, METH_VARARGS, atan2_doc},
    {"atanh", math_atanh, METH_O, atanh_doc},
    {"ceil", math_ceil, METH_O, ceil_doc},
    {"copysign", math_copysign, METH_VARARGS, copysign_doc},
    {"cos", math_cos, METH_O, cos_doc},
    {"cosh", math_cosh, METH_O, cosh_doc},
    {"degrees", math_degrees, METH_O, degrees_doc},
    {"erf", math_erf, METH_O, erf_doc},
    {"erfc", math_erfc, METH_O, erfc_doc},
    {"exp", math_exp, METH_O, exp_doc},
    {"expm1", math_expm1, METH_O, expm1_doc},
    {"fabs", math_fabs, METH_O, fabs_doc},
    {"factorial", math_factorial, METH_O, factorial_doc},
    {"floor", math_floor, METH_O, floor_doc},
    {"fmod", math_fmod, METH_VARARGS, fmod_doc},
    {"frexp", math_frexp, METH_O, frexp_doc},
    {"fsum", math_fsum, METH_O, fsum_doc},
    {"gamma", math_gamma, METH_O, gamma_doc},
    {"hypot", math_hypot, METH_VARARGS, hypot_doc},
    {"isinf", math_isinf, METH_O, isinf_doc},
    {"isnan", math_isnan, METH_O, isnan_doc},
    {"ldexp", math_ldexp, METH_VARARGS, ldexp_doc},
    {"lgamma", math_lgamma, METH_O, lgamma_doc},
    {"log", math_log, METH_VARARGS, log_doc},
    {"log1p", math_log1p, METH_O, log1p_doc},
    {"log10", math_log10, METH_O, log10_doc},
    {"modf", math_modf, METH_O, modf_doc},
    {"pow", math_pow, METH_VARARGS, pow_doc},
    {"radians", math_radians, METH_O, radians_doc},
    {"sin", math_sin, METH_O, sin_doc},
    {"sinh", math_sinh, METH_O, sinh_doc},
    {"sqrt", math_sqrt, METH_O, sqrt_doc},
    {"tan", math_tan, METH_O, tan_doc},
    {"tanh", math_tanh, METH_O, tanh_doc},
    {"trunc", math_trunc, METH_O, trunc_doc},
    {NULL, NULL, 0, NULL},
};

void initmath(void)
{
    PyObject *m = Py_InitModule3("math", math_methods, math_module_doc);

    if (m == NULL)
        return;
    PyModule_AddObject(m, "pi", PyFloat_FromDouble(Py_MATH_PI));
    PyModule_AddObject(m, "e", PyFloat_FromDouble(Py_MATH_E));
}
