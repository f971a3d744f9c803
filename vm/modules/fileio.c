/* SPDX-License-Identifier: MIT */
/* _io.FileIO: a file descriptor as a raw stream, one host call for each operation. Invariant: fd is
 * -1 when closed. */
#include "Python.h"
#include "host/host.h"
#include "modules/io_private.h"
#include "modules/signal_private.h"

typedef struct {
    PyObject_HEAD int fd;
    unsigned readable : 1, writable : 1, appending : 1, closefd : 1;
    int seekable; /* -1: not asked yet */
    PyObject *dict, *weakreflist;
} fileio;

#define FILEIO(op) ((fileio *)(op))
enum { O_WRITES = 1, O_READS_WRITES = 2, O_CREATES = 0100, O_TRUNCATES = 01000, O_APPENDS = 02000 };
enum { FILE_IS_DIRECTORY = 21, READ_STEP = 64 * 1024 };

static PyObject *fileio_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    fileio *self = FILEIO(type->tp_alloc(type, 0));

    if (self != NULL) {
        self->fd = -1;
        self->seekable = -1;
        self->closefd = 1;
    }
    return (PyObject *)self;
}

static PyObject *fileio_err_closed(void)
{
    PyErr_SetString(PyExc_ValueError, "I/O operation on closed file");
    return NULL;
}

static PyObject *fileio_err_mode(const char *action)
{
    PyErr_Format(PyExc_ValueError, "File not open for %s", action);
    return NULL;
}

static int fileio_close_fd(fileio *self)
{
    int fd = self->fd;

    if (fd < 0)
        return 0;
    self->fd = -1;
    int e = host_close(fd);
    if (e < 0) {
        _PyErr_SetFromErrnum(PyExc_IOError, -e);
        return -1;
    }
    return 0;
}

static PyObject *fileio_close(PyObject *self, PyObject *unused)
{
    PyObject *method = PyObject_GetAttrString((PyObject *)&_PyIO_RawIOBase, "close");
    PyObject *type, *value, *traceback;
    PyObject *answer = method == NULL ? NULL : PyObject_CallFunctionObjArgs(method, self, NULL);

    Py_XDECREF(method);
    if (!FILEIO(self)->closefd) {
        FILEIO(self)->fd = -1;
        return answer;
    }
    PyErr_Fetch(&type, &value, &traceback);
    if (fileio_close_fd(FILEIO(self)) < 0)
        Py_CLEAR(answer);
    _PyIO_RestoreUnlessSet(type, value, traceback);
    return answer;
}

/* Reads a mode like "rb+" into the object and open flags; -1 with ValueError. */
static int fileio_parse_mode(fileio *self, const char *mode, int *flags)
{
    int kinds = 0, plus = 0;

    self->readable = self->writable = self->appending = 0;
    *flags = 0;
    for (const char *s = mode; *s != '\0'; s++)
        switch (*s) {
        case 'r':
            kinds++;
            self->readable = 1;
            break;
        case 'w':
            kinds++;
            self->writable = 1;
            *flags |= O_CREATES | O_TRUNCATES;
            break;
        case 'a':
            kinds++;
            self->writable = 1;
            self->appending = 1;
            *flags |= O_CREATES | O_APPENDS;
            break;
        case 'b':
            break;
        case '+':
            plus++;
            break;
        default:
            PyErr_Format(PyExc_ValueError, "invalid mode: %.200s", mode);
            return -1;
        }
    if (kinds != 1 || plus > 1) {
        PyErr_SetString(PyExc_ValueError,
                        "Must have exactly one of read/write/append mode and at most one plus");
        return -1;
    }
    if (plus)
        self->readable = self->writable = 1;
    *flags |= self->readable && self->writable ? O_READS_WRITES : self->writable ? O_WRITES : 0;
    return 0;
}

