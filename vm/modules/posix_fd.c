/* SPDX-License-Identifier: MIT */
/* posix: open descriptors. */
#include "modules/posix_private.h"
#include "modules/fileobject_private.h"
#include "modules/signal_private.h"

enum { E_INTR = -4, F_GETFL_ = 3, O_RDWR_ = 2 };

static PyObject *posix_open(PyObject *self, PyObject *args)
{
    char *path = NULL;
    int flags, mode = 0777, fd;
    PyObject *result;

    if (!PyArg_ParseTuple(args, "eti|i", FS_ENCODING, &path, &flags, &mode))
        return NULL;
    fd = host_open(path, flags, mode);
    result = fd < 0 ? _PyPosix_ErrorWithPath(fd, path) : PyInt_FromLong(fd);
    PyMem_Free(path);
    return result;
}

static int fd_argument(PyObject *args, const char *format, int *fd)
{
    return PyArg_ParseTuple(args, format, fd);
}

static PyObject *posix_close(PyObject *self, PyObject *args)
{
    int fd;

    return fd_argument(args, "i:close", &fd) ? _PyPosix_Done(host_close(fd)) : NULL;
}

static PyObject *posix_closerange(PyObject *self, PyObject *args)
{
    int low, high;

    if (!PyArg_ParseTuple(args, "ii:closerange", &low, &high))
        return NULL;
    if (low < 0)
        low = 0;
    if (high > 65536)
        high = 65536;
    for (; low < high; low++)
        host_close(low);
    Py_RETURN_NONE;
}

static PyObject *posix_dup(PyObject *self, PyObject *args)
{
    int fd;

    if (!fd_argument(args, "i:dup", &fd))
        return NULL;
    fd = host_dup(fd);
    return fd < 0 ? _PyPosix_Error(fd) : PyInt_FromLong(fd);
}

static PyObject *posix_dup2(PyObject *self, PyObject *args)
{
    int fd, to;

    if (!PyArg_ParseTuple(args, "ii:dup2", &fd, &to))
        return NULL;
    fd = host_dup2(fd, to);
    return fd < 0 ? _PyPosix_Error(fd) : (Py_INCREF(Py_None), Py_None);
}

static PyObject *posix_lseek(PyObject *self, PyObject *args)
{
    int fd, how;
    PyObject *offset;
    int64_t n, at;

    if (!PyArg_ParseTuple(args, "iOi:lseek", &fd, &offset, &how))
        return NULL;
    n = PyLong_Check(offset) ? PyLong_AsLongLong(offset) : PyInt_AsLong(offset);
    if (PyErr_Occurred())
        return NULL;
    at = host_lseek(fd, n, how);
    return at < 0 ? _PyPosix_Error(at) : PyInt_FromLong(at);
}

static PyObject *read_fd(int fd, int n);

static PyObject *read_again(PyCont *c, PyObject *value)
{
    int fd = (int)(c->n >> 32), n = (int)(c->n & 0x7fffffff);

    PyEval_ReleaseCont(c);
    if (value == NULL)
        return NULL;
    Py_DECREF(value);
    if (PyEval_WasInterrupted() && _PySignal_EndsWait())
        return _PyPosix_Error(E_INTR);
    return read_fd(fd, n);
}

static PyObject *read_fd(int fd, int n)
{
    PyObject *buf = PyString_FromStringAndSize(NULL, n < 2 ? 2 : n);
    int64_t got;

    if (buf == NULL)
        return NULL;
    got = host_read(fd, PyString_AS_STRING(buf), (size_t)n);
    if (PyEval_IsPending(got)) {
        PyCont *c;

        Py_DECREF(buf);
        c = PyEval_PushCont(read_again);
        if (c == NULL)
            return NULL;
        c->n = (py_long)fd << 32 | n;
        return PyEval_WaitGoOn();
    }
    if (got < 0) {
        Py_DECREF(buf);
        if (got == E_INTR) {
            if (_PySignal_CheckHost() < 0)
                return NULL;
            if (!_PySignal_EndsWait())
                return read_fd(fd, n);
        }
        return _PyPosix_Error(got);
    }
    if (got <= 1) {
        PyObject *small = PyString_FromStringAndSize(PyString_AS_STRING(buf), got);

        Py_DECREF(buf);
        return small;
    }
    _PyString_Resize(&buf, got);
    return buf;
}

static PyObject *posix_read(PyObject *self, PyObject *args)
{
    int fd, n;

    if (!PyArg_ParseTuple(args, "ii:read", &fd, &n))
        return NULL;
    if (n < 0)
        return _PyPosix_Error(-22);
    _PySignal_EndsWait(); /* what came before is over */
    return read_fd(fd, n);
}

/* A write that waits takes all, as the system's does: what a pipe has no room for yet comes later.
 */
static PyObject *write_fd(PyObject *args, Py_ssize_t done);

