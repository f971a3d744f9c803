/* SPDX-License-Identifier: MIT */
/* _socket: the type socket. Invariant: a call that may wait is an operation of its own (sock_op),
 * which holds all that it needs to be tried again: the socket, the buffer, how far it is, and the
 * moment its time is over. A socket with a timeout is non-blocking for the host, as on POSIX. */
#include "modules/socket_private.h"
#include "modules/signal_private.h"
#include "structmember.h"

enum { E_INTR = 4, E_AGAIN = 11, E_ISCONN = 106, E_ALREADY = 114, E_INPROGRESS = 115 };
enum { SOL_SOCKET_ = 1, SO_ERROR_ = 4, MSG_WAITALL_ = 0x100, F_GETFL_ = 3, F_SETFL_ = 4 };
enum { O_NONBLOCK_ = 04000, OPTION_MAX = 1024, POLL_READ = 1, POLL_WRITE = 2 };

typedef struct {
    PyObject_HEAD int fd, family, type, proto;
    double timeout; /* seconds; negative: none */
    PyObject *weakrefs;
} sock_object;

PyObject *_PySocket_Error, *_PySocket_HError, *_PySocket_GaiError;
static PyObject *timeout_error;
static double default_timeout = -1.0;
static PyTypeObject socket_type, op_type;

PyObject *_PySocket_Fail(int64_t status)
{
    if (status == -E_INTR && _PySignal_CheckHost() < 0)
        return NULL;
    return _PyErr_SetFromErrnum(_PySocket_Error, (int)-status);
}

static PyObject *done_or_fail(int64_t status)
{
    if (status < 0)
        return _PySocket_Fail(status);
    Py_RETURN_NONE;
}

/* ---- Operations that may wait ---- */

enum op_kind {
    OP_RECV,
    OP_RECVFROM,
    OP_RECV_INTO,
    OP_RECVFROM_INTO,
    OP_SEND,
    OP_SENDALL,
    OP_ACCEPT,
    OP_LISTEN,
    OP_CONNECT,
    OP_CONNECT_EX
};

typedef struct {
    PyObject_HEAD enum op_kind kind;
    sock_object *socket;
    PyObject *string; /* that is being filled, or NULL */
    Py_buffer view;
    char *data;
    Py_ssize_t size, done;
    int flags, begun;
    sock_addr address;
    int64_t deadline;
} sock_op;

static sock_op *op_new(PyObject *socket, enum op_kind kind)
{
    sock_op *op = PyObject_New(sock_op, &op_type);

    if (op == NULL)
        return NULL;
    memset((char *)op + sizeof(PyObject), 0, sizeof *op - sizeof(PyObject));
    op->kind = kind;
    op->socket = (sock_object *)socket;
    Py_INCREF(socket);
    op->deadline = -1;
    return op;
}

static void op_dealloc(PyObject *self)
{
    sock_op *op = (sock_op *)self;

    if (op->view.obj != NULL)
        PyBuffer_Release(&op->view);
    Py_XDECREF(op->string);
    Py_XDECREF(op->socket);
    PyObject_Del(self);
}

static PyTypeObject op_type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "_socket.operation",
    .tp_basicsize = (Py_ssize_t)sizeof(sock_op),
    .tp_dealloc = op_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
};

static int op_writes(const sock_op *op)
{
    return op->kind == OP_SEND || op->kind == OP_SENDALL || op->kind == OP_CONNECT ||
           op->kind == OP_CONNECT_EX;
}

/* The end of a connect that was begun: 0, an error, or -EINPROGRESS. */
static int64_t op_connected(sock_op *op)
{
    int error = 0, n = sizeof error;
    int status = host_getsockopt(op->socket->fd, SOL_SOCKET_, SO_ERROR_, &error, &n);

    return status < 0 ? status : -error;
}

