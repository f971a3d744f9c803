/* SPDX-License-Identifier: MIT */
/* A run's state: its text and what the matcher allocates. The text of an object that is not unicode
 * is asked for anew before each run, because Python code in between may have moved it; a view that
 * forbids moving is held for the run only. */
#include "sre.h"

int sre_get_text(PyObject *string, const void **text, Py_ssize_t *length, int *wide,
                 Py_buffer *view, int *has_view)
{
    PyBufferProcs *procs;
    Py_ssize_t bytes, size;
    void *p;

    *has_view = 0;
    if (PyUnicode_Check(string)) {
        *text = PyUnicode_AS_UNICODE(string);
        *length = PyUnicode_GET_SIZE(string);
        *wide = 1;
        return 0;
    }
    *wide = 0;
    if (PyString_Check(string)) {
        *text = PyString_AS_STRING(string);
        *length = PyString_GET_SIZE(string);
        return 0;
    }
    procs = Py_TYPE(string)->tp_as_buffer;
    if (procs != NULL && procs->bf_getbuffer != NULL) {
        if (PyObject_GetBuffer(string, view, PyBUF_SIMPLE) < 0) {
            PyErr_SetString(PyExc_TypeError, "expected string or buffer");
            return -1;
        }
        *has_view = 1;
        p = view->buf;
        bytes = view->len;
    } else if (procs != NULL && procs->bf_getreadbuffer != NULL && procs->bf_getsegcount != NULL &&
               procs->bf_getsegcount(string, NULL) == 1) {
        bytes = procs->bf_getreadbuffer(string, 0, &p);
        if (bytes < 0) {
            PyErr_SetString(PyExc_TypeError, "buffer has negative size");
            return -1;
        }
    } else {
        PyErr_SetString(PyExc_TypeError, "expected string or buffer");
        return -1;
    }
    size = PyObject_Size(string);
    if (size < 0 || (size != bytes && size != bytes / 4)) {
        if (*has_view) {
            PyBuffer_Release(view);
            *has_view = 0;
        }
        PyErr_SetString(PyExc_TypeError, "buffer size mismatch");
        return -1;
    }
    *text = p;
    *length = size;
    *wide = size != bytes;
    return 0;
}

int sre_acquire(sre_state *s)
{
    Py_ssize_t length;
    int wide;

    if (sre_get_text(s->string, &s->text, &length, &wide, &s->view, &s->has_view) < 0) {
        return -1;
    }
    s->may_interrupt = s->has_view || PyUnicode_Check(s->string) || PyString_Check(s->string);
    s->wide = wide;
    s->length = length;
    if (s->end > length) {
        s->end = length;
    }
    return 0;
}

void sre_release(sre_state *s)
{
    if (s->has_view) {
        PyBuffer_Release(&s->view);
        s->has_view = 0;
    }
    s->text = NULL;
}

void sre_state_reset(sre_state *s)
{
    for (Py_ssize_t i = 0; i < 2 * s->pattern->groups; i++) {
        s->marks[i] = -1;
    }
    s->lastindex = -1;
    s->top = 0;
    s->repeat_top = 0;
    s->repeat = -1;
    s->asserts = -1;
    s->depth = 0;
}

int sre_state_init(sre_state *s, PatternObject *pattern, PyObject *string, Py_ssize_t start,
                   Py_ssize_t end)
{
    memset(s, 0, offsetof(sre_state, small_marks));
    s->stack = NULL;
    s->room = 0;
    s->repeats = NULL;
    s->repeat_room = 0;
    s->ticks = 0;
    s->has_view = 0;
    s->string = string;
    s->pattern = pattern;
    s->marks = s->small_marks;
    s->end = PY_SSIZE_T_MAX;
    if (sre_acquire(s) < 0) {
        return -1;
    }
    sre_release(s);
    if (2 * pattern->groups > Py_ARRAY_LENGTH(s->small_marks)) {
        s->marks = PyMem_New(Py_ssize_t, 2 * pattern->groups);
        if (s->marks == NULL) {
            PyErr_NoMemory();
            return -1;
        }
    }
    start = start < 0 ? 0 : start > s->length ? s->length : start;
    end = end < 0 ? 0 : end > s->length ? s->length : end;
    s->start = s->pos = start;
    s->end = s->endpos = end;
    s->ptr = start;
    sre_state_reset(s);
    Py_INCREF(string);
    Py_INCREF(pattern);
    return 0;
}

void sre_state_fini(sre_state *s)
{
    Py_DECREF(s->string);
    Py_DECREF((PyObject *)(uintptr_t)s->pattern);
    if (s->marks != s->small_marks) {
        PyMem_Free(s->marks);
    }
    PyMem_Free(s->stack);
    PyMem_Free(s->repeats);
}
