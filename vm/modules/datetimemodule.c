/* SPDX-License-Identifier: MIT */
/* datetime, and the module. */
#include "modules/datetime_private.h"

PyObject *dt_new_datetime(int y, int m, int d, int hh, int mm, int ss, int us, PyObject *tz,
                          PyTypeObject *type)
{
    DateTimeObject *t = (DateTimeObject *)type->tp_alloc(type, 0);
    if (t == NULL)
        return NULL;
    t->hashcode = -1;
    t->year = y;
    t->month = m;
    t->day = d;
    t->hour = hh;
    t->minute = mm;
    t->second = ss;
    t->us = us;
    t->tzinfo = tz == Py_None ? NULL : tz;
    Py_XINCREF(t->tzinfo);
    return (PyObject *)t;
}

static void datetime_dealloc(PyObject *self)
{
    Py_XDECREF(((DateTimeObject *)self)->tzinfo);
    Py_TYPE(self)->tp_free(self);
}

/* datetime(year, month, day[, hour[, minute[, second[, microsecond[,tzinfo]]]]]) */
static PyObject *datetime_new(PyTypeObject *type, PyObject *args, PyObject *kw)
{
    static char *kwlist[] = {"year",   "month",       "day",    "hour", "minute",
                             "second", "microsecond", "tzinfo", NULL};
    int y, mo, d, h = 0, m = 0, s = 0, us = 0;
    PyObject *tz = Py_None;
    Py_ssize_t n = PyTuple_GET_SIZE(args);
    if (n >= 1 && n <= 2) {
        PyObject *state = PyTuple_GET_ITEM(args, 0);
        if (PyString_Check(state) && PyString_GET_SIZE(state) == 10) {
            const unsigned char *b = (const unsigned char *)PyString_AS_STRING(state);
            int year = b[0] * 256 + b[1], micro = b[7] << 16 | b[8] << 8 | b[9];
            if (b[2] >= 1 && b[2] <= 12) { /* all that is checked in a pickle */
                if (n == 2) {
                    tz = PyTuple_GET_ITEM(args, 1);
                    if (dt_check_tzinfo(tz) < 0) {
                        PyErr_Clear();
                        PyErr_SetString(PyExc_TypeError, "bad tzinfo state arg");
                        return NULL;
                    }
                }
                return dt_new_datetime(year, b[2], b[3], b[4], b[5], b[6], micro, tz, type);
            }
        }
    }
    if (!PyArg_ParseTupleAndKeywords(args, kw, "iii|iiiiO", kwlist, &y, &mo, &d, &h, &m, &s, &us,
                                     &tz) ||
        dt_check_date(y, mo, d) < 0 || dt_check_time(h, m, s, us) < 0 || dt_check_tzinfo(tz) < 0)
        return NULL;
    return dt_new_datetime(y, mo, d, h, m, s, us, tz, type);
}

/* From time.localtime or time.gmtime of a time stamp. */
static PyObject *from_timestamp(PyObject *cls, const char *func, double timestamp, PyObject *tz)
{
    double whole, frac = modf(timestamp, &whole);
    int64_t us;
    if (!isfinite(timestamp) || fabs(timestamp) > 1e18) {
        PyErr_SetString(PyExc_ValueError, "timestamp out of range for platform time_t");
        return NULL;
    }
    us = (int64_t)(frac >= 0 ? floor(frac * 1e6 + 0.5) : ceil(frac * 1e6 - 0.5));
    if (us < 0) {
        whole -= 1.0;
        us += US_PER_SECOND;
    }
    if (us == US_PER_SECOND) {
        whole += 1.0;
        us = 0;
    }
    PyObject *time = PyImport_ImportModuleNoBlock("time"), *t, *r = NULL;
    if (time == NULL)
        return NULL;
    t = PyObject_CallMethod(time, func, "d", whole);
    Py_DECREF(time);
    if (t == NULL)
        return NULL;
    int v[6], ok = 1;
    for (int i = 0; ok && i < 6; i++) {
        PyObject *o = PySequence_GetItem(t, i);
        v[i] = o == NULL ? -1 : (int)PyInt_AsLong(o);
        Py_XDECREF(o);
        ok = !PyErr_Occurred();
    }
    Py_DECREF(t);
    if (ok)
        r = PyObject_CallFunction(cls, "iiiiiiiO", v[0], v[1], v[2], v[3], v[4], Py_MIN(v[5], 59),
                                  (int)us, tz);
    return r;
}

