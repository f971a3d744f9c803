/* SPDX-License-Identifier: MIT */
/* _io._BufferedIOBase, BufferedReader, BufferedWriter, BufferedRandom, BufferedRWPair.
 * One struct serves the first three. Invariants: at most one of its two buffers holds anything:
 * what was read ahead (rbuf[rpos..rend)), then the raw stream stands rend - rpos bytes beyond the
 * position; or what is to be written (wbuf[wpos..wend)), then the raw stream stands where that
 * belongs. The buffers are bytearrays, whose memory lives as long as any view that a raw stream was
 * given of it. `busy` tells that a raw call is going on. */
#include "Python.h"
#include "modules/io_private.h"
#include "modules/signal_private.h"

/* _BufferedIOBase */

static PyObject *bufferediobase_readinto(PyObject *self, PyObject *args)
{
    Py_buffer space;
    PyObject *data;
    Py_ssize_t n = -1;

    if (!PyArg_ParseTuple(args, "w*:readinto", &space))
        return NULL;
    data = PyObject_CallMethod(self, "read", "n", space.len);
    if (data == NULL)
        goto done;
    if (!PyString_Check(data))
        PyErr_SetString(PyExc_TypeError, "read() should return bytes");
    else if (PyString_GET_SIZE(data) > space.len)
        PyErr_Format(PyExc_ValueError,
                     "read() returned too much data: %zd bytes requested, %zd returned", space.len,
                     PyString_GET_SIZE(data));
    else {
        n = PyString_GET_SIZE(data);
        memcpy(space.buf, PyString_AS_STRING(data), (size_t)n);
    }
    Py_DECREF(data);
done:
    PyBuffer_Release(&space);
    return n < 0 ? NULL : PyInt_FromSsize_t(n);
}

static PyObject *bufferediobase_detach(PyObject *self, PyObject *unused)
{
    return _PyIO_Unsupported("detach");
}

static PyObject *bufferediobase_read(PyObject *self, PyObject *args)
{
    return _PyIO_Unsupported("read");
}

static PyObject *bufferediobase_read1(PyObject *self, PyObject *args)
{
    return _PyIO_Unsupported("read1");
}

static PyObject *bufferediobase_write(PyObject *self, PyObject *args)
{
    return _PyIO_Unsupported("write");
}

static PyMethodDef bufferediobase_methods[] = {
    {"detach", bufferediobase_detach, METH_NOARGS,
     "Disconnect this buffer from its underlying raw stream and return it."},
    {"read", bufferediobase_read, METH_VARARGS,
     "Read and return up to n bytes; all until the end if n is missing, None or negative."},
    {"read1", bufferediobase_read1, METH_VARARGS,
     "Read and return up to n bytes, with at most one read() call to the raw stream."},
    {"readinto", bufferediobase_readinto, METH_VARARGS, NULL},
    {"write", bufferediobase_write, METH_VARARGS,
     "Write the given buffer to the IO stream; the number of bytes written."},
    {NULL},
};

PyTypeObject _PyIO_BufferedIOBase = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "_io._BufferedIOBase",
    .tp_x64_basicsize = 32,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = "Base class for buffered IO objects.",
    .tp_methods = bufferediobase_methods,
    .tp_base = &_PyIO_IOBase,
};

/* The buffered streams. */

typedef struct {
    PyObject_HEAD PyObject *raw;
    uint8_t ok, detached, readable, writable, busy;
    int64_t busy_thread;
    Py_ssize_t size;       /* of each buffer */
    PyObject *rbuf, *wbuf; /* bytearrays; wbuf NULL in readers, rbuf in writers */
    Py_ssize_t rpos, rend, wpos, wend;
    PyObject *dict, *weakreflist;
} buffered;

#define BUFFERED(op) ((buffered *)(op))
#define UNREAD(self) ((self)->rend - (self)->rpos)
#define UNWRITTEN(self) ((self)->wend - (self)->wpos)
#define RBYTES(self) (PyByteArray_AS_STRING((self)->rbuf) + (self)->rpos)
enum { WOULD_BLOCK = -2 };

static int buffered_initialized(buffered *self)
{
    if (self->ok)
        return 1;
    PyErr_SetString(PyExc_ValueError, self->detached ? "raw stream has been detached"
                                                     : "I/O operation on uninitialized object");
    return 0;
}

static int buffered_open(buffered *self, const char *complaint)
{
    int closed = _PyIO_IsClosed(self->raw);

    if (closed > 0)
        PyErr_SetString(PyExc_ValueError, complaint);
    return closed == 0;
}

/* Each operation that touches the buffers is between enter and leave. */
static int buffered_enter(buffered *self)
{
    int64_t thread = PyThreadState_GET()->thread_id;

    if (self->busy && self->busy_thread == thread) {
        PyObject *text = PyObject_Repr((PyObject *)self);
        if (text != NULL) {
            PyErr_Format(PyExc_RuntimeError, "reentrant call inside %s", PyString_AS_STRING(text));
            Py_DECREF(text);
        }
        return 0;
    }
    self->busy = 1;
    self->busy_thread = thread;
    return 1;
}

static void buffered_leave(buffered *self)
{
    self->busy = 0;
}

/* Can the raw stream be used without going through Python? */
static int buffered_is_plain_file(buffered *self, const char *method)
{
    if (Py_TYPE(self->raw) != &_PyIO_FileIO)
        return 0;
    PyObject **dict = _PyObject_GetDictPtr(self->raw);
    return dict == NULL || *dict == NULL || PyDict_GetItemString(*dict, method) == NULL;
}

