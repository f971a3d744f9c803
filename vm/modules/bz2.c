/* SPDX-License-Identifier: MIT */
/* bz2: compression and decompression over the bzip2 library. Invariants: input and output are
 * handed to the library in pieces that fit its 32-bit counters; `live` says whether the library's
 * state exists and must be ended. */
#include "modules/bz2_private.h"

enum { FIRST_ROOM = 8192 };

typedef struct {
    PyObject_HEAD bz_stream zst;
    int live, finished;    /* finished: flushed, or the end of the stream was met */
    PyObject *unused_data; /* decompressors */
} bz2object;

static PyTypeObject compressor_type, decompressor_type;
#define STREAM(op) ((bz2object *)(op))

/* The library calls this when it finds that its own invariants do not hold. */
void bz_internal_error(int errcode);

void bz_internal_error(int errcode)
{
    Py_FatalError("the bzip2 library found an error in itself");
}

static void *bz2_alloc(void *opaque, int items, int size)
{
    return PyMem_Malloc((Py_ssize_t)items * size);
}

static void bz2_free(void *opaque, void *p)
{
    PyMem_Free(p);
}

void _PyBZ2_Prepare(bz_stream *zst)
{
    memset(zst, 0, sizeof *zst);
    zst->bzalloc = bz2_alloc;
    zst->bzfree = bz2_free;
}

int _PyBZ2_Decompress(bz_stream *zst)
{
    if (zst->opaque != NULL)
        return BZ_DATA_ERROR;
    int code = BZ2_bzDecompress(zst);
    if (code == BZ_DATA_ERROR)
        zst->opaque = zst;
    return code;
}

int _PyBZ2_Failed(int code)
{
    switch (code) {
    case BZ_OK:
    case BZ_STREAM_END:
    case BZ_RUN_OK:
    case BZ_FLUSH_OK:
    case BZ_FINISH_OK:
        return 0;
    case BZ_PARAM_ERROR:
        PyErr_SetString(PyExc_ValueError, "the bz2 library has received wrong parameters");
        break;
    case BZ_MEM_ERROR:
        PyErr_NoMemory();
        break;
    case BZ_DATA_ERROR:
    case BZ_DATA_ERROR_MAGIC:
        PyErr_SetString(PyExc_IOError, "invalid data stream");
        break;
    case BZ_IO_ERROR:
        PyErr_SetString(PyExc_IOError, "unknown IO error");
        break;
    case BZ_UNEXPECTED_EOF:
        PyErr_SetString(PyExc_EOFError,
                        "compressed file ended before the logical end-of-stream was detected");
        break;
    case BZ_SEQUENCE_ERROR:
        PyErr_SetString(PyExc_RuntimeError, "wrong sequence of bz2 library commands used");
        break;
    default:
        PyErr_SetString(PyExc_SystemError, "the bz2 library was not compiled correctly");
    }
    return 1;
}

int _PyBZ2_CheckLevel(int level)
{
    if (level >= 1 && level <= 9)
        return 0;
    PyErr_SetString(PyExc_ValueError, "compresslevel must be between 1 and 9");
    return -1;
}

/* -- Running the library over strings ------------------------------------------------------------
 */

static int compress_run(bz_stream *zst)
{
    return BZ2_bzCompress(zst, BZ_RUN);
}

static int compress_finish(bz_stream *zst)
{
    return BZ2_bzCompress(zst, BZ_FINISH);
}

/* Runs `step` until all `left` bytes of input are used (BZ_OK), the stream ends (BZ_STREAM_END) or
 * the library fails. The output is a new str; NULL with an exception. *left: input not used. */
