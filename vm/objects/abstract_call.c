/* SPDX-License-Identifier: MIT */
/* Calling objects from C (nested), type relations, cmp() and format().
 * Invariant: every nested call is counted, so that no program overruns the host's stack. */
#include "Python.h"

static PyObject *null_error(void)
{
    if (!PyErr_Occurred())
        PyErr_SetString(PyExc_SystemError, "null argument to internal routine");
    return NULL;
}

int PyObject_Cmp(PyObject *o1, PyObject *o2, int *result)
{
    if (o1 == NULL || o2 == NULL) {
        null_error();
        return -1;
    }
    int r = PyObject_Compare(o1, o2);
    if (PyErr_Occurred())
        return -1;
    *result = r;
    return 0;
}

PyObject *PyObject_Type(PyObject *o)
{
    if (o == NULL)
        return null_error();
    Py_INCREF(Py_TYPE(o));
    return (PyObject *)Py_TYPE(o);
}

/* -- Calls ----------------------------------------------------------------------------------------
 */

PyObject *PyObject_Call(PyObject *func, PyObject *args, PyObject *kw)
{
    ternaryfunc call = Py_TYPE(func)->tp_call;
    if (call == NULL) {
        PyErr_Format(PyExc_TypeError, "'%.200s' object is not callable", Py_TYPE(func)->tp_name);
        return NULL;
    }
    if (Py_EnterRecursiveCall(" while calling a Python object"))
        return NULL;
    PyObject *result = call(func, args, kw);
    Py_LeaveRecursiveCall();
    if (result == NULL && !PyErr_Occurred())
        PyErr_SetString(PyExc_SystemError, "NULL result without error in PyObject_Call");
    return result;
}

PyObject *PyObject_CallObject(PyObject *func, PyObject *args)
{
    if (args != NULL)
        return PyObject_Call(func, args, NULL);
    args = PyTuple_New(0);
    if (args == NULL)
        return NULL;
    PyObject *res = PyObject_Call(func, args, NULL);
    Py_DECREF(args);
    return res;
}

/* The arguments a format describes, as a tuple whatever their number. */
static PyObject *build_args(const char *format, va_list va)
{
    if (format == NULL || *format == '\0')
        return PyTuple_New(0);
    PyObject *args = Py_VaBuildValue(format, va);
    if (args == NULL || PyTuple_Check(args))
        return args;
    PyObject *t = PyTuple_Pack(1, args);
    Py_DECREF(args);
    return t;
}

PyObject *PyObject_CallFunction(PyObject *callable, const char *format, ...)
{
    va_list va;
    if (callable == NULL)
        return null_error();
    va_start(va, format);
    PyObject *args = build_args(format, va);
    va_end(va);
    if (args == NULL)
        return NULL;
    PyObject *res = PyObject_Call(callable, args, NULL);
    Py_DECREF(args);
    return res;
}

PyObject *PyObject_CallMethod(PyObject *o, const char *name, const char *format, ...)
{
    va_list va;
    if (o == NULL || name == NULL)
        return null_error();
    PyObject *func = PyObject_GetAttrString(o, name);
    if (func == NULL)
        return NULL;
    if (!PyCallable_Check(func)) {
        PyErr_Format(PyExc_TypeError, "attribute of type '%.200s' is not callable",
                     Py_TYPE(func)->tp_name);
        Py_DECREF(func);
        return NULL;
    }
    va_start(va, format);
    PyObject *args = build_args(format, va);
    va_end(va);
    PyObject *res = args == NULL ? NULL : PyObject_Call(func, args, NULL);
    Py_XDECREF(args);
    Py_DECREF(func);
    return res;
}

static PyObject *objargs_tuple(va_list va)
{
    va_list count;
    Py_ssize_t n = 0;
    va_copy(count, va);
    while (va_arg(count, PyObject *) != NULL)
        n++;
    va_end(count);
    PyObject *result = PyTuple_New(n);
    for (Py_ssize_t i = 0; result != NULL && i < n; i++) {
        PyObject *o = va_arg(va, PyObject *);
        Py_INCREF(o);
        PyTuple_SET_ITEM(result, i, o);
    }
    return result;
}

