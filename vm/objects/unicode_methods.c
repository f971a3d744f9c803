/* SPDX-License-Identifier: MIT */
/* The methods of unicode and the functions PyUnicode_* of the same effect. Arguments that are not
 * unicode are decoded first. */
#include "unicode_private.h"
#include "bytes_methods.h"
#include "base/search.h"

#define UNITS_OF(op) PyUnicode_AS_UNICODE(op), PyUnicode_GET_SIZE(op)

static PyObject *unchanged(PyObject *self)
{
    if (PyUnicode_CheckExact(self)) {
        Py_INCREF(self);
        return self;
    }
    return PyUnicode_FromUnicode(UNITS_OF(self));
}

static PyObject *part(PyObject *u, Py_ssize_t start, Py_ssize_t stop)
{
    if (start == 0 && stop == PyUnicode_GET_SIZE(u) && PyUnicode_CheckExact(u)) {
        Py_INCREF(u);
        return u;
    }
    return PyUnicode_FromUnicode(PyUnicode_AS_UNICODE(u) + start, stop - start);
}

static int append_part(PyObject *list, PyObject *u, Py_ssize_t start, Py_ssize_t stop)
{
    PyObject *piece = part(u, start, stop);
    int r;
    if (piece == NULL) {
        return -1;
    }
    r = PyList_Append(list, piece);
    Py_DECREF(piece);
    return r;
}

/* -- Splitting ----------------------------------------------------------------------------------
 */
static PyObject *split_whitespace(PyObject *u, Py_ssize_t max, int right)
{
    const Py_UNICODE *s = PyUnicode_AS_UNICODE(u);
    Py_ssize_t n = PyUnicode_GET_SIZE(u), start = 0, stop = n;
    PyObject *list = PyList_New(0);

    if (list == NULL) {
        return NULL;
    }
    for (;;) {
        while (start < stop && Py_UNICODE_ISSPACE(s[right ? stop - 1 : start])) {
            if (right) {
                stop--;
            } else {
                start++;
            }
        }
        if (start == stop || max-- <= 0) {
            break;
        }
        Py_ssize_t i = right ? stop : start;
        while (right ? i > start && !Py_UNICODE_ISSPACE(s[i - 1])
                     : i < stop && !Py_UNICODE_ISSPACE(s[i])) {
            i += right ? -1 : 1;
        }
        if (append_part(list, u, right ? i : start, right ? stop : i) < 0) {
            goto fail;
        }
        if (right) {
            stop = i;
        } else {
            start = i;
        }
    }
    if (start < stop && append_part(list, u, start, stop) < 0) {
        goto fail;
    }
    if (right && PyList_Reverse(list) < 0) {
        goto fail;
    }
    return list;
fail:
    Py_DECREF(list);
    return NULL;
}

static PyObject *split_at(PyObject *u, PyObject *sep, Py_ssize_t max, int right)
{
    const Py_UNICODE *s = PyUnicode_AS_UNICODE(u);
    Py_ssize_t m = PyUnicode_GET_SIZE(sep), start = 0, stop = PyUnicode_GET_SIZE(u);
    PyObject *list;

    if (m == 0) {
        PyErr_SetString(PyExc_ValueError, "empty separator");
        return NULL;
    }
    list = PyList_New(0);
    if (list == NULL) {
        return NULL;
    }
    while (max-- > 0) {
        Py_ssize_t hit = _Py_FindUnits(s + start, stop - start, UNITS_OF(sep), right);
        if (hit < 0) {
            break;
        }
        hit += start;
        if (append_part(list, u, right ? hit + m : start, right ? stop : hit) < 0) {
            goto fail;
        }
        if (right) {
            stop = hit;
        } else {
            start = hit + m;
        }
    }
    if (append_part(list, u, start, stop) < 0 || (right && PyList_Reverse(list) < 0)) {
        goto fail;
    }
    return list;
fail:
    Py_DECREF(list);
    return NULL;
}

static PyObject *split_any(PyObject *str, PyObject *sep, Py_ssize_t max, int right)
{
    PyObject *u = PyUnicode_FromObject(str), *p = NULL, *result = NULL;
    if (u == NULL) {
        return NULL;
    }
    if (max < 0) {
        max = PY_SSIZE_T_MAX;
    }
    if (sep == NULL) {
        result = split_whitespace(u, max, right);
    } else {
        p = PyUnicode_FromObject(sep);
        if (p != NULL) {
            result = split_at(u, p, max, right);
        }
    }
    Py_DECREF(u);
    Py_XDECREF(p);
    return result;
}

PyObject *PyUnicode_Split(PyObject *s, PyObject *sep, Py_ssize_t max)
{
    return split_any(s, sep, max, 0);
}

PyObject *PyUnicode_RSplit(PyObject *s, PyObject *sep, Py_ssize_t max)
{
    return split_any(s, sep, max, 1);
}

static PyObject *split_method(PyObject *self, PyObject *args, int right)
{
    PyObject *sep = Py_None;
    Py_ssize_t max = -1;
    if (!PyArg_ParseTuple(args, right ? "|On:rsplit" : "|On:split", &sep, &max)) {
        return NULL;
    }
    return split_any(self, sep == Py_None ? NULL : sep, max, right);
}

PyDoc_STRVAR(split_doc,
             "S.split([sep [,maxsplit]]) -> list of strings\n\n"
             "The pieces between sep, or between runs of whitespace; at most maxsplit splits.");
static PyObject *unicode_split(PyObject *self, PyObject *args)
{
    return split_method(self, args, 0);
}

PyDoc_STRVAR(rsplit_doc,
             "S.rsplit([sep [,maxsplit]]) -> list of strings\n\nLike split, from the end.");
