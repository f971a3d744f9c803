/* SPDX-License-Identifier: MIT */
/* bytearray: making, resizing, the protocols. Invariants: ob_bytes has ob_alloc bytes and a NUL
 * after the last; ob_alloc is 0 and ob_bytes NULL only when nothing was ever stored; while
 * ob_exports is not 0 the bytes neither move nor change in number. The methods are in
 * bytearray_methods.c. */
#include "bytearray_private.h"
#include "bytes_methods.h"
#include "base/search.h"

char _PyByteArray_empty_string[] = "";

/* -- Helpers ------------------------------------------------------------------------------------
 */
int _PyByteArray_ByteValue(PyObject *arg, int *value)
{
    py_long x;

    if (PyString_CheckExact(arg) || PyString_Check(arg)) {
        if (PyString_GET_SIZE(arg) != 1) {
            PyErr_SetString(PyExc_ValueError, "string must be of size 1");
            return 0;
        }
        *value = Py_CHARMASK(PyString_AS_STRING(arg)[0]);
        return 1;
    }
    if (PyInt_Check(arg) || PyLong_Check(arg)) {
        x = PyLong_AsLong(arg);
    } else {
        PyObject *index = PyNumber_Index(arg);
        if (index == NULL) {
            if (!PyErr_ExceptionMatches(PyExc_TypeError)) {
                return 0;
            }
            PyErr_SetString(PyExc_TypeError, "an integer or string of size 1 is required");
            return 0;
        }
        x = PyLong_AsLong(index);
        Py_DECREF(index);
    }
    if (x < 0 || x >= 256) {
        PyErr_SetString(PyExc_ValueError, "byte must be in range(0, 256)");
        return 0;
    }
    *value = (int)x;
    return 1;
}

int _PyByteArray_GetBuffer(PyObject *obj, Py_buffer *view)
{
    PyBufferProcs *procs = Py_TYPE(obj)->tp_as_buffer;
    if (procs == NULL || procs->bf_getbuffer == NULL) {
        PyErr_Format(PyExc_TypeError, "Type %.100s doesn't support the buffer API",
                     Py_TYPE(obj)->tp_name);
        return -1;
    }
    return procs->bf_getbuffer(obj, view, PyBUF_SIMPLE);
}

static int can_resize(PyByteArrayObject *self)
{
    if (self->ob_exports > 0) {
        PyErr_SetString(PyExc_BufferError, "Existing exports of data: object cannot be re-sized");
        return 0;
    }
    return 1;
}

/* -- The C interface ----------------------------------------------------------------------------
 */
PyObject *PyByteArray_FromObject(PyObject *input)
{
    return PyObject_CallFunctionObjArgs((PyObject *)&PyByteArray_Type, input, NULL);
}

PyObject *PyByteArray_FromStringAndSize(const char *bytes, Py_ssize_t size)
{
    PyByteArrayObject *v;
    char *p = NULL;

    if (size < 0) {
        PyErr_SetString(PyExc_SystemError, "Negative size passed to PyByteArray_FromStringAndSize");
        return NULL;
    }
    if (size > 0) {
        p = size < PY_SSIZE_T_MAX ? PyMem_Malloc(size + 1) : NULL;
        if (p == NULL) {
            return PyErr_NoMemory();
        }
        if (bytes != NULL) {
            memcpy(p, bytes, (size_t)size);
        }
        p[size] = '\0';
    }
    v = PyObject_New(PyByteArrayObject, &PyByteArray_Type);
    if (v == NULL) {
        PyMem_Free(p);
        return NULL;
    }
    Py_SIZE(v) = size;
    v->ob_bytes = p;
    v->ob_alloc = size > 0 ? size + 1 : 0;
    v->ob_exports = 0;
    return (PyObject *)v;
}

Py_ssize_t PyByteArray_Size(PyObject *self)
{
    return PyByteArray_GET_SIZE(self);
}
char *PyByteArray_AsString(PyObject *self)
{
    return PyByteArray_AS_STRING(self);
}

