/* SPDX-License-Identifier: MIT */
/* The slot functions of classes written in Python, by protocol: slot_number.c, slot_container.c and
 * slot_object.c; the table that ties them to special methods is in slots.c. */
#ifndef SLOTS_H
#define SLOTS_H

/* Looks a special method up in the type of self and binds it: new reference; NULL without an error
 * if missing. */
PyObject *_PySlot_Find(PyObject *self, const char *name, PyObject **cache);
/* The same, but missing is AttributeError. */
PyObject *_PySlot_Require(PyObject *self, const char *name, PyObject **cache);
/* Calls such a method; unused arguments are NULL. Missing: AttributeError. */
PyObject *_PySlot_Invoke(PyObject *self, const char *name, PyObject **cache, PyObject *a,
                         PyObject *b);
/* The same; missing: NotImplemented. */
PyObject *_PySlot_InvokeMaybe(PyObject *self, const char *name, PyObject **cache, PyObject *a);

#define SLOT_BINARY_LIST(X)                                                                        \
    X(add, "__add__", "__radd__")                                                                  \
    X(subtract, "__sub__", "__rsub__")                                                             \
    X(multiply, "__mul__", "__rmul__")                                                             \
    X(divide, "__div__", "__rdiv__")                                                               \
    X(remainder, "__mod__", "__rmod__")                                                            \
    X(divmod, "__divmod__", "__rdivmod__")                                                         \
    X(lshift, "__lshift__", "__rlshift__")                                                         \
    X(rshift, "__rshift__", "__rrshift__")                                                         \
    X(and, "__and__", "__rand__")                                                                  \
    X(xor, "__xor__", "__rxor__")                                                                  \
    X(or, "__or__", "__ror__")                                                                     \
    X(floor_divide, "__floordiv__", "__rfloordiv__")                                               \
    X(true_divide, "__truediv__", "__rtruediv__")
#define SLOT_UNARY_LIST(X)                                                                         \
    X(negative, "__neg__")                                                                         \
    X(positive, "__pos__")                                                                         \
    X(absolute, "__abs__")                                                                         \
    X(invert, "__invert__")                                                                        \
    X(int, "__int__")                                                                              \
    X(long, "__long__")                                                                            \
    X(float, "__float__")                                                                          \
    X(oct, "__oct__")                                                                              \
    X(hex, "__hex__")                                                                              \
    X(index, "__index__")
#define SLOT_INPLACE_LIST(X)                                                                       \
    X(inplace_add, "__iadd__")                                                                     \
    X(inplace_subtract, "__isub__")                                                                \
    X(inplace_multiply, "__imul__")                                                                \
    X(inplace_divide, "__idiv__")                                                                  \
    X(inplace_remainder, "__imod__")                                                               \
    X(inplace_lshift, "__ilshift__")                                                               \
    X(inplace_rshift, "__irshift__")                                                               \
    X(inplace_and, "__iand__")                                                                     \
    X(inplace_xor, "__ixor__")                                                                     \
    X(inplace_or, "__ior__")                                                                       \
    X(inplace_floor_divide, "__ifloordiv__")                                                       \
    X(inplace_true_divide, "__itruediv__")

#define X(slot, name, rname) PyObject *_PySlot_nb_##slot(PyObject *, PyObject *);
SLOT_BINARY_LIST(X)
#undef X
#define X(slot, name) PyObject *_PySlot_nb_##slot(PyObject *);
SLOT_UNARY_LIST(X)
#undef X
#define X(slot, name) PyObject *_PySlot_nb_##slot(PyObject *, PyObject *);
SLOT_INPLACE_LIST(X)
#undef X
PyObject *_PySlot_nb_power(PyObject *, PyObject *, PyObject *);
PyObject *_PySlot_nb_inplace_power(PyObject *, PyObject *, PyObject *);
int _PySlot_nb_nonzero(PyObject *);
int _PySlot_nb_coerce(PyObject **, PyObject **);

Py_ssize_t _PySlot_sq_length(PyObject *);
PyObject *_PySlot_sq_item(PyObject *, Py_ssize_t);
PyObject *_PySlot_sq_slice(PyObject *, Py_ssize_t, Py_ssize_t);
int _PySlot_sq_ass_item(PyObject *, Py_ssize_t, PyObject *);
int _PySlot_sq_ass_slice(PyObject *, Py_ssize_t, Py_ssize_t, PyObject *);
int _PySlot_sq_contains(PyObject *, PyObject *);

PyObject *_PySlot_tp_richcompare(PyObject *, PyObject *, int);
void _PySlot_tp_del(PyObject *);
#endif
