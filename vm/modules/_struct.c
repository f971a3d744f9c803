/* SPDX-License-Identifier: MIT */
/* The module _struct. A format is compiled into a list of items, each with its code, offset and
 * size; packing and unpacking walk that list. Native formats are x86-64's (long and pointers of 8
 * bytes, aligned to their size) on every target. Invariant: every item of a Struct lies within its
 * size. */
#include "Python.h"

/* One value in the layout. code 's' and 'p' take size bytes; others have the size of their code. */
typedef struct {
    char code;
    Py_ssize_t offset, size;
} item_t;

typedef struct {
    PyObject_HEAD Py_ssize_t size, count;
    item_t *items;
    PyObject *format; /* str */
    int little, native;
    int packing; /* calls to Python code may come back: no new format meanwhile */
    PyObject *weakreflist;
} StructObject;

static PyTypeObject Struct_Type;
static PyObject *StructError;

/* ---- Formats
 * -------------------------------------------------------------------------------------- */

/* Size of a code, 0 when there is none such; *align its native alignment. */
static int code_size(char code, int native, int *align)
{
    int size;
    switch (code) {
    case 'x':
    case 'b':
    case 'B':
    case 'c':
    case 's':
    case 'p':
    case '?':
        size = 1;
        break;
    case 'h':
    case 'H':
        size = 2;
        break;
    case 'i':
    case 'I':
    case 'f':
        size = 4;
        break;
    case 'l':
    case 'L':
        size = native ? 8 : 4;
        break;
    case 'q':
    case 'Q':
    case 'd':
        size = 8;
        break;
    case 'P':
        size = native ? 8 : 0;
        break;
    default:
        size = 0;
    }
    *align = native ? size : 1;
    return size;
}

/* Walks the format; fills items when it is not NULL. -1 with an exception. */
static int lay_out(const char *s, int native, item_t *items, Py_ssize_t *psize, Py_ssize_t *pcount)
{
    Py_ssize_t size = 0, count = 0;

    while (*s != '\0') {
        char c = *s++;
        Py_ssize_t repeat = 1;
        int align;

        if (Py_ISSPACE(c))
            continue;
        if (c >= '0' && c <= '9') {
            repeat = c - '0';
            while ((c = *s++) >= '0' && c <= '9') {
                if (repeat > (PY_SSIZE_T_MAX - (c - '0')) / 10)
                    goto too_long;
                repeat = repeat * 10 + (c - '0');
            }
            if (c == '\0')
                break;
        }
        int width = code_size(c, native, &align);
        if (width == 0) {
            PyErr_SetString(StructError, "bad char in struct format");
            return -1;
        }
        if (align > 1) {
            Py_ssize_t extra = (align - size % align) % align;
            if (extra > PY_SSIZE_T_MAX - size)
                goto too_long;
            size += extra;
        }
        if (repeat > (PY_SSIZE_T_MAX - size) / width)
            goto too_long;
        if (c == 's' || c == 'p') {
            if (items != NULL)
                items[count] = (item_t){c, size, repeat};
            count++;
        } else if (c != 'x') {
            if (items != NULL)
                for (Py_ssize_t i = 0; i < repeat; i++)
                    items[count + i] = (item_t){c, size + i * width, width};
            count += repeat;
        }
        size += repeat * width;
    }
    *psize = size;
    *pcount = count;
    return 0;
too_long:
    PyErr_SetString(StructError, "total struct size too long");
    return -1;
}

