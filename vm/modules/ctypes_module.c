/* SPDX-License-Identifier: MIT */
/* The module _ctypes: its functions, and the assembly of its types on import. See ctypes_private.h
 * for how memory is kept safe. Libraries cannot be loaded here: dlopen() of a name fails as for a
 * file that is not there; dlopen(None), which the package's pythonapi needs, answers a handle
 * without symbols. */
#include "ctypes_private.h"

PyObject *ctypes_ArgumentError, *ctypes_pointer_cache;

static PyObject *ctypes_sizeof(PyObject *self, PyObject *o)
{
    CInfo *info = ctypes_info(o);
    if (info != NULL)
        return PyInt_FromSsize_t(info->size);
    if (CData_Check(o))
        return PyInt_FromSsize_t(((CData *)o)->size);
    PyErr_SetString(PyExc_TypeError, "this type has no size");
    return NULL;
}

static PyObject *ctypes_alignment(PyObject *self, PyObject *o)
{
    CInfo *info = CData_Check(o) ? ctypes_info_of((CData *)o) : ctypes_info(o);
    if (info != NULL)
        return PyInt_FromSsize_t(info->align);
    PyErr_SetString(PyExc_TypeError, "no alignment info");
    return NULL;
}

static PyObject *ctypes_addressof(PyObject *self, PyObject *o)
{
    uint64_t address;
    if (!CData_Check(o)) {
        PyErr_SetString(PyExc_TypeError, "invalid type");
        return NULL;
    }
    if (ctypes_address((CData *)o, &address) < 0)
        return NULL;
    return address <= INT64_MAX ? PyInt_FromLong((py_long)address)
                                : PyLong_FromUnsignedLong(address);
}

static PyObject *ctypes_byref(PyObject *self, PyObject *args)
{
    PyObject *o, *offset_object = NULL;
    Py_ssize_t offset = 0;

    if (!PyArg_UnpackTuple(args, "byref", 1, 2, &o, &offset_object))
        return NULL;
    if (offset_object != NULL) {
        offset = PyNumber_AsSsize_t(offset_object, NULL);
        if (offset == -1 && PyErr_Occurred())
            return NULL;
    }
    if (!CData_Check(o)) {
        PyErr_Format(PyExc_TypeError, "byref() argument must be a ctypes instance, not '%s'",
                     Py_TYPE(o)->tp_name);
        return NULL;
    }
    return (PyObject *)ctypes_address_arg((CData *)o, offset);
}

static PyObject *ctypes_resize(PyObject *self, PyObject *args)
{
    PyObject *o;
    Py_ssize_t size;

    if (!PyArg_ParseTuple(args, "On:resize", &o, &size))
        return NULL;
    CData *data = (CData *)o;
    if (!CData_Check(o)) {
        PyErr_SetString(PyExc_TypeError, "excepted ctypes instance");
        return NULL;
    }
    CInfo *info = ctypes_info_of(data);
    if (size < info->size) {
        PyErr_Format(PyExc_ValueError, "minimum size is %zd", info->size);
        return NULL;
    }
    if (data->mem != CMEM_OWNED) {
        PyErr_SetString(PyExc_ValueError,
                        "Memory cannot be resized because this object doesn't own it");
        return NULL;
    }
    if (data->exports > 0) {
        PyErr_SetString(PyExc_BufferError, "Existing exports of data: object cannot be re-sized");
        return NULL;
    }
    char *p = data->ptr;
    if (size <= data->size) {
        /* (The memory stays.) */
    } else if (p != data->inlined.bytes) {
        p = PyMem_Realloc(p, size);
        if (p == NULL)
            return PyErr_NoMemory();
    } else if (size > (Py_ssize_t)sizeof data->inlined) {
        p = PyMem_Malloc(size);
        if (p == NULL)
            return PyErr_NoMemory();
        memcpy(p, data->ptr, (size_t)data->size);
    }
    if (size > data->size)
        memset(p + data->size, 0, (size_t)(size - data->size));
    /* The old address is dead; a new one is registered when it is asked for. */
    if (data->block != NULL) {
        ctypes_block_remove(data->block);
        data->block = NULL;
    }
    data->ptr = p;
    data->size = size;
    Py_RETURN_NONE;
}

