/* SPDX-License-Identifier: MIT */
/* The algebra of sets: methods, operators, comparisons. Invariants: methods take any iterable,
 * operators only sets; a result has the type of the left operand; where one operand may be smaller,
 * the smaller is walked. */
#include "Python.h"
#include "objects/set_private.h"

/* Calls body for each (key, hash) of a set or exact dict; the key is kept alive meanwhile. */
typedef int (*set_visitor)(PyObject *key, py_long hash, PyObject *x, PyObject *y);

static int set_each(PyObject *table, set_visitor visit, PyObject *x, PyObject *y)
{
    Py_ssize_t pos = 0;
    PyObject *key, *value;
    py_long hash;
    int is_dict = PyDict_Check(table);

    while (is_dict ? _PyDict_Next(table, &pos, &key, &value, &hash)
                   : _PySet_NextKey(table, &pos, &key, &hash)) {
        Py_INCREF(key);
        int status = visit(key, hash, x, y);
        Py_DECREF(key);
        if (status != 0)
            return status;
    }
    return 0;
}

/* The same for the elements of any iterable. */
static int set_each_of(PyObject *iterable, set_visitor visit, PyObject *x, PyObject *y)
{
    PyObject *it = PyObject_GetIter(iterable), *key;
    int status = 0;

    if (it == NULL)
        return -1;
    while (status == 0 && (key = PyIter_Next(it)) != NULL) {
        py_long hash = _PySet_HashKey(key);
        status = hash == -1 ? -1 : visit(key, hash, x, y);
        Py_DECREF(key);
    }
    Py_DECREF(it);
    return status == 0 && PyErr_Occurred() ? -1 : status;
}

/* Visitors: 0 go on, 1 stop with a finding, -1 error. */

static int visit_add_if_in(PyObject *key, py_long hash, PyObject *in, PyObject *result)
{
    int has = _PySet_HasHashed(in, key, hash);

    return has <= 0 ? has : _PySet_AddHashed(result, key, hash);
}

static int visit_add_unless_in(PyObject *key, py_long hash, PyObject *in, PyObject *result)
{
    int has = PyDict_Check(in) ? _PyDict_Contains(in, key, hash) : _PySet_HasHashed(in, key, hash);

    return has != 0 ? (has < 0 ? -1 : 0) : _PySet_AddHashed(result, key, hash);
}

static int visit_discard(PyObject *key, py_long hash, PyObject *from, PyObject *unused)
{
    return _PySet_DiscardHashed(from, key, hash) < 0 ? -1 : 0;
}

static int visit_toggle(PyObject *key, py_long hash, PyObject *set, PyObject *unused)
{
    int had = _PySet_DiscardHashed(set, key, hash);

    return had != 0 ? (had < 0 ? -1 : 0) : _PySet_AddHashed(set, key, hash);
}

static int visit_find(PyObject *key, py_long hash, PyObject *in, PyObject *unused)
{
    return _PySet_HasHashed(in, key, hash);
}

static int visit_find_missing(PyObject *key, py_long hash, PyObject *in, PyObject *unused)
{
    int has = _PySet_HasHashed(in, key, hash);

    return has < 0 ? -1 : !has;
}

static PyObject *set_none_or_error(int status)
{
    if (status < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* Union. */

PyObject *_PySet_MethodUpdate(PyObject *so, PyObject *args)
{
    if (PyTuple_GET_SIZE(args) == 1)
        return _PySet_UpdateGoOn(so, PyTuple_GET_ITEM(args, 0));
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(args); i++)
        if (_PySet_UpdateFrom(so, PyTuple_GET_ITEM(args, i)) < 0)
            return NULL;
    Py_RETURN_NONE;
}

PyObject *_PySet_MethodUnion(PyObject *so, PyObject *args)
{
    PyObject *result = _PySet_Copy(so, NULL);

    if (result == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(args); i++) {
        PyObject *other = PyTuple_GET_ITEM(args, i);
        if (other != so && _PySet_UpdateFrom(result, other) < 0) {
            Py_DECREF(result);
            return NULL;
        }
    }
    return result;
}

/* Intersection. */

static PyObject *set_intersect(PyObject *so, PyObject *other)
{
    if (so == other)
        return _PySet_Copy(so, NULL);
    PyObject *result = _PySet_Make(Py_TYPE(so), NULL);
    if (result == NULL)
        return NULL;
    int status;
    if (PyAnySet_Check(other)) {
        PyObject *small = other, *large = so;
        if (PySet_GET_SIZE(other) > PySet_GET_SIZE(so)) {
            small = so;
            large = other;
        }
        status = set_each(small, visit_add_if_in, large, result);
    } else
        status = set_each_of(other, visit_add_if_in, so, result);
    if (status < 0) {
        Py_DECREF(result);
        return NULL;
    }
    return result;
}

PyObject *_PySet_MethodIntersection(PyObject *so, PyObject *args)
{
    PyObject *result = so;

    if (PyTuple_GET_SIZE(args) == 0)
        return _PySet_Copy(so, NULL);
    Py_INCREF(result);
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(args); i++) {
        PyObject *next = set_intersect(result, PyTuple_GET_ITEM(args, i));
        Py_DECREF(result);
        if (next == NULL)
            return NULL;
        result = next;
    }
    return result;
}

