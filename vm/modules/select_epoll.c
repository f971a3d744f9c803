/* SPDX-License-Identifier: MIT */
/* select.epoll objects: a set of descriptors that the host keeps. Invariant: `fd` is the set's own
 * descriptor, or -1 once it is closed; everything about readiness is the host's. */
#include "modules/select_private.h"

enum { IN = 1, PRI = 2, OUT = 4, CTL_ADD = 1, CTL_DEL = 2, CTL_MOD = 3 };
enum { E_INTR = 4, E_BADF = -9, E_INVAL = 22, MOST_BY_DEFAULT = 1023, STEP = 256 };
/* What Linux takes, and what can ever be told of at once. */
enum { SYSTEM_MOST = INT32_MAX / 12, ROOM_MOST = 1 << 20 };

typedef struct {
    PyObject_HEAD int fd;
} epoll_object;

static PyTypeObject epoll_type;
#define SELF(o) ((epoll_object *)(o))

static PyObject *fail(int status)
{
    if (status == -E_INTR && _PySignal_CheckHost() < 0)
        return NULL;
    return _PyErr_SetFromErrnum(PyExc_IOError, -status);
}

static int check_open(PyObject *self)
{
    if (SELF(self)->fd >= 0)
        return 0;
    PyErr_SetString(PyExc_ValueError, "I/O operation on closed epoll fd");
    return -1;
}

static PyObject *new_epoll(int fd)
{
    epoll_object *self = PyObject_New(epoll_object, &epoll_type);

    if (self != NULL)
        self->fd = fd;
    return (PyObject *)self;
}

static PyObject *epoll_new(PyTypeObject *type, PyObject *args, PyObject *kw)
{
    static char *names[] = {"sizehint", NULL};
    int size = -1, fd;
    PyObject *self;

    if (!PyArg_ParseTupleAndKeywords(args, kw, "|i:epoll", names, &size))
        return NULL;
    if (size != -1 && size < 1)
        return PyErr_Format(PyExc_ValueError, "sizehint must be greater zero, got %d", size);
    fd = host_epoll_create();
    if (fd < 0)
        return fail(fd);
    self = new_epoll(fd);
    if (self == NULL)
        host_close(fd);
    return self;
}

PyDoc_STRVAR(fromfd_doc, "fromfd(fd) -> epoll\n\nMake an epoll object of the descriptor of one.");

static PyObject *epoll_fromfd(PyObject *type, PyObject *args)
{
    int fd;

    return PyArg_ParseTuple(args, "i:fromfd", &fd) ? new_epoll(fd) : NULL;
}

static int close_epoll(epoll_object *self)
{
    int fd = self->fd;

    self->fd = -1;
    return fd < 0 ? 0 : host_close(fd);
}

static void epoll_dealloc(PyObject *self)
{
    close_epoll(SELF(self));
    PyObject_Del(self);
}

PyDoc_STRVAR(close_doc,
             "close() -> None\n\nClose the set's descriptor; no more can be done with the object.");

static PyObject *epoll_close(PyObject *self, PyObject *noargs)
{
    int status = close_epoll(SELF(self));

    if (status < 0)
        return fail(status);
    Py_RETURN_NONE;
}

PyDoc_STRVAR(fileno_doc, "fileno() -> int\n\nThe set's own descriptor.");

static PyObject *epoll_fileno(PyObject *self, PyObject *noargs)
{
    return check_open(self) < 0 ? NULL : PyInt_FromLong(SELF(self)->fd);
}

static PyObject *epoll_closed(PyObject *self, void *unused)
{
    return PyBool_FromLong(SELF(self)->fd < 0);
}

static PyObject *control(PyObject *self, int operation, PyObject *file, uint32_t events)
{
    int fd, status;

    if (check_open(self) < 0)
        return NULL;
    fd = PyObject_AsFileDescriptor(file);
    if (fd < 0)
        return NULL;
    status = host_epoll_control(SELF(self)->fd, operation, fd, events);
    /* A closed descriptor has left the set already. */
    if (status < 0 && !(operation == CTL_DEL && status == E_BADF))
        return fail(status);
    Py_RETURN_NONE;
}

