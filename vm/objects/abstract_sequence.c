/* SPDX-License-Identifier: MIT */
/* The sequence and mapping protocols, and iteration, over any object.
 * Invariant: negative indices are resolved here with the object's length before a sequence slot
 * sees them. */
#include "Python.h"
#include "objects/iternext.h"

static PyObject *type_error(const char *format, PyObject *o)
{
    PyErr_Format(PyExc_TypeError, format, Py_TYPE(o)->tp_name);
    return NULL;
}

static PyObject *null_error(void)
{
    if (!PyErr_Occurred())
        PyErr_SetString(PyExc_SystemError, "null argument to internal routine");
    return NULL;
}

/* -- Size -----------------------------------------------------------------------------------------
 */

Py_ssize_t PyObject_Size(PyObject *o)
{
    if (o == NULL) {
        null_error();
        return -1;
    }
    PySequenceMethods *m = Py_TYPE(o)->tp_as_sequence;
    if (m != NULL && m->sq_length != NULL)
        return m->sq_length(o);
    return PyMapping_Size(o);
}

Py_ssize_t PySequence_Size(PyObject *s)
{
    if (s == NULL) {
        null_error();
        return -1;
    }
    PySequenceMethods *m = Py_TYPE(s)->tp_as_sequence;
    if (m != NULL && m->sq_length != NULL)
        return m->sq_length(s);
    type_error("object of type '%.200s' has no len()", s);
    return -1;
}

Py_ssize_t PyMapping_Size(PyObject *o)
{
    if (o == NULL) {
        null_error();
        return -1;
    }
    PyMappingMethods *m = Py_TYPE(o)->tp_as_mapping;
    if (m != NULL && m->mp_length != NULL)
        return m->mp_length(o);
    type_error("object of type '%.200s' has no len()", o);
    return -1;
}

/* 1: the error is one a missing or unhelpful length may raise; it has been cleared. */
static int ignorable_hint_error(void)
{
    if (!PyErr_ExceptionMatches(PyExc_TypeError) && !PyErr_ExceptionMatches(PyExc_AttributeError))
        return 0;
    PyErr_Clear();
    return 1;
}

Py_ssize_t _PyObject_LengthHint(PyObject *o, Py_ssize_t defaultvalue)
{
    static PyObject *hintstr;
    PyTypeObject *tp = Py_TYPE(o);
    if ((tp->tp_as_sequence != NULL && tp->tp_as_sequence->sq_length != NULL) ||
        (tp->tp_as_mapping != NULL && tp->tp_as_mapping->mp_length != NULL)) {
        Py_ssize_t n = PyObject_Size(o);
        if (n >= 0)
            return n;
        if (PyErr_Occurred() && !ignorable_hint_error())
            return -1;
    }
    if (PyInstance_Check(o))
        return defaultvalue;
    PyObject *hintmeth = _PyObject_LookupSpecial(o, "__length_hint__", &hintstr);
    if (hintmeth == NULL)
        return PyErr_Occurred() ? -1 : defaultvalue;
    PyObject *ro = PyObject_CallFunctionObjArgs(hintmeth, NULL);
    Py_DECREF(hintmeth);
    if (ro == NULL)
        return ignorable_hint_error() ? defaultvalue : -1;
    Py_ssize_t n = PyNumber_Check(ro) ? PyInt_AsSsize_t(ro) : defaultvalue;
    Py_DECREF(ro);
    return n;
}

/* -- Items by key ---------------------------------------------------------------------------------
 */

PyObject *PyObject_GetItem(PyObject *o, PyObject *key)
{
    if (o == NULL || key == NULL)
        return null_error();
    PyMappingMethods *m = Py_TYPE(o)->tp_as_mapping;
    if (m != NULL && m->mp_subscript != NULL)
        return m->mp_subscript(o, key);
    PySequenceMethods *sq = Py_TYPE(o)->tp_as_sequence;
    if (sq != NULL) {
        if (PyIndex_Check(key)) {
            Py_ssize_t i = PyNumber_AsSsize_t(key, PyExc_IndexError);
            if (i == -1 && PyErr_Occurred())
                return NULL;
            return PySequence_GetItem(o, i);
        }
        if (sq->sq_item != NULL)
            return type_error("sequence index must be integer, not '%.200s'", key);
    }
    return type_error("'%.200s' object has no attribute '__getitem__'", o);
}

