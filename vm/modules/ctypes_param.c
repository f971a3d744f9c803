/* SPDX-License-Identifier: MIT */
/* Arguments of C functions: CArg, what byref() and from_param() make, and how any Python object
 * that may be passed becomes a C value. Invariant: whatever a C value's bytes refer to lives as
 * long as its keep. */
#include "ctypes_private.h"

/* ---- CArg */

CArg *ctypes_new_arg(char tag, PyObject *obj)
{
    CArg *arg = PyObject_New(CArg, &CArg_Type);
    if (arg == NULL)
        return NULL;
    arg->tag = tag;
    memset(arg->value, 0, sizeof arg->value);
    Py_XINCREF(obj);
    arg->obj = obj;
    return arg;
}

CArg *ctypes_address_arg(CData *data, Py_ssize_t offset)
{
    uint64_t address;
    if (ctypes_address(data, &address) < 0)
        return NULL;
    CArg *arg = ctypes_new_arg('P', (PyObject *)data);
    if (arg != NULL) {
        address += (uint64_t)offset;
        memcpy(arg->value, &address, 8);
    }
    return arg;
}

static void arg_dealloc(PyObject *self)
{
    Py_XDECREF(((CArg *)self)->obj);
    PyObject_Free(self);
}

static PyObject *arg_repr(PyObject *o)
{
    CArg *self = (CArg *)o;
    char text[400];
    uint64_t x = ctypes_load64(self->value);
    switch (self->tag) {
    case 'b':
    case 'B':
        snprintf(text, sizeof text, "<cparam '%c' (%d)>", self->tag, (int8_t)x);
        break;
    case 'h':
    case 'H':
        snprintf(text, sizeof text, "<cparam '%c' (%d)>", self->tag, (int16_t)x);
        break;
    case 'i':
    case 'I':
        snprintf(text, sizeof text, "<cparam '%c' (%d)>", self->tag, (int32_t)x);
        break;
    case 'l':
    case 'L':
    case 'q':
    case 'Q':
        snprintf(text, sizeof text, "<cparam '%c' (%" PRId64 ")>", self->tag, (int64_t)x);
        break;
    case 'd': {
        double d;
        memcpy(&d, self->value, 8);
        snprintf(text, sizeof text, "<cparam 'd' (%f)>", d);
        break;
    }
    case 'f': {
        float f;
        memcpy(&f, self->value, 4);
        snprintf(text, sizeof text, "<cparam 'f' (%f)>", (double)f);
        break;
    }
    case 'c':
        text[0] = 0;
        snprintf(text, sizeof text, "<cparam 'c' ( )>");
        text[13] = (char)x;
        return PyString_FromStringAndSize(text, 16);
    case 'z':
    case 'Z':
    case 'P':
        if (x == 0)
            snprintf(text, sizeof text, "<cparam '%c' ((nil))>", self->tag);
        else
            snprintf(text, sizeof text, "<cparam '%c' (0x%" PRIx64 ")>", self->tag, x);
        break;
    default:
        return PyString_FromFormat("<cparam '%c' at %p>", self->tag, (void *)self);
    }
    return PyString_FromString(text);
}

static PyMemberDef arg_members[] = {
    {"_obj", T_OBJECT, offsetof(CArg, obj), READONLY, "the wrapped object"},
    {NULL},
};

PyTypeObject CArg_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "CArgObject",
    .tp_basicsize = sizeof(CArg),
    .tp_x64_basicsize = 64,
    .tp_dealloc = arg_dealloc,
    .tp_repr = arg_repr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_members = arg_members,
};

/* ---- C values on their way */

