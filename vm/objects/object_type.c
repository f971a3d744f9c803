/* SPDX-License-Identifier: MIT */
/* The type `object`: creation, __class__ and layout checks, pickling by __reduce__, formatting,
 * size. Invariant: __class__ (and __bases__, through the same check) changes only between types
 * whose instances are laid out alike, so that no slot ever reads another type's memory. */
#include "Python.h"
#include "typeinternal.h"

/* -- Creation -------------------------------------------------------------------------------------
 */

static int has_excess_args(PyObject *args, PyObject *kwds)
{
    return PyTuple_GET_SIZE(args) > 0 ||
           (kwds != NULL && PyDict_Check(kwds) && PyDict_Size(kwds) > 0);
}

/* Arguments are the business of whichever of __new__ and __init__ is overridden; object's own
 * refuse them, with a warning only where both are overridden, for compatibility. */
int _PyObject_Init_slot(PyObject *self, PyObject *args, PyObject *kwds)
{
    PyTypeObject *type = Py_TYPE(self);
    if (!has_excess_args(args, kwds))
        return 0;
    if (type->tp_init != _PyObject_Init_slot && type->tp_new != _PyObject_New_slot)
        return PyErr_WarnEx(PyExc_DeprecationWarning, "object.__init__() takes no parameters", 1);
    if (type->tp_init != _PyObject_Init_slot || type->tp_new == _PyObject_New_slot) {
        PyErr_SetString(PyExc_TypeError, "object.__init__() takes no parameters");
        return -1;
    }
    return 0;
}

static PyObject *refuse_abstract(PyTypeObject *type)
{
    PyObject *names = NULL, *list = NULL, *joined = NULL, *comma = NULL;
    names = PyObject_GetAttrString((PyObject *)type, "__abstractmethods__");
    if (names == NULL)
        return NULL;
    list = PySequence_List(names);
    if (list == NULL || PyList_Sort(list) < 0)
        goto done;
    comma = PyString_FromString(", ");
    if (comma == NULL)
        goto done;
    joined = PyObject_CallMethod(comma, "join", "O", list);
    if (joined == NULL)
        goto done;
    PyObject *text = PyObject_Str(joined);
    if (text == NULL)
        goto done;
    PyErr_Format(PyExc_TypeError, "Can't instantiate abstract class %s with abstract methods %s",
                 type->tp_name, PyString_AS_STRING(text));
    Py_DECREF(text);
done:
    Py_XDECREF(names);
    Py_XDECREF(list);
    Py_XDECREF(comma);
    Py_XDECREF(joined);
    return NULL;
}

PyObject *_PyObject_New_slot(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    if (has_excess_args(args, kwds)) {
        if (type->tp_new != _PyObject_New_slot && type->tp_init != _PyObject_Init_slot) {
            if (PyErr_WarnEx(PyExc_DeprecationWarning, "object() takes no parameters", 1) < 0)
                return NULL;
        } else if (type->tp_new != _PyObject_New_slot || type->tp_init == _PyObject_Init_slot) {
            PyErr_SetString(PyExc_TypeError, "object() takes no parameters");
            return NULL;
        }
    }
    if (type->tp_flags & Py_TPFLAGS_IS_ABSTRACT)
        return refuse_abstract(type);
    return type->tp_alloc(type, 0);
}

/* T.__new__(S, ...) for a built-in T (self): S must derive from T and not need more care than T
 * gives. */
