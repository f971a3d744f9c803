/* SPDX-License-Identifier: MIT */
/* _multiprocessing.Connection: messages over a descriptor: four bytes of length, the high one
 * first, and the bytes. Invariant: a message is sent and received whole, however often that waits;
 * what is read has been received so far, so that a length is believed only as its bytes arrive. */
#include "modules/multiprocessing.h"
#include "modules/mmap_shared.h"
#include "modules/signal_private.h"
#include "host/host.h"

enum { E_INTR = -4, E_BADF = 9 };
enum { HEADER = 4, FIRST_ROOM = 1 << 16, SHORT = 1024 };

typedef struct {
    PyObject_HEAD int fd; /* -1: closed */
    int readable, writable;
    PyObject *weakrefs;
} Connection;

#define SELF(o) ((Connection *)(o))

static PyObject *pickler_dumps, *unpickler_loads, *protocol;

static PyObject *fail(int64_t error)
{
    return _PyErr_SetFromErrnum(PyExc_IOError, (int)error);
}

static PyObject *io_error(const char *text)
{
    PyErr_SetString(PyExc_IOError, text);
    return NULL;
}

static int check(Connection *self, int reads)
{
    if (reads ? self->readable : self->writable)
        return 1;
    io_error(reads ? "connection is write-only" : "connection is read-only");
    return 0;
}

static int load_pickle(void)
{
    PyObject *module;

    if (protocol != NULL)
        return 0;
    module = PyImport_ImportModule("cPickle");
    if (module == NULL)
        return -1;
    Py_XDECREF(pickler_dumps);
    Py_XDECREF(unpickler_loads);
    pickler_dumps = PyObject_GetAttrString(module, "dumps");
    unpickler_loads = PyObject_GetAttrString(module, "loads");
    if (pickler_dumps != NULL && unpickler_loads != NULL)
        protocol = PyObject_GetAttrString(module, "HIGHEST_PROTOCOL");
    Py_DECREF(module);
    return protocol == NULL ? -1 : 0;
}

/* After a host call that did not succeed: 0 try again, 1 wait first, -1 with an exception. */
static int after(int64_t answer)
{
    if (answer == E_INTR && PyThread_IsMain())
        return _PySignal_CheckHost();
    if (PyEval_IsPending(answer))
        return 1;
    fail(-answer);
    return -1;
}

/* ---- Sending */

static PyObject *send_rest(Connection *self, PyObject *message, Py_ssize_t done);

/* a: the connection, b: the message with its length, n: how much of it is sent. */
static PyObject *send_again(PyCont *c, PyObject *value)
{
    PyObject *answer = value == NULL ? NULL : send_rest(SELF(c->a), c->b, (Py_ssize_t)c->n);

    Py_XDECREF(value);
    PyEval_ReleaseCont(c);
    return answer;
}

static PyObject *send_rest(Connection *self, PyObject *message, Py_ssize_t done)
{
    const char *bytes = PyString_AS_STRING(message);
    Py_ssize_t n = PyString_GET_SIZE(message);

    while (done < n) {
        int64_t put = host_write(self->fd, bytes + done, (size_t)(n - done));
        int how;
        PyCont *c;

        if (put >= 0) {
            done += (Py_ssize_t)put;
            continue;
        }
        how = after(put);
        if (how < 0)
            return NULL;
        if (how == 0)
            continue;
        c = PyEval_PushCont(send_again);
        if (c == NULL)
            return NULL;
        Py_INCREF(self);
        c->a = (PyObject *)self;
        Py_INCREF(message);
        c->b = message;
        c->n = done;
        return PyEval_WaitGoOn();
    }
    Py_RETURN_NONE;
}

static PyObject *send_message(Connection *self, const char *bytes, Py_ssize_t n)
{
    PyObject *message, *answer;
    unsigned char *to;

    if (n > INT32_MAX - HEADER) {
        PyErr_SetString(PyExc_ValueError, "string too long");
        return NULL;
    }
    message = PyString_FromStringAndSize(NULL, n + HEADER);
    if (message == NULL)
        return NULL;
    to = (unsigned char *)PyString_AS_STRING(message);
    for (int i = 0; i < HEADER; i++)
        to[i] = (unsigned char)(n >> (24 - 8 * i));
    memcpy(to + HEADER, bytes, (size_t)n);
    _PyMmap_Sync();
    answer = send_rest(self, message, 0);
    Py_DECREF(message);
    return answer;
}

