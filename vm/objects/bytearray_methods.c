/* SPDX-License-Identifier: MIT */
/* The methods of bytearray. Arguments are anything with the buffer interface; while such a buffer,
 * which may be the object's own, is held, the object cannot be resized, so its bytes stay where
 * they are. */
#include "bytearray_private.h"
#include "bytes_methods.h"
#include "base/search.h"

#define BYTES_OF(op) PyByteArray_AS_STRING(op), PyByteArray_GET_SIZE(op)

static PyObject *copy_of(PyObject *self)
{
    return PyByteArray_FromStringAndSize(BYTES_OF(self));
}

/* -- Splitting and joining ----------------------------------------------------------------------
 */
static PyObject *split_from(PyObject *self, PyObject *args, int right)
{
    Py_ssize_t max = -1;
    PyObject *sep = Py_None, *list;
    Py_buffer v;

    if (!PyArg_ParseTuple(args, right ? "|On:rsplit" : "|On:split", &sep, &max)) {
        return NULL;
    }
    if (max < 0) {
        max = PY_SSIZE_T_MAX;
    }
    if (sep == Py_None) {
        return (right ? _PyBytes_RSplitWhitespace : _PyBytes_SplitWhitespace)(
            BYTES_OF(self), max, NULL, PyByteArray_FromStringAndSize);
    }
    if (_PyByteArray_GetBuffer(sep, &v) < 0) {
        return NULL;
    }
    list = (right ? _PyBytes_RSplit : _PyBytes_Split)(BYTES_OF(self), v.buf, v.len, max, NULL,
                                                      PyByteArray_FromStringAndSize);
    PyBuffer_Release(&v);
    return list;
}

PyDoc_STRVAR(split_doc, "B.split([sep[, maxsplit]]) -> list of bytearrays\n\n"
                        "The pieces between sep, or between runs of whitespace.");
static PyObject *bytearray_split(PyObject *self, PyObject *args)
{
    return split_from(self, args, 0);
}

PyDoc_STRVAR(rsplit_doc,
             "B.rsplit([sep[, maxsplit]]) -> list of bytearrays\n\nLike split, from the end.");
static PyObject *bytearray_rsplit(PyObject *self, PyObject *args)
{
    return split_from(self, args, 1);
}

PyDoc_STRVAR(splitlines_doc, "B.splitlines(keepends=False) -> list of lines");
static PyObject *bytearray_splitlines(PyObject *self, PyObject *args)
{
    int keepends = 0;
    if (!PyArg_ParseTuple(args, "|i:splitlines", &keepends)) {
        return NULL;
    }
    return _PyBytes_Splitlines(BYTES_OF(self), keepends, NULL, PyByteArray_FromStringAndSize);
}

static PyObject *partition_at(PyObject *self, PyObject *sepobj, int right)
{
    PyObject *sep, *head = NULL, *middle = NULL, *tail = NULL, *result = NULL;
    const char *s = PyByteArray_AS_STRING(self);
    Py_ssize_t n = PyByteArray_GET_SIZE(self), m, hit;
    Py_buffer v;

    if (PyObject_GetBuffer(sepobj, &v, PyBUF_SIMPLE) < 0) {
        return NULL;
    }
    sep = PyByteArray_FromStringAndSize(v.buf, v.len);
    PyBuffer_Release(&v);
    if (sep == NULL) {
        return NULL;
    }
    m = PyByteArray_GET_SIZE(sep);
    if (m == 0) {
        PyErr_SetString(PyExc_ValueError, "empty separator");
        Py_DECREF(sep);
        return NULL;
    }
    hit = _Py_FindBytes(s, n, BYTES_OF(sep), right);
    if (hit >= 0) {
        head = PyByteArray_FromStringAndSize(s, hit);
        middle = sep;
        Py_INCREF(middle);
        tail = PyByteArray_FromStringAndSize(s + hit + m, n - hit - m);
    } else {
        head = right ? PyByteArray_FromStringAndSize("", 0) : copy_of(self);
        middle = PyByteArray_FromStringAndSize("", 0);
        tail = right ? copy_of(self) : PyByteArray_FromStringAndSize("", 0);
    }
    if (head != NULL && middle != NULL && tail != NULL) {
        result = PyTuple_Pack(3, head, middle, tail);
    }
    Py_XDECREF(head);
    Py_XDECREF(middle);
    Py_XDECREF(tail);
    Py_DECREF(sep);
    return result;
}

