/* SPDX-License-Identifier: MIT */
/* Searching: Sunday's quick search with a shift table of 64 buckets (a unit's low six bits), which
 * is as right for 32-bit units as for bytes: a bucket keeps the smallest shift of the units in it.
 * One body serves both widths; the compiler makes two of it. */
#include "search.h"
#include "pyport.h"

#define BUCKETS 64
#define SHORT_TEXT 40 /* below this, filling the shift table costs more than it saves */

static PY_ALWAYS_INLINE uint32_t unit(const void *p, int64_t i, int wide)
{
    return wide ? ((const uint32_t *)p)[i] : ((const unsigned char *)p)[i];
}

static PY_ALWAYS_INLINE int same(const void *s, int64_t i, const void *p, int64_t m, int wide)
{
    if (unit(s, i, wide) != unit(p, 0, wide) || unit(s, i + m - 1, wide) != unit(p, m - 1, wide)) {
        return 0;
    }
    for (int64_t k = 1; k < m - 1; k++) {
        if (unit(s, i + k, wide) != unit(p, k, wide)) {
            return 0;
        }
    }
    return 1;
}

static PY_ALWAYS_INLINE int64_t find_unit(const void *s, int64_t n, uint32_t c, int reverse,
                                          int wide)
{
    if (reverse) {
        for (int64_t i = n - 1; i >= 0; i--) {
            if (unit(s, i, wide) == c) {
                return i;
            }
        }
        return -1;
    }
    if (!wide) {
        const char *hit = n > 0 ? memchr(s, (int)c, (size_t)n) : NULL;
        return hit == NULL ? -1 : hit - (const char *)s;
    }
    for (int64_t i = 0; i < n; i++) {
        if (unit(s, i, wide) == c) {
            return i;
        }
    }
    return -1;
}

static PY_ALWAYS_INLINE void fill_forward(int64_t *shift, const void *p, int64_t m, int wide)
{
    for (int i = 0; i < BUCKETS; i++) {
        shift[i] = m + 1;
    }
    for (int64_t k = 0; k < m; k++) {
        shift[unit(p, k, wide) & (BUCKETS - 1)] = m - k;
    }
}

static PY_ALWAYS_INLINE int64_t find(const void *s, int64_t n, const void *p, int64_t m,
                                     int reverse, int wide)
{
    int64_t shift[BUCKETS];
    if (n < m) {
        return -1;
    }
    if (m == 0) {
        return reverse ? n : 0;
    }
    if (m == 1) {
        return find_unit(s, n, unit(p, 0, wide), reverse, wide);
    }
    if (reverse) {
        int quick = n - m >= SHORT_TEXT;
        if (quick) {
            for (int i = 0; i < BUCKETS; i++) {
                shift[i] = m + 1;
            }
            for (int64_t k = m - 1; k >= 0; k--) {
                shift[unit(p, k, wide) & (BUCKETS - 1)] = k + 1;
            }
        }
        for (int64_t i = n - m; i >= 0;) {
            if (same(s, i, p, m, wide)) {
                return i;
            }
            i -= quick && i > 0 ? shift[unit(s, i - 1, wide) & (BUCKETS - 1)] : 1;
        }
        return -1;
    }
    if (n - m < SHORT_TEXT) {
        for (int64_t i = 0; i <= n - m; i++) {
            if (same(s, i, p, m, wide)) {
                return i;
            }
        }
        return -1;
    }
    fill_forward(shift, p, m, wide);
    for (int64_t i = 0; i <= n - m;) {
        if (same(s, i, p, m, wide)) {
            return i;
        }
        if (i == n - m) {
            break;
        }
        i += shift[unit(s, i + m, wide) & (BUCKETS - 1)];
    }
    return -1;
}

static PY_ALWAYS_INLINE int64_t count(const void *s, int64_t n, const void *p, int64_t m,
                                      int64_t max, int wide)
{
    int64_t shift[BUCKETS], found = 0;
    if (n < 0 || max <= 0) {
        return 0;
    }
    if (m == 0) {
        return n < max ? n + 1 : max;
    }
    if (m == 1) {
        uint32_t c = unit(p, 0, wide);
        for (int64_t i = 0; i < n && found < max; i++) {
            found += unit(s, i, wide) == c;
        }
        return found;
    }
    if (n < m) {
        return 0;
    }
    fill_forward(shift, p, m, wide);
    for (int64_t i = 0; i <= n - m && found < max;) {
        if (same(s, i, p, m, wide)) {
            found++;
            i += m;
        } else if (i == n - m) {
            break;
        } else {
            i += shift[unit(s, i + m, wide) & (BUCKETS - 1)];
        }
    }
    return found;
}

int64_t _Py_FindBytes(const char *s, int64_t n, const char *p, int64_t m, int reverse)
{
    return find(s, n, p, m, reverse, 0);
}

int64_t _Py_FindUnits(const uint32_t *s, int64_t n, const uint32_t *p, int64_t m, int reverse)
{
    return find(s, n, p, m, reverse, 1);
}

int64_t _Py_CountBytes(const char *s, int64_t n, const char *p, int64_t m, int64_t max)
{
    return count(s, n, p, m, max, 0);
}

int64_t _Py_CountUnits(const uint32_t *s, int64_t n, const uint32_t *p, int64_t m, int64_t max)
{
    return count(s, n, p, m, max, 1);
}
