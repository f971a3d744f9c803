/* SPDX-License-Identifier: MIT */
/* The calendar under datetime, and what its types share: ranges, tzinfo calls, formats. */
#include "modules/datetime_private.h"

static const int month_days[] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
static const int days_before[] = {0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};

int dt_is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int dt_days_in_month(int year, int month)
{
    return month == 2 && dt_is_leap(year) ? 29 : month_days[month];
}

int dt_days_before_month(int year, int month)
{
    return days_before[month] + (month > 2 && dt_is_leap(year));
}

static int days_before_year(int year)
{
    int y = year - 1;
    return y * 365 + y / 4 - y / 100 + y / 400;
}

int dt_ymd_to_ord(int year, int month, int day)
{
    return days_before_year(year) + dt_days_before_month(year, month) + day;
}

void dt_ord_to_ymd(int ordinal, int *year, int *month, int *day)
{
    int n = ordinal - 1;
    int n400 = n / 146097;
    n %= 146097;
    int n100 = n / 36524;
    n %= 36524;
    int n4 = n / 1461;
    n %= 1461;
    int n1 = n / 365;
    n %= 365;
    *year = n400 * 400 + n100 * 100 + n4 * 4 + n1 + 1;
    if (n1 == 4 || n100 == 4) {
        /* The last day of a leap cycle. */
        *year -= 1;
        *month = 12;
        *day = 31;
        return;
    }
    int m = 1;
    while (m < 12 && dt_days_before_month(*year, m + 1) <= n)
        m++;
    *month = m;
    *day = n - dt_days_before_month(*year, m) + 1;
}

int dt_weekday(int year, int month, int day)
{
    int r = (dt_ymd_to_ord(year, month, day) + 6) % 7;
    return r < 0 ? r + 7 : r; /* unpickled states may be of any year */
}

int dt_iso_week1_monday(int year)
{
    int first = dt_ymd_to_ord(year, 1, 1);
    int weekday = (first + 6) % 7;
    int monday = first - weekday;
    return weekday > 3 ? monday + 7 : monday;
}

int dt_check_date(int year, int month, int day)
{
    if (year < MINYEAR || year > MAXYEAR)
        PyErr_SetString(PyExc_ValueError, "year is out of range");
    else if (month < 1 || month > 12)
        PyErr_SetString(PyExc_ValueError, "month must be in 1..12");
    else if (day < 1 || day > dt_days_in_month(year, month))
        PyErr_SetString(PyExc_ValueError, "day is out of range for month");
    else
        return 0;
    return -1;
}

int dt_check_time(int h, int m, int s, int us)
{
    if (h < 0 || h > 23)
        PyErr_SetString(PyExc_ValueError, "hour must be in 0..23");
    else if (m < 0 || m > 59)
        PyErr_SetString(PyExc_ValueError, "minute must be in 0..59");
    else if (s < 0 || s > 59)
        PyErr_SetString(PyExc_ValueError, "second must be in 0..59");
    else if (us < 0 || us > 999999)
        PyErr_SetString(PyExc_ValueError, "microsecond must be in 0..999999");
    else
        return 0;
    return -1;
}

int dt_normalize_date(int *y, int *m, int *d, int64_t extra)
{
    int64_t ordinal = (int64_t)dt_ymd_to_ord(*y, *m, *d) + extra;
    if (ordinal < 1 || ordinal > MAXORDINAL) {
        PyErr_SetString(PyExc_OverflowError, "date value out of range");
        return -1;
    }
    dt_ord_to_ymd((int)ordinal, y, m, d);
    return 0;
}

/* ---- tzinfo ---- */

int dt_check_tzinfo(PyObject *p)
{
    if (p == Py_None || Tzinfo_Check(p))
        return 0;
    PyErr_Format(PyExc_TypeError,
                 "tzinfo argument must be None or of a tzinfo subclass, not type '%s'",
                 Py_TYPE(p)->tp_name);
    return -1;
}

int dt_call_offset(PyObject *tz, const char *name, PyObject *arg, int *none)
{
    int result = -1;
    *none = 0;
    if (tz == NULL || tz == Py_None) {
        *none = 1;
        return 0;
    }
    PyObject *u = PyObject_CallMethod(tz, name, "O", arg);
    if (u == NULL)
        return -1;
    if (u == Py_None) {
        result = 0;
        *none = 1;
    } else if (Delta_Check(u)) {
        DeltaObject *d = (DeltaObject *)u;
        if (d->days < -1 || d->days > 0) {
            result = 24 * 60;
        } else {
            int total = d->days * SECONDS_PER_DAY + d->seconds;
            if (total % 60 != 0 || d->microseconds != 0) {
                PyErr_Format(PyExc_ValueError, "tzinfo.%s() must return a whole number of minutes",
                             name);
                Py_DECREF(u);
                return -1;
            }
            result = total / 60;
        }
    } else {
        PyErr_Format(PyExc_TypeError, "tzinfo.%s() must return None or timedelta, not '%s'", name,
                     Py_TYPE(u)->tp_name);
        Py_DECREF(u);
        return -1;
    }
    Py_DECREF(u);
    if (result < -1439 || result > 1439) {
        PyErr_Format(PyExc_ValueError, "tzinfo.%s() returned %d; must be in -1439 .. 1439", name,
                     result);
        return -1;
    }
    return result;
}

