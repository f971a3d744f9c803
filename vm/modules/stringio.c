/* SPDX-License-Identifier: MIT */
/* _io.StringIO: a text stream in memory. Invariants: buf holds `size` characters; pos may lie
 * beyond; newlines are translated when they are written, as the newline argument says, so that
 * reading only has to find line ends. */
#include "Python.h"
#include "modules/io_private.h"

typedef struct {
    PyObject_HEAD Py_UNICODE *buf;
    Py_ssize_t pos, size, room;
    PyObject *decoder; /* translates newlines on the way in, or NULL */
    PyObject *readnl;  /* the newline argument: str or NULL */
    PyObject *writenl; /* what \n becomes: unicode or NULL */
    uint8_t ok, closed, universal, translate;
    PyObject *dict, *weakreflist;
} stringio;

#define STRINGIO(op) ((stringio *)(op))

static int stringio_ready(stringio *self)
{
    if (!self->ok)
        PyErr_SetString(PyExc_ValueError, "I/O operation on uninitialized object");
    else if (self->closed)
        PyErr_SetString(PyExc_ValueError, "I/O operation on closed file");
    else
        return 1;
    return 0;
}

static int stringio_set_room(stringio *self, Py_ssize_t size)
{
    Py_ssize_t room = self->room;

    size++;
    if (size < room / 2)
        room = size + 1;
    else if (size < room)
        return 0;
    else if (size <= room + room / 8) /* it goes on growing: more than is needed */
        room = size + (size >> 3) + (size < 9 ? 3 : 6);
    else
        room = size + 1;
    if (size > PY_SSIZE_T_MAX / 8) {
        PyErr_SetString(PyExc_OverflowError, "new buffer size too large");
        return -1;
    }
    Py_UNICODE *buf = PyMem_Realloc(self->buf, room * (Py_ssize_t)sizeof(Py_UNICODE));
    if (buf == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    self->buf = buf;
    self->room = room;
    return 0;
}

static int stringio_put(stringio *self, PyObject *text)
{
    PyObject *decoded;
    int status = -1;

    if (self->decoder != NULL)
        decoded = _PyIO_NewlineDecode(self->decoder, text, 1);
    else {
        decoded = text;
        Py_INCREF(decoded);
    }
    if (decoded != NULL && self->writenl != NULL) {
        PyObject *nl = PyUnicode_FromString("\n"), *translated = NULL;
        if (nl != NULL)
            translated = PyUnicode_Replace(decoded, nl, self->writenl, -1);
        Py_XDECREF(nl);
        Py_SETREF(decoded, translated);
    }
    if (decoded == NULL)
        return -1;
    Py_ssize_t n = PyUnicode_GET_SIZE(decoded);
    if (self->pos > PY_SSIZE_T_MAX - n)
        PyErr_SetString(PyExc_OverflowError, "new position too large");
    else if (self->pos + n < self->room || stringio_set_room(self, self->pos + n) == 0) {
        if (self->pos > self->size)
            memset(self->buf + self->size, 0,
                   (size_t)(self->pos - self->size) * sizeof(Py_UNICODE));
        memcpy(self->buf + self->pos, PyUnicode_AS_UNICODE(decoded),
               (size_t)n * sizeof(Py_UNICODE));
        self->pos += n;
        if (self->size < self->pos)
            self->size = self->pos;
        status = 0;
    }
    Py_DECREF(decoded);
    return status;
}

static PyObject *stringio_getvalue(PyObject *self, PyObject *unused)
{
    if (!stringio_ready(STRINGIO(self)))
        return NULL;
    return PyUnicode_FromUnicode(STRINGIO(self)->buf, STRINGIO(self)->size);
}

static PyObject *stringio_tell(PyObject *self, PyObject *unused)
{
    if (!stringio_ready(STRINGIO(self)))
        return NULL;
    return PyLong_FromSsize_t(STRINGIO(self)->pos);
}

/* An optional size; *size is left alone when it is missing or None. 0 or -1. */
static int stringio_size_arg(PyObject *args, const char *format, Py_ssize_t *size)
{
    PyObject *arg = Py_None;

    if (!PyArg_ParseTuple(args, format, &arg))
        return -1;
    if (arg == Py_None)
        return 0;
    if (PyNumber_Check(arg)) {
        *size = PyNumber_AsSsize_t(arg, PyExc_OverflowError);
        return *size == -1 && PyErr_Occurred() ? -1 : 0;
    }
    PyErr_Format(PyExc_TypeError, "integer argument expected, got '%s'", Py_TYPE(arg)->tp_name);
    return -1;
}

static PyObject *stringio_take(stringio *self, Py_ssize_t n)
{
    PyObject *result = PyUnicode_FromUnicode(self->buf + (n > 0 ? self->pos : 0), n);

    if (result != NULL)
        self->pos += n;
    return result;
}

static PyObject *stringio_read(PyObject *op, PyObject *args)
{
    stringio *self = STRINGIO(op);
    Py_ssize_t n = -1;

    if (!stringio_ready(self) || stringio_size_arg(args, "|O:read", &n) < 0)
        return NULL;
    Py_ssize_t left = self->pos < self->size ? self->size - self->pos : 0;
    return stringio_take(self, n < 0 || n > left ? left : n);
}

static PyObject *stringio_line(stringio *self, Py_ssize_t limit)
{
    Py_ssize_t left = self->pos < self->size ? self->size - self->pos : 0, skipped;

    if (left == 0)
        return stringio_take(self, 0);
    if (limit >= 0 && limit < left)
        left = limit;
    Py_ssize_t n =
        _PyIO_FindLineEnd(self->buf + self->pos, left, self->translate, self->universal,
                          self->readnl != NULL ? PyString_AS_STRING(self->readnl) : NULL, &skipped);
    return stringio_take(self, n < 0 ? left : n);
}

static PyObject *stringio_readline(PyObject *self, PyObject *args)
{
    Py_ssize_t limit = -1;

    if (!stringio_ready(STRINGIO(self)) || stringio_size_arg(args, "|O:readline", &limit) < 0)
        return NULL;
    return stringio_line(STRINGIO(self), limit);
}

static PyObject *stringio_iternext(PyObject *self)
{
    PyObject *line;

    if (!stringio_ready(STRINGIO(self)))
        return NULL;
    if (Py_TYPE(self) == &_PyIO_StringIO)
        line = stringio_line(STRINGIO(self), -1);
    else { /* a subclass may have a readline of its own */
        line = PyObject_CallMethod(self, "readline", NULL);
        if (line != NULL && !PyUnicode_Check(line)) {
            PyErr_Format(PyExc_IOError,
                         "readline() should have returned an str object, not '%.200s'",
                         Py_TYPE(line)->tp_name);
            Py_CLEAR(line);
        }
    }
    if (line != NULL && PyUnicode_GET_SIZE(line) == 0)
        Py_CLEAR(line);
    return line;
}

static PyObject *stringio_truncate(PyObject *op, PyObject *args)
{
    stringio *self = STRINGIO(op);
    Py_ssize_t size = self->pos;

    if (!stringio_ready(self) || stringio_size_arg(args, "|O:truncate", &size) < 0)
        return NULL;
    if (size < 0) {
        PyErr_Format(PyExc_ValueError, "Negative size value %zd", size);
        return NULL;
    }
    if (size < self->size) {
        if (stringio_set_room(self, size) < 0)
            return NULL;
        self->size = size;
    }
    return PyLong_FromSsize_t(size);
}

static PyObject *stringio_seek(PyObject *op, PyObject *args)
{
    stringio *self = STRINGIO(op);
    PyObject *where;
    int whence = 0;

    if (!stringio_ready(self) || !PyArg_ParseTuple(args, "O|i:seek", &where, &whence))
        return NULL;
    Py_ssize_t pos = PyNumber_AsSsize_t(where, PyExc_OverflowError);
    if (pos == -1 && PyErr_Occurred())
        return NULL;
    if (whence != 0 && whence != 1 && whence != 2) {
        PyErr_Format(PyExc_ValueError, "Invalid whence (%i, should be 0, 1 or 2)", whence);
        return NULL;
    }
    if (pos < 0 && whence == 0) {
        PyErr_Format(PyExc_ValueError, "Negative seek position %zd", pos);
        return NULL;
    }
    if (whence != 0 && pos != 0) {
        PyErr_SetString(PyExc_IOError, "Can't do nonzero cur-relative seeks");
        return NULL;
    }
    if (whence != 0)
        pos = whence == 1 ? self->pos : self->size;
    self->pos = pos;
    return PyLong_FromSsize_t(pos);
}

static PyObject *stringio_write(PyObject *self, PyObject *text)
{
    if (!STRINGIO(self)->ok) {
        stringio_ready(STRINGIO(self));
        return NULL;
    }
    if (!PyUnicode_Check(text)) {
        PyErr_Format(PyExc_TypeError, "unicode argument expected, got '%s'",
                     Py_TYPE(text)->tp_name);
        return NULL;
    }
    if (!stringio_ready(STRINGIO(self)))
        return NULL;
    Py_ssize_t n = PyUnicode_GET_SIZE(text);
    if (n > 0 && stringio_put(STRINGIO(self), text) < 0)
        return NULL;
    return PyLong_FromSsize_t(n);
}

static PyObject *stringio_close(PyObject *op, PyObject *unused)
{
    stringio *self = STRINGIO(op);

    self->closed = 1;
    PyMem_Free(self->buf);
    self->buf = NULL;
    self->room = self->size = self->pos = 0;
    Py_CLEAR(self->readnl);
    Py_CLEAR(self->writenl);
    Py_CLEAR(self->decoder);
    Py_RETURN_NONE;
}

static PyObject *stringio_yes(PyObject *self, PyObject *unused)
{
    if (!stringio_ready(STRINGIO(self)))
        return NULL;
    Py_RETURN_TRUE;
}

static PyObject *stringio_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    return type->tp_alloc(type, 0);
}

