/* SPDX-License-Identifier: MIT */
/* Struct sequences: tuples with named fields, some of which are reachable by name only.
 * Invariant: the type's dict says n_sequence_fields (what len() sees), n_fields and
 * n_unnamed_fields; an object has room for n_fields items while its ob_size is n_sequence_fields.
 */
#include "Python.h"

char *PyStructSequence_UnnamedField = "unnamed field";

/* n_fields and its kin from the type's dict; -1 with an error should a program have tampered with
 * it. */
static Py_ssize_t field_count(PyTypeObject *type, const char *which)
{
    PyObject *v = type->tp_dict == NULL ? NULL : PyDict_GetItemString(type->tp_dict, which);
    if (v == NULL || !PyInt_Check(v)) {
        PyErr_Format(PyExc_SystemError, "struct sequence type without %s", which);
        return -1;
    }
    return PyInt_AS_LONG(v);
}

#define VISIBLE(op) Py_SIZE(op)

PyObject *PyStructSequence_New(PyTypeObject *type)
{
    Py_ssize_t size = field_count(type, "n_fields"),
               visible = field_count(type, "n_sequence_fields");
    if (size < 0 || visible < 0)
        return NULL;
    PyTupleObject *obj = (PyTupleObject *)_PyObject_GC_NewVar(type, size);
    if (obj == NULL)
        return NULL;
    Py_SIZE(obj) = visible;
    for (Py_ssize_t i = 0; i < size; i++)
        obj->ob_item[i] = NULL;
    return (PyObject *)obj;
}

static void structseq_dealloc(PyObject *op)
{
    Py_ssize_t size = field_count(Py_TYPE(op), "n_fields");
    if (_PyObject_GC_IS_TRACKED(op))
        _PyObject_GC_UNTRACK(op);
    for (Py_ssize_t i = 0; i < size; i++)
        Py_XDECREF(PyTuple_GET_ITEM(op, i));
    PyObject_GC_Del(op);
}

static int structseq_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_ssize_t size = field_count(Py_TYPE(op), "n_fields");
    for (Py_ssize_t i = 0; i < size; i++)
        Py_VISIT(PyTuple_GET_ITEM(op, i));
    return 0;
}

/* The visible part as a plain tuple. */
static PyObject *as_tuple(PyObject *op)
{
    PyObject *t = PyTuple_New(VISIBLE(op));
    for (Py_ssize_t i = 0; t != NULL && i < VISIBLE(op); i++) {
        PyObject *v = PyTuple_GET_ITEM(op, i);
        Py_INCREF(v);
        PyTuple_SET_ITEM(t, i, v);
    }
    return t;
}

static PyObject *structseq_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *kwlist[] = {"sequence", "dict", NULL};
    PyObject *arg, *dict = NULL, *res = NULL;
    Py_ssize_t i;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O|O:structseq", kwlist, &arg, &dict))
        return NULL;
    arg = PySequence_Fast(arg, "constructor requires a sequence");
    if (arg == NULL)
        return NULL;
    if (dict != NULL && !PyDict_Check(dict)) {
        PyErr_Format(PyExc_TypeError, "%.500s() takes a dict as second arg, if any", type->tp_name);
        goto fail;
    }
    Py_ssize_t len = PySequence_Fast_GET_SIZE(arg);
    Py_ssize_t min_len = field_count(type, "n_sequence_fields"),
               max_len = field_count(type, "n_fields"),
               unnamed = field_count(type, "n_unnamed_fields");
    if (min_len < 0 || max_len < 0 || unnamed < 0)
        goto fail;
    if (min_len != max_len) {
        if (len < min_len) {
            PyErr_Format(PyExc_TypeError,
                         "%.500s() takes an at least %zd-sequence (%zd-sequence given)",
                         type->tp_name, min_len, len);
            goto fail;
        }
        if (len > max_len) {
            PyErr_Format(PyExc_TypeError,
                         "%.500s() takes an at most %zd-sequence (%zd-sequence given)",
                         type->tp_name, max_len, len);
            goto fail;
        }
    } else if (len != min_len) {
        PyErr_Format(PyExc_TypeError, "%.500s() takes a %zd-sequence (%zd-sequence given)",
                     type->tp_name, min_len, len);
        goto fail;
    }
    res = PyStructSequence_New(type);
    if (res == NULL)
        goto fail;
    for (i = 0; i < len; i++) {
        PyObject *v = PySequence_Fast_GET_ITEM(arg, i);
        Py_INCREF(v);
        PyTuple_SET_ITEM(res, i, v);
    }
    /* The rest by name, out of the dict. */
    for (; i < max_len; i++) {
        PyObject *v =
            dict == NULL ? NULL : PyDict_GetItemString(dict, type->tp_members[i - unnamed].name);
        if (v == NULL)
            v = Py_None;
        Py_INCREF(v);
        PyTuple_SET_ITEM(res, i, v);
    }
    Py_DECREF(arg);
    return res;
