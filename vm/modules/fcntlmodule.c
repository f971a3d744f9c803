/* SPDX-License-Identifier: MIT */
/* fcntl: descriptor flags and locks. The host says whether a lock can be had now; who waits for one
 * asks again and again, while other threads and processes run. */
#include "Python.h"
#include "host/host.h"

enum {
    LOCK_SH_ = 1,
    LOCK_EX_ = 2,
    LOCK_NB_ = 4,
    LOCK_UN_ = 8,
    F_GETLK_ = 5,
    F_SETLK_ = 6,
    F_SETLKW_ = 7,
    E_INTR = 4,
    E_AGAIN = 11,
    E_INVAL = 22,
    E_NOTTY = 25,
    E_BADF = 9
};

static int fd_converter(PyObject *o, void *out)
{
    int fd = PyObject_AsFileDescriptor(o);

    if (fd < 0)
        return 0;
    *(int *)out = fd;
    return 1;
}

/* -- Locks
 * ----------------------------------------------------------------------------------------------------
 */

typedef struct {
    int fd, code, of_file, waits;
    host_lock_t lock;
} request_t;

/* How long who waits for a lock sleeps before it asks again. */
#define SHORTEST_NS INT64_C(500000)
#define LONGEST_NS INT64_C(8000000)

static PyObject *take_lock(const request_t *r, PyObject *answer, int64_t pause);

/* a: the request as a string, b: the answer, n: how long the last sleep was */
static PyObject *lock_again(PyCont *c, PyObject *value)
{
    PyObject *result = NULL;

    if (value != NULL) {
        Py_DECREF(value);
        if (PyEval_WasInterrupted())
            _PyErr_SetFromErrnum(PyExc_IOError, E_INTR);
        else {
            request_t r;

            memcpy(&r, PyString_AS_STRING(c->a), sizeof r);
            result = take_lock(&r, c->b, Py_MIN(2 * c->n, LONGEST_NS));
        }
    }
    PyEval_ReleaseCont(c);
    return result;
}

/* The answer once the lock is there, or an error. */
static PyObject *take_lock(const request_t *r, PyObject *answer, int64_t pause)
{
    host_lock_t lock = r->lock;
    int status = r->of_file ? host_flock(r->fd, r->code) : host_lock(r->fd, F_SETLK_, &lock);
    PyObject *state;
    PyCont *c;

    if (status >= 0) {
        Py_INCREF(answer);
        return answer;
    }
    if (status != -E_AGAIN || !r->waits)
        return _PyErr_SetFromErrnum(PyExc_IOError, -status);
    state = PyString_FromStringAndSize((const char *)r, sizeof *r);
    c = state == NULL ? NULL : PyEval_PushCont(lock_again);
    if (c == NULL) {
        Py_XDECREF(state);
        return NULL;
    }
    Py_INCREF(answer);
    c->a = state;
    c->b = answer;
    c->n = pause;
    return PyEval_SleepUntilGoOn(PyThread_Deadline((double)pause / 1e9));
}

/* Turns a start that counts from somewhere into one from the file's start. */
static int make_absolute(int fd, int whence, int64_t *start)
{
    int64_t at = 0;
    host_stat_t st;

    if (whence == 1)
        at = host_lseek(fd, 0, 1);
    else if (whence == 2) {
        at = host_fstat(fd, &st);
        if (at == 0)
            at = (int64_t)st.size;
    } else if (whence != 0)
        at = -E_INVAL;
    if (at < 0 || *start < -at)
        return at < 0 ? (int)at : -E_INVAL;
    *start += at;
    return 0;
}

/* fcntl with a struct flock of x86-64: type and whence (2 bytes each), start and length (8 bytes
 * each, from byte 8 on), pid (4 bytes). The answer is of the same kind. */
