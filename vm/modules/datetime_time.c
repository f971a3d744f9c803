/* SPDX-License-Identifier: MIT */
/* time of day, with or without a zone. */
#include "modules/datetime_private.h"

PyObject *dt_new_time(int hh, int mm, int ss, int us, PyObject *tz, PyTypeObject *type)
{
    TimeObject *t = (TimeObject *)type->tp_alloc(type, 0);
    if (t == NULL)
        return NULL;
    t->hashcode = -1;
    t->hour = hh;
    t->minute = mm;
    t->second = ss;
    t->us = us;
    t->tzinfo = tz == Py_None ? NULL : tz;
    Py_XINCREF(t->tzinfo);
    return (PyObject *)t;
}

/* time([hour[, minute[, second[, microsecond[, tzinfo]]]]]) --> a time object */
static PyObject *time_new(PyTypeObject *type, PyObject *args, PyObject *kw)
{
    static char *kwlist[] = {"hour", "minute", "second", "microsecond", "tzinfo", NULL};
    int h = 0, m = 0, s = 0, us = 0;
    PyObject *tz = Py_None;
    Py_ssize_t n = PyTuple_GET_SIZE(args);
    if (n >= 1 && n <= 2) {
        PyObject *state = PyTuple_GET_ITEM(args, 0);
        if (PyString_Check(state) && PyString_GET_SIZE(state) == 6) {
            const unsigned char *b = (const unsigned char *)PyString_AS_STRING(state);
            if (b[0] < 24 && b[1] < 60 && b[2] < 60 && (b[3] << 16 | b[4] << 8 | b[5]) < 1000000) {
                if (n == 2) {
                    tz = PyTuple_GET_ITEM(args, 1);
                    if (dt_check_tzinfo(tz) < 0) {
                        PyErr_Clear();
                        PyErr_SetString(PyExc_TypeError, "bad tzinfo state arg");
                        return NULL;
                    }
                }
                return dt_new_time(b[0], b[1], b[2], b[3] << 16 | b[4] << 8 | b[5], tz, type);
            }
        }
    }
    if (!PyArg_ParseTupleAndKeywords(args, kw, "|iiiiO", kwlist, &h, &m, &s, &us, &tz) ||
        dt_check_time(h, m, s, us) < 0 || dt_check_tzinfo(tz) < 0)
        return NULL;
    return dt_new_time(h, m, s, us, tz, type);
}

static void time_dealloc(PyObject *self)
{
    Py_XDECREF(((TimeObject *)self)->tzinfo);
    Py_TYPE(self)->tp_free(self);
}

static PyObject *time_utcoffset(PyObject *self, PyObject *unused)
{
    return dt_offset_delta(((TimeObject *)self)->tzinfo, "utcoffset", Py_None);
}

static PyObject *time_dst(PyObject *self, PyObject *unused)
{
    return dt_offset_delta(((TimeObject *)self)->tzinfo, "dst", Py_None);
}

static PyObject *time_tzname(PyObject *self, PyObject *unused)
{
    return dt_call_tzname(((TimeObject *)self)->tzinfo, Py_None);
}

static PyObject *time_repr(PyObject *self)
{
    TimeObject *t = (TimeObject *)self;
    const char *name = Py_TYPE(self)->tp_name;
    PyObject *r;
    if (t->us)
        r = PyString_FromFormat("%s(%d, %d, %d, %d)", name, t->hour, t->minute, t->second, t->us);
    else if (t->second)
        r = PyString_FromFormat("%s(%d, %d, %d)", name, t->hour, t->minute, t->second);
    else
        r = PyString_FromFormat("%s(%d, %d)", name, t->hour, t->minute);
    return dt_repr_with_tzinfo(r, t->tzinfo);
}

