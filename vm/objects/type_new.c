/* SPDX-License-Identifier: MIT */
/* type(name, bases, dict): what a class statement ends in.
 * Invariant: the new type's layout extends that of its best base (the one whose built-in layout
 * contains the layouts of all others), so that every method of every base finds its fields. */
#include "Python.h"
#include "typeinternal.h"

/* -- Layout of bases ------------------------------------------------------------------------------
 */

/* Whether type has fields that base does not; a dict and a weak reference list at the end do not
 * count. */
static int extra_ivars(PyTypeObject *type, PyTypeObject *base)
{
    Py_ssize_t t_size = type->tp_basicsize;
    const Py_ssize_t ptr = (Py_ssize_t)sizeof(PyObject *);
    if (type->tp_itemsize != 0 || base->tp_itemsize != 0)
        return t_size != base->tp_basicsize || type->tp_itemsize != base->tp_itemsize;
    if (type->tp_weaklistoffset != 0 && base->tp_weaklistoffset == 0 &&
        type->tp_weaklistoffset + ptr == t_size && (type->tp_flags & Py_TPFLAGS_HEAPTYPE))
        t_size -= ptr;
    if (type->tp_dictoffset != 0 && base->tp_dictoffset == 0 &&
        type->tp_dictoffset + ptr == t_size && (type->tp_flags & Py_TPFLAGS_HEAPTYPE))
        t_size -= ptr;
    return t_size != base->tp_basicsize;
}

PyTypeObject *_PyType_SolidBase(PyTypeObject *type)
{
    PyTypeObject *base =
        type->tp_base != NULL ? _PyType_SolidBase(type->tp_base) : &PyBaseObject_Type;
    return extra_ivars(type, base) ? type : base;
}

PyTypeObject *_PyType_BestBase(PyObject *bases)
{
    PyTypeObject *winner = NULL, *best = NULL;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(bases); i++) {
        PyObject *proto = PyTuple_GET_ITEM(bases, i);
        if (PyClass_Check(proto))
            continue;
        if (!PyType_Check(proto)) {
            PyErr_SetString(PyExc_TypeError, "bases must be types");
            return NULL;
        }
        PyTypeObject *base = (PyTypeObject *)proto;
        if (base->tp_dict == NULL && PyType_Ready(base) < 0)
            return NULL;
        if (!(base->tp_flags & Py_TPFLAGS_BASETYPE)) {
            PyErr_Format(PyExc_TypeError, "type '%.100s' is not an acceptable base type",
                         base->tp_name);
            return NULL;
        }
        PyTypeObject *candidate = _PyType_SolidBase(base);
        if (winner == NULL ||
            (!PyType_IsSubtype(winner, candidate) && PyType_IsSubtype(candidate, winner))) {
            winner = candidate;
            best = base;
        } else if (!PyType_IsSubtype(winner, candidate)) {
            PyErr_SetString(PyExc_TypeError, "multiple bases have instance lay-out conflict");
            return NULL;
        }
    }
    if (best == NULL)
        PyErr_SetString(PyExc_TypeError, "a new-style class can't have only classic bases");
    return best;
}

/* -- __dict__ and __weakref__ of instances --------------------------------------------------------
 */

/* A built-in base that brings its own __dict__ descriptor (a type, a module, an exception) is
 * asked. */
static PyTypeObject *builtin_base_with_dict(PyTypeObject *type)
{
    while (type->tp_base != NULL) {
        if (type->tp_dictoffset != 0 && !(type->tp_flags & Py_TPFLAGS_HEAPTYPE))
            return type;
        type = type->tp_base;
    }
    return NULL;
}

static PyObject *dict_descriptor(PyTypeObject *type)
{
    static PyObject *dict_str;
    if (dict_str == NULL && (dict_str = PyString_InternFromString("__dict__")) == NULL)
        return NULL;
    PyObject *descr = _PyType_Lookup(type, dict_str);
    return descr != NULL && PyDescr_IsData(descr) ? descr : NULL;
}

static void no_dict_error(PyObject *obj)
{
    PyErr_Format(PyExc_TypeError, "this __dict__ descriptor does not support '%.200s' objects",
                 Py_TYPE(obj)->tp_name);
}

