/* SPDX-License-Identifier: MIT */
/* PyType_Ready: completes a static type or a class just made: its dict, order and inherited slots.
 * Invariant: after it a slot is either the type's own, or the nearest one along the MRO; groups
 * that depend on each other (getattr/getattro, compare/richcompare/hash, traverse/clear) are
 * inherited together or not at all. */
#include "Python.h"
#include "typeinternal.h"

static int add_methods(PyTypeObject *type, PyMethodDef *meth)
{
    PyObject *dict = type->tp_dict;
    for (; meth->ml_name != NULL; meth++) {
        PyObject *descr;
        if (PyDict_GetItemString(dict, meth->ml_name) != NULL && !(meth->ml_flags & METH_COEXIST))
            continue;
        if (meth->ml_flags & METH_CLASS) {
            if (meth->ml_flags & METH_STATIC) {
                PyErr_SetString(PyExc_ValueError, "method cannot be both class and static");
                return -1;
            }
            descr = PyDescr_NewClassMethod(type, meth);
        } else if (meth->ml_flags & METH_STATIC) {
            PyObject *cfunc = PyCFunction_New(meth, NULL);
            if (cfunc == NULL)
                return -1;
            descr = PyStaticMethod_New(cfunc);
            Py_DECREF(cfunc);
        } else {
            descr = PyDescr_NewMethod(type, meth);
        }
        if (descr == NULL)
            return -1;
        int err = PyDict_SetItemString(dict, meth->ml_name, descr);
        Py_DECREF(descr);
        if (err < 0)
            return -1;
    }
    return 0;
}

static int add_descriptor(PyTypeObject *type, const char *name, PyObject *descr)
{
    if (descr == NULL)
        return -1;
    int err = PyDict_SetItemString(type->tp_dict, name, descr);
    Py_DECREF(descr);
    return err;
}

static int add_members(PyTypeObject *type, PyMemberDef *memb)
{
    for (; memb->name != NULL; memb++) {
        if (PyDict_GetItemString(type->tp_dict, memb->name) == NULL &&
            add_descriptor(type, memb->name, PyDescr_NewMember(type, memb)) < 0)
            return -1;
    }
    return 0;
}

static int add_getset(PyTypeObject *type, PyGetSetDef *gsp)
{
    for (; gsp->name != NULL; gsp++) {
        if (PyDict_GetItemString(type->tp_dict, gsp->name) == NULL &&
            add_descriptor(type, gsp->name, PyDescr_NewGetSet(type, gsp)) < 0)
            return -1;
    }
    return 0;
}

/* What comes from the main base only: collection, sizes, kind flags. */
static void inherit_special(PyTypeObject *type, PyTypeObject *base)
{
    if (!PyType_IS_GC(type) && PyType_IS_GC(base) && type->tp_traverse == NULL &&
        type->tp_clear == NULL) {
        type->tp_flags |= Py_TPFLAGS_HAVE_GC;
        type->tp_traverse = base->tp_traverse;
        type->tp_clear = base->tp_clear;
    }
    /* A static type that derives from object directly does not get object.__new__ unless it says
     * so. */
    if ((base != &PyBaseObject_Type || (type->tp_flags & Py_TPFLAGS_HEAPTYPE)) &&
        type->tp_new == NULL)
        type->tp_new = base->tp_new;
    if (type->tp_basicsize == 0) {
        type->tp_basicsize = base->tp_basicsize;
        if (type->tp_x64_basicsize == 0)
            type->tp_x64_basicsize = base->tp_x64_basicsize;
    }
    if (type->tp_itemsize == 0)
        type->tp_itemsize = base->tp_itemsize;
    if (type->tp_weaklistoffset == 0)
        type->tp_weaklistoffset = base->tp_weaklistoffset;
    if (type->tp_dictoffset == 0)
        type->tp_dictoffset = base->tp_dictoffset;
    static const struct {
        PyTypeObject *type;
        py_long flag;
    } kinds[] = {
        {&PyType_Type, Py_TPFLAGS_TYPE_SUBCLASS},
        {&PyInt_Type, Py_TPFLAGS_INT_SUBCLASS},
        {&PyLong_Type, Py_TPFLAGS_LONG_SUBCLASS},
        {&PyString_Type, Py_TPFLAGS_STRING_SUBCLASS},
        {&PyUnicode_Type, Py_TPFLAGS_UNICODE_SUBCLASS},
        {&PyTuple_Type, Py_TPFLAGS_TUPLE_SUBCLASS},
        {&PyList_Type, Py_TPFLAGS_LIST_SUBCLASS},
        {&PyDict_Type, Py_TPFLAGS_DICT_SUBCLASS},
    };
    if (PyExc_BaseException != NULL && PyType_IsSubtype(base, (PyTypeObject *)PyExc_BaseException))
        type->tp_flags |= Py_TPFLAGS_BASE_EXC_SUBCLASS;
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (PyType_IsSubtype(base, kinds[i].type))
            type->tp_flags |= kinds[i].flag;
    }
}

