/* SPDX-License-Identifier: MIT */
/* What the functions of cmath give where a part of the argument is infinite or nan, as C99's annex
 * G lays down. Rows are the real part, columns the imaginary one, each in the order -inf, negative,
 * -0, 0, positive, inf, nan. U: finite, computed instead. E: a domain error. Only
 * modules/cmathmodule.c includes this. */
#ifndef KRAIT_CMATH_SPECIAL_H
#define KRAIT_CMATH_SPECIAL_H
typedef struct {
    double real, imag;
    int domain_error;
} special_t;
#define INF Py_HUGE_VAL
#define N Py_NAN
#define PI Py_MATH_PI
#define PI2 (0.5 * Py_MATH_PI)
#define PI4 (0.25 * Py_MATH_PI)
#define PI34 (0.75 * Py_MATH_PI)
#define U                                                                                          \
    {                                                                                              \
        0., 0., 0                                                                                  \
    }
#define E                                                                                          \
    {                                                                                              \
        0., 0., 1                                                                                  \
    }

/* clang-format off */
static const special_t rect_special[7][7] = {
    {E, {INF, INF}, {-INF, 0.}, {-INF, -0.}, {INF, -INF}, E, {INF, N}},
    {E, U, U, U, U, E, {N, N}},
    {{0., 0.}, U, U, U, U, {0., 0.}, {0., 0.}},
    {{0., 0.}, U, U, U, U, {0., 0.}, {0., 0.}},
    {E, U, U, U, U, E, {N, N}},
    {E, {-INF, -INF}, {INF, -0.}, {INF, 0.}, {-INF, INF}, E, {INF, N}},
    {{N, N}, {N, N}, {N, 0.}, {N, 0.}, {N, N}, {N, N}, {N, N}},
};

static const special_t acos_special[7][7] = {
    {{PI34, INF}, {PI, INF}, {PI, INF}, {PI, -INF}, {PI, -INF}, {PI34, -INF}, {N, INF}},
    {{PI2, INF}, U, U, U, U, {PI2, -INF}, {N, N}},
    {{PI2, INF}, U, U, U, U, {PI2, -INF}, {PI2, N}},
    {{PI2, INF}, U, U, U, U, {PI2, -INF}, {PI2, N}},
    {{PI2, INF}, U, U, U, U, {PI2, -INF}, {N, N}},
    {{PI4, INF}, {0., INF}, {0., INF}, {0., -INF}, {0., -INF}, {PI4, -INF}, {N, INF}},
    {{N, INF}, {N, N}, {N, N}, {N, N}, {N, N}, {N, -INF}, {N, N}},
};

static const special_t acosh_special[7][7] = {
    {{INF, -PI34}, {INF, -PI}, {INF, -PI}, {INF, PI}, {INF, PI}, {INF, PI34}, {INF, N}},
    {{INF, -PI2}, U, U, U, U, {INF, PI2}, {N, N}},
    {{INF, -PI2}, U, U, U, U, {INF, PI2}, {N, N}},
    {{INF, -PI2}, U, U, U, U, {INF, PI2}, {N, N}},
    {{INF, -PI2}, U, U, U, U, {INF, PI2}, {N, N}},
    {{INF, -PI4}, {INF, -0.}, {INF, -0.}, {INF, 0.}, {INF, 0.}, {INF, PI4}, {INF, N}},
    {{INF, N}, {N, N}, {N, N}, {N, N}, {N, N}, {INF, N}, {N, N}},
};

static const special_t asinh_special[7][7] = {
    {{-INF, -PI4}, {-INF, -0.}, {-INF, -0.}, {-INF, 0.}, {-INF, 0.}, {-INF, PI4}, {-INF, N}},
    {{-INF, -PI2}, U, U, U, U, {-INF, PI2}, {N, N}},
    {{-INF, -PI2}, U, U, U, U, {-INF, PI2}, {N, N}},
    {{INF, -PI2}, U, U, U, U, {INF, PI2}, {N, N}},
    {{INF, -PI2}, U, U, U, U, {INF, PI2}, {N, N}},
    {{INF, -PI4}, {INF, -0.}, {INF, -0.}, {INF, 0.}, {INF, 0.}, {INF, PI4}, {INF, N}},
    {{INF, N}, {N, N}, {N, -0.}, {N, 0.}, {N, N}, {INF, N}, {N, N}},
};

static const special_t atanh_special[7][7] = {
    {{-0., -PI2}, {-0., -PI2}, {-0., -PI2}, {-0., PI2}, {-0., PI2}, {-0., PI2}, {-0., N}},
    {{-0., -PI2}, U, U, U, U, {-0., PI2}, {N, N}},
    {{-0., -PI2}, U, U, U, U, {-0., PI2}, {-0., N}},
    {{0., -PI2}, U, U, U, U, {0., PI2}, {0., N}},
    {{0., -PI2}, U, U, U, U, {0., PI2}, {N, N}},
    {{0., -PI2}, {0., -PI2}, {0., -PI2}, {0., PI2}, {0., PI2}, {0., PI2}, {0., N}},
    {{0., -PI2}, {N, N}, {N, N}, {N, N}, {N, N}, {0., PI2}, {N, N}},
};