/* ob[start:start + n] as a memoryview. */
static PyObject *buffered_view(PyObject *ob, Py_ssize_t start, Py_ssize_t n)
{
    PyObject *whole = PyMemoryView_FromObject(ob), *slice, *view = NULL;

    if (whole == NULL)
        return NULL;
    slice = _PySlice_FromIndices(start, start + n);
    if (slice != NULL) {
        view = PyObject_GetItem(whole, slice);
        Py_DECREF(slice);
    }
    Py_DECREF(whole);
    return view;
}

/* One raw call over part of a bytearray or other buffer: the count, -1, WOULD_BLOCK. */
static Py_ssize_t buffered_raw_call(buffered *self, const char *method, PyObject *ob,
                                    Py_ssize_t start, Py_ssize_t n, const char *complaint)
{
    PyObject *view = buffered_view(ob, start, n), *answer;

    if (view == NULL)
        return -1;
    do
        answer = PyObject_CallMethod(self->raw, method, "O", view);
    while (answer == NULL && _PyIO_TrapInterrupt());
    Py_DECREF(view);
    if (answer == NULL)
        return -1;
    if (answer == Py_None) {
        Py_DECREF(answer);
        return WOULD_BLOCK;
    }
    Py_ssize_t count = PyNumber_AsSsize_t(answer, PyExc_ValueError);
    Py_DECREF(answer);
    if (count == -1 && PyErr_Occurred())
        return -1;
    if (count < 0 || count > n) {
        PyErr_Format(PyExc_IOError, complaint, count, n);
        return -1;
    }
    return count;
}

static Py_ssize_t buffered_raw_read(buffered *self, PyObject *into, Py_ssize_t start, Py_ssize_t n)
{
    if (buffered_is_plain_file(self, "readinto")) {
        Py_ssize_t count;
        do
            count = _PyIO_FileRead(self->raw, PyByteArray_AS_STRING(into) + start, n);
        while (count == -1 && _PyIO_TrapInterrupt());
        return count;
    }
    return buffered_raw_call(
        self, "readinto", into, start, n,
        "raw readinto() returned invalid length %zd (should have been between 0 and %zd)");
}

static Py_ssize_t buffered_raw_write(buffered *self, PyObject *from, const char *bytes,
                                     Py_ssize_t start, Py_ssize_t n)
{
    if (buffered_is_plain_file(self, "write")) {
        Py_ssize_t count;
        do
            count = _PyIO_FileWrite(self->raw, bytes + start, n);
        while (count == -1 && _PyIO_TrapInterrupt());
        return count;
    }
    return buffered_raw_call(
        self, "write", from, start, n,
        "raw write() returned invalid length %zd (should have been between 0 and %zd)");
}

/* A position from the raw stream; -1 with an exception. */
static int64_t buffered_position(PyObject *answer)
{
    if (answer == NULL)
        return -1;
    int64_t at = _PyIO_AsOffset(answer, PyExc_ValueError);
    Py_DECREF(answer);
    if (at < 0 && !PyErr_Occurred())
        PyErr_Format(PyExc_IOError, "Raw stream returned invalid position %zd", (Py_ssize_t)at);
    return at < 0 ? -1 : at;
}

static int64_t buffered_raw_seek(buffered *self, int64_t offset, int whence)
{
    return buffered_position(
        PyObject_CallMethod(self->raw, "seek", "ni", (Py_ssize_t)offset, whence));
}

/* Writes out what is waiting. 0, -1, or WOULD_BLOCK with BlockingIOError. */
static int buffered_write_out(buffered *self)
{
    while (UNWRITTEN(self) > 0) {
        Py_ssize_t n = buffered_raw_write(self, self->wbuf, PyByteArray_AS_STRING(self->wbuf),
                                          self->wpos, UNWRITTEN(self));
        if (n == WOULD_BLOCK) {
            _PyIO_RaiseBlocking(0);
            return WOULD_BLOCK;
        }
        if (n < 0)
            return -1;
        self->wpos += n;
        /* A signal may have cut the write short: its handler runs now. */
        if (UNWRITTEN(self) > 0 && _PySignal_CheckHost() < 0)
            return -1;
    }
    self->wpos = self->wend = 0;
    return 0;
}

/* Gives back what was read ahead: the raw stream then stands at the position. */
static int buffered_unread(buffered *self)
{
    Py_ssize_t n = UNREAD(self);

    if (n > 0 && buffered_raw_seek(self, -n, 1) < 0)
        return -1;
    self->rpos = self->rend = 0;
    return 0;
}

/* Both buffers empty and the raw stream at the position. */
static int buffered_settle(buffered *self)
{
    if (self->writable && buffered_write_out(self) < 0)
        return -1;
    if (self->readable && self->writable && buffered_unread(self) < 0)
        return -1;
    return 0;
}

/* Reads ahead into the empty buffer: the count, 0 at the end, -1, WOULD_BLOCK. */
static Py_ssize_t buffered_fill(buffered *self)
{
    self->rpos = self->rend = 0;
    Py_ssize_t n = buffered_raw_read(self, self->rbuf, 0, self->size);
    if (n > 0)
        self->rend = n;
    return n;
}

static PyObject *buffered_take(buffered *self, Py_ssize_t n)
{
    PyObject *result = PyString_FromStringAndSize(n > 0 ? RBYTES(self) : "", n);

    if (result != NULL)
        self->rpos += n;
    return result;
}

/* Construction. */

