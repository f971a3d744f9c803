/* SPDX-License-Identifier: MIT */
/* The Unicode database 5.2.0 (and 3.2.0's differences) as tables made by gen_unicode.mjs, and the
 * functions over them that the string types and the module unicodedata share. Every function
 * accepts any 32-bit value; what is above U+10FFFF has the properties of U+0000's unassigned
 * neighbours: none. */
#ifndef UNICODE_TABLES_H
#define UNICODE_TABLES_H
#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint8_t category, bidirectional, combining, east_asian_width, mirrored;
    int8_t decimal, digit; /* -1: none */
    uint8_t has_numeric;
    double numeric;
} _PyUnicode_Property;
typedef struct {
    uint8_t flags;
    int32_t upper, lower, title; /* added to the code point */
} _PyUnicode_Ctype;
enum {
    UCT_ALPHA = 1,
    UCT_SPACE = 2,
    UCT_LOWER = 4,
    UCT_UPPER = 8,
    UCT_TITLE = 16,
    UCT_LINEBREAK = 32
};
typedef struct {
    uint32_t first, second, composed;
} _PyUnicode_Pair;
typedef struct {
    uint32_t start, count, first; /* code points start.. have the names first.. */
} _PyUnicode_NameRange;

extern const _PyUnicode_Property _PyUnicode_Properties[], _PyUnicode_Properties320[];
extern const uint16_t _PyUnicode_Properties_pages[8704], _PyUnicode_Properties_blocks[];
extern const uint16_t _PyUnicode_Properties320_pages[8704], _PyUnicode_Properties320_blocks[];
extern const _PyUnicode_Ctype _PyUnicode_Ctypes[];
extern const uint16_t _PyUnicode_Ctypes_pages[8704], _PyUnicode_Ctypes_blocks[];
extern const char *const _PyUnicode_CategoryNames[];
extern const char *const _PyUnicode_BidirectionalNames[];
extern const char *const _PyUnicode_EastAsianWidthNames[];
extern const char *const _PyUnicode_DecompTags[];
extern const uint32_t _PyUnicode_DecompCodes[], _PyUnicode_DecompData[];
extern const uint16_t _PyUnicode_DecompPlaces[];
extern const int _PyUnicode_DecompCount;
extern const _PyUnicode_Pair _PyUnicode_Pairs[];
extern const int _PyUnicode_PairCount;
extern const uint32_t _PyUnicode_Corrections320[][2];
extern const int _PyUnicode_Correction320Count;
extern const uint8_t _PyUnicode_WordBytes[], _PyUnicode_NameText[];
extern const uint32_t _PyUnicode_WordPlaces[], _PyUnicode_NameStarts[];
extern const uint16_t _PyUnicode_NameHash[32768];
extern const _PyUnicode_NameRange _PyUnicode_NameRanges[];
extern const int _PyUnicode_NameRangeCount;

/* old: the database 3.2.0. */
const _PyUnicode_Property *_PyUnicode_GetProperty(uint32_t c, int old);
/* The decomposition's code points, their number and tag ("" when canonical); NULL when there is
 * none. */
const uint32_t *_PyUnicode_GetDecomposition(uint32_t c, int *count, const char **tag);
/* The code point that first and second compose to, or 0. Hangul is not included. */
uint32_t _PyUnicode_Compose(uint32_t first, uint32_t second);
/* Writes the name and a NUL; its length, or 0 when there is none or it does not fit. */
int _PyUnicode_GetName(uint32_t c, char *buffer, int size);
/* The code point with that name (any case), or -1. */
int64_t _PyUnicode_LookupName(const char *name, int64_t length);
#endif
