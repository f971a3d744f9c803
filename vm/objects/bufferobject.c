/* SPDX-License-Identifier: MIT */
/* buffer: a window on the memory of another object, or on memory of its own. Invariant: the memory
 * of a base object is asked for anew at each use, since the object may have moved it; the window is
 * clipped to what is there then. */
#include "Python.h"

typedef struct {
    PyObject_HEAD PyObject *base; /* NULL: ptr is the memory */
    void *ptr;
    Py_ssize_t size, offset; /* size may be Py_END_OF_BUFFER */
    int readonly;
    py_long hash;
} PyBufferObject;

#define BUFFER(op) ((PyBufferObject *)(op))
typedef enum { READ_BUFFER, WRITE_BUFFER, CHAR_BUFFER, ANY_BUFFER } buffer_access;

/* The memory of a single-segment object through the old protocol; -1 with an exception. */
static Py_ssize_t buffer_of_object(PyObject *ob, buffer_access access, void **ptr)
{
    PyBufferProcs *procs = Py_TYPE(ob)->tp_as_buffer;
    const char *kind = access == READ_BUFFER ? "read" : access == WRITE_BUFFER ? "write" : "char";

    if (procs == NULL || procs->bf_getsegcount == NULL || procs->bf_getsegcount(ob, NULL) != 1) {
        PyErr_SetString(PyExc_TypeError, "single-segment buffer object expected");
        return -1;
    }
    if (access == READ_BUFFER && procs->bf_getreadbuffer != NULL)
        return procs->bf_getreadbuffer(ob, 0, ptr);
    if (access == WRITE_BUFFER && procs->bf_getwritebuffer != NULL)
        return procs->bf_getwritebuffer(ob, 0, ptr);
    if (access == CHAR_BUFFER && procs->bf_getcharbuffer != NULL) {
        char *text = NULL;
        Py_ssize_t n = procs->bf_getcharbuffer(ob, 0, &text);
        *ptr = text;
        return n;
    }
    PyErr_Format(PyExc_TypeError, "%s buffer type not available", kind);
    return -1;
}

/* The window: 1, or 0 with an exception. */
static int buffer_window(PyBufferObject *self, void **ptr, Py_ssize_t *size, buffer_access access)
{
    if (self->base == NULL) {
        *ptr = self->ptr;
        *size = self->size;
        return 1;
    }
    if (access == ANY_BUFFER)
        access = self->readonly ? READ_BUFFER : WRITE_BUFFER;
    Py_ssize_t there = buffer_of_object(self->base, access, ptr);
    if (there < 0)
        return 0;
    Py_ssize_t offset = self->offset > there ? there : self->offset;
    *ptr = (char *)*ptr + offset;
    *size = self->size == Py_END_OF_BUFFER ? there : self->size;
    if (*size > there - offset)
        *size = there - offset;
    return 1;
}

static PyObject *buffer_make(PyObject *base, void *ptr, Py_ssize_t size, Py_ssize_t offset,
                             int readonly)
{
    if (size < 0 && size != Py_END_OF_BUFFER) {
        PyErr_SetString(PyExc_ValueError, "size must be zero or positive");
        return NULL;
    }
    if (offset < 0) {
        PyErr_SetString(PyExc_ValueError, "offset must be zero or positive");
        return NULL;
    }
    PyBufferObject *b = PyObject_New(PyBufferObject, &PyBuffer_Type);
    if (b == NULL)
        return NULL;
    Py_XINCREF(base);
    b->base = base;
    b->ptr = ptr;
    b->size = size;
    b->offset = offset;
    b->readonly = readonly;
    b->hash = -1;
    return (PyObject *)b;
}

static PyObject *buffer_of_base(PyObject *base, Py_ssize_t size, Py_ssize_t offset, int readonly)
{
    if (offset < 0) {
        PyErr_SetString(PyExc_ValueError, "offset must be zero or positive");
        return NULL;
    }
    /* A window on a window looks at the object itself. */
    if (PyBuffer_Check(base) && BUFFER(base)->base != NULL) {
        PyBufferObject *b = BUFFER(base);
        if (b->size != Py_END_OF_BUFFER) {
            Py_ssize_t left = b->size - offset < 0 ? 0 : b->size - offset;
            if (size == Py_END_OF_BUFFER || size > left)
                size = left;
        }
        offset = offset > PY_SSIZE_T_MAX - b->offset ? PY_SSIZE_T_MAX : offset + b->offset;
        base = b->base;
    }
    return buffer_make(base, NULL, size, offset, readonly);
}

