/* SPDX-License-Identifier: MIT */
/* _io.TextIOWrapper: characters over a buffered byte stream. Invariants:
 * - text decoded and not given out yet is decoded[used..]; reading on first discards it;
 * - while tell() is possible (telling), `snapshot` is (decoder flags, bytes): the state of the
 * decoder before it was given those bytes, which are the last chunk read, with what the decoder had
 * kept from before. From it tell() finds a place to which seek() can return;
 * - what is written is encoded at once and collected in `pending` until there is a chunk of it. */
#include "Python.h"
#include "modules/io_private.h"

typedef struct {
    PyObject_HEAD uint8_t ok, detached;
    uint8_t line_buffering, read_universal, read_translate, write_translate;
    uint8_t seekable, telling, has_read1;
    uint8_t plain; /* an encoding that needs no codec: 'a'scii, 'l'atin-1, 'u'tf-8, else 0 */
    Py_ssize_t chunk_size;
    PyObject *buffer, *encoding, *errors, *encoder, *decoder;
    PyObject *readnl;    /* the newline argument: str or NULL */
    const char *writenl; /* what \n becomes, or NULL */
    PyObject *decoded;   /* unicode or NULL */
    Py_ssize_t used;
    PyObject *pending; /* list of str, or NULL */
    Py_ssize_t pending_bytes;
    PyObject *snapshot; /* or NULL */
    PyObject *dict, *weakreflist;
} textio;

#define TEXTIO(op) ((textio *)(op))

/* What tell() answers, as one integer: where to seek to in bytes, the decoder's flags there, how
 * many bytes to give to it then and how many of the characters that come out to skip. */
typedef struct {
    int64_t start;
    int32_t flags, feed, skip;
    uint8_t eof; /* the bytes are the last ones */
} text_cookie;
enum { COOKIE_SIZE = 8 + 4 + 4 + 4 + 1 };

static int textio_ready(textio *self)
{
    if (self->ok)
        return 1;
    PyErr_SetString(PyExc_ValueError, self->detached ? "underlying buffer has been detached"
                                                     : "I/O operation on uninitialized object");
    return 0;
}

static int textio_open(PyObject *self)
{
    return textio_ready(TEXTIO(self)) && _PyIO_CheckClosed(self) == 0;
}

static void textio_set_decoded(textio *self, PyObject *text)
{
    Py_XSETREF(self->decoded, text);
    self->used = 0;
}

/* Construction. */

static PyObject *textio_guess_encoding(void)
{
    PyObject *locale = PyImport_ImportModule("locale"), *encoding = NULL;

    if (locale == NULL) {
        /* Where there is no locale module (while the library is being built) text is ASCII. */
        PyErr_Clear();
        return PyString_FromString("ascii");
    }
    encoding = PyObject_CallMethod(locale, "getpreferredencoding", NULL);
    Py_DECREF(locale);
    if (encoding != NULL && !PyString_Check(encoding)) {
        Py_DECREF(encoding);
        encoding = NULL;
    }
    if (encoding == NULL) {
        PyErr_Clear();
        encoding = PyString_FromString("ascii");
    }
    return encoding;
}

static int textio_make_decoder(textio *self, const char *encoding, const char *errors)
{
    int readable = _PyIO_Asks(self->buffer, "readable");

    if (readable <= 0)
        return readable;
    self->decoder = PyCodec_IncrementalDecoder(encoding, errors);
    if (self->decoder == NULL)
        return -1;
    if (self->read_universal) {
        PyObject *wrapped = PyObject_CallFunction((PyObject *)&_PyIO_NewlineDecoder, "Oi",
                                                  self->decoder, (int)self->read_translate);
        if (wrapped == NULL)
            return -1;
        Py_SETREF(self->decoder, wrapped);
    }
    return 0;
}

/* Tells the encoder whether it is at the start of the stream, where a byte order mark belongs. */
static int textio_encoder_at(textio *self, int at_start)
{
    PyObject *answer = at_start ? PyObject_CallMethod(self->encoder, "reset", NULL)
                                : PyObject_CallMethod(self->encoder, "setstate", "i", 0);

    Py_XDECREF(answer);
    return answer == NULL ? -1 : 0;
}

static int textio_make_encoder(textio *self, const char *encoding, const char *errors)
{
    int writable = _PyIO_Asks(self->buffer, "writable");

    if (writable <= 0)
        return writable;
    self->encoder = PyCodec_IncrementalEncoder(encoding, errors);
    if (self->encoder == NULL)
        return -1;
    PyObject *codec = _PyCodec_Lookup(encoding);
    PyObject *name = codec == NULL ? NULL : PyObject_GetAttrString(codec, "name");
    if (name != NULL && PyString_Check(name)) {
        const char *s = PyString_AS_STRING(name);
        self->plain = strcmp(s, "ascii") == 0       ? 'a'
                      : strcmp(s, "iso8859-1") == 0 ? 'l'
                      : strcmp(s, "utf-8") == 0     ? 'u'
                                                    : 0;
    }
    PyErr_Clear();
    Py_XDECREF(name);
    Py_XDECREF(codec);
    return 0;
}