PyDoc_STRVAR(partition_doc, "B.partition(sep) -> (head, sep, tail)\n\nCuts at the first sep.");
static PyObject *bytearray_partition(PyObject *self, PyObject *sep)
{
    return partition_at(self, sep, 0);
}

PyDoc_STRVAR(rpartition_doc, "B.rpartition(sep) -> (head, sep, tail)\n\nCuts at the last sep.");
static PyObject *bytearray_rpartition(PyObject *self, PyObject *sep)
{
    return partition_at(self, sep, 1);
}

PyDoc_STRVAR(join_doc, "B.join(iterable_of_bytes) -> bytearray\n\nThe items with B between.");
static PyObject *bytearray_join(PyObject *self, PyObject *iterable)
{
    PyObject *seq = PySequence_Fast(iterable, "can only join an iterable"), *result;
    Py_ssize_t count, m = PyByteArray_GET_SIZE(self), total = 0;
    char *out;

    if (seq == NULL) {
        return NULL;
    }
    count = PySequence_Fast_GET_SIZE(seq);
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *item = PySequence_Fast_GET_ITEM(seq, i);
        if (!PyString_Check(item) && !PyByteArray_Check(item)) {
            PyErr_Format(PyExc_TypeError,
                         "can only join an iterable of bytes (item %zd has type '%.100s')", i,
                         Py_TYPE(item)->tp_name);
            goto fail;
        }
        if (total > PY_SSIZE_T_MAX - Py_SIZE(item) - (i > 0 ? m : 0)) {
            PyErr_NoMemory();
            goto fail;
        }
        total += Py_SIZE(item) + (i > 0 ? m : 0);
    }
    result = PyByteArray_FromStringAndSize(NULL, total);
    if (result == NULL) {
        goto fail;
    }
    out = PyByteArray_AS_STRING(result);
    for (Py_ssize_t i = 0; i < count && total > 0; i++) {
        PyObject *item = PySequence_Fast_GET_ITEM(seq, i);
        if (i > 0) {
            memcpy(out, PyByteArray_AS_STRING(self), (size_t)m);
            out += m;
        }
        memcpy(out, PyString_Check(item) ? PyString_AS_STRING(item) : PyByteArray_AS_STRING(item),
               (size_t)Py_SIZE(item));
        out += Py_SIZE(item);
    }
    Py_DECREF(seq);
    return result;
fail:
    Py_DECREF(seq);
    return NULL;
}

/* -- Searching ----------------------------------------------------------------------------------
 */
/* The index, -1 missing, -2 error. */
static Py_ssize_t find_in(PyObject *self, PyObject *args, int right)
{
    PyObject *sub;
    Py_ssize_t start, stop, hit = -1;
    Py_buffer v;

    if (!_Py_ParseFind("find/rfind/index/rindex", args, &sub, &start, &stop) ||
        _PyByteArray_GetBuffer(sub, &v) < 0) {
        return -2;
    }
    _Py_AdjustIndices(PyByteArray_GET_SIZE(self), &start, &stop);
    if (start <= stop) {
        hit = _Py_FindBytes(PyByteArray_AS_STRING(self) + start, stop - start, v.buf, v.len, right);
    }
    PyBuffer_Release(&v);
    return hit < 0 ? -1 : hit + start;
}

static PyObject *index_or_error(Py_ssize_t i)
{
    if (i == -1) {
        PyErr_SetString(PyExc_ValueError, "subsection not found");
        return NULL;
    }
    return i == -2 ? NULL : PyInt_FromSsize_t(i);
}

PyDoc_STRVAR(
    find_doc,
    "B.find(sub [,start [,end]]) -> int\n\nThe first place of sub in B[start:end], or -1.");
static PyObject *bytearray_find(PyObject *self, PyObject *args)
{
    Py_ssize_t i = find_in(self, args, 0);
    return i == -2 ? NULL : PyInt_FromSsize_t(i);
}

PyDoc_STRVAR(
    rfind_doc,
    "B.rfind(sub [,start [,end]]) -> int\n\nThe last place of sub in B[start:end], or -1.");
