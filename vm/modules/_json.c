/* SPDX-License-Identifier: MIT */
/* The module _json: scanner, string scanner and encoder under the package json. Texts are read
 * through `text`, which hides whether they are str or unicode. Invariant: positions are checked
 * against the length before every read; nesting is counted. */
#include "Python.h"

typedef struct {
    PyObject *o; /* borrowed */
    const char *s;
    const Py_UNICODE *u;
    Py_ssize_t n;
} text;

static int open_text(text *t, PyObject *o, const char *what)
{
    t->o = o;
    if (PyString_Check(o)) {
        t->s = PyString_AS_STRING(o);
        t->u = NULL;
        t->n = PyString_GET_SIZE(o);
        return 0;
    }
    if (PyUnicode_Check(o)) {
        t->s = NULL;
        t->u = PyUnicode_AS_UNICODE(o);
        t->n = PyUnicode_GET_SIZE(o);
        return 0;
    }
    PyErr_Format(PyExc_TypeError, "first argument must be a string, not %.80s",
                 Py_TYPE(o)->tp_name);
    return -1;
}

/* The character at i, or 0xffffffff past the end. */
static Py_UCS4 at(const text *t, Py_ssize_t i)
{
    if (i < 0 || i >= t->n)
        return 0xffffffffu;
    return t->u ? t->u[i] : (unsigned char)t->s[i];
}

static Py_ssize_t skip_space(const text *t, Py_ssize_t i)
{
    for (;;) {
        Py_UCS4 c = at(t, i);
        if (c != ' ' && c != '\t' && c != '\n' && c != '\r')
            return i;
        i++;
    }
}

static int starts(const text *t, Py_ssize_t i, const char *word)
{
    for (; *word; word++, i++)
        if (at(t, i) != (unsigned char)*word)
            return 0;
    return 1;
}

/* ValueError with the message that json.decoder.errmsg makes. */
static void raise_errmsg(const char *msg, PyObject *s, Py_ssize_t end)
{
    PyObject *decoder = PyImport_ImportModule("json.decoder"), *f, *v;
    if (decoder == NULL)
        return;
    f = PyObject_GetAttrString(decoder, "errmsg");
    Py_DECREF(decoder);
    if (f == NULL)
        return;
    v = PyObject_CallFunction(f, "sOn", msg, s, end);
    Py_DECREF(f);
    if (v != NULL) {
        PyErr_SetObject(PyExc_ValueError, v);
        Py_DECREF(v);
    }
}

/* Steals value. */
static PyObject *pair(PyObject *value, Py_ssize_t end)
{
    return value == NULL ? NULL : Py_BuildValue("(Nn)", value, end);
}

/* ---- strings ---- */

static int append_piece(PyObject **list, PyObject *piece)
{
    if (piece == NULL)
        return -1;
    if (*list == NULL && (*list = PyList_New(0)) == NULL) {
        Py_DECREF(piece);
        return -1;
    }
    int r = PyList_Append(*list, piece);
    Py_DECREF(piece);
    return r;
}

static PyObject *piece_of(const text *t, Py_ssize_t from, Py_ssize_t to, const char *encoding)
{
    if (t->u)
        return PyUnicode_FromUnicode(t->u + from, to - from);
    return PyUnicode_Decode(t->s + from, to - from, encoding, NULL);
}

/* Four hex digits at i: 0, or -1. */
static int hex4(const text *t, Py_ssize_t i, Py_UCS4 *out)
{
    *out = 0;
    for (int k = 0; k < 4; k++) {
        Py_UCS4 c = at(t, i + k);
        int d = c >= '0' && c <= '9'   ? (int)c - '0'
                : c >= 'a' && c <= 'f' ? (int)c - 'a' + 10
                : c >= 'A' && c <= 'F' ? (int)c - 'A' + 10
                                       : -1;
        if (d < 0)
            return -1;
        *out = *out << 4 | (Py_UCS4)d;
    }
    return 0;
}

/* The string whose first character is at `end`; *next after the closing quote. New unicode. */
static int index_of(PyObject *o, void *p)
{
    Py_ssize_t i = PyInt_AsSsize_t(o);
    if (i == -1 && PyErr_Occurred())
        return 0;
    *(Py_ssize_t *)p = i;
    return 1;
}

/* What CPython makes by a call (a string joined of its pieces, a dict of its pairs) and is here
 * made already: too deep recursion shows as there. */
static PyObject *joined(PyObject *piece)
{
    if (piece == NULL || Py_EnterRecursiveCall(" while calling a Python object")) {
        Py_XDECREF(piece);
        return NULL;
    }
    Py_LeaveRecursiveCall();
    return piece;
}