static int textio_init(PyObject *op, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"buffer", "encoding", "errors", "newline", "line_buffering", NULL};
    textio *self = TEXTIO(op);
    PyObject *buffer;
    const char *encoding = NULL, *errors = NULL, *newline = NULL;
    int line_buffering = 0;

    self->ok = 0;
    self->detached = 0;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O|zzzi:fileio", names, &buffer, &encoding,
                                     &errors, &newline, &line_buffering))
        return -1;
    if (newline != NULL && newline[0] != '\0' && strcmp(newline, "\n") != 0 &&
        strcmp(newline, "\r") != 0 && strcmp(newline, "\r\n") != 0) {
        PyErr_Format(PyExc_ValueError, "illegal newline value: %s", newline);
        return -1;
    }
    Py_CLEAR(self->buffer);
    Py_CLEAR(self->encoding);
    Py_CLEAR(self->errors);
    Py_CLEAR(self->encoder);
    Py_CLEAR(self->decoder);
    Py_CLEAR(self->readnl);
    Py_CLEAR(self->decoded);
    Py_CLEAR(self->snapshot);
    Py_CLEAR(self->pending);
    self->pending_bytes = 0;
    self->used = 0;

    self->encoding = encoding != NULL ? PyString_FromString(encoding) : textio_guess_encoding();
    if (self->encoding == NULL)
        return -1;
    encoding = PyString_AS_STRING(self->encoding);
    if (errors == NULL)
        errors = "strict";
    self->errors = PyString_FromString(errors);
    if (self->errors == NULL ||
        (newline != NULL && (self->readnl = PyString_FromString(newline)) == NULL))
        return -1;
    self->chunk_size = IO_BUFFER_SIZE;
    self->line_buffering = line_buffering != 0;
    self->read_universal = newline == NULL || newline[0] == '\0';
    self->read_translate = newline == NULL;
    self->write_translate = newline == NULL || newline[0] != '\0';
    /* Without a newline argument the system's line end is written: \n. */
    self->writenl =
        newline != NULL && newline[0] == '\r' ? (newline[1] == '\n' ? "\r\n" : "\r") : NULL;
    Py_INCREF(buffer);
    self->buffer = buffer;
    PyObject *codec = _PyCodec_Lookup(encoding);
    if (codec == NULL)
        return -1;
    Py_DECREF(codec);
    if (textio_make_decoder(self, encoding, errors) < 0 ||
        textio_make_encoder(self, encoding, errors) < 0)
        return -1;
    int seekable = _PyIO_Asks(buffer, "seekable");
    if (seekable < 0)
        return -1;
    self->seekable = self->telling = seekable != 0;
    self->has_read1 = PyObject_HasAttrString(buffer, "read1") != 0;
    if (self->seekable && self->encoder != NULL) {
        PyObject *at = PyObject_CallMethod(buffer, "tell", NULL);
        int somewhere = at == NULL ? -1 : PyObject_IsTrue(at);
        Py_XDECREF(at);
        if (somewhere < 0 || (somewhere > 0 && textio_encoder_at(self, 0) < 0))
            return -1;
    }
    self->ok = 1;
    return 0;
}

static int textio_clear_fields(textio *self)
{
    self->ok = 0;
    Py_CLEAR(self->buffer);
    Py_CLEAR(self->encoding);
    Py_CLEAR(self->errors);
    Py_CLEAR(self->encoder);
    Py_CLEAR(self->decoder);
    Py_CLEAR(self->readnl);
    Py_CLEAR(self->decoded);
    Py_CLEAR(self->pending);
    Py_CLEAR(self->snapshot);
    Py_CLEAR(self->dict);
    return 0;
}

static int textio_clear(PyObject *op)
{
    if (TEXTIO(op)->ok && _PyIO_Finalize(op) < 0)
        return -1;
    return textio_clear_fields(TEXTIO(op));
}

static void textio_dealloc(PyObject *op)
{
    PyObject_GC_UnTrack(op);
    if (TEXTIO(op)->ok && _PyIO_Finalize(op) < 0) {
        if (PyType_HasFeature(Py_TYPE(op), Py_TPFLAGS_HEAPTYPE))
            Py_INCREF(Py_TYPE(op));
        return;
    }
    if (TEXTIO(op)->weakreflist != NULL)
        PyObject_ClearWeakRefs(op);
    textio_clear_fields(TEXTIO(op));
    Py_TYPE(op)->tp_free(op);
}

static int textio_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(TEXTIO(op)->buffer);
    Py_VISIT(TEXTIO(op)->encoder);
    Py_VISIT(TEXTIO(op)->decoder);
    Py_VISIT(TEXTIO(op)->pending);
    Py_VISIT(TEXTIO(op)->snapshot);
    Py_VISIT(TEXTIO(op)->dict);
    return 0;
}

/* Writing. */

static int textio_write_out(textio *self)
{
    if (self->pending == NULL)
        return 0;
    PyObject *pending = self->pending, *empty = PyString_FromString(""), *bytes = NULL, *count;
    if (empty != NULL) {
        bytes = PyString_Join(empty, pending);
        Py_DECREF(empty);
    }
    if (bytes == NULL)
        return -1;
    self->pending = NULL;
    self->pending_bytes = 0;
    Py_DECREF(pending);
    do
        count = PyObject_CallMethod(self->buffer, "write", "O", bytes);
    while (count == NULL && _PyIO_TrapInterrupt());
    Py_DECREF(bytes);
    Py_XDECREF(count);
    return count == NULL ? -1 : 0;
}

static int textio_has_char(PyObject *text, Py_UNICODE c)
{
    const Py_UNICODE *s = PyUnicode_AS_UNICODE(text);

    for (Py_ssize_t i = 0; i < PyUnicode_GET_SIZE(text); i++)
        if (s[i] == c)
            return 1;
    return 0;
}

