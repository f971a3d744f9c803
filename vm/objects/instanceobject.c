/* SPDX-License-Identifier: MIT */
/* Instances of classic classes: life, attributes, and every protocol by method name.
 * Invariant: all special methods are looked up on the instance first (so they may be instance
 * attributes, and
 * __getattr__ may make them). Operators are in instance_number.c. */
#include "Python.h"
#include "instanceobject.h"

#define INST(op) ((PyInstanceObject *)(op))
#define CLASS_NAME(op) PyString_AS_STRING(INST(op)->in_class->cl_name)

/* -- Special methods ------------------------------------------------------------------------------
 */

PyObject *_PyInstance_Special(PyObject *self, const char *name, PyObject **cache)
{
    if (*cache == NULL && (*cache = PyString_InternFromString(name)) == NULL)
        return NULL;
    return Py_TYPE(self)->tp_getattro(self, *cache);
}

/* 1 found, 0 missing (no error set), -1 error. */
int _PyInstance_FindSpecial(PyObject *self, const char *name, PyObject **cache, PyObject **func)
{
    *func = _PyInstance_Special(self, name, cache);
    if (*func != NULL)
        return 1;
    if (!PyErr_ExceptionMatches(PyExc_AttributeError))
        return -1;
    PyErr_Clear();
    return 0;
}

/* Calls func with up to two arguments and gives it up. */
static PyObject *call_and_release(PyObject *func, PyObject *a, PyObject *b, PyObject *c)
{
    if (func == NULL)
        return NULL;
    PyObject *res = _PyAsk_ObjArgs(func, a, b, c);
    Py_DECREF(func);
    return res;
}

/* -- Creation and death
 * ----------------------------------------------------------------------------- */