/* A slot counts as defined by base when it differs from what base itself got from its own base. */
#define DEFINED_IN(GROUP, SLOT)                                                                    \
    (base->GROUP->SLOT != NULL &&                                                                  \
     (bb == NULL || bb->GROUP == NULL || base->GROUP->SLOT != bb->GROUP->SLOT))
#define COPY_IN(GROUP, SLOT)                                                                       \
    do {                                                                                           \
        if (type->GROUP->SLOT == NULL && DEFINED_IN(GROUP, SLOT))                                  \
            type->GROUP->SLOT = base->GROUP->SLOT;                                                 \
    } while (0)
#define COPY_TP(SLOT)                                                                              \
    do {                                                                                           \
        if (type->SLOT == NULL && base->SLOT != NULL && (bb == NULL || base->SLOT != bb->SLOT))    \
            type->SLOT = base->SLOT;                                                               \
    } while (0)

static void inherit_number(PyTypeObject *type, PyTypeObject *base, PyTypeObject *bb)
{
#define NB(SLOT) COPY_IN(tp_as_number, SLOT)
    NB(nb_add);
    NB(nb_subtract);
    NB(nb_multiply);
    NB(nb_divide);
    NB(nb_remainder);
    NB(nb_divmod);
    NB(nb_power);
    NB(nb_negative);
    NB(nb_positive);
    NB(nb_absolute);
    NB(nb_nonzero);
    NB(nb_invert);
    NB(nb_lshift);
    NB(nb_rshift);
    NB(nb_and);
    NB(nb_xor);
    NB(nb_or);
    NB(nb_coerce);
    NB(nb_int);
    NB(nb_long);
    NB(nb_float);
    NB(nb_oct);
    NB(nb_hex);
    NB(nb_inplace_add);
    NB(nb_inplace_subtract);
    NB(nb_inplace_multiply);
    NB(nb_inplace_divide);
    NB(nb_inplace_remainder);
    NB(nb_inplace_power);
    NB(nb_inplace_lshift);
    NB(nb_inplace_rshift);
    NB(nb_inplace_and);
    NB(nb_inplace_xor);
    NB(nb_inplace_or);
    NB(nb_true_divide);
    NB(nb_floor_divide);
    NB(nb_inplace_true_divide);
    NB(nb_inplace_floor_divide);
    NB(nb_index);
#undef NB
}

static void inherit_containers(PyTypeObject *type, PyTypeObject *base, PyTypeObject *bb)
{
    if (type->tp_as_sequence != NULL && base->tp_as_sequence != NULL) {
        COPY_IN(tp_as_sequence, sq_length);
        COPY_IN(tp_as_sequence, sq_concat);
        COPY_IN(tp_as_sequence, sq_repeat);
        COPY_IN(tp_as_sequence, sq_item);
        COPY_IN(tp_as_sequence, sq_slice);
        COPY_IN(tp_as_sequence, sq_ass_item);
        COPY_IN(tp_as_sequence, sq_ass_slice);
        COPY_IN(tp_as_sequence, sq_contains);
        COPY_IN(tp_as_sequence, sq_inplace_concat);
        COPY_IN(tp_as_sequence, sq_inplace_repeat);
    }
    if (type->tp_as_mapping != NULL && base->tp_as_mapping != NULL) {
        COPY_IN(tp_as_mapping, mp_length);
        COPY_IN(tp_as_mapping, mp_subscript);
        COPY_IN(tp_as_mapping, mp_ass_subscript);
    }
    if (type->tp_as_buffer != NULL && base->tp_as_buffer != NULL) {
        COPY_IN(tp_as_buffer, bf_getreadbuffer);
        COPY_IN(tp_as_buffer, bf_getwritebuffer);
        COPY_IN(tp_as_buffer, bf_getsegcount);
        COPY_IN(tp_as_buffer, bf_getcharbuffer);
        COPY_IN(tp_as_buffer, bf_getbuffer);
        COPY_IN(tp_as_buffer, bf_releasebuffer);
    }
}

