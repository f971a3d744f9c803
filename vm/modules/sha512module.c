/* SPDX-License-Identifier: MIT */
/* The module _sha512: SHA-384 and SHA-512 of FIPS 180. */
#include "Python.h"
#include "hash_object.h"

/* The first 64 bits of the fractions of the cube roots of the first 80 primes. */
/* clang-format off */
static const uint64_t cube_roots[80] = {
    0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc,
    0x3956c25bf348b538, 0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118,
    0xd807aa98a3030242, 0x12835b0145706fbe, 0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2,
    0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235, 0xc19bf174cf692694,
    0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
    0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5,
    0x983e5152ee66dfab, 0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4,
    0xc6e00bf33da88fc2, 0xd5a79147930aa725, 0x06ca6351e003826f, 0x142929670a0e6e70,
    0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed, 0x53380d139d95b3df,
    0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
    0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30,
    0xd192e819d6ef5218, 0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8,
    0x19a4c116b8d2d0c8, 0x1e376c085141ab53, 0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8,
    0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373, 0x682e6ff3d6b2b8a3,
    0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
    0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b,
    0xca273eceea26619c, 0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178,
    0x06f067aa72176fba, 0x0a637dc5a2c898a6, 0x113f9804bef90dae, 0x1b710b35131c471b,
    0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc, 0x431d67c49c100d4c,
    0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817,
};
/* clang-format on */

static uint64_t load(const unsigned char *block)
{
    return (uint64_t)block[0] << 56 | (uint64_t)block[1] << 48 | (uint64_t)block[2] << 40 |
           (uint64_t)block[3] << 32 | (uint64_t)block[4] << 24 | (uint64_t)block[5] << 16 |
           (uint64_t)block[6] << 8 | (uint64_t)block[7];
}

static void compress(hash_state_t *state, const unsigned char *block)
{
    uint64_t w[80], s[8];

    for (int i = 0; i < 16; i++, block += 8)
        w[i] = load(block);
    for (int i = 16; i < 80; i++) {
        uint64_t x = w[i - 15], y = w[i - 2];
        x = hash_rotr64(x, 1) ^ hash_rotr64(x, 8) ^ (x >> 7);
        y = hash_rotr64(y, 19) ^ hash_rotr64(y, 61) ^ (y >> 6);
        w[i] = w[i - 16] + x + w[i - 7] + y;
    }
    memcpy(s, state->w64, sizeof s);
    for (int i = 0; i < 80; i++) {
        uint64_t a = s[0], e = s[4];
        uint64_t t1 = s[7] + (hash_rotr64(e, 14) ^ hash_rotr64(e, 18) ^ hash_rotr64(e, 41)) +
                      ((e & s[5]) ^ (~e & s[6])) + cube_roots[i] + w[i];
        uint64_t t2 = (hash_rotr64(a, 28) ^ hash_rotr64(a, 34) ^ hash_rotr64(a, 39)) +
                      ((a & s[1]) ^ (a & s[2]) ^ (s[1] & s[2]));
        memmove(s + 1, s, 7 * sizeof s[0]);
        s[4] += t1;
        s[0] = t1 + t2;
    }
    for (int i = 0; i < 8; i++)
        state->w64[i] += s[i];
}

static const hash_algorithm_t sha384 = {
    .name = "SHA384",
    .digest_size = 48,
    .block_size = 128,
    .word_size = 8,
    .initial = {.w64 = {0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17,
                        0x152fecd8f70e5939, 0x67332667ffc00b31, 0x8eb44a8768581511,
                        0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4}},
    .compress = compress,
};

static const hash_algorithm_t sha512 = {
    .name = "SHA512",
    .digest_size = 64,
    .block_size = 128,
    .word_size = 8,
    .initial = {.w64 = {0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b,
                        0xa54ff53a5f1d36f1, 0x510e527fade682d1, 0x9b05688c2b3e6c1f,
                        0x1f83d9abfb41bd6b, 0x5be0cd19137e2179}},
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

PyDoc_STRVAR(new_short_doc, "A new SHA-384 hash, with the bytes of the string taken in.");
static PyObject *new_short(PyObject *self, PyObject *args, PyObject *kwds)
{
    return new_hash(&Short_Type, &sha384, args, kwds);
}

PyDoc_STRVAR(new_long_doc, "A new SHA-512 hash, with the bytes of the string taken in.");
static PyObject *new_long(PyObject *self, PyObject *args, PyObject *kwds)
{
    return new_hash(&Long_Type, &sha512, args, kwds);
}

static PyMethodDef functions[] = {
    {"sha512", PyCFunction_CAST(new_long), METH_VARARGS | METH_KEYWORDS, new_long_doc},
    {"sha384", PyCFunction_CAST(new_short), METH_VARARGS | METH_KEYWORDS, new_short_doc},
    {NULL, NULL, 0, NULL},
};

void init_sha512(void)
{
    if (_PyHash_ReadyType(&Short_Type, "_sha512.sha384") < 0 ||
        _PyHash_ReadyType(&Long_Type, "_sha512.sha512") < 0)
        return;
    Py_InitModule("_sha512", functions);
}
