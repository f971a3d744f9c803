/* SPDX-License-Identifier: MIT */
/* Attribute access, iteration, text and truth as the loop does them: what is defined in Python is
 * called without nesting, everything else through the object's own slots. Invariant: the result and
 * the side effects are those of PyObject_GetAttr and its kin. */
#include "eval.h"

#define NAME(var, text)                                                                            \
    static PyObject *var;                                                                          \
    if (var == NULL && (var = PyString_InternFromString(text)) == NULL)                            \
        return NULL;

/* The plain Python function that a class defines under that name, or NULL (borrowed). */
static PyObject *python_method(PyTypeObject *tp, PyObject *name)
{
    if (!PyType_HasFeature(tp, Py_TPFLAGS_HEAPTYPE))
        return NULL;
    PyObject *f = _PyType_Lookup(tp, name);
    return f != NULL && PyFunction_Check(f) ? f : NULL;
}

static PyObject *call1(PyObject *f, PyObject *a, int depth)
{
    PyObject *args = PyTuple_Pack(1, a);
    if (args == NULL)
        return NULL;
    PyObject *r = _PyEval_CallDeep(f, args, NULL, depth);
    Py_DECREF(args);
    return r;
}

static PyObject *call2(PyObject *f, PyObject *a, PyObject *b, int depth)
{
    PyObject *args = PyTuple_Pack(2, a, b);
    if (args == NULL)
        return NULL;
    PyObject *r = _PyEval_CallDeep(f, args, NULL, depth);
    Py_DECREF(args);
    return r;
}

static PyObject *call3(PyObject *f, PyObject *a, PyObject *b, PyObject *c, int depth)
{
    PyObject *args = PyTuple_Pack(3, a, b, c);
    if (args == NULL)
        return NULL;
    PyObject *r = _PyEval_CallDeep(f, args, NULL, depth);
    Py_DECREF(args);
    return r;
}

/* ---- getattr ---- */

/* object.__getattribute__, with properties and descriptors written in Python called without
 * nesting. */
static PyObject *generic_get(PyObject *o, PyObject *name)
{
    PyTypeObject *tp = Py_TYPE(o);
    PyObject *descr;
    if (!PyString_Check(name) || (descr = _PyType_Lookup(tp, name)) == NULL)
        return PyObject_GenericGetAttr(o, name);
    PyTypeObject *dt = Py_TYPE(descr);
    if (dt == &PyProperty_Type) {
        PyObject *fget = ((propertyobject *)descr)->prop_get;
        if (fget == NULL || fget == Py_None)
            return PyObject_GenericGetAttr(o, name);
        Py_INCREF(fget);
        PyObject *r = call1(fget, o, DEPTH_CALL);
        Py_DECREF(fget);
        return r;
    }
    if (dt->tp_descr_get == _PySlot_tp_descr_get) {
        NAME(get_name, "__get__");
        PyObject *get = python_method(dt, get_name);
        if (get != NULL) {
            if (dt->tp_descr_set == NULL) {
                /* The lookup may run code that drops both. */
                Py_INCREF(get);
                Py_INCREF(descr);
                PyObject **dictptr = _PyObject_GetDictPtr(o);
                PyObject *v = dictptr && *dictptr ? PyDict_GetItem(*dictptr, name) : NULL;
                Py_XINCREF(v);
                if (v != NULL) {
                    Py_DECREF(descr);
                    Py_DECREF(get);
                    return v;
                }
            } else {
                Py_INCREF(get);
                Py_INCREF(descr);
            }
            PyObject *r = call3(get, descr, o, (PyObject *)tp, DEPTH_CALL);
            Py_DECREF(descr);
            Py_DECREF(get);
            return r;
        }
    }
    return PyObject_GenericGetAttr(o, name);
}

/* __getattribute__ has answered: when it failed, ask __getattr__ (c->b) of c->a for the name c->c.
 */