/* Under -3 a class that defines equality but no hash is told of the coming change. */
static int warn_about_hash(PyTypeObject *type)
{
    PyObject *dict = type->tp_dict;
    if (!Py_Py3kWarningFlag || !(type->tp_flags & Py_TPFLAGS_HEAPTYPE) ||
        PyDict_GetItemString(dict, "__hash__") != NULL)
        return 0;
    if (PyDict_GetItemString(dict, "__eq__") != NULL &&
        PyErr_WarnEx(PyExc_DeprecationWarning,
                     "Overriding __eq__ blocks inheritance of __hash__ in 3.x", 1) < 0)
        return -1;

    return 0;
}

static int inherit_slots(PyTypeObject *type, PyTypeObject *base)
{
    PyTypeObject *bb = base->tp_base;
    if (type->tp_as_number != NULL && base->tp_as_number != NULL)
        inherit_number(type, base, bb);
    inherit_containers(type, base, bb);
    COPY_TP(tp_dealloc);
    if (type->tp_getattr == NULL && type->tp_getattro == NULL) {
        type->tp_getattr = base->tp_getattr;
        type->tp_getattro = base->tp_getattro;
    }
    if (type->tp_setattr == NULL && type->tp_setattro == NULL) {
        type->tp_setattr = base->tp_setattr;
        type->tp_setattro = base->tp_setattro;
    }
    COPY_TP(tp_repr);
    COPY_TP(tp_call);
    COPY_TP(tp_str);
    if (type->tp_compare == NULL && type->tp_richcompare == NULL && type->tp_hash == NULL) {
        type->tp_compare = base->tp_compare;
        type->tp_richcompare = base->tp_richcompare;
        type->tp_hash = base->tp_hash;
        if (base->tp_hash != NULL && base->tp_hash != PyObject_HashNotImplemented &&
            warn_about_hash(type) < 0)
            return -1;
    }
    COPY_TP(tp_iter);
    COPY_TP(tp_iternext);
    COPY_TP(tp_descr_get);
    COPY_TP(tp_descr_set);
    if (type->tp_dictoffset == 0)
        type->tp_dictoffset = base->tp_dictoffset;
    COPY_TP(tp_init);
    COPY_TP(tp_alloc);
    COPY_TP(tp_is_gc);
    if (PyType_IS_GC(type) == PyType_IS_GC(base)) {
        COPY_TP(tp_free);
    } else if (PyType_IS_GC(type) && type->tp_free == NULL && base->tp_free == PyObject_Free) {
        type->tp_free = PyObject_GC_Del;
    }
    return 0;
}

int _PyType_AddSubclass(PyTypeObject *base, PyTypeObject *type)
{
    if (base->tp_subclasses == NULL && (base->tp_subclasses = PyList_New(0)) == NULL)
        return -1;
    PyObject *list = base->tp_subclasses;
    PyObject *newobj = PyWeakref_NewRef((PyObject *)type, NULL);
    if (newobj == NULL)
        return -1;
    for (Py_ssize_t i = PyList_GET_SIZE(list); --i >= 0;) {
        PyObject *ref = PyList_GET_ITEM(list, i);
        if (PyWeakref_GET_OBJECT(ref) == Py_None)
            return PyList_SetItem(list, i, newobj);
    }
    int result = PyList_Append(list, newobj);
    Py_DECREF(newobj);
    return result;
}

