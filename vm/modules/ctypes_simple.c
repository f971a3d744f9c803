/* SPDX-License-Identifier: MIT */
/* Simple types: one letter, one value. How each letter's bytes and Python values become each other,
 * and the types themselves (_SimpleCData and its metaclass). Sizes are x86-64's; so is the format
 * of long double (80 bits in 16 bytes), whatever the target's C has. Bytes here are little-endian;
 * the types of the other order swap theirs. */
#include "ctypes_private.h"

#define CODES "cbBhHiIlLdfuzZqQPXOv?g"

Py_ssize_t ctypes_simple_size(char code)
{
    switch (code) {
    case 'c':
    case 'b':
    case 'B':
    case '?':
        return 1;
    case 'h':
    case 'H':
        return 2;
    case 'i':
    case 'I':
    case 'f':
    case 'u':
        return 4;
    case 'l':
    case 'L':
    case 'q':
    case 'Q':
    case 'd':
    case 'z':
    case 'Z':
    case 'P':
    case 'O':
        return 8;
    case 'g':
        return 16;
    default:
        return 0;
    }
}

int ctypes_simple_bits(char code)
{
    if (code == 0)
        return 0;
    return strchr("bhilq", code) != NULL ? 1 : strchr("BHILQ?", code) != NULL ? 2 : 0;
}

void ctypes_swap(unsigned char *p, Py_ssize_t n)
{
    for (Py_ssize_t i = 0; i < n / 2; i++) {
        unsigned char t = p[i];
        p[i] = p[n - 1 - i];
        p[n - 1 - i] = t;
    }
}

/* ---- Strings of the other kind */

static PyObject *conversion_encoding, *conversion_errors; /* str; NULL: ascii, strict */

PyObject *ctypes_set_conversion_mode(PyObject *self, PyObject *args)
{
    const char *encoding, *errors;

    if (!PyArg_ParseTuple(args, "zs:set_conversion_mode", &encoding, &errors))
        return NULL;
    PyObject *old = Py_BuildValue(
        "(ss)", conversion_encoding ? PyString_AS_STRING(conversion_encoding) : "ascii",
        conversion_errors ? PyString_AS_STRING(conversion_errors) : "strict");
    PyObject *e = old == NULL ? NULL : PyString_FromString(encoding ? encoding : "ascii");
    PyObject *r = e == NULL ? NULL : PyString_FromString(errors);
    if (r == NULL) {
        Py_XDECREF(old);
        Py_XDECREF(e);
        return NULL;
    }
    Py_XSETREF(conversion_encoding, e);
    Py_XSETREF(conversion_errors, r);
    return old;
}

static const char *mode_encoding(void)
{
    return conversion_encoding ? PyString_AS_STRING(conversion_encoding) : "ascii";
}

static const char *mode_errors(void)
{
    return conversion_errors ? PyString_AS_STRING(conversion_errors) : "strict";
}

PyObject *ctypes_encode(PyObject *string)
{
    if (PyUnicode_Check(string))
        return PyUnicode_AsEncodedString(string, mode_encoding(), mode_errors());
    Py_INCREF(string);
    return string;
}

PyObject *ctypes_decode(PyObject *string)
{
    if (PyString_Check(string))
        return PyUnicode_FromEncodedObject(string, mode_encoding(), mode_errors());
    Py_INCREF(string);
    return string;
}

/* ---- long double, as the x87 has it */

static void put_extended(double x, unsigned char out[16])
{
    uint64_t bits, fraction;
    memcpy(&bits, &x, 8);
    int sign = (int)(bits >> 63), exponent = (int)(bits >> 52 & 0x7FF);
    fraction = bits << 12; /* left-justified, without the leading one */
    memset(out, 0, 16);
    uint64_t mantissa;
    if (exponent == 0x7FF) {
        exponent = 0x7FFF;
        mantissa = (uint64_t)1 << 63 | fraction >> 1;
    } else if (exponent != 0) {
        exponent += 16383 - 1023;
        mantissa = (uint64_t)1 << 63 | fraction >> 1;
    } else if (fraction == 0) {
        mantissa = 0;
    } else {
        exponent = 1 + 16383 - 1023;
        mantissa = fraction >> 1;
        while (!(mantissa >> 63)) {
            mantissa <<= 1;
            exponent--;
        }
    }
    memcpy(out, &mantissa, 8);
    out[8] = (unsigned char)exponent;
    out[9] = (unsigned char)(exponent >> 8 | sign << 7);
}

