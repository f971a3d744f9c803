/* SPDX-License-Identifier: MIT */
/* Generators (eval/genobject.c). */
#ifndef GENOBJECT_H
#define GENOBJECT_H
typedef struct {
    PyObject_HEAD PyFrameObject *gi_frame; /* NULL when finished */
    int gi_running;
    PyObject *gi_code, *gi_weakreflist;
} PyGenObject;
extern PyTypeObject PyGen_Type;
#define PyGen_Check(op) PyObject_TypeCheck(op, &PyGen_Type)
#define PyGen_CheckExact(op) (Py_TYPE(op) == &PyGen_Type)
PyObject *PyGen_New(PyFrameObject *); /* steals the frame */
int PyGen_NeedsFinalizing(PyGenObject *);
#endif
