/* SPDX-License-Identifier: MIT */
/* Slot wrappers: int.__add__, list.__len__ and the like. Each takes the argument tuple of the call,
 * checks it, calls the slot function that `wrapped` points to, and turns C answers (-1, 0, 1) into
 * objects. */
#include "Python.h"
#include "slotwrap.h"
#include "typeinternal.h"

#define WRAPPED(type) (*(type *)wrapped)

/* Two kinds of complaint: of wrappers that count their arguments, and of those that unpack the
 * tuple (under an empty name, whence the blank). */
static int takes_args(PyObject *args, Py_ssize_t n, const char *name)
{
    if (!PyTuple_CheckExact(args)) {
        PyErr_SetString(PyExc_SystemError, "PyArg_UnpackTuple() argument list is not a tuple");
        return 0;
    }
    if (PyTuple_GET_SIZE(args) == n)
        return 1;
    PyErr_Format(PyExc_TypeError, "%sexpected %zd arguments, got %zd", name, n,
                 PyTuple_GET_SIZE(args));
    return 0;
}

static int check_arg_count(PyObject *args, Py_ssize_t n)
{
    return takes_args(args, n, "");
}

static int unpack_args(PyObject *args, Py_ssize_t n)
{
    return takes_args(args, n, " ");
}

#define ARG(i) PyTuple_GET_ITEM(args, i)

/* None for a procedure's answer. */
static PyObject *procedure_result(int res)
{
    if (res == -1 && PyErr_Occurred())
        return NULL;
    Py_RETURN_NONE;
}

SLOT_WRAPPER(lenfunc)
{
    if (!check_arg_count(args, 0))
        return NULL;
    Py_ssize_t res = WRAPPED(lenfunc)(self);
    return res == -1 && PyErr_Occurred() ? NULL : PyInt_FromSsize_t(res);
}

SLOT_WRAPPER(inquirypred)
{
    if (!check_arg_count(args, 0))
        return NULL;
    int res = WRAPPED(inquiry)(self);
    return res == -1 && PyErr_Occurred() ? NULL : PyBool_FromLong(res);
}

SLOT_WRAPPER(binaryfunc)
{
    return check_arg_count(args, 1) ? WRAPPED(binaryfunc)(self, ARG(0)) : NULL;
}

/* A type without CHECKTYPES expects both operands to be its own. */
static int operand_fits(PyObject *self, PyObject *other)
{
    return PyType_HasFeature(Py_TYPE(other), Py_TPFLAGS_CHECKTYPES) ||
           PyType_HasFeature(Py_TYPE(self), Py_TPFLAGS_CHECKTYPES) ||
           PyType_IsSubtype(Py_TYPE(other), Py_TYPE(self));
}

SLOT_WRAPPER(binaryfunc_l)
{
    if (!check_arg_count(args, 1))
        return NULL;
    if (!operand_fits(self, ARG(0)))
        Py_RETURN_NOTIMPLEMENTED;
    return WRAPPED(binaryfunc)(self, ARG(0));
}

SLOT_WRAPPER(binaryfunc_r)
{
    if (!check_arg_count(args, 1))
        return NULL;
    if (!operand_fits(self, ARG(0)))
        Py_RETURN_NOTIMPLEMENTED;
    return WRAPPED(binaryfunc)(ARG(0), self);
}

SLOT_WRAPPER(coercefunc)
{
    if (!check_arg_count(args, 1))
        return NULL;
    PyObject *a = self, *b = ARG(0);
    int ok = WRAPPED(coercion)(&a, &b);
    if (ok < 0)
        return NULL;
    if (ok > 0)
        Py_RETURN_NOTIMPLEMENTED;
    PyObject *res = PyTuple_Pack(2, a, b);
    Py_DECREF(a);
    Py_DECREF(b);
    return res;
}

SLOT_WRAPPER(ternaryfunc)
{
    PyObject *other, *third = Py_None;
    /* The third argument is for pow() with a modulus. */
    if (!PyArg_UnpackTuple(args, "", 1, 2, &other, &third))
        return NULL;
    return WRAPPED(ternaryfunc)(self, other, third);
}

SLOT_WRAPPER(ternaryfunc_r)
{
    PyObject *other, *third = Py_None;
    if (!PyArg_UnpackTuple(args, "", 1, 2, &other, &third))
        return NULL;
    return WRAPPED(ternaryfunc)(other, self, third);
}

