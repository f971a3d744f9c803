/* SPDX-License-Identifier: MIT */
/* The module _codecs: the registry and the built-in codecs as functions that answer (result, length
 * consumed). Decoders that can be fed in parts take `final`: when it is false, an incomplete
 * sequence at the end is left for the next call. */
#include "Python.h"

static PyObject *with_length(PyObject *v, Py_ssize_t n)
{
    return v == NULL ? NULL : Py_BuildValue("(Nn)", v, n);
}

/* -- The registry -------------------------------------------------------------------------------
 */
PyDoc_STRVAR(register_doc, "register(search_function)\n\n"
                           "Adds a function that finds a codec by name: a CodecInfo, or None.");
static PyObject *codecs_register(PyObject *self, PyObject *f)
{
    if (PyCodec_Register(f) < 0) {
        return NULL;
    }
    Py_RETURN_NONE;
}

PyDoc_STRVAR(lookup_doc, "lookup(encoding) -> CodecInfo");
static PyObject *codecs_lookup(PyObject *self, PyObject *args)
{
    char *encoding;
    if (!PyArg_ParseTuple(args, "s:lookup", &encoding)) {
        return NULL;
    }
    return _PyCodec_Lookup(encoding);
}

PyDoc_STRVAR(encode_doc, "encode(obj, [encoding[,errors]]) -> object");
static PyObject *codecs_encode(PyObject *self, PyObject *args)
{
    const char *encoding = NULL, *errors = NULL;
    PyObject *v;
    if (!PyArg_ParseTuple(args, "O|ss:encode", &v, &encoding, &errors)) {
        return NULL;
    }
    return PyCodec_Encode(v, encoding == NULL ? PyUnicode_GetDefaultEncoding() : encoding, errors);
}

PyDoc_STRVAR(decode_doc, "decode(obj, [encoding[,errors]]) -> object");
static PyObject *codecs_decode(PyObject *self, PyObject *args)
{
    const char *encoding = NULL, *errors = NULL;
    PyObject *v;
    if (!PyArg_ParseTuple(args, "O|ss:decode", &v, &encoding, &errors)) {
        return NULL;
    }
    return PyCodec_Decode(v, encoding == NULL ? PyUnicode_GetDefaultEncoding() : encoding, errors);
}

PyDoc_STRVAR(register_error_doc, "register_error(name, handler)\n\nNames an error handler.");
static PyObject *codecs_register_error(PyObject *self, PyObject *args)
{
    const char *name;
    PyObject *handler;
    if (!PyArg_ParseTuple(args, "sO:register_error", &name, &handler) ||
        PyCodec_RegisterError(name, handler) < 0) {
        return NULL;
    }
    Py_RETURN_NONE;
}

PyDoc_STRVAR(lookup_error_doc, "lookup_error(name) -> handler");
static PyObject *codecs_lookup_error(PyObject *self, PyObject *args)
{
    const char *name;
    if (!PyArg_ParseTuple(args, "s:lookup_error", &name)) {
        return NULL;
    }
    return PyCodec_LookupError(name);
}

/* -- Decoders -----------------------------------------------------------------------------------
 */
static PyObject *decode_whole(PyObject *args, const char *format,
                              PyObject *(*decode)(const char *, Py_ssize_t, const char *))
{
    Py_buffer data;
    const char *errors = NULL;
    PyObject *u;
    Py_ssize_t n;

    if (!PyArg_ParseTuple(args, format, &data, &errors)) {
        return NULL;
    }
    n = data.len;
    u = decode(data.buf, n, errors);
    PyBuffer_Release(&data);
    return with_length(u, n);
}

static PyObject *decode_partial(PyObject *args, const char *format,
                                PyObject *(*decode)(const char *, Py_ssize_t, const char *,
                                                    Py_ssize_t *))
{
    Py_buffer data;
    const char *errors = NULL;
    int final = 0;
    PyObject *u;
    Py_ssize_t consumed;

    if (!PyArg_ParseTuple(args, format, &data, &errors, &final)) {
        return NULL;
    }
    consumed = data.len;
    u = decode(data.buf, data.len, errors, final ? NULL : &consumed);
    PyBuffer_Release(&data);
    return with_length(u, consumed);
}

