/* SPDX-License-Identifier: MIT */
/* The module _csv: dialects, the reader (a state machine fed with lines) and the writer. A reader
 * keeps the record being read; a line that ends inside quotes goes on in the next one. */
#include "Python.h"

enum { QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE };

typedef struct {
    PyObject_HEAD int doublequote, skipinitialspace, strict, quoting;
    char delimiter, quotechar, escapechar; /* '\0': none */
    PyObject *lineterminator;              /* str */
} DialectObject;

typedef enum {
    START_RECORD,
    START_FIELD,
    ESCAPED_CHAR,
    IN_FIELD,
    IN_QUOTED_FIELD,
    ESCAPE_IN_QUOTED_FIELD,
    QUOTE_IN_QUOTED_FIELD,
    EAT_CRNL
} parse_state;

typedef struct {
    PyObject_HEAD PyObject *input; /* iterator of lines */
    DialectObject *dialect;
    PyObject *fields; /* list of the record being read */
    parse_state state;
    char *field;
    Py_ssize_t field_size, field_length;
    int numeric; /* the field is to be a float */
    py_long line_num;
} ReaderObject;

typedef struct {
    PyObject_HEAD PyObject *write;
    DialectObject *dialect;
    char *record;
    Py_ssize_t size, length;
    Py_ssize_t fields;
} WriterObject;

static PyTypeObject Dialect_Type, Reader_Type, Writer_Type;
static PyObject *error_obj, *dialects;
static py_long field_limit = 128 * 1024;

/* -- Dialects -----------------------------------------------------------------------------------
 */
static PyObject *find_dialect(PyObject *name)
{
    PyObject *dialect = PyDict_GetItem(dialects, name);
    if (dialect == NULL) {
        if (!PyErr_Occurred()) {
            PyErr_Format(error_obj, "unknown dialect");
        }
        return NULL;
    }
    Py_INCREF(dialect);
    return dialect;
}

static int set_bool(const char *name, int *target, PyObject *src, int otherwise)
{
    *target = otherwise;
    if (src != NULL) {
        int b = PyObject_IsTrue(src);
        if (b < 0) {
            return -1;
        }
        *target = b;
    }
    return 0;
}

static int set_int(const char *name, int *target, PyObject *src, int otherwise)
{
    *target = otherwise;
    if (src != NULL) {
        py_long value;
        if (!PyInt_Check(src)) {
            PyErr_Format(PyExc_TypeError, "\"%s\" must be an integer", name);
            return -1;
        }
        value = PyInt_AsLong(src);
        if (value == -1 && PyErr_Occurred()) {
            return -1;
        }
        if (value > INT_MAX || value < INT_MIN) {
            PyErr_Format(PyExc_ValueError, "integer out of range for \"%s\"", name);
            return -1;
        }
        *target = (int)value;
    }
    return 0;
}

static int set_char(const char *name, char *target, PyObject *src, char otherwise)
{
    *target = otherwise;
    if (src != NULL) {
        *target = '\0';
        if (src != Py_None) {
            Py_ssize_t n;
            if (!PyString_Check(src)) {
                PyErr_Format(PyExc_TypeError, "\"%s\" must be string, not %.200s", name,
                             Py_TYPE(src)->tp_name);
                return -1;
            }
            n = PyString_GET_SIZE(src);
            if (n > 1) {
                PyErr_Format(PyExc_TypeError, "\"%s\" must be an 1-character string", name);
                return -1;
            }
            if (n > 0) {
                *target = PyString_AS_STRING(src)[0];
            }
        }
    }
    return 0;
}

static int set_text(const char *name, PyObject **target, PyObject *src, const char *otherwise)
{
    PyObject *v = NULL;
    if (src == NULL) {
        v = PyString_FromString(otherwise);
        if (v == NULL) {
            return -1;
        }
    } else if (src != Py_None) {
        if (!PyString_Check(src)) {
            PyErr_Format(PyExc_TypeError, "\"%s\" must be a string", name);
            return -1;
        }
        v = src;
        Py_INCREF(v);
    }
    Py_XSETREF(*target, v);
    return 0;
}

