/* SPDX-License-Identifier: MIT */
/* The bytes of file objects: a buffer over the host's descriptors, universal newlines, seeking.
 * Invariant: a read that ends in FILE_PENDING has consumed nothing, so that it can be made again
 * from the start when the host has more. */
#include "Python.h"
#include "host/host.h"
#include "modules/fileobject_private.h"
#include "modules/signal_private.h"

PyObject _PyFile_PendingMark = {PyObject_HEAD_INIT(&PyBaseObject_Type)};
static PyFileObject *open_files;

enum { S_TYPE_MASK = 0170000, S_TYPE_CHAR = 0020000 };

static int raise_io(int e)
{
    _PyErr_SetFromErrnum(PyExc_IOError, e);
    return FILE_ERROR;
}

void _PyFile_InitIO(PyFileObject *f, int fd)
{
    f->f_fd = fd;
    f->f_pos = f->f_end = 0;
    f->f_eof = f->f_writing = f->f_skipnextlf = f->f_newlinetypes = 0;
    f->f_next = open_files;
    f->f_prev = NULL;
    if (open_files != NULL)
        open_files->f_prev = f;
    open_files = f;
}

static int reserve(PyFileObject *f, Py_ssize_t cap)
{
    char *grown;

    if (cap <= f->f_cap)
        return 0;
    grown = PyMem_Realloc(f->f_buf, cap);
    if (grown == NULL) {
        PyErr_NoMemory();
        return FILE_ERROR;
    }
    f->f_buf = grown;
    f->f_cap = cap;
    return 0;
}

static int write_all(PyFileObject *f, const char *s, Py_ssize_t n, Py_ssize_t *done)
{
    *done = 0;
    while (*done < n) {
        int64_t k = host_write(f->f_fd, s + *done, (size_t)(n - *done));

        if (PyEval_IsPending(k)) {
            if (PyEval_Block(PyThread_FOREVER) < 0)
                return FILE_ERROR;
            continue;
        }
        if (k == -4 /* EINTR */) {
            if (_PySignal_CheckHost() < 0)
                return FILE_ERROR;
            continue;
        }
        if (k < 0)
            return raise_io((int)-k);
        *done += k;
    }
    return 0;
}

/* What could not be written is dropped, as stdio does. Other threads may write to the file while
 * this one waits: into a buffer of their own. */
int _PyFile_FlushWrites(PyFileObject *f)
{
    char *text = f->f_buf;
    Py_ssize_t n = f->f_end, cap = f->f_cap, done;
    int status;

    if (!f->f_writing || f->f_fd < 0)
        return 0;
    f->f_writing = 0;
    f->f_buf = NULL;
    f->f_cap = f->f_end = f->f_pos = 0;
    status = write_all(f, text, n, &done);
    if (f->f_buf == NULL && f->f_fd >= 0) {
        f->f_buf = text;
        f->f_cap = cap;
    } else
        PyMem_Free(text);
    return status;
}

/* Turns from reading to writing: the descriptor goes to where the program thinks it is. */
static int begin_writing(PyFileObject *f)
{
    if (f->f_writing)
        return 0;
    if (f->f_end > f->f_pos)
        host_lseek(f->f_fd, f->f_pos - f->f_end, 1);
    f->f_pos = f->f_end = 0;
    f->f_eof = 0;
    if (reserve(f, f->f_bufsize > 0 ? f->f_bufsize : FILE_BUFFER_SIZE) < 0)
        return FILE_ERROR;
    f->f_writing = 1;
    return 0;
}