/* a: the arguments, n: how much is written. */
static PyObject *write_again(PyCont *c, PyObject *value)
{
    PyObject *answer;

    if (value == NULL)
        answer = NULL;
    else if (PyEval_WasInterrupted() && (_PySignal_EndsWait() || c->n > 0))
        answer = c->n > 0 ? PyInt_FromLong(c->n) : _PyPosix_Error(E_INTR);
    else
        answer = write_fd(c->a, (Py_ssize_t)c->n);
    Py_XDECREF(value);
    PyEval_ReleaseCont(c);
    return answer;
}

static PyObject *write_fd(PyObject *args, Py_ssize_t done)
{
    int fd, failed = 0;
    Py_buffer view;
    int64_t n;
    PyCont *c;

    if (!PyArg_ParseTuple(args, "is*:write", &fd, &view))
        return NULL;
    do {
        Py_ssize_t left = view.len > done ? view.len - done : 0;

        n = host_write(fd, (char *)view.buf + (view.len - left), (size_t)left);
        if (n > 0)
            done += (Py_ssize_t)n;
        if (n > 0 && done < view.len)
            failed = _PySignal_CheckHost();
        /* After a part because a signal has come the rest is not waited for. */
    } while (n > 0 && done < view.len && !failed && !_PySignal_EndsWait());
    PyBuffer_Release(&view);
    if (failed)
        return NULL;
    if (PyEval_IsPending(n)) {
        c = PyEval_PushCont(write_again);
        if (c == NULL)
            return NULL;
        Py_INCREF(args);
        c->a = args;
        c->n = done;
        return PyEval_WaitGoOn();
    }
    if (n == E_INTR) {
        if (_PySignal_CheckHost() < 0)
            return NULL;
        if (done == 0 && !_PySignal_EndsWait())
            return write_fd(args, 0);
    }
    return n < 0 && done == 0 ? _PyPosix_Error(n) : PyInt_FromSsize_t(done);
}

static PyObject *posix_write(PyObject *self, PyObject *args)
{
    _PySignal_EndsWait(); /* what came before is over */
    return write_fd(args, 0);
}

static PyObject *posix_fsync(PyObject *self, PyObject *file)
{
    int fd = PyObject_AsFileDescriptor(file);

    return fd < 0 ? NULL : _PyPosix_Done(host_fsync(fd));
}

static PyObject *posix_ftruncate(PyObject *self, PyObject *args)
{
    PyObject *length;
    int64_t n;
    int fd;

    if (!PyArg_ParseTuple(args, "iO:ftruncate", &fd, &length))
        return NULL;
    n = PyLong_Check(length) ? PyLong_AsLongLong(length) : PyInt_AsLong(length);
    if (PyErr_Occurred())
        return NULL;
    return _PyPosix_Done(host_ftruncate(fd, n));
}

static PyObject *posix_isatty(PyObject *self, PyObject *args)
{
    int fd;

    return fd_argument(args, "i:isatty", &fd) ? PyBool_FromLong(host_isatty(fd) == 1) : NULL;
}

static PyObject *posix_ttyname(PyObject *self, PyObject *args)
{
    int fd, status;

    if (!fd_argument(args, "i:ttyname", &fd))
        return NULL;
    status = host_isatty(fd);
    if (status != 1)
        return _PyPosix_Error(status < 0 ? status : -25);
    return PyString_FromString("/dev/tty");
}

static PyObject *posix_pipe(PyObject *self, PyObject *noargs)
{
    int fds[2], status = host_pipe(fds);

    return status < 0 ? _PyPosix_Error(status) : Py_BuildValue("(ii)", fds[0], fds[1]);
}

static PyObject *posix_openpty(PyObject *self, PyObject *noargs)
{
    int fds[2], status = host_openpty(fds);

    return status < 0 ? _PyPosix_Error(status) : Py_BuildValue("(ii)", fds[0], fds[1]);
}

static PyObject *posix_fdopen(PyObject *self, PyObject *args)
{
    char *mode = "r";
    int fd, bufsize = -1, access;
    host_stat_t st;

    if (!PyArg_ParseTuple(args, "i|si", &fd, &mode, &bufsize))
        return NULL;
    if (mode[0] == '\0') {
        PyErr_SetString(PyExc_ValueError, "empty mode string");
        return NULL;
    }
    if (strchr("rwaU", mode[0]) == NULL) {
        PyErr_Format(PyExc_ValueError,
                     "mode string must begin with one of 'r', 'w', 'a' or 'U', not '%.200s'", mode);
        return NULL;
    }
    if (host_fstat(fd, &st) < 0)
        return _PyPosix_Error(-9);
    access = host_fcntl(fd, F_GETFL_, 0);
    if (access >= 0 && (access & 3) != O_RDWR_ &&
        (strchr(mode, '+') != NULL || (access & 3) != (strchr("wa", mode[0]) != NULL)))
        return _PyPosix_Error(-22);
    return PyFile_FromFd(fd, "<fdopen>", mode, bufsize);
}

static PyObject *posix_fchmod(PyObject *self, PyObject *args)
{
    int fd, mode;

    return PyArg_ParseTuple(args, "ii:fchmod", &fd, &mode) ? _PyPosix_Done(host_fchmod(fd, mode))
                                                           : NULL;
}