static PyObject *bytearray_rfind(PyObject *self, PyObject *args)
{
    Py_ssize_t i = find_in(self, args, 1);
    return i == -2 ? NULL : PyInt_FromSsize_t(i);
}

PyDoc_STRVAR(index_doc,
             "B.index(sub [,start [,end]]) -> int\n\nLike find, but ValueError when missing.");
static PyObject *bytearray_index(PyObject *self, PyObject *args)
{
    return index_or_error(find_in(self, args, 0));
}

PyDoc_STRVAR(rindex_doc,
             "B.rindex(sub [,start [,end]]) -> int\n\nLike rfind, but ValueError when missing.");
static PyObject *bytearray_rindex(PyObject *self, PyObject *args)
{
    return index_or_error(find_in(self, args, 1));
}

PyDoc_STRVAR(count_doc,
             "B.count(sub [,start [,end]]) -> int\n\nHow often sub occurs in B[start:end].");
static PyObject *bytearray_count(PyObject *self, PyObject *args)
{
    PyObject *sub;
    Py_ssize_t start, stop, count = 0;
    Py_buffer v;

    if (!_Py_ParseFind("count", args, &sub, &start, &stop) || _PyByteArray_GetBuffer(sub, &v) < 0) {
        return NULL;
    }
    _Py_AdjustIndices(PyByteArray_GET_SIZE(self), &start, &stop);
    if (start <= stop) {
        count = _Py_CountBytes(PyByteArray_AS_STRING(self) + start, stop - start, v.buf, v.len,
                               PY_SSIZE_T_MAX);
    }
    PyBuffer_Release(&v);
    return PyInt_FromSsize_t(count);
}

static int tail_match(PyObject *self, PyObject *sub, Py_ssize_t start, Py_ssize_t stop,
                      int direction)
{
    Py_buffer v;
    int r;
    if (_PyByteArray_GetBuffer(sub, &v) < 0) {
        return -1;
    }
    r = _PyBytes_Tailmatch(BYTES_OF(self), v.buf, v.len, start, stop, direction);
    PyBuffer_Release(&v);
    return r;
}

static PyObject *starts_or_ends(PyObject *self, PyObject *args, const char *name, int direction)
{
    PyObject *sub;
    Py_ssize_t start, stop;
    int found = 0;

    if (!_Py_ParseFind(name, args, &sub, &start, &stop)) {
        return NULL;
    }
    if (PyTuple_Check(sub)) {
        for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(sub) && found == 0; i++) {
            found = tail_match(self, PyTuple_GET_ITEM(sub, i), start, stop, direction);
        }
    } else {
        found = tail_match(self, sub, start, stop, direction);
    }
    return found < 0 ? NULL : PyBool_FromLong(found);
}

PyDoc_STRVAR(startswith_doc, "B.startswith(prefix [,start [,end]]) -> bool");
static PyObject *bytearray_startswith(PyObject *self, PyObject *args)
{
    return starts_or_ends(self, args, "startswith", -1);
}

PyDoc_STRVAR(endswith_doc, "B.endswith(suffix [,start [,end]]) -> bool");
static PyObject *bytearray_endswith(PyObject *self, PyObject *args)
{
    return starts_or_ends(self, args, "endswith", 1);
}

PyDoc_STRVAR(replace_doc,
             "B.replace(old, new[, count]) -> bytearray\n\nA copy with old replaced by new.");
static PyObject *bytearray_replace(PyObject *self, PyObject *args)
{
    PyObject *from, *to, *result;
    Py_ssize_t max = -1;
    Py_buffer f, t;

    if (!PyArg_ParseTuple(args, "OO|n:replace", &from, &to, &max) ||
        _PyByteArray_GetBuffer(from, &f) < 0) {
        return NULL;
    }
    if (_PyByteArray_GetBuffer(to, &t) < 0) {
        PyBuffer_Release(&f);
        return NULL;
    }
    result = _PyBytes_Replace(BYTES_OF(self), f.buf, f.len, t.buf, t.len, max,
                              PyByteArray_FromStringAndSize);
    PyBuffer_Release(&f);
    PyBuffer_Release(&t);
    return result == NULL && !PyErr_Occurred() ? copy_of(self) : result;
}

/* -- Ends and padding ---------------------------------------------------------------------------
 */
