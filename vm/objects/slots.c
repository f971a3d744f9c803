/* SPDX-License-Identifier: MIT */
/* The one table that ties special methods to type slots, and what follows from it: wrappers put
 * into the dicts of built-in types, and slots of Python classes kept in step with their dicts.
 * Invariant: entries for one slot stand together (the table is ordered by offset), and after any
 * change of a class attribute the slots it concerns are recomputed in that class and its
 * subclasses. */
#include "Python.h"
#include "slots.h"
#include "slotwrap.h"
#include "typeinternal.h"

typedef void (*anyfunc)(void);
typedef struct wrapperbase slotdef;

#define OFF(path) ((int)offsetof(PyHeapTypeObject, path))
#define FN(f) ((anyfunc)(f))
#define ENTRY(NAME, PATH, FUNC, WRAP, DOC)                                                         \
    {                                                                                              \
        .name = NAME, .offset = OFF(PATH), .function = FUNC, .wrapper = WRAP, .doc = DOC           \
    }
#define TP(NAME, SLOT, FUNC, WRAP, DOC) ENTRY(NAME, ht_type.SLOT, FUNC, WRAP, DOC)
#define SQ(NAME, SLOT, FUNC, WRAP, DOC) ENTRY(NAME, as_sequence.SLOT, FUNC, WRAP, DOC)
#define MP(NAME, SLOT, FUNC, WRAP, DOC) ENTRY(NAME, as_mapping.SLOT, FUNC, WRAP, DOC)
#define NB(NAME, SLOT, WRAP, DOC) ENTRY(NAME, as_number.SLOT, FN(_PySlot_##SLOT), WRAP, DOC)
#define UNARY(NAME, SLOT, DOC) NB(NAME, SLOT, _PyWrap_unaryfunc, "x." NAME "() <==> " DOC)
#define INPLACE(NAME, SLOT, OP) NB(NAME, SLOT, _PyWrap_binaryfunc, "x." NAME "(y) <==> x" OP "y")
#define BINARY(NAME, RNAME, SLOT, OP)                                                              \
    NB("__" NAME "__", SLOT, _PyWrap_binaryfunc_l, "x.__" NAME "__(y) <==> x" OP "y"),             \
        NB("__" RNAME "__", SLOT, _PyWrap_binaryfunc_r, "x.__" RNAME "__(y) <==> y" OP "x")

#define NO_SLICE_NEGATIVES "\n           \n           Use of negative indices is not supported."

