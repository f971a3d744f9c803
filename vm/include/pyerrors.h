/* SPDX-License-Identifier: MIT */
/* The error indicator and the exception hierarchy. */
#ifndef PYERRORS_H
#define PYERRORS_H
#define PyException_HEAD                                                                           \
    PyObject_HEAD PyObject *dict;                                                                  \
    PyObject *args;                                                                                \
    PyObject *message
typedef struct {
    PyException_HEAD;
} PyBaseExceptionObject;
typedef struct {
    PyException_HEAD;
    PyObject *msg, *filename, *lineno, *offset, *text, *print_file_and_line;
} PySyntaxErrorObject;
typedef struct {
    PyException_HEAD;
    PyObject *encoding, *object;
    Py_ssize_t start, end;
    PyObject *reason;
} PyUnicodeErrorObject;
typedef struct {
    PyException_HEAD;
    PyObject *code;
} PySystemExitObject;
typedef struct {
    PyException_HEAD;
    PyObject *myerrno, *strerror, *filename;
} PyEnvironmentErrorObject;
void PyErr_SetNone(PyObject *);
void PyErr_SetObject(PyObject *, PyObject *);
void PyErr_SetString(PyObject *, const char *);
PyObject *PyErr_Occurred(void); /* borrowed */
void PyErr_Clear(void);
void PyErr_Fetch(PyObject **, PyObject **, PyObject **);
void PyErr_Restore(PyObject *, PyObject *, PyObject *); /* steals */
int PyErr_GivenExceptionMatches(PyObject *, PyObject *);
int PyErr_ExceptionMatches(PyObject *);
void PyErr_NormalizeException(PyObject **, PyObject **, PyObject **);
extern PyObject *PyExc_BaseException, *PyExc_Exception, *PyExc_StopIteration, *PyExc_GeneratorExit,
    *PyExc_StandardError, *PyExc_ArithmeticError, *PyExc_LookupError, *PyExc_AssertionError,
    *PyExc_AttributeError, *PyExc_EOFError, *PyExc_FloatingPointError, *PyExc_EnvironmentError,
    *PyExc_IOError, *PyExc_OSError, *PyExc_ImportError, *PyExc_IndexError, *PyExc_KeyError,
    *PyExc_KeyboardInterrupt, *PyExc_MemoryError, *PyExc_NameError, *PyExc_OverflowError,
    *PyExc_RuntimeError, *PyExc_NotImplementedError, *PyExc_SyntaxError, *PyExc_IndentationError,
    *PyExc_TabError, *PyExc_ReferenceError, *PyExc_SystemError, *PyExc_SystemExit, *PyExc_TypeError,
    *PyExc_UnboundLocalError, *PyExc_UnicodeError, *PyExc_UnicodeEncodeError,
    *PyExc_UnicodeDecodeError, *PyExc_UnicodeTranslateError, *PyExc_ValueError,
    *PyExc_ZeroDivisionError, *PyExc_BufferError, *PyExc_MemoryErrorInst, *PyExc_RecursionErrorInst,
    *PyExc_Warning, *PyExc_UserWarning, *PyExc_DeprecationWarning, *PyExc_PendingDeprecationWarning,
    *PyExc_SyntaxWarning, *PyExc_RuntimeWarning, *PyExc_FutureWarning, *PyExc_ImportWarning,
    *PyExc_UnicodeWarning, *PyExc_BytesWarning;
#define PyExceptionClass_Check(x)                                                                  \
    (PyClass_Check((x)) ||                                                                         \
     (PyType_Check((x)) &&                                                                         \
      PyType_FastSubclass((PyTypeObject *)(x), Py_TPFLAGS_BASE_EXC_SUBCLASS)))
#define PyExceptionInstance_Check(x)                                                               \
    (PyInstance_Check((x)) || PyType_FastSubclass(Py_TYPE(x), Py_TPFLAGS_BASE_EXC_SUBCLASS))
const char *PyExceptionClass_Name(PyObject *);
#define PyExceptionInstance_Class(x)                                                               \
    (PyInstance_Check((x)) ? (PyObject *)((PyInstanceObject *)(x))->in_class                       \
                           : (PyObject *)Py_TYPE(x))
