/* SPDX-License-Identifier: MIT */
/* Functions. There are no foreign ones here. What a function object can hold is the address of a
 * thunk (a Python callable dressed as a C function of a prototype) or of one of the few functions
 * that the library's ctypes package builds on: memmove, memset, string_at, wstring_at, cast. A call
 * makes C arguments of its own arguments; a thunk makes Python objects of these again, as its
 * prototype says. Invariant: an address is called only when it is one of these. */
#include "ctypes_private.h"

/* A Python callable with the prototype it was made for. Its address is its code's address. */
typedef struct {
    PyObject_HEAD PyObject *callable, *argtypes, *restype; /* restype NULL: int */
    CBlock *code;
} CThunk;

typedef struct {
    CData data;
    PyObject *callable;                                  /* what a thunk calls, or NULL */
    PyObject *argtypes, *converters, *restype, *checker; /* NULL: the class's */
    PyObject *errcheck;
    int variadic;
} CFunc;

enum { FUNCFLAG_CDECL = 1 };

static const char internal_functions[CFUNC_END]; /* the addresses of our own */

PyObject *ctypes_function_address(int which)
{
    return PyInt_FromLong((py_long)(uintptr_t)&internal_functions[which]);
}

/* ---- Thunks: C values to Python objects and back */

/* A code object for a place in the traceback: it never runs, but a frame's code must be sound. */
static PyCodeObject *code_at(const char *function, int line)
{
    PyObject *body = PyString_FromStringAndSize("d\0\0S", 4); /* return None */
    PyObject *consts = PyTuple_Pack(1, Py_None), *none = PyTuple_New(0);
    PyObject *file = PyString_FromString("_ctypes/callbacks.c");
    PyObject *name = PyString_FromString(function), *lines = PyString_FromString("");
    PyCodeObject *code = NULL;
    if (body != NULL && consts != NULL && none != NULL && file != NULL && name != NULL &&
        lines != NULL)
        code =
            PyCode_New(0, 0, 1, 0, body, consts, none, none, none, none, file, name, line, lines);
    Py_XDECREF(body);
    Py_XDECREF(consts);
    Py_XDECREF(none);
    Py_XDECREF(file);
    Py_XDECREF(name);
    Py_XDECREF(lines);
    return code;
}

static void add_traceback(const char *function, int line)
{
    PyObject *type, *value, *tb;
    PyErr_Fetch(&type, &value, &tb);
    PyObject *globals = PyDict_New();
    PyCodeObject *code = code_at(function, line);
    PyFrameObject *frame = NULL;
    if (globals != NULL && code != NULL)
        frame = PyFrame_New(PyThreadState_Get(), code, globals, NULL);
    PyErr_Clear();
    PyErr_Restore(type, value, tb);
    if (frame != NULL)
        PyTraceBack_Here(frame);
    Py_XDECREF(frame);
    Py_XDECREF(code);
    Py_XDECREF(globals);
}

/* The Python object that the callable gets for a C value. */
static PyObject *thunk_argument(PyObject *type, const CValue *v)
{
    CInfo *info = ctypes_info(type);

    if (info == NULL) {
        PyErr_SetString(PyExc_TypeError, "cannot build parameter");
        return NULL;
    }
    char class = 'i';
    if (info->kind == CKIND_SIMPLE && strchr("dfg", info->code) != NULL)
        class = info->code;
    else if (info->kind == CKIND_STRUCT || info->kind == CKIND_UNION)
        class = 'V';
    if (class != v->class) {
        PyErr_SetString(PyExc_TypeError, "the function was called with arguments of other types");
        return NULL;
    }
    if (info->kind == CKIND_SIMPLE && !(info->flags & CFLAG_NOTSIMPLE)) {
        if (info->code == 'O' && v->keep != NULL && ctypes_load64(v->bytes) == (uintptr_t)v->keep) {
            Py_INCREF(v->keep);
            return v->keep;
        }
        return ctypes_simple_get(info->code, v->bytes, NULL, 0);
    }
    PyObject *o = PyObject_CallObject(type, NULL);
    if (o == NULL)
        return NULL;
    if (!CData_Check(o)) {
        Py_DECREF(o);
        PyErr_Format(PyExc_TypeError, "unexpected result of create argument");
        return NULL;
    }
    Py_ssize_t size = info->size;
    const char *from = (const char *)v->bytes;
    unsigned char swapped[16];
    char *to = NULL;
    if (class == 'V') {
        size = Py_MIN(size, ((CData *)v->keep)->size);
        from = ctypes_at((CData *)v->keep, 0, size, 0);
    } else if (info->kind == CKIND_ARRAY) {
        size = 0; /* (an array is passed as an address and never arrives as one) */
    } else if (info->flags & CFLAG_SWAPPED) {
        memcpy(swapped, v->bytes, 16);
        ctypes_swap(swapped, size);
        from = (const char *)swapped;
    }
    if (from != NULL)
        to = ctypes_at((CData *)o, 0, size, 1);
    if (to == NULL) {
        Py_DECREF(o);
        return NULL;
    }
    memmove(to, from, (size_t)size);
    return o;
}

