/* SPDX-License-Identifier: MIT */
/* Structure and Union: setting _fields_ lays a type out, once. Fields are descriptors in the
 * class's dict. Invariant: a laid-out type's fields lie within its size, or access is refused by
 * ctypes_at(). Bit fields are placed as CPython's ctypes places them with GCC: a field joins the
 * storage unit that is open if it fits there, or widens it. */
#include "ctypes_private.h"

typedef struct {
    PyObject_HEAD Py_ssize_t offset, size, index;
    int bits, low; /* bit field: width and lowest bit within the unit of the type's size */
    int anonymous;
    char letters; /* array of 'c' or 'u': read and written as a string */
    PyTypeObject *proto;
} CField;

/* ---- Fields */

/* The integer in the unit of a bit field, in little-endian order. */
static int read_unit(CField *f, CInfo *info, CData *self, unsigned char unit[8])
{
    char *p = ctypes_at(self, f->offset, info->size, 0);
    if (p == NULL)
        return -1;
    memset(unit, 0, 8);
    memcpy(unit, p, (size_t)info->size);
    if (info->flags & CFLAG_SWAPPED)
        ctypes_swap(unit, info->size);
    return 0;
}

static uint64_t low_bits(int n)
{
    return n >= 64 ? UINT64_MAX : ((uint64_t)1 << n) - 1;
}

static PyObject *get_bits(CField *f, CInfo *info, CData *self)
{
    unsigned char unit[16] = {0};
    if (read_unit(f, info, self, unit) < 0)
        return NULL;
    if (info->code == '?')
        return PyBool_FromLong(unit[0]);
    uint64_t x = f->low >= 64 ? 0 : ctypes_load64(unit) >> f->low & low_bits(f->bits);
    if (ctypes_simple_bits(info->code) == 1 && f->bits < 64 && x >> (f->bits - 1) != 0)
        x |= ~low_bits(f->bits);
    memcpy(unit, &x, 8);
    return ctypes_simple_get(info->code, unit, self, f->index);
}

static int set_bits(CField *f, CInfo *info, CData *self, PyObject *value)
{
    unsigned char bytes[16], unit[8];
    PyObject *keep;

    if (CData_Check(value)) {
        int is = PyObject_IsInstance(value, (PyObject *)f->proto);
        if (is < 0)
            return -1;
        if (!is) {
            PyErr_Format(PyExc_TypeError, "incompatible types, %s instance instead of %s instance",
                         Py_TYPE(value)->tp_name, f->proto->tp_name);
            return -1;
        }
        PyObject *plain = ctypes_simple_value((CData *)value);
        if (plain == NULL)
            return -1;
        int err = set_bits(f, info, self, plain);
        Py_DECREF(plain);
        return err;
    }
    if (ctypes_simple_set(info->code, value, bytes, &keep) < 0)
        return -1;
    if (read_unit(f, info, self, unit) < 0)
        return -1;
    uint64_t x = ctypes_load64(unit), y = ctypes_load64(bytes), mask = low_bits(f->bits);
    if (info->code == '?')
        x = y;
    else if (f->low < 64)
        x = (x & ~(mask << f->low)) | (y & mask) << f->low;
    memcpy(unit, &x, 8);
    if (info->flags & CFLAG_SWAPPED)
        ctypes_swap(unit, info->size);
    char *p = ctypes_at(self, f->offset, info->size, 1);
    if (p == NULL)
        return -1;
    memcpy(p, unit, (size_t)info->size);
    ctypes_stored();
    return 0;
}

static PyObject *get_letters(CField *f, CData *self)
{
    char *p = ctypes_at(self, f->offset, f->size, 0);
    if (p == NULL)
        return NULL;
    if (f->letters == 'c') {
        char *end = memchr(p, 0, (size_t)f->size);
        return PyString_FromStringAndSize(p, end != NULL ? end - p : f->size);
    }
    Py_ssize_t n = 0;
    for (uint32_t c; n < f->size / 4; n++) {
        memcpy(&c, p + 4 * n, 4);
        if (c == 0)
            break;
    }
    PyObject *u = PyUnicode_FromUnicode(NULL, n);
    if (u != NULL && n > 0)
        memcpy(PyUnicode_AS_UNICODE(u), p, (size_t)n * 4);
    return u;
}