static PyObject *strip_ends(PyObject *self, PyObject *args, const char *format, int ends)
{
    PyObject *set = Py_None;
    Py_ssize_t start, stop;
    Py_buffer v = {.buf = NULL, .len = 0};

    if (!PyArg_ParseTuple(args, format, &set) ||
        (set != Py_None && _PyByteArray_GetBuffer(set, &v) < 0)) {
        return NULL;
    }
    _PyBytes_Strip(BYTES_OF(self), set == Py_None ? NULL : v.buf, v.len, ends, &start, &stop);
    if (set != Py_None) {
        PyBuffer_Release(&v);
    }
    return PyByteArray_FromStringAndSize(PyByteArray_AS_STRING(self) + start, stop - start);
}

PyDoc_STRVAR(strip_doc,
             "B.strip([bytes]) -> bytearray\n\nWithout whitespace, or the bytes, at both ends.");
static PyObject *bytearray_strip(PyObject *self, PyObject *args)
{
    return strip_ends(self, args, "|O:strip", BYTES_BOTH);
}

PyDoc_STRVAR(lstrip_doc,
             "B.lstrip([bytes]) -> bytearray\n\nWithout whitespace, or the bytes, at the start.");
static PyObject *bytearray_lstrip(PyObject *self, PyObject *args)
{
    return strip_ends(self, args, "|O:lstrip", BYTES_LEFT);
}

PyDoc_STRVAR(rstrip_doc,
             "B.rstrip([bytes]) -> bytearray\n\nWithout whitespace, or the bytes, at the end.");
static PyObject *bytearray_rstrip(PyObject *self, PyObject *args)
{
    return strip_ends(self, args, "|O:rstrip", BYTES_RIGHT);
}

static PyObject *justify(PyObject *self, PyObject *args, const char *format, char how)
{
    Py_ssize_t width, n = PyByteArray_GET_SIZE(self), gap, left;
    char fill = ' ';

    if (!PyArg_ParseTuple(args, format, &width, &fill)) {
        return NULL;
    }
    if (width <= n) {
        return copy_of(self);
    }
    gap = width - n;
    left = how == 'l' ? 0 : how == 'r' ? gap : gap / 2 + (gap & width & 1);
    return _PyBytes_Pad(BYTES_OF(self), left, gap - left, fill, PyByteArray_FromStringAndSize);
}

PyDoc_STRVAR(ljust_doc, "B.ljust(width[, fillchar]) -> copy of B, padded on the right");
static PyObject *bytearray_ljust(PyObject *self, PyObject *args)
{
    return justify(self, args, "n|c:ljust", 'l');
}

PyDoc_STRVAR(rjust_doc, "B.rjust(width[, fillchar]) -> copy of B, padded on the left");
static PyObject *bytearray_rjust(PyObject *self, PyObject *args)
{
    return justify(self, args, "n|c:rjust", 'r');
}

PyDoc_STRVAR(center_doc, "B.center(width[, fillchar]) -> copy of B, padded on both sides");
static PyObject *bytearray_center(PyObject *self, PyObject *args)
{
    return justify(self, args, "n|c:center", 'c');
}

PyDoc_STRVAR(zfill_doc, "B.zfill(width) -> copy of B, padded with zeros after the sign");
static PyObject *bytearray_zfill(PyObject *self, PyObject *args)
{
    Py_ssize_t width;
    if (!PyArg_ParseTuple(args, "n:zfill", &width)) {
        return NULL;
    }
    if (width <= PyByteArray_GET_SIZE(self)) {
        return copy_of(self);
    }
    return _PyBytes_Zfill(BYTES_OF(self), width, PyByteArray_FromStringAndSize);
}

PyDoc_STRVAR(expandtabs_doc, "B.expandtabs([tabsize]) -> copy of B with spaces for tabs");
static PyObject *bytearray_expandtabs(PyObject *self, PyObject *args)
{
    int tabsize = 8;
    if (!PyArg_ParseTuple(args, "|i:expandtabs", &tabsize)) {
        return NULL;
    }
    return _PyBytes_ExpandTabs(BYTES_OF(self), tabsize, PyByteArray_FromStringAndSize);
}

/* -- Case and classes ---------------------------------------------------------------------------
 */
