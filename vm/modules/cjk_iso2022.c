/* SPDX-License-Identifier: MIT */
/* The ISO 2022 encodings: escape sequences designate character sets, of seven-bit codes, to G0..G2;
 * in iso2022_kr SO and SI shift between G0 and G1. Of mb_state, sets[0..2] are what is designated
 * (0 and 'B': ASCII) and mode holds flags. */
#include "cjk.h"

enum { ESC = 0x1B, SO = 0x0E, SI = 0x0F };
enum { SHIFTED = 1, PASSING_ESCAPE = 2 };
enum { NO_SHIFT = 1, USE_G2 = 2 };
#define TWO 0x100 /* a set of two-byte codes, beside the final byte of its escape sequence */

typedef enum {
    FROM_CHARSET,
    PLANE_ONE,
    PLANE_TWO,
    JISX0201_ROMAN,
    JISX0201_KANA,
    LATIN1,
    GREEK
} kind;

typedef struct {
    uint32_t mark; /* final byte, with TWO */
    int plane;     /* G0, G1 or G2 */
    kind how;
    const char *charset;
} designation;

static const designation jisx0208 = {'B' | TWO, 0, FROM_CHARSET, "euc_jp"};
static const designation jisx0208_old = {'@' | TWO, 0, FROM_CHARSET, "euc_jp"};
static const designation jisx0212 = {'D' | TWO, 0, PLANE_TWO, "euc_jp"};
static const designation gb2312 = {'A' | TWO, 0, FROM_CHARSET, "gb2312"};
static const designation ksx1001_g0 = {'C' | TWO, 0, FROM_CHARSET, "euc_kr"};
static const designation ksx1001_g1 = {'C' | TWO, 1, FROM_CHARSET, "euc_kr"};
static const designation roman = {'J', 0, JISX0201_ROMAN, NULL};
static const designation kana = {'I', 0, JISX0201_KANA, NULL};
static const designation latin1 = {'A', 2, LATIN1, NULL};
static const designation greek = {'F', 2, GREEK, NULL};
static const designation x0213_2000_1 = {'O' | TWO, 0, PLANE_ONE, "euc_jisx0213"};
static const designation x0213_2000_2 = {'P' | TWO, 0, PLANE_TWO, "euc_jisx0213"};
static const designation x0213_2004_1 = {'Q' | TWO, 0, PLANE_ONE, "euc_jis_2004"};
static const designation x0213_2004_2 = {'P' | TWO, 0, PLANE_TWO, "euc_jis_2004"};

typedef struct {
    const char *name;
    int flags;
    const designation *sets[9]; /* in the order in which encoding tries them */
} variant;

static const variant variants[] = {
    {"iso2022_jp", NO_SHIFT, {&jisx0208, &roman, &jisx0208_old}},
    {"iso2022_jp_1", NO_SHIFT, {&jisx0208, &jisx0212, &roman, &jisx0208_old}},
    {"iso2022_jp_2",
     NO_SHIFT | USE_G2,
     {&jisx0208, &jisx0212, &ksx1001_g0, &gb2312, &roman, &jisx0208_old, &latin1, &greek}},
    {"iso2022_jp_2004", NO_SHIFT, {&jisx0208, &x0213_2004_1, &x0213_2004_2}},
    {"iso2022_jp_3", NO_SHIFT, {&jisx0208, &x0213_2000_1, &x0213_2000_2}},
    {"iso2022_jp_ext", NO_SHIFT, {&jisx0208, &jisx0212, &roman, &kana, &jisx0208_old}},
    {"iso2022_kr", 0, {&ksx1001_g1}},
};

static const variant *variant_of(const mb_codec *codec)
{
    const variant *v = variants;
    while (strcmp(v->name, codec->name) != 0) {
        v++;
    }
    return v;
}

