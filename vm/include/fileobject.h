/* SPDX-License-Identifier: MIT */
/* file (modules/fileobject.c), and writing to any object as print does. */
#ifndef FILEOBJECT_H
#define FILEOBJECT_H
extern PyTypeObject PyFile_Type;
#define PyFile_Check(op) PyObject_TypeCheck(op, &PyFile_Type)
#define PyFile_CheckExact(op) (Py_TYPE(op) == &PyFile_Type)
PyObject *PyFile_FromFd(int fd, const char *name, const char *mode, int bufsize);
PyObject *PyFile_FromString(const char *name, const char *mode);
int PyFile_SetEncodingAndErrors(PyObject *, const char *enc, const char *errors);
int PyFile_AsFd(PyObject *); /* -1 when closed, with ValueError */
PyObject *PyFile_Name(PyObject *);
PyObject *PyFile_GetLine(PyObject *, int n);
int PyFile_SoftSpace(PyObject *, int newflag);
int PyFile_WriteObject(PyObject *v, PyObject *file, int flags);
int PyFile_WriteString(const char *, PyObject *file);
int PyObject_AsFileDescriptor(PyObject *);
/* Buffered write and flush of a real file object: 0, or -1 with IOError. */
int _PyFile_Write(PyObject *file, const char *s, Py_ssize_t n);
int _PyFile_Flush(PyObject *file);
#define PY_STDIOTEXTMODE "b"
#endif
