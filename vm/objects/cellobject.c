/* SPDX-License-Identifier: MIT */
/* cell: a variable shared between a function and those defined in it. An empty cell is an unbound
 * variable. */
#include "Python.h"

PyObject *PyCell_New(PyObject *value)
{
    PyCellObject *cell = PyObject_GC_New(PyCellObject, &PyCell_Type);

    if (cell == NULL)
        return NULL;
    Py_XINCREF(value);
    cell->ob_ref = value;
    _PyObject_GC_TRACK(cell);
    return (PyObject *)cell;
}

PyObject *PyCell_Get(PyObject *op)
{
    if (!PyCell_Check(op)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    Py_XINCREF(PyCell_GET(op));
    return PyCell_GET(op);
}

int PyCell_Set(PyObject *op, PyObject *value)
{
    if (!PyCell_Check(op)) {
        PyErr_BadInternalCall();
        return -1;
    }
    Py_XINCREF(value);
    Py_XSETREF(((PyCellObject *)op)->ob_ref, value);
    return 0;
}

static void cell_dealloc(PyObject *op)
{
    PyObject_GC_UnTrack(op);
    Py_XDECREF(PyCell_GET(op));
    PyObject_GC_Del(op);
}

static int cell_compare(PyObject *a, PyObject *b)
{
    PyObject *x = PyCell_GET(a), *y = PyCell_GET(b);

    if (PyErr_WarnPy3k("cell comparisons not supported in 3.x", 1) < 0)
        return -2;

    if (x == NULL || y == NULL)
        return x == y ? 0 : x == NULL ? -1 : 1; /* an empty cell comes first */
    return PyObject_Compare(x, y);
}

static PyObject *cell_repr(PyObject *op)
{
    PyObject *value = PyCell_GET(op);

    if (value == NULL)
        return PyString_FromFormat("<cell at %p: empty>", (void *)op);
    return PyString_FromFormat("<cell at %p: %.80s object at %p>", (void *)op,
                               Py_TYPE(value)->tp_name, (void *)value);
}

static int cell_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(PyCell_GET(op));
    return 0;
}

static int cell_clear(PyObject *op)
{
    Py_CLEAR(((PyCellObject *)op)->ob_ref);
    return 0;
}

static PyObject *cell_get_contents(PyObject *op, void *closure)
{
    PyObject *value = PyCell_GET(op);

    if (value == NULL) {
        PyErr_SetString(PyExc_ValueError, "Cell is empty");
        return NULL;
    }
    Py_INCREF(value);
    return value;
}

static PyGetSetDef cell_getset[] = {
    {"cell_contents", cell_get_contents, NULL, NULL, NULL},
    {NULL},
};

PyTypeObject PyCell_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "cell",
    .tp_basicsize = sizeof(PyCellObject),
    .tp_x64_basicsize = 24,
    .tp_dealloc = cell_dealloc,
    .tp_compare = cell_compare,
    .tp_repr = cell_repr,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = cell_traverse,
    .tp_clear = cell_clear,
    .tp_getset = cell_getset,
};
