/* SPDX-License-Identifier: MIT */
/* Classic classes. Invariant: cl_getattr, cl_setattr and cl_delattr cache what a lookup of the
 * hooks through the bases gives at the time the class is made or the attribute is set on it. */
#include "Python.h"

#define CLASS(op) ((PyClassObject *)(op))

static PyObject *getattr_str, *setattr_str, *delattr_str;

static int init_hook_names(void)
{
    if (getattr_str != NULL)
        return 0;
    if ((setattr_str = PyString_InternFromString("__setattr__")) == NULL ||
        (delattr_str = PyString_InternFromString("__delattr__")) == NULL ||
        (getattr_str = PyString_InternFromString("__getattr__")) == NULL)
        return -1;
    return 0;
}

PyObject *_PyClass_Lookup(PyClassObject *cp, PyObject *name, PyClassObject **pclass)
{
    for (;;) {
        PyObject *value = PyDict_GetItem(cp->cl_dict, name);
        if (value != NULL) {
            *pclass = cp;
            return value;
        }
        Py_ssize_t n = PyTuple_GET_SIZE(cp->cl_bases);
        if (n == 0)
            return NULL;
        for (Py_ssize_t i = 0; i < n - 1; i++) {
            value = _PyClass_Lookup(CLASS(PyTuple_GET_ITEM(cp->cl_bases, i)), name, pclass);
            if (value != NULL)
                return value;
        }
        /* The last base by the loop: a long chain of classes takes no stack. */
        cp = CLASS(PyTuple_GET_ITEM(cp->cl_bases, n - 1));
    }
}

static void set_hook(PyObject **slot, PyObject *value)
{
    Py_XINCREF(value);
    Py_XSETREF(*slot, value);
}

static void lookup_hooks(PyClassObject *cp)
{
    PyClassObject *dummy;
    set_hook(&cp->cl_getattr, _PyClass_Lookup(cp, getattr_str, &dummy));
    set_hook(&cp->cl_setattr, _PyClass_Lookup(cp, setattr_str, &dummy));
    set_hook(&cp->cl_delattr, _PyClass_Lookup(cp, delattr_str, &dummy));
}

/* -- Creation -------------------------------------------------------------------------------------
 */

/* __doc__ and __module__ where the body did not set them. */
static int complete_dict(PyObject *dict)
{
    if (PyDict_GetItemString(dict, "__doc__") == NULL &&
        PyDict_SetItemString(dict, "__doc__", Py_None) < 0)
        return -1;
    if (PyDict_GetItemString(dict, "__module__") != NULL)
        return 0;
    PyObject *globals = _PyHooks.get_globals == NULL ? NULL : _PyHooks.get_globals();
    if (globals == NULL || !PyDict_Check(globals))
        return 0;
    PyObject *modname = PyDict_GetItemString(globals, "__name__");
    return modname == NULL ? 0 : PyDict_SetItemString(dict, "__module__", modname);
}

PyObject *PyClass_New(PyObject *bases, PyObject *dict, PyObject *name)
{
    if (init_hook_names() < 0)
        return NULL;
    if (name == NULL || !PyString_Check(name)) {
        PyErr_SetString(PyExc_TypeError, "PyClass_New: name must be a string");
        return NULL;
    }
    if (dict == NULL || !PyDict_Check(dict)) {
        PyErr_SetString(PyExc_TypeError, "PyClass_New: dict must be a dictionary");
        return NULL;
    }
    if (complete_dict(dict) < 0)
        return NULL;
    if (bases == NULL) {
        bases = PyTuple_New(0);
        if (bases == NULL)
            return NULL;
    } else {
        if (!PyTuple_Check(bases)) {
            PyErr_SetString(PyExc_TypeError, "PyClass_New: bases must be a tuple");
            return NULL;
        }
        for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(bases); i++) {
            PyObject *base = PyTuple_GET_ITEM(bases, i);
            if (PyClass_Check(base))
                continue;
            /* A base of another kind: what made it shall make this class too. */
            if (PyCallable_Check((PyObject *)Py_TYPE(base)))
                return PyObject_CallFunctionObjArgs((PyObject *)Py_TYPE(base), name, bases, dict,
                                                    NULL);
            PyErr_SetString(PyExc_TypeError, "PyClass_New: base must be a class");
            return NULL;
        }
        Py_INCREF(bases);
    }
    PyClassObject *op = PyObject_GC_New(PyClassObject, &PyClass_Type);
    if (op == NULL) {
        Py_DECREF(bases);
        return NULL;
    }
    op->cl_bases = bases;
    Py_INCREF(dict);
    op->cl_dict = dict;
    Py_INCREF(name);
    op->cl_name = name;
    op->cl_weakreflist = NULL;
    op->cl_getattr = op->cl_setattr = op->cl_delattr = NULL;
    lookup_hooks(op);
    _PyObject_GC_TRACK(op);
    return (PyObject *)op;
}

