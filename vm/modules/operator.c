/* SPDX-License-Identifier: MIT */
/* The module operator: the operators as functions, and the callables attrgetter, itemgetter and
 * methodcaller. */
#include "Python.h"

/* ---- Functions
 * ------------------------------------------------------------------------------------- */

#define BOOL_1(op, api)                                                                            \
    static PyObject *op_##op(PyObject *self, PyObject *a)                                          \
    {                                                                                              \
        int r = api(a);                                                                            \
        return r < 0 ? NULL : PyBool_FromLong(r);                                                  \
    }
#define OBJECT_1(op, api)                                                                          \
    static PyObject *op_##op(PyObject *self, PyObject *a)                                          \
    {                                                                                              \
        return api(a);                                                                             \
    }
#define OBJECT_2(op, api)                                                                          \
    static PyObject *op_##op(PyObject *self, PyObject *args)                                       \
    {                                                                                              \
        PyObject *a, *b;                                                                           \
        return PyArg_UnpackTuple(args, "op_" #op, 2, 2, &a, &b) ? api(a, b) : NULL;                \
    }
#define COMPARE(op, which)                                                                         \
    static PyObject *op_##op(PyObject *self, PyObject *args)                                       \
    {                                                                                              \
        PyObject *a, *b;                                                                           \
        if (!PyArg_UnpackTuple(args, "op_" #op, 2, 2, &a, &b))                                     \
            return NULL;                                                                           \
        return PyObject_RichCompare(a, b, which);                                                  \
    }
#define REPEAT(op, api)                                                                            \
    static PyObject *op_##op(PyObject *self, PyObject *args)                                       \
    {                                                                                              \
        PyObject *a;                                                                               \
        Py_ssize_t n;                                                                              \
        return PyArg_ParseTuple(args, "On:op_" #op, &a, &n) ? api(a, n) : NULL;                    \
    }

static PyObject *power(PyObject *a, PyObject *b)
{
    return PyNumber_Power(a, b, Py_None);
}
static PyObject *inplace_power(PyObject *a, PyObject *b)
{
    return PyNumber_InPlacePower(a, b, Py_None);
}

static PyObject *op_isCallable(PyObject *self, PyObject *a)
{
    if (PyErr_WarnPy3k(
            "operator.isCallable() is not supported in 3.x. Use hasattr(obj, '__call__').", 1) < 0)
        return NULL;
    return PyBool_FromLong(PyCallable_Check(a));
}
BOOL_1(isNumberType, PyNumber_Check)
BOOL_1(isMappingType, PyMapping_Check)
BOOL_1(truth, PyObject_IsTrue)
BOOL_1(not_, PyObject_Not)
BOOL_1(isSequenceType, PySequence_Check)
OBJECT_2(add, PyNumber_Add)
OBJECT_2(sub, PyNumber_Subtract)
OBJECT_2(mul, PyNumber_Multiply)
OBJECT_2(div, PyNumber_Divide)
OBJECT_2(floordiv, PyNumber_FloorDivide)
OBJECT_2(truediv, PyNumber_TrueDivide)
OBJECT_2(mod, PyNumber_Remainder)
OBJECT_1(neg, PyNumber_Negative)
OBJECT_1(pos, PyNumber_Positive)
OBJECT_1(abs, PyNumber_Absolute)
OBJECT_1(inv, PyNumber_Invert)
OBJECT_2(lshift, PyNumber_Lshift)
OBJECT_2(rshift, PyNumber_Rshift)
OBJECT_2(and_, PyNumber_And)
OBJECT_2(xor, PyNumber_Xor)
OBJECT_2(or_, PyNumber_Or)
OBJECT_2(iadd, PyNumber_InPlaceAdd)
OBJECT_2(isub, PyNumber_InPlaceSubtract)
OBJECT_2(imul, PyNumber_InPlaceMultiply)
OBJECT_2(idiv, PyNumber_InPlaceDivide)
OBJECT_2(ifloordiv, PyNumber_InPlaceFloorDivide)
OBJECT_2(itruediv, PyNumber_InPlaceTrueDivide)
OBJECT_2(imod, PyNumber_InPlaceRemainder)
OBJECT_2(ilshift, PyNumber_InPlaceLshift)
OBJECT_2(irshift, PyNumber_InPlaceRshift)
OBJECT_2(iand, PyNumber_InPlaceAnd)
OBJECT_2(ixor, PyNumber_InPlaceXor)
OBJECT_2(ior, PyNumber_InPlaceOr)
OBJECT_2(concat, PySequence_Concat)
OBJECT_2(iconcat, PySequence_InPlaceConcat)
OBJECT_2(getitem, PyObject_GetItem)
OBJECT_1(index, PyNumber_Index)
OBJECT_2(pow, power)
OBJECT_2(ipow, inplace_power)
REPEAT(repeat, PySequence_Repeat)
REPEAT(irepeat, PySequence_InPlaceRepeat)
COMPARE(lt, Py_LT)
COMPARE(le, Py_LE)
COMPARE(eq, Py_EQ)
COMPARE(ne, Py_NE)
COMPARE(gt, Py_GT)
COMPARE(ge, Py_GE)

static PyObject *op_contains(PyObject *self, PyObject *args)
{
    PyObject *a, *b;
    if (!PyArg_UnpackTuple(args, "op_contains", 2, 2, &a, &b))
        return NULL;
    int r = PySequence_Contains(a, b);
    return r < 0 ? NULL : PyBool_FromLong(r);
}

static PyObject *op_sequenceIncludes(PyObject *self, PyObject *args)
{
    PyObject *a, *b;
    if (PyErr_WarnPy3k(
            "operator.sequenceIncludes() is not supported in 3.x. Use operator.contains().", 1) < 0)
        return NULL;
    if (!PyArg_UnpackTuple(args, "sequenceIncludes", 2, 2, &a, &b))
        return NULL;
    int r = PySequence_Contains(a, b);
    return r < 0 ? NULL : PyBool_FromLong(r);
}

static PyObject *op_indexOf(PyObject *self, PyObject *args)
{
    PyObject *a, *b;
    if (!PyArg_UnpackTuple(args, "indexOf", 2, 2, &a, &b))
        return NULL;
    Py_ssize_t r = PySequence_Index(a, b);
    return r < 0 ? NULL : PyInt_FromSsize_t(r);
}

static PyObject *op_countOf(PyObject *self, PyObject *args)
{
    PyObject *a, *b;
    if (!PyArg_UnpackTuple(args, "countOf", 2, 2, &a, &b))
        return NULL;
    Py_ssize_t r = PySequence_Count(a, b);
    return r < 0 ? NULL : PyInt_FromSsize_t(r);
}

static PyObject *op_is_(PyObject *self, PyObject *args)
{
    PyObject *a, *b;
    return PyArg_UnpackTuple(args, "is_", 2, 2, &a, &b) ? PyBool_FromLong(a == b) : NULL;
}

static PyObject *op_is_not(PyObject *self, PyObject *args)
{
    PyObject *a, *b;
    return PyArg_UnpackTuple(args, "is_not", 2, 2, &a, &b) ? PyBool_FromLong(a != b) : NULL;
}

static PyObject *none_if(int ok)
{
    if (!ok)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *op_setitem(PyObject *self, PyObject *args)
{
    PyObject *a, *b, *c;
    return none_if(PyArg_UnpackTuple(args, "op_setitem", 3, 3, &a, &b, &c) &&
                   PyObject_SetItem(a, b, c) == 0);
}

static PyObject *op_delitem(PyObject *self, PyObject *args)
{
    PyObject *a, *b;
    return none_if(PyArg_UnpackTuple(args, "op_delitem", 2, 2, &a, &b) &&
                   PyObject_DelItem(a, b) == 0);
}

static PyObject *op_getslice(PyObject *self, PyObject *args)
{
    PyObject *a;
    Py_ssize_t i, j;
    return PyArg_ParseTuple(args, "Onn:getslice", &a, &i, &j) ? PySequence_GetSlice(a, i, j) : NULL;
}

static PyObject *op_setslice(PyObject *self, PyObject *args)
{
    PyObject *a, *v;
    Py_ssize_t i, j;
    return none_if(PyArg_ParseTuple(args, "OnnO:setslice", &a, &i, &j, &v) &&
                   PySequence_SetSlice(a, i, j, v) == 0);
}

static PyObject *op_delslice(PyObject *self, PyObject *args)
{
    PyObject *a;
    Py_ssize_t i, j;
    return none_if(PyArg_ParseTuple(args, "Onn:delslice", &a, &i, &j) &&
                   PySequence_DelSlice(a, i, j) == 0);
}

/* Equality that takes as long for a difference at the start as for one at the end. */
static int equal_slowly(const unsigned char *a, const unsigned char *b, Py_ssize_t na,
                        Py_ssize_t nb)
{
    volatile unsigned char difference = na != nb;
    const unsigned char *p = na == nb ? a : b;
    for (Py_ssize_t i = 0; i < nb; i++)
        difference = (unsigned char)(difference | (p[i] ^ b[i]));
    return difference == 0;
}

PyDoc_STRVAR(compare_digest_doc,
             "compare_digest(a, b) -> bool\n\nWhether two secrets are equal, without telling by\n\
the time it takes where they differ. Both unicode, or both bytes.");
static PyObject *compare_digest(PyObject *self, PyObject *args)
{
    PyObject *a, *b;
    Py_buffer va, vb;
    int equal;

    if (!PyArg_ParseTuple(args, "OO:compare_digest", &a, &b))
        return NULL;
    if (PyUnicode_Check(a) && PyUnicode_Check(b))
        return PyBool_FromLong(equal_slowly((const unsigned char *)PyUnicode_AS_DATA(a),
                                            (const unsigned char *)PyUnicode_AS_DATA(b),
                                            PyUnicode_GET_DATA_SIZE(a),
                                            PyUnicode_GET_DATA_SIZE(b)));
    if (!PyObject_CheckBuffer(a) && !PyObject_CheckBuffer(b)) {
        PyErr_Format(PyExc_TypeError,
                     "unsupported operand types(s) or combination of types: '%.100s' and '%.100s'",
                     Py_TYPE(a)->tp_name, Py_TYPE(b)->tp_name);
        return NULL;
    }
    if (PyObject_GetBuffer(a, &va, PyBUF_SIMPLE) < 0)
        return NULL;
    if (PyObject_GetBuffer(b, &vb, PyBUF_SIMPLE) < 0) {
        PyBuffer_Release(&va);
        return NULL;
    }
    equal = equal_slowly(va.buf, vb.buf, va.len, vb.len);
    PyBuffer_Release(&va);
    PyBuffer_Release(&vb);
    return PyBool_FromLong(equal);
}

/* ---- itemgetter, attrgetter, methodcaller
 * ----------------------------------------------------------------- */

typedef struct {
    PyObject_HEAD Py_ssize_t count;
    PyObject *what;        /* one key, a tuple of them, or a method's name */
    PyObject *args, *kwds; /* of methodcaller */
} getterobject;

static PyTypeObject itemgetter_type, attrgetter_type, methodcaller_type;

static void getter_dealloc(PyObject *op)
{
    getterobject *g = (getterobject *)op;
    PyObject_GC_UnTrack(op);
    Py_XDECREF(g->what);
    Py_XDECREF(g->args);
    Py_XDECREF(g->kwds);
    PyObject_GC_Del(op);
}

static int getter_traverse(PyObject *op, visitproc visit, void *arg)
{
    getterobject *g = (getterobject *)op;
    Py_VISIT(g->what);
    Py_VISIT(g->args);
    Py_VISIT(g->kwds);
    return 0;
}

static PyObject *new_getter(PyTypeObject *type, PyObject *args, PyObject *kwds, const char *name,
                            const char *call_name)
{
    Py_ssize_t n = PyTuple_GET_SIZE(args);
    PyObject *what;

    if (!_PyArg_NoKeywords(call_name, kwds))
        return NULL;
    if (n <= 1) {
        if (!PyArg_UnpackTuple(args, name, 1, 1, &what))
            return NULL;
    } else {
        what = args;
    }
    getterobject *g = PyObject_GC_New(getterobject, type);
    if (g == NULL)
        return NULL;
    Py_INCREF(what);
    g->what = what;
    g->count = n;
    g->args = g->kwds = NULL;
    PyObject_GC_Track(g);
    return (PyObject *)g;
}

static PyObject *itemgetter_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    return new_getter(type, args, kwds, "itemgetter", "itemgetter()");
}

static PyObject *attrgetter_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    return new_getter(type, args, kwds, "attrgetter", "attrgetter()");
}

/* Calls get(obj, key) for the key or each of the keys. */
static PyObject *getter_call(PyObject *op, PyObject *args, PyObject *kw, const char *name,
                             PyObject *(*get)(PyObject *, PyObject *))
{
    getterobject *g = (getterobject *)op;
    PyObject *obj, *result;

    if (!_PyArg_NoKeywords(name, kw) || !PyArg_UnpackTuple(args, name, 1, 1, &obj))
        return NULL;
    if (g->count == 1)
        return get(obj, g->what);
    result = PyTuple_New(g->count);
    for (Py_ssize_t i = 0; result != NULL && i < g->count; i++) {
        PyObject *v = get(obj, PyTuple_GET_ITEM(g->what, i));
        if (v == NULL)
            Py_CLEAR(result);
        else
            PyTuple_SET_ITEM(result, i, v);
    }
    return result;
}

static PyObject *itemgetter_call(PyObject *op, PyObject *args, PyObject *kw)
{
    return getter_call(op, args, kw, "itemgetter", PyObject_GetItem);
}

/* a.b.c for the name 'a.b.c'. */
static PyObject *dotted_getattr(PyObject *obj, PyObject *name)
{
    PyObject *ascii = NULL, *result = NULL;

    if (PyUnicode_Check(name)) {
        ascii = name = PyUnicode_AsEncodedString(name, NULL, NULL);
        if (name == NULL)
            return NULL;
    } else if (!PyString_Check(name)) {
        PyErr_SetString(PyExc_TypeError, "attribute name must be a string");
        return NULL;
    }
    const char *s = PyString_AS_STRING(name), *end = s + PyString_GET_SIZE(name);
    if (memchr(s, '.', (size_t)(end - s)) == NULL) {
        result = PyObject_GetAttr(obj, name);
    } else {
        Py_INCREF(obj);
        for (;;) {
            const char *dot = memchr(s, '.', (size_t)(end - s));
            PyObject *part = PyString_FromStringAndSize(s, (dot != NULL ? dot : end) - s);
            result = part != NULL ? PyObject_GetAttr(obj, part) : NULL;
            Py_XDECREF(part);
            Py_DECREF(obj);
            if (result == NULL || dot == NULL)
                break;
            obj = result;
            s = dot + 1;
        }
    }
    Py_XDECREF(ascii);
    return result;
}

static PyObject *attrgetter_call(PyObject *op, PyObject *args, PyObject *kw)
{
    return getter_call(op, args, kw, "attrgetter", dotted_getattr);
}

static PyObject *methodcaller_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    if (PyTuple_GET_SIZE(args) < 1) {
        PyErr_SetString(PyExc_TypeError,
                        "methodcaller needs at least one argument, the method name");
        return NULL;
    }
    PyObject *rest = PyTuple_GetSlice(args, 1, PyTuple_GET_SIZE(args));
    if (rest == NULL)
        return NULL;
    getterobject *g = PyObject_GC_New(getterobject, type);
    if (g == NULL) {
        Py_DECREF(rest);
        return NULL;
    }
    g->what = PyTuple_GET_ITEM(args, 0);
    Py_INCREF(g->what);
    g->args = rest;
    Py_XINCREF(kwds);
    g->kwds = kwds;
    g->count = 1;
    PyObject_GC_Track(g);
    return (PyObject *)g;
}

static PyObject *methodcaller_call(PyObject *op, PyObject *args, PyObject *kw)
{
    getterobject *g = (getterobject *)op;
    PyObject *obj, *method, *result;

    if (!_PyArg_NoKeywords("methodcaller", kw) ||
        !PyArg_UnpackTuple(args, "methodcaller", 1, 1, &obj))
        return NULL;
    method = PyObject_GetAttr(obj, g->what);
    if (method == NULL)
        return NULL;
    result = PyObject_Call(method, g->args, g->kwds);
    Py_DECREF(method);
    return result;
}

#define GETTER_TYPE(name, doc_string)                                                              \
    static PyTypeObject name##_type = {                                                            \
        PyVarObject_HEAD_INIT(NULL, 0).tp_name = "operator." #name,                                \
        .tp_basicsize = sizeof(getterobject),                                                      \
        .tp_dealloc = getter_dealloc,                                                              \
        .tp_call = name##_call,                                                                    \
        .tp_getattro = PyObject_GenericGetAttr,                                                    \
        .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,                                       \
        .tp_doc = doc_string,                                                                      \
        .tp_traverse = getter_traverse,                                                            \
        .tp_new = name##_new,                                                                      \
    }

GETTER_TYPE(itemgetter, "itemgetter(item, ...) --> itemgetter object\n\n\
A callable that fetches the item, or a tuple of several, from its operand:\n\
itemgetter(2)(r) is r[2], itemgetter(2, 5)(r) is (r[2], r[5]).");
GETTER_TYPE(attrgetter, "attrgetter(attr, ...) --> attrgetter object\n\n\
A callable that fetches the attribute, or a tuple of several, from its operand:\n\
attrgetter('name')(r) is r.name, attrgetter('a.b', 'c')(r) is (r.a.b, r.c).");
GETTER_TYPE(methodcaller, "methodcaller(name, ...) --> methodcaller object\n\n\
A callable that calls the named method of its operand:\n\
methodcaller('name', 1, k=2)(r) is r.name(1, k=2).");

/* ---- The module
 * --------------------------------------------------------------------------------------- */

#define ENTRY(name, flags, doc)                                                                    \
    {                                                                                              \
#name, op_##name, flags, doc                                                               \
    }
#define ENTRY_2(name, dunder, function, flags, doc)                                                \
    {#name, op_##function, flags, doc},                                                            \
    {                                                                                              \
#dunder, op_##function, flags, doc                                                         \
    }

static PyMethodDef operator_methods[] = {
    ENTRY(isCallable, METH_O, "isCallable(a) -- Same as callable(a)."),
    ENTRY(isNumberType, METH_O, "isNumberType(a) -- Return True if a has a numeric type."),
    ENTRY(isSequenceType, METH_O, "isSequenceType(a) -- Return True if a has a sequence type."),
    ENTRY(isMappingType, METH_O, "isMappingType(a) -- Return True if a has a mapping type."),
    ENTRY(truth, METH_O, "truth(a) -- Return True if a is true, False otherwise."),
    ENTRY_2(contains, __contains__, contains, METH_VARARGS, "contains(a, b) -- Same as b in a."),
    ENTRY(sequenceIncludes, METH_VARARGS, "sequenceIncludes(a, b) -- Same as b in a."),
    ENTRY(indexOf, METH_VARARGS, "indexOf(a, b) -- Return the first index of b in a."),
    ENTRY(countOf, METH_VARARGS, "countOf(a, b) -- Return how often b occurs in a."),
    ENTRY(is_, METH_VARARGS, "is_(a, b) -- Same as a is b."),
    ENTRY(is_not, METH_VARARGS, "is_not(a, b) -- Same as a is not b."),
    ENTRY_2(index, __index__, index, METH_O, "index(a) -- Same as a.__index__()."),
    ENTRY_2(add, __add__, add, METH_VARARGS, "add(a, b) -- Same as a + b."),
    ENTRY_2(sub, __sub__, sub, METH_VARARGS, "sub(a, b) -- Same as a - b."),
    ENTRY_2(mul, __mul__, mul, METH_VARARGS, "mul(a, b) -- Same as a * b."),
    ENTRY_2(div, __div__, div, METH_VARARGS, "div(a, b) -- Same as a / b without true division."),
    ENTRY_2(floordiv, __floordiv__, floordiv, METH_VARARGS, "floordiv(a, b) -- Same as a // b."),
    ENTRY_2(truediv, __truediv__, truediv, METH_VARARGS,
            "truediv(a, b) -- Same as a / b with true division."),
    ENTRY_2(mod, __mod__, mod, METH_VARARGS, "mod(a, b) -- Same as a % b."),
    ENTRY_2(neg, __neg__, neg, METH_O, "neg(a) -- Same as -a."),
    ENTRY_2(pos, __pos__, pos, METH_O, "pos(a) -- Same as +a."),
    ENTRY_2(abs, __abs__, abs, METH_O, "abs(a) -- Same as abs(a)."),
    ENTRY_2(inv, __inv__, inv, METH_O, "inv(a) -- Same as ~a."),
    ENTRY_2(invert, __invert__, inv, METH_O, "invert(a) -- Same as ~a."),
    ENTRY_2(lshift, __lshift__, lshift, METH_VARARGS, "lshift(a, b) -- Same as a << b."),
    ENTRY_2(rshift, __rshift__, rshift, METH_VARARGS, "rshift(a, b) -- Same as a >> b."),
    ENTRY_2(not_, __not__, not_, METH_O, "not_(a) -- Same as not a."),
    ENTRY_2(and_, __and__, and_, METH_VARARGS, "and_(a, b) -- Same as a & b."),
    ENTRY_2(xor, __xor__, xor, METH_VARARGS, "xor(a, b) -- Same as a ^ b."),
    ENTRY_2(or_, __or__, or_, METH_VARARGS, "or_(a, b) -- Same as a | b."),
    ENTRY_2(iadd, __iadd__, iadd, METH_VARARGS, "a = iadd(a, b) -- Same as a += b."),
    ENTRY_2(isub, __isub__, isub, METH_VARARGS, "a = isub(a, b) -- Same as a -= b."),
    ENTRY_2(imul, __imul__, imul, METH_VARARGS, "a = imul(a, b) -- Same as a *= b."),
    ENTRY_2(idiv, __idiv__, idiv, METH_VARARGS,
            "a = idiv(a, b) -- Same as a /= b without true division."),
    ENTRY_2(ifloordiv, __ifloordiv__, ifloordiv, METH_VARARGS,
            "a = ifloordiv(a, b) -- Same as a //= b."),
    ENTRY_2(itruediv, __itruediv__, itruediv, METH_VARARGS,
            "a = itruediv(a, b) -- Same as a /= b with true division."),
    ENTRY_2(imod, __imod__, imod, METH_VARARGS, "a = imod(a, b) -- Same as a %= b."),
    ENTRY_2(ilshift, __ilshift__, ilshift, METH_VARARGS, "a = ilshift(a, b) -- Same as a <<= b."),
    ENTRY_2(irshift, __irshift__, irshift, METH_VARARGS, "a = irshift(a, b) -- Same as a >>= b."),
    ENTRY_2(iand, __iand__, iand, METH_VARARGS, "a = iand(a, b) -- Same as a &= b."),
    ENTRY_2(ixor, __ixor__, ixor, METH_VARARGS, "a = ixor(a, b) -- Same as a ^= b."),
    ENTRY_2(ior, __ior__, ior, METH_VARARGS, "a = ior(a, b) -- Same as a |= b."),
    ENTRY_2(concat, __concat__, concat, METH_VARARGS,
            "concat(a, b) -- Same as a + b, for sequences."),
    ENTRY_2(repeat, __repeat__, repeat, METH_VARARGS,
            "repeat(a, b) -- Same as a * b, for a sequence a and an integer b."),
    ENTRY_2(iconcat, __iconcat__, iconcat, METH_VARARGS,
            "a = iconcat(a, b) -- Same as a += b, for sequences."),
    ENTRY_2(irepeat, __irepeat__, irepeat, METH_VARARGS,
            "a = irepeat(a, b) -- Same as a *= b, for a sequence a and an integer b."),
    ENTRY_2(getitem, __getitem__, getitem, METH_VARARGS, "getitem(a, b) -- Same as a[b]."),
    ENTRY_2(setitem, __setitem__, setitem, METH_VARARGS, "setitem(a, b, c) -- Same as a[b] = c."),
    ENTRY_2(delitem, __delitem__, delitem, METH_VARARGS, "delitem(a, b) -- Same as del a[b]."),
    ENTRY_2(pow, __pow__, pow, METH_VARARGS, "pow(a, b) -- Same as a ** b."),
    ENTRY_2(ipow, __ipow__, ipow, METH_VARARGS, "a = ipow(a, b) -- Same as a **= b."),
    ENTRY_2(getslice, __getslice__, getslice, METH_VARARGS, "getslice(a, b, c) -- Same as a[b:c]."),
    ENTRY_2(setslice, __setslice__, setslice, METH_VARARGS,
            "setslice(a, b, c, d) -- Same as a[b:c] = d."),
    ENTRY_2(delslice, __delslice__, delslice, METH_VARARGS,
            "delslice(a, b, c) -- Same as del a[b:c]."),
    ENTRY_2(lt, __lt__, lt, METH_VARARGS, "lt(a, b) -- Same as a < b."),
    ENTRY_2(le, __le__, le, METH_VARARGS, "le(a, b) -- Same as a <= b."),
    ENTRY_2(eq, __eq__, eq, METH_VARARGS, "eq(a, b) -- Same as a == b."),
    ENTRY_2(ne, __ne__, ne, METH_VARARGS, "ne(a, b) -- Same as a != b."),
    ENTRY_2(gt, __gt__, gt, METH_VARARGS, "gt(a, b) -- Same as a > b."),
    ENTRY_2(ge, __ge__, ge, METH_VARARGS, "ge(a, b) -- Same as a >= b."),
    {"_compare_digest", compare_digest, METH_VARARGS, compare_digest_doc},
    {NULL, NULL, 0, NULL},
};

PyDoc_STRVAR(module_doc, "Operator interface.\n\n\
Functions that do what Python's operators do: operator.add(x, y) is x + y. The names with\n\
underscores are those of the special methods.");

void initoperator(void)
{
    PyTypeObject *types[] = {&itemgetter_type, &attrgetter_type, &methodcaller_type};
    static const char *const names[] = {"itemgetter", "attrgetter", "methodcaller"};
    PyObject *m = Py_InitModule3("operator", operator_methods, module_doc);

    if (m == NULL)
        return;
    for (int i = 0; i < 3; i++) {
        if (PyType_Ready(types[i]) < 0)
            return;
        Py_INCREF(types[i]);
        PyModule_AddObject(m, names[i], (PyObject *)types[i]);
    }
}