static int compile_format(StructObject *self)
{
    const char *s = PyString_AS_STRING(self->format);

    self->little = 1;
    self->native = 0;
    switch (*s) {
    case '<':
    case '=':
        s++;
        break;
    case '>':
    case '!':
        self->little = 0;
        s++;
        break;
    case '@':
        s++;
        /* fall through */
    default:
        self->native = 1;
    }
    Py_ssize_t size, count;
    if (lay_out(s, self->native, NULL, &size, &count) < 0)
        return -1;
    item_t *items = PyMem_New(item_t, count + 1);
    if (items == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    lay_out(s, self->native, items, &size, &count);
    PyMem_Free(self->items);
    self->items = items;
    self->size = size;
    self->count = count;
    return 0;
}

/* ---- One value
 * --------------------------------------------------------------------------------------- */

static void put_bytes(char *p, uint64_t x, Py_ssize_t size, int little)
{
    for (Py_ssize_t i = 0; i < size; i++)
        p[little ? i : size - 1 - i] = (char)(x >> (8 * i));
}

static uint64_t get_bytes(const char *p, Py_ssize_t size, int little)
{
    uint64_t x = 0;
    for (Py_ssize_t i = 0; i < size; i++)
        x |= (uint64_t)(unsigned char)p[little ? i : size - 1 - i] << (8 * i);
    return x;
}

/* The value as a long; struct.error when it is nothing like an integer. */
static PyObject *as_long(PyObject *v)
{
    PyObject *w = NULL;

    if (PyLong_Check(v)) {
        Py_INCREF(v);
        return v;
    }
    if (PyInt_Check(v))
        return PyLong_FromLong(PyInt_AS_LONG(v));
    if (PyIndex_Check(v)) {
        w = PyNumber_Index(v);
        if (w == NULL) {
            if (!PyErr_ExceptionMatches(PyExc_TypeError))
                return NULL;
            PyErr_Clear();
        }
    }
    if (w == NULL) {
        PyNumberMethods *nb = Py_TYPE(v)->tp_as_number;
        if (nb == NULL || nb->nb_int == NULL) {
            PyErr_SetString(StructError, "cannot convert argument to integer");
            return NULL;
        }
        if (PyErr_Warn(PyExc_DeprecationWarning,
                       PyFloat_Check(v) ? "integer argument expected, got float"
                                        : "integer argument expected, got non-integer (implicit "
                                          "conversion using __int__ is deprecated)") < 0)
            return NULL;
        w = nb->nb_int(v);
        if (w == NULL)
            return NULL;
    }
    if (PyInt_Check(w)) {
        PyObject *t = PyLong_FromLong(PyInt_AS_LONG(w));
        Py_DECREF(w);
        return t;
    }
    if (!PyLong_Check(w)) {
        Py_DECREF(w);
        PyErr_SetString(PyExc_TypeError, "__int__ method returned non-integer");
        return NULL;
    }
    return w;
}

static int out_of_range(char code)
{
    PyErr_Format(StructError, "integer out of range for '%c' format code", code);
    return -1;
}

static int pack_integer(const item_t *item, PyObject *v, char *p, int little)
{

    char code = item->code;
    PyObject *n = as_long(v);
    uint64_t x;

    if (n == NULL)
        return -1;
    if (code == 'P') {
        int negative = _PyLong_Sign(n) < 0;
        x = negative ? (uint64_t)PyLong_AsLong(n) : PyLong_AsUnsignedLong(n);
        Py_DECREF(n);
        if (x == UINT64_MAX && PyErr_Occurred())
            return -1;
    } else if (code == 'I' || code == 'L' || code == 'Q' || (code == 'H' && !little)) {
        /* (Big-endian shorts have the messages of the larger sizes.) */
        x = PyLong_AsUnsignedLongLong(n);
        Py_DECREF(n);
        if (x == UINT64_MAX && PyErr_Occurred()) {
            if (!PyErr_ExceptionMatches(PyExc_OverflowError))
                return -1;
            PyErr_Clear();
            return out_of_range(code);
        }
        if (item->size < 8 && x >> (8 * item->size) != 0) {
            PyErr_Format(StructError, "'%c' format requires 0 <= number <= %lu", code,
                         ((py_ulong)1 << (8 * item->size)) - 1);
            return -1;
        }
    } else {
        int overflow;
        int64_t y = PyLong_AsLongLongAndOverflow(n, &overflow);
        Py_DECREF(n);
        if (overflow)
            return out_of_range(code);
        const char *complaint = NULL;
        switch (code) {
        case 'b':
            if (y < -128 || y > 127)
                complaint = "byte format requires -128 <= number <= 127";
            break;
        case 'B':
            if (y < 0 || y > 255)
                complaint = "ubyte format requires 0 <= number <= 255";
            break;
        case 'h':
            if (!little && (y < INT16_MIN || y > INT16_MAX))
                complaint = "'h' format requires -32768 <= number <= 32767";
            else if (y < INT16_MIN || y > INT16_MAX)
                complaint = "short format requires SHRT_MIN <= number <= SHRT_MAX";
            break;
        case 'H':
            if (y < 0 || y > UINT16_MAX)
                complaint = "ushort format requires 0 <= number <= USHRT_MAX";
            break;
        default:
            if (item->size == 4 && (y < INT32_MIN || y > INT32_MAX)) {
                PyErr_Format(StructError,
                             "'%c' format requires -2147483648 <= number <= 2147483647", code);
                return -1;
            }
        }
        if (complaint != NULL) {
            PyErr_SetString(StructError, complaint);
            return -1;
        }
        x = (uint64_t)y;
    }
    put_bytes(p, x, item->size, little);
    return 0;
}

static int pack_float(const item_t *item, PyObject *v, char *p, const StructObject *self)
{
    double x = PyFloat_AsDouble(v);

    if (x == -1.0 && PyErr_Occurred()) {
        PyErr_SetString(StructError, "required argument is not a float");
        return -1;
    }
    if (item->code == 'd')
        return _PyFloat_Pack8(x, (unsigned char *)p, self->little);
    if (self->native) {
        float y = (float)x; /* too large is infinite */
        uint32_t bits;
        memcpy(&bits, &y, 4);
        put_bytes(p, bits, 4, 1);
        return 0;
    }
    return _PyFloat_Pack4(x, (unsigned char *)p, self->little);
}

static int pack_items_guarded(StructObject *self, PyObject *args, Py_ssize_t first, char *buf)
{
    memset(buf, 0, (size_t)self->size);
    for (Py_ssize_t i = 0; i < self->count; i++) {
        const item_t *item = &self->items[i];
        PyObject *v = PyTuple_GET_ITEM(args, first + i);
        char *p = buf + item->offset;

        switch (item->code) {
        case 's':
        case 'p': {
            if (!PyString_Check(v)) {
                PyErr_Format(StructError, "argument for '%c' must be a string", item->code);
                return -1;
            }
            Py_ssize_t n = PyString_GET_SIZE(v);
            if (item->code == 's') {
                memcpy(p, PyString_AS_STRING(v), (size_t)Py_MIN(n, item->size));
            } else if (item->size > 0) {
                n = Py_MIN(n, item->size - 1);
                memcpy(p + 1, PyString_AS_STRING(v), (size_t)n);
                *p = (char)(n > 255 ? 255 : n);
            }
            break;
        }
        case 'c':
            if (!PyString_Check(v) || PyString_GET_SIZE(v) != 1) {
                PyErr_SetString(StructError, "char format require string of length 1");
                return -1;
            }
            *p = *PyString_AS_STRING(v);
            break;
        case '?': {
            int truth = PyObject_IsTrue(v);
            if (truth < 0)
                return -1;
            *p = (char)truth;
            break;
        }
        case 'f':
        case 'd':
            if (pack_float(item, v, p, self) < 0)
                return -1;
            break;
        default:
            if (pack_integer(item, v, p, self->little) < 0)
                return -1;
        }
    }
    return 0;
}

/* Writes args[first...] over the self->size bytes of buf. */
static int pack_items(StructObject *self, PyObject *args, Py_ssize_t first, char *buf)
{
    self->packing++;
    int result = pack_items_guarded(self, args, first, buf);
    self->packing--;
    return result;
}

static PyObject *unpack_item(const item_t *item, const char *p, int little)
{
    switch (item->code) {
    case 's':
        return PyString_FromStringAndSize(p, item->size);
    case 'p': {
        if (item->size == 0) {
            PyErr_SetString(PyExc_SystemError,
                            "Negative size passed to PyString_FromStringAndSize");
            return NULL;
        }
        Py_ssize_t n = Py_CHARMASK(*p);
        return PyString_FromStringAndSize(p + 1, Py_MIN(n, item->size - 1));
    }
    case 'c':
        return PyString_FromStringAndSize(p, 1);
    case '?':
        return PyBool_FromLong(*p != 0);
    case 'f':
    case 'd': {
        double x = item->code == 'f' ? _PyFloat_Unpack4((const unsigned char *)p, little)
                                     : _PyFloat_Unpack8((const unsigned char *)p, little);
        if (x == -1.0 && PyErr_Occurred())
            return NULL;
        return PyFloat_FromDouble(x);
    }
    default: {
        uint64_t x = get_bytes(p, item->size, little);
        if (strchr("bhilq", item->code) != NULL) {
            int unused = 64 - 8 * (int)item->size;
            return PyInt_FromLong((py_long)(x << unused) >> unused);
        }
        return x <= (uint64_t)PY_LONG_MAX ? PyInt_FromLong((py_long)x)
                                          : PyLong_FromUnsignedLongLong(x);
    }
    }
}

static PyObject *unpack_items(StructObject *self, const char *buf)
{
    PyObject *result = PyTuple_New(self->count);

    if (result == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < self->count; i++) {
        const item_t *item = &self->items[i];
        PyObject *v = unpack_item(item, buf + item->offset, self->little);
        if (v == NULL) {
            Py_DECREF(result);
            return NULL;
        }
        PyTuple_SET_ITEM(result, i, v);
    }
    return result;
}

/* ---- Struct
 * ---------------------------------------------------------------------------------------------- */

static PyObject *s_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    StructObject *self = (StructObject *)type->tp_alloc(type, 0);
    if (self != NULL) {
        Py_INCREF(Py_None);
        self->format = Py_None;
        self->size = -1;
    }
    return (PyObject *)self;
}