PyObject *PyInstance_NewRaw(PyObject *klass, PyObject *dict)
{
    if (!PyClass_Check(klass)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    if (dict == NULL) {
        dict = PyDict_New();
        if (dict == NULL)
            return NULL;
    } else {
        if (!PyDict_Check(dict)) {
            PyErr_BadInternalCall();
            return NULL;
        }
        Py_INCREF(dict);
    }
    PyInstanceObject *inst = PyObject_GC_New(PyInstanceObject, &PyInstance_Type);
    if (inst == NULL) {
        Py_DECREF(dict);
        return NULL;
    }
    inst->in_weakreflist = NULL;
    Py_INCREF(klass);
    inst->in_class = (PyClassObject *)klass;
    inst->in_dict = dict;
    _PyObject_GC_TRACK(inst);
    return (PyObject *)inst;
}

PyObject *PyInstance_New(PyObject *klass, PyObject *args, PyObject *kw)
{
    static PyObject *init_str;
    if (init_str == NULL && (init_str = PyString_InternFromString("__init__")) == NULL)
        return NULL;
    PyObject *inst = PyInstance_NewRaw(klass, NULL);
    if (inst == NULL)
        return NULL;
    PyObject *init = _PyInstance_GetAttrNoHook(inst, init_str);
    if (init == NULL) {
        if (PyErr_Occurred())
            goto fail;
        if ((args != NULL && (!PyTuple_Check(args) || PyTuple_GET_SIZE(args) != 0)) ||
            (kw != NULL && (!PyDict_Check(kw) || PyDict_Size(kw) != 0))) {
            PyErr_SetString(PyExc_TypeError, "this constructor takes no arguments");
            goto fail;
        }
        return inst;
    }
    PyObject *res = PyObject_Call(init, args, kw);
    Py_DECREF(init);
    if (res == NULL)
        goto fail;
    if (res != Py_None) {
        PyErr_SetString(PyExc_TypeError, "__init__() should return None");
        Py_DECREF(res);
        goto fail;
    }
    Py_DECREF(res);
    return inst;
fail:
    Py_DECREF(inst);
    return NULL;
}

static PyObject *instance_new(PyTypeObject *type, PyObject *args, PyObject *kw)
{
    PyObject *klass, *dict = Py_None;
    if (!PyArg_ParseTuple(args, "O!|O:instance", &PyClass_Type, &klass, &dict))
        return NULL;
    if (dict == Py_None)
        dict = NULL;
    else if (!PyDict_Check(dict)) {
        PyErr_SetString(PyExc_TypeError, "instance() second arg must be dictionary or None");
        return NULL;
    }
    return PyInstance_NewRaw(klass, dict);
}

/* Runs __del__ with the object held alive. */
static void call_del(PyObject *self)
{
    static PyObject *del_str;
    PyObject *type, *value, *tb;
    PyErr_Fetch(&type, &value, &tb);
    if (del_str == NULL)
        del_str = PyString_InternFromString("__del__");
    PyObject *del = del_str == NULL ? NULL : _PyInstance_GetAttrNoHook(self, del_str);
    if (del != NULL) {
        PyObject *res = PyObject_CallFunctionObjArgs(del, NULL);
        if (res == NULL)
            PyErr_WriteUnraisable(del);
        else
            Py_DECREF(res);
        Py_DECREF(del);
    } else if (PyErr_Occurred()) {
        PyErr_Clear();
    }
    PyErr_Restore(type, value, tb);
}

static void instance_dealloc(PyObject *self)
{
    PyInstanceObject *inst = INST(self);
    PyObject_GC_UnTrack(self);
    Py_TRASHCAN_SAFE_BEGIN(self) if (inst->in_weakreflist != NULL) PyObject_ClearWeakRefs(self);
    Py_REFCNT(self) = 1;
    call_del(self);
    if (--Py_REFCNT(self) > 0) {
        _PyObject_GC_TRACK(self); /* back to life */
    } else {
        while (inst->in_weakreflist != NULL)
            _PyWeakref_ClearRef((PyWeakReference *)inst->in_weakreflist);
        PyClassObject *cls = inst->in_class;
        Py_CLEAR(inst->in_dict);
        inst->in_class = NULL;
        Py_XDECREF(cls);
        PyObject_GC_Del(inst);
    }
    Py_TRASHCAN_SAFE_END(self)
}

static int instance_traverse(PyObject *o, visitproc visit, void *arg)
{
    Py_VISIT(INST(o)->in_class);
    Py_VISIT(INST(o)->in_dict);
    return 0;
}

/* -- Attributes -----------------------------------------------------------------------------------
 */

PyObject *_PyInstance_Lookup(PyObject *pinst, PyObject *name)
{
    PyClassObject *owner;
    PyObject *v = PyDict_GetItem(INST(pinst)->in_dict, name);
    return v != NULL ? v : _PyClass_Lookup(INST(pinst)->in_class, name, &owner);
}

PyObject *_PyInstance_GetAttrNoHook(PyObject *self, PyObject *name)
{
    PyInstanceObject *inst = INST(self);
    PyClassObject *owner;
    PyObject *v = PyDict_GetItem(inst->in_dict, name);
    if (v != NULL) {
        Py_INCREF(v);
        return v;
    }
    v = _PyClass_Lookup(inst->in_class, name, &owner);
    if (v == NULL)
        return NULL;
    Py_INCREF(v);
    descrgetfunc f = Py_TYPE(v)->tp_descr_get;
    if (f != NULL) {
        PyObject *w = f(v, self, (PyObject *)inst->in_class);
        Py_DECREF(v);
        v = w;
    }
    return v;
}

static PyObject *getattr_without_hook(PyObject *self, PyObject *name)
{
    const char *s = PyString_AS_STRING(name);
    PyObject *v;
    if (s[0] == '_' && s[1] == '_') {
        v = strcmp(s, "__dict__") == 0    ? INST(self)->in_dict
            : strcmp(s, "__class__") == 0 ? (PyObject *)INST(self)->in_class
                                          : NULL;
        if (v != NULL) {
            Py_INCREF(v);
            return v;
        }
    }
    v = _PyInstance_GetAttrNoHook(self, name);
    if (v == NULL && !PyErr_Occurred())
        PyErr_Format(PyExc_AttributeError, "%.50s instance has no attribute '%.400s'",
                     CLASS_NAME(self), s);
    return v;
}

static PyObject *instance_getattr(PyObject *self, PyObject *name)
{
    if (!PyString_Check(name)) {
        PyErr_SetString(PyExc_TypeError, "attribute name must be a string");
        return NULL;
    }
    PyObject *res = getattr_without_hook(self, name);
    PyObject *hook = INST(self)->in_class->cl_getattr;
    if (res == NULL && hook != NULL && PyErr_ExceptionMatches(PyExc_AttributeError)) {
        PyErr_Clear();
        Py_INCREF(hook);
        res = call_and_release(hook, self, name, NULL);
    }
    return res;
}

static int set_in_dict(PyObject *self, PyObject *name, PyObject *v)
{
    if (v != NULL)
        return PyDict_SetItem(INST(self)->in_dict, name, v);
    int rv = PyDict_DelItem(INST(self)->in_dict, name);
    if (rv < 0)
        PyErr_Format(PyExc_AttributeError, "%.50s instance has no attribute '%.400s'",
                     CLASS_NAME(self), PyString_AS_STRING(name));
    return rv;
}

static int instance_setattr(PyObject *self, PyObject *name, PyObject *v)
{
    PyInstanceObject *inst = INST(self);
    const char *s = PyString_AS_STRING(name);
    Py_ssize_t n = PyString_GET_SIZE(name);
    if (s[0] == '_' && s[1] == '_' && n > 4 && s[n - 1] == '_' && s[n - 2] == '_') {
        if (strcmp(s, "__dict__") == 0) {
            if (v == NULL || !PyDict_Check(v)) {
                PyErr_SetString(PyExc_TypeError, "__dict__ must be set to a dictionary");
                return -1;
            }
            Py_INCREF(v);
            Py_XSETREF(inst->in_dict, v);
            return 0;
        }
        if (strcmp(s, "__class__") == 0) {
            if (v == NULL || !PyClass_Check(v)) {
                PyErr_SetString(PyExc_TypeError, "__class__ must be set to a class");
                return -1;
            }
            PyClassObject *old = inst->in_class;
            Py_INCREF(v);
            inst->in_class = (PyClassObject *)v;
            Py_DECREF(old);
            return 0;
        }
    }
    PyObject *hook = v == NULL ? inst->in_class->cl_delattr : inst->in_class->cl_setattr;
    if (hook == NULL)
        return set_in_dict(self, name, v);
    Py_INCREF(hook);
    PyObject *res = call_and_release(hook, self, name, v);
    if (res == NULL)
        return -1;
    Py_DECREF(res);
    return 0;
}

/* -- Text, hash, call
 * ------------------------------------------------------------------------------ */

static PyObject *instance_repr(PyObject *self)
{
    static PyObject *cache;
    PyObject *func;
    int found = _PyInstance_FindSpecial(self, "__repr__", &cache, &func);
    if (found < 0)
        return NULL;
    if (found)
        return call_and_release(func, NULL, NULL, NULL);
    PyClassObject *cls = INST(self)->in_class;
    const char *cname = cls->cl_name != NULL && PyString_Check(cls->cl_name)
                            ? PyString_AS_STRING(cls->cl_name)
                            : "?";
    PyObject *mod = PyDict_GetItemString(cls->cl_dict, "__module__");
    if (mod == NULL || !PyString_Check(mod))
        return PyString_FromFormat("<?.%s instance at %p>", cname, (void *)self);
    return PyString_FromFormat("<%s.%s instance at %p>", PyString_AS_STRING(mod), cname,
                               (void *)self);
}

static PyObject *instance_str(PyObject *self)
{
    static PyObject *cache;
    PyObject *func;
    int found = _PyInstance_FindSpecial(self, "__str__", &cache, &func);
    if (found < 0)
        return NULL;
    return found ? call_and_release(func, NULL, NULL, NULL) : instance_repr(self);
}

static py_long instance_hash(PyObject *self)
{
    static PyObject *hash_str, *eq_str, *cmp_str;
    PyObject *func;
    int found = _PyInstance_FindSpecial(self, "__hash__", &hash_str, &func);
    if (found < 0)
        return -1;
    if (!found) {
        /* No hash of its own: by address, unless the instance defines equality. */
        found = _PyInstance_FindSpecial(self, "__eq__", &eq_str, &func);
        if (found == 0)
            found = _PyInstance_FindSpecial(self, "__cmp__", &cmp_str, &func);
        if (found < 0)
            return -1;
        if (found == 0)
            return _Py_HashPointer(self);
        Py_DECREF(func);
        PyErr_SetString(PyExc_TypeError, "unhashable instance");
        return -1;
    }
    PyObject *res = call_and_release(func, NULL, NULL, NULL);
    if (res == NULL)
        return -1;
    py_long outcome = -1;
    if (PyInt_Check(res) || PyLong_Check(res))
        outcome = PyLong_Check(res) ? PyLong_Type.tp_hash(res) : PyInt_AS_LONG(res);
    else
        PyErr_SetString(PyExc_TypeError, "__hash__() should return an int");
    Py_DECREF(res);
    if (outcome == -1 && !PyErr_Occurred())
        outcome = -2;
    return outcome;
}

static PyObject *instance_call(PyObject *self, PyObject *args, PyObject *kw)
{
    static PyObject *cache;
    PyObject *call = _PyInstance_Special(self, "__call__", &cache);
    if (call == NULL) {
        if (PyErr_ExceptionMatches(PyExc_AttributeError)) {
            PyErr_Clear();
            PyErr_Format(PyExc_AttributeError, "%.200s instance has no __call__ method",
                         CLASS_NAME(self));
        }
        return NULL;
    }
    PyObject *res = NULL;
    /* __call__ may be an instance whose __call__ is ... */
    if (Py_EnterRecursiveCall(" in __call__") == 0) {
        res = PyObject_Call(call, args, kw);
        Py_LeaveRecursiveCall();
    }
    Py_DECREF(call);
    return res;
}

/* -- Containers -----------------------------------------------------------------------------------
 */

static Py_ssize_t instance_length(PyObject *self)
{
    static PyObject *cache;
    PyObject *res =
        call_and_release(_PyInstance_Special(self, "__len__", &cache), NULL, NULL, NULL);
    Py_ssize_t outcome = -1;
    if (res == NULL)
        return -1;
    if (PyInt_Check(res)) {
        outcome = PyInt_AsSsize_t(res);
        if (outcome < 0) {
            PyErr_SetString(PyExc_ValueError, "__len__() should return >= 0");
            outcome = -1;
        }
    } else {
        PyErr_SetString(PyExc_TypeError, "__len__() should return an int");
    }
    Py_DECREF(res);
    return outcome;
}

static PyObject *instance_subscript(PyObject *self, PyObject *key)
{
    static PyObject *cache;
    return call_and_release(_PyInstance_Special(self, "__getitem__", &cache), key, NULL, NULL);
}

/* A procedure's result: 0, -1. */
static int consumed(PyObject *res)
{
    if (res == NULL)
        return -1;
    Py_DECREF(res);
    return 0;
}

static int instance_ass_subscript(PyObject *self, PyObject *key, PyObject *value)
{
    static PyObject *set_str, *del_str;
    PyObject *func = value == NULL ? _PyInstance_Special(self, "__delitem__", &del_str)
                                   : _PyInstance_Special(self, "__setitem__", &set_str);
    return consumed(call_and_release(func, key, value, NULL));
}

static PyObject *instance_item(PyObject *self, Py_ssize_t i)
{
    PyObject *index = PyInt_FromSsize_t(i);
    if (index == NULL)
        return NULL;
    PyObject *res = instance_subscript(self, index);
    Py_DECREF(index);
    return res;
}

static int instance_ass_item(PyObject *self, Py_ssize_t i, PyObject *value)
{
    PyObject *index = PyInt_FromSsize_t(i);
    if (index == NULL)
        return -1;
    int res = instance_ass_subscript(self, index, value);
    Py_DECREF(index);
    return res;
}

/* Calls a slice method with both bounds, or the item method with a slice object where there is
 * none. */
static PyObject *slice_call(PyObject *self, Py_ssize_t i, Py_ssize_t j, PyObject *value,
                            const char *slice_name, PyObject **slice_cache, const char *item_name,
                            PyObject **item_cache, const char *warning)
{
    PyObject *func, *res;
    int found = _PyInstance_FindSpecial(self, slice_name, slice_cache, &func);
    if (found < 0)
        return NULL;
    if (!found) {
        func = _PyInstance_Special(self, item_name, item_cache);
        if (func == NULL)
            return NULL;
        PyObject *slice = _PySlice_FromIndices(i, j);
        if (slice == NULL) {
            Py_DECREF(func);
            return NULL;
        }
        res = call_and_release(func, slice, value, NULL);
        Py_DECREF(slice);
        return res;
    }
    if (PyErr_WarnPy3k(warning, 1) < 0) {
        Py_DECREF(func);
        return NULL;
    }
    PyObject *low = PyInt_FromSsize_t(i), *high = PyInt_FromSsize_t(j);
    if (low == NULL || high == NULL) {
        Py_DECREF(func);
        res = NULL;
    } else {
        res = call_and_release(func, low, high, value);
    }
    Py_XDECREF(low);
    Py_XDECREF(high);
    return res;
}

static PyObject *instance_slice(PyObject *self, Py_ssize_t i, Py_ssize_t j)
{
    static PyObject *slice_str, *item_str;
    return slice_call(self, i, j, NULL, "__getslice__", &slice_str, "__getitem__", &item_str,
                      "in 3.x, __getslice__ has been removed; use __getitem__");
}

static int instance_ass_slice(PyObject *self, Py_ssize_t i, Py_ssize_t j, PyObject *value)
{
    static PyObject *set_str, *setitem_str, *del_str, *delitem_str;
    if (value == NULL)
        return consumed(slice_call(self, i, j, NULL, "__delslice__", &del_str, "__delitem__",
                                   &delitem_str,
                                   "in 3.x, __delslice__ has been removed; use __delitem__"));
    return consumed(slice_call(self, i, j, value, "__setslice__", &set_str, "__setitem__",
                               &setitem_str,
                               "in 3.x, __setslice__ has been removed; use __setitem__"));
}

static int instance_contains(PyObject *self, PyObject *member)
{
    static PyObject *cache;
    PyObject *func;
    int found = _PyInstance_FindSpecial(self, "__contains__", &cache, &func);
    if (found < 0)
        return -1;
    if (!found) {
        /* Tries iteration and, through it, __getitem__. */
        Py_ssize_t rc = _PySequence_IterSearch(self, member, PY_ITERSEARCH_CONTAINS);
        return rc < 0 ? -1 : rc > 0;
    }
    PyObject *res = call_and_release(func, member, NULL, NULL);
    if (res == NULL)
        return -1;
    int ret = PyObject_IsTrue(res);
    Py_DECREF(res);
    return ret;
}

/* -- Comparison -----------------------------------------------------------------------------------
 */

static PyObject *half_richcompare(PyObject *v, PyObject *w, int op)
{
    static const char *const names[] = {"__lt__", "__le__", "__eq__", "__ne__", "__gt__", "__ge__"};
    static PyObject *cache[6];
    PyObject *method;
    if (cache[op] == NULL && (cache[op] = PyString_InternFromString(names[op])) == NULL)
        return NULL;
    if (INST(v)->in_class->cl_getattr == NULL) {
        method = _PyInstance_GetAttrNoHook(v, cache[op]);
        if (method == NULL) {
            if (PyErr_Occurred()) {
                if (!PyErr_ExceptionMatches(PyExc_AttributeError))
                    return NULL;
                PyErr_Clear();
            }
            Py_RETURN_NOTIMPLEMENTED;
        }
    } else {
        int found = _PyInstance_FindSpecial(v, names[op], &cache[op], &method);
        if (found < 0)
            return NULL;
        if (!found)
            Py_RETURN_NOTIMPLEMENTED;
    }
    return call_and_release(method, w, NULL, NULL);
}

static PyObject *instance_richcompare(PyObject *v, PyObject *w, int op)
{
    PyObject *res;
    if (PyInstance_Check(v)) {
        res = half_richcompare(v, w, op);
        if (res != Py_NotImplemented)
            return res;
        Py_DECREF(res);
    }
    if (PyInstance_Check(w)) {
        res = half_richcompare(w, v, _Py_SwappedOp[op]);
        if (res != Py_NotImplemented)
            return res;
        Py_DECREF(res);
    }
    Py_RETURN_NOTIMPLEMENTED;
}

/* v.__cmp__(w): -1, 0, 1; 2 not implemented; -2 error. */
static int half_cmp(PyObject *v, PyObject *w)
{
    static PyObject *cache;
    PyObject *func;
    int found = _PyInstance_FindSpecial(v, "__cmp__", &cache, &func);
    if (found <= 0)
        return found < 0 ? -2 : 2;
    PyObject *result = call_and_release(func, w, NULL, NULL);
    if (result == NULL)
        return -2;
    if (result == Py_NotImplemented) {
        Py_DECREF(result);
        return 2;
    }
    py_long l = PyInt_AsLong(result);
    Py_DECREF(result);
    if (l == -1 && PyErr_Occurred()) {
        PyErr_SetString(PyExc_TypeError, "comparison did not return an int");
        return -2;
    }
    return l < 0 ? -1 : l > 0;
}

/* The one tp_compare that may answer 2 (see compare.c). */
static int instance_compare(PyObject *v, PyObject *w)
{
    int c = PyNumber_CoerceEx(&v, &w);
    if (c < 0)
        return -2;
    if (c == 0) {
        if (!PyInstance_Check(v) && !PyInstance_Check(w)) {
            c = PyObject_Compare(v, w);
            Py_DECREF(v);
            Py_DECREF(w);
            if (PyErr_Occurred())
                return -2;
            return c < 0 ? -1 : c > 0;
        }
    } else {
        Py_INCREF(v);
        Py_INCREF(w);
    }
    c = 2;
    if (PyInstance_Check(v))
        c = half_cmp(v, w);
    if (c == 2 && PyInstance_Check(w)) {
        c = half_cmp(w, v);
        if (c >= -1 && c <= 1)
            c = -c;
    }
    Py_DECREF(v);
    Py_DECREF(w);
    return c;
}

/* -- Iteration ------------------------------------------------------------------------------------
 */

static PyObject *instance_getiter(PyObject *self)
{
    static PyObject *iter_str, *getitem_str;
    PyObject *func;
    int found = _PyInstance_FindSpecial(self, "__iter__", &iter_str, &func);
    if (found < 0)
        return NULL;
    if (found) {
        PyObject *res = call_and_release(func, NULL, NULL, NULL);
        if (res != NULL && !PyIter_Check(res)) {
            PyErr_Format(PyExc_TypeError, "__iter__ returned non-iterator of type '%.100s'",
                         Py_TYPE(res)->tp_name);
            Py_CLEAR(res);
        }
        return res;
    }
    found = _PyInstance_FindSpecial(self, "__getitem__", &getitem_str, &func);
    if (found < 0)
        return NULL;
    if (!found) {
        PyErr_SetString(PyExc_TypeError, "iteration over non-sequence");
        return NULL;
    }
    Py_DECREF(func);
    return PySeqIter_New(self);
}

static PyObject *instance_iternext(PyObject *self)
{
    static PyObject *next_str;
    PyObject *func;
    int found = _PyInstance_FindSpecial(self, "next", &next_str, &func);
    if (found < 0)
        return NULL;
    if (!found) {
        PyErr_SetString(PyExc_TypeError, "instance has no next() method");
        return NULL;
    }
    PyObject *res = call_and_release(func, NULL, NULL, NULL);
    if (res == NULL && PyErr_ExceptionMatches(PyExc_StopIteration))
        PyErr_Clear();
    return res;
}

static PyMappingMethods instance_as_mapping = {
    .mp_length = instance_length,
    .mp_subscript = instance_subscript,
    .mp_ass_subscript = instance_ass_subscript,
};

static PySequenceMethods instance_as_sequence = {
    .sq_length = instance_length,
    .sq_item = instance_item,
    .sq_slice = instance_slice,
    .sq_ass_item = instance_ass_item,
    .sq_ass_slice = instance_ass_slice,
    .sq_contains = instance_contains,
};

PyTypeObject PyInstance_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "instance",
    .tp_basicsize = sizeof(PyInstanceObject),
    .tp_x64_basicsize = 40,
    .tp_dealloc = instance_dealloc,
    .tp_compare = instance_compare,
    .tp_repr = instance_repr,
    .tp_as_number = &_PyInstance_AsNumber,
    .tp_as_sequence = &instance_as_sequence,
    .tp_as_mapping = &instance_as_mapping,
    .tp_hash = instance_hash,
    .tp_call = instance_call,
    .tp_str = instance_str,
    .tp_getattro = instance_getattr,
    .tp_setattro = instance_setattr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_CHECKTYPES,
    .tp_doc =
        "instance(class[, dict])\n\nCreate an instance without calling its __init__() method.\n"
        "The class must be a classic class.\nIf present, dict must be a dictionary or None.",
    .tp_traverse = instance_traverse,
    .tp_richcompare = instance_richcompare,
    .tp_weaklistoffset = offsetof(PyInstanceObject, in_weakreflist),
    .tp_iter = instance_getiter,
    .tp_iternext = instance_iternext,
    .tp_new = instance_new,
};
