/* SPDX-License-Identifier: MIT */
/* sys: its functions. What its attributes are is in sys_init.c, how exceptions are shown in
 * sys_print.c. */
#include "modules/sys_private.h"

PyObject *PySys_GetObject(const char *name)
{
    PyThreadState *tstate = PyThreadState_GET();

    if (tstate == NULL || tstate->interp->sysdict == NULL)
        return NULL;
    return PyDict_GetItemString(tstate->interp->sysdict, name);
}

PyObject *PySys_GetFile(const char *name)
{
    PyObject *f = PySys_GetObject(name);

    return f != NULL && PyFile_Check(f) ? f : NULL;
}

int PySys_SetObject(const char *name, PyObject *v)
{
    PyObject *d = PyThreadState_GET()->interp->sysdict;

    if (v != NULL)
        return PyDict_SetItemString(d, name, v);
    return PyDict_GetItemString(d, name) == NULL ? 0 : PyDict_DelItemString(d, name);
}

/* -- Hooks
 * ---------------------------------------------------------------------------------------------------
 */

PyDoc_STRVAR(displayhook_doc, "displayhook(object) -> None\n\nPrint an object to sys.stdout and "
                              "also save it in __builtin__._\n");

static PyObject *sys_displayhook(PyObject *self, PyObject *v)
{
    PyObject *builtins = PyDict_GetItemString(PyImport_GetModuleDict(), "__builtin__"), *out;

    if (builtins == NULL) {
        PyErr_SetString(PyExc_RuntimeError, "lost __builtin__");
        return NULL;
    }
    if (v == Py_None)
        Py_RETURN_NONE;
    /* `_` is None while the object is printed, so that its __repr__ sees no stale one */
    if (PyObject_SetAttrString(builtins, "_", Py_None) < 0 || Py_FlushLine() < 0)
        return NULL;
    out = PySys_GetObject("stdout");
    if (out == NULL) {
        PyErr_SetString(PyExc_RuntimeError, "lost sys.stdout");
        return NULL;
    }
    if (PyFile_WriteObject(v, out, 0) < 0)
        return NULL;
    PyFile_SoftSpace(out, 1);
    if (Py_FlushLine() < 0 || PyObject_SetAttrString(builtins, "_", v) < 0)
        return NULL;
    Py_RETURN_NONE;
}

PyDoc_STRVAR(
    excepthook_doc,
    "excepthook(exctype, value, traceback) -> None\n\nHandle an exception by displaying it with a "
    "traceback on sys.stderr.\n");

static PyObject *sys_excepthook(PyObject *self, PyObject *args)
{
    PyObject *exc, *value, *tb;

    if (!PyArg_UnpackTuple(args, "excepthook", 3, 3, &exc, &value, &tb))
        return NULL;
    PyErr_Display(exc, value, tb);
    Py_RETURN_NONE;
}

/* -- Exceptions
 * ------------------------------------------------------------------------------------------------
 */

PyDoc_STRVAR(exc_info_doc,
             "exc_info() -> (type, value, traceback)\n\nReturn information about the most recent "
             "exception caught "
             "by an except clause in the current stack frame or in an older stack frame.");

static PyObject *sys_exc_info(PyObject *self, PyObject *noargs)
{
    PyThreadState *t = PyThreadState_GET();

    return Py_BuildValue("(OOO)", t->exc_type ? t->exc_type : Py_None,
                         t->exc_value ? t->exc_value : Py_None,
                         t->exc_traceback ? t->exc_traceback : Py_None);
}

PyDoc_STRVAR(exc_clear_doc,
             "exc_clear() -> None\n\nClear global information on the current exception.  "
             "Subsequent calls to "
             "exc_info() will return (None,None,None) until another exception is raised in the "
             "current thread "
             "or the execution stack returns to a frame where another exception is being handled.");

static PyObject *sys_exc_clear(PyObject *self, PyObject *noargs)
{
    PyThreadState *t = PyThreadState_GET();
    PyObject *a, *b, *c;

    if (PyErr_WarnPy3k("sys.exc_clear() not supported in 3.x; use except clauses", 1) < 0)
        return NULL;
    a = t->exc_type;
    b = t->exc_value;
    c = t->exc_traceback;
    t->exc_type = t->exc_value = t->exc_traceback = NULL;
    Py_XDECREF(a);
    Py_XDECREF(b);
    Py_XDECREF(c);
    PySys_SetObject("exc_type", Py_None);
    PySys_SetObject("exc_value", Py_None);
    PySys_SetObject("exc_traceback", Py_None);
    Py_RETURN_NONE;
}