static slotdef slotdefs[] = {
    TP("__getattribute__", tp_getattr, NULL, NULL, ""),
    TP("__getattr__", tp_getattr, NULL, NULL, ""),
    TP("__setattr__", tp_setattr, NULL, NULL, ""),
    TP("__delattr__", tp_setattr, NULL, NULL, ""),
    TP("__cmp__", tp_compare, FN(_PyObject_SlotCompare), _PyWrap_cmpfunc,
       "x.__cmp__(y) <==> cmp(x,y)"),
    TP("__repr__", tp_repr, FN(_PySlot_tp_repr), _PyWrap_unaryfunc, "x.__repr__() <==> repr(x)"),
    TP("__hash__", tp_hash, FN(_PySlot_tp_hash), _PyWrap_hashfunc, "x.__hash__() <==> hash(x)"),
    {.name = "__call__",
     .offset = OFF(ht_type.tp_call),
     .function = FN(_PySlot_tp_call),
     .wrapper = _PyWrap_call,
     .doc = "x.__call__(...) <==> x(...)",
     .flags = PyWrapperFlag_KEYWORDS},
    TP("__str__", tp_str, FN(_PySlot_tp_str), _PyWrap_unaryfunc, "x.__str__() <==> str(x)"),
    TP("__getattribute__", tp_getattro, FN(_PySlot_tp_getattr_hook), _PyWrap_binaryfunc,
       "x.__getattribute__('name') <==> x.name"),
    TP("__getattr__", tp_getattro, FN(_PySlot_tp_getattr_hook), NULL, ""),
    TP("__setattr__", tp_setattro, FN(_PySlot_tp_setattro), _PyWrap_setattr,
       "x.__setattr__('name', value) <==> x.name = value"),
    TP("__delattr__", tp_setattro, FN(_PySlot_tp_setattro), _PyWrap_delattr,
       "x.__delattr__('name') <==> del x.name"),
    TP("__lt__", tp_richcompare, FN(_PySlot_tp_richcompare), _PyWrap_lt, "x.__lt__(y) <==> x<y"),
    TP("__le__", tp_richcompare, FN(_PySlot_tp_richcompare), _PyWrap_le, "x.__le__(y) <==> x<=y"),
    TP("__eq__", tp_richcompare, FN(_PySlot_tp_richcompare), _PyWrap_eq, "x.__eq__(y) <==> x==y"),
    TP("__ne__", tp_richcompare, FN(_PySlot_tp_richcompare), _PyWrap_ne, "x.__ne__(y) <==> x!=y"),
    TP("__gt__", tp_richcompare, FN(_PySlot_tp_richcompare), _PyWrap_gt, "x.__gt__(y) <==> x>y"),
    TP("__ge__", tp_richcompare, FN(_PySlot_tp_richcompare), _PyWrap_ge, "x.__ge__(y) <==> x>=y"),
    TP("__iter__", tp_iter, FN(_PySlot_tp_iter), _PyWrap_unaryfunc, "x.__iter__() <==> iter(x)"),
    TP("next", tp_iternext, FN(_PySlot_tp_iternext), _PyWrap_next,
       "x.next() -> the next value, or raise StopIteration"),
    TP("__get__", tp_descr_get, FN(_PySlot_tp_descr_get), _PyWrap_descr_get,
       "descr.__get__(obj[, type]) -> value"),
    TP("__set__", tp_descr_set, FN(_PySlot_tp_descr_set), _PyWrap_descr_set,
       "descr.__set__(obj, value)"),
    TP("__delete__", tp_descr_set, FN(_PySlot_tp_descr_set), _PyWrap_descr_delete,
       "descr.__delete__(obj)"),
    {.name = "__init__",
     .offset = OFF(ht_type.tp_init),
     .function = FN(_PySlot_tp_init),
     .wrapper = _PyWrap_init,
     .doc = "x.__init__(...) initializes x; see help(type(x)) for signature",
     .flags = PyWrapperFlag_KEYWORDS},
    TP("__new__", tp_new, FN(_PySlot_tp_new), NULL, ""),
    TP("__del__", tp_del, FN(_PySlot_tp_del), NULL, ""),

    BINARY("add", "radd", nb_add, "+"),
    BINARY("sub", "rsub", nb_subtract, "-"),
    BINARY("mul", "rmul", nb_multiply, "*"),
    BINARY("div", "rdiv", nb_divide, "/"),
    BINARY("mod", "rmod", nb_remainder, "%"),
    NB("__divmod__", nb_divmod, _PyWrap_binaryfunc_l, "x.__divmod__(y) <==> divmod(x, y)"),
    NB("__rdivmod__", nb_divmod, _PyWrap_binaryfunc_r, "x.__rdivmod__(y) <==> divmod(y, x)"),
    NB("__pow__", nb_power, _PyWrap_ternaryfunc, "x.__pow__(y[, z]) <==> pow(x, y[, z])"),
    NB("__rpow__", nb_power, _PyWrap_ternaryfunc_r, "y.__rpow__(x[, z]) <==> pow(x, y[, z])"),
    UNARY("__neg__", nb_negative, "-x"),
    UNARY("__pos__", nb_positive, "+x"),
    UNARY("__abs__", nb_absolute, "abs(x)"),
    NB("__nonzero__", nb_nonzero, _PyWrap_inquirypred, "x.__nonzero__() <==> x != 0"),
    UNARY("__invert__", nb_invert, "~x"),
    BINARY("lshift", "rlshift", nb_lshift, "<<"),
    BINARY("rshift", "rrshift", nb_rshift, ">>"),
    BINARY("and", "rand", nb_and, "&"),
    BINARY("xor", "rxor", nb_xor, "^"),
    BINARY("or", "ror", nb_or, "|"),
    NB("__coerce__", nb_coerce, _PyWrap_coercefunc, "x.__coerce__(y) <==> coerce(x, y)"),
    UNARY("__int__", nb_int, "int(x)"),
    UNARY("__long__", nb_long, "long(x)"),
    UNARY("__float__", nb_float, "float(x)"),
    UNARY("__oct__", nb_oct, "oct(x)"),
    UNARY("__hex__", nb_hex, "hex(x)"),
    INPLACE("__iadd__", nb_inplace_add, "+="),
    INPLACE("__isub__", nb_inplace_subtract, "-="),
    INPLACE("__imul__", nb_inplace_multiply, "*="),
    INPLACE("__idiv__", nb_inplace_divide, "/="),
    INPLACE("__imod__", nb_inplace_remainder, "%="),
    INPLACE("__ipow__", nb_inplace_power, "**="),
    INPLACE("__ilshift__", nb_inplace_lshift, "<<="),
    INPLACE("__irshift__", nb_inplace_rshift, ">>="),
    INPLACE("__iand__", nb_inplace_and, "&="),
    INPLACE("__ixor__", nb_inplace_xor, "^="),
    INPLACE("__ior__", nb_inplace_or, "|="),
    BINARY("floordiv", "rfloordiv", nb_floor_divide, "//"),
    BINARY("truediv", "rtruediv", nb_true_divide, "/"),
    INPLACE("__ifloordiv__", nb_inplace_floor_divide, "//="),
    INPLACE("__itruediv__", nb_inplace_true_divide, "/="),
    NB("__index__", nb_index, _PyWrap_unaryfunc, "x[y:z] <==> x[y.__index__():z.__index__()]"),

    MP("__len__", mp_length, FN(_PySlot_sq_length), _PyWrap_lenfunc, "x.__len__() <==> len(x)"),
    MP("__getitem__", mp_subscript, FN(_PySlot_mp_subscript), _PyWrap_binaryfunc,
       "x.__getitem__(y) <==> x[y]"),
    MP("__setitem__", mp_ass_subscript, FN(_PySlot_mp_ass_subscript), _PyWrap_objobjargproc,
       "x.__setitem__(i, y) <==> x[i]=y"),
    MP("__delitem__", mp_ass_subscript, FN(_PySlot_mp_ass_subscript), _PyWrap_delitem,
       "x.__delitem__(y) <==> del x[y]"),

    SQ("__len__", sq_length, FN(_PySlot_sq_length), _PyWrap_lenfunc, "x.__len__() <==> len(x)"),
    /* Concatenation and repetition go through the number slots; these only wrap what C types have.
     */
    SQ("__add__", sq_concat, NULL, _PyWrap_binaryfunc, "x.__add__(y) <==> x+y"),
    SQ("__mul__", sq_repeat, NULL, _PyWrap_indexargfunc, "x.__mul__(n) <==> x*n"),
    SQ("__rmul__", sq_repeat, NULL, _PyWrap_indexargfunc, "x.__rmul__(n) <==> n*x"),
    SQ("__getitem__", sq_item, FN(_PySlot_sq_item), _PyWrap_sq_item, "x.__getitem__(y) <==> x[y]"),
    SQ("__getslice__", sq_slice, FN(_PySlot_sq_slice), _PyWrap_getslice,
       "x.__getslice__(i, j) <==> x[i:j]" NO_SLICE_NEGATIVES),
    SQ("__setitem__", sq_ass_item, FN(_PySlot_sq_ass_item), _PyWrap_sq_setitem,
       "x.__setitem__(i, y) <==> x[i]=y"),
    SQ("__delitem__", sq_ass_item, FN(_PySlot_sq_ass_item), _PyWrap_sq_delitem,
       "x.__delitem__(y) <==> del x[y]"),
    SQ("__setslice__", sq_ass_slice, FN(_PySlot_sq_ass_slice), _PyWrap_setslice,
       "x.__setslice__(i, j, y) <==> x[i:j]=y" NO_SLICE_NEGATIVES),
    SQ("__delslice__", sq_ass_slice, FN(_PySlot_sq_ass_slice), _PyWrap_delslice,
       "x.__delslice__(i, j) <==> del x[i:j]" NO_SLICE_NEGATIVES),
    SQ("__contains__", sq_contains, FN(_PySlot_sq_contains), _PyWrap_contains,
       "x.__contains__(y) <==> y in x"),
    SQ("__iadd__", sq_inplace_concat, NULL, _PyWrap_binaryfunc, "x.__iadd__(y) <==> x+=y"),
    SQ("__imul__", sq_inplace_repeat, NULL, _PyWrap_indexargfunc, "x.__imul__(y) <==> x*=y"),
    {.name = NULL},
};

