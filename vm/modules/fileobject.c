/* SPDX-License-Identifier: MIT */
/* The type `file`: modes, methods and attributes over file_io.c's bytes. The reading methods are
 * resumable: where the host cannot block they leave the loop and make the read again on re-entry.
 */
#include "Python.h"
#include "host/host.h"
#include "modules/fileobject_private.h"
#include "modules/signal_private.h"

enum { O_WRONLY_ = 1, O_RDWR_ = 2, O_CREAT_ = 0100, O_TRUNC_ = 01000, O_APPEND_ = 02000 };
enum { E_EINTR = 4, E_BADF = 9, E_ISDIR = 21, E_INVAL = 22 };

#define SELF ((PyFileObject *)self)

static PyObject *raise_closed(void)
{
    PyErr_SetString(PyExc_ValueError, "I/O operation on closed file");
    return NULL;
}

static PyObject *raise_mode(const char *action)
{
    PyErr_Format(PyExc_IOError, "File not open for %s", action);
    return NULL;
}

static int has_readahead(PyFileObject *f)
{
    return f->f_ahead != NULL && f->f_ahead_pos < f->f_ahead_end;
}

static void drop_readahead(PyFileObject *f)
{
    PyMem_Free(f->f_ahead);
    f->f_ahead = NULL;
    f->f_ahead_pos = f->f_ahead_end = 0;
}

/* What every reading method but next() asks first. */
static int check_read(PyFileObject *f)
{
    if (f->f_fd < 0)
        raise_closed();
    else if (!f->f_readable)
        raise_mode("reading");
    else if (has_readahead(f))
        PyErr_SetString(PyExc_ValueError, "Mixing iteration and read methods would lose data");
    else
        return 0;
    return -1;
}

/* -- Opening
 * ---------------------------------------------------------------------------------------- */

/* Checks a mode and fills the flags that follow from it; *flags gets Linux's O_*. */
static int parse_mode(PyFileObject *f, const char *mode, int *flags)
{
    const char *universal = strchr(mode, 'U');
    char kind = mode[0];

    if (kind == '\0') {
        PyErr_SetString(PyExc_ValueError, "empty mode string");
        return -1;
    }
    if (universal != NULL && kind != 'r' &&
        (kind != 'U' || (mode[1] != '\0' && strchr("wa", mode[1]) != NULL))) {
        PyErr_Format(PyExc_ValueError,
                     "universal newline mode can only be used with modes starting with 'r'");
        return -1;
    }
    if (kind != 'r' && kind != 'w' && kind != 'a' && kind != 'U') {
        PyErr_Format(PyExc_ValueError,
                     "mode string must begin with one of 'r', 'w', 'a' or 'U', not '%.200s'", mode);
        return -1;
    }
    f->f_univ_newline = universal != NULL;
    f->f_readable = kind == 'r' || kind == 'U';
    f->f_writable = !f->f_readable;
    f->f_append = kind == 'a';
    if (strchr(mode, '+') != NULL)
        f->f_readable = f->f_writable = 1;
    *flags = f->f_readable ? (f->f_writable ? O_RDWR_ : 0) : O_WRONLY_;
    if (kind == 'w')
        *flags |= O_CREAT_ | O_TRUNC_;
    else if (kind == 'a')
        *flags |= O_CREAT_ | O_APPEND_;
    return 0;
}

static void set_buffering(PyFileObject *f, int bufsize)
{
    f->f_unbuffered = bufsize == 0;
    f->f_line_buffered =
        bufsize == 1 || (bufsize < 0 && f->f_writable && host_isatty(f->f_fd) == 1);
    f->f_bufsize = bufsize > 1 ? bufsize : 0;
}

static int is_directory(int fd)
{
    host_stat_t st;

    return host_fstat(fd, &st) == 0 && (st.mode & 0170000) == 0040000;
}

static int set_names(PyFileObject *f, PyObject *name, const char *mode)
{
    PyObject *m = PyString_FromString(mode);

    if (m == NULL)
        return -1;
    Py_INCREF(name);
    Py_XSETREF(f->f_name, name);
    Py_XSETREF(f->f_mode, m);
    Py_INCREF(Py_None);
    Py_XSETREF(f->f_encoding, Py_None);
    Py_INCREF(Py_None);
    Py_XSETREF(f->f_errors, Py_None);
    return 0;
}

static int open_path(PyFileObject *f, const char *path, PyObject *name, const char *mode,
                     int bufsize)
{
    int flags, fd;

    if (parse_mode(f, mode, &flags) < 0)
        return -1;
    if (PyEval_GetRestricted()) {
        PyErr_SetString(PyExc_IOError, "file() constructor not accessible in restricted mode");
        return -1;
    }
    do
        fd = host_open(path, flags, 0666);
    while (fd == -E_EINTR && _PySignal_CheckHost() == 0);
    if (fd < 0) { /* too large numbers count as -1 */
        if (!PyErr_Occurred()) {
            if (-fd == E_INVAL)
                PyErr_Format(PyExc_IOError,
                             "[Errno 22] invalid mode ('%.50s') or filename: '%.200s'", mode, path);
            else
                _PyErr_SetFromErrnumWithFilenameObject(PyExc_IOError, -fd, name);
        }
        return -1;
    }
    if (is_directory(fd)) {
        host_close(fd);
        _PyErr_SetFromErrnumWithFilenameObject(PyExc_IOError, E_ISDIR, name);
        return -1;
    }
    _PyFile_InitIO(f, fd);
    f->f_keep_fd = 0;
    set_buffering(f, bufsize);
    if (f->f_append)
        host_lseek(fd, 0, f->f_readable ? 0 : 2);
    return 0;
}

