/* SPDX-License-Identifier: MIT */
/* The module _multibytecodec: codec objects, incremental encoders and decoders and streams over the
 * codecs of cjk_codecs.c. What a part of the input leaves unfinished waits in the object: bytes of
 * a character for decoders, a character that may be joined by the next for encoders. */
#include "cjk.h"

#define MAX_PENDING 8

typedef struct {
    PyObject_HEAD const mb_codec *codec;
} CodecObject;

/* The four classes for programs share one layout. */
typedef struct {
    PyObject_HEAD const mb_codec *codec;
    mb_state state;
    PyObject *errors; /* str, or NULL for strict */
    PyObject *stream; /* of readers and writers */
    unsigned char pending[MAX_PENDING];
    int pending_bytes;
    Py_UCS4 waiting[2];
    int waiting_count;
} StatefulObject;

static PyTypeObject Codec_Type;

/* -- Errors -------------------------------------------------------------------------------------
 */
static const char *error_name(PyObject *errors)
{
    return errors == NULL ? "strict" : PyString_AS_STRING(errors);
}

/* What a handler answers for an exception: text (new reference) and place. */
static PyObject *ask_handler(PyObject *exception, const char *errors, const char *complaint,
                             Py_ssize_t size, Py_ssize_t *next)
{
    PyObject *handler = PyCodec_LookupError(errors), *answer, *text;
    if (handler == NULL) {
        return NULL;
    }
    answer = PyObject_CallFunctionObjArgs(handler, exception, NULL);
    Py_DECREF(handler);
    if (answer == NULL) {
        return NULL;
    }
    if (!PyTuple_Check(answer) || PyTuple_GET_SIZE(answer) != 2 ||
        !PyUnicode_Check(PyTuple_GET_ITEM(answer, 0)) ||
        !(PyInt_Check(PyTuple_GET_ITEM(answer, 1)) || PyLong_Check(PyTuple_GET_ITEM(answer, 1)))) {
        PyErr_SetString(PyExc_TypeError, complaint);
        Py_DECREF(answer);
        return NULL;
    }
    *next = PyInt_AsSsize_t(PyTuple_GET_ITEM(answer, 1));
    text = PyTuple_GET_ITEM(answer, 0);
    Py_INCREF(text);
    Py_DECREF(answer);
    if (*next == -1 && PyErr_Occurred()) {
        PyErr_Clear();
        *next = PY_SSIZE_T_MAX;
    } else if (*next < 0) {
        *next += size;
    }
    if (*next < 0 || *next > size) {
        PyErr_Format(PyExc_IndexError, "position %zd from error handler out of bounds", *next);
        Py_DECREF(text);
        return NULL;
    }
    return text;
}

/* -- Encoding -----------------------------------------------------------------------------------
 */
typedef struct {
    PyObject *str;
    Py_ssize_t n;
} bytes;

static int add_bytes(bytes *b, const void *s, Py_ssize_t n)
{
    if (n > PyString_GET_SIZE(b->str) - b->n &&
        _PyString_Resize(&b->str, b->n + n + b->n / 2 + 16) < 0) {
        return -1;
    }
    memcpy(PyString_AS_STRING(b->str) + b->n, s, (size_t)n);
    b->n += n;
    return 0;
}

enum { ENCODE_LAST = 1, ENCODE_RESET = 2 };

static PyObject *encode(const mb_codec *codec, mb_state *state, const Py_UCS4 *in, Py_ssize_t n,
                        const char *errors, int flags, Py_ssize_t *consumed);

