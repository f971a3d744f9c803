/* SPDX-License-Identifier: MIT */
/* Trigonometric functions and their inverses to the last digit, for targets whose C library is not
 * glibc (mathlib.h says how they are chosen). A value is a dd: an unevaluated sum of two floats,
 * about 106 bits. Each function reduces its argument, exactly or as a dd, to a step of 1/64 plus a
 * rest of at most 1/128; the step's value comes from a table of dd, the rest from a short series of
 * which only the first term needs more than a float. So results carry an error below 2^-67, and
 * their one rounding is the nearest float but in about one of ten thousand cases. Hyperbolic
 * functions and log10 follow the formulas that Sun's library documents for them, which glibc's
 * results come from. */
#include <math.h>
#include <stdint.h>
#include <string.h>
#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

typedef struct {
    double h, l; /* |l| is at most half a unit of h's last place */
} dd;

#include "mathlib.h"
#include "mathlib_tables.h"
/* Below, the names are the C library's: it answers for zeros, infinities, nans. */
#undef sin
#undef cos
#undef tan
#undef asin
#undef acos
#undef atan
#undef atan2
#undef hypot
#undef log10
#undef sinh
#undef cosh
#undef tanh
#undef asinh
#undef acosh
#undef atanh

/* ---- Arithmetic ---------------------------------------------------------------------------------
 */

/* a + b exactly; sum_ordered needs |a| >= |b| or a == 0. */
static inline dd sum_exact(double a, double b)
{
    double s = a + b, t = s - a;
    return (dd){s, (a - (s - t)) + (b - t)};
}

static inline dd sum_ordered(double a, double b)
{
    double s = a + b;
    return (dd){s, b - (s - a)};
}

/* a as two floats of 26 bits. */
static inline dd halves(double a)
{
    double t = a * 134217729.0, h = t - (t - a);
    return (dd){h, a - h};
}

/* a * b exactly. */
static inline dd product_exact(double a, double b)
{
    dd x = halves(a), y = halves(b);
    double p = a * b;
    return (dd){p, ((x.h * y.h - p) + x.h * y.l + x.l * y.h) + x.l * y.l};
}

static inline dd product(dd a, dd b)
{
    dd p = product_exact(a.h, b.h);
    return sum_ordered(p.h, p.l + (a.h * b.l + a.l * b.h));
}

static inline dd quotient(dd a, dd b)
{
    double q = a.h / b.h;
    dd p = product_exact(q, b.h);
    return sum_ordered(q, (((a.h - p.h) - p.l) + a.l - q * b.l) / b.h);
}

static inline dd square_root(dd a)
{
    double s = sqrt(a.h);
    dd p = product_exact(s, s);
    return sum_ordered(s, (((a.h - p.h) - p.l) + a.l) / (2.0 * s));
}

/* a - b for a >= b >= 0. */
static inline dd difference(dd a, dd b)
{
    dd s = sum_exact(a.h, -b.h);
    return sum_exact(s.h, s.l + (a.l - b.l));
}

/* 2^n for a normal result. */
static inline double power_of_two(int n)
{
    uint64_t bits = (uint64_t)(n + 1023) << 52;
    double r;
    memcpy(&r, &bits, sizeof r);
    return r;
}

/* The exponent of a normal x: 2^e <= |x| < 2^(e+1). */
static inline int exponent_of(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return (int)(bits >> 52 & 0x7ff) - 1023;
}

/* ---- Angles into the first octant
 * ----------------------------------------------------------------- */

#define PRODUCT_WORDS 9

/* 32 bits of the number from bit `at` up; beyond its ends there are zeros. */
static uint32_t bits_from(const uint32_t *words, int at)
{
    int word = at >> 5, shift = at & 31;
    uint64_t low = word >= 0 && word < PRODUCT_WORDS ? words[word] : 0;
    uint64_t high = word + 1 >= 0 && word + 1 < PRODUCT_WORDS ? words[word + 1] : 0;
    return (uint32_t)((high << 32 | low) >> shift);
}

