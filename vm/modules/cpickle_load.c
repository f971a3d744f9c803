/* SPDX-License-Identifier: MIT */
/* cPickle's unpickler: a stack machine over bytes from a string or a file. Invariant: no
 * instruction pops below the stack's bottom or below a mark it has not asked for; whatever the
 * bytes are, the worst is an exception. */
#include "cpickle.h"

typedef struct {
    PyObject_HEAD PyObject *file, *read, *readline; /* NULL when reading `source` */
    PyObject *source, *last;                        /* last: the str the latest pieces point into */
    Py_ssize_t pos;
    PyObject *memo;
    PyObject **stack;
    Py_ssize_t len, alloc;
    Py_ssize_t *marks;
    Py_ssize_t nmarks, marks_alloc;
    PyObject *pers_func, *find_class;
    int running; /* a load inside a load of the same object would pull the stack away */
} Unpickler;

/* ---- input ---- */

/* n bytes; they live until the next read. */
static const char *read_bytes(Unpickler *u, Py_ssize_t n)
{
    if (n < 0) {
        PyErr_SetString(cPickle_UnpicklingError, "negative byte count in a pickle");
        return NULL;
    }
    if (u->read == NULL) {
        if (n > PyString_GET_SIZE(u->source) - u->pos) {
            PyErr_SetNone(PyExc_EOFError);
            return NULL;
        }
        u->pos += n;
        return PyString_AS_STRING(u->source) + u->pos - n;
    }
    PyObject *s = PyObject_CallFunction(u->read, "n", n);
    if (s == NULL)
        return NULL;
    Py_XSETREF(u->last, s);
    if (!PyString_Check(s)) {
        PyErr_SetString(PyExc_TypeError, "read() should return a string");
        return NULL;
    }
    if (PyString_GET_SIZE(s) < n) {
        PyErr_SetNone(PyExc_EOFError);
        return NULL;
    }
    return PyString_AS_STRING(s);
}

/* A line without its newline; *n its length. NUL-terminated only for the file's strings: use *n. */
static const char *read_line(Unpickler *u, Py_ssize_t *n)
{
    if (u->read == NULL) {
        const char *s = PyString_AS_STRING(u->source) + u->pos;
        Py_ssize_t left = PyString_GET_SIZE(u->source) - u->pos;
        const char *nl = memchr(s, '\n', (size_t)left);
        if (nl == NULL) { /* the last byte is lost as if it were the newline */
            if (left < 2) {
                PyErr_SetString(cPickle_UnpicklingError, "pickle data was truncated");
                return NULL;
            }
            nl = s + left - 1;
        }
        *n = nl - s;
        u->pos += *n + 1;
        return s;
    }
    PyObject *s = PyObject_CallObject(u->readline, NULL);
    if (s == NULL)
        return NULL;
    Py_XSETREF(u->last, s);
    if (!PyString_Check(s) || PyString_GET_SIZE(s) < 1 ||
        (PyString_GET_SIZE(s) < 2 && PyString_AS_STRING(s)[0] != '\n')) {
        PyErr_SetString(cPickle_UnpicklingError, "pickle data was truncated");
        return NULL;
    }
    *n = PyString_GET_SIZE(s) - 1;
    return PyString_AS_STRING(s);
}

/* A line as a new str, for parsing. */
static PyObject *read_line_str(Unpickler *u)
{
    Py_ssize_t n;
    const char *s = read_line(u, &n);
    return s == NULL ? NULL : PyString_FromStringAndSize(s, n);
}

static int read_le(Unpickler *u, int bytes, uint64_t *v)
{
    const char *s = read_bytes(u, bytes);
    if (s == NULL)
        return -1;
    *v = 0;
    for (int i = 0; i < bytes; i++)
        *v |= (uint64_t)(unsigned char)s[i] << (8 * i);
    return 0;
}

/* ---- stack ---- */

/* Takes the reference; NULL passes an error through. */
static int push(Unpickler *u, PyObject *o)
{
    if (o == NULL)
        return -1;
    if (u->len == u->alloc) {
        Py_ssize_t alloc = u->alloc * 2 + 32;
        PyObject **grown = PyMem_Realloc(u->stack, alloc * (Py_ssize_t)sizeof *grown);
        if (grown == NULL) {
            Py_DECREF(o);
            PyErr_NoMemory();
            return -1;
        }
        u->stack = grown;
        u->alloc = alloc;
    }
    u->stack[u->len++] = o;
    return 0;
}