static PyObject *subtype_get_dict(PyObject *obj, void *context)
{
    PyTypeObject *base = builtin_base_with_dict(Py_TYPE(obj));
    if (base != NULL) {
        PyObject *descr = dict_descriptor(base);
        descrgetfunc func = descr == NULL ? NULL : Py_TYPE(descr)->tp_descr_get;
        if (func == NULL) {
            no_dict_error(obj);
            return NULL;
        }
        return func(descr, obj, (PyObject *)Py_TYPE(obj));
    }
    PyObject **dictptr = _PyObject_GetDictPtr(obj);
    if (dictptr == NULL) {
        PyErr_SetString(PyExc_AttributeError, "This object has no __dict__");
        return NULL;
    }
    if (*dictptr == NULL)
        *dictptr = PyDict_New();
    Py_XINCREF(*dictptr);
    return *dictptr;
}

static int subtype_set_dict(PyObject *obj, PyObject *value, void *context)
{
    PyTypeObject *base = builtin_base_with_dict(Py_TYPE(obj));
    if (base != NULL) {
        PyObject *descr = dict_descriptor(base);
        descrsetfunc func = descr == NULL ? NULL : Py_TYPE(descr)->tp_descr_set;
        if (func == NULL) {
            no_dict_error(obj);
            return -1;
        }
        return func(descr, obj, value);
    }
    PyObject **dictptr = _PyObject_GetDictPtr(obj);
    if (dictptr == NULL) {
        PyErr_SetString(PyExc_AttributeError, "This object has no __dict__");
        return -1;
    }
    if (value != NULL && !PyDict_Check(value)) {
        PyErr_Format(PyExc_TypeError, "__dict__ must be set to a dictionary, not a '%.200s'",
                     Py_TYPE(value)->tp_name);
        return -1;
    }
    Py_XINCREF(value);
    Py_XSETREF(*dictptr, value);
    return 0;
}

static PyObject *subtype_get_weakref(PyObject *obj, void *context)
{
    Py_ssize_t offset = Py_TYPE(obj)->tp_weaklistoffset;
    if (offset == 0) {
        PyErr_SetString(PyExc_AttributeError, "This object has no __weakref__");
        return NULL;
    }
    PyObject *result = *(PyObject **)((char *)obj + offset);
    if (result == NULL)
        result = Py_None;
    Py_INCREF(result);
    return result;
}

#define DICT_GETSET                                                                                \
    {                                                                                              \
        "__dict__", subtype_get_dict, subtype_set_dict,                                            \
            "dictionary for instance variables (if defined)", NULL                                 \
    }
#define WEAKREF_GETSET                                                                             \
    {                                                                                              \
        "__weakref__", subtype_get_weakref, NULL,                                                  \
            "list of weak references to the object (if defined)", NULL                             \
    }
static PyGetSetDef getsets_both[] = {DICT_GETSET, WEAKREF_GETSET, {NULL, NULL, NULL, NULL, NULL}};
static PyGetSetDef getsets_dict[] = {DICT_GETSET, {NULL, NULL, NULL, NULL, NULL}};
static PyGetSetDef getsets_weakref[] = {WEAKREF_GETSET, {NULL, NULL, NULL, NULL, NULL}};

/* -- __slots__ ------------------------------------------------------------------------------------
 */

static int is_identifier(PyObject *s)
{
    if (!PyString_Check(s)) {
        PyErr_Format(PyExc_TypeError, "__slots__ items must be strings, not '%.200s'",
                     Py_TYPE(s)->tp_name);
        return 0;
    }
    const unsigned char *p = (const unsigned char *)PyString_AS_STRING(s);
    Py_ssize_t n = PyString_GET_SIZE(s);
    int ok = n > 0;
    for (Py_ssize_t i = 0; ok && i < n; i++) {
        unsigned char c = p[i];
        int letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        ok = letter || (i > 0 && c >= '0' && c <= '9');
    }
    if (!ok)
        PyErr_SetString(PyExc_TypeError, "__slots__ must be identifiers");
    return ok;
}

/* __x in class _C becomes _C__x; dunder names, names with a dot and classes of underscores only
 * stay. */
static PyObject *mangled(PyObject *cls, PyObject *name)
{
    const char *c = PyString_AS_STRING(cls), *s = PyString_AS_STRING(name);
    size_t n = strlen(s);
    while (*c == '_')
        c++;
    if (s[0] != '_' || s[1] != '_' || (n >= 2 && s[n - 1] == '_' && s[n - 2] == '_') ||
        strchr(s, '.') != NULL || *c == '\0') {
        Py_INCREF(name);
        return name;
    }
    return PyString_FromFormat("_%s%s", c, s);
}

typedef struct {
    PyTypeObject *base;
    PyObject *slots; /* owned: sorted tuple of mangled names, or NULL */
    Py_ssize_t nslots;
    int may_add_dict, may_add_weak, add_dict, add_weak;
} Layout;