static PyObject *scan_string(const text *t, Py_ssize_t end, const char *encoding, int strict,
                             Py_ssize_t *next)
{
    Py_ssize_t begin = end - 1, i = end;
    PyObject *list = NULL, *result = NULL;
    if (end < 0 || end >= t->n) {
        PyErr_SetString(PyExc_ValueError, "end is out of bounds");
        return NULL;
    }
    for (;;) {
        Py_ssize_t start = i;
        Py_UCS4 c;
        while ((c = at(t, i)) != '"' && c != '\\' && c != 0xffffffffu && (c > 0x1f || !strict))
            i++;
        if (c == 0xffffffffu) {
            raise_errmsg("Unterminated string starting at", t->o, begin);
            goto done;
        }
        if (c <= 0x1f) {
            raise_errmsg("Invalid control character at", t->o, i);
            goto done;
        }
        if (c == '"' && list == NULL) {
            /* No escapes: the usual case. */
            *next = i + 1;
            return joined(piece_of(t, start, i, encoding));
        }
        if (i > start && append_piece(&list, piece_of(t, start, i, encoding)) < 0)
            goto done;
        i++;
        if (c == '"')
            break;
        c = at(t, i++);
        if (c == 0xffffffffu) {
            raise_errmsg("Unterminated string starting at", t->o, begin);
            goto done;
        }
        switch (c) {
        case '"':
        case '\\':
        case '/':
            break;
        case 'b':
            c = '\b';
            break;
        case 'f':
            c = '\f';
            break;
        case 'n':
            c = '\n';
            break;
        case 'r':
            c = '\r';
            break;
        case 't':
            c = '\t';
            break;
        case 'u':
            if (hex4(t, i, &c) < 0) {
                raise_errmsg("Invalid \\uXXXX escape", t->o, i - 1);
                goto done;
            }
            i += 4;
            if (c >= 0xd800 && c <= 0xdbff && at(t, i) == '\\' && at(t, i + 1) == 'u') {
                Py_UCS4 low;
                if (hex4(t, i + 2, &low) < 0) {
                    raise_errmsg("Invalid \\uXXXX escape", t->o, i + 1);
                    goto done;
                }
                if (low >= 0xdc00 && low <= 0xdfff) {
                    c = 0x10000 + (((c - 0xd800) << 10) | (low - 0xdc00));
                    i += 6;
                }
            }
            break;
        default:
            raise_errmsg("Invalid \\escape", t->o, i - 2);
            goto done;
        }
        Py_UNICODE ch = c;
        if (append_piece(&list, PyUnicode_FromUnicode(&ch, 1)) < 0)
            goto done;
    }
    {
        PyObject *empty = PyUnicode_FromUnicode(NULL, 0);
        if (empty != NULL) {
            result = list == NULL ? empty : PyUnicode_Join(empty, list);
            if (list != NULL)
                Py_DECREF(empty);
        }
        *next = i;
    }
done:
    Py_XDECREF(list);
    return result;
}

PyDoc_STRVAR(scanstring_doc, "scanstring(basestring, end, encoding, strict=True) -> (str, end)\n\n"
                             "Scans a JSON string; end is the index after its opening quote.");
static PyObject *json_scanstring(PyObject *self, PyObject *args)
{
    PyObject *o, *v;
    Py_ssize_t end, next = -1;
    const char *encoding = NULL;
    int strict = 1;
    text t;
    if (!PyArg_ParseTuple(args, "OO&|zi:scanstring", &o, index_of, &end, &encoding, &strict) ||
        open_text(&t, o, "scanstring") < 0)
        return NULL;
    v = scan_string(&t, end, encoding ? encoding : "utf-8", strict, &next);
    return pair(v, next);
}

/* "..." with every character outside printable ASCII escaped; s is str (UTF-8) or unicode. New str.
 */
