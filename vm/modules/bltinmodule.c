/* SPDX-License-Identifier: MIT */
/* __builtin__: the functions that look at one object at a time, and the module with its table.
 * Those that may reach Python code (getattr, repr, apply, ...) answer three ways instead of
 * nesting. */
#include "modules/bltin.h"
#include "modules/sys_private.h"

PyDoc_STRVAR(abs_doc, "abs(number) -> number\n\nReturn the absolute value of the argument.");

static PyObject *builtin_abs(PyObject *self, PyObject *v)
{
    return PyNumber_Absolute(v);
}

PyDoc_STRVAR(
    apply_doc,
    "apply(object[, args[, kwargs]]) -> value\n\nCalls object with the arguments of a sequence and "
    "a dictionary. Deprecated: write object(*args, **kwargs).");

static PyObject *builtin_apply(PyObject *self, PyObject *args)
{
    PyObject *func, *seq = NULL, *kw = NULL, *tuple = NULL, *result;

    if (!PyArg_UnpackTuple(args, "apply", 1, 3, &func, &seq, &kw))
        return NULL;
    if (PyErr_WarnPy3k("apply() not supported in 3.x; use func(*args, **kwargs)", 1) < 0)
        return NULL;
    if (seq != NULL && !PyTuple_Check(seq)) {
        if (!PySequence_Check(seq)) {
            PyErr_Format(PyExc_TypeError, "apply() arg 2 expected sequence, found %s",
                         Py_TYPE(seq)->tp_name);
            return NULL;
        }
        tuple = PySequence_Tuple(seq);
    } else if (seq != NULL)
        Py_INCREF(seq), tuple = seq;
    else
        tuple = PyTuple_New(0);
    if (tuple == NULL)
        return NULL;
    if (kw != NULL && !PyDict_Check(kw)) {
        PyErr_Format(PyExc_TypeError, "apply() arg 3 expected dictionary, found %s",
                     Py_TYPE(kw)->tp_name);
        Py_DECREF(tuple);
        return NULL;
    }
    result = PyEval_CallGoOn(func, tuple, kw);
    Py_DECREF(tuple);
    return result;
}

PyDoc_STRVAR(
    bin_doc,
    "bin(number) -> string\n\nReturn the binary representation of an integer or long integer.");

static PyObject *builtin_bin(PyObject *self, PyObject *v)
{
    return PyNumber_ToBase(v, 2);
}

/* hex() and oct() ask the object's own slot, which must give a str. */
static PyObject *to_text(PyObject *v, unaryfunc slot, const char *name)
{
    PyObject *result;

    if (slot == NULL) {
        PyErr_Format(PyExc_TypeError, "%s() argument can't be converted to %s", name, name);
        return NULL;
    }
    result = slot(v);
    if (result != NULL && !PyString_Check(result)) {
        PyErr_Format(PyExc_TypeError, "__%s__ returned non-string (type %.200s)", name,
                     Py_TYPE(result)->tp_name);
        Py_CLEAR(result);
    }
    return result;
}

PyDoc_STRVAR(hex_doc, "hex(number) -> string\n\nReturn the hexadecimal representation of an "
                      "integer or long integer.");

static PyObject *builtin_hex(PyObject *self, PyObject *v)
{
    PyNumberMethods *nb = Py_TYPE(v)->tp_as_number;

    return to_text(v, nb ? nb->nb_hex : NULL, "hex");
}

PyDoc_STRVAR(
    oct_doc,
    "oct(number) -> string\n\nReturn the octal representation of an integer or long integer.");

static PyObject *builtin_oct(PyObject *self, PyObject *v)
{
    PyNumberMethods *nb = Py_TYPE(v)->tp_as_number;

    return to_text(v, nb ? nb->nb_oct : NULL, "oct");
}

PyDoc_STRVAR(
    callable_doc,
    "callable(object) -> bool\n\nReturn whether the object can be called: classes can, as well as "
    "instances with a __call__() method.");

static PyObject *builtin_callable(PyObject *self, PyObject *v)
{
    return PyBool_FromLong(PyCallable_Check(v));
}

PyDoc_STRVAR(
    chr_doc,
    "chr(i) -> character\n\nReturn a string of one character with ordinal i; 0 <= i < 256.");

