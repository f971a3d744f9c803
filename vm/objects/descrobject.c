/* SPDX-License-Identifier: MIT */
/* Descriptors of built-in types: methods, class methods, members, get-sets, slot wrappers; and the
 * proxy through which a class's dict is seen. Invariant: a descriptor is applied only to objects of
 * the type it was made for (descr_check), since it reads their C fields. */
#include "Python.h"

static void descr_dealloc(PyObject *self)
{
    PyDescrObject *d = (PyDescrObject *)self;
    _PyObject_GC_UNTRACK(self);
    Py_XDECREF(d->d_type);
    Py_XDECREF(d->d_name);
    PyObject_GC_Del(self);
}

static const char *descr_name(void *d)
{
    PyObject *name = PyDescr_NAME(d);
    return name != NULL && PyString_Check(name) ? PyString_AS_STRING(name) : "?";
}

static PyObject *method_repr(PyObject *d)
{
    return PyString_FromFormat("<method '%s' of '%s' objects>", descr_name(d),
                               PyDescr_TYPE(d)->tp_name);
}

static PyObject *member_repr(PyObject *d)
{
    return PyString_FromFormat("<member '%s' of '%s' objects>", descr_name(d),
                               PyDescr_TYPE(d)->tp_name);
}

static PyObject *getset_repr(PyObject *d)
{
    return PyString_FromFormat("<attribute '%s' of '%s' objects>", descr_name(d),
                               PyDescr_TYPE(d)->tp_name);
}

static PyObject *wrapperdescr_repr(PyObject *d)
{
    return PyString_FromFormat("<slot wrapper '%s' of '%s' objects>", descr_name(d),
                               PyDescr_TYPE(d)->tp_name);
}

/* 0: go on with obj; 1: the answer is in *pres (the descriptor itself for the class, or NULL with
 * an error). */
static int descr_check(PyObject *descr, PyObject *obj, PyObject **pres)
{
    if (obj == NULL) {
        Py_INCREF(descr);
        *pres = descr;
        return 1;
    }
    if (!PyObject_TypeCheck(obj, PyDescr_TYPE(descr))) {
        PyErr_Format(PyExc_TypeError,
                     "descriptor '%s' for '%s' objects doesn't apply to '%s' object",
                     descr_name(descr), PyDescr_TYPE(descr)->tp_name, Py_TYPE(obj)->tp_name);
        *pres = NULL;
        return 1;
    }
    return 0;
}

static PyObject *method_get(PyObject *self, PyObject *obj, PyObject *type)
{
    PyObject *res;
    if (descr_check(self, obj, &res))
        return res;
    return PyCFunction_New(((PyMethodDescrObject *)self)->d_method, obj);
}

static PyObject *classmethod_get(PyObject *self, PyObject *obj, PyObject *type)
{
    PyTypeObject *owner = PyDescr_TYPE(self);
    if (type == NULL) {
        if (obj == NULL) {
            PyErr_Format(PyExc_TypeError,
                         "descriptor '%s' for type '%s' needs either an object or a type",
                         descr_name(self), owner->tp_name);
            return NULL;
        }
        type = (PyObject *)Py_TYPE(obj);
    }
    if (!PyType_Check(type)) {
        PyErr_Format(PyExc_TypeError,
                     "descriptor '%s' for type '%s' needs a type, not a '%s' as arg 2",
                     descr_name(self), owner->tp_name, Py_TYPE(type)->tp_name);
        return NULL;
    }
    if (!PyType_IsSubtype((PyTypeObject *)type, owner)) {
        PyErr_Format(PyExc_TypeError, "descriptor '%s' for type '%s' doesn't apply to type '%s'",
                     descr_name(self), owner->tp_name, ((PyTypeObject *)type)->tp_name);
        return NULL;
    }
    return PyCFunction_New(((PyMethodDescrObject *)self)->d_method, type);
}

static PyObject *member_get(PyObject *self, PyObject *obj, PyObject *type)
{
    PyObject *res;
    if (descr_check(self, obj, &res))
        return res;
    return PyMember_GetOne((char *)obj, ((PyMemberDescrObject *)self)->d_member);
}

static PyObject *getset_get(PyObject *self, PyObject *obj, PyObject *type)
{
    PyObject *res;
    if (descr_check(self, obj, &res))
        return res;
    PyGetSetDef *def = ((PyGetSetDescrObject *)self)->d_getset;
    if (def->get != NULL)
        return def->get(obj, def->closure);
    PyErr_Format(PyExc_AttributeError, "attribute '%.300s' of '%.100s' objects is not readable",
                 descr_name(self), PyDescr_TYPE(self)->tp_name);
    return NULL;
}