int PyByteArray_Resize(PyObject *op, Py_ssize_t size)
{
    PyByteArrayObject *self = (PyByteArrayObject *)op;
    Py_ssize_t alloc = self->ob_alloc;
    char *p;

    if (size == Py_SIZE(self)) {
        return 0;
    }
    if (!can_resize(self)) {
        return -1;
    }
    if (size == PY_SSIZE_T_MAX) {
        PyErr_NoMemory();
        return -1;
    }
    if (size + 1 <= alloc && size >= alloc / 2) {
        Py_SIZE(self) = size;
        self->ob_bytes[size] = '\0';
        return 0;
    }
    if (size < alloc / 2 || size > alloc + alloc / 8) {
        alloc = size + 1;
    } else { /* a little more: it will grow again */
        alloc = size + (size >> 3) + (size < 9 ? 3 : 6);
    }
    p = PyMem_Realloc(self->ob_bytes, alloc);
    if (p == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    self->ob_bytes = p;
    self->ob_alloc = alloc;
    Py_SIZE(self) = size;
    p[size] = '\0';
    return 0;
}

PyObject *PyByteArray_Concat(PyObject *a, PyObject *b)
{
    Py_buffer va = {.len = -1}, vb = {.len = -1};
    PyObject *result = NULL;

    if (_PyByteArray_GetBuffer(a, &va) < 0 || _PyByteArray_GetBuffer(b, &vb) < 0) {
        PyErr_Format(PyExc_TypeError, "can't concat %.100s to %.100s", Py_TYPE(a)->tp_name,
                     Py_TYPE(b)->tp_name);
        goto done;
    }
    if (va.len > PY_SSIZE_T_MAX - vb.len) {
        PyErr_NoMemory();
        goto done;
    }
    result = PyByteArray_FromStringAndSize(NULL, va.len + vb.len);
    if (result != NULL && va.len + vb.len > 0) {
        memcpy(PyByteArray_AS_STRING(result), va.buf, (size_t)va.len);
        memcpy(PyByteArray_AS_STRING(result) + va.len, vb.buf, (size_t)vb.len);
    }
done:
    if (va.len != -1) {
        PyBuffer_Release(&va);
    }
    if (vb.len != -1) {
        PyBuffer_Release(&vb);
    }
    return result;
}

/* -- Buffers ------------------------------------------------------------------------------------
 */
static int bytearray_getbuffer(PyObject *op, Py_buffer *view, int flags)
{
    PyByteArrayObject *self = (PyByteArrayObject *)op;
    if (view == NULL) {
        self->ob_exports++;
        return 0;
    }
    if (PyBuffer_FillInfo(view, op, PyByteArray_AS_STRING(op), Py_SIZE(op), 0, flags) < 0) {
        return -1;
    }
    self->ob_exports++;
    return 0;
}

static void bytearray_releasebuffer(PyObject *op, Py_buffer *view)
{
    ((PyByteArrayObject *)op)->ob_exports--;
}

static Py_ssize_t bytearray_getdata(PyObject *op, Py_ssize_t index, void **ptr)
{
    if (index != 0) {
        PyErr_SetString(PyExc_SystemError, "accessing non-existent bytes segment");
        return -1;
    }
    *ptr = PyByteArray_AS_STRING(op);
    return Py_SIZE(op);
}

static Py_ssize_t bytearray_getchars(PyObject *op, Py_ssize_t index, char **ptr)
{
    if (index != 0) {
        PyErr_SetString(PyExc_SystemError, "accessing non-existent bytes segment");
        return -1;
    }
    *ptr = PyByteArray_AS_STRING(op);
    return Py_SIZE(op);
}

static Py_ssize_t bytearray_segments(PyObject *op, Py_ssize_t *len)
{
    if (len != NULL) {
        *len = Py_SIZE(op);
    }
    return 1;
}

/* -- Sequence protocol --------------------------------------------------------------------------
 */
static Py_ssize_t bytearray_length(PyObject *self)
{
    return Py_SIZE(self);
}

static PyObject *bytearray_iconcat(PyObject *self, PyObject *other)
{
    Py_ssize_t n = Py_SIZE(self);
    Py_buffer v;

    if (_PyByteArray_GetBuffer(other, &v) < 0) {
        PyErr_Format(PyExc_TypeError, "can't concat %.100s to %.100s", Py_TYPE(other)->tp_name,
                     Py_TYPE(self)->tp_name);
        return NULL;
    }
    if (other == self) { /* its own buffer must not hold it fast */
        Py_ssize_t m = v.len;
        PyBuffer_Release(&v);
        if (m > PY_SSIZE_T_MAX - n) {
            return PyErr_NoMemory();
        }
        if (PyByteArray_Resize(self, n + m) < 0) {
            return NULL;
        }
        memcpy(PyByteArray_AS_STRING(self) + n, PyByteArray_AS_STRING(self), (size_t)m);
    } else {
        if (v.len > PY_SSIZE_T_MAX - n) {
            PyBuffer_Release(&v);
            return PyErr_NoMemory();
        }
        if (PyByteArray_Resize(self, n + v.len) < 0) {
            PyBuffer_Release(&v);
            return NULL;
        }
        memcpy(PyByteArray_AS_STRING(self) + n, v.buf, (size_t)v.len);
        PyBuffer_Release(&v);
    }
    Py_INCREF(self);
    return self;
}

static void repeat_into(char *out, Py_ssize_t n, Py_ssize_t total)
{
    for (Py_ssize_t done = n; done < total;) {
        Py_ssize_t more = Py_MIN(done, total - done);
        memcpy(out + done, out, (size_t)more);
        done += more;
    }
}

static PyObject *bytearray_repeat(PyObject *self, Py_ssize_t count)
{
    Py_ssize_t n = Py_SIZE(self);
    PyObject *v;

    if (count < 0) {
        count = 0;
    }
    if (n > 0 && count > PY_SSIZE_T_MAX / n) {
        return PyErr_NoMemory();
    }
    v = PyByteArray_FromStringAndSize(NULL, n * count);
    if (v != NULL && n * count > 0) {
        memcpy(PyByteArray_AS_STRING(v), PyByteArray_AS_STRING(self), (size_t)n);
        repeat_into(PyByteArray_AS_STRING(v), n, n * count);
    }
    return v;
}

static PyObject *bytearray_irepeat(PyObject *self, Py_ssize_t count)
{
    Py_ssize_t n = Py_SIZE(self);

    if (count < 0) {
        count = 0;
    }
    if (n > 0 && count > PY_SSIZE_T_MAX / n) {
        return PyErr_NoMemory();
    }
    if (PyByteArray_Resize(self, n * count) < 0) {
        return NULL;
    }
    if (n * count > 0) {
        repeat_into(PyByteArray_AS_STRING(self), n, n * count);
    }
    Py_INCREF(self);
    return self;
}

static PyObject *bytearray_item(PyObject *self, Py_ssize_t i)
{
    if (i < 0 || i >= Py_SIZE(self)) {
        PyErr_SetString(PyExc_IndexError, "bytearray index out of range");
        return NULL;
    }
    return PyInt_FromLong(Py_CHARMASK(PyByteArray_AS_STRING(self)[i]));
}

static PyObject *bytearray_subscript(PyObject *self, PyObject *index)
{
    if (PyIndex_Check(index)) {
        Py_ssize_t i = PyNumber_AsSsize_t(index, PyExc_IndexError);
        if (i == -1 && PyErr_Occurred()) {
            return NULL;
        }
        return bytearray_item(self, i < 0 ? i + Py_SIZE(self) : i);
    }
    if (PySlice_Check(index)) {
        Py_ssize_t start, stop, step, n;
        PyObject *v;
        if (_PySlice_Unpack(index, &start, &stop, &step) < 0) {
            return NULL;
        }
        n = _PySlice_AdjustIndices(Py_SIZE(self), &start, &stop, step);
        if (n <= 0) {
            return PyByteArray_FromStringAndSize("", 0);
        }
        if (step == 1) {
            return PyByteArray_FromStringAndSize(PyByteArray_AS_STRING(self) + start, n);
        }
        v = PyByteArray_FromStringAndSize(NULL, n);
        for (Py_ssize_t k = 0; v != NULL && k < n; k++, start += step) {
            PyByteArray_AS_STRING(v)[k] = PyByteArray_AS_STRING(self)[start];
        }
        return v;
    }
    PyErr_SetString(PyExc_TypeError, "bytearray indices must be integers");
    return NULL;
}

/* Puts n bytes where [lo, hi) was. */
static int replace_range(PyObject *self, Py_ssize_t lo, Py_ssize_t hi, const char *bytes,
                         Py_ssize_t n)
{
    Py_ssize_t size = Py_SIZE(self), growth = n - (hi - lo);

    if (growth < 0) {
        if (!can_resize((PyByteArrayObject *)self)) {
            return -1;
        }
        memmove(PyByteArray_AS_STRING(self) + lo + n, PyByteArray_AS_STRING(self) + hi,
                (size_t)(size - hi));
        if (PyByteArray_Resize(self, size + growth) < 0) {
            return -1;
        }
    } else if (growth > 0) {
        if (size > PY_SSIZE_T_MAX - growth) {
            PyErr_NoMemory();
            return -1;
        }
        if (PyByteArray_Resize(self, size + growth) < 0) {
            return -1;
        }
        memmove(PyByteArray_AS_STRING(self) + lo + n, PyByteArray_AS_STRING(self) + hi,
                (size_t)(size - hi));
    }
    if (n > 0) {
        memcpy(PyByteArray_AS_STRING(self) + lo, bytes, (size_t)n);
    }
    return 0;
}

int _PyByteArray_SetSlice(PyObject *self, Py_ssize_t lo, Py_ssize_t hi, PyObject *values)
{
    Py_buffer v = {.len = -1};
    int r;

    if (values == self) {
        PyObject *copy = PyByteArray_FromStringAndSize(PyByteArray_AS_STRING(self), Py_SIZE(self));
        if (copy == NULL) {
            return -1;
        }
        r = _PyByteArray_SetSlice(self, lo, hi, copy);
        Py_DECREF(copy);
        return r;
    }
    if (values != NULL && _PyByteArray_GetBuffer(values, &v) < 0) {
        PyErr_Format(PyExc_TypeError, "can't set bytearray slice from %.100s",
                     Py_TYPE(values)->tp_name);
        return -1;
    }
    lo = lo < 0 ? 0 : lo;
    hi = hi > Py_SIZE(self) ? Py_SIZE(self) : hi;
    lo = lo > Py_SIZE(self) ? Py_SIZE(self) : lo;
    hi = hi < lo ? lo : hi;
    r = replace_range(self, lo, hi, v.len > 0 ? v.buf : "", v.len > 0 ? v.len : 0);
    if (v.len != -1) {
        PyBuffer_Release(&v);
    }
    return r;
}

static int bytearray_setitem(PyObject *self, Py_ssize_t i, PyObject *value)
{
    int byte;

    if (i < 0) {
        i += Py_SIZE(self);
    }
    if (i < 0 || i >= Py_SIZE(self)) {
        PyErr_SetString(PyExc_IndexError, "bytearray index out of range");
        return -1;
    }
    if (value == NULL) {
        return _PyByteArray_SetSlice(self, i, i + 1, NULL);
    }
    if (!_PyByteArray_ByteValue(value, &byte)) {
        return -1;
    }
    if (i >= Py_SIZE(self)) { /* the value's __index__ shortened it */
        PyErr_SetString(PyExc_IndexError, "bytearray index out of range");
        return -1;
    }
    PyByteArray_AS_STRING(self)[i] = (char)byte;
    return 0;
}

static int delete_steps(PyObject *self, Py_ssize_t start, Py_ssize_t step, Py_ssize_t n)
{
    char *p = PyByteArray_AS_STRING(self);
    Py_ssize_t size = Py_SIZE(self), out, k = 0;

    if (n == 0) {
        return 0;
    }
    if (!can_resize((PyByteArrayObject *)self)) {
        return -1;
    }
    if (step < 0) {
        start += step * (n - 1);
        step = -step;
    }
    out = start;
    for (Py_ssize_t i = start; i < size; i++) {
        if (k < n && i == start + k * step) {
            k++;
        } else {
            p[out++] = p[i];
        }
    }
    return PyByteArray_Resize(self, out);
}

static int bytearray_ass_subscript(PyObject *self, PyObject *index, PyObject *values)
{
    Py_ssize_t start, stop, step, n, need;

    if (PyIndex_Check(index)) {
        Py_ssize_t i = PyNumber_AsSsize_t(index, PyExc_IndexError);
        if (i == -1 && PyErr_Occurred()) {
            return -1;
        }
        return bytearray_setitem(self, i, values);
    }
    if (!PySlice_Check(index)) {
        PyErr_SetString(PyExc_TypeError, "bytearray indices must be integer");
        return -1;
    }
    if (values != NULL && (values == self || !PyByteArray_Check(values))) {
        PyObject *copy;
        int r;
        if (PyNumber_Check(values) || PyUnicode_Check(values)) {
            PyErr_SetString(PyExc_TypeError, "can assign only bytes, buffers, or iterables of "
                                             "ints in range(0, 256)");
            return -1;
        }
        copy = PyByteArray_FromObject(values);
        if (copy == NULL) {
            return -1;
        }
        r = bytearray_ass_subscript(self, index, copy);
        Py_DECREF(copy);
        return r;
    }
    if (_PySlice_Unpack(index, &start, &stop, &step) < 0) {
        return -1;
    }
    n = _PySlice_AdjustIndices(Py_SIZE(self), &start, &stop, step);
    need = values == NULL ? 0 : Py_SIZE(values);
    if ((step < 0 && start < stop) || (step > 0 && start > stop)) {
        stop = start;
    }
    if (step == 1) {
        return replace_range(self, start, stop, values == NULL ? "" : PyByteArray_AS_STRING(values),
                             need);
    }
    if (need == 0) {
        return delete_steps(self, start, step, n);
    }
    if (need != n) {
        PyErr_Format(PyExc_ValueError,
                     "attempt to assign bytes of size %zd to extended slice of size %zd", need, n);
        return -1;
    }
    for (Py_ssize_t k = 0; k < n; k++, start += step) {
        PyByteArray_AS_STRING(self)[start] = PyByteArray_AS_STRING(values)[k];
    }
    return 0;
}

static int bytearray_contains(PyObject *self, PyObject *arg)
{
    Py_ssize_t i = PyNumber_AsSsize_t(arg, PyExc_ValueError);
    if (i == -1 && PyErr_Occurred()) {
        Py_buffer v;
        Py_ssize_t hit;
        PyErr_Clear();
        if (_PyByteArray_GetBuffer(arg, &v) < 0) {
            return -1;
        }
        hit = _Py_FindBytes(PyByteArray_AS_STRING(self), Py_SIZE(self), v.buf, v.len, 0);
        PyBuffer_Release(&v);
        return hit >= 0;
    }
    if (i < 0 || i >= 256) {
        PyErr_SetString(PyExc_ValueError, "byte must be in range(0, 256)");
        return -1;
    }
    return Py_SIZE(self) > 0 &&
           memchr(PyByteArray_AS_STRING(self), (int)i, (size_t)Py_SIZE(self)) != NULL;
}

/* -- Life ---------------------------------------------------------------------------------------
 */
static int bytearray_init(PyObject *self, PyObject *args, PyObject *kwds)
{
    static char *kwlist[] = {"source", "encoding", "errors", NULL};
    PyObject *arg = NULL, *it, *item;
    const char *encoding = NULL, *errors = NULL;
    Py_ssize_t count;

    if (Py_SIZE(self) != 0 && PyByteArray_Resize(self, 0) < 0) {
        return -1;
    }
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|Oss:bytearray", kwlist, &arg, &encoding,
                                     &errors)) {
        return -1;
    }
    if (arg == NULL) {
        if (encoding != NULL || errors != NULL) {
            PyErr_SetString(PyExc_TypeError, "encoding or errors without sequence argument");
            return -1;
        }
        return 0;
    }
    if (PyString_Check(arg) || PyUnicode_Check(arg)) {
        PyObject *bytes = arg, *r;
        if (PyUnicode_Check(arg) && encoding == NULL) {
            PyErr_SetString(PyExc_TypeError, "unicode argument without an encoding");
            return -1;
        }
        if (encoding != NULL) {
            bytes = _PyCodec_EncodeText(arg, encoding, errors);
            if (bytes == NULL) {
                return -1;
            }
        } else {
            Py_INCREF(bytes);
        }
        r = bytearray_iconcat(self, bytes);
        Py_DECREF(bytes);
        Py_XDECREF(r);
        return r == NULL ? -1 : 0;
    }
    if (encoding != NULL || errors != NULL) {
        PyErr_SetString(PyExc_TypeError, "encoding or errors without a string argument");
        return -1;
    }
    count = PyNumber_AsSsize_t(arg, PyExc_OverflowError);
    if (count == -1 && PyErr_Occurred()) {
        if (!PyErr_ExceptionMatches(PyExc_TypeError)) {
            return -1;
        }
        PyErr_Clear();
    } else if (count < 0) {
        PyErr_SetString(PyExc_ValueError, "negative count");
        return -1;
    } else {
        if (count > 0) {
            if (PyByteArray_Resize(self, count) < 0) {
                return -1;
            }
            memset(PyByteArray_AS_STRING(self), 0, (size_t)count);
        }
        return 0;
    }
    if (PyObject_CheckBuffer(arg)) {
        Py_buffer view;
        int r;
        if (PyObject_GetBuffer(arg, &view, PyBUF_FULL_RO) < 0) {
            return -1;
        }
        r = PyByteArray_Resize(self, view.len);
        if (r == 0) {
            r = PyBuffer_ToContiguous(PyByteArray_AS_STRING(self), &view, view.len, 'C');
        }
        PyBuffer_Release(&view);
        return r < 0 ? -1 : 0;
    }
    it = PyObject_GetIter(arg);
    if (it == NULL) {
        return -1;
    }
    while ((item = PyIter_Next(it)) != NULL) {
        int value, ok = _PyByteArray_ByteValue(item, &value);
        Py_DECREF(item);
        if (!ok || Py_SIZE(self) == PY_SSIZE_T_MAX - 1 ||
            PyByteArray_Resize(self, Py_SIZE(self) + 1) < 0) {
            Py_DECREF(it);
            return -1;
        }
        PyByteArray_AS_STRING(self)[Py_SIZE(self) - 1] = (char)value;
    }
    Py_DECREF(it);
    return PyErr_Occurred() ? -1 : 0;
}

