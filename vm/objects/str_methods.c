/* SPDX-License-Identifier: MIT */
/* The methods of str. Each takes its arguments apart, hands over to the method of unicode when one
 * of them is unicode, and leaves the work to bytes_methods.c. */
#include "str_private.h"
#include "bytes_methods.h"
#include "base/search.h"

#define BYTES_OF(op) PyString_AS_STRING(op), PyString_GET_SIZE(op)

/* The object itself where an unchanged result may be shared. */
static PyObject *shared(PyObject *self)
{
    return PyString_CheckExact(self) ? self : NULL;
}

static PyObject *unchanged(PyObject *self)
{
    if (PyString_CheckExact(self)) {
        Py_INCREF(self);
        return self;
    }
    return PyString_FromStringAndSize(BYTES_OF(self));
}

/* The bytes of a str or character buffer: 1; unicode: 0; -1 with TypeError. */
static int bytes_argument(PyObject *o, const char **s, Py_ssize_t *n)
{
    if (PyString_Check(o)) {
        *s = PyString_AS_STRING(o);
        *n = PyString_GET_SIZE(o);
        return 1;
    }
    if (PyUnicode_Check(o)) {
        return 0;
    }
    return PyObject_AsCharBuffer(o, s, n) < 0 ? -1 : 1;
}

/* -- Splitting and joining ----------------------------------------------------------------------
 */
PyDoc_STRVAR(split_doc,
             "S.split([sep [,maxsplit]]) -> list of strings\n\n"
             "The pieces between sep, or between runs of whitespace; at most maxsplit splits.");
static PyObject *split_from(PyObject *self, PyObject *args, int right)
{
    Py_ssize_t max = -1, m;
    PyObject *sep = Py_None;
    const char *p;

    if (!PyArg_ParseTuple(args, right ? "|On:rsplit" : "|On:split", &sep, &max)) {
        return NULL;
    }
    if (max < 0) {
        max = PY_SSIZE_T_MAX;
    }
    if (sep == Py_None) {
        return (right ? _PyBytes_RSplitWhitespace : _PyBytes_SplitWhitespace)(
            BYTES_OF(self), max, shared(self), PyString_FromStringAndSize);
    }
    switch (bytes_argument(sep, &p, &m)) {
    case -1:
        return NULL;
    case 0:
        return right ? PyUnicode_RSplit(self, sep, max) : PyUnicode_Split(self, sep, max);
    }
    return (right ? _PyBytes_RSplit : _PyBytes_Split)(BYTES_OF(self), p, m, max, shared(self),
                                                      PyString_FromStringAndSize);
}

static PyObject *string_split(PyObject *self, PyObject *args)
{
    return split_from(self, args, 0);
}

PyDoc_STRVAR(rsplit_doc, "S.rsplit([sep [,maxsplit]]) -> list of strings\n\n"
                         "Like split, counting splits from the end.");
static PyObject *string_rsplit(PyObject *self, PyObject *args)
{
    return split_from(self, args, 1);
}

PyDoc_STRVAR(splitlines_doc, "S.splitlines(keepends=False) -> list of strings\n\n"
                             "The lines, with their ends if keepends is true.");
static PyObject *string_splitlines(PyObject *self, PyObject *args)
{
    int keepends = 0;
    if (!PyArg_ParseTuple(args, "|i:splitlines", &keepends)) {
        return NULL;
    }
    return _PyBytes_Splitlines(BYTES_OF(self), keepends, shared(self), PyString_FromStringAndSize);
}