static PyObject *unicode_rsplit(PyObject *self, PyObject *args)
{
    return split_method(self, args, 1);
}

PyObject *PyUnicode_Splitlines(PyObject *str, int keepends)
{
    PyObject *u = PyUnicode_FromObject(str), *list;
    if (u == NULL) {
        return NULL;
    }
    list = PyList_New(0);
    const Py_UNICODE *s = PyUnicode_AS_UNICODE(u);
    Py_ssize_t n = PyUnicode_GET_SIZE(u);
    for (Py_ssize_t i = 0; list != NULL && i < n;) {
        Py_ssize_t start = i, stop;
        while (i < n && !Py_UNICODE_ISLINEBREAK(s[i])) {
            i++;
        }
        stop = i;
        if (i < n) {
            i += s[i] == '\r' && i + 1 < n && s[i + 1] == '\n' ? 2 : 1;
            if (keepends) {
                stop = i;
            }
        }
        if (append_part(list, u, start, stop) < 0) {
            Py_CLEAR(list);
        }
    }
    Py_DECREF(u);
    return list;
}

PyDoc_STRVAR(splitlines_doc, "S.splitlines(keepends=False) -> list of strings\n\n"
                             "The lines, with their ends if keepends is true.");
static PyObject *unicode_splitlines(PyObject *self, PyObject *args)
{
    int keepends = 0;
    if (!PyArg_ParseTuple(args, "|i:splitlines", &keepends)) {
        return NULL;
    }
    return PyUnicode_Splitlines(self, keepends);
}

static PyObject *partition_at(PyObject *str, PyObject *sepobj, int right)
{
    PyObject *sep = PyUnicode_FromObject(sepobj), *u = NULL, *result = NULL;
    PyObject *head = NULL, *middle = NULL, *tail = NULL;
    Py_ssize_t n, m, hit;

    if (sep != NULL) {
        u = PyUnicode_FromObject(str);
    }
    if (u == NULL) {
        goto done;
    }
    n = PyUnicode_GET_SIZE(u);
    m = PyUnicode_GET_SIZE(sep);
    if (m == 0) {
        PyErr_SetString(PyExc_ValueError, "empty separator");
        goto done;
    }
    hit = _Py_FindUnits(UNITS_OF(u), UNITS_OF(sep), right);
    if (hit >= 0) {
        head = part(u, 0, hit);
        middle = sep;
        Py_INCREF(middle);
        tail = part(u, hit + m, n);
    } else {
        middle = _PyUnicode_New(0);
        head = right ? _PyUnicode_New(0) : u;
        tail = right ? u : _PyUnicode_New(0);
        Py_INCREF(u);
    }
    if (head != NULL && middle != NULL && tail != NULL) {
        result = PyTuple_Pack(3, head, middle, tail);
    }
done:
    Py_XDECREF(head);
    Py_XDECREF(middle);
    Py_XDECREF(tail);
    Py_XDECREF(sep);
    Py_XDECREF(u);
    return result;
}

PyDoc_STRVAR(partition_doc, "S.partition(sep) -> (head, sep, tail)\n\nCuts at the first sep.");
PyObject *PyUnicode_Partition(PyObject *s, PyObject *sep)
{
    return partition_at(s, sep, 0);
}

PyDoc_STRVAR(rpartition_doc, "S.rpartition(sep) -> (head, sep, tail)\n\nCuts at the last sep.");
PyObject *PyUnicode_RPartition(PyObject *s, PyObject *sep)
{
    return partition_at(s, sep, 1);
}

/* -- Joining ------------------------------------------------------------------------------------
 */
PyDoc_STRVAR(join_doc,
             "S.join(iterable) -> unicode\n\nThe strings of the iterable with S between.");
PyObject *PyUnicode_Join(PyObject *separator, PyObject *iterable)
{
    PyObject *seq, *sep = NULL, *item, *u;
    _PyUnicodeWriter w = {NULL, 0, 0};
    Py_ssize_t count;

    seq = PySequence_Fast(iterable, "can only join an iterable");
    if (seq == NULL) {
        return NULL;
    }
    count = PySequence_Fast_GET_SIZE(seq);
    if (count == 0) {
        Py_DECREF(seq);
        return _PyUnicode_New(0);
    }
    if (count == 1) {
        item = PySequence_Fast_GET_ITEM(seq, 0);
        if (PyUnicode_CheckExact(item)) {
            Py_INCREF(item);
            Py_DECREF(seq);
            return item;
        }
    } else {
        sep = separator == NULL ? PyUnicode_FromString(" ") : PyUnicode_FromObject(separator);
        if (sep == NULL) {
            goto fail;
        }
    }
    /* decoding an item may run a codec, which may change the list */
    for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(seq); i++) {
        int r = 0;
        item = PySequence_Fast_GET_ITEM(seq, i);
        if (!PyUnicode_Check(item) && !PyString_Check(item)) {
            PyErr_Format(PyExc_TypeError,
                         "sequence item %zd: expected string or Unicode, %.80s found", i,
                         Py_TYPE(item)->tp_name);
            goto fail;
        }
        u = PyUnicode_FromObject(item);
        if (u == NULL) {
            goto fail;
        }
        if (i > 0 && sep != NULL) {
            r = _PyUnicodeWriter_Add(&w, UNITS_OF(sep));
        }
        if (r == 0) {
            r = _PyUnicodeWriter_Add(&w, UNITS_OF(u));
        }
        Py_DECREF(u);
        if (r < 0) {
            goto fail;
        }
    }
    Py_DECREF(seq);
    Py_XDECREF(sep);
    return _PyUnicodeWriter_Finish(&w);
