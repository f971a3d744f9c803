/* SPDX-License-Identifier: MIT */
/* Proves a pattern's code well-formed: every instruction is whole, every skip leads to the end of
 * the part it spans, groups exist, charsets end. A code list that a program made up is refused
 * here. */
#include "sre.h"

#define MAX_DEPTH 1500

typedef struct {
    const uint32_t *code;
    Py_ssize_t groups;
} checker;

/* A charset in [i, end), which ends with FAILURE at end - 1. */
static int check_charset(const uint32_t *code, Py_ssize_t i, Py_ssize_t end)
{
    if (end - i < 1 || code[end - 1] != OP_FAILURE) {
        return 0;
    }
    end--;
    while (i < end) {
        switch (code[i++]) {
        case OP_NEGATE:
            break;
        case OP_LITERAL:
            i += 1;
            break;
        case OP_RANGE:
            i += 2;
            break;
        case OP_CHARSET:
            i += 8;
            break;
        case OP_CATEGORY:
            if (i >= end || code[i] >= CATEGORY_CODES) {
                return 0;
            }
            i += 1;
            break;
        case OP_BIGCHARSET: {
            Py_ssize_t blocks;
            if (end - i < 65) {
                return 0;
            }
            blocks = code[i];
            const unsigned char *map = (const unsigned char *)(code + i + 1);
            for (int k = 0; k < 256; k++) {
                if (map[k] >= blocks) {
                    return 0;
                }
            }
            if (blocks > (end - i - 65) / 8) {
                return 0;
            }
            i += 65 + blocks * 8;
            break;
        }
        default:
            return 0;
        }
    }
    return i == end;
}

static int check(const checker *k, Py_ssize_t i, Py_ssize_t end, int depth);

/* The skip at code[i]: *to is where it leads, which must be in (i, end]. */
static int read_skip(const checker *k, Py_ssize_t i, Py_ssize_t end, Py_ssize_t *to)
{
    if (i >= end || k->code[i] < 1 || (Py_ssize_t)k->code[i] > end - i) {
        return 0;
    }
    *to = i + k->code[i];
    return 1;
}

static int check_info(const checker *k, Py_ssize_t i, Py_ssize_t to)
{
    const uint32_t *code = k->code;
    uint32_t flags;
    if (to - i < 4) {
        return 0;
    }
    flags = code[i + 1];
    if (flags & ~(uint32_t)(SRE_INFO_PREFIX | SRE_INFO_LITERAL | SRE_INFO_CHARSET) ||
        ((flags & SRE_INFO_PREFIX) && (flags & SRE_INFO_CHARSET)) ||
        ((flags & SRE_INFO_LITERAL) && !(flags & SRE_INFO_PREFIX))) {
        return 0;
    }
    i += 4;
    if (flags & SRE_INFO_PREFIX) {
        Py_ssize_t n;
        if (to - i < 2) {
            return 0;
        }
        n = code[i];
        if (n < 1 || (Py_ssize_t)code[i + 1] > n || to - i - 2 != 2 * n) {
            return 0;
        }
        return 1;
    }
    if (flags & SRE_INFO_CHARSET) {
        return check_charset(code, i, to);
    }
    return i == to;
}

static int check_branch(const checker *k, Py_ssize_t *pi, Py_ssize_t end, int depth)
{
    Py_ssize_t i = *pi, target = -1, to;
    for (;;) {
        if (i >= end) {
            return 0;
        }
        if (k->code[i] == 0) {
            break;
        }
        if (!read_skip(k, i, end, &to) || to - i < 3 || k->code[to - 2] != OP_JUMP ||
            !check(k, i + 1, to - 2, depth + 1)) {
            return 0;
        }
        Py_ssize_t after = to - 1 + (Py_ssize_t)k->code[to - 1];
        if (after > end || (target >= 0 && after != target)) {
            return 0;
        }
        target = after;
        i = to;
    }
    i++;
    if (target >= 0 && target != i) {
        return 0;
    }
    *pi = i;
    return 1;
}