static PyObject *builtin_chr(PyObject *self, PyObject *args)
{
    py_long x;
    char c;

    if (!PyArg_ParseTuple(args, "l:chr", &x))
        return NULL;
    if (x < 0 || x >= 256) {
        PyErr_SetString(PyExc_ValueError, "chr() arg not in range(256)");
        return NULL;
    }
    c = (char)x;
    return PyString_FromStringAndSize(&c, 1);
}

PyDoc_STRVAR(unichr_doc, "unichr(i) -> Unicode character\n\nReturn a Unicode string of one "
                         "character with ordinal i; 0 <= i <= 0x10ffff.");

static PyObject *builtin_unichr(PyObject *self, PyObject *args)
{
    int x;

    if (!PyArg_ParseTuple(args, "i:unichr", &x))
        return NULL;
    return PyUnicode_FromOrdinal(x);
}

PyDoc_STRVAR(ord_doc, "ord(c) -> integer\n\nReturn the integer ordinal of a one-character string.");

static PyObject *builtin_ord(PyObject *self, PyObject *v)
{
    Py_ssize_t n;

    if (PyString_Check(v)) {
        n = PyString_GET_SIZE(v);
        if (n == 1)
            return PyInt_FromLong(Py_CHARMASK(PyString_AS_STRING(v)[0]));
    } else if (PyByteArray_Check(v)) {
        n = PyByteArray_GET_SIZE(v);
        if (n == 1)
            return PyInt_FromLong(Py_CHARMASK(PyByteArray_AS_STRING(v)[0]));
    } else if (PyUnicode_Check(v)) {
        n = PyUnicode_GET_SIZE(v);
        if (n == 1)
            return PyInt_FromLong((py_long)PyUnicode_AS_UNICODE(v)[0]);
    } else {
        PyErr_Format(PyExc_TypeError, "ord() expected string of length 1, but %.200s found",
                     Py_TYPE(v)->tp_name);
        return NULL;
    }
    PyErr_Format(PyExc_TypeError, "ord() expected a character, but string of length %zd found", n);
    return NULL;
}

PyDoc_STRVAR(cmp_doc,
             "cmp(x, y) -> integer\n\nReturn negative if x<y, zero if x==y, positive if x>y.");

static PyObject *builtin_cmp(PyObject *self, PyObject *args)
{
    PyObject *a, *b;
    int c;

    if (!PyArg_UnpackTuple(args, "cmp", 2, 2, &a, &b) || PyObject_Cmp(a, b, &c) < 0)
        return NULL;
    return PyInt_FromLong(c);
}

PyDoc_STRVAR(coerce_doc, "coerce(x, y) -> (x1, y1)\n\nReturn a tuple of the two numbers converted "
                         "to a common type by the "
                         "rules of arithmetic. TypeError if that is not possible.");

static PyObject *builtin_coerce(PyObject *self, PyObject *args)
{
    PyObject *v, *w, *result;

    if (PyErr_WarnPy3k("coerce() not supported in 3.x", 1) < 0)
        return NULL;
    if (!PyArg_UnpackTuple(args, "coerce", 2, 2, &v, &w) || PyNumber_Coerce(&v, &w) < 0)
        return NULL;
    result = PyTuple_Pack(2, v, w);
    Py_DECREF(v);
    Py_DECREF(w);
    return result;
}

PyDoc_STRVAR(dir_doc, "dir([object]) -> list of strings\n\nWithout an argument, the names of the "
                      "current scope. With one, a sorted "
                      "list of its attributes and of those that can be reached from it: what its "
                      "__dir__ says if it has one; for a "
                      "module its attributes; for a class its own and its bases' ones; else its "
                      "own, its class's and its bases'.");

static PyObject *builtin_dir(PyObject *self, PyObject *args)
{
    PyObject *arg = NULL;

    if (!PyArg_UnpackTuple(args, "dir", 0, 1, &arg))
        return NULL;
    return PyObject_Dir(arg);
}

PyDoc_STRVAR(divmod_doc, "divmod(x, y) -> (quotient, remainder)\n\nReturn the tuple ((x-x%y)/y, "
                         "x%y). Invariant: div*y + mod == x.");

static PyObject *builtin_divmod(PyObject *self, PyObject *args)
{
    PyObject *v, *w;

    if (!PyArg_UnpackTuple(args, "divmod", 2, 2, &v, &w))
        return NULL;
    return PyNumber_Divmod(v, w);
}