static int underflow(void)
{
    PyErr_SetString(cPickle_UnpicklingError, "unpickling stack underflow");
    return -1;
}

static PyObject *pop(Unpickler *u)
{
    if (u->len <= 0) {
        PyErr_SetString(cPickle_UnpicklingError, "bad pickle data");
        return NULL;
    }
    return u->stack[--u->len];
}

static PyObject *top(Unpickler *u)
{
    if (u->len <= 0) {
        underflow();
        return NULL;
    }
    return u->stack[u->len - 1];
}

static Py_ssize_t pop_mark(Unpickler *u)
{
    if (u->nmarks < 1) {
        PyErr_SetString(cPickle_UnpicklingError, "could not find MARK");
        return -1;
    }
    /* instructions may have popped what was below the mark */
    Py_ssize_t mark = u->marks[--u->nmarks];
    if (mark > u->len)
        return underflow();
    return mark;
}

static void truncate(Unpickler *u, Py_ssize_t to)
{
    while (u->len > to)
        Py_DECREF(u->stack[--u->len]);
}

static PyObject *pop_tuple(Unpickler *u, Py_ssize_t from)
{
    PyObject *t = PyTuple_New(u->len - from);
    if (t == NULL)
        return NULL;
    for (Py_ssize_t i = from; i < u->len; i++)
        PyTuple_SET_ITEM(t, i - from, u->stack[i]);
    u->len = from;
    return t;
}

/* ---- instructions ---- */

static int load_int(Unpickler *u)
{
    PyObject *line = read_line_str(u), *v = NULL;
    if (line == NULL)
        return -1;
    const char *s = PyString_AS_STRING(line);
    if (strcmp(s, "00") == 0 || strcmp(s, "01") == 0)
        v = PyBool_FromLong(s[1] == '1');
    else {
        char *end;
        v = PyInt_FromString(s, &end, 0);
        if (v == NULL || *end != 0) {
            Py_CLEAR(v);
            PyErr_Clear();
            PyErr_SetString(PyExc_ValueError, "could not convert string to int");
        }
    }
    Py_DECREF(line);
    return push(u, v);
}

static int load_long(Unpickler *u)
{
    PyObject *line = read_line_str(u), *v;
    if (line == NULL)
        return -1;
    v = PyLong_FromString(PyString_AS_STRING(line), NULL, 0);
    Py_DECREF(line);
    return push(u, v);
}

static int load_counted_long(Unpickler *u, int bytes)
{
    uint64_t n;
    if (read_le(u, bytes, &n) < 0)
        return -1;
    if (bytes == 4 && n > 0x7fffffff) {
        PyErr_SetString(cPickle_UnpicklingError, "LONG pickle has negative byte count");
        return -1;
    }
    const char *s = read_bytes(u, (Py_ssize_t)n);
    if (s == NULL)
        return -1;
    return push(u, n == 0 ? PyLong_FromLong(0)
                          : _PyLong_FromByteArray((const unsigned char *)s, (Py_ssize_t)n, 1, 1));
}

static int load_float(Unpickler *u)
{
    PyObject *line = read_line_str(u);
    if (line == NULL)
        return -1;
    char *end;
    double d = PyOS_string_to_double(PyString_AS_STRING(line), &end, PyExc_OverflowError);
    int bad = (d == -1.0 && PyErr_Occurred()) || *end != 0;
    Py_DECREF(line);
    if (bad) {
        if (!PyErr_Occurred() || PyErr_ExceptionMatches(PyExc_ValueError)) {
            PyErr_Clear();
            PyErr_SetString(PyExc_ValueError, "could not convert string to float");
        }
        return -1;
    }
    return push(u, PyFloat_FromDouble(d));
}