/* Tries the host's call once. */
static int64_t op_try(sock_op *op)
{
    sock_object *s = op->socket;
    char *at = op->data + op->done;
    size_t left = (size_t)(op->size - op->done);
    sock_addr *a = &op->address;
    int64_t status;

    switch (op->kind) {
    case OP_RECV:
    case OP_RECV_INTO:
        return host_recv(s->fd, at, left, op->flags, NULL, NULL);
    case OP_RECVFROM:
    case OP_RECVFROM_INTO:
        a->length = sizeof a->bytes;
        return host_recv(s->fd, at, left, op->flags, a->bytes, &a->length);
    case OP_SEND:
    case OP_SENDALL:
        return host_send(s->fd, at, left, op->flags, a->length ? a->bytes : NULL, a->length);
    case OP_ACCEPT:
        a->length = sizeof a->bytes;
        return host_accept(s->fd, a->bytes, &a->length);
    case OP_LISTEN:
        return host_listen(s->fd, op->flags);
    default:
        if (op->begun && s->timeout > 0)
            return op_connected(op);
        status = host_connect(s->fd, a->bytes, a->length);
        if (op->begun && status == -E_ALREADY)
            status = -E_INPROGRESS;
        if (op->begun && status == -E_ISCONN)
            status = 0;
        op->begun = 1;
        return status;
    }
}

static PyObject *new_socket(int fd, int family, int type, int proto);

/* The answer of an operation that has ended with a host's answer. */
static PyObject *op_finish(sock_op *op, int64_t status)
{
    PyObject *value, *result, *address;

    if (op->kind == OP_CONNECT_EX) {
        if (status == -E_INTR && _PySignal_CheckHost() < 0)
            return NULL;
        return PyInt_FromLong((long)-status);
    }
    if (status < 0 && !(op->done > 0 && op->kind != OP_SENDALL))
        return _PySocket_Fail(status);
    switch (op->kind) {
    case OP_RECV:
    case OP_RECVFROM:
        if (op->done <= 1) {
            value = PyString_FromStringAndSize(op->data, op->done);
            break;
        }
        value = op->string;
        op->string = NULL;
        if (op->done != PyString_GET_SIZE(value))
            _PyString_Resize(&value, op->done);
        break;
    case OP_RECV_INTO:
    case OP_RECVFROM_INTO:
    case OP_SEND:
        value = PyInt_FromLong(op->done);
        break;
    case OP_ACCEPT:
        value = new_socket((int)status, op->socket->family, op->socket->type, op->socket->proto);
        if (value == NULL)
            host_close((int)status);
        break;
    default:
        Py_RETURN_NONE;
    }
    if (value == NULL || op->kind == OP_RECV || op->kind == OP_RECV_INTO || op->kind == OP_SEND)
        return value;
    address = _PySocket_MakeAddress(op->socket->family, &op->address);
    result = address == NULL ? NULL : PyTuple_Pack(2, value, address);
    Py_XDECREF(address);
    Py_DECREF(value);
    return result;
}

/* 1: the host's call is worth trying; 0: not yet; else a negative error. The host notes that this
 * process waits. */
static int op_ready(sock_op *op)
{
    enum { SMALL = 64 };
    uint8_t small[2 * SMALL] = {0}, *bits = small;
    int fd = op->socket->fd, n = fd + 1, status;

    if (fd < 0)
        return 1;
    if (n > SMALL && (bits = PyMem_Malloc(2 * (size_t)n)) == NULL)
        return -12;
    memset(bits, 0, 2 * (size_t)n);
    bits[fd] = op_writes(op) ? POLL_WRITE : POLL_READ;
    status = host_poll(n, bits, bits + n);
    if (bits != small)
        PyMem_Free(bits);
    return status;
}

static PyObject *op_run(sock_op *op);

/* sendall goes on after a signal; the others tell of it, unless siginterrupt has said that it does
 * not matter, which waits with a timeout do not know. */
static int op_ends_by_signal(const sock_op *op)
{
    if (op->kind == OP_SENDALL)
        return 0;
    return _PySignal_EndsWait() || op->socket->timeout > 0 || op->done > 0;
}

static PyObject *op_again(PyCont *c, PyObject *value)
{
    sock_op *op = (sock_op *)c->a;
    PyObject *result = NULL;

    if (value != NULL) {
        Py_DECREF(value);
        if (PyEval_WasInterrupted() && op_ends_by_signal(op))
            result = op_finish(op, -E_INTR);
        else
            result = op_run(op);
    }
    PyEval_ReleaseCont(c);
    return result;
}

static PyObject *op_wait(sock_op *op, int64_t deadline)
{
    PyCont *c = PyEval_PushCont(op_again);

    if (c == NULL)
        return NULL;
    Py_INCREF(op);
    c->a = (PyObject *)op;
    return PyEval_WaitUntilGoOn(deadline);
}