static PyObject *change_case(PyObject *self, int how)
{
    PyObject *v = PyByteArray_FromStringAndSize(NULL, PyByteArray_GET_SIZE(self));
    if (v != NULL) {
        _PyBytes_ChangeCase(PyByteArray_AS_STRING(v), BYTES_OF(self), how);
    }
    return v;
}

static PyObject *bytearray_lower(PyObject *self, PyObject *unused)
{
    return change_case(self, BYTES_LOWER);
}
static PyObject *bytearray_upper(PyObject *self, PyObject *unused)
{
    return change_case(self, BYTES_UPPER);
}
static PyObject *bytearray_title(PyObject *self, PyObject *unused)
{
    return change_case(self, BYTES_TITLE);
}
static PyObject *bytearray_capitalize(PyObject *self, PyObject *unused)
{
    return change_case(self, BYTES_CAPITALIZE);
}
static PyObject *bytearray_swapcase(PyObject *self, PyObject *unused)
{
    return change_case(self, BYTES_SWAPCASE);
}
static PyObject *bytearray_isspace(PyObject *self, PyObject *unused)
{
    return PyBool_FromLong(_PyBytes_All(BYTES_OF(self), PY_CTF_SPACE));
}
static PyObject *bytearray_isalpha(PyObject *self, PyObject *unused)
{
    return PyBool_FromLong(_PyBytes_All(BYTES_OF(self), PY_CTF_ALPHA));
}
static PyObject *bytearray_isalnum(PyObject *self, PyObject *unused)
{
    return PyBool_FromLong(_PyBytes_All(BYTES_OF(self), PY_CTF_ALNUM));
}
static PyObject *bytearray_isdigit(PyObject *self, PyObject *unused)
{
    return PyBool_FromLong(_PyBytes_All(BYTES_OF(self), PY_CTF_DIGIT));
}
static PyObject *bytearray_islower(PyObject *self, PyObject *unused)
{
    return PyBool_FromLong(_PyBytes_IsCase(BYTES_OF(self), PY_CTF_LOWER));
}
static PyObject *bytearray_isupper(PyObject *self, PyObject *unused)
{
    return PyBool_FromLong(_PyBytes_IsCase(BYTES_OF(self), PY_CTF_UPPER));
}
static PyObject *bytearray_istitle(PyObject *self, PyObject *unused)
{
    return PyBool_FromLong(_PyBytes_IsTitle(BYTES_OF(self)));
}

PyDoc_STRVAR(translate_doc,
             "B.translate(table[, deletechars]) -> bytearray\n\n"
             "Without deletechars, the rest mapped by a table of 256 bytes, or None.");
static PyObject *bytearray_translate(PyObject *self, PyObject *args)
{
    PyObject *table, *del = NULL, *result = NULL;
    Py_buffer t = {.buf = NULL, .len = 0}, d = {.buf = NULL, .len = 0};

    if (!PyArg_UnpackTuple(args, "translate", 1, 2, &table, &del)) {
        return NULL;
    }
    if (table != Py_None) {
        if (_PyByteArray_GetBuffer(table, &t) < 0) {
            return NULL;
        }
        if (t.len != 256) {
            PyErr_SetString(PyExc_ValueError, "translation table must be 256 characters long");
            PyBuffer_Release(&t);
            return NULL;
        }
    }
    if (del == NULL || _PyByteArray_GetBuffer(del, &d) == 0) {
        result =
            _PyBytes_Translate(BYTES_OF(self), t.buf, d.buf, d.len, PyByteArray_FromStringAndSize);
        if (del != NULL) {
            PyBuffer_Release(&d);
        }
    }
    if (table != Py_None) {
        PyBuffer_Release(&t);
    }
    return result;
}

/* -- What changes the object --------------------------------------------------------------------
 */
PyDoc_STRVAR(append_doc, "B.append(int) -> None\n\nAdds a byte at the end.");
static PyObject *bytearray_append(PyObject *self, PyObject *arg)
{
    int value;
    Py_ssize_t n;

    if (!_PyByteArray_ByteValue(arg, &value)) {
        return NULL;
    }
    n = Py_SIZE(self);
    if (n == PY_SSIZE_T_MAX) {
        PyErr_SetString(PyExc_OverflowError, "cannot add more objects to bytearray");
        return NULL;
    }
    if (PyByteArray_Resize(self, n + 1) < 0) {
        return NULL;
    }
    PyByteArray_AS_STRING(self)[n] = (char)value;
    Py_RETURN_NONE;
}