static PyObject *conn_send(PyObject *o, PyObject *obj)
{
    PyObject *pickled, *answer;

    if (!check(SELF(o), 0) || load_pickle() < 0)
        return NULL;
    pickled = PyObject_CallFunctionObjArgs(pickler_dumps, obj, protocol, NULL);
    if (pickled == NULL)
        return NULL;
    if (!PyString_Check(pickled)) {
        PyErr_Format(PyExc_TypeError, "dumps() returned %.200s", Py_TYPE(pickled)->tp_name);
        answer = NULL;
    } else
        answer = send_message(SELF(o), PyString_AS_STRING(pickled), PyString_GET_SIZE(pickled));
    Py_DECREF(pickled);
    return answer;
}

static PyObject *conn_send_bytes(PyObject *o, PyObject *args)
{
    char *bytes;
    Py_ssize_t length, offset = 0, size = 0;
    const char *wrong = NULL;

    if (!PyArg_ParseTuple(args, "s#|nn", &bytes, &length, &offset, &size) || !check(SELF(o), 0))
        return NULL;
    if (offset < 0)
        wrong = "offset is negative";
    else if (length < offset)
        wrong = "buffer length < offset";
    else if (PyTuple_GET_SIZE(args) == 2)
        size = length - offset;
    else if (PyTuple_GET_SIZE(args) == 1)
        size = length;
    else if (size < 0)
        wrong = "size is negative";
    else if (size > length - offset)
        wrong = "buffer length < offset + size";
    if (wrong != NULL) {
        PyErr_SetString(PyExc_ValueError, wrong);
        return NULL;
    }
    return send_message(SELF(o), bytes + offset, size);
}

/* ---- Receiving */

/* What becomes of a message. */
enum { AS_OBJECT, AS_STRING, INTO };

/* Reads on. a: the connection; b: a bytearray, what is there so far; c: None, or (buffer, offset)
 * to receive into; n: what becomes of it, and the most bytes allowed, -1 for any. */
typedef struct {
    Connection *self;
    PyObject *got, *into;
    int how;
    int64_t most;
} Receiving;

static PyObject *receive(Receiving *r);

static PyObject *receive_again(PyCont *c, PyObject *value)
{
    Receiving r = {.self = SELF(c->a),
                   .got = c->b,
                   .into = c->c,
                   .how = (int)(c->n & 3),
                   .most = (int64_t)c->n >> 2};
    PyObject *answer = value == NULL ? NULL : receive(&r);

    Py_XDECREF(value);
    PyEval_ReleaseCont(c);
    return answer;
}

static PyObject *receive_later(Receiving *r)
{
    PyCont *c = PyEval_PushCont(receive_again);

    if (c == NULL)
        return NULL;
    Py_INCREF(r->self);
    c->a = (PyObject *)r->self;
    Py_INCREF(r->got);
    c->b = r->got;
    Py_XINCREF(r->into);
    c->c = r->into;
    c->n = r->most * 4 + r->how;
    return PyEval_WaitGoOn();
}

static PyObject *too_short(const char *bytes, Py_ssize_t n)
{
    PyObject *type = _PyMultiprocessing_BufferTooShort(), *args;

    if (type == NULL)
        return NULL;
    args = Py_BuildValue("(s#)", bytes, n);
    if (args != NULL)
        PyErr_SetObject(type, args);
    Py_XDECREF(args);
    Py_DECREF(type);
    return NULL;
}

/* Where to receive into: -1 with an exception. Asked again when the message is there. */
static int find_room(PyObject *buffer, Py_ssize_t offset, Py_buffer *view)
{
    if (offset < 0) {
        PyErr_SetString(PyExc_ValueError, "negative offset");
        return -1;
    }
    if (offset > view->len) {
        PyErr_SetString(PyExc_ValueError, "offset too large");
        return -1;
    }
    return 0;
}