static int load_string(Unpickler *u)
{
    Py_ssize_t n;
    const char *s = read_line(u, &n);
    if (s == NULL)
        return -1;
    while (n > 0 && (unsigned char)s[n - 1] <= ' ')
        n--;
    if (n < 2 || (s[0] != '\'' && s[0] != '"') || s[n - 1] != s[0]) {
        PyErr_SetString(PyExc_ValueError, "insecure string pickle");
        return -1;
    }
    return push(u, PyString_DecodeEscape(s + 1, n - 2, NULL, 0, NULL));
}

static int load_counted(Unpickler *u, int bytes, int unicode)
{
    uint64_t n;
    if (read_le(u, bytes, &n) < 0)
        return -1;
    if (n > 0x7fffffff) {
        PyErr_SetString(cPickle_UnpicklingError, "BINSTRING pickle has negative byte count");
        return -1;
    }
    const char *s = read_bytes(u, (Py_ssize_t)n);
    if (s == NULL)
        return -1;
    return push(u, unicode ? PyUnicode_DecodeUTF8(s, (Py_ssize_t)n, NULL)
                           : PyString_FromStringAndSize(s, (Py_ssize_t)n));
}

static int load_unicode(Unpickler *u)
{
    Py_ssize_t n;
    const char *s = read_line(u, &n);
    return s == NULL ? -1 : push(u, PyUnicode_DecodeRawUnicodeEscape(s, n, NULL));
}

static int load_tuple(Unpickler *u)
{
    Py_ssize_t m = pop_mark(u);
    return m < 0 ? -1 : push(u, pop_tuple(u, m));
}

static int load_counted_tuple(Unpickler *u, int n)
{
    if (u->len < n)
        return underflow();
    return push(u, pop_tuple(u, u->len - n));
}

static int load_list(Unpickler *u)
{
    Py_ssize_t m = pop_mark(u);
    if (m < 0)
        return -1;
    PyObject *list = PyList_New(u->len - m);
    if (list == NULL)
        return -1;
    for (Py_ssize_t i = m; i < u->len; i++)
        PyList_SET_ITEM(list, i - m, u->stack[i]);
    u->len = m;
    return push(u, list);
}

static int load_dict(Unpickler *u)
{
    Py_ssize_t m = pop_mark(u);
    if (m < 0)
        return -1;
    PyObject *dict = PyDict_New();
    if (dict == NULL)
        return -1;
    for (Py_ssize_t i = m; i + 1 < u->len; i += 2) {
        if (PyDict_SetItem(dict, u->stack[i], u->stack[i + 1]) < 0) {
            Py_DECREF(dict);
            return -1;
        }
    }
    truncate(u, m);
    return push(u, dict);
}

static PyObject *find_class(Unpickler *u, PyObject *module, PyObject *name)
{
    if (u->find_class != NULL) {
        if (u->find_class == Py_None) {
            PyErr_SetString(cPickle_UnpicklingError,
                            "Global and instance pickles are not supported.");
            return NULL;
        }
        return PyObject_CallFunctionObjArgs(u->find_class, module, name, NULL);
    }
    PyObject *m = PyImport_ImportModule(PyString_AS_STRING(module));
    if (m == NULL)
        return NULL;
    PyObject *o = PyObject_GetAttr(m, name);
    Py_DECREF(m);
    return o;
}

static PyObject *read_global(Unpickler *u)
{
    PyObject *module = read_line_str(u), *name = NULL, *r = NULL;
    if (module != NULL && (name = read_line_str(u)) != NULL)
        r = find_class(u, module, name);
    Py_XDECREF(module);
    Py_XDECREF(name);
    return r;
}

/* An instance of cls (borrowed) made from args (a tuple, stolen), for INST and OBJ. */
static PyObject *instantiate(PyObject *cls, PyObject *args)
{
    PyObject *r;
    if (args == NULL)
        return NULL;
    if (PyClass_Check(cls) && PyTuple_GET_SIZE(args) == 0) {
        PyObject *init = PyObject_GetAttrString(cls, "__getinitargs__");
        if (init == NULL) {
            PyErr_Clear();
            Py_DECREF(args);
            return PyInstance_NewRaw(cls, NULL);
        }
        Py_DECREF(init);
    }
    r = PyObject_CallObject(cls, args);
    Py_DECREF(args);
    return r;
}

