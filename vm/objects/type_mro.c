/* SPDX-License-Identifier: MIT */
/* The method resolution order: C3 linearisation over new-style and classic bases.
 * Invariant: an order keeps each class before its bases and keeps the order of every class's bases;
 * when none exists the error names the classes that are still waiting. */
#include "Python.h"
#include "typeinternal.h"

/* Depth-first, left to right, each once: the order of classic classes. */
static int append_classic_order(PyObject *order, PyObject *cls)
{
    if (Py_EnterRecursiveCall(" in classic mro"))
        return -1;
    int err = 0;
    assert(PyClass_Check(cls));
    int known = PySequence_Contains(order, cls);
    if (known < 0)
        err = -1;
    else if (!known) {
        err = PyList_Append(order, cls);
        PyObject *bases = ((PyClassObject *)cls)->cl_bases;
        for (Py_ssize_t i = 0; err == 0 && bases != NULL && i < PyTuple_GET_SIZE(bases); i++)
            err = append_classic_order(order, PyTuple_GET_ITEM(bases, i));
    }
    Py_LeaveRecursiveCall();
    return err;
}

static PyObject *linear_order_of(PyObject *base)
{
    if (PyType_Check(base)) {
        PyObject *mro = ((PyTypeObject *)base)->tp_mro;
        return mro == NULL ? PyList_New(0) : PySequence_List(mro);
    }
    PyObject *order = PyList_New(0);
    if (order != NULL && append_classic_order(order, base) < 0)
        Py_CLEAR(order);
    return order;
}

static PyObject *name_of_class(PyObject *cls)
{
    PyObject *name = PyObject_GetAttrString(cls, "__name__");
    if (name == NULL) {
        PyErr_Clear();
        name = PyObject_Repr(cls);
    }
    if (name != NULL && !PyString_Check(name))
        Py_CLEAR(name);
    if (name == NULL)
        PyErr_Clear();
    return name;
}

/* Whether cls stands in list after position `taken`. */
static int waits_in_tail(PyObject *list, Py_ssize_t taken, PyObject *cls)
{
    for (Py_ssize_t j = taken + 1; j < PyList_GET_SIZE(list); j++) {
        if (PyList_GET_ITEM(list, j) == cls)
            return 1;
    }
    return 0;
}

static int check_duplicates(PyObject *bases)
{
    Py_ssize_t n = PyTuple_GET_SIZE(bases);
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *o = PyTuple_GET_ITEM(bases, i);
        for (Py_ssize_t j = i + 1; j < n; j++) {
            if (PyTuple_GET_ITEM(bases, j) != o)
                continue;
            PyObject *name = name_of_class(o);
            PyErr_Format(PyExc_TypeError, "duplicate base class %.500s",
                         name ? PyString_AS_STRING(name) : "?");
            Py_XDECREF(name);
            return -1;
        }
    }
    return 0;
}

/* The classes at the heads of the lists are what the message names, in the order of a dict. */
static void set_order_error(PyObject *lists, const Py_ssize_t *taken)
{
    PyObject *waiting = PyDict_New(), *text = NULL, *key, *value;
    if (waiting == NULL)
        return;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(lists); i++) {
        PyObject *list = PyList_GET_ITEM(lists, i);
        if (taken[i] < PyList_GET_SIZE(list) &&
            PyDict_SetItem(waiting, PyList_GET_ITEM(list, taken[i]), Py_None) < 0)
            goto done;
    }
    text =
        PyString_FromString("Cannot create a consistent method resolution\norder (MRO) for bases");
    Py_ssize_t pos = 0, left = PyDict_Size(waiting);
    while (text != NULL && PyDict_Next(waiting, &pos, &key, &value)) {
        PyObject *name = name_of_class(key);
        PyString_ConcatAndDel(&text,
                              PyString_FromFormat(" %s%s", name ? PyString_AS_STRING(name) : "?",
                                                  --left > 0 ? "," : ""));
        Py_XDECREF(name);
    }
    if (text != NULL)
        PyErr_SetObject(PyExc_TypeError, text);
done:
    Py_XDECREF(text);
    Py_DECREF(waiting);
}