int _PyFile_WriteBytes(PyFileObject *f, const char *s, Py_ssize_t n)
{
    Py_ssize_t done, size = f->f_bufsize > 0 ? f->f_bufsize : FILE_BUFFER_SIZE;

    if (n == 0)
        return 0;
    if (begin_writing(f) < 0)
        return FILE_ERROR;
    if (f->f_unbuffered) {
        f->f_writing = 0;
        return write_all(f, s, n, &done);
    }
    if (f->f_line_buffered) {
        Py_ssize_t lines = n;

        while (lines > 0 && s[lines - 1] != '\n')
            lines--;
        if (lines > 0) {
            if (lines < size - f->f_end) {
                memcpy(f->f_buf + f->f_end, s, (size_t)lines);
                f->f_end += lines;
                if (_PyFile_FlushWrites(f) < 0)
                    return FILE_ERROR;
            } else if (_PyFile_FlushWrites(f) < 0 || write_all(f, s, lines, &done) < 0)
                return FILE_ERROR;
            s += lines;
            n -= lines;
            if (n == 0 || begin_writing(f) < 0)
                return n == 0 ? 0 : FILE_ERROR;
        }
    }
    while (n > size - f->f_end) {
        Py_ssize_t room = size - f->f_end, whole;

        memcpy(f->f_buf + f->f_end, s, (size_t)room);
        f->f_end += room;
        s += room;
        n -= room;
        if (_PyFile_FlushWrites(f) < 0)
            return FILE_ERROR;
        whole = n - n % size;
        if (whole > 0 && write_all(f, s, whole, &done) < 0)
            return FILE_ERROR;
        s += whole;
        n -= whole;
        if (begin_writing(f) < 0)
            return FILE_ERROR;
    }
    memcpy(f->f_buf + f->f_end, s, (size_t)n);
    f->f_end += n;
    return 0;
}

/* One read of the host: the count, 0 at the end, FILE_ERROR, FILE_PENDING. */
static Py_ssize_t host_read_once(PyFileObject *f, char *buf, Py_ssize_t n, int may_wait)
{
    for (;;) {
        int64_t k = host_read(f->f_fd, buf, (size_t)n);

        if (k >= 0) {
            if (k == 0)
                f->f_eof = 1;
            return k;
        }
        if (PyEval_IsPending(k)) {
            if (may_wait)
                return FILE_PENDING;
            if (PyEval_Block(PyThread_FOREVER) < 0)
                return FILE_ERROR;
            continue;
        }
        if (k == -4 /* EINTR */) {
            if (_PySignal_CheckHost() < 0)
                return FILE_ERROR;
            continue;
        }
        return raise_io((int)-k);
    }
}

/* Adds to the bytes read ahead: 1, 0 at the end of the file, FILE_ERROR, FILE_PENDING. */
static int fill(PyFileObject *f, int may_wait)
{
    Py_ssize_t have, n, size = f->f_bufsize > FILE_BUFFER_SIZE ? f->f_bufsize : FILE_BUFFER_SIZE;

    if (f->f_writing && _PyFile_FlushWrites(f) < 0)
        return FILE_ERROR;
    have = f->f_end - f->f_pos;
    if (f->f_pos > 0) {
        memmove(f->f_buf, f->f_buf + f->f_pos, (size_t)have);
        f->f_pos = 0;
        f->f_end = have;
    }
    if (f->f_cap - have < size && reserve(f, have + (have > size ? have : size)) < 0)
        return FILE_ERROR;
    n = host_read_once(f, f->f_buf + have, f->f_cap - have, may_wait);
    if (n <= 0)
        return (int)n;
    f->f_end += n;
    return 1;
}

/* Reads plain bytes; short only at the end. What was read before a wait goes back to the buffer. */
static Py_ssize_t read_plain(PyFileObject *f, char *buf, Py_ssize_t n, int may_wait)
{
    Py_ssize_t have = 0;

    if (f->f_writing && _PyFile_FlushWrites(f) < 0)
        return FILE_ERROR;
    for (;;) {
        Py_ssize_t k = Py_MIN(n - have, f->f_end - f->f_pos);

        if (k > 0)
            memcpy(buf + have, f->f_buf + f->f_pos, (size_t)k);
        f->f_pos += k;
        have += k;
        if (have == n)
            return have;
        if (n - have >= FILE_BUFFER_SIZE) {
            k = host_read_once(f, buf + have, n - have, may_wait);
            if (k > 0)
                have += k;
        } else
            k = fill(f, may_wait);
        if (k == 0)
            return have;
        if (k < 0) {
            if (k == FILE_PENDING) {
                if (reserve(f, have) < 0)
                    return FILE_ERROR;
                if (have > 0)
                    memcpy(f->f_buf, buf, (size_t)have);
                f->f_pos = 0;
                f->f_end = have;
            } else if (have > 0 && PyErr_ExceptionMatches(PyExc_IOError)) {
                PyErr_Clear(); /* what there was is delivered; a later read meets the error again */
                return have;
            }
            return k;
        }
    }
}

