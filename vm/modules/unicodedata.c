/* SPDX-License-Identifier: MIT */
/* The module unicodedata: Unicode 5.2.0, and 3.2.0 as the object ucd_3_2_0. The functions of the
 * module are also the methods of that object; `self` tells which database is meant. The tables are
 * base's. */
#include "Python.h"
#include "base/unicode_tables.h"

static PyTypeObject UCD_Type;

static int is_old(PyObject *self)
{
    return self != NULL && Py_TYPE(self) == &UCD_Type;
}

static int character(PyObject *u, Py_UCS4 *c)
{
    if (PyUnicode_GET_SIZE(u) != 1) {
        PyErr_SetString(PyExc_TypeError, "need a single Unicode character as parameter");
        return 0;
    }
    *c = PyUnicode_AS_UNICODE(u)[0];
    return 1;
}

/* One character, and nothing else, as argument. */
static const _PyUnicode_Property *property(PyObject *self, PyObject *args, const char *format)
{
    PyObject *u;
    Py_UCS4 c;
    if (!PyArg_ParseTuple(args, format, &PyUnicode_Type, &u) || !character(u, &c)) {
        return NULL;
    }
    return _PyUnicode_GetProperty(c, is_old(self));
}

static PyObject *or_default(PyObject *otherwise, const char *complaint)
{
    if (otherwise == NULL) {
        PyErr_SetString(PyExc_ValueError, complaint);
    }
    Py_XINCREF(otherwise);
    return otherwise;
}

/* -- Numbers ------------------------------------------------------------------------------------
 */
PyDoc_STRVAR(decimal_doc, "decimal(unichr[, default])\n\nThe decimal value as an integer.");
static PyObject *ucd_decimal(PyObject *self, PyObject *args)
{
    PyObject *u, *otherwise = NULL;
    Py_UCS4 c;
    if (!PyArg_ParseTuple(args, "O!|O:decimal", &PyUnicode_Type, &u, &otherwise) ||
        !character(u, &c)) {
        return NULL;
    }
    const _PyUnicode_Property *p = _PyUnicode_GetProperty(c, is_old(self));
    return p->decimal < 0 ? or_default(otherwise, "not a decimal") : PyInt_FromLong(p->decimal);
}

PyDoc_STRVAR(digit_doc, "digit(unichr[, default])\n\nThe digit value as an integer.");
static PyObject *ucd_digit(PyObject *self, PyObject *args)
{
    PyObject *u, *otherwise = NULL;
    Py_UCS4 c;
    if (!PyArg_ParseTuple(args, "O!|O:digit", &PyUnicode_Type, &u, &otherwise) ||
        !character(u, &c)) {
        return NULL;
    }
    const _PyUnicode_Property *p = _PyUnicode_GetProperty(c, is_old(self));
    return p->digit < 0 ? or_default(otherwise, "not a digit") : PyInt_FromLong(p->digit);
}

PyDoc_STRVAR(numeric_doc, "numeric(unichr[, default])\n\nThe numeric value as a float.");
static PyObject *ucd_numeric(PyObject *self, PyObject *args)
{
    PyObject *u, *otherwise = NULL;
    Py_UCS4 c;
    if (!PyArg_ParseTuple(args, "O!|O:numeric", &PyUnicode_Type, &u, &otherwise) ||
        !character(u, &c)) {
        return NULL;
    }
    const _PyUnicode_Property *p = _PyUnicode_GetProperty(c, is_old(self));
    return p->has_numeric ? PyFloat_FromDouble(p->numeric)
                          : or_default(otherwise, "not a numeric character");
}

/* -- Classes ------------------------------------------------------------------------------------
 */
PyDoc_STRVAR(category_doc, "category(unichr)\n\nThe general category as a string.");
static PyObject *ucd_category(PyObject *self, PyObject *args)
{
    const _PyUnicode_Property *p = property(self, args, "O!:category");
    return p == NULL ? NULL : PyString_FromString(_PyUnicode_CategoryNames[p->category]);
}

PyDoc_STRVAR(bidirectional_doc, "bidirectional(unichr)\n\nThe bidirectional class as a string.");
static PyObject *ucd_bidirectional(PyObject *self, PyObject *args)
{
    const _PyUnicode_Property *p = property(self, args, "O!:bidirectional");
    return p == NULL ? NULL : PyString_FromString(_PyUnicode_BidirectionalNames[p->bidirectional]);
}

