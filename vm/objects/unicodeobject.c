/* SPDX-License-Identifier: MIT */
/* unicode: making objects, conversions from and to other objects, comparing, hashing, the sequence
 * and buffer protocols. Invariants: a NUL follows the last unit; contents never change once shared;
 * the empty object and those of one Latin-1 character are single objects. The methods are in
 * unicode_methods.c, the codecs in unicode_codecs_*.c, % in percent_format.c. */
#include "unicode_private.h"
#include "base/search.h"

static PyObject *empty_unicode, *latin1[256];
static char default_encoding[100] = "ascii";

static PyObject *make(PyTypeObject *type, Py_ssize_t n)
{
    PyUnicodeObject *u;
    Py_UNICODE *s = NULL;

    if (n <= PY_SSIZE_T_MAX / (Py_ssize_t)sizeof(Py_UNICODE) - 1) {
        s = PyObject_Malloc((n + 1) * (Py_ssize_t)sizeof(Py_UNICODE));
    }
    if (s == NULL) {
        return PyErr_NoMemory();
    }
    if (type == &PyUnicode_Type) {
        u = PyObject_New(PyUnicodeObject, type);
    } else {
        u = (PyUnicodeObject *)type->tp_alloc(type, 0);
    }
    if (u == NULL) {
        PyObject_Free(s);
        return NULL;
    }
    s[0] = s[n] = 0;
    u->str = s;
    u->length = n;
    u->hash = -1;
    u->defenc = NULL;
    return (PyObject *)u;
}

PyObject *_PyUnicode_New(Py_ssize_t n)
{
    if (n < 0) {
        PyErr_BadInternalCall();
        return NULL;
    }
    if (n == 0) {
        if (empty_unicode == NULL) {
            empty_unicode = make(&PyUnicode_Type, 0);
            if (empty_unicode == NULL) {
                return NULL;
            }
        }
        Py_INCREF(empty_unicode);
        return empty_unicode;
    }
    return make(&PyUnicode_Type, n);
}

static void unicode_dealloc(PyObject *op)
{
    PyUnicodeObject *u = (PyUnicodeObject *)op;
    PyObject_Free(u->str);
    Py_XDECREF(u->defenc);
    Py_TYPE(op)->tp_free(op);
}

int _PyUnicode_Init(void)
{
    PyObject *u = _PyUnicode_New(0);
    Py_XDECREF(u);
    return u == NULL ? -1 : 0;
}

int PyUnicode_ClearFreeList(void)
{
    return 0;
}

PyObject *PyUnicode_FromUnicode(const Py_UNICODE *s, Py_ssize_t n)
{
    PyObject *u;

    if (s != NULL && n == 1 && *s < 256) {
        u = latin1[*s];
        if (u == NULL) {
            u = make(&PyUnicode_Type, 1);
            if (u == NULL) {
                return NULL;
            }
            PyUnicode_AS_UNICODE(u)[0] = *s;
            latin1[*s] = u;
        }
        Py_INCREF(u);
        return u;
    }
    u = _PyUnicode_New(n);
    if (u != NULL && s != NULL && n > 0) {
        memcpy(PyUnicode_AS_UNICODE(u), s, (size_t)n * sizeof(Py_UNICODE));
    }
    return u;
}

PyObject *PyUnicode_FromStringAndSize(const char *s, Py_ssize_t n)
{
    if (n < 0) {
        PyErr_SetString(PyExc_SystemError, "Negative size passed to PyUnicode_FromStringAndSize");
        return NULL;
    }
    return s == NULL ? _PyUnicode_New(n) : PyUnicode_DecodeUTF8(s, n, NULL);
}

PyObject *PyUnicode_FromString(const char *s)
{
    return PyUnicode_DecodeUTF8(s, (Py_ssize_t)strlen(s), NULL);
}

PyObject *PyUnicode_FromOrdinal(int ordinal)
{
    Py_UNICODE c = (Py_UNICODE)ordinal;
    if (ordinal < 0 || ordinal > 0x10FFFF) {
        PyErr_SetString(PyExc_ValueError,
                        "unichr() arg not in range(0x110000) (wide Python build)");
        return NULL;
    }
    return PyUnicode_FromUnicode(&c, 1);
}

