/* SPDX-License-Identifier: MIT */
/* _io._IOBase and _RawIOBase: what all streams can do, built on the few methods each stream
 * defines. Invariants: a stream is closed when it is freed, at the latest; closing twice does
 * nothing. */
#include "Python.h"
#include "modules/io_private.h"

typedef struct {
    PyObject_HEAD PyObject *dict, *weakreflist;
} iobase;

PyObject *_PyIO_Unsupported(const char *what)
{
    PyErr_SetString(_PyIO_UnsupportedOperation, what);
    return NULL;
}

int _PyIO_TrapInterrupt(void)
{
    PyObject *type, *value, *traceback, *code;
    int interrupted = 0;

    if (!PyErr_ExceptionMatches(PyExc_EnvironmentError))
        return 0;
    PyErr_Fetch(&type, &value, &traceback);
    PyErr_NormalizeException(&type, &value, &traceback);
    code = value != NULL && PyObject_TypeCheck(value, (PyTypeObject *)PyExc_EnvironmentError)
               ? ((PyEnvironmentErrorObject *)value)->myerrno
               : NULL;
    interrupted = code != NULL && PyInt_Check(code) && PyInt_AS_LONG(code) == IO_EINTR;
    if (!interrupted) {
        PyErr_Restore(type, value, traceback);
        return 0;
    }
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(traceback);
    return 1;
}

int _PyIO_ConvertSize(PyObject *ob, void *result)
{
    return ob == Py_None || _PyIO_ConvertNumber(ob, result);
}

int64_t _PyIO_AsOffset(PyObject *ob, PyObject *err)
{
    int64_t value = PyNumber_AsSsize_t(ob, PyExc_OverflowError);

    if (value == -1 && PyErr_Occurred() && PyErr_ExceptionMatches(PyExc_OverflowError)) {
        PyErr_Clear();
        PyErr_Format(err, "cannot fit '%.200s' into an offset-sized integer", Py_TYPE(ob)->tp_name);
    }
    return value;
}

int _PyIO_ConvertNumber(PyObject *ob, void *result)
{
    Py_ssize_t value = 0;

    if (!PyNumber_Check(ob)) {
        PyErr_Format(PyExc_TypeError, "integer argument expected, got '%.200s'",
                     Py_TYPE(ob)->tp_name);
        return 0;
    }
    value = PyNumber_AsSsize_t(ob, PyExc_OverflowError);
    if (value == -1 && PyErr_Occurred())
        return 0;
    *(Py_ssize_t *)result = value;
    return 1;
}

void _PyIO_RestoreUnlessSet(PyObject *type, PyObject *value, PyObject *traceback)
{
    if (type != NULL && PyErr_Occurred()) {
        Py_DECREF(type);
        Py_XDECREF(value);
        Py_XDECREF(traceback);
    } else if (type != NULL)
        PyErr_Restore(type, value, traceback);
}

int _PyIO_IsClosed(PyObject *stream)
{
    PyObject *closed = PyObject_GetAttrString(stream, "closed");

    if (closed == NULL)
        return -1;
    int answer = PyObject_IsTrue(closed);
    Py_DECREF(closed);
    return answer;
}

int _PyIO_CheckClosed(PyObject *stream)
{
    int closed = _PyIO_IsClosed(stream);

    if (closed > 0)
        PyErr_SetString(PyExc_ValueError, "I/O operation on closed file.");
    return closed ? -1 : 0;
}

int _PyIO_Asks(PyObject *stream, const char *name)
{
    PyObject *answer = PyObject_CallMethod(stream, name, NULL);

    if (answer == NULL)
        return -1;
    int yes = PyObject_IsTrue(answer);
    Py_DECREF(answer);
    return yes;
}

int _PyIO_Tell(PyObject *stream, const char *name)
{
    PyObject *answer = PyObject_CallMethod(stream, name, NULL);

    Py_XDECREF(answer);
    return answer == NULL ? -1 : 0;
}

