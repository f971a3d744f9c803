/* SPDX-License-Identifier: MIT */
/* PyArg_Parse*: arguments of C functions taken apart by a format.
 * Invariant: on failure everything a conversion acquired (buffers, encoded copies) is released
 * again, and an exception is set; on success the caller owns it. All 'l', 'k', 'n' and '#' targets
 * are 64 bits wide. */
#include "Python.h"

/* The arguments still to come. A va_list in a struct can be passed on by pointer on every target.
 */
typedef struct {
    va_list va;
} VaBox;

enum { FLAG_COMPAT = 1 };

#define MAX_NESTING 32
#define MSG_SIZE 512

/* What is to be undone when a later conversion fails. */
typedef struct {
    void *item;
    int is_buffer; /* a Py_buffer to release, else memory to free */
} Acquired;

typedef struct {
    Acquired *entries;
    Py_ssize_t n, allocated;
    Acquired small[8];
} AcquiredList;

static void acquired_init(AcquiredList *list)
{
    list->entries = list->small;
    list->n = 0;
    list->allocated = (Py_ssize_t)(sizeof(list->small) / sizeof(list->small[0]));
}

static int acquired_add(AcquiredList *list, void *item, int is_buffer)
{
    if (list->n == list->allocated) {
        Py_ssize_t size = list->allocated * 2;
        Acquired *entries = PyMem_Malloc(size * (Py_ssize_t)sizeof(Acquired));
        if (entries == NULL) {
            if (is_buffer)
                PyBuffer_Release(item);
            else
                PyMem_Free(item);
            PyErr_NoMemory();
            return -1;
        }
        memcpy(entries, list->entries, (size_t)list->n * sizeof(Acquired));
        if (list->entries != list->small)
            PyMem_Free(list->entries);
        list->entries = entries;
        list->allocated = size;
    }
    list->entries[list->n].item = item;
    list->entries[list->n].is_buffer = is_buffer;
    list->n++;
    return 0;
}

static int acquired_finish(AcquiredList *list, int ok)
{
    if (!ok) {
        for (Py_ssize_t i = 0; i < list->n; i++) {
            if (list->entries[i].is_buffer)
                PyBuffer_Release(list->entries[i].item);
            else
                PyMem_Free(list->entries[i].item);
        }
    }
    if (list->entries != list->small)
        PyMem_Free(list->entries);
    return ok;
}

/* -- Messages -------------------------------------------------------------------------------------
 */

/* A failed conversion answers a text about the argument; a conversion that set an exception itself
 * answers any. */
static const char *must_be(const char *expected, PyObject *arg, char *buf)
{
    if (expected[0] == '(') { /* a remark rather than a kind of value */
        PyOS_snprintf(buf, MSG_SIZE, "%.100s", expected);
        return buf;
    }
    PyOS_snprintf(buf, MSG_SIZE, "must be %.50s, not %.50s", expected,
                  arg == Py_None ? "None" : Py_TYPE(arg)->tp_name);
    return buf;
}

static void set_argument_error(int iarg, const char *msg, const int *levels, const char *fname,
                               const char *message)
{
    char buf[MSG_SIZE];
    size_t len = 0;
    if (PyErr_Occurred())
        return;
    if (message == NULL) {
        if (fname != NULL) {
            PyOS_snprintf(buf, sizeof(buf), "%.200s() ", fname);
            len = strlen(buf);
        }
        if (iarg != 0) {
            PyOS_snprintf(buf + len, sizeof(buf) - len, "argument %d", iarg);
            len += strlen(buf + len);
            for (int i = 0; i < MAX_NESTING && levels[i] > 0 && len < 220; i++) {
                PyOS_snprintf(buf + len, sizeof(buf) - len, ", item %d", levels[i] - 1);
                len += strlen(buf + len);
            }
        } else {
            PyOS_snprintf(buf + len, sizeof(buf) - len, "argument");
            len += strlen(buf + len);
        }
        PyOS_snprintf(buf + len, sizeof(buf) - len, " %.256s", msg);
        message = buf;
    }
    PyErr_SetString(PyExc_TypeError, message);
}

/* -- Simple conversions ---------------------------------------------------------------------------
 */

static int float_argument_error(PyObject *arg)
{
    if (!PyFloat_Check(arg))
        return 0;
    PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
    return 1;
}

static int float_argument_warning(PyObject *arg)
{
    if (!PyFloat_Check(arg))
        return 0;
    return PyErr_WarnEx(PyExc_DeprecationWarning, "integer argument expected, got float", 1) < 0;
}

/* A range-checked small integer: 0 ok. what names it in the messages. */
static int ranged_int(PyObject *arg, py_long min, py_long max, const char *what, py_long *out)
{
    if (float_argument_error(arg))
        return -1;
    py_long v = PyInt_AsLong(arg);
    if (v == -1 && PyErr_Occurred())
        return -1;
    if (v < min || v > max) {
        PyErr_Format(PyExc_OverflowError, "%s is %s", what,
                     v < min ? "less than minimum" : "greater than maximum");
        return -1;
    }
    *out = v;
    return 0;
}

