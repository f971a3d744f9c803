/* SPDX-License-Identifier: MIT */
/* The module array: sequences of one C type, kept as that type. Sizes are x86-64's on every target.
 * Invariant: items holds allocated >= ob_size items of the descriptor's size. */
#include "Python.h"

typedef struct {
    char code;
    int size;
} desc_t;

static const desc_t descriptors[] = {{'c', 1}, {'b', 1}, {'B', 1}, {'u', 4}, {'h', 2}, {'H', 2},
                                     {'i', 4}, {'I', 4}, {'l', 8}, {'L', 8}, {'f', 4}, {'d', 8}};

typedef struct {
    PyObject_VAR_HEAD char *items;
    Py_ssize_t allocated;
    const desc_t *desc;
    PyObject *weakreflist;
} arrayobject;

typedef struct {
    PyObject_HEAD Py_ssize_t index;
    arrayobject *array; /* NULL when exhausted */
} arrayiterobject;

static PyTypeObject Array_Type, ArrayIter_Type;
#define array_Check(op) PyObject_TypeCheck(op, &Array_Type)
#define AT(a, i) ((a)->items + (i) * (a)->desc->size)

/* ---- Items
 * ------------------------------------------------------------------------------------------ */

static PyObject *get_item(const arrayobject *a, Py_ssize_t i)
{
    const char *p = AT(a, i);
    int64_t x = 0;

    switch (a->desc->code) {
    case 'c':
        return PyString_FromStringAndSize(p, 1);
    case 'u': {
        Py_UNICODE c;
        memcpy(&c, p, 4);
        return PyUnicode_FromUnicode(&c, 1);
    }
    case 'f': {
        float f;
        memcpy(&f, p, 4);
        return PyFloat_FromDouble(f);
    }
    case 'd': {
        double d;
        memcpy(&d, p, 8);
        return PyFloat_FromDouble(d);
    }
    case 'b':
        x = (int8_t)*p;
        break;
    case 'B':
        x = (uint8_t)*p;
        break;
    case 'h': {
        int16_t y;
        memcpy(&y, p, 2);
        x = y;
        break;
    }
    case 'H': {
        uint16_t y;
        memcpy(&y, p, 2);
        x = y;
        break;
    }
    case 'i': {
        int32_t y;
        memcpy(&y, p, 4);
        x = y;
        break;
    }
    case 'I': {
        uint32_t y;
        memcpy(&y, p, 4);
        return PyLong_FromUnsignedLong(y);
    }
    case 'l':
        memcpy(&x, p, 8);
        break;
    case 'L': {
        uint64_t y;
        memcpy(&y, p, 8);
        return PyLong_FromUnsignedLong(y);
    }
    }
    return PyInt_FromLong((py_long)x);
}

static int too(const char *what, const char *how)
{
    PyErr_Format(PyExc_OverflowError, "%s is %s", what, how);
    return -1;
}

/* An integer within [low, high] for codes b h H i. */
static int take_integer(PyObject *v, const char *what, py_long low, py_long high, py_long *x)
{
    if (PyFloat_Check(v)) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return -1;
    }
    *x = PyInt_AsLong(v);
    if (*x == -1 && PyErr_Occurred())
        return -1;
    if (*x < low)
        return too(what, "less than minimum");
    if (*x > high)
        return too(what, "greater than maximum");
    return 0;
}

/* For codes I and L. */
static int take_unsigned(PyObject *v, const char *what, py_ulong high, py_ulong *x)
{
    if (PyLong_Check(v)) {
        *x = PyLong_AsUnsignedLong(v);
        if (*x == PY_ULONG_MAX && PyErr_Occurred())
            return -1;
    } else {
        py_long y;
        if (take_integer(v, what, 0, PY_LONG_MAX, &y) < 0)
            return -1;
        *x = (py_ulong)y;
    }
    return *x > high ? too(what, "greater than maximum") : 0;
}

/* The bytes of v as an item. 0, or -1 with an exception. Runs Python code. */
static int convert_item(const desc_t *desc, PyObject *v, char out[8])
{
    py_long x;
    py_ulong u;

    switch (desc->code) {
    case 'c':
        if (!PyString_Check(v) || PyString_GET_SIZE(v) != 1) {
            PyErr_SetString(PyExc_TypeError, "array item must be char");
            return -1;
        }
        out[0] = *PyString_AS_STRING(v);
        return 0;
    case 'u': {
        if (!PyUnicode_Check(v) || PyUnicode_GET_SIZE(v) != 1) {
            PyErr_SetString(PyExc_TypeError, "array item must be unicode character");
            return -1;
        }
        memcpy(out, PyUnicode_AS_UNICODE(v), 4);
        return 0;
    }
    case 'f': {
        float f = (float)PyFloat_AsDouble(v);
        if (f == -1.0f && PyErr_Occurred())
            return -1;
        memcpy(out, &f, 4);
        return 0;
    }
    case 'd': {
        double d = PyFloat_AsDouble(v);
        if (d == -1.0 && PyErr_Occurred())
            return -1;
        memcpy(out, &d, 8);
        return 0;
    }
    case 'b': /* first as a short: so the messages have it */
        if (take_integer(v, "signed short integer", INT16_MIN, INT16_MAX, &x) < 0 ||
            take_integer(v, "signed char", -128, 127, &x) < 0)
            return -1;
        break;
    case 'B':
        if (take_integer(v, "unsigned byte integer", 0, 255, &x) < 0)
            return -1;
        break;
    case 'h':
        if (take_integer(v, "signed short integer", INT16_MIN, INT16_MAX, &x) < 0)
            return -1;
        break;
    case 'H':
        if (take_integer(v, "signed integer", INT32_MIN, INT32_MAX, &x) < 0 ||
            take_integer(v, "unsigned short", 0, UINT16_MAX, &x) < 0)
            return -1;
        break;
    case 'i':
        if (take_integer(v, "signed integer", INT32_MIN, INT32_MAX, &x) < 0)
            return -1;
        break;
    case 'l':
        if (take_integer(v, "signed long", PY_LONG_MIN, PY_LONG_MAX, &x) < 0)
            return -1;
        break;
    case 'I':
        if (take_unsigned(v, "unsigned int", UINT32_MAX, &u) < 0)
            return -1;
        x = (py_long)u;
        break;
    default: /* L */
        if (take_unsigned(v, "unsigned long", PY_ULONG_MAX, &u) < 0)
            return -1;
        x = (py_long)u;
    }
    for (int i = 0; i < desc->size; i++)
        out[i] = (char)((uint64_t)x >> (8 * i));
    return 0;
}