static PyObject *ascii_quoted(PyObject *o)
{
    PyObject *u, *r;
    if (PyUnicode_Check(o)) {
        u = o;
        Py_INCREF(u);
    } else if (PyString_Check(o)) {
        u = PyUnicode_DecodeUTF8(PyString_AS_STRING(o), PyString_GET_SIZE(o), NULL);
        if (u == NULL)
            return NULL;
    } else {
        PyErr_Format(PyExc_TypeError, "first argument must be a string, not %.80s",
                     Py_TYPE(o)->tp_name);
        return NULL;
    }
    const Py_UNICODE *s = PyUnicode_AS_UNICODE(u);
    Py_ssize_t n = PyUnicode_GET_SIZE(u), size = 2;
    for (Py_ssize_t i = 0; i < n; i++) {
        Py_UCS4 c = s[i];
        size +=
            c == '"' || c == '\\' || c == '\b' || c == '\f' || c == '\n' || c == '\r' || c == '\t'
                ? 2
            : c >= ' ' && c <= '~' ? 1
            : c >= 0x10000         ? 12
                                   : 6;
    }
    r = PyString_FromStringAndSize(NULL, size);
    if (r != NULL) {
        static const char hex[] = "0123456789abcdef";
        char *p = PyString_AS_STRING(r);
        *p++ = '"';
        for (Py_ssize_t i = 0; i < n; i++) {
            Py_UCS4 c = s[i], parts[2];
            int k = 1;
            if (c >= ' ' && c <= '~' && c != '"' && c != '\\') {
                *p++ = (char)c;
                continue;
            }
            *p++ = '\\';
            switch (c) {
            case '"':
            case '\\':
                *p++ = (char)c;
                continue;
            case '\b':
                *p++ = 'b';
                continue;
            case '\f':
                *p++ = 'f';
                continue;
            case '\n':
                *p++ = 'n';
                continue;
            case '\r':
                *p++ = 'r';
                continue;
            case '\t':
                *p++ = 't';
                continue;
            }
            parts[0] = c;
            if (c >= 0x10000) {
                parts[0] = 0xd800 | ((c - 0x10000) >> 10 & 0x3ff);
                parts[1] = 0xdc00 | ((c - 0x10000) & 0x3ff);
                k = 2;
            }
            for (int j = 0; j < k; j++) {
                if (j > 0)
                    *p++ = '\\';
                *p++ = 'u';
                for (int shift = 12; shift >= 0; shift -= 4)
                    *p++ = hex[parts[j] >> shift & 15];
            }
        }
        *p = '"';
    }
    Py_DECREF(u);
    return r;
}

PyDoc_STRVAR(encode_ascii_doc, "encode_basestring_ascii(basestring) -> str\n\nReturn an ASCII-only "
                               "JSON representation of a Python string");
static PyObject *json_encode_basestring_ascii(PyObject *self, PyObject *o)
{
    return ascii_quoted(o);
}

/* ---- scanner ---- */

typedef struct {
    PyObject_HEAD PyObject *encoding, *strict, *object_hook, *pairs_hook, *parse_float, *parse_int,
        *parse_constant;
} Scanner;

static PyObject *scan_once(Scanner *s, const text *t, Py_ssize_t i, Py_ssize_t *next);

static const char *encoding_of(Scanner *s)
{
    return PyString_Check(s->encoding) ? PyString_AS_STRING(s->encoding) : "utf-8";
}

/* What is wrong at `i` inside a container: the text has ended, or `msg`. CPython words some
 * messages differently for str and for unicode. */
static void raise_inside(const char *msg, const text *t, Py_ssize_t i)
{
    if (i >= t->n)
        raise_errmsg("Expecting object", t->o, t->n - 1);
    else
        raise_errmsg(msg, t->o, i);
}

static PyObject *scan_object(Scanner *s, const text *t, Py_ssize_t i, Py_ssize_t *next)
{
    int strict = PyObject_IsTrue(s->strict);
    PyObject *pairs = NULL, *dict = NULL, *key = NULL, *value = NULL, *result = NULL;
    int as_pairs = s->pairs_hook != Py_None;
    if (strict < 0)
        return NULL;
    if (as_pairs)
        pairs = PyList_New(0);
    else
        dict = PyDict_New();
    if (pairs == NULL && dict == NULL)
        return NULL;
    i = skip_space(t, i);
    if (at(t, i) == '}')
        i++;
    else {
        for (;;) {
            if (at(t, i) != '"') {
                raise_inside(PyUnicode_Check(t->o)
                                 ? "Expecting property name enclosed in double quotes"
                                 : "Expecting property name",
                             t, i);
                goto done;
            }
            key = scan_string(t, i + 1, encoding_of(s), strict, &i);
            if (key == NULL)
                goto done;
            i = skip_space(t, i);
            if (at(t, i) != ':') {
                raise_errmsg(PyUnicode_Check(t->o) ? "Expecting ':' delimiter"
                                                   : "Expecting : delimiter",
                             t->o, i);
                goto done;
            }
            i = skip_space(t, i + 1);
            value = scan_once(s, t, i, &i);
            if (value == NULL)
                goto done;
            int r;
            if (as_pairs) {
                PyObject *item = PyTuple_Pack(2, key, value);
                r = item == NULL ? -1 : PyList_Append(pairs, item);
                Py_XDECREF(item);
            } else
                r = PyDict_SetItem(dict, key, value);
            Py_CLEAR(key);
            Py_CLEAR(value);
            if (r < 0)
                goto done;
            i = skip_space(t, i);
            if (at(t, i) == '}') {
                i++;
                break;
            }
            if (at(t, i) != ',') {
                raise_inside(PyUnicode_Check(t->o) ? "Expecting ',' delimiter"
                                                   : "Expecting , delimiter",
                             t, i);
                goto done;
            }
            i = skip_space(t, i + 1);
        }
    }
    *next = i;
    if (as_pairs)
        result = PyObject_CallFunctionObjArgs(s->pairs_hook, pairs, NULL);
    else if (s->object_hook != Py_None)
        result = PyObject_CallFunctionObjArgs(s->object_hook, dict, NULL);
    else {
        Py_INCREF(dict);
        result = joined(dict);
    }
done:
    Py_XDECREF(pairs);
    Py_XDECREF(dict);
    Py_XDECREF(key);
    Py_XDECREF(value);
    return result;
}

