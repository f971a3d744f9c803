/* SPDX-License-Identifier: MIT */
/* UnicodeEncodeError, UnicodeDecodeError, UnicodeTranslateError, and their C accessors for codecs
 * and error handlers. Invariant: programs may set the fields to anything; accessors check types and
 * clip positions. */
#include "Python.h"
#include "exceptions.h"

#define SELF(op) ((PyUnicodeErrorObject *)(op))

/* -- Checked fields
 * --------------------------------------------------------------------------------- */

static PyObject *checked_string(PyObject *attr, const char *name)
{
    if (attr == NULL) {
        PyErr_Format(PyExc_TypeError, "%.200s attribute not set", name);
        return NULL;
    }
    if (!PyString_Check(attr)) {
        PyErr_Format(PyExc_TypeError, "%.200s attribute must be str", name);
        return NULL;
    }
    Py_INCREF(attr);
    return attr;
}

static PyObject *checked_unicode(PyObject *attr, const char *name)
{
    if (attr == NULL) {
        PyErr_Format(PyExc_TypeError, "%.200s attribute not set", name);
        return NULL;
    }
    if (!PyUnicode_Check(attr)) {
        PyErr_Format(PyExc_TypeError, "%.200s attribute must be unicode", name);
        return NULL;
    }
    Py_INCREF(attr);
    return attr;
}

static int set_string(PyObject **attr, const char *value)
{
    PyObject *obj = PyString_FromString(value);
    if (obj == NULL)
        return -1;
    Py_XSETREF(*attr, obj);
    return 0;
}

/* The length of the object field, or -1. */
static Py_ssize_t object_size(PyObject *exc, int is_bytes)
{
    PyObject *obj = is_bytes ? checked_string(SELF(exc)->object, "object")
                             : checked_unicode(SELF(exc)->object, "object");
    if (obj == NULL)
        return -1;
    Py_ssize_t size = is_bytes ? PyString_GET_SIZE(obj) : PyUnicode_GET_SIZE(obj);
    Py_DECREF(obj);
    return size;
}

static int get_start(PyObject *exc, Py_ssize_t *start, int is_bytes)
{
    Py_ssize_t size = object_size(exc, is_bytes);
    if (size < 0)
        return -1;
    *start = SELF(exc)->start;
    if (*start < 0)
        *start = 0;
    if (*start >= size)
        *start = size - 1;
    return 0;
}

static int get_end(PyObject *exc, Py_ssize_t *end, int is_bytes)
{
    Py_ssize_t size = object_size(exc, is_bytes);
    if (size < 0)
        return -1;
    *end = SELF(exc)->end;
    if (*end < 1)
        *end = 1;
    if (*end > size)
        *end = size;
    return 0;
}

PyObject *PyUnicodeEncodeError_GetEncoding(PyObject *exc)
{
    return checked_string(SELF(exc)->encoding, "encoding");
}

PyObject *PyUnicodeDecodeError_GetEncoding(PyObject *exc)
{
    return checked_string(SELF(exc)->encoding, "encoding");
}

PyObject *PyUnicodeEncodeError_GetObject(PyObject *exc)
{
    return checked_unicode(SELF(exc)->object, "object");
}

PyObject *PyUnicodeDecodeError_GetObject(PyObject *exc)
{
    return checked_string(SELF(exc)->object, "object");
}

PyObject *PyUnicodeTranslateError_GetObject(PyObject *exc)
{
    return checked_unicode(SELF(exc)->object, "object");
}

#define ACCESSORS(KIND, IS_BYTES)                                                                  \
    int PyUnicode##KIND##Error_GetStart(PyObject *exc, Py_ssize_t *start)                          \
    {                                                                                              \
        return get_start(exc, start, IS_BYTES);                                                    \
    }                                                                                              \
    int PyUnicode##KIND##Error_GetEnd(PyObject *exc, Py_ssize_t *end)                              \
    {                                                                                              \
        return get_end(exc, end, IS_BYTES);                                                        \
    }                                                                                              \
    int PyUnicode##KIND##Error_SetStart(PyObject *exc, Py_ssize_t start)                           \
    {                                                                                              \
        SELF(exc)->start = start;                                                                  \
        return 0;                                                                                  \
    }                                                                                              \
    int PyUnicode##KIND##Error_SetEnd(PyObject *exc, Py_ssize_t end)                               \
    {                                                                                              \
        SELF(exc)->end = end;                                                                      \
        return 0;                                                                                  \
    }                                                                                              \
    PyObject *PyUnicode##KIND##Error_GetReason(PyObject *exc)                                      \
    {                                                                                              \
        return checked_string(SELF(exc)->reason, "reason");                                        \
    }                                                                                              \
    int PyUnicode##KIND##Error_SetReason(PyObject *exc, const char *reason)                        \
    {                                                                                              \
        return set_string(&SELF(exc)->reason, reason);                                             \
    }
ACCESSORS(Encode, 0)
ACCESSORS(Decode, 1)
ACCESSORS(Translate, 0)

/* -- Life -----------------------------------------------------------------------------------------
 */