static int set_item(arrayobject *a, Py_ssize_t i, PyObject *v)
{
    char bytes[8];
    if (convert_item(a->desc, v, bytes) < 0)
        return -1;
    if (i >= Py_SIZE(a)) {
        PyErr_SetString(PyExc_IndexError, "array assignment index out of range");
        return -1;
    }
    memcpy(AT(a, i), bytes, (size_t)a->desc->size);
    return 0;
}

/* ---- Memory
 * ------------------------------------------------------------------------------------------- */

static int resize(arrayobject *a, Py_ssize_t n)
{
    if (a->allocated >= n && Py_SIZE(a) < n + 16 && a->items != NULL) {
        Py_SIZE(a) = n;
        return 0;
    }
    if (n == 0) {
        PyMem_Free(a->items);
        a->items = NULL;
        Py_SIZE(a) = a->allocated = 0;
        return 0;
    }
    /* Grows by a sixteenth and a little. */
    Py_ssize_t room = n <= PY_SSIZE_T_MAX / 2 ? n + (n >> 4) + (Py_SIZE(a) < 8 ? 3 : 7) : n;
    if (room > PY_SSIZE_T_MAX / a->desc->size) {
        PyErr_NoMemory();
        return -1;
    }
    char *items = PyMem_Realloc(a->items, room * a->desc->size);
    if (items == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    a->items = items;
    a->allocated = room;
    Py_SIZE(a) = n;
    return 0;
}

static PyObject *new_array(PyTypeObject *type, Py_ssize_t n, const desc_t *desc)
{
    if (n < 0) {
        PyErr_BadInternalCall();
        return NULL;
    }
    if (n > PY_SSIZE_T_MAX / desc->size)
        return PyErr_NoMemory();
    char *items = NULL;
    if (n > 0 && (items = PyMem_Malloc(n * desc->size)) == NULL)
        return PyErr_NoMemory();
    arrayobject *a = (arrayobject *)type->tp_alloc(type, 0);
    if (a == NULL) {
        PyMem_Free(items);
        return NULL;
    }
    a->items = items;
    a->allocated = n;
    a->desc = desc;
    Py_SIZE(a) = n;
    return (PyObject *)a;
}

static void array_dealloc(PyObject *op)
{
    arrayobject *a = (arrayobject *)op;
    if (a->weakreflist != NULL)
        PyObject_ClearWeakRefs(op);
    PyMem_Free(a->items);
    Py_TYPE(op)->tp_free(op);
}

static int insert_at(arrayobject *a, Py_ssize_t where, PyObject *v)
{
    char bytes[8];

    if (convert_item(a->desc, v, bytes) < 0)
        return -1;
    Py_ssize_t n = Py_SIZE(a);
    if (n == PY_SSIZE_T_MAX) {
        PyErr_NoMemory();
        return -1;
    }
    if (resize(a, n + 1) < 0)
        return -1;
    if (where < 0)
        where = Py_MAX(where + n, 0);
    where = Py_MIN(where, n);
    memmove(AT(a, where + 1), AT(a, where), (size_t)((n - where) * a->desc->size));
    memcpy(AT(a, where), bytes, (size_t)a->desc->size);
    return 0;
}

/* Replaces the items [low, high) by n items from elsewhere (not in a). */
static int splice(arrayobject *a, Py_ssize_t low, Py_ssize_t high, const char *from, Py_ssize_t n)
{
    Py_ssize_t size = Py_SIZE(a), width = a->desc->size, grow = n - (high - low);

    if (grow > 0 && resize(a, size + grow) < 0)
        return -1;
    if (grow != 0 && size > high)
        memmove(AT(a, high + grow), AT(a, high), (size_t)((size - high) * width));
    if (n > 0)
        memcpy(AT(a, low), from, (size_t)(n * width));
    return grow < 0 ? resize(a, size + grow) : 0;
}

/* ---- As a sequence
 * ---------------------------------------------------------------------------------------- */

static Py_ssize_t array_length(PyObject *op)
{
    return Py_SIZE(op);
}

static PyObject *array_item(PyObject *op, Py_ssize_t i)
{
    if (i < 0 || i >= Py_SIZE(op)) {
        PyErr_SetString(PyExc_IndexError, "array index out of range");
        return NULL;
    }
    return get_item((arrayobject *)op, i);
}

static PyObject *array_slice(PyObject *op, Py_ssize_t low, Py_ssize_t high)
{
    arrayobject *a = (arrayobject *)op;

    low = Py_MAX(low, 0);
    high = Py_MIN(high, Py_SIZE(a));
    low = Py_MIN(low, Py_SIZE(a));
    high = Py_MAX(high, low);
    PyObject *r = new_array(&Array_Type, high - low, a->desc);
    if (r != NULL && high > low)
        memcpy(((arrayobject *)r)->items, AT(a, low), (size_t)((high - low) * a->desc->size));
    return r;
}

static PyObject *array_concat(PyObject *op, PyObject *other)
{
    arrayobject *a = (arrayobject *)op, *b = (arrayobject *)other, *r;

    if (!array_Check(other)) {
        PyErr_Format(PyExc_TypeError, "can only append array (not \"%.200s\") to array",
                     Py_TYPE(other)->tp_name);
        return NULL;
    }
    if (a->desc != b->desc) {
        PyErr_BadArgument();
        return NULL;
    }
    if (Py_SIZE(a) > PY_SSIZE_T_MAX - Py_SIZE(b))
        return PyErr_NoMemory();
    r = (arrayobject *)new_array(&Array_Type, Py_SIZE(a) + Py_SIZE(b), a->desc);
    if (r == NULL)
        return NULL;
    if (Py_SIZE(a) > 0)
        memcpy(r->items, a->items, (size_t)(Py_SIZE(a) * a->desc->size));
    if (Py_SIZE(b) > 0)
        memcpy(AT(r, Py_SIZE(a)), b->items, (size_t)(Py_SIZE(b) * b->desc->size));
    return (PyObject *)r;
}

/* Fills to with as many copies of its first unit bytes as give total bytes. */
static void repeat_bytes(char *to, Py_ssize_t unit, Py_ssize_t total)
{
    while (unit < total) {
        Py_ssize_t n = Py_MIN(unit, total - unit);
        memcpy(to + unit, to, (size_t)n);
        unit += n;
    }
}

static PyObject *array_repeat(PyObject *op, Py_ssize_t n)
{
    arrayobject *a = (arrayobject *)op, *r;
    Py_ssize_t size = Py_SIZE(a);

    n = Py_MAX(n, 0);
    if (size != 0 && n > PY_SSIZE_T_MAX / size)
        return PyErr_NoMemory();
    r = (arrayobject *)new_array(&Array_Type, size * n, a->desc);
    if (r != NULL && size * n > 0) {
        memcpy(r->items, a->items, (size_t)(size * a->desc->size));
        repeat_bytes(r->items, size * a->desc->size, size * n * a->desc->size);
    }
    return (PyObject *)r;
}

static PyObject *array_inplace_repeat(PyObject *op, Py_ssize_t n)
{
    arrayobject *a = (arrayobject *)op;
    Py_ssize_t size = Py_SIZE(a);

    if (size > 0) {
        n = Py_MAX(n, 0);
        if (n > PY_SSIZE_T_MAX / size / a->desc->size)
            return PyErr_NoMemory();
        if (resize(a, size * n) < 0)
            return NULL;
        if (n > 1)
            repeat_bytes(a->items, size * a->desc->size, size * n * a->desc->size);
    }
    Py_INCREF(op);
    return op;
}

static int assign_slice(PyObject *op, Py_ssize_t low, Py_ssize_t high, PyObject *v)
{
    arrayobject *a = (arrayobject *)op;
    PyObject *copy = NULL;
    const char *from = NULL;
    Py_ssize_t n = 0;

    if (v != NULL) {
        if (!array_Check(v)) {
            PyErr_Format(PyExc_TypeError, "can only assign array (not \"%.200s\") to array slice",
                         Py_TYPE(v)->tp_name);
            return -1;
        }
        if (((arrayobject *)v)->desc != a->desc) {
            PyErr_BadArgument();
            return -1;
        }
        if (v == op) { /* a copy, as a itself moves */
            copy = v = array_slice(op, 0, Py_SIZE(a));
            if (v == NULL)
                return -1;
        }
        from = ((arrayobject *)v)->items;
        n = Py_SIZE(v);
    }
    low = Py_MIN(Py_MAX(low, 0), Py_SIZE(a));
    high = Py_MIN(Py_MAX(high, low), Py_SIZE(a));
    int result = splice(a, low, high, from, n);
    Py_XDECREF(copy);
    return result;
}

static int array_ass_item(PyObject *op, Py_ssize_t i, PyObject *v)
{
    if (i < 0 || i >= Py_SIZE(op)) {
        PyErr_SetString(PyExc_IndexError, "array assignment index out of range");
        return -1;
    }
    return v == NULL ? assign_slice(op, i, i + 1, NULL) : set_item((arrayobject *)op, i, v);
}

static int array_contains(PyObject *op, PyObject *v)
{
    int c = 0;
    for (Py_ssize_t i = 0; c == 0 && i < Py_SIZE(op); i++) {
        PyObject *item = get_item((arrayobject *)op, i);
        if (item == NULL)
            return -1;
        c = PyObject_RichCompareBool(item, v, Py_EQ);
        Py_DECREF(item);
    }
    return c;
}

static int extend_with_iterable(arrayobject *a, PyObject *source)
{
    PyObject *iter = PyObject_GetIter(source), *v;

    if (iter == NULL)
        return -1;
    while ((v = PyIter_Next(iter)) != NULL) {
        int failed = insert_at(a, Py_SIZE(a), v) < 0;
        Py_DECREF(v);
        if (failed) {
            Py_DECREF(iter);
            return -1;
        }
    }
    Py_DECREF(iter);
    return PyErr_Occurred() ? -1 : 0;
}

static int extend(arrayobject *a, PyObject *source)
{
    if (!array_Check(source))
        return extend_with_iterable(a, source);
    arrayobject *b = (arrayobject *)source;
    if (a->desc != b->desc) {
        PyErr_SetString(PyExc_TypeError, "can only extend with array of same kind");
        return -1;
    }
    Py_ssize_t size = Py_SIZE(a), n = Py_SIZE(b);
    if (size > PY_SSIZE_T_MAX - n || size + n > PY_SSIZE_T_MAX / a->desc->size) {
        PyErr_NoMemory();
        return -1;
    }
    if (resize(a, size + n) < 0)
        return -1;
    if (n > 0) /* b may be a: its items are where they were */
        memcpy(AT(a, size), b->items, (size_t)(n * a->desc->size));
    return 0;
}

static PyObject *array_inplace_concat(PyObject *op, PyObject *other)
{
    if (!array_Check(other)) {
        PyErr_Format(PyExc_TypeError, "can only extend array with array (not \"%.200s\")",
                     Py_TYPE(other)->tp_name);
        return NULL;
    }
    if (extend((arrayobject *)op, other) < 0)
        return NULL;
    Py_INCREF(op);
    return op;
}

/* ---- As a mapping
 * ------------------------------------------------------------------------------------------ */

static PyObject *array_subscript(PyObject *op, PyObject *key)
{
    arrayobject *a = (arrayobject *)op, *r;

    if (PyIndex_Check(key)) {
        Py_ssize_t i = PyNumber_AsSsize_t(key, PyExc_IndexError);
        if (i == -1 && PyErr_Occurred())
            return NULL;
        return array_item(op, i < 0 ? i + Py_SIZE(a) : i);
    }
    if (!PySlice_Check(key)) {
        PyErr_SetString(PyExc_TypeError, "array indices must be integers");
        return NULL;
    }
    Py_ssize_t start, stop, step, n;
    if (PySlice_GetIndicesEx((PySliceObject *)key, Py_SIZE(a), &start, &stop, &step, &n) < 0)
        return NULL;
    r = (arrayobject *)new_array(&Array_Type, Py_MAX(n, 0), a->desc);
    if (r == NULL)
        return NULL;
    for (Py_ssize_t i = 0, at = start; i < n; i++, at += step)
        memcpy(AT(r, i), AT(a, at), (size_t)a->desc->size);
    return (PyObject *)r;
}

static int array_ass_subscript(PyObject *op, PyObject *key, PyObject *v)
{
    arrayobject *a = (arrayobject *)op;

    if (PyIndex_Check(key)) {
        Py_ssize_t i = PyNumber_AsSsize_t(key, PyExc_IndexError);
        if (i == -1 && PyErr_Occurred())
            return -1;
        return array_ass_item(op, i < 0 ? i + Py_SIZE(a) : i, v);
    }
    if (!PySlice_Check(key)) {
        PyErr_SetString(PyExc_TypeError, "array indices must be integer");
        return -1;
    }
    Py_ssize_t start, stop, step, n;
    if (PySlice_GetIndicesEx((PySliceObject *)key, Py_SIZE(a), &start, &stop, &step, &n) < 0)
        return -1;
    if (step == 1)
        return assign_slice(op, start, Py_MAX(stop, start), v);
    if (v != NULL && array_Check(v) && ((arrayobject *)v)->desc == a->desc && Py_SIZE(v) == 0)
        v = NULL;    /* nothing in their place */
    if (v == NULL) { /* every step-th item goes, from the left */
        if (n <= 0)
            return 0;
        if (step < 0) {
            start += (n - 1) * step;
            step = -step;
        }
        Py_ssize_t to = start, size = Py_SIZE(a);
        for (Py_ssize_t at = start, gone = 0; at < size; at++) {
            if (gone < n && at == start + gone * step) {
                gone++;
                continue;
            }
            memmove(AT(a, to), AT(a, at), (size_t)a->desc->size);
            to++;
        }
        return resize(a, to);
    }
    if (!array_Check(v)) {
        PyErr_Format(PyExc_TypeError, "can only assign array (not \"%.200s\") to array slice",
                     Py_TYPE(v)->tp_name);
        return -1;
    }
    if (((arrayobject *)v)->desc != a->desc) {
        PyErr_BadArgument();
        return -1;
    }
    if (Py_SIZE(v) != Py_MAX(n, 0)) {
        PyErr_Format(PyExc_ValueError,
                     "attempt to assign array of size %zd to extended slice of size %zd",
                     Py_SIZE(v), Py_MAX(n, 0));
        return -1;
    }
    if (v == op) {
        v = array_slice(op, 0, Py_SIZE(a));
        if (v == NULL)
            return -1;
    } else {
        Py_INCREF(v);
    }
    for (Py_ssize_t i = 0, at = start; i < n; i++, at += step)
        memcpy(AT(a, at), AT((arrayobject *)v, i), (size_t)a->desc->size);
    Py_DECREF(v);
    return 0;
}

/* ---- Comparison and buffer
 * ------------------------------------------------------------------------------------- */

static PyObject *array_richcompare(PyObject *v, PyObject *w, int op)
{
    if (!array_Check(v) || !array_Check(w))
        Py_RETURN_NOTIMPLEMENTED;
    if (Py_SIZE(v) != Py_SIZE(w) && (op == Py_EQ || op == Py_NE))
        return PyBool_FromLong(op == Py_NE);
    for (Py_ssize_t i = 0; i < Py_SIZE(v) && i < Py_SIZE(w); i++) {
        PyObject *x = get_item((arrayobject *)v, i);
        PyObject *y = x != NULL ? get_item((arrayobject *)w, i) : NULL, *result = NULL;
        if (y == NULL) {
            Py_XDECREF(x);
            return NULL;
        }
        int equal = PyObject_RichCompareBool(x, y, Py_EQ);
        if (equal == 0) { /* the first difference decides */
            if (op == Py_EQ || op == Py_NE)
                result = PyBool_FromLong(op == Py_NE);
            else
                result = PyObject_RichCompare(x, y, op);
        }
        Py_DECREF(x);
        Py_DECREF(y);
        if (equal <= 0)
            return result;
    }
    Py_ssize_t a = Py_SIZE(v), b = Py_SIZE(w);
    return PyBool_FromLong(Py_CmpToRich(op, a < b ? -1 : a > b));
}

static char nothing[1];

static Py_ssize_t array_getreadbuf(PyObject *op, Py_ssize_t index, void **p)
{
    arrayobject *a = (arrayobject *)op;
    if (index != 0) {
        PyErr_SetString(PyExc_SystemError, "Accessing non-existent array segment");
        return -1;
    }
    *p = a->items != NULL ? a->items : nothing;
    return Py_SIZE(a) * a->desc->size;
}

static Py_ssize_t array_getsegcount(PyObject *op, Py_ssize_t *lenp)
{
    if (lenp != NULL)
        *lenp = Py_SIZE(op) * ((arrayobject *)op)->desc->size;
    return 1;
}

/* ---- Methods
 * ---------------------------------------------------------------------------------------------------
 */

PyDoc_STRVAR(append_doc, "append(x)\n\nAdds an item at the end.");
static PyObject *array_append(PyObject *op, PyObject *v)
{
    if (insert_at((arrayobject *)op, Py_SIZE(op), v) < 0)
        return NULL;
    Py_RETURN_NONE;
}

PyDoc_STRVAR(insert_doc, "insert(i, x)\n\nPuts an item before position i.");
static PyObject *array_insert(PyObject *op, PyObject *args)
{
    Py_ssize_t i;
    PyObject *v;
    if (!PyArg_ParseTuple(args, "nO:insert", &i, &v) || insert_at((arrayobject *)op, i, v) < 0)
        return NULL;
    Py_RETURN_NONE;
}

PyDoc_STRVAR(extend_doc, "extend(array or iterable)\n\nAdds items at the end.");
static PyObject *array_extend(PyObject *op, PyObject *source)
{
    if (extend((arrayobject *)op, source) < 0)
        return NULL;
    Py_RETURN_NONE;
}

PyDoc_STRVAR(pop_doc, "pop([i])\n\nRemoves the item at position i (the last) and returns it.");
static PyObject *array_pop(PyObject *op, PyObject *args)
{
    Py_ssize_t i = -1;
    if (!PyArg_ParseTuple(args, "|n:pop", &i))
        return NULL;
    if (Py_SIZE(op) == 0) {
        PyErr_SetString(PyExc_IndexError, "pop from empty array");
        return NULL;
    }
    if (i < 0)
        i += Py_SIZE(op);
    if (i < 0 || i >= Py_SIZE(op)) {
        PyErr_SetString(PyExc_IndexError, "pop index out of range");
        return NULL;
    }
    PyObject *v = get_item((arrayobject *)op, i);
    if (v != NULL && assign_slice(op, i, i + 1, NULL) < 0)
        Py_CLEAR(v);
    return v;
}

/* The position of v from the left; -1 when missing, -2 on an error. */
static Py_ssize_t find(PyObject *op, PyObject *v)
{
    for (Py_ssize_t i = 0; i < Py_SIZE(op); i++) {
        PyObject *item = get_item((arrayobject *)op, i);
        if (item == NULL)
            return -2;
        int c = PyObject_RichCompareBool(item, v, Py_EQ);
        Py_DECREF(item);
        if (c != 0)
            return c > 0 ? i : -2;
    }
    return -1;
}

PyDoc_STRVAR(remove_doc, "remove(x)\n\nRemoves the first item equal to x.");
static PyObject *array_remove(PyObject *op, PyObject *v)
{
    Py_ssize_t i = find(op, v);
    if (i == -1)
        PyErr_SetString(PyExc_ValueError, "array.remove(x): x not in list");
    if (i < 0 || assign_slice(op, i, i + 1, NULL) < 0)
        return NULL;
    Py_RETURN_NONE;
}

PyDoc_STRVAR(index_doc, "index(x)\n\nThe position of the first item equal to x.");
static PyObject *array_index(PyObject *op, PyObject *v)
{
    Py_ssize_t i = find(op, v);
    if (i == -1)
        PyErr_SetString(PyExc_ValueError, "array.index(x): x not in list");
    return i < 0 ? NULL : PyInt_FromSsize_t(i);
}

PyDoc_STRVAR(count_doc, "count(x)\n\nHow many items are equal to x.");
static PyObject *array_count(PyObject *op, PyObject *v)
{
    Py_ssize_t n = 0;
    for (Py_ssize_t i = 0; i < Py_SIZE(op); i++) {
        PyObject *item = get_item((arrayobject *)op, i);
        if (item == NULL)
            return NULL;
        int c = PyObject_RichCompareBool(item, v, Py_EQ);
        Py_DECREF(item);
        if (c < 0)
            return NULL;
        n += c;
    }
    return PyInt_FromSsize_t(n);
}

PyDoc_STRVAR(reverse_doc, "reverse()\n\nTurns the order of the items around.");
static PyObject *array_reverse(PyObject *op, PyObject *unused)
{
    arrayobject *a = (arrayobject *)op;
    char t[8];
    for (Py_ssize_t i = 0, j = Py_SIZE(a) - 1; i < j; i++, j--) {
        memcpy(t, AT(a, i), (size_t)a->desc->size);
        memcpy(AT(a, i), AT(a, j), (size_t)a->desc->size);
        memcpy(AT(a, j), t, (size_t)a->desc->size);
    }
    Py_RETURN_NONE;
}

PyDoc_STRVAR(byteswap_doc, "byteswap()\n\nTurns the bytes of each item around.");
static PyObject *array_byteswap(PyObject *op, PyObject *unused)
{
    arrayobject *a = (arrayobject *)op;
    for (Py_ssize_t i = 0; i < Py_SIZE(a); i++) {
        char *p = AT(a, i);
        for (int x = 0, y = a->desc->size - 1; x < y; x++, y--) {
            char t = p[x];
            p[x] = p[y];
            p[y] = t;
        }
    }
    Py_RETURN_NONE;
}

PyDoc_STRVAR(buffer_info_doc,
             "buffer_info() -> (address, length)\n\nWhere the items are, and how many.");
static PyObject *array_buffer_info(PyObject *op, PyObject *unused)
{
    return Py_BuildValue("Nn", PyLong_FromVoidPtr(((arrayobject *)op)->items), Py_SIZE(op));
}

static int append_bytes(arrayobject *a, const char *s, Py_ssize_t n)
{
    Py_ssize_t width = a->desc->size, old = Py_SIZE(a);

    if (n % width != 0) {
        PyErr_SetString(PyExc_ValueError, "string length not a multiple of item size");
        return -1;
    }
    if (n / width > PY_SSIZE_T_MAX / width - old) {
        PyErr_NoMemory();
        return -1;
    }
    if (n > 0) {
        if (resize(a, old + n / width) < 0)
            return -1;
        memcpy(AT(a, old), s, (size_t)n);
    }
    return 0;
}

PyDoc_STRVAR(fromstring_doc, "fromstring(string)\n\nAdds the items whose bytes the string holds.");
static PyObject *array_fromstring(PyObject *op, PyObject *args)
{
    const char *s;
    Py_ssize_t n;

    if (!PyArg_ParseTuple(args, "s#:fromstring", &s, &n))
        return NULL;
    if (s == ((arrayobject *)op)->items && n > 0) {
        PyErr_SetString(PyExc_ValueError, "array.fromstring(x): x cannot be self");
        return NULL;
    }
    int failed = append_bytes((arrayobject *)op, s, n) < 0;
    if (failed)
        return NULL;
    Py_RETURN_NONE;
}

PyDoc_STRVAR(tostring_doc, "tostring() -> string\n\nThe bytes of the items.");
static PyObject *array_tostring(PyObject *op, PyObject *unused)
{
    arrayobject *a = (arrayobject *)op;
    if (Py_SIZE(a) > PY_SSIZE_T_MAX / a->desc->size)
        return PyErr_NoMemory();
    return PyString_FromStringAndSize(a->items != NULL ? a->items : nothing,
                                      Py_SIZE(a) * a->desc->size);
}

PyDoc_STRVAR(fromlist_doc, "fromlist(list)\n\nAdds the items of the list, all or none.");
static PyObject *array_fromlist(PyObject *op, PyObject *list)
{
    arrayobject *a = (arrayobject *)op;
    Py_ssize_t old = Py_SIZE(a);

    if (!PyList_Check(list)) {
        PyErr_SetString(PyExc_TypeError, "arg must be list");
        return NULL;
    }
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) {
        PyObject *v = PyList_GET_ITEM(list, i);
        Py_INCREF(v);
        int failed = insert_at(a, Py_SIZE(a), v) < 0;
        Py_DECREF(v);
        if (failed) {
            if (Py_SIZE(a) > old)
                resize(a, old);
            return NULL;
        }
    }
    Py_RETURN_NONE;
}