static void bytearray_dealloc(PyObject *op)
{
    PyByteArrayObject *self = (PyByteArrayObject *)op;
    if (self->ob_exports > 0) {
        PyErr_SetString(PyExc_SystemError, "deallocated bytearray object has exported buffers");
        PyErr_WriteUnraisable(NULL);
    }
    PyMem_Free(self->ob_bytes);
    Py_TYPE(op)->tp_free(op);
}

static PyObject *bytearray_repr(PyObject *self)
{
    PyObject *s = PyString_FromStringAndSize(PyByteArray_AS_STRING(self), Py_SIZE(self));
    PyObject *quoted = s == NULL ? NULL : PyString_Repr(s, 1), *v = NULL;
    if (quoted != NULL) {
        v = PyString_FromString("bytearray(b");
        PyString_Concat(&v, quoted);
        PyString_ConcatAndDel(&v, PyString_FromString(")"));
    }
    Py_XDECREF(s);
    Py_XDECREF(quoted);
    return v;
}

static PyObject *bytearray_str(PyObject *self)
{
    return PyString_FromStringAndSize(PyByteArray_AS_STRING(self), Py_SIZE(self));
}

static PyObject *bytearray_richcompare(PyObject *self, PyObject *other, int op)
{
    Py_buffer a, b;
    int c;

    if (PyObject_IsInstance(self, (PyObject *)&PyUnicode_Type) != 0 ||
        PyObject_IsInstance(other, (PyObject *)&PyUnicode_Type) != 0) {
        if (PyErr_Occurred())
            return NULL;
        if (Py_BytesWarningFlag && op == Py_EQ &&
            PyErr_WarnEx(PyExc_BytesWarning, "Comparison between bytearray and unicode", 1) < 0) {
            return NULL;
        }
        Py_RETURN_NOTIMPLEMENTED;
    }
    if (_PyByteArray_GetBuffer(self, &a) < 0) {
        PyErr_Clear();
        Py_RETURN_NOTIMPLEMENTED;
    }
    if (_PyByteArray_GetBuffer(other, &b) < 0) {
        PyErr_Clear();
        PyBuffer_Release(&a);
        Py_RETURN_NOTIMPLEMENTED;
    }
    c = memcmp(a.buf, b.buf, (size_t)Py_MIN(a.len, b.len));
    if (c == 0) {
        c = a.len < b.len ? -1 : a.len > b.len;
    }
    PyBuffer_Release(&a);
    PyBuffer_Release(&b);
    return PyBool_FromLong(Py_CmpToRich(op, c));
}