/* Calls the callable. Its errors end here: they are printed, and the C caller sees zero. */
static void run_thunk(CThunk *thunk, const CValue *values, CValue *result)
{
    Py_ssize_t n = PyTuple_GET_SIZE(thunk->argtypes);
    PyObject *args = PyTuple_New(n);

    for (Py_ssize_t i = 0; args != NULL && i < n; i++) {
        PyObject *o = thunk_argument(PyTuple_GET_ITEM(thunk->argtypes, i), &values[i]);
        if (o == NULL) {
            PySys_WriteStderr("create argument %d:\n", (int)i);
            PyErr_Print();
            Py_DECREF(args);
            return;
        }
        PyTuple_SET_ITEM(args, i, o);
    }
    PyObject *value = args == NULL ? NULL : PyObject_CallObject(thunk->callable, args);
    Py_XDECREF(args);
    if (value == NULL) {
        add_traceback("'calling callback function'", 315);
        PyErr_Print();
        return;
    }
    CInfo *info = thunk->restype == NULL ? NULL : ctypes_info(thunk->restype);
    if (thunk->restype != Py_None && info != NULL && info->kind == CKIND_SIMPLE) {
        unsigned char bytes[16];
        if (ctypes_simple_set(info->code, value, bytes, &result->keep) < 0) {
            add_traceback("'converting callback result'", 340);
            PyErr_Print();
            PyErr_WriteUnraisable(thunk->callable);
            Py_DECREF(value);
            return;
        }
        ctypes_load_value(result, info->code, bytes);
        if (result->keep != NULL && info->code != 'O' &&
            PyErr_Warn(PyExc_RuntimeWarning, "memory leak in callback function.") < 0)
            PyErr_WriteUnraisable(thunk->callable);
    }
    Py_DECREF(value);
}

static int thunk_traverse(PyObject *o, visitproc visit, void *arg)
{
    CThunk *self = (CThunk *)o;
    Py_VISIT(self->callable);
    Py_VISIT(self->argtypes);
    Py_VISIT(self->restype);
    return 0;
}

static int thunk_clear(PyObject *o)
{
    CThunk *self = (CThunk *)o;
    if (self->code != NULL) {
        ctypes_block_remove(self->code);
        self->code = NULL;
    }
    Py_CLEAR(self->callable);
    Py_CLEAR(self->argtypes);
    Py_CLEAR(self->restype);
    return 0;
}

static void thunk_dealloc(PyObject *o)
{
    PyObject_GC_UnTrack(o);
    thunk_clear(o);
    PyObject_GC_Del(o);
}

PyTypeObject CThunk_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "_ctypes.CThunkObject",
    .tp_basicsize = sizeof(CThunk),
    .tp_dealloc = thunk_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "CThunkObject",
    .tp_traverse = thunk_traverse,
    .tp_clear = thunk_clear,
};

static CThunk *new_thunk(PyObject *callable, PyObject *argtypes, PyObject *restype)
{
    if (restype != NULL && restype != Py_None) {
        CInfo *info = ctypes_info(restype);
        if (info == NULL || info->kind != CKIND_SIMPLE) {
            PyErr_SetString(PyExc_TypeError, "invalid result type for callback function");
            return NULL;
        }
    }
    CThunk *thunk = PyObject_GC_New(CThunk, &CThunk_Type);
    if (thunk == NULL)
        return NULL;
    Py_INCREF(callable);
    thunk->callable = callable;
    Py_INCREF(argtypes);
    thunk->argtypes = argtypes;
    Py_XINCREF(restype);
    thunk->restype = restype;
    thunk->code = ctypes_block_add(CBLOCK_CODE, (uintptr_t)thunk, 1, (PyObject *)thunk);
    PyObject_GC_Track(thunk);
    if (thunk->code == NULL)
        Py_CLEAR(thunk);
    return thunk;
}

