/* SPDX-License-Identifier: MIT */
/* bz2.BZ2File: a compressed file that is read or written like a file. The bytes come from and go to
 * a `file` underneath; the library's stream stands between. As in CPython a file is one stream, and
 * what follows its end is not read. Invariants: `state` says what the library's stream is set up
 * for; it exists in every state but CLOSED. While `busy` the file underneath may be waiting and
 * other threads run: they see only that the file is busy. `pos` counts as CPython does: translated
 * newlines in read(), raw bytes in readline(). */
#include "modules/bz2_private.h"
#include "modules/fileobject_private.h"

enum state { CLOSED, READING, AT_END, WRITING }; /* CLOSED is 0: so begins a new object */
enum {
    PIECE = 5000,        /* of compressed data, from and to the file underneath */
    READ_SIZE = 8192,    /* of plain data, for lines and for seeking */
    LINES_AT_ONCE = 1000 /* that writelines() looks at before it writes them */
};
enum { RAISED = INT_MIN }; /* beside the library's codes: an exception is set */

typedef struct {
    PyObject_HEAD PyObject *file; /* NULL before __init__ */
    bz_stream zst;
    char *piece; /* PIECE bytes */
    int state, busy;
    int raw_end, raw_failed; /* of the file underneath; both last */
    int64_t pos, size;       /* size: -1 until it is known */
    char *ahead;             /* what next() has read ahead, or NULL */
    Py_ssize_t ahead_pos, ahead_end;
    int softspace;
    uint8_t universal, skip_lf, newlines; /* newlines: NEWLINE_* seen */
} BZ2File;

#define SELF ((BZ2File *)op)
#define RAW(f) ((PyFileObject *)(f)->file)

static PyObject *raise_closed(void)
{
    PyErr_SetString(PyExc_ValueError, "I/O operation on closed file");
    return NULL;
}

static void drop_ahead(BZ2File *f)
{
    PyMem_Free(f->ahead);
    f->ahead = NULL;
    f->ahead_pos = f->ahead_end = 0;
}

/* -- The stream over the file underneath ----------------------------------------------------------
 */

/* After a failure there: an error of input or output becomes the library's, others stay raised. */
static int raw_error(BZ2File *f)
{
    if (!PyErr_ExceptionMatches(PyExc_IOError))
        return RAISED;
    PyErr_Clear();
    f->raw_failed = 1;
    return BZ_IO_ERROR;
}

/* Up to n plain bytes; fewer only at the stream's end (BZ_STREAM_END) or with an error, and then
 * what there was is lost. *code: the library's answer, or RAISED. */
static Py_ssize_t stream_read(BZ2File *f, char *buf, Py_ssize_t n, int *code)
{
    Py_ssize_t have = 0;

    *code = BZ_OK;
    if (f->state == WRITING) {
        *code = BZ_SEQUENCE_ERROR;
        return 0;
    }
    while (have < n) {
        if (f->raw_failed) {
            *code = BZ_IO_ERROR;
            return 0;
        }
        if (f->zst.avail_in == 0 && !f->raw_end) {
            f->busy = 1;
            Py_ssize_t got = _PyFile_ReadInto(RAW(f), f->piece, PIECE, 0);
            f->busy = 0;
            if (got < 0) {
                *code = raw_error(f);
                return 0;
            }
            f->raw_end = got < PIECE;
            f->zst.next_in = f->piece;
            f->zst.avail_in = (unsigned)got;
        }
        unsigned space = (unsigned)Py_MIN(n - have, INT_MAX);
        f->zst.next_out = buf + have;
        f->zst.avail_out = space;
        *code = _PyBZ2_Decompress(&f->zst);
        have += space - f->zst.avail_out;
        if (*code == BZ_STREAM_END)
            return have;
        if (*code != BZ_OK)
            return 0;
        if (f->raw_end && f->zst.avail_in == 0 && f->zst.avail_out > 0) {
            *code = BZ_UNEXPECTED_EOF;
            return 0;
        }
    }
    return have;
}