PyObject *_PyType_NewWrapper(PyObject *self, PyObject *args, PyObject *kwds)
{
    if (self == NULL || !PyType_Check(self))
        Py_FatalError("__new__() called with non-type 'self'");
    PyTypeObject *type = (PyTypeObject *)self, *staticbase;
    if (!PyTuple_Check(args) || PyTuple_GET_SIZE(args) < 1) {
        PyErr_Format(PyExc_TypeError, "%s.__new__(): not enough arguments", type->tp_name);
        return NULL;
    }
    PyObject *arg0 = PyTuple_GET_ITEM(args, 0);
    if (!PyType_Check(arg0)) {
        PyErr_Format(PyExc_TypeError, "%s.__new__(X): X is not a type object (%s)", type->tp_name,
                     Py_TYPE(arg0)->tp_name);
        return NULL;
    }
    PyTypeObject *subtype = (PyTypeObject *)arg0;
    if (!PyType_IsSubtype(subtype, type)) {
        PyErr_Format(PyExc_TypeError, "%s.__new__(%s): %s is not a subtype of %s", type->tp_name,
                     subtype->tp_name, subtype->tp_name, type->tp_name);
        return NULL;
    }
    /* The nearest built-in base of the subtype knows how its memory is to be set up: T must be it
     * (or share its tp_new), or object.__new__(dict) would hand out a dict without a table. */
    staticbase = subtype;
    while (staticbase != NULL && staticbase->tp_new == _PySlot_tp_new)
        staticbase = staticbase->tp_base;
    if (staticbase != NULL && staticbase->tp_new != type->tp_new) {
        PyErr_Format(PyExc_TypeError, "%s.__new__(%s) is not safe, use %s.__new__()", type->tp_name,
                     subtype->tp_name, staticbase->tp_name);
        return NULL;
    }
    args = PyTuple_GetSlice(args, 1, PyTuple_GET_SIZE(args));
    if (args == NULL)
        return NULL;
    PyObject *res = type->tp_new(subtype, args, kwds);
    Py_DECREF(args);
    return res;
}

static void object_dealloc(PyObject *self)
{
    Py_TYPE(self)->tp_free(self);
}

/* -- Text and hash --------------------------------------------------------------------------------
 */

static PyObject *object_repr(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject *res, *mod = _PyType_ModuleOf(type), *name;
    if (mod == NULL)
        PyErr_Clear();
    else if (!PyString_Check(mod))
        Py_CLEAR(mod);
    name = _PyType_Name(type);
    if (name == NULL) {
        Py_XDECREF(mod);
        return NULL;
    }
    if (mod != NULL && strcmp(PyString_AS_STRING(mod), "__builtin__") != 0)
        res = PyString_FromFormat("<%s.%s object at %p>", PyString_AS_STRING(mod),
                                  PyString_AS_STRING(name), (void *)self);
    else
        res = PyString_FromFormat("<%s object at %p>", type->tp_name, (void *)self);
    Py_XDECREF(mod);
    Py_DECREF(name);
    return res;
}

static PyObject *object_str(PyObject *self)
{
    reprfunc f = Py_TYPE(self)->tp_repr;
    return f == NULL || f == object_str ? object_repr(self) : f(self);
}

static py_long object_hash(PyObject *self)
{
    return _Py_HashPointer(self);
}

/* -- __class__ ------------------------------------------------------------------------------------
 */

static PyObject *object_get_class(PyObject *self, void *closure)
{
    Py_INCREF(Py_TYPE(self));
    return (PyObject *)Py_TYPE(self);
}

static int equiv_structs(PyTypeObject *a, PyTypeObject *b)
{
    return a == b ||
           (a != NULL && b != NULL && a->tp_basicsize == b->tp_basicsize &&
            a->tp_itemsize == b->tp_itemsize && a->tp_dictoffset == b->tp_dictoffset &&
            a->tp_weaklistoffset == b->tp_weaklistoffset && PyType_IS_GC(a) == PyType_IS_GC(b));
}

/* Whether both add the same fields, in the same places, to one base: dict, weakref list, equal
 * __slots__. */
static int same_slots_added(PyTypeObject *a, PyTypeObject *b)
{
    PyTypeObject *base = a->tp_base;
    const Py_ssize_t ptr = (Py_ssize_t)sizeof(PyObject *);
    if (base != b->tp_base)
        return 0;
    if (equiv_structs(a, base) && equiv_structs(b, base))
        return 1;
    Py_ssize_t size = base->tp_basicsize;
    PyObject *sa = NULL, *sb = NULL;
    if ((a->tp_flags & Py_TPFLAGS_HEAPTYPE) && (b->tp_flags & Py_TPFLAGS_HEAPTYPE)) {
        sa = ((PyHeapTypeObject *)a)->ht_slots;
        sb = ((PyHeapTypeObject *)b)->ht_slots;
    }
    if (sa != NULL && sb != NULL) {
        if (PyObject_Compare(sa, sb) != 0) {
            PyErr_Clear();
            return 0;
        }
        size += ptr * PyTuple_GET_SIZE(sa);
    }
    if (a->tp_dictoffset == size && b->tp_dictoffset == size)
        size += ptr;
    if (a->tp_weaklistoffset == size && b->tp_weaklistoffset == size)
        size += ptr;
    return size == a->tp_basicsize && size == b->tp_basicsize;
}