static const char *convert_integer(char c, PyObject *arg, VaBox *box, char *msgbuf)
{
    py_long v;
    switch (c) {
    case 'b': {
        unsigned char *p = va_arg(box->va, unsigned char *);
        if (ranged_int(arg, 0, UCHAR_MAX, "unsigned byte integer", &v) < 0)
            return must_be("integer<b>", arg, msgbuf);
        *p = (unsigned char)v;
        return NULL;
    }
    case 'B': {
        unsigned char *p = va_arg(box->va, unsigned char *);
        if (float_argument_error(arg))
            return must_be("integer<B>", arg, msgbuf);
        py_ulong u = PyInt_AsUnsignedLongMask(arg);
        if (u == (py_ulong)-1 && PyErr_Occurred())
            return must_be("integer<B>", arg, msgbuf);
        *p = (unsigned char)u;
        return NULL;
    }
    case 'h': {
        short *p = va_arg(box->va, short *);
        if (ranged_int(arg, SHRT_MIN, SHRT_MAX, "signed short integer", &v) < 0)
            return must_be("integer<h>", arg, msgbuf);
        *p = (short)v;
        return NULL;
    }
    case 'H': {
        unsigned short *p = va_arg(box->va, unsigned short *);
        if (float_argument_error(arg))
            return must_be("integer<H>", arg, msgbuf);
        py_ulong u = PyInt_AsUnsignedLongMask(arg);
        if (u == (py_ulong)-1 && PyErr_Occurred())
            return must_be("integer<H>", arg, msgbuf);
        *p = (unsigned short)u;
        return NULL;
    }
    case 'i': {
        int *p = va_arg(box->va, int *);
        if (ranged_int(arg, INT_MIN, INT_MAX, "signed integer", &v) < 0)
            return must_be("integer<i>", arg, msgbuf);
        *p = (int)v;
        return NULL;
    }
    case 'I': {
        unsigned int *p = va_arg(box->va, unsigned int *);
        if (float_argument_error(arg))
            return must_be("integer<I>", arg, msgbuf);
        py_ulong u = PyInt_AsUnsignedLongMask(arg);
        if (u == (py_ulong)-1 && PyErr_Occurred())
            return must_be("integer<I>", arg, msgbuf);
        *p = (unsigned int)u;
        return NULL;
    }
    case 'n': { /* As 'l': both are 64 bits, and the complaint is about a C long. */
        Py_ssize_t *p = va_arg(box->va, Py_ssize_t *);
        if (float_argument_error(arg))
            return must_be("integer<n>", arg, msgbuf);
        v = PyInt_AsLong(arg);
        if (v == -1 && PyErr_Occurred())
            return must_be("integer<n>", arg, msgbuf);
        *p = v;
        return NULL;
    }
    case 'l': {
        py_long *p = va_arg(box->va, py_long *);
        if (float_argument_error(arg))
            return must_be("integer<l>", arg, msgbuf);
        v = PyInt_AsLong(arg);
        if (v == -1 && PyErr_Occurred())
            return must_be("integer<l>", arg, msgbuf);
        *p = v;
        return NULL;
    }
    case 'k': {
        py_ulong *p = va_arg(box->va, py_ulong *);
        if (PyInt_Check(arg))
            *p = PyInt_AsUnsignedLongMask(arg);
        else if (PyLong_Check(arg))
            *p = PyLong_AsUnsignedLongMask(arg);
        else
            return must_be("integer<k>", arg, msgbuf);
        return NULL;
    }
    case 'L': {
        int64_t *p = va_arg(box->va, int64_t *);
        if (float_argument_warning(arg))
            return must_be("long<L>", arg, msgbuf);
        int64_t n = PyLong_AsLongLong(arg);
        if (n == -1 && PyErr_Occurred())
            return must_be("long<L>", arg, msgbuf);
        *p = n;
        return NULL;
    }
    default: { /* 'K' */
        uint64_t *p = va_arg(box->va, uint64_t *);
        if (PyInt_Check(arg))
            *p = PyInt_AsUnsignedLongMask(arg);
        else if (PyLong_Check(arg))
            *p = PyLong_AsUnsignedLongLongMask(arg);
        else
            return must_be("integer<K>", arg, msgbuf);
        return NULL;
    }
    }
}

/* -- Text and buffers -----------------------------------------------------------------------------
 */

/* The memory of a read-only, single-segment old buffer; -1 with *errmsg. */
static Py_ssize_t convert_buffer(PyObject *arg, void **p, const char **errmsg)
{
    PyBufferProcs *pb = Py_TYPE(arg)->tp_as_buffer;
    if (pb == NULL || pb->bf_getreadbuffer == NULL || pb->bf_getsegcount == NULL ||
        pb->bf_releasebuffer != NULL) {
        *errmsg = "string or read-only buffer";
        return -1;
    }
    if (pb->bf_getsegcount(arg, NULL) != 1) {
        *errmsg = "string or single-segment read-only buffer";
        return -1;
    }
    Py_ssize_t count = pb->bf_getreadbuffer(arg, 0, p);
    if (count < 0)
        *errmsg = "(unspecified)";
    return count;
}