PyDoc_STRVAR(register_doc,
             "register(fd[, eventmask]) -> None\n\nPut a descriptor, or an object with fileno(), "
             "into the set, to be watched for the events whose EPOLL constants eventmask has; "
             "without it EPOLLIN | EPOLLOUT | EPOLLPRI. An IOError when it is there already.");

static PyObject *epoll_register(PyObject *self, PyObject *args, PyObject *kw)
{
    static char *names[] = {"fd", "eventmask", NULL};
    unsigned int events = IN | PRI | OUT;
    PyObject *file;

    return PyArg_ParseTupleAndKeywords(args, kw, "O|I:register", names, &file, &events)
               ? control(self, CTL_ADD, file, events)
               : NULL;
}

PyDoc_STRVAR(modify_doc,
             "modify(fd, eventmask) -> None\n\nWatch a descriptor of the set for other events.");

static PyObject *epoll_modify(PyObject *self, PyObject *args, PyObject *kw)
{
    static char *names[] = {"fd", "eventmask", NULL};
    unsigned int events;
    PyObject *file;

    return PyArg_ParseTupleAndKeywords(args, kw, "OI:modify", names, &file, &events)
               ? control(self, CTL_MOD, file, events)
               : NULL;
}

PyDoc_STRVAR(unregister_doc, "unregister(fd) -> None\n\nTake a descriptor out of the set.");

static PyObject *epoll_unregister(PyObject *self, PyObject *args, PyObject *kw)
{
    static char *names[] = {"fd", NULL};
    PyObject *file;

    return PyArg_ParseTupleAndKeywords(args, kw, "O:unregister", names, &file)
               ? control(self, CTL_DEL, file, 0)
               : NULL;
}

/* ---- Waiting ---- */

static PyObject *wait_until(PyObject *self, int most, int64_t deadline);

/* a: the object, b: how many events at most, n: the deadline */
static PyObject *wait_again(PyCont *c, PyObject *value)
{
    PyObject *result = NULL;

    if (value != NULL) {
        Py_DECREF(value);
        if (PyEval_WasInterrupted())
            result = _PyErr_SetFromErrnum(PyExc_IOError, E_INTR);
        else
            result = wait_until(c->a, (int)PyInt_AS_LONG(c->b), c->n);
    }
    PyEval_ReleaseCont(c);
    return result;
}

static PyObject *wait_later(PyObject *self, int most, int64_t deadline)
{
    PyObject *number = PyInt_FromLong(most);
    PyCont *c = number == NULL ? NULL : PyEval_PushCont(wait_again);

    if (c == NULL) {
        Py_XDECREF(number);
        return NULL;
    }
    Py_INCREF(self);
    c->a = self;
    c->b = number;
    c->n = deadline;
    return PyEval_WaitUntilGoOn(deadline);
}

/* The events as the program gets them. */
static PyObject *event_list(const host_epoll_event_t *events, int count)
{
    PyObject *list = PyList_New(count);

    for (int i = 0; list != NULL && i < count; i++) {
        PyObject *item = Py_BuildValue("(iI)", events[i].fd, (unsigned int)events[i].events);

        if (item == NULL)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, i, item);
    }
    return list;
}

static PyObject *wait_until(PyObject *self, int most, int64_t deadline)
{
    host_epoll_event_t few[STEP], *events = few;
    PyObject *list;
    int count;

    if (most > SYSTEM_MOST)
        return fail(-E_INVAL);
    most = Py_MIN(most, ROOM_MOST);
    if (most > STEP) {
        events = PyMem_New(host_epoll_event_t, most);
        if (events == NULL)
            return PyErr_NoMemory();
    }
    count = host_epoll_wait(SELF(self)->fd, events, most);
    if (PyEval_IsPending(count) || (count == 0 && !PyThread_DeadlinePassed(deadline)))
        list = wait_later(self, most, deadline);
    else
        list = count < 0 ? fail(count) : event_list(events, count);
    if (events != few)
        PyMem_Free(events);
    return list;
}

