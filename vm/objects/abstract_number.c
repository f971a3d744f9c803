/* SPDX-License-Identifier: MIT */
/* The number protocol: operators over any two objects.
 * Order of a binary operator: the right operand's slot first if its type derives from the left's,
 * then left's, then right's; last, for types without CHECKTYPES (old style), coercion to a common
 * type and that type's slot. A slot answers NotImplemented to decline. */
#include "Python.h"

#define NEW_STYLE_NUMBER(o) PyType_HasFeature(Py_TYPE(o), Py_TPFLAGS_CHECKTYPES)
#define NB_SLOT(slot) offsetof(PyNumberMethods, slot)

static binaryfunc binary_slot_of(PyObject *o, size_t slot)
{
    PyNumberMethods *nb = Py_TYPE(o)->tp_as_number;
    return nb == NULL ? NULL : *(binaryfunc *)((char *)nb + slot);
}

static ternaryfunc ternary_slot_of(PyObject *o, size_t slot)
{
    PyNumberMethods *nb = Py_TYPE(o)->tp_as_number;
    return nb == NULL ? NULL : *(ternaryfunc *)((char *)nb + slot);
}

static PyObject *type_error(const char *format, PyObject *o)
{
    PyErr_Format(PyExc_TypeError, format, Py_TYPE(o)->tp_name);
    return NULL;
}

int PyNumber_Check(PyObject *o)
{
    return o != NULL && Py_TYPE(o)->tp_as_number != NULL &&
           (Py_TYPE(o)->tp_as_number->nb_int != NULL || Py_TYPE(o)->tp_as_number->nb_float != NULL);
}

/* -- Coercion -------------------------------------------------------------------------------------
 */

/* 0: *pv and *pw are new references of one type; 1: no coercion; -1 error. */
int PyNumber_CoerceEx(PyObject **pv, PyObject **pw)
{
    PyObject *v = *pv, *w = *pw;
    /* A shortcut for old-style types only: the others may have something to say. */
    if (Py_TYPE(v) == Py_TYPE(w) && !NEW_STYLE_NUMBER(v)) {
        Py_INCREF(v);
        Py_INCREF(w);
        return 0;
    }
    if (Py_TYPE(v)->tp_as_number != NULL && Py_TYPE(v)->tp_as_number->nb_coerce != NULL) {
        int res = Py_TYPE(v)->tp_as_number->nb_coerce(pv, pw);
        if (res <= 0)
            return res;
    }
    if (Py_TYPE(w)->tp_as_number != NULL && Py_TYPE(w)->tp_as_number->nb_coerce != NULL) {
        int res = Py_TYPE(w)->tp_as_number->nb_coerce(pw, pv);
        if (res <= 0)
            return res;
    }
    return 1;
}

int PyNumber_Coerce(PyObject **pv, PyObject **pw)
{
    int err = PyNumber_CoerceEx(pv, pw);
    if (err <= 0)
        return err;
    PyErr_SetString(PyExc_TypeError, "number coercion failed");
    return -1;
}

/* -- Binary and ternary operators
 * ------------------------------------------------------------------ */

static PyObject *coerced_binary(PyObject *v, PyObject *w, size_t op)
{
    int err = PyNumber_CoerceEx(&v, &w);
    if (err < 0)
        return NULL;
    if (err == 0) {
        binaryfunc slot = binary_slot_of(v, op);
        PyObject *x = slot == NULL ? NULL : slot(v, w);
        Py_DECREF(v);
        Py_DECREF(w);
        if (slot != NULL)
            return x;
    }
    Py_RETURN_NOTIMPLEMENTED;
}

