/* SPDX-License-Identifier: MIT */
/* Start-up and shut-down, in CPython's order. Start-up runs no Python code: site and the program
 * are steps of program.c. Shut-down runs finalizers and is nested. Invariant: what is taken down
 * last is what finalizers still need: sys and __builtin__ after all other modules, types never. */
#include "main/main_private.h"
#include "host/host.h"
#include "modules/environ.h"
#include "modules/fileobject_private.h"
#include "modules/import_private.h"
#include "modules/signal_private.h"
#include "modules/source_run.h"
#include "modules/sys_private.h"
#include "compile.h"

void _PyMain_AddWarnings(void);

void _PyWarnings_Init(void);
void _PyImport_ForgetExtensions(void);
int _PyImport_SaveExtension(const char *name);

static int initialized;
/* sys.stdin, stdout and stderr as made at start: they outlive sys itself. */
static PyObject *standard_files[3];

/* -- Hooks
 * -------------------------------------------------------------------------------------------------------
 */

static PyObject *hook_add_module(const char *name)
{
    return PyImport_AddModule(name);
}

static int hook_has_finalizer(PyObject *v)
{
    if (PyInstance_Check(v)) {
        static PyObject *del;
        PyObject *found;

        if (del == NULL)
            del = PyString_InternFromString("__del__");
        found = del == NULL ? NULL : _PyInstance_Lookup(v, del);
        return found != NULL;
    }
    if (PyType_HasFeature(Py_TYPE(v), Py_TPFLAGS_HEAPTYPE))
        return Py_TYPE(v)->tp_del != NULL;
    if (PyGen_CheckExact(v))
        return PyGen_NeedsFinalizing((PyGenObject *)v);
    return 0;
}

static PyObject *hook_compile_file(PyObject *file, const char *filename, int start,
                                   PyCompilerFlags *flags)
{
    return _PyRun_CompileFile(file, filename, start, flags);
}

static PyObject *hook_compile_string(const char *text, const char *filename, int start,
                                     PyCompilerFlags *flags)
{
    return Py_CompileStringFlags(text, filename, start, flags);
}

void _PyMain_FillHooks(void)
{
    _PyHooksTable *h = &_PyHooks;

    _PyImport_Inittab = _PyMain_Inittab;

    h->write_unraisable = PyErr_WriteUnraisable;
    h->has_finalizer = hook_has_finalizer;
    h->list_append = PyList_Append;
    h->enter_nested = _PyEval_EnterNested;
    h->finish_nested = _PyEval_FinishNested;
    h->walk = _PyEval_WalkGoOn;
    h->push_cont = PyEval_PushCont;
    h->call_go_on = PyEval_CallGoOn;
    h->iter_next_go_on = PyEval_IterNextGoOn;
    h->then = PyEval_Then;
    h->get_builtins = PyEval_GetBuiltins;
    h->get_globals = PyEval_GetGlobals;
    h->get_locals = PyEval_GetLocals;
    h->frame_lineno = PyFrame_GetLineNumber;
    h->function_type = &PyFunction_Type;
    h->generator_type = &PyGen_Type;
    h->frame_type = &PyFrame_Type;
    h->traceback_type = &PyTraceBack_Type;
    h->file_type = &PyFile_Type;
    h->func_name = PyEval_GetFuncName;
    h->func_desc = PyEval_GetFuncDesc;
    h->import_module = PyImport_ImportModule;
    h->sys_get = PySys_GetObject;
    h->sys_set = PySys_SetObject;
    h->add_module = hook_add_module;
    h->file_write_object = PyFile_WriteObject;
    h->file_write_string = PyFile_WriteString;
    h->file_soft_space = PyFile_SoftSpace;
    h->file_write = _PyFile_Write;
    h->as_file_descriptor = PyObject_AsFileDescriptor;
    h->compile_string = hook_compile_string;
    h->compile_file = hook_compile_file;
    h->signal_handlers = _PySignal_HandlersGoOn;
    h->check_signals =
        _PySignal_RunNested; /* asked after EINTR: the host may hold what the loop has not seen */
    h->fetch_signals = _PySignal_Fetch;
    h->end_program = _PyMain_EndProgram;
    h->getenv = _PyEnviron_Get;
    h->source_line = _PyRun_SourceLine;
}

/* -- Types
 * ----------------------------------------------------------------------------------------------------------
 */

