/* SPDX-License-Identifier: MIT */
/* marshal (modules/marshal.c). */
#ifndef MARSHAL_H
#define MARSHAL_H
#define Py_MARSHAL_VERSION 2
PyObject *PyMarshal_WriteObjectToString(PyObject *, int version);
PyObject *PyMarshal_ReadObjectFromString(const char *, Py_ssize_t);
#endif
