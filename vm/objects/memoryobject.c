/* SPDX-License-Identifier: MIT */
/* memoryview: a Py_buffer as a Python object. Invariant: shape and strides of a one-dimensional
 * view point into the view's own smalltable, so that the object can be handed about. */
#include "Python.h"

#define VIEW(op) (&((PyMemoryViewObject *)(op))->view)

static Py_ssize_t memory_count(const Py_buffer *view)
{
    if (view->shape != NULL)
        return view->shape[0];
    if (view->ndim == 0)
        return 1;
    return view->itemsize > 0 ? view->len / view->itemsize : view->len;
}

/* Copies a view; what points into the source then points into the copy. */
static void memory_copy_view(Py_buffer *to, const Py_buffer *from)
{
    Py_ssize_t count = from->ndim == 1 && from->shape != NULL ? from->shape[0] : 0;
    Py_ssize_t stride = from->ndim == 1 && from->strides != NULL ? from->strides[0] : 0;

    *to = *from;
    if (from->ndim == 1 && from->shape != NULL) {
        to->smalltable[0] = count;
        to->shape = &to->smalltable[0];
    }
    if (from->ndim == 1 && from->strides != NULL) {
        to->smalltable[1] = stride;
        to->strides = &to->smalltable[1];
    }
}

/* Takes over the view's reference to its object. */
PyObject *PyMemoryView_FromBuffer(Py_buffer *info)
{
    PyMemoryViewObject *self = PyObject_GC_New(PyMemoryViewObject, &PyMemoryView_Type);

    if (self == NULL)
        return NULL;
    self->base = NULL;
    memory_copy_view(&self->view, info);
    _PyObject_GC_TRACK(self);
    return (PyObject *)self;
}

PyObject *PyMemoryView_FromObject(PyObject *base)
{
    Py_buffer view;

    if (!PyObject_CheckBuffer(base)) {
        PyErr_SetString(
            PyExc_TypeError,
            "cannot make memory view because object does not have the buffer interface");
        return NULL;
    }
    if (PyObject_GetBuffer(base, &view, PyBUF_FULL_RO) < 0)
        return NULL;
    PyObject *self = PyMemoryView_FromBuffer(&view);
    if (self == NULL) {
        PyBuffer_Release(&view);
        return NULL;
    }
    Py_INCREF(base);
    ((PyMemoryViewObject *)self)->base = base;
    return self;
}

/* A view of contiguous memory with the object's contents: of the object itself if it is contiguous,
 * else, for reading only, of a copy. */
PyObject *PyMemoryView_GetContiguous(PyObject *ob, int buffertype, char fort)
{
    Py_buffer view;

    if (!PyObject_CheckBuffer(ob)) {
        PyErr_SetString(PyExc_TypeError, "object does not have the buffer interface");
        return NULL;
    }
    if (PyObject_GetBuffer(ob, &view, buffertype == PyBUF_READ ? PyBUF_FULL_RO : PyBUF_FULL) < 0)
        return NULL;
    if (PyBuffer_IsContiguous(&view, fort)) {
        PyObject *self = PyMemoryView_FromBuffer(&view);
        if (self == NULL)
            PyBuffer_Release(&view);
        else {
            Py_INCREF(ob);
            ((PyMemoryViewObject *)self)->base = ob;
        }
        return self;
    }
    PyObject *copy = NULL, *result = NULL;
    if (buffertype != PyBUF_READ)
        PyErr_SetString(PyExc_BufferError,
                        "writable contiguous buffer requested for a non-contiguous object.");
    else
        copy = PyString_FromStringAndSize(NULL, view.len);
    if (copy != NULL && PyBuffer_ToContiguous(PyString_AS_STRING(copy), &view, view.len, fort) == 0)
        result = PyMemoryView_FromObject(copy);
    Py_XDECREF(copy);
    PyBuffer_Release(&view);
    return result;
}

static PyObject *memory_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"object", NULL};
    PyObject *ob;

    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O:memoryview", names, &ob))
        return NULL;
    return PyMemoryView_FromObject(ob);
}

