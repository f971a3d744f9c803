/* SPDX-License-Identifier: MIT */
/* Operators, comparisons and items on objects of classes written in Python, without nesting.
 * Invariant: methods are tried in the order of the data model (the right operand's first when its
 * class is a subclass that overrides it), each once; what C slots define is called in its place in
 * that order. */
#include "eval.h"

/* The names of each operator's methods; the opcode selects the row. */
typedef struct {
    uint8_t binary, inplace;
    const char *name, *rname, *iname;
    size_t slot, islot; /* offsets in PyNumberMethods */
    const char *symbol;
    PyObject *oname, *orname, *oiname;
} opinfo;

#define ROW(B, I, n, slot, sym)                                                                    \
    {                                                                                              \
        B, I, "__" n "__", "__r" n "__", "__i" n "__", offsetof(PyNumberMethods, nb_##slot),       \
            offsetof(PyNumberMethods, nb_inplace_##slot), sym, NULL, NULL, NULL                    \
    }
static opinfo ops[] = {
    ROW(BINARY_ADD, INPLACE_ADD, "add", add, "+"),
    ROW(BINARY_SUBTRACT, INPLACE_SUBTRACT, "sub", subtract, "-"),
    ROW(BINARY_MULTIPLY, INPLACE_MULTIPLY, "mul", multiply, "*"),
    ROW(BINARY_DIVIDE, INPLACE_DIVIDE, "div", divide, "/"),
    ROW(BINARY_MODULO, INPLACE_MODULO, "mod", remainder, "%"),
    ROW(BINARY_FLOOR_DIVIDE, INPLACE_FLOOR_DIVIDE, "floordiv", floor_divide, "//"),
    ROW(BINARY_TRUE_DIVIDE, INPLACE_TRUE_DIVIDE, "truediv", true_divide, "/"),
    ROW(BINARY_LSHIFT, INPLACE_LSHIFT, "lshift", lshift, "<<"),
    ROW(BINARY_RSHIFT, INPLACE_RSHIFT, "rshift", rshift, ">>"),
    ROW(BINARY_AND, INPLACE_AND, "and", and, "&"),
    ROW(BINARY_XOR, INPLACE_XOR, "xor", xor, "^"),
    ROW(BINARY_OR, INPLACE_OR, "or", or, "|")};

static opinfo *find_op(int opcode, int *inplace)
{
    for (size_t i = 0; i < sizeof ops / sizeof ops[0]; i++) {
        if (ops[i].binary == opcode || ops[i].inplace == opcode) {
            opinfo *op = &ops[i];
            *inplace = op->inplace == opcode;
            if (op->oname == NULL) {
                op->oname = PyString_InternFromString(op->name);
                op->orname = PyString_InternFromString(op->rname);
                op->oiname = PyString_InternFromString(op->iname);
            }
            return op->oname && op->orname && op->oiname ? op : NULL;
        }
    }
    return NULL;
}

static PyObject *binary_by_slots(PyObject *v, PyObject *w, int opcode)
{
    switch (opcode) {
    case BINARY_ADD:
        return PyNumber_Add(v, w);
    case BINARY_SUBTRACT:
        return PyNumber_Subtract(v, w);
    case BINARY_MULTIPLY:
        return PyNumber_Multiply(v, w);
    case BINARY_DIVIDE:
        return PyNumber_Divide(v, w);
    case BINARY_MODULO:
        return PyNumber_Remainder(v, w);
    case BINARY_FLOOR_DIVIDE:
        return PyNumber_FloorDivide(v, w);
    case BINARY_TRUE_DIVIDE:
        return PyNumber_TrueDivide(v, w);
    case BINARY_LSHIFT:
        return PyNumber_Lshift(v, w);
    case BINARY_RSHIFT:
        return PyNumber_Rshift(v, w);
    case BINARY_AND:
        return PyNumber_And(v, w);
    case BINARY_XOR:
        return PyNumber_Xor(v, w);
    case BINARY_OR:
        return PyNumber_Or(v, w);
    case BINARY_POWER:
        return PyNumber_Power(v, w, Py_None);
    case INPLACE_ADD:
        return PyNumber_InPlaceAdd(v, w);
    case INPLACE_SUBTRACT:
        return PyNumber_InPlaceSubtract(v, w);
    case INPLACE_MULTIPLY:
        return PyNumber_InPlaceMultiply(v, w);
    case INPLACE_DIVIDE:
        return PyNumber_InPlaceDivide(v, w);
    case INPLACE_MODULO:
        return PyNumber_InPlaceRemainder(v, w);
    case INPLACE_FLOOR_DIVIDE:
        return PyNumber_InPlaceFloorDivide(v, w);
    case INPLACE_TRUE_DIVIDE:
        return PyNumber_InPlaceTrueDivide(v, w);
    case INPLACE_LSHIFT:
        return PyNumber_InPlaceLshift(v, w);
    case INPLACE_RSHIFT:
        return PyNumber_InPlaceRshift(v, w);
    case INPLACE_AND:
        return PyNumber_InPlaceAnd(v, w);
    case INPLACE_XOR:
        return PyNumber_InPlaceXor(v, w);
    case INPLACE_OR:
        return PyNumber_InPlaceOr(v, w);
    case INPLACE_POWER:
        return PyNumber_InPlacePower(v, w, Py_None);
    }
    PyErr_SetString(PyExc_SystemError, "unknown operator");
    return NULL;
}

static binaryfunc slot_of(PyTypeObject *tp, size_t offset)
{
    return tp->tp_as_number == NULL ? NULL
                                    : *(binaryfunc *)(void *)((char *)tp->tp_as_number + offset);
}

static PyObject *method_of(PyTypeObject *tp, PyObject *name)
{
    return PyType_HasFeature(tp, Py_TPFLAGS_HEAPTYPE) ? _PyType_Lookup(tp, name) : NULL;
}

/* Steps of a binary operation still to try, in c->n: two bits each, first lowest. */
enum { TRY_NONE, TRY_V, TRY_W, TRY_SLOT };

static PyObject *unsupported(PyObject *v, PyObject *w, opinfo *op, int inplace)
{
    if (op->binary == BINARY_ADD) {
        PySequenceMethods *m = Py_TYPE(v)->tp_as_sequence;
        if (m != NULL && inplace && m->sq_inplace_concat != NULL)
            return m->sq_inplace_concat(v, w);
        if (m != NULL && m->sq_concat != NULL)
            return m->sq_concat(v, w);
    }
    if (op->binary == BINARY_MULTIPLY) {
        PySequenceMethods *mv = Py_TYPE(v)->tp_as_sequence, *mw = Py_TYPE(w)->tp_as_sequence;
        PyObject *seq = mv && mv->sq_repeat ? v : mw && mw->sq_repeat ? w : NULL;
        if (seq != NULL) {
            PyObject *count = seq == v ? w : v;
            if (PyIndex_Check(count)) {
                Py_ssize_t n = PyNumber_AsSsize_t(count, PyExc_OverflowError);
                if (n == -1 && PyErr_Occurred())
                    return NULL;
                if (inplace && seq == v && mv->sq_inplace_repeat)
                    return mv->sq_inplace_repeat(seq, n);
                return Py_TYPE(seq)->tp_as_sequence->sq_repeat(seq, n);
            }
            PyErr_Format(PyExc_TypeError, "can't multiply sequence by non-int of type '%.200s'",
                         Py_TYPE(count)->tp_name);
            return NULL;
        }
    }
    PyErr_Format(PyExc_TypeError, "unsupported operand type(s) for %.100s%s: '%.100s' and '%.100s'",
                 op->symbol, inplace ? "=" : "", Py_TYPE(v)->tp_name, Py_TYPE(w)->tp_name);
    return NULL;
}

static PyObject *binary_step(PyObject *v, PyObject *w, opinfo *op, int inplace, unsigned steps);

/* A method has answered: NotImplemented asks for the next step. */
static PyObject *binary_next(PyCont *c, PyObject *value)
{
    PyObject *r = value;
    if (value == Py_NotImplemented) {
        Py_DECREF(value);
        r = binary_step(c->a, c->b, &ops[c->n & 15], (int)(c->n >> 4) & 1, (unsigned)(c->n >> 8));
    }
    PyEval_ReleaseCont(c);
    return r;
}

static PyObject *binary_step(PyObject *v, PyObject *w, opinfo *op, int inplace, unsigned steps)
{
    while (steps != 0) {
        int what = steps & 3;
        steps >>= 2;
        PyObject *r;
        if (what == TRY_SLOT) {
            /* The operand whose type is built in: its slot gets both, in their order. */
            PyTypeObject *tp = method_of(Py_TYPE(v), op->oname) ? Py_TYPE(w) : Py_TYPE(v);
            binaryfunc f = slot_of(tp, op->slot);
            if (f == NULL)
                continue;
            r = f(v, w);
        } else {
            PyObject *self = what == TRY_V ? v : w, *other = what == TRY_V ? w : v;
            PyObject *f = method_of(Py_TYPE(self), what == TRY_V ? op->oname : op->orname);
            if (f == NULL)
                continue;
            PyObject *args = PyTuple_Pack(2, self, other);
            if (args == NULL)
                return NULL;
            PyCont *c = PyEval_PushCont(binary_next);
            if (c == NULL) {
                Py_DECREF(args);
                return NULL;
            }
            Py_INCREF(v);
            c->a = v;
            Py_INCREF(w);
            c->b = w;
            c->n = (op - ops) | inplace << 4 | (py_long)steps << 8;
            Py_INCREF(f);
            PyEval_Then(_PyEval_CallDeep(f, args, NULL, DEPTH_METHOD));
            Py_DECREF(f);
            Py_DECREF(args);
            return Py_GoOn;
        }
        if (r != Py_NotImplemented)
            return r;
        Py_DECREF(r);
    }
    return unsupported(v, w, op, inplace);
}

static PyObject *inplace_next(PyCont *c, PyObject *value)
{
    PyObject *r = value;
    if (value == Py_NotImplemented) {
        Py_DECREF(value);
        r = binary_step(c->a, c->b, &ops[c->n & 15], 1, (unsigned)(c->n >> 8));
    }
    PyEval_ReleaseCont(c);
    return r;
}

/* Is the method found by the right operand's class another than the left one's? */
static int overrides(PyTypeObject *tw, PyTypeObject *tv, PyObject *name)
{
    PyObject *a = _PyType_Lookup(tw, name), *b = _PyType_Lookup(tv, name);
    return a != NULL && a != b;
}

static PyObject *format_percent(PyObject *v, PyObject *w, PyObject *unused)
{
    return PyNumber_Remainder(v, w);
}

static PyObject *binary_again(PyObject *v, PyObject *w, PyObject *opcode)
{
    return binary_by_slots(v, w, (int)PyInt_AS_LONG(opcode));
}

/* An operation with a classic instance. */
static PyObject *instance_binary(PyObject *v, PyObject *w, int opcode)
{
    PyObject *code = PyInt_FromLong(opcode), *r;
    if (code == NULL)
        return NULL;
    r = _PyEval_AgainGoOn(binary_again, v, w, code);
    Py_DECREF(code);
    return r;
}

PyObject *_PyEval_Binary(PyObject *v, PyObject *w, int opcode)
{
    PyTypeObject *tv = Py_TYPE(v), *tw = Py_TYPE(w);
    int inplace;
    opinfo *op;
    if (tv == &PyInstance_Type || tw == &PyInstance_Type) {
        /* A built-in left operand might change in place before it asks. */
        op = find_op(opcode, &inplace);
        return tv == &PyInstance_Type || (op != NULL && !inplace) ? instance_binary(v, w, opcode)
                                                                  : binary_by_slots(v, w, opcode);
    }
    if ((tv == &PyString_Type || tv == &PyUnicode_Type) && opcode == BINARY_MODULO)
        return _PyEval_AgainGoOn(format_percent, v, w, NULL);
    if (tv == &PyList_Type && opcode == INPLACE_ADD)
        return _PyList_ExtendGoOn(v, w, v);
    if (!PyType_HasFeature(tv, Py_TPFLAGS_HEAPTYPE) && !PyType_HasFeature(tw, Py_TPFLAGS_HEAPTYPE))
        return binary_by_slots(v, w, opcode);
    op = find_op(opcode, &inplace);
    if (op == NULL || tv == &PyInstance_Type || tw == &PyInstance_Type)
        return binary_by_slots(v, w, opcode);
    PyObject *mv = method_of(tv, op->oname), *mw = tv == tw ? NULL : method_of(tw, op->orname);
    PyObject *mi = inplace ? method_of(tv, op->oiname) : NULL;
    int fv = mv != NULL && PyFunction_Check(mv), fw = mw != NULL && PyFunction_Check(mw),
        fi = mi != NULL && PyFunction_Check(mi);
    /* Whatever else the classes define (descriptors of other kinds) takes the ordinary way. */
    if ((mv && !fv) || (mw && !fw) || (mi && !fi) || !(fv || fw || fi))
        return binary_by_slots(v, w, opcode);
    unsigned steps;
    if (fv && fw)
        steps = PyType_IsSubtype(tw, tv) && overrides(tw, tv, op->orname) ? TRY_W | TRY_V << 2
                                                                          : TRY_V | TRY_W << 2;
    else if (fv)
        steps =
            TRY_V | (tw != tv && !PyType_HasFeature(tw, Py_TPFLAGS_HEAPTYPE) ? TRY_SLOT << 2 : 0);
    else if (fw)
        steps = PyType_IsSubtype(tw, tv) ? TRY_W | TRY_SLOT << 2 : TRY_SLOT | TRY_W << 2;
    else
        steps = TRY_SLOT;
    if (fi) {
        PyObject *args = PyTuple_Pack(2, v, w);
        if (args == NULL)
            return NULL;
        PyCont *c = PyEval_PushCont(inplace_next);
        if (c != NULL) {
            Py_INCREF(v);
            c->a = v;
            Py_INCREF(w);
            c->b = w;
            c->n = (op - ops) | (py_long)steps << 8;
            Py_INCREF(mi);
            PyEval_Then(_PyEval_CallDeep(mi, args, NULL, DEPTH_METHOD));
            Py_DECREF(mi);
        }
        Py_DECREF(args);
        return c == NULL ? NULL : Py_GoOn;
    }
    return binary_step(v, w, op, inplace, steps);
}

PyObject *PyEval_BinaryGoOn(PyObject *v, PyObject *w, int opcode)
{
    return _PyEval_Binary(v, w, opcode);
}

PyObject *_PyEval_Unary(PyObject *v, int opcode)
{
    static PyObject *names[16];
    static const char *const texts[16] = {
        [UNARY_POSITIVE] = "__pos__", [UNARY_NEGATIVE] = "__neg__", [UNARY_INVERT] = "__invert__"};
    if (PyType_HasFeature(Py_TYPE(v), Py_TPFLAGS_HEAPTYPE)) {
        if (names[opcode] == NULL &&
            (names[opcode] = PyString_InternFromString(texts[opcode])) == NULL)
            return NULL;
        PyObject *f = _PyType_Lookup(Py_TYPE(v), names[opcode]);
        if (f != NULL && PyFunction_Check(f)) {
            PyObject *args = PyTuple_Pack(1, v);
            if (args == NULL)
                return NULL;
            PyObject *r = _PyEval_CallDeep(f, args, NULL, DEPTH_METHOD);
            Py_DECREF(args);
            return r;
        }
    }
    switch (opcode) {
    case UNARY_POSITIVE:
        return PyNumber_Positive(v);
    case UNARY_NEGATIVE:
        return PyNumber_Negative(v);
    default:
        return PyNumber_Invert(v);
    }
}

/* ---- comparisons ---- */

static const char *const compare_texts[] = {"__lt__", "__le__", "__eq__",
                                            "__ne__", "__gt__", "__ge__"};
static PyObject *compare_names[6];

/* Asks with `ask` unless `r`, which it takes over, is an answer or an error already. */
static PyObject *ask_again(PyObject *r, PyObject *(*ask)(PyObject *, PyObject *, int), PyObject *v,
                           PyObject *w, int op)
{
    if (r != Py_NotImplemented)
        return r;
    Py_DECREF(r);
    return ask(v, w, op);
}

/* The method has answered; after NotImplemented the other methods are asked in the order, and as
 * often, as PyObject_RichCompare would: programs can see it. */
static PyObject *compare_next(PyCont *c, PyObject *value)
{
    PyObject *r = value;
    if (value == Py_NotImplemented) {
        PyObject *v = c->a, *w = c->b;
        PyTypeObject *tv = Py_TYPE(v), *tw = Py_TYPE(w);
        int op = (int)c->n;
        if (tw->tp_richcompare == tv->tp_richcompare)
            r = ask_again(r, _PySlot_HalfRichCompare, w, v, _Py_SwappedOp[op]);
        if (tv == tw && tv->tp_compare == NULL)
            r = ask_again(r, tv->tp_richcompare, v, w, op);
        if ((tv != tw || tv->tp_compare == NULL) && tw->tp_richcompare != NULL)
            r = ask_again(r, tw->tp_richcompare, w, v, _Py_SwappedOp[op]);
        r = ask_again(r, _PyObject_CompareFallback, v, w, op);
    }
    PyEval_ReleaseCont(c);
    return r;
}

PyObject *PyEval_CompareGoOn(PyObject *v, PyObject *w, int op)
{
    PyTypeObject *tv = Py_TYPE(v), *tw = Py_TYPE(w);
    if (!PyType_HasFeature(tv, Py_TPFLAGS_HEAPTYPE) || tv->tp_richcompare == NULL)
        return PyObject_RichCompare(v, w, op);
    /* The right operand's class goes first when it is a subclass with comparisons: the ordinary
     * way. */
    if (tv != tw && tw->tp_richcompare != NULL && PyType_IsSubtype(tw, tv))
        return PyObject_RichCompare(v, w, op);
    if (compare_names[op] == NULL &&
        (compare_names[op] = PyString_InternFromString(compare_texts[op])) == NULL)
        return NULL;
    PyObject *f = _PyType_Lookup(tv, compare_names[op]);
    if (f == NULL || !PyFunction_Check(f))
        return PyObject_RichCompare(v, w, op);
    if (Py_EnterRecursiveCall(" in cmp"))
        return NULL;
    Py_LeaveRecursiveCall(); /* what the call below counts for it */
    PyObject *args = PyTuple_Pack(2, v, w);
    if (args == NULL)
        return NULL;
    PyCont *c = PyEval_PushCont(compare_next);
    if (c != NULL) {
        Py_INCREF(v);
        c->a = v;
        Py_INCREF(w);
        c->b = w;
        c->n = op;
        Py_INCREF(f);
        PyEval_Then(_PyEval_CallDeep(f, args, NULL, 1 + DEPTH_METHOD));
        Py_DECREF(f);
    }
    Py_DECREF(args);
    return c == NULL ? NULL : Py_GoOn;
}

/* ---- items ---- */

static PyObject *item_method(PyObject *o, const char *text, PyObject **name)
{
    if (!PyType_HasFeature(Py_TYPE(o), Py_TPFLAGS_HEAPTYPE))
        return NULL;
    if (*name == NULL && (*name = PyString_InternFromString(text)) == NULL) {
        PyErr_Clear();
        return NULL;
    }
    PyObject *f = _PyType_Lookup(Py_TYPE(o), *name);
    return f != NULL && PyFunction_Check(f) ? f : NULL;
}

/* An item of a dict of a subclass: __missing__ is called without nesting. */
static PyObject *missing_item(PyObject *o, PyObject *key)
{
    static PyObject *name;
    PyObject *value = _PyDict_GetItemWithError(o, key);
    if (value != NULL || PyErr_Occurred()) {
        Py_XINCREF(value);
        return value;
    }
    PyObject *missing = _PyObject_LookupSpecial(o, "__missing__", &name);
    if (missing == NULL) {
        if (!PyErr_Occurred())
            _PyDict_SetKeyError(key);
        return NULL;
    }
    PyObject *args = PyTuple_Pack(1, key);
    PyObject *r = args == NULL ? NULL : PyEval_CallGoOn(missing, args, NULL);
    Py_XDECREF(args);
    Py_DECREF(missing);
    return r;
}

PyObject *PyEval_GetItemGoOn(PyObject *o, PyObject *key)
{
    static PyObject *name;
    PyObject *f = item_method(o, "__getitem__", &name);
    if (f == NULL) {
        PyMappingMethods *m = Py_TYPE(o)->tp_as_mapping;
        if (m != NULL && m->mp_subscript == PyDict_Type.tp_as_mapping->mp_subscript &&
            !PyDict_CheckExact(o))
            return missing_item(o, key);
        return PyObject_GetItem(o, key);
    }
    PyObject *args = PyTuple_Pack(2, o, key);
    if (args == NULL)
        return NULL;
    PyObject *r = _PyEval_CallDeep(f, args, NULL, DEPTH_METHOD);
    Py_DECREF(args);
    return r;
}

static PyObject *none_done(PyCont *c, PyObject *value)
{
    PyEval_ReleaseCont(c);
    if (value == NULL)
        return NULL;
    Py_DECREF(value);
    Py_RETURN_NONE;
}

PyObject *_PyEval_SetItemGoOn(PyObject *o, PyObject *key, PyObject *value)
{
    static PyObject *set_name, *del_name;
    PyObject *f =
        value ? item_method(o, "__setitem__", &set_name) : item_method(o, "__delitem__", &del_name);
    if (f == NULL) {
        if ((value ? PyObject_SetItem(o, key, value) : PyObject_DelItem(o, key)) < 0)
            return NULL;
        Py_RETURN_NONE;
    }
    PyObject *args = value ? PyTuple_Pack(3, o, key, value) : PyTuple_Pack(2, o, key);
    if (args == NULL)
        return NULL;
    PyCont *c = PyEval_PushCont(none_done);
    if (c != NULL)
        PyEval_Then(_PyEval_CallDeep(f, args, NULL, DEPTH_METHOD));
    Py_DECREF(args);
    return c == NULL ? NULL : Py_GoOn;
}

static PyObject *contains_done(PyCont *c, PyObject *value)
{
    PyEval_ReleaseCont(c);
    if (value == NULL)
        return NULL;
    int t = PyObject_IsTrue(value);
    Py_DECREF(value);
    return t < 0 ? NULL : PyBool_FromLong(t);
}

PyObject *_PyEval_ContainsGoOn(PyObject *seq, PyObject *item)
{
    static PyObject *name;
    PyObject *f = item_method(seq, "__contains__", &name);
    if (f == NULL) {
        int t = PySequence_Contains(seq, item);
        return t < 0 ? NULL : PyBool_FromLong(t);
    }
    PyObject *args = PyTuple_Pack(2, seq, item);
    if (args == NULL)
        return NULL;
    PyCont *c = PyEval_PushCont(contains_done);
    if (c != NULL)
        PyEval_Then(_PyEval_CallDeep(f, args, NULL, DEPTH_METHOD));
    Py_DECREF(args);
    return c == NULL ? NULL : Py_GoOn;
}

/* ---- unpacking ---- */

PyObject *_PyEval_UnpackGoOn(PyObject *v, int n)
{
    PyObject *it = PyObject_GetIter(v), *list = NULL;
    if (it == NULL)
        return NULL;
    list = PyTuple_New(n);
    if (list == NULL)
        goto fail;
    for (int i = 0; i < n; i++) {
        PyObject *w = PyIter_Next(it);
        if (w == NULL) {
            if (!PyErr_Occurred())
                PyErr_Format(PyExc_ValueError, "need more than %d value%s to unpack", i,
                             i == 1 ? "" : "s");
            goto fail;
        }
        PyTuple_SET_ITEM(list, i, w);
    }
    PyObject *extra = PyIter_Next(it);
    if (extra == NULL) {
        if (PyErr_Occurred())
            goto fail;
        Py_DECREF(it);
        return list;
    }
    Py_DECREF(extra);
    PyErr_SetString(PyExc_ValueError, "too many values to unpack");
fail:
    Py_DECREF(it);
    Py_XDECREF(list);
    return NULL;
}
