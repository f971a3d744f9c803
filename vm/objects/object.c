/* SPDX-License-Identifier: MIT */
/* What every object can do: repr, str, unicode, hash, truth, dir, None and NotImplemented.
 * Invariant: each entry point here dispatches through type slots only and checks what the slot
 * answered, so that a badly behaved __repr__ or __hash__ gives a TypeError and never a wrong C
 * type. Comparison is in compare.c, attribute access in attribute.c. */
#include "Python.h"

int Py_DebugFlag, Py_VerboseFlag, Py_InteractiveFlag, Py_InspectFlag, Py_OptimizeFlag,
    Py_NoSiteFlag, Py_BytesWarningFlag,
    Py_UseClassExceptionsFlag = 1, Py_FrozenFlag, Py_TabcheckFlag, Py_UnicodeFlag,
    Py_IgnoreEnvironmentFlag, Py_DivisionWarningFlag, Py_DontWriteBytecodeFlag,
    Py_NoUserSiteDirectory, Py_Py3kWarningFlag, Py_HashRandomizationFlag, _Py_QnewFlag;

/* -- Text forms ---------------------------------------------------------------------------------
 */

PyObject *PyObject_Repr(PyObject *v)
{
    if (PyErr_CheckSignals())
        return NULL;
    if (v == NULL)
        return PyString_FromString("<NULL>");
    if (Py_TYPE(v)->tp_repr == NULL)
        return PyString_FromFormat("<%s object at %p>", Py_TYPE(v)->tp_name, (void *)v);
    if (Py_EnterRecursiveCall(" while getting the repr of an object"))
        return NULL;
    PyObject *res = Py_TYPE(v)->tp_repr(v);
    Py_LeaveRecursiveCall();
    if (res == NULL)
        return NULL;
    if (PyUnicode_Check(res)) {
        PyObject *bytes = PyUnicode_AsEncodedString(res, NULL, NULL);
        Py_DECREF(res);
        if (bytes == NULL)
            return NULL;
        res = bytes;
    }
    if (!PyString_Check(res)) {
        PyErr_Format(PyExc_TypeError, "__repr__ returned non-string (type %.200s)",
                     Py_TYPE(res)->tp_name);
        Py_DECREF(res);
        return NULL;
    }
    return res;
}

PyObject *_PyObject_Str(PyObject *v)
{
    if (v == NULL)
        return PyString_FromString("<NULL>");
    if (PyString_CheckExact(v) || PyUnicode_CheckExact(v)) {
        Py_INCREF(v);
        return v;
    }
    if (Py_TYPE(v)->tp_str == NULL)
        return PyObject_Repr(v);
    if (Py_EnterRecursiveCall(" while getting the str of an object"))
        return NULL;
    PyObject *res = Py_TYPE(v)->tp_str(v);
    Py_LeaveRecursiveCall();
    if (res == NULL)
        return NULL;
    if (!PyString_Check(res) && !PyUnicode_Check(res)) {
        PyErr_Format(PyExc_TypeError, "__str__ returned non-string (type %.200s)",
                     Py_TYPE(res)->tp_name);
        Py_DECREF(res);
        return NULL;
    }
    return res;
}

PyObject *PyObject_Str(PyObject *v)
{
    PyObject *res = _PyObject_Str(v);
    if (res == NULL || !PyUnicode_Check(res))
        return res;
    PyObject *bytes = PyUnicode_AsEncodedString(res, NULL, NULL);
    Py_DECREF(res);
    return bytes;
}

/* The __unicode__ method of v, bound: 1 found (*func set), 0 none, -1 error. Classic instances look
 * in themselves; anything else only in its type, as for the other special methods. */
static int find_unicode_hook(PyObject *v, PyObject **func)
{
    static PyObject *name;
    *func = NULL;
    if (PyInstance_Check(v)) {
        if (name == NULL && (name = PyString_InternFromString("__unicode__")) == NULL)
            return -1;
        *func = PyObject_GetAttr(v, name);
        if (*func != NULL)
            return 1;
        if (!PyErr_ExceptionMatches(PyExc_AttributeError))
            return -1;
        PyErr_Clear();
        return 0;
    }
    *func = _PyObject_LookupSpecial(v, "__unicode__", &name);
    if (*func != NULL)
        return 1;
    return PyErr_Occurred() ? -1 : 0;
}

