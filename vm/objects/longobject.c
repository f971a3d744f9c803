/* SPDX-License-Identifier: MIT */
/* The type `long`: its slots and methods over the arithmetic in long_*.c. Every slot takes int as
 * well as long operands and answers NotImplemented for others. */
#include "Python.h"
#include "long_private.h"

PyLongObject *_PyLong_Convert(PyObject *op)
{
    if (PyLong_Check(op)) {
        Py_INCREF(op);
        return (PyLongObject *)op;
    }
    if (PyInt_Check(op))
        return (PyLongObject *)PyLong_FromLong(PyInt_AS_LONG(op));
    return NULL;
}

/* An operand as a long without a reference of its own. An int becomes one in the caller's room: the
 * arithmetic keeps no operand and hands out none. */
typedef struct {
    PyLongObject v;
    digit more[2];
} long_room;

static inline PyLongObject *as_long(PyObject *op, long_room *room)
{
    if (PyLong_Check(op))
        return (PyLongObject *)op;
    if (!PyInt_Check(op))
        return NULL;
    py_long x = PyInt_AS_LONG(op);
    uint64_t size = x < 0 ? -(uint64_t)x : (uint64_t)x;
    digit *d = room->v.ob_digit;
    int n = 0;
    Py_REFCNT(&room->v) = 1;
    Py_TYPE(&room->v) = &PyLong_Type;
    d[0] = 0;
    for (; size != 0; size >>= PyLong_SHIFT)
        d[n++] = (digit)(size & PyLong_MASK);
    room->v.ob_size = x < 0 ? -n : n;
    return &room->v;
}

/* Values of up to two digits, and ints as small: what most longs of most programs are. */
#define SMALL_LIMIT ((py_long)1 << (2 * PyLong_SHIFT))

static inline int small_value(PyObject *op, py_long *x)
{
    if (PyInt_CheckExact(op)) {
        *x = PyInt_AS_LONG(op);
        return *x<SMALL_LIMIT && * x> - SMALL_LIMIT;
    }
    if (!PyLong_CheckExact(op))
        return 0;
    const PyLongObject *v = (PyLongObject *)op;
    switch (v->ob_size) {
    case 0:
        *x = 0;
        return 1;
    case 1:
        *x = v->ob_digit[0];
        return 1;
    case -1:
        *x = -(py_long)v->ob_digit[0];
        return 1;
    case 2:
        *x = (py_long)((twodigits)v->ob_digit[1] << PyLong_SHIFT | v->ob_digit[0]);
        return 1;
    case -2:
        *x = -(py_long)((twodigits)v->ob_digit[1] << PyLong_SHIFT | v->ob_digit[0]);
        return 1;
    }
    return 0;
}

/* Before the general way, `quick` answers for small x and y by returning a py_long, if `when`
 * holds. */
#define BINARY_SLOT(name, when, quick, expression)                                                 \
    static PyObject *name(PyObject *v, PyObject *w)                                                \
    {                                                                                              \
        py_long x = 0, y = 0;                                                                      \
        long_room left, right;                                                                     \
        if (small_value(v, &x) && small_value(w, &y) && (when))                                    \
            return PyLong_FromLong(quick);                                                         \
        PyLongObject *a = as_long(v, &left), *b = as_long(w, &right);                              \
        if (a == NULL || b == NULL)                                                                \
            Py_RETURN_NOTIMPLEMENTED;                                                              \
        return (PyObject *)(expression);                                                           \
    }

static inline py_long small_quotient(py_long x, py_long y)
{
    py_long q = x / y;
    return q * y != x && (x < 0) != (y < 0) ? q - 1 : q;
}

static inline py_long small_remainder(py_long x, py_long y)
{
    py_long r = x % y;
    return r != 0 && (r < 0) != (y < 0) ? r + y : r;
}

static PyLongObject *floor_quotient(PyLongObject *a, PyLongObject *b)
{
    PyLongObject *q;
    return _PyLong_DivMod(a, b, &q, NULL) < 0 ? NULL : q;
}

static PyLongObject *floor_remainder(PyLongObject *a, PyLongObject *b)
{
    PyLongObject *r;
    return _PyLong_DivMod(a, b, NULL, &r) < 0 ? NULL : r;
}