static int encode_error(const mb_codec *codec, mb_state *state, const Py_UCS4 *in, Py_ssize_t n,
                        const char *errors, Py_ssize_t *at, bytes *b, PyObject **exception)
{
    PyObject *text, *encoded;
    unsigned char out[16];
    Py_ssize_t next;
    int count, r;

    if (strcmp(errors, "ignore") == 0) {
        ++*at;
        return 0;
    }
    if (strcmp(errors, "replace") == 0) {
        static const Py_UCS4 mark = '?';
        r = codec->encode(codec, state, &mark, 1, 1, out, &count);
        ++*at;
        return r > 0 ? add_bytes(b, out, count) : add_bytes(b, "?", 1);
    }
    if (*exception == NULL) {
        *exception = PyUnicodeEncodeError_Create(codec->name, in, n, *at, *at + 1,
                                                 "illegal multibyte sequence");
        if (*exception == NULL) {
            return -1;
        }
    } else if (PyUnicodeEncodeError_SetStart(*exception, *at) < 0 ||
               PyUnicodeEncodeError_SetEnd(*exception, *at + 1) < 0 ||
               PyUnicodeEncodeError_SetReason(*exception, "illegal multibyte sequence") < 0) {
        return -1;
    }
    if (strcmp(errors, "strict") == 0) {
        PyCodec_StrictErrors(*exception);
        return -1;
    }
    text = ask_handler(*exception, errors,
                       "encoding error handler must return (unicode, int) tuple", n, &next);
    if (text == NULL) {
        return -1;
    }
    encoded = encode(codec, state, PyUnicode_AS_UNICODE(text), PyUnicode_GET_SIZE(text), "strict",
                     ENCODE_LAST, NULL);
    Py_DECREF(text);
    if (encoded == NULL) {
        return -1;
    }
    r = add_bytes(b, PyString_AS_STRING(encoded), PyString_GET_SIZE(encoded));
    Py_DECREF(encoded);
    *at = next;
    return r;
}

static PyObject *encode(const mb_codec *codec, mb_state *state, const Py_UCS4 *in, Py_ssize_t n,
                        const char *errors, int flags, Py_ssize_t *consumed)
{
    bytes b = {NULL, 0};
    PyObject *exception = NULL; /* made once, it copies the input */
    unsigned char out[16];
    Py_ssize_t i = 0;
    int count;

    b.str = PyString_FromStringAndSize(NULL, n < PY_SSIZE_T_MAX / 4 ? n * 2 + 16 : n);
    if (b.str == NULL) {
        return NULL;
    }
    while (i < n) {
        int r = codec->encode(codec, state, in + i, n - i, flags & ENCODE_LAST, out, &count);
        if (r > 0) {
            if (add_bytes(&b, out, count) < 0) {
                goto fail;
            }
            i += r;
        } else if (r == 0) {
            break;
        } else if (r == -2 || encode_error(codec, state, in, n, errors, &i, &b, &exception) < 0) {
            goto fail;
        }
    }
    if ((flags & ENCODE_RESET) && codec->encode_reset != NULL) {
        count = codec->encode_reset(codec, state, out);
        if (add_bytes(&b, out, count) < 0) {
            goto fail;
        }
    }
    if (consumed != NULL) {
        *consumed = i;
    }
    Py_XDECREF(exception);
    if (_PyString_Resize(&b.str, b.n) < 0) {
        return NULL;
    }
    return b.str;
fail:
    Py_XDECREF(exception);
    Py_XDECREF(b.str);
    return NULL;
}

/* -- Decoding -----------------------------------------------------------------------------------
 */
typedef struct {
    Py_UNICODE *p;
    Py_ssize_t n, room;
} units;

