/* SPDX-License-Identifier: MIT */
/* _io.BytesIO: a binary stream in memory. Invariants: buf has `room` bytes of which the first
 * `size` are the contents; pos may lie beyond size; buf is NULL when closed. */
#include "Python.h"
#include "modules/io_private.h"

typedef struct {
    PyObject_HEAD char *buf;
    Py_ssize_t pos, size, room;
    PyObject *dict, *weakreflist;
} bytesio;

#define BYTESIO(op) ((bytesio *)(op))

static int bytesio_open(bytesio *self)
{
    if (self->buf != NULL)
        return 1;
    PyErr_SetString(PyExc_ValueError, "I/O operation on closed file.");
    return 0;
}

static int bytesio_set_room(bytesio *self, Py_ssize_t size)
{
    Py_ssize_t room = self->room;

    if (size < room / 2)
        room = size + 1;
    else if (size < room)
        return 0;
    else if (size <= room + room / 8) /* it goes on growing: more than is needed */
        room = size + (size >> 3) + (size < 9 ? 3 : 6);
    else
        room = size + 1;
    if (size > PY_SSIZE_T_MAX - 1 - (size >> 3) - 6) {
        PyErr_SetString(PyExc_OverflowError, "new buffer size too large");
        return -1;
    }
    char *buf = PyMem_Realloc(self->buf, room);
    if (buf == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    self->buf = buf;
    self->room = room;
    return 0;
}

static int bytesio_put(bytesio *self, const void *data, Py_ssize_t n)
{
    if (n > PY_SSIZE_T_MAX - self->pos) {
        PyErr_SetString(PyExc_OverflowError, "new position too large");
        return -1;
    }
    if (self->pos + n > self->room && bytesio_set_room(self, self->pos + n) < 0)
        return -1;
    if (self->pos > self->size) /* what was skipped is zeros */
        memset(self->buf + self->size, 0, (size_t)(self->pos - self->size));
    memcpy(self->buf + self->pos, data, (size_t)n);
    self->pos += n;
    if (self->size < self->pos)
        self->size = self->pos;
    return 0;
}

static PyObject *bytesio_yes(PyObject *self, PyObject *unused)
{
    if (!bytesio_open(BYTESIO(self)))
        return NULL;
    Py_RETURN_TRUE;
}

static PyObject *bytesio_isatty(PyObject *self, PyObject *unused)
{
    if (!bytesio_open(BYTESIO(self)))
        return NULL;
    Py_RETURN_FALSE;
}

static PyObject *bytesio_flush(PyObject *self, PyObject *unused)
{
    if (!bytesio_open(BYTESIO(self)))
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *bytesio_getvalue(PyObject *self, PyObject *unused)
{
    if (!bytesio_open(BYTESIO(self)))
        return NULL;
    return PyString_FromStringAndSize(BYTESIO(self)->buf, BYTESIO(self)->size);
}

static PyObject *bytesio_tell(PyObject *self, PyObject *unused)
{
    if (!bytesio_open(BYTESIO(self)))
        return NULL;
    return PyLong_FromSsize_t(BYTESIO(self)->pos);
}

static Py_ssize_t bytesio_left(bytesio *self)
{
    return self->pos < self->size ? self->size - self->pos : 0;
}

static PyObject *bytesio_take(bytesio *self, Py_ssize_t n)
{
    PyObject *result = PyString_FromStringAndSize(n > 0 ? self->buf + self->pos : "", n);

    if (result != NULL)
        self->pos += n;
    return result;
}

/* The optional size of read(), readline() and others: -1 when missing or None. 0, or -1 with an
 * exception. */
static int bytesio_size_arg(PyObject *args, const char *format, Py_ssize_t *size)
{
    PyObject *arg = Py_None;

    *size = -1;
    if (!PyArg_ParseTuple(args, format, &arg))
        return -1;
    return _PyIO_ConvertSize(arg, size) ? 0 : -1;
}

static PyObject *bytesio_read(PyObject *self, PyObject *args)
{
    Py_ssize_t n, left;

    if (!bytesio_open(BYTESIO(self)) || bytesio_size_arg(args, "|O:read", &n) < 0)
        return NULL;
    left = bytesio_left(BYTESIO(self));
    return bytesio_take(BYTESIO(self), n < 0 || n > left ? left : n);
}

static PyObject *bytesio_read1(PyObject *self, PyObject *size)
{
    PyObject *args = PyTuple_Pack(1, size), *result;

    if (args == NULL)
        return NULL;
    result = bytesio_read(self, args);
    Py_DECREF(args);
    return result;
}

/* Length of the line at the position, at most limit if that is not negative. */
static Py_ssize_t bytesio_line(bytesio *self, Py_ssize_t limit)
{
    Py_ssize_t n = bytesio_left(self);

    if (n == 0)
        return 0;
    const char *start = self->buf + self->pos, *nl = memchr(start, '\n', (size_t)n);
    if (nl != NULL)
        n = nl - start + 1;
    return limit >= 0 && n > limit ? limit : n;
}

static PyObject *bytesio_readline(PyObject *self, PyObject *args)
{
    Py_ssize_t limit;

    if (!bytesio_open(BYTESIO(self)) || bytesio_size_arg(args, "|O:readline", &limit) < 0)
        return NULL;
    return bytesio_take(BYTESIO(self), bytesio_line(BYTESIO(self), limit));
}

static PyObject *bytesio_readlines(PyObject *self, PyObject *args)
{
    Py_ssize_t limit, total = 0, n;

    if (!bytesio_open(BYTESIO(self)) || bytesio_size_arg(args, "|O:readlines", &limit) < 0)
        return NULL;
    PyObject *result = PyList_New(0);
    while (result != NULL && (n = bytesio_line(BYTESIO(self), -1)) > 0) {
        PyObject *line = bytesio_take(BYTESIO(self), n);
        if (line == NULL || PyList_Append(result, line) < 0)
            Py_CLEAR(result);
        Py_XDECREF(line);
        total += n;
        if (limit > 0 && total >= limit)
            break;
    }
    return result;
}

static PyObject *bytesio_iternext(PyObject *self)
{
    if (!bytesio_open(BYTESIO(self)))
        return NULL;
    Py_ssize_t n = bytesio_line(BYTESIO(self), -1);
    return n == 0 ? NULL : bytesio_take(BYTESIO(self), n);
}

static PyObject *bytesio_readinto(PyObject *self, PyObject *args)
{
    Py_buffer space;

    if (!bytesio_open(BYTESIO(self)) || !PyArg_ParseTuple(args, "w*", &space))
        return NULL;
    Py_ssize_t n = bytesio_left(BYTESIO(self));
    if (n > space.len)
        n = space.len;
    if (n > 0)
        memcpy(space.buf, BYTESIO(self)->buf + BYTESIO(self)->pos, (size_t)n);
    BYTESIO(self)->pos += n;
    PyBuffer_Release(&space);
    return PyLong_FromSsize_t(n);
}

static PyObject *bytesio_truncate(PyObject *self, PyObject *args)
{
    PyObject *arg = Py_None;
    Py_ssize_t size = BYTESIO(self)->pos;

    if (!bytesio_open(BYTESIO(self)) || !PyArg_ParseTuple(args, "|O:truncate", &arg))
        return NULL;
    if (arg != Py_None && bytesio_size_arg(args, "|O:truncate", &size) < 0)
        return NULL;
    if (size < 0) {
        PyErr_Format(PyExc_ValueError, "negative size value %zd", size);
        return NULL;
    }
    if (size < BYTESIO(self)->size) {
        BYTESIO(self)->size = size;
        if (bytesio_set_room(BYTESIO(self), size) < 0)
            return NULL;
    }
    return PyLong_FromSsize_t(size);
}

static PyObject *bytesio_seek(PyObject *op, PyObject *args)
{
    bytesio *self = BYTESIO(op);
    PyObject *where;
    int whence = 0;

    if (!bytesio_open(self) || !PyArg_ParseTuple(args, "O|i:seek", &where, &whence))
        return NULL;
    Py_ssize_t pos = PyNumber_AsSsize_t(where, PyExc_OverflowError);
    if (pos == -1 && PyErr_Occurred())
        return NULL;
    if (pos < 0 && whence == 0) {
        PyErr_Format(PyExc_ValueError, "negative seek value %zd", pos);
        return NULL;
    }
    if (whence == 1 || whence == 2) {
        Py_ssize_t from = whence == 1 ? self->pos : self->size;
        if (pos > PY_SSIZE_T_MAX - from) {
            PyErr_SetString(PyExc_OverflowError, "new position too large");
            return NULL;
        }
        pos += from;
    } else if (whence != 0) {
        PyErr_Format(PyExc_ValueError, "invalid whence (%i, should be 0, 1 or 2)", whence);
        return NULL;
    }
    self->pos = pos < 0 ? 0 : pos;
    return PyLong_FromSsize_t(self->pos);
}

static PyObject *bytesio_write(PyObject *self, PyObject *ob)
{
    Py_buffer data;

    if (!bytesio_open(BYTESIO(self)) || PyObject_GetBuffer(ob, &data, PyBUF_CONTIG_RO) < 0)
        return NULL;
    Py_ssize_t n = data.len;
    int status = n == 0 ? 0 : bytesio_put(BYTESIO(self), data.buf, n);
    PyBuffer_Release(&data);
    return status < 0 ? NULL : PyLong_FromSsize_t(n);
}

static PyObject *bytesio_writelines(PyObject *self, PyObject *lines)
{
    if (!bytesio_open(BYTESIO(self)))
        return NULL;
    PyObject *it = PyObject_GetIter(lines), *line;
    if (it == NULL)
        return NULL;
    while ((line = PyIter_Next(it)) != NULL) {
        PyObject *count = bytesio_write(self, line);
        Py_DECREF(line);
        if (count == NULL)
            break;
        Py_DECREF(count);
    }
    Py_DECREF(it);
    if (PyErr_Occurred())
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *bytesio_close(PyObject *self, PyObject *unused)
{
    PyMem_Free(BYTESIO(self)->buf);
    BYTESIO(self)->buf = NULL;
    Py_RETURN_NONE;
}

static PyObject *bytesio_getstate(PyObject *self, PyObject *unused)
{
    PyObject *value = bytesio_getvalue(self, NULL), *dict;

    if (value == NULL)
        return NULL;
    if (BYTESIO(self)->dict == NULL) {
        dict = Py_None;
        Py_INCREF(dict);
    } else
        dict = PyDict_Copy(BYTESIO(self)->dict);
    if (dict == NULL) {
        Py_DECREF(value);
        return NULL;
    }
    return Py_BuildValue("(NnN)", value, BYTESIO(self)->pos, dict);
}

static PyObject *bytesio_setstate(PyObject *op, PyObject *state)
{
    bytesio *self = BYTESIO(op);

    if (!PyTuple_Check(state) || PyTuple_GET_SIZE(state) < 3) {
        PyErr_Format(PyExc_TypeError, "%.200s.__setstate__ argument should be 3-tuple, got %.200s",
                     Py_TYPE(op)->tp_name, Py_TYPE(state)->tp_name);
        return NULL;
    }
    /* The contents as if written anew. */
    if (!bytesio_open(self))
        return NULL;
    self->size = self->pos = 0;
    PyObject *count = bytesio_write(op, PyTuple_GET_ITEM(state, 0));
    if (count == NULL)
        return NULL;
    Py_DECREF(count);
    PyObject *where = PyTuple_GET_ITEM(state, 1), *dict = PyTuple_GET_ITEM(state, 2);
    if (!PyInt_Check(where) && !PyLong_Check(where)) {
        PyErr_Format(PyExc_TypeError, "second item of state must be an integer, not %.200s",
                     Py_TYPE(where)->tp_name);
        return NULL;
    }
    Py_ssize_t pos = PyInt_AsSsize_t(where);
    if (pos == -1 && PyErr_Occurred())
        return NULL;
    if (pos < 0) {
        PyErr_SetString(PyExc_ValueError, "position value cannot be negative");
        return NULL;
    }
    self->pos = pos;
    if (dict != Py_None) {
        if (!PyDict_Check(dict)) {
            PyErr_Format(PyExc_TypeError, "third item of state should be a dict, got a %.200s",
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

static PyObject *bytesio_sizeof(PyObject *self, PyObject *unused)
{
    Py_ssize_t size = Py_TYPE(self)->tp_x64_basicsize;

    if (size == 0)
        size = Py_TYPE(self)->tp_basicsize;
    return PyInt_FromSsize_t(size + (BYTESIO(self)->buf != NULL ? BYTESIO(self)->room : 0));
}

static PyObject *bytesio_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    bytesio *self = BYTESIO(type->tp_alloc(type, 0));

    if (self == NULL)
        return NULL;
    self->buf = PyMem_Malloc(0);
    if (self->buf == NULL) {
        Py_DECREF(self);
        return PyErr_NoMemory();
    }
    return (PyObject *)self;
}

static int bytesio_init(PyObject *op, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"initial_bytes", NULL};
    PyObject *initial = NULL;

    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|O:BytesIO", names, &initial))
        return -1;
    BYTESIO(op)->size = BYTESIO(op)->pos = 0;
    if (initial != NULL && initial != Py_None) {
        PyObject *count = bytesio_write(op, initial);
        if (count == NULL)
            return -1;
        Py_DECREF(count);
        BYTESIO(op)->pos = 0;
    }
    return 0;
}

static void bytesio_dealloc(PyObject *self)
{
    PyObject_GC_UnTrack(self);
    PyMem_Free(BYTESIO(self)->buf);
    BYTESIO(self)->buf = NULL;
    Py_CLEAR(BYTESIO(self)->dict);
    if (BYTESIO(self)->weakreflist != NULL)
        PyObject_ClearWeakRefs(self);
    Py_TYPE(self)->tp_free(self);
}

static int bytesio_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(BYTESIO(self)->dict);
    return 0;
}

static int bytesio_clear(PyObject *self)
{
    Py_CLEAR(BYTESIO(self)->dict);
    return 0;
}

static PyObject *bytesio_closed_get(PyObject *self, void *closure)
{
    return PyBool_FromLong(BYTESIO(self)->buf == NULL);
}

static PyMethodDef bytesio_methods[] = {
    {"readable", bytesio_yes, METH_NOARGS,
     "readable() -> bool. Returns True if the IO object can be read."},
    {"seekable", bytesio_yes, METH_NOARGS,
     "seekable() -> bool. Returns True if the IO object can be seeked."},
    {"writable", bytesio_yes, METH_NOARGS,
     "writable() -> bool. Returns True if the IO object can be written."},
    {"close", bytesio_close, METH_NOARGS, "close() -> None.  Disable all I/O operations."},
    {"flush", bytesio_flush, METH_NOARGS, "flush() -> None.  Does nothing."},
    {"isatty", bytesio_isatty, METH_NOARGS, "isatty() -> False.  Always returns False."},
    {"tell", bytesio_tell, METH_NOARGS, "tell() -> current file position, an integer"},
    {"write", bytesio_write, METH_O,
     "write(bytes) -> int.  Write bytes to file; the number of bytes written."},
    {"writelines", bytesio_writelines, METH_O,
     "writelines(sequence_of_strings) -> None.  Write strings to the file."},
    {"read1", bytesio_read1, METH_O,
     "read1(size) -> read at most size bytes, returned as a string."},
    {"readinto", bytesio_readinto, METH_VARARGS,
     "readinto(bytearray) -> int.  Read up to len(b) bytes into b."},
    {"readline", bytesio_readline, METH_VARARGS,
     "readline([size]) -> next line from the file, as a string."},
    {"readlines", bytesio_readlines, METH_VARARGS,
     "readlines([size]) -> list of strings, each a line from the file."},
    {"read", bytesio_read, METH_VARARGS,
     "read([size]) -> read at most size bytes, returned as a string."},
    {"getvalue", bytesio_getvalue, METH_NOARGS,
     "getvalue() -> string. Retrieve the entire contents."},
    {"seek", bytesio_seek, METH_VARARGS, "seek(pos[, whence]) -> int.  Change stream position."},
    {"truncate", bytesio_truncate, METH_VARARGS,
     "truncate([size]) -> int.  Truncate the file to at most size bytes."},
    {"__getstate__", bytesio_getstate, METH_NOARGS, NULL},
    {"__setstate__", bytesio_setstate, METH_O, NULL},
    {"__sizeof__", bytesio_sizeof, METH_NOARGS, NULL},
    {NULL},
};
static PyGetSetDef bytesio_getset[] = {
    {"closed", bytesio_closed_get, NULL, "True if the file is closed."},
    {NULL},
};

PyTypeObject _PyIO_BytesIO = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "_io.BytesIO",
    .tp_basicsize = sizeof(bytesio),
    .tp_x64_basicsize = 64,
    .tp_dealloc = bytesio_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "BytesIO([buffer]) -> object\n\n"
              "Create a buffered I/O implementation using an in-memory bytes\n"
              "buffer, ready for reading and writing.",
    .tp_traverse = bytesio_traverse,
    .tp_clear = bytesio_clear,
    .tp_weaklistoffset = offsetof(bytesio, weakreflist),
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = bytesio_iternext,
    .tp_methods = bytesio_methods,
    .tp_getset = bytesio_getset,
    .tp_base = &_PyIO_BufferedIOBase,
    .tp_dictoffset = offsetof(bytesio, dict),
    .tp_init = bytesio_init,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = bytesio_new,
};
