/* SPDX-License-Identifier: MIT */
/*
 * Values of number and string literals. Invariant: the text is what the tokenizer accepted, so only
 * values (overflow, escapes, encodings) can be wrong here, never the form.
 */
#include "syntax/astprivate.h"

static int digit_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'Z')
        return c - 'A' + 10;
    return 99;
}

/* Reads a whole integer literal; 0 if it does not fit 64 bits or is no integer. */
static int read_int(const char *text, int negative, py_long *value)
{
    uint64_t limit = negative ? (uint64_t)1 << 63 : (uint64_t)PY_LONG_MAX;
    uint64_t total = 0;
    int base = 10;

    if (text[0] == '0' && text[1] != '\0') {
        base = 8;
        text++;
        if (*text == 'x' || *text == 'X') {
            base = 16;
            text++;
        } else if (*text == 'b' || *text == 'B') {
            base = 2;
            text++;
        } else if (*text == 'o' || *text == 'O') {
            text++;
        }
    }
    for (; *text != '\0'; text++) {
        int digit = digit_value(*text);
        if (digit >= base)
            return 0;
        if (total > (limit - (uint64_t)digit) / (uint64_t)base)
            return 0;
        total = total * (uint64_t)base + (uint64_t)digit;
    }
    *value = negative ? (py_long)(0 - total) : (py_long)total;
    return 1;
}

static int is_hex(const char *text)
{
    return text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
}

static PyObject *read_long(const char *text, int negative)
{
    PyObject *result;
    Py_ssize_t size = (Py_ssize_t)strlen(text);
    char *copy = PyMem_Malloc(size + 2);

    if (copy == NULL)
        return PyErr_NoMemory();
    copy[0] = '-';
    memcpy(copy + 1, text, (size_t)size + 1);
    if (copy[size] == 'l' || copy[size] == 'L')
        copy[size] = '\0';
    result = PyLong_FromString(negative ? copy : copy + 1, NULL, 0);
    PyMem_Free(copy);
    return result;
}

static PyObject *read_float(const char *text, int negative)
{
    size_t size = strlen(text);
    int imaginary = text[size - 1] == 'j' || text[size - 1] == 'J';
    char *end;
    double value = PyOS_string_to_double(text, &end, NULL);

    if (value == -1.0 && PyErr_Occurred())
        return NULL;
    if (negative)
        value = -value;
    return imaginary ? PyComplex_FromDoubles(0.0, value) : PyFloat_FromDouble(value);
}

PyObject *_PyAST_Number(ast_builder *c, const node *n, int negative)
{
    const char *text = STR(n);
    char last = text[strlen(text) - 1];
    PyObject *result;
    py_long value;

    if (last == 'l' || last == 'L')
        result = read_long(text, negative);
    else if (read_int(text, negative, &value))
        result = PyInt_FromLong(value);
    else if (is_hex(text) || strpbrk(text, ".eEjJ") == NULL)
        result = read_long(text, negative);
    else
        result = read_float(text, negative);
    if (result == NULL || PyArena_AddPyObject(c->arena, result) < 0)
        return NULL;
    return result;
}

/* The contents of a unicode literal whose source is UTF-8, with every character above ASCII written
 * as \UXXXXXXXX, so that the escape decoders see ASCII. */
static PyObject *spell_out(const char *s, Py_ssize_t size)
{
    PyObject *result = PyString_FromStringAndSize(NULL, size * 10 + 1);
    PyObject *chars;
    char *out;
    Py_ssize_t i = 0, j, begin;

    if (result == NULL)
        return NULL;
    out = PyString_AS_STRING(result);
    while (i < size) {
        if (s[i] == '\\') {
            *out++ = s[i++];
            if (i < size && (unsigned char)s[i] & 0x80) {
                memcpy(out, "u005c", 5);
                out += 5;
            }
            if (i < size && !((unsigned char)s[i] & 0x80))
                *out++ = s[i++];
            continue;
        }
        if (!((unsigned char)s[i] & 0x80)) {
            *out++ = s[i++];
            continue;
        }
        begin = i;
        while (i < size && (unsigned char)s[i] & 0x80)
            i++;
        chars = PyUnicode_DecodeUTF8(s + begin, i - begin, NULL);
        if (chars == NULL) {
            Py_DECREF(result);
            return NULL;
        }
        for (j = 0; j < PyUnicode_GET_SIZE(chars); j++) {
            PyOS_snprintf(out, 11, "\\U%08x", (unsigned int)PyUnicode_AS_UNICODE(chars)[j]);
            out += 10;
        }
        Py_DECREF(chars);
    }
    size = out - PyString_AS_STRING(result);
    if (_PyString_Resize(&result, size) < 0)
        return NULL;
    return result;
}

