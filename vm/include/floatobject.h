/* SPDX-License-Identifier: MIT */
/* float. */
#ifndef FLOATOBJECT_H
#define FLOATOBJECT_H
typedef struct {
    PyObject_HEAD double ob_fval;
} PyFloatObject;
extern PyTypeObject PyFloat_Type;
#define PyFloat_Check(op) PyObject_TypeCheck(op, &PyFloat_Type)
#define PyFloat_CheckExact(op) (Py_TYPE(op) == &PyFloat_Type)
#define PyFloat_AS_DOUBLE(op) (((PyFloatObject *)(op))->ob_fval)
#define Py_RETURN_NAN return PyFloat_FromDouble(Py_NAN)
double PyFloat_GetMax(void);
double PyFloat_GetMin(void);
PyObject *PyFloat_GetInfo(void);
PyObject *PyFloat_FromString(PyObject *, char **unused);
PyObject *PyFloat_FromDouble(double);
double PyFloat_AsDouble(PyObject *);
int _PyFloat_Pack4(double, unsigned char *, int little_endian);
int _PyFloat_Pack8(double, unsigned char *, int little_endian);
double _PyFloat_Unpack4(const unsigned char *, int little_endian);
double _PyFloat_Unpack8(const unsigned char *, int little_endian);
PyObject *_PyFloat_FormatAdvanced(PyObject *, char *spec, Py_ssize_t len);
double _Py_double_round(double x, int ndigits); /* correctly rounded, half away from zero; base/ */
int PyFloat_ClearFreeList(void);
int _PyFloat_Init(void);
extern PyFloatObject *_PyFloat_free_list; /* linked through ob_type */
PyFloatObject *_PyFloat_FillFreeList(void);
#endif