static PyTypeObject *const types[] = {
    &PyBaseObject_Type,
    &PyType_Type,
    &_PyWeakref_RefType,
    &PyBool_Type,
    &PyBaseString_Type,
    &PyString_Type,
    &PyByteArray_Type,
    &PyList_Type,
    &PyNone_Type,
    &PyNotImplemented_Type,
    &PySuper_Type,
    &PyRange_Type,
    &_PyRangeIter_Type,
    &PyDict_Type,
    &PySet_Type,
    &PyUnicode_Type,
    &PySlice_Type,
    &PyStaticMethod_Type,
    &PyComplex_Type,
    &PyFloat_Type,
    &PyBuffer_Type,
    &PyLong_Type,
    &PyInt_Type,
    &PyFrozenSet_Type,
    &PyProperty_Type,
    &PyMemoryView_Type,
    &PyTuple_Type,
    &PyEnum_Type,
    &PyReversed_Type,
    &PyCode_Type,
    &PyFrame_Type,
    &PyFunction_Type,
    &PyMethod_Type,
    &PyCFunction_Type,
    &PyClassMethod_Type,
    &PyClass_Type,
    &PyInstance_Type,
    &PyModule_Type,
    &PyTraceBack_Type,
    &PyCell_Type,
    &PyCallIter_Type,
    &PySeqIter_Type,
    &PyGetSetDescr_Type,
    &PyMemberDescr_Type,
    &PyWrapperDescr_Type,
    &PyMethodDescr_Type,
    &PyClassMethodDescr_Type,
    &PyMethodWrapper_Type,
    &PyDictProxy_Type,
    &PyFile_Type,
    &PyGen_Type,
    &PyEllipsis_Type,
    &PyCapsule_Type,
    &_PyWeakref_ProxyType,
    &_PyWeakref_CallableProxyType,
    &PyListIter_Type,
    &PyListRevIter_Type,
    &PyTupleIter_Type,
    &PyByteArrayIter_Type,
    &PyDictIterKey_Type,
    &PyDictIterValue_Type,
    &PyDictIterItem_Type,
    &PyDictKeys_Type,
    &PyDictItems_Type,
    &PyDictValues_Type,
};

static void ready_types(void)
{
    size_t i;

    for (i = 0; i < sizeof types / sizeof types[0]; i++)
        if (PyType_Ready(types[i]) < 0) {
            static char text[128];

            PyOS_snprintf(text, sizeof text, "Can't initialize '%s'", types[i]->tp_name);
            Py_FatalError(text);
        }
}

/* -- Hash secret
 * ------------------------------------------------------------------------------------------------------
 */

static void init_hash_secret(void)
{
    unsigned char *bytes = (unsigned char *)&_Py_HashSecret;
    const char *text = Py_GETENV("PYTHONHASHSEED");
    size_t i;

    memset(&_Py_HashSecret, 0, sizeof _Py_HashSecret);
    if (!Py_HashRandomizationFlag)
        return;
    if (text != NULL && text[0] != '\0' && strcmp(text, "random") != 0) {
        uint32_t x = (uint32_t)PyOS_strtoul(text, NULL, 10);

        for (i = 0; i < sizeof _Py_HashSecret; i++) {
            x = x * 214013 + 2531011;
            bytes[i] = (unsigned char)(x >> 16);
        }
    } else
        host_random(bytes, sizeof _Py_HashSecret);
}

/* -- Standard streams
 * ---------------------------------------------------------------------------------------------------
 */

static void make_standard_files(void)
{
    static const char *const names[] = {"stdin", "stdout", "stderr"};
    static const char *const shown[] = {"<stdin>", "<stdout>", "<stderr>"};
    static const char *const hidden[] = {"__stdin__", "__stdout__", "__stderr__"};
    const char *io = Py_GETENV("PYTHONIOENCODING");
    char encoding[128] = "", *errors = NULL;
    int i;

    if (io != NULL && io[0] != '\0') {
        PyOS_snprintf(encoding, sizeof encoding, "%s", io);
        errors = strchr(encoding, ':');
        if (errors != NULL)
            *errors++ = '\0';
        if (errors != NULL && *errors == '\0')
            errors = NULL;
    }
    for (i = 0; i < 3; i++) {
        int bufsize = i == 2 || (_Py_Main.unbuffered && i > 0) ? 0 : -1;
        PyObject *f = PyFile_FromFd(i, shown[i], i == 0 ? "r" : "w", bufsize);

        if (f == NULL) { /* a directory as stdin and the like */
            PyErr_Clear();
            PySys_SetObject(names[i], Py_None);
            PySys_SetObject(hidden[i], Py_None);
            continue;
        }
        ((PyFileObject *)f)->f_keep_fd = 1;
        if (_Py_Main.unbuffered == 0 && Py_InteractiveFlag && i == 1)
            ((PyFileObject *)f)->f_line_buffered = 1;
        if (encoding[0] != '\0')
            PyFile_SetEncodingAndErrors(f, encoding, errors);
        else if (host_isatty(i) == 1)
            PyFile_SetEncodingAndErrors(f, "UTF-8", errors);
        PySys_SetObject(names[i], f);
        PySys_SetObject(hidden[i], f);
        standard_files[i] = f;
    }
}

