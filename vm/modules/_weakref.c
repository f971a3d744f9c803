/* SPDX-License-Identifier: MIT */
/* _weakref: the types of weakrefobject.c, and questions about an object's weak references. */
#include "Python.h"

static PyWeakReference *weakref_list_of(PyObject *ob)
{
    if (!PyType_SUPPORTS_WEAKREFS(Py_TYPE(ob)))
        return NULL;
    return *(PyWeakReference **)(void *)PyObject_GET_WEAKREFS_LISTPTR(ob);
}

PyDoc_STRVAR(getweakrefcount_doc,
             "getweakrefcount(object) -- return the number of weak references\n"
             "to 'object'.");

static PyObject *weakref_getweakrefcount(PyObject *self, PyObject *ob)
{
    return PyInt_FromSsize_t(_PyWeakref_GetWeakrefCount(weakref_list_of(ob)));
}

PyDoc_STRVAR(getweakrefs_doc, "getweakrefs(object) -- return a list of all weak reference objects\n"
                              "that point to 'object'.");

static PyObject *weakref_getweakrefs(PyObject *self, PyObject *ob)
{
    PyObject *result = PyList_New(_PyWeakref_GetWeakrefCount(weakref_list_of(ob)));

    if (result == NULL)
        return NULL;
    PyWeakReference *ref = weakref_list_of(ob);
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(result); i++) {
        if (ref == NULL) { /* the collector took some while the list was made */
            if (PyList_SetSlice(result, i, PY_SSIZE_T_MAX, NULL) < 0)
                Py_CLEAR(result);
            break;
        }
        Py_INCREF(ref);
        PyList_SET_ITEM(result, i, (PyObject *)ref);
        ref = ref->wr_next;
    }
    return result;
}

PyDoc_STRVAR(proxy_doc, "proxy(object[, callback]) -- create a proxy object that weakly\n"
                        "references 'object'.  'callback', if given, is called with a\n"
                        "reference to the proxy when 'object' is about to be finalized.");

static PyObject *weakref_proxy(PyObject *self, PyObject *args)
{
    PyObject *ob, *callback = NULL;

    if (!PyArg_UnpackTuple(args, "proxy", 1, 2, &ob, &callback))
        return NULL;
    return PyWeakref_NewProxy(ob, callback);
}

PyDoc_STRVAR(remove_doc, "_remove_dead_weakref(dict, key) -- atomically remove key from dict\n"
                         "if it points to a dead weakref.");

static PyObject *weakref_remove_dead(PyObject *self, PyObject *args)
{
    PyObject *dict, *key;

    if (!PyArg_ParseTuple(args, "O!O:_remove_dead_weakref", &PyDict_Type, &dict, &key))
        return NULL;
    PyObject *ref = _PyDict_GetItemWithError(dict, key);
    if (ref == NULL) {
        if (PyErr_Occurred() && !PyErr_ExceptionMatches(PyExc_KeyError))
            return NULL;
        PyErr_Clear();
        Py_RETURN_NONE;
    }
    if (!PyWeakref_Check(ref)) {
        PyErr_SetString(PyExc_TypeError, "not a weakref");
        return NULL;
    }
    if (PyWeakref_GET_OBJECT(ref) == Py_None && PyDict_DelItem(dict, key) < 0) {
        if (!PyErr_ExceptionMatches(PyExc_KeyError))
            return NULL;
        PyErr_Clear();
    }
    Py_RETURN_NONE;
}

static PyMethodDef weakref_functions[] = {
    {"getweakrefcount", weakref_getweakrefcount, METH_O, getweakrefcount_doc},
    {"getweakrefs", weakref_getweakrefs, METH_O, getweakrefs_doc},
    {"proxy", weakref_proxy, METH_VARARGS, proxy_doc},
    {"_remove_dead_weakref", weakref_remove_dead, METH_VARARGS, remove_doc},
    {NULL},
};

PyMODINIT_FUNC init_weakref(void)
{
    static const struct {
        const char *name;
        PyTypeObject *type;
    } types[] = {{"ref", &_PyWeakref_RefType},
                 {"ReferenceType", &_PyWeakref_RefType},
                 {"ProxyType", &_PyWeakref_ProxyType},
                 {"CallableProxyType", &_PyWeakref_CallableProxyType}};
    PyObject *m = Py_InitModule3("_weakref", weakref_functions, "Weak-reference support module.");

    if (m == NULL)
        return;
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        Py_INCREF(types[i].type);
        PyModule_AddObject(m, types[i].name, (PyObject *)types[i].type);
    }
}
