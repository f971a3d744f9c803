/* SPDX-License-Identifier: MIT */
/* set and frozenset: the dict's table without values. */
#ifndef SETOBJECT_H
#define SETOBJECT_H
#define PySet_MINSIZE 8
typedef struct {
    py_long hash;
    PyObject *key;
} setentry;
typedef struct _setobject PySetObject;
struct _setobject {
    PyObject_HEAD Py_ssize_t fill, used, mask;
    setentry *table;
    setentry *(*lookup)(PySetObject *so, PyObject *key, py_long hash);
    setentry smalltable[PySet_MINSIZE];
    py_long hash; /* frozenset only */
    PyObject *weakreflist;
};
extern PyTypeObject PySet_Type, PyFrozenSet_Type;
#define PyFrozenSet_CheckExact(ob) (Py_TYPE(ob) == &PyFrozenSet_Type)
#define PyAnySet_CheckExact(ob) (Py_TYPE(ob) == &PySet_Type || Py_TYPE(ob) == &PyFrozenSet_Type)
#define PyAnySet_Check(ob)                                                                         \
    (PyAnySet_CheckExact(ob) || PyType_IsSubtype(Py_TYPE(ob), &PySet_Type) ||                      \
     PyType_IsSubtype(Py_TYPE(ob), &PyFrozenSet_Type))
#define PySet_Check(ob) (Py_TYPE(ob) == &PySet_Type || PyType_IsSubtype(Py_TYPE(ob), &PySet_Type))
#define PyFrozenSet_Check(ob)                                                                      \
    (Py_TYPE(ob) == &PyFrozenSet_Type || PyType_IsSubtype(Py_TYPE(ob), &PyFrozenSet_Type))
PyObject *PySet_New(PyObject *);
PyObject *PyFrozenSet_New(PyObject *);
Py_ssize_t PySet_Size(PyObject *);
#define PySet_GET_SIZE(so) (((PySetObject *)(so))->used)
int PySet_Clear(PyObject *);
int PySet_Contains(PyObject *, PyObject *);
int PySet_Discard(PyObject *, PyObject *);
int PySet_Add(PyObject *, PyObject *);
int _PySet_Next(PyObject *, Py_ssize_t *pos, PyObject **key);
int _PySet_NextEntry(PyObject *, Py_ssize_t *pos, PyObject **key, py_long *hash);
PyObject *PySet_Pop(PyObject *);
int _PySet_Update(PyObject *, PyObject *iterable);
#endif
