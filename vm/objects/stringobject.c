/* SPDX-License-Identifier: MIT */
/* str and basestring: making strings, the sequence and buffer protocols, hashing and comparing.
 * Invariants: a NUL follows the last byte; the contents never change once the object is shared; the
 * empty string and the one-byte strings made from bytes are single, interned objects. The methods
 * are in str_methods.c, % in str_format.c, escapes in str_escape.c, interning in str_intern.c. */
#include "str_private.h"
#include "base/search.h"

static PyStringObject *empty_string, *one_byte[256];

static PyObject *new_raw(Py_ssize_t n)
{
    PyStringObject *v;

    if (n < 0) {
        PyErr_SetString(PyExc_SystemError, "Negative size passed to PyString_FromStringAndSize");
        return NULL;
    }
    if (n > PY_SSIZE_T_MAX - PyStringObject_SIZE) {
        PyErr_SetString(PyExc_OverflowError, "string is too large");
        return NULL;
    }
    v = PyObject_Malloc(PyStringObject_SIZE + n);
    if (v == NULL) {
        return PyErr_NoMemory();
    }
    (void)PyObject_INIT_VAR(v, &PyString_Type, n);
    v->ob_shash = -1;
    v->ob_sstate = SSTATE_NOT_INTERNED;
    v->ob_sval[n] = '\0';
    return (PyObject *)v;
}

PyObject *PyString_FromStringAndSize(const char *s, Py_ssize_t n)
{
    PyObject *v;

    if (n == 0 && empty_string != NULL) {
        Py_INCREF(empty_string);
        return (PyObject *)empty_string;
    }
    if (n == 1 && s != NULL && one_byte[Py_CHARMASK(*s)] != NULL) {
        v = (PyObject *)one_byte[Py_CHARMASK(*s)];
        Py_INCREF(v);
        return v;
    }
    v = new_raw(n);
    if (v == NULL) {
        return NULL;
    }
    if (s != NULL) {
        memcpy(PyString_AS_STRING(v), s, (size_t)n);
    }
    if (n == 0) {
        PyString_InternInPlace(&v);
        empty_string = (PyStringObject *)v;
        Py_INCREF(v);
    } else if (n == 1 && s != NULL) {
        unsigned char c = (unsigned char)*s;
        PyString_InternInPlace(&v);
        one_byte[c] = (PyStringObject *)v;
        Py_INCREF(v);
    }
    return v;
}

PyObject *PyString_FromString(const char *s)
{
    return PyString_FromStringAndSize(s, (Py_ssize_t)strlen(s));
}

int _PyString_Init(void)
{
    PyObject *v = PyString_FromStringAndSize(NULL, 0);
    if (v == NULL) {
        return -1;
    }
    Py_DECREF(v);
    for (int c = 0; c < 256; c++) {
        char byte = (char)c;
        v = PyString_FromStringAndSize(&byte, 1);
        if (v == NULL) {
            return -1;
        }
        Py_DECREF(v);
    }
    return 0;
}

static void string_dealloc(PyObject *op)
{
    if (((PyStringObject *)op)->ob_sstate != SSTATE_NOT_INTERNED) {
        _PyString_ForgetInterned(op);
    }
    Py_TYPE(op)->tp_free(op);
}

/* -- Access -------------------------------------------------------------------------------------
 */
int PyString_AsStringAndSize(PyObject *o, char **s, Py_ssize_t *len)
{
    if (s == NULL) {
        PyErr_BadInternalCall();
        return -1;
    }
    if (!PyString_Check(o)) {
        if (!PyUnicode_Check(o)) {
            PyErr_Format(PyExc_TypeError, "expected string or Unicode object, %.200s found",
                         Py_TYPE(o)->tp_name);
            return -1;
        }
        o = _PyUnicode_AsDefaultEncodedString(o, NULL);
        if (o == NULL) {
            return -1;
        }
    }
    *s = PyString_AS_STRING(o);
    if (len != NULL) {
        *len = PyString_GET_SIZE(o);
    } else if ((Py_ssize_t)strlen(*s) != PyString_GET_SIZE(o)) {
        PyErr_SetString(PyExc_TypeError, "expected string without null bytes");
        return -1;
    }
    return 0;
}