/* The path as a str without NULs; new reference. */
static PyObject *fileio_path(PyObject *name)
{
    PyObject *path = NULL;

    if (PyUnicode_Check(name))
        path = PyUnicode_AsUTF8String(name);
    else if (PyString_Check(name)) {
        path = name;
        Py_INCREF(path);
    } else {
        PyObject *text = PyUnicode_FromObject(name);
        if (text != NULL) {
            path = PyUnicode_AsUTF8String(text);
            Py_DECREF(text);
        }
    }
    if (path != NULL && strlen(PyString_AS_STRING(path)) != (size_t)PyString_GET_SIZE(path)) {
        PyErr_SetString(PyExc_TypeError, "embedded NUL character");
        Py_CLEAR(path);
    }
    return path;
}

static int fileio_open_path(fileio *self, PyObject *name, int flags)
{
    host_stat_t st;
    PyObject *path = fileio_path(name);

    if (path == NULL)
        return -1;
    if (!self->closefd) {
        PyErr_SetString(PyExc_ValueError, "Cannot use closefd=False with file name");
        Py_DECREF(path);
        return -1;
    }
    int fd = host_open(PyString_AS_STRING(path), flags, 0666);
    if (fd < 0)
        _PyErr_SetFromErrnumWithFilenameObject(PyExc_IOError, -fd,
                                               PyUnicode_Check(name) ? path : name);
    Py_DECREF(path);
    if (fd < 0)
        return -1;
    self->fd = fd;
    if (host_fstat(fd, &st) >= 0 && (st.mode & 0170000) == 0040000) {
        fileio_close_fd(self);
        _PyErr_SetFromErrnumWithFilenameObject(PyExc_IOError, FILE_IS_DIRECTORY, name);
        return -1;
    }
    return 0;
}

static int fileio_init(PyObject *op, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"file", "mode", "closefd", NULL};
    fileio *self = FILEIO(op);
    PyObject *name;
    const char *mode = "r";
    int closefd = 1, flags, fd = -1;

    if (self->fd >= 0) {
        if (self->closefd) {
            if (fileio_close_fd(self) < 0)
                return -1;
        } else
            self->fd = -1;
    }
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O|si:fileio", names, &name, &mode, &closefd))
        return -1;
    if (PyFloat_Check(name)) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return -1;
    }
    if (PyInt_Check(name) || PyLong_Check(name)) {
        fd = _PyLong_AsInt(name);
        if (fd < 0) {
            if (!PyErr_Occurred()) {
                PyErr_SetString(PyExc_ValueError, "negative file descriptor");
                return -1;
            }
            PyErr_Clear(); /* too large for a descriptor: then it must be a name */
        }
    }
    if (fileio_parse_mode(self, mode, &flags) < 0)
        return -1;
    self->closefd = closefd != 0;
    self->seekable = -1;
    if (fd >= 0) {
        host_stat_t st;
        int e = host_fstat(fd, &st);
        if (e < 0) {
            _PyErr_SetFromErrnum(PyExc_OSError, -e);
            return -1;
        }
        if ((st.mode & 0170000) == 0040000) {
            _PyErr_SetFromErrnumWithFilenameObject(PyExc_IOError, FILE_IS_DIRECTORY, name);
            return -1;
        }
        self->fd = fd;
    } else if (fileio_open_path(self, name, flags) < 0)
        return -1;
    if (PyObject_SetAttrString(op, "name", name) < 0 ||
        (self->appending && host_lseek(self->fd, 0, 2) == -9)) {
        if (!self->closefd || fd >= 0) /* a descriptor that was given is not ours to close */
            self->fd = -1;
        else
            fileio_close_fd(self);
        if (!PyErr_Occurred())
            _PyErr_SetFromErrnum(PyExc_IOError, 9);
        return -1;
    }
    return 0;
}

