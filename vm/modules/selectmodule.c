/* SPDX-License-Identifier: MIT */
/* select: waiting for descriptors. */
#include "modules/select_private.h"

enum { WANT_READ = 1, WANT_WRITE = 2, WANT_EXCEPT = 4, FD_LIMIT = 1024, F_GETFD_ = 1 };
PyObject *_PySelect_Error;

/* The (object, descriptor) pairs of one list, or NULL. */
static PyObject *collect(PyObject *seq)
{
    PyObject *fast = PySequence_Fast(seq, "arguments 1-3 must be sequences"), *pairs;
    Py_ssize_t i;

    if (fast == NULL)
        return NULL;
    pairs = PyList_New(0);
    for (i = 0; pairs != NULL && i < PySequence_Fast_GET_SIZE(fast); i++) {
        PyObject *o = PySequence_Fast_GET_ITEM(fast, i), *pair;
        int fd = PyObject_AsFileDescriptor(o);

        if (fd >= FD_LIMIT)
            PyErr_SetString(PyExc_ValueError, "filedescriptor out of range in select()");
        pair = fd < 0 || fd >= FD_LIMIT ? NULL : Py_BuildValue("(Oi)", o, fd);
        if (pair == NULL || PyList_Append(pairs, pair) < 0)
            Py_CLEAR(pairs);
        Py_XDECREF(pair);
    }
    Py_DECREF(fast);
    return pairs;
}

static int pair_fd(PyObject *pairs, Py_ssize_t i)
{
    return (int)PyInt_AsLong(PyTuple_GET_ITEM(PyList_GET_ITEM(pairs, i), 1));
}

static PyObject *pick(PyObject *pairs, const uint8_t *ready, int bit)
{
    PyObject *list = PyList_New(0);
    Py_ssize_t i;

    for (i = 0; list != NULL && i < PyList_GET_SIZE(pairs); i++)
        if ((ready[pair_fd(pairs, i)] & bit) &&
            PyList_Append(list, PyTuple_GET_ITEM(PyList_GET_ITEM(pairs, i), 0)) < 0)
            Py_CLEAR(list);
    return list;
}

static PyObject *do_select(PyObject *lists, int64_t deadline, int again);

/* a: the three lists of pairs, n: the deadline */
static PyObject *select_again(PyCont *c, PyObject *value)
{
    PyObject *result = NULL;

    if (value != NULL) {
        Py_DECREF(value);
        if (PyEval_WasInterrupted())
            _PyErr_SetFromErrnum(_PySelect_Error, 4);
        else
            result = do_select(c->a, c->n, 1);
    }
    PyEval_ReleaseCont(c);
    return result;
}

static PyObject *do_select(PyObject *lists, int64_t deadline, int again)
{
    uint8_t want[FD_LIMIT] = {0}, ready[FD_LIMIT] = {0};
    PyObject *out[3] = {NULL}, *result = NULL;
    int max = 0, status, i;

    for (i = 0; i < 3; i++) {
        PyObject *pairs = PyTuple_GET_ITEM(lists, i);

        for (Py_ssize_t k = 0; k < PyList_GET_SIZE(pairs); k++) {
            int fd = pair_fd(pairs, k);

            /* What another thread closes while this one waits never becomes ready. */
            if (again && host_fcntl(fd, F_GETFD_, 0) < 0)
                continue;
            want[fd] |= (uint8_t)(1 << i);
            max = Py_MAX(max, fd + 1);
        }
    }
    status = host_poll(max, want, ready);
    if (PyEval_IsPending(status) || (status == 0 && !PyThread_DeadlinePassed(deadline))) {
        PyCont *c = PyEval_PushCont(select_again);

        if (c != NULL) {
            Py_INCREF(lists);
            c->a = lists;
            c->n = deadline;
            result = PyEval_WaitUntilGoOn(deadline);
        }
        return result;
    }
    if (status < 0) {
        if (_PySignal_CheckHost() == 0)
            _PyErr_SetFromErrnum(_PySelect_Error, -status);
        return NULL;
    }
    for (i = 0; i < 3; i++)
        if ((out[i] = pick(PyTuple_GET_ITEM(lists, i), ready, 1 << i)) == NULL)
            goto done;
    result = PyTuple_Pack(3, out[0], out[1], out[2]);
done:
    for (i = 0; i < 3; i++)
        Py_XDECREF(out[i]);
    return result;
}

PyDoc_STRVAR(select_doc, "select(rlist, wlist, xlist[, timeout]) -> (rlist, wlist, xlist)\n\nWait "
                         "until one or more file descriptors are ready for some "
                         "kind of I/O. The first three arguments are sequences of descriptors or "
                         "of objects with a fileno() method; the "
                         "timeout is in seconds, 0 to only look.");

static PyObject *select_select(PyObject *self, PyObject *args)
{
    PyObject *r, *w, *x, *timeout = Py_None, *lists, *result = NULL;
    int64_t deadline = PyThread_FOREVER;

    if (!PyArg_UnpackTuple(args, "select", 3, 4, &r, &w, &x, &timeout))
        return NULL;
    if (timeout != Py_None) {
        double t;

        if (!PyNumber_Check(timeout)) {
            PyErr_SetString(PyExc_TypeError, "timeout must be a float or None");
            return NULL;
        }
        t = PyFloat_AsDouble(timeout);
        if (t == -1.0 && PyErr_Occurred())
            return NULL;
        if (t < 0)
            return _PyErr_SetFromErrnum(_PySelect_Error, 22);
        deadline = PyThread_Deadline(t);
    }
    r = collect(r);
    w = r == NULL ? NULL : collect(w);
    x = w == NULL ? NULL : collect(x);
    lists = x == NULL ? NULL : PyTuple_Pack(3, r, w, x);
    if (lists != NULL)
        result = do_select(lists, deadline, 0);
    Py_XDECREF(lists);
    Py_XDECREF(r);
    Py_XDECREF(w);
    Py_XDECREF(x);
    return result;
}

static PyMethodDef select_methods[] = {
    {"select", select_select, METH_VARARGS | METH_RESUMABLE, select_doc},
    {"poll", _PySelect_NewPoll, METH_NOARGS,
     "Returns a polling object: register descriptors with it, then poll them for events."},
    {NULL, NULL, 0, NULL},
};

void initselect(void)
{
    PyObject *m = Py_InitModule3("select", select_methods,
                                 "Waiting for I/O completion on several descriptors.");

    if (m == NULL || _PySelect_InitPoll(m) < 0 || _PySelect_InitEpoll(m) < 0)
        return;
    if (_PySelect_Error == NULL)
        _PySelect_Error = PyErr_NewException("select.error", NULL, NULL);
    Py_XINCREF(_PySelect_Error);
    PyModule_AddObject(m, "error", _PySelect_Error);
    PyModule_AddIntConstant(m, "PIPE_BUF", 4096);
}
