/* SPDX-License-Identifier: MIT */
/* The algorithms that str and bytearray share; see bytes_methods.h. */
#include "bytes_methods.h"
#include "base/search.h"

/* A result of n bytes to be filled: made by the maker from NULL, its bytes at *out. */
static PyObject *make_room(_PyBytes_Maker make, Py_ssize_t n, char **out)
{
    PyObject *v = make(NULL, n);
    if (v != NULL) {
        *out = PyString_Check(v) ? PyString_AS_STRING(v) : PyByteArray_AS_STRING(v);
    }
    return v;
}

void _Py_AdjustIndices(Py_ssize_t length, Py_ssize_t *start, Py_ssize_t *stop)
{
    if (*stop > length) {
        *stop = length;
    } else if (*stop < 0) {
        *stop += length;
        if (*stop < 0) {
            *stop = 0;
        }
    }
    if (*start < 0) {
        *start += length;
        if (*start < 0) {
            *start = 0;
        }
    }
}

/* The four searches of str and bytearray share one complaint; count has its own. */
int _Py_ParseFind(const char *name, PyObject *args, PyObject **sub, Py_ssize_t *start,
                  Py_ssize_t *stop)
{
    char format[40];
    PyObject *first = Py_None, *last = Py_None;

    *start = 0;
    *stop = PY_SSIZE_T_MAX;
    PyOS_snprintf(format, sizeof(format), "O|OO:%s", name);
    if (!PyArg_ParseTuple(args, format, sub, &first, &last)) {
        return 0;
    }
    if (first != Py_None && !_PyEval_SliceIndex(first, start)) {
        return 0;
    }
    if (last != Py_None && !_PyEval_SliceIndex(last, stop)) {
        return 0;
    }
    return 1;
}

/* -- Splitting ----------------------------------------------------------------------------------
 */
static int append_piece(PyObject *list, const char *s, Py_ssize_t n, _PyBytes_Maker make)
{
    PyObject *piece = make(s, n);
    if (piece == NULL) {
        return -1;
    }
    int r = PyList_Append(list, piece);
    Py_DECREF(piece);
    return r;
}

static int append_rest(PyObject *list, const char *s, Py_ssize_t start, Py_ssize_t stop,
                       Py_ssize_t n, PyObject *whole, _PyBytes_Maker make)
{
    if (whole != NULL && start == 0 && stop == n) {
        return PyList_Append(list, whole);
    }
    return append_piece(list, s + start, stop - start, make);
}

PyObject *_PyBytes_SplitWhitespace(const char *s, Py_ssize_t n, Py_ssize_t max, PyObject *whole,
                                   _PyBytes_Maker make)
{
    Py_ssize_t i = 0;
    PyObject *list = PyList_New(0);

    if (list == NULL) {
        return NULL;
    }
    while (i < n && max-- > 0) {
        while (i < n && Py_ISSPACE(s[i])) {
            i++;
        }
        Py_ssize_t start = i;
        while (i < n && !Py_ISSPACE(s[i])) {
            i++;
        }
        if (i > start && append_rest(list, s, start, i, n, whole, make) < 0) {
            goto fail;
        }
    }
    while (i < n && Py_ISSPACE(s[i])) {
        i++;
    }
    if (i < n && append_rest(list, s, i, n, n, whole, make) < 0) {
        goto fail;
    }
    return list;
fail:
    Py_DECREF(list);
    return NULL;
}