static PyObject *posix_fchown(PyObject *self, PyObject *args)
{
    int fd;
    int64_t uid, gid;

    if (!PyArg_ParseTuple(args, "iO&O&:fchown", &fd, _PyPosix_UserId, &uid, _PyPosix_GroupId, &gid))
        return NULL;
    return _PyPosix_Done(host_fchown(fd, (int)uid, (int)gid));
}

static PyObject *posix_fchdir(PyObject *self, PyObject *file)
{
    int fd = PyObject_AsFileDescriptor(file);

    return fd < 0 ? NULL : _PyPosix_Done(host_fchdir(fd));
}

static PyObject *posix_tcgetpgrp(PyObject *self, PyObject *args)
{
    int fd, group;

    if (!PyArg_ParseTuple(args, "i:tcgetpgrp", &fd))
        return NULL;
    group = host_terminal_group(fd, 0, 0);
    return group < 0 ? _PyPosix_Error(group) : PyInt_FromLong(group);
}

static PyObject *posix_tcsetpgrp(PyObject *self, PyObject *args)
{
    int fd, group;

    if (!PyArg_ParseTuple(args, "ii:tcsetpgrp", &fd, &group))
        return NULL;
    return _PyPosix_Done(host_terminal_group(fd, 1, group));
}

PyMethodDef _PyPosix_FdMethods[] = {
    {"open", posix_open, METH_VARARGS,
     "open(filename, flag [, mode=0777]) -> fd\n\nOpen a file (for low level IO)."},
    {"close", posix_close, METH_VARARGS,
     "close(fd)\n\nClose a file descriptor (for low level IO)."},
    {"closerange", posix_closerange, METH_VARARGS,
     "closerange(fd_low, fd_high)\n\nCloses all file descriptors in [fd_low, fd_high), ignoring "
     "errors."},
    {"dup", posix_dup, METH_VARARGS, "dup(fd) -> fd2\n\nReturn a duplicate of a file descriptor."},
    {"dup2", posix_dup2, METH_VARARGS, "dup2(old_fd, new_fd)\n\nDuplicate file descriptor."},
    {"lseek", posix_lseek, METH_VARARGS,
     "lseek(fd, pos, how) -> newpos\n\nSet the current position of a file descriptor.\nReturn the "
     "new cursor position in bytes, starting from the "
     "beginning."},
    {"read", posix_read, METH_VARARGS | METH_RESUMABLE,
     "read(fd, buffersize) -> string\n\nRead a file descriptor."},
    {"write", posix_write, METH_VARARGS | METH_RESUMABLE,
     "write(fd, string) -> byteswritten\n\nWrite a string to a file descriptor."},
    {"fsync", posix_fsync, METH_O,
     "fsync(fildes)\n\nforce write of file with filedescriptor to disk."},
    {"fdatasync", posix_fsync, METH_O,
     "fdatasync(fildes)\n\nforce write of file with filedescriptor to disk.\n does not force "
     "update of metadata."},
    {"ftruncate", posix_ftruncate, METH_VARARGS,
     "ftruncate(fd, length)\n\nTruncate a file to a specified length."},
    {"isatty", posix_isatty, METH_VARARGS,
     "isatty(fd) -> bool\n\nReturn True if the file descriptor 'fd' is an open file "
     "descriptor\nconnected to the slave end of a terminal."},
    {"ttyname", posix_ttyname, METH_VARARGS,
     "ttyname(fd) -> string\n\nReturn the name of the terminal device connected to 'fd'."},
    {"pipe", posix_pipe, METH_NOARGS, "pipe() -> (read_end, write_end)\n\nCreate a pipe."},
    {"openpty", posix_openpty, METH_NOARGS,
     "openpty() -> (master_fd, slave_fd)\n\nOpen a pseudo-terminal; an OSError where the host has "
     "none."},
    {"fdopen", posix_fdopen, METH_VARARGS,
     "fdopen(fd [, mode='r' [, bufsize]]) -> file_object\n\nReturn an open file object connected "
     "to a file descriptor."},
    {"fchmod", posix_fchmod, METH_VARARGS,
     "fchmod(fd, mode)\n\nChange the access permissions of the file given by file\ndescriptor fd."},
    {"fchown", posix_fchown, METH_VARARGS,
     "fchown(fd, uid, gid)\n\nChange the owner and group id of the file given by file "
     "descriptor\nfd to the numeric uid and gid."},
    {"fchdir", posix_fchdir, METH_O,
     "fchdir(fildes)\n\nChange to the directory of the given file descriptor.  fildes must "
     "be\nopened on a directory, not a file."},
    {"tcgetpgrp", posix_tcgetpgrp, METH_VARARGS,
     "tcgetpgrp(fd) -> pgid\n\nReturn the process group associated with the terminal given by a "
     "fd."},
    {"tcsetpgrp", posix_tcsetpgrp, METH_VARARGS,
     "tcsetpgrp(fd, pgid)\n\nSet the process group associated with the terminal given by a fd."},
    {NULL, NULL, 0, NULL},
};