static PyObject *run(bz_stream *zst, int (*step)(bz_stream *), const char *in, Py_ssize_t *left,
                     int *code)
{
    PyObject *out = PyString_FromStringAndSize(NULL, FIRST_ROOM);
    Py_ssize_t used = 0;

    while (out != NULL) {
        Py_ssize_t room = PyString_GET_SIZE(out);
        if (used == room) {
            room += room > PY_SSIZE_T_MAX / 2 ? 0 : room;
            if (_PyString_Resize(&out, room) < 0)
                break;
        }
        unsigned piece = (unsigned)Py_MIN(*left, INT_MAX);
        unsigned space = (unsigned)Py_MIN(room - used, INT_MAX);
        zst->next_in = (char *)(uintptr_t)in;
        zst->avail_in = piece;
        zst->next_out = PyString_AS_STRING(out) + used;
        zst->avail_out = space;
        *code = step(zst);
        in += piece - zst->avail_in;
        *left -= piece - zst->avail_in;
        used += space - zst->avail_out;
        if (_PyBZ2_Failed(*code))
            Py_CLEAR(out);
        /* Room left over means that nothing more can come of the input so far. Compressing needs no
         * room for that: the library keeps what it could not write, and takes no call without
         * input. */
        else if (*code == BZ_STREAM_END ||
                 (*left == 0 &&
                  (step == compress_run || (step == _PyBZ2_Decompress && zst->avail_out > 0)))) {
            _PyString_Resize(&out, used); /* NULL on failure */
            break;
        }
    }
    zst->next_in = zst->next_out = NULL;
    zst->avail_in = zst->avail_out = 0;
    return out;
}

PyDoc_STRVAR(compress_doc,
             "compress(data [, compresslevel=9]) -> string\n\n"
             "The data, compressed in one go; for data that comes in pieces there is\n"
             "BZ2Compressor. compresslevel is a number between 1 and 9.");

static PyObject *bz2_compress(PyObject *self, PyObject *args, PyObject *kw)
{
    static char *names[] = {"data", "compresslevel", NULL};
    Py_buffer data;
    int level = 9, code;
    bz_stream zst;
    PyObject *out = NULL;

    if (!PyArg_ParseTupleAndKeywords(args, kw, "s*|i", names, &data, &level))
        return NULL;
    if (_PyBZ2_CheckLevel(level) == 0) {
        _PyBZ2_Prepare(&zst);
        if (!_PyBZ2_Failed(BZ2_bzCompressInit(&zst, level, 0, 0))) {
            Py_ssize_t left = data.len, none = 0;
            out = left == 0 ? PyString_FromString("")
                            : run(&zst, compress_run, data.buf, &left, &code);
            if (out != NULL)
                PyString_ConcatAndDel(&out, run(&zst, compress_finish, "", &none, &code));
            BZ2_bzCompressEnd(&zst);
        }
    }
    PyBuffer_Release(&data);
    return out;
}

PyDoc_STRVAR(decompress_doc,
             "decompress(data) -> decompressed data\n\n"
             "The data, decompressed in one go; for data that comes in pieces there\n"
             "is BZ2Decompressor. What follows the end of the stream is ignored.");

static PyObject *bz2_decompress(PyObject *self, PyObject *args)
{
    Py_buffer data;
    bz_stream zst;
    PyObject *out = NULL;
    int code;

    if (!PyArg_ParseTuple(args, "s*:decompress", &data))
        return NULL;
    if (data.len == 0)
        out = PyString_FromString("");
    else {
        _PyBZ2_Prepare(&zst);
        if (!_PyBZ2_Failed(BZ2_bzDecompressInit(&zst, 0, 0))) {
            Py_ssize_t left = data.len;
            out = run(&zst, _PyBZ2_Decompress, data.buf, &left, &code);
            if (out != NULL && code != BZ_STREAM_END) {
                PyErr_SetString(PyExc_ValueError, "couldn't find end of stream");
                Py_CLEAR(out);
            }
            BZ2_bzDecompressEnd(&zst);
        }
    }
    PyBuffer_Release(&data);
    return out;
}

/* -- The streams ----------------------------------------------------------------------------------
 */