static PyObject *file_new(PyTypeObject *type, PyObject *args, PyObject *kw)
{
    PyFileObject *f = (PyFileObject *)type->tp_alloc(type, 0);
    PyObject *name;

    if (f == NULL)
        return NULL;
    f->f_fd = -1;
    name = PyString_InternFromString("<uninitialized file>");
    if (name == NULL || set_names(f, name, "<uninitialized file>") < 0) {
        Py_XDECREF(name);
        Py_DECREF(f);
        return NULL;
    }
    Py_DECREF(name);
    return (PyObject *)f;
}

int (*_PyFile_WaitForCommand)(int pid);

static int finish_close(PyFileObject *f)
{
    int error = _PyFile_CloseFd(f);

    drop_readahead(f);
    if (error != 0) {
        _PyErr_SetFromErrnum(PyExc_IOError, error);
        return -1;
    }
    return 0;
}

static int file_init(PyObject *self, PyObject *args, PyObject *kw)
{
    static char *names[] = {"name", "mode", "buffering", NULL};
    char *path = NULL, *mode = "r";
    int bufsize = -1, status = -1;
    PyObject *name;

    if (SELF->f_fd >= 0 && finish_close(SELF) < 0)
        return -1;
    if (!PyArg_ParseTupleAndKeywords(args, kw, "et|si:file", names, "utf-8", &path, &mode,
                                     &bufsize))
        return -1;
    if (PyArg_ParseTupleAndKeywords(args, kw, "O|si:file", names, &name, &mode, &bufsize) &&
        set_names(SELF, name, mode) == 0)
        status = open_path(SELF, path, name, mode, bufsize);
    PyMem_Free(path);
    return status;
}

PyObject *PyFile_FromFd(int fd, const char *name, const char *mode, int bufsize)
{
    PyFileObject *f = (PyFileObject *)file_new(&PyFile_Type, NULL, NULL);
    PyObject *n = NULL;
    int flags;

    if (f == NULL)
        return NULL;
    n = PyString_FromString(name);
    if (n == NULL || set_names(f, n, mode) < 0 || parse_mode(f, mode, &flags) < 0)
        goto fail;
    if (is_directory(fd)) {
        _PyErr_SetFromErrnumWithFilename(PyExc_IOError, E_ISDIR, name);
        goto fail;
    }
    _PyFile_InitIO(f, fd);
    set_buffering(f, bufsize);
    Py_DECREF(n);
    return (PyObject *)f;
fail:
    Py_XDECREF(n);
    Py_DECREF(f);
    return NULL;
}

PyObject *PyFile_FromString(const char *name, const char *mode)
{
    PyFileObject *f = (PyFileObject *)file_new(&PyFile_Type, NULL, NULL);
    PyObject *n;

    if (f == NULL)
        return NULL;
    n = PyString_FromString(name);
    if (n == NULL || set_names(f, n, mode) < 0 || open_path(f, name, n, mode, -1) < 0) {
        Py_XDECREF(n);
        Py_DECREF(f);
        return NULL;
    }
    Py_DECREF(n);
    return (PyObject *)f;
}

int PyFile_SetEncodingAndErrors(PyObject *self, const char *enc, const char *errors)
{
    PyObject *e = PyString_FromString(enc), *how;

    if (e == NULL)
        return 0;
    if (errors != NULL)
        how = PyString_FromString(errors);
    else
        how = Py_None, Py_INCREF(Py_None);
    if (how == NULL) {
        Py_DECREF(e);
        return 0;
    }
    Py_XSETREF(SELF->f_encoding, e);
    Py_XSETREF(SELF->f_errors, how);
    return 1;
}

int PyFile_AsFd(PyObject *self)
{
    if (SELF->f_fd < 0)
        raise_closed();
    return SELF->f_fd;
}

PyObject *PyFile_Name(PyObject *self)
{
    return PyFile_Check(self) ? SELF->f_name : NULL;
}

static void file_dealloc(PyObject *self)
{
    int error = 0;

    if (SELF->f_weakreflist != NULL)
        PyObject_ClearWeakRefs(self);
    if (SELF->f_fd >= 0)
        error = _PyFile_CloseFd(SELF);
    if (SELF->f_child != 0 && _PyFile_WaitForCommand(SELF->f_child) == -1)
        PyErr_Clear();
    if (error != 0) {
        PyObject *t, *v, *tb;

        PyErr_Fetch(&t, &v, &tb);
        _PyErr_SetFromErrnum(PyExc_IOError, error);
        PySys_WriteStderr("close failed in file object destructor:\n");
        PyErr_Print();
        PyErr_Restore(t, v, tb);
    }
    drop_readahead(SELF);
    PyMem_Free(SELF->f_buf);
    Py_XDECREF(SELF->f_name);
    Py_XDECREF(SELF->f_mode);
    Py_XDECREF(SELF->f_encoding);
    Py_XDECREF(SELF->f_errors);
    Py_TYPE(self)->tp_free(self);
}

static PyObject *file_repr(PyObject *self)
{
    const char *state = SELF->f_fd < 0 ? "closed" : "open";
    PyObject *name, *result;

    if (PyUnicode_Check(SELF->f_name)) {
        name = PyUnicode_AsUnicodeEscapeString(SELF->f_name);
        if (name == NULL)
            return NULL;
        result =
            PyString_FromFormat("<%s file u'%s', mode '%s' at %p>", state, PyString_AsString(name),
                                PyString_AsString(SELF->f_mode), (void *)self);
    } else {
        name = PyObject_Repr(SELF->f_name);
        if (name == NULL)
            return NULL;
        result =
            PyString_FromFormat("<%s file %s, mode '%s' at %p>", state, PyString_AsString(name),
                                PyString_AsString(SELF->f_mode), (void *)self);
    }
    Py_DECREF(name);
    return result;
}

