/* SPDX-License-Identifier: MIT */
/* format(value, spec) for the built-in types: str specs give str, unicode specs unicode
 * (objects/formatter.c). */
#ifndef FORMATTER_H
#define FORMATTER_H
PyObject *_PyBytes_FormatAdvanced(PyObject *obj, const char *spec, Py_ssize_t len); /* str value */
PyObject *_PyInt_FormatAdvanced(PyObject *obj, const char *spec, Py_ssize_t len); /* int or long */
/* str.format / unicode.format and helpers for string.Formatter (objects/format_string.c). */
PyObject *_PyString_DoFormat(PyObject *self, PyObject *args, PyObject *kwargs);
PyObject *_PyUnicode_DoFormat(PyObject *self, PyObject *args, PyObject *kwargs);
PyObject *
_PyObject_FormatterParser(PyObject *self); /* (literal, field, spec, conversion) iterator */
PyObject *_PyObject_FormatterFieldNameSplit(PyObject *self); /* (first, iterator) */
#endif
