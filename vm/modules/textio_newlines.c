/* SPDX-License-Identifier: MIT */
/* _io._TextIOBase, the search for line ends, and IncrementalNewlineDecoder. Invariant of the
 * decoder: a \r at the end of the input is held back (pending_cr) until it is known whether a \n
 * follows, so that no \r\n is ever split. */
#include "Python.h"
#include "modules/io_private.h"

/* _TextIOBase */

static PyObject *textiobase_detach(PyObject *self, PyObject *unused)
{
    return _PyIO_Unsupported("detach");
}

static PyObject *textiobase_read(PyObject *self, PyObject *args)
{
    return _PyIO_Unsupported("read");
}

static PyObject *textiobase_readline(PyObject *self, PyObject *args)
{
    return _PyIO_Unsupported("readline");
}

static PyObject *textiobase_write(PyObject *self, PyObject *args)
{
    return _PyIO_Unsupported("write");
}

static PyObject *textiobase_none_get(PyObject *self, void *closure)
{
    Py_RETURN_NONE;
}

static PyMethodDef textiobase_methods[] = {
    {"detach", textiobase_detach, METH_NOARGS,
     "Separate the underlying buffer from the TextIOBase and return it."},
    {"read", textiobase_read, METH_VARARGS,
     "Read at most n characters from stream; until the end if n is negative or omitted."},
    {"readline", textiobase_readline, METH_VARARGS, "Read until newline or EOF."},
    {"write", textiobase_write, METH_VARARGS, "Write string to stream."},
    {NULL},
};
static PyGetSetDef textiobase_getset[] = {
    {"encoding", textiobase_none_get, NULL, "Encoding of the text stream."},
    {"newlines", textiobase_none_get, NULL, "Line endings translated so far."},
    {"errors", textiobase_none_get, NULL, "The error setting of the decoder or encoder."},
    {NULL},
};

PyTypeObject _PyIO_TextIOBase = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "_io._TextIOBase",
    .tp_x64_basicsize = 32,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = "Base class for text I/O.",
    .tp_methods = textiobase_methods,
    .tp_getset = textiobase_getset,
    .tp_base = &_PyIO_IOBase,
};

/* Line ends. */

static Py_ssize_t find_char(const Py_UNICODE *s, Py_ssize_t n, Py_UNICODE c)
{
    for (Py_ssize_t i = 0; i < n; i++)
        if (s[i] == c)
            return i;
    return -1;
}

Py_ssize_t _PyIO_FindLineEnd(const Py_UNICODE *s, Py_ssize_t n, int translated, int universal,
                             const char *readnl, Py_ssize_t *consumed)
{
    *consumed = n;
    if (translated) {
        Py_ssize_t i = find_char(s, n, '\n');
        return i < 0 ? -1 : i + 1;
    }
    if (universal) {
        for (Py_ssize_t i = 0; i < n; i++) {
            if (s[i] == '\n')
                return i + 1;
            if (s[i] == '\r')
                return i + 1 < n && s[i + 1] == '\n' ? i + 2 : i + 1;
        }
        return -1;
    }
    /* A given line end: one or two characters. */
    Py_ssize_t len = readnl == NULL ? 1 : (Py_ssize_t)strlen(readnl);
    Py_UNICODE first = readnl == NULL ? '\n' : (unsigned char)readnl[0];
    for (Py_ssize_t at = 0; at < n;) {
        Py_ssize_t i = find_char(s + at, n - at, first);
        if (i < 0)
            return -1;
        at += i;
        if (len == 1)
            return at + 1;
        if (at + 1 == n) { /* it may go on in what comes next */
            *consumed = at;
            return -1;
        }
        if (s[at + 1] == (unsigned char)readnl[1])
            return at + 2;
        at++;
    }
    return -1;
}

/* IncrementalNewlineDecoder */

enum { SEEN_CR = 1, SEEN_LF = 2, SEEN_CRLF = 4 };

typedef struct {
    PyObject_HEAD PyObject *decoder, *errors;
    unsigned pending_cr : 1, translate : 1, seen : 3;
} nldecoder;

#define NLDECODER(op) ((nldecoder *)(op))

