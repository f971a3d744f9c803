/* SPDX-License-Identifier: MIT */
/* The hash object: see hash_object.h. Invariant: `filled` is below the algorithm's block size;
 * whole blocks are in the state already. */
#include "Python.h"
#include "hash_object.h"

typedef struct {
    PyObject_HEAD const hash_algorithm_t *algorithm;
    hash_state_t state;
    uint64_t length; /* bytes taken so far */
    int filled;
    unsigned char block[128];
} hashobject;

static void feed(hashobject *h, const unsigned char *p, Py_ssize_t n)
{
    int size = h->algorithm->block_size;

    h->length += (uint64_t)n;
    if (h->filled > 0) {
        Py_ssize_t take = Py_MIN(n, size - h->filled);
        memcpy(h->block + h->filled, p, (size_t)take);
        h->filled += (int)take;
        p += take;
        n -= take;
        if (h->filled < size)
            return;
        h->algorithm->compress(&h->state, h->block);
        h->filled = 0;
    }
    for (; n >= size; n -= size, p += size)
        h->algorithm->compress(&h->state, p);
    if (n > 0)
        memcpy(h->block, p, (size_t)n);
    h->filled = (int)n;
}

/* The digest of what was fed; the object itself goes on unchanged. */
static void finish(const hashobject *self, unsigned char *digest)
{
    hashobject h = *self;
    const hash_algorithm_t *a = h.algorithm;
    int length_size = 2 * a->word_size;

    h.block[h.filled++] = 0x80;
    if (h.filled > a->block_size - length_size) {
        memset(h.block + h.filled, 0, (size_t)(a->block_size - h.filled));
        a->compress(&h.state, h.block);
        h.filled = 0;
    }
    memset(h.block + h.filled, 0, (size_t)(a->block_size - h.filled));
    /* The length in bits, of which the upper half of a 128-bit field stays all but zero. */
    uint64_t bits = h.length << 3;
    for (int i = 0; i < 8; i++)
        h.block[a->little_endian ? a->block_size - 8 + i : a->block_size - 1 - i] =
            (unsigned char)(bits >> (8 * i));
    if (a->word_size == 8)
        h.block[a->block_size - 9] = (unsigned char)(h.length >> 61);
    a->compress(&h.state, h.block);
    for (int i = 0; i < a->digest_size; i++) {
        int word = i / a->word_size, byte = i % a->word_size;
        uint64_t w = a->word_size == 4 ? h.state.w32[word] : h.state.w64[word];
        digest[i] = (unsigned char)(w >> (8 * (a->little_endian ? byte : a->word_size - 1 - byte)));
    }
}

PyObject *_PyHash_New(PyTypeObject *type, const hash_algorithm_t *algorithm, const Py_buffer *data)
{
    hashobject *h = PyObject_New(hashobject, type);
    if (h == NULL)
        return NULL;
    h->algorithm = algorithm;
    h->state = algorithm->initial;
    h->length = 0;
    h->filled = 0;
    if (data != NULL)
        feed(h, data->buf, data->len);
    return (PyObject *)h;
}

PyDoc_STRVAR(update_doc, "Takes in more bytes.");
static PyObject *hash_update(PyObject *self, PyObject *args)
{
    Py_buffer data;
    if (!PyArg_ParseTuple(args, "s*:update", &data))
        return NULL;
    feed((hashobject *)self, data.buf, data.len);
    PyBuffer_Release(&data);
    Py_RETURN_NONE;
}

PyDoc_STRVAR(digest_doc, "The digest as a string of bytes.");
static PyObject *hash_digest(PyObject *self, PyObject *unused)
{
    unsigned char digest[64];
    finish((hashobject *)self, digest);
    return PyString_FromStringAndSize((char *)digest, ((hashobject *)self)->algorithm->digest_size);
}

PyDoc_STRVAR(hexdigest_doc, "The digest as a string of hexadecimal digits.");
static PyObject *hash_hexdigest(PyObject *self, PyObject *unused)
{
    unsigned char digest[64];
    char hex[128];
    int n = ((hashobject *)self)->algorithm->digest_size;

    finish((hashobject *)self, digest);
    for (int i = 0; i < n; i++) {
        hex[2 * i] = "0123456789abcdef"[digest[i] >> 4];
        hex[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
    }
    return PyString_FromStringAndSize(hex, 2 * n);
}

PyDoc_STRVAR(copy_doc, "A copy of the hash object.");
static PyObject *hash_copy(PyObject *self, PyObject *unused)
{
    hashobject *h = (hashobject *)self;
    hashobject *copy = (hashobject *)_PyHash_New(Py_TYPE(self), h->algorithm, NULL);
    if (copy != NULL) {
        copy->state = h->state;
        copy->length = h->length;
        copy->filled = h->filled;
        memcpy(copy->block, h->block, sizeof h->block);
    }
    return (PyObject *)copy;
}

static void hash_dealloc(PyObject *self)
{
    PyObject_Free(self);
}

static PyObject *get_digest_size(PyObject *self, void *closure)
{
    return PyInt_FromLong(((hashobject *)self)->algorithm->digest_size);
}

static PyObject *get_block_size(PyObject *self, void *closure)
{
    return PyInt_FromLong(((hashobject *)self)->algorithm->block_size);
}

static PyObject *get_name(PyObject *self, void *closure)
{
    return PyString_FromString(((hashobject *)self)->algorithm->name);
}

static PyMethodDef hash_methods[] = {
    {"copy", hash_copy, METH_NOARGS, copy_doc},
    {"digest", hash_digest, METH_NOARGS, digest_doc},
    {"hexdigest", hash_hexdigest, METH_NOARGS, hexdigest_doc},
    {"update", hash_update, METH_VARARGS, update_doc},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef hash_getset[] = {
    {"digest_size", get_digest_size, NULL, NULL, NULL},
    {"digestsize", get_digest_size, NULL, NULL, NULL},
    {"block_size", get_block_size, NULL, NULL, NULL},
    {"name", get_name, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

/* Fills in and readies a static type object. */
int _PyHash_ReadyType(PyTypeObject *type, const char *name)
{
    type->tp_name = name;
    type->tp_basicsize = sizeof(hashobject);
    type->tp_dealloc = hash_dealloc;
    type->tp_getattro = PyObject_GenericGetAttr;
    type->tp_flags = Py_TPFLAGS_DEFAULT;
    type->tp_doc = "A hash that takes in bytes and gives their digest.";
    type->tp_methods = hash_methods;
    type->tp_getset = hash_getset;
    return PyType_Ready(type);
}