/* Order in which wrappers enter a dict: where two slots share a name the first in this order wins,
 * and it decides dict order as well, so it is CPython's: ascending offset, type slots first. */
static void init_slotdefs(void)
{
    static int initialized;
    if (initialized)
        return;
    for (slotdef *p = slotdefs; p->name != NULL; p++) {
        assert(p[1].name == NULL || p->offset <= p[1].offset);
        p->name_strobj = PyString_InternFromString(p->name);
        if (p->name_strobj == NULL)
            Py_FatalError("out of memory interning slot names");
    }
    initialized = 1;
}

/* Where a type keeps the slot at an offset of PyHeapTypeObject; NULL when it lacks the whole suite.
 */
static anyfunc *slotptr(PyTypeObject *type, int offset)
{
    char *suite;
    if (offset >= OFF(as_sequence)) {
        suite = (char *)type->tp_as_sequence;
        offset -= OFF(as_sequence);
    } else if (offset >= OFF(as_mapping)) {
        suite = (char *)type->tp_as_mapping;
        offset -= OFF(as_mapping);
    } else if (offset >= OFF(as_number)) {
        suite = (char *)type->tp_as_number;
        offset -= OFF(as_number);
    } else {
        suite = (char *)type;
    }
    return suite == NULL ? NULL : (anyfunc *)(suite + offset);
}

