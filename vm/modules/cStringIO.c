/* SPDX-License-Identifier: MIT */
/* The module cStringIO: files in memory. StringO grows as it is written; StringI reads a string.
 * Both keep their bytes in one block; a closed file has none. */
#include "Python.h"

typedef struct {
    PyObject_HEAD char *buf; /* NULL: closed */
    Py_ssize_t pos, size, room;
    int softspace; /* StringO's */
} stringio;

static PyTypeObject Output_Type, Input_Type;

static int is_open(stringio *self)
{
    if (self->buf == NULL) {
        PyErr_SetString(PyExc_ValueError, "I/O operation on closed file");
        return 0;
    }
    return 1;
}

static int reserve(stringio *self, Py_ssize_t room)
{
    char *p;
    if (room <= self->room) {
        return 0;
    }
    if (room < PY_SSIZE_T_MAX / 2) {
        room = Py_MAX(room, self->room * 2);
    }
    p = PyMem_Realloc(self->buf, room);
    if (p == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    self->buf = p;
    self->room = room;
    return 0;
}

/* -- Reading ------------------------------------------------------------------------------------
 */
/* Takes n bytes from the position on. */
static PyObject *take(stringio *self, Py_ssize_t n)
{
    const char *s = self->buf + self->pos;
    self->pos += n;
    return PyString_FromStringAndSize(s, n);
}

static Py_ssize_t left(stringio *self)
{
    return self->pos < self->size ? self->size - self->pos : 0;
}

static Py_ssize_t line_length(stringio *self)
{
    Py_ssize_t n = left(self);
    const char *s = self->buf + self->pos, *end = n > 0 ? memchr(s, '\n', (size_t)n) : NULL;
    return end == NULL ? n : end - s + 1;
}

PyDoc_STRVAR(read_doc, "read([s]) -- Reads s characters, or the rest.");
static PyObject *io_read(PyObject *op, PyObject *args)
{
    stringio *self = (stringio *)op;
    Py_ssize_t n = -1;
    if (!PyArg_ParseTuple(args, "|n:read", &n) || !is_open(self)) {
        return NULL;
    }
    if (n < 0 || n > left(self)) {
        n = left(self);
    }
    return n == 0 ? PyString_FromString("") : take(self, n);
}

PyDoc_STRVAR(readline_doc, "readline([s]) -- Reads a line, at most s characters of it.");
static PyObject *io_readline(PyObject *op, PyObject *args)
{
    stringio *self = (stringio *)op;
    Py_ssize_t m = -1, n;
    if (!PyArg_ParseTuple(args, "|n:readline", &m) || !is_open(self)) {
        return NULL;
    }
    n = line_length(self);
    if (m >= 0 && m < n) {
        n = m;
    }
    return n == 0 ? PyString_FromString("") : take(self, n);
}

PyDoc_STRVAR(readlines_doc, "readlines([hint]) -- Reads lines until the end, or hint characters.");
static PyObject *io_readlines(PyObject *op, PyObject *args)
{
    stringio *self = (stringio *)op;
    Py_ssize_t hint = 0, total = 0;
    PyObject *list;

    if (!PyArg_ParseTuple(args, "|n:readlines", &hint) || !is_open(self)) {
        return NULL;
    }
    list = PyList_New(0);
    while (list != NULL && self->buf != NULL) {
        Py_ssize_t n = line_length(self);
        PyObject *line;
        int r;
        if (n == 0) {
            break;
        }
        line = take(self, n);
        r = line == NULL ? -1 : PyList_Append(list, line);
        Py_XDECREF(line);
        if (r < 0) {
            Py_CLEAR(list);
            break;
        }
        total += n;
        if (hint > 0 && total >= hint) {
            break;
        }
    }
    return list;
}

static PyObject *io_iternext(PyObject *op)
{
    stringio *self = (stringio *)op;
    Py_ssize_t n;
    if (!is_open(self)) {
        return NULL;
    }
    n = line_length(self);
    return n == 0 ? NULL : take(self, n);
}

PyDoc_STRVAR(getvalue_doc,
             "getvalue([use_pos]) -- The whole text, or what is before the position.");
static PyObject *io_getvalue(PyObject *op, PyObject *args)
{
    stringio *self = (stringio *)op;
    PyObject *use_pos = Py_None;
    Py_ssize_t n;
    int yes;

    if (!PyArg_UnpackTuple(args, "getval", 0, 1, &use_pos) || !is_open(self)) {
        return NULL;
    }
    yes = PyObject_IsTrue(use_pos);
    if (yes < 0 || !is_open(self)) {
        return NULL;
    }
    n = yes && self->pos < self->size ? self->pos : self->size;
    return PyString_FromStringAndSize(self->buf, n);
}

/* -- Position -----------------------------------------------------------------------------------
 */
PyDoc_STRVAR(tell_doc, "tell() -- The position.");
static PyObject *io_tell(PyObject *op, PyObject *unused)
{
    stringio *self = (stringio *)op;
    return is_open(self) ? PyInt_FromSsize_t(self->pos) : NULL;
}

PyDoc_STRVAR(reset_doc, "reset() -- Goes to the beginning.");
static PyObject *io_reset(PyObject *op, PyObject *unused)
{
    stringio *self = (stringio *)op;
    if (!is_open(self)) {
        return NULL;
    }
    self->pos = 0;
    Py_RETURN_NONE;
}

PyDoc_STRVAR(seek_doc, "seek(position[, mode]) -- Goes to the position.\n\n"
                       "mode: 0 from the beginning, 1 from here, 2 from the end.");
static PyObject *io_seek(PyObject *op, PyObject *args)
{
    stringio *self = (stringio *)op;
    Py_ssize_t position;
    int mode = 0;

    if (!is_open(self) || !PyArg_ParseTuple(args, "n|i:seek", &position, &mode)) {
        return NULL;
    }
    if (mode == 1 || mode == 2) {
        Py_ssize_t base = mode == 2 ? self->size : self->pos;
        if (position > PY_SSIZE_T_MAX - base) {
            return PyErr_NoMemory();
        }
        position += base;
    }
    if (position < 0) {
        position = 0;
    }
    if (Py_TYPE(op) == &Output_Type && position > self->size) {
        if (reserve(self, position) < 0) {
            return NULL;
        }
        memset(self->buf + self->size, 0, (size_t)(position - self->size));
    }
    self->pos = position;
    Py_RETURN_NONE;
}

PyDoc_STRVAR(truncate_doc, "truncate([pos]) -- Cuts the text at pos, or here, and goes there.");
static PyObject *io_truncate(PyObject *op, PyObject *args)
{
    stringio *self = (stringio *)op;
    Py_ssize_t pos = -1;

    if (!PyArg_ParseTuple(args, "|n:truncate", &pos) || !is_open(self)) {
        return NULL;
    }
    if (PyTuple_GET_SIZE(args) == 0) {
        pos = self->pos;
    }
    if (pos < 0) {
        return _PyErr_SetFromErrnum(PyExc_IOError, 22); /* EINVAL */
    }
    if (self->size > pos) {
        self->size = pos;
    }
    self->pos = self->size;
    Py_RETURN_NONE;
}

/* -- Writing ------------------------------------------------------------------------------------
 */
static int put(stringio *self, const char *s, Py_ssize_t n)
{
    if (n > PY_SSIZE_T_MAX - self->pos) {
        PyErr_NoMemory();
        return -1;
    }
    if (reserve(self, self->pos + n) < 0) {
        return -1;
    }
    if (self->pos > self->size) { /* it was cut after going there */
        memset(self->buf + self->size, 0, (size_t)(self->pos - self->size));
    }
    memcpy(self->buf + self->pos, s, (size_t)n);
    self->pos += n;
    if (self->size < self->pos) {
        self->size = self->pos;
    }
    return 0;
}

PyDoc_STRVAR(write_doc, "write(s) -- Writes a string.");
static PyObject *output_write(PyObject *op, PyObject *args)
{
    stringio *self = (stringio *)op;
    Py_buffer data;
    int r = -1;

    if (!PyArg_ParseTuple(args, "s*:write", &data)) {
        return NULL;
    }
    if (is_open(self)) {
        r = put(self, data.buf, data.len);
    }
    PyBuffer_Release(&data);
    if (r < 0) {
        return NULL;
    }
    Py_RETURN_NONE;
}

PyDoc_STRVAR(writelines_doc, "writelines(sequence_of_strings) -- Writes each string.");
static PyObject *output_writelines(PyObject *op, PyObject *seq)
{
    stringio *self = (stringio *)op;
    PyObject *it = PyObject_GetIter(seq), *s;

    if (it == NULL) {
        return NULL;
    }
    while ((s = PyIter_Next(it)) != NULL) {
        char *p;
        Py_ssize_t n;
        int r = -1;
        if (PyString_AsStringAndSize(s, &p, &n) == 0 && is_open(self)) {
            r = put(self, p, n);
        }
        Py_DECREF(s);
        if (r < 0) {
            Py_DECREF(it);
            return NULL;
        }
    }
    Py_DECREF(it);
    if (PyErr_Occurred()) {
        return NULL;
    }
    Py_RETURN_NONE;
}

/* -- The rest -----------------------------------------------------------------------------------
 */
PyDoc_STRVAR(flush_doc, "flush(): does nothing.");
static PyObject *io_flush(PyObject *op, PyObject *unused)
{
    if (!is_open((stringio *)op)) {
        return NULL;
    }
    Py_RETURN_NONE;
}

PyDoc_STRVAR(isatty_doc, "isatty(): always False.");
static PyObject *io_isatty(PyObject *op, PyObject *unused)
{
    if (!is_open((stringio *)op)) {
        return NULL;
    }
    Py_RETURN_FALSE;
}

PyDoc_STRVAR(close_doc, "close(): gives back what is held.");
static PyObject *io_close(PyObject *op, PyObject *unused)
{
    stringio *self = (stringio *)op;
    PyMem_Free(self->buf);
    self->buf = NULL;
    self->pos = self->size = self->room = 0;
    Py_RETURN_NONE;
}

static PyObject *io_closed(PyObject *op, void *closure)
{
    return PyBool_FromLong(((stringio *)op)->buf == NULL);
}

static void io_dealloc(PyObject *op)
{
    PyMem_Free(((stringio *)op)->buf);
    PyObject_Free(op);
}

#define COMMON_METHODS                                                                             \
    {"flush", io_flush, METH_NOARGS, flush_doc},                                                   \
        {"getvalue", io_getvalue, METH_VARARGS, getvalue_doc},                                     \
        {"isatty", io_isatty, METH_NOARGS, isatty_doc}, {"read", io_read, METH_VARARGS, read_doc}, \
        {"readline", io_readline, METH_VARARGS, readline_doc},                                     \
        {"readlines", io_readlines, METH_VARARGS, readlines_doc},                                  \
        {"reset", io_reset, METH_NOARGS, reset_doc}, {"seek", io_seek, METH_VARARGS, seek_doc},    \
        {"tell", io_tell, METH_NOARGS, tell_doc},                                                  \
        {"truncate", io_truncate, METH_VARARGS, truncate_doc},                                     \
    {                                                                                              \
        "close", io_close, METH_NOARGS, close_doc                                                  \
    }

static PyMethodDef output_methods[] = {
    COMMON_METHODS,
    {"write", output_write, METH_VARARGS, write_doc},
    {"writelines", output_writelines, METH_O, writelines_doc},
    {NULL, NULL, 0, NULL},
};

static PyMethodDef input_methods[] = {
    COMMON_METHODS,
    {NULL, NULL, 0, NULL},
};

static PyMemberDef output_members[] = {
    {"softspace", T_INT, offsetof(stringio, softspace), 0, "What print keeps."},
    {NULL, 0, 0, 0, NULL},
};

static PyGetSetDef io_getset[] = {
    {"closed", io_closed, NULL, "True if the file is closed", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyTypeObject Output_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "cStringIO.StringO",
    .tp_basicsize = sizeof(stringio),
    .tp_x64_basicsize = 56,
    .tp_dealloc = io_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_setattro = PyObject_GenericSetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "Simple type for output to strings.",
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = io_iternext,
    .tp_methods = output_methods,
    .tp_members = output_members,
    .tp_getset = io_getset,
};

static PyTypeObject Input_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "cStringIO.StringI",
    .tp_basicsize = sizeof(stringio),
    .tp_x64_basicsize = 136,
    .tp_dealloc = io_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "Simple type for treating strings as input file streams",
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = io_iternext,
    .tp_methods = input_methods,
    .tp_getset = io_getset,
};

static PyObject *new_file(PyTypeObject *type, const char *s, Py_ssize_t n)
{
    stringio *self = PyObject_New(stringio, type);
    if (self == NULL) {
        return NULL;
    }
    self->pos = 0;
    self->softspace = 0;
    self->size = n;
    self->room = n > 0 ? n : 128;
    self->buf = PyMem_Malloc(self->room);
    if (self->buf == NULL) {
        Py_DECREF(self);
        return PyErr_NoMemory();
    }
    if (n > 0) {
        memcpy(self->buf, s, (size_t)n);
    }
    return (PyObject *)self;
}

PyDoc_STRVAR(StringIO_doc, "StringIO([s]) -- A file in memory: to read s, or without s to write.");
static PyObject *io_StringIO(PyObject *module, PyObject *args)
{
    PyObject *s = NULL, *file;
    Py_buffer data;

    if (!PyArg_UnpackTuple(args, "StringIO", 0, 1, &s)) {
        return NULL;
    }
    if (s == NULL) {
        return new_file(&Output_Type, NULL, 0);
    }
    if (!PyArg_ParseTuple(args, "s*:StringIO", &data)) {
        return NULL;
    }
    file = new_file(&Input_Type, data.buf, data.len);
    PyBuffer_Release(&data);
    return file;
}

static PyMethodDef io_functions[] = {
    {"StringIO", io_StringIO, METH_VARARGS, StringIO_doc},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject *const io_types[] = {&Output_Type, &Input_Type};

void initcStringIO(void);
void initcStringIO(void)
{
    PyObject *m, *api;

    if (PyType_Ready(&Output_Type) < 0 || PyType_Ready(&Input_Type) < 0) {
        return;
    }
    m = Py_InitModule3("cStringIO", io_functions, "Files in memory, made in C.");
    if (m == NULL) {
        return;
    }
    Py_INCREF(&Input_Type);
    PyModule_AddObject(m, "InputType", (PyObject *)&Input_Type);
    Py_INCREF(&Output_Type);
    PyModule_AddObject(m, "OutputType", (PyObject *)&Output_Type);
    api = PyCapsule_New((void *)(uintptr_t)io_types, "cStringIO.cStringIO_CAPI", NULL);
    if (api != NULL) {
        PyModule_AddObject(m, "cStringIO_CAPI", api);
    }
}