static void fileio_dealloc(PyObject *op)
{
    PyObject_GC_UnTrack(op);
    if (_PyIO_Finalize(op) < 0) {
        if (PyType_HasFeature(Py_TYPE(op), Py_TPFLAGS_HEAPTYPE))
            Py_INCREF(Py_TYPE(op));
        return;
    }
    if (FILEIO(op)->weakreflist != NULL)
        PyObject_ClearWeakRefs(op);
    Py_CLEAR(FILEIO(op)->dict);
    Py_TYPE(op)->tp_free(op);
}

static int fileio_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(FILEIO(op)->dict);
    return 0;
}

static int fileio_clear(PyObject *op)
{
    Py_CLEAR(FILEIO(op)->dict);
    return 0;
}

static PyObject *fileio_fileno(PyObject *self, PyObject *unused)
{
    return FILEIO(self)->fd < 0 ? fileio_err_closed() : PyInt_FromLong(FILEIO(self)->fd);
}

static PyObject *fileio_readable(PyObject *self, PyObject *unused)
{
    return FILEIO(self)->fd < 0 ? fileio_err_closed() : PyBool_FromLong(FILEIO(self)->readable);
}

static PyObject *fileio_writable(PyObject *self, PyObject *unused)
{
    return FILEIO(self)->fd < 0 ? fileio_err_closed() : PyBool_FromLong(FILEIO(self)->writable);
}

static PyObject *fileio_seekable(PyObject *self, PyObject *unused)
{
    if (FILEIO(self)->fd < 0)
        return fileio_err_closed();
    if (FILEIO(self)->seekable < 0)
        FILEIO(self)->seekable = host_lseek(FILEIO(self)->fd, 0, 1) >= 0;
    return PyBool_FromLong(FILEIO(self)->seekable);
}

static PyObject *fileio_isatty(PyObject *self, PyObject *unused)
{
    return FILEIO(self)->fd < 0 ? fileio_err_closed()
                                : PyBool_FromLong(host_isatty(FILEIO(self)->fd) == 1);
}

/* Waits until the host may answer. 0: try again; 1: a signal has come that ends the wait; -1 with a
 * handler's error. After a part that is done already any signal ends it. */
static int fileio_wait(Py_ssize_t done)
{
    int status = PyEval_Block(PyThread_FOREVER);

    return status > 0 ? _PySignal_EndsWait() || done > 0 : status;
}

/* Turns a host's answer into a count, -1, or -2 for "would block". */
static Py_ssize_t fileio_answer(int64_t n)
{
    if (n >= 0)
        return n;
    if (n == -IO_EAGAIN)
        return -2;
    if (n == -IO_EINTR && _PySignal_CheckHost() < 0)
        return -1; /* a handler raised */
    _PyErr_SetFromErrnum(PyExc_IOError, (int)-n);
    return -1;
}

Py_ssize_t _PyIO_FileRead(PyObject *self, void *buf, Py_ssize_t n)
{
    if (FILEIO(self)->fd < 0) {
        fileio_err_closed();
        return -1;
    }
    if (!FILEIO(self)->readable) {
        fileio_err_mode("reading");
        return -1;
    }
    _PySignal_EndsWait(); /* what came before is over */
    for (;;) {
        int64_t got = host_read(FILEIO(self)->fd, buf, (size_t)n);
        int over;

        if (!PyEval_IsPending(got))
            return fileio_answer(got);
        if ((over = fileio_wait(0)) != 0)
            return over < 0 ? -1 : fileio_answer(-IO_EINTR);
    }
}

Py_ssize_t _PyIO_FileWrite(PyObject *self, const void *buf, Py_ssize_t n)
{
    if (FILEIO(self)->fd < 0) {
        fileio_err_closed();
        return -1;
    }
    if (!FILEIO(self)->writable) {
        fileio_err_mode("writing");
        return -1;
    }
    _PySignal_EndsWait(); /* what came before is over */
    for (Py_ssize_t done = 0;;) {
        int64_t put = host_write(FILEIO(self)->fd, (const char *)buf + done, (size_t)(n - done));
        int over = 0;

        if (PyEval_IsPending(put)) {
            if ((over = fileio_wait(done)) < 0)
                return -1;
            if (over)
                return done > 0 ? done : fileio_answer(-IO_EINTR);
        } else if (put < 0) {
            if (done == 0)
                return fileio_answer(put);
            return put == -IO_EINTR && _PySignal_CheckHost() < 0 ? -1 : done;
        } else {
            /* A write that waits takes all, as the system's does, unless a signal comes. */
            done += (Py_ssize_t)put;
            if (put == 0 || done == n)
                return done;
            if (_PySignal_CheckHost() < 0)
                return -1;
            if (_PySignal_EndsWait())
                return done;
        }
    }
}