static PyObject *partition_at(PyObject *self, PyObject *sep, int right)
{
    const char *p, *s = PyString_AS_STRING(self);
    Py_ssize_t m, n = PyString_GET_SIZE(self), hit;
    PyObject *head = NULL, *tail = NULL, *result = NULL, *middle = sep;

    switch (bytes_argument(sep, &p, &m)) {
    case -1:
        return NULL;
    case 0:
        return right ? PyUnicode_RPartition(self, sep) : PyUnicode_Partition(self, sep);
    }
    if (m == 0) {
        PyErr_SetString(PyExc_ValueError, "empty separator");
        return NULL;
    }
    hit = _Py_FindBytes(s, n, p, m, right);
    if (hit >= 0) {
        Py_INCREF(middle);
        head = PyString_FromStringAndSize(s, hit);
        tail = PyString_FromStringAndSize(s + hit + m, n - hit - m);
    } else {
        middle = PyString_FromStringAndSize("", 0);
        head = right ? PyString_FromStringAndSize("", 0) : self;
        tail = right ? self : PyString_FromStringAndSize("", 0);
        Py_INCREF(self);
    }
    if (head != NULL && middle != NULL && tail != NULL) {
        result = PyTuple_Pack(3, head, middle, tail);
    }
    Py_XDECREF(head);
    Py_XDECREF(middle);
    Py_XDECREF(tail);
    return result;
}

PyDoc_STRVAR(partition_doc, "S.partition(sep) -> (head, sep, tail)\n\n"
                            "Cuts at the first sep; without one: (S, '', '').");
static PyObject *string_partition(PyObject *self, PyObject *sep)
{
    return partition_at(self, sep, 0);
}

PyDoc_STRVAR(rpartition_doc, "S.rpartition(sep) -> (head, sep, tail)\n\n"
                             "Cuts at the last sep; without one: ('', '', S).");
static PyObject *string_rpartition(PyObject *self, PyObject *sep)
{
    return partition_at(self, sep, 1);
}

PyDoc_STRVAR(join_doc, "S.join(iterable) -> string\n\nThe strings of the iterable with S between.");
PyObject *_PyString_Join(PyObject *sep, PyObject *iterable)
{
    Py_ssize_t m = PyString_GET_SIZE(sep), count, total = 0;
    PyObject *seq, *item, *result = NULL;
    char *out;

    seq = PySequence_Fast(iterable, "can only join an iterable");
    if (seq == NULL) {
        return NULL;
    }
    count = PySequence_Fast_GET_SIZE(seq);
    if (count == 0) {
        Py_DECREF(seq);
        return PyString_FromStringAndSize("", 0);
    }
    if (count == 1) {
        item = PySequence_Fast_GET_ITEM(seq, 0);
        if (PyString_CheckExact(item) || PyUnicode_CheckExact(item)) {
            Py_INCREF(item);
            Py_DECREF(seq);
            return item;
        }
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        item = PySequence_Fast_GET_ITEM(seq, i);
        if (!PyString_Check(item)) {
            if (PyUnicode_Check(item)) {
                result = PyUnicode_Join(sep, seq);
            } else {
                PyErr_Format(PyExc_TypeError, "sequence item %zd: expected string, %.80s found", i,
                             Py_TYPE(item)->tp_name);
            }
            Py_DECREF(seq);
            return result;
        }
        Py_ssize_t more = PyString_GET_SIZE(item);
        if (i > 0 && more <= PY_SSIZE_T_MAX - m) {
            more += m;
        }
        if (total > PY_SSIZE_T_MAX - more) {
            PyErr_SetString(PyExc_OverflowError, "join() result is too long for a Python string");
            Py_DECREF(seq);
            return NULL;
        }
        total += more;
    }
    result = PyString_FromStringAndSize(NULL, total);
    if (result != NULL && total > 0) {
        out = PyString_AS_STRING(result);
        for (Py_ssize_t i = 0; i < count; i++) {
            item = PySequence_Fast_GET_ITEM(seq, i);
            if (i > 0) {
                memcpy(out, PyString_AS_STRING(sep), (size_t)m);
                out += m;
            }
            memcpy(out, PyString_AS_STRING(item), (size_t)PyString_GET_SIZE(item));
            out += PyString_GET_SIZE(item);
        }
    }
    Py_DECREF(seq);
    return result;
}

static int join_take_item(PyObject *list, PyObject *item, PyObject *unused)
{
    return PyList_Append(list, item);
}

static PyObject *join_taken(PyObject *list, PyObject *sep)
{
    return _PyString_Join(sep, list);
}

static const _PyWalk joining = {join_take_item, join_taken};

