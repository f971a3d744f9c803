/* SPDX-License-Identifier: MIT */
/* Array: items of one type, one after the other; arrays of c_char and c_wchar are strings too.
 * Invariant: an index has been checked against length before it becomes an offset. */
#include "ctypes_private.h"

/* ---- The metaclass, and value and raw of arrays of characters */

static CInfo *letter_info(CData *self)
{
    PyTypeObject *proto = ctypes_info_of(self)->proto;
    return proto != NULL ? ctypes_info((PyObject *)proto) : NULL;
}

static PyObject *chars_get_raw(PyObject *o, void *closure)
{
    CData *self = (CData *)o;
    char *p = ctypes_at(self, 0, self->size, 0);
    return p == NULL ? NULL : PyString_FromStringAndSize(p, self->size);
}

static int chars_set_raw(PyObject *o, PyObject *value, void *closure)
{
    CData *self = (CData *)o;
    Py_buffer view;

    if (value == NULL) {
        PyErr_SetString(PyExc_AttributeError, "cannot delete attribute");
        return -1;
    }
    if (PyObject_GetBuffer(value, &view, PyBUF_SIMPLE) < 0)
        return -1;
    int err = -1;
    char *p;
    if (view.len > self->size) {
        PyErr_SetString(PyExc_ValueError, "string too long");
    } else if ((p = ctypes_at(self, 0, view.len, 1)) != NULL) {
        memmove(p, view.buf, (size_t)view.len);
        ctypes_stored();
        err = 0;
    }
    PyBuffer_Release(&view);
    return err;
}

static PyObject *chars_get_value(PyObject *o, void *closure)
{
    CData *self = (CData *)o;
    char *p = ctypes_at(self, 0, self->size, 0);
    if (p == NULL)
        return NULL;
    char *end = self->size > 0 ? memchr(p, 0, (size_t)self->size) : NULL;
    return PyString_FromStringAndSize(p, end != NULL ? end - p : self->size);
}

static int set_string(CData *self, PyObject *value, int wide)
{
    if (value == NULL) {
        PyErr_SetString(PyExc_TypeError, "can't delete attribute");
        return -1;
    }
    if (!PyString_Check(value) && !PyUnicode_Check(value)) {
        PyErr_Format(PyExc_TypeError,
                     wide ? "unicode string expected instead of %s instance"
                          : "string expected instead of %s instance",
                     Py_TYPE(value)->tp_name);
        return -1;
    }
    PyObject *s = wide ? ctypes_decode(value) : ctypes_encode(value);
    if (s == NULL)
        return -1;
    Py_ssize_t width = wide ? 4 : 1, room = self->size / width;
    Py_ssize_t n = wide ? PyUnicode_GET_SIZE(s) : PyString_GET_SIZE(s);
    int err = -1;
    char *p;
    if (n > room) {
        PyErr_SetString(PyExc_ValueError, "string too long");
    } else if ((p = ctypes_at(self, 0, self->size, 1)) != NULL) {
        const char *from = wide ? (const char *)PyUnicode_AS_UNICODE(s) : PyString_AS_STRING(s);
        memcpy(p, from, (size_t)(Py_MIN(n + 1, room) * width));
        ctypes_stored();
        err = 0;
    }
    Py_DECREF(s);
    return err;
}

static int chars_set_value(PyObject *o, PyObject *value, void *closure)
{
    return set_string((CData *)o, value, 0);
}

static PyObject *wide_get_value(PyObject *o, void *closure)
{
    CData *self = (CData *)o;
    char *p = ctypes_at(self, 0, self->size, 0);
    if (p == NULL)
        return NULL;
    Py_ssize_t n = 0;
    for (uint32_t c; n < self->size / 4; n++) {
        memcpy(&c, p + 4 * n, 4);
        if (c == 0)
            break;
    }
    PyObject *u = PyUnicode_FromUnicode(NULL, n);
    if (u != NULL && n > 0)
        memcpy(PyUnicode_AS_UNICODE(u), p, (size_t)n * 4);
    return u;
}

static int wide_set_value(PyObject *o, PyObject *value, void *closure)
{
    return set_string((CData *)o, value, 1);
}

static PyGetSetDef chars_getset[] = {
    {"raw", chars_get_raw, chars_set_raw, "value", NULL},
    {"value", chars_get_value, chars_set_value, "string value", NULL},
    {NULL},
};
static PyGetSetDef wide_getset[] = {
    {"value", wide_get_value, wide_set_value, "string value", NULL},
    {NULL},
};

static int add_getset(PyTypeObject *type, PyGetSetDef *def)
{
    for (; def->name != NULL; def++) {
        PyObject *descr = PyDescr_NewGetSet(type, def);
        if (descr == NULL)
            return -1;
        int err = PyDict_SetItemString(type->tp_dict, def->name, descr);
        Py_DECREF(descr);
        if (err < 0)
            return -1;
    }
    PyType_Modified(type);
    return 0;
}