static int stringio_init(PyObject *op, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"initial_value", "newline", NULL};
    stringio *self = STRINGIO(op);
    PyObject *value = NULL;
    const char *newline = "\n";

    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|Oz:__init__", names, &value, &newline))
        return -1;
    if (newline != NULL && newline[0] != '\0' && strcmp(newline, "\n") != 0 &&
        strcmp(newline, "\r\n") != 0 && strcmp(newline, "\r") != 0) {
        PyErr_Format(PyExc_ValueError, "illegal newline value: %s", newline);
        return -1;
    }
    if (value != NULL && value != Py_None && !PyUnicode_Check(value)) {
        PyErr_Format(PyExc_TypeError, "initial_value must be unicode or None, not %.200s",
                     Py_TYPE(value)->tp_name);
        return -1;
    }
    self->ok = 0;
    Py_CLEAR(self->readnl);
    Py_CLEAR(self->writenl);
    Py_CLEAR(self->decoder);
    if (newline != NULL && (self->readnl = PyString_FromString(newline)) == NULL)
        return -1;
    self->universal = newline == NULL || newline[0] == '\0';
    self->translate = newline == NULL;
    if (newline != NULL && newline[0] == '\r' &&
        (self->writenl = PyUnicode_FromString(newline)) == NULL)
        return -1;
    if (self->universal) {
        self->decoder = PyObject_CallFunction((PyObject *)&_PyIO_NewlineDecoder, "Oi", Py_None,
                                              (int)self->translate);
        if (self->decoder == NULL)
            return -1;
    }
    self->size = self->pos = 0;
    self->closed = 0;
    if (stringio_set_room(self, 0) < 0)
        return -1;
    if (value != NULL && value != Py_None && PyUnicode_GET_SIZE(value) > 0) {
        /* The initial value passes through the same translation as what is written. */
        if (stringio_put(self, value) < 0)
            return -1;
        self->pos = 0;
    }
    self->ok = 1;
    return 0;
}