static PyObject *to_zone(PyObject *self, PyObject *tz)
{
    if (self != NULL && tz != Py_None) {
        PyObject *r = PyObject_CallMethod(tz, "fromutc", "O", self);
        Py_DECREF(self);
        return r;
    }
    return self;
}

static PyObject *datetime_now(PyObject *cls, PyObject *args, PyObject *kw)
{
    static char *kwlist[] = {"tz", NULL};
    PyObject *tz = Py_None;
    if (!PyArg_ParseTupleAndKeywords(args, kw, "|O:now", kwlist, &tz) || dt_check_tzinfo(tz) < 0)
        return NULL;
    PyObject *now = dt_current_time();
    if (now == NULL)
        return NULL;
    double t = PyFloat_AsDouble(now);
    Py_DECREF(now);
    return to_zone(from_timestamp(cls, tz == Py_None ? "localtime" : "gmtime", t, tz), tz);
}

static PyObject *datetime_utcnow(PyObject *cls, PyObject *unused)
{
    PyObject *now = dt_current_time();
    if (now == NULL)
        return NULL;
    double t = PyFloat_AsDouble(now);
    Py_DECREF(now);
    return from_timestamp(cls, "gmtime", t, Py_None);
}

static PyObject *datetime_fromtimestamp(PyObject *cls, PyObject *args, PyObject *kw)
{
    static char *kwlist[] = {"timestamp", "tz", NULL};
    double timestamp;
    PyObject *tz = Py_None;
    if (!PyArg_ParseTupleAndKeywords(args, kw, "d|O:fromtimestamp", kwlist, &timestamp, &tz) ||
        dt_check_tzinfo(tz) < 0)
        return NULL;
    return to_zone(from_timestamp(cls, tz == Py_None ? "localtime" : "gmtime", timestamp, tz), tz);
}

static PyObject *datetime_utcfromtimestamp(PyObject *cls, PyObject *args)
{
    double timestamp;
    if (!PyArg_ParseTuple(args, "d:utcfromtimestamp", &timestamp))
        return NULL;
    return from_timestamp(cls, "gmtime", timestamp, Py_None);
}

static PyObject *datetime_strptime(PyObject *cls, PyObject *args)
{
    const char *string, *format;
    if (!PyArg_ParseTuple(args, "ss:strptime", &string, &format))
        return NULL;
    PyObject *module = PyImport_ImportModuleNoBlock("_strptime"), *pair, *r = NULL;
    if (module == NULL)
        return NULL;
    pair = PyObject_CallMethod(module, "_strptime", "ss", string, format);
    Py_DECREF(module);
    if (pair == NULL)
        return NULL;
    PyObject *st = PySequence_GetItem(pair, 0), *fr = PySequence_GetItem(pair, 1);
    Py_DECREF(pair);
    if (st != NULL && fr != NULL) {
        int v[7], ok = 1;
        for (int i = 0; ok && i < 6; i++) {
            PyObject *o = PySequence_GetItem(st, i);
            v[i] = o == NULL ? -1 : (int)PyInt_AsLong(o);
            Py_XDECREF(o);
            ok = !PyErr_Occurred();
        }
        v[6] = ok ? (int)PyInt_AsLong(fr) : 0;
        if (ok && !PyErr_Occurred())
            r = PyObject_CallFunction(cls, "iiiiiii", v[0], v[1], v[2], v[3], v[4], v[5], v[6]);
    }
    Py_XDECREF(st);
    Py_XDECREF(fr);
    return r;
}

static PyObject *datetime_combine(PyObject *cls, PyObject *args, PyObject *kw)
{
    static char *kwlist[] = {"date", "time", NULL};
    PyObject *date, *time;
    if (!PyArg_ParseTupleAndKeywords(args, kw, "O!O!:combine", kwlist, &DateTime_DateType, &date,
                                     &DateTime_TimeType, &time))
        return NULL;
    DateObject *d = (DateObject *)date;
    TimeObject *t = (TimeObject *)time;
    return PyObject_CallFunction(cls, "iiiiiiiO", d->year, d->month, d->day, t->hour, t->minute,
                                 t->second, t->us, t->tzinfo ? t->tzinfo : Py_None);
}

static PyObject *datetime_utcoffset(PyObject *self, PyObject *unused)
{
    return dt_offset_delta(((DateTimeObject *)self)->tzinfo, "utcoffset", self);
}