/* An option: the keyword argument, else the attribute of the given dialect; owned, may be NULL. */
static PyObject *option(PyObject *keyword, PyObject *dialect, const char *name)
{
    PyObject *v = keyword;
    if (v != NULL) {
        Py_INCREF(v);
    } else if (dialect != NULL) {
        v = PyObject_GetAttrString(dialect, name);
        if (v == NULL) {
            PyErr_Clear();
        }
    }
    return v;
}

static PyObject *dialect_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *kwlist[] = {"dialect",        "delimiter", "doublequote", "escapechar",
                             "lineterminator", "quotechar", "quoting",     "skipinitialspace",
                             "strict",         NULL};
    enum { DELIMITER, DOUBLEQUOTE, ESCAPECHAR, LINETERMINATOR, QUOTECHAR, QUOTING, SKIP, STRICT };
    PyObject *dialect = NULL, *o[8] = {NULL}, *result = NULL;
    DialectObject *self = NULL;

    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|OOOOOOOOO", kwlist, &dialect, &o[0], &o[1],
                                     &o[2], &o[3], &o[4], &o[5], &o[6], &o[7])) {
        return NULL;
    }
    if (dialect != NULL && (PyString_Check(dialect) || PyUnicode_Check(dialect))) {
        dialect = find_dialect(dialect);
        if (dialect == NULL) {
            return NULL;
        }
    } else {
        Py_XINCREF(dialect);
    }
    int plain = 1;
    for (int i = 0; i < 8; i++) {
        plain = plain && o[i] == NULL;
    }
    if (dialect != NULL && plain && PyObject_TypeCheck(dialect, &Dialect_Type)) {
        return dialect;
    }
    for (int i = 0; i < 8; i++) {
        o[i] = option(o[i], dialect, kwlist[i + 1]);
    }
    self = (DialectObject *)type->tp_alloc(type, 0);
    if (self == NULL) {
        goto done;
    }
    if (set_char("delimiter", &self->delimiter, o[DELIMITER], ',') < 0 ||
        set_bool("doublequote", &self->doublequote, o[DOUBLEQUOTE], 1) < 0 ||
        set_char("escapechar", &self->escapechar, o[ESCAPECHAR], '\0') < 0 ||
        set_text("lineterminator", &self->lineterminator, o[LINETERMINATOR], "\r\n") < 0 ||
        set_char("quotechar", &self->quotechar, o[QUOTECHAR], '"') < 0 ||
        set_int("quoting", &self->quoting, o[QUOTING], QUOTE_MINIMAL) < 0 ||
        set_bool("skipinitialspace", &self->skipinitialspace, o[SKIP], 0) < 0 ||
        set_bool("strict", &self->strict, o[STRICT], 0) < 0) {
        goto done;
    }
    if (self->quoting < QUOTE_MINIMAL || self->quoting > QUOTE_NONE) {
        PyErr_SetString(PyExc_TypeError, "bad \"quoting\" value");
        goto done;
    }
    if (self->delimiter == '\0') {
        PyErr_SetString(PyExc_TypeError, "\"delimiter\" must be an 1-character string");
        goto done;
    }
    if (o[QUOTECHAR] == Py_None && o[QUOTING] == NULL) {
        self->quoting = QUOTE_NONE;
    }
    if (self->quoting != QUOTE_NONE && self->quotechar == '\0') {
        PyErr_SetString(PyExc_TypeError, "quotechar must be set if quoting enabled");
        goto done;
    }
    if (self->lineterminator == NULL) {
        PyErr_SetString(PyExc_TypeError, "lineterminator must be set");
        goto done;
    }
    result = (PyObject *)self;
    Py_INCREF(result);
done:
    Py_XDECREF(self);
    Py_XDECREF(dialect);
    for (int i = 0; i < 8; i++) {
        Py_XDECREF(o[i]);
    }
    return result;
}