static void stream_end(bz2object *self)
{
    if (self->live && PyObject_TypeCheck((PyObject *)self, &compressor_type))
        BZ2_bzCompressEnd(&self->zst);
    else if (self->live)
        BZ2_bzDecompressEnd(&self->zst);
    self->live = self->finished = 0;
}

static void stream_dealloc(PyObject *op)
{
    stream_end(STREAM(op));
    Py_XDECREF(STREAM(op)->unused_data);
    Py_TYPE(op)->tp_free(op);
}

static int check_live(bz2object *self)
{
    if (self->live)
        return 0;
    PyErr_SetString(PyExc_ValueError, "__init__() of this object was not called");
    return -1;
}

PyDoc_STRVAR(compressor_doc,
             "BZ2Compressor([compresslevel=9]) -> compressor object\n\n"
             "Compresses data that comes in pieces; for data in one piece there is\n"
             "compress(). compresslevel is a number between 1 and 9.");

static int compressor_init(PyObject *op, PyObject *args, PyObject *kw)
{
    static char *names[] = {"compresslevel", NULL};
    int level = 9;

    if (!PyArg_ParseTupleAndKeywords(args, kw, "|i:BZ2Compressor", names, &level) ||
        _PyBZ2_CheckLevel(level) < 0)
        return -1;
    stream_end(STREAM(op));
    _PyBZ2_Prepare(&STREAM(op)->zst);
    if (_PyBZ2_Failed(BZ2_bzCompressInit(&STREAM(op)->zst, level, 0, 0)))
        return -1;
    STREAM(op)->live = 1;
    return 0;
}

PyDoc_STRVAR(compressor_compress_doc,
             "compress(data) -> string\n\n"
             "Takes more data and gives what is compressed so far, perhaps nothing. After\n"
             "the last data flush() gives the rest.");

static PyObject *compressor_compress(PyObject *op, PyObject *args)
{
    bz2object *self = STREAM(op);
    Py_buffer data;
    PyObject *out = NULL;
    int code;

    if (!PyArg_ParseTuple(args, "s*:compress", &data))
        return NULL;
    if (data.len == 0)
        out = PyString_FromString("");
    else if (self->finished)
        PyErr_SetString(PyExc_ValueError, "this object was already flushed");
    else if (check_live(self) == 0) {
        Py_ssize_t left = data.len;
        out = run(&self->zst, compress_run, data.buf, &left, &code);
    }
    PyBuffer_Release(&data);
    return out;
}

PyDoc_STRVAR(compressor_flush_doc,
             "flush() -> string\n\n"
             "Ends the stream and gives what was still inside. The object cannot be used\n"
             "for more data after that.");

static PyObject *compressor_flush(PyObject *op, PyObject *noargs)
{
    bz2object *self = STREAM(op);
    Py_ssize_t none = 0;
    int code;

    if (self->finished) {
        PyErr_SetString(PyExc_ValueError, "object was already flushed");
        return NULL;
    }
    if (check_live(self) < 0)
        return NULL;
    self->finished = 1;
    return run(&self->zst, compress_finish, "", &none, &code);
}

PyDoc_STRVAR(decompressor_doc,
             "BZ2Decompressor() -> decompressor object\n\n"
             "Decompresses data that comes in pieces; for data in one piece there is\n"
             "decompress().");

static int decompressor_init(PyObject *op, PyObject *args, PyObject *kw)
{
    bz2object *self = STREAM(op);

    if (!PyArg_ParseTuple(args, ":BZ2Decompressor"))
        return -1;
    PyObject *nothing = PyString_FromString("");
    if (nothing == NULL)
        return -1;
    Py_XSETREF(self->unused_data, nothing);
    stream_end(self);
    _PyBZ2_Prepare(&self->zst);
    if (_PyBZ2_Failed(BZ2_bzDecompressInit(&self->zst, 0, 0)))
        return -1;
    self->live = 1;
    return 0;
}

