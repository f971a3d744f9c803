/* SPDX-License-Identifier: MIT */
/* Codecs of one byte a character: Latin-1, ASCII, and those given by a mapping object; translate();
 * the decimal digits of numbers. */
#include "unicode_private.h"

/* -- Latin-1 and ASCII --------------------------------------------------------------------------
 */
PyObject *PyUnicode_DecodeLatin1(const char *s, Py_ssize_t n, const char *errors)
{
    PyObject *u;
    if (n == 1) {
        Py_UNICODE c = (unsigned char)*s;
        return PyUnicode_FromUnicode(&c, 1);
    }
    u = _PyUnicode_New(n);
    for (Py_ssize_t i = 0; u != NULL && i < n; i++) {
        PyUnicode_AS_UNICODE(u)[i] = (unsigned char)s[i];
    }
    return u;
}

PyObject *PyUnicode_DecodeASCII(const char *s, Py_ssize_t n, const char *errors)
{
    _PyDecoder d = {.encoding = "ascii", .errors = errors, .input = s, .size = n};
    Py_ssize_t i = 0;

    if (n == 1 && (unsigned char)*s < 128) {
        return PyUnicode_DecodeLatin1(s, 1, NULL);
    }
    if (_PyUnicodeWriter_Reserve(&d.out, n) < 0) {
        return NULL;
    }
    while (i < n) {
        unsigned char c = (unsigned char)s[i];
        if (c < 128) {
            if (_PyUnicodeWriter_AddChar(&d.out, c) < 0) {
                return _PyDecoder_Fail(&d);
            }
            i++;
        } else {
            i = _PyDecoder_Error(&d, i, i + 1, "ordinal not in range(128)");
            if (i < 0) {
                return _PyDecoder_Fail(&d);
            }
        }
    }
    return _PyDecoder_Finish(&d);
}

static PyObject *encode_below(const Py_UNICODE *s, Py_ssize_t n, const char *errors, Py_UCS4 limit)
{
    const char *reason = limit == 256 ? "ordinal not in range(256)" : "ordinal not in range(128)";
    _PyEncoder e = {
        .encoding = limit == 256 ? "latin-1" : "ascii", .errors = errors, .input = s, .size = n};
    _PyBytesWriter w;
    Py_ssize_t i = 0;

    if (_PyBytesWriter_Init(&w, n) < 0) {
        return NULL;
    }
    while (i < n) {
        if (s[i] < limit) {
            char c = (char)s[i++];
            if (_PyBytesWriter_Add(&w, &c, 1) < 0) {
                goto fail;
            }
            continue;
        }
        Py_ssize_t end = i;
        while (end < n && s[end] >= limit) {
            end++;
        }
        Py_ssize_t start = i;
        PyObject *text = _PyEncoder_Error(&e, start, end, reason, &i);
        if (text == NULL) {
            goto fail;
        }
        for (Py_ssize_t k = 0; k < PyUnicode_GET_SIZE(text); k++) {
            Py_UNICODE u = PyUnicode_AS_UNICODE(text)[k];
            char c = (char)u;
            if (u >= limit) {
                _PyEncoder_Raise(&e, start, start + 1, reason);
                Py_DECREF(text);
                goto fail;
            }
            if (_PyBytesWriter_Add(&w, &c, 1) < 0) {
                Py_DECREF(text);
                goto fail;
            }
        }
        Py_DECREF(text);
    }
    _PyEncoder_Free(&e);
    return _PyBytesWriter_Finish(&w);
fail:
    _PyEncoder_Free(&e);
    Py_XDECREF(w.str);
    return NULL;
}

PyObject *PyUnicode_EncodeLatin1(const Py_UNICODE *s, Py_ssize_t n, const char *errors)
{
    return encode_below(s, n, errors, 256);
}

PyObject *PyUnicode_EncodeASCII(const Py_UNICODE *s, Py_ssize_t n, const char *errors)
{
    return encode_below(s, n, errors, 128);
}

PyObject *PyUnicode_AsLatin1String(PyObject *u)
{
    if (!PyUnicode_Check(u)) {
        PyErr_BadArgument();
        return NULL;
    }
    return encode_below(PyUnicode_AS_UNICODE(u), PyUnicode_GET_SIZE(u), NULL, 256);
}