static PyObject *string_join_go_on(PyObject *sep, PyObject *iterable)
{
    PyObject *it = _PyWalk_Begin(iterable);

    if (it == NULL) {
        if (PyErr_Occurred() == NULL)
            return _PyString_Join(sep, iterable);
        if (PyErr_ExceptionMatches(PyExc_TypeError))
            PyErr_SetString(PyExc_TypeError, "can only join an iterable");
        return NULL;
    }
    Py_INCREF(sep);
    return _PyHooks.walk(it, &joining, PyList_New(0), sep);
}

/* -- Searching ----------------------------------------------------------------------------------
 */
/* The index, -1 when missing, -2 with an exception. */
static Py_ssize_t find_in(PyObject *self, PyObject *args, int right)
{
    PyObject *sub;
    const char *p;
    Py_ssize_t start, stop, m, hit;

    if (!_Py_ParseFind("find/rfind/index/rindex", args, &sub, &start, &stop)) {
        return -2;
    }
    switch (bytes_argument(sub, &p, &m)) {
    case -1:
        return -2;
    case 0:
        return PyUnicode_Find(self, sub, start, stop, right ? -1 : 1);
    }
    _Py_AdjustIndices(PyString_GET_SIZE(self), &start, &stop);
    if (start > stop) {
        return -1;
    }
    hit = _Py_FindBytes(PyString_AS_STRING(self) + start, stop - start, p, m, right);
    return hit < 0 ? -1 : hit + start;
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
static PyObject *string_find(PyObject *self, PyObject *args)
{
    Py_ssize_t i = find_in(self, args, 0);
    return i == -2 ? NULL : PyInt_FromSsize_t(i);
}

PyDoc_STRVAR(index_doc,
             "S.index(sub [,start [,end]]) -> int\n\nLike find, but ValueError when missing.");
static PyObject *string_index(PyObject *self, PyObject *args)
{
    return index_or_error(find_in(self, args, 0));
}

PyDoc_STRVAR(
    rfind_doc,
    "S.rfind(sub [,start [,end]]) -> int\n\nThe last place of sub in S[start:end], or -1.");
static PyObject *string_rfind(PyObject *self, PyObject *args)
{
    Py_ssize_t i = find_in(self, args, 1);
    return i == -2 ? NULL : PyInt_FromSsize_t(i);
}

PyDoc_STRVAR(rindex_doc,
             "S.rindex(sub [,start [,end]]) -> int\n\nLike rfind, but ValueError when missing.");
static PyObject *string_rindex(PyObject *self, PyObject *args)
{
    return index_or_error(find_in(self, args, 1));
}

PyDoc_STRVAR(
    count_doc,
    "S.count(sub[, start[, end]]) -> int\n\nHow often sub occurs in S[start:end] without overlap.");
static PyObject *string_count(PyObject *self, PyObject *args)
{
    PyObject *sub;
    const char *p;
    Py_ssize_t start, stop, m;

    if (!_Py_ParseFind("count", args, &sub, &start, &stop)) {
        return NULL;
    }
    switch (bytes_argument(sub, &p, &m)) {
    case -1:
        return NULL;
    case 0: {
        Py_ssize_t count = PyUnicode_Count(self, sub, start, stop);
        return count == -1 ? NULL : PyInt_FromSsize_t(count);
    }
    }
    _Py_AdjustIndices(PyString_GET_SIZE(self), &start, &stop);
    return PyInt_FromSsize_t(start > stop ? 0
                                          : _Py_CountBytes(PyString_AS_STRING(self) + start,
                                                           stop - start, p, m, PY_SSIZE_T_MAX));
}

static int tail_match(PyObject *self, PyObject *sub, Py_ssize_t start, Py_ssize_t stop,
                      int direction)
{
    const char *p;
    Py_ssize_t m;
    switch (bytes_argument(sub, &p, &m)) {
    case -1:
        return -1;
    case 0:
        return (int)PyUnicode_Tailmatch(self, sub, start, stop, direction);
    }
    return _PyBytes_Tailmatch(BYTES_OF(self), p, m, start, stop, direction);
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
        return found < 0 ? NULL : PyBool_FromLong(found);
    }
    found = tail_match(self, sub, start, stop, direction);
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
static PyObject *string_startswith(PyObject *self, PyObject *args)
{
    return starts_or_ends(self, args, "startswith", -1);
}

PyDoc_STRVAR(endswith_doc, "S.endswith(suffix[, start[, end]]) -> bool\n\n"
                           "Whether S[start:end] ends with suffix, or one of a tuple of suffixes.");
static PyObject *string_endswith(PyObject *self, PyObject *args)
{
    return starts_or_ends(self, args, "endswith", 1);
}

PyDoc_STRVAR(replace_doc, "S.replace(old, new[, count]) -> string\n\n"
                          "A copy with all (or the first count) old replaced by new.");
static PyObject *string_replace(PyObject *self, PyObject *args)
{
    Py_ssize_t max = -1, m, k;
    PyObject *from, *to, *result;
    const char *f, *t;
    int kind;

    if (!PyArg_ParseTuple(args, "OO|n:replace", &from, &to, &max)) {
        return NULL;
    }
    kind = bytes_argument(from, &f, &m);
    if (kind == 1) {
        kind = bytes_argument(to, &t, &k);
    }
    if (kind == -1) {
        return NULL;
    }
    if (kind == 0) {
        return PyUnicode_Replace(self, from, to, max);
    }
    result = _PyBytes_Replace(BYTES_OF(self), f, m, t, k, max, PyString_FromStringAndSize);
    return result == NULL && !PyErr_Occurred() ? unchanged(self) : result;
}

/* -- Ends and padding ---------------------------------------------------------------------------
 */
static PyObject *strip_ends(PyObject *self, PyObject *args, const char *name, int ends)
{
    PyObject *set = NULL;
    char format[20];
    const char *p = NULL;
    Py_ssize_t m = 0, start, stop;

    PyOS_snprintf(format, sizeof(format), "|O:%s", name);
    if (!PyArg_ParseTuple(args, format, &set)) {
        return NULL;
    }
    if (set != NULL && set != Py_None) {
        if (PyUnicode_Check(set)) {
            PyObject *u = PyUnicode_FromObject(self);
            if (u == NULL) {
                return NULL;
            }
            /* unicode numbers the ends 0 left, 1 right, 2 both */
            PyObject *r = _PyUnicode_XStrip(u, ends - 1, set);
            Py_DECREF(u);
            return r;
        }
        if (!PyString_Check(set)) {
            PyErr_Format(PyExc_TypeError, "%s arg must be None, str or unicode", name);
            return NULL;
        }
        p = PyString_AS_STRING(set);
        m = PyString_GET_SIZE(set);
    }
    _PyBytes_Strip(BYTES_OF(self), p, m, ends, &start, &stop);
    if (start == 0 && stop == PyString_GET_SIZE(self)) {
        return unchanged(self);
    }
    return PyString_FromStringAndSize(PyString_AS_STRING(self) + start, stop - start);
}

PyDoc_STRVAR(
    strip_doc,
    "S.strip([chars]) -> string or unicode\n\nWithout whitespace, or chars, at both ends.");
static PyObject *string_strip(PyObject *self, PyObject *args)
{
    return strip_ends(self, args, "strip", BYTES_BOTH);
}

PyDoc_STRVAR(
    lstrip_doc,
    "S.lstrip([chars]) -> string or unicode\n\nWithout whitespace, or chars, at the start.");
static PyObject *string_lstrip(PyObject *self, PyObject *args)
{
    return strip_ends(self, args, "lstrip", BYTES_LEFT);
}

PyDoc_STRVAR(rstrip_doc,
             "S.rstrip([chars]) -> string or unicode\n\nWithout whitespace, or chars, at the end.");
static PyObject *string_rstrip(PyObject *self, PyObject *args)
{
    return strip_ends(self, args, "rstrip", BYTES_RIGHT);
}

static PyObject *justify(PyObject *self, PyObject *args, const char *format, char how)
{
    Py_ssize_t width, n = PyString_GET_SIZE(self), gap, left;
    char fill = ' ';

    if (!PyArg_ParseTuple(args, format, &width, &fill)) {
        return NULL;
    }
    if (width <= n) {
        return unchanged(self);
    }
    gap = width - n;
    left = how == 'l' ? 0 : how == 'r' ? gap : gap / 2 + (gap & width & 1);
    return _PyBytes_Pad(BYTES_OF(self), left, gap - left, fill, PyString_FromStringAndSize);
}

PyDoc_STRVAR(ljust_doc, "S.ljust(width[, fillchar]) -> string\n\nPadded on the right.");
static PyObject *string_ljust(PyObject *self, PyObject *args)
{
    return justify(self, args, "n|c:ljust", 'l');
}

PyDoc_STRVAR(rjust_doc, "S.rjust(width[, fillchar]) -> string\n\nPadded on the left.");
static PyObject *string_rjust(PyObject *self, PyObject *args)
{
    return justify(self, args, "n|c:rjust", 'r');
}

PyDoc_STRVAR(center_doc, "S.center(width[, fillchar]) -> string\n\nPadded on both sides.");
static PyObject *string_center(PyObject *self, PyObject *args)
{
    return justify(self, args, "n|c:center", 'c');
}

PyDoc_STRVAR(zfill_doc, "S.zfill(width) -> string\n\nPadded with zeros after the sign.");
static PyObject *string_zfill(PyObject *self, PyObject *args)
{
    Py_ssize_t width;
    if (!PyArg_ParseTuple(args, "n:zfill", &width)) {
        return NULL;
    }
    if (width <= PyString_GET_SIZE(self)) {
        return unchanged(self);
    }
    return _PyBytes_Zfill(BYTES_OF(self), width, PyString_FromStringAndSize);
}

PyDoc_STRVAR(expandtabs_doc,
             "S.expandtabs([tabsize]) -> string\n\nWith tabs turned into spaces; tabsize is 8.");
static PyObject *string_expandtabs(PyObject *self, PyObject *args)
{
    int tabsize = 8;
    if (!PyArg_ParseTuple(args, "|i:expandtabs", &tabsize)) {
        return NULL;
    }
    return _PyBytes_ExpandTabs(BYTES_OF(self), tabsize, PyString_FromStringAndSize);
}

/* -- Case and classes ---------------------------------------------------------------------------
 */
static PyObject *change_case(PyObject *self, int how)
{
    PyObject *v = PyString_FromStringAndSize(NULL, PyString_GET_SIZE(self));
    if (v != NULL) {
        _PyBytes_ChangeCase(PyString_AS_STRING(v), BYTES_OF(self), how);
    }
    return v;
}

PyDoc_STRVAR(lower_doc, "S.lower() -> string\n\nA lowercase copy.");
static PyObject *string_lower(PyObject *self, PyObject *unused)
{
    return change_case(self, BYTES_LOWER);
}

PyDoc_STRVAR(upper_doc, "S.upper() -> string\n\nAn uppercase copy.");
static PyObject *string_upper(PyObject *self, PyObject *unused)
{
    return change_case(self, BYTES_UPPER);
}

PyDoc_STRVAR(title_doc, "S.title() -> string\n\nA copy whose words start with uppercase.");
static PyObject *string_title(PyObject *self, PyObject *unused)
{
    return change_case(self, BYTES_TITLE);
}

PyDoc_STRVAR(capitalize_doc,
             "S.capitalize() -> string\n\nA copy with only the first character uppercase.");
static PyObject *string_capitalize(PyObject *self, PyObject *unused)
{
    return change_case(self, BYTES_CAPITALIZE);
}

PyDoc_STRVAR(swapcase_doc, "S.swapcase() -> string\n\nA copy with the cases exchanged.");
static PyObject *string_swapcase(PyObject *self, PyObject *unused)
{
    return change_case(self, BYTES_SWAPCASE);
}

PyDoc_STRVAR(isspace_doc, "S.isspace() -> bool\n\nWhether all is whitespace.");
static PyObject *string_isspace(PyObject *self, PyObject *unused)
{
    return PyBool_FromLong(_PyBytes_All(BYTES_OF(self), PY_CTF_SPACE));
}

PyDoc_STRVAR(isalpha_doc, "S.isalpha() -> bool\n\nWhether all are letters.");
static PyObject *string_isalpha(PyObject *self, PyObject *unused)
{
    return PyBool_FromLong(_PyBytes_All(BYTES_OF(self), PY_CTF_ALPHA));
}

PyDoc_STRVAR(isalnum_doc, "S.isalnum() -> bool\n\nWhether all are letters or digits.");
static PyObject *string_isalnum(PyObject *self, PyObject *unused)
{
    return PyBool_FromLong(_PyBytes_All(BYTES_OF(self), PY_CTF_ALNUM));
}

PyDoc_STRVAR(isdigit_doc, "S.isdigit() -> bool\n\nWhether all are digits.");
static PyObject *string_isdigit(PyObject *self, PyObject *unused)
{
    return PyBool_FromLong(_PyBytes_All(BYTES_OF(self), PY_CTF_DIGIT));
}

PyDoc_STRVAR(islower_doc, "S.islower() -> bool\n\nWhether all cased characters are lowercase.");
static PyObject *string_islower(PyObject *self, PyObject *unused)
{
    return PyBool_FromLong(_PyBytes_IsCase(BYTES_OF(self), PY_CTF_LOWER));
}

PyDoc_STRVAR(isupper_doc, "S.isupper() -> bool\n\nWhether all cased characters are uppercase.");
static PyObject *string_isupper(PyObject *self, PyObject *unused)
{
    return PyBool_FromLong(_PyBytes_IsCase(BYTES_OF(self), PY_CTF_UPPER));
}

PyDoc_STRVAR(istitle_doc,
             "S.istitle() -> bool\n\nWhether words start with uppercase and go on in lowercase.");
static PyObject *string_istitle(PyObject *self, PyObject *unused)
{
    return PyBool_FromLong(_PyBytes_IsTitle(BYTES_OF(self)));
}

PyDoc_STRVAR(translate_doc,
             "S.translate(table [,deletechars]) -> string\n\n"
             "Without deletechars, the rest mapped by a table of 256 characters, or None.");
static PyObject *string_translate(PyObject *self, PyObject *args)
{
    PyObject *table, *del = NULL;
    const char *t = NULL, *d = NULL;
    Py_ssize_t n = 256, m = 0;
    int kind = 1;

    if (!PyArg_UnpackTuple(args, "translate", 1, 2, &table, &del)) {
        return NULL;
    }
    if (table != Py_None) {
        kind = bytes_argument(table, &t, &n);
    }
    if (kind == 0) {
        if (del != NULL) {
            PyErr_SetString(PyExc_TypeError, "deletions are implemented differently for unicode");
            return NULL;
        }
        return PyUnicode_Translate(self, table, NULL);
    }
    if (kind == 1 && n != 256) {
        PyErr_SetString(PyExc_ValueError, "translation table must be 256 characters long");
        return NULL;
    }
    if (kind == 1 && del != NULL) {
        kind = bytes_argument(del, &d, &m);
        if (kind == 0) {
            PyErr_SetString(PyExc_TypeError, "deletions are implemented differently for unicode");
            return NULL;
        }
    }
    if (kind < 0) {
        return NULL;
    }
    PyObject *v = _PyBytes_Translate(BYTES_OF(self), t, d, m, PyString_FromStringAndSize);
    if (v != NULL && PyString_CheckExact(self) && PyString_GET_SIZE(v) == PyString_GET_SIZE(self) &&
        _PyString_Eq(v, self)) {
        Py_INCREF(self);
        Py_SETREF(v, self);
    }
    return v;
}

/* -- Codecs and formatting ----------------------------------------------------------------------
 */
PyDoc_STRVAR(encode_doc, "S.encode([encoding[,errors]]) -> object\n\n"
                         "Encoded with the codec; by default the default encoding and 'strict'.");
static PyObject *string_encode(PyObject *self, PyObject *args, PyObject *kwargs)
{
    static char *kwlist[] = {"encoding", "errors", NULL};
    char *encoding = NULL, *errors = NULL;
    PyObject *v;

    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|ss:encode", kwlist, &encoding, &errors)) {
        return NULL;
    }
    v = PyString_AsEncodedObject(self, encoding, errors);
    if (v != NULL && !PyString_Check(v) && !PyUnicode_Check(v)) {
        PyErr_Format(PyExc_TypeError,
                     "encoder did not return a string/unicode object (type=%.400s)",
                     Py_TYPE(v)->tp_name);
        Py_CLEAR(v);
    }
    return v;
}

