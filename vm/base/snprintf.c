/* SPDX-License-Identifier: MIT */
/* printf into a buffer, with Python's integer sizes: %ld, %lld and %zd are 64 bits on every target,
 * whatever the C library thinks. Invariant: never writes past the buffer, always ends it with NUL.
 */
#include "Python.h"

typedef struct {
    char *at;
    size_t room;   /* bytes left, the NUL included */
    int64_t total; /* bytes wanted so far */
} sink_t;

typedef struct {
    int left, plus, space, alt, zero;
    int64_t width, precision; /* precision -1: none */
} spec_t;

static void put(sink_t *out, const char *s, int64_t n)
{
    out->total += n;
    if (out->room > 1) {
        size_t take = (uint64_t)n < out->room - 1 ? (size_t)n : out->room - 1;
        memcpy(out->at, s, take);
        out->at += take;
        out->room -= take;
    }
}

static void pad(sink_t *out, char c, int64_t n)
{
    for (; n > 0; n--)
        put(out, &c, 1);
}

static void put_field(sink_t *out, const spec_t *spec, const char *s, int64_t n)
{
    if (!spec->left)
        pad(out, ' ', spec->width - n);
    put(out, s, n);
    if (spec->left)
        pad(out, ' ', spec->width - n);
}

static void put_integer(sink_t *out, const spec_t *spec, uint64_t value, int negative,
                        int is_signed, char conversion)
{
    char digits[70], prefix[4];
    int n = 0, np = 0;
    unsigned base = conversion == 'o' ? 8 : conversion == 'x' || conversion == 'X' ? 16 : 10;
    const char *alphabet = conversion == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";

    for (uint64_t v = value; v != 0; v /= base)
        digits[n++] = alphabet[v % base];
    if (n == 0 && spec->precision != 0)
        digits[n++] = '0';
    if (spec->alt && conversion == 'o' && (n == 0 || digits[n - 1] != '0'))
        digits[n++] = '0';
    if (is_signed && negative)
        prefix[np++] = '-';
    else if (is_signed && spec->plus)
        prefix[np++] = '+';
    else if (is_signed && spec->space)
        prefix[np++] = ' ';
    if (spec->alt && base == 16 && value != 0) {
        prefix[np++] = '0';
        prefix[np++] = conversion;
    }
    int64_t zeros = spec->precision > n ? spec->precision - n : 0;
    if (spec->zero && !spec->left && spec->precision < 0 && spec->width > n + np)
        zeros = spec->width - n - np;
    int64_t length = np + zeros + n;
    if (!spec->left)
        pad(out, ' ', spec->width - length);
    put(out, prefix, np);
    pad(out, '0', zeros);
    while (n > 0)
        put(out, &digits[--n], 1);
    if (spec->left)
        pad(out, ' ', spec->width - length);
}

static void put_double(sink_t *out, const spec_t *spec, double value, char conversion)
{
    char format[16], buffer[512], *f = format;
    *f++ = '%';
    if (spec->left)
        *f++ = '-';
    if (spec->plus)
        *f++ = '+';
    if (spec->space)
        *f++ = ' ';
    if (spec->alt)
        *f++ = '#';
    if (spec->zero)
        *f++ = '0';
    memcpy(f, "*.*", 3);
    f[3] = conversion;
    f[4] = '\0';
    int width = spec->width > 500 ? 500 : (int)spec->width;
    int precision = spec->precision < 0 ? 6 : spec->precision > 120 ? 120 : (int)spec->precision;
    int n = snprintf(buffer, sizeof buffer, format, width, precision, value);
    if (n > (int)sizeof buffer - 1)
        n = (int)sizeof buffer - 1;
    put(out, buffer, n);
}

int PyOS_vsnprintf(char *str, size_t size, const char *format, va_list va)
{
    sink_t out = {.at = str, .room = size, .total = 0};

    for (const char *p = format; *p != '\0'; p++) {
        if (*p != '%') {
            const char *start = p;
            while (p[1] != '\0' && p[1] != '%')
                p++;
            put(&out, start, p + 1 - start);
            continue;
        }
        spec_t spec = {.precision = -1};
        for (;;) {
            p++;
            if (*p == '-')
                spec.left = 1;
            else if (*p == '+')
                spec.plus = 1;
            else if (*p == ' ')
                spec.space = 1;
            else if (*p == '#')
                spec.alt = 1;
            else if (*p == '0')
                spec.zero = 1;
            else
                break;
        }
        if (*p == '*') {
            spec.width = va_arg(va, int);
            if (spec.width < 0) {
                spec.left = 1;
                spec.width = -spec.width;
            }
            p++;
        } else {
            for (; *p >= '0' && *p <= '9'; p++)
                if (spec.width < 1000000)
                    spec.width = spec.width * 10 + (*p - '0');
        }
        if (*p == '.') {
            p++;
            spec.precision = 0;
            if (*p == '*') {
                spec.precision = va_arg(va, int);
                p++;
            } else {
                for (; *p >= '0' && *p <= '9'; p++)
                    if (spec.precision < 1000000)
                        spec.precision = spec.precision * 10 + (*p - '0');
            }
        }
        int wide = 0;
        for (; *p == 'l' || *p == 'z' || *p == 'j' || *p == 't' || *p == 'h'; p++)
            wide |= *p != 'h';
        switch (*p) {
        case 'd':
        case 'i': {
            int64_t v = wide ? va_arg(va, int64_t) : va_arg(va, int);
            put_integer(&out, &spec, v < 0 ? -(uint64_t)v : (uint64_t)v, v < 0, 1, 'd');
            break;
        }
        case 'u':
        case 'x':
        case 'X':
        case 'o': {
            uint64_t v = wide ? va_arg(va, uint64_t) : va_arg(va, unsigned int);
            put_integer(&out, &spec, v, 0, 0, *p);
            break;
        }
        case 'c': {
            char c = (char)va_arg(va, int);
            put_field(&out, &spec, &c, 1);
            break;
        }
        case 's': {
            const char *s = va_arg(va, const char *);
            int64_t n = 0;
            if (s == NULL)
                s = "(null)";
            while ((spec.precision < 0 || n < spec.precision) && s[n] != '\0')
                n++;
            put_field(&out, &spec, s, n);
            break;
        }
        case 'p': {
            uint64_t v = (uintptr_t)va_arg(va, void *);
            spec.alt = 1;
            if (v == 0)
                put_field(&out, &spec, "0x0", 3);
            else
                put_integer(&out, &spec, v, 0, 0, 'x');
            break;
        }
        case 'e':
        case 'E':
        case 'f':
        case 'F':
        case 'g':
        case 'G':
            put_double(&out, &spec, va_arg(va, double), *p);
            break;
        case '%':
            put(&out, "%", 1);
            break;
        case '\0':
            p--;
            break;
        default:
            put(&out, p, 1);
        }
    }
    if (size > 0)
        *out.at = '\0';
    return out.total > INT_MAX ? INT_MAX : (int)out.total;
}

int PyOS_snprintf(char *str, size_t size, const char *format, ...)
{
    va_list va;
    va_start(va, format);
    int n = PyOS_vsnprintf(str, size, format, va);
    va_end(va);
    return n;
}
