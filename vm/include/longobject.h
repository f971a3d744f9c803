/* SPDX-License-Identifier: MIT */
/* long: sign and magnitude, 30-bit digits, least significant first; ob_size carries the sign. */
#ifndef LONGOBJECT_H
#define LONGOBJECT_H
#define PyLong_SHIFT 30
typedef uint32_t digit;
typedef int32_t sdigit;
typedef uint64_t twodigits;
typedef int64_t stwodigits;
#define PyLong_BASE ((digit)1 << PyLong_SHIFT)
#define PyLong_MASK ((digit)(PyLong_BASE - 1))
typedef struct _longobject {
    PyObject_VAR_HEAD digit ob_digit[1];
} PyLongObject;
extern PyTypeObject PyLong_Type;
#define PyLong_Check(op) PyType_FastSubclass(Py_TYPE(op), Py_TPFLAGS_LONG_SUBCLASS)
#define PyLong_CheckExact(op) (Py_TYPE(op) == &PyLong_Type)
PyLongObject *_PyLong_New(Py_ssize_t ndigits);
PyObject *_PyLong_Copy(PyLongObject *);
PyObject *PyLong_FromLong(py_long);
PyObject *PyLong_FromUnsignedLong(py_ulong);
PyObject *PyLong_FromLongLong(int64_t);
PyObject *PyLong_FromUnsignedLongLong(uint64_t);
PyObject *PyLong_FromDouble(double);
PyObject *PyLong_FromSize_t(uint64_t);
PyObject *PyLong_FromSsize_t(Py_ssize_t);
PyObject *PyLong_FromVoidPtr(void *);
void *PyLong_AsVoidPtr(PyObject *);
py_long PyLong_AsLong(PyObject *);
py_long PyLong_AsLongAndOverflow(PyObject *, int *overflow);
int64_t PyLong_AsLongLong(PyObject *);
int64_t PyLong_AsLongLongAndOverflow(PyObject *, int *overflow);
Py_ssize_t PyLong_AsSsize_t(PyObject *);
py_ulong PyLong_AsUnsignedLong(PyObject *);
uint64_t PyLong_AsUnsignedLongLong(PyObject *);
py_ulong PyLong_AsUnsignedLongMask(PyObject *);
uint64_t PyLong_AsUnsignedLongLongMask(PyObject *);
int _PyLong_AsInt(PyObject *);
double PyLong_AsDouble(PyObject *);
double _PyLong_Frexp(PyLongObject *, Py_ssize_t *e);
PyObject *PyLong_GetInfo(void);
PyObject *PyLong_FromString(const char *s, char **end, int base);
PyObject *PyLong_FromUnicode(const uint32_t *s, Py_ssize_t n, int base);
PyObject *_PyLong_Format(PyObject *, int base, int addL, int newstyle);
PyObject *_PyLong_FormatAdvanced(PyObject *, char *spec, Py_ssize_t len);
int _PyLong_Sign(PyObject *);
Py_ssize_t _PyLong_NumBits(PyObject *); /* -1 cast of size_t on overflow, exception set */
PyObject *_PyLong_FromByteArray(const unsigned char *, Py_ssize_t n, int little_endian,
                                int is_signed);
int _PyLong_AsByteArray(PyLongObject *, unsigned char *, Py_ssize_t n, int little_endian,
                        int is_signed);
PyObject *_PyLong_DivmodNear(PyObject *, PyObject *);
extern int _PyLong_DigitValue[256];
#endif
