/* SPDX-License-Identifier: MIT */
/* The module _heapq: a list as a binary heap, heap[k] <= heap[2*k+1] and heap[2*k+2]. Comparisons
 * run Python code, which may change the list: its size is checked after each. */
#include "Python.h"

/* x < y by __lt__ where there is one, else by not y <= x, as old classes need it. */
static int less(PyObject *x, PyObject *y)
{
    static PyObject *lt;
    if (lt == NULL && (lt = PyString_InternFromString("__lt__")) == NULL)
        return -1;
    if (PyObject_HasAttr(x, lt))
        return PyObject_RichCompareBool(x, y, Py_LT);
    int c = PyObject_RichCompareBool(y, x, Py_LE);
    return c < 0 ? -1 : !c;
}

/* less() of two items of the list, with the list guarded against change. mirrored turns the order.
 */
static int less_at(PyObject *heap, Py_ssize_t i, Py_ssize_t j, int mirrored)
{
    Py_ssize_t size = PyList_GET_SIZE(heap);
    PyObject *x = PyList_GET_ITEM(heap, i), *y = PyList_GET_ITEM(heap, j);
    Py_INCREF(x);
    Py_INCREF(y);
    int c = mirrored ? less(y, x) : less(x, y);
    Py_DECREF(x);
    Py_DECREF(y);
    if (c >= 0 && PyList_GET_SIZE(heap) != size) {
        PyErr_SetString(PyExc_RuntimeError, "list changed size during iteration");
        return -1;
    }
    return c;
}

static void swap(PyObject *heap, Py_ssize_t i, Py_ssize_t j)
{
    PyObject *t = PyList_GET_ITEM(heap, i);
    PyList_SET_ITEM(heap, i, PyList_GET_ITEM(heap, j));
    PyList_SET_ITEM(heap, j, t);
}

/* Moves the item at pos up until its parent is not larger, not beyond start. */
static int sift_up(PyObject *heap, Py_ssize_t start, Py_ssize_t pos, int mirrored)
{
    while (pos > start) {
        Py_ssize_t parent = (pos - 1) >> 1;
        int c = less_at(heap, pos, parent, mirrored);
        if (c <= 0)
            return c;
        swap(heap, pos, parent);
        pos = parent;
    }
    return 0;
}

/* Lets the item at pos sink to a leaf along the smaller children, then moves it up to its place:
 * fewer comparisons than stopping on the way down. */
static int sift_down(PyObject *heap, Py_ssize_t pos, int mirrored)
{
    Py_ssize_t n = PyList_GET_SIZE(heap), start = pos;

    while (pos < n / 2) {
        Py_ssize_t child = 2 * pos + 1;
        if (child + 1 < n) {
            int c = less_at(heap, child, child + 1, mirrored);
            if (c < 0)
                return -1;
            child += !c;
        }
        swap(heap, pos, child);
        pos = child;
    }
    return sift_up(heap, start, pos, mirrored);
}

static int check_heap(PyObject *heap)
{
    if (PyList_Check(heap))
        return 1;
    PyErr_SetString(PyExc_TypeError, "heap argument must be a list");
    return 0;
}

PyDoc_STRVAR(heappush_doc, "heappush(heap, item) -> None\n\nAdds the item to the heap.");
static PyObject *heappush(PyObject *self, PyObject *args)
{
    PyObject *heap, *item;
    if (!PyArg_UnpackTuple(args, "heappush", 2, 2, &heap, &item) || !check_heap(heap) ||
        PyList_Append(heap, item) < 0 || sift_up(heap, 0, PyList_GET_SIZE(heap) - 1, 0) < 0)
        return NULL;
    Py_RETURN_NONE;
}

PyDoc_STRVAR(heappop_doc,
             "heappop(heap) -> item\n\nRemoves the smallest item from the heap and returns it.");
static PyObject *heappop(PyObject *self, PyObject *heap)
{
    PyObject *last, *result;

    if (!check_heap(heap))
        return NULL;
    Py_ssize_t n = PyList_GET_SIZE(heap);
    if (n == 0) {
        PyErr_SetString(PyExc_IndexError, "index out of range");
        return NULL;
    }
    last = PyList_GET_ITEM(heap, n - 1);
    Py_INCREF(last);
    if (PyList_SetSlice(heap, n - 1, n, NULL) < 0) {
        Py_DECREF(last);
        return NULL;
    }
    if (n == 1)
        return last;
    result = PyList_GET_ITEM(heap, 0);
    PyList_SET_ITEM(heap, 0, last);
    if (sift_down(heap, 0, 0) < 0)
        Py_CLEAR(result);
    return result;
}

static PyObject *replace_top(PyObject *heap, PyObject *item)
{
    PyObject *result = PyList_GET_ITEM(heap, 0);
    Py_INCREF(item);
    PyList_SET_ITEM(heap, 0, item);
    if (sift_down(heap, 0, 0) < 0)
        Py_CLEAR(result);
    return result;
}

PyDoc_STRVAR(heapreplace_doc,
             "heapreplace(heap, item) -> item\n\nRemoves the smallest item and then adds the new\n\
one; what it returns may be larger than the new item.");
static PyObject *heapreplace(PyObject *self, PyObject *args)
{
    PyObject *heap, *item;
    if (!PyArg_UnpackTuple(args, "heapreplace", 2, 2, &heap, &item) || !check_heap(heap))
        return NULL;
    if (PyList_GET_SIZE(heap) < 1) {
        PyErr_SetString(PyExc_IndexError, "index out of range");
        return NULL;
    }
    return replace_top(heap, item);
}

