/* SPDX-License-Identifier: MIT */
/* The module _ast: the types of syntax trees. Making and compiling trees is compile()'s work. */
#include "Python.h"
#include "syntax/ast.h"

PyMODINIT_FUNC init_ast(void)
{
    PyObject *m = Py_InitModule3("_ast", NULL, NULL), *dict;

    if (m == NULL)
        return;
    dict = PyModule_GetDict(m);
    if (_PyAST_AddTypes(dict) < 0 || PyModule_AddIntConstant(m, "PyCF_ONLY_AST", PyCF_ONLY_AST) < 0)
        return;
    PyModule_AddStringConstant(m, "__version__", "82160");
}
