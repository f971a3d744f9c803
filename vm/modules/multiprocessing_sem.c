/* SPDX-License-Identifier: MIT */
/* _multiprocessing.SemLock: a mutex that its thread may take again, or a semaphore, over a
 * semaphore of the host's. Invariant: a host's semaphore is closed when the last SemLock of this
 * process that has it is gone; only numbers that are open here ever reach the host. */
#include "modules/multiprocessing.h"
#include "modules/mmap_shared.h"
#include "modules/signal_private.h"
#include "host/host.h"

enum { RECURSIVE_MUTEX, SEMAPHORE };
enum { E_AGAIN = -11, E_INVAL = 22, E_OVERFLOW = -75, E_INTR = -4 };

/* An open semaphore, and how many SemLocks have it. */
typedef struct Handle {
    struct Handle *next, *before;
    int64_t id;
    Py_ssize_t users;
} Handle;

typedef struct {
    PyObject_HEAD Handle *handle;
    int64_t owner; /* the thread that took it last */
    int count;     /* how often this process has it */
    int maxvalue;
    int kind;
} SemLock;

static Handle *open_handles;

static Handle *handle_open(int64_t id)
{
    Handle *h = PyMem_Malloc(sizeof *h);

    if (h == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    *h = (Handle){.id = id, .next = open_handles};
    if (open_handles != NULL)
        open_handles->before = h;
    open_handles = h;
    return h;
}

static void handle_release(Handle *h)
{
    if (--h->users > 0)
        return;
    host_sem_close(h->id);
    if (h->before != NULL)
        h->before->next = h->next;
    else
        open_handles = h->next;
    if (h->next != NULL)
        h->next->before = h->before;
    PyMem_Free(h);
}

static PyObject *sem_make(PyTypeObject *type, Handle *handle, int kind, int maxvalue)
{
    SemLock *self = (SemLock *)type->tp_alloc(type, 0);

    if (self == NULL)
        return NULL;
    handle->users++;
    self->handle = handle;
    self->kind = kind;
    self->maxvalue = maxvalue;
    return (PyObject *)self;
}

static PyObject *sem_new(PyTypeObject *type, PyObject *args, PyObject *kw)
{
    static char *names[] = {"kind", "value", "maxvalue", NULL};
    int kind, value, maxvalue;
    PyObject *self;
    Handle *handle;
    int64_t id;

    if (!PyArg_ParseTupleAndKeywords(args, kw, "iii", names, &kind, &value, &maxvalue))
        return NULL;
    if (kind != RECURSIVE_MUTEX && kind != SEMAPHORE) {
        PyErr_SetString(PyExc_ValueError, "unrecognized kind");
        return NULL;
    }
    id = host_sem_new(value);
    if (id < 0)
        return _PyErr_SetFromErrnum(PyExc_OSError, (int)-id);
    handle = handle_open(id);
    if (handle == NULL) {
        host_sem_close(id);
        return NULL;
    }
    self = sem_make(type, handle, kind, maxvalue);
    if (self == NULL) {
        handle->users = 1;
        handle_release(handle);
    }
    return self;
}

static PyObject *sem_rebuild(PyObject *type, PyObject *args)
{
    int kind, maxvalue;
    PyObject *number;
    int64_t id;

    if (!PyArg_ParseTuple(args, "Oii", &number, &kind, &maxvalue))
        return NULL;
    id = PyLong_Check(number) ? PyLong_AsLongLong(number) : PyInt_AsLong(number);
    if (id == -1 && PyErr_Occurred())
        return NULL;
    for (Handle *h = open_handles; h != NULL; h = h->next)
        if (h->id == id)
            return sem_make((PyTypeObject *)type, h, kind, maxvalue);
    return _PyErr_SetFromErrnum(PyExc_OSError, E_INVAL);
}

static void sem_dealloc(PyObject *o)
{
    handle_release(((SemLock *)o)->handle);
    Py_TYPE(o)->tp_free(o);
}

static int is_mine(SemLock *self)
{
    return self->count > 0 && self->owner == PyThreadState_GET()->thread_id;
}

static PyObject *sem_try(SemLock *self, int64_t deadline);

/* a: the lock; n: the deadline. */
static PyObject *acquire_again(PyCont *c, PyObject *value)
{
    PyObject *answer = value == NULL ? NULL : sem_try((SemLock *)c->a, c->n);

    Py_XDECREF(value);
    PyEval_ReleaseCont(c);
    return answer;
}

static PyObject *sem_try(SemLock *self, int64_t deadline)
{
    for (;;) {
        double seconds = -1;
        int status;
        PyCont *c;

        if (deadline != PyThread_FOREVER) {
            seconds = (double)(deadline - host_clock_ns(HOST_CLOCK_MONOTONIC)) / 1e9;
            if (seconds < 0)
                seconds = 0;
        }
        status = host_sem_wait(self->handle->id, seconds);
        if (status == 0) {
            self->count++;
            self->owner = PyThreadState_GET()->thread_id;
            _PyMmap_Sync();
            Py_RETURN_TRUE;
        }
        if (status == E_AGAIN)
            Py_RETURN_FALSE;
        if (status == E_INTR && PyThread_IsMain()) {
            if (_PySignal_CheckHost() < 0)
                return NULL;
            continue;
        }
        if (!PyEval_IsPending(status))
            return _PyErr_SetFromErrnum(PyExc_OSError, -status);
        c = PyEval_PushCont(acquire_again);
        if (c == NULL)
            return NULL;
        Py_INCREF(self);
        c->a = (PyObject *)self;
        c->n = deadline;
        return PyEval_WaitUntilGoOn(deadline);
    }
}

static PyObject *sem_acquire(PyObject *o, PyObject *args, PyObject *kw)
{
    static char *names[] = {"block", "timeout", NULL};
    SemLock *self = (SemLock *)o;
    PyObject *timeout = Py_None;
    int64_t deadline = PyThread_FOREVER;
    int block = 1;

    if ((PyTuple_GET_SIZE(args) > 0 || kw != NULL) &&
        !PyArg_ParseTupleAndKeywords(args, kw, "|iO", names, &block, &timeout))
        return NULL;
    if (self->kind == RECURSIVE_MUTEX && is_mine(self)) {
        self->count++;
        Py_RETURN_TRUE;
    }
    if (timeout != Py_None && block) {
        double seconds = PyFloat_AsDouble(timeout);

        if (seconds == -1 && PyErr_Occurred())
            return NULL;
        deadline = PyThread_Deadline(seconds);
    }
    return sem_try(self, block ? deadline : 0);
}

static PyObject *sem_enter(PyObject *o, PyObject *noargs)
{
    SemLock *self = (SemLock *)o;

    if (self->kind == RECURSIVE_MUTEX && is_mine(self)) {
        self->count++;
        Py_RETURN_TRUE;
    }
    return sem_try(self, PyThread_FOREVER);
}

static PyObject *sem_release(PyObject *o, PyObject *noargs)
{
    SemLock *self = (SemLock *)o;
    int status, most = self->maxvalue;

    if (self->kind == RECURSIVE_MUTEX) {
        if (!is_mine(self)) {
            PyErr_SetString(PyExc_AssertionError,
                            "attempt to release recursive lock not owned by thread");
            return NULL;
        }
        if (self->count > 1) {
            self->count--;
            Py_RETURN_NONE;
        }
        most = INT32_MAX;
    }
    _PyMmap_Sync();
    status = host_sem_post(self->handle->id, most);
    if (status == E_OVERFLOW) {
        PyErr_SetString(PyExc_ValueError, "semaphore or lock released too many times");
        return NULL;
    }
    if (status < 0)
        return _PyErr_SetFromErrnum(PyExc_OSError, -status);
    self->count--;
    Py_RETURN_NONE;
}

static PyObject *sem_exit(PyObject *o, PyObject *args)
{
    return sem_release(o, NULL);
}

static PyObject *sem_count(PyObject *o, PyObject *noargs)
{
    return PyInt_FromLong(((SemLock *)o)->count);
}

static PyObject *sem_is_mine(PyObject *o, PyObject *noargs)
{
    return PyBool_FromLong(is_mine((SemLock *)o));
}

static PyObject *sem_get_value(PyObject *o, PyObject *noargs)
{
    int value = host_sem_value(((SemLock *)o)->handle->id);

    return value < 0 ? _PyErr_SetFromErrnum(PyExc_OSError, -value) : PyInt_FromLong(value);
}

static PyObject *sem_is_zero(PyObject *o, PyObject *noargs)
{
    return PyBool_FromLong(host_sem_value(((SemLock *)o)->handle->id) == 0);
}

static PyObject *sem_after_fork(PyObject *o, PyObject *noargs)
{
    ((SemLock *)o)->count = 0;
    Py_RETURN_NONE;
}

static PyObject *sem_get_handle(PyObject *o, void *closure)
{
    return PyLong_FromLongLong(((SemLock *)o)->handle->id);
}

static PyMethodDef sem_methods[] = {
    {"acquire", (PyCFunction)(void (*)(void))sem_acquire,
     METH_VARARGS | METH_KEYWORDS | METH_RESUMABLE, "acquire the semaphore/lock"},
    {"release", sem_release, METH_NOARGS, "release the semaphore/lock"},
    {"__enter__", sem_enter, METH_NOARGS | METH_RESUMABLE, "enter the semaphore/lock"},
    {"__exit__", sem_exit, METH_VARARGS, "exit the semaphore/lock"},
    {"_count", sem_count, METH_NOARGS,
     "num of `acquire()`s minus num of `release()`s for this process"},
    {"_is_mine", sem_is_mine, METH_NOARGS, "whether the lock is owned by this thread"},
    {"_get_value", sem_get_value, METH_NOARGS, "get the value of the semaphore"},
    {"_is_zero", sem_is_zero, METH_NOARGS, "returns whether semaphore has value zero"},
    {"_rebuild", sem_rebuild, METH_VARARGS | METH_CLASS, ""},
    {"_after_fork", sem_after_fork, METH_NOARGS, "rezero the net acquisition count after fork()"},
    {NULL},
};

static PyMemberDef sem_members[] = {
    {"kind", T_INT, offsetof(SemLock, kind), READONLY, ""},
    {"maxvalue", T_INT, offsetof(SemLock, maxvalue), READONLY, ""},
    {NULL},
};

static PyGetSetDef sem_getset[] = {
    {"handle", sem_get_handle, NULL, "", NULL},
    {NULL},
};

PyTypeObject _PySemLock_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "_multiprocessing.SemLock",
    .tp_basicsize = sizeof(SemLock),
    .tp_x64_basicsize = 48,
    .tp_dealloc = sem_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = "Semaphore/Mutex type",
    .tp_methods = sem_methods,
    .tp_members = sem_members,
    .tp_getset = sem_getset,
    .tp_new = sem_new,
};

int _PySemLock_Ready(void)
{
    PyObject *most;
    int status;

    if (PyType_Ready(&_PySemLock_Type) < 0)
        return -1;
    most = PyLong_FromLong(INT32_MAX);
    if (most == NULL)
        return -1;
    status = PyDict_SetItemString(_PySemLock_Type.tp_dict, "SEM_VALUE_MAX", most);
    Py_DECREF(most);
    return status;
}