PyDoc_STRVAR(extend_doc, "B.extend(iterable int) -> None\n\nAdds all bytes of the iterable.");
static PyObject *bytearray_extend(PyObject *self, PyObject *arg)
{
    PyObject *it, *item, *bytes;
    Py_ssize_t room, n = 0;
    int r = -1;

    if (PyObject_CheckBuffer(arg)) {
        if (_PyByteArray_SetSlice(self, Py_SIZE(self), Py_SIZE(self), arg) < 0) {
            return NULL;
        }
        Py_RETURN_NONE;
    }
    it = PyObject_GetIter(arg);
    if (it == NULL) {
        return NULL;
    }
    if (_PyObject_LengthHint(arg, 32) == -1) { /* only its exceptions count */
        Py_DECREF(it);
        return NULL;
    }
    /* arg is asked, not the iterator: errors of its __len__ are the caller's */
    room = _PyObject_LengthHint(arg, 32);
    bytes = room < 0 ? NULL : PyByteArray_FromStringAndSize(NULL, room);
    while (bytes != NULL && (item = PyIter_Next(it)) != NULL) {
        int value, ok = _PyByteArray_ByteValue(item, &value);
        Py_DECREF(item);
        if (!ok || (n == Py_SIZE(bytes) && PyByteArray_Resize(bytes, n + (n >> 1) + 8) < 0)) {
            Py_CLEAR(bytes);
            break;
        }
        PyByteArray_AS_STRING(bytes)[n++] = (char)value;
    }
    Py_DECREF(it);
    if (bytes != NULL && !PyErr_Occurred() && PyByteArray_Resize(bytes, n) == 0) {
        r = _PyByteArray_SetSlice(self, Py_SIZE(self), Py_SIZE(self), bytes);
    }
    Py_XDECREF(bytes);
    if (r < 0) {
        return NULL;
    }
    Py_RETURN_NONE;
}

PyDoc_STRVAR(insert_doc, "B.insert(index, int) -> None\n\nPuts a byte before the index.");
static PyObject *bytearray_insert(PyObject *self, PyObject *args)
{
    PyObject *arg;
    int value;
    Py_ssize_t where, n;

    if (!PyArg_ParseTuple(args, "nO:insert", &where, &arg)) {
        return NULL;
    }
    n = Py_SIZE(self);
    if (n == PY_SSIZE_T_MAX) {
        PyErr_SetString(PyExc_OverflowError, "cannot add more objects to bytearray");
        return NULL;
    }
    if (!_PyByteArray_ByteValue(arg, &value)) {
        return NULL;
    }
    n = Py_SIZE(self);
    if (PyByteArray_Resize(self, n + 1) < 0) {
        return NULL;
    }
    if (where < 0) {
        where += n;
        where = where < 0 ? 0 : where;
    }
    where = where > n ? n : where;
    memmove(PyByteArray_AS_STRING(self) + where + 1, PyByteArray_AS_STRING(self) + where,
            (size_t)(n - where));
    PyByteArray_AS_STRING(self)[where] = (char)value;
    Py_RETURN_NONE;
}

static int cut_byte(PyObject *self, Py_ssize_t i)
{
    return _PyByteArray_SetSlice(self, i, i + 1, NULL);
}

PyDoc_STRVAR(pop_doc,
             "B.pop([index]) -> int\n\nRemoves a byte, by default the last, and returns it.");
static PyObject *bytearray_pop(PyObject *self, PyObject *args)
{
    Py_ssize_t where = -1, n;
    int value;

    if (!PyArg_ParseTuple(args, "|n:pop", &where)) {
        return NULL;
    }
    n = Py_SIZE(self);
    if (n == 0) {
        PyErr_SetString(PyExc_IndexError, "pop from empty bytearray");
        return NULL;
    }
    if (where < 0) {
        where += n;
    }
    if (where < 0 || where >= n) {
        PyErr_SetString(PyExc_IndexError, "pop index out of range");
        return NULL;
    }
    value = Py_CHARMASK(PyByteArray_AS_STRING(self)[where]);
    return cut_byte(self, where) < 0 ? NULL : PyInt_FromLong(value);
}

