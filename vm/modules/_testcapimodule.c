/* SPDX-License-Identifier: MIT */
/* _testcapi: the C API seen from Python, for tests: argument parsing code by code, members of every
 * type, limits of the C types programs believe they run on (x86-64's). */
#include "Python.h"
#include "_testcapi_args.h"
#include <errno.h>

/* -- Members
 * --------------------------------------------------------------------------------------------------------
 */

typedef struct {
    char bool_member, byte_member;
    unsigned char ubyte_member;
    int16_t short_member;
    uint16_t ushort_member;
    int int_member;
    unsigned int uint_member;
    py_long long_member;
    py_ulong ulong_member;
    float float_member;
    double double_member;
    char inplace_member[6];
    int64_t longlong_member;
    uint64_t ulonglong_member;
} all_members;

typedef struct {
    PyObject_HEAD all_members m;
} members_object;

static PyTypeObject members_type;

static PyObject *members_new(PyTypeObject *type, PyObject *args, PyObject *kw)
{
    static char *names[] = {"T_BOOL",   "T_BYTE",           "T_UBYTE",    "T_SHORT",     "T_USHORT",
                            "T_INT",    "T_UINT",           "T_LONG",     "T_ULONG",     "T_FLOAT",
                            "T_DOUBLE", "T_STRING_INPLACE", "T_LONGLONG", "T_ULONGLONG", NULL};
    members_object *o = PyObject_New(members_object, type);
    const char *s = NULL;
    Py_ssize_t n = 0;

    if (o == NULL)
        return NULL;
    memset(&o->m, 0, sizeof o->m);
    if (!PyArg_ParseTupleAndKeywords(
            args, kw, "|bbBhHiIlkfds#LK", names, &o->m.bool_member, &o->m.byte_member,
            &o->m.ubyte_member, &o->m.short_member, &o->m.ushort_member, &o->m.int_member,
            &o->m.uint_member, &o->m.long_member, &o->m.ulong_member, &o->m.float_member,
            &o->m.double_member, &s, &n, &o->m.longlong_member, &o->m.ulonglong_member)) {
        Py_DECREF(o);
        return NULL;
    }
    if (s != NULL) {
        if (n > 5) {
            Py_DECREF(o);
            PyErr_SetString(PyExc_ValueError, "string too long");
            return NULL;
        }
        memcpy(o->m.inplace_member, s, (size_t)n);
    }
    return (PyObject *)o;
}

static void members_dealloc(PyObject *self)
{
    PyObject_Del(self);
}

#define MEMBER(name, type, field)                                                                  \
    {                                                                                              \
        name, type, (Py_ssize_t)offsetof(members_object, m.field), 0, NULL                         \
    }
static PyMemberDef members_members[] = {
    MEMBER("T_BOOL", T_BOOL, bool_member),
    MEMBER("T_BYTE", T_BYTE, byte_member),
    MEMBER("T_UBYTE", T_UBYTE, ubyte_member),
    MEMBER("T_SHORT", T_SHORT, short_member),
    MEMBER("T_USHORT", T_USHORT, ushort_member),
    MEMBER("T_INT", T_INT, int_member),
    MEMBER("T_UINT", T_UINT, uint_member),
    MEMBER("T_LONG", T_LONG, long_member),
    MEMBER("T_ULONG", T_ULONG, ulong_member),
    MEMBER("T_FLOAT", T_FLOAT, float_member),
    MEMBER("T_DOUBLE", T_DOUBLE, double_member),
    MEMBER("T_STRING_INPLACE", T_STRING_INPLACE, inplace_member),
    MEMBER("T_LONGLONG", T_LONGLONG, longlong_member),
    MEMBER("T_ULONGLONG", T_ULONGLONG, ulonglong_member),
    {NULL, 0, 0, 0, NULL},
};

static PyTypeObject members_type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "test_structmembersType",
    .tp_basicsize = (Py_ssize_t)sizeof(members_object),
    .tp_dealloc = members_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "Type containing all structmember types",
    .tp_members = members_members,
    .tp_new = members_new,
};

/* -- Single functions
 * ---------------------------------------------------------------------------------------------------
 */

static PyObject *test_code_newempty(PyObject *self, PyObject *args)
{
    const char *filename, *name;
    int line;

    if (!PyArg_ParseTuple(args, "ssi:code_newempty", &filename, &name, &line))
        return NULL;
    return (PyObject *)PyCode_NewEmpty(filename, name, line);
}