static double get_extended(const unsigned char in[16])
{
    uint64_t mantissa = ctypes_load64(in);
    int exponent = in[8] | (in[9] & 0x7F) << 8;
    double x;
    if (exponent == 0x7FFF)
        x = mantissa << 1 == 0 ? Py_HUGE_VAL : Py_NAN;
    else
        x = ldexp((double)mantissa, exponent - 16383 - 63);
    return in[9] & 0x80 ? -x : x;
}

/* ---- Values to bytes */

static int set_character(char code, PyObject *value, unsigned char out[16])
{
    if (code == 'c') {
        if (!PyString_Check(value) || PyString_GET_SIZE(value) != 1) {
            PyErr_SetString(PyExc_TypeError, "one character string expected");
            return -1;
        }
        out[0] = (unsigned char)*PyString_AS_STRING(value);
        return 0;
    }
    if (!PyString_Check(value) && !PyUnicode_Check(value)) {
        PyErr_Format(PyExc_TypeError, "unicode string expected instead of %s instance",
                     Py_TYPE(value)->tp_name);
        return -1;
    }
    PyObject *u = ctypes_decode(value);
    if (u == NULL)
        return -1;
    if (PyUnicode_GET_SIZE(u) != 1) {
        Py_DECREF(u);
        PyErr_SetString(PyExc_TypeError, "one character unicode string expected");
        return -1;
    }
    memcpy(out, PyUnicode_AS_UNICODE(u), 4);
    Py_DECREF(u);
    return 0;
}

static int set_address(char code, PyObject *value, unsigned char out[16], PyObject **keep)
{
    uint64_t address = 0;

    if (value == Py_None) {
        /* 0 */
    } else if (PyInt_Check(value) || PyLong_Check(value)) {
        address = PyInt_AsUnsignedLongLongMask(value);
        if (address == UINT64_MAX && PyErr_Occurred())
            return -1;
    } else if (code == 'P') {
        PyErr_SetString(PyExc_TypeError, "cannot be converted to pointer");
        return -1;
    } else if (!PyString_Check(value) && !PyUnicode_Check(value)) {
        PyErr_Format(PyExc_TypeError, "%s or integer address expected instead of %s instance",
                     code == 'z' ? "string" : "unicode string", Py_TYPE(value)->tp_name);
        return -1;
    } else if (code == 'z') {
        PyObject *s = ctypes_encode(value);
        CBlock *block = s == NULL ? NULL : ctypes_know_string(s);
        if (block == NULL) {
            Py_XDECREF(s);
            return -1;
        }
        address = block->start;
        *keep = s;
    } else {
        PyObject *u = ctypes_decode(value);
        if (u == NULL)
            return -1;
        *keep = ctypes_wide_copy(u, &address);
        Py_DECREF(u);
        if (*keep == NULL)
            return -1;
    }
    memcpy(out, &address, 8);
    return 0;
}

