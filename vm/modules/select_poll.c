/* SPDX-License-Identifier: MIT */
/* select.poll objects: a set of descriptors that is kept between the waits. Invariant: `fds` maps
 * each descriptor to its events, 16 bits of them. */
#include "modules/select_private.h"

enum { IN = 1, PRI = 2, OUT = 4, ERR = 8, HUP = 16, NVAL = 32, RDNORM = 64, WRNORM = 256 };
/* No descriptor has this number or a higher one. */
enum { FD_MOST = 1 << 20 };

typedef struct {
    PyObject_HEAD PyObject *fds;
    int polling; /* a thread waits: for one at a time */
} poll_object;

static PyObject *fd_key(PyObject *file)
{
    int fd = PyObject_AsFileDescriptor(file);

    return fd < 0 ? NULL : PyInt_FromLong(fd);
}

/* Events of an argument: 1, or 0 with an error. */
static int events_of(PyObject *o, void *out)
{
    uint64_t n;

    if (PyInt_Check(o)) {
        if (PyInt_AS_LONG(o) < 0) {
            PyErr_SetString(PyExc_OverflowError, "can't convert negative value to unsigned long");
            return 0;
        }
        n = (uint64_t)PyInt_AS_LONG(o);
    } else if (PyLong_Check(o)) {
        n = PyLong_AsUnsignedLong(o);
        if (PyErr_Occurred())
            return 0;
    } else {
        PyErr_SetString(PyExc_SystemError,
                        "Objects/longobject.c:426: bad argument to internal function");
        return 0;
    }
    if (n > 0xffff) {
        PyErr_SetString(PyExc_OverflowError, "Python int too large for C unsigned short");
        return 0;
    }
    *(uint16_t *)out = (uint16_t)n;
    return 1;
}

static int set_events(poll_object *p, PyObject *file, uint16_t events, int must_exist)
{
    PyObject *key = fd_key(file), *value = NULL;
    int status = -1;

    if (key == NULL)
        return -1;
    if (must_exist && PyDict_GetItem(p->fds, key) == NULL) {
        _PyErr_SetFromErrnum(PyExc_IOError, 2);
        goto done;
    }
    value = PyInt_FromLong(events);
    status = value == NULL ? -1 : PyDict_SetItem(p->fds, key, value);
done:
    Py_XDECREF(value);
    Py_DECREF(key);
    return status;
}