static int nldecoder_init(PyObject *op, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"decoder", "translate", "errors", NULL};
    PyObject *decoder, *errors = NULL;
    int translate;

    if (!PyArg_ParseTupleAndKeywords(args, kwds, "Oi|O:IncrementalNewlineDecoder", names, &decoder,
                                     &translate, &errors))
        return -1;
    if (errors == NULL) {
        errors = PyUnicode_FromString("strict");
        if (errors == NULL)
            return -1;
    } else
        Py_INCREF(errors);
    Py_INCREF(decoder);
    Py_XSETREF(NLDECODER(op)->decoder, decoder);
    Py_XSETREF(NLDECODER(op)->errors, errors);
    NLDECODER(op)->translate = translate != 0;
    NLDECODER(op)->seen = 0;
    NLDECODER(op)->pending_cr = 0;
    return 0;
}

static void nldecoder_dealloc(PyObject *op)
{
    Py_CLEAR(NLDECODER(op)->decoder);
    Py_CLEAR(NLDECODER(op)->errors);
    Py_TYPE(op)->tp_free(op);
}

/* Is the decoder there? (Not before __init__.) */
static int nldecoder_ready(nldecoder *self)
{
    if (self->decoder != NULL)
        return 1;
    PyErr_SetString(PyExc_ValueError, "IncrementalNewlineDecoder.__init__ not called");
    return 0;
}

/* Notes the newlines in s and, when translating, rewrites it in place; the new length. */
static Py_ssize_t nldecoder_scan(nldecoder *self, Py_UNICODE *s, Py_ssize_t n)
{
    Py_ssize_t out = 0;
    unsigned seen = self->seen;

    for (Py_ssize_t i = 0; i < n; i++) {
        Py_UNICODE c = s[i];
        if (c == '\n')
            seen |= SEEN_LF;
        else if (c == '\r') {
            int pair = i + 1 < n && s[i + 1] == '\n';
            seen |= pair ? SEEN_CRLF : SEEN_CR;
            if (self->translate) {
                i += pair;
                c = '\n';
            } else if (pair) {
                s[out++] = c;
                c = s[++i];
            }
        }
        s[out++] = c;
    }
    self->seen = seen & 7;
    return out;
}

PyObject *_PyIO_NewlineDecode(PyObject *op, PyObject *input, int final)
{
    nldecoder *self = NLDECODER(op);
    PyObject *text;

    if (!nldecoder_ready(self))
        return NULL;
    if (self->decoder != Py_None)
        text = PyObject_CallMethod(self->decoder, "decode", "Oi", input, final ? 1 : 0);
    else {
        text = input;
        Py_INCREF(text);
    }
    if (text == NULL)
        return NULL;
    if (!PyUnicode_Check(text)) {
        PyErr_Format(PyExc_TypeError, "decoder should return a string result, not '%.200s'",
                     Py_TYPE(text)->tp_name);
        Py_DECREF(text);
        return NULL;
    }
    const Py_UNICODE *s = PyUnicode_AS_UNICODE(text);
    Py_ssize_t n = PyUnicode_GET_SIZE(text);
    int prepend = self->pending_cr && (final || n > 0);
    if (prepend)
        self->pending_cr = 0;
    /* Nothing to change, nothing to note: the text itself. */
    if (!prepend && n > 0 && find_char(s, n, '\r') < 0) {
        if (!(self->seen & SEEN_LF) && find_char(s, n, '\n') >= 0)
            self->seen |= SEEN_LF;
        return text;
    }
    PyObject *result = PyUnicode_FromUnicode(NULL, n + prepend);
    if (result != NULL) {
        Py_UNICODE *to = PyUnicode_AS_UNICODE(result);
        Py_ssize_t len = n + prepend;
        if (prepend)
            to[0] = '\r';
        memcpy(to + prepend, s, (size_t)n * sizeof(Py_UNICODE));
        if (!final && len > 0 && to[len - 1] == '\r') {
            len--;
            self->pending_cr = 1;
        }
        len = nldecoder_scan(self, to, len);
        if (len != n + prepend) {
            PyObject *shorter = PyUnicode_FromUnicode(to, len);
            Py_DECREF(result);
            result = shorter;
        }
    }
    Py_DECREF(text);
    return result;
}

static PyObject *nldecoder_decode(PyObject *self, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"input", "final", NULL};
    PyObject *input;
    int final = 0;

    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O|i:IncrementalNewlineDecoder", names, &input,
                                     &final))
        return NULL;
    return _PyIO_NewlineDecode(self, input, final);
}