PyDoc_STRVAR(decompressor_decompress_doc,
             "decompress(data) -> string\n\n"
             "Takes more data and gives what can be decompressed so far, perhaps nothing.\n"
             "What follows the end of the stream is kept in unused_data; more data after\n"
             "that end is an EOFError.");

static PyObject *decompressor_decompress(PyObject *op, PyObject *args)
{
    bz2object *self = STREAM(op);
    Py_buffer data;
    PyObject *out = NULL;
    int code = BZ_OK;

    if (!PyArg_ParseTuple(args, "s*:decompress", &data))
        return NULL;
    if (self->finished)
        PyErr_SetString(PyExc_EOFError, "end of stream was already found");
    else if (check_live(self) == 0) {
        Py_ssize_t left = data.len;
        out = run(&self->zst, _PyBZ2_Decompress, data.buf, &left, &code);
        if (out != NULL && code == BZ_STREAM_END) {
            self->finished = 1;
            if (left > 0) {
                PyObject *rest =
                    PyString_FromStringAndSize((char *)data.buf + data.len - left, left);
                if (rest == NULL)
                    Py_CLEAR(out);
                else
                    Py_XSETREF(self->unused_data, rest);
            }
        }
    }
    PyBuffer_Release(&data);
    return out;
}

static PyMethodDef compressor_methods[] = {
    {"compress", compressor_compress, METH_VARARGS, compressor_compress_doc},
    {"flush", compressor_flush, METH_NOARGS, compressor_flush_doc},
    {NULL},
};

static PyMethodDef decompressor_methods[] = {
    {"decompress", decompressor_decompress, METH_VARARGS, decompressor_decompress_doc},
    {NULL},
};

static PyMemberDef decompressor_members[] = {
    {"unused_data", T_OBJECT, offsetof(bz2object, unused_data), READONLY},
    {NULL},
};

static PyTypeObject compressor_type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "bz2.BZ2Compressor",
    .tp_basicsize = sizeof(bz2object),
    .tp_x64_basicsize = 112,
    .tp_dealloc = stream_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_setattro = PyObject_GenericSetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = compressor_doc,
    .tp_methods = compressor_methods,
    .tp_init = compressor_init,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = PyType_GenericNew,
    .tp_free = PyObject_Del,
};

static PyTypeObject decompressor_type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "bz2.BZ2Decompressor",
    .tp_basicsize = sizeof(bz2object),
    .tp_x64_basicsize = 120,
    .tp_dealloc = stream_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_setattro = PyObject_GenericSetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = decompressor_doc,
    .tp_methods = decompressor_methods,
    .tp_members = decompressor_members,
    .tp_init = decompressor_init,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = PyType_GenericNew,
    .tp_free = PyObject_Del,
};

static PyMethodDef bz2_functions[] = {
    {"compress", PyCFunction_CAST(bz2_compress), METH_VARARGS | METH_KEYWORDS, compress_doc},
    {"decompress", bz2_decompress, METH_VARARGS, decompress_doc},
    {NULL},
};

PyMODINIT_FUNC initbz2(void)
{
    static const struct {
        const char *name;
        PyTypeObject *type;
    } types[] = {{"BZ2File", &_PyBZ2File_Type},
                 {"BZ2Compressor", &compressor_type},
                 {"BZ2Decompressor", &decompressor_type}};
    PyObject *m = Py_InitModule3("bz2", bz2_functions,
                                 "Compression compatible with bzip2, through its library.\n\n"
                                 "BZ2File -- compressed files\n"
                                 "compress, decompress -- whole strings\n"
                                 "BZ2Compressor, BZ2Decompressor -- streams, piece by piece\n");

    if (m == NULL)
        return;
    PyModule_AddStringConstant(m, "__author__",
                               "The bz2 python module was written by:\n\n"
                               "    Gustavo Niemeyer <niemeyer@conectiva.com>\n");
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (PyType_Ready(types[i].type) < 0)
            return;
        Py_INCREF(types[i].type);
        PyModule_AddObject(m, types[i].name, (PyObject *)types[i].type);
    }
}