static int add_units(units *u, const Py_UNICODE *s, Py_ssize_t n)
{
    if (n > u->room - u->n) {
        Py_ssize_t room = u->n + n + u->n / 2 + 32;
        Py_UNICODE *p = u->p;
        PyMem_Resize(p, Py_UNICODE, room);
        if (p == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        u->p = p;
        u->room = room;
    }
    if (n > 0) {
        memcpy(u->p + u->n, s, (size_t)n * sizeof(Py_UNICODE));
    }
    u->n += n;
    return 0;
}

static int decode_error(const mb_codec *codec, const unsigned char *in, Py_ssize_t n,
                        const char *errors, Py_ssize_t *at, Py_ssize_t length, const char *reason,
                        units *u, PyObject **exception)
{
    PyObject *text;
    Py_ssize_t next;
    int r;

    if (strcmp(errors, "replace") == 0) {
        static const Py_UNICODE mark = Py_UNICODE_REPLACEMENT_CHARACTER;
        *at += Py_MIN(length, n - *at);
        return add_units(u, &mark, 1);
    }
    if (strcmp(errors, "ignore") == 0) {
        *at += Py_MIN(length, n - *at);
        return 0;
    }
    if (*exception == NULL) {
        *exception = PyUnicodeDecodeError_Create(codec->name, (const char *)in, n, *at,
                                                 *at + length, reason);
        if (*exception == NULL) {
            return -1;
        }
    } else if (PyUnicodeDecodeError_SetStart(*exception, *at) < 0 ||
               PyUnicodeDecodeError_SetEnd(*exception, *at + length) < 0 ||
               PyUnicodeDecodeError_SetReason(*exception, reason) < 0) {
        return -1;
    }
    if (strcmp(errors, "strict") == 0) {
        PyCodec_StrictErrors(*exception);
        return -1;
    }
    text = ask_handler(*exception, errors,
                       "decoding error handler must return (unicode, int) tuple", n, &next);
    if (text == NULL) {
        return -1;
    }
    r = add_units(u, PyUnicode_AS_UNICODE(text), PyUnicode_GET_SIZE(text));
    Py_DECREF(text);
    *at = next;
    return r;
}

enum { ENDS_WITHIN = -1 };

/* Decodes as far as it can; when not final, an incomplete sequence at the end is left. Of an error
 * *consumed tells whether it was that the input ends within a sequence. */
static int decode(const mb_codec *codec, mb_state *state, const unsigned char *in, Py_ssize_t n,
                  const char *errors, int final, Py_ssize_t *consumed, units *u)
{
    PyObject *exception = NULL; /* made once, it copies the input */
    Py_ssize_t i = 0;
    Py_UCS4 out[2];
    int count, result = -1;

    while (i < n) {
        int r = codec->decode(codec, state, in + i, n - i, out, &count);
        if (r > 0) {
            if (add_units(u, out, count) < 0) {
                goto done;
            }
            i += r;
        } else if (r == 0) {
            if (!final) {
                break;
            }
            if (decode_error(codec, in, n, errors, &i, n - i, "incomplete multibyte sequence", u,
                             &exception) < 0) {
                *consumed = ENDS_WITHIN;
                goto done;
            }
        } else {
            if (decode_error(codec, in, n, errors, &i, -r, "illegal multibyte sequence", u,
                             &exception) < 0) {
                goto done;
            }
        }
    }
    *consumed = i;
    result = 0;
done:
    Py_XDECREF(exception);
    return result;
}

static PyObject *take_units(units *u)
{
    static const Py_UNICODE nothing = 0;
    PyObject *text = PyUnicode_FromUnicode(u->n > 0 ? u->p : &nothing, u->n);
    PyMem_Free(u->p);
    return text;
}

/* -- The codec object ---------------------------------------------------------------------------
 */
static PyObject *text_argument(PyObject *arg)
{
    if (PyUnicode_Check(arg)) {
        Py_INCREF(arg);
        return arg;
    }
    arg = PyObject_Unicode(arg);
    if (arg != NULL && !PyUnicode_Check(arg)) {
        PyErr_SetString(PyExc_TypeError, "couldn't convert the object to unicode.");
        Py_CLEAR(arg);
    }
    return arg;
}

PyDoc_STRVAR(encode_doc, "I.encode(unicode[, errors]) -> (string, length consumed)");
static PyObject *codec_encode(PyObject *op, PyObject *args, PyObject *kw)
{
    static char *kwlist[] = {"input", "errors", NULL};
    const mb_codec *codec = ((CodecObject *)op)->codec;
    PyObject *arg, *result;
    const char *errors = NULL;
    mb_state state = {0};
    Py_ssize_t n;

    if (!PyArg_ParseTupleAndKeywords(args, kw, "O|z:encode", kwlist, &arg, &errors)) {
        return NULL;
    }
    arg = text_argument(arg);
    if (arg == NULL) {
        return NULL;
    }
    n = PyUnicode_GET_SIZE(arg);
    result = encode(codec, &state, PyUnicode_AS_UNICODE(arg), n, errors == NULL ? "strict" : errors,
                    ENCODE_LAST | ENCODE_RESET, NULL);
    Py_DECREF(arg);
    return result == NULL ? NULL : Py_BuildValue("(Nn)", result, n);
}

PyDoc_STRVAR(decode_doc, "I.decode(string[, errors]) -> (unicode, length consumed)");
static PyObject *codec_decode(PyObject *op, PyObject *args, PyObject *kw)
{
    static char *kwlist[] = {"input", "errors", NULL};
    const mb_codec *codec = ((CodecObject *)op)->codec;
    const char *errors = NULL;
    mb_state state = {0};
    Py_buffer data;
    units u = {NULL, 0, 0};
    Py_ssize_t consumed, n;
    int r;

    if (!PyArg_ParseTupleAndKeywords(args, kw, "s*|z:decode", kwlist, &data, &errors)) {
        return NULL;
    }
    n = data.len;
    r = decode(codec, &state, data.buf, n, errors == NULL ? "strict" : errors, 1, &consumed, &u);
    PyBuffer_Release(&data);
    if (r < 0) {
        PyMem_Free(u.p);
        return NULL;
    }
    PyObject *text = take_units(&u);
    return text == NULL ? NULL : Py_BuildValue("(Nn)", text, n);
}

static PyMethodDef codec_methods[] = {
    {"encode", PyCFunction_CAST(codec_encode), METH_VARARGS | METH_KEYWORDS, encode_doc},
    {"decode", PyCFunction_CAST(codec_decode), METH_VARARGS | METH_KEYWORDS, decode_doc},
    {NULL, NULL, 0, NULL},
};

static void codec_dealloc(PyObject *op)
{
    PyObject_Free(op);
}

static PyTypeObject Codec_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "MultibyteCodec",
    .tp_basicsize = sizeof(CodecObject),
    .tp_dealloc = codec_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = codec_methods,
};