int ctypes_simple_set(char code, PyObject *value, unsigned char out[16], PyObject **keep)
{
    *keep = NULL;
    memset(out, 0, 16);
    switch (code) {
    case 'c':
    case 'u':
        return set_character(code, value, out);
    case 'z':
    case 'Z':
    case 'P':
        return set_address(code, value, out, keep);
    case 'O': {
        if (ctypes_know_object(value) < 0)
            return -1;
        uint64_t address = (uintptr_t)value;
        memcpy(out, &address, 8);
        Py_INCREF(value);
        *keep = value;
        return 0;
    }
    case '?': {
        int truth = PyObject_IsTrue(value);
        if (truth < 0)
            return -1;
        out[0] = (unsigned char)truth;
        return 0;
    }
    case 'd':
    case 'f':
    case 'g': {
        double x = PyFloat_AsDouble(value);
        if (x == -1.0 && PyErr_Occurred())
            return -1;
        if (code == 'd') {
            memcpy(out, &x, 8);
        } else if (code == 'f') {
            float f = (float)x;
            memcpy(out, &f, 4);
        } else {
            put_extended(x, out);
        }
        return 0;
    }
    default: {
        if (PyFloat_Check(value)) {
            PyErr_SetString(PyExc_TypeError, "int expected instead of float");
            return -1;
        }
        uint64_t x = PyInt_AsUnsignedLongLongMask(value);
        if (x == UINT64_MAX && PyErr_Occurred())
            return -1;
        memcpy(out, &x, (size_t)ctypes_simple_size(code));
        return 0;
    }
    }
}

/* ---- Bytes to values */

static PyObject *string_at(uint64_t address)
{
    char *p;
    Py_ssize_t n = ctypes_memory_extent(address, &p);
    if (n < 0)
        return NULL;
    const char *end = memchr(p, 0, (size_t)n);
    return PyString_FromStringAndSize(p, end != NULL ? end - p : n);
}

static PyObject *wide_at(uint64_t address)
{
    char *p;
    Py_ssize_t n = ctypes_memory_extent(address, &p), i = 0;
    if (n < 0)
        return NULL;
    uint32_t c;
    for (; i + 4 <= n; i += 4) {
        memcpy(&c, p + i, 4);
        if (c == 0)
            break;
    }
    PyObject *u = PyUnicode_FromUnicode(NULL, i / 4);
    if (u != NULL)
        memcpy(PyUnicode_AS_UNICODE(u), p, (size_t)i);
    return u;
}

/* What a py_object names. The address counts only if the object is known to live: kept by the data
 * it is in, or found by its address. */
static PyObject *object_from(uint64_t address, CData *owner, Py_ssize_t index)
{
    PyObject *o = NULL;
    if (owner != NULL && address != 0)
        o = ctypes_kept_at(owner, index);
    if (o == NULL || (uintptr_t)o != address)
        o = ctypes_object_at(address);
    Py_XINCREF(o);
    return o;
}

PyObject *ctypes_simple_get(char code, const unsigned char in[16], CData *owner, Py_ssize_t index)
{
    uint64_t x = ctypes_load64(in);
    switch (code) {
    case 'c':
        return PyString_FromStringAndSize((const char *)in, 1);
    case 'u': {
        Py_UNICODE c = (Py_UNICODE)x;
        return PyUnicode_FromUnicode(&c, 1);
    }
    case 'b':
        return PyInt_FromLong((int8_t)x);
    case 'B':
        return PyInt_FromLong((uint8_t)x);
    case 'h':
        return PyInt_FromLong((int16_t)x);
    case 'H':
        return PyInt_FromLong((uint16_t)x);
    case 'i':
        return PyInt_FromLong((int32_t)x);
    case 'I':
        return PyLong_FromUnsignedLong((uint32_t)x);
    case 'l':
        return PyInt_FromLong((int64_t)x);
    case 'q':
        return PyLong_FromLongLong((int64_t)x);
    case 'L':
    case 'Q':
        return PyLong_FromUnsignedLong(x);
    case '?':
        return PyBool_FromLong(in[0] != 0);
    case 'd': {
        double d;
        memcpy(&d, in, 8);
        return PyFloat_FromDouble(d);
    }
    case 'f': {
        float f;
        memcpy(&f, in, 4);
        return PyFloat_FromDouble(f);
    }
    case 'g':
        return PyFloat_FromDouble(get_extended(in));
    case 'O':
        return object_from(x, owner, index);
    default:
        if (x == 0)
            Py_RETURN_NONE;
        if (code == 'z')
            return string_at(x);
        if (code == 'Z')
            return wide_at(x);
        return x <= INT64_MAX ? PyInt_FromLong((int64_t)x) : PyLong_FromUnsignedLong(x);
    }
}

/* ---- Objects */