static int set_letters(CField *f, CData *self, PyObject *value)
{
    int wide = f->letters == 'u';
    Py_ssize_t width = wide ? 4 : 1, room = f->size / width;

    if (!PyString_Check(value) && !PyUnicode_Check(value)) {
        PyErr_Format(PyExc_TypeError,
                     wide ? "unicode string expected instead of %s instance"
                          : "expected string or Unicode object, %s found",
                     Py_TYPE(value)->tp_name);
        return -1;
    }
    PyObject *s = wide ? ctypes_decode(value) : ctypes_encode(value);
    if (s == NULL)
        return -1;
    /* A byte string ends at its first NUL. */
    Py_ssize_t n = wide ? PyUnicode_GET_SIZE(s) : (Py_ssize_t)strlen(PyString_AS_STRING(s));
    int err = -1;
    if (n > room) {
        PyErr_Format(PyExc_ValueError, "string too long (%zd, maximum length %zd)", n, room);
    } else {
        char *p = ctypes_at(self, f->offset, f->size, 1);
        if (p != NULL) {
            const char *from = wide ? (const char *)PyUnicode_AS_UNICODE(s) : PyString_AS_STRING(s);
            memcpy(p, from, (size_t)(Py_MIN(n + 1, room) * width));
            ctypes_stored();
            err = 0;
        }
    }
    Py_DECREF(s);
    return err;
}

static PyObject *field_get(PyObject *o, PyObject *inst, PyObject *type)
{
    CField *f = (CField *)o;
    if (inst == NULL) {
        Py_INCREF(o);
        return o;
    }
    if (!CData_Check(inst)) {
        PyErr_SetString(PyExc_TypeError, "not a ctype instance");
        return NULL;
    }
    if (f->bits > 0)
        return get_bits(f, ctypes_info((PyObject *)f->proto), (CData *)inst);
    if (f->letters)
        return get_letters(f, (CData *)inst);
    return ctypes_get(f->proto, (CData *)inst, f->index, f->offset);
}

static int field_set(PyObject *o, PyObject *inst, PyObject *value)
{
    CField *f = (CField *)o;
    if (!CData_Check(inst)) {
        PyErr_SetString(PyExc_TypeError, "not a ctype instance");
        return -1;
    }
    if (value == NULL) {
        PyErr_SetString(PyExc_TypeError, "can't delete attribute");
        return -1;
    }
    if (f->bits > 0)
        return set_bits(f, ctypes_info((PyObject *)f->proto), (CData *)inst, value);
    if (f->letters)
        return set_letters(f, (CData *)inst, value);
    return ctypes_set(f->proto, (CData *)inst, f->index, f->offset, value);
}

static PyObject *field_repr(PyObject *o)
{
    CField *f = (CField *)o;
    if (f->bits > 0)
        return PyString_FromFormat("<Field type=%s, ofs=%zd:%d, bits=%d>", f->proto->tp_name,
                                   f->offset, f->low, f->bits);
    return PyString_FromFormat("<Field type=%s, ofs=%zd, size=%zd>", f->proto->tp_name, f->offset,
                               f->size);
}

static PyObject *field_get_offset(PyObject *o, void *closure)
{
    return PyInt_FromSsize_t(((CField *)o)->offset);
}

static PyObject *field_get_size(PyObject *o, void *closure)
{
    CField *f = (CField *)o;
    return PyInt_FromSsize_t(f->bits > 0 ? ((Py_ssize_t)f->bits << 16) + f->low : f->size);
}

static int field_traverse(PyObject *o, visitproc visit, void *arg)
{
    Py_VISIT(((CField *)o)->proto);
    return 0;
}

static void field_dealloc(PyObject *o)
{
    PyObject_GC_UnTrack(o);
    Py_XDECREF(((CField *)o)->proto);
    Py_TYPE(o)->tp_free(o);
}