/* -- Reading: one machine for the resumable methods
 * ---------------------------------------------------- */

enum read_op { OP_READ, OP_READLINE, OP_READLINES, OP_NEXT };

/* The next line of the read-ahead buffer, which is filled in blocks: NULL without an exception at
 * the end. */
static PyObject *next_line(PyFileObject *f, int may_wait)
{
    for (;;) {
        Py_ssize_t have = f->f_ahead_end - f->f_ahead_pos, got, want;
        char *from = f->f_ahead + f->f_ahead_pos, *nl, *grown;
        PyObject *line;

        nl = have > 0 ? memchr(from, '\n', (size_t)have) : NULL;
        if (nl != NULL) {
            line = PyString_FromStringAndSize(from, nl - from + 1);
            if (line != NULL)
                f->f_ahead_pos += nl - from + 1;
            return line;
        }
        want = Py_MAX(FILE_READAHEAD_SIZE, have + have / 4);
        grown = PyMem_Malloc(have + want);
        if (grown == NULL)
            return PyErr_NoMemory();
        if (have > 0)
            memcpy(grown, from, (size_t)have);
        got = _PyFile_ReadInto(f, grown + have, want, may_wait);
        if (got < 0) {
            PyMem_Free(grown);
            return got == FILE_PENDING ? &_PyFile_PendingMark : NULL;
        }
        PyMem_Free(f->f_ahead);
        f->f_ahead = grown;
        f->f_ahead_pos = 0;
        f->f_ahead_end = have + got;
        if (got == 0) {
            line = have > 0 ? PyString_FromStringAndSize(grown, have) : NULL;
            if (line != NULL || have == 0)
                drop_readahead(f);
            return line;
        }
    }
}

/* One step of readlines: all lines until `hint` bytes are there; `lines` grows between waits. */
static PyObject *more_lines(PyFileObject *f, PyObject *lines, py_long hint, int may_wait)
{
    Py_ssize_t total = 0, i;

    for (i = 0; i < PyList_GET_SIZE(lines); i++)
        total += PyString_GET_SIZE(PyList_GET_ITEM(lines, i));
    for (;;) {
        PyObject *line = _PyFile_ReadLineString(f, -1, may_wait);

        if (line == NULL || line == &_PyFile_PendingMark)
            return line;
        if (PyString_GET_SIZE(line) == 0) {
            Py_DECREF(line);
            break;
        }
        total += PyString_GET_SIZE(line);
        if (PyList_Append(lines, line) < 0) {
            Py_DECREF(line);
            return NULL;
        }
        Py_DECREF(line);
        if (hint > 0 && total >= hint)
            break;
    }
    Py_INCREF(lines);
    return lines;
}

static PyObject *run_op(PyFileObject *f, int op, py_long n, PyObject *extra);

static PyObject *op_again(PyCont *c, PyObject *value)
{
    PyObject *result = NULL;

    if (value != NULL) {
        PyFileObject *f = (PyFileObject *)c->a;

        Py_DECREF(value);
        if (f->f_fd < 0)
            raise_closed();
        else
            result = run_op(f, (int)PyInt_AsLong(c->b), c->n, c->c);
    }
    PyEval_ReleaseCont(c);
    return result;
}

/* Makes the read, or arranges for it to be made again after the host's wait. */
static PyObject *run_op(PyFileObject *f, int op, py_long n, PyObject *extra)
{
    PyObject *result = NULL;
    PyCont *c;

    switch (op) {
    case OP_READ:
        result = _PyFile_ReadString(f, n, 1);
        break;
    case OP_READLINE:
        result = _PyFile_ReadLineString(f, n, 1);
        break;
    case OP_READLINES:
        result = more_lines(f, extra, n, 1);
        break;
    case OP_NEXT:
        result = next_line(f, 1);
        if (result == NULL && !PyErr_Occurred())
            PyErr_SetNone(PyExc_StopIteration);
        break;
    }
    if (result != &_PyFile_PendingMark)
        return result;
    c = PyEval_PushCont(op_again);
    if (c == NULL)
        return NULL;
    Py_INCREF(f);
    c->a = (PyObject *)f;
    c->b = PyInt_FromLong(op);
    Py_XINCREF(extra);
    c->c = extra;
    c->n = n;
    return PyEval_WaitGoOn();
}

PyDoc_STRVAR(
    read_doc,
    "read([size]) -> at most size bytes as a str; without a size, or with a negative one,\n"
    "everything up to the end of the file.");

static PyObject *file_read(PyObject *self, PyObject *args)
{
    py_long n = -1;

    if (SELF->f_fd < 0)
        return raise_closed();
    if (!SELF->f_readable)
        return raise_mode("reading");
    if (check_read(SELF) < 0 || !PyArg_ParseTuple(args, "|l:read", &n))
        return NULL;
    return run_op(SELF, OP_READ, n, NULL);
}

PyDoc_STRVAR(readline_doc,
             "readline([size]) -> the next line with its newline, at most size bytes of it;\n"
             "an empty string at the end of the file.");

static PyObject *file_readline(PyObject *self, PyObject *args)
{
    int n = -1;

    if (check_read(SELF) < 0 || !PyArg_ParseTuple(args, "|i:readline", &n))
        return NULL;
    if (n == 0)
        return PyString_FromString("");
    return run_op(SELF, OP_READLINE, n, NULL);
}

PyDoc_STRVAR(
    readlines_doc,
    "readlines([hint]) -> a list of the lines that are left, or of about hint bytes of them.");

