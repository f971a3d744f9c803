/* SPDX-License-Identifier: MIT */
/* The module cPickle: exceptions, functions, and the tables it shares with copy_reg. The work is in
 * cpickle_save.c and cpickle_load.c. */
#include "cpickle.h"

PyObject *cPickle_PickleError, *cPickle_PicklingError, *cPickle_UnpicklingError,
    *cPickle_UnpickleableError, *cPickle_BadPickleGet;
PyObject *cPickle_dispatch_table, *cPickle_extension_registry, *cPickle_inverted_registry,
    *cPickle_extension_cache;

/* dump(obj, file, protocol=0) -- Write an object in pickle format to the given file. */
static PyObject *cpickle_dump(PyObject *self, PyObject *args, PyObject *kw)
{
    static char *kwlist[] = {"obj", "file", "protocol", NULL};
    PyObject *ob, *file;
    int proto = 0;
    if (!PyArg_ParseTupleAndKeywords(args, kw, "OO|i", kwlist, &ob, &file, &proto))
        return NULL;
    return cPickle_Dump(ob, file, proto);
}

/* dumps(obj, protocol=0) -- Return a string containing an object in pickle format. */
static PyObject *cpickle_dumps(PyObject *self, PyObject *args, PyObject *kw)
{
    static char *kwlist[] = {"obj", "protocol", NULL};
    PyObject *ob;
    int proto = 0;
    if (!PyArg_ParseTupleAndKeywords(args, kw, "O|i:dumps", kwlist, &ob, &proto))
        return NULL;
    return cPickle_Dump(ob, NULL, proto);
}

static PyObject *load_with(PyObject *unpickler)
{
    if (unpickler == NULL)
        return NULL;
    PyObject *r = cPickle_Load(unpickler);
    Py_DECREF(unpickler);
    return r;
}

/* load(file) -- Load a pickle from the given file */
static PyObject *cpickle_load(PyObject *self, PyObject *file)
{
    return load_with(cPickle_NewUnpickler(file, NULL));
}

/* loads(string) -- Load a pickle from the given string */
static PyObject *cpickle_loads(PyObject *self, PyObject *args)
{
    PyObject *s;
    if (!PyArg_ParseTuple(args, "S:loads", &s))
        return NULL;
    return load_with(cPickle_NewUnpickler(NULL, s));
}

/* Pickler(file, protocol=0) -- Create a pickler. */
static PyObject *cpickle_pickler(PyObject *self, PyObject *args, PyObject *kw)
{
    static char *kwlist[] = {"file", "protocol", NULL};
    PyObject *file = NULL;
    int proto = 0;
    /* Called with just a number: a pickler without a file. */
    if (!PyArg_ParseTuple(args, "|i:Pickler", &proto)) {
        PyErr_Clear();
        proto = 0;
        if (!PyArg_ParseTupleAndKeywords(args, kw, "O|i:Pickler", kwlist, &file, &proto))
            return NULL;
    }
    return cPickle_NewPickler(file, proto);
}

/* Unpickler(file) -- Create an unpickler. */
static PyObject *cpickle_unpickler(PyObject *self, PyObject *file)
{
    return cPickle_NewUnpickler(file, NULL);
}

static PyMethodDef cpickle_methods[] = {
    {"dump", PyCFunction_CAST(cpickle_dump), METH_VARARGS | METH_KEYWORDS,
     "dump(obj, file, protocol=0) -- Write an object in pickle format to the given file."},
    {"dumps", PyCFunction_CAST(cpickle_dumps), METH_VARARGS | METH_KEYWORDS,
     "dumps(obj, protocol=0) -- Return a string containing an object in pickle format."},
    {"load", cpickle_load, METH_O, "load(file) -- Load a pickle from the given file"},
    {"loads", cpickle_loads, METH_VARARGS, "loads(string) -- Load a pickle from the given string"},
    {"Pickler", PyCFunction_CAST(cpickle_pickler), METH_VARARGS | METH_KEYWORDS,
     "Pickler(file, protocol=0) -- Create a pickler."},
    {"Unpickler", cpickle_unpickler, METH_O, "Unpickler(file) -- Create an unpickler."},
    {NULL, NULL, 0, NULL}};

