/* SPDX-License-Identifier: MIT */
/*
 * The AST as Python objects: one type for each constructor, made from the tables that gen_ast.mjs
 * wrote. Instances carry their fields as plain attributes, so programs may build any tree they
 * like.
 */
#include "syntax/astobject.h"

static PyObject *base_type_names(const ast_field *fields, int n)
{
    PyObject *names = PyTuple_New(n);
    int i;

    for (i = 0; names != NULL && i < n; i++) {
        PyObject *name = PyString_InternFromString(fields[i].name);
        if (name == NULL)
            Py_CLEAR(names);
        else
            PyTuple_SET_ITEM(names, i, name);
    }
    return names;
}

/* --- The base type, AST ----------------------------------------------------------------------- */

static int set_positional(PyObject *self, PyObject *fields, PyObject *args)
{
    Py_ssize_t i, given = PyTuple_GET_SIZE(args), expected = 0;

    if (fields != NULL) {
        expected = PySequence_Size(fields);
        if (expected < 0)
            return -1;
    }
    if (given == 0)
        return 0;
    if (given != expected) {
        PyErr_Format(PyExc_TypeError, "%.400s constructor takes %s%zd positional argument%s",
                     Py_TYPE(self)->tp_name, expected == 0 ? "" : "either 0 or ", expected,
                     expected == 1 ? "" : "s");
        return -1;
    }
    for (i = 0; i < given; i++) {
        PyObject *name = PySequence_GetItem(fields, i);
        int result;
        if (name == NULL)
            return -1;
        result = PyObject_SetAttr(self, name, PyTuple_GET_ITEM(args, i));
        Py_DECREF(name);
        if (result < 0)
            return -1;
    }
    return 0;
}

static int ast_init(PyObject *self, PyObject *args, PyObject *kwargs)
{
    PyObject *fields = PyObject_GetAttrString((PyObject *)Py_TYPE(self), "_fields"), *key, *value;
    Py_ssize_t pos = 0;
    int result;

    if (fields == NULL)
        PyErr_Clear();
    result = set_positional(self, fields, args);
    Py_XDECREF(fields);
    while (result == 0 && kwargs != NULL && PyDict_Next(kwargs, &pos, &key, &value))
        result = PyObject_SetAttr(self, key, value);
    return result;
}

static PyObject *ast_reduce(PyObject *self, PyObject *unused)
{
    PyObject *dict = PyObject_GetAttrString(self, "__dict__");

    if (dict == NULL) {
        if (!PyErr_ExceptionMatches(PyExc_AttributeError))
            return NULL;
        PyErr_Clear();
        return Py_BuildValue("O()", Py_TYPE(self));
    }
    return Py_BuildValue("O()N", Py_TYPE(self), dict);
}

static PyMethodDef ast_methods[] = {
    {"__reduce__", ast_reduce, METH_NOARGS, NULL},
    {NULL},
};

PyTypeObject _PyAST_BaseType = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "_ast.AST",
    .tp_basicsize = sizeof(PyObject),
    .tp_x64_basicsize = 16,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_setattro = PyObject_GenericSetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_methods = ast_methods,
    .tp_init = ast_init,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = PyType_GenericNew,
    .tp_free = PyObject_Del,
};

/* --- The other types ---------------------------------------------------------------------------
 */

static PyObject *sum_types[AST_NTYPES]; /* stmt, expr, ...; NULL for records */
static PyObject **constructor_types;    /* by number of the constructor */
static PyObject **enum_values;          /* the one instance of each enum's constructor */

static PyObject *make_type(const char *name, PyObject *base, const ast_field *fields, int nfields)
{
    PyObject *names = base_type_names(fields, nfields), *type;

    if (names == NULL)
        return NULL;
    type = PyObject_CallFunction((PyObject *)&PyType_Type, "s(O){sOss}", name, base, "_fields",
                                 names, "__module__", "_ast");
    Py_DECREF(names);
    return type;
}

static int set_attributes(PyObject *type, const ast_field *attributes, int n)
{
    PyObject *names = base_type_names(attributes, n);
    int result;

    if (names == NULL)
        return -1;
    result = PyObject_SetAttrString(type, "_attributes", names);
    Py_DECREF(names);
    return result;
}

static int make_base_type(void)
{
    PyObject *empty;
    int result = -1;

    if (PyType_Ready(&_PyAST_BaseType) < 0)
        return -1;
    empty = PyTuple_New(0);
    if (empty != NULL) {
        PyObject *dict = _PyAST_BaseType.tp_dict;
        result = PyDict_SetItemString(dict, "_fields", empty);
        if (result == 0)
            result = PyDict_SetItemString(dict, "_attributes", empty);
        Py_DECREF(empty);
    }
    return result;
}

static int make_types(void)
{
    int t, k;

    if (constructor_types != NULL)
        return 0;
    if (make_base_type() < 0)
        return -1;
    constructor_types = PyMem_Calloc(_PyAST_NConstructors, (Py_ssize_t)sizeof(PyObject *));
    enum_values = PyMem_Calloc(_PyAST_NConstructors, (Py_ssize_t)sizeof(PyObject *));
    if (constructor_types == NULL || enum_values == NULL) {
        PyErr_NoMemory();
        goto fail;
    }
    for (t = 0; t < AST_NTYPES; t++) {
        const ast_type *type = &_PyAST_Types[t];
        PyObject *base = (PyObject *)&_PyAST_BaseType;

        if (type->kind != AST_KIND_record) {
            base = sum_types[t] = make_type(type->name, base, NULL, 0);
            if (base == NULL || set_attributes(base, type->attributes, type->nattributes) < 0)
                goto fail;
        }
        for (k = type->first; k < type->first + type->nconstructors; k++) {
            const ast_constructor *c = &_PyAST_Constructors[k];
            constructor_types[k] = make_type(c->name, base, c->fields, c->nfields);
            if (constructor_types[k] == NULL)
                goto fail;
            if (type->kind == AST_KIND_enum) {
                enum_values[k] = PyObject_CallObject(constructor_types[k], NULL);
                if (enum_values[k] == NULL)
                    goto fail;
            }
        }
    }
    return 0;

fail:
    PyMem_Free(constructor_types);
    PyMem_Free(enum_values);
    constructor_types = enum_values = NULL;
    return -1;
}

PyObject *_PyAST_ConstructorType(int constructor)
{
    return make_types() < 0 ? NULL : constructor_types[constructor];
}

PyObject *_PyAST_SumType(int type)
{
    return make_types() < 0 ? NULL : sum_types[type];
}

PyObject *_PyAST_EnumValue(int constructor)
{
    return make_types() < 0 ? NULL : enum_values[constructor];
}

int _PyAST_AddTypes(PyObject *dict)
{
    int t, k;

    if (make_types() < 0 || PyDict_SetItemString(dict, "AST", (PyObject *)&_PyAST_BaseType) < 0)
        return -1;
    for (t = 0; t < AST_NTYPES; t++) {
        if (sum_types[t] != NULL &&
            PyDict_SetItemString(dict, _PyAST_Types[t].name, sum_types[t]) < 0)
            return -1;
    }
    for (k = 0; k < _PyAST_NConstructors; k++) {
        if (PyDict_SetItemString(dict, _PyAST_Constructors[k].name, constructor_types[k]) < 0)
            return -1;
    }
    return 0;
}

int PyAST_Check(PyObject *object)
{
    if (make_types() < 0)
        return -1;
    return PyObject_IsInstance(object, (PyObject *)&_PyAST_BaseType);
}