/* Descriptors 0 to 2 are other files now: nothing is kept of the old objects, which have written
 * nothing. */
void _PyMain_ThawFiles(void)
{
    int i;

    for (i = 0; i < 3; i++)
        Py_CLEAR(standard_files[i]);
    make_standard_files();
}

/* -- Start-up
 * -----------------------------------------------------------------------------------------------------------
 */

PyObject *_PyMain_MainDict(void)
{
    PyObject *m = PyImport_AddModule("__main__");

    if (m == NULL)
        Py_FatalError("can't create __main__ module");
    return PyModule_GetDict(m);
}

static void init_main_module(void)
{
    PyObject *d = _PyMain_MainDict();

    if (PyDict_GetItemString(d, "__builtins__") == NULL) {
        PyObject *b = PyDict_GetItemString(PyImport_GetModuleDict(), "__builtin__");

        if (b == NULL || PyDict_SetItemString(d, "__builtins__", b) < 0)
            Py_FatalError("can't add __builtins__ to __main__");
    }
}

void _PyMain_Initialize(void)
{
    PyInterpreterState *interp;
    PyThreadState *tstate;
    PyObject *builtins, *sys, *d;

    if (initialized)
        return;
    initialized = 1;
    init_hash_secret();
    interp = PyInterpreterState_New();
    tstate = interp == NULL ? NULL : PyThreadState_New(interp);
    if (tstate == NULL)
        Py_FatalError("Py_Initialize: can't make first thread");
    PyThreadState_Swap(tstate);
    ready_types();
    if (_PyInt_Init() < 0 || _PyFloat_Init() < 0 || _PyString_Init() < 0 || _PyUnicode_Init() < 0)
        Py_FatalError("Py_Initialize: can't init the basic types");
    interp->modules = PyDict_New();
    if (interp->modules == NULL)
        Py_FatalError("Py_Initialize: can't make modules dictionary");
    builtins = _PyBuiltin_Init();
    if (builtins == NULL)
        Py_FatalError("Py_Initialize: can't initialize __builtin__");
    interp->builtins = PyModule_GetDict(builtins);
    Py_INCREF(interp->builtins);
    _PyMain_AddWarnings();
    sys = _PySys_Init();
    if (sys == NULL)
        Py_FatalError("Py_Initialize: can't initialize sys");
    interp->sysdict = PyModule_GetDict(sys);
    Py_INCREF(interp->sysdict);
    PySys_SetPath(Py_GetPath());
    PyDict_SetItemString(interp->sysdict, "modules", interp->modules);
    _PyImport_Init();
    if (_PyExc_Init(interp->builtins) < 0)
        Py_FatalError("Py_Initialize: can't initialize exceptions");
    _PyImport_SaveExtension("exceptions");
    _PyImport_SaveExtension("__builtin__");
    _PyImport_SaveExtension("sys");
    make_standard_files();
    _PyImportHooks_Init();
    if (_PySignal_Init() < 0)
        Py_FatalError("Py_Initialize: can't import signal");
    _PyWarnings_Init();
    init_main_module();
    d = _PyMain_MainDict();
    (void)d;
    if (PyErr_Occurred()) {
        PyErr_Print();
        Py_FatalError("Py_Initialize: an exception was left");
    }
}

void Py_InitializeEx(int signals)
{
    _PyMain_FillHooks();
    _PyMain_Initialize();
}

void Py_Initialize(void)
{
    Py_InitializeEx(1);
}

int Py_IsInitialized(void)
{
    return initialized;
}

/* -- Shut-down
 * ------------------------------------------------------------------------------------------------------------
 */

static const char *const sys_deletes[] = {
    "path",
    "argv",
    "ps1",
    "ps2",
    "exitfunc",
    "exc_type",
    "exc_value",
    "exc_traceback",
    "last_type",
    "last_value",
    "last_traceback",
    "path_hooks",
    "path_importer_cache",
    "meta_path",
    "flags",
    "float_info",
};

static const char *const sys_files[] = {
    "stdin", "__stdin__", "stdout", "__stdout__", "stderr", "__stderr__",
};

static void clear_module(PyObject *modules, PyObject *name, PyObject *m)
{
    if (Py_VerboseFlag && PyString_Check(name))
        PySys_WriteStderr("# cleanup %s\n", PyString_AS_STRING(name));
    _PyModule_Clear(m);
    PyDict_SetItem(modules, name, Py_None);
}

