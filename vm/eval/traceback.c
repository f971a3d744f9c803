/* SPDX-License-Identifier: MIT */
/* Tracebacks: a list of (frame, place), innermost last, made while an exception leaves frames. */
#include "eval.h"

#define TB_OFF(x) offsetof(PyTracebackObject, x)
static PyMemberDef tb_members[] = {{"tb_next", T_OBJECT, TB_OFF(tb_next), READONLY, NULL},
                                   {"tb_frame", T_OBJECT, TB_OFF(tb_frame), READONLY, NULL},
                                   {"tb_lasti", T_INT, TB_OFF(tb_lasti), READONLY, NULL},
                                   {"tb_lineno", T_INT, TB_OFF(tb_lineno), READONLY, NULL},
                                   {NULL, 0, 0, 0, NULL}};

static void tb_dealloc(PyObject *self)
{
    PyTracebackObject *tb = (PyTracebackObject *)self;
    PyObject_GC_UnTrack(self);
    Py_TRASHCAN_SAFE_BEGIN(tb) Py_XDECREF(tb->tb_next);
    Py_XDECREF(tb->tb_frame);
    PyObject_GC_Del(tb);
    Py_TRASHCAN_SAFE_END(tb)
}

static int tb_traverse(PyObject *self, visitproc visit, void *arg)
{
    PyTracebackObject *tb = (PyTracebackObject *)self;
    Py_VISIT(tb->tb_next);
    Py_VISIT(tb->tb_frame);
    return 0;
}

static int tb_clear(PyObject *self)
{
    PyTracebackObject *tb = (PyTracebackObject *)self;
    Py_CLEAR(tb->tb_next);
    Py_CLEAR(tb->tb_frame);
    return 0;
}

PyTypeObject PyTraceBack_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "traceback",
    .tp_basicsize = sizeof(PyTracebackObject),
    .tp_x64_basicsize = 40,
    .tp_dealloc = tb_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = tb_traverse,
    .tp_clear = tb_clear,
    .tp_members = tb_members,
};

int PyTraceBack_Here(PyFrameObject *frame)
{
    PyThreadState *tstate = PyThreadState_GET();
    PyTracebackObject *old = (PyTracebackObject *)tstate->curexc_traceback;
    PyTracebackObject *tb = PyObject_GC_New(PyTracebackObject, &PyTraceBack_Type);
    if (tb == NULL)
        return -1;
    if (old != NULL && !PyTraceBack_Check((PyObject *)old))
        old = NULL;
    Py_XINCREF(old);
    tb->tb_next = old;
    Py_INCREF(frame);
    tb->tb_frame = frame;
    tb->tb_lasti = PyFrame_GetLasti(frame);
    tb->tb_lineno = PyFrame_GetLineNumber(frame);
    PyObject_GC_Track(tb);
    Py_XSETREF(tstate->curexc_traceback, (PyObject *)tb);
    return 0;
}

/* A line is read in pieces of this size, and the last one is what is shown. */
enum { LINE_PIECE = 1999 };

/* Shows a line of a source file; an empty one where the file ends before it. */
int _Py_DisplaySourceLine(PyObject *file, const char *filename, int lineno, int indent)
{
    if (_PyHooks.source_line == NULL)
        return 0;
    PyObject *line = _PyHooks.source_line(filename, lineno);
    if (line == NULL) {
        PyErr_Clear();
        return 0;
    }
    int err = 0;
    const char *p = PyString_AS_STRING(line);
    Py_ssize_t n = PyString_GET_SIZE(line), skip = n > 0 ? (n - 1) / LINE_PIECE * LINE_PIECE : 0;
    p += skip;
    n -= skip;
    while (n > 0 && (*p == ' ' || *p == '\t' || *p == '\f')) {
        p++;
        n--;
    }
    while (indent > 0 && err == 0) {
        int k = indent > 10 ? 10 : indent;
        err = _PyHooks.file_write_string(&"          "[10 - k], file);
        indent -= k;
    }
    while (n > 0 && (p[n - 1] == '\n' || p[n - 1] == '\r'))
        n--;
    if (err == 0) {
        PyObject *text = PyString_FromStringAndSize(p, n);
        err = text == NULL ? -1 : _PyHooks.file_write_object(text, file, Py_PRINT_RAW);
        Py_XDECREF(text);
    }
    if (err == 0)
        err = _PyHooks.file_write_string("\n", file);
    Py_DECREF(line);
    return err;
}

int PyTraceBack_Print(PyObject *v, PyObject *file)
{
    int64_t limit = 1000;
    int err;
    if (v == NULL)
        return 0;
    if (!PyTraceBack_Check(v)) {
        PyErr_BadInternalCall();
        return -1;
    }
    PyObject *limitv = _PyHooks.sys_get("tracebacklimit");
    if (limitv != NULL && (PyInt_Check(limitv) || PyLong_Check(limitv))) {
        limit = PyInt_Check(limitv) ? PyInt_AS_LONG(limitv) : PyLong_AsLong(limitv);
        if (limit == -1 && PyErr_Occurred()) {
            PyErr_Clear();
            limit = 1000;
        }
        if (limit <= 0)
            return 0;
    }
    err = _PyHooks.file_write_string("Traceback (most recent call last):\n", file);
    int64_t depth = 0;
    for (PyTracebackObject *tb = (PyTracebackObject *)v; tb != NULL; tb = tb->tb_next)
        depth++;
    for (PyTracebackObject *tb = (PyTracebackObject *)v; tb != NULL && err == 0; tb = tb->tb_next) {
        if (depth-- <= limit) {
            PyCodeObject *co = tb->tb_frame->f_code;
            const char *filename = PyString_AsString(co->co_filename);
            PyObject *text =
                PyString_FromFormat("  File \"%.500s\", line %d, in %.500s\n", filename,
                                    tb->tb_lineno, PyString_AsString(co->co_name));
            err = text == NULL ? -1 : _PyHooks.file_write_object(text, file, Py_PRINT_RAW);
            Py_XDECREF(text);
            if (err == 0)
                err = _Py_DisplaySourceLine(file, filename, tb->tb_lineno, 4);
        }
        if (err == 0 && PyErr_CheckSignals() < 0)
            err = -1;
    }
    return err;
}