static PyObject *nldecoder_getstate(PyObject *op, PyObject *unused)
{
    nldecoder *self = NLDECODER(op);
    PyObject *buffer = NULL, *state = NULL;
    py_ulong flag = 0;

    if (!nldecoder_ready(self))
        return NULL;
    if (self->decoder != Py_None) {
        state = PyObject_CallMethod(self->decoder, "getstate", NULL);
        if (state == NULL)
            return NULL;
        if (!PyTuple_Check(state)) {
            PyErr_SetString(PyExc_TypeError, "illegal decoder state");
            Py_DECREF(state);
            return NULL;
        }
        PyObject *flag_ob;
        if (!PyArg_ParseTuple(state, "OO;illegal decoder state", &buffer, &flag_ob)) {
            Py_DECREF(state);
            return NULL;
        }
        flag = PyNumber_Check(flag_ob) ? PyInt_AsUnsignedLongLongMask(flag_ob) : 0;
        Py_INCREF(buffer);
        Py_DECREF(state);
        if (PyErr_Occurred()) {
            Py_DECREF(buffer);
            return NULL;
        }
    } else if ((buffer = PyString_FromString("")) == NULL)
        return NULL;
    return Py_BuildValue("NK", buffer, flag << 1 | self->pending_cr);
}

static PyObject *nldecoder_setstate(PyObject *op, PyObject *state)
{
    nldecoder *self = NLDECODER(op);
    PyObject *buffer;
    uint64_t flag;

    if (!nldecoder_ready(self) || !PyArg_Parse(state, "(OK)", &buffer, &flag))
        return NULL;
    self->pending_cr = flag & 1;
    flag >>= 1;
    if (self->decoder != Py_None)
        return PyObject_CallMethod(self->decoder, "setstate", "((OK))", buffer, flag);
    Py_RETURN_NONE;
}

static PyObject *nldecoder_reset(PyObject *op, PyObject *unused)
{
    if (!nldecoder_ready(NLDECODER(op)))
        return NULL;
    NLDECODER(op)->seen = 0;
    NLDECODER(op)->pending_cr = 0;
    if (NLDECODER(op)->decoder != Py_None)
        return PyObject_CallMethod(NLDECODER(op)->decoder, "reset", NULL);
    Py_RETURN_NONE;
}

static PyObject *nldecoder_get_newlines(PyObject *op, void *closure)
{
    static const char *const texts[3] = {"\r", "\n", "\r\n"};
    unsigned seen = NLDECODER(op)->seen;
    PyObject *found = PyList_New(0), *result = NULL;

    for (int i = 0; found != NULL && i < 3; i++)
        if (seen & 1u << i) {
            PyObject *text = PyUnicode_FromString(texts[i]);
            if (text == NULL || PyList_Append(found, text) < 0)
                Py_CLEAR(found);
            Py_XDECREF(text);
        }
    if (found == NULL)
        return NULL;
    if (PyList_GET_SIZE(found) > 1)
        result = PyList_AsTuple(found);
    else {
        result = PyList_GET_SIZE(found) == 1 ? PyList_GET_ITEM(found, 0) : Py_None;
        Py_INCREF(result);
    }
    Py_DECREF(found);
    return result;
}

static PyMethodDef nldecoder_methods[] = {
    {"decode", PyCFunction_CAST(nldecoder_decode), METH_VARARGS | METH_KEYWORDS},
    {"getstate", nldecoder_getstate, METH_NOARGS},
    {"setstate", nldecoder_setstate, METH_O},
    {"reset", nldecoder_reset, METH_NOARGS},
    {NULL},
};
static PyGetSetDef nldecoder_getset[] = {
    {"newlines", nldecoder_get_newlines},
    {NULL},
};

PyTypeObject _PyIO_NewlineDecoder = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "_io.IncrementalNewlineDecoder",
    .tp_basicsize = sizeof(nldecoder),
    .tp_x64_basicsize = 40,
    .tp_dealloc = nldecoder_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = "Codec used when reading a file in universal newlines mode.  It wraps\n"
              "another incremental decoder, translating \\r\\n and \\r into \\n.  It also\n"
              "records the types of newlines encountered.",
    .tp_methods = nldecoder_methods,
    .tp_getset = nldecoder_getset,
    .tp_init = nldecoder_init,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = PyType_GenericNew,
};