/* -- The iterator -------------------------------------------------------------------------------
 */
typedef struct {
    PyObject_HEAD Py_ssize_t index;
    PyObject *seq; /* NULL when exhausted */
} bytesiter;

static PyObject *bytearray_iter(PyObject *seq)
{
    bytesiter *it = PyObject_GC_New(bytesiter, &PyByteArrayIter_Type);
    if (it == NULL) {
        return NULL;
    }
    it->index = 0;
    Py_INCREF(seq);
    it->seq = seq;
    PyObject_GC_Track(it);
    return (PyObject *)it;
}

static void bytesiter_dealloc(PyObject *op)
{
    PyObject_GC_UnTrack(op);
    Py_XDECREF(((bytesiter *)op)->seq);
    PyObject_GC_Del(op);
}

static int bytesiter_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(((bytesiter *)op)->seq);
    return 0;
}

static PyObject *bytesiter_next(PyObject *op)
{
    bytesiter *it = (bytesiter *)op;
    if (it->seq == NULL) {
        return NULL;
    }
    if (it->index < Py_SIZE(it->seq)) {
        return PyInt_FromLong(Py_CHARMASK(PyByteArray_AS_STRING(it->seq)[it->index++]));
    }
    Py_CLEAR(it->seq);
    return NULL;
}

