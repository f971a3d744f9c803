/* SPDX-License-Identifier: MIT */
/* future_builtins: functions that Python 3 has as built-ins and that Python 2 spells otherwise. Its
 * map, filter and zip are the very types of itertools, not copies. */
#include "Python.h"

PyDoc_STRVAR(hex_doc, "hex(number) -> string\n\n"
                      "The number in base sixteen, as 0x1f; a long gets no L.");

static PyObject *future_hex(PyObject *self, PyObject *v)
{
    return PyNumber_ToBase(v, 16);
}

PyDoc_STRVAR(oct_doc, "oct(number) -> string\n\n"
                      "The number in base eight, as 0o17; a long gets no L.");

static PyObject *future_oct(PyObject *self, PyObject *v)
{
    return PyNumber_ToBase(v, 8);
}

PyDoc_STRVAR(ascii_doc, "ascii(object) -> string\n\n"
                        "The repr() of the object, which in Python 2 is ASCII already.");

static PyObject *future_ascii(PyObject *self, PyObject *v)
{
    return PyObject_Repr(v);
}

PyDoc_STRVAR(module_doc,
             "Functions of Python 3 under the names they have there: ascii, filter, hex, "
             "map, oct, zip.\n\n"
             "from future_builtins import zip replaces the old one in a module.");

static PyMethodDef future_methods[] = {
    {"hex", future_hex, METH_O, hex_doc},
    {"oct", future_oct, METH_O, oct_doc},
    {"ascii", future_ascii, METH_O, ascii_doc},
    {NULL, NULL, 0, NULL},
};

void initfuture_builtins(void)
{
    static const char *const pairs[][2] = {{"map", "imap"}, {"filter", "ifilter"}, {"zip", "izip"}};
    PyObject *m = Py_InitModule3("future_builtins", future_methods, module_doc);
    PyObject *itertools = m != NULL ? PyImport_ImportModule("itertools") : NULL;

    for (size_t i = 0; itertools != NULL && i < sizeof pairs / sizeof pairs[0]; i++) {
        PyObject *f = PyObject_GetAttrString(itertools, pairs[i][1]);

        if (f == NULL || PyModule_AddObject(m, pairs[i][0], f) < 0)
            break;
    }
    Py_XDECREF(itertools);
}