/* ---- Our own functions */

static int can_cast_to(PyObject *type)
{
    CInfo *info = ctypes_info(type);
    if (info == NULL)
        return 0;
    return info->kind == CKIND_POINTER || info->kind == CKIND_FUNC ||
           (info->kind == CKIND_SIMPLE && strchr("sPzUZXO", info->code) != NULL);
}

static PyObject *do_cast(uint64_t address, PyObject *source, PyObject *type)
{
    if (!can_cast_to(type)) {
        PyErr_Format(PyExc_TypeError, "cast() argument 2 must be a pointer type, not %s",
                     PyType_Check(type) ? ((PyTypeObject *)type)->tp_name : Py_TYPE(type)->tp_name);
        return NULL;
    }
    CData *result = (CData *)PyObject_CallObject(type, NULL);
    if (result == NULL)
        return NULL;
    if (!CData_Check(result)) {
        PyErr_SetString(PyExc_TypeError, "cast() needs a pointer type");
        goto fail;
    }
    if (CData_Check(source)) {
        /* The pointer keeps what its source keeps: they share the table, and the source in it. */
        CData *top = ctypes_container((CData *)source);
        if (top == NULL)
            goto fail;
        Py_XINCREF(top->objects);
        ctypes_set_objects(result, top->objects);
        if (result->objects != NULL && PyDict_CheckExact(result->objects)) {
            PyObject *key = PyLong_FromVoidPtr(source);
            int err = key == NULL ? -1 : PyDict_SetItem(result->objects, key, source);
            Py_XDECREF(key);
            if (err < 0)
                goto fail;
        }
    }
    if (ctypes_store_pointer(result, address) < 0)
        goto fail;
    return (PyObject *)result;
fail:
    Py_DECREF(result);
    return NULL;
}

static PyObject *do_string_at(uint64_t address, int32_t size, int wide)
{
    char *p;
    Py_ssize_t n = size, width = wide ? 4 : 1;

    if (size < -1) {
        PyErr_SetString(PyExc_SystemError,
                        wide ? "Negative size passed to PyUnicode_FromWideChar"
                             : "Negative size passed to PyString_FromStringAndSize");
        return NULL;
    }
    if (size == -1) {
        unsigned char bytes[16] = {0};
        if (address == 0)
            return ctypes_memory(0, 1, 0), NULL;
        memcpy(bytes, &address, 8);
        return ctypes_simple_get(wide ? 'Z' : 'z', bytes, NULL, 0);
    }
    p = ctypes_memory(address, n * width, 0);
    if (p == NULL)
        return NULL;
    if (!wide)
        return PyString_FromStringAndSize(p, n);
    PyObject *u = PyUnicode_FromUnicode(NULL, n);
    if (u != NULL && n > 0)
        memcpy(PyUnicode_AS_UNICODE(u), p, (size_t)n * 4);
    return u;
}