SLOT_WRAPPER(unaryfunc)
{
    return check_arg_count(args, 0) ? WRAPPED(unaryfunc)(self) : NULL;
}

SLOT_WRAPPER(indexargfunc)
{
    if (!unpack_args(args, 1))
        return NULL;
    Py_ssize_t i = PyNumber_AsSsize_t(ARG(0), PyExc_OverflowError);
    return i == -1 && PyErr_Occurred() ? NULL : WRAPPED(ssizeargfunc)(self, i);
}

/* An index argument, counted from the end when negative; -1 with an error is told by
 * PyErr_Occurred. */
static Py_ssize_t index_arg(PyObject *self, PyObject *arg)
{
    Py_ssize_t i = PyNumber_AsSsize_t(arg, PyExc_OverflowError);
    if (i == -1 && PyErr_Occurred())
        return -1;
    if (i < 0) {
        PySequenceMethods *sq = Py_TYPE(self)->tp_as_sequence;
        if (sq != NULL && sq->sq_length != NULL) {
            Py_ssize_t n = sq->sq_length(self);
            if (n < 0)
                return -1;
            i += n;
        }
    }
    return i;
}

SLOT_WRAPPER(sq_item)
{
    if (!check_arg_count(args, 1))
        return NULL;
    Py_ssize_t i = index_arg(self, ARG(0));
    return i == -1 && PyErr_Occurred() ? NULL : WRAPPED(ssizeargfunc)(self, i);
}

SLOT_WRAPPER(getslice)
{
    Py_ssize_t i, j;
    if (!PyArg_ParseTuple(args, "nn", &i, &j))
        return NULL;
    return WRAPPED(ssizessizeargfunc)(self, i, j);
}

SLOT_WRAPPER(sq_setitem)
{
    if (!unpack_args(args, 2))
        return NULL;
    Py_ssize_t i = index_arg(self, ARG(0));
    if (i == -1 && PyErr_Occurred())
        return NULL;
    return procedure_result(WRAPPED(ssizeobjargproc)(self, i, ARG(1)));
}

SLOT_WRAPPER(sq_delitem)
{
    if (!check_arg_count(args, 1))
        return NULL;
    Py_ssize_t i = index_arg(self, ARG(0));
    if (i == -1 && PyErr_Occurred())
        return NULL;
    return procedure_result(WRAPPED(ssizeobjargproc)(self, i, NULL));
}

SLOT_WRAPPER(setslice)
{
    Py_ssize_t i, j;
    PyObject *value;
    if (!PyArg_ParseTuple(args, "nnO", &i, &j, &value))
        return NULL;
    return procedure_result(WRAPPED(ssizessizeobjargproc)(self, i, j, value));
}

SLOT_WRAPPER(delslice)
{
    Py_ssize_t i, j;
    if (!PyArg_ParseTuple(args, "nn", &i, &j))
        return NULL;
    return procedure_result(WRAPPED(ssizessizeobjargproc)(self, i, j, NULL));
}

SLOT_WRAPPER(contains)
{
    if (!check_arg_count(args, 1))
        return NULL;
    int res = WRAPPED(objobjproc)(self, ARG(0));
    return res == -1 && PyErr_Occurred() ? NULL : PyBool_FromLong(res);
}

SLOT_WRAPPER(objobjargproc)
{
    if (!unpack_args(args, 2))
        return NULL;
    return procedure_result(WRAPPED(objobjargproc)(self, ARG(0), ARG(1)));
}

SLOT_WRAPPER(delitem)
{
    if (!check_arg_count(args, 1))
        return NULL;
    return procedure_result(WRAPPED(objobjargproc)(self, ARG(0), NULL));
}

SLOT_WRAPPER(cmpfunc)
{
    if (!check_arg_count(args, 1))
        return NULL;
    PyObject *other = ARG(0);
    cmpfunc func = WRAPPED(cmpfunc);
    if (Py_TYPE(other)->tp_compare != func && !PyType_IsSubtype(Py_TYPE(other), Py_TYPE(self))) {
        PyErr_Format(PyExc_TypeError, "%s.__cmp__(x,y) requires y to be a '%s', not a '%s'",
                     Py_TYPE(self)->tp_name, Py_TYPE(self)->tp_name, Py_TYPE(other)->tp_name);
        return NULL;
    }
    int res = func(self, other);
    return PyErr_Occurred() ? NULL : PyInt_FromLong(res);
}