PyDoc_STRVAR(heappushpop_doc,
             "heappushpop(heap, item) -> item\n\nAdds the item and then removes the smallest one.");
static PyObject *heappushpop(PyObject *self, PyObject *args)
{
    PyObject *heap, *item;
    if (!PyArg_UnpackTuple(args, "heappushpop", 2, 2, &heap, &item) || !check_heap(heap))
        return NULL;
    if (PyList_GET_SIZE(heap) > 0) {
        PyObject *top = PyList_GET_ITEM(heap, 0);
        Py_INCREF(top);
        int c = less(top, item);
        Py_DECREF(top);
        if (c < 0)
            return NULL;
        if (c > 0) {
            if (PyList_GET_SIZE(heap) == 0) {
                PyErr_SetString(PyExc_IndexError, "index out of range");
                return NULL;
            }
            return replace_top(heap, item);
        }
    }
    Py_INCREF(item);
    return item;
}

static int make_heap(PyObject *heap, int mirrored)
{
    for (Py_ssize_t i = PyList_GET_SIZE(heap) / 2 - 1; i >= 0; i--)
        if (sift_down(heap, i, mirrored) < 0)
            return -1;
    return 0;
}

PyDoc_STRVAR(heapify_doc, "heapify(list) -> None\n\nMakes a list a heap, in linear time.");
static PyObject *heapify(PyObject *self, PyObject *heap)
{
    if (!check_heap(heap) || make_heap(heap, 0) < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* The n first of an iterable in sorted order: a heap of n whose top is the worst of the kept. */
static PyObject *best(PyObject *args, const char *format, int largest)
{
    PyObject *iterable, *iter, *heap = NULL, *v;
    Py_ssize_t n;
    int mirrored = !largest;

    if (!PyArg_ParseTuple(args, format, &n, &iterable))
        return NULL;
    iter = PyObject_GetIter(iterable);
    if (iter == NULL)
        return NULL;
    heap = PyList_New(0);
    if (heap == NULL)
        goto fail;
    for (Py_ssize_t i = 0; i < n; i++) {
        v = PyIter_Next(iter);
        if (v == NULL) {
            if (PyErr_Occurred())
                goto fail;
            goto sort;
        }
        int failed = PyList_Append(heap, v) < 0;
        Py_DECREF(v);
        if (failed)
            goto fail;
    }
    if (PyList_GET_SIZE(heap) == 0)
        goto done;
    if (make_heap(heap, mirrored) < 0)
        goto fail;
    while ((v = PyIter_Next(iter)) != NULL) {
        PyObject *top = PyList_GET_ITEM(heap, 0);
        Py_INCREF(top);
        int better = largest ? less(top, v) : less(v, top);
        Py_DECREF(top);
        if (better > 0 && PyList_GET_SIZE(heap) > 0) {
            PyObject *old = PyList_GET_ITEM(heap, 0);
            PyList_SET_ITEM(heap, 0, v);
            Py_DECREF(old);
            if (sift_down(heap, 0, mirrored) < 0)
                goto fail;
        } else {
            Py_DECREF(v);
            if (better < 0)
                goto fail;
        }
    }
    if (PyErr_Occurred())
        goto fail;
sort:
    if (PyList_Sort(heap) < 0 || (largest && PyList_Reverse(heap) < 0))
        goto fail;
done:
    Py_DECREF(iter);
    return heap;
fail:
    Py_DECREF(iter);
    Py_XDECREF(heap);
    return NULL;
}

PyDoc_STRVAR(nlargest_doc, "nlargest(n, iterable) -> list\n\nThe n largest items, largest first.");
static PyObject *nlargest(PyObject *self, PyObject *args)
{
    return best(args, "nO:nlargest", 1);
}

PyDoc_STRVAR(nsmallest_doc,
             "nsmallest(n, iterable) -> list\n\nThe n smallest items, smallest first.");
static PyObject *nsmallest(PyObject *self, PyObject *args)
{
    return best(args, "nO:nsmallest", 0);
}

static PyMethodDef heapq_methods[] = {
    {"heappush", heappush, METH_VARARGS, heappush_doc},
    {"heappushpop", heappushpop, METH_VARARGS, heappushpop_doc},
    {"heappop", heappop, METH_O, heappop_doc},
    {"heapreplace", heapreplace, METH_VARARGS, heapreplace_doc},
    {"heapify", heapify, METH_O, heapify_doc},
    {"nlargest", nlargest, METH_VARARGS, nlargest_doc},
    {"nsmallest", nsmallest, METH_VARARGS, nsmallest_doc},
    {NULL, NULL, 0, NULL},
};

PyDoc_STRVAR(module_doc, "Heaps (priority queues) in lists: the smallest item is heap[0].");

void init_heapq(void)
{
    PyObject *m = Py_InitModule3("_heapq", heapq_methods, module_doc);
    if (m != NULL)
        PyModule_AddStringConstant(m, "__about__",
                                   "A heap is a list in which heap[k] <= heap[2*k+1] and "
                                   "heap[k] <= heap[2*k+2] for all k, counting from 0.");
}