static PyObject *time_isoformat(PyObject *self, PyObject *unused)
{
    TimeObject *t = (TimeObject *)self;
    char buf[64], off[16];
    int n = t->us ? PyOS_snprintf(buf, sizeof buf, "%02d:%02d:%02d.%06d", t->hour, t->minute,
                                  t->second, t->us)
                  : PyOS_snprintf(buf, sizeof buf, "%02d:%02d:%02d", t->hour, t->minute, t->second);
    if (dt_format_offset(off, sizeof off, ":", t->tzinfo, Py_None) < 0)
        return NULL;
    PyOS_snprintf(buf + n, sizeof buf - (size_t)n, "%s", off);
    return PyString_FromString(buf);
}

static PyObject *time_str(PyObject *self)
{
    return PyObject_CallMethod(self, "isoformat", NULL);
}

static PyObject *time_strftime(PyObject *self, PyObject *args, PyObject *kw)
{
    static char *kwlist[] = {"format", NULL};
    TimeObject *t = (TimeObject *)self;
    char *s;
    Py_ssize_t n;
    PyObject *format, *tuple, *r = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kw, "s#:strftime", kwlist, &s, &n))
        return NULL;
    format = PyString_FromStringAndSize(s, n);
    tuple = Py_BuildValue("iiiiiiiii", 1900, 1, 1, t->hour, t->minute, t->second, 0, 1, -1);
    if (format != NULL && tuple != NULL)
        r = dt_wrap_strftime(self, format, tuple, Py_None);
    Py_XDECREF(format);
    Py_XDECREF(tuple);
    return r;
}

static PyObject *time_richcompare(PyObject *self, PyObject *other, int op)
{
    if (!Time_Check(other)) {
        if (op == Py_EQ || op == Py_NE)
            return PyBool_FromLong(op == Py_NE);
        return dt_cmp_error(self, other);
    }
    TimeObject *a = (TimeObject *)self, *b = (TimeObject *)other;
    int none1 = 0, none2 = 0, off1 = 0, off2 = 0;
    if (a->tzinfo != b->tzinfo) {
        off1 = dt_call_offset(a->tzinfo, "utcoffset", Py_None, &none1);
        if (off1 == -1 && PyErr_Occurred())
            return NULL;
        off2 = dt_call_offset(b->tzinfo, "utcoffset", Py_None, &none2);
        if (off2 == -1 && PyErr_Occurred())
            return NULL;
        if (none1 != none2) {
            PyErr_SetString(PyExc_TypeError, "can't compare offset-naive and offset-aware times");
            return NULL;
        }
    }
    int64_t x =
        ((int64_t)(a->hour * 60 + a->minute - off1) * 60 + a->second) * US_PER_SECOND + a->us;
    int64_t y =
        ((int64_t)(b->hour * 60 + b->minute - off2) * 60 + b->second) * US_PER_SECOND + b->us;
    return dt_cmp_result((x > y) - (x < y), op);
}

static PyObject *state_of(TimeObject *t)
{
    char s[6] = {(char)t->hour,       (char)t->minute,    (char)t->second,
                 (char)(t->us >> 16), (char)(t->us >> 8), (char)t->us};
    return PyString_FromStringAndSize(s, 6);
}

static py_long time_hash(PyObject *self)
{
    TimeObject *t = (TimeObject *)self;
    if (t->hashcode == -1) {
        int none, off = dt_call_offset(t->tzinfo, "utcoffset", Py_None, &none);
        if (off == -1 && PyErr_Occurred())
            return -1;
        PyObject *temp;
        if (none || off == 0)
            temp = state_of(t);
        else {
            int h = t->hour * 60 + t->minute - off, hour = h / 60, minute = h % 60;
            if (minute < 0) {
                minute += 60;
                hour--;
            }
            temp = hour >= 0 && hour < 24
                       ? dt_new_time(hour, minute, t->second, t->us, Py_None, &DateTime_TimeType)
                       : Py_BuildValue("iiii", hour, minute, t->second, t->us);
        }
        if (temp == NULL)
            return -1;
        t->hashcode = PyObject_Hash(temp);
        Py_DECREF(temp);
    }
    return t->hashcode;
}

