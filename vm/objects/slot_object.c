/* SPDX-License-Identifier: MIT */
/* Type slots of classes written in Python: text, hash, call, attributes, comparison, iteration,
 * descriptors, creation and __del__. */
#include "Python.h"
#include "slots.h"
#include "typeinternal.h"

PyObject *_PySlot_tp_repr(PyObject *self)
{
    static PyObject *cache;
    PyObject *func = _PySlot_Find(self, "__repr__", &cache);
    if (func == NULL) {
        PyErr_Clear();
        return PyString_FromFormat("<%s object at %p>", Py_TYPE(self)->tp_name, (void *)self);
    }
    PyObject *res = _PyAsk_ObjArgs(func, NULL, NULL, NULL);
    Py_DECREF(func);
    return res;
}

PyObject *_PySlot_tp_str(PyObject *self)
{
    static PyObject *cache;
    PyObject *func = _PySlot_Find(self, "__str__", &cache);
    if (func == NULL) {
        PyErr_Clear();
        return _PySlot_tp_repr(self);
    }
    PyObject *res = _PyAsk_ObjArgs(func, NULL, NULL, NULL);
    Py_DECREF(func);
    return res;
}

py_long _PySlot_tp_hash(PyObject *self)
{
    static PyObject *hash_str, *eq_str, *cmp_str;
    py_long h;
    PyObject *func = _PySlot_Find(self, "__hash__", &hash_str);
    if (func == Py_None) {
        Py_DECREF(func);
        return PyObject_HashNotImplemented(self);
    }
    if (func == NULL) {
        PyErr_Clear();
        func = _PySlot_Find(self, "__eq__", &eq_str);
        if (func == NULL) {
            PyErr_Clear();
            func = _PySlot_Find(self, "__cmp__", &cmp_str);
        }
        if (func != NULL) {
            Py_DECREF(func);
            return PyObject_HashNotImplemented(self);
        }
        PyErr_Clear();
        return _Py_HashPointer(self);
    }
    PyObject *res = _PyAsk_ObjArgs(func, NULL, NULL, NULL);
    Py_DECREF(func);
    if (res == NULL)
        return -1;
    h = PyLong_Check(res) ? PyLong_Type.tp_hash(res) : PyInt_AsLong(res);
    Py_DECREF(res);
    if (h == -1 && !PyErr_Occurred())
        h = -2;
    return h;
}

PyObject *_PySlot_tp_call(PyObject *self, PyObject *args, PyObject *kwds)
{
    static PyObject *cache;
    PyObject *meth = _PySlot_Require(self, "__call__", &cache);
    if (meth == NULL)
        return NULL;
    PyObject *res = PyObject_Call(meth, args, kwds);
    Py_DECREF(meth);
    return res;
}

/* -- Attributes -----------------------------------------------------------------------------------
 */

PyObject *_PySlot_tp_getattro(PyObject *self, PyObject *name)
{
    static PyObject *cache;
    return _PySlot_Invoke(self, "__getattribute__", &cache, name, NULL);
}

static PyObject *call_attribute(PyObject *self, PyObject *attr, PyObject *name)
{
    PyObject *bound = NULL, *res;
    descrgetfunc get = Py_TYPE(attr)->tp_descr_get;
    if (get != NULL) {
        bound = get(attr, self, (PyObject *)Py_TYPE(self));
        if (bound == NULL)
            return NULL;
        attr = bound;
    }
    res = _PyAsk_ObjArgs(attr, name, NULL, NULL);
    Py_XDECREF(bound);
    return res;
}

