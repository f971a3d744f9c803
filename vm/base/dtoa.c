/* SPDX-License-Identifier: MIT */
/* Correctly rounded conversion between decimal strings and doubles.
 *
 * Both directions work on exact fractions of big integers: a decimal string is N * 10^e, a double
 * is m * 2^e, and either is a quotient of two integers of at most some 4,000 bits. Quotient digits
 * are then produced one after the other, so that each decision (round up, stop, tie) is an exact
 * comparison. Easy cases, which are nearly all, take a short cut in floating point that is provably
 * exact. Invariant: a big_t has no leading zero limb, so that sizes compare. */
#include "Python.h"
#include "dtoa.h"
#include <errno.h>

#define BIG_LIMBS 180
/* No halfway point between doubles has more significant digits than this; later ones only say
 * "a little more". */
#define MAX_SIGNIFICANT 780

typedef struct {
    int n;
    uint32_t limb[BIG_LIMBS];
} big_t;

static const double exact_pow10[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                     1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                     1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/* ---- Big integers ---------------------------------------------------------------------------- */

static void big_set(big_t *a, uint64_t v)
{
    a->n = 0;
    while (v != 0) {
        a->limb[a->n++] = (uint32_t)v;
        v >>= 32;
    }
}

/* a = a * m + add. */
static void big_muladd(big_t *a, uint32_t m, uint32_t add)
{
    uint64_t carry = add;
    for (int i = 0; i < a->n; i++) {
        carry += (uint64_t)a->limb[i] * m;
        a->limb[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry != 0 && a->n < BIG_LIMBS)
        a->limb[a->n++] = (uint32_t)carry;
}

static void big_shl(big_t *a, int bits)
{
    int limbs = bits / 32, rest = bits % 32;
    if (a->n == 0 || bits <= 0)
        return;
    if (limbs > 0) {
        memmove(a->limb + limbs, a->limb, (size_t)a->n * sizeof(uint32_t));
        memset(a->limb, 0, (size_t)limbs * sizeof(uint32_t));
        a->n += limbs;
    }
    if (rest > 0) {
        uint32_t carry = 0;
        for (int i = limbs; i < a->n; i++) {
            uint32_t v = a->limb[i];
            a->limb[i] = (v << rest) | carry;
            carry = v >> (32 - rest);
        }
        if (carry != 0)
            a->limb[a->n++] = carry;
    }
}

static void big_mul_pow5(big_t *a, int e)
{
    static const uint32_t small[] = {1,     5,      25,      125,     625,      3125,     15625,
                                     78125, 390625, 1953125, 9765625, 48828125, 244140625};
    while (e >= 13) {
        big_muladd(a, 1220703125u, 0); /* 5^13 */
        e -= 13;
    }
    if (e > 0)
        big_muladd(a, small[e], 0);
}

static void big_mul_pow10(big_t *a, int e)
{
    big_mul_pow5(a, e);
    big_shl(a, e);
}

static int big_cmp(const big_t *a, const big_t *b)
{
    if (a->n != b->n)
        return a->n < b->n ? -1 : 1;
    for (int i = a->n - 1; i >= 0; i--)
        if (a->limb[i] != b->limb[i])
            return a->limb[i] < b->limb[i] ? -1 : 1;
    return 0;
}

static void big_trim(big_t *a)
{
    while (a->n > 0 && a->limb[a->n - 1] == 0)
        a->n--;
}

/* a -= b * q; the result must not be negative. */
static void big_submul(big_t *a, const big_t *b, uint32_t q)
{
    uint64_t carry = 0;
    int64_t borrow = 0;
    for (int i = 0; i < a->n; i++) {
        if (i < b->n)
            carry += (uint64_t)b->limb[i] * q;
        int64_t d = (int64_t)a->limb[i] - (int64_t)(uint32_t)carry + borrow;
        a->limb[i] = (uint32_t)d;
        borrow = d < 0 ? -1 : 0;
        carry >>= 32;
    }
    big_trim(a);
}

static void big_add(big_t *a, const big_t *b)
{
    uint64_t carry = 0;
    int n = a->n > b->n ? a->n : b->n;
    for (int i = 0; i < n; i++) {
        carry += (i < a->n ? a->limb[i] : 0);
        carry += (i < b->n ? b->limb[i] : 0);
        a->limb[i] = (uint32_t)carry;
        carry >>= 32;
    }
    a->n = n;
    if (carry != 0)
        a->limb[a->n++] = (uint32_t)carry;
}

static int big_bits(const big_t *a)
{
    int bits = a->n * 32;
    if (a->n == 0)
        return 0;
    for (uint32_t top = a->limb[a->n - 1]; !(top & 0x80000000u); top <<= 1)
        bits--;
    return bits;
}

/* Quotient below 2^32 of a / b, the remainder left in a. b's top limb must use its top bits well
 * (at least 2^27) for the estimate to be at most a few units low. */
static uint32_t big_divrem_small(big_t *a, const big_t *b)
{
    uint32_t q;
    if (a->n < b->n)
        return 0;
    uint64_t high = a->limb[a->n - 1];
    if (a->n > b->n) /* only one limb more is possible */
        high = (high << 32) | a->limb[a->n - 2];
    q = (uint32_t)(high / ((uint64_t)b->limb[b->n - 1] + 1));
    if (q > 0)
        big_submul(a, b, q);
    while (big_cmp(a, b) >= 0) {
        big_submul(a, b, 1);
        q++;
    }
    return q;
}

/* ---- Decimal to binary ------------------------------------------------------------------------
 */

/* The double nearest to (mantissa + sticky) * 2^exp2, where mantissa has its top bit (63) set and
 * sticky says that something nonzero was cut off. Ties to even. */
static double assemble(uint64_t mantissa, int sticky, int exp2)
{
    int top = exp2 + 63; /* exponent of the leading bit */
    int keep = 53;
    if (top < -1022)
        keep = 53 - (-1022 - top);
    if (keep < 0)
        return 0.0;
    if (top > 1023) {
        errno = ERANGE;
        return HUGE_VAL;
    }
    int drop = 64 - keep;
    uint64_t m, rest, half;
    if (drop == 64) {
        m = 0;
        rest = mantissa;
        half = (uint64_t)1 << 63;
    } else {
        m = mantissa >> drop;
        rest = mantissa & (((uint64_t)1 << drop) - 1);
        half = (uint64_t)1 << (drop - 1);
    }
    if (rest > half || (rest == half && (sticky || (m & 1))))
        m++;
    double result = ldexp((double)m, exp2 + drop);
    if (isinf(result))
        errno = ERANGE;
    return result;
}

/* N * 10^e10 for a big N. */
static double scale_decimal(big_t *num, int e10)
{
    uint64_t mantissa = 0;
    int sticky = 0, exp2 = 0;

    if (num->n == 0)
        return 0.0;
    if (e10 >= 0) {
        big_mul_pow5(num, e10);
        exp2 = e10;
        int bits = big_bits(num);
        if (bits < 64) {
            big_shl(num, 64 - bits);
            exp2 -= 64 - bits;
            bits = 64;
        }
        int first = bits - 64; /* lowest bit taken */
        int limb = first / 32, rest = first % 32;
        for (int i = 0; i < limb; i++)
            sticky |= num->limb[i] != 0;
        mantissa = ((uint64_t)num->limb[limb + 1] << 32) | num->limb[limb];
        if (rest > 0) {
            sticky |= (num->limb[limb] & (((uint32_t)1 << rest) - 1)) != 0;
            mantissa = (mantissa >> rest) | ((uint64_t)num->limb[limb + 2] << (64 - rest));
        }
        return assemble(mantissa, sticky, exp2 + first);
    }

    /* Divide by 5^-e10. Bring the divisor's top limb to full width and the numerator to 64 or 65
     * bits more than it, then take the quotient in two steps of 32 bits. */
    big_t den;
    big_set(&den, 1);
    big_mul_pow5(&den, -e10);
    exp2 = e10;
    int dbits = big_bits(&den), pad = (32 - dbits % 32) % 32;
    big_shl(&den, pad);
    exp2 += pad;
    dbits += pad;
    /* Bring the quotient between 2^63 and 2^65. */
    int want = dbits + 64 - big_bits(num);
    if (want >= 0) {
        big_shl(num, want);
        exp2 -= want;
    } else {
        big_shl(&den, -want);
        exp2 -= want;
        int more = (32 - big_bits(&den) % 32) % 32;
        big_shl(&den, more);
        big_shl(num, more);
    }
    big_t high = den;
    big_shl(&high, 32);
    int extra = 0;
    big_t top = high;
    big_shl(&top, 32);
    if (big_cmp(num, &top) >= 0) { /* 65 bits: take the top one first */
        big_submul(num, &top, 1);
        extra = 1;
    }
    uint64_t q = (uint64_t)big_divrem_small(num, &high) << 32;
    q |= big_divrem_small(num, &den);
    sticky = num->n != 0;
    if (extra) {
        sticky |= (int)(q & 1);
        return assemble((q >> 1) | ((uint64_t)1 << 63), sticky, exp2 + 1);
    }
    sticky = num->n != 0;
    return assemble(q, sticky, exp2);
}

double _Py_dg_strtod(const char *s, char **end)
{
    const char *p = s, *digits_at;
    int negative = 0, any = 0, significant = 0, dropped_nonzero = 0, seen_point = 0;
    int64_t e10 = 0;
    uint64_t small = 0;
    double result;

    if (*p == '-' || *p == '+')
        negative = *p++ == '-';
    digits_at = p;
    for (;; p++) {
        if (*p == '.' && !seen_point) {
            seen_point = 1;
            continue;
        }
        if (*p < '0' || *p > '9')
            break;
        any = 1;
        if (seen_point)
            e10--;
        if (significant == 0 && *p == '0')
            continue;
        if (significant < 19)
            small = small * 10 + (uint64_t)(*p - '0');
        significant++;
        if (significant > MAX_SIGNIFICANT) {
            dropped_nonzero |= *p != '0';
            e10++;
        }
    }
    if (!any) {
        if (end != NULL)
            *end = (char *)s;
        return 0.0;
    }
    const char *digits_end = p;
    if (*p == 'e' || *p == 'E') {
        const char *q = p + 1;
        int eneg = 0;
        int64_t e = 0;
        if (*q == '-' || *q == '+')
            eneg = *q++ == '-';
        if (*q >= '0' && *q <= '9') {
            for (; *q >= '0' && *q <= '9'; q++)
                if (e < 100000000000)
                    e = e * 10 + (*q - '0');
            e10 += eneg ? -e : e;
            p = q;
        }
    }
    if (end != NULL)
        *end = (char *)p;

    int kept = significant < MAX_SIGNIFICANT ? significant : MAX_SIGNIFICANT;
    if (significant == 0) {
        result = 0.0;
    } else if (e10 + kept > 310) {
        errno = ERANGE;
        result = HUGE_VAL;
    } else if (e10 + kept < -326) {
        result = 0.0;
    } else if (significant <= 15 && e10 >= 0 && e10 <= 22) {
        result = (double)small * exact_pow10[e10];
    } else if (significant <= 15 && e10 < 0 && e10 >= -22) {
        result = (double)small / exact_pow10[-e10];
    } else {
        big_t num;
        if (significant <= 19) {
            big_set(&num, small);
        } else {
            int taken = 0;
            uint32_t chunk = 0, scale = 1;
            big_set(&num, 0);
            for (const char *q = digits_at; q < digits_end && taken < kept; q++) {
                if (*q == '.' || (taken == 0 && *q == '0'))
                    continue;
                chunk = chunk * 10 + (uint32_t)(*q - '0');
                scale *= 10;
                taken++;
                if (scale == 1000000000u) {
                    big_muladd(&num, scale, chunk);
                    chunk = 0;
                    scale = 1;
                }
            }
            if (scale > 1)
                big_muladd(&num, scale, chunk);
            if (dropped_nonzero) {
                big_muladd(&num, 10, 1);
                e10--;
            }
        }
        result = scale_decimal(&num, (int)e10);
    }
    return negative ? -result : result;
}

/* ---- Binary to decimal -------------------------------------------------------------------------
 */

/* A digit string being built: digits[0..n), value 0.d1d2d3... * 10^decpt. */
typedef struct {
    char *digits;
    int n, decpt;
} decimal_t;

static void round_up(decimal_t *out)
{
    int i = out->n;
    while (i > 0 && out->digits[i - 1] == '9')
        i--;
    if (i == 0) {
        out->digits[0] = '1';
        out->n = 1;
        out->decpt++;
        return;
    }
    out->digits[i - 1]++;
    out->n = i;
}

/* The shortest form when it has at most 15 digits: such a decimal is the only one of 15 digits that
 * reads as d, so finding it by floating-point arithmetic and reading it back exactly is proof
 * enough. */
static int shortest_easy(double d, decimal_t *out)
{
    if (!(d >= 1e-7 && d < 1e22))
        return 0;
    int k = 14 - (int)floor(log10(d));
    if (k > 22 || k < -22)
        return 0;
    double scaled = k >= 0 ? d * exact_pow10[k] : d / exact_pow10[-k];
    if (!(scaled < 1e15))
        return 0;
    int64_t m = (int64_t)(scaled + 0.5);
    double back = k >= 0 ? (double)m / exact_pow10[k] : (double)m * exact_pow10[-k];
    if (back != d || m >= 1000000000000000 || m <= 0)
        return 0;
    char tmp[24];
    int n = 0;
    while (m % 10 == 0) {
        m /= 10;
        k--;
    }
    for (; m > 0; m /= 10)
        tmp[n++] = (char)('0' + m % 10);
    for (int i = 0; i < n; i++)
        out->digits[i] = tmp[n - 1 - i];
    out->n = n;
    out->decpt = n - k;
    return 1;
}

/* d > 0, finite. mode 0, 2 or 3. digits must have room for what the mode can give. */
static void convert(double d, int mode, int ndigits, int half_away, decimal_t *out)
{
    big_t num, den, low, high; /* low, high: half the distance to the neighbours, in units of den */
    int exp2, unequal = 0, k, even;
    uint64_t m;

    double fraction = frexp(d, &exp2);
    m = (uint64_t)ldexp(fraction, 53);
    exp2 -= 53;
    if (exp2 < -1074) { /* subnormal: fewer bits */
        m >>= -1074 - exp2;
        exp2 = -1074;
    }
    even = !(m & 1);
    unequal = m == (uint64_t)1 << 52 && exp2 > -1074;

    /* d = num / den, with room for halves (and quarters, when the lower neighbour is nearer). */
    big_set(&num, m);
    big_set(&den, 1);
    big_set(&low, 1);
    big_set(&high, 1);
    big_shl(&num, 1);
    big_shl(&den, 1);
    if (unequal) {
        big_shl(&num, 1);
        big_shl(&den, 1);
        big_shl(&high, 1);
    }
    if (exp2 >= 0) {
        big_shl(&num, exp2);
        big_shl(&low, exp2);
        big_shl(&high, exp2);
    } else {
        big_shl(&den, -exp2);
    }

    /* Scale so that 0.1 <= num/den < 1 for the exponent k; the estimate can be one too low or high.
     */
    k = (int)ceil(log10(d));
    if (k >= 0) {
        big_mul_pow10(&den, k);
    } else {
        big_mul_pow10(&num, -k);
        big_mul_pow10(&low, -k);
        big_mul_pow10(&high, -k);
    }
    for (;;) { /* num >= den: k too low */
        int too_low;
        if (mode == 0) {
            big_t sum = num;
            big_add(&sum, &high);
            int c = big_cmp(&sum, &den);
            too_low = c > 0 || (c == 0 && even);
        } else {
            too_low = big_cmp(&num, &den) >= 0;
        }
        if (!too_low)
            break;
        big_muladd(&den, 10, 0);
        k++;
    }
    for (;;) { /* 10 * num < den: k too high */
        big_t next = num;
        big_muladd(&next, 10, 0);
        if (mode == 0) {
            big_t room = high;
            big_muladd(&room, 10, 0);
            big_t sum = next;
            big_add(&sum, &room);
            int c = big_cmp(&sum, &den);
            if (c > 0 || (c == 0 && even))
                break;
        } else if (big_cmp(&next, &den) >= 0) {
            break;
        }
        num = next;
        big_muladd(&low, 10, 0);
        big_muladd(&high, 10, 0);
        k--;
    }
    /* Give the divisor's top limb 28 to 31 significant bits: one digit's quotient is then estimated
     * within one unit, and the numerator times ten has at most one limb more. */
    int shift = (31 - big_bits(&den) % 32) % 32;
    if (shift > 0) {
        big_shl(&num, shift);
        big_shl(&den, shift);
        big_shl(&low, shift);
        big_shl(&high, shift);
    }

    out->decpt = k;
    out->n = 0;
    if (mode == 0) {
        for (;;) {
            big_muladd(&num, 10, 0);
            big_muladd(&low, 10, 0);
            big_muladd(&high, 10, 0);
            uint32_t digit = big_divrem_small(&num, &den);
            int c = big_cmp(&num, &low);
            int may_stop_low = c < 0 || (c == 0 && even);
            big_t sum = num;
            big_add(&sum, &high);
            c = big_cmp(&sum, &den);
            int may_stop_high = c > 0 || (c == 0 && even);
            out->digits[out->n++] = (char)('0' + digit);
            if (!may_stop_low && !may_stop_high)
                continue;
            int up = may_stop_high;
            if (may_stop_low && may_stop_high) { /* the nearer of the two */
                big_shl(&num, 1);
                c = big_cmp(&num, &den);
                up = c > 0 || (c == 0 && (digit & 1));
            }
            if (up)
                round_up(out);
            break;
        }
    } else {
        int64_t count = mode == 2 ? (ndigits < 1 ? 1 : ndigits) : (int64_t)k + ndigits;
        if (count < 0)
            return; /* far below half a unit: nothing is left */
        while (out->n < count && num.n != 0) {
            big_muladd(&num, 10, 0);
            out->digits[out->n++] = (char)('0' + big_divrem_small(&num, &den));
        }
        if (num.n != 0) {
            big_shl(&num, 1);
            int c = big_cmp(&num, &den);
            int odd = out->n > 0 && (out->digits[out->n - 1] & 1);
            if (c > 0 || (c == 0 && (odd || half_away)))
                round_up(out);
        }
    }
    while (out->n > 0 && out->digits[out->n - 1] == '0')
        out->n--;
}

static char *dtoa(double d, int mode, int ndigits, int half_away, int *decpt, int *sign, char **end)
{
    decimal_t out;
    /* A double has at most 767 significant digits; the rest are zeros and are not given. */
    char *digits = malloc(1200);

    if (digits == NULL)
        return NULL;
    *sign = signbit(d) != 0;
    d = fabs(d);
    out.digits = digits;
    if (isnan(d) || isinf(d)) {
        strcpy(digits, isnan(d) ? "NaN" : "Infinity");
        out.n = (int)strlen(digits);
        out.decpt = 9999;
    } else if (d == 0.0) {
        digits[0] = '0';
        out.n = 1;
        out.decpt = 1;
    } else if (mode != 0 || !shortest_easy(d, &out)) {
        convert(d, mode, ndigits, half_away, &out);
        if (out.n == 0)
            out.decpt = -ndigits;
    }
    digits[out.n] = '\0';
    *decpt = out.decpt;
    if (end != NULL)
        *end = digits + out.n;
    return digits;
}

char *_Py_dg_dtoa(double d, int mode, int ndigits, int *decpt, int *sign, char **end)
{
    return dtoa(d, mode, ndigits, 0, decpt, sign, end);
}

char *_Py_dg_dtoa_half_away(double d, int ndigits, int *decpt, int *sign, char **end)
{
    return dtoa(d, 3, ndigits, 1, decpt, sign, end);
}

void _Py_dg_freedtoa(char *s)
{
    free(s);
}