static PyObject *getattr_fallback(PyCont *c, PyObject *value)
{
    PyObject *r = value;
    if (value == NULL && PyErr_ExceptionMatches(PyExc_AttributeError)) {
        PyErr_Clear();
        r = call2(c->b, c->a, c->c, DEPTH_METHOD);
    }
    PyEval_ReleaseCont(c);
    return r;
}

static PyObject *hooked_get(PyObject *o, PyObject *name)
{
    PyTypeObject *tp = Py_TYPE(o);
    NAME(getattr_name, "__getattr__");
    NAME(getattribute_name, "__getattribute__");
    PyObject *getattr = _PyType_Lookup(tp, getattr_name);
    PyObject *getattribute = _PyType_Lookup(tp, getattribute_name);
    int generic = getattribute != NULL && Py_TYPE(getattribute) == &PyWrapperDescr_Type &&
                  PyDescr_TYPE(getattribute) == &PyBaseObject_Type;
    if ((getattr != NULL && !PyFunction_Check(getattr)) ||
        !(generic || (getattribute != NULL && PyFunction_Check(getattribute))))
        return PyObject_GetAttr(o, name);
    if (getattr == NULL)
        return generic ? generic_get(o, name) : call2(getattribute, o, name, DEPTH_METHOD);
    PyCont *c = PyEval_PushCont(getattr_fallback);
    if (c == NULL)
        return NULL;
    Py_INCREF(o);
    c->a = o;
    Py_INCREF(getattr);
    c->b = getattr;
    Py_INCREF(name);
    c->c = name;
    return PyEval_Then(generic ? generic_get(o, name) : call2(getattribute, o, name, DEPTH_METHOD));
}

PyObject *PyEval_GetAttrGoOn(PyObject *o, PyObject *name)
{
    PyTypeObject *tp = Py_TYPE(o);
    if (tp->tp_getattro == PyObject_GenericGetAttr)
        return generic_get(o, name);
    if (tp->tp_getattro == _PySlot_tp_getattr_hook || tp->tp_getattro == _PySlot_tp_getattro)
        return hooked_get(o, name);
    if (tp == &PyInstance_Type) {
        PyObject *hook = ((PyInstanceObject *)o)->in_class->cl_getattr;
        if (hook != NULL && PyFunction_Check(hook) && PyString_Check(name)) {
            const char *s = PyString_AS_STRING(name);
            if (strcmp(s, "__dict__") != 0 && strcmp(s, "__class__") != 0) {
                PyObject *v = _PyInstance_GetAttrNoHook(o, name);
                if (v != NULL || PyErr_Occurred())
                    return v;
                return call2(hook, o, name, DEPTH_CALL);
            }
        }
    }
    return PyObject_GetAttr(o, name);
}

/* ---- setattr ---- */

static PyObject *discard_done(PyCont *c, PyObject *value)
{
    PyEval_ReleaseCont(c);
    if (value == NULL)
        return NULL;
    Py_DECREF(value);
    Py_RETURN_NONE;
}

PyObject *PyEval_SetAttrGoOn(PyObject *o, PyObject *name, PyObject *value)
{
    PyTypeObject *tp = Py_TYPE(o);
    PyObject *f = NULL, *descr = NULL;
    NAME(setattr_name, "__setattr__");
    NAME(delattr_name, "__delattr__");
    if (PyString_Check(name)) {
        if (tp->tp_setattro == PyObject_GenericSetAttr) {
            descr = _PyType_Lookup(tp, name);
            if (descr != NULL && Py_TYPE(descr) == &PyProperty_Type) {
                f = value ? ((propertyobject *)descr)->prop_set
                          : ((propertyobject *)descr)->prop_del;
                if (f == Py_None)
                    f = NULL;
            }
        } else if (tp->tp_setattro == _PySlot_tp_setattro)
            f = python_method(tp, value ? setattr_name : delattr_name);
        else if (tp == &PyInstance_Type) {
            PyClassObject *k = ((PyInstanceObject *)o)->in_class;
            const char *s = PyString_AS_STRING(name);
            if (strcmp(s, "__dict__") != 0 && strcmp(s, "__class__") != 0) {
                f = value ? k->cl_setattr : k->cl_delattr;
                if (f != NULL && !PyFunction_Check(f))
                    f = NULL;
            }
        }
    }
    if (f == NULL) {
        if (PyObject_SetAttr(o, name, value) < 0)
            return NULL;
        Py_RETURN_NONE;
    }
    if (PyEval_PushCont(discard_done) == NULL)
        return NULL;
    Py_INCREF(f);
    PyObject *r;
    if (descr != NULL)
        r = value ? call2(f, o, value, DEPTH_CALL) : call1(f, o, DEPTH_CALL);
    else {
        int depth = tp == &PyInstance_Type ? DEPTH_CALL : DEPTH_METHOD;
        r = value ? call3(f, o, name, value, depth) : call2(f, o, name, depth);
    }
    Py_DECREF(f);
    return PyEval_Then(r);
}