PyDoc_STRVAR(decode_doc, "S.decode([encoding[,errors]]) -> object\n\n"
                         "Decoded with the codec; by default the default encoding and 'strict'.");
static PyObject *string_decode(PyObject *self, PyObject *args, PyObject *kwargs)
{
    static char *kwlist[] = {"encoding", "errors", NULL};
    char *encoding = NULL, *errors = NULL;
    PyObject *v;

    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|ss:decode", kwlist, &encoding, &errors)) {
        return NULL;
    }
    v = PyString_AsDecodedObject(self, encoding, errors);
    if (v != NULL && !PyString_Check(v) && !PyUnicode_Check(v)) {
        PyErr_Format(PyExc_TypeError,
                     "decoder did not return a string/unicode object (type=%.400s)",
                     Py_TYPE(v)->tp_name);
        Py_CLEAR(v);
    }
    return v;
}

PyObject *PyString_AsDecodedObject(PyObject *str, const char *encoding, const char *errors)
{
    if (!PyString_Check(str)) {
        PyErr_BadArgument();
        return NULL;
    }
    return _PyCodec_DecodeText(str, encoding == NULL ? PyUnicode_GetDefaultEncoding() : encoding,
                               errors);
}

PyObject *PyString_AsEncodedObject(PyObject *str, const char *encoding, const char *errors)
{
    if (!PyString_Check(str)) {
        PyErr_BadArgument();
        return NULL;
    }
    return _PyCodec_EncodeText(str, encoding == NULL ? PyUnicode_GetDefaultEncoding() : encoding,
                               errors);
}

