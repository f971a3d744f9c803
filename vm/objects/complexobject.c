/* SPDX-License-Identifier: MIT */
/* The type `complex` and the complex arithmetic that cmath shares. The _Py_c_* functions report
 * trouble through errno: EDOM for a division by zero, ERANGE for an overflow. */
#include "Python.h"
#include "base/mathlib.h"
#include <errno.h>

/* ---- Arithmetic
 * ---------------------------------------------------------------------------------- */

Py_complex _Py_c_sum(Py_complex a, Py_complex b)
{
    return (Py_complex){a.real + b.real, a.imag + b.imag};
}

Py_complex _Py_c_diff(Py_complex a, Py_complex b)
{
    return (Py_complex){a.real - b.real, a.imag - b.imag};
}

Py_complex _Py_c_neg(Py_complex a)
{
    return (Py_complex){-a.real, -a.imag};
}

Py_complex _Py_c_prod(Py_complex a, Py_complex b)
{
    return (Py_complex){a.real * b.real - a.imag * b.imag, a.real * b.imag + a.imag * b.real};
}

/* Scaled by the larger part of the divisor, so that no square overflows. */
Py_complex _Py_c_quot(Py_complex a, Py_complex b)
{
    double re = fabs(b.real), im = fabs(b.imag);

    if (re >= im) {
        if (re == 0.0) {
            errno = EDOM;
            return (Py_complex){0.0, 0.0};
        }
        double ratio = b.imag / b.real, denom = b.real + b.imag * ratio;
        return (Py_complex){(a.real + a.imag * ratio) / denom, (a.imag - a.real * ratio) / denom};
    }
    if (im >= re) {
        double ratio = b.real / b.imag, denom = b.real * ratio + b.imag;
        return (Py_complex){(a.real * ratio + a.imag) / denom, (a.imag * ratio - a.real) / denom};
    }
    return (Py_complex){Py_NAN, Py_NAN};
}

double _Py_c_abs(Py_complex z)
{
    errno = 0;
    if (isinf(z.real))
        return fabs(z.real);
    if (isinf(z.imag))
        return fabs(z.imag);
    if (isnan(z.real) || isnan(z.imag))
        return Py_NAN;
    double size = hypot(z.real, z.imag);
    errno = isfinite(size) ? 0 : ERANGE;
    return size;
}

Py_complex _Py_c_pow(Py_complex a, Py_complex b)
{
    if (b.real == 0.0 && b.imag == 0.0)
        return (Py_complex){1.0, 0.0};
    if (a.real == 0.0 && a.imag == 0.0) {
        if (b.imag != 0.0 || b.real < 0.0)
            errno = EDOM;
        return (Py_complex){0.0, 0.0};
    }
    double size = hypot(a.real, a.imag), len = pow(size, b.real);
    double angle = atan2(a.imag, a.real), phase = angle * b.real;
    if (b.imag != 0.0) {
        len /= exp(angle * b.imag);
        phase += b.imag * log(size);
    }
    if (isinf(phase)) /* the sine has no value; some C libraries say so, some do not */
        errno = EDOM;
    return (Py_complex){len * cos(phase), len * sin(phase)};
}

/* x ** n for a small whole n. */
static Py_complex integer_power(Py_complex x, int n)
{
    Py_complex r = {1.0, 0.0}, p = x;

    for (int rest = n < 0 ? -n : n, mask = 1; mask <= rest; mask <<= 1) {
        if (rest & mask)
            r = _Py_c_prod(r, p);
        p = _Py_c_prod(p, p);
    }
    return n < 0 ? _Py_c_quot((Py_complex){1.0, 0.0}, r) : r;
}

/* ---- Exchange with C
 * ------------------------------------------------------------------------------- */

PyObject *PyComplex_FromCComplex(Py_complex c)
{
    PyComplexObject *op = PyObject_New(PyComplexObject, &PyComplex_Type);
    if (op != NULL)
        op->cval = c;
    return (PyObject *)op;
}

PyObject *PyComplex_FromDoubles(double real, double imag)
{
    return PyComplex_FromCComplex((Py_complex){real, imag});
}