int PyObject_SetItem(PyObject *o, PyObject *key, PyObject *value)
{
    if (o == NULL || key == NULL || value == NULL) {
        null_error();
        return -1;
    }
    PyMappingMethods *m = Py_TYPE(o)->tp_as_mapping;
    if (m != NULL && m->mp_ass_subscript != NULL)
        return m->mp_ass_subscript(o, key, value);
    PySequenceMethods *sq = Py_TYPE(o)->tp_as_sequence;
    if (sq != NULL) {
        if (PyIndex_Check(key)) {
            Py_ssize_t i = PyNumber_AsSsize_t(key, PyExc_IndexError);
            if (i == -1 && PyErr_Occurred())
                return -1;
            return PySequence_SetItem(o, i, value);
        }
        if (sq->sq_ass_item != NULL) {
            type_error("sequence index must be integer, not '%.200s'", key);
            return -1;
        }
    }
    type_error("'%.200s' object does not support item assignment", o);
    return -1;
}

int PyObject_DelItem(PyObject *o, PyObject *key)
{
    if (o == NULL || key == NULL) {
        null_error();
        return -1;
    }
    PyMappingMethods *m = Py_TYPE(o)->tp_as_mapping;
    if (m != NULL && m->mp_ass_subscript != NULL)
        return m->mp_ass_subscript(o, key, NULL);
    PySequenceMethods *sq = Py_TYPE(o)->tp_as_sequence;
    if (sq != NULL) {
        if (PyIndex_Check(key)) {
            Py_ssize_t i = PyNumber_AsSsize_t(key, PyExc_IndexError);
            if (i == -1 && PyErr_Occurred())
                return -1;
            return PySequence_DelItem(o, i);
        }
        if (sq->sq_ass_item != NULL) {
            type_error("sequence index must be integer, not '%.200s'", key);
            return -1;
        }
    }
    type_error("'%.200s' object does not support item deletion", o);
    return -1;
}

int PyObject_DelItemString(PyObject *o, const char *key)
{
    PyObject *okey = PyString_FromString(key);
    if (okey == NULL)
        return -1;
    int ret = PyObject_DelItem(o, okey);
    Py_DECREF(okey);
    return ret;
}

/* -- Sequences ------------------------------------------------------------------------------------
 */

int PySequence_Check(PyObject *s)
{
    if (s == NULL)
        return 0;
    if (PyInstance_Check(s))
        return PyObject_HasAttrString(s, "__getitem__");
    if (PyDict_Check(s))
        return 0;
    return Py_TYPE(s)->tp_as_sequence != NULL && Py_TYPE(s)->tp_as_sequence->sq_item != NULL;
}

/* Classic instances and Python classes concatenate through number slots; both must look like
 * sequences. */
static PyObject *number_fallback(PyObject *s, PyObject *o, PyObject *(*op)(PyObject *, PyObject *),
                                 const char *message)
{
    if (PySequence_Check(s) && (op != PyNumber_Add || PySequence_Check(o))) {
        PyNumberMethods *nb = Py_TYPE(s)->tp_as_number;
        if (nb != NULL)
            return op(s, o);
    }
    return type_error(message, s);
}

PyObject *PySequence_Concat(PyObject *s, PyObject *o)
{
    if (s == NULL || o == NULL)
        return null_error();
    PySequenceMethods *m = Py_TYPE(s)->tp_as_sequence;
    if (m != NULL && m->sq_concat != NULL)
        return m->sq_concat(s, o);
    if (PySequence_Check(s) && PySequence_Check(o)) {
        PyNumberMethods *nb = Py_TYPE(s)->tp_as_number;
        if (nb != NULL && nb->nb_add != NULL)
            return PyNumber_Add(s, o);
    }
    return type_error("'%.200s' object can't be concatenated", s);
}

static PyObject *repeat_as_number(PyObject *o, Py_ssize_t count,
                                  PyObject *(*op)(PyObject *, PyObject *))
{
    PyObject *n = PyInt_FromSsize_t(count);
    if (n == NULL)
        return NULL;
    PyObject *res = number_fallback(o, n, op, "'%.200s' object can't be repeated");
    Py_DECREF(n);
    return res;
}

