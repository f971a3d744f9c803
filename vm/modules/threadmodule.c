/* SPDX-License-Identifier: MIT */
/* thread: starting threads, locks and thread-local objects. Invariant: a lock is handed to whoever
 * asks first after its release; a thread that was woken for it and came too late gets it at the
 * next release, so that no one waits for ever. */
#include "Python.h"
#include "modules/signal_private.h"

static PyObject *thread_error;

/* -- Locks
 * -----------------------------------------------------------------------------------------------------
 */

typedef struct {
    PyObject_HEAD PyObject *weakreflist;
    PyThread_Queue queue;
    PyThreadState *heir; /* a waiting thread that the lock was released to; only compared */
    int held;
} lockobject;

static PyTypeObject lock_type;
#define LOCK(o) ((lockobject *)(o))

static PyObject *lock_new(void)
{
    lockobject *lock = PyObject_New(lockobject, &lock_type);

    if (lock != NULL) {
        lock->weakreflist = NULL;
        lock->held = 0;
        lock->heir = NULL;
        lock->queue.first = lock->queue.last = NULL;
    }
    return (PyObject *)lock;
}

static void lock_dealloc(PyObject *self)
{
    if (LOCK(self)->weakreflist != NULL)
        PyObject_ClearWeakRefs(self);
    PyObject_Del(self);
}

static PyObject *lock_wait(PyObject *self, int losses);

static PyObject *acquired(PyCont *c, PyObject *value)
{
    PyEval_ReleaseCont(c);
    if (value == NULL)
        return NULL;
    Py_DECREF(value);
    Py_RETURN_TRUE;
}

/* Signals have waited for the lock; their handlers run before anything else does. */
static PyObject *run_handlers_first(void)
{
    return PyEval_PushCont(acquired) == NULL ? NULL : PyEval_Then(_PySignal_HandlersGoOn());
}

/* a: the lock, n: how often the thread was woken for it and came too late. */
static PyObject *acquire_again(PyCont *c, PyObject *value)
{
    lockobject *lock = LOCK(c->a);
    PyObject *answer = NULL;
    PyThreadState *self = PyThreadState_GET();

    if (value == NULL) {
        if (lock->heir == self) {
            /* Released to a thread whose wait a signal handler has ended: to the next one then. */
            lock->heir = NULL;
            lock->held = 0;
            PyThread_WakeFirst(&lock->queue);
        }
    } else if (lock->heir == self || !lock->held) {
        lock->heir = NULL;
        lock->held = 1;
        answer = Py_True;
        Py_INCREF(answer);
    } else
        answer = lock_wait(c->a, (int)c->n + 1);
    Py_XDECREF(value);
    PyEval_ReleaseCont(c);
    if (answer == Py_True && _Py_PendingSignals && PyThread_IsMain()) {
        Py_DECREF(answer);
        return run_handlers_first();
    }
    return answer;
}

static PyObject *lock_wait(PyObject *self, int losses)
{
    PyCont *c = PyEval_PushCont(acquire_again);

    if (c == NULL)
        return NULL;
    Py_INCREF(self);
    c->a = self;
    c->n = losses;
    return PyEval_WaitInQueueGoOn(&LOCK(self)->queue);
}

/* How often the thread at the head of the queue has lost the lock. */
static py_long losses_of(PyThreadState *t)
{
    return t->cont_top > 0 ? t->conts[t->cont_top - 1].n : 0;
}

PyDoc_STRVAR(acquire_doc, "acquire([wait]) -> bool\n\nLock the lock. Without argument, this blocks "
                          "if the lock is already locked (even by the "
                          "same thread), waiting for another thread to release the lock, and "
                          "returns True once the lock is "
                          "acquired. With an argument, this will only block if the argument is "
                          "true, and the return value "
                          "reflects whether the lock is acquired.");