static PyObject *subtype_from_complex(PyTypeObject *type, Py_complex c)
{
    if (type == &PyComplex_Type)
        return PyComplex_FromCComplex(c);
    PyObject *op = type->tp_alloc(type, 0);
    if (op != NULL)
        ((PyComplexObject *)op)->cval = c;
    return op;
}

double PyComplex_RealAsDouble(PyObject *op)
{
    return PyComplex_Check(op) ? ((PyComplexObject *)op)->cval.real : PyFloat_AsDouble(op);
}

double PyComplex_ImagAsDouble(PyObject *op)
{
    return PyComplex_Check(op) ? ((PyComplexObject *)op)->cval.imag : 0.0;
}

/* What op.__complex__() gives, NULL without an exception when there is no such method. */
static PyObject *call_complex_method(PyObject *op)
{
    static PyObject *name;
    PyObject *method, *result;

    if (PyInstance_Check(op)) {
        method = PyObject_GetAttrString(op, "__complex__");
        if (method == NULL) {
            if (PyErr_ExceptionMatches(PyExc_AttributeError))
                PyErr_Clear();
            return NULL;
        }
    } else {
        method = _PyObject_LookupSpecial(op, "__complex__", &name);
        if (method == NULL)
            return NULL;
    }
    result = PyObject_CallObject(method, NULL);
    Py_DECREF(method);
    return result;
}

Py_complex PyComplex_AsCComplex(PyObject *op)
{
    Py_complex c = {-1.0, 0.0};

    if (PyComplex_Check(op))
        return ((PyComplexObject *)op)->cval;
    PyObject *result = call_complex_method(op);
    if (result != NULL) {
        if (PyComplex_Check(result))
            c = ((PyComplexObject *)result)->cval;
        else
            PyErr_SetString(PyExc_TypeError, "__complex__ should return a complex object");
        Py_DECREF(result);
    } else if (!PyErr_Occurred()) {
        c.real = PyFloat_AsDouble(op);
    }
    return c;
}

/* ---- Slots
 * ----------------------------------------------------------------------------------------- */

/* The value of an operand: 1, 0 when it is no number, -1 on failure. */
static int to_complex(PyObject *op, Py_complex *c)
{
    c->imag = 0.0;
    if (PyComplex_Check(op)) {
        *c = ((PyComplexObject *)op)->cval;
    } else if (PyInt_Check(op)) {
        c->real = (double)PyInt_AS_LONG(op);
    } else if (PyLong_Check(op)) {
        c->real = PyLong_AsDouble(op);
        if (c->real == -1.0 && PyErr_Occurred())
            return -1;
    } else if (PyFloat_Check(op)) {
        c->real = PyFloat_AS_DOUBLE(op);
    } else {
        return 0;
    }
    return 1;
}