/* A Py_buffer for s* of something that is neither str nor unicode. */
static int get_simple_buffer(PyObject *arg, Py_buffer *view, const char **errmsg)
{
    PyBufferProcs *pb = Py_TYPE(arg)->tp_as_buffer;
    if (pb == NULL) {
        *errmsg = "string or buffer";
        return -1;
    }
    if (pb->bf_getbuffer != NULL) {
        if (pb->bf_getbuffer(arg, view, 0) < 0) {
            *errmsg = "convertible to a buffer";
            return -1;
        }
        if (!PyBuffer_IsContiguous(view, 'C')) {
            PyBuffer_Release(view);
            *errmsg = "contiguous buffer";
            return -1;
        }
        return 0;
    }
    void *buf;
    Py_ssize_t count = convert_buffer(arg, &buf, errmsg);
    if (count < 0) {
        *errmsg = "convertible to a buffer";
        return -1;
    }
    return PyBuffer_FillInfo(view, NULL, buf, count, 1, 0);
}

/* s, z with *, # or nothing. */
static const char *convert_text(char c, PyObject *arg, const char **pformat, VaBox *box,
                                char *msgbuf, AcquiredList *acquired)
{
    const char *format = *pformat, *errmsg = NULL;
    int none = c == 'z' && arg == Py_None;
    if (*format == '*') {
        Py_buffer *p = va_arg(box->va, Py_buffer *);
        *pformat = format + 1;
        if (none) {
            PyBuffer_FillInfo(p, NULL, NULL, 0, 1, 0);
        } else if (PyString_Check(arg)) {
            PyBuffer_FillInfo(p, arg, PyString_AS_STRING(arg), PyString_GET_SIZE(arg), 1, 0);
        } else if (PyUnicode_Check(arg)) {
            PyObject *enc = _PyUnicode_AsDefaultEncodedString(arg, NULL);
            if (enc == NULL)
                return must_be("(unicode conversion error)", arg, msgbuf);
            PyBuffer_FillInfo(p, arg, PyString_AS_STRING(enc), PyString_GET_SIZE(enc), 1, 0);
        } else if (get_simple_buffer(arg, p, &errmsg) < 0) {
            return must_be(errmsg, arg, msgbuf);
        }
        if (acquired_add(acquired, p, 1) < 0)
            return "(memory error)";
        return NULL;
    }
    const char **p = va_arg(box->va, const char **);
    if (*format == '#') {
        Py_ssize_t *len = va_arg(box->va, Py_ssize_t *);
        *pformat = format + 1;
        if (none) {
            *p = NULL;
            *len = 0;
        } else if (PyString_Check(arg)) {
            *p = PyString_AS_STRING(arg);
            *len = PyString_GET_SIZE(arg);
        } else if (PyUnicode_Check(arg)) {
            PyObject *enc = _PyUnicode_AsDefaultEncodedString(arg, NULL);
            if (enc == NULL)
                return must_be("(unicode conversion error)", arg, msgbuf);
            *p = PyString_AS_STRING(enc);
            *len = PyString_GET_SIZE(enc);
        } else {
            void *buf;
            Py_ssize_t count = convert_buffer(arg, &buf, &errmsg);
            if (count < 0)
                return must_be(errmsg, arg, msgbuf);
            *p = buf;
            *len = count;
        }
        return NULL;
    }
    if (none) {
        *p = NULL;
        return NULL;
    }
    PyObject *bytes = arg;
    if (PyUnicode_Check(arg)) {
        bytes = _PyUnicode_AsDefaultEncodedString(arg, NULL);
        if (bytes == NULL)
            return must_be("(unicode conversion error)", arg, msgbuf);
    } else if (!PyString_Check(arg)) {
        return must_be(c == 'z' ? "string or None" : "string", arg, msgbuf);
    }
    *p = PyString_AS_STRING(bytes);
    if (strlen(*p) != (size_t)PyString_GET_SIZE(bytes))
        return must_be(c == 'z' ? "string without null bytes or None" : "string without null bytes",
                       arg, msgbuf);
    return NULL;
}