static PyObject *wrapperdescr_get(PyObject *self, PyObject *obj, PyObject *type)
{
    PyObject *res;
    if (descr_check(self, obj, &res))
        return res;
    return PyWrapper_New(self, obj);
}

static int descr_setcheck(PyObject *descr, PyObject *obj)
{
    if (PyObject_TypeCheck(obj, PyDescr_TYPE(descr)))
        return 0;
    PyErr_Format(PyExc_TypeError,
                 "descriptor '%.200s' for '%.100s' objects doesn't apply to '%.100s' object",
                 descr_name(descr), PyDescr_TYPE(descr)->tp_name, Py_TYPE(obj)->tp_name);
    return -1;
}

static int member_set(PyObject *self, PyObject *obj, PyObject *value)
{
    if (descr_setcheck(self, obj) < 0)
        return -1;
    return PyMember_SetOne((char *)obj, ((PyMemberDescrObject *)self)->d_member, value);
}

static int getset_set(PyObject *self, PyObject *obj, PyObject *value)
{
    if (descr_setcheck(self, obj) < 0)
        return -1;
    PyGetSetDef *def = ((PyGetSetDescrObject *)self)->d_getset;
    if (def->set != NULL)
        return def->set(obj, value, def->closure);
    PyErr_Format(PyExc_AttributeError, "attribute '%.300s' of '%.100s' objects is not writable",
                 descr_name(self), PyDescr_TYPE(self)->tp_name);
    return -1;
}

/* Splits the first argument off and checks that it fits: borrowed, NULL with TypeError. */
static PyObject *checked_self(PyObject *descr, PyObject *args)
{
    if (PyTuple_GET_SIZE(args) < 1) {
        PyErr_Format(PyExc_TypeError, "descriptor '%.300s' of '%.100s' object needs an argument",
                     descr_name(descr), PyDescr_TYPE(descr)->tp_name);
        return NULL;
    }
    PyObject *self = PyTuple_GET_ITEM(args, 0);
    if (!_PyObject_RealIsSubclass((PyObject *)Py_TYPE(self), (PyObject *)PyDescr_TYPE(descr))) {
        PyErr_Format(PyExc_TypeError,
                     "descriptor '%.200s' requires a '%.100s' object but received a '%.100s'",
                     descr_name(descr), PyDescr_TYPE(descr)->tp_name, Py_TYPE(self)->tp_name);
        return NULL;
    }
    return self;
}

static PyObject *methoddescr_call(PyObject *descr, PyObject *args, PyObject *kwds)
{
    PyObject *self = checked_self(descr, args);
    if (self == NULL)
        return NULL;
    PyObject *rest = PyTuple_GetSlice(args, 1, PyTuple_GET_SIZE(args));
    if (rest == NULL)
        return NULL;
    PyObject *res = NULL;
    /* The bound method is called in its turn. */
    if (Py_EnterRecursiveCall(" while calling a Python object") == 0) {
        res = _PyMethodDef_Call(((PyMethodDescrObject *)descr)->d_method, self, rest, kwds);
        Py_LeaveRecursiveCall();
    }
    Py_DECREF(rest);
    return res;
}

static PyObject *classmethoddescr_call(PyObject *descr, PyObject *args, PyObject *kwds)
{
    PyTypeObject *owner = PyDescr_TYPE(descr);
    if (PyTuple_GET_SIZE(args) < 1) {
        PyErr_Format(PyExc_TypeError, "descriptor '%.300s' of '%.100s' object needs an argument",
                     descr_name(descr), owner->tp_name);
        return NULL;
    }
    PyObject *self = PyTuple_GET_ITEM(args, 0);
    if (!PyType_Check(self)) {
        PyErr_Format(PyExc_TypeError, "descriptor '%.300s' requires a type but received a '%.100s'",
                     descr_name(descr), Py_TYPE(self)->tp_name);
        return NULL;
    }
    if (!PyType_IsSubtype((PyTypeObject *)self, owner)) {
        PyErr_Format(PyExc_TypeError,
                     "descriptor '%.300s' requires a subtype of '%.100s' but received '%.100s",
                     descr_name(descr), owner->tp_name, ((PyTypeObject *)self)->tp_name);
        return NULL;
    }
    PyObject *rest = PyTuple_GetSlice(args, 1, PyTuple_GET_SIZE(args));
    if (rest == NULL)
        return NULL;
    PyObject *res = _PyMethodDef_Call(((PyMethodDescrObject *)descr)->d_method, self, rest, kwds);
    Py_DECREF(rest);
    return res;
}