#define TAKE_BOTH(v, w, a, b)                                                                      \
    Py_complex a, b;                                                                               \
    int a##_is = to_complex(v, &a), b##_is = a##_is > 0 ? to_complex(w, &b) : 0;                   \
    if (a##_is < 0 || b##_is < 0)                                                                  \
        return NULL;                                                                               \
    if (a##_is == 0 || b##_is == 0)                                                                \
    Py_RETURN_NOTIMPLEMENTED

static PyObject *zero_division(const char *what)
{
    PyErr_SetString(PyExc_ZeroDivisionError, what);
    return NULL;
}

static PyObject *complex_add(PyObject *v, PyObject *w)
{
    TAKE_BOTH(v, w, a, b);
    return PyComplex_FromCComplex(_Py_c_sum(a, b));
}

static PyObject *complex_sub(PyObject *v, PyObject *w)
{
    TAKE_BOTH(v, w, a, b);
    return PyComplex_FromCComplex(_Py_c_diff(a, b));
}

static PyObject *complex_mul(PyObject *v, PyObject *w)
{
    TAKE_BOTH(v, w, a, b);
    return PyComplex_FromCComplex(_Py_c_prod(a, b));
}

static PyObject *complex_div(PyObject *v, PyObject *w)
{
    TAKE_BOTH(v, w, a, b);
    errno = 0;
    Py_complex q = _Py_c_quot(a, b);
    return errno == EDOM ? zero_division("complex division by zero") : PyComplex_FromCComplex(q);
}

static PyObject *complex_classic_div(PyObject *v, PyObject *w)
{
    TAKE_BOTH(v, w, a, b);
    if (Py_DivisionWarningFlag >= 2 &&
        PyErr_Warn(PyExc_DeprecationWarning, "classic complex division") < 0)
        return NULL;
    errno = 0;
    Py_complex q = _Py_c_quot(a, b);
    return errno == EDOM ? zero_division("complex division by zero") : PyComplex_FromCComplex(q);
}

/* Floor of the quotient's real part and what is left. 0, or -1 with an exception. */
static int floor_divmod(Py_complex a, Py_complex b, const char *what, Py_complex *div,
                        Py_complex *mod)
{
    if (PyErr_Warn(PyExc_DeprecationWarning, "complex divmod(), // and % are deprecated") < 0)
        return -1;
    errno = 0;
    *div = _Py_c_quot(a, b);
    if (errno == EDOM) {
        zero_division(what);
        return -1;
    }
    div->real = floor(div->real);
    div->imag = 0.0;
    *mod = _Py_c_diff(a, _Py_c_prod(b, *div));
    return 0;
}

static PyObject *complex_remainder(PyObject *v, PyObject *w)
{
    Py_complex div, mod;
    TAKE_BOTH(v, w, a, b);
    return floor_divmod(a, b, "complex remainder", &div, &mod) < 0 ? NULL
                                                                   : PyComplex_FromCComplex(mod);
}

static PyObject *complex_divmod(PyObject *v, PyObject *w)
{
    Py_complex div, mod;
    TAKE_BOTH(v, w, a, b);
    if (floor_divmod(a, b, "complex divmod()", &div, &mod) < 0)
        return NULL;
    return Py_BuildValue("(NN)", PyComplex_FromCComplex(div), PyComplex_FromCComplex(mod));
}

static PyObject *complex_int_div(PyObject *v, PyObject *w)
{
    Py_complex div, mod;
    TAKE_BOTH(v, w, a, b);
    return floor_divmod(a, b, "complex divmod()", &div, &mod) < 0 ? NULL
                                                                  : PyComplex_FromCComplex(div);
}

static PyObject *complex_pow(PyObject *v, PyObject *w, PyObject *z)
{
    Py_complex p;
    TAKE_BOTH(v, w, a, b);
    if (z != Py_None) {
        PyErr_SetString(PyExc_ValueError, "complex modulo");
        return NULL;
    }
    errno = 0;
    if (b.imag == 0.0 && b.real >= -100.0 && b.real <= 100.0 && b.real == floor(b.real))
        p = integer_power(a, (int)b.real);
    else
        p = _Py_c_pow(a, b);
    if (isinf(p.real) || isinf(p.imag))
        errno = errno == 0 ? ERANGE : errno;
    else if (errno == ERANGE)
        errno = 0; /* an underflow is no error */
    if (errno == EDOM)
        return zero_division("0.0 to a negative or complex power");
    if (errno == ERANGE) {
        PyErr_SetString(PyExc_OverflowError, "complex exponentiation");
        return NULL;
    }
    return PyComplex_FromCComplex(p);
}

static PyObject *complex_neg(PyObject *v)
{
    return PyComplex_FromCComplex(_Py_c_neg(((PyComplexObject *)v)->cval));
}

static PyObject *complex_pos(PyObject *v)
{
    if (PyComplex_CheckExact(v)) {
        Py_INCREF(v);
        return v;
    }
    return PyComplex_FromCComplex(((PyComplexObject *)v)->cval);
}

static PyObject *complex_abs(PyObject *v)
{
    double size = _Py_c_abs(((PyComplexObject *)v)->cval);
    if (errno == ERANGE) {
        PyErr_SetString(PyExc_OverflowError, "absolute value too large");
        return NULL;
    }
    return PyFloat_FromDouble(size);
}

static int complex_nonzero(PyObject *v)
{
    Py_complex c = ((PyComplexObject *)v)->cval;
    return c.real != 0.0 || c.imag != 0.0;
}

static int complex_coerce(PyObject **pv, PyObject **pw)
{
    Py_complex c;
    int is = to_complex(*pw, &c);

    if (is <= 0)
        return is < 0 ? -1 : 1;
    if (PyComplex_Check(*pw)) {
        Py_INCREF(*pw);
    } else {
        PyObject *w = PyComplex_FromCComplex(c);
        if (w == NULL)
            return -1;
        *pw = w;
    }
    Py_INCREF(*pv);
    return 0;
}

static PyObject *complex_int(PyObject *v)
{
    PyErr_SetString(PyExc_TypeError, "can't convert complex to int");
    return NULL;
}

static PyObject *complex_long(PyObject *v)
{
    PyErr_SetString(PyExc_TypeError, "can't convert complex to long");
    return NULL;
}

static PyObject *complex_float(PyObject *v)
{
    PyErr_SetString(PyExc_TypeError, "can't convert complex to float");
    return NULL;
}

static PyObject *complex_richcompare(PyObject *v, PyObject *w, int op)
{
    Py_complex a = ((PyComplexObject *)v)->cval;
    int equal;

    if (!PyInt_Check(w) && !PyLong_Check(w) && !PyFloat_Check(w) && !PyComplex_Check(w))
        Py_RETURN_NOTIMPLEMENTED;
    if (op != Py_EQ && op != Py_NE) {
        PyErr_SetString(PyExc_TypeError, "no ordering relation is defined for complex numbers");
        return NULL;
    }
    if (PyComplex_Check(w)) {
        Py_complex b = ((PyComplexObject *)w)->cval;
        equal = a.real == b.real && a.imag == b.imag;
    } else if (PyFloat_Check(w)) {
        equal = a.imag == 0.0 && a.real == PyFloat_AS_DOUBLE(w);
    } else if (a.imag != 0.0) {
        equal = 0;
    } else { /* float compares exactly with integers */
        PyObject *real = PyFloat_FromDouble(a.real);
        if (real == NULL)
            return NULL;
        PyObject *result = PyFloat_Type.tp_richcompare(real, w, op);
        Py_DECREF(real);
        return result;
    }
    return PyBool_FromLong(equal == (op == Py_EQ));
}

static py_long complex_hash(PyObject *v)
{
    Py_complex c = ((PyComplexObject *)v)->cval;
    py_long re = _Py_HashDouble(c.real), im = _Py_HashDouble(c.imag);
    if (re == -1 || im == -1)
        return -1;
    py_long h = (py_long)((uint64_t)re + 1000003u * (uint64_t)im);
    return h == -1 ? -2 : h;
}

static void complex_dealloc(PyObject *v)
{
    Py_TYPE(v)->tp_free(v);
}

/* ---- Text
 * --------------------------------------------------------------------------------------------- */

static PyObject *complex_text(PyObject *v, char code, int precision)
{
    Py_complex c = ((PyComplexObject *)v)->cval;
    char *re = NULL, *im = NULL;
    PyObject *result = NULL;

    if (c.real == 0.0 && !signbit(c.real)) {
        im = PyOS_double_to_string(c.imag, code, precision, 0, NULL);
        if (im != NULL)
            result = PyString_FromFormat("%sj", im);
    } else {
        re = PyOS_double_to_string(c.real, code, precision, 0, NULL);
        im = PyOS_double_to_string(c.imag, code, precision, Py_DTSF_SIGN, NULL);
        if (re != NULL && im != NULL)
            result = PyString_FromFormat("(%s%sj)", re, im);
    }
    PyMem_Free(re);
    PyMem_Free(im);
    return result;
}

static PyObject *complex_repr(PyObject *v)
{
    return complex_text(v, 'r', 0);
}

static PyObject *complex_str(PyObject *v)
{
    return complex_text(v, 'g', 12);
}

/* ---- Construction
 * ------------------------------------------------------------------------------------- */

/* [(] real | imag j | real sign imag j [)], blanks around and inside the parentheses only. */
static PyObject *from_string(PyTypeObject *type, PyObject *v)
{
    const char *s, *start;
    char *end, *buffer = NULL;
    Py_ssize_t n;
    int parenthesis = 0;
    double x = 0.0, y = 0.0, z;
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
    } else {
        PyErr_SetString(PyExc_TypeError, "complex() arg is not a string");
        return NULL;
    }
    start = s;
    while (Py_ISSPACE(*s))
        s++;
    if (*s == '(') {
        parenthesis = 1;
        s++;
        while (Py_ISSPACE(*s))
            s++;
    }
    z = PyOS_string_to_double(s, &end, NULL);
    if (z == -1.0 && PyErr_Occurred()) {
        if (!PyErr_ExceptionMatches(PyExc_ValueError))
            goto done;
        PyErr_Clear();
    }
    if (end != s) {
        /* A number first: the real part, or the imaginary one. */
        s = end;
        if (*s == '+' || *s == '-') {
            x = z;
            y = PyOS_string_to_double(s, &end, NULL);
            if (y == -1.0 && PyErr_Occurred()) {
                if (!PyErr_ExceptionMatches(PyExc_ValueError))
                    goto done;
                PyErr_Clear();
            }
            if (end != s) {
                s = end;
            } else { /* a bare sign is one */
                y = *s == '+' ? 1.0 : -1.0;
                s++;
            }
            if (*s != 'j' && *s != 'J')
                goto malformed;
            s++;
        } else if (*s == 'j' || *s == 'J') {
            s++;
            y = z;
        } else {
            x = z;
        }
    } else {
        if (*s == '+' || *s == '-') {
            y = *s == '+' ? 1.0 : -1.0;
            s++;
        } else {
            y = 1.0;
        }
        if (*s != 'j' && *s != 'J')
            goto malformed;
        s++;
    }
    while (Py_ISSPACE(*s))
        s++;
    if (parenthesis) {
        if (*s != ')')
            goto malformed;
        s++;
        while (Py_ISSPACE(*s))
            s++;
    }
    if (s - start != n)
        goto malformed;
    result = subtype_from_complex(type, (Py_complex){x, y});
    goto done;

malformed:
    PyErr_SetString(PyExc_ValueError, "complex() arg is a malformed string");
done:
    PyMem_Free(buffer);
    return result;
}

static PyObject *complex_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *kwlist[] = {"real", "imag", NULL};
    PyObject *r = Py_False, *i = NULL, *own = NULL, *t;
    PyNumberMethods *nbr, *nbi = NULL;
    Py_complex cr, ci = {0.0, 0.0};
    int r_complex = 0, i_complex = 0;

    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|OO:complex", kwlist, &r, &i))
        return NULL;
    if (PyComplex_CheckExact(r) && i == NULL && type == &PyComplex_Type) {
        Py_INCREF(r);
        return r;
    }
    if (PyString_Check(r) || PyUnicode_Check(r)) {
        if (i != NULL) {
            PyErr_SetString(PyExc_TypeError, "complex() can't take second arg if first is a "
                                             "string");
            return NULL;
        }
        return from_string(type, r);
    }
    if (i != NULL && (PyString_Check(i) || PyUnicode_Check(i))) {
        PyErr_SetString(PyExc_TypeError, "complex() second arg can't be a string");
        return NULL;
    }
    own = call_complex_method(r);
    if (own != NULL)
        r = own;
    else if (PyErr_Occurred())
        return NULL;
    nbr = Py_TYPE(r)->tp_as_number;
    if (i != NULL)
        nbi = Py_TYPE(i)->tp_as_number;
    if (nbr == NULL || nbr->nb_float == NULL ||
        (i != NULL && (nbi == NULL || nbi->nb_float == NULL))) {
        PyErr_SetString(PyExc_TypeError, "complex() argument must be a string or a number");
        Py_XDECREF(own);
        return NULL;
    }
    if (PyComplex_Check(r)) {
        cr = ((PyComplexObject *)r)->cval;
        r_complex = 1;
        Py_XDECREF(own);
    } else {
        t = PyNumber_Float(r);
        Py_XDECREF(own);
        if (t == NULL)
            return NULL;
        if (!PyFloat_Check(t)) {
            PyErr_SetString(PyExc_TypeError, "float(r) didn't return a float");
            Py_DECREF(t);
            return NULL;
        }
        cr = (Py_complex){PyFloat_AS_DOUBLE(t), 0.0};
        Py_DECREF(t);
    }
    if (i == NULL) {
        ci.real = cr.imag;
    } else if (PyComplex_Check(i)) {
        ci = ((PyComplexObject *)i)->cval;
        i_complex = 1;
    } else {
        t = nbi->nb_float(i);
        if (t == NULL)
            return NULL;
        ci.real = PyFloat_AsDouble(t);
        Py_DECREF(t);
        if (ci.real == -1.0 && PyErr_Occurred())
            return NULL;
    }
    /* real + imag*j where either may be complex itself; no term is added that is not there, so that
     * signs of zeros survive. */
    if (i_complex)
        cr.real -= ci.imag;
    if (r_complex && i != NULL)
        ci.real += cr.imag;
    return subtype_from_complex(type, (Py_complex){cr.real, ci.real});
}