/* ---- iteration ---- */

static PyObject *iter_done(PyCont *c, PyObject *value)
{
    PyEval_ReleaseCont(c);
    if (value != NULL && !PyIter_Check(value)) {
        PyErr_Format(PyExc_TypeError, "iter() returned non-iterator of type '%.100s'",
                     Py_TYPE(value)->tp_name);
        Py_CLEAR(value);
    }
    return value;
}

PyObject *PyEval_GetIterGoOn(PyObject *o)
{
    if (Py_TYPE(o)->tp_iter == _PySlot_tp_iter) {
        NAME(iter_name, "__iter__");
        PyObject *f = python_method(Py_TYPE(o), iter_name);
        if (f != NULL) {
            if (((PyCodeObject *)PyFunction_GET_CODE(f))->co_flags & CO_GENERATOR)
                return call1(f, o, DEPTH_METHOD);
            if (PyEval_PushCont(iter_done) == NULL)
                return NULL;
            return PyEval_Then(call1(f, o, DEPTH_METHOD));
        }
    }
    return PyObject_GetIter(o);
}

static PyObject *next_later(PyCont *c, PyObject *value)
{
    PyObject *r = NULL;
    if (value != NULL) {
        Py_DECREF(value);
        r = PyEval_IterNextGoOn(c->a);
    }
    PyEval_ReleaseCont(c);
    return r;
}

/* Iterators over iterators, however many: some ask the next one on the C stack, then the loop does.
 */
static PyObject *next_of_chain(PyObject *iter)
{
    enum { MOST = 50 };
    static int nested;
    PyObject *r;
    PyCont *c;

    if (nested < MOST) {
        nested++;
        r = Py_TYPE(iter)->tp_goon->go_next(iter);
        nested--;
        return r;
    }
    c = PyEval_PushCont(next_later);
    if (c == NULL)
        return NULL;
    Py_INCREF(iter);
    c->a = iter;
    Py_INCREF(Py_None);
    return PyEval_Then(Py_None);
}

PyObject *PyEval_IterNextGoOn(PyObject *iter)
{
    PyTypeObject *tp = Py_TYPE(iter);
    if (tp == &PyGen_Type)
        return _PyGen_ResumeGoOn((PyGenObject *)iter, Py_None);
    if (tp->tp_iternext == _PySlot_tp_iternext) {
        NAME(next_name, "next");
        PyObject *f = python_method(tp, next_name);
        if (f != NULL)
            return call1(f, iter, DEPTH_METHOD);
    } else if (tp->tp_iternext == NULL) {
        PyErr_Format(PyExc_TypeError, "'%.200s' object is not an iterator", tp->tp_name);
        return NULL;
    } else if (tp == &PyInstance_Type) {
        NAME(next_name, "next");
        PyClassObject *where;
        PyInstanceObject *inst = (PyInstanceObject *)iter;
        PyObject *f = _PyClass_Lookup(inst->in_class, next_name, &where);
        if (f != NULL && PyFunction_Check(f) && PyDict_GetItem(inst->in_dict, next_name) == NULL)
            return call1(f, iter, DEPTH_METHOD);
    }
    if (tp->tp_goon != NULL && tp->tp_goon->go_next != NULL)
        return next_of_chain(iter);
    return tp->tp_iternext(iter);
}

