/* SPDX-License-Identifier: MIT */
/* Character properties: the questions that the string types ask of the Unicode tables. */
#include "Python.h"
#include "unicode_tables.h"

const _PyUnicode_Property *_PyUnicode_GetProperty(uint32_t c, int old)
{
    if (c > 0x10FFFF) {
        c = 0x10FFFF; /* a noncharacter: no properties */
    }
    if (old) {
        return &_PyUnicode_Properties320
            [_PyUnicode_Properties320_blocks[_PyUnicode_Properties320_pages[c >> 7] * 128 +
                                             (c & 127)]];
    }
    return &_PyUnicode_Properties
        [_PyUnicode_Properties_blocks[_PyUnicode_Properties_pages[c >> 7] * 128 + (c & 127)]];
}

static const _PyUnicode_Ctype *ctype_of(uint32_t c)
{
    if (c > 0x10FFFF) {
        c = 0x10FFFF;
    }
    return &_PyUnicode_Ctypes[_PyUnicode_Ctypes_blocks[_PyUnicode_Ctypes_pages[c >> 7] * 128 +
                                                       (c & 127)]];
}

int _PyUnicode_IsLowercase(Py_UCS4 c)
{
    return (ctype_of(c)->flags & UCT_LOWER) != 0;
}
int _PyUnicode_IsUppercase(Py_UCS4 c)
{
    return (ctype_of(c)->flags & UCT_UPPER) != 0;
}
int _PyUnicode_IsTitlecase(Py_UCS4 c)
{
    return (ctype_of(c)->flags & UCT_TITLE) != 0;
}
int _PyUnicode_IsWhitespace(Py_UCS4 c)
{
    return (ctype_of(c)->flags & UCT_SPACE) != 0;
}
int _PyUnicode_IsLinebreak(Py_UCS4 c)
{
    return (ctype_of(c)->flags & UCT_LINEBREAK) != 0;
}
int _PyUnicode_IsAlpha(Py_UCS4 c)
{
    return (ctype_of(c)->flags & UCT_ALPHA) != 0;
}
Py_UCS4 _PyUnicode_ToUppercase(Py_UCS4 c)
{
    return c + (uint32_t)ctype_of(c)->upper;
}
Py_UCS4 _PyUnicode_ToLowercase(Py_UCS4 c)
{
    return c + (uint32_t)ctype_of(c)->lower;
}
Py_UCS4 _PyUnicode_ToTitlecase(Py_UCS4 c)
{
    return c + (uint32_t)ctype_of(c)->title;
}
int _PyUnicode_ToDecimalDigit(Py_UCS4 c)
{
    return _PyUnicode_GetProperty(c, 0)->decimal;
}
int _PyUnicode_ToDigit(Py_UCS4 c)
{
    return _PyUnicode_GetProperty(c, 0)->digit;
}
int _PyUnicode_IsDecimalDigit(Py_UCS4 c)
{
    return _PyUnicode_ToDecimalDigit(c) >= 0;
}
int _PyUnicode_IsDigit(Py_UCS4 c)
{
    return _PyUnicode_ToDigit(c) >= 0;
}
int _PyUnicode_IsNumeric(Py_UCS4 c)
{
    return _PyUnicode_GetProperty(c, 0)->has_numeric;
}

double _PyUnicode_ToNumeric(Py_UCS4 c)
{
    const _PyUnicode_Property *p = _PyUnicode_GetProperty(c, 0);
    return p->has_numeric ? p->numeric : -1.0;
}

const uint32_t *_PyUnicode_GetDecomposition(uint32_t c, int *count, const char **tag)
{
    int low = 0, high = _PyUnicode_DecompCount;
    if (c < 0xA0) {
        return NULL;
    }
    while (low < high) {
        int middle = (low + high) / 2;
        if (_PyUnicode_DecompCodes[middle] < c) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == _PyUnicode_DecompCount || _PyUnicode_DecompCodes[low] != c) {
        return NULL;
    }
    const uint32_t *data = _PyUnicode_DecompData + _PyUnicode_DecompPlaces[low];
    *count = (int)(data[0] & 255);
    *tag = _PyUnicode_DecompTags[data[0] >> 8];
    return data + 1;
}

uint32_t _PyUnicode_Compose(uint32_t first, uint32_t second)
{
    int low = 0, high = _PyUnicode_PairCount;
    while (low < high) {
        int middle = (low + high) / 2;
        const _PyUnicode_Pair *p = &_PyUnicode_Pairs[middle];
        if (p->first < first || (p->first == first && p->second < second)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low < _PyUnicode_PairCount && _PyUnicode_Pairs[low].first == first &&
        _PyUnicode_Pairs[low].second == second) {
        return _PyUnicode_Pairs[low].composed;
    }
    return 0;
}