static PyObject *encode_text(textio *self, PyObject *text)
{
    const char *errors = PyString_AsString(self->errors);
    const Py_UNICODE *s = PyUnicode_AS_UNICODE(text);
    Py_ssize_t n = PyUnicode_GET_SIZE(text);

    switch (errors == NULL ? 0 : self->plain) {
    case 'a':
        return PyUnicode_EncodeASCII(s, n, errors);
    case 'l':
        return PyUnicode_EncodeLatin1(s, n, errors);
    case 'u':
        return PyUnicode_EncodeUTF8(s, n, errors);
    default:
        PyErr_Clear();
        return PyObject_CallMethod(self->encoder, "encode", "O", text);
    }
}

/* The text's bytes, with newlines as they are to be written. */
static PyObject *textio_encode(textio *self, PyObject *text)
{
    PyObject *bytes;

    if (self->write_translate && self->writenl != NULL && textio_has_char(text, '\n')) {
        PyObject *nl = PyUnicode_FromString("\n"), *to = PyUnicode_FromString(self->writenl);
        PyObject *translated =
            nl != NULL && to != NULL ? PyUnicode_Replace(text, nl, to, -1) : NULL;
        Py_XDECREF(nl);
        Py_XDECREF(to);
        if (translated == NULL)
            return NULL;
        bytes = encode_text(self, translated);
        Py_DECREF(translated);
    } else
        bytes = encode_text(self, text);
    if (bytes != NULL && !PyString_Check(bytes)) {
        PyErr_Format(PyExc_TypeError, "encoder should return a bytes object, not '%.200s'",
                     Py_TYPE(bytes)->tp_name);
        Py_CLEAR(bytes);
    }
    return bytes;
}

static PyObject *textio_write(PyObject *op, PyObject *args)
{
    textio *self = TEXTIO(op);
    PyObject *text;

    if (!textio_ready(self) || !PyArg_ParseTuple(args, "U:write", &text) || !textio_open(op))
        return NULL;
    if (self->encoder == NULL) {
        PyErr_SetString(PyExc_IOError, "not writable");
        return NULL;
    }
    PyObject *bytes = textio_encode(self, text);
    if (bytes == NULL)
        return NULL;
    if (self->pending == NULL) {
        self->pending = PyList_New(0);
        self->pending_bytes = 0;
    }
    int status = self->pending == NULL ? -1 : PyList_Append(self->pending, bytes);
    self->pending_bytes += PyString_GET_SIZE(bytes);
    Py_DECREF(bytes);
    if (status < 0)
        return NULL;
    int flush =
        self->line_buffering && (textio_has_char(text, '\n') || textio_has_char(text, '\r'));
    if ((self->pending_bytes > self->chunk_size || flush) && textio_write_out(self) < 0)
        return NULL;
    if (flush && _PyIO_Tell(self->buffer, "flush") < 0)
        return NULL;
    Py_CLEAR(self->snapshot);
    if (self->decoder != NULL && _PyIO_Tell(self->decoder, "reset") < 0)
        return NULL;
    return PyLong_FromSsize_t(PyUnicode_GET_SIZE(text));
}

/* Reading. */

/* n characters of what is decoded, or all with n < 0; new reference. */
static PyObject *textio_take(textio *self, Py_ssize_t n)
{
    if (self->decoded == NULL)
        return PyUnicode_FromUnicode(NULL, 0);
    Py_ssize_t left = PyUnicode_GET_SIZE(self->decoded) - self->used;
    if (n < 0 || n > left)
        n = left;
    PyObject *result;
    if (self->used == 0 && n == left) {
        result = self->decoded;
        Py_INCREF(result);
    } else
        result = PyUnicode_FromUnicode(PyUnicode_AS_UNICODE(self->decoded) + self->used, n);
    if (result != NULL)
        self->used += n;
    return result;
}

/* A decoder's state (bytes, flags): borrowed from the returned tuple. NULL with an exception. */
static PyObject *textio_decoder_state(textio *self, PyObject **bytes, PyObject **flags)
{
    PyObject *state = PyObject_CallMethod(self->decoder, "getstate", NULL);

    if (state == NULL)
        return NULL;
    if (!PyTuple_Check(state) || PyTuple_GET_SIZE(state) != 2) {
        PyErr_SetString(PyExc_TypeError, "illegal decoder state");
        Py_DECREF(state);
        return NULL;
    }
    *bytes = PyTuple_GET_ITEM(state, 0);
    *flags = PyTuple_GET_ITEM(state, 1);
    if (!PyString_Check(*bytes)) {
        PyErr_Format(PyExc_TypeError,
                     "decoder getstate() should have returned a bytes object, not '%.200s'",
                     Py_TYPE(*bytes)->tp_name);
        Py_DECREF(state);
        return NULL;
    }
    return state;
}

/* Gives bytes to the decoder; unicode. */
static PyObject *textio_decode(textio *self, PyObject *bytes, int final)
{
    PyObject *text;

    if (Py_TYPE(self->decoder) == &_PyIO_NewlineDecoder)
        text = _PyIO_NewlineDecode(self->decoder, bytes, final);
    else
        text = PyObject_CallMethod(self->decoder, "decode", "Oi", bytes, final);
    if (text != NULL && !PyUnicode_Check(text)) {
        PyErr_Format(PyExc_TypeError, "decoder should return a string result, not '%.200s'",
                     Py_TYPE(text)->tp_name);
        Py_CLEAR(text);
    }
    return text;
}