/* The same with newlines translated when the file is so: the characters delivered. */
static Py_ssize_t read_text(BZ2File *f, char *buf, Py_ssize_t n, int *code)
{
    Py_ssize_t out = 0;

    if (!f->universal)
        return stream_read(f, buf, n, code);
    *code = BZ_OK;
    while (out < n) {
        Py_ssize_t want = n - out, got = stream_read(f, buf + out, want, code);
        const char *from = buf + out;
        for (Py_ssize_t i = 0; i < got; i++) {
            char c = from[i];
            if (c == '\r') {
                f->skip_lf = 1;
                c = '\n';
            } else if (c == '\n' && f->skip_lf) {
                f->skip_lf = 0;
                f->newlines |= NEWLINE_CRLF;
                continue;
            } else {
                if (c == '\n')
                    f->newlines |= NEWLINE_LF;
                else if (f->skip_lf)
                    f->newlines |= NEWLINE_CR;
                f->skip_lf = 0;
            }
            buf[out++] = c;
        }
        if (got < want) {
            if (f->skip_lf && *code == BZ_STREAM_END)
                f->newlines |= NEWLINE_CR;
            break;
        }
    }
    return out;
}

/* What a reading method does with the library's last answer: 0, or -1 with an exception. */
static int after_read(BZ2File *f, int code)
{
    if (code == BZ_STREAM_END) {
        f->state = AT_END;
        f->size = f->pos;
        return 0;
    }
    return code == RAISED || _PyBZ2_Failed(code) ? -1 : 0;
}

/* Hands what the library has written to the file underneath. */
static int drain(BZ2File *f)
{
    Py_ssize_t n = PIECE - (Py_ssize_t)f->zst.avail_out;

    if (n == 0)
        return BZ_OK;
    f->busy = 1;
    int status = _PyFile_WriteBytes(RAW(f), f->piece, n);
    f->busy = 0;
    return status < 0 ? raw_error(f) : BZ_OK;
}

static int step_writing(BZ2File *f, int action)
{
    f->zst.next_out = f->piece;
    f->zst.avail_out = PIECE;
    int code = BZ2_bzCompress(&f->zst, action);
    int written = code < 0 ? BZ_OK : drain(f);
    return written != BZ_OK ? written : code;
}

static int stream_write(BZ2File *f, const char *s, Py_ssize_t n)
{
    int code = f->raw_failed ? BZ_IO_ERROR : BZ_OK;

    while (n > 0 && (code == BZ_OK || code == BZ_RUN_OK)) {
        unsigned piece = (unsigned)Py_MIN(n, INT_MAX);
        f->zst.next_in = (char *)(uintptr_t)s;
        f->zst.avail_in = piece;
        code = step_writing(f, BZ_RUN);
        s += piece - f->zst.avail_in;
        n -= piece - f->zst.avail_in;
    }
    f->zst.next_in = NULL;
    f->zst.avail_in = 0;
    return code == RAISED || _PyBZ2_Failed(code) ? -1 : 0;
}

/* Writes the stream's end. */
static int stream_finish(BZ2File *f)
{
    int code = f->raw_failed ? BZ_IO_ERROR : BZ_OK;

    while (code == BZ_OK || code == BZ_FINISH_OK)
        code = step_writing(f, BZ_FINISH);
    if (code == BZ_STREAM_END) {
        f->busy = 1;
        int status = _PyFile_FlushWrites(RAW(f));
        f->busy = 0;
        if (status < 0)
            code = raw_error(f);
    }
    return code == RAISED || _PyBZ2_Failed(code) ? -1 : 0;
}

static int start_reading(BZ2File *f)
{
    f->raw_end = f->raw_failed = 0;
    _PyBZ2_Prepare(&f->zst);
    if (_PyBZ2_Failed(BZ2_bzDecompressInit(&f->zst, 0, 0)))
        return -1;
    f->state = READING;
    f->pos = 0;
    return 0;
}

static int finish_close(BZ2File *f)
{
    PyObject *type, *value, *trace, *closed;
    int status = 0;

    if (f->state == CLOSED)
        return 0;
    if (f->state == WRITING) {
        status = stream_finish(f);
        BZ2_bzCompressEnd(&f->zst);
    } else
        BZ2_bzDecompressEnd(&f->zst);
    f->state = CLOSED;
    drop_ahead(f);
    PyErr_Fetch(&type, &value, &trace);
    closed = PyObject_CallMethod(f->file, "close", NULL);
    if (status < 0) { /* the first error counts */
        if (closed == NULL)
            PyErr_Clear();
        PyErr_Restore(type, value, trace);
    } else if (closed == NULL)
        status = -1;
    Py_XDECREF(closed);
    return status;
}