static void stringio_dealloc(PyObject *op)
{
    stringio *self = STRINGIO(op);

    PyObject_GC_UnTrack(op);
    self->ok = 0;
    PyMem_Free(self->buf);
    self->buf = NULL;
    Py_CLEAR(self->readnl);
    Py_CLEAR(self->writenl);
    Py_CLEAR(self->decoder);
    Py_CLEAR(self->dict);
    if (self->weakreflist != NULL)
        PyObject_ClearWeakRefs(op);
    Py_TYPE(op)->tp_free(op);
}

static int stringio_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(STRINGIO(op)->dict);
    Py_VISIT(STRINGIO(op)->decoder);
    return 0;
}

static int stringio_clear(PyObject *op)
{
    Py_CLEAR(STRINGIO(op)->dict);
    return 0;
}

static PyObject *stringio_getstate(PyObject *op, PyObject *unused)
{
    stringio *self = STRINGIO(op);
    PyObject *value = stringio_getvalue(op, NULL), *dict;

    if (value == NULL)
        return NULL;
    if (self->dict == NULL) {
        dict = Py_None;
        Py_INCREF(dict);
    } else
        dict = PyDict_Copy(self->dict);
    if (dict == NULL) {
        Py_DECREF(value);
        return NULL;
    }
    return Py_BuildValue("(NOnN)", value, self->readnl != NULL ? self->readnl : Py_None, self->pos,
                         dict);
}