static PyObject *lock_by_struct(int fd, int code, PyObject *arg)
{
    unsigned char b[32] = {0};
    Py_ssize_t n = PyString_GET_SIZE(arg);
    request_t r = {.fd = fd, .waits = code == F_SETLKW_};
    int16_t type, whence;
    int32_t pid;
    int status;

    memcpy(b, PyString_AS_STRING(arg), (size_t)Py_MIN(n, 32));
    memcpy(&type, b, 2);
    memcpy(&whence, b + 2, 2);
    memcpy(&r.lock.start, b + 8, 8);
    memcpy(&r.lock.length, b + 16, 8);
    r.lock.type = type;
    status = make_absolute(fd, whence, &r.lock.start);
    if (status < 0)
        return _PyErr_SetFromErrnum(PyExc_IOError, -status);
    if (code != F_GETLK_)
        return take_lock(&r, arg, SHORTEST_NS);
    status = host_lock(fd, F_GETLK_, &r.lock);
    if (status < 0)
        return _PyErr_SetFromErrnum(PyExc_IOError, -status);
    type = (int16_t)r.lock.type;
    memcpy(b, &type, 2);
    if (type != 2) {
        pid = r.lock.pid;
        memset(b + 2, 0, 2);
        memcpy(b + 8, &r.lock.start, 8);
        memcpy(b + 16, &r.lock.length, 8);
        memcpy(b + 24, &pid, 4);
    }
    return PyString_FromStringAndSize((const char *)b, Py_MIN(n, 32));
}

PyDoc_STRVAR(fcntl_doc, "fcntl(fd, opt, [arg])\n\nPerform the requested operation on file "
                        "descriptor fd. The argument is an integer, by default 0, or a "
                        "string holding a structure; the answer is of the same kind.");

static PyObject *fcntl_fcntl(PyObject *self, PyObject *args)
{
    PyObject *arg = NULL;
    int fd, code, status;
    int64_t value = 0;

    if (!PyArg_ParseTuple(args,
                          "O&i|O;fcntl requires a file or file descriptor, an integer and "
                          "optionally a third integer or a string",
                          fd_converter, &fd, &code, &arg))
        return NULL;
    if (arg != NULL && PyString_Check(arg)) {
        if (PyString_GET_SIZE(arg) > 1024) {
            PyErr_SetString(PyExc_ValueError, "fcntl string arg too long");
            return NULL;
        }
        if (code >= F_GETLK_ && code <= F_SETLKW_)
            return lock_by_struct(fd, code, arg);
        return _PyErr_SetFromErrnum(PyExc_IOError, E_INVAL);
    }
    if (arg != NULL) {
        value = PyLong_Check(arg) ? PyLong_AsLong(arg) : PyInt_AsLong(arg);
        if (value == -1 && PyErr_Occurred()) {
            if (PyErr_ExceptionMatches(PyExc_TypeError))
                PyErr_SetString(PyExc_TypeError,
                                "fcntl requires a file or file descriptor, an integer and "
                                "optionally a third integer or a string");
            return NULL;
        }
    }
    status = host_fcntl(fd, code, value);
    return status < 0 ? _PyErr_SetFromErrnum(PyExc_IOError, -status) : PyInt_FromLong(status);
}

PyDoc_STRVAR(ioctl_doc, "ioctl(fd, opt[, arg[, mutate_flag]])\n\nPerform the requested operation "
                        "on file descriptor fd. Terminals tell their size; nothing "
                        "else is known here.");

static PyObject *fcntl_ioctl(PyObject *self, PyObject *args)
{
    PyObject *arg = NULL;
    int fd, mutate = 1, columns, rows, status;
    unsigned int code;
    host_stat_t st;

    if (!PyArg_ParseTuple(args,
                          "O&I|Oi;ioctl requires a file or file descriptor, an integer and "
                          "optionally an integer or buffer argument",
                          fd_converter, &fd, &code, &arg, &mutate))
        return NULL;
    if (code == 0x5413 && arg != NULL && host_isatty(fd) == 1 &&
        host_terminal_size(fd, &columns, &rows) >= 0) {
        unsigned char b[8] = {(unsigned char)rows, (unsigned char)(rows >> 8),
                              (unsigned char)columns, (unsigned char)(columns >> 8)};

        if (PyString_Check(arg)) {
            Py_ssize_t n = PyString_GET_SIZE(arg);
            PyObject *s = PyString_FromStringAndSize(PyString_AS_STRING(arg), n);

            if (s != NULL && n > 1)
                memcpy(PyString_AS_STRING(s), b, (size_t)Py_MIN(n, 8));
            return s;
        } else {
            void *p;
            Py_ssize_t n;

            if (PyObject_AsWriteBuffer(arg, &p, &n) < 0)
                return NULL;
            memcpy(p, b, (size_t)Py_MIN(n, 8));
            return PyInt_FromLong(0);
        }
    }
    status = host_fstat(fd, &st);
    return _PyErr_SetFromErrnum(PyExc_IOError, status < 0 ? -status : E_NOTTY);
}

PyDoc_STRVAR(flock_doc,
             "flock(fd, operation)\n\nPerform the lock operation op on file descriptor fd.");

