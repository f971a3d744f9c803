/* SPDX-License-Identifier: MIT */
/* The module _md5: RFC 1321. */
#include "Python.h"
#include "hash_object.h"

/* floor(2^32 * |sin(i + 1)|) */
/* clang-format off */
static const uint32_t sines[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
};
/* clang-format on */

static const uint8_t shifts[4][4] = {
    {7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};

static void compress(hash_state_t *state, const unsigned char *block)
{
    uint32_t x[16], a = state->w32[0], b = state->w32[1], c = state->w32[2], d = state->w32[3];

    for (int i = 0; i < 16; i++, block += 4)
        x[i] = (uint32_t)block[0] | (uint32_t)block[1] << 8 | (uint32_t)block[2] << 16 |
               (uint32_t)block[3] << 24;
    for (int i = 0; i < 64; i++) {
        uint32_t f;
        int g;
        switch (i / 16) {
        case 0:
            f = (b & c) | (~b & d);
            g = i;
            break;
        case 1:
            f = (d & b) | (~d & c);
            g = 5 * i + 1;
            break;
        case 2:
            f = b ^ c ^ d;
            g = 3 * i + 5;
            break;
        default:
            f = c ^ (b | ~d);
            g = 7 * i;
        }
        uint32_t t = a + f + sines[i] + x[g & 15];
        a = d;
        d = c;
        c = b;
        b += hash_rotl32(t, shifts[i / 16][i & 3]);
    }
    state->w32[0] += a;
    state->w32[1] += b;
    state->w32[2] += c;
    state->w32[3] += d;
}

static const hash_algorithm_t md5 = {
    .name = "MD5",
    .digest_size = 16,
    .block_size = 64,
    .word_size = 4,
    .little_endian = 1,
    .initial = {.w32 = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476}},
    .compress = compress,
};

static PyTypeObject MD5_Type = {PyVarObject_HEAD_INIT(NULL, 0)};

PyDoc_STRVAR(new_doc,
             "new([arg]) -> md5 object\n\nA new MD5 hash, with the bytes of arg taken in.");
static PyObject *md5_new(PyObject *self, PyObject *args)
{
    Py_buffer data = {.buf = NULL};
    if (!PyArg_ParseTuple(args, "|s*:new", &data))
        return NULL;
    PyObject *h = _PyHash_New(&MD5_Type, &md5, data.buf != NULL ? &data : NULL);
    PyBuffer_Release(&data);
    return h;
}

static PyMethodDef md5_functions[] = {
    {"new", md5_new, METH_VARARGS, new_doc},
    {NULL, NULL, 0, NULL},
};

PyDoc_STRVAR(module_doc, "The MD5 message digest.");

void init_md5(void)
{
    if (_PyHash_ReadyType(&MD5_Type, "_md5.md5") < 0)
        return;
    PyObject *m = Py_InitModule3("_md5", md5_functions, module_doc);
    if (m == NULL)
        return;
    Py_INCREF(&MD5_Type);
    PyModule_AddObject(m, "MD5Type", (PyObject *)&MD5_Type);
    PyModule_AddIntConstant(m, "digest_size", 16);
}