/* Runs one of our own functions; 0 or -1. */
static int run_internal(int which, const CValue *values, Py_ssize_t n, CValue *result)
{
    uint64_t a[3] = {0};

    if (n < (which == CFUNC_STRING_AT || which == CFUNC_WSTRING_AT ? 2 : 3)) {
        PyErr_SetString(PyExc_TypeError, "too few arguments for this function");
        return -1;
    }
    for (int i = 0; i < 3 && i < n; i++) {
        if (values[i].class != 'i') {
            PyErr_SetString(PyExc_TypeError,
                            "the function was called with arguments of other types");
            return -1;
        }
        a[i] = ctypes_load64(values[i].bytes);
    }
    result->class = 'i';
    if (which == CFUNC_MEMMOVE || which == CFUNC_MEMSET) {
        if (a[2] > PY_SSIZE_T_MAX) {
            PyErr_SetString(PyExc_ValueError, "too many bytes");
            return -1;
        }
        Py_ssize_t count = (Py_ssize_t)a[2];
        char *to = count == 0 ? NULL : ctypes_memory(a[0], count, 1);
        if (count > 0 && to == NULL)
            return -1;
        if (which == CFUNC_MEMSET) {
            if (count > 0)
                memset(to, (int)a[1], (size_t)count);
        } else if (count > 0) {
            char *from = ctypes_memory(a[1], count, 0);
            if (from == NULL)
                return -1;
            memmove(to, from, (size_t)count);
        }
        ctypes_stored();
        memcpy(result->bytes, &a[0], 8);
        return 0;
    }
    PyObject *o;
    if (which == CFUNC_CAST) {
        if (values[1].keep == NULL || values[2].keep == NULL || a[1] != (uintptr_t)values[1].keep ||
            a[2] != (uintptr_t)values[2].keep) {
            PyErr_SetString(PyExc_TypeError, "cast() needs objects");
            return -1;
        }
        o = do_cast(a[0], values[1].keep, values[2].keep);
    } else {
        o = do_string_at(a[0], (int32_t)a[1], which == CFUNC_WSTRING_AT);
    }
    if (o == NULL)
        return -1;
    uint64_t x = (uintptr_t)o;
    memcpy(result->bytes, &x, 8);
    result->keep = o;
    return 0;
}

/* Whether the function at an address is one that does not hand its arguments' addresses on. */
static int forgets_arguments(uint64_t address)
{
    uint64_t first = (uintptr_t)internal_functions;
    return address > first && address < first + CFUNC_END && address != first + CFUNC_CAST;
}

/* Calls the code at an address with the values; 0 or -1. */
static int run_address(uint64_t address, const CValue *values, Py_ssize_t n, CValue *result)
{
    uint64_t first = (uintptr_t)internal_functions;
    if (address >= first + CFUNC_PYAPI && address < first + CFUNC_END)
        return ctypes_pyapi_run((int)(address - first) - CFUNC_PYAPI, values, n, result);
    if (address > first && address < first + CFUNC_PYAPI)
        return run_internal((int)(address - first), values, n, result);
    CBlock *block = ctypes_block_at(address, CBLOCK_CODE);
    if (block == NULL) {
        char text[80];
        snprintf(text, sizeof text, "no function is known at address 0x%" PRIx64, address);
        PyErr_SetString(PyExc_ValueError, address == 0 ? "NULL function pointer call" : text);
        return -1;
    }
    CThunk *thunk = (CThunk *)block->owner;
    if (n < PyTuple_GET_SIZE(thunk->argtypes)) {
        PyErr_SetString(PyExc_TypeError, "the function was called with too few arguments");
        return -1;
    }
    Py_INCREF(thunk);
    run_thunk(thunk, values, result);
    Py_DECREF(thunk);
    return 0;
}

/* ---- Results */

static PyObject *from_result(PyObject *restype, PyObject *checker, CValue *result)
{
    if (restype == NULL)
        return PyInt_FromLong((int32_t)ctypes_load64(result->bytes));
    if (restype == Py_None)
        Py_RETURN_NONE;
    CInfo *info = ctypes_info(restype);
    if (info == NULL)
        return PyObject_CallFunction(restype, "i", (int)(int32_t)ctypes_load64(result->bytes));
    PyObject *value;
    if (info->kind == CKIND_SIMPLE && !(info->flags & CFLAG_NOTSIMPLE)) {
        char class = strchr("dfg", info->code) != NULL ? info->code : 'i';
        if (class != result->class)
            memset(result->bytes, 0, sizeof result->bytes);
        if (info->code == 'O' && result->keep != NULL &&
            ctypes_load64(result->bytes) == (uintptr_t)result->keep) {
            value = result->keep;
            Py_INCREF(value);
        } else {
            value = ctypes_simple_get(info->code, result->bytes, NULL, 0);
        }
    } else {
        PyObject *none = PyTuple_New(0);
        value = none == NULL ? NULL : ctypes_new_data((PyTypeObject *)restype, none, NULL);
        Py_XDECREF(none);
        if (value != NULL) {
            Py_ssize_t size = Py_MIN(info->size, 16);
            memcpy(((CData *)value)->ptr, result->bytes, (size_t)size);
            if (info->flags & CFLAG_SWAPPED)
                ctypes_swap((unsigned char *)((CData *)value)->ptr, size);
        }
    }
    if (value == NULL || checker == NULL)
        return value;
    PyObject *checked = PyObject_CallFunctionObjArgs(checker, value, NULL);
    Py_DECREF(value);
    return checked;
}