typedef PyObject *(*order_decoder)(const char *, Py_ssize_t, const char *, int *, Py_ssize_t *);

static PyObject *decode_ordered(PyObject *args, const char *format, order_decoder decode, int order)
{
    Py_buffer data;
    const char *errors = NULL;
    int final = 0;
    PyObject *u;
    Py_ssize_t consumed;

    if (!PyArg_ParseTuple(args, format, &data, &errors, &final)) {
        return NULL;
    }
    consumed = data.len;
    u = decode(data.buf, data.len, errors, &order, final ? NULL : &consumed);
    PyBuffer_Release(&data);
    return with_length(u, consumed);
}

static PyObject *decode_and_tell_order(PyObject *args, const char *format, order_decoder decode)
{
    Py_buffer data;
    const char *errors = NULL;
    int final = 0, order = 0;
    PyObject *u;
    Py_ssize_t consumed;

    if (!PyArg_ParseTuple(args, format, &data, &errors, &order, &final)) {
        return NULL;
    }
    consumed = data.len;
    u = decode(data.buf, data.len, errors, &order, final ? NULL : &consumed);
    PyBuffer_Release(&data);
    return u == NULL ? NULL : Py_BuildValue("(Nni)", u, consumed, order);
}

static PyObject *utf_7_decode(PyObject *self, PyObject *args)
{
    return decode_partial(args, "s*|zi:utf_7_decode", PyUnicode_DecodeUTF7Stateful);
}
static PyObject *utf_8_decode(PyObject *self, PyObject *args)
{
    return decode_partial(args, "s*|zi:utf_8_decode", PyUnicode_DecodeUTF8Stateful);
}
static PyObject *utf_16_decode(PyObject *self, PyObject *args)
{
    return decode_ordered(args, "s*|zi:utf_16_decode", PyUnicode_DecodeUTF16Stateful, 0);
}
static PyObject *utf_16_le_decode(PyObject *self, PyObject *args)
{
    return decode_ordered(args, "s*|zi:utf_16_le_decode", PyUnicode_DecodeUTF16Stateful, -1);
}
static PyObject *utf_16_be_decode(PyObject *self, PyObject *args)
{
    return decode_ordered(args, "s*|zi:utf_16_be_decode", PyUnicode_DecodeUTF16Stateful, 1);
}
static PyObject *utf_16_ex_decode(PyObject *self, PyObject *args)
{
    return decode_and_tell_order(args, "s*|zii:utf_16_ex_decode", PyUnicode_DecodeUTF16Stateful);
}
static PyObject *utf_32_decode(PyObject *self, PyObject *args)
{
    return decode_ordered(args, "s*|zi:utf_32_decode", PyUnicode_DecodeUTF32Stateful, 0);
}
static PyObject *utf_32_le_decode(PyObject *self, PyObject *args)
{
    return decode_ordered(args, "s*|zi:utf_32_le_decode", PyUnicode_DecodeUTF32Stateful, -1);
}
static PyObject *utf_32_be_decode(PyObject *self, PyObject *args)
{
    return decode_ordered(args, "s*|zi:utf_32_be_decode", PyUnicode_DecodeUTF32Stateful, 1);
}
static PyObject *utf_32_ex_decode(PyObject *self, PyObject *args)
{
    return decode_and_tell_order(args, "s*|zii:utf_32_ex_decode", PyUnicode_DecodeUTF32Stateful);
}
static PyObject *unicode_escape_decode(PyObject *self, PyObject *args)
{
    return decode_whole(args, "s*|z:unicode_escape_decode", PyUnicode_DecodeUnicodeEscape);
}
static PyObject *raw_unicode_escape_decode(PyObject *self, PyObject *args)
{
    return decode_whole(args, "s*|z:raw_unicode_escape_decode", PyUnicode_DecodeRawUnicodeEscape);
}
static PyObject *latin_1_decode(PyObject *self, PyObject *args)
{
    return decode_whole(args, "s*|z:latin_1_decode", PyUnicode_DecodeLatin1);
}
static PyObject *ascii_decode(PyObject *self, PyObject *args)
{
    return decode_whole(args, "s*|z:ascii_decode", PyUnicode_DecodeASCII);
}