/* Translates newlines of src into dst (at most `want` characters, or up to and with a newline when
 * to_newline) and moves the file's newline state on. *used: bytes of src consumed. */
static Py_ssize_t translate(PyFileObject *f, const char *src, Py_ssize_t n, char *dst,
                            Py_ssize_t want, int to_newline, Py_ssize_t *used, int *complete)
{
    Py_ssize_t i = 0, out = 0;

    *complete = 0;
    while (i < n && out < want) {
        char c = src[i];

        if (f->f_skipnextlf) {
            f->f_skipnextlf = 0;
            if (c == '\n') {
                f->f_newlinetypes |= NEWLINE_CRLF;
                i++;
                continue;
            }
            f->f_newlinetypes |= NEWLINE_CR;
        }
        i++;
        if (c == '\r') {
            f->f_skipnextlf = 1;
            c = '\n';
        } else if (c == '\n')
            f->f_newlinetypes |= NEWLINE_LF;
        dst[out++] = c;
        if (c == '\n' && to_newline) {
            *complete = 1;
            break;
        }
    }
    if (out == want)
        *complete = 1;
    *used = i;
    return out;
}

/* Reads translated text: enough raw bytes are gathered first, then consumed in one step. */
static Py_ssize_t read_translated(PyFileObject *f, char **buf, Py_ssize_t want, int to_newline,
                                  int may_wait, int (*grow)(char **buf, Py_ssize_t room, void *ctx),
                                  void *ctx)
{
    for (;;) {
        uint8_t skip = f->f_skipnextlf, types = f->f_newlinetypes;
        Py_ssize_t have = f->f_writing ? 0 : f->f_end - f->f_pos, used, out;
        int complete = 0, status;

        if (grow(buf, Py_MIN(have, want), ctx) < 0)
            return FILE_ERROR;
        out = translate(f, f->f_buf ? f->f_buf + f->f_pos : "", have, *buf, want, to_newline, &used,
                        &complete);
        if (complete) {
            f->f_pos += used;
            return out;
        }
        f->f_skipnextlf = skip;
        f->f_newlinetypes = types;
        status = fill(f, may_wait);
        if (status < 0)
            return status;
        if (status == 0) {
            out = translate(f, f->f_buf ? f->f_buf + f->f_pos : "", f->f_end - f->f_pos, *buf, want,
                            to_newline, &used, &complete);
            f->f_pos += used;
            if (f->f_skipnextlf && !complete)
                f->f_newlinetypes |= NEWLINE_CR;
            return out;
        }
    }
}

static int grow_string(char **buf, Py_ssize_t room, void *ctx)
{
    PyObject **s = ctx;

    if (*s == NULL || PyString_GET_SIZE(*s) < room) {
        Py_XDECREF(*s);
        *s =
            PyString_FromStringAndSize(NULL, room < 2 ? 2 : room); /* never a shared short string */
        if (*s == NULL)
            return -1;
    }
    *buf = PyString_AS_STRING(*s);
    return 0;
}

static int grow_fixed(char **buf, Py_ssize_t room, void *ctx)
{
    return 0;
}

Py_ssize_t _PyFile_ReadInto(PyFileObject *f, char *buf, Py_ssize_t n, int may_wait)
{
    if (f->f_univ_newline)
        return read_translated(f, &buf, n, 0, may_wait, grow_fixed, NULL);
    return read_plain(f, buf, n, may_wait);
}

