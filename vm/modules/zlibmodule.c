/* SPDX-License-Identifier: MIT */
/* zlib: compression and decompression over the zlib library, checksums. Invariants: input is handed
 * to the library in pieces that fit its 32-bit counters; `live` says whether the library's state
 * exists and must be ended. */
#include "Python.h"
#include <zlib.h>

enum { FIRST_ROOM = 16 * 1024, DEFAULT_MEM_LEVEL = 8 };
static PyObject *zlib_error_class;

/* A str argument, or what has its bytes for reading only: the argument tuple keeps it alive. */
typedef struct {
    char *buf;
    Py_ssize_t len;
} Text;

typedef struct {
    PyObject_HEAD z_stream zst;
    PyObject *unused_data, *unconsumed_tail; /* decompressors */
    int live;
} compobject;

static PyTypeObject compress_type, decompress_type;
#define COMP(op) ((compobject *)(op))

static void zlib_set_error(const z_stream *zst, int code, const char *doing)
{
    const char *why = code == Z_VERSION_ERROR ? "library version mismatch" : zst->msg;

    if (why == NULL)
        why = code == Z_BUF_ERROR      ? "incomplete or truncated stream"
              : code == Z_STREAM_ERROR ? "inconsistent stream state"
              : code == Z_DATA_ERROR   ? "invalid input data"
                                       : NULL;
    if (why == NULL)
        PyErr_Format(zlib_error_class, "Error %d %s", code, doing);
    else
        PyErr_Format(zlib_error_class, "Error %d %s: %.200s", code, doing, why);
}

/* The library's memory comes from the VM's allocator. */
static voidpf zlib_alloc(voidpf opaque, uInt items, uInt size)
{
    return PyMem_Calloc(items, size);
}

static void zlib_free(voidpf opaque, voidpf p)
{
    PyMem_Free(p);
}

static void zlib_prepare(z_stream *zst)
{
    memset(zst, 0, sizeof *zst);
    zst->zalloc = zlib_alloc;
    zst->zfree = zlib_free;
}

/* Output collected in a str that grows, to at most `limit` bytes. */
typedef struct {
    PyObject *str;
    Py_ssize_t used, limit;
} Output;

static int output_start(Output *out, Py_ssize_t room, Py_ssize_t limit)
{
    out->used = 0;
    out->limit = limit;
    out->str = PyString_FromStringAndSize(NULL, room > limit ? limit : room);
    return out->str == NULL ? -1 : 0;
}

/* Offers the library all free room; makes more when there is none. 0, 1 when the limit is reached,
 * -1. */
static int output_offer(Output *out, z_stream *zst)
{
    Py_ssize_t room = PyString_GET_SIZE(out->str);

    if (out->used == room) {
        if (room >= out->limit)
            return 1;
        room = room > out->limit / 2 ? out->limit : room * 2;
        if (_PyString_Resize(&out->str, room) < 0)
            return -1;
    }
    Py_ssize_t left = room - out->used;
    zst->next_out = (Bytef *)PyString_AS_STRING(out->str) + out->used;
    zst->avail_out = left > (Py_ssize_t)UINT_MAX ? UINT_MAX : (uInt)left;
    return 0;
}

static void output_took(Output *out, z_stream *zst)
{
    out->used = (char *)zst->next_out - PyString_AS_STRING(out->str);
}

static PyObject *output_finish(Output *out)
{
    _PyString_Resize(&out->str, out->used); /* NULL on failure */
    return out->str;
}

/* Input in pieces. */
typedef struct {
    const unsigned char *next;
    Py_ssize_t left;
} Input;

static void input_offer(Input *in, z_stream *zst)
{
    zst->next_in = (Bytef *)(uintptr_t)in->next;
    zst->avail_in = in->left > (Py_ssize_t)UINT_MAX ? UINT_MAX : (uInt)in->left;
}

static void input_took(Input *in, z_stream *zst)
{
    in->left -= (const unsigned char *)zst->next_in - in->next;
    in->next = zst->next_in;
}