PyDoc_STRVAR(remove_doc, "B.remove(int) -> None\n\nRemoves the first such byte.");
static PyObject *bytearray_remove(PyObject *self, PyObject *arg)
{
    int value;
    Py_ssize_t n, i;

    if (!_PyByteArray_ByteValue(arg, &value)) {
        return NULL;
    }
    n = Py_SIZE(self);
    for (i = 0; i < n && Py_CHARMASK(PyByteArray_AS_STRING(self)[i]) != value; i++) {
    }
    if (i == n) {
        PyErr_SetString(PyExc_ValueError, "value not found in bytearray");
        return NULL;
    }
    if (cut_byte(self, i) < 0) {
        return NULL;
    }
    Py_RETURN_NONE;
}

PyDoc_STRVAR(reverse_doc, "B.reverse() -> None\n\nTurns the order round in place.");
static PyObject *bytearray_reverse(PyObject *self, PyObject *unused)
{
    char *p = PyByteArray_AS_STRING(self);
    for (Py_ssize_t i = 0, j = Py_SIZE(self) - 1; i < j; i++, j--) {
        char c = p[i];
        p[i] = p[j];
        p[j] = c;
    }
    Py_RETURN_NONE;
}

/* -- Conversions --------------------------------------------------------------------------------
 */
PyDoc_STRVAR(decode_doc,
             "B.decode([encoding[, errors]]) -> unicode object\n\nDecoded with the codec.");
static PyObject *bytearray_decode(PyObject *self, PyObject *args, PyObject *kwargs)
{
    static char *kwlist[] = {"encoding", "errors", NULL};
    const char *encoding = NULL, *errors = NULL;

    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|ss:decode", kwlist, &encoding, &errors)) {
        return NULL;
    }
    return _PyCodec_DecodeText(self, encoding == NULL ? PyUnicode_GetDefaultEncoding() : encoding,
                               errors);
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

PyDoc_STRVAR(fromhex_doc, "bytearray.fromhex(string) -> bytearray\n\n"
                          "Made from pairs of hexadecimal digits, between which may be spaces.");
static PyObject *bytearray_fromhex(PyObject *cls, PyObject *args)
{
    const char *hex;
    Py_ssize_t n, m = 0;
    PyObject *v, *result;

    if (!PyArg_ParseTuple(args, "s#:fromhex", &hex, &n)) {
        return NULL;
    }
    v = PyByteArray_FromStringAndSize(NULL, n / 2);
    if (v == NULL) {
        return NULL;
    }
    for (Py_ssize_t i = 0; i < n; i += 2) {
        while (i < n && hex[i] == ' ') {
            i++;
        }
        if (i >= n) {
            break;
        }
        int high = hex_digit(hex[i]), low = i + 1 < n ? hex_digit(hex[i + 1]) : -1;
        if (high < 0 || low < 0) {
            PyErr_Format(PyExc_ValueError,
                         "non-hexadecimal number found in fromhex() arg at position %zd", i);
            Py_DECREF(v);
            return NULL;
        }
        PyByteArray_AS_STRING(v)[m++] = (char)(high * 16 + low);
    }
    if (PyByteArray_Resize(v, m) < 0) {
        Py_DECREF(v);
        return NULL;
    }
    if (cls == (PyObject *)&PyByteArray_Type) {
        return v;
    }
    result = PyObject_CallFunctionObjArgs(cls, v, NULL);
    Py_DECREF(v);
    return result;
}

static PyObject *bytearray_reduce(PyObject *self, PyObject *unused)
{
    PyObject *text = PyUnicode_DecodeLatin1(BYTES_OF(self), NULL), *dict;
    if (text == NULL) {
        return NULL;
    }
    dict = PyObject_GetAttrString(self, "__dict__");
    if (dict == NULL) {
        PyErr_Clear();
        dict = Py_None;
        Py_INCREF(dict);
    }
    return Py_BuildValue("(O(Ns)N)", Py_TYPE(self), text, "latin-1", dict);
}

static PyObject *bytearray_sizeof(PyObject *self, PyObject *unused)
{
    return PyInt_FromSsize_t((Py_ssize_t)Py_TYPE(self)->tp_x64_basicsize +
                             ((PyByteArrayObject *)self)->ob_alloc);
}

