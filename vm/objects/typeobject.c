/* SPDX-License-Identifier: MIT */
/* The type `type`: attributes of classes, and the life of instances of classes written in Python.
 * Invariant: instances of heap types are laid out as base, then __slots__ in sorted order, then
 * dict, then weak reference list; the generic dealloc/traverse/clear below handle what was added
 * and leave the rest to the nearest built-in base. Making classes is in type_new.c. */
#include "Python.h"
#include "typeinternal.h"

int PyType_IsSubtype(PyTypeObject *a, PyTypeObject *b)
{
    PyObject *mro = a->tp_mro;
    if (mro != NULL) {
        for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(mro); i++) {
            if (PyTuple_GET_ITEM(mro, i) == (PyObject *)b)
                return 1;
        }
        return 0;
    }
    /* Not ready yet: follow the bases. */
    do {
        if (a == b)
            return 1;
        a = a->tp_base;
    } while (a != NULL);
    return b == &PyBaseObject_Type;
}

/* -- Allocation -----------------------------------------------------------------------------------
 */

PyObject *PyType_GenericAlloc(PyTypeObject *type, Py_ssize_t nitems)
{
    /* One item more than asked, which types with a sentinel rely on. */
    Py_ssize_t size;
    if (type->tp_itemsize > 0 &&
        nitems > (PY_SSIZE_T_MAX - type->tp_basicsize - 64) / type->tp_itemsize - 1)
        return PyErr_NoMemory();
    size = _PyObject_VAR_SIZE(type, nitems + 1);
    PyObject *obj = PyType_IS_GC(type) ? _PyObject_GC_Malloc(size) : PyObject_Malloc(size);
    if (obj == NULL)
        return PyErr_NoMemory();
    memset(obj, 0, (size_t)size);
    if (type->tp_flags & Py_TPFLAGS_HEAPTYPE)
        Py_INCREF(type);
    if (type->tp_itemsize == 0)
        (void)PyObject_INIT(obj, type);
    else
        (void)PyObject_INIT_VAR((PyVarObject *)obj, type, nitems);
    if (PyType_IS_GC(type))
        PyObject_GC_Track(obj);
    return obj;
}

PyObject *PyType_GenericNew(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    return type->tp_alloc(type, 0);
}

/* -- Instances of heap types ----------------------------------------------------------------------
 */

/* Calls visit on what the __slots__ of one class hold. */
static int traverse_slots(PyTypeObject *type, PyObject *self, visitproc visit, void *arg)
{
    PyMemberDef *mp = PyHeapType_GET_MEMBERS(type);
    for (Py_ssize_t i = 0; i < Py_SIZE(type); i++, mp++) {
        if (mp->type == T_OBJECT_EX)
            Py_VISIT(*(PyObject **)((char *)self + mp->offset));
    }
    return 0;
}

static void clear_slots(PyTypeObject *type, PyObject *self)
{
    PyMemberDef *mp = PyHeapType_GET_MEMBERS(type);
    for (Py_ssize_t i = 0; i < Py_SIZE(type); i++, mp++) {
        if (mp->type == T_OBJECT_EX && !(mp->flags & READONLY))
            Py_CLEAR(*(PyObject **)((char *)self + mp->offset));
    }
}

int _PyHeapType_Traverse(PyObject *self, visitproc visit, void *arg)
{
    PyTypeObject *type = Py_TYPE(self), *base = type;
    while (base->tp_traverse == _PyHeapType_Traverse) {
        if (Py_SIZE(base)) {
            int err = traverse_slots(base, self, visit, arg);
            if (err)
                return err;
        }
        base = base->tp_base;
    }
    if (type->tp_dictoffset != base->tp_dictoffset) {
        PyObject **dictptr = _PyObject_GetDictPtr(self);
        if (dictptr != NULL)
            Py_VISIT(*dictptr);
    }
    /* The instance keeps its class alive. */
    if (type->tp_flags & Py_TPFLAGS_HEAPTYPE)
        Py_VISIT(type);
    return base->tp_traverse != NULL ? base->tp_traverse(self, visit, arg) : 0;
}