PyDoc_STRVAR(tolist_doc, "tolist() -> list\n\nThe items as a list.");
static PyObject *array_tolist(PyObject *op, PyObject *unused)
{
    PyObject *list = PyList_New(Py_SIZE(op));
    for (Py_ssize_t i = 0; list != NULL && i < Py_SIZE(op); i++) {
        PyObject *v = get_item((arrayobject *)op, i);
        if (v == NULL)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, i, v);
    }
    return list;
}

PyDoc_STRVAR(fromunicode_doc, "fromunicode(ustr)\n\nAdds the characters, to an array of type 'u'.");
static PyObject *array_fromunicode(PyObject *op, PyObject *args)
{
    PyObject *s;
    if (!PyArg_ParseTuple(args, "O:fromunicode", &s))
        return NULL;
    if (!PyUnicode_Check(s)) {
        PyErr_Format(PyExc_TypeError,
                     "fromunicode() argument 1 must be cannot convert raw buffers, not %s",
                     s == Py_None ? "None" : Py_TYPE(s)->tp_name);
        return NULL;
    }
    if (((arrayobject *)op)->desc->code != 'u') {
        PyErr_SetString(PyExc_ValueError, "fromunicode() may only be called on type 'u' arrays");
        return NULL;
    }
    if (append_bytes((arrayobject *)op, PyUnicode_AS_DATA(s), PyUnicode_GET_DATA_SIZE(s)) < 0)
        return NULL;
    Py_RETURN_NONE;
}