static PyObject *charmap_decode(PyObject *self, PyObject *args)
{
    Py_buffer data;
    const char *errors = NULL;
    PyObject *mapping = NULL, *u;
    Py_ssize_t n;

    if (!PyArg_ParseTuple(args, "s*|zO:charmap_decode", &data, &errors, &mapping)) {
        return NULL;
    }
    n = data.len;
    u = PyUnicode_DecodeCharmap(data.buf, n, mapping == Py_None ? NULL : mapping, errors);
    PyBuffer_Release(&data);
    return with_length(u, n);
}

static PyObject *escape_decode(PyObject *self, PyObject *args)
{
    const char *errors = NULL, *data;
    Py_ssize_t n;
    if (!PyArg_ParseTuple(args, "s#|z:escape_decode", &data, &n, &errors)) {
        return NULL;
    }
    return with_length(PyString_DecodeEscape(data, n, errors, 0, NULL), n);
}

static PyObject *unicode_internal_decode(PyObject *self, PyObject *args)
{
    PyObject *obj;
    const char *errors = NULL;
    const void *data;
    Py_ssize_t n;

    if (!PyArg_ParseTuple(args, "O|z:unicode_internal_decode", &obj, &errors)) {
        return NULL;
    }
    if (PyUnicode_Check(obj)) {
        Py_INCREF(obj);
        return with_length(obj, PyUnicode_GET_SIZE(obj));
    }
    if (PyObject_AsReadBuffer(obj, &data, &n) < 0) {
        return NULL;
    }
    return with_length(_PyUnicode_DecodeUnicodeInternal(data, n, errors), n);
}

/* -- Encoders -----------------------------------------------------------------------------------
 */
typedef PyObject *(*encoder)(const Py_UNICODE *, Py_ssize_t, const char *);

static PyObject *encode_text(PyObject *args, const char *format, encoder encode)
{
    PyObject *str, *v;
    const char *errors = NULL;
    Py_ssize_t n;

    if (!PyArg_ParseTuple(args, format, &str, &errors)) {
        return NULL;
    }
    str = PyUnicode_FromObject(str);
    if (str == NULL) {
        return NULL;
    }
    n = PyUnicode_GET_SIZE(str);
    v = encode(PyUnicode_AS_UNICODE(str), n, errors);
    Py_DECREF(str);
    return with_length(v, n);
}

static PyObject *utf7(const Py_UNICODE *s, Py_ssize_t n, const char *errors)
{
    return PyUnicode_EncodeUTF7(s, n, 0, 0, errors);
}
static PyObject *utf16_le(const Py_UNICODE *s, Py_ssize_t n, const char *errors)
{
    return PyUnicode_EncodeUTF16(s, n, errors, -1);
}
static PyObject *utf16_be(const Py_UNICODE *s, Py_ssize_t n, const char *errors)
{
    return PyUnicode_EncodeUTF16(s, n, errors, 1);
}
static PyObject *utf32_le(const Py_UNICODE *s, Py_ssize_t n, const char *errors)
{
    return PyUnicode_EncodeUTF32(s, n, errors, -1);
}
static PyObject *utf32_be(const Py_UNICODE *s, Py_ssize_t n, const char *errors)
{
    return PyUnicode_EncodeUTF32(s, n, errors, 1);
}
static PyObject *unicode_escape(const Py_UNICODE *s, Py_ssize_t n, const char *errors)
{
    return PyUnicode_EncodeUnicodeEscape(s, n);
}
static PyObject *raw_unicode_escape(const Py_UNICODE *s, Py_ssize_t n, const char *errors)
{
    return PyUnicode_EncodeRawUnicodeEscape(s, n);
}