/* Whether the operation wants more after the last answer. */
static int op_goes_on(sock_op *op, int64_t status)
{
    double timeout = op->socket->timeout;

    if (op->done >= op->size || status <= 0 || op->address.length > 0)
        return 0;
    switch (op->kind) {
    case OP_SENDALL:
        op->deadline = -1;
        return 1;
    case OP_SEND:
        return timeout < 0;
    case OP_RECV:
    case OP_RECV_INTO:
        return timeout < 0 && (op->flags & MSG_WAITALL_) && op->socket->type == SOCK_STREAM_;
    default:
        return 0;
    }
}

static PyObject *op_run(sock_op *op)
{
    sock_object *s = op->socket;

    for (int looked = 0;;) {
        int64_t status = op_try(op);
        int ready;

        if (PyEval_IsPending(status))
            return op_wait(op, PyThread_FOREVER);
        if (status >= 0 && op->kind <= OP_SENDALL) {
            op->done += (Py_ssize_t)status;
            looked = 0;
            if (op_goes_on(op, status))
                continue;
        }
        if (status == -E_INTR) {
            if (_PySignal_CheckHost() < 0)
                return NULL;
            if (!op_ends_by_signal(op))
                continue;
        }
        if (s->timeout <= 0 || (status != -E_AGAIN && status != -E_INPROGRESS))
            return op_finish(op, status);
        /* It has a timeout. */
        if (op->deadline < 0)
            op->deadline = PyThread_Deadline(s->timeout);
        ready = op_ready(op);
        if (ready < 0 && !PyEval_IsPending(ready))
            return op_finish(op, ready);
        if (ready > 0 && !looked) {
            looked = 1;
            continue;
        }
        if (PyThread_DeadlinePassed(op->deadline)) {
            if (op->kind == OP_CONNECT_EX)
                return op_finish(op, -E_AGAIN);
            PyErr_SetString(timeout_error, "timed out");
            return NULL;
        }
        return op_wait(op, op->deadline);
    }
}

static PyObject *op_start(sock_op *op)
{
    PyObject *result;

    _PySignal_EndsWait(); /* what came before is over */
    result = op_run(op);
    Py_DECREF(op);
    return result;
}

/* ---- Methods that may wait ---- */

static PyObject *socket_accept(PyObject *self, PyObject *noargs)
{
    sock_op *op = op_new(self, OP_ACCEPT);

    return op == NULL ? NULL : op_start(op);
}

static PyObject *connect_as(PyObject *self, PyObject *address, enum op_kind kind)
{
    sock_op *op = op_new(self, kind);

    if (op == NULL)
        return NULL;
    if (_PySocket_ParseAddress(op->socket->family, address, &op->address) < 0) {
        Py_DECREF(op);
        return NULL;
    }
    return op_start(op);
}

static PyObject *socket_connect(PyObject *self, PyObject *address)
{
    return connect_as(self, address, OP_CONNECT);
}

static PyObject *socket_connect_ex(PyObject *self, PyObject *address)
{
    return connect_as(self, address, OP_CONNECT_EX);
}

/* Receives into a new string. */
static PyObject *receive(PyObject *self, int n, int flags, enum op_kind kind)
{
    sock_op *op;

    if (n < 0) {
        PyErr_Format(PyExc_ValueError, "negative buffersize in %s",
                     kind == OP_RECV ? "recv" : "recvfrom");
        return NULL;
    }
    op = op_new(self, kind);
    if (op == NULL)
        return NULL;
    /* At least two bytes: shorter strings are shared, and must not be written to. */
    op->string = PyString_FromStringAndSize(NULL, n < 2 ? 2 : n);
    if (op->string == NULL) {
        Py_DECREF(op);
        return NULL;
    }
    op->data = PyString_AS_STRING(op->string);
    op->size = n;
    op->flags = flags;
    return op_start(op);
}

static PyObject *socket_recv(PyObject *self, PyObject *args)
{
    int n, flags = 0;

    return PyArg_ParseTuple(args, "i|i:recv", &n, &flags) ? receive(self, n, flags, OP_RECV) : NULL;
}

static PyObject *socket_recvfrom(PyObject *self, PyObject *args)
{
    int n, flags = 0;

    return PyArg_ParseTuple(args, "i|i:recvfrom", &n, &flags) ? receive(self, n, flags, OP_RECVFROM)
                                                              : NULL;
}