PyObject *_PySlot_tp_getattr_hook(PyObject *self, PyObject *name)
{
    static PyObject *getattr_str, *getattribute_str;
    PyTypeObject *tp = Py_TYPE(self);
    PyObject *res;
    if (getattr_str == NULL && (getattr_str = PyString_InternFromString("__getattr__")) == NULL)
        return NULL;
    if (getattribute_str == NULL &&
        (getattribute_str = PyString_InternFromString("__getattribute__")) == NULL)
        return NULL;
    PyObject *getattr = _PyType_Lookup(tp, getattr_str);
    if (getattr == NULL) {
        tp->tp_getattro = _PySlot_tp_getattro; /* no hook: the shorter way from now on */
        return _PySlot_tp_getattro(self, name);
    }
    Py_INCREF(getattr);
    PyObject *getattribute = _PyType_Lookup(tp, getattribute_str);
    if (getattribute == NULL || (Py_TYPE(getattribute) == &PyWrapperDescr_Type &&
                                 ((PyWrapperDescrObject *)getattribute)->d_wrapped ==
                                     (void (*)(void))PyObject_GenericGetAttr)) {
        res = PyObject_GenericGetAttr(self, name);
    } else {
        Py_INCREF(getattribute);
        res = call_attribute(self, getattribute, name);
        Py_DECREF(getattribute);
    }
    if (res == NULL && PyErr_ExceptionMatches(PyExc_AttributeError)) {
        PyErr_Clear();
        res = call_attribute(self, getattr, name);
    }
    Py_DECREF(getattr);
    return res;
}

int _PySlot_tp_setattro(PyObject *self, PyObject *name, PyObject *value)
{
    static PyObject *set_str, *del_str;
    PyObject *res = value == NULL ? _PySlot_Invoke(self, "__delattr__", &del_str, name, NULL)
                                  : _PySlot_Invoke(self, "__setattr__", &set_str, name, value);
    if (res == NULL)
        return -1;
    Py_DECREF(res);
    return 0;
}

/* -- Comparison -----------------------------------------------------------------------------------
 */

/* self.__cmp__(other) as -1, 0, 1; 2 when there is none or it declines; -2 on error. */
static int half_compare(PyObject *self, PyObject *other)
{
    static PyObject *cache;
    PyObject *func = _PySlot_Find(self, "__cmp__", &cache);
    if (func == NULL) {
        PyErr_Clear();
        return 2;
    }
    PyObject *res = _PyAsk_ObjArgs(func, other, NULL, NULL);
    Py_DECREF(func);
    if (res == Py_NotImplemented) {
        Py_DECREF(res);
        return 2;
    }
    if (res == NULL)
        return -2;
    py_long c = PyInt_AsLong(res);
    Py_DECREF(res);
    if (c == -1 && PyErr_Occurred())
        return -2;
    return c < 0 ? -1 : c > 0;
}

int _PyObject_SlotCompare(PyObject *self, PyObject *other)
{
    if (Py_TYPE(self)->tp_compare == _PyObject_SlotCompare) {
        int c = half_compare(self, other);
        if (c <= 1)
            return c;
    }
    if (Py_TYPE(other)->tp_compare == _PyObject_SlotCompare) {
        int c = half_compare(other, self);
        if (c < -1)
            return -2;
        if (c <= 1)
            return -c;
    }
    uintptr_t a = (uintptr_t)self, b = (uintptr_t)other;
    return a < b ? -1 : a > b;
}

PyObject *_PySlot_HalfRichCompare(PyObject *self, PyObject *other, int op)
{
    static const char *const names[] = {"__lt__", "__le__", "__eq__", "__ne__", "__gt__", "__ge__"};
    static PyObject *cache[6];
    return _PySlot_InvokeMaybe(self, names[op], &cache[op], other);
}

PyObject *_PySlot_tp_richcompare(PyObject *self, PyObject *other, int op)
{
    PyObject *res;
    if (Py_TYPE(self)->tp_richcompare == _PySlot_tp_richcompare) {
        res = _PySlot_HalfRichCompare(self, other, op);
        if (res != Py_NotImplemented)
            return res;
        Py_DECREF(res);
    }
    if (Py_TYPE(other)->tp_richcompare == _PySlot_tp_richcompare) {
        res = _PySlot_HalfRichCompare(other, self, _Py_SwappedOp[op]);
        if (res != Py_NotImplemented)
            return res;
        Py_DECREF(res);
    }
    Py_RETURN_NOTIMPLEMENTED;
}

/* -- Iteration and descriptors --------------------------------------------------------------------
 */

