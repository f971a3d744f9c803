/* SPDX-License-Identifier: MIT */
/* BaseException and the exceptions that add nothing to it but a name; the module `exceptions`.
 * Invariant: args is always a tuple; message is the deprecated single argument, hidden by an entry
 * "message" in the instance dict once a program sets one. */
#include "Python.h"
#include "exceptions.h"

/* -- Life -----------------------------------------------------------------------------------------
 */

PyObject *_PyBaseExc_New(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyBaseExceptionObject *self = (PyBaseExceptionObject *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    self->message = PyString_FromString("");
    self->args = PyTuple_New(0);
    if (self->message == NULL || self->args == NULL)
        Py_CLEAR(self);
    return (PyObject *)self;
}

int _PyBaseExc_Init(PyObject *op, PyObject *args, PyObject *kwds)
{
    PyBaseExceptionObject *self = (PyBaseExceptionObject *)op;
    if (!_PyArg_NoKeywords(Py_TYPE(self)->tp_name, kwds))
        return -1;
    Py_INCREF(args);
    Py_XSETREF(self->args, args);
    if (PyTuple_GET_SIZE(args) == 1) {
        PyObject *message = PyTuple_GET_ITEM(args, 0);
        Py_INCREF(message);
        Py_XSETREF(self->message, message);
    }
    return 0;
}

int _PyBaseExc_Clear(PyObject *op)
{
    PyBaseExceptionObject *self = (PyBaseExceptionObject *)op;
    Py_CLEAR(self->dict);
    Py_CLEAR(self->args);
    Py_CLEAR(self->message);
    return 0;
}

void _PyBaseExc_ClearCommon(PyBaseExceptionObject *self)
{
    _PyBaseExc_Clear((PyObject *)self);
    Py_TYPE(self)->tp_free(self);
}

static void baseexc_dealloc(PyObject *self)
{
    _PyObject_GC_UNTRACK(self);
    _PyBaseExc_ClearCommon((PyBaseExceptionObject *)self);
}

int _PyBaseExc_Traverse(PyObject *op, visitproc visit, void *arg)
{
    PyBaseExceptionObject *self = (PyBaseExceptionObject *)op;
    Py_VISIT(self->dict);
    Py_VISIT(self->args);
    Py_VISIT(self->message);
    return 0;
}

/* -- Text -----------------------------------------------------------------------------------------
 */

#define ARGS(op) (((PyBaseExceptionObject *)(op))->args)

PyObject *_PyBaseExc_Str(PyObject *self)
{
    PyObject *args = ARGS(self);
    switch (args == NULL ? 0 : PyTuple_GET_SIZE(args)) {
    case 0:
        return PyString_FromString("");
    case 1:
        return PyObject_Str(PyTuple_GET_ITEM(args, 0));
    default:
        return PyObject_Str(args);
    }
}

static PyObject *baseexc_unicode(PyObject *self, PyObject *unused)
{
    PyObject *args = ARGS(self);
    /* A subclass that overrides __str__ alone means its unicode as well. */
    if (Py_TYPE(self)->tp_str != _PyBaseExc_Str) {
        PyObject *str = Py_TYPE(self)->tp_str(self);
        if (str == NULL)
            return NULL;
        PyObject *out = PyObject_Unicode(str);
        Py_DECREF(str);
        return out;
    }
    switch (args == NULL ? 0 : PyTuple_GET_SIZE(args)) {
    case 0:
        return PyUnicode_FromString("");
    case 1:
        return PyObject_Unicode(PyTuple_GET_ITEM(args, 0));
    default:
        return PyObject_Unicode(args);
    }
}

static PyObject *baseexc_repr(PyObject *self)
{
    const char *name = Py_TYPE(self)->tp_name, *dot = strrchr(name, '.');
    PyObject *suffix = ARGS(self) == NULL ? PyString_FromString("()") : PyObject_Repr(ARGS(self));
    if (suffix == NULL)
        return NULL;
    PyObject *repr = PyString_FromString(dot != NULL ? dot + 1 : name);
    if (repr == NULL) {
        Py_DECREF(suffix);
        return NULL;
    }
    PyString_ConcatAndDel(&repr, suffix);
    return repr;
}

/* -- Pickling and sequence protocol
 * ----------------------------------------------------------------- */

static PyObject *baseexc_reduce(PyObject *self, PyObject *unused)
{
    PyBaseExceptionObject *e = (PyBaseExceptionObject *)self;
    if (e->args != NULL && e->dict != NULL)
        return PyTuple_Pack(3, (PyObject *)Py_TYPE(self), e->args, e->dict);
    return PyTuple_Pack(2, (PyObject *)Py_TYPE(self), e->args != NULL ? e->args : Py_None);
}

static PyObject *baseexc_setstate(PyObject *self, PyObject *state)
{
    Py_ssize_t i = 0;
    PyObject *key, *value;
    if (state != Py_None) {
        if (!PyDict_Check(state)) {
            PyErr_SetString(PyExc_TypeError, "state is not a dictionary");
            return NULL;
        }
        while (PyDict_Next(state, &i, &key, &value)) {
            Py_INCREF(key);
            Py_INCREF(value);
            int err = PyObject_SetAttr(self, key, value);
            Py_DECREF(key);
            Py_DECREF(value);
            if (err < 0)
                return NULL;
        }
    }
    Py_RETURN_NONE;
}

static PyObject *baseexc_getitem(PyObject *self, Py_ssize_t index)
{
    if (PyErr_WarnPy3k("__getitem__ not supported for exception classes in 3.x; use args attribute",
                       1) < 0)
        return NULL;
    return PySequence_GetItem(ARGS(self), index);
}

static PyObject *baseexc_getslice(PyObject *self, Py_ssize_t start, Py_ssize_t stop)
{
    if (PyErr_WarnPy3k(
            "__getslice__ not supported for exception classes in 3.x; use args attribute", 1) < 0)
        return NULL;
    return PySequence_GetSlice(ARGS(self), start, stop);
}

/* -- Attributes -----------------------------------------------------------------------------------
 */

static PyObject *baseexc_get_dict(PyObject *op, void *closure)
{
    PyBaseExceptionObject *self = (PyBaseExceptionObject *)op;
    if (self->dict == NULL) {
        self->dict = PyDict_New();
        if (self->dict == NULL)
            return NULL;
    }
    Py_INCREF(self->dict);
    return self->dict;
}

static int baseexc_set_dict(PyObject *op, PyObject *val, void *closure)
{
    PyBaseExceptionObject *self = (PyBaseExceptionObject *)op;
    if (val == NULL) {
        PyErr_SetString(PyExc_TypeError, "__dict__ may not be deleted");
        return -1;
    }
    if (!PyDict_Check(val)) {
        PyErr_SetString(PyExc_TypeError, "__dict__ must be a dictionary");
        return -1;
    }
    Py_INCREF(val);
    Py_XSETREF(self->dict, val);
    return 0;
}

static PyObject *baseexc_get_args(PyObject *op, void *closure)
{
    PyObject *args = ARGS(op);
    if (args == NULL)
        Py_RETURN_NONE;
    Py_INCREF(args);
    return args;
}

static int baseexc_set_args(PyObject *op, PyObject *val, void *closure)
{
    PyBaseExceptionObject *self = (PyBaseExceptionObject *)op;
    if (val == NULL) {
        PyErr_SetString(PyExc_TypeError, "args may not be deleted");
        return -1;
    }
    PyObject *seq = PySequence_Tuple(val);
    if (seq == NULL)
        return -1;
    Py_XSETREF(self->args, seq);
    return 0;
}

static PyObject *baseexc_get_message(PyObject *op, void *closure)
{
    PyBaseExceptionObject *self = (PyBaseExceptionObject *)op;
    if (self->dict != NULL) {
        PyObject *msg = PyDict_GetItemString(self->dict, "message");
        if (msg != NULL) {
            Py_INCREF(msg);
            return msg;
        }
    }
    if (self->message == NULL) {
        PyErr_SetString(PyExc_AttributeError, "message attribute was deleted");
        return NULL;
    }
    if (PyErr_WarnEx(PyExc_DeprecationWarning,
                     "BaseException.message has been deprecated as of Python 2.6", 1) < 0)
        return NULL;
    Py_INCREF(self->message);
    return self->message;
}

static int baseexc_set_message(PyObject *op, PyObject *value, void *closure)
{
    PyBaseExceptionObject *self = (PyBaseExceptionObject *)op;
    if (value == NULL) {
        if (self->dict != NULL && PyDict_GetItemString(self->dict, "message") != NULL &&
            PyDict_DelItemString(self->dict, "message") < 0)
            return -1;
        Py_CLEAR(self->message);
        return 0;
    }
    if (self->dict == NULL) {
        self->dict = PyDict_New();
        if (self->dict == NULL)
            return -1;
    }
    return PyDict_SetItemString(self->dict, "message", value);
}

static PyMethodDef baseexc_methods[] = {
    {"__reduce__", baseexc_reduce, METH_NOARGS, NULL},
    {"__setstate__", baseexc_setstate, METH_O, NULL},
    {"__unicode__", baseexc_unicode, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PySequenceMethods baseexc_as_sequence = {.sq_item = baseexc_getitem,
                                                .sq_slice = baseexc_getslice};

static PyGetSetDef baseexc_getset[] = {
    {"__dict__", baseexc_get_dict, baseexc_set_dict, NULL, NULL},
    {"args", baseexc_get_args, baseexc_set_args, NULL, NULL},
    {"message", baseexc_get_message, baseexc_set_message, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

#define PLAIN(NAME, BASE, DOC)                                                                     \
    EXC_TYPE(NAME, BASE, PyBaseExceptionObject, 40, baseexc_dealloc, _PyBaseExc_Traverse,          \
             _PyBaseExc_Clear, _PyBaseExc_Init, DOC)

PyTypeObject _PyExc_BaseException = {
    PLAIN("BaseException", NULL, "Common base class for all exceptions"),
    .tp_repr = baseexc_repr,
    .tp_as_sequence = &baseexc_as_sequence,
    .tp_str = _PyBaseExc_Str,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_setattro = PyObject_GenericSetAttr,
    .tp_methods = baseexc_methods,
    .tp_getset = baseexc_getset,
};
PyObject *PyExc_BaseException = (PyObject *)&_PyExc_BaseException;

/* -- SystemExit: remembers the status
 * --------------------------------------------------------------- */

static int systemexit_init(PyObject *op, PyObject *args, PyObject *kwds)
{
    PySystemExitObject *self = (PySystemExitObject *)op;
    if (_PyBaseExc_Init(op, args, kwds) < 0)
        return -1;
    Py_ssize_t size = PyTuple_GET_SIZE(args);
    if (size == 0)
        return 0;
    PyObject *code = size == 1 ? PyTuple_GET_ITEM(args, 0) : args;
    Py_INCREF(code);
    Py_XSETREF(self->code, code);
    return 0;
}

static int systemexit_clear(PyObject *op)
{
    Py_CLEAR(((PySystemExitObject *)op)->code);
    return _PyBaseExc_Clear(op);
}

static void systemexit_dealloc(PyObject *op)
{
    _PyObject_GC_UNTRACK(op);
    Py_CLEAR(((PySystemExitObject *)op)->code);
    _PyBaseExc_ClearCommon((PyBaseExceptionObject *)op);
}

static int systemexit_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(((PySystemExitObject *)op)->code);
    return _PyBaseExc_Traverse(op, visit, arg);
}

static PyMemberDef systemexit_members[] = {
    {"code", T_OBJECT, offsetof(PySystemExitObject, code), 0, "exception code"},
    {NULL, 0, 0, 0, NULL},
};

PyTypeObject _PyExc_SystemExit = {
    EXC_TYPE("SystemExit", &_PyExc_BaseException, PySystemExitObject, 48, systemexit_dealloc,
             systemexit_traverse, systemexit_clear, systemexit_init,
             "Request to exit from the interpreter."),
    .tp_members = systemexit_members,
};
PyObject *PyExc_SystemExit = (PyObject *)&_PyExc_SystemExit;

/* -- KeyError: shows which key, even the empty string
 * ------------------------------------------------ */

static PyObject *keyerror_str(PyObject *self)
{
    PyObject *args = ARGS(self);
    if (args != NULL && PyTuple_GET_SIZE(args) == 1)
        return PyObject_Repr(PyTuple_GET_ITEM(args, 0));
    return _PyBaseExc_Str(self);
}

/* -- The plain ones
 * --------------------------------------------------------------------------------- */

#define SIMPLE(NAME, BASE, DOC)                                                                    \
    PyTypeObject _PyExc_##NAME = {PLAIN(#NAME, &_PyExc_##BASE, DOC)};                              \
    PyObject *PyExc_##NAME = (PyObject *)&_PyExc_##NAME;

SIMPLE(Exception, BaseException, "Common base class for all non-exit exceptions.")
SIMPLE(StandardError, Exception,
       "Base class for all standard Python exceptions that do not represent\ninterpreter exiting.")
SIMPLE(TypeError, StandardError, "Inappropriate argument type.")
SIMPLE(StopIteration, Exception, "Signal the end from iterator.next().")
SIMPLE(GeneratorExit, BaseException, "Request that a generator exit.")
SIMPLE(KeyboardInterrupt, BaseException, "Program interrupted by user.")
SIMPLE(ImportError, StandardError, "Import can't find module, or can't find name in module.")
SIMPLE(EOFError, StandardError, "Read beyond end of file.")
SIMPLE(RuntimeError, StandardError, "Unspecified run-time error.")
SIMPLE(NotImplementedError, RuntimeError, "Method or function hasn't been implemented yet.")
SIMPLE(NameError, StandardError, "Name not found globally.")
SIMPLE(UnboundLocalError, NameError, "Local name referenced but not bound to a value.")
SIMPLE(AttributeError, StandardError, "Attribute not found.")
SIMPLE(LookupError, StandardError, "Base class for lookup errors.")
SIMPLE(IndexError, LookupError, "Sequence index out of range.")
SIMPLE(ValueError, StandardError, "Inappropriate argument value (of correct type).")
SIMPLE(UnicodeError, ValueError, "Unicode related error.")
SIMPLE(AssertionError, StandardError, "Assertion failed.")
SIMPLE(ArithmeticError, StandardError, "Base class for arithmetic errors.")
SIMPLE(FloatingPointError, ArithmeticError, "Floating point operation failed.")
SIMPLE(OverflowError, ArithmeticError, "Result too large to be represented.")
SIMPLE(ZeroDivisionError, ArithmeticError,
       "Second argument to a division or modulo operation was zero.")
SIMPLE(SystemError, StandardError,
       "Internal error in the Python interpreter.\n\nPlease report this to the Python maintainer, "
       "along with the "
       "traceback,\nthe Python version, and the hardware/OS platform and version.")
SIMPLE(ReferenceError, StandardError, "Weak ref proxy used after referent went away.")
SIMPLE(MemoryError, StandardError, "Out of memory.")
SIMPLE(BufferError, StandardError, "Buffer error.")
SIMPLE(Warning, Exception, "Base class for warning categories.")
SIMPLE(UserWarning, Warning, "Base class for warnings generated by user code.")
SIMPLE(DeprecationWarning, Warning, "Base class for warnings about deprecated features.")
SIMPLE(PendingDeprecationWarning, Warning,
       "Base class for warnings about features which will be deprecated\nin the future.")
SIMPLE(SyntaxWarning, Warning, "Base class for warnings about dubious syntax.")
SIMPLE(RuntimeWarning, Warning, "Base class for warnings about dubious runtime behavior.")
SIMPLE(FutureWarning, Warning,
       "Base class for warnings about constructs that will change semantically\nin the future.")
SIMPLE(ImportWarning, Warning, "Base class for warnings about probable mistakes in module imports")
SIMPLE(UnicodeWarning, Warning,
       "Base class for warnings about Unicode related problems, mostly\nrelated to conversion "
       "problems.")
SIMPLE(BytesWarning, Warning,
       "Base class for warnings about bytes and bytearray related problems, \nmostly related to "
       "comparing to str.")

PyTypeObject _PyExc_KeyError = {PLAIN("KeyError", &_PyExc_LookupError, "Mapping key not found."),
                                .tp_str = keyerror_str};
PyObject *PyExc_KeyError = (PyObject *)&_PyExc_KeyError;

/* -- Start-up
 * --------------------------------------------------------------------------------------- */

PyObject *PyExc_MemoryErrorInst, *PyExc_RecursionErrorInst;

const char *PyExceptionClass_Name(PyObject *cls)
{
    if (PyClass_Check(cls))
        return PyString_AS_STRING(((PyClassObject *)cls)->cl_name);
    return ((PyTypeObject *)cls)->tp_name;
}

/* In an order in which bases come first. */
static PyTypeObject *const hierarchy[] = {
    &_PyExc_BaseException,
    &_PyExc_Exception,
    &_PyExc_StandardError,
    &_PyExc_TypeError,
    &_PyExc_StopIteration,
    &_PyExc_GeneratorExit,
    &_PyExc_SystemExit,
    &_PyExc_KeyboardInterrupt,
    &_PyExc_ImportError,
    &_PyExc_EnvironmentError,
    &_PyExc_IOError,
    &_PyExc_OSError,
    &_PyExc_EOFError,
    &_PyExc_RuntimeError,
    &_PyExc_NotImplementedError,
    &_PyExc_NameError,
    &_PyExc_UnboundLocalError,
    &_PyExc_AttributeError,
    &_PyExc_SyntaxError,
    &_PyExc_IndentationError,
    &_PyExc_TabError,
    &_PyExc_LookupError,
    &_PyExc_IndexError,
    &_PyExc_KeyError,
    &_PyExc_ValueError,
    &_PyExc_UnicodeError,
    &_PyExc_UnicodeEncodeError,
    &_PyExc_UnicodeDecodeError,
    &_PyExc_UnicodeTranslateError,
    &_PyExc_AssertionError,
    &_PyExc_ArithmeticError,
    &_PyExc_FloatingPointError,
    &_PyExc_OverflowError,
    &_PyExc_ZeroDivisionError,
    &_PyExc_SystemError,
    &_PyExc_ReferenceError,
    &_PyExc_MemoryError,
    &_PyExc_BufferError,
    &_PyExc_Warning,
    &_PyExc_UserWarning,
    &_PyExc_DeprecationWarning,
    &_PyExc_PendingDeprecationWarning,
    &_PyExc_SyntaxWarning,
    &_PyExc_RuntimeWarning,
    &_PyExc_FutureWarning,
    &_PyExc_ImportWarning,
    &_PyExc_UnicodeWarning,
    &_PyExc_BytesWarning,
};

static const char exceptions_doc[] =
    "Python's standard exception class hierarchy.\n\n"
    "The exceptions found here are built-in names as well. Exceptions of your own\n"
    "best inherit from Exception.";

int _PyExc_Init(PyObject *builtins_dict)
{
    for (size_t i = 0; i < sizeof(hierarchy) / sizeof(hierarchy[0]); i++) {
        if (PyType_Ready(hierarchy[i]) < 0)
            return -1;
    }
    PyObject *module = Py_InitModule4("exceptions", NULL, exceptions_doc, NULL, PYTHON_API_VERSION);
    if (module == NULL)
        return -1;
    PyObject *dict = PyModule_GetDict(module);
    for (size_t i = 0; i < sizeof(hierarchy) / sizeof(hierarchy[0]); i++) {
        const char *name = strrchr(hierarchy[i]->tp_name, '.') + 1;
        if (PyDict_SetItemString(dict, name, (PyObject *)hierarchy[i]) < 0 ||
            PyDict_SetItemString(builtins_dict, name, (PyObject *)hierarchy[i]) < 0)
            return -1;
    }
    /* Made now, since there may be no memory or no stack when they are needed. */
    PyObject *args = PyTuple_New(0);
    if (args == NULL)
        return -1;
    PyExc_MemoryErrorInst = PyObject_Call(PyExc_MemoryError, args, NULL);
    Py_DECREF(args);
    PyExc_RecursionErrorInst =
        PyObject_CallFunction(PyExc_RuntimeError, "s", "maximum recursion depth exceeded");
    return PyExc_MemoryErrorInst == NULL || PyExc_RecursionErrorInst == NULL ? -1 : 0;
}

void _PyExc_Fini(void)
{
    Py_CLEAR(PyExc_MemoryErrorInst);
    Py_CLEAR(PyExc_RecursionErrorInst);
}
