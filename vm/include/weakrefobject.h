/* SPDX-License-Identifier: MIT */
/* Weak references and proxies, a doubly linked list per referent. */
#ifndef WEAKREFOBJECT_H
#define WEAKREFOBJECT_H
typedef struct _PyWeakReference PyWeakReference;
struct _PyWeakReference {
    PyObject_HEAD PyObject *wr_object; /* Py_None when dead */
    PyObject *wr_callback;
    py_long hash;
    PyWeakReference *wr_prev, *wr_next;
};
extern PyTypeObject _PyWeakref_RefType, _PyWeakref_ProxyType, _PyWeakref_CallableProxyType;
#define PyWeakref_CheckRef(op) PyObject_TypeCheck(op, &_PyWeakref_RefType)
#define PyWeakref_CheckRefExact(op) (Py_TYPE(op) == &_PyWeakref_RefType)
#define PyWeakref_CheckProxy(op)                                                                   \
    (Py_TYPE(op) == &_PyWeakref_ProxyType || Py_TYPE(op) == &_PyWeakref_CallableProxyType)
#define PyWeakref_Check(op) (PyWeakref_CheckRef(op) || PyWeakref_CheckProxy(op))
PyObject *PyWeakref_NewRef(PyObject *ob, PyObject *callback);
PyObject *PyWeakref_NewProxy(PyObject *ob, PyObject *callback);
PyObject *PyWeakref_GetObject(PyObject *ref); /* borrowed */
Py_ssize_t _PyWeakref_GetWeakrefCount(PyWeakReference *head);
void _PyWeakref_ClearRef(PyWeakReference *self);
#define PyWeakref_GET_OBJECT(ref)                                                                  \
    (Py_REFCNT(((PyWeakReference *)(ref))->wr_object) > 0 ? ((PyWeakReference *)(ref))->wr_object  \
                                                          : Py_None)
#endif