PyObject *_PySlot_tp_iter(PyObject *self)
{
    static PyObject *iter_str, *getitem_str;
    PyObject *func = _PySlot_Find(self, "__iter__", &iter_str);
    if (func != NULL) {
        PyObject *res = _PyAsk_ObjArgs(func, NULL, NULL, NULL);
        Py_DECREF(func);
        return res;
    }
    PyErr_Clear();
    func = _PySlot_Find(self, "__getitem__", &getitem_str);
    if (func == NULL) {
        PyErr_Clear();
        PyErr_Format(PyExc_TypeError, "'%.200s' object is not iterable", Py_TYPE(self)->tp_name);
        return NULL;
    }
    Py_DECREF(func);
    return PySeqIter_New(self);
}

PyObject *_PySlot_tp_iternext(PyObject *self)
{
    static PyObject *cache;
    return _PySlot_Invoke(self, "next", &cache, NULL, NULL);
}

PyObject *_PySlot_tp_descr_get(PyObject *self, PyObject *obj, PyObject *type)
{
    static PyObject *get_str;
    PyTypeObject *tp = Py_TYPE(self);
    if (get_str == NULL && (get_str = PyString_InternFromString("__get__")) == NULL)
        return NULL;
    PyObject *get = _PyType_Lookup(tp, get_str);
    if (get == NULL) {
        /* Deleted since the slot was set. */
        if (tp->tp_descr_get == _PySlot_tp_descr_get)
            tp->tp_descr_get = NULL;
        Py_INCREF(self);
        return self;
    }
    return _PyAsk_ObjArgs(get, self, obj ? obj : Py_None, type ? type : Py_None);
}

int _PySlot_tp_descr_set(PyObject *self, PyObject *target, PyObject *value)
{
    static PyObject *set_str, *del_str;
    PyObject *res = value == NULL ? _PySlot_Invoke(self, "__delete__", &del_str, target, NULL)
                                  : _PySlot_Invoke(self, "__set__", &set_str, target, value);
    if (res == NULL)
        return -1;
    Py_DECREF(res);
    return 0;
}

/* -- Birth and death ------------------------------------------------------------------------------
 */

int _PySlot_tp_init(PyObject *self, PyObject *args, PyObject *kwds)
{
    static PyObject *cache;
    PyObject *meth = _PySlot_Require(self, "__init__", &cache);
    if (meth == NULL)
        return -1;
    PyObject *res = PyObject_Call(meth, args, kwds);
    Py_DECREF(meth);
    if (res == NULL)
        return -1;
    if (res != Py_None) {
        PyErr_Format(PyExc_TypeError, "__init__() should return None, not '%.200s'",
                     Py_TYPE(res)->tp_name);
        Py_DECREF(res);
        return -1;
    }
    Py_DECREF(res);
    return 0;
}

PyObject *_PySlot_tp_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static PyObject *new_str;
    if (new_str == NULL && (new_str = PyString_InternFromString("__new__")) == NULL)
        return NULL;
    PyObject *func = PyObject_GetAttr((PyObject *)type, new_str);
    if (func == NULL)
        return NULL;
    Py_ssize_t n = PyTuple_GET_SIZE(args);
    PyObject *newargs = PyTuple_New(n + 1), *res = NULL;
    if (newargs != NULL) {
        Py_INCREF(type);
        PyTuple_SET_ITEM(newargs, 0, (PyObject *)type);
        for (Py_ssize_t i = 0; i < n; i++) {
            PyObject *x = PyTuple_GET_ITEM(args, i);
            Py_INCREF(x);
            PyTuple_SET_ITEM(newargs, i + 1, x);
        }
        res = PyObject_Call(func, newargs, kwds);
        Py_DECREF(newargs);
    }
    Py_DECREF(func);
    return res;
}

/* Called with a count of 0; when __del__ stores the object somewhere the count is not 0 afterwards.
 */
void _PySlot_tp_del(PyObject *self)
{
    static PyObject *cache;
    PyObject *type, *value, *tb;
    Py_REFCNT(self) = 1;
    PyErr_Fetch(&type, &value, &tb);
    PyObject *del = _PySlot_Find(self, "__del__", &cache);
    if (del != NULL) {
        PyObject *res = PyObject_CallFunctionObjArgs(del, NULL);
        if (res == NULL)
            PyErr_WriteUnraisable(del);
        else
            Py_DECREF(res);
        Py_DECREF(del);
    }
    PyErr_Restore(type, value, tb);
    --Py_REFCNT(self);
}
