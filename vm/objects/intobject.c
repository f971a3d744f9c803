/* SPDX-License-Identifier: MIT */
/* The type `int`: 64 bits, passing over to long where they do not suffice. Ints live in blocks of
 * some forty, free ones chained through ob_type; -5 to 256 exist once. Invariant: an int of a block
 * is free exactly when its reference count is zero. */
#include "Python.h"
#include "watched.h"
#include <errno.h>

#define BLOCK_INTS 41

typedef struct int_block {
    struct int_block *next;
    PyIntObject ints[BLOCK_INTS];
} int_block_t;

static int_block_t *blocks;
PyIntObject *_PyInt_free_list;
PyIntObject *_PyInt_small[NSMALLNEGINTS + NSMALLPOSINTS];

/* ---- Memory ------------------------------------------------------------------------------------
 */

static void chain_free(PyIntObject *v)
{
#ifdef KRAIT_WATCHED
    PyObject_Free(v);
    return;
#endif
    Py_TYPE(v) = (PyTypeObject *)_PyInt_free_list;
    _PyInt_free_list = v;
}

PyIntObject *_PyInt_FillFreeList(void)
{
    int_block_t *b = PyMem_Malloc(sizeof *b);
    if (b == NULL)
        return (PyIntObject *)PyErr_NoMemory();
    b->next = blocks;
    blocks = b;
    for (int i = BLOCK_INTS - 1; i >= 0; i--) {
        Py_REFCNT(&b->ints[i]) = 0;
        chain_free(&b->ints[i]);
    }
    return _PyInt_free_list;
}

static PyObject *new_int(py_long x)
{
#ifdef KRAIT_WATCHED
    PyIntObject *v = PyObject_Malloc(sizeof *v);
    if (v == NULL)
        return PyErr_NoMemory();
#else
    if (_PyInt_free_list == NULL && _PyInt_FillFreeList() == NULL)
        return NULL;
    PyIntObject *v = _PyInt_free_list;
    _PyInt_free_list = (PyIntObject *)Py_TYPE(v);
#endif
    (void)PyObject_INIT(v, &PyInt_Type);
    v->ob_ival = x;
    return (PyObject *)v;
}

PyObject *PyInt_FromLong(py_long x)
{
    if (-NSMALLNEGINTS <= x && x < NSMALLPOSINTS) {
        PyIntObject *v = _PyInt_small[x + NSMALLNEGINTS];
        if (v != NULL) {
            Py_INCREF(v);
            return (PyObject *)v;
        }
    }
    return new_int(x);
}

/* Gives blocks without a living int back; answers how many ints live. */
int PyInt_ClearFreeList(void)
{
    int_block_t *kept = NULL;
    int living = 0;

    _PyInt_free_list = NULL;
    while (blocks != NULL) {
        int_block_t *b = blocks;
        int used = 0;
        blocks = b->next;
        for (int i = 0; i < BLOCK_INTS; i++)
            used += Py_REFCNT(&b->ints[i]) != 0;
        if (used == 0) {
            PyMem_Free(b);
            continue;
        }
        living += used;
        b->next = kept;
        kept = b;
        for (int i = 0; i < BLOCK_INTS; i++)
            if (Py_REFCNT(&b->ints[i]) == 0)
                chain_free(&b->ints[i]);
    }
    blocks = kept;
    return living;
}

int _PyInt_Init(void)
{
    _PyMemory_InstallHooks();
    for (int i = 0; i < NSMALLNEGINTS + NSMALLPOSINTS; i++)
        if (_PyInt_small[i] == NULL) {
            _PyInt_small[i] = (PyIntObject *)new_int(i - NSMALLNEGINTS);
            if (_PyInt_small[i] == NULL)
                return 0;
        }
    return 1;
}

static void int_dealloc(PyObject *v)
{
    if (PyInt_CheckExact(v))
        chain_free((PyIntObject *)v);
    else
        Py_TYPE(v)->tp_free(v);
}

/* ---- Exchange with C
 * ------------------------------------------------------------------------------ */

py_long PyInt_GetMax(void)
{
    return PY_LONG_MAX;
}

PyObject *PyInt_FromSize_t(uint64_t x)
{
    return x <= (uint64_t)PY_LONG_MAX ? PyInt_FromLong((py_long)x) : PyLong_FromSize_t(x);
}

PyObject *PyInt_FromSsize_t(Py_ssize_t x)
{
    return PyInt_FromLong(x);
}

