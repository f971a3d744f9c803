/* SPDX-License-Identifier: MIT */
/* date. */
#include "modules/datetime_private.h"

PyObject *dt_new_date(int y, int m, int d, PyTypeObject *type)
{
    DateObject *self = (DateObject *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    self->hashcode = -1;
    self->year = y;
    self->month = m;
    self->day = d;
    return (PyObject *)self;
}

/* The packed state of pickles: year high, year low, month, day. */
static PyObject *from_state(PyTypeObject *type, PyObject *state)
{
    const unsigned char *s = (const unsigned char *)PyString_AS_STRING(state);
    return dt_new_date(s[0] * 256 + s[1], s[2], s[3], type);
}

/* date(year, month, day) --> date object */
static PyObject *date_new(PyTypeObject *type, PyObject *args, PyObject *kw)
{
    static char *kwlist[] = {"year", "month", "day", NULL};
    int y, m, d;
    if (PyTuple_GET_SIZE(args) == 1) {
        PyObject *s = PyTuple_GET_ITEM(args, 0);
        if (PyString_Check(s) && PyString_GET_SIZE(s) == 4) {
            const unsigned char *b = (const unsigned char *)PyString_AS_STRING(s);
            if (b[2] >= 1 && b[2] <= 12) /* all that is checked in a pickle */
                return from_state(type, s);
        }
    }
    if (!PyArg_ParseTupleAndKeywords(args, kw, "iii", kwlist, &y, &m, &d) ||
        dt_check_date(y, m, d) < 0)
        return NULL;
    return dt_new_date(y, m, d, type);
}

/* A class method's answer through the class's own constructor. */
static PyObject *date_from_timestamp(PyObject *cls, double timestamp)
{
    PyObject *time = PyImport_ImportModuleNoBlock("time"), *t, *r = NULL;
    if (time == NULL)
        return NULL;
    t = PyObject_CallMethod(time, "localtime", "d", timestamp);
    Py_DECREF(time);
    if (t == NULL)
        return NULL;
    PyObject *y = PySequence_GetItem(t, 0), *m = PySequence_GetItem(t, 1),
             *d = PySequence_GetItem(t, 2);
    if (y && m && d)
        r = PyObject_CallFunctionObjArgs(cls, y, m, d, NULL);
    Py_XDECREF(y);
    Py_XDECREF(m);
    Py_XDECREF(d);
    Py_DECREF(t);
    return r;
}

PyObject *dt_date_fromtimestamp(PyObject *cls, PyObject *args)
{
    double timestamp;
    if (!PyArg_ParseTuple(args, "d:fromtimestamp", &timestamp))
        return NULL;
    return date_from_timestamp(cls, timestamp);
}

static PyObject *date_today(PyObject *cls, PyObject *unused)
{
    PyObject *time = dt_current_time(), *r;
    if (time == NULL)
        return NULL;
    r = PyObject_CallMethod(cls, "fromtimestamp", "O", time);
    Py_DECREF(time);
    return r;
}

static PyObject *date_fromordinal(PyObject *cls, PyObject *args)
{
    int ordinal, y, m, d;
    if (!PyArg_ParseTuple(args, "i:fromordinal", &ordinal))
        return NULL;
    if (ordinal < 1) {
        PyErr_SetString(PyExc_ValueError, "ordinal must be >= 1");
        return NULL;
    }
    if (ordinal > MAXORDINAL) {
        PyErr_SetString(PyExc_ValueError, "year is out of range");
        return NULL;
    }
    dt_ord_to_ymd(ordinal, &y, &m, &d);
    return PyObject_CallFunction(cls, "iii", y, m, d);
}

static PyObject *add_delta(DateObject *date, DeltaObject *delta, int sign)
{
    int y = date->year, m = date->month, d = date->day;
    if (dt_normalize_date(&y, &m, &d, (int64_t)sign * delta->days) < 0)
        return NULL;
    return dt_new_date(y, m, d, &DateTime_DateType);
}

static PyObject *date_add(PyObject *a, PyObject *b)
{
    if (DateTime_Check(a) || DateTime_Check(b))
        Py_RETURN_NOTIMPLEMENTED;
    if (Date_Check(a) && Delta_Check(b))
        return add_delta((DateObject *)a, (DeltaObject *)b, 1);
    if (Delta_Check(a) && Date_Check(b))
        return add_delta((DateObject *)b, (DeltaObject *)a, 1);
    Py_RETURN_NOTIMPLEMENTED;
}

static PyObject *date_subtract(PyObject *a, PyObject *b)
{
    if (DateTime_Check(a) || DateTime_Check(b) || !Date_Check(a))
        Py_RETURN_NOTIMPLEMENTED;
    DateObject *x = (DateObject *)a, *y = (DateObject *)b;
    if (Date_Check(b))
        return dt_new_delta(&DateTime_DeltaType,
                            dt_ymd_to_ord(x->year, x->month, x->day) -
                                dt_ymd_to_ord(y->year, y->month, y->day),
                            0, 0, 0);
    if (Delta_Check(b))
        return add_delta(x, (DeltaObject *)b, -1);
    Py_RETURN_NOTIMPLEMENTED;
}

static PyObject *date_repr(PyObject *self)
{
    DateObject *d = (DateObject *)self;
    return PyString_FromFormat("%s(%d, %d, %d)", Py_TYPE(self)->tp_name, d->year, d->month, d->day);
}

static PyObject *date_isoformat(PyObject *self, PyObject *unused)
{
    DateObject *d = (DateObject *)self;
    char buf[32];
    PyOS_snprintf(buf, sizeof buf, "%04d-%02d-%02d", d->year, d->month, d->day);
    return PyString_FromString(buf);
}

static PyObject *date_str(PyObject *self)
{
    return PyObject_CallMethod(self, "isoformat", NULL);
}

static const char *const day_names[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
static const char *const month_names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

static PyObject *date_ctime(PyObject *self, PyObject *unused)
{
    DateObject *d = (DateObject *)self;
    int h = 0, m = 0, s = 0;
    char buf[64];
    if (DateTime_Check(self)) {
        DateTimeObject *t = (DateTimeObject *)self;
        h = t->hour;
        m = t->minute;
        s = t->second;
    }
    PyOS_snprintf(buf, sizeof buf, "%s %s %2d %02d:%02d:%02d %04d",
                  day_names[dt_weekday(d->year, d->month, d->day)], month_names[d->month - 1],
                  d->day, h, m, s, d->year);
    return PyString_FromString(buf);
}

static PyObject *date_strftime(PyObject *self, PyObject *args, PyObject *kw)
{
    static char *kwlist[] = {"format", NULL};
    PyObject *format, *tuple, *r;
    if (!PyArg_ParseTupleAndKeywords(args, kw, "O!:strftime", kwlist, &PyString_Type, &format)) {
        PyErr_Clear();
        char *s;
        Py_ssize_t n;
        if (!PyArg_ParseTupleAndKeywords(args, kw, "s#:strftime", kwlist, &s, &n))
            return NULL;
        format = PyString_FromStringAndSize(s, n);
        if (format == NULL)
            return NULL;
    } else
        Py_INCREF(format);
    tuple = PyObject_CallMethod(self, "timetuple", NULL);
    r = tuple == NULL ? NULL : dt_wrap_strftime(self, format, tuple, self);
    Py_XDECREF(tuple);
    Py_DECREF(format);
    return r;
}

static PyObject *date_isoweekday(PyObject *self, PyObject *unused)
{
    DateObject *d = (DateObject *)self;
    return PyInt_FromLong(dt_weekday(d->year, d->month, d->day) + 1);
}

static PyObject *date_weekday(PyObject *self, PyObject *unused)
{
    DateObject *d = (DateObject *)self;
    return PyInt_FromLong(dt_weekday(d->year, d->month, d->day));
}

static PyObject *date_isocalendar(PyObject *self, PyObject *unused)
{
    DateObject *d = (DateObject *)self;
    int year = d->year, monday = dt_iso_week1_monday(year),
        today = dt_ymd_to_ord(year, d->month, d->day);
    int week = (today - monday) / 7, day;
    if (today < monday) {
        monday = dt_iso_week1_monday(--year);
        week = (today - monday) / 7;
    } else if (week >= 52 && today >= dt_iso_week1_monday(year + 1)) {
        year++;
        week = 0;
    }
    day = (today + 6) % 7;
    return Py_BuildValue("iii", year, week + 1, day + 1);
}

static PyObject *date_richcompare(PyObject *self, PyObject *other, int op)
{
    /* A datetime answers for itself first; asked by name, this compares its date. */
    if (Date_Check(other)) {
        DateObject *a = (DateObject *)self, *b = (DateObject *)other;
        return dt_cmp_result(dt_ymd_to_ord(a->year, a->month, a->day) -
                                 dt_ymd_to_ord(b->year, b->month, b->day),
                             op);
    }
    /* Something else that has a timetuple may know how to compare itself with a date. */
    if (PyObject_HasAttrString(other, "timetuple"))
        Py_RETURN_NOTIMPLEMENTED;
    if (op == Py_EQ || op == Py_NE)
        return PyBool_FromLong(op == Py_NE);
    return dt_cmp_error(self, other);
}

static PyObject *date_timetuple(PyObject *self, PyObject *unused)
{
    DateObject *d = (DateObject *)self;
    return dt_build_struct_time(d->year, d->month, d->day, 0, 0, 0, -1);
}

static PyObject *date_toordinal(PyObject *self, PyObject *unused)
{
    DateObject *d = (DateObject *)self;
    return PyInt_FromLong(dt_ymd_to_ord(d->year, d->month, d->day));
}

static PyObject *date_replace(PyObject *self, PyObject *args, PyObject *kw)
{
    static char *kwlist[] = {"year", "month", "day", NULL};
    DateObject *d = (DateObject *)self;
    int y = d->year, m = d->month, day = d->day;
    if (!PyArg_ParseTupleAndKeywords(args, kw, "|iii:replace", kwlist, &y, &m, &day) ||
        dt_check_date(y, m, day) < 0)
        return NULL;
    return dt_new_date(y, m, day, Py_TYPE(self));
}

static PyObject *state_of(DateObject *d)
{
    char s[4] = {(char)(d->year >> 8), (char)d->year, (char)d->month, (char)d->day};
    return PyString_FromStringAndSize(s, 4);
}

static py_long date_hash(PyObject *self)
{
    DateObject *d = (DateObject *)self;
    if (d->hashcode == -1) {
        PyObject *s = state_of(d);
        if (s == NULL)
            return -1;
        d->hashcode = PyObject_Hash(s);
        Py_DECREF(s);
    }
    return d->hashcode;
}

static PyObject *date_reduce(PyObject *self, PyObject *unused)
{
    return Py_BuildValue("(O(N))", Py_TYPE(self), state_of((DateObject *)self));
}

static PyGetSetDef date_getset[] = {FIELD("year", DateObject, year),
                                    FIELD("month", DateObject, month),
                                    FIELD("day", DateObject, day),
                                    {NULL, NULL, NULL, NULL, NULL}};

static PyMethodDef date_methods[] = {
    {"fromtimestamp", dt_date_fromtimestamp, METH_VARARGS | METH_CLASS,
     "timestamp -> local date from a POSIX timestamp (like time.time())."},
    {"fromordinal", date_fromordinal, METH_VARARGS | METH_CLASS,
     "int -> date corresponding to a proleptic Gregorian ordinal."},
    {"today", date_today, METH_NOARGS | METH_CLASS,
     "Current date or datetime:  same as self.__class__.fromtimestamp(time.time())."},
    {"ctime", date_ctime, METH_NOARGS, "Return ctime() style string."},
    {"strftime", PyCFunction_CAST(date_strftime), METH_VARARGS | METH_KEYWORDS,
     "format -> strftime() style string."},
    {"__format__", dt_format, METH_VARARGS, "Formats self with strftime."},
    {"timetuple", date_timetuple, METH_NOARGS,
     "Return time tuple, compatible with time.localtime()."},
    {"isocalendar", date_isocalendar, METH_NOARGS,
     "Return a 3-tuple containing ISO year, week number, and weekday."},
    {"isoformat", date_isoformat, METH_NOARGS, "Return string in ISO 8601 format, YYYY-MM-DD."},
    {"isoweekday", date_isoweekday, METH_NOARGS,
     "Return the day of the week represented by the date.\nMonday == 1 ... Sunday == 7"},
    {"toordinal", date_toordinal, METH_NOARGS,
     "Return proleptic Gregorian ordinal.  January 1 of year 1 is day 1."},
    {"weekday", date_weekday, METH_NOARGS,
     "Return the day of the week represented by the date.\nMonday == 0 ... Sunday == 6"},
    {"replace", PyCFunction_CAST(date_replace), METH_VARARGS | METH_KEYWORDS,
     "Return date with new specified fields."},
    {"__reduce__", date_reduce, METH_NOARGS, "__reduce__() -> (cls, state)"},
    {NULL, NULL, 0, NULL}};

static PyNumberMethods date_as_number = {.nb_add = date_add, .nb_subtract = date_subtract};

PyTypeObject DateTime_DateType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "datetime.date",
    .tp_basicsize = sizeof(DateObject),
    .tp_x64_basicsize = 32,
    .tp_repr = date_repr,
    .tp_as_number = &date_as_number,
    .tp_hash = date_hash,
    .tp_str = date_str,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_CHECKTYPES | Py_TPFLAGS_BASETYPE,
    .tp_doc = "date(year, month, day) --> date object",
    .tp_richcompare = date_richcompare,
    .tp_methods = date_methods,
    .tp_getset = date_getset,
    .tp_new = date_new,
};