/* A tuple of str of whatever __slots__ was: one name or an iterable of names. */
static PyObject *slots_as_tuple(PyObject *slots)
{
    PyObject *raw = PyString_Check(slots) || PyUnicode_Check(slots) ? PyTuple_Pack(1, slots)
                                                                    : PySequence_Tuple(slots);
    if (raw == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(raw); i++) {
        PyObject *item = PyTuple_GET_ITEM(raw, i);
        if (!PyUnicode_Check(item))
            continue;
        PyObject *copy =
            PyTuple_New(PyTuple_GET_SIZE(raw)); /* the given tuple is not ours to change */
        for (Py_ssize_t j = 0; copy != NULL && j < PyTuple_GET_SIZE(raw); j++) {
            PyObject *o = PyTuple_GET_ITEM(raw, j);
            if (PyUnicode_Check(o))
                o = PyUnicode_AsEncodedString(o, NULL, NULL);
            else
                Py_INCREF(o);
            if (o == NULL)
                Py_CLEAR(copy);
            else
                PyTuple_SET_ITEM(copy, j, o);
        }
        Py_DECREF(raw);
        return copy;
    }
    return raw;
}

/* Decides which names of __slots__ become fields, and whether a dict and weak references were asked
 * for. */
static int parse_slots(Layout *lay, PyObject *slots, PyObject *name)
{
    PyObject *raw = slots_as_tuple(slots), *list = NULL;
    if (raw == NULL)
        return -1;
    Py_ssize_t n = PyTuple_GET_SIZE(raw);
    if (n > 0 && lay->base->tp_itemsize != 0) {
        PyErr_Format(PyExc_TypeError, "nonempty __slots__ not supported for subtype of '%s'",
                     lay->base->tp_name);
        goto fail;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *item = PyTuple_GET_ITEM(raw, i);
        if (!is_identifier(item))
            goto fail;
        const char *s = PyString_AS_STRING(item);
        if (strcmp(s, "__dict__") == 0) {
            if (!lay->may_add_dict || lay->add_dict) {
                PyErr_SetString(PyExc_TypeError, "__dict__ slot disallowed: we already got one");
                goto fail;
            }
            lay->add_dict++;
        }
        if (strcmp(s, "__weakref__") == 0) {
            if (!lay->may_add_weak || lay->add_weak) {
                PyErr_SetString(PyExc_TypeError,
                                "__weakref__ slot disallowed: either we already got one, "
                                "or __itemsize__ != 0");
                goto fail;
            }
            lay->add_weak++;
        }
    }
    list = PyList_New(0);
    if (list == NULL)
        goto fail;
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *item = PyTuple_GET_ITEM(raw, i);
        const char *s = PyString_AS_STRING(item);
        if ((lay->add_dict && strcmp(s, "__dict__") == 0) ||
            (lay->add_weak && strcmp(s, "__weakref__") == 0))
            continue;
        PyObject *m = mangled(name, item);
        if (m == NULL)
            goto fail;
        PyString_InternInPlace(&m);
        int err = PyList_Append(list, m);
        Py_DECREF(m);
        if (err < 0)
            goto fail;
    }
    if (PyList_Sort(list) < 0)
        goto fail;
    lay->slots = PyList_AsTuple(list);
    if (lay->slots == NULL)
        goto fail;
    lay->nslots = PyTuple_GET_SIZE(lay->slots);
    Py_DECREF(list);
    Py_DECREF(raw);
    return 0;
fail:
    Py_XDECREF(list);
    Py_DECREF(raw);
    return -1;
}

/* Other bases than the best one may bring a dict or weak references, which then are ours to add. */
static void add_for_secondary_bases(Layout *lay, PyObject *bases)
{
    Py_ssize_t n = PyTuple_GET_SIZE(bases);
    if (n < 2)
        return;
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *b = PyTuple_GET_ITEM(bases, i);
        if (b == (PyObject *)lay->base)
            continue;
        int classic = PyClass_Check(b);
        if (lay->may_add_dict && !lay->add_dict &&
            (classic || ((PyTypeObject *)b)->tp_dictoffset != 0))
            lay->add_dict++;
        if (lay->may_add_weak && !lay->add_weak &&
            (classic || ((PyTypeObject *)b)->tp_weaklistoffset != 0))
            lay->add_weak++;
    }
}

/* -- Making the type ------------------------------------------------------------------------------
 */