static void file_dealloc(PyObject *op)
{
    PyObject *type, *value, *trace;

    PyErr_Fetch(&type, &value, &trace);
    if (finish_close(SELF) < 0)
        PyErr_Clear();
    PyErr_Restore(type, value, trace);
    PyMem_Free(SELF->piece);
    Py_XDECREF(SELF->file);
    Py_TYPE(op)->tp_free(op);
}

/* The plain mode that a given one means: 'r' or 'w'; 0 with ValueError. */
static char parse_mode(const char *mode, uint8_t *universal)
{
    char kind = 0;
    const char *p = mode;

    *universal = 0;
    do {
        if ((*p == 'r' || *p == 'w') && kind == 0)
            kind = *p;
        else if (*p == 'U')
            *universal = 1;
        else if (*p != 'b') {
            PyErr_Format(PyExc_ValueError, "invalid mode char %c", *p);
            return 0;
        }
    } while (*++p != '\0');
    return kind == 0 ? 'r' : kind;
}

static int file_init(PyObject *op, PyObject *args, PyObject *kw)
{
    static char *names[] = {"filename", "mode", "buffering", "compresslevel", NULL};
    BZ2File *f = SELF;
    PyObject *name, *file;
    char *mode = "r";
    int buffering = -1, level = 9;
    uint8_t universal;

    if (!PyArg_ParseTupleAndKeywords(args, kw, "O|sii:BZ2File", names, &name, &mode, &buffering,
                                     &level) ||
        _PyBZ2_CheckLevel(level) < 0)
        return -1;
    char kind = parse_mode(mode, &universal);
    if (kind == 0)
        return -1;
    if (f->busy) {
        PyErr_SetString(PyExc_RuntimeError, "another thread is using the file");
        return -1;
    }
    if (finish_close(f) < 0)
        return -1;
    file = PyObject_CallFunction((PyObject *)&PyFile_Type, "Osi", name, kind == 'r' ? "rb" : "wb",
                                 buffering);
    if (file == NULL)
        return -1;
    Py_XSETREF(f->file, file);
    if (f->piece == NULL && (f->piece = PyMem_Malloc(PIECE)) == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    f->universal = universal;
    f->skip_lf = f->newlines = 0;
    f->pos = 0;
    f->size = -1;
    f->raw_end = f->raw_failed = 0;
    if (kind == 'r')
        return start_reading(f);
    _PyBZ2_Prepare(&f->zst);
    if (_PyBZ2_Failed(BZ2_bzCompressInit(&f->zst, level, 0, 0)))
        return -1;
    f->state = WRITING;
    return 0;
}

/* -- Reading
 * --------------------------------------------------------------------------------------- */

/* What every method asks first: 0, or -1 with an exception. */
static int check_open(BZ2File *f)
{
    if (f->state == CLOSED)
        raise_closed();
    else if (f->busy)
        PyErr_SetString(PyExc_RuntimeError, "another thread is using the file");
    else
        return 0;
    return -1;
}

/* 1: there may be more to read; 0: the end; -1. */
static int check_read(BZ2File *f)
{
    if (check_open(f) < 0)
        return -1;
    if (f->state == AT_END)
        return 0;
    if (f->state == WRITING)
        PyErr_SetString(PyExc_IOError, "file is not ready for reading");
    else if (f->ahead != NULL)
        PyErr_SetString(PyExc_ValueError, "Mixing iteration and read methods would lose data");
    else
        return 1;
    return -1;
}

PyDoc_STRVAR(read_doc, "read([size]) -> string\n\n"
                       "At most size bytes, uncompressed; without a size, or with a negative one,\n"
                       "everything up to the end.");

static PyObject *file_read(PyObject *op, PyObject *args)
{
    BZ2File *f = SELF;
    py_long n = -1;
    Py_ssize_t have = 0, room = 6;
    int code = BZ_OK;

    if (!PyArg_ParseTuple(args, "|l:read", &n))
        return NULL;
    int ready = check_read(f);
    if (ready < 0)
        return NULL;
    if (ready == 0 || n == 0)
        return PyString_FromString("");
    if (n > 0)
        room = Py_MIN(n, 1 << 20);
    PyObject *out = PyString_FromStringAndSize(NULL, room);
    while (out != NULL) {
        Py_ssize_t got = read_text(f, PyString_AS_STRING(out) + have, room - have, &code);
        if (n < 0) /* what was read before an error counts */
            f->pos += got;
        have += got;
        if (have < room || code != BZ_OK || have == n)
            break;
        /* CPython's steps: they show in tell() after an error. */
        room = n < 0 ? room + (room >> 3) + 6 : room > n / 2 ? n : room * 2;
        if (_PyString_Resize(&out, room) < 0)
            return NULL;
    }
    if (out == NULL)
        return NULL;
    if (n > 0)
        f->pos += have;
    if (after_read(f, code) < 0) {
        Py_DECREF(out);
        return NULL;
    }
    if (have != PyString_GET_SIZE(out))
        _PyString_Resize(&out, have); /* NULL on failure */
    return out;
}

/* A line, at most `limit` bytes of it when that is not negative. It is read byte by byte, since
 * what follows it must stay in the stream. */
static PyObject *read_line(BZ2File *f, Py_ssize_t limit)
{
    PyObject *line = PyString_FromStringAndSize(NULL, 100);
    Py_ssize_t have = 0;
    int code = BZ_OK;
    char c = '\0';

    while (line != NULL && code == BZ_OK && have != limit && c != '\n') {
        Py_ssize_t got = stream_read(f, &c, 1, &code);
        f->pos++;
        if (got == 0)
            break;
        if (f->universal && f->skip_lf) {
            f->skip_lf = 0;
            f->newlines |= c == '\n' ? NEWLINE_CRLF : NEWLINE_CR;
            if (c == '\n') {
                c = '\0';
                continue;
            }
        }
        if (f->universal && c == '\r') {
            f->skip_lf = 1;
            c = '\n';
        } else if (f->universal && c == '\n')
            f->newlines |= NEWLINE_LF;
        if (have == PyString_GET_SIZE(line) && _PyString_Resize(&line, have * 2) < 0)
            return NULL;
        PyString_AS_STRING(line)[have++] = c;
    }
    if (line == NULL)
        return NULL;
    if (f->universal && f->skip_lf && code == BZ_STREAM_END)
        f->newlines |= NEWLINE_CR;
    if (after_read(f, code) < 0) {
        Py_DECREF(line);
        return NULL;
    }
    _PyString_Resize(&line, have); /* NULL on failure */
    return line;
}

PyDoc_STRVAR(readline_doc,
             "readline([size]) -> string\n\n"
             "The next line with its newline, at most size bytes of it when a size is\n"
             "given and not negative; an empty string at the end.");

static PyObject *file_readline(PyObject *op, PyObject *args)
{
    int n = -1, ready;

    if (!PyArg_ParseTuple(args, "|i:readline", &n) || (ready = check_read(SELF)) < 0)
        return NULL;
    if (ready == 0 || n == 0)
        return PyString_FromString("");
    return read_line(SELF, n < 0 ? -1 : n);
}

static int append_line(PyObject *list, const char *s, Py_ssize_t n)
{
    PyObject *line = PyString_FromStringAndSize(s, n);
    int status = line == NULL ? -1 : PyList_Append(list, line);

    Py_XDECREF(line);
    return status;
}

PyDoc_STRVAR(readlines_doc, "readlines([size]) -> list\n\n"
                            "The lines that are left; with a size about that many bytes of them.");

static PyObject *file_readlines(PyObject *op, PyObject *args)
{
    BZ2File *f = SELF;
    py_long hint = 0;
    PyObject *list = NULL;
    char *buf = NULL;
    Py_ssize_t size = READ_SIZE, have = 0,
               total = 0; /* have: bytes of a line that has no end yet */
    int code = BZ_OK, by_hint = 0;

    if (!PyArg_ParseTuple(args, "|l:readlines", &hint))
        return NULL;
    int ready = check_read(f);
    if (ready < 0 || (list = PyList_New(0)) == NULL || ready == 0)
        return list;
    buf = PyMem_Malloc(size);
    while (buf != NULL && code != BZ_STREAM_END && !by_hint) {
        Py_ssize_t got = read_text(f, buf + have, size - have, &code), done = 0;
        f->pos += got;
        total += got;
        if (after_read(f, code) < 0)
            goto fail;
        if (got == 0)
            break;
        const char *from = buf, *new = buf + have, *end = buf + have + got, *nl;
        while ((nl = memchr(new, '\n', (size_t)(end - new))) != NULL) {
            if (append_line(list, from, nl + 1 - from) < 0)
                goto fail;
            from = new = nl + 1;
        }
        done = from - buf;
        have = end - from;
        memmove(buf, from, (size_t)have);
        if (have == size) {
            char *grown = size > PY_SSIZE_T_MAX / 2 ? NULL : PyMem_Realloc(buf, size * 2);
            if (grown == NULL) {
                PyErr_NoMemory();
                goto fail;
            }
            buf = grown;
            size *= 2;
        }
        by_hint = hint > 0 && total >= hint && (done > 0 || code != BZ_OK);
    }
    if (buf == NULL) {
        PyErr_NoMemory();
        goto fail;
    }
    if (have > 0 && by_hint) { /* the line's end, read on its own: past the stream's end an error */
        PyObject *line = PyString_FromStringAndSize(buf, have), *rest = read_line(f, -1);
        if (rest == NULL)
            Py_CLEAR(line);
        PyString_ConcatAndDel(&line, rest);
        if (line == NULL || PyList_Append(list, line) < 0) {
            Py_XDECREF(line);
            goto fail;
        }
        Py_DECREF(line);
    } else if (have > 0 && append_line(list, buf, have) < 0)
        goto fail;
    PyMem_Free(buf);
    return list;
fail:
    PyMem_Free(buf);
    Py_DECREF(list);
    return NULL;
}

/* The next line of what is read ahead, which is filled in blocks, larger ones for a line that a
 * block did not end: NULL without an exception at the end. */
static PyObject *next_line(BZ2File *f)
{
    PyObject *line = NULL;
    Py_ssize_t block = READ_SIZE;

    for (;;) {
        if (f->ahead == NULL) {
            int code = BZ_OK;
            Py_ssize_t got = 0;
            f->ahead = PyMem_Malloc(block);
            if (f->ahead == NULL) {
                PyErr_NoMemory();
                goto fail;
            }
            if (f->state != AT_END)
                got = read_text(f, f->ahead, block, &code);
            f->pos += got;
            f->ahead_pos = 0;
            f->ahead_end = got;
            if (after_read(f, code) < 0) {
                drop_ahead(f);
                goto fail;
            }
            if (got == 0) {
                drop_ahead(f);
                return line;
            }
        }
        const char *from = f->ahead + f->ahead_pos;
        Py_ssize_t n = f->ahead_end - f->ahead_pos;
        const char *nl = memchr(from, '\n', (size_t)n);
        PyObject *part = PyString_FromStringAndSize(from, nl == NULL ? n : nl + 1 - from);
        if (part == NULL)
            goto fail;
        f->ahead_pos += PyString_GET_SIZE(part);
        if (f->ahead_pos == f->ahead_end)
            drop_ahead(f);
        if (line == NULL)
            line = part;
        else
            PyString_ConcatAndDel(&line, part);
        if (line == NULL || nl != NULL)
            return line;
        block += block >> 2;
    }
fail:
    Py_XDECREF(line);
    return NULL;
}

static PyObject *file_iternext(PyObject *op)
{
    return check_open(SELF) < 0 ? NULL : next_line(SELF);
}

static PyObject *file_iter(PyObject *op)
{
    if (SELF->state == CLOSED)
        return raise_closed();
    Py_INCREF(op);
    return op;
}

PyDoc_STRVAR(xreadlines_doc, "xreadlines() -> self\n\nIterating over the file gives its lines.");

static PyObject *file_xreadlines(PyObject *op, PyObject *args)
{
    return file_iter(op);
}

/* -- Position
 * -------------------------------------------------------------------------------------- */

/* Reads on, `n` bytes or to the end. */
static int skip(BZ2File *f, int64_t n)
{
    char buf[READ_SIZE];

    while (n > 0 && f->state != AT_END) {
        int code;
        Py_ssize_t got = read_text(f, buf, (Py_ssize_t)Py_MIN(n, READ_SIZE), &code);
        f->pos += got;
        n -= got;
        if (after_read(f, code) < 0)
            return -1;
    }
    return 0;
}

PyDoc_STRVAR(seek_doc,
             "seek(offset [, whence]) -> None\n\n"
             "whence: 0 from the start, 1 from here, 2 from the end. It works by reading\n"
             "on, or from the start again, and may take long.");

static PyObject *file_seek(PyObject *op, PyObject *args)
{
    BZ2File *f = SELF;
    PyObject *where;
    int whence = 0;

    if (!PyArg_ParseTuple(args, "O|i:seek", &where, &whence))
        return NULL;
    int64_t offset = PyInt_AsLong(where);
    if (offset == -1 && PyErr_Occurred())
        return NULL;
    if (check_open(f) < 0)
        return NULL;
    if (f->state == WRITING) {
        PyErr_SetString(PyExc_IOError, "seek works only while reading");
        return NULL;
    }
    drop_ahead(f);
    if (whence == 2 && f->size < 0 && skip(f, INT64_MAX) < 0)
        return NULL;
    if (whence == 1 || whence == 2)
        offset += whence == 1 ? f->pos : f->size;
    if (offset < f->pos) {
        if (_PyFile_Seek(RAW(f), 0, 0) < 0)
            return NULL;
        BZ2_bzDecompressEnd(&f->zst);
        f->state = CLOSED;
        if (start_reading(f) < 0)
            return NULL;
    }
    if (skip(f, offset - f->pos) < 0)
        return NULL;
    Py_RETURN_NONE;
}

PyDoc_STRVAR(tell_doc, "tell() -> int\n\nThe position in the uncompressed data.");

static PyObject *file_tell(PyObject *op, PyObject *noargs)
{
    return SELF->state == CLOSED ? raise_closed() : PyInt_FromLong(SELF->pos);
}

/* -- Writing
 * --------------------------------------------------------------------------------------- */

static int check_write(BZ2File *f)
{
    if (check_open(f) < 0)
        return -1;
    if (f->state == WRITING)
        return 0;
    PyErr_SetString(PyExc_IOError, "file is not ready for writing");
    return -1;
}

PyDoc_STRVAR(write_doc, "write(data) -> None\n\n"
                        "The file has all of the data only after close().");

static PyObject *file_write(PyObject *op, PyObject *args)
{
    Py_buffer data;
    int status;

    if (!PyArg_ParseTuple(args, "s*:write", &data))
        return NULL;
    status = check_write(SELF);
    if (status == 0)
        status = stream_write(SELF, data.buf, data.len);
    if (status == 0)
        SELF->pos += data.len;
    PyBuffer_Release(&data);
    if (status < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* The next lines as a list of str: fewer than LINES_AT_ONCE only at the end. */
static PyObject *some_lines(PyObject *iterator)
{
    PyObject *list = PyList_New(0), *item;

    while (list != NULL && PyList_GET_SIZE(list) < LINES_AT_ONCE &&
           (item = PyIter_Next(iterator)) != NULL) {
        const char *s;
        Py_ssize_t n;
        if (PyString_Check(item)) {
            if (PyList_Append(list, item) < 0)
                Py_CLEAR(list);
        } else if (PyObject_AsCharBuffer(item, &s, &n) < 0) {
            PyErr_SetString(PyExc_TypeError, "writelines() argument must be a sequence of strings");
            Py_CLEAR(list);
        } else if (append_line(list, s, n) < 0)
            Py_CLEAR(list);
        Py_DECREF(item);
    }
    if (list != NULL && PyErr_Occurred())
        Py_CLEAR(list);
    return list;
}

PyDoc_STRVAR(writelines_doc, "writelines(sequence_of_strings) -> None\n\n"
                             "Writes each string of an iterable; adds no newlines.");

static PyObject *file_writelines(PyObject *op, PyObject *lines)
{
    Py_ssize_t n;

    if (check_write(SELF) < 0)
        return NULL;
    PyObject *iterator = PyObject_GetIter(lines);
    if (iterator == NULL) {
        PyErr_SetString(PyExc_TypeError, "writelines() requires an iterable argument");
        return NULL;
    }
    do {
        PyObject *list = some_lines(iterator);
        int status = list == NULL ? -1 : 0;
        n = list == NULL ? 0 : PyList_GET_SIZE(list);
        for (Py_ssize_t i = 0; i < n && status == 0; i++) {
            PyObject *line = PyList_GET_ITEM(list, i);
            status = check_write(SELF); /* the iterator may have closed the file */
            if (status == 0)
                status = stream_write(SELF, PyString_AS_STRING(line), PyString_GET_SIZE(line));
        }
        Py_XDECREF(list);
        if (status < 0) {
            Py_DECREF(iterator);
            return NULL;
        }
    } while (n == LINES_AT_ONCE);
    Py_DECREF(iterator);
    Py_RETURN_NONE;
}

PyDoc_STRVAR(close_doc, "close() -> None or (perhaps) an integer\n\n"
                        "Writes the end of what was written; more than once is harmless.");

static PyObject *file_close(PyObject *op, PyObject *noargs)
{
    if ((SELF->busy && check_open(SELF) < 0) || finish_close(SELF) < 0)
        return NULL;
    Py_RETURN_NONE;
}

PyDoc_STRVAR(enter_doc, "__enter__() -> self.");
PyDoc_STRVAR(exit_doc, "__exit__(*excinfo) -> None.  Closes the file.");

static PyObject *file_enter(PyObject *op, PyObject *noargs)
{
    return file_iter(op);
}

static PyObject *file_exit(PyObject *op, PyObject *args)
{
    PyObject *answer = PyObject_CallMethod(op, "close", NULL); /* a subclass may have its own */

    if (answer == NULL)
        return NULL;
    Py_DECREF(answer);
    Py_RETURN_NONE;
}

/* -- Attributes
 * ------------------------------------------------------------------------------------- */

static PyObject *file_get_newlines(PyObject *op, void *closure)
{
    static const char *const text[] = {"\r", "\n", "\r\n"};
    PyObject *all = PyList_New(0), *answer;

    for (int i = 0; all != NULL && i < 3; i++)
        if ((SELF->newlines & 1 << i) && append_line(all, text[i], (Py_ssize_t)strlen(text[i])) < 0)
            Py_CLEAR(all);
    if (all == NULL)
        return NULL;
    if (PyList_GET_SIZE(all) > 1)
        answer = PyList_AsTuple(all);
    else {
        answer = PyList_GET_SIZE(all) == 1 ? PyList_GET_ITEM(all, 0) : Py_None;
        Py_INCREF(answer);
    }
    Py_DECREF(all);
    return answer;
}

static PyObject *file_get_closed(PyObject *op, void *closure)
{
    return PyInt_FromLong(SELF->state == CLOSED);
}

/* name and mode: those of the file underneath. */
static PyObject *file_get_of_raw(PyObject *op, void *name)
{
    return SELF->file == NULL ? raise_closed() : PyObject_GetAttrString(SELF->file, name);
}

static PyMethodDef file_methods[] = {
    {"read", file_read, METH_VARARGS, read_doc},
    {"readline", file_readline, METH_VARARGS, readline_doc},
    {"readlines", file_readlines, METH_VARARGS, readlines_doc},
    {"xreadlines", file_xreadlines, METH_VARARGS, xreadlines_doc},
    {"write", file_write, METH_VARARGS, write_doc},
    {"writelines", file_writelines, METH_O, writelines_doc},
    {"seek", file_seek, METH_VARARGS, seek_doc},
    {"tell", file_tell, METH_NOARGS, tell_doc},
    {"close", file_close, METH_NOARGS, close_doc},
    {"__enter__", file_enter, METH_NOARGS, enter_doc},
    {"__exit__", file_exit, METH_VARARGS, exit_doc},
    {NULL},
};

static PyGetSetDef file_getset[] = {
    {"mode", file_get_of_raw, NULL, "file mode ('r', 'w', or 'U')", "mode"},
    {"name", file_get_of_raw, NULL, "file name", "name"},
    {"newlines", file_get_newlines, NULL, "end-of-line convention used in this file", NULL},
    {"closed", file_get_closed, NULL, "True if the file is closed", NULL},
    {NULL},
};

static PyMemberDef file_members[] = {
    {"softspace", T_INT, offsetof(BZ2File, softspace), 0,
     "flag indicating that a space needs to be printed; used by print"},
    {NULL},
};

PyDoc_STRVAR(file_doc,
             "BZ2File(name [, mode='r', buffering=0, compresslevel=9]) -> file object\n\n"
             "A bz2 file, for reading ('r') or for writing ('w', from empty). With U in its\n"
             "mode every line end is read as \\n, and the attribute newlines tells which\n"
             "kinds were met. buffering is that of the file underneath; compresslevel is a\n"
             "number between 1 and 9.");

PyTypeObject _PyBZ2File_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "bz2.BZ2File",
    .tp_basicsize = sizeof(BZ2File),
    .tp_x64_basicsize = 104,
    .tp_dealloc = file_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_setattro = PyObject_GenericSetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = file_doc,
    .tp_iter = file_iter,
    .tp_iternext = file_iternext,
    .tp_methods = file_methods,
    .tp_members = file_members,
    .tp_getset = file_getset,
    .tp_init = file_init,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = PyType_GenericNew,
    .tp_free = PyObject_Del,
};
