/* SPDX-License-Identifier: MIT */
/* Shared by instanceobject.c and instance_number.c. */
#ifndef INSTANCEOBJECT_H
#define INSTANCEOBJECT_H
extern PyNumberMethods _PyInstance_AsNumber;
PyObject *_PyInstance_Special(PyObject *self, const char *name,
                              PyObject **cache); /* AttributeError when missing */
int _PyInstance_FindSpecial(PyObject *self, const char *name, PyObject **cache, PyObject **func);
#endif