/* ---- text ---- */

static PyObject *text_done(PyCont *c, PyObject *value)
{
    const char *what = c->n ? "__str__" : "__repr__";
    PyEval_ReleaseCont(c);
    if (value == NULL || PyString_Check(value))
        return value;
    if (PyUnicode_Check(value)) {
        PyObject *s = PyUnicode_AsEncodedString(value, NULL, NULL);
        Py_DECREF(value);
        return s;
    }
    PyErr_Format(PyExc_TypeError, "%s returned non-string (type %.200s)", what,
                 Py_TYPE(value)->tp_name);
    Py_DECREF(value);
    return NULL;
}

static PyObject *text(PyObject *f, PyObject *o, int str)
{
    if (Py_EnterRecursiveCall(str ? " while getting the str of an object"
                                  : " while getting the repr of an object"))
        return NULL;
    Py_LeaveRecursiveCall(); /* what the call below counts for it */
    PyCont *c = PyEval_PushCont(text_done);
    if (c == NULL)
        return NULL;
    c->n = str;
    return PyEval_Then(call1(f, o, 1 + DEPTH_METHOD));
}

static PyObject *repr_again(PyObject *o, PyObject *unused, PyObject *unused2)
{
    return PyObject_Repr(o);
}

static PyObject *str_again(PyObject *o, PyObject *unused, PyObject *unused2)
{
    return PyObject_Str(o);
}

PyObject *PyEval_ReprGoOn(PyObject *o)
{
    if (Py_TYPE(o)->tp_repr == _PySlot_tp_repr) {
        NAME(repr_name, "__repr__");
        PyObject *f = python_method(Py_TYPE(o), repr_name);
        if (f != NULL)
            return text(f, o, 0);
    }
    return _PyEval_AgainGoOn(repr_again, o, NULL, NULL);
}

PyObject *PyEval_StrGoOn(PyObject *o)
{
    if (Py_TYPE(o)->tp_str == _PySlot_tp_str) {
        NAME(str_name, "__str__");
        PyObject *f = python_method(Py_TYPE(o), str_name);
        if (f != NULL)
            return text(f, o, 1);
    }
    return _PyEval_AgainGoOn(str_again, o, NULL, NULL);
}

/* ---- truth ---- */

static PyObject *truth_done(PyCont *c, PyObject *value)
{
    int length = (int)c->n;
    PyEval_ReleaseCont(c);
    if (value == NULL || PyBool_Check(value))
        return value;
    int truth = -1;
    if (PyInt_Check(value) || PyLong_Check(value)) {
        truth = PyObject_IsTrue(value);
        if (length && truth > 0) {
            Py_ssize_t n = PyNumber_AsSsize_t(value, PyExc_OverflowError);
            if (n < 0) {
                if (!PyErr_Occurred())
                    PyErr_SetString(PyExc_ValueError, "__len__() should return >= 0");
                truth = -1;
            }
        }
    } else if (length)
        PyErr_Format(PyExc_TypeError, "an integer is required");
    else
        PyErr_Format(PyExc_TypeError, "__nonzero__ should return bool or int, returned %s",
                     Py_TYPE(value)->tp_name);
    Py_DECREF(value);
    return truth < 0 ? NULL : PyBool_FromLong(truth);
}

static PyObject *truth_again(PyObject *o, PyObject *unused, PyObject *unused2)
{
    int t = PyObject_IsTrue(o);
    return t < 0 ? NULL : PyBool_FromLong(t);
}

PyObject *PyEval_IsTrueGoOn(PyObject *o)
{
    if (PyType_HasFeature(Py_TYPE(o), Py_TPFLAGS_HEAPTYPE)) {
        NAME(nonzero_name, "__nonzero__");
        PyObject *f = python_method(Py_TYPE(o), nonzero_name);
        if (f != NULL) {
            if (PyEval_PushCont(truth_done) == NULL)
                return NULL;
            return PyEval_Then(call1(f, o, DEPTH_METHOD));
        }
    }
    return _PyEval_AgainGoOn(truth_again, o, NULL, NULL);
}