/* A name may stand for several slots (__len__, __getitem__). The one slot of them that the type
 * fills, or NULL when it fills none or more than one. */
static anyfunc *only_filled_slot(PyTypeObject *type, PyObject *name)
{
    anyfunc *res = NULL;
    for (slotdef *p = slotdefs; p->name != NULL; p++) {
        if (p->name_strobj != name)
            continue;
        anyfunc *ptr = slotptr(type, p->offset);
        if (ptr == NULL || *ptr == NULL)
            continue;
        if (res != NULL)
            return NULL;
        res = ptr;
    }
    return res;
}

/* Whether descr is the __new__ of a built-in type as found in its dict. */
static int is_new_wrapper(PyObject *descr)
{
    return PyCFunction_Check(descr) &&
           PyCFunction_GET_FUNCTION(descr) == PyCFunction_CAST(_PyType_NewWrapper);
}

/* Recomputes the slot that p and its neighbours describe; returns the next entry with another
 * offset. When every special method of the slot is the wrapper of one same C function, that
 * function is used directly. */
static slotdef *update_one_slot(PyTypeObject *type, slotdef *p)
{
    int offset = p->offset, use_generic = 0;
    anyfunc specific = NULL, generic = NULL;
    anyfunc *ptr = slotptr(type, offset);
    if (ptr == NULL) {
        do {
            ++p;
        } while (p->name != NULL && p->offset == offset);
        return p;
    }
    do {
        PyObject *descr = _PyType_Lookup(type, p->name_strobj);
        if (descr == NULL) {
            if (offset == OFF(ht_type.tp_iternext))
                specific = FN(_PyObject_NextNotImplemented);
            continue;
        }
        if (Py_TYPE(descr) == &PyWrapperDescr_Type &&
            ((PyWrapperDescrObject *)descr)->d_base->name_strobj == p->name_strobj) {
            PyWrapperDescrObject *d = (PyWrapperDescrObject *)descr;
            anyfunc *only = only_filled_slot(type, p->name_strobj);
            if (only == NULL || only == ptr)
                generic = p->function;
            if (d->d_base->wrapper == p->wrapper && PyType_IsSubtype(type, PyDescr_TYPE(d))) {
                if (specific == NULL || specific == d->d_wrapped)
                    specific = d->d_wrapped;
                else
                    use_generic = 1;
            }
        } else if (offset == OFF(ht_type.tp_new) && is_new_wrapper(descr)) {
            /* A built-in __new__ not overridden: the inherited slot is right and faster. */
            specific = FN(type->tp_new);
        } else if (descr == Py_None && offset == OFF(ht_type.tp_hash)) {
            specific = FN(PyObject_HashNotImplemented); /* __hash__ = None */
        } else {
            use_generic = 1;
            generic = p->function;
        }
    } while ((++p)->name != NULL && p->offset == offset);
    *ptr = specific != NULL && !use_generic ? specific : generic;
    return p;
}

