/* SPDX-License-Identifier: MIT */
/* UTF-8, UTF-16, UTF-32 and UTF-7. Decoders with *consumed given stop before an incomplete sequence
 * at the end and tell how far they came; others treat it as an error. As in Python 2, surrogates
 * pass through UTF-8 and UTF-32; a pair is encoded as the character it stands for in UTF-8. */
#include "unicode_private.h"

/* -- UTF-8 --------------------------------------------------------------------------------------
 */
PyObject *PyUnicode_DecodeUTF8(const char *s, Py_ssize_t n, const char *errors)
{
    return PyUnicode_DecodeUTF8Stateful(s, n, errors, NULL);
}

static int utf8_length(unsigned char c)
{
    return c < 0x80 ? 1 : c < 0xC2 ? 0 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : c < 0xF5 ? 4 : 0;
}

PyObject *PyUnicode_DecodeUTF8Stateful(const char *text, Py_ssize_t n, const char *errors,
                                       Py_ssize_t *consumed)
{
    const unsigned char *s = (const unsigned char *)text;
    _PyDecoder d = {.encoding = "utf8", .errors = errors, .input = text, .size = n};
    Py_ssize_t i = 0;

    if (_PyUnicodeWriter_Reserve(&d.out, n) < 0) {
        return NULL;
    }
    while (i < n) {
        const char *reason;
        int length, good = 1;
        Py_UCS4 c = s[i];

        if (c < 0x80) {
            if (_PyUnicodeWriter_AddChar(&d.out, c) < 0) {
                return _PyDecoder_Fail(&d);
            }
            i++;
            continue;
        }
        length = utf8_length((unsigned char)c);
        if (length == 0) {
            reason = "invalid start byte";
        } else {
            while (good < length && i + good < n && (s[i + good] & 0xC0) == 0x80) {
                good++;
            }
            if (i + length > n) {
                if (consumed != NULL) {
                    break;
                }
                reason = "unexpected end of data";
            } else if (good < length) {
                reason = "invalid continuation byte";
            } else {
                c &= 0x7Fu >> length;
                for (int k = 1; k < length; k++) {
                    c = c << 6 | (s[i + k] & 0x3F);
                }
                if ((length == 3 && c < 0x800) || (length == 4 && (c < 0x10000 || c > 0x10FFFF))) {
                    reason = "invalid continuation byte";
                    good = length - 1;
                } else {
                    if (_PyUnicodeWriter_AddChar(&d.out, c) < 0) {
                        return _PyDecoder_Fail(&d);
                    }
                    i += length;
                    continue;
                }
            }
        }
        i = _PyDecoder_Error(&d, i, i + good, reason);
        if (i < 0) {
            return _PyDecoder_Fail(&d);
        }
    }
    if (consumed != NULL) {
        *consumed = i;
    }
    return _PyDecoder_Finish(&d);
}

PyObject *PyUnicode_EncodeUTF8(const Py_UNICODE *s, Py_ssize_t n, const char *errors)
{
    _PyBytesWriter w;

    if (n == 1 && s[0] < 0x80) {
        /* One-character strings are shared. */
        char c = (char)s[0];
        return PyString_FromStringAndSize(&c, 1);
    }
    if (_PyBytesWriter_Init(&w, n) < 0) {
        return NULL;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        Py_UCS4 c = s[i];
        char out[4];
        int m;
        if (c >= 0xD800 && c < 0xDC00 && i + 1 < n && s[i + 1] >= 0xDC00 && s[i + 1] < 0xE000) {
            c = 0x10000 + ((c & 0x3FF) << 10) + (s[++i] & 0x3FF);
        }
        if (c < 0x80) {
            out[0] = (char)c;
            m = 1;
        } else if (c < 0x800) {
            out[0] = (char)(0xC0 | c >> 6);
            out[1] = (char)(0x80 | (c & 0x3F));
            m = 2;
        } else if (c < 0x10000) {
            out[0] = (char)(0xE0 | c >> 12);
            out[1] = (char)(0x80 | (c >> 6 & 0x3F));
            out[2] = (char)(0x80 | (c & 0x3F));
            m = 3;
        } else {
            out[0] = (char)(0xF0 | c >> 18);
            out[1] = (char)(0x80 | (c >> 12 & 0x3F));
            out[2] = (char)(0x80 | (c >> 6 & 0x3F));
            out[3] = (char)(0x80 | (c & 0x3F));
            m = 4;
        }
        if (_PyBytesWriter_Add(&w, out, m) < 0) {
            Py_XDECREF(w.str);
            return NULL;
        }
    }
    return _PyBytesWriter_Finish(&w);
}