PyDoc_STRVAR(tounicode_doc, "tounicode() -> unicode\n\nThe characters of an array of type 'u'.");
static PyObject *array_tounicode(PyObject *op, PyObject *unused)
{
    arrayobject *a = (arrayobject *)op;
    if (a->desc->code != 'u') {
        PyErr_SetString(PyExc_ValueError, "tounicode() may only be called on type 'u' arrays");
        return NULL;
    }
    PyObject *s = PyUnicode_FromUnicode(NULL, Py_SIZE(a));
    if (s != NULL && Py_SIZE(a) > 0)
        memcpy(PyUnicode_AS_UNICODE(s), a->items, (size_t)(Py_SIZE(a) * 4));
    return s;
}

PyDoc_STRVAR(fromfile_doc, "fromfile(f, n)\n\nReads n items from the file f and adds them.");
static PyObject *array_fromfile(PyObject *op, PyObject *args)
{
    arrayobject *a = (arrayobject *)op;
    PyObject *f, *data;
    Py_ssize_t n;

    if (!PyArg_ParseTuple(args, "On:fromfile", &f, &n))
        return NULL;
    if (!PyFile_Check(f)) {
        PyErr_SetString(PyExc_TypeError, "arg1 must be open file");
        return NULL;
    }
    if (n <= 0)
        Py_RETURN_NONE;
    if (n > PY_SSIZE_T_MAX / a->desc->size)
        return PyErr_NoMemory();
    data = PyObject_CallMethod(f, "read", "n", n * a->desc->size);
    if (data == NULL)
        return NULL;
    if (!PyString_Check(data)) {
        Py_DECREF(data);
        PyErr_SetString(PyExc_TypeError, "read() didn't return a string");
        return NULL;
    }
    Py_ssize_t got = PyString_GET_SIZE(data) / a->desc->size;
    int failed = append_bytes(a, PyString_AS_STRING(data), got * a->desc->size) < 0;
    Py_DECREF(data);
    if (failed)
        return NULL;
    if (got < n) {
        PyErr_SetString(PyExc_EOFError, "not enough items in file");
        return NULL;
    }
    Py_RETURN_NONE;
}