static PyObject *lock_acquire(PyObject *self, PyObject *args)
{
    int wait = 1;

    if (PyTuple_GET_SIZE(args) > 0 && !PyArg_ParseTuple(args, "|i:acquire", &wait))
        return NULL;
    if (!LOCK(self)->held) {
        LOCK(self)->held = 1;
        Py_RETURN_TRUE;
    }
    if (!wait)
        Py_RETURN_FALSE;
    return lock_wait(self, 0);
}

PyDoc_STRVAR(release_doc, "release()\n\nRelease the lock, allowing another thread that is blocked "
                          "waiting for the lock to acquire the lock.  The "
                          "lock must be in the locked state, but it needn't be locked by the same "
                          "thread that unlocks it.");

static PyObject *lock_release(PyObject *self, PyObject *noargs)
{
    if (!LOCK(self)->held) {
        PyErr_SetString(thread_error, "release unlocked lock");
        return NULL;
    }
    LOCK(self)->held = 0;
    if (LOCK(self)->queue.first != NULL) {
        PyThreadState *t = PyThread_WakeFirst(&LOCK(self)->queue);

        if (losses_of(t) > 0) {
            LOCK(self)->heir = t;
            LOCK(self)->held = 1;
        }
    }
    Py_RETURN_NONE;
}

static PyObject *lock_exit(PyObject *self, PyObject *args)
{
    return lock_release(self, NULL);
}

PyDoc_STRVAR(locked_doc, "locked() -> bool\n\nReturn whether the lock is in the locked state.");

static PyObject *lock_locked(PyObject *self, PyObject *noargs)
{
    return PyBool_FromLong(LOCK(self)->held);
}

static PyMethodDef lock_methods[] = {
    {"acquire_lock", lock_acquire, METH_VARARGS | METH_RESUMABLE, acquire_doc},
    {"acquire", lock_acquire, METH_VARARGS | METH_RESUMABLE, acquire_doc},
    {"release_lock", lock_release, METH_NOARGS, release_doc},
    {"release", lock_release, METH_NOARGS, release_doc},
    {"locked_lock", lock_locked, METH_NOARGS, locked_doc},
    {"locked", lock_locked, METH_NOARGS, locked_doc},
    {"__enter__", lock_acquire, METH_VARARGS | METH_RESUMABLE, acquire_doc},
    {"__exit__", lock_exit, METH_VARARGS, release_doc},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject lock_type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "thread.lock",
    .tp_basicsize = (Py_ssize_t)sizeof(lockobject),
    .tp_x64_basicsize = 32,
    .tp_dealloc = lock_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_WEAKREFS,
    .tp_doc = "A lock object is a synchronization primitive; see allocate_lock().",
    .tp_weaklistoffset = (Py_ssize_t)offsetof(lockobject, weakreflist),
    .tp_methods = lock_methods,
};

/* -- thread._local: an object with a dict per thread. The thread's own dict has it under the
 * object's key, in a box that the collector does not look into: so a dict is the object's alone, as
 * the object's traverse says, and what is reachable from itself only is garbage.
 * ------------------------------------------------------------------------------------------------
 */

typedef struct {
    PyObject_HEAD PyObject *dict;
} boxobject;

static void box_dealloc(PyObject *self)
{
    Py_XDECREF(((boxobject *)self)->dict);
    PyObject_Del(self);
}

static PyTypeObject box_type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "thread._localdummy",
    .tp_basicsize = (Py_ssize_t)sizeof(boxobject),
    .tp_dealloc = box_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "Thread-local dummy",
};

typedef struct {
    PyObject_HEAD PyObject *key, *args, *kw, *weakreflist;
} localobject;

#define LOCAL(o) ((localobject *)(o))
static PyTypeObject local_type;

/* The object's dict of a thread, or NULL. Borrowed. */
static PyObject *dict_in(PyObject *thread_dict, PyObject *key)
{
    PyObject *box = thread_dict == NULL ? NULL : PyDict_GetItem(thread_dict, key);

    return box == NULL ? NULL : ((boxobject *)box)->dict;
}