int _PyHeapType_Clear(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self), *base = type;
    while (base->tp_clear == _PyHeapType_Clear) {
        if (Py_SIZE(base))
            clear_slots(base, self);
        base = base->tp_base;
    }
    /* The dict too, so that cycles through instance dicts of subclasses of built-ins go. */
    if (type->tp_dictoffset != base->tp_dictoffset) {
        PyObject **dictptr = _PyObject_GetDictPtr(self);
        if (dictptr != NULL)
            Py_CLEAR(*dictptr);
    }
    return base->tp_clear != NULL ? base->tp_clear(self) : 0;
}

/* Whether the class's own fields begin here: all bases above added nothing that must be released.
 */
static void release_fields(PyTypeObject *type, PyTypeObject *builtin_base, PyObject *self)
{
    for (PyTypeObject *base = type; base != builtin_base; base = base->tp_base) {
        if (Py_SIZE(base))
            clear_slots(base, self);
    }
    if (type->tp_dictoffset != 0 && builtin_base->tp_dictoffset == 0) {
        PyObject **dictptr = _PyObject_GetDictPtr(self);
        if (dictptr != NULL)
            Py_CLEAR(*dictptr);
    }
}

/* __del__, weak references and fields; then the built-in base's dealloc, which frees the memory. */
static void dealloc_body(PyTypeObject *type, PyTypeObject *base, PyObject *self)
{
    int own_weakrefs = type->tp_weaklistoffset != 0 && base->tp_weaklistoffset == 0;
    if (own_weakrefs)
        PyObject_ClearWeakRefs(self);
    if (type->tp_del != NULL) {
        if (PyType_IS_GC(type))
            _PyObject_GC_TRACK(self);
        type->tp_del(self);
        if (Py_REFCNT(self) > 0)
            return; /* brought back to life */
        if (PyType_IS_GC(type))
            _PyObject_GC_UNTRACK(self);
        /* New weak references that __del__ made have nobody left to tell. */
        if (own_weakrefs) {
            PyWeakReference **list = (PyWeakReference **)PyObject_GET_WEAKREFS_LISTPTR(self);
            while (*list != NULL)
                _PyWeakref_ClearRef(*list);
        }
    }
    release_fields(type, base, self);
    /* Releasing fields can run code that changes __class__: the type to let go of is the one now.
     */
    type = Py_TYPE(self);
    if (PyType_IS_GC(base))
        _PyObject_GC_TRACK(self); /* the base's dealloc untracks */
    base->tp_dealloc(self);
    if (type->tp_flags & Py_TPFLAGS_HEAPTYPE)
        Py_DECREF(type);
}

void _PyHeapType_Dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self), *base = type;
    while (base->tp_dealloc == _PyHeapType_Dealloc)
        base = base->tp_base;
    if (!PyType_IS_GC(type)) {
        dealloc_body(type, base, self);
        return;
    }
    PyObject_GC_UnTrack(self);
    /* As Py_TRASHCAN_SAFE_BEGIN, but one level is kept for the base's own bracket: if that one
     * queued the half-released object, this function would run on it a second time. */
    if (_PyTrash_delete_nesting >= PyTrash_UNWIND_LEVEL - 1) {
        _PyTrash_deposit_object(self);
        return;
    }
    ++_PyTrash_delete_nesting;
    dealloc_body(type, base, self);
    --_PyTrash_delete_nesting;
    if (_PyTrash_has_later() && _PyTrash_delete_nesting <= 0)
        _PyTrash_destroy_chain();
}

/* -- Attributes of classes ------------------------------------------------------------------------
 */

PyObject *_PyType_Name(PyTypeObject *type)
{
    if (type->tp_flags & Py_TPFLAGS_HEAPTYPE) {
        PyObject *name = ((PyHeapTypeObject *)type)->ht_name;
        Py_INCREF(name);
        return name;
    }
    const char *dot = strrchr(type->tp_name, '.');
    return PyString_FromString(dot != NULL ? dot + 1 : type->tp_name);
}