PyDoc_STRVAR(tofile_doc, "tofile(f)\n\nWrites the bytes of the items to the file f.");
static PyObject *array_tofile(PyObject *op, PyObject *f)
{
    PyObject *data, *result;

    if (!PyFile_Check(f)) {
        PyErr_SetString(PyExc_TypeError, "arg must be open file");
        return NULL;
    }
    data = array_tostring(op, NULL);
    if (data == NULL)
        return NULL;
    result = PyObject_CallMethod(f, "write", "O", data);
    Py_DECREF(data);
    if (result == NULL)
        return NULL;
    Py_DECREF(result);
    Py_RETURN_NONE;
}

PyDoc_STRVAR(read_doc, "read(f, n)\n\nThe old name of fromfile.");
static PyObject *array_read(PyObject *op, PyObject *args)
{
    if (PyErr_WarnPy3k("array.read() not supported in 3.x; use array.fromfile()", 1) < 0)
        return NULL;
    return array_fromfile(op, args);
}

PyDoc_STRVAR(write_doc, "write(f)\n\nThe old name of tofile.");
static PyObject *array_write(PyObject *op, PyObject *f)
{
    if (PyErr_WarnPy3k("array.write() not supported in 3.x; use array.tofile()", 1) < 0)
        return NULL;
    return array_tofile(op, f);
}

