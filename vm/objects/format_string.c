/* SPDX-License-Identifier: MIT */
/* str.format and unicode.format (PEP 3101): literal text and fields in braces. One parser serves
 * both: a `text` is a piece of a str or of a unicode object, read unit by unit. Results are of the
 * format's own type. string.Formatter uses the parser through two iterators at the end. */
#include "Python.h"

typedef struct {
    int wide;
    const void *p; /* NULL: no such piece */
    Py_ssize_t start, end;
} text;

typedef struct {
    enum { UNDECIDED, AUTOMATIC, MANUAL } state;
    Py_ssize_t next;
} numbering;

typedef struct {
    text literal, name, spec;
    uint32_t conversion; /* 0: none */
    int has_field, nested;
} segment;

static text text_of(PyObject *o)
{
    text t = {PyUnicode_Check(o), NULL, 0, 0};
    if (t.wide) {
        t.p = PyUnicode_AS_UNICODE(o);
        t.end = PyUnicode_GET_SIZE(o);
    } else {
        t.p = PyString_AS_STRING(o);
        t.end = PyString_GET_SIZE(o);
    }
    return t;
}

static uint32_t at(const text *t, Py_ssize_t i)
{
    return t->wide ? ((const Py_UNICODE *)t->p)[i] : ((const unsigned char *)t->p)[i];
}

static text piece(const text *t, Py_ssize_t start, Py_ssize_t end)
{
    text r = {t->wide, t->p, start, end};
    return r;
}

static PyObject *object_of(const text *t)
{
    if (t->p == NULL) {
        Py_RETURN_NONE;
    }
    return t->wide ? PyUnicode_FromUnicode((const Py_UNICODE *)t->p + t->start, t->end - t->start)
                   : PyString_FromStringAndSize((const char *)t->p + t->start, t->end - t->start);
}

/* The object as the format's own type. */
static PyObject *convert(PyObject *o, int wide)
{
    return wide ? PyObject_Unicode(o) : PyObject_Str(o);
}

static int value_error(const char *message)
{
    PyErr_SetString(PyExc_ValueError, message);
    return -1;
}

/* -- Parsing ------------------------------------------------------------------------------------
 */
/* A number of decimal digits only; -1 when it is none, -2 with an exception. */
static Py_ssize_t integer_of(const text *t)
{
    Py_ssize_t n = 0;
    if (t->start >= t->end) {
        return -1;
    }
    for (Py_ssize_t i = t->start; i < t->end; i++) {
        uint32_t c = at(t, i);
        int digit = t->wide ? Py_UNICODE_TODECIMAL(c) : c >= '0' && c <= '9' ? (int)c - '0' : -1;
        if (digit < 0) {
            return -1;
        }
        if (n > (PY_SSIZE_T_MAX - digit) / 10) {
            value_error("Too many decimal digits in format string");
            return -2;
        }
        n = n * 10 + digit;
    }
    return n;
}

/* What stands between the braces: name, !conversion, :spec. */
static int parse_field(const text *t, segment *g)
{
    Py_ssize_t i = t->start;
    uint32_t c = 0;

    while (i < t->end) {
        c = at(t, i);
        if (c == '!' || c == ':') {
            break;
        }
        i++;
    }
    g->name = piece(t, t->start, i);
    g->spec = piece(t, t->end, t->end);
    if (i >= t->end) {
        return 0;
    }
    i++;
    if (c == '!') {
        if (i >= t->end) {
            return value_error("end of format while looking for conversion specifier");
        }
        g->conversion = at(t, i++);
        if (i < t->end && at(t, i++) != ':') {
            return value_error("expected ':' after format specifier");
        }
    }
    g->spec = piece(t, i, t->end);
    return 0;
}