static PyObject *receive_into(PyObject *self, PyObject *args, PyObject *kw, enum op_kind kind)
{
    static char *names[] = {"buffer", "nbytes", "flags", NULL};
    sock_op *op = op_new(self, kind);
    int n = 0;

    if (op == NULL)
        return NULL;
    if (!PyArg_ParseTupleAndKeywords(
            args, kw, kind == OP_RECV_INTO ? "w*|ii:recv_into" : "w*|ii:recvfrom_into", names,
            &op->view, &n, &op->flags)) {
        op->view.obj = NULL;
        Py_DECREF(op);
        return NULL;
    }
    op->data = op->view.buf;
    op->size = n == 0 ? op->view.len : n;
    if (n >= 0 && op->size <= op->view.len)
        return op_start(op);
    if (n < 0)
        PyErr_Format(PyExc_ValueError, "negative buffersize in %s",
                     kind == OP_RECV_INTO ? "recv_into" : "recvfrom_into");
    else
        PyErr_SetString(PyExc_ValueError, kind == OP_RECV_INTO
                                              ? "buffer too small for requested bytes"
                                              : "nbytes is greater than the length of the buffer");
    Py_DECREF(op);
    return NULL;
}

static PyObject *socket_recv_into(PyObject *self, PyObject *args, PyObject *kw)
{
    return receive_into(self, args, kw, OP_RECV_INTO);
}

static PyObject *socket_recvfrom_into(PyObject *self, PyObject *args, PyObject *kw)
{
    return receive_into(self, args, kw, OP_RECVFROM_INTO);
}

static PyObject *transmit(PyObject *self, PyObject *args, const char *format, enum op_kind kind)
{
    sock_op *op = op_new(self, kind);

    if (op == NULL)
        return NULL;
    if (!PyArg_ParseTuple(args, format, &op->view, &op->flags)) {
        op->view.obj = NULL;
        Py_DECREF(op);
        return NULL;
    }
    op->data = op->view.buf;
    op->size = op->view.len;
    return op_start(op);
}

static PyObject *socket_send(PyObject *self, PyObject *args)
{
    return transmit(self, args, "s*|i:send", OP_SEND);
}

static PyObject *socket_sendall(PyObject *self, PyObject *args)
{
    return transmit(self, args, "s*|i:sendall", OP_SENDALL);
}

static PyObject *socket_sendto(PyObject *self, PyObject *args)
{
    Py_ssize_t count = PyTuple_GET_SIZE(args);
    sock_op *op;
    PyObject *address;
    int parsed;

    if (count != 2 && count != 3) {
        PyErr_Format(PyExc_TypeError, "sendto() takes 2 or 3 arguments (%zd given)", count);
        return NULL;
    }
    op = op_new(self, OP_SEND);
    if (op == NULL)
        return NULL;
    parsed = count == 2 ? PyArg_ParseTuple(args, "s*O:sendto", &op->view, &address)
                        : PyArg_ParseTuple(args, "s*iO:sendto", &op->view, &op->flags, &address);
    if (!parsed)
        op->view.obj = NULL;
    if (!parsed || _PySocket_ParseAddress(op->socket->family, address, &op->address) < 0) {
        Py_DECREF(op);
        return NULL;
    }
    op->data = op->view.buf;
    op->size = op->view.len;
    return op_start(op);
}

/* ---- The others ---- */

static int fd_of(PyObject *self)
{
    return ((sock_object *)self)->fd;
}

static PyObject *socket_bind(PyObject *self, PyObject *address)
{
    sock_addr a;

    if (_PySocket_ParseAddress(((sock_object *)self)->family, address, &a) < 0)
        return NULL;
    return done_or_fail(host_bind(fd_of(self), a.bytes, a.length));
}

static PyObject *socket_close(PyObject *self, PyObject *noargs)
{
    sock_object *s = (sock_object *)self;
    int fd = s->fd;

    s->fd = -1;
    if (fd >= 0)
        host_close(fd);
    Py_RETURN_NONE;
}

static PyObject *socket_fileno(PyObject *self, PyObject *noargs)
{
    return PyInt_FromLong(fd_of(self));
}

static PyObject *name_of(PyObject *self, int peer)
{
    sock_addr a = {.length = sizeof a.bytes};
    int status = host_sockname(fd_of(self), peer, a.bytes, &a.length);

    if (status < 0)
        return _PySocket_Fail(status);
    return _PySocket_MakeAddress(((sock_object *)self)->family, &a);
}

