/* SPDX-License-Identifier: MIT */
/* The module gc: a Python face for the collector in memory/gc.c. */
#include "Python.h"

PyDoc_STRVAR(enable_doc, "enable() -> None\n\nSwitches automatic collection on.");
static PyObject *gc_enable(PyObject *self, PyObject *unused)
{
    _PyGC.enabled = 1;
    Py_RETURN_NONE;
}

PyDoc_STRVAR(disable_doc, "disable() -> None\n\nSwitches automatic collection off.");
static PyObject *gc_disable(PyObject *self, PyObject *unused)
{
    _PyGC.enabled = 0;
    Py_RETURN_NONE;
}

PyDoc_STRVAR(isenabled_doc, "isenabled() -> bool\n\nWhether automatic collection is on.");
static PyObject *gc_isenabled(PyObject *self, PyObject *unused)
{
    return PyBool_FromLong(_PyGC.enabled);
}

PyDoc_STRVAR(collect_doc,
             "collect([generation]) -> n\n\nCollects that generation and all younger ones\n\
(without an argument: everything) and returns how many unreachable objects it found.");
static PyObject *gc_collect(PyObject *self, PyObject *args, PyObject *kwds)
{
    static char *kwlist[] = {"generation", NULL};
    int generation = 2;

    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|i", kwlist, &generation))
        return NULL;
    if (generation < 0 || generation > 2) {
        PyErr_SetString(PyExc_ValueError, "invalid generation");
        return NULL;
    }
    return PyInt_FromSsize_t(_PyGC_CollectGeneration(generation));
}

PyDoc_STRVAR(set_debug_doc,
             "set_debug(flags) -> None\n\nChooses what the collector reports on stderr: a\n\
sum of the DEBUG_* constants.");
static PyObject *gc_set_debug(PyObject *self, PyObject *args)
{
    if (!PyArg_ParseTuple(args, "i:set_debug", &_PyGC.debug))
        return NULL;
    Py_RETURN_NONE;
}

PyDoc_STRVAR(get_debug_doc, "get_debug() -> flags\n\nThe debugging flags in force.");
static PyObject *gc_get_debug(PyObject *self, PyObject *unused)
{
    return PyInt_FromLong(_PyGC.debug);
}

PyDoc_STRVAR(set_threshold_doc, "set_threshold(threshold0[, threshold1[, threshold2]]) -> None\n\n\
How often the generations are collected; a threshold0 of 0 switches it off.");
static PyObject *gc_set_threshold(PyObject *self, PyObject *args)
{
    if (!PyArg_ParseTuple(args, "i|ii:set_threshold", &_PyGC.generations[0].threshold,
                          &_PyGC.generations[1].threshold, &_PyGC.generations[2].threshold))
        return NULL;
    Py_RETURN_NONE;
}

PyDoc_STRVAR(get_threshold_doc, "get_threshold() -> (threshold0, threshold1, threshold2)");
static PyObject *gc_get_threshold(PyObject *self, PyObject *unused)
{
    return Py_BuildValue("(iii)", _PyGC.generations[0].threshold, _PyGC.generations[1].threshold,
                         _PyGC.generations[2].threshold);
}

PyDoc_STRVAR(get_count_doc,
             "get_count() -> (count0, count1, count2)\n\nHow near the generations are to\n\
their thresholds.");
static PyObject *gc_get_count(PyObject *self, PyObject *unused)
{
    return Py_BuildValue("(iii)", _PyGC.generations[0].count, _PyGC.generations[1].count,
                         _PyGC.generations[2].count);
}

/* ---- Looking at the objects -------------------------------------------------------------------
 */

static int visit_is_one_of(PyObject *op, void *arg)
{
    PyObject *wanted = arg;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(wanted); i++)
        if (PyTuple_GET_ITEM(wanted, i) == op)
            return 1;
    return 0;
}

PyDoc_STRVAR(get_referrers_doc,
             "get_referrers(*objects) -> list\n\nThe tracked objects that directly hold\n\
one of the given ones.");
static PyObject *gc_get_referrers(PyObject *self, PyObject *args)
{
    PyObject *result = PyList_New(0);

    if (result == NULL)
        return NULL;
    for (int i = 0; i < 3; i++) {
        PyGC_Head *head = &_PyGC.generations[i].head;
        for (PyGC_Head *g = head->gc.gc_next; g != head; g = g->gc.gc_next) {
            PyObject *op = _Py_FROM_GC(g);
            if (op == args || op == result)
                continue;
            if (Py_TYPE(op)->tp_traverse(op, visit_is_one_of, args) &&
                PyList_Append(result, op) < 0) {
                Py_DECREF(result);
                return NULL;
            }
        }
    }
    return result;
}

static int visit_append(PyObject *op, void *list)
{
    return PyList_Append(list, op) < 0;
}

