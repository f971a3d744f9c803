/* SPDX-License-Identifier: MIT */
/* The type `float`: a double in a block of some forty, free ones chained through ob_type.
 * Arithmetic and comparison with integers; the methods about representation are in float_repr.c.
 * Invariant: a float of a block is free exactly when its reference count is zero. */
#include "Python.h"
#include "float_private.h"
#include "watched.h"
#include <errno.h>
#include <float.h>

#define BLOCK_FLOATS 41

typedef struct float_block {
    struct float_block *next;
    PyFloatObject floats[BLOCK_FLOATS];
} float_block_t;

static float_block_t *blocks;
PyFloatObject *_PyFloat_free_list;

/* ---- Memory ------------------------------------------------------------------------------------
 */

static void chain_free(PyFloatObject *v)
{
#ifdef KRAIT_WATCHED
    PyObject_Free(v);
    return;
#endif
    Py_TYPE(v) = (PyTypeObject *)_PyFloat_free_list;
    _PyFloat_free_list = v;
}

PyFloatObject *_PyFloat_FillFreeList(void)
{
    float_block_t *b = PyMem_Malloc(sizeof *b);
    if (b == NULL)
        return (PyFloatObject *)PyErr_NoMemory();
    b->next = blocks;
    blocks = b;
    for (int i = BLOCK_FLOATS - 1; i >= 0; i--) {
        Py_REFCNT(&b->floats[i]) = 0;
        chain_free(&b->floats[i]);
    }
    return _PyFloat_free_list;
}

PyObject *PyFloat_FromDouble(double x)
{
#ifdef KRAIT_WATCHED
    PyFloatObject *v = PyObject_Malloc(sizeof *v);
    if (v == NULL)
        return PyErr_NoMemory();
#else
    if (_PyFloat_free_list == NULL && _PyFloat_FillFreeList() == NULL)
        return NULL;
    PyFloatObject *v = _PyFloat_free_list;
    _PyFloat_free_list = (PyFloatObject *)Py_TYPE(v);
#endif
    (void)PyObject_INIT(v, &PyFloat_Type);
    v->ob_fval = x;
    return (PyObject *)v;
}

/* Gives blocks without a living float back; answers how many floats live. */
int PyFloat_ClearFreeList(void)
{
    float_block_t *kept = NULL;
    int living = 0;

    _PyFloat_free_list = NULL;
    while (blocks != NULL) {
        float_block_t *b = blocks;
        int used = 0;
        blocks = b->next;
        for (int i = 0; i < BLOCK_FLOATS; i++)
            used += Py_REFCNT(&b->floats[i]) != 0;
        if (used == 0) {
            PyMem_Free(b);
            continue;
        }
        living += used;
        b->next = kept;
        kept = b;
        for (int i = 0; i < BLOCK_FLOATS; i++)
            if (Py_REFCNT(&b->floats[i]) == 0)
                chain_free(&b->floats[i]);
    }
    blocks = kept;
    return living;
}

int _PyFloat_Init(void)
{
    return 1;
}

static void float_dealloc(PyObject *v)
{
    if (PyFloat_CheckExact(v))
        chain_free((PyFloatObject *)v);
    else
        Py_TYPE(v)->tp_free(v);
}

/* ---- Exchange with C
 * ------------------------------------------------------------------------------ */

double PyFloat_GetMax(void)
{
    return DBL_MAX;
}
double PyFloat_GetMin(void)
{
    return DBL_MIN;
}

double PyFloat_AsDouble(PyObject *op)
{
    PyNumberMethods *nb;
    PyObject *result;

    if (op != NULL && PyFloat_Check(op))
        return PyFloat_AS_DOUBLE(op);
    if (op == NULL) {
        PyErr_BadArgument();
        return -1.0;
    }
    if ((nb = Py_TYPE(op)->tp_as_number) == NULL || nb->nb_float == NULL) {
        PyErr_SetString(PyExc_TypeError, "a float is required");
        return -1.0;
    }
    result = nb->nb_float(op);
    if (result == NULL)
        return -1.0;
    if (!PyFloat_Check(result)) {
        Py_DECREF(result);
        PyErr_SetString(PyExc_TypeError, "nb_float should return float object");
        return -1.0;
    }
    double x = PyFloat_AS_DOUBLE(result);
    Py_DECREF(result);
    return x;
}