/* Reads and decodes one more chunk. 1, 0 at the end, -1. */
static int textio_read_chunk(textio *self)
{
    PyObject *state = NULL, *kept = NULL, *flags = NULL, *chunk = NULL, *text;
    int more = -1;

    if (self->decoder == NULL) {
        PyErr_SetString(PyExc_IOError, "not readable");
        return -1;
    }
    if (self->telling) {
        state = textio_decoder_state(self, &kept, &flags);
        if (state == NULL)
            return -1;
    }
    const char *method = self->has_read1 ? "read1" : "read";
    chunk = PyObject_CallMethod(self->buffer, method, "n", self->chunk_size);
    if (chunk == NULL)
        goto done;
    if (!PyString_Check(chunk)) {
        PyErr_Format(PyExc_TypeError,
                     "underlying %s() should have returned a bytes object, not '%.200s'", method,
                     Py_TYPE(chunk)->tp_name);
        goto done;
    }
    int last = PyString_GET_SIZE(chunk) == 0;
    text = textio_decode(self, chunk, last);
    if (text == NULL)
        goto done;
    if (PyUnicode_GET_SIZE(text) > 0)
        last = 0;
    textio_set_decoded(self, text);
    if (self->telling) {
        Py_INCREF(kept);
        PyString_Concat(&kept, chunk);
        if (kept == NULL)
            goto done;
        PyObject *snapshot = Py_BuildValue("(ON)", flags, kept);
        if (snapshot == NULL)
            goto done;
        Py_XSETREF(self->snapshot, snapshot);
    }
    more = !last;
done:
    Py_XDECREF(state);
    Py_XDECREF(chunk);
    return more;
}

static PyObject *textio_read_all(textio *self)
{
    PyObject *bytes = PyObject_CallMethod(self->buffer, "read", NULL), *text, *result;

    if (bytes == NULL)
        return NULL;
    text = textio_decode(self, bytes, 1);
    Py_DECREF(bytes);
    if (text == NULL)
        return NULL;
    result = textio_take(self, -1);
    if (result != NULL) {
        PyObject *all = PyUnicode_Concat(result, text);
        Py_DECREF(result);
        result = all;
    }
    Py_DECREF(text);
    textio_set_decoded(self, NULL);
    Py_CLEAR(self->snapshot);
    return result;
}

/* Joins a list of unicode pieces, which it releases. */
static PyObject *textio_join(PyObject *pieces)
{
    PyObject *empty = PyUnicode_FromUnicode(NULL, 0), *result = NULL;

    if (empty != NULL) {
        result = PyUnicode_Join(empty, pieces);
        Py_DECREF(empty);
    }
    Py_DECREF(pieces);
    return result;
}

static PyObject *textio_read(PyObject *op, PyObject *args)
{
    textio *self = TEXTIO(op);
    Py_ssize_t n = -1;

    if (!textio_ready(self) || !PyArg_ParseTuple(args, "|O&:read", _PyIO_ConvertSize, &n) ||
        !textio_open(op))
        return NULL;
    if (self->decoder == NULL) {
        PyErr_SetString(PyExc_IOError, "not readable");
        return NULL;
    }
    if (textio_write_out(self) < 0)
        return NULL;
    if (n < 0)
        return textio_read_all(self);
    PyObject *piece = textio_take(self, n), *pieces = NULL;
    if (piece == NULL)
        return NULL;
    n -= PyUnicode_GET_SIZE(piece);
    if (n == 0)
        return piece;
    pieces = PyList_New(0);
    while (pieces != NULL) {
        int status = PyList_Append(pieces, piece);
        Py_DECREF(piece);
        if (status < 0)
            break;
        int more = n > 0 ? 1 : 0;
        if (more) {
            do
                more = textio_read_chunk(self);
            while (more < 0 && _PyIO_TrapInterrupt());
        }
        if (more < 0)
            break;
        if (more == 0)
            return textio_join(pieces);
        piece = textio_take(self, n);
        if (piece == NULL)
            break;
        n -= PyUnicode_GET_SIZE(piece);
    }
    Py_XDECREF(pieces);
    return NULL;
}

/* A line. The part of it that was looked through without finding its end is kept in pieces, except
 * for a last \r that may be half of a line end: that is carried over in front of the next chunk. */
