/* SPDX-License-Identifier: MIT */
/* Attribute lookup along the MRO, with a cache of (version tag, name) pairs.
 * Invariant: a type with Py_TPFLAGS_VALID_VERSION_TAG has a tag no other type ever had, all its
 * bases have valid tags, and any change of it or of a base goes through PyType_Modified first,
 * which takes the tag away from it and from every subclass; so an entry whose tag matches is right.
 * Entries borrow their value. */
#include "Python.h"
#include "typeinternal.h"

#define CACHE_BITS 10
#define CACHE_SIZE (1 << CACHE_BITS)
#define CACHE_MAX_NAME 100

typedef struct {
    uint32_t version;
    PyObject *name;  /* owned, interned or unique by address */
    PyObject *value; /* borrowed; NULL: not found */
} CacheEntry;

static CacheEntry method_cache[CACHE_SIZE];
static uint32_t next_version_tag = 1;
static int tags_exhausted;

static CacheEntry *cache_entry(uint32_t version, PyObject *name)
{
    uint32_t h = (version ^ (uint32_t)((PyStringObject *)name)->ob_shash) * 2654435769u;
    return &method_cache[h >> (32 - CACHE_BITS)];
}

unsigned int PyType_ClearCache(void)
{
    unsigned int current = next_version_tag - 1;
    for (int i = 0; i < CACHE_SIZE; i++) {
        method_cache[i].version = 0;
        method_cache[i].value = NULL;
        Py_CLEAR(method_cache[i].name);
    }
    PyType_Modified(&PyBaseObject_Type);
    return current;
}

void PyType_Modified(PyTypeObject *type)
{
    if (!PyType_HasFeature(type, Py_TPFLAGS_VALID_VERSION_TAG))
        return; /* then no subclass has a valid one either */
    type->tp_flags &= ~(py_long)Py_TPFLAGS_VALID_VERSION_TAG;
    PyObject *subclasses = type->tp_subclasses;
    if (subclasses == NULL)
        return;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(subclasses); i++) {
        PyObject *ref = PyList_GET_ITEM(subclasses, i);
        PyObject *sub = PyWeakref_GET_OBJECT(ref);
        if (sub != Py_None)
            PyType_Modified((PyTypeObject *)sub);
    }
}

/* A type cannot be cached when a class of its order does not derive visibly from it: a classic
 * class, or one that a custom mro() put there, whose changes would not reach the type. */
void _PyType_MroModified(PyTypeObject *type, PyObject *bases)
{
    if (!PyType_HasFeature(type, Py_TPFLAGS_HAVE_VERSION_TAG))
        return;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(bases); i++) {
        PyObject *b = PyTuple_GET_ITEM(bases, i);
        if (!PyType_Check(b) || !PyType_IsSubtype(type, (PyTypeObject *)b)) {
            type->tp_flags &=
                ~(py_long)(Py_TPFLAGS_HAVE_VERSION_TAG | Py_TPFLAGS_VALID_VERSION_TAG);
            return;
        }
    }
}

int _PyType_AssignVersionTag(PyTypeObject *type)
{
    if (PyType_HasFeature(type, Py_TPFLAGS_VALID_VERSION_TAG))
        return 1;
    if (!PyType_HasFeature(type, Py_TPFLAGS_HAVE_VERSION_TAG) ||
        !PyType_HasFeature(type, Py_TPFLAGS_READY) || type->tp_bases == NULL || tags_exhausted)
        return 0;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(type->tp_bases); i++) {
        PyObject *b = PyTuple_GET_ITEM(type->tp_bases, i);
        if (!PyType_Check(b) || !_PyType_AssignVersionTag((PyTypeObject *)b))
            return 0;
    }
    type->tp_version_tag = next_version_tag++;
    if (next_version_tag == 0)
        tags_exhausted = 1;
    type->tp_flags |= Py_TPFLAGS_VALID_VERSION_TAG;
    return 1;
}

PyObject *_PyType_Lookup(PyTypeObject *type, PyObject *name)
{
    PyObject *res = NULL;
    int cacheable = PyString_CheckExact(name) && PyString_GET_SIZE(name) <= CACHE_MAX_NAME &&
                    PyString_CHECK_INTERNED(name) && ((PyStringObject *)name)->ob_shash != -1;
    if (cacheable && PyType_HasFeature(type, Py_TPFLAGS_VALID_VERSION_TAG)) {
        CacheEntry *e = cache_entry(type->tp_version_tag, name);
        if (e->version == type->tp_version_tag && e->name == name)
            return e->value;
    }
    PyObject *mro = type->tp_mro;
    if (mro == NULL)
        return NULL; /* not ready yet */
    Py_INCREF(mro);  /* a dict lookup can run code that changes tp_mro */
    Py_ssize_t n = PyTuple_GET_SIZE(mro);
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *base = PyTuple_GET_ITEM(mro, i);
        PyObject *dict = PyClass_Check(base) ? ((PyClassObject *)base)->cl_dict
                                             : ((PyTypeObject *)base)->tp_dict;
        if (dict == NULL)
            continue;
        res = PyDict_GetItem(dict, name);
        if (res != NULL)
            break;
    }
    Py_DECREF(mro);
    if (cacheable && _PyType_AssignVersionTag(type)) {
        CacheEntry *e = cache_entry(type->tp_version_tag, name);
        PyObject *old = e->name;
        Py_INCREF(name);
        e->version = type->tp_version_tag;
        e->value = res;
        e->name = name;
        Py_XDECREF(old);
    }
    return res;
}

/* Special methods are looked up in the type, never in the instance, and bound. Classic instances
 * are not for this function. NULL without an error when there is none. */
PyObject *_PyObject_LookupSpecial(PyObject *self, const char *name, PyObject **nameobj)
{
    if (*nameobj == NULL && (*nameobj = PyString_InternFromString(name)) == NULL)
        return NULL;
    PyObject *res = _PyType_Lookup(Py_TYPE(self), *nameobj);
    if (res == NULL)
        return NULL;
    descrgetfunc get = Py_TYPE(res)->tp_descr_get;
    if (get == NULL) {
        Py_INCREF(res);
        return res;
    }
    return get(res, self, (PyObject *)Py_TYPE(self));
}