static PyLongObject *classic_quotient(PyLongObject *a, PyLongObject *b)
{
    if (Py_DivisionWarningFlag && PyErr_Warn(PyExc_DeprecationWarning, "classic long division") < 0)
        return NULL;
    return floor_quotient(a, b);
}

static PyLongObject *shift_left(PyLongObject *a, PyLongObject *b)
{
    Py_ssize_t n = PyLong_AsSsize_t((PyObject *)b);
    if (n == -1 && PyErr_Occurred())
        return NULL;
    if (n < 0) {
        PyErr_SetString(PyExc_ValueError, "negative shift count");
        return NULL;
    }
    return _PyLong_LShift(a, n);
}

static PyLongObject *shift_right(PyLongObject *a, PyLongObject *b)
{
    Py_ssize_t n = PyLong_AsSsize_t((PyObject *)b);
    if (n == -1 && PyErr_Occurred())
        return NULL;
    if (n < 0) {
        PyErr_SetString(PyExc_ValueError, "negative shift count");
        return NULL;
    }
    return _PyLong_RShift(a, n);
}

#define FITS_DIGIT(x) ((x) < (py_long)PyLong_BASE && (x) > -(py_long)PyLong_BASE)

BINARY_SLOT(long_add, 1, x + y, _PyLong_Add(a, b))
BINARY_SLOT(long_sub, 1, x - y, _PyLong_Sub(a, b))
BINARY_SLOT(long_mul, FITS_DIGIT(x) && FITS_DIGIT(y), x *y, _PyLong_Mul(a, b))
BINARY_SLOT(long_floor_div, y != 0, small_quotient(x, y), floor_quotient(a, b))
BINARY_SLOT(long_classic_div, y != 0 && !Py_DivisionWarningFlag, small_quotient(x, y),
            classic_quotient(a, b))
BINARY_SLOT(long_mod, y != 0, small_remainder(x, y), floor_remainder(a, b))
BINARY_SLOT(long_lshift, 0, x, shift_left(a, b))
BINARY_SLOT(long_rshift, y >= 0 && y < 64, x >> y, shift_right(a, b))
BINARY_SLOT(long_and, 1, x &y, _PyLong_Bitwise(a, '&', b))
BINARY_SLOT(long_xor, 1, x ^ y, _PyLong_Bitwise(a, '^', b))
BINARY_SLOT(long_or, 1, x | y, _PyLong_Bitwise(a, '|', b))

static PyObject *long_divmod(PyObject *v, PyObject *w)
{
    long_room left, right;
    PyLongObject *a = as_long(v, &left), *b = as_long(w, &right), *q = NULL, *r = NULL;
    PyObject *z = NULL;
    py_long x = 0, y = 0;

    if (a == NULL || b == NULL)
        Py_RETURN_NOTIMPLEMENTED;
    if (small_value(v, &x) && small_value(w, &y) && y != 0) {
        q = (PyLongObject *)PyLong_FromLong(small_quotient(x, y));
        r = (PyLongObject *)PyLong_FromLong(small_remainder(x, y));
        if (q != NULL && r != NULL)
            z = PyTuple_Pack(2, q, r);
        Py_XDECREF(q);
        Py_XDECREF(r);
        return z;
    }
    if (_PyLong_DivMod(a, b, &q, &r) == 0) {
        z = PyTuple_Pack(2, q, r);
        Py_DECREF(q);
        Py_DECREF(r);
    }
    return z;
}

