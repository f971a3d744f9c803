/* SPDX-License-Identifier: MIT */
/* Tracebacks (eval/traceback.c). */
#ifndef TRACEBACK_H
#define TRACEBACK_H
typedef struct _traceback {
    PyObject_HEAD struct _traceback *tb_next;
    PyFrameObject *tb_frame;
    int tb_lasti, tb_lineno;
} PyTracebackObject;
extern PyTypeObject PyTraceBack_Type;
#define PyTraceBack_Check(v) (Py_TYPE(v) == &PyTraceBack_Type)
int PyTraceBack_Here(PyFrameObject *);
int PyTraceBack_Print(PyObject *tb, PyObject *file);
int _Py_DisplaySourceLine(PyObject *file, const char *filename, int lineno, int indent);
#endif