PyDoc_STRVAR(format_doc, "format(value[, format_spec]) -> string\n\nReturns "
                         "value.__format__(format_spec); the default is \"\".");

static PyObject *builtin_format(PyObject *self, PyObject *args)
{
    PyObject *v, *spec = NULL;

    if (!PyArg_ParseTuple(args, "O|O:format", &v, &spec))
        return NULL;
    return PyObject_Format(v, spec);
}

/* -- Attributes
 * -------------------------------------------------------------------------------------------- */

/* A name as a str: unicode is encoded. New reference. */
static PyObject *attribute_name(PyObject *name, const char *func)
{
    if (PyUnicode_Check(name)) {
        name = _PyUnicode_AsDefaultEncodedString(name, NULL);
        if (name == NULL)
            return NULL;
    }
    if (!PyString_Check(name)) {
        PyErr_Format(PyExc_TypeError, "%s(): attribute name must be string", func);
        return NULL;
    }
    Py_INCREF(name);
    return name;
}

/* Is getting the attribute sure to run no Python code? */
static int is_plain_lookup(PyObject *v, PyObject *name)
{
    PyTypeObject *t = Py_TYPE(v);
    PyObject *descr;

    if (t->tp_getattro != PyObject_GenericGetAttr)
        return t->tp_getattro == PyType_Type.tp_getattro && PyType_CheckExact(v);
    descr = _PyType_Lookup(t, name);
    return descr == NULL || (Py_TYPE(descr) != &PyProperty_Type &&
                             Py_TYPE(descr)->tp_descr_get != _PySlot_tp_descr_get);
}

static PyObject *getattr_done(PyCont *c, PyObject *value)
{
    if (value == NULL && PyErr_ExceptionMatches(PyExc_AttributeError)) {
        PyErr_Clear();
        value = c->a;
        Py_INCREF(value);
    }
    PyEval_ReleaseCont(c);
    return value;
}

PyDoc_STRVAR(getattr_doc, "getattr(object, name[, default]) -> value\n\nGet a named attribute from "
                          "an object; getattr(x, 'y') "
                          "is equivalent to x.y. The default is returned when the attribute does "
                          "not exist; without it, an "
                          "exception is raised in that case.");

static PyObject *builtin_getattr(PyObject *self, PyObject *args)
{
    PyObject *v, *name, *missing = NULL, *result = NULL;
    PyCont *c;

    if (!PyArg_UnpackTuple(args, "getattr", 2, 3, &v, &name, &missing))
        return NULL;
    name = attribute_name(name, "getattr");
    if (name == NULL)
        return NULL;
    if (missing == NULL)
        result = PyEval_GetAttrGoOn(v, name);
    else if (is_plain_lookup(v, name)) {
        result = PyObject_GetAttr(v, name);
        if (result == NULL && PyErr_ExceptionMatches(PyExc_AttributeError)) {
            PyErr_Clear();
            Py_INCREF(missing);
            result = missing;
        }
    } else if ((c = PyEval_PushCont(getattr_done)) != NULL) {
        Py_INCREF(missing);
        c->a = missing;
        result = PyEval_Then(PyEval_GetAttrGoOn(v, name));
    }
    Py_DECREF(name);
    return result;
}

static PyObject *hasattr_done(PyCont *c, PyObject *value)
{
    PyEval_ReleaseCont(c);
    if (value == NULL) {
        if (!PyErr_ExceptionMatches(PyExc_Exception))
            return NULL;
        PyErr_Clear();
        Py_RETURN_FALSE;
    }
    Py_DECREF(value);
    Py_RETURN_TRUE;
}

PyDoc_STRVAR(hasattr_doc,
             "hasattr(object, name) -> bool\n\nReturn whether the object has an attribute with the "
             "given name. "
             "(This is done by calling getattr(object, name) and catching exceptions.)");

static PyObject *builtin_hasattr(PyObject *self, PyObject *args)
{
    PyObject *v, *name, *result = NULL;
    PyCont s = {0};

    if (!PyArg_UnpackTuple(args, "hasattr", 2, 2, &v, &name))
        return NULL;
    name = attribute_name(name, "hasattr");
    if (name == NULL)
        return NULL;
    if (is_plain_lookup(v, name))
        result = hasattr_done(&s, PyObject_GetAttr(v, name));
    else if (PyEval_PushCont(hasattr_done) != NULL)
        result = PyEval_Then(PyEval_GetAttrGoOn(v, name));
    Py_DECREF(name);
    return result;
}