static PyObject *binary_op1(PyObject *v, PyObject *w, size_t op)
{
    PyObject *x;
    int v_new = NEW_STYLE_NUMBER(v), w_new = NEW_STYLE_NUMBER(w);
    binaryfunc slotv = v_new ? binary_slot_of(v, op) : NULL, slotw = NULL;
    if (Py_TYPE(w) != Py_TYPE(v) && w_new) {
        slotw = binary_slot_of(w, op);
        if (slotw == slotv)
            slotw = NULL;
    }
    if (slotv != NULL) {
        if (slotw != NULL && PyType_IsSubtype(Py_TYPE(w), Py_TYPE(v))) {
            x = slotw(v, w);
            if (x != Py_NotImplemented)
                return x;
            Py_DECREF(x);
            slotw = NULL;
        }
        x = slotv(v, w);
        if (x != Py_NotImplemented)
            return x;
        Py_DECREF(x);
    }
    if (slotw != NULL) {
        x = slotw(v, w);
        if (x != Py_NotImplemented)
            return x;
        Py_DECREF(x);
    }
    if (!v_new || !w_new)
        return coerced_binary(v, w, op);
    Py_RETURN_NOTIMPLEMENTED;
}

static PyObject *binop_type_error(PyObject *v, PyObject *w, const char *op_name)
{
    PyErr_Format(PyExc_TypeError, "unsupported operand type(s) for %.100s: '%.100s' and '%.100s'",
                 op_name, Py_TYPE(v)->tp_name, Py_TYPE(w)->tp_name);
    return NULL;
}

static PyObject *binary_op(PyObject *v, PyObject *w, size_t op, const char *op_name)
{
    PyObject *x = binary_op1(v, w, op);
    if (x != Py_NotImplemented)
        return x;
    Py_DECREF(x);
    return binop_type_error(v, w, op_name);
}

/* Coerces all that take part and asks the first's slot; NotImplemented when there is no way. */
static PyObject *coerced_ternary(PyObject *v, PyObject *w, PyObject *z, size_t op)
{
    PyObject *v1 = v, *w1 = w, *z1 = z, *x = NULL;
    int err = PyNumber_CoerceEx(&v1, &w1);
    if (err < 0)
        return NULL;
    if (err > 0)
        Py_RETURN_NOTIMPLEMENTED;
    if (z == Py_None) {
        Py_INCREF(z1);
    } else {
        /* Bring z to the type of v and w, and then both of those to what came out. */
        PyObject *v2 = v1, *z2 = z;
        err = PyNumber_CoerceEx(&v2, &z2);
        if (err != 0)
            goto done;
        PyObject *w2 = w1, *z3 = z2;
        err = PyNumber_CoerceEx(&w2, &z3);
        if (err != 0) {
            Py_DECREF(v2);
            Py_DECREF(z2);
            goto done;
        }
        Py_DECREF(z2);
        Py_DECREF(v1);
        Py_DECREF(w1);
        v1 = v2;
        w1 = w2;
        z1 = z3;
    }
    ternaryfunc slot = ternary_slot_of(v1, op);
    if (slot != NULL)
        x = slot(v1, w1, z1);
    else
        err = 1;
    Py_DECREF(z1);
done:
    Py_DECREF(v1);
    Py_DECREF(w1);
    if (err > 0)
        Py_RETURN_NOTIMPLEMENTED;
    return x;
}