PyObject *PyObject_Unicode(PyObject *v)
{
    PyObject *res, *func;
    if (v == NULL) {
        res = PyString_FromString("<NULL>");
        if (res == NULL)
            return NULL;
        PyObject *text = PyUnicode_FromEncodedObject(res, NULL, "strict");
        Py_DECREF(res);
        return text;
    }
    if (PyUnicode_CheckExact(v)) {
        Py_INCREF(v);
        return v;
    }
    int found = find_unicode_hook(v, &func);
    if (found < 0)
        return NULL;
    if (found) {
        res = _PyAsk_ObjArgs(func, NULL, NULL, NULL);
        Py_DECREF(func);
    } else if (PyUnicode_Check(v)) {
        return PyUnicode_FromUnicode(PyUnicode_AS_UNICODE(v), PyUnicode_GET_SIZE(v));
    } else if (PyString_CheckExact(v)) {
        Py_INCREF(v);
        res = v;
    } else if (Py_TYPE(v)->tp_str != NULL) {
        res = Py_TYPE(v)->tp_str(v);
    } else {
        res = PyObject_Repr(v);
    }
    if (res == NULL || PyUnicode_Check(res))
        return res;
    PyObject *text = PyUnicode_FromEncodedObject(res, NULL, "strict");
    Py_DECREF(res);
    return text;
}

/* -- Objects being printed ------------------------------------------------------------------------
 */

/* The thread's dict keeps a list of the containers whose repr is under way, so that a container
 * which holds itself prints as [...]. Without a dict (start-up) nothing can recurse. */
static PyObject *repr_list(int create)
{
    PyObject *dict = PyThreadState_GetDict();
    if (dict == NULL)
        return NULL;
    PyObject *list = PyDict_GetItemString(dict, "Py_Repr");
    if (list == NULL && create) {
        list = PyList_New(0);
        if (list == NULL)
            return NULL;
        int err = PyDict_SetItemString(dict, "Py_Repr", list);
        Py_DECREF(list);
        if (err < 0)
            return NULL;
    }
    return list != NULL && PyList_Check(list) ? list : NULL;
}

int Py_ReprEnter(PyObject *obj)
{
    if (_PyAsk_Current != NULL)
        _PyAsk_Current->nests = 1; /* the object must be noted while its items are asked */
    PyObject *list = repr_list(1);
    if (list == NULL)
        return PyErr_Occurred() ? -1 : 0;
    for (Py_ssize_t i = PyList_GET_SIZE(list); --i >= 0;) {
        if (PyList_GET_ITEM(list, i) == obj)
            return 1;
    }
    return PyList_Append(list, obj) < 0 ? -1 : 0;
}

void Py_ReprLeave(PyObject *obj)
{
    PyObject *type, *value, *tb;
    PyErr_Fetch(&type, &value, &tb);
    PyObject *list = repr_list(0);
    if (list != NULL) {
        for (Py_ssize_t i = PyList_GET_SIZE(list); --i >= 0;) {
            if (PyList_GET_ITEM(list, i) == obj) {
                PyList_SetSlice(list, i, i + 1, NULL);
                break;
            }
        }
    }
    PyErr_Restore(type, value, tb);
}

/* -- Hash and truth -------------------------------------------------------------------------------
 */

py_long PyObject_HashNotImplemented(PyObject *v)
{
    PyErr_Format(PyExc_TypeError, "unhashable type: '%.200s'", Py_TYPE(v)->tp_name);
    return -1;
}

_Py_HashSecret_t _Py_HashSecret;

py_long PyObject_Hash(PyObject *v)
{
    PyTypeObject *tp = Py_TYPE(v);
    if (tp->tp_hash != NULL)
        return tp->tp_hash(v);
    if (tp->tp_dict == NULL) {
        if (PyType_Ready(tp) < 0)
            return -1;
        if (tp->tp_hash != NULL)
            return tp->tp_hash(v);
    }
    if (tp->tp_compare == NULL && tp->tp_richcompare == NULL)
        return _Py_HashPointer(v);
    return PyObject_HashNotImplemented(v);
}

