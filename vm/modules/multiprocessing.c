/* SPDX-License-Identifier: MIT */
/* _multiprocessing: the module; semaphores are in multiprocessing_sem.c, connections in
 * multiprocessing_conn.c. */
#include "modules/multiprocessing.h"
#include "modules/ctypes_memory.h"
#include "modules/mmap_shared.h"
#include "host/host.h"

PyObject *_PyMultiprocessing_BufferTooShort(void)
{
    PyObject *package = PyImport_ImportModule("multiprocessing"), *type;

    if (package == NULL)
        return NULL;
    type = PyObject_GetAttrString(package, "BufferTooShort");
    Py_DECREF(package);
    return type;
}

static PyObject *address_of_buffer(PyObject *self, PyObject *obj)
{
    void *p;
    Py_ssize_t n;
    uint64_t address;

    if (_PyMmap_Check(obj)) {
        char *window;

        if (_PyMmap_Window(obj, 1, &window, &n) < 0)
            return NULL;
    } else if (PyObject_AsWriteBuffer(obj, &p, &n) < 0)
        return NULL;
    address = _PyCtypes_KnowBuffer(obj);
    if (address == 0 && PyErr_Occurred())
        return NULL;
    return Py_BuildValue("(Nn)", PyLong_FromVoidPtr((void *)(uintptr_t)address), n);
}

/* -- Descriptors travel over sockets of the family AF_UNIX. */

enum { E_NOMSG = -42 };

static PyObject *try_send_fd(int socket, int fd);
static PyObject *try_recv_fd(int socket);

/* n: the socket, and the descriptor or -1. */
static PyObject *transfer_again(PyCont *c, PyObject *value)
{
    int socket = (int)(c->n >> 32), fd = (int)(c->n & 0xffffffff);

    if (value == NULL)
        return NULL;
    Py_DECREF(value);
    return fd < 0 ? try_recv_fd(socket) : try_send_fd(socket, fd);
}

static PyObject *transfer_later(int socket, int fd)
{
    PyCont *c = PyEval_PushCont(transfer_again);

    if (c == NULL)
        return NULL;
    c->n = (py_long)socket << 32 | (uint32_t)fd;
    return PyEval_WaitGoOn();
}

static PyObject *try_send_fd(int socket, int fd)
{
    int status = host_send_fd(socket, fd);

    if (PyEval_IsPending(status))
        return transfer_later(socket, fd);
    if (status < 0)
        return _PyErr_SetFromErrnum(PyExc_OSError, -status);
    Py_RETURN_NONE;
}

static PyObject *try_recv_fd(int socket)
{
    int fd = host_recv_fd(socket);

    if (PyEval_IsPending(fd))
        return transfer_later(socket, -1);
    if (fd == E_NOMSG) {
        PyErr_SetString(PyExc_RuntimeError, "No file descriptor received");
        return NULL;
    }
    return fd < 0 ? _PyErr_SetFromErrnum(PyExc_OSError, -fd) : PyInt_FromLong(fd);
}

static PyObject *send_fd(PyObject *self, PyObject *args)
{
    int socket, fd;

    return PyArg_ParseTuple(args, "ii", &socket, &fd) ? try_send_fd(socket, fd) : NULL;
}

static PyObject *recv_fd(PyObject *self, PyObject *args)
{
    int socket;

    return PyArg_ParseTuple(args, "i", &socket) ? try_recv_fd(socket) : NULL;
}

static PyMethodDef methods[] = {
    {"address_of_buffer", address_of_buffer, METH_O,
     "address_of_buffer(obj) -> int\nReturn address of obj assuming obj supports buffer inteface"},
    {"sendfd", send_fd, METH_VARARGS | METH_RESUMABLE,
     "sendfd(sockfd, fd) -> None\nSend file descriptor given by fd over the unix domain "
     "socket\nwhose file decriptor is sockfd"},
    {"recvfd", recv_fd, METH_VARARGS | METH_RESUMABLE,
     "recvfd(sockfd) -> fd\nReceive a file descriptor over a unix domain socket\nwhose file "
     "decriptor is sockfd"},
    {NULL},
};

void init_multiprocessing(void)
{
    PyObject *m = Py_InitModule("_multiprocessing", methods), *flags;

    if (m == NULL || _PySemLock_Ready() < 0 || PyType_Ready(&_PyConnection_Type) < 0)
        return;
    Py_INCREF(&_PySemLock_Type);
    PyModule_AddObject(m, "SemLock", (PyObject *)&_PySemLock_Type);
    Py_INCREF(&_PyConnection_Type);
    PyModule_AddObject(m, "Connection", (PyObject *)&_PyConnection_Type);
    flags = Py_BuildValue("{sisisi}", "HAVE_SEM_OPEN", 1, "HAVE_SEM_TIMEDWAIT", 1,
                          "HAVE_FD_TRANSFER", 1);
    if (flags != NULL)
        PyModule_AddObject(m, "flags", flags);
}
