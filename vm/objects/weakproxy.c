/* SPDX-License-Identifier: MIT */
/* weakproxy: passes every operation on to its object, which must live. Invariant: the object is
 * kept alive while an operation on it runs. weakrefobject.c makes proxies. */
#include "Python.h"

#define REF(op) ((PyWeakReference *)(op))

/* What an operand stands for, as a new reference; NULL with ReferenceError when it is a dead proxy.
 */
static PyObject *proxy_target(PyObject *op)
{
    if (op != NULL && PyWeakref_CheckProxy(op)) {
        op = PyWeakref_GET_OBJECT(op);
        if (op == Py_None) {
            PyErr_SetString(PyExc_ReferenceError, "weakly-referenced object no longer exists");
            return NULL;
        }
    }
    Py_XINCREF(op);
    return op;
}

#define PROXY_UNARY(name, operation)                                                               \
    static PyObject *name(PyObject *self)                                                          \
    {                                                                                              \
        PyObject *x = proxy_target(self);                                                          \
        if (x == NULL)                                                                             \
            return NULL;                                                                           \
        PyObject *result = operation(x);                                                           \
        Py_DECREF(x);                                                                              \
        return result;                                                                             \
    }
#define PROXY_BINARY(name, operation)                                                              \
    static PyObject *name(PyObject *a, PyObject *b)                                                \
    {                                                                                              \
        PyObject *x = proxy_target(a), *y = x == NULL ? NULL : proxy_target(b);                    \
        PyObject *result = y == NULL ? NULL : operation(x, y);                                     \
        Py_XDECREF(x);                                                                             \
        Py_XDECREF(y);                                                                             \
        return result;                                                                             \
    }
#define PROXY_POWER(name, operation)                                                               \
    static PyObject *name(PyObject *a, PyObject *b, PyObject *c)                                   \
    {                                                                                              \
        PyObject *x = proxy_target(a), *y = x == NULL ? NULL : proxy_target(b);                    \
        PyObject *z = y == NULL ? NULL : proxy_target(c);                                          \
        PyObject *result = z == NULL ? NULL : operation(x, y, z);                                  \
        Py_XDECREF(x);                                                                             \
        Py_XDECREF(y);                                                                             \
        Py_XDECREF(z);                                                                             \
        return result;                                                                             \
    }

PROXY_UNARY(proxy_str, PyObject_Str)
PROXY_UNARY(proxy_neg, PyNumber_Negative)
PROXY_UNARY(proxy_pos, PyNumber_Positive)
PROXY_UNARY(proxy_abs, PyNumber_Absolute)
PROXY_UNARY(proxy_invert, PyNumber_Invert)
PROXY_UNARY(proxy_int, PyNumber_Int)
PROXY_UNARY(proxy_long, PyNumber_Long)
PROXY_UNARY(proxy_float, PyNumber_Float)
PROXY_UNARY(proxy_index, PyNumber_Index)
PROXY_UNARY(proxy_iter, PyObject_GetIter)
PROXY_UNARY(proxy_iternext, PyIter_Next)
PROXY_BINARY(proxy_getattr, PyObject_GetAttr)
PROXY_BINARY(proxy_getitem, PyObject_GetItem)
PROXY_BINARY(proxy_add, PyNumber_Add)
PROXY_BINARY(proxy_sub, PyNumber_Subtract)
PROXY_BINARY(proxy_mul, PyNumber_Multiply)
PROXY_BINARY(proxy_div, PyNumber_Divide)
PROXY_BINARY(proxy_floor_div, PyNumber_FloorDivide)
PROXY_BINARY(proxy_true_div, PyNumber_TrueDivide)
PROXY_BINARY(proxy_mod, PyNumber_Remainder)
PROXY_BINARY(proxy_divmod, PyNumber_Divmod)
PROXY_BINARY(proxy_lshift, PyNumber_Lshift)
PROXY_BINARY(proxy_rshift, PyNumber_Rshift)
PROXY_BINARY(proxy_and, PyNumber_And)
PROXY_BINARY(proxy_xor, PyNumber_Xor)
PROXY_BINARY(proxy_or, PyNumber_Or)
PROXY_BINARY(proxy_iadd, PyNumber_InPlaceAdd)
PROXY_BINARY(proxy_isub, PyNumber_InPlaceSubtract)
PROXY_BINARY(proxy_imul, PyNumber_InPlaceMultiply)
PROXY_BINARY(proxy_idiv, PyNumber_InPlaceDivide)
PROXY_BINARY(proxy_ifloor_div, PyNumber_InPlaceFloorDivide)
PROXY_BINARY(proxy_itrue_div, PyNumber_InPlaceTrueDivide)
PROXY_BINARY(proxy_imod, PyNumber_InPlaceRemainder)
PROXY_BINARY(proxy_ilshift, PyNumber_InPlaceLshift)
PROXY_BINARY(proxy_irshift, PyNumber_InPlaceRshift)
PROXY_BINARY(proxy_iand, PyNumber_InPlaceAnd)
PROXY_BINARY(proxy_ixor, PyNumber_InPlaceXor)
PROXY_BINARY(proxy_ior, PyNumber_InPlaceOr)
PROXY_POWER(proxy_pow, PyNumber_Power)
PROXY_POWER(proxy_ipow, PyNumber_InPlacePower)