/* One call of a slot wrapper; keywords only where the wrapper knows them. */
static PyObject *call_wrapper(PyWrapperDescrObject *descr, PyObject *self, PyObject *args,
                              PyObject *kwds)
{
    struct wrapperbase *base = descr->d_base;
    if (base->flags & PyWrapperFlag_KEYWORDS) {
        /* Of the wrappers with keywords, __init__ is the one at tp_init, the other calls. */
        if (base->offset == (int)offsetof(PyHeapTypeObject, ht_type.tp_init)) {
            initproc init = (initproc)descr->d_wrapped;
            if (init(self, args, kwds) < 0)
                return NULL;
            Py_RETURN_NONE;
        }
        return ((ternaryfunc)descr->d_wrapped)(self, args, kwds);
    }
    if (kwds != NULL && (!PyDict_Check(kwds) || PyDict_Size(kwds) != 0)) {
        PyErr_Format(PyExc_TypeError, "wrapper %s doesn't take keyword arguments", base->name);
        return NULL;
    }
    return base->wrapper(self, args, (void *)&descr->d_wrapped);
}

static PyObject *wrapperdescr_call(PyObject *d, PyObject *args, PyObject *kwds)
{
    PyWrapperDescrObject *descr = (PyWrapperDescrObject *)d;
    PyObject *self = checked_self(d, args);
    if (self == NULL)
        return NULL;
    PyObject *rest = PyTuple_GetSlice(args, 1, PyTuple_GET_SIZE(args));
    if (rest == NULL)
        return NULL;
    PyObject *res = NULL;
    if (Py_EnterRecursiveCall(" while calling a Python object") == 0) {
        res = call_wrapper(descr, self, rest, kwds);
        Py_LeaveRecursiveCall();
    }
    Py_DECREF(rest);
    return res;
}

/* -- Attributes -----------------------------------------------------------------------------------
 */

static PyObject *doc_or_none(const char *doc)
{
    if (doc == NULL)
        Py_RETURN_NONE;
    return PyString_FromString(doc);
}

static PyObject *method_get_doc(PyObject *d, void *closure)
{
    return doc_or_none(((PyMethodDescrObject *)d)->d_method->ml_doc);
}

static PyObject *member_get_doc(PyObject *d, void *closure)
{
    return doc_or_none(((PyMemberDescrObject *)d)->d_member->doc);
}

static PyObject *getset_get_doc(PyObject *d, void *closure)
{
    return doc_or_none(((PyGetSetDescrObject *)d)->d_getset->doc);
}

static PyObject *wrapperdescr_get_doc(PyObject *d, void *closure)
{
    return doc_or_none(((PyWrapperDescrObject *)d)->d_base->doc);
}

static PyMemberDef descr_members[] = {
    {"__objclass__", T_OBJECT, offsetof(PyDescrObject, d_type), READONLY, NULL},
    {"__name__", T_OBJECT, offsetof(PyDescrObject, d_name), READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyGetSetDef method_getset[] = {{"__doc__", method_get_doc, NULL, NULL, NULL},
                                      {NULL, NULL, NULL, NULL, NULL}};
static PyGetSetDef member_getset[] = {{"__doc__", member_get_doc, NULL, NULL, NULL},
                                      {NULL, NULL, NULL, NULL, NULL}};
static PyGetSetDef getset_getset[] = {{"__doc__", getset_get_doc, NULL, NULL, NULL},
                                      {NULL, NULL, NULL, NULL, NULL}};
static PyGetSetDef wrapperdescr_getset[] = {{"__doc__", wrapperdescr_get_doc, NULL, NULL, NULL},
                                            {NULL, NULL, NULL, NULL, NULL}};

static int descr_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(PyDescr_TYPE(self));
    return 0;
}

#define DESCR_TYPE_COMMON                                                                          \
    .tp_dealloc = descr_dealloc, .tp_getattro = PyObject_GenericGetAttr,                           \
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, .tp_traverse = descr_traverse,            \
    .tp_members = descr_members

PyTypeObject PyMethodDescr_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "method_descriptor",
    .tp_basicsize = sizeof(PyMethodDescrObject),
    .tp_x64_basicsize = 40,
    .tp_repr = method_repr,
    .tp_call = methoddescr_call,
    .tp_getset = method_getset,
    .tp_descr_get = method_get,
    DESCR_TYPE_COMMON,
};