static PyObject *deliver_into(Receiving *r, const char *bytes, Py_ssize_t n)
{
    Py_ssize_t offset;
    Py_buffer view;
    PyObject *answer = NULL;

    if (!PyArg_ParseTuple(r->into, "w*|n", &view, &offset))
        return NULL;
    offset = PyTuple_GET_SIZE(r->into) == 2 ? offset : 0;
    if (find_room(r->into, offset, &view) == 0) {
        if (n > view.len - offset)
            answer = too_short(bytes, n);
        else {
            memcpy((char *)view.buf + offset, bytes, (size_t)n);
            answer = PyInt_FromSsize_t(n);
        }
    }
    PyBuffer_Release(&view);
    return answer;
}

/* Takes over the string, which may be NULL with an error. */
static PyObject *deliver_string(Receiving *r, PyObject *string)
{
    PyObject *answer;

    if (r->how == AS_STRING || string == NULL)
        return string;
    answer = load_pickle() < 0 ? NULL : PyObject_CallFunctionObjArgs(unpickler_loads, string, NULL);
    Py_DECREF(string);
    return answer;
}

static PyObject *deliver(Receiving *r)
{
    const char *bytes = PyByteArray_AS_STRING(r->got) + HEADER;
    Py_ssize_t n = PyByteArray_GET_SIZE(r->got) - HEADER;

    _PyMmap_Sync();
    if (r->how == INTO)
        return deliver_into(r, bytes, n);
    return deliver_string(r, PyString_FromStringAndSize(bytes, n));
}

/* The message is longer than was allowed: nothing can be read any more. */
static PyObject *bad_length(Connection *self)
{
    if (self->writable)
        self->readable = 0;
    else if (self->fd >= 0) {
        host_close(self->fd);
        self->fd = -1;
    }
    return io_error("bad message length");
}

static PyObject *ended(Py_ssize_t there)
{
    if (there > 0)
        return io_error("got end of file during message");
    PyErr_SetNone(PyExc_EOFError);
    return NULL;
}

/* The length that a message begins with. */
static int64_t length_in(const char *header)
{
    const unsigned char *p = (const unsigned char *)header;

    return (int64_t)p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3];
}

/* How many bytes the message has with its length, as far as that is known. */
static int64_t whole_size(PyObject *got)
{
    if (PyByteArray_GET_SIZE(got) < HEADER)
        return HEADER;
    return HEADER + length_in(PyByteArray_AS_STRING(got));
}

static PyObject *receive(Receiving *r)
{
    for (;;) {
        Py_ssize_t there = PyByteArray_GET_SIZE(r->got), room;
        int64_t whole = whole_size(r->got), got;
        int how;

        if (there >= HEADER) {
            if (r->most >= 0 && whole - HEADER > r->most)
                return bad_length(r->self);
            if (there == whole)
                return deliver(r);
        }
        room = (Py_ssize_t)Py_MIN(whole - there, (int64_t)Py_MAX(there, FIRST_ROOM));
        if (PyByteArray_Resize(r->got, there + room) < 0)
            return NULL;
        got = host_read(r->self->fd, PyByteArray_AS_STRING(r->got) + there, (size_t)room);
        if (PyByteArray_Resize(r->got, there + (got > 0 ? (Py_ssize_t)got : 0)) < 0)
            return NULL;
        if (got > 0)
            continue;
        if (got == 0)
            return ended(there);
        how = after(got);
        if (how < 0)
            return NULL;
        if (how > 0)
            return receive_later(r);
    }
}

/* A short message that is there as a whole, as most are, is read into the string that it becomes.
 * NULL without an error when it is not so: `got` then has what has come of it. */
static PyObject *receive_at_once(Receiving *r, char *got, Py_ssize_t *there)
{
    int64_t count = host_read(r->self->fd, got, HEADER), n;
    PyObject *string;

    if (count == 0)
        return ended(0);
    *there = count > 0 ? (Py_ssize_t)count : 0;
    n = count == HEADER ? length_in(got) : 0;
    if (n < 2 || n > SHORT || r->how == INTO || (r->most >= 0 && n > r->most))
        return NULL;
    string = PyString_FromStringAndSize(NULL, (Py_ssize_t)n);
    if (string == NULL)
        return NULL;
    count = host_read(r->self->fd, PyString_AS_STRING(string), (size_t)n);
    if (count == n) {
        _PyMmap_Sync();
        return deliver_string(r, string);
    }
    if (count == 0) {
        Py_DECREF(string);
        return ended(HEADER);
    }
    if (count > 0) {
        memcpy(got + HEADER, PyString_AS_STRING(string), (size_t)count);
        *there += (Py_ssize_t)count;
    }
    Py_DECREF(string);
    return NULL;
}

