/* SPDX-License-Identifier: MIT */
/* Names of characters, both ways. Names are sequences of word numbers (see gen_unicode.mjs); those
 * of Hangul syllables and CJK unified ideographs follow rules. */
#include "unicode_tables.h"
#include <string.h>

static const char *const hangul_lead[] = {"G",  "GG", "N", "D",  "DD", "R", "M", "B", "BB", "S",
                                          "SS", "",   "J", "JJ", "C",  "K", "T", "P", "H"};
static const char *const hangul_vowel[] = {"A",   "AE", "YA", "YAE", "EO", "E",  "YEO",
                                           "YE",  "O",  "WA", "WAE", "OE", "YO", "U",
                                           "WEO", "WE", "WI", "YU",  "EU", "YI", "I"};
static const char *const hangul_tail[] = {"",   "G",  "GG", "GS", "N",  "NJ", "NH", "D", "L",  "LG",
                                          "LM", "LB", "LS", "LT", "LP", "LH", "M",  "B", "BS", "S",
                                          "SS", "NG", "J",  "C",  "K",  "T",  "P",  "H"};

static int is_unified_ideograph(uint32_t c)
{
    return (c >= 0x3400 && c <= 0x4DB5) || (c >= 0x4E00 && c <= 0x9FCB) ||
           (c >= 0x20000 && c <= 0x2A6D6) || (c >= 0x2A700 && c <= 0x2B734);
}

static uint8_t upper(char c)
{
    return (uint8_t)(c >= 'a' && c <= 'z' ? c - 32 : c);
}

/* Reads one word number; 0 at the end of a name. */
static uint32_t next_word(const uint8_t **text)
{
    uint32_t b = *(*text)++;
    if (b >= 0xC0) {
        b = 0xC0 + ((b - 0xC0) << 8) + *(*text)++;
    }
    return b;
}

static const uint8_t *text_of(uint32_t ordinal)
{
    const uint8_t *text = _PyUnicode_NameText + _PyUnicode_NameStarts[ordinal / 16];
    for (uint32_t skip = ordinal % 16; skip > 0; skip--) {
        while (next_word(&text) != 0) {
        }
    }
    return text;
}

static int append(char *buffer, int size, int at, const char *s, size_t n)
{
    if (at < 0 || n >= (size_t)(size - at)) {
        return -1;
    }
    memcpy(buffer + at, s, n);
    return at + (int)n;
}

int _PyUnicode_GetName(uint32_t c, char *buffer, int size)
{
    int at = 0;
    if (c >= 0xAC00 && c < 0xAC00 + 11172) {
        uint32_t s = c - 0xAC00;
        const char *parts[4] = {"HANGUL SYLLABLE ", hangul_lead[s / 588],
                                hangul_vowel[s % 588 / 28], hangul_tail[s % 28]};
        for (int i = 0; i < 4; i++) {
            at = append(buffer, size, at, parts[i], strlen(parts[i]));
        }
    } else if (is_unified_ideograph(c)) {
        char digits[6];
        int n = 0;
        for (int shift = 20; shift >= 0; shift -= 4) {
            if (n > 0 || shift < 16 || (c >> shift) != 0) {
                digits[n++] = "0123456789ABCDEF"[(c >> shift) & 15];
            }
        }
        at = append(buffer, size, at, "CJK UNIFIED IDEOGRAPH-", 22);
        at = append(buffer, size, at, digits, (size_t)n);
    } else {
        int low = 0, high = _PyUnicode_NameRangeCount;
        while (low < high) { /* the last range that starts at or before c */
            int middle = (low + high) / 2;
            if (_PyUnicode_NameRanges[middle].start <= c) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low == 0) {
            return 0;
        }
        const _PyUnicode_NameRange *r = &_PyUnicode_NameRanges[low - 1];
        if (c - r->start >= r->count) {
            return 0;
        }
        const uint8_t *text = text_of(r->first + (c - r->start));
        uint32_t word;
        while ((word = next_word(&text)) != 0) {
            if (at > 0) {
                at = append(buffer, size, at, " ", 1);
            }
            at = append(buffer, size, at,
                        (const char *)_PyUnicode_WordBytes + _PyUnicode_WordPlaces[word - 1],
                        _PyUnicode_WordPlaces[word] - _PyUnicode_WordPlaces[word - 1]);
        }
    }
    if (at <= 0) {
        return 0;
    }
    buffer[at] = '\0';
    return at;
}