PyObject *PyFloat_FromString(PyObject *v, char **unused)
{
    const char *s, *last;
    char *end, *buffer = NULL;
    Py_ssize_t n;
    PyObject *result = NULL;

    if (PyString_Check(v)) {
        s = PyString_AS_STRING(v);
        n = PyString_GET_SIZE(v);
    } else if (PyUnicode_Check(v)) {
        n = PyUnicode_GET_SIZE(v);
        buffer = PyMem_Malloc(n + 1);
        if (buffer == NULL)
            return PyErr_NoMemory();
        if (PyUnicode_EncodeDecimal(PyUnicode_AS_UNICODE(v), n, buffer, NULL) != 0)
            goto done;
        s = buffer;
        n = (Py_ssize_t)strlen(s);
    } else if (PyObject_AsCharBuffer(v, &s, &n) == 0) {
        /* Other buffers need not end with a NUL. */
        buffer = PyMem_Malloc(n + 1);
        if (buffer == NULL)
            return PyErr_NoMemory();
        memcpy(buffer, s, (size_t)n);
        buffer[n] = '\0';
        s = buffer;
    } else {
        PyErr_SetString(PyExc_TypeError, "float() argument must be a string or a number");
        return NULL;
    }
    last = s + n;
    while (Py_ISSPACE(*s))
        s++;
    double x = PyOS_string_to_double(s, &end, NULL);
    if (x == -1.0 && PyErr_Occurred())
        goto done;
    while (Py_ISSPACE(*end))
        end++;
    if (end == last)
        result = PyFloat_FromDouble(x);
    else
        PyErr_Format(PyExc_ValueError, "invalid literal for float(): %.200s", s);
done:
    PyMem_Free(buffer);
    return result;
}

/* ---- Arithmetic
 * -------------------------------------------------------------------------------------- */

/* The double of an operand: 1, 0 when it is no real number, -1 on failure. */
static int to_double(PyObject *op, double *x)
{
    if (PyFloat_Check(op)) {
        *x = PyFloat_AS_DOUBLE(op);
    } else if (PyInt_Check(op)) {
        *x = (double)PyInt_AS_LONG(op);
    } else if (PyLong_Check(op)) {
        *x = PyLong_AsDouble(op);
        if (*x == -1.0 && PyErr_Occurred())
            return -1;
    } else {
        return 0;
    }
    return 1;
}