PyObject *_PyType_ModuleOf(PyTypeObject *type)
{
    if (type->tp_flags & Py_TPFLAGS_HEAPTYPE) {
        PyObject *mod = PyDict_GetItemString(type->tp_dict, "__module__");
        if (mod == NULL) {
            PyErr_Format(PyExc_AttributeError, "__module__");
            return NULL;
        }
        Py_INCREF(mod);
        return mod;
    }
    const char *dot = strrchr(type->tp_name, '.');
    if (dot != NULL)
        return PyString_FromStringAndSize(type->tp_name, dot - type->tp_name);
    return PyString_FromString("__builtin__");
}

static PyObject *type_get_name(PyObject *self, void *closure)
{
    return _PyType_Name((PyTypeObject *)self);
}

/* Common start of setters: 1 may go on. */
static int may_set(PyTypeObject *type, PyObject *value, const char *name)
{
    if (!(type->tp_flags & Py_TPFLAGS_HEAPTYPE)) {
        PyErr_Format(PyExc_TypeError, "can't set %s.%s", type->tp_name, name);
        return 0;
    }
    if (value == NULL) {
        PyErr_Format(PyExc_TypeError, "can't delete %s.%s", type->tp_name, name);
        return 0;
    }
    return 1;
}

static int type_set_name(PyObject *self, PyObject *value, void *closure)
{
    PyTypeObject *type = (PyTypeObject *)self;
    if (!may_set(type, value, "__name__"))
        return -1;
    if (!PyString_Check(value)) {
        PyErr_Format(PyExc_TypeError, "can only assign string to %s.__name__, not '%s'",
                     type->tp_name, Py_TYPE(value)->tp_name);
        return -1;
    }
    if (strlen(PyString_AS_STRING(value)) != (size_t)PyString_GET_SIZE(value)) {
        PyErr_SetString(PyExc_ValueError, "type name must not contain null characters");
        return -1;
    }
    PyHeapTypeObject *et = (PyHeapTypeObject *)type;
    Py_INCREF(value);
    type->tp_name = PyString_AS_STRING(value);
    Py_SETREF(et->ht_name, value);
    return 0;
}

static PyObject *type_get_module(PyObject *self, void *closure)
{
    return _PyType_ModuleOf((PyTypeObject *)self);
}

static int type_set_module(PyObject *self, PyObject *value, void *closure)
{
    PyTypeObject *type = (PyTypeObject *)self;
    if (!may_set(type, value, "__module__"))
        return -1;
    PyType_Modified(type);
    return PyDict_SetItemString(type->tp_dict, "__module__", value);
}

static PyObject *type_get_abstractmethods(PyObject *self, void *closure)
{
    PyTypeObject *type = (PyTypeObject *)self;
    PyObject *mod = NULL;
    /* type itself has the descriptor of this name in its dict; that is not a value. */
    if (type != &PyType_Type)
        mod = PyDict_GetItemString(type->tp_dict, "__abstractmethods__");
    if (mod == NULL) {
        PyErr_Format(PyExc_AttributeError, "__abstractmethods__");
        return NULL;
    }
    Py_INCREF(mod);
    return mod;
}

static int type_set_abstractmethods(PyObject *self, PyObject *value, void *closure)
{
    PyTypeObject *type = (PyTypeObject *)self;
    int abstract = 0, res;
    if (value != NULL) {
        abstract = PyObject_IsTrue(value);
        if (abstract < 0)
            return -1;
        res = PyDict_SetItemString(type->tp_dict, "__abstractmethods__", value);
    } else {
        res = PyDict_DelItemString(type->tp_dict, "__abstractmethods__");
        if (res < 0 && PyErr_ExceptionMatches(PyExc_KeyError)) {
            PyErr_SetString(PyExc_AttributeError, "__abstractmethods__");
            return -1;
        }
    }
    if (res < 0)
        return -1;
    PyType_Modified(type);
    if (abstract)
        type->tp_flags |= Py_TPFLAGS_IS_ABSTRACT;
    else
        type->tp_flags &= ~(py_long)Py_TPFLAGS_IS_ABSTRACT;
    return 0;
}

static PyObject *type_get_bases(PyObject *self, void *closure)
{
    PyObject *bases = ((PyTypeObject *)self)->tp_bases;
    Py_INCREF(bases);
    return bases;
}