static PyObject *socket_getsockname(PyObject *self, PyObject *noargs)
{
    return name_of(self, 0);
}

static PyObject *socket_getpeername(PyObject *self, PyObject *noargs)
{
    return name_of(self, 1);
}

static PyObject *socket_listen(PyObject *self, PyObject *arg)
{
    int backlog = _PyInt_AsInt(arg);
    sock_op *op;

    if (backlog == -1 && PyErr_Occurred())
        return NULL;
    op = op_new(self, OP_LISTEN);
    if (op == NULL)
        return NULL;
    op->flags = backlog < 0 ? 0 : backlog;
    return op_start(op);
}

static PyObject *socket_shutdown(PyObject *self, PyObject *arg)
{
    int how = _PyInt_AsInt(arg);

    if (how == -1 && PyErr_Occurred())
        return NULL;
    return done_or_fail(host_shutdown(fd_of(self), how));
}

static PyObject *socket_getsockopt(PyObject *self, PyObject *args)
{
    int level, option, length = 0, status;
    PyObject *value;

    if (!PyArg_ParseTuple(args, "ii|i:getsockopt", &level, &option, &length))
        return NULL;
    if (length == 0) {
        int number = 0, n = sizeof number;

        status = host_getsockopt(fd_of(self), level, option, &number, &n);
        return status < 0 ? _PySocket_Fail(status) : PyInt_FromLong(number);
    }
    if (length < 0 || length > OPTION_MAX) {
        PyErr_SetString(_PySocket_Error, "getsockopt buflen out of range");
        return NULL;
    }
    {
        char buffer[OPTION_MAX] = {0};

        status = host_getsockopt(fd_of(self), level, option, buffer, &length);
        if (status < 0)
            return _PySocket_Fail(status);
        value = PyString_FromStringAndSize(buffer, length);
    }
    return value;
}

static PyObject *socket_setsockopt(PyObject *self, PyObject *args)
{
    int level, option, number, length;
    char *bytes;

    if (PyArg_ParseTuple(args, "iii:setsockopt", &level, &option, &number))
        return done_or_fail(host_setsockopt(fd_of(self), level, option, &number, sizeof number));
    {
        Py_ssize_t n;

        PyErr_Clear();
        if (!PyArg_ParseTuple(args, "iis#:setsockopt", &level, &option, &bytes, &n))
            return NULL;
        length = n > OPTION_MAX ? OPTION_MAX : (int)n;
    }
    return done_or_fail(host_setsockopt(fd_of(self), level, option, bytes, length));
}

static int set_blocking(int fd, int blocking)
{
    int flags = host_fcntl(fd, F_GETFL_, 0);

    if (flags < 0)
        return flags;
    return host_fcntl(fd, F_SETFL_, blocking ? flags & ~O_NONBLOCK_ : flags | O_NONBLOCK_);
}

/* Seconds of a timeout, negative for None: 0, or -1 with an error. */
static int timeout_of(PyObject *arg, double *seconds)
{
    *seconds = -1.0;
    if (arg == Py_None)
        return 0;
    *seconds = PyFloat_AsDouble(arg);
    if (*seconds < 0.0) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_ValueError, "Timeout value out of range");
        return -1;
    }
    return 0;
}

static PyObject *timeout_object(double seconds)
{
    if (seconds < 0)
        Py_RETURN_NONE;
    return PyFloat_FromDouble(seconds);
}

static PyObject *socket_settimeout(PyObject *self, PyObject *arg)
{
    sock_object *s = (sock_object *)self;
    double seconds;

    if (timeout_of(arg, &seconds) < 0)
        return NULL;
    s->timeout = seconds;
    set_blocking(s->fd, seconds < 0);
    Py_RETURN_NONE;
}

static PyObject *socket_gettimeout(PyObject *self, PyObject *noargs)
{
    return timeout_object(((sock_object *)self)->timeout);
}

static PyObject *socket_setblocking(PyObject *self, PyObject *arg)
{
    sock_object *s = (sock_object *)self;
    py_long blocking = PyInt_AsLong(arg);

    if (blocking == -1 && PyErr_Occurred())
        return NULL;
    s->timeout = blocking ? -1.0 : 0.0;
    set_blocking(s->fd, blocking != 0);
    Py_RETURN_NONE;
}