int PyObject_IsTrue(PyObject *v)
{
    Py_ssize_t res;
    if (v == Py_True)
        return 1;
    if (v == Py_False || v == Py_None)
        return 0;
    PyTypeObject *tp = Py_TYPE(v);
    if (tp->tp_as_number != NULL && tp->tp_as_number->nb_nonzero != NULL)
        res = tp->tp_as_number->nb_nonzero(v);
    else if (tp->tp_as_mapping != NULL && tp->tp_as_mapping->mp_length != NULL)
        res = tp->tp_as_mapping->mp_length(v);
    else if (tp->tp_as_sequence != NULL && tp->tp_as_sequence->sq_length != NULL)
        res = tp->tp_as_sequence->sq_length(v);
    else
        return 1;
    return res > 0 ? 1 : (int)res;
}

int PyObject_Not(PyObject *v)
{
    int res = PyObject_IsTrue(v);
    return res < 0 ? res : res == 0;
}

int PyCallable_Check(PyObject *x)
{
    if (x == NULL)
        return 0;
    if (PyInstance_Check(x)) {
        PyObject *call = PyObject_GetAttrString(x, "__call__");
        if (call == NULL) {
            PyErr_Clear();
            return 0;
        }
        Py_DECREF(call);
        return 1;
    }
    return Py_TYPE(x)->tp_call != NULL;
}

/* -- dir() ----------------------------------------------------------------------------------------
 */

static int merge_class_dict(PyObject *dict, PyObject *cls)
{
    if (_Py_EnterC(" in dir()") < 0)
        return -1;
    int err = -1;
    PyObject *bases = NULL;
    PyObject *own = PyObject_GetAttrString(cls, "__dict__");
    if (own == NULL) {
        PyErr_Clear();
    } else {
        int status = PyDict_Update(dict, own);
        Py_DECREF(own);
        if (status < 0)
            goto done;
    }
    bases = PyObject_GetAttrString(cls, "__bases__");
    if (bases == NULL) {
        PyErr_Clear();
        err = 0;
        goto done;
    }
    Py_ssize_t n = PySequence_Size(bases);
    if (n < 0)
        PyErr_Clear();
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *base = PySequence_GetItem(bases, i);
        if (base == NULL) {
            PyErr_Clear();
            goto done;
        }
        int status = merge_class_dict(dict, base);
        Py_DECREF(base);
        if (status < 0)
            goto done;
    }
    err = 0;
done:
    Py_XDECREF(bases);
    _Py_LeaveC();
    return err;
}

/* __members__ and __methods__ of very old extension types: lists of names. */
static int merge_list_attr(PyObject *dict, PyObject *obj, const char *name)
{
    int err = 0;
    PyObject *list = PyObject_GetAttrString(obj, name);
    if (list == NULL) {
        PyErr_Clear();
        return 0;
    }
    if (PyList_Check(list)) {
        for (Py_ssize_t i = 0; err == 0 && i < PyList_GET_SIZE(list); i++) {
            PyObject *item = PyList_GET_ITEM(list, i);
            if (PyString_Check(item))
                err = PyDict_SetItem(dict, item, Py_None);
        }
        if (Py_Py3kWarningFlag && err == 0 && PyList_GET_SIZE(list) > 0 &&
            strcmp(name, "__members__") == 0)
            err = PyErr_WarnEx(PyExc_DeprecationWarning,
                               "__members__ and __methods__ not supported in 3.x", 1);
    }
    Py_DECREF(list);
    return err;
}

static PyObject *dir_locals(void)
{
    PyObject *locals = _PyHooks.get_locals();
    if (locals == NULL) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_SystemError, "frame does not exist");
        return NULL;
    }
    PyObject *names = PyMapping_Keys(locals);
    if (names != NULL && !PyList_Check(names)) {
        PyErr_Format(PyExc_TypeError, "dir(): expected keys() of locals to be a list, not '%.200s'",
                     Py_TYPE(names)->tp_name);
        Py_CLEAR(names);
    }
    return names;
}