static int buffered_setup(buffered *self, PyObject *raw, Py_ssize_t size, int readable,
                          int writable)
{
    self->ok = 0;
    self->detached = 0;
    if (size <= 0) {
        PyErr_SetString(PyExc_ValueError, "buffer size must be strictly positive");
        return -1;
    }
    PyObject *rbuf = NULL, *wbuf = NULL;
    if ((readable && (rbuf = PyByteArray_FromStringAndSize(NULL, size)) == NULL) ||
        (writable && (wbuf = PyByteArray_FromStringAndSize(NULL, size)) == NULL)) {
        Py_XDECREF(rbuf);
        return -1;
    }
    Py_XSETREF(self->rbuf, rbuf);
    Py_XSETREF(self->wbuf, wbuf);
    Py_INCREF(raw);
    Py_XSETREF(self->raw, raw);
    self->size = size;
    self->readable = readable;
    self->writable = writable;
    self->rpos = self->rend = self->wpos = self->wend = 0;
    self->ok = 1;
    return 0;
}

typedef PyObject *(*ability_check)(PyObject *, PyObject *);

static int buffered_has(PyObject *raw, ability_check check)
{
    PyObject *yes = check(raw, NULL);

    Py_XDECREF(yes);
    return yes != NULL;
}

static int bufferedreader_init(PyObject *self, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"raw", "buffer_size", NULL};
    Py_ssize_t size = IO_BUFFER_SIZE;
    PyObject *raw;

    BUFFERED(self)->ok = BUFFERED(self)->detached = 0;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O|n:BufferedReader", names, &raw, &size) ||
        !buffered_has(raw, _PyIO_CheckReadable))
        return -1;
    return buffered_setup(BUFFERED(self), raw, size, 1, 0);
}

/* The arguments of the writers, with one that is not used any more. */
static int buffered_writer_args(PyObject *args, PyObject *kwds, const char *format, PyObject **raw,
                                Py_ssize_t *size)
{
    static char *names[] = {"raw", "buffer_size", "max_buffer_size", NULL};
    Py_ssize_t max_size = -234;

    if (!PyArg_ParseTupleAndKeywords(args, kwds, format, names, raw, size, &max_size))
        return -1;
    if (max_size != -234 &&
        PyErr_WarnEx(PyExc_DeprecationWarning, "max_buffer_size is deprecated", 1) < 0)
        return -1;
    return 0;
}

static int bufferedwriter_init(PyObject *self, PyObject *args, PyObject *kwds)
{
    Py_ssize_t size = IO_BUFFER_SIZE;
    PyObject *raw;

    BUFFERED(self)->ok = BUFFERED(self)->detached = 0;
    if (buffered_writer_args(args, kwds, "O|nn:BufferedWriter", &raw, &size) < 0 ||
        !buffered_has(raw, _PyIO_CheckWritable))
        return -1;
    return buffered_setup(BUFFERED(self), raw, size, 0, 1);
}

static int bufferedrandom_init(PyObject *self, PyObject *args, PyObject *kwds)
{
    Py_ssize_t size = IO_BUFFER_SIZE;
    PyObject *raw;

    BUFFERED(self)->ok = BUFFERED(self)->detached = 0;
    if (buffered_writer_args(args, kwds, "O|nn:BufferedRandom", &raw, &size) < 0 ||
        !buffered_has(raw, _PyIO_CheckSeekable) || !buffered_has(raw, _PyIO_CheckReadable) ||
        !buffered_has(raw, _PyIO_CheckWritable))
        return -1;
    return buffered_setup(BUFFERED(self), raw, size, 1, 1);
}

static void buffered_dealloc(PyObject *op)
{
    buffered *self = BUFFERED(op);

    PyObject_GC_UnTrack(op);
    if (self->ok && _PyIO_Finalize(op) < 0) {
        if (PyType_HasFeature(Py_TYPE(op), Py_TPFLAGS_HEAPTYPE))
            Py_INCREF(Py_TYPE(op));
        return;
    }
    self->ok = 0;
    if (self->weakreflist != NULL)
        PyObject_ClearWeakRefs(op);
    Py_CLEAR(self->raw);
    Py_CLEAR(self->rbuf);
    Py_CLEAR(self->wbuf);
    Py_CLEAR(self->dict);
    Py_TYPE(op)->tp_free(op);
}

static int buffered_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(BUFFERED(op)->raw);
    Py_VISIT(BUFFERED(op)->rbuf);
    Py_VISIT(BUFFERED(op)->wbuf);
    Py_VISIT(BUFFERED(op)->dict);
    return 0;
}

static int buffered_clear(PyObject *op)
{
    if (BUFFERED(op)->ok && _PyIO_Finalize(op) < 0)
        return -1;
    BUFFERED(op)->ok = 0;
    Py_CLEAR(BUFFERED(op)->raw);
    Py_CLEAR(BUFFERED(op)->dict);
    return 0;
}

/* What is passed on to the raw stream. */

#define FORWARD(c_name, py_name)                                                                   \
    static PyObject *c_name(PyObject *self, PyObject *unused)                                      \
    {                                                                                              \
        if (!buffered_initialized(BUFFERED(self)))                                                 \
            return NULL;                                                                           \
        return PyObject_CallMethod(BUFFERED(self)->raw, py_name, NULL);                            \
    }
FORWARD(buffered_raw_flush, "flush")
FORWARD(buffered_is_readable, "readable")
FORWARD(buffered_is_writable, "writable")
FORWARD(buffered_is_seekable, "seekable")
FORWARD(buffered_fileno, "fileno")
FORWARD(buffered_isatty, "isatty")

