/* SPDX-License-Identifier: MIT */
/* Code objects: what the compiler and marshal make, programs look at, and eval runs a private copy
 * of. Invariants: immutable from Python; all names, and those string constants that look like
 * names, are interned. */
#include "Python.h"

#define CODE(op) ((PyCodeObject *)(op))

static int code_looks_like_name(PyObject *str)
{
    const unsigned char *s = (const unsigned char *)PyString_AS_STRING(str);

    for (Py_ssize_t i = 0; i < PyString_GET_SIZE(str); i++)
        if (!(s[i] == '_' || (s[i] >= '0' && s[i] <= '9') || (s[i] >= 'a' && s[i] <= 'z') ||
              (s[i] >= 'A' && s[i] <= 'Z')))
            return 0;
    return 1;
}

static int code_all_strings(PyObject *tuple)
{
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(tuple); i++)
        if (!PyString_CheckExact(PyTuple_GET_ITEM(tuple, i)))
            return 0;
    return 1;
}

static void code_intern(PyObject *tuple)
{
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(tuple); i++)
        PyString_InternInPlace(&PyTuple_GET_ITEM(tuple, i));
}

/* Constants that look like names, also inside tuples and frozensets, as deep as a program writes
 * them. Answers whether an item was replaced, -1 on error. */
static int code_intern_constants(PyObject *tuple, int depth)
{
    int replaced = 0;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(tuple); i++) {
        PyObject *value = PyTuple_GET_ITEM(tuple, i);
        if (PyString_CheckExact(value)) {
            if (!code_looks_like_name(value))
                continue;
            PyString_InternInPlace(&PyTuple_GET_ITEM(tuple, i));
            replaced |= PyTuple_GET_ITEM(tuple, i) != value;
        } else if (PyTuple_CheckExact(value) && depth < 100) {
            if (code_intern_constants(value, depth + 1) < 0)
                return -1;
        } else if (PyFrozenSet_CheckExact(value) && depth < 100) {
            PyObject *items = PySequence_Tuple(value), *set = NULL;
            int result = items == NULL ? -1 : code_intern_constants(items, depth + 1);
            if (result > 0 && (set = PyFrozenSet_New(items)) == NULL)
                result = -1;
            Py_XDECREF(items);
            if (result < 0)
                return -1;
            if (set != NULL) {
                PyTuple_SET_ITEM(tuple, i, set);
                Py_DECREF(value);
                replaced = 1;
            }
        }
    }
    return replaced;
}

static int code_is_name_tuple(PyObject *ob)
{
    return ob != NULL && PyTuple_Check(ob);
}