static PyObject *unicode_value(ast_builder *c, const char *s, Py_ssize_t size, int raw)
{
    PyObject *spelled = NULL;
    PyObject *result;

    if (c->encoding != NULL && strcmp(c->encoding, "iso-8859-1") != 0) {
        spelled = spell_out(s, size);
        if (spelled == NULL)
            return NULL;
        s = PyString_AS_STRING(spelled);
        size = PyString_GET_SIZE(spelled);
    }
    result = raw ? PyUnicode_DecodeRawUnicodeEscape(s, size, NULL)
                 : PyUnicode_DecodeUnicodeEscape(s, size, NULL);
    Py_XDECREF(spelled);
    return result;
}

static PyObject *bytes_value(ast_builder *c, const char *s, Py_ssize_t size, int raw, int unicode)
{
    int recode = c->encoding != NULL && strcmp(c->encoding, "utf-8") != 0 &&
                 strcmp(c->encoding, "iso-8859-1") != 0;
    PyObject *decoded, *result;

    if (!raw && memchr(s, '\\', (size_t)size) != NULL)
        return PyString_DecodeEscape(s, size, NULL, unicode, recode ? c->encoding : NULL);
    if (!recode)
        return PyString_FromStringAndSize(s, size);
    decoded = PyUnicode_DecodeUTF8(s, size, NULL);
    if (decoded == NULL)
        return NULL;
    result = PyUnicode_AsEncodedString(decoded, c->encoding, NULL);
    Py_DECREF(decoded);
    return result;
}

/* One literal: prefix, quotes, contents. */
static PyObject *string_value(ast_builder *c, const char *s)
{
    Py_ssize_t size;
    int raw = 0, unicode = c->unicode_literals;

    if (*s == 'u' || *s == 'U') {
        unicode = 1;
        s++;
    } else if (*s == 'b' || *s == 'B') {
        unicode = 0;
        s++;
    }
    if (*s == 'r' || *s == 'R') {
        raw = 1;
        s++;
    }
    size = (Py_ssize_t)strlen(s) - 2;
    s++;
    if (size >= 4 && s[0] == s[-1] && s[1] == s[-1]) {
        s += 2;
        size -= 4;
    }
    if (unicode || Py_UnicodeFlag)
        return unicode_value(c, s, size, raw);
    return bytes_value(c, s, size, raw, unicode);
}

/* Literals side by side are one; unicode if any of them is. */
static PyObject *join_strings(ast_builder *c, const node *atom)
{
    PyObject *whole = NULL, *part, *joined;
    int i;

    for (i = 0; i < NCH(atom); i++) {
        part = string_value(c, STR(CHILD(atom, i)));
        if (part == NULL)
            goto fail;
        if (whole == NULL) {
            whole = part;
        } else if (PyString_Check(whole) && PyString_Check(part)) {
            PyString_ConcatAndDel(&whole, part);
            if (whole == NULL)
                return NULL;
        } else {
            joined = PyUnicode_Concat(whole, part);
            Py_DECREF(part);
            if (joined == NULL)
                goto fail;
            Py_DECREF(whole);
            whole = joined;
        }
    }
    return whole;

fail:
    Py_XDECREF(whole);
    return NULL;
}

PyObject *_PyAST_Strings(ast_builder *c, const node *atom)
{
    PyObject *result = join_strings(c, atom);
    PyObject *type, *value, *traceback, *text;
    char message[128];

    if (result != NULL)
        return PyArena_AddPyObject(c->arena, result) < 0 ? NULL : result;
    if (!PyErr_ExceptionMatches(PyExc_UnicodeError))
        return NULL;
    PyErr_Fetch(&type, &value, &traceback);
    text = value == NULL ? NULL : PyObject_Str(value);
    if (text != NULL) {
        PyOS_snprintf(message, sizeof(message), "(unicode error) %s", PyString_AS_STRING(text));
        Py_DECREF(text);
    } else {
        PyErr_Clear();
        PyOS_snprintf(message, sizeof(message), "(unicode error) unknown error");
    }
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(traceback);
    return _PyAST_Error(c, atom, message);
}