/* Quotient to the nearest, ties to even, and what is left: for round-like callers. */
PyObject *_PyLong_DivmodNear(PyObject *v, PyObject *w)
{
    long_room left, right;
    PyLongObject *a = as_long(v, &left), *b = as_long(w, &right);
    PyLongObject *q = NULL, *r = NULL, *twice = NULL, *one = NULL;
    PyObject *z = NULL;

    if (a == NULL || b == NULL) {
        PyErr_SetString(PyExc_TypeError, "non-integer arguments in division");
        return NULL;
    }
    one = (PyLongObject *)PyLong_FromLong(1);
    if (one == NULL || _PyLong_DivMod(a, b, &q, &r) < 0)
        goto done;
    /* 0 <= r/b < 1: up when 2r is beyond b, or equal with q odd. */
    twice = _PyLong_LShift(r, 1);
    if (twice == NULL)
        goto done;
    int c = _PyLong_CompareLongs(twice, b);
    if (b->ob_size < 0)
        c = -c;
    if (c > 0 || (c == 0 && q->ob_size != 0 && (q->ob_digit[0] & 1))) {
        Py_SETREF(q, _PyLong_Add(q, one));
        if (q == NULL)
            goto done;
        Py_SETREF(r, _PyLong_Sub(r, b));
        if (r == NULL)
            goto done;
    }
    z = PyTuple_Pack(2, q, r);
done:
    Py_XDECREF(q);
    Py_XDECREF(r);
    Py_XDECREF(twice);
    Py_XDECREF(one);
    return z;
}

/* ---- Unary, conversion, comparison
 * ----------------------------------------------------------------- */

static PyObject *long_long(PyObject *v)
{
    if (PyLong_CheckExact(v)) {
        Py_INCREF(v);
        return v;
    }
    return _PyLong_Copy((PyLongObject *)v);
}

static PyObject *long_int(PyObject *v)
{
    int overflow;
    py_long x = PyLong_AsLongAndOverflow(v, &overflow);
    return overflow ? long_long(v) : PyInt_FromLong(x);
}

static PyObject *long_float(PyObject *v)
{
    double d = PyLong_AsDouble(v);
    if (d == -1.0 && PyErr_Occurred())
        return NULL;
    return PyFloat_FromDouble(d);
}

static PyObject *long_neg(PyObject *v)
{
    if (Py_SIZE(v) == 0 && PyLong_CheckExact(v)) {
        Py_INCREF(v);
        return v;
    }
    PyObject *z = _PyLong_Copy((PyLongObject *)v);
    if (z != NULL)
        Py_SIZE(z) = -Py_SIZE(z);
    return z;
}

static PyObject *long_abs(PyObject *v)
{
    return Py_SIZE(v) < 0 ? long_neg(v) : long_long(v);
}

static int long_nonzero(PyObject *v)
{
    return Py_SIZE(v) != 0;
}

static PyObject *long_invert(PyObject *v)
{
    return (PyObject *)_PyLong_Invert((PyLongObject *)v);
}

static PyObject *long_oct(PyObject *v)
{
    return _PyLong_Format(v, 8, 1, 0);
}

static PyObject *long_hex(PyObject *v)
{
    return _PyLong_Format(v, 16, 1, 0);
}

static PyObject *long_repr(PyObject *v)
{
    return _PyLong_Format(v, 10, 1, 0);
}

static PyObject *long_str(PyObject *v)
{
    return _PyLong_Format(v, 10, 0, 0);
}

static int long_coerce(PyObject **pv, PyObject **pw)
{
    if (PyInt_Check(*pw)) {
        PyObject *w = PyLong_FromLong(PyInt_AS_LONG(*pw));
        if (w == NULL)
            return -1;
        *pw = w;
    } else if (PyLong_Check(*pw)) {
        Py_INCREF(*pw);
    } else {
        return 1;
    }
    Py_INCREF(*pv);
    return 0;
}

static int long_compare(PyObject *v, PyObject *w)
{
    return _PyLong_CompareLongs((PyLongObject *)v, (PyLongObject *)w);
}

/* The value modulo 2^64 - 1, so that values of 64 bits hash as the ints they are. */
static py_long long_hash(PyObject *op)
{
    PyLongObject *v = (PyLongObject *)op;
    uint64_t x = 0;

    for (Py_ssize_t i = long_size(v); --i >= 0;) {
        x = (x << PyLong_SHIFT) | (x >> (64 - PyLong_SHIFT));
        x += v->ob_digit[i];
        if (x < v->ob_digit[i])
            x++;
    }
    py_long h = (py_long)(v->ob_size < 0 ? -x : x);
    return h == -1 ? -2 : h;
}

static void long_dealloc(PyObject *v)
{
    Py_TYPE(v)->tp_free(v);
}

