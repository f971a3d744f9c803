/* SPDX-License-Identifier: MIT */
/* unicode: UCS4 code units, cached hash and default encoding. */
#ifndef UNICODEOBJECT_H
#define UNICODEOBJECT_H
#include <wchar.h>
typedef uint32_t Py_UNICODE;
typedef uint32_t Py_UCS4;
#define Py_UNICODE_SIZE 4
#define Py_UNICODE_WIDE 1
typedef struct {
    PyObject_HEAD Py_ssize_t length;
    Py_UNICODE *str; /* owned, NUL after the last */
    py_long hash;    /* -1: not computed */
    PyObject *defenc;
} PyUnicodeObject;
extern PyTypeObject PyUnicode_Type;
#define PyUnicode_Check(op) PyType_FastSubclass(Py_TYPE(op), Py_TPFLAGS_UNICODE_SUBCLASS)
#define PyUnicode_CheckExact(op) (Py_TYPE(op) == &PyUnicode_Type)
#define PyUnicode_GET_SIZE(op) (((PyUnicodeObject *)(op))->length)
#define PyUnicode_GET_DATA_SIZE(op) (PyUnicode_GET_SIZE(op) * 4)
#define PyUnicode_AS_UNICODE(op) (((PyUnicodeObject *)(op))->str)
#define PyUnicode_AS_DATA(op) ((const char *)PyUnicode_AS_UNICODE(op))
#define Py_UNICODE_REPLACEMENT_CHARACTER ((Py_UNICODE)0xFFFD)
/* Character properties, base/unicodectype.c (UCD 5.2.0). */
int _PyUnicode_IsLowercase(Py_UCS4), _PyUnicode_IsUppercase(Py_UCS4),
    _PyUnicode_IsTitlecase(Py_UCS4), _PyUnicode_IsWhitespace(Py_UCS4),
    _PyUnicode_IsLinebreak(Py_UCS4), _PyUnicode_IsDecimalDigit(Py_UCS4),
    _PyUnicode_IsDigit(Py_UCS4), _PyUnicode_IsNumeric(Py_UCS4), _PyUnicode_IsAlpha(Py_UCS4);
Py_UCS4 _PyUnicode_ToLowercase(Py_UCS4), _PyUnicode_ToUppercase(Py_UCS4),
    _PyUnicode_ToTitlecase(Py_UCS4);
int _PyUnicode_ToDecimalDigit(Py_UCS4), _PyUnicode_ToDigit(Py_UCS4);
double _PyUnicode_ToNumeric(Py_UCS4);
#define Py_UNICODE_ISSPACE(c) _PyUnicode_IsWhitespace(c)
#define Py_UNICODE_ISLOWER(c) _PyUnicode_IsLowercase(c)
#define Py_UNICODE_ISUPPER(c) _PyUnicode_IsUppercase(c)
#define Py_UNICODE_ISTITLE(c) _PyUnicode_IsTitlecase(c)
#define Py_UNICODE_ISLINEBREAK(c) _PyUnicode_IsLinebreak(c)
#define Py_UNICODE_TOLOWER(c) _PyUnicode_ToLowercase(c)
#define Py_UNICODE_TOUPPER(c) _PyUnicode_ToUppercase(c)
#define Py_UNICODE_TOTITLE(c) _PyUnicode_ToTitlecase(c)
#define Py_UNICODE_ISDECIMAL(c) _PyUnicode_IsDecimalDigit(c)
#define Py_UNICODE_ISDIGIT(c) _PyUnicode_IsDigit(c)
#define Py_UNICODE_ISNUMERIC(c) _PyUnicode_IsNumeric(c)
#define Py_UNICODE_ISALPHA(c) _PyUnicode_IsAlpha(c)
#define Py_UNICODE_ISALNUM(c)                                                                      \
    (_PyUnicode_IsAlpha(c) || _PyUnicode_IsDecimalDigit(c) || _PyUnicode_IsDigit(c) ||             \
     _PyUnicode_IsNumeric(c))