int PyUnicode_Resize(PyObject **pu, Py_ssize_t n)
{
    PyUnicodeObject *u;
    PyObject *fresh;
    Py_UNICODE *s = NULL;

    if (pu == NULL || *pu == NULL || !PyUnicode_Check(*pu) || n < 0) {
        PyErr_BadInternalCall();
        return -1;
    }
    u = (PyUnicodeObject *)*pu;
    if (u->length == n) {
        return 0;
    }
    if (Py_REFCNT(u) != 1 || (PyObject *)u == empty_unicode ||
        (u->length == 1 && u->str[0] < 256 && latin1[u->str[0]] == (PyObject *)u) || n == 0) {
        fresh = _PyUnicode_New(n); /* what is shared stays as it is */
        if (fresh == NULL) {
            return -1;
        }
        memcpy(PyUnicode_AS_UNICODE(fresh), u->str,
               (size_t)Py_MIN(u->length, n) * sizeof(Py_UNICODE));
        Py_DECREF(u);
        *pu = fresh;
        return 0;
    }
    if (n <= PY_SSIZE_T_MAX / (Py_ssize_t)sizeof(Py_UNICODE) - 1) {
        s = PyObject_Realloc(u->str, (n + 1) * (Py_ssize_t)sizeof(Py_UNICODE));
    }
    if (s == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    s[n] = 0;
    u->str = s;
    u->length = n;
    u->hash = -1;
    Py_CLEAR(u->defenc);
    return 0;
}

/* -- Access -------------------------------------------------------------------------------------
 */
_Static_assert(sizeof(wchar_t) == sizeof(Py_UNICODE), "wchar_t is a code point");

PyObject *PyUnicode_FromWideChar(const wchar_t *w, Py_ssize_t size)
{
    if (w == NULL) {
        if (size != 0) {
            PyErr_BadInternalCall();
            return NULL;
        }
        return PyUnicode_FromUnicode(NULL, 0);
    }
    if (size == -1)
        size = (Py_ssize_t)wcslen(w);
    if (size < 0) {
        PyErr_BadInternalCall();
        return NULL;
    }
    PyObject *u = PyUnicode_FromUnicode(NULL, size);
    if (u != NULL && size > 0)
        memcpy(PyUnicode_AS_UNICODE(u), w, (size_t)size * sizeof(wchar_t));
    return u;
}

Py_ssize_t PyUnicode_AsWideChar(PyUnicodeObject *u, wchar_t *w, Py_ssize_t size)
{
    if (u == NULL) {
        PyErr_BadInternalCall();
        return -1;
    }
    Py_ssize_t n = PyUnicode_GET_SIZE(u);
    if (size > n)
        size = n + 1;
    else
        n = size;
    memcpy(w, PyUnicode_AS_UNICODE(u), (size_t)size * sizeof(wchar_t));
    return n;
}

Py_UNICODE *PyUnicode_AsUnicode(PyObject *u)
{
    if (!PyUnicode_Check(u)) {
        PyErr_BadArgument();
        return NULL;
    }
    return PyUnicode_AS_UNICODE(u);
}

Py_ssize_t PyUnicode_GetSize(PyObject *u)
{
    if (!PyUnicode_Check(u)) {
        PyErr_BadArgument();
        return -1;
    }
    return PyUnicode_GET_SIZE(u);
}

Py_UNICODE PyUnicode_GetMax(void)
{
    return 0x10FFFF;
}

const char *PyUnicode_GetDefaultEncoding(void)
{
    return default_encoding;
}

int PyUnicode_SetDefaultEncoding(const char *encoding)
{
    PyObject *codec = _PyCodec_Lookup(encoding);
    if (codec == NULL) {
        return -1;
    }
    Py_DECREF(codec);
    strncpy(default_encoding, encoding, sizeof(default_encoding) - 1);
    return 0;
}

PyObject *_PyUnicode_AsDefaultEncodedString(PyObject *op, const char *errors)
{
    PyUnicodeObject *u = (PyUnicodeObject *)op;
    PyObject *s = u->defenc;
    if (s != NULL) {
        return s;
    }
    s = PyUnicode_AsEncodedString(op, NULL, errors);
    if (s != NULL && errors == NULL) {
        u->defenc = s;
    }
    return s;
}

/* -- Conversions --------------------------------------------------------------------------------
 */
PyObject *PyUnicode_FromObject(PyObject *o)
{
    if (o == NULL) {
        PyErr_BadInternalCall();
        return NULL;
    }
    if (PyUnicode_CheckExact(o)) {
        Py_INCREF(o);
        return o;
    }
    if (PyUnicode_Check(o)) {
        return PyUnicode_FromUnicode(PyUnicode_AS_UNICODE(o), PyUnicode_GET_SIZE(o));
    }
    return PyUnicode_FromEncodedObject(o, NULL, "strict");
}

PyObject *PyUnicode_FromEncodedObject(PyObject *o, const char *encoding, const char *errors)
{
    const char *s;
    Py_ssize_t n;

    if (o == NULL) {
        PyErr_BadInternalCall();
        return NULL;
    }
    if (PyUnicode_Check(o)) {
        PyErr_SetString(PyExc_TypeError, "decoding Unicode is not supported");
        return NULL;
    }
    if (PyString_Check(o)) {
        s = PyString_AS_STRING(o);
        n = PyString_GET_SIZE(o);
    } else if (PyByteArray_Check(o)) {
        PyErr_SetString(PyExc_TypeError, "decoding bytearray is not supported");
        return NULL;
    } else if (PyObject_AsCharBuffer(o, &s, &n) < 0) {
        if (PyErr_ExceptionMatches(PyExc_TypeError)) {
            PyErr_Format(PyExc_TypeError, "coercing to Unicode: need string or buffer, %.80s found",
                         Py_TYPE(o)->tp_name);
        }
        return NULL;
    }
    return n == 0 ? _PyUnicode_New(0) : PyUnicode_Decode(s, n, encoding, errors);
}

PyObject *PyUnicode_Decode(const char *s, Py_ssize_t n, const char *encoding, const char *errors)
{
    PyObject *buffer, *u;

    if (encoding == NULL) {
        encoding = default_encoding;
    }
    if (strcmp(encoding, "utf-8") == 0) {
        return PyUnicode_DecodeUTF8(s, n, errors);
    }
    if (strcmp(encoding, "latin-1") == 0) {
        return PyUnicode_DecodeLatin1(s, n, errors);
    }
    if (strcmp(encoding, "ascii") == 0) {
        return PyUnicode_DecodeASCII(s, n, errors);
    }
    buffer = PyBuffer_FromMemory((void *)(uintptr_t)s, n);
    if (buffer == NULL) {
        return NULL;
    }
    u = _PyCodec_DecodeText(buffer, encoding, errors);
    Py_DECREF(buffer);
    if (u != NULL && !PyUnicode_Check(u)) {
        PyErr_Format(PyExc_TypeError, "decoder did not return an unicode object (type=%.400s)",
                     Py_TYPE(u)->tp_name);
        Py_CLEAR(u);
    }
    return u;
}

PyObject *PyUnicode_AsDecodedObject(PyObject *u, const char *encoding, const char *errors)
{
    if (!PyUnicode_Check(u)) {
        PyErr_BadArgument();
        return NULL;
    }
    if (PyErr_WarnPy3k("decoding Unicode is not supported in 3.x", 1) < 0) {
        return NULL;
    }
    return _PyCodec_DecodeText(u, encoding == NULL ? default_encoding : encoding, errors);
}

PyObject *PyUnicode_Encode(const Py_UNICODE *s, Py_ssize_t n, const char *encoding,
                           const char *errors)
{
    PyObject *u = PyUnicode_FromUnicode(s, n), *v;
    if (u == NULL) {
        return NULL;
    }
    v = PyUnicode_AsEncodedString(u, encoding, errors);
    Py_DECREF(u);
    return v;
}

PyObject *PyUnicode_AsEncodedObject(PyObject *u, const char *encoding, const char *errors)
{
    if (!PyUnicode_Check(u)) {
        PyErr_BadArgument();
        return NULL;
    }
    return _PyCodec_EncodeText(u, encoding == NULL ? default_encoding : encoding, errors);
}

PyObject *PyUnicode_AsEncodedString(PyObject *u, const char *encoding, const char *errors)
{
    PyObject *v;

    if (!PyUnicode_Check(u)) {
        PyErr_BadArgument();
        return NULL;
    }
    if (encoding == NULL) {
        encoding = default_encoding;
    }
    if (errors == NULL) {
        if (strcmp(encoding, "utf-8") == 0) {
            return PyUnicode_AsUTF8String(u);
        }
        if (strcmp(encoding, "latin-1") == 0) {
            return PyUnicode_AsLatin1String(u);
        }
        if (strcmp(encoding, "ascii") == 0) {
            return PyUnicode_AsASCIIString(u);
        }
    }
    v = _PyCodec_EncodeText(u, encoding, errors);
    if (v != NULL && !PyString_Check(v)) {
        PyErr_Format(PyExc_TypeError, "encoder did not return a string object (type=%.400s)",
                     Py_TYPE(v)->tp_name);
        Py_CLEAR(v);
    }
    return v;
}

/* -- Comparing and hashing ----------------------------------------------------------------------
 */
static int same_text(PyObject *a, PyObject *b)
{
    return PyUnicode_GET_SIZE(a) == PyUnicode_GET_SIZE(b) &&
           memcmp(PyUnicode_AS_UNICODE(a), PyUnicode_AS_UNICODE(b),
                  (size_t)PyUnicode_GET_SIZE(a) * sizeof(Py_UNICODE)) == 0;
}

static int compare_texts(PyObject *a, PyObject *b)
{
    const Py_UNICODE *s = PyUnicode_AS_UNICODE(a), *t = PyUnicode_AS_UNICODE(b);
    Py_ssize_t n = PyUnicode_GET_SIZE(a), m = PyUnicode_GET_SIZE(b);
    for (Py_ssize_t i = 0; i < n && i < m; i++) {
        if (s[i] != t[i]) {
            return s[i] < t[i] ? -1 : 1;
        }
    }
    return n < m ? -1 : n > m;
}

int PyUnicode_Compare(PyObject *left, PyObject *right)
{
    PyObject *u = PyUnicode_FromObject(left), *v = NULL;
    int r = -1;
    if (u != NULL) {
        v = PyUnicode_FromObject(right);
    }
    if (v != NULL) {
        r = compare_texts(u, v);
    }
    Py_XDECREF(u);
    Py_XDECREF(v);
    return r;
}

PyObject *PyUnicode_RichCompare(PyObject *left, PyObject *right, int op)
{
    PyObject *u, *v = NULL, *result = NULL;

    if (PyUnicode_Check(left) && PyUnicode_Check(right)) {
        int c = left == right                ? 0
                : op == Py_EQ || op == Py_NE ? !same_text(left, right)
                                             : compare_texts(left, right);
        return PyBool_FromLong(Py_CmpToRich(op, c));
    }
    u = PyUnicode_FromObject(left);
    if (u != NULL) {
        v = PyUnicode_FromObject(right);
    }
    if (v != NULL) {
        result = PyBool_FromLong(Py_CmpToRich(op, compare_texts(u, v)));
    } else if (PyErr_ExceptionMatches(PyExc_TypeError)) {
        PyErr_Clear();
        Py_INCREF(Py_NotImplemented);
        result = Py_NotImplemented;
    } else if ((op == Py_EQ || op == Py_NE) && PyErr_ExceptionMatches(PyExc_UnicodeDecodeError)) {
        PyErr_Clear();
        if (PyErr_WarnEx(PyExc_UnicodeWarning,
                         op == Py_EQ ? "Unicode equal comparison "
                                       "failed to convert both arguments to Unicode - "
                                       "interpreting them as being unequal"
                                     : "Unicode unequal comparison "
                                       "failed to convert both arguments to Unicode - "
                                       "interpreting them as being unequal",
                         1) == 0) {
            result = PyBool_FromLong(op == Py_NE);
        }
    }
    Py_XDECREF(u);
    Py_XDECREF(v);
    return result;
}

/* The same function as str's over the units, so that equal texts have equal hashes. */
static py_long unicode_hash(PyObject *op)
{
    PyUnicodeObject *u = (PyUnicodeObject *)op;
    if (u->hash == -1) {
        py_ulong x = 0;
        if (u->length > 0) {
            x = (py_ulong)_Py_HashSecret.prefix ^ ((py_ulong)u->str[0] << 7);
            for (Py_ssize_t i = 0; i < u->length; i++) {
                x = (x * 1000003) ^ u->str[i];
            }
            x ^= (py_ulong)u->length ^ (py_ulong)_Py_HashSecret.suffix;
        }
        u->hash = x == (py_ulong)-1 ? -2 : (py_long)x;
    }
    return u->hash;
}

/* -- Sequence protocol --------------------------------------------------------------------------
 */
static Py_ssize_t unicode_length(PyObject *u)
{
    return PyUnicode_GET_SIZE(u);
}

PyObject *PyUnicode_Concat(PyObject *left, PyObject *right)
{
    PyObject *u, *v = NULL, *w = NULL;
    Py_ssize_t n, m;

    u = PyUnicode_FromObject(left);
    if (u != NULL) {
        v = PyUnicode_FromObject(right);
    }
    if (v == NULL) {
        goto done;
    }
    n = PyUnicode_GET_SIZE(u);
    m = PyUnicode_GET_SIZE(v);
    if (n == 0 || m == 0) {
        w = n == 0 ? v : u;
        Py_INCREF(w);
        goto done;
    }
    if (n > PY_SSIZE_T_MAX - m) {
        PyErr_SetString(PyExc_OverflowError, "strings are too large to concat");
        goto done;
    }
    w = _PyUnicode_New(n + m);
    if (w != NULL) {
        memcpy(PyUnicode_AS_UNICODE(w), PyUnicode_AS_UNICODE(u), (size_t)n * sizeof(Py_UNICODE));
        memcpy(PyUnicode_AS_UNICODE(w) + n, PyUnicode_AS_UNICODE(v),
               (size_t)m * sizeof(Py_UNICODE));
    }
done:
    Py_XDECREF(u);
    Py_XDECREF(v);
    return w;
}

static PyObject *unicode_repeat(PyObject *u, Py_ssize_t count)
{
    Py_ssize_t n = PyUnicode_GET_SIZE(u), total;
    PyObject *v;
    Py_UNICODE *s;

    if (count < 1 || n == 0) {
        return _PyUnicode_New(0);
    }
    if (count == 1 && PyUnicode_CheckExact(u)) {
        Py_INCREF(u);
        return u;
    }
    if (count >= ((Py_ssize_t)1 << 62) / n) { /* 4 bytes each must stay countable */
        PyErr_SetString(PyExc_OverflowError, "repeated string is too long");
        return NULL;
    }
    total = n * count;
    v = _PyUnicode_New(total);
    if (v == NULL) {
        return NULL;
    }
    s = PyUnicode_AS_UNICODE(v);
    memcpy(s, PyUnicode_AS_UNICODE(u), (size_t)n * sizeof(Py_UNICODE));
    for (Py_ssize_t done = n; done < total;) {
        Py_ssize_t more = Py_MIN(done, total - done);
        memcpy(s + done, s, (size_t)more * sizeof(Py_UNICODE));
        done += more;
    }
    return v;
}

static PyObject *unicode_item(PyObject *u, Py_ssize_t i)
{
    if (i < 0 || i >= PyUnicode_GET_SIZE(u)) {
        PyErr_SetString(PyExc_IndexError, "string index out of range");
        return NULL;
    }
    return PyUnicode_FromUnicode(PyUnicode_AS_UNICODE(u) + i, 1);
}

static PyObject *unicode_slice(PyObject *u, Py_ssize_t start, Py_ssize_t stop)
{
    Py_ssize_t n = PyUnicode_GET_SIZE(u);
    start = start < 0 ? 0 : start > n ? n : start;
    stop = stop < start ? start : stop > n ? n : stop;
    if (start == 0 && stop == n && PyUnicode_CheckExact(u)) {
        Py_INCREF(u);
        return u;
    }
    return PyUnicode_FromUnicode(PyUnicode_AS_UNICODE(u) + start, stop - start);
}

int PyUnicode_Contains(PyObject *container, PyObject *element)
{
    PyObject *sub = PyUnicode_FromObject(element), *u = NULL;
    int r = -1;
    if (sub != NULL) {
        u = PyUnicode_FromObject(container);
    }
    if (u != NULL) {
        r = _Py_FindUnits(PyUnicode_AS_UNICODE(u), PyUnicode_GET_SIZE(u), PyUnicode_AS_UNICODE(sub),
                          PyUnicode_GET_SIZE(sub), 0) >= 0;
    }
    Py_XDECREF(u);
    Py_XDECREF(sub);
    return r;
}

static PyObject *unicode_subscript(PyObject *self, PyObject *item)
{
    if (PyIndex_Check(item)) {
        Py_ssize_t i = PyNumber_AsSsize_t(item, PyExc_IndexError);
        if (i == -1 && PyErr_Occurred()) {
            return NULL;
        }
        return unicode_item(self, i < 0 ? i + PyUnicode_GET_SIZE(self) : i);
    }
    if (PySlice_Check(item)) {
        Py_ssize_t start, stop, step, n;
        PyObject *v;
        if (_PySlice_Unpack(item, &start, &stop, &step) < 0) {
            return NULL;
        }
        n = _PySlice_AdjustIndices(PyUnicode_GET_SIZE(self), &start, &stop, step);
        if (n <= 0) {
            return _PyUnicode_New(0);
        }
        if (step == 1) {
            return unicode_slice(self, start, stop);
        }
        v = _PyUnicode_New(n);
        for (Py_ssize_t k = 0; v != NULL && k < n; k++, start += step) {
            PyUnicode_AS_UNICODE(v)[k] = PyUnicode_AS_UNICODE(self)[start];
        }
        return v;
    }
    PyErr_SetString(PyExc_TypeError, "string indices must be integers");
    return NULL;
}

/* -- Buffer protocol: the units' bytes, or the text in the default encoding
 * ------------------------- */
static Py_ssize_t unicode_getreadbuf(PyObject *self, Py_ssize_t index, void **ptr)
{
    if (index != 0) {
        PyErr_SetString(PyExc_SystemError, "accessing non-existent unicode segment");
        return -1;
    }
    *ptr = PyUnicode_AS_UNICODE(self);
    return PyUnicode_GET_DATA_SIZE(self);
}

static Py_ssize_t unicode_getwritebuf(PyObject *self, Py_ssize_t index, void **ptr)
{
    PyErr_SetString(PyExc_TypeError, "cannot use unicode as modifiable buffer");
    return -1;
}

static Py_ssize_t unicode_getsegcount(PyObject *self, Py_ssize_t *len)
{
    if (len != NULL) {
        *len = PyUnicode_GET_DATA_SIZE(self);
    }
    return 1;
}

static Py_ssize_t unicode_getcharbuf(PyObject *self, Py_ssize_t index, char **ptr)
{
    PyObject *s;
    if (index != 0) {
        PyErr_SetString(PyExc_SystemError, "accessing non-existent unicode segment");
        return -1;
    }
    s = _PyUnicode_AsDefaultEncodedString(self, NULL);
    if (s == NULL) {
        return -1;
    }
    *ptr = PyString_AS_STRING(s);
    return PyString_GET_SIZE(s);
}

/* -- The type -----------------------------------------------------------------------------------
 */
static PyObject *unicode_str(PyObject *self)
{
    return PyUnicode_AsEncodedString(self, NULL, NULL);
}

static PyObject *unicode_mod(PyObject *v, PyObject *w)
{
    if (!PyUnicode_Check(v)) {
        Py_RETURN_NOTIMPLEMENTED;
    }
    return PyUnicode_Format(v, w);
}

static PyObject *unicode_repr(PyObject *self)
{
    static const char hex[] = "0123456789abcdef";
    const Py_UNICODE *s = PyUnicode_AS_UNICODE(self);
    Py_ssize_t n = PyUnicode_GET_SIZE(self);
    int single = 0, twice = 0;
    char quote;
    _PyBytesWriter w;

    for (Py_ssize_t i = 0; i < n; i++) {
        single |= s[i] == '\'';
        twice |= s[i] == '"';
    }
    quote = single && !twice ? '"' : '\'';
    if (_PyBytesWriter_Init(&w, n < PY_SSIZE_T_MAX - 16 ? n + 8 : n) < 0) {
        return NULL;
    }
    char piece[12] = {'u', quote};
    if (_PyBytesWriter_Add(&w, piece, 2) < 0) {
        goto fail;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        Py_UNICODE c = s[i];
        int digits = 0, m = 0;
        if (c == (Py_UNICODE)quote || c == '\\') {
            piece[m++] = '\\';
            piece[m++] = (char)c;
        } else if (c == '\t' || c == '\n' || c == '\r') {
            piece[m++] = '\\';
            piece[m++] = c == '\t' ? 't' : c == '\n' ? 'n' : 'r';
        } else if (c >= 0x10000) {
            digits = 8;
        } else if (c >= 256) {
            digits = 4;
        } else if (c < ' ' || c >= 0x7F) {
            digits = 2;
        } else {
            piece[m++] = (char)c;
        }
        if (digits > 0) {
            piece[m++] = '\\';
            piece[m++] = digits == 8 ? 'U' : digits == 4 ? 'u' : 'x';
            for (int shift = digits * 4 - 4; shift >= 0; shift -= 4) {
                piece[m++] = hex[(c >> shift) & 15];
            }
        }
        if (_PyBytesWriter_Add(&w, piece, m) < 0) {
            goto fail;
        }
    }
    if (_PyBytesWriter_Add(&w, &quote, 1) < 0) {
        goto fail;
    }
    return _PyBytesWriter_Finish(&w);
fail:
    Py_XDECREF(w.str);
    return NULL;
}

static PyObject *unicode_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *kwlist[] = {"string", "encoding", "errors", NULL};
    PyObject *x = NULL, *u, *v;
    char *encoding = NULL, *errors = NULL;

    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|Oss:unicode", kwlist, &x, &encoding, &errors)) {
        return NULL;
    }
    u = x == NULL                            ? _PyUnicode_New(0)
        : encoding == NULL && errors == NULL ? PyObject_Unicode(x)
                                             : PyUnicode_FromEncodedObject(x, encoding, errors);
    if (u == NULL || type == &PyUnicode_Type) {
        return u;
    }
    v = make(type, PyUnicode_GET_SIZE(u));
    if (v != NULL) {
        memcpy(PyUnicode_AS_UNICODE(v), PyUnicode_AS_UNICODE(u),
               ((size_t)PyUnicode_GET_SIZE(u) + 1) * sizeof(Py_UNICODE));
        ((PyUnicodeObject *)v)->hash = ((PyUnicodeObject *)u)->hash;
    }
    Py_DECREF(u);
    return v;
}