PyObject *PyBuffer_FromObject(PyObject *base, Py_ssize_t offset, Py_ssize_t size)
{
    PyBufferProcs *procs = Py_TYPE(base)->tp_as_buffer;

    if (procs == NULL || procs->bf_getreadbuffer == NULL || procs->bf_getsegcount == NULL) {
        PyErr_SetString(PyExc_TypeError, "buffer object expected");
        return NULL;
    }
    return buffer_of_base(base, size, offset, 1);
}

PyObject *PyBuffer_FromReadWriteObject(PyObject *base, Py_ssize_t offset, Py_ssize_t size)
{
    PyBufferProcs *procs = Py_TYPE(base)->tp_as_buffer;

    if (procs == NULL || procs->bf_getwritebuffer == NULL || procs->bf_getsegcount == NULL) {
        PyErr_SetString(PyExc_TypeError, "buffer object expected");
        return NULL;
    }
    return buffer_of_base(base, size, offset, 0);
}

PyObject *PyBuffer_FromMemory(void *ptr, Py_ssize_t size)
{
    return buffer_make(NULL, ptr, size, 0, 1);
}

PyObject *PyBuffer_FromReadWriteMemory(void *ptr, Py_ssize_t size)
{
    return buffer_make(NULL, ptr, size, 0, 0);
}

/* Memory of its own, behind the object. */
PyObject *PyBuffer_New(Py_ssize_t size)
{
    if (size < 0) {
        PyErr_SetString(PyExc_ValueError, "size must be zero or positive");
        return NULL;
    }
    if (size > PY_SSIZE_T_MAX - (Py_ssize_t)sizeof(PyBufferObject))
        return PyErr_NoMemory();
    PyBufferObject *b = PyObject_Malloc((Py_ssize_t)sizeof *b + size);
    if (b == NULL)
        return PyErr_NoMemory();
    (void)PyObject_INIT(b, &PyBuffer_Type);
    b->base = NULL;
    b->ptr = b + 1;
    b->size = size;
    b->offset = 0;
    b->readonly = 0;
    b->hash = -1;
    return (PyObject *)b;
}

static PyObject *buffer_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyObject *ob;
    Py_ssize_t offset = 0, size = Py_END_OF_BUFFER;

    if (PyErr_WarnPy3k("buffer() not supported in 3.x", 1) < 0)
        return NULL;
    if (!_PyArg_NoKeywords("buffer()", kwds))
        return NULL;
    if (!PyArg_ParseTuple(args, "O|nn:buffer", &ob, &offset, &size))
        return NULL;
    return PyBuffer_FromObject(ob, offset, size);
}

static void buffer_dealloc(PyObject *self)
{
    Py_XDECREF(BUFFER(self)->base);
    PyObject_Del(self);
}

static int buffer_compare(PyObject *a, PyObject *b)
{
    void *p, *q;
    Py_ssize_t np, nq;

    if (!buffer_window(BUFFER(a), &p, &np, ANY_BUFFER) ||
        !buffer_window(BUFFER(b), &q, &nq, ANY_BUFFER))
        return -1;
    Py_ssize_t shorter = np < nq ? np : nq;
    int order = shorter > 0 ? memcmp(p, q, (size_t)shorter) : 0;
    if (order != 0)
        return order < 0 ? -1 : 1;
    return np < nq ? -1 : np > nq;
}

static PyObject *buffer_repr(PyObject *op)
{
    PyBufferObject *self = BUFFER(op);
    const char *status = self->readonly ? "read-only" : "read-write";

    if (self->base == NULL)
        return PyString_FromFormat("<%s buffer ptr %p, size %zd at %p>", status, self->ptr,
                                   self->size, (void *)self);
    return PyString_FromFormat("<%s buffer for %p, size %zd, offset %zd at %p>", status,
                               (void *)self->base, self->size, self->offset, (void *)self);
}