PyObject *ctypes_simple_value(CData *self)
{
    unsigned char bytes[16] = {0};
    CInfo *info = ctypes_info_of(self);
    char *p = ctypes_at(self, 0, info->size, 0);
    if (p == NULL)
        return NULL;
    memcpy(bytes, p, (size_t)info->size);
    if (info->flags & CFLAG_SWAPPED)
        ctypes_swap(bytes, info->size);
    return ctypes_simple_get(info->code, bytes, self, 0);
}

static PyObject *simple_get_value(PyObject *self, void *closure)
{
    return ctypes_simple_value((CData *)self);
}

static int simple_set_value(PyObject *o, PyObject *value, void *closure)
{
    CData *self = (CData *)o;
    unsigned char bytes[16];
    PyObject *keep;

    if (value == NULL) {
        PyErr_SetString(PyExc_TypeError, "can't delete attribute");
        return -1;
    }
    CInfo *info = ctypes_info_of(self);
    if (ctypes_simple_set(info->code, value, bytes, &keep) < 0)
        return -1;
    if (info->flags & CFLAG_SWAPPED)
        ctypes_swap(bytes, info->size);
    char *p = ctypes_at(self, 0, info->size, 1);
    if (p == NULL) {
        Py_XDECREF(keep);
        return -1;
    }
    memcpy(p, bytes, (size_t)info->size);
    ctypes_stored();
    return keep == NULL ? 0 : ctypes_keep(self, 0, keep);
}

static int simple_init(PyObject *self, PyObject *args, PyObject *kwds)
{
    PyObject *value = NULL;
    if (!PyArg_UnpackTuple(args, "__init__", 0, 1, &value))
        return -1;
    return value != NULL ? simple_set_value(self, value, NULL) : 0;
}

static int simple_nonzero(PyObject *o)
{
    CData *self = (CData *)o;
    char *p = ctypes_at(self, 0, self->size, 0);
    if (p == NULL)
        return -1;
    for (Py_ssize_t i = 0; i < self->size; i++)
        if (p[i] != 0)
            return 1;
    return 0;
}

static PyObject *simple_repr(PyObject *self)
{
    if (Py_TYPE(self)->tp_base != &CSimple_Type)
        return PyString_FromFormat("<%s object at %p>", Py_TYPE(self)->tp_name, (void *)self);
    PyObject *value = simple_get_value(self, NULL);
    PyObject *text = value == NULL ? NULL : PyObject_Repr(value);
    PyObject *result = NULL;
    if (text != NULL)
        result = PyString_FromFormat("%s(%s)", Py_TYPE(self)->tp_name, PyString_AS_STRING(text));
    Py_XDECREF(value);
    Py_XDECREF(text);
    return result;
}

static PyObject *simple_from_outparam(PyObject *self, PyObject *unused)
{
    if (Py_TYPE(self)->tp_base != &CSimple_Type) {
        Py_INCREF(self);
        return self;
    }
    return simple_get_value(self, NULL);
}

static PyMethodDef simple_methods[] = {
    {"__ctypes_from_outparam__", simple_from_outparam, METH_NOARGS, NULL},
    {NULL},
};
static PyGetSetDef simple_getset[] = {
    {"value", simple_get_value, simple_set_value, "current value", NULL},
    {NULL},
};
static PyNumberMethods simple_as_number = {.nb_nonzero = simple_nonzero};

PyTypeObject CSimple_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "_ctypes._SimpleCData",
    .tp_basicsize = sizeof(CData),
    .tp_x64_basicsize = 96,
    .tp_repr = simple_repr,
    .tp_as_number = &simple_as_number,
    .tp_as_buffer = &ctypes_as_buffer,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_NEWBUFFER,
    .tp_doc = "XXX to be provided",
    .tp_methods = simple_methods,
    .tp_getset = simple_getset,
    .tp_init = simple_init,
    .tp_new = ctypes_new_data,
};

/* ---- The metaclass */