static int s_init(PyObject *op, PyObject *args, PyObject *kwds)
{
    static char *kwlist[] = {"format", NULL};
    StructObject *self = (StructObject *)op;
    PyObject *format;

    if (self->packing) {
        PyErr_SetString(StructError, "Struct object is in use");
        return -1;
    }
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O:Struct", kwlist, &format))
        return -1;
    if (PyString_Check(format)) {
        Py_INCREF(format);
    } else if (PyUnicode_Check(format)) {
        format = PyUnicode_AsASCIIString(format);
        if (format == NULL)
            return -1;
    } else {
        PyErr_Format(PyExc_TypeError, "Struct() argument 1 must be string, not %s",
                     Py_TYPE(format)->tp_name);
        return -1;
    }
    Py_SETREF(self->format, format);
    return compile_format(self);
}

static void s_dealloc(PyObject *op)
{
    StructObject *self = (StructObject *)op;
    if (self->weakreflist != NULL)
        PyObject_ClearWeakRefs(op);
    PyMem_Free(self->items);
    Py_XDECREF(self->format);
    Py_TYPE(op)->tp_free(op);
}

static int check_ready(StructObject *self)
{
    if (self->size >= 0)
        return 0;
    PyErr_SetString(StructError, "Struct object is not initialized");
    return -1;
}