static PyObject *set_take_over(PyObject *so, PyObject *result)
{
    if (result == NULL)
        return NULL;
    _PySet_SwapBodies(so, result);
    Py_DECREF(result);
    Py_RETURN_NONE;
}

PyObject *_PySet_MethodIntersectionUpdate(PyObject *so, PyObject *args)
{
    return set_take_over(so, _PySet_MethodIntersection(so, args));
}

/* Difference. */

static int set_difference_update(PyObject *so, PyObject *other)
{
    int status = 0;

    if (so == other) {
        _PySet_ClearTable(so);
        return 0;
    }
    status = PyAnySet_Check(other) ? set_each(other, visit_discard, so, NULL)
                                   : set_each_of(other, visit_discard, so, NULL);
    return status < 0 ? -1 : _PySet_DiscardDummies(so);
}

PyObject *_PySet_MethodDifferenceUpdate(PyObject *so, PyObject *args)
{
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(args); i++)
        if (set_difference_update(so, PyTuple_GET_ITEM(args, i)) < 0)
            return NULL;
    Py_RETURN_NONE;
}

static PyObject *set_subtract(PyObject *so, PyObject *other)
{
    int status, direct = PyAnySet_Check(other) || PyDict_CheckExact(other);
    PyObject *result = direct ? _PySet_Make(Py_TYPE(so), NULL) : _PySet_Copy(so, NULL);

    if (result == NULL)
        return NULL;
    status = direct ? set_each(so, visit_add_unless_in, other, result)
                    : set_difference_update(result, other);
    if (status < 0) {
        Py_DECREF(result);
        return NULL;
    }
    return result;
}

PyObject *_PySet_MethodDifference(PyObject *so, PyObject *args)
{
    if (PyTuple_GET_SIZE(args) == 0)
        return _PySet_Copy(so, NULL);
    PyObject *result = set_subtract(so, PyTuple_GET_ITEM(args, 0));
    for (Py_ssize_t i = 1; result != NULL && i < PyTuple_GET_SIZE(args); i++)
        if (set_difference_update(result, PyTuple_GET_ITEM(args, i)) < 0)
            Py_CLEAR(result);
    return result;
}

/* Symmetric difference. */

static int set_toggle_all(PyObject *so, PyObject *other)
{
    if (so == other) {
        _PySet_ClearTable(so);
        return 0;
    }
    if (PyDict_CheckExact(other) || PyAnySet_Check(other))
        return set_each(other, visit_toggle, so, NULL);
    /* Each element once, even when the iterable repeats it. */
    PyObject *once = _PySet_Make(Py_TYPE(so), other);
    if (once == NULL)
        return -1;
    int status = set_each(once, visit_toggle, so, NULL);
    Py_DECREF(once);
    return status;
}

PyObject *_PySet_MethodSymmetricDifferenceUpdate(PyObject *so, PyObject *other)
{
    return set_none_or_error(set_toggle_all(so, other));
}

PyObject *_PySet_MethodSymmetricDifference(PyObject *so, PyObject *other)
{
    PyObject *result = _PySet_Make(Py_TYPE(so), other);

    if (result != NULL && set_toggle_all(result, so) < 0)
        Py_CLEAR(result);
    return result;
}

/* Questions. */

PyObject *_PySet_MethodIsDisjoint(PyObject *so, PyObject *other)
{
    int found;

    if (so == other)
        return PyBool_FromLong(PySet_GET_SIZE(so) == 0);
    if (PyAnySet_CheckExact(other))
        found = PySet_GET_SIZE(other) > PySet_GET_SIZE(so) ? set_each(so, visit_find, other, NULL)
                                                           : set_each(other, visit_find, so, NULL);
    else
        found = set_each_of(other, visit_find, so, NULL);
    return found < 0 ? NULL : PyBool_FromLong(!found);
}

/* 1, 0 or -1; both are sets. */
static int set_is_subset(PyObject *so, PyObject *other)
{
    if (PySet_GET_SIZE(so) > PySet_GET_SIZE(other))
        return 0;
    int missing = set_each(so, visit_find_missing, other, NULL);
    return missing < 0 ? -1 : !missing;
}

