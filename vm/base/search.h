/* SPDX-License-Identifier: MIT */
/* Searching for a text in a text, for bytes and for UCS4 units. */
#ifndef SEARCH_H
#define SEARCH_H
#include <stdint.h>
/* Index of the first (reverse: last) place of p[0..m) in s[0..n), or -1. n < 0 finds nothing. */
int64_t _Py_FindBytes(const char *s, int64_t n, const char *p, int64_t m, int reverse);
int64_t _Py_FindUnits(const uint32_t *s, int64_t n, const uint32_t *p, int64_t m, int reverse);
/* How often p occurs in s without overlap, at most max; an empty p occurs n + 1 times. */
int64_t _Py_CountBytes(const char *s, int64_t n, const char *p, int64_t m, int64_t max);
int64_t _Py_CountUnits(const uint32_t *s, int64_t n, const uint32_t *p, int64_t m, int64_t max);
#endif
