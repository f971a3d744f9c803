/* SPDX-License-Identifier: MIT */
/* Weak references: the type ref, the making of proxies, and the clearing of references when their
 * object dies. Invariant: the living references of an object form a doubly linked list from the
 * slot at tp_weaklistoffset; the plain ref without callback, if there is one, is first, the plain
 * proxy without callback next, and these two are shared by all who ask for one. */
#include "Python.h"

#define REF(op) ((PyWeakReference *)(op))
#define REF_LIST(op) ((PyWeakReference **)(void *)PyObject_GET_WEAKREFS_LISTPTR(op))

Py_ssize_t _PyWeakref_GetWeakrefCount(PyWeakReference *head)
{
    Py_ssize_t count = 0;

    for (; head != NULL; head = head->wr_next)
        count++;
    return count;
}

static void ref_init(PyWeakReference *self, PyObject *ob, PyObject *callback)
{
    self->hash = -1;
    self->wr_object = ob;
    self->wr_prev = self->wr_next = NULL;
    Py_XINCREF(callback);
    self->wr_callback = callback;
}

/* Takes the reference out of its object's list: it is dead. The callback stays. */
static void ref_unlink(PyWeakReference *self)
{
    if (self->wr_object == Py_None)
        return;
    /* Not by the type of the object's slot when the object is being freed: the pointer still
     * stands. */
    PyWeakReference **list = REF_LIST(self->wr_object);
    if (*list == self)
        *list = self->wr_next;
    self->wr_object = Py_None;
    if (self->wr_prev != NULL)
        self->wr_prev->wr_next = self->wr_next;
    if (self->wr_next != NULL)
        self->wr_next->wr_prev = self->wr_prev;
    self->wr_prev = self->wr_next = NULL;
}

static void ref_clear(PyWeakReference *self)
{
    PyObject *callback = self->wr_callback;

    ref_unlink(self);
    self->wr_callback = NULL;
    Py_XDECREF(callback);
}

/* For the collector, which calls the callback itself. */
void _PyWeakref_ClearRef(PyWeakReference *self)
{
    ref_unlink(self);
}

static void ref_dealloc(PyObject *self)
{
    PyObject_GC_UnTrack(self);
    ref_clear(REF(self));
    Py_TYPE(self)->tp_free(self);
}

static int ref_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(REF(self)->wr_callback);
    return 0;
}

static int ref_clear_slot(PyObject *self)
{
    ref_clear(REF(self));
    return 0;
}

static PyObject *ref_call(PyObject *self, PyObject *args, PyObject *kwds)
{
    static char *names[] = {NULL};

    if (!PyArg_ParseTupleAndKeywords(args, kwds, ":__call__", names))
        return NULL;
    PyObject *ob = PyWeakref_GET_OBJECT(self);
    Py_INCREF(ob);
    return ob;
}

static py_long ref_hash(PyObject *self)
{
    if (REF(self)->hash != -1)
        return REF(self)->hash;
    PyObject *ob = PyWeakref_GET_OBJECT(self);
    if (ob == Py_None) {
        PyErr_SetString(PyExc_TypeError, "weak object has gone away");
        return -1;
    }
    Py_INCREF(ob);
    REF(self)->hash = PyObject_Hash(ob);
    Py_DECREF(ob);
    return REF(self)->hash;
}

static PyObject *ref_repr(PyObject *self)
{
    PyObject *ob = PyWeakref_GET_OBJECT(self), *result;

    if (ob == Py_None)
        return PyString_FromFormat("<weakref at %p; dead>", (void *)self);
    Py_INCREF(ob);
    PyObject *name = PyObject_GetAttrString(ob, "__name__");
    if (name == NULL)
        PyErr_Clear();
    if (name != NULL && PyString_Check(name))
        result = PyString_FromFormat("<weakref at %p; to '%.50s' at %p (%s)>", (void *)self,
                                     Py_TYPE(ob)->tp_name, (void *)ob, PyString_AS_STRING(name));
    else
        result = PyString_FromFormat("<weakref at %p; to '%.50s' at %p>", (void *)self,
                                     Py_TYPE(ob)->tp_name, (void *)ob);
    Py_XDECREF(name);
    Py_DECREF(ob);
    return result;
}