fail:
    Py_DECREF(arg);
    Py_XDECREF(res);
    return NULL;
}

static PyObject *structseq_repr(PyObject *op)
{
    PyTypeObject *type = Py_TYPE(op);
    PyObject *text = PyString_FromFormat("%s(", type->tp_name);
    for (Py_ssize_t i = 0; text != NULL && i < VISIBLE(op); i++) {
        if (type->tp_members[i].name == NULL) {
            PyErr_Format(PyExc_SystemError,
                         "In structseq_repr(), member %zd name is NULL for type %.500s", i,
                         type->tp_name);
            Py_CLEAR(text);
            break;
        }
        PyString_ConcatAndDel(
            &text, PyString_FromFormat("%s%s=", i > 0 ? ", " : "", type->tp_members[i].name));
        if (text != NULL)
            PyString_ConcatAndDel(&text, PyObject_Repr(PyTuple_GET_ITEM(op, i)));
    }
    if (text != NULL)
        PyString_ConcatAndDel(&text, PyString_FromString(")"));
    return text;
}

/* Sequence behaviour is that of the tuple of the visible items. */
static PyObject *structseq_concat(PyObject *op, PyObject *b)
{
    PyObject *t = as_tuple(op);
    if (t == NULL)
        return NULL;
    PyObject *res = PySequence_Concat(t, b);
    Py_DECREF(t);
    return res;
}

static PyObject *structseq_repeat(PyObject *op, Py_ssize_t n)
{
    PyObject *t = as_tuple(op);
    if (t == NULL)
        return NULL;
    PyObject *res = PySequence_Repeat(t, n);
    Py_DECREF(t);
    return res;
}

static int structseq_contains(PyObject *op, PyObject *o)
{
    PyObject *t = as_tuple(op);
    if (t == NULL)
        return -1;
    int res = PySequence_Contains(t, o);
    Py_DECREF(t);
    return res;
}

static py_long structseq_hash(PyObject *op)
{
    PyObject *t = as_tuple(op);
    if (t == NULL)
        return -1;
    py_long res = PyObject_Hash(t);
    Py_DECREF(t);
    return res;
}

static PyObject *structseq_richcompare(PyObject *op, PyObject *o2, int cmp)
{
    PyObject *t = as_tuple(op);
    if (t == NULL)
        return NULL;
    PyObject *res = PyObject_RichCompare(t, o2, cmp);
    Py_DECREF(t);
    return res;
}

static Py_ssize_t structseq_length(PyObject *op)
{
    return VISIBLE(op);
}

static PyObject *structseq_item(PyObject *op, Py_ssize_t i)
{
    if (i < 0 || i >= VISIBLE(op)) {
        PyErr_SetString(PyExc_IndexError, "tuple index out of range");
        return NULL;
    }
    Py_INCREF(PyTuple_GET_ITEM(op, i));
    return PyTuple_GET_ITEM(op, i);
}

static PyObject *structseq_slice(PyObject *op, Py_ssize_t low, Py_ssize_t high)
{
    PyObject *t = as_tuple(op);
    if (t == NULL)
        return NULL;
    PyObject *res = PyTuple_GetSlice(t, low < 0 ? 0 : low, high);
    Py_DECREF(t);
    return res;
}

static PyObject *structseq_subscript(PyObject *op, PyObject *item)
{
    if (!PyIndex_Check(item) && !PySlice_Check(item)) {
        PyErr_SetString(PyExc_TypeError, "structseq index must be integer");
        return NULL;
    }
    PyObject *t = as_tuple(op);
    if (t == NULL)
        return NULL;
    PyObject *res = PyObject_GetItem(t, item);
    Py_DECREF(t);
    return res;
}

