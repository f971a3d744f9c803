/* SPDX-License-Identifier: MIT */
/* Python functions (eval/funcobject.c). */
#ifndef FUNCOBJECT_H
#define FUNCOBJECT_H
typedef struct {
    PyObject_HEAD PyObject *func_code, *func_globals, *func_defaults, *func_closure, *func_doc,
        *func_name, *func_dict, *func_weakreflist, *func_module;
} PyFunctionObject;
extern PyTypeObject PyFunction_Type;
#define PyFunction_Check(op) (Py_TYPE(op) == &PyFunction_Type)
PyObject *PyFunction_New(PyObject *code, PyObject *globals);
#define PyFunction_GET_CODE(f) (((PyFunctionObject *)(f))->func_code)
#define PyFunction_GET_GLOBALS(f) (((PyFunctionObject *)(f))->func_globals)
#define PyFunction_GET_MODULE(f) (((PyFunctionObject *)(f))->func_module)
#define PyFunction_GET_DEFAULTS(f) (((PyFunctionObject *)(f))->func_defaults)
#define PyFunction_GET_CLOSURE(f) (((PyFunctionObject *)(f))->func_closure)
#endif
