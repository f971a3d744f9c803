/* SPDX-License-Identifier: MIT */
/* Operators of classic instances: __coerce__ first, then the method or its reflected form.
 * Invariant: when coercion gives something that is no instance, the operator starts again on the
 * coerced pair, counted as recursion. */
#include "Python.h"
#include "instanceobject.h"

/* v.opname(w); NotImplemented when there is no such method. */
static PyObject *generic_binary_op(PyObject *v, PyObject *w, const char *opname)
{
    PyObject *func = PyObject_GetAttrString(v, opname);
    if (func == NULL) {
        if (!PyErr_ExceptionMatches(PyExc_AttributeError))
            return NULL;
        PyErr_Clear();
        Py_RETURN_NOTIMPLEMENTED;
    }
    PyObject *result = _PyAsk_ObjArgs(func, w, NULL, NULL);
    Py_DECREF(func);
    return result;
}

/* v's side of the operator; swapped: v was the right operand. */
static PyObject *half_binop(PyObject *v, PyObject *w, const char *opname, binaryfunc thisfunc,
                            int swapped)
{
    static PyObject *coerce_str;
    PyObject *coercefunc, *coerced, *result;
    if (!PyInstance_Check(v))
        Py_RETURN_NOTIMPLEMENTED;
    int found = _PyInstance_FindSpecial(v, "__coerce__", &coerce_str, &coercefunc);
    if (found < 0)
        return NULL;
    if (!found)
        return generic_binary_op(v, w, opname);
    coerced = _PyAsk_ObjArgs(coercefunc, w, NULL, NULL);
    Py_DECREF(coercefunc);
    if (coerced == NULL)
        return NULL;
    if (coerced == Py_None || coerced == Py_NotImplemented) {
        Py_DECREF(coerced);
        return generic_binary_op(v, w, opname);
    }
    if (!PyTuple_Check(coerced) || PyTuple_GET_SIZE(coerced) != 2) {
        Py_DECREF(coerced);
        PyErr_SetString(PyExc_TypeError, "coercion should return None or 2-tuple");
        return NULL;
    }
    PyObject *v1 = PyTuple_GET_ITEM(coerced, 0);
    w = PyTuple_GET_ITEM(coerced, 1);
    if (Py_TYPE(v1) == Py_TYPE(v) && PyInstance_Check(v)) {
        /* Still an instance: it would only coerce again. */
        result = generic_binary_op(v1, w, opname);
    } else if (Py_EnterRecursiveCall(" after coercion")) {
        result = NULL;
    } else {
        result = swapped ? thisfunc(w, v1) : thisfunc(v1, w);
        Py_LeaveRecursiveCall();
    }
    Py_DECREF(coerced);
    return result;
}

static PyObject *do_binop(PyObject *v, PyObject *w, const char *opname, const char *ropname,
                          binaryfunc thisfunc)
{
    PyObject *result = half_binop(v, w, opname, thisfunc, 0);
    if (result != Py_NotImplemented)
        return result;
    Py_DECREF(result);
    return half_binop(w, v, ropname, thisfunc, 1);
}

static PyObject *do_binop_inplace(PyObject *v, PyObject *w, const char *iopname, const char *opname,
                                  const char *ropname, binaryfunc thisfunc)
{
    PyObject *result = half_binop(v, w, iopname, thisfunc, 0);
    if (result != Py_NotImplemented)
        return result;
    Py_DECREF(result);
    return do_binop(v, w, opname, ropname, thisfunc);
}

static int instance_coerce(PyObject **pv, PyObject **pw)
{
    static PyObject *coerce_str;
    PyObject *v = *pv, *w = *pw, *func;
    int found = _PyInstance_FindSpecial(v, "__coerce__", &coerce_str, &func);
    if (found <= 0)
        return found < 0 ? -1 : 1;
    PyObject *coerced = _PyAsk_ObjArgs(func, w, NULL, NULL);
    Py_DECREF(func);
    if (coerced == NULL)
        return -1;
    if (coerced == Py_None || coerced == Py_NotImplemented) {
        Py_DECREF(coerced);
        return 1;
    }
    if (!PyTuple_Check(coerced) || PyTuple_GET_SIZE(coerced) != 2) {
        PyErr_SetString(PyExc_TypeError, "coercion should return None or 2-tuple");
        Py_DECREF(coerced);
        return -1;
    }
    *pv = PyTuple_GET_ITEM(coerced, 0);
    *pw = PyTuple_GET_ITEM(coerced, 1);
    Py_INCREF(*pv);
    Py_INCREF(*pw);
    Py_DECREF(coerced);
    return 0;
}

