/* SPDX-License-Identifier: MIT */
/* What all ctypes metaclasses share: the CInfo behind a class object, the class methods
 * (from_buffer, from_param, ...), and type * n, which makes array types. */
#include "ctypes_private.h"

/* ---- CInfo */

/* Static types (Structure, ...) have no room for one and are abstract. */
CInfo *ctypes_info(PyObject *type)
{
    if (!PyType_Check(type) || !PyType_HasFeature((PyTypeObject *)type, Py_TPFLAGS_HEAPTYPE))
        return NULL;
    if (Py_TYPE(type) == &PyType_Type)
        return NULL;
    if (!PyType_IsSubtype(Py_TYPE(type), &CStructMeta_Type) &&
        !PyType_IsSubtype(Py_TYPE(type), &CUnionMeta_Type) &&
        !PyType_IsSubtype(Py_TYPE(type), &CArrayMeta_Type) &&
        !PyType_IsSubtype(Py_TYPE(type), &CPointerMeta_Type) &&
        !PyType_IsSubtype(Py_TYPE(type), &CSimpleMeta_Type) &&
        !PyType_IsSubtype(Py_TYPE(type), &CFuncMeta_Type))
        return NULL;
    return ((CTypeObject *)type)->info;
}

/* (An object's class may have been set to an abstract one: then it is like nothing.) */
CInfo *ctypes_info_of(CData *o)
{
    static CInfo nothing = {.align = 1};
    CInfo *info = ((CTypeObject *)Py_TYPE(o))->info;
    return info != NULL ? info : &nothing;
}

static void release(CInfo *info)
{
    if (info == NULL)
        return;
    Py_CLEAR(info->proto);
    Py_CLEAR(info->arrays);
    Py_CLEAR(info->argtypes);
    Py_CLEAR(info->converters);
    Py_CLEAR(info->restype);
    Py_CLEAR(info->checker);
    PyMem_Free(info->format);
    PyMem_Free(info->shape);
    PyMem_Free(info);
}