static PyObject *field_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyErr_Format(PyExc_TypeError, "cannot create '%s' instances", type->tp_name);
    return NULL;
}

static PyGetSetDef field_getset[] = {
    {"offset", field_get_offset, NULL, "offset in bytes of this field", NULL},
    {"size", field_get_size, NULL, "size in bytes of this field", NULL},
    {NULL},
};

PyTypeObject CField_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "_ctypes.CField",
    .tp_basicsize = sizeof(CField),
    .tp_x64_basicsize = 72,
    .tp_dealloc = field_dealloc,
    .tp_repr = field_repr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "Structure/Union member",
    .tp_traverse = field_traverse,
    .tp_getset = field_getset,
    .tp_descr_get = field_get,
    .tp_descr_set = field_set,
    .tp_new = field_new,
};

/* ---- Laying out */

typedef struct {
    Py_ssize_t size, offset, align; /* so far; offset of the next field */
    Py_ssize_t unit_bits;           /* of the open storage unit, 0: none */
    int used_bits;                  /* of it */
    int pack, swapped;
} Layout;

/* Places a field of the type; bits is 0 for an ordinary one. */
static int place(Layout *at, CField *f, CInfo *info, int bits)
{
    Py_ssize_t width = info->size * 8;

    f->size = info->size;
    f->bits = bits;
    if (bits > 0 && at->unit_bits != 0 && width <= at->unit_bits &&
        at->used_bits + bits <= at->unit_bits) {
        f->offset = at->offset - info->size; /* (joins the unit) */
    } else if (bits > 0 && at->unit_bits != 0 && width >= at->unit_bits &&
               at->used_bits + bits <= width) {
        at->offset += info->size - at->unit_bits / 8; /* widens it */
        at->size += info->size - at->unit_bits / 8;
        at->unit_bits = width;
        f->offset = at->offset - info->size;
    } else {
        Py_ssize_t align = at->pack > 0 ? Py_MIN(at->pack, info->align) : info->align;
        Py_ssize_t extra = align > 0 ? (align - at->offset % align) % align : 0;
        if (info->size > PY_SSIZE_T_MAX - extra - at->offset ||
            at->size > PY_SSIZE_T_MAX - extra - info->size) {
            PyErr_SetString(PyExc_OverflowError, "structure too large");
            return -1;
        }
        f->offset = at->offset + extra;
        at->offset = f->offset + info->size;
        at->size += extra + info->size;
        at->align = align;
        at->used_bits = 0;
        at->unit_bits = bits > 0 ? width : 0;
    }
    if (bits > 0) {
        f->low = at->swapped ? (int)at->unit_bits - at->used_bits - bits : at->used_bits;
        at->used_bits += bits;
    }
    return 0;
}

static CField *new_field(PyTypeObject *proto, Py_ssize_t index)
{
    CField *f = (CField *)CField_Type.tp_alloc(&CField_Type, 0);
    if (f == NULL)
        return NULL;
    Py_INCREF(proto);
    f->proto = proto;
    f->index = index;
    CInfo *info = ctypes_info((PyObject *)proto);
    if (info->kind == CKIND_ARRAY && info->proto != NULL) {
        CInfo *item = ctypes_info((PyObject *)info->proto);
        if (item != NULL && item->kind == CKIND_SIMPLE && (item->code == 'c' || item->code == 'u'))
            f->letters = item->code;
    }
    return f;
}

/* Appends to a PyMem string; NULL with an exception, the old one freed. */
static char *append(char *s, const char *more)
{
    if (s == NULL)
        return NULL;
    size_t n = strlen(s), m = strlen(more);
    char *p = PyMem_Realloc(s, (Py_ssize_t)(n + m + 1));
    if (p == NULL) {
        PyMem_Free(s);
        PyErr_NoMemory();
        return NULL;
    }
    memcpy(p + n, more, m + 1);
    return p;
}

static char *append_shape(char *s, CInfo *info)
{
    char text[32];
    for (int i = 0; i < info->ndim; i++) {
        PyOS_snprintf(text, sizeof text, "%s%zd%s", i == 0 ? "(" : "", info->shape[i],
                      i == info->ndim - 1 ? ")" : ",");
        s = append(s, text);
    }
    return s;
}