PyDoc_STRVAR(
    setattr_doc,
    "setattr(object, name, value)\n\nSet a named attribute on an object; setattr(x, 'y', v) is "
    "equivalent to ``x.y = v''.");

static PyObject *builtin_setattr(PyObject *self, PyObject *args)
{
    PyObject *v, *name, *value;

    if (!PyArg_UnpackTuple(args, "setattr", 3, 3, &v, &name, &value))
        return NULL;
    return PyEval_SetAttrGoOn(v, name, value);
}

PyDoc_STRVAR(delattr_doc, "delattr(object, name)\n\nDelete a named attribute on an object; "
                          "delattr(x, 'y') is equivalent to ``del x.y''.");

static PyObject *builtin_delattr(PyObject *self, PyObject *args)
{
    PyObject *v, *name;

    if (!PyArg_UnpackTuple(args, "delattr", 2, 2, &v, &name))
        return NULL;
    return PyEval_SetAttrGoOn(v, name, NULL);
}

/* -- Namespaces
 * ---------------------------------------------------------------------------------------------- */

PyDoc_STRVAR(globals_doc, "globals() -> dictionary\n\nReturn the dictionary containing the current "
                          "scope's global variables.");

static PyObject *builtin_globals(PyObject *self, PyObject *noargs)
{
    PyObject *d = PyEval_GetGlobals();

    Py_XINCREF(d);
    return d;
}

PyDoc_STRVAR(locals_doc, "locals() -> dictionary\n\nUpdate and return a dictionary containing the "
                         "current scope's local variables.");

static PyObject *builtin_locals(PyObject *self, PyObject *noargs)
{
    PyObject *d = PyEval_GetLocals();

    Py_XINCREF(d);
    return d;
}

static PyObject *vars_done(PyCont *c, PyObject *value)
{
    PyEval_ReleaseCont(c);
    if (value == NULL)
        PyErr_SetString(PyExc_TypeError, "vars() argument must have __dict__ attribute");
    return value;
}

PyDoc_STRVAR(vars_doc, "vars([object]) -> dictionary\n\nWithout arguments, equivalent to "
                       "locals().\nWith an argument, equivalent to object.__dict__.");

static PyObject *builtin_vars(PyObject *self, PyObject *args)
{
    PyObject *v = NULL, *name, *d;

    if (!PyArg_UnpackTuple(args, "vars", 0, 1, &v))
        return NULL;
    if (v == NULL) {
        d = PyEval_GetLocals();
        if (d == NULL && !PyErr_Occurred())
            PyErr_SetString(PyExc_SystemError, "vars(): no locals!?");
        Py_XINCREF(d);
        return d;
    }
    name = PyString_InternFromString("__dict__");
    if (name == NULL || PyEval_PushCont(vars_done) == NULL) {
        Py_XDECREF(name);
        return NULL;
    }
    d = PyEval_Then(PyEval_GetAttrGoOn(v, name));
    Py_DECREF(name);
    return d;
}

/* -- The rest
 * ---------------------------------------------------------------------------------------------- */

PyDoc_STRVAR(hash_doc, "hash(object) -> integer\n\nReturn a hash value for the object. Two objects "
                       "with the same value have "
                       "the same hash value. The reverse is not necessarily true, but likely.");

static PyObject *builtin_hash(PyObject *self, PyObject *v)
{
    py_long h = PyObject_Hash(v);

    return h == -1 ? NULL : PyInt_FromLong(h);
}

PyDoc_STRVAR(id_doc, "id(object) -> integer\n\nReturn the identity of an object, unique among "
                     "objects that exist at the same time.");

static PyObject *builtin_id(PyObject *self, PyObject *v)
{
    return PyLong_FromVoidPtr(v);
}

PyDoc_STRVAR(intern_doc, "intern(string) -> string\n\n``Intern'' the given string: enter it in the "
                         "(global) table of interned "
                         "strings, or return the one that is there with the same value.");

static PyObject *builtin_intern(PyObject *self, PyObject *args)
{
    PyObject *s;

    if (!PyArg_ParseTuple(args, "S:intern", &s))
        return NULL;
    if (!PyString_CheckExact(s)) {
        PyErr_SetString(PyExc_TypeError, "can't intern subclass of string");
        return NULL;
    }
    Py_INCREF(s);
    PyString_InternInPlace(&s);
    return s;
}