PyTypeObject PyClassMethodDescr_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "classmethod_descriptor",
    .tp_basicsize = sizeof(PyMethodDescrObject),
    .tp_x64_basicsize = 40,
    .tp_repr = method_repr,
    .tp_call = classmethoddescr_call,
    .tp_getset = method_getset,
    .tp_descr_get = classmethod_get,
    DESCR_TYPE_COMMON,
};

PyTypeObject PyMemberDescr_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "member_descriptor",
    .tp_basicsize = sizeof(PyMemberDescrObject),
    .tp_x64_basicsize = 40,
    .tp_repr = member_repr,
    .tp_getset = member_getset,
    .tp_descr_get = member_get,
    .tp_descr_set = member_set,
    DESCR_TYPE_COMMON,
};

PyTypeObject PyGetSetDescr_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "getset_descriptor",
    .tp_basicsize = sizeof(PyGetSetDescrObject),
    .tp_x64_basicsize = 40,
    .tp_repr = getset_repr,
    .tp_getset = getset_getset,
    .tp_descr_get = getset_get,
    .tp_descr_set = getset_set,
    DESCR_TYPE_COMMON,
};

PyTypeObject PyWrapperDescr_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "wrapper_descriptor",
    .tp_basicsize = sizeof(PyWrapperDescrObject),
    .tp_x64_basicsize = 48,
    .tp_repr = wrapperdescr_repr,
    .tp_call = wrapperdescr_call,
    .tp_getset = wrapperdescr_getset,
    .tp_descr_get = wrapperdescr_get,
    DESCR_TYPE_COMMON,
};

/* -- Making them ----------------------------------------------------------------------------------
 */

static void *descr_new(PyTypeObject *descrtype, PyTypeObject *type, const char *name)
{
    PyDescrObject *descr = (PyDescrObject *)PyType_GenericAlloc(descrtype, 0);
    if (descr == NULL)
        return NULL;
    Py_XINCREF(type);
    descr->d_type = type;
    descr->d_name = PyString_InternFromString(name);
    if (descr->d_name == NULL)
        Py_CLEAR(descr);
    return descr;
}

PyObject *PyDescr_NewMethod(PyTypeObject *type, PyMethodDef *method)
{
    PyMethodDescrObject *descr = descr_new(&PyMethodDescr_Type, type, method->ml_name);
    if (descr != NULL)
        descr->d_method = method;
    return (PyObject *)descr;
}

PyObject *PyDescr_NewClassMethod(PyTypeObject *type, PyMethodDef *method)
{
    PyMethodDescrObject *descr = descr_new(&PyClassMethodDescr_Type, type, method->ml_name);
    if (descr != NULL)
        descr->d_method = method;
    return (PyObject *)descr;
}

PyObject *PyDescr_NewMember(PyTypeObject *type, PyMemberDef *member)
{
    PyMemberDescrObject *descr = descr_new(&PyMemberDescr_Type, type, member->name);
    if (descr != NULL)
        descr->d_member = member;
    return (PyObject *)descr;
}

PyObject *PyDescr_NewGetSet(PyTypeObject *type, PyGetSetDef *getset)
{
    PyGetSetDescrObject *descr = descr_new(&PyGetSetDescr_Type, type, getset->name);
    if (descr != NULL)
        descr->d_getset = getset;
    return (PyObject *)descr;
}

PyObject *PyDescr_NewWrapper(PyTypeObject *type, struct wrapperbase *base, void (*wrapped)(void))
{
    PyWrapperDescrObject *descr = descr_new(&PyWrapperDescr_Type, type, base->name);
    if (descr != NULL) {
        descr->d_base = base;
        descr->d_wrapped = wrapped;
    }
    return (PyObject *)descr;
}

/* -- method-wrapper: a slot wrapper bound to an object
 * --------------------------------------------- */

typedef struct {
    PyObject_HEAD PyWrapperDescrObject *descr;
    PyObject *self;
} wrapperobject;

static void wrapper_dealloc(PyObject *op)
{
    wrapperobject *wp = (wrapperobject *)op;
    PyObject_GC_UnTrack(op);
    Py_TRASHCAN_SAFE_BEGIN(wp) Py_XDECREF(wp->descr);
    Py_XDECREF(wp->self);
    PyObject_GC_Del(wp);
    Py_TRASHCAN_SAFE_END(wp)
}