static int update_slot_here(PyTypeObject *type, PyObject *name)
{
    for (slotdef *p = slotdefs; p->name != NULL; p++) {
        if (p->name_strobj != name)
            continue;
        slotdef *first = p;
        while (first > slotdefs && first[-1].offset == first->offset)
            --first;
        update_one_slot(type, first);
    }
    return 0;
}

/* The type and all subclasses that do not define the name themselves. */
static int update_slot_recursive(PyTypeObject *type, PyObject *name)
{
    update_slot_here(type, name);
    PyObject *subclasses = type->tp_subclasses;
    if (subclasses == NULL)
        return 0;
    if (Py_EnterRecursiveCall(" in update of slots"))
        return -1;
    int err = 0;
    for (Py_ssize_t i = 0; err == 0 && i < PyList_GET_SIZE(subclasses); i++) {
        PyObject *ref = PyList_GET_ITEM(subclasses, i);
        PyObject *sub = PyWeakref_GET_OBJECT(ref);
        if (sub == Py_None)
            continue;
        PyObject *dict = ((PyTypeObject *)sub)->tp_dict;
        if (dict != NULL && PyDict_Check(dict) && PyDict_GetItem(dict, name) != NULL)
            continue;
        err = update_slot_recursive((PyTypeObject *)sub, name);
    }
    Py_LeaveRecursiveCall();
    return err;
}

int _PyType_UpdateSlot(PyTypeObject *type, PyObject *name)
{
    /* The cached lookups must be gone first: the slots are computed from fresh ones. */
    PyType_Modified(type);
    init_slotdefs();
    const char *s = PyString_AS_STRING(name);
    if (!(s[0] == '_' && s[1] == '_') && strcmp(s, "next") != 0)
        return 0;
    PyObject *interned = name;
    Py_INCREF(interned);
    PyString_InternInPlace(&interned);
    int err = 0;
    for (slotdef *p = slotdefs; p->name != NULL; p++) {
        if (p->name_strobj == interned) {
            err = update_slot_recursive(type, interned);
            break;
        }
    }
    Py_DECREF(interned);
    return err;
}

int _PyType_UpdateAllSlots(PyTypeObject *type)
{
    init_slotdefs();
    for (slotdef *p = slotdefs; p->name != NULL; p++) {
        if (update_slot_recursive(type, p->name_strobj) < 0)
            return -1;
    }
    return 0;
}

void _PyType_FixupSlots(PyTypeObject *type)
{
    init_slotdefs();
    for (slotdef *p = slotdefs; p->name != NULL;)
        p = update_one_slot(type, p);
}

/* -- Wrappers into the dict of a type -------------------------------------------------------------
 */

static PyMethodDef new_methoddef[] = {
    {"__new__", PyCFunction_CAST(_PyType_NewWrapper), METH_VARARGS | METH_KEYWORDS,
     "T.__new__(S, ...) -> a new object with type S, a subtype of T"},
    {NULL, NULL, 0, NULL},
};

static int add_new_wrapper(PyTypeObject *type)
{
    if (PyDict_GetItemString(type->tp_dict, "__new__") != NULL)
        return 0;
    PyObject *func = PyCFunction_New(new_methoddef, (PyObject *)type);
    if (func == NULL)
        return -1;
    int err = PyDict_SetItemString(type->tp_dict, "__new__", func);
    Py_DECREF(func);
    return err;
}

int _PyType_AddOperators(PyTypeObject *type)
{
    PyObject *dict = type->tp_dict;
    init_slotdefs();
    for (slotdef *p = slotdefs; p->name != NULL; p++) {
        if (p->wrapper == NULL)
            continue;
        anyfunc *ptr = slotptr(type, p->offset);
        if (ptr == NULL || *ptr == NULL || PyDict_GetItem(dict, p->name_strobj) != NULL)
            continue;
        int err;
        if (*ptr == FN(PyObject_HashNotImplemented)) {
            err = PyDict_SetItem(dict, p->name_strobj, Py_None);
        } else {
            PyObject *descr = PyDescr_NewWrapper(type, p, *ptr);
            if (descr == NULL)
                return -1;
            err = PyDict_SetItem(dict, p->name_strobj, descr);
            Py_DECREF(descr);
        }
        if (err < 0)
            return -1;
    }
    return type->tp_new != NULL ? add_new_wrapper(type) : 0;
}