static void memory_release(PyObject *self)
{
    if (VIEW(self)->obj != NULL)
        PyBuffer_Release(VIEW(self));
    VIEW(self)->obj = NULL;
    VIEW(self)->buf = NULL;
    Py_CLEAR(((PyMemoryViewObject *)self)->base);
}

static void memory_dealloc(PyObject *self)
{
    PyObject_GC_UnTrack(self);
    memory_release(self);
    PyObject_GC_Del(self);
}

static int memory_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(((PyMemoryViewObject *)self)->base);
    Py_VISIT(VIEW(self)->obj);
    return 0;
}

static int memory_clear(PyObject *self)
{
    memory_release(self);
    return 0;
}

static int memory_getbuffer(PyObject *self, Py_buffer *view, int flags)
{
    int status = 0;

    if (VIEW(self)->obj != NULL)
        status = PyObject_GetBuffer(VIEW(self)->obj, view, flags);
    /* The object counts the export; what is seen is this view's part of it. */
    if (view != NULL && status == 0) {
        PyObject *ob = VIEW(self)->obj != NULL ? view->obj : NULL;
        memory_copy_view(view, VIEW(self));
        view->obj = ob;
    }
    return status;
}

static PyObject *memory_tuple(int n, const Py_ssize_t *values)
{
    if (values == NULL)
        Py_RETURN_NONE;
    PyObject *result = PyTuple_New(n);
    if (result == NULL)
        return NULL;
    for (int i = 0; i < n; i++) {
        PyObject *value = PyLong_FromSsize_t(values[i]);
        if (value == NULL) {
            Py_DECREF(result);
            return NULL;
        }
        PyTuple_SET_ITEM(result, i, value);
    }
    return result;
}

static PyObject *memory_format_get(PyObject *self, void *closure)
{
    return PyString_FromString(VIEW(self)->format == NULL ? "B" : VIEW(self)->format);
}

static PyObject *memory_itemsize_get(PyObject *self, void *closure)
{
    return PyLong_FromSsize_t(VIEW(self)->itemsize);
}

static PyObject *memory_shape_get(PyObject *self, void *closure)
{
    return memory_tuple(VIEW(self)->ndim, VIEW(self)->shape);
}

static PyObject *memory_strides_get(PyObject *self, void *closure)
{
    return memory_tuple(VIEW(self)->ndim, VIEW(self)->strides);
}

static PyObject *memory_suboffsets_get(PyObject *self, void *closure)
{
    return memory_tuple(VIEW(self)->ndim, VIEW(self)->suboffsets);
}

static PyObject *memory_readonly_get(PyObject *self, void *closure)
{
    return PyBool_FromLong(VIEW(self)->readonly);
}

static PyObject *memory_ndim_get(PyObject *self, void *closure)
{
    return PyLong_FromLong(VIEW(self)->ndim);
}

static PyObject *memory_tobytes(PyObject *self, PyObject *unused)
{
    PyObject *result = PyString_FromStringAndSize(NULL, VIEW(self)->len);

    if (result != NULL &&
        PyBuffer_ToContiguous(PyString_AS_STRING(result), VIEW(self), VIEW(self)->len, 'C') < 0)
        Py_CLEAR(result);
    return result;
}

static PyObject *memory_tolist(PyObject *self, PyObject *unused)
{
    Py_buffer *view = VIEW(self);

    if ((view->format != NULL && strcmp(view->format, "B") != 0) || view->itemsize != 1) {
        PyErr_SetString(PyExc_NotImplementedError, "tolist() only supports byte views");
        return NULL;
    }
    if (view->ndim != 1) {
        PyErr_SetString(PyExc_NotImplementedError,
                        "tolist() only supports one-dimensional objects");
        return NULL;
    }
    Py_ssize_t n = memory_count(view), stride = view->strides != NULL ? view->strides[0] : 1;
    PyObject *result = PyList_New(n);
    for (Py_ssize_t i = 0; result != NULL && i < n; i++) {
        PyObject *value = PyInt_FromLong(((unsigned char *)view->buf)[i * stride]);
        if (value == NULL)
            Py_CLEAR(result);
        else
            PyList_SET_ITEM(result, i, value);
    }
    return result;
}

static PyObject *memory_repr(PyObject *self)
{
    return PyString_FromFormat("<memory at %p>", (void *)self);
}