/* One entry of _fields_: name and type borrowed from *pair, which is owned. */
static int parse_field(PyObject *fields, Py_ssize_t i, PyObject **pair, PyObject **name,
                       PyObject **type, int *bits)
{
    *pair = PySequence_GetItem(fields, i);
    if (*pair == NULL)
        return -1;
    *bits = 0;
    int given = PyTuple_Check(*pair) && PyTuple_GET_SIZE(*pair) == 3;
    if (!PyTuple_Check(*pair) || !PyArg_ParseTuple(*pair, "OO|i", name, type, bits)) {
        PyErr_SetString(PyExc_AttributeError, "'_fields_' must be a sequence of pairs");
        return -1;
    }
    CInfo *info = ctypes_info(*type);
    if (info == NULL) {
        PyErr_Format(PyExc_TypeError, "second item in _fields_ tuple (index %zd) must be a C type",
                     i);
        return -1;
    }
    if (given) {
        if (info->kind != CKIND_SIMPLE || ctypes_simple_bits(info->code) == 0) {
            PyErr_Format(PyExc_TypeError, "bit fields not allowed for type %s",
                         ((PyTypeObject *)*type)->tp_name);
            return -1;
        }
        if (*bits <= 0 || *bits > info->size * 8) {
            PyErr_SetString(PyExc_ValueError, "number of bits invalid for bit field");
            return -1;
        }
    }
    if (PyUnicode_Check(*name)) {
        PyObject *s = PyUnicode_AsASCIIString(*name);
        if (s == NULL) {
            if (PyErr_ExceptionMatches(PyExc_UnicodeError)) {
                PyErr_Clear();
                PyErr_SetString(PyExc_TypeError, "structure field name must be string not unicode");
            }
            return -1;
        }
        PyObject *fresh =
            given ? Py_BuildValue("(NOi)", s, *type, *bits) : Py_BuildValue("(NO)", s, *type);
        if (fresh == NULL)
            return -1;
        Py_SETREF(*pair, fresh);
        *name = PyTuple_GET_ITEM(fresh, 0);
        *type = PyTuple_GET_ITEM(fresh, 1);
    } else if (!PyString_Check(*name)) {
        PyErr_Format(PyExc_TypeError, "structure field name must be string not %s",
                     Py_TYPE(*name)->tp_name);
        return -1;
    }
    return 0;
}

/* Puts the fields of an anonymous member beside it in the type. */
static int lift_fields(PyTypeObject *type, CField *member, Py_ssize_t index, Py_ssize_t offset)
{
    PyObject *fields = PyObject_GetAttrString((PyObject *)member->proto, "_fields_");
    if (fields == NULL)
        return -1;
    PyObject *seq = PySequence_Fast(fields, "_fields_ must be a sequence");
    Py_DECREF(fields);
    if (seq == NULL)
        return -1;
    int err = 0;
    for (Py_ssize_t i = 0; err == 0 && i < PySequence_Fast_GET_SIZE(seq); i++) {
        PyObject *pair = PySequence_Fast_GET_ITEM(seq, i), *name, *ctype, *bits = NULL;
        err = -1;
        if (!PyArg_ParseTuple(pair, "OO|O", &name, &ctype, &bits))
            break;
        PyObject *o = PyObject_GetAttr((PyObject *)member->proto, name);
        if (o == NULL)
            break;
        if (Py_TYPE(o) != &CField_Type) {
            PyErr_SetString(PyExc_TypeError, "unexpected type");
            Py_DECREF(o);
            break;
        }
        CField *f = (CField *)o;
        if (f->anonymous) {
            err = Py_EnterRecursiveCall(" in _anonymous_");
            if (err == 0) {
                err = lift_fields(type, f, index + f->index, offset + f->offset);
                Py_LeaveRecursiveCall();
            }
        } else {
            CField *copy = new_field(f->proto, f->index + index);
            if (copy != NULL) {
                copy->offset = f->offset + offset;
                copy->size = f->size;
                copy->bits = f->bits;
                copy->low = f->low;
                copy->letters = f->letters;
                err = PyObject_SetAttr((PyObject *)type, name, (PyObject *)copy);
                Py_DECREF(copy);
            }
        }
        Py_DECREF(o);
    }
    Py_DECREF(seq);
    return err;
}