static PyObject *buffered_get_closed(PyObject *self, void *closure)
{
    if (!buffered_initialized(BUFFERED(self)))
        return NULL;
    return PyObject_GetAttrString(BUFFERED(self)->raw, "closed");
}

static PyObject *buffered_get_name(PyObject *self, void *closure)
{
    if (!buffered_initialized(BUFFERED(self)))
        return NULL;
    return PyObject_GetAttrString(BUFFERED(self)->raw, "name");
}

static PyObject *buffered_get_mode(PyObject *self, void *closure)
{
    if (!buffered_initialized(BUFFERED(self)))
        return NULL;
    return PyObject_GetAttrString(BUFFERED(self)->raw, "mode");
}

static PyObject *buffered_sizeof(PyObject *self, PyObject *unused)
{
    Py_ssize_t size = Py_TYPE(self)->tp_x64_basicsize;

    if (size == 0)
        size = Py_TYPE(self)->tp_basicsize;
    return PyInt_FromSsize_t(size + BUFFERED(self)->size);
}

static PyObject *buffered_flush(PyObject *op, PyObject *unused)
{
    buffered *self = BUFFERED(op);

    if (!buffered_initialized(self) || !buffered_open(self, "flush of closed file") ||
        !buffered_enter(self))
        return NULL;
    int status = buffered_settle(self);
    buffered_leave(self);
    if (status < 0)
        return NULL;
    return PyObject_CallMethod(self->raw, "flush", NULL);
}

static PyObject *buffered_close(PyObject *op, PyObject *unused)
{
    buffered *self = BUFFERED(op);
    PyObject *type = NULL, *value = NULL, *traceback = NULL, *answer;

    if (!buffered_initialized(self))
        return NULL;
    int closed = _PyIO_IsClosed(self->raw);
    if (closed < 0)
        return NULL;
    if (closed > 0)
        Py_RETURN_NONE;
    if (_PyIO_Tell(op, "flush") < 0)
        PyErr_Fetch(&type, &value, &traceback);
    answer = PyObject_CallMethod(self->raw, "close", NULL);
    if (type != NULL)
        Py_CLEAR(answer);
    _PyIO_RestoreUnlessSet(type, value, traceback);
    return answer;
}

static PyObject *buffered_detach(PyObject *op, PyObject *unused)
{
    buffered *self = BUFFERED(op);

    if (!buffered_initialized(self) || _PyIO_Tell(op, "flush") < 0)
        return NULL;
    PyObject *raw = self->raw;
    self->raw = NULL;
    self->detached = 1;
    self->ok = 0;
    return raw;
}

static PyObject *buffered_tell(PyObject *op, PyObject *unused)
{
    buffered *self = BUFFERED(op);

    if (!buffered_initialized(self))
        return NULL;
    int64_t at = buffered_position(PyObject_CallMethod(self->raw, "tell", NULL));
    if (at < 0)
        return NULL;
    return PyLong_FromLongLong(at - UNREAD(self) + UNWRITTEN(self));
}

static PyObject *buffered_seek(PyObject *op, PyObject *args)
{
    buffered *self = BUFFERED(op);
    PyObject *where;
    int whence = 0;
    int64_t at = -1;

    if (!buffered_initialized(self) || !PyArg_ParseTuple(args, "O|i:seek", &where, &whence))
        return NULL;
    if (whence < 0 || whence > 2) {
        PyErr_Format(PyExc_ValueError, "whence must be between 0 and 2, not %d", whence);
        return NULL;
    }
    if (!buffered_open(self, "seek of closed file") ||
        !buffered_has(self->raw, _PyIO_CheckSeekable))
        return NULL;
    int64_t target = _PyIO_AsOffset(where, PyExc_ValueError);
    if (target == -1 && PyErr_Occurred())
        return NULL;
    if (!buffered_enter(self))
        return NULL;
    if (!self->writable || buffered_write_out(self) == 0) {
        at = buffered_raw_seek(self, whence == 1 ? target - UNREAD(self) : target, whence);
        if (at >= 0)
            self->rpos = self->rend = 0;
    }
    buffered_leave(self);
    return at < 0 ? NULL : PyLong_FromLongLong(at);
}

static PyObject *buffered_truncate(PyObject *op, PyObject *args)
{
    buffered *self = BUFFERED(op);
    PyObject *size = Py_None, *answer = NULL;

    if (!buffered_initialized(self) || !PyArg_ParseTuple(args, "|O:truncate", &size) ||
        !buffered_enter(self))
        return NULL;
    if (buffered_settle(self) == 0)
        answer = PyObject_CallMethod(self->raw, "truncate", "O", size);
    buffered_leave(self);
    return answer;
}

static PyObject *buffered_repr(PyObject *self)
{
    PyObject *name = PyObject_GetAttrString(self, "name"), *text, *result = NULL;

    if (name == NULL) {
        if (!PyErr_ExceptionMatches(PyExc_AttributeError) &&
            !PyErr_ExceptionMatches(PyExc_ValueError))
            return NULL;
        PyErr_Clear();
        return PyString_FromFormat("<%s>", Py_TYPE(self)->tp_name);
    }
    int inside = Py_ReprEnter(self);
    if (inside == 0) {
        text = PyObject_Repr(name);
        if (text != NULL) {
            result = PyString_FromFormat("<%s name=%s>", Py_TYPE(self)->tp_name,
                                         PyString_AS_STRING(text));
            Py_DECREF(text);
        }
        Py_ReprLeave(self);
    } else if (inside > 0)
        PyErr_Format(PyExc_RuntimeError, "reentrant call inside %s.__repr__",
                     Py_TYPE(self)->tp_name);
    Py_DECREF(name);
    return result;
}