static py_long buffer_hash(PyObject *op)
{
    PyBufferObject *self = BUFFER(op);
    void *p;
    Py_ssize_t n;

    if (self->hash != -1)
        return self->hash;
    if (!self->readonly) {
        PyErr_SetString(PyExc_TypeError, "writable buffers are not hashable");
        return -1;
    }
    if (!buffer_window(self, &p, &n, ANY_BUFFER))
        return -1;
    self->hash = _Py_HashBytes(p, n);
    return self->hash;
}

static PyObject *buffer_str(PyObject *self)
{
    void *p;
    Py_ssize_t n;

    if (!buffer_window(BUFFER(self), &p, &n, ANY_BUFFER))
        return NULL;
    return PyString_FromStringAndSize(p, n);
}

static Py_ssize_t buffer_length(PyObject *self)
{
    void *p;
    Py_ssize_t n;

    return buffer_window(BUFFER(self), &p, &n, ANY_BUFFER) ? n : -1;
}

/* The bytes of an operand; -1 with an exception. */
static Py_ssize_t buffer_operand(PyObject *other, void **ptr)
{
    PyBufferProcs *procs = other != NULL ? Py_TYPE(other)->tp_as_buffer : NULL;

    if (procs == NULL || procs->bf_getreadbuffer == NULL || procs->bf_getsegcount == NULL) {
        PyErr_BadArgument();
        return -1;
    }
    return buffer_of_object(other, READ_BUFFER, ptr);
}

static PyObject *buffer_concat(PyObject *self, PyObject *other)
{
    PyBufferProcs *procs = Py_TYPE(other)->tp_as_buffer;
    void *p, *q;
    Py_ssize_t np, nq;

    if (procs == NULL || procs->bf_getreadbuffer == NULL || procs->bf_getsegcount == NULL) {
        PyErr_BadArgument();
        return NULL;
    }
    if (procs->bf_getsegcount(other, NULL) != 1) {
        PyErr_SetString(PyExc_TypeError, "single-segment buffer object expected");
        return NULL;
    }
    if (!buffer_window(BUFFER(self), &p, &np, ANY_BUFFER))
        return NULL;
    if (np == 0) {
        Py_INCREF(other);
        return other;
    }
    nq = buffer_operand(other, &q);
    if (nq < 0)
        return NULL;
    if (np > PY_SSIZE_T_MAX - nq)
        return PyErr_NoMemory();
    PyObject *result = PyString_FromStringAndSize(NULL, np + nq);
    if (result == NULL)
        return NULL;
    memcpy(PyString_AS_STRING(result), p, (size_t)np);
    memcpy(PyString_AS_STRING(result) + np, q, (size_t)nq);
    return result;
}

static PyObject *buffer_repeat(PyObject *self, Py_ssize_t times)
{
    void *p;
    Py_ssize_t n;

    if (times < 0)
        times = 0;
    if (!buffer_window(BUFFER(self), &p, &n, ANY_BUFFER))
        return NULL;
    if (times > 0 && n > PY_SSIZE_T_MAX / times) {
        PyErr_SetString(PyExc_MemoryError, "result too large");
        return NULL;
    }
    PyObject *result = PyString_FromStringAndSize(NULL, n * times);
    if (result == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < times; i++)
        memcpy(PyString_AS_STRING(result) + i * n, p, (size_t)n);
    return result;
}

static PyObject *buffer_item(PyObject *self, Py_ssize_t i)
{
    void *p;
    Py_ssize_t n;

    if (!buffer_window(BUFFER(self), &p, &n, ANY_BUFFER))
        return NULL;
    if (i < 0 || i >= n) {
        PyErr_SetString(PyExc_IndexError, "buffer index out of range");
        return NULL;
    }
    return PyString_FromStringAndSize((char *)p + i, 1);
}