Py_ssize_t PyString_Size(PyObject *o)
{
    char *s;
    Py_ssize_t n;
    return PyString_Check(o)                         ? PyString_GET_SIZE(o)
           : PyString_AsStringAndSize(o, &s, &n) < 0 ? -1
                                                     : n;
}

char *PyString_AsString(PyObject *o)
{
    char *s;
    Py_ssize_t n;
    if (PyString_Check(o)) {
        return PyString_AS_STRING(o);
    }
    return PyString_AsStringAndSize(o, &s, &n) < 0 ? NULL : s;
}

/* -- Changing a string nobody else has seen -------------------------------------------------------
 */
int _PyString_Resize(PyObject **pv, Py_ssize_t n)
{
    PyObject *v = *pv;
    PyStringObject *r;

    if (!PyString_Check(v) || n < 0) {
        goto bad;
    }
    if (Py_SIZE(v) == n) {
        return 0;
    }
    if (n == 0 || Py_SIZE(v) == 0) { /* from or to the shared empty string */
        PyObject *fresh = PyString_FromStringAndSize(NULL, n);
        *pv = fresh;
        Py_DECREF(v);
        return fresh == NULL ? -1 : 0;
    }
    if (Py_REFCNT(v) != 1 || PyString_CHECK_INTERNED(v)) {
        goto bad;
    }
    if (n > PY_SSIZE_T_MAX - PyStringObject_SIZE) {
        r = NULL;
    } else {
        r = PyObject_Realloc(v, PyStringObject_SIZE + n);
    }
    if (r == NULL) {
        *pv = NULL;
        PyObject_Free(v);
        PyErr_NoMemory();
        return -1;
    }
    Py_SIZE(r) = n;
    r->ob_sval[n] = '\0';
    r->ob_shash = -1;
    *pv = (PyObject *)r;
    return 0;
bad:
    *pv = NULL;
    Py_DECREF(v);
    PyErr_BadInternalCall();
    return -1;
}

/* -- Sequence protocol --------------------------------------------------------------------------
 */
static Py_ssize_t string_length(PyObject *a)
{
    return Py_SIZE(a);
}

static PyObject *string_concat(PyObject *a, PyObject *b)
{
    Py_ssize_t n, m;
    PyObject *v;

    if (!PyString_Check(b)) {
        if (PyUnicode_Check(b)) {
            return PyUnicode_Concat(a, b);
        }
        if (PyByteArray_Check(b)) {
            return PyByteArray_Concat(a, b);
        }
        PyErr_Format(PyExc_TypeError, "cannot concatenate 'str' and '%.200s' objects",
                     Py_TYPE(b)->tp_name);
        return NULL;
    }
    n = Py_SIZE(a);
    m = Py_SIZE(b);
    if ((n == 0 || m == 0) && PyString_CheckExact(a) && PyString_CheckExact(b)) {
        v = n == 0 ? b : a;
        Py_INCREF(v);
        return v;
    }
    if (n > PY_SSIZE_T_MAX - m) {
        PyErr_SetString(PyExc_OverflowError, "strings are too large to concat");
        return NULL;
    }
    v = PyString_FromStringAndSize(NULL, n + m);
    if (v != NULL) {
        memcpy(PyString_AS_STRING(v), PyString_AS_STRING(a), (size_t)n);
        memcpy(PyString_AS_STRING(v) + n, PyString_AS_STRING(b), (size_t)m);
    }
    return v;
}