static PyObject *fileio_count(Py_ssize_t n)
{
    if (n == -2)
        Py_RETURN_NONE;
    return n < 0 ? NULL : PyLong_FromSsize_t(n);
}

static PyObject *fileio_readinto(PyObject *self, PyObject *args)
{
    Py_buffer space;

    if (FILEIO(self)->fd < 0)
        return fileio_err_closed();
    if (!FILEIO(self)->readable)
        return fileio_err_mode("reading");
    if (!PyArg_ParseTuple(args, "w*", &space))
        return NULL;
    Py_ssize_t n = _PyIO_FileRead(self, space.buf, space.len);
    PyBuffer_Release(&space);
    return fileio_count(n);
}

/* Room for what is left of a regular file and one byte more, so that its end is seen at once. */
static Py_ssize_t fileio_expected(fileio *self, Py_ssize_t have)
{
    host_stat_t st;

    if (host_fstat(self->fd, &st) >= 0) {
        int64_t at = host_lseek(self->fd, 0, 1);
        if (at >= 0 && st.size >= at && st.size - at < PY_SSIZE_T_MAX - have - 1)
            return have + (st.size - at) + 1;
    }
    return have + (have < READ_STEP ? READ_STEP : have / 2);
}

static PyObject *fileio_readall(PyObject *self, PyObject *unused)
{
    Py_ssize_t used = 0;

    if (FILEIO(self)->fd < 0)
        return fileio_err_closed();
    if (!FILEIO(self)->readable)
        return fileio_err_mode("reading");
    PyObject *result = PyString_FromStringAndSize(NULL, IO_BUFFER_SIZE);
    if (result == NULL)
        return NULL;
    for (;;) {
        if (used == PyString_GET_SIZE(result)) {
            Py_ssize_t room = fileio_expected(FILEIO(self), used);
            if (room <= used + 1)
                room = used + READ_STEP;
            if (_PyString_Resize(&result, room) < 0)
                return NULL;
        }
        Py_ssize_t n = _PyIO_FileRead(self, PyString_AS_STRING(result) + used,
                                      PyString_GET_SIZE(result) - used);
        if (n == 0 || (n == -2 && used > 0))
            break;
        if (n == -2) {
            Py_DECREF(result);
            Py_RETURN_NONE;
        }
        if (n < 0) {
            if (_PyIO_TrapInterrupt())
                continue;
            Py_DECREF(result);
            return NULL;
        }
        used += n;
    }
    _PyString_Resize(&result, used);
    return result;
}

static PyObject *fileio_read(PyObject *self, PyObject *args)
{
    Py_ssize_t size = -1;

    if (FILEIO(self)->fd < 0)
        return fileio_err_closed();
    if (!FILEIO(self)->readable)
        return fileio_err_mode("reading");
    if (!PyArg_ParseTuple(args, "|O&", _PyIO_ConvertSize, &size))
        return NULL;
    if (size < 0)
        return fileio_readall(self, NULL);
    PyObject *result = PyString_FromStringAndSize(NULL, size);
    if (result == NULL)
        return NULL;
    Py_ssize_t n = _PyIO_FileRead(self, PyString_AS_STRING(result), size);
    if (n < 0) {
        Py_DECREF(result);
        return fileio_count(n);
    }
    if (n != size)
        _PyString_Resize(&result, n);
    return result;
}