PyObject *dt_offset_delta(PyObject *tz, const char *name, PyObject *arg)
{
    int none, offset = dt_call_offset(tz, name, arg, &none);
    if (offset == -1 && PyErr_Occurred())
        return NULL;
    if (none)
        Py_RETURN_NONE;
    return dt_new_delta(&DateTime_DeltaType, 0, offset * 60, 0, 1);
}

PyObject *dt_call_tzname(PyObject *tz, PyObject *arg)
{
    PyObject *r;
    if (tz == NULL || tz == Py_None)
        Py_RETURN_NONE;
    r = PyObject_CallMethod(tz, "tzname", "O", arg);
    if (r != NULL && r != Py_None && !PyString_Check(r)) {
        PyErr_Format(PyExc_TypeError, "tzinfo.tzname() must return None or a string, not '%s'",
                     Py_TYPE(r)->tp_name);
        Py_CLEAR(r);
    }
    return r;
}

int dt_format_offset(char *buf, size_t n, const char *sep, PyObject *tz, PyObject *arg)
{
    int none, offset = dt_call_offset(tz, "utcoffset", arg, &none);
    if (offset == -1 && PyErr_Occurred())
        return -1;
    buf[0] = 0;
    if (none)
        return 0;
    char sign = '+';
    if (offset < 0) {
        sign = '-';
        offset = -offset;
    }
    PyOS_snprintf(buf, n, "%c%02d%s%02d", sign, offset / 60, sep, offset % 60);
    return 0;
}

PyObject *dt_repr_with_tzinfo(PyObject *repr, PyObject *tzinfo)
{
    if (repr == NULL || tzinfo == NULL || tzinfo == Py_None)
        return repr;
    PyObject *tz = PyObject_Repr(tzinfo), *r = NULL;
    if (tz != NULL) {
        Py_ssize_t n = PyString_GET_SIZE(repr);
        PyObject *head = PyString_FromStringAndSize(PyString_AS_STRING(repr), n - 1);
        if (head != NULL)
            r = PyString_FromFormat("%s, tzinfo=%s)", PyString_AS_STRING(head),
                                    PyString_AS_STRING(tz));
        Py_XDECREF(head);
        Py_DECREF(tz);
    }
    Py_DECREF(repr);
    return r;
}

/* ---- formats ---- */

static PyObject *time_call(const char *name, PyObject *args)
{
    PyObject *time = PyImport_ImportModuleNoBlock("time"), *f, *r = NULL;
    if (time == NULL)
        return NULL;
    f = PyObject_GetAttrString(time, name);
    Py_DECREF(time);
    if (f != NULL) {
        r = PyObject_CallObject(f, args);
        Py_DECREF(f);
    }
    return r;
}

PyObject *dt_current_time(void)
{
    return time_call("time", NULL);
}

PyObject *dt_build_struct_time(int y, int m, int d, int hh, int mm, int ss, int dst)
{
    PyObject *args = Py_BuildValue("((iiiiiiiii))", y, m, d, hh, mm, ss, dt_weekday(y, m, d),
                                   dt_days_before_month(y, m) + d, dst);
    PyObject *time = PyImport_ImportModuleNoBlock("time"), *r = NULL;
    if (args != NULL && time != NULL) {
        PyObject *type = PyObject_GetAttrString(time, "struct_time");
        if (type != NULL) {
            r = PyObject_CallObject(type, args);
            Py_DECREF(type);
        }
    }
    Py_XDECREF(time);
    Py_XDECREF(args);
    return r;
}

static int append(PyObject **s, const char *text, Py_ssize_t n)
{
    PyObject *t = PyString_FromStringAndSize(text, n);
    if (t == NULL)
        return -1;
    PyString_ConcatAndDel(s, t);
    return *s == NULL ? -1 : 0;
}

/* The text of %Z with its own percent signs doubled. */
static PyObject *zone_name(PyObject *object, PyObject *tz, PyObject *tzarg)
{
    PyObject *name = dt_call_tzname(tz, tzarg), *r;
    if (name == NULL)
        return NULL;
    if (name == Py_None) {
        Py_DECREF(name);
        return PyString_FromString("");
    }
    r = PyObject_CallMethod(name, "replace", "ss", "%", "%%");
    Py_DECREF(name);
    if (r != NULL && !PyString_Check(r)) {
        PyErr_SetString(PyExc_TypeError, "tzname.replace() did not return a string");
        Py_CLEAR(r);
    }
    return r;
}