fail:
    Py_DECREF(seq);
    Py_XDECREF(sep);
    _PyUnicodeWriter_Free(&w);
    return NULL;
}

static int join_take_item(PyObject *list, PyObject *item, PyObject *unused)
{
    return PyList_Append(list, item);
}

static PyObject *join_taken(PyObject *list, PyObject *sep)
{
    return PyUnicode_Join(sep, list);
}

static const _PyWalk joining = {join_take_item, join_taken};

static PyObject *unicode_join_go_on(PyObject *sep, PyObject *iterable)
{
    PyObject *it = _PyWalk_Begin(iterable);

    if (it == NULL) {
        if (PyErr_Occurred() == NULL)
            return PyUnicode_Join(sep, iterable);
        if (PyErr_ExceptionMatches(PyExc_TypeError))
            PyErr_SetString(PyExc_TypeError, "can only join an iterable");
        return NULL;
    }
    Py_INCREF(sep);
    return _PyHooks.walk(it, &joining, PyList_New(0), sep);
}

/* -- Searching ----------------------------------------------------------------------------------
 */
/* The index; -1 missing; -2 error. direction > 0: first. */
Py_ssize_t PyUnicode_Find(PyObject *str, PyObject *sub, Py_ssize_t start, Py_ssize_t stop,
                          int direction)
{
    PyObject *u = PyUnicode_FromObject(str), *p = NULL;
    Py_ssize_t hit = -2;

    if (u != NULL) {
        p = PyUnicode_FromObject(sub);
    }
    if (p != NULL) {
        _Py_AdjustIndices(PyUnicode_GET_SIZE(u), &start, &stop);
        hit = start > stop ? -1
                           : _Py_FindUnits(PyUnicode_AS_UNICODE(u) + start, stop - start,
                                           UNITS_OF(p), direction <= 0);
        if (hit >= 0) {
            hit += start;
        }
    }
    Py_XDECREF(u);
    Py_XDECREF(p);
    return hit;
}

Py_ssize_t PyUnicode_Count(PyObject *str, PyObject *sub, Py_ssize_t start, Py_ssize_t stop)
{
    PyObject *u = PyUnicode_FromObject(str), *p = NULL;
    Py_ssize_t count = -1;

    if (u != NULL) {
        p = PyUnicode_FromObject(sub);
    }
    if (p != NULL) {
        _Py_AdjustIndices(PyUnicode_GET_SIZE(u), &start, &stop);
        count = start > stop ? 0
                             : _Py_CountUnits(PyUnicode_AS_UNICODE(u) + start, stop - start,
                                              UNITS_OF(p), PY_SSIZE_T_MAX);
    }
    Py_XDECREF(u);
    Py_XDECREF(p);
    return count;
}

Py_ssize_t PyUnicode_Tailmatch(PyObject *str, PyObject *sub, Py_ssize_t start, Py_ssize_t stop,
                               int direction)
{
    PyObject *u = PyUnicode_FromObject(str), *p = NULL;
    Py_ssize_t r = -1;

    if (u != NULL) {
        p = PyUnicode_FromObject(sub);
    }
    if (p != NULL) {
        Py_ssize_t m = PyUnicode_GET_SIZE(p);
        _Py_AdjustIndices(PyUnicode_GET_SIZE(u), &start, &stop);
        r = m == 0 ? 1 : 0;
        if (m > 0 && start <= stop && stop - start >= m) {
            r = memcmp(PyUnicode_AS_UNICODE(u) + (direction < 0 ? start : stop - m),
                       PyUnicode_AS_UNICODE(p), (size_t)m * sizeof(Py_UNICODE)) == 0;
        } else if (m == 0) {
            r = start <= stop;
        }
    }
    Py_XDECREF(u);
    Py_XDECREF(p);
    return r;
}

static Py_ssize_t find_in(PyObject *self, PyObject *args, const char *name, int direction)
{
    PyObject *sub;
    Py_ssize_t start, stop;
    if (!_Py_ParseFind(name, args, &sub, &start, &stop)) {
        return -2;
    }
    return PyUnicode_Find(self, sub, start, stop, direction);
}

static PyObject *index_or_error(Py_ssize_t i)
{
    if (i == -1) {
        PyErr_SetString(PyExc_ValueError, "substring not found");
        return NULL;
    }
    return i == -2 ? NULL : PyInt_FromSsize_t(i);
}

PyDoc_STRVAR(
    find_doc,
    "S.find(sub [,start [,end]]) -> int\n\nThe first place of sub in S[start:end], or -1.");
static PyObject *unicode_find(PyObject *self, PyObject *args)
{
    Py_ssize_t i = find_in(self, args, "find", 1);
    return i == -2 ? NULL : PyInt_FromSsize_t(i);
}

PyDoc_STRVAR(
    rfind_doc,
    "S.rfind(sub [,start [,end]]) -> int\n\nThe last place of sub in S[start:end], or -1.");
static PyObject *unicode_rfind(PyObject *self, PyObject *args)
{
    Py_ssize_t i = find_in(self, args, "rfind", -1);
    return i == -2 ? NULL : PyInt_FromSsize_t(i);
}

PyDoc_STRVAR(index_doc,
             "S.index(sub [,start [,end]]) -> int\n\nLike find, but ValueError when missing.");
static PyObject *unicode_index(PyObject *self, PyObject *args)
{
    return index_or_error(find_in(self, args, "index", 1));
}

PyDoc_STRVAR(rindex_doc,
             "S.rindex(sub [,start [,end]]) -> int\n\nLike rfind, but ValueError when missing.");
static PyObject *unicode_rindex(PyObject *self, PyObject *args)
{
    return index_or_error(find_in(self, args, "rindex", -1));
}