/* ---- Construction
 * ------------------------------------------------------------------------------------ */

static PyObject *long_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *kwlist[] = {"x", "base", NULL};
    PyObject *x = NULL, *z;
    int base = -909; /* none given */

    if (type != &PyLong_Type) {
        z = long_new(&PyLong_Type, args, kwds);
        if (z == NULL)
            return NULL;
        Py_ssize_t n = long_size((PyLongObject *)z);
        PyLongObject *v = (PyLongObject *)type->tp_alloc(type, n);
        if (v != NULL) {
            v->ob_size = Py_SIZE(z);
            memcpy(v->ob_digit, ((PyLongObject *)z)->ob_digit, (size_t)n * sizeof(digit));
        }
        Py_DECREF(z);
        return (PyObject *)v;
    }
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|Oi:long", kwlist, &x, &base))
        return NULL;
    if (x == NULL) {
        if (base != -909) {
            PyErr_SetString(PyExc_TypeError, "long() missing string argument");
            return NULL;
        }
        return PyLong_FromLong(0);
    }
    if (base == -909)
        return PyNumber_Long(x);
    if (PyString_Check(x)) {
        char *s = PyString_AS_STRING(x);
        if (strlen(s) != (size_t)PyString_GET_SIZE(x)) {
            PyObject *repr = PyObject_Repr(x);
            if (repr != NULL)
                PyErr_Format(PyExc_ValueError, "invalid literal for long() with base %d: %s", base,
                             PyString_AS_STRING(repr));
            Py_XDECREF(repr);
            return NULL;
        }
        return PyLong_FromString(s, NULL, base);
    }
    if (PyUnicode_Check(x))
        return PyLong_FromUnicode(PyUnicode_AS_UNICODE(x), PyUnicode_GET_SIZE(x), base);
    PyErr_SetString(PyExc_TypeError, "long() can't convert non-string with explicit base");
    return NULL;
}

/* ---- Methods
 * ------------------------------------------------------------------------------------------- */

PyDoc_STRVAR(conjugate_doc, "Returns the number itself: it has no imaginary part.");
PyDoc_STRVAR(trunc_doc, "Returns the number itself.");
static PyObject *long_itself(PyObject *v, PyObject *unused)
{
    return long_long(v);
}

PyDoc_STRVAR(bit_length_doc, "How many bits the magnitude needs in binary; 0 for zero.");
static PyObject *long_bit_length(PyObject *v, PyObject *unused)
{
    Py_ssize_t bits = _PyLong_NumBits(v);
    return bits < 0 ? NULL : PyInt_FromSsize_t(bits);
}

PyDoc_STRVAR(sizeof_doc, "Bytes the object takes.");
static PyObject *long_sizeof(PyObject *v, PyObject *unused)
{
    return PyInt_FromSsize_t(24 + long_size((PyLongObject *)v) * 4);
}

static PyObject *long_getnewargs(PyObject *v, PyObject *unused)
{
    return Py_BuildValue("(N)", _PyLong_Copy((PyLongObject *)v));
}

static PyObject *long__format__(PyObject *self, PyObject *args)
{
    PyObject *spec, *text, *result;

    if (!PyArg_ParseTuple(args, "O:__format__", &spec))
        return NULL;
    if (!PyString_Check(spec) && !PyUnicode_Check(spec)) {
        PyErr_SetString(PyExc_TypeError, "__format__ requires str or unicode");
        return NULL;
    }
    text = PyObject_Str(spec);
    if (text == NULL)
        return NULL;
    result = _PyLong_FormatAdvanced(self, PyString_AS_STRING(text), PyString_GET_SIZE(text));
    Py_DECREF(text);
    return result;
}

static PyObject *long_get_itself(PyObject *v, void *closure)
{
    return long_long(v);
}
static PyObject *long_get_zero(PyObject *v, void *closure)
{
    return PyLong_FromLong(0);
}
static PyObject *long_get_one(PyObject *v, void *closure)
{
    return PyLong_FromLong(1);
}

