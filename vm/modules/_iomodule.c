/* SPDX-License-Identifier: MIT */
/* The module _io: open(), the exceptions, and the list of types. */
#include "Python.h"
#include "modules/io_private.h"
#include "host/host.h"

PyObject *_PyIO_UnsupportedOperation;

/* BlockingIOError: an IOError that tells how much was written. */

static int blocking_init(PyObject *op, PyObject *args, PyObject *kwds)
{
    PyObject *code, *text;
    Py_ssize_t written = 0;

    if (!PyArg_ParseTuple(args, "OO|n:BlockingIOError", &code, &text, &written))
        return -1;
    PyObject *base_args = PyTuple_Pack(2, code, text);
    if (base_args == NULL)
        return -1;
    int status = ((PyTypeObject *)PyExc_IOError)->tp_init(op, base_args, kwds);
    Py_DECREF(base_args);
    ((_PyIO_BlockingError *)op)->written = written;
    return status;
}

static PyMemberDef blocking_members[] = {
    {"characters_written", T_PYSSIZET, offsetof(_PyIO_BlockingError, written), 0},
    {NULL},
};

PyTypeObject _PyIO_BlockingIOError = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "BlockingIOError",
    .tp_basicsize = sizeof(_PyIO_BlockingError),
    .tp_x64_basicsize = 80,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_BASE_EXC_SUBCLASS,
    .tp_doc = "Exception raised when I/O would block on a non-blocking I/O stream",
    .tp_members = blocking_members,
    .tp_init = blocking_init,
};

void _PyIO_RaiseBlocking(Py_ssize_t written)
{
    PyObject *error = PyObject_CallFunction((PyObject *)&_PyIO_BlockingIOError, "isn", IO_EAGAIN,
                                            "write could not complete without blocking", written);

    if (error != NULL) {
        PyErr_SetObject((PyObject *)&_PyIO_BlockingIOError, error);
        Py_DECREF(error);
    }
}

/* open() */

typedef struct {
    int reading, writing, appending, updating, text, binary, universal;
} open_mode;

static int open_parse_mode(const char *mode, open_mode *m)
{
    memset(m, 0, sizeof *m);
    for (const char *s = mode; *s != '\0'; s++) {
        switch (*s) {
        case 'r':
            m->reading = 1;
            break;
        case 'w':
            m->writing = 1;
            break;
        case 'a':
            m->appending = 1;
            break;
        case '+':
            m->updating = 1;
            break;
        case 't':
            m->text = 1;
            break;
        case 'b':
            m->binary = 1;
            break;
        case 'U':
            m->universal = 1;
            m->reading = 1;
            break;
        default:
            goto invalid;
        }
        if (strchr(s + 1, *s) != NULL)
            goto invalid;
    }
    return 0;
invalid:
    PyErr_Format(PyExc_ValueError, "invalid mode: '%s'", mode);
    return -1;
}

static int open_check(open_mode *m, const char *encoding, const char *errors, const char *newline)
{
    const char *complaint = NULL;

    if (m->universal) {
        if (m->writing || m->appending)
            complaint = "can't use U and writing mode at once";
        m->reading = 1;
    }
    if (complaint == NULL && m->text && m->binary)
        complaint = "can't have text and binary mode at once";
    if (complaint == NULL && m->reading + m->writing + m->appending > 1)
        complaint = "must have exactly one of read/write/append mode";
    if (complaint == NULL && m->binary && encoding != NULL)
        complaint = "binary mode doesn't take an encoding argument";
    if (complaint == NULL && m->binary && errors != NULL)
        complaint = "binary mode doesn't take an errors argument";
    if (complaint == NULL && m->binary && newline != NULL)
        complaint = "binary mode doesn't take a newline argument";
    if (complaint == NULL)
        return 0;
    PyErr_SetString(PyExc_ValueError, complaint);
    return -1;
}

/* The file's preferred buffer size, from its raw stream's descriptor. */
static int open_buffer_size(PyObject *raw)
{
    host_stat_t st;
    PyObject *fileno = PyObject_CallMethod(raw, "fileno", NULL);

    if (fileno == NULL)
        return -1;
    int fd = _PyLong_AsInt(fileno);
    Py_DECREF(fileno);
    if (fd == -1 && PyErr_Occurred())
        return -1;
    return host_fstat(fd, &st) >= 0 && st.blksize > 1 ? st.blksize : IO_BUFFER_SIZE;
}

PyDoc_STRVAR(
    open_doc,
    "open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, "
    "closefd=True)\n\n"
    "Open file and return a stream.  Raise IOError upon failure.\n\n"
    "file is a path or a descriptor. mode: 'r' (default), 'w' or 'a', with '+' for updating,\n"
    "'b' for binary or 't' for text (default), 'U' for universal newlines (the default for\n"
    "text). buffering: 0 none (binary only), 1 by lines (text only), more: size of the buffer.");