PyDoc_STRVAR(copy_doc, "A copy of the array.");
static PyObject *array_copy(PyObject *op, PyObject *unused)
{
    return array_slice(op, 0, Py_SIZE(op));
}

PyDoc_STRVAR(reduce_doc, "What pickle keeps of the array.");
static PyObject *array_reduce(PyObject *op, PyObject *unused)
{
    PyObject *dict = PyObject_GetAttrString(op, "__dict__"), *list, *result;

    if (dict == NULL) {
        if (!PyErr_ExceptionMatches(PyExc_AttributeError))
            return NULL;
        PyErr_Clear();
        dict = Py_None;
        Py_INCREF(dict);
    }
    list = array_tolist(op, NULL);
    if (list == NULL) {
        Py_DECREF(dict);
        return NULL;
    }
    result = Py_BuildValue("O(cO)O", Py_TYPE(op), ((arrayobject *)op)->desc->code, list, dict);
    Py_DECREF(list);
    Py_DECREF(dict);
    return result;
}

PyDoc_STRVAR(sizeof_doc, "Size of the array in memory, in bytes.");
static PyObject *array_sizeof(PyObject *op, PyObject *unused)
{
    arrayobject *a = (arrayobject *)op;
    return PyLong_FromSsize_t(56 + a->allocated * a->desc->size);
}