/* Makes that of the current thread. Borrowed. */
static PyObject *new_dict(PyObject *key)
{
    PyObject *thread_dict = PyThreadState_GetDict(), *dict;
    boxobject *box;
    int status;

    if (thread_dict == NULL) {
        PyErr_SetString(PyExc_SystemError, "Couldn't get thread-state dictionary");
        return NULL;
    }
    box = PyObject_New(boxobject, &box_type);
    if (box == NULL)
        return NULL;
    box->dict = dict = PyDict_New();
    status = dict == NULL ? -1 : PyDict_SetItem(thread_dict, key, (PyObject *)box);
    Py_DECREF(box); /* the thread's dict keeps it */
    return status < 0 ? NULL : dict;
}

static PyObject *local_new(PyTypeObject *type, PyObject *args, PyObject *kw)
{
    localobject *self;

    if (type->tp_init == PyBaseObject_Type.tp_init &&
        ((args && PyTuple_GET_SIZE(args) > 0) || (kw && PyDict_Size(kw) > 0))) {
        PyErr_SetString(PyExc_TypeError, "Initialization arguments are not supported");
        return NULL;
    }
    self = (localobject *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    Py_XINCREF(args);
    self->args = args;
    Py_XINCREF(kw);
    self->kw = kw;
    self->key = PyString_FromFormat("thread.local.%p", (void *)self);
    if (self->key == NULL) {
        Py_DECREF(self);
        return NULL;
    }
    /* type.__call__ will run __init__ for this thread */
    if (new_dict(self->key) == NULL) {
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

/* The current thread's dict of the object, made and initialised when this is its first use here.
 * Borrowed. */
static PyObject *local_dict(PyObject *self)
{
    PyObject *dict = PyThreadState_GetDict(), *own = dict_in(dict, LOCAL(self)->key);

    if (own != NULL)
        return own;
    own = new_dict(LOCAL(self)->key);
    if (own == NULL)
        return NULL;
    if (Py_TYPE(self)->tp_init != PyBaseObject_Type.tp_init &&
        Py_TYPE(self)->tp_init(self, LOCAL(self)->args, LOCAL(self)->kw) < 0) {
        PyDict_DelItem(dict, LOCAL(self)->key);
        return NULL;
    }
    return own;
}

static int local_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(LOCAL(self)->args);
    Py_VISIT(LOCAL(self)->kw);
    if (LOCAL(self)->key == NULL)
        return 0;
    for (PyInterpreterState *i = PyInterpreterState_Head(); i != NULL; i = i->next)
        for (PyThreadState *t = i->tstate_head; t != NULL; t = t->next) {
            PyObject *dict = dict_in(t->dict, LOCAL(self)->key);

            Py_VISIT(dict);
        }
    return 0;
}

/* A thread's dict that has one of the object's, or NULL. */
static PyObject *thread_with(PyObject *key)
{
    for (PyInterpreterState *i = PyInterpreterState_Head(); i != NULL; i = i->next)
        for (PyThreadState *t = i->tstate_head; t != NULL; t = t->next)
            if (dict_in(t->dict, key) != NULL)
                return t->dict;
    return NULL;
}

static int local_clear(PyObject *self)
{
    PyObject *dict;

    Py_CLEAR(LOCAL(self)->args);
    Py_CLEAR(LOCAL(self)->kw);
    if (LOCAL(self)->key == NULL)
        return 0;
    /* What goes may run code that starts and ends threads: looked for anew each time. */
    while ((dict = thread_with(LOCAL(self)->key)) != NULL) {
        Py_INCREF(dict);
        if (PyDict_DelItem(dict, LOCAL(self)->key) < 0)
            PyErr_Clear();
        Py_DECREF(dict);
    }
    return 0;
}

static void local_dealloc(PyObject *self)
{
    PyObject *t, *v, *tb;

    PyObject_GC_UnTrack(self);
    if (LOCAL(self)->weakreflist != NULL)
        PyObject_ClearWeakRefs(self);
    PyErr_Fetch(&t, &v, &tb);
    local_clear(self);
    PyErr_Restore(t, v, tb);
    Py_XDECREF(LOCAL(self)->key);
    Py_TYPE(self)->tp_free(self);
}

static int is_dict_name(PyObject *name)
{
    return PyString_Check(name) && strcmp(PyString_AS_STRING(name), "__dict__") == 0;
}

static PyObject *local_getattro(PyObject *self, PyObject *name)
{
    PyObject *own = local_dict(self);

    if (own == NULL)
        return NULL;
    if (is_dict_name(name)) {
        Py_INCREF(own);
        return own;
    }
    return _PyObject_GenericGetAttrWithDict(self, name, own);
}

static int local_setattro(PyObject *self, PyObject *name, PyObject *value)
{
    PyObject *own = local_dict(self);

    if (own == NULL)
        return -1;
    if (is_dict_name(name)) {
        PyErr_Format(PyExc_AttributeError, "'%.50s' object attribute '__dict__' is read-only",
                     Py_TYPE(self)->tp_name);
        return -1;
    }
    return _PyObject_GenericSetAttrWithDict(self, name, value, own);
}

static PyTypeObject local_type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "thread._local",
    .tp_basicsize = (Py_ssize_t)sizeof(localobject),
    .tp_x64_basicsize = 56,
    .tp_dealloc = local_dealloc,
    .tp_getattro = local_getattro,
    .tp_setattro = local_setattro,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .tp_doc = "Thread-local data",
    .tp_traverse = local_traverse,
    .tp_clear = local_clear,
    .tp_weaklistoffset = (Py_ssize_t)offsetof(localobject, weakreflist),
    .tp_new = local_new,
};

/* -- The module
 * -----------------------------------------------------------------------------------------------------
 */

/* Tells of the exception that ends a thread. */
static void report_failure(PyObject *func)
{
    PyObject *file, *type, *error, *tb;

    PyErr_Fetch(&type, &error, &tb);
    PySys_WriteStderr("Unhandled exception in thread started by ");
    file = PySys_GetObject("stderr");
    if (file == NULL || file == Py_None || PyFile_WriteObject(func, file, 0) < 0)
        PyErr_Clear();
    PySys_WriteStderr("\n");
    PyErr_Restore(type, error, tb);
    PyErr_PrintEx(0);
}

PyDoc_STRVAR(start_new_doc, "start_new_thread(function, args[, kwargs])\n\nStart a new thread and "
                            "return its identifier.  The thread will call "
                            "the function with positional arguments from the tuple args and "
                            "keyword arguments taken from the "
                            "optional dictionary kwargs.");

static PyObject *thread_start_new(PyObject *self, PyObject *args)
{
    PyObject *func, *argtuple, *kw = NULL;
    int64_t ident;

    if (!PyArg_UnpackTuple(args, "start_new_thread", 2, 3, &func, &argtuple, &kw))
        return NULL;
    if (!PyCallable_Check(func)) {
        PyErr_SetString(PyExc_TypeError, "first arg must be callable");
        return NULL;
    }
    if (!PyTuple_Check(argtuple)) {
        PyErr_SetString(PyExc_TypeError, "2nd arg must be a tuple");
        return NULL;
    }
    if (kw != NULL && !PyDict_Check(kw)) {
        PyErr_SetString(PyExc_TypeError, "optional 3rd arg must be a dictionary");
        return NULL;
    }
    ident = PyThread_Start(func, argtuple, kw, report_failure);
    return ident < 0 ? NULL : PyInt_FromLong(ident);
}

PyDoc_STRVAR(allocate_doc, "allocate_lock() -> lock object\n\nCreate a new lock object.  See "
                           "help(LockType) for information about locks.");

static PyObject *thread_allocate_lock(PyObject *self, PyObject *noargs)
{
    return lock_new();
}

PyDoc_STRVAR(exit_doc, "exit()\n\nThis is synonymous to ``raise SystemExit''.  It will cause the "
                       "current thread to exit silently unless the "
                       "exception is caught.");

static PyObject *thread_exit(PyObject *self, PyObject *noargs)
{
    PyErr_SetNone(PyExc_SystemExit);
    return NULL;
}

PyDoc_STRVAR(interrupt_doc, "interrupt_main()\n\nRaise a KeyboardInterrupt in the main thread.");

static PyObject *thread_interrupt_main(PyObject *self, PyObject *noargs)
{
    _PySignal_SetPending(2);
    Py_RETURN_NONE;
}

PyDoc_STRVAR(get_ident_doc, "get_ident() -> integer\n\nReturn a non-zero integer that uniquely "
                            "identifies the current thread amongst other "
                            "threads that exist simultaneously.");

static PyObject *thread_get_ident(PyObject *self, PyObject *noargs)
{
    return PyInt_FromLong(PyThreadState_GET()->thread_id);
}

PyDoc_STRVAR(count_doc, "_count() -> integer\n\nReturn the number of currently running Python "
                        "threads, excluding the main thread.");

static PyObject *thread_count(PyObject *self, PyObject *noargs)
{
    return PyInt_FromLong(PyThread_Count() - 1);
}

static Py_ssize_t stack_size;

PyDoc_STRVAR(stack_size_doc, "stack_size([size]) -> size\n\nReturn the thread stack size used when "
                             "creating new threads, and set it: to 0 (the "
                             "default), or 32 KiB at least.");

static PyObject *thread_stack_size(PyObject *self, PyObject *args)
{
    Py_ssize_t size = 0, old = stack_size; /* without an argument too the size is set: to 0 */

    if (!PyArg_ParseTuple(args, "|n:stack_size", &size))
        return NULL;
    if (size < 0) {
        PyErr_SetString(PyExc_ValueError, "size must be 0 or a positive value");
        return NULL;
    }
    if (size != 0 && size < 32768) {
        PyErr_Format(PyExc_ValueError, "size not valid: %zd bytes", size);
        return NULL;
    }
    stack_size = size;
    return PyInt_FromSsize_t(old);
}

static PyMethodDef thread_methods[] = {
    {"start_new_thread", thread_start_new, METH_VARARGS, start_new_doc},
    {"start_new", thread_start_new, METH_VARARGS, start_new_doc},
    {"allocate_lock", thread_allocate_lock, METH_NOARGS, allocate_doc},
    {"allocate", thread_allocate_lock, METH_NOARGS, allocate_doc},
    {"exit_thread", thread_exit, METH_NOARGS, exit_doc},
    {"exit", thread_exit, METH_NOARGS, exit_doc},
    {"interrupt_main", thread_interrupt_main, METH_NOARGS, interrupt_doc},
    {"get_ident", thread_get_ident, METH_NOARGS, get_ident_doc},
    {"_count", thread_count, METH_NOARGS, count_doc},
    {"stack_size", thread_stack_size, METH_VARARGS, stack_size_doc},
    {NULL, NULL, 0, NULL},
};

PyDoc_STRVAR(thread_doc, "This module provides primitive operations to write multi-threaded "
                         "programs.\nThe 'threading' module provides a more "
                         "convenient interface.");

void initthread(void)
{
    PyObject *m, *d;

    if (PyType_Ready(&lock_type) < 0 || PyType_Ready(&local_type) < 0 ||
        PyType_Ready(&box_type) < 0)
        return;
    m = Py_InitModule3("thread", thread_methods, thread_doc);
    if (m == NULL)
        return;
    d = PyModule_GetDict(m);
    if (thread_error == NULL)
        thread_error = PyErr_NewException("thread.error", NULL, NULL);
    if (thread_error == NULL || PyDict_SetItemString(d, "error", thread_error) < 0)
        return;
    PyDict_SetItemString(d, "LockType", (PyObject *)&lock_type);
    PyDict_SetItemString(d, "_local", (PyObject *)&local_type);
}