PyObject *_PyBytes_RSplitWhitespace(const char *s, Py_ssize_t n, Py_ssize_t max, PyObject *whole,
                                    _PyBytes_Maker make)
{
    Py_ssize_t i = n;
    PyObject *list = PyList_New(0);

    if (list == NULL) {
        return NULL;
    }
    while (i > 0 && max-- > 0) {
        while (i > 0 && Py_ISSPACE(s[i - 1])) {
            i--;
        }
        Py_ssize_t stop = i;
        while (i > 0 && !Py_ISSPACE(s[i - 1])) {
            i--;
        }
        if (stop > i && append_rest(list, s, i, stop, n, whole, make) < 0) {
            goto fail;
        }
    }
    while (i > 0 && Py_ISSPACE(s[i - 1])) {
        i--;
    }
    if (i > 0 && append_rest(list, s, 0, i, n, whole, make) < 0) {
        goto fail;
    }
    if (PyList_Reverse(list) < 0) {
        goto fail;
    }
    return list;
fail:
    Py_DECREF(list);
    return NULL;
}

PyObject *_PyBytes_Split(const char *s, Py_ssize_t n, const char *sep, Py_ssize_t m, Py_ssize_t max,
                         PyObject *whole, _PyBytes_Maker make)
{
    Py_ssize_t i = 0;
    PyObject *list;

    if (m == 0) {
        PyErr_SetString(PyExc_ValueError, "empty separator");
        return NULL;
    }
    list = PyList_New(0);
    if (list == NULL) {
        return NULL;
    }
    while (max-- > 0) {
        Py_ssize_t hit = _Py_FindBytes(s + i, n - i, sep, m, 0);
        if (hit < 0) {
            break;
        }
        if (append_piece(list, s + i, hit, make) < 0) {
            goto fail;
        }
        i += hit + m;
    }
    if (append_rest(list, s, i, n, n, whole, make) < 0) {
        goto fail;
    }
    return list;
fail:
    Py_DECREF(list);
    return NULL;
}

PyObject *_PyBytes_RSplit(const char *s, Py_ssize_t n, const char *sep, Py_ssize_t m,
                          Py_ssize_t max, PyObject *whole, _PyBytes_Maker make)
{
    Py_ssize_t stop = n;
    PyObject *list;

    if (m == 0) {
        PyErr_SetString(PyExc_ValueError, "empty separator");
        return NULL;
    }
    list = PyList_New(0);
    if (list == NULL) {
        return NULL;
    }
    while (max-- > 0) {
        Py_ssize_t hit = _Py_FindBytes(s, stop, sep, m, 1);
        if (hit < 0) {
            break;
        }
        if (append_piece(list, s + hit + m, stop - hit - m, make) < 0) {
            goto fail;
        }
        stop = hit;
    }
    if (append_rest(list, s, 0, stop, n, whole, make) < 0 || PyList_Reverse(list) < 0) {
        goto fail;
    }
    return list;
fail:
    Py_DECREF(list);
    return NULL;
}

PyObject *_PyBytes_Splitlines(const char *s, Py_ssize_t n, int keepends, PyObject *whole,
                              _PyBytes_Maker make)
{
    PyObject *list = PyList_New(0);

    if (list == NULL) {
        return NULL;
    }
    for (Py_ssize_t i = 0; i < n;) {
        Py_ssize_t start = i;
        while (i < n && s[i] != '\n' && s[i] != '\r') {
            i++;
        }
        Py_ssize_t stop = i;
        if (i < n) {
            i += s[i] == '\r' && i + 1 < n && s[i + 1] == '\n' ? 2 : 1;
            if (keepends) {
                stop = i;
            }
        }
        if (append_rest(list, s, start, stop, n, whole, make) < 0) {
            Py_DECREF(list);
            return NULL;
        }
    }
    return list;
}

/* -- Replacing ----------------------------------------------------------------------------------
 */