PyObject *PyUnicode_AsASCIIString(PyObject *u)
{
    if (!PyUnicode_Check(u)) {
        PyErr_BadArgument();
        return NULL;
    }
    return encode_below(PyUnicode_AS_UNICODE(u), PyUnicode_GET_SIZE(u), NULL, 128);
}

/* -- EncodingMap: characters to bytes, from the inverse table a codec module has
 * --------------------- */
#define MAP_SLOTS 1024 /* at most 256 characters: always room */

typedef struct {
    PyObject_HEAD struct {
        uint32_t c; /* the character + 1; 0: unused */
        unsigned char byte;
    } slots[MAP_SLOTS];
} encodingmap;

static unsigned map_slot(uint32_t c)
{
    return (c * 2654435761u) >> 22;
}

static int map_lookup(PyObject *op, Py_UCS4 c)
{
    encodingmap *map = (encodingmap *)op;
    for (unsigned k = map_slot(c);; k = (k + 1) % MAP_SLOTS) {
        if (map->slots[k].c == c + 1) {
            return map->slots[k].byte;
        }
        if (map->slots[k].c == 0) {
            return -1;
        }
    }
}

static void map_dealloc(PyObject *op)
{
    PyObject_Free(op);
}

PyDoc_STRVAR(map_size_doc, "The size of the map in memory, in bytes.");
static PyObject *map_size(PyObject *op, PyObject *unused)
{
    return PyInt_FromLong((py_long)sizeof(encodingmap));
}

static PyMethodDef map_methods[] = {
    {"size", map_size, METH_NOARGS, map_size_doc},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject EncodingMap_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "EncodingMap",
    .tp_basicsize = sizeof(encodingmap),
    .tp_x64_basicsize = 64,
    .tp_dealloc = map_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = map_methods,
};

PyObject *PyUnicode_BuildEncodingMap(PyObject *string)
{
    const Py_UNICODE *decode;
    encodingmap *map;

    if (!PyUnicode_Check(string) || PyUnicode_GET_SIZE(string) != 256) {
        PyErr_BadArgument();
        return NULL;
    }
    decode = PyUnicode_AS_UNICODE(string);
    int simple = decode[0] == 0;
    for (int i = 1; i < 256 && simple; i++) {
        simple = decode[i] != 0 && decode[i] <= 0xFFFF;
    }
    if (!simple) {
        PyObject *dict = PyDict_New();
        for (int i = 0; dict != NULL && i < 256; i++) {
            PyObject *key = PyInt_FromLong(decode[i]), *value = PyInt_FromLong(i);
            if (key == NULL || value == NULL || PyDict_SetItem(dict, key, value) < 0) {
                Py_CLEAR(dict);
            }
            Py_XDECREF(key);
            Py_XDECREF(value);
        }
        return dict;
    }
    if (!(EncodingMap_Type.tp_flags & Py_TPFLAGS_READY) && PyType_Ready(&EncodingMap_Type) < 0) {
        return NULL;
    }
    map = PyObject_New(encodingmap, &EncodingMap_Type);
    if (map == NULL) {
        return NULL;
    }
    memset(map->slots, 0, sizeof(map->slots));
    for (int i = 0; i < 256; i++) {
        unsigned k = map_slot(decode[i]);
        if (decode[i] == 0xFFFE) {
            continue;
        }
        while (map->slots[k].c != 0 && map->slots[k].c != decode[i] + 1) {
            k = (k + 1) % MAP_SLOTS;
        }
        map->slots[k].c = decode[i] + 1;
        map->slots[k].byte = (unsigned char)i;
    }
    return (PyObject *)map;
}

/* -- Decoding by a mapping ----------------------------------------------------------------------
 */
/* The value for an ordinal; NULL with an exception, or without one when it is not mapped. */
static PyObject *mapped(PyObject *mapping, Py_UCS4 c)
{
    PyObject *key = PyInt_FromLong((py_long)c), *v;
    if (key == NULL) {
        return NULL;
    }
    v = PyObject_GetItem(mapping, key);
    Py_DECREF(key);
    if (v == NULL && PyErr_ExceptionMatches(PyExc_LookupError)) {
        PyErr_Clear();
    }
    if (v == Py_None) {
        Py_CLEAR(v);
    }
    return v;
}