static void dialect_dealloc(PyObject *op)
{
    Py_XDECREF(((DialectObject *)op)->lineterminator);
    Py_TYPE(op)->tp_free(op);
}

static PyObject *char_or_none(char c)
{
    if (c == '\0') {
        Py_RETURN_NONE;
    }
    return PyString_FromStringAndSize(&c, 1);
}

static PyObject *dialect_escapechar(PyObject *op, void *closure)
{
    return char_or_none(((DialectObject *)op)->escapechar);
}

static PyObject *dialect_quotechar(PyObject *op, void *closure)
{
    return char_or_none(((DialectObject *)op)->quotechar);
}

static PyObject *dialect_lineterminator(PyObject *op, void *closure)
{
    PyObject *v = ((DialectObject *)op)->lineterminator;
    if (v == NULL) {
        v = Py_None;
    }
    Py_INCREF(v);
    return v;
}

static PyObject *dialect_quoting(PyObject *op, void *closure)
{
    return PyInt_FromLong(((DialectObject *)op)->quoting);
}

static PyMemberDef dialect_members[] = {
    {"delimiter", T_CHAR, offsetof(DialectObject, delimiter), READONLY, NULL},
    {"skipinitialspace", T_INT, offsetof(DialectObject, skipinitialspace), READONLY, NULL},
    {"doublequote", T_INT, offsetof(DialectObject, doublequote), READONLY, NULL},
    {"strict", T_INT, offsetof(DialectObject, strict), READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyGetSetDef dialect_getset[] = {
    {"escapechar", dialect_escapechar, NULL, NULL, NULL},
    {"lineterminator", dialect_lineterminator, NULL, NULL, NULL},
    {"quotechar", dialect_quotechar, NULL, NULL, NULL},
    {"quoting", dialect_quoting, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyTypeObject Dialect_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "_csv.Dialect",
    .tp_basicsize = sizeof(DialectObject),
    .tp_dealloc = dialect_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = "CSV dialect\n\nThe format of a file.",
    .tp_members = dialect_members,
    .tp_getset = dialect_getset,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = dialect_new,
    .tp_free = PyObject_Free,
};

/* A dialect object from a name, a class, an object or nothing, and keywords. */
static PyObject *make_dialect(PyObject *dialect, PyObject *kwargs)
{
    PyObject *args = dialect == NULL ? PyTuple_New(0) : PyTuple_Pack(1, dialect), *v;
    if (args == NULL) {
        return NULL;
    }
    v = PyObject_Call((PyObject *)&Dialect_Type, args, kwargs);
    Py_DECREF(args);
    return v;
}

/* -- The reader ---------------------------------------------------------------------------------
 */
static int save_field(ReaderObject *self)
{
    PyObject *field = PyString_FromStringAndSize(self->field, self->field_length);
    int r;
    if (field == NULL) {
        return -1;
    }
    self->field_length = 0;
    if (self->numeric) {
        PyObject *number = PyNumber_Float(field);
        self->numeric = 0;
        Py_DECREF(field);
        if (number == NULL) {
            return -1;
        }
        field = number;
    }
    r = PyList_Append(self->fields, field);
    Py_DECREF(field);
    return r;
}

static int add_char(ReaderObject *self, char c)
{
    if (self->field_length >= field_limit) {
        PyErr_Format(error_obj, "field larger than field limit (%ld)", field_limit);
        return -1;
    }
    if (self->field_length == self->field_size) {
        Py_ssize_t size = self->field_size == 0 ? 4096 : self->field_size * 2;
        char *p = PyMem_Realloc(self->field, size);
        if (p == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        self->field = p;
        self->field_size = size;
    }
    self->field[self->field_length++] = c;
    return 0;
}

/* Takes one character; '\0' is the end of a line. */
static int take_char(ReaderObject *self, char c)
{
    DialectObject *d = self->dialect;

    switch (self->state) {
    case START_RECORD:
        if (c == '\0') {
            return 0; /* an empty line: an empty record */
        }
        if (c == '\n' || c == '\r') {
            self->state = EAT_CRNL;
            return 0;
        }
        self->state = START_FIELD;
        /* fall through */
    case START_FIELD:
        if (c == '\n' || c == '\r' || c == '\0') {
            if (save_field(self) < 0) {
                return -1;
            }
            self->state = c == '\0' ? START_RECORD : EAT_CRNL;
        } else if (d->quotechar != '\0' && c == d->quotechar && d->quoting != QUOTE_NONE) {
            self->state = IN_QUOTED_FIELD;
        } else if (d->escapechar != '\0' && c == d->escapechar) {
            self->state = ESCAPED_CHAR;
        } else if (c == ' ' && d->skipinitialspace) {
            return 0;
        } else if (c == d->delimiter) {
            return save_field(self);
        } else {
            if (d->quoting == QUOTE_NONNUMERIC) {
                self->numeric = 1;
            }
            self->state = IN_FIELD;
            return add_char(self, c);
        }
        return 0;
    case ESCAPED_CHAR:
        self->state = IN_FIELD;
        return add_char(self, c == '\0' ? '\n' : c);
    case IN_FIELD:
        if (c == '\n' || c == '\r' || c == '\0') {
            if (save_field(self) < 0) {
                return -1;
            }
            self->state = c == '\0' ? START_RECORD : EAT_CRNL;
        } else if (d->escapechar != '\0' && c == d->escapechar) {
            self->state = ESCAPED_CHAR;
        } else if (c == d->delimiter) {
            self->state = START_FIELD;
            return save_field(self);
        } else {
            return add_char(self, c);
        }
        return 0;
    case IN_QUOTED_FIELD:
        if (c == '\0') {
            return 0;
        }
        if (d->escapechar != '\0' && c == d->escapechar) {
            self->state = ESCAPE_IN_QUOTED_FIELD;
        } else if (d->quotechar != '\0' && c == d->quotechar && d->quoting != QUOTE_NONE) {
            self->state = d->doublequote ? QUOTE_IN_QUOTED_FIELD : IN_FIELD;
        } else {
            return add_char(self, c);
        }
        return 0;
    case ESCAPE_IN_QUOTED_FIELD:
        self->state = IN_QUOTED_FIELD;
        return add_char(self, c == '\0' ? '\n' : c);
    case QUOTE_IN_QUOTED_FIELD: /* a quote inside, or the last one */
        if (d->quoting != QUOTE_NONE && d->quotechar != '\0' && c == d->quotechar) {
            self->state = IN_QUOTED_FIELD;
            return add_char(self, c);
        }
        if (c == d->delimiter) {
            self->state = START_FIELD;
            return save_field(self);
        }
        if (c == '\n' || c == '\r' || c == '\0') {
            if (save_field(self) < 0) {
                return -1;
            }
            self->state = c == '\0' ? START_RECORD : EAT_CRNL;
            return 0;
        }
        if (!d->strict) {
            self->state = IN_FIELD;
            return add_char(self, c);
        }
        PyErr_Format(error_obj, "'%c' expected after '%c'", d->delimiter, d->quotechar);
        return -1;
    case EAT_CRNL:
        if (c == '\n' || c == '\r') {
            return 0;
        }
        if (c == '\0') {
            self->state = START_RECORD;
            return 0;
        }
        PyErr_Format(error_obj,
                     "new-line character seen in unquoted field - do you need to open the "
                     "file in universal-newline mode?");
        return -1;
    }
    return 0;
}

static int start_record(ReaderObject *self)
{
    PyObject *fields = PyList_New(0);
    if (fields == NULL) {
        return -1;
    }
    Py_XSETREF(self->fields, fields);
    self->field_length = 0;
    self->state = START_RECORD;
    self->numeric = 0;
    return 0;
}

static PyObject *reader_next(PyObject *op)
{
    ReaderObject *self = (ReaderObject *)op;
    PyObject *fields;

    if (start_record(self) < 0) {
        return NULL;
    }
    do {
        PyObject *line = PyIter_Next(self->input);
        char *s;
        Py_ssize_t n;
        if (line == NULL) {
            if (!PyErr_Occurred() && (self->field_length != 0 || self->state == IN_QUOTED_FIELD)) {
                if (self->dialect->strict) {
                    PyErr_SetString(error_obj, "unexpected end of data");
                } else if (save_field(self) >= 0) {
                    break;
                }
            }
            return NULL;
        }
        if (PyString_AsStringAndSize(line, &s, &n) < 0) {
            Py_DECREF(line);
            return NULL;
        }
        self->line_num++;
        for (Py_ssize_t i = 0; i <= n; i++) {
            if (i < n && s[i] == '\0') {
                PyErr_SetString(error_obj, "line contains NUL");
            } else if (take_char(self, i < n ? s[i] : '\0') == 0) {
                continue;
            }
            Py_DECREF(line);
            return NULL;
        }
        Py_DECREF(line);
    } while (self->state != START_RECORD);
    fields = self->fields;
    self->fields = NULL;
    return fields;
}

static void reader_dealloc(PyObject *op)
{
    ReaderObject *self = (ReaderObject *)op;
    PyObject_GC_UnTrack(op);
    Py_XDECREF(self->dialect);
    Py_XDECREF(self->input);
    Py_XDECREF(self->fields);
    PyMem_Free(self->field);
    PyObject_GC_Del(op);
}

static int reader_traverse(PyObject *op, visitproc visit, void *arg)
{
    ReaderObject *self = (ReaderObject *)op;
    Py_VISIT(self->dialect);
    Py_VISIT(self->input);
    Py_VISIT(self->fields);
    return 0;
}

static int reader_clear(PyObject *op)
{
    Py_CLEAR(((ReaderObject *)op)->fields);
    return 0;
}

static PyMemberDef reader_members[] = {
    {"dialect", T_OBJECT, offsetof(ReaderObject, dialect), RO, NULL},
    {"line_num", T_LONG, offsetof(ReaderObject, line_num), RO, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyTypeObject Reader_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "_csv.reader",
    .tp_basicsize = sizeof(ReaderObject),
    .tp_dealloc = reader_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "CSV reader\n\nIterates over the records of lines.",
    .tp_traverse = reader_traverse,
    .tp_clear = reader_clear,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = reader_next,
    .tp_members = reader_members,
};

PyDoc_STRVAR(reader_doc,
             "csv_reader = reader(iterable [, dialect='excel'] [optional keyword args])\n\n"
             "Reads records, lists of strings, from lines.");
static PyObject *csv_reader(PyObject *module, PyObject *args, PyObject *kwargs)
{
    PyObject *iterable, *dialect = NULL;
    ReaderObject *self;

    if (!PyArg_UnpackTuple(args, "", 1, 2, &iterable, &dialect)) {
        return NULL;
    }
    self = PyObject_GC_New(ReaderObject, &Reader_Type);
    if (self == NULL) {
        return NULL;
    }
    self->dialect = NULL;
    self->fields = NULL;
    self->input = NULL;
    self->field = NULL;
    self->field_size = self->field_length = 0;
    self->line_num = 0;
    self->numeric = 0;
    PyObject_GC_Track(self);
    self->input = PyObject_GetIter(iterable);
    if (self->input == NULL) {
        PyErr_SetString(PyExc_TypeError, "argument 1 must be an iterator");
    }
    if (self->input == NULL || start_record(self) < 0) {
        goto fail;
    }
    self->dialect = (DialectObject *)make_dialect(dialect, kwargs);
    if (self->dialect == NULL) {
        goto fail;
    }
    return (PyObject *)self;
fail:
    Py_DECREF(self);
    return NULL;
}

/* -- The writer ---------------------------------------------------------------------------------
 */
static int put(WriterObject *self, char c)
{
    if (self->length == self->size) {
        Py_ssize_t size = self->size == 0 ? 4096 : self->size * 2;
        char *p = PyMem_Realloc(self->record, size);
        if (p == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        self->record = p;
        self->size = size;
    }
    self->record[self->length++] = c;
    return 0;
}

/* Whether c has to be told apart from what it means to the dialect. */
static int is_special(const DialectObject *d, char c)
{
    return c == d->delimiter || (d->escapechar != '\0' && c == d->escapechar) ||
           (d->quotechar != '\0' && c == d->quotechar) || c == '\n' || c == '\r' ||
           (c != '\0' && memchr(PyString_AS_STRING(d->lineterminator), c,
                                (size_t)PyString_GET_SIZE(d->lineterminator)) != NULL);
}

static int put_field(WriterObject *self, const char *s, Py_ssize_t n, int quoted)
{
    DialectObject *d = self->dialect;

    if (self->fields > 0 && put(self, d->delimiter) < 0) {
        return -1;
    }
    for (Py_ssize_t i = 0; i < n && !quoted && d->quoting != QUOTE_NONE; i++) {
        /* a quote that is escaped rather than doubled needs no quotes around */
        quoted = is_special(d, s[i]) && !(d->escapechar != '\0' && s[i] == d->escapechar) &&
                 !(s[i] == d->quotechar && !d->doublequote);
    }
    if (quoted && put(self, d->quotechar) < 0) {
        return -1;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        char c = s[i];
        if (is_special(d, c)) {
            int escape = 0;
            if (d->quoting == QUOTE_NONE) {
                escape = 1;
            } else if (c == d->quotechar) {
                if (d->doublequote) {
                    if (put(self, d->quotechar) < 0) {
                        return -1;
                    }
                } else {
                    escape = 1;
                }
            } else if (d->escapechar != '\0' && c == d->escapechar) {
                escape = 1;
            }
            if (escape) {
                if (d->escapechar == '\0') {
                    PyErr_Format(error_obj, "need to escape, but no escapechar set");
                    return -1;
                }
                if (put(self, d->escapechar) < 0) {
                    return -1;
                }
            }
        }
        if (put(self, c) < 0) {
            return -1;
        }
    }
    if (quoted && put(self, d->quotechar) < 0) {
        return -1;
    }
    self->fields++;
    return 0;
}

PyDoc_STRVAR(writerow_doc, "writerow(sequence)\n\nWrites a record.");
static PyObject *writer_writerow(PyObject *op, PyObject *seq)
{
    WriterObject *self = (WriterObject *)op;
    DialectObject *d = self->dialect;
    Py_ssize_t count;

    if (!PySequence_Check(seq)) {
        return PyErr_Format(error_obj, "sequence expected");
    }
    count = PySequence_Size(seq);
    if (count < 0) {
        return NULL;
    }
    self->length = 0;
    self->fields = 0;
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *field = PySequence_GetItem(seq, i), *text;
        int quoted = 0, r;
        if (field == NULL) {
            return NULL;
        }
        if (d->quoting == QUOTE_NONNUMERIC) {
            quoted = !PyNumber_Check(field);
        } else if (d->quoting == QUOTE_ALL) {
            quoted = 1;
        }
        if (PyString_Check(field)) {
            text = field;
            Py_INCREF(text);
        } else if (field == Py_None) {
            text = PyString_FromString("");
        } else if (PyFloat_Check(field)) {
            text = PyObject_Repr(field);
        } else {
            text = PyObject_Str(field);
        }
        Py_DECREF(field);
        if (text == NULL) {
            return NULL;
        }
        if (count == 1 && PyString_GET_SIZE(text) == 0) { /* else the line would be empty */
            if (d->quoting == QUOTE_NONE) {
                PyErr_Format(error_obj, "single empty field record must be quoted");
                Py_DECREF(text);
                return NULL;
            }
            quoted = 1;
        }
        r = put_field(self, PyString_AS_STRING(text), PyString_GET_SIZE(text), quoted);
        Py_DECREF(text);
        if (r < 0) {
            return NULL;
        }
    }
    for (Py_ssize_t i = 0; i < PyString_GET_SIZE(d->lineterminator); i++) {
        if (put(self, PyString_AS_STRING(d->lineterminator)[i]) < 0) {
            return NULL;
        }
    }
    return PyObject_CallFunction(self->write, "(s#)", self->length > 0 ? self->record : "",
                                 self->length);
}

PyDoc_STRVAR(writerows_doc, "writerows(sequence of sequences)\n\nWrites records.");
static PyObject *writer_writerows(PyObject *op, PyObject *rows)
{
    PyObject *it = PyObject_GetIter(rows), *row;

    if (it == NULL) {
        PyErr_SetString(PyExc_TypeError, "writerows() argument must be iterable");
        return NULL;
    }
    while ((row = PyIter_Next(it)) != NULL) {
        PyObject *r = writer_writerow(op, row);
        Py_DECREF(row);
        if (r == NULL) {
            Py_DECREF(it);
            return NULL;
        }
        Py_DECREF(r);
    }
    Py_DECREF(it);
    if (PyErr_Occurred()) {
        return NULL;
    }
    Py_RETURN_NONE;
}

static void writer_dealloc(PyObject *op)
{
    WriterObject *self = (WriterObject *)op;
    PyObject_GC_UnTrack(op);
    Py_XDECREF(self->dialect);
    Py_XDECREF(self->write);
    PyMem_Free(self->record);
    PyObject_GC_Del(op);
}

static int writer_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(((WriterObject *)op)->dialect);
    Py_VISIT(((WriterObject *)op)->write);
    return 0;
}

static PyMethodDef writer_methods[] = {
    {"writerow", writer_writerow, METH_O, writerow_doc},
    {"writerows", writer_writerows, METH_O, writerows_doc},
    {NULL, NULL, 0, NULL},
};

static PyMemberDef writer_members[] = {
    {"dialect", T_OBJECT, offsetof(WriterObject, dialect), RO, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyTypeObject Writer_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "_csv.writer",
    .tp_basicsize = sizeof(WriterObject),
    .tp_dealloc = writer_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "CSV writer\n\nWrites records to a file.",
    .tp_traverse = writer_traverse,
    .tp_methods = writer_methods,
    .tp_members = writer_members,
};

PyDoc_STRVAR(writer_doc,
             "csv_writer = csv.writer(fileobj [, dialect='excel'] [optional keyword args])\n\n"
             "Writes records to an object with a write method.");
static PyObject *csv_writer(PyObject *module, PyObject *args, PyObject *kwargs)
{
    PyObject *file, *dialect = NULL;
    WriterObject *self;

    if (!PyArg_UnpackTuple(args, "", 1, 2, &file, &dialect)) {
        return NULL;
    }
    self = PyObject_GC_New(WriterObject, &Writer_Type);
    if (self == NULL) {
        return NULL;
    }
    self->dialect = NULL;
    self->write = NULL;
    self->record = NULL;
    self->size = self->length = self->fields = 0;
    PyObject_GC_Track(self);
    self->write = PyObject_GetAttrString(file, "write");
    if (self->write == NULL || !PyCallable_Check(self->write)) {
        PyErr_SetString(PyExc_TypeError, "argument 1 must have a \"write\" method");
        goto fail;
    }
    self->dialect = (DialectObject *)make_dialect(dialect, kwargs);
    if (self->dialect == NULL) {
        goto fail;
    }
    return (PyObject *)self;
fail:
    Py_DECREF(self);
    return NULL;
}

/* -- The module ---------------------------------------------------------------------------------
 */
PyDoc_STRVAR(list_doc, "The names of all registered dialects.");
static PyObject *csv_list_dialects(PyObject *module, PyObject *unused)
{
    return PyDict_Keys(dialects);
}

PyDoc_STRVAR(register_doc, "dialect = csv.register_dialect(name, dialect)\n\nNames a dialect.");
static PyObject *csv_register_dialect(PyObject *module, PyObject *args, PyObject *kwargs)
{
    PyObject *name, *given = NULL, *dialect;
    int r;

    if (!PyArg_UnpackTuple(args, "", 1, 2, &name, &given)) {
        return NULL;
    }
    if (!PyString_Check(name) && !PyUnicode_Check(name)) {
        PyErr_SetString(PyExc_TypeError, "dialect name must be a string or unicode");
        return NULL;
    }
    dialect = make_dialect(given, kwargs);
    if (dialect == NULL) {
        return NULL;
    }
    r = PyDict_SetItem(dialects, name, dialect);
    Py_DECREF(dialect);
    if (r < 0) {
        return NULL;
    }
    Py_RETURN_NONE;
}

PyDoc_STRVAR(unregister_doc, "csv.unregister_dialect(name)\n\nForgets a dialect.");
static PyObject *csv_unregister_dialect(PyObject *module, PyObject *name)
{
    if (PyDict_DelItem(dialects, name) < 0) {
        return PyErr_Format(error_obj, "unknown dialect");
    }
    Py_RETURN_NONE;
}

PyDoc_STRVAR(get_doc, "dialect = csv.get_dialect(name)");
static PyObject *csv_get_dialect(PyObject *module, PyObject *name)
{
    return find_dialect(name);
}

PyDoc_STRVAR(limit_doc,
             "limit = csv.field_size_limit([limit])\n\nTells, or sets, how long a field may be.");
static PyObject *csv_field_size_limit(PyObject *module, PyObject *args)
{
    PyObject *value = NULL;
    py_long old = field_limit;

    if (!PyArg_UnpackTuple(args, "field_size_limit", 0, 1, &value)) {
        return NULL;
    }
    if (value != NULL) {
        py_long limit;
        if (!PyInt_Check(value) && !PyLong_Check(value)) {
            return PyErr_Format(PyExc_TypeError, "limit must be an integer");
        }
        limit = PyInt_AsLong(value);
        if (limit == -1 && PyErr_Occurred()) {
            return NULL;
        }
        field_limit = limit;
    }
    return PyInt_FromLong(old);
}

static PyMethodDef csv_functions[] = {
    {"reader", PyCFunction_CAST(csv_reader), METH_VARARGS | METH_KEYWORDS, reader_doc},
    {"writer", PyCFunction_CAST(csv_writer), METH_VARARGS | METH_KEYWORDS, writer_doc},
    {"list_dialects", csv_list_dialects, METH_NOARGS, list_doc},
    {"register_dialect", PyCFunction_CAST(csv_register_dialect), METH_VARARGS | METH_KEYWORDS,
     register_doc},
    {"unregister_dialect", csv_unregister_dialect, METH_O, unregister_doc},
    {"get_dialect", csv_get_dialect, METH_O, get_doc},
    {"field_size_limit", csv_field_size_limit, METH_VARARGS, limit_doc},
    {NULL, NULL, 0, NULL},
};

void init_csv(void);
void init_csv(void)
{
    PyObject *m;

    if (PyType_Ready(&Dialect_Type) < 0 || PyType_Ready(&Reader_Type) < 0 ||
        PyType_Ready(&Writer_Type) < 0) {
        return;
    }
    m = Py_InitModule3("_csv", csv_functions, "CSV parsing and writing.");
    if (m == NULL) {
        return;
    }
    PyModule_AddStringConstant(m, "__version__", "1.0");
    dialects = PyDict_New();
    error_obj = PyErr_NewException("_csv.Error", NULL, NULL);
    if (dialects == NULL || error_obj == NULL) {
        return;
    }
    Py_INCREF(dialects);
    PyModule_AddObject(m, "_dialects", dialects);
    Py_INCREF(error_obj);
    PyModule_AddObject(m, "Error", error_obj);
    Py_INCREF(&Dialect_Type);
    PyModule_AddObject(m, "Dialect", (PyObject *)&Dialect_Type);
    PyModule_AddIntConstant(m, "QUOTE_MINIMAL", QUOTE_MINIMAL);
    PyModule_AddIntConstant(m, "QUOTE_ALL", QUOTE_ALL);
    PyModule_AddIntConstant(m, "QUOTE_NONNUMERIC", QUOTE_NONNUMERIC);
    PyModule_AddIntConstant(m, "QUOTE_NONE", QUOTE_NONE);
}
