/* SPDX-License-Identifier: MIT */
/* The module _symtable: the compiler's symbol tables, as the library's symtable module shows them.
 */
#include "Python.h"
#include "compile.h"

PyDoc_STRVAR(symtable_doc, "symtable(source, filename, startstr)\n\n"
                           "The symbol table's top entry for a piece of source. startstr is\n"
                           "'exec', 'eval' or 'single'.");

static PyObject *symtable_symtable(PyObject *self, PyObject *args)
{
    char *text, *filename, *kind;
    struct symtable *st;
    PyObject *top;
    int start;

    if (!PyArg_ParseTuple(args, "sss:symtable", &text, &filename, &kind))
        return NULL;
    if (strcmp(kind, "exec") == 0) {
        start = Py_file_input;
    } else if (strcmp(kind, "eval") == 0) {
        start = Py_eval_input;
    } else if (strcmp(kind, "single") == 0) {
        start = Py_single_input;
    } else {
        PyErr_SetString(PyExc_ValueError, "symtable() arg 3 must be 'exec' or 'eval' or 'single'");
        return NULL;
    }
    st = Py_SymtableString(text, filename, start);
    if (st == NULL)
        return NULL;
    top = (PyObject *)st->st_top;
    Py_INCREF(top);
    PySymtable_Free(st);
    return top;
}

static PyMethodDef symtable_methods[] = {
    {"symtable", symtable_symtable, METH_VARARGS, symtable_doc},
    {NULL},
};

PyMODINIT_FUNC init_symtable(void)
{
    static const struct {
        const char *name;
        int value;
    } constants[] = {
        {"USE", USE},
        {"DEF_GLOBAL", DEF_GLOBAL},
        {"DEF_LOCAL", DEF_LOCAL},
        {"DEF_PARAM", DEF_PARAM},
        {"DEF_FREE", DEF_FREE},
        {"DEF_FREE_CLASS", DEF_FREE_CLASS},
        {"DEF_IMPORT", DEF_IMPORT},
        {"DEF_BOUND", DEF_BOUND},
        {"TYPE_FUNCTION", FunctionBlock},
        {"TYPE_CLASS", ClassBlock},
        {"TYPE_MODULE", ModuleBlock},
        {"OPT_IMPORT_STAR", OPT_IMPORT_STAR},
        {"OPT_EXEC", OPT_EXEC},
        {"OPT_BARE_EXEC", OPT_BARE_EXEC},
        {"LOCAL", LOCAL},
        {"GLOBAL_EXPLICIT", GLOBAL_EXPLICIT},
        {"GLOBAL_IMPLICIT", GLOBAL_IMPLICIT},
        {"FREE", FREE},
        {"CELL", CELL},
        {"SCOPE_OFF", SCOPE_OFF},
        {"SCOPE_MASK", SCOPE_MASK},
    };
    PyObject *m = Py_InitModule("_symtable", symtable_methods);
    Py_ssize_t i;

    if (m == NULL || PyType_Ready(&PySTEntry_Type) < 0)
        return;
    for (i = 0; i < Py_ARRAY_LENGTH(constants); i++) {
        if (PyModule_AddIntConstant(m, constants[i].name, constants[i].value) < 0)
            return;
    }
}