static PyObject *start_receiving(PyObject *o, int how, int64_t most, PyObject *into)
{
    Receiving r = {.self = SELF(o), .into = into, .how = how, .most = most};
    char got[HEADER + SHORT];
    Py_ssize_t there = 0;
    PyObject *answer = receive_at_once(&r, got, &there);

    if (answer != NULL || PyErr_Occurred())
        return answer;
    r.got = PyByteArray_FromStringAndSize(got, there);
    if (r.got == NULL)
        return NULL;
    /* What went wrong, if that was why it came short, is met again. */
    answer = receive(&r);
    Py_DECREF(r.got);
    return answer;
}

static PyObject *conn_recv(PyObject *o, PyObject *noargs)
{
    return check(SELF(o), 1) ? start_receiving(o, AS_OBJECT, -1, NULL) : NULL;
}

static PyObject *conn_recv_bytes(PyObject *o, PyObject *args)
{
    Py_ssize_t most = -1;

    if (!PyArg_ParseTuple(args, "|n", &most) || !check(SELF(o), 1))
        return NULL;
    if (PyTuple_GET_SIZE(args) > 0 && most < 0) {
        PyErr_SetString(PyExc_ValueError, "maxlength < 0");
        return NULL;
    }
    return start_receiving(o, AS_STRING, most > UINT32_MAX ? -1 : most, NULL);
}

static PyObject *conn_recv_bytes_into(PyObject *o, PyObject *args)
{
    Py_ssize_t offset = 0;
    Py_buffer view;
    int right;

    if (!PyArg_ParseTuple(args, "w*|n", &view, &offset))
        return NULL;
    right = check(SELF(o), 1) && find_room(args, offset, &view) == 0;
    PyBuffer_Release(&view);
    return right ? start_receiving(o, INTO, -1, args) : NULL;
}

/* ---- Waiting for input */

static PyObject *poll_until(Connection *self, int64_t deadline);

/* a: the connection, n: the deadline. */
static PyObject *poll_again(PyCont *c, PyObject *value)
{
    PyObject *answer = NULL;

    if (value != NULL && PyEval_WasInterrupted()) {
        answer = Py_False;
        Py_INCREF(answer);
    } else if (value != NULL)
        answer = poll_until(SELF(c->a), c->n);
    Py_XDECREF(value);
    PyEval_ReleaseCont(c);
    return answer;
}

static PyObject *poll_until(Connection *self, int64_t deadline)
{
    enum { MOST = 65536 };
    uint8_t *want;
    int fd = self->fd, ready;
    PyCont *c;

    if (fd < 0 || fd >= MOST)
        return fail(E_BADF);
    want = PyMem_Calloc(2, fd + 1);
    if (want == NULL)
        return PyErr_NoMemory();
    want[fd] = 1;
    ready = host_poll(fd + 1, want, want + fd + 1);
    PyMem_Free(want);
    if (ready < 0)
        return fail(-ready);
    if (ready > 0)
        Py_RETURN_TRUE;
    if (PyThread_DeadlinePassed(deadline))
        Py_RETURN_FALSE;
    c = PyEval_PushCont(poll_again);
    if (c == NULL)
        return NULL;
    Py_INCREF(self);
    c->a = (PyObject *)self;
    c->n = deadline;
    return PyEval_WaitUntilGoOn(deadline);
}

static PyObject *conn_poll(PyObject *o, PyObject *args)
{
    PyObject *timeout = NULL;
    int64_t deadline = 0;

    if (!PyArg_ParseTuple(args, "|O", &timeout) || !check(SELF(o), 1))
        return NULL;
    if (timeout == Py_None)
        deadline = PyThread_FOREVER;
    else if (timeout != NULL) {
        double seconds = PyFloat_AsDouble(timeout);

        if (seconds == -1 && PyErr_Occurred())
            return NULL;
        deadline = PyThread_Deadline(seconds);
    }
    return poll_until(SELF(o), deadline);
}

/* ---- The type */