/* Living references compare as their objects do, dead ones by identity. */
static PyObject *ref_richcompare(PyObject *self, PyObject *other, int op)
{
    if ((op != Py_EQ && op != Py_NE) || !PyWeakref_Check(self) || !PyWeakref_Check(other))
        Py_RETURN_NOTIMPLEMENTED;
    PyObject *x = PyWeakref_GET_OBJECT(self), *y = PyWeakref_GET_OBJECT(other);
    if (x == Py_None || y == Py_None)
        return PyBool_FromLong((self == other) == (op == Py_EQ));
    Py_INCREF(x);
    Py_INCREF(y);
    PyObject *result = PyObject_RichCompare(x, y, op);
    Py_DECREF(x);
    Py_DECREF(y);
    return result;
}

/* The shared references at the front of a list, NULL where there is none. */
static void ref_find_shared(PyWeakReference *head, PyWeakReference **ref, PyWeakReference **proxy)
{
    *ref = *proxy = NULL;
    if (head != NULL && head->wr_callback == NULL && PyWeakref_CheckRefExact(head)) {
        *ref = head;
        head = head->wr_next;
    }
    if (head != NULL && head->wr_callback == NULL && PyWeakref_CheckProxy(head))
        *proxy = head;
}

static void ref_link(PyWeakReference *self, PyWeakReference *after, PyWeakReference **list)
{
    self->wr_prev = after;
    self->wr_next = after != NULL ? after->wr_next : *list;
    if (self->wr_next != NULL)
        self->wr_next->wr_prev = self;
    if (after != NULL)
        after->wr_next = self;
    else
        *list = self;
}

static int ref_supported(PyObject *ob)
{
    if (PyType_SUPPORTS_WEAKREFS(Py_TYPE(ob)))
        return 1;
    PyErr_Format(PyExc_TypeError, "cannot create weak reference to '%s' object",
                 Py_TYPE(ob)->tp_name);
    return 0;
}

/* Puts a new reference in its place in the list. It looks for the shared ones anew: making the
 * object may have run the collector. */
static void ref_enter(PyWeakReference *self, PyWeakReference *prefer_first)
{
    PyWeakReference **list = REF_LIST(self->wr_object), *ref, *proxy;

    ref_find_shared(*list, &ref, &proxy);
    if (self == prefer_first)
        ref_link(self, PyWeakref_CheckProxy(self) ? ref : NULL, list);
    else
        ref_link(self, proxy != NULL ? proxy : ref, list);
}

static PyObject *ref_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyObject *ob, *callback = NULL;
    PyWeakReference *ref, *proxy;

    if (!PyArg_UnpackTuple(args, "__new__", 1, 2, &ob, &callback) || !ref_supported(ob))
        return NULL;
    if (callback == Py_None)
        callback = NULL;
    int plain = callback == NULL && type == &_PyWeakref_RefType;
    ref_find_shared(*REF_LIST(ob), &ref, &proxy);
    if (plain && ref != NULL) {
        Py_INCREF(ref);
        return (PyObject *)ref;
    }
    PyWeakReference *self = REF(type->tp_alloc(type, 0));
    if (self == NULL)
        return NULL;
    ref_init(self, ob, callback);
    ref_enter(self, plain ? self : NULL);
    return (PyObject *)self;
}

static int ref_init_slot(PyObject *self, PyObject *args, PyObject *kwds)
{
    PyObject *ob, *callback;

    if (!_PyArg_NoKeywords("ref()", kwds))
        return -1;
    return PyArg_UnpackTuple(args, "__init__", 1, 2, &ob, &callback) ? 0 : -1;
}