PyDoc_STRVAR(length_hint_doc, "How many are left.");
static PyObject *bytesiter_length_hint(PyObject *op, PyObject *unused)
{
    bytesiter *it = (bytesiter *)op;
    Py_ssize_t left = it->seq == NULL ? 0 : Py_SIZE(it->seq) - it->index;
    return PyInt_FromSsize_t(left < 0 ? 0 : left);
}

static PyMethodDef bytesiter_methods[] = {
    {"__length_hint__", bytesiter_length_hint, METH_NOARGS, length_hint_doc},
    {NULL, NULL, 0, NULL},
};

PyTypeObject PyByteArrayIter_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "bytearray_iterator",
    .tp_basicsize = sizeof(bytesiter),
    .tp_x64_basicsize = 32,
    .tp_dealloc = bytesiter_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = bytesiter_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = bytesiter_next,
    .tp_methods = bytesiter_methods,
};

static PySequenceMethods bytearray_as_sequence = {
    .sq_length = bytearray_length,
    .sq_concat = PyByteArray_Concat,
    .sq_repeat = bytearray_repeat,
    .sq_item = bytearray_item,
    .sq_ass_item = bytearray_setitem,
    .sq_contains = bytearray_contains,
    .sq_inplace_concat = bytearray_iconcat,
    .sq_inplace_repeat = bytearray_irepeat,
};