static PyObject *type_get_dict(PyObject *self, void *closure)
{
    PyTypeObject *type = (PyTypeObject *)self;
    if (type->tp_dict == NULL)
        Py_RETURN_NONE;
    return PyDictProxy_New(type->tp_dict);
}

static PyObject *type_get_doc(PyObject *self, void *closure)
{
    PyTypeObject *type = (PyTypeObject *)self;
    if (!(type->tp_flags & Py_TPFLAGS_HEAPTYPE) && type->tp_doc != NULL)
        return PyString_FromString(type->tp_doc);
    PyObject *result = PyDict_GetItemString(type->tp_dict, "__doc__");
    if (result == NULL)
        Py_RETURN_NONE;
    if (Py_TYPE(result)->tp_descr_get != NULL)
        return Py_TYPE(result)->tp_descr_get(result, NULL, self);
    Py_INCREF(result);
    return result;
}

static PyObject *type_get_basicsize(PyObject *self, void *closure)
{
    PyTypeObject *type = (PyTypeObject *)self;
    return PyInt_FromSsize_t(type->tp_x64_basicsize ? (Py_ssize_t)type->tp_x64_basicsize
                                                    : type->tp_basicsize);
}

static PyObject *type_get_itemsize(PyObject *self, void *closure)
{
    Py_ssize_t n = ((PyTypeObject *)self)->tp_itemsize;
    if (PyType_IsSubtype((PyTypeObject *)self, &PyType_Type))
        n = 40; /* a PyMemberDef */
    else if (n == (Py_ssize_t)sizeof(void *) &&
             !PyType_IsSubtype((PyTypeObject *)self, &PyLong_Type))
        n = 8;
    return PyInt_FromSsize_t(n);
}

/* Offsets as they would be on x86-64, so far as programs can tell: sign and whether there is one.
 */
static PyObject *x64_offset(Py_ssize_t offset)
{
    return PyInt_FromSsize_t(sizeof(void *) == 8 ? offset : offset * 2);
}

static PyObject *type_get_dictoffset(PyObject *self, void *closure)
{
    if (PyType_IsSubtype((PyTypeObject *)self, &PyType_Type))
        return PyInt_FromSsize_t(264); /* tp_dict */
    return x64_offset(((PyTypeObject *)self)->tp_dictoffset);
}

static PyObject *type_get_weaklistoffset(PyObject *self, void *closure)
{
    return x64_offset(((PyTypeObject *)self)->tp_weaklistoffset);
}

static PyObject *type_get_flags(PyObject *self, void *closure)
{
    return PyInt_FromLong(((PyTypeObject *)self)->tp_flags);
}

static PyObject *type_get_base(PyObject *self, void *closure)
{
    PyObject *base = (PyObject *)((PyTypeObject *)self)->tp_base;
    if (base == NULL)
        base = Py_None;
    Py_INCREF(base);
    return base;
}

static PyObject *type_get_mro(PyObject *self, void *closure)
{
    PyObject *mro = ((PyTypeObject *)self)->tp_mro;
    if (mro == NULL)
        mro = Py_None;
    Py_INCREF(mro);
    return mro;
}

/* -- __bases__ assignment -------------------------------------------------------------------------
 */

/* Recomputes the order of type and, first, remembers the old one in saved, for taking it all back.
 */
static int recompute_orders(PyTypeObject *type, PyObject *saved)
{
    PyObject *old = type->tp_mro;
    Py_XINCREF(old);
    if (_PyType_MroInternal(type) < 0) {
        Py_XDECREF(old);
        return -1;
    }
    PyObject *pair = PyTuple_Pack(2, (PyObject *)type, old != NULL ? old : Py_None);
    Py_XDECREF(old);
    if (pair == NULL)
        return -1;
    int err = PyList_Append(saved, pair);
    Py_DECREF(pair);
    if (err < 0)
        return -1;
    PyObject *subclasses = type->tp_subclasses;
    if (subclasses == NULL)
        return 0;
    if (Py_EnterRecursiveCall(" in assignment to __bases__"))
        return -1;
    for (Py_ssize_t i = 0; err == 0 && i < PyList_GET_SIZE(subclasses); i++) {
        PyObject *ref = PyList_GET_ITEM(subclasses, i);
        PyObject *sub = PyWeakref_GET_OBJECT(ref);
        if (sub != Py_None)
            err = recompute_orders((PyTypeObject *)sub, saved);
    }
    Py_LeaveRecursiveCall();
    return err;
}