static PyObject *test_sequence_delitem(PyObject *self, PyObject *args)
{
    PyObject *seq;
    Py_ssize_t i;

    if (!PyArg_ParseTuple(args, "On", &seq, &i) || PySequence_DelItem(seq, i) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *test_traceback_print(PyObject *self, PyObject *args)
{
    PyObject *tb, *file;

    if (!PyArg_ParseTuple(args, "OO:traceback_print", &tb, &file) ||
        PyTraceBack_Print(tb, file) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *test_unicode_encodedecimal(PyObject *self, PyObject *args)
{
    PyObject *u, *s;
    const char *errors = NULL;

    if (!PyArg_ParseTuple(args, "U|z", &u, &errors))
        return NULL;
    s = PyString_FromStringAndSize(NULL, PyUnicode_GET_SIZE(u) * 7 + 2);
    if (s == NULL)
        return NULL;
    if (PyUnicode_EncodeDecimal(PyUnicode_AS_UNICODE(u), PyUnicode_GET_SIZE(u),
                                PyString_AS_STRING(s), errors) < 0) {
        Py_DECREF(s);
        return NULL;
    }
    _PyString_Resize(&s, (Py_ssize_t)strlen(PyString_AS_STRING(s)));
    return s;
}

static PyObject *test_set_errno(PyObject *self, PyObject *args)
{
    int value;

    if (!PyArg_ParseTuple(args, "i:set_errno", &value))
        return NULL;
    errno = value;
    Py_RETURN_NONE;
}

static PyObject *test_raise_exception(PyObject *self, PyObject *args)
{
    PyObject *exc, *tuple;
    int n, i;

    if (!PyArg_ParseTuple(args, "Oi:raise_exception", &exc, &n))
        return NULL;
    tuple = PyTuple_New(n);
    for (i = 0; tuple != NULL && i < n; i++) {
        PyObject *v = PyInt_FromLong(i);

        if (v == NULL)
            Py_CLEAR(tuple);
        else
            PyTuple_SET_ITEM(tuple, i, v);
    }
    if (tuple != NULL) {
        PyErr_SetObject(exc, tuple);
        Py_DECREF(tuple);
    }
    return NULL;
}

static PyObject *test_make_exception_with_doc(PyObject *self, PyObject *args, PyObject *kw)
{
    static char *names[] = {"name", "doc", "base", "dict", NULL};
    const char *name, *doc = NULL;
    PyObject *base = NULL, *dict = NULL;

    if (!PyArg_ParseTupleAndKeywords(args, kw, "s|sOO:make_exception_with_doc", names, &name, &doc,
                                     &base, &dict))
        return NULL;
    return PyErr_NewExceptionWithDoc(name, doc, base, dict);
}

static PyObject *test_get_indices(PyObject *self, PyObject *args)
{
    PyObject *slice;
    Py_ssize_t n, start, stop, step;
    int r;

    if (!PyArg_ParseTuple(args, "On", &slice, &n))
        return NULL;
    if (!PySlice_Check(slice)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    r = PySlice_GetIndices((PySliceObject *)slice, n, &start, &stop, &step);
    if (r < 0) {
        PyErr_Clear();
        Py_RETURN_NONE;
    }
    return Py_BuildValue("innn", r, start, stop, step);
}

static PyObject *test_raise_signal(PyObject *self, PyObject *args)
{
    PyObject *os = PyImport_ImportModule("posix"), *result = NULL;
    int sig;

    if (os != NULL && PyArg_ParseTuple(args, "i:raise_signal", &sig)) {
        PyObject *pid = PyObject_CallMethod(os, "getpid", NULL);

        if (pid != NULL)
            result = PyObject_CallMethod(os, "kill", "Oi", pid, sig);
        Py_XDECREF(pid);
    }
    Py_XDECREF(os);
    return result;
}

static PyObject *test_codec_incrementalencoder(PyObject *self, PyObject *args)
{
    const char *encoding, *errors = NULL;

    if (!PyArg_ParseTuple(args, "s|s:test_incrementalencoder", &encoding, &errors))
        return NULL;
    return PyCodec_IncrementalEncoder(encoding, errors);
}

static PyObject *test_codec_incrementaldecoder(PyObject *self, PyObject *args)
{
    const char *encoding, *errors = NULL;

    if (!PyArg_ParseTuple(args, "s|s:test_incrementaldecoder", &encoding, &errors))
        return NULL;
    return PyCodec_IncrementalDecoder(encoding, errors);
}

static PyObject *test_with_docstring(PyObject *self, PyObject *noargs)
{
    Py_RETURN_NONE;
}

static int run_pending(void *arg)
{
    PyObject *func = arg, *result = PyObject_CallFunctionObjArgs(func, NULL);

    Py_DECREF(func);
    Py_XDECREF(result);
    return result == NULL ? -1 : 0;
}

static PyObject *test_pending_threadfunc(PyObject *self, PyObject *args)
{
    PyObject *func;

    if (!PyArg_ParseTuple(args, "O", &func))
        return NULL;
    Py_INCREF(func);
    if (Py_AddPendingCall(run_pending, func) < 0) {
        Py_DECREF(func);
        Py_RETURN_FALSE;
    }
    Py_RETURN_TRUE;
}

static PyObject *test_buildvalue_N(PyObject *self, PyObject *noargs)
{
    PyObject *list = PyList_New(0), *made;
    Py_refcnt_t before;

    if (list == NULL)
        return NULL;
    Py_INCREF(list);
    before = Py_REFCNT(list);
    made = Py_BuildValue("(N)", list);
    if (made == NULL || Py_REFCNT(list) != before)
        PyErr_SetString(PyExc_AssertionError, "N takes the reference");
    Py_XDECREF(made);
    Py_DECREF(list);
    if (PyErr_Occurred())
        return NULL;
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"_pending_threadfunc", test_pending_threadfunc, METH_VARARGS, NULL},
    {"test_buildvalue_N", test_buildvalue_N, METH_NOARGS, NULL},
    {"code_newempty", test_code_newempty, METH_VARARGS, NULL},
    {"sequence_delitem", test_sequence_delitem, METH_VARARGS, NULL},
    {"traceback_print", test_traceback_print, METH_VARARGS, NULL},
    {"unicode_encodedecimal", test_unicode_encodedecimal, METH_VARARGS, NULL},
    {"set_errno", test_set_errno, METH_VARARGS, NULL},
    {"raise_exception", test_raise_exception, METH_VARARGS, NULL},
    {"raise_signal", test_raise_signal, METH_VARARGS, NULL},
    {"make_exception_with_doc", PyCFunction_CAST(test_make_exception_with_doc),
     METH_VARARGS | METH_KEYWORDS, NULL},
    {"get_indices", test_get_indices, METH_VARARGS, NULL},
    {"codec_incrementalencoder", test_codec_incrementalencoder, METH_VARARGS, NULL},
    {"codec_incrementaldecoder", test_codec_incrementaldecoder, METH_VARARGS, NULL},
    {"test_with_docstring", test_with_docstring, METH_NOARGS, "This is a pretty normal docstring."},
    {NULL, NULL, 0, NULL},
};

static PyMethodDef all_methods[128];

void init_testcapi(void)
{
    PyObject *m;
    size_t n = 0;
    PyMethodDef *p;

    for (p = methods; p->ml_name != NULL; p++)
        all_methods[n++] = *p;
    for (p = _PyTestCAPI_ArgMethods; p->ml_name != NULL && n < 127; p++)
        all_methods[n++] = *p;
    for (p = _PyTestCAPI_SelfMethods; p->ml_name != NULL && n < 127; p++)
        all_methods[n++] = *p;
    for (p = _PyTestCAPI_ThreadMethods; p->ml_name != NULL && n < 127; p++)
        all_methods[n++] = *p;
    m = Py_InitModule3("_testcapi", all_methods, NULL);
    if (m == NULL || PyType_Ready(&members_type) < 0)
        return;
    _PyTestCAPI_Error = PyErr_NewException("_testcapi.error", NULL, NULL);
    if (_PyTestCAPI_Error == NULL)
        return;
    Py_INCREF(_PyTestCAPI_Error);
    PyModule_AddObject(m, "error", _PyTestCAPI_Error);
    Py_INCREF(&members_type);
    PyModule_AddObject(m, "_test_structmembersType", (PyObject *)&members_type);
    PyModule_AddObject(m, "CHAR_MAX", PyInt_FromLong(127));
    PyModule_AddObject(m, "CHAR_MIN", PyInt_FromLong(-128));
    PyModule_AddObject(m, "UCHAR_MAX", PyInt_FromLong(255));
    PyModule_AddObject(m, "SHRT_MAX", PyInt_FromLong(32767));
    PyModule_AddObject(m, "SHRT_MIN", PyInt_FromLong(-32768));
    PyModule_AddObject(m, "USHRT_MAX", PyInt_FromLong(65535));
    PyModule_AddObject(m, "INT_MAX", PyLong_FromLong(INT32_MAX));
    PyModule_AddObject(m, "INT_MIN", PyLong_FromLong(INT32_MIN));
    PyModule_AddObject(m, "UINT_MAX", PyLong_FromUnsignedLong(UINT32_MAX));
    PyModule_AddObject(m, "LONG_MAX", PyInt_FromLong(INT64_MAX));
    PyModule_AddObject(m, "LONG_MIN", PyInt_FromLong(INT64_MIN));
    PyModule_AddObject(m, "ULONG_MAX", PyLong_FromUnsignedLong(UINT64_MAX));
    PyModule_AddObject(m, "LLONG_MAX", PyLong_FromLongLong(INT64_MAX));
    PyModule_AddObject(m, "LLONG_MIN", PyLong_FromLongLong(INT64_MIN));
    PyModule_AddObject(m, "ULLONG_MAX", PyLong_FromUnsignedLongLong(UINT64_MAX));
    PyModule_AddObject(m, "FLT_MAX", PyFloat_FromDouble(3.40282346638528859812e+38));
    PyModule_AddObject(m, "FLT_MIN", PyFloat_FromDouble(1.17549435082228750797e-38));
    PyModule_AddObject(m, "DBL_MAX", PyFloat_FromDouble(1.79769313486231570815e+308));
    PyModule_AddObject(m, "DBL_MIN", PyFloat_FromDouble(2.22507385850720138309e-308));
    PyModule_AddObject(m, "PY_SSIZE_T_MAX", PyInt_FromSsize_t(PY_SSIZE_T_MAX));
    PyModule_AddObject(m, "PY_SSIZE_T_MIN", PyInt_FromSsize_t(PY_SSIZE_T_MIN));
    PyModule_AddObject(m, "SIZEOF_PYGC_HEAD", PyInt_FromLong(32));
}