static PyObject *array_repr(PyObject *op)
{
    char code = ((arrayobject *)op)->desc->code;
    PyObject *v, *text, *result = NULL;

    if (Py_SIZE(op) == 0)
        return PyString_FromFormat("array('%c')", code);
    if (code == 'c')
        v = array_tostring(op, NULL);
    else if (code == 'u')
        v = array_tounicode(op, NULL);
    else
        v = array_tolist(op, NULL);
    text = v != NULL ? PyObject_Repr(v) : NULL;
    Py_XDECREF(v);
    if (text != NULL) {
        result = PyString_FromFormat("array('%c', ", code);
        PyString_ConcatAndDel(&result, text);
        PyString_ConcatAndDel(&result, PyString_FromString(")"));
    }
    return result;
}

static PyObject *array_get_typecode(PyObject *op, void *closure)
{
    return PyString_FromStringAndSize(&((arrayobject *)op)->desc->code, 1);
}

static PyObject *array_get_itemsize(PyObject *op, void *closure)
{
    return PyInt_FromLong(((arrayobject *)op)->desc->size);
}

/* ---- Construction
 * ------------------------------------------------------------------------------------------------
 */

static PyObject *array_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    char code;
    PyObject *source = NULL, *op;
    const desc_t *desc = NULL;

    if (type == &Array_Type && !_PyArg_NoKeywords("array.array()", kwds))
        return NULL;
    PyObject *first = PyTuple_GET_SIZE(args) > 0 ? PyTuple_GET_ITEM(args, 0) : NULL;
    if (!PyArg_ParseTuple(args, "O|O:array", &first, &source))
        return NULL;
    if (PyString_Check(first) && PyString_GET_SIZE(first) == 1) {
        code = *PyString_AS_STRING(first);
    } else if (PyUnicode_Check(first) && PyUnicode_GET_SIZE(first) == 1) {
        Py_UNICODE c = *PyUnicode_AS_UNICODE(first);
        code = c < 128 ? (char)c : '?';
    } else {
        PyErr_Format(PyExc_TypeError,
                     "array() argument 1 or typecode must be char (string or ascii-unicode with "
                     "length 1), not %s",
                     Py_TYPE(first)->tp_name);
        return NULL;
    }
    for (size_t i = 0; i < sizeof descriptors / sizeof descriptors[0]; i++)
        if (descriptors[i].code == code)
            desc = &descriptors[i];
    if (desc == NULL) {
        /* What cannot give items is told first. */
        if (source != NULL && !PyString_Check(source) && !PyUnicode_Check(source)) {
            PyObject *it = PyObject_GetIter(source);
            if (it == NULL)
                return NULL;
            Py_DECREF(it);
        }
        PyErr_SetString(PyExc_ValueError,
                        "bad typecode (must be c, b, B, u, h, H, i, I, l, L, f or d)");
        return NULL;
    }
    int sized = source != NULL && (PyList_Check(source) || PyTuple_Check(source));
    Py_ssize_t n = sized ? PySequence_Fast_GET_SIZE(source) : 0;
    op = new_array(type, n, desc);
    if (op == NULL || source == NULL)
        return op;
    arrayobject *a = (arrayobject *)op;
    int failed = 0;
    if (sized) {
        if (n > 0)
            memset(a->items, 0, (size_t)(n * desc->size));
        /* Converting runs Python code, which may change the list. */
        for (Py_ssize_t i = 0; !failed && i < n && i < PySequence_Fast_GET_SIZE(source); i++) {
            PyObject *v = PySequence_Fast_GET_ITEM(source, i);
            Py_INCREF(v);
            failed = set_item(a, i, v) < 0;
            Py_DECREF(v);
        }
        if (failed)
            Py_CLEAR(op);
        return op;
    }
    if (PyString_Check(source))
        failed = append_bytes(a, PyString_AS_STRING(source), PyString_GET_SIZE(source)) < 0;
    else if (code == 'u' && PyUnicode_Check(source))
        failed = append_bytes(a, PyUnicode_AS_DATA(source), PyUnicode_GET_DATA_SIZE(source)) < 0;
    else if (array_Check(source) && ((arrayobject *)source)->desc == desc)
        failed = extend(a, source) < 0;
    else
        failed = extend_with_iterable(a, source) < 0;
    if (failed)
        Py_CLEAR(op);
    return op;
}