static PyObject *datetime_dst(PyObject *self, PyObject *unused)
{
    return dt_offset_delta(((DateTimeObject *)self)->tzinfo, "dst", self);
}

static PyObject *datetime_tzname(PyObject *self, PyObject *unused)
{
    return dt_call_tzname(((DateTimeObject *)self)->tzinfo, self);
}

/* ---- arithmetic ---- */

static PyObject *add_delta(DateTimeObject *t, DeltaObject *delta, int sign)
{
    int y = t->year, m = t->month, d = t->day;
    int64_t us = (int64_t)t->us + sign * delta->microseconds, carry;
    int64_t sec = (int64_t)t->hour * 3600 + t->minute * 60 + t->second + sign * delta->seconds;
    carry = us < 0 ? -1 : us / US_PER_SECOND;
    us -= carry * US_PER_SECOND;
    sec += carry;
    int64_t days = sec / SECONDS_PER_DAY;
    sec %= SECONDS_PER_DAY;
    if (sec < 0) {
        sec += SECONDS_PER_DAY;
        days--;
    }
    if (dt_normalize_date(&y, &m, &d, days + (int64_t)sign * delta->days) < 0)
        return NULL;
    return dt_new_datetime(y, m, d, (int)(sec / 3600), (int)(sec / 60 % 60), (int)(sec % 60),
                           (int)us, t->tzinfo ? t->tzinfo : Py_None, &DateTime_DateTimeType);
}

static PyObject *datetime_add(PyObject *a, PyObject *b)
{
    if (DateTime_Check(a) && Delta_Check(b))
        return add_delta((DateTimeObject *)a, (DeltaObject *)b, 1);
    if (Delta_Check(a) && DateTime_Check(b))
        return add_delta((DateTimeObject *)b, (DeltaObject *)a, 1);
    Py_RETURN_NOTIMPLEMENTED;
}

/* The utcoffsets of two datetimes: 0 both naive or with known offsets, 1 one naive and one not, -1
 * error. */
static int offsets(DateTimeObject *a, DateTimeObject *b, int *off1, int *off2)
{
    int none1 = 0, none2 = 0;
    *off1 = *off2 = 0;
    if (a->tzinfo == b->tzinfo)
        return 0;
    *off1 = dt_call_offset(a->tzinfo, "utcoffset", (PyObject *)a, &none1);
    if (*off1 == -1 && PyErr_Occurred())
        return -1;
    *off2 = dt_call_offset(b->tzinfo, "utcoffset", (PyObject *)b, &none2);
    if (*off2 == -1 && PyErr_Occurred())
        return -1;
    return none1 != none2;
}

static int64_t seconds_in_day(DateTimeObject *t)
{
    return (int64_t)t->hour * 3600 + t->minute * 60 + t->second;
}

/* a - b as days, seconds and microseconds, offsets in minutes taken into account. */
static void difference(DateTimeObject *a, DateTimeObject *b, int off1, int off2, int64_t *days,
                       int64_t *sec, int64_t *us)
{
    *days = dt_ymd_to_ord(a->year, a->month, a->day) - dt_ymd_to_ord(b->year, b->month, b->day);
    *sec = seconds_in_day(a) - seconds_in_day(b) - (int64_t)(off1 - off2) * 60;
    *us = a->us - b->us;
}

static PyObject *datetime_subtract(PyObject *a, PyObject *b)
{
    if (!DateTime_Check(a))
        Py_RETURN_NOTIMPLEMENTED;
    if (Delta_Check(b))
        return add_delta((DateTimeObject *)a, (DeltaObject *)b, -1);
    if (!DateTime_Check(b))
        Py_RETURN_NOTIMPLEMENTED;
    int off1, off2, r = offsets((DateTimeObject *)a, (DateTimeObject *)b, &off1, &off2);
    int64_t days, sec, us;
    if (r < 0)
        return NULL;
    if (r > 0) {
        PyErr_SetString(PyExc_TypeError, "can't subtract offset-naive and offset-aware datetimes");
        return NULL;
    }
    difference((DateTimeObject *)a, (DateTimeObject *)b, off1, off2, &days, &sec, &us);
    return dt_new_delta(&DateTime_DeltaType, days, sec, us, 1);
}