PyObject *PyUnicode_DecodeCharmap(const char *s, Py_ssize_t n, PyObject *mapping,
                                  const char *errors)
{
    _PyDecoder d = {.encoding = "charmap", .errors = errors, .input = s, .size = n};
    Py_ssize_t i = 0;

    if (mapping == NULL) {
        return PyUnicode_DecodeLatin1(s, n, errors);
    }
    if (_PyUnicodeWriter_Reserve(&d.out, n) < 0) {
        return NULL;
    }
    while (i < n) {
        unsigned char b = (unsigned char)s[i];
        int undefined = 0, r = 0;

        if (PyUnicode_CheckExact(mapping)) {
            Py_UNICODE c =
                b < PyUnicode_GET_SIZE(mapping) ? PyUnicode_AS_UNICODE(mapping)[b] : 0xFFFE;
            undefined = c == 0xFFFE;
            if (!undefined) {
                r = _PyUnicodeWriter_AddChar(&d.out, c);
            }
        } else {
            PyObject *v = mapped(mapping, b);
            if (v == NULL) {
                undefined = 1;
                r = PyErr_Occurred() ? -1 : 0;
            } else if (PyInt_Check(v)) {
                py_long x = PyInt_AS_LONG(v);
                if (x == 0xFFFE) {
                    undefined = 1;
                } else if (x < 0 || x > 0x10FFFF) {
                    PyErr_SetString(PyExc_TypeError,
                                    "character mapping must be in range(0x110000)");
                    r = -1;
                } else {
                    r = _PyUnicodeWriter_AddChar(&d.out, (Py_UCS4)x);
                }
            } else if (PyUnicode_Check(v)) {
                if (PyUnicode_GET_SIZE(v) == 1 && PyUnicode_AS_UNICODE(v)[0] == 0xFFFE) {
                    undefined = 1;
                } else {
                    r = _PyUnicodeWriter_Add(&d.out, PyUnicode_AS_UNICODE(v),
                                             PyUnicode_GET_SIZE(v));
                }
            } else {
                PyErr_SetString(PyExc_TypeError,
                                "character mapping must return integer, None or unicode");
                r = -1;
            }
            Py_XDECREF(v);
        }
        if (r < 0) {
            return _PyDecoder_Fail(&d);
        }
        if (undefined) {
            i = _PyDecoder_Error(&d, i, i + 1, "character maps to <undefined>");
            if (i < 0) {
                return _PyDecoder_Fail(&d);
            }
        } else {
            i++;
        }
    }
    return _PyDecoder_Finish(&d);
}

/* -- Encoding by a mapping ----------------------------------------------------------------------
 */
/* 1: added; 0: not mapped; -1: exception. */
static int encode_mapped(_PyBytesWriter *w, PyObject *mapping, Py_UCS4 c)
{
    PyObject *v;
    int r;

    if (Py_TYPE(mapping) == &EncodingMap_Type) {
        int b = map_lookup(mapping, c);
        char byte = (char)b;
        return b < 0 ? 0 : _PyBytesWriter_Add(w, &byte, 1) < 0 ? -1 : 1;
    }
    v = mapped(mapping, c);
    if (v == NULL) {
        return PyErr_Occurred() ? -1 : 0;
    }
    if (PyInt_Check(v)) {
        py_long x = PyInt_AS_LONG(v);
        char byte = (char)x;
        if (x < 0 || x > 255) {
            PyErr_SetString(PyExc_TypeError, "character mapping must be in range(256)");
            r = -1;
        } else {
            r = _PyBytesWriter_Add(w, &byte, 1);
        }
    } else if (PyString_Check(v)) {
        r = _PyBytesWriter_Add(w, PyString_AS_STRING(v), PyString_GET_SIZE(v));
    } else {
        PyErr_SetString(PyExc_TypeError, "character mapping must return integer, None or str");
        r = -1;
    }
    Py_DECREF(v);
    return r < 0 ? -1 : 1;
}