static PyObject *set_relation(PyObject *so, PyObject *other, int super)
{
    PyObject *made = NULL;

    if (!PyAnySet_Check(other)) {
        made = other = PySet_New(other);
        if (made == NULL)
            return NULL;
    }
    int holds = super ? set_is_subset(other, so) : set_is_subset(so, other);
    Py_XDECREF(made);
    return holds < 0 ? NULL : PyBool_FromLong(holds);
}

PyObject *_PySet_MethodIsSubset(PyObject *so, PyObject *other)
{
    return set_relation(so, other, 0);
}

PyObject *_PySet_MethodIsSuperset(PyObject *so, PyObject *other)
{
    return set_relation(so, other, 1);
}

PyObject *_PySet_RichCompare(PyObject *v, PyObject *w, int op)
{
    int holds = 0;

    if (!PyAnySet_Check(v) || !PyAnySet_Check(w))
        Py_RETURN_NOTIMPLEMENTED;
    Py_ssize_t nv = PySet_GET_SIZE(v), nw = PySet_GET_SIZE(w);
    switch (op) {
    case Py_EQ:
    case Py_NE:
        if (nv == nw && !(SET(v)->hash != -1 && SET(w)->hash != -1 && SET(v)->hash != SET(w)->hash))
            holds = set_is_subset(v, w);
        if (holds >= 0 && op == Py_NE)
            holds = !holds;
        break;
    case Py_LE:
        holds = set_is_subset(v, w);
        break;
    case Py_GE:
        holds = set_is_subset(w, v);
        break;
    case Py_LT:
        holds = nv < nw ? set_is_subset(v, w) : 0;
        break;
    case Py_GT:
        holds = nv > nw ? set_is_subset(w, v) : 0;
        break;
    }
    return holds < 0 ? NULL : PyBool_FromLong(holds);
}

/* Operators. */

static PyObject *set_or(PyObject *so, PyObject *other)
{
    if (!PyAnySet_Check(so) || !PyAnySet_Check(other))
        Py_RETURN_NOTIMPLEMENTED;
    PyObject *result = _PySet_Copy(so, NULL);
    if (result != NULL && so != other && _PySet_MergeSet(result, other) < 0)
        Py_CLEAR(result);
    return result;
}

static PyObject *set_and(PyObject *so, PyObject *other)
{
    if (!PyAnySet_Check(so) || !PyAnySet_Check(other))
        Py_RETURN_NOTIMPLEMENTED;
    return set_intersect(so, other);
}

static PyObject *set_sub(PyObject *so, PyObject *other)
{
    if (!PyAnySet_Check(so) || !PyAnySet_Check(other))
        Py_RETURN_NOTIMPLEMENTED;
    return set_subtract(so, other);
}

static PyObject *set_xor(PyObject *so, PyObject *other)
{
    if (!PyAnySet_Check(so) || !PyAnySet_Check(other))
        Py_RETURN_NOTIMPLEMENTED;
    return _PySet_MethodSymmetricDifference(so, other);
}

static PyObject *set_self_or_error(PyObject *so, int status)
{
    if (status < 0)
        return NULL;
    Py_INCREF(so);
    return so;
}

static PyObject *set_ior(PyObject *so, PyObject *other)
{
    if (!PyAnySet_Check(other))
        Py_RETURN_NOTIMPLEMENTED;
    return set_self_or_error(so, _PySet_MergeSet(so, other));
}

static PyObject *set_iand(PyObject *so, PyObject *other)
{
    if (!PyAnySet_Check(other))
        Py_RETURN_NOTIMPLEMENTED;
    PyObject *none = set_take_over(so, set_intersect(so, other));
    Py_XDECREF(none);
    return set_self_or_error(so, none == NULL ? -1 : 0);
}

static PyObject *set_isub(PyObject *so, PyObject *other)
{
    if (!PyAnySet_Check(other))
        Py_RETURN_NOTIMPLEMENTED;
    return set_self_or_error(so, set_difference_update(so, other));
}

static PyObject *set_ixor(PyObject *so, PyObject *other)
{
    if (!PyAnySet_Check(other))
        Py_RETURN_NOTIMPLEMENTED;
    return set_self_or_error(so, set_toggle_all(so, other));
}

PyNumberMethods _PySet_AsNumber = {
    .nb_subtract = set_sub,
    .nb_and = set_and,
    .nb_xor = set_xor,
    .nb_or = set_or,
    .nb_inplace_subtract = set_isub,
    .nb_inplace_and = set_iand,
    .nb_inplace_xor = set_ixor,
    .nb_inplace_or = set_ior,
};
PyNumberMethods _PyFrozenSet_AsNumber = {
    .nb_subtract = set_sub,
    .nb_and = set_and,
    .nb_xor = set_xor,
    .nb_or = set_or,
};