#define Py_UNICODE_TODECIMAL(c) _PyUnicode_ToDecimalDigit(c)
#define Py_UNICODE_TODIGIT(c) _PyUnicode_ToDigit(c)
#define Py_UNICODE_TONUMERIC(c) _PyUnicode_ToNumeric(c)
PyObject *PyUnicode_FromUnicode(const Py_UNICODE *, Py_ssize_t); /* NULL: uninitialised */
PyObject *PyUnicode_FromStringAndSize(const char *, Py_ssize_t); /* UTF-8 */
PyObject *PyUnicode_FromString(const char *);
/* wchar_t, which is a whole code point wherever this runs. AsWideChar writes the NUL where there is
 * room for it and answers how many characters it has written without it. */
PyObject *PyUnicode_FromWideChar(const wchar_t *, Py_ssize_t);
Py_ssize_t PyUnicode_AsWideChar(PyUnicodeObject *, wchar_t *, Py_ssize_t);
Py_UNICODE *PyUnicode_AsUnicode(PyObject *);
Py_ssize_t PyUnicode_GetSize(PyObject *);
Py_UNICODE PyUnicode_GetMax(void);
int PyUnicode_Resize(PyObject **, Py_ssize_t);
PyObject *PyUnicode_FromEncodedObject(PyObject *, const char *enc, const char *errors);
PyObject *PyUnicode_FromObject(PyObject *);
PyObject *PyUnicode_FromFormatV(const char *, va_list);
PyObject *PyUnicode_FromFormat(const char *, ...);
PyObject *PyUnicode_FromOrdinal(int);
int PyUnicode_ClearFreeList(void);
PyObject *_PyUnicode_AsDefaultEncodedString(PyObject *, const char *errors); /* borrowed */
const char *PyUnicode_GetDefaultEncoding(void);
int PyUnicode_SetDefaultEncoding(const char *);
PyObject *PyUnicode_Decode(const char *, Py_ssize_t, const char *enc, const char *errors);
PyObject *PyUnicode_Encode(const Py_UNICODE *, Py_ssize_t, const char *enc, const char *errors);
PyObject *PyUnicode_AsDecodedObject(PyObject *, const char *, const char *);
PyObject *PyUnicode_AsEncodedObject(PyObject *, const char *, const char *);
PyObject *PyUnicode_AsEncodedString(PyObject *, const char *enc, const char *errors);
PyObject *PyUnicode_BuildEncodingMap(PyObject *);
PyObject *PyUnicode_DecodeUTF7(const char *, Py_ssize_t, const char *);
PyObject *PyUnicode_DecodeUTF7Stateful(const char *, Py_ssize_t, const char *,
                                       Py_ssize_t *consumed);
PyObject *PyUnicode_EncodeUTF7(const Py_UNICODE *, Py_ssize_t, int setO, int whitespace,
                               const char *errors);
PyObject *PyUnicode_DecodeUTF8(const char *, Py_ssize_t, const char *);
PyObject *PyUnicode_DecodeUTF8Stateful(const char *, Py_ssize_t, const char *,
                                       Py_ssize_t *consumed);
PyObject *PyUnicode_AsUTF8String(PyObject *);
PyObject *PyUnicode_EncodeUTF8(const Py_UNICODE *, Py_ssize_t, const char *errors);
PyObject *PyUnicode_DecodeUTF32(const char *, Py_ssize_t, const char *, int *byteorder);
PyObject *PyUnicode_DecodeUTF32Stateful(const char *, Py_ssize_t, const char *, int *,
                                        Py_ssize_t *);
PyObject *PyUnicode_AsUTF32String(PyObject *);
PyObject *PyUnicode_EncodeUTF32(const Py_UNICODE *, Py_ssize_t, const char *, int byteorder);
PyObject *PyUnicode_DecodeUTF16(const char *, Py_ssize_t, const char *, int *byteorder);
PyObject *PyUnicode_DecodeUTF16Stateful(const char *, Py_ssize_t, const char *, int *,
                                        Py_ssize_t *);