PyObject *_PyBytes_Replace(const char *s, Py_ssize_t n, const char *from, Py_ssize_t m,
                           const char *to, Py_ssize_t k, Py_ssize_t max, _PyBytes_Maker make)
{
    Py_ssize_t count, i = 0;
    char *out = NULL;
    PyObject *result;

    if (max < 0) {
        max = PY_SSIZE_T_MAX;
    }
    if (max == 0 || (m == 0 && k == 0) || m > n) {
        return NULL;
    }
    count = _Py_CountBytes(s, n, from, m, max);
    if (count == 0) {
        return NULL;
    }
    if (k > m && count > (PY_SSIZE_T_MAX - n) / (k - m)) {
        PyErr_SetString(PyExc_OverflowError, "replace string is too long");
        return NULL;
    }
    result = make_room(make, n + count * (k - m), &out);
    if (result == NULL) {
        return NULL;
    }
    if (m == 0) { /* between all bytes, and before the first */
        for (; count > 0; count--) {
            memcpy(out, to, (size_t)k);
            out += k;
            if (i < n) {
                *out++ = s[i++];
            }
        }
    } else {
        for (; count > 0; count--) {
            Py_ssize_t hit = _Py_FindBytes(s + i, n - i, from, m, 0);
            memcpy(out, s + i, (size_t)hit);
            out += hit;
            memcpy(out, to, (size_t)k);
            out += k;
            i += hit + m;
        }
    }
    memcpy(out, s + i, (size_t)(n - i));
    return result;
}

/* -- Ends ---------------------------------------------------------------------------------------
 */
static int in_set(char c, const char *set, Py_ssize_t m)
{
    return set == NULL ? Py_ISSPACE(c) != 0 : m > 0 && memchr(set, (unsigned char)c, (size_t)m);
}

void _PyBytes_Strip(const char *s, Py_ssize_t n, const char *set, Py_ssize_t m, int ends,
                    Py_ssize_t *start, Py_ssize_t *stop)
{
    Py_ssize_t i = 0, j = n;
    if (ends & BYTES_LEFT) {
        while (i < n && in_set(s[i], set, m)) {
            i++;
        }
    }
    if (ends & BYTES_RIGHT) {
        while (j > i && in_set(s[j - 1], set, m)) {
            j--;
        }
    }
    *start = i;
    *stop = j;
}

int _PyBytes_Tailmatch(const char *s, Py_ssize_t n, const char *p, Py_ssize_t m, Py_ssize_t start,
                       Py_ssize_t stop, int direction)
{
    _Py_AdjustIndices(n, &start, &stop);
    if (start > n || stop - start < m) {
        return 0;
    }
    return memcmp(s + (direction < 0 ? start : stop - m), p, (size_t)m) == 0;
}

/* -- Case and classes ---------------------------------------------------------------------------
 */
void _PyBytes_ChangeCase(char *out, const char *s, Py_ssize_t n, int how)
{
    int in_word = 0;
    for (Py_ssize_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)s[i];
        int up;
        switch (how) {
        case BYTES_LOWER:
            up = 0;
            break;
        case BYTES_UPPER:
            up = 1;
            break;
        case BYTES_SWAPCASE:
            up = Py_ISLOWER(c) != 0;
            break;
        case BYTES_CAPITALIZE:
            up = i == 0;
            break;
        default:
            up = !in_word;
            in_word = Py_ISALPHA(c) != 0;
        }
        out[i] = (char)(up ? Py_TOUPPER(c) : Py_TOLOWER(c));
    }
}

int _PyBytes_All(const char *s, Py_ssize_t n, int ctype)
{
    for (Py_ssize_t i = 0; i < n; i++) {
        if (!(_Py_ctype_table[Py_CHARMASK(s[i])] & ctype)) {
            return 0;
        }
    }
    return n > 0;
}

int _PyBytes_IsCase(const char *s, Py_ssize_t n, int ctype)
{
    int cased = 0;
    for (Py_ssize_t i = 0; i < n; i++) {
        int bits = _Py_ctype_table[Py_CHARMASK(s[i])];
        if (bits & (PY_CTF_ALPHA & ~ctype)) {
            return 0;
        }
        cased |= bits & ctype;
    }
    return cased != 0;
}