static PyObject *ternary_op(PyObject *v, PyObject *w, PyObject *z, size_t op)
{
    PyObject *x;
    ternaryfunc slotv = NEW_STYLE_NUMBER(v) ? ternary_slot_of(v, op) : NULL, slotw = NULL, slotz;
    if (Py_TYPE(w) != Py_TYPE(v) && NEW_STYLE_NUMBER(w)) {
        slotw = ternary_slot_of(w, op);
        if (slotw == slotv)
            slotw = NULL;
    }
    if (slotv != NULL) {
        if (slotw != NULL && PyType_IsSubtype(Py_TYPE(w), Py_TYPE(v))) {
            x = slotw(v, w, z);
            if (x != Py_NotImplemented)
                return x;
            Py_DECREF(x);
            slotw = NULL;
        }
        x = slotv(v, w, z);
        if (x != Py_NotImplemented)
            return x;
        Py_DECREF(x);
    }
    if (slotw != NULL) {
        x = slotw(v, w, z);
        if (x != Py_NotImplemented)
            return x;
        Py_DECREF(x);
    }
    slotz = NEW_STYLE_NUMBER(z) ? ternary_slot_of(z, op) : NULL;
    if (slotz != NULL && slotz != slotv && slotz != slotw) {
        x = slotz(v, w, z);
        if (x != Py_NotImplemented)
            return x;
        Py_DECREF(x);
    }
    if (!NEW_STYLE_NUMBER(v) || !NEW_STYLE_NUMBER(w) || (z != Py_None && !NEW_STYLE_NUMBER(z))) {
        x = coerced_ternary(v, w, z, op);
        if (x != Py_NotImplemented)
            return x;
        Py_DECREF(x);
    }
    if (z == Py_None)
        PyErr_Format(PyExc_TypeError,
                     "unsupported operand type(s) for ** or pow(): '%.100s' and '%.100s'",
                     Py_TYPE(v)->tp_name, Py_TYPE(w)->tp_name);
    else
        PyErr_Format(PyExc_TypeError,
                     "unsupported operand type(s) for pow(): '%.100s', '%.100s', '%.100s'",
                     Py_TYPE(v)->tp_name, Py_TYPE(w)->tp_name, Py_TYPE(z)->tp_name);
    return NULL;
}

#define BINARY_FUNC(func, slot, name)                                                              \
    PyObject *func(PyObject *v, PyObject *w)                                                       \
    {                                                                                              \
        return binary_op(v, w, NB_SLOT(slot), name);                                               \
    }
BINARY_FUNC(PyNumber_Or, nb_or, "|")
BINARY_FUNC(PyNumber_Xor, nb_xor, "^")
BINARY_FUNC(PyNumber_And, nb_and, "&")
BINARY_FUNC(PyNumber_Lshift, nb_lshift, "<<")
BINARY_FUNC(PyNumber_Rshift, nb_rshift, ">>")
BINARY_FUNC(PyNumber_Subtract, nb_subtract, "-")
BINARY_FUNC(PyNumber_Divide, nb_divide, "/")
BINARY_FUNC(PyNumber_FloorDivide, nb_floor_divide, "//")
BINARY_FUNC(PyNumber_TrueDivide, nb_true_divide, "/")
BINARY_FUNC(PyNumber_Remainder, nb_remainder, "%")
BINARY_FUNC(PyNumber_Divmod, nb_divmod, "divmod()")

PyObject *PyNumber_Add(PyObject *v, PyObject *w)
{
    PyObject *x = binary_op1(v, w, NB_SLOT(nb_add));
    if (x != Py_NotImplemented)
        return x;
    Py_DECREF(x);
    PySequenceMethods *m = Py_TYPE(v)->tp_as_sequence;
    if (m != NULL && m->sq_concat != NULL)
        return m->sq_concat(v, w);
    return binop_type_error(v, w, "+");
}

static PyObject *sequence_repeat(ssizeargfunc repeat, PyObject *seq, PyObject *n)
{
    if (!PyIndex_Check(n))
        return type_error("can't multiply sequence by non-int of type '%.200s'", n);
    Py_ssize_t count = PyNumber_AsSsize_t(n, PyExc_OverflowError);
    if (count == -1 && PyErr_Occurred())
        return NULL;
    return repeat(seq, count);
}

PyObject *PyNumber_Multiply(PyObject *v, PyObject *w)
{
    PyObject *x = binary_op1(v, w, NB_SLOT(nb_multiply));
    if (x != Py_NotImplemented)
        return x;
    Py_DECREF(x);
    PySequenceMethods *mv = Py_TYPE(v)->tp_as_sequence, *mw = Py_TYPE(w)->tp_as_sequence;
    if (mv != NULL && mv->sq_repeat != NULL)
        return sequence_repeat(mv->sq_repeat, v, w);
    if (mw != NULL && mw->sq_repeat != NULL)
        return sequence_repeat(mw->sq_repeat, w, v);
    return binop_type_error(v, w, "*");
}