PyObject *PyUnicode_AsUTF8String(PyObject *u)
{
    if (!PyUnicode_Check(u)) {
        PyErr_BadArgument();
        return NULL;
    }
    return PyUnicode_EncodeUTF8(PyUnicode_AS_UNICODE(u), PyUnicode_GET_SIZE(u), NULL);
}

/* -- UTF-32 -------------------------------------------------------------------------------------
 */
static Py_UCS4 read_unit(const unsigned char *s, int bytes, int big)
{
    Py_UCS4 c = 0;
    for (int k = 0; k < bytes; k++) {
        c |= (Py_UCS4)s[k] << (8 * (big ? bytes - 1 - k : k));
    }
    return c;
}

static void write_unit(char *out, Py_UCS4 c, int bytes, int big)
{
    for (int k = 0; k < bytes; k++) {
        out[k] = (char)(c >> (8 * (big ? bytes - 1 - k : k)));
    }
}

PyObject *PyUnicode_DecodeUTF32(const char *s, Py_ssize_t n, const char *errors, int *byteorder)
{
    return PyUnicode_DecodeUTF32Stateful(s, n, errors, byteorder, NULL);
}

PyObject *PyUnicode_DecodeUTF32Stateful(const char *text, Py_ssize_t n, const char *errors,
                                        int *byteorder, Py_ssize_t *consumed)
{
    const unsigned char *s = (const unsigned char *)text;
    _PyDecoder d = {.encoding = "utf32", .errors = errors, .input = text, .size = n};
    int order = byteorder != NULL ? *byteorder : 0;
    Py_ssize_t i = 0;

    if (order == 0 && n >= 4) {
        if (read_unit(s, 4, 0) == 0xFEFF) {
            order = -1;
            i = 4;
        } else if (read_unit(s, 4, 1) == 0xFEFF) {
            order = 1;
            i = 4;
        }
    }
    while (i < n) {
        const char *reason;
        Py_ssize_t end;
        if (n - i < 4) {
            if (consumed != NULL) {
                break;
            }
            reason = "truncated data";
            end = n;
        } else {
            Py_UCS4 c = read_unit(s + i, 4, order > 0);
            if (c <= 0x10FFFF) {
                if (_PyUnicodeWriter_AddChar(&d.out, c) < 0) {
                    return _PyDecoder_Fail(&d);
                }
                i += 4;
                continue;
            }
            reason = "code point not in range(0x110000)";
            end = i + 4;
        }
        i = _PyDecoder_Error(&d, i, end, reason);
        if (i < 0) {
            return _PyDecoder_Fail(&d);
        }
    }
    if (byteorder != NULL) {
        *byteorder = order;
    }
    if (consumed != NULL) {
        *consumed = i;
    }
    return _PyDecoder_Finish(&d);
}

PyObject *PyUnicode_EncodeUTF32(const Py_UNICODE *s, Py_ssize_t n, const char *errors,
                                int byteorder)
{
    Py_ssize_t mark = byteorder == 0;
    PyObject *v;
    char *out;

    if (n > PY_SSIZE_T_MAX / 4 - 1) {
        return PyErr_NoMemory();
    }
    v = PyString_FromStringAndSize(NULL, (n + mark) * 4);
    if (v == NULL) {
        return NULL;
    }
    out = PyString_AS_STRING(v);
    if (mark) {
        write_unit(out, 0xFEFF, 4, 0);
        out += 4;
    }
    for (Py_ssize_t i = 0; i < n; i++, out += 4) {
        write_unit(out, s[i], 4, byteorder > 0);
    }
    return v;
}