static PyObject *call_address(uint64_t address, PyObject *args, PyObject *converters,
                              PyObject *restype, PyObject *checker)
{
    Py_ssize_t n = PyTuple_GET_SIZE(args);
    Py_ssize_t typed = converters != NULL ? PyTuple_GET_SIZE(converters) : 0;
    CValue result = {.class = 'i'};
    PyObject *answer = NULL;
    uint64_t since = ctypes_block_serial();
    CValue *values = PyMem_New(CValue, n + 1);
    if (values == NULL)
        return PyErr_NoMemory();
    memset(values, 0, sizeof(CValue) * (size_t)(n + 1));
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *arg = PyTuple_GET_ITEM(args, i);
        int err;
        if (i < typed) {
            PyObject *converter = PyTuple_GET_ITEM(converters, i);
            arg = PyObject_CallFunctionObjArgs(converter, arg, NULL);
            err = arg == NULL ? -1 : ctypes_to_value(&values[i], arg, i + 1);
            Py_XDECREF(arg);
        } else {
            err = ctypes_to_value(&values[i], arg, i + 1);
        }
        if (err < 0) {
            char prefix[40];
            PyOS_snprintf(prefix, sizeof prefix, "argument %zd: ", i + 1);
            ctypes_extend_error(ctypes_ArgumentError, prefix);
            goto done;
        }
    }
    if (run_address(address, values, n, &result) == 0)
        answer = from_result(restype, checker, &result);
done:
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *keep = values[i].keep;
        if (keep != NULL && forgets_arguments(address)) {
            PyObject *s = CArg_Check(keep) ? ((CArg *)keep)->obj : keep;
            if (s != NULL && PyString_CheckExact(s))
                ctypes_forget_string(s, since);
        }
        Py_XDECREF(keep);
    }
    Py_XDECREF(result.keep);
    PyMem_Free(values);
    return answer;
}

/* call_function(address, args) */
PyObject *ctypes_call_function(PyObject *self, PyObject *args)
{
    PyObject *address, *arguments;
    if (!PyArg_ParseTuple(args, "OO!", &address, &PyTuple_Type, &arguments))
        return NULL;
    if (!PyInt_Check(address) && !PyLong_Check(address)) {
        PyErr_SetString(PyExc_TypeError, "an integer is required");
        return NULL;
    }
    return call_address(PyInt_AsUnsignedLongLongMask(address), arguments, NULL, NULL, NULL);
}

/* ---- The metaclass */

static PyObject *converters_of(PyObject *argtypes)
{
    PyObject *tuple = PySequence_Tuple(argtypes);
    if (tuple == NULL) {
        PyErr_SetString(PyExc_TypeError, "_argtypes_ must be a sequence of types");
        return NULL;
    }
    Py_ssize_t n = PyTuple_GET_SIZE(tuple);
    PyObject *result = PyTuple_New(n);
    for (Py_ssize_t i = 0; result != NULL && i < n; i++) {
        PyObject *converter = PyObject_GetAttrString(PyTuple_GET_ITEM(tuple, i), "from_param");
        if (converter == NULL) {
            PyErr_Format(PyExc_TypeError, "item %zd in _argtypes_ has no from_param method", i + 1);
            Py_CLEAR(result);
        } else {
            PyTuple_SET_ITEM(result, i, converter);
        }
    }
    Py_DECREF(tuple);
    return result;
}

