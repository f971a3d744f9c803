/* SPDX-License-Identifier: MIT */
/* module. */
#ifndef MODULEOBJECT_H
#define MODULEOBJECT_H
extern PyTypeObject PyModule_Type;
typedef struct {
    PyObject_HEAD PyObject *md_dict;
} PyModuleObject;
#define PyModule_Check(op) PyObject_TypeCheck(op, &PyModule_Type)
#define PyModule_CheckExact(op) (Py_TYPE(op) == &PyModule_Type)
PyObject *PyModule_New(const char *);
PyObject *PyModule_GetDict(PyObject *); /* borrowed */
char *PyModule_GetName(PyObject *);
char *PyModule_GetFilename(PyObject *);
void _PyModule_Clear(PyObject *);
#endif