static PyObject *poll_register(PyObject *self, PyObject *args)
{
    uint16_t events = IN | PRI | OUT;
    PyObject *file;

    if (!PyArg_ParseTuple(args, "O|O&:register", &file, events_of, &events) ||
        set_events((poll_object *)self, file, events, 0) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *poll_modify(PyObject *self, PyObject *args)
{
    PyObject *file;
    uint16_t events;

    if (!PyArg_ParseTuple(args, "OO&:modify", &file, events_of, &events) ||
        set_events((poll_object *)self, file, events, 1) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *poll_unregister(PyObject *self, PyObject *file)
{
    PyObject *key = fd_key(file);
    int status;

    if (key == NULL)
        return NULL;
    status = PyDict_DelItem(((poll_object *)self)->fds, key);
    Py_DECREF(key);
    if (status < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* The events of poll(2) as the host's bits, and back. */
static uint8_t to_host(int events)
{
    return (uint8_t)(8 | (events & (IN | RDNORM) ? 1 : 0) | (events & (OUT | WRNORM) ? 2 : 0) |
                     (events & PRI ? 4 : 0));
}

static int from_host(int bits, int events)
{
    return (bits & 1 ? events & (IN | RDNORM) : 0) | (bits & 2 ? events & (OUT | WRNORM) : 0) |
           (bits & 4 ? events & PRI : 0) | (bits & 8 ? ERR : 0) | (bits & 16 ? HUP : 0) |
           (bits & 32 ? NVAL : 0);
}

/* How many are ready, or a host's negative answer, or -1 with an error. *list gets them. */
static int look(PyObject *fds, PyObject **list)
{
    Py_ssize_t at = 0;
    PyObject *key, *value;
    int n = 0, never = 0, status;
    uint8_t *bits;

    while (PyDict_Next(fds, &at, &key, &value))
        if (PyInt_AS_LONG(key) >= n && PyInt_AS_LONG(key) < FD_MOST)
            n = (int)PyInt_AS_LONG(key) + 1;
    bits = PyMem_Malloc(2 * (size_t)n + 1);
    if (bits == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    memset(bits, 0, 2 * (size_t)n + 1);
    for (at = 0; PyDict_Next(fds, &at, &key, &value);)
        if (PyInt_AS_LONG(key) < FD_MOST)
            bits[PyInt_AS_LONG(key)] = to_host((int)PyInt_AS_LONG(value));
        else
            never++;
    status = host_poll(n, bits, bits + n);
    if (status >= 0)
        status += never;
    *list = status < 0 ? NULL : PyList_New(0);
    if (status >= 0 && *list == NULL)
        status = -1;
    for (at = 0; status > 0 && PyDict_Next(fds, &at, &key, &value);) {
        py_long fd = PyInt_AS_LONG(key);
        int events = fd < FD_MOST ? from_host(bits[n + fd], (int)PyInt_AS_LONG(value)) : NVAL;
        PyObject *item = events ? Py_BuildValue("(Oi)", key, events) : NULL;

        if (events && (item == NULL || PyList_Append(*list, item) < 0)) {
            Py_CLEAR(*list);
            status = -1;
        }
        Py_XDECREF(item);
    }
    PyMem_Free(bits);
    return status;
}

static PyObject *do_poll(poll_object *p, PyObject *fds, int64_t deadline);

/* a: the poll object, b: the descriptors, n: the deadline */
static PyObject *poll_again(PyCont *c, PyObject *value)
{
    poll_object *p = (poll_object *)c->a;
    PyObject *result = NULL;

    p->polling = 0;
    if (value != NULL) {
        Py_DECREF(value);
        if (PyEval_WasInterrupted())
            _PyErr_SetFromErrnum(_PySelect_Error, 4);
        else
            result = do_poll(p, c->b, c->n);
    }
    PyEval_ReleaseCont(c);
    return result;
}

static PyObject *do_poll(poll_object *p, PyObject *fds, int64_t deadline)
{
    PyObject *list = NULL;
    int status = look(fds, &list);

    if (status < 0 && PyErr_Occurred())
        return NULL;
    if (PyEval_IsPending(status) || (status == 0 && !PyThread_DeadlinePassed(deadline))) {
        PyCont *c = PyEval_PushCont(poll_again);

        Py_XDECREF(list);
        if (c == NULL)
            return NULL;
        Py_INCREF(p);
        Py_INCREF(fds);
        c->a = (PyObject *)p;
        c->b = fds;
        p->polling = 1;
        c->n = deadline;
        return PyEval_WaitUntilGoOn(deadline);
    }
    if (status < 0)
        return _PySignal_CheckHost() < 0 ? NULL : _PyErr_SetFromErrnum(_PySelect_Error, -status);
    return list;
}

static PyObject *poll_poll(PyObject *self, PyObject *args)
{
    PyObject *timeout = Py_None, *number, *fds, *result;
    int64_t deadline = PyThread_FOREVER;

    if (!PyArg_ParseTuple(args, "|O:poll", &timeout))
        return NULL;
    if (timeout != Py_None) {
        int milliseconds;

        if (!PyNumber_Check(timeout)) {
            PyErr_SetString(PyExc_TypeError, "timeout must be an integer or None");
            return NULL;
        }
        number = PyNumber_Int(timeout);
        if (number == NULL)
            return NULL;
        milliseconds = _PyInt_AsInt(number);
        Py_DECREF(number);
        if (milliseconds == -1 && PyErr_Occurred())
            return NULL;
        if (milliseconds >= 0)
            deadline = PyThread_Deadline(milliseconds / 1000.0);
    }
    if (((poll_object *)self)->polling) {
        PyErr_SetString(PyExc_RuntimeError, "concurrent poll() invocation");
        return NULL;
    }
    /* What other threads register meanwhile is for the next time. */
    fds = PyDict_Copy(((poll_object *)self)->fds);
    if (fds == NULL)
        return NULL;
    result = do_poll((poll_object *)self, fds, deadline);
    Py_DECREF(fds);
    return result;
}

static void poll_dealloc(PyObject *self)
{
    Py_XDECREF(((poll_object *)self)->fds);
    PyObject_Del(self);
}

static PyMethodDef poll_methods[] = {
    {"register", poll_register, METH_VARARGS,
     "register(fd [, eventmask] ) -> None\n\nAdd a descriptor, or an object with fileno()."},
    {"modify", poll_modify, METH_VARARGS,
     "modify(fd, eventmask) -> None\n\nChange what a descriptor in the set is watched for."},
    {"unregister", poll_unregister, METH_O,
     "unregister(fd) -> None\n\nTake a descriptor out of the set."},
    {"poll", poll_poll, METH_VARARGS | METH_RESUMABLE,
     "poll( [timeout] ) -> list of (fd, event) 2-tuples\n\nWait for events, at most so many "
     "milliseconds."},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject poll_type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "select.poll",
    .tp_basicsize = (Py_ssize_t)sizeof(poll_object),
    .tp_x64_basicsize = 48,
    .tp_dealloc = poll_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = poll_methods,
};

PyObject *_PySelect_NewPoll(PyObject *self, PyObject *noargs)
{
    poll_object *p = PyObject_New(poll_object, &poll_type);

    if (p == NULL)
        return NULL;
    p->polling = 0;
    p->fds = PyDict_New();
    if (p->fds == NULL) {
        Py_DECREF(p);
        return NULL;
    }
    return (PyObject *)p;
}

int _PySelect_InitPoll(PyObject *module)
{
    static const struct {
        const char *name;
        int value;
    } constants[] = {
        {"POLLIN", IN},         {"POLLPRI", PRI},    {"POLLOUT", OUT},   {"POLLERR", ERR},
        {"POLLHUP", HUP},       {"POLLNVAL", NVAL},  {"POLLRDNORM", 64}, {"POLLRDBAND", 128},
        {"POLLWRNORM", WRNORM}, {"POLLWRBAND", 512}, {"POLLMSG", 1024},
    };

    for (size_t i = 0; i < sizeof constants / sizeof constants[0]; i++)
        if (PyModule_AddIntConstant(module, constants[i].name, constants[i].value) < 0)
            return -1;
    return PyType_Ready(&poll_type);
}