PyObject *PyUnicode_AsUTF32String(PyObject *u)
{
    if (!PyUnicode_Check(u)) {
        PyErr_BadArgument();
        return NULL;
    }
    return PyUnicode_EncodeUTF32(PyUnicode_AS_UNICODE(u), PyUnicode_GET_SIZE(u), NULL, 0);
}

/* -- UTF-16 -------------------------------------------------------------------------------------
 */
PyObject *PyUnicode_DecodeUTF16(const char *s, Py_ssize_t n, const char *errors, int *byteorder)
{
    return PyUnicode_DecodeUTF16Stateful(s, n, errors, byteorder, NULL);
}

PyObject *PyUnicode_DecodeUTF16Stateful(const char *text, Py_ssize_t n, const char *errors,
                                        int *byteorder, Py_ssize_t *consumed)
{
    const unsigned char *s = (const unsigned char *)text;
    _PyDecoder d = {.encoding = "utf16", .errors = errors, .input = text, .size = n};
    int order = byteorder != NULL ? *byteorder : 0;
    Py_ssize_t i = 0;

    if (order == 0 && n >= 2) {
        Py_UCS4 mark = read_unit(s, 2, 0);
        if (mark == 0xFEFF || mark == 0xFFFE) {
            order = mark == 0xFEFF ? -1 : 1;
            i = 2;
        }
    }
    while (i < n) {
        const char *reason;
        Py_ssize_t end = i + 2;
        if (n - i < 2) {
            if (consumed != NULL) {
                break;
            }
            reason = "truncated data";
            end = n;
        } else {
            Py_UCS4 c = read_unit(s + i, 2, order > 0);
            if (c < 0xD800 || c > 0xDFFF) {
                if (_PyUnicodeWriter_AddChar(&d.out, c) < 0) {
                    return _PyDecoder_Fail(&d);
                }
                i += 2;
                continue;
            }
            if (n - i < 4) {
                if (consumed != NULL) {
                    break;
                }
                reason = "unexpected end of data";
                end = n;
            } else if (c >= 0xDC00) {
                reason = "illegal encoding";
            } else {
                Py_UCS4 low = read_unit(s + i + 2, 2, order > 0);
                if (low >= 0xDC00 && low <= 0xDFFF) {
                    c = 0x10000 + ((c & 0x3FF) << 10) + (low & 0x3FF);
                    if (_PyUnicodeWriter_AddChar(&d.out, c) < 0) {
                        return _PyDecoder_Fail(&d);
                    }
                    i += 4;
                    continue;
                }
                reason = "illegal UTF-16 surrogate";
            }
        }
        i = _PyDecoder_Error(&d, i, end, reason);
        if (i < 0) {
            return _PyDecoder_Fail(&d);
        }
    }
    if (byteorder != NULL) {
        *byteorder = order;
    }
    if (consumed != NULL) {
        *consumed = i;
    }
    return _PyDecoder_Finish(&d);
}

PyObject *PyUnicode_EncodeUTF16(const Py_UNICODE *s, Py_ssize_t n, const char *errors,
                                int byteorder)
{
    Py_ssize_t units = byteorder == 0;
    PyObject *v;
    char *out;

    for (Py_ssize_t i = 0; i < n; i++) {
        if (units > PY_SSIZE_T_MAX / 2 - 2) {
            return PyErr_NoMemory();
        }
        units += s[i] >= 0x10000 ? 2 : 1;
    }
    v = PyString_FromStringAndSize(NULL, units * 2);
    if (v == NULL) {
        return NULL;
    }
    out = PyString_AS_STRING(v);
    if (byteorder == 0) {
        write_unit(out, 0xFEFF, 2, 0);
        out += 2;
    }
    for (Py_ssize_t i = 0; i < n; i++, out += 2) {
        if (s[i] >= 0x10000) {
            write_unit(out, 0xD800 | (s[i] - 0x10000) >> 10, 2, byteorder > 0);
            out += 2;
            write_unit(out, 0xDC00 | ((s[i] - 0x10000) & 0x3FF), 2, byteorder > 0);
        } else {
            write_unit(out, s[i], 2, byteorder > 0);
        }
    }
    return v;
}