PyObject *_PyIO_Open(PyObject *module, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"file",   "mode",    "buffering", "encoding",
                            "errors", "newline", "closefd",   NULL};
    PyObject *file, *raw = NULL, *buffered = NULL, *result = NULL;
    const char *mode = "r", *encoding = NULL, *errors = NULL, *newline = NULL;
    int buffering = -1, closefd = 1, line_buffering = 0;
    char raw_mode[4], *p = raw_mode;
    open_mode m;

    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O|sizzzi:open", names, &file, &mode, &buffering,
                                     &encoding, &errors, &newline, &closefd))
        return NULL;
    if (!PyUnicode_Check(file) && !PyString_Check(file) && !PyNumber_Check(file)) {
        PyObject *text = PyObject_Repr(file);
        if (text != NULL) {
            PyErr_Format(PyExc_TypeError, "invalid file: %s", PyString_AS_STRING(text));
            Py_DECREF(text);
        }
        return NULL;
    }
    if (open_parse_mode(mode, &m) < 0 || open_check(&m, encoding, errors, newline) < 0)
        return NULL;
    if (m.reading)
        *p++ = 'r';
    if (m.writing)
        *p++ = 'w';
    if (m.appending)
        *p++ = 'a';
    if (m.updating)
        *p++ = '+';
    *p = '\0';

    result = raw = PyObject_CallFunction((PyObject *)&_PyIO_FileIO, "Osi", file, raw_mode, closefd);
    if (raw == NULL)
        return NULL;
    int tty = buffering < 0 ? _PyIO_Asks(raw, "isatty") : 0;
    if (tty < 0)
        goto fail;
    if (buffering == 1 || tty) {
        buffering = -1;
        line_buffering = 1;
    }
    if (buffering < 0 && (buffering = open_buffer_size(raw)) < 0)
        goto fail;
    if (buffering == 0) {
        if (m.binary)
            return raw;
        PyErr_SetString(PyExc_ValueError, "can't have unbuffered text I/O");
        goto fail;
    }
    PyTypeObject *type = m.updating                 ? &_PyIO_BufferedRandom
                         : m.writing || m.appending ? &_PyIO_BufferedWriter
                         : m.reading                ? &_PyIO_BufferedReader
                                                    : NULL;
    if (type == NULL) {
        PyErr_Format(PyExc_ValueError, "unknown mode: '%s'", mode);
        goto fail;
    }
    buffered = PyObject_CallFunction((PyObject *)type, "Oi", raw, buffering);
    if (buffered == NULL)
        goto fail;
    result = buffered;
    Py_DECREF(raw);
    if (m.binary)
        return buffered;
    PyObject *wrapper = PyObject_CallFunction((PyObject *)&_PyIO_TextIOWrapper, "Osssi", buffered,
                                              encoding, errors, newline, line_buffering);
    if (wrapper == NULL)
        goto fail;
    result = wrapper;
    Py_DECREF(buffered);
    PyObject *given = PyUnicode_FromString(mode);
    int status = given == NULL ? -1 : PyObject_SetAttrString(wrapper, "mode", given);
    Py_XDECREF(given);
    if (status < 0)
        goto fail;
    return wrapper;
fail : {
    /* Nothing is to be left open, and the first error to be told. */
    PyObject *et, *ev, *tb;
    PyErr_Fetch(&et, &ev, &tb);
    if (_PyIO_Tell(result, "close") < 0)
        PyErr_Clear();
    PyErr_Restore(et, ev, tb);
    Py_DECREF(result);
    return NULL;
}
}

static PyMethodDef io_functions[] = {
    {"open", PyCFunction_CAST(_PyIO_Open), METH_VARARGS | METH_KEYWORDS, open_doc},
    {NULL},
};

PyMODINIT_FUNC init_io(void)
{
    static const struct {
        const char *name;
        PyTypeObject *type;
    } types[] = {
        {"_IOBase", &_PyIO_IOBase},
        {"_RawIOBase", &_PyIO_RawIOBase},
        {"_BufferedIOBase", &_PyIO_BufferedIOBase},
        {"_TextIOBase", &_PyIO_TextIOBase},
        {"FileIO", &_PyIO_FileIO},
        {"BytesIO", &_PyIO_BytesIO},
        {"StringIO", &_PyIO_StringIO},
        {"BufferedReader", &_PyIO_BufferedReader},
        {"BufferedWriter", &_PyIO_BufferedWriter},
        {"BufferedRWPair", &_PyIO_BufferedRWPair},
        {"BufferedRandom", &_PyIO_BufferedRandom},
        {"TextIOWrapper", &_PyIO_TextIOWrapper},
        {"IncrementalNewlineDecoder", &_PyIO_NewlineDecoder},
        {"BlockingIOError", &_PyIO_BlockingIOError},
    };
    PyObject *m =
        Py_InitModule4("_io", io_functions, "The io module's streams: see the documentation of io.",
                       NULL, PYTHON_API_VERSION);

    if (m == NULL)
        return;
    if (PyModule_AddIntConstant(m, "DEFAULT_BUFFER_SIZE", IO_BUFFER_SIZE) < 0)
        return;
    _PyIO_UnsupportedOperation =
        PyObject_CallFunction((PyObject *)&PyType_Type, "s(OO){}", "UnsupportedOperation",
                              PyExc_ValueError, PyExc_IOError);
    if (_PyIO_UnsupportedOperation == NULL)
        return;
    Py_INCREF(_PyIO_UnsupportedOperation);
    if (PyModule_AddObject(m, "UnsupportedOperation", _PyIO_UnsupportedOperation) < 0)
        return;
    _PyIO_BlockingIOError.tp_base = (PyTypeObject *)PyExc_IOError;
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (PyType_Ready(types[i].type) < 0)
            return;
        Py_INCREF(types[i].type);
        if (PyModule_AddObject(m, types[i].name, (PyObject *)types[i].type) < 0)
            return;
    }
}
