/* SPDX-License-Identifier: MIT */
/* Names and attributes of the loop that its inline caches do not answer, and what is noted in the
 * caches for the next time: see names.h. */
#include "names.h"

/* Notes in the instruction that instances of the type have the attribute in their own dict only. */
static void note_instance_attr(PyTypeObject *tp, PyObject *name, PyInstr *pc, int store)
{
    pc->tag = 0;
    if ((store ? tp->tp_setattro == PyObject_GenericSetAttr
               : tp->tp_getattro == PyObject_GenericGetAttr) &&
        tp->tp_dictoffset > 0 && PyString_CheckExact(name) && PyString_CHECK_INTERNED(name) &&
        ((PyStringObject *)name)->ob_shash != -1 && _PyType_AssignVersionTag(tp) &&
        _PyType_Lookup(tp, name) == NULL)
        pc->tag = tp->tp_version_tag;
}

PyObject *_PyEval_LoadAttr(PyObject *o, PyObject *name, PyInstr *pc)
{
    PyObject *v;
    if (Py_TYPE(o) == &PyInstance_Type && PyString_CheckExact(name) &&
        PyString_AS_STRING(name)[0] != '_') {
        v = PyDict_GetItem(((PyInstanceObject *)o)->in_dict, name);
        if (v != NULL) {
            Py_INCREF(v);
            return v;
        }
    } else
        note_instance_attr(Py_TYPE(o), name, pc, 0);
    return PyEval_GetAttrGoOn(o, name);
}

PyMethodDef *_PyEval_BareMethod(PyObject *o, PyObject *name)
{
    PyTypeObject *tp = Py_TYPE(o);
    if (tp->tp_getattro != PyObject_GenericGetAttr || tp->tp_dictoffset != 0 ||
        !PyString_CheckExact(name))
        return NULL;
    PyObject *descr = _PyType_Lookup(tp, name);
    if (descr == NULL || Py_TYPE(descr) != &PyMethodDescr_Type ||
        !PyObject_TypeCheck(o, PyDescr_TYPE(descr)))
        return NULL;
    PyMethodDef *ml = ((PyMethodDescrObject *)descr)->d_method;
    return (ml->ml_flags & (METH_NOARGS | METH_VARARGS)) && !(ml->ml_flags & METH_AGAIN) ? ml
                                                                                         : NULL;
}

/* Such a method outlives every call, as its table does. */
PyObject *_PyEval_CallBare(PyMethodDef *ml, PyObject *o)
{
    if ((ml->ml_flags & (METH_NOARGS | METH_KEYWORDS)) == METH_NOARGS)
        return ml->ml_meth(o, NULL);
    PyObject *none = PyTuple_New(0);
    if (none == NULL)
        return NULL;
    PyObject *r = _PyMethodDef_CallGoOn(ml, o, none, NULL);
    Py_DECREF(none);
    return r;
}

PyObject *_PyEval_StoreAttr(PyObject *o, PyObject *name, PyObject *value, PyInstr *pc)
{
    note_instance_attr(Py_TYPE(o), name, pc, 1);
    return PyEval_SetAttrGoOn(o, name, value);
}

void _PyEval_NotePlace(PyObject *o, PyObject *name, PyInstr *pc)
{
    PyDictObject *d = (PyDictObject *)o;
    if (!PyString_CheckExact(name) || ((PyStringObject *)name)->ob_shash == -1)
        return;
    PyDictEntry *e = _PyDict_LookupEntry(d, name, ((PyStringObject *)name)->ob_shash);
    if (e == NULL)
        PyErr_Clear();
    else if (e->me_value != NULL)
        pc->index = (uint32_t)(e - d->ma_table);
}

PyObject *_PyEval_LoadName(PyFrameObject *f, PyObject *name)
{
    PyObject *v, *locals = f->f_locals;
    if (locals == NULL) {
        PyErr_Format(PyExc_SystemError, "no locals when loading '%.200s'", PyString_AsString(name));
        return NULL;
    }
    if (PyDict_CheckExact(locals)) {
        v = PyDict_GetItem(locals, name);
        Py_XINCREF(v);
    } else {
        v = PyObject_GetItem(locals, name);
        if (v == NULL) {
            if (!PyErr_ExceptionMatches(PyExc_KeyError))
                return NULL;
            PyErr_Clear();
        }
    }
    if (v == NULL) {
        v = PyDict_GetItem(f->f_globals, name);
        if (v == NULL) {
            v = PyDict_GetItem(f->f_builtins, name);
            if (v == NULL) {
                _PyEval_NameError(name, 0);
                return NULL;
            }
        }
        Py_INCREF(v);
    }
    return v;
}

int _PyEval_StoreName(PyFrameObject *f, PyObject *name, PyObject *value)
{
    PyObject *locals = f->f_locals;
    if (locals == NULL) {
        PyErr_Format(PyExc_SystemError,
                     value ? "no locals found when storing '%.200s'"
                           : "no locals when deleting '%.200s'",
                     PyString_AsString(name));
        return -1;
    }
    if (value == NULL) {
        if (PyObject_DelItem(locals, name) < 0) {
            if (PyErr_ExceptionMatches(PyExc_KeyError) || PyErr_ExceptionMatches(PyExc_NameError))
                _PyEval_NameError(name, 0);
            return -1;
        }
        return 0;
    }
    return PyDict_CheckExact(locals) ? PyDict_SetItem(locals, name, value)
                                     : PyObject_SetItem(locals, name, value);
}