static PyObject *proxy_call(PyObject *self, PyObject *args, PyObject *kwds)
{
    PyObject *x = proxy_target(self);

    if (x == NULL)
        return NULL;
    PyObject *result = PyObject_Call(x, args, kwds);
    Py_DECREF(x);
    return result;
}

static PyObject *proxy_unicode(PyObject *self, PyObject *unused)
{
    PyObject *x = proxy_target(self);

    if (x == NULL)
        return NULL;
    PyObject *result = PyObject_CallMethod(x, "__unicode__", "");
    Py_DECREF(x);
    return result;
}

static PyObject *proxy_repr(PyObject *self)
{
    PyObject *ob = PyWeakref_GET_OBJECT(self);

    return PyString_FromFormat("<weakproxy at %p to %.100s at %p>", (void *)self,
                               Py_TYPE(ob)->tp_name, (void *)ob);
}

static int proxy_setattr(PyObject *self, PyObject *name, PyObject *value)
{
    PyObject *x = proxy_target(self);

    if (x == NULL)
        return -1;
    int status = PyObject_SetAttr(x, name, value);
    Py_DECREF(x);
    return status;
}

/* Only the old way: two proxies compare as their objects do by cmp(); with anything else a proxy is
 * an object of its own, unless the other has comparisons that know what to do with it. */
static int proxy_compare(PyObject *a, PyObject *b)
{
    PyObject *x = proxy_target(a), *y = x == NULL ? NULL : proxy_target(b);
    int result = y == NULL ? -1 : PyObject_Compare(x, y);

    Py_XDECREF(x);
    Py_XDECREF(y);
    return result;
}

static int proxy_nonzero(PyObject *self)
{
    PyObject *x = proxy_target(self);

    if (x == NULL)
        return -1;
    int truth = PyObject_IsTrue(x);
    Py_DECREF(x);
    return truth;
}

static PyObject *proxy_slice(PyObject *self, Py_ssize_t low, Py_ssize_t high)
{
    PyObject *x = proxy_target(self);

    if (x == NULL)
        return NULL;
    PyObject *result = PySequence_GetSlice(x, low, high);
    Py_DECREF(x);
    return result;
}

static int proxy_ass_slice(PyObject *self, Py_ssize_t low, Py_ssize_t high, PyObject *value)
{
    PyObject *x = proxy_target(self);

    if (x == NULL)
        return -1;
    int status = value == NULL ? PySequence_DelSlice(x, low, high)
                               : PySequence_SetSlice(x, low, high, value);
    Py_DECREF(x);
    return status;
}

static int proxy_contains(PyObject *self, PyObject *value)
{
    PyObject *x = proxy_target(self);

    if (x == NULL)
        return -1;
    int found = PySequence_Contains(x, value);
    Py_DECREF(x);
    return found;
}

static Py_ssize_t proxy_length(PyObject *self)
{
    PyObject *x = proxy_target(self);

    if (x == NULL)
        return -1;
    Py_ssize_t n = PyObject_Size(x);
    Py_DECREF(x);
    return n;
}

static int proxy_setitem(PyObject *self, PyObject *key, PyObject *value)
{
    PyObject *x = proxy_target(self);

    if (x == NULL)
        return -1;
    int status = value == NULL ? PyObject_DelItem(x, key) : PyObject_SetItem(x, key, value);
    Py_DECREF(x);
    return status;
}

