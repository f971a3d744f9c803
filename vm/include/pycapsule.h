/* SPDX-License-Identifier: MIT */
/* Capsules: C pointers passed between built-in modules. */
#ifndef PYCAPSULE_H
#define PYCAPSULE_H
extern PyTypeObject PyCapsule_Type;
typedef void (*PyCapsule_Destructor)(PyObject *);
#define PyCapsule_CheckExact(op) (Py_TYPE(op) == &PyCapsule_Type)
PyObject *PyCapsule_New(void *pointer, const char *name, PyCapsule_Destructor);
void *PyCapsule_GetPointer(PyObject *, const char *name);
const char *PyCapsule_GetName(PyObject *);
void *PyCapsule_GetContext(PyObject *);
int PyCapsule_SetContext(PyObject *, void *);
int PyCapsule_IsValid(PyObject *, const char *name);
void *PyCapsule_Import(const char *name, int no_block);
#endif