void PyString_Concat(PyObject **pv, PyObject *w)
{
    PyObject *v = *pv;
    if (v == NULL) {
        return;
    }
    *pv = w != NULL && PyString_Check(v) ? string_concat(v, w) : NULL;
    Py_DECREF(v);
}

void PyString_ConcatAndDel(PyObject **pv, PyObject *w)
{
    PyString_Concat(pv, w);
    Py_XDECREF(w);
}

static PyObject *string_repeat(PyObject *a, Py_ssize_t count)
{
    Py_ssize_t n = Py_SIZE(a), done;
    PyObject *v;
    char *s;

    if (count < 0) {
        count = 0;
    }
    if (n > 0 && count > PY_SSIZE_T_MAX / n) {
        PyErr_SetString(PyExc_OverflowError, "repeated string is too long");
        return NULL;
    }
    if (count * n == n && PyString_CheckExact(a)) {
        Py_INCREF(a);
        return a;
    }
    if (count * n > PY_SSIZE_T_MAX - PyStringObject_SIZE) {
        return PyErr_NoMemory();
    }
    v = PyString_FromStringAndSize(NULL, n * count);
    if (v == NULL || n * count == 0) {
        return v;
    }
    s = PyString_AS_STRING(v);
    if (n == 1) {
        memset(s, PyString_AS_STRING(a)[0], (size_t)count);
        return v;
    }
    memcpy(s, PyString_AS_STRING(a), (size_t)n);
    for (done = n; done < n * count;) { /* double what is there */
        Py_ssize_t more = Py_MIN(done, n * count - done);
        memcpy(s + done, s, (size_t)more);
        done += more;
    }
    return v;
}

static PyObject *string_slice(PyObject *a, Py_ssize_t i, Py_ssize_t j)
{
    if (i < 0) {
        i = 0;
    }
    if (j < 0) {
        j = 0;
    }
    if (j > Py_SIZE(a)) {
        j = Py_SIZE(a);
    }
    if (i == 0 && j == Py_SIZE(a) && PyString_CheckExact(a)) {
        Py_INCREF(a);
        return a;
    }
    if (j < i) {
        j = i;
    }
    return i >= Py_SIZE(a) ? PyString_FromStringAndSize(NULL, 0)
                           : PyString_FromStringAndSize(PyString_AS_STRING(a) + i, j - i);
}

static int string_contains(PyObject *s, PyObject *sub)
{
    if (!PyString_Check(sub)) {
        if (PyUnicode_Check(sub)) {
            return PyUnicode_Contains(s, sub);
        }
        PyErr_Format(PyExc_TypeError, "'in <string>' requires string as left operand, not %.200s",
                     Py_TYPE(sub)->tp_name);
        return -1;
    }
    return _Py_FindBytes(PyString_AS_STRING(s), Py_SIZE(s), PyString_AS_STRING(sub), Py_SIZE(sub),
                         0) >= 0;
}

static PyObject *string_item(PyObject *a, Py_ssize_t i)
{
    if (i < 0 || i >= Py_SIZE(a)) {
        PyErr_SetString(PyExc_IndexError, "string index out of range");
        return NULL;
    }
    return PyString_FromStringAndSize(PyString_AS_STRING(a) + i, 1);
}

static PyObject *string_subscript(PyObject *self, PyObject *item)
{
    if (PyIndex_Check(item)) {
        Py_ssize_t i = PyNumber_AsSsize_t(item, PyExc_IndexError);
        if (i == -1 && PyErr_Occurred()) {
            return NULL;
        }
        return string_item(self, i < 0 ? i + Py_SIZE(self) : i);
    }
    if (PySlice_Check(item)) {
        Py_ssize_t start, stop, step, n;
        PyObject *v;
        if (_PySlice_Unpack(item, &start, &stop, &step) < 0) {
            return NULL;
        }
        n = _PySlice_AdjustIndices(Py_SIZE(self), &start, &stop, step);
        if (n <= 0) {
            return PyString_FromStringAndSize("", 0);
        }
        if (step == 1) {
            return string_slice(self, start, stop);
        }
        v = PyString_FromStringAndSize(NULL, n);
        for (Py_ssize_t k = 0; v != NULL && k < n; k++, start += step) {
            PyString_AS_STRING(v)[k] = PyString_AS_STRING(self)[start];
        }
        return v;
    }
    PyErr_Format(PyExc_TypeError, "string indices must be integers, not %.200s",
                 Py_TYPE(item)->tp_name);
    return NULL;
}