static int lift_anonymous(PyTypeObject *type)
{
    PyObject *names = PyObject_GetAttrString((PyObject *)type, "_anonymous_");
    if (names == NULL) {
        PyErr_Clear();
        return 0;
    }
    PyObject *seq = PySequence_Fast(names, "_anonymous_ must be a sequence");
    Py_DECREF(names);
    if (seq == NULL)
        return -1;
    int err = 0;
    for (Py_ssize_t i = 0; err == 0 && i < PySequence_Fast_GET_SIZE(seq); i++) {
        PyObject *name = PySequence_Fast_GET_ITEM(seq, i);
        PyObject *o = PyObject_GetAttr((PyObject *)type, name);
        err = -1;
        if (o == NULL)
            break;
        if (Py_TYPE(o) != &CField_Type) {
            PyObject *text = PyObject_Str(name);
            if (text != NULL)
                PyErr_Format(PyExc_AttributeError,
                             "'%s' is specified in _anonymous_ but not in _fields_",
                             PyString_AS_STRING(text));
            Py_XDECREF(text);
        } else {
            ((CField *)o)->anonymous = 1;
            err = lift_fields(type, (CField *)o, ((CField *)o)->index, ((CField *)o)->offset);
        }
        Py_DECREF(o);
    }
    Py_DECREF(seq);
    return err;
}

/* *pack is 0 when there is none; *packed whether there is one. */
static int get_pack(PyTypeObject *type, int *pack, int *packed)
{
    PyObject *o = PyObject_GetAttrString((PyObject *)type, "_pack_");
    *pack = *packed = 0;
    if (o == NULL) {
        PyErr_Clear();
        return 0;
    }
    py_long n = PyInt_AsLong(o);
    Py_DECREF(o);
    if ((n == -1 && PyErr_Occurred()) || n < 0 || n > INT32_MAX) {
        if (!PyErr_Occurred() || PyErr_ExceptionMatches(PyExc_TypeError) ||
            PyErr_ExceptionMatches(PyExc_OverflowError))
            PyErr_SetString(PyExc_ValueError, "_pack_ must be a non-negative integer");
        return -1;
    }
    *pack = (int)n;
    *packed = 1;
    return 0;
}

