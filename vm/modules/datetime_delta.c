/* SPDX-License-Identifier: MIT */
/* timedelta. Arithmetic goes through a count of microseconds: every timedelta's fits 128 bits
 * easily but not 64 (999999999 days), so sums are done field by field, products through Python
 * integers. */
#include "modules/datetime_private.h"

static int64_t floor_div(int64_t a, int64_t b, int64_t *rem)
{
    int64_t q = a / b, r = a % b;
    if (r != 0 && (r < 0) != (b < 0)) {
        q--;
        r += b;
    }
    *rem = r;
    return q;
}

PyObject *dt_new_delta(PyTypeObject *type, int64_t days, int64_t seconds, int64_t us, int normalize)
{
    if (normalize) {
        seconds += floor_div(us, US_PER_SECOND, &us);
        days += floor_div(seconds, SECONDS_PER_DAY, &seconds);
    }
    if (days < -MAX_DELTA_DAYS || days > MAX_DELTA_DAYS) {
        PyErr_Format(PyExc_OverflowError, "days=%ld; must have magnitude <= %d", (py_long)days,
                     MAX_DELTA_DAYS);
        return NULL;
    }
    DeltaObject *d = (DeltaObject *)type->tp_alloc(type, 0);
    if (d == NULL)
        return NULL;
    d->hashcode = -1;
    d->days = (int)days;
    d->seconds = (int)seconds;
    d->microseconds = (int)us;
    return (PyObject *)d;
}

static PyObject *new_delta(int64_t days, int64_t seconds, int64_t us)
{
    return dt_new_delta(&DateTime_DeltaType, days, seconds, us, 1);
}

/* Total microseconds as a Python integer. */
static PyObject *to_us(DeltaObject *d)
{
    PyObject *days = PyInt_FromLong(d->days), *per_day = PyInt_FromLong(US_PER_DAY), *a = NULL,
             *b = NULL, *r = NULL;
    if (days != NULL && per_day != NULL)
        a = PyNumber_Multiply(days, per_day);
    b = PyInt_FromLong((int64_t)d->seconds * US_PER_SECOND + d->microseconds);
    if (a != NULL && b != NULL)
        r = PyNumber_Add(a, b);
    Py_XDECREF(days);
    Py_XDECREF(per_day);
    Py_XDECREF(a);
    Py_XDECREF(b);
    return r;
}

static PyObject *from_us(PyObject *us, PyTypeObject *type)
{
    PyObject *per_day = PyLong_FromLongLong(US_PER_DAY), *pair = NULL, *r = NULL;
    if (per_day != NULL)
        pair = PyNumber_Divmod(us, per_day);
    Py_XDECREF(per_day);
    if (pair == NULL)
        return NULL;
    /* A subclass of int may answer anything. */
    if (!PyTuple_Check(pair) || PyTuple_GET_SIZE(pair) != 2) {
        PyErr_Format(PyExc_TypeError, "divmod() returned non-tuple (type %.200s)",
                     Py_TYPE(pair)->tp_name);
        Py_DECREF(pair);
        return NULL;
    }
    int64_t rest = PyInt_AsLong(PyTuple_GET_ITEM(pair, 1));
    int days = rest == -1 && PyErr_Occurred() ? -1 : _PyLong_AsInt(PyTuple_GET_ITEM(pair, 0));
    Py_DECREF(pair);
    if (days == -1 && PyErr_Occurred())
        return NULL;
    r = dt_new_delta(type, days, 0, rest, 1);
    return r;
}

PyObject *dt_delta_add(PyObject *a, PyObject *b, int sign)
{
    DeltaObject *x = (DeltaObject *)a, *y = (DeltaObject *)b;
    return new_delta((int64_t)x->days + sign * y->days, (int64_t)x->seconds + sign * y->seconds,
                     (int64_t)x->microseconds + sign * y->microseconds);
}

static PyObject *delta_add(PyObject *a, PyObject *b)
{
    if (Delta_Check(a) && Delta_Check(b))
        return dt_delta_add(a, b, 1);
    Py_RETURN_NOTIMPLEMENTED;
}

static PyObject *delta_subtract(PyObject *a, PyObject *b)
{
    if (Delta_Check(a) && Delta_Check(b))
        return dt_delta_add(a, b, -1);
    Py_RETURN_NOTIMPLEMENTED;
}

static PyObject *delta_negative(PyObject *a)
{
    DeltaObject *d = (DeltaObject *)a;
    return new_delta(-(int64_t)d->days, -(int64_t)d->seconds, -(int64_t)d->microseconds);
}

static PyObject *delta_positive(PyObject *a)
{
    DeltaObject *d = (DeltaObject *)a;
    return dt_new_delta(&DateTime_DeltaType, d->days, d->seconds, d->microseconds, 0);
}

static PyObject *delta_abs(PyObject *a)
{
    return ((DeltaObject *)a)->days < 0 ? delta_negative(a) : delta_positive(a);
}