PyDoc_STRVAR(isinstance_doc, "isinstance(object, class-or-type-or-tuple) -> bool\n\nReturn whether "
                             "an object is an instance of "
                             "a class or of a subclass thereof; of any of them with a tuple.");

static PyObject *builtin_isinstance(PyObject *self, PyObject *args)
{
    PyObject *v, *cls;
    int r;

    if (!PyArg_UnpackTuple(args, "isinstance", 2, 2, &v, &cls))
        return NULL;
    r = PyObject_IsInstance(v, cls);
    return r < 0 ? NULL : PyBool_FromLong(r);
}

PyDoc_STRVAR(issubclass_doc, "issubclass(C, B) -> bool\n\nReturn whether class C is a subclass "
                             "(i.e., a derived class) of class "
                             "B; of any of them with a tuple.");

static PyObject *builtin_issubclass(PyObject *self, PyObject *args)
{
    PyObject *v, *cls;
    int r;

    if (!PyArg_UnpackTuple(args, "issubclass", 2, 2, &v, &cls))
        return NULL;
    r = PyObject_IsSubclass(v, cls);
    return r < 0 ? NULL : PyBool_FromLong(r);
}

PyDoc_STRVAR(len_doc,
             "len(object) -> integer\n\nReturn the number of items of a sequence or collection.");

static PyObject *builtin_len(PyObject *self, PyObject *v)
{
    Py_ssize_t n = PyObject_Size(v);

    return n < 0 ? NULL : PyInt_FromSsize_t(n);
}

PyDoc_STRVAR(pow_doc, "pow(x, y[, z]) -> number\n\nWith two arguments, equivalent to x**y.  With "
                      "three arguments, equivalent to "
                      "(x**y) % z, but may be more efficient (e.g. for longs).");

static PyObject *builtin_pow(PyObject *self, PyObject *args)
{
    PyObject *v, *w, *z = Py_None;

    if (!PyArg_UnpackTuple(args, "pow", 2, 3, &v, &w, &z))
        return NULL;
    return PyNumber_Power(v, w, z);
}

PyDoc_STRVAR(repr_doc, "repr(object) -> string\n\nReturn the canonical string representation of "
                       "the object.\nFor most object "
                       "types, eval(repr(object)) == object.");

static PyObject *builtin_repr(PyObject *self, PyObject *v)
{
    return PyEval_ReprGoOn(v);
}

PyDoc_STRVAR(round_doc, "round(number[, ndigits]) -> floating point number\n\nRound a number to a "
                        "given precision in decimal "
                        "digits (default 0 digits).\nThis always returns a floating point number.  "
                        "Precision may be negative.");

static PyObject *builtin_round(PyObject *self, PyObject *args, PyObject *kw)
{
    static char *names[] = {"number", "ndigits", NULL};
    PyObject *digits = NULL;
    Py_ssize_t n = 0;
    double x;

    if (!PyArg_ParseTupleAndKeywords(args, kw, "d|O:round", names, &x, &digits))
        return NULL;
    if (digits != NULL) {
        n = PyNumber_AsSsize_t(digits, NULL);
        if (n == -1 && PyErr_Occurred())
            return NULL;
    }
    if (!Py_IS_FINITE(x) || x == 0.0)
        return PyFloat_FromDouble(x);
    if (n > 323) /* every digit a double can have */
        return PyFloat_FromDouble(x);
    if (n < -308)
        return PyFloat_FromDouble(0.0 * x);
    x = _Py_double_round(x, (int)n);
    if (!Py_IS_FINITE(x)) {
        PyErr_SetString(PyExc_OverflowError, "rounded value too large to represent");
        return NULL;
    }
    return PyFloat_FromDouble(x);
}

/* -- The table
 * ------------------------------------------------------------------------------------------------
 */

#define RESUMABLE METH_RESUMABLE