static PyObject *structseq_reduce(PyObject *op, PyObject *unused)
{
    PyTypeObject *type = Py_TYPE(op);
    Py_ssize_t n = field_count(type, "n_fields"), unnamed = field_count(type, "n_unnamed_fields");
    if (n < 0 || unnamed < 0)
        return NULL;
    PyObject *tup = as_tuple(op), *dict = PyDict_New(), *result = NULL;
    if (tup == NULL || dict == NULL)
        goto done;
    for (Py_ssize_t i = VISIBLE(op); i < n; i++) {
        if (PyDict_SetItemString(dict, type->tp_members[i - unnamed].name,
                                 PyTuple_GET_ITEM(op, i)) < 0)
            goto done;
    }
    result = Py_BuildValue("(O(OO))", (PyObject *)type, tup, dict);
done:
    Py_XDECREF(tup);
    Py_XDECREF(dict);
    return result;
}

static PySequenceMethods structseq_as_sequence = {
    .sq_length = structseq_length,
    .sq_concat = structseq_concat,
    .sq_repeat = structseq_repeat,
    .sq_item = structseq_item,
    .sq_slice = structseq_slice,
    .sq_contains = structseq_contains,
};

static PyMappingMethods structseq_as_mapping = {.mp_length = structseq_length,
                                                .mp_subscript = structseq_subscript};

static PyMethodDef structseq_methods[] = {
    {"__reduce__", structseq_reduce, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static int set_count(PyTypeObject *type, const char *name, Py_ssize_t n)
{
    PyObject *v = PyInt_FromSsize_t(n);
    if (v == NULL)
        return -1;
    int err = PyDict_SetItemString(type->tp_dict, name, v);
    Py_DECREF(v);
    return err;
}

void PyStructSequence_InitType(PyTypeObject *type, PyStructSequence_Desc *desc)
{
    Py_ssize_t n_members = 0, n_unnamed = 0, k = 0;
    if (type->tp_flags & Py_TPFLAGS_READY)
        return;
    for (; desc->fields[n_members].name != NULL; n_members++) {
        if (desc->fields[n_members].name == PyStructSequence_UnnamedField)
            n_unnamed++;
    }
    PyMemberDef *members = PyMem_Calloc(n_members - n_unnamed + 1, (Py_ssize_t)sizeof(PyMemberDef));
    if (members == NULL)
        return;
    for (Py_ssize_t i = 0; i < n_members; i++) {
        if (desc->fields[i].name == PyStructSequence_UnnamedField)
            continue;
        members[k].name = desc->fields[i].name;
        members[k].type = T_OBJECT;
        members[k].offset =
            (Py_ssize_t)offsetof(PyTupleObject, ob_item) + i * (Py_ssize_t)sizeof(PyObject *);
        members[k].flags = READONLY;
        members[k].doc = desc->fields[i].doc;
        k++;
    }
    memset(type, 0, sizeof(*type));
    Py_REFCNT(type) = 1;
    Py_TYPE(type) = &PyType_Type;
    type->tp_name = desc->name;
    type->tp_doc = desc->doc;
    type->tp_basicsize = (Py_ssize_t)offsetof(PyTupleObject, ob_item);
    type->tp_x64_basicsize = 24;
    type->tp_itemsize = sizeof(PyObject *);
    type->tp_dealloc = structseq_dealloc;
    type->tp_traverse = structseq_traverse;
    type->tp_repr = structseq_repr;
    type->tp_as_sequence = &structseq_as_sequence;
    type->tp_as_mapping = &structseq_as_mapping;
    type->tp_hash = structseq_hash;
    type->tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC;
    type->tp_richcompare = structseq_richcompare;
    type->tp_methods = structseq_methods;
    type->tp_members = members;
    type->tp_new = structseq_new;
    if (PyType_Ready(type) < 0)
        return;
    Py_INCREF(type);
    if (set_count(type, "n_sequence_fields", desc->n_in_sequence) < 0 ||
        set_count(type, "n_fields", n_members) < 0 ||
        set_count(type, "n_unnamed_fields", n_unnamed) < 0)
        PyErr_Clear();
}