PyObject *PySequence_Repeat(PyObject *o, Py_ssize_t count)
{
    if (o == NULL)
        return null_error();
    PySequenceMethods *m = Py_TYPE(o)->tp_as_sequence;
    if (m != NULL && m->sq_repeat != NULL)
        return m->sq_repeat(o, count);
    return repeat_as_number(o, count, PyNumber_Multiply);
}

PyObject *PySequence_InPlaceConcat(PyObject *s, PyObject *o)
{
    if (s == NULL || o == NULL)
        return null_error();
    PySequenceMethods *m = Py_TYPE(s)->tp_as_sequence;
    if (m != NULL && m->sq_inplace_concat != NULL)
        return m->sq_inplace_concat(s, o);
    if (m != NULL && m->sq_concat != NULL)
        return m->sq_concat(s, o);
    if (PySequence_Check(s) && PySequence_Check(o) && Py_TYPE(s)->tp_as_number != NULL)
        return PyNumber_InPlaceAdd(s, o);
    return type_error("'%.200s' object can't be concatenated", s);
}

PyObject *PySequence_InPlaceRepeat(PyObject *o, Py_ssize_t count)
{
    if (o == NULL)
        return null_error();
    PySequenceMethods *m = Py_TYPE(o)->tp_as_sequence;
    if (m != NULL && m->sq_inplace_repeat != NULL)
        return m->sq_inplace_repeat(o, count);
    if (m != NULL && m->sq_repeat != NULL)
        return m->sq_repeat(o, count);
    return repeat_as_number(o, count, PyNumber_InPlaceMultiply);
}

/* Adds the length to a negative index where the object has one; -1 when that failed. */
static int from_end(PyObject *s, PySequenceMethods *m, Py_ssize_t *i)
{
    if (*i < 0 && m->sq_length != NULL) {
        Py_ssize_t n = m->sq_length(s);
        if (n < 0)
            return -1;
        *i += n;
    }
    return 0;
}

PyObject *PySequence_GetItem(PyObject *s, Py_ssize_t i)
{
    if (s == NULL)
        return null_error();
    PySequenceMethods *m = Py_TYPE(s)->tp_as_sequence;
    if (m != NULL && m->sq_item != NULL)
        return from_end(s, m, &i) < 0 ? NULL : m->sq_item(s, i);
    return type_error("'%.200s' object does not support indexing", s);
}

PyObject *PySequence_GetSlice(PyObject *s, Py_ssize_t i1, Py_ssize_t i2)
{
    if (s == NULL)
        return null_error();
    PySequenceMethods *m = Py_TYPE(s)->tp_as_sequence;
    if (m != NULL && m->sq_slice != NULL)
        return from_end(s, m, &i1) < 0 || from_end(s, m, &i2) < 0 ? NULL : m->sq_slice(s, i1, i2);
    PyMappingMethods *mp = Py_TYPE(s)->tp_as_mapping;
    if (mp != NULL && mp->mp_subscript != NULL) {
        PyObject *slice = _PySlice_FromIndices(i1, i2);
        if (slice == NULL)
            return NULL;
        PyObject *res = mp->mp_subscript(s, slice);
        Py_DECREF(slice);
        return res;
    }
    return type_error("'%.200s' object is unsliceable", s);
}

static int assign_item(PyObject *s, Py_ssize_t i, PyObject *o, const char *message)
{
    if (s == NULL) {
        null_error();
        return -1;
    }
    PySequenceMethods *m = Py_TYPE(s)->tp_as_sequence;
    if (m != NULL && m->sq_ass_item != NULL)
        return from_end(s, m, &i) < 0 ? -1 : m->sq_ass_item(s, i, o);
    type_error(message, s);
    return -1;
}

int PySequence_SetItem(PyObject *s, Py_ssize_t i, PyObject *o)
{
    return assign_item(s, i, o, "'%.200s' object does not support item assignment");
}

int PySequence_DelItem(PyObject *s, Py_ssize_t i)
{
    return assign_item(s, i, NULL, "'%.200s' object doesn't support item deletion");
}

