/* SPDX-License-Identifier: MIT */
/* Pointers to a ctypes type: 8 bytes that hold an address. Invariant: the address is only followed
 * through the register of live memory, whoever wrote it. */
#include "ctypes_private.h"

/* ---- The metaclass */

static int set_target(PyObject *type, PyObject *proto)
{
    CInfo *info = ctypes_info(type);
    if (!PyType_Check(proto)) {
        PyErr_SetString(PyExc_TypeError, "_type_ must be a type");
        return -1;
    }
    if (ctypes_info(proto) == NULL) {
        PyErr_SetString(PyExc_TypeError, "_type_ must have storage info");
        return -1;
    }
    if (info == NULL) {
        PyErr_SetString(PyExc_TypeError, "abstract class");
        return -1;
    }
    Py_INCREF(proto);
    Py_XSETREF(info->proto, (PyTypeObject *)proto);
    return 0;
}

static char *pointer_format(CInfo *target)
{
    const char *format = target->format != NULL ? target->format : "B";
    Py_ssize_t room = (Py_ssize_t)strlen(format) + 32 * (target->ndim + 1);
    char *s = PyMem_Malloc(room);
    if (s == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    size_t n = (size_t)PyOS_snprintf(s, (size_t)room, "&");
    for (int i = 0; i < target->ndim; i++)
        n += (size_t)PyOS_snprintf(s + n, (size_t)room - n, "%s%zd%s", i == 0 ? "(" : "",
                                   target->shape[i], i == target->ndim - 1 ? ")" : ",");
    memcpy(s + n, format, strlen(format) + 1);
    return s;
}

static PyObject *pointermeta_new(PyTypeObject *meta, PyObject *args, PyObject *kwds)
{
    PyTypeObject *type = ctypes_meta_new(meta, args, kwds);
    CInfo *info = type == NULL ? NULL : ctypes_new_info(type);
    if (info == NULL)
        goto fail;
    info->kind = CKIND_POINTER;
    info->size = info->align = 8;
    info->length = 1;
    info->flags = CFLAG_HASPOINTER;
    PyObject *proto = PyDict_GetItemString(type->tp_dict, "_type_");
    if (proto != NULL) {
        if (set_target((PyObject *)type, proto) < 0)
            goto fail;
        info->format = pointer_format(ctypes_info(proto));
        if (info->format == NULL)
            goto fail;
    }
    return (PyObject *)type;
fail:
    Py_XDECREF(type);
    return NULL;
}

static PyObject *pointermeta_set_type(PyObject *type, PyObject *proto)
{
    if (set_target(type, proto) < 0 ||
        PyDict_SetItemString(((PyTypeObject *)type)->tp_dict, "_type_", proto) < 0)
        return NULL;
    PyType_Modified((PyTypeObject *)type);
    Py_RETURN_NONE;
}

static PyMethodDef pointermeta_methods[] = {
    {"set_type", pointermeta_set_type, METH_O, NULL},
    {NULL},
};

PyTypeObject CPointerMeta_Type = {
    PyVarObject_HEAD_INIT(NULL, 0) CTYPES_META("_ctypes.PyCPointerType"),
    .tp_doc = "metatype for the Pointer Objects",
    .tp_new = pointermeta_new,
};

int ctypes_add_set_type(void)
{
    for (PyMethodDef *def = pointermeta_methods; def->ml_name != NULL; def++) {
        PyObject *descr = PyDescr_NewMethod(&CPointerMeta_Type, def);
        if (descr == NULL)
            return -1;
        int err = PyDict_SetItemString(CPointerMeta_Type.tp_dict, def->ml_name, descr);
        Py_DECREF(descr);
        if (err < 0)
            return -1;
    }
    PyType_Modified(&CPointerMeta_Type);
    return 0;
}

/* ---- Instances */

static PyTypeObject *target_type(CData *self)
{
    PyTypeObject *proto = ctypes_info_of(self)->proto;
    if (proto == NULL || ctypes_info((PyObject *)proto) == NULL) {
        PyErr_SetString(PyExc_TypeError, "Cannot create instance: has no _type_");
        return NULL;
    }
    return proto;
}

/* The address; 0 with ValueError for NULL. */
static uint64_t followed(CData *self)
{
    int err = 0;
    uint64_t address = ctypes_load_pointer(self, &err);
    if (!err && address == 0)
        PyErr_SetString(PyExc_ValueError, "NULL pointer access");
    return address;
}

static PyObject *pointer_get_contents(PyObject *o, void *closure)
{
    CData *self = (CData *)o;
    uint64_t address = followed(self);
    PyTypeObject *proto = address == 0 ? NULL : target_type(self);
    return proto == NULL ? NULL : ctypes_from_address(proto, self, 0, address);
}

static int pointer_set_contents(PyObject *o, PyObject *value, void *closure)
{
    CData *self = (CData *)o;
    uint64_t address;

    if (value == NULL) {
        PyErr_SetString(PyExc_TypeError, "Pointer does not support item deletion");
        return -1;
    }
    PyTypeObject *proto = target_type(self);
    if (proto == NULL)
        return -1;
    if (!CData_Check(value)) { /* (any will do) */
        PyErr_Format(PyExc_TypeError, "expected %s instead of %s", proto->tp_name,
                     Py_TYPE(value)->tp_name);
        return -1;
    }
    if (ctypes_address((CData *)value, &address) < 0 || ctypes_store_pointer(self, address) < 0)
        return -1;
    Py_INCREF(value);
    if (ctypes_keep(self, 1, value) < 0)
        return -1;
    PyObject *kept = ctypes_kept((CData *)value);
    if (kept == NULL)
        return -1;
    Py_INCREF(kept);
    return ctypes_keep(self, 0, kept);
}

static PyObject *pointer_item(PyObject *o, Py_ssize_t i)
{
    CData *self = (CData *)o;
    uint64_t address = followed(self);
    PyTypeObject *proto = address == 0 ? NULL : target_type(self);
    if (proto == NULL)
        return NULL;
    uint64_t size = (uint64_t)ctypes_info((PyObject *)proto)->size;
    return ctypes_get_at(proto, self, i, address + (uint64_t)i * size);
}

static int pointer_ass_item(PyObject *o, Py_ssize_t i, PyObject *value)
{
    CData *self = (CData *)o;
    if (value == NULL) {
        PyErr_SetString(PyExc_TypeError, "Pointer does not support item deletion");
        return -1;
    }
    uint64_t address = followed(self);
    PyTypeObject *proto = address == 0 ? NULL : target_type(self);
    if (proto == NULL)
        return -1;
    uint64_t size = (uint64_t)ctypes_info((PyObject *)proto)->size;
    return ctypes_set_at(proto, self, i, address + (uint64_t)i * size, value);
}

/* n items from start by step. Strings are checked as a whole before they are made. */
static PyObject *pointer_range(CData *self, Py_ssize_t start, Py_ssize_t step, Py_ssize_t n)
{
    PyTypeObject *proto = target_type(self);
    CInfo *info = proto == NULL ? NULL : ctypes_info((PyObject *)proto);
    PyObject *result;

    if (info == NULL)
        return NULL;
    if (info->kind == CKIND_SIMPLE && (info->code == 'c' || info->code == 'u')) {
        int wide = info->code == 'u';
        if (n == 0)
            return wide ? PyUnicode_FromUnicode(NULL, 0) : PyString_FromStringAndSize(NULL, 0);
        uint64_t address = followed(self);
        if (address == 0)
            return NULL;
        Py_ssize_t low = Py_MIN(start, start + (n - 1) * step), width = info->size;
        Py_ssize_t high = Py_MAX(start, start + (n - 1) * step);
        if (high - low >= PY_SSIZE_T_MAX / 4 - 1)
            return PyErr_NoMemory();
        char *p = ctypes_memory(address + (uint64_t)(low * width), (high - low + 1) * width, 0);
        if (p == NULL)
            return NULL;
        result = wide ? PyUnicode_FromUnicode(NULL, n) : PyString_FromStringAndSize(NULL, n);
        if (result == NULL)
            return NULL;
        char *to = wide ? (char *)PyUnicode_AS_UNICODE(result) : PyString_AS_STRING(result);
        for (Py_ssize_t i = 0; i < n; i++)
            memcpy(to + i * width, p + (start + i * step - low) * width, (size_t)width);
        return result;
    }
    if (n > PY_SSIZE_T_MAX / 16)
        return PyErr_NoMemory();
    /* (Values that are not there are found before a long list of them is made.) */
    if (info->kind == CKIND_SIMPLE && n > 0) {
        uint64_t address = followed(self), width = (uint64_t)info->size;
        uint64_t last = address + (uint64_t)(start + (n - 1) * step) * width;
        if (address == 0 ||
            ctypes_memory(address + (uint64_t)start * width, info->size, 0) == NULL ||
            ctypes_memory(last, info->size, 0) == NULL)
            return NULL;
    }
    result = PyList_New(n);
    for (Py_ssize_t i = 0; result != NULL && i < n; i++) {
        PyObject *v = pointer_item((PyObject *)self, start + i * step);
        if (v == NULL)
            Py_CLEAR(result);
        else
            PyList_SET_ITEM(result, i, v);
    }
    return result;
}

static PyObject *pointer_slice(PyObject *o, Py_ssize_t low, Py_ssize_t high)
{
    if (high < low)
        high = low;
    return pointer_range((CData *)o, low, 1, high - low);
}

static PyObject *pointer_subscript(PyObject *o, PyObject *key)
{
    if (PyIndex_Check(key)) {
        Py_ssize_t i = PyNumber_AsSsize_t(key, PyExc_IndexError);
        if (i == -1 && PyErr_Occurred())
            return NULL;
        return pointer_item(o, i);
    }
    if (!PySlice_Check(key)) {
        PyErr_SetString(PyExc_TypeError, "Pointer indices must be integer");
        return NULL;
    }
    /* A pointer has no length: indices stand as they are, and the end must be given. */
    PySliceObject *slice = (PySliceObject *)key;
    Py_ssize_t start, stop, step = 1, n;
    if (slice->step != Py_None) {
        step = PyNumber_AsSsize_t(slice->step, PyExc_ValueError);
        if (step == -1 && PyErr_Occurred())
            return NULL;
        if (step == 0) {
            PyErr_SetString(PyExc_ValueError, "slice step cannot be zero");
            return NULL;
        }
    }
    if (slice->start == Py_None) {
        if (step < 0) {
            PyErr_SetString(PyExc_ValueError, "slice start is required for step < 0");
            return NULL;
        }
        start = 0;
    } else {
        start = PyNumber_AsSsize_t(slice->start, PyExc_ValueError);
        if (start == -1 && PyErr_Occurred())
            return NULL;
    }
    if (slice->stop == Py_None) {
        PyErr_SetString(PyExc_ValueError, "slice stop is required");
        return NULL;
    }
    stop = PyNumber_AsSsize_t(slice->stop, PyExc_ValueError);
    if (stop == -1 && PyErr_Occurred())
        return NULL;
    if ((step < 0 && stop >= start) || (step > 0 && start >= stop)) {
        n = 0;
    } else {
        uint64_t span =
            step < 0 ? (uint64_t)start - (uint64_t)stop : (uint64_t)stop - (uint64_t)start;
        uint64_t stride = step < 0 ? 0 - (uint64_t)step : (uint64_t)step;
        uint64_t count = (span - 1) / stride + 1;
        if (count > PY_SSIZE_T_MAX / 16)
            return PyErr_NoMemory();
        n = (Py_ssize_t)count;
    }
    return pointer_range((CData *)o, start, step, n);
}

static int pointer_nonzero(PyObject *self)
{
    int err = 0;
    uint64_t address = ctypes_load_pointer((CData *)self, &err);
    return err ? -1 : address != 0;
}

static int pointer_init(PyObject *self, PyObject *args, PyObject *kwds)
{
    PyObject *value = NULL;
    if (!PyArg_UnpackTuple(args, "POINTER", 0, 1, &value))
        return -1;
    return value == NULL ? 0 : pointer_set_contents(self, value, NULL);
}

static PyObject *pointer_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    CInfo *info = ctypes_info((PyObject *)type);
    if (info == NULL || info->proto == NULL) {
        PyErr_SetString(PyExc_TypeError, "Cannot create instance: has no _type_");
        return NULL;
    }
    return ctypes_new_data(type, args, kwds);
}

static PyGetSetDef pointer_getset[] = {
    {"contents", pointer_get_contents, pointer_set_contents,
     "the object this pointer points to (read-write)", NULL},
    {NULL},
};
static PySequenceMethods pointer_as_sequence = {
    .sq_item = pointer_item,
    .sq_slice = pointer_slice,
    .sq_ass_item = pointer_ass_item,
};
static PyMappingMethods pointer_as_mapping = {.mp_subscript = pointer_subscript};
static PyNumberMethods pointer_as_number = {.nb_nonzero = pointer_nonzero};

PyTypeObject CPointer_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "_ctypes._Pointer",
    .tp_basicsize = sizeof(CData),
    .tp_x64_basicsize = 96,
    .tp_as_number = &pointer_as_number,
    .tp_as_sequence = &pointer_as_sequence,
    .tp_as_mapping = &pointer_as_mapping,
    .tp_as_buffer = &ctypes_as_buffer,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_NEWBUFFER,
    .tp_doc = "XXX to be provided",
    .tp_getset = pointer_getset,
    .tp_init = pointer_init,
    .tp_new = pointer_new,
};
