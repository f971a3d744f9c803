/* SPDX-License-Identifier: MIT */
/* The module _sha256: SHA-224 and SHA-256 of FIPS 180. */
#include "Python.h"
#include "hash_object.h"

/* The first 32 bits of the fractions of the cube roots of the first 64 primes. */
/* clang-format off */
static const uint32_t cube_roots[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};
/* clang-format on */

static uint32_t load(const unsigned char *block)
{
    return (uint32_t)block[0] << 24 | (uint32_t)block[1] << 16 | (uint32_t)block[2] << 8 |
           (uint32_t)block[3];
}

static void compress(hash_state_t *state, const unsigned char *block)
{
    uint32_t w[64], s[8];

    for (int i = 0; i < 16; i++, block += 4)
        w[i] = load(block);
    for (int i = 16; i < 64; i++) {
        uint32_t x = w[i - 15], y = w[i - 2];
        x = hash_rotr32(x, 7) ^ hash_rotr32(x, 18) ^ (x >> 3);
        y = hash_rotr32(y, 17) ^ hash_rotr32(y, 19) ^ (y >> 10);
        w[i] = w[i - 16] + x + w[i - 7] + y;
    }
    memcpy(s, state->w32, sizeof s);
    for (int i = 0; i < 64; i++) {
        uint32_t a = s[0], e = s[4];
        uint32_t t1 = s[7] + (hash_rotr32(e, 6) ^ hash_rotr32(e, 11) ^ hash_rotr32(e, 25)) +
                      ((e & s[5]) ^ (~e & s[6])) + cube_roots[i] + w[i];
        uint32_t t2 = (hash_rotr32(a, 2) ^ hash_rotr32(a, 13) ^ hash_rotr32(a, 22)) +
                      ((a & s[1]) ^ (a & s[2]) ^ (s[1] & s[2]));
        memmove(s + 1, s, 7 * sizeof s[0]);
        s[4] += t1;
        s[0] = t1 + t2;
    }
    for (int i = 0; i < 8; i++)
        state->w32[i] += s[i];
}

static const hash_algorithm_t sha224 = {
    .name = "SHA224",
    .digest_size = 28,
    .block_size = 64,
    .word_size = 4,
    .initial = {.w32 = {0xc1059ed8, 0x367cd507, 0x3070dd17, 0xf70e5939, 0xffc00b31, 0x68581511,
                        0x64f98fa7, 0xbefa4fa4}},
    .compress = compress,
};

static const hash_algorithm_t sha256 = {
    .name = "SHA256",
    .digest_size = 32,
    .block_size = 64,
    .word_size = 4,
    .initial = {.w32 = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c,
                        0x1f83d9ab, 0x5be0cd19}},
    .compress = compress,
};

static PyTypeObject Short_Type = {PyVarObject_HEAD_INIT(NULL, 0)};
static PyTypeObject Long_Type = {PyVarObject_HEAD_INIT(NULL, 0)};

static PyObject *new_hash(PyTypeObject *type, const hash_algorithm_t *algorithm, PyObject *args,
                          PyObject *kwds)
{
    static char *kwlist[] = {"string", NULL};
    Py_buffer data = {.buf = NULL};
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|s*:new", kwlist, &data))
        return NULL;
    PyObject *h = _PyHash_New(type, algorithm, data.buf != NULL ? &data : NULL);
    PyBuffer_Release(&data);
    return h;
}

PyDoc_STRVAR(new_short_doc, "A new SHA-224 hash, with the bytes of the string taken in.");
static PyObject *new_short(PyObject *self, PyObject *args, PyObject *kwds)
{
    return new_hash(&Short_Type, &sha224, args, kwds);
}

PyDoc_STRVAR(new_long_doc, "A new SHA-256 hash, with the bytes of the string taken in.");
static PyObject *new_long(PyObject *self, PyObject *args, PyObject *kwds)
{
    return new_hash(&Long_Type, &sha256, args, kwds);
}

static PyMethodDef functions[] = {
    {"sha256", PyCFunction_CAST(new_long), METH_VARARGS | METH_KEYWORDS, new_long_doc},
    {"sha224", PyCFunction_CAST(new_short), METH_VARARGS | METH_KEYWORDS, new_short_doc},
    {NULL, NULL, 0, NULL},
};

void init_sha256(void)
{
    if (_PyHash_ReadyType(&Short_Type, "_sha256.sha224") < 0 ||
        _PyHash_ReadyType(&Long_Type, "_sha256.sha256") < 0)
        return;
    Py_InitModule("_sha256", functions);
}