static PyObject *utf_7_encode(PyObject *self, PyObject *args)
{
    return encode_text(args, "O|z:utf_7_encode", utf7);
}
static PyObject *utf_8_encode(PyObject *self, PyObject *args)
{
    return encode_text(args, "O|z:utf_8_encode", PyUnicode_EncodeUTF8);
}
static PyObject *utf_16_le_encode(PyObject *self, PyObject *args)
{
    return encode_text(args, "O|z:utf_16_le_encode", utf16_le);
}
static PyObject *utf_16_be_encode(PyObject *self, PyObject *args)
{
    return encode_text(args, "O|z:utf_16_be_encode", utf16_be);
}
static PyObject *utf_32_le_encode(PyObject *self, PyObject *args)
{
    return encode_text(args, "O|z:utf_32_le_encode", utf32_le);
}
static PyObject *utf_32_be_encode(PyObject *self, PyObject *args)
{
    return encode_text(args, "O|z:utf_32_be_encode", utf32_be);
}
static PyObject *unicode_escape_encode(PyObject *self, PyObject *args)
{
    return encode_text(args, "O|z:unicode_escape_encode", unicode_escape);
}
static PyObject *raw_unicode_escape_encode(PyObject *self, PyObject *args)
{
    return encode_text(args, "O|z:raw_unicode_escape_encode", raw_unicode_escape);
}
static PyObject *latin_1_encode(PyObject *self, PyObject *args)
{
    return encode_text(args, "O|z:latin_1_encode", PyUnicode_EncodeLatin1);
}
static PyObject *ascii_encode(PyObject *self, PyObject *args)
{
    return encode_text(args, "O|z:ascii_encode", PyUnicode_EncodeASCII);
}

static PyObject *encode_ordered(PyObject *args, const char *format,
                                PyObject *(*encode)(const Py_UNICODE *, Py_ssize_t, const char *,
                                                    int))
{
    PyObject *str, *v;
    const char *errors = NULL;
    int order = 0;
    Py_ssize_t n;

    if (!PyArg_ParseTuple(args, format, &str, &errors, &order)) {
        return NULL;
    }
    str = PyUnicode_FromObject(str);
    if (str == NULL) {
        return NULL;
    }
    n = PyUnicode_GET_SIZE(str);
    v = encode(PyUnicode_AS_UNICODE(str), n, errors, order);
    Py_DECREF(str);
    return with_length(v, n);
}

static PyObject *utf_16_encode(PyObject *self, PyObject *args)
{
    return encode_ordered(args, "O|zi:utf_16_encode", PyUnicode_EncodeUTF16);
}
static PyObject *utf_32_encode(PyObject *self, PyObject *args)
{
    return encode_ordered(args, "O|zi:utf_32_encode", PyUnicode_EncodeUTF32);
}

static PyObject *charmap_encode(PyObject *self, PyObject *args)
{
    PyObject *str, *mapping = NULL, *v;
    const char *errors = NULL;
    Py_ssize_t n;

    if (!PyArg_ParseTuple(args, "O|zO:charmap_encode", &str, &errors, &mapping)) {
        return NULL;
    }
    str = PyUnicode_FromObject(str);
    if (str == NULL) {
        return NULL;
    }
    n = PyUnicode_GET_SIZE(str);
    v = PyUnicode_EncodeCharmap(PyUnicode_AS_UNICODE(str), n, mapping == Py_None ? NULL : mapping,
                                errors);
    Py_DECREF(str);
    return with_length(v, n);
}

static PyObject *charmap_build(PyObject *self, PyObject *args)
{
    PyObject *map;
    if (!PyArg_ParseTuple(args, "U:charmap_build", &map)) {
        return NULL;
    }
    return PyUnicode_BuildEncodingMap(map);
}