/* The next literal with the field after it. 1 read, 0 at the end, -1 error. */
static int next_segment(text *t, segment *g)
{
    Py_ssize_t start = t->start, i = start;
    uint32_t c = 0;
    int depth = 1;

    memset(g, 0, sizeof(*g));
    if (start >= t->end) {
        return 0;
    }
    while (i < t->end) {
        c = at(t, i++);
        if (c == '{' || c == '}') {
            break;
        }
        c = 0;
    }
    if (c == '}' && (i >= t->end || at(t, i) != '}')) {
        return value_error("Single '}' encountered in format string");
    }
    if (c == '{' && i >= t->end) {
        return value_error("Single '{' encountered in format string");
    }
    if (c == 0 ||
        at(t, i) == c) { /* only text, or a doubled brace: its first one belongs to the text */
        g->literal = piece(t, start, i);
        t->start = c == 0 ? i : i + 1;
        return 1;
    }
    g->literal = piece(t, start, i - 1);
    g->has_field = 1;
    start = i;
    while (i < t->end) {
        c = at(t, i++);
        if (c == '{') {
            g->nested = 1;
            depth++;
        } else if (c == '}' && --depth == 0) {
            text field = piece(t, start, i - 1);
            t->start = i;
            return parse_field(&field, g) < 0 ? -1 : 1;
        }
    }
    return value_error("unmatched '{' in format");
}

/* Splits a field's name at the first '.' or '['. *index is -1 when the first part is a key. */
static int split_name(const text *name, text *first, text *rest, Py_ssize_t *index, numbering *n)
{
    Py_ssize_t i = name->start;
    int empty, numeric;

    while (i < name->end && at(name, i) != '.' && at(name, i) != '[') {
        i++;
    }
    *first = piece(name, name->start, i);
    *rest = piece(name, i, name->end);
    *index = integer_of(first);
    if (*index == -2) {
        return -1;
    }
    empty = first->start >= first->end;
    numeric = empty || *index != -1;
    if (n != NULL && numeric) {
        if (n->state == UNDECIDED) {
            n->state = empty ? AUTOMATIC : MANUAL;
        }
        if (n->state == MANUAL && empty) {
            return value_error("cannot switch from manual field specification to automatic field "
                               "numbering");
        }
        if (n->state == AUTOMATIC && !empty) {
            return value_error("cannot switch from automatic field numbering to manual field "
                               "specification");
        }
        if (empty) {
            *index = n->next++;
        }
    }
    return 0;
}

/* The next .attribute or [item] of a name. 1 read, 0 at the end, -1 error. */
static int next_step(text *rest, int *attribute, text *name, Py_ssize_t *index)
{
    Py_ssize_t i = rest->start, start;
    uint32_t c;

    if (i >= rest->end) {
        return 0;
    }
    c = at(rest, i++);
    start = i;
    *index = -1;
    if (c == '.') {
        *attribute = 1;
        while (i < rest->end && at(rest, i) != '.' && at(rest, i) != '[') {
            i++;
        }
        *name = piece(rest, start, i);
        rest->start = i;
    } else if (c == '[') {
        *attribute = 0;
        while (i < rest->end && at(rest, i) != ']') {
            i++;
        }
        if (i >= rest->end) {
            return value_error("Missing ']' in format string");
        }
        *name = piece(rest, start, i);
        rest->start = i + 1;
        *index = integer_of(name);
        if (*index == -2) {
            return -1;
        }
    } else {
        return value_error("Only '.' or '[' may follow ']' in format field specifier");
    }
    if (name->start >= name->end) {
        return value_error("Empty attribute in format string");
    }
    return 1;
}

/* -- Formatting ---------------------------------------------------------------------------------
 */
