/* SPDX-License-Identifier: MIT */
/* list. Invariant: 0 <= ob_size <= allocated and ob_item is NULL only when allocated is 0; while a
 * sort runs, `allocated` is -1, which lets the sort notice every change made from outside. The
 * array grows by about an eighth, so that appending costs amortised constant time, by CPython's
 * formula, since sys.getsizeof shows it. Iterators are in listiter.c, sorting in listsort.c. */
#include "Python.h"
#include "objects/reprbuf.h"
#include "objects/list_private.h"

enum { LISTS_KEPT = 80, LIST_X64_HEADER = 40 };

static PyListObject *list_free[LISTS_KEPT];
static int list_free_count;

#define LIST(op) ((PyListObject *)(op))

int _PyList_Resize(PyListObject *self, Py_ssize_t newsize)
{
    Py_ssize_t room = self->allocated;

    if (room >= newsize && newsize >= (room >> 1)) {
        Py_SIZE(self) = newsize;
        return 0;
    }
    if (newsize > PY_SSIZE_T_MAX / 2 / (Py_ssize_t)sizeof(PyObject *)) {
        PyErr_NoMemory();
        return -1;
    }
    room = newsize == 0 ? 0 : newsize + (newsize >> 3) + (newsize < 9 ? 3 : 6);
    PyObject **items = self->ob_item;
    PyMem_Resize(items, PyObject *, room);
    if (items == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    self->ob_item = items;
    self->allocated = room;
    Py_SIZE(self) = newsize;
    return 0;
}

PyObject *PyList_New(Py_ssize_t size)
{
    PyListObject *op;

    if (size < 0) {
        PyErr_BadInternalCall();
        return NULL;
    }
    if (size > PY_SSIZE_T_MAX / (Py_ssize_t)sizeof(PyObject *))
        return PyErr_NoMemory();
    if (list_free_count > 0) {
        op = list_free[--list_free_count];
        _Py_NewReference((PyObject *)op);
    } else {
        op = PyObject_GC_New(PyListObject, &PyList_Type);
        if (op == NULL)
            return NULL;
    }
    op->ob_item = NULL;
    Py_SIZE(op) = 0;
    op->allocated = 0;
    if (size > 0) {
        op->ob_item = PyMem_Calloc(size, sizeof(PyObject *));
        if (op->ob_item == NULL) {
            Py_DECREF(op);
            return PyErr_NoMemory();
        }
        Py_SIZE(op) = size;
        op->allocated = size;
    }
    _PyObject_GC_TRACK(op);
    return (PyObject *)op;
}

Py_ssize_t PyList_Size(PyObject *op)
{
    if (!PyList_Check(op)) {
        PyErr_BadInternalCall();
        return -1;
    }
    return Py_SIZE(op);
}

PyObject *PyList_GetItem(PyObject *op, Py_ssize_t i)
{
    if (!PyList_Check(op)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    if (i < 0 || i >= Py_SIZE(op)) {
        PyErr_SetString(PyExc_IndexError, "list index out of range");
        return NULL;
    }
    return PyList_GET_ITEM(op, i);
}

int PyList_SetItem(PyObject *op, Py_ssize_t i, PyObject *item)
{
    if (!PyList_Check(op)) {
        Py_XDECREF(item);
        PyErr_BadInternalCall();
        return -1;
    }
    if (i < 0 || i >= Py_SIZE(op)) {
        Py_XDECREF(item);
        PyErr_SetString(PyExc_IndexError, "list assignment index out of range");
        return -1;
    }
    Py_XSETREF(PyList_GET_ITEM(op, i), item);
    return 0;
}

static int list_insert_at(PyListObject *self, Py_ssize_t where, PyObject *item)
{
    Py_ssize_t n = Py_SIZE(self);

    if (item == NULL) {
        PyErr_BadInternalCall();
        return -1;
    }
    if (n == PY_SSIZE_T_MAX) {
        PyErr_SetString(PyExc_OverflowError, "cannot add more objects to list");
        return -1;
    }
    if (_PyList_Resize(self, n + 1) < 0)
        return -1;
    if (where < 0)
        where = where + n < 0 ? 0 : where + n;
    if (where > n)
        where = n;
    memmove(self->ob_item + where + 1, self->ob_item + where,
            (size_t)(n - where) * sizeof(PyObject *));
    Py_INCREF(item);
    self->ob_item[where] = item;
    return 0;
}

int PyList_Insert(PyObject *op, Py_ssize_t where, PyObject *item)
{
    if (!PyList_Check(op)) {
        PyErr_BadInternalCall();
        return -1;
    }
    return list_insert_at(LIST(op), where, item);
}

int PyList_Append(PyObject *op, PyObject *item)
{
    if (!PyList_Check(op) || item == NULL) {
        PyErr_BadInternalCall();
        return -1;
    }
    PyListObject *self = LIST(op);
    Py_ssize_t n = Py_SIZE(self);
    if (n == PY_SSIZE_T_MAX) {
        PyErr_SetString(PyExc_OverflowError, "cannot add more objects to list");
        return -1;
    }
    if (_PyList_Resize(self, n + 1) < 0)
        return -1;
    Py_INCREF(item);
    self->ob_item[n] = item;
    return 0;
}

static void list_dealloc(PyObject *op)
{
    PyListObject *self = LIST(op);

    PyObject_GC_UnTrack(self);
    Py_TRASHCAN_SAFE_BEGIN(self) if (self->ob_item != NULL)
    {
        for (Py_ssize_t i = Py_SIZE(self); --i >= 0;)
            Py_XDECREF(self->ob_item[i]);
        PyMem_Free(self->ob_item);
    }
    if (list_free_count < LISTS_KEPT && PyList_CheckExact(self))
        list_free[list_free_count++] = self;
    else
        Py_TYPE(self)->tp_free(self);
    Py_TRASHCAN_SAFE_END(self)
}

static int list_traverse(PyObject *self, visitproc visit, void *arg)
{
    for (Py_ssize_t i = Py_SIZE(self); --i >= 0;)
        Py_VISIT(LIST(self)->ob_item[i]);
    return 0;
}

/* Detaches the array first: the items' destructors see a sound, empty list. */
int _PyList_ClearItems(PyObject *op)
{
    PyListObject *self = LIST(op);
    PyObject **items = self->ob_item;
    Py_ssize_t n = Py_SIZE(self);

    if (items == NULL)
        return 0;
    self->ob_item = NULL;
    Py_SIZE(self) = 0;
    self->allocated = 0;
    while (--n >= 0)
        Py_XDECREF(items[n]);
    PyMem_Free(items);
    return 0;
}

static PyObject *list_repr(PyObject *self)
{
    _PyReprBuf rb = _PyReprBuf_INIT;
    int inside = Py_ReprEnter(self);

    if (inside != 0)
        return inside > 0 ? PyString_FromString("[...]") : NULL;
    if (_PyReprBuf_AddBytes(&rb, "[", 1) < 0)
        goto fail;
    /* The size is read anew each time: a repr may change the list. */
    for (Py_ssize_t i = 0; i < Py_SIZE(self); i++) {
        if (i > 0 && _PyReprBuf_AddBytes(&rb, ", ", 2) < 0)
            goto fail;
        PyObject *item = PyList_GET_ITEM(self, i);
        Py_INCREF(item);
        int status = _PyReprBuf_AddRepr(&rb, item);
        Py_DECREF(item);
        if (status < 0)
            goto fail;
    }
    if (_PyReprBuf_AddBytes(&rb, "]", 1) < 0)
        goto fail;
    Py_ReprLeave(self);
    return _PyReprBuf_Finish(&rb);
fail:
    Py_ReprLeave(self);
    _PyReprBuf_Discard(&rb);
    return NULL;
}

static Py_ssize_t list_length(PyObject *self)
{
    return Py_SIZE(self);
}

/* Compares item i, kept alive meanwhile, with a value. */
static int list_item_equals(PyObject *self, Py_ssize_t i, PyObject *value)
{
    PyObject *item = PyList_GET_ITEM(self, i);

    Py_INCREF(item);
    int same = PyObject_RichCompareBool(item, value, Py_EQ);
    Py_DECREF(item);
    return same;
}

static int list_contains(PyObject *self, PyObject *value)
{
    int found = 0;

    for (Py_ssize_t i = 0; found == 0 && i < Py_SIZE(self); i++) {
        PyObject *item = PyList_GET_ITEM(self, i);
        Py_INCREF(item);
        found = PyObject_RichCompareBool(value, item, Py_EQ);
        Py_DECREF(item);
    }
    return found;
}

static PyObject *list_item(PyObject *self, Py_ssize_t i)
{
    if (i < 0 || i >= Py_SIZE(self)) {
        PyErr_SetString(PyExc_IndexError, "list index out of range");
        return NULL;
    }
    PyObject *item = PyList_GET_ITEM(self, i);
    Py_INCREF(item);
    return item;
}

/* n items from `first` on, `step` apart, in a new list. */
static PyObject *list_pick(PyObject *self, Py_ssize_t first, Py_ssize_t step, Py_ssize_t n)
{
    PyObject *result = PyList_New(n);

    if (result == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < n; i++, first += step) {
        PyObject *item = PyList_GET_ITEM(self, first);
        Py_INCREF(item);
        PyList_SET_ITEM(result, i, item);
    }
    return result;
}

static void list_clip(PyObject *self, Py_ssize_t *low, Py_ssize_t *high)
{
    Py_ssize_t n = Py_SIZE(self);

    if (*low < 0)
        *low = 0;
    else if (*low > n)
        *low = n;
    if (*high < *low)
        *high = *low;
    else if (*high > n)
        *high = n;
}

static PyObject *list_slice(PyObject *self, Py_ssize_t low, Py_ssize_t high)
{
    list_clip(self, &low, &high);
    return list_pick(self, low, 1, high - low);
}

PyObject *PyList_GetSlice(PyObject *op, Py_ssize_t low, Py_ssize_t high)
{
    if (!PyList_Check(op)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    return list_slice(op, low, high);
}

static PyObject *list_concat(PyObject *self, PyObject *other)
{
    if (!PyList_Check(other)) {
        PyErr_Format(PyExc_TypeError, "can only concatenate list (not \"%.200s\") to list",
                     Py_TYPE(other)->tp_name);
        return NULL;
    }
    Py_ssize_t mine = Py_SIZE(self), theirs = Py_SIZE(other);
    if (mine > PY_SSIZE_T_MAX - theirs)
        return PyErr_NoMemory();
    PyObject *result = PyList_New(mine + theirs);
    if (result == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < mine + theirs; i++) {
        PyObject *item = i < mine ? PyList_GET_ITEM(self, i) : PyList_GET_ITEM(other, i - mine);
        Py_INCREF(item);
        PyList_SET_ITEM(result, i, item);
    }
    return result;
}

static PyObject *list_repeat(PyObject *self, Py_ssize_t times)
{
    Py_ssize_t size = Py_SIZE(self);

    if (times < 0)
        times = 0;
    if (times > 0 && size > PY_SSIZE_T_MAX / times)
        return PyErr_NoMemory();
    PyObject *result = PyList_New(size * times);
    if (result == NULL || size * times == 0)
        return result;
    PyObject **to = LIST(result)->ob_item;
    for (Py_ssize_t round = 0; round < times; round++)
        for (Py_ssize_t i = 0; i < size; i++) {
            *to = PyList_GET_ITEM(self, i);
            Py_INCREF(*to);
            to++;
        }
    return result;
}

/* self[low:high] = replacement; NULL deletes. The displaced items are released last, when the list
 * is sound again, since their destructors may look at it. */
static int list_ass_slice(PyObject *self, Py_ssize_t low, Py_ssize_t high, PyObject *replacement)
{
    PyObject *source = NULL, **incoming = NULL, **displaced = NULL;
    Py_ssize_t extra = 0;
    int status = -1;

    if (replacement != NULL) {
        source = replacement == self ? list_slice(self, 0, Py_SIZE(self))
                                     : PySequence_Fast(replacement, "can only assign an iterable");
        if (source == NULL)
            return -1;
        extra = PySequence_Fast_GET_SIZE(source);
        incoming = PySequence_Fast_ITEMS(source);
    }
    list_clip(self, &low, &high);
    Py_ssize_t n = Py_SIZE(self), removed = high - low, delta = extra - removed;
    if (n + delta == 0) {
        Py_XDECREF(source);
        return _PyList_ClearItems(self);
    }
    if (removed > 0) {
        displaced = PyMem_New(PyObject *, removed);
        if (displaced == NULL) {
            PyErr_NoMemory();
            goto done;
        }
        memcpy(displaced, LIST(self)->ob_item + low, (size_t)removed * sizeof(PyObject *));
    }
    if (delta > 0 && _PyList_Resize(LIST(self), n + delta) < 0) {
        removed = 0;
        goto done;
    }
    PyObject **items = LIST(self)->ob_item;
    if (delta != 0)
        memmove(items + high + delta, items + high, (size_t)(n - high) * sizeof(PyObject *));
    if (delta < 0)
        (void)_PyList_Resize(LIST(self), n + delta); /* shrinking: keeps the array if it must */
    if (delta < 0 && Py_SIZE(self) != n + delta) {
        PyErr_Clear();
        Py_SIZE(self) = n + delta;
    }
    items = LIST(self)->ob_item;
    for (Py_ssize_t i = 0; i < extra; i++) {
        Py_INCREF(incoming[i]);
        items[low + i] = incoming[i];
    }
    status = 0;
done:
    if (displaced != NULL) {
        while (--removed >= 0)
            Py_XDECREF(displaced[removed]);
        PyMem_Free(displaced);
    }
    Py_XDECREF(source);
    return status;
}

int PyList_SetSlice(PyObject *op, Py_ssize_t low, Py_ssize_t high, PyObject *replacement)
{
    if (!PyList_Check(op)) {
        PyErr_BadInternalCall();
        return -1;
    }
    return list_ass_slice(op, low, high, replacement);
}

static PyObject *list_inplace_repeat(PyObject *op, Py_ssize_t times)
{
    PyListObject *self = LIST(op);
    Py_ssize_t size = Py_SIZE(self);

    if (size == 0 || times == 1)
        goto done;
    if (times < 1) {
        _PyList_ClearItems(op);
        goto done;
    }
    if (size > PY_SSIZE_T_MAX / times)
        return PyErr_NoMemory();
    if (_PyList_Resize(self, size * times) < 0)
        return NULL;
    for (Py_ssize_t i = size; i < size * times; i++) {
        PyObject *item = self->ob_item[i - size];
        Py_INCREF(item);
        self->ob_item[i] = item;
    }
done:
    Py_INCREF(op);
    return op;
}

static int list_ass_item(PyObject *self, Py_ssize_t i, PyObject *value)
{
    if (i < 0 || i >= Py_SIZE(self)) {
        PyErr_SetString(PyExc_IndexError, "list assignment index out of range");
        return -1;
    }
    if (value == NULL)
        return list_ass_slice(self, i, i + 1, NULL);
    Py_INCREF(value);
    Py_SETREF(PyList_GET_ITEM(self, i), value);
    return 0;
}

PyDoc_STRVAR(insert_doc, "L.insert(index, object) -- put object before the item at index");

static PyObject *list_insert(PyObject *self, PyObject *args)
{
    Py_ssize_t where;
    PyObject *item;

    if (!PyArg_ParseTuple(args, "nO:insert", &where, &item))
        return NULL;
    if (list_insert_at(LIST(self), where, item) < 0)
        return NULL;
    Py_RETURN_NONE;
}

PyDoc_STRVAR(append_doc, "L.append(object) -- put object at the end");

static PyObject *list_append(PyObject *self, PyObject *item)
{
    if (PyList_Append(self, item) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static int list_extend_from_fast(PyListObject *self, PyObject *source)
{
    Py_ssize_t n = PySequence_Fast_GET_SIZE(source), m = Py_SIZE(self);

    if (n == 0)
        return 0;
    if (m > PY_SSIZE_T_MAX - n) {
        PyErr_NoMemory();
        return -1;
    }
    if (_PyList_Resize(self, m + n) < 0)
        return -1;
    /* Only now: extending a list by itself may have moved the array. */
    PyObject **from = PySequence_Fast_ITEMS(source);
    for (Py_ssize_t i = 0; i < n; i++) {
        Py_INCREF(from[i]);
        self->ob_item[m + i] = from[i];
    }
    return 0;
}

PyObject *_PyList_Extend(PyListObject *self, PyObject *iterable)
{
    if (PyList_CheckExact(iterable) || PyTuple_CheckExact(iterable) ||
        iterable == (PyObject *)self) {
        PyObject *fast = PySequence_Fast(iterable, "argument must be iterable");
        if (fast == NULL)
            return NULL;
        int status = list_extend_from_fast(self, fast);
        Py_DECREF(fast);
        if (status < 0)
            return NULL;
        Py_RETURN_NONE;
    }
    PyObject *it = PyObject_GetIter(iterable);
    if (it == NULL)
        return NULL;
    iternextfunc next = Py_TYPE(it)->tp_iternext;
    Py_ssize_t expected = _PyObject_LengthHint(iterable, 8);
    if (expected == -1)
        goto fail;
    Py_ssize_t m = Py_SIZE(self);
    if (expected <= PY_SSIZE_T_MAX - m) {
        /* Make room, then hide it again. */
        if (_PyList_Resize(self, m + expected) < 0)
            goto fail;
        Py_SIZE(self) = m;
    }
    for (;;) {
        PyObject *item = next(it);
        if (item == NULL) {
            if (PyErr_Occurred()) {
                if (!PyErr_ExceptionMatches(PyExc_StopIteration))
                    goto fail;
                PyErr_Clear();
            }
            break;
        }
        if (Py_SIZE(self) < self->allocated) {
            self->ob_item[Py_SIZE(self)] = item;
            ++Py_SIZE(self);
        } else {
            int status = PyList_Append((PyObject *)self, item);
            Py_DECREF(item);
            if (status < 0)
                goto fail;
        }
    }
    if (Py_SIZE(self) < self->allocated && _PyList_Resize(self, Py_SIZE(self)) < 0)
        goto fail;
    Py_DECREF(it);
    Py_RETURN_NONE;
fail:
    Py_DECREF(it);
    return NULL;
}

PyDoc_STRVAR(extend_doc, "L.extend(iterable) -- put the items of the iterable at the end");

static PyObject *list_fit(PyObject *self, PyObject *answer)
{
    PyListObject *list = LIST(self);

    if (Py_SIZE(list) < list->allocated && _PyList_Resize(list, Py_SIZE(list)) < 0)
        return NULL;
    Py_INCREF(answer);
    return answer;
}

static int list_take_item(PyObject *self, PyObject *item, PyObject *unused)
{
    return PyList_Append(self, item);
}

static const _PyWalk list_extending = {list_take_item, list_fit};

/* Extends and answers `answer` (borrowed). Three-way. */
PyObject *_PyList_ExtendGoOn(PyObject *self, PyObject *iterable, PyObject *answer)
{
    PyObject *it = _PyWalk_Begin(iterable), *none;

    if (it == NULL) {
        if (PyErr_Occurred() || (none = _PyList_Extend(LIST(self), iterable)) == NULL)
            return NULL;
        Py_DECREF(none);
        Py_INCREF(answer);
        return answer;
    }
    Py_ssize_t expected = _PyObject_LengthHint(iterable, 8), m = Py_SIZE(self);
    if (expected == -1 ||
        (expected <= PY_SSIZE_T_MAX - m && _PyList_Resize(LIST(self), m + expected) < 0)) {
        Py_DECREF(it);
        return NULL;
    }
    Py_SIZE(self) = m;
    Py_INCREF(self);
    Py_INCREF(answer);
    return _PyHooks.walk(it, &list_extending, self, answer);
}

static PyObject *list_extend_go_on(PyObject *self, PyObject *iterable)
{
    return _PyList_ExtendGoOn(self, iterable, Py_None);
}

static PyObject *list_inplace_concat(PyObject *self, PyObject *other)
{
    PyObject *none = _PyList_Extend(LIST(self), other);

    if (none == NULL)
        return NULL;
    Py_DECREF(none);
    Py_INCREF(self);
    return self;
}

PyDoc_STRVAR(pop_doc, "L.pop([index]) -> item -- take out the item at index, by default the last.\n"
                      "Raises IndexError when the list is empty or the index out of range.");

static PyObject *list_pop(PyObject *self, PyObject *args)
{
    Py_ssize_t i = -1;

    if (!PyArg_ParseTuple(args, "|n:pop", &i))
        return NULL;
    Py_ssize_t n = Py_SIZE(self);
    if (n == 0) {
        PyErr_SetString(PyExc_IndexError, "pop from empty list");
        return NULL;
    }
    if (i < 0)
        i += n;
    if (i < 0 || i >= n) {
        PyErr_SetString(PyExc_IndexError, "pop index out of range");
        return NULL;
    }
    PyObject *item = PyList_GET_ITEM(self, i);
    if (i == n - 1)
        return _PyList_Resize(LIST(self), n - 1) < 0 ? NULL : item;
    Py_INCREF(item);
    if (list_ass_slice(self, i, i + 1, NULL) < 0) {
        Py_DECREF(item);
        return NULL;
    }
    return item;
}

void _PyList_ReverseItems(PyObject **low, PyObject **high)
{
    for (--high; low < high; low++, high--) {
        PyObject *item = *low;
        *low = *high;
        *high = item;
    }
}

PyDoc_STRVAR(reverse_doc, "L.reverse() -- turn the order of the items round, in place");

static PyObject *list_reverse(PyObject *self, PyObject *unused)
{
    if (Py_SIZE(self) > 1)
        _PyList_ReverseItems(LIST(self)->ob_item, LIST(self)->ob_item + Py_SIZE(self));
    Py_RETURN_NONE;
}

int PyList_Reverse(PyObject *op)
{
    if (op == NULL || !PyList_Check(op)) {
        PyErr_BadInternalCall();
        return -1;
    }
    if (Py_SIZE(op) > 1)
        _PyList_ReverseItems(LIST(op)->ob_item, LIST(op)->ob_item + Py_SIZE(op));
    return 0;
}

PyObject *PyList_AsTuple(PyObject *op)
{
    if (op == NULL || !PyList_Check(op)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    Py_ssize_t n = Py_SIZE(op);
    PyObject *result = PyTuple_New(n);
    if (result == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *item = PyList_GET_ITEM(op, i);
        Py_INCREF(item);
        PyTuple_SET_ITEM(result, i, item);
    }
    return result;
}

PyDoc_STRVAR(index_doc, "L.index(value, [start, [stop]]) -> integer -- position of the first item "
                        "equal to value.\nRaises ValueError when there is none.");

static PyObject *list_index(PyObject *self, PyObject *args)
{
    Py_ssize_t start = 0, stop = PY_SSIZE_T_MAX, n = Py_SIZE(self);
    PyObject *wanted;

    if (!PyArg_ParseTuple(args, "O|O&O&:index", &wanted, _PyEval_SliceIndexNotNone, &start,
                          _PyEval_SliceIndexNotNone, &stop))
        return NULL;
    if (start < 0)
        start = start + n < 0 ? 0 : start + n;
    if (stop < 0)
        stop = stop + n < 0 ? 0 : stop + n;
    for (Py_ssize_t i = start; i < stop && i < Py_SIZE(self); i++) {
        int same = list_item_equals(self, i, wanted);
        if (same < 0)
            return NULL;
        if (same)
            return PyInt_FromSsize_t(i);
    }
    PyObject *text = PyObject_Repr(wanted);
    if (text == NULL)
        return NULL;
    PyErr_Format(PyExc_ValueError, "%s is not in list", PyString_AS_STRING(text));
    Py_DECREF(text);
    return NULL;
}

PyDoc_STRVAR(count_doc, "L.count(value) -> integer -- how many items equal value");

static PyObject *list_count(PyObject *self, PyObject *wanted)
{
    Py_ssize_t count = 0;

    for (Py_ssize_t i = 0; i < Py_SIZE(self); i++) {
        int same = list_item_equals(self, i, wanted);
        if (same < 0)
            return NULL;
        count += same;
    }
    return PyInt_FromSsize_t(count);
}

PyDoc_STRVAR(remove_doc, "L.remove(value) -- take out the first item equal to value.\n"
                         "Raises ValueError when there is none.");

static PyObject *list_remove(PyObject *self, PyObject *wanted)
{
    for (Py_ssize_t i = 0; i < Py_SIZE(self); i++) {
        int same = list_item_equals(self, i, wanted);
        if (same < 0)
            return NULL;
        if (same) {
            if (list_ass_slice(self, i, i + 1, NULL) < 0)
                return NULL;
            Py_RETURN_NONE;
        }
    }
    PyErr_SetString(PyExc_ValueError, "list.remove(x): x not in list");
    return NULL;
}

static PyObject *list_richcompare(PyObject *a, PyObject *b, int op)
{
    if (!PyList_Check(a) || !PyList_Check(b))
        Py_RETURN_NOTIMPLEMENTED;
    if (Py_SIZE(a) != Py_SIZE(b) && (op == Py_EQ || op == Py_NE))
        return PyBool_FromLong(op == Py_NE);
    Py_ssize_t i;
    for (i = 0; i < Py_SIZE(a) && i < Py_SIZE(b); i++) {
        PyObject *x = PyList_GET_ITEM(a, i), *y = PyList_GET_ITEM(b, i);
        Py_INCREF(x);
        Py_INCREF(y);
        int same = PyObject_RichCompareBool(x, y, Py_EQ);
        Py_DECREF(x);
        Py_DECREF(y);
        if (same < 0)
            return NULL;
        if (!same)
            break;
    }
    Py_ssize_t na = Py_SIZE(a), nb = Py_SIZE(b);
    if (i >= na || i >= nb)
        return PyBool_FromLong(Py_CmpToRich(op, na < nb ? -1 : na > nb));
    if (op == Py_EQ || op == Py_NE)
        return PyBool_FromLong(op == Py_NE);
    PyObject *x = PyList_GET_ITEM(a, i), *y = PyList_GET_ITEM(b, i);
    Py_INCREF(x);
    Py_INCREF(y);
    PyObject *result = PyObject_RichCompare(x, y, op);
    Py_DECREF(x);
    Py_DECREF(y);
    return result;
}

static int list_init(PyObject *self, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"sequence", NULL};
    PyObject *source = NULL;

    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|O:list", names, &source))
        return -1;
    _PyList_ClearItems(self);
    if (source != NULL) {
        PyObject *none = _PyList_Extend(LIST(self), source);
        if (none == NULL)
            return -1;
        Py_DECREF(none);
    }
    return 0;
}

static PyObject *list_go_init(PyObject *self, PyObject *args, PyObject *kwds)
{
    if (kwds == NULL && PyTuple_GET_SIZE(args) == 1) {
        _PyList_ClearItems(self);
        return list_extend_go_on(self, PyTuple_GET_ITEM(args, 0));
    }
    if (list_init(self, args, kwds) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static const _PyGoOnSlots list_go_on = {.go_init = list_go_init};

static PyObject *list_sizeof(PyObject *self, PyObject *unused)
{
    Py_ssize_t head = Py_TYPE(self)->tp_x64_basicsize;

    if (head == 0)
        head = Py_TYPE(self)->tp_basicsize;
    return PyInt_FromSsize_t(head + LIST(self)->allocated * 8);
}

static PyObject *list_subscript(PyObject *self, PyObject *key)
{
    if (PyIndex_Check(key)) {
        Py_ssize_t i = PyNumber_AsSsize_t(key, PyExc_IndexError);
        if (i == -1 && PyErr_Occurred())
            return NULL;
        return list_item(self, i < 0 ? i + Py_SIZE(self) : i);
    }
    if (!PySlice_Check(key)) {
        PyErr_Format(PyExc_TypeError, "list indices must be integers, not %.200s",
                     Py_TYPE(key)->tp_name);
        return NULL;
    }
    Py_ssize_t start, stop, step;
    if (_PySlice_Unpack(key, &start, &stop, &step) < 0)
        return NULL;
    Py_ssize_t n = _PySlice_AdjustIndices(Py_SIZE(self), &start, &stop, step);
    return list_pick(self, start, step, n < 0 ? 0 : n);
}

/* Takes out n items, `step` apart from `start` on; n > 0. */
static int list_delete_stride(PyListObject *self, Py_ssize_t start, Py_ssize_t step, Py_ssize_t n)
{
    if (step < 0) {
        start += step * (n - 1);
        step = -step;
    }
    PyObject **garbage = PyMem_New(PyObject *, n);
    if (garbage == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    PyObject **items = self->ob_item, **to = items + start;
    Py_ssize_t size = Py_SIZE(self);
    for (Py_ssize_t i = 0; i < n; i++) {
        Py_ssize_t at = start + i * step;
        Py_ssize_t upto = i + 1 < n ? at + step : size;
        garbage[i] = items[at];
        memmove(to, items + at + 1, (size_t)(upto - at - 1) * sizeof(PyObject *));
        to += upto - at - 1;
    }
    Py_SIZE(self) = size - n;
    int status = _PyList_Resize(self, Py_SIZE(self));
    for (Py_ssize_t i = 0; i < n; i++)
        Py_DECREF(garbage[i]);
    PyMem_Free(garbage);
    return status;
}

static int list_assign_stride(PyObject *self, Py_ssize_t start, Py_ssize_t step, Py_ssize_t n,
                              PyObject *value)
{
    PyObject *source = value == self
                           ? list_slice(value, 0, Py_SIZE(value))
                           : PySequence_Fast(value, "must assign iterable to extended slice");

    if (source == NULL)
        return -1;
    if (PySequence_Fast_GET_SIZE(source) != n) {
        PyErr_Format(PyExc_ValueError,
                     "attempt to assign sequence of size %zd to extended slice of size %zd",
                     PySequence_Fast_GET_SIZE(source), n);
        Py_DECREF(source);
        return -1;
    }
    if (n == 0) {
        Py_DECREF(source);
        return 0;
    }
    PyObject **garbage = PyMem_New(PyObject *, n);
    if (garbage == NULL) {
        Py_DECREF(source);
        PyErr_NoMemory();
        return -1;
    }
    PyObject **from = PySequence_Fast_ITEMS(source), **items = LIST(self)->ob_item;
    for (Py_ssize_t i = 0, at = start; i < n; i++, at += step) {
        garbage[i] = items[at];
        Py_INCREF(from[i]);
        items[at] = from[i];
    }
    for (Py_ssize_t i = 0; i < n; i++)
        Py_DECREF(garbage[i]);
    PyMem_Free(garbage);
    Py_DECREF(source);
    return 0;
}

static int list_ass_subscript(PyObject *self, PyObject *key, PyObject *value)
{
    if (PyIndex_Check(key)) {
        Py_ssize_t i = PyNumber_AsSsize_t(key, PyExc_IndexError);
        if (i == -1 && PyErr_Occurred())
            return -1;
        return list_ass_item(self, i < 0 ? i + Py_SIZE(self) : i, value);
    }
    if (!PySlice_Check(key)) {
        PyErr_Format(PyExc_TypeError, "list indices must be integers, not %.200s",
                     Py_TYPE(key)->tp_name);
        return -1;
    }
    Py_ssize_t start, stop, step;
    if (_PySlice_Unpack(key, &start, &stop, &step) < 0)
        return -1;
    Py_ssize_t n = _PySlice_AdjustIndices(Py_SIZE(self), &start, &stop, step);
    if (step == 1)
        return list_ass_slice(self, start, stop, value);
    /* An empty extended slice is where its start is. */
    if ((step < 0 && start < stop) || (step > 0 && start > stop))
        stop = start;
    if (value == NULL)
        return n <= 0 ? 0 : list_delete_stride(LIST(self), start, step, n);
    return list_assign_stride(self, start, step, n < 0 ? 0 : n, value);
}

static PySequenceMethods list_as_sequence = {
    .sq_length = list_length,
    .sq_concat = list_concat,
    .sq_repeat = list_repeat,
    .sq_item = list_item,
    .sq_slice = list_slice,
    .sq_ass_item = list_ass_item,
    .sq_ass_slice = list_ass_slice,
    .sq_contains = list_contains,
    .sq_inplace_concat = list_inplace_concat,
    .sq_inplace_repeat = list_inplace_repeat,
};
static PyMappingMethods list_as_mapping = {
    .mp_length = list_length,
    .mp_subscript = list_subscript,
    .mp_ass_subscript = list_ass_subscript,
};
static PyMethodDef list_methods[] = {
    {"__getitem__", list_subscript, METH_O | METH_COEXIST, "x.__getitem__(y) <==> x[y]"},
    {"__reversed__", _PyList_Reversed, METH_NOARGS,
     "L.__reversed__() -- return a reverse iterator over the list"},
    {"__sizeof__", list_sizeof, METH_NOARGS, "L.__sizeof__() -- size of L in memory, in bytes"},
    {"append", list_append, METH_O, append_doc},
    {"insert", list_insert, METH_VARARGS, insert_doc},
    {"extend", list_extend_go_on, METH_O | METH_RESUMABLE, extend_doc},
    {"pop", list_pop, METH_VARARGS, pop_doc},
    {"remove", list_remove, METH_O, remove_doc},
    {"index", list_index, METH_VARARGS, index_doc},
    {"count", list_count, METH_O, count_doc},
    {"reverse", list_reverse, METH_NOARGS, reverse_doc},
    {"sort", PyCFunction_CAST(_PyList_SortMethod), METH_VARARGS | METH_KEYWORDS | METH_RESUMABLE,
     "L.sort(cmp=None, key=None, reverse=False) -- stable sort *IN PLACE*;\n"
     "cmp(x, y) -> -1, 0, 1"},
    {NULL},
};

PyTypeObject PyList_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "list",
    .tp_basicsize = sizeof(PyListObject),
    .tp_x64_basicsize = LIST_X64_HEADER,
    .tp_dealloc = list_dealloc,
    .tp_repr = list_repr,
    .tp_as_sequence = &list_as_sequence,
    .tp_as_mapping = &list_as_mapping,
    .tp_hash = PyObject_HashNotImplemented,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags =
        Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_LIST_SUBCLASS,
    .tp_doc = "list() -> new empty list\nlist(iterable) -> new list of the iterable's items",
    .tp_traverse = list_traverse,
    .tp_clear = _PyList_ClearItems,
    .tp_richcompare = list_richcompare,
    .tp_iter = _PyList_Iter,
    .tp_methods = list_methods,
    .tp_init = list_init,
    .tp_goon = &list_go_on,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = PyType_GenericNew,
    .tp_free = PyObject_GC_Del,
};