static PyObject *textio_line(textio *self, Py_ssize_t limit)
{
    PyObject *pieces = NULL, *carry = NULL, *line = NULL, *piece;
    const char *readnl = self->readnl != NULL ? PyString_AS_STRING(self->readnl) : NULL;
    Py_ssize_t collected = 0;

    if (textio_write_out(self) < 0)
        return NULL;
    for (;;) {
        int more = 1;
        while (more > 0 &&
               (self->decoded == NULL || self->used >= PyUnicode_GET_SIZE(self->decoded))) {
            do
                more = textio_read_chunk(self);
            while (more < 0 && _PyIO_TrapInterrupt());
        }
        if (more < 0)
            goto fail;
        if (more == 0) { /* the end: what is there is the line */
            textio_set_decoded(self, NULL);
            Py_CLEAR(self->snapshot);
            line = carry;
            carry = NULL;
            break;
        }
        Py_ssize_t carried = 0, from = self->used, consumed;
        if (carry == NULL) {
            line = self->decoded;
            Py_INCREF(line);
        } else {
            PyObject *rest = PyUnicode_FromUnicode(PyUnicode_AS_UNICODE(self->decoded) + from,
                                                   PyUnicode_GET_SIZE(self->decoded) - from);
            carried = PyUnicode_GET_SIZE(carry) - from;
            line = rest == NULL ? NULL : PyUnicode_Concat(carry, rest);
            Py_XDECREF(rest);
            Py_CLEAR(carry);
            if (line == NULL)
                goto fail;
            from = 0;
        }
        const Py_UNICODE *s = PyUnicode_AS_UNICODE(line);
        Py_ssize_t n = PyUnicode_GET_SIZE(line);
        Py_ssize_t end = _PyIO_FindLineEnd(s + from, n - from, self->read_translate,
                                           self->read_universal, readnl, &consumed);
        int complete = end >= 0;
        if (!complete)
            end = consumed;
        if (limit >= 0 && collected + end >= limit) {
            end = limit - collected;
            complete = 1;
        }
        end += from;
        if (complete) {
            self->used = end - carried;
            if (from > 0 || end < n) {
                piece = PyUnicode_FromUnicode(s + from, end - from);
                Py_DECREF(line);
                line = piece;
                if (line == NULL)
                    goto fail;
            }
            break;
        }
        if (end > from) {
            if (pieces == NULL && (pieces = PyList_New(0)) == NULL)
                goto fail;
            piece = PyUnicode_FromUnicode(s + from, end - from);
            int status = piece == NULL ? -1 : PyList_Append(pieces, piece);
            Py_XDECREF(piece);
            if (status < 0)
                goto fail;
            collected += end - from;
        }
        if (end < n && (carry = PyUnicode_FromUnicode(s + end, n - end)) == NULL)
            goto fail;
        Py_CLEAR(line);
        textio_set_decoded(self, NULL);
    }
    if (pieces == NULL)
        return line != NULL ? line : PyUnicode_FromUnicode(NULL, 0);
    if (line != NULL && PyList_Append(pieces, line) < 0)
        goto fail;
    Py_XDECREF(line);
    return textio_join(pieces);
fail:
    Py_XDECREF(pieces);
    Py_XDECREF(carry);
    Py_XDECREF(line);
    return NULL;
}

static PyObject *textio_readline(PyObject *self, PyObject *args)
{
    Py_ssize_t limit = -1;

    if (!textio_ready(TEXTIO(self)) ||
        !PyArg_ParseTuple(args, "|O&:readline", _PyIO_ConvertNumber, &limit) || !textio_open(self))
        return NULL;
    return textio_line(TEXTIO(self), limit);
}

static PyObject *textio_iternext(PyObject *op)
{
    textio *self = TEXTIO(op);
    PyObject *line;

    if (!textio_ready(self))
        return NULL;
    self->telling = 0;
    if (Py_TYPE(self) == &_PyIO_TextIOWrapper) {
        if (!textio_open(op))
            return NULL;
        line = textio_line(self, -1);
    } else {
        line = PyObject_CallMethod(op, "readline", NULL);
        if (line != NULL && !PyUnicode_Check(line)) {
            PyErr_Format(PyExc_IOError,
                         "readline() should have returned an str object, not '%.200s'",
                         Py_TYPE(line)->tp_name);
            Py_CLEAR(line);
        }
    }
    if (line != NULL && PyUnicode_GET_SIZE(line) == 0) {
        Py_CLEAR(line);
        Py_CLEAR(self->snapshot);
        self->telling = self->seekable;
    }
    return line;
}

/* Positions. */

static void put_le(unsigned char *p, uint64_t value, int n)
{
    for (int i = 0; i < n; i++)
        p[i] = (unsigned char)(value >> (8 * i));
}

static uint64_t get_le(const unsigned char *p, int n)
{
    uint64_t value = 0;

    for (int i = n; --i >= 0;)
        value = value << 8 | p[i];
    return value;
}

static PyObject *cookie_to_long(const text_cookie *c)
{
    unsigned char bytes[COOKIE_SIZE];

    put_le(bytes, (uint64_t)c->start, 8);
    put_le(bytes + 8, (uint32_t)c->flags, 4);
    put_le(bytes + 12, (uint32_t)c->feed, 4);
    put_le(bytes + 16, (uint32_t)c->skip, 4);
    bytes[20] = c->eof;
    return _PyLong_FromByteArray(bytes, COOKIE_SIZE, 1, 0);
}

static int cookie_from_long(text_cookie *c, PyObject *ob)
{
    unsigned char bytes[COOKIE_SIZE];
    PyObject *big = PyNumber_Long(ob);

    if (big == NULL)
        return -1;
    int status = _PyLong_AsByteArray((PyLongObject *)big, bytes, COOKIE_SIZE, 1, 0);
    Py_DECREF(big);
    if (status < 0)
        return -1;
    c->start = (int64_t)get_le(bytes, 8);
    c->flags = (int32_t)get_le(bytes + 8, 4);
    c->feed = (int32_t)get_le(bytes + 12, 4);
    c->skip = (int32_t)get_le(bytes + 16, 4);
    c->eof = bytes[20];
    return 0;
}

static int textio_decoder_set(textio *self, int64_t start, int32_t flags)
{
    /* At the very start a reset, which also forgets about byte order. */
    PyObject *answer = start == 0 && flags == 0
                           ? PyObject_CallMethod(self->decoder, "reset", NULL)
                           : PyObject_CallMethod(self->decoder, "setstate", "((si))", "", flags);

    Py_XDECREF(answer);
    return answer == NULL ? -1 : 0;
}

static PyObject *textio_bad_seek(const char *text)
{
    PyErr_SetString(PyExc_IOError, text);
    return NULL;
}

/* To the end of the stream: nothing of what was read or written there is of use any more. */
static PyObject *textio_seek_end(PyObject *op)
{
    textio *self = TEXTIO(op);

    if (_PyIO_Tell(op, "flush") < 0)
        return NULL;
    textio_set_decoded(self, NULL);
    Py_CLEAR(self->snapshot);
    if (self->decoder != NULL && _PyIO_Tell(self->decoder, "reset") < 0)
        return NULL;
    return PyObject_CallMethod(self->buffer, "seek", "ii", 0, 2);
}

