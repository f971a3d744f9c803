/* SPDX-License-Identifier: MIT */
/* resource: limits and usage of processes. */
#include "Python.h"
#include "host/host.h"

enum { LIMITS = 16, E_INVAL = -22, E_PERM = -1, PAGE = 4096 };

static PyObject *resource_error;
static PyTypeObject usage_type;

static PyStructSequence_Field usage_fields[] = {
    {"ru_utime", "user time used"},
    {"ru_stime", "system time used"},
    {"ru_maxrss", "max. resident set size"},
    {"ru_ixrss", "shared memory size"},
    {"ru_idrss", "unshared data size"},
    {"ru_isrss", "unshared stack size"},
    {"ru_minflt", "page faults not requiring I/O"},
    {"ru_majflt", "page faults requiring I/O"},
    {"ru_nswap", "number of swap outs"},
    {"ru_inblock", "block input operations"},
    {"ru_oublock", "block output operations"},
    {"ru_msgsnd", "IPC messages sent"},
    {"ru_msgrcv", "IPC messages received"},
    {"ru_nsignals", "signals received"},
    {"ru_nvcsw", "voluntary context switches"},
    {"ru_nivcsw", "involuntary context switches"},
    {NULL, NULL},
};

static PyStructSequence_Desc usage_desc = {
    "resource.struct_rusage",
    "struct_rusage: Result from getrusage.\n\nThis object may be accessed either as a tuple "
    "of\n    (utime,stime,maxrss,ixrss,idrss,isrss,minflt,majflt,\n    "
    "nswap,inblock,oublock,msgsnd,msgrcv,nsignals,nvcsw,nivcsw)\nor via the attributes ru_utime, "
    "ru_stime, ru_maxrss, and so on.",
    usage_fields,
    16,
};

static PyObject *fail(int status)
{
    return _PyErr_SetFromErrnum(resource_error, -status);
}

static PyObject *get_usage(PyObject *self, PyObject *args)
{
    int64_t numbers[14];
    double times[2];
    PyObject *usage;
    int who, status;

    if (!PyArg_ParseTuple(args, "i:getrusage", &who))
        return NULL;
    status = host_rusage(who, times, numbers);
    if (status == E_INVAL) {
        PyErr_SetString(PyExc_ValueError, "invalid who parameter");
        return NULL;
    }
    if (status < 0)
        return fail(status);
    usage = PyStructSequence_New(&usage_type);
    if (usage == NULL)
        return NULL;
    for (int i = 0; i < 2; i++)
        PyStructSequence_SET_ITEM(usage, i, PyFloat_FromDouble(times[i]));
    for (int i = 0; i < 14; i++)
        PyStructSequence_SET_ITEM(usage, i + 2, PyInt_FromLong(numbers[i]));
    if (PyErr_Occurred())
        Py_CLEAR(usage);
    return usage;
}

static int is_limit(int which)
{
    if (which >= 0 && which < LIMITS)
        return 1;
    PyErr_SetString(PyExc_ValueError, "invalid resource specified");
    return 0;
}

static PyObject *get_limit(PyObject *self, PyObject *args)
{
    int64_t soft, hard;
    int which, status;

    if (!PyArg_ParseTuple(args, "i:getrlimit", &which) || !is_limit(which))
        return NULL;
    status = host_getrlimit(which, &soft, &hard);
    return status < 0 ? fail(status)
                      : Py_BuildValue("(NN)", PyInt_FromLong(soft), PyInt_FromLong(hard));
}

static PyObject *set_limit(PyObject *self, PyObject *args)
{
    PyObject *object, *limits;
    py_long soft, hard;
    int which, status;

    if (!PyArg_ParseTuple(args, "iO:setrlimit", &which, &object) || !is_limit(which))
        return NULL;
    limits = PySequence_Tuple(object);
    if (limits == NULL)
        return NULL;
    if (PyTuple_GET_SIZE(limits) != 2) {
        PyErr_SetString(PyExc_ValueError, "expected a tuple of 2 integers");
        Py_DECREF(limits);
        return NULL;
    }
    soft = PyInt_AsLong(PyTuple_GET_ITEM(limits, 0));
    hard = PyErr_Occurred() ? -1 : PyInt_AsLong(PyTuple_GET_ITEM(limits, 1));
    Py_DECREF(limits);
    if (PyErr_Occurred())
        return NULL;
    status = host_setrlimit(which, soft, hard);
    if (status == E_INVAL)
        PyErr_SetString(PyExc_ValueError, "current limit exceeds maximum limit");
    else if (status == E_PERM)
        PyErr_SetString(PyExc_ValueError, "not allowed to raise maximum limit");
    else if (status < 0)
        fail(status);
    if (status < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *get_page_size(PyObject *self, PyObject *args)
{
    return PyInt_FromLong(PAGE);
}

static PyMethodDef methods[] = {
    {"getrusage", get_usage, METH_VARARGS},
    {"getrlimit", get_limit, METH_VARARGS},
    {"setrlimit", set_limit, METH_VARARGS},
    {"getpagesize", get_page_size, METH_NOARGS},
    {NULL},
};

void initresource(void)
{
    static const struct {
        const char *name;
        int value;
    } constants[] = {
        {"RLIMIT_CPU", 0},       {"RLIMIT_FSIZE", 1},   {"RLIMIT_DATA", 2},  {"RLIMIT_STACK", 3},
        {"RLIMIT_CORE", 4},      {"RLIMIT_RSS", 5},     {"RLIMIT_NPROC", 6}, {"RLIMIT_NOFILE", 7},
        {"RLIMIT_OFILE", 7},     {"RLIMIT_MEMLOCK", 8}, {"RLIMIT_AS", 9},    {"RUSAGE_SELF", 0},
        {"RUSAGE_CHILDREN", -1}, {"RLIM_INFINITY", -1},
    };
    PyObject *m = Py_InitModule("resource", methods);

    if (m == NULL)
        return;
    if (resource_error == NULL) {
        resource_error = PyErr_NewException("resource.error", NULL, NULL);
        PyStructSequence_InitType(&usage_type, &usage_desc);
    }
    if (resource_error == NULL)
        return;
    Py_INCREF(resource_error);
    PyModule_AddObject(m, "error", resource_error);
    Py_INCREF(&usage_type);
    PyModule_AddObject(m, "struct_rusage", (PyObject *)&usage_type);
    for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
        PyModule_AddIntConstant(m, constants[i].name, constants[i].value);
}