static PyMethodDef long_methods[] = {
    {"conjugate", long_itself, METH_NOARGS, conjugate_doc},
    {"bit_length", long_bit_length, METH_NOARGS, bit_length_doc},
    {"__trunc__", long_itself, METH_NOARGS, trunc_doc},
    {"__getnewargs__", long_getnewargs, METH_NOARGS, NULL},
    {"__format__", long__format__, METH_VARARGS, NULL},
    {"__sizeof__", long_sizeof, METH_NOARGS, sizeof_doc},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef long_getset[] = {
    {"real", long_get_itself, NULL, "the real part of a complex number", NULL},
    {"imag", long_get_zero, NULL, "the imaginary part of a complex number", NULL},
    {"numerator", long_get_itself, NULL, "the numerator of a rational number in lowest terms",
     NULL},
    {"denominator", long_get_one, NULL, "the denominator of a rational number in lowest terms",
     NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

PyDoc_STRVAR(long_doc, "long(x=0) -> long\n\
long(x, base=10) -> long\n\
\n\
An integer of any size from a number or a text. A floating-point number is cut\n\
towards zero. With a base (2 to 36) x must be a text in that base; base 0 takes\n\
the base from the text as in a Python literal.");

static PyNumberMethods long_as_number = {
    .nb_add = long_add,
    .nb_subtract = long_sub,
    .nb_multiply = long_mul,
    .nb_divide = long_classic_div,
    .nb_remainder = long_mod,
    .nb_divmod = long_divmod,
    .nb_power = _PyLong_Pow,
    .nb_negative = long_neg,
    .nb_positive = long_long,
    .nb_absolute = long_abs,
    .nb_nonzero = long_nonzero,
    .nb_invert = long_invert,
    .nb_lshift = long_lshift,
    .nb_rshift = long_rshift,
    .nb_and = long_and,
    .nb_xor = long_xor,
    .nb_or = long_or,
    .nb_coerce = long_coerce,
    .nb_int = long_int,
    .nb_long = long_long,
    .nb_float = long_float,
    .nb_oct = long_oct,
    .nb_hex = long_hex,
    .nb_floor_divide = long_floor_div,
    .nb_true_divide = _PyLong_TrueDivide,
    .nb_index = long_long,
};

PyTypeObject PyLong_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "long",
    .tp_basicsize = offsetof(PyLongObject, ob_digit),
    .tp_itemsize = sizeof(digit),
    .tp_dealloc = long_dealloc,
    .tp_compare = long_compare,
    .tp_repr = long_repr,
    .tp_as_number = &long_as_number,
    .tp_hash = long_hash,
    .tp_str = long_str,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags =
        Py_TPFLAGS_DEFAULT | Py_TPFLAGS_CHECKTYPES | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_LONG_SUBCLASS,
    .tp_doc = long_doc,
    .tp_methods = long_methods,
    .tp_getset = long_getset,
    .tp_new = long_new,
    .tp_free = PyObject_Free,
    .tp_x64_basicsize = 24,
    .tp_goon = &_PyGoOn_Again,
};

/* ---- sys.long_info
 * ---------------------------------------------------------------------------------------- */

static PyStructSequence_Field long_info_fields[] = {
    {"bits_per_digit", "size of a digit in bits"},
    {"sizeof_digit", "size in bytes of the C type used to represent a digit"},
    {NULL, NULL},
};

static PyStructSequence_Desc long_info_desc = {
    .name = "sys.long_info",
    .doc = "How longs are represented inside.",
    .fields = long_info_fields,
    .n_in_sequence = 2,
};

static PyTypeObject Long_InfoType;

PyObject *PyLong_GetInfo(void)
{
    if (Long_InfoType.tp_name == NULL)
        PyStructSequence_InitType(&Long_InfoType, &long_info_desc);
    PyObject *info = PyStructSequence_New(&Long_InfoType);
    if (info == NULL)
        return NULL;
    PyStructSequence_SET_ITEM(info, 0, PyInt_FromLong(PyLong_SHIFT));
    PyStructSequence_SET_ITEM(info, 1, PyInt_FromLong((py_long)sizeof(digit)));
    if (PyErr_Occurred())
        Py_CLEAR(info);
    return info;
}