static PyObject *textio_seek_cookie(PyObject *op, PyObject *where)
{
    textio *self = TEXTIO(op);
    PyObject *zero = PyInt_FromLong(0);
    text_cookie c;

    if (zero == NULL)
        return NULL;
    int negative = PyObject_RichCompareBool(where, zero, Py_LT);
    Py_DECREF(zero);
    if (negative < 0)
        return NULL;
    if (negative) {
        PyObject *text = PyObject_Repr(where);
        if (text != NULL) {
            PyErr_Format(PyExc_ValueError, "negative seek position %s", PyString_AS_STRING(text));
            Py_DECREF(text);
        }
        return NULL;
    }
    if (_PyIO_Tell(op, "flush") < 0 || cookie_from_long(&c, where) < 0)
        return NULL;
    PyObject *answer = PyObject_CallMethod(self->buffer, "seek", "n", (Py_ssize_t)c.start);
    if (answer == NULL)
        return NULL;
    Py_DECREF(answer);
    textio_set_decoded(self, NULL);
    Py_CLEAR(self->snapshot);
    if (self->decoder != NULL && textio_decoder_set(self, c.start, c.flags) < 0)
        return NULL;
    if (c.skip != 0) {
        PyObject *bytes = PyObject_CallMethod(self->buffer, "read", "i", (int)c.feed), *text;
        if (bytes == NULL)
            return NULL;
        if (!PyString_Check(bytes)) {
            PyErr_Format(PyExc_TypeError,
                         "underlying read() should have returned a bytes object, not '%.200s'",
                         Py_TYPE(bytes)->tp_name);
            Py_DECREF(bytes);
            return NULL;
        }
        self->snapshot = Py_BuildValue("iN", (int)c.flags, bytes);
        if (self->snapshot == NULL)
            return NULL;
        text = self->decoder == NULL ? textio_bad_seek("not readable")
                                     : textio_decode(self, bytes, c.eof);
        if (text == NULL)
            return NULL;
        textio_set_decoded(self, text);
        if (c.skip < 0 || PyUnicode_GET_SIZE(text) < c.skip)
            return textio_bad_seek("can't restore logical file position");
        self->used = c.skip;
    } else {
        self->snapshot = Py_BuildValue("is", (int)c.flags, "");
        if (self->snapshot == NULL)
            return NULL;
    }
    if (self->encoder != NULL && textio_encoder_at(self, c.start == 0 && c.flags == 0) < 0)
        return NULL;
    Py_INCREF(where);
    return where;
}

static PyObject *textio_tell(PyObject *op, PyObject *unused);

static PyObject *textio_seek(PyObject *op, PyObject *args)
{
    textio *self = TEXTIO(op);
    PyObject *where;
    int whence = 0;

    if (!textio_ready(self) || !PyArg_ParseTuple(args, "O|i:seek", &where, &whence) ||
        !textio_open(op))
        return NULL;
    if (!self->seekable)
        return textio_bad_seek("underlying stream is not seekable");
    if (whence == 0)
        return textio_seek_cookie(op, where);
    if (whence != 1 && whence != 2) {
        PyErr_Format(PyExc_ValueError, "invalid whence (%d, should be 0, 1 or 2)", whence);
        return NULL;
    }
    int somewhere = PyObject_IsTrue(where);
    if (somewhere < 0)
        return NULL;
    if (somewhere)
        return textio_bad_seek(whence == 1 ? "can't do nonzero cur-relative seeks"
                                           : "can't do nonzero end-relative seeks");
    if (whence == 2)
        return textio_seek_end(op);
    PyObject *here = PyObject_CallMethod(op, "tell", NULL), *result;
    if (here == NULL)
        return NULL;
    result = textio_seek_cookie(op, here);
    Py_DECREF(here);
    return result;
}

/* Finds, from the snapshot, the last place before the position at which the decoder kept nothing,
 * and what to feed to it from there. The decoder's state is put back afterwards by the caller. */
static int textio_find_place(textio *self, text_cookie *c, PyObject *bytes, Py_ssize_t skip)
{
    const char *s = PyString_AS_STRING(bytes), *end = s + PyString_GET_SIZE(bytes);
    Py_ssize_t chars = 0, fed = 0;

    if (textio_decoder_set(self, c->start, c->flags) < 0)
        return -1;
    for (; s < end && chars < skip; s++) {
        PyObject *byte = PyString_FromStringAndSize(s, 1), *state, *kept, *flags;
        PyObject *text = byte == NULL ? NULL : textio_decode(self, byte, 0);
        Py_XDECREF(byte);
        if (text == NULL)
            return -1;
        fed++;
        chars += PyUnicode_GET_SIZE(text);
        Py_DECREF(text);
        state = textio_decoder_state(self, &kept, &flags);
        if (state == NULL)
            return -1;
        py_long flag_value = PyInt_AsLong(flags);
        int clean = PyString_GET_SIZE(kept) == 0;
        Py_DECREF(state);
        if (flag_value == -1 && PyErr_Occurred())
            return -1;
        if (clean && chars <= skip) {
            c->start += fed;
            skip -= chars;
            c->flags = (int32_t)flag_value;
            fed = chars = 0;
        }
    }
    if (chars < skip) { /* what is missing comes out when the end is told */
        PyObject *none = PyString_FromString("");
        PyObject *text = none == NULL ? NULL : textio_decode(self, none, 1);
        Py_XDECREF(none);
        if (text == NULL)
            return -1;
        c->eof = 1;
        chars += PyUnicode_GET_SIZE(text);
        Py_DECREF(text);
        if (chars < skip) {
            PyErr_SetString(PyExc_IOError, "can't reconstruct logical file position");
            return -1;
        }
    }
    c->feed = (int32_t)fed;
    c->skip = (int32_t)skip;
    return 0;
}