PyObject *PyUnicode_AsUTF16String(PyObject *u)
{
    if (!PyUnicode_Check(u)) {
        PyErr_BadArgument();
        return NULL;
    }
    return PyUnicode_EncodeUTF16(PyUnicode_AS_UNICODE(u), PyUnicode_GET_SIZE(u), NULL, 0);
}

/* -- UTF-7 (RFC 2152) ---------------------------------------------------------------------------
 */
static const char base64_alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static int from_base64(unsigned char c)
{
    const char *p = c == 0 ? NULL : strchr(base64_alphabet, c);
    return p == NULL ? -1 : (int)(p - base64_alphabet);
}

/* How a character may be written outside base64: 0 as itself, 1 as itself when optional characters
 * may be, 2 as itself when it is whitespace that may be, 3 only in base64. */
static int utf7_class(Py_UCS4 c)
{
    if (c == 0 || c > 127 || c == '~' || c == '\\' || c == '+') {
        return 3;
    }
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        return 2;
    }
    if (strchr("!\"#$%&*;<=>@[]^_`{|}", (int)c) != NULL) {
        return 1;
    }
    return c < ' ' || c == 127 ? 3 : 0;
}

PyObject *PyUnicode_DecodeUTF7(const char *s, Py_ssize_t n, const char *errors)
{
    return PyUnicode_DecodeUTF7Stateful(s, n, errors, NULL);
}

PyObject *PyUnicode_DecodeUTF7Stateful(const char *text, Py_ssize_t n, const char *errors,
                                       Py_ssize_t *consumed)
{
    const unsigned char *s = (const unsigned char *)text;
    _PyDecoder d = {.encoding = "utf7", .errors = errors, .input = text, .size = n};
    Py_ssize_t i = 0, start = 0, out_at_start = 0;
    int in_shift = 0, bits = 0;
    uint32_t buffer = 0;
    Py_UCS4 surrogate = 0;

    while (i < n) {
        unsigned char c = s[i];
        const char *reason = NULL;
        Py_ssize_t from = i;

        if (in_shift) {
            int value = from_base64(c);
            if (value >= 0) {
                buffer = buffer << 6 | (uint32_t)value;
                bits += 6;
                i++;
                if (bits >= 16) {
                    Py_UCS4 unit = buffer >> (bits - 16);
                    bits -= 16;
                    buffer &= ((uint32_t)1 << bits) - 1;
                    if (surrogate != 0 && unit >= 0xDC00 && unit <= 0xDFFF) {
                        unit = 0x10000 + ((surrogate & 0x3FF) << 10) + (unit & 0x3FF);
                        surrogate = 0;
                    } else if (surrogate != 0) {
                        if (_PyUnicodeWriter_AddChar(&d.out, surrogate) < 0) {
                            return _PyDecoder_Fail(&d);
                        }
                        surrogate = 0;
                    }
                    if (unit >= 0xD800 && unit <= 0xDBFF) {
                        surrogate = unit;
                    } else if (_PyUnicodeWriter_AddChar(&d.out, unit) < 0) {
                        return _PyDecoder_Fail(&d);
                    }
                }
                continue;
            }
            /* the end of the base64 section */
            in_shift = 0;
            if (bits >= 6) {
                i++;
                reason = "partial character in shift sequence";
                from = start;
            } else if (bits > 0 && buffer != 0) {
                i++;
                reason = "non-zero padding bits in shift sequence";
                from = start;
            } else {
                if (surrogate != 0 && (c < 128) &&
                    _PyUnicodeWriter_AddChar(&d.out, surrogate) < 0) {
                    return _PyDecoder_Fail(&d);
                }
                surrogate = 0;
                if (c == '-') {
                    i++; /* absorbed */
                }        /* otherwise read again as a direct character */
                continue;
            }
        } else if (c == '+') {
            start = i++;
            if (i < n && s[i] == '-') {
                i++;
                if (_PyUnicodeWriter_AddChar(&d.out, '+') < 0) {
                    return _PyDecoder_Fail(&d);
                }
            } else {
                in_shift = 1;
                surrogate = 0;
                bits = 0;
                buffer = 0;
                out_at_start = d.out.n;
            }
            continue;
        } else if (c < 128) {
            i++;
            if (_PyUnicodeWriter_AddChar(&d.out, c) < 0) {
                return _PyDecoder_Fail(&d);
            }
            continue;
        } else {
            i++;
            reason = "unexpected special character";
        }
        surrogate = 0;
        i = _PyDecoder_Error(&d, from, i, reason);
        if (i < 0) {
            return _PyDecoder_Fail(&d);
        }
    }
    if (in_shift && consumed == NULL) {
        if (surrogate != 0 || bits >= 6 || (bits > 0 && buffer != 0)) {
            if (_PyDecoder_Error(&d, start, n, "unterminated shift sequence") < 0) {
                return _PyDecoder_Fail(&d);
            }
        }
    }
    if (consumed != NULL) {
        if (in_shift) {
            d.out.n = out_at_start; /* the section is read again with what follows */
            *consumed = start;
        } else {
            *consumed = i;
        }
    }
    return _PyDecoder_Finish(&d);
}