static PyObject *scan_array(Scanner *s, const text *t, Py_ssize_t i, Py_ssize_t *next)
{
    PyObject *list = PyList_New(0);
    if (list == NULL)
        return NULL;
    i = skip_space(t, i);
    if (at(t, i) == ']') {
        *next = i + 1;
        return list;
    }
    for (;;) {
        PyObject *v = i < t->n ? scan_once(s, t, i, &i) : NULL;
        if (v == NULL) {
            if (i >= t->n && !PyErr_Occurred())
                raise_inside("", t, i);
            goto fail;
        }
        int r = PyList_Append(list, v);
        Py_DECREF(v);
        if (r < 0)
            goto fail;
        i = skip_space(t, i);
        if (at(t, i) == ']') {
            *next = i + 1;
            return list;
        }
        if (at(t, i) != ',') {
            raise_inside(
                PyUnicode_Check(t->o) ? "Expecting ',' delimiter" : "Expecting , delimiter", t, i);
            goto fail;
        }
        i = skip_space(t, i + 1);
    }
fail:
    Py_DECREF(list);
    return NULL;
}

static int is_digit(Py_UCS4 c)
{
    return c >= '0' && c <= '9';
}

static PyObject *scan_number(Scanner *s, const text *t, Py_ssize_t start, Py_ssize_t *next)
{
    Py_ssize_t i = start;
    int is_float = 0;
    if (at(t, i) == '-')
        i++;
    if (!is_digit(at(t, i))) {
        PyErr_SetNone(PyExc_StopIteration);
        return NULL;
    }
    if (at(t, i) == '0')
        i++;
    else
        while (is_digit(at(t, i)))
            i++;
    if (at(t, i) == '.' && is_digit(at(t, i + 1))) {
        is_float = 1;
        i += 2;
        while (is_digit(at(t, i)))
            i++;
    }
    if (at(t, i) == 'e' || at(t, i) == 'E') {
        Py_ssize_t e = i + 1;
        if (at(t, e) == '-' || at(t, e) == '+')
            e++;
        if (is_digit(at(t, e))) {
            while (is_digit(at(t, e)))
                e++;
            is_float = 1;
            i = e;
        }
    }
    PyObject *str, *parser = is_float ? s->parse_float : s->parse_int, *r;
    if (t->u) {
        PyObject *u = PyUnicode_FromUnicode(t->u + start, i - start);
        if (u == NULL)
            return NULL;
        if (parser == (PyObject *)&PyFloat_Type || parser == (PyObject *)&PyInt_Type) {
            str = PyUnicode_AsASCIIString(u);
            Py_DECREF(u);
        } else
            str = u;
    } else
        str = PyString_FromStringAndSize(t->s + start, i - start);
    if (str == NULL)
        return NULL;
    *next = i;
    if (parser == (PyObject *)&PyFloat_Type)
        r = PyFloat_FromString(str, NULL);
    else if (parser == (PyObject *)&PyInt_Type)
        r = PyInt_FromString(PyString_AS_STRING(str), NULL, 10);
    else
        r = PyObject_CallFunctionObjArgs(parser, str, NULL);
    Py_DECREF(str);
    return r;
}

static PyObject *constant(Scanner *s, const char *name, Py_ssize_t i, Py_ssize_t *next)
{
    PyObject *str = PyString_InternFromString(name), *r;
    if (str == NULL)
        return NULL;
    r = PyObject_CallFunctionObjArgs(s->parse_constant, str, NULL);
    Py_DECREF(str);
    *next = i + (Py_ssize_t)strlen(name);
    return r;
}

static PyObject *known(PyObject *o, Py_ssize_t next, Py_ssize_t *out)
{
    *out = next;
    Py_INCREF(o);
    return o;
}