PyObject *PyObject_CallFunctionObjArgs(PyObject *callable, ...)
{
    va_list va;
    if (callable == NULL)
        return null_error();
    va_start(va, callable);
    PyObject *args = objargs_tuple(va);
    va_end(va);
    if (args == NULL)
        return NULL;
    PyObject *res = PyObject_Call(callable, args, NULL);
    Py_DECREF(args);
    return res;
}

PyObject *PyObject_CallMethodObjArgs(PyObject *callable, PyObject *name, ...)
{
    va_list va;
    if (callable == NULL || name == NULL)
        return null_error();
    callable = PyObject_GetAttr(callable, name);
    if (callable == NULL)
        return NULL;
    va_start(va, name);
    PyObject *args = objargs_tuple(va);
    va_end(va);
    PyObject *res = args == NULL ? NULL : PyObject_Call(callable, args, NULL);
    Py_XDECREF(args);
    Py_DECREF(callable);
    return res;
}

/* -- isinstance, issubclass
 * ------------------------------------------------------------------------ */

/* cls.__bases__ when it is a tuple: new reference; NULL with or without an error. */
static PyObject *abstract_bases(PyObject *cls)
{
    static PyObject *bases_str;
    if (bases_str == NULL && (bases_str = PyString_InternFromString("__bases__")) == NULL)
        return NULL;
    PyObject *bases = PyObject_GetAttr(cls, bases_str);
    if (bases == NULL) {
        if (PyErr_ExceptionMatches(PyExc_AttributeError))
            PyErr_Clear();
        return NULL;
    }
    if (!PyTuple_Check(bases))
        Py_CLEAR(bases);
    return bases;
}

static int abstract_issubclass(PyObject *derived, PyObject *cls)
{
    int r = 0;
    if (derived == cls)
        return 1;
    PyObject *bases = abstract_bases(derived), *up;
    /* Along single bases without recursion. */
    while (bases != NULL && PyTuple_GET_SIZE(bases) == 1) {
        if (PyTuple_GET_ITEM(bases, 0) == cls) {
            Py_DECREF(bases);
            return 1;
        }
        up = abstract_bases(PyTuple_GET_ITEM(bases, 0));
        Py_DECREF(bases);
        bases = up;
    }
    if (bases == NULL)
        return PyErr_Occurred() ? -1 : 0;
    if (_Py_EnterC(" in __subclasscheck__") < 0) {
        Py_DECREF(bases);
        return -1;
    }
    for (Py_ssize_t i = 0; r == 0 && i < PyTuple_GET_SIZE(bases); i++)
        r = abstract_issubclass(PyTuple_GET_ITEM(bases, i), cls);
    _Py_LeaveC();
    Py_DECREF(bases);
    return r;
}

static int check_class(PyObject *cls, const char *error)
{
    PyObject *bases = abstract_bases(cls);
    if (bases == NULL) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_TypeError, error);
        return 0;
    }
    Py_DECREF(bases);
    return 1;
}

int _PyObject_RealIsInstance(PyObject *inst, PyObject *cls)
{
    static PyObject *class_str;
    int retval = 0;
    if (class_str == NULL && (class_str = PyString_InternFromString("__class__")) == NULL)
        return -1;
    if (PyClass_Check(cls) && PyInstance_Check(inst))
        return PyClass_IsSubclass((PyObject *)((PyInstanceObject *)inst)->in_class, cls);
    if (PyType_Check(cls)) {
        if (PyObject_TypeCheck(inst, (PyTypeObject *)cls))
            return 1;
        /* Proxies lie about their class, and are believed. */
        PyObject *c = PyObject_GetAttr(inst, class_str);
        if (c == NULL) {
            PyErr_Clear();
            return 0;
        }
        if (c != (PyObject *)Py_TYPE(inst) && PyType_Check(c))
            retval = PyType_IsSubtype((PyTypeObject *)c, (PyTypeObject *)cls);
        Py_DECREF(c);
        return retval;
    }
    if (!check_class(cls,
                     "isinstance() arg 2 must be a class, type, or tuple of classes and types"))
        return -1;
    PyObject *icls = PyObject_GetAttr(inst, class_str);
    if (icls == NULL) {
        PyErr_Clear();
        return 0;
    }
    retval = abstract_issubclass(icls, cls);
    Py_DECREF(icls);
    return retval;
}