PyObject *PyNumber_Power(PyObject *v, PyObject *w, PyObject *z)
{
    return ternary_op(v, w, z, NB_SLOT(nb_power));
}

/* -- In place: the in-place slot of the left operand, then the plain operator
 * ----------------------- */

static PyObject *inplace_op1(PyObject *v, PyObject *w, size_t iop, size_t op)
{
    binaryfunc slot = binary_slot_of(v, iop);
    if (slot != NULL) {
        PyObject *x = slot(v, w);
        if (x != Py_NotImplemented)
            return x;
        Py_DECREF(x);
    }
    return binary_op1(v, w, op);
}

static PyObject *inplace_op(PyObject *v, PyObject *w, size_t iop, size_t op, const char *op_name)
{
    PyObject *x = inplace_op1(v, w, iop, op);
    if (x != Py_NotImplemented)
        return x;
    Py_DECREF(x);
    return binop_type_error(v, w, op_name);
}

#define INPLACE_FUNC(func, islot, slot, name)                                                      \
    PyObject *func(PyObject *v, PyObject *w)                                                       \
    {                                                                                              \
        return inplace_op(v, w, NB_SLOT(islot), NB_SLOT(slot), name);                              \
    }
INPLACE_FUNC(PyNumber_InPlaceOr, nb_inplace_or, nb_or, "|=")
INPLACE_FUNC(PyNumber_InPlaceXor, nb_inplace_xor, nb_xor, "^=")
INPLACE_FUNC(PyNumber_InPlaceAnd, nb_inplace_and, nb_and, "&=")
INPLACE_FUNC(PyNumber_InPlaceLshift, nb_inplace_lshift, nb_lshift, "<<=")
INPLACE_FUNC(PyNumber_InPlaceRshift, nb_inplace_rshift, nb_rshift, ">>=")
INPLACE_FUNC(PyNumber_InPlaceSubtract, nb_inplace_subtract, nb_subtract, "-=")
INPLACE_FUNC(PyNumber_InPlaceDivide, nb_inplace_divide, nb_divide, "/=")
INPLACE_FUNC(PyNumber_InPlaceFloorDivide, nb_inplace_floor_divide, nb_floor_divide, "//=")
INPLACE_FUNC(PyNumber_InPlaceTrueDivide, nb_inplace_true_divide, nb_true_divide, "/=")
INPLACE_FUNC(PyNumber_InPlaceRemainder, nb_inplace_remainder, nb_remainder, "%=")

PyObject *PyNumber_InPlaceAdd(PyObject *v, PyObject *w)
{
    PyObject *x = inplace_op1(v, w, NB_SLOT(nb_inplace_add), NB_SLOT(nb_add));
    if (x != Py_NotImplemented)
        return x;
    Py_DECREF(x);
    PySequenceMethods *m = Py_TYPE(v)->tp_as_sequence;
    if (m != NULL) {
        binaryfunc f = m->sq_inplace_concat != NULL ? m->sq_inplace_concat : m->sq_concat;
        if (f != NULL)
            return f(v, w);
    }
    return binop_type_error(v, w, "+=");
}

PyObject *PyNumber_InPlaceMultiply(PyObject *v, PyObject *w)
{
    PyObject *x = inplace_op1(v, w, NB_SLOT(nb_inplace_multiply), NB_SLOT(nb_multiply));
    if (x != Py_NotImplemented)
        return x;
    Py_DECREF(x);
    PySequenceMethods *mv = Py_TYPE(v)->tp_as_sequence, *mw = Py_TYPE(w)->tp_as_sequence;
    if (mv != NULL) {
        ssizeargfunc f = mv->sq_inplace_repeat != NULL ? mv->sq_inplace_repeat : mv->sq_repeat;
        if (f != NULL)
            return sequence_repeat(f, v, w);
    } else if (mw != NULL && mw->sq_repeat != NULL) {
        /* The right operand must not change, so it is repeated plainly. */
        return sequence_repeat(mw->sq_repeat, w, v);
    }
    return binop_type_error(v, w, "*=");
}

