/* SPDX-License-Identifier: MIT */
/* bool: two static ints. */
#ifndef BOOLOBJECT_H
#define BOOLOBJECT_H
typedef PyIntObject PyBoolObject;
extern PyTypeObject PyBool_Type;
extern PyIntObject _Py_ZeroStruct, _Py_TrueStruct;
#define PyBool_Check(x) (Py_TYPE(x) == &PyBool_Type)
#define Py_False ((PyObject *)&_Py_ZeroStruct)
#define Py_True ((PyObject *)&_Py_TrueStruct)
PyObject *PyBool_FromLong(py_long);
#endif
