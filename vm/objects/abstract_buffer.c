/* SPDX-License-Identifier: MIT */
/* Asking an object for its memory: the old protocol (segments) and the new one (PEP 3118). What is
 * done with a Py_buffer afterwards is in pybuffer.c. */
#include "Python.h"

static int null_error(void)
{
    if (!PyErr_Occurred())
        PyErr_SetString(PyExc_SystemError, "null argument to internal routine");
    return -1;
}

static int type_error(const char *message)
{
    PyErr_SetString(PyExc_TypeError, message);
    return -1;
}

int PyObject_AsCharBuffer(PyObject *obj, const char **buffer, Py_ssize_t *buffer_len)
{
    char *pp;
    if (obj == NULL || buffer == NULL || buffer_len == NULL)
        return null_error();
    PyBufferProcs *pb = Py_TYPE(obj)->tp_as_buffer;
    if (pb == NULL || pb->bf_getcharbuffer == NULL || pb->bf_getsegcount == NULL)
        return type_error("expected a string or other character buffer object");
    if (pb->bf_getsegcount(obj, NULL) != 1)
        return type_error("expected a single-segment buffer object");
    Py_ssize_t len = pb->bf_getcharbuffer(obj, 0, &pp);
    if (len < 0)
        return -1;
    *buffer = pp;
    *buffer_len = len;
    return 0;
}

int PyObject_CheckReadBuffer(PyObject *obj)
{
    PyBufferProcs *pb = Py_TYPE(obj)->tp_as_buffer;
    return pb != NULL && pb->bf_getreadbuffer != NULL && pb->bf_getsegcount != NULL &&
           pb->bf_getsegcount(obj, NULL) == 1;
}

int PyObject_AsReadBuffer(PyObject *obj, const void **buffer, Py_ssize_t *buffer_len)
{
    void *pp;
    if (obj == NULL || buffer == NULL || buffer_len == NULL)
        return null_error();
    PyBufferProcs *pb = Py_TYPE(obj)->tp_as_buffer;
    if (pb == NULL || pb->bf_getreadbuffer == NULL || pb->bf_getsegcount == NULL)
        return type_error("expected a readable buffer object");
    if (pb->bf_getsegcount(obj, NULL) != 1)
        return type_error("expected a single-segment buffer object");
    Py_ssize_t len = pb->bf_getreadbuffer(obj, 0, &pp);
    if (len < 0)
        return -1;
    *buffer = pp;
    *buffer_len = len;
    return 0;
}

int PyObject_AsWriteBuffer(PyObject *obj, void **buffer, Py_ssize_t *buffer_len)
{
    void *pp;
    if (obj == NULL || buffer == NULL || buffer_len == NULL)
        return null_error();
    PyBufferProcs *pb = Py_TYPE(obj)->tp_as_buffer;
    if (pb == NULL || pb->bf_getwritebuffer == NULL || pb->bf_getsegcount == NULL)
        return type_error("expected a writeable buffer object");
    if (pb->bf_getsegcount(obj, NULL) != 1)
        return type_error("expected a single-segment buffer object");
    Py_ssize_t len = pb->bf_getwritebuffer(obj, 0, &pp);
    if (len < 0)
        return -1;
    *buffer = pp;
    *buffer_len = len;
    return 0;
}

int PyObject_GetBuffer(PyObject *obj, Py_buffer *view, int flags)
{
    if (!PyObject_CheckBuffer(obj)) {
        PyErr_Format(PyExc_TypeError, "'%100s' does not have the buffer interface",
                     Py_TYPE(obj)->tp_name);
        return -1;
    }
    return Py_TYPE(obj)->tp_as_buffer->bf_getbuffer(obj, view, flags);
}
