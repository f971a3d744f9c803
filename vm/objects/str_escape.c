/* SPDX-License-Identifier: MIT */
/* str to and from its source form: repr() with its quotes and escapes, and what the parser and the
 * string_escape codec read back. */
#include "Python.h"

PyObject *PyString_Repr(PyObject *op, int smartquotes)
{
    static const char hex[] = "0123456789abcdef";
    const unsigned char *s = (const unsigned char *)PyString_AS_STRING(op);
    Py_ssize_t n = PyString_GET_SIZE(op), total = 2;
    unsigned char quote = '\'';
    PyObject *v;
    char *out;

    if (n > (PY_SSIZE_T_MAX - PyStringObject_SIZE - 2) / 4) {
        PyErr_SetString(PyExc_OverflowError, "string is too large to make repr");
        return NULL;
    }
    if (smartquotes && n > 0 && memchr(s, '\'', (size_t)n) && !memchr(s, '"', (size_t)n)) {
        quote = '"';
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        unsigned char c = s[i];
        total += c == quote || c == '\\' || c == '\t' || c == '\n' || c == '\r' ? 2
                 : c < ' ' || c >= 0x7F                                         ? 4
                                                                                : 1;
    }
    v = PyString_FromStringAndSize(NULL, total);
    if (v == NULL) {
        return NULL;
    }
    out = PyString_AS_STRING(v);
    *out++ = (char)quote;
    for (Py_ssize_t i = 0; i < n; i++) {
        unsigned char c = s[i];
        if (c == quote || c == '\\') {
            *out++ = '\\';
            *out++ = (char)c;
        } else if (c == '\t' || c == '\n' || c == '\r') {
            *out++ = '\\';
            *out++ = c == '\t' ? 't' : c == '\n' ? 'n' : 'r';
        } else if (c < ' ' || c >= 0x7F) {
            *out++ = '\\';
            *out++ = 'x';
            *out++ = hex[c >> 4];
            *out++ = hex[c & 15];
        } else {
            *out++ = (char)c;
        }
    }
    *out = (char)quote;
    return v;
}

static int hex_value(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* The bytes of the result while it grows. */
typedef struct {
    PyObject *str;
    Py_ssize_t n;
} growing;

static int add(growing *g, const char *s, Py_ssize_t n)
{
    if (n > PyString_GET_SIZE(g->str) - g->n &&
        _PyString_Resize(&g->str, g->n + n + (g->n + n) / 2 + 16) < 0) {
        return -1;
    }
    memcpy(PyString_AS_STRING(g->str) + g->n, s, (size_t)n);
    g->n += n;
    return 0;
}

/* A run of bytes beyond ASCII, which the tokenizer gives as UTF-8, in the source file's encoding.
 */
static int add_recoded(growing *g, const char *s, Py_ssize_t n, const char *errors,
                       const char *encoding)
{
    PyObject *u = PyUnicode_DecodeUTF8(s, n, errors), *w;
    int r = -1;
    if (u == NULL) {
        return -1;
    }
    w = PyUnicode_AsEncodedString(u, encoding, errors);
    Py_DECREF(u);
    if (w != NULL) {
        r = add(g, PyString_AS_STRING(w), PyString_GET_SIZE(w));
        Py_DECREF(w);
    }
    return r;
}

PyObject *PyString_DecodeEscape(const char *s, Py_ssize_t len, const char *errors,
                                Py_ssize_t unicode, const char *recode_encoding)
{
    static const char letters[] = "\\'\"bftnrva", values[] = "\\'\"\b\f\t\n\r\v\a";
    growing g = {NULL, 0};
    Py_ssize_t i = 0;

    g.str = PyString_FromStringAndSize(NULL, len > 0 ? len : 1);
    if (g.str == NULL) {
        return NULL;
    }
    while (i < len) {
        Py_ssize_t start = i;
        const char *known;
        char c;
        if (s[i] != '\\') {
            int high = recode_encoding != NULL && (s[i] & 0x80);
            while (i < len && s[i] != '\\' &&
                   (recode_encoding == NULL || !(s[i] & 0x80) == !high)) {
                i++;
            }
            if ((high ? add_recoded(&g, s + start, i - start, errors, recode_encoding)
                      : add(&g, s + start, i - start)) < 0) {
                goto fail;
            }
            continue;
        }
        if (++i >= len) {
            PyErr_SetString(PyExc_ValueError, "Trailing \\ in string");
            goto fail;
        }
        c = s[i++];
        if (c == '\n') {
            continue;
        }
        known = c == '\0' ? NULL : strchr(letters, c);
        if (known != NULL) {
            c = values[known - letters];
        } else if (c >= '0' && c <= '7') {
            int x = c - '0';
            for (int k = 0; k < 2 && i < len && s[i] >= '0' && s[i] <= '7'; k++) {
                x = x * 8 + (s[i++] - '0');
            }
            c = (char)x;
        } else if (c == 'x') {
            if (i + 1 < len && hex_value(s[i]) >= 0 && hex_value(s[i + 1]) >= 0) {
                c = (char)(hex_value(s[i]) * 16 + hex_value(s[i + 1]));
                i += 2;
            } else {
                if (errors == NULL || strcmp(errors, "strict") == 0) {
                    PyErr_SetString(PyExc_ValueError, "invalid \\x escape");
                    goto fail;
                }
                if (i < len && hex_value(s[i]) >= 0) {
                    i++;
                }
                if (strcmp(errors, "replace") == 0) {
                    c = '?';
                } else if (strcmp(errors, "ignore") == 0) {
                    continue;
                } else {
                    PyErr_Format(PyExc_ValueError,
                                 "decoding error; unknown error handling code: %.400s", errors);
                    goto fail;
                }
            }
        } else {
            i--; /* not an escape: the backslash stays, and what follows is read as usual */
            c = '\\';
        }
        if (add(&g, &c, 1) < 0) {
            goto fail;
        }
        if (c == '\\' && known == NULL && i < len && s[i] != '\\' && !(s[i] & 0x80)) {
            if (add(&g, s + i, 1) < 0) {
                goto fail;
            }
            i++;
        }
    }
    if (_PyString_Resize(&g.str, g.n) < 0) {
        return NULL;
    }
    return g.str;
fail:
    Py_XDECREF(g.str);
    return NULL;
}