static PyObject *class_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *kwlist[] = {"name", "bases", "dict", NULL};
    PyObject *name, *bases, *dict;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "SOO", kwlist, &name, &bases, &dict))
        return NULL;
    return PyClass_New(bases, dict, name);
}

static void class_dealloc(PyObject *self)
{
    PyClassObject *op = CLASS(self);
    _PyObject_GC_UNTRACK(self);
    if (op->cl_weakreflist != NULL)
        PyObject_ClearWeakRefs(self);
    Py_DECREF(op->cl_bases);
    Py_DECREF(op->cl_dict);
    Py_XDECREF(op->cl_name);
    Py_XDECREF(op->cl_getattr);
    Py_XDECREF(op->cl_setattr);
    Py_XDECREF(op->cl_delattr);
    PyObject_GC_Del(op);
}

/* -- Attributes -----------------------------------------------------------------------------------
 */

static PyObject *new_reference(PyObject *v)
{
    if (v == NULL)
        v = Py_None;
    Py_INCREF(v);
    return v;
}

static PyObject *class_getattr(PyObject *self, PyObject *name)
{
    PyClassObject *op = CLASS(self), *owner;
    if (!PyString_Check(name)) {
        PyErr_SetString(PyExc_TypeError, "attribute name must be a string");
        return NULL;
    }
    const char *s = PyString_AS_STRING(name);
    if (s[0] == '_' && s[1] == '_') {
        if (strcmp(s, "__dict__") == 0)
            return new_reference(op->cl_dict);
        if (strcmp(s, "__bases__") == 0)
            return new_reference(op->cl_bases);
        if (strcmp(s, "__name__") == 0)
            return new_reference(op->cl_name);
    }
    PyObject *v = _PyClass_Lookup(op, name, &owner);
    if (v == NULL) {
        PyErr_Format(PyExc_AttributeError, "class %.50s has no attribute '%.400s'",
                     PyString_AS_STRING(op->cl_name), s);
        return NULL;
    }
    descrgetfunc f = Py_TYPE(v)->tp_descr_get;
    return f == NULL ? new_reference(v) : f(v, NULL, self);
}

/* The setters of special names answer NULL, or what is wrong with the value. */
static const char *set_dict(PyClassObject *c, PyObject *v)
{
    if (v == NULL || !PyDict_Check(v))
        return "__dict__ must be a dictionary object";
    Py_INCREF(v);
    Py_XSETREF(c->cl_dict, v);
    lookup_hooks(c);
    return NULL;
}

static const char *set_bases(PyClassObject *c, PyObject *v)
{
    if (v == NULL || !PyTuple_Check(v))
        return "__bases__ must be a tuple object";
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(v); i++) {
        PyObject *x = PyTuple_GET_ITEM(v, i);
        if (!PyClass_Check(x))
            return "__bases__ items must be classes";
        if (PyClass_IsSubclass(x, (PyObject *)c))
            return "a __bases__ item causes an inheritance cycle";
    }
    Py_INCREF(v);
    Py_XSETREF(c->cl_bases, v);
    lookup_hooks(c);
    return NULL;
}

static const char *set_name(PyClassObject *c, PyObject *v)
{
    if (v == NULL || !PyString_Check(v))
        return "__name__ must be a string object";
    if (strlen(PyString_AS_STRING(v)) != (size_t)PyString_GET_SIZE(v))
        return "__name__ must not contain null bytes";
    Py_INCREF(v);
    Py_XSETREF(c->cl_name, v);
    return NULL;
}

