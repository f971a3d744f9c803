/* SPDX-License-Identifier: MIT */
/* module: a named dict. Invariant: clearing at shut-down goes in two passes, private names first,
 * and never removes __builtins__, so that functions that outlive their module still find builtins.
 */
#include "Python.h"

static PyMemberDef module_members[] = {
    {"__dict__", T_OBJECT, offsetof(PyModuleObject, md_dict), READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};

PyObject *PyModule_New(const char *name)
{
    PyModuleObject *m = PyObject_GC_New(PyModuleObject, &PyModule_Type);
    if (m == NULL)
        return NULL;
    PyObject *nameobj = PyString_FromString(name);
    m->md_dict = PyDict_New();
    if (m->md_dict == NULL || nameobj == NULL)
        goto fail;
    if (PyDict_SetItemString(m->md_dict, "__name__", nameobj) < 0 ||
        PyDict_SetItemString(m->md_dict, "__doc__", Py_None) < 0 ||
        PyDict_SetItemString(m->md_dict, "__package__", Py_None) < 0)
        goto fail;
    Py_DECREF(nameobj);
    PyObject_GC_Track(m);
    return (PyObject *)m;
fail:
    Py_XDECREF(nameobj);
    PyObject_GC_Track(m);
    Py_DECREF(m);
    return NULL;
}

PyObject *PyModule_GetDict(PyObject *m)
{
    if (!PyModule_Check(m)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    PyModuleObject *mod = (PyModuleObject *)m;
    if (mod->md_dict == NULL)
        mod->md_dict = PyDict_New();
    return mod->md_dict;
}

static char *string_entry(PyObject *m, const char *key, const char *message)
{
    if (!PyModule_Check(m)) {
        PyErr_BadArgument();
        return NULL;
    }
    PyObject *d = ((PyModuleObject *)m)->md_dict;
    PyObject *s = d == NULL ? NULL : PyDict_GetItemString(d, key);
    if (s == NULL || !PyString_Check(s)) {
        PyErr_SetString(PyExc_SystemError, message);
        return NULL;
    }
    return PyString_AS_STRING(s);
}

char *PyModule_GetName(PyObject *m)
{
    return string_entry(m, "__name__", "nameless module");
}

char *PyModule_GetFilename(PyObject *m)
{
    return string_entry(m, "__file__", "module filename missing");
}

void _PyModule_Clear(PyObject *m)
{
    Py_ssize_t pos;
    PyObject *key, *value, *d = ((PyModuleObject *)m)->md_dict;
    if (d == NULL)
        return;
    for (int pass = 0; pass < 2; pass++) {
        pos = 0;
        while (PyDict_Next(d, &pos, &key, &value)) {
            if (value == Py_None || !PyString_Check(key))
                continue;
            const char *s = PyString_AS_STRING(key);
            int private_name = s[0] == '_' && s[1] != '_';
            if (pass == 0 ? private_name : (s[0] != '_' || strcmp(s, "__builtins__") != 0)) {
                if (PyDict_SetItem(d, key, Py_None) != 0)
                    PyErr_Clear();
            }
        }
    }
}

static int module_init(PyObject *self, PyObject *args, PyObject *kwds)
{
    static char *kwlist[] = {"name", "doc", NULL};
    PyModuleObject *m = (PyModuleObject *)self;
    PyObject *name = NULL, *doc = Py_None;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "S|O:module.__init__", kwlist, &name, &doc))
        return -1;
    if (m->md_dict == NULL && (m->md_dict = PyDict_New()) == NULL)
        return -1;
    if (PyDict_SetItemString(m->md_dict, "__name__", name) < 0)
        return -1;
    return PyDict_SetItemString(m->md_dict, "__doc__", doc);
}

static void module_dealloc(PyObject *self)
{
    PyModuleObject *m = (PyModuleObject *)self;
    PyObject_GC_UnTrack(m);
    if (m->md_dict != NULL) {
        /* Even if others hold the dict: what the module made must go with it. */
        _PyModule_Clear(self);
        Py_DECREF(m->md_dict);
    }
    Py_TYPE(self)->tp_free(self);
}

static PyObject *module_repr(PyObject *m)
{
    const char *name = PyModule_GetName(m);
    if (name == NULL) {
        PyErr_Clear();
        name = "?";
    }
    const char *filename = PyModule_GetFilename(m);
    if (filename == NULL) {
        PyErr_Clear();
        return PyString_FromFormat("<module '%s' (built-in)>", name);
    }
    return PyString_FromFormat("<module '%s' from '%s'>", name, filename);
}

static int module_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(((PyModuleObject *)self)->md_dict);
    return 0;
}

PyTypeObject PyModule_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "module",
    .tp_basicsize = sizeof(PyModuleObject),
    .tp_x64_basicsize = 24,
    .tp_dealloc = module_dealloc,
    .tp_repr = module_repr,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_setattro = PyObject_GenericSetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .tp_doc = "module(name[, doc])\n\nCreate a module object.\n"
              "The name must be a string; the optional doc argument can have any type.",
    .tp_traverse = module_traverse,
    .tp_members = module_members,
    .tp_dictoffset = offsetof(PyModuleObject, md_dict),
    .tp_init = module_init,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = PyType_GenericNew,
    .tp_free = PyObject_GC_Del,
};