static PyObject *stringio_setstate(PyObject *op, PyObject *state)
{
    stringio *self = STRINGIO(op);

    if (self->closed) {
        PyErr_SetString(PyExc_ValueError, "I/O operation on closed file");
        return NULL;
    }
    if (!PyTuple_Check(state) || PyTuple_GET_SIZE(state) < 4) {
        PyErr_Format(PyExc_TypeError, "%.200s.__setstate__ argument should be 4-tuple, got %.200s",
                     Py_TYPE(op)->tp_name, Py_TYPE(state)->tp_name);
        return NULL;
    }
    PyObject *none = PyTuple_GetSlice(state, 0, 2);
    if (none == NULL)
        return NULL;
    /* Newlines in the value are translated already: it is stored as it is. */
    PyObject *value = PyTuple_GET_ITEM(none, 0);
    PyObject *bare = PyTuple_Pack(2, Py_None, PyTuple_GET_ITEM(none, 1));
    int status = bare == NULL ? -1 : stringio_init(op, bare, NULL);
    Py_XDECREF(bare);
    if (status == 0 && !PyUnicode_Check(value)) {
        PyErr_Format(PyExc_TypeError, "first item of state must be unicode, not %.200s",
                     Py_TYPE(value)->tp_name);
        status = -1;
    }
    if (status == 0) {
        Py_ssize_t n = PyUnicode_GET_SIZE(value);
        status = stringio_set_room(self, n);
        if (status == 0) {
            memcpy(self->buf, PyUnicode_AS_UNICODE(value), (size_t)n * sizeof(Py_UNICODE));
            self->size = n;
        }
    }
    Py_DECREF(none);
    if (status < 0)
        return NULL;
    PyObject *where = PyTuple_GET_ITEM(state, 2), *dict = PyTuple_GET_ITEM(state, 3);
    if (!PyInt_Check(where) && !PyLong_Check(where)) {
        PyErr_Format(PyExc_TypeError, "third item of state must be an integer, got %.200s",
                     Py_TYPE(where)->tp_name);
        return NULL;
    }
    Py_ssize_t pos = PyNumber_AsSsize_t(where, PyExc_OverflowError);
    if (pos == -1 && PyErr_Occurred())
        return NULL;
    if (pos < 0) {
        PyErr_SetString(PyExc_ValueError, "position value cannot be negative");
        return NULL;
    }
    self->pos = pos;
    if (dict != Py_None) {
        if (!PyDict_Check(dict)) {
            PyErr_Format(PyExc_TypeError, "fourth item of state should be a dict, got a %.200s",
                         Py_TYPE(dict)->tp_name);
            return NULL;
        }
        if (self->dict != NULL) {
            if (PyDict_Update(self->dict, dict) < 0)
                return NULL;
        } else {
            Py_INCREF(dict);
            self->dict = dict;
        }
    }
    Py_RETURN_NONE;
}