static PyObject *textio_tell(PyObject *op, PyObject *unused)
{
    textio *self = TEXTIO(op);
    text_cookie c = {0, 0, 0, 0, 0};

    if (!textio_open(op))
        return NULL;
    if (!self->seekable)
        return textio_bad_seek("underlying stream is not seekable");
    if (!self->telling)
        return textio_bad_seek("telling position disabled by next() call");
    if (textio_write_out(self) < 0 || _PyIO_Tell(op, "flush") < 0)
        return NULL;
    PyObject *at = PyObject_CallMethod(self->buffer, "tell", NULL);
    if (at == NULL || self->decoder == NULL || self->snapshot == NULL)
        return at;
    c.start = PyNumber_AsSsize_t(at, PyExc_OverflowError);
    Py_DECREF(at);
    if (c.start == -1 && PyErr_Occurred())
        return NULL;
    PyObject *flags = PyTuple_GET_ITEM(self->snapshot, 0);
    PyObject *bytes = PyTuple_GET_ITEM(self->snapshot, 1);
    py_long flag_value = PyInt_AsLong(flags);
    if (flag_value == -1 && PyErr_Occurred())
        return NULL;
    c.flags = (int32_t)flag_value;
    c.start -= PyString_GET_SIZE(bytes);
    if (self->used == 0 || self->decoded == NULL)
        return cookie_to_long(&c);
    PyObject *saved = PyObject_CallMethod(self->decoder, "getstate", NULL);
    if (saved == NULL)
        return NULL;
    Py_INCREF(bytes);
    int status = textio_find_place(self, &c, bytes, self->used);
    Py_DECREF(bytes);
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    PyObject *answer = PyObject_CallMethod(self->decoder, "setstate", "(O)", saved);
    Py_DECREF(saved);
    if (answer == NULL)
        status = -1;
    Py_XDECREF(answer);
    if (type != NULL) {
        PyErr_Clear();
        PyErr_Restore(type, value, traceback);
    }
    return status < 0 ? NULL : cookie_to_long(&c);
}

static PyObject *textio_truncate(PyObject *op, PyObject *args)
{
    PyObject *pos = Py_None;

    if (!textio_ready(TEXTIO(op)) || !PyArg_ParseTuple(args, "|O:truncate", &pos) ||
        _PyIO_Tell(op, "flush") < 0)
        return NULL;
    return PyObject_CallMethod(TEXTIO(op)->buffer, "truncate", "O", pos);
}

/* The rest. */

static PyObject *textio_flush(PyObject *op, PyObject *unused)
{
    if (!textio_open(op))
        return NULL;
    TEXTIO(op)->telling = TEXTIO(op)->seekable;
    if (textio_write_out(TEXTIO(op)) < 0)
        return NULL;
    return PyObject_CallMethod(TEXTIO(op)->buffer, "flush", NULL);
}

static PyObject *textio_close(PyObject *op, PyObject *unused)
{
    PyObject *type = NULL, *value = NULL, *traceback = NULL, *answer;

    if (!textio_ready(TEXTIO(op)))
        return NULL;
    int closed = _PyIO_IsClosed(op);
    if (closed < 0)
        return NULL;
    if (closed > 0)
        Py_RETURN_NONE;
    if (_PyIO_Tell(op, "flush") < 0)
        PyErr_Fetch(&type, &value, &traceback);
    answer = PyObject_CallMethod(TEXTIO(op)->buffer, "close", NULL);
    if (type != NULL)
        Py_CLEAR(answer);
    _PyIO_RestoreUnlessSet(type, value, traceback);
    return answer;
}

static PyObject *textio_detach(PyObject *op, PyObject *unused)
{
    textio *self = TEXTIO(op);

    if (!textio_ready(self) || _PyIO_Tell(op, "flush") < 0)
        return NULL;
    PyObject *buffer = self->buffer;
    self->buffer = NULL;
    self->detached = 1;
    self->ok = 0;
    return buffer;
}

#define FORWARD(c_name, py_name)                                                                   \
    static PyObject *c_name(PyObject *self, PyObject *unused)                                      \
    {                                                                                              \
        if (!textio_ready(TEXTIO(self)))                                                           \
            return NULL;                                                                           \
        return PyObject_CallMethod(TEXTIO(self)->buffer, py_name, NULL);                           \
    }
FORWARD(textio_fileno, "fileno")
FORWARD(textio_isatty, "isatty")
FORWARD(textio_seekable, "seekable")
FORWARD(textio_readable, "readable")
FORWARD(textio_writable, "writable")