static PyObject *file_readlines(PyObject *self, PyObject *args)
{
    py_long hint = 0;
    PyObject *lines, *result;

    if (check_read(SELF) < 0 || !PyArg_ParseTuple(args, "|l:readlines", &hint))
        return NULL;
    lines = PyList_New(0);
    if (lines == NULL)
        return NULL;
    /* whole blocks are read, so that a hint gets the lines of all blocks begun */
    if (hint > 0 && hint % FILE_READAHEAD_SIZE != 0)
        hint += FILE_READAHEAD_SIZE - hint % FILE_READAHEAD_SIZE;
    result = run_op(SELF, OP_READLINES, hint, lines);
    Py_DECREF(lines);
    return result;
}

PyDoc_STRVAR(next_doc, "next() -> the next line; StopIteration at the end.");

static PyObject *file_next(PyObject *self, PyObject *args)
{
    if (PyTuple_GET_SIZE(args) != 0) { /* as a slot says it */
        PyErr_Format(PyExc_TypeError, "expected 0 arguments, got %zd", PyTuple_GET_SIZE(args));
        return NULL;
    }
    if (SELF->f_fd < 0)
        return raise_closed();
    if (!SELF->f_readable)
        return raise_mode("reading");
    return run_op(SELF, OP_NEXT, 0, NULL);
}

static PyObject *file_iternext(PyObject *self)
{
    if (SELF->f_fd < 0)
        return raise_closed();
    if (!SELF->f_readable)
        return raise_mode("reading");
    return next_line(SELF, 0);
}

static PyObject *file_iter(PyObject *self)
{
    if (SELF->f_fd < 0)
        return raise_closed();
    Py_INCREF(self);
    return self;
}

PyDoc_STRVAR(xreadlines_doc, "xreadlines() -> the file itself: iterating over it gives its lines.");

static PyObject *file_xreadlines(PyObject *self, PyObject *noargs)
{
    if (PyErr_WarnPy3k("f.xreadlines() not supported in 3.x, try 'for line in f' instead", 1) < 0)
        return NULL;
    return file_iter(self);
}

PyDoc_STRVAR(readinto_doc,
             "readinto(buffer) -> number of bytes read into a writable buffer. Use io instead.");

static PyObject *file_readinto(PyObject *self, PyObject *args)
{
    Py_buffer view;
    Py_ssize_t n;

    if (SELF->f_fd < 0)
        return raise_closed();
    if (!SELF->f_readable)
        return raise_mode("reading");
    if (check_read(SELF) < 0 || !PyArg_ParseTuple(args, "w*", &view))
        return NULL;
    n = _PyFile_ReadInto(SELF, view.buf, view.len, 0);
    PyBuffer_Release(&view);
    return n < 0 ? NULL : PyInt_FromSsize_t(n);
}

/* -- Writing
 * ---------------------------------------------------------------------------------------- */

int _PyFile_Write(PyObject *self, const char *s, Py_ssize_t n)
{
    if (SELF->f_fd < 0) {
        raise_closed();
        return -1;
    }
    if (!SELF->f_writable) {
        raise_mode("writing");
        return -1;
    }
    SELF->f_softspace = 0;
    return _PyFile_WriteBytes(SELF, s, n);
}

int _PyFile_Flush(PyObject *self)
{
    if (SELF->f_fd < 0) {
        raise_closed();
        return -1;
    }
    return _PyFile_FlushWrites(SELF);
}

static int is_binary(PyFileObject *f)
{
    return PyString_Check(f->f_mode) && strchr(PyString_AS_STRING(f->f_mode), 'b') != NULL;
}

/* unicode goes out in the file's encoding, or the default one. */
static PyObject *encode_for(PyFileObject *f, PyObject *text)
{
    if (f->f_encoding != NULL && f->f_encoding != Py_None) {
        const char *errors = f->f_errors == NULL || f->f_errors == Py_None
                                 ? "strict"
                                 : PyString_AsString(f->f_errors);

        return PyUnicode_AsEncodedString(text, PyString_AsString(f->f_encoding), errors);
    }
    return PyUnicode_AsEncodedString(text, NULL, NULL);
}

PyDoc_STRVAR(write_doc,
             "write(str) -> None. The bytes may stay in a buffer until flush() or close().");

static PyObject *file_write(PyObject *self, PyObject *args)
{
    Py_buffer view = {0};
    PyObject *arg, *encoded = NULL;
    int status;

    if (SELF->f_fd < 0)
        return raise_closed();
    if (!SELF->f_writable)
        return raise_mode("writing");
    if (is_binary(SELF)) {
        if (!PyArg_ParseTuple(args, "s*", &view))
            return NULL;
    } else {
        const char *s;
        Py_ssize_t n;

        if (!PyArg_ParseTuple(args, "O", &arg))
            return NULL;
        if (PyString_Check(arg)) {
            s = PyString_AS_STRING(arg);
            n = PyString_GET_SIZE(arg);
        } else if (PyUnicode_Check(arg)) {
            encoded = encode_for(SELF, arg);
            if (encoded == NULL)
                return NULL;
            s = PyString_AS_STRING(encoded);
            n = PyString_GET_SIZE(encoded);
        } else if (PyObject_AsCharBuffer(arg, &s, &n) < 0)
            return NULL;
        view.buf = (void *)s;
        view.len = n;
        Py_INCREF(arg);
        view.obj = arg;
    }
    if (SELF->f_fd < 0) { /* encoding may have run code that closed the file */
        raise_closed();
        status = -1;
    } else
        status = _PyFile_Write(self, view.buf, view.len);
    Py_XDECREF(encoded);
    if (is_binary(SELF))
        PyBuffer_Release(&view);
    else
        Py_XDECREF(view.obj);
    if (status < 0)
        return NULL;
    Py_RETURN_NONE;
}

PyDoc_STRVAR(writelines_doc,
             "writelines(strings) -> None. Writes each string of an iterable; adds no newlines.");

