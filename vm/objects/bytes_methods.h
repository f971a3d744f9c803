/* SPDX-License-Identifier: MIT */
/* The algorithms that str and bytearray share. They take bytes and a maker, which turns bytes into
 * an object of the type concerned; they never look at the object the bytes came from. The caller
 * keeps the bytes alive and unchanged for the time of the call. */
#ifndef BYTES_METHODS_H
#define BYTES_METHODS_H
#include "Python.h"

typedef PyObject *(*_PyBytes_Maker)(const char *, Py_ssize_t);
enum { BYTES_LOWER, BYTES_UPPER, BYTES_SWAPCASE, BYTES_CAPITALIZE, BYTES_TITLE };
enum { BYTES_LEFT = 1, BYTES_RIGHT = 2, BYTES_BOTH = 3 };

/* Clips start and stop of a search to the length, as slices do. */
void _Py_AdjustIndices(Py_ssize_t length, Py_ssize_t *start, Py_ssize_t *stop);
/* Parses "sub[, start[, stop]]" of the method with that name. */
int _Py_ParseFind(const char *name, PyObject *args, PyObject **sub, Py_ssize_t *start,
                  Py_ssize_t *stop);
/* whole: what goes into the list when nothing is split off (a new reference is taken); NULL: a
 * copy. */
PyObject *_PyBytes_SplitWhitespace(const char *s, Py_ssize_t n, Py_ssize_t max, PyObject *whole,
                                   _PyBytes_Maker);
PyObject *_PyBytes_RSplitWhitespace(const char *s, Py_ssize_t n, Py_ssize_t max, PyObject *whole,
                                    _PyBytes_Maker);
PyObject *_PyBytes_Split(const char *s, Py_ssize_t n, const char *sep, Py_ssize_t m, Py_ssize_t max,
                         PyObject *whole, _PyBytes_Maker);
PyObject *_PyBytes_RSplit(const char *s, Py_ssize_t n, const char *sep, Py_ssize_t m,
                          Py_ssize_t max, PyObject *whole, _PyBytes_Maker);
PyObject *_PyBytes_Splitlines(const char *s, Py_ssize_t n, int keepends, PyObject *whole,
                              _PyBytes_Maker);
/* Replaces at most max (< 0: all). NULL without an exception: nothing to replace. */
PyObject *_PyBytes_Replace(const char *s, Py_ssize_t n, const char *from, Py_ssize_t m,
                           const char *to, Py_ssize_t k, Py_ssize_t max, _PyBytes_Maker);
/* Moves *start and *stop to leave out bytes of the set (NULL: whitespace) at the ends asked for. */
void _PyBytes_Strip(const char *s, Py_ssize_t n, const char *set, Py_ssize_t m, int ends,
                    Py_ssize_t *start, Py_ssize_t *stop);
void _PyBytes_ChangeCase(char *out, const char *s, Py_ssize_t n, int how);
/* Whether all of at least one byte have one of the ctype bits. */
int _PyBytes_All(const char *s, Py_ssize_t n, int ctype);
int _PyBytes_IsCase(const char *s, Py_ssize_t n, int ctype); /* PY_CTF_LOWER or PY_CTF_UPPER */
int _PyBytes_IsTitle(const char *s, Py_ssize_t n);
PyObject *_PyBytes_Pad(const char *s, Py_ssize_t n, Py_ssize_t left, Py_ssize_t right, char fill,
                       _PyBytes_Maker);
PyObject *_PyBytes_Zfill(const char *s, Py_ssize_t n, Py_ssize_t width, _PyBytes_Maker);
PyObject *_PyBytes_ExpandTabs(const char *s, Py_ssize_t n, int tabsize, _PyBytes_Maker);
PyObject *_PyBytes_Translate(const char *s, Py_ssize_t n, const char *table, const char *del,
                             Py_ssize_t m, _PyBytes_Maker);
/* Whether s[start:stop] begins (direction < 0) or ends with p. */
int _PyBytes_Tailmatch(const char *s, Py_ssize_t n, const char *p, Py_ssize_t m, Py_ssize_t start,
                       Py_ssize_t stop, int direction);
#endif