static const designation *find_set(const variant *v, uint32_t mark, int plane)
{
    for (int i = 0; v->sets[i] != NULL; i++) {
        if (v->sets[i]->mark == mark && v->sets[i]->plane == plane) {
            return v->sets[i];
        }
    }
    return NULL;
}

/* Rows of JIS X 0213's second plane; the others are JIS X 0212's. */
static int is_second_plane_row(uint32_t code)
{
    uint32_t row = (code >> 8 & 0x7F) - 0x20;
    return row == 1 || (row >= 3 && row <= 5) || row == 8 || (row >= 12 && row <= 15) || row >= 78;
}

/* -- Decoding -----------------------------------------------------------------------------------
 */
static int decode_from(const designation *d, const unsigned char *in, Py_UCS4 out[2])
{
    const cjk_charset *set = d->charset == NULL ? NULL : _Py_cjk_charset(d->charset);
    uint32_t code;

    switch (d->how) {
    case JISX0201_ROMAN:
        out[0] = in[0] == 0x5C ? 0xA5 : in[0] == 0x7E ? 0x203E : in[0];
        return 1;
    case JISX0201_KANA:
        if (in[0] < 0x21 || in[0] > 0x5F) {
            return 0;
        }
        out[0] = 0xFF40 + in[0];
        return 1;
    case LATIN1:
    case GREEK:
        return 0; /* through G2 only */
    default:
        if (in[1] & 0x80) {
            return 0;
        }
        code = ((uint32_t)in[0] << 8 | in[1]) | 0x8080;
        out[0] = 0;
        if (code == 0xA4D4 && strcmp(d->charset, "euc_kr") == 0) {
            out[0] = 0x3164; /* the filler, which in EUC-KR begins a spelled syllable */
        } else if (code == 0xA2B2 && d->how == PLANE_ONE) {
            out[0] = '~';
        } else if (code == 0xFDBB && d == &x0213_2000_2) {
            out[0] = 0x9B1C;
        }
        if (out[0] != 0) {
            return 1;
        }
        if (d->how == PLANE_TWO) {
            if (strcmp(d->charset, "euc_jp") != 0 && !is_second_plane_row(code)) {
                return 0;
            }
            code |= 0x8F0000;
        }
        return _Py_cjk_decode(set, code, out);
    }
}

/* The Greek letters of ISO 8859-7 by their codes from 0xA0; 0: none. */
static Py_UCS4 greek_letter(unsigned c)
{
    static const uint16_t first[30] = {0xA0,  0x2018, 0x2019, 0xA3, 0,     0,     0xA6,  0xA7,
                                       0xA8,  0xA9,   0,      0xAB, 0xAC,  0xAD,  0,     0x2015,
                                       0xB0,  0xB1,   0xB2,   0xB3, 0x384, 0x385, 0x386, 0xB7,
                                       0x388, 0x389,  0x38A,  0xBB, 0x38C, 0xBD};
    if (c < 0xA0) {
        return c;
    }
    if (c < 0xBE) {
        return first[c - 0xA0];
    }
    return c == 0xD2 || c == 0xFF ? 0 : c + 0x2D0;
}