static PyObject *escape_encode(PyObject *self, PyObject *args)
{
    PyObject *str, *v, *inside;
    const char *errors = NULL;

    if (!PyArg_ParseTuple(args, "S|z:escape_encode", &str, &errors)) {
        return NULL;
    }
    v = PyString_Repr(str, 0);
    if (v == NULL) {
        return NULL;
    }
    inside = PyString_FromStringAndSize(PyString_AS_STRING(v) + 1, PyString_GET_SIZE(v) - 2);
    Py_DECREF(v);
    return with_length(inside, PyString_GET_SIZE(str));
}

static PyObject *unicode_internal_encode(PyObject *self, PyObject *args)
{
    PyObject *obj;
    const char *errors = NULL;
    const void *data;
    Py_ssize_t n;

    if (!PyArg_ParseTuple(args, "O|z:unicode_internal_encode", &obj, &errors)) {
        return NULL;
    }
    if (PyUnicode_Check(obj)) {
        return with_length(
            PyString_FromStringAndSize(PyUnicode_AS_DATA(obj), PyUnicode_GET_DATA_SIZE(obj)),
            PyUnicode_GET_SIZE(obj));
    }
    if (PyObject_AsReadBuffer(obj, &data, &n) < 0) {
        return NULL;
    }
    return with_length(PyString_FromStringAndSize(data, n), n);
}

static PyObject *readbuffer_encode(PyObject *self, PyObject *args)
{
    const char *data, *errors = NULL;
    Py_ssize_t n;
    if (!PyArg_ParseTuple(args, "s#|z:readbuffer_encode", &data, &n, &errors)) {
        return NULL;
    }
    return with_length(PyString_FromStringAndSize(data, n), n);
}

static PyObject *charbuffer_encode(PyObject *self, PyObject *args)
{
    const char *data, *errors = NULL;
    Py_ssize_t n;
    if (!PyArg_ParseTuple(args, "t#|z:charbuffer_encode", &data, &n, &errors)) {
        return NULL;
    }
    return with_length(PyString_FromStringAndSize(data, n), n);
}

#define CODEC(name)                                                                                \
    {                                                                                              \
#name, name, METH_VARARGS, NULL                                                            \
    }
static PyMethodDef codecs_functions[] = {
    {"register", codecs_register, METH_O, register_doc},
    {"lookup", codecs_lookup, METH_VARARGS, lookup_doc},
    {"encode", codecs_encode, METH_VARARGS, encode_doc},
    {"decode", codecs_decode, METH_VARARGS, decode_doc},
    {"register_error", codecs_register_error, METH_VARARGS, register_error_doc},
    {"lookup_error", codecs_lookup_error, METH_VARARGS, lookup_error_doc},
    CODEC(escape_encode),
    CODEC(escape_decode),
    CODEC(utf_8_encode),
    CODEC(utf_8_decode),
    CODEC(utf_7_encode),
    CODEC(utf_7_decode),
    CODEC(utf_16_encode),
    CODEC(utf_16_le_encode),
    CODEC(utf_16_be_encode),
    CODEC(utf_16_decode),
    CODEC(utf_16_le_decode),
    CODEC(utf_16_be_decode),
    CODEC(utf_16_ex_decode),
    CODEC(utf_32_encode),
    CODEC(utf_32_le_encode),
    CODEC(utf_32_be_encode),
    CODEC(utf_32_decode),
    CODEC(utf_32_le_decode),
    CODEC(utf_32_be_decode),
    CODEC(utf_32_ex_decode),
    CODEC(unicode_escape_encode),
    CODEC(unicode_escape_decode),
    CODEC(unicode_internal_encode),
    CODEC(unicode_internal_decode),
    CODEC(raw_unicode_escape_encode),
    CODEC(raw_unicode_escape_decode),
    CODEC(latin_1_encode),
    CODEC(latin_1_decode),
    CODEC(ascii_encode),
    CODEC(ascii_decode),
    CODEC(charmap_encode),
    CODEC(charmap_decode),
    CODEC(charmap_build),
    CODEC(readbuffer_encode),
    CODEC(charbuffer_encode),
    {NULL, NULL, 0, NULL},
};

void init_codecs(void);
void init_codecs(void)
{
    Py_InitModule("_codecs", codecs_functions);
}