static const special_t cosh_special[7][7] = {
    {E, {-INF, INF}, {INF, 0.}, {INF, -0.}, {-INF, -INF}, E, {INF, N}},
    {E, U, U, U, U, E, {N, N}},
    {E, U, U, U, U, E, {N, 0.}},
    {E, U, U, U, U, E, {N, 0.}},
    {E, U, U, U, U, E, {N, N}},
    {E, {-INF, -INF}, {INF, -0.}, {INF, 0.}, {-INF, INF}, E, {INF, N}},
    {{N, N}, {N, N}, {N, 0.}, {N, 0.}, {N, N}, {N, N}, {N, N}},
};

static const special_t exp_special[7][7] = {
    {{0., 0.}, {-0., -0.}, {0., -0.}, {0., 0.}, {-0., 0.}, {0., 0.}, {0., 0.}},
    {E, U, U, U, U, E, {N, N}},
    {E, U, U, U, U, E, {N, N}},
    {E, U, U, U, U, E, {N, N}},
    {E, U, U, U, U, E, {N, N}},
    {E, {-INF, -INF}, {INF, -0.}, {INF, 0.}, {-INF, INF}, E, {INF, N}},
    {{N, N}, {N, N}, {N, -0.}, {N, 0.}, {N, N}, {N, N}, {N, N}},
};

static const special_t log_special[7][7] = {
    {{INF, -PI34}, {INF, -PI}, {INF, -PI}, {INF, PI}, {INF, PI}, {INF, PI34}, {INF, N}},
    {{INF, -PI2}, U, U, U, U, {INF, PI2}, {N, N}},
    {{INF, -PI2}, U, U, U, U, {INF, PI2}, {N, N}},
    {{INF, -PI2}, U, U, U, U, {INF, PI2}, {N, N}},
    {{INF, -PI2}, U, U, U, U, {INF, PI2}, {N, N}},
    {{INF, -PI4}, {INF, -0.}, {INF, -0.}, {INF, 0.}, {INF, 0.}, {INF, PI4}, {INF, N}},
    {{INF, N}, {N, N}, {N, N}, {N, N}, {N, N}, {INF, N}, {N, N}},
};

static const special_t sinh_special[7][7] = {
    {E, {INF, -INF}, {-INF, -0.}, {-INF, 0.}, {INF, INF}, E, {INF, N}},
    {E, U, U, U, U, E, {N, N}},
    {E, U, U, U, U, E, {0., N}},
    {E, U, U, U, U, E, {0., N}},
    {E, U, U, U, U, E, {N, N}},
    {E, {-INF, -INF}, {INF, -0.}, {INF, 0.}, {-INF, INF}, E, {INF, N}},
    {{N, N}, {N, N}, {N, -0.}, {N, 0.}, {N, N}, {N, N}, {N, N}},
};

static const special_t sqrt_special[7][7] = {
    {{INF, -INF}, {0., -INF}, {0., -INF}, {0., INF}, {0., INF}, {INF, INF}, {N, INF}},
    {{INF, -INF}, U, U, U, U, {INF, INF}, {N, N}},
    {{INF, -INF}, U, U, U, U, {INF, INF}, {N, N}},
    {{INF, -INF}, U, U, U, U, {INF, INF}, {N, N}},
    {{INF, -INF}, U, U, U, U, {INF, INF}, {N, N}},
    {{INF, -INF}, {INF, -0.}, {INF, -0.}, {INF, 0.}, {INF, 0.}, {INF, INF}, {INF, N}},
    {{INF, -INF}, {N, N}, {N, N}, {N, N}, {N, N}, {INF, INF}, {N, N}},
};

static const special_t tanh_special[7][7] = {
    {{-1., 0.}, {-1., 0.}, {-1., -0.}, {-1., 0.}, {-1., -0.}, {-1., 0.}, {-1., 0.}},
    {E, U, U, U, U, E, {N, N}},
    {E, U, U, U, U, E, {N, N}},
    {E, U, U, U, U, E, {N, N}},
    {E, U, U, U, U, E, {N, N}},
    {{1., 0.}, {1., 0.}, {1., -0.}, {1., 0.}, {1., -0.}, {1., 0.}, {1., 0.}},
    {{N, N}, {N, N}, {N, -0.}, {N, 0.}, {N, N}, {N, N}, {N, N}},
};

/* clang-format on */

#undef INF
#undef N
#undef PI
#undef PI2
#undef PI4
#undef PI34
#undef U
#undef E
#endif
