/* SPDX-License-Identifier: MIT */
/* The module binascii: bytes as text in hexadecimal, base64, uuencode, quoted-printable and BinHex,
 * and two checksums. Each function reads its input once and collects its output in a growing
 * buffer. */
#include "Python.h"

static PyObject *Error, *Incomplete;

#define RUN 0x90 /* BinHex's mark of a repetition */
#define LINE_MAX_QP 76

/* ---- Output -------------------------------------------------------------------------------------
 */

typedef struct {
    char *at;
    Py_ssize_t n, room;
    int failed;
} out_t;

static void put(out_t *out, int c)
{
    if (out->n == out->room) {
        Py_ssize_t room = out->room < 64 ? 64 : out->room * 2;
        char *more = out->failed ? NULL : PyMem_Realloc(out->at, room);
        if (more == NULL) {
            out->failed = 1;
            return;
        }
        out->at = more;
        out->room = room;
    }
    out->at[out->n++] = (char)c;
}

/* The collected bytes as a str; the buffer is gone afterwards. */
static PyObject *take(out_t *out)
{
    PyObject *result = out->failed
                           ? PyErr_NoMemory()
                           : PyString_FromStringAndSize(out->at != NULL ? out->at : "", out->n);
    PyMem_Free(out->at);
    return result;
}

static PyObject *fail(out_t *out, Py_buffer *in, PyObject *exc, const char *message)
{
    PyMem_Free(out->at);
    PyBuffer_Release(in);
    PyErr_SetString(exc, message);
    return NULL;
}

/* ---- Hexadecimal
 * -------------------------------------------------------------------------------------- */

PyDoc_STRVAR(b2a_hex_doc, "b2a_hex(data) -> s; Hexadecimal representation of binary data.\n\n\
This function is also available as hexlify().");
static PyObject *b2a_hex(PyObject *self, PyObject *args)
{
    Py_buffer in;
    PyObject *result = NULL;

    if (!PyArg_ParseTuple(args, "s*:b2a_hex", &in))
        return NULL;
    if (in.len > PY_SSIZE_T_MAX / 2)
        PyErr_NoMemory();
    else
        result = PyString_FromStringAndSize(NULL, in.len * 2);
    if (result != NULL) {
        const unsigned char *p = in.buf;
        char *q = PyString_AS_STRING(result);
        for (Py_ssize_t i = 0; i < in.len; i++) {
            *q++ = "0123456789abcdef"[p[i] >> 4];
            *q++ = "0123456789abcdef"[p[i] & 15];
        }
    }
    PyBuffer_Release(&in);
    return result;
}

static int hex_digit(unsigned char c)
{
    int d = _PyLong_DigitValue[c];
    return d < 16 ? d : -1;
}

PyDoc_STRVAR(a2b_hex_doc, "a2b_hex(hexstr) -> s; Binary data of hexadecimal representation.\n\n\
hexstr must contain an even number of hex digits (upper or lower case).\n\
This function is also available as unhexlify()");
static PyObject *a2b_hex(PyObject *self, PyObject *args)
{
    Py_buffer in;
    PyObject *result = NULL;

    if (!PyArg_ParseTuple(args, "s*:a2b_hex", &in))
        return NULL;
    if (in.len % 2 != 0) {
        PyErr_SetString(PyExc_TypeError, "Odd-length string");
        goto done;
    }
    result = PyString_FromStringAndSize(NULL, in.len / 2);
    if (result == NULL)
        goto done;
    const unsigned char *p = in.buf;
    for (Py_ssize_t i = 0; i < in.len; i += 2) {
        int high = hex_digit(p[i]), low = hex_digit(p[i + 1]);
        if (high < 0 || low < 0) {
            PyErr_SetString(PyExc_TypeError, "Non-hexadecimal digit found");
            Py_CLEAR(result);
            goto done;
        }
        PyString_AS_STRING(result)[i / 2] = (char)(high << 4 | low);
    }
done:
    PyBuffer_Release(&in);
    return result;
}

/* ---- Base64
 * ---------------------------------------------------------------------------------------------- */