/* Reading. */

/* Everything until the end. */
static PyObject *buffered_read_all(buffered *self)
{
    PyObject *chunks = PyList_New(0), *data = NULL, *result = NULL;
    Py_ssize_t total = 0;

    if (chunks == NULL || (self->writable && buffered_write_out(self) < 0))
        goto done;
    if (UNREAD(self) > 0) {
        total = UNREAD(self);
        data = buffered_take(self, total);
        if (data == NULL || PyList_Append(chunks, data) < 0)
            goto done;
        Py_CLEAR(data);
    }
    self->rpos = self->rend = 0;
    for (;;) {
        data = PyObject_CallMethod(self->raw, "read", NULL);
        if (data == NULL)
            goto done;
        if (data != Py_None && !PyString_Check(data)) {
            PyErr_SetString(PyExc_TypeError, "read() should return bytes");
            goto done;
        }
        if (data == Py_None || PyString_GET_SIZE(data) == 0) {
            if (total == 0) {
                result = data;
                data = NULL;
            }
            break;
        }
        if (PyList_Append(chunks, data) < 0)
            goto done;
        total += PyString_GET_SIZE(data);
        Py_CLEAR(data);
    }
    if (result == NULL) {
        PyObject *empty = PyString_FromString("");
        if (empty != NULL) {
            result = PyString_Join(empty, chunks);
            Py_DECREF(empty);
        }
    }
done:
    Py_XDECREF(data);
    Py_XDECREF(chunks);
    return result;
}

/* n bytes, fewer only at the end or when there are no more yet; None when there are none yet. */
static PyObject *buffered_read_count(buffered *self, Py_ssize_t n)
{
    if (n <= UNREAD(self))
        return buffered_take(self, n);
    if (self->writable && buffered_write_out(self) < 0)
        return NULL;
    PyObject *space = PyByteArray_FromStringAndSize(NULL, n), *result = NULL;
    if (space == NULL)
        return NULL;
    Py_ssize_t got = UNREAD(self), k = 1;
    if (got > 0)
        memcpy(PyByteArray_AS_STRING(space), RBYTES(self), (size_t)got);
    self->rpos = self->rend = 0;
    while (got < n && k > 0) {
        /* Whole buffers go straight to their place, the rest by way of the buffer. */
        Py_ssize_t direct = (n - got) / self->size * self->size;
        if (direct > 0) {
            k = buffered_raw_read(self, space, got, direct);
            if (k > 0)
                got += k;
        } else {
            k = buffered_fill(self);
            if (k > 0) {
                Py_ssize_t part = k < n - got ? k : n - got;
                memcpy(PyByteArray_AS_STRING(space) + got, RBYTES(self), (size_t)part);
                self->rpos += part;
                got += part;
            }
        }
    }
    if (k == WOULD_BLOCK && got == 0) {
        result = Py_None;
        Py_INCREF(result);
    } else if (k != -1)
        result = PyString_FromStringAndSize(PyByteArray_AS_STRING(space), got);
    Py_DECREF(space);
    return result;
}

static PyObject *buffered_read(PyObject *op, PyObject *args)
{
    buffered *self = BUFFERED(op);
    Py_ssize_t n = -1;

    if (!buffered_initialized(self) || !PyArg_ParseTuple(args, "|O&:read", _PyIO_ConvertSize, &n))
        return NULL;
    if (n < -1) {
        PyErr_SetString(PyExc_ValueError, "read length must be positive or -1");
        return NULL;
    }
    if (!buffered_open(self, "read of closed file") || !buffered_enter(self))
        return NULL;
    PyObject *result = n == -1 ? buffered_read_all(self) : buffered_read_count(self, n);
    buffered_leave(self);
    return result;
}

static PyObject *buffered_peek(PyObject *op, PyObject *args)
{
    buffered *self = BUFFERED(op);
    Py_ssize_t n = 0;
    PyObject *result = NULL;

    if (!buffered_initialized(self) || !PyArg_ParseTuple(args, "|n:peek", &n) ||
        !buffered_enter(self))
        return NULL;
    if (!self->writable || buffered_write_out(self) == 0) {
        if (UNREAD(self) == 0 && buffered_fill(self) == -1)
            goto done;
        result = PyString_FromStringAndSize(UNREAD(self) > 0 ? RBYTES(self) : "", UNREAD(self));
    }
done:
    buffered_leave(self);
    return result;
}

static PyObject *buffered_read1(PyObject *op, PyObject *args)
{
    buffered *self = BUFFERED(op);
    Py_ssize_t n;
    PyObject *result = NULL;

    if (!buffered_initialized(self) || !PyArg_ParseTuple(args, "n:read1", &n))
        return NULL;
    if (n < 0) {
        PyErr_SetString(PyExc_ValueError, "read length must be positive");
        return NULL;
    }
    if (n == 0)
        return PyString_FromStringAndSize("", 0);
    if (!buffered_enter(self))
        return NULL;
    if (!self->writable || buffered_write_out(self) == 0) {
        if (UNREAD(self) == 0 && buffered_fill(self) == -1)
            goto done;
        result = buffered_take(self, n < UNREAD(self) ? n : UNREAD(self));
    }
done:
    buffered_leave(self);
    return result;
}

