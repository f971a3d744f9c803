/* SPDX-License-Identifier: MIT */
/* Private to eval/: the loop's names and attributes, found where the instruction's inline cache
 * says they were last time. Invariant: a cache is a guess that is checked each time it is used;
 * what it says is never trusted, and when it is wrong the ordinary way is taken. */
#ifndef EVAL_NAMES_H
#define EVAL_NAMES_H
#include "eval.h"

/* The value of a global or built-in name, borrowed; NULL without an error when there is none. */
static inline PyObject *_PyEval_LoadGlobal(PyFrameObject *f, PyInstr *pc, PyObject *name)
{
    PyDictObject *g = (PyDictObject *)f->f_globals, *b = (PyDictObject *)f->f_builtins;
    if (PY_LIKELY(PyDict_CheckExact(g) && PyDict_CheckExact(b))) {
        py_long hash = ((PyStringObject *)name)->ob_shash;
        if (PY_LIKELY(PyString_CheckExact(name) && hash != -1)) {
            PyDictEntry *e = _PyDict_LookupEntry(g, name, hash);
            if (e == NULL)
                return NULL;
            if (e->me_value != NULL) {
                pc->index = (uint32_t)(e - g->ma_table);
                return e->me_value;
            }
            if ((Py_ssize_t)pc->tag <= b->ma_mask) {
                e = &b->ma_table[pc->tag];
                if (e->me_key == name && e->me_value != NULL)
                    return e->me_value;
            }
            e = _PyDict_LookupEntry(b, name, hash);
            if (e == NULL || e->me_value == NULL)
                return NULL;
            pc->tag = (uint32_t)(e - b->ma_table);
            return e->me_value;
        }
    }
    PyObject *v = PyDict_GetItem((PyObject *)g, name);
    return v != NULL ? v : PyDict_GetItem((PyObject *)b, name);
}

/* Attribute of an instance whose class has nothing of that name: straight from its dict. NULL
 * without an error: take the ordinary way. Borrowed. */
static inline PyObject *_PyEval_LoadInstanceAttr(PyObject *o, PyObject *name, PyInstr *pc)
{
    PyTypeObject *tp = Py_TYPE(o);
    if (pc->tag == 0 || pc->tag != tp->tp_version_tag ||
        !(tp->tp_flags & Py_TPFLAGS_VALID_VERSION_TAG))
        return NULL;
    PyDictObject *d = *(PyDictObject **)((char *)o + tp->tp_dictoffset);
    if (d == NULL)
        return NULL;
    if ((Py_ssize_t)pc->index <= d->ma_mask) {
        PyDictEntry *e = &d->ma_table[pc->index];
        if (e->me_key == name)
            return e->me_value;
    }
    PyDictEntry *e = _PyDict_LookupEntry(d, name, ((PyStringObject *)name)->ob_shash);
    if (e == NULL) {
        PyErr_Clear();
        return NULL;
    }
    if (e->me_value != NULL)
        pc->index = (uint32_t)(e - d->ma_table);
    return e->me_value;
}

/* Replaces the value of a name that is already in the dict, found where it was last time. 0: not
 * so; the ordinary way must be taken. */
static inline int _PyEval_ReplaceValue(PyObject *o, PyObject *name, PyObject *value, PyInstr *pc)
{
    PyDictObject *d = (PyDictObject *)o;
    if ((Py_ssize_t)pc->index > d->ma_mask || !_PyObject_GC_IS_TRACKED(o))
        return 0;
    PyDictEntry *e = &d->ma_table[pc->index];
    PyObject *old = e->me_value;
    if (e->me_key != name || old == NULL)
        return 0;
    Py_INCREF(value);
    e->me_value = value;
    Py_DECREF(old);
    return 1;
}

/* Notes where the name now stands in the dict. */
void _PyEval_NotePlace(PyObject *o, PyObject *name, PyInstr *pc);

/* LOAD_NAME: new reference or NULL. */
PyObject *_PyEval_LoadName(PyFrameObject *, PyObject *name);
/* STORE_NAME; value NULL: DELETE_NAME. -1 with an error. */
int _PyEval_StoreName(PyFrameObject *, PyObject *name, PyObject *value);
/* LOAD_ATTR and STORE_ATTR where the cache does not help: three-way. */
PyObject *_PyEval_LoadAttr(PyObject *o, PyObject *name, PyInstr *pc);
PyObject *_PyEval_StoreAttr(PyObject *o, PyObject *name, PyObject *value, PyInstr *pc);
/* The method of a built-in type that an instance without a dict has under that name, if it can be
 * called without arguments; NULL without an error: take the ordinary way. Borrowed. */
PyMethodDef *_PyEval_BareMethod(PyObject *o, PyObject *name);
/* o.name() in one: three-way. */
PyObject *_PyEval_CallBare(PyMethodDef *, PyObject *o);
#endif