/* es, et: text encoded into a buffer of the caller's, or one allocated for it. */
static const char *convert_encoded(PyObject *arg, const char **pformat, VaBox *box, char *msgbuf,
                                   AcquiredList *acquired)
{
    const char *format = *pformat;
    const char *encoding = va_arg(box->va, const char *);
    int recode_strings;
    if (encoding == NULL)
        encoding = PyUnicode_GetDefaultEncoding();
    if (*format == 's')
        recode_strings = 1;
    else if (*format == 't')
        recode_strings = 0;
    else
        return must_be("(unknown parser marker combination)", arg, msgbuf);
    format++;
    char **buffer = va_arg(box->va, char **);
    if (buffer == NULL)
        return must_be("(buffer is NULL)", arg, msgbuf);
    PyObject *s;
    if (!recode_strings && PyString_Check(arg)) {
        s = arg;
        Py_INCREF(s);
    } else {
        PyObject *u = PyUnicode_FromObject(arg);
        if (u == NULL)
            return must_be("string or unicode or text buffer", arg, msgbuf);
        s = PyUnicode_AsEncodedString(u, encoding, NULL);
        Py_DECREF(u);
        if (s == NULL)
            return must_be("(encoding failed)", arg, msgbuf);
        if (!PyString_Check(s)) {
            Py_DECREF(s);
            return must_be("(encoder failed to return a string)", arg, msgbuf);
        }
    }
    Py_ssize_t size = PyString_GET_SIZE(s);
    if (*format == '#') {
        Py_ssize_t *buffer_len = va_arg(box->va, Py_ssize_t *);
        *pformat = format + 1;
        if (buffer_len == NULL) {
            Py_DECREF(s);
            return must_be("(buffer_len is NULL)", arg, msgbuf);
        }
        if (*buffer == NULL) {
            *buffer = PyMem_Malloc(size + 1);
            if (*buffer == NULL) {
                Py_DECREF(s);
                PyErr_NoMemory();
                return must_be("(memory error)", arg, msgbuf);
            }
            if (acquired_add(acquired, *buffer, 0) < 0) {
                Py_DECREF(s);
                return must_be("(cleanup problem)", arg, msgbuf);
            }
        } else if (size + 1 > *buffer_len) {
            Py_DECREF(s);
            return must_be("(buffer overflow)", arg, msgbuf);
        }
        memcpy(*buffer, PyString_AS_STRING(s), (size_t)size + 1);
        *buffer_len = size;
        Py_DECREF(s);
        return NULL;
    }
    *pformat = format;
    if (strlen(PyString_AS_STRING(s)) != (size_t)size) {
        Py_DECREF(s);
        return must_be("encoded string without null bytes", arg, msgbuf);
    }
    *buffer = PyMem_Malloc(size + 1);
    if (*buffer == NULL) {
        Py_DECREF(s);
        PyErr_NoMemory();
        return must_be("(memory error)", arg, msgbuf);
    }
    memcpy(*buffer, PyString_AS_STRING(s), (size_t)size + 1);
    Py_DECREF(s);
    if (acquired_add(acquired, *buffer, 0) < 0)
        return must_be("(cleanup problem)", arg, msgbuf);
    return NULL;
}

/* w: memory that will be written. */
static const char *convert_writable(PyObject *arg, const char **pformat, VaBox *box, char *msgbuf,
                                    AcquiredList *acquired)
{
    void **p = va_arg(box->va, void **);
    PyBufferProcs *pb = Py_TYPE(arg)->tp_as_buffer;
    if (**pformat == '*') {
        Py_buffer *view = (Py_buffer *)p;
        (*pformat)++;
        if (pb != NULL && pb->bf_getbuffer != NULL) {
            if (pb->bf_getbuffer(arg, view, PyBUF_WRITABLE) < 0) {
                PyErr_Clear();
                return must_be("read-write buffer", arg, msgbuf);
            }
            if (!PyBuffer_IsContiguous(view, 'C')) {
                PyBuffer_Release(view);
                return must_be("contiguous buffer", arg, msgbuf);
            }
        } else {
            void *buf;
            if (pb == NULL || pb->bf_getwritebuffer == NULL || pb->bf_getsegcount == NULL)
                return must_be("read-write buffer", arg, msgbuf);
            if (pb->bf_getsegcount(arg, NULL) != 1)
                return must_be("single-segment read-write buffer", arg, msgbuf);
            Py_ssize_t count = pb->bf_getwritebuffer(arg, 0, &buf);
            if (count < 0)
                return must_be("(unspecified)", arg, msgbuf);
            PyBuffer_FillInfo(view, arg, buf, count, 0, 0);
        }
        return acquired_add(acquired, view, 1) < 0 ? must_be("(cleanup problem)", arg, msgbuf)
                                                   : NULL;
    }
    if (pb == NULL || pb->bf_getwritebuffer == NULL || pb->bf_getsegcount == NULL ||
        pb->bf_releasebuffer != NULL)
        return must_be("read-write buffer", arg, msgbuf);
    if (pb->bf_getsegcount(arg, NULL) != 1)
        return must_be("single-segment read-write buffer", arg, msgbuf);
    void *res = NULL;
    Py_ssize_t count = pb->bf_getwritebuffer(arg, 0, &res);
    if (count < 0)
        return must_be("(unspecified)", arg, msgbuf);
    *p = res;
    if (**pformat == '#') {
        (*pformat)++;
        *va_arg(box->va, Py_ssize_t *) = count;
    }
    return NULL;
}

/* t#: characters, read only. */
static const char *convert_characters(PyObject *arg, const char **pformat, VaBox *box, char *msgbuf)
{
    char **p = va_arg(box->va, char **);
    PyBufferProcs *pb = Py_TYPE(arg)->tp_as_buffer;
    if (*(*pformat)++ != '#')
        return must_be("invalid use of 't' format character", arg, msgbuf);
    if (pb == NULL || pb->bf_getcharbuffer == NULL || pb->bf_getsegcount == NULL)
        return must_be("string or read-only character buffer", arg, msgbuf);
    if (pb->bf_getsegcount(arg, NULL) != 1)
        return must_be("string or single-segment read-only buffer", arg, msgbuf);
    if (pb->bf_releasebuffer != NULL)
        return must_be("string or pinned buffer", arg, msgbuf);
    Py_ssize_t count = pb->bf_getcharbuffer(arg, 0, p);
    if (count < 0)
        return must_be("(unspecified)", arg, msgbuf);
    *va_arg(box->va, Py_ssize_t *) = count;
    return NULL;
}

/* -- One argument ---------------------------------------------------------------------------------
 */