CInfo *ctypes_new_info(PyTypeObject *type)
{
    CInfo *info = PyMem_Malloc(sizeof(CInfo));
    if (info == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    memset(info, 0, sizeof *info);
    info->align = 1;
    CInfo *old = ((CTypeObject *)type)->info;
    ((CTypeObject *)type)->info = info;
    release(old);
    return info;
}

char *ctypes_strdup(const char *s)
{
    size_t n = strlen(s) + 1;
    char *p = PyMem_Malloc((Py_ssize_t)n);
    if (p == NULL)
        PyErr_NoMemory();
    else
        memcpy(p, s, n);
    return p;
}

CInfo *ctypes_copy_info(PyTypeObject *type, CInfo *from)
{
    CInfo *info = ctypes_new_info(type);
    if (info == NULL)
        return NULL;
    CInfo copy = *from;
    copy.flags &= ~CFLAG_FINAL;
    copy.arrays = NULL;
    copy.format = NULL;
    copy.shape = NULL;
    Py_XINCREF(copy.proto);
    Py_XINCREF(copy.argtypes);
    Py_XINCREF(copy.converters);
    Py_XINCREF(copy.restype);
    Py_XINCREF(copy.checker);
    *info = copy;
    if (from->format != NULL && (info->format = ctypes_strdup(from->format)) == NULL)
        return NULL;
    return info;
}

int ctypes_meta_traverse(PyObject *type, visitproc visit, void *arg)
{
    CInfo *info = ((CTypeObject *)type)->info;
    if (info != NULL && PyType_HasFeature((PyTypeObject *)type, Py_TPFLAGS_HEAPTYPE)) {
        Py_VISIT(info->proto);
        Py_VISIT(info->arrays);
        Py_VISIT(info->argtypes);
        Py_VISIT(info->converters);
        Py_VISIT(info->restype);
        Py_VISIT(info->checker);
    }
    return PyType_Type.tp_traverse(type, visit, arg);
}

/* Cycles through a type's fields pass through its dict; those through a pointer's target are cut
 * here: a pointer type without one cannot be followed, which every user checks. */
int ctypes_meta_clear(PyObject *type)
{
    CInfo *info = ((CTypeObject *)type)->info;
    if (info != NULL && PyType_HasFeature((PyTypeObject *)type, Py_TPFLAGS_HEAPTYPE)) {
        if (info->kind == CKIND_POINTER)
            Py_CLEAR(info->proto);
        Py_CLEAR(info->arrays);
        Py_CLEAR(info->argtypes);
        Py_CLEAR(info->converters);
        Py_CLEAR(info->restype);
        Py_CLEAR(info->checker);
    }
    return PyType_Type.tp_clear(type);
}

void ctypes_meta_dealloc(PyObject *type)
{
    CInfo *info = ((CTypeObject *)type)->info;
    ((CTypeObject *)type)->info = NULL;
    PyType_Type.tp_dealloc(type);
    release(info);
}

PyTypeObject *ctypes_meta_new(PyTypeObject *meta, PyObject *args, PyObject *kwds)
{
    return (PyTypeObject *)PyType_Type.tp_new(meta, args, kwds);
}

int ctypes_ready(PyTypeObject *type, PyTypeObject *meta, PyTypeObject *base)
{
    if (type->tp_dict != NULL)
        return 0;
    if (meta != NULL)
        Py_TYPE(type) = meta;
    type->tp_base = base;
    return PyType_Ready(type);
}

/* ---- Class methods */

static CInfo *concrete_info(PyObject *type)
{
    CInfo *info = ctypes_info(type);
    if (info == NULL)
        PyErr_SetString(PyExc_TypeError, "abstract class");
    return info;
}

static PyObject *meta_from_address(PyObject *type, PyObject *value)
{
    if (!PyInt_Check(value) && !PyLong_Check(value)) {
        PyErr_SetString(PyExc_TypeError, "integer expected");
        return NULL;
    }
    uint64_t address;
    if (PyInt_Check(value)) {
        address = (uint64_t)PyInt_AS_LONG(value);
    } else {
        int negative = _PyLong_Sign(value) < 0;
        address = negative ? (uint64_t)PyLong_AsLong(value) : PyLong_AsUnsignedLong(value);
        if (address == UINT64_MAX && PyErr_Occurred()) {
            if (PyErr_ExceptionMatches(PyExc_OverflowError))
                PyErr_SetString(PyExc_OverflowError, "long int too large to convert");
            return NULL;
        }
    }
    if (concrete_info(type) == NULL)
        return NULL;
    return ctypes_from_address((PyTypeObject *)type, NULL, 0, address);
}

/* 0, or -1 with the exception. */
static int check_room(Py_ssize_t offset, Py_ssize_t size, Py_ssize_t have)
{
    if (offset < 0) {
        PyErr_SetString(PyExc_ValueError, "offset cannot be negative");
        return -1;
    }
    if (have - size < offset) {
        PyErr_Format(PyExc_ValueError, "Buffer size too small (%zd instead of at least %zd bytes)",
                     have, size > PY_SSIZE_T_MAX - offset ? PY_SSIZE_T_MAX : size + offset);
        return -1;
    }
    return 0;
}

static PyObject *meta_from_buffer(PyObject *type, PyObject *args)
{
    PyObject *source;
    Py_ssize_t offset = 0, n;
    void *p;
    CInfo *info = concrete_info(type);

    if (info == NULL || !PyArg_ParseTuple(args, "O|n:from_buffer", &source, &offset) ||
        PyObject_AsWriteBuffer(source, &p, &n) < 0 || check_room(offset, info->size, n) < 0)
        return NULL;
    CData *o = (CData *)ctypes_from_address((PyTypeObject *)type, NULL, 0, 0);
    if (o == NULL)
        return NULL;
    o->mem = CMEM_BUFFER;
    o->ptr = p;
    o->offset = offset;
    /* (Of the ctypes object itself that has the bytes, so that these do not make chains.) */
    o->source =
        CData_Check(source) ? (PyObject *)ctypes_origin((CData *)source, &o->offset) : source;
    Py_INCREF(o->source);
    Py_INCREF(source);
    if (ctypes_keep(o, -1, source) < 0)
        Py_CLEAR(o);
    return (PyObject *)o;
}

static PyObject *meta_from_buffer_copy(PyObject *type, PyObject *args)
{
    PyObject *source;
    Py_ssize_t offset = 0, n;
    const void *p;
    CInfo *info = concrete_info(type);

    if (info == NULL || !PyArg_ParseTuple(args, "O|n:from_buffer_copy", &source, &offset) ||
        PyObject_AsReadBuffer(source, &p, &n) < 0 || check_room(offset, info->size, n) < 0)
        return NULL;
    PyObject *none = PyTuple_New(0);
    if (none == NULL)
        return NULL;
    CData *o = (CData *)ctypes_new_data((PyTypeObject *)type, none, NULL);
    Py_DECREF(none);
    if (o == NULL)
        return NULL;
    char *to = ctypes_at(o, 0, info->size, 1);
    if (to == NULL || PyObject_AsReadBuffer(source, &p, &n) < 0 ||
        check_room(offset, info->size, n) < 0) {
        Py_DECREF(o);
        return NULL;
    }
    memcpy(to, (const char *)p + offset, (size_t)info->size);
    return (PyObject *)o;
}

static PyObject *meta_in_dll(PyObject *type, PyObject *args)
{
    PyObject *dll, *name;

    if (!PyArg_ParseTuple(args, "OS:in_dll", &dll, &name))
        return NULL;
    PyObject *handle = PyObject_GetAttrString(dll, "_handle");
    if (handle == NULL)
        return NULL;
    if (!PyInt_Check(handle) && !PyLong_Check(handle)) {
        PyErr_SetString(PyExc_TypeError,
                        "the _handle attribute of the second argument must be an integer");
        Py_DECREF(handle);
        return NULL;
    }
    Py_DECREF(handle);
    return ctypes_dlsym_error(PyExc_ValueError, name);
}

/* ---- from_param */

PyObject *ctypes_as_parameter(PyObject *type, PyObject *value, const char *message, ...)
{
    PyObject *other = PyObject_GetAttrString(value, "_as_parameter_");
    if (other != NULL) {
        PyObject *result = NULL;
        if (Py_EnterRecursiveCall(" while processing _as_parameter_") == 0) {
            result = PyObject_CallMethod(type, "from_param", "(O)", other);
            Py_LeaveRecursiveCall();
        }
        Py_DECREF(other);
        return result;
    }
    if (!PyErr_ExceptionMatches(PyExc_AttributeError))
        return NULL;
    PyErr_Clear();
    char text[500];
    va_list va;
    va_start(va, message);
    PyOS_vsnprintf(text, sizeof text, message, va);
    va_end(va);
    PyErr_SetString(PyExc_TypeError, text);
    return NULL;
}

static PyObject *same(PyObject *value)
{
    Py_INCREF(value);
    return value;
}

static PyObject *any_from_param(PyObject *type, PyObject *value)
{
    int is = PyObject_IsInstance(value, type);
    if (is != 0)
        return is < 0 ? NULL : same(value);
    if (CArg_Check(value)) {
        PyObject *o = ((CArg *)value)->obj;
        if (o != NULL && (is = PyObject_IsInstance(o, type)) != 0)
            return is < 0 ? NULL : same(value);
        PyErr_Format(PyExc_TypeError, "expected %s instance instead of pointer to %s",
                     ((PyTypeObject *)type)->tp_name, o ? Py_TYPE(o)->tp_name : "??");
        return NULL;
    }
    return ctypes_as_parameter(type, value, "expected %s instance instead of %s",
                               ((PyTypeObject *)type)->tp_name, Py_TYPE(value)->tp_name);
}

static PyObject *pointer_from_param(PyObject *type, CInfo *info, PyObject *value)
{
    if (value == Py_None)
        return same(value);
    PyObject *proto = (PyObject *)info->proto;
    if (proto != NULL) {
        int is = PyObject_IsInstance(value, proto);
        if (is < 0)
            return NULL;
        if (is && CData_Check(value))
            return (PyObject *)ctypes_address_arg((CData *)value, 0);
        if (CPointer_Check(value) || CArray_Check(value)) {
            CInfo *other = ctypes_info_of((CData *)value);
            if (other->proto != NULL && PyType_IsSubtype(other->proto, (PyTypeObject *)proto))
                return same(value);
        }
        if (CArg_Check(value)) {
            PyObject *o = ((CArg *)value)->obj;
            if (((CArg *)value)->tag == 'P' && o != NULL) {
                is = PyObject_IsInstance(o, proto);
                if (is != 0)
                    return is < 0 ? NULL : same(value);
            }
        }
    }
    return any_from_param(type, value);
}

/* An argument of the letter, holding the value. */
static PyObject *simple_arg(char code, PyObject *value)
{
    CArg *arg = ctypes_new_arg(code, NULL);
    if (arg != NULL && ctypes_simple_set(code, value, arg->value, &arg->obj) < 0)
        Py_CLEAR(arg);
    return (PyObject *)arg;
}

/* Whether value is an array of, or a pointer to, the letter; or byref() of one. */
static int refers_to_letter(PyObject *value, char letter)
{
    CInfo *info = NULL;
    if (CArray_Check(value) || CPointer_Check(value)) {
        PyTypeObject *proto = ctypes_info_of((CData *)value)->proto;
        info = proto != NULL ? ctypes_info((PyObject *)proto) : NULL;
    } else if (CArg_Check(value) && ((CArg *)value)->tag == 'P') {
        PyObject *o = ((CArg *)value)->obj;
        if (o != NULL && CSimple_Check(o))
            info = ctypes_info_of((CData *)o);
    }
    return info != NULL && info->kind == CKIND_SIMPLE && info->code == letter;
}

static PyObject *simple_from_param(PyObject *type, CInfo *info, PyObject *value)
{
    char code = info->code;
    int is;

    switch (code) {
    case 'z':
    case 'Z':
        if (value == Py_None)
            return same(value);
        if (PyString_Check(value) || PyUnicode_Check(value))
            return simple_arg(code, value);
        if ((is = PyObject_IsInstance(value, type)) != 0)
            return is < 0 ? NULL : same(value);
        if (refers_to_letter(value, code == 'z' ? 'c' : 'u'))
            return same(value);
        break;
    case 'P':
        if (value == Py_None)
            return same(value);
        if (PyInt_Check(value) || PyLong_Check(value))
            return simple_arg('P', value);
        if (PyString_Check(value))
            return simple_arg('z', value);
        if (PyUnicode_Check(value))
            return simple_arg('Z', value);
        if ((is = PyObject_IsInstance(value, type)) != 0)
            return is < 0 ? NULL : same(value);
        if (CArray_Check(value) || CPointer_Check(value) ||
            (CArg_Check(value) && ((CArg *)value)->tag == 'P'))
            return same(value);
        if (CFunc_Check(value) || CSimple_Check(value)) {
            CInfo *other = ctypes_info_of((CData *)value);
            if (other->kind == CKIND_FUNC || other->code == 'z' || other->code == 'Z') {
                int err = 0;
                uint64_t address = ctypes_load_pointer((CData *)value, &err);
                CArg *arg =
                    err ? NULL : ctypes_new_arg(other->kind == CKIND_FUNC ? 'P' : 'Z', value);
                if (arg != NULL)
                    memcpy(arg->value, &address, 8);
                return (PyObject *)arg;
            }
        }
        break;
    default:
        if ((is = PyObject_IsInstance(value, type)) != 0)
            return is < 0 ? NULL : same(value);
        PyObject *arg = simple_arg(code, value);
        if (arg != NULL)
            return arg;
        PyErr_Clear();
    }
    return ctypes_as_parameter(type, value, "wrong type");
}

static PyObject *meta_from_param(PyObject *type, PyObject *value)
{
    CInfo *info = ctypes_info(type);
    if (info == NULL) {
        int is_pointer = PyType_IsSubtype(Py_TYPE(type), &CPointerMeta_Type);
        if (is_pointer && value == Py_None)
            return same(value);
        if (is_pointer || PyType_IsSubtype(Py_TYPE(type), &CSimpleMeta_Type))
            return concrete_info(type), NULL;
        return any_from_param(type, value);
    }
    if (info->kind == CKIND_SIMPLE)
        return simple_from_param(type, info, value);
    if (info->kind == CKIND_POINTER)
        return pointer_from_param(type, info, value);
    return any_from_param(type, value);
}

PyMethodDef ctypes_meta_methods[] = {
    {"from_param", meta_from_param, METH_O,
     "Convert a Python object into a function call parameter."},
    {"from_address", meta_from_address, METH_O,
     "C.from_address(integer) -> C instance\naccess a C instance at the specified address"},
    {"from_buffer", meta_from_buffer, METH_VARARGS,
     "C.from_buffer(object, offset=0) -> C instance\ncreate a C instance from a writeable buffer"},
    {"from_buffer_copy", meta_from_buffer_copy, METH_VARARGS,
     "C.from_buffer_copy(object, offset=0) -> C instance\ncreate a C instance from a readable "
     "buffer"},
    {"in_dll", meta_in_dll, METH_VARARGS,
     "C.in_dll(dll, name) -> C instance\naccess a C instance in a dll"},
    {NULL},
};

/* ---- type * n */

/* Array types are shared: the item's type knows them weakly, by length. */
PyTypeObject *ctypes_array_type(PyTypeObject *item, Py_ssize_t length)
{
    CInfo *info = ctypes_info((PyObject *)item);
    if (info == NULL) {
        PyErr_SetString(PyExc_TypeError, "_type_ must have storage info");
        return NULL;
    }
    if (info->arrays == NULL && (info->arrays = PyDict_New()) == NULL)
        return NULL;
    PyObject *key = PyInt_FromSsize_t(length);
    if (key == NULL)
        return NULL;
    PyObject *ref = PyDict_GetItem(info->arrays, key);
    if (ref != NULL && PyWeakref_GET_OBJECT(ref) != Py_None) {
        PyObject *found = PyWeakref_GET_OBJECT(ref);
        Py_INCREF(found);
        Py_DECREF(key);
        return (PyTypeObject *)found;
    }
    PyObject *name = PyString_FromFormat("%.200s_Array_%ld", item->tp_name, (py_long)length);
    PyObject *type =
        name == NULL ? NULL
                     : PyObject_CallFunction((PyObject *)&CArrayMeta_Type, "N(O){s:O,s:O}", name,
                                             &CArray_Type, "_length_", key, "_type_", item);
    ref = type == NULL ? NULL : PyWeakref_NewRef(type, NULL);
    if (ref == NULL) {
        Py_DECREF(key);
        Py_XDECREF(type);
        return NULL;
    }
    /* (Once in a while the dead are forgotten.) */
    if (PyDict_Size(info->arrays) >= 64 && (PyDict_Size(info->arrays) & 63) == 0) {
        PyObject *live = PyDict_New(), *k, *v;
        Py_ssize_t pos = 0;
        while (live != NULL && PyDict_Next(info->arrays, &pos, &k, &v))
            if (PyWeakref_GET_OBJECT(v) != Py_None && PyDict_SetItem(live, k, v) < 0)
                Py_CLEAR(live);
        if (live == NULL)
            PyErr_Clear();
        else
            Py_SETREF(info->arrays, live);
    }
    if (PyDict_SetItem(info->arrays, key, ref) < 0)
        PyErr_Clear();
    Py_DECREF(ref);
    Py_DECREF(key);
    return (PyTypeObject *)type;
}

static PyObject *meta_repeat(PyObject *type, Py_ssize_t n)
{
    if (n < 0) {
        PyErr_Format(PyExc_ValueError, "Array length must be >= 0, not %zd", n);
        return NULL;
    }
    return (PyObject *)ctypes_array_type((PyTypeObject *)type, n);
}

PySequenceMethods ctypes_meta_as_sequence = {.sq_repeat = meta_repeat};
