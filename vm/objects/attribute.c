/* SPDX-License-Identifier: MIT */
/* Attribute access: the entry points by name and the generic lookup that most types use.
 * Generic lookup order, on which descriptors rely: data descriptor of the type, instance dict,
 * other descriptor of the type, plain class attribute. Names reach slots as str, interned when set.
 */
#include "Python.h"

/* A str for an attribute name: new reference; NULL with TypeError. */
static PyObject *attr_name(PyObject *name)
{
    if (PyString_Check(name)) {
        Py_INCREF(name);
        return name;
    }
    if (PyUnicode_Check(name))
        return PyUnicode_AsEncodedString(name, NULL, NULL);
    PyErr_Format(PyExc_TypeError, "attribute name must be string, not '%.200s'",
                 Py_TYPE(name)->tp_name);
    return NULL;
}

PyObject *PyObject_GetAttr(PyObject *v, PyObject *name)
{
    PyTypeObject *tp = Py_TYPE(v);
    PyObject *res;
    if (PyString_Check(name)) { /* the common case, without counting references */
        if (tp->tp_getattro != NULL)
            return tp->tp_getattro(v, name);
        Py_INCREF(name);
    } else if ((name = attr_name(name)) == NULL) {
        return NULL;
    }
    if (tp->tp_getattro != NULL) {
        res = tp->tp_getattro(v, name);
    } else if (tp->tp_getattr != NULL) {
        res = tp->tp_getattr(v, PyString_AS_STRING(name));
    } else {
        PyErr_Format(PyExc_AttributeError, "'%.50s' object has no attribute '%.400s'", tp->tp_name,
                     PyString_AS_STRING(name));
        res = NULL;
    }
    Py_DECREF(name);
    return res;
}

int PyObject_HasAttr(PyObject *v, PyObject *name)
{
    PyObject *res = PyObject_GetAttr(v, name);
    if (res == NULL) {
        PyErr_Clear();
        return 0;
    }
    Py_DECREF(res);
    return 1;
}

int PyObject_SetAttr(PyObject *v, PyObject *name, PyObject *value)
{
    PyTypeObject *tp = Py_TYPE(v);
    int err = -1;
    if ((name = attr_name(name)) == NULL)
        return -1;
    PyString_InternInPlace(&name);
    if (tp->tp_setattro != NULL)
        err = tp->tp_setattro(v, name, value);
    else if (tp->tp_setattr != NULL)
        err = tp->tp_setattr(v, PyString_AS_STRING(name), value);
    else if (tp->tp_getattr == NULL && tp->tp_getattro == NULL)
        PyErr_Format(PyExc_TypeError, "'%.100s' object has no attributes (%s .%.100s)", tp->tp_name,
                     value == NULL ? "del" : "assign to", PyString_AS_STRING(name));
    else
        PyErr_Format(PyExc_TypeError, "'%.100s' object has only read-only attributes (%s .%.100s)",
                     tp->tp_name, value == NULL ? "del" : "assign to", PyString_AS_STRING(name));
    Py_DECREF(name);
    return err;
}

PyObject *PyObject_GetAttrString(PyObject *v, const char *name)
{
    PyTypeObject *tp = Py_TYPE(v);
    if (tp->tp_getattr != NULL)
        return tp->tp_getattr(v, (char *)(uintptr_t)name);
    PyObject *w = PyString_InternFromString(name);
    if (w == NULL)
        return NULL;
    PyObject *res = PyObject_GetAttr(v, w);
    Py_DECREF(w);
    return res;
}

int PyObject_HasAttrString(PyObject *v, const char *name)
{
    PyObject *res = PyObject_GetAttrString(v, name);
    if (res == NULL) {
        PyErr_Clear();
        return 0;
    }
    Py_DECREF(res);
    return 1;
}

int PyObject_SetAttrString(PyObject *v, const char *name, PyObject *value)
{
    if (Py_TYPE(v)->tp_setattr != NULL)
        return Py_TYPE(v)->tp_setattr(v, (char *)(uintptr_t)name, value);
    PyObject *s = PyString_InternFromString(name);
    if (s == NULL)
        return -1;
    int res = PyObject_SetAttr(v, s, value);
    Py_DECREF(s);
    return res;
}

/* -- The generic lookup ---------------------------------------------------------------------------
 */

/* Where the instance keeps its dict, or NULL. A negative offset counts from the end of the variable
 * part. */
