/* SPDX-License-Identifier: MIT */
/* The part of _testcapi about threads that C starts, and what other C modules export. Invariant: a
 * thread and who waits for it share one record, which lives in a capsule that both own. */
#include "datetime.h"
#include "_testcapi_args.h"

typedef struct {
    PyObject *callback, *capsule;
    PyThread_Queue done; /* who waits for the end */
    int over, tells;     /* tells: an exception is printed, not dropped */
} thread_record;

static const char record_name[] = "_testcapi.thread";

static void free_record(PyObject *capsule)
{
    thread_record *r = PyCapsule_GetPointer(capsule, record_name);

    Py_DECREF(r->callback);
    PyMem_Free(r);
}

/* What a program's own C thread would do to call Python. */
static void thread_body(void *arg)
{
    thread_record *r = arg;
    PyGILState_STATE state = PyGILState_Ensure();
    PyObject *result = PyObject_CallFunctionObjArgs(r->callback, NULL);

    if (result == NULL && r->tells)
        PyErr_Print();
    Py_XDECREF(result);
    PyErr_Clear();
    r->over = 1;
    PyThread_WakeFirst(&r->done);
    Py_DECREF(r->capsule);
    PyGILState_Release(state);
}

/* The record of a new thread that calls `callback`, in its capsule. */
static PyObject *start_thread(PyObject *callback, int tells)
{
    thread_record *r = PyMem_Calloc(1, (Py_ssize_t)sizeof *r);

    if (r == NULL)
        return PyErr_NoMemory();
    r->capsule = PyCapsule_New(r, record_name, free_record);
    if (r->capsule == NULL) {
        PyMem_Free(r);
        return NULL;
    }
    Py_INCREF(callback);
    r->callback = callback;
    r->tells = tells;
    PyObject *capsule = r->capsule;
    Py_INCREF(capsule); /* the thread's */
    if (PyThread_start_new_thread(thread_body, r) < 0) {
        Py_DECREF(capsule);
        Py_DECREF(capsule);
        PyErr_SetString(PyExc_RuntimeError, "unable to start the thread");
        return NULL;
    }
    return capsule;
}

/* Waits for the end of the record's thread, whose capsule this takes over; then None. */
static PyObject *wait_for(PyObject *capsule);

static PyObject *has_waited(PyCont *c, PyObject *value)
{
    PyObject *capsule = c->a;
    thread_record *r = PyCapsule_GetPointer(capsule, record_name);

    if (value != NULL && !r->over) {
        Py_DECREF(value);
        return wait_for(capsule);
    }
    Py_DECREF(capsule);
    return value;
}

static PyObject *wait_for(PyObject *capsule)
{
    thread_record *r = PyCapsule_GetPointer(capsule, record_name);
    PyCont *c = PyEval_PushCont(has_waited);

    if (c == NULL) {
        Py_DECREF(capsule);
        return NULL;
    }
    c->a = capsule;
    return PyEval_WaitInQueueGoOn(&r->done);
}

static PyObject *call_in_temporary_c_thread(PyObject *self, PyObject *callback)
{
    PyObject *capsule = start_thread(callback, 1);

    return capsule == NULL ? NULL : wait_for(capsule);
}

/* Calls as C code that does not know whether it has the GIL does. The first error is kept in c. */
static void call_with_gil(PyCont *c)
{
    PyGILState_STATE state = PyGILState_Ensure();
    PyObject *result = PyObject_CallFunctionObjArgs(c->a, NULL);

    if (result == NULL && c->b == NULL)
        PyErr_Fetch(&c->b, &c->c, &c->d);
    PyErr_Clear();
    Py_XDECREF(result);
    PyGILState_Release(state);
}

enum { THREAD_STATE_THREADS = 2 };

/* a: the callback; b, c, d: an exception; n: how many threads have been waited for. The main
 * thread's calls lie before, between and after those of the threads. */
static PyObject *thread_state_step(PyCont *c, PyObject *value)
{
    PyObject *type, *error, *tb;

    if (value == NULL) {
        PyEval_ReleaseCont(c);
        return NULL;
    }
    Py_DECREF(value);
    if (c->n < THREAD_STATE_THREADS) {
        call_with_gil(c);
        PyObject *capsule = start_thread(c->a, 0);
        PyCont *next = capsule == NULL ? NULL : PyEval_PushCont(thread_state_step);

        if (next != NULL) {
            *next = *c;
            next->n++;
            return PyEval_Then(wait_for(capsule));
        }
        Py_XDECREF(capsule);
        PyEval_ReleaseCont(c);
        return NULL;
    }
    type = c->b;
    error = c->c;
    tb = c->d;
    Py_DECREF(c->a);
    if (type != NULL) {
        PyErr_Restore(type, error, tb);
        return NULL;
    }
    Py_RETURN_NONE;
}