void _PyType_RemoveSubclass(PyTypeObject *base, PyTypeObject *type)
{
    PyObject *list = base->tp_subclasses;
    if (list == NULL)
        return;
    for (Py_ssize_t i = PyList_GET_SIZE(list); --i >= 0;) {
        PyObject *ref = PyList_GET_ITEM(list, i);
        if (PyWeakref_GET_OBJECT(ref) == (PyObject *)type) {
            PyList_SetSlice(list, i, i + 1, NULL);
            return;
        }
    }
}

static int set_doc(PyTypeObject *type)
{
    if (PyDict_GetItemString(type->tp_dict, "__doc__") != NULL)
        return 0;
    if (type->tp_doc == NULL)
        return PyDict_SetItemString(type->tp_dict, "__doc__", Py_None);
    PyObject *doc = PyString_FromString(type->tp_doc);
    if (doc == NULL)
        return -1;
    int err = PyDict_SetItemString(type->tp_dict, "__doc__", doc);
    Py_DECREF(doc);
    return err;
}

int PyType_Ready(PyTypeObject *type)
{
    if (type->tp_flags & Py_TPFLAGS_READY)
        return 0;
    if (type->tp_flags & Py_TPFLAGS_READYING)
        Py_FatalError("PyType_Ready entered twice for one type");
    type->tp_flags |= Py_TPFLAGS_READYING;
    PyTypeObject *base = type->tp_base;
    if (base == NULL && type != &PyBaseObject_Type) {
        base = type->tp_base = &PyBaseObject_Type;
        Py_INCREF(base);
    }
    if (base != NULL && base->tp_dict == NULL && PyType_Ready(base) < 0)
        goto fail;
    if (Py_TYPE(type) == NULL && base != NULL)
        Py_TYPE(type) = Py_TYPE(base);
    if (type->tp_bases == NULL) {
        type->tp_bases = base == NULL ? PyTuple_New(0) : PyTuple_Pack(1, (PyObject *)base);
        if (type->tp_bases == NULL)
            goto fail;
    }
    if (type->tp_dict == NULL && (type->tp_dict = PyDict_New()) == NULL)
        goto fail;
    if (_PyType_AddOperators(type) < 0)
        goto fail;
    if (type->tp_methods != NULL && add_methods(type, type->tp_methods) < 0)
        goto fail;
    if (type->tp_members != NULL && add_members(type, type->tp_members) < 0)
        goto fail;
    if (type->tp_getset != NULL && add_getset(type, type->tp_getset) < 0)
        goto fail;
    if (_PyType_MroInternal(type) < 0)
        goto fail;
    if (base != NULL)
        inherit_special(type, base);
    for (Py_ssize_t i = 1; i < PyTuple_GET_SIZE(type->tp_mro); i++) {
        PyObject *b = PyTuple_GET_ITEM(type->tp_mro, i);
        if (PyType_Check(b) && inherit_slots(type, (PyTypeObject *)b) < 0)
            goto fail;
    }
    if (PyType_IS_GC(type) && type->tp_free == PyObject_Free)
        type->tp_free = PyObject_GC_Del;
    if (set_doc(type) < 0)
        goto fail;
    if (base != NULL) {
        if (type->tp_as_number == NULL)
            type->tp_as_number = base->tp_as_number;
        if (type->tp_as_sequence == NULL)
            type->tp_as_sequence = base->tp_as_sequence;
        if (type->tp_as_mapping == NULL)
            type->tp_as_mapping = base->tp_as_mapping;
        if (type->tp_as_buffer == NULL)
            type->tp_as_buffer = base->tp_as_buffer;
    }
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(type->tp_bases); i++) {
        PyObject *b = PyTuple_GET_ITEM(type->tp_bases, i);
        if (PyType_Check(b) && _PyType_AddSubclass((PyTypeObject *)b, type) < 0)
            goto fail;
    }
    type->tp_flags = (type->tp_flags & ~(py_long)Py_TPFLAGS_READYING) | Py_TPFLAGS_READY;
    return 0;
fail:
    type->tp_flags &= ~(py_long)Py_TPFLAGS_READYING;
    return -1;
}