static PyObject *datetime_richcompare(PyObject *self, PyObject *other, int op)
{
    if (!DateTime_Check(other)) {
        if (PyObject_HasAttrString(other, "timetuple") && !Date_Check(other))
            Py_RETURN_NOTIMPLEMENTED;
        if (op == Py_EQ || op == Py_NE)
            return PyBool_FromLong(op == Py_NE);
        return dt_cmp_error(self, other);
    }
    int off1, off2, r = offsets((DateTimeObject *)self, (DateTimeObject *)other, &off1, &off2);
    int64_t days, sec, us;
    if (r < 0)
        return NULL;
    if (r > 0) {
        PyErr_SetString(PyExc_TypeError, "can't compare offset-naive and offset-aware datetimes");
        return NULL;
    }
    difference((DateTimeObject *)self, (DateTimeObject *)other, off1, off2, &days, &sec, &us);
    sec += days * SECONDS_PER_DAY;
    return dt_cmp_result(sec != 0 ? (sec > 0) - (sec < 0) : (us > 0) - (us < 0), op);
}

static PyObject *state_of(DateTimeObject *t)
{
    char s[10] = {(char)(t->year >> 8), (char)t->year,   (char)t->month,  (char)t->day,
                  (char)t->hour,        (char)t->minute, (char)t->second, (char)(t->us >> 16),
                  (char)(t->us >> 8),   (char)t->us};
    return PyString_FromStringAndSize(s, 10);
}

static py_long datetime_hash(PyObject *self)
{
    DateTimeObject *t = (DateTimeObject *)self;
    if (t->hashcode == -1) {
        int none, off = dt_call_offset(t->tzinfo, "utcoffset", self, &none);
        PyObject *temp;
        if (off == -1 && PyErr_Occurred())
            return -1;
        if (none)
            temp = state_of(t);
        else {
            int days = dt_ymd_to_ord(t->year, t->month, t->day);
            int sec = t->hour * 3600 + (t->minute - off) * 60 + t->second;
            temp = dt_new_delta(&DateTime_DeltaType, days, sec, t->us, 1);
        }
        if (temp == NULL)
            return -1;
        t->hashcode = PyObject_Hash(temp);
        Py_DECREF(temp);
    }
    return t->hashcode;
}

/* ---- text ---- */

static PyObject *datetime_repr(PyObject *self)
{
    DateTimeObject *t = (DateTimeObject *)self;
    const char *name = Py_TYPE(self)->tp_name;
    PyObject *r;
    if (t->us)
        r = PyString_FromFormat("%s(%d, %d, %d, %d, %d, %d, %d)", name, t->year, t->month, t->day,
                                t->hour, t->minute, t->second, t->us);
    else if (t->second)
        r = PyString_FromFormat("%s(%d, %d, %d, %d, %d, %d)", name, t->year, t->month, t->day,
                                t->hour, t->minute, t->second);
    else
        r = PyString_FromFormat("%s(%d, %d, %d, %d, %d)", name, t->year, t->month, t->day, t->hour,
                                t->minute);
    return dt_repr_with_tzinfo(r, t->tzinfo);
}

static PyObject *isoformat(DateTimeObject *t, char sep)
{
    char buf[100], off[16];
    int n = PyOS_snprintf(buf, sizeof buf, "%04d-%02d-%02d%c%02d:%02d:%02d", t->year, t->month,
                          t->day, sep, t->hour, t->minute, t->second);
    if (t->us)
        n += PyOS_snprintf(buf + n, sizeof buf - (size_t)n, ".%06d", t->us);
    if (dt_format_offset(off, sizeof off, ":", t->tzinfo, (PyObject *)t) < 0)
        return NULL;
    PyObject *head = PyString_FromStringAndSize(buf, n);
    if (head != NULL)
        PyString_ConcatAndDel(&head, PyString_FromString(off));
    return head;
}

static PyObject *datetime_isoformat(PyObject *self, PyObject *args, PyObject *kw)
{
    static char *kwlist[] = {"sep", NULL};
    char sep = 'T';
    if (!PyArg_ParseTupleAndKeywords(args, kw, "|c:isoformat", kwlist, &sep))
        return NULL;
    return isoformat((DateTimeObject *)self, sep);
}

static PyObject *datetime_str(PyObject *self)
{
    return PyObject_CallMethod(self, "isoformat", "(s)", " ");
}

/* ---- parts ---- */