PyDoc_STRVAR(s_unpack_doc,
             "S.unpack(str) -> (v1, v2, ...)\n\nThe values in a string of exactly S.size bytes.");
static PyObject *s_unpack(PyObject *op, PyObject *input)
{
    StructObject *self = (StructObject *)op;
    Py_buffer view;
    PyObject *result = NULL;

    if (check_ready(self) < 0)
        return NULL;
    if (PyString_Check(input) && PyString_GET_SIZE(input) == self->size)
        return unpack_items(self, PyString_AS_STRING(input));
    if (!PyArg_Parse(input, "s*:unpack", &view)) {
        PyErr_Clear();
    } else {
        if (view.len == self->size)
            result = unpack_items(self, view.buf);
        Py_ssize_t len = view.len;
        PyBuffer_Release(&view);
        if (len == self->size)
            return result;
    }
    PyErr_Format(StructError, "unpack requires a string argument of length %zd", self->size);
    return NULL;
}

PyDoc_STRVAR(s_unpack_from_doc,
             "S.unpack_from(buffer, offset=0) -> (v1, v2, ...)\n\nThe values found in the\n\
buffer at the offset.");
static PyObject *s_unpack_from(PyObject *op, PyObject *args, PyObject *kwds)
{
    static char *kwlist[] = {"buffer", "offset", NULL};
    StructObject *self = (StructObject *)op;
    PyObject *result = NULL;
    Py_ssize_t offset = 0;
    Py_buffer view;

    if (check_ready(self) < 0 ||
        !PyArg_ParseTupleAndKeywords(args, kwds, "z*|n:unpack_from", kwlist, &view, &offset))
        return NULL;
    if (view.buf == NULL) {
        PyErr_SetString(StructError, "unpack_from requires a buffer argument");
        PyBuffer_Release(&view);
        return NULL;
    }
    if (offset < 0)
        offset += view.len;
    if (offset < 0 || view.len - offset < self->size)
        PyErr_Format(StructError, "unpack_from requires a buffer of at least %zd bytes",
                     self->size);
    else
        result = unpack_items(self, (const char *)view.buf + offset);
    PyBuffer_Release(&view);
    return result;
}