static int is_integer(PyObject *o)
{
    return PyInt_Check(o) || PyLong_Check(o);
}

/* us(delta) op n, as a timedelta. */
static PyObject *with_integer(PyObject *delta, PyObject *n, binaryfunc op)
{
    PyObject *us = to_us((DeltaObject *)delta), *x, *r = NULL;
    if (us == NULL)
        return NULL;
    x = op(us, n);
    if (x != NULL) {
        r = from_us(x, &DateTime_DeltaType);
        Py_DECREF(x);
    }
    Py_DECREF(us);
    return r;
}

static PyObject *delta_multiply(PyObject *a, PyObject *b)
{
    if (Delta_Check(a) && is_integer(b))
        return with_integer(a, b, PyNumber_Multiply);
    if (Delta_Check(b) && is_integer(a))
        return with_integer(b, a, PyNumber_Multiply);
    Py_RETURN_NOTIMPLEMENTED;
}

static PyObject *delta_divide(PyObject *a, PyObject *b)
{
    if (Delta_Check(a) && is_integer(b))
        return with_integer(a, b, PyNumber_FloorDivide);
    Py_RETURN_NOTIMPLEMENTED;
}

static int delta_nonzero(PyObject *a)
{
    DeltaObject *d = (DeltaObject *)a;
    return d->days != 0 || d->seconds != 0 || d->microseconds != 0;
}

static PyObject *delta_richcompare(PyObject *a, PyObject *b, int op)
{
    if (!Delta_Check(b)) {
        if (op == Py_EQ || op == Py_NE)
            return PyBool_FromLong(op == Py_NE);
        return dt_cmp_error(a, b);
    }
    DeltaObject *x = (DeltaObject *)a, *y = (DeltaObject *)b;
    int diff = x->days != y->days         ? (x->days < y->days ? -1 : 1)
               : x->seconds != y->seconds ? (x->seconds < y->seconds ? -1 : 1)
                                          : x->microseconds - y->microseconds;
    return dt_cmp_result(diff, op);
}

static PyObject *delta_state(DeltaObject *d)
{
    return Py_BuildValue("iii", d->days, d->seconds, d->microseconds);
}

static py_long delta_hash(PyObject *self)
{
    DeltaObject *d = (DeltaObject *)self;
    if (d->hashcode == -1) {
        PyObject *t = delta_state(d);
        if (t == NULL)
            return -1;
        d->hashcode = PyObject_Hash(t);
        Py_DECREF(t);
    }
    return d->hashcode;
}

/* Adds `number` units of `factor` microseconds to *sum; the fraction of a float is left in
 * *leftover. */
static int accumulate(const char *tag, PyObject **sum, PyObject *number, PyObject *factor,
                      double *leftover)
{
    PyObject *product = NULL;
    if (is_integer(number))
        product = PyNumber_Multiply(number, factor);
    else if (PyFloat_Check(number)) {
        double whole, frac = modf(PyFloat_AsDouble(number), &whole);
        PyObject *n = PyLong_FromDouble(whole);
        if (n == NULL)
            return -1;
        product = PyNumber_Multiply(n, factor);
        Py_DECREF(n);
        if (product != NULL && frac != 0.0) {
            double scale =
                PyInt_Check(factor) ? (double)PyInt_AsLong(factor) : PyLong_AsDouble(factor);
            double part, rest = modf(frac * scale, &part);
            PyObject *p = PyLong_FromDouble(part), *s = NULL;
            if (p != NULL)
                s = PyNumber_Add(product, p);
            Py_XDECREF(p);
            Py_DECREF(product);
            product = s;
            *leftover += rest;
        }
    } else
        PyErr_Format(PyExc_TypeError, "unsupported type for timedelta %s component: %s", tag,
                     Py_TYPE(number)->tp_name);
    if (product == NULL)
        return -1;
    PyObject *total = PyNumber_Add(*sum, product);
    Py_DECREF(product);
    if (total == NULL)
        return -1;
    Py_SETREF(*sum, total);
    return 0;
}