/* A line, at most limit bytes of it if that is not negative. */
static PyObject *buffered_line(buffered *self, Py_ssize_t limit)
{
    PyObject *chunks = NULL, *part, *result = NULL;
    int complete = 0;

    if (!buffered_open(self, "readline of closed file") || !buffered_enter(self))
        return NULL;
    if (self->writable && buffered_write_out(self) < 0)
        goto done;
    for (;;) {
        Py_ssize_t n = UNREAD(self);
        if (n > 0) {
            const char *nl;
            if (limit >= 0 && n > limit)
                n = limit;
            nl = memchr(RBYTES(self), '\n', (size_t)n);
            if (nl != NULL) {
                n = nl - RBYTES(self) + 1;
                complete = 1;
            }
            if (limit >= 0) {
                limit -= n;
                complete |= limit == 0;
            }
        } else if (limit == 0)
            complete = 1;
        part = buffered_take(self, n);
        if (part == NULL)
            goto done;
        if (chunks == NULL && complete) { /* the usual case: one piece */
            result = part;
            goto done;
        }
        if (chunks == NULL)
            chunks = PyList_New(0);
        int status = chunks == NULL ? -1 : PyList_Append(chunks, part);
        Py_DECREF(part);
        if (status < 0)
            goto done;
        if (complete)
            break;
        Py_ssize_t k = buffered_fill(self);
        if (k == -1)
            goto done;
        if (k <= 0)
            break;
    }
    PyObject *empty = PyString_FromString("");
    if (empty != NULL) {
        result = PyString_Join(empty, chunks);
        Py_DECREF(empty);
    }
done:
    Py_XDECREF(chunks);
    buffered_leave(self);
    return result;
}

static PyObject *buffered_readline(PyObject *self, PyObject *args)
{
    Py_ssize_t limit = -1;

    if (!buffered_initialized(BUFFERED(self)) ||
        !PyArg_ParseTuple(args, "|O&:readline", _PyIO_ConvertSize, &limit))
        return NULL;
    return buffered_line(BUFFERED(self), limit);
}

static PyObject *buffered_iternext(PyObject *self)
{
    PyObject *line;

    if (!buffered_initialized(BUFFERED(self)))
        return NULL;
    if (Py_TYPE(self) == &_PyIO_BufferedReader || Py_TYPE(self) == &_PyIO_BufferedRandom)
        line = buffered_line(BUFFERED(self), -1);
    else {
        line = PyObject_CallMethod(self, "readline", NULL);
        if (line != NULL && !PyString_Check(line)) {
            PyErr_Format(PyExc_IOError,
                         "readline() should have returned a bytes object, not '%.200s'",
                         Py_TYPE(line)->tp_name);
            Py_CLEAR(line);
        }
    }
    if (line != NULL && PyString_GET_SIZE(line) == 0)
        Py_CLEAR(line);
    return line;
}

/* Writing. */

static void buffered_keep(buffered *self, const char *bytes, Py_ssize_t n)
{
    memcpy(PyByteArray_AS_STRING(self->wbuf) + self->wend, bytes, (size_t)n);
    self->wend += n;
}

/* As much as can be taken when the raw stream takes no more; `done` bytes of n are written or kept
 * already. */
static Py_ssize_t buffered_keep_some(buffered *self, const char *bytes, Py_ssize_t n,
                                     Py_ssize_t done)
{
    if (self->wpos > 0) {
        char *start = PyByteArray_AS_STRING(self->wbuf);
        memmove(start, start + self->wpos, (size_t)UNWRITTEN(self));
        self->wend -= self->wpos;
        self->wpos = 0;
    }
    Py_ssize_t room = self->size - self->wend, part = n - done < room ? n - done : room;
    buffered_keep(self, bytes + done, part);
    done += part;
    PyErr_Clear();
    if (done == n)
        return n;
    _PyIO_RaiseBlocking(done);
    return -1;
}

static Py_ssize_t buffered_put(buffered *self, PyObject *source, const char *bytes, Py_ssize_t n)
{
    Py_ssize_t done = 0;

    if (self->readable && buffered_unread(self) < 0)
        return -1;
    if (n > self->size - self->wend) {
        int status = buffered_write_out(self);
        if (status == WOULD_BLOCK)
            return buffered_keep_some(self, bytes, n, 0);
        if (status < 0)
            return -1;
        while (n - done > self->size) {
            Py_ssize_t k = buffered_raw_write(self, source, bytes, done, n - done);
            if (k == WOULD_BLOCK)
                return buffered_keep_some(self, bytes, n, done);
            if (k < 0)
                return -1;
            done += k;
            if (_PySignal_CheckHost() < 0)
                return -1;
        }
    }
    buffered_keep(self, bytes + done, n - done);
    return n;
}

static PyObject *buffered_write(PyObject *op, PyObject *args)
{
    buffered *self = BUFFERED(op);
    PyObject *source;
    Py_buffer data;

    if (!buffered_initialized(self) || !PyArg_ParseTuple(args, "s*:write", &data))
        return NULL;
    Py_ssize_t n = -1;
    if (buffered_open(self, "write to closed file") && buffered_enter(self)) {
        source = PyTuple_GET_ITEM(args, 0);
        /* Text, or what only the old protocol can read, is seen by the raw stream as bytes. */
        PyObject *copy = NULL;
        if (PyObject_CheckBuffer(source) && !PyUnicode_Check(source))
            Py_INCREF(source);
        else
            source = copy = PyString_FromStringAndSize(data.buf, data.len);
        if (source != NULL) {
            n = buffered_put(self, source, data.buf, data.len);
            Py_DECREF(source);
        }
        buffered_leave(self);
    }
    PyBuffer_Release(&data);
    return n < 0 ? NULL : PyLong_FromSsize_t(n);
}

