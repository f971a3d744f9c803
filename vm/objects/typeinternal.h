/* SPDX-License-Identifier: MIT */
/* What the files that together make the type system share: typeobject.c, type_ready.c, type_mro.c,
 * type_cache.c, slots.c, object_type.c. Nothing else includes this. */
#ifndef TYPEINTERNAL_H
#define TYPEINTERNAL_H

/* type_mro.c */
PyObject *_PyType_ComputeMro(PyTypeObject *type); /* C3; a new list */
int _PyType_MroInternal(PyTypeObject *type);      /* fills tp_mro, asking a metaclass's mro() */

/* type_cache.c */
void _PyType_MroModified(PyTypeObject *type, PyObject *bases);

/* type_ready.c */
int _PyType_AddSubclass(PyTypeObject *base, PyTypeObject *type);
void _PyType_RemoveSubclass(PyTypeObject *base, PyTypeObject *type);

/* slots.c */
int _PyType_AddOperators(PyTypeObject *type); /* slot wrappers into tp_dict */
void _PyType_FixupSlots(
    PyTypeObject *type); /* all slots of a heap type, from its dict and its bases' */
int _PyType_UpdateSlot(PyTypeObject *type, PyObject *name); /* after setting an attribute */
int _PyType_UpdateAllSlots(PyTypeObject *type);
int _PyObject_SlotCompare(PyObject *, PyObject *);
py_long _PySlot_tp_hash(PyObject *);

/* object_type.c */
PyObject *_PyType_NewWrapper(PyObject *self, PyObject *args,
                             PyObject *kwds); /* T.__new__ of built-in types */
int _PyType_CompatibleForAssignment(PyTypeObject *oldto, PyTypeObject *newto, const char *attr);

/* typeobject.c */
int _PyHeapType_Traverse(PyObject *self, visitproc visit, void *arg);
int _PyHeapType_Clear(PyObject *self);

/* type_new.c */
PyObject *_PyType_New(PyTypeObject *metatype, PyObject *args, PyObject *kwds);
PyTypeObject *_PyType_BestBase(PyObject *bases); /* borrowed; NULL with TypeError */
PyTypeObject *_PyType_SolidBase(PyTypeObject *type);
void _PyHeapType_Dealloc(PyObject *self); /* tp_dealloc of every heap type's instances */
PyObject *_PyType_Name(PyTypeObject *type);
PyObject *_PyType_ModuleOf(PyTypeObject *type);
#endif
