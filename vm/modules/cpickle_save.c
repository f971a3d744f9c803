/* SPDX-License-Identifier: MIT */
/* cPickle's pickler. Invariant: an object with a memo entry is kept alive by it, so that its
 * address stays its identity; output goes to `out`, flushed to the file at the end of a dump or
 * when it has grown large. */
#include "cpickle.h"

typedef struct {
    PyObject_HEAD PyObject *file, *write; /* NULL: getvalue() */
    PyObject *memo;                       /* id -> (number, object) */
    PyObject *pers_func, *inst_pers_func;
    int proto, bin, fast;
    PyObject *fast_memo; /* id -> None of the containers entered, past a depth; NULL: none */
    int fast_depth;
    char *out;
    Py_ssize_t len, alloc;
} Pickler;

#define FLUSH_AT 65536

static int save(Pickler *p, PyObject *o, int pers_save);
static int save_owned(Pickler *p, PyObject *o, int pers_save); /* takes the reference */

static int emit(Pickler *p, const void *s, Py_ssize_t n)
{
    if (n > p->alloc - p->len) {
        if (n > PY_SSIZE_T_MAX / 2 - p->len) {
            PyErr_NoMemory();
            return -1;
        }
        Py_ssize_t alloc = (p->len + n) * 2 + 128;
        char *grown = PyMem_Realloc(p->out, alloc);
        if (grown == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        p->out = grown;
        p->alloc = alloc;
    }
    memcpy(p->out + p->len, s, (size_t)n);
    p->len += n;
    return 0;
}

static int emit_op(Pickler *p, int op)
{
    char c = (char)op;
    return emit(p, &c, 1);
}

static int emit_text(Pickler *p, const char *s)
{
    return emit(p, s, (Py_ssize_t)strlen(s));
}

static int emit_le(Pickler *p, int op, uint64_t v, int bytes)
{
    char b[9];
    b[0] = (char)op;
    for (int i = 0; i < bytes; i++)
        b[i + 1] = (char)(v >> (8 * i));
    return emit(p, b, bytes + 1);
}

static int flush(Pickler *p)
{
    if (p->write == NULL && p->file != NULL)
        p->len = 0;
    if (p->write == NULL || p->len == 0)
        return 0;
    PyObject *s = PyString_FromStringAndSize(p->out, p->len);
    p->len = 0;
    if (s == NULL)
        return -1;
    PyObject *r = PyObject_CallFunctionObjArgs(p->write, s, NULL);
    Py_DECREF(s);
    if (r == NULL)
        return -1;
    Py_DECREF(r);
    return 0;
}

/* ---- memo ---- */

static int put_always(Pickler *p, PyObject *o)
{
    if (p->fast)
        return 0;
    Py_ssize_t n = PyDict_Size(p->memo) + 1;
    PyObject *key = PyLong_FromVoidPtr(o), *entry = Py_BuildValue("(nO)", n, o);
    int r = key == NULL || entry == NULL ? -1 : PyDict_SetItem(p->memo, key, entry);
    Py_XDECREF(key);
    Py_XDECREF(entry);
    if (r < 0)
        return -1;
    if (p->bin)
        return n < 256 ? emit_le(p, P_BINPUT, (uint64_t)n, 1)
                       : emit_le(p, P_LONG_BINPUT, (uint64_t)n, 4);
    char text[32];
    PyOS_snprintf(text, sizeof text, "p%zd\n", n);
    return emit_text(p, text);
}

static int put(Pickler *p, PyObject *o)
{
    /* one reference is save()'s own: with one more nobody else can meet the object again */
    return Py_REFCNT(o) < 3 ? 0 : put_always(p, o);
}

/* 1: o was in the memo and its GET has been written. */
static int get(Pickler *p, PyObject *o)
{
    PyObject *key = PyLong_FromVoidPtr(o);
    if (key == NULL)
        return -1;
    PyObject *entry = PyDict_GetItem(p->memo, key);
    Py_DECREF(key);
    if (entry == NULL)
        return 0;
    if (!PyTuple_Check(entry) || PyTuple_GET_SIZE(entry) < 1) {
        PyErr_SetString(cPickle_PicklingError, "bad memo entry");
        return -1;
    }
    PyObject *number = PyTuple_GET_ITEM(entry, 0);
    if (!PyInt_Check(number)) {
        PyErr_SetString(cPickle_PicklingError, "no int where int expected in memo");
        return -1;
    }
    py_long n = PyInt_AS_LONG(number);
    int r;
    if (p->bin)
        r = n < 256 ? emit_le(p, P_BINGET, (uint64_t)n, 1)
                    : emit_le(p, P_LONG_BINGET, (uint64_t)n, 4);
    else {
        char text[32];
        PyOS_snprintf(text, sizeof text, "g%ld\n", n);
        r = emit_text(p, text);
    }
    return r < 0 ? -1 : 1;
}

/* ---- atoms ---- */

static int save_int(Pickler *p, PyObject *o)
{
    py_long v = PyInt_AS_LONG(o);
    if (!p->bin || v != (int32_t)v) {
        char text[40];
        /* Too large for a binary code: text, as a long would be on a 32-bit machine. */
        PyOS_snprintf(text, sizeof text, "I%ld\n", v);
        return emit_text(p, text);
    }
    if (v >= 0 && v < 256)
        return emit_le(p, P_BININT1, (uint64_t)v, 1);
    if (v >= 0 && v < 65536)
        return emit_le(p, P_BININT2, (uint64_t)v, 2);
    return emit_le(p, P_BININT, (uint64_t)v, 4);
}

static int save_long(Pickler *p, PyObject *o)
{
    if (p->proto >= 2) {
        int sign = _PyLong_Sign(o);
        if (sign == 0)
            return emit_le(p, P_LONG1, 0, 1);
        Py_ssize_t bits = _PyLong_NumBits(o);
        if (bits < 0 && PyErr_Occurred())
            return -1;
        Py_ssize_t n = (bits >> 3) + 1;
        if (n > INT32_MAX) {
            PyErr_SetString(PyExc_OverflowError, "long too large to pickle");
            return -1;
        }
        unsigned char *b = PyMem_Malloc(n);
        if (b == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        int r = _PyLong_AsByteArray((PyLongObject *)o, b, n, 1, 1);
        /* The sign bit of a negative number may already be in the byte before. */
        if (r == 0 && sign < 0 && n > 1 && b[n - 1] == 0xff && (b[n - 2] & 0x80))
            n--;
        if (r == 0)
            r = n < 256 ? emit_le(p, P_LONG1, (uint64_t)n, 1) : emit_le(p, P_LONG4, (uint64_t)n, 4);
        if (r == 0)
            r = emit(p, b, n);
        PyMem_Free(b);
        return r;
    }
    PyObject *text = PyObject_Repr(o);
    if (text == NULL)
        return -1;
    int r = emit_op(p, P_LONG);
    if (r == 0)
        r = emit(p, PyString_AS_STRING(text), PyString_GET_SIZE(text));
    Py_DECREF(text);
    return r == 0 ? emit_op(p, '\n') : -1;
}

static int save_float(Pickler *p, PyObject *o)
{
    double d = PyFloat_AS_DOUBLE(o);
    if (p->bin) {
        unsigned char b[9] = {P_BINFLOAT};
        if (_PyFloat_Pack8(d, b + 1, 0) < 0)
            return -1;
        return emit(p, b, 9);
    }
    char *text = PyOS_double_to_string(d, 'r', 0, 0, NULL);
    if (text == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    int r = emit_op(p, P_FLOAT) || emit_text(p, text) || emit_op(p, '\n') ? -1 : 0;
    PyMem_Free(text);
    return r;
}

static int save_string(Pickler *p, PyObject *o, int doput)
{
    Py_ssize_t n = PyString_GET_SIZE(o);
    if (!p->bin) {
        PyObject *text = PyObject_Repr(o);
        if (text == NULL)
            return -1;
        int r = emit_op(p, P_STRING) ||
                emit(p, PyString_AS_STRING(text), PyString_GET_SIZE(text)) || emit_op(p, '\n');
        Py_DECREF(text);
        if (r)
            return -1;
    } else {
        if (n > INT32_MAX) {
            PyErr_SetString(PyExc_OverflowError, "string too large to pickle");
            return -1;
        }
        if (n < 256 ? emit_le(p, P_SHORT_BINSTRING, (uint64_t)n, 1)
                    : emit_le(p, P_BINSTRING, (uint64_t)n, 4))
            return -1;
        if (emit(p, PyString_AS_STRING(o), n) < 0)
            return -1;
    }
    return doput ? put(p, o) : 0;
}

/* raw-unicode-escape with backslash and newline escaped as well. */
static PyObject *escape_unicode(PyObject *o)
{
    Py_ssize_t n = PyUnicode_GET_SIZE(o), len = 0;
    const Py_UNICODE *s = PyUnicode_AS_UNICODE(o);
    PyObject *r =
        PyString_FromStringAndSize(NULL, n > PY_SSIZE_T_MAX / 10 ? PY_SSIZE_T_MAX : n * 10);
    if (r == NULL)
        return NULL;
    static const char hex[] = "0123456789abcdef";
    char *q = PyString_AS_STRING(r);
    for (Py_ssize_t i = 0; i < n; i++) {
        Py_UNICODE c = s[i];
        int digits = c >= 0x10000 ? 8 : c >= 256 || c == '\\' || c == '\n' ? 4 : 0;
        if (digits == 0) {
            q[len++] = (char)c;
            continue;
        }
        q[len++] = '\\';
        q[len++] = digits == 8 ? 'U' : 'u';
        for (int k = digits - 1; k >= 0; k--)
            q[len++] = hex[(c >> (4 * k)) & 15];
    }
    return _PyString_Resize(&r, len) < 0 ? NULL : r;
}

static int save_unicode(Pickler *p, PyObject *o, int doput)
{
    PyObject *text = p->bin ? PyUnicode_AsUTF8String(o) : escape_unicode(o);
    if (text == NULL)
        return -1;
    int r;
    Py_ssize_t n = PyString_GET_SIZE(text);
    if (p->bin) {
        if (n > INT32_MAX) {
            PyErr_SetString(PyExc_OverflowError, "unicode string too large to pickle");
            r = -1;
        } else
            r = emit_le(p, P_BINUNICODE, (uint64_t)n, 4) || emit(p, PyString_AS_STRING(text), n);
    } else
        r = emit_op(p, P_UNICODE) || emit(p, PyString_AS_STRING(text), n) || emit_op(p, '\n');
    Py_DECREF(text);
    if (r)
        return -1;
    return doput ? put(p, o) : 0;
}

static int save_bool(Pickler *p, PyObject *o)
{
    int t = o == Py_True;
    if (p->proto >= 2)
        return emit_op(p, t ? P_NEWTRUE : P_NEWFALSE);
    return emit_text(p, t ? "I01\n" : "I00\n");
}

/* ---- containers ---- */

static int save_tuple(Pickler *p, PyObject *o)
{
    Py_ssize_t n = PyTuple_GET_SIZE(o);
    if (n == 0) {
        if (p->proto)
            return emit_op(p, P_EMPTY_TUPLE);
        return emit_op(p, P_MARK) || emit_op(p, P_TUPLE) ? -1 : 0;
    }
    int small = p->proto >= 2 && n <= 3;
    if (!small && emit_op(p, P_MARK) < 0)
        return -1;
    for (Py_ssize_t i = 0; i < n; i++)
        if (save(p, PyTuple_GET_ITEM(o, i), 0) < 0)
            return -1;
    /* A tuple that contains itself (through something mutable) has been pickled meanwhile: drop the
     * items and fetch it. */
    int seen = 0;
    PyObject *key = PyLong_FromVoidPtr(o);
    if (key == NULL)
        return -1;
    seen = PyDict_GetItem(p->memo, key) != NULL;
    Py_DECREF(key);
    if (seen) {
        if (small) {
            while (n-- > 0)
                if (emit_op(p, P_POP) < 0)
                    return -1;
        } else if (p->bin) {
            if (emit_op(p, P_POP_MARK) < 0)
                return -1;
        } else {
            while (n-- >= 0)
                if (emit_op(p, P_POP) < 0)
                    return -1;
        }
        return get(p, o) < 0 ? -1 : 0;
    }
    if (emit_op(p, small ? (int)(P_TUPLE1 + n - 1) : P_TUPLE) < 0)
        return -1;
    return put(p, o);
}

#define BATCHSIZE 1000

/* The next item, checked to be a pair for a dict; *end when there is none. */
static PyObject *next_item(PyObject *iter, int pairs, int *end)
{
    PyObject *o = PyIter_Next(iter);
    *end = o == NULL && !PyErr_Occurred();
    if (o != NULL && pairs && (!PyTuple_Check(o) || PyTuple_GET_SIZE(o) != 2)) {
        PyErr_SetString(PyExc_TypeError, "dict items iterator must return 2-tuples");
        Py_CLEAR(o);
    }
    return o;
}

static int save_item(Pickler *p, PyObject *o, int pairs)
{
    return pairs ? save(p, PyTuple_GET_ITEM(o, 0), 0) || save(p, PyTuple_GET_ITEM(o, 1), 0)
                 : save(p, o, 0);
}

/* Items from an iterator, in batches; pairs: dict items. A batch of one is written without a mark,
 * so one item is held back to see whether another follows. */
static int batch(Pickler *p, PyObject *iter, int pairs)
{
    int end, r;
    if (p->proto == 0) {
        for (;;) {
            PyObject *o = next_item(iter, pairs, &end);
            if (o == NULL)
                return end ? 0 : -1;
            r = save_item(p, o, pairs);
            Py_DECREF(o);
            if (r || emit_op(p, pairs ? P_SETITEM : P_APPEND) < 0)
                return -1;
        }
    }
    for (;;) {
        PyObject *o = next_item(iter, pairs, &end), *second = NULL;
        if (o == NULL)
            return end ? 0 : -1;
        second = next_item(iter, pairs, &end);
        if (second == NULL) {
            r = end ? save_item(p, o, pairs) : -1;
            Py_DECREF(o);
            return r || emit_op(p, pairs ? P_SETITEM : P_APPEND) < 0 ? -1 : 0;
        }
        r = emit_op(p, P_MARK) || save_item(p, o, pairs) || save_item(p, second, pairs);
        Py_DECREF(o);
        Py_DECREF(second);
        if (r)
            return -1;
        for (int n = 2; n < BATCHSIZE; n++) {
            o = next_item(iter, pairs, &end);
            if (o == NULL) {
                if (!end)
                    return -1;
                break;
            }
            r = save_item(p, o, pairs);
            Py_DECREF(o);
            if (r)
                return -1;
        }
        if (emit_op(p, pairs ? P_SETITEMS : P_APPENDS) < 0)
            return -1;
        if (end)
            return 0;
    }
}

/* A level of recursion that takes next to nothing of the host's stack. */
static int enter_batch(void)
{
    PyThreadState *t = PyThreadState_GET();
    if (t->recursion_depth >= _Py_RecursionLimit) {
        PyErr_SetString(PyExc_RuntimeError,
                        "maximum recursion depth exceeded while pickling an object");
        return -1;
    }
    t->recursion_depth++;
    return 0;
}

static void leave_batch(void)
{
    PyThreadState_GET()->recursion_depth--;
}

/* The same for a list or dict, whose items are one level deeper than it. */
static int counted_batch(Pickler *p, PyObject *iter, int pairs)
{
    if (enter_batch() < 0)
        return -1;
    int r = batch(p, iter, pairs);
    leave_batch();
    return r;
}

static int save_list(Pickler *p, PyObject *o)
{
    if (p->bin ? emit_op(p, P_EMPTY_LIST) : emit_op(p, P_MARK) || emit_op(p, P_LIST))
        return -1;
    if (PyList_GET_SIZE(o) == 0) /* nothing in it can refer to it */
        return put(p, o);
    if (put_always(p, o) < 0)
        return -1;
    PyObject *iter = PyObject_GetIter(o);
    if (iter == NULL)
        return -1;
    int r = counted_batch(p, iter, 0);
    Py_DECREF(iter);
    return r;
}

/* The items of a true dict, which no iterator holds: a key or value that only the dict refers to is
 * not memoized. */
static int batch_dict(Pickler *p, PyObject *dict)
{
    PyObject *key, *value;
    Py_ssize_t pos = 0, size = PyDict_Size(dict), n;

    do {
        if (size > 1 && emit_op(p, P_MARK) < 0)
            return -1;
        for (n = 0; n < BATCHSIZE && PyDict_Next(dict, &pos, &key, &value); n++) {
            Py_INCREF(key);
            Py_INCREF(value);
            if (save_owned(p, key, 0) < 0) {
                Py_DECREF(value);
                return -1;
            }
            if (save_owned(p, value, 0) < 0)
                return -1;
        }
        if (emit_op(p, size > 1 ? P_SETITEMS : P_SETITEM) < 0)
            return -1;
        if (PyDict_Size(dict) != size) {
            PyErr_SetString(PyExc_RuntimeError, "dictionary changed size during iteration");
            return -1;
        }
    } while (n == BATCHSIZE);
    return 0;
}

static int save_dict(Pickler *p, PyObject *o)
{
    if (p->bin ? emit_op(p, P_EMPTY_DICT) : emit_op(p, P_MARK) || emit_op(p, P_DICT))
        return -1;
    if (PyDict_Size(o) == 0)
        return put(p, o);
    if (put_always(p, o) < 0)
        return -1;
    if (PyDict_CheckExact(o) && p->proto > 0) {
        if (enter_batch() < 0)
            return -1;
        int done = batch_dict(p, o);
        leave_batch();
        return done;
    }
    PyObject *iter = PyObject_CallMethod(o, "iteritems", NULL);
    if (iter == NULL)
        return -1;
    int r = counted_batch(p, iter, 1);
    Py_DECREF(iter);
    return r;
}

/* ---- instances and globals ---- */

static int save_inst(Pickler *p, PyObject *o)
{
    PyObject *klass = (PyObject *)((PyInstanceObject *)o)->in_class, *args = NULL, *state = NULL,
             *f;
    int r = -1;
    Py_ssize_t n = 0;
    if (emit_op(p, P_MARK) < 0)
        return -1;
    f = PyObject_GetAttrString(o, "__getinitargs__");
    if (f != NULL) {
        args = PyObject_CallObject(f, NULL);
        Py_DECREF(f);
        if (args == NULL)
            return -1;
        n = PyObject_Size(args);
        if (n < 0)
            goto done;
    } else {
        if (!PyErr_ExceptionMatches(PyExc_AttributeError))
            return -1;
        PyErr_Clear();
    }
    if (p->bin && save(p, klass, 0) < 0)
        goto done;
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *a = PySequence_GetItem(args, i);
        if (a == NULL)
            goto done;
        int e = save(p, a, 0);
        Py_DECREF(a);
        if (e < 0)
            goto done;
    }
    if (p->bin) {
        if (emit_op(p, P_OBJ) < 0)
            goto done;
    } else {
        PyObject *name = ((PyClassObject *)klass)->cl_name;
        PyObject *module = PyObject_GetAttrString(klass, "__module__");
        if (module == NULL)
            goto done;
        if (!PyString_Check(module)) {
            PyErr_Format(PyExc_TypeError, "expected string or Unicode object, %.100s found",
                         Py_TYPE(module)->tp_name);
            Py_DECREF(module);
            goto done;
        }
        int e = emit_op(p, P_INST) || emit_text(p, PyString_AS_STRING(module)) ||
                emit_op(p, '\n') || emit_text(p, PyString_AS_STRING(name)) || emit_op(p, '\n');
        Py_DECREF(module);
        if (e)
            goto done;
    }
    if (put(p, o) < 0)
        goto done;
    f = PyObject_GetAttrString(o, "__getstate__");
    if (f != NULL) {
        state = PyObject_CallObject(f, NULL);
        Py_DECREF(f);
    } else {
        if (!PyErr_ExceptionMatches(PyExc_AttributeError))
            goto done;
        PyErr_Clear();
        state = PyObject_GetAttrString(o, "__dict__");
        if (state == NULL && PyErr_ExceptionMatches(PyExc_AttributeError)) {
            PyErr_Clear();
            r = 0;
            goto done;
        }
    }
    if (state == NULL || save(p, state, 0) < 0 || emit_op(p, P_BUILD) < 0)
        goto done;
    r = 0;
done:
    Py_XDECREF(args);
    Py_XDECREF(state);
    return r;
}

/* The module in which the object can be found under its name; new reference. */
static PyObject *which_module(PyObject *o, PyObject *name)
{
    PyObject *module = PyObject_GetAttrString(o, "__module__"), *key, *m;
    if (module != NULL)
        return module; /* None too: the import says what is wrong with it */
    if (!PyErr_ExceptionMatches(PyExc_AttributeError))
        return NULL;
    PyErr_Clear();
    PyObject *modules = PyImport_GetModuleDict();
    Py_ssize_t pos = 0;
    while (PyDict_Next(modules, &pos, &key, &m)) {
        if (m == Py_None ||
            (PyString_Check(key) && strcmp(PyString_AS_STRING(key), "__main__") == 0))
            continue;
        PyObject *found = PyObject_GetAttr(m, name);
        if (found == NULL) {
            if (!PyErr_ExceptionMatches(PyExc_AttributeError))
                return NULL;
            PyErr_Clear();
            continue;
        }
        Py_DECREF(found);
        if (found == o) {
            Py_INCREF(key);
            return key;
        }
    }
    return PyString_FromString("__main__");
}

static int save_global(Pickler *p, PyObject *o, PyObject *name)
{
    PyObject *module = NULL, *found = NULL, *mod;
    int r = -1;
    if (name != NULL)
        Py_INCREF(name);
    else if ((name = PyObject_GetAttrString(o, "__name__")) == NULL)
        return -1;
    module = which_module(o, name);
    if (module == NULL)
        goto done;
    if (!PyString_Check(module) || !PyString_Check(name)) {
        PyErr_Format(PyExc_TypeError, "expected string or Unicode object, %.100s found",
                     Py_TYPE(PyString_Check(module) ? name : module)->tp_name);
        goto done;
    }
    mod = PyImport_ImportModule(PyString_AS_STRING(module));
    if (mod == NULL) {
        PyErr_Clear();
        PyObject *text = PyObject_Str(o);
        PyErr_Format(cPickle_PicklingError, "Can't pickle %.300s: import of module %.200s failed",
                     text ? PyString_AS_STRING(text) : "?", PyString_AS_STRING(module));
        Py_XDECREF(text);
        goto done;
    }
    /* __import__ gives the package: the module itself is in sys.modules. */
    found = PyObject_GetAttr(mod, name);
    Py_DECREF(mod);
    if (found == NULL || found != o) {
        PyErr_Clear();
        PyObject *text = PyObject_Str(o);
        PyErr_Format(cPickle_PicklingError,
                     found == NULL
                         ? "Can't pickle %.300s: attribute lookup %.200s.%.200s failed"
                         : "Can't pickle %.300s: it's not the same object as %.200s.%.200s",
                     text ? PyString_AS_STRING(text) : "?", PyString_AS_STRING(module),
                     PyString_AS_STRING(name));
        Py_XDECREF(text);
        goto done;
    }
    if (p->proto >= 2) {
        PyObject *key = PyTuple_Pack(2, module, name);
        if (key == NULL)
            goto done;
        PyObject *code = PyDict_GetItem(cPickle_extension_registry, key);
        Py_DECREF(key);
        if (code != NULL) {
            if (!PyInt_Check(code)) {
                PyErr_SetString(cPickle_PicklingError,
                                "Can't pickle: extension code isn't an integer");
                goto done;
            }
            py_long c = PyInt_AS_LONG(code);
            if (c <= 0 || c > 0x7fffffff) {
                PyErr_Format(cPickle_PicklingError,
                             "Can't pickle: extension code %ld is out of range", c);
                goto done;
            }
            r = c <= 0xff     ? emit_le(p, P_EXT1, (uint64_t)c, 1)
                : c <= 0xffff ? emit_le(p, P_EXT2, (uint64_t)c, 2)
                              : emit_le(p, P_EXT4, (uint64_t)c, 4);
            goto done;
        }
    }
    if (emit_op(p, P_GLOBAL) || emit(p, PyString_AS_STRING(module), PyString_GET_SIZE(module)) ||
        emit_op(p, '\n') || emit(p, PyString_AS_STRING(name), PyString_GET_SIZE(name)) ||
        emit_op(p, '\n'))
        goto done;
    r = put(p, o);
done:
    Py_XDECREF(module);
    Py_XDECREF(name);
    Py_XDECREF(found);
    return r;
}

static int save_pers(Pickler *p, PyObject *o, PyObject *f)
{
    PyObject *pid = PyObject_CallFunctionObjArgs(f, o, NULL);
    if (pid == NULL)
        return -1;
    int r = 0;
    if (pid != Py_None) {
        r = -1;
        if (!p->bin) {
            if (!PyString_Check(pid))
                PyErr_SetString(cPickle_PicklingError, "persistent id must be string");
            else if (emit_op(p, P_PERSID) == 0 &&
                     emit(p, PyString_AS_STRING(pid), PyString_GET_SIZE(pid)) == 0 &&
                     emit_op(p, '\n') == 0)
                r = 1;
        } else if (save(p, pid, 1) == 0 && emit_op(p, P_BINPERSID) == 0)
            r = 1;
    }
    Py_DECREF(pid);
    return r;
}

/* The tuple that a __reduce__ gave; o is NULL for what must not be memoized. */
static int save_reduce(Pickler *p, PyObject *args, PyObject *fn, PyObject *o)
{
    PyObject *callable, *argtup, *state = NULL, *listitems = NULL, *dictitems = NULL;
    Py_ssize_t size = PyTuple_Size(args);
    int newobj = 0;
    if (size < 2 || size > 5) {
        PyObject *repr = PyObject_Repr(fn);
        if (repr != NULL)
            PyErr_Format(cPickle_PicklingError,
                         "tuple returned by %.400s must contain 2 through 5 elements",
                         PyString_AsString(repr));
        Py_XDECREF(repr);
        return -1;
    }
    if (!PyArg_UnpackTuple(args, "save_reduce", 2, 5, &callable, &argtup, &state, &listitems,
                           &dictitems))
        return -1;
    if (!PyTuple_Check(argtup)) {
        PyErr_SetString(cPickle_PicklingError, "args from save_reduce() should be a tuple");
        return -1;
    }
    if (state == Py_None)
        state = NULL;
    if (listitems == Py_None)
        listitems = NULL;
    else if (listitems != NULL && !PyIter_Check(listitems)) {
        PyErr_Format(cPickle_PicklingError,
                     "Fourth element of tuple returned by %s must be an iterator, not %s",
                     PyString_Check(fn) ? PyString_AS_STRING(fn) : "?",
                     Py_TYPE(listitems)->tp_name);
        return -1;
    }
    if (dictitems == Py_None)
        dictitems = NULL;
    else if (dictitems != NULL && !PyIter_Check(dictitems)) {
        PyErr_Format(cPickle_PicklingError,
                     "Fifth element of tuple returned by %s must be an iterator, not %s",
                     PyString_Check(fn) ? PyString_AS_STRING(fn) : "?",
                     Py_TYPE(dictitems)->tp_name);
        return -1;
    }
    if (p->proto >= 2) {
        PyObject *name = PyObject_GetAttrString(callable, "__name__");
        if (name != NULL && PyString_Check(name))
            newobj = strcmp(PyString_AS_STRING(name), "__newobj__") == 0;
        else
            PyErr_Clear();
        Py_XDECREF(name);
    }
    if (newobj) {
        if (PyTuple_GET_SIZE(argtup) < 1) {
            PyErr_SetString(cPickle_PicklingError, "__newobj__ arglist is empty");
            return -1;
        }
        PyObject *cls = PyTuple_GET_ITEM(argtup, 0);
        if (!PyObject_HasAttrString(cls, "__new__")) {
            PyErr_SetString(cPickle_PicklingError, "args[0] from __newobj__ args has no __new__");
            return -1;
        }
        if (o != NULL) {
            PyObject *oc = PyObject_GetAttrString(o, "__class__");
            Py_XDECREF(oc);
            if (oc != cls) {
                PyErr_SetString(cPickle_PicklingError,
                                "args[0] from __newobj__ args has the wrong class");
                return -1;
            }
        }
        PyObject *rest = PyTuple_GetSlice(argtup, 1, PyTuple_GET_SIZE(argtup));
        if (rest == NULL)
            return -1;
        int r = save(p, cls, 0) || save(p, rest, 0) || emit_op(p, P_NEWOBJ);
        Py_DECREF(rest);
        if (r)
            return -1;
    } else if (save(p, callable, 0) || save(p, argtup, 0) || emit_op(p, P_REDUCE))
        return -1;
    if (o != NULL && !p->fast) {
        PyObject *key = PyLong_FromVoidPtr(o);
        int saved = key == NULL ? -1 : PyDict_GetItem(p->memo, key) != NULL;
        Py_XDECREF(key);
        if (saved < 0)
            return -1;
        if (saved) /* its arguments led back to it: what was made there is the object */
            return emit_op(p, P_POP) < 0 || get(p, o) < 0 ? -1 : 0;
        if (put(p, o) < 0)
            return -1;
    }
    if (listitems != NULL && batch(p, listitems, 0) < 0)
        return -1;
    if (dictitems != NULL && batch(p, dictitems, 1) < 0)
        return -1;
    if (state != NULL && (save(p, state, 0) || emit_op(p, P_BUILD)))
        return -1;
    return 0;
}

static int save_by_reduce(Pickler *p, PyObject *o)
{
    PyTypeObject *type = Py_TYPE(o);
    PyObject *fn = PyDict_GetItem(cPickle_dispatch_table, (PyObject *)type), *t = NULL;
    int r = -1;
    if (fn != NULL) {
        Py_INCREF(fn);
        t = PyObject_CallFunctionObjArgs(fn, o, NULL);
    } else if (PyType_IsSubtype(type, &PyType_Type))
        return save_global(p, o, NULL);
    else {
        fn = PyObject_GetAttrString(o, "__reduce_ex__");
        if (fn != NULL) {
            PyObject *proto = PyInt_FromLong(p->proto);
            if (proto != NULL)
                t = PyObject_CallFunctionObjArgs(fn, proto, NULL);
            Py_XDECREF(proto);
        } else {
            PyErr_Clear();
            fn = PyObject_GetAttrString(o, "__reduce__");
            if (fn == NULL) {
                PyErr_Clear();
                PyErr_SetObject(cPickle_UnpickleableError, o);
                return -1;
            }
            t = PyObject_CallObject(fn, NULL);
        }
    }
    if (t == NULL)
        goto done;
    if (PyString_Check(t))
        r = save_global(p, o, t);
    else if (PyTuple_Check(t))
        r = save_reduce(p, t, fn, o);
    else
        PyErr_Format(cPickle_PicklingError, "Value returned by %s must be string or tuple",
                     "__reduce__");
done:
    Py_XDECREF(fn);
    Py_XDECREF(t);
    return r;
}

/* Without a memo (fast mode) a cycle has no end: past a depth the containers being saved are noted.
 */
#define FAST_DEPTH 50

static int guarded(Pickler *p, PyObject *o, int (*save_it)(Pickler *, PyObject *))
{
    PyObject *key = NULL;
    int r = -1;

    if (!p->fast)
        return save_it(p, o);
    if (++p->fast_depth > FAST_DEPTH) {
        key = PyLong_FromVoidPtr(o);
        if (p->fast_memo == NULL)
            p->fast_memo = PyDict_New();
        if (key == NULL || p->fast_memo == NULL)
            goto done;
        if (PyDict_GetItem(p->fast_memo, key) != NULL) {
            PyErr_Format(
                PyExc_ValueError,
                "fast mode: can't pickle cyclic objects including object type %.200s at %p",
                Py_TYPE(o)->tp_name, (void *)o);
            goto done;
        }
        if (PyDict_SetItem(p->fast_memo, key, Py_None) < 0)
            goto done;
    }
    r = save_it(p, o);
    if (key != NULL) {
        PyObject *type, *value, *traceback;
        PyErr_Fetch(&type, &value, &traceback);
        if (PyDict_DelItem(p->fast_memo, key) < 0)
            PyErr_Clear();
        PyErr_Restore(type, value, traceback);
    }
done:
    Py_XDECREF(key);
    p->fast_depth--;
    return r;
}

static int save_object(Pickler *p, PyObject *o, int pers_save)
{
    PyTypeObject *type = Py_TYPE(o);
    if (!pers_save && p->pers_func != NULL) {
        int r = save_pers(p, o, p->pers_func);
        if (r != 0)
            return r < 0 ? -1 : 0;
    }
    if (o == Py_None)
        return emit_op(p, P_NONE);
    if (type == &PyBool_Type)
        return save_bool(p, o);
    if (type == &PyInt_Type)
        return save_int(p, o);
    if (type == &PyLong_Type)
        return save_long(p, o);
    if (type == &PyFloat_Type)
        return save_float(p, o);
    if (type == &PyTuple_Type && PyTuple_GET_SIZE(o) == 0)
        return save_tuple(p, o);
    if (type == &PyString_Type && PyString_GET_SIZE(o) < 2)
        return save_string(p, o, 0);
    if (type == &PyUnicode_Type && PyUnicode_GET_SIZE(o) < 2)
        return save_unicode(p, o, 0);
    if (Py_REFCNT(o) > 1) {
        int r = get(p, o);
        if (r != 0)
            return r < 0 ? -1 : 0;
    }
    if (type == &PyString_Type)
        return save_string(p, o, 1);
    if (type == &PyUnicode_Type)
        return save_unicode(p, o, 1);
    if (type == &PyTuple_Type)
        return save_tuple(p, o);
    if (type == &PyType_Type)
        return save_global(p, o, NULL);
    if (type == &PyList_Type)
        return guarded(p, o, save_list);
    if (type == &PyDict_Type)
        return guarded(p, o, save_dict);
    if (type == &PyInstance_Type)
        return guarded(p, o, save_inst);
    if (type == &PyClass_Type)
        return save_global(p, o, NULL);
    if (type == &PyFunction_Type) {
        if (save_global(p, o, NULL) == 0)
            return 0;
        if (!PyErr_ExceptionMatches(cPickle_PickleError))
            return -1;
        PyErr_Clear();
        return save_by_reduce(p, o);
    }
    if (type == &PyCFunction_Type)
        return save_global(p, o, NULL);
    if (!pers_save && p->inst_pers_func != NULL) {
        int r = save_pers(p, o, p->inst_pers_func);
        if (r != 0)
            return r < 0 ? -1 : 0;
    }
    return save_by_reduce(p, o);
}

static int save(Pickler *p, PyObject *o, int pers_save)
{
    Py_INCREF(o);
    return save_owned(p, o, pers_save);
}

static int save_owned(Pickler *p, PyObject *o, int pers_save)
{
    if (Py_EnterRecursiveCall(" while pickling an object")) {
        Py_DECREF(o);
        return -1;
    }
    int r = save_object(p, o, pers_save);
    Py_DECREF(o);
    Py_LeaveRecursiveCall();
    if (r == 0 && p->len > FLUSH_AT)
        r = flush(p);
    return r;
}

static int dump(Pickler *p, PyObject *o)
{
    if (p->proto >= 2 && emit_le(p, P_PROTO, (uint64_t)p->proto, 1) < 0)
        return -1;
    if (save(p, o, 0) < 0 || emit_op(p, P_STOP) < 0)
        return -1;
    return flush(p);
}

/* ---- the type ---- */

PyObject *cPickle_NewPickler(PyObject *file, int proto)
{
    if (proto < 0)
        proto = HIGHEST_PROTOCOL;
    if (proto > HIGHEST_PROTOCOL) {
        PyErr_Format(PyExc_ValueError,
                     "pickle protocol %d asked for; the highest available protocol is %d", proto,
                     HIGHEST_PROTOCOL);
        return NULL;
    }
    Pickler *p = PyObject_GC_New(Pickler, &cPickle_PicklerType);
    if (p == NULL)
        return NULL;
    p->proto = proto;
    p->bin = proto > 0;
    p->fast = 0;
    p->fast_memo = NULL;
    p->fast_depth = 0;
    p->file = p->write = p->pers_func = p->inst_pers_func = NULL;
    p->out = NULL;
    p->len = p->alloc = 0;
    p->memo = PyDict_New();
    PyObject_GC_Track(p);
    if (p->memo == NULL)
        goto fail;
    if (file == Py_None) { /* what is written there is lost */
        Py_INCREF(file);
        p->file = file;
    } else if (file != NULL) {
        p->write = PyObject_GetAttrString(file, "write");
        if (p->write == NULL) {
            PyErr_Clear();
            PyErr_SetString(PyExc_TypeError, "argument must have 'write' attribute");
            goto fail;
        }
        Py_INCREF(file);
        p->file = file;
    }
    return (PyObject *)p;
fail:
    Py_DECREF(p);
    return NULL;
}

PyObject *cPickle_Dump(PyObject *obj, PyObject *file, int proto)
{
    Pickler *p = (Pickler *)cPickle_NewPickler(file, proto);
    if (p == NULL)
        return NULL;
    PyObject *r = NULL;
    if (dump(p, obj) == 0) {
        if (file == NULL)
            r = PyString_FromStringAndSize(p->out, p->len);
        else {
            r = Py_None;
            Py_INCREF(r);
        }
    }
    Py_DECREF(p);
    return r;
}

/* clear_memo() -- Clear the picklers memo */
static PyObject *pickler_clear_memo(PyObject *self, PyObject *unused)
{
    PyDict_Clear(((Pickler *)self)->memo);
    Py_RETURN_NONE;
}

/* What a pickler without a file has collected. */
static PyObject *pickler_value(Pickler *p, int clear)
{
    if (p->file != NULL) {
        PyErr_SetString(cPickle_PicklingError, "Attempt to getvalue() a non-list-based pickler");
        return NULL;
    }
    PyObject *s = PyString_FromStringAndSize(p->out, p->len);
    if (s != NULL && clear) {
        p->len = 0;
        PyDict_Clear(p->memo);
    }
    return s;
}

/* dump(obj) -- Write a pickle of obj to the open file. */
static PyObject *pickler_dump(PyObject *self, PyObject *args)
{
    PyObject *o;
    int get_value = 0;
    if (!PyArg_ParseTuple(args, "O|i:dump", &o, &get_value))
        return NULL;
    if (dump((Pickler *)self, o) < 0)
        return NULL;
    if (get_value)
        return pickler_value((Pickler *)self, 1);
    Py_INCREF(self);
    return self;
}

/* getvalue() -- Finish building a list-based pickle */
static PyObject *pickler_getvalue(PyObject *self, PyObject *args)
{
    Pickler *p = (Pickler *)self;
    int clear = 1;
    if (!PyArg_ParseTuple(args, "|i:getvalue", &clear))
        return NULL;
    return pickler_value(p, clear);
}

static PyMethodDef pickler_methods[] = {
    {"dump", pickler_dump, METH_VARARGS, "dump(obj) -- Write a pickle of obj to the open file."},
    {"clear_memo", pickler_clear_memo, METH_NOARGS, "clear_memo() -- Clear the picklers memo"},
    {"getvalue", pickler_getvalue, METH_VARARGS,
     "getvalue() -- Finish building a list-based pickle"},
    {NULL, NULL, 0, NULL}};

static PyObject *get_hook(PyObject *self, void *closure)
{
    PyObject *v = *(PyObject **)((char *)self + (intptr_t)closure);
    if (v == NULL) {
        PyErr_SetString(PyExc_AttributeError, "persistent_id");
        return NULL;
    }
    Py_INCREF(v);
    return v;
}

static int set_hook(PyObject *self, PyObject *v, void *closure)
{
    PyObject **where = (PyObject **)((char *)self + (intptr_t)closure);
    if (v == NULL) {
        PyErr_SetString(PyExc_TypeError, "attribute deletion is not supported");
        return -1;
    }
    Py_INCREF(v);
    Py_XSETREF(*where, v);
    return 0;
}

static int set_memo(PyObject *self, PyObject *v, void *closure)
{
    if (v == NULL) {
        PyErr_SetString(PyExc_TypeError, "attribute deletion is not supported");
        return -1;
    }
    if (!PyDict_Check(v)) {
        PyErr_SetString(PyExc_TypeError, "memo must be a dictionary");
        return -1;
    }
    return set_hook(self, v, closure);
}

static PyGetSetDef pickler_getset[] = {
    {"persistent_id", get_hook, set_hook, NULL, (void *)offsetof(Pickler, pers_func)},
    {"inst_persistent_id", NULL, set_hook, NULL, (void *)offsetof(Pickler, inst_pers_func)},
    {"memo", get_hook, set_memo, NULL, (void *)offsetof(Pickler, memo)},
    {NULL, NULL, NULL, NULL, NULL}};

static PyMemberDef pickler_members[] = {{"binary", T_INT, offsetof(Pickler, bin), 0, NULL},
                                        {"fast", T_INT, offsetof(Pickler, fast), 0, NULL},
                                        {NULL, 0, 0, 0, NULL}};

static void pickler_dealloc(PyObject *self)
{
    Pickler *p = (Pickler *)self;
    PyObject_GC_UnTrack(self);
    Py_XDECREF(p->file);
    Py_XDECREF(p->write);
    Py_XDECREF(p->memo);
    Py_XDECREF(p->fast_memo);
    Py_XDECREF(p->pers_func);
    Py_XDECREF(p->inst_pers_func);
    PyMem_Free(p->out);
    PyObject_GC_Del(self);
}

static int pickler_traverse(PyObject *self, visitproc visit, void *arg)
{
    Pickler *p = (Pickler *)self;
    Py_VISIT(p->file);
    Py_VISIT(p->write);
    Py_VISIT(p->memo);
    Py_VISIT(p->pers_func);
    Py_VISIT(p->inst_pers_func);
    return 0;
}

static int pickler_clear(PyObject *self)
{
    Pickler *p = (Pickler *)self;
    Py_CLEAR(p->file);
    Py_CLEAR(p->write);
    Py_CLEAR(p->pers_func);
    Py_CLEAR(p->inst_pers_func);
    if (p->memo != NULL)
        PyDict_Clear(p->memo);
    return 0;
}

PyTypeObject cPickle_PicklerType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "cPickle.Pickler",
    .tp_basicsize = sizeof(Pickler),
    .tp_x64_basicsize = 136,
    .tp_dealloc = pickler_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_setattro = PyObject_GenericSetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "Objects that know how to pickle objects\n",
    .tp_traverse = pickler_traverse,
    .tp_clear = pickler_clear,
    .tp_methods = pickler_methods,
    .tp_members = pickler_members,
    .tp_getset = pickler_getset,
};