PyCodeObject *PyCode_New(int argcount, int nlocals, int stacksize, int flags, PyObject *code,
                         PyObject *consts, PyObject *names, PyObject *varnames, PyObject *freevars,
                         PyObject *cellvars, PyObject *filename, PyObject *name, int firstlineno,
                         PyObject *lnotab)
{
    if (argcount < 0 || nlocals < 0 || code == NULL || !PyString_Check(code) ||
        !code_is_name_tuple(consts) || !code_is_name_tuple(names) ||
        !code_is_name_tuple(varnames) || !code_is_name_tuple(freevars) ||
        !code_is_name_tuple(cellvars) || name == NULL || !PyString_Check(name) ||
        filename == NULL || !PyString_Check(filename) || lnotab == NULL ||
        !PyString_Check(lnotab)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    if (!code_all_strings(names) || !code_all_strings(varnames) || !code_all_strings(freevars) ||
        !code_all_strings(cellvars)) {
        PyErr_SetString(PyExc_SystemError, "name tuples must contain only strings");
        return NULL;
    }
    code_intern(names);
    code_intern(varnames);
    code_intern(freevars);
    code_intern(cellvars);
    if (code_intern_constants(consts, 0) < 0)
        return NULL;
    PyCodeObject *co = PyObject_New(PyCodeObject, &PyCode_Type);
    if (co == NULL)
        return NULL;
    co->co_argcount = argcount;
    co->co_nlocals = nlocals;
    co->co_stacksize = stacksize;
    co->co_flags = flags;
    co->co_firstlineno = firstlineno;
    PyObject **owned[] = {&co->co_code,     &co->co_consts,   &co->co_names,
                          &co->co_varnames, &co->co_freevars, &co->co_cellvars,
                          &co->co_filename, &co->co_name,     &co->co_lnotab};
    PyObject *given[] = {code, consts, names, varnames, freevars, cellvars, filename, name, lnotab};
    for (size_t i = 0; i < sizeof owned / sizeof owned[0]; i++) {
        Py_INCREF(given[i]);
        *owned[i] = given[i];
    }
    co->co_exec = NULL;
    co->co_exec_free = NULL;
    co->co_zombieframe = NULL;
    co->co_zombie_free = NULL;
    co->co_weakreflist = NULL;
    return co;
}

PyCodeObject *PyCode_NewEmpty(const char *filename, const char *funcname, int firstlineno)
{
    PyCodeObject *co = NULL;
    PyObject *empty = PyString_FromString(""), *none = PyTuple_New(0);
    PyObject *file = PyString_FromString(filename), *name = PyString_FromString(funcname);

    if (empty != NULL && none != NULL && file != NULL && name != NULL)
        co = PyCode_New(0, 0, 0, 0, empty, none, none, none, none, none, file, name, firstlineno,
                        empty);
    Py_XDECREF(empty);
    Py_XDECREF(none);
    Py_XDECREF(file);
    Py_XDECREF(name);
    return co;
}

/* A fresh exact tuple of exact strs out of an argument of the constructor. */
static PyObject *code_copy_names(PyObject *names)
{
    Py_ssize_t n = PyTuple_GET_SIZE(names);
    PyObject *copy = PyTuple_New(n);

    for (Py_ssize_t i = 0; copy != NULL && i < n; i++) {
        PyObject *item = PyTuple_GET_ITEM(names, i);
        if (PyString_CheckExact(item))
            Py_INCREF(item);
        else if (!PyString_Check(item)) {
            PyErr_Format(PyExc_TypeError, "name tuples must contain only strings, not '%.500s'",
                         Py_TYPE(item)->tp_name);
            Py_CLEAR(copy);
            break;
        } else {
            item = PyString_FromStringAndSize(PyString_AS_STRING(item), PyString_GET_SIZE(item));
            if (item == NULL) {
                Py_CLEAR(copy);
                break;
            }
        }
        PyTuple_SET_ITEM(copy, i, item);
    }
    return copy;
}

static PyObject *code_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    enum { NAMES, VARNAMES, FREEVARS, CELLVARS, LISTS };
    int argcount, nlocals, stacksize, flags, firstlineno;
    PyObject *code, *consts, *filename, *name, *lnotab;
    PyObject *given[LISTS] = {NULL}, *copies[LISTS] = {NULL}, *co = NULL;

    if (!PyArg_ParseTuple(args, "iiiiSO!O!O!SSiS|O!O!:code", &argcount, &nlocals, &stacksize,
                          &flags, &code, &PyTuple_Type, &consts, &PyTuple_Type, &given[NAMES],
                          &PyTuple_Type, &given[VARNAMES], &filename, &name, &firstlineno, &lnotab,
                          &PyTuple_Type, &given[FREEVARS], &PyTuple_Type, &given[CELLVARS]))
        return NULL;
    if (argcount < 0) {
        PyErr_SetString(PyExc_ValueError, "code: argcount must not be negative");
        return NULL;
    }
    if (nlocals < 0) {
        PyErr_SetString(PyExc_ValueError, "code: nlocals must not be negative");
        return NULL;
    }
    int complete = 1;
    for (int i = 0; complete && i < LISTS; i++) {
        copies[i] = given[i] == NULL ? PyTuple_New(0) : code_copy_names(given[i]);
        complete = copies[i] != NULL;
    }
    if (complete)
        co = (PyObject *)PyCode_New(argcount, nlocals, stacksize, flags, code, consts,
                                    copies[NAMES], copies[VARNAMES], copies[FREEVARS],
                                    copies[CELLVARS], filename, name, firstlineno, lnotab);
    for (int i = 0; i < LISTS; i++)
        Py_XDECREF(copies[i]);
    return co;
}

static void code_dealloc(PyObject *op)
{
    PyCodeObject *co = CODE(op);

    if (co->co_weakreflist != NULL)
        PyObject_ClearWeakRefs(op);
    if (co->co_zombieframe != NULL && co->co_zombie_free != NULL)
        co->co_zombie_free(co->co_zombieframe);
    if (co->co_exec != NULL && co->co_exec_free != NULL)
        co->co_exec_free(co->co_exec);
    Py_XDECREF(co->co_code);
    Py_XDECREF(co->co_consts);
    Py_XDECREF(co->co_names);
    Py_XDECREF(co->co_varnames);
    Py_XDECREF(co->co_freevars);
    Py_XDECREF(co->co_cellvars);
    Py_XDECREF(co->co_filename);
    Py_XDECREF(co->co_name);
    Py_XDECREF(co->co_lnotab);
    PyObject_Del(co);
}