static PyObject *scan_once(Scanner *s, const text *t, Py_ssize_t i, Py_ssize_t *next)
{
    static const char *const decoding[2][2] = {
        {" while decoding a JSON object from a byte string",
         " while decoding a JSON object from a unicode string"},
        {" while decoding a JSON array from a byte string",
         " while decoding a JSON array from a unicode string"}};
    PyObject *r;
    if (i < 0) {
        PyErr_SetString(PyExc_ValueError, "idx cannot be negative");
        return NULL;
    }
    switch (at(t, i)) {
    case 0xffffffffu:
        PyErr_SetNone(PyExc_StopIteration);
        return NULL;
    case '"': {
        int strict = PyObject_IsTrue(s->strict);
        return strict < 0 ? NULL : scan_string(t, i + 1, encoding_of(s), strict, next);
    }
    case '{':
    case '[':
        if (Py_EnterRecursiveCall(decoding[at(t, i) == '['][t->u != NULL]))
            return NULL;
        r = at(t, i) == '{' ? scan_object(s, t, i + 1, next) : scan_array(s, t, i + 1, next);
        Py_LeaveRecursiveCall();
        return r;
    case 'n':
        if (starts(t, i, "null"))
            return known(Py_None, i + 4, next);
        break;
    case 't':
        if (starts(t, i, "true"))
            return known(Py_True, i + 4, next);
        break;
    case 'f':
        if (starts(t, i, "false"))
            return known(Py_False, i + 5, next);
        break;
    case 'N':
        if (starts(t, i, "NaN"))
            return constant(s, "NaN", i, next);
        break;
    case 'I':
        if (starts(t, i, "Infinity"))
            return constant(s, "Infinity", i, next);
        break;
    case '-':
        if (starts(t, i, "-Infinity"))
            return constant(s, "-Infinity", i, next);
        break;
    }
    return scan_number(s, t, i, next);
}

static PyObject *scanner_call(PyObject *self, PyObject *args, PyObject *kw)
{
    static char *kwlist[] = {"string", "idx", NULL};
    PyObject *o, *v;
    Py_ssize_t i, next = -1;
    text t;
    if (!PyArg_ParseTupleAndKeywords(args, kw, "OO&:scan_once", kwlist, &o, index_of, &i) ||
        open_text(&t, o, "scan_once") < 0)
        return NULL;
    v = scan_once((Scanner *)self, &t, i, &next);
    return pair(v, next);
}

#define S_OFF(f) offsetof(Scanner, f)
static PyMemberDef scanner_members[] = {
    {"encoding", T_OBJECT, S_OFF(encoding), READONLY, "encoding"},
    {"strict", T_OBJECT, S_OFF(strict), READONLY, "strict"},
    {"object_hook", T_OBJECT, S_OFF(object_hook), READONLY, "object_hook"},
    {"object_pairs_hook", T_OBJECT, S_OFF(pairs_hook), READONLY, "object_pairs_hook"},
    {"parse_float", T_OBJECT, S_OFF(parse_float), READONLY, "parse_float"},
    {"parse_int", T_OBJECT, S_OFF(parse_int), READONLY, "parse_int"},
    {"parse_constant", T_OBJECT, S_OFF(parse_constant), READONLY, "parse_constant"},
    {NULL, 0, 0, 0, NULL}};

static int scanner_traverse(PyObject *self, visitproc visit, void *arg)
{
    Scanner *s = (Scanner *)self;
    Py_VISIT(s->encoding);
    Py_VISIT(s->strict);
    Py_VISIT(s->object_hook);
    Py_VISIT(s->pairs_hook);
    Py_VISIT(s->parse_float);
    Py_VISIT(s->parse_int);
    Py_VISIT(s->parse_constant);
    return 0;
}

static int scanner_clear(PyObject *self)
{
    Scanner *s = (Scanner *)self;
    Py_CLEAR(s->encoding);
    Py_CLEAR(s->strict);
    Py_CLEAR(s->object_hook);
    Py_CLEAR(s->pairs_hook);
    Py_CLEAR(s->parse_float);
    Py_CLEAR(s->parse_int);
    Py_CLEAR(s->parse_constant);
    return 0;
}

static void scanner_dealloc(PyObject *self)
{
    PyObject_GC_UnTrack(self);
    scanner_clear(self);
    Py_TYPE(self)->tp_free(self);
}

