/* SPDX-License-Identifier: MIT */
/* The type of a symbol table's entries as Python sees them through the module _symtable. */
#include "symtable.h"

static PyObject *entry_repr(PyObject *self)
{
    PySTEntryObject *ste = (PySTEntryObject *)self;
    PyObject *id = PyObject_Str(ste->ste_id), *result;

    if (id == NULL)
        return NULL;
    result = PyString_FromFormat("<symtable entry %.100s(%s), line %d>",
                                 PyString_AS_STRING(ste->ste_name), PyString_AS_STRING(id),
                                 ste->ste_lineno);
    Py_DECREF(id);
    return result;
}

static void entry_dealloc(PyObject *self)
{
    PySTEntryObject *ste = (PySTEntryObject *)self;

    Py_XDECREF(ste->ste_id);
    Py_XDECREF(ste->ste_name);
    Py_XDECREF(ste->ste_symbols);
    Py_XDECREF(ste->ste_varnames);
    Py_XDECREF(ste->ste_children);
    PyObject_Del(ste);
}

static PyMemberDef entry_members[] = {
    {"id", T_OBJECT, offsetof(PySTEntryObject, ste_id), READONLY},
    {"name", T_OBJECT, offsetof(PySTEntryObject, ste_name), READONLY},
    {"symbols", T_OBJECT, offsetof(PySTEntryObject, ste_symbols), READONLY},
    {"varnames", T_OBJECT, offsetof(PySTEntryObject, ste_varnames), READONLY},
    {"children", T_OBJECT, offsetof(PySTEntryObject, ste_children), READONLY},
    {"type", T_INT, offsetof(PySTEntryObject, ste_type), READONLY},
    {"lineno", T_INT, offsetof(PySTEntryObject, ste_lineno), READONLY},
    {"optimized", T_INT, offsetof(PySTEntryObject, ste_unoptimized), READONLY},
    {"nested", T_INT, offsetof(PySTEntryObject, ste_nested), READONLY},
    {NULL},
};

PyTypeObject PySTEntry_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "symtable entry",
    .tp_basicsize = sizeof(PySTEntryObject),
    .tp_x64_basicsize = 96,
    .tp_dealloc = entry_dealloc,
    .tp_repr = entry_repr,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_members = entry_members,
};