/* Runs deflate or inflate until the input is used up, the end of the stream, an error, or the
 * output's limit. final: the flush mode for the last piece. Returns the library's last answer, or
 * INT_MIN with an exception. */
static int zlib_run(z_stream *zst, int (*step)(z_streamp, int), Input *in, Output *out, int final)
{
    for (;;) {
        int full = output_offer(out, zst);
        if (full < 0)
            return INT_MIN;
        if (full > 0)
            return Z_OK;
        input_offer(in, zst);
        int last_piece = (Py_ssize_t)zst->avail_in == in->left;
        int code = step(zst, last_piece ? final : Z_NO_FLUSH);
        input_took(in, zst);
        output_took(out, zst);
        if (code != Z_OK && !(code == Z_BUF_ERROR && zst->avail_out == 0))
            return code;
        /* Room left over means that there is nothing more to write out. */
        if (in->left == 0 && zst->avail_out > 0 && final != Z_FINISH)
            return code;
        if (in->left == 0 && zst->avail_out > 0 && step == inflate)
            return Z_BUF_ERROR; /* finishing needs input that does not come */
    }
}

PyDoc_STRVAR(compress_doc, "compress(string[, level]) -- Returned compressed string.\n\n"
                           "Optional arg level is the compression level, in 0-9.");

static PyObject *zlib_compress(PyObject *self, PyObject *args)
{
    Text data;
    int level = Z_DEFAULT_COMPRESSION;
    z_stream zst;
    Output out = {NULL, 0, 0};

    if (!PyArg_ParseTuple(args, "s#|i:compress", &data.buf, &data.len, &level))
        return NULL;
    zlib_prepare(&zst);
    int code = deflateInit(&zst, level);
    if (code != Z_OK) {
        if (code == Z_MEM_ERROR)
            PyErr_SetString(PyExc_MemoryError, "Out of memory while compressing data");
        else if (code == Z_STREAM_ERROR)
            PyErr_SetString(zlib_error_class, "Bad compression level");
        else {
            deflateEnd(&zst);
            zlib_set_error(&zst, code, "while compressing data");
        }
        return NULL;
    }
    Input in = {(Bytef *)data.buf, data.len};
    code = output_start(&out, data.len + data.len / 1000 + 64, PY_SSIZE_T_MAX) < 0
               ? INT_MIN
               : zlib_run(&zst, deflate, &in, &out, Z_FINISH);
    if (code != Z_STREAM_END) {
        if (code != INT_MIN)
            zlib_set_error(&zst, code, "while compressing data");
        deflateEnd(&zst);
        Py_CLEAR(out.str);
    } else {
        code = deflateEnd(&zst);
        if (code != Z_OK) {
            zlib_set_error(&zst, code, "while finishing compression");
            Py_CLEAR(out.str);
        }
    }
    return out.str == NULL ? NULL : output_finish(&out);
}

PyDoc_STRVAR(decompress_doc,
             "decompress(string[, wbits[, bufsize]]) -- Return decompressed string.\n\n"
             "Optional arg wbits is the window buffer size.  Optional arg bufsize is\n"
             "the initial output buffer size.");

static PyObject *zlib_decompress(PyObject *self, PyObject *args)
{
    Text data;
    int wbits = MAX_WBITS;
    Py_ssize_t room = FIRST_ROOM;
    z_stream zst;
    Output out = {NULL, 0, 0};

    if (!PyArg_ParseTuple(args, "s#|in:decompress", &data.buf, &data.len, &wbits, &room))
        return NULL;
    if (room <= 0)
        room = 1;
    zlib_prepare(&zst);
    int code = inflateInit2(&zst, wbits);
    if (code != Z_OK) {
        if (code == Z_MEM_ERROR)
            PyErr_SetString(PyExc_MemoryError, "Out of memory while decompressing data");
        else {
            inflateEnd(&zst);
            zlib_set_error(&zst, code, "while preparing to decompress data");
        }
        return NULL;
    }
    Input in = {(Bytef *)data.buf, data.len};
    code = output_start(&out, room, PY_SSIZE_T_MAX) < 0
               ? INT_MIN
               : zlib_run(&zst, inflate, &in, &out, Z_SYNC_FLUSH);
    if (code == Z_OK) /* all read and no end */
        code = Z_BUF_ERROR;
    if (code != Z_STREAM_END) {
        if (code == Z_MEM_ERROR)
            PyErr_SetString(PyExc_MemoryError, "Out of memory while decompressing data");
        else if (code != INT_MIN)
            zlib_set_error(&zst, code, "while decompressing data");
        inflateEnd(&zst);
        Py_CLEAR(out.str);
    } else {
        code = inflateEnd(&zst);
        if (code != Z_OK) {
            zlib_set_error(&zst, code, "while finishing data decompression");
            Py_CLEAR(out.str);
        }
    }
    return out.str == NULL ? NULL : output_finish(&out);
}