PyObject **_PyObject_GetDictPtr(PyObject *obj)
{
    PyTypeObject *tp = Py_TYPE(obj);
    Py_ssize_t offset = tp->tp_dictoffset;
    if (offset == 0)
        return NULL;
    if (offset < 0) {
        Py_ssize_t n = ((PyVarObject *)obj)->ob_size;
        offset += _PyObject_VAR_SIZE(tp, n < 0 ? -n : n);
        assert(offset > 0);
    }
    return (PyObject **)((char *)obj + offset);
}

PyObject *_PyObject_GenericGetAttrWithDict(PyObject *obj, PyObject *name, PyObject *dict)
{
    PyTypeObject *tp = Py_TYPE(obj);
    PyObject *descr, *res = NULL;
    descrgetfunc get = NULL;
    if ((name = attr_name(name)) == NULL)
        return NULL;
    if (tp->tp_dict == NULL && PyType_Ready(tp) < 0)
        goto done;
    descr = _PyType_Lookup(tp, name);
    Py_XINCREF(descr);
    if (descr != NULL) {
        get = Py_TYPE(descr)->tp_descr_get;
        if (get != NULL && PyDescr_IsData(descr)) {
            res = get(descr, obj, (PyObject *)tp);
            Py_DECREF(descr);
            goto done;
        }
    }
    if (dict == NULL) {
        PyObject **dictptr = _PyObject_GetDictPtr(obj);
        if (dictptr != NULL)
            dict = *dictptr;
    }
    if (dict != NULL) {
        Py_INCREF(dict);
        res = PyDict_GetItem(dict, name);
        Py_XINCREF(res);
        Py_DECREF(dict);
        if (res != NULL) {
            Py_XDECREF(descr);
            goto done;
        }
    }
    if (get != NULL) {
        res = get(descr, obj, (PyObject *)tp);
        Py_DECREF(descr);
        goto done;
    }
    if (descr != NULL) {
        res = descr;
        goto done;
    }
    PyErr_Format(PyExc_AttributeError, "'%.50s' object has no attribute '%.400s'", tp->tp_name,
                 PyString_AS_STRING(name));
done:
    Py_DECREF(name);
    return res;
}

PyObject *PyObject_GenericGetAttr(PyObject *obj, PyObject *name)
{
    return _PyObject_GenericGetAttrWithDict(obj, name, NULL);
}

int _PyObject_GenericSetAttrWithDict(PyObject *obj, PyObject *name, PyObject *value, PyObject *dict)
{
    PyTypeObject *tp = Py_TYPE(obj);
    PyObject *descr = NULL;
    descrsetfunc set = NULL;
    int res = -1;
    if ((name = attr_name(name)) == NULL)
        return -1;
    if (tp->tp_dict == NULL && PyType_Ready(tp) < 0)
        goto done;
    descr = _PyType_Lookup(tp, name);
    Py_XINCREF(descr);
    if (descr != NULL && (set = Py_TYPE(descr)->tp_descr_set) != NULL) {
        res = set(descr, obj, value);
        goto done;
    }
    if (dict == NULL) {
        PyObject **dictptr = _PyObject_GetDictPtr(obj);
        if (dictptr != NULL) {
            dict = *dictptr;
            if (dict == NULL && value != NULL) {
                dict = PyDict_New();
                if (dict == NULL)
                    goto done;
                *dictptr = dict;
            }
        }
    }
    if (dict != NULL) {
        Py_INCREF(dict);
        res = value == NULL ? PyDict_DelItem(dict, name) : PyDict_SetItem(dict, name, value);
        if (res < 0 && PyErr_ExceptionMatches(PyExc_KeyError))
            PyErr_SetObject(PyExc_AttributeError, name);
        Py_DECREF(dict);
        goto done;
    }
    if (descr == NULL)
        PyErr_Format(PyExc_AttributeError, "'%.100s' object has no attribute '%.200s'", tp->tp_name,
                     PyString_AS_STRING(name));
    else
        PyErr_Format(PyExc_AttributeError, "'%.50s' object attribute '%.400s' is read-only",
                     tp->tp_name, PyString_AS_STRING(name));
done:
    Py_XDECREF(descr);
    Py_DECREF(name);
    return res;
}

int PyObject_GenericSetAttr(PyObject *obj, PyObject *name, PyObject *value)
{
    return _PyObject_GenericSetAttrWithDict(obj, name, value, NULL);
}
