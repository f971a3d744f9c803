/* SPDX-License-Identifier: MIT */
/* super: attribute lookup that starts after a given class in the MRO of an object's class. */
#include "Python.h"

typedef struct {
    PyObject_HEAD PyTypeObject *type;
    PyObject *obj;          /* NULL while unbound */
    PyTypeObject *obj_type; /* whose MRO is searched */
} superobject;

static PyMemberDef super_members[] = {
    {"__thisclass__", T_OBJECT, offsetof(superobject, type), READONLY,
     "the class invoking super()"},
    {"__self__", T_OBJECT, offsetof(superobject, obj), READONLY,
     "the instance invoking super(); may be None"},
    {"__self_class__", T_OBJECT, offsetof(superobject, obj_type), READONLY,
     "the type of the instance invoking super(); may be None"},
    {NULL, 0, 0, 0, NULL},
};

static void super_dealloc(PyObject *self)
{
    superobject *su = (superobject *)self;
    _PyObject_GC_UNTRACK(self);
    Py_XDECREF(su->obj);
    Py_XDECREF(su->type);
    Py_XDECREF(su->obj_type);
    Py_TYPE(self)->tp_free(self);
}

static PyObject *super_repr(PyObject *self)
{
    superobject *su = (superobject *)self;
    const char *name = su->type ? su->type->tp_name : "NULL";
    if (su->obj_type)
        return PyString_FromFormat("<super: <class '%s'>, <%s object>>", name,
                                   su->obj_type->tp_name);
    return PyString_FromFormat("<super: <class '%s'>, NULL>", name);
}

static PyObject *super_getattro(PyObject *self, PyObject *name)
{
    superobject *su = (superobject *)self;
    /* __class__ is that of the super object itself. */
    if (su->obj_type == NULL || !PyString_Check(name) ||
        strcmp(PyString_AS_STRING(name), "__class__") == 0)
        return PyObject_GenericGetAttr(self, name);
    PyTypeObject *starttype = su->obj_type;
    PyObject *mro = starttype->tp_mro, *res = NULL;
    Py_ssize_t i, n = mro == NULL ? 0 : PyTuple_GET_SIZE(mro);
    for (i = 0; i < n; i++) {
        if (PyTuple_GET_ITEM(mro, i) == (PyObject *)su->type)
            break;
    }
    if (i + 1 >= n)
        return PyObject_GenericGetAttr(self, name);
    Py_INCREF(mro);
    for (i++; i < n; i++) {
        PyObject *cls = PyTuple_GET_ITEM(mro, i), *dict;
        if (PyType_Check(cls))
            dict = ((PyTypeObject *)cls)->tp_dict;
        else if (PyClass_Check(cls))
            dict = ((PyClassObject *)cls)->cl_dict;
        else
            continue;
        res = dict == NULL ? NULL : PyDict_GetItem(dict, name);
        if (res != NULL)
            break;
    }
    if (res == NULL) {
        Py_DECREF(mro);
        return PyObject_GenericGetAttr(self, name);
    }
    Py_INCREF(res);
    Py_DECREF(mro);
    descrgetfunc get = Py_TYPE(res)->tp_descr_get;
    if (get != NULL) {
        /* With super(C, C) the class itself stands for the object. */
        PyObject *bound =
            get(res, su->obj == (PyObject *)starttype ? NULL : su->obj, (PyObject *)starttype);
        Py_DECREF(res);
        res = bound;
    }
    return res;
}

/* The class whose MRO is to be searched: obj's own, obj itself when it is a class, or what its
 * __class__ says (proxies). New reference. */
static PyTypeObject *super_check(PyTypeObject *type, PyObject *obj)
{
    static PyObject *class_str;
    if (PyType_Check(obj) && PyType_IsSubtype((PyTypeObject *)obj, type)) {
        Py_INCREF(obj);
        return (PyTypeObject *)obj;
    }
    if (PyType_IsSubtype(Py_TYPE(obj), type)) {
        Py_INCREF(Py_TYPE(obj));
        return Py_TYPE(obj);
    }
    if (class_str == NULL && (class_str = PyString_InternFromString("__class__")) == NULL)
        return NULL;
    PyObject *cls = PyObject_GetAttr(obj, class_str);
    if (cls != NULL && PyType_Check(cls) && (PyTypeObject *)cls != Py_TYPE(obj) &&
        PyType_IsSubtype((PyTypeObject *)cls, type))
        return (PyTypeObject *)cls;
    if (cls == NULL)
        PyErr_Clear();
    else
        Py_DECREF(cls);
    PyErr_SetString(PyExc_TypeError,
                    "super(type, obj): obj must be an instance or subtype of type");
    return NULL;
}

static PyObject *super_descr_get(PyObject *self, PyObject *obj, PyObject *type)
{
    superobject *su = (superobject *)self;
    if (obj == NULL || obj == Py_None || su->obj != NULL) {
        Py_INCREF(self);
        return self;
    }
    if (Py_TYPE(su) != &PySuper_Type)
        return PyObject_CallFunctionObjArgs((PyObject *)Py_TYPE(su), (PyObject *)su->type, obj,
                                            NULL);
    PyTypeObject *obj_type = super_check(su->type, obj);
    if (obj_type == NULL)
        return NULL;
    superobject *bound = (superobject *)PySuper_Type.tp_new(&PySuper_Type, NULL, NULL);
    if (bound == NULL) {
        Py_DECREF(obj_type);
        return NULL;
    }
    Py_INCREF(su->type);
    Py_INCREF(obj);
    bound->type = su->type;
    bound->obj = obj;
    bound->obj_type = obj_type;
    return (PyObject *)bound;
}

static int super_init(PyObject *self, PyObject *args, PyObject *kwds)
{
    superobject *su = (superobject *)self;
    PyTypeObject *type, *obj_type = NULL;
    PyObject *obj = NULL;
    if (!_PyArg_NoKeywords("super", kwds) ||
        !PyArg_ParseTuple(args, "O!|O:super", &PyType_Type, &type, &obj))
        return -1;
    if (obj == Py_None)
        obj = NULL;
    if (obj != NULL) {
        obj_type = super_check(type, obj);
        if (obj_type == NULL)
            return -1;
        Py_INCREF(obj);
    }
    Py_INCREF(type);
    Py_XSETREF(su->type, type);
    Py_XSETREF(su->obj, obj);
    Py_XSETREF(su->obj_type, obj_type);
    return 0;
}

static int super_traverse(PyObject *self, visitproc visit, void *arg)
{
    superobject *su = (superobject *)self;
    Py_VISIT(su->obj);
    Py_VISIT(su->type);
    Py_VISIT(su->obj_type);
    return 0;
}

PyTypeObject PySuper_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "super",
    .tp_basicsize = sizeof(superobject),
    .tp_x64_basicsize = 40,
    .tp_dealloc = super_dealloc,
    .tp_repr = super_repr,
    .tp_getattro = super_getattro,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .tp_doc = "super(type, obj) -> bound super object; requires isinstance(obj, type)\n"
              "super(type) -> unbound super object\n"
              "super(type, type2) -> bound super object; requires issubclass(type2, type)\n"
              "Finds the next definition of a method along the order of classes:\n"
              "class C(B):\n"
              "    def meth(self, arg):\n"
              "        super(C, self).meth(arg)",
    .tp_traverse = super_traverse,
    .tp_members = super_members,
    .tp_descr_get = super_descr_get,
    .tp_init = super_init,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = PyType_GenericNew,
    .tp_free = PyObject_GC_Del,
};