static PyObject *socket_dup(PyObject *self, PyObject *noargs)
{
    sock_object *s = (sock_object *)self;
    int fd = host_dup(s->fd);
    PyObject *copy;

    if (fd < 0)
        return _PySocket_Fail(fd);
    copy = new_socket(fd, s->family, s->type, s->proto);
    if (copy == NULL)
        host_close(fd);
    return copy;
}

static PyObject *socket_makefile(PyObject *self, PyObject *args)
{
    char *mode = "r";
    int bufsize = -1, fd;
    PyObject *file;

    if (!PyArg_ParseTuple(args, "|si:makefile", &mode, &bufsize))
        return NULL;
    fd = host_dup(fd_of(self));
    if (fd < 0)
        return _PySocket_Fail(fd);
    file = PyFile_FromFd(fd, "<socket>", mode, bufsize);
    if (file == NULL)
        host_close(fd);
    return file;
}

static PyMethodDef socket_methods[] = {
    {"accept", socket_accept, METH_NOARGS | METH_RESUMABLE,
     "accept() -> (socket object, address info)\n\nWait for a connection: a new socket that stands "
     "for it, and the client's address."},
    {"bind", socket_bind, METH_O, "bind(address)\n\nGive the socket its local address."},
    {"close", socket_close, METH_NOARGS, "close()\n\nClose the socket; it is of no use then."},
    {"connect", socket_connect, METH_O | METH_RESUMABLE,
     "connect(address)\n\nConnect the socket to a remote address."},
    {"connect_ex", socket_connect_ex, METH_O | METH_RESUMABLE,
     "connect_ex(address) -> errno\n\nConnect, answering an error number, 0 for none."},
    {"dup", socket_dup, METH_NOARGS,
     "dup() -> socket object\n\nA new socket object over a duplicate of the descriptor."},
    {"fileno", socket_fileno, METH_NOARGS, "fileno() -> integer\n\nThe socket's descriptor."},
    {"getpeername", socket_getpeername, METH_NOARGS,
     "getpeername() -> address info\n\nThe address of the other end."},
    {"getsockname", socket_getsockname, METH_NOARGS,
     "getsockname() -> address info\n\nThe address of this end."},
    {"getsockopt", socket_getsockopt, METH_VARARGS,
     "getsockopt(level, option[, buffersize]) -> value\n\nA socket option, as an integer, or as a "
     "string when a size is given."},
    {"gettimeout", socket_gettimeout, METH_NOARGS,
     "gettimeout() -> timeout\n\nThe timeout in seconds, or None."},
    {"listen", socket_listen, METH_O | METH_RESUMABLE,
     "listen(backlog)\n\nLet others connect; so many may wait to be accepted."},
    {"makefile", socket_makefile, METH_VARARGS,
     "makefile([mode[, buffersize]]) -> file object\n\nA file over a duplicate of the descriptor."},
    {"recv", socket_recv, METH_VARARGS | METH_RESUMABLE,
     "recv(buffersize[, flags]) -> data\n\nReceive at most so many bytes; none at the end."},
    {"recv_into", PyCFunction_CAST(socket_recv_into), METH_VARARGS | METH_KEYWORDS | METH_RESUMABLE,
     "recv_into(buffer, [nbytes[, flags]]) -> nbytes_read\n\nReceive into a buffer."},
    {"recvfrom", socket_recvfrom, METH_VARARGS | METH_RESUMABLE,
     "recvfrom(buffersize[, flags]) -> (data, address info)\n\nReceive, and tell from whom."},
    {"recvfrom_into", PyCFunction_CAST(socket_recvfrom_into),
     METH_VARARGS | METH_KEYWORDS | METH_RESUMABLE,
     "recvfrom_into(buffer[, nbytes[, flags]]) -> (nbytes, address info)\n\nReceive into a "
     "buffer, and tell from whom."},
    {"send", socket_send, METH_VARARGS | METH_RESUMABLE,
     "send(data[, flags]) -> count\n\nSend data; how much of it was taken."},
    {"sendall", socket_sendall, METH_VARARGS | METH_RESUMABLE,
     "sendall(data[, flags])\n\nSend all of the data."},
    {"sendto", socket_sendto, METH_VARARGS | METH_RESUMABLE,
     "sendto(data[, flags], address) -> count\n\nSend data to an address."},
    {"setblocking", socket_setblocking, METH_O,
     "setblocking(flag)\n\nWhether calls wait: settimeout(None), or settimeout(0.0)."},
    {"setsockopt", socket_setsockopt, METH_VARARGS,
     "setsockopt(level, option, value)\n\nSet a socket option to an integer or a string."},
    {"settimeout", socket_settimeout, METH_O,
     "settimeout(timeout)\n\nHow long calls wait, in seconds; None is for ever."},
    {"shutdown", socket_shutdown, METH_O,
     "shutdown(flag)\n\nEnd receiving (SHUT_RD), sending (SHUT_WR), or both (SHUT_RDWR)."},
    {NULL, NULL, 0, NULL},
};