static PyObject *stringio_get_closed(PyObject *self, void *closure)
{
    if (!STRINGIO(self)->ok) {
        stringio_ready(STRINGIO(self));
        return NULL;
    }
    return PyBool_FromLong(STRINGIO(self)->closed);
}

static PyObject *stringio_get_line_buffering(PyObject *self, void *closure)
{
    if (!stringio_ready(STRINGIO(self)))
        return NULL;
    Py_RETURN_FALSE;
}

static PyObject *stringio_get_newlines(PyObject *self, void *closure)
{
    if (!stringio_ready(STRINGIO(self)))
        return NULL;
    if (STRINGIO(self)->decoder == NULL)
        Py_RETURN_NONE;
    return PyObject_GetAttrString(STRINGIO(self)->decoder, "newlines");
}

static PyMethodDef stringio_methods[] = {
    {"getvalue", stringio_getvalue, METH_NOARGS, "Retrieve the entire contents of the object."},
    {"read", stringio_read, METH_VARARGS,
     "Read at most n characters, returned as a unicode string."},
    {"readline", stringio_readline, METH_VARARGS, "Read until newline or EOF."},
    {"tell", stringio_tell, METH_NOARGS, "Tell the current file position."},
    {"truncate", stringio_truncate, METH_VARARGS, "Truncate size to pos."},
    {"seek", stringio_seek, METH_VARARGS, "Change stream position."},
    {"write", stringio_write, METH_O, "Write string to file; the number of characters written."},
    {"close", stringio_close, METH_NOARGS, "Close the IO object, and give up its contents."},
    {"seekable", stringio_yes, METH_NOARGS, "Returns True if the IO object can be seeked."},
    {"readable", stringio_yes, METH_NOARGS, "Returns True if the IO object can be read."},
    {"writable", stringio_yes, METH_NOARGS, "Returns True if the IO object can be written."},
    {"__getstate__", stringio_getstate, METH_NOARGS, NULL},
    {"__setstate__", stringio_setstate, METH_O, NULL},
    {NULL},
};
static PyGetSetDef stringio_getset[] = {
    {"closed", stringio_get_closed},
    {"newlines", stringio_get_newlines},
    {"line_buffering", stringio_get_line_buffering},
    {NULL},
};

PyTypeObject _PyIO_StringIO = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "_io.StringIO",
    .tp_basicsize = sizeof(stringio),
    .tp_x64_basicsize = 96,
    .tp_dealloc = stringio_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "Text I/O implementation using an in-memory buffer.\n\n"
              "The initial_value argument sets the value of object.  The newline\n"
              "argument is like the one of TextIOWrapper's constructor.",
    .tp_traverse = stringio_traverse,
    .tp_clear = stringio_clear,
    .tp_weaklistoffset = offsetof(stringio, weakreflist),
    .tp_iternext = stringio_iternext,
    .tp_methods = stringio_methods,
    .tp_getset = stringio_getset,
    .tp_base = &_PyIO_TextIOBase,
    .tp_dictoffset = offsetof(stringio, dict),
    .tp_init = stringio_init,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = stringio_new,
};