static PyMethodDef builtin_methods[] = {
    {"__import__", PyCFunction_CAST(_PyBuiltin_import), METH_VARARGS | METH_KEYWORDS | RESUMABLE,
     "__import__(name, globals={}, locals={}, fromlist=[], level=-1) -> module\n\nImport a module. "
     "Because this function is "
     "meant for use by the Python interpreter and not for general use it is better to use "
     "importlib.import_module() to "
     "programmatically import a module. globals only tells the context; locals is not used. "
     "fromlist should be a list of names "
     "to emulate ``from name import ...'', or empty for ``import name''; then the top-level "
     "package is returned. level: -1 "
     "tries relative and absolute import, 0 is absolute, a positive number the parent packages to "
     "search."},
    {"abs", builtin_abs, METH_O | METH_AGAIN, abs_doc},
    {"all", _PyBuiltin_all, METH_O | RESUMABLE,
     "all(iterable) -> bool\n\nReturn True if bool(x) is True for all values x in the "
     "iterable.\nIf the iterable is empty, return True."},
    {"any", _PyBuiltin_any, METH_O | RESUMABLE,
     "any(iterable) -> bool\n\nReturn True if bool(x) is True for any x in the iterable.\nIf the "
     "iterable is empty, return False."},
    {"apply", builtin_apply, METH_VARARGS | RESUMABLE, apply_doc},
    {"bin", builtin_bin, METH_O, bin_doc},
    {"callable", builtin_callable, METH_O, callable_doc},
    {"chr", builtin_chr, METH_VARARGS | METH_AGAIN, chr_doc},
    {"cmp", builtin_cmp, METH_VARARGS | METH_AGAIN, cmp_doc},
    {"coerce", builtin_coerce, METH_VARARGS | METH_AGAIN, coerce_doc},
    {"compile", PyCFunction_CAST(_PyBuiltin_compile), METH_VARARGS | METH_KEYWORDS,
     "compile(source, filename, mode[, flags[, dont_inherit]]) -> code object\n\nCompile the "
     "source (a string, or a tree of "
     "module ast) into a code object for the exec statement or eval(). filename is used for "
     "messages. mode is 'exec' for a "
     "module, 'single' for one interactive statement, 'eval' for an expression. flags tell which "
     "future statements affect the "
     "compilation; dont_inherit, if non-zero, keeps out those of the calling code."},
    {"delattr", builtin_delattr, METH_VARARGS | RESUMABLE, delattr_doc},
    {"dir", builtin_dir, METH_VARARGS, dir_doc},
    {"divmod", builtin_divmod, METH_VARARGS | METH_AGAIN, divmod_doc},
    {"eval", _PyBuiltin_eval, METH_VARARGS | RESUMABLE,
     "eval(source[, globals[, locals]]) -> value\n\nEvaluate the source (a string of an "
     "expression, or a code object) in the "
     "context of globals and locals. globals must be a dictionary, locals any mapping; the current "
     "ones by default. If only "
     "globals is given, locals is the same."},
    {"execfile", _PyBuiltin_execfile, METH_VARARGS | RESUMABLE,
     "execfile(filename[, globals[, locals]])\n\nRead and execute a Python script from a file. The "
     "globals and locals are "
     "dictionaries, defaulting to the current ones; if only globals is given, locals is the same."},
    {"filter", _PyBuiltin_filter, METH_VARARGS | RESUMABLE,
     "filter(function or None, sequence) -> list, tuple, or string\n\nReturn those items of "
     "sequence for which function(item) "
     "is true. If function is None, return the items that are true. If sequence is a tuple or "
     "string, return the same type, "
     "else return a list."},
    {"format", builtin_format, METH_VARARGS | METH_AGAIN, format_doc},
    {"getattr", builtin_getattr, METH_VARARGS | RESUMABLE, getattr_doc},
    {"globals", builtin_globals, METH_NOARGS, globals_doc},
    {"hasattr", builtin_hasattr, METH_VARARGS | RESUMABLE, hasattr_doc},
    {"hash", builtin_hash, METH_O | METH_AGAIN, hash_doc},
    {"hex", builtin_hex, METH_O | METH_AGAIN, hex_doc},
    {"id", builtin_id, METH_O, id_doc},
    {"input", _PyBuiltin_input, METH_VARARGS | RESUMABLE,
     "input([prompt]) -> value\n\nEquivalent to eval(raw_input(prompt))."},
    {"intern", builtin_intern, METH_VARARGS, intern_doc},
    {"isinstance", builtin_isinstance, METH_VARARGS | METH_AGAIN, isinstance_doc},
    {"issubclass", builtin_issubclass, METH_VARARGS | METH_AGAIN, issubclass_doc},
    {"iter", _PyBuiltin_iter, METH_VARARGS | RESUMABLE,
     "iter(collection) -> iterator\niter(callable, sentinel) -> iterator\n\nGet an iterator from "
     "an object. In the first form, "
     "the argument must supply its own iterator, or be a sequence. In the second form, the "
     "callable is called until it "
     "returns the sentinel."},
    {"len", builtin_len, METH_O | METH_AGAIN, len_doc},
    {"locals", builtin_locals, METH_NOARGS, locals_doc},
    {"map", _PyBuiltin_map, METH_VARARGS | RESUMABLE,
     "map(function, sequence[, sequence, ...]) -> list\n\nReturn a list of the results of applying "
     "the function to the items of "
     "the sequence(s), in step when there are several, None standing for missing items. If the "
     "function is None, return a list "
     "of the items (or of tuples of them)."},
    {"max", PyCFunction_CAST(_PyBuiltin_max), METH_VARARGS | METH_KEYWORDS | RESUMABLE,
     "max(iterable[, key=func]) -> value\nmax(a, b, c, ...[, key=func]) -> value\n\nWith a single "
     "iterable argument, return its "
     "largest item.\nWith two or more arguments, return the largest argument."},
    {"min", PyCFunction_CAST(_PyBuiltin_min), METH_VARARGS | METH_KEYWORDS | RESUMABLE,
     "min(iterable[, key=func]) -> value\nmin(a, b, c, ...[, key=func]) -> value\n\nWith a single "
     "iterable argument, return its "
     "smallest item.\nWith two or more arguments, return the smallest argument."},
    {"next", _PyBuiltin_next, METH_VARARGS | RESUMABLE,
     "next(iterator[, default])\n\nReturn the next item from the iterator. If default is given and "
     "the iterator is exhausted, it "
     "is returned instead of raising StopIteration."},
    {"oct", builtin_oct, METH_O | METH_AGAIN, oct_doc},
    {"open", PyCFunction_CAST(_PyBuiltin_open), METH_VARARGS | METH_KEYWORDS,
     "open(name[, mode[, buffering]]) -> file object\n\nOpen a file using the file() type, returns "
     "a file object.  This is the "
     "preferred way to open a file.  See file.__doc__ for further information."},
    {"ord", builtin_ord, METH_O, ord_doc},
    {"pow", builtin_pow, METH_VARARGS | METH_AGAIN, pow_doc},
    {"print", PyCFunction_CAST(_PyBuiltin_print), METH_VARARGS | METH_KEYWORDS,
     "print(value, ..., sep=' ', end='\\n', file=sys.stdout)\n\nPrints the values to a stream, or "
     "to sys.stdout by default.\n"
     "Optional keyword arguments:\nfile: a file-like object (stream); defaults to the current "
     "sys.stdout.\nsep:  string inserted "
     "between values, default a space.\nend:  string appended after the last value, default a "
     "newline."},
    {"range", _PyBuiltin_range, METH_VARARGS,
     "range(stop) -> list of integers\nrange(start, stop[, step]) -> list of integers\n\nReturn a "
     "list containing an arithmetic "
     "progression of integers. range(i, j) returns [i, i+1, i+2, ..., j-1]; start (!) defaults to "
     "0. When step is given, it "
     "specifies the increment (or decrement)."},
    {"raw_input", _PyBuiltin_raw_input, METH_VARARGS | RESUMABLE,
     "raw_input([prompt]) -> string\n\nRead a string from standard input.  The trailing newline is "
     "stripped. If the user hits EOF, "
     "raise EOFError. The prompt string, if given, is printed without a trailing newline before "
     "reading."},
    {"reduce", _PyBuiltin_reduce, METH_VARARGS | RESUMABLE,
     "reduce(function, sequence[, initial]) -> value\n\nApply a function of two arguments "
     "cumulatively to the items of a sequence, "
     "from left to right, so as to reduce the sequence to a single value. If initial is present, "
     "it is placed before the items "
     "of the sequence, and serves as a default when the sequence is empty."},
    {"reload", _PyBuiltin_reload, METH_O | RESUMABLE,
     "reload(module) -> module\n\nReload the module.  The module must have been successfully "
     "imported before."},
    {"repr", builtin_repr, METH_O | RESUMABLE, repr_doc},
    {"round", PyCFunction_CAST(builtin_round), METH_VARARGS | METH_KEYWORDS | METH_AGAIN,
     round_doc},
    {"setattr", builtin_setattr, METH_VARARGS | RESUMABLE, setattr_doc},
    {"sorted", PyCFunction_CAST(_PyBuiltin_sorted), METH_VARARGS | METH_KEYWORDS | RESUMABLE,
     "sorted(iterable, cmp=None, key=None, reverse=False) --> new sorted list"},
    {"sum", _PyBuiltin_sum, METH_VARARGS | RESUMABLE,
     "sum(iterable[, start]) -> value\n\nReturn the sum of an iterable or sequence of numbers (NOT "
     "strings) plus the value of "
     "'start' (which defaults to 0). When the sequence is empty, return start."},
    {"unichr", builtin_unichr, METH_VARARGS | METH_AGAIN, unichr_doc},
    {"vars", builtin_vars, METH_VARARGS | RESUMABLE, vars_doc},
    {"zip", _PyBuiltin_zip, METH_VARARGS | RESUMABLE,
     "zip(seq1 [, seq2 [...]]) -> [(seq1[0], seq2[0] ...), (...)]\n\nReturn a list of tuples, "
     "where each tuple contains the i-th "
     "element from each of the argument sequences. The list is as long as the shortest of them."},
    {NULL, NULL, 0, NULL},
};