/* -- Comparing and hashing ----------------------------------------------------------------------
 */
int _PyString_Eq(PyObject *a, PyObject *b)
{
    return Py_SIZE(a) == Py_SIZE(b) &&
           memcmp(PyString_AS_STRING(a), PyString_AS_STRING(b), (size_t)Py_SIZE(a)) == 0;
}

static PyObject *string_richcompare(PyObject *a, PyObject *b, int op)
{
    int c;
    PyObject *r;

    if (!PyString_Check(a) || !PyString_Check(b)) {
        Py_RETURN_NOTIMPLEMENTED;
    }
    if (a == b) {
        c = 0;
    } else if (op == Py_EQ || op == Py_NE) {
        c = !_PyString_Eq(a, b);
    } else {
        Py_ssize_t n = Py_SIZE(a), m = Py_SIZE(b);
        c = memcmp(PyString_AS_STRING(a), PyString_AS_STRING(b), (size_t)Py_MIN(n, m));
        if (c == 0) {
            c = n < m ? -1 : n > m;
        }
    }
    r = Py_CmpToRich(op, c) ? Py_True : Py_False;
    Py_INCREF(r);
    return r;
}

py_long _PyString_Hash(PyObject *op)
{
    PyStringObject *a = (PyStringObject *)op;
    if (a->ob_shash == -1) {
        const unsigned char *p = (const unsigned char *)a->ob_sval;
        py_ulong x = 0;
        if (Py_SIZE(a) > 0) {
            x = (py_ulong)_Py_HashSecret.prefix ^ ((py_ulong)*p << 7);
            for (Py_ssize_t i = 0; i < Py_SIZE(a); i++) {
                x = (x * 1000003) ^ p[i];
            }
            x ^= (py_ulong)Py_SIZE(a) ^ (py_ulong)_Py_HashSecret.suffix;
        }
        a->ob_shash = x == (py_ulong)-1 ? -2 : (py_long)x;
    }
    return a->ob_shash;
}

/* -- Buffer protocols ---------------------------------------------------------------------------
 */
static Py_ssize_t string_getreadbuf(PyObject *self, Py_ssize_t index, void **ptr)
{
    if (index != 0) {
        PyErr_SetString(PyExc_SystemError, "accessing non-existent string segment");
        return -1;
    }
    *ptr = PyString_AS_STRING(self);
    return Py_SIZE(self);
}

static Py_ssize_t string_getwritebuf(PyObject *self, Py_ssize_t index, void **ptr)
{
    PyErr_SetString(PyExc_TypeError, "Cannot use string as modifiable buffer");
    return -1;
}

static Py_ssize_t string_getsegcount(PyObject *self, Py_ssize_t *len)
{
    if (len != NULL) {
        *len = Py_SIZE(self);
    }
    return 1;
}

static Py_ssize_t string_getcharbuf(PyObject *self, Py_ssize_t index, char **ptr)
{
    if (index != 0) {
        PyErr_SetString(PyExc_SystemError, "accessing non-existent string segment");
        return -1;
    }
    *ptr = PyString_AS_STRING(self);
    return Py_SIZE(self);
}

static int string_getbuffer(PyObject *self, Py_buffer *view, int flags)
{
    return PyBuffer_FillInfo(view, self, PyString_AS_STRING(self), Py_SIZE(self), 1, flags);
}

/* -- The types ----------------------------------------------------------------------------------
 */