/* An int or long that stands for op, as a new reference; TypeError when there is none. */
static PyObject *as_integer(PyObject *op)
{
    PyNumberMethods *nb;

    if (op == NULL || (nb = Py_TYPE(op)->tp_as_number) == NULL || nb->nb_int == NULL) {
        PyErr_SetString(PyExc_TypeError, "an integer is required");
        return NULL;
    }
    op = nb->nb_int(op);
    if (op != NULL && !PyInt_Check(op) && !PyLong_Check(op)) {
        Py_DECREF(op);
        PyErr_SetString(PyExc_TypeError, "__int__ method should return an integer");
        return NULL;
    }
    return op;
}

py_long PyInt_AsLong(PyObject *op)
{
    if (op != NULL && PyInt_Check(op))
        return PyInt_AS_LONG(op);
    if (op != NULL && PyLong_CheckExact(op))
        return PyLong_AsLong(op);
    op = as_integer(op);
    if (op == NULL)
        return -1;
    py_long x = PyInt_Check(op) ? PyInt_AS_LONG(op) : PyLong_AsLong(op);
    Py_DECREF(op);
    return x;
}

int _PyInt_AsInt(PyObject *op)
{
    py_long x = PyInt_AsLong(op);
    if (x > INT_MAX || x < INT_MIN) {
        PyErr_SetString(PyExc_OverflowError, "Python int too large to convert to C int");
        return -1;
    }
    return (int)x;
}

Py_ssize_t PyInt_AsSsize_t(PyObject *op)
{
    if (op == NULL) {
        PyErr_SetString(PyExc_TypeError, "an integer is required");
        return -1;
    }
    if (PyLong_Check(op))
        return PyLong_AsSsize_t(op);
    return PyInt_AsLong(op);
}

py_ulong PyInt_AsUnsignedLongMask(PyObject *op)
{
    if (op != NULL && PyInt_Check(op))
        return (py_ulong)PyInt_AS_LONG(op);
    if (op != NULL && PyLong_Check(op))
        return PyLong_AsUnsignedLongMask(op);
    op = as_integer(op);
    if (op == NULL)
        return PY_ULONG_MAX;
    py_ulong x = PyInt_Check(op) ? (py_ulong)PyInt_AS_LONG(op) : PyLong_AsUnsignedLongMask(op);
    Py_DECREF(op);
    return x;
}

py_ulong PyInt_AsUnsignedLongLongMask(PyObject *op)
{
    return PyInt_AsUnsignedLongMask(op);
}

/* ---- Text
 * --------------------------------------------------------------------------------------------- */

PyObject *PyInt_FromString(const char *s, char **pend, int base)
{
    char *end;
    py_long x;

    if ((base != 0 && base < 2) || base > 36) {
        PyErr_SetString(PyExc_ValueError, "int() base must be >= 2 and <= 36, or 0");
        return NULL;
    }
    while (Py_ISSPACE(*s))
        s++;
    errno = 0;
    if (base == 0 && s[0] == '0') {
        x = (py_long)PyOS_strtoul(s, &end, base);
        if (x <
            0) /* too wide, and what follows is long()'s to judge: int('0x8000000000000000L', 0) */
            return PyLong_FromString(s, pend, base);
    } else {
        x = PyOS_strtol(s, &end, base);
    }
    int too_large = errno != 0;
    if (end == s || !Py_ISALNUM(end[-1]))
        goto wrong;
    while (Py_ISSPACE(*end))
        end++;
    if (*end != '\0')
        goto wrong;
    if (too_large)
        return PyLong_FromString(s, pend, base);
    if (pend != NULL)
        *pend = end;
    return PyInt_FromLong(x);

wrong:;
    size_t length = strlen(s);
    PyObject *shown = PyString_FromStringAndSize(s, length < 200 ? (Py_ssize_t)length : 200);
    PyObject *repr = shown != NULL ? PyObject_Repr(shown) : NULL;
    if (repr != NULL)
        PyErr_Format(PyExc_ValueError, "invalid literal for int() with base %d: %s", base,
                     PyString_AS_STRING(repr));
    Py_XDECREF(shown);
    Py_XDECREF(repr);
    return NULL;
}

