/* SPDX-License-Identifier: MIT */
/* property: functions behind an attribute. The eval loop reads the layout (descrobject.h) to call a
 * getter without nesting; the slots here are the nested way. */
#include "Python.h"

static PyMemberDef property_members[] = {
    {"fget", T_OBJECT, offsetof(propertyobject, prop_get), READONLY, NULL},
    {"fset", T_OBJECT, offsetof(propertyobject, prop_set), READONLY, NULL},
    {"fdel", T_OBJECT, offsetof(propertyobject, prop_del), READONLY, NULL},
    {"__doc__", T_OBJECT, offsetof(propertyobject, prop_doc), READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};

/* A property of the same class with one function replaced; NULL or None keeps the old one. */
static PyObject *property_copy(PyObject *old, PyObject *get, PyObject *set, PyObject *del)
{
    propertyobject *pold = (propertyobject *)old;
    if (get == NULL || get == Py_None)
        get = pold->prop_get ? pold->prop_get : Py_None;
    if (set == NULL || set == Py_None)
        set = pold->prop_set ? pold->prop_set : Py_None;
    if (del == NULL || del == Py_None)
        del = pold->prop_del ? pold->prop_del : Py_None;
    /* A doc that came from the getter is taken from the new getter again. */
    PyObject *doc = pold->getter_doc && get != Py_None ? Py_None
                    : pold->prop_doc                   ? pold->prop_doc
                                                       : Py_None;
    return PyObject_CallFunctionObjArgs((PyObject *)Py_TYPE(old), get, set, del, doc, NULL);
}

static PyObject *property_getter(PyObject *self, PyObject *f)
{
    return property_copy(self, f, NULL, NULL);
}

static PyObject *property_setter(PyObject *self, PyObject *f)
{
    return property_copy(self, NULL, f, NULL);
}

static PyObject *property_deleter(PyObject *self, PyObject *f)
{
    return property_copy(self, NULL, NULL, f);
}

static PyMethodDef property_methods[] = {
    {"getter", property_getter, METH_O, "Descriptor to change the getter on a property."},
    {"setter", property_setter, METH_O, "Descriptor to change the setter on a property."},
    {"deleter", property_deleter, METH_O, "Descriptor to change the deleter on a property."},
    {NULL, NULL, 0, NULL},
};

static void property_dealloc(PyObject *self)
{
    propertyobject *gs = (propertyobject *)self;
    PyObject_GC_UnTrack(self);
    Py_TRASHCAN_SAFE_BEGIN(self) Py_XDECREF(gs->prop_get);
    Py_XDECREF(gs->prop_set);
    Py_XDECREF(gs->prop_del);
    Py_XDECREF(gs->prop_doc);
    Py_TYPE(self)->tp_free(self);
    Py_TRASHCAN_SAFE_END(self)
}

static PyObject *property_descr_get(PyObject *self, PyObject *obj, PyObject *type)
{
    propertyobject *gs = (propertyobject *)self;
    if (obj == NULL || obj == Py_None) {
        Py_INCREF(self);
        return self;
    }
    if (gs->prop_get == NULL) {
        PyErr_SetString(PyExc_AttributeError, "unreadable attribute");
        return NULL;
    }
    return PyObject_CallFunctionObjArgs(gs->prop_get, obj, NULL);
}

static int property_descr_set(PyObject *self, PyObject *obj, PyObject *value)
{
    propertyobject *gs = (propertyobject *)self;
    PyObject *func = value == NULL ? gs->prop_del : gs->prop_set;
    if (func == NULL) {
        PyErr_SetString(PyExc_AttributeError,
                        value == NULL ? "can't delete attribute" : "can't set attribute");
        return -1;
    }
    PyObject *res = PyObject_CallFunctionObjArgs(func, obj, value, NULL);
    if (res == NULL)
        return -1;
    Py_DECREF(res);
    return 0;
}

/* The getter's doc string becomes the property's. In a subclass the slot in the type's dict would
 * hide it, so there it is set as an instance attribute. */
static int take_getter_doc(PyObject *self, PyObject *get)
{
    propertyobject *prop = (propertyobject *)self;
    PyObject *doc = PyObject_GetAttrString(get, "__doc__");
    if (doc == NULL) {
        if (!PyErr_ExceptionMatches(PyExc_Exception))
            return -1;
        PyErr_Clear();
        return 0;
    }
    if (Py_TYPE(self) == &PyProperty_Type) {
        Py_XSETREF(prop->prop_doc, doc);
    } else {
        int err = PyObject_SetAttrString(self, "__doc__", doc);
        Py_DECREF(doc);
        if (err < 0)
            return -1;
    }
    prop->getter_doc = 1;
    return 0;
}

static int property_init(PyObject *self, PyObject *args, PyObject *kwds)
{
    static char *kwlist[] = {"fget", "fset", "fdel", "doc", NULL};
    PyObject *get = NULL, *set = NULL, *del = NULL, *doc = NULL;
    propertyobject *prop = (propertyobject *)self;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|OOOO:property", kwlist, &get, &set, &del, &doc))
        return -1;
    if (get == Py_None)
        get = NULL;
    if (set == Py_None)
        set = NULL;
    if (del == Py_None)
        del = NULL;
    Py_XINCREF(get);
    Py_XINCREF(set);
    Py_XINCREF(del);
    Py_XINCREF(doc);
    Py_XSETREF(prop->prop_get, get);
    Py_XSETREF(prop->prop_set, set);
    Py_XSETREF(prop->prop_del, del);
    Py_XSETREF(prop->prop_doc, doc);
    prop->getter_doc = 0;
    if ((doc == NULL || doc == Py_None) && get != NULL)
        return take_getter_doc(self, get);
    return 0;
}

static int property_traverse(PyObject *self, visitproc visit, void *arg)
{
    propertyobject *pp = (propertyobject *)self;
    Py_VISIT(pp->prop_get);
    Py_VISIT(pp->prop_set);
    Py_VISIT(pp->prop_del);
    Py_VISIT(pp->prop_doc);
    return 0;
}

static int property_clear(PyObject *self)
{
    propertyobject *pp = (propertyobject *)self;
    Py_CLEAR(pp->prop_get);
    Py_CLEAR(pp->prop_set);
    Py_CLEAR(pp->prop_del);
    Py_CLEAR(pp->prop_doc);
    return 0;
}

PyTypeObject PyProperty_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "property",
    .tp_basicsize = sizeof(propertyobject),
    .tp_x64_basicsize = 56,
    .tp_dealloc = property_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .tp_doc = "property(fget=None, fset=None, fdel=None, doc=None) -> property attribute\n\n"
              "fget is a function to be used for getting an attribute value, and likewise\n"
              "fset is a function for setting, and fdel a function for deleting, an\n"
              "attribute. As a decorator it makes a read-only attribute of a method:\n\n"
              "class C(object):\n"
              "    @property\n"
              "    def x(self):\n"
              "        return self._x\n"
              "    @x.setter\n"
              "    def x(self, value):\n"
              "        self._x = value\n",
    .tp_traverse = property_traverse,
    .tp_clear = property_clear,
    .tp_methods = property_methods,
    .tp_members = property_members,
    .tp_descr_get = property_descr_get,
    .tp_descr_set = property_descr_set,
    .tp_init = property_init,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = PyType_GenericNew,
    .tp_free = PyObject_GC_Del,
};