static PyObject *string_str(PyObject *s)
{
    if (PyString_CheckExact(s)) {
        Py_INCREF(s);
        return s;
    }
    return PyString_FromStringAndSize(PyString_AS_STRING(s), Py_SIZE(s));
}

static PyObject *string_repr(PyObject *op)
{
    return PyString_Repr(op, 1);
}

static PyObject *string_mod(PyObject *v, PyObject *w)
{
    if (!PyString_Check(v)) {
        Py_RETURN_NOTIMPLEMENTED;
    }
    return PyString_Format(v, w);
}

static PyObject *string_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *kwlist[] = {"object", NULL};
    PyObject *x = NULL, *s, *v;

    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|O:str", kwlist, &x)) {
        return NULL;
    }
    s = x == NULL ? PyString_FromStringAndSize("", 0) : PyObject_Str(x);
    if (s == NULL || type == &PyString_Type) {
        return s;
    }
    if (!PyString_Check(s)) {
        Py_DECREF(s);
        PyErr_BadInternalCall();
        return NULL;
    }
    v = type->tp_alloc(type, Py_SIZE(s));
    if (v != NULL) {
        memcpy(PyString_AS_STRING(v), PyString_AS_STRING(s), (size_t)Py_SIZE(s) + 1);
        ((PyStringObject *)v)->ob_shash = ((PyStringObject *)s)->ob_shash;
        ((PyStringObject *)v)->ob_sstate = SSTATE_NOT_INTERNED;
    }
    Py_DECREF(s);
    return v;
}

static PyObject *basestring_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyErr_SetString(PyExc_TypeError, "The basestring type cannot be instantiated");
    return NULL;
}

PyTypeObject PyBaseString_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "basestring",
    .tp_basicsize = sizeof(PyObject),
    .tp_x64_basicsize = 16,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = "Type basestring cannot be instantiated; it is the base for str and unicode.",
    .tp_base = &PyBaseObject_Type,
    .tp_new = basestring_new,
};

static PyNumberMethods string_as_number = {
    .nb_remainder = string_mod,
};

static PySequenceMethods string_as_sequence = {
    .sq_length = string_length,
    .sq_concat = string_concat,
    .sq_repeat = string_repeat,
    .sq_item = string_item,
    .sq_slice = string_slice,
    .sq_contains = string_contains,
};

static PyMappingMethods string_as_mapping = {
    .mp_length = string_length,
    .mp_subscript = string_subscript,
};

static PyBufferProcs string_as_buffer = {
    .bf_getreadbuffer = string_getreadbuf,
    .bf_getwritebuffer = string_getwritebuf,
    .bf_getsegcount = string_getsegcount,
    .bf_getcharbuffer = string_getcharbuf,
    .bf_getbuffer = string_getbuffer,
};

PyTypeObject PyString_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "str",
    .tp_basicsize = PyStringObject_SIZE,
    .tp_itemsize = 1,
    .tp_x64_basicsize = 37,
    .tp_dealloc = string_dealloc,
    .tp_repr = string_repr,
    .tp_as_number = &string_as_number,
    .tp_as_sequence = &string_as_sequence,
    .tp_as_mapping = &string_as_mapping,
    .tp_hash = _PyString_Hash,
    .tp_str = string_str,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_as_buffer = &string_as_buffer,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_CHECKTYPES | Py_TPFLAGS_BASETYPE |
                Py_TPFLAGS_STRING_SUBCLASS | Py_TPFLAGS_HAVE_NEWBUFFER,
    .tp_doc = "str(object='') -> string\n\n"
              "The string for people of an object; a string stays as it is.",
    .tp_richcompare = string_richcompare,
    .tp_methods = _PyString_Methods,
    .tp_base = &PyBaseString_Type,
    .tp_new = string_new,
    .tp_free = PyObject_Free,
    .tp_goon = &_PyGoOn_Again,
};