static const char *convert_object(PyObject *arg, const char **pformat, VaBox *box, char *msgbuf)
{
    if (**pformat == '!') {
        (*pformat)++;
        PyTypeObject *type = va_arg(box->va, PyTypeObject *);
        PyObject **p = va_arg(box->va, PyObject **);
        if (!PyType_IsSubtype(Py_TYPE(arg), type))
            return must_be(type->tp_name, arg, msgbuf);
        *p = arg;
        return NULL;
    }
    if (**pformat == '?') {
        (*pformat)++;
        inquiry pred = va_arg(box->va, inquiry);
        PyObject **p = va_arg(box->va, PyObject **);
        if (!pred(arg))
            return must_be("(unspecified)", arg, msgbuf);
        *p = arg;
        return NULL;
    }
    if (**pformat == '&') {
        typedef int (*converter)(PyObject *, void *);
        (*pformat)++;
        converter convert = va_arg(box->va, converter);
        void *addr = va_arg(box->va, void *);
        return convert(arg, addr) ? NULL : must_be("(unspecified)", arg, msgbuf);
    }
    *va_arg(box->va, PyObject **) = arg;
    return NULL;
}

/* NULL: converted, *pformat advanced. Otherwise a text for the message. */
static const char *convert_simple(PyObject *arg, const char **pformat, VaBox *box, char *msgbuf,
                                  AcquiredList *acquired)
{
    char c = *(*pformat)++;
    switch (c) {
    case 'b':
    case 'B':
    case 'h':
    case 'H':
    case 'i':
    case 'I':
    case 'n':
    case 'l':
    case 'k':
    case 'L':
    case 'K':
        return convert_integer(c, arg, box, msgbuf);
    case 'f': {
        float *p = va_arg(box->va, float *);
        double d = PyFloat_AsDouble(arg);
        if (PyErr_Occurred())
            return must_be("float<f>", arg, msgbuf);
        *p = (float)d;
        return NULL;
    }
    case 'd': {
        double *p = va_arg(box->va, double *);
        double d = PyFloat_AsDouble(arg);
        if (PyErr_Occurred())
            return must_be("float<d>", arg, msgbuf);
        *p = d;
        return NULL;
    }
    case 'D': {
        Py_complex *p = va_arg(box->va, Py_complex *);
        Py_complex z = PyComplex_AsCComplex(arg);
        if (PyErr_Occurred())
            return must_be("complex<D>", arg, msgbuf);
        *p = z;
        return NULL;
    }
    case 'c': {
        char *p = va_arg(box->va, char *);
        if (!PyString_Check(arg) || PyString_GET_SIZE(arg) != 1)
            return must_be("char", arg, msgbuf);
        *p = PyString_AS_STRING(arg)[0];
        return NULL;
    }
    case 's':
    case 'z':
        return convert_text(c, arg, pformat, box, msgbuf, acquired);
    case 'e':
        return convert_encoded(arg, pformat, box, msgbuf, acquired);
    case 'u': {
        Py_UNICODE **p = va_arg(box->va, Py_UNICODE **);
        if (**pformat == '#') {
            Py_ssize_t *len = va_arg(box->va, Py_ssize_t *);
            (*pformat)++;
            if (!PyUnicode_Check(arg))
                return must_be("unicode", arg, msgbuf);
            *p = PyUnicode_AS_UNICODE(arg);
            *len = PyUnicode_GET_SIZE(arg);
            return NULL;
        }
        if (!PyUnicode_Check(arg))
            return must_be("unicode", arg, msgbuf);
        *p = PyUnicode_AS_UNICODE(arg);
        for (Py_ssize_t i = 0; i < PyUnicode_GET_SIZE(arg); i++) {
            if ((*p)[i] == 0)
                return must_be("unicode without null characters", arg, msgbuf);
        }
        return NULL;
    }
    case 'S':
    case 'U': {
        PyObject **p = va_arg(box->va, PyObject **);
        if (c == 'S' ? !PyString_Check(arg) : !PyUnicode_Check(arg))
            return must_be(c == 'S' ? "string" : "unicode", arg, msgbuf);
        *p = arg;
        return NULL;
    }
    case 'O':
        return convert_object(arg, pformat, box, msgbuf);
    case 'w':
        return convert_writable(arg, pformat, box, msgbuf, acquired);
    case 't':
        return convert_characters(arg, pformat, box, msgbuf);
    default:
        return must_be("(impossible<bad format char>)", arg, msgbuf);
    }
}

static const char *convert_item(PyObject *arg, const char **pformat, VaBox *box, int flags,
                                int *levels, char *msgbuf, AcquiredList *acquired, int depth);

/* Entries of one bracketed group of a format, up to its end. */
static int count_group(const char *format)
{
    int n = 0, level = 0;
    for (;; format++) {
        int c = *format;
        if (c == '(') {
            if (level == 0)
                n++;
            level++;
        } else if (c == ')') {
            if (level == 0)
                return n;
            level--;
        } else if (c == ':' || c == ';' || c == '\0') {
            return n;
        } else if (level == 0 && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))) {
            if (c == 'e' && format[1] != '\0')
                format++; /* es, et: one entry */
            n++;
        }
    }
}