/* The most derived metaclass of the bases: borrowed, NULL on conflict. */
static PyTypeObject *winning_metaclass(PyTypeObject *metatype, PyObject *bases)
{
    PyTypeObject *winner = metatype;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(bases); i++) {
        PyTypeObject *t = Py_TYPE(PyTuple_GET_ITEM(bases, i));
        if (t == &PyClass_Type || PyType_IsSubtype(winner, t))
            continue;
        if (PyType_IsSubtype(t, winner)) {
            winner = t;
            continue;
        }
        PyErr_SetString(
            PyExc_TypeError,
            "metaclass conflict: the metaclass of a derived class must be a (non-strict) "
            "subclass of the metaclasses of all its bases");
        return NULL;
    }
    return winner;
}

/* Sets offsets, sizes and member descriptions. */
static void lay_out(PyTypeObject *type, Layout *lay)
{
    const Py_ssize_t ptr = (Py_ssize_t)sizeof(PyObject *);
    PyTypeObject *base = lay->base;
    Py_ssize_t offset = base->tp_basicsize;
    uint32_t x64 = base->tp_x64_basicsize ? base->tp_x64_basicsize : (uint32_t)base->tp_basicsize;
    PyMemberDef *mp = PyHeapType_GET_MEMBERS(type);
    for (Py_ssize_t i = 0; i < lay->nslots; i++, mp++) {
        mp->name = PyString_AS_STRING(PyTuple_GET_ITEM(lay->slots, i));
        mp->type = T_OBJECT_EX;
        mp->offset = offset;
        offset += ptr;
        x64 += 8;
    }
    if (lay->add_dict) {
        /* In a variable-sized object the dict stands at the very end. */
        type->tp_dictoffset = base->tp_itemsize != 0 ? -ptr : offset;
        offset += ptr;
        x64 += 8;
    }
    if (lay->add_weak) {
        type->tp_weaklistoffset = offset;
        offset += ptr;
        x64 += 8;
    }
    type->tp_basicsize = offset;
    type->tp_x64_basicsize = x64;
    type->tp_itemsize = base->tp_itemsize;
    type->tp_members = PyHeapType_GET_MEMBERS(type);
    if (type->tp_weaklistoffset != 0 && type->tp_dictoffset != 0)
        type->tp_getset = getsets_both;
    else if (type->tp_weaklistoffset != 0)
        type->tp_getset = getsets_weakref;
    else if (type->tp_dictoffset != 0)
        type->tp_getset = getsets_dict;
}

/* __module__ of the frame that makes the class, a copy of the doc string, __new__ as a static
 * method. */