/* ---- Methods
 * --------------------------------------------------------------------------------------------- */

PyDoc_STRVAR(conjugate_doc, "The number with its imaginary part negated.");
static PyObject *complex_conjugate(PyObject *self, PyObject *unused)
{
    Py_complex c = ((PyComplexObject *)self)->cval;
    return PyComplex_FromDoubles(c.real, -c.imag);
}

static PyObject *complex_getnewargs(PyObject *self, PyObject *unused)
{
    Py_complex c = ((PyComplexObject *)self)->cval;
    return Py_BuildValue("(dd)", c.real, c.imag);
}

PyDoc_STRVAR(format_doc, "The value as text in the layout the specification asks for.");
static PyObject *complex__format__(PyObject *self, PyObject *args)
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
    result = _PyComplex_FormatAdvanced(self, PyString_AS_STRING(text), PyString_GET_SIZE(text));
    Py_DECREF(text);
    return result;
}

static PyMethodDef complex_methods[] = {
    {"conjugate", complex_conjugate, METH_NOARGS, conjugate_doc},
    {"__getnewargs__", complex_getnewargs, METH_NOARGS, NULL},
    {"__format__", complex__format__, METH_VARARGS, format_doc},
    {NULL, NULL, 0, NULL},
};

static PyMemberDef complex_members[] = {
    {"real", T_DOUBLE, offsetof(PyComplexObject, cval.real), READONLY,
     "the real part of a complex number"},
    {"imag", T_DOUBLE, offsetof(PyComplexObject, cval.imag), READONLY,
     "the imaginary part of a complex number"},
    {NULL, 0, 0, 0, NULL},
};