static Py_ssize_t memory_length(PyObject *self)
{
    return memory_count(VIEW(self));
}

static PyObject *memory_item(PyObject *self, Py_ssize_t i)
{
    Py_buffer *view = VIEW(self);

    if (view->ndim == 0) {
        PyErr_SetString(PyExc_IndexError, "invalid indexing of 0-dim memory");
        return NULL;
    }
    if (view->ndim > 1) {
        PyErr_SetNone(PyExc_NotImplementedError);
        return NULL;
    }
    Py_ssize_t n = memory_count(view);
    if (i < 0)
        i += n;
    if (i < 0 || i >= n) {
        PyErr_SetString(PyExc_IndexError, "index out of bounds");
        return NULL;
    }
    char *p = (char *)view->buf + i * (view->strides != NULL ? view->strides[0] : view->itemsize);
    if (view->suboffsets != NULL && view->suboffsets[0] >= 0) {
        char *inner;
        memcpy(&inner, p, sizeof inner);
        p = inner + view->suboffsets[0];
    }
    return PyString_FromStringAndSize(p, view->itemsize);
}

/* A view of n items from start on, with an export of its own. */
static PyObject *memory_part(PyObject *self, Py_ssize_t start, Py_ssize_t n)
{
    Py_buffer *view = VIEW(self), part;
    Py_ssize_t stride = view->strides != NULL ? view->strides[0] : view->itemsize;

    if (view->obj != NULL) {
        if (PyObject_GetBuffer(view->obj, &part, view->readonly ? PyBUF_CONTIG_RO : PyBUF_CONTIG) <
            0)
            return NULL;
    } else
        part = *view;
    part.buf = (char *)view->buf + start * stride;
    part.len = n * view->itemsize;
    part.itemsize = view->itemsize;
    part.format = view->format;
    part.readonly = view->readonly;
    part.ndim = 1;
    part.shape = &n;
    part.strides = &stride;
    PyObject *result = PyMemoryView_FromBuffer(&part);
    if (result == NULL && view->obj != NULL)
        PyBuffer_Release(&part);
    return result;
}

static PyObject *memory_subscript(PyObject *self, PyObject *key)
{
    Py_buffer *view = VIEW(self);

    if (view->ndim == 0) {
        if (key == Py_Ellipsis || (PyTuple_Check(key) && PyTuple_GET_SIZE(key) == 0)) {
            Py_INCREF(self);
            return self;
        }
        PyErr_SetString(PyExc_IndexError, "invalid indexing of 0-dim memory");
        return NULL;
    }
    if (PyIndex_Check(key)) {
        Py_ssize_t i = PyNumber_AsSsize_t(key, NULL);
        if (i == -1 && PyErr_Occurred())
            return NULL;
        return memory_item(self, i);
    }
    if (PySlice_Check(key)) {
        Py_ssize_t start, stop, step, n;
        if (PySlice_GetIndicesEx((PySliceObject *)key, memory_count(view), &start, &stop, &step,
                                 &n) < 0)
            return NULL;
        if (step == 1 && view->ndim == 1)
            return memory_part(self, start, n);
        PyErr_SetNone(PyExc_NotImplementedError);
        return NULL;
    }
    PyErr_Format(PyExc_TypeError, "cannot index memory using \"%.200s\"", Py_TYPE(key)->tp_name);
    return NULL;
}