#define BINARY(name, stem, func)                                                                   \
    static PyObject *instance_##name(PyObject *v, PyObject *w)                                     \
    {                                                                                              \
        return do_binop(v, w, "__" stem "__", "__r" stem "__", func);                              \
    }
#define INPLACE(name, stem, func)                                                                  \
    static PyObject *instance_##name(PyObject *v, PyObject *w)                                     \
    {                                                                                              \
        return do_binop_inplace(v, w, "__i" stem "__", "__" stem "__", "__r" stem "__", func);     \
    }
#define UNARY(name, method)                                                                        \
    static PyObject *instance_##name(PyObject *self)                                               \
    {                                                                                              \
        static PyObject *cache;                                                                    \
        return call_unary(self, method, &cache);                                                   \
    }

static PyObject *call_unary(PyObject *self, const char *method, PyObject **cache)
{
    PyObject *func = _PyInstance_Special(self, method, cache);
    if (func == NULL)
        return NULL;
    PyObject *res = _PyAsk_ObjArgs(func, NULL, NULL, NULL);
    Py_DECREF(func);
    return res;
}

BINARY(or, "or", PyNumber_Or)
BINARY(and, "and", PyNumber_And)
BINARY(xor, "xor", PyNumber_Xor)
BINARY(lshift, "lshift", PyNumber_Lshift)
BINARY(rshift, "rshift", PyNumber_Rshift)
BINARY(add, "add", PyNumber_Add)
BINARY(sub, "sub", PyNumber_Subtract)
BINARY(mul, "mul", PyNumber_Multiply)
BINARY(div, "div", PyNumber_Divide)
BINARY(mod, "mod", PyNumber_Remainder)
BINARY(divmod, "divmod", PyNumber_Divmod)
BINARY(floordiv, "floordiv", PyNumber_FloorDivide)
BINARY(truediv, "truediv", PyNumber_TrueDivide)
INPLACE(ior, "or", PyNumber_InPlaceOr)
INPLACE(ixor, "xor", PyNumber_InPlaceXor)
INPLACE(iand, "and", PyNumber_InPlaceAnd)
INPLACE(ilshift, "lshift", PyNumber_InPlaceLshift)
INPLACE(irshift, "rshift", PyNumber_InPlaceRshift)
INPLACE(iadd, "add", PyNumber_InPlaceAdd)
INPLACE(isub, "sub", PyNumber_InPlaceSubtract)
INPLACE(imul, "mul", PyNumber_InPlaceMultiply)
INPLACE(idiv, "div", PyNumber_InPlaceDivide)
INPLACE(imod, "mod", PyNumber_InPlaceRemainder)
INPLACE(ifloordiv, "floordiv", PyNumber_InPlaceFloorDivide)
INPLACE(itruediv, "truediv", PyNumber_InPlaceTrueDivide)
UNARY(neg, "__neg__")
UNARY(pos, "__pos__")
UNARY(abs, "__abs__")
UNARY(invert, "__invert__")
UNARY(float, "__float__")
UNARY(oct, "__oct__")
UNARY(hex, "__hex__")

static PyObject *instance_int(PyObject *self)
{
    static PyObject *int_str, *trunc_str;
    PyObject *func;
    int found = _PyInstance_FindSpecial(self, "__int__", &int_str, &func);
    if (found < 0)
        return NULL;
    if (found) {
        PyObject *res = _PyAsk_ObjArgs(func, NULL, NULL, NULL);
        Py_DECREF(func);
        return res;
    }
    return _PyNumber_ConvertIntegralToInt(call_unary(self, "__trunc__", &trunc_str),
                                          "__trunc__ returned non-Integral (type %.200s)");
}

static PyObject *instance_long(PyObject *self)
{
    static PyObject *cache;
    PyObject *func;
    int found = _PyInstance_FindSpecial(self, "__long__", &cache, &func);
    if (found < 0)
        return NULL;
    if (!found)
        return instance_int(self);
    PyObject *res = _PyAsk_ObjArgs(func, NULL, NULL, NULL);
    Py_DECREF(func);
    return res;
}

static PyObject *instance_index(PyObject *self)
{
    static PyObject *cache;
    PyObject *func;
    int found = _PyInstance_FindSpecial(self, "__index__", &cache, &func);
    if (found < 0)
        return NULL;
    if (!found) {
        PyErr_SetString(PyExc_TypeError, "object cannot be interpreted as an index");
        return NULL;
    }
    PyObject *res = _PyAsk_ObjArgs(func, NULL, NULL, NULL);
    Py_DECREF(func);
    return res;
}