PyDoc_STRVAR(exit_doc, "exit([status])\n\nExit the interpreter by raising SystemExit(status). If "
                       "the status is omitted or None, it "
                       "defaults to zero (i.e., success). If the status is an integer, it will be "
                       "used as the system exit "
                       "status. If it is another kind of object, it will be printed and the system "
                       "exit status will be one "
                       "(i.e., failure).");

static PyObject *sys_exit(PyObject *self, PyObject *args)
{
    PyObject *code = NULL;

    if (!PyArg_UnpackTuple(args, "exit", 0, 1, &code))
        return NULL;
    PyErr_SetObject(PyExc_SystemExit, code);
    return NULL;
}

/* -- Encodings
 * ----------------------------------------------------------------------------------------------------
 */

PyDoc_STRVAR(
    getdefaultencoding_doc,
    "getdefaultencoding() -> string\n\nReturn the current default string encoding used by the "
    "Unicode implementation.");

static PyObject *sys_getdefaultencoding(PyObject *self, PyObject *noargs)
{
    return PyString_FromString(PyUnicode_GetDefaultEncoding());
}

PyDoc_STRVAR(setdefaultencoding_doc, "setdefaultencoding(encoding)\n\nSet the current default "
                                     "string encoding used by the Unicode implementation.");

static PyObject *sys_setdefaultencoding(PyObject *self, PyObject *args)
{
    char *encoding;

    if (!PyArg_ParseTuple(args, "s:setdefaultencoding", &encoding) ||
        PyUnicode_SetDefaultEncoding(encoding) < 0)
        return NULL;
    Py_RETURN_NONE;
}

PyDoc_STRVAR(
    getfilesystemencoding_doc,
    "getfilesystemencoding() -> string\n\nReturn the encoding used to convert Unicode filenames "
    "in operating system filenames.");

static PyObject *sys_getfilesystemencoding(PyObject *self, PyObject *noargs)
{
    return PyString_FromString("UTF-8");
}

/* -- Tracing and profiling
 * ------------------------------------------------------------------------------------------ */

PyDoc_STRVAR(settrace_doc, "settrace(function)\n\nSet the global debug tracing function.  It will "
                           "be called on each function call.  "
                           "See the debugger chapter in the library manual.");

static PyObject *sys_settrace(PyObject *self, PyObject *f)
{
    _PyEval_SetPythonTrace(f == Py_None ? NULL : f);
    Py_RETURN_NONE;
}

PyDoc_STRVAR(gettrace_doc,
             "gettrace()\n\nReturn the global debug tracing function set with sys.settrace.");

static PyObject *sys_gettrace(PyObject *self, PyObject *noargs)
{
    PyObject *f = PyThreadState_GET()->c_traceobj;

    if (f == NULL)
        f = Py_None;
    Py_INCREF(f);
    return f;
}

PyDoc_STRVAR(setprofile_doc, "setprofile(function)\n\nSet the profiling function.  It will be "
                             "called on each function call and "
                             "return.  See the profiler chapter in the library manual.");

static PyObject *sys_setprofile(PyObject *self, PyObject *f)
{
    _PyEval_SetPythonProfile(f == Py_None ? NULL : f);
    Py_RETURN_NONE;
}

PyDoc_STRVAR(getprofile_doc,
             "getprofile()\n\nReturn the profiling function set with sys.setprofile.");

static PyObject *sys_getprofile(PyObject *self, PyObject *noargs)
{
    PyObject *f = PyThreadState_GET()->c_profileobj;

    if (f == NULL)
        f = Py_None;
    Py_INCREF(f);
    return f;
}

PyDoc_STRVAR(
    call_tracing_doc,
    "call_tracing(func, args) -> object\n\nCall func(*args), while tracing is enabled.  The "
    "tracing state "
    "is saved, and restored afterwards.  This is intended to be called from a debugger from a "
    "checkpoint, to recursively debug some other code.");

static PyObject *sys_call_tracing(PyObject *self, PyObject *args)
{
    PyObject *func, *argtuple;

    if (!PyArg_ParseTuple(args, "OO!:call_tracing", &func, &PyTuple_Type, &argtuple))
        return NULL;
    return _PyEval_CallTracingGoOn(func, argtuple);
}

PyDoc_STRVAR(
    callstats_doc,
    "callstats() -> tuple of integers\n\nAlways None: this build does not count kinds of calls.");

