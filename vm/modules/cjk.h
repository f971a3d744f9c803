/* SPDX-License-Identifier: MIT */
/* East Asian codecs. cjk_tables.c (generated) holds the character sets, cjk_codecs.c the codecs
 * over them, multibytecodec.c the objects a program sees. */
#ifndef CJK_H
#define CJK_H
#include "Python.h"

/* A two-byte code: for each lead byte from 0x80 a row of cells from a first trail byte on; 0: none.
 */
typedef struct {
    const uint16_t *cells;
    struct {
        uint16_t at;
        uint8_t first, count;
    } rows[128];
} cjk_table;
/* How a codec differs from its table: codes start..end decode to value and the ones after it, or to
 * value and then second, or (value 0) to nothing. */
typedef struct {
    uint32_t start, end, value, second;
} cjk_run;
typedef struct {
    uint32_t c, code; /* code 0: cannot be encoded */
} cjk_encode;
typedef struct {
    const char *name;
    const cjk_table *table, *second; /* second: behind 0x8f */
    int transform;                   /* 0 as it is, 1 Shift JIS, 2 Shift JIS with two planes */
    int last_wins;                   /* of several codes for a character the last one is used */
    const cjk_run *runs;
    int run_count;
    const cjk_encode *encode;
    int encode_count;
} cjk_charset;
typedef struct {
    uint32_t linear, start, count;
} cjk_range;
extern const cjk_charset _Py_cjk_charsets[];
extern const cjk_range _Py_gb18030_ranges[];
extern const int _Py_gb18030_range_count;

/* What a stateful encoding is in the middle of. */
typedef struct {
    int mode;
    uint32_t sets[4];
} mb_state;

typedef struct mb_codec mb_codec;
struct mb_codec {
    const char *name, *charset;
    /* Decodes one character from n > 0 bytes. Answers the bytes used; 0: they are the beginning of
     * one; < 0: an error of that many bytes. *count characters are written to out. */
    int (*decode)(const mb_codec *, mb_state *, const unsigned char *in, Py_ssize_t n,
                  Py_UCS4 out[2], int *count);
    /* Encodes from n > 0 characters. Answers the characters used; 0: the next one is needed to
     * know; -1: it cannot be encoded. */
    int (*encode)(const mb_codec *, mb_state *, const Py_UCS4 *in, Py_ssize_t n, int last,
                  unsigned char out[16], int *count);
    /* The bytes that lead back to the initial state; NULL: none. */
    int (*encode_reset)(const mb_codec *, mb_state *, unsigned char out[16]);
};
extern const mb_codec _Py_mb_codecs[];

/* Character sets: the characters of a code (their number, 0: unassigned), the code of a character
 * (0: none; *error when there is no memory), whether characters begin a pair with a code of its own
 * (0 no, 1 the second is needed to know, 2 yes, -1 no memory). */
const cjk_charset *_Py_cjk_charset(const char *name);
int _Py_cjk_decode(const cjk_charset *set, uint32_t code, Py_UCS4 out[2]);
uint32_t _Py_cjk_encode(const cjk_charset *set, uint32_t c, int *error);
int _Py_cjk_encode_pair(const cjk_charset *set, const Py_UCS4 *in, Py_ssize_t n, uint32_t *code);
/* cjk_iso2022.c */
int _Py_iso2022_decode(const mb_codec *, mb_state *, const unsigned char *in, Py_ssize_t n,
                       Py_UCS4 out[2], int *count);
int _Py_iso2022_encode(const mb_codec *, mb_state *, const Py_UCS4 *in, Py_ssize_t n, int last,
                       unsigned char out[16], int *count);
int _Py_iso2022_reset(const mb_codec *, mb_state *, unsigned char out[16]);
/* The function `getcodec` of a module that has the codecs named. */
PyObject *_PyMultibyteCodec_Get(const char *const *names, PyObject *encoding);
#endif