static int designate(const variant *v, mb_state *state, const unsigned char *in, Py_ssize_t n)
{
    uint32_t mark;
    int plane, length = 1;

    for (;; length++) {
        if (length >= 16) {
            return -1;
        }
        if (length >= n) {
            return 0;
        }
        if ((in[length] >= 'A' && in[length] <= 'Z') || in[length] == '@') {
            length++;
            break;
        }
        if (v->flags & NO_SHIFT && length + 1 < n && in[length] == '&' && in[length + 1] == '@') {
            length += 2; /* the announcement ESC & @ before ESC $ B, and its next byte */
        }
    }
    switch (length) {
    case 3:
        mark = in[1] == '$' ? in[2] | (uint32_t)TWO : in[2];
        if (in[1] == '$' || in[1] == '(') {
            plane = 0;
        } else if (in[1] == ')') {
            plane = 1;
        } else if (in[1] == '.' && v->flags & USE_G2) {
            plane = 2;
        } else {
            return -3;
        }
        break;
    case 4:
        if (in[1] != '$' || (in[2] != '(' && in[2] != ')')) {
            return -4;
        }
        mark = in[3] | (uint32_t)TWO;
        plane = in[2] == ')';
        break;
    case 6: /* ESC & @ ESC $ B; what is announced is not looked at */
        if (memcmp(in + 3, "\x1b$B", 3) != 0) {
            return -6;
        }
        mark = 'B' | TWO;
        plane = 0;
        break;
    default:
        return -length;
    }
    if (mark != 'B') {
        int known = 0;
        for (int i = 0; v->sets[i] != NULL; i++) {
            known |= v->sets[i]->mark == mark;
        }
        if (!known) {
            return -length;
        }
    }
    state->sets[plane] = mark;
    return length;
}

int _Py_iso2022_decode(const mb_codec *codec, mb_state *state, const unsigned char *in,
                       Py_ssize_t n, Py_UCS4 out[2], int *count)
{
    const variant *v = variant_of(codec);
    unsigned char c = in[0];
    uint32_t mark;
    const designation *d = NULL;
    int plane, width;

    *count = 0;
    if (state->mode & PASSING_ESCAPE) { /* an escape sequence that is not ours */
        out[0] = c;
        *count = 1;
        if ((c >= 'A' && c <= 'Z') || c == '@') {
            state->mode &= ~PASSING_ESCAPE;
        }
        return 1;
    }
    if (c == ESC) {
        if (n < 2) {
            return 0;
        }
        if (strchr("()$.&", in[1]) != NULL && in[1] != '\0') {
            return designate(v, state, in, n);
        }
        if (v->flags & USE_G2 && in[1] == 'N') {
            if (n < 3) {
                return 0;
            }
            if (in[2] & 0x80) {
                return -3;
            }
            out[0] = state->sets[2] == 'A'   ? in[2] + 0x80u
                     : state->sets[2] == 'F' ? greek_letter(in[2] + 0x80u)
                                             : in[2];
            *count = 1;
            return out[0] == 0 && in[2] != 0 ? -3 : 3;
        }
        out[0] = ESC;
        *count = 1;
        state->mode |= PASSING_ESCAPE;
        return 1;
    }
    if (!(v->flags & NO_SHIFT) && (c == SI || c == SO)) {
        state->mode = c == SO ? state->mode | SHIFTED : state->mode & ~SHIFTED;
        return 1;
    }
    if (c == '\n') {
        state->mode &= ~SHIFTED;
    }
    if (c >= 0x80) {
        return -1;
    }
    plane = state->mode & SHIFTED ? 1 : 0;
    mark = state->sets[plane];
    if (c < 0x20 || mark == 0 || mark == 'B') {
        out[0] = c;
        *count = 1;
        return 1;
    }
    d = find_set(v, mark, plane);
    for (int i = 0; d == NULL && v->sets[i] != NULL; i++) {
        if (v->sets[i]->mark == mark) {
            d = v->sets[i];
        }
    }
    width = mark & TWO ? 2 : 1;
    if (n < width) {
        return 0;
    }
    *count = d == NULL ? 0 : decode_from(d, in, out);
    return *count > 0 ? width : -width;
}

/* -- Encoding -----------------------------------------------------------------------------------
 */
/* The code in a set: how many characters it stands for, 0 none, -1 more are needed, -2 no memory.
 */
