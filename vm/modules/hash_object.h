/* SPDX-License-Identifier: MIT */
/* What the hash modules (_md5, _sha, _sha256, _sha512) share: an object that collects bytes into
 * blocks. An algorithm is its constants and one function that mixes a block into the state. */
#ifndef KRAIT_HASH_OBJECT_H
#define KRAIT_HASH_OBJECT_H
#include <stdint.h>

typedef union {
    uint32_t w32[8];
    uint64_t w64[8];
} hash_state_t;

typedef struct {
    const char *name;
    int digest_size, block_size;
    int word_size;     /* 4 or 8 bytes */
    int little_endian; /* in length and digest */
    hash_state_t initial;
    void (*compress)(hash_state_t *state, const unsigned char *block);
} hash_algorithm_t;

/* Fills in and readies a static type object, head initialised, for such hashes. */
int _PyHash_ReadyType(PyTypeObject *type, const char *name);
/* data: NULL, or bytes to begin with. */
PyObject *_PyHash_New(PyTypeObject *type, const hash_algorithm_t *algorithm, const Py_buffer *data);

static inline uint32_t hash_rotl32(uint32_t x, int n)
{
    return x << n | x >> (32 - n);
}
static inline uint32_t hash_rotr32(uint32_t x, int n)
{
    return x >> n | x << (32 - n);
}
static inline uint64_t hash_rotr64(uint64_t x, int n)
{
    return x >> n | x << (64 - n);
}
#endif