static PyMemberDef socket_members[] = {
    {"family", T_INT, offsetof(sock_object, family), READONLY, "the socket family"},
    {"type", T_INT, offsetof(sock_object, type), READONLY, "the socket type"},
    {"proto", T_INT, offsetof(sock_object, proto), READONLY, "the socket protocol"},
    {"timeout", T_DOUBLE, offsetof(sock_object, timeout), READONLY, "the socket timeout"},
    {NULL, 0, 0, 0, NULL},
};

/* ---- The type ---- */

static void socket_set(sock_object *s, int fd, int family, int type, int proto)
{
    s->fd = fd;
    s->family = family;
    s->type = type;
    s->proto = proto;
    s->timeout = default_timeout;
    if (default_timeout >= 0)
        set_blocking(fd, 0);
}

static PyObject *new_socket(int fd, int family, int type, int proto)
{
    PyObject *self = PyType_GenericNew(&socket_type, NULL, NULL);

    if (self != NULL)
        socket_set((sock_object *)self, fd, family, type, proto);
    return self;
}

static PyObject *socket_new(PyTypeObject *type, PyObject *args, PyObject *kw)
{
    PyObject *self = type->tp_alloc(type, 0);

    if (self != NULL) {
        ((sock_object *)self)->fd = -1;
        ((sock_object *)self)->timeout = -1.0;
    }
    return self;
}

static int socket_init(PyObject *self, PyObject *args, PyObject *kw)
{
    static char *names[] = {"family", "type", "proto", NULL};
    int family = AF_INET_, type = SOCK_STREAM_, proto = 0, fd;

    if (!PyArg_ParseTupleAndKeywords(args, kw, "|iii:socket", names, &family, &type, &proto))
        return -1;
    fd = host_socket(family, type, proto);
    if (fd < 0) {
        _PySocket_Fail(fd);
        return -1;
    }
    if (fd_of(self) >= 0)
        host_close(fd_of(self));
    socket_set((sock_object *)self, fd, family, type, proto);
    return 0;
}

static void socket_dealloc(PyObject *self)
{
    sock_object *s = (sock_object *)self;

    if (s->weakrefs != NULL)
        PyObject_ClearWeakRefs(self);
    if (s->fd >= 0)
        host_close(s->fd);
    Py_TYPE(self)->tp_free(self);
}

static PyObject *socket_repr(PyObject *self)
{
    sock_object *s = (sock_object *)self;

    return PyString_FromFormat("<socket object, fd=%d, family=%d, type=%d, protocol=%d>", s->fd,
                               s->family, s->type, s->proto);
}

static PyTypeObject socket_type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "_socket.socket",
    .tp_basicsize = (Py_ssize_t)sizeof(sock_object),
    .tp_x64_basicsize = 56,
    .tp_dealloc = socket_dealloc,
    .tp_repr = socket_repr,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = "socket([family[, type[, proto]]]) -> socket object\n\nOpen a socket of the given "
              "family (AF_INET), type (SOCK_STREAM) and protocol (0).",
    .tp_weaklistoffset = offsetof(sock_object, weakrefs),
    .tp_methods = socket_methods,
    .tp_members = socket_members,
    .tp_init = socket_init,
    .tp_new = socket_new,
};

/* ---- The module ---- */