/* As reduce(), for x >= 2^20: the product with the bits of 2/pi that matter (Payne and Hanek). */
static int reduce_large(double x, dd *rest)
{
    int e = exponent_of(x) - 52, first = e >= 34 ? (e - 2) / 32 : 0;
    uint64_t m = (uint64_t)(x * power_of_two(-(e > 0 ? e : 0)) * power_of_two(e < 0 ? -e : 0));
    uint32_t words[PRODUCT_WORDS] = {0};

    /* words = m * seven words of 2/pi; what is left out before them is a multiple of four quarter
     * turns, what is left out behind them below 2^-138. */
    for (int half = 0; half < 2; half++) {
        uint64_t f = half ? m >> 32 : m & 0xffffffff, carry = 0;
        for (int i = 0; i < 7; i++) {
            carry += words[i + half] + f * two_over_pi_bits[first + 6 - i];
            words[i + half] = (uint32_t)carry;
            carry >>= 32;
        }
        words[7 + half] = (uint32_t)carry;
    }
    int point = 32 * (first + 7) - e; /* the bit that counts whole quarter turns */
    uint32_t turns = bits_from(words, point) & 3;
    int negative = bits_from(words, point - 1) & 1;
    if (negative) { /* nearer to the next */
        turns++;
        for (int i = 0; i < PRODUCT_WORDS; i++)
            words[i] = ~words[i];
    }
    int top = point - 1;
    while (top > 63 && bits_from(words, top - 31) == 0)
        top -= 32;
    while (top > 63 && !(bits_from(words, top) & 1))
        top--;
    double unit = power_of_two(top - 31 - point);
    dd part = sum_ordered(bits_from(words, top - 31) * unit,
                          bits_from(words, top - 63) * (unit * 0x1p-32));
    part.l += bits_from(words, top - 95) * (unit * 0x1p-64);
    part = product(part, half_pi);
    *rest = negative ? (dd){-part.h, -part.l} : part;
    return (int)(turns & 3);
}

/* |x| as quarter turns (modulo four) and a rest within an eighth of a turn of zero. */
static inline int reduce(double x, dd *rest)
{
    if (x <= 0.78539816339744825) {
        *rest = (dd){x, 0.0};
        return 0;
    }
    if (x >= 0x1p20)
        return reduce_large(x, rest);
    double n = rint(x * two_over_pi);
    /* All products but the last are exact, and so is the first difference. */
    dd s = sum_exact(x - n * half_pi_parts[0], -n * half_pi_parts[1]);
    dd t = sum_exact(s.l, -n * half_pi_parts[2]);
    dd u = sum_exact(s.h, t.h);
    *rest = sum_exact(u.h, u.l + (t.l - n * half_pi_parts[3]));
    return (int)n & 3;
}

typedef struct {
    dd step_sin, step_cos;
    double h, l;         /* the rest t */
    double sin_t, cos_t; /* sin t - t, cos t - 1 */
    int negative;
} angle;

static inline angle take_angle(dd r)
{
    angle a = {.negative = r.h < 0.0};
    if (a.negative)
        r = (dd){-r.h, -r.l};
    int k = (int)(r.h * 64.0 + 0.5);
    a.step_sin = sines[k];
    a.step_cos = cosines[k];
    dd t = sum_exact(r.h - k * 0.015625, r.l);
    a.h = t.h;
    a.l = t.l;
    double t2 = t.h * t.h;
    a.sin_t = t.h * t2 * (-1.0 / 6 + t2 * (1.0 / 120 - t2 * (1.0 / 5040)));
    a.cos_t = t2 * (-0.5 + t2 * (1.0 / 24 - t2 * (1.0 / 720 - t2 * (1.0 / 40320)))) - t.h * t.l;
    return a;
}

/* sin(k + t) = sin k + cos k * t + sin k * (cos t - 1) + cos k * (sin t - t) */
static inline dd sine(const angle *a)
{
    dd p = product_exact(a->step_cos.h, a->h), s = sum_exact(a->step_sin.h, p.h);
    p.l += a->step_cos.h * a->l + a->step_cos.l * a->h + a->step_sin.l;
    dd r = sum_ordered(s.h, s.l + (p.l + (a->step_sin.h * a->cos_t + a->step_cos.h * a->sin_t)));
    return a->negative ? (dd){-r.h, -r.l} : r;
}

static inline dd cosine(const angle *a)
{
    dd p = product_exact(a->step_sin.h, a->h), s = sum_ordered(a->step_cos.h, -p.h);
    p.l += a->step_sin.h * a->l + a->step_sin.l * a->h - a->step_cos.l;
    return sum_ordered(s.h, s.l - (p.l - (a->step_cos.h * a->cos_t - a->step_sin.h * a->sin_t)));
}

double _Py_mathlib_sin(double x)
{
    double size = fabs(x), r;
    dd rest;

    if (!(size > 0x1p-27 && isfinite(x)))
        return isfinite(x) ? x : x - x;
    int turns = reduce(size, &rest);
    angle a = take_angle(rest);
    r = turns & 1 ? cosine(&a).h : sine(&a).h;
    return (turns > 1) != (x < 0.0) ? -r : r;
}