PyTypeObject _PyWeakref_RefType = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "weakref",
    .tp_basicsize = sizeof(PyWeakReference),
    .tp_x64_basicsize = 56,
    .tp_dealloc = ref_dealloc,
    .tp_repr = ref_repr,
    .tp_hash = ref_hash,
    .tp_call = ref_call,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .tp_traverse = ref_traverse,
    .tp_clear = ref_clear_slot,
    .tp_richcompare = ref_richcompare,
    .tp_init = ref_init_slot,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = ref_new,
    .tp_free = PyObject_GC_Del,
};

/* Making references from C. */

static PyObject *ref_make(PyTypeObject *type, PyObject *ob, PyObject *callback)
{
    PyWeakReference *shared[2];
    int is_proxy = type != &_PyWeakref_RefType;

    if (callback == Py_None)
        callback = NULL;
    if (callback == NULL) {
        ref_find_shared(*REF_LIST(ob), &shared[0], &shared[1]);
        if (shared[is_proxy] != NULL) {
            Py_INCREF(shared[is_proxy]);
            return (PyObject *)shared[is_proxy];
        }
    }
    PyWeakReference *self = PyObject_GC_New(PyWeakReference, type);
    if (self == NULL)
        return NULL;
    ref_init(self, ob, callback);
    if (callback == NULL) { /* the collector may have made one meanwhile */
        ref_find_shared(*REF_LIST(ob), &shared[0], &shared[1]);
        if (shared[is_proxy] != NULL) {
            PyObject_GC_Del(self);
            Py_INCREF(shared[is_proxy]);
            return (PyObject *)shared[is_proxy];
        }
    }
    ref_enter(self, callback == NULL ? self : NULL);
    PyObject_GC_Track(self);
    return (PyObject *)self;
}

PyObject *PyWeakref_NewRef(PyObject *ob, PyObject *callback)
{
    return ref_supported(ob) ? ref_make(&_PyWeakref_RefType, ob, callback) : NULL;
}

PyObject *PyWeakref_NewProxy(PyObject *ob, PyObject *callback)
{
    if (!ref_supported(ob))
        return NULL;
    return ref_make(PyCallable_Check(ob) ? &_PyWeakref_CallableProxyType : &_PyWeakref_ProxyType,
                    ob, callback);
}

PyObject *PyWeakref_GetObject(PyObject *ref)
{
    if (ref == NULL || !PyWeakref_Check(ref)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    return PyWeakref_GET_OBJECT(ref);
}

static void ref_run_callback(PyObject *ref, PyObject *callback)
{
    PyObject *result = PyObject_CallFunctionObjArgs(callback, ref, NULL);

    if (result == NULL)
        PyErr_WriteUnraisable(callback);
    else
        Py_DECREF(result);
}

/* Called by an object's deallocator. First all references die, then the callbacks run, of those
 * references that are still alive as objects. An exception that is set stays set. */
void PyObject_ClearWeakRefs(PyObject *ob)
{
    if (ob == NULL || !PyType_SUPPORTS_WEAKREFS(Py_TYPE(ob)) || Py_REFCNT(ob) != 0) {
        PyErr_BadInternalCall();
        return;
    }
    PyWeakReference **list = REF_LIST(ob);
    while (*list != NULL && (*list)->wr_callback == NULL)
        ref_unlink(*list);
    if (*list == NULL)
        return;

    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    Py_ssize_t count = _PyWeakref_GetWeakrefCount(*list), n = 0;
    PyObject **waiting = PyMem_New(PyObject *, count * 2);
    while (*list != NULL) {
        PyWeakReference *self = *list;
        PyObject *callback = self->wr_callback;
        ref_unlink(self);
        self->wr_callback = NULL;
        if (callback == NULL)
            continue;
        if (Py_REFCNT(self) > 0 && waiting != NULL) {
            Py_INCREF(self);
            waiting[n++] = (PyObject *)self;
            waiting[n++] = callback;
        } else
            Py_DECREF(callback);
    }
    for (Py_ssize_t i = 0; i < n; i += 2) {
        ref_run_callback(waiting[i], waiting[i + 1]);
        Py_DECREF(waiting[i]);
        Py_DECREF(waiting[i + 1]);
    }
    PyMem_Free(waiting);
    PyErr_Restore(type, value, traceback);
}