static PyObject *finish_string(PyObject *s, Py_ssize_t n)
{
    if (n < 0) {
        Py_XDECREF(s);
        return n == FILE_PENDING ? &_PyFile_PendingMark : NULL;
    }
    if (n <= 1) { /* the shared strings of one character */
        PyObject *result = PyString_FromStringAndSize(n ? PyString_AS_STRING(s) : "", n);

        Py_XDECREF(s);
        return result;
    }
    if (n != PyString_GET_SIZE(s))
        _PyString_Resize(&s, n);
    return s;
}

/* How much the file may still hold, to take memory once. */
static Py_ssize_t guess_rest(PyFileObject *f)
{
    host_stat_t st;
    int64_t here;

    if (host_fstat(f->f_fd, &st) == 0 && (st.mode & S_TYPE_MASK) == 0100000) {
        here = host_lseek(f->f_fd, 0, 1);
        if (here >= 0 && st.size > here)
            return st.size - here + (f->f_end - f->f_pos) + 1;
    }
    return FILE_READAHEAD_SIZE;
}

PyObject *_PyFile_ReadString(PyFileObject *f, Py_ssize_t n, int may_wait)
{
    PyObject *s = NULL;
    Py_ssize_t got, have = 0, room;
    char *buf;

    if (f->f_writing && _PyFile_FlushWrites(f) < 0)
        return NULL;
    if (f->f_univ_newline) {
        got = read_translated(f, &buf, n < 0 ? PY_SSIZE_T_MAX : n, 0, may_wait, grow_string, &s);
        return finish_string(s, got);
    }
    room = n < 0 ? guess_rest(f) : Py_MIN(n, Py_MAX(guess_rest(f), 1 << 20));
    s = PyString_FromStringAndSize(NULL, room < 2 ? 2 : room);
    while (s != NULL) {
        got = read_plain(f, PyString_AS_STRING(s) + have, room - have, may_wait);
        if (got < 0) {
            if (got == FILE_PENDING &&
                have > 0) { /* read_plain gave back its part: now ours before it */
                Py_ssize_t back = f->f_end - f->f_pos;

                if (reserve(f, have + back) < 0)
                    got = FILE_ERROR;
                else {
                    memmove(f->f_buf + have, f->f_buf + f->f_pos, (size_t)back);
                    memcpy(f->f_buf, PyString_AS_STRING(s), (size_t)have);
                    f->f_pos = 0;
                    f->f_end = have + back;
                }
            }
            return finish_string(s, got);
        }
        have += got;
        if (have < room || have == n)
            return finish_string(s, have);
        room = n < 0 || room + room / 2 < n ? room + room / 2 + FILE_READAHEAD_SIZE : n;
        if (n >= 0 && room > n)
            room = n;
        _PyString_Resize(&s, room);
    }
    return NULL;
}

PyObject *_PyFile_ReadLineString(PyFileObject *f, Py_ssize_t limit, int may_wait)
{
    PyObject *s = NULL;
    Py_ssize_t n, seen = 0;
    char *buf;
    int status;

    if (f->f_univ_newline) {
        n = read_translated(f, &buf, limit < 0 ? PY_SSIZE_T_MAX : limit, 1, may_wait, grow_string,
                            &s);
        return finish_string(s, n);
    }
    if (f->f_writing && _PyFile_FlushWrites(f) < 0)
        return NULL;
    for (;;) {
        const char *from = f->f_buf ? f->f_buf + f->f_pos : "", *nl;

        n = f->f_end - f->f_pos;
        if (limit >= 0 && n > limit)
            n = limit;
        nl = memchr(from + seen, '\n', (size_t)(n - seen));
        if (nl != NULL)
            n = nl - from + 1;
        if (nl != NULL || n == limit)
            break;
        seen = n;
        status = fill(f, may_wait);
        if (status == FILE_PENDING)
            return &_PyFile_PendingMark;
        if (status < 0)
            return NULL;
        if (status == 0) {
            n = f->f_end - f->f_pos;
            break;
        }
    }
    s = PyString_FromStringAndSize(f->f_buf ? f->f_buf + f->f_pos : "", n);
    if (s != NULL)
        f->f_pos += n;
    return s;
}

