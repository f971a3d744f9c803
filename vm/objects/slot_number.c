/* SPDX-License-Identifier: MIT */
/* Number slots of classes written in Python: __add__ and its reflected form, coercion, truth.
 * Invariant: a binary slot is called for either operand; it finds out on which side its class
 * stands, and gives the right operand precedence when its class derives from the left's and
 * overrides the reflected method. */
#include "Python.h"
#include "slots.h"
#include "typeinternal.h"

PyObject *_PySlot_Find(PyObject *self, const char *name, PyObject **cache)
{
    return _PyObject_LookupSpecial(self, name, cache);
}

PyObject *_PySlot_Require(PyObject *self, const char *name, PyObject **cache)
{
    PyObject *res = _PyObject_LookupSpecial(self, name, cache);
    if (res == NULL && !PyErr_Occurred())
        PyErr_SetObject(PyExc_AttributeError, *cache);
    return res;
}

PyObject *_PySlot_Invoke(PyObject *self, const char *name, PyObject **cache, PyObject *a,
                         PyObject *b)
{
    PyObject *func = _PySlot_Require(self, name, cache);
    if (func == NULL)
        return NULL;
    PyObject *res = _PyAsk_ObjArgs(func, a, b, NULL);
    Py_DECREF(func);
    return res;
}

PyObject *_PySlot_InvokeMaybe(PyObject *self, const char *name, PyObject **cache, PyObject *a)
{
    PyObject *func = _PyObject_LookupSpecial(self, name, cache);
    if (func == NULL) {
        if (PyErr_Occurred())
            return NULL;
        Py_RETURN_NOTIMPLEMENTED;
    }
    PyObject *res = _PyAsk_ObjArgs(func, a, NULL, NULL);
    Py_DECREF(func);
    return res;
}

/* Whether right's class has another method of this name than left's. */
static int method_is_overloaded(PyObject *left, PyObject *right, const char *name)
{
    PyObject *b = PyObject_GetAttrString((PyObject *)Py_TYPE(right), name);
    if (b == NULL) {
        PyErr_Clear();
        return 0; /* right has none */
    }
    PyObject *a = PyObject_GetAttrString((PyObject *)Py_TYPE(left), name);
    if (a == NULL) {
        PyErr_Clear();
        Py_DECREF(b);
        return 1;
    }
    int ok = PyObject_RichCompareBool(a, b, Py_NE);
    Py_DECREF(a);
    Py_DECREF(b);
    if (ok < 0) {
        PyErr_Clear();
        return 0;
    }
    return ok;
}

/* Common to all binary slots. mine and yours: whether left's and right's slot is the calling
 * function. */
static PyObject *binary_slot(PyObject *self, PyObject *other, int mine, int yours, const char *name,
                             PyObject **cache, const char *rname, PyObject **rcache)
{
    PyObject *r;
    int do_other = Py_TYPE(self) != Py_TYPE(other) && yours;
    if (mine) {
        if (do_other && PyType_IsSubtype(Py_TYPE(other), Py_TYPE(self)) &&
            method_is_overloaded(self, other, rname)) {
            r = _PySlot_InvokeMaybe(other, rname, rcache, self);
            if (r != Py_NotImplemented)
                return r;
            Py_DECREF(r);
            do_other = 0;
        }
        r = _PySlot_InvokeMaybe(self, name, cache, other);
        if (r != Py_NotImplemented || Py_TYPE(other) == Py_TYPE(self))
            return r;
        Py_DECREF(r);
    }
    if (do_other)
        return _PySlot_InvokeMaybe(other, rname, rcache, self);
    Py_RETURN_NOTIMPLEMENTED;
}

#define HAS_SLOT(o, slot, fn)                                                                      \
    (Py_TYPE(o)->tp_as_number != NULL && Py_TYPE(o)->tp_as_number->slot == (fn))