static PyObject *ctypes_POINTER(PyObject *self, PyObject *target)
{
    PyObject *found = PyDict_GetItem(ctypes_pointer_cache, target), *type, *key;

    if (found != NULL) {
        Py_INCREF(found);
        return found;
    }
    if (PyString_CheckExact(target)) {
        /* To be completed by set_type(); known by its id until then. */
        type = PyObject_CallFunction((PyObject *)&CPointerMeta_Type, "N(O){}",
                                     PyString_FromFormat("LP_%s", PyString_AS_STRING(target)),
                                     &CPointer_Type);
        key = type == NULL ? NULL : PyLong_FromVoidPtr(type);
    } else if (PyType_Check(target)) {
        type =
            PyObject_CallFunction((PyObject *)&CPointerMeta_Type, "N(O){s:O}",
                                  PyString_FromFormat("LP_%s", ((PyTypeObject *)target)->tp_name),
                                  &CPointer_Type, "_type_", target);
        key = target;
        Py_INCREF(key);
    } else {
        PyErr_SetString(PyExc_TypeError, "must be a ctypes type");
        return NULL;
    }
    if (type == NULL || key == NULL || PyDict_SetItem(ctypes_pointer_cache, key, type) < 0)
        Py_CLEAR(type);
    Py_XDECREF(key);
    return type;
}

static PyObject *ctypes_pointer(PyObject *self, PyObject *o)
{
    PyObject *type = ctypes_POINTER(self, (PyObject *)Py_TYPE(o));
    if (type == NULL)
        return NULL;
    PyObject *result = PyObject_CallFunctionObjArgs(type, o, NULL);
    Py_DECREF(type);
    return result;
}

static PyObject *ctypes_buffer_info(PyObject *self, PyObject *o)
{
    CInfo *info = CData_Check(o) ? ctypes_info_of((CData *)o) : ctypes_info(o);
    if (info == NULL) {
        PyErr_SetString(PyExc_TypeError, "not a ctypes type or object");
        return NULL;
    }
    PyObject *shape = PyTuple_New(info->ndim);
    for (int i = 0; shape != NULL && i < info->ndim; i++) {
        PyObject *n = PyLong_FromSsize_t(info->shape[i]);
        if (n == NULL)
            Py_CLEAR(shape);
        else
            PyTuple_SET_ITEM(shape, i, n);
    }
    if (shape == NULL)
        return NULL;
    return Py_BuildValue("siN", info->format != NULL ? info->format : "B", info->ndim, shape);
}

static PyObject *ctypes_unpickle(PyObject *self, PyObject *args)
{
    PyObject *type, *state;

    if (!PyArg_ParseTuple(args, "OO", &type, &state))
        return NULL;
    PyObject *o = PyObject_CallMethod(type, "__new__", "(O)", type);
    PyObject *set = o == NULL ? NULL : PyObject_GetAttrString(o, "__setstate__");
    PyObject *result = set == NULL ? NULL : PyObject_Call(set, state, NULL);
    Py_XDECREF(set);
    if (result == NULL)
        Py_CLEAR(o);
    Py_XDECREF(result);
    return o;
}

/* Each thread has its own, in its dict. */
#define ERRNO_KEY "ctypes.error_object"

static PyObject *ctypes_get_errno(PyObject *self, PyObject *unused)
{
    PyObject *dict = PyThreadState_GetDict();
    PyObject *value = dict == NULL ? NULL : PyDict_GetItemString(dict, ERRNO_KEY);
    if (value == NULL)
        return PyInt_FromLong(0);
    Py_INCREF(value);
    return value;
}

static PyObject *ctypes_set_errno(PyObject *self, PyObject *args)
{
    int number;
    if (!PyArg_ParseTuple(args, "i:set_errno", &number))
        return NULL;
    PyObject *old = ctypes_get_errno(self, NULL), *dict = PyThreadState_GetDict();
    PyObject *value = PyInt_FromLong(number);
    if (value == NULL || (dict != NULL && PyDict_SetItemString(dict, ERRNO_KEY, value) < 0))
        Py_CLEAR(old);
    Py_XDECREF(value);
    return old;
}

/* Counts cannot be changed from here: an object let go of too often would take others with it. */
static PyObject *ctypes_same(PyObject *self, PyObject *o)
{
    Py_INCREF(o);
    return o;
}

static PyObject *ctypes_from_ptr(PyObject *self, PyObject *o)
{
    if (!PyInt_Check(o) && !PyLong_Check(o)) {
        PyErr_SetString(PyExc_TypeError, "an integer is required");
        return NULL;
    }
    PyObject *found = ctypes_object_at(PyInt_AsUnsignedLongLongMask(o));
    Py_XINCREF(found);
    return found;
}

/* ---- Libraries */

static PyObject *ctypes_dlopen(PyObject *self, PyObject *args)
{
    PyObject *name;
    int mode = 0;

    if (!PyArg_ParseTuple(args, "O|i:dlopen", &name, &mode))
        return NULL;
    if (name == Py_None)
        return PyInt_FromLong(CTYPES_DLHANDLE);
    const char *text;
    if (!PyArg_ParseTuple(args, "z|i:dlopen", &text, &mode))
        return NULL;
    PyErr_Format(PyExc_OSError, "%s: cannot open shared object file: No such file or directory",
                 text);
    return NULL;
}

