/* SPDX-License-Identifier: MIT */
/* Comparison: rich (six operators) and three-way, and how 2.x reduces either to the other.
 * Order tried: the subclass's reflected rich slot, the left's, the right's; then three-way slots,
 * directly or after coercion; at last the default order by type name and address, under which None
 * is least and numbers come first. Three-way answers inside this file: -1, 0, 1; 2 "not
 * implemented"; -2 error. */
#include "Python.h"
#include "typeinternal.h"

int _Py_SwappedOp[] = {Py_GT, Py_GE, Py_EQ, Py_NE, Py_LT, Py_LE};

/* Brings what a tp_compare slot answered into {-2, -1, 0, 1}. */
static int checked_three_way(int c)
{
    if (PyErr_Occurred()) {
        if (c != -1 && c != -2) {
            PyObject *t, *v, *tb;
            PyErr_Fetch(&t, &v, &tb);
            if (PyErr_WarnEx(PyExc_RuntimeWarning,
                             "tp_compare didn't return -1 or -2 for exception", 1) < 0) {
                Py_XDECREF(t);
                Py_XDECREF(v);
                Py_XDECREF(tb);
            } else {
                PyErr_Restore(t, v, tb);
            }
        }
        return -2;
    }
    if (c < -1 || c > 1) {
        if (PyErr_WarnEx(PyExc_RuntimeWarning, "tp_compare didn't return -1, 0 or 1", 1) < 0)
            return -2;
        return c < -1 ? -1 : 1;
    }
    return c;
}

/* The rich slots of both sides: a new reference, NotImplemented when neither knows, NULL on error.
 */
static PyObject *try_rich(PyObject *v, PyObject *w, int op)
{
    PyTypeObject *vt = Py_TYPE(v), *wt = Py_TYPE(w);
    PyObject *res;
    if (vt != wt && wt->tp_richcompare != NULL && PyType_IsSubtype(wt, vt)) {
        res = wt->tp_richcompare(w, v, _Py_SwappedOp[op]);
        if (res != Py_NotImplemented)
            return res;
        Py_DECREF(res);
    }
    if (vt->tp_richcompare != NULL) {
        res = vt->tp_richcompare(v, w, op);
        if (res != Py_NotImplemented)
            return res;
        Py_DECREF(res);
    }
    /* The right side is asked again even if it was asked above: programs can see that it is. */
    if (wt->tp_richcompare != NULL)
        return wt->tp_richcompare(w, v, _Py_SwappedOp[op]);
    Py_RETURN_NOTIMPLEMENTED;
}

/* The same as a truth value: 1, 0, 2 not implemented, -1 error. */
static int try_rich_bool(PyObject *v, PyObject *w, int op)
{
    if (Py_TYPE(v)->tp_richcompare == NULL && Py_TYPE(w)->tp_richcompare == NULL)
        return 2;
    PyObject *res = try_rich(v, w, op);
    if (res == NULL)
        return -1;
    int ok = res == Py_NotImplemented ? 2 : PyObject_IsTrue(res);
    Py_DECREF(res);
    return ok;
}

/* Three-way order out of ==, < and >. */
static int try_rich_as_three_way(PyObject *v, PyObject *w)
{
    static const struct {
        int op, outcome;
    } tries[] = {{Py_EQ, 0}, {Py_LT, -1}, {Py_GT, 1}};
    if (Py_TYPE(v)->tp_richcompare == NULL && Py_TYPE(w)->tp_richcompare == NULL)
        return 2;
    for (int i = 0; i < 3; i++) {
        int r = try_rich_bool(v, w, tries[i].op);
        if (r == -1)
            return -2;
        if (r == 1)
            return tries[i].outcome;
    }
    return 2;
}

static int try_three_way(PyObject *v, PyObject *w)
{
    cmpfunc f = Py_TYPE(v)->tp_compare;
    /* Classic instances first: their slot answers in the same code as this function. */
    if (PyInstance_Check(v))
        return f(v, w);
    if (PyInstance_Check(w))
        return Py_TYPE(w)->tp_compare(v, w);
    if (f != NULL && f == Py_TYPE(w)->tp_compare)
        return checked_three_way(f(v, w));
    if (f == _PyObject_SlotCompare || Py_TYPE(w)->tp_compare == _PyObject_SlotCompare)
        return checked_three_way(_PyObject_SlotCompare(v, w));
    int c = PyNumber_CoerceEx(&v, &w);
    if (c < 0)
        return -2;
    if (c > 0)
        return 2;
    f = Py_TYPE(v)->tp_compare;
    c = f != NULL && f == Py_TYPE(w)->tp_compare ? checked_three_way(f(v, w)) : 2;
    Py_DECREF(v);
    Py_DECREF(w);
    return c;
}