static compobject *comp_new(PyTypeObject *type)
{
    compobject *self = PyObject_New(compobject, type);

    if (self == NULL)
        return NULL;
    self->live = 0;
    zlib_prepare(&self->zst);
    self->unconsumed_tail = NULL;
    self->unused_data = PyString_FromString("");
    if (self->unused_data != NULL)
        self->unconsumed_tail = PyString_FromString("");
    if (self->unconsumed_tail == NULL)
        Py_CLEAR(self);
    return self;
}

static PyObject *comp_started(compobject *self, int code, const char *doing)
{
    if (code == Z_OK) {
        self->live = 1;
        return (PyObject *)self;
    }
    if (code == Z_MEM_ERROR)
        PyErr_SetString(PyExc_MemoryError, "Can't allocate memory for (de)compression object");
    else if (code == Z_STREAM_ERROR)
        PyErr_SetString(PyExc_ValueError, "Invalid initialization option");
    else
        zlib_set_error(&self->zst, code, doing);
    Py_DECREF(self);
    return NULL;
}

PyDoc_STRVAR(compressobj_doc, "compressobj([level[, method[, wbits[, memlevel[, strategy]]]]]) -- "
                              "Return a compressor object.\n\n"
                              "Optional arg level is the compression level, in 0-9.");

static PyObject *zlib_compressobj(PyObject *self, PyObject *args)
{
    int level = Z_DEFAULT_COMPRESSION, method = Z_DEFLATED, wbits = MAX_WBITS;
    int memlevel = DEFAULT_MEM_LEVEL, strategy = 0;

    if (!PyArg_ParseTuple(args, "|iiiii:compressobj", &level, &method, &wbits, &memlevel,
                          &strategy))
        return NULL;
    compobject *c = comp_new(&compress_type);
    if (c == NULL)
        return NULL;
    return comp_started(c, deflateInit2(&c->zst, level, method, wbits, memlevel, strategy),
                        "while creating compression object");
}

PyDoc_STRVAR(decompressobj_doc, "decompressobj([wbits]) -- Return a decompressor object.\n\n"
                                "Optional arg wbits is the window buffer size.");

static PyObject *zlib_decompressobj(PyObject *self, PyObject *args)
{
    int wbits = MAX_WBITS;

    if (!PyArg_ParseTuple(args, "|i:decompressobj", &wbits))
        return NULL;
    compobject *d = comp_new(&decompress_type);
    if (d == NULL)
        return NULL;
    return comp_started(d, inflateInit2(&d->zst, wbits), "while creating decompression object");
}

static void comp_dealloc(PyObject *op)
{
    if (COMP(op)->live) {
        if (Py_TYPE(op) == &compress_type)
            deflateEnd(&COMP(op)->zst);
        else
            inflateEnd(&COMP(op)->zst);
    }
    Py_XDECREF(COMP(op)->unused_data);
    Py_XDECREF(COMP(op)->unconsumed_tail);
    PyObject_Del(op);
}

