/* SPDX-License-Identifier: MIT */
/* Sequence and mapping slots of classes written in Python: they call __len__, __getitem__ and so
 * on. */
#include "Python.h"
#include "slots.h"

Py_ssize_t _PySlot_sq_length(PyObject *self)
{
    static PyObject *cache;
    PyObject *res = _PySlot_Invoke(self, "__len__", &cache, NULL, NULL);
    if (res == NULL)
        return -1;
    Py_ssize_t len = PyInt_AsSsize_t(res);
    Py_DECREF(res);
    if (len < 0) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_ValueError, "__len__() should return >= 0");
        return -1;
    }
    return len;
}

PyObject *_PySlot_sq_item(PyObject *self, Py_ssize_t i)
{
    static PyObject *cache;
    PyObject *index = PyInt_FromSsize_t(i);
    if (index == NULL)
        return NULL;
    PyObject *res = _PySlot_Invoke(self, "__getitem__", &cache, index, NULL);
    Py_DECREF(index);
    return res;
}

/* Two ints, for the slice methods. */
static int make_bounds(Py_ssize_t i, Py_ssize_t j, PyObject **low, PyObject **high)
{
    *low = PyInt_FromSsize_t(i);
    *high = PyInt_FromSsize_t(j);
    if (*low != NULL && *high != NULL)
        return 0;
    Py_XDECREF(*low);
    Py_XDECREF(*high);
    return -1;
}

PyObject *_PySlot_sq_slice(PyObject *self, Py_ssize_t i, Py_ssize_t j)
{
    static PyObject *cache;
    PyObject *low, *high;
    if (PyErr_WarnPy3k("in 3.x, __getslice__ has been removed; use __getitem__", 1) < 0)
        return NULL;
    if (make_bounds(i, j, &low, &high) < 0)
        return NULL;
    PyObject *res = _PySlot_Invoke(self, "__getslice__", &cache, low, high);
    Py_DECREF(low);
    Py_DECREF(high);
    return res;
}

int _PySlot_sq_ass_item(PyObject *self, Py_ssize_t i, PyObject *value)
{
    PyObject *index = PyInt_FromSsize_t(i);
    if (index == NULL)
        return -1;
    int err = _PySlot_mp_ass_subscript(self, index, value);
    Py_DECREF(index);
    return err;
}

int _PySlot_sq_ass_slice(PyObject *self, Py_ssize_t i, Py_ssize_t j, PyObject *value)
{
    static PyObject *set_str, *del_str;
    PyObject *low, *high, *res, *func;
    if (PyErr_WarnPy3k(value == NULL ? "in 3.x, __delslice__ has been removed; use __delitem__"
                                     : "in 3.x, __setslice__ has been removed; use __setitem__",
                       1) < 0)
        return -1;
    func = value == NULL ? _PySlot_Require(self, "__delslice__", &del_str)
                         : _PySlot_Require(self, "__setslice__", &set_str);
    if (func == NULL)
        return -1;
    if (make_bounds(i, j, &low, &high) < 0) {
        Py_DECREF(func);
        return -1;
    }
    res = _PyAsk_ObjArgs(func, low, high, value);
    Py_DECREF(func);
    Py_DECREF(low);
    Py_DECREF(high);
    if (res == NULL)
        return -1;
    Py_DECREF(res);
    return 0;
}

int _PySlot_sq_contains(PyObject *self, PyObject *value)
{
    static PyObject *cache;
    PyObject *func = _PySlot_Find(self, "__contains__", &cache);
    if (func == NULL)
        return PyErr_Occurred() ? -1
                                : (int)_PySequence_IterSearch(self, value, PY_ITERSEARCH_CONTAINS);
    PyObject *res = _PyAsk_ObjArgs(func, value, NULL, NULL);
    Py_DECREF(func);
    if (res == NULL)
        return -1;
    int result = PyObject_IsTrue(res);
    Py_DECREF(res);
    return result;
}

PyObject *_PySlot_mp_subscript(PyObject *self, PyObject *key)
{
    static PyObject *cache;
    return _PySlot_Invoke(self, "__getitem__", &cache, key, NULL);
}

int _PySlot_mp_ass_subscript(PyObject *self, PyObject *key, PyObject *value)
{
    static PyObject *set_str, *del_str;
    PyObject *res = value == NULL ? _PySlot_Invoke(self, "__delitem__", &del_str, key, NULL)
                                  : _PySlot_Invoke(self, "__setitem__", &set_str, key, value);
    if (res == NULL)
        return -1;
    Py_DECREF(res);
    return 0;
}
