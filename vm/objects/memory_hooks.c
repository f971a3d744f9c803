/* SPDX-License-Identifier: MIT */
/* What the memory layer calls upwards: see _PyMemoryHooks in objimpl.h. */
#include "Python.h"
#include <time.h>

static int error_occurred(void)
{
    return _PyThreadState_Current != NULL && PyErr_Occurred() != NULL;
}

static void no_memory(void)
{
    PyErr_NoMemory();
}

static void bad_internal(void)
{
    PyErr_BadInternalCall();
}

static int has_finalizer(PyObject *op)
{
    static PyObject *name;

    if (PyInstance_Check(op)) {
        if (name == NULL && (name = PyString_InternFromString("__del__")) == NULL) {
            PyErr_Clear();
            return 1;
        }
        return _PyInstance_Lookup(op, name) != NULL;
    }
    if (PyType_HasFeature(Py_TYPE(op), Py_TPFLAGS_HEAPTYPE))
        return Py_TYPE(op)->tp_del != NULL;
    if (Py_TYPE(op) == _PyHooks.generator_type)
        return _PyHooks.has_finalizer == NULL || _PyHooks.has_finalizer(op);
    return 0;
}

static int is_weakref(PyObject *op)
{
    return PyWeakref_Check(op);
}

static void clear_weakref(PyObject *ref)
{
    _PyWeakref_ClearRef((PyWeakReference *)ref);
}

static void call_weakref(PyObject *ref)
{
    PyObject *callback = ((PyWeakReference *)ref)->wr_callback;
    PyObject *result;

    Py_INCREF(callback);
    result = PyObject_CallFunctionObjArgs(callback, ref, NULL);
    if (result == NULL)
        PyErr_WriteUnraisable(callback);
    else
        Py_DECREF(result);
    Py_DECREF(callback);
}

static int keep_garbage(PyObject *op)
{
    if (_PyGC.garbage == NULL && (_PyGC.garbage = PyList_New(0)) == NULL)
        return -1;
    return PyList_Append(_PyGC.garbage, op);
}

static void unexpected(void)
{
    PyObject *where = PyString_FromString("garbage collection");
    PyErr_WriteUnraisable(where);
    Py_XDECREF(where);
    PyErr_Clear();
}

static void clear_free_lists(void)
{
    PyMethod_ClearFreeList();
    PyCFunction_ClearFreeList();
    PyTuple_ClearFreeList();
    PyUnicode_ClearFreeList();
    PyInt_ClearFreeList();
    PyFloat_ClearFreeList();
}

static void write_stderr(const char *text)
{
    PyObject *type, *value, *tb, *file;

    PyErr_Fetch(&type, &value, &tb);
    file = _PyHooks.sys_get != NULL ? _PyHooks.sys_get("stderr") : NULL;
    if (file != NULL && _PyHooks.file_write_string != NULL) {
        Py_INCREF(file);
        if (_PyHooks.file_write_string(text, file) < 0)
            PyErr_Clear();
        Py_DECREF(file);
    }
    PyErr_Restore(type, value, tb);
}

static void debug_cycle(const char *kind, PyObject *op)
{
    char line[300];

    if ((_PyGC.debug & _PyGC_DEBUG_INSTANCES) && PyInstance_Check(op)) {
        PyInstanceObject *inst = (PyInstanceObject *)op;
        PyObject *name = inst->in_class != NULL ? inst->in_class->cl_name : NULL;
        PyOS_snprintf(line, sizeof line, "gc: %.100s <%.100s instance at %p>\n", kind,
                      name != NULL && PyString_Check(name) ? PyString_AS_STRING(name) : "?",
                      (void *)op);
    } else if (_PyGC.debug & _PyGC_DEBUG_OBJECTS) {
        PyOS_snprintf(line, sizeof line, "gc: %.100s <%.100s %p>\n", kind, Py_TYPE(op)->tp_name,
                      (void *)op);
    } else {
        return;
    }
    write_stderr(line);
}

static clock_t started;

static void debug_start(int generation)
{
    char line[200];
    int n;

    PyOS_snprintf(line, sizeof line, "gc: collecting generation %d...\n", generation);
    write_stderr(line);
    n = PyOS_snprintf(line, sizeof line, "gc: objects in each generation:");
    for (int i = 0; i < 3; i++) {
        Py_ssize_t count = 0;
        PyGC_Head *head = &_PyGC.generations[i].head;
        for (PyGC_Head *g = head->gc.gc_next; g != head; g = g->gc.gc_next)
            count++;
        n += PyOS_snprintf(line + n, sizeof line - (size_t)n, " %zd", count);
    }
    write_stderr(line);
    write_stderr("\n");
    started = clock();
}

static void debug_done(Py_ssize_t unreachable, Py_ssize_t uncollectable)
{
    char line[200];

    double elapsed = (double)(clock() - started) / CLOCKS_PER_SEC;
    if (unreachable == 0)
        PyOS_snprintf(line, sizeof line, "gc: done, %.4fs elapsed.\n", elapsed);
    else
        PyOS_snprintf(line, sizeof line,
                      "gc: done, %zd unreachable, %zd uncollectable, %.4fs elapsed.\n", unreachable,
                      uncollectable, elapsed);
    write_stderr(line);
}

void _PyMemory_InstallHooks(void)
{
    _PyMemoryHooks = (_PyMemoryHooksTable){
        .tuple_type = &PyTuple_Type,
        .dict_type = &PyDict_Type,
        .untrack_tuple = _PyTuple_MaybeUntrack,
        .untrack_dict = _PyDict_MaybeUntrack,
        .error_occurred = error_occurred,
        .no_memory = no_memory,
        .bad_internal = bad_internal,
        .has_finalizer = has_finalizer,
        .is_weakref = is_weakref,
        .clear_weakref = clear_weakref,
        .call_weakref = call_weakref,
        .keep_garbage = keep_garbage,
        .unexpected = unexpected,
        .clear_free_lists = clear_free_lists,
        .debug_cycle = debug_cycle,
        .debug_start = debug_start,
        .debug_done = debug_done,
    };
}