static PyObject *ctypes_dlsym(PyObject *self, PyObject *args)
{
    PyObject *handle, *name;

    if (!PyArg_ParseTuple(args, "OS:dlsym", &handle, &name))
        return NULL;
    if (!PyInt_Check(handle) && !PyLong_Check(handle)) {
        PyErr_SetString(PyExc_TypeError, "an integer is required");
        return NULL;
    }
    uint64_t address = ctypes_dlsym_address(handle, PyString_AS_STRING(name));
    if (address != 0)
        return PyInt_FromLong((py_long)address);
    return ctypes_dlsym_error(PyExc_OSError, name);
}

static PyObject *ctypes_dlclose(PyObject *self, PyObject *args)
{
    PyObject *handle;

    if (!PyArg_ParseTuple(args, "O:dlclose", &handle))
        return NULL;
    if (!PyInt_Check(handle) && !PyLong_Check(handle)) {
        PyErr_SetString(PyExc_TypeError, "an integer is required");
        return NULL;
    }
    if (PyInt_AsUnsignedLongLongMask(handle) != CTYPES_DLHANDLE) {
        PyErr_SetString(PyExc_OSError, "shared object not open");
        return NULL;
    }
    Py_RETURN_NONE;
}

static PyMethodDef functions[] = {
    {"get_errno", ctypes_get_errno, METH_NOARGS, NULL},
    {"set_errno", ctypes_set_errno, METH_VARARGS, NULL},
    {"POINTER", ctypes_POINTER, METH_O, NULL},
    {"pointer", ctypes_pointer, METH_O, NULL},
    {"_unpickle", ctypes_unpickle, METH_VARARGS, NULL},
    {"_buffer_info", ctypes_buffer_info, METH_O, "Return buffer interface information"},
    {"resize", ctypes_resize, METH_VARARGS, "Resize the memory buffer of a ctypes instance"},
    {"set_conversion_mode", ctypes_set_conversion_mode, METH_VARARGS, NULL},
    {"dlopen", ctypes_dlopen, METH_VARARGS,
     "dlopen(name, flag={RTLD_GLOBAL|RTLD_LOCAL}) open a shared library"},
    {"dlclose", ctypes_dlclose, METH_VARARGS, "dlclose a library"},
    {"dlsym", ctypes_dlsym, METH_VARARGS, "find symbol in shared library"},
    {"alignment", ctypes_alignment, METH_O,
     "alignment(C type) -> integer\nalignment(C instance) -> integer\nReturn the alignment "
     "requirements of a C instance"},
    {"sizeof", ctypes_sizeof, METH_O,
     "sizeof(C type) -> integer\nsizeof(C instance) -> integer\nReturn the size in bytes of a C "
     "instance"},
    {"byref", ctypes_byref, METH_VARARGS,
     "byref(C instance[, offset=0]) -> byref-object\nReturn a pointer lookalike to a C instance, "
     "only usable\nas function argument"},
    {"addressof", ctypes_addressof, METH_O,
     "addressof(C instance) -> integer\nReturn the address of the C instance internal buffer"},
    {"call_function", ctypes_call_function, METH_VARARGS, NULL},
    {"call_cdeclfunction", ctypes_call_function, METH_VARARGS, NULL},
    {"PyObj_FromPtr", ctypes_from_ptr, METH_O, NULL},
    {"Py_INCREF", ctypes_same, METH_O, NULL},
    {"Py_DECREF", ctypes_same, METH_O, NULL},
    {NULL},
};

/* array.buffer_info() gives addresses away, so once there is ctypes the array's memory is known
 * from then on: the method is wrapped in one that says so. */
static PyCFunction array_buffer_info;

static PyObject *known_buffer_info(PyObject *array, PyObject *unused)
{
    void *p;
    Py_ssize_t n;
    if (PyObject_AsWriteBuffer(array, &p, &n) == 0 && n > 0)
        _PyCtypes_KnowBuffer(array);
    if (PyErr_Occurred())
        return NULL;
    return array_buffer_info(array, NULL);
}

static PyMethodDef known_method = {NULL, known_buffer_info, METH_NOARGS, NULL};

static int wrap_buffer_info(void)
{
    if (array_buffer_info != NULL)
        return 0;
    PyObject *module = PyImport_ImportModule("array");
    PyObject *type = module == NULL ? NULL : PyObject_GetAttrString(module, "array");
    Py_XDECREF(module);
    if (type == NULL)
        return -1;
    PyObject *dict = ((PyTypeObject *)type)->tp_dict;
    PyObject *old = PyDict_GetItemString(dict, "buffer_info"), *method = NULL;
    if (old != NULL && Py_TYPE(old) == &PyMethodDescr_Type) {
        PyMethodDef *def = ((PyMethodDescrObject *)old)->d_method;
        known_method.ml_name = def->ml_name;
        known_method.ml_doc = def->ml_doc;
        array_buffer_info = def->ml_meth;
        method = PyDescr_NewMethod((PyTypeObject *)type, &known_method);
        if (method != NULL && PyDict_SetItemString(dict, "buffer_info", method) == 0)
            PyType_Modified((PyTypeObject *)type);
    }
    Py_XDECREF(method);
    Py_DECREF(type);
    return PyErr_Occurred() ? -1 : 0;
}