static PyNumberMethods unicode_as_number = {
    .nb_remainder = unicode_mod,
};

static PySequenceMethods unicode_as_sequence = {
    .sq_length = unicode_length,
    .sq_concat = PyUnicode_Concat,
    .sq_repeat = unicode_repeat,
    .sq_item = unicode_item,
    .sq_slice = unicode_slice,
    .sq_contains = PyUnicode_Contains,
};

static PyMappingMethods unicode_as_mapping = {
    .mp_length = unicode_length,
    .mp_subscript = unicode_subscript,
};

static PyBufferProcs unicode_as_buffer = {
    .bf_getreadbuffer = unicode_getreadbuf,
    .bf_getwritebuffer = unicode_getwritebuf,
    .bf_getsegcount = unicode_getsegcount,
    .bf_getcharbuffer = unicode_getcharbuf,
};

PyTypeObject PyUnicode_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "unicode",
    .tp_basicsize = sizeof(PyUnicodeObject),
    .tp_x64_basicsize = 48,
    .tp_dealloc = unicode_dealloc,
    .tp_repr = unicode_repr,
    .tp_as_number = &unicode_as_number,
    .tp_as_sequence = &unicode_as_sequence,
    .tp_as_mapping = &unicode_as_mapping,
    .tp_hash = unicode_hash,
    .tp_str = unicode_str,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_as_buffer = &unicode_as_buffer,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_CHECKTYPES | Py_TPFLAGS_BASETYPE |
                Py_TPFLAGS_UNICODE_SUBCLASS,
    .tp_doc =
        "unicode(object='') -> unicode object\n"
        "unicode(string[, encoding[, errors]]) -> unicode object\n\n"
        "Text from an object, or from bytes in an encoding (the default encoding if not given).",
    .tp_richcompare = PyUnicode_RichCompare,
    .tp_methods = _PyUnicode_Methods,
    .tp_base = &PyBaseString_Type,
    .tp_new = unicode_new,
    .tp_free = PyObject_Free,
    .tp_goon = &_PyGoOn_Again,
};