PyObject *PyUnicode_AsUTF16String(PyObject *);
PyObject *PyUnicode_EncodeUTF16(const Py_UNICODE *, Py_ssize_t, const char *, int byteorder);
PyObject *PyUnicode_DecodeUnicodeEscape(const char *, Py_ssize_t, const char *);
PyObject *PyUnicode_AsUnicodeEscapeString(PyObject *);
PyObject *PyUnicode_EncodeUnicodeEscape(const Py_UNICODE *, Py_ssize_t);
PyObject *PyUnicode_DecodeRawUnicodeEscape(const char *, Py_ssize_t, const char *);
PyObject *PyUnicode_AsRawUnicodeEscapeString(PyObject *);
PyObject *PyUnicode_EncodeRawUnicodeEscape(const Py_UNICODE *, Py_ssize_t);
PyObject *_PyUnicode_DecodeUnicodeInternal(const char *, Py_ssize_t, const char *);
PyObject *PyUnicode_DecodeLatin1(const char *, Py_ssize_t, const char *);
PyObject *PyUnicode_AsLatin1String(PyObject *);
PyObject *PyUnicode_EncodeLatin1(const Py_UNICODE *, Py_ssize_t, const char *);
PyObject *PyUnicode_DecodeASCII(const char *, Py_ssize_t, const char *);
PyObject *PyUnicode_AsASCIIString(PyObject *);
PyObject *PyUnicode_EncodeASCII(const Py_UNICODE *, Py_ssize_t, const char *);
PyObject *PyUnicode_DecodeCharmap(const char *, Py_ssize_t, PyObject *mapping, const char *);
PyObject *PyUnicode_AsCharmapString(PyObject *, PyObject *mapping);
PyObject *PyUnicode_EncodeCharmap(const Py_UNICODE *, Py_ssize_t, PyObject *mapping, const char *);
PyObject *PyUnicode_TranslateCharmap(const Py_UNICODE *, Py_ssize_t, PyObject *table, const char *);
int PyUnicode_EncodeDecimal(Py_UNICODE *s, Py_ssize_t n, char *out, const char *errors);
PyObject *PyUnicode_Concat(PyObject *, PyObject *);
PyObject *PyUnicode_Split(PyObject *, PyObject *sep, Py_ssize_t max);
PyObject *PyUnicode_Splitlines(PyObject *, int keepends);
PyObject *PyUnicode_Partition(PyObject *, PyObject *);
PyObject *PyUnicode_RPartition(PyObject *, PyObject *);
PyObject *PyUnicode_RSplit(PyObject *, PyObject *, Py_ssize_t);
PyObject *PyUnicode_Translate(PyObject *, PyObject *table, const char *errors);
PyObject *PyUnicode_Join(PyObject *sep, PyObject *seq);
Py_ssize_t PyUnicode_Tailmatch(PyObject *, PyObject *, Py_ssize_t, Py_ssize_t, int direction);
Py_ssize_t PyUnicode_Find(PyObject *, PyObject *, Py_ssize_t, Py_ssize_t, int direction);
Py_ssize_t PyUnicode_Count(PyObject *, PyObject *, Py_ssize_t, Py_ssize_t);
PyObject *PyUnicode_Replace(PyObject *, PyObject *, PyObject *, Py_ssize_t max);
int PyUnicode_Compare(PyObject *, PyObject *);
PyObject *PyUnicode_RichCompare(PyObject *, PyObject *, int);
PyObject *PyUnicode_Format(PyObject *format, PyObject *args);
int PyUnicode_Contains(PyObject *container, PyObject *element);
PyObject *_PyUnicode_XStrip(PyObject *, int striptype, PyObject *sepobj);
PyObject *_PyUnicode_FormatAdvanced(PyObject *, Py_UNICODE *spec, Py_ssize_t len);
int _PyUnicode_Init(void);
#endif