static PyObject *scanner_new(PyTypeObject *type, PyObject *args, PyObject *kw)
{
    static char *kwlist[] = {"context", NULL};
    static const char *const names[] = {"encoding",          "strict",      "object_hook",
                                        "object_pairs_hook", "parse_float", "parse_int",
                                        "parse_constant"};
    PyObject *ctx;
    if (!PyArg_ParseTupleAndKeywords(args, kw, "O:make_scanner", kwlist, &ctx))
        return NULL;
    Scanner *s = (Scanner *)type->tp_alloc(type, 0);
    if (s == NULL)
        return NULL;
    PyObject **fields[] = {&s->encoding,    &s->strict,    &s->object_hook,   &s->pairs_hook,
                           &s->parse_float, &s->parse_int, &s->parse_constant};
    for (int i = 0; i < 7; i++) {
        *fields[i] = PyObject_GetAttrString(ctx, names[i]);
        if (*fields[i] == NULL) {
            Py_DECREF(s);
            return NULL;
        }
    }
    if (s->encoding == Py_None) {
        Py_SETREF(s->encoding, PyString_InternFromString("utf-8"));
    } else if (PyUnicode_Check(s->encoding)) {
        PyObject *e = PyUnicode_AsEncodedString(s->encoding, NULL, NULL);
        if (e == NULL) {
            Py_DECREF(s);
            return NULL;
        }
        Py_SETREF(s->encoding, e);
    }
    if (s->encoding == NULL || !PyString_Check(s->encoding)) {
        PyErr_Format(PyExc_TypeError, "encoding must be a string, not %.80s",
                     s->encoding == NULL ? "NULL" : Py_TYPE(s->encoding)->tp_name);
        Py_DECREF(s);
        return NULL;
    }
    return (PyObject *)s;
}

static PyTypeObject ScannerType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "_json.Scanner",
    .tp_basicsize = sizeof(Scanner),
    .tp_dealloc = scanner_dealloc,
    .tp_call = scanner_call,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_setattro = PyObject_GenericSetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "JSON scanner object",
    .tp_traverse = scanner_traverse,
    .tp_clear = scanner_clear,
    .tp_members = scanner_members,
    .tp_new = scanner_new,
};

/* ---- encoder ---- */

typedef struct {
    PyObject_HEAD PyObject *markers, *defaultfn, *encoder, *indent, *key_separator, *item_separator,
        *sort_keys, *skipkeys;
    int fast_encode, allow_nan;
} Encoder;

static int encode(Encoder *e, PyObject *out, PyObject *o);

static int emit(PyObject *out, PyObject *s)
{
    if (s == NULL)
        return -1;
    int r = PyList_Append(out, s);
    Py_DECREF(s);
    return r;
}

static int emit_shared(PyObject *out, PyObject *s)
{
    return PyList_Append(out, s);
}

static PyObject *float_text(Encoder *e, PyObject *o)
{
    double d = PyFloat_AS_DOUBLE(o);
    if (!isfinite(d)) {
        if (!e->allow_nan) {
            PyErr_SetString(PyExc_ValueError, "Out of range float values are not JSON compliant");
            return NULL;
        }
        return PyString_FromString(isnan(d) ? "NaN" : d > 0 ? "Infinity" : "-Infinity");
    }
    return PyFloat_Type.tp_repr(o);
}

static PyObject *string_text(Encoder *e, PyObject *o)
{
    return e->fast_encode ? ascii_quoted(o) : PyObject_CallFunctionObjArgs(e->encoder, o, NULL);
}

static PyObject *const_text(PyObject *o)
{
    return PyString_InternFromString(o == Py_None ? "null" : o == Py_True ? "true" : "false");
}

/* Notes o as being encoded; *key must be given to unmark. */
static int mark(Encoder *e, PyObject *o, PyObject **key)
{
    *key = NULL;
    if (e->markers == Py_None)
        return 0;
    *key = PyLong_FromVoidPtr(o);
    if (*key == NULL)
        return -1;
    int has = PyDict_Contains(e->markers, *key);
    if (has != 0) {
        if (has > 0)
            PyErr_SetString(PyExc_ValueError, "Circular reference detected");
    } else if (PyDict_SetItem(e->markers, *key, o) == 0)
        return 0;
    Py_CLEAR(*key);
    return -1;
}

static int unmark(Encoder *e, PyObject *key, int r)
{
    if (key != NULL) {
        if (r == 0)
            r = PyDict_DelItem(e->markers, key);
        Py_DECREF(key);
    }
    return r;
}

static int encode_list(Encoder *e, PyObject *out, PyObject *o)
{
    PyObject *fast = PySequence_Fast(o, "_iterencode_list needs a sequence"), *key;
    int r = -1;
    if (fast == NULL)
        return -1;
    if (PySequence_Fast_GET_SIZE(fast) == 0) {
        Py_DECREF(fast);
        return emit(out, PyString_InternFromString("[]"));
    }
    if (mark(e, o, &key) == 0) {
        r = emit(out, PyString_InternFromString("["));
        for (Py_ssize_t i = 0; r == 0 && i < PySequence_Fast_GET_SIZE(fast); i++) {
            PyObject *item = PySequence_Fast_GET_ITEM(fast, i);
            Py_INCREF(item);
            if (i > 0)
                r = emit_shared(out, e->item_separator);
            if (r == 0)
                r = encode(e, out, item);
            Py_DECREF(item);
        }
        if (r == 0)
            r = emit(out, PyString_InternFromString("]"));
        r = unmark(e, key, r);
    }
    Py_DECREF(fast);
    return r;
}