PyObject *PyInt_FromUnicode(const uint32_t *s, Py_ssize_t n, int base)
{
    PyObject *result;
    char *buffer = PyMem_Malloc(n + 1);

    if (buffer == NULL)
        return PyErr_NoMemory();
    if (PyUnicode_EncodeDecimal((Py_UNICODE *)s, n, buffer, NULL) != 0) {
        PyMem_Free(buffer);
        return NULL;
    }
    result = PyInt_FromString(buffer, NULL, base);
    PyMem_Free(buffer);
    return result;
}

PyObject *_PyInt_Format(PyIntObject *v, int base, int newstyle)
{
    char buffer[64 + 8], *end = buffer + sizeof buffer, *p = end;
    py_long x = v->ob_ival;
    py_ulong rest = x < 0 ? -(py_ulong)x : (py_ulong)x;

    do {
        unsigned d = (unsigned)(rest % (py_ulong)base);
        *--p = (char)(d < 10 ? '0' + d : 'a' + d - 10);
        rest /= (py_ulong)base;
    } while (rest != 0);
    if (base == 2) {
        *--p = 'b';
        *--p = '0';
    } else if (base == 8) {
        if (newstyle) {
            *--p = 'o';
            *--p = '0';
        } else if (x != 0) {
            *--p = '0';
        }
    } else if (base == 16) {
        *--p = 'x';
        *--p = '0';
    } else if (base != 10) {
        *--p = '#';
        *--p = (char)('0' + base % 10);
        if (base > 10)
            *--p = (char)('0' + base / 10);
    }
    if (x < 0)
        *--p = '-';
    return PyString_FromStringAndSize(p, end - p);
}

static PyObject *int_repr(PyObject *v)
{
    return _PyInt_Format((PyIntObject *)v, 10, 0);
}

static PyObject *int_oct(PyObject *v)
{
    return _PyInt_Format((PyIntObject *)v, 8, 0);
}

static PyObject *int_hex(PyObject *v)
{
    return _PyInt_Format((PyIntObject *)v, 16, 0);
}

/* ---- Arithmetic
 * ------------------------------------------------------------------------------------------ */

#define TAKE_BOTH(v, w, a, b)                                                                      \
    py_long a, b;                                                                                  \
    if (!PyInt_Check(v) || !PyInt_Check(w))                                                        \
        Py_RETURN_NOTIMPLEMENTED;                                                                  \
    a = PyInt_AS_LONG(v);                                                                          \
    b = PyInt_AS_LONG(w)

/* The same operation on longs. */
static PyObject *as_longs(binaryfunc op, py_long a, py_long b)
{
    PyObject *x = PyLong_FromLong(a), *y = PyLong_FromLong(b), *z = NULL;
    if (x != NULL && y != NULL)
        z = op(x, y);
    Py_XDECREF(x);
    Py_XDECREF(y);
    return z;
}

static PyObject *int_add(PyObject *v, PyObject *w)
{
    py_long x;
    TAKE_BOTH(v, w, a, b);
    if (__builtin_add_overflow(a, b, &x))
        return as_longs(PyLong_Type.tp_as_number->nb_add, a, b);
    return PyInt_FromLong(x);
}

static PyObject *int_sub(PyObject *v, PyObject *w)
{
    py_long x;
    TAKE_BOTH(v, w, a, b);
    if (__builtin_sub_overflow(a, b, &x))
        return as_longs(PyLong_Type.tp_as_number->nb_subtract, a, b);
    return PyInt_FromLong(x);
}

static PyObject *int_mul(PyObject *v, PyObject *w)
{
    py_long x;
    TAKE_BOTH(v, w, a, b);
    if (__builtin_mul_overflow(a, b, &x))
        return as_longs(PyLong_Type.tp_as_number->nb_multiply, a, b);
    return PyInt_FromLong(x);
}

enum { DIV_OK, DIV_OVERFLOW, DIV_ERROR };

/* Rounded down, remainder with the sign of y. */
static int floor_divmod(py_long x, py_long y, py_long *q, py_long *r)
{
    if (y == 0) {
        PyErr_SetString(PyExc_ZeroDivisionError, "integer division or modulo by zero");
        return DIV_ERROR;
    }
    if (y == -1 && x == PY_LONG_MIN)
        return DIV_OVERFLOW;
    *q = x / y;
    *r = x % y;
    if (*r != 0 && (*r < 0) != (y < 0)) {
        *r += y;
        --*q;
    }
    return DIV_OK;
}

static PyObject *int_floor_div(PyObject *v, PyObject *w)
{
    py_long q, r;
    TAKE_BOTH(v, w, a, b);
    switch (floor_divmod(a, b, &q, &r)) {
    case DIV_OK:
        return PyInt_FromLong(q);
    case DIV_OVERFLOW:
        return as_longs(PyLong_Type.tp_as_number->nb_floor_divide, a, b);
    default:
        return NULL;
    }
}