static void proxy_dealloc(PyObject *self)
{
    PyObject *callback = REF(self)->wr_callback;

    PyObject_GC_UnTrack(self);
    _PyWeakref_ClearRef(REF(self));
    REF(self)->wr_callback = NULL;
    Py_XDECREF(callback);
    PyObject_GC_Del(self);
}

static int proxy_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(REF(self)->wr_callback);
    return 0;
}

static int proxy_clear(PyObject *self)
{
    _PyWeakref_ClearRef(REF(self));
    Py_CLEAR(REF(self)->wr_callback);
    return 0;
}

static PyNumberMethods proxy_as_number = {
    .nb_add = proxy_add,
    .nb_subtract = proxy_sub,
    .nb_multiply = proxy_mul,
    .nb_divide = proxy_div,
    .nb_remainder = proxy_mod,
    .nb_divmod = proxy_divmod,
    .nb_power = proxy_pow,
    .nb_negative = proxy_neg,
    .nb_positive = proxy_pos,
    .nb_absolute = proxy_abs,
    .nb_nonzero = proxy_nonzero,
    .nb_invert = proxy_invert,
    .nb_lshift = proxy_lshift,
    .nb_rshift = proxy_rshift,
    .nb_and = proxy_and,
    .nb_xor = proxy_xor,
    .nb_or = proxy_or,
    .nb_int = proxy_int,
    .nb_long = proxy_long,
    .nb_float = proxy_float,
    .nb_inplace_add = proxy_iadd,
    .nb_inplace_subtract = proxy_isub,
    .nb_inplace_multiply = proxy_imul,
    .nb_inplace_divide = proxy_idiv,
    .nb_inplace_remainder = proxy_imod,
    .nb_inplace_power = proxy_ipow,
    .nb_inplace_lshift = proxy_ilshift,
    .nb_inplace_rshift = proxy_irshift,
    .nb_inplace_and = proxy_iand,
    .nb_inplace_xor = proxy_ixor,
    .nb_inplace_or = proxy_ior,
    .nb_floor_divide = proxy_floor_div,
    .nb_true_divide = proxy_true_div,
    .nb_inplace_floor_divide = proxy_ifloor_div,
    .nb_inplace_true_divide = proxy_itrue_div,
    .nb_index = proxy_index,
};
static PySequenceMethods proxy_as_sequence = {
    .sq_length = proxy_length,
    .sq_slice = proxy_slice,
    .sq_ass_slice = proxy_ass_slice,
    .sq_contains = proxy_contains,
};
static PyMappingMethods proxy_as_mapping = {
    .mp_length = proxy_length,
    .mp_subscript = proxy_getitem,
    .mp_ass_subscript = proxy_setitem,
};
static PyMethodDef proxy_methods[] = {
    {"__unicode__", proxy_unicode, METH_NOARGS, NULL},
    {NULL},
};

#define PROXY_TYPE(c_name, py_name, call)                                                          \
    PyTypeObject c_name = {                                                                        \
        PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = py_name,                                  \
        .tp_basicsize = sizeof(PyWeakReference),                                                   \
        .tp_x64_basicsize = 56,                                                                    \
        .tp_dealloc = proxy_dealloc,                                                               \
        .tp_repr = proxy_repr,                                                                     \
        .tp_as_number = &proxy_as_number,                                                          \
        .tp_as_sequence = &proxy_as_sequence,                                                      \
        .tp_as_mapping = &proxy_as_mapping,                                                        \
        .tp_call = call,                                                                           \
        .tp_str = proxy_str,                                                                       \
        .tp_getattro = proxy_getattr,                                                              \
        .tp_setattro = proxy_setattr,                                                              \
        .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_CHECKTYPES,               \
        .tp_traverse = proxy_traverse,                                                             \
        .tp_clear = proxy_clear,                                                                   \
        .tp_compare = proxy_compare,                                                               \
        .tp_iter = proxy_iter,                                                                     \
        .tp_iternext = proxy_iternext,                                                             \
        .tp_methods = proxy_methods,                                                               \
    }
PROXY_TYPE(_PyWeakref_ProxyType, "weakproxy", NULL);
PROXY_TYPE(_PyWeakref_CallableProxyType, "weakcallableproxy", proxy_call);