/* bytes as the letter has them, in the target's order. */
void ctypes_load_value(CValue *v, char letter, const unsigned char *bytes)
{
    uint64_t x = ctypes_load64(bytes);
    memset(v->bytes, 0, sizeof v->bytes);
    v->class = 'i';
    switch (letter) {
    case 'f':
        v->class = 'f';
        memcpy(v->bytes, bytes, 4);
        return;
    case 'd':
    case 'g':
        v->class = letter;
        memcpy(v->bytes, bytes, letter == 'd' ? 8 : 16);
        return;
    case 'b':
        x = (uint64_t)(int8_t)x;
        break;
    case 'c':
    case 'B':
    case '?':
        x = (uint8_t)x;
        break;
    case 'h':
        x = (uint64_t)(int16_t)x;
        break;
    case 'H':
        x = (uint16_t)x;
        break;
    case 'i':
        x = (uint64_t)(int32_t)x;
        break;
    case 'I':
    case 'u':
        x = (uint32_t)x;
        break;
    }
    memcpy(v->bytes, &x, 8);
}

static int data_value(CValue *v, CData *data)
{
    CInfo *info = ctypes_info_of(data);
    unsigned char bytes[16] = {0};
    uint64_t address;

    Py_INCREF(data);
    v->keep = (PyObject *)data;
    v->class = 'i';
    if (info->kind == CKIND_ARRAY) {
        if (ctypes_address(data, &address) < 0)
            return -1;
        memcpy(v->bytes, &address, 8);
        return 0;
    }
    if (info->kind == CKIND_STRUCT || info->kind == CKIND_UNION) {
        v->class = 'V';
        return 0;
    }
    char *p = ctypes_at(data, 0, info->size, 0);
    if (p == NULL)
        return -1;
    memcpy(bytes, p, (size_t)info->size);
    if (info->flags & CFLAG_SWAPPED)
        ctypes_swap(bytes, info->size);
    ctypes_load_value(v, info->kind == CKIND_SIMPLE ? info->code : 'P', bytes);
    if (info->kind == CKIND_SIMPLE && info->code == 'O') {
        PyObject *o = ctypes_simple_get('O', bytes, data, 0);
        if (o == NULL)
            return -1;
        Py_SETREF(v->keep, o);
    }
    return 0;
}

/* The C value of an argument that is to be passed as number index (from 1). 0 or -1. */
int ctypes_to_value(CValue *v, PyObject *arg, Py_ssize_t index)
{
    memset(v, 0, sizeof *v);
    v->class = 'i';
    if (CData_Check(arg))
        return data_value(v, (CData *)arg);
    if (CArg_Check(arg)) {
        CArg *a = (CArg *)arg;
        ctypes_load_value(v, a->tag, a->value);
        v->keep = a->tag == 'O' ? a->obj : arg;
        Py_XINCREF(v->keep);
        return 0;
    }
    if (arg == Py_None)
        return 0;
    if (PyInt_Check(arg) || PyLong_Check(arg)) {
        uint64_t x = PyInt_AsUnsignedLongLongMask(arg);
        if (x == UINT64_MAX && PyErr_Occurred())
            return -1;
        if (PyLong_Check(arg) && _PyLong_NumBits(arg) > 64) {
            PyErr_SetString(PyExc_OverflowError, "long int too long to convert");
            return -1;
        }
        x = (uint64_t)(int32_t)x; /* an int */
        memcpy(v->bytes, &x, 8);
        return 0;
    }
    if (PyString_Check(arg) || PyUnicode_Check(arg)) {
        unsigned char bytes[16];
        if (ctypes_simple_set(PyString_Check(arg) ? 'z' : 'Z', arg, bytes, &v->keep) < 0)
            return -1;
        memcpy(v->bytes, bytes, 8);
        return 0;
    }
    PyObject *other = PyObject_GetAttrString(arg, "_as_parameter_");
    if (other == NULL) {
        if (!PyErr_ExceptionMatches(PyExc_AttributeError))
            return -1;
        PyErr_Format(PyExc_TypeError, "Don't know how to convert parameter %d", (int)index);
        return -1;
    }
    int err = Py_EnterRecursiveCall(" while processing _as_parameter_");
    if (err == 0) {
        err = ctypes_to_value(v, other, index);
        Py_LeaveRecursiveCall();
    }
    if (err == 0 && v->keep == NULL) {
        v->keep = other;
        return 0;
    }
    Py_DECREF(other);
    return err;
}