/* Whether c has a mapping; -1 with an exception. */
static int has_mapping(PyObject *mapping, Py_UCS4 c)
{
    if (Py_TYPE(mapping) == &EncodingMap_Type) {
        return map_lookup(mapping, c) >= 0;
    }
    PyObject *v = mapped(mapping, c);
    if (v == NULL) {
        return PyErr_Occurred() ? -1 : 0;
    }
    if (PyInt_Check(v) && (PyInt_AS_LONG(v) < 0 || PyInt_AS_LONG(v) > 255)) {
        PyErr_SetString(PyExc_TypeError, "character mapping must be in range(256)");
        Py_DECREF(v);
        return -1;
    }
    if (!PyInt_Check(v) && !PyString_Check(v)) {
        PyErr_SetString(PyExc_TypeError, "character mapping must return integer, None or str");
        Py_DECREF(v);
        return -1;
    }
    Py_DECREF(v);
    return 1;
}

PyObject *PyUnicode_EncodeCharmap(const Py_UNICODE *s, Py_ssize_t n, PyObject *mapping,
                                  const char *errors)
{
    static const char reason[] = "character maps to <undefined>";
    _PyEncoder e = {.encoding = "charmap", .errors = errors, .input = s, .size = n};
    _PyBytesWriter w;
    Py_ssize_t i = 0;

    if (mapping == NULL) {
        return PyUnicode_EncodeLatin1(s, n, errors);
    }
    if (_PyBytesWriter_Init(&w, n) < 0) {
        return NULL;
    }
    while (i < n) {
        int r = encode_mapped(&w, mapping, s[i]);
        if (r < 0) {
            goto fail;
        }
        if (r > 0) {
            i++;
            continue;
        }
        Py_ssize_t start = i, end = i + 1;
        while (end < n && (r = has_mapping(mapping, s[end])) == 0) {
            end++;
        }
        if (r < 0) {
            goto fail;
        }
        PyObject *text = _PyEncoder_Error(&e, start, end, reason, &i);
        if (text == NULL) {
            goto fail;
        }
        for (Py_ssize_t k = 0; k < PyUnicode_GET_SIZE(text); k++) {
            r = encode_mapped(&w, mapping, PyUnicode_AS_UNICODE(text)[k]);
            if (r == 0) {
                _PyEncoder_Raise(&e, start, end, reason);
            }
            if (r <= 0) {
                Py_DECREF(text);
                goto fail;
            }
        }
        Py_DECREF(text);
    }
    _PyEncoder_Free(&e);
    return _PyBytesWriter_Finish(&w);
fail:
    _PyEncoder_Free(&e);
    Py_XDECREF(w.str);
    return NULL;
}

PyObject *PyUnicode_AsCharmapString(PyObject *u, PyObject *mapping)
{
    if (!PyUnicode_Check(u) || mapping == NULL) {
        PyErr_BadArgument();
        return NULL;
    }
    return PyUnicode_EncodeCharmap(PyUnicode_AS_UNICODE(u), PyUnicode_GET_SIZE(u), mapping, NULL);
}

/* -- translate ----------------------------------------------------------------------------------
 */
/* 1: the character is mapped, and what it maps to added when add; 0: mapped to None; -1: exception;
 * a character that is not in the mapping stays itself. */
static int translate_char(_PyUnicodeWriter *w, PyObject *mapping, Py_UCS4 c, int add)
{
    PyObject *key = PyInt_FromLong((py_long)c), *v;
    int r;

    if (key == NULL) {
        return -1;
    }
    v = PyObject_GetItem(mapping, key);
    Py_DECREF(key);
    if (v == NULL) {
        if (!PyErr_ExceptionMatches(PyExc_LookupError)) {
            return -1;
        }
        PyErr_Clear();
        return !add || _PyUnicodeWriter_AddChar(w, c) == 0 ? 1 : -1;
    }
    if (v == Py_None) {
        r = 0;
    } else if (PyInt_Check(v)) {
        py_long x = PyInt_AS_LONG(v);
        if (x < 0 || x > 0x10FFFF) {
            PyErr_SetString(PyExc_TypeError, "character mapping must be in range(0x%lx)");
            r = -1;
        } else {
            r = !add || _PyUnicodeWriter_AddChar(w, (Py_UCS4)x) == 0 ? 1 : -1;
        }
    } else if (PyUnicode_Check(v)) {
        r = !add || _PyUnicodeWriter_Add(w, PyUnicode_AS_UNICODE(v), PyUnicode_GET_SIZE(v)) == 0
                ? 1
                : -1;
    } else {
        PyErr_SetString(PyExc_TypeError, "character mapping must return integer, None or unicode");
        r = -1;
    }
    Py_DECREF(v);
    return r;
}