/* object.__setattr__(C, name, value) on a class with its own setattr would get round that one. */
static int attribute_hack(PyObject *self, setattrofunc func, const char *what)
{
    PyTypeObject *type = Py_TYPE(self);
    while (type != NULL && (type->tp_flags & Py_TPFLAGS_HEAPTYPE))
        type = type->tp_base;
    if (type != NULL && type->tp_setattro != func) {
        PyErr_Format(PyExc_TypeError, "can't apply this %s to %s object", what, type->tp_name);
        return 0;
    }
    return 1;
}

SLOT_WRAPPER(setattr)
{
    if (!unpack_args(args, 2) || !attribute_hack(self, WRAPPED(setattrofunc), "__setattr__"))
        return NULL;
    return WRAPPED(setattrofunc)(self, ARG(0), ARG(1)) < 0 ? NULL : procedure_result(0);
}

SLOT_WRAPPER(delattr)
{
    if (!check_arg_count(args, 1) || !attribute_hack(self, WRAPPED(setattrofunc), "__delattr__"))
        return NULL;
    return WRAPPED(setattrofunc)(self, ARG(0), NULL) < 0 ? NULL : procedure_result(0);
}

SLOT_WRAPPER(hashfunc)
{
    if (!check_arg_count(args, 0))
        return NULL;
    py_long res = WRAPPED(hashfunc)(self);
    return res == -1 && PyErr_Occurred() ? NULL : PyInt_FromLong(res);
}

#define RICH_WRAPPER(name, op)                                                                     \
    SLOT_WRAPPER(name)                                                                             \
    {                                                                                              \
        return check_arg_count(args, 1) ? WRAPPED(richcmpfunc)(self, ARG(0), op) : NULL;           \
    }
RICH_WRAPPER(lt, Py_LT)
RICH_WRAPPER(le, Py_LE)
RICH_WRAPPER(eq, Py_EQ)
RICH_WRAPPER(ne, Py_NE)
RICH_WRAPPER(gt, Py_GT)
RICH_WRAPPER(ge, Py_GE)

SLOT_WRAPPER(next)
{
    if (!check_arg_count(args, 0))
        return NULL;
    PyObject *res = WRAPPED(iternextfunc)(self);
    if (res == NULL && !PyErr_Occurred())
        PyErr_SetNone(PyExc_StopIteration);
    return res;
}

SLOT_WRAPPER(descr_get)
{
    PyObject *obj, *type = NULL;
    if (!PyArg_UnpackTuple(args, "", 1, 2, &obj, &type))
        return NULL;
    if (obj == Py_None)
        obj = NULL;
    if (type == Py_None)
        type = NULL;
    if (type == NULL && obj == NULL) {
        PyErr_SetString(PyExc_TypeError, "__get__(None, None) is invalid");
        return NULL;
    }
    return WRAPPED(descrgetfunc)(self, obj, type);
}

SLOT_WRAPPER(descr_set)
{
    if (!unpack_args(args, 2))
        return NULL;
    return WRAPPED(descrsetfunc)(self, ARG(0), ARG(1)) < 0 ? NULL : procedure_result(0);
}

SLOT_WRAPPER(descr_delete)
{
    if (!check_arg_count(args, 1))
        return NULL;
    return WRAPPED(descrsetfunc)(self, ARG(0), NULL) < 0 ? NULL : procedure_result(0);
}

PyObject *_PyWrap_call_kw(PyObject *self, PyObject *args, void *wrapped, PyObject *kwds)
{
    return WRAPPED(ternaryfunc)(self, args, kwds);
}

SLOT_WRAPPER(call)
{
    return _PyWrap_call_kw(self, args, wrapped, NULL);
}

PyObject *_PyWrap_init_kw(PyObject *self, PyObject *args, void *wrapped, PyObject *kwds)
{
    return WRAPPED(initproc)(self, args, kwds) < 0 ? NULL : procedure_result(0);
}

SLOT_WRAPPER(init)
{
    return _PyWrap_init_kw(self, args, wrapped, NULL);
}