static const char base64_alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* The value of a character; 64 for the padding, -1 for others. */
static int base64_value(unsigned char c)
{
    if (c == '=')
        return 64;
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

PyDoc_STRVAR(a2b_base64_doc, "(ascii) -> bin. Decode a line of base64 data");
static PyObject *a2b_base64(PyObject *self, PyObject *args)
{
    Py_buffer in;
    out_t out = {NULL, 0, 0, 0};
    uint32_t bits = 0;
    int have = 0, quad = 0;

    if (!PyArg_ParseTuple(args, "s*:a2b_base64", &in))
        return NULL;
    const unsigned char *p = in.buf, *end = p + in.len;
    for (; p < end; p++) {
        int v = base64_value(*p);
        if (v < 0)
            continue;
        if (v == 64) {
            /* Padding ends the data where it may stand: after three characters, or after two when
             * another follows. */
            if (quad < 2)
                continue;
            if (quad == 2) {
                const unsigned char *q = p + 1;
                while (q < end && base64_value(*q) < 0)
                    q++;
                if (q >= end || *q != '=')
                    continue;
            }
            have = 0;
            break;
        }
        quad = (quad + 1) & 3;
        bits = bits << 6 | (uint32_t)v;
        have += 6;
        if (have >= 8) {
            have -= 8;
            put(&out, (int)(bits >> have & 0xff));
            bits &= ((uint32_t)1 << have) - 1;
        }
    }
    if (have != 0)
        return fail(&out, &in, Error, "Incorrect padding");
    PyBuffer_Release(&in);
    return take(&out);
}

PyDoc_STRVAR(b2a_base64_doc, "(bin) -> ascii. Base64-code line of data");
static PyObject *b2a_base64(PyObject *self, PyObject *args)
{
    Py_buffer in;
    PyObject *result;

    if (!PyArg_ParseTuple(args, "s*:b2a_base64", &in))
        return NULL;
    if (in.len > (PY_SSIZE_T_MAX - 3) / 2) {
        PyErr_SetString(Error, "Too much data for base64 line");
        PyBuffer_Release(&in);
        return NULL;
    }
    result = PyString_FromStringAndSize(NULL, (in.len + 2) / 3 * 4 + 1);
    if (result != NULL) {
        const unsigned char *p = in.buf;
        char *q = PyString_AS_STRING(result);
        for (Py_ssize_t i = 0; i < in.len; i += 3) {
            uint32_t b = (uint32_t)p[i] << 16;
            if (i + 1 < in.len)
                b |= (uint32_t)p[i + 1] << 8;
            if (i + 2 < in.len)
                b |= p[i + 2];
            *q++ = base64_alphabet[b >> 18];
            *q++ = base64_alphabet[b >> 12 & 63];
            *q++ = i + 1 < in.len ? base64_alphabet[b >> 6 & 63] : '=';
            *q++ = i + 2 < in.len ? base64_alphabet[b & 63] : '=';
        }
        *q = '\n';
    }
    PyBuffer_Release(&in);
    return result;
}

/* ---- Uuencode
 * ------------------------------------------------------------------------------------------- */

PyDoc_STRVAR(a2b_uu_doc, "(ascii) -> bin. Decode a line of uuencoded data");
static PyObject *a2b_uu(PyObject *self, PyObject *args)
{
    Py_buffer in;
    out_t out = {NULL, 0, 0, 0};
    uint32_t bits = 0;
    int have = 0;

    if (!PyArg_ParseTuple(args, "s*:a2b_uu", &in))
        return NULL;
    const unsigned char *p = in.buf, *end = p + in.len;
    int length = ((p < end ? *p++ : 0) - ' ') & 077;
    while (out.n < length && !out.failed) {
        /* What is cut off at the end were blanks. */
        int c = p < end ? *p : 0;
        if (c == '\n' || c == '\r' || p >= end)
            c = 0;
        else if (c < ' ' || c > ' ' + 64)
            return fail(&out, &in, Error, "Illegal char");
        else
            c = (c - ' ') & 077;
        if (p < end)
            p++;
        bits = bits << 6 | (uint32_t)c;
        have += 6;
        if (have >= 8) {
            have -= 8;
            put(&out, (int)(bits >> have & 0xff));
        }
    }
    for (; p < end; p++)
        if (*p != ' ' && *p != ' ' + 64 && *p != '\n' && *p != '\r')
            return fail(&out, &in, Error, "Trailing garbage");
    PyBuffer_Release(&in);
    return take(&out);
}

PyDoc_STRVAR(b2a_uu_doc, "(bin) -> ascii. Uuencode line of data");
static PyObject *b2a_uu(PyObject *self, PyObject *args)
{
    Py_buffer in;
    out_t out = {NULL, 0, 0, 0};

    if (!PyArg_ParseTuple(args, "s*:b2a_uu", &in))
        return NULL;
    if (in.len > 45)
        return fail(&out, &in, Error, "At most 45 bytes at once");
    const unsigned char *p = in.buf;
    put(&out, ' ' + (int)in.len);
    for (Py_ssize_t i = 0; i < in.len; i += 3) {
        uint32_t b = (uint32_t)p[i] << 16;
        if (i + 1 < in.len)
            b |= (uint32_t)p[i + 1] << 8;
        if (i + 2 < in.len)
            b |= p[i + 2];
        for (int shift = 18; shift >= 0; shift -= 6)
            put(&out, (int)(b >> shift & 077) + ' ');
    }
    put(&out, '\n');
    PyBuffer_Release(&in);
    return take(&out);
}

/* ---- Quoted-printable
 * ------------------------------------------------------------------------------------- */

PyDoc_STRVAR(a2b_qp_doc, "Decode a string of qp-encoded data");
static PyObject *a2b_qp(PyObject *self, PyObject *args, PyObject *kwds)
{
    static char *kwlist[] = {"data", "header", NULL};
    Py_buffer in;
    out_t out = {NULL, 0, 0, 0};
    int header = 0;

    if (!PyArg_ParseTupleAndKeywords(args, kwds, "s*|i", kwlist, &in, &header))
        return NULL;
    const unsigned char *p = in.buf, *end = p + in.len;
    while (p < end) {
        if (*p == '=') {
            if (++p >= end)
                break;
            if (*p == '\n' || *p == '\r') { /* a soft line break, to the end of the line */
                while (p < end && *p != '\n')
                    p++;
                if (p < end)
                    p++;
            } else if (*p == '=') { /* what some encoders make of "=" */
                put(&out, '=');
                p++;
            } else if (end - p >= 2 && hex_digit(p[0]) >= 0 && hex_digit(p[1]) >= 0) {
                put(&out, hex_digit(p[0]) << 4 | hex_digit(p[1]));
                p += 2;
            } else {
                put(&out, '=');
            }
        } else {
            put(&out, header && *p == '_' ? ' ' : *p);
            p++;
        }
    }
    PyBuffer_Release(&in);
    return take(&out);
}

static void put_quoted(out_t *out, int c)
{
    put(out, '=');
    put(out, "0123456789ABCDEF"[c >> 4 & 15]);
    put(out, "0123456789ABCDEF"[c & 15]);
}

PyDoc_STRVAR(b2a_qp_doc, "b2a_qp(data, quotetabs=0, istext=1, header=0) -> s; \n\
 Encode a string using quoted-printable encoding. \n\
\n\
On encoding, when istext is set, newlines are not encoded, and white \n\
space at end of lines is.  When istext is not set, \\r and \\n (CR/LF) are \n\
both encoded.  When quotetabs is set, space and tabs are encoded.");
static PyObject *b2a_qp(PyObject *self, PyObject *args, PyObject *kwds)
{
    static char *kwlist[] = {"data", "quotetabs", "istext", "header", NULL};
    Py_buffer in;
    out_t out = {NULL, 0, 0, 0};
    int quotetabs = 0, istext = 1, header = 0, crlf, column = 0;

    if (!PyArg_ParseTupleAndKeywords(args, kwds, "s*|iii", kwlist, &in, &quotetabs, &istext,
                                     &header))
        return NULL;
    const unsigned char *data = in.buf, *end = data + in.len;
    /* Line ends are written as the first one is. */
    const unsigned char *newline = in.len > 0 ? memchr(data, '\n', (size_t)in.len) : NULL;
    crlf = newline != NULL && newline > data && newline[-1] == '\r';

    for (const unsigned char *p = data; p < end;) {
        int c = *p, last = p + 1 == end;
        int blank = c == ' ' || c == '\t', eol = c == '\r' || c == '\n';
        int quote =
            c > 126 || c == '=' || (header && c == '_') ||
            (c == '.' && column == 0 && (last || p[1] == '\n' || p[1] == '\r' || p[1] == 0)) ||
            (!istext && eol) || (blank && last) || (c < 33 && !eol && (quotetabs || !blank));
        if (quote) {
            if (column + 3 >= LINE_MAX_QP) {
                put(&out, '=');
                if (crlf)
                    put(&out, '\r');
                put(&out, '\n');
                column = 0;
            }
            put_quoted(&out, c);
            column += 3;
            p++;
        } else if (istext && (c == '\n' || (c == '\r' && !last && p[1] == '\n'))) {
            column = 0;
            if (out.n > 0 && !out.failed &&
                (out.at[out.n - 1] == ' ' || out.at[out.n - 1] == '\t')) {
                int white = out.at[--out.n];
                put_quoted(&out, white);
            }
            if (crlf)
                put(&out, '\r');
            put(&out, '\n');
            p += c == '\r' ? 2 : 1;
        } else {
            if (!last && p[1] != '\n' && column + 1 >= LINE_MAX_QP) {
                put(&out, '=');
                if (crlf)
                    put(&out, '\r');
                put(&out, '\n');
                column = 0;
            }
            column++;
            put(&out, header && c == ' ' ? '_' : c);
            p++;
        }
    }
    PyBuffer_Release(&in);
    return take(&out);
}

/* ---- BinHex
 * -----------------------------------------------------------------------------------------------
 */

static const char hqx_alphabet[] =
    "!\"#$%&'()*+,-012345689@ABCDEFGHIJKLMNPQRSTUVXYZ[`abcdefhijklmpqr";

PyDoc_STRVAR(a2b_hqx_doc, "ascii -> bin, done. Decode .hqx coding");
static PyObject *a2b_hqx(PyObject *self, PyObject *args)
{
    Py_buffer in;
    out_t out = {NULL, 0, 0, 0};
    uint32_t bits = 0;
    int have = 0, done = 0;

    if (!PyArg_ParseTuple(args, "s*:a2b_hqx", &in))
        return NULL;
    const unsigned char *p = in.buf, *end = p + in.len;
    for (; p < end && !done; p++) {
        if (*p == '\n' || *p == '\r')
            continue;
        if (*p == ':') {
            done = 1;
            continue;
        }
        const char *at = *p != '\0' ? strchr(hqx_alphabet, *p) : NULL;
        if (at == NULL)
            return fail(&out, &in, Error, "Illegal char");
        bits = bits << 6 | (uint32_t)(at - hqx_alphabet);
        have += 6;
        if (have >= 8) {
            have -= 8;
            put(&out, (int)(bits >> have & 0xff));
            bits &= ((uint32_t)1 << have) - 1;
        }
    }
    if (have != 0 && !done)
        return fail(&out, &in, Incomplete, "String has incomplete number of bytes");
    PyBuffer_Release(&in);
    PyObject *data = take(&out);
    return data == NULL ? NULL : Py_BuildValue("(Ni)", data, done);
}

PyDoc_STRVAR(b2a_hqx_doc, "Encode .hqx data");
static PyObject *b2a_hqx(PyObject *self, PyObject *args)
{
    Py_buffer in;
    out_t out = {NULL, 0, 0, 0};
    uint32_t bits = 0;
    int have = 0;

    if (!PyArg_ParseTuple(args, "s*:b2a_hqx", &in))
        return NULL;
    for (Py_ssize_t i = 0; i < in.len; i++) {
        bits = bits << 8 | ((const unsigned char *)in.buf)[i];
        have += 8;
        while (have >= 6) {
            have -= 6;
            put(&out, hqx_alphabet[bits >> have & 63]);
        }
    }
    if (have > 0)
        put(&out, hqx_alphabet[bits << (6 - have) & 63]);
    PyBuffer_Release(&in);
    return take(&out);
}

PyDoc_STRVAR(rlecode_hqx_doc, "Binhex RLE-code binary data");
static PyObject *rlecode_hqx(PyObject *self, PyObject *args)
{
    Py_buffer in;
    out_t out = {NULL, 0, 0, 0};

    if (!PyArg_ParseTuple(args, "s*:rlecode_hqx", &in))
        return NULL;
    const unsigned char *p = in.buf, *end = p + in.len;
    while (p < end) {
        int c = *p;
        if (c == RUN) {
            put(&out, RUN);
            put(&out, 0);
            p++;
            continue;
        }
        const unsigned char *q = p + 1;
        while (q < end && *q == c && q < p + 255)
            q++;
        put(&out, c);
        if (q - p > 3) {
            put(&out, RUN);
            put(&out, (int)(q - p));
            p = q;
        } else {
            p++;
        }
    }
    PyBuffer_Release(&in);
    return take(&out);
}

PyDoc_STRVAR(rledecode_hqx_doc, "Decode hexbin RLE-coded string");
static PyObject *rledecode_hqx(PyObject *self, PyObject *args)
{
    Py_buffer in;
    out_t out = {NULL, 0, 0, 0};

    if (!PyArg_ParseTuple(args, "s*:rledecode_hqx", &in))
        return NULL;
    const unsigned char *p = in.buf, *end = p + in.len;
    while (p < end) {
        int c = *p++;
        if (c != RUN) {
            put(&out, c);
            continue;
        }
        if (p >= end)
            return fail(&out, &in, Incomplete, "");
        int times = *p++;
        if (times == 0) {
            put(&out, RUN);
        } else if (out.n == 0) {
            return fail(&out, &in, Error, "Orphaned RLE code at start");
        } else {
            for (c = out.at[out.n - 1]; times > 1; times--)
                put(&out, c);
        }
    }
    PyBuffer_Release(&in);
    return take(&out);
}

/* ---- Checksums
 * --------------------------------------------------------------------------------------------- */

PyDoc_STRVAR(crc_hqx_doc, "(data, oldcrc) -> newcrc. Compute hqx CRC incrementally");
static PyObject *crc_hqx(PyObject *self, PyObject *args)
{
    Py_buffer in;
    unsigned crc;

    if (!PyArg_ParseTuple(args, "s*i:crc_hqx", &in, &crc))
        return NULL;
    crc &= 0xffff;
    for (Py_ssize_t i = 0; i < in.len; i++) {
        crc ^= (unsigned)((const unsigned char *)in.buf)[i] << 8;
        for (int bit = 0; bit < 8; bit++)
            crc = (crc & 0x8000 ? crc << 1 ^ 0x1021 : crc << 1) & 0xffff;
    }
    PyBuffer_Release(&in);
    return PyInt_FromLong(crc);
}

PyDoc_STRVAR(crc32_doc, "(data, oldcrc = 0) -> newcrc. Compute CRC-32 incrementally");
static PyObject *crc32(PyObject *self, PyObject *args)
{
    static uint32_t table[256];
    Py_buffer in;
    unsigned old = 0;

    if (!PyArg_ParseTuple(args, "s*|I:crc32", &in, &old))
        return NULL;
    if (table[1] == 0)
        for (uint32_t i = 0; i < 256; i++) {
            uint32_t c = i;
            for (int bit = 0; bit < 8; bit++)
                c = c & 1 ? c >> 1 ^ 0xedb88320u : c >> 1;
            table[i] = c;
        }
    uint32_t crc = ~(uint32_t)old;
    for (Py_ssize_t i = 0; i < in.len; i++)
        crc = table[(crc ^ ((const unsigned char *)in.buf)[i]) & 0xff] ^ crc >> 8;
    PyBuffer_Release(&in);
    return PyInt_FromLong((int32_t)~crc);
}

static PyMethodDef binascii_methods[] = {
    {"a2b_uu", a2b_uu, METH_VARARGS, a2b_uu_doc},
    {"b2a_uu", b2a_uu, METH_VARARGS, b2a_uu_doc},
    {"a2b_base64", a2b_base64, METH_VARARGS, a2b_base64_doc},
    {"b2a_base64", b2a_base64, METH_VARARGS, b2a_base64_doc},
    {"a2b_hqx", a2b_hqx, METH_VARARGS, a2b_hqx_doc},
    {"b2a_hqx", b2a_hqx, METH_VARARGS, b2a_hqx_doc},
    {"b2a_hex", b2a_hex, METH_VARARGS, b2a_hex_doc},
    {"a2b_hex", a2b_hex, METH_VARARGS, a2b_hex_doc},
    {"hexlify", b2a_hex, METH_VARARGS, b2a_hex_doc},
    {"unhexlify", a2b_hex, METH_VARARGS, a2b_hex_doc},
    {"rlecode_hqx", rlecode_hqx, METH_VARARGS, rlecode_hqx_doc},
    {"rledecode_hqx", rledecode_hqx, METH_VARARGS, rledecode_hqx_doc},
    {"crc_hqx", crc_hqx, METH_VARARGS, crc_hqx_doc},
    {"crc32", crc32, METH_VARARGS, crc32_doc},
    {"a2b_qp", PyCFunction_CAST(a2b_qp), METH_VARARGS | METH_KEYWORDS, a2b_qp_doc},
    {"b2a_qp", PyCFunction_CAST(b2a_qp), METH_VARARGS | METH_KEYWORDS, b2a_qp_doc},
    {NULL, NULL, 0, NULL},
};

PyDoc_STRVAR(module_doc, "Conversion between binary data and ASCII");

void initbinascii(void)
{
    PyObject *m = Py_InitModule3("binascii", binascii_methods, module_doc);

    if (m == NULL)
        return;
    Error = PyErr_NewException("binascii.Error", NULL, NULL);
    Incomplete = PyErr_NewException("binascii.Incomplete", NULL, NULL);
    if (Error == NULL || Incomplete == NULL)
        return;
    Py_INCREF(Error);
    PyModule_AddObject(m, "Error", Error);
    Py_INCREF(Incomplete);
    PyModule_AddObject(m, "Incomplete", Incomplete);
}