static PyObject *array_iter(PyObject *op)
{
    arrayiterobject *it = PyObject_GC_New(arrayiterobject, &ArrayIter_Type);
    if (it == NULL)
        return NULL;
    Py_INCREF(op);
    it->array = (arrayobject *)op;
    it->index = 0;
    PyObject_GC_Track(it);
    return (PyObject *)it;
}

static PyMethodDef array_methods[] = {
    {"append", array_append, METH_O, append_doc},
    {"buffer_info", array_buffer_info, METH_NOARGS, buffer_info_doc},
    {"byteswap", array_byteswap, METH_NOARGS, byteswap_doc},
    {"__copy__", array_copy, METH_NOARGS, copy_doc},
    {"count", array_count, METH_O, count_doc},
    {"__deepcopy__", array_copy, METH_O, copy_doc},
    {"extend", array_extend, METH_O, extend_doc},
    {"fromfile", array_fromfile, METH_VARARGS, fromfile_doc},
    {"fromlist", array_fromlist, METH_O, fromlist_doc},
    {"fromstring", array_fromstring, METH_VARARGS, fromstring_doc},
    {"fromunicode", array_fromunicode, METH_VARARGS, fromunicode_doc},
    {"index", array_index, METH_O, index_doc},
    {"insert", array_insert, METH_VARARGS, insert_doc},
    {"pop", array_pop, METH_VARARGS, pop_doc},
    {"read", array_read, METH_VARARGS, read_doc},
    {"__reduce__", array_reduce, METH_NOARGS, reduce_doc},
    {"remove", array_remove, METH_O, remove_doc},
    {"reverse", array_reverse, METH_NOARGS, reverse_doc},
    {"tofile", array_tofile, METH_O, tofile_doc},
    {"tolist", array_tolist, METH_NOARGS, tolist_doc},
    {"tostring", array_tostring, METH_NOARGS, tostring_doc},
    {"tounicode", array_tounicode, METH_NOARGS, tounicode_doc},
    {"write", array_write, METH_O, write_doc},
    {"__sizeof__", array_sizeof, METH_NOARGS, sizeof_doc},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef array_getset[] = {
    {"typecode", array_get_typecode, NULL, "the typecode character used to create the array", NULL},
    {"itemsize", array_get_itemsize, NULL, "the size, in bytes, of one array item", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PySequenceMethods array_as_sequence = {
    .sq_length = array_length,
    .sq_concat = array_concat,
    .sq_repeat = array_repeat,
    .sq_item = array_item,
    .sq_slice = array_slice,
    .sq_ass_item = array_ass_item,
    .sq_ass_slice = assign_slice,
    .sq_contains = array_contains,
    .sq_inplace_concat = array_inplace_concat,
    .sq_inplace_repeat = array_inplace_repeat,
};

static PyMappingMethods array_as_mapping = {
    .mp_length = array_length,
    .mp_subscript = array_subscript,
    .mp_ass_subscript = array_ass_subscript,
};

static PyBufferProcs array_as_buffer = {
    .bf_getreadbuffer = array_getreadbuf,
    .bf_getwritebuffer = array_getreadbuf,
    .bf_getsegcount = array_getsegcount,
};

PyDoc_STRVAR(array_doc, "array(typecode [, initializer]) -> array\n\
\n\
A sequence of values of one C type, from a list, a string of their bytes or an\n\
iterable. Type codes, with the bytes an item takes:\n\
\n\
  'c' character 1, 'b' signed and 'B' unsigned integer 1, 'u' unicode character 4,\n\
  'h' and 'H' integer 2, 'i' and 'I' integer 4, 'l' and 'L' integer 8, 'f' float 4,\n\
  'd' float 8.");

static PyTypeObject Array_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "array.array",
    .tp_basicsize = sizeof(arrayobject),
    .tp_dealloc = array_dealloc,
    .tp_repr = array_repr,
    .tp_as_sequence = &array_as_sequence,
    .tp_as_mapping = &array_as_mapping,
    .tp_hash = PyObject_HashNotImplemented,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_as_buffer = &array_as_buffer,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = array_doc,
    .tp_richcompare = array_richcompare,
    .tp_weaklistoffset = offsetof(arrayobject, weakreflist),
    .tp_iter = array_iter,
    .tp_methods = array_methods,
    .tp_getset = array_getset,
    .tp_new = array_new,
    .tp_x64_basicsize = 56,
};

/* ---- The iterator
 * -------------------------------------------------------------------------------------------------
 */

static void iter_dealloc(PyObject *op)
{
    PyObject_GC_UnTrack(op);
    Py_XDECREF(((arrayiterobject *)op)->array);
    PyObject_GC_Del(op);
}

static int iter_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(((arrayiterobject *)op)->array);
    return 0;
}

static PyObject *iter_next(PyObject *op)
{
    arrayiterobject *it = (arrayiterobject *)op;
    if (it->array != NULL && it->index < Py_SIZE(it->array))
        return get_item(it->array, it->index++);
    return NULL;
}

static PyTypeObject ArrayIter_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "arrayiterator",
    .tp_basicsize = sizeof(arrayiterobject),
    .tp_dealloc = iter_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = iter_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = iter_next,
};

PyDoc_STRVAR(module_doc, "This module defines the type array: sequences of values of one C type.");

void initarray(void)
{
    PyObject *m;

    if (PyType_Ready(&Array_Type) < 0 || PyType_Ready(&ArrayIter_Type) < 0)
        return;
    m = Py_InitModule3("array", NULL, module_doc);
    if (m == NULL)
        return;
    Py_INCREF(&Array_Type);
    PyModule_AddObject(m, "ArrayType", (PyObject *)&Array_Type);
    Py_INCREF(&Array_Type);
    PyModule_AddObject(m, "array", (PyObject *)&Array_Type);
}