double _Py_mathlib_cos(double x)
{
    double size = fabs(x), r;
    dd rest;

    if (!(size > 0x1p-27 && isfinite(x)))
        return isfinite(x) ? 1.0 : x - x;
    int turns = reduce(size, &rest);
    angle a = take_angle(rest);
    r = turns & 1 ? sine(&a).h : cosine(&a).h;
    return turns == 1 || turns == 2 ? -r : r;
}

double _Py_mathlib_tan(double x)
{
    double size = fabs(x);
    dd rest;

    if (!(size > 0x1p-27 && isfinite(x)))
        return isfinite(x) ? x : x - x;
    int turns = reduce(size, &rest);
    angle a = take_angle(rest);
    double r = turns & 1 ? -quotient(cosine(&a), sine(&a)).h : quotient(sine(&a), cosine(&a)).h;
    return x < 0.0 ? -r : r;
}

/* ---- Back to angles -----------------------------------------------------------------------------
 */

/* The angle of the point (x, y), neither negative, with x or y near 1 and y/x from 2^-500 to 2^500.
 */
static inline dd angle_of(dd y, dd x)
{
    int steep = y.h > x.h;
    if (steep) {
        dd t = y;
        y = x;
        x = t;
    }
    int k = (int)(y.h / x.h * 64.0 + 0.5);
    double c = k * 0.015625;
    /* t = (y - c x) / (x + c y), the tangent of what the step leaves */
    dd p = product_exact(c, x.h), n = sum_exact(y.h, -p.h);
    n = sum_exact(n.h, n.l + (y.l - p.l - c * x.l));
    p = product_exact(c, y.h);
    dd d = sum_ordered(x.h, p.h);
    d = sum_ordered(d.h, d.l + (p.l + x.l + c * y.l));
    dd t = quotient(n, d);
    double t2 = t.h * t.h;
    double tail = -t.h * t2 * (1.0 / 3 - t2 * (1.0 / 5 - t2 * (1.0 / 7 - t2 * (1.0 / 9))));
    dd s = sum_exact(arctangents[k].h, t.h);
    s = sum_ordered(s.h, s.l + (arctangents[k].l + t.l + tail));
    return steep ? difference(half_pi, s) : s;
}

double _Py_mathlib_atan(double x)
{
    double size = fabs(x), r;

    if (!(size > 0x1p-27))
        return x;
    r = size > 0x1p100 ? half_pi.h : angle_of((dd){size, 0.0}, (dd){1.0, 0.0}).h;
    return x < 0.0 ? -r : r;
}

double _Py_mathlib_atan2(double y, double x)
{
    double sy = fabs(y), sx = fabs(x);

    if (!(isfinite(x) && isfinite(y)) || x == 0.0 || y == 0.0)
        return atan2(y, x);
    /* Both near 1, the smaller not so small that its products leave the normal floats. */
    int ex, ey;
    double my = frexp(sy, &ey), mx = frexp(sx, &ex), r;
    if (ey - ex < -120) {
        r = x > 0.0 ? sy / sx : whole_pi.h; /* the quotient may be subnormal */
    } else if (ey - ex > 120) {
        r = half_pi.h;
    } else {
        if (ey > ex)
            mx *= power_of_two(ex - ey);
        else
            my *= power_of_two(ey - ex);
        dd a = angle_of((dd){my, 0.0}, (dd){mx, 0.0});
        r = x > 0.0 ? a.h : difference(whole_pi, a).h;
    }
    return y < 0.0 ? -r : r;
}

/* sqrt(1 - x^2) for 0 <= x < 1. */
static inline dd other_side(double x)
{
    dd r;
    if (x > 0.5) {
        r = product((dd){1.0 - x, 0.0}, sum_ordered(1.0, x));
    } else {
        dd p = product_exact(x, x);
        r = sum_ordered(1.0, -p.h);
        r = sum_ordered(r.h, r.l - p.l);
    }
    return square_root(r);
}

double _Py_mathlib_asin(double x)
{
    double size = fabs(x), r;

    if (!(size < 1.0))
        return asin(x);
    if (size < 0x1p-27)
        return x;
    r = angle_of((dd){size, 0.0}, other_side(size)).h;
    return x < 0.0 ? -r : r;
}

double _Py_mathlib_acos(double x)
{
    double size = fabs(x);

    if (!(size < 1.0))
        return acos(x);
    if (size < 0x1p-70)
        return half_pi.h;
    dd a = angle_of(other_side(size), (dd){size, 0.0});
    return x < 0.0 ? difference(whole_pi, a).h : a.h;
}

