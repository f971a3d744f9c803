/* SPDX-License-Identifier: MIT */
/* Private to datetime (datetime_*.c and datetimemodule.c): the objects and the
 * calendar arithmetic that the four files share. Years 1..9999; ordinal 1 is 0001-01-01. */
#ifndef KRAIT_DATETIME_PRIVATE_H
#define KRAIT_DATETIME_PRIVATE_H
#define KRAIT_DATETIME_ITSELF
#include "datetime.h"

#define MINYEAR 1
#define MAXYEAR 9999
#define MAXORDINAL 3652059
#define MAX_DELTA_DAYS 999999999
#define US_PER_SECOND 1000000
#define SECONDS_PER_DAY 86400
#define US_PER_DAY ((int64_t)86400 * 1000000)

typedef struct {
    PyObject_HEAD py_long hashcode; /* -1: not computed */
    int days, seconds,
        microseconds; /* normalised: 0 <= seconds < 86400, 0 <= microseconds < 10**6 */
} DeltaObject;
typedef struct {
    PyObject_HEAD py_long hashcode;
    int year, month, day;
} DateObject;
typedef struct {
    PyObject_HEAD py_long hashcode;
    int hour, minute, second, us;
    PyObject *tzinfo; /* NULL: naive */
} TimeObject;
typedef struct {
    PyObject_HEAD py_long hashcode;
    int year, month, day; /* as in DateObject: a datetime is a date */
    int hour, minute, second, us;
    PyObject *tzinfo;
} DateTimeObject;
typedef struct {
    PyObject_HEAD
} TzinfoObject;

extern PyTypeObject DateTime_DeltaType, DateTime_DateType, DateTime_TimeType, DateTime_DateTimeType,
    DateTime_TzinfoType;
#define Delta_Check(o) PyObject_TypeCheck(o, &DateTime_DeltaType)
#define Date_Check(o) PyObject_TypeCheck(o, &DateTime_DateType)
#define Time_Check(o) PyObject_TypeCheck(o, &DateTime_TimeType)
#define DateTime_Check(o) PyObject_TypeCheck(o, &DateTime_DateTimeType)
#define Tzinfo_Check(o) PyObject_TypeCheck(o, &DateTime_TzinfoType)

/* A field that can be read but not set: the getset's closure is where it lies. */
#define FIELD(name, type, field)                                                                   \
    {                                                                                              \
        name, dt_get_int, NULL, NULL, (void *)offsetof(type, field)                                \
    }
PyObject *dt_get_int(PyObject *self, void *where);

/* calendar (datetime_calendar.c) */
int dt_is_leap(int year);
int dt_days_in_month(int year, int month);
int dt_days_before_month(int year, int month);
int dt_ymd_to_ord(int year, int month, int day);
void dt_ord_to_ymd(int ordinal, int *year, int *month, int *day);
int dt_weekday(int year, int month, int day); /* Monday 0 */
int dt_iso_week1_monday(int year);
int dt_check_date(int year, int month, int day); /* 0, or -1 with ValueError */
int dt_check_time(int hour, int minute, int second, int us);

/* timedelta */
PyObject *dt_new_delta(PyTypeObject *type, int64_t days, int64_t seconds, int64_t us,
                       int normalize);
PyObject *dt_delta_add(PyObject *a, PyObject *b, int sign);

/* tzinfo: method results. tz NULL or None gives none. */
int dt_check_tzinfo(PyObject *p);
/* Minutes east of UTC from tz.utcoffset(arg) or tz.dst(arg): *none set when naive; -1 with
 * exception: check PyErr_Occurred. */
int dt_call_offset(PyObject *tz, const char *name, PyObject *arg, int *none);
PyObject *dt_offset_delta(PyObject *tz, const char *name, PyObject *arg); /* timedelta or None */
PyObject *dt_call_tzname(PyObject *tz, PyObject *arg);                    /* str or None */
int dt_format_offset(char *buf, size_t n, const char *sep, PyObject *tz,
                     PyObject *arg); /* "" when naive */
/* Appends ", tzinfo=..." to a repr that ends in ')'; steals repr. */
PyObject *dt_repr_with_tzinfo(PyObject *repr, PyObject *tzinfo);

/* strftime with %z %Z %f of an object; timetuple is what time.strftime gets. */
PyObject *dt_wrap_strftime(PyObject *object, PyObject *format, PyObject *timetuple,
                           PyObject *tzarg);
PyObject *dt_format(PyObject *self, PyObject *args);
PyObject *dt_build_struct_time(int y, int m, int d, int hh, int mm, int ss, int dst);
PyObject *dt_current_time(void); /* time.time() */
/* Rich comparison result of diff against 0. */
PyObject *dt_cmp_result(int diff, int op);
PyObject *dt_cmp_error(PyObject *a, PyObject *b);

PyObject *dt_new_date(int y, int m, int d, PyTypeObject *type);
PyObject *dt_new_datetime(int y, int m, int d, int hh, int mm, int ss, int us, PyObject *tz,
                          PyTypeObject *type);
PyObject *dt_new_time(int hh, int mm, int ss, int us, PyObject *tz, PyTypeObject *type);
/* date and delta arithmetic shared by date and datetime: normalises fields; -1 with OverflowError.
 */
int dt_normalize_date(int *y, int *m, int *d, int64_t extra_days);
PyObject *dt_date_fromtimestamp(PyObject *cls, PyObject *args);
PyObject *dt_date_isocalendar(PyObject *self, PyObject *unused);
PyObject *dt_combine_hash_offset(int64_t days, int64_t seconds, int us);
#endif