static int fill_array(PyTypeObject *type, PyObject *proto, Py_ssize_t length)
{
    CInfo *item = ctypes_info(proto);
    if (item == NULL) {
        PyErr_SetString(PyExc_TypeError, "_type_ must have storage info");
        return -1;
    }
    if (length < 0)
        length = 0;
    if (item->size != 0 && length > PY_SSIZE_T_MAX / item->size) {
        PyErr_SetString(PyExc_OverflowError, "array too large");
        return -1;
    }
    CInfo *info = ctypes_new_info(type);
    if (info == NULL)
        return -1;
    item->flags |= CFLAG_FINAL;
    info->kind = CKIND_ARRAY;
    info->flags = item->flags & CFLAG_HASPOINTER;
    Py_INCREF(proto);
    info->proto = (PyTypeObject *)proto;
    info->length = length;
    info->size = length * item->size;
    info->align = item->align;
    info->ndim = item->ndim + 1;
    info->shape = PyMem_New(Py_ssize_t, info->ndim);
    info->format = ctypes_strdup(item->format != NULL ? item->format : "B");
    if (info->shape == NULL || info->format == NULL) {
        info->ndim = 0;
        PyErr_NoMemory();
        return -1;
    }
    info->shape[0] = length;
    for (int i = 1; i < info->ndim; i++)
        info->shape[i] = item->shape[i - 1];
    if (item->kind == CKIND_SIMPLE && item->code == 'c')
        return add_getset(type, chars_getset);
    if (item->kind == CKIND_SIMPLE && item->code == 'u')
        return add_getset(type, wide_getset);
    return 0;
}

static PyObject *arraymeta_new(PyTypeObject *meta, PyObject *args, PyObject *kwds)
{
    PyTypeObject *type = ctypes_meta_new(meta, args, kwds);
    if (type == NULL)
        return NULL;
    PyObject *length = NULL, *proto = NULL;
    length = PyObject_GetAttrString((PyObject *)type, "_length_");
    if (length == NULL || (!PyInt_Check(length) && !PyLong_Check(length))) {
        PyErr_SetString(
            PyExc_AttributeError,
            "class must define a '_length_' attribute, which must be a positive integer");
        goto fail;
    }
    Py_ssize_t n = PyInt_Check(length) ? PyInt_AS_LONG(length) : PyLong_AsSsize_t(length);
    if (n == -1 && PyErr_Occurred()) {
        if (PyErr_ExceptionMatches(PyExc_OverflowError))
            PyErr_SetString(PyExc_OverflowError, "The '_length_' attribute is too large");
        goto fail;
    }
    proto = PyObject_GetAttrString((PyObject *)type, "_type_");
    if (proto == NULL) {
        PyErr_SetString(PyExc_AttributeError, "class must define a '_type_' attribute");
        goto fail;
    }
    if (fill_array(type, proto, n) < 0)
        goto fail;
    Py_DECREF(length);
    Py_DECREF(proto);
    return (PyObject *)type;
fail:
    Py_XDECREF(length);
    Py_XDECREF(proto);
    Py_DECREF(type);
    return NULL;
}

PyTypeObject CArrayMeta_Type = {
    PyVarObject_HEAD_INIT(NULL, 0) CTYPES_META("_ctypes.PyCArrayType"),
    .tp_doc = "metatype for the Array Objects",
    .tp_new = arraymeta_new,
};

/* ---- Items */

static Py_ssize_t array_length(PyObject *self)
{
    return ((CData *)self)->length;
}

static PyObject *array_item(PyObject *o, Py_ssize_t i)
{
    CData *self = (CData *)o;
    CInfo *item = letter_info(self);
    if (i < 0 || i >= self->length || item == NULL) {
        PyErr_SetString(PyExc_IndexError, "invalid index");
        return NULL;
    }
    return ctypes_get(ctypes_info_of(self)->proto, self, i, i * item->size);
}

static int array_ass_item(PyObject *o, Py_ssize_t i, PyObject *value)
{
    CData *self = (CData *)o;
    CInfo *item = letter_info(self);
    if (value == NULL) {
        PyErr_SetString(PyExc_TypeError, "Array does not support item deletion");
        return -1;
    }
    if (i < 0 || i >= self->length || item == NULL) {
        PyErr_SetString(PyExc_IndexError, "invalid index");
        return -1;
    }
    return ctypes_set(ctypes_info_of(self)->proto, self, i, i * item->size, value);
}