PyObject *PyUnicode_TranslateCharmap(const Py_UNICODE *s, Py_ssize_t n, PyObject *mapping,
                                     const char *errors)
{
    static const char reason[] = "character maps to <undefined>";
    _PyEncoder e = {.errors = errors, .input = s, .size = n, .translating = 1};
    _PyUnicodeWriter w = {NULL, 0, 0};
    Py_ssize_t i = 0;

    if (mapping == NULL) {
        PyErr_BadArgument();
        return NULL;
    }
    if (_PyUnicodeWriter_Reserve(&w, n) < 0) {
        return NULL;
    }
    while (i < n) {
        int r = translate_char(&w, mapping, s[i], 1);
        if (r < 0) {
            goto fail;
        }
        if (r > 0) {
            i++;
            continue;
        }
        if (errors != NULL && strcmp(errors, "ignore") == 0) { /* what translate() asks for */
            i++;
            continue;
        }
        Py_ssize_t end = i + 1;
        while (end < n && (r = translate_char(&w, mapping, s[end], 0)) == 0) {
            end++;
        }
        if (r < 0) {
            goto fail;
        }
        PyObject *text = _PyEncoder_Error(&e, i, end, reason, &i);
        if (text == NULL) {
            goto fail;
        }
        r = _PyUnicodeWriter_Add(&w, PyUnicode_AS_UNICODE(text), PyUnicode_GET_SIZE(text));
        Py_DECREF(text);
        if (r < 0) {
            goto fail;
        }
    }
    _PyEncoder_Free(&e);
    return _PyUnicodeWriter_Finish(&w);
fail:
    _PyEncoder_Free(&e);
    _PyUnicodeWriter_Free(&w);
    return NULL;
}

PyObject *PyUnicode_Translate(PyObject *str, PyObject *mapping, const char *errors)
{
    PyObject *u = PyUnicode_FromObject(str), *result;
    if (u == NULL) {
        return NULL;
    }
    result =
        PyUnicode_TranslateCharmap(PyUnicode_AS_UNICODE(u), PyUnicode_GET_SIZE(u), mapping, errors);
    Py_DECREF(u);
    return result;
}

/* -- Decimal digits: for int(), float() and the like
 * ------------------------------------------------ */
/* The byte for a character of a number, or -1. */
static int decimal_byte(Py_UNICODE c)
{
    int digit;
    if (Py_UNICODE_ISSPACE(c)) {
        return ' ';
    }
    digit = Py_UNICODE_TODECIMAL(c);
    return digit >= 0 ? '0' + digit : c > 0 && c < 256 ? (int)c : -1;
}

int PyUnicode_EncodeDecimal(Py_UNICODE *s, Py_ssize_t n, char *out, const char *errors)
{
    static const char reason[] = "invalid decimal Unicode string";
    /* out has room for n bytes, unless the caller asks for what is known to be longer. */
    int may_expand = errors != NULL && strcmp(errors, "strict") != 0;
    _PyEncoder e = {.encoding = "decimal", .errors = errors, .input = s, .size = n};
    Py_ssize_t i = 0;

    if (out == NULL) {
        PyErr_BadArgument();
        return -1;
    }
    while (i < n) {
        int b = decimal_byte(s[i]);
        if (b >= 0) {
            *out++ = (char)b;
            i++;
            continue;
        }
        Py_ssize_t start = i, end = i + 1;
        while (end < n && decimal_byte(s[end]) < 0) {
            end++;
        }
        PyObject *text = _PyEncoder_Error(&e, start, end, reason, &i);
        if (text == NULL) {
            goto fail;
        }
        for (Py_ssize_t k = 0; k < PyUnicode_GET_SIZE(text); k++) {
            b = decimal_byte(PyUnicode_AS_UNICODE(text)[k]);
            if (b < 0 || (k >= end - start && !may_expand)) {
                _PyEncoder_Raise(&e, start, end, reason);
                Py_DECREF(text);
                goto fail;
            }
            *out++ = (char)b;
        }
        Py_DECREF(text);
    }
    *out = '\0';
    _PyEncoder_Free(&e);
    return 0;
fail:
    _PyEncoder_Free(&e);
    return -1;
}