static int lay_out(PyTypeObject *type, PyObject *fields, int is_union)
{
    CInfo *info = ((CTypeObject *)type)->info;
    int packed;

    if (fields == NULL)
        return 0;
    if (!PySequence_Check(fields)) {
        PyErr_SetString(PyExc_TypeError, "'_fields_' must be a sequence of pairs");
        return -1;
    }
    Layout at = {0};
    if (get_pack(type, &at.pack, &packed) < 0)
        return -1;
    at.swapped = PyObject_HasAttrString((PyObject *)type, "_swappedbytes_");
    Py_ssize_t n = PySequence_Size(fields), biggest = 0, total_align = 1, first = 0;
    if (n < 0)
        return -1;
    if (info == NULL || info->flags & CFLAG_FINAL) {
        PyErr_SetString(PyExc_AttributeError, "_fields_ is final");
        return -1;
    }
    int flags = 0;
    CInfo *base = ctypes_info((PyObject *)type->tp_base);
    char *format = ctypes_strdup("T{"); /* (without the base's fields) */
    if (base != NULL) {
        at.size = at.offset = base->size;
        at.align = base->align;
        biggest = is_union ? base->size : 0;
        total_align = base->align > 0 ? base->align : 1;
        first = base->length;
        flags = base->flags & CFLAG_HASPOINTER;
    }
    if (is_union)
        at.size = at.offset = 0;
    for (Py_ssize_t i = 0; format != NULL && i < n; i++) {
        PyObject *pair = NULL, *name, *ftype;
        int bits;
        if (parse_field(fields, i, &pair, &name, &ftype, &bits) < 0) {
            Py_XDECREF(pair);
            goto fail;
        }
        CInfo *finfo = ctypes_info(ftype);
        finfo->flags |= CFLAG_FINAL;
        flags |= finfo->flags & CFLAG_HASPOINTER;
        CField *f = new_field((PyTypeObject *)ftype, first + i);
        if (f == NULL) {
            Py_DECREF(pair);
            goto fail;
        }
        if (is_union) {
            at.size = at.offset = at.unit_bits = 0;
            at.align = 0;
        }
        int err = place(&at, f, finfo, bits);
        if (err == 0) {
            biggest = Py_MAX(biggest, at.size);
            total_align = Py_MAX(total_align, at.align);
            format = append_shape(format, finfo);
            format = append(format, finfo->format != NULL ? finfo->format : "B");
            format = append(format, ":");
            format = append(format, PyString_AS_STRING(name));
            format = append(format, ":");
            err = format == NULL ? -1 : PyObject_SetAttr((PyObject *)type, name, (PyObject *)f);
        }
        Py_DECREF(f);
        Py_DECREF(pair);
        if (err < 0)
            goto fail;
    }
    format = append(format, "}");
    if (format == NULL)
        return -1;
    Py_ssize_t size = is_union ? biggest : at.size;
    if (size > PY_SSIZE_T_MAX - total_align) {
        PyErr_SetString(PyExc_OverflowError, "structure too large");
        goto fail;
    }
    size = (size + total_align - 1) / total_align * total_align;
    if (is_union || packed) {
        PyMem_Free(format);
        format = NULL;
    }
    /* Setting the fields ran setattr, which Python code may have replaced. */
    info = ((CTypeObject *)type)->info;
    if (info->flags & CFLAG_FINAL) {
        PyErr_SetString(PyExc_AttributeError, "Structure or union cannot contain itself");
        goto fail;
    }
    PyMem_Free(info->format);
    info->format = format;
    info->size = size;
    info->align = total_align;
    info->length = first + n;
    info->flags |= flags | CFLAG_FINAL;
    return lift_anonymous(type);
fail:
    PyMem_Free(format);
    return -1;
}

/* ---- The metaclasses */

static PyObject *composite_new(PyTypeObject *meta, PyObject *args, PyObject *kwds, int is_union)
{
    PyTypeObject *type = ctypes_meta_new(meta, args, kwds);
    if (type == NULL)
        return NULL;
    /* (A class that says it is abstract cannot be made an object of.) */
    if (PyDict_GetItemString(type->tp_dict, "_abstract_") != NULL)
        return (PyObject *)type;
    PyObject *fields = PyDict_GetItemString(type->tp_dict, "_fields_");
    CInfo *base = ctypes_info((PyObject *)type->tp_base), *info;
    if (fields == NULL && base != NULL) {
        info = ctypes_copy_info(type, base);
        base->flags |= CFLAG_FINAL;
    } else {
        info = ctypes_new_info(type);
    }
    if (info == NULL)
        goto fail;
    info->kind = is_union ? CKIND_UNION : CKIND_STRUCT;
    if (fields != NULL) {
        Py_INCREF(fields);
        int err = PyObject_SetAttrString((PyObject *)type, "_fields_", fields);
        Py_DECREF(fields);
        if (err < 0)
            goto fail;
        if (base != NULL)
            base->flags |= CFLAG_FINAL;
    }
    return (PyObject *)type;
fail:
    Py_DECREF(type);
    return NULL;
}

static PyObject *structmeta_new(PyTypeObject *meta, PyObject *args, PyObject *kwds)
{
    return composite_new(meta, args, kwds, 0);
}

static PyObject *unionmeta_new(PyTypeObject *meta, PyObject *args, PyObject *kwds)
{
    return composite_new(meta, args, kwds, 1);
}

static int composite_setattro(PyObject *type, PyObject *name, PyObject *value, int is_union)
{
    if (PyType_Type.tp_setattro(type, name, value) < 0)
        return -1;
    if (value != NULL && PyString_Check(name) && strcmp(PyString_AS_STRING(name), "_fields_") == 0)
        return lay_out((PyTypeObject *)type, value, is_union);
    return 0;
}