PyDoc_STRVAR(
    count_doc,
    "S.count(sub[, start[, end]]) -> int\n\nHow often sub occurs in S[start:end] without overlap.");
static PyObject *unicode_count(PyObject *self, PyObject *args)
{
    PyObject *sub;
    Py_ssize_t start, stop, count;
    if (!_Py_ParseFind("count", args, &sub, &start, &stop)) {
        return NULL;
    }
    count = PyUnicode_Count(self, sub, start, stop);
    return count < 0 ? NULL : PyInt_FromSsize_t(count);
}

static PyObject *starts_or_ends(PyObject *self, PyObject *args, const char *name, int direction)
{
    PyObject *sub;
    Py_ssize_t start, stop, found = 0;

    if (!_Py_ParseFind(name, args, &sub, &start, &stop)) {
        return NULL;
    }
    if (PyTuple_Check(sub)) {
        for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(sub) && found == 0; i++) {
            found = PyUnicode_Tailmatch(self, PyTuple_GET_ITEM(sub, i), start, stop, direction);
        }
        return found < 0 ? NULL : PyBool_FromLong(found);
    }
    found = PyUnicode_Tailmatch(self, sub, start, stop, direction);
    if (found < 0) {
        if (PyErr_ExceptionMatches(PyExc_TypeError)) {
            PyErr_Format(PyExc_TypeError, "%s first arg must be str, unicode, or tuple, not %s",
                         name, Py_TYPE(sub)->tp_name);
        }
        return NULL;
    }
    return PyBool_FromLong(found);
}

PyDoc_STRVAR(startswith_doc,
             "S.startswith(prefix[, start[, end]]) -> bool\n\n"
             "Whether S[start:end] starts with prefix, or one of a tuple of prefixes.");
static PyObject *unicode_startswith(PyObject *self, PyObject *args)
{
    return starts_or_ends(self, args, "startswith", -1);
}

PyDoc_STRVAR(endswith_doc, "S.endswith(suffix[, start[, end]]) -> bool\n\n"
                           "Whether S[start:end] ends with suffix, or one of a tuple of suffixes.");
static PyObject *unicode_endswith(PyObject *self, PyObject *args)
{
    return starts_or_ends(self, args, "endswith", 1);
}

static PyObject *replace_units(PyObject *self, PyObject *from, PyObject *to, Py_ssize_t max)
{
    const Py_UNICODE *s = PyUnicode_AS_UNICODE(self);
    Py_ssize_t n = PyUnicode_GET_SIZE(self), m = PyUnicode_GET_SIZE(from);
    Py_ssize_t k = PyUnicode_GET_SIZE(to), count, i = 0;
    PyObject *result;
    Py_UNICODE *out;

    if (max < 0) {
        max = PY_SSIZE_T_MAX;
    }
    count = m > n || max == 0 ? 0 : _Py_CountUnits(s, n, UNITS_OF(from), max);
    if (count == 0 || (m == 0 && k == 0)) {
        return unchanged(self);
    }
    if (k > m && count > (PY_SSIZE_T_MAX - n) / (k - m)) {
        PyErr_SetString(PyExc_OverflowError, "replace string is too long");
        return NULL;
    }
    result = _PyUnicode_New(n + count * (k - m));
    if (result == NULL) {
        return NULL;
    }
    out = PyUnicode_AS_UNICODE(result);
    for (; count > 0; count--) {
        Py_ssize_t hit = m == 0 ? 0 : _Py_FindUnits(s + i, n - i, UNITS_OF(from), 0);
        memcpy(out, s + i, (size_t)hit * sizeof(Py_UNICODE));
        out += hit;
        memcpy(out, PyUnicode_AS_UNICODE(to), (size_t)k * sizeof(Py_UNICODE));
        out += k;
        i += hit + m;
        if (m == 0 && i < n) {
            *out++ = s[i++];
        }
    }
    memcpy(out, s + i, (size_t)(n - i) * sizeof(Py_UNICODE));
    return result;
}

PyObject *PyUnicode_Replace(PyObject *str, PyObject *from, PyObject *to, Py_ssize_t max)
{
    PyObject *u = PyUnicode_FromObject(str), *f = NULL, *t = NULL, *result = NULL;
    if (u != NULL) {
        f = PyUnicode_FromObject(from);
    }
    if (f != NULL) {
        t = PyUnicode_FromObject(to);
    }
    if (t != NULL) {
        result = replace_units(u, f, t, max);
    }
    Py_XDECREF(u);
    Py_XDECREF(f);
    Py_XDECREF(t);
    return result;
}

PyDoc_STRVAR(replace_doc, "S.replace(old, new[, count]) -> unicode\n\n"
                          "A copy with all (or the first count) old replaced by new.");
static PyObject *unicode_replace(PyObject *self, PyObject *args)
{
    PyObject *from, *to;
    Py_ssize_t max = -1;
    if (!PyArg_ParseTuple(args, "OO|n:replace", &from, &to, &max)) {
        return NULL;
    }
    return PyUnicode_Replace(self, from, to, max);
}

/* -- Ends and padding ---------------------------------------------------------------------------
 */
static int in_set(Py_UNICODE c, PyObject *set)
{
    if (set == NULL) {
        return Py_UNICODE_ISSPACE(c);
    }
    return _Py_FindUnits(UNITS_OF(set), &c, 1, 0) >= 0;
}

static PyObject *strip_ends(PyObject *u, int striptype, PyObject *set)
{
    const Py_UNICODE *s = PyUnicode_AS_UNICODE(u);
    Py_ssize_t i = 0, j = PyUnicode_GET_SIZE(u);
    if (striptype != 1) {
        while (i < j && in_set(s[i], set)) {
            i++;
        }
    }
    if (striptype != 0) {
        while (j > i && in_set(s[j - 1], set)) {
            j--;
        }
    }
    return part(u, i, j);
}