static PyObject *fileio_write(PyObject *self, PyObject *args)
{
    Py_buffer data;

    if (FILEIO(self)->fd < 0)
        return fileio_err_closed();
    if (!FILEIO(self)->writable)
        return fileio_err_mode("writing");
    if (!PyArg_ParseTuple(args, "s*:write", &data))
        return NULL;
    Py_ssize_t n = _PyIO_FileWrite(self, data.buf, data.len);
    PyBuffer_Release(&data);
    return fileio_count(n);
}

static int64_t fileio_offset(PyObject *ob)
{
    if (PyFloat_Check(ob)) {
        PyErr_SetString(PyExc_TypeError, "an integer is required");
        return -1;
    }
    return PyInt_AsLong(ob);
}

static PyObject *fileio_seek_to(fileio *self, int64_t offset, int whence)
{
    int64_t at = host_lseek(self->fd, offset, whence);

    if (self->seekable < 0)
        self->seekable = at >= 0;
    if (at < 0)
        return _PyErr_SetFromErrnum(PyExc_IOError, (int)-at);
    return PyLong_FromLongLong(at);
}

static PyObject *fileio_seek(PyObject *self, PyObject *args)
{
    PyObject *where;
    int whence = 0;

    if (FILEIO(self)->fd < 0)
        return fileio_err_closed();
    if (!PyArg_ParseTuple(args, "O|i", &where, &whence))
        return NULL;
    int64_t offset = fileio_offset(where);
    if (offset == -1 && PyErr_Occurred())
        return NULL;
    return fileio_seek_to(FILEIO(self), offset, whence);
}

static PyObject *fileio_tell(PyObject *self, PyObject *unused)
{
    if (FILEIO(self)->fd < 0)
        return fileio_err_closed();
    return fileio_seek_to(FILEIO(self), 0, 1);
}

static PyObject *fileio_truncate(PyObject *self, PyObject *args)
{
    PyObject *size_ob = NULL;

    if (FILEIO(self)->fd < 0)
        return fileio_err_closed();
    if (!FILEIO(self)->writable)
        return fileio_err_mode("writing");
    if (!PyArg_ParseTuple(args, "|O", &size_ob))
        return NULL;
    if (size_ob == NULL || size_ob == Py_None) {
        size_ob = fileio_seek_to(FILEIO(self), 0, 1);
        if (size_ob == NULL)
            return NULL;
    } else
        Py_INCREF(size_ob);
    int64_t size = PyInt_AsLong(size_ob); /* (a float will do) */
    int e = size == -1 && PyErr_Occurred() ? 1 : host_ftruncate(FILEIO(self)->fd, size);
    if (e != 0) {
        Py_DECREF(size_ob);
        return e > 0 ? NULL : _PyErr_SetFromErrnum(PyExc_IOError, -e);
    }
    return size_ob;
}

static const char *fileio_mode_text(fileio *self)
{
    if (self->appending)
        return self->readable ? "ab+" : "ab";
    if (self->readable)
        return self->writable ? "rb+" : "rb";
    return "wb";
}

static PyObject *fileio_repr(PyObject *op)
{
    fileio *self = FILEIO(op);

    if (self->fd < 0)
        return PyString_FromString("<_io.FileIO [closed]>");
    PyObject *name = PyObject_GetAttrString(op, "name"), *text, *result = NULL;
    if (name == NULL) {
        if (!PyErr_ExceptionMatches(PyExc_AttributeError))
            return NULL;
        PyErr_Clear();
        return PyString_FromFormat("<_io.FileIO fd=%d mode='%s'>", self->fd,
                                   fileio_mode_text(self));
    }
    int inside = Py_ReprEnter(op);
    if (inside == 0) {
        text = PyObject_Repr(name);
        if (text != NULL) {
            result = PyString_FromFormat("<_io.FileIO name=%s mode='%s'>", PyString_AS_STRING(text),
                                         fileio_mode_text(self));
            Py_DECREF(text);
        }
        Py_ReprLeave(op);
    } else if (inside > 0)
        PyErr_Format(PyExc_RuntimeError, "reentrant call inside %s.__repr__",
                     Py_TYPE(self)->tp_name);
    Py_DECREF(name);
    return result;
}

