/* SPDX-License-Identifier: MIT */
/* Parsing arguments, building values, making modules. Codes: l k n and # lengths are 64 bits. */
#ifndef MODSUPPORT_H
#define MODSUPPORT_H
int PyArg_Parse(PyObject *, const char *, ...);
int PyArg_ParseTuple(PyObject *, const char *, ...);
int PyArg_ParseTupleAndKeywords(PyObject *, PyObject *, const char *, char **, ...);
int PyArg_UnpackTuple(PyObject *, const char *, Py_ssize_t min, Py_ssize_t max, ...);
int PyArg_VaParse(PyObject *, const char *, va_list);
int PyArg_VaParseTupleAndKeywords(PyObject *, PyObject *, const char *, char **, va_list);
int _PyArg_NoKeywords(const char *funcname, PyObject *kw);
PyObject *Py_BuildValue(const char *, ...);
PyObject *Py_VaBuildValue(const char *, va_list);
PyObject *Py_InitModule4(const char *name, PyMethodDef *methods, const char *doc, PyObject *self,
                         int apiver); /* borrowed */
#define Py_InitModule(name, methods) Py_InitModule4(name, methods, NULL, NULL, PYTHON_API_VERSION)
#define Py_InitModule3(name, methods, doc)                                                         \
    Py_InitModule4(name, methods, doc, NULL, PYTHON_API_VERSION)
int PyModule_AddObject(PyObject *, const char *, PyObject *); /* steals */
int PyModule_AddIntConstant(PyObject *, const char *, py_long);
int PyModule_AddStringConstant(PyObject *, const char *, const char *);
#define PyModule_AddIntMacro(m, c) PyModule_AddIntConstant(m, #c, c)
#define PyModule_AddStringMacro(m, c) PyModule_AddStringConstant(m, #c, c)
extern const char *_Py_PackageContext;
#define PyMODINIT_FUNC void
#endif