PyObject *dt_get_int(PyObject *self, void *where)
{
    return PyInt_FromLong(*(const int *)(const void *)((const char *)self + (uintptr_t)where));
}

PyObject *dt_wrap_strftime(PyObject *object, PyObject *format, PyObject *timetuple, PyObject *tzarg)
{
    PyObject *out, *result = NULL, *tz = NULL, *zname = NULL;
    const char *p = PyString_AS_STRING(format), *end = p + PyString_GET_SIZE(format);
    char offset[16] = "";
    int have_offset = 0, us = 0;
    /* Years before 1900 are not something time.strftime() takes. */
    PyObject *year = PySequence_GetItem(timetuple, 0);
    if (year == NULL)
        return NULL;
    py_long y = PyInt_AsLong(year);
    Py_DECREF(year);
    if (y < 1900) {
        PyErr_Format(
            PyExc_ValueError,
            "year=%ld is before 1900; the datetime strftime() methods require year >= 1900", y);
        return NULL;
    }
    if (DateTime_Check(object)) {
        tz = ((DateTimeObject *)object)->tzinfo;
        us = ((DateTimeObject *)object)->us;
    } else if (Time_Check(object)) {
        tz = ((TimeObject *)object)->tzinfo;
        us = ((TimeObject *)object)->us;
    }
    out = PyString_FromString("");
    while (out != NULL && p < end) {
        const char *percent = memchr(p, '%', (size_t)(end - p));
        if (percent == NULL)
            percent = end;
        if (percent > p && append(&out, p, percent - p) < 0)
            goto done;
        p = percent;
        if (p == end)
            break;
        if (p + 1 == end) {
            PyErr_SetString(PyExc_ValueError, "strftime format ends with raw %");
            goto done;
        }
        char c = p[1];
        int err;
        if (c == 'z') {
            if (!have_offset && dt_format_offset(offset, sizeof offset, "", tz, tzarg) < 0)
                goto done;
            have_offset = 1;
            err = append(&out, offset, (Py_ssize_t)strlen(offset));
        } else if (c == 'Z') {
            if (zname == NULL && (zname = zone_name(object, tz, tzarg)) == NULL)
                goto done;
            err = append(&out, PyString_AS_STRING(zname), PyString_GET_SIZE(zname));
        } else if (c == 'f') {
            char digits[16];
            PyOS_snprintf(digits, sizeof digits, "%06d", us);
            err = append(&out, digits, 6);
        } else
            err = append(&out, p, 2);
        if (err < 0)
            goto done;
        p += 2;
    }
    if (out != NULL) {
        /* The C library's strftime ends at a NUL. */
        if (strlen(PyString_AS_STRING(out)) < (size_t)PyString_GET_SIZE(out))
            Py_SETREF(out, PyString_FromString(PyString_AS_STRING(out)));
        PyObject *args = out == NULL ? NULL : PyTuple_Pack(2, out, timetuple);
        if (args != NULL) {
            result = time_call("strftime", args);
            Py_DECREF(args);
        }
    }
done:
    Py_XDECREF(zname);
    Py_XDECREF(out);
    return result;
}

/* __format__: strftime, or str for an empty spec. */
PyObject *dt_format(PyObject *self, PyObject *args)
{
    PyObject *format;
    if (!PyArg_ParseTuple(args, "O:__format__", &format))
        return NULL;
    if (PyString_Check(format)) {
        if (PyString_GET_SIZE(format) == 0)
            return PyObject_Str(self);
    } else if (PyUnicode_Check(format)) {
        if (PyUnicode_GET_SIZE(format) == 0)
            return PyObject_Unicode(self);
    } else {
        PyErr_Format(PyExc_ValueError, "__format__ expects str or unicode, not %.200s",
                     Py_TYPE(format)->tp_name);
        return NULL;
    }
    return PyObject_CallMethod(self, "strftime", "O", format);
}

PyObject *dt_cmp_result(int diff, int op)
{
    return PyBool_FromLong(Py_CmpToRich(op, diff));
}

PyObject *dt_cmp_error(PyObject *a, PyObject *b)
{
    PyErr_Format(PyExc_TypeError, "can't compare %s to %s", Py_TYPE(a)->tp_name,
                 Py_TYPE(b)->tp_name);
    return NULL;
}

/* ---- class tzinfo: the abstract base ---- */

static PyObject *abstract(const char *name)
{
    PyErr_Format(PyExc_NotImplementedError, "a tzinfo subclass must implement %s()", name);
    return NULL;
}

static PyObject *tzinfo_tzname(PyObject *self, PyObject *dt)
{
    return abstract("tzname");
}