static int assign_slice(PyObject *s, Py_ssize_t i1, Py_ssize_t i2, PyObject *o, const char *message)
{
    if (s == NULL) {
        null_error();
        return -1;
    }
    PySequenceMethods *m = Py_TYPE(s)->tp_as_sequence;
    if (m != NULL && m->sq_ass_slice != NULL)
        return from_end(s, m, &i1) < 0 || from_end(s, m, &i2) < 0 ? -1
                                                                  : m->sq_ass_slice(s, i1, i2, o);
    PyMappingMethods *mp = Py_TYPE(s)->tp_as_mapping;
    if (mp != NULL && mp->mp_ass_subscript != NULL) {
        PyObject *slice = _PySlice_FromIndices(i1, i2);
        if (slice == NULL)
            return -1;
        int res = mp->mp_ass_subscript(s, slice, o);
        Py_DECREF(slice);
        return res;
    }
    type_error(message, s);
    return -1;
}

int PySequence_SetSlice(PyObject *s, Py_ssize_t i1, Py_ssize_t i2, PyObject *o)
{
    return assign_slice(s, i1, i2, o, "'%.200s' object doesn't support slice assignment");
}

int PySequence_DelSlice(PyObject *s, Py_ssize_t i1, Py_ssize_t i2)
{
    return assign_slice(s, i1, i2, NULL, "'%.200s' object doesn't support slice deletion");
}

PyObject *PySequence_Tuple(PyObject *v)
{
    if (v == NULL)
        return null_error();
    if (PyTuple_CheckExact(v)) {
        Py_INCREF(v);
        return v;
    }
    if (PyList_CheckExact(v))
        return PyList_AsTuple(v);
    PyObject *it = PyObject_GetIter(v), *result = NULL;
    if (it == NULL)
        return NULL;
    Py_ssize_t n = _PyObject_LengthHint(v, 10), j;
    if (n == -1)
        goto fail;
    result = PyTuple_New(n);
    if (result == NULL)
        goto fail;
    for (j = 0;; j++) {
        PyObject *item = PyIter_Next(it);
        if (item == NULL) {
            if (PyErr_Occurred())
                goto fail;
            break;
        }
        if (j >= n) {
            /* Grow by a quarter and a bit. */
            if (n > (PY_SSIZE_T_MAX - 10) / 5 * 4) {
                Py_DECREF(item);
                PyErr_NoMemory();
                goto fail;
            }
            n += 10;
            n += n >> 2;
            if (_PyTuple_Resize(&result, n) != 0) {
                Py_DECREF(item);
                goto fail;
            }
        }
        PyTuple_SET_ITEM(result, j, item);
    }
    if (j < n && _PyTuple_Resize(&result, j) != 0)
        goto fail;
    Py_DECREF(it);
    return result;
fail:
    Py_XDECREF(result);
    Py_DECREF(it);
    return NULL;
}

PyObject *PySequence_List(PyObject *v)
{
    if (v == NULL)
        return null_error();
    PyObject *result = PyList_New(0);
    if (result == NULL)
        return NULL;
    PyObject *rv = _PyList_Extend((PyListObject *)result, v);
    if (rv == NULL) {
        Py_DECREF(result);
        return NULL;
    }
    Py_DECREF(rv);
    return result;
}

PyObject *PySequence_Fast(PyObject *v, const char *message)
{
    if (v == NULL)
        return null_error();
    if (PyList_CheckExact(v) || PyTuple_CheckExact(v)) {
        Py_INCREF(v);
        return v;
    }
    PyObject *it = PyObject_GetIter(v);
    if (it == NULL) {
        if (PyErr_ExceptionMatches(PyExc_TypeError))
            PyErr_SetString(PyExc_TypeError, message);
        return NULL;
    }
    v = PySequence_List(it);
    Py_DECREF(it);
    return v;
}