static int complete_dict(PyTypeObject *type)
{
    PyObject *dict = type->tp_dict, *x;
    if (PyDict_GetItemString(dict, "__module__") == NULL) {
        x = _PyHooks.get_globals != NULL ? _PyHooks.get_globals() : NULL;
        if (x != NULL && PyDict_Check(x)) {
            x = PyDict_GetItemString(x, "__name__");
            if (x != NULL && PyDict_SetItemString(dict, "__module__", x) < 0)
                return -1;
        }
    }
    x = PyDict_GetItemString(dict, "__doc__");
    if (x != NULL && PyString_Check(x)) {
        Py_ssize_t n = PyString_GET_SIZE(x);
        char *doc = PyObject_Malloc(n + 1);
        if (doc == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        memcpy(doc, PyString_AS_STRING(x), (size_t)n + 1);
        type->tp_doc = doc;
    }
    x = PyDict_GetItemString(dict, "__new__");
    if (x != NULL && Py_TYPE(x) == _PyHooks.function_type) {
        x = PyStaticMethod_New(x);
        if (x == NULL)
            return -1;
        int err = PyDict_SetItemString(dict, "__new__", x);
        Py_DECREF(x);
        return err;
    }
    return 0;
}

static void set_slots_of_heap_type(PyTypeObject *type, Layout *lay)
{
    PyTypeObject *base = lay->base;
    PyHeapTypeObject *et = (PyHeapTypeObject *)type;
    type->tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HEAPTYPE | Py_TPFLAGS_BASETYPE;
    type->tp_flags |= base->tp_flags & (Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_NEWBUFFER);
    if ((base->tp_flags & Py_TPFLAGS_CHECKTYPES) || base->tp_as_number == NULL)
        type->tp_flags |= Py_TPFLAGS_CHECKTYPES;
    type->tp_as_number = &et->as_number;
    type->tp_as_sequence = &et->as_sequence;
    type->tp_as_mapping = &et->as_mapping;
    type->tp_as_buffer = &et->as_buffer;
    if (lay->add_dict || lay->nslots > 0 || type->tp_dictoffset != 0) {
        if (base->tp_getattr == NULL && base->tp_getattro == NULL)
            type->tp_getattro = PyObject_GenericGetAttr;
        if (base->tp_setattr == NULL && base->tp_setattro == NULL)
            type->tp_setattro = PyObject_GenericSetAttr;
    }
    type->tp_dealloc = _PyHeapType_Dealloc;
    /* Whatever holds references of its own must be collectable. */
    if (lay->add_dict || lay->nslots > 0)
        type->tp_flags |= Py_TPFLAGS_HAVE_GC;
    type->tp_alloc = PyType_GenericAlloc;
    if (PyType_IS_GC(type)) {
        type->tp_free = PyObject_GC_Del;
        type->tp_traverse = _PyHeapType_Traverse;
        type->tp_clear = _PyHeapType_Clear;
    } else {
        type->tp_free = PyObject_Free;
    }
}

PyObject *_PyType_New(PyTypeObject *metatype, PyObject *args, PyObject *kwds)
{
    static char *kwlist[] = {"name", "bases", "dict", NULL};
    PyObject *name, *bases, *dict, *slots;
    PyTypeObject *type = NULL;
    Layout lay = {0};
    Py_ssize_t nargs = PyTuple_GET_SIZE(args), nkwds = kwds == NULL ? 0 : PyDict_Size(kwds);
    if (PyType_CheckExact(metatype) && nargs == 1 && nkwds == 0) {
        PyObject *x = PyTuple_GET_ITEM(args, 0);
        Py_INCREF(Py_TYPE(x));
        return (PyObject *)Py_TYPE(x);
    }
    if (nargs + nkwds != 3) {
        PyErr_SetString(PyExc_TypeError, "type() takes 1 or 3 arguments");
        return NULL;
    }
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "SO!O!:type", kwlist, &name, &PyTuple_Type, &bases,
                                     &PyDict_Type, &dict))
        return NULL;
    PyTypeObject *winner = winning_metaclass(metatype, bases);
    if (winner == NULL)
        return NULL;
    if (winner != metatype) {
        if (winner->tp_new != _PyType_New)
            return winner->tp_new(winner, args, kwds);
        metatype = winner;
    }
    if (PyTuple_GET_SIZE(bases) == 0) {
        bases = PyTuple_Pack(1, (PyObject *)&PyBaseObject_Type);
        if (bases == NULL)
            return NULL;
    } else {
        Py_INCREF(bases);
    }
    dict = PyDict_Copy(dict);
    if (dict == NULL)
        goto fail;
    lay.base = _PyType_BestBase(bases);
    if (lay.base == NULL)
        goto fail;

    lay.may_add_dict = lay.base->tp_dictoffset == 0;
    lay.may_add_weak = lay.base->tp_weaklistoffset == 0 && lay.base->tp_itemsize == 0;
    slots = PyDict_GetItemString(dict, "__slots__");
    if (slots == NULL) {
        lay.add_dict = lay.may_add_dict;
        lay.add_weak = lay.may_add_weak;
    } else {
        Py_INCREF(slots);
        int err = parse_slots(&lay, slots, name);
        Py_DECREF(slots);
        if (err < 0)
            goto fail;
        add_for_secondary_bases(&lay, bases);
    }
    type = (PyTypeObject *)metatype->tp_alloc(metatype, lay.nslots);
    if (type == NULL)
        goto fail;
    PyHeapTypeObject *et = (PyHeapTypeObject *)type;
    Py_INCREF(name);
    et->ht_name = name;
    et->ht_slots = lay.slots;
    lay.slots = NULL;
    Layout view = lay;
    view.slots = et->ht_slots;
    type->tp_name = PyString_AS_STRING(name);
    if (strlen(type->tp_name) != (size_t)PyString_GET_SIZE(name)) {
        PyErr_SetString(PyExc_ValueError, "type name must not contain null characters");
        goto fail;
    }
    type->tp_bases = bases;
    bases = NULL;
    Py_INCREF(view.base);
    type->tp_base = view.base;
    type->tp_dict = dict;
    dict = NULL;
    if (complete_dict(type) < 0)
        goto fail;
    lay_out(type, &view);
    set_slots_of_heap_type(type, &view);
    if (PyType_Ready(type) < 0)
        goto fail;
    _PyType_FixupSlots(type);
    return (PyObject *)type;
fail:
    Py_XDECREF(lay.slots);
    Py_XDECREF(bases);
    Py_XDECREF(dict);
    Py_XDECREF(type);
    return NULL;
}