int _PyBytes_IsTitle(const char *s, Py_ssize_t n)
{
    int cased = 0, in_word = 0;
    for (Py_ssize_t i = 0; i < n; i++) {
        if (Py_ISUPPER(s[i])) {
            if (in_word) {
                return 0;
            }
            in_word = cased = 1;
        } else if (Py_ISLOWER(s[i])) {
            if (!in_word) {
                return 0;
            }
        } else {
            in_word = 0;
        }
    }
    return cased;
}

/* -- Padding ------------------------------------------------------------------------------------
 */
PyObject *_PyBytes_Pad(const char *s, Py_ssize_t n, Py_ssize_t left, Py_ssize_t right, char fill,
                       _PyBytes_Maker make)
{
    char *out = NULL;
    PyObject *result;

    if (left > PY_SSIZE_T_MAX - n || right > PY_SSIZE_T_MAX - n - left) {
        PyErr_SetString(PyExc_OverflowError, "padded string is too long");
        return NULL;
    }
    result = make_room(make, left + n + right, &out);
    if (result != NULL) {
        memset(out, fill, (size_t)left);
        memcpy(out + left, s, (size_t)n);
        memset(out + left + n, fill, (size_t)right);
    }
    return result;
}

PyObject *_PyBytes_Zfill(const char *s, Py_ssize_t n, Py_ssize_t width, _PyBytes_Maker make)
{
    PyObject *result = _PyBytes_Pad(s, n, width - n, 0, '0', make);
    if (result != NULL && n > 0 && (s[0] == '+' || s[0] == '-')) {
        char *out =
            PyString_Check(result) ? PyString_AS_STRING(result) : PyByteArray_AS_STRING(result);
        out[width - n] = '0';
        out[0] = s[0];
    }
    return result;
}

PyObject *_PyBytes_ExpandTabs(const char *s, Py_ssize_t n, int tabsize, _PyBytes_Maker make)
{
    Py_ssize_t total = 0, column = 0;
    char *out = NULL;
    PyObject *result;

    for (Py_ssize_t i = 0; i < n; i++) {
        Py_ssize_t width = 1;
        if (s[i] == '\t') {
            width = tabsize > 0 ? tabsize - column % tabsize : 0;
        }
        column = s[i] == '\n' || s[i] == '\r' ? 0 : column + width;
        if (total > PY_SSIZE_T_MAX - width) {
            PyErr_SetString(PyExc_OverflowError, "result too long");
            return NULL;
        }
        total += width;
    }
    result = make_room(make, total, &out);
    if (result == NULL) {
        return NULL;
    }
    column = 0;
    for (Py_ssize_t i = 0; i < n; i++) {
        if (s[i] == '\t') {
            Py_ssize_t width = tabsize > 0 ? tabsize - column % tabsize : 0;
            memset(out, ' ', (size_t)width);
            out += width;
            column += width;
        } else {
            *out++ = s[i];
            column = s[i] == '\n' || s[i] == '\r' ? 0 : column + 1;
        }
    }
    return result;
}

PyObject *_PyBytes_Translate(const char *s, Py_ssize_t n, const char *table, const char *del,
                             Py_ssize_t m, _PyBytes_Maker make)
{
    unsigned char drop[256] = {0};
    Py_ssize_t kept = n, k = 0;
    char *out = NULL;
    PyObject *result;

    if (m > 0) {
        for (Py_ssize_t i = 0; i < m; i++) {
            drop[Py_CHARMASK(del[i])] = 1;
        }
        kept = 0;
        for (Py_ssize_t i = 0; i < n; i++) {
            kept += !drop[Py_CHARMASK(s[i])];
        }
    }
    result = make_room(make, kept, &out);
    if (result == NULL) {
        return NULL;
    }
    for (Py_ssize_t i = 0; k < kept; i++) {
        unsigned char c = (unsigned char)s[i];
        if (!drop[c]) {
            out[k++] = table == NULL ? (char)c : table[c];
        }
    }
    return result;
}