PyDoc_STRVAR(combining_doc, "combining(unichr)\n\nThe canonical combining class as an integer.");
static PyObject *ucd_combining(PyObject *self, PyObject *args)
{
    const _PyUnicode_Property *p = property(self, args, "O!:combining");
    return p == NULL ? NULL : PyInt_FromLong(p->combining);
}

PyDoc_STRVAR(mirrored_doc,
             "mirrored(unichr)\n\n1 when it is mirrored in bidirectional text, else 0.");
static PyObject *ucd_mirrored(PyObject *self, PyObject *args)
{
    const _PyUnicode_Property *p = property(self, args, "O!:mirrored");
    return p == NULL ? NULL : PyInt_FromLong(p->mirrored);
}

PyDoc_STRVAR(east_asian_width_doc, "east_asian_width(unichr)\n\nThe east asian width as a string.");
static PyObject *ucd_east_asian_width(PyObject *self, PyObject *args)
{
    const _PyUnicode_Property *p = property(self, args, "O!:east_asian_width");
    return p == NULL ? NULL
                     : PyString_FromString(_PyUnicode_EastAsianWidthNames[p->east_asian_width]);
}

static int was_unassigned(PyObject *self, Py_UCS4 c)
{
    return is_old(self) && _PyUnicode_GetProperty(c, 1)->category == 0;
}

PyDoc_STRVAR(decomposition_doc, "decomposition(unichr)\n\nThe decomposition mapping as a string.");
static PyObject *ucd_decomposition(PyObject *self, PyObject *args)
{
    PyObject *u;
    Py_UCS4 c;
    int count, m = 0;
    const char *tag;
    char text[256];
    const uint32_t *points;

    if (!PyArg_ParseTuple(args, "O!:decomposition", &PyUnicode_Type, &u) || !character(u, &c)) {
        return NULL;
    }
    points = was_unassigned(self, c) ? NULL : _PyUnicode_GetDecomposition(c, &count, &tag);
    if (points == NULL) {
        return PyString_FromString("");
    }
    if (*tag != '\0') {
        m = PyOS_snprintf(text, sizeof(text), "<%s>", tag);
    }
    for (int i = 0; i < count; i++) {
        m += PyOS_snprintf(text + m, sizeof(text) - (size_t)m, m > 0 ? " %04X" : "%04X",
                           (unsigned)points[i]);
    }
    return PyString_FromStringAndSize(text, m);
}

/* -- Normal forms -------------------------------------------------------------------------------
 */
enum { S_BASE = 0xAC00, L_BASE = 0x1100, V_BASE = 0x1161, T_BASE = 0x11A7 };
enum { L_COUNT = 19, V_COUNT = 21, T_COUNT = 28, S_COUNT = L_COUNT * V_COUNT * T_COUNT };

typedef struct {
    Py_UCS4 *p;
    Py_ssize_t n, room;
} points;