static PyObject *sys_callstats(PyObject *self, PyObject *noargs)
{
    if (PyErr_WarnPy3k("sys.callstats() has been removed in 3.x", 1) < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* -- Limits
 * ---------------------------------------------------------------------------------------------------------
 */

PyDoc_STRVAR(
    setcheckinterval_doc,
    "setcheckinterval(n)\n\nTell the Python interpreter to check for asynchronous events every\n"
    "n instructions.  This also affects how often thread switches occur.");

static PyObject *sys_setcheckinterval(PyObject *self, PyObject *args)
{
    if (!PyArg_ParseTuple(args, "i:setcheckinterval", &_Py_CheckInterval))
        return NULL;
    Py_RETURN_NONE;
}

PyDoc_STRVAR(getcheckinterval_doc,
             "getcheckinterval() -> current check interval; see setcheckinterval().");

static PyObject *sys_getcheckinterval(PyObject *self, PyObject *noargs)
{
    return PyInt_FromLong(_Py_CheckInterval);
}

PyDoc_STRVAR(
    setrecursionlimit_doc,
    "setrecursionlimit(n)\n\nSet the maximum depth of the Python interpreter stack to n.  This "
    "limit prevents infinite recursion from running out of memory.");

static PyObject *sys_setrecursionlimit(PyObject *self, PyObject *args)
{
    int limit;

    if (!PyArg_ParseTuple(args, "i:setrecursionlimit", &limit))
        return NULL;
    if (limit <= 0) {
        PyErr_SetString(PyExc_ValueError, "recursion limit must be positive");
        return NULL;
    }
    Py_SetRecursionLimit(limit);
    Py_RETURN_NONE;
}

PyDoc_STRVAR(
    getrecursionlimit_doc,
    "getrecursionlimit()\n\nReturn the current value of the recursion limit, the maximum depth\n"
    "of the Python interpreter stack.");

static PyObject *sys_getrecursionlimit(PyObject *self, PyObject *noargs)
{
    return PyInt_FromLong(Py_GetRecursionLimit());
}

static int dlopen_flags = 2;

PyDoc_STRVAR(setdlopenflags_doc, "setdlopenflags(n) -> None\n\nSet the flags used for loading "
                                 "extension modules. There are none here; "
                                 "the value is only kept.");

static PyObject *sys_setdlopenflags(PyObject *self, PyObject *args)
{
    if (!PyArg_ParseTuple(args, "i:setdlopenflags", &dlopen_flags))
        return NULL;
    Py_RETURN_NONE;
}

PyDoc_STRVAR(getdlopenflags_doc,
             "getdlopenflags() -> int\n\nReturn the value setdlopenflags() has set.");

static PyObject *sys_getdlopenflags(PyObject *self, PyObject *noargs)
{
    return PyInt_FromLong(dlopen_flags);
}

/* -- Looking at objects and frames
 * ---------------------------------------------------------------------------------------- */

PyDoc_STRVAR(getrefcount_doc, "getrefcount(object) -> integer\n\nReturn the reference count of "
                              "object.  The count returned is "
                              "generally one higher than you might expect, because it includes the "
                              "(temporary) reference as an "
                              "argument to getrefcount().");

static PyObject *sys_getrefcount(PyObject *self, PyObject *v)
{
    return PyInt_FromSsize_t(Py_REFCNT(v));
}

enum { X64_GC_HEAD_SIZE = 32 };

PyDoc_STRVAR(getsizeof_doc,
             "getsizeof(object, default) -> int\n\nReturn the size of object in bytes.");

static PyObject *sys_getsizeof(PyObject *self, PyObject *args, PyObject *kw)
{
    static char *names[] = {"object", "default", NULL};
    PyObject *v, *missing = NULL, *size = NULL, *method;
    py_long n;

    if (!PyArg_ParseTupleAndKeywords(args, kw, "O|O:getsizeof", names, &v, &missing))
        return NULL;
    if (PyType_Ready(Py_TYPE(v)) < 0)
        return NULL;
    if (PyInstance_Check(v)) {
        size = PyInt_FromLong(40);
    } else {
        PyObject *nameobj = NULL;

        method = _PyObject_LookupSpecial(v, "__sizeof__", &nameobj);
        Py_XDECREF(nameobj);
        if (method == NULL) {
            if (!PyErr_Occurred())
                PyErr_Format(PyExc_TypeError, "Type %.100s doesn't define __sizeof__",
                             Py_TYPE(v)->tp_name);
        } else {
            size = PyObject_CallFunctionObjArgs(method, NULL);
            Py_DECREF(method);
        }
    }
    if (size != NULL && !PyInt_Check(size) && !PyLong_Check(size)) {
        Py_DECREF(size);
        size = NULL;
        PyErr_SetString(PyExc_TypeError, "an integer is required");
    }
    if (size == NULL) {
        if (missing == NULL || !PyErr_ExceptionMatches(PyExc_TypeError))
            return NULL;
        PyErr_Clear();
        Py_INCREF(missing);
        return missing;
    }
    n = PyLong_Check(size) ? PyLong_AsLong(size) : PyInt_AsLong(size);
    Py_DECREF(size);
    if (n == -1 && PyErr_Occurred())
        return NULL;
    if (n < 0) {
        PyErr_SetString(PyExc_ValueError, "__sizeof__() should return >= 0");
        return NULL;
    }
    return PyInt_FromSize_t((uint64_t)n + (PyObject_IS_GC(v) ? X64_GC_HEAD_SIZE : 0));
}

PyDoc_STRVAR(getframe_doc, "_getframe([depth]) -> frameobject\n\nReturn a frame object from the "
                           "call stack.  If optional integer depth "
                           "is given, return the frame object that many calls below the top of the "
                           "stack.  If that is deeper "
                           "than the call stack, ValueError is raised.");

static PyObject *sys_getframe(PyObject *self, PyObject *args)
{
    PyFrameObject *f = PyThreadState_GET()->frame;
    int depth = -1;

    if (!PyArg_ParseTuple(args, "|i:_getframe", &depth))
        return NULL;
    while (depth > 0 && f != NULL) {
        f = f->f_back;
        depth--;
    }
    if (f == NULL) {
        PyErr_SetString(PyExc_ValueError, "call stack is not deep enough");
        return NULL;
    }
    Py_INCREF(f);
    return (PyObject *)f;
}

PyDoc_STRVAR(current_frames_doc, "_current_frames() -> dictionary\n\nReturn a dictionary mapping "
                                 "each current thread T's thread id to T's "
                                 "current stack frame.");

static PyObject *sys_current_frames(PyObject *self, PyObject *noargs)
{
    PyObject *result = PyDict_New();
    PyInterpreterState *i;
    PyThreadState *t;

    for (i = PyInterpreterState_Head(); result != NULL && i != NULL; i = i->next)
        for (t = i->tstate_head; result != NULL && t != NULL; t = t->next) {
            PyObject *id;

            if (t->frame == NULL)
                continue;
            id = PyInt_FromLong(t->thread_id);
            if (id == NULL || PyDict_SetItem(result, id, (PyObject *)t->frame) < 0)
                Py_CLEAR(result);
            Py_XDECREF(id);
        }
    return result;
}

PyDoc_STRVAR(clear_type_cache_doc,
             "_clear_type_cache() -> None\nClear the internal type lookup cache.");

static PyObject *sys_clear_type_cache(PyObject *self, PyObject *noargs)
{
    PyType_ClearCache();
    Py_RETURN_NONE;
}

PyMethodDef _PySys_Methods[] = {
    {"callstats", sys_callstats, METH_NOARGS, callstats_doc},
    {"_clear_type_cache", sys_clear_type_cache, METH_NOARGS, clear_type_cache_doc},
    {"_current_frames", sys_current_frames, METH_NOARGS, current_frames_doc},
    {"displayhook", sys_displayhook, METH_O, displayhook_doc},
    {"exc_info", sys_exc_info, METH_NOARGS, exc_info_doc},
    {"exc_clear", sys_exc_clear, METH_NOARGS, exc_clear_doc},
    {"excepthook", sys_excepthook, METH_VARARGS, excepthook_doc},
    {"exit", sys_exit, METH_VARARGS, exit_doc},
    {"getdefaultencoding", sys_getdefaultencoding, METH_NOARGS, getdefaultencoding_doc},
    {"getdlopenflags", sys_getdlopenflags, METH_NOARGS, getdlopenflags_doc},
    {"getfilesystemencoding", sys_getfilesystemencoding, METH_NOARGS, getfilesystemencoding_doc},
    {"getrefcount", sys_getrefcount, METH_O, getrefcount_doc},
    {"getrecursionlimit", sys_getrecursionlimit, METH_NOARGS, getrecursionlimit_doc},
    {"getsizeof", PyCFunction_CAST(sys_getsizeof), METH_VARARGS | METH_KEYWORDS, getsizeof_doc},
    {"_getframe", sys_getframe, METH_VARARGS, getframe_doc},
    {"setdefaultencoding", sys_setdefaultencoding, METH_VARARGS, setdefaultencoding_doc},
    {"setcheckinterval", sys_setcheckinterval, METH_VARARGS, setcheckinterval_doc},
    {"getcheckinterval", sys_getcheckinterval, METH_NOARGS, getcheckinterval_doc},
    {"setdlopenflags", sys_setdlopenflags, METH_VARARGS, setdlopenflags_doc},
    {"setprofile", sys_setprofile, METH_O, setprofile_doc},
    {"getprofile", sys_getprofile, METH_NOARGS, getprofile_doc},
    {"setrecursionlimit", sys_setrecursionlimit, METH_VARARGS, setrecursionlimit_doc},
    {"settrace", sys_settrace, METH_O, settrace_doc},
    {"gettrace", sys_gettrace, METH_NOARGS, gettrace_doc},
    {"call_tracing", sys_call_tracing, METH_VARARGS | METH_RESUMABLE, call_tracing_doc},
    {NULL, NULL, 0, NULL},
};