static PyObject *bytearray_alloc(PyObject *self, PyObject *unused)
{
    return PyInt_FromSsize_t(((PyByteArrayObject *)self)->ob_alloc);
}

PyMethodDef _PyByteArray_Methods[] = {
    {"__alloc__", bytearray_alloc, METH_NOARGS, "B.__alloc__() -> int\n\nThe bytes reserved."},
    {"__reduce__", bytearray_reduce, METH_NOARGS, "For pickling."},
    {"__sizeof__", bytearray_sizeof, METH_NOARGS, "B.__sizeof__() -> int\n\nThe size in memory."},
    {"append", bytearray_append, METH_O, append_doc},
    {"capitalize", bytearray_capitalize, METH_NOARGS, "A copy with only the first byte uppercase."},
    {"center", bytearray_center, METH_VARARGS, center_doc},
    {"count", bytearray_count, METH_VARARGS, count_doc},
    {"decode", PyCFunction_CAST(bytearray_decode), METH_VARARGS | METH_KEYWORDS, decode_doc},
    {"endswith", bytearray_endswith, METH_VARARGS, endswith_doc},
    {"expandtabs", bytearray_expandtabs, METH_VARARGS, expandtabs_doc},
    {"extend", bytearray_extend, METH_O, extend_doc},
    {"find", bytearray_find, METH_VARARGS, find_doc},
    {"fromhex", bytearray_fromhex, METH_VARARGS | METH_CLASS, fromhex_doc},
    {"index", bytearray_index, METH_VARARGS, index_doc},
    {"insert", bytearray_insert, METH_VARARGS, insert_doc},
    {"isalnum", bytearray_isalnum, METH_NOARGS, "Whether all are ASCII letters or digits."},
    {"isalpha", bytearray_isalpha, METH_NOARGS, "Whether all are ASCII letters."},
    {"isdigit", bytearray_isdigit, METH_NOARGS, "Whether all are ASCII digits."},
    {"islower", bytearray_islower, METH_NOARGS, "Whether all ASCII letters are lowercase."},
    {"isspace", bytearray_isspace, METH_NOARGS, "Whether all is ASCII whitespace."},
    {"istitle", bytearray_istitle, METH_NOARGS, "Whether words start with uppercase."},
    {"isupper", bytearray_isupper, METH_NOARGS, "Whether all ASCII letters are uppercase."},
    {"join", bytearray_join, METH_O, join_doc},
    {"ljust", bytearray_ljust, METH_VARARGS, ljust_doc},
    {"lower", bytearray_lower, METH_NOARGS, "A lowercase copy."},
    {"lstrip", bytearray_lstrip, METH_VARARGS, lstrip_doc},
    {"partition", bytearray_partition, METH_O, partition_doc},
    {"pop", bytearray_pop, METH_VARARGS, pop_doc},
    {"remove", bytearray_remove, METH_O, remove_doc},
    {"replace", bytearray_replace, METH_VARARGS, replace_doc},
    {"reverse", bytearray_reverse, METH_NOARGS, reverse_doc},
    {"rfind", bytearray_rfind, METH_VARARGS, rfind_doc},
    {"rindex", bytearray_rindex, METH_VARARGS, rindex_doc},
    {"rjust", bytearray_rjust, METH_VARARGS, rjust_doc},
    {"rpartition", bytearray_rpartition, METH_O, rpartition_doc},
    {"rsplit", bytearray_rsplit, METH_VARARGS, rsplit_doc},
    {"rstrip", bytearray_rstrip, METH_VARARGS, rstrip_doc},
    {"split", bytearray_split, METH_VARARGS, split_doc},
    {"splitlines", bytearray_splitlines, METH_VARARGS, splitlines_doc},
    {"startswith", bytearray_startswith, METH_VARARGS, startswith_doc},
    {"strip", bytearray_strip, METH_VARARGS, strip_doc},
    {"swapcase", bytearray_swapcase, METH_NOARGS, "A copy with the cases exchanged."},
    {"title", bytearray_title, METH_NOARGS, "A copy whose words start with uppercase."},
    {"translate", bytearray_translate, METH_VARARGS, translate_doc},
    {"upper", bytearray_upper, METH_NOARGS, "An uppercase copy."},
    {"zfill", bytearray_zfill, METH_VARARGS, zfill_doc},
    {NULL, NULL, 0, NULL},
};
