/* SPDX-License-Identifier: MIT */
/* strftime in the C locale, with glibc's extensions: flags _ - 0 ^ #, a width, modifiers E and O. A
 * code it does not know stays in the text as it is. */
#include "modules/time_private.h"

typedef struct {
    char *buf;
    Py_ssize_t used, room;
    int failed;
} text;

static void put(text *t, const char *s, size_t n)
{
    if (t->failed)
        return;
    if ((Py_ssize_t)n > t->room - t->used) {
        Py_ssize_t room = t->room * 2 + (Py_ssize_t)n + 64;
        char *grown = PyMem_Realloc(t->buf, room);

        if (grown == NULL) {
            t->failed = 1;
            return;
        }
        t->buf = grown;
        t->room = room;
    }
    memcpy(t->buf + t->used, s, n);
    t->used += (Py_ssize_t)n;
}

/* One conversion: flag '\0' or one of _ - 0 ^ #, width -1 when not given. */
typedef struct {
    char flag;
    int width, upper, swap;
} spec;

static void put_padded(text *t, const char *s, const spec *sp, char fill)
{
    size_t n = strlen(s);
    int i;

    if (sp->flag == '_')
        fill = ' ';
    else if (sp->flag == '0')
        fill = '0';
    if (sp->flag != '-')
        for (i = (int)n; i < sp->width && i < 1000; i++)
            put(t, &fill, 1);
    put(t, s, n);
}

static void put_text(text *t, const char *s, const spec *sp)
{
    char buf[64];
    size_t i;

    for (i = 0; s[i] && i < sizeof buf - 1; i++)
        buf[i] = sp->upper || sp->swap ? (char)Py_TOUPPER(s[i]) : s[i];
    buf[i] = '\0';
    put_padded(t, buf, sp, ' ');
}

static void put_number(text *t, int64_t v, int digits, char fill, const spec *sp)
{
    char buf[40];
    spec s = *sp;

    if (s.flag == '_')
        fill = ' ';
    else if (s.flag == '0')
        fill = '0';
    if (s.flag == '-')
        PyOS_snprintf(buf, sizeof buf, "%ld", (py_long)v);
    else {
        int i, n, width = s.width > digits ? s.width : digits;
        char number[32], pad[36];

        n = PyOS_snprintf(number, sizeof number, "%ld", (py_long)(v < 0 ? -v : v));
        if (width > 30)
            width = 30;
        for (i = 0; i < width - n - (v < 0); i++)
            pad[i] = fill;
        pad[i] = '\0';
        if (fill == ' ')
            PyOS_snprintf(buf, sizeof buf, "%s%s%s", pad, v < 0 ? "-" : "", number);
        else
            PyOS_snprintf(buf, sizeof buf, "%s%s%s", v < 0 ? "-" : "", pad, number);
        s.width = -1;
    }
    put(t, buf, strlen(buf));
}

static int days_in(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 366 : 365;
}

/* ISO 8601: the week's number and the year it belongs to. */
static int iso_week(const host_tm_t *tm, int *year)
{
    int days = tm->yday - (tm->yday - tm->wday + 382) % 7 + 3; /* days since the start of week 1 */

    *year = tm->year;
    if (days < 0) {
        (*year)--;
        days = tm->yday + days_in(*year);
        days = days - (days - tm->wday + 382) % 7 + 3;
    } else {
        int later = tm->yday - days_in(*year);
        int d = later - (later - tm->wday + 382) % 7 + 3;

        if (d >= 0) {
            (*year)++;
            days = d;
        }
    }
    return days / 7 + 1;
}

static const char *const day_names[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                        "Thursday", "Friday", "Saturday"};
static const char *const month_names[] = {"January",   "February", "March",    "April",
                                          "May",       "June",     "July",     "August",
                                          "September", "October",  "November", "December"};

static void format_into(text *t, const char *f, const host_tm_t *tm);

static void put_format(text *t, const char *f, const host_tm_t *tm, const spec *sp)
{
    text inner = {0};

    format_into(&inner, f, tm);
    put(&inner, "", 1);
    if (inner.failed)
        t->failed = 1;
    else
        put_padded(t, inner.buf, sp, ' ');
    PyMem_Free(inner.buf);
}

static int64_t seconds_of(const host_tm_t *tm)
{
    host_tm_t copy = *tm;
    int64_t s = -1;

    host_mktime(&copy, &s);
    return s;
}

static const char *zone_name(const host_tm_t *tm)
{
    if (tm->zone[0] != '\0')
        return tm->zone;
    return tm->isdst < 0 ? "" : _PyTime_Zones[tm->isdst > 0];
}