static int same_name(uint32_t ordinal, const char *name, int64_t length)
{
    const uint8_t *text = text_of(ordinal);
    int64_t at = 0;
    uint32_t word;
    int first = 1;
    while ((word = next_word(&text)) != 0) {
        const uint8_t *w = _PyUnicode_WordBytes + _PyUnicode_WordPlaces[word - 1];
        const uint8_t *end = _PyUnicode_WordBytes + _PyUnicode_WordPlaces[word];
        if (!first && (at >= length || name[at++] != ' ')) {
            return 0;
        }
        first = 0;
        for (; w < end; w++) {
            if (at >= length || upper(name[at++]) != *w) {
                return 0;
            }
        }
    }
    return at == length;
}

/* The longest entry of a jamo table that the text starts with; its number, or -1. */
static int longest(const char *const *table, int entries, const char *s, int64_t n, int64_t *used)
{
    int best = -1;
    *used = -1;
    for (int i = 0; i < entries; i++) {
        int64_t m = (int64_t)strlen(table[i]);
        if (m > *used && m <= n && memcmp(s, table[i], (size_t)m) == 0) {
            best = i;
            *used = m;
        }
    }
    return best;
}

static int64_t lookup_hangul(const char *s, int64_t n)
{
    int64_t used;
    int lead = longest(hangul_lead, 19, s, n, &used);
    if (lead < 0) {
        return -1;
    }
    s += used;
    n -= used;
    int vowel = longest(hangul_vowel, 21, s, n, &used);
    if (vowel < 0) {
        return -1;
    }
    s += used;
    n -= used;
    int tail = longest(hangul_tail, 28, s, n, &used);
    if (tail < 0 || used != n) {
        return -1;
    }
    return 0xAC00 + (lead * 21 + vowel) * 28 + tail;
}

int64_t _PyUnicode_LookupName(const char *name, int64_t length)
{
    if (length >= 16 && memcmp(name, "HANGUL SYLLABLE ", 16) == 0) {
        int64_t c = lookup_hangul(name + 16, length - 16);
        if (c >= 0) {
            return c;
        }
    }
    if (length >= 22 && memcmp(name, "CJK UNIFIED IDEOGRAPH-", 22) == 0) {
        int64_t c = 0;
        if (length != 26 && length != 27) {
            return -1;
        }
        for (int64_t i = 22; i < length; i++) {
            char d = name[i];
            if (d >= '0' && d <= '9') {
                c = c * 16 + (d - '0');
            } else if (d >= 'A' && d <= 'F') {
                c = c * 16 + (d - 'A' + 10);
            } else {
                return -1;
            }
        }
        return is_unified_ideograph((uint32_t)c) ? c : -1;
    }
    uint32_t h = 2166136261u;
    for (int64_t i = 0; i < length; i++) {
        h = (h ^ upper(name[i])) * 16777619u;
    }
    for (uint32_t slot = h & 32767; _PyUnicode_NameHash[slot] != 0; slot = (slot + 1) & 32767) {
        uint32_t ordinal = (uint32_t)_PyUnicode_NameHash[slot] - 1;
        if (!same_name(ordinal, name, length)) {
            continue;
        }
        int low = 0, high = _PyUnicode_NameRangeCount;
        while (low < high) {
            int middle = (low + high) / 2;
            if (_PyUnicode_NameRanges[middle].first <= ordinal) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        const _PyUnicode_NameRange *r = &_PyUnicode_NameRanges[low - 1];
        return (int64_t)r->start + (ordinal - r->first);
    }
    return -1;
}