#define COMMON_METHODS                                                                             \
    {"detach", buffered_detach, METH_NOARGS}, {"close", buffered_close, METH_NOARGS},              \
        {"seekable", buffered_is_seekable, METH_NOARGS},                                           \
        {"readable", buffered_is_readable, METH_NOARGS},                                           \
        {"writable", buffered_is_writable, METH_NOARGS}, {"fileno", buffered_fileno, METH_NOARGS}, \
        {"isatty", buffered_isatty, METH_NOARGS}, {"seek", buffered_seek, METH_VARARGS},           \
        {"tell", buffered_tell, METH_NOARGS}, {"truncate", buffered_truncate, METH_VARARGS},       \
    {                                                                                              \
        "__sizeof__", buffered_sizeof, METH_NOARGS                                                 \
    }
#define READING_METHODS                                                                            \
    {"read", buffered_read, METH_VARARGS}, {"peek", buffered_peek, METH_VARARGS},                  \
        {"read1", buffered_read1, METH_VARARGS},                                                   \
    {                                                                                              \
        "readline", buffered_readline, METH_VARARGS                                                \
    }

static PyMethodDef bufferedreader_methods[] = {
    COMMON_METHODS,
    READING_METHODS,
    {"flush", buffered_raw_flush, METH_NOARGS},
    {NULL},
};
static PyMethodDef bufferedwriter_methods[] = {
    COMMON_METHODS,
    {"flush", buffered_flush, METH_NOARGS},
    {"write", buffered_write, METH_VARARGS},
    {NULL},
};
static PyMethodDef bufferedrandom_methods[] = {
    COMMON_METHODS,
    READING_METHODS,
    {"flush", buffered_flush, METH_NOARGS},
    {"readinto", bufferediobase_readinto, METH_VARARGS},
    {"write", buffered_write, METH_VARARGS},
    {NULL},
};
static PyMemberDef buffered_members[] = {
    {"raw", T_OBJECT, offsetof(buffered, raw), READONLY},
    {NULL},
};
static PyGetSetDef buffered_getset[] = {
    {"closed", buffered_get_closed},
    {"name", buffered_get_name},
    {"mode", buffered_get_mode},
    {NULL},
};

#define BUFFERED_TYPE(c_name, py_name, init, methods, next, doc)                                   \
    PyTypeObject c_name = {                                                                        \
        PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = py_name,                                  \
        .tp_basicsize = sizeof(buffered),                                                          \
        .tp_x64_basicsize = 152,                                                                   \
        .tp_dealloc = buffered_dealloc,                                                            \
        .tp_repr = buffered_repr,                                                                  \
        .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,                 \
        .tp_doc = doc,                                                                             \
        .tp_traverse = buffered_traverse,                                                          \
        .tp_clear = buffered_clear,                                                                \
        .tp_weaklistoffset = offsetof(buffered, weakreflist),                                      \
        .tp_iternext = next,                                                                       \
        .tp_methods = methods,                                                                     \
        .tp_members = buffered_members,                                                            \
        .tp_getset = buffered_getset,                                                              \
        .tp_base = &_PyIO_BufferedIOBase,                                                          \
        .tp_dictoffset = offsetof(buffered, dict),                                                 \
        .tp_init = init,                                                                           \
        .tp_alloc = PyType_GenericAlloc,                                                           \
        .tp_new = PyType_GenericNew,                                                               \
    }
BUFFERED_TYPE(_PyIO_BufferedReader, "_io.BufferedReader", bufferedreader_init,
              bufferedreader_methods, buffered_iternext,
              "Create a new buffered reader using the given readable raw IO object.");
BUFFERED_TYPE(_PyIO_BufferedWriter, "_io.BufferedWriter", bufferedwriter_init,
              bufferedwriter_methods, NULL,
              "A buffer for a writeable sequential RawIO object.\n\n"
              "If the buffer_size is not given, it defaults to DEFAULT_BUFFER_SIZE.\n"
              "max_buffer_size isn't used anymore.\n");
BUFFERED_TYPE(_PyIO_BufferedRandom, "_io.BufferedRandom", bufferedrandom_init,
              bufferedrandom_methods, buffered_iternext,
              "A buffered interface to random access streams, for reading and writing.\n\n"
              "If the buffer_size is omitted it defaults to DEFAULT_BUFFER_SIZE.\n"
              "max_buffer_size isn't used anymore.\n");

/* BufferedRWPair: a reader and a writer over two raw streams. */

typedef struct {
    PyObject_HEAD PyObject *reader, *writer;
    PyObject *dict, *weakreflist;
} rwpair;

#define RWPAIR(op) ((rwpair *)(op))

static int rwpair_init(PyObject *op, PyObject *args, PyObject *kwds)
{
    PyObject *reader, *writer;
    Py_ssize_t size = IO_BUFFER_SIZE, max_size = -234;

    /* Keywords go unnoticed, as they do in CPython. */
    if (!PyArg_ParseTuple(args, "OO|nn:BufferedRWPair", &reader, &writer, &size, &max_size))
        return -1;
    if (max_size != -234 &&
        PyErr_WarnEx(PyExc_DeprecationWarning, "max_buffer_size is deprecated", 1) < 0)
        return -1;
    if (!buffered_has(reader, _PyIO_CheckReadable) || !buffered_has(writer, _PyIO_CheckWritable))
        return -1;
    reader = PyObject_CallFunction((PyObject *)&_PyIO_BufferedReader, "On", reader, size);
    if (reader == NULL)
        return -1;
    writer = PyObject_CallFunction((PyObject *)&_PyIO_BufferedWriter, "On", writer, size);
    if (writer == NULL) {
        Py_DECREF(reader);
        return -1;
    }
    Py_XSETREF(RWPAIR(op)->reader, reader);
    Py_XSETREF(RWPAIR(op)->writer, writer);
    return 0;
}