/* The instructions in [i, end): each whole, the last ending at end. */
static int check(const checker *k, Py_ssize_t i, Py_ssize_t end, int depth)
{
    const uint32_t *code = k->code;
    Py_ssize_t to;

    if (depth > MAX_DEPTH) {
        return 0;
    }
    while (i < end) {
        uint32_t op = code[i++];
        switch (op) {
        case OP_ANY:
        case OP_ANY_ALL:
        case OP_FAILURE:
            break;
        case OP_SUCCESS: /* only where check's callers take it away */
            return 0;
        case OP_MARK:
            if (i >= end || (Py_ssize_t)code[i] >= 2 * k->groups) {
                return 0;
            }
            i++;
            break;
        case OP_LITERAL:
        case OP_NOT_LITERAL:
        case OP_LITERAL_IGNORE:
        case OP_NOT_LITERAL_IGNORE:
            if (i >= end) {
                return 0;
            }
            i++;
            break;
        case OP_AT:
            if (i >= end || code[i] >= AT_CODES) {
                return 0;
            }
            i++;
            break;
        case OP_CATEGORY:
            return 0; /* inside charsets only */
        case OP_IN:
        case OP_IN_IGNORE:
            if (!read_skip(k, i, end, &to) || !check_charset(code, i + 1, to)) {
                return 0;
            }
            i = to;
            break;
        case OP_INFO:
            if (!read_skip(k, i, end, &to) || !check_info(k, i, to)) {
                return 0;
            }
            i = to;
            break;
        case OP_BRANCH:
            if (!check_branch(k, &i, end, depth)) {
                return 0;
            }
            break;
        case OP_REPEAT_ONE:
        case OP_MIN_REPEAT_ONE:
            if (!read_skip(k, i, end, &to) || to - i < 4 || code[i + 1] > code[i + 2] ||
                code[to - 1] != OP_SUCCESS || !check(k, i + 3, to - 1, depth + 1)) {
                return 0;
            }
            i = to;
            break;
        case OP_REPEAT:
            if (!read_skip(k, i, end, &to) || to - i < 3 || to >= end ||
                code[i + 1] > code[i + 2] || !check(k, i + 3, to, depth + 1) ||
                (code[to] != OP_MAX_UNTIL && code[to] != OP_MIN_UNTIL)) {
                return 0;
            }
            i = to + 1;
            break;
        case OP_GROUPREF:
        case OP_GROUPREF_IGNORE:
            if (i >= end || (Py_ssize_t)code[i] >= k->groups) {
                return 0;
            }
            i++;
            break;
        case OP_GROUPREF_EXISTS: {
            /* group, skip to what is for "no"; before that may stand a JUMP over it */
            if (end - i < 2 || code[i + 1] < 2 || (Py_ssize_t)code[i + 1] > end - i) {
                return 0;
            }
            to = i + code[i + 1];
            Py_ssize_t yes = i + 2, yes_end = to;
            if (to - yes >= 2 && code[to - 2] == OP_JUMP && check(k, yes, to - 2, depth + 1)) {
                Py_ssize_t after;
                if (!read_skip(k, to - 1, end, &after) || !check(k, to, after, depth + 1)) {
                    return 0;
                }
                i = after;
                break;
            }
            if (!check(k, yes, yes_end, depth + 1)) {
                return 0;
            }
            i = to;
            break;
        }
        case OP_ASSERT:
        case OP_ASSERT_NOT:
            if (!read_skip(k, i, end, &to) || to - i < 3 || (code[i + 1] & 0x80000000u) ||
                code[to - 1] != OP_SUCCESS || !check(k, i + 2, to - 1, depth + 1)) {
                return 0;
            }
            i = to;
            break;
        default:
            return 0;
        }
    }
    return i == end;
}

int sre_validate(const uint32_t *code, Py_ssize_t n, Py_ssize_t groups)
{
    checker k = {code, groups};
    if (groups < 0 || groups > 0x3FFFFFFF || n < 1 || n > INT32_MAX || code[n - 1] != OP_SUCCESS) {
        return 0;
    }
    return check(&k, 0, n - 1, 0);
}

uint32_t sre_lower(uint32_t c, int flags)
{
    if (flags & SRE_FLAG_UNICODE) {
        return Py_UNICODE_TOLOWER(c);
    }
    return c < 128 ? Py_TOLOWER(c) : c;
}