/* The text of a key, or Py_None (borrowed as new) to skip it. */
static PyObject *key_text(Encoder *e, PyObject *key)
{
    if (PyString_Check(key) || PyUnicode_Check(key)) {
        Py_INCREF(key);
        return key;
    }
    if (PyFloat_Check(key))
        return float_text(e, key);
    if (key == Py_None || key == Py_True || key == Py_False)
        return const_text(key);
    if (PyInt_Check(key) || PyLong_Check(key))
        return PyObject_Str(key);
    int skip = PyObject_IsTrue(e->skipkeys);
    if (skip > 0)
        Py_RETURN_NONE;
    if (skip == 0)
        PyErr_SetString(PyExc_TypeError, "keys must be a string");
    return NULL;
}

static int encode_dict(Encoder *e, PyObject *out, PyObject *o)
{
    PyObject *keys, *key, *member;
    int r = -1, first = 1;
    if (PyDict_Size(o) == 0)
        return emit(out, PyString_InternFromString("{}"));
    if (PyObject_IsTrue(e->skipkeys) < 0)
        return -1;
    if (mark(e, o, &key) < 0)
        return -1;
    keys = PyObject_GetIter(o);
    if (keys != NULL)
        r = emit(out, PyString_InternFromString("{"));
    while (r == 0 && (member = PyIter_Next(keys)) != NULL) {
        PyObject *k = key_text(e, member), *value = NULL;
        if (k == NULL)
            r = -1;
        else if (k != Py_None) {
            if (!first)
                r = emit_shared(out, e->item_separator);
            first = 0;
            if (r == 0)
                r = emit(out, string_text(e, k));
            if (r == 0)
                r = emit_shared(out, e->key_separator);
            if (r == 0 && (value = PyObject_GetItem(o, member)) == NULL)
                r = -1;
            if (r == 0)
                r = encode(e, out, value);
            Py_XDECREF(value);
        }
        Py_XDECREF(k);
        Py_DECREF(member);
    }
    if (r == 0 && PyErr_Occurred())
        r = -1;
    if (r == 0)
        r = emit(out, PyString_InternFromString("}"));
    Py_XDECREF(keys);
    return unmark(e, key, r);
}

static int encode(Encoder *e, PyObject *out, PyObject *o)
{
    PyObject *key;
    int r;
    if (o == Py_None || o == Py_True || o == Py_False)
        return emit(out, const_text(o));
    if (PyString_Check(o) || PyUnicode_Check(o))
        return emit(out, string_text(e, o));
    if (PyInt_Check(o) || PyLong_Check(o))
        return emit(out, PyObject_Str(o));
    if (PyFloat_Check(o))
        return emit(out, float_text(e, o));
    if (PyList_Check(o) || PyTuple_Check(o) || PyDict_Check(o)) {
        if (Py_EnterRecursiveCall(" while encoding a JSON object"))
            return -1;
        r = PyDict_Check(o) ? encode_dict(e, out, o) : encode_list(e, out, o);
        Py_LeaveRecursiveCall();
        return r;
    }
    r = mark(e, o, &key);
    if (r == 0) {
        PyObject *simpler = PyObject_CallFunctionObjArgs(e->defaultfn, o, NULL);
        if (simpler == NULL || Py_EnterRecursiveCall(" while encoding a JSON object"))
            r = -1;
        else {
            r = encode(e, out, simpler);
            Py_LeaveRecursiveCall();
        }
        Py_XDECREF(simpler);
        r = unmark(e, key, r);
    }
    return r;
}

static PyObject *encoder_call(PyObject *self, PyObject *args, PyObject *kw)
{
    static char *kwlist[] = {"obj", "_current_indent_level", NULL};
    PyObject *o;
    Py_ssize_t level;
    if (!PyArg_ParseTupleAndKeywords(args, kw, "OO&:_iterencode", kwlist, &o, index_of, &level))
        return NULL;
    PyObject *out = PyList_New(0);
    if (out != NULL && encode((Encoder *)self, out, o) < 0)
        Py_CLEAR(out);
    return out;
}