/* striptype: 0 left, 1 right, 2 both ends. */
PyObject *_PyUnicode_XStrip(PyObject *self, int striptype, PyObject *sepobj)
{
    return strip_ends(self, striptype, sepobj);
}

static PyObject *strip_method(PyObject *self, PyObject *args, const char *name, int striptype)
{
    PyObject *set = Py_None, *u, *result;
    char format[20];

    PyOS_snprintf(format, sizeof(format), "|O:%s", name);
    if (!PyArg_ParseTuple(args, format, &set)) {
        return NULL;
    }
    if (set == Py_None) {
        return strip_ends(self, striptype, NULL);
    }
    if (!PyUnicode_Check(set) && !PyString_Check(set)) {
        PyErr_Format(PyExc_TypeError, "%s arg must be None, unicode or str", name);
        return NULL;
    }
    u = PyUnicode_FromObject(set);
    if (u == NULL) {
        return NULL;
    }
    result = strip_ends(self, striptype, u);
    Py_DECREF(u);
    return result;
}

PyDoc_STRVAR(strip_doc,
             "S.strip([chars]) -> unicode\n\nWithout whitespace, or chars, at both ends.");
static PyObject *unicode_strip(PyObject *self, PyObject *args)
{
    return strip_method(self, args, "strip", 2);
}

PyDoc_STRVAR(lstrip_doc,
             "S.lstrip([chars]) -> unicode\n\nWithout whitespace, or chars, at the start.");
static PyObject *unicode_lstrip(PyObject *self, PyObject *args)
{
    return strip_method(self, args, "lstrip", 0);
}

PyDoc_STRVAR(rstrip_doc,
             "S.rstrip([chars]) -> unicode\n\nWithout whitespace, or chars, at the end.");
static PyObject *unicode_rstrip(PyObject *self, PyObject *args)
{
    return strip_method(self, args, "rstrip", 1);
}

static PyObject *pad(PyObject *self, Py_ssize_t left, Py_ssize_t right, Py_UNICODE fill)
{
    Py_ssize_t n = PyUnicode_GET_SIZE(self);
    PyObject *v;

    left = left < 0 ? 0 : left;
    right = right < 0 ? 0 : right;
    if (left == 0 && right == 0) {
        return unchanged(self);
    }
    if (left > PY_SSIZE_T_MAX - n || right > PY_SSIZE_T_MAX - (left + n)) {
        PyErr_SetString(PyExc_OverflowError, "padded string is too long");
        return NULL;
    }
    v = _PyUnicode_New(left + n + right);
    if (v != NULL) {
        Py_UNICODE *out = PyUnicode_AS_UNICODE(v);
        for (Py_ssize_t i = 0; i < left; i++) {
            *out++ = fill;
        }
        memcpy(out, PyUnicode_AS_UNICODE(self), (size_t)n * sizeof(Py_UNICODE));
        out += n;
        for (Py_ssize_t i = 0; i < right; i++) {
            *out++ = fill;
        }
    }
    return v;
}

static int fill_character(PyObject *o, Py_UNICODE *fill)
{
    PyObject *u = PyUnicode_FromObject(o);
    if (u == NULL) {
        PyErr_SetString(PyExc_TypeError, "The fill character cannot be converted to Unicode");
        return 0;
    }
    if (PyUnicode_GET_SIZE(u) != 1) {
        PyErr_SetString(PyExc_TypeError, "The fill character must be exactly one character long");
        Py_DECREF(u);
        return 0;
    }
    *fill = PyUnicode_AS_UNICODE(u)[0];
    Py_DECREF(u);
    return 1;
}

static PyObject *justify(PyObject *self, PyObject *args, const char *format, char how)
{
    Py_ssize_t width, n = PyUnicode_GET_SIZE(self), gap, left;
    PyObject *fillobj = NULL;
    Py_UNICODE fill = ' ';

    if (!PyArg_ParseTuple(args, format, &width, &fillobj) ||
        (fillobj != NULL && !fill_character(fillobj, &fill))) {
        return NULL;
    }
    if (width <= n) {
        return unchanged(self);
    }
    gap = width - n;
    left = how == 'l' ? 0 : how == 'r' ? gap : gap / 2 + (gap & width & 1);
    return pad(self, left, gap - left, fill);
}

PyDoc_STRVAR(ljust_doc, "S.ljust(width[, fillchar]) -> unicode\n\nPadded on the right.");
static PyObject *unicode_ljust(PyObject *self, PyObject *args)
{
    return justify(self, args, "n|O:ljust", 'l');
}

PyDoc_STRVAR(rjust_doc, "S.rjust(width[, fillchar]) -> unicode\n\nPadded on the left.");
static PyObject *unicode_rjust(PyObject *self, PyObject *args)
{
    return justify(self, args, "n|O:rjust", 'r');
}

PyDoc_STRVAR(center_doc, "S.center(width[, fillchar]) -> unicode\n\nPadded on both sides.");
static PyObject *unicode_center(PyObject *self, PyObject *args)
{
    return justify(self, args, "n|O:center", 'c');
}

PyDoc_STRVAR(zfill_doc, "S.zfill(width) -> unicode\n\nPadded with zeros after the sign.");
static PyObject *unicode_zfill(PyObject *self, PyObject *args)
{
    Py_ssize_t width, gap;
    PyObject *v;

    if (!PyArg_ParseTuple(args, "n:zfill", &width)) {
        return NULL;
    }
    if (PyUnicode_GET_SIZE(self) >= width) {
        return unchanged(self);
    }
    gap = width - PyUnicode_GET_SIZE(self);
    v = pad(self, gap, 0, '0');
    if (v != NULL && PyUnicode_GET_SIZE(self) > 0) {
        Py_UNICODE *s = PyUnicode_AS_UNICODE(v);
        if (s[gap] == '+' || s[gap] == '-') {
            s[0] = s[gap];
            s[gap] = '0';
        }
    }
    return v;
}

