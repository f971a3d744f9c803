/* SPDX-License-Identifier: MIT */
/* The module _bisect: binary search in sorted sequences and insertion into sorted lists. */
#include "Python.h"

/* The place for x: before items equal to it, or (right) after them. -1 with an exception. */
static Py_ssize_t search(PyObject *list, PyObject *x, Py_ssize_t lo, Py_ssize_t hi, int right)
{
    if (lo < 0) {
        PyErr_SetString(PyExc_ValueError, "lo must be non-negative");
        return -1;
    }
    if (hi == -1 && (hi = PySequence_Size(list)) < 0)
        return -1;
    while (lo < hi) {
        Py_ssize_t mid = lo + (hi - lo) / 2;
        PyObject *item = PySequence_GetItem(list, mid);
        if (item == NULL)
            return -1;
        int less = right ? PyObject_RichCompareBool(x, item, Py_LT)
                         : PyObject_RichCompareBool(item, x, Py_LT);
        Py_DECREF(item);
        if (less < 0)
            return -1;
        if (less == right)
            hi = mid;
        else
            lo = mid + 1;
    }
    return lo;
}

static int parse(PyObject *args, PyObject *kw, const char *format, PyObject **list, PyObject **x,
                 Py_ssize_t *lo, Py_ssize_t *hi)
{
    static char *keywords[] = {"a", "x", "lo", "hi", NULL};
    *lo = 0;
    *hi = -1;
    return PyArg_ParseTupleAndKeywords(args, kw, format, keywords, list, x, lo, hi);
}

static PyObject *find(PyObject *args, PyObject *kw, const char *format, int right)
{
    PyObject *list, *x;
    Py_ssize_t lo, hi;

    if (!parse(args, kw, format, &list, &x, &lo, &hi))
        return NULL;
    Py_ssize_t at = search(list, x, lo, hi, right);
    return at < 0 ? NULL : PyInt_FromSsize_t(at);
}

static PyObject *insert(PyObject *args, PyObject *kw, const char *format, int right)
{
    PyObject *list, *x, *result;
    Py_ssize_t lo, hi;

    if (!parse(args, kw, format, &list, &x, &lo, &hi))
        return NULL;
    Py_ssize_t at = search(list, x, lo, hi, right);
    if (at < 0)
        return NULL;
    if (PyList_CheckExact(list)) {
        if (PyList_Insert(list, at, x) < 0)
            return NULL;
    } else {
        result = PyObject_CallMethod(list, "insert", "nO", at, x);
        if (result == NULL)
            return NULL;
        Py_DECREF(result);
    }
    Py_RETURN_NONE;
}

PyDoc_STRVAR(bisect_right_doc, "bisect_right(a, x[, lo[, hi]]) -> index\n\n\
Where to insert x into the sorted list a so that it stays sorted: after items equal to x.");
static PyObject *bisect_right(PyObject *self, PyObject *args, PyObject *kw)
{
    return find(args, kw, "OO|nn:bisect_right", 1);
}

PyDoc_STRVAR(bisect_left_doc, "bisect_left(a, x[, lo[, hi]]) -> index\n\n\
Where to insert x into the sorted list a so that it stays sorted: before items equal to x.");
static PyObject *bisect_left(PyObject *self, PyObject *args, PyObject *kw)
{
    return find(args, kw, "OO|nn:bisect_left", 0);
}

PyDoc_STRVAR(insort_right_doc, "insort_right(a, x[, lo[, hi]])\n\n\
Inserts x into the sorted list a, after items equal to it.");
static PyObject *insort_right(PyObject *self, PyObject *args, PyObject *kw)
{
    return insert(args, kw, "OO|nn:insort_right", 1);
}

PyDoc_STRVAR(insort_left_doc, "insort_left(a, x[, lo[, hi]])\n\n\
Inserts x into the sorted list a, before items equal to it.");
static PyObject *insort_left(PyObject *self, PyObject *args, PyObject *kw)
{
    return insert(args, kw, "OO|nn:insort_left", 0);
}

PyDoc_STRVAR(bisect_doc, "Alias for bisect_right().\n");
PyDoc_STRVAR(insort_doc, "Alias for insort_right().\n");

static PyMethodDef bisect_methods[] = {
    {"bisect_right", PyCFunction_CAST(bisect_right), METH_VARARGS | METH_KEYWORDS,
     bisect_right_doc},
    {"bisect", PyCFunction_CAST(bisect_right), METH_VARARGS | METH_KEYWORDS, bisect_doc},
    {"insort_right", PyCFunction_CAST(insort_right), METH_VARARGS | METH_KEYWORDS,
     insort_right_doc},
    {"insort", PyCFunction_CAST(insort_right), METH_VARARGS | METH_KEYWORDS, insort_doc},
    {"bisect_left", PyCFunction_CAST(bisect_left), METH_VARARGS | METH_KEYWORDS, bisect_left_doc},
    {"insort_left", PyCFunction_CAST(insort_left), METH_VARARGS | METH_KEYWORDS, insort_left_doc},
    {NULL, NULL, 0, NULL},
};

PyDoc_STRVAR(module_doc, "Keeping a list sorted by binary search.");

void init_bisect(void)
{
    Py_InitModule3("_bisect", bisect_methods, module_doc);
}