static PyObject *int_classic_div(PyObject *v, PyObject *w)
{
    if (!PyInt_Check(v) || !PyInt_Check(w))
        Py_RETURN_NOTIMPLEMENTED;
    if (Py_DivisionWarningFlag && PyErr_Warn(PyExc_DeprecationWarning, "classic int division") < 0)
        return NULL;
    return int_floor_div(v, w);
}

static PyObject *int_true_divide(PyObject *v, PyObject *w)
{
    const py_long exact = (py_long)1 << 53;
    TAKE_BOTH(v, w, a, b);
    if (b == 0) {
        PyErr_SetString(PyExc_ZeroDivisionError, "division by zero");
        return NULL;
    }
    if (a < -exact || a > exact || b < -exact || b > exact)
        return as_longs(PyLong_Type.tp_as_number->nb_true_divide, a, b);
    return PyFloat_FromDouble((double)a / (double)b);
}

static PyObject *int_mod(PyObject *v, PyObject *w)
{
    py_long q, r;
    TAKE_BOTH(v, w, a, b);
    switch (floor_divmod(a, b, &q, &r)) {
    case DIV_OK:
        return PyInt_FromLong(r);
    case DIV_OVERFLOW:
        return as_longs(PyLong_Type.tp_as_number->nb_remainder, a, b);
    default:
        return NULL;
    }
}

static PyObject *int_divmod(PyObject *v, PyObject *w)
{
    py_long q, r;
    TAKE_BOTH(v, w, a, b);
    switch (floor_divmod(a, b, &q, &r)) {
    case DIV_OK:
        return Py_BuildValue("(ll)", q, r);
    case DIV_OVERFLOW:
        return as_longs(PyLong_Type.tp_as_number->nb_divmod, a, b);
    default:
        return NULL;
    }
}

static PyObject *int_pow(PyObject *v, PyObject *w, PyObject *z)
{
    py_long modulus = 0, result = 1;
    TAKE_BOTH(v, w, base, expo);

    if (expo < 0) {
        if (z != Py_None) {
            PyErr_SetString(PyExc_TypeError, "pow() 2nd argument cannot be negative when 3rd "
                                             "argument specified");
            return NULL;
        }
        return PyFloat_Type.tp_as_number->nb_power(v, w, z);
    }
    if (z != Py_None) {
        if (!PyInt_Check(z))
            Py_RETURN_NOTIMPLEMENTED;
        modulus = PyInt_AS_LONG(z);
        if (modulus == 0) {
            PyErr_SetString(PyExc_ValueError, "pow() 3rd argument cannot be 0");
            return NULL;
        }
    }
    /* Squares from the low bit up; whatever overflows is done again as long. */
    while (expo > 0) {
        if ((expo & 1) && __builtin_mul_overflow(result, base, &result))
            goto large;
        expo >>= 1;
        if (expo == 0 || (base == 0 && result == 0))
            break;
        if (__builtin_mul_overflow(base, base, &base))
            goto large;
        if (modulus != 0 && modulus != -1) {
            result %= modulus;
            base %= modulus;
        } else if (modulus == -1) {
            result = base = 0;
        }
    }
    if (modulus != 0) {
        py_long q, r;
        int answer = floor_divmod(result, modulus, &q, &r);
        if (answer == DIV_OVERFLOW)
            goto large;
        result = r;
    }
    return PyInt_FromLong(result);

large:;
    PyObject *a = PyLong_FromLong(PyInt_AS_LONG(v)), *b = PyLong_FromLong(PyInt_AS_LONG(w));
    PyObject *answer = NULL;
    if (a != NULL && b != NULL)
        answer = PyLong_Type.tp_as_number->nb_power(a, b, z);
    Py_XDECREF(a);
    Py_XDECREF(b);
    return answer;
}

static PyObject *int_int(PyObject *v)
{
    if (PyInt_CheckExact(v)) {
        Py_INCREF(v);
        return v;
    }
    return PyInt_FromLong(PyInt_AS_LONG(v));
}

static PyObject *int_neg(PyObject *v)
{
    py_long a = PyInt_AS_LONG(v);
    if (a == PY_LONG_MIN)
        return PyLong_FromUnsignedLong(-(py_ulong)a);
    return PyInt_FromLong(-a);
}