/* Takes, again and again, the first head that no other list still has in its tail. */
static int merge_orders(PyObject *result, PyObject *lists)
{
    Py_ssize_t n = PyList_GET_SIZE(lists), i, empty;
    Py_ssize_t *taken = PyMem_Calloc(n, (Py_ssize_t)sizeof(Py_ssize_t));
    if (taken == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    int err = -1;
again:
    empty = 0;
    for (i = 0; i < n; i++) {
        PyObject *list = PyList_GET_ITEM(lists, i), *candidate;
        Py_ssize_t j;
        if (taken[i] >= PyList_GET_SIZE(list)) {
            empty++;
            continue;
        }
        candidate = PyList_GET_ITEM(list, taken[i]);
        for (j = 0; j < n; j++) {
            if (waits_in_tail(PyList_GET_ITEM(lists, j), taken[j], candidate))
                break;
        }
        if (j < n)
            continue;
        if (PyList_Append(result, candidate) < 0)
            goto done;
        for (j = 0; j < n; j++) {
            PyObject *other = PyList_GET_ITEM(lists, j);
            if (taken[j] < PyList_GET_SIZE(other) && PyList_GET_ITEM(other, taken[j]) == candidate)
                taken[j]++;
        }
        goto again;
    }
    if (empty == n)
        err = 0;
    else
        set_order_error(lists, taken);
done:
    PyMem_Free(taken);
    return err;
}

PyObject *_PyType_ComputeMro(PyTypeObject *type)
{
    PyObject *lists = NULL, *result = NULL, *order;
    if (type->tp_dict == NULL && PyType_Ready(type) < 0)
        return NULL;
    PyObject *bases = type->tp_bases;
    Py_ssize_t n = PyTuple_GET_SIZE(bases);
    lists = PyList_New(0);
    if (lists == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < n; i++) {
        order = linear_order_of(PyTuple_GET_ITEM(bases, i));
        if (order == NULL)
            goto fail;
        int err = PyList_Append(lists, order);
        Py_DECREF(order);
        if (err < 0)
            goto fail;
    }
    order = PySequence_List(bases);
    if (order == NULL)
        goto fail;
    int err = PyList_Append(lists, order);
    Py_DECREF(order);
    if (err < 0 || check_duplicates(bases) < 0)
        goto fail;
    result = PyList_New(0);
    if (result == NULL || PyList_Append(result, (PyObject *)type) < 0 ||
        merge_orders(result, lists) < 0)
        goto fail;
    Py_DECREF(lists);
    return result;
fail:
    Py_XDECREF(result);
    Py_XDECREF(lists);
    return NULL;
}

/* What a metaclass's own mro() gave must be classes, and not change the layout. */
static int check_custom_order(PyTypeObject *type, PyObject *order)
{
    PyTypeObject *solid = _PyType_SolidBase(type);
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(order); i++) {
        PyObject *cls = PyTuple_GET_ITEM(order, i);
        if (PyClass_Check(cls))
            continue;
        if (!PyType_Check(cls)) {
            PyErr_Format(PyExc_TypeError, "mro() returned a non-class ('%.500s')",
                         Py_TYPE(cls)->tp_name);
            return -1;
        }
        if (!PyType_IsSubtype(solid, _PyType_SolidBase((PyTypeObject *)cls))) {
            PyErr_Format(PyExc_TypeError, "mro() returned base with unsuitable layout ('%.500s')",
                         ((PyTypeObject *)cls)->tp_name);
            return -1;
        }
    }
    return 0;
}

int _PyType_MroInternal(PyTypeObject *type)
{
    static PyObject *mro_str;
    PyObject *result, *order;
    int custom = Py_TYPE(type) != &PyType_Type;
    if (!custom) {
        result = _PyType_ComputeMro(type);
    } else {
        PyObject *mro = _PyObject_LookupSpecial((PyObject *)type, "mro", &mro_str);
        if (mro == NULL) {
            if (!PyErr_Occurred())
                PyErr_SetObject(PyExc_AttributeError, mro_str);
            return -1;
        }
        result = PyObject_CallFunctionObjArgs(mro, NULL);
        Py_DECREF(mro);
    }
    if (result == NULL)
        return -1;
    order = PySequence_Tuple(result);
    Py_DECREF(result);
    if (order == NULL)
        return -1;
    if (custom && check_custom_order(type, order) < 0) {
        Py_DECREF(order);
        return -1;
    }
    PyObject *old = type->tp_mro;
    type->tp_mro = order;
    _PyType_MroModified(type, type->tp_mro);
    _PyType_MroModified(
        type, type->tp_bases); /* corner case: the old order may have been used meanwhile */
    PyType_Modified(type);
    Py_XDECREF(old);
    return 0;
}