static PyObject *file_writelines(PyObject *self, PyObject *lines)
{
    PyObject *iter, *line;

    if (SELF->f_fd < 0)
        return raise_closed();
    if (!SELF->f_writable)
        return raise_mode("writing");
    iter = PyObject_GetIter(lines);
    if (iter == NULL) {
        PyErr_SetString(PyExc_TypeError, "writelines() requires an iterable argument");
        return NULL;
    }
    while ((line = PyIter_Next(iter)) != NULL) {
        PyObject *encoded = NULL;
        const char *s;
        Py_ssize_t n;
        int status;

        if (SELF->f_fd < 0) {
            raise_closed();
            status = -1;
        } else if (PyString_Check(line)) {
            status = _PyFile_Write(self, PyString_AS_STRING(line), PyString_GET_SIZE(line));
        } else {
            const void *raw = NULL;

            if (is_binary(SELF))
                status = PyObject_AsReadBuffer(line, &raw, &n), s = raw;
            else if (PyUnicode_Check(line)) {
                encoded = encode_for(SELF, line);
                status = encoded == NULL ? -1 : PyString_AsStringAndSize(encoded, (char **)&s, &n);
            } else
                status = PyObject_AsCharBuffer(line, &s, &n);
            if (status < 0) {
                PyErr_SetString(PyExc_TypeError,
                                "writelines() argument must be a sequence of strings");
            } else
                status = _PyFile_Write(self, s, n);
        }
        Py_XDECREF(encoded);
        Py_DECREF(line);
        if (status < 0) {
            Py_DECREF(iter);
            return NULL;
        }
    }
    Py_DECREF(iter);
    if (PyErr_Occurred())
        return NULL;
    Py_RETURN_NONE;
}

PyDoc_STRVAR(flush_doc, "flush() -> None. Writes out what is buffered.");

