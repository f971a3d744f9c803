/* SPDX-License-Identifier: MIT */
/* Helpers over Py_buffer: describing flat memory, walking strided memory, copying between the two.
 * Invariant: a view with strides NULL is C-contiguous; with shape NULL it is one-dimensional. */
#include "Python.h"

int PyBuffer_FillInfo(Py_buffer *view, PyObject *ob, void *buf, Py_ssize_t len, int readonly,
                      int flags)
{
    if (view == NULL)
        return 0;
    if ((flags & PyBUF_WRITABLE) == PyBUF_WRITABLE && readonly) {
        PyErr_SetString(PyExc_BufferError, "Object is not writable.");
        return -1;
    }
    Py_XINCREF(ob);
    view->obj = ob;
    view->buf = buf;
    view->len = len;
    view->itemsize = 1;
    view->readonly = readonly;
    view->ndim = 1;
    view->format = (flags & PyBUF_FORMAT) == PyBUF_FORMAT ? "B" : NULL;
    view->shape = (flags & PyBUF_ND) == PyBUF_ND ? &view->len : NULL;
    view->strides = (flags & PyBUF_STRIDES) == PyBUF_STRIDES ? &view->itemsize : NULL;
    view->suboffsets = NULL;
    view->internal = NULL;
    return 0;
}

void PyBuffer_Release(Py_buffer *view)
{
    PyObject *ob = view->obj;

    if (ob != NULL && Py_TYPE(ob)->tp_as_buffer != NULL &&
        Py_TYPE(ob)->tp_as_buffer->bf_releasebuffer != NULL)
        Py_TYPE(ob)->tp_as_buffer->bf_releasebuffer(ob, view);
    view->obj = NULL;
    Py_XDECREF(ob);
}

/* Are the strides those of tightly packed memory, the fastest dimension last (C) or first (F)? */
static int buffer_is_packed(Py_buffer *view, int c_order)
{
    Py_ssize_t expected = view->itemsize;

    if (view->ndim == 0)
        return 1;
    if (view->strides == NULL)
        return c_order || view->ndim == 1;
    for (int k = 0; k < view->ndim; k++) {
        int i = c_order ? view->ndim - 1 - k : k;
        Py_ssize_t dim = view->shape != NULL ? view->shape[i] : view->len / view->itemsize;
        if (dim == 0)
            return 1;
        if (view->strides[i] != expected)
            return 0;
        expected *= dim;
    }
    return 1;
}

int PyBuffer_IsContiguous(Py_buffer *view, char fort)
{
    if (view->suboffsets != NULL)
        return 0;
    if (fort == 'C')
        return buffer_is_packed(view, 1);
    if (fort == 'F')
        return buffer_is_packed(view, 0);
    if (fort == 'A')
        return buffer_is_packed(view, 1) || buffer_is_packed(view, 0);
    return 0;
}

void *PyBuffer_GetPointer(Py_buffer *view, Py_ssize_t *indices)
{
    char *p = view->buf;

    for (int i = 0; i < view->ndim; i++) {
        p += view->strides[i] * indices[i];
        if (view->suboffsets != NULL && view->suboffsets[i] >= 0) {
            char *inner;
            memcpy(&inner, p, sizeof inner);
            p = inner + view->suboffsets[i];
        }
    }
    return p;
}

void PyBuffer_FillContiguousStrides(int ndims, Py_ssize_t *shape, Py_ssize_t *strides, int itemsize,
                                    char fort)
{
    Py_ssize_t stride = itemsize;

    for (int k = 0; k < ndims; k++) {
        int i = fort == 'F' ? k : ndims - 1 - k;
        strides[i] = stride;
        stride *= shape[i];
    }
}

/* The next index tuple, last (C) or first (F) index running fastest. */
static void buffer_step(int ndim, Py_ssize_t *index, const Py_ssize_t *shape, int c_order)
{
    for (int k = 0; k < ndim; k++) {
        int i = c_order ? ndim - 1 - k : k;
        if (++index[i] < shape[i])
            return;
        index[i] = 0;
    }
}

static int buffer_copy(Py_buffer *view, char *flat, Py_ssize_t len, char fort, int into_view)
{
    if (len > view->len)
        len = view->len;
    if (PyBuffer_IsContiguous(view, fort)) {
        if (into_view)
            memcpy(view->buf, flat, (size_t)len);
        else
            memcpy(flat, view->buf, (size_t)len);
        return 0;
    }
    Py_ssize_t *index = PyMem_Calloc(view->ndim, sizeof(Py_ssize_t));
    if (index == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t left = len / view->itemsize; left > 0; left--) {
        char *element = PyBuffer_GetPointer(view, index);
        memcpy(into_view ? element : flat, into_view ? flat : element, (size_t)view->itemsize);
        flat += view->itemsize;
        buffer_step(view->ndim, index, view->shape, fort != 'F');
    }
    PyMem_Free(index);
    return 0;
}

int PyBuffer_ToContiguous(void *buf, Py_buffer *view, Py_ssize_t len, char fort)
{
    return buffer_copy(view, buf, len, fort, 0);
}

int PyBuffer_FromContiguous(Py_buffer *view, void *buf, Py_ssize_t len, char fort)
{
    return buffer_copy(view, buf, len, fort, 1);
}

int PyObject_CopyData(PyObject *dest, PyObject *src)
{
    Py_buffer to, from;
    int status = -1;
    void *flat = NULL;

    if (!PyObject_CheckBuffer(dest) || !PyObject_CheckBuffer(src)) {
        PyErr_SetString(PyExc_TypeError, "both destination and source must have the buffer "
                                         "interface");
        return -1;
    }
    if (PyObject_GetBuffer(dest, &to, PyBUF_FULL) != 0)
        return -1;
    if (PyObject_GetBuffer(src, &from, PyBUF_FULL_RO) != 0) {
        PyBuffer_Release(&to);
        return -1;
    }
    if (to.len < from.len)
        PyErr_SetString(PyExc_BufferError, "destination is too small to receive data from source");
    else {
        flat = PyMem_Malloc(from.len);
        if (flat == NULL)
            PyErr_NoMemory();
        else
            status = PyBuffer_ToContiguous(flat, &from, from.len, 'C') < 0
                         ? -1
                         : PyBuffer_FromContiguous(&to, flat, from.len, 'C');
        PyMem_Free(flat);
    }
    PyBuffer_Release(&to);
    PyBuffer_Release(&from);
    return status;
}