static PyObject *find_value(const text *field, PyObject *args, PyObject *kwargs, numbering *n)
{
    text first, rest, name;
    Py_ssize_t index;
    PyObject *value = NULL, *key, *next;
    int attribute, r;

    if (split_name(field, &first, &rest, &index, n) < 0) {
        return NULL;
    }
    if (index == -1) {
        key = object_of(&first);
        if (key == NULL) {
            return NULL;
        }
        value = kwargs == NULL ? NULL : PyDict_GetItem(kwargs, key);
        if (value == NULL) {
            PyErr_SetObject(PyExc_KeyError, key);
        }
        Py_XINCREF(value);
        Py_DECREF(key);
    } else {
        value = PySequence_GetItem(args, index);
    }
    if (value == NULL) {
        return NULL;
    }
    while ((r = next_step(&rest, &attribute, &name, &index)) > 0) {
        if (attribute) {
            key = object_of(&name);
            next = key == NULL ? NULL : PyObject_GetAttr(value, key);
        } else if (index != -1 && PySequence_Check(value)) {
            key = NULL;
            next = PySequence_GetItem(value, index);
        } else {
            key = index == -1 ? object_of(&name) : PyInt_FromSsize_t(index);
            next = key == NULL ? NULL : PyObject_GetItem(value, key);
        }
        Py_XDECREF(key);
        Py_DECREF(value);
        value = next;
        if (value == NULL) {
            return NULL;
        }
    }
    if (r < 0) {
        Py_CLEAR(value);
    }
    return value;
}

static PyObject *do_format(text t, PyObject *args, PyObject *kwargs, int depth, numbering *n);

/* The text of one field. */
static PyObject *render(const segment *g, PyObject *args, PyObject *kwargs, int depth, numbering *n)
{
    PyObject *value = find_value(&g->name, args, kwargs, n), *spec = NULL, *v, *result = NULL;
    int wide = g->literal.wide;

    if (value == NULL) {
        return NULL;
    }
    if (g->conversion != 0) {
        if (g->conversion == 'r') {
            v = PyObject_Repr(value);
        } else if (g->conversion == 's') {
            v = convert(value, wide);
        } else {
            v = NULL;
            if (g->conversion > 32 && g->conversion < 127) {
                PyErr_Format(PyExc_ValueError, "Unknown conversion specifier %c",
                             (int)g->conversion);
            } else {
                PyErr_Format(PyExc_ValueError, "Unknown conversion specifier \\x%x",
                             (unsigned)g->conversion);
            }
        }
        Py_DECREF(value);
        value = v;
        if (value == NULL) {
            return NULL;
        }
    }
    spec = g->nested ? do_format(g->spec, args, kwargs, depth - 1, n) : object_of(&g->spec);
    if (spec != NULL) {
        /* A number or text itself formats without a call of its method. */
        v = wide ? PyObject_Format(value, spec) : _PyObject_FormatField(value, spec);
        if (v != NULL) {
            result = convert(v, wide);
            Py_DECREF(v);
        }
    }
    Py_DECREF(value);
    Py_XDECREF(spec);
    return result;
}

static int append(PyObject *list, PyObject *o)
{
    int r;
    if (o == NULL) {
        return -1;
    }
    r = PyList_Append(list, o);
    Py_DECREF(o);
    return r;
}

static PyObject *do_format(text t, PyObject *args, PyObject *kwargs, int depth, numbering *n)
{
    PyObject *list, *empty = NULL, *result = NULL;
    segment g;
    int r, wide = t.wide;

    if (depth <= 0) {
        value_error("Max string recursion exceeded");
        return NULL;
    }
    list = PyList_New(0);
    if (list == NULL) {
        return NULL;
    }
    while ((r = next_segment(&t, &g)) > 0) {
        if (g.literal.start < g.literal.end && append(list, object_of(&g.literal)) < 0) {
            goto done;
        }
        if (g.has_field && append(list, render(&g, args, kwargs, depth, n)) < 0) {
            goto done;
        }
    }
    if (r == 0) {
        static const Py_UNICODE nothing = 0;
        empty = wide ? PyUnicode_FromUnicode(&nothing, 0) : PyString_FromStringAndSize("", 0);
        if (empty != NULL) {
            result = wide ? PyUnicode_Join(empty, list) : _PyString_Join(empty, list);
        }
    }
done:
    Py_XDECREF(empty);
    Py_DECREF(list);
    return result;
}

PyObject *_PyString_DoFormat(PyObject *self, PyObject *args, PyObject *kwargs)
{
    numbering n = {UNDECIDED, 0};
    return do_format(text_of(self), args, kwargs, 2, &n);
}