int PyErr_BadArgument(void);
PyObject *PyErr_NoMemory(void);
PyObject *PyErr_Format(PyObject *, const char *, ...);
/* errno-based: e is a Linux error number (positive). All return NULL. */
PyObject *_PyErr_SetFromErrnum(PyObject *exc, int e);
PyObject *_PyErr_SetFromErrnumWithFilename(PyObject *exc, int e, const char *filename);
PyObject *_PyErr_SetFromErrnumWithFilenameObject(PyObject *exc, int e, PyObject *filename);
const char *_Py_StrError(int e); /* Linux's text */
void _PyErr_BadInternalCall(const char *file, int line);
#define PyErr_BadInternalCall() _PyErr_BadInternalCall(__FILE__, __LINE__)
PyObject *PyErr_NewException(const char *name, PyObject *base, PyObject *dict);
PyObject *PyErr_NewExceptionWithDoc(const char *name, const char *doc, PyObject *base,
                                    PyObject *dict);
void PyErr_WriteUnraisable(PyObject *);
int PyErr_CheckSignals(void); /* 0, or -1 with an exception from a handler; nested use */
void PyErr_SyntaxLocation(const char *filename, int lineno);
PyObject *PyErr_ProgramText(const char *filename, int lineno);
PyObject *PyUnicodeDecodeError_Create(const char *enc, const char *object, Py_ssize_t len,
                                      Py_ssize_t start, Py_ssize_t end, const char *reason);
PyObject *PyUnicodeEncodeError_Create(const char *enc, const Py_UNICODE *object, Py_ssize_t len,
                                      Py_ssize_t start, Py_ssize_t end, const char *reason);
PyObject *PyUnicodeTranslateError_Create(const Py_UNICODE *object, Py_ssize_t len, Py_ssize_t start,
                                         Py_ssize_t end, const char *reason);
PyObject *PyUnicodeEncodeError_GetEncoding(PyObject *),
    *PyUnicodeDecodeError_GetEncoding(PyObject *);
PyObject *PyUnicodeEncodeError_GetObject(PyObject *), *PyUnicodeDecodeError_GetObject(PyObject *),
    *PyUnicodeTranslateError_GetObject(PyObject *);
int PyUnicodeEncodeError_GetStart(PyObject *, Py_ssize_t *),
    PyUnicodeDecodeError_GetStart(PyObject *, Py_ssize_t *),
    PyUnicodeTranslateError_GetStart(PyObject *, Py_ssize_t *),
    PyUnicodeEncodeError_SetStart(PyObject *, Py_ssize_t),
    PyUnicodeDecodeError_SetStart(PyObject *, Py_ssize_t),
    PyUnicodeTranslateError_SetStart(PyObject *, Py_ssize_t),
    PyUnicodeEncodeError_GetEnd(PyObject *, Py_ssize_t *),
    PyUnicodeDecodeError_GetEnd(PyObject *, Py_ssize_t *),
    PyUnicodeTranslateError_GetEnd(PyObject *, Py_ssize_t *),
    PyUnicodeEncodeError_SetEnd(PyObject *, Py_ssize_t),
    PyUnicodeDecodeError_SetEnd(PyObject *, Py_ssize_t),
    PyUnicodeTranslateError_SetEnd(PyObject *, Py_ssize_t);
PyObject *PyUnicodeEncodeError_GetReason(PyObject *), *PyUnicodeDecodeError_GetReason(PyObject *),
    *PyUnicodeTranslateError_GetReason(PyObject *);
int PyUnicodeEncodeError_SetReason(PyObject *, const char *),
    PyUnicodeDecodeError_SetReason(PyObject *, const char *),
    PyUnicodeTranslateError_SetReason(PyObject *, const char *);
/* Fills the module `exceptions` (made here, added to sys.modules) and the names in the builtins
 * dict. -1 on error. */
int _PyExc_Init(PyObject *builtins_dict);
void _PyExc_Fini(void);
#endif