/* dir() of a module, a class, or anything else, where __dir__ is not defined: the names as keys. */
static PyObject *dir_default_dict(PyObject *obj)
{
    PyObject *dict = NULL, *cls = NULL;
    if (PyModule_Check(obj)) {
        dict = PyObject_GetAttrString(obj, "__dict__");
        if (dict == NULL)
            return NULL;
        if (!PyDict_Check(dict)) {
            const char *name = PyModule_GetName(obj);
            if (name != NULL)
                PyErr_Format(PyExc_TypeError, "%.200s.__dict__ is not a dictionary", name);
            goto fail;
        }
        return dict;
    }
    if (PyType_Check(obj) || PyClass_Check(obj)) {
        dict = PyDict_New();
        if (dict != NULL && merge_class_dict(dict, obj) < 0)
            goto fail;
        return dict;
    }
    dict = PyObject_GetAttrString(obj, "__dict__");
    if (dict == NULL) {
        PyErr_Clear();
        dict = PyDict_New();
    } else if (!PyDict_Check(dict)) {
        Py_DECREF(dict);
        dict = PyDict_New();
    } else {
        PyObject *copy = PyDict_Copy(dict);
        Py_DECREF(dict);
        dict = copy;
    }
    if (dict == NULL || merge_list_attr(dict, obj, "__members__") < 0 ||
        merge_list_attr(dict, obj, "__methods__") < 0)
        goto fail;
    cls = PyObject_GetAttrString(obj, "__class__");
    if (cls == NULL)
        PyErr_Clear();
    else if (merge_class_dict(dict, cls) < 0)
        goto fail;
    Py_XDECREF(cls);
    return dict;
fail:
    Py_XDECREF(cls);
    Py_XDECREF(dict);
    return NULL;
}

static PyObject *dir_object(PyObject *obj)
{
    static PyObject *dir_name;
    PyObject *hook, *result;
    if (PyInstance_Check(obj)) {
        hook = PyObject_GetAttrString(obj, "__dir__");
        if (hook == NULL) {
            if (!PyErr_ExceptionMatches(PyExc_AttributeError))
                return NULL;
            PyErr_Clear();
        }
    } else {
        hook = _PyObject_LookupSpecial(obj, "__dir__", &dir_name);
        if (hook == NULL && PyErr_Occurred())
            return NULL;
    }
    if (hook == NULL) {
        PyObject *dict = dir_default_dict(obj);
        if (dict == NULL)
            return NULL;
        result = PyDict_Keys(dict);
        Py_DECREF(dict);
        return result;
    }
    result = PyObject_CallFunctionObjArgs(hook, NULL);
    Py_DECREF(hook);
    if (result != NULL && !PyList_Check(result)) {
        PyErr_Format(PyExc_TypeError, "__dir__() must return a list, not %.200s",
                     Py_TYPE(result)->tp_name);
        Py_CLEAR(result);
    }
    return result;
}

PyObject *PyObject_Dir(PyObject *obj)
{
    PyObject *result = obj == NULL ? dir_locals() : dir_object(obj);
    if (result != NULL && PyList_Sort(result) != 0)
        Py_CLEAR(result);
    return result;
}

/* -- Iteration helpers ----------------------------------------------------------------------------
 */

PyObject *PyObject_SelfIter(PyObject *obj)
{
    Py_INCREF(obj);
    return obj;
}

PyObject *_PyObject_NextNotImplemented(PyObject *self)
{
    PyErr_Format(PyExc_TypeError, "'%.200s' object is not iterable", Py_TYPE(self)->tp_name);
    return NULL;
}

/* -- None and NotImplemented ----------------------------------------------------------------------
 */

static PyObject *none_repr(PyObject *self)
{
    return PyString_FromString("None");
}

/* In CPython the hash is the address, whose last bits the linker fixes and which so decides where
 * None stands in a printed dict: a constant with the same last bits. */
static py_long none_hash(PyObject *self)
{
    return 0x7f119b4f8de;
}

static void singleton_dealloc(PyObject *self)
{
    Py_FatalError("deallocating None or NotImplemented");
}

PyTypeObject PyNone_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "NoneType",
    .tp_basicsize = sizeof(PyObject),
    .tp_x64_basicsize = 16,
    .tp_dealloc = singleton_dealloc,
    .tp_repr = none_repr,
    .tp_hash = none_hash,
    .tp_flags = Py_TPFLAGS_DEFAULT,
};

PyObject _Py_NoneStruct = {PyObject_HEAD_INIT(&PyNone_Type)};

static PyObject *notimplemented_repr(PyObject *self)
{
    return PyString_FromString("NotImplemented");
}

PyTypeObject PyNotImplemented_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "NotImplementedType",
    .tp_basicsize = sizeof(PyObject),
    .tp_x64_basicsize = 16,
    .tp_dealloc = singleton_dealloc,
    .tp_repr = notimplemented_repr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
};

PyObject _Py_NotImplementedStruct = {PyObject_HEAD_INIT(&PyNotImplemented_Type)};