static PyObject *code_repr(PyObject *op)
{
    PyCodeObject *co = CODE(op);
    int lineno = co->co_firstlineno != 0 ? co->co_firstlineno : -1;
    const char *filename =
        PyString_Check(co->co_filename) ? PyString_AS_STRING(co->co_filename) : "???";
    const char *name = PyString_Check(co->co_name) ? PyString_AS_STRING(co->co_name) : "???";

    return PyString_FromFormat("<code object %.100s at %p, file \"%.300s\", line %d>", name,
                               (void *)co, filename, lineno);
}

static int code_compare(PyObject *v, PyObject *w)
{
    PyCodeObject *a = CODE(v), *b = CODE(w);
    int numbers[][2] = {{a->co_argcount, b->co_argcount},
                        {a->co_nlocals, b->co_nlocals},
                        {a->co_flags, b->co_flags},
                        {a->co_firstlineno, b->co_firstlineno}};
    PyObject *parts[][2] = {{a->co_code, b->co_code},         {a->co_consts, b->co_consts},
                            {a->co_names, b->co_names},       {a->co_varnames, b->co_varnames},
                            {a->co_freevars, b->co_freevars}, {a->co_cellvars, b->co_cellvars}};
    int order = PyObject_Compare(a->co_name, b->co_name);

    if (order != 0)
        return order;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        if (numbers[i][0] != numbers[i][1])
            return numbers[i][0] < numbers[i][1] ? -1 : 1;
    for (size_t i = 0; order == 0 && i < sizeof parts / sizeof parts[0]; i++)
        order = PyObject_Compare(parts[i][0], parts[i][1]);
    return order;
}

/* Constants are the same when no program can tell them apart: 1 and 1.0 are not, nor 0.0 and -0.0.
 */
static int code_same_double(double x, double y)
{
    return memcmp(&x, &y, sizeof x) == 0;
}

static int code_same_constant(PyObject *x, PyObject *y)
{
    if (x == y)
        return 1;
    if (Py_TYPE(x) != Py_TYPE(y))
        return 0;
    if (PyFloat_CheckExact(x))
        return code_same_double(PyFloat_AS_DOUBLE(x), PyFloat_AS_DOUBLE(y));
    if (PyComplex_CheckExact(x)) {
        Py_complex p = ((PyComplexObject *)x)->cval, q = ((PyComplexObject *)y)->cval;
        return code_same_double(p.real, q.real) && code_same_double(p.imag, q.imag);
    }
    if (PyTuple_CheckExact(x)) {
        int same = PyTuple_GET_SIZE(x) == PyTuple_GET_SIZE(y);
        if (Py_EnterRecursiveCall(" while comparing constants"))
            return -1;
        for (Py_ssize_t i = 0; same > 0 && i < PyTuple_GET_SIZE(x); i++)
            same = code_same_constant(PyTuple_GET_ITEM(x, i), PyTuple_GET_ITEM(y, i));
        Py_LeaveRecursiveCall();
        return same;
    }
    if (PyInt_CheckExact(x) || PyLong_CheckExact(x) || PyBool_Check(x) || PyString_CheckExact(x) ||
        PyUnicode_CheckExact(x) || PyCode_Check(x))
        return PyObject_RichCompareBool(x, y, Py_EQ);
    return 0;
}

static PyObject *code_richcompare(PyObject *v, PyObject *w, int op)
{
    if ((op != Py_EQ && op != Py_NE) || !PyCode_Check(v) || !PyCode_Check(w)) {
        if (PyErr_WarnPy3k("code inequality comparisons not supported in 3.x", 1) < 0)
            return NULL;
        Py_RETURN_NOTIMPLEMENTED;
    }
    PyCodeObject *a = CODE(v), *b = CODE(w);
    PyObject *parts[][2] = {{a->co_name, b->co_name},         {a->co_code, b->co_code},
                            {a->co_names, b->co_names},       {a->co_varnames, b->co_varnames},
                            {a->co_freevars, b->co_freevars}, {a->co_cellvars, b->co_cellvars}};
    int same = a->co_argcount == b->co_argcount && a->co_nlocals == b->co_nlocals &&
               a->co_flags == b->co_flags && a->co_firstlineno == b->co_firstlineno;
    for (size_t i = 0; same > 0 && i < sizeof parts / sizeof parts[0]; i++)
        same = PyObject_RichCompareBool(parts[i][0], parts[i][1], Py_EQ);
    if (same > 0)
        same = code_same_constant(a->co_consts, b->co_consts);
    return same < 0 ? NULL : PyBool_FromLong(same == (op == Py_EQ));
}