int _PyType_CompatibleForAssignment(PyTypeObject *oldto, PyTypeObject *newto, const char *attr)
{
    if (newto->tp_dealloc != oldto->tp_dealloc || newto->tp_free != oldto->tp_free) {
        PyErr_Format(PyExc_TypeError, "%s assignment: '%s' deallocator differs from '%s'", attr,
                     newto->tp_name, oldto->tp_name);
        return 0;
    }
    PyTypeObject *newbase = newto, *oldbase = oldto;
    while (equiv_structs(newbase, newbase->tp_base))
        newbase = newbase->tp_base;
    while (equiv_structs(oldbase, oldbase->tp_base))
        oldbase = oldbase->tp_base;
    if (newbase != oldbase &&
        (newbase->tp_base != oldbase->tp_base || !same_slots_added(newbase, oldbase))) {
        PyErr_Format(PyExc_TypeError, "%s assignment: '%s' object layout differs from '%s'", attr,
                     newto->tp_name, oldto->tp_name);
        return 0;
    }
    return 1;
}

static int object_set_class(PyObject *self, PyObject *value, void *closure)
{
    PyTypeObject *oldto = Py_TYPE(self), *newto;
    if (value == NULL) {
        PyErr_SetString(PyExc_TypeError, "can't delete __class__ attribute");
        return -1;
    }
    if (!PyType_Check(value)) {
        PyErr_Format(PyExc_TypeError, "__class__ must be set to new-style class, not '%s' object",
                     Py_TYPE(value)->tp_name);
        return -1;
    }
    newto = (PyTypeObject *)value;
    if (!(newto->tp_flags & Py_TPFLAGS_HEAPTYPE) || !(oldto->tp_flags & Py_TPFLAGS_HEAPTYPE)) {
        PyErr_SetString(PyExc_TypeError, "__class__ assignment: only for heap types");
        return -1;
    }
    /* The message names the types the other way round for __class__ than for __bases__. */
    if (!_PyType_CompatibleForAssignment(newto, oldto, "__class__"))
        return -1;
    Py_INCREF(newto);
    Py_TYPE(self) = newto;
    Py_DECREF(oldto);
    return 0;
}