PyDoc_STRVAR(poll_doc, "poll([timeout=-1[, maxevents=-1]]) -> [(fd, events), (...)]\n\nWait for "
                       "events, so many seconds at most, or without a limit when timeout is "
                       "negative; up to maxevents of them are returned.");

static PyObject *epoll_poll(PyObject *self, PyObject *args, PyObject *kw)
{
    static char *names[] = {"timeout", "maxevents", NULL};
    int64_t deadline = PyThread_FOREVER;
    double timeout = -1;
    int most = -1;

    if (check_open(self) < 0 ||
        !PyArg_ParseTupleAndKeywords(args, kw, "|di:poll", names, &timeout, &most))
        return NULL;
    if (!(timeout < 0)) {
        if (timeout * 1000 > INT32_MAX) {
            PyErr_SetString(PyExc_OverflowError, "timeout is too large");
            return NULL;
        }
        deadline = PyThread_Deadline(timeout);
    }
    if (most == -1)
        most = MOST_BY_DEFAULT;
    else if (most < 1)
        return PyErr_Format(PyExc_ValueError, "maxevents must be greater than 0, got %d", most);
    return wait_until(self, most, deadline);
}

static PyMethodDef epoll_methods[] = {
    {"fromfd", epoll_fromfd, METH_VARARGS | METH_CLASS, fromfd_doc},
    {"close", epoll_close, METH_NOARGS, close_doc},
    {"fileno", epoll_fileno, METH_NOARGS, fileno_doc},
    {"modify", PyCFunction_CAST(epoll_modify), METH_VARARGS | METH_KEYWORDS, modify_doc},
    {"register", PyCFunction_CAST(epoll_register), METH_VARARGS | METH_KEYWORDS, register_doc},
    {"unregister", PyCFunction_CAST(epoll_unregister), METH_VARARGS | METH_KEYWORDS,
     unregister_doc},
    {"poll", PyCFunction_CAST(epoll_poll), METH_VARARGS | METH_KEYWORDS | METH_RESUMABLE, poll_doc},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef epoll_getset[] = {
    {"closed", epoll_closed, NULL, "True if the epoll handler is closed", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

PyDoc_STRVAR(epoll_doc, "select.epoll([sizehint=-1])\n\nReturns an epolling object\n\nsizehint, -1 "
                        "or positive, says how many descriptors are expected; it limits nothing.");

static PyTypeObject epoll_type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "select.epoll",
    .tp_basicsize = (Py_ssize_t)sizeof(epoll_object),
    .tp_x64_basicsize = 24,
    .tp_dealloc = epoll_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = epoll_doc,
    .tp_methods = epoll_methods,
    .tp_getset = epoll_getset,
    .tp_new = epoll_new,
};

int _PySelect_InitEpoll(PyObject *module)
{
    static const struct {
        const char *name;
        uint32_t value;
    } constants[] = {
        {"EPOLLIN", IN},
        {"EPOLLOUT", OUT},
        {"EPOLLPRI", PRI},
        {"EPOLLERR", 8},
        {"EPOLLHUP", 16},
        {"EPOLLET", 1U << 31},
        {"EPOLLONESHOT", 1U << 30},
        {"EPOLLRDNORM", 64},
        {"EPOLLRDBAND", 128},
        {"EPOLLWRNORM", 256},
        {"EPOLLWRBAND", 512},
        {"EPOLLMSG", 1024},
    };

    if (PyType_Ready(&epoll_type) < 0)
        return -1;
    for (size_t i = 0; i < sizeof constants / sizeof constants[0]; i++)
        if (PyModule_AddObject(module, constants[i].name, PyInt_FromLong(constants[i].value)) < 0)
            return -1;
    Py_INCREF(&epoll_type);
    return PyModule_AddObject(module, "epoll", (PyObject *)&epoll_type);
}
