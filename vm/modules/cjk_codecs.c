/* SPDX-License-Identifier: MIT */
/* The codecs of East Asian encodings, over the character sets of cjk_tables.c. The inverse of a set
 * is made when something is first encoded with it: an open-addressed table from characters to
 * codes, and a short list of the pairs of characters that have a code of their own. It stays for
 * good. */
#include "cjk.h"

/* -- Character sets -----------------------------------------------------------------------------
 */
static const uint8_t second_plane_rows[26] = {1,  8,  3,  4,  5,  12, 13, 14, 15, 78, 79, 80, 81,
                                              82, 83, 84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 94};

/* The EUC code of a Shift JIS code; 0: none. In two planes, those of the second have 0x8f in front.
 */
static uint32_t euc_of_sjis(uint32_t code, int planes)
{
    uint32_t a = code >> 8, b = code & 255, cell, row;
    if (!((a >= 0x81 && a <= 0x9F) || (a >= 0xE0 && a <= 0xFC)) || b < 0x40 || b == 0x7F ||
        b > 0xFC) {
        return 0;
    }
    cell = b - (b > 0x7E ? 0x41 : 0x40);
    if (planes && a >= 0xF0) {
        row = second_plane_rows[(a - 0xF0) * 2 + cell / 94];
        return 0x8F0000 | (row + 0xA0) << 8 | (cell % 94 + 0xA1);
    }
    row = (a - (a < 0xE0 ? 0x81 : 0xC1)) * 2 + cell / 94;
    return row >= 94 ? 0 : (row + 0xA1) << 8 | (cell % 94 + 0xA1);
}

static uint32_t table_cell(const cjk_table *t, uint32_t code)
{
    uint32_t lead = code >> 8 & 0xFF, trail = code & 0xFF;
    if (t == NULL || lead < 0x80 || trail < t->rows[lead - 0x80].first ||
        trail - t->rows[lead - 0x80].first >= t->rows[lead - 0x80].count) {
        return 0;
    }
    return t->cells[t->rows[lead - 0x80].at + trail - t->rows[lead - 0x80].first];
}

/* The characters of a code: their number, 0 when it is not assigned. */
int _Py_cjk_decode(const cjk_charset *set, uint32_t code, Py_UCS4 out[2])
{
    int low = 0, high = set->run_count;
    while (low < high) { /* the last run that starts at or before code */
        int middle = (low + high) / 2;
        if (set->runs[middle].start <= code) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low > 0 && code <= set->runs[low - 1].end) {
        const cjk_run *r = &set->runs[low - 1];
        if (r->value == 0) {
            return 0;
        }
        out[0] = r->value + (code - r->start);
        out[1] = r->second;
        return r->second != 0 ? 2 : 1;
    }
    if (code < 0x100) {
        return 0;
    }
    if (set->transform != 0) {
        code = euc_of_sjis(code, set->transform == 2);
    }
    out[0] = table_cell(code >> 16 ? set->second : set->table, code);
    return out[0] != 0;
}

/* -- Inverses -----------------------------------------------------------------------------------
 */
#define INVERSE_SLOTS 65536 /* no set has more than half as many codes */
#define MAX_PAIRS 40

typedef struct {
    struct {
        uint32_t c, code;
    } slots[INVERSE_SLOTS];
    struct {
        uint32_t first, second, code;
    } pairs[MAX_PAIRS];
    int pair_count;
} inverse;

static inverse *inverses[32]; /* beside _Py_cjk_charsets */

static uint32_t slot_of(uint32_t c)
{
    return (c * 2654435761u) >> 16;
}

static void inverse_add(inverse *inv, uint32_t c, uint32_t code, int replace)
{
    uint32_t k = slot_of(c);
    while (inv->slots[k].c != 0 && inv->slots[k].c != c) {
        k = (k + 1) % INVERSE_SLOTS;
    }
    if (inv->slots[k].c == 0 || replace) {
        inv->slots[k].c = c;
        inv->slots[k].code = code;
    }
}

