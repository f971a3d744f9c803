/* SPDX-License-Identifier: MIT */
/* int: a 64-bit signed integer in a block of its own free list; -5..256 are shared. */
#ifndef INTOBJECT_H
#define INTOBJECT_H
typedef struct {
    PyObject_HEAD py_long ob_ival;
} PyIntObject;
extern PyTypeObject PyInt_Type;
#define PyInt_Check(op) PyType_FastSubclass(Py_TYPE(op), Py_TPFLAGS_INT_SUBCLASS)
#define PyInt_CheckExact(op) (Py_TYPE(op) == &PyInt_Type)
#define PyInt_AS_LONG(op) (((PyIntObject *)(op))->ob_ival)
PyObject *PyInt_FromString(const char *s, char **end, int base);
PyObject *PyInt_FromUnicode(const uint32_t *s, Py_ssize_t n, int base);
PyObject *PyInt_FromLong(py_long);
PyObject *PyInt_FromSize_t(uint64_t);
PyObject *PyInt_FromSsize_t(Py_ssize_t);
py_long PyInt_AsLong(PyObject *);
Py_ssize_t PyInt_AsSsize_t(PyObject *);
int _PyInt_AsInt(PyObject *);
py_ulong PyInt_AsUnsignedLongMask(PyObject *);
py_ulong PyInt_AsUnsignedLongLongMask(PyObject *);
py_long PyInt_GetMax(void);
int _PyInt_Init(void);
int PyInt_ClearFreeList(void);
/* str of the int in the given base (2..36), with 0b/0o/0x prefixes (newstyle 1) or old (0: 0777).
 */
PyObject *_PyInt_Format(PyIntObject *v, int base, int newstyle);
/* strtoul as CPython's int literals need it: in base/. *end past the digits; ERANGE in errno. */
py_ulong PyOS_strtoul(const char *s, char **end, int base);
py_long PyOS_strtol(const char *s, char **end, int base);
/* The small ints, read by the eval loop. */
#define NSMALLNEGINTS 5
#define NSMALLPOSINTS 257
extern PyIntObject *_PyInt_small[NSMALLNEGINTS + NSMALLPOSINTS];
extern PyIntObject *_PyInt_free_list; /* linked through ob_type */
PyIntObject *_PyInt_FillFreeList(void);
#endif