PyDoc_STRVAR(s_pack_doc,
             "S.pack(v1, v2, ...) -> string\n\nThe values laid out as the format says.");
static PyObject *s_pack(PyObject *op, PyObject *args)
{
    StructObject *self = (StructObject *)op;

    if (check_ready(self) < 0)
        return NULL;
    if (PyTuple_GET_SIZE(args) != self->count) {
        PyErr_Format(StructError, "pack expected %zd items for packing (got %zd)", self->count,
                     PyTuple_GET_SIZE(args));
        return NULL;
    }
    PyObject *result = PyString_FromStringAndSize(NULL, self->size);
    if (result != NULL && pack_items(self, args, 0, PyString_AS_STRING(result)) < 0)
        Py_CLEAR(result);
    return result;
}

PyDoc_STRVAR(s_pack_into_doc,
             "S.pack_into(buffer, offset, v1, v2, ...)\n\nWrites the values into a writable\n\
buffer at the offset.");
static PyObject *s_pack_into(PyObject *op, PyObject *args)
{
    StructObject *self = (StructObject *)op;
    Py_ssize_t given = PyTuple_GET_SIZE(args);
    Py_buffer view;
    PyObject *result = NULL;

    if (check_ready(self) < 0)
        return NULL;
    if (given != self->count + 2) {
        if (given == 0)
            PyErr_SetString(StructError, "pack_into expected buffer argument");
        else if (given == 1)
            PyErr_SetString(StructError, "pack_into expected offset argument");
        else
            PyErr_Format(StructError, "pack_into expected %zd items for packing (got %zd)",
                         self->count, given - 2);
        return NULL;
    }
    if (!PyArg_Parse(PyTuple_GET_ITEM(args, 0), "w*", &view))
        return NULL;
    Py_ssize_t offset = PyInt_AsSsize_t(PyTuple_GET_ITEM(args, 1));
    if (offset == -1 && PyErr_Occurred())
        goto done;
    if (offset < 0)
        offset += view.len;
    if (offset < 0 || view.len - offset < self->size) {
        PyErr_Format(StructError, "pack_into requires a buffer of at least %zd bytes", self->size);
        goto done;
    }
    if (pack_items(self, args, 2, (char *)view.buf + offset) < 0)
        goto done;
    Py_INCREF(Py_None);
    result = Py_None;
done:
    PyBuffer_Release(&view);
    return result;
}

static PyObject *s_get_format(PyObject *op, void *closure)
{
    PyObject *format = ((StructObject *)op)->format;
    Py_INCREF(format);
    return format;
}

static PyObject *s_get_size(PyObject *op, void *closure)
{
    return PyInt_FromSsize_t(((StructObject *)op)->size);
}