static PyObject *file_flush(PyObject *self, PyObject *noargs)
{
    if (_PyFile_Flush(self) < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* -- Position and state
 * ---------------------------------------------------------------------------------- */

static int offset_from(PyObject *o, int64_t *out)
{
    PyObject *n;

    if (PyFloat_Check(o)) {
        if (PyErr_Warn(PyExc_DeprecationWarning, "integer argument expected, got float") < 0)
            return -1;
        n = PyNumber_Int(o);
    } else
        n = PyNumber_Index(o);
    if (n == NULL)
        return -1;
    *out = PyInt_AsLong(n);
    Py_DECREF(n);
    return *out == -1 && PyErr_Occurred() ? -1 : 0;
}

PyDoc_STRVAR(
    seek_doc,
    "seek(offset[, whence]) -> None. whence: 0 from the start, 1 from here, 2 from the end.");

static PyObject *file_seek(PyObject *self, PyObject *args)
{
    PyObject *arg;
    int64_t offset;
    int whence = 0;

    if (SELF->f_fd < 0)
        return raise_closed();
    drop_readahead(SELF);
    if (!PyArg_ParseTuple(args, "O|i:seek", &arg, &whence))
        return NULL;
    if (offset_from(arg, &offset) < 0)
        return NULL;
    if (whence < 0 || whence > 2)
        return _PyErr_SetFromErrnum(PyExc_IOError, E_INVAL);
    if (_PyFile_Seek(SELF, offset, whence) < 0)
        return NULL;
    Py_RETURN_NONE;
}

PyDoc_STRVAR(tell_doc, "tell() -> the position in the file, in bytes.");

static PyObject *file_tell(PyObject *self, PyObject *noargs)
{
    int64_t at;

    if (SELF->f_fd < 0)
        return raise_closed();
    at = _PyFile_Tell(SELF);
    return at < 0 ? NULL : PyInt_FromLong(at);
}

PyDoc_STRVAR(
    truncate_doc,
    "truncate([size]) -> None. Cuts the file to size bytes, by default to the current position.");

static PyObject *file_truncate(PyObject *self, PyObject *args)
{
    PyObject *arg = NULL;
    int64_t here, size;
    int status;

    if (SELF->f_fd < 0)
        return raise_closed();
    if (!SELF->f_writable)
        return raise_mode("writing");
    if (!PyArg_UnpackTuple(args, "truncate", 0, 1, &arg))
        return NULL;
    here = _PyFile_Tell(SELF);
    if (here < 0)
        return NULL;
    size = here;
    if (arg != NULL) {
        size = PyInt_AsLong(arg);
        if (PyErr_Occurred())
            return NULL;
    }
    if (_PyFile_FlushWrites(SELF) < 0)
        return NULL;
    status = host_ftruncate(SELF->f_fd, size);
    if (status < 0)
        return _PyErr_SetFromErrnum(PyExc_IOError, -status);
    if (_PyFile_Seek(SELF, here, 0) < 0)
        return NULL;
    Py_RETURN_NONE;
}

PyDoc_STRVAR(close_doc,
             "close() -> None. Flushes and closes the file; more than once is harmless.");

static PyObject *file_close(PyObject *self, PyObject *noargs)
{
    int child = SELF->f_child;

    if (SELF->f_fd < 0)
        Py_RETURN_NONE;
    SELF->f_child = 0;
    if (finish_close(SELF) < 0)
        return NULL;
    if (child != 0) {
        int status = _PyFile_WaitForCommand(child);

        if (status == -1 && PyErr_Occurred())
            return NULL;
        if (status != 0)
            return PyInt_FromLong(status);
    }
    Py_RETURN_NONE;
}

PyDoc_STRVAR(fileno_doc, "fileno() -> the file's descriptor, an int.");

static PyObject *file_fileno(PyObject *self, PyObject *noargs)
{
    return SELF->f_fd < 0 ? raise_closed() : PyInt_FromLong(SELF->f_fd);
}

PyDoc_STRVAR(isatty_doc, "isatty() -> whether the file is a terminal.");

static PyObject *file_isatty(PyObject *self, PyObject *noargs)
{
    return SELF->f_fd < 0 ? raise_closed() : PyBool_FromLong(host_isatty(SELF->f_fd) == 1);
}

PyDoc_STRVAR(enter_doc, "__enter__() -> the file itself.");
PyDoc_STRVAR(exit_doc, "__exit__(*excinfo) -> None. Closes the file.");

static PyObject *file_exit_done(PyCont *c, PyObject *value)
{
    PyEval_ReleaseCont(c);
    if (value == NULL)
        return NULL;
    Py_DECREF(value);
    Py_RETURN_NONE;
}

/* Calls close as a method, since a subclass may override it. */
static PyObject *file_exit(PyObject *self, PyObject *args)
{
    PyObject *close, *empty, *result;

    close = PyObject_GetAttrString(self, "close");
    if (close == NULL)
        return NULL;
    empty = PyTuple_New(0);
    if (empty == NULL || PyEval_PushCont(file_exit_done) == NULL) {
        Py_XDECREF(empty);
        Py_DECREF(close);
        return NULL;
    }
    result = PyEval_CallThen(close, empty, NULL);
    Py_DECREF(empty);
    Py_DECREF(close);
    return result;
}

static PyObject *file_enter(PyObject *self, PyObject *noargs)
{
    return file_iter(self);
}

static PyObject *file_get_closed(PyObject *self, void *closure)
{
    return PyBool_FromLong(SELF->f_fd < 0);
}

static PyObject *file_get_newlines(PyObject *self, void *closure)
{
    static const char *const text[] = {"\r", "\n", "\r\n"};
    PyObject *found[3];
    int i, n = 0;

    for (i = 0; i < 3; i++)
        if (SELF->f_newlinetypes & 1 << i) {
            found[n] = PyString_FromString(text[i]);
            if (found[n++] == NULL)
                goto fail;
        }
    if (n == 0)
        Py_RETURN_NONE;
    if (n > 1) {
        PyObject *all = PyTuple_New(n);

        if (all == NULL)
            goto fail;
        for (i = 0; i < n; i++)
            PyTuple_SET_ITEM(all, i, found[i]);
        return all;
    }
    return found[0];
fail:
    while (n-- > 0)
        Py_XDECREF(found[n]);
    return NULL;
}

static PyObject *file_get_softspace(PyObject *self, void *closure)
{
    if (PyErr_WarnPy3k("file.softspace not supported in 3.x", 1) < 0)
        return NULL;
    return PyInt_FromLong(SELF->f_softspace);
}

static int file_set_softspace(PyObject *self, PyObject *value, void *closure)
{
    int n;

    if (PyErr_WarnPy3k("file.softspace not supported in 3.x", 1) < 0)
        return -1;
    if (value == NULL) {
        PyErr_SetString(PyExc_TypeError, "can't delete softspace attribute");
        return -1;
    }
    n = (int)PyInt_AsLong(value);
    if (n == -1 && PyErr_Occurred())
        return -1;
    SELF->f_softspace = n;
    return 0;
}

/* -- print's view of any object
 * --------------------------------------------------------------------------- */

PyObject *PyFile_GetLine(PyObject *f, int n)
{
    PyObject *result;

    if (f == NULL) {
        PyErr_BadInternalCall();
        return NULL;
    }
    if (PyFile_Check(f)) {
        if (check_read((PyFileObject *)f) < 0)
            return NULL;
        result = _PyFile_ReadLineString((PyFileObject *)f, n > 0 ? n : -1, 0);
    } else {
        PyObject *reader = PyObject_GetAttrString(f, "readline"), *args;

        if (reader == NULL)
            return NULL;
        args = n <= 0 ? PyTuple_New(0) : Py_BuildValue("(i)", n);
        result = args == NULL ? NULL : PyEval_CallObject(reader, args);
        Py_DECREF(reader);
        Py_XDECREF(args);
        if (result != NULL && !PyString_Check(result) && !PyUnicode_Check(result)) {
            Py_DECREF(result);
            PyErr_SetString(PyExc_TypeError, "object.readline() returned non-string");
            return NULL;
        }
    }
    if (n < 0 && result != NULL && PyString_Check(result)) {
        Py_ssize_t len = PyString_GET_SIZE(result);

        if (len == 0) {
            Py_DECREF(result);
            PyErr_SetString(PyExc_EOFError, "EOF when reading a line");
            return NULL;
        }
        if (PyString_AS_STRING(result)[len - 1] == '\n')
            Py_SETREF(result, PyString_FromStringAndSize(PyString_AS_STRING(result), len - 1));
    } else if (n < 0 && result != NULL) {
        Py_ssize_t len = PyUnicode_GET_SIZE(result);

        if (len == 0) {
            Py_DECREF(result);
            PyErr_SetString(PyExc_EOFError, "EOF when reading a line");
            return NULL;
        }
        if (PyUnicode_AS_UNICODE(result)[len - 1] == '\n')
            Py_SETREF(result, PyUnicode_FromUnicode(PyUnicode_AS_UNICODE(result), len - 1));
    }
    return result;
}

int PyFile_SoftSpace(PyObject *f, int newflag)
{
    py_long old = 0;
    PyObject *v;

    if (f == NULL)
        return 0;
    if (PyFile_Check(f)) {
        old = ((PyFileObject *)f)->f_softspace;
        ((PyFileObject *)f)->f_softspace = newflag;
        return (int)old;
    }
    v = PyObject_GetAttrString(f, "softspace");
    if (v == NULL)
        PyErr_Clear();
    else {
        if (PyInt_Check(v))
            old = PyInt_AsLong(v);
        Py_DECREF(v);
    }
    v = PyInt_FromLong(newflag);
    if (v == NULL || PyObject_SetAttrString(f, "softspace", v) < 0)
        PyErr_Clear();
    Py_XDECREF(v);
    return (int)old;
}

/* str of the object, and as long as that is of a subclass of str, str of that again. */
static PyObject *printed_text(PyObject *v)
{
    PyObject *text = PyObject_Str(v);
    int rounds = 0;

    while (text != NULL && PyString_Check(v) && !PyString_CheckExact(text)) {
        if (++rounds > _Py_RecursionLimit) {
            PyErr_SetString(PyExc_RuntimeError, "maximum recursion depth exceeded");
            Py_CLEAR(text);
            break;
        }
        Py_SETREF(text, PyObject_Str(text));
    }
    return text;
}

/* Containers go to a real file piece by piece: what precedes an item whose repr fails is written.
 * Deeper ones, and those of other types, are written whole. */
enum { PRINT_DEPTH = 50 };

static int write_text(PyObject *f, const char *text)
{
    return _PyFile_Write(f, text, (Py_ssize_t)strlen(text));
}

static int is_container(PyObject *v)
{
    return PyList_CheckExact(v) || PyTuple_CheckExact(v) || PyDict_CheckExact(v) ||
           PyAnySet_CheckExact(v);
}

static int write_repr(PyObject *f, PyObject *v, int depth);

/* An item (owned) and what stands before it. */
static int write_item(PyObject *f, PyObject *item, const char *before, int depth)
{
    int status = write_text(f, before) < 0 ? -1 : write_repr(f, item, depth + 1);

    Py_DECREF(item);
    return status;
}

static int write_dict_items(PyObject *f, PyObject *v, int depth)
{
    PyObject *key, *value;
    Py_ssize_t pos = 0;
    int status = 0;

    for (const char *before = ""; status == 0 && PyDict_Next(v, &pos, &key, &value);
         before = ", ") {
        Py_INCREF(key);
        Py_INCREF(value);
        status = write_item(f, key, before, depth);
        if (status == 0)
            status = write_item(f, value, ": ", depth);
        else
            Py_DECREF(value);
    }
    return status;
}

static int write_items(PyObject *f, PyObject *v, int depth)
{
    PyObject *iterator = PyObject_GetIter(v), *item;
    int status = 0;

    if (iterator == NULL)
        return -1;
    for (const char *before = "";
         status == 0 && (item = Py_TYPE(iterator)->tp_iternext(iterator)) != NULL; before = ", ")
        status = write_item(f, item, before, depth);
    Py_DECREF(iterator);
    return PyErr_Occurred() ? -1 : status;
}

static int write_container(PyObject *f, PyObject *v, int depth)
{
    const char *open = "[", *close = "]", *again = "[...]";
    int inside, status;

    if (PyTuple_CheckExact(v)) {
        open = "(";
        close = PyTuple_GET_SIZE(v) == 1 ? ",)" : ")";
        again = NULL; /* a tuple that contains itself does so through something else */
    } else if (PyDict_CheckExact(v)) {
        open = "{";
        close = "}";
        again = "{...}";
    } else if (PyAnySet_CheckExact(v)) {
        open = Py_TYPE(v) == &PySet_Type ? "set([" : "frozenset([";
        close = "])";
        again = Py_TYPE(v) == &PySet_Type ? "set(...)" : "frozenset(...)";
    }
    inside = again == NULL ? 0 : Py_ReprEnter(v);
    if (inside != 0)
        return inside < 0 ? -1 : write_text(f, again);
    status = write_text(f, open);
    if (status == 0)
        status = PyDict_CheckExact(v) ? write_dict_items(f, v, depth) : write_items(f, v, depth);
    if (status == 0)
        status = write_text(f, close);
    if (again != NULL)
        Py_ReprLeave(v);
    return status;
}

static int write_repr(PyObject *f, PyObject *v, int depth)
{
    PyObject *text;
    int status;

    if (is_container(v) && depth < PRINT_DEPTH)
        return write_container(f, v, depth);
    text = PyObject_Repr(v);
    if (text == NULL)
        return -1;
    status = _PyFile_Write(f, PyString_AS_STRING(text), PyString_GET_SIZE(text));
    Py_DECREF(text);
    return status;
}

int PyFile_WriteObject(PyObject *v, PyObject *f, int flags)
{
    PyObject *writer, *text, *result;

    if (f == NULL) {
        PyErr_SetString(PyExc_TypeError, "writeobject with NULL file");
        return -1;
    }
    if (PyFile_Check(f)) {
        PyFileObject *fp = (PyFileObject *)f;
        int status;

        if (fp->f_fd < 0) {
            raise_closed();
            return -1;
        }
        if (is_container(v))
            return write_container(f, v, 0);
        if ((flags & Py_PRINT_RAW) && PyUnicode_Check(v) && fp->f_encoding != Py_None)
            text = encode_for(fp, v);
        else if (flags & Py_PRINT_RAW)
            text = printed_text(v);
        else
            text = PyObject_Repr(v);
        if (text == NULL)
            return -1;
        status = _PyFile_Write(f, PyString_AS_STRING(text), PyString_GET_SIZE(text));
        Py_DECREF(text);
        return status;
    }
    writer = PyObject_GetAttrString(f, "write");
    if (writer == NULL)
        return -1;
    if (!(flags & Py_PRINT_RAW))
        text = PyObject_Repr(v);
    else if (PyUnicode_CheckExact(v))
        Py_INCREF(v), text = v;
    else
        text = PyObject_Str(v);
    if (text == NULL) {
        Py_DECREF(writer);
        return -1;
    }
    result = PyObject_CallFunctionObjArgs(writer, text, NULL);
    Py_DECREF(text);
    Py_DECREF(writer);
    if (result == NULL)
        return -1;
    Py_DECREF(result);
    return 0;
}

int PyFile_WriteString(const char *s, PyObject *f)
{
    PyObject *text;
    int status;

    if (f == NULL) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_SystemError, "null file for PyFile_WriteString");
        return -1;
    }
    if (PyErr_Occurred())
        return -1;
    if (PyFile_Check(f))
        return _PyFile_Write(f, s, (Py_ssize_t)strlen(s));
    text = PyString_FromString(s);
    if (text == NULL)
        return -1;
    status = PyFile_WriteObject(text, f, Py_PRINT_RAW);
    Py_DECREF(text);
    return status;
}