PyObject *_PyMultibyteCodec_Get(const char *const *names, PyObject *encoding)
{
    if (!PyString_Check(encoding)) {
        PyErr_SetString(PyExc_TypeError, "encoding name must be a string.");
        return NULL;
    }
    for (; *names != NULL; names++) {
        if (strcmp(*names, PyString_AS_STRING(encoding)) != 0) {
            continue;
        }
        for (const mb_codec *codec = _Py_mb_codecs; codec->name != NULL; codec++) {
            if (strcmp(codec->name, *names) == 0) {
                CodecObject *c;
                if (PyType_Ready(&Codec_Type) < 0) {
                    return NULL;
                }
                c = PyObject_New(CodecObject, &Codec_Type);
                if (c != NULL) {
                    c->codec = codec;
                }
                return (PyObject *)c;
            }
        }
    }
    PyErr_SetString(PyExc_LookupError, "no such codec is supported.");
    return NULL;
}

/* -- What the four classes share ------------------------------------------------------------------
 */
static int set_errors(StatefulObject *self, const char *errors)
{
    PyObject *v = NULL;
    if (errors != NULL && strcmp(errors, "strict") != 0) {
        v = PyString_FromString(errors);
        if (v == NULL) {
            return -1;
        }
    }
    Py_XSETREF(self->errors, v);
    return 0;
}

static PyObject *stateful_get_errors(PyObject *op, void *closure)
{
    return PyString_FromString(error_name(((StatefulObject *)op)->errors));
}

static int stateful_set_errors(PyObject *op, PyObject *value, void *closure)
{
    if (value == NULL) {
        PyErr_SetString(PyExc_AttributeError, "cannot delete attribute");
        return -1;
    }
    if (!PyString_Check(value)) {
        PyErr_SetString(PyExc_TypeError, "errors must be a string");
        return -1;
    }
    return set_errors((StatefulObject *)op, PyString_AS_STRING(value));
}

static PyObject *stateful_get_stream(PyObject *op, void *closure)
{
    PyObject *stream = ((StatefulObject *)op)->stream;
    if (stream == NULL) {
        stream = Py_None;
    }
    Py_INCREF(stream);
    return stream;
}