PyDoc_STRVAR(get_referents_doc,
             "get_referents(*objects) -> list\n\nThe objects that the given ones hold\n\
directly.");
static PyObject *gc_get_referents(PyObject *self, PyObject *args)
{
    PyObject *result = PyList_New(0);

    if (result == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(args); i++) {
        PyObject *op = PyTuple_GET_ITEM(args, i);
        if (!PyObject_IS_GC(op) || Py_TYPE(op)->tp_traverse == NULL)
            continue;
        if (Py_TYPE(op)->tp_traverse(op, visit_append, result)) {
            Py_DECREF(result);
            return NULL;
        }
    }
    return result;
}

PyDoc_STRVAR(get_objects_doc,
             "get_objects() -> list\n\nAll tracked objects except the list itself.");
static PyObject *gc_get_objects(PyObject *self, PyObject *unused)
{
    PyObject *result = PyList_New(0);

    if (result == NULL)
        return NULL;
    for (int i = 0; i < 3; i++) {
        PyGC_Head *head = &_PyGC.generations[i].head;
        for (PyGC_Head *g = head->gc.gc_next; g != head; g = g->gc.gc_next) {
            PyObject *op = _Py_FROM_GC(g);
            if (op != result && PyList_Append(result, op) < 0) {
                Py_DECREF(result);
                return NULL;
            }
        }
    }
    return result;
}

PyDoc_STRVAR(is_tracked_doc,
             "is_tracked(object) -> bool\n\nWhether the collector looks after the object.\n\
Simple values are not tracked.");
static PyObject *gc_is_tracked(PyObject *self, PyObject *op)
{
    return PyBool_FromLong(PyObject_IS_GC(op) && _PyObject_GC_IS_TRACKED(op));
}

PyDoc_STRVAR(gc_doc, "The garbage collector for reference cycles.\n\
\n\
enable() -- Switch automatic collection on.\n\
disable() -- Switch it off.\n\
isenabled() -- Whether it is on.\n\
collect() -- Collect now.\n\
get_count() -- The counts that lead to a collection.\n\
set_debug() -- Choose what is reported.\n\
get_debug() -- What is reported.\n\
set_threshold() -- How often to collect.\n\
get_threshold() -- How often is collected.\n\
get_objects() -- All tracked objects.\n\
is_tracked() -- Whether an object is tracked.\n\
get_referrers() -- Who holds an object.\n\
get_referents() -- What an object holds.\n");

static PyMethodDef gc_methods[] = {
    {"enable", gc_enable, METH_NOARGS, enable_doc},
    {"disable", gc_disable, METH_NOARGS, disable_doc},
    {"isenabled", gc_isenabled, METH_NOARGS, isenabled_doc},
    {"set_debug", gc_set_debug, METH_VARARGS, set_debug_doc},
    {"get_debug", gc_get_debug, METH_NOARGS, get_debug_doc},
    {"get_count", gc_get_count, METH_NOARGS, get_count_doc},
    {"set_threshold", gc_set_threshold, METH_VARARGS, set_threshold_doc},
    {"get_threshold", gc_get_threshold, METH_NOARGS, get_threshold_doc},
    {"collect", PyCFunction_CAST(gc_collect), METH_VARARGS | METH_KEYWORDS, collect_doc},
    {"get_objects", gc_get_objects, METH_NOARGS, get_objects_doc},
    {"is_tracked", gc_is_tracked, METH_O, is_tracked_doc},
    {"get_referrers", gc_get_referrers, METH_VARARGS, get_referrers_doc},
    {"get_referents", gc_get_referents, METH_VARARGS, get_referents_doc},
    {NULL, NULL, 0, NULL},
};

void initgc(void)
{
    PyObject *m = Py_InitModule3("gc", gc_methods, gc_doc);

    if (m == NULL)
        return;
    if (_PyGC.garbage == NULL && (_PyGC.garbage = PyList_New(0)) == NULL)
        return;
    Py_INCREF(_PyGC.garbage);
    PyModule_AddObject(m, "garbage", _PyGC.garbage);
    PyModule_AddIntConstant(m, "DEBUG_STATS", _PyGC_DEBUG_STATS);
    PyModule_AddIntConstant(m, "DEBUG_COLLECTABLE", _PyGC_DEBUG_COLLECTABLE);
    PyModule_AddIntConstant(m, "DEBUG_UNCOLLECTABLE", _PyGC_DEBUG_UNCOLLECTABLE);
    PyModule_AddIntConstant(m, "DEBUG_INSTANCES", _PyGC_DEBUG_INSTANCES);
    PyModule_AddIntConstant(m, "DEBUG_OBJECTS", _PyGC_DEBUG_OBJECTS);
    PyModule_AddIntConstant(m, "DEBUG_SAVEALL", _PyGC_DEBUG_SAVEALL);
    PyModule_AddIntConstant(m, "DEBUG_LEAK", _PyGC_DEBUG_LEAK);
}