PyObject *PyString_Decode(const char *s, Py_ssize_t n, const char *encoding, const char *errors)
{
    PyObject *str = PyString_FromStringAndSize(s, n), *v;
    if (str == NULL) {
        return NULL;
    }
    v = PyString_AsDecodedObject(str, encoding, errors);
    Py_DECREF(str);
    return v;
}

PyObject *PyString_Encode(const char *s, Py_ssize_t n, const char *encoding, const char *errors)
{
    PyObject *str = PyString_FromStringAndSize(s, n), *v;
    if (str == NULL) {
        return NULL;
    }
    v = PyString_AsEncodedObject(str, encoding, errors);
    Py_DECREF(str);
    return v;
}

PyDoc_STRVAR(format_doc,
             "S.format(*args, **kwargs) -> string\n\nWith the fields in braces replaced.");

PyDoc_STRVAR(format__doc, "S.__format__(format_spec) -> string\n\nS as the format specifier asks.");
static PyObject *string__format__(PyObject *self, PyObject *args)
{
    PyObject *spec, *owned = NULL, *result = NULL;

    if (!PyArg_ParseTuple(args, "O:__format__", &spec)) {
        return NULL;
    }
    if (PyString_Check(spec)) {
        result = _PyBytes_FormatAdvanced(self, PyString_AS_STRING(spec), PyString_GET_SIZE(spec));
    } else if (PyUnicode_Check(spec)) {
        owned = PyObject_Str(spec);
        if (owned != NULL) {
            result =
                _PyBytes_FormatAdvanced(self, PyString_AS_STRING(owned), PyString_GET_SIZE(owned));
        }
    } else {
        PyErr_Format(PyExc_TypeError, "__format__ arg must be str or unicode, not %s",
                     Py_TYPE(spec)->tp_name);
    }
    Py_XDECREF(owned);
    return result;
}

