/* SPDX-License-Identifier: MIT */
/* Descriptors: methods, members, get-sets and wrappers of built-in types; property. */
#ifndef DESCROBJECT_H
#define DESCROBJECT_H
typedef PyObject *(*getter)(PyObject *, void *);
typedef int (*setter)(PyObject *, PyObject *, void *);
typedef struct PyGetSetDef {
    char *name;
    getter get;
    setter set;
    char *doc;
    void *closure;
} PyGetSetDef;
/* Wrappers get the slot's address through `wrapped`, a pointer to a variable that holds the
 * function. */
typedef PyObject *(*wrapperfunc)(PyObject *self, PyObject *args, void *wrapped);
typedef PyObject *(*wrapperfunc_kwds)(PyObject *self, PyObject *args, void *wrapped,
                                      PyObject *kwds);
struct wrapperbase {
    char *name;
    int offset;             /* of the slot in PyHeapTypeObject */
    void (*function)(void); /* the slot_* function for classes written in Python; cast to its true
                               type by offset */
    wrapperfunc wrapper;
    char *doc;
    int flags;
    PyObject *name_strobj;
};
#define PyWrapperFlag_KEYWORDS 1
#define PyDescr_COMMON                                                                             \
    PyObject_HEAD PyTypeObject *d_type;                                                            \
    PyObject *d_name
typedef struct {
    PyDescr_COMMON;
} PyDescrObject;
#define PyDescr_TYPE(x) (((PyDescrObject *)(x))->d_type)
#define PyDescr_NAME(x) (((PyDescrObject *)(x))->d_name)
typedef struct {
    PyDescr_COMMON;
    PyMethodDef *d_method;
} PyMethodDescrObject;
typedef struct {
    PyDescr_COMMON;
    struct PyMemberDef *d_member;
} PyMemberDescrObject;
typedef struct {
    PyDescr_COMMON;
    PyGetSetDef *d_getset;
} PyGetSetDescrObject;
typedef struct {
    PyDescr_COMMON;
    struct wrapperbase *d_base;
    void (*d_wrapped)(void); /* the slot function */
} PyWrapperDescrObject;
typedef struct {
    PyObject_HEAD PyObject *prop_get, *prop_set, *prop_del, *prop_doc;
    int getter_doc;
} propertyobject; /* layout read by eval: a property's function is called without nesting */
extern PyTypeObject PyWrapperDescr_Type, PyDictProxy_Type, PyGetSetDescr_Type, PyMemberDescr_Type,
    PyMethodDescr_Type, PyClassMethodDescr_Type, PyMethodWrapper_Type, PyProperty_Type,
    PyStaticMethod_Type, PyClassMethod_Type;
PyObject *PyDescr_NewMethod(PyTypeObject *, PyMethodDef *);
PyObject *PyDescr_NewClassMethod(PyTypeObject *, PyMethodDef *);
PyObject *PyDescr_NewMember(PyTypeObject *, struct PyMemberDef *);
PyObject *PyDescr_NewGetSet(PyTypeObject *, PyGetSetDef *);
/* What a method-wrapper is bound to (borrowed), and the slot that it calls. */
PyObject *_PyWrapper_Self(PyObject *, void (**wrapped)(void));
PyObject *PyDescr_NewWrapper(PyTypeObject *, struct wrapperbase *, void (*wrapped)(void));
#define PyDescr_IsData(d) (Py_TYPE(d)->tp_descr_set != NULL)
PyObject *PyDictProxy_New(PyObject *);
PyObject *PyWrapper_New(PyObject *descr, PyObject *self);
PyObject *PyStaticMethod_New(PyObject *);
PyObject *PyClassMethod_New(PyObject *);
/* The Python-level slots of heap types, exported so that eval can recognise them and call the
 * Python function behind without nesting (objects/slots.c). They themselves call nested. */
PyObject *_PySlot_tp_call(PyObject *, PyObject *, PyObject *);
PyObject *_PySlot_tp_new(PyTypeObject *, PyObject *, PyObject *);
int _PySlot_tp_init(PyObject *, PyObject *, PyObject *);
PyObject *_PySlot_tp_getattr_hook(PyObject *, PyObject *); /* __getattribute__ and/or __getattr__ */
PyObject *_PySlot_tp_getattro(PyObject *, PyObject *);     /* __getattribute__ only */
int _PySlot_tp_setattro(PyObject *, PyObject *, PyObject *);
PyObject *_PySlot_tp_descr_get(PyObject *, PyObject *, PyObject *);
int _PySlot_tp_descr_set(PyObject *, PyObject *, PyObject *);
PyObject *_PySlot_tp_iter(PyObject *);
PyObject *_PySlot_tp_iternext(PyObject *);
PyObject *_PySlot_tp_repr(PyObject *);
PyObject *_PySlot_tp_str(PyObject *);
PyObject *_PySlot_mp_subscript(PyObject *,
                               PyObject *); /* installed for both mp_subscript of __getitem__ */
int _PySlot_mp_ass_subscript(PyObject *, PyObject *, PyObject *);
/* type.__call__, object.__new__, object.__init__ as functions eval can compare slots with. */
PyObject *_PyType_Call(PyObject *type, PyObject *args, PyObject *kw);
PyObject *_PyObject_New_slot(PyTypeObject *, PyObject *, PyObject *);
int _PyObject_Init_slot(PyObject *, PyObject *, PyObject *);
#endif
