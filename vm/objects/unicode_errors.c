/* SPDX-License-Identifier: MIT */
/* What every codec needs: growing results, and calling the error handler that `errors` names. The
 * handler is looked up once a run; the exception object is made once and moved on. */
#include "unicode_private.h"

int _PyUnicodeWriter_Reserve(_PyUnicodeWriter *w, Py_ssize_t more)
{
    if (more > w->room - w->n) {
        Py_ssize_t room;
        Py_UNICODE *p = NULL;
        if (more < PY_SSIZE_T_MAX / 16 - w->n) {
            room = w->n + more + w->n / 2 + 8;
            p = PyMem_Realloc(w->p, room * (Py_ssize_t)sizeof(Py_UNICODE));
        }
        if (p == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        w->p = p;
        w->room = room;
    }
    return 0;
}

int _PyUnicodeWriter_Add(_PyUnicodeWriter *w, const Py_UNICODE *s, Py_ssize_t n)
{
    if (n == 0) {
        return 0;
    }
    if (_PyUnicodeWriter_Reserve(w, n) < 0) {
        return -1;
    }
    memcpy(w->p + w->n, s, (size_t)n * sizeof(Py_UNICODE));
    w->n += n;
    return 0;
}

int _PyUnicodeWriter_AddChar(_PyUnicodeWriter *w, Py_UCS4 c)
{
    if (w->n == w->room && _PyUnicodeWriter_Reserve(w, 1) < 0) {
        return -1;
    }
    w->p[w->n++] = c;
    return 0;
}

PyObject *_PyUnicodeWriter_Finish(_PyUnicodeWriter *w)
{
    static const Py_UNICODE nothing = 0;
    PyObject *u = PyUnicode_FromUnicode(w->n > 0 ? w->p : &nothing, w->n);
    _PyUnicodeWriter_Free(w);
    return u;
}

void _PyUnicodeWriter_Free(_PyUnicodeWriter *w)
{
    PyMem_Free(w->p);
    w->p = NULL;
    w->n = w->room = 0;
}

int _PyBytesWriter_Init(_PyBytesWriter *w, Py_ssize_t room)
{
    w->n = 0;
    w->str = PyString_FromStringAndSize(NULL, room > 1 ? room : 2);
    return w->str == NULL ? -1 : 0;
}

int _PyBytesWriter_Add(_PyBytesWriter *w, const char *s, Py_ssize_t n)
{
    if (n > PyString_GET_SIZE(w->str) - w->n) {
        if (n > PY_SSIZE_T_MAX / 4 - w->n) {
            PyErr_NoMemory();
            return -1;
        }
        if (_PyString_Resize(&w->str, w->n + n + w->n / 2 + 16) < 0) {
            return -1;
        }
    }
    memcpy(PyString_AS_STRING(w->str) + w->n, s, (size_t)n);
    w->n += n;
    return 0;
}

PyObject *_PyBytesWriter_Finish(_PyBytesWriter *w)
{
    if (_PyString_Resize(&w->str, w->n) < 0) {
        return NULL;
    }
    return w->str;
}

/* -- Decoding -----------------------------------------------------------------------------------
 */
static PyObject *call_handler(PyObject **handler, const char *errors, PyObject *exception,
                              const char *complaint, Py_ssize_t size, Py_ssize_t *next)
{
    PyObject *result, *text;

    if (*handler == NULL) {
        *handler = PyCodec_LookupError(errors);
        if (*handler == NULL) {
            return NULL;
        }
    }
    result = PyObject_CallFunctionObjArgs(*handler, exception, NULL);
    if (result == NULL) {
        return NULL;
    }
    if (!PyTuple_Check(result) || PyTuple_GET_SIZE(result) != 2 ||
        !PyUnicode_Check(PyTuple_GET_ITEM(result, 0)) ||
        (!PyInt_Check(PyTuple_GET_ITEM(result, 1)) && !PyLong_Check(PyTuple_GET_ITEM(result, 1)))) {
        PyErr_SetString(PyExc_TypeError, complaint);
        Py_DECREF(result);
        return NULL;
    }
    *next = PyInt_AsSsize_t(PyTuple_GET_ITEM(result, 1));
    if (*next == -1 && PyErr_Occurred()) {
        Py_DECREF(result);
        return NULL;
    }
    text = PyTuple_GET_ITEM(result, 0);
    Py_INCREF(text);
    Py_DECREF(result);
    if (*next < 0) {
        *next += size;
    }
    if (*next < 0 || *next > size) {
        PyErr_Format(PyExc_IndexError, "position %zd from error handler out of bounds", *next);
        Py_DECREF(text);
        return NULL;
    }
    return text;
}

Py_ssize_t _PyDecoder_Error(_PyDecoder *d, Py_ssize_t start, Py_ssize_t end, const char *reason)
{
    PyObject *text;
    Py_ssize_t next;
    int r;

    if (d->exception == NULL) {
        d->exception =
            PyUnicodeDecodeError_Create(d->encoding, d->input, d->size, start, end, reason);
        if (d->exception == NULL) {
            return -1;
        }
    } else if (PyUnicodeDecodeError_SetStart(d->exception, start) < 0 ||
               PyUnicodeDecodeError_SetEnd(d->exception, end) < 0 ||
               PyUnicodeDecodeError_SetReason(d->exception, reason) < 0) {
        return -1;
    }
    text = call_handler(&d->handler, d->errors, d->exception,
                        "decoding error handler must return (unicode, int) tuple", d->size, &next);
    if (text == NULL) {
        return -1;
    }
    r = _PyUnicodeWriter_Add(&d->out, PyUnicode_AS_UNICODE(text), PyUnicode_GET_SIZE(text));
    Py_DECREF(text);
    return r < 0 ? -1 : next;
}

PyObject *_PyDecoder_Finish(_PyDecoder *d)
{
    Py_CLEAR(d->handler);
    Py_CLEAR(d->exception);
    return _PyUnicodeWriter_Finish(&d->out);
}

PyObject *_PyDecoder_Fail(_PyDecoder *d)
{
    Py_CLEAR(d->handler);
    Py_CLEAR(d->exception);
    _PyUnicodeWriter_Free(&d->out);
    return NULL;
}

/* -- Encoding -----------------------------------------------------------------------------------
 */
static int point_exception(_PyEncoder *e, Py_ssize_t start, Py_ssize_t end, const char *reason)
{
    if (e->exception == NULL) {
        e->exception =
            e->translating
                ? PyUnicodeTranslateError_Create(e->input, e->size, start, end, reason)
                : PyUnicodeEncodeError_Create(e->encoding, e->input, e->size, start, end, reason);
        return e->exception == NULL ? -1 : 0;
    }
    if (e->translating) {
        return PyUnicodeTranslateError_SetStart(e->exception, start) < 0 ||
                       PyUnicodeTranslateError_SetEnd(e->exception, end) < 0 ||
                       PyUnicodeTranslateError_SetReason(e->exception, reason) < 0
                   ? -1
                   : 0;
    }
    return PyUnicodeEncodeError_SetStart(e->exception, start) < 0 ||
                   PyUnicodeEncodeError_SetEnd(e->exception, end) < 0 ||
                   PyUnicodeEncodeError_SetReason(e->exception, reason) < 0
               ? -1
               : 0;
}

PyObject *_PyEncoder_Error(_PyEncoder *e, Py_ssize_t start, Py_ssize_t end, const char *reason,
                           Py_ssize_t *next)
{
    if (point_exception(e, start, end, reason) < 0) {
        return NULL;
    }
    return call_handler(&e->handler, e->errors, e->exception,
                        e->translating
                            ? "translating error handler must return (unicode, int) tuple"
                            : "encoding error handler must return (unicode, int) tuple",
                        e->size, next);
}

void _PyEncoder_Raise(_PyEncoder *e, Py_ssize_t start, Py_ssize_t end, const char *reason)
{
    if (point_exception(e, start, end, reason) == 0) {
        PyObject *r = PyCodec_StrictErrors(e->exception);
        Py_XDECREF(r);
    }
}

void _PyEncoder_Free(_PyEncoder *e)
{
    Py_CLEAR(e->handler);
    Py_CLEAR(e->exception);
}