static int wrapper_traverse(PyObject *op, visitproc visit, void *arg)
{
    wrapperobject *wp = (wrapperobject *)op;
    Py_VISIT(wp->descr);
    Py_VISIT(wp->self);
    return 0;
}

static int wrapper_compare(PyObject *x, PyObject *y)
{
    wrapperobject *a = (wrapperobject *)x, *b = (wrapperobject *)y;
    if (a->descr == b->descr)
        return PyObject_Compare(a->self, b->self);
    return (uintptr_t)a->descr < (uintptr_t)b->descr ? -1 : 1;
}

static py_long wrapper_hash(PyObject *op)
{
    wrapperobject *wp = (wrapperobject *)op;
    py_long x = _Py_HashPointer(wp->descr);
    py_long y = PyObject_Hash(wp->self);
    if (y == -1)
        return -1;
    x ^= y;
    return x == -1 ? -2 : x;
}

static PyObject *wrapper_repr(PyObject *op)
{
    wrapperobject *wp = (wrapperobject *)op;
    return PyString_FromFormat("<method-wrapper '%s' of %s object at %p>", wp->descr->d_base->name,
                               Py_TYPE(wp->self)->tp_name, (void *)wp->self);
}

static PyObject *wrapper_objclass(PyObject *op, void *closure)
{
    PyObject *c = (PyObject *)PyDescr_TYPE(((wrapperobject *)op)->descr);
    Py_INCREF(c);
    return c;
}

static PyObject *wrapper_name(PyObject *op, void *closure)
{
    return PyString_FromString(((wrapperobject *)op)->descr->d_base->name);
}

static PyObject *wrapper_doc(PyObject *op, void *closure)
{
    return doc_or_none(((wrapperobject *)op)->descr->d_base->doc);
}

static PyObject *wrapper_call(PyObject *op, PyObject *args, PyObject *kwds)
{
    wrapperobject *wp = (wrapperobject *)op;
    return call_wrapper(wp->descr, wp->self, args, kwds);
}