static const char *convert_tuple(PyObject *arg, const char **pformat, VaBox *box, int flags,
                                 int *levels, char *msgbuf, AcquiredList *acquired, int depth,
                                 int toplevel)
{
    const char *format = *pformat;
    int n = count_group(format);
    if (!PySequence_Check(arg) || PyString_Check(arg)) {
        levels[0] = 0;
        PyOS_snprintf(msgbuf, MSG_SIZE,
                      toplevel ? "expected %d arguments, not %.50s"
                               : "must be %d-item sequence, not %.50s",
                      n, arg == Py_None ? "None" : Py_TYPE(arg)->tp_name);
        return msgbuf;
    }
    Py_ssize_t len = PySequence_Size(arg);
    if (len != n) {
        levels[0] = 0;
        PyOS_snprintf(msgbuf, MSG_SIZE,
                      toplevel ? "expected %d arguments, not %zd"
                               : "must be sequence of length %d, not %zd",
                      n, len);
        return msgbuf;
    }
    for (int i = 0; i < n; i++) {
        PyObject *item = PySequence_GetItem(arg, i);
        if (item == NULL) {
            PyErr_Clear();
            levels[0] = i + 1;
            levels[1] = 0;
            return "is not retrievable";
        }
        const char *msg =
            convert_item(item, &format, box, flags, levels + 1, msgbuf, acquired, depth + 1);
        /* The sequence keeps its items alive; those of a generated sequence would be gone, as ever
         * in this API. */
        Py_DECREF(item);
        if (msg != NULL) {
            levels[0] = i + 1;
            return msg;
        }
    }
    *pformat = format;
    return NULL;
}

static const char *convert_item(PyObject *arg, const char **pformat, VaBox *box, int flags,
                                int *levels, char *msgbuf, AcquiredList *acquired, int depth)
{
    const char *msg, *format = *pformat;
    if (*format == '(') {
        if (depth >= MAX_NESTING - 2)
            return "too many nested tuples in the format";
        format++;
        msg = convert_tuple(arg, &format, box, flags, levels, msgbuf, acquired, depth, 0);
        if (msg == NULL)
            format++;
    } else {
        msg = convert_simple(arg, &format, box, msgbuf, acquired);
        if (msg != NULL)
            levels[0] = 0;
    }
    if (msg == NULL)
        *pformat = format;
    return msg;
}

/* -- A whole argument tuple
 * -------------------------------------------------------------------------- */

typedef struct {
    int min, max;        /* arguments needed and possible; min -1 until '|' is seen */
    const char *fname;   /* after ':' */
    const char *message; /* after ';' */
} FormatInfo;