int _PyObject_RealIsSubclass(PyObject *derived, PyObject *cls)
{
    if (PyType_Check(cls) && PyType_Check(derived))
        return PyType_IsSubtype((PyTypeObject *)derived, (PyTypeObject *)cls);
    if (PyClass_Check(derived) && PyClass_Check(cls))
        return derived == cls || PyClass_IsSubclass(derived, cls);
    if (!check_class(derived, "issubclass() arg 1 must be a class") ||
        !check_class(cls, "issubclass() arg 2 must be a class or tuple of classes"))
        return -1;
    return abstract_issubclass(derived, cls);
}

/* Asks the metaclass hook: 1, 0, -1; 2 when there is none. */
static int ask_checker(PyObject *checker, PyObject *x, const char *where)
{
    if (checker == NULL)
        return PyErr_Occurred() ? -1 : 2;
    if (Py_EnterRecursiveCall(where)) {
        Py_DECREF(checker);
        return -1;
    }
    PyObject *res = _PyAsk_ObjArgs(checker, x, NULL, NULL);
    Py_LeaveRecursiveCall();
    Py_DECREF(checker);
    if (res == NULL)
        return -1;
    int ok = PyObject_IsTrue(res);
    Py_DECREF(res);
    return ok;
}

/* Whether type's own check may be asked: it is a method, and its call counts. */
static int check_depth(const char *where)
{
    int room = _Py_RecursionLimit - PyThreadState_GET()->recursion_depth;
    if (PY_LIKELY(room >= 2))
        return 0;
    PyErr_Format(PyExc_RuntimeError, "maximum recursion depth exceeded%s",
                 room < 1 ? where : " while calling a Python object");
    return -1;
}

int PyObject_IsInstance(PyObject *inst, PyObject *cls)
{
    static PyObject *name;
    if ((PyObject *)Py_TYPE(inst) == cls)
        return 1;
    if (PyType_CheckExact(cls)) /* what type.__instancecheck__ does */
        return check_depth(" in __instancecheck__") < 0 ? -1 : _PyObject_RealIsInstance(inst, cls);
    if (PyTuple_Check(cls)) {
        int r = 0;
        if (Py_EnterRecursiveCall(" in __instancecheck__"))
            return -1;
        for (Py_ssize_t i = 0; r == 0 && i < PyTuple_GET_SIZE(cls); i++)
            r = PyObject_IsInstance(inst, PyTuple_GET_ITEM(cls, i));
        Py_LeaveRecursiveCall();
        return r;
    }
    if (!PyClass_Check(cls) && !PyInstance_Check(cls)) {
        int r = ask_checker(_PyObject_LookupSpecial(cls, "__instancecheck__", &name), inst,
                            " in __instancecheck__");
        if (r != 2)
            return r;
    }
    return _PyObject_RealIsInstance(inst, cls);
}

int PyObject_IsSubclass(PyObject *derived, PyObject *cls)
{
    static PyObject *name;
    if (PyType_CheckExact(cls) && PyType_CheckExact(derived))
        return check_depth(" in __subclasscheck__") < 0
                   ? -1
                   : PyType_IsSubtype((PyTypeObject *)derived, (PyTypeObject *)cls);
    if (PyTuple_Check(cls)) {
        int r = 0;
        if (Py_EnterRecursiveCall(" in __subclasscheck__"))
            return -1;
        for (Py_ssize_t i = 0; r == 0 && i < PyTuple_GET_SIZE(cls); i++)
            r = PyObject_IsSubclass(derived, PyTuple_GET_ITEM(cls, i));
        Py_LeaveRecursiveCall();
        return r;
    }
    if (!PyClass_Check(cls) && !PyInstance_Check(cls)) {
        int r = ask_checker(_PyObject_LookupSpecial(cls, "__subclasscheck__", &name), derived,
                            " in __subclasscheck__");
        if (r != 2)
            return r;
    }
    return _PyObject_RealIsSubclass(derived, cls);
}