/* The conversion c; 0 when there is none of that name. */
static int convert(text *t, char c, const host_tm_t *tm, const spec *sp)
{
    int hour12 = tm->hour % 12 == 0 ? 12 : tm->hour % 12, year, week;
    char abbreviation[4] = "";

    switch (c) {
    case '%':
        put(t, "%", 1);
        return 1;
    case 'n':
        put(t, "\n", 1);
        return 1;
    case 't':
        put(t, "\t", 1);
        return 1;
    case 'a':
    case 'A':
        if (c == 'a')
            memcpy(abbreviation, day_names[tm->wday % 7], 3);
        put_text(t, c == 'a' ? abbreviation : day_names[tm->wday % 7], sp);
        return 1;
    case 'b':
    case 'h':
    case 'B':
        if (c != 'B')
            memcpy(abbreviation, month_names[tm->mon % 12], 3);
        put_text(t, c != 'B' ? abbreviation : month_names[tm->mon % 12], sp);
        return 1;
    case 'c':
        put_format(t, "%a %b %e %H:%M:%S %Y", tm, sp);
        return 1;
    case 'C':
        put_number(t, tm->year / 100 - (tm->year % 100 < 0), 2, '0', sp);
        return 1;
    case 'x':
    case 'D':
        put_format(t, "%m/%d/%y", tm, sp);
        return 1;
    case 'd':
        put_number(t, tm->mday, 2, '0', sp);
        return 1;
    case 'e':
        put_number(t, tm->mday, 2, ' ', sp);
        return 1;
    case 'F':
        put_format(t, "%Y-%m-%d", tm, sp);
        return 1;
    case 'H':
        put_number(t, tm->hour, 2, '0', sp);
        return 1;
    case 'I':
        put_number(t, hour12, 2, '0', sp);
        return 1;
    case 'k':
        put_number(t, tm->hour, 2, ' ', sp);
        return 1;
    case 'l':
        put_number(t, hour12, 2, ' ', sp);
        return 1;
    case 'j':
        put_number(t, tm->yday + 1, 3, '0', sp);
        return 1;
    case 'M':
        put_number(t, tm->min, 2, '0', sp);
        return 1;
    case 'm':
        put_number(t, tm->mon + 1, 2, '0', sp);
        return 1;
    case 'P':
        put_padded(t, tm->hour > 11 ? "pm" : "am", sp, ' ');
        return 1;
    case 'p':
        if (sp->swap)
            put_padded(t, tm->hour > 11 ? "pm" : "am", sp, ' ');
        else
            put_padded(t, tm->hour > 11 ? "PM" : "AM", sp, ' ');
        return 1;
    case 'R':
        put_format(t, "%H:%M", tm, sp);
        return 1;
    case 'r':
        put_format(t, "%I:%M:%S %p", tm, sp);
        return 1;
    case 'S':
        put_number(t, tm->sec, 2, '0', sp);
        return 1;
    case 's':
        put_number(t, seconds_of(tm), 1, '0', sp);
        return 1;
    case 'X':
    case 'T':
        put_format(t, "%H:%M:%S", tm, sp);
        return 1;
    case 'u':
        put_number(t, (tm->wday + 6) % 7 + 1, 1, '0', sp);
        return 1;
    case 'w':
        put_number(t, tm->wday, 1, '0', sp);
        return 1;
    case 'U':
        put_number(t, (tm->yday - tm->wday + 7) / 7, 2, '0', sp);
        return 1;
    case 'W':
        put_number(t, (tm->yday - (tm->wday + 6) % 7 + 7) / 7, 2, '0', sp);
        return 1;
    case 'V':
    case 'g':
    case 'G':
        week = iso_week(tm, &year);
        if (c == 'V')
            put_number(t, week, 2, '0', sp);
        else if (c == 'g')
            put_number(t, (year % 100 + 100) % 100, 2, '0', sp);
        else
            put_number(t, year, 1, '0', sp);
        return 1;
    case 'Y':
        put_number(t, tm->year, 1, '0', sp);
        return 1;
    case 'y':
        put_number(t, (tm->year % 100 + 100) % 100, 2, '0', sp);
        return 1;
    case 'Z': {
        spec s = *sp;

        s.upper = 0;
        put_padded(t, zone_name(tm), &s, ' ');
        return 1;
    }
    case 'z': {
        int off = tm->gmtoff / 60;
        char buf[16];

        if (tm->isdst < 0)
            return 1;
        PyOS_snprintf(buf, sizeof buf, "%c%02d%02d", off < 0 ? '-' : '+',
                      (off < 0 ? -off : off) / 60, (off < 0 ? -off : off) % 60);
        put(t, buf, strlen(buf));
        return 1;
    }
    default:
        return 0;
    }
}

static void format_into(text *t, const char *f, const host_tm_t *tm)
{
    while (*f != '\0') {
        const char *start = f;
        spec sp = {'\0', -1, 0, 0};

        if (*f != '%') {
            while (*f != '\0' && *f != '%')
                f++;
            put(t, start, (size_t)(f - start));
            continue;
        }
        f++;
        for (;; f++) {
            if (*f == '_' || *f == '-' || *f == '0')
                sp.flag = *f;
            else if (*f == '^')
                sp.upper = 1;
            else if (*f == '#')
                sp.swap = 1;
            else
                break;
        }
        if (*f >= '0' && *f <= '9') {
            sp.width = 0;
            while (*f >= '0' && *f <= '9') {
                sp.width = sp.width > 100000 ? sp.width : sp.width * 10 + (*f - '0');
                f++;
            }
        }
        if ((*f == 'E' || *f == 'O') && f[1] != '\0')
            f++;
        if (*f == '\0') {
            put(t, start, (size_t)(f - start));
            break;
        }
        f++;
        if (!convert(t, f[-1], tm, &sp))
            put(t, start, (size_t)(f - start));
    }
}

PyObject *_PyTime_Format(const char *format, const host_tm_t *tm)
{
    text t = {0};
    PyObject *result;

    format_into(&t, format, tm);
    result = t.failed ? PyErr_NoMemory() : PyString_FromStringAndSize(t.buf ? t.buf : "", t.used);
    PyMem_Free(t.buf);
    return result;
}