PyDoc_STRVAR(s_sizeof_doc, "S.__sizeof__() -> size of S in memory, in bytes");
static PyObject *s_sizeof(PyObject *op, PyObject *unused)
{
    return PyLong_FromSsize_t(56 + 24 * (((StructObject *)op)->count + 1));
}

static PyMethodDef s_methods[] = {
    {"pack", s_pack, METH_VARARGS, s_pack_doc},
    {"pack_into", s_pack_into, METH_VARARGS, s_pack_into_doc},
    {"unpack", s_unpack, METH_O, s_unpack_doc},
    {"unpack_from", PyCFunction_CAST(s_unpack_from), METH_VARARGS | METH_KEYWORDS,
     s_unpack_from_doc},
    {"__sizeof__", s_sizeof, METH_NOARGS, s_sizeof_doc},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef s_getset[] = {
    {"format", s_get_format, NULL, "struct format string", NULL},
    {"size", s_get_size, NULL, "struct size in bytes", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

PyDoc_STRVAR(s_doc, "Struct(fmt) --> compiled struct object\n\n\
Reads and writes binary data as the format string lays it out. See help(struct) for\n\
the syntax of formats.");

static PyTypeObject Struct_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "Struct",
    .tp_basicsize = sizeof(StructObject),
    .tp_dealloc = s_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_setattro = PyObject_GenericSetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = s_doc,
    .tp_weaklistoffset = offsetof(StructObject, weakreflist),
    .tp_methods = s_methods,
    .tp_getset = s_getset,
    .tp_init = s_init,
    .tp_new = s_new,
    .tp_x64_basicsize = 56,
};

/* ---- The module's functions, over a cache of Structs
 * ------------------------------------------------------- */

#define CACHE_MAX 100
static PyObject *cache;

static PyObject *cached_struct(PyObject *format)
{
    PyObject *s;

    if (cache == NULL && (cache = PyDict_New()) == NULL)
        return NULL;
    s = PyDict_GetItem(cache, format);
    if (s != NULL) {
        Py_INCREF(s);
        return s;
    }
    s = PyObject_CallFunctionObjArgs((PyObject *)&Struct_Type, format, NULL);
    if (s != NULL) {
        if (PyDict_Size(cache) >= CACHE_MAX)
            PyDict_Clear(cache);
        if (PyDict_SetItem(cache, format, s) < 0)
            PyErr_Clear();
    }
    return s;
}

PyDoc_STRVAR(clearcache_doc, "Forgets the compiled formats.");
static PyObject *clearcache(PyObject *self, PyObject *unused)
{
    Py_CLEAR(cache);
    Py_RETURN_NONE;
}

PyDoc_STRVAR(calcsize_doc, "calcsize(fmt) -> size of the struct described by fmt, in bytes");
static PyObject *calcsize(PyObject *self, PyObject *format)
{
    PyObject *s = cached_struct(format);
    if (s == NULL)
        return NULL;
    Py_ssize_t size = ((StructObject *)s)->size;
    Py_DECREF(s);
    return PyInt_FromSsize_t(size);
}

/* Splits (format, rest...): the Struct, and the rest as a tuple. */
static PyObject *split_format(PyObject *args, PyObject **rest)
{
    Py_ssize_t n = PyTuple_GET_SIZE(args);
    if (n == 0) {
        PyErr_SetString(PyExc_TypeError, "missing format argument");
        return NULL;
    }
    PyObject *s = cached_struct(PyTuple_GET_ITEM(args, 0));
    if (s != NULL && (*rest = PyTuple_GetSlice(args, 1, n)) == NULL)
        Py_CLEAR(s);
    return s;
}

PyDoc_STRVAR(pack_doc, "pack(fmt, v1, v2, ...) -> string\n\nThe values laid out as fmt says.");
static PyObject *pack(PyObject *self, PyObject *args)
{
    PyObject *rest, *s = split_format(args, &rest), *result;
    if (s == NULL)
        return NULL;
    result = s_pack(s, rest);
    Py_DECREF(s);
    Py_DECREF(rest);
    return result;
}

PyDoc_STRVAR(pack_into_doc,
             "pack_into(fmt, buffer, offset, v1, v2, ...)\n\nWrites the values into a writable\n\
buffer at the offset.");
static PyObject *pack_into(PyObject *self, PyObject *args)
{
    PyObject *rest, *s = split_format(args, &rest), *result;
    if (s == NULL)
        return NULL;
    result = s_pack_into(s, rest);
    Py_DECREF(s);
    Py_DECREF(rest);
    return result;
}

PyDoc_STRVAR(unpack_doc,
             "unpack(fmt, string) -> (v1, v2, ...)\n\nThe values in the string, which must have\n\
exactly calcsize(fmt) bytes.");
static PyObject *unpack(PyObject *self, PyObject *args)
{
    PyObject *format, *input, *s, *result;

    if (!PyArg_UnpackTuple(args, "unpack", 2, 2, &format, &input))
        return NULL;
    s = cached_struct(format);
    if (s == NULL)
        return NULL;
    result = s_unpack(s, input);
    Py_DECREF(s);
    return result;
}

PyDoc_STRVAR(unpack_from_doc,
             "unpack_from(fmt, buffer, offset=0) -> (v1, v2, ...)\n\nThe values found in the\n\
buffer at the offset.");
static PyObject *unpack_from(PyObject *self, PyObject *args, PyObject *kwds)
{
    PyObject *rest, *s = split_format(args, &rest), *result;
    if (s == NULL)
        return NULL;
    result = s_unpack_from(s, rest, kwds);
    Py_DECREF(s);
    Py_DECREF(rest);
    return result;
}

static PyMethodDef struct_methods[] = {
    {"_clearcache", clearcache, METH_NOARGS, clearcache_doc},
    {"calcsize", calcsize, METH_O, calcsize_doc},
    {"pack", pack, METH_VARARGS, pack_doc},
    {"pack_into", pack_into, METH_VARARGS, pack_into_doc},
    {"unpack", unpack, METH_VARARGS, unpack_doc},
    {"unpack_from", PyCFunction_CAST(unpack_from), METH_VARARGS | METH_KEYWORDS, unpack_from_doc},
    {NULL, NULL, 0, NULL},
};

PyDoc_STRVAR(struct_doc, "Functions to convert between Python values and C structs represented\n\
as Python strings.\n\
\n\
A format begins with its byte order and alignment:\n\
  @: native order, size and alignment (default)\n\
  =: native order, standard size, no alignment\n\
  <: little-endian, standard size, no alignment\n\
  >: big-endian, standard size, no alignment\n\
  !: same as >\n\
\n\
Then come the codes, each with a count before it if wanted:\n\
  x: pad byte; c: char; b, B: byte; ?: bool; h, H: short; i, I: int;\n\
  l, L: long; q, Q: long long; f: float; d: double; the capitals are unsigned.\n\
  s: string, p: string with a count byte; the count is the length here.\n\
  P: pointer, in native formats only.\n\
White space between codes is ignored.\n\
\n\
Errors are raised as struct.error.");

void init_struct(void)
{
    PyObject *m = Py_InitModule3("_struct", struct_methods, struct_doc), *version;

    if (m == NULL || PyType_Ready(&Struct_Type) < 0)
        return;
    if (StructError == NULL) {
        StructError = PyErr_NewException("struct.error", NULL, NULL);
        if (StructError == NULL)
            return;
    }
    Py_INCREF(StructError);
    PyModule_AddObject(m, "error", StructError);
    Py_INCREF(&Struct_Type);
    PyModule_AddObject(m, "Struct", (PyObject *)&Struct_Type);
    version = PyString_FromString("0.2");
    PyModule_AddObject(m, "__version__", version);
    PyModule_AddIntConstant(m, "_PY_STRUCT_RANGE_CHECKING", 1);
    PyModule_AddIntConstant(m, "_PY_STRUCT_FLOAT_COERCE", 1);
}
