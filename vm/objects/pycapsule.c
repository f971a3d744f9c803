/* SPDX-License-Identifier: MIT */
/* Capsules. Invariant: a capsule's pointer is never NULL and comes out only under the name it went
 * in. */
#include "Python.h"

typedef struct {
    PyObject_HEAD void *pointer;
    const char *name;
    void *context;
    PyCapsule_Destructor destructor;
} PyCapsule;

static int legal(PyObject *o, const char *what)
{
    if (o != NULL && PyCapsule_CheckExact(o) && ((PyCapsule *)o)->pointer != NULL)
        return 1;
    PyErr_Format(PyExc_ValueError, "PyCapsule_%s called with invalid PyCapsule object", what);
    return 0;
}

static int same_name(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

PyObject *PyCapsule_New(void *pointer, const char *name, PyCapsule_Destructor destructor)
{
    if (pointer == NULL) {
        PyErr_SetString(PyExc_ValueError, "PyCapsule_New called with null pointer");
        return NULL;
    }
    PyCapsule *capsule = PyObject_New(PyCapsule, &PyCapsule_Type);
    if (capsule == NULL)
        return NULL;
    capsule->pointer = pointer;
    capsule->name = name;
    capsule->context = NULL;
    capsule->destructor = destructor;
    return (PyObject *)capsule;
}

int PyCapsule_IsValid(PyObject *o, const char *name)
{
    return o != NULL && PyCapsule_CheckExact(o) && ((PyCapsule *)o)->pointer != NULL &&
           same_name(((PyCapsule *)o)->name, name);
}

void *PyCapsule_GetPointer(PyObject *o, const char *name)
{
    if (!legal(o, "GetPointer"))
        return NULL;
    if (!same_name(name, ((PyCapsule *)o)->name)) {
        PyErr_SetString(PyExc_ValueError, "PyCapsule_GetPointer called with incorrect name");
        return NULL;
    }
    return ((PyCapsule *)o)->pointer;
}

const char *PyCapsule_GetName(PyObject *o)
{
    return legal(o, "GetName") ? ((PyCapsule *)o)->name : NULL;
}

void *PyCapsule_GetContext(PyObject *o)
{
    return legal(o, "GetContext") ? ((PyCapsule *)o)->context : NULL;
}

int PyCapsule_SetContext(PyObject *o, void *context)
{
    if (!legal(o, "SetContext"))
        return -1;
    ((PyCapsule *)o)->context = context;
    return 0;
}

void *PyCapsule_Import(const char *name, int no_block)
{
    PyObject *object = NULL;
    void *result = NULL;
    Py_ssize_t n = (Py_ssize_t)strlen(name) + 1;
    char *copy = PyMem_Malloc(n);
    if (copy == NULL)
        return NULL;
    memcpy(copy, name, (size_t)n);
    for (char *trace = copy; trace != NULL;) {
        char *dot = strchr(trace, '.');
        if (dot != NULL)
            *dot++ = '\0';
        if (object == NULL) {
            object = _PyHooks.import_module(trace);
        } else {
            PyObject *attr = PyObject_GetAttrString(object, trace);
            Py_DECREF(object);
            object = attr;
        }
        if (object == NULL)
            goto done;
        trace = dot;
    }
    if (PyCapsule_IsValid(object, name))
        result = ((PyCapsule *)object)->pointer;
    else
        PyErr_Format(PyExc_AttributeError, "PyCapsule_Import \"%s\" is not valid", name);
done:
    Py_XDECREF(object);
    PyMem_Free(copy);
    return result;
}

static void capsule_dealloc(PyObject *o)
{
    PyCapsule *capsule = (PyCapsule *)o;
    if (capsule->destructor != NULL)
        capsule->destructor(o);
    PyObject_Free(o);
}

static PyObject *capsule_repr(PyObject *o)
{
    const char *name = ((PyCapsule *)o)->name, *quote = name != NULL ? "\"" : "";
    return PyString_FromFormat("<capsule object %s%s%s at %p>", quote, name != NULL ? name : "NULL",
                               quote, (void *)o);
}

PyTypeObject PyCapsule_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "PyCapsule",
    .tp_basicsize = sizeof(PyCapsule),
    .tp_x64_basicsize = 48,
    .tp_dealloc = capsule_dealloc,
    .tp_repr = capsule_repr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "Capsule objects let built-in modules hand C pointers to each other under a name.",
};