static PyObject *module_socketpair(PyObject *self, PyObject *args)
{
    int family = AF_UNIX_, type = SOCK_STREAM_, proto = 0, fds[2], status;
    PyObject *first = NULL, *second = NULL, *result;

    if (!PyArg_ParseTuple(args, "|iii:socketpair", &family, &type, &proto))
        return NULL;
    status = host_socketpair(family, type, proto, fds);
    if (status < 0)
        return _PySocket_Fail(status);
    first = new_socket(fds[0], family, type, proto);
    if (first == NULL)
        host_close(fds[0]);
    second = first == NULL ? NULL : new_socket(fds[1], family, type, proto);
    if (second == NULL)
        host_close(fds[1]);
    result = second == NULL ? NULL : PyTuple_Pack(2, first, second);
    Py_XDECREF(first);
    Py_XDECREF(second);
    return result;
}

static PyObject *module_fromfd(PyObject *self, PyObject *args)
{
    int fd, family, type, proto = 0;
    PyObject *result;

    if (!PyArg_ParseTuple(args, "iii|i:fromfd", &fd, &family, &type, &proto))
        return NULL;
    fd = host_dup(fd);
    if (fd < 0)
        return _PySocket_Fail(fd);
    result = new_socket(fd, family, type, proto);
    if (result == NULL)
        host_close(fd);
    return result;
}

static PyObject *module_getdefaulttimeout(PyObject *self, PyObject *noargs)
{
    return timeout_object(default_timeout);
}

static PyObject *module_setdefaulttimeout(PyObject *self, PyObject *arg)
{
    double seconds;

    if (timeout_of(arg, &seconds) < 0)
        return NULL;
    default_timeout = seconds;
    Py_RETURN_NONE;
}

static PyMethodDef module_methods[] = {
    {"socketpair", module_socketpair, METH_VARARGS,
     "socketpair([family[, type[, proto]]]) -> (socket object, socket object)\n\nTwo sockets that "
     "are connected to each other; the family is AF_UNIX by default."},
    {"fromfd", module_fromfd, METH_VARARGS,
     "fromfd(fd, family, type[, proto]) -> socket object\n\nA socket object over a duplicate of a "
     "descriptor."},
    {"getdefaulttimeout", module_getdefaulttimeout, METH_NOARGS,
     "getdefaulttimeout() -> timeout\n\nThe timeout in seconds of new sockets, or None."},
    {"setdefaulttimeout", module_setdefaulttimeout, METH_O,
     "setdefaulttimeout(timeout)\n\nSet the timeout of new sockets."},
    {NULL, NULL, 0, NULL},
};

static int add_error(PyObject *m, PyObject **slot, const char *name, char *full, PyObject *base)
{
    if (*slot == NULL)
        *slot = PyErr_NewException(full, base, NULL);
    if (*slot == NULL)
        return -1;
    Py_INCREF(*slot);
    return PyModule_AddObject(m, name, *slot);
}

static int add_methods(PyObject *m, PyMethodDef *methods)
{
    PyObject *name = PyString_FromString("_socket");

    if (name == NULL)
        return -1;
    for (; methods->ml_name != NULL; methods++) {
        PyObject *f = PyCFunction_NewEx(methods, NULL, name);

        if (f == NULL || PyModule_AddObject(m, methods->ml_name, f) < 0)
            break;
    }
    Py_DECREF(name);
    return methods->ml_name == NULL ? 0 : -1;
}

void init_socket(void)
{
    PyObject *m;

    if (PyType_Ready(&socket_type) < 0 || PyType_Ready(&op_type) < 0)
        return;
    m = Py_InitModule3("_socket", module_methods,
                       "Implementation module for socket operations.\n\nSee the module socket.");
    if (m == NULL || add_methods(m, _PySocket_NameMethods) < 0 ||
        add_error(m, &_PySocket_Error, "error", "socket.error", PyExc_IOError) < 0 ||
        add_error(m, &_PySocket_HError, "herror", "socket.herror", _PySocket_Error) < 0 ||
        add_error(m, &_PySocket_GaiError, "gaierror", "socket.gaierror", _PySocket_Error) < 0 ||
        add_error(m, &timeout_error, "timeout", "socket.timeout", _PySocket_Error) < 0)
        return;
    Py_INCREF(&socket_type);
    PyModule_AddObject(m, "SocketType", (PyObject *)&socket_type);
    Py_INCREF(&socket_type);
    PyModule_AddObject(m, "socket", (PyObject *)&socket_type);
    Py_INCREF(Py_True);
    PyModule_AddObject(m, "has_ipv6", Py_True);
    _PySocket_AddConstants(m);
}