static void replace(PyObject **field, PyObject *value)
{
    Py_XINCREF(value);
    Py_XSETREF(*field, value);
}

static int codec_error_init(PyObject *op, PyObject *args, PyObject *kwds, PyTypeObject *objecttype)
{
    PyObject *encoding, *object, *reason;
    Py_ssize_t start, end;
    if (_PyBaseExc_Init(op, args, kwds) < 0)
        return -1;
    if (!PyArg_ParseTuple(args, "O!O!nnO!", &PyString_Type, &encoding, objecttype, &object, &start,
                          &end, &PyString_Type, &reason)) {
        replace(&SELF(op)->encoding, NULL);
        replace(&SELF(op)->object, NULL);
        replace(&SELF(op)->reason, NULL);
        return -1;
    }
    replace(&SELF(op)->encoding, encoding);
    replace(&SELF(op)->object, object);
    replace(&SELF(op)->reason, reason);
    SELF(op)->start = start;
    SELF(op)->end = end;
    return 0;
}

static int encode_init(PyObject *op, PyObject *args, PyObject *kwds)
{
    return codec_error_init(op, args, kwds, &PyUnicode_Type);
}

static int decode_init(PyObject *op, PyObject *args, PyObject *kwds)
{
    return codec_error_init(op, args, kwds, &PyString_Type);
}

static int translate_init(PyObject *op, PyObject *args, PyObject *kwds)
{
    PyObject *object, *reason;
    Py_ssize_t start, end;
    if (_PyBaseExc_Init(op, args, kwds) < 0)
        return -1;
    if (!PyArg_ParseTuple(args, "O!nnO!", &PyUnicode_Type, &object, &start, &end, &PyString_Type,
                          &reason)) {
        replace(&SELF(op)->object, NULL);
        replace(&SELF(op)->reason, NULL);
        return -1;
    }
    replace(&SELF(op)->object, object);
    replace(&SELF(op)->reason, reason);
    SELF(op)->start = start;
    SELF(op)->end = end;
    return 0;
}

static void unicode_clear_fields(PyUnicodeErrorObject *self)
{
    Py_CLEAR(self->encoding);
    Py_CLEAR(self->object);
    Py_CLEAR(self->reason);
}

static int unicode_clear(PyObject *op)
{
    unicode_clear_fields(SELF(op));
    return _PyBaseExc_Clear(op);
}

static void unicode_dealloc(PyObject *op)
{
    _PyObject_GC_UNTRACK(op);
    unicode_clear_fields(SELF(op));
    _PyBaseExc_ClearCommon((PyBaseExceptionObject *)op);
}

static int unicode_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(SELF(op)->encoding);
    Py_VISIT(SELF(op)->object);
    Py_VISIT(SELF(op)->reason);
    return _PyBaseExc_Traverse(op, visit, arg);
}

/* -- Text -----------------------------------------------------------------------------------------
 */

/* u'\xe9' and the like for a message. */
static void escape_character(char *buf, size_t size, Py_UNICODE ch)
{
    if (ch <= 0xff)
        PyOS_snprintf(buf, size, "\\x%02x", (unsigned)ch);
    else if (ch <= 0xffff)
        PyOS_snprintf(buf, size, "\\u%04x", (unsigned)ch);
    else
        PyOS_snprintf(buf, size, "\\U%08x", (unsigned)ch);
}

/* str() of both text fields, which may be anything by now: new references, -1 on error. */
static int field_texts(PyObject *op, PyObject **reason, PyObject **encoding)
{
    PyObject *r = SELF(op)->reason, *e = SELF(op)->encoding;
    *encoding = NULL;
    *reason = PyObject_Str(r != NULL ? r : Py_None);
    if (*reason == NULL)
        return -1;
    *encoding = PyObject_Str(e != NULL ? e : Py_None);
    if (*encoding == NULL) {
        Py_DECREF(*reason);
        return -1;
    }
    return 0;
}

static PyObject *encode_str(PyObject *op)
{
    PyUnicodeErrorObject *self = SELF(op);
    PyObject *reason, *encoding, *result;
    char badchar[16];
    if (self->object == NULL)
        return PyString_FromString(""); /* __init__ was never called */
    if (field_texts(op, &reason, &encoding) < 0)
        return NULL;
    if (PyUnicode_Check(self->object) && self->start >= 0 &&
        self->start < PyUnicode_GET_SIZE(self->object) && self->end == self->start + 1) {
        escape_character(badchar, sizeof(badchar), PyUnicode_AS_UNICODE(self->object)[self->start]);
        result = PyString_FromFormat(
            "'%.400s' codec can't encode character u'%s' in position %zd: %.400s",
            PyString_AS_STRING(encoding), badchar, self->start, PyString_AS_STRING(reason));
    } else {
        result = PyString_FromFormat(
            "'%.400s' codec can't encode characters in position %zd-%zd: %.400s",
            PyString_AS_STRING(encoding), self->start, self->end - 1, PyString_AS_STRING(reason));
    }
    Py_DECREF(reason);
    Py_DECREF(encoding);
    return result;
}