PyDoc_STRVAR(builtin_doc, "Built-in functions, exceptions, and other objects.\n\nNoteworthy: None "
                          "is the `nil' object; Ellipsis "
                          "represents `...' in slices.");

static const struct {
    const char *name;
    PyObject *object;
} builtin_objects[] = {
    {"None", Py_None},
    {"Ellipsis", Py_Ellipsis},
    {"NotImplemented", Py_NotImplemented},
    {"False", Py_False},
    {"True", Py_True},
    {"basestring", (PyObject *)&PyBaseString_Type},
    {"bool", (PyObject *)&PyBool_Type},
    {"memoryview", (PyObject *)&PyMemoryView_Type},
    {"bytearray", (PyObject *)&PyByteArray_Type},
    {"bytes", (PyObject *)&PyString_Type},
    {"buffer", (PyObject *)&PyBuffer_Type},
    {"classmethod", (PyObject *)&PyClassMethod_Type},
    {"complex", (PyObject *)&PyComplex_Type},
    {"dict", (PyObject *)&PyDict_Type},
    {"enumerate", (PyObject *)&PyEnum_Type},
    {"file", (PyObject *)&PyFile_Type},
    {"float", (PyObject *)&PyFloat_Type},
    {"frozenset", (PyObject *)&PyFrozenSet_Type},
    {"property", (PyObject *)&PyProperty_Type},
    {"int", (PyObject *)&PyInt_Type},
    {"list", (PyObject *)&PyList_Type},
    {"long", (PyObject *)&PyLong_Type},
    {"object", (PyObject *)&PyBaseObject_Type},
    {"reversed", (PyObject *)&PyReversed_Type},
    {"set", (PyObject *)&PySet_Type},
    {"slice", (PyObject *)&PySlice_Type},
    {"staticmethod", (PyObject *)&PyStaticMethod_Type},
    {"str", (PyObject *)&PyString_Type},
    {"super", (PyObject *)&PySuper_Type},
    {"tuple", (PyObject *)&PyTuple_Type},
    {"type", (PyObject *)&PyType_Type},
    {"unicode", (PyObject *)&PyUnicode_Type},
    {"xrange", (PyObject *)&PyRange_Type},
};

PyObject *_PyBuiltin_Init(void)
{
    PyObject *m = Py_InitModule4("__builtin__", builtin_methods, builtin_doc, NULL,
                                 PYTHON_API_VERSION),
             *d;
    size_t i;

    if (m == NULL)
        return NULL;
    d = PyModule_GetDict(m);
    for (i = 0; i < sizeof builtin_objects / sizeof builtin_objects[0]; i++)
        if (PyDict_SetItemString(d, builtin_objects[i].name, builtin_objects[i].object) < 0)
            return NULL;
    if (PyDict_SetItemString(d, "__debug__", Py_OptimizeFlag == 0 ? Py_True : Py_False) < 0)
        return NULL;
    return m;
}