Py_ssize_t _PySequence_IterSearch(PyObject *seq, PyObject *obj, int operation)
{
    Py_ssize_t n = 0; /* matches so far, or items passed */
    int wrapped = 0;
    if (seq == NULL || obj == NULL) {
        null_error();
        return -1;
    }
    PyObject *it = PyObject_GetIter(seq);
    if (it == NULL) {
        type_error("argument of type '%.200s' is not iterable", seq);
        return -1;
    }
    for (;;) {
        PyObject *item = PyIter_Next(it);
        if (item == NULL) {
            if (PyErr_Occurred())
                goto fail;
            break;
        }
        int cmp = PyObject_RichCompareBool(obj, item, Py_EQ);
        Py_DECREF(item);
        if (cmp < 0)
            goto fail;
        if (cmp > 0) {
            if (operation == PY_ITERSEARCH_CONTAINS) {
                n = 1;
                goto done;
            }
            if (operation == PY_ITERSEARCH_INDEX) {
                if (wrapped) {
                    PyErr_SetString(PyExc_OverflowError, "index exceeds C integer size");
                    goto fail;
                }
                goto done;
            }
            if (n == PY_SSIZE_T_MAX) {
                PyErr_SetString(PyExc_OverflowError, "count exceeds C integer size");
                goto fail;
            }
            n++;
        }
        if (operation == PY_ITERSEARCH_INDEX) {
            if (n == PY_SSIZE_T_MAX)
                wrapped = 1;
            else
                n++;
        }
    }
    if (operation == PY_ITERSEARCH_INDEX) {
        PyErr_SetString(PyExc_ValueError, "sequence.index(x): x not in sequence");
        goto fail;
    }
    if (operation == PY_ITERSEARCH_CONTAINS)
        n = 0;
done:
    Py_DECREF(it);
    return n;
fail:
    Py_DECREF(it);
    return -1;
}

Py_ssize_t PySequence_Count(PyObject *s, PyObject *o)
{
    return _PySequence_IterSearch(s, o, PY_ITERSEARCH_COUNT);
}

int PySequence_Contains(PyObject *seq, PyObject *ob)
{
    PySequenceMethods *m = Py_TYPE(seq)->tp_as_sequence;
    if (m != NULL && m->sq_contains != NULL)
        return m->sq_contains(seq, ob);
    return (int)_PySequence_IterSearch(seq, ob, PY_ITERSEARCH_CONTAINS);
}

Py_ssize_t PySequence_Index(PyObject *s, PyObject *o)
{
    return _PySequence_IterSearch(s, o, PY_ITERSEARCH_INDEX);
}

/* -- Mappings -------------------------------------------------------------------------------------
 */

int PyMapping_Check(PyObject *o)
{
    if (o == NULL)
        return 0;
    if (PyInstance_Check(o))
        return PyObject_HasAttrString(o, "__getitem__");
    PyTypeObject *tp = Py_TYPE(o);
    return tp->tp_as_mapping != NULL && tp->tp_as_mapping->mp_subscript != NULL &&
           !(tp->tp_as_sequence != NULL && tp->tp_as_sequence->sq_slice != NULL);
}

PyObject *PyMapping_GetItemString(PyObject *o, const char *key)
{
    if (key == NULL)
        return null_error();
    PyObject *okey = PyString_FromString(key);
    if (okey == NULL)
        return NULL;
    PyObject *r = PyObject_GetItem(o, okey);
    Py_DECREF(okey);
    return r;
}

int PyMapping_SetItemString(PyObject *o, const char *key, PyObject *value)
{
    if (key == NULL) {
        null_error();
        return -1;
    }
    PyObject *okey = PyString_FromString(key);
    if (okey == NULL)
        return -1;
    int r = PyObject_SetItem(o, okey, value);
    Py_DECREF(okey);
    return r;
}

static int found_or_clear(PyObject *v)
{
    if (v == NULL) {
        PyErr_Clear();
        return 0;
    }
    Py_DECREF(v);
    return 1;
}

int PyMapping_HasKeyString(PyObject *o, const char *key)
{
    return found_or_clear(PyMapping_GetItemString(o, key));
}

int PyMapping_HasKey(PyObject *o, PyObject *key)
{
    return found_or_clear(PyObject_GetItem(o, key));
}

/* -- Iteration ------------------------------------------------------------------------------------
 */

PyObject *PyObject_GetIter(PyObject *o)
{
    getiterfunc f = Py_TYPE(o)->tp_iter;
    if (f == NULL) {
        if (PySequence_Check(o))
            return PySeqIter_New(o);
        return type_error("'%.200s' object is not iterable", o);
    }
    PyObject *res = f(o);
    if (res != NULL && !PyIter_Check(res)) {
        PyErr_Format(PyExc_TypeError, "iter() returned non-iterator of type '%.100s'",
                     Py_TYPE(res)->tp_name);
        Py_CLEAR(res);
    }
    return res;
}

PyObject *PyIter_Next(PyObject *iter)
{
    PyObject *result = _PyIter_NextOf(iter);
    if (result == NULL && PyErr_Occurred() && PyErr_ExceptionMatches(PyExc_StopIteration))
        PyErr_Clear();
    return result;
}