static int structmeta_setattro(PyObject *type, PyObject *name, PyObject *value)
{
    return composite_setattro(type, name, value, 0);
}

static int unionmeta_setattro(PyObject *type, PyObject *name, PyObject *value)
{
    return composite_setattro(type, name, value, 1);
}

PyTypeObject CStructMeta_Type = {
    PyVarObject_HEAD_INIT(NULL, 0) CTYPES_META("_ctypes.PyCStructType"),
    .tp_doc = "metatype for the CData Objects",
    .tp_setattro = structmeta_setattro,
    .tp_new = structmeta_new,
};

PyTypeObject CUnionMeta_Type = {
    PyVarObject_HEAD_INIT(NULL, 0) CTYPES_META("_ctypes.UnionType"),
    .tp_doc = "metatype for the CData Objects",
    .tp_setattro = unionmeta_setattro,
    .tp_new = unionmeta_new,
};

/* ---- Instances */

/* Sets the fields of a type, its bases' first, from args at index; returns the next index, or -1.
 */
static Py_ssize_t init_fields(PyObject *self, PyTypeObject *type, PyObject *args, PyObject *kwds,
                              Py_ssize_t index)
{
    if (ctypes_info((PyObject *)type->tp_base) != NULL) {
        index = init_fields(self, type->tp_base, args, kwds, index);
        if (index < 0)
            return -1;
    }
    PyObject *fields = PyDict_GetItemString(type->tp_dict, "_fields_");
    if (fields == NULL)
        return index;
    Py_INCREF(fields);
    Py_ssize_t n = PySequence_Size(fields);
    if (n < 0)
        index = -1;
    for (Py_ssize_t i = 0; i < n && index < PyTuple_GET_SIZE(args); i++) {
        PyObject *pair = PySequence_GetItem(fields, i);
        PyObject *name = pair == NULL ? NULL : PySequence_GetItem(pair, 0);
        int err = -1;
        if (name != NULL && kwds != NULL && PyDict_GetItem(kwds, name) != NULL) {
            PyObject *text = PyObject_Repr(name);
            if (text != NULL)
                PyErr_Format(PyExc_TypeError, "duplicate values for field %s",
                             PyString_AS_STRING(text));
            Py_XDECREF(text);
        } else if (name != NULL) {
            err = PyObject_SetAttr(self, name, PyTuple_GET_ITEM(args, index));
        }
        Py_XDECREF(pair);
        Py_XDECREF(name);
        if (err < 0) {
            index = -1;
            break;
        }
        index++;
    }
    Py_DECREF(fields);
    return index;
}

static int composite_init(PyObject *self, PyObject *args, PyObject *kwds)
{
    if (PyTuple_GET_SIZE(args) > 0) {
        Py_ssize_t n = init_fields(self, Py_TYPE(self), args, kwds, 0);
        if (n < 0)
            return -1;
        if (n < PyTuple_GET_SIZE(args)) {
            PyErr_SetString(PyExc_TypeError, "too many initializers");
            return -1;
        }
    }
    PyObject *key, *value;
    Py_ssize_t pos = 0;
    while (kwds != NULL && PyDict_Next(kwds, &pos, &key, &value))
        if (PyObject_SetAttr(self, key, value) < 0)
            return -1;
    return 0;
}

PyTypeObject CStructure_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "_ctypes.Structure",
    .tp_basicsize = sizeof(CData),
    .tp_x64_basicsize = 96,
    .tp_as_buffer = &ctypes_as_buffer,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_NEWBUFFER,
    .tp_doc = "Structure base class",
    .tp_init = composite_init,
    .tp_new = ctypes_new_data,
};

PyTypeObject CUnion_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "_ctypes.Union",
    .tp_basicsize = sizeof(CData),
    .tp_x64_basicsize = 96,
    .tp_as_buffer = &ctypes_as_buffer,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_NEWBUFFER,
    .tp_doc = "Union base class",
    .tp_init = composite_init,
    .tp_new = ctypes_new_data,
};
