/* SPDX-License-Identifier: MIT */
/* bytearray: mutable bytes; not resizable while a buffer is exported. */
#ifndef BYTEARRAYOBJECT_H
#define BYTEARRAYOBJECT_H
typedef struct {
    PyObject_VAR_HEAD int ob_exports;
    Py_ssize_t ob_alloc;
    char *ob_bytes;
} PyByteArrayObject;
extern PyTypeObject PyByteArray_Type, PyByteArrayIter_Type;
#define PyByteArray_Check(self) PyObject_TypeCheck(self, &PyByteArray_Type)
#define PyByteArray_CheckExact(self) (Py_TYPE(self) == &PyByteArray_Type)
PyObject *PyByteArray_FromObject(PyObject *);
PyObject *PyByteArray_Concat(PyObject *, PyObject *);
PyObject *PyByteArray_FromStringAndSize(const char *, Py_ssize_t);
Py_ssize_t PyByteArray_Size(PyObject *);
char *PyByteArray_AsString(PyObject *);
int PyByteArray_Resize(PyObject *, Py_ssize_t);
extern char _PyByteArray_empty_string[];
#define PyByteArray_AS_STRING(self)                                                                \
    (Py_SIZE(self) ? ((PyByteArrayObject *)(self))->ob_bytes : _PyByteArray_empty_string)
#define PyByteArray_GET_SIZE(self) Py_SIZE(self)
#endif