static py_long code_hash(PyObject *op)
{
    PyCodeObject *co = CODE(op);
    PyObject *parts[] = {co->co_name,     co->co_code,     co->co_consts,  co->co_names,
                         co->co_varnames, co->co_freevars, co->co_cellvars};
    py_long hash = co->co_argcount ^ co->co_nlocals ^ co->co_flags;

    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        py_long part = PyObject_Hash(parts[i]);
        if (part == -1)
            return -1;
        hash ^= part;
    }
    return hash == -1 ? -2 : hash;
}

/* co_lnotab is pairs of unsigned bytes: how far the address goes on, then how far the line does. */

int PyCode_Addr2Line(PyCodeObject *co, int addr)
{
    const unsigned char *p = (const unsigned char *)PyString_AS_STRING(co->co_lnotab);
    Py_ssize_t pairs = PyString_GET_SIZE(co->co_lnotab) / 2;
    int line = co->co_firstlineno, at = 0;

    for (; pairs > 0; pairs--, p += 2) {
        at += p[0];
        if (at > addr)
            break;
        line += p[1];
    }
    return line;
}

/* The line of instruction lasti; *bounds gets the address range [lower, upper) of the instructions
 * around it which belong to the same line. */
int _PyCode_CheckLineNumber(PyCodeObject *co, int lasti, PyAddrPair *bounds)
{
    const unsigned char *p = (const unsigned char *)PyString_AS_STRING(co->co_lnotab);
    Py_ssize_t pairs = PyString_GET_SIZE(co->co_lnotab) / 2;
    int line = co->co_firstlineno, at = 0;

    bounds->ap_lower = 0;
    for (; pairs > 0 && at + p[0] <= lasti; pairs--, p += 2) {
        at += p[0];
        if (p[1] != 0)
            bounds->ap_lower = at;
        line += p[1];
    }
    if (pairs == 0) {
        bounds->ap_upper = INT_MAX;
        return line;
    }
    /* Entries that move only the address belong to the line too. */
    for (; pairs > 0; pairs--, p += 2) {
        at += p[0];
        if (p[1] != 0)
            break;
    }
    bounds->ap_upper = at;
    return line;
}

#define CODE_FIELD(field, type)                                                                    \
    {                                                                                              \
#field, type, offsetof(PyCodeObject, field), READONLY                                      \
    }
static PyMemberDef code_members[] = {
    CODE_FIELD(co_argcount, T_INT),
    CODE_FIELD(co_nlocals, T_INT),
    CODE_FIELD(co_stacksize, T_INT),
    CODE_FIELD(co_flags, T_INT),
    CODE_FIELD(co_code, T_OBJECT),
    CODE_FIELD(co_consts, T_OBJECT),
    CODE_FIELD(co_names, T_OBJECT),
    CODE_FIELD(co_varnames, T_OBJECT),
    CODE_FIELD(co_freevars, T_OBJECT),
    CODE_FIELD(co_cellvars, T_OBJECT),
    CODE_FIELD(co_filename, T_OBJECT),
    CODE_FIELD(co_name, T_OBJECT),
    CODE_FIELD(co_firstlineno, T_INT),
    CODE_FIELD(co_lnotab, T_OBJECT),
    {NULL},
};

PyTypeObject PyCode_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "code",
    .tp_basicsize = sizeof(PyCodeObject),
    .tp_x64_basicsize = 128,
    .tp_dealloc = code_dealloc,
    .tp_compare = code_compare,
    .tp_repr = code_repr,
    .tp_hash = code_hash,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "code(argcount, nlocals, stacksize, flags, codestring, constants, names,\n"
              "      varnames, filename, name, firstlineno, lnotab[, freevars[, cellvars]])\n\n"
              "Create a code object.  Not for the faint of heart.",
    .tp_richcompare = code_richcompare,
    .tp_weaklistoffset = offsetof(PyCodeObject, co_weakreflist),
    .tp_members = code_members,
    .tp_new = code_new,
};
