/* SPDX-License-Identifier: MIT */
/* instancemethod: a function with the object it is called on, or, unbound, the class it came from.
 * Invariant: an unbound method runs only with an instance of its class as first argument. */
#include "Python.h"

#define METH(op) ((PyMethodObject *)(op))

PyObject *PyMethod_Function(PyObject *im)
{
    if (!PyMethod_Check(im)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    return METH(im)->im_func;
}

PyObject *PyMethod_Self(PyObject *im)
{
    if (!PyMethod_Check(im)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    return METH(im)->im_self;
}

PyObject *PyMethod_Class(PyObject *im)
{
    if (!PyMethod_Check(im)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    return METH(im)->im_class;
}

/* Methods are made at every call of one: freed ones are kept for reuse, linked through im_self. */
#define MAXFREELIST 256
static PyMethodObject *free_list;
static int numfree;

int PyMethod_ClearFreeList(void)
{
    int freed = numfree;
    while (free_list != NULL) {
        PyMethodObject *im = free_list;
        free_list = (PyMethodObject *)im->im_self;
        PyObject_GC_Del(im);
    }
    numfree = 0;
    return freed;
}

PyObject *PyMethod_New(PyObject *func, PyObject *self, PyObject *klass)
{
    PyMethodObject *im = free_list;
    if (im != NULL) {
        free_list = (PyMethodObject *)im->im_self;
        numfree--;
        (void)PyObject_INIT(im, &PyMethod_Type);
    } else {
        im = PyObject_GC_New(PyMethodObject, &PyMethod_Type);
        if (im == NULL)
            return NULL;
    }
    im->im_weakreflist = NULL;
    Py_INCREF(func);
    im->im_func = func;
    Py_XINCREF(self);
    im->im_self = self;
    Py_XINCREF(klass);
    im->im_class = klass;
    _PyObject_GC_TRACK(im);
    return (PyObject *)im;
}

static void method_dealloc(PyObject *self)
{
    PyMethodObject *im = METH(self);
    _PyObject_GC_UNTRACK(self);
    if (im->im_weakreflist != NULL)
        PyObject_ClearWeakRefs(self);
    Py_DECREF(im->im_func);
    Py_XDECREF(im->im_self);
    Py_XDECREF(im->im_class);
    if (numfree < MAXFREELIST) {
        im->im_self = (PyObject *)free_list;
        free_list = im;
        numfree++;
    } else {
        PyObject_GC_Del(im);
    }
}

static PyObject *method_new(PyTypeObject *type, PyObject *args, PyObject *kw)
{
    PyObject *func, *self, *classobj = NULL;
    if (!_PyArg_NoKeywords("instancemethod", kw) ||
        !PyArg_UnpackTuple(args, "instancemethod", 2, 3, &func, &self, &classobj))
        return NULL;
    if (!PyCallable_Check(func)) {
        PyErr_SetString(PyExc_TypeError, "first argument must be callable");
        return NULL;
    }
    if (self == Py_None)
        self = NULL;
    if (self == NULL && classobj == NULL) {
        PyErr_SetString(PyExc_TypeError, "unbound methods must have non-NULL im_class");
        return NULL;
    }
    return PyMethod_New(func, self, classobj);
}

/* -- Attributes: those of the type, then the function's
 * ----------------------------------------------- */

static PyMemberDef method_members[] = {
    {"im_class", T_OBJECT, offsetof(PyMethodObject, im_class), READONLY | RESTRICTED,
     "the class associated with a method"},
    {"im_func", T_OBJECT, offsetof(PyMethodObject, im_func), READONLY | RESTRICTED,
     "the function (or other callable) implementing a method"},
    {"__func__", T_OBJECT, offsetof(PyMethodObject, im_func), READONLY | RESTRICTED,
     "the function (or other callable) implementing a method"},
    {"im_self", T_OBJECT, offsetof(PyMethodObject, im_self), READONLY | RESTRICTED,
     "the instance to which a method is bound; None for unbound methods"},
    {"__self__", T_OBJECT, offsetof(PyMethodObject, im_self), READONLY | RESTRICTED,
     "the instance to which a method is bound; None for unbound methods"},
    {NULL, 0, 0, 0, NULL},
};

static PyObject *method_get_doc(PyObject *self, void *context)
{
    return PyObject_GetAttrString(METH(self)->im_func, "__doc__");
}

static PyGetSetDef method_getset[] = {
    {"__doc__", method_get_doc, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyObject *method_getattro(PyObject *self, PyObject *name)
{
    PyTypeObject *tp = Py_TYPE(self);
    PyObject *descr = _PyType_Lookup(tp, name);
    if (descr == NULL)
        return PyObject_GetAttr(METH(self)->im_func, name);
    descrgetfunc f = Py_TYPE(descr)->tp_descr_get;
    Py_INCREF(descr);
    if (f == NULL)
        return descr;
    PyObject *res = f(descr, self, (PyObject *)tp);
    Py_DECREF(descr);
    return res;
}

/* -- Comparison and text --------------------------------------------------------------------------
 */

static int method_compare(PyObject *v, PyObject *w)
{
    PyMethodObject *a = METH(v), *b = METH(w);
    if (a->im_self != b->im_self) {
        if (a->im_self == NULL || b->im_self == NULL)
            return a->im_self == NULL ? -1 : 1;
        int cmp = PyObject_Compare(a->im_self, b->im_self);
        if (cmp != 0 || PyErr_Occurred())
            return cmp;
    }
    return PyObject_Compare(a->im_func, b->im_func);
}

static py_long method_hash(PyObject *self)
{
    PyMethodObject *a = METH(self);
    py_long x = PyObject_Hash(a->im_self != NULL ? a->im_self : Py_None);
    if (x == -1)
        return -1;
    py_long y = PyObject_Hash(a->im_func);
    if (y == -1)
        return -1;
    x ^= y;
    return x == -1 ? -2 : x;
}

/* An object's __name__ as a str: 0 with a new reference or NULL, -1 error other than "has none". */
static int name_of(PyObject *o, PyObject **name)
{
    *name = NULL;
    if (o == NULL)
        return 0;
    *name = PyObject_GetAttrString(o, "__name__");
    if (*name == NULL) {
        if (!PyErr_ExceptionMatches(PyExc_AttributeError))
            return -1;
        PyErr_Clear();
    } else if (!PyString_Check(*name)) {
        Py_CLEAR(*name);
    }
    return 0;
}

static PyObject *method_repr(PyObject *op)
{
    PyMethodObject *a = METH(op);
    PyObject *funcname = NULL, *klassname = NULL, *result = NULL;
    if (name_of(a->im_func, &funcname) < 0 || name_of(a->im_class, &klassname) < 0)
        goto done;
    const char *sfunc = funcname != NULL ? PyString_AS_STRING(funcname) : "?";
    const char *sklass = klassname != NULL ? PyString_AS_STRING(klassname) : "?";
    if (a->im_self == NULL) {
        result = PyString_FromFormat("<unbound method %s.%s>", sklass, sfunc);
    } else {
        PyObject *selfrepr = PyObject_Repr(a->im_self);
        if (selfrepr == NULL)
            goto done;
        result = PyString_FromFormat("<bound method %s.%s of ", sklass, sfunc);
        PyString_ConcatAndDel(&result, selfrepr);
        if (result != NULL)
            PyString_ConcatAndDel(&result, PyString_FromString(">"));
    }
done:
    Py_XDECREF(funcname);
    Py_XDECREF(klassname);
    return result;
}

static int method_traverse(PyObject *self, visitproc visit, void *arg)
{
    PyMethodObject *im = METH(self);
    Py_VISIT(im->im_func);
    Py_VISIT(im->im_self);
    Py_VISIT(im->im_class);
    return 0;
}

/* -- Calling and binding --------------------------------------------------------------------------
 */

static const char *text_or_unknown(PyObject *name)
{
    return name != NULL ? PyString_AS_STRING(name) : "?";
}

static void wrong_first_argument(PyMethodObject *im, PyObject *first)
{
    PyObject *clsname = NULL, *instname = NULL, *instcls = NULL;
    if (name_of(im->im_class, &clsname) < 0)
        return;
    if (first != NULL) {
        instcls = PyObject_GetAttrString(first, "__class__");
        if (instcls == NULL) {
            PyErr_Clear();
            instcls = (PyObject *)Py_TYPE(first);
            Py_INCREF(instcls);
        }
        if (name_of(instcls, &instname) < 0)
            goto done;
    }
    const char *fname =
        _PyHooks.func_name ? _PyHooks.func_name(im->im_func) : Py_TYPE(im->im_func)->tp_name;
    const char *fdesc = _PyHooks.func_desc ? _PyHooks.func_desc(im->im_func) : " object";
    PyErr_Format(
        PyExc_TypeError,
        "unbound method %s%s must be called with %s instance as first argument (got %s%s instead)",
        fname, fdesc, text_or_unknown(clsname),
        first == NULL ? "nothing" : text_or_unknown(instname), first == NULL ? "" : " instance");
done:
    Py_XDECREF(clsname);
    Py_XDECREF(instname);
    Py_XDECREF(instcls);
}

PyObject *_PyMethod_Prepare(PyObject *method, PyObject *first_arg, PyObject **self_out)
{
    PyMethodObject *im = METH(method);
    *self_out = im->im_self;
    if (im->im_self != NULL)
        return im->im_func;
    if (first_arg != NULL) {
        int ok = im->im_class == NULL ? 1 : PyObject_IsInstance(first_arg, im->im_class);
        if (ok < 0)
            return NULL;
        if (ok)
            return im->im_func;
    }
    wrong_first_argument(im, first_arg);
    return NULL;
}

static PyObject *method_call(PyObject *method, PyObject *args, PyObject *kw)
{
    PyObject *self, *result;
    Py_ssize_t n = PyTuple_GET_SIZE(args);
    PyObject *func = _PyMethod_Prepare(method, n > 0 ? PyTuple_GET_ITEM(args, 0) : NULL, &self);
    if (func == NULL)
        return NULL;
    if (self == NULL) {
        Py_INCREF(args);
    } else {
        PyObject *newargs = PyTuple_New(n + 1);
        if (newargs == NULL)
            return NULL;
        Py_INCREF(self);
        PyTuple_SET_ITEM(newargs, 0, self);
        for (Py_ssize_t i = 0; i < n; i++) {
            PyObject *v = PyTuple_GET_ITEM(args, i);
            Py_INCREF(v);
            PyTuple_SET_ITEM(newargs, i + 1, v);
        }
        args = newargs;
    }
    Py_INCREF(func);
    result = PyObject_Call(func, args, kw);
    Py_DECREF(func);
    Py_DECREF(args);
    return result;
}

static PyObject *method_descr_get(PyObject *meth, PyObject *obj, PyObject *cls)
{
    PyMethodObject *im = METH(meth);
    if (im->im_self != NULL) { /* bound already */
        Py_INCREF(meth);
        return meth;
    }
    /* Only a subclass of the class it came from can bind it. */
    if (im->im_class != NULL && cls != NULL) {
        int ok = PyObject_IsSubclass(cls, im->im_class);
        if (ok < 0)
            return NULL;
        if (!ok) {
            Py_INCREF(meth);
            return meth;
        }
    }
    return PyMethod_New(im->im_func, obj == Py_None ? NULL : obj, cls);
}

PyTypeObject PyMethod_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "instancemethod",
    .tp_basicsize = sizeof(PyMethodObject),
    .tp_x64_basicsize = 48,
    .tp_dealloc = method_dealloc,
    .tp_compare = method_compare,
    .tp_repr = method_repr,
    .tp_hash = method_hash,
    .tp_call = method_call,
    .tp_getattro = method_getattro,
    .tp_setattro = PyObject_GenericSetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "instancemethod(function, instance, class)\n\nCreate an instance method object.",
    .tp_traverse = method_traverse,
    .tp_weaklistoffset = offsetof(PyMethodObject, im_weakreflist),
    .tp_members = method_members,
    .tp_getset = method_getset,
    .tp_descr_get = method_descr_get,
    .tp_new = method_new,
};