static int add_point(points *t, Py_UCS4 c)
{
    if (t->n == t->room) {
        Py_ssize_t room = t->room * 2 + 16;
        Py_UCS4 *p = t->p;
        PyMem_Resize(p, Py_UCS4, room);
        if (p == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        t->p = p;
        t->room = room;
    }
    t->p[t->n++] = c;
    return 0;
}

static int combining_class(Py_UCS4 c)
{
    return _PyUnicode_GetProperty(c, 0)->combining;
}

/* Decomposes fully; decompositions nest only a few levels. */
static int add_decomposed(PyObject *self, points *t, Py_UCS4 c, int compatible, int depth)
{
    int count;
    const char *tag;
    const uint32_t *mapped;

    if (c >= S_BASE && c < S_BASE + S_COUNT) {
        Py_UCS4 s = c - S_BASE, tail = s % T_COUNT;
        return add_point(t, L_BASE + s / (V_COUNT * T_COUNT)) < 0 ||
                       add_point(t, V_BASE + s % (V_COUNT * T_COUNT) / T_COUNT) < 0 ||
                       (tail != 0 && add_point(t, T_BASE + tail) < 0)
                   ? -1
                   : 0;
    }
    if (is_old(self)) {
        for (int i = 0; i < _PyUnicode_Correction320Count; i++) {
            if (_PyUnicode_Corrections320[i][0] == c) {
                return add_point(t, _PyUnicode_Corrections320[i][1]);
            }
        }
    }
    mapped =
        was_unassigned(self, c) || depth > 20 ? NULL : _PyUnicode_GetDecomposition(c, &count, &tag);
    if (mapped == NULL || (*tag != '\0' && !compatible)) {
        return add_point(t, c);
    }
    for (int i = 0; i < count; i++) {
        if (add_decomposed(self, t, mapped[i], compatible, depth + 1) < 0) {
            return -1;
        }
    }
    return 0;
}

/* Sorts each run of combining characters by class; equal ones keep their order. */
static void order_marks(points *t)
{
    for (Py_ssize_t i = 1; i < t->n; i++) {
        Py_UCS4 c = t->p[i];
        int class = combining_class(c);
        Py_ssize_t k = i;
        if (class == 0) {
            continue;
        }
        while (k > 0 && combining_class(t->p[k - 1]) > class) {
            t->p[k] = t->p[k - 1];
            k--;
        }
        t->p[k] = c;
    }
}

static Py_UCS4 compose_pair(Py_UCS4 a, Py_UCS4 b)
{
    if (a >= L_BASE && a < L_BASE + L_COUNT && b >= V_BASE && b < V_BASE + V_COUNT) {
        return S_BASE + ((a - L_BASE) * V_COUNT + (b - V_BASE)) * T_COUNT;
    }
    if (a >= S_BASE && a < S_BASE + S_COUNT && (a - S_BASE) % T_COUNT == 0 && b > T_BASE &&
        b < T_BASE + T_COUNT) {
        return a + (b - T_BASE);
    }
    return _PyUnicode_Compose(a, b);
}

static void compose(points *t)
{
    Py_ssize_t out = 0, starter = -1;
    int last = 0; /* the class of the last character kept after the starter; 0: none */

    for (Py_ssize_t i = 0; i < t->n; i++) {
        Py_UCS4 c = t->p[i];
        int class = combining_class(c);
        if (starter >= 0 && (last == 0 ? out == starter + 1 : last < class)) {
            Py_UCS4 both = compose_pair(t->p[starter], c);
            if (both != 0) {
                t->p[starter] = both;
                continue;
            }
        }
        if (class == 0) {
            starter = out;
            last = 0;
        } else {
            last = class;
        }
        t->p[out++] = c;
    }
    t->n = out;
}

PyDoc_STRVAR(normalize_doc, "normalize(form, unistr)\n\n"
                            "The normal form of the text: NFC, NFKC, NFD or NFKD.");
static PyObject *ucd_normalize(PyObject *self, PyObject *args)
{
    char *form;
    PyObject *input, *result = NULL;
    points t = {NULL, 0, 0};
    int compatible, composed;

    if (!PyArg_ParseTuple(args, "sO!:normalize", &form, &PyUnicode_Type, &input)) {
        return NULL;
    }
    if (PyUnicode_GET_SIZE(input) == 0) {
        Py_INCREF(input);
        return input;
    }
    compatible = strcmp(form, "NFKC") == 0 || strcmp(form, "NFKD") == 0;
    composed = strcmp(form, "NFC") == 0 || strcmp(form, "NFKC") == 0;
    if (!compatible && !composed && strcmp(form, "NFD") != 0) {
        PyErr_SetString(PyExc_ValueError, "invalid normalization form");
        return NULL;
    }
    for (Py_ssize_t i = 0; i < PyUnicode_GET_SIZE(input); i++) {
        if (add_decomposed(self, &t, PyUnicode_AS_UNICODE(input)[i], compatible, 0) < 0) {
            goto done;
        }
    }
    order_marks(&t);
    if (composed) {
        compose(&t);
    }
    if (t.n == PyUnicode_GET_SIZE(input) &&
        memcmp(t.p, PyUnicode_AS_UNICODE(input), (size_t)t.n * sizeof(Py_UCS4)) == 0) {
        Py_INCREF(input);
        result = input;
    } else {
        result = PyUnicode_FromUnicode(t.p, t.n);
    }
done:
    PyMem_Free(t.p);
    return result;
}

/* -- Names --------------------------------------------------------------------------------------
 */
PyDoc_STRVAR(name_doc, "name(unichr[, default])\n\nThe name as a string.");
static PyObject *ucd_name(PyObject *self, PyObject *args)
{
    PyObject *u, *otherwise = NULL;
    Py_UCS4 c;
    char name[128];

    if (!PyArg_ParseTuple(args, "O!|O:name", &PyUnicode_Type, &u, &otherwise) ||
        !character(u, &c)) {
        return NULL;
    }
    if (was_unassigned(self, c) || _PyUnicode_GetName(c, name, (int)sizeof(name)) == 0) {
        return or_default(otherwise, "no such name");
    }
    return PyString_FromString(name);
}

PyDoc_STRVAR(lookup_doc, "lookup(name)\n\nThe character with that name.");
static PyObject *ucd_lookup(PyObject *self, PyObject *args)
{
    char *name;
    Py_ssize_t n;
    int64_t c;
    Py_UNICODE u;

    if (!PyArg_ParseTuple(args, "s#:lookup", &name, &n)) {
        return NULL;
    }
    c = _PyUnicode_LookupName(name, n);
    if (c < 0 || was_unassigned(self, (Py_UCS4)c)) {
        PyErr_Format(PyExc_KeyError, "undefined character name '%s'", name);
        return NULL;
    }
    u = (Py_UNICODE)c;
    return PyUnicode_FromUnicode(&u, 1);
}

/* -- The module ---------------------------------------------------------------------------------
 */
static PyMethodDef ucd_functions[] = {
    {"decimal", ucd_decimal, METH_VARARGS, decimal_doc},
    {"digit", ucd_digit, METH_VARARGS, digit_doc},
    {"numeric", ucd_numeric, METH_VARARGS, numeric_doc},
    {"category", ucd_category, METH_VARARGS, category_doc},
    {"bidirectional", ucd_bidirectional, METH_VARARGS, bidirectional_doc},
    {"combining", ucd_combining, METH_VARARGS, combining_doc},
    {"mirrored", ucd_mirrored, METH_VARARGS, mirrored_doc},
    {"east_asian_width", ucd_east_asian_width, METH_VARARGS, east_asian_width_doc},
    {"decomposition", ucd_decomposition, METH_VARARGS, decomposition_doc},
    {"name", ucd_name, METH_VARARGS, name_doc},
    {"lookup", ucd_lookup, METH_VARARGS, lookup_doc},
    {"normalize", ucd_normalize, METH_VARARGS, normalize_doc},
    {NULL, NULL, 0, NULL},
};

static PyObject *ucd_version(PyObject *self, void *closure)
{
    return PyString_FromString("3.2.0");
}

static PyGetSetDef ucd_getset[] = {
    {"unidata_version", ucd_version, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static void ucd_dealloc(PyObject *self)
{
    PyObject_Free(self);
}

static PyTypeObject UCD_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "unicodedata.UCD",
    .tp_basicsize = sizeof(PyObject),
    .tp_dealloc = ucd_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = ucd_functions,
    .tp_getset = ucd_getset,
};

/* What `ucnhash_CAPI` points to: names both ways, for C code. */
static struct {
    int size;
    int (*get_name)(uint32_t c, char *buffer, int size);
    int64_t (*get_code)(const char *name, int64_t length);
} names_api = {(int)sizeof(names_api), _PyUnicode_GetName, _PyUnicode_LookupName};

PyDoc_STRVAR(module_doc, "The Unicode Character Database, version 5.2.0.");

void initunicodedata(void);
void initunicodedata(void)
{
    PyObject *m, *v;

    if (PyType_Ready(&UCD_Type) < 0) {
        return;
    }
    m = Py_InitModule3("unicodedata", ucd_functions, module_doc);
    if (m == NULL) {
        return;
    }
    PyModule_AddStringConstant(m, "unidata_version", "5.2.0");
    Py_INCREF(&UCD_Type);
    PyModule_AddObject(m, "UCD", (PyObject *)&UCD_Type);
    v = (PyObject *)PyObject_New(PyObject, &UCD_Type);
    if (v != NULL) {
        PyModule_AddObject(m, "ucd_3_2_0", v);
    }
    v = PyCapsule_New(&names_api, "unicodedata.ucnhash_CAPI", NULL);
    if (v != NULL) {
        PyModule_AddObject(m, "ucnhash_CAPI", v);
    }
}