static PyObject *conn_new(PyTypeObject *type, PyObject *args, PyObject *kw)
{
    static char *names[] = {"handle", "readable", "writable", NULL};
    int fd, reads = 1, writes = 1;
    PyObject *self;

    if (!PyArg_ParseTupleAndKeywords(args, kw, "i|ii", names, &fd, &reads, &writes))
        return NULL;
    if (fd < 0) {
        PyErr_Format(PyExc_IOError, "invalid handle %d", fd);
        return NULL;
    }
    if (!reads && !writes) {
        PyErr_SetString(PyExc_ValueError, "either readable or writable must be true");
        return NULL;
    }
    self = type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    SELF(self)->fd = fd;
    SELF(self)->readable = reads != 0;
    SELF(self)->writable = writes != 0;
    return self;
}

static void shut(Connection *self)
{
    if (self->fd >= 0)
        host_close(self->fd);
    self->fd = -1;
}

static void conn_dealloc(PyObject *o)
{
    if (SELF(o)->weakrefs != NULL)
        PyObject_ClearWeakRefs(o);
    shut(SELF(o));
    Py_TYPE(o)->tp_free(o);
}

static PyObject *conn_close(PyObject *o, PyObject *noargs)
{
    shut(SELF(o));
    Py_RETURN_NONE;
}

static PyObject *conn_fileno(PyObject *o, PyObject *noargs)
{
    if (SELF(o)->fd < 0)
        return io_error("handle is invalid");
    return PyInt_FromLong(SELF(o)->fd);
}

static PyObject *conn_repr(PyObject *o)
{
    static const char *const kinds[] = {"", "read-only", "write-only", "read-write"};

    return PyString_FromFormat("<%s Connection, handle %d>",
                               kinds[SELF(o)->readable | SELF(o)->writable << 1], SELF(o)->fd);
}

static PyObject *conn_closed(PyObject *o, void *closure)
{
    return PyBool_FromLong(SELF(o)->fd < 0);
}

static PyObject *conn_readable(PyObject *o, void *closure)
{
    return PyBool_FromLong(SELF(o)->readable);
}

static PyObject *conn_writable(PyObject *o, void *closure)
{
    return PyBool_FromLong(SELF(o)->writable);
}

static PyMethodDef conn_methods[] = {
    {"send_bytes", conn_send_bytes, METH_VARARGS | METH_RESUMABLE,
     "send the byte data from a readable buffer-like object"},
    {"recv_bytes", conn_recv_bytes, METH_VARARGS | METH_RESUMABLE, "receive byte data as a string"},
    {"recv_bytes_into", conn_recv_bytes_into, METH_VARARGS | METH_RESUMABLE,
     "receive byte data into a writeable buffer-like object\nreturns the number of bytes read"},
    {"send", conn_send, METH_O | METH_RESUMABLE, "send a (picklable) object"},
    {"recv", conn_recv, METH_NOARGS | METH_RESUMABLE, "receive a (picklable) object"},
    {"poll", conn_poll, METH_VARARGS | METH_RESUMABLE,
     "whether there is any input available to be read"},
    {"fileno", conn_fileno, METH_NOARGS, "file descriptor or handle of the connection"},
    {"close", conn_close, METH_NOARGS, "close the connection"},
    {NULL},
};

static PyGetSetDef conn_getset[] = {
    {"closed", conn_closed, NULL, "True if the connection is closed", NULL},
    {"readable", conn_readable, NULL, "True if the connection is readable", NULL},
    {"writable", conn_writable, NULL, "True if the connection is writable", NULL},
    {NULL},
};

PyTypeObject _PyConnection_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "_multiprocessing.Connection",
    .tp_basicsize = sizeof(Connection),
    .tp_x64_basicsize = 1056,
    .tp_dealloc = conn_dealloc,
    .tp_repr = conn_repr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_WEAKREFS,
    .tp_doc = "Connection type whose constructor signature is\n\n    Connection(handle, "
              "readable=True, writable=True).\n\nThe constructor does *not* duplicate the handle.",
    .tp_weaklistoffset = (Py_ssize_t)offsetof(Connection, weakrefs),
    .tp_methods = conn_methods,
    .tp_getset = conn_getset,
    .tp_new = conn_new,
};