static PyObject *encoder_new(PyTypeObject *type, PyObject *args, PyObject *kw)
{
    static char *kwlist[] = {
        "markers",        "default",   "encoder",  "indent",    "key_separator",
        "item_separator", "sort_keys", "skipkeys", "allow_nan", NULL};
    PyObject *markers, *defaultfn, *encoder, *indent, *ksep, *isep, *sort, *skip, *nan;
    if (!PyArg_ParseTupleAndKeywords(args, kw, "OOOOOOOOO:make_encoder", kwlist, &markers,
                                     &defaultfn, &encoder, &indent, &ksep, &isep, &sort, &skip,
                                     &nan))
        return NULL;
    if (markers != Py_None && !PyDict_Check(markers)) {
        PyErr_Format(PyExc_TypeError, "make_encoder() argument 1 must be dict or None, not %.200s",
                     Py_TYPE(markers)->tp_name);
        return NULL;
    }
    int allow_nan = PyObject_IsTrue(nan);
    if (allow_nan < 0)
        return NULL;
    Encoder *e = (Encoder *)type->tp_alloc(type, 0);
    if (e == NULL)
        return NULL;
    PyObject **fields[] = {&e->markers,       &e->defaultfn,      &e->encoder,   &e->indent,
                           &e->key_separator, &e->item_separator, &e->sort_keys, &e->skipkeys};
    PyObject *values[] = {markers, defaultfn, encoder, indent, ksep, isep, sort, skip};
    for (int i = 0; i < 8; i++) {
        Py_INCREF(values[i]);
        *fields[i] = values[i];
    }
    e->fast_encode = PyCFunction_Check(encoder) &&
                     PyCFunction_GetFunction(encoder) == json_encode_basestring_ascii;
    e->allow_nan = allow_nan;
    return (PyObject *)e;
}

#define E_OFF(f) offsetof(Encoder, f)
static PyMemberDef encoder_members[] = {
    {"markers", T_OBJECT, E_OFF(markers), READONLY, "markers"},
    {"default", T_OBJECT, E_OFF(defaultfn), READONLY, "default"},
    {"encoder", T_OBJECT, E_OFF(encoder), READONLY, "encoder"},
    {"indent", T_OBJECT, E_OFF(indent), READONLY, "indent"},
    {"key_separator", T_OBJECT, E_OFF(key_separator), READONLY, "key_separator"},
    {"item_separator", T_OBJECT, E_OFF(item_separator), READONLY, "item_separator"},
    {"sort_keys", T_OBJECT, E_OFF(sort_keys), READONLY, "sort_keys"},
    {"skipkeys", T_OBJECT, E_OFF(skipkeys), READONLY, "skipkeys"},
    {NULL, 0, 0, 0, NULL}};

static int encoder_traverse(PyObject *self, visitproc visit, void *arg)
{
    Encoder *e = (Encoder *)self;
    Py_VISIT(e->markers);
    Py_VISIT(e->defaultfn);
    Py_VISIT(e->encoder);
    Py_VISIT(e->indent);
    Py_VISIT(e->key_separator);
    Py_VISIT(e->item_separator);
    Py_VISIT(e->sort_keys);
    Py_VISIT(e->skipkeys);
    return 0;
}

static int encoder_clear(PyObject *self)
{
    Encoder *e = (Encoder *)self;
    Py_CLEAR(e->markers);
    Py_CLEAR(e->defaultfn);
    Py_CLEAR(e->encoder);
    Py_CLEAR(e->indent);
    Py_CLEAR(e->key_separator);
    Py_CLEAR(e->item_separator);
    Py_CLEAR(e->sort_keys);
    Py_CLEAR(e->skipkeys);
    return 0;
}

static void encoder_dealloc(PyObject *self)
{
    PyObject_GC_UnTrack(self);
    encoder_clear(self);
    Py_TYPE(self)->tp_free(self);
}

static PyTypeObject EncoderType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "_json.Encoder",
    .tp_basicsize = sizeof(Encoder),
    .tp_dealloc = encoder_dealloc,
    .tp_call = encoder_call,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "_iterencode(obj, _current_indent_level) -> iterable",
    .tp_traverse = encoder_traverse,
    .tp_clear = encoder_clear,
    .tp_members = encoder_members,
    .tp_new = encoder_new,
};

static PyMethodDef json_methods[] = {
    {"encode_basestring_ascii", json_encode_basestring_ascii, METH_O, encode_ascii_doc},
    {"scanstring", json_scanstring, METH_VARARGS, scanstring_doc},
    {NULL, NULL, 0, NULL}};

void init_json(void)
{
    if (PyType_Ready(&ScannerType) < 0 || PyType_Ready(&EncoderType) < 0)
        return;
    PyObject *m = Py_InitModule3("_json", json_methods, "json speedups\n");
    if (m == NULL)
        return;
    Py_INCREF(&ScannerType);
    PyModule_AddObject(m, "make_scanner", (PyObject *)&ScannerType);
    Py_INCREF(&EncoderType);
    PyModule_AddObject(m, "make_encoder", (PyObject *)&EncoderType);
}