static PyMemberDef wrapper_members[] = {
    {"__self__", T_OBJECT, offsetof(wrapperobject, self), READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyGetSetDef wrapper_getsets[] = {
    {"__objclass__", wrapper_objclass, NULL, NULL, NULL},
    {"__name__", wrapper_name, NULL, NULL, NULL},
    {"__doc__", wrapper_doc, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

PyTypeObject PyMethodWrapper_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "method-wrapper",
    .tp_basicsize = sizeof(wrapperobject),
    .tp_x64_basicsize = 32,
    .tp_dealloc = wrapper_dealloc,
    .tp_compare = wrapper_compare,
    .tp_repr = wrapper_repr,
    .tp_hash = wrapper_hash,
    .tp_call = wrapper_call,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = wrapper_traverse,
    .tp_members = wrapper_members,
    .tp_getset = wrapper_getsets,
};

PyObject *_PyWrapper_Self(PyObject *op, void (**wrapped)(void))
{
    *wrapped = ((wrapperobject *)op)->descr->d_wrapped;
    return ((wrapperobject *)op)->self;
}

PyObject *PyWrapper_New(PyObject *d, PyObject *self)
{
    wrapperobject *wp = PyObject_GC_New(wrapperobject, &PyMethodWrapper_Type);
    if (wp == NULL)
        return NULL;
    Py_INCREF(d);
    wp->descr = (PyWrapperDescrObject *)d;
    Py_INCREF(self);
    wp->self = self;
    _PyObject_GC_TRACK(wp);
    return (PyObject *)wp;
}

/* -- dictproxy: a class's dict, read only
 * ---------------------------------------------------------- */

typedef struct {
    PyObject_HEAD PyObject *dict;
} proxyobject;

#define PROXIED(op) (((proxyobject *)(op))->dict)

static Py_ssize_t proxy_len(PyObject *op)
{
    return PyObject_Size(PROXIED(op));
}

static PyObject *proxy_getitem(PyObject *op, PyObject *key)
{
    return PyObject_GetItem(PROXIED(op), key);
}

static PyMappingMethods proxy_as_mapping = {.mp_length = proxy_len, .mp_subscript = proxy_getitem};

static int proxy_contains(PyObject *op, PyObject *key)
{
    return PyDict_Contains(PROXIED(op), key);
}

static PySequenceMethods proxy_as_sequence = {.sq_contains = proxy_contains};

static PyObject *proxy_has_key(PyObject *op, PyObject *key)
{
    int res = PyDict_Contains(PROXIED(op), key);
    return res < 0 ? NULL : PyBool_FromLong(res);
}

static PyObject *proxy_get(PyObject *op, PyObject *args)
{
    PyObject *key, *def = Py_None;
    if (!PyArg_UnpackTuple(args, "get", 1, 2, &key, &def))
        return NULL;
    return PyObject_CallMethod(PROXIED(op), "get", "(OO)", key, def);
}

#define PROXY_FORWARD(name)                                                                        \
    static PyObject *proxy_##name(PyObject *op, PyObject *args)                                    \
    {                                                                                              \
        return PyObject_CallMethod(PROXIED(op), #name, NULL);                                      \
    }
PROXY_FORWARD(keys)
PROXY_FORWARD(values)
PROXY_FORWARD(items)
PROXY_FORWARD(iterkeys)
PROXY_FORWARD(itervalues)
PROXY_FORWARD(iteritems)
PROXY_FORWARD(copy)

static PyMethodDef proxy_methods[] = {
    {"has_key", proxy_has_key, METH_O, "D.has_key(k) -> True if D has a key k, else False"},
    {"get", proxy_get, METH_VARARGS,
     "D.get(k[,d]) -> D[k] if D.has_key(k), else d.  d defaults to None."},
    {"keys", proxy_keys, METH_NOARGS, "D.keys() -> list of D's keys"},
    {"values", proxy_values, METH_NOARGS, "D.values() -> list of D's values"},
    {"items", proxy_items, METH_NOARGS, "D.items() -> list of D's (key, value) pairs, as 2-tuples"},
    {"iterkeys", proxy_iterkeys, METH_NOARGS, "D.iterkeys() -> an iterator over the keys of D"},
    {"itervalues", proxy_itervalues, METH_NOARGS,
     "D.itervalues() -> an iterator over the values of D"},
    {"iteritems", proxy_iteritems, METH_NOARGS,
     "D.iteritems() -> an iterator over the (key, value) items of D"},
    {"copy", proxy_copy, METH_NOARGS, "D.copy() -> a shallow copy of D"},
    {NULL, NULL, 0, NULL},
};

static void proxy_dealloc(PyObject *op)
{
    _PyObject_GC_UNTRACK(op);
    Py_DECREF(PROXIED(op));
    PyObject_GC_Del(op);
}

static PyObject *proxy_getiter(PyObject *op)
{
    return PyObject_GetIter(PROXIED(op));
}

static PyObject *proxy_repr(PyObject *op)
{
    PyObject *dictrepr = PyObject_Repr(PROXIED(op));
    if (dictrepr == NULL)
        return NULL;
    PyObject *res = PyString_FromFormat("dict_proxy(%s)", PyString_AS_STRING(dictrepr));
    Py_DECREF(dictrepr);
    return res;
}

static PyObject *proxy_str(PyObject *op)
{
    return PyObject_Str(PROXIED(op));
}

static int proxy_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(PROXIED(op));
    return 0;
}

static int proxy_compare(PyObject *v, PyObject *w)
{
    return PyObject_Compare(PROXIED(v), w);
}

static PyObject *proxy_richcompare(PyObject *v, PyObject *w, int op)
{
    return PyObject_RichCompare(PROXIED(v), w, op);
}

PyTypeObject PyDictProxy_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "dictproxy",
    .tp_basicsize = sizeof(proxyobject),
    .tp_x64_basicsize = 24,
    .tp_dealloc = proxy_dealloc,
    .tp_compare = proxy_compare,
    .tp_repr = proxy_repr,
    .tp_as_sequence = &proxy_as_sequence,
    .tp_as_mapping = &proxy_as_mapping,
    .tp_str = proxy_str,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = proxy_traverse,
    .tp_richcompare = proxy_richcompare,
    .tp_iter = proxy_getiter,
    .tp_methods = proxy_methods,
};

PyObject *PyDictProxy_New(PyObject *dict)
{
    proxyobject *pp = PyObject_GC_New(proxyobject, &PyDictProxy_Type);
    if (pp == NULL)
        return NULL;
    Py_INCREF(dict);
    pp->dict = dict;
    _PyObject_GC_TRACK(pp);
    return (PyObject *)pp;
}