static void restore_orders(PyObject *saved)
{
    for (Py_ssize_t i = PyList_GET_SIZE(saved); --i >= 0;) {
        PyObject *pair = PyList_GET_ITEM(saved, i);
        PyTypeObject *cls = (PyTypeObject *)PyTuple_GET_ITEM(pair, 0);
        PyObject *order = PyTuple_GET_ITEM(pair, 1);
        Py_INCREF(order);
        Py_XSETREF(cls->tp_mro, order);
        PyType_Modified(cls);
    }
}

static int check_new_bases(PyTypeObject *type, PyObject *value)
{
    if (!may_set(type, value, "__bases__"))
        return -1;
    if (!PyTuple_Check(value)) {
        PyErr_Format(PyExc_TypeError, "can only assign tuple to %s.__bases__, not %s",
                     type->tp_name, Py_TYPE(value)->tp_name);
        return -1;
    }
    if (PyTuple_GET_SIZE(value) == 0) {
        PyErr_Format(PyExc_TypeError, "can only assign non-empty tuple to %s.__bases__, not ()",
                     type->tp_name);
        return -1;
    }
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(value); i++) {
        PyObject *ob = PyTuple_GET_ITEM(value, i);
        if (!PyClass_Check(ob) && !PyType_Check(ob)) {
            PyErr_Format(PyExc_TypeError,
                         "%s.__bases__ must be tuple of old- or new-style classes, not '%s'",
                         type->tp_name, Py_TYPE(ob)->tp_name);
            return -1;
        }
        if (PyType_Check(ob) && PyType_IsSubtype((PyTypeObject *)ob, type)) {
            PyErr_SetString(PyExc_TypeError, "a __bases__ item causes an inheritance cycle");
            return -1;
        }
    }
    return 0;
}

static int type_set_bases(PyObject *self, PyObject *value, void *closure)
{
    PyTypeObject *type = (PyTypeObject *)self, *new_base, *old_base;
    PyObject *old_bases, *saved = NULL;
    if (check_new_bases(type, value) < 0)
        return -1;
    new_base = _PyType_BestBase(value);
    if (new_base == NULL || !_PyType_CompatibleForAssignment(type->tp_base, new_base, "__bases__"))
        return -1;
    Py_INCREF(new_base);
    Py_INCREF(value);
    old_bases = type->tp_bases;
    old_base = type->tp_base;
    type->tp_bases = value;
    type->tp_base = new_base;
    saved = PyList_New(0);
    if (saved == NULL || recompute_orders(type, saved) < 0)
        goto undo;
    /* Any base of the old ones may have gone: for each, one entry less and one more for each new
     * one. */
    int err = 0;
    for (Py_ssize_t i = PyTuple_GET_SIZE(old_bases); --i >= 0;) {
        PyObject *ob = PyTuple_GET_ITEM(old_bases, i);
        if (PyType_Check(ob))
            _PyType_RemoveSubclass((PyTypeObject *)ob, type);
    }
    for (Py_ssize_t i = PyTuple_GET_SIZE(value); --i >= 0;) {
        PyObject *ob = PyTuple_GET_ITEM(value, i);
        if (PyType_Check(ob) && _PyType_AddSubclass((PyTypeObject *)ob, type) < 0)
            err = -1;
    }
    if (_PyType_UpdateAllSlots(type) < 0)
        err = -1;
    Py_DECREF(saved);
    Py_DECREF(old_bases);
    Py_DECREF(old_base);
    return err;
undo:
    if (saved != NULL)
        restore_orders(saved);
    Py_XDECREF(saved);
    if (type->tp_bases == value) {
        type->tp_bases = old_bases;
        type->tp_base = old_base;
        Py_DECREF(value);
        Py_DECREF(new_base);
    } else {
        Py_DECREF(old_bases);
        Py_DECREF(old_base);
    }
    return -1;
}