static PyObject *datetime_replace(PyObject *self, PyObject *args, PyObject *kw)
{
    static char *kwlist[] = {"year",   "month",       "day",    "hour", "minute",
                             "second", "microsecond", "tzinfo", NULL};
    DateTimeObject *t = (DateTimeObject *)self;
    int y = t->year, mo = t->month, d = t->day, h = t->hour, m = t->minute, s = t->second,
        us = t->us;
    PyObject *tz = t->tzinfo ? t->tzinfo : Py_None;
    if (!PyArg_ParseTupleAndKeywords(args, kw, "|iiiiiiiO:replace", kwlist, &y, &mo, &d, &h, &m, &s,
                                     &us, &tz) ||
        dt_check_date(y, mo, d) < 0 || dt_check_time(h, m, s, us) < 0 || dt_check_tzinfo(tz) < 0)
        return NULL;
    return dt_new_datetime(y, mo, d, h, m, s, us, tz, Py_TYPE(self));
}

static PyObject *datetime_astimezone(PyObject *self, PyObject *args, PyObject *kw)
{
    static char *kwlist[] = {"tz", NULL};
    DateTimeObject *t = (DateTimeObject *)self;
    PyObject *tz;
    if (!PyArg_ParseTupleAndKeywords(args, kw, "O!:astimezone", kwlist, &DateTime_TzinfoType, &tz))
        return NULL;
    if (t->tzinfo == tz) {
        Py_INCREF(self);
        return self;
    }
    int none, off = dt_call_offset(t->tzinfo, "utcoffset", self, &none);
    if (off == -1 && PyErr_Occurred())
        return NULL;
    if (none) {
        PyErr_SetString(PyExc_ValueError, "astimezone() cannot be applied to a naive datetime");
        return NULL;
    }
    int y = t->year, mo = t->month, d = t->day;
    int64_t minutes = (int64_t)t->hour * 60 + t->minute - off, days = minutes / 1440;
    minutes %= 1440;
    if (minutes < 0) {
        minutes += 1440;
        days--;
    }
    if (dt_normalize_date(&y, &mo, &d, days) < 0)
        return NULL;
    PyObject *utc = dt_new_datetime(y, mo, d, (int)minutes / 60, (int)minutes % 60, t->second,
                                    t->us, tz, &DateTime_DateTimeType);
    return to_zone(utc, tz);
}

static PyObject *datetime_timetuple(PyObject *self, PyObject *unused)
{
    DateTimeObject *t = (DateTimeObject *)self;
    int none = 1, dst = -1;
    if (t->tzinfo != NULL) {
        dst = dt_call_offset(t->tzinfo, "dst", self, &none);
        if (dst == -1 && PyErr_Occurred())
            return NULL;
    }
    return dt_build_struct_time(t->year, t->month, t->day, t->hour, t->minute, t->second,
                                none ? -1 : dst != 0);
}

static PyObject *datetime_utctimetuple(PyObject *self, PyObject *unused)
{
    DateTimeObject *t = (DateTimeObject *)self;
    int none = 1, off = 0, y = t->year, mo = t->month, d = t->day;
    int64_t minutes = (int64_t)t->hour * 60 + t->minute;
    if (t->tzinfo != NULL) {
        off = dt_call_offset(t->tzinfo, "utcoffset", self, &none);
        if (off == -1 && PyErr_Occurred())
            return NULL;
    }
    if (!none) {
        minutes -= off;
        int64_t days = minutes / 1440;
        minutes %= 1440;
        if (minutes < 0) {
            minutes += 1440;
            days--;
        }
        /* Years 0 and 10000 can come out here: they are what they are. */
        int64_t ordinal = dt_ymd_to_ord(y, mo, d) + days;
        if (ordinal < 1) {
            y = 0;
            mo = 12;
            d = 31;
        } else if (ordinal > MAXORDINAL) {
            y = 10000;
            mo = 1;
            d = 1;
        } else
            dt_ord_to_ymd((int)ordinal, &y, &mo, &d);
    }
    return dt_build_struct_time(y, mo, d, (int)minutes / 60, (int)minutes % 60, t->second, 0);
}

static PyObject *datetime_date(PyObject *self, PyObject *unused)
{
    DateTimeObject *t = (DateTimeObject *)self;
    return dt_new_date(t->year, t->month, t->day, &DateTime_DateType);
}