static PyObject *string_formatter_parser(PyObject *self, PyObject *unused)
{
    return _PyObject_FormatterParser(self);
}

static PyObject *string_formatter_split(PyObject *self, PyObject *unused)
{
    return _PyObject_FormatterFieldNameSplit(self);
}

static PyObject *string_sizeof(PyObject *self, PyObject *unused)
{
    return PyInt_FromSsize_t(37 + PyString_GET_SIZE(self));
}

static PyObject *string_getnewargs(PyObject *self, PyObject *unused)
{
    return Py_BuildValue("(s#)", PyString_AS_STRING(self), PyString_GET_SIZE(self));
}

PyMethodDef _PyString_Methods[] = {
    {"join", string_join_go_on, METH_O | METH_RESUMABLE, join_doc},
    {"split", string_split, METH_VARARGS, split_doc},
    {"rsplit", string_rsplit, METH_VARARGS, rsplit_doc},
    {"lower", string_lower, METH_NOARGS, lower_doc},
    {"upper", string_upper, METH_NOARGS, upper_doc},
    {"islower", string_islower, METH_NOARGS, islower_doc},
    {"isupper", string_isupper, METH_NOARGS, isupper_doc},
    {"isspace", string_isspace, METH_NOARGS, isspace_doc},
    {"isdigit", string_isdigit, METH_NOARGS, isdigit_doc},
    {"istitle", string_istitle, METH_NOARGS, istitle_doc},
    {"isalpha", string_isalpha, METH_NOARGS, isalpha_doc},
    {"isalnum", string_isalnum, METH_NOARGS, isalnum_doc},
    {"capitalize", string_capitalize, METH_NOARGS, capitalize_doc},
    {"count", string_count, METH_VARARGS, count_doc},
    {"endswith", string_endswith, METH_VARARGS, endswith_doc},
    {"partition", string_partition, METH_O, partition_doc},
    {"find", string_find, METH_VARARGS, find_doc},
    {"index", string_index, METH_VARARGS, index_doc},
    {"lstrip", string_lstrip, METH_VARARGS, lstrip_doc},
    {"replace", string_replace, METH_VARARGS, replace_doc},
    {"rfind", string_rfind, METH_VARARGS, rfind_doc},
    {"rindex", string_rindex, METH_VARARGS, rindex_doc},
    {"rstrip", string_rstrip, METH_VARARGS, rstrip_doc},
    {"rpartition", string_rpartition, METH_O, rpartition_doc},
    {"startswith", string_startswith, METH_VARARGS, startswith_doc},
    {"strip", string_strip, METH_VARARGS, strip_doc},
    {"swapcase", string_swapcase, METH_NOARGS, swapcase_doc},
    {"translate", string_translate, METH_VARARGS, translate_doc},
    {"title", string_title, METH_NOARGS, title_doc},
    {"ljust", string_ljust, METH_VARARGS, ljust_doc},
    {"rjust", string_rjust, METH_VARARGS, rjust_doc},
    {"center", string_center, METH_VARARGS, center_doc},
    {"zfill", string_zfill, METH_VARARGS, zfill_doc},
    {"format", PyCFunction_CAST(_PyString_DoFormat), METH_VARARGS | METH_KEYWORDS, format_doc},
    {"__format__", string__format__, METH_VARARGS, format__doc},
    {"_formatter_field_name_split", string_formatter_split, METH_NOARGS, NULL},
    {"_formatter_parser", string_formatter_parser, METH_NOARGS, NULL},
    {"encode", PyCFunction_CAST(string_encode), METH_VARARGS | METH_KEYWORDS, encode_doc},
    {"decode", PyCFunction_CAST(string_decode), METH_VARARGS | METH_KEYWORDS, decode_doc},
    {"expandtabs", string_expandtabs, METH_VARARGS, expandtabs_doc},
    {"splitlines", string_splitlines, METH_VARARGS, splitlines_doc},
    {"__sizeof__", string_sizeof, METH_NOARGS, "S.__sizeof__() -> size of S in memory, in bytes"},
    {"__getnewargs__", string_getnewargs, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};