PyObject *PyNumber_InPlacePower(PyObject *v, PyObject *w, PyObject *z)
{
    ternaryfunc slot = ternary_slot_of(v, NB_SLOT(nb_inplace_power));
    if (slot != NULL) {
        PyObject *x = slot(v, w, z);
        if (x != Py_NotImplemented)
            return x;
        Py_DECREF(x);
    }
    return ternary_op(v, w, z, NB_SLOT(nb_power));
}

/* -- Unary ----------------------------------------------------------------------------------------
 */

static PyObject *null_error(void)
{
    if (!PyErr_Occurred())
        PyErr_SetString(PyExc_SystemError, "null argument to internal routine");
    return NULL;
}

#define UNARY_FUNC(func, slot, message)                                                            \
    PyObject *func(PyObject *o)                                                                    \
    {                                                                                              \
        if (o == NULL)                                                                             \
            return null_error();                                                                   \
        PyNumberMethods *m = Py_TYPE(o)->tp_as_number;                                             \
        if (m != NULL && m->slot != NULL)                                                          \
            return m->slot(o);                                                                     \
        return type_error(message, o);                                                             \
    }
UNARY_FUNC(PyNumber_Negative, nb_negative, "bad operand type for unary -: '%.200s'")
UNARY_FUNC(PyNumber_Positive, nb_positive, "bad operand type for unary +: '%.200s'")
UNARY_FUNC(PyNumber_Invert, nb_invert, "bad operand type for unary ~: '%.200s'")
UNARY_FUNC(PyNumber_Absolute, nb_absolute, "bad operand type for abs(): '%.200s'")

/* -- Conversions ----------------------------------------------------------------------------------
 */

PyObject *PyNumber_Index(PyObject *item)
{
    if (item == NULL)
        return null_error();
    if (PyInt_Check(item) || PyLong_Check(item)) {
        Py_INCREF(item);
        return item;
    }
    if (!PyIndex_Check(item)) {
        PyErr_Format(PyExc_TypeError, "'%.200s' object cannot be interpreted as an index",
                     Py_TYPE(item)->tp_name);
        return NULL;
    }
    PyObject *result = Py_TYPE(item)->tp_as_number->nb_index(item);
    if (result != NULL && !PyInt_Check(result) && !PyLong_Check(result)) {
        PyErr_Format(PyExc_TypeError, "__index__ returned non-(int,long) (type %.200s)",
                     Py_TYPE(result)->tp_name);
        Py_CLEAR(result);
    }
    return result;
}

Py_ssize_t PyNumber_AsSsize_t(PyObject *item, PyObject *err)
{
    PyObject *value = PyNumber_Index(item);
    if (value == NULL)
        return -1;
    Py_ssize_t result = PyInt_AsSsize_t(value);
    if (result == -1) {
        PyObject *runerr = PyErr_Occurred();
        if (runerr != NULL && PyErr_GivenExceptionMatches(runerr, PyExc_OverflowError)) {
            PyErr_Clear();
            if (err == NULL)
                result = _PyLong_Sign(value) < 0 ? PY_SSIZE_T_MIN : PY_SSIZE_T_MAX;
            else
                PyErr_Format(err, "cannot fit '%.200s' into an index-sized integer",
                             Py_TYPE(item)->tp_name);
        }
    }
    Py_DECREF(value);
    return result;
}