static int class_setattr(PyObject *self, PyObject *name, PyObject *v)
{
    PyClassObject *op = CLASS(self);
    const char *s = PyString_AS_STRING(name);
    Py_ssize_t n = PyString_GET_SIZE(name);
    if (s[0] == '_' && s[1] == '_' && n > 4 && s[n - 1] == '_' && s[n - 2] == '_') {
        const char *err = NULL;
        int special = 1;
        if (strcmp(s, "__dict__") == 0)
            err = set_dict(op, v);
        else if (strcmp(s, "__bases__") == 0)
            err = set_bases(op, v);
        else if (strcmp(s, "__name__") == 0)
            err = set_name(op, v);
        else
            special = 0;
        if (special) {
            if (err == NULL)
                return 0;
            PyErr_SetString(PyExc_TypeError, err);
            return -1;
        }
        if (strcmp(s, "__getattr__") == 0)
            set_hook(&op->cl_getattr, v);
        else if (strcmp(s, "__setattr__") == 0)
            set_hook(&op->cl_setattr, v);
        else if (strcmp(s, "__delattr__") == 0)
            set_hook(&op->cl_delattr, v);
    }
    if (v != NULL)
        return PyDict_SetItem(op->cl_dict, name, v);
    int rv = PyDict_DelItem(op->cl_dict, name);
    if (rv < 0)
        PyErr_Format(PyExc_AttributeError, "class %.50s has no attribute '%.400s'",
                     PyString_AS_STRING(op->cl_name), s);
    return rv;
}

static PyObject *class_repr(PyObject *self)
{
    PyClassObject *op = CLASS(self);
    PyObject *mod = PyDict_GetItemString(op->cl_dict, "__module__");
    const char *name =
        op->cl_name == NULL || !PyString_Check(op->cl_name) ? "?" : PyString_AS_STRING(op->cl_name);
    if (mod == NULL || !PyString_Check(mod))
        return PyString_FromFormat("<class ?.%s at %p>", name, (void *)op);
    return PyString_FromFormat("<class %s.%s at %p>", PyString_AS_STRING(mod), name, (void *)op);
}

static PyObject *class_str(PyObject *self)
{
    PyClassObject *op = CLASS(self);
    PyObject *mod = PyDict_GetItemString(op->cl_dict, "__module__");
    if (op->cl_name == NULL || !PyString_Check(op->cl_name))
        return class_repr(self);
    if (mod == NULL || !PyString_Check(mod))
        return new_reference(op->cl_name);
    return PyString_FromFormat("%s.%s", PyString_AS_STRING(mod), PyString_AS_STRING(op->cl_name));
}

static int class_traverse(PyObject *self, visitproc visit, void *arg)
{
    PyClassObject *o = CLASS(self);
    Py_VISIT(o->cl_bases);
    Py_VISIT(o->cl_dict);
    Py_VISIT(o->cl_name);
    Py_VISIT(o->cl_getattr);
    Py_VISIT(o->cl_setattr);
    Py_VISIT(o->cl_delattr);
    return 0;
}

int PyClass_IsSubclass(PyObject *klass, PyObject *base)
{
    if (klass == base)
        return 1;
    if (PyTuple_Check(base)) {
        for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(base); i++) {
            if (PyClass_IsSubclass(klass, PyTuple_GET_ITEM(base, i)))
                return 1;
        }
        return 0;
    }
    while (klass != NULL && PyClass_Check(klass)) {
        if (klass == base)
            return 1;
        PyObject *bases = CLASS(klass)->cl_bases;
        Py_ssize_t n = PyTuple_GET_SIZE(bases);
        if (n == 0)
            return 0;
        for (Py_ssize_t i = 0; i < n - 1; i++) {
            if (PyClass_IsSubclass(PyTuple_GET_ITEM(bases, i), base))
                return 1;
        }
        klass = PyTuple_GET_ITEM(bases, n - 1);
    }
    return 0;
}

PyTypeObject PyClass_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "classobj",
    .tp_basicsize = sizeof(PyClassObject),
    .tp_x64_basicsize = 72,
    .tp_dealloc = class_dealloc,
    .tp_repr = class_repr,
    .tp_call = PyInstance_New,
    .tp_str = class_str,
    .tp_getattro = class_getattr,
    .tp_setattro = class_setattr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "classobj(name, bases, dict)\n\nCreate a class object.  The name must be a string; "
              "the second argument\n"
              "a tuple of classes, and the third a dictionary.",
    .tp_traverse = class_traverse,
    .tp_weaklistoffset = offsetof(PyClassObject, cl_weakreflist),
    .tp_new = class_new,
};
