/* SPDX-License-Identifier: MIT */
/* complex. */
#ifndef COMPLEXOBJECT_H
#define COMPLEXOBJECT_H
typedef struct {
    double real, imag;
} Py_complex;
typedef struct {
    PyObject_HEAD Py_complex cval;
} PyComplexObject;
extern PyTypeObject PyComplex_Type;
#define PyComplex_Check(op) PyObject_TypeCheck(op, &PyComplex_Type)
#define PyComplex_CheckExact(op) (Py_TYPE(op) == &PyComplex_Type)
Py_complex _Py_c_sum(Py_complex, Py_complex), _Py_c_diff(Py_complex, Py_complex),
    _Py_c_neg(Py_complex), _Py_c_prod(Py_complex, Py_complex), _Py_c_quot(Py_complex, Py_complex),
    _Py_c_pow(Py_complex, Py_complex);
double _Py_c_abs(Py_complex);
PyObject *PyComplex_FromCComplex(Py_complex);
PyObject *PyComplex_FromDoubles(double real, double imag);
double PyComplex_RealAsDouble(PyObject *);
double PyComplex_ImagAsDouble(PyObject *);
Py_complex PyComplex_AsCComplex(PyObject *);
PyObject *_PyComplex_FormatAdvanced(PyObject *, char *spec, Py_ssize_t len);
#endif
