/* SPDX-License-Identifier: MIT */
/* The % operator of str and unicode: one engine, which reads the format and writes the result in
 * units of one or four bytes. A conversion yields a piece of text (a str or unicode object, or a
 * character); sign, prefix, padding are put around it here. A str format that meets a unicode
 * argument stops and is done again from that conversion on as unicode. */
#include "str_private.h"

typedef struct {
    int wide;
    const void *p;
    Py_ssize_t n, at;
} reader;

typedef struct {
    int wide;
    void *p;
    Py_ssize_t n, room;
} writer;

typedef struct {
    reader in;
    writer out;
    PyObject *args; /* owned when args_owned */
    int args_owned;
    PyObject *dict;                /* borrowed, NULL when keys cannot be looked up */
    Py_ssize_t count, next;        /* count -1: args itself is the one argument */
    Py_ssize_t spec_at, spec_next; /* where the conversion being done started */
} engine;

typedef struct {
    int flags;
    Py_ssize_t width; /* -1: none */
    int precision;    /* -1: none */
    uint32_t type;
} conversion;

static uint32_t unit_at(const reader *r, Py_ssize_t i)
{
    return r->wide ? ((const Py_UNICODE *)r->p)[i] : ((const unsigned char *)r->p)[i];
}

/* -- Output -------------------------------------------------------------------------------------
 */
