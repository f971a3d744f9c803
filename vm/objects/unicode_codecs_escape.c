/* SPDX-License-Identifier: MIT */
/* unicode-escape, raw-unicode-escape and unicode_internal. */
#include "unicode_private.h"
#include "base/unicode_tables.h"

static int hex_value(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* Up to count hex digits from s[*i]; how many there were. */
static int read_hex(const char *s, Py_ssize_t n, Py_ssize_t *i, int count, Py_UCS4 *value)
{
    int k = 0;
    *value = 0;
    while (k < count && *i < n && hex_value(s[*i]) >= 0) {
        *value = *value << 4 | (Py_UCS4)hex_value(s[*i]);
        ++*i;
        k++;
    }
    return k;
}

/* Names belong to the module unicodedata: a program that hides it cannot use them. Looked for until
 * found once. */
static int names_available(void)
{
    static int found;
    if (!found && PyCapsule_Import("unicodedata.ucnhash_CAPI", 1) != NULL) {
        found = 1;
    }
    if (!found) {
        PyErr_SetString(PyExc_UnicodeError,
                        "\\N escapes not supported (can't load unicodedata module)");
    }
    return found;
}

/* \N{...}: with *i behind the N. NULL when fine, else the reason; *i is then where the error ends.
 */
static const char *read_name(const char *s, Py_ssize_t n, Py_ssize_t *i, Py_UCS4 *c)
{
    int64_t found;
    Py_ssize_t start;
    if (*i >= n || s[*i] != '{') {
        return "malformed \\N character escape";
    }
    start = ++*i;
    while (*i < n && s[*i] != '}') {
        ++*i;
    }
    if (*i >= n || *i == start) {
        return "malformed \\N character escape";
    }
    ++*i;
    found = _PyUnicode_LookupName(s + start, *i - 1 - start);
    if (found < 0) {
        return "unknown Unicode character name";
    }
    *c = (Py_UCS4)found;
    return NULL;
}

PyObject *PyUnicode_DecodeUnicodeEscape(const char *s, Py_ssize_t n, const char *errors)
{
    static const char letters[] = "\\'\"bftnrva", values[] = "\\'\"\b\f\t\n\r\v\a";
    _PyDecoder d = {.encoding = "unicodeescape", .errors = errors, .input = s, .size = n};
    Py_ssize_t i = 0;

    if (_PyUnicodeWriter_Reserve(&d.out, n) < 0) {
        return NULL;
    }
    while (i < n) {
        Py_ssize_t start = i;
        const char *reason = NULL, *known;
        Py_UCS4 c = (unsigned char)s[i++];
        int digits;

        if (c == '\\') {
            if (i >= n) {
                reason = "\\ at end of string";
                goto failed;
            }
            c = (unsigned char)s[i++];
            if (c == '\n') {
                continue;
            }
            known = c == 0 || c >= 128 ? NULL : strchr(letters, (int)c);
            if (known != NULL) {
                c = (Py_UCS4)values[known - letters];
            } else if (c >= '0' && c <= '7') {
                c -= '0';
                for (int k = 0; k < 2 && i < n && s[i] >= '0' && s[i] <= '7'; k++) {
                    c = c * 8 + (Py_UCS4)(s[i++] - '0');
                }
            } else if (c == 'x' || c == 'u' || c == 'U') {
                char kind = (char)c;
                digits = kind == 'x' ? 2 : kind == 'u' ? 4 : 8;
                if (read_hex(s, n, &i, digits, &c) < digits) {
                    reason = kind == 'x'   ? "truncated \\xXX escape"
                             : kind == 'u' ? "truncated \\uXXXX escape"
                                           : "truncated \\UXXXXXXXX escape";
                } else if (c > 0x10FFFF) {
                    reason = "illegal Unicode character";
                }
            } else if (c == 'N') {
                if (!names_available()) {
                    return _PyDecoder_Fail(&d);
                }
                reason = read_name(s, n, &i, &c);
            } else if (_PyUnicodeWriter_AddChar(&d.out, '\\') < 0) {
                return _PyDecoder_Fail(&d);
            }
        }
    failed:
        if (reason != NULL) {
            i = _PyDecoder_Error(&d, start, i, reason);
            if (i < 0) {
                return _PyDecoder_Fail(&d);
            }
        } else if (_PyUnicodeWriter_AddChar(&d.out, c) < 0) {
            return _PyDecoder_Fail(&d);
        }
    }
    return _PyDecoder_Finish(&d);
}

static int put_escape(char *out, char letter, Py_UCS4 c, int digits)
{
    int m = 0;
    out[m++] = '\\';
    out[m++] = letter;
    for (int shift = digits * 4 - 4; shift >= 0; shift -= 4) {
        out[m++] = "0123456789abcdef"[(c >> shift) & 15];
    }
    return m;
}

static PyObject *encode_escapes(const Py_UNICODE *s, Py_ssize_t n, int raw)
{
    _PyBytesWriter w;

    if (_PyBytesWriter_Init(&w, n) < 0) {
        return NULL;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        Py_UCS4 c = s[i];
        char out[12];
        int m;
        if (c >= 0x10000) {
            m = put_escape(out, 'U', c, 8);
        } else if (c >= 256) {
            m = put_escape(out, 'u', c, 4);
        } else if (raw) {
            out[0] = (char)c;
            m = 1;
        } else if (c == '\\' || c == '\t' || c == '\n' || c == '\r') {
            out[0] = '\\';
            out[1] = c == '\\' ? '\\' : c == '\t' ? 't' : c == '\n' ? 'n' : 'r';
            m = 2;
        } else if (c < ' ' || c >= 0x7F) {
            m = put_escape(out, 'x', c, 2);
        } else {
            out[0] = (char)c;
            m = 1;
        }
        if (_PyBytesWriter_Add(&w, out, m) < 0) {
            Py_XDECREF(w.str);
            return NULL;
        }
    }
    return _PyBytesWriter_Finish(&w);
}

PyObject *PyUnicode_EncodeUnicodeEscape(const Py_UNICODE *s, Py_ssize_t n)
{
    return encode_escapes(s, n, 0);
}

PyObject *PyUnicode_EncodeRawUnicodeEscape(const Py_UNICODE *s, Py_ssize_t n)
{
    return encode_escapes(s, n, 1);
}

PyObject *PyUnicode_AsUnicodeEscapeString(PyObject *u)
{
    if (!PyUnicode_Check(u)) {
        PyErr_BadArgument();
        return NULL;
    }
    return encode_escapes(PyUnicode_AS_UNICODE(u), PyUnicode_GET_SIZE(u), 0);
}

PyObject *PyUnicode_AsRawUnicodeEscapeString(PyObject *u)
{
    if (!PyUnicode_Check(u)) {
        PyErr_BadArgument();
        return NULL;
    }
    return encode_escapes(PyUnicode_AS_UNICODE(u), PyUnicode_GET_SIZE(u), 1);
}

PyObject *PyUnicode_DecodeRawUnicodeEscape(const char *s, Py_ssize_t n, const char *errors)
{
    _PyDecoder d = {.encoding = "rawunicodeescape", .errors = errors, .input = s, .size = n};
    Py_ssize_t i = 0;

    if (_PyUnicodeWriter_Reserve(&d.out, n) < 0) {
        return NULL;
    }
    while (i < n) {
        Py_ssize_t start = i;
        const char *reason = NULL;
        Py_UCS4 c = (unsigned char)s[i++];

        if (c == '\\') {
            /* only after an odd number of backslashes do u and U mean anything */
            while (i < n && s[i] == '\\') {
                i++;
            }
            int odd = (i - start) % 2 == 1;
            int escape = odd && i < n && (s[i] == 'u' || s[i] == 'U');
            for (Py_ssize_t k = escape ? 1 : 0; k < i - start; k++) {
                if (_PyUnicodeWriter_AddChar(&d.out, '\\') < 0) {
                    return _PyDecoder_Fail(&d);
                }
            }
            if (!escape) {
                continue;
            }
            start = i - 1;
            int digits = s[i] == 'u' ? 4 : 8;
            i++;
            if (read_hex(s, n, &i, digits, &c) < digits) {
                reason = "truncated \\uXXXX";
            } else if (c > 0x10FFFF) {
                reason = "\\Uxxxxxxxx out of range";
            }
        }
        if (reason != NULL) {
            i = _PyDecoder_Error(&d, start, i, reason);
            if (i < 0) {
                return _PyDecoder_Fail(&d);
            }
        } else if (_PyUnicodeWriter_AddChar(&d.out, c) < 0) {
            return _PyDecoder_Fail(&d);
        }
    }
    return _PyDecoder_Finish(&d);
}

PyObject *_PyUnicode_DecodeUnicodeInternal(const char *s, Py_ssize_t n, const char *errors)
{
    _PyDecoder d = {.encoding = "unicode_internal", .errors = errors, .input = s, .size = n};
    Py_ssize_t i = 0;

    while (i < n) {
        const char *reason = "truncated input";
        Py_ssize_t end = n;
        if (n - i >= 4) {
            Py_UNICODE c;
            memcpy(&c, s + i, 4);
            if (c <= 0x10FFFF) {
                if (_PyUnicodeWriter_AddChar(&d.out, c) < 0) {
                    return _PyDecoder_Fail(&d);
                }
                i += 4;
                continue;
            }
            reason = "illegal code point (> 0x10FFFF)";
            end = i + 4;
        }
        i = _PyDecoder_Error(&d, i, end, reason);
        if (i < 0) {
            return _PyDecoder_Fail(&d);
        }
    }
    return _PyDecoder_Finish(&d);
}