static int rwpair_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(RWPAIR(op)->reader);
    Py_VISIT(RWPAIR(op)->writer);
    Py_VISIT(RWPAIR(op)->dict);
    return 0;
}

static int rwpair_clear(PyObject *op)
{
    Py_CLEAR(RWPAIR(op)->reader);
    Py_CLEAR(RWPAIR(op)->writer);
    Py_CLEAR(RWPAIR(op)->dict);
    return 0;
}

static void rwpair_dealloc(PyObject *op)
{
    PyObject_GC_UnTrack(op);
    if (RWPAIR(op)->weakreflist != NULL)
        PyObject_ClearWeakRefs(op);
    rwpair_clear(op);
    Py_TYPE(op)->tp_free(op);
}

/* Calls a method of one of the two with the arguments given. */
static PyObject *rwpair_forward(PyObject *side, const char *name, PyObject *args)
{
    if (side == NULL) {
        PyErr_SetString(PyExc_ValueError, "I/O operation on uninitialized object");
        return NULL;
    }
    PyObject *method = PyObject_GetAttrString(side, name);
    if (method == NULL)
        return NULL;
    PyObject *answer = PyObject_CallObject(method, args);
    Py_DECREF(method);
    return answer;
}

#define PAIR_METHOD(c_name, side, py_name)                                                         \
    static PyObject *c_name(PyObject *self, PyObject *args)                                        \
    {                                                                                              \
        return rwpair_forward(RWPAIR(self)->side, py_name, args);                                  \
    }
PAIR_METHOD(rwpair_read, reader, "read")
PAIR_METHOD(rwpair_peek, reader, "peek")
PAIR_METHOD(rwpair_read1, reader, "read1")
PAIR_METHOD(rwpair_readinto, reader, "readinto")
PAIR_METHOD(rwpair_write, writer, "write")
PAIR_METHOD(rwpair_flush, writer, "flush")
PAIR_METHOD(rwpair_readable, reader, "readable")
PAIR_METHOD(rwpair_writable, writer, "writable")

/* Both are closed, whatever happens; the reader's error is told rather than the writer's. */
static PyObject *rwpair_close(PyObject *self, PyObject *unused)
{
    PyObject *type = NULL, *value = NULL, *traceback = NULL;
    PyObject *answer = rwpair_forward(RWPAIR(self)->writer, "close", NULL);

    if (answer == NULL)
        PyErr_Fetch(&type, &value, &traceback);
    else
        Py_DECREF(answer);
    answer = rwpair_forward(RWPAIR(self)->reader, "close", NULL);
    if (type != NULL)
        Py_CLEAR(answer);
    _PyIO_RestoreUnlessSet(type, value, traceback);
    return answer;
}

static PyObject *rwpair_isatty(PyObject *self, PyObject *unused)
{
    PyObject *answer = rwpair_forward(RWPAIR(self)->writer, "isatty", NULL);

    if (answer != Py_False)
        return answer;
    Py_DECREF(answer);
    return rwpair_forward(RWPAIR(self)->reader, "isatty", NULL);
}

static PyObject *rwpair_get_closed(PyObject *self, void *closure)
{
    if (RWPAIR(self)->writer == NULL) {
        PyErr_SetString(PyExc_RuntimeError, "the BufferedRWPair object is being garbage-collected");
        return NULL;
    }
    return PyObject_GetAttrString(RWPAIR(self)->writer, "closed");
}

static PyMethodDef rwpair_methods[] = {
    {"read", rwpair_read, METH_VARARGS},
    {"peek", rwpair_peek, METH_VARARGS},
    {"read1", rwpair_read1, METH_VARARGS},
    {"readinto", rwpair_readinto, METH_VARARGS},
    {"write", rwpair_write, METH_VARARGS},
    {"flush", rwpair_flush, METH_NOARGS},
    {"readable", rwpair_readable, METH_NOARGS},
    {"writable", rwpair_writable, METH_NOARGS},
    {"close", rwpair_close, METH_NOARGS},
    {"isatty", rwpair_isatty, METH_NOARGS},
    {NULL},
};
static PyGetSetDef rwpair_getset[] = {
    {"closed", rwpair_get_closed},
    {NULL},
};

PyTypeObject _PyIO_BufferedRWPair = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "_io.BufferedRWPair",
    .tp_basicsize = sizeof(rwpair),
    .tp_x64_basicsize = 48,
    .tp_dealloc = rwpair_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "A buffered reader and writer object together.\n\n"
              "For two raw streams, one to read from and one to write to, such as the ends of a "
              "socket.",
    .tp_traverse = rwpair_traverse,
    .tp_clear = rwpair_clear,
    .tp_weaklistoffset = offsetof(rwpair, weakreflist),
    .tp_methods = rwpair_methods,
    .tp_getset = rwpair_getset,
    .tp_base = &_PyIO_BufferedIOBase,
    .tp_dictoffset = offsetof(rwpair, dict),
    .tp_init = rwpair_init,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = PyType_GenericNew,
};