static PyObject *check_ability(PyObject *self, const char *name, const char *complaint)
{
    PyObject *answer = PyObject_CallMethod(self, name, NULL);

    if (answer == NULL)
        return NULL;
    int able = answer == Py_True;
    if (!able) {
        Py_DECREF(answer);
        PyErr_SetString(PyExc_IOError, complaint);
        return NULL;
    }
    return answer;
}

PyObject *_PyIO_CheckSeekable(PyObject *self, PyObject *unused)
{
    return check_ability(self, "seekable", "File or stream is not seekable.");
}

PyObject *_PyIO_CheckReadable(PyObject *self, PyObject *unused)
{
    return check_ability(self, "readable", "File or stream is not readable.");
}

PyObject *_PyIO_CheckWritable(PyObject *self, PyObject *unused)
{
    return check_ability(self, "writable", "File or stream is not writable.");
}

static PyObject *iobase_check_closed(PyObject *self, PyObject *args)
{
    if (_PyIO_CheckClosed(self) < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* Closed by IOBase.close(), whatever a subclass says. */
static int iobase_marked_closed(PyObject *self)
{
    return PyObject_HasAttrString(self, "__IOBase_closed");
}

static PyObject *iobase_closed_get(PyObject *self, void *closure)
{
    return PyBool_FromLong(iobase_marked_closed(self));
}

static PyObject *iobase_seek(PyObject *self, PyObject *args)
{
    return _PyIO_Unsupported("seek");
}

static PyObject *iobase_tell(PyObject *self, PyObject *unused)
{
    return PyObject_CallMethod(self, "seek", "ii", 0, 1);
}

static PyObject *iobase_truncate(PyObject *self, PyObject *args)
{
    return _PyIO_Unsupported("truncate");
}

static PyObject *iobase_fileno(PyObject *self, PyObject *unused)
{
    return _PyIO_Unsupported("fileno");
}

static PyObject *iobase_flush(PyObject *self, PyObject *unused)
{
    if (iobase_marked_closed(self)) {
        PyErr_SetString(PyExc_ValueError, "I/O operation on closed file.");
        return NULL;
    }
    Py_RETURN_NONE;
}

static PyObject *iobase_close(PyObject *self, PyObject *unused)
{
    PyObject *type, *value, *traceback;

    if (iobase_marked_closed(self))
        Py_RETURN_NONE;
    /* Closed even when flushing fails. */
    int status = _PyIO_Tell(self, "flush");
    PyErr_Fetch(&type, &value, &traceback);
    if (PyObject_SetAttrString(self, "__IOBase_closed", Py_True) < 0 && type == NULL)
        return NULL;
    _PyIO_RestoreUnlessSet(type, value, traceback);
    if (status < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *iobase_no(PyObject *self, PyObject *unused)
{
    Py_RETURN_FALSE;
}

static PyObject *iobase_isatty(PyObject *self, PyObject *unused)
{
    if (_PyIO_CheckClosed(self) < 0)
        return NULL;
    Py_RETURN_FALSE;
}

static PyObject *iobase_enter(PyObject *self, PyObject *unused)
{
    if (_PyIO_CheckClosed(self) < 0)
        return NULL;
    Py_INCREF(self);
    return self;
}

static PyObject *iobase_exit(PyObject *self, PyObject *args)
{
    return PyObject_CallMethod(self, "close", NULL);
}

static PyObject *iobase_iter(PyObject *self)
{
    return iobase_enter(self, NULL);
}

static PyObject *iobase_next(PyObject *self)
{
    PyObject *line = PyObject_CallMethod(self, "readline", NULL);

    if (line == NULL)
        return NULL;
    if (PyObject_Size(line) <= 0)
        Py_CLEAR(line);
    return line;
}

/* How much to read for a line at most: with peek(), up to the newline that is in sight; else one
 * byte. */
static Py_ssize_t iobase_line_part(PyObject *self, Py_ssize_t limit)
{
    PyObject *ahead;
    Py_ssize_t n = 1;

    do
        ahead = PyObject_CallMethod(self, "peek", "i", 1);
    while (ahead == NULL && _PyIO_TrapInterrupt());
    if (ahead == NULL)
        return -1;
    if (!PyString_Check(ahead)) {
        PyErr_Format(PyExc_IOError, "peek() should have returned a bytes object, not '%.200s'",
                     Py_TYPE(ahead)->tp_name);
        Py_DECREF(ahead);
        return -1;
    }
    Py_ssize_t in_sight = PyString_GET_SIZE(ahead);
    if (in_sight > 0) {
        if (limit >= 0 && in_sight > limit)
            in_sight = limit;
        const char *s = PyString_AS_STRING(ahead), *nl = memchr(s, '\n', (size_t)in_sight);
        n = nl != NULL ? nl - s + 1 : in_sight;
    }
    Py_DECREF(ahead);
    return n;
}

static PyObject *iobase_readline(PyObject *self, PyObject *args)
{
    Py_ssize_t limit = -1;

    if (!PyArg_ParseTuple(args, "|O&:readline", _PyIO_ConvertSize, &limit))
        return NULL;
    int can_peek = PyObject_HasAttrString(self, "peek");
    PyObject *line = PyByteArray_FromStringAndSize(NULL, 0), *result = NULL;
    if (line == NULL)
        return NULL;
    while (limit < 0 || PyByteArray_GET_SIZE(line) < limit) {
        Py_ssize_t size = PyByteArray_GET_SIZE(line), want = 1;
        if (can_peek && (want = iobase_line_part(self, limit < 0 ? -1 : limit - size)) < 0)
            goto done;
        PyObject *part = PyObject_CallMethod(self, "read", "n", want);
        if (part == NULL) {
            if (_PyIO_TrapInterrupt())
                continue;
            goto done;
        }
        if (!PyString_Check(part)) {
            PyErr_Format(PyExc_IOError, "read() should have returned a bytes object, not '%.200s'",
                         Py_TYPE(part)->tp_name);
            Py_DECREF(part);
            goto done;
        }
        Py_ssize_t n = PyString_GET_SIZE(part);
        if (n == 0) {
            Py_DECREF(part);
            break;
        }
        if (PyByteArray_Resize(line, size + n) < 0) {
            Py_DECREF(part);
            goto done;
        }
        memcpy(PyByteArray_AS_STRING(line) + size, PyString_AS_STRING(part), (size_t)n);
        Py_DECREF(part);
        if (PyByteArray_AS_STRING(line)[size + n - 1] == '\n')
            break;
    }
    result = PyString_FromStringAndSize(PyByteArray_AS_STRING(line), PyByteArray_GET_SIZE(line));
done:
    Py_DECREF(line);
    return result;
}

static PyObject *iobase_readlines(PyObject *self, PyObject *args)
{
    Py_ssize_t hint = -1, total = 0;

    if (!PyArg_ParseTuple(args, "|O&:readlines", _PyIO_ConvertSize, &hint))
        return NULL;
    PyObject *result = PyList_New(0);
    if (result == NULL)
        return NULL;
    PyObject *it = PyObject_GetIter(self), *line;
    if (it == NULL)
        goto fail;
    while ((line = PyIter_Next(it)) != NULL) {
        int status = PyList_Append(result, line);
        Py_ssize_t n = status < 0 ? -1 : PyObject_Size(line);
        Py_DECREF(line);
        if (n < 0)
            goto fail;
        total += n;
        if (hint > 0 && total > hint)
            break;
    }
    if (PyErr_Occurred())
        goto fail;
    Py_DECREF(it);
    return result;
fail:
    Py_XDECREF(it);
    Py_DECREF(result);
    return NULL;
}

static PyObject *iobase_writelines(PyObject *self, PyObject *args)
{
    PyObject *lines, *line;

    if (!PyArg_ParseTuple(args, "O:writelines", &lines) || _PyIO_CheckClosed(self) < 0)
        return NULL;
    PyObject *it = PyObject_GetIter(lines);
    if (it == NULL)
        return NULL;
    while ((line = PyIter_Next(it)) != NULL) {
        PyObject *count;
        do
            count = PyObject_CallMethod(self, "write", "O", line);
        while (count == NULL && _PyIO_TrapInterrupt());
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

/* Closing may run any Python code, which may also bring the stream back to life. */
int _PyIO_Finalize(PyObject *self)
{
    PyObject *type, *value, *traceback;
    int reviving = Py_REFCNT(self) == 0;

    if (reviving)
        Py_REFCNT(self) = 1;
    PyErr_Fetch(&type, &value, &traceback);
    int closed = PyObject_HasAttrString(self, "closed") ? _PyIO_IsClosed(self) : 0;
    if (closed < 0)
        PyErr_Clear();
    if (closed <= 0) {
        PyObject *answer = PyObject_CallMethod(self, "close", NULL);
        if (answer == NULL)
            PyErr_Clear(); /* nobody is there to hear of it */
        else
            Py_DECREF(answer);
    }
    PyErr_Restore(type, value, traceback);
    if (!reviving)
        return 0;
    if (--Py_REFCNT(self) == 0)
        return 0;
    /* It lives. The collector watched it before its deallocation began. */
    PyObject_GC_Track(self);
    return -1;
}

static void iobase_dealloc(PyObject *self)
{
    PyObject_GC_UnTrack(self);
    if (_PyIO_Finalize(self) < 0) {
        /* A class written in Python lets go of its type after this. */
        if (PyType_HasFeature(Py_TYPE(self), Py_TPFLAGS_HEAPTYPE))
            Py_INCREF(Py_TYPE(self));
        return;
    }
    if (((iobase *)self)->weakreflist != NULL)
        PyObject_ClearWeakRefs(self);
    Py_CLEAR(((iobase *)self)->dict);
    Py_TYPE(self)->tp_free(self);
}

static int iobase_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(((iobase *)self)->dict);
    return 0;
}

static int iobase_clear(PyObject *self)
{
    if (_PyIO_Finalize(self) < 0)
        return -1;
    Py_CLEAR(((iobase *)self)->dict);
    return 0;
}

static PyMethodDef iobase_methods[] = {
    {"seek", iobase_seek, METH_VARARGS,
     "Change stream position to an offset relative to the start (whence 0), the current\n"
     "position (1) or the end (2). Return the new absolute position."},
    {"tell", iobase_tell, METH_NOARGS, "Return current stream position."},
    {"truncate", iobase_truncate, METH_VARARGS, "Truncate file to size bytes."},
    {"flush", iobase_flush, METH_NOARGS, "Flush write buffers, if applicable."},
    {"close", iobase_close, METH_NOARGS, "Flush and close the IO object."},
    {"seekable", iobase_no, METH_NOARGS, "Return whether object supports random access."},
    {"readable", iobase_no, METH_NOARGS, "Return whether object was opened for reading."},
    {"writable", iobase_no, METH_NOARGS, "Return whether object was opened for writing."},
    {"_checkClosed", iobase_check_closed, METH_NOARGS, NULL},
    {"_checkSeekable", _PyIO_CheckSeekable, METH_NOARGS, NULL},
    {"_checkReadable", _PyIO_CheckReadable, METH_NOARGS, NULL},
    {"_checkWritable", _PyIO_CheckWritable, METH_NOARGS, NULL},
    {"fileno", iobase_fileno, METH_NOARGS, "Returns underlying file descriptor if one exists."},
    {"isatty", iobase_isatty, METH_NOARGS, "Return whether this is an 'interactive' stream."},
    {"__enter__", iobase_enter, METH_NOARGS, NULL},
    {"__exit__", iobase_exit, METH_VARARGS, NULL},
    {"readline", iobase_readline, METH_VARARGS, "Read and return a line from the stream."},
    {"readlines", iobase_readlines, METH_VARARGS, "Return a list of lines from the stream."},
    {"writelines", iobase_writelines, METH_VARARGS, "Write the lines to the stream."},
    {NULL},
};
static PyGetSetDef iobase_getset[] = {
    {"closed", iobase_closed_get},
    {NULL},
};

PyTypeObject _PyIO_IOBase = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "_io._IOBase",
    .tp_basicsize = sizeof(iobase),
    .tp_x64_basicsize = 32,
    .tp_dealloc = iobase_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "The abstract base class for all I/O classes, acting on streams of\nbytes. There is "
              "no public constructor.\n",
    .tp_traverse = iobase_traverse,
    .tp_clear = iobase_clear,
    .tp_weaklistoffset = offsetof(iobase, weakreflist),
    .tp_iter = iobase_iter,
    .tp_iternext = iobase_next,
    .tp_methods = iobase_methods,
    .tp_getset = iobase_getset,
    .tp_dictoffset = offsetof(iobase, dict),
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = PyType_GenericNew,
    .tp_free = PyObject_GC_Del,
};

/* _RawIOBase: read() over readinto(). */

static PyObject *rawiobase_read(PyObject *self, PyObject *args)
{
    Py_ssize_t n = -1;

    if (!PyArg_ParseTuple(args, "|n:read", &n))
        return NULL;
    if (n < 0)
        return PyObject_CallMethod(self, "readall", NULL);
    PyObject *space = PyByteArray_FromStringAndSize(NULL, n);
    if (space == NULL)
        return NULL;
    PyObject *count = PyObject_CallMethod(self, "readinto", "O", space), *result = count;
    if (count != NULL && count != Py_None) {
        n = PyNumber_AsSsize_t(count, PyExc_ValueError);
        Py_DECREF(count);
        result = NULL;
        if (n >= 0 && n <= PyByteArray_GET_SIZE(space))
            result = PyString_FromStringAndSize(PyByteArray_AS_STRING(space), n);
        else if (!PyErr_Occurred())
            PyErr_Format(PyExc_ValueError, "readinto returned %zd outside buffer size %zd", n,
                         PyByteArray_GET_SIZE(space));
    }
    Py_DECREF(space);
    return result;
}

static PyObject *rawiobase_readall(PyObject *self, PyObject *unused)
{
    PyObject *chunks = PyList_New(0), *result = NULL;

    if (chunks == NULL)
        return NULL;
    for (;;) {
        PyObject *data = PyObject_CallMethod(self, "read", "i", IO_BUFFER_SIZE);
        if (data == NULL) {
            if (_PyIO_TrapInterrupt())
                continue;
            goto done;
        }
        if (data == Py_None) {
            if (PyList_GET_SIZE(chunks) == 0) {
                result = data;
                goto done;
            }
            Py_DECREF(data);
            break;
        }
        if (!PyString_Check(data)) {
            Py_DECREF(data);
            PyErr_SetString(PyExc_TypeError, "read() should return bytes");
            goto done;
        }
        int last = PyString_GET_SIZE(data) == 0;
        int status = last ? 0 : PyList_Append(chunks, data);
        Py_DECREF(data);
        if (status < 0)
            goto done;
        if (last)
            break;
    }
    PyObject *empty = PyString_FromString("");
    if (empty != NULL) {
        result = PyString_Join(empty, chunks);
        Py_DECREF(empty);
    }
done:
    Py_DECREF(chunks);
    return result;
}

static PyMethodDef rawiobase_methods[] = {
    {"read", rawiobase_read, METH_VARARGS, NULL},
    {"readall", rawiobase_readall, METH_NOARGS, "Read until EOF, using multiple read() call."},
    {NULL},
};

PyTypeObject _PyIO_RawIOBase = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "_io._RawIOBase",
    .tp_basicsize = sizeof(iobase),
    .tp_x64_basicsize = 32,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = "Base class for raw binary I/O.",
    .tp_methods = rawiobase_methods,
    .tp_base = &_PyIO_IOBase,
};