Py_ssize_t _PyFile_ReadBytes(PyObject *file, char *buf, Py_ssize_t n)
{
    return read_plain((PyFileObject *)file, buf, n, 0);
}

PyObject *_PyFile_ReadAll(PyObject *file)
{
    return _PyFile_ReadString((PyFileObject *)file, -1, 0);
}

int64_t _PyFile_Tell(PyFileObject *f)
{
    int64_t at = host_lseek(f->f_fd, 0, 1);

    if (at < 0)
        return raise_io((int)-at);
    if (f->f_writing)
        return at + f->f_end;
    if (f->f_skipnextlf) { /* the \n that belongs to the \r just delivered counts as read */
        if (f->f_pos == f->f_end) {
            int status = fill(f, 0);

            if (status < 0)
                return FILE_ERROR;
            if (status > 0)
                at = host_lseek(f->f_fd, 0, 1);
        }
        if (f->f_pos < f->f_end && f->f_buf[f->f_pos] == '\n') {
            f->f_newlinetypes |= NEWLINE_CRLF;
            f->f_skipnextlf = 0;
            f->f_pos++;
        }
    }
    return at - (f->f_end - f->f_pos);
}

int _PyFile_Seek(PyFileObject *f, int64_t offset, int whence)
{
    int64_t at;

    if (f->f_writing) {
        if (_PyFile_FlushWrites(f) < 0)
            return FILE_ERROR;
    } else if (whence == 1)
        offset -= f->f_end - f->f_pos;
    at = host_lseek(f->f_fd, offset, whence);
    if (at < 0)
        return raise_io((int)-at);
    f->f_pos = f->f_end = 0;
    f->f_eof = f->f_skipnextlf = 0;
    return 0;
}

int _PyFile_CloseFd(PyFileObject *f)
{
    int error = 0, fd = f->f_fd;
    char *text = f->f_buf;
    Py_ssize_t at = 0, end = f->f_writing ? f->f_end : 0;

    if (fd < 0)
        return 0;
    if (!f->f_writing && f->f_end > f->f_pos)
        host_lseek(fd, f->f_pos - f->f_end, 1); /* descriptors may be shared with others */
    /* Closed for all others, before it waits for what is left to be written. */
    f->f_fd = -1;
    f->f_writing = 0;
    f->f_pos = f->f_end = f->f_cap = 0;
    f->f_buf = NULL;
    if (f->f_prev != NULL)
        f->f_prev->f_next = f->f_next;
    else
        open_files = f->f_next;
    if (f->f_next != NULL)
        f->f_next->f_prev = f->f_prev;
    f->f_next = f->f_prev = NULL;
    if (at < end) {
        PyObject *t, *v, *tb;

        PyErr_Fetch(&t, &v, &tb);
        while (at < end && error == 0) {
            int64_t k = host_write(fd, text + at, (size_t)(end - at));

            if (PyEval_IsPending(k)) {
                if (PyEval_Block(PyThread_FOREVER) < 0)
                    error = 4 /* EINTR */;
            } else if (k < 0 && k != -4)
                error = (int)-k;
            at += k > 0 ? k : 0;
        }
        PyErr_Clear();
        PyErr_Restore(t, v, tb);
    }
    PyMem_Free(text);
    if (!f->f_keep_fd) {
        int status = host_close(fd);

        if (status < 0 && error == 0)
            error = -status;
    }
    return error;
}

void _PyFile_FlushAll(void)
{
    PyFileObject *f;

    for (f = open_files; f != NULL; f = f->f_next)
        if (f->f_writing) {
            Py_ssize_t at = 0;

            while (at < f->f_end) {
                int64_t k = host_write(f->f_fd, f->f_buf + at, (size_t)(f->f_end - at));

                if (k <= 0 && k != -4)
                    break;
                at += k > 0 ? k : 0;
            }
            f->f_writing = 0;
            f->f_end = f->f_pos = 0;
        }
}