static int instance_nonzero(PyObject *self)
{
    static PyObject *nonzero_str, *len_str;
    PyObject *func;
    int found = _PyInstance_FindSpecial(self, "__nonzero__", &nonzero_str, &func);
    if (found == 0)
        found = _PyInstance_FindSpecial(self, "__len__", &len_str, &func);
    if (found <= 0)
        return found < 0 ? -1 : 1; /* neither method: true */
    PyObject *res = _PyAsk_ObjArgs(func, NULL, NULL, NULL);
    Py_DECREF(func);
    if (res == NULL)
        return -1;
    if (!PyInt_Check(res)) {
        Py_DECREF(res);
        PyErr_SetString(PyExc_TypeError, "__nonzero__ should return an int");
        return -1;
    }
    py_long outcome = PyInt_AS_LONG(res);
    Py_DECREF(res);
    if (outcome < 0) {
        PyErr_SetString(PyExc_ValueError, "__nonzero__ should return >= 0");
        return -1;
    }
    return outcome > 0;
}

/* pow() without a modulus, as a binary function. */
static PyObject *binary_pow(PyObject *v, PyObject *w)
{
    return PyNumber_Power(v, w, Py_None);
}

static PyObject *binary_ipow(PyObject *v, PyObject *w)
{
    return PyNumber_InPlacePower(v, w, Py_None);
}

/* With a modulus there is no reflection and no coercion. */
static PyObject *pow_with_modulus(PyObject *v, PyObject *w, PyObject *z, const char *method)
{
    PyObject *func = PyObject_GetAttrString(v, method);
    if (func == NULL)
        return NULL;
    PyObject *result = _PyAsk_ObjArgs(func, w, z, NULL);
    Py_DECREF(func);
    return result;
}

static PyObject *instance_pow(PyObject *v, PyObject *w, PyObject *z)
{
    if (z == Py_None)
        return do_binop(v, w, "__pow__", "__rpow__", binary_pow);
    return pow_with_modulus(v, w, z, "__pow__");
}

static PyObject *instance_ipow(PyObject *v, PyObject *w, PyObject *z)
{
    if (z == Py_None)
        return do_binop_inplace(v, w, "__ipow__", "__pow__", "__rpow__", binary_ipow);
    PyObject *func = PyObject_GetAttrString(v, "__ipow__");
    if (func == NULL) {
        if (!PyErr_ExceptionMatches(PyExc_AttributeError))
            return NULL;
        PyErr_Clear();
        return instance_pow(v, w, z);
    }
    PyObject *result = _PyAsk_ObjArgs(func, w, z, NULL);
    Py_DECREF(func);
    return result;
}

PyNumberMethods _PyInstance_AsNumber = {
    .nb_add = instance_add,
    .nb_subtract = instance_sub,
    .nb_multiply = instance_mul,
    .nb_divide = instance_div,
    .nb_remainder = instance_mod,
    .nb_divmod = instance_divmod,
    .nb_power = instance_pow,
    .nb_negative = instance_neg,
    .nb_positive = instance_pos,
    .nb_absolute = instance_abs,
    .nb_nonzero = instance_nonzero,
    .nb_invert = instance_invert,
    .nb_lshift = instance_lshift,
    .nb_rshift = instance_rshift,
    .nb_and = instance_and,
    .nb_xor = instance_xor,
    .nb_or = instance_or,
    .nb_coerce = instance_coerce,
    .nb_int = instance_int,
    .nb_long = instance_long,
    .nb_float = instance_float,
    .nb_oct = instance_oct,
    .nb_hex = instance_hex,
    .nb_inplace_add = instance_iadd,
    .nb_inplace_subtract = instance_isub,
    .nb_inplace_multiply = instance_imul,
    .nb_inplace_divide = instance_idiv,
    .nb_inplace_remainder = instance_imod,
    .nb_inplace_power = instance_ipow,
    .nb_inplace_lshift = instance_ilshift,
    .nb_inplace_rshift = instance_irshift,
    .nb_inplace_and = instance_iand,
    .nb_inplace_xor = instance_ixor,
    .nb_inplace_or = instance_ior,
    .nb_floor_divide = instance_floordiv,
    .nb_true_divide = instance_truediv,
    .nb_inplace_floor_divide = instance_ifloordiv,
    .nb_inplace_true_divide = instance_itruediv,
    .nb_index = instance_index,
};