static PyObject *test_thread_state(PyObject *self, PyObject *args)
{
    PyObject *callback;
    PyCont c = {.fn = thread_state_step};

    if (!PyArg_ParseTuple(args, "O:test_thread_state", &callback))
        return NULL;
    if (!PyCallable_Check(callback)) {
        PyErr_Format(PyExc_TypeError, "'%s' object is not callable", Py_TYPE(callback)->tp_name);
        return NULL;
    }
    Py_INCREF(callback);
    c.a = callback;
    call_with_gil(&c);
    Py_INCREF(Py_None);
    return thread_state_step(&c, Py_None);
}

/* -- What other modules' C code is for */

static PyObject *failed(const char *what)
{
    PyErr_SetString(_PyTestCAPI_Error, what);
    return NULL;
}

/* Objects made through the capsule are what datetime's own constructors make. */
static PyObject *test_datetime_capi(PyObject *self, PyObject *unused)
{
    PyObject *made[4], *stamp, *all = NULL, *text = NULL;
    int ok = 1;

    PyDateTime_IMPORT;
    if (PyDateTimeAPI == NULL)
        return NULL;
    made[0] = PyDate_FromDate(2008, 2, 29);
    made[1] = PyDateTime_FromDateAndTime(2008, 2, 29, 23, 59, 58, 7);
    made[2] = PyTime_FromTime(23, 59, 58, 7);
    made[3] = PyDelta_FromDSU(1, 86400, -1);
    for (int i = 0; i < 4; i++)
        ok &= made[i] != NULL;
    if (ok) {
        ok = PyDate_Check(made[0]) && !PyDateTime_Check(made[0]) && PyDateTime_Check(made[1]) &&
             PyTime_Check(made[2]) && PyDelta_Check(made[3]) && !PyTZInfo_Check(made[3]);
        all = PyTuple_Pack(4, made[0], made[1], made[2], made[3]);
        text = all == NULL ? NULL : PyObject_Repr(all);
        ok &= text != NULL &&
              strcmp(PyString_AsString(text),
                     "(datetime.date(2008, 2, 29), "
                     "datetime.datetime(2008, 2, 29, 23, 59, 58, 7), "
                     "datetime.time(23, 59, 58, 7), datetime.timedelta(1, 86399, 999999))") == 0;
    }
    for (int i = 0; i < 4; i++)
        Py_XDECREF(made[i]);
    Py_XDECREF(all);
    Py_XDECREF(text);
    if (PyErr_Occurred())
        return NULL;
    if (ok && (stamp = Py_BuildValue("(d)", 86400.5 * 366)) != NULL) {
        PyObject *date = PyDate_FromTimestamp(stamp), *dt = PyDateTime_FromTimestamp(stamp);
        ok = date != NULL && dt != NULL && PyDate_Check(date) && PyDateTime_Check(dt);
        Py_XDECREF(date);
        Py_XDECREF(dt);
        Py_DECREF(stamp);
    }
    if (PyErr_Occurred())
        return NULL;
    if (!ok)
        return failed("test_datetime_capi: another object than datetime's own");
    Py_RETURN_NONE;
}

/* wchar_t is a code point: one beyond 0xffff is one character, there and back. */
static PyObject *test_widechar(PyObject *self, PyObject *unused)
{
    static const wchar_t text[] = {'t', 0xe9, 0x20ac, 0x10abcd, 0};
    wchar_t back[6] = {0}, part[3] = {9, 9, 9};
    PyObject *whole = PyUnicode_FromWideChar(text, 4), *counted = PyUnicode_FromWideChar(text, -1);
    int ok = 0, equal = 0;

    if (whole != NULL && counted != NULL) {
        PyUnicodeObject *u = (PyUnicodeObject *)whole;

        equal = PyObject_RichCompareBool(whole, counted, Py_EQ);
        ok = equal > 0 && PyUnicode_GET_SIZE(whole) == 4 &&
             PyUnicode_AS_UNICODE(whole)[3] == 0x10abcd && PyUnicode_AsWideChar(u, back, 6) == 4 &&
             memcmp(back, text, sizeof text) == 0 && PyUnicode_AsWideChar(u, part, 2) == 2 &&
             part[1] == 0xe9 && part[2] == 9;
    }
    Py_XDECREF(whole);
    Py_XDECREF(counted);
    if (PyErr_Occurred())
        return NULL;
    if (!ok)
        return failed("test_widechar: another text came back");
    Py_RETURN_NONE;
}

PyMethodDef _PyTestCAPI_ThreadMethods[] = {
    {"_test_thread_state", test_thread_state, METH_VARARGS | METH_RESUMABLE, NULL},
    {"call_in_temporary_c_thread", call_in_temporary_c_thread, METH_O | METH_RESUMABLE, NULL},
    {"test_datetime_capi", test_datetime_capi, METH_NOARGS, NULL},
    {"test_widechar", test_widechar, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};
