/* SPDX-License-Identifier: MIT */
/* Shared by the files that define the exception hierarchy: exceptions.c (the root and the plain
 * ones), exc_environment.c, exc_syntax.c, exc_unicode.c. */
#ifndef EXCEPTIONS_H
#define EXCEPTIONS_H
PyObject *_PyBaseExc_New(PyTypeObject *type, PyObject *args, PyObject *kwds);
int _PyBaseExc_Init(PyObject *self, PyObject *args, PyObject *kwds);
PyObject *_PyBaseExc_Str(PyObject *self);
int _PyBaseExc_Clear(PyObject *self);
int _PyBaseExc_Traverse(PyObject *self, visitproc visit, void *arg);
void _PyBaseExc_ClearCommon(PyBaseExceptionObject *self); /* what every dealloc ends with */

extern PyTypeObject _PyExc_BaseException, _PyExc_Exception, _PyExc_StandardError,
    _PyExc_EnvironmentError, _PyExc_IOError, _PyExc_OSError, _PyExc_SyntaxError,
    _PyExc_IndentationError, _PyExc_TabError, _PyExc_ValueError, _PyExc_UnicodeError,
    _PyExc_UnicodeEncodeError, _PyExc_UnicodeDecodeError, _PyExc_UnicodeTranslateError,
    _PyExc_SystemExit;

/* Fields all exception types have in common; type-specific ones may follow. */
#define EXC_TYPE(NAME, BASE, STRUCT, X64, DEALLOC, TRAVERSE, CLEAR, INIT, DOC)                     \
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "exceptions." NAME,                           \
                                        .tp_basicsize = sizeof(STRUCT), .tp_x64_basicsize = X64,   \
                                        .tp_dealloc = DEALLOC,                                     \
                                        .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE |     \
                                                    Py_TPFLAGS_HAVE_GC |                           \
                                                    Py_TPFLAGS_BASE_EXC_SUBCLASS,                  \
                                        .tp_doc = DOC, .tp_traverse = TRAVERSE, .tp_clear = CLEAR, \
                                        .tp_base = BASE,                                           \
                                        .tp_dictoffset = offsetof(PyBaseExceptionObject, dict),    \
                                        .tp_init = INIT, .tp_new = _PyBaseExc_New
#endif