/* n items from start by step; every index is valid. */
static PyObject *array_range(CData *self, Py_ssize_t start, Py_ssize_t step, Py_ssize_t n)
{
    CInfo *item = letter_info(self);
    char letter = item != NULL && item->kind == CKIND_SIMPLE ? item->code : 0;
    PyObject *result;

    if (letter == 'c' || letter == 'u') {
        Py_ssize_t width = item->size;
        char *p = ctypes_at(self, 0, self->size, 0);
        if (p == NULL)
            return NULL;
        result =
            letter == 'c' ? PyString_FromStringAndSize(NULL, n) : PyUnicode_FromUnicode(NULL, n);
        if (result == NULL || n == 0)
            return result;
        char *to =
            letter == 'c' ? PyString_AS_STRING(result) : (char *)PyUnicode_AS_UNICODE(result);
        for (Py_ssize_t i = 0; i < n; i++)
            memcpy(to + i * width, p + (start + i * step) * width, (size_t)width);
        return result;
    }
    result = PyList_New(n);
    for (Py_ssize_t i = 0; result != NULL && i < n; i++) {
        PyObject *v = array_item((PyObject *)self, start + i * step);
        if (v == NULL)
            Py_CLEAR(result);
        else
            PyList_SET_ITEM(result, i, v);
    }
    return result;
}

static PyObject *array_slice(PyObject *o, Py_ssize_t low, Py_ssize_t high)
{
    CData *self = (CData *)o;
    low = Py_MAX(0, Py_MIN(low, self->length));
    high = Py_MAX(low, Py_MIN(high, self->length));
    return array_range(self, low, 1, high - low);
}

static int array_set_range(CData *self, Py_ssize_t start, Py_ssize_t step, Py_ssize_t n,
                           PyObject *value)
{
    if (value == NULL) {
        PyErr_SetString(PyExc_TypeError, "Array does not support item deletion");
        return -1;
    }
    if (PySequence_Size(value) != n) {
        PyErr_SetString(PyExc_ValueError, "Can only assign sequence of same size");
        return -1;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *v = PySequence_GetItem(value, i);
        if (v == NULL)
            return -1;
        int err = array_ass_item((PyObject *)self, start + i * step, v);
        Py_DECREF(v);
        if (err < 0)
            return -1;
    }
    return 0;
}

static int array_ass_slice(PyObject *o, Py_ssize_t low, Py_ssize_t high, PyObject *value)
{
    CData *self = (CData *)o;
    low = Py_MAX(0, Py_MIN(low, self->length));
    high = Py_MAX(low, Py_MIN(high, self->length));
    return array_set_range(self, low, 1, high - low, value);
}

static PyObject *array_subscript(PyObject *o, PyObject *key)
{
    CData *self = (CData *)o;
    if (PyIndex_Check(key)) {
        Py_ssize_t i = PyNumber_AsSsize_t(key, PyExc_IndexError);
        if (i == -1 && PyErr_Occurred())
            return NULL;
        return array_item(o, i < 0 ? i + self->length : i);
    }
    if (PySlice_Check(key)) {
        Py_ssize_t start, stop, step, n;
        if (PySlice_GetIndicesEx((PySliceObject *)key, self->length, &start, &stop, &step, &n) < 0)
            return NULL;
        return array_range(self, start, step, n);
    }
    PyErr_SetString(PyExc_TypeError, "indices must be integers");
    return NULL;
}

static int array_ass_subscript(PyObject *o, PyObject *key, PyObject *value)
{
    CData *self = (CData *)o;
    if (value == NULL) {
        PyErr_SetString(PyExc_TypeError, "Array does not support item deletion");
        return -1;
    }
    if (PyIndex_Check(key)) {
        Py_ssize_t i = PyNumber_AsSsize_t(key, PyExc_IndexError);
        if (i == -1 && PyErr_Occurred())
            return -1;
        return array_ass_item(o, i < 0 ? i + self->length : i, value);
    }
    if (PySlice_Check(key)) {
        Py_ssize_t start, stop, step, n;
        if (PySlice_GetIndicesEx((PySliceObject *)key, self->length, &start, &stop, &step, &n) < 0)
            return -1;
        return array_set_range(self, start, step, n, value);
    }
    PyErr_SetString(PyExc_TypeError, "indices must be integer");
    return -1;
}

static int array_init(PyObject *self, PyObject *args, PyObject *kwds)
{
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(args); i++)
        if (array_ass_item(self, i, PyTuple_GET_ITEM(args, i)) < 0)
            return -1;
    return 0;
}

static PySequenceMethods array_as_sequence = {
    .sq_length = array_length,
    .sq_item = array_item,
    .sq_slice = array_slice,
    .sq_ass_item = array_ass_item,
    .sq_ass_slice = array_ass_slice,
};
static PyMappingMethods array_as_mapping = {
    .mp_length = array_length,
    .mp_subscript = array_subscript,
    .mp_ass_subscript = array_ass_subscript,
};

PyTypeObject CArray_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "_ctypes.Array",
    .tp_basicsize = sizeof(CData),
    .tp_x64_basicsize = 96,
    .tp_as_sequence = &array_as_sequence,
    .tp_as_mapping = &array_as_mapping,
    .tp_as_buffer = &ctypes_as_buffer,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_NEWBUFFER,
    .tp_doc = "XXX to be provided",
    .tp_init = array_init,
    .tp_new = ctypes_new_data,
};
