/* SPDX-License-Identifier: MIT */
/* The functions of <math.h> whose last digit differs between C libraries. A program must print the
 * same on every target, and what it prints on Linux is glibc's result: there glibc's own functions
 * are used; elsewhere, under their names, those of mathlib.c, which are right to within 0.501 units
 * in the last place (glibc: about 0.52) or follow the published formula that glibc's come from. */
#ifndef KRAIT_MATHLIB_H
#define KRAIT_MATHLIB_H
#include <math.h>

double _Py_mathlib_sin(double x);
double _Py_mathlib_cos(double x);
double _Py_mathlib_tan(double x);
double _Py_mathlib_asin(double x);
double _Py_mathlib_acos(double x);
double _Py_mathlib_atan(double x);
double _Py_mathlib_atan2(double y, double x);
double _Py_mathlib_hypot(double x, double y);
double _Py_mathlib_log10(double x);
double _Py_mathlib_sinh(double x);
double _Py_mathlib_cosh(double x);
double _Py_mathlib_tanh(double x);
double _Py_mathlib_asinh(double x);
double _Py_mathlib_acosh(double x);
double _Py_mathlib_atanh(double x);

#if !(defined(__GLIBC__) && defined(__x86_64__)) || defined(KRAIT_OWN_MATH)
#define sin _Py_mathlib_sin
#define cos _Py_mathlib_cos
#define tan _Py_mathlib_tan
#define asin _Py_mathlib_asin
#define acos _Py_mathlib_acos
#define atan _Py_mathlib_atan
#define atan2 _Py_mathlib_atan2
#define hypot _Py_mathlib_hypot
#define log10 _Py_mathlib_log10
#define sinh _Py_mathlib_sinh
#define cosh _Py_mathlib_cosh
#define tanh _Py_mathlib_tanh
#define asinh _Py_mathlib_asinh
#define acosh _Py_mathlib_acosh
#define atanh _Py_mathlib_atanh
#endif
#endif