static int load_inst(Unpickler *u)
{
    Py_ssize_t m = pop_mark(u);
    if (m < 0)
        return -1;
    PyObject *args = pop_tuple(u, m), *cls = NULL;
    if (args == NULL || (cls = read_global(u)) == NULL) {
        Py_XDECREF(args);
        return -1;
    }
    PyObject *o = instantiate(cls, args);
    Py_DECREF(cls);
    return push(u, o);
}

static int load_obj(Unpickler *u)
{
    Py_ssize_t m = pop_mark(u);
    if (m < 0)
        return -1;
    if (u->len - m < 1)
        return underflow();
    PyObject *args = pop_tuple(u, m + 1), *cls;
    if (args == NULL)
        return -1;
    cls = u->stack[--u->len];
    PyObject *o = instantiate(cls, args);
    Py_DECREF(cls);
    return push(u, o);
}

static int load_newobj(Unpickler *u)
{
    PyObject *args = pop(u), *cls = args ? pop(u) : NULL, *o = NULL;
    if (cls != NULL) {
        if (!PyTuple_Check(args))
            PyErr_SetString(cPickle_UnpicklingError, "NEWOBJ expected an arg tuple.");
        else if (!PyType_Check(cls))
            PyErr_SetString(cPickle_UnpicklingError, "NEWOBJ class argument isn't a type object");
        else if (((PyTypeObject *)cls)->tp_new == NULL)
            PyErr_SetString(cPickle_UnpicklingError, "NEWOBJ class argument has NULL tp_new");
        else
            o = ((PyTypeObject *)cls)->tp_new((PyTypeObject *)cls, args, NULL);
    }
    Py_XDECREF(args);
    Py_XDECREF(cls);
    return push(u, o);
}

static int load_reduce(Unpickler *u)
{
    PyObject *args = pop(u), *f = args ? pop(u) : NULL, *o = NULL;
    if (f != NULL) {
        if (PyTuple_Check(args))
            o = PyObject_CallObject(f, args);
        else
            PyErr_SetString(PyExc_TypeError, "argument list must be a tuple");
    }
    Py_XDECREF(args);
    Py_XDECREF(f);
    return push(u, o);
}

static int load_persid(Unpickler *u, int binary)
{
    PyObject *pid = binary ? pop(u) : read_line_str(u);
    if (pid == NULL)
        return -1;
    if (u->pers_func == NULL) {
        Py_DECREF(pid);
        PyErr_SetString(cPickle_UnpicklingError,
                        "A load persistent id instruction was encountered,\nbut no persistent_load "
                        "function was specified.");
        return -1;
    }
    PyObject *o = NULL;
    if (PyList_Check(u->pers_func)) {
        /* A list collects the ids. */
        if (PyList_Append(u->pers_func, pid) == 0) {
            o = pid;
            Py_INCREF(o);
        }
    } else
        o = PyObject_CallFunctionObjArgs(u->pers_func, pid, NULL);
    Py_DECREF(pid);
    return push(u, o);
}

static int load_ext(Unpickler *u, int bytes)
{
    uint64_t code;
    if (read_le(u, bytes, &code) < 0)
        return -1;
    if (code == 0 || code > 0x7fffffff) {
        PyErr_SetString(cPickle_UnpicklingError, "EXT specifies code <= 0");
        return -1;
    }
    PyObject *key = PyInt_FromLong((py_long)code), *o = NULL;
    if (key == NULL)
        return -1;
    o = PyDict_GetItem(cPickle_extension_cache, key);
    if (o != NULL)
        Py_INCREF(o);
    else {
        PyObject *pair = PyDict_GetItem(cPickle_inverted_registry, key);
        if (pair == NULL)
            PyErr_Format(PyExc_ValueError, "unregistered extension code %ld", (py_long)code);
        else if (!PyTuple_Check(pair) || PyTuple_GET_SIZE(pair) != 2 ||
                 !PyString_Check(PyTuple_GET_ITEM(pair, 0)) ||
                 !PyString_Check(PyTuple_GET_ITEM(pair, 1)))
            PyErr_Format(PyExc_ValueError, "_inverted_registry[%ld] isn't a 2-tuple of strings",
                         (py_long)code);
        else {
            o = find_class(u, PyTuple_GET_ITEM(pair, 0), PyTuple_GET_ITEM(pair, 1));
            if (o != NULL && PyDict_SetItem(cPickle_extension_cache, key, o) < 0)
                Py_CLEAR(o);
        }
    }
    Py_DECREF(key);
    return push(u, o);
}