double _Py_mathlib_hypot(double x, double y)
{
    double a = fabs(x), b = fabs(y);

    if (!(isfinite(a) && isfinite(b)) || a == 0.0 || b == 0.0)
        return hypot(x, y);
    if (a < b) {
        double t = a;
        a = b;
        b = t;
    }
    if (a * 0x1p-60 > b)
        return a + b;
    double scale = a > 0x1p500 ? 0x1p-600 : b < 0x1p-400 ? 0x1p600 : 1.0;
    a *= scale;
    b *= scale;
    dd p = product_exact(a, a), q = product_exact(b, b), s = sum_ordered(p.h, q.h);
    return square_root(sum_ordered(s.h, s.l + (p.l + q.l))).h / scale;
}

/* ---- By published formulas
 * ----------------------------------------------------------------------- */

/* With x = 2^n f, n moved by one towards zero when negative:
 * n log10(2) + log(f) / log(10), the first product in two parts. */
double _Py_mathlib_log10(double x)
{
    if (!(x > 0.0 && isfinite(x)))
        return log10(x);
    int n = ilogb(x);
    if (n < 0)
        n++;
    return n * log10_2_high + (n * log10_2_low + inverse_ln_10 * log(scalbn(x, -n)));
}

/* With E = expm1(|x|): (E + E/(E + 1)) / 2, for small x as (2E - E^2/(E + 1)) / 2. */
double _Py_mathlib_sinh(double x)
{
    double size = fabs(x), half = x < 0.0 ? -0.5 : 0.5;

    if (!isfinite(x) || size < 0x1p-28)
        return x;
    if (size < 22.0) {
        double t = expm1(size);
        return size < 1.0 ? half * (2.0 * t - t * t / (t + 1.0)) : half * (t + t / (t + 1.0));
    }
    if (size < 709.78271289338397)
        return half * exp(size);
    double w = exp(0.5 * size);
    return half * w * w;
}

double _Py_mathlib_cosh(double x)
{
    double size = fabs(x);

    if (!isfinite(x))
        return size;
    if (size < 0.5 * ln_2) {
        double t = expm1(size), w = 1.0 + t;
        return size < 0x1p-55 ? w : 1.0 + t * t / (w + w);
    }
    if (size < 22.0) {
        double t = exp(size);
        return 0.5 * t + 0.5 / t;
    }
    if (size < 709.78271289338397)
        return 0.5 * exp(size);
    double w = exp(0.5 * size);
    return 0.5 * w * w;
}

/* 1 - 2/(expm1(2|x|) + 2), for small x as -E/(E + 2) with E = expm1(-2|x|). */
double _Py_mathlib_tanh(double x)
{
    double size = fabs(x), r;

    if (isnan(x) || size < 0x1p-55)
        return x;
    if (size >= 22.0) {
        r = 1.0;
    } else if (size >= 1.0) {
        r = 1.0 - 2.0 / (expm1(2.0 * size) + 2.0);
    } else {
        double t = expm1(-2.0 * size);
        r = -t / (t + 2.0);
    }
    return x < 0.0 ? -r : r;
}

double _Py_mathlib_asinh(double x)
{
    double size = fabs(x), r;

    if (!isfinite(x) || size < 0x1p-28)
        return x;
    if (size > 0x1p28)
        r = log(size) + ln_2;
    else if (size > 2.0)
        r = log(2.0 * size + 1.0 / (sqrt(x * x + 1.0) + size));
    else
        r = log1p(size + x * x / (1.0 + sqrt(1.0 + x * x)));
    return x < 0.0 ? -r : r;
}

double _Py_mathlib_acosh(double x)
{
    if (!(x > 1.0 && isfinite(x)))
        return acosh(x);
    if (x > 0x1p28)
        return log(x) + ln_2;
    if (x > 2.0)
        return log(2.0 * x - 1.0 / (x + sqrt(x * x - 1.0)));
    double t = x - 1.0;
    return log1p(t + sqrt(2.0 * t + t * t));
}

double _Py_mathlib_atanh(double x)
{
    double size = fabs(x), r, t = size + size;

    if (!(size < 1.0) || size < 0x1p-28)
        return size < 1.0 ? x : atanh(x);
    if (size < 0.5)
        r = 0.5 * log1p(t + t * size / (1.0 - size));
    else
        r = 0.5 * log1p(t / (1.0 - size));
    return x < 0.0 ? -r : r;
}