PyDoc_STRVAR(expandtabs_doc,
             "S.expandtabs([tabsize]) -> unicode\n\nWith tabs turned into spaces; tabsize is 8.");
static PyObject *unicode_expandtabs(PyObject *self, PyObject *args)
{
    const Py_UNICODE *s = PyUnicode_AS_UNICODE(self);
    Py_ssize_t n = PyUnicode_GET_SIZE(self), column = 0, total = 0;
    int tabsize = 8;
    PyObject *v;
    Py_UNICODE *out;

    if (!PyArg_ParseTuple(args, "|i:expandtabs", &tabsize)) {
        return NULL;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        Py_ssize_t width = s[i] != '\t' ? 1 : tabsize > 0 ? tabsize - column % tabsize : 0;
        if (total > PY_SSIZE_T_MAX - width) {
            PyErr_SetString(PyExc_OverflowError, "new string is too long");
            return NULL;
        }
        total += width;
        column = s[i] == '\n' || s[i] == '\r' ? 0 : column + width;
    }
    v = _PyUnicode_New(total);
    if (v == NULL) {
        return NULL;
    }
    out = PyUnicode_AS_UNICODE(v);
    column = 0;
    for (Py_ssize_t i = 0; i < n; i++) {
        if (s[i] == '\t') {
            for (Py_ssize_t k = tabsize > 0 ? tabsize - column % tabsize : 0; k > 0; k--) {
                *out++ = ' ';
                column++;
            }
        } else {
            *out++ = s[i];
            column = s[i] == '\n' || s[i] == '\r' ? 0 : column + 1;
        }
    }
    return v;
}

/* -- Case ---------------------------------------------------------------------------------------
 */
static int is_cased(Py_UNICODE c)
{
    return Py_UNICODE_ISUPPER(c) || Py_UNICODE_ISLOWER(c) || Py_UNICODE_ISTITLE(c);
}

static PyObject *change_case(PyObject *self, int how)
{
    Py_ssize_t n = PyUnicode_GET_SIZE(self);
    PyObject *v = _PyUnicode_New(n);
    const Py_UNICODE *s = PyUnicode_AS_UNICODE(self);
    int in_word = 0;

    for (Py_ssize_t i = 0; v != NULL && i < n; i++) {
        Py_UNICODE c = s[i];
        switch (how) {
        case BYTES_LOWER:
            c = Py_UNICODE_TOLOWER(c);
            break;
        case BYTES_UPPER:
            c = Py_UNICODE_TOUPPER(c);
            break;
        case BYTES_SWAPCASE:
            c = Py_UNICODE_ISUPPER(c)   ? Py_UNICODE_TOLOWER(c)
                : Py_UNICODE_ISLOWER(c) ? Py_UNICODE_TOUPPER(c)
                                        : c;
            break;
        case BYTES_CAPITALIZE:
            c = i == 0 ? Py_UNICODE_TOUPPER(c) : Py_UNICODE_TOLOWER(c);
            break;
        default:
            c = in_word ? Py_UNICODE_TOLOWER(c) : Py_UNICODE_TOTITLE(c);
            in_word = is_cased(s[i]);
        }
        PyUnicode_AS_UNICODE(v)[i] = c;
    }
    return v;
}

PyDoc_STRVAR(lower_doc, "S.lower() -> unicode\n\nA lowercase copy.");
static PyObject *unicode_lower(PyObject *self, PyObject *unused)
{
    return change_case(self, BYTES_LOWER);
}

PyDoc_STRVAR(upper_doc, "S.upper() -> unicode\n\nAn uppercase copy.");
static PyObject *unicode_upper(PyObject *self, PyObject *unused)
{
    return change_case(self, BYTES_UPPER);
}

PyDoc_STRVAR(title_doc, "S.title() -> unicode\n\nA copy whose words start with titlecase.");
static PyObject *unicode_title(PyObject *self, PyObject *unused)
{
    return change_case(self, BYTES_TITLE);
}

PyDoc_STRVAR(capitalize_doc,
             "S.capitalize() -> unicode\n\nA copy with only the first character uppercase.");
static PyObject *unicode_capitalize(PyObject *self, PyObject *unused)
{
    return change_case(self, BYTES_CAPITALIZE);
}

PyDoc_STRVAR(swapcase_doc, "S.swapcase() -> unicode\n\nA copy with the cases exchanged.");
static PyObject *unicode_swapcase(PyObject *self, PyObject *unused)
{
    return change_case(self, BYTES_SWAPCASE);
}

/* -- Classes ------------------------------------------------------------------------------------
 */
static int is_alnum(Py_UCS4 c)
{
    return Py_UNICODE_ISALNUM(c);
}

static PyObject *all_are(PyObject *self, int (*test)(Py_UCS4))
{
    for (Py_ssize_t i = 0; i < PyUnicode_GET_SIZE(self); i++) {
        if (!test(PyUnicode_AS_UNICODE(self)[i])) {
            Py_RETURN_FALSE;
        }
    }
    return PyBool_FromLong(PyUnicode_GET_SIZE(self) > 0);
}

PyDoc_STRVAR(isspace_doc, "S.isspace() -> bool\n\nWhether all is whitespace.");
static PyObject *unicode_isspace(PyObject *self, PyObject *unused)
{
    return all_are(self, _PyUnicode_IsWhitespace);
}