static PyObject *datetime_time(PyObject *self, PyObject *unused)
{
    DateTimeObject *t = (DateTimeObject *)self;
    return dt_new_time(t->hour, t->minute, t->second, t->us, Py_None, &DateTime_TimeType);
}

static PyObject *datetime_timetz(PyObject *self, PyObject *unused)
{
    DateTimeObject *t = (DateTimeObject *)self;
    return dt_new_time(t->hour, t->minute, t->second, t->us, t->tzinfo ? t->tzinfo : Py_None,
                       &DateTime_TimeType);
}

static PyObject *datetime_reduce(PyObject *self, PyObject *unused)
{
    DateTimeObject *t = (DateTimeObject *)self;
    if (t->tzinfo == NULL)
        return Py_BuildValue("(O(N))", Py_TYPE(self), state_of(t));
    return Py_BuildValue("(O(NO))", Py_TYPE(self), state_of(t), t->tzinfo);
}

static PyObject *datetime_tzinfo(PyObject *self, void *closure)
{
    PyObject *tz = ((DateTimeObject *)self)->tzinfo;
    if (tz == NULL)
        tz = Py_None;
    Py_INCREF(tz);
    return tz;
}

static PyGetSetDef datetime_getset[] = {
    FIELD("hour", DateTimeObject, hour),           FIELD("minute", DateTimeObject, minute),
    FIELD("second", DateTimeObject, second),       FIELD("microsecond", DateTimeObject, us),
    {"tzinfo", datetime_tzinfo, NULL, NULL, NULL}, {NULL, NULL, NULL, NULL, NULL}};

static PyMethodDef datetime_methods[] = {
    {"now", PyCFunction_CAST(datetime_now), METH_VARARGS | METH_KEYWORDS | METH_CLASS,
     "[tz] -> new datetime with tz's local day and time."},
    {"utcnow", datetime_utcnow, METH_NOARGS | METH_CLASS,
     "Return a new datetime representing UTC day and time."},
    {"fromtimestamp", PyCFunction_CAST(datetime_fromtimestamp),
     METH_VARARGS | METH_KEYWORDS | METH_CLASS,
     "timestamp[, tz] -> tz's local time from POSIX timestamp."},
    {"utcfromtimestamp", datetime_utcfromtimestamp, METH_VARARGS | METH_CLASS,
     "timestamp -> UTC datetime from a POSIX timestamp (like time.time())."},
    {"strptime", datetime_strptime, METH_VARARGS | METH_CLASS,
     "string, format -> new datetime parsed from a string (like time.strptime())."},
    {"combine", PyCFunction_CAST(datetime_combine), METH_VARARGS | METH_KEYWORDS | METH_CLASS,
     "date, time -> datetime with same date and time fields"},
    {"date", datetime_date, METH_NOARGS, "Return date object with same year, month and day."},
    {"time", datetime_time, METH_NOARGS, "Return time object with same time but with tzinfo=None."},
    {"timetz", datetime_timetz, METH_NOARGS, "Return time object with same time and tzinfo."},
    {"timetuple", datetime_timetuple, METH_NOARGS,
     "Return time tuple, compatible with time.localtime()."},
    {"utctimetuple", datetime_utctimetuple, METH_NOARGS,
     "Return UTC time tuple, compatible with time.localtime()."},
    {"isoformat", PyCFunction_CAST(datetime_isoformat), METH_VARARGS | METH_KEYWORDS,
     "[sep] -> string in ISO 8601 format, YYYY-MM-DDTHH:MM:SS[.mmmmmm][+HH:MM]."},
    {"utcoffset", datetime_utcoffset, METH_NOARGS, "Return self.tzinfo.utcoffset(self)."},
    {"tzname", datetime_tzname, METH_NOARGS, "Return self.tzinfo.tzname(self)."},
    {"dst", datetime_dst, METH_NOARGS, "Return self.tzinfo.dst(self)."},
    {"replace", PyCFunction_CAST(datetime_replace), METH_VARARGS | METH_KEYWORDS,
     "Return datetime with new specified fields."},
    {"astimezone", PyCFunction_CAST(datetime_astimezone), METH_VARARGS | METH_KEYWORDS,
     "tz -> convert to local time in new timezone tz\n"},
    {"__reduce__", datetime_reduce, METH_NOARGS, "__reduce__() -> (cls, state)"},
    {NULL, NULL, 0, NULL}};

static PyNumberMethods datetime_as_number = {.nb_add = datetime_add,
                                             .nb_subtract = datetime_subtract};