static PyObject *funcmeta_new(PyTypeObject *meta, PyObject *args, PyObject *kwds)
{
    PyTypeObject *type = ctypes_meta_new(meta, args, kwds);
    CInfo *info = type == NULL ? NULL : ctypes_new_info(type);
    if (info == NULL)
        goto fail;
    info->kind = CKIND_FUNC;
    info->size = info->align = 8;
    info->length = 1;
    info->flags = CFLAG_HASPOINTER;
    info->format = ctypes_strdup("X{}");
    if (info->format == NULL)
        goto fail;
    PyObject *flags = PyDict_GetItemString(type->tp_dict, "_flags_");
    if (flags == NULL || !PyInt_Check(flags)) {
        PyErr_SetString(PyExc_TypeError, "class must define _flags_ which must be an integer");
        goto fail;
    }
    info->funcflags = (int)PyInt_AS_LONG(flags);
    PyObject *argtypes = PyDict_GetItemString(type->tp_dict, "_argtypes_");
    if (argtypes != NULL) {
        info->converters = converters_of(argtypes);
        if (info->converters == NULL)
            goto fail;
        info->argtypes = PySequence_Tuple(argtypes);
        if (info->argtypes == NULL)
            goto fail;
    }
    PyObject *restype = PyDict_GetItemString(type->tp_dict, "_restype_");
    if (restype != NULL) {
        if (restype != Py_None && ctypes_info(restype) == NULL && !PyCallable_Check(restype)) {
            PyErr_SetString(PyExc_TypeError, "_restype_ must be a type, a callable, or None");
            goto fail;
        }
        Py_INCREF(restype);
        info->restype = restype;
        info->checker = PyObject_GetAttrString(restype, "_check_retval_");
        if (info->checker == NULL)
            PyErr_Clear();
    }
    return (PyObject *)type;
fail:
    Py_XDECREF(type);
    return NULL;
}

PyTypeObject CFuncMeta_Type = {
    PyVarObject_HEAD_INIT(NULL, 0) CTYPES_META("_ctypes.PyCFuncPtrType"),
    .tp_doc = "metatype for C function pointers",
    .tp_new = funcmeta_new,
};

/* ---- Function objects */

PyObject *ctypes_dlsym_error(PyObject *exc, PyObject *name)
{
    PyObject *program = PySys_GetObject("executable");
    PyErr_Format(exc, "%s: undefined symbol: %s",
                 program != NULL && PyString_Check(program) ? PyString_AS_STRING(program)
                                                            : "python2.7",
                 PyString_AS_STRING(name));
    return NULL;
}

uint64_t ctypes_dlsym_address(PyObject *handle, const char *name)
{
    if (PyInt_AsUnsignedLongLongMask(handle) != CTYPES_DLHANDLE)
        return 0;
    int which = ctypes_pyapi_find(name);
    return which < 0 ? 0 : (uintptr_t)&internal_functions[CFUNC_PYAPI + which];
}

/* prototype((name or ordinal, dll)[, flags]): one of the program's own functions, or none. */
static PyObject *func_from_dll(PyTypeObject *type, PyObject *args)
{
    PyObject *pair, *flags = NULL, *name, *dll;

    if (!PyArg_ParseTuple(args, "O|O", &pair, &flags) || !PyArg_ParseTuple(pair, "OO", &name, &dll))
        return NULL;
    if (!PyString_Check(name) && !PyUnicode_Check(name)) {
        PyErr_SetString(PyExc_TypeError, "function name must be string or integer");
        return NULL;
    }
    PyObject *handle = PyObject_GetAttrString(dll, "_handle");
    if (handle == NULL)
        return NULL;
    if (!PyInt_Check(handle) && !PyLong_Check(handle)) {
        PyErr_SetString(PyExc_TypeError,
                        "the _handle attribute of the second argument must be an integer");
        Py_DECREF(handle);
        return NULL;
    }
    CData *self = NULL;
    PyObject *s = PyObject_Str(name);
    if (s != NULL) {
        uint64_t address = ctypes_dlsym_address(handle, PyString_AS_STRING(s));
        if (address == 0)
            ctypes_dlsym_error(PyExc_AttributeError, s);
        else if (flags != NULL && flags != Py_None)
            PyErr_SetString(PyExc_TypeError, "parameter flags are not supported");
        else
            self = (CData *)ctypes_new_data(type, args, NULL);
        if (self != NULL && (ctypes_store_pointer(self, address) < 0 ||
                             (Py_INCREF(dll), ctypes_keep(self, 0, dll)) < 0))
            Py_CLEAR(self);
        Py_DECREF(s);
    }
    Py_DECREF(handle);
    return (PyObject *)self;
}