static PyObject *int_abs(PyObject *v)
{
    return PyInt_AS_LONG(v) < 0 ? int_neg(v) : int_int(v);
}

static int int_nonzero(PyObject *v)
{
    return PyInt_AS_LONG(v) != 0;
}

static PyObject *int_invert(PyObject *v)
{
    return PyInt_FromLong(~PyInt_AS_LONG(v));
}

static PyObject *int_lshift(PyObject *v, PyObject *w)
{
    TAKE_BOTH(v, w, a, b);
    if (b < 0) {
        PyErr_SetString(PyExc_ValueError, "negative shift count");
        return NULL;
    }
    if (a == 0 || b == 0)
        return int_int(v);
    if (b < 64) {
        py_long c = (py_long)((py_ulong)a << b);
        if (c >> b == a)
            return PyInt_FromLong(c);
    }
    return as_longs(PyLong_Type.tp_as_number->nb_lshift, a, b);
}

static PyObject *int_rshift(PyObject *v, PyObject *w)
{
    TAKE_BOTH(v, w, a, b);
    if (b < 0) {
        PyErr_SetString(PyExc_ValueError, "negative shift count");
        return NULL;
    }
    if (a == 0 || b == 0)
        return int_int(v);
    return PyInt_FromLong(a >> (b < 64 ? b : 63));
}

static PyObject *int_and(PyObject *v, PyObject *w)
{
    TAKE_BOTH(v, w, a, b);
    return PyInt_FromLong(a & b);
}

static PyObject *int_xor(PyObject *v, PyObject *w)
{
    TAKE_BOTH(v, w, a, b);
    return PyInt_FromLong(a ^ b);
}

static PyObject *int_or(PyObject *v, PyObject *w)
{
    TAKE_BOTH(v, w, a, b);
    return PyInt_FromLong(a | b);
}

static int int_coerce(PyObject **pv, PyObject **pw)
{
    if (!PyInt_Check(*pw))
        return 1;
    Py_INCREF(*pv);
    Py_INCREF(*pw);
    return 0;
}

static PyObject *int_long(PyObject *v)
{
    return PyLong_FromLong(PyInt_AS_LONG(v));
}

static PyObject *int_float(PyObject *v)
{
    return PyFloat_FromDouble((double)PyInt_AS_LONG(v));
}

static int int_compare(PyObject *v, PyObject *w)
{
    py_long a = PyInt_AS_LONG(v), b = PyInt_AS_LONG(w);
    return a < b ? -1 : a > b;
}

static py_long int_hash(PyObject *v)
{
    py_long x = PyInt_AS_LONG(v);
    return x == -1 ? -2 : x;
}

/* ---- Construction
 * ------------------------------------------------------------------------------------------ */

static PyObject *int_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *kwlist[] = {"x", "base", NULL};
    PyObject *x = NULL;
    int base = -909; /* none given */

    if (type != &PyInt_Type) {
        PyObject *value = int_new(&PyInt_Type, args, kwds), *v;
        if (value == NULL)
            return NULL;
        py_long number = PyInt_AsLong(value);
        Py_DECREF(value);
        if (number == -1 && PyErr_Occurred())
            return NULL;
        v = type->tp_alloc(type, 0);
        if (v != NULL)
            ((PyIntObject *)v)->ob_ival = number;
        return v;
    }
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|Oi:int", kwlist, &x, &base))
        return NULL;
    if (x == NULL) {
        if (base != -909) {
            PyErr_SetString(PyExc_TypeError, "int() missing string argument");
            return NULL;
        }
        return PyInt_FromLong(0);
    }
    if (base == -909)
        return PyNumber_Int(x);
    if (PyString_Check(x)) {
        char *s = PyString_AS_STRING(x);
        if (strlen(s) != (size_t)PyString_GET_SIZE(x)) {
            PyObject *repr = PyObject_Repr(x);
            if (repr != NULL)
                PyErr_Format(PyExc_ValueError, "invalid literal for int() with base %d: %s", base,
                             PyString_AS_STRING(repr));
            Py_XDECREF(repr);
            return NULL;
        }
        return PyInt_FromString(s, NULL, base);
    }
    if (PyUnicode_Check(x))
        return PyInt_FromUnicode(PyUnicode_AS_UNICODE(x), PyUnicode_GET_SIZE(x), base);
    PyErr_SetString(PyExc_TypeError, "int() can't convert non-string with explicit base");
    return NULL;
}