static void buffer_clip(Py_ssize_t n, Py_ssize_t *low, Py_ssize_t *high)
{
    if (*low < 0)
        *low = 0;
    else if (*low > n)
        *low = n;
    if (*high < *low)
        *high = *low;
    else if (*high > n)
        *high = n;
}

static PyObject *buffer_slice(PyObject *self, Py_ssize_t low, Py_ssize_t high)
{
    void *p;
    Py_ssize_t n;

    if (!buffer_window(BUFFER(self), &p, &n, ANY_BUFFER))
        return NULL;
    buffer_clip(n, &low, &high);
    return PyString_FromStringAndSize((char *)p + low, high - low);
}

static PyObject *buffer_subscript(PyObject *self, PyObject *key)
{
    void *p;
    Py_ssize_t n, start, stop, step, count;

    if (!buffer_window(BUFFER(self), &p, &n, ANY_BUFFER))
        return NULL;
    if (PyIndex_Check(key)) {
        Py_ssize_t i = PyNumber_AsSsize_t(key, PyExc_IndexError);
        if (i == -1 && PyErr_Occurred())
            return NULL;
        return buffer_item(self, i < 0 ? i + n : i);
    }
    if (!PySlice_Check(key)) {
        PyErr_SetString(PyExc_TypeError, "sequence index must be integer");
        return NULL;
    }
    if (PySlice_GetIndicesEx((PySliceObject *)key, n, &start, &stop, &step, &count) < 0)
        return NULL;
    if (count <= 0)
        return PyString_FromStringAndSize("", 0);
    PyObject *result = PyString_FromStringAndSize(NULL, count);
    if (result == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < count; i++)
        PyString_AS_STRING(result)[i] = ((char *)p)[start + i * step];
    return result;
}

static int buffer_writable(PyObject *self)
{
    if (!BUFFER(self)->readonly)
        return 1;
    PyErr_SetString(PyExc_TypeError, "buffer is read-only");
    return 0;
}

static int buffer_ass_item(PyObject *self, Py_ssize_t i, PyObject *value)
{
    void *p, *q;
    Py_ssize_t n;

    if (!buffer_writable(self) || !buffer_window(BUFFER(self), &p, &n, ANY_BUFFER))
        return -1;
    if (i < 0 || i >= n) {
        PyErr_SetString(PyExc_IndexError, "buffer assignment index out of range");
        return -1;
    }
    Py_ssize_t nq = buffer_operand(value, &q);
    if (nq < 0)
        return -1;
    if (nq != 1) {
        PyErr_SetString(PyExc_TypeError, "right operand must be a single byte");
        return -1;
    }
    ((char *)p)[i] = *(char *)q;
    return 0;
}

static int buffer_assign(PyObject *self, Py_ssize_t start, Py_ssize_t step, Py_ssize_t count,
                         PyObject *value)
{
    void *p, *q;
    Py_ssize_t n, nq = buffer_operand(value, &q);

    if (nq < 0 || !buffer_window(BUFFER(self), &p, &n, ANY_BUFFER))
        return -1;
    if (nq != count) {
        PyErr_SetString(PyExc_TypeError, "right operand length must match slice length");
        return -1;
    }
    if (step == 1)
        memmove((char *)p + start, q, (size_t)count);
    else
        for (Py_ssize_t i = 0; i < count; i++)
            ((char *)p)[start + i * step] = ((char *)q)[i];
    return 0;
}

static int buffer_ass_slice(PyObject *self, Py_ssize_t low, Py_ssize_t high, PyObject *value)
{
    void *p;
    Py_ssize_t n;

    if (!buffer_writable(self) || !buffer_window(BUFFER(self), &p, &n, ANY_BUFFER))
        return -1;
    buffer_clip(n, &low, &high);
    return buffer_assign(self, low, 1, high - low, value);
}