static int memory_ass_subscript(PyObject *self, PyObject *key, PyObject *value)
{
    Py_buffer *view = VIEW(self), source;
    Py_ssize_t start, stop, step, n = 1, count;

    if (view->readonly) {
        PyErr_SetString(PyExc_TypeError, "cannot modify read-only memory");
        return -1;
    }
    if (value == NULL) {
        PyErr_SetString(PyExc_TypeError, "cannot delete memory");
        return -1;
    }
    if (view->ndim != 1) {
        PyErr_SetNone(PyExc_NotImplementedError);
        return -1;
    }
    count = memory_count(view);
    if (PyIndex_Check(key)) {
        start = PyNumber_AsSsize_t(key, NULL);
        if (start == -1 && PyErr_Occurred())
            return -1;
        if (start < 0)
            start += count;
        if (start < 0 || start >= count) {
            PyErr_SetString(PyExc_IndexError, "index out of bounds");
            return -1;
        }
    } else if (PySlice_Check(key)) {
        if (PySlice_GetIndicesEx((PySliceObject *)key, count, &start, &stop, &step, &n) < 0)
            return -1;
        if (step != 1) {
            PyErr_SetNone(PyExc_NotImplementedError);
            return -1;
        }
    } else {
        PyErr_Format(PyExc_TypeError, "cannot index memory using \"%.200s\"",
                     Py_TYPE(key)->tp_name);
        return -1;
    }
    if (PyObject_GetBuffer(value, &source, PyBUF_CONTIG_RO) < 0)
        return -1;
    int status = -1;
    if (source.itemsize != view->itemsize)
        PyErr_Format(PyExc_TypeError, "mismatching item sizes for \"%.200s\" and \"%.200s\"",
                     view->obj == NULL ? "memoryview" : Py_TYPE(view->obj)->tp_name,
                     source.obj == NULL ? "memoryview" : Py_TYPE(source.obj)->tp_name);
    else if (source.len != n * view->itemsize)
        PyErr_SetString(PyExc_ValueError, "cannot modify size of memoryview object");
    else {
        Py_ssize_t stride = view->strides != NULL ? view->strides[0] : view->itemsize;
        memmove((char *)view->buf + start * stride, source.buf, (size_t)source.len);
        status = 0;
    }
    PyBuffer_Release(&source);
    return status;
}

static PyObject *memory_richcompare(PyObject *v, PyObject *w, int op)
{
    Py_buffer a, b;

    if (op != Py_EQ && op != Py_NE)
        Py_RETURN_NOTIMPLEMENTED;
    if (PyObject_GetBuffer(v, &a, PyBUF_CONTIG_RO) < 0) {
        PyErr_Clear();
        Py_RETURN_NOTIMPLEMENTED;
    }
    if (PyObject_GetBuffer(w, &b, PyBUF_CONTIG_RO) < 0) {
        PyErr_Clear();
        PyBuffer_Release(&a);
        Py_RETURN_NOTIMPLEMENTED;
    }
    int same =
        a.itemsize == b.itemsize && a.len == b.len && memcmp(a.buf, b.buf, (size_t)a.len) == 0;
    PyBuffer_Release(&a);
    PyBuffer_Release(&b);
    return PyBool_FromLong(same == (op == Py_EQ));
}

static PyGetSetDef memory_getset[] = {
    {"format", memory_format_get},
    {"itemsize", memory_itemsize_get},
    {"shape", memory_shape_get},
    {"strides", memory_strides_get},
    {"suboffsets", memory_suboffsets_get},
    {"readonly", memory_readonly_get},
    {"ndim", memory_ndim_get},
    {NULL},
};
static PyMethodDef memory_methods[] = {
    {"tobytes", memory_tobytes, METH_NOARGS, NULL},
    {"tolist", memory_tolist, METH_NOARGS, NULL},
    {NULL},
};
static PySequenceMethods memory_as_sequence = {
    .sq_item = memory_item,
};
static PyMappingMethods memory_as_mapping = {
    .mp_length = memory_length,
    .mp_subscript = memory_subscript,
    .mp_ass_subscript = memory_ass_subscript,
};
static PyBufferProcs memory_as_buffer = {
    .bf_getbuffer = memory_getbuffer,
};

PyTypeObject PyMemoryView_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "memoryview",
    .tp_basicsize = sizeof(PyMemoryViewObject),
    .tp_x64_basicsize = 120,
    .tp_dealloc = memory_dealloc,
    .tp_repr = memory_repr,
    .tp_as_sequence = &memory_as_sequence,
    .tp_as_mapping = &memory_as_mapping,
    .tp_hash = PyObject_HashNotImplemented,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_as_buffer = &memory_as_buffer,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_NEWBUFFER,
    .tp_doc = "memoryview(object)\n\nCreate a new memoryview object which references the given "
              "object.",
    .tp_traverse = memory_traverse,
    .tp_clear = memory_clear,
    .tp_richcompare = memory_richcompare,
    .tp_methods = memory_methods,
    .tp_getset = memory_getset,
    .tp_new = memory_new,
};