#define X(slot, name, rname)                                                                       \
    PyObject *_PySlot_nb_##slot(PyObject *self, PyObject *other)                                   \
    {                                                                                              \
        static PyObject *cache, *rcache;                                                           \
        return binary_slot(self, other, HAS_SLOT(self, nb_##slot, _PySlot_nb_##slot),              \
                           HAS_SLOT(other, nb_##slot, _PySlot_nb_##slot), name, &cache, rname,     \
                           &rcache);                                                               \
    }
SLOT_BINARY_LIST(X)
#undef X

#define X(slot, name)                                                                              \
    PyObject *_PySlot_nb_##slot(PyObject *self)                                                    \
    {                                                                                              \
        static PyObject *cache;                                                                    \
        return _PySlot_Invoke(self, name, &cache, NULL, NULL);                                     \
    }
SLOT_UNARY_LIST(X)
#undef X

#define X(slot, name)                                                                              \
    PyObject *_PySlot_nb_##slot(PyObject *self, PyObject *other)                                   \
    {                                                                                              \
        static PyObject *cache;                                                                    \
        return _PySlot_Invoke(self, name, &cache, other, NULL);                                    \
    }
SLOT_INPLACE_LIST(X)
#undef X

PyObject *_PySlot_nb_power(PyObject *self, PyObject *other, PyObject *modulus)
{
    static PyObject *cache, *rcache;
    if (modulus == Py_None)
        return binary_slot(self, other, HAS_SLOT(self, nb_power, _PySlot_nb_power),
                           HAS_SLOT(other, nb_power, _PySlot_nb_power), "__pow__", &cache,
                           "__rpow__", &rcache);
    /* Three-argument pow() does not reflect; it is still called when only other or modulus is of
     * our kind. */
    if (HAS_SLOT(self, nb_power, _PySlot_nb_power))
        return _PySlot_Invoke(self, "__pow__", &cache, other, modulus);
    Py_RETURN_NOTIMPLEMENTED;
}

PyObject *_PySlot_nb_inplace_power(PyObject *self, PyObject *other, PyObject *modulus)
{
    static PyObject *cache;
    return _PySlot_Invoke(self, "__ipow__", &cache, other, NULL);
}

int _PySlot_nb_nonzero(PyObject *self)
{
    static PyObject *nonzero_str, *len_str;
    const char *which = "__nonzero__";
    int result = -1;
    PyObject *func = _PySlot_Find(self, "__nonzero__", &nonzero_str);
    if (func == NULL) {
        if (PyErr_Occurred())
            return -1;
        func = _PySlot_Find(self, "__len__", &len_str);
        if (func == NULL)
            return PyErr_Occurred() ? -1 : 1;
        which = "__len__";
    }
    PyObject *res = _PyAsk_ObjArgs(func, NULL, NULL, NULL);
    Py_DECREF(func);
    if (res == NULL)
        return -1;
    if (PyInt_CheckExact(res) || PyBool_Check(res))
        result = PyObject_IsTrue(res);
    else
        PyErr_Format(PyExc_TypeError, "%s should return bool or int, returned %s", which,
                     Py_TYPE(res)->tp_name);
    Py_DECREF(res);
    return result;
}

/* Unpacks what __coerce__ gave: 0 with both set, 1 not implemented, -1 error. Takes r. */
static int coerced_pair(PyObject *r, PyObject **first, PyObject **second)
{
    if (r == NULL)
        return -1;
    if (r == Py_NotImplemented) {
        Py_DECREF(r);
        return 1;
    }
    if (!PyTuple_Check(r) || PyTuple_GET_SIZE(r) != 2) {
        PyErr_SetString(PyExc_TypeError, "__coerce__ didn't return a 2-tuple");
        Py_DECREF(r);
        return -1;
    }
    *first = PyTuple_GET_ITEM(r, 0);
    *second = PyTuple_GET_ITEM(r, 1);
    Py_INCREF(*first);
    Py_INCREF(*second);
    Py_DECREF(r);
    return 0;
}

int _PySlot_nb_coerce(PyObject **a, PyObject **b)
{
    static PyObject *coerce_str;
    PyObject *self = *a, *other = *b;
    if (HAS_SLOT(self, nb_coerce, _PySlot_nb_coerce)) {
        int c = coerced_pair(_PySlot_InvokeMaybe(self, "__coerce__", &coerce_str, other), a, b);
        if (c <= 0)
            return c;
    }
    if (HAS_SLOT(other, nb_coerce, _PySlot_nb_coerce))
        return coerced_pair(_PySlot_InvokeMaybe(other, "__coerce__", &coerce_str, self), b, a);
    return 1;
}