static PyObject *time_replace(PyObject *self, PyObject *args, PyObject *kw)
{
    static char *kwlist[] = {"hour", "minute", "second", "microsecond", "tzinfo", NULL};
    TimeObject *t = (TimeObject *)self;
    int h = t->hour, m = t->minute, s = t->second, us = t->us;
    PyObject *tz = t->tzinfo ? t->tzinfo : Py_None;
    if (!PyArg_ParseTupleAndKeywords(args, kw, "|iiiiO:replace", kwlist, &h, &m, &s, &us, &tz) ||
        dt_check_time(h, m, s, us) < 0 || dt_check_tzinfo(tz) < 0)
        return NULL;
    return dt_new_time(h, m, s, us, tz, Py_TYPE(self));
}

static int time_nonzero(PyObject *self)
{
    TimeObject *t = (TimeObject *)self;
    if (t->second || t->us)
        return 1;
    int none, off = dt_call_offset(t->tzinfo, "utcoffset", Py_None, &none);
    if (off == -1 && PyErr_Occurred())
        return -1;
    return t->hour * 60 + t->minute - off != 0;
}

static PyObject *time_reduce(PyObject *self, PyObject *unused)
{
    TimeObject *t = (TimeObject *)self;
    if (t->tzinfo == NULL)
        return Py_BuildValue("(O(N))", Py_TYPE(self), state_of(t));
    return Py_BuildValue("(O(NO))", Py_TYPE(self), state_of(t), t->tzinfo);
}

static PyObject *time_tzinfo(PyObject *self, void *closure)
{
    PyObject *tz = ((TimeObject *)self)->tzinfo;
    if (tz == NULL)
        tz = Py_None;
    Py_INCREF(tz);
    return tz;
}

static PyGetSetDef time_getset[] = {
    FIELD("hour", TimeObject, hour),           FIELD("minute", TimeObject, minute),
    FIELD("second", TimeObject, second),       FIELD("microsecond", TimeObject, us),
    {"tzinfo", time_tzinfo, NULL, NULL, NULL}, {NULL, NULL, NULL, NULL, NULL}};

static PyMethodDef time_methods[] = {
    {"isoformat", time_isoformat, METH_NOARGS,
     "Return string in ISO 8601 format, HH:MM:SS[.mmmmmm][+HH:MM]."},
    {"strftime", PyCFunction_CAST(time_strftime), METH_VARARGS | METH_KEYWORDS,
     "format -> strftime() style string."},
    {"__format__", dt_format, METH_VARARGS, "Formats self with strftime."},
    {"utcoffset", time_utcoffset, METH_NOARGS, "Return self.tzinfo.utcoffset(self)."},
    {"tzname", time_tzname, METH_NOARGS, "Return self.tzinfo.tzname(self)."},
    {"dst", time_dst, METH_NOARGS, "Return self.tzinfo.dst(self)."},
    {"replace", PyCFunction_CAST(time_replace), METH_VARARGS | METH_KEYWORDS,
     "Return time with new specified fields."},
    {"__reduce__", time_reduce, METH_NOARGS, "__reduce__() -> (cls, state)"},
    {NULL, NULL, 0, NULL}};

static PyNumberMethods time_as_number = {.nb_nonzero = time_nonzero};

PyTypeObject DateTime_TimeType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "datetime.time",
    .tp_basicsize = sizeof(TimeObject),
    .tp_x64_basicsize = 40,
    .tp_dealloc = time_dealloc,
    .tp_repr = time_repr,
    .tp_as_number = &time_as_number,
    .tp_hash = time_hash,
    .tp_str = time_str,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_CHECKTYPES | Py_TPFLAGS_BASETYPE,
    .tp_doc = "time([hour[, minute[, second[, microsecond[, tzinfo]]]]]) --> a time object",
    .tp_richcompare = time_richcompare,
    .tp_methods = time_methods,
    .tp_getset = time_getset,
    .tp_new = time_new,
};