static PyObject *decode_str(PyObject *op)
{
    PyUnicodeErrorObject *self = SELF(op);
    PyObject *reason, *encoding, *result;
    char byte[8];
    if (self->object == NULL)
        return PyString_FromString("");
    if (field_texts(op, &reason, &encoding) < 0)
        return NULL;
    if (PyString_Check(self->object) && self->start >= 0 &&
        self->start < PyString_GET_SIZE(self->object) && self->end == self->start + 1) {
        PyOS_snprintf(byte, sizeof(byte), "%02x",
                      (unsigned)Py_CHARMASK(PyString_AS_STRING(self->object)[self->start]));
        result = PyString_FromFormat(
            "'%.400s' codec can't decode byte 0x%s in position %zd: %.400s",
            PyString_AS_STRING(encoding), byte, self->start, PyString_AS_STRING(reason));
    } else {
        result = PyString_FromFormat(
            "'%.400s' codec can't decode bytes in position %zd-%zd: %.400s",
            PyString_AS_STRING(encoding), self->start, self->end - 1, PyString_AS_STRING(reason));
    }
    Py_DECREF(reason);
    Py_DECREF(encoding);
    return result;
}

static PyObject *translate_str(PyObject *op)
{
    PyUnicodeErrorObject *self = SELF(op);
    PyObject *reason, *encoding, *result;
    char badchar[16];
    if (self->object == NULL)
        return PyString_FromString("");
    if (field_texts(op, &reason, &encoding) < 0)
        return NULL;
    if (PyUnicode_Check(self->object) && self->start >= 0 &&
        self->start < PyUnicode_GET_SIZE(self->object) && self->end == self->start + 1) {
        escape_character(badchar, sizeof(badchar), PyUnicode_AS_UNICODE(self->object)[self->start]);
        result = PyString_FromFormat("can't translate character u'%s' in position %zd: %.400s",
                                     badchar, self->start, PyString_AS_STRING(reason));
    } else {
        result = PyString_FromFormat("can't translate characters in position %zd-%zd: %.400s",
                                     self->start, self->end - 1, PyString_AS_STRING(reason));
    }
    Py_DECREF(reason);
    Py_DECREF(encoding);
    return result;
}

/* -- Types ----------------------------------------------------------------------------------------
 */

static PyMemberDef unicode_members[] = {
    {"encoding", T_OBJECT, offsetof(PyUnicodeErrorObject, encoding), 0, "exception encoding"},
    {"object", T_OBJECT, offsetof(PyUnicodeErrorObject, object), 0, "exception object"},
    {"start", T_PYSSIZET, offsetof(PyUnicodeErrorObject, start), 0, "exception start"},
    {"end", T_PYSSIZET, offsetof(PyUnicodeErrorObject, end), 0, "exception end"},
    {"reason", T_OBJECT, offsetof(PyUnicodeErrorObject, reason), 0, "exception reason"},
    {NULL, 0, 0, 0, NULL},
};

#define UNICODE_TYPE(NAME, INIT, DOC)                                                              \
    EXC_TYPE(NAME, &_PyExc_UnicodeError, PyUnicodeErrorObject, 80, unicode_dealloc,                \
             unicode_traverse, unicode_clear, INIT, DOC),                                          \
        .tp_members = unicode_members

PyTypeObject _PyExc_UnicodeEncodeError = {
    UNICODE_TYPE("UnicodeEncodeError", encode_init, "Unicode encoding error."),
    .tp_str = encode_str};
PyObject *PyExc_UnicodeEncodeError = (PyObject *)&_PyExc_UnicodeEncodeError;

PyTypeObject _PyExc_UnicodeDecodeError = {
    UNICODE_TYPE("UnicodeDecodeError", decode_init, "Unicode decoding error."),
    .tp_str = decode_str};
PyObject *PyExc_UnicodeDecodeError = (PyObject *)&_PyExc_UnicodeDecodeError;

PyTypeObject _PyExc_UnicodeTranslateError = {
    UNICODE_TYPE("UnicodeTranslateError", translate_init, "Unicode translation error."),
    .tp_str = translate_str};
PyObject *PyExc_UnicodeTranslateError = (PyObject *)&_PyExc_UnicodeTranslateError;

PyObject *PyUnicodeEncodeError_Create(const char *enc, const Py_UNICODE *object, Py_ssize_t len,
                                      Py_ssize_t start, Py_ssize_t end, const char *reason)
{
    return PyObject_CallFunction(PyExc_UnicodeEncodeError, "su#nns", enc, object, len, start, end,
                                 reason);
}

PyObject *PyUnicodeDecodeError_Create(const char *enc, const char *object, Py_ssize_t len,
                                      Py_ssize_t start, Py_ssize_t end, const char *reason)
{
    return PyObject_CallFunction(PyExc_UnicodeDecodeError, "ss#nns", enc, object, len, start, end,
                                 reason);
}

PyObject *PyUnicodeTranslateError_Create(const Py_UNICODE *object, Py_ssize_t len, Py_ssize_t start,
                                         Py_ssize_t end, const char *reason)
{
    return PyObject_CallFunction(PyExc_UnicodeTranslateError, "u#nns", object, len, start, end,
                                 reason);
}