static void inverse_add_code(const cjk_charset *set, inverse *inv, uint32_t code)
{
    Py_UCS4 out[2];
    int n = _Py_cjk_decode(set, code, out);
    if (n == 1) {
        inverse_add(inv, out[0], code, set->last_wins);
    } else if (n == 2 && inv->pair_count < MAX_PAIRS) {
        inv->pairs[inv->pair_count].first = out[0];
        inv->pairs[inv->pair_count].second = out[1];
        inv->pairs[inv->pair_count++].code = code;
    }
}

static inverse *inverse_of(const cjk_charset *set)
{
    Py_ssize_t index = set - _Py_cjk_charsets;
    inverse *inv = inverses[index];
    unsigned char single[128];
    Py_UCS4 out[2];

    if (inv != NULL) {
        return inv;
    }
    inv = PyMem_Calloc(1, (Py_ssize_t)sizeof(inverse));
    if (inv == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    for (uint32_t a = 0x80; a < 0x100; a++) {
        single[a - 0x80] = (unsigned char)_Py_cjk_decode(set, a, out);
        inverse_add_code(set, inv, a);
    }
    for (uint32_t code = 0x8000; code < 0x10000; code++) {
        if (!single[(code >> 8) - 0x80]) {
            inverse_add_code(set, inv, code);
        }
    }
    if (set->second != NULL && set->transform == 0) {
        for (uint32_t code = 0x8F8000; code < 0x900000; code++) {
            if (code & 0x80) {
                inverse_add_code(set, inv, code);
            }
        }
    }
    for (int i = 0; i < set->encode_count; i++) {
        inverse_add(inv, set->encode[i].c, set->encode[i].code, 1);
    }
    inverses[index] = inv;
    return inv;
}

/* The code of a character, 0: none; -1 in *error when there is no memory. */
uint32_t _Py_cjk_encode(const cjk_charset *set, uint32_t c, int *error)
{
    inverse *inv = inverse_of(set);
    uint32_t k = slot_of(c);
    if (inv == NULL) {
        *error = -1;
        return 0;
    }
    while (inv->slots[k].c != 0 && inv->slots[k].c != c) {
        k = (k + 1) % INVERSE_SLOTS;
    }
    return inv->slots[k].c == c ? inv->slots[k].code : 0;
}

int _Py_cjk_encode_pair(const cjk_charset *set, const Py_UCS4 *in, Py_ssize_t n, uint32_t *code)
{
    inverse *inv = inverse_of(set);
    int begins = 0;
    if (inv == NULL) {
        return -1;
    }
    for (int i = 0; i < inv->pair_count; i++) {
        if (inv->pairs[i].first == in[0]) {
            if (n < 2) {
                return 1;
            }
            begins = 1;
            /* CPython looks at the low half of the second character only, */
            if (inv->pairs[i].second == (in[1] & 0xFFFF)) {
                *code = inv->pairs[i].code;
                return 2;
            }
        }
    }
    if (begins && (in[1] & 0xFFFF) == 0 && strcmp(set->name, "big5hkscs") != 0) {
        /* and in JIS X 0213, where that is nothing, takes both for the first one alone. */
        int error = 0;
        *code = _Py_cjk_encode(set, in[0], &error);
        return error ? -1 : *code != 0 ? 2 : 0;
    }
    return 0;
}

static int put_code(uint32_t code, unsigned char *out)
{
    int n = 0;
    if (code > 0xFFFF) {
        out[n++] = (unsigned char)(code >> 16);
    }
    if (code > 0xFF) {
        out[n++] = (unsigned char)(code >> 8);
    }
    out[n++] = (unsigned char)code;
    return n;
}

const cjk_charset *_Py_cjk_charset(const char *name)
{
    const cjk_charset *set = _Py_cjk_charsets;
    while (strcmp(set->name, name) != 0) {
        set++;
    }
    return set;
}

static const cjk_charset *charset_of(const mb_codec *codec)
{
    return _Py_cjk_charset(codec->charset);
}

/* -- Encodings that are a character set and ASCII
 * --------------------------------------------------- */
static int table_decode(const mb_codec *codec, mb_state *state, const unsigned char *in,
                        Py_ssize_t n, Py_UCS4 out[2], int *count)
{
    const cjk_charset *set = charset_of(codec);
    uint32_t a = in[0];

    *count = 1;
    if (a < 0x80) {
        out[0] = a;
        if (set->transform == 2 && (a == 0x5C || a == 0x7E)) { /* JIS X 0201's yen and overline */
            out[0] = a == 0x5C ? 0xA5 : 0x203E;
        }
        return 1;
    }
    *count = _Py_cjk_decode(set, a, out);
    if (*count > 0) {
        return 1;
    }
    if (set->transform != 0 && !((a >= 0x81 && a <= 0x9F) || (a >= 0xE0 && a <= 0xFC))) {
        return -2;
    }
    if (n < 2) {
        return set->transform == 1 && strcmp(set->name, "shift_jis") == 0 && a > 0xEA ? -2 : 0;
    }
    if (a == 0x8F && set->second != NULL && set->transform == 0) {
        if (n < 3) {
            return 0;
        }
        *count = _Py_cjk_decode(set, 0x8F0000 | (uint32_t)in[1] << 8 | in[2], out);
        return *count > 0 ? 3 : -3;
    }
    *count = _Py_cjk_decode(set, a << 8 | in[1], out);
    return *count > 0 ? 2 : -2;
}

static int table_encode(const mb_codec *codec, mb_state *state, const Py_UCS4 *in, Py_ssize_t n,
                        int last, unsigned char out[16], int *count)
{
    const cjk_charset *set = charset_of(codec);
    Py_UCS4 c = in[0];
    int error = 0;
    uint32_t code;

    if (c < 0x80 && !(set->transform == 2 && (c == 0x5C || c == 0x7E))) {
        out[0] = (unsigned char)c;
        *count = 1;
        return 1;
    }
    if (set->transform == 2 && c < 0x80) { /* fullwidth backslash, overline or tilde */
        code = c == 0x5C ? 0x815F : 0x81B0;
        *count = put_code(code, out);
        return 1;
    }
    switch (_Py_cjk_encode_pair(set, in, n, &code)) {
    case -1:
        return -2;
    case 1:
        if (!last) {
            return 0;
        }
        break;
    case 2:
        *count = put_code(code, out);
        return 2;
    }
    code = _Py_cjk_encode(set, c, &error);
    if (code == 0) {
        return -1;
    }
    *count = put_code(code, out);
    return 1;
}

/* -- EUC-KR: syllables beyond KS X 1001 are spelled as filler and three letters
 * ---------------------- */
static const uint8_t lead_letters[19] = {0xA1, 0xA2, 0xA4, 0xA7, 0xA8, 0xA9, 0xB1, 0xB2, 0xB3, 0xB5,
                                         0xB6, 0xB7, 0xB8, 0xB9, 0xBA, 0xBB, 0xBC, 0xBD, 0xBE};
static const uint8_t tail_letters[28] = {0xD4, 0xA1, 0xA2, 0xA3, 0xA4, 0xA5, 0xA6, 0xA7, 0xA9, 0xAA,
                                         0xAB, 0xAC, 0xAD, 0xAE, 0xAF, 0xB0, 0xB1, 0xB2, 0xB4, 0xB5,
                                         0xB6, 0xB7, 0xB8, 0xBA, 0xBB, 0xBC, 0xBD, 0xBE};

static int letter_index(const uint8_t *letters, int n, uint8_t letter)
{
    for (int i = 0; i < n; i++) {
        if (letters[i] == letter) {
            return i;
        }
    }
    return -1;
}

static int euc_kr_decode(const mb_codec *codec, mb_state *state, const unsigned char *in,
                         Py_ssize_t n, Py_UCS4 out[2], int *count)
{
    if (n >= 2 && in[0] == 0xA4 && in[1] == 0xD4) {
        int lead, vowel, tail;
        if (n < 8) {
            return 0;
        }
        if (in[2] != 0xA4 || in[4] != 0xA4 || in[6] != 0xA4) {
            return -8;
        }
        lead = letter_index(lead_letters, 19, in[3]);
        vowel = in[5] >= 0xBF && in[5] <= 0xD3 ? in[5] - 0xBF : -1;
        tail = letter_index(tail_letters, 28, in[7]);
        if (lead < 0 || vowel < 0 || tail < 0) {
            return -8;
        }
        out[0] = 0xAC00 + (Py_UCS4)((lead * 21 + vowel) * 28 + tail);
        *count = 1;
        return 8;
    }
    return table_decode(codec, state, in, n, out, count);
}

static int euc_kr_encode(const mb_codec *codec, mb_state *state, const Py_UCS4 *in, Py_ssize_t n,
                         int last, unsigned char out[16], int *count)
{
    int r = table_encode(codec, state, in, n, last, out, count);
    if (r == -1 && in[0] >= 0xAC00 && in[0] <= 0xD7A3) {
        uint32_t s = in[0] - 0xAC00;
        uint8_t spelled[8] = {0xA4, 0xD4,
                              0xA4, lead_letters[s / 588],
                              0xA4, (uint8_t)(0xBF + s / 28 % 21),
                              0xA4, tail_letters[s % 28]};
        memcpy(out, spelled, 8);
        *count = 8;
        return 1;
    }
    return r;
}

/* -- GB 18030: four bytes for all that GBK lacks
 * --------------------------------------------------- */
static int gb18030_decode(const mb_codec *codec, mb_state *state, const unsigned char *in,
                          Py_ssize_t n, Py_UCS4 out[2], int *count)
{
    uint32_t linear;

    if (in[0] < 0x80 || n < 2 || in[1] < 0x30 || in[1] > 0x39) {
        return table_decode(codec, state, in, n, out, count);
    }
    if (n < 4) {
        return 0;
    }
    if (in[0] < 0x81 || in[0] > 0xFE || in[2] < 0x81 || in[2] > 0xFE || in[3] < 0x30 ||
        in[3] > 0x39) {
        return -4;
    }
    linear = (((uint32_t)(in[0] - 0x81) * 10 + (in[1] - 0x30u)) * 126 + (in[2] - 0x81u)) * 10 +
             (in[3] - 0x30u);
    *count = 1;
    if (linear >= 189000) {
        out[0] = linear - 189000 + 0x10000;
        return out[0] <= 0x10FFFF ? 4 : -4;
    }
    for (int i = 0; i < _Py_gb18030_range_count; i++) {
        const cjk_range *r = &_Py_gb18030_ranges[i];
        if (linear >= r->linear && linear - r->linear < r->count) {
            out[0] = r->start + (linear - r->linear);
            return 4;
        }
    }
    return -4;
}

static int gb18030_encode(const mb_codec *codec, mb_state *state, const Py_UCS4 *in, Py_ssize_t n,
                          int last, unsigned char out[16], int *count)
{
    uint32_t linear = 0;
    Py_UCS4 c = in[0];

    if (c < 0x10000) {
        int found = 0, r = table_encode(codec, state, in, n, last, out, count);
        if (r != -1) {
            return r;
        }
        for (int i = 0; i < _Py_gb18030_range_count && !found; i++) {
            const cjk_range *k = &_Py_gb18030_ranges[i];
            if (c >= k->start && c - k->start < k->count) {
                linear = k->linear + (c - k->start);
                found = 1;
            }
        }
        if (!found) {
            return -1;
        }
    } else if (c <= 0x10FFFF) {
        linear = c - 0x10000 + 189000;
    } else {
        return -1;
    }
    out[3] = (unsigned char)(0x30 + linear % 10);
    linear /= 10;
    out[2] = (unsigned char)(0x81 + linear % 126);
    linear /= 126;
    out[1] = (unsigned char)(0x30 + linear % 10);
    out[0] = (unsigned char)(0x81 + linear / 10);
    *count = 4;
    return 1;
}

/* -- HZ: GB 2312 between ~{ and ~}; mode 1 inside -------------------------------------------------
 */
static int hz_decode(const mb_codec *codec, mb_state *state, const unsigned char *in, Py_ssize_t n,
                     Py_UCS4 out[2], int *count)
{
    *count = 0;
    if (in[0] == '~') {
        if (n < 2) {
            return 0;
        }
        if (in[1] == '~' && state->mode == 0) {
            out[0] = '~';
            *count = 1;
        } else if (in[1] == '{' && state->mode == 0) {
            state->mode = 1;
        } else if (in[1] == '}' && state->mode == 1) {
            state->mode = 0;
        } else if (in[1] != '\n' || state->mode != 0) {
            return -2;
        }
        return 2;
    }
    if (in[0] & 0x80) {
        return -1;
    }
    if (state->mode == 0) {
        out[0] = in[0];
        *count = 1;
        return 1;
    }
    if (n < 2) {
        return 0;
    }
    *count = in[1] & 0x80
                 ? 0
                 : _Py_cjk_decode(charset_of(codec), ((uint32_t)in[0] << 8 | in[1]) | 0x8080, out);
    return *count > 0 ? 2 : -2;
}

static int hz_encode(const mb_codec *codec, mb_state *state, const Py_UCS4 *in, Py_ssize_t n,
                     int last, unsigned char out[16], int *count)
{
    int error = 0, m = 0;
    uint32_t code;

    if (in[0] < 0x80) {
        if (state->mode == 1) {
            out[m++] = '~';
            out[m++] = '}';
            state->mode = 0;
        }
        out[m++] = (unsigned char)in[0];
        if (in[0] == '~') {
            out[m++] = '~';
        }
        *count = m;
        return 1;
    }
    code = _Py_cjk_encode(charset_of(codec), in[0], &error);
    if (error) {
        return -2;
    }
    if (code == 0) {
        return -1;
    }
    if (state->mode == 0) {
        out[m++] = '~';
        out[m++] = '{';
        state->mode = 1;
    }
    out[m++] = (unsigned char)(code >> 8 & 0x7F);
    out[m++] = (unsigned char)(code & 0x7F);
    *count = m;
    return 1;
}

static int hz_reset(const mb_codec *codec, mb_state *state, unsigned char out[16])
{
    if (state->mode == 0) {
        return 0;
    }
    out[0] = '~';
    out[1] = '}';
    state->mode = 0;
    return 2;
}

#define TABLE_CODEC(name)                                                                          \
    {                                                                                              \
        name, name, table_decode, table_encode, NULL                                               \
    }
#define ISO2022_CODEC(name)                                                                        \
    {                                                                                              \
        name, NULL, _Py_iso2022_decode, _Py_iso2022_encode, _Py_iso2022_reset                      \
    }

const mb_codec _Py_mb_codecs[] = {
    TABLE_CODEC("gb2312"),
    TABLE_CODEC("gbk"),
    {"gb18030", "gb18030", gb18030_decode, gb18030_encode, NULL},
    {"hz", "gb2312", hz_decode, hz_encode, hz_reset},
    TABLE_CODEC("big5"),
    TABLE_CODEC("cp950"),
    TABLE_CODEC("big5hkscs"),
    {"euc_kr", "euc_kr", euc_kr_decode, euc_kr_encode, NULL},
    TABLE_CODEC("cp949"),
    TABLE_CODEC("johab"),
    TABLE_CODEC("shift_jis"),
    TABLE_CODEC("cp932"),
    TABLE_CODEC("euc_jp"),
    TABLE_CODEC("shift_jis_2004"),
    TABLE_CODEC("euc_jis_2004"),
    TABLE_CODEC("euc_jisx0213"),
    TABLE_CODEC("shift_jisx0213"),
    ISO2022_CODEC("iso2022_jp"),
    ISO2022_CODEC("iso2022_jp_1"),
    ISO2022_CODEC("iso2022_jp_2"),
    ISO2022_CODEC("iso2022_jp_2004"),
    ISO2022_CODEC("iso2022_jp_3"),
    ISO2022_CODEC("iso2022_jp_ext"),
    ISO2022_CODEC("iso2022_kr"),
    {NULL, NULL, NULL, NULL, NULL},
};