static int is_named(PyObject *key, const char *name)
{
    return strcmp(PyString_AS_STRING(key), name) == 0;
}

static int is_last_module(PyObject *key)
{
    return is_named(key, "__builtin__") || is_named(key, "sys");
}

/* Modules go in rounds: first those nobody else holds, since nothing can miss them; then the rest.
 */
static void clear_modules(PyObject *modules)
{
    PyObject *key, *value;
    Py_ssize_t pos, done;

    do {
        done = 0;
        pos = 0;
        while (PyDict_Next(modules, &pos, &key, &value)) {
            if (value->ob_refcnt != 1 || !PyString_Check(key) || !PyModule_Check(value) ||
                is_last_module(key))
                continue;
            Py_INCREF(key);
            Py_INCREF(value);
            clear_module(modules, key, value);
            Py_DECREF(value);
            Py_DECREF(key);
            done++;
        }
    } while (done > 0);
    pos = 0;
    while (PyDict_Next(modules, &pos, &key, &value)) {
        if (!PyString_Check(key) || !PyModule_Check(value) || is_last_module(key))
            continue;
        Py_INCREF(key);
        Py_INCREF(value);
        clear_module(modules, key, value);
        Py_DECREF(value);
        Py_DECREF(key);
    }
}

static void clean_import(void)
{
    PyInterpreterState *interp = PyThreadState_GET()->interp;
    PyObject *modules = interp->modules, *m, *d;
    size_t i;

    if (modules == NULL)
        return;
    m = PyDict_GetItemString(modules, "__builtin__");
    if (m != NULL && PyModule_Check(m))
        PyDict_SetItemString(PyModule_GetDict(m), "_", Py_None);
    m = PyDict_GetItemString(modules, "sys");
    if (m != NULL && PyModule_Check(m)) {
        d = PyModule_GetDict(m);
        for (i = 0; i < sizeof sys_deletes / sizeof sys_deletes[0]; i++)
            PyDict_SetItemString(d, sys_deletes[i], Py_None);
        for (i = 0; i < sizeof sys_files / sizeof sys_files[0]; i += 2) {
            PyObject *v = PyDict_GetItemString(d, sys_files[i + 1]);

            PyDict_SetItemString(d, sys_files[i], v ? v : Py_None);
        }
    }
    m = PyDict_GetItemString(modules, "__main__");
    if (m != NULL && PyModule_Check(m)) {
        PyObject *name = PyString_FromString("__main__");

        Py_INCREF(m);
        if (name != NULL)
            clear_module(modules, name, m);
        Py_DECREF(m);
        Py_XDECREF(name);
    }
    clear_modules(modules);
    m = PyDict_GetItemString(modules, "sys");
    if (m != NULL && PyModule_Check(m)) {
        Py_INCREF(m);
        _PyModule_Clear(m);
        PyDict_SetItemString(modules, "sys", Py_None);
        Py_DECREF(m);
    }
    m = PyDict_GetItemString(modules, "__builtin__");
    if (m != NULL && PyModule_Check(m)) {
        Py_INCREF(m);
        _PyModule_Clear(m);
        PyDict_SetItemString(modules, "__builtin__", Py_None);
        Py_DECREF(m);
    }
    PyDict_Clear(modules);
    Py_CLEAR(interp->modules);
}

/* The last words of the standard streams, when sys is gone. */
static void drop_standard_files(void)
{
    int i;

    for (i = 0; i < 3; i++) {
        PyFileObject *f = (PyFileObject *)standard_files[i];

        if (f == NULL)
            continue;
        if (f->f_fd >= 0 && _PyFile_CloseFd(f) != 0)
            _PyMain_Write(2, "close failed in file object destructor:\nsys.excepthook is "
                             "missing\nlost sys.stderr\n");
        Py_CLEAR(standard_files[i]);
    }
}

void _PyMain_Finalize(void)
{
    PyThreadState *tstate = PyThreadState_GET();
    PyInterpreterState *interp;

    if (!initialized || tstate == NULL)
        return;
    initialized = 0;
    PyThread_StopOthers();
    interp = tstate->interp;
    _PySignal_Fini();
    PyType_ClearCache();
    PyGC_Collect();
    clean_import();
    PyGC_Collect(); /* what module teardown left in cycles; nothing of it can run Python code
                       usefully any more */
    _PyImport_ForgetExtensions();
    PyErr_Clear();
    Py_CLEAR(interp->sysdict);
    drop_standard_files();
    _PyFile_FlushAll();
}

void Py_Finalize(void)
{
    _PyMain_Finalize();
}