static int encode_in(const designation *d, const Py_UCS4 *in, Py_ssize_t n, int last,
                     uint32_t *code)
{
    Py_UCS4 c = in[0];
    int error = 0;

    if (d->how == JISX0201_ROMAN) {
        *code = c == 0xA5 ? 0x5C : c == 0x203E ? 0x7E : c < 0x80 && c != 0x5C && c != 0x7E ? c : 0;
        return *code != 0;
    }
    if (d->how == JISX0201_KANA) {
        *code = c >= 0xFF61 && c <= 0xFF9F ? c - 0xFF40 : 0;
        return *code != 0;
    }
    if (d->how == LATIN1 || d->how == GREEK) {
        return 0;
    }
    const cjk_charset *set = _Py_cjk_charset(d->charset);
    if (d->how == PLANE_ONE) {
        int r = _Py_cjk_encode_pair(set, in, n, code);
        if (r == -1) {
            return -2;
        }
        if (r == 1 && !last) {
            return -1;
        }
    }
    *code = _Py_cjk_encode(set, c, &error);
    if (error) {
        return -2;
    }
    if (*code < 0x100 || (*code > 0xFFFF) != (d->how == PLANE_TWO)) {
        return 0;
    }
    if (d->how == PLANE_TWO && strcmp(d->charset, "euc_jp") != 0 && !is_second_plane_row(*code)) {
        return 0;
    }
    if ((*code & 0xFF) < 0xA1 || (*code >> 8 & 0xFF) < 0xA1 ||
        (d->how == PLANE_ONE && c == 0xFF5E)) {
        return 0;
    }
    *code &= 0x7F7F;
    return 1;
}

int _Py_iso2022_encode(const mb_codec *codec, mb_state *state, const Py_UCS4 *in, Py_ssize_t n,
                       int last, unsigned char out[16], int *count)
{
    const variant *v = variant_of(codec);
    const designation *d = NULL;
    uint32_t code = 0;
    int m = 0;

    if (in[0] < 0x80) {
        m = _Py_iso2022_reset(codec, state, out);
        out[m++] = (unsigned char)in[0];
        *count = m;
        return 1;
    }
    /* A character that may begin a pair waits for the next one, but pairs have no code here. */
    for (int i = 0; v->sets[i] != NULL; i++) {
        if (v->sets[i]->how == PLANE_ONE) {
            int r = _Py_cjk_encode_pair(_Py_cjk_charset(v->sets[i]->charset), in, n, &code);
            if (r == -1) {
                return -2;
            }
            if (r == 1 && !last) {
                return 0;
            }
        }
    }
    for (int i = 0; d == NULL && v->sets[i] != NULL; i++) {
        int r = encode_in(v->sets[i], in, n, 1, &code);
        if (r == -2) {
            return -2;
        }
        if (r > 0) {
            d = v->sets[i];
        }
    }
    if (d == NULL) {
        return -1;
    }
    if (d->plane == 0 && state->mode & SHIFTED) {
        out[m++] = SI;
        state->mode &= ~SHIFTED;
    }
    if (state->sets[d->plane] != d->mark) {
        unsigned char final = (unsigned char)d->mark;
        out[m++] = ESC;
        if (d->mark & TWO) {
            out[m++] = '$';
        }
        if (d->plane == 1) {
            out[m++] = ')';
        } else if (!(d->mark & TWO) || (final != 'B' && final != '@')) {
            out[m++] = '(';
        }
        out[m++] = final;
        state->sets[d->plane] = d->mark;
    }
    if (d->plane == 1 && !(state->mode & SHIFTED)) {
        out[m++] = SO;
        state->mode |= SHIFTED;
    }
    if (d->mark & TWO) {
        out[m++] = (unsigned char)(code >> 8);
    }
    out[m++] = (unsigned char)code;
    *count = m;
    return 1;
}

int _Py_iso2022_reset(const mb_codec *codec, mb_state *state, unsigned char out[16])
{
    int m = 0;
    if (state->mode & SHIFTED) {
        out[m++] = SI;
        state->mode &= ~SHIFTED;
    }
    if (state->sets[0] != 0 && state->sets[0] != 'B') {
        out[m++] = ESC;
        out[m++] = '(';
        out[m++] = 'B';
        state->sets[0] = 'B';
    }
    return m;
}