/* ---- Methods
 * ---------------------------------------------------------------------------------------------------
 */

PyDoc_STRVAR(conjugate_doc, "Returns the number itself: it has no imaginary part.");
PyDoc_STRVAR(trunc_doc, "Returns the number itself.");
static PyObject *int_itself(PyObject *v, PyObject *unused)
{
    return int_int(v);
}

PyDoc_STRVAR(bit_length_doc, "How many bits the magnitude needs in binary; 0 for zero.");
static PyObject *int_bit_length(PyObject *v, PyObject *unused)
{
    py_long x = PyInt_AS_LONG(v), bits = 0;
    for (py_ulong rest = x < 0 ? -(py_ulong)x : (py_ulong)x; rest != 0; rest >>= 1)
        bits++;
    return PyInt_FromLong(bits);
}

static PyObject *int_getnewargs(PyObject *v, PyObject *unused)
{
    return Py_BuildValue("(l)", PyInt_AS_LONG(v));
}

static PyObject *int__format__(PyObject *self, PyObject *args)
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
    result = _PyInt_FormatAdvanced(self, PyString_AS_STRING(text), PyString_GET_SIZE(text));
    Py_DECREF(text);
    return result;
}

static PyObject *int_get_itself(PyObject *v, void *closure)
{
    return int_int(v);
}
static PyObject *int_get_zero(PyObject *v, void *closure)
{
    return PyInt_FromLong(0);
}
static PyObject *int_get_one(PyObject *v, void *closure)
{
    return PyInt_FromLong(1);
}

static PyMethodDef int_methods[] = {
    {"conjugate", int_itself, METH_NOARGS, conjugate_doc},
    {"bit_length", int_bit_length, METH_NOARGS, bit_length_doc},
    {"__trunc__", int_itself, METH_NOARGS, trunc_doc},
    {"__getnewargs__", int_getnewargs, METH_NOARGS, NULL},
    {"__format__", int__format__, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef int_getset[] = {
    {"real", int_get_itself, NULL, "the real part of a complex number", NULL},
    {"imag", int_get_zero, NULL, "the imaginary part of a complex number", NULL},
    {"numerator", int_get_itself, NULL, "the numerator of a rational number in lowest terms", NULL},
    {"denominator", int_get_one, NULL, "the denominator of a rational number in lowest terms",
     NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

PyDoc_STRVAR(int_doc, "int(x=0) -> int or long\n\
int(x, base=10) -> int or long\n\
\n\
An integer from a number or a text. A floating-point number is cut towards zero.\n\
With a base (2 to 36) x must be a text in that base; base 0 takes the base from\n\
the text as in a Python literal. What 64 bits do not hold becomes a long.");

static PyNumberMethods int_as_number = {
    .nb_add = int_add,
    .nb_subtract = int_sub,
    .nb_multiply = int_mul,
    .nb_divide = int_classic_div,
    .nb_remainder = int_mod,
    .nb_divmod = int_divmod,
    .nb_power = int_pow,
    .nb_negative = int_neg,
    .nb_positive = int_int,
    .nb_absolute = int_abs,
    .nb_nonzero = int_nonzero,
    .nb_invert = int_invert,
    .nb_lshift = int_lshift,
    .nb_rshift = int_rshift,
    .nb_and = int_and,
    .nb_xor = int_xor,
    .nb_or = int_or,
    .nb_coerce = int_coerce,
    .nb_int = int_int,
    .nb_long = int_long,
    .nb_float = int_float,
    .nb_oct = int_oct,
    .nb_hex = int_hex,
    .nb_floor_divide = int_floor_div,
    .nb_true_divide = int_true_divide,
    .nb_index = int_int,
};

PyTypeObject PyInt_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "int",
    .tp_basicsize = sizeof(PyIntObject),
    .tp_dealloc = int_dealloc,
    .tp_compare = int_compare,
    .tp_repr = int_repr,
    .tp_as_number = &int_as_number,
    .tp_hash = int_hash,
    .tp_str = int_repr,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags =
        Py_TPFLAGS_DEFAULT | Py_TPFLAGS_CHECKTYPES | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_INT_SUBCLASS,
    .tp_doc = int_doc,
    .tp_methods = int_methods,
    .tp_getset = int_getset,
    .tp_new = int_new,
    .tp_free = PyObject_Free,
    .tp_x64_basicsize = 24,
    .tp_goon = &_PyGoOn_Again,
};