static PyObject *textio_repr(PyObject *op)
{
    textio *self = TEXTIO(op);
    PyObject *name, *encoding = NULL, *text = NULL, *result = NULL;

    if (!self->detached && !textio_ready(self))
        return NULL;
    name = PyObject_GetAttrString(op, "name");
    if (name == NULL) {
        if (!PyErr_ExceptionMatches(PyExc_AttributeError) &&
            !PyErr_ExceptionMatches(PyExc_ValueError))
            return NULL;
        PyErr_Clear();
    }
    int inside = Py_ReprEnter(op);
    if (inside > 0)
        PyErr_Format(PyExc_RuntimeError, "reentrant call inside %s.__repr__",
                     Py_TYPE(self)->tp_name);
    if (inside == 0) {
        encoding = PyObject_Repr(self->encoding);
        if (encoding != NULL && name == NULL)
            result = PyString_FromFormat("<_io.TextIOWrapper encoding=%s>",
                                         PyString_AS_STRING(encoding));
        else if (encoding != NULL && (text = PyObject_Repr(name)) != NULL)
            result = PyString_FromFormat("<_io.TextIOWrapper name=%s encoding=%s>",
                                         PyString_AS_STRING(text), PyString_AS_STRING(encoding));
        Py_ReprLeave(op);
    }
    Py_XDECREF(name);
    Py_XDECREF(encoding);
    Py_XDECREF(text);
    return result;
}

static PyObject *textio_get_name(PyObject *self, void *closure)
{
    if (!textio_ready(TEXTIO(self)))
        return NULL;
    return PyObject_GetAttrString(TEXTIO(self)->buffer, "name");
}

static PyObject *textio_get_closed(PyObject *self, void *closure)
{
    if (!textio_ready(TEXTIO(self)))
        return NULL;
    return PyObject_GetAttrString(TEXTIO(self)->buffer, "closed");
}

static PyObject *textio_get_newlines(PyObject *self, void *closure)
{
    if (!textio_ready(TEXTIO(self)))
        return NULL;
    if (TEXTIO(self)->decoder == NULL)
        Py_RETURN_NONE;
    PyObject *newlines = PyObject_GetAttrString(TEXTIO(self)->decoder, "newlines");
    if (newlines == NULL && PyErr_ExceptionMatches(PyExc_AttributeError)) {
        PyErr_Clear();
        Py_RETURN_NONE;
    }
    return newlines;
}

static PyObject *textio_get_errors(PyObject *self, void *closure)
{
    if (TEXTIO(self)->errors == NULL) {
        textio_ready(TEXTIO(self));
        return NULL;
    }
    Py_INCREF(TEXTIO(self)->errors);
    return TEXTIO(self)->errors;
}

static PyObject *textio_get_chunk_size(PyObject *self, void *closure)
{
    if (!textio_ready(TEXTIO(self)))
        return NULL;
    return PyLong_FromSsize_t(TEXTIO(self)->chunk_size);
}

static int textio_set_chunk_size(PyObject *self, PyObject *value, void *closure)
{
    if (!textio_ready(TEXTIO(self)))
        return -1;
    if (value == NULL) {
        PyErr_SetString(PyExc_AttributeError, "cannot delete attribute");
        return -1;
    }
    Py_ssize_t n = PyNumber_AsSsize_t(value, PyExc_TypeError);
    if (n == -1 && PyErr_Occurred())
        return -1;
    if (n <= 0) {
        PyErr_SetString(PyExc_ValueError, "a strictly positive integer is required");
        return -1;
    }
    TEXTIO(self)->chunk_size = n;
    return 0;
}

static PyMethodDef textio_methods[] = {
    {"detach", textio_detach, METH_NOARGS},
    {"write", textio_write, METH_VARARGS},
    {"read", textio_read, METH_VARARGS},
    {"readline", textio_readline, METH_VARARGS},
    {"flush", textio_flush, METH_NOARGS},
    {"close", textio_close, METH_NOARGS},
    {"fileno", textio_fileno, METH_NOARGS},
    {"seekable", textio_seekable, METH_NOARGS},
    {"readable", textio_readable, METH_NOARGS},
    {"writable", textio_writable, METH_NOARGS},
    {"isatty", textio_isatty, METH_NOARGS},
    {"seek", textio_seek, METH_VARARGS},
    {"tell", textio_tell, METH_NOARGS},
    {"truncate", textio_truncate, METH_VARARGS},
    {NULL},
};
static PyMemberDef textio_members[] = {
    {"encoding", T_OBJECT, offsetof(textio, encoding), READONLY},
    {"buffer", T_OBJECT, offsetof(textio, buffer), READONLY},
    {"line_buffering", T_BOOL, offsetof(textio, line_buffering), READONLY},
    {NULL},
};
static PyGetSetDef textio_getset[] = {
    {"name", textio_get_name},
    {"closed", textio_get_closed},
    {"newlines", textio_get_newlines},
    {"errors", textio_get_errors},
    {"_CHUNK_SIZE", textio_get_chunk_size, textio_set_chunk_size},
    {NULL},
};

PyTypeObject _PyIO_TextIOWrapper = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "_io.TextIOWrapper",
    .tp_basicsize = sizeof(textio),
    .tp_x64_basicsize = 176,
    .tp_dealloc = textio_dealloc,
    .tp_repr = textio_repr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_doc =
        "Character and line based layer over a BufferedIOBase object, buffer.\n\n"
        "encoding is by default the locale's; errors as for codecs, by default \"strict\".\n"
        "newline None: \\n, \\r and \\r\\n are read as \\n and \\n is written as the system's\n"
        "line end; '': they end lines but stay as they are; otherwise the line end itself.\n"
        "line_buffering: flush after each write that contains a newline.",
    .tp_traverse = textio_traverse,
    .tp_clear = textio_clear,
    .tp_weaklistoffset = offsetof(textio, weakreflist),
    .tp_iternext = textio_iternext,
    .tp_methods = textio_methods,
    .tp_members = textio_members,
    .tp_getset = textio_getset,
    .tp_base = &_PyIO_TextIOBase,
    .tp_dictoffset = offsetof(textio, dict),
    .tp_init = textio_init,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = PyType_GenericNew,
};
