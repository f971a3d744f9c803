/* SPDX-License-Identifier: MIT */
/* Classic classes, their instances, and instancemethod (used by new-style classes as well). */
#ifndef CLASSOBJECT_H
#define CLASSOBJECT_H
typedef struct {
    PyObject_HEAD PyObject *cl_bases, *cl_dict, *cl_name;
    PyObject *cl_getattr, *cl_setattr, *cl_delattr; /* cached hooks, or NULL */
    PyObject *cl_weakreflist;
} PyClassObject;
typedef struct {
    PyObject_HEAD PyClassObject *in_class;
    PyObject *in_dict, *in_weakreflist;
} PyInstanceObject;
typedef struct {
    PyObject_HEAD PyObject *im_func, *im_self, *im_class, *im_weakreflist;
} PyMethodObject;
extern PyTypeObject PyClass_Type, PyInstance_Type, PyMethod_Type;
#define PyClass_Check(op) (Py_TYPE(op) == &PyClass_Type)
#define PyInstance_Check(op) (Py_TYPE(op) == &PyInstance_Type)
#define PyMethod_Check(op) (Py_TYPE(op) == &PyMethod_Type)
PyObject *PyClass_New(PyObject *bases, PyObject *dict, PyObject *name);
PyObject *PyInstance_New(PyObject *klass, PyObject *args, PyObject *kw);
PyObject *PyInstance_NewRaw(PyObject *klass, PyObject *dict);
PyObject *PyMethod_New(PyObject *func, PyObject *self, PyObject *klass);
PyObject *PyMethod_Function(PyObject *);
PyObject *PyMethod_Self(PyObject *);
PyObject *PyMethod_Class(PyObject *);
#define PyMethod_GET_FUNCTION(m) (((PyMethodObject *)(m))->im_func)
#define PyMethod_GET_SELF(m) (((PyMethodObject *)(m))->im_self)
#define PyMethod_GET_CLASS(m) (((PyMethodObject *)(m))->im_class)
int PyClass_IsSubclass(PyObject *, PyObject *);
PyObject *_PyInstance_Lookup(PyObject *inst,
                             PyObject *name); /* borrowed; no descriptors; no error */
/* Instance dict, then class (bound): new reference, or NULL without an exception when missing; no
 * __getattr__ hook. */
PyObject *_PyInstance_GetAttrNoHook(PyObject *inst, PyObject *name);
PyObject *_PyClass_Lookup(PyClassObject *cp, PyObject *name, PyClassObject **pclass); /* borrowed */
int PyMethod_ClearFreeList(void);
/* The checks instancemethod's tp_call makes before calling: returns the function (borrowed) and
 * sets *self_out to what goes in front of the arguments (borrowed) or NULL for an unbound call;
 * NULL with TypeError. args may be NULL: none. */
PyObject *_PyMethod_Prepare(PyObject *method, PyObject *first_arg, PyObject **self_out);
#endif