static PyGetSetDef object_getsets[] = {
    {"__class__", object_get_class, object_set_class, "the object's class", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

/* -- Pickling -------------------------------------------------------------------------------------
 */

static PyObject *copy_reg(void)
{
    return _PyHooks.import_module("copy_reg");
}

/* The names of all __slots__ of a class, cached by copy_reg in the class; a list or None. */
static PyObject *slot_names(PyObject *cls)
{
    PyObject *clsdict = ((PyTypeObject *)cls)->tp_dict, *names = NULL;
    if (clsdict != NULL && PyDict_Check(clsdict)) {
        names = PyDict_GetItemString(clsdict, "__slotnames__");
        if (names != NULL && PyList_Check(names)) {
            Py_INCREF(names);
            return names;
        }
    }
    PyObject *mod = copy_reg();
    if (mod == NULL)
        return NULL;
    names = PyObject_CallMethod(mod, "_slotnames", "O", cls);
    Py_DECREF(mod);
    if (names != NULL && names != Py_None && !PyList_Check(names)) {
        PyErr_SetString(PyExc_TypeError, "copy_reg._slotnames didn't return a list or None");
        Py_CLEAR(names);
    }
    return names;
}

/* The object's dict, paired with a dict of its slots when it has any set. */
static PyObject *default_state(PyObject *obj, PyObject *cls)
{
    PyObject *names = NULL, *slots = NULL, *state = PyObject_GetAttrString(obj, "__dict__");
    if (state == NULL) {
        PyErr_Clear();
        state = Py_None;
        Py_INCREF(state);
    }
    names = slot_names(cls);
    if (names == NULL)
        goto fail;
    if (names != Py_None && PyList_GET_SIZE(names) > 0) {
        slots = PyDict_New();
        if (slots == NULL)
            goto fail;
        for (Py_ssize_t i = 0; i < PyList_GET_SIZE(names); i++) {
            PyObject *name = PyList_GET_ITEM(names, i);
            Py_INCREF(name); /* __getattr__ may change the list */
            PyObject *value = PyObject_GetAttr(obj, name);
            int err = 0;
            if (value == NULL)
                PyErr_Clear();
            else
                err = PyDict_SetItem(slots, name, value);
            Py_XDECREF(value);
            Py_DECREF(name);
            if (err < 0)
                goto fail;
        }
        if (PyDict_Size(slots) > 0) {
            PyObject *pair = PyTuple_Pack(2, state, slots);
            if (pair == NULL)
                goto fail;
            Py_DECREF(state);
            state = pair;
        }
        Py_DECREF(slots);
    }
    Py_DECREF(names);
    return state;
fail:
    Py_XDECREF(names);
    Py_XDECREF(slots);
    Py_XDECREF(state);
    return NULL;
}

/* Protocol 2: (copy_reg.__newobj__, (cls, *args), state, list items, dict items). */
static PyObject *reduce_2(PyObject *obj)
{
    PyObject *args = NULL, *args2 = NULL, *state = NULL, *listitems = NULL, *dictitems = NULL;
    PyObject *mod = NULL, *newobj = NULL, *res = NULL, *method;
    PyObject *cls = PyObject_GetAttrString(obj, "__class__");
    if (cls == NULL)
        return NULL;
    if (Py_TYPE(obj)->tp_new == NULL) { /* copy_reg.__newobj__ could not make one */
        PyErr_Format(PyExc_TypeError, "can't pickle %.200s objects", Py_TYPE(obj)->tp_name);
        goto done;
    }
    method = PyObject_GetAttrString(obj, "__getnewargs__");
    if (method != NULL) {
        args = PyObject_CallObject(method, NULL);
        Py_DECREF(method);
        if (args != NULL && !PyTuple_Check(args)) {
            PyErr_Format(PyExc_TypeError, "__getnewargs__ should return a tuple, not '%.200s'",
                         Py_TYPE(args)->tp_name);
            goto done;
        }
    } else {
        PyErr_Clear();
        args = PyTuple_New(0);
    }
    if (args == NULL)
        goto done;
    method = PyObject_GetAttrString(obj, "__getstate__");
    if (method != NULL) {
        state = PyObject_CallObject(method, NULL);
        Py_DECREF(method);
    } else {
        PyErr_Clear();
        if (!PyType_Check(cls)) {
            PyErr_SetString(PyExc_TypeError, "__class__ is not a type");
            goto done;
        }
        state = default_state(obj, cls);
    }
    if (state == NULL)
        goto done;
    if (!PyList_Check(obj)) {
        listitems = Py_None;
        Py_INCREF(listitems);
    } else {
        listitems = PyObject_GetIter(obj);
    }
    if (listitems == NULL)
        goto done;
    if (!PyDict_Check(obj)) {
        dictitems = Py_None;
        Py_INCREF(dictitems);
    } else {
        dictitems = PyObject_CallMethod(obj, "iteritems", "");
    }
    if (dictitems == NULL)
        goto done;
    mod = copy_reg();
    if (mod == NULL)
        goto done;
    newobj = PyObject_GetAttrString(mod, "__newobj__");
    if (newobj == NULL)
        goto done;
    Py_ssize_t n = PyTuple_GET_SIZE(args);
    args2 = PyTuple_New(n + 1);
    if (args2 == NULL)
        goto done;
    Py_INCREF(cls);
    PyTuple_SET_ITEM(args2, 0, cls);
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *v = PyTuple_GET_ITEM(args, i);
        Py_INCREF(v);
        PyTuple_SET_ITEM(args2, i + 1, v);
    }
    res = PyTuple_Pack(5, newobj, args2, state, listitems, dictitems);
done:
    Py_DECREF(cls);
    Py_XDECREF(args);
    Py_XDECREF(args2);
    Py_XDECREF(state);
    Py_XDECREF(listitems);
    Py_XDECREF(dictitems);
    Py_XDECREF(mod);
    Py_XDECREF(newobj);
    return res;
}

static PyObject *reduce_by_protocol(PyObject *self, int proto)
{
    if (proto >= 2)
        return reduce_2(self);
    PyObject *mod = copy_reg();
    if (mod == NULL)
        return NULL;
    PyObject *res = PyObject_CallMethod(mod, "_reduce_ex", "Oi", self, proto);
    Py_DECREF(mod);
    return res;
}

static PyObject *object_reduce(PyObject *self, PyObject *args)
{
    int proto = 0;
    if (!PyArg_ParseTuple(args, "|i:__reduce__", &proto))
        return NULL;
    return reduce_by_protocol(self, proto);
}

static PyObject *object_reduce_ex(PyObject *self, PyObject *args)
{
    int proto = 0;
    if (!PyArg_ParseTuple(args, "|i:__reduce_ex__", &proto))
        return NULL;
    PyObject *reduce = PyObject_GetAttrString(self, "__reduce__");
    if (reduce == NULL) {
        PyErr_Clear();
        return reduce_by_protocol(self, proto);
    }
    /* A class with its own __reduce__ is asked for it. */
    PyObject *cls = PyObject_GetAttrString(self, "__class__");
    PyObject *clsreduce = cls == NULL ? NULL : PyObject_GetAttrString(cls, "__reduce__");
    Py_XDECREF(cls);
    if (clsreduce == NULL) {
        Py_DECREF(reduce);
        return NULL;
    }
    PyObject *objreduce = PyDict_GetItemString(PyBaseObject_Type.tp_dict, "__reduce__");
    int overridden = clsreduce != objreduce;
    Py_DECREF(clsreduce);
    if (overridden) {
        PyObject *res = PyObject_CallObject(reduce, NULL);
        Py_DECREF(reduce);
        return res;
    }
    Py_DECREF(reduce);
    return reduce_by_protocol(self, proto);
}

/* -- The other methods ----------------------------------------------------------------------------
 */

static PyObject *object_subclasshook(PyObject *cls, PyObject *args)
{
    Py_RETURN_NOTIMPLEMENTED;
}

static PyObject *object_format(PyObject *self, PyObject *args)
{
    PyObject *spec, *text, *res = NULL;
    if (!PyArg_ParseTuple(args, "O:__format__", &spec))
        return NULL;
    if (PyUnicode_Check(spec)) {
        text = PyObject_Unicode(self);
    } else if (PyString_Check(spec)) {
        text = PyObject_Str(self);
    } else {
        PyErr_SetString(PyExc_TypeError, "argument to __format__ must be unicode or str");
        return NULL;
    }
    if (text == NULL)
        return NULL;
    Py_ssize_t n = PyUnicode_Check(spec) ? PyUnicode_GET_SIZE(spec) : PyString_GET_SIZE(spec);
    if (n == 0 ||
        PyErr_WarnEx(PyExc_PendingDeprecationWarning,
                     "object.__format__ with a non-empty format string is deprecated", 1) == 0)
        res = PyObject_Format(text, spec);
    Py_DECREF(text);
    return res;
}

/* What the object takes on x86-64, which is what programs compare with. */
static PyObject *object_sizeof(PyObject *self, PyObject *args)
{
    PyTypeObject *type = Py_TYPE(self);
    Py_ssize_t basic =
        type->tp_x64_basicsize ? (Py_ssize_t)type->tp_x64_basicsize : type->tp_basicsize;
    Py_ssize_t item = type->tp_itemsize;
    if (item == (Py_ssize_t)sizeof(void *))
        item = 8;
    Py_ssize_t n = 0;
    if (item > 0) {
        n = Py_SIZE(self);
        if (n < 0)
            n = -n;
    }
    return PyInt_FromSsize_t(basic + n * item);
}

static PyMethodDef object_methods[] = {
    {"__reduce_ex__", object_reduce_ex, METH_VARARGS, "helper for pickle"},
    {"__reduce__", object_reduce, METH_VARARGS, "helper for pickle"},
    {"__subclasshook__", object_subclasshook, METH_CLASS | METH_VARARGS,
     "Abstract classes can override this to customize issubclass().\n\n"
     "ABCMeta.__subclasscheck__() asks it first: True or False decides, NotImplemented\n"
     "leaves the decision to the usual algorithm."},
    {"__format__", object_format, METH_VARARGS, "default object formatter"},
    {"__sizeof__", object_sizeof, METH_NOARGS,
     "__sizeof__() -> int\nsize of object in memory, in bytes"},
    {NULL, NULL, 0, NULL},
};

PyTypeObject PyBaseObject_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "object",
    .tp_basicsize = sizeof(PyObject),
    .tp_x64_basicsize = 16,
    .tp_dealloc = object_dealloc,
    .tp_repr = object_repr,
    .tp_hash = object_hash,
    .tp_str = object_str,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_setattro = PyObject_GenericSetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = "The most base type",
    .tp_methods = object_methods,
    .tp_getset = object_getsets,
    .tp_init = _PyObject_Init_slot,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = _PyObject_New_slot,
    .tp_free = PyObject_Free,
};