#define TAKE_BOTH(v, w, a, b)                                                                      \
    double a, b;                                                                                   \
    int a##_is = to_double(v, &a), b##_is = a##_is > 0 ? to_double(w, &b) : 0;                     \
    if (a##_is < 0 || b##_is < 0)                                                                  \
        return NULL;                                                                               \
    if (a##_is == 0 || b##_is == 0)                                                                \
    Py_RETURN_NOTIMPLEMENTED

static PyObject *float_add(PyObject *v, PyObject *w)
{
    TAKE_BOTH(v, w, a, b);
    return PyFloat_FromDouble(a + b);
}

static PyObject *float_sub(PyObject *v, PyObject *w)
{
    TAKE_BOTH(v, w, a, b);
    return PyFloat_FromDouble(a - b);
}

static PyObject *float_mul(PyObject *v, PyObject *w)
{
    TAKE_BOTH(v, w, a, b);
    return PyFloat_FromDouble(a * b);
}

static PyObject *float_div(PyObject *v, PyObject *w)
{
    TAKE_BOTH(v, w, a, b);
    if (b == 0.0) {
        PyErr_SetString(PyExc_ZeroDivisionError, "float division by zero");
        return NULL;
    }
    return PyFloat_FromDouble(a / b);
}

static PyObject *float_classic_div(PyObject *v, PyObject *w)
{
    TAKE_BOTH(v, w, a, b);
    if (Py_DivisionWarningFlag >= 2 &&
        PyErr_Warn(PyExc_DeprecationWarning, "classic float division") < 0)
        return NULL;
    if (b == 0.0) {
        PyErr_SetString(PyExc_ZeroDivisionError, "float division by zero");
        return NULL;
    }
    return PyFloat_FromDouble(a / b);
}

static double floor_mod(double a, double b)
{
    double mod = fmod(a, b);
    if (mod == 0.0)
        return copysign(0.0, b);
    return (b < 0) != (mod < 0) ? mod + b : mod;
}

static PyObject *float_rem(PyObject *v, PyObject *w)
{
    TAKE_BOTH(v, w, a, b);
    if (b == 0.0) {
        PyErr_SetString(PyExc_ZeroDivisionError, "float modulo");
        return NULL;
    }
    return PyFloat_FromDouble(floor_mod(a, b));
}

/* Floor quotient and remainder; -1 with an exception. */
static int floor_divmod(double a, double b, double *quotient, double *remainder)
{
    if (b == 0.0) {
        PyErr_SetString(PyExc_ZeroDivisionError, "float divmod()");
        return -1;
    }
    /* fmod is exact, and a - mod a multiple of b, so that the quotient is nearly an integer
     * already. */
    double mod = fmod(a, b), div = (a - mod) / b;
    if (mod != 0.0) {
        if ((b < 0) != (mod < 0)) {
            mod += b;
            div -= 1.0;
        }
    } else {
        mod = copysign(0.0, b);
    }
    if (div != 0.0) {
        double whole = floor(div);
        if (div - whole > 0.5)
            whole += 1.0;
        *quotient = whole;
    } else {
        *quotient = copysign(0.0, a / b);
    }
    *remainder = mod;
    return 0;
}

static PyObject *float_divmod(PyObject *v, PyObject *w)
{
    double q, r;
    TAKE_BOTH(v, w, a, b);
    return floor_divmod(a, b, &q, &r) < 0 ? NULL : Py_BuildValue("(dd)", q, r);
}

static PyObject *float_floor_div(PyObject *v, PyObject *w)
{
    double q, r;
    TAKE_BOTH(v, w, a, b);
    return floor_divmod(a, b, &q, &r) < 0 ? NULL : PyFloat_FromDouble(q);
}

static int is_odd(double x)
{
    return fmod(fabs(x), 2.0) == 1.0;
}

/* The cases C's pow may answer otherwise than C99 says are decided here. */
static PyObject *float_pow(PyObject *v, PyObject *w, PyObject *z)
{
    int negate = 0;

    if (z != Py_None) {
        PyErr_SetString(PyExc_TypeError, "pow() 3rd argument not allowed unless all arguments are "
                                         "integers");
        return NULL;
    }
    TAKE_BOTH(v, w, a, b);
    if (b == 0.0 || a == 1.0)
        return PyFloat_FromDouble(1.0);
    if (isnan(a))
        return PyFloat_FromDouble(a);
    if (isnan(b))
        return PyFloat_FromDouble(b);
    if (isinf(b)) {
        double size = fabs(a);
        if (size == 1.0)
            return PyFloat_FromDouble(1.0);
        return PyFloat_FromDouble((b > 0.0) == (size > 1.0) ? fabs(b) : 0.0);
    }
    if (isinf(a)) {
        if (b > 0.0)
            return PyFloat_FromDouble(is_odd(b) ? a : fabs(a));
        return PyFloat_FromDouble(is_odd(b) ? copysign(0.0, a) : 0.0);
    }
    if (a == 0.0) {
        if (b < 0.0) {
            PyErr_SetString(PyExc_ZeroDivisionError, "0.0 cannot be raised to a negative power");
            return NULL;
        }
        return PyFloat_FromDouble(is_odd(b) ? a : 0.0);
    }
    if (a < 0.0) {
        if (b != floor(b)) {
            PyErr_SetString(PyExc_ValueError,
                            "negative number cannot be raised to a fractional power");
            return NULL;
        }
        a = -a;
        negate = is_odd(b);
    }
    double x = a == 1.0 ? 1.0 : pow(a, b);
    if (isinf(x)) {
        _PyErr_SetFromErrnum(PyExc_OverflowError, 34 /* Linux's ERANGE */);
        return NULL;
    }
    return PyFloat_FromDouble(negate ? -x : x);
}

static PyObject *float_neg(PyObject *v)
{
    return PyFloat_FromDouble(-PyFloat_AS_DOUBLE(v));
}

static PyObject *float_abs(PyObject *v)
{
    return PyFloat_FromDouble(fabs(PyFloat_AS_DOUBLE(v)));
}

static int float_nonzero(PyObject *v)
{
    return PyFloat_AS_DOUBLE(v) != 0.0;
}

static PyObject *float_float(PyObject *v)
{
    if (PyFloat_CheckExact(v)) {
        Py_INCREF(v);
        return v;
    }
    return PyFloat_FromDouble(PyFloat_AS_DOUBLE(v));
}

static PyObject *float_long(PyObject *v)
{
    return PyLong_FromDouble(PyFloat_AS_DOUBLE(v));
}

static PyObject *float_int(PyObject *v)
{
    double x = trunc(PyFloat_AS_DOUBLE(v));
    if (x >= -9223372036854775808.0 && x < 9223372036854775808.0)
        return PyInt_FromLong((py_long)x);
    return PyLong_FromDouble(x);
}

static int float_coerce(PyObject **pv, PyObject **pw)
{
    double x;
    int is = to_double(*pw, &x);

    if (is <= 0)
        return is < 0 ? -1 : 1;
    if (PyFloat_Check(*pw)) {
        Py_INCREF(*pw);
    } else {
        PyObject *w = PyFloat_FromDouble(x);
        if (w == NULL)
            return -1;
        *pw = w;
    }
    Py_INCREF(*pv);
    return 0;
}

/* ---- Comparison
 * ----------------------------------------------------------------------------------------- */

/* Exact comparison of a finite double with an int or long: -1, 0, 1; -2 on failure. */
static int compare_integer(double a, PyObject *w)
{
    PyObject *big, *whole;
    int c;

    if (PyInt_Check(w)) {
        py_long x = PyInt_AS_LONG(w);
        if (x >= -((py_long)1 << 53) && x <= (py_long)1 << 53)
            return a < (double)x ? -1 : a > (double)x;
        if (a >= 9223372036854775808.0)
            return 1;
        if (a < -9223372036854775808.0)
            return -1;
        double cut = trunc(a);
        py_long i = (py_long)cut;
        if (i != x)
            return i < x ? -1 : 1;
        return a < cut ? -1 : a > cut;
    }
    /* Signs and sizes first: most are told apart by these. */
    int sign = _PyLong_Sign(w), asign = a < 0 ? -1 : a > 0;
    if (sign != asign)
        return asign < sign ? -1 : 1;
    Py_ssize_t bits = _PyLong_NumBits(w);
    if (bits < 0) {
        PyErr_Clear();
        return -sign;
    }
    int expo;
    (void)frexp(a, &expo);
    if (expo < 0)
        expo = 0;
    if (expo != bits)
        return expo < bits ? -sign : sign;
    double cut = trunc(a);
    whole = PyLong_FromDouble(cut);
    if (whole == NULL)
        return -2;
    big = w;
    c = PyLong_Type.tp_compare(whole, big);
    Py_DECREF(whole);
    if (c == 0)
        c = a < cut ? -1 : a > cut;
    return c;
}

static PyObject *float_richcompare(PyObject *v, PyObject *w, int op)
{
    double a = PyFloat_AS_DOUBLE(v), b;
    int c, result = 0;

    if (PyFloat_Check(w)) {
        b = PyFloat_AS_DOUBLE(w);
    } else if (PyInt_Check(w) || PyLong_Check(w)) {
        if (isfinite(a)) {
            c = compare_integer(a, w);
            if (c == -2)
                return NULL;
            return PyBool_FromLong(Py_CmpToRich(op, c));
        }
        b = 0.0; /* an infinity or nan compares with every integer as with zero */
    } else {
        Py_RETURN_NOTIMPLEMENTED;
    }
    switch (op) {
    case Py_EQ:
        result = a == b;
        break;
    case Py_NE:
        result = a != b;
        break;
    case Py_LT:
        result = a < b;
        break;
    case Py_LE:
        result = a <= b;
        break;
    case Py_GT:
        result = a > b;
        break;
    case Py_GE:
        result = a >= b;
        break;
    }
    return PyBool_FromLong(result);
}

static py_long float_hash(PyObject *v)
{
    return _Py_HashDouble(PyFloat_AS_DOUBLE(v));
}

/* ---- Text and construction
 * ---------------------------------------------------------------------------------- */

static PyObject *float_text(PyObject *v, char code, int precision)
{
    PyObject *result = NULL;
    char *s = PyOS_double_to_string(PyFloat_AS_DOUBLE(v), code, precision, Py_DTSF_ADD_DOT_0, NULL);
    if (s != NULL) {
        result = PyString_FromString(s);
        PyMem_Free(s);
    }
    return result;
}

static PyObject *float_repr(PyObject *v)
{
    return float_text(v, 'r', 0);
}

static PyObject *float_str(PyObject *v)
{
    return float_text(v, 'g', 12);
}

static PyObject *float_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *kwlist[] = {"x", NULL};
    PyObject *x = Py_False;

    if (type != &PyFloat_Type) {
        PyObject *value = float_new(&PyFloat_Type, args, kwds), *v;
        if (value == NULL)
            return NULL;
        v = type->tp_alloc(type, 0);
        if (v != NULL)
            ((PyFloatObject *)v)->ob_fval = PyFloat_AS_DOUBLE(value);
        Py_DECREF(value);
        return v;
    }
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|O:float", kwlist, &x))
        return NULL;
    if (PyString_CheckExact(x))
        return PyFloat_FromString(x, NULL);
    return PyNumber_Float(x);
}

PyDoc_STRVAR(float_doc, "float(x) -> floating point number\n\
\n\
A floating-point number from a number or a text.");

static PyNumberMethods float_as_number = {
    .nb_add = float_add,
    .nb_subtract = float_sub,
    .nb_multiply = float_mul,
    .nb_divide = float_classic_div,
    .nb_remainder = float_rem,
    .nb_divmod = float_divmod,
    .nb_power = float_pow,
    .nb_negative = float_neg,
    .nb_positive = float_float,
    .nb_absolute = float_abs,
    .nb_nonzero = float_nonzero,
    .nb_coerce = float_coerce,
    .nb_int = float_int,
    .nb_long = float_long,
    .nb_float = float_float,
    .nb_floor_divide = float_floor_div,
    .nb_true_divide = float_div,
};

PyTypeObject PyFloat_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "float",
    .tp_basicsize = sizeof(PyFloatObject),
    .tp_dealloc = float_dealloc,
    .tp_repr = float_repr,
    .tp_as_number = &float_as_number,
    .tp_hash = float_hash,
    .tp_str = float_str,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_CHECKTYPES | Py_TPFLAGS_BASETYPE,
    .tp_doc = float_doc,
    .tp_richcompare = float_richcompare,
    .tp_methods = _PyFloat_methods,
    .tp_getset = _PyFloat_getset,
    .tp_new = float_new,
    .tp_free = PyObject_Free,
    .tp_x64_basicsize = 24,
    .tp_goon = &_PyGoOn_Again,
};