static PyObject *func_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    Py_ssize_t n = PyTuple_GET_SIZE(args);
    PyObject *first = n > 0 ? PyTuple_GET_ITEM(args, 0) : NULL;
    CInfo *info = ctypes_info((PyObject *)type);

    if (n == 0)
        return ctypes_new_data(type, args, kwds);
    if (n <= 2 && PyTuple_Check(first))
        return func_from_dll(type, args);
    if (n == 1 && (PyInt_Check(first) || PyLong_Check(first))) {
        CData *self = (CData *)ctypes_new_data(type, args, kwds);
        if (self == NULL)
            return NULL;
        uint64_t address = PyInt_AsUnsignedLongLongMask(first);
        if (ctypes_store_pointer(self, address) < 0)
            Py_CLEAR(self);
        return (PyObject *)self;
    }
    if (!PyArg_ParseTuple(args, "O", &first))
        return NULL;
    if (!PyCallable_Check(first)) {
        PyErr_SetString(PyExc_TypeError, "argument must be callable or integer function address");
        return NULL;
    }
    if (info == NULL || info->argtypes == NULL) {
        PyErr_SetString(PyExc_TypeError, "cannot construct instance of this class: no argtypes");
        return NULL;
    }
    CThunk *thunk = new_thunk(first, info->argtypes, info->restype);
    if (thunk == NULL)
        return NULL;
    CFunc *self = (CFunc *)ctypes_new_data(type, args, kwds);
    if (self == NULL || ctypes_store_pointer(&self->data, (uintptr_t)thunk) < 0) {
        Py_XDECREF(self);
        Py_DECREF(thunk);
        return NULL;
    }
    Py_INCREF(first);
    self->callable = first;
    if (ctypes_keep(&self->data, 0, (PyObject *)thunk) < 0)
        Py_CLEAR(self);
    return (PyObject *)self;
}

static PyObject *func_call(PyObject *o, PyObject *args, PyObject *kwds)
{
    CFunc *self = (CFunc *)o;
    CInfo *info = ctypes_info_of(&self->data);
    PyObject *converters = self->converters != NULL ? self->converters : info->converters;
    PyObject *restype = self->restype != NULL ? self->restype : info->restype;
    PyObject *checker = self->restype != NULL ? self->checker : info->checker;
    PyObject *errcheck = self->errcheck;
    Py_ssize_t required = converters != NULL ? PyTuple_GET_SIZE(converters) : 0;
    Py_ssize_t given = PyTuple_GET_SIZE(args);
    int err = 0;

    if (converters != NULL &&
        (info->funcflags & FUNCFLAG_CDECL ? required > given : required != given)) {
        PyErr_Format(PyExc_TypeError, "this function takes %s%zd argument%s (%zd given)",
                     info->funcflags & FUNCFLAG_CDECL ? "at least " : "", required,
                     required == 1 ? "" : "s", given);
        return NULL;
    }
    uint64_t address = ctypes_load_pointer(&self->data, &err);
    if (err)
        return NULL;
    Py_XINCREF(converters);
    Py_XINCREF(restype);
    Py_XINCREF(checker);
    Py_XINCREF(errcheck);
    PyObject *result = call_address(address, args, converters, restype, checker);
    if (result != NULL && errcheck != NULL)
        Py_SETREF(result, PyObject_CallFunctionObjArgs(errcheck, result, o, args, NULL));
    Py_XDECREF(converters);
    Py_XDECREF(restype);
    Py_XDECREF(checker);
    Py_XDECREF(errcheck);
    return result;
}

static PyObject *func_repr(PyObject *self)
{
    return PyString_FromFormat("<%s object at %p>", Py_TYPE(self)->tp_name, (void *)self);
}

static int func_nonzero(PyObject *self)
{
    int err = 0;
    uint64_t address = ctypes_load_pointer((CData *)self, &err);
    return err ? -1 : address != 0;
}

static PyObject *or_none(PyObject *o)
{
    if (o == NULL)
        o = Py_None;
    Py_INCREF(o);
    return o;
}

static PyObject *func_get_restype(PyObject *o, void *closure)
{
    CFunc *self = (CFunc *)o;
    return or_none(self->restype != NULL ? self->restype : ctypes_info_of(&self->data)->restype);
}