/* As a member that is read-only says it. */
static int refuse_change(PyObject *self, PyObject *value, void *closure)
{
    PyErr_SetString(PyExc_TypeError, "readonly attribute");
    return -1;
}

static PyGetSetDef type_getsets[] = {
    {"__name__", type_get_name, type_set_name, NULL, NULL},
    {"__bases__", type_get_bases, type_set_bases, NULL, NULL},
    {"__module__", type_get_module, type_set_module, NULL, NULL},
    {"__abstractmethods__", type_get_abstractmethods, type_set_abstractmethods, NULL, NULL},
    {"__dict__", type_get_dict, NULL, NULL, NULL},
    {"__doc__", type_get_doc, NULL, NULL, NULL},
    {"__basicsize__", type_get_basicsize, refuse_change, NULL, NULL},
    {"__itemsize__", type_get_itemsize, refuse_change, NULL, NULL},
    {"__flags__", type_get_flags, refuse_change, NULL, NULL},
    {"__weakrefoffset__", type_get_weaklistoffset, refuse_change, NULL, NULL},
    {"__base__", type_get_base, refuse_change, NULL, NULL},
    {"__dictoffset__", type_get_dictoffset, refuse_change, NULL, NULL},
    {"__mro__", type_get_mro, refuse_change, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

/* -- Slots of type --------------------------------------------------------------------------------
 */

static PyObject *type_repr(PyObject *self)
{
    PyTypeObject *type = (PyTypeObject *)self;
    PyObject *mod = _PyType_ModuleOf(type), *name, *res;
    if (mod == NULL)
        PyErr_Clear();
    else if (!PyString_Check(mod))
        Py_CLEAR(mod);
    name = _PyType_Name(type);
    if (name == NULL) {
        Py_XDECREF(mod);
        return NULL;
    }
    const char *kind = type->tp_flags & Py_TPFLAGS_HEAPTYPE ? "class" : "type";
    if (mod != NULL && strcmp(PyString_AS_STRING(mod), "__builtin__") != 0)
        res = PyString_FromFormat("<%s '%s.%s'>", kind, PyString_AS_STRING(mod),
                                  PyString_AS_STRING(name));
    else
        res = PyString_FromFormat("<%s '%s'>", kind, type->tp_name);
    Py_XDECREF(mod);
    Py_DECREF(name);
    return res;
}

PyObject *_PyType_Call(PyObject *self, PyObject *args, PyObject *kwds)
{
    PyTypeObject *type = (PyTypeObject *)self;
    if (type->tp_new == NULL) {
        PyErr_Format(PyExc_TypeError, "cannot create '%.100s' instances", type->tp_name);
        return NULL;
    }
    PyObject *obj = type->tp_new(type, args, kwds);
    if (obj == NULL)
        return NULL;
    /* type(x) asks for a type and makes none; and a foreign object is not initialised. */
    if (type == &PyType_Type && PyTuple_Check(args) && PyTuple_GET_SIZE(args) == 1 &&
        (kwds == NULL || (PyDict_Check(kwds) && PyDict_Size(kwds) == 0)))
        return obj;
    if (!PyType_IsSubtype(Py_TYPE(obj), type))
        return obj;
    type = Py_TYPE(obj);
    if (type->tp_init != NULL && type->tp_init(obj, args, kwds) < 0)
        Py_CLEAR(obj);
    return obj;
}

static PyObject *type_getattro(PyObject *self, PyObject *name)
{
    PyTypeObject *type = (PyTypeObject *)self, *metatype = Py_TYPE(self);
    descrgetfunc meta_get = NULL;
    PyObject *res;
    if (!PyString_Check(name)) {
        PyErr_Format(PyExc_TypeError, "attribute name must be string, not '%.200s'",
                     Py_TYPE(name)->tp_name);
        return NULL;
    }
    if (type->tp_dict == NULL && PyType_Ready(type) < 0)
        return NULL;
    PyObject *meta_attribute = _PyType_Lookup(metatype, name);
    if (meta_attribute != NULL) {
        meta_get = Py_TYPE(meta_attribute)->tp_descr_get;
        if (meta_get != NULL && PyDescr_IsData(meta_attribute)) {
            Py_INCREF(meta_attribute);
            res = meta_get(meta_attribute, self, (PyObject *)metatype);
            Py_DECREF(meta_attribute);
            return res;
        }
        Py_INCREF(meta_attribute);
    }
    PyObject *attribute = _PyType_Lookup(type, name);
    if (attribute != NULL) {
        descrgetfunc local_get = Py_TYPE(attribute)->tp_descr_get;
        Py_INCREF(attribute);
        Py_XDECREF(meta_attribute);
        if (local_get == NULL)
            return attribute;
        res = local_get(attribute, NULL, self);
        Py_DECREF(attribute);
        return res;
    }
    if (meta_get != NULL) {
        res = meta_get(meta_attribute, self, (PyObject *)metatype);
        Py_DECREF(meta_attribute);
        return res;
    }
    if (meta_attribute != NULL)
        return meta_attribute;
    PyErr_Format(PyExc_AttributeError, "type object '%.50s' has no attribute '%.400s'",
                 type->tp_name, PyString_AS_STRING(name));
    return NULL;
}

static int type_setattro(PyObject *self, PyObject *name, PyObject *value)
{
    PyTypeObject *type = (PyTypeObject *)self;
    if (!(type->tp_flags & Py_TPFLAGS_HEAPTYPE)) {
        PyErr_Format(PyExc_TypeError, "can't set attributes of built-in/extension type '%s'",
                     type->tp_name);
        return -1;
    }
    if (PyUnicode_Check(name)) {
        name = PyUnicode_AsEncodedString(name, NULL, NULL);
        if (name == NULL)
            return -1;
    } else {
        Py_INCREF(name);
    }
    int err = PyObject_GenericSetAttr(self, name, value);
    if (err == 0)
        err = _PyType_UpdateSlot(type, name);
    Py_DECREF(name);
    return err;
}

static void type_dealloc(PyObject *self)
{
    PyTypeObject *type = (PyTypeObject *)self;
    PyHeapTypeObject *et = (PyHeapTypeObject *)type;
    _PyObject_GC_UNTRACK(self);
    PyObject_ClearWeakRefs(self);
    Py_XDECREF(type->tp_base);
    Py_XDECREF(type->tp_dict);
    Py_XDECREF(type->tp_bases);
    Py_XDECREF(type->tp_mro);
    Py_XDECREF(type->tp_cache);
    Py_XDECREF(type->tp_subclasses);
    PyObject_Free((void *)(uintptr_t)type->tp_doc); /* a heap type's is a copy of its own */
    Py_XDECREF(et->ht_name);
    Py_XDECREF(et->ht_slots);
    Py_TYPE(self)->tp_free(self);
}

/* Only heap types take part in collection; static ones are never freed. */
static int type_is_gc(PyObject *self)
{
    return (((PyTypeObject *)self)->tp_flags & Py_TPFLAGS_HEAPTYPE) != 0;
}

static int type_traverse(PyObject *self, visitproc visit, void *arg)
{
    PyTypeObject *type = (PyTypeObject *)self;
    Py_VISIT(type->tp_dict);
    Py_VISIT(type->tp_cache);
    Py_VISIT(type->tp_mro);
    Py_VISIT(type->tp_bases);
    Py_VISIT(type->tp_base);
    /* tp_subclasses holds weak references only; ht_slots holds strings. */
    return 0;
}

static int type_clear(PyObject *self)
{
    /* The dict breaks all cycles that go through attributes; the tuple of the order breaks the one
     * with itself. Other fields stay valid for instances that are still to be released. */
    PyTypeObject *type = (PyTypeObject *)self;
    PyType_Modified(type);
    if (type->tp_dict != NULL)
        PyDict_Clear(type->tp_dict);
    Py_CLEAR(type->tp_mro);
    return 0;
}

/* -- Methods of type ------------------------------------------------------------------------------
 */

static PyObject *type_mro(PyObject *self, PyObject *args)
{
    return _PyType_ComputeMro((PyTypeObject *)self);
}

static PyObject *type_subclasses(PyObject *self, PyObject *args)
{
    PyObject *list = PyList_New(0), *raw = ((PyTypeObject *)self)->tp_subclasses;
    if (list == NULL || raw == NULL)
        return list;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(raw); i++) {
        PyObject *item = PyList_GET_ITEM(raw, i);
        PyObject *ref = PyWeakref_GET_OBJECT(item);
        if (ref != Py_None && PyList_Append(list, ref) < 0) {
            Py_DECREF(list);
            return NULL;
        }
    }
    return list;
}

static PyObject *type_instancecheck(PyObject *self, PyObject *inst)
{
    int r = _PyObject_RealIsInstance(inst, self);
    return r < 0 ? NULL : PyBool_FromLong(r);
}

static PyObject *type_subclasscheck(PyObject *self, PyObject *inst)
{
    int r = _PyObject_RealIsSubclass(inst, self);
    return r < 0 ? NULL : PyBool_FromLong(r);
}

static PyMethodDef type_methods[] = {
    {"mro", type_mro, METH_NOARGS, "mro() -> list\nreturn a type's method resolution order"},
    {"__subclasses__", type_subclasses, METH_NOARGS,
     "__subclasses__() -> list of immediate subclasses"},
    {"__instancecheck__", type_instancecheck, METH_O,
     "__instancecheck__() -> bool\ncheck if an object is an instance"},
    {"__subclasscheck__", type_subclasscheck, METH_O,
     "__subclasscheck__() -> bool\ncheck if a class is a subclass"},
    {NULL, NULL, 0, NULL},
};

static int type_init(PyObject *cls, PyObject *args, PyObject *kwds)
{
    if (kwds != NULL && PyDict_Check(kwds) && PyDict_Size(kwds) != 0) {
        PyErr_SetString(PyExc_TypeError, "type.__init__() takes no keyword arguments");
        return -1;
    }
    if (PyTuple_GET_SIZE(args) != 1 && PyTuple_GET_SIZE(args) != 3) {
        PyErr_SetString(PyExc_TypeError, "type.__init__() takes 1 or 3 arguments");
        return -1;
    }
    return 0;
}

/* Types compare by address; with a metaclass that defines __cmp__ the ordinary way is taken. */
static PyObject *type_richcompare(PyObject *v, PyObject *w, int op)
{
    PyObject *res;

    if (!PyType_Check(v) || !PyType_Check(w) || Py_TYPE(v)->tp_compare != NULL ||
        Py_TYPE(w)->tp_compare != NULL) {
        Py_RETURN_NOTIMPLEMENTED;
    }
    if (Py_Py3kWarningFlag && op != Py_EQ && op != Py_NE &&
        PyErr_WarnEx(PyExc_DeprecationWarning, "type inequality comparisons not supported in 3.x",
                     1) < 0)
        return NULL;
    res = Py_CmpToRich(op, (uintptr_t)v < (uintptr_t)w ? -1 : v != w) ? Py_True : Py_False;
    Py_INCREF(res);
    return res;
}

static py_long type_hash(PyObject *self)
{
    return _Py_HashPointer(self);
}

PyTypeObject PyType_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "type",
    .tp_basicsize = sizeof(PyHeapTypeObject),
    .tp_x64_basicsize = 872,
    .tp_itemsize = sizeof(PyMemberDef),
    .tp_dealloc = type_dealloc,
    .tp_repr = type_repr,
    .tp_call = _PyType_Call,
    .tp_hash = type_hash,
    .tp_richcompare = type_richcompare,
    .tp_getattro = type_getattro,
    .tp_setattro = type_setattro,
    .tp_flags =
        Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_TYPE_SUBCLASS,
    .tp_doc = "type(object) -> the object's type\ntype(name, bases, dict) -> a new type",
    .tp_traverse = type_traverse,
    .tp_clear = type_clear,
    .tp_weaklistoffset = offsetof(PyTypeObject, tp_weaklist),
    .tp_methods = type_methods,
    .tp_getset = type_getsets,
    .tp_dictoffset = offsetof(PyTypeObject, tp_dict),
    .tp_init = type_init,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = _PyType_New,
    .tp_free = PyObject_GC_Del,
    .tp_is_gc = type_is_gc,
};
