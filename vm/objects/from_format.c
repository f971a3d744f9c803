/* SPDX-License-Identifier: MIT */
/* PyString_FromFormat and PyUnicode_FromFormat: printf's conversions into a new object. %ld and %zd
 * are 64 bits on every target; an unknown conversion copies the rest of the format as it is. */
#include "Python.h"

typedef struct {
    char *p;
    Py_ssize_t n, room;
} text;

static int add(text *t, const char *s, Py_ssize_t n)
{
    if (n > t->room - t->n) {
        Py_ssize_t room = t->n + n + t->n / 2 + 64;
        char *p = PyMem_Realloc(t->p, room);
        if (p == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        t->p = p;
        t->room = room;
    }
    if (n > 0) /* t->p may still be NULL */
        memcpy(t->p + t->n, s, (size_t)n);
    t->n += n;
    return 0;
}

static Py_ssize_t length_within(const char *s, int precision)
{
    Py_ssize_t n = 0;
    while ((precision < 0 || n < precision) && s[n] != '\0') {
        n++;
    }
    return n;
}

/* For unicode results: the object conversions %S %R %U %V as UTF-8. 0 done, 1 not such a
 * conversion. */
static int add_object(text *t, char c, int precision, va_list *va)
{
    PyObject *o = NULL, *u = NULL, *utf8 = NULL;
    int r = -1;

    if (c == 'U' || c == 'V') {
        o = va_arg(*va, PyObject *);
        if (c == 'V') {
            const char *s = va_arg(*va, const char *);
            if (o == NULL) {
                return add(t, s, length_within(s, precision));
            }
        }
        Py_INCREF(o);
        u = o;
    } else if (c == 'S') {
        u = PyObject_Unicode(va_arg(*va, PyObject *));
    } else if (c == 'R') {
        o = PyObject_Repr(va_arg(*va, PyObject *));
        u = o == NULL ? NULL : PyUnicode_FromObject(o);
        Py_XDECREF(o);
    } else {
        return 1;
    }
    utf8 = u == NULL ? NULL : PyUnicode_AsUTF8String(u);
    if (utf8 != NULL) {
        r = add(t, PyString_AS_STRING(utf8), PyString_GET_SIZE(utf8));
    }
    Py_XDECREF(u);
    Py_XDECREF(utf8);
    return r;
}

static int format_into(text *t, const char *f, va_list *va, int unicode)
{
    while (*f != '\0') {
        const char *percent = f;
        char flags[8], spec[24], digits[64];
        int nflags = 0, width = 0, precision = -1, size = 0, m = 0;

        if (*f != '%') {
            const char *start = f;
            while (*f != '\0' && *f != '%') {
                f++;
            }
            if (add(t, start, f - start) < 0) {
                return -1;
            }
            continue;
        }
        f++;
        while (*f != '\0' && strchr("-+ #0", *f) != NULL) {
            if (nflags < 5) {
                flags[nflags++] = *f;
            }
            f++;
        }
        flags[nflags] = '\0';
        while (Py_ISDIGIT(*f) && width < 1000) {
            width = width * 10 + (*f++ - '0');
        }
        if (*f == '.') {
            f++;
            precision = 0;
            while (Py_ISDIGIT(*f) && precision < 100000000) {
                precision = precision * 10 + (*f++ - '0');
            }
        }
        while (*f == 'l' || *f == 'z') {
            size = 1;
            f++;
        }
        switch (*f) {
        case 'd':
        case 'i':
        case 'u':
        case 'x':
        case 'X': {
            int64_t x;
            if (width > 40) {
                width = 40;
            }
            if (precision > 20) {
                precision = 20;
            }
            if (*f == 'd' || *f == 'i') {
                x = size ? va_arg(*va, int64_t) : va_arg(*va, int);
            } else {
                x = size ? va_arg(*va, int64_t) : (int64_t)va_arg(*va, unsigned int);
            }
            m = snprintf(spec, sizeof(spec), "%%%s", flags);
            if (width > 0) {
                m += snprintf(spec + m, sizeof(spec) - (size_t)m, "%d", width);
            }
            if (precision >= 0) {
                m += snprintf(spec + m, sizeof(spec) - (size_t)m, ".%d", precision);
            }
            m += snprintf(spec + m, sizeof(spec) - (size_t)m, "ll%c", *f);
            m = snprintf(digits, sizeof(digits), spec, (long long)x);
            if (add(t, digits, m) < 0) {
                return -1;
            }
            break;
        }
        case 'c': {
            int c = va_arg(*va, int);
            if (unicode && c >= 0x80) {
                PyObject *u = PyUnicode_FromOrdinal(c);
                PyObject *utf8 = u == NULL ? NULL : PyUnicode_AsUTF8String(u);
                int r =
                    utf8 == NULL ? -1 : add(t, PyString_AS_STRING(utf8), PyString_GET_SIZE(utf8));
                Py_XDECREF(u);
                Py_XDECREF(utf8);
                if (r < 0) {
                    return -1;
                }
                break;
            }
            digits[0] = (char)c;
            if (add(t, digits, 1) < 0) {
                return -1;
            }
            break;
        }
        case 's': {
            const char *s = va_arg(*va, const char *);
            if (add(t, s, length_within(s, precision)) < 0) {
                return -1;
            }
            break;
        }
        case 'p':
            m = snprintf(digits, sizeof(digits), "0x%" PRIxPTR, (uintptr_t)va_arg(*va, void *));
            if (add(t, digits, m) < 0) {
                return -1;
            }
            break;
        case '%':
            if (add(t, "%", 1) < 0) {
                return -1;
            }
            break;
        default: {
            int r = unicode && *f != '\0' ? add_object(t, *f, precision, va) : 1;
            if (r < 0) {
                return -1;
            }
            if (r > 0) {
                return add(t, percent, (Py_ssize_t)strlen(percent));
            }
        }
        }
        f++;
    }
    return 0;
}

PyObject *PyString_FromFormatV(const char *format, va_list va)
{
    text t = {NULL, 0, 0};
    va_list copy;
    PyObject *v = NULL;

    va_copy(copy, va);
    if (format_into(&t, format, &copy, 0) == 0) {
        v = PyString_FromStringAndSize(t.n > 0 ? t.p : "", t.n);
    }
    va_end(copy);
    PyMem_Free(t.p);
    return v;
}

PyObject *PyString_FromFormat(const char *format, ...)
{
    va_list va;
    PyObject *v;
    va_start(va, format);
    v = PyString_FromFormatV(format, va);
    va_end(va);
    return v;
}

PyObject *PyUnicode_FromFormatV(const char *format, va_list va)
{
    text t = {NULL, 0, 0};
    va_list copy;
    PyObject *v = NULL;

    va_copy(copy, va);
    if (format_into(&t, format, &copy, 1) == 0) {
        v = PyUnicode_DecodeUTF8(t.n > 0 ? t.p : "", t.n, "replace");
    }
    va_end(copy);
    PyMem_Free(t.p);
    return v;
}

PyObject *PyUnicode_FromFormat(const char *format, ...)
{
    va_list va;
    PyObject *v;
    va_start(va, format);
    v = PyUnicode_FromFormatV(format, va);
    va_end(va);
    return v;
}