/* An int's value; -1 for what no descriptor can be. */
static int descriptor_of(PyObject *o)
{
    int fd = PyInt_Check(o) ? _PyInt_AsInt(o) : _PyLong_AsInt(o);

    if (fd == -1)
        PyErr_Clear();
    return fd;
}

int PyObject_AsFileDescriptor(PyObject *o)
{
    int fd;

    if (PyInt_Check(o) || PyLong_Check(o))
        fd = descriptor_of(o);
    else {
        PyObject *method = PyObject_GetAttrString(o, "fileno"), *answer;

        if (method == NULL) {
            PyErr_Clear();
            PyErr_SetString(PyExc_TypeError, "argument must be an int, or have a fileno() method");
            return -1;
        }
        answer = PyEval_CallObject(method, NULL);
        Py_DECREF(method);
        if (answer == NULL)
            return -1;
        if (PyInt_Check(answer) || PyLong_Check(answer))
            fd = descriptor_of(answer);
        else {
            PyErr_SetString(PyExc_TypeError, "fileno() returned a non-integer");
            Py_DECREF(answer);
            return -1;
        }
        Py_DECREF(answer);
    }
    if (fd < 0) {
        PyErr_Format(PyExc_ValueError, "file descriptor cannot be a negative integer (%i)", fd);
        return -1;
    }
    return fd;
}

