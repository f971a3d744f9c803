/* SPDX-License-Identifier: MIT */
/* fcntl: descriptor flags and record locks. Locks are granted: no other process competes for them.
 */
#include "Python.h"
#include "host/host.h"

enum {
    LOCK_SH_ = 1,
    LOCK_EX_ = 2,
    LOCK_NB_ = 4,
    LOCK_UN_ = 8,
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
        if (code >= 5 && code <= 7) { /* F_GETLK, F_SETLK, F_SETLKW */
            host_stat_t st;

            if (host_fstat(fd, &st) < 0)
                return _PyErr_SetFromErrnum(PyExc_IOError, E_BADF);
            Py_INCREF(arg);
            return arg;
        }
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

static PyObject *grant(int fd)
{
    host_stat_t st;
    int status = host_fstat(fd, &st);

    if (status < 0)
        return _PyErr_SetFromErrnum(PyExc_IOError, -status);
    Py_RETURN_NONE;
}

PyDoc_STRVAR(flock_doc,
             "flock(fd, operation)\n\nPerform the lock operation op on file descriptor fd.");

static PyObject *fcntl_flock(PyObject *self, PyObject *args)
{
    int fd, code;

    if (!PyArg_ParseTuple(args, "O&i:flock", fd_converter, &fd, &code))
        return NULL;
    return grant(fd);
}

PyDoc_STRVAR(lockf_doc, "lockf (fd, operation, length=0, start=0, whence=0)\n\nA wrapper around "
                        "the fcntl() locking calls.");

static PyObject *fcntl_lockf(PyObject *self, PyObject *args)
{
    PyObject *length = NULL, *start = NULL;
    int fd, code, whence = 0;

    if (!PyArg_ParseTuple(args, "O&i|OOi:lockf", fd_converter, &fd, &code, &length, &start,
                          &whence))
        return NULL;
    if (code != LOCK_UN_ && !(code & (LOCK_SH_ | LOCK_EX_))) {
        PyErr_SetString(PyExc_ValueError, "unrecognized lockf argument");
        return NULL;
    }
    return grant(fd);
}

static PyMethodDef fcntl_methods[] = {
    {"fcntl", fcntl_fcntl, METH_VARARGS, fcntl_doc},
    {"ioctl", fcntl_ioctl, METH_VARARGS, ioctl_doc},
    {"flock", fcntl_flock, METH_VARARGS, flock_doc},
    {"lockf", fcntl_lockf, METH_VARARGS, lockf_doc},
    {NULL, NULL, 0, NULL},
};

static const struct {
    const char *name;
    int value;
} constants[] = {
    {"LOCK_SH", 1},     {"LOCK_EX", 2},   {"LOCK_NB", 4},       {"LOCK_UN", 8},
    {"F_DUPFD", 0},     {"F_GETFD", 1},   {"F_SETFD", 2},       {"F_GETFL", 3},
    {"F_SETFL", 4},     {"F_GETLK", 5},   {"F_SETLK", 6},       {"F_SETLKW", 7},
    {"F_SETOWN", 8},    {"F_GETOWN", 9},  {"F_SETSIG", 10},     {"F_GETSIG", 11},
    {"F_RDLCK", 0},     {"F_WRLCK", 1},   {"F_UNLCK", 2},       {"F_EXLCK", 4},
    {"F_SHLCK", 8},     {"F_GETLK64", 5}, {"F_SETLK64", 6},     {"F_SETLKW64", 7},
    {"FD_CLOEXEC", 1},  {"FASYNC", 8192}, {"F_SETLEASE", 1024}, {"F_GETLEASE", 1025},
    {"F_NOTIFY", 1026},
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
