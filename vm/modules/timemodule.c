/* SPDX-License-Identifier: MIT */
/* time: clocks, calendar times, sleeping. Conversions between seconds and local time are the
 * host's; the text forms are made here (time_format.c), in the C locale. */
#include "modules/time_private.h"
#include "modules/environ.h"
#include "modules/signal_private.h"

static PyTypeObject struct_time_type;
static PyObject *module_dict;

static PyStructSequence_Field struct_time_fields[] = {
    {"tm_year", NULL}, {"tm_mon", NULL},  {"tm_mday", NULL}, {"tm_hour", NULL},  {"tm_min", NULL},
    {"tm_sec", NULL},  {"tm_wday", NULL}, {"tm_yday", NULL}, {"tm_isdst", NULL}, {NULL, NULL},
};
static PyStructSequence_Desc struct_time_desc = {"time.struct_time", NULL, struct_time_fields, 9};

char _PyTime_Zones[2][16];

static int is_leap(int64_t y)
{
    return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

/* Days from 1970-01-01 to the given day; month 0-11. */
static int64_t days_from_civil(int64_t y, int mon, int day)
{
    int64_t era, yoe, doy;

    y -= mon < 2;
    era = (y >= 0 ? y : y - 399) / 400;
    yoe = y - era * 400;
    doy = (153 * ((mon + 10) % 12) + 2) / 5 + day - 1;
    return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

static int break_down(int64_t seconds, host_tm_t *tm)
{
    static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    int64_t days = seconds / 86400, rest = seconds % 86400, y;
    int leap, m;

    memset(tm, 0, sizeof *tm);
    if (rest < 0) {
        rest += 86400;
        days--;
    }
    tm->hour = (int)(rest / 3600);
    tm->min = (int)(rest / 60 % 60);
    tm->sec = (int)(rest % 60);
    tm->wday = (int)(((days + 4) % 7 + 7) % 7);
    y = 1970 + (int64_t)floor((double)days / 365.2425);
    while (days_from_civil(y, 0, 1) > days)
        y--;
    while (days_from_civil(y + 1, 0, 1) <= days)
        y++;
    if (y - 1900 > INT32_MAX || y - 1900 < INT32_MIN)
        return -1;
    tm->year = (int32_t)y;
    tm->yday = (int)(days - days_from_civil(y, 0, 1));
    leap = is_leap(y);
    for (m = 11; m > 0 && before[m] + (leap && m > 1) > tm->yday; m--)
        ;
    tm->mon = m;
    tm->mday = tm->yday - before[m] - (leap && m > 1) + 1;
    strcpy(tm->zone, "UTC");
    return 0;
}

static PyObject *time_tuple(const host_tm_t *tm)
{
    PyObject *v = PyStructSequence_New(&struct_time_type);
    const int values[] = {tm->year, tm->mon + 1,        tm->mday,     tm->hour, tm->min,
                          tm->sec,  (tm->wday + 6) % 7, tm->yday + 1, tm->isdst};
    int i;

    for (i = 0; v != NULL && i < 9; i++)
        PyStructSequence_SET_ITEM(v, i, PyInt_FromLong(values[i]));
    if (PyErr_Occurred())
        Py_CLEAR(v);
    return v;
}

static int64_t now_seconds(void)
{
    int64_t ns = host_clock_ns(HOST_CLOCK_REALTIME);

    return ns / 1000000000 - (ns % 1000000000 < 0);
}

/* The optional argument of gmtime and its like. */
static int seconds_argument(PyObject *args, const char *format, int64_t *out)
{
    PyObject *arg = NULL;
    double x;

    /* A format, or just the name for who takes the arguments apart himself. */
    if (strchr(format, ':') != NULL ? !PyArg_ParseTuple(args, format, &arg)
                                    : !PyArg_UnpackTuple(args, format, 0, 1, &arg))
        return -1;
    if (arg == NULL || arg == Py_None) {
        *out = now_seconds();
        return 0;
    }
    x = PyFloat_AsDouble(arg);
    if (x == -1.0 && PyErr_Occurred())
        return -1;
    if (!(x > -9.3e18 && x < 9.2e18)) {
        PyErr_SetString(PyExc_ValueError, "timestamp out of range for platform time_t");
        return -1;
    }
    *out = (int64_t)x;
    return 0;
}

static PyObject *out_of_range(void)
{
    PyObject *args = Py_BuildValue("(is)", 75, _Py_StrError(75));

    if (args != NULL) {
        PyErr_SetObject(PyExc_ValueError, args);
        Py_DECREF(args);
    }
    return NULL;
}

int _PyTime_Local(int64_t seconds, host_tm_t *tm)
{
    if (seconds > 67767976233446399LL || seconds < -67768040609740800LL) {
        out_of_range();
        return -1;
    }
    host_localtime(seconds, tm);
    return 0;
}

PyDoc_STRVAR(gmtime_doc, "gmtime([seconds]) -> (tm_year, tm_mon, tm_mday, tm_hour, tm_min,\n       "
                         "                tm_sec, tm_wday, tm_yday, "
                         "tm_isdst)\n\nConvert seconds since the Epoch to a time tuple expressing "
                         "UTC (a.k.a.\nGMT).  When 'seconds' is not "
                         "passed in, convert the current time instead.");

static PyObject *time_gmtime(PyObject *self, PyObject *args)
{
    int64_t s;
    host_tm_t tm;

    if (seconds_argument(args, "|O:gmtime", &s) < 0)
        return NULL;
    return break_down(s, &tm) < 0 ? out_of_range() : time_tuple(&tm);
}

PyDoc_STRVAR(localtime_doc,
             "localtime([seconds]) -> (tm_year,tm_mon,tm_mday,tm_hour,tm_min,\n\t\t\t  "
             "tm_sec,tm_wday,tm_yday,tm_isdst)\n\nConvert seconds since the Epoch to a time tuple "
             "expressing local time.\nWhen "
             "'seconds' is not passed in, convert the current time instead.");

static PyObject *time_localtime(PyObject *self, PyObject *args)
{
    int64_t s;
    host_tm_t tm;

    if (seconds_argument(args, "|O:localtime", &s) < 0 || _PyTime_Local(s, &tm) < 0)
        return NULL;
    return time_tuple(&tm);
}

/* A tuple of nine as a broken-down time; years of two digits as accept2dyear says. */
static int tuple_argument(PyObject *arg, host_tm_t *tm)
{
    PyObject *tuple, *accept;
    int y, wday;

    memset(tm, 0, sizeof *tm);
    if (!PySequence_Check(arg) || PyString_Check(arg)) {
        PyErr_Format(PyExc_TypeError, "argument must be 9-item sequence, not %s",
                     arg == Py_None ? "None" : Py_TYPE(arg)->tp_name);
        return -1;
    }
    tuple = PySequence_Tuple(arg);
    if (tuple == NULL)
        return -1;
    if (PyTuple_GET_SIZE(tuple) != 9) {
        PyErr_Format(PyExc_TypeError, "argument must be sequence of length 9, not %zd",
                     PyTuple_GET_SIZE(tuple));
        Py_DECREF(tuple);
        return -1;
    }
    if (!PyArg_ParseTuple(tuple, "iiiiiiiii", &y, &tm->mon, &tm->mday, &tm->hour, &tm->min,
                          &tm->sec, &wday, &tm->yday, &tm->isdst)) {
        Py_DECREF(tuple);
        return -1;
    }
    Py_DECREF(tuple);
    if (y < 1900) {
        accept = module_dict == NULL ? NULL : PyDict_GetItemString(module_dict, "accept2dyear");
        if (accept == NULL || !PyInt_Check(accept) || PyInt_AS_LONG(accept) == 0) {
            PyErr_SetString(PyExc_ValueError, "year >= 1900 required");
            return -1;
        }
        if (y >= 69 && y <= 99)
            y += 1900;
        else if (y >= 0 && y <= 68)
            y += 2000;
        else {
            PyErr_SetString(PyExc_ValueError, "year out of range");
            return -1;
        }
    }
    tm->year = y;
    tm->mon--;
    tm->wday = wday == INT32_MAX ? 1 : (wday + 1) % 7;
    tm->yday--;
    return 0;
}

PyDoc_STRVAR(mktime_doc, "mktime(tuple) -> floating point number\n\nConvert a time tuple in local "
                         "time to seconds since the Epoch.");

static PyObject *time_mktime(PyObject *self, PyObject *arg)
{
    host_tm_t tm;
    int64_t s;

    if (tuple_argument(arg, &tm) < 0)
        return NULL;
    if (host_mktime(&tm, &s) < 0) {
        PyErr_SetString(PyExc_OverflowError, "mktime argument out of range");
        return NULL;
    }
    return PyFloat_FromDouble((double)s);
}

static PyObject *as_ctime(const host_tm_t *tm)
{
    static const char days[] = "SunMonTueWedThuFriSat",
                      months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    char buf[64];
    int wday = ((tm->wday % 7) + 7) % 7, mon = ((tm->mon % 12) + 12) % 12;

    PyOS_snprintf(buf, sizeof buf, "%.3s %.3s%3d %02d:%02d:%02d %d", days + 3 * wday,
                  months + 3 * mon, tm->mday, tm->hour, tm->min, tm->sec, tm->year);
    return PyString_FromString(buf);
}

PyDoc_STRVAR(asctime_doc, "asctime([tuple]) -> string\n\nConvert a time tuple to a string, e.g. "
                          "'Sat Jun 06 16:26:11 1998'.\nWhen the time tuple "
                          "is not present, current time as returned by localtime()\nis used.");

static PyObject *time_asctime(PyObject *self, PyObject *args)
{
    PyObject *arg = NULL;
    host_tm_t tm;

    if (!PyArg_UnpackTuple(args, "asctime", 0, 1, &arg))
        return NULL;
    if (arg == NULL)
        host_localtime(now_seconds(), &tm);
    else if (tuple_argument(arg, &tm) < 0)
        return NULL;
    return as_ctime(&tm);
}

PyDoc_STRVAR(ctime_doc, "ctime(seconds) -> string\n\nConvert a time in seconds since the Epoch to "
                        "a string in local time.\nThis is equivalent to "
                        "asctime(localtime(seconds)). When the time tuple is\nnot present, current "
                        "time as returned by localtime() is used.");

static PyObject *time_ctime(PyObject *self, PyObject *args)
{
    int64_t s;
    host_tm_t tm;

    if (seconds_argument(args, "ctime", &s) < 0 || _PyTime_Local(s, &tm) < 0)
        return NULL;
    return as_ctime(&tm);
}

static int check_fields(host_tm_t *tm)
{
    const char *what = NULL;

    if (tm->mon == -1)
        tm->mon = 0;
    if (tm->mday == 0)
        tm->mday = 1;
    if (tm->yday == -1)
        tm->yday = 0;
    if (tm->mon < 0 || tm->mon > 11)
        what = "month out of range";
    else if (tm->mday < 0 || tm->mday > 31)
        what = "day of month out of range";
    else if (tm->hour < 0 || tm->hour > 23)
        what = "hour out of range";
    else if (tm->min < 0 || tm->min > 59)
        what = "minute out of range";
    else if (tm->sec < 0 || tm->sec > 61)
        what = "seconds out of range";
    else if (tm->wday < 0)
        what = "day of week out of range";
    else if (tm->yday < 0 || tm->yday > 365)
        what = "day of year out of range";
    if (what != NULL) {
        PyErr_SetString(PyExc_ValueError, what);
        return -1;
    }
    tm->isdst = tm->isdst < -1 ? -1 : tm->isdst > 1 ? 1 : tm->isdst;
    return 0;
}

PyDoc_STRVAR(strftime_doc, "strftime(format[, tuple]) -> string\n\nConvert a time tuple to a "
                           "string according to a format specification.\nSee the "
                           "library reference manual for formatting codes. When the time tuple\nis "
                           "not present, current time as returned by "
                           "localtime() is used.");

static PyObject *time_strftime(PyObject *self, PyObject *args)
{
    PyObject *tuple = NULL;
    char *format;
    host_tm_t tm;

    if (!PyArg_ParseTuple(args, "s|O:strftime", &format, &tuple))
        return NULL;
    if (tuple == NULL)
        host_localtime(now_seconds(), &tm);
    else if (tuple_argument(tuple, &tm) < 0)
        return NULL;
    return check_fields(&tm) < 0 ? NULL : _PyTime_Format(format, &tm);
}

PyDoc_STRVAR(strptime_doc, "strptime(string, format) -> struct_time\n\nParse a string to a time "
                           "tuple according to a format specification.\nSee the "
                           "library reference manual for formatting codes (same as strftime()).");

static PyObject *time_strptime(PyObject *self, PyObject *args)
{
    PyObject *m = PyImport_ImportModuleNoBlock("_strptime"), *f, *result = NULL;

    if (m == NULL)
        return NULL;
    f = PyObject_GetAttrString(m, "_strptime_time");
    Py_DECREF(m);
    if (f != NULL) {
        result = PyEval_CallGoOn(f, args, NULL);
        Py_DECREF(f);
    }
    return result;
}

/* -- Clocks and sleep
 * -------------------------------------------------------------------------------------------------
 */

PyDoc_STRVAR(time_doc, "time() -> floating point number\n\nReturn the current time in seconds "
                       "since the Epoch.\nFractions of a second may be "
                       "present if the system clock provides them.");

static PyObject *time_time(PyObject *self, PyObject *noargs)
{
    return PyFloat_FromDouble((double)(host_clock_ns(HOST_CLOCK_REALTIME) / 1000) * 1e-6);
}

PyDoc_STRVAR(clock_doc, "clock() -> floating point number\n\nReturn the CPU time or real time "
                        "since the start of the process or since\nthe first "
                        "call to clock().  This has as much precision as the system\nrecords.");

static PyObject *time_clock(PyObject *self, PyObject *noargs)
{
    return PyFloat_FromDouble((double)(host_clock_ns(HOST_CLOCK_CPU) / 1000) / 1e6);
}

/* n: the moment it ends. A signal ends it before, as it ends select(2). */
static PyObject *sleep_again(PyCont *c, PyObject *value)
{
    PyCont *next;

    if (value == NULL)
        return NULL;
    if (PyEval_WasInterrupted() || PyThread_DeadlinePassed(c->n))
        return value;
    Py_DECREF(value);
    next = PyEval_PushCont(sleep_again);
    if (next == NULL)
        return NULL;
    next->n = c->n;
    return PyEval_SleepUntilGoOn(c->n);
}

static PyObject *sleep_for(double seconds)
{
    PyCont *c = PyEval_PushCont(sleep_again);

    if (c == NULL)
        return NULL;
    /* Even no time at all lets the other threads have their turn. */
    c->n = PyThread_Deadline(seconds);
    return PyEval_SleepUntilGoOn(c->n);
}

PyDoc_STRVAR(sleep_doc, "sleep(seconds)\n\nDelay execution for a given number of seconds.  The "
                        "argument may be\na floating point number for subsecond "
                        "precision.");

static PyObject *time_sleep(PyObject *self, PyObject *args)
{
    double seconds;

    if (!PyArg_ParseTuple(args, "d:sleep", &seconds))
        return NULL;
    if (!(seconds >= 0))
        return _PyErr_SetFromErrnum(PyExc_IOError, 22);
    if (seconds > 1e9)
        seconds = 1e9;
    return sleep_for(seconds);
}

/* -- Zones
 * -----------------------------------------------------------------------------------------------------------------
 */

/* timezone, altzone, daylight and tzname from the zone's rules around now: what holds in January
 * and July. */
static void set_zone(PyObject *m)
{
    const int64_t year = 31556952;
    host_tm_t jan, jul;
    const host_tm_t *standard = &jan, *summer = &jul;
    int64_t t = now_seconds() / year * year;
    int differs;

    host_tzset(_PyEnviron_Get("TZ"));
    host_localtime(t, &jan);
    host_localtime(t + year / 2, &jul);
    if (jan.gmtoff > jul.gmtoff) { /* south of the equator summer is in January */
        standard = &jul;
        summer = &jan;
    }
    differs = jan.gmtoff != jul.gmtoff;
    strcpy(_PyTime_Zones[0], standard->zone);
    strcpy(_PyTime_Zones[1], differs ? summer->zone : standard->zone);
    PyModule_AddIntConstant(m, "timezone", -standard->gmtoff);
    PyModule_AddIntConstant(m, "altzone", differs ? -summer->gmtoff : -standard->gmtoff);
    PyModule_AddIntConstant(m, "daylight", differs);
    PyModule_AddObject(m, "tzname", Py_BuildValue("(ss)", _PyTime_Zones[0], _PyTime_Zones[1]));
}

PyDoc_STRVAR(tzset_doc, "tzset()\n\nInitialize, or reinitialize, the local timezone to the value "
                        "stored in\nos.environ['TZ'].");

static PyObject *time_tzset(PyObject *self, PyObject *noargs)
{
    PyObject *m = PyImport_ImportModuleNoBlock("time");

    if (m == NULL)
        return NULL;
    set_zone(m);
    Py_DECREF(m);
    if (PyErr_Occurred())
        return NULL;
    Py_RETURN_NONE;
}

static PyMethodDef time_methods[] = {
    {"time", time_time, METH_NOARGS, time_doc},
    {"clock", time_clock, METH_NOARGS, clock_doc},
    {"sleep", time_sleep, METH_VARARGS | METH_RESUMABLE, sleep_doc},
    {"gmtime", time_gmtime, METH_VARARGS, gmtime_doc},
    {"localtime", time_localtime, METH_VARARGS, localtime_doc},
    {"asctime", time_asctime, METH_VARARGS, asctime_doc},
    {"ctime", time_ctime, METH_VARARGS, ctime_doc},
    {"mktime", time_mktime, METH_O, mktime_doc},
    {"strftime", time_strftime, METH_VARARGS, strftime_doc},
    {"strptime", time_strptime, METH_VARARGS | METH_RESUMABLE, strptime_doc},
    {"tzset", time_tzset, METH_NOARGS, tzset_doc},
    {NULL, NULL, 0, NULL},
};

PyDoc_STRVAR(module_doc, "This module provides various functions to manipulate time "
                         "values.\n\nThere are two standard representations of time.  One is "
                         "the number\nof seconds since the Epoch, in UTC (a.k.a. GMT); the other "
                         "is a tuple of 9 integers giving local time:\nyear "
                         "(four digits), month (1-12), day (1-31), hours (0-23), minutes (0-59), "
                         "seconds (0-59), weekday (0-6, Monday is 0),\nJulian "
                         "day (day in the year, 1-366), DST flag (-1, 0 or 1).");

void inittime(void)
{
    static int ready;
    PyObject *m = Py_InitModule3("time", time_methods, module_doc);
    const char *y2k;

    if (m == NULL)
        return;
    y2k = Py_GETENV("PYTHONY2K");
    PyModule_AddIntConstant(m, "accept2dyear", y2k == NULL || y2k[0] == '\0');
    module_dict = PyModule_GetDict(m);
    Py_INCREF(module_dict);
    set_zone(m);
    if (!ready) {
        PyStructSequence_InitType(&struct_time_type, &struct_time_desc);
        ready = 1;
    }
    Py_INCREF(&struct_time_type);
    PyModule_AddObject(m, "struct_time", (PyObject *)&struct_time_type);
}