static PyObject *tzinfo_utcoffset(PyObject *self, PyObject *dt)
{
    return abstract("utcoffset");
}

static PyObject *tzinfo_dst(PyObject *self, PyObject *dt)
{
    return abstract("dst");
}

/* fromutc(datetime in UTC) -> datetime in this zone, for zones whose standard offset is fixed. */
static PyObject *tzinfo_fromutc(PyObject *self, PyObject *arg)
{
    if (!DateTime_Check(arg)) {
        PyErr_SetString(PyExc_TypeError, "fromutc: argument must be a datetime");
        return NULL;
    }
    DateTimeObject *dt = (DateTimeObject *)arg;
    if (dt->tzinfo != self) {
        PyErr_SetString(PyExc_ValueError, "fromutc: dt.tzinfo is not self");
        return NULL;
    }
    int none, off = dt_call_offset(self, "utcoffset", arg, &none);
    if (off == -1 && PyErr_Occurred())
        return NULL;
    if (none) {
        PyErr_SetString(PyExc_ValueError, "fromutc: non-None utcoffset() result required");
        return NULL;
    }
    int dst = dt_call_offset(self, "dst", arg, &none);
    if (dst == -1 && PyErr_Occurred())
        return NULL;
    if (none) {
        PyErr_SetString(PyExc_ValueError, "fromutc: non-None dst() result required");
        return NULL;
    }
    int64_t delta = off - dst;
    for (int round = 0;; round++) {
        int y = dt->year, m = dt->month, d = dt->day;
        int64_t minutes = (int64_t)dt->hour * 60 + dt->minute + delta, days = minutes / 1440;
        minutes %= 1440;
        if (minutes < 0) {
            minutes += 1440;
            days--;
        }
        if (dt_normalize_date(&y, &m, &d, days) < 0)
            return NULL;
        PyObject *r = dt_new_datetime(y, m, d, (int)minutes / 60, (int)minutes % 60, dt->second,
                                      dt->us, self, &DateTime_DateTimeType);
        if (r == NULL || round == 1)
            return r;
        int dst2 = dt_call_offset(self, "dst", r, &none);
        if (dst2 == -1 && PyErr_Occurred()) {
            Py_DECREF(r);
            return NULL;
        }
        if (none) {
            Py_DECREF(r);
            PyErr_SetString(PyExc_ValueError,
                            "fromutc: tz.dst() gave inconsistent results; cannot convert");
            return NULL;
        }
        if (dst2 == 0)
            return r;
        Py_DECREF(r);
        delta += dst2;
    }
}

static PyObject *tzinfo_reduce(PyObject *self, PyObject *unused)
{
    PyObject *args = NULL, *state = NULL, *f, *r = NULL;
    f = PyObject_GetAttrString(self, "__getinitargs__");
    if (f != NULL) {
        args = PyObject_CallObject(f, NULL);
        Py_DECREF(f);
    } else {
        PyErr_Clear();
        args = PyTuple_New(0);
    }
    if (args == NULL)
        return NULL;
    f = PyObject_GetAttrString(self, "__getstate__");
    if (f != NULL) {
        state = PyObject_CallObject(f, NULL);
        Py_DECREF(f);
        if (state == NULL) {
            Py_DECREF(args);
            return NULL;
        }
    } else {
        PyErr_Clear();
        PyObject **dict = _PyObject_GetDictPtr(self);
        state = dict && *dict && PyDict_Size(*dict) ? *dict : Py_None;
        Py_INCREF(state);
    }
    r = state == Py_None ? Py_BuildValue("(OO)", Py_TYPE(self), args)
                         : Py_BuildValue("(OOO)", Py_TYPE(self), args, state);
    Py_DECREF(args);
    Py_DECREF(state);
    return r;
}

static PyMethodDef tzinfo_methods[] = {
    {"tzname", tzinfo_tzname, METH_O, "datetime -> string name of time zone."},
    {"utcoffset", tzinfo_utcoffset, METH_O,
     "datetime -> minutes east of UTC (negative for west of UTC)."},
    {"dst", tzinfo_dst, METH_O, "datetime -> DST offset in minutes east of UTC."},
    {"fromutc", tzinfo_fromutc, METH_O, "datetime in UTC -> datetime in local time."},
    {"__reduce__", tzinfo_reduce, METH_NOARGS, "-> (cls, state)"},
    {NULL, NULL, 0, NULL}};

PyTypeObject DateTime_TzinfoType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "datetime.tzinfo",
    .tp_basicsize = sizeof(TzinfoObject),
    .tp_x64_basicsize = 16,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_CHECKTYPES | Py_TPFLAGS_BASETYPE,
    .tp_doc = "Abstract base class for time zone info objects.",
    .tp_methods = tzinfo_methods,
    .tp_new = PyType_GenericNew,
};