static int reserve(writer *w, Py_ssize_t more)
{
    if (more > w->room - w->n) {
        Py_ssize_t room;
        void *p;
        if (more > PY_SSIZE_T_MAX / 8 - w->n) {
            PyErr_NoMemory();
            return -1;
        }
        room = w->n + more + (w->n + more) / 4 + 32;
        p = PyMem_Realloc(w->p, room * (w->wide ? 4 : 1));
        if (p == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        w->p = p;
        w->room = room;
    }
    return 0;
}

static int put_fill(writer *w, uint32_t c, Py_ssize_t n)
{
    if (n <= 0) {
        return 0;
    }
    if (reserve(w, n) < 0) {
        return -1;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        if (w->wide) {
            ((Py_UNICODE *)w->p)[w->n++] = c;
        } else {
            ((char *)w->p)[w->n++] = (char)c;
        }
    }
    return 0;
}

/* Units [from, to) of a text as wide as textwide; narrow text is ASCII when w is wide. */
static int put_text(writer *w, const void *text, int textwide, Py_ssize_t from, Py_ssize_t to)
{
    Py_ssize_t n = to - from;
    if (n <= 0) {
        return 0;
    }
    if (reserve(w, n) < 0) {
        return -1;
    }
    if (w->wide && !textwide) {
        for (Py_ssize_t i = from; i < to; i++) {
            ((Py_UNICODE *)w->p)[w->n++] = ((const unsigned char *)text)[i];
        }
    } else {
        int size = w->wide ? 4 : 1;
        memcpy((char *)w->p + w->n * size, (const char *)text + from * size, (size_t)(n * size));
        w->n += n;
    }
    return 0;
}

static PyObject *finish(writer *w)
{
    PyObject *v;

    if (w->wide)
        return PyUnicode_FromUnicode(w->n > 0 ? w->p : (const void *)"\0\0\0\0", w->n);
    if (w->n == 0)
        return PyString_FromStringAndSize("", 0);
    /* A new string even for one character: marshal tells it from the shared one. */
    v = PyString_FromStringAndSize(NULL, w->n);
    if (v != NULL)
        memcpy(PyString_AS_STRING(v), w->p, (size_t)w->n);
    return v;
}

/* -- Arguments ----------------------------------------------------------------------------------
 */
static PyObject *next_argument(engine *e)
{
    if (e->next < e->count) {
        Py_ssize_t i = e->next++;
        return e->count < 0 ? e->args : PyTuple_GET_ITEM(e->args, i);
    }
    PyErr_SetString(PyExc_TypeError, "not enough arguments for format string");
    return NULL;
}

static PyObject *slice_object(const reader *r, Py_ssize_t from, Py_ssize_t to)
{
    return r->wide ? PyUnicode_FromUnicode((const Py_UNICODE *)r->p + from, to - from)
                   : PyString_FromStringAndSize((const char *)r->p + from, to - from);
}

/* After "%(": looks the key up; the value is the next and only argument. */
static int take_key(engine *e)
{
    reader *r = &e->in;
    Py_ssize_t start = r->at;
    int depth = 1;
    PyObject *key, *value;

    if (e->dict == NULL) {
        PyErr_SetString(PyExc_TypeError, "format requires a mapping");
        return -1;
    }
    while (r->at < r->n && depth > 0) {
        uint32_t c = unit_at(r, r->at++);
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    }
    if (depth > 0) {
        PyErr_SetString(PyExc_ValueError, "incomplete format key");
        return -1;
    }
    key = slice_object(r, start, r->at - 1);
    if (key == NULL) {
        return -1;
    }
    value = PyObject_GetItem(e->dict, key);
    Py_DECREF(key);
    if (value == NULL) {
        return -1;
    }
    if (e->args_owned) {
        Py_DECREF(e->args);
    }
    e->args = value;
    e->args_owned = 1;
    e->count = -1;
    e->next = -2;
    return 0;
}

/* Reads what stands between % and the type letter. c is the current unit, *pc that after. */
static int take_number(engine *e, uint32_t *pc, py_long max, const char *too_big, py_long *out)
{
    uint32_t c = *pc;
    py_long n = 0;
    while (c >= '0' && c <= '9') {
        if (n > (max - (py_long)(c - '0')) / 10) {
            PyErr_SetString(PyExc_ValueError, too_big);
            return -1;
        }
        n = n * 10 + (py_long)(c - '0');
        if (e->in.at >= e->in.n) {
            c = 0;
            break;
        }
        c = unit_at(&e->in, e->in.at++);
        if (e->in.at >= e->in.n && c >= '0' && c <= '9') {
            c = 0; /* the format ends in a digit */
            break;
        }
    }
    *pc = c;
    *out = n;
    return 0;
}

static int take_spec(engine *e, conversion *k)
{
    reader *r = &e->in;
    uint32_t c = 0;
    py_long n;

    k->flags = 0;
    k->width = -1;
    k->precision = -1;
    if (r->at < r->n && unit_at(r, r->at) == '(') {
        r->at++;
        if (take_key(e) < 0) {
            return -1;
        }
    }
    for (;;) {
        if (r->at >= r->n) {
            goto incomplete;
        }
        c = unit_at(r, r->at++);
        if (c == '-') {
            k->flags |= F_LJUST;
        } else if (c == '+') {
            k->flags |= F_SIGN;
        } else if (c == ' ') {
            k->flags |= F_BLANK;
        } else if (c == '#') {
            k->flags |= F_ALT;
        } else if (c == '0') {
            k->flags |= F_ZERO;
        } else {
            break;
        }
    }
    if (c == '*') {
        PyObject *v = next_argument(e);
        if (v == NULL) {
            return -1;
        }
        if (!PyInt_Check(v)) {
            PyErr_SetString(PyExc_TypeError, "* wants int");
            return -1;
        }
        k->width = PyInt_AS_LONG(v);
        if (k->width < 0) {
            k->flags |= F_LJUST;
            k->width = k->width == PY_LONG_MIN ? PY_LONG_MAX : -k->width;
        }
        if (r->at >= r->n) {
            goto incomplete;
        }
        c = unit_at(r, r->at++);
    } else if (c >= '0' && c <= '9') {
        if (take_number(e, &c, PY_SSIZE_T_MAX, "width too big", &n) < 0) {
            return -1;
        }
        if (c == 0) {
            goto incomplete;
        }
        k->width = n;
    }
    if (c == '.') {
        k->precision = 0;
        if (r->at >= r->n) {
            goto incomplete;
        }
        c = unit_at(r, r->at++);
        if (c == '*') {
            PyObject *v = next_argument(e);
            if (v == NULL) {
                return -1;
            }
            if (!PyInt_Check(v)) {
                PyErr_SetString(PyExc_TypeError, "* wants int");
                return -1;
            }
            k->precision = _PyInt_AsInt(v);
            if (k->precision == -1 && PyErr_Occurred()) {
                return -1;
            }
            if (k->precision < 0) {
                k->precision = 0;
            }
            if (r->at >= r->n) {
                goto incomplete;
            }
            c = unit_at(r, r->at++);
        } else if (c >= '0' && c <= '9') {
            if (take_number(e, &c, INT_MAX, "prec too big", &n) < 0) {
                return -1;
            }
            if (c == 0) {
                goto incomplete;
            }
            k->precision = (int)n;
        }
    }
    if (c == 'h' || c == 'l' || c == 'L') {
        if (r->at >= r->n) {
            goto incomplete;
        }
        c = unit_at(r, r->at++);
    }
    k->type = c;
    return 0;
incomplete:
    PyErr_SetString(PyExc_ValueError, "incomplete format");
    return -1;
}

/* -- Numbers ------------------------------------------------------------------------------------
 */
/* Sign, 0x or 0 prefix, zeros up to the precision, digits. */
static PyObject *lay_out_digits(const char *digits, Py_ssize_t n, int negative, int flags,
                                int precision, int type)
{
    Py_ssize_t zeros = precision > n ? precision - n : 0;
    int hex = (flags & F_ALT) && (type == 'x' || type == 'X');
    PyObject *v;
    char *out;

    if ((flags & F_ALT) && type == 'o' && zeros == 0 && (n == 0 || digits[0] != '0')) {
        zeros = 1;
    }
    v = PyString_FromStringAndSize(NULL, negative + (hex ? 2 : 0) + zeros + n);
    if (v == NULL) {
        return NULL;
    }
    out = PyString_AS_STRING(v);
    if (negative) {
        *out++ = '-';
    }
    if (hex) {
        *out++ = '0';
        *out++ = (char)type;
    }
    memset(out, '0', (size_t)zeros);
    out += zeros;
    for (Py_ssize_t i = 0; i < n; i++) {
        out[i] = (char)(type == 'X' ? Py_TOUPPER(digits[i]) : digits[i]);
    }
    return v;
}

PyObject *_PyString_FormatLong(PyObject *val, int flags, int prec, int type, char **pbuf, int *plen)
{
    int base = type == 'o' ? 8 : type == 'x' || type == 'X' ? 16 : 10, negative;
    PyObject *text, *result;
    const char *s;
    Py_ssize_t n;

    if (type != 'o' && type != 'x' && type != 'X' && type != 'd' && type != 'u' && type != 'i') {
        PyErr_BadInternalCall();
        return NULL;
    }
    if (PyLong_CheckExact(val)) {
        text = _PyLong_Format(val, base, 0, 1);
    } else { /* a class of its own has its say through __str__, __oct__ and __hex__ */
        PyNumberMethods *nb = Py_TYPE(val)->tp_as_number;
        text = base == 10  ? Py_TYPE(val)->tp_str(val)
               : base == 8 ? nb->nb_oct(val)
                           : nb->nb_hex(val);
    }
    if (text == NULL) {
        return NULL;
    }
    s = PyString_AsString(text);
    if (s == NULL) {
        Py_DECREF(text);
        return NULL;
    }
    n = (Py_ssize_t)strlen(s);
    negative = *s == '-';
    if (negative) {
        s++;
        n--;
    }
    if (n > 0 && (s[n - 1] == 'L' || s[n - 1] == 'l')) {
        n--;
    }
    /* The base's mark goes: 0x, 0o, or the 0 of an __oct__ of a class's own. */
    Py_ssize_t prefix = 0;
    if (base == 16) {
        prefix = n > 2 && s[0] == '0' && (s[1] == 'x' || s[1] == 'X') ? 2 : n;
    } else if (base == 8) {
        prefix = n > 2 && PyLong_CheckExact(val) ? 2 : n > 0 && s[0] == '0' ? n > 1 : n;
    }
    s += prefix;
    n -= prefix;
    if (n <= 0) {
        PyErr_Format(PyExc_ValueError, "%%%c format: invalid result of %s (type=%.200s)", type,
                     base == 10  ? "__str__"
                     : base == 8 ? "__oct__"
                                 : "__hex__",
                     Py_TYPE(val)->tp_name);
        Py_DECREF(text);
        return NULL;
    }
    result = lay_out_digits(s, n, negative, flags, prec, type);
    Py_DECREF(text);
    if (result != NULL && pbuf != NULL) {
        if (PyString_GET_SIZE(result) > INT_MAX) {
            PyErr_SetString(PyExc_ValueError, "string too large in _PyString_FormatLong");
            Py_DECREF(result);
            return NULL;
        }
        *pbuf = PyString_AS_STRING(result);
        *plen = (int)PyString_GET_SIZE(result);
    }
    return result;
}

static PyObject *format_int(py_long value, int flags, int precision, int type)
{
    static const char alphabet[] = "0123456789abcdef";
    py_ulong u = value < 0 ? 0 - (py_ulong)value : (py_ulong)value;
    unsigned base = type == 'o' ? 8 : type == 'x' || type == 'X' ? 16 : 10;
    char digits[24];
    Py_ssize_t at = (Py_ssize_t)sizeof(digits);

    if (precision > 116) { /* CPython's limit for ints; longs have none */
        PyErr_SetString(PyExc_OverflowError,
                        "formatted integer is too long (precision too large?)");
        return NULL;
    }
    while (u != 0) {
        digits[--at] = alphabet[u % base];
        u /= base;
    }
    if (at == (Py_ssize_t)sizeof(digits) && precision != 0) {
        digits[--at] = '0';
    }
    return lay_out_digits(digits + at, (Py_ssize_t)sizeof(digits) - at, value < 0, flags, precision,
                          type);
}

static PyObject *format_integer(PyObject *v, const conversion *k)
{
    int type = (int)k->type;
    PyObject *number = NULL, *result = NULL;

    if (type == 'i') {
        type = 'd';
    }
    if (PyNumber_Check(v)) {
        if (PyInt_Check(v) || PyLong_Check(v)) {
            number = v;
            Py_INCREF(number);
        } else {
            number = PyNumber_Int(v);
            if (number == NULL) {
                PyErr_Clear();
                number = PyNumber_Long(v);
            }
        }
    }
    if (number == NULL) {
        PyErr_Clear();
    } else if (PyInt_Check(number)) {
        result = format_int(PyInt_AS_LONG(number), k->flags, k->precision, type);
    } else if (PyLong_Check(number)) {
        result = _PyString_FormatLong(number, k->flags, k->precision, type, NULL, NULL);
    } else {
        Py_CLEAR(number);
    }
    if (number == NULL) {
        PyErr_Format(PyExc_TypeError, "%%%c format: a number is required, not %.200s", type,
                     Py_TYPE(v)->tp_name);
    }
    Py_XDECREF(number);
    return result;
}

static PyObject *format_float(PyObject *v, const conversion *k, int wide)
{
    double x = PyFloat_AsDouble(v);
    char *text;
    PyObject *result;

    if (x == -1.0 && PyErr_Occurred()) {
        if (!wide) {
            PyErr_Format(PyExc_TypeError, "float argument required, not %.200s",
                         Py_TYPE(v)->tp_name);
        }
        return NULL;
    }
    text = PyOS_double_to_string(x, (char)k->type, k->precision < 0 ? 6 : k->precision,
                                 k->flags & F_ALT ? Py_DTSF_ALT : 0, NULL);
    if (text == NULL) {
        return NULL;
    }
    result = PyString_FromString(text);
    PyMem_Free(text);
    return result;
}

/* -- Conversions --------------------------------------------------------------------------------
 */
/* %c. 1 with *c set, 0 when a str format must go on as unicode, -1 on error. */
static int convert_char(PyObject *v, int wide, uint32_t *c)
{
    if (PyUnicode_Check(v)) {
        if (!wide) {
            return 0;
        }
        if (PyUnicode_GET_SIZE(v) != 1) {
            goto wrong;
        }
        *c = PyUnicode_AS_UNICODE(v)[0];
        return 1;
    }
    if (PyString_Check(v)) {
        if (PyString_GET_SIZE(v) != 1) {
            goto wrong;
        }
        *c = (unsigned char)PyString_AS_STRING(v)[0];
        if (wide && *c >= 0x80) {
            PyObject *u = PyUnicode_FromObject(v);
            if (u == NULL) {
                return -1;
            }
            *c = PyUnicode_GET_SIZE(u) > 0 ? PyUnicode_AS_UNICODE(u)[0] : 0;
            Py_DECREF(u);
        }
        return 1;
    }
    if (wide) {
        py_long x = PyInt_AsLong(v);
        if (x == -1 && PyErr_Occurred()) {
            goto wrong;
        }
        if (x < 0 || x > 0x10FFFF) {
            PyErr_SetString(PyExc_OverflowError,
                            "%c arg not in range(0x110000) (wide Python build)");
            return -1;
        }
        *c = (uint32_t)x;
        return 1;
    }
    unsigned char b;
    if (!PyArg_Parse(v, "b;%c requires int or char", &b)) {
        return -1;
    }
    *c = b;
    return 1;
wrong:
    PyErr_SetString(PyExc_TypeError, "%c requires int or char");
    return -1;
}

/* %s and %r: a text object of the result's kind. A str format answers a unicode object when it must
 * go on as unicode. */
static PyObject *convert_text(PyObject *v, uint32_t type, int wide)
{
    PyObject *text;

    if (!wide && type == 's' && PyUnicode_Check(v)) {
        Py_INCREF(v);
        return v;
    }
    if (!wide) {
        text = type == 's' ? _PyObject_Str(v) : PyObject_Repr(v);
        if (text != NULL && !PyString_Check(text) && !PyUnicode_Check(text)) {
            PyErr_SetString(PyExc_TypeError, "%s argument has non-string str()");
            Py_CLEAR(text);
        }
        return text;
    }
    if (PyUnicode_CheckExact(v) && type == 's') {
        Py_INCREF(v);
        return v;
    }
    text = type == 's' ? PyObject_Unicode(v) : PyObject_Repr(v);
    if (text == NULL || PyUnicode_Check(text)) {
        return text;
    }
    if (PyString_Check(text)) {
        PyObject *u =
            PyUnicode_Decode(PyString_AS_STRING(text), PyString_GET_SIZE(text), NULL, "strict");
        Py_DECREF(text);
        return u;
    }
    Py_DECREF(text);
    PyErr_SetString(PyExc_TypeError, "%s argument has non-string str()");
    return NULL;
}

/* Writes a piece with sign, prefix and padding. numeric: the text may start with a sign. */
static int put_piece(writer *w, const conversion *k, const void *text, int textwide, Py_ssize_t n,
                     int numeric)
{
    Py_ssize_t at = 0, width = k->width, pad;
    uint32_t fill = numeric && (k->flags & F_ZERO) ? '0' : ' ';
    char head[4];
    int heads = 0;

    if (numeric) {
        const char *s = text;
        if (n > 0 && (s[0] == '-' || s[0] == '+')) {
            head[heads++] = s[at++];
        } else if (k->flags & F_SIGN) {
            head[heads++] = '+';
        } else if (k->flags & F_BLANK) {
            head[heads++] = ' ';
        }
        if ((k->flags & F_ALT) && (k->type == 'x' || k->type == 'X') && n >= at + 2) {
            head[heads++] = s[at++];
            head[heads++] = s[at++];
        }
    }
    pad = width - heads - (n - at);
    if (!(k->flags & F_LJUST) && fill == ' ' && put_fill(w, ' ', pad) < 0) {
        return -1;
    }
    if (put_text(w, head, 0, 0, heads) < 0) {
        return -1;
    }
    if (!(k->flags & F_LJUST) && fill == '0' && put_fill(w, '0', pad) < 0) {
        return -1;
    }
    if (put_text(w, text, textwide, at, n) < 0) {
        return -1;
    }
    return k->flags & F_LJUST ? put_fill(w, ' ', pad) : 0;
}

/* One conversion after its %. 1 done, 0 go on as unicode, -1 error. */
static int convert(engine *e)
{
    conversion k;
    PyObject *v = NULL, *text = NULL;
    uint32_t c;
    int wide = e->out.wide, r = -1;

    if (take_spec(e, &k) < 0) {
        return -1;
    }
    if (k.type != '%') {
        v = next_argument(e);
        if (v == NULL) {
            return -1;
        }
        Py_INCREF(v); /* a key's value is dropped when the next key is taken */
    }
    switch (k.type) {
    case '%':
        r = put_piece(&e->out, &k, "%", 0, 1, 0) < 0 ? -1 : 1;
        break;
    case 's':
    case 'r':
        text = convert_text(v, k.type, wide);
        if (text == NULL) {
            break;
        }
        if (PyUnicode_Check(text)) {
            if (!wide) {
                r = 0;
                break;
            }
            Py_ssize_t n = PyUnicode_GET_SIZE(text);
            if (k.precision >= 0 && n > k.precision) {
                n = k.precision;
            }
            r = put_piece(&e->out, &k, PyUnicode_AS_UNICODE(text), 1, n, 0) < 0 ? -1 : 1;
        } else {
            Py_ssize_t n = PyString_GET_SIZE(text);
            if (k.precision >= 0 && n > k.precision) {
                n = k.precision;
            }
            r = put_piece(&e->out, &k, PyString_AS_STRING(text), 0, n, 0) < 0 ? -1 : 1;
        }
        break;
    case 'd':
    case 'i':
    case 'u':
    case 'o':
    case 'x':
    case 'X':
        text = format_integer(v, &k);
        break;
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
        text = format_float(v, &k, wide);
        break;
    case 'c':
        r = convert_char(v, wide, &c);
        if (r == 1) {
            char byte = (char)c;
            r = put_piece(&e->out, &k, wide ? (const void *)&c : (const void *)&byte, wide, 1, 0) <
                        0
                    ? -1
                    : 1;
        }
        break;
    default:
        if (wide) {
            PyErr_Format(PyExc_ValueError, "unsupported format character '%c' (0x%x) at index %zd",
                         31 <= k.type && k.type <= 126 ? (int)k.type : '?', (int)k.type,
                         e->in.at - 1);
        } else {
            PyErr_Format(PyExc_ValueError, "unsupported format character '%c' (0x%x) at index %zd",
                         (int)k.type, (int)(signed char)k.type, e->in.at - 1);
        }
    }
    if (text != NULL && k.type != 's' && k.type != 'r') {
        r = put_piece(&e->out, &k, PyString_AS_STRING(text), 0, PyString_GET_SIZE(text), 1) < 0 ? -1
                                                                                                : 1;
    }
    Py_XDECREF(v);
    Py_XDECREF(text);
    return r;
}

/* What is left of a str format, as unicode, after what is done. */
static PyObject *go_on_as_unicode(engine *e, PyObject *args)
{
    PyObject *rest = NULL, *tail = NULL, *done = NULL, *left = NULL, *result = NULL;

    if (PyTuple_Check(args) && e->spec_next > 0) {
        left = PyTuple_GetSlice(args, e->spec_next, PyTuple_GET_SIZE(args));
    } else {
        left = args;
        Py_INCREF(left);
    }
    rest = left == NULL ? NULL
                        : PyUnicode_Decode((const char *)e->in.p + e->spec_at, e->in.n - e->spec_at,
                                           NULL, NULL);
    tail = rest == NULL ? NULL : PyUnicode_Format(rest, left);
    done = tail == NULL ? NULL : finish(&e->out);
    if (done != NULL) {
        result = PyUnicode_Concat(done, tail);
    }
    Py_XDECREF(left);
    Py_XDECREF(rest);
    Py_XDECREF(tail);
    Py_XDECREF(done);
    return result;
}

static PyObject *percent_format(const void *p, Py_ssize_t n, int wide, PyObject *args)
{
    engine e = {.in = {.wide = wide, .p = p, .n = n}, .out = {.wide = wide}, .args = args};
    PyObject *result = NULL;

    if (PyTuple_Check(args)) {
        e.count = PyTuple_GET_SIZE(args);
        e.next = 0;
    } else {
        e.count = -1;
        e.next = -2;
    }
    if (Py_TYPE(args)->tp_as_mapping != NULL &&
        Py_TYPE(args)->tp_as_mapping->mp_subscript != NULL && !PyTuple_Check(args) &&
        !PyObject_TypeCheck(args, &PyBaseString_Type)) {
        e.dict = args;
    }
    if (reserve(&e.out, n + 64) < 0) {
        goto done;
    }
    while (e.in.at < n) {
        Py_ssize_t start = e.in.at;
        int r;
        while (e.in.at < n && unit_at(&e.in, e.in.at) != '%') {
            e.in.at++;
        }
        if (put_text(&e.out, p, wide, start, e.in.at) < 0) {
            goto done;
        }
        if (e.in.at >= n) {
            break;
        }
        e.spec_at = e.in.at++;
        e.spec_next = e.next;
        r = convert(&e);
        if (r < 0) {
            goto done;
        }
        if (r == 0) {
            result = go_on_as_unicode(&e, args);
            goto done;
        }
    }
    if (e.next < e.count && e.dict == NULL) {
        PyErr_SetString(PyExc_TypeError, "not all arguments converted during string formatting");
        goto done;
    }
    result = finish(&e.out);
done:
    PyMem_Free(e.out.p);
    if (e.args_owned) {
        Py_DECREF(e.args);
    }
    return result;
}

PyObject *PyString_Format(PyObject *format, PyObject *args)
{
    if (format == NULL || !PyString_Check(format) || args == NULL) {
        PyErr_BadInternalCall();
        return NULL;
    }
    return percent_format(PyString_AS_STRING(format), PyString_GET_SIZE(format), 0, args);
}

PyObject *PyUnicode_Format(PyObject *format, PyObject *args)
{
    PyObject *u, *result;
    if (format == NULL || args == NULL) {
        PyErr_BadInternalCall();
        return NULL;
    }
    u = PyUnicode_FromObject(format);
    if (u == NULL) {
        return NULL;
    }
    result = percent_format(PyUnicode_AS_UNICODE(u), PyUnicode_GET_SIZE(u), 1, args);
    Py_DECREF(u);
    return result;
}
