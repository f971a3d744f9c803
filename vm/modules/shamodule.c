/* SPDX-License-Identifier: MIT */
/* The module _sha: SHA-1 of FIPS 180. */
#include "Python.h"
#include "hash_object.h"

static void compress(hash_state_t *state, const unsigned char *block)
{
    uint32_t w[80], a = state->w32[0], b = state->w32[1], c = state->w32[2], d = state->w32[3],
                    e = state->w32[4];

    for (int i = 0; i < 16; i++, block += 4)
        w[i] = (uint32_t)block[0] << 24 | (uint32_t)block[1] << 16 | (uint32_t)block[2] << 8 |
               (uint32_t)block[3];
    for (int i = 16; i < 80; i++)
        w[i] = hash_rotl32(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    for (int i = 0; i < 80; i++) {
        uint32_t f, k;
        if (i < 20) {
            f = (b & c) | (~b & d);
            k = 0x5a827999;
        } else if (i < 40) {
            f = b ^ c ^ d;
            k = 0x6ed9eba1;
        } else if (i < 60) {
            f = (b & c) | (b & d) | (c & d);
            k = 0x8f1bbcdc;
        } else {
            f = b ^ c ^ d;
            k = 0xca62c1d6;
        }
        uint32_t t = hash_rotl32(a, 5) + f + e + k + w[i];
        e = d;
        d = c;
        c = hash_rotl32(b, 30);
        b = a;
        a = t;
    }
    state->w32[0] += a;
    state->w32[1] += b;
    state->w32[2] += c;
    state->w32[3] += d;
    state->w32[4] += e;
}

static const hash_algorithm_t sha1 = {
    .name = "SHA1",
    .digest_size = 20,
    .block_size = 64,
    .word_size = 4,
    .initial = {.w32 = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0}},
    .compress = compress,
};

static PyTypeObject SHA_Type = {PyVarObject_HEAD_INIT(NULL, 0)};

PyDoc_STRVAR(
    new_doc,
    "new([string]) -> sha object\n\nA new SHA-1 hash, with the bytes of the string taken in.");
static PyObject *sha_new(PyObject *self, PyObject *args, PyObject *kwds)
{
    static char *kwlist[] = {"string", NULL};
    Py_buffer data = {.buf = NULL};
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|s*:new", kwlist, &data))
        return NULL;
    PyObject *h = _PyHash_New(&SHA_Type, &sha1, data.buf != NULL ? &data : NULL);
    PyBuffer_Release(&data);
    return h;
}

static PyMethodDef sha_functions[] = {
    {"new", PyCFunction_CAST(sha_new), METH_VARARGS | METH_KEYWORDS, new_doc},
    {NULL, NULL, 0, NULL},
};

void init_sha(void)
{
    if (_PyHash_ReadyType(&SHA_Type, "_sha.sha") < 0)
        return;
    PyObject *m = Py_InitModule("_sha", sha_functions);
    if (m == NULL)
        return;
    PyModule_AddIntConstant(m, "blocksize", 1); /* any number of bytes may be fed */
    PyModule_AddIntConstant(m, "digestsize", 20);
    PyModule_AddIntConstant(m, "digest_size", 20);
}