PyDoc_STRVAR(complex_doc, "complex(real[, imag]) -> complex number\n\
\n\
real + imag*1j from numbers, or a complex number from a text such as '1+2j'.");

static PyNumberMethods complex_as_number = {
    .nb_add = complex_add,
    .nb_subtract = complex_sub,
    .nb_multiply = complex_mul,
    .nb_divide = complex_classic_div,
    .nb_remainder = complex_remainder,
    .nb_divmod = complex_divmod,
    .nb_power = complex_pow,
    .nb_negative = complex_neg,
    .nb_positive = complex_pos,
    .nb_absolute = complex_abs,
    .nb_nonzero = complex_nonzero,
    .nb_coerce = complex_coerce,
    .nb_int = complex_int,
    .nb_long = complex_long,
    .nb_float = complex_float,
    .nb_floor_divide = complex_int_div,
    .nb_true_divide = complex_div,
};

PyTypeObject PyComplex_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "complex",
    .tp_basicsize = sizeof(PyComplexObject),
    .tp_dealloc = complex_dealloc,
    .tp_repr = complex_repr,
    .tp_as_number = &complex_as_number,
    .tp_hash = complex_hash,
    .tp_str = complex_str,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_CHECKTYPES | Py_TPFLAGS_BASETYPE,
    .tp_doc = complex_doc,
    .tp_richcompare = complex_richcompare,
    .tp_methods = complex_methods,
    .tp_members = complex_members,
    .tp_new = complex_new,
    .tp_free = PyObject_Free,
    .tp_x64_basicsize = 32,
    .tp_goon = &_PyGoOn_Again,
};