PyObject *_PyUnicode_DoFormat(PyObject *self, PyObject *args, PyObject *kwargs)
{
    numbering n = {UNDECIDED, 0};
    return do_format(text_of(self), args, kwargs, 2, &n);
}

/* -- The iterators of string.Formatter
 * ------------------------------------------------------------- */
typedef struct {
    PyObject_HEAD PyObject *str; /* keeps the text alive */
    text rest;
} formatiter;

static void formatiter_dealloc(PyObject *op)
{
    Py_DECREF(((formatiter *)op)->str);
    PyObject_Free(op);
}

static PyObject *new_iterator(PyTypeObject *type, PyObject *str, text rest)
{
    formatiter *it;
    if (!(type->tp_flags & Py_TPFLAGS_READY) && PyType_Ready(type) < 0) {
        return NULL;
    }
    it = PyObject_New(formatiter, type);
    if (it != NULL) {
        Py_INCREF(str);
        it->str = str;
        it->rest = rest;
    }
    return (PyObject *)it;
}

static PyObject *formatter_next(PyObject *op)
{
    formatiter *it = (formatiter *)op;
    PyObject *items[4] = {NULL, NULL, NULL, NULL}, *result = NULL;
    segment g;

    if (next_segment(&it->rest, &g) <= 0) {
        return NULL;
    }
    items[0] = object_of(&g.literal);
    items[1] = object_of(&g.name);
    items[2] = object_of(&g.spec);
    if (g.conversion != 0) {
        Py_UNICODE c = g.conversion;
        char byte = (char)c;
        items[3] =
            it->rest.wide ? PyUnicode_FromUnicode(&c, 1) : PyString_FromStringAndSize(&byte, 1);
    } else {
        Py_INCREF(Py_None);
        items[3] = Py_None;
    }
    if (items[0] != NULL && items[1] != NULL && items[2] != NULL && items[3] != NULL) {
        result = PyTuple_Pack(4, items[0], items[1], items[2], items[3]);
    }
    for (int i = 0; i < 4; i++) {
        Py_XDECREF(items[i]);
    }
    return result;
}

static PyObject *fieldname_next(PyObject *op)
{
    formatiter *it = (formatiter *)op;
    int attribute;
    text name;
    Py_ssize_t index;
    PyObject *flag, *v, *result = NULL;

    if (next_step(&it->rest, &attribute, &name, &index) <= 0) {
        return NULL;
    }
    flag = PyBool_FromLong(attribute);
    v = index != -1 ? PyLong_FromSsize_t(index) : object_of(&name);
    if (flag != NULL && v != NULL) {
        result = PyTuple_Pack(2, flag, v);
    }
    Py_XDECREF(flag);
    Py_XDECREF(v);
    return result;
}

static PyTypeObject FormatterIter_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "formatteriterator",
    .tp_basicsize = sizeof(formatiter),
    .tp_dealloc = formatiter_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = formatter_next,
};

static PyTypeObject FieldNameIter_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "fieldnameiterator",
    .tp_basicsize = sizeof(formatiter),
    .tp_dealloc = formatiter_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = fieldname_next,
};

PyObject *_PyObject_FormatterParser(PyObject *self)
{
    return new_iterator(&FormatterIter_Type, self, text_of(self));
}

PyObject *_PyObject_FormatterFieldNameSplit(PyObject *self)
{
    text whole = text_of(self), first, rest;
    Py_ssize_t index;
    PyObject *it, *head, *result = NULL;

    if (split_name(&whole, &first, &rest, &index, NULL) < 0) {
        return NULL;
    }
    it = new_iterator(&FieldNameIter_Type, self, rest);
    head = index != -1 ? PyLong_FromSsize_t(index) : object_of(&first);
    if (it != NULL && head != NULL) {
        result = PyTuple_Pack(2, head, it);
    }
    Py_XDECREF(it);
    Py_XDECREF(head);
    return result;
}