static int fill_info(PyTypeObject *type, char code, int swapped)
{
    CInfo *info = ctypes_new_info(type);
    char format[3] = {swapped ? '>' : '<', code, 0};
    if (info == NULL)
        return -1;
    /* (PEP 3118 has no native long: its formats have standard sizes.) */
    if (code == 'l')
        format[1] = 'q';
    else if (code == 'L')
        format[1] = 'Q';
    info->kind = CKIND_SIMPLE;
    info->code = code;
    info->size = info->align = ctypes_simple_size(code);
    info->flags = strchr("zZPO", code) != NULL ? CFLAG_HASPOINTER : 0;
    if (swapped)
        info->flags |= CFLAG_SWAPPED;
    if (type->tp_base != &CSimple_Type)
        info->flags |= CFLAG_NOTSIMPLE;
    info->format = ctypes_strdup(format);
    return info->format == NULL ? -1 : 0;
}

/* The same type in the other byte order. */
static PyObject *swapped_type(PyTypeObject *meta, PyObject *args, PyTypeObject *type, char code)
{
    PyObject *bases = PyTuple_GET_ITEM(args, 1), *dict = PyTuple_GET_ITEM(args, 2);
    PyObject *newargs =
        Py_BuildValue("(NOO)", PyString_FromFormat("%s_be", type->tp_name), bases, dict);
    if (newargs == NULL)
        return NULL;
    PyTypeObject *result = (PyTypeObject *)PyType_Type.tp_new(meta, newargs, NULL);
    Py_DECREF(newargs);
    if (result == NULL)
        return NULL;
    PyObject *o = (PyObject *)result;
    if (fill_info(result, code, 1) < 0 ||
        PyObject_SetAttrString((PyObject *)type, "__ctype_le__", (PyObject *)type) < 0 ||
        PyObject_SetAttrString((PyObject *)type, "__ctype_be__", o) < 0 ||
        PyObject_SetAttrString(o, "__ctype_le__", (PyObject *)type) < 0 ||
        PyObject_SetAttrString(o, "__ctype_be__", o) < 0) {
        Py_DECREF(o);
        return NULL;
    }
    return o;
}

static PyObject *simplemeta_new(PyTypeObject *meta, PyObject *args, PyObject *kwds)
{
    PyTypeObject *type = ctypes_meta_new(meta, args, kwds);
    if (type == NULL)
        return NULL;
    PyObject *letter = PyObject_GetAttrString((PyObject *)type, "_type_");
    if (letter == NULL) {
        PyErr_SetString(PyExc_AttributeError, "class must define a '_type_' attribute");
        goto fail;
    }
    if (!PyString_Check(letter)) {
        PyErr_SetString(PyExc_TypeError, "class must define a '_type_' string attribute");
        goto fail;
    }
    if (PyString_GET_SIZE(letter) != 1) {
        PyErr_SetString(PyExc_ValueError, "class must define a '_type_' attribute which must be a "
                                          "string of length 1");
        goto fail;
    }
    char code = *PyString_AS_STRING(letter);
    if (code == 0 || strchr(CODES, code) == NULL) {
        PyErr_SetString(PyExc_AttributeError,
                        "class must define a '_type_' attribute which must be\na single character "
                        "string containing one of '" CODES "'.");
        goto fail;
    }
    if (ctypes_simple_size(code) == 0) {
        PyErr_Format(PyExc_ValueError, "_type_ '%c' not supported", code);
        goto fail;
    }
    Py_CLEAR(letter);
    if (fill_info(type, code, 0) < 0)
        goto fail;
    /* Numbers of more than a byte have two orders. */
    if (meta == &CSimpleMeta_Type && strchr("hHiIlLqQdf", code) != NULL) {
        PyObject *other = swapped_type(meta, args, type, code);
        if (other == NULL)
            goto fail;
        Py_DECREF(other);
    }
    return (PyObject *)type;
fail:
    Py_XDECREF(letter);
    Py_DECREF(type);
    return NULL;
}

PyTypeObject CSimpleMeta_Type = {
    PyVarObject_HEAD_INIT(NULL, 0) CTYPES_META("_ctypes.PyCSimpleType"),
    .tp_doc = "metatype for the PyCSimpleType Objects",
    .tp_new = simplemeta_new,
};