/* -- The type
 * --------------------------------------------------------------------------------------------- */

PyDoc_STRVAR(file_doc, "file(name[, mode[, buffering]]) -> file object\n\n"
                       "Opens a file; open() is the preferred way. The mode starts with r (read, "
                       "the default), w (write\n"
                       "from empty) or a (append); b means binary, + both reading and writing, U "
                       "universal newlines when\n"
                       "reading: every line end is seen as \\n, and the attribute newlines tells "
                       "which kinds were met.\n"
                       "buffering: 0 none, 1 by line, larger the size of the buffer.");

static PyMethodDef file_methods[] = {
    {"readline", file_readline, METH_VARARGS | METH_RESUMABLE, readline_doc},
    {"read", file_read, METH_VARARGS | METH_RESUMABLE, read_doc},
    {"write", file_write, METH_VARARGS, write_doc},
    {"fileno", file_fileno, METH_NOARGS, fileno_doc},
    {"seek", file_seek, METH_VARARGS, seek_doc},
    {"truncate", file_truncate, METH_VARARGS, truncate_doc},
    {"tell", file_tell, METH_NOARGS, tell_doc},
    {"readinto", file_readinto, METH_VARARGS, readinto_doc},
    {"readlines", file_readlines, METH_VARARGS | METH_RESUMABLE, readlines_doc},
    {"xreadlines", file_xreadlines, METH_NOARGS, xreadlines_doc},
    {"writelines", file_writelines, METH_O, writelines_doc},
    {"flush", file_flush, METH_NOARGS, flush_doc},
    {"close", file_close, METH_NOARGS, close_doc},
    {"isatty", file_isatty, METH_NOARGS, isatty_doc},
    {"next", file_next, METH_VARARGS | METH_COEXIST | METH_RESUMABLE, next_doc},
    {"__enter__", file_enter, METH_NOARGS, enter_doc},
    {"__exit__", file_exit, METH_VARARGS | METH_RESUMABLE, exit_doc},
    {NULL, NULL, 0, NULL},
};

static PyMemberDef file_members[] = {
    {"mode", T_OBJECT, offsetof(PyFileObject, f_mode), RO,
     "the mode given: 'r', 'U', 'w', 'a', perhaps with 'b' or '+'"},
    {"name", T_OBJECT, offsetof(PyFileObject, f_name), RO, "file name"},
    {"encoding", T_OBJECT, offsetof(PyFileObject, f_encoding), RO,
     "the encoding unicode is written in, or None"},
    {"errors", T_OBJECT, offsetof(PyFileObject, f_errors), RO, "what encoding errors do"},
    {NULL, 0, 0, 0, NULL},
};

static PyGetSetDef file_getset[] = {
    {"closed", file_get_closed, NULL, "True if the file is closed", NULL},
    {"newlines", file_get_newlines, NULL, "end-of-line convention used in this file", NULL},
    {"softspace", file_get_softspace, file_set_softspace,
     "whether print must put a space before what comes next", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

PyTypeObject PyFile_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "file",
    .tp_basicsize = (Py_ssize_t)sizeof(PyFileObject),
    .tp_x64_basicsize = 144,
    .tp_dealloc = file_dealloc,
    .tp_repr = file_repr,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_setattro = PyObject_GenericSetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_WEAKREFS,
    .tp_doc = file_doc,
    .tp_weaklistoffset = (Py_ssize_t)offsetof(PyFileObject, f_weakreflist),
    .tp_iter = file_iter,
    .tp_iternext = file_iternext,
    .tp_methods = file_methods,
    .tp_members = file_members,
    .tp_getset = file_getset,
    .tp_init = file_init,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = file_new,
    .tp_free = PyObject_Del,
};