static void scan_format(const char *format, FormatInfo *info)
{
    int level = 0, ended = 0;
    info->min = -1;
    info->max = 0;
    info->fname = info->message = NULL;
    while (!ended) {
        int c = *format++;
        switch (c) {
        case '(':
            if (level == 0)
                info->max++;
            level++;
            break;
        case ')':
            level--;
            break;
        case '\0':
            ended = 1;
            break;
        case ':':
            info->fname = format;
            ended = 1;
            break;
        case ';':
            info->message = format;
            ended = 1;
            break;
        default:
            if (level == 0) {
                /* 'e' is followed by the 's' or 't' that is counted. */
                if (c == 'O' || (((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) && c != 'e'))
                    info->max++;
                else if (c == '|')
                    info->min = info->max;
            }
            break;
        }
    }
    if (level != 0)
        Py_FatalError("unbalanced parentheses in a getargs format");
    if (info->min < 0)
        info->min = info->max;
}

static int parse_compat(PyObject *args, const char *format, FormatInfo *info, VaBox *box,
                        AcquiredList *acquired)
{
    int levels[MAX_NESTING] = {0};
    char msgbuf[MSG_SIZE];
    const char *who = info->fname == NULL ? "function" : info->fname,
               *parens = info->fname == NULL ? "" : "()";
    if (info->max == 0) {
        if (args == NULL)
            return 1;
        PyErr_Format(PyExc_TypeError, "%.200s%s takes no arguments", who, parens);
        return 0;
    }
    if (info->min == 1 && info->max == 1) {
        if (args == NULL) {
            PyErr_Format(PyExc_TypeError, "%.200s%s takes at least one argument", who, parens);
            return 0;
        }
        const char *msg =
            convert_item(args, &format, box, FLAG_COMPAT, levels, msgbuf, acquired, 0);
        if (msg == NULL)
            return 1;
        set_argument_error(levels[0], msg, levels + 1, info->fname, info->message);
        return 0;
    }
    PyErr_SetString(PyExc_SystemError, "old style getargs format uses new features");
    return 0;
}

static int parse_tuple(PyObject *args, const char *format, VaBox *box, int flags)
{
    int levels[MAX_NESTING] = {0};
    char msgbuf[MSG_SIZE];
    FormatInfo info;
    AcquiredList acquired;
    scan_format(format, &info);
    acquired_init(&acquired);
    if ((flags & FLAG_COMPAT) && !(args != NULL && PyTuple_Check(args) && info.max != 1))
        return acquired_finish(&acquired, parse_compat(args, format, &info, box, &acquired));
    if (!PyTuple_Check(args)) {
        PyErr_SetString(PyExc_SystemError, "new style getargs format but argument is not a tuple");
        return 0;
    }
    Py_ssize_t len = PyTuple_GET_SIZE(args);
    if (len < info.min || info.max < len) {
        if (info.message == NULL) {
            int n = len < info.min ? info.min : info.max;
            PyErr_Format(PyExc_TypeError, "%.150s%s takes %s %d argument%s (%zd given)",
                         info.fname == NULL ? "function" : info.fname,
                         info.fname == NULL ? "" : "()",
                         info.min == info.max ? "exactly"
                         : len < info.min     ? "at least"
                                              : "at most",
                         n, n == 1 ? "" : "s", len);
        } else {
            PyErr_SetString(PyExc_TypeError, info.message);
        }
        return acquired_finish(&acquired, 0);
    }
    for (Py_ssize_t i = 0; i < len; i++) {
        if (*format == '|')
            format++;
        const char *msg = convert_item(PyTuple_GET_ITEM(args, i), &format, box, flags, levels,
                                       msgbuf, &acquired, 0);
        if (msg != NULL) {
            set_argument_error((int)i + 1, msg, levels, info.fname, info.message);
            return acquired_finish(&acquired, 0);
        }
    }
    if (*format != '\0' && !(*format >= 'a' && *format <= 'z') &&
        !(*format >= 'A' && *format <= 'Z') && *format != '(' && *format != '|' && *format != ':' &&
        *format != ';') {
        PyErr_Format(PyExc_SystemError, "bad format string: %.200s", format);
        return acquired_finish(&acquired, 0);
    }
    return acquired_finish(&acquired, 1);
}

int PyArg_VaParse(PyObject *args, const char *format, va_list va)
{
    VaBox box;
    va_copy(box.va, va);
    int ok = parse_tuple(args, format, &box, 0);
    va_end(box.va);
    return ok;
}

int PyArg_ParseTuple(PyObject *args, const char *format, ...)
{
    VaBox box;
    va_start(box.va, format);
    int ok = parse_tuple(args, format, &box, 0);
    va_end(box.va);
    return ok;
}

int PyArg_Parse(PyObject *args, const char *format, ...)
{
    VaBox box;
    va_start(box.va, format);
    int ok = parse_tuple(args, format, &box, FLAG_COMPAT);
    va_end(box.va);
    return ok;
}

/* -- Keywords -------------------------------------------------------------------------------------
 */

/* Steps over one entry of the format and its targets, for an argument that was not given. 0 ok. */
static int skip_item(const char **pformat, VaBox *box)
{
    const char *format = *pformat;
    char c = *format++;
    if (c == '(') {
        while (*format != ')') {
            if (*format == '\0' || skip_item(&format, box) < 0)
                return -1;
        }
        *pformat = format + 1;
        return 0;
    }
    if (strchr("bBhHiInlkLKfdDcSU", c) != NULL && c != '\0') {
        (void)va_arg(box->va, void *);
    } else if (c == 'e') {
        (void)va_arg(box->va, void *);
        if (*format != 's' && *format != 't')
            return -1;
        format++;
        (void)va_arg(box->va, void *);
        if (*format == '#') {
            (void)va_arg(box->va, void *);
            format++;
        }
    } else if (c == 's' || c == 'z' || c == 'u' || c == 't' || c == 'w') {
        (void)va_arg(box->va, void *);
        if (*format == '#') {
            (void)va_arg(box->va, void *);
            format++;
        } else if (*format == '*' && c != 'u' && c != 't') {
            format++;
        }
    } else if (c == 'O') {
        (void)va_arg(box->va, void *);
        if (*format == '!' || *format == '?' || *format == '&') {
            (void)va_arg(box->va, void *);
            format++;
        }
    } else {
        return -1;
    }
    *pformat = format;
    return 0;
}

static int end_of_format(char c)
{
    return c == '\0' || c == ';' || c == ':';
}

static int check_keyword_names(PyObject *keywords, char **kwlist, int len)
{
    PyObject *key, *value;
    Py_ssize_t pos = 0;
    while (PyDict_Next(keywords, &pos, &key, &value)) {
        if (!PyString_Check(key)) {
            PyErr_SetString(PyExc_TypeError, "keywords must be strings");
            return -1;
        }
        int i;
        for (i = 0; i < len; i++) {
            if (strcmp(PyString_AS_STRING(key), kwlist[i]) == 0)
                break;
        }
        if (i == len) {
            PyErr_Format(PyExc_TypeError, "'%s' is an invalid keyword argument for this function",
                         PyString_AS_STRING(key));
            return -1;
        }
    }
    return 0;
}

static int parse_keywords(PyObject *args, PyObject *keywords, const char *format, char **kwlist,
                          VaBox *box)
{
    char msgbuf[MSG_SIZE];
    int levels[MAX_NESTING] = {0};
    AcquiredList acquired;
    const char *fname = strchr(format, ':'), *custom = NULL;
    int len = 0, min = INT_MAX;
    if (fname != NULL)
        fname++;
    else if ((custom = strchr(format, ';')) != NULL)
        custom++;
    while (kwlist[len] != NULL)
        len++;
    Py_ssize_t nargs = PyTuple_GET_SIZE(args),
               nkeywords = keywords == NULL ? 0 : PyDict_Size(keywords);
    if (nargs + nkeywords > len) {
        PyErr_Format(PyExc_TypeError, "%s%s takes at most %d argument%s (%zd given)",
                     fname == NULL ? "function" : fname, fname == NULL ? "" : "()", len,
                     len == 1 ? "" : "s", nargs + nkeywords);
        return 0;
    }
    acquired_init(&acquired);
    for (int i = 0; i < len; i++) {
        const char *keyword = kwlist[i];
        PyObject *current = NULL;
        if (*format == '|') {
            min = i;
            format++;
        }
        if (end_of_format(*format)) {
            PyErr_Format(PyExc_RuntimeError,
                         "More keyword list entries (%d) than format specifiers (%d)", len, i);
            goto fail;
        }
        if (nkeywords > 0)
            current = PyDict_GetItemString(keywords, keyword);
        if (current != NULL) {
            --nkeywords;
            if (i < nargs) {
                PyErr_Format(PyExc_TypeError, "Argument given by name ('%s') and position (%d)",
                             keyword, i + 1);
                goto fail;
            }
        } else if (nkeywords > 0 && PyErr_Occurred()) {
            goto fail;
        } else if (i < nargs) {
            current = PyTuple_GET_ITEM(args, i);
        }
        if (current != NULL) {
            const char *msg = convert_item(current, &format, box, 0, levels, msgbuf, &acquired, 0);
            if (msg != NULL) {
                set_argument_error(i + 1, msg, levels, fname, custom);
                goto fail;
            }
            continue;
        }
        if (i < min) {
            PyErr_Format(PyExc_TypeError, "Required argument '%s' (pos %d) not found", keyword,
                         i + 1);
            goto fail;
        }
        /* Nothing but optional arguments follow, and none of them was given. */
        if (nkeywords == 0)
            return acquired_finish(&acquired, 1);
        if (skip_item(&format, box) < 0) {
            PyErr_Format(PyExc_RuntimeError, "impossible<bad format char>: '%s'", format);
            goto fail;
        }
    }
    if (!end_of_format(*format) && *format != '|') {
        PyErr_Format(PyExc_RuntimeError,
                     "more argument specifiers than keyword list entries (remaining format:'%s')",
                     format);
        goto fail;
    }
    if (nkeywords > 0 && check_keyword_names(keywords, kwlist, len) < 0)
        goto fail;
    return acquired_finish(&acquired, 1);
fail:
    return acquired_finish(&acquired, 0);
}

static int keywords_call_ok(PyObject *args, PyObject *keywords, const char *format, char **kwlist)
{
    if (args != NULL && PyTuple_Check(args) && (keywords == NULL || PyDict_Check(keywords)) &&
        format != NULL && kwlist != NULL)
        return 1;
    PyErr_BadInternalCall();
    return 0;
}

int PyArg_ParseTupleAndKeywords(PyObject *args, PyObject *keywords, const char *format,
                                char **kwlist, ...)
{
    VaBox box;
    if (!keywords_call_ok(args, keywords, format, kwlist))
        return 0;
    va_start(box.va, kwlist);
    int ok = parse_keywords(args, keywords, format, kwlist, &box);
    va_end(box.va);
    return ok;
}

int PyArg_VaParseTupleAndKeywords(PyObject *args, PyObject *keywords, const char *format,
                                  char **kwlist, va_list va)
{
    VaBox box;
    if (!keywords_call_ok(args, keywords, format, kwlist))
        return 0;
    va_copy(box.va, va);
    int ok = parse_keywords(args, keywords, format, kwlist, &box);
    va_end(box.va);
    return ok;
}

/* -- Without a format
 * ------------------------------------------------------------------------------- */

int PyArg_UnpackTuple(PyObject *args, const char *name, Py_ssize_t min, Py_ssize_t max, ...)
{
    va_list va;
    if (!PyTuple_Check(args)) {
        PyErr_SetString(PyExc_SystemError, "PyArg_UnpackTuple() argument list is not a tuple");
        return 0;
    }
    Py_ssize_t l = PyTuple_GET_SIZE(args);
    if (l < min || l > max) {
        Py_ssize_t wanted = l < min ? min : max;
        const char *quantity = min == max ? "" : l < min ? "at least " : "at most ";
        if (name != NULL)
            PyErr_Format(PyExc_TypeError, "%s expected %s%zd arguments, got %zd", name, quantity,
                         wanted, l);
        else
            PyErr_Format(PyExc_TypeError, "unpacked tuple should have %s%zd elements, but has %zd",
                         quantity, wanted, l);
        return 0;
    }
    va_start(va, max);
    for (Py_ssize_t i = 0; i < l; i++)
        *va_arg(va, PyObject **) = PyTuple_GET_ITEM(args, i);
    va_end(va);
    return 1;
}

int _PyArg_NoKeywords(const char *funcname, PyObject *kw)
{
    if (kw == NULL)
        return 1;
    if (!PyDict_CheckExact(kw)) {
        PyErr_BadInternalCall();
        return 0;
    }
    if (PyDict_Size(kw) == 0)
        return 1;
    PyErr_Format(PyExc_TypeError, "%s does not take keyword arguments", funcname);
    return 0;
}
