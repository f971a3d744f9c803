/* SPDX-License-Identifier: MIT */
/* The buffer behind the repr of lists, tuples and dicts; see reprbuf.h. */
#include "Python.h"
#include "objects/reprbuf.h"

void _PyReprBuf_Discard(_PyReprBuf *rb)
{
    PyMem_Free(rb->bytes);
    rb->bytes = NULL;
    rb->used = rb->room = 0;
}

int _PyReprBuf_AddBytes(_PyReprBuf *rb, const char *s, Py_ssize_t n)
{
    if (n > PY_SSIZE_T_MAX / 2 - rb->used) {
        PyErr_NoMemory();
        return -1;
    }
    if (rb->used + n > rb->room || rb->bytes == NULL) {
        Py_ssize_t room = rb->room < 128 ? 128 : rb->room * 2;
        if (room < rb->used + n)
            room = rb->used + n;
        char *bigger = PyMem_Realloc(rb->bytes, room);
        if (bigger == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        rb->bytes = bigger;
        rb->room = room;
    }
    memcpy(rb->bytes + rb->used, s, (size_t)n);
    rb->used += n;
    return 0;
}

int _PyReprBuf_AddRepr(_PyReprBuf *rb, PyObject *ob)
{
    PyObject *text = PyObject_Repr(ob);
    if (text == NULL)
        return -1;
    int status = _PyReprBuf_AddBytes(rb, PyString_AS_STRING(text), PyString_GET_SIZE(text));
    Py_DECREF(text);
    return status;
}

PyObject *_PyReprBuf_Finish(_PyReprBuf *rb)
{
    PyObject *result = PyString_FromStringAndSize(rb->bytes, rb->used);
    _PyReprBuf_Discard(rb);
    return result;
}