static int default_three_way(PyObject *v, PyObject *w)
{
    if (Py_TYPE(v) == Py_TYPE(w)) {
        uintptr_t a = (uintptr_t)v, b = (uintptr_t)w;
        return a < b ? -1 : a > b;
    }
    if (v == Py_None)
        return -1;
    if (w == Py_None)
        return 1;
    const char *vname = PyNumber_Check(v) ? "" : Py_TYPE(v)->tp_name;
    const char *wname = PyNumber_Check(w) ? "" : Py_TYPE(w)->tp_name;
    int c = strcmp(vname, wname);
    if (c != 0)
        return c < 0 ? -1 : 1;
    return (uintptr_t)Py_TYPE(v) < (uintptr_t)Py_TYPE(w) ? -1 : 1;
}

static int do_compare(PyObject *v, PyObject *w)
{
    int c;
    cmpfunc f = Py_TYPE(v)->tp_compare;
    if (Py_TYPE(v) == Py_TYPE(w) && f != NULL) {
        c = f(v, w);
        if (!PyInstance_Check(v))
            return checked_three_way(c);
        if (c != 2)
            return c;
    }
    c = try_rich_as_three_way(v, w);
    if (c < 2)
        return c;
    c = try_three_way(v, w);
    if (c < 2)
        return c;
    return default_three_way(v, w);
}

int PyObject_Compare(PyObject *v, PyObject *w)
{
    if (v == NULL || w == NULL) {
        PyErr_BadInternalCall();
        return -1;
    }
    if (v == w)
        return 0;
    if (Py_EnterRecursiveCall(" in cmp"))
        return -1;
    int result = do_compare(v, w);
    Py_LeaveRecursiveCall();
    return result < 0 ? -1 : result;
}

static PyObject *three_way_to_object(int op, int c)
{
    PyObject *res = Py_CmpToRich(op, c) ? Py_True : Py_False;
    Py_INCREF(res);
    return res;
}

PyObject *_PyObject_CompareFallback(PyObject *v, PyObject *w, int op)
{
    int c = try_three_way(v, w);
    if (c >= 2) {
        if (Py_Py3kWarningFlag && Py_TYPE(v) != Py_TYPE(w) && op != Py_EQ && op != Py_NE &&
            PyErr_WarnEx(PyExc_DeprecationWarning, "comparing unequal types not supported in 3.x",
                         1) < 0)
            return NULL;
        c = default_three_way(v, w);
    }
    return c <= -2 ? NULL : three_way_to_object(op, c);
}

static PyObject *do_richcompare(PyObject *v, PyObject *w, int op)
{
    PyTypeObject *tp = Py_TYPE(v);
    PyObject *res;
    if (tp == Py_TYPE(w) && !PyInstance_Check(v)) {
        if (tp->tp_richcompare != NULL) {
            res = tp->tp_richcompare(v, w, op);
            if (res != Py_NotImplemented)
                return res;
            Py_DECREF(res);
        }
        if (tp->tp_compare != NULL) {
            int c = checked_three_way(tp->tp_compare(v, w));
            return c == -2 ? NULL : three_way_to_object(op, c);
        }
    }
    res = try_rich(v, w, op);
    if (res != Py_NotImplemented)
        return res;
    Py_DECREF(res);
    return _PyObject_CompareFallback(v, w, op);
}

PyObject *PyObject_RichCompare(PyObject *v, PyObject *w, int op)
{
    assert(Py_LT <= op && op <= Py_GE);
    if (Py_EnterRecursiveCall(" in cmp"))
        return NULL;
    PyObject *res = do_richcompare(v, w, op);
    Py_LeaveRecursiveCall();
    return res;
}

int PyObject_RichCompareBool(PyObject *v, PyObject *w, int op)
{
    if (v == w) {
        if (op == Py_EQ)
            return 1;
        if (op == Py_NE)
            return 0;
    }
    PyObject *res = PyObject_RichCompare(v, w, op);
    if (res == NULL)
        return -1;
    int ok = PyBool_Check(res) ? res == Py_True : PyObject_IsTrue(res);
    Py_DECREF(res);
    return ok;
}