/* What __trunc__ gave, as int or long; takes the reference. */
PyObject *_PyNumber_ConvertIntegralToInt(PyObject *integral, const char *error_format)
{
    static PyObject *int_name;
    if (integral == NULL || PyInt_Check(integral) || PyLong_Check(integral))
        return integral;
    if (int_name == NULL && (int_name = PyString_InternFromString("__int__")) == NULL) {
        Py_DECREF(integral);
        return NULL;
    }
    PyObject *int_func = PyObject_GetAttr(integral, int_name);
    if (int_func == NULL) {
        PyErr_Clear(); /* a better message follows */
        goto non_integral;
    }
    Py_DECREF(integral);
    integral = PyObject_CallObject(int_func, NULL);
    Py_DECREF(int_func);
    if (integral == NULL || PyInt_Check(integral) || PyLong_Check(integral))
        return integral;
non_integral:
    if (PyInstance_Check(integral))
        PyErr_Format(PyExc_TypeError, error_format,
                     PyString_AS_STRING(((PyInstanceObject *)integral)->in_class->cl_name));
    else
        PyErr_Format(PyExc_TypeError, error_format, Py_TYPE(integral)->tp_name);
    Py_DECREF(integral);
    return NULL;
}

/* o.__trunc__ : 1 found, 0 none, -1 error. */
static int find_trunc(PyObject *o, PyObject **func)
{
    static PyObject *trunc_name;
    if (trunc_name == NULL && (trunc_name = PyString_InternFromString("__trunc__")) == NULL)
        return -1;
    *func = PyObject_GetAttr(o, trunc_name);
    if (*func != NULL)
        return 1;
    PyErr_Clear();
    return 0;
}

static PyObject *int_from_text(const char *s, Py_ssize_t len)
{
    char *end;
    PyObject *x = PyInt_FromString(s, &end, 10);
    if (x != NULL && end != s + len) {
        PyErr_SetString(PyExc_ValueError, "null byte in argument for int()");
        Py_CLEAR(x);
    }
    return x;
}

static PyObject *long_from_text(const char *s, Py_ssize_t len)
{
    PyObject *x = PyLong_FromString(s, NULL, 10);
    if (x != NULL && (Py_ssize_t)strlen(s) != len) {
        PyErr_SetString(PyExc_ValueError, "null byte in argument for long()");
        Py_CLEAR(x);
    }
    return x;
}

/* A buffer object's text has no NUL after it: a copy has. */
static PyObject *from_char_buffer(PyObject *o, PyObject *(*convert)(const char *, Py_ssize_t),
                                  int *tried)
{
    const char *buffer;
    Py_ssize_t len;
    *tried = 0;
    if (PyObject_AsCharBuffer(o, &buffer, &len) < 0)
        return NULL;
    *tried = 1;
    PyObject *copy = PyString_FromStringAndSize(buffer, len);
    if (copy == NULL)
        return NULL;
    PyObject *res = convert(PyString_AS_STRING(copy), PyString_GET_SIZE(copy));
    Py_DECREF(copy);
    return res;
}

PyObject *PyNumber_Int(PyObject *o)
{
    PyObject *func;
    int tried;
    if (o == NULL)
        return null_error();
    if (PyInt_CheckExact(o)) {
        Py_INCREF(o);
        return o;
    }
    PyNumberMethods *m = Py_TYPE(o)->tp_as_number;
    if (m != NULL && m->nb_int != NULL) {
        PyObject *res = m->nb_int(o);
        if (res != NULL && !PyInt_Check(res) && !PyLong_Check(res)) {
            PyErr_Format(PyExc_TypeError, "__int__ returned non-int (type %.200s)",
                         Py_TYPE(res)->tp_name);
            Py_CLEAR(res);
        }
        return res;
    }
    if (PyInt_Check(o))
        return PyInt_FromLong(PyInt_AS_LONG(o));
    int found = find_trunc(o, &func);
    if (found < 0)
        return NULL;
    if (found) {
        PyObject *truncated = _PyAsk_ObjArgs(func, NULL, NULL, NULL);
        Py_DECREF(func);
        return _PyNumber_ConvertIntegralToInt(truncated,
                                              "__trunc__ returned non-Integral (type %.200s)");
    }
    if (PyString_Check(o))
        return int_from_text(PyString_AS_STRING(o), PyString_GET_SIZE(o));
    if (PyUnicode_Check(o))
        return PyInt_FromUnicode(PyUnicode_AS_UNICODE(o), PyUnicode_GET_SIZE(o), 10);
    PyObject *res = from_char_buffer(o, int_from_text, &tried);
    if (tried)
        return res;
    return type_error("int() argument must be a string or a number, not '%.200s'", o);
}