static PyMappingMethods bytearray_as_mapping = {
    .mp_length = bytearray_length,
    .mp_subscript = bytearray_subscript,
    .mp_ass_subscript = bytearray_ass_subscript,
};

static PyBufferProcs bytearray_as_buffer = {
    .bf_getreadbuffer = bytearray_getdata,
    .bf_getwritebuffer = bytearray_getdata,
    .bf_getsegcount = bytearray_segments,
    .bf_getcharbuffer = bytearray_getchars,
    .bf_getbuffer = bytearray_getbuffer,
    .bf_releasebuffer = bytearray_releasebuffer,
};

PyTypeObject PyByteArray_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "bytearray",
    .tp_basicsize = sizeof(PyByteArrayObject),
    .tp_x64_basicsize = 48,
    .tp_dealloc = bytearray_dealloc,
    .tp_repr = bytearray_repr,
    .tp_as_sequence = &bytearray_as_sequence,
    .tp_as_mapping = &bytearray_as_mapping,
    .tp_str = bytearray_str,
    .tp_hash = PyObject_HashNotImplemented,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_as_buffer = &bytearray_as_buffer,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_NEWBUFFER,
    .tp_doc = "bytearray(iterable_of_ints) -> bytearray.\n"
              "bytearray(string, encoding[, errors]) -> bytearray.\n"
              "bytearray(bytes_or_bytearray) -> mutable copy of bytes_or_bytearray.\n"
              "bytearray(memory_view) -> bytearray.\n"
              "bytearray(int) -> that many zero bytes.",
    .tp_richcompare = bytearray_richcompare,
    .tp_iter = bytearray_iter,
    .tp_methods = _PyByteArray_Methods,
    .tp_init = bytearray_init,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = PyType_GenericNew,
    .tp_free = PyObject_Free,
};