static PyObject *comp_compress(PyObject *op, PyObject *args)
{
    compobject *self = COMP(op);
    Text data;
    Output out;

    if (!PyArg_ParseTuple(args, "s#:compress", &data.buf, &data.len))
        return NULL;
    if (output_start(&out, FIRST_ROOM, PY_SSIZE_T_MAX) == 0) {
        Input in = {(Bytef *)data.buf, data.len};
        int code = zlib_run(&self->zst, deflate, &in, &out, Z_NO_FLUSH);
        if (code != Z_OK && code != Z_BUF_ERROR) {
            if (code != INT_MIN)
                zlib_set_error(&self->zst, code, "while compressing data");
            Py_CLEAR(out.str);
        }
    }
    return out.str == NULL ? NULL : output_finish(&out);
}

static PyObject *comp_flush(PyObject *op, PyObject *args)
{
    compobject *self = COMP(op);
    int mode = Z_FINISH;
    Output out;

    if (!PyArg_ParseTuple(args, "|i:flush", &mode))
        return NULL;
    if (mode == Z_NO_FLUSH)
        return PyString_FromStringAndSize(NULL, 0);
    if (output_start(&out, FIRST_ROOM, PY_SSIZE_T_MAX) < 0)
        return NULL;
    Input in = {(const unsigned char *)"", 0};
    int code = zlib_run(&self->zst, deflate, &in, &out, mode);
    if (code == Z_STREAM_END && mode == Z_FINISH) {
        code = deflateEnd(&self->zst);
        if (code == Z_OK)
            self->live = 0;
        else {
            zlib_set_error(&self->zst, code, "from deflateEnd()");
            Py_CLEAR(out.str);
        }
    } else if (code != Z_OK && code != Z_BUF_ERROR) {
        if (code != INT_MIN)
            zlib_set_error(&self->zst, code, "while flushing");
        Py_CLEAR(out.str);
    }
    return out.str == NULL ? NULL : output_finish(&out);
}

/* A copy whose state continues independently. */
static PyObject *comp_copy(PyObject *op, PyObject *unused)
{
    compobject *self = COMP(op), *copy = comp_new(Py_TYPE(op));
    int compressing = Py_TYPE(op) == &compress_type;

    if (copy == NULL)
        return NULL;
    int code =
        compressing ? deflateCopy(&copy->zst, &self->zst) : inflateCopy(&copy->zst, &self->zst);
    if (code != Z_OK) {
        if (code == Z_STREAM_ERROR)
            PyErr_SetString(PyExc_ValueError, "Inconsistent stream state");
        else if (code == Z_MEM_ERROR)
            PyErr_SetString(PyExc_MemoryError, "Can't allocate memory for compression object");
        else
            zlib_set_error(&self->zst, code, "while copying compression object");
        Py_DECREF(copy);
        return NULL;
    }
    copy->live = 1;
    Py_INCREF(self->unused_data);
    Py_SETREF(copy->unused_data, self->unused_data);
    Py_INCREF(self->unconsumed_tail);
    Py_SETREF(copy->unconsumed_tail, self->unconsumed_tail);
    return (PyObject *)copy;
}

/* Keeps input that was not used: after the stream's end in unused_data, else in unconsumed_tail. */
static int decomp_save_rest(compobject *self, Input *in, int ended)
{
    if (ended && in->left > 0) {
        PyObject *more = PyString_FromStringAndSize((const char *)in->next, in->left);
        if (more == NULL)
            return -1;
        PyObject *all = self->unused_data;
        Py_INCREF(all);
        PyString_ConcatAndDel(&all, more);
        if (all == NULL)
            return -1;
        Py_SETREF(self->unused_data, all);
        in->left = 0;
    }
    if (in->left > 0 || PyString_GET_SIZE(self->unconsumed_tail) > 0) {
        PyObject *tail = PyString_FromStringAndSize((const char *)in->next, in->left);
        if (tail == NULL)
            return -1;
        Py_SETREF(self->unconsumed_tail, tail);
    }
    return 0;
}