static int func_set_restype(PyObject *o, PyObject *value, void *closure)
{
    CFunc *self = (CFunc *)o;
    if (value == NULL) {
        Py_CLEAR(self->restype);
        Py_CLEAR(self->checker);
        return 0;
    }
    if (value != Py_None && ctypes_info(value) == NULL && !PyCallable_Check(value)) {
        PyErr_SetString(PyExc_TypeError, "restype must be a type, a callable, or None");
        return -1;
    }
    PyObject *checker = PyObject_GetAttrString(value, "_check_retval_");
    if (checker == NULL)
        PyErr_Clear();
    Py_INCREF(value);
    Py_XSETREF(self->restype, value);
    Py_XSETREF(self->checker, checker);
    return 0;
}

static PyObject *func_get_argtypes(PyObject *o, void *closure)
{
    CFunc *self = (CFunc *)o;
    return or_none(self->argtypes != NULL ? self->argtypes : ctypes_info_of(&self->data)->argtypes);
}

static int func_set_argtypes(PyObject *o, PyObject *value, void *closure)
{
    CFunc *self = (CFunc *)o;
    if (value == NULL || value == Py_None) {
        Py_CLEAR(self->converters);
        Py_CLEAR(self->argtypes);
        return 0;
    }
    PyObject *converters = converters_of(value);
    if (converters == NULL)
        return -1;
    Py_XSETREF(self->converters, converters);
    Py_INCREF(value);
    Py_XSETREF(self->argtypes, value);
    return 0;
}

static PyObject *func_get_errcheck(PyObject *o, void *closure)
{
    return or_none(((CFunc *)o)->errcheck);
}

static int func_set_errcheck(PyObject *o, PyObject *value, void *closure)
{
    if (value != NULL && !PyCallable_Check(value)) {
        PyErr_SetString(PyExc_TypeError, "the errcheck attribute must be callable");
        return -1;
    }
    Py_XINCREF(value);
    Py_XSETREF(((CFunc *)o)->errcheck, value);
    return 0;
}

static PyObject *func_get_variadic(PyObject *o, void *closure)
{
    return PyBool_FromLong(((CFunc *)o)->variadic);
}

static int func_set_variadic(PyObject *o, PyObject *value, void *closure)
{
    int truth = value == NULL ? 0 : PyObject_IsTrue(value);
    if (truth < 0)
        return -1;
    ((CFunc *)o)->variadic = truth;
    return 0;
}

static int func_traverse(PyObject *o, visitproc visit, void *arg)
{
    CFunc *self = (CFunc *)o;
    Py_VISIT(self->callable);
    Py_VISIT(self->argtypes);
    Py_VISIT(self->converters);
    Py_VISIT(self->restype);
    Py_VISIT(self->checker);
    Py_VISIT(self->errcheck);
    return CData_Type.tp_traverse(o, visit, arg);
}

static int func_clear(PyObject *o)
{
    CFunc *self = (CFunc *)o;
    Py_CLEAR(self->callable);
    Py_CLEAR(self->argtypes);
    Py_CLEAR(self->converters);
    Py_CLEAR(self->restype);
    Py_CLEAR(self->checker);
    Py_CLEAR(self->errcheck);
    return CData_Type.tp_clear(o);
}

static void func_dealloc(PyObject *o)
{
    func_clear(o);
    CData_Type.tp_dealloc(o);
}

static PyGetSetDef func_getset[] = {
    {"restype", func_get_restype, func_set_restype, "specify the result type", NULL},
    {"argtypes", func_get_argtypes, func_set_argtypes, "specify the argument types", NULL},
    {"errcheck", func_get_errcheck, func_set_errcheck, "a function to check for errors", NULL},
    {"variadic", func_get_variadic, func_set_variadic,
     "specify if function takes variable number of arguments", NULL},
    {NULL},
};
static PyNumberMethods func_as_number = {.nb_nonzero = func_nonzero};

PyTypeObject CFunc_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "_ctypes.PyCFuncPtr",
    .tp_basicsize = sizeof(CFunc),
    .tp_x64_basicsize = 160,
    .tp_dealloc = func_dealloc,
    .tp_repr = func_repr,
    .tp_as_number = &func_as_number,
    .tp_call = func_call,
    .tp_as_buffer = &ctypes_as_buffer,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_NEWBUFFER,
    .tp_doc = "Function Pointer",
    .tp_traverse = func_traverse,
    .tp_clear = func_clear,
    .tp_getset = func_getset,
    .tp_new = func_new,
};