static int ready_types(void)
{
    static const struct {
        PyTypeObject *type, *meta, *base;
    } types[] = {
        {&CArg_Type, NULL, NULL},
        {&CThunk_Type, NULL, NULL},
        {&CField_Type, NULL, NULL},
        {&CStructMeta_Type, NULL, &PyType_Type},
        {&CUnionMeta_Type, NULL, &PyType_Type},
        {&CArrayMeta_Type, NULL, &PyType_Type},
        {&CPointerMeta_Type, NULL, &PyType_Type},
        {&CSimpleMeta_Type, NULL, &PyType_Type},
        {&CFuncMeta_Type, NULL, &PyType_Type},
        {&CData_Type, NULL, NULL},
        {&CStructure_Type, &CStructMeta_Type, &CData_Type},
        {&CUnion_Type, &CUnionMeta_Type, &CData_Type},
        {&CArray_Type, &CArrayMeta_Type, &CData_Type},
        {&CPointer_Type, &CPointerMeta_Type, &CData_Type},
        {&CSimple_Type, &CSimpleMeta_Type, &CData_Type},
        {&CFunc_Type, &CFuncMeta_Type, &CData_Type},
    };
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        /* Instances are made by subclasses, which are collected; these say of what. */
        if (types[i].base == &CData_Type && types[i].type->tp_traverse == NULL) {
            types[i].type->tp_traverse = CData_Type.tp_traverse;
            types[i].type->tp_clear = CData_Type.tp_clear;
        }
        if (ctypes_ready(types[i].type, types[i].meta, types[i].base) < 0)
            return -1;
    }
    return ctypes_add_set_type();
}

static int add(PyObject *module, const char *name, PyObject *o)
{
    return o == NULL ? -1 : PyModule_AddObject(module, name, o);
}

static int add_type(PyObject *module, const char *name, PyTypeObject *type)
{
    Py_INCREF(type);
    return PyModule_AddObject(module, name, (PyObject *)type);
}

void init_ctypes(void)
{
    if (ready_types() < 0 || wrap_buffer_info() < 0)
        return;
    PyObject *m = Py_InitModule3("_ctypes", functions,
                                 "Create and manipulate C compatible data types in Python.");
    if (m == NULL)
        return;
    if (ctypes_pointer_cache == NULL && (ctypes_pointer_cache = PyDict_New()) == NULL)
        return;
    if (ctypes_ArgumentError == NULL &&
        (ctypes_ArgumentError = PyErr_NewException("ctypes.ArgumentError", NULL, NULL)) == NULL)
        return;
    Py_INCREF(ctypes_pointer_cache);
    Py_INCREF(ctypes_ArgumentError);
    if (add(m, "_pointer_type_cache", ctypes_pointer_cache) < 0 ||
        add(m, "ArgumentError", ctypes_ArgumentError) < 0 ||
        add_type(m, "Structure", &CStructure_Type) < 0 || add_type(m, "Union", &CUnion_Type) < 0 ||
        add_type(m, "_Pointer", &CPointer_Type) < 0 || add_type(m, "Array", &CArray_Type) < 0 ||
        add_type(m, "_SimpleCData", &CSimple_Type) < 0 || add_type(m, "CFuncPtr", &CFunc_Type) < 0)
        return;
    PyModule_AddIntConstant(m, "FUNCFLAG_CDECL", 1);
    PyModule_AddIntConstant(m, "FUNCFLAG_PYTHONAPI", 4);
    PyModule_AddIntConstant(m, "FUNCFLAG_USE_ERRNO", 8);
    PyModule_AddIntConstant(m, "FUNCFLAG_USE_LASTERROR", 16);
    PyModule_AddIntConstant(m, "FUNCFLAG_VARIADIC", 32);
    PyModule_AddIntConstant(m, "RTLD_LOCAL", 0);
    PyModule_AddIntConstant(m, "RTLD_GLOBAL", 256);
    PyModule_AddStringConstant(m, "__version__", "1.1.0");
    add(m, "_memmove_addr", ctypes_function_address(CFUNC_MEMMOVE));
    add(m, "_memset_addr", ctypes_function_address(CFUNC_MEMSET));
    add(m, "_string_at_addr", ctypes_function_address(CFUNC_STRING_AT));
    add(m, "_wstring_at_addr", ctypes_function_address(CFUNC_WSTRING_AT));
    add(m, "_cast_addr", ctypes_function_address(CFUNC_CAST));
}