static PyObject *new_error(PyObject *m, const char *name, PyObject *base, PyObject *dict)
{
    char full[64];
    PyOS_snprintf(full, sizeof full, "cPickle.%s", name);
    PyObject *e = PyErr_NewException(full, base, dict);
    if (e != NULL) {
        Py_INCREF(e);
        PyModule_AddObject(m, name, e);
    }
    return e;
}

static int read_copy_reg(void)
{
    PyObject *copy_reg = PyImport_ImportModule("copy_reg");
    if (copy_reg == NULL)
        return -1;
    cPickle_dispatch_table = PyObject_GetAttrString(copy_reg, "dispatch_table");
    cPickle_extension_registry = PyObject_GetAttrString(copy_reg, "_extension_registry");
    cPickle_inverted_registry = PyObject_GetAttrString(copy_reg, "_inverted_registry");
    cPickle_extension_cache = PyObject_GetAttrString(copy_reg, "_extension_cache");
    Py_DECREF(copy_reg);
    return cPickle_dispatch_table && cPickle_extension_registry && cPickle_inverted_registry &&
                   cPickle_extension_cache
               ? 0
               : -1;
}

/* A dict with the __str__ that the text defines. */
static PyObject *class_dict(const char *text)
{
    PyObject *dict = PyDict_New(), *code = NULL, *r = NULL;
    if (dict != NULL && PyDict_SetItemString(dict, "__builtins__", PyEval_GetBuiltins()) == 0)
        code = Py_CompileString(text, "<string>", Py_file_input);
    if (code != NULL)
        r = PyEval_EvalCode((PyCodeObject *)code, dict, dict);
    Py_XDECREF(code);
    if (r == NULL || PyDict_DelItemString(dict, "__builtins__") < 0)
        Py_CLEAR(dict);
    Py_XDECREF(r);
    return dict;
}

void initcPickle(void)
{
    PyObject *m = Py_InitModule3("cPickle", cpickle_methods,
                                 "C implementation and optimization of the Python pickle module.");
    if (m == NULL || read_copy_reg() < 0)
        return;
    PyObject *d = PyModule_GetDict(m);
    PyObject *init = class_dict(
        "def __str__(self):\n  return self.args and ('%s' % self.args[0]) or '(what)'\n");
    if (init == NULL)
        return;
    cPickle_PickleError = new_error(m, "PickleError", NULL, init);
    Py_DECREF(init);
    cPickle_PicklingError = new_error(m, "PicklingError", cPickle_PickleError, NULL);
    init = class_dict("def __str__(self):\n  a = self.args\n  a = a and type(a[0]) or '(what)'\n"
                      "  return 'Cannot pickle %s objects' % a\n");
    if (init == NULL)
        return;
    cPickle_UnpickleableError = new_error(m, "UnpickleableError", cPickle_PicklingError, init);
    Py_DECREF(init);
    cPickle_UnpicklingError = new_error(m, "UnpicklingError", cPickle_PickleError, NULL);
    cPickle_BadPickleGet = new_error(m, "BadPickleGet", cPickle_UnpicklingError, NULL);
    PyModule_AddStringConstant(m, "__version__", "1.71");
    PyModule_AddStringConstant(m, "format_version", "2.0");
    PyModule_AddIntConstant(m, "HIGHEST_PROTOCOL", HIGHEST_PROTOCOL);
    PyModule_AddObject(m, "compatible_formats",
                       Py_BuildValue("[sssss]", "1.0", "1.1", "1.2", "1.3", "2.0"));
    if (PyType_Ready(&cPickle_PicklerType) < 0 || PyType_Ready(&cPickle_UnpicklerType) < 0)
        return;
    PyDict_SetItemString(d, "PicklerType", (PyObject *)&cPickle_PicklerType);
    PyDict_SetItemString(d, "UnpicklerType", (PyObject *)&cPickle_UnpicklerType);
}