/* timedelta(days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0) */
static PyObject *delta_new(PyTypeObject *type, PyObject *args, PyObject *kw)
{
    static char *kwlist[] = {"days",    "seconds", "microseconds", "milliseconds",
                             "minutes", "hours",   "weeks",        NULL};
    /* In the order CPython adds them, which decides the rounding of leftovers. */
    static const struct {
        int arg;
        int64_t factor;
    } order[] = {{2, 1},
                 {3, 1000},
                 {1, US_PER_SECOND},
                 {4, (int64_t)60 * US_PER_SECOND},
                 {5, (int64_t)3600 * US_PER_SECOND},
                 {0, US_PER_DAY},
                 {6, 7 * US_PER_DAY}};
    PyObject *v[7] = {NULL}, *sum, *r = NULL;
    double leftover = 0.0;
    if (!PyArg_ParseTupleAndKeywords(args, kw, "|OOOOOOO:__new__", kwlist, &v[0], &v[1], &v[2],
                                     &v[3], &v[4], &v[5], &v[6]))
        return NULL;
    sum = PyInt_FromLong(0);
    for (int i = 0; sum != NULL && i < 7; i++) {
        if (v[order[i].arg] == NULL)
            continue;
        PyObject *factor = PyInt_FromLong(order[i].factor);
        if (factor == NULL ||
            accumulate(kwlist[order[i].arg], &sum, v[order[i].arg], factor, &leftover) < 0) {
            Py_XDECREF(factor);
            goto done;
        }
        Py_DECREF(factor);
    }
    if (sum == NULL)
        return NULL;
    if (leftover != 0.0) {
        double whole = leftover >= 0.0 ? floor(leftover + 0.5) : ceil(leftover - 0.5);
        PyObject *n = PyLong_FromDouble(whole), *total = NULL;
        if (n != NULL)
            total = PyNumber_Add(sum, n);
        Py_XDECREF(n);
        if (total == NULL)
            goto done;
        Py_SETREF(sum, total);
    }
    r = from_us(sum, type);
done:
    Py_DECREF(sum);
    return r;
}

static PyObject *delta_repr(PyObject *self)
{
    DeltaObject *d = (DeltaObject *)self;
    if (d->microseconds != 0)
        return PyString_FromFormat("%s(%d, %d, %d)", Py_TYPE(self)->tp_name, d->days, d->seconds,
                                   d->microseconds);
    if (d->seconds != 0)
        return PyString_FromFormat("%s(%d, %d)", Py_TYPE(self)->tp_name, d->days, d->seconds);
    return PyString_FromFormat("%s(%d)", Py_TYPE(self)->tp_name, d->days);
}

static PyObject *delta_str(PyObject *self)
{
    DeltaObject *d = (DeltaObject *)self;
    char buf[100];
    size_t n = 0;
    if (d->days != 0)
        n = (size_t)PyOS_snprintf(buf, sizeof buf, "%d day%s, ", d->days,
                                  d->days == 1 || d->days == -1 ? "" : "s");
    n += (size_t)PyOS_snprintf(buf + n, sizeof buf - n, "%d:%02d:%02d", d->seconds / 3600,
                               d->seconds / 60 % 60, d->seconds % 60);
    if (d->microseconds != 0)
        PyOS_snprintf(buf + n, sizeof buf - n, ".%06d", d->microseconds);
    return PyString_FromString(buf);
}

static PyObject *delta_reduce(PyObject *self, PyObject *unused)
{
    return Py_BuildValue("ON", Py_TYPE(self), delta_state((DeltaObject *)self));
}

/* Total seconds in the duration. */
static PyObject *delta_total_seconds(PyObject *self, PyObject *unused)
{
    PyObject *us = to_us((DeltaObject *)self), *million = PyInt_FromLong(US_PER_SECOND), *r = NULL;
    if (us != NULL && million != NULL)
        r = PyNumber_TrueDivide(us, million);
    Py_XDECREF(us);
    Py_XDECREF(million);
    return r;
}

static PyMemberDef delta_members[] = {
    {"days", T_INT, offsetof(DeltaObject, days), READONLY, "Number of days."},
    {"seconds", T_INT, offsetof(DeltaObject, seconds), READONLY,
     "Number of seconds (>= 0 and less than 1 day)."},
    {"microseconds", T_INT, offsetof(DeltaObject, microseconds), READONLY,
     "Number of microseconds (>= 0 and less than 1 second)."},
    {NULL, 0, 0, 0, NULL}};

static PyMethodDef delta_methods[] = {
    {"total_seconds", delta_total_seconds, METH_NOARGS, "Total seconds in the duration."},
    {"__reduce__", delta_reduce, METH_NOARGS, "__reduce__() -> (cls, state)"},
    {NULL, NULL, 0, NULL}};

static PyNumberMethods delta_as_number = {
    .nb_add = delta_add,
    .nb_subtract = delta_subtract,
    .nb_multiply = delta_multiply,
    .nb_divide = delta_divide,
    .nb_floor_divide = delta_divide,
    .nb_negative = delta_negative,
    .nb_positive = delta_positive,
    .nb_absolute = delta_abs,
    .nb_nonzero = delta_nonzero,
};

PyTypeObject DateTime_DeltaType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "datetime.timedelta",
    .tp_basicsize = sizeof(DeltaObject),
    .tp_x64_basicsize = 40,
    .tp_repr = delta_repr,
    .tp_as_number = &delta_as_number,
    .tp_hash = delta_hash,
    .tp_str = delta_str,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_CHECKTYPES | Py_TPFLAGS_BASETYPE,
    .tp_doc = "Difference between two datetime values.",
    .tp_richcompare = delta_richcompare,
    .tp_methods = delta_methods,
    .tp_members = delta_members,
    .tp_new = delta_new,
};