static PyGetSetDef stateful_getset[] = {
    {"errors", stateful_get_errors, stateful_set_errors, "how to treat errors", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

/* As a member that is read-only says it. */
static int refuse_change(PyObject *self, PyObject *value, void *closure)
{
    PyErr_SetString(PyExc_TypeError, "readonly attribute");
    return -1;
}

static PyGetSetDef stream_getset[] = {
    {"errors", stateful_get_errors, stateful_set_errors, "how to treat errors", NULL},
    {"stream", stateful_get_stream, refuse_change, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

/* A new object whose codec is the class's attribute `codec`. */
static StatefulObject *new_stateful(PyTypeObject *type, const char *errors)
{
    StatefulObject *self = (StatefulObject *)type->tp_alloc(type, 0);
    PyObject *codec;

    if (self == NULL) {
        return NULL;
    }
    codec = PyObject_GetAttrString((PyObject *)type, "codec");
    if (codec == NULL) {
        goto fail;
    }
    if (Py_TYPE(codec) != &Codec_Type) {
        PyErr_SetString(PyExc_TypeError, "codec is unexpected type");
        Py_DECREF(codec);
        goto fail;
    }
    self->codec = ((CodecObject *)codec)->codec;
    Py_DECREF(codec);
    if (set_errors(self, errors) < 0) {
        goto fail;
    }
    return self;
fail:
    Py_DECREF(self);
    return NULL;
}

static PyObject *incremental_new(PyTypeObject *type, PyObject *args, PyObject *kw,
                                 const char *format)
{
    static char *kwlist[] = {"errors", NULL};
    char *errors = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kw, format, kwlist, &errors)) {
        return NULL;
    }
    return (PyObject *)new_stateful(type, errors);
}

static PyObject *encoder_new(PyTypeObject *type, PyObject *args, PyObject *kw)
{
    return incremental_new(type, args, kw, "|s:IncrementalEncoder");
}

static PyObject *decoder_new(PyTypeObject *type, PyObject *args, PyObject *kw)
{
    return incremental_new(type, args, kw, "|s:IncrementalDecoder");
}

static PyObject *stream_new(PyTypeObject *type, PyObject *args, PyObject *kw, const char *format)
{
    static char *kwlist[] = {"stream", "errors", NULL};
    PyObject *stream;
    char *errors = NULL;
    StatefulObject *self;

    if (!PyArg_ParseTupleAndKeywords(args, kw, format, kwlist, &stream, &errors)) {
        return NULL;
    }
    self = new_stateful(type, errors);
    if (self != NULL) {
        Py_INCREF(stream);
        self->stream = stream;
    }
    return (PyObject *)self;
}

static PyObject *reader_new(PyTypeObject *type, PyObject *args, PyObject *kw)
{
    return stream_new(type, args, kw, "O|s:StreamReader");
}

static PyObject *writer_new(PyTypeObject *type, PyObject *args, PyObject *kw)
{
    return stream_new(type, args, kw, "O|s:StreamWriter");
}

static int stateful_init(PyObject *self, PyObject *args, PyObject *kw)
{
    return 0;
}

static int stateful_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(((StatefulObject *)op)->stream);
    return 0;
}

static int stateful_clear(PyObject *op)
{
    Py_CLEAR(((StatefulObject *)op)->stream);
    return 0;
}

static void stateful_dealloc(PyObject *op)
{
    StatefulObject *self = (StatefulObject *)op;
    PyObject_GC_UnTrack(op);
    Py_XDECREF(self->errors);
    Py_XDECREF(self->stream);
    Py_TYPE(op)->tp_free(op);
}

static void forget(StatefulObject *self)
{
    memset(&self->state, 0, sizeof(self->state));
    self->pending_bytes = 0;
    self->waiting_count = 0;
}

/* -- Incremental encoding ------------------------------------------------------------------------
 */
static PyObject *encode_more(StatefulObject *self, PyObject *arg, int final)
{
    PyObject *text = text_argument(arg), *result = NULL;
    Py_UCS4 *joined = NULL;
    const Py_UCS4 *in;
    Py_ssize_t n, consumed = 0;

    if (text == NULL) {
        return NULL;
    }
    in = PyUnicode_AS_UNICODE(text);
    n = PyUnicode_GET_SIZE(text);
    if (self->waiting_count > 0) {
        joined = n < PY_SSIZE_T_MAX / 8 ? PyMem_New(Py_UCS4, n + self->waiting_count) : NULL;
        if (joined == NULL) {
            Py_DECREF(text);
            return PyErr_NoMemory();
        }
        memcpy(joined, self->waiting, (size_t)self->waiting_count * sizeof(Py_UCS4));
        memcpy(joined + self->waiting_count, in, (size_t)n * sizeof(Py_UCS4));
        in = joined;
        n += self->waiting_count;
    }
    result = encode(self->codec, &self->state, in, n, error_name(self->errors),
                    final ? ENCODE_LAST | ENCODE_RESET : 0, &consumed);
    if (result == NULL) {
        ; /* what waits goes on waiting */
    } else if (n - consumed > 2) {
        PyErr_SetString(PyExc_UnicodeError, "pending buffer overflow");
        Py_CLEAR(result);
    } else {
        self->waiting_count = (int)(n - consumed);
        memcpy(self->waiting, in + consumed, (size_t)self->waiting_count * sizeof(Py_UCS4));
    }
    PyMem_Free(joined);
    Py_DECREF(text);
    return result;
}

static PyObject *encoder_encode(PyObject *op, PyObject *args, PyObject *kw)
{
    static char *kwlist[] = {"input", "final", NULL};
    PyObject *data;
    int final = 0;
    if (!PyArg_ParseTupleAndKeywords(args, kw, "O|i:encode", kwlist, &data, &final)) {
        return NULL;
    }
    return encode_more((StatefulObject *)op, data, final);
}

static PyObject *stateful_reset(PyObject *op, PyObject *unused)
{
    forget((StatefulObject *)op);
    Py_RETURN_NONE;
}

static PyMethodDef encoder_methods[] = {
    {"encode", PyCFunction_CAST(encoder_encode), METH_VARARGS | METH_KEYWORDS, NULL},
    {"reset", stateful_reset, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

/* -- Incremental decoding ------------------------------------------------------------------------
 */
/* ended_within: told whether the error is that the final input ends within a sequence. */
static PyObject *decode_more(StatefulObject *self, const unsigned char *in, Py_ssize_t n, int final,
                             int *ended_within)
{
    units u = {NULL, 0, 0};
    unsigned char *joined = NULL;
    Py_ssize_t consumed = 0;

    if (self->pending_bytes > 0) {
        joined = n < PY_SSIZE_T_MAX - MAX_PENDING ? PyMem_Malloc(n + self->pending_bytes) : NULL;
        if (joined == NULL) {
            return PyErr_NoMemory();
        }
        memcpy(joined, self->pending, (size_t)self->pending_bytes);
        memcpy(joined + self->pending_bytes, in, (size_t)n);
        in = joined;
        n += self->pending_bytes;
        self->pending_bytes = 0; /* an error does away with them */
    }
    if (decode(self->codec, &self->state, in, n, error_name(self->errors), final, &consumed, &u) <
        0) {
        *ended_within = consumed == ENDS_WITHIN;
        goto fail;
    }
    if (n - consumed > MAX_PENDING) {
        PyErr_SetString(PyExc_UnicodeError, "pending buffer overflow");
        goto fail;
    }
    self->pending_bytes = (int)(n - consumed);
    memcpy(self->pending, in + consumed, (size_t)self->pending_bytes);
    PyMem_Free(joined);
    return take_units(&u);
fail:
    PyMem_Free(joined);
    PyMem_Free(u.p);
    return NULL;
}

static PyObject *decoder_decode(PyObject *op, PyObject *args, PyObject *kw)
{
    static char *kwlist[] = {"input", "final", NULL};
    Py_buffer data;
    int final = 0, kept = ((StatefulObject *)op)->pending_bytes, ended_within = 0;
    PyObject *text;

    if (!PyArg_ParseTupleAndKeywords(args, kw, "s*|i:decode", kwlist, &data, &final)) {
        return NULL;
    }
    text = decode_more((StatefulObject *)op, data.buf, data.len, final, &ended_within);
    if (ended_within) { /* here, not with streams, what was pending stays so */
        ((StatefulObject *)op)->pending_bytes = kept;
    }
    PyBuffer_Release(&data);
    return text;
}

static PyMethodDef decoder_methods[] = {
    {"decode", PyCFunction_CAST(decoder_decode), METH_VARARGS | METH_KEYWORDS, NULL},
    {"reset", stateful_reset, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

/* -- Streams ------------------------------------------------------------------------------------
 */
/* Reads with a method of the stream until there is text or the end. */
static PyObject *read_stream(StatefulObject *self, const char *method, Py_ssize_t size)
{
    if (size == 0) {
        return PyUnicode_FromUnicode(NULL, 0);
    }
    for (;;) {
        PyObject *data = size < 0 ? PyObject_CallMethod(self->stream, method, NULL)
                                  : PyObject_CallMethod(self->stream, method, "n", size);
        PyObject *text;
        int end, ended_within;
        if (data == NULL) {
            return NULL;
        }
        if (!PyString_Check(data)) {
            PyErr_SetString(PyExc_TypeError, "stream function returned a non-string object");
            Py_DECREF(data);
            return NULL;
        }
        end = size < 0 || PyString_GET_SIZE(data) == 0;
        text = decode_more(self, (const unsigned char *)PyString_AS_STRING(data),
                           PyString_GET_SIZE(data), end, &ended_within);
        Py_DECREF(data);
        if (text == NULL || end || PyUnicode_GET_SIZE(text) > 0) {
            return text;
        }
        Py_DECREF(text);
        size = 1; /* not yet a whole character */
    }
}

static int size_argument(PyObject *args, const char *name, Py_ssize_t *size)
{
    PyObject *v = NULL;
    *size = -1;
    if (!PyArg_UnpackTuple(args, name, 0, 1, &v)) {
        return 0;
    }
    if (v == NULL || v == Py_None) {
        return 1;
    }
    if (!PyInt_Check(v) && !PyLong_Check(v)) {
        PyErr_SetString(PyExc_TypeError, "arg 1 must be an integer");
        return 0;
    }
    *size = PyInt_AsSsize_t(v);
    if (*size == -1 && PyErr_Occurred()) {
        PyErr_SetString(PyExc_TypeError, "arg 1 must be an integer");
        return 0;
    }
    return 1;
}

static PyObject *reader_read(PyObject *op, PyObject *args)
{
    Py_ssize_t size;
    return size_argument(args, "read", &size) ? read_stream((StatefulObject *)op, "read", size)
                                              : NULL;
}

static PyObject *reader_readline(PyObject *op, PyObject *args)
{
    Py_ssize_t size;
    return size_argument(args, "readline", &size)
               ? read_stream((StatefulObject *)op, "readline", size)
               : NULL;
}

static PyObject *reader_readlines(PyObject *op, PyObject *args)
{
    Py_ssize_t size;
    PyObject *text, *lines;
    if (!size_argument(args, "readlines", &size)) {
        return NULL;
    }
    text = read_stream((StatefulObject *)op, "read", size);
    if (text == NULL) {
        return NULL;
    }
    lines = PyUnicode_Splitlines(text, 1);
    Py_DECREF(text);
    return lines;
}

static PyMethodDef reader_methods[] = {
    {"read", reader_read, METH_VARARGS, NULL},
    {"readline", reader_readline, METH_VARARGS, NULL},
    {"readlines", reader_readlines, METH_VARARGS, NULL},
    {"reset", stateful_reset, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static int write_text(StatefulObject *self, PyObject *text)
{
    PyObject *data = encode_more(self, text, 0), *r;
    if (data == NULL) {
        return -1;
    }
    r = PyObject_CallMethod(self->stream, "write", "O", data);
    Py_DECREF(data);
    Py_XDECREF(r);
    return r == NULL ? -1 : 0;
}

static PyObject *writer_write(PyObject *op, PyObject *text)
{
    if (write_text((StatefulObject *)op, text) < 0) {
        return NULL;
    }
    Py_RETURN_NONE;
}

static PyObject *writer_writelines(PyObject *op, PyObject *lines)
{
    if (!PySequence_Check(lines)) {
        PyErr_SetString(PyExc_TypeError, "arg must be a sequence object");
        return NULL;
    }
    for (Py_ssize_t i = 0; i < PySequence_Size(lines); i++) {
        PyObject *text = PySequence_GetItem(lines, i);
        int r = text == NULL ? -1 : write_text((StatefulObject *)op, text);
        Py_XDECREF(text);
        if (r < 0) {
            return NULL;
        }
    }
    if (PyErr_Occurred()) {
        return NULL;
    }
    Py_RETURN_NONE;
}

static PyObject *writer_reset(PyObject *op, PyObject *unused)
{
    StatefulObject *self = (StatefulObject *)op;
    PyObject *empty = PyUnicode_FromUnicode(NULL, 0), *data;
    data = empty == NULL ? NULL : encode_more(self, empty, 1);
    Py_XDECREF(empty);
    if (data == NULL) {
        return NULL;
    }
    forget(self);
    if (PyString_GET_SIZE(data) > 0) {
        PyObject *r = PyObject_CallMethod(self->stream, "write", "O", data);
        Py_DECREF(data);
        if (r == NULL) {
            return NULL;
        }
        Py_DECREF(r);
    } else {
        Py_DECREF(data);
    }
    Py_RETURN_NONE;
}

static PyMethodDef writer_methods[] = {
    {"write", writer_write, METH_O, NULL},
    {"writelines", writer_writelines, METH_O, NULL},
    {"reset", writer_reset, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

/* -- The module ---------------------------------------------------------------------------------
 */
#define STATEFUL_TYPE(variable, name, methods, getset, maker)                                      \
    static PyTypeObject variable = {                                                               \
        PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = name,                                     \
        .tp_basicsize = sizeof(StatefulObject),                                                    \
        .tp_dealloc = stateful_dealloc,                                                            \
        .tp_getattro = PyObject_GenericGetAttr,                                                    \
        .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,                 \
        .tp_traverse = stateful_traverse,                                                          \
        .tp_clear = stateful_clear,                                                                \
        .tp_methods = methods,                                                                     \
        .tp_getset = getset,                                                                       \
        .tp_init = stateful_init,                                                                  \
        .tp_alloc = PyType_GenericAlloc,                                                           \
        .tp_new = maker,                                                                           \
        .tp_free = PyObject_GC_Del,                                                                \
    }
STATEFUL_TYPE(Encoder_Type, "MultibyteIncrementalEncoder", encoder_methods, stateful_getset,
              encoder_new);
STATEFUL_TYPE(Decoder_Type, "MultibyteIncrementalDecoder", decoder_methods, stateful_getset,
              decoder_new);
STATEFUL_TYPE(Reader_Type, "MultibyteStreamReader", reader_methods, stream_getset, reader_new);
STATEFUL_TYPE(Writer_Type, "MultibyteStreamWriter", writer_methods, stream_getset, writer_new);

/* The name of a codec as the second argument's capsule would say it: kept for programs that look.
 */
PyDoc_STRVAR(create_doc,
             "Codec objects come from the getcodec functions of the _codecs_* modules.");
static PyObject *create_codec(PyObject *self, PyObject *arg)
{
    PyErr_SetString(PyExc_ValueError, "argument type invalid");
    return NULL;
}

static PyMethodDef module_functions[] = {
    {"__create_codec", create_codec, METH_O, create_doc},
    {NULL, NULL, 0, NULL},
};

void init_multibytecodec(void);
void init_multibytecodec(void)
{
    static PyTypeObject *const types[] = {&Encoder_Type, &Decoder_Type, &Reader_Type, &Writer_Type};
    PyObject *m;

    if (PyType_Ready(&Codec_Type) < 0) {
        return;
    }
    m = Py_InitModule("_multibytecodec", module_functions);
    if (m == NULL) {
        return;
    }
    for (int i = 0; i < 4; i++) {
        if (PyType_Ready(types[i]) < 0) {
            return;
        }
        Py_INCREF(types[i]);
        PyModule_AddObject(m, types[i]->tp_name, (PyObject *)types[i]);
    }
}