static int buffer_ass_subscript(PyObject *self, PyObject *key, PyObject *value)
{
    void *p;
    Py_ssize_t n, start, stop, step, count;

    if (!buffer_writable(self) || !buffer_window(BUFFER(self), &p, &n, ANY_BUFFER))
        return -1;
    if (PyIndex_Check(key)) {
        Py_ssize_t i = PyNumber_AsSsize_t(key, PyExc_IndexError);
        if (i == -1 && PyErr_Occurred())
            return -1;
        return buffer_ass_item(self, i < 0 ? i + n : i, value);
    }
    if (!PySlice_Check(key)) {
        PyErr_SetString(PyExc_TypeError, "buffer indices must be integers");
        return -1;
    }
    if (PySlice_GetIndicesEx((PySliceObject *)key, n, &start, &stop, &step, &count) < 0)
        return -1;
    return buffer_assign(self, start, step, count, value);
}

/* The buffer protocols. */

static int buffer_segment_zero(Py_ssize_t segment)
{
    if (segment == 0)
        return 1;
    PyErr_SetString(PyExc_SystemError, "accessing non-existent buffer segment");
    return 0;
}

static Py_ssize_t buffer_getreadbuf(PyObject *self, Py_ssize_t segment, void **pp)
{
    Py_ssize_t n;

    if (!buffer_segment_zero(segment) || !buffer_window(BUFFER(self), pp, &n, READ_BUFFER))
        return -1;
    return n;
}

static Py_ssize_t buffer_getwritebuf(PyObject *self, Py_ssize_t segment, void **pp)
{
    Py_ssize_t n;

    if (!buffer_writable(self) || !buffer_segment_zero(segment) ||
        !buffer_window(BUFFER(self), pp, &n, WRITE_BUFFER))
        return -1;
    return n;
}

static Py_ssize_t buffer_getsegcount(PyObject *self, Py_ssize_t *lenp)
{
    void *p;
    Py_ssize_t n;

    if (!buffer_window(BUFFER(self), &p, &n, ANY_BUFFER))
        return -1;
    if (lenp != NULL)
        *lenp = n;
    return 1;
}

static Py_ssize_t buffer_getcharbuf(PyObject *self, Py_ssize_t segment, char **pp)
{
    void *p;
    Py_ssize_t n;

    if (!buffer_segment_zero(segment) || !buffer_window(BUFFER(self), &p, &n, CHAR_BUFFER))
        return -1;
    *pp = p;
    return n;
}

static int buffer_getbuffer(PyObject *self, Py_buffer *view, int flags)
{
    void *p;
    Py_ssize_t n;

    if (!buffer_window(BUFFER(self), &p, &n, ANY_BUFFER))
        return -1;
    return PyBuffer_FillInfo(view, self, p, n, BUFFER(self)->readonly, flags);
}

static PySequenceMethods buffer_as_sequence = {
    .sq_length = buffer_length,
    .sq_concat = buffer_concat,
    .sq_repeat = buffer_repeat,
    .sq_item = buffer_item,
    .sq_slice = buffer_slice,
    .sq_ass_item = buffer_ass_item,
    .sq_ass_slice = buffer_ass_slice,
};
static PyMappingMethods buffer_as_mapping = {
    .mp_length = buffer_length,
    .mp_subscript = buffer_subscript,
    .mp_ass_subscript = buffer_ass_subscript,
};
static PyBufferProcs buffer_as_buffer = {
    .bf_getreadbuffer = buffer_getreadbuf,
    .bf_getwritebuffer = buffer_getwritebuf,
    .bf_getsegcount = buffer_getsegcount,
    .bf_getcharbuffer = buffer_getcharbuf,
    .bf_getbuffer = buffer_getbuffer,
};

PyTypeObject PyBuffer_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "buffer",
    .tp_basicsize = sizeof(PyBufferObject),
    .tp_x64_basicsize = 64,
    .tp_dealloc = buffer_dealloc,
    .tp_compare = buffer_compare,
    .tp_repr = buffer_repr,
    .tp_as_sequence = &buffer_as_sequence,
    .tp_as_mapping = &buffer_as_mapping,
    .tp_hash = buffer_hash,
    .tp_str = buffer_str,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_as_buffer = &buffer_as_buffer,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_NEWBUFFER,
    .tp_doc = "buffer(object [, offset[, size]])\n\n"
              "A read-only window on the memory of an object, from offset (default 0) on,\n"
              "size bytes long (default: to the end).",
    .tp_new = buffer_new,
};