PyObject *PyUnicode_EncodeUTF7(const Py_UNICODE *s, Py_ssize_t n, int base64SetO,
                               int base64WhiteSpace, const char *errors)
{
    _PyBytesWriter w;
    int in_shift = 0, bits = 0;
    uint32_t buffer = 0;

    if (_PyBytesWriter_Init(&w, n) < 0) {
        return NULL;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        Py_UCS4 c = s[i], units[2];
        char out[12];
        int m = 0, count = 0, kind = utf7_class(c);
        int direct = kind == 0 || (kind == 1 && !base64SetO) || (kind == 2 && !base64WhiteSpace);

        if (in_shift && direct) {
            if (bits > 0) {
                out[m++] = base64_alphabet[buffer << (6 - bits) & 63];
                buffer = 0;
                bits = 0;
            }
            in_shift = 0;
            if (from_base64((unsigned char)c) >= 0 || c == '-') {
                out[m++] = '-';
            }
        }
        if (!in_shift) {
            if (c == '+') {
                out[m++] = '+';
                out[m++] = '-';
            } else if (direct) {
                out[m++] = (char)c;
            } else {
                out[m++] = '+';
                in_shift = 1;
            }
        }
        if (in_shift) {
            if (c >= 0x10000) {
                units[count++] = 0xD800 | (c - 0x10000) >> 10;
                units[count++] = 0xDC00 | ((c - 0x10000) & 0x3FF);
            } else {
                units[count++] = c;
            }
            for (int k = 0; k < count; k++) {
                buffer = buffer << 16 | units[k];
                bits += 16;
                while (bits >= 6) {
                    bits -= 6;
                    out[m++] = base64_alphabet[buffer >> bits & 63];
                }
                buffer &= ((uint32_t)1 << bits) - 1;
            }
        }
        if (_PyBytesWriter_Add(&w, out, m) < 0) {
            goto fail;
        }
    }
    if (bits > 0) {
        char last = base64_alphabet[buffer << (6 - bits) & 63];
        if (_PyBytesWriter_Add(&w, &last, 1) < 0) {
            goto fail;
        }
    }
    if (in_shift && _PyBytesWriter_Add(&w, "-", 1) < 0) {
        goto fail;
    }
    return _PyBytesWriter_Finish(&w);
fail:
    Py_XDECREF(w.str);
    return NULL;
}
