/* SPDX-License-Identifier: MIT */
/* dict: open addressing over a power-of-two table, CPython 2.7's probe order and growth, so that
 * iteration order is CPython's. A slot is unused (key NULL), dummy, or active (value not NULL). */
#ifndef DICTOBJECT_H
#define DICTOBJECT_H
#define PyDict_MINSIZE 8
typedef struct {
    py_long me_hash;
    PyObject *me_key, *me_value;
} PyDictEntry;
typedef struct _dictobject PyDictObject;
struct _dictobject {
    PyObject_HEAD Py_ssize_t ma_fill; /* active + dummy */
    Py_ssize_t ma_used;               /* active */
    Py_ssize_t ma_mask;               /* slots - 1 */
    PyDictEntry *ma_table;            /* ma_smalltable or allocated */
    PyDictEntry *(*ma_lookup)(PyDictObject *mp, PyObject *key, py_long hash); /* NULL on error */
    PyDictEntry ma_smalltable[PyDict_MINSIZE];
};
extern PyTypeObject PyDict_Type, PyDictIterKey_Type, PyDictIterValue_Type, PyDictIterItem_Type,
    PyDictKeys_Type, PyDictItems_Type, PyDictValues_Type;
#define PyDict_Check(op) PyType_FastSubclass(Py_TYPE(op), Py_TPFLAGS_DICT_SUBCLASS)
#define PyDict_CheckExact(op) (Py_TYPE(op) == &PyDict_Type)
#define PyDictKeys_Check(op) (Py_TYPE(op) == &PyDictKeys_Type)
#define PyDictItems_Check(op) (Py_TYPE(op) == &PyDictItems_Type)
#define PyDictValues_Check(op) (Py_TYPE(op) == &PyDictValues_Type)
#define PyDictViewSet_Check(op) (PyDictKeys_Check(op) || PyDictItems_Check(op))
PyObject *PyDict_New(void);
PyObject *_PyDict_NewPresized(Py_ssize_t minused);
PyObject *PyDict_GetItem(PyObject *, PyObject *); /* borrowed; NULL without exception */
PyObject *_PyDict_GetItemWithError(PyObject *, PyObject *);
void _PyDict_SetKeyError(PyObject *key); /* KeyError(key), also for a tuple */
int PyDict_SetItem(PyObject *, PyObject *, PyObject *);
int PyDict_DelItem(PyObject *, PyObject *);
void PyDict_Clear(PyObject *);
int PyDict_Next(PyObject *, Py_ssize_t *pos, PyObject **key, PyObject **value);
int _PyDict_Next(PyObject *, Py_ssize_t *pos, PyObject **key, PyObject **value, py_long *hash);
PyObject *PyDict_Keys(PyObject *);
PyObject *PyDict_Values(PyObject *);
PyObject *PyDict_Items(PyObject *);
Py_ssize_t PyDict_Size(PyObject *);
PyObject *PyDict_Copy(PyObject *);
int PyDict_Contains(PyObject *, PyObject *);
int _PyDict_Contains(PyObject *, PyObject *, py_long hash);
void _PyDict_MaybeUntrack(PyObject *);
int PyDict_Update(PyObject *, PyObject *);
int PyDict_Merge(PyObject *, PyObject *, int override);
int PyDict_MergeFromSeq2(PyObject *, PyObject *, int override);
PyObject *PyDict_GetItemString(PyObject *, const char *);
int PyDict_SetItemString(PyObject *, const char *, PyObject *);
int PyDict_DelItemString(PyObject *, const char *);
/* Lookup of an interned str whose hash is known: the entry (value NULL when missing) or NULL on
 * error. */
PyDictEntry *_PyDict_LookupEntry(PyDictObject *, PyObject *key, py_long hash);
/* SetItem with a known hash; takes no references of yours. */
int _PyDict_SetItem_KnownHash(PyObject *, PyObject *key, PyObject *value, py_long hash);
#endif
