/* SPDX-License-Identifier: MIT */
/* Basic types and compiler helpers. Invariant: every integer a Python program can see is 64 bits
 * wide on every target, as on x86-64 Linux. C's own `long` (32 bits on wasm32) is never a Python
 * value. */
#ifndef PYPORT_H
#define PYPORT_H
#include <assert.h>
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef int64_t Py_ssize_t;
typedef int64_t py_long;   /* what the C API calls `long` */
typedef uint64_t py_ulong; /* ... and `unsigned long` */
typedef intptr_t Py_refcnt_t;
typedef int64_t Py_intptr_t;

#define PY_SSIZE_T_MAX INT64_MAX
#define PY_SSIZE_T_MIN INT64_MIN
#define PY_LONG_MAX INT64_MAX
#define PY_LONG_MIN INT64_MIN
#define PY_ULONG_MAX UINT64_MAX

#define PY_MAJOR_VERSION 2
#define PY_MINOR_VERSION 7
#define PY_MICRO_VERSION 18
#define PY_RELEASE_LEVEL 0xF
#define PY_RELEASE_SERIAL 0
#define PY_VERSION "2.7.18"
#define PY_VERSION_HEX 0x020712F0
#define PYTHON_API_VERSION 1013

#define Py_MIN(x, y) (((x) < (y)) ? (x) : (y))
#define Py_MAX(x, y) (((x) > (y)) ? (x) : (y))
#define Py_ARRAY_LENGTH(a) ((Py_ssize_t)(sizeof(a) / sizeof((a)[0])))
#define Py_CHARMASK(c) ((unsigned char)((c)&0xff))
#define Py_SAFE_DOWNCAST(v, W, N) ((N)(v))

#if defined(__GNUC__) || defined(__clang__)
#define PY_LIKELY(x) __builtin_expect(!!(x), 1)
#define PY_UNLIKELY(x) __builtin_expect(!!(x), 0)
#define PY_NOINLINE __attribute__((noinline))
#define PY_ALWAYS_INLINE inline __attribute__((always_inline))
#define PY_NORETURN __attribute__((noreturn))
#define PY_PRINTF_UNCHECKED
#else
#define PY_LIKELY(x) (x)
#define PY_UNLIKELY(x) (x)
#define PY_NOINLINE
#define PY_ALWAYS_INLINE inline
#define PY_NORETURN
#endif

#define Py_HUGE_VAL HUGE_VAL
#define Py_NAN ((double)NAN)
#define Py_IS_NAN(x) isnan(x)
#define Py_IS_INFINITY(x) isinf(x)
#define Py_IS_FINITE(x) isfinite(x)
#define Py_MATH_PI 3.14159265358979323846
#define Py_MATH_E 2.7182818284590452354

#define PyDoc_STRVAR(name, str) static const char name[] = str
#define PyDoc_STR(str) str
#define Py_RETURN_NONE return Py_INCREF(Py_None), Py_None
#define Py_RETURN_TRUE return Py_INCREF(Py_True), Py_True
#define Py_RETURN_FALSE return Py_INCREF(Py_False), Py_False
#define Py_RETURN_NOTIMPLEMENTED return Py_INCREF(Py_NotImplemented), Py_NotImplemented

/* printf into a buffer; %ld is py_long, %zd Py_ssize_t (64 bits both), %d int; always
 * NUL-terminates. Returns the length that was needed, like snprintf. In base/. */
int PyOS_snprintf(char *str, size_t size, const char *format, ...);
int PyOS_vsnprintf(char *str, size_t size, const char *format, va_list va);
/* Ends the program with a message on descriptor 2: a broken invariant, never user input. */
PY_NORETURN void Py_FatalError(const char *message);
#endif