static int memo_get(Unpickler *u, PyObject *key)
{
    if (key == NULL)
        return -1;
    PyObject *o = PyDict_GetItem(u->memo, key);
    if (o == NULL)
        PyErr_SetObject(cPickle_BadPickleGet, key);
    Py_XINCREF(o);
    Py_DECREF(key);
    return push(u, o);
}

static int memo_put(Unpickler *u, PyObject *key)
{
    PyObject *o = key == NULL ? NULL : top(u);
    int r = o == NULL ? -1 : PyDict_SetItem(u->memo, key, o);
    Py_XDECREF(key);
    return r;
}

/* The memo's keys are ints, or the very text of a GET or PUT line that is not a plain number. */
static PyObject *line_key(Unpickler *u)
{
    PyObject *line = read_line_str(u);
    if (line == NULL)
        return NULL;
    char *end;
    PyObject *key = PyInt_FromString(PyString_AS_STRING(line), &end, 10);
    if (key != NULL && *end == 0) {
        Py_DECREF(line);
        return key;
    }
    Py_XDECREF(key);
    PyErr_Clear();
    return line;
}

static PyObject *counted_key(Unpickler *u, int bytes)
{
    uint64_t n;
    return read_le(u, bytes, &n) < 0 ? NULL : PyInt_FromLong((py_long)n);
}

static int do_append(Unpickler *u, Py_ssize_t from)
{
    if (from < 1 || u->len < from)
        return underflow();
    PyObject *list = u->stack[from - 1];
    if (PyList_Check(list)) {
        Py_ssize_t n = PyList_GET_SIZE(list);
        PyObject *items = PyList_New(u->len - from);
        if (items == NULL)
            return -1;
        for (Py_ssize_t i = from; i < u->len; i++)
            PyList_SET_ITEM(items, i - from, u->stack[i]);
        u->len = from;
        int r = PyList_SetSlice(list, n, n, items);
        Py_DECREF(items);
        return r;
    }
    PyObject *append = PyObject_GetAttrString(list, "append");
    if (append == NULL)
        return -1;
    for (Py_ssize_t i = from; i < u->len; i++) {
        PyObject *r = PyObject_CallFunctionObjArgs(append, u->stack[i], NULL);
        if (r == NULL) {
            Py_DECREF(append);
            return -1;
        }
        Py_DECREF(r);
    }
    Py_DECREF(append);
    truncate(u, from);
    return 0;
}

static int do_setitems(Unpickler *u, Py_ssize_t from)
{
    if (from < 1 || u->len < from)
        return underflow();
    PyObject *dict = u->stack[from - 1];
    if ((u->len - from) % 2 != 0) {
        PyErr_SetString(cPickle_UnpicklingError, "odd number of items for SETITEMS");
        return -1;
    }
    for (Py_ssize_t i = from; i + 1 < u->len; i += 2)
        if (PyObject_SetItem(dict, u->stack[i], u->stack[i + 1]) < 0)
            return -1;
    truncate(u, from);
    return 0;
}

static int build_dict(PyObject *inst, PyObject *state)
{
    PyObject *dict = PyObject_GetAttrString(inst, "__dict__"), *key, *value;
    Py_ssize_t pos = 0;
    if (dict == NULL)
        return -1;
    int r = 0;
    while (r == 0 && PyDict_Next(state, &pos, &key, &value)) {
        Py_INCREF(key);
        Py_INCREF(value);
        if (PyString_CheckExact(key))
            PyString_InternInPlace(&key);
        r = PyObject_SetItem(dict, key, value);
        Py_DECREF(key);
        Py_DECREF(value);
    }
    Py_DECREF(dict);
    return r;
}