PyObject *PyNumber_Long(PyObject *o)
{
    PyObject *func;
    int tried;
    if (o == NULL)
        return null_error();
    PyNumberMethods *m = Py_TYPE(o)->tp_as_number;
    if (m != NULL && m->nb_long != NULL) {
        PyObject *res = m->nb_long(o);
        if (res == NULL)
            return NULL;
        if (PyInt_Check(res)) {
            py_long value = PyInt_AS_LONG(res);
            Py_DECREF(res);
            return PyLong_FromLong(value);
        }
        if (!PyLong_Check(res)) {
            PyErr_Format(PyExc_TypeError, "__long__ returned non-long (type %.200s)",
                         Py_TYPE(res)->tp_name);
            Py_CLEAR(res);
        }
        return res;
    }
    if (PyLong_Check(o))
        return _PyLong_Copy((PyLongObject *)o);
    int found = find_trunc(o, &func);
    if (found < 0)
        return NULL;
    if (found) {
        PyObject *truncated = _PyAsk_ObjArgs(func, NULL, NULL, NULL);
        Py_DECREF(func);
        PyObject *integral = _PyNumber_ConvertIntegralToInt(
            truncated, "__trunc__ returned non-Integral (type %.200s)");
        if (integral != NULL && PyInt_Check(integral)) {
            py_long value = PyInt_AS_LONG(integral);
            Py_DECREF(integral);
            return PyLong_FromLong(value);
        }
        return integral;
    }
    if (PyString_Check(o))
        return long_from_text(PyString_AS_STRING(o), PyString_GET_SIZE(o));
    if (PyUnicode_Check(o))
        return PyLong_FromUnicode(PyUnicode_AS_UNICODE(o), PyUnicode_GET_SIZE(o), 10);
    PyObject *res = from_char_buffer(o, long_from_text, &tried);
    if (tried)
        return res;
    return type_error("long() argument must be a string or a number, not '%.200s'", o);
}

PyObject *PyNumber_Float(PyObject *o)
{
    if (o == NULL)
        return null_error();
    if (PyFloat_CheckExact(o)) {
        Py_INCREF(o);
        return o;
    }
    PyNumberMethods *m = Py_TYPE(o)->tp_as_number;
    if (m != NULL && m->nb_float != NULL) {
        PyObject *res = m->nb_float(o);
        if (res != NULL && !PyFloat_Check(res)) {
            PyErr_Format(PyExc_TypeError, "__float__ returned non-float (type %.200s)",
                         Py_TYPE(res)->tp_name);
            Py_CLEAR(res);
        }
        return res;
    }
    if (PyFloat_Check(o))
        return PyFloat_FromDouble(PyFloat_AS_DOUBLE(o));
    return PyFloat_FromString(o, NULL);
}

PyObject *PyNumber_ToBase(PyObject *n, int base)
{
    PyObject *res = NULL, *index = PyNumber_Index(n);
    if (index == NULL)
        return NULL;
    if (PyLong_Check(index))
        res = _PyLong_Format(index, base, 0, 1);
    else if (PyInt_Check(index))
        res = _PyInt_Format((PyIntObject *)index, base, 1);
    else
        PyErr_SetString(PyExc_ValueError, "PyNumber_ToBase: index not int or long");
    Py_DECREF(index);
    return res;
}