/* -- format() -------------------------------------------------------------------------------------
 */

/* format() of a classic instance without __format__: as of its str or unicode. */
static PyObject *format_classic(PyObject *obj, PyObject *spec)
{
    PyObject *bound = PyObject_GetAttrString(obj, "__format__"), *result;
    if (bound != NULL) {
        result = _PyAsk_ObjArgs(bound, spec, NULL, NULL);
        Py_DECREF(bound);
        return result;
    }
    if (!PyErr_ExceptionMatches(PyExc_AttributeError))
        return NULL;
    PyErr_Clear();
    PyObject *text = PyUnicode_Check(spec) ? PyObject_Unicode(obj) : PyObject_Str(obj);
    if (text == NULL)
        return NULL;
    Py_ssize_t n = PyUnicode_Check(spec) ? PyUnicode_GET_SIZE(spec) : PyString_GET_SIZE(spec);
    if (n > 0 &&
        PyErr_WarnEx(PyExc_PendingDeprecationWarning,
                     "object.__format__ with a non-empty format string is deprecated", 1) < 0)
        result = NULL;
    else
        result = PyObject_Format(text, spec);
    Py_DECREF(text);
    return result;
}

PyObject *_PyObject_FormatField(PyObject *obj, PyObject *spec)
{
    static PyObject *name;
    PyTypeObject *tp = Py_TYPE(obj);
    if (tp != &PyString_Type && tp != &PyUnicode_Type && tp != &PyInt_Type && tp != &PyLong_Type &&
        tp != &PyFloat_Type)
        return PyObject_Format(obj, spec);
    if (name == NULL && (name = PyString_InternFromString("__format__")) == NULL)
        return NULL;
    PyObject *method = _PyType_Lookup(tp, name), *args = PyTuple_Pack(1, spec), *result;
    if (args == NULL)
        return NULL;
    result = _PyMethodDef_Call(((PyMethodDescrObject *)method)->d_method, obj, args, NULL);
    Py_DECREF(args);
    return result;
}

PyObject *PyObject_Format(PyObject *obj, PyObject *spec)
{
    static PyObject *format_str;
    PyObject *empty = NULL, *result = NULL;
    if (spec == NULL) {
        empty = spec = PyString_FromStringAndSize(NULL, 0);
        if (empty == NULL)
            return NULL;
    }
    if (!PyUnicode_Check(spec) && !PyString_Check(spec)) {
        PyErr_Format(PyExc_TypeError, "format expects arg 2 to be string or unicode, not %.100s",
                     Py_TYPE(spec)->tp_name);
        goto done;
    }
    if (PyInstance_Check(obj)) {
        result = format_classic(obj, spec);
    } else {
        PyObject *method = _PyObject_LookupSpecial(obj, "__format__", &format_str);
        if (method == NULL) {
            if (!PyErr_Occurred())
                PyErr_Format(PyExc_TypeError, "Type %.100s doesn't define __format__",
                             Py_TYPE(obj)->tp_name);
            goto done;
        }
        result = _PyAsk_ObjArgs(method, spec, NULL, NULL);
        Py_DECREF(method);
    }
    if (result == NULL)
        goto done;
    if (!PyString_Check(result) && !PyUnicode_Check(result)) {
        PyErr_Format(PyExc_TypeError, "%.100s.__format__ must return string or unicode, not %.100s",
                     Py_TYPE(obj)->tp_name, Py_TYPE(result)->tp_name);
        Py_CLEAR(result);
        goto done;
    }
    if (PyUnicode_Check(spec) && !PyUnicode_Check(result)) {
        PyObject *text = PyObject_Unicode(result);
        Py_DECREF(result);
        result = text;
    }
done:
    Py_XDECREF(empty);
    return result;
}