static PyObject *decomp_decompress(PyObject *op, PyObject *args)
{
    compobject *self = COMP(op);
    Text data;
    Py_ssize_t max_length = 0;
    Output out;

    if (!PyArg_ParseTuple(args, "s#|n:decompress", &data.buf, &data.len, &max_length))
        return NULL;
    if (max_length < 0) {
        PyErr_SetString(PyExc_ValueError, "max_length must be greater than zero");
        return NULL;
    }
    if (output_start(&out, FIRST_ROOM, max_length == 0 ? PY_SSIZE_T_MAX : max_length) == 0) {
        Input in = {(Bytef *)data.buf, data.len};
        int code = zlib_run(&self->zst, inflate, &in, &out, Z_SYNC_FLUSH);
        int failed = code != Z_STREAM_END && code != Z_OK && code != Z_BUF_ERROR;
        if (failed && code != INT_MIN)
            zlib_set_error(&self->zst, code, "while decompressing");
        if (failed || decomp_save_rest(self, &in, code == Z_STREAM_END) < 0)
            Py_CLEAR(out.str);
    }
    return out.str == NULL ? NULL : output_finish(&out);
}

static PyObject *decomp_flush(PyObject *op, PyObject *args)
{
    compobject *self = COMP(op);
    Py_ssize_t room = FIRST_ROOM;
    Output out;

    if (!PyArg_ParseTuple(args, "|n:flush", &room))
        return NULL;
    if (room <= 0) {
        PyErr_SetString(PyExc_ValueError, "length must be greater than zero");
        return NULL;
    }
    if (output_start(&out, room, PY_SSIZE_T_MAX) < 0)
        return NULL;
    PyObject *tail = self->unconsumed_tail;
    Py_INCREF(tail);
    Input in = {(const unsigned char *)PyString_AS_STRING(tail), PyString_GET_SIZE(tail)};
    int code = zlib_run(&self->zst, inflate, &in, &out, Z_FINISH);
    if (code == INT_MIN || decomp_save_rest(self, &in, code == Z_STREAM_END) < 0)
        Py_CLEAR(out.str);
    Py_DECREF(tail);
    if (out.str != NULL && code == Z_STREAM_END) {
        code = inflateEnd(&self->zst);
        self->live = 0;
        if (code != Z_OK) {
            zlib_set_error(&self->zst, code, "from inflateEnd()");
            Py_CLEAR(out.str);
        }
    }
    return out.str == NULL ? NULL : output_finish(&out);
}

PyDoc_STRVAR(adler32_doc, "adler32(string[, start]) -- Compute an Adler-32 checksum of string.\n\n"
                          "An optional starting value can be specified.  The returned checksum is\n"
                          "a signed integer.");
PyDoc_STRVAR(crc32_doc, "crc32(string[, start]) -- Compute a CRC-32 checksum of string.\n\n"
                        "An optional starting value can be specified.  The returned checksum is\n"
                        "a signed integer.");

static PyObject *zlib_checksum(PyObject *args, const char *format, unsigned int start,
                               uLong (*update)(uLong, const Bytef *, uInt))
{
    Text data;
    unsigned int value = start;

    if (!PyArg_ParseTuple(args, format, &data.buf, &data.len, &value))
        return NULL;
    const Bytef *p = (Bytef *)data.buf;
    for (Py_ssize_t left = data.len; left > 0;) {
        uInt piece = left > (1 << 30) ? 1u << 30 : (uInt)left;
        value = (unsigned int)update(value, p, piece);
        p += piece;
        left -= piece;
    }
    return PyInt_FromLong((int32_t)value);
}

static PyObject *zlib_adler32(PyObject *self, PyObject *args)
{
    return zlib_checksum(args, "s#|I:adler32", 1, adler32);
}

static PyObject *zlib_crc32(PyObject *self, PyObject *args)
{
    return zlib_checksum(args, "s#|I:crc32", 0, crc32);
}

