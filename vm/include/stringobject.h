/* SPDX-License-Identifier: MIT */
/* str: immutable bytes with a NUL after them, cached hash, interning. */
#ifndef STRINGOBJECT_H
#define STRINGOBJECT_H
typedef struct {
    PyObject_VAR_HEAD py_long ob_shash; /* -1: not computed */
    int ob_sstate;
    char ob_sval[1];
} PyStringObject;
#define SSTATE_NOT_INTERNED 0
#define SSTATE_INTERNED_MORTAL 1
#define SSTATE_INTERNED_IMMORTAL 2
#define PyStringObject_SIZE ((Py_ssize_t)offsetof(PyStringObject, ob_sval) + 1)
extern PyTypeObject PyBaseString_Type, PyString_Type;
#define PyString_Check(op) PyType_FastSubclass(Py_TYPE(op), Py_TPFLAGS_STRING_SUBCLASS)
#define PyString_CheckExact(op) (Py_TYPE(op) == &PyString_Type)
#define PyString_CHECK_INTERNED(op) (((PyStringObject *)(op))->ob_sstate)
#define PyString_AS_STRING(op) (((PyStringObject *)(op))->ob_sval)
#define PyString_GET_SIZE(op) Py_SIZE(op)
PyObject *PyString_FromStringAndSize(const char *, Py_ssize_t);
PyObject *PyString_FromString(const char *);
PyObject *PyString_FromFormatV(const char *, va_list);
PyObject *PyString_FromFormat(const char *, ...);
Py_ssize_t PyString_Size(PyObject *);
char *PyString_AsString(PyObject *);
int PyString_AsStringAndSize(PyObject *, char **s, Py_ssize_t *len);
PyObject *PyString_Repr(PyObject *, int smartquotes);
void PyString_Concat(PyObject **, PyObject *);
void PyString_ConcatAndDel(PyObject **, PyObject *);
int _PyString_Resize(PyObject **, Py_ssize_t);
int _PyString_Eq(PyObject *, PyObject *);
py_long _PyString_Hash(PyObject *);
PyObject *PyString_Format(PyObject *format, PyObject *args);
PyObject *_PyString_FormatLong(PyObject *, int flags, int prec, int type, char **pbuf, int *plen);
PyObject *PyString_DecodeEscape(const char *s, Py_ssize_t len, const char *errors,
                                Py_ssize_t unicode, const char *recode_encoding);
void PyString_InternInPlace(PyObject **);
void PyString_InternImmortal(PyObject **);
PyObject *PyString_InternFromString(const char *);
PyObject *_PyString_Join(PyObject *sep, PyObject *seq);
#define PyString_Join _PyString_Join
PyObject *PyString_Decode(const char *, Py_ssize_t, const char *enc, const char *errors);
PyObject *PyString_Encode(const char *, Py_ssize_t, const char *enc, const char *errors);
PyObject *PyString_AsDecodedObject(PyObject *, const char *enc, const char *errors);
PyObject *PyString_AsEncodedObject(PyObject *, const char *enc, const char *errors);
PyObject *_PyString_FormatAdvanced(PyObject *, char *spec, Py_ssize_t len);
int _PyString_Init(void); /* the empty and one-character strings */
#define F_LJUST (1 << 0)
#define F_SIGN (1 << 1)
#define F_BLANK (1 << 2)
#define F_ALT (1 << 3)
#define F_ZERO (1 << 4)
#endif