static int load_build(Unpickler *u)
{
    if (u->len < 2)
        return underflow();
    PyObject *state = pop(u), *inst, *setstate;
    int r = -1;
    if (state == NULL || (inst = top(u)) == NULL)
        goto done;
    setstate = PyObject_GetAttrString(inst, "__setstate__");
    if (setstate != NULL) {
        PyObject *v = PyObject_CallFunctionObjArgs(setstate, state, NULL);
        Py_DECREF(setstate);
        if (v != NULL) {
            Py_DECREF(v);
            r = 0;
        }
        goto done;
    }
    if (!PyErr_ExceptionMatches(PyExc_AttributeError))
        goto done;
    PyErr_Clear();
    PyObject *dict_state = state, *slots = NULL;
    if (PyTuple_Check(state) && PyTuple_GET_SIZE(state) == 2) {
        dict_state = PyTuple_GET_ITEM(state, 0);
        slots = PyTuple_GET_ITEM(state, 1);
    }
    r = 0;
    if (dict_state != Py_None) {
        if (!PyDict_Check(dict_state)) {
            PyErr_SetString(cPickle_UnpicklingError, "state is not a dictionary");
            r = -1;
        } else
            r = build_dict(inst, dict_state);
    }
    if (r == 0 && slots != NULL && slots != Py_None) {
        PyObject *key, *value;
        Py_ssize_t pos = 0;
        if (!PyDict_Check(slots)) {
            PyErr_SetString(cPickle_UnpicklingError, "slot state is not a dictionary");
            r = -1;
        }
        while (r == 0 && PyDict_Next(slots, &pos, &key, &value))
            r = PyObject_SetAttr(inst, key, value);
    }
done:
    Py_XDECREF(state);
    return r;
}