static PyMethodDef compress_methods[] = {
    {"compress", comp_compress, METH_VARARGS,
     "compress(data) -- Return a string containing data compressed.\n\n"
     "Some of it may stay inside for later; call flush() at the end."},
    {"flush", comp_flush, METH_VARARGS,
     "flush( [mode] ) -- Return a string containing any remaining compressed data.\n\n"
     "mode is Z_FINISH by default: then the object can be used no more."},
    {"copy", comp_copy, METH_NOARGS, "copy() -- Return a copy of the compression object."},
    {NULL},
};
static PyMethodDef decompress_methods[] = {
    {"decompress", decomp_decompress, METH_VARARGS,
     "decompress(data, max_length) -- Return a string containing the decompressed\n"
     "version of the data.  With max_length, no more than that many bytes; the input left\n"
     "over is then in unconsumed_tail."},
    {"flush", decomp_flush, METH_VARARGS,
     "flush( [length] ) -- Return a string containing any remaining\n"
     "decompressed data. length, if given, is the initial size of the output buffer."},
    {"copy", comp_copy, METH_NOARGS, "copy() -- Return a copy of the decompression object."},
    {NULL},
};
static PyMemberDef decompress_members[] = {
    {"unused_data", T_OBJECT, offsetof(compobject, unused_data), READONLY},
    {"unconsumed_tail", T_OBJECT, offsetof(compobject, unconsumed_tail), READONLY},
    {NULL},
};

static PyTypeObject compress_type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "zlib.Compress",
    .tp_basicsize = sizeof(compobject),
    .tp_x64_basicsize = 152,
    .tp_dealloc = comp_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = compress_methods,
};
static PyTypeObject decompress_type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "zlib.Decompress",
    .tp_basicsize = sizeof(compobject),
    .tp_x64_basicsize = 152,
    .tp_dealloc = comp_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = decompress_methods,
    .tp_members = decompress_members,
};

static PyMethodDef zlib_functions[] = {
    {"adler32", zlib_adler32, METH_VARARGS, adler32_doc},
    {"compress", zlib_compress, METH_VARARGS, compress_doc},
    {"compressobj", zlib_compressobj, METH_VARARGS, compressobj_doc},
    {"crc32", zlib_crc32, METH_VARARGS, crc32_doc},
    {"decompress", zlib_decompress, METH_VARARGS, decompress_doc},
    {"decompressobj", zlib_decompressobj, METH_VARARGS, decompressobj_doc},
    {NULL},
};

PyMODINIT_FUNC initzlib(void)
{
    static const struct {
        const char *name;
        int value;
    } constants[] = {{"MAX_WBITS", MAX_WBITS},
                     {"DEFLATED", Z_DEFLATED},
                     {"DEF_MEM_LEVEL", DEFAULT_MEM_LEVEL},
                     {"Z_BEST_SPEED", Z_BEST_SPEED},
                     {"Z_BEST_COMPRESSION", Z_BEST_COMPRESSION},
                     {"Z_DEFAULT_COMPRESSION", Z_DEFAULT_COMPRESSION},
                     {"Z_FILTERED", Z_FILTERED},
                     {"Z_HUFFMAN_ONLY", Z_HUFFMAN_ONLY},
                     {"Z_DEFAULT_STRATEGY", Z_DEFAULT_STRATEGY},
                     {"Z_FINISH", Z_FINISH},
                     {"Z_NO_FLUSH", Z_NO_FLUSH},
                     {"Z_SYNC_FLUSH", Z_SYNC_FLUSH},
                     {"Z_FULL_FLUSH", Z_FULL_FLUSH}};
    PyObject *m = Py_InitModule3("zlib", zlib_functions,
                                 "Compression compatible with gzip, through the zlib library.\n\n"
                                 "adler32, crc32 -- checksums\n"
                                 "compress, decompress -- whole strings\n"
                                 "compressobj, decompressobj -- streams, piece by piece\n");

    if (m == NULL || PyType_Ready(&compress_type) < 0 || PyType_Ready(&decompress_type) < 0)
        return;
    zlib_error_class = PyErr_NewException("zlib.error", NULL, NULL);
    if (zlib_error_class != NULL) {
        Py_INCREF(zlib_error_class);
        PyModule_AddObject(m, "error", zlib_error_class);
    }
    for (size_t i = 0; i < sizeof constants / sizeof constants[0]; i++)
        PyModule_AddIntConstant(m, constants[i].name, constants[i].value);
    PyModule_AddStringConstant(m, "ZLIB_VERSION", ZLIB_VERSION);
    PyModule_AddStringConstant(m, "__version__", "1.0");
}