PyTypeObject DateTime_DateTimeType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "datetime.datetime",
    .tp_basicsize = sizeof(DateTimeObject),
    .tp_x64_basicsize = 48,
    .tp_dealloc = datetime_dealloc,
    .tp_repr = datetime_repr,
    .tp_as_number = &datetime_as_number,
    .tp_hash = datetime_hash,
    .tp_str = datetime_str,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_CHECKTYPES | Py_TPFLAGS_BASETYPE,
    .tp_doc = "datetime(year, month, day[, hour[, minute[, second[, microsecond[,tzinfo]]]]])\n\n"
              "The year, month and day arguments are required. tzinfo may be None, or an\n"
              "instance of a tzinfo subclass. The remaining arguments may be ints or longs.\n",
    .tp_richcompare = datetime_richcompare,
    .tp_methods = datetime_methods,
    .tp_getset = datetime_getset,
    .tp_base = &DateTime_DateType,
    .tp_new = datetime_new,
};

static PyMethodDef module_methods[] = {{NULL, NULL, 0, NULL}};

static int set(PyTypeObject *type, const char *name, PyObject *value)
{
    int r = value == NULL ? -1 : PyDict_SetItemString(type->tp_dict, name, value);
    Py_XDECREF(value);
    return r;
}

/* -- For other modules' C code (datetime.h) */

static PyObject *capi_delta(int days, int seconds, int us, int normalize, PyTypeObject *type)
{
    return dt_new_delta(type, days, seconds, us, normalize);
}

static PyDateTime_CAPI capi = {
    &DateTime_DateType,
    &DateTime_DateTimeType,
    &DateTime_TimeType,
    &DateTime_DeltaType,
    &DateTime_TzinfoType,
    dt_new_date,
    dt_new_datetime,
    dt_new_time,
    capi_delta,
    datetime_fromtimestamp,
    dt_date_fromtimestamp,
};

void initdatetime(void)
{
    PyObject *m =
        Py_InitModule3("datetime", module_methods, "Fast implementation of the datetime type.");
    PyTypeObject *types[] = {&DateTime_DateType, &DateTime_DateTimeType, &DateTime_DeltaType,
                             &DateTime_TimeType, &DateTime_TzinfoType};
    static const char *const names[] = {"date", "datetime", "timedelta", "time", "tzinfo"};
    if (m == NULL)
        return;
    for (int i = 0; i < 5; i++) {
        if (PyType_Ready(types[i]) < 0)
            return;
        Py_INCREF(types[i]);
        PyModule_AddObject(m, names[i], (PyObject *)types[i]);
    }
    PyTypeObject *delta = &DateTime_DeltaType, *date = &DateTime_DateType,
                 *time = &DateTime_TimeType, *dt = &DateTime_DateTimeType;
    if (set(delta, "resolution", dt_new_delta(delta, 0, 0, 1, 0)) ||
        set(delta, "min", dt_new_delta(delta, -MAX_DELTA_DAYS, 0, 0, 0)) ||
        set(delta, "max", dt_new_delta(delta, MAX_DELTA_DAYS, 86399, 999999, 0)) ||
        set(date, "min", dt_new_date(1, 1, 1, date)) ||
        set(date, "max", dt_new_date(MAXYEAR, 12, 31, date)) ||
        set(date, "resolution", dt_new_delta(delta, 1, 0, 0, 0)) ||
        set(time, "min", dt_new_time(0, 0, 0, 0, Py_None, time)) ||
        set(time, "max", dt_new_time(23, 59, 59, 999999, Py_None, time)) ||
        set(time, "resolution", dt_new_delta(delta, 0, 0, 1, 0)) ||
        set(dt, "min", dt_new_datetime(1, 1, 1, 0, 0, 0, 0, Py_None, dt)) ||
        set(dt, "max", dt_new_datetime(MAXYEAR, 12, 31, 23, 59, 59, 999999, Py_None, dt)) ||
        set(dt, "resolution", dt_new_delta(delta, 0, 0, 1, 0)))
        return;
    PyModule_AddIntConstant(m, "MINYEAR", MINYEAR);
    PyModule_AddObject(m, "datetime_CAPI", PyCapsule_New(&capi, PyDateTime_CAPSULE_NAME, NULL));
    PyModule_AddIntConstant(m, "MAXYEAR", MAXYEAR);
}