PyDoc_STRVAR(isalpha_doc, "S.isalpha() -> bool\n\nWhether all are letters.");
static PyObject *unicode_isalpha(PyObject *self, PyObject *unused)
{
    return all_are(self, _PyUnicode_IsAlpha);
}

PyDoc_STRVAR(isalnum_doc, "S.isalnum() -> bool\n\nWhether all are letters or digits.");
static PyObject *unicode_isalnum(PyObject *self, PyObject *unused)
{
    return all_are(self, is_alnum);
}

PyDoc_STRVAR(isdecimal_doc, "S.isdecimal() -> bool\n\nWhether all are decimal digits.");
static PyObject *unicode_isdecimal(PyObject *self, PyObject *unused)
{
    return all_are(self, _PyUnicode_IsDecimalDigit);
}

PyDoc_STRVAR(isdigit_doc, "S.isdigit() -> bool\n\nWhether all are digits.");
static PyObject *unicode_isdigit(PyObject *self, PyObject *unused)
{
    return all_are(self, _PyUnicode_IsDigit);
}

PyDoc_STRVAR(isnumeric_doc, "S.isnumeric() -> bool\n\nWhether all have a numeric value.");
static PyObject *unicode_isnumeric(PyObject *self, PyObject *unused)
{
    return all_are(self, _PyUnicode_IsNumeric);
}

PyDoc_STRVAR(islower_doc, "S.islower() -> bool\n\nWhether all cased characters are lowercase.");
static PyObject *unicode_islower(PyObject *self, PyObject *unused)
{
    int cased = 0;
    for (Py_ssize_t i = 0; i < PyUnicode_GET_SIZE(self); i++) {
        Py_UNICODE c = PyUnicode_AS_UNICODE(self)[i];
        if (Py_UNICODE_ISUPPER(c) || Py_UNICODE_ISTITLE(c)) {
            Py_RETURN_FALSE;
        }
        cased |= Py_UNICODE_ISLOWER(c);
    }
    return PyBool_FromLong(cased);
}

PyDoc_STRVAR(isupper_doc, "S.isupper() -> bool\n\nWhether all cased characters are uppercase.");
static PyObject *unicode_isupper(PyObject *self, PyObject *unused)
{
    int cased = 0;
    for (Py_ssize_t i = 0; i < PyUnicode_GET_SIZE(self); i++) {
        Py_UNICODE c = PyUnicode_AS_UNICODE(self)[i];
        if (Py_UNICODE_ISLOWER(c) || Py_UNICODE_ISTITLE(c)) {
            Py_RETURN_FALSE;
        }
        cased |= Py_UNICODE_ISUPPER(c);
    }
    return PyBool_FromLong(cased);
}

PyDoc_STRVAR(istitle_doc,
             "S.istitle() -> bool\n\nWhether words start with uppercase and go on in lowercase.");
static PyObject *unicode_istitle(PyObject *self, PyObject *unused)
{
    int cased = 0, in_word = 0;
    for (Py_ssize_t i = 0; i < PyUnicode_GET_SIZE(self); i++) {
        Py_UNICODE c = PyUnicode_AS_UNICODE(self)[i];
        if (Py_UNICODE_ISUPPER(c) || Py_UNICODE_ISTITLE(c)) {
            if (in_word) {
                Py_RETURN_FALSE;
            }
            in_word = cased = 1;
        } else if (Py_UNICODE_ISLOWER(c)) {
            if (!in_word) {
                Py_RETURN_FALSE;
            }
        } else {
            in_word = 0;
        }
    }
    return PyBool_FromLong(cased);
}

/* -- Codecs, formatting and the rest
 * ---------------------------------------------------------------- */
PyDoc_STRVAR(encode_doc, "S.encode([encoding[,errors]]) -> string or unicode\n\n"
                         "Encoded with the codec; by default the default encoding and 'strict'.");
static PyObject *unicode_encode(PyObject *self, PyObject *args, PyObject *kwargs)
{
    static char *kwlist[] = {"encoding", "errors", NULL};
    char *encoding = NULL, *errors = NULL;
    PyObject *v;

    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|ss:encode", kwlist, &encoding, &errors)) {
        return NULL;
    }
    v = PyUnicode_AsEncodedObject(self, encoding, errors);
    if (v != NULL && !PyString_Check(v) && !PyUnicode_Check(v)) {
        PyErr_Format(PyExc_TypeError,
                     "encoder did not return a string/unicode object (type=%.400s)",
                     Py_TYPE(v)->tp_name);
        Py_CLEAR(v);
    }
    return v;
}

PyDoc_STRVAR(decode_doc, "S.decode([encoding[,errors]]) -> string or unicode\n\n"
                         "Decoded with the codec; by default the default encoding and 'strict'.");
static PyObject *unicode_decode(PyObject *self, PyObject *args, PyObject *kwargs)
{
    static char *kwlist[] = {"encoding", "errors", NULL};
    char *encoding = NULL, *errors = NULL;
    PyObject *v;

    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|ss:decode", kwlist, &encoding, &errors)) {
        return NULL;
    }
    v = PyUnicode_AsDecodedObject(self, encoding, errors);
    if (v != NULL && !PyString_Check(v) && !PyUnicode_Check(v)) {
        PyErr_Format(PyExc_TypeError,
                     "decoder did not return a string/unicode object (type=%.400s)",
                     Py_TYPE(v)->tp_name);
        Py_CLEAR(v);
    }
    return v;
}

PyDoc_STRVAR(translate_doc,
             "S.translate(table) -> unicode\n\n"
             "Each character mapped by its ordinal to an ordinal, a string, or None: dropped.");