static PyObject *fileio_get_closed(PyObject *self, void *closure)
{
    return PyBool_FromLong(FILEIO(self)->fd < 0);
}

static PyObject *fileio_get_closefd(PyObject *self, void *closure)
{
    return PyBool_FromLong(FILEIO(self)->closefd);
}

static PyObject *fileio_get_mode(PyObject *self, void *closure)
{
    return PyUnicode_FromString(fileio_mode_text(FILEIO(self)));
}

static PyMethodDef fileio_methods[] = {
    {"read", fileio_read, METH_VARARGS,
     "read(size: int) -> bytes.  read at most size bytes, returned as bytes.\n\n"
     "Only makes one system call, so less data may be returned than requested.\n"
     "None when nothing is there yet in non-blocking mode; b'' at the end."},
    {"readall", fileio_readall, METH_NOARGS,
     "readall() -> bytes.  read all data from the file, returned as bytes."},
    {"readinto", fileio_readinto, METH_VARARGS, "readinto() -> Same as RawIOBase.readinto()."},
    {"write", fileio_write, METH_VARARGS,
     "write(b) -> int.  Write array of bytes b, return number written.\n\n"
     "Only makes one system call, so not all of the data may be written."},
    {"seek", fileio_seek, METH_VARARGS,
     "seek(offset: int[, whence: int]) -> int.  Move to new file position\nand return it."},
    {"tell", fileio_tell, METH_VARARGS, "tell() -> int.  Current file position."},
    {"truncate", fileio_truncate, METH_VARARGS,
     "truncate([size: int]) -> int.  Truncate the file to at most size bytes and\n"
     "return the truncated size."},
    {"close", fileio_close, METH_NOARGS, "close() -> None.  Close the file."},
    {"seekable", fileio_seekable, METH_NOARGS,
     "seekable() -> bool.  True if file supports random-access."},
    {"readable", fileio_readable, METH_NOARGS,
     "readable() -> bool.  True if file was opened in a read mode."},
    {"writable", fileio_writable, METH_NOARGS,
     "writable() -> bool.  True if file was opened in a write mode."},
    {"fileno", fileio_fileno, METH_NOARGS,
     "fileno() -> int.  Return the underlying file descriptor."},
    {"isatty", fileio_isatty, METH_NOARGS,
     "isatty() -> bool.  True if the file is connected to a tty device."},
    {NULL},
};
static PyGetSetDef fileio_getset[] = {
    {"closed", fileio_get_closed, NULL, "True if the file is closed"},
    {"closefd", fileio_get_closefd, NULL, "True if the file descriptor will be closed"},
    {"mode", fileio_get_mode, NULL, "String giving the file mode"},
    {NULL},
};

PyTypeObject _PyIO_FileIO = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "_io.FileIO",
    .tp_basicsize = sizeof(fileio),
    .tp_x64_basicsize = 40,
    .tp_dealloc = fileio_dealloc,
    .tp_repr = fileio_repr,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "file(name: str[, mode: str]) -> file IO object\n\n"
              "Open a file.  The mode can be 'r' (default), 'w' or 'a' for reading,\n"
              "writing or appending, with a '+' for both.",
    .tp_traverse = fileio_traverse,
    .tp_clear = fileio_clear,
    .tp_weaklistoffset = offsetof(fileio, weakreflist),
    .tp_methods = fileio_methods,
    .tp_getset = fileio_getset,
    .tp_base = &_PyIO_RawIOBase,
    .tp_dictoffset = offsetof(fileio, dict),
    .tp_init = fileio_init,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = fileio_new,
    .tp_free = PyObject_GC_Del,
};