static PyObject *fcntl_flock(PyObject *self, PyObject *args)
{
    int fd, code;

    if (!PyArg_ParseTuple(args, "O&i:flock", fd_converter, &fd, &code))
        return NULL;
    request_t r = {.fd = fd, .code = code & ~LOCK_NB_, .of_file = 1, .waits = !(code & LOCK_NB_)};
    return take_lock(&r, Py_None, SHORTEST_NS);
}

PyDoc_STRVAR(lockf_doc, "lockf (fd, operation, length=0, start=0, whence=0)\n\nA wrapper around "
                        "the fcntl() locking calls.");

static PyObject *fcntl_lockf(PyObject *self, PyObject *args)
{
    PyObject *length = NULL, *start = NULL;
    int fd, code, whence = 0, status;

    if (!PyArg_ParseTuple(args, "O&i|OOi:lockf", fd_converter, &fd, &code, &length, &start,
                          &whence))
        return NULL;
    if (code != LOCK_UN_ && !(code & (LOCK_SH_ | LOCK_EX_))) {
        PyErr_SetString(PyExc_ValueError, "unrecognized lockf argument");
        return NULL;
    }
    request_t r = {.fd = fd, .waits = !(code & (LOCK_NB_ | LOCK_UN_))};
    r.lock.type = code == LOCK_UN_ ? 2 : code & LOCK_SH_ ? 0 : 1;
    if (start != NULL && (r.lock.start = PyInt_AsLong(start)) == -1 && PyErr_Occurred())
        return NULL;
    if (length != NULL && (r.lock.length = PyInt_AsLong(length)) == -1 && PyErr_Occurred())
        return NULL;
    status = make_absolute(fd, whence, &r.lock.start);
    if (status < 0)
        return _PyErr_SetFromErrnum(PyExc_IOError, -status);
    return take_lock(&r, Py_None, SHORTEST_NS);
}

static PyMethodDef fcntl_methods[] = {
    {"fcntl", fcntl_fcntl, METH_VARARGS | METH_RESUMABLE, fcntl_doc},
    {"ioctl", fcntl_ioctl, METH_VARARGS, ioctl_doc},
    {"flock", fcntl_flock, METH_VARARGS | METH_RESUMABLE, flock_doc},
    {"lockf", fcntl_lockf, METH_VARARGS | METH_RESUMABLE, lockf_doc},
    {NULL, NULL, 0, NULL},
};

static const struct {
    const char *name;
    py_long value;
} constants[] = {
    {"LOCK_SH", 1},     {"LOCK_EX", 2},    {"LOCK_NB", 4},       {"LOCK_UN", 8},
    {"F_DUPFD", 0},     {"F_GETFD", 1},    {"F_SETFD", 2},       {"F_GETFL", 3},
    {"F_SETFL", 4},     {"F_GETLK", 5},    {"F_SETLK", 6},       {"F_SETLKW", 7},
    {"F_SETOWN", 8},    {"F_GETOWN", 9},   {"F_SETSIG", 10},     {"F_GETSIG", 11},
    {"F_RDLCK", 0},     {"F_WRLCK", 1},    {"F_UNLCK", 2},       {"F_EXLCK", 4},
    {"F_SHLCK", 8},     {"F_GETLK64", 5},  {"F_SETLK64", 6},     {"F_SETLKW64", 7},
    {"FD_CLOEXEC", 1},  {"FASYNC", 8192},  {"F_SETLEASE", 1024}, {"F_GETLEASE", 1025},
    {"F_NOTIFY", 1026}, {"LOCK_MAND", 32}, {"LOCK_READ", 64},    {"LOCK_WRITE", 128},
    {"LOCK_RW", 192},   {"DN_ACCESS", 1},  {"DN_MODIFY", 2},     {"DN_CREATE", 4},
    {"DN_DELETE", 8},   {"DN_RENAME", 16}, {"DN_ATTRIB", 32},    {"DN_MULTISHOT", 0x80000000},
};

void initfcntl(void)
{
    PyObject *m = Py_InitModule3("fcntl", fcntl_methods,
                                 "This module performs file control and I/O control on file "
                                 "\ndescriptors.  It is an interface to the "
                                 "fcntl() and ioctl() Unix\nroutines.");
    size_t i;

    if (m == NULL)
        return;
    for (i = 0; i < sizeof constants / sizeof constants[0]; i++)
        PyModule_AddIntConstant(m, constants[i].name, constants[i].value);
}