static PyObject *unicode_translate(PyObject *self, PyObject *table)
{
    return PyUnicode_TranslateCharmap(UNITS_OF(self), table, "ignore");
}

PyDoc_STRVAR(format_doc,
             "S.format(*args, **kwargs) -> unicode\n\nWith the fields in braces replaced.");

PyDoc_STRVAR(format__doc,
             "S.__format__(format_spec) -> unicode\n\nS as the format specifier asks.");
static PyObject *unicode__format__(PyObject *self, PyObject *args)
{
    PyObject *spec, *u = NULL, *result = NULL;

    if (!PyArg_ParseTuple(args, "O:__format__", &spec)) {
        return NULL;
    }
    if (!PyString_Check(spec) && !PyUnicode_Check(spec)) {
        PyErr_Format(PyExc_TypeError, "__format__ arg must be str or unicode, not %s",
                     Py_TYPE(spec)->tp_name);
        return NULL;
    }
    u = PyObject_Unicode(spec);
    if (u != NULL) {
        result = _PyUnicode_FormatAdvanced(self, UNITS_OF(u));
    }
    Py_XDECREF(u);
    return result;
}

static PyObject *unicode_formatter_parser(PyObject *self, PyObject *unused)
{
    return _PyObject_FormatterParser(self);
}

static PyObject *unicode_formatter_split(PyObject *self, PyObject *unused)
{
    return _PyObject_FormatterFieldNameSplit(self);
}

static PyObject *unicode_sizeof(PyObject *self, PyObject *unused)
{
    return PyInt_FromSsize_t(48 + 4 * (PyUnicode_GET_SIZE(self) + 1));
}

static PyObject *unicode_getnewargs(PyObject *self, PyObject *unused)
{
    PyObject *u = PyUnicode_FromUnicode(UNITS_OF(self));
    return u == NULL ? NULL : Py_BuildValue("(N)", u);
}

PyMethodDef _PyUnicode_Methods[] = {
    {"encode", PyCFunction_CAST(unicode_encode), METH_VARARGS | METH_KEYWORDS, encode_doc},
    {"replace", unicode_replace, METH_VARARGS, replace_doc},
    {"split", unicode_split, METH_VARARGS, split_doc},
    {"rsplit", unicode_rsplit, METH_VARARGS, rsplit_doc},
    {"join", unicode_join_go_on, METH_O | METH_RESUMABLE, join_doc},
    {"capitalize", unicode_capitalize, METH_NOARGS, capitalize_doc},
    {"title", unicode_title, METH_NOARGS, title_doc},
    {"center", unicode_center, METH_VARARGS, center_doc},
    {"count", unicode_count, METH_VARARGS, count_doc},
    {"expandtabs", unicode_expandtabs, METH_VARARGS, expandtabs_doc},
    {"find", unicode_find, METH_VARARGS, find_doc},
    {"partition", PyUnicode_Partition, METH_O, partition_doc},
    {"index", unicode_index, METH_VARARGS, index_doc},
    {"ljust", unicode_ljust, METH_VARARGS, ljust_doc},
    {"lower", unicode_lower, METH_NOARGS, lower_doc},
    {"lstrip", unicode_lstrip, METH_VARARGS, lstrip_doc},
    {"decode", PyCFunction_CAST(unicode_decode), METH_VARARGS | METH_KEYWORDS, decode_doc},
    {"rfind", unicode_rfind, METH_VARARGS, rfind_doc},
    {"rindex", unicode_rindex, METH_VARARGS, rindex_doc},
    {"rjust", unicode_rjust, METH_VARARGS, rjust_doc},
    {"rstrip", unicode_rstrip, METH_VARARGS, rstrip_doc},
    {"rpartition", PyUnicode_RPartition, METH_O, rpartition_doc},
    {"splitlines", unicode_splitlines, METH_VARARGS, splitlines_doc},
    {"strip", unicode_strip, METH_VARARGS, strip_doc},
    {"swapcase", unicode_swapcase, METH_NOARGS, swapcase_doc},
    {"translate", unicode_translate, METH_O, translate_doc},
    {"upper", unicode_upper, METH_NOARGS, upper_doc},
    {"startswith", unicode_startswith, METH_VARARGS, startswith_doc},
    {"endswith", unicode_endswith, METH_VARARGS, endswith_doc},
    {"islower", unicode_islower, METH_NOARGS, islower_doc},
    {"isupper", unicode_isupper, METH_NOARGS, isupper_doc},
    {"istitle", unicode_istitle, METH_NOARGS, istitle_doc},
    {"isspace", unicode_isspace, METH_NOARGS, isspace_doc},
    {"isdecimal", unicode_isdecimal, METH_NOARGS, isdecimal_doc},
    {"isdigit", unicode_isdigit, METH_NOARGS, isdigit_doc},
    {"isnumeric", unicode_isnumeric, METH_NOARGS, isnumeric_doc},
    {"isalpha", unicode_isalpha, METH_NOARGS, isalpha_doc},
    {"isalnum", unicode_isalnum, METH_NOARGS, isalnum_doc},
    {"zfill", unicode_zfill, METH_VARARGS, zfill_doc},
    {"format", PyCFunction_CAST(_PyUnicode_DoFormat), METH_VARARGS | METH_KEYWORDS, format_doc},
    {"__format__", unicode__format__, METH_VARARGS, format__doc},
    {"_formatter_field_name_split", unicode_formatter_split, METH_NOARGS, NULL},
    {"_formatter_parser", unicode_formatter_parser, METH_NOARGS, NULL},
    {"__sizeof__", unicode_sizeof, METH_NOARGS, NULL},
    {"__getnewargs__", unicode_getnewargs, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};