static int load_mark(Unpickler *u)
{
    if (u->nmarks == u->marks_alloc) {
        Py_ssize_t alloc = u->marks_alloc * 2 + 16;
        Py_ssize_t *grown = PyMem_Realloc(u->marks, alloc * (Py_ssize_t)sizeof *grown);
        if (grown == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        u->marks = grown;
        u->marks_alloc = alloc;
    }
    u->marks[u->nmarks++] = u->len;
    return 0;
}

static int load_proto(Unpickler *u)
{
    uint64_t v;
    if (read_le(u, 1, &v) < 0)
        return -1;
    if (v <= HIGHEST_PROTOCOL)
        return 0;
    PyErr_Format(PyExc_ValueError, "unsupported pickle protocol: %d", (int)v);
    return -1;
}

static int push_new(Unpickler *u, PyObject *o)
{
    Py_XINCREF(o);
    return push(u, o);
}

/* One instruction: 0 go on, 1 STOP, -1 error. */
static int step(Unpickler *u)
{
    uint64_t v;
    PyObject *o;
    Py_ssize_t m;
    const char *s = read_bytes(u, 1);
    if (s == NULL)
        return -1;
    int op = (unsigned char)*s;
    switch (op) {
    case P_STOP:
        return 1;
    case P_MARK:
        return load_mark(u);
    case P_POP:
        /* Pops a mark when that is what lies on top. */
        if (u->nmarks > 0 && u->marks[u->nmarks - 1] == u->len) {
            u->nmarks--;
            return 0;
        }
        if (u->len <= 0)
            return underflow();
        o = pop(u);
        Py_XDECREF(o);
        return 0;
    case P_POP_MARK:
        m = pop_mark(u);
        if (m < 0)
            return -1;
        truncate(u, m);
        return 0;
    case P_DUP:
        o = top(u);
        return o == NULL ? -1 : push_new(u, o);
    case P_NONE:
        return push_new(u, Py_None);
    case P_NEWTRUE:
        return push_new(u, Py_True);
    case P_NEWFALSE:
        return push_new(u, Py_False);
    case P_INT:
        return load_int(u);
    case P_LONG:
        return load_long(u);
    case P_LONG1:
        return load_counted_long(u, 1);
    case P_LONG4:
        return load_counted_long(u, 4);
    case P_BININT:
        return read_le(u, 4, &v) < 0 ? -1 : push(u, PyInt_FromLong((int32_t)(uint32_t)v));
    case P_BININT1:
        return read_le(u, 1, &v) < 0 ? -1 : push(u, PyInt_FromLong((py_long)v));
    case P_BININT2:
        return read_le(u, 2, &v) < 0 ? -1 : push(u, PyInt_FromLong((py_long)v));
    case P_FLOAT:
        return load_float(u);
    case P_BINFLOAT: {
        s = read_bytes(u, 8);
        if (s == NULL)
            return -1;
        double d = _PyFloat_Unpack8((const unsigned char *)s, 0);
        return d == -1.0 && PyErr_Occurred() ? -1 : push(u, PyFloat_FromDouble(d));
    }
    case P_STRING:
        return load_string(u);
    case P_BINSTRING:
        return load_counted(u, 4, 0);
    case P_SHORT_BINSTRING:
        return load_counted(u, 1, 0);
    case P_UNICODE:
        return load_unicode(u);
    case P_BINUNICODE:
        return load_counted(u, 4, 1);
    case P_EMPTY_TUPLE:
        return push(u, PyTuple_New(0));
    case P_TUPLE:
        return load_tuple(u);
    case P_TUPLE1:
    case P_TUPLE2:
    case P_TUPLE3:
        return load_counted_tuple(u, op - P_TUPLE1 + 1);
    case P_EMPTY_LIST:
        return push(u, PyList_New(0));
    case P_LIST:
        return load_list(u);
    case P_EMPTY_DICT:
        return push(u, PyDict_New());
    case P_DICT:
        return load_dict(u);
    case P_APPEND:
        return do_append(u, u->len - 1);
    case P_APPENDS:
        m = pop_mark(u);
        return m < 0 ? -1 : do_append(u, m);
    case P_SETITEM:
        return do_setitems(u, u->len - 2);
    case P_SETITEMS:
        m = pop_mark(u);
        return m < 0 ? -1 : do_setitems(u, m);
    case P_GLOBAL:
        return push(u, read_global(u));
    case P_INST:
        return load_inst(u);
    case P_OBJ:
        return load_obj(u);
    case P_NEWOBJ:
        return load_newobj(u);
    case P_REDUCE:
        return load_reduce(u);
    case P_BUILD:
        return load_build(u);
    case P_PERSID:
        return load_persid(u, 0);
    case P_BINPERSID:
        return load_persid(u, 1);
    case P_EXT1:
        return load_ext(u, 1);
    case P_EXT2:
        return load_ext(u, 2);
    case P_EXT4:
        return load_ext(u, 4);
    case P_GET:
        return memo_get(u, line_key(u));
    case P_BINGET:
        return memo_get(u, counted_key(u, 1));
    case P_LONG_BINGET:
        return memo_get(u, counted_key(u, 4));
    case P_PUT:
        return memo_put(u, line_key(u));
    case P_BINPUT:
        return memo_put(u, counted_key(u, 1));
    case P_LONG_BINPUT:
        return memo_put(u, counted_key(u, 4));
    case P_PROTO:
        return load_proto(u);
    case 0:
        PyErr_SetNone(PyExc_EOFError);
        return -1;
    default:
        PyErr_Format(cPickle_UnpicklingError, "invalid load key, '%c'.", op);
        return -1;
    }
}

PyObject *cPickle_Load(PyObject *self)
{
    Unpickler *u = (Unpickler *)self;
    int r;
    if (u->running) {
        PyErr_SetString(cPickle_UnpicklingError, "the unpickler is already running");
        return NULL;
    }
    u->running = 1;
    u->nmarks = 0;
    truncate(u, 0);
    while ((r = step(u)) == 0)
        ;
    u->running = 0;
    if (r < 0)
        return NULL;
    u->nmarks = 0;
    return pop(u);
}

/* ---- the type ---- */

PyObject *cPickle_NewUnpickler(PyObject *file, PyObject *string)
{
    Unpickler *u = PyObject_GC_New(Unpickler, &cPickle_UnpicklerType);
    if (u == NULL)
        return NULL;
    memset((char *)u + offsetof(Unpickler, file), 0, sizeof *u - offsetof(Unpickler, file));
    PyObject_GC_Track(u);
    u->memo = PyDict_New();
    if (u->memo == NULL)
        goto fail;
    if (string != NULL) {
        Py_INCREF(string);
        u->source = string;
        return (PyObject *)u;
    }
    Py_INCREF(file);
    u->file = file;
    u->readline = PyObject_GetAttrString(file, "readline");
    u->read = u->readline == NULL ? NULL : PyObject_GetAttrString(file, "read");
    if (u->read == NULL) {
        PyErr_Clear();
        PyErr_SetString(PyExc_TypeError, "argument must have 'read' and 'readline' attributes");
        goto fail;
    }
    return (PyObject *)u;
fail:
    Py_DECREF(u);
    return NULL;
}

/* load() -- Load a pickle */
static PyObject *unpickler_load(PyObject *self, PyObject *unused)
{
    return cPickle_Load(self);
}

/* noload() -- not load a pickle, but go through most of the motions */
static PyObject *unpickler_noload(PyObject *self, PyObject *unused)
{
    PyObject *r = cPickle_Load(self);
    if (r == NULL)
        return NULL;
    Py_DECREF(r);
    Py_RETURN_NONE;
}

static PyMethodDef unpickler_methods[] = {
    {"load", unpickler_load, METH_NOARGS, "load() -- Load a pickle"},
    {"noload", unpickler_noload, METH_NOARGS,
     "noload() -- not load a pickle, but go through most of the motions"},
    {NULL, NULL, 0, NULL}};

static PyMemberDef unpickler_members[] = {
    {"persistent_load", T_OBJECT_EX, offsetof(Unpickler, pers_func), 0, NULL},
    {"find_global", T_OBJECT_EX, offsetof(Unpickler, find_class), 0, NULL},
    {NULL, 0, 0, 0, NULL}};

static PyObject *get_memo(PyObject *self, void *closure)
{
    PyObject *memo = ((Unpickler *)self)->memo;
    Py_INCREF(memo);
    return memo;
}

static int set_memo(PyObject *self, PyObject *v, void *closure)
{
    if (v == NULL || !PyDict_Check(v)) {
        PyErr_SetString(PyExc_TypeError, "memo must be a dictionary");
        return -1;
    }
    Py_INCREF(v);
    Py_SETREF(((Unpickler *)self)->memo, v);
    return 0;
}

static PyGetSetDef unpickler_getset[] = {{"memo", get_memo, set_memo, NULL, NULL},
                                         {NULL, NULL, NULL, NULL, NULL}};

static void unpickler_dealloc(PyObject *self)
{
    Unpickler *u = (Unpickler *)self;
    PyObject_GC_UnTrack(self);
    truncate(u, 0);
    PyMem_Free(u->stack);
    PyMem_Free(u->marks);
    Py_XDECREF(u->file);
    Py_XDECREF(u->read);
    Py_XDECREF(u->readline);
    Py_XDECREF(u->source);
    Py_XDECREF(u->last);
    Py_XDECREF(u->memo);
    Py_XDECREF(u->pers_func);
    Py_XDECREF(u->find_class);
    PyObject_GC_Del(self);
}

static int unpickler_traverse(PyObject *self, visitproc visit, void *arg)
{
    Unpickler *u = (Unpickler *)self;
    Py_VISIT(u->file);
    Py_VISIT(u->read);
    Py_VISIT(u->readline);
    Py_VISIT(u->memo);
    Py_VISIT(u->pers_func);
    Py_VISIT(u->find_class);
    for (Py_ssize_t i = 0; i < u->len; i++)
        Py_VISIT(u->stack[i]);
    return 0;
}

static int unpickler_clear(PyObject *self)
{
    Unpickler *u = (Unpickler *)self;
    truncate(u, 0);
    Py_CLEAR(u->pers_func);
    Py_CLEAR(u->find_class);
    PyDict_Clear(u->memo);
    return 0;
}

PyTypeObject cPickle_UnpicklerType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "cPickle.Unpickler",
    .tp_basicsize = sizeof(Unpickler),
    .tp_x64_basicsize = 160,
    .tp_dealloc = unpickler_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_setattro = PyObject_GenericSetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "Objects that know how to unpickle",
    .tp_traverse = unpickler_traverse,
    .tp_clear = unpickler_clear,
    .tp_methods = unpickler_methods,
    .tp_members = unpickler_members,
    .tp_getset = unpickler_getset,
};
