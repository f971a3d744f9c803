/* SPDX-License-Identifier: MIT */
/* G.711's two laws and IMA ADPCM, computed from their definitions.
 *
 * Both laws code a sample as a sign, a segment of three bits and an interval of four. The segments
 * double in width; a decoder answers the middle of the interval. */
#include "audio_codec.h"

/* ---- G.711 --------------------------------------------------------------------------------------
 */

/* The place of the highest bit of a positive number. */
static int highest_bit(int n)
{
    int bit = 0;

    while (n >>= 1)
        bit++;
    return bit;
}

/* u-law: 14 bits. With 33 added every magnitude has its highest bit in one of eight places, from 5
 * on, which is its segment; the four bits after it are the interval. All bits are sent inverted. */
#define ULAW_BIAS 33
#define ULAW_MOST 0x1fff /* with the bias */

unsigned char ulaw_encode(int16_t sample)
{
    int value = sample >> 2, negative = value < 0;
    int magnitude = (negative ? -value : value) + ULAW_BIAS;

    if (magnitude > ULAW_MOST)
        magnitude = ULAW_MOST;
    int segment = highest_bit(magnitude) - 5;
    int interval = magnitude >> (segment + 1) & 15;
    return (unsigned char)~(negative << 7 | segment << 4 | interval);
}

int16_t ulaw_decode(unsigned char code)
{
    int bits = ~code, segment = bits >> 4 & 7, interval = bits & 15;
    int magnitude = ((interval * 2 + ULAW_BIAS) << segment) - ULAW_BIAS;

    return (int16_t)((bits & 0x80 ? -magnitude : magnitude) * 4);
}

/* a-law: 13 bits. The two lowest segments are of one width; there is no bias, and negative
 * values are counted from -1. A set sign bit is positive; every other bit is sent inverted. */
#define ALAW_INVERTED 0x55

unsigned char alaw_encode(int16_t sample)
{
    int value = sample >> 3, negative = value < 0;
    int magnitude = negative ? ~value : value;
    int segment = magnitude < 32 ? 0 : highest_bit(magnitude) - 4;
    int interval = magnitude >> (segment == 0 ? 1 : segment) & 15;

    return (unsigned char)((!negative << 7 | segment << 4 | interval) ^ ALAW_INVERTED);
}

int16_t alaw_decode(unsigned char code)
{
    int bits = code ^ ALAW_INVERTED, segment = bits >> 4 & 7, interval = bits & 15;
    int magnitude = segment == 0 ? interval * 2 + 1 : (interval * 2 + 33) << (segment - 1);

    return (int16_t)((bits & 0x80 ? magnitude : -magnitude) * 8);
}

/* ---- IMA ADPCM ----------------------------------------------------------------------------------
 */

static const int16_t step_sizes[ADPCM_STEPS] = {
    7,     8,     9,     10,    11,    12,    13,    14,    16,    17,    19,    21,    23,
    25,    28,    31,    34,    37,    41,    45,    50,    55,    60,    66,    73,    80,
    88,    97,    107,   118,   130,   143,   157,   173,   190,   209,   230,   253,   279,
    307,   337,   371,   408,   449,   494,   544,   598,   658,   724,   796,   876,   963,
    1060,  1166,  1282,  1411,  1552,  1707,  1878,  2066,  2272,  2499,  2749,  3024,  3327,
    3660,  4026,  4428,  4871,  5358,  5894,  6484,  7132,  7845,  8630,  9493,  10442, 11487,
    12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623, 27086, 29794, 32767,
};

static int limited(int n, int least, int most)
{
    return n < least ? least : n > most ? most : n;
}

/* A code is a sign (8) and the difference in quarters of the step, rounded down; half a quarter is
 * added when it is applied. Large differences make the next steps larger, small ones smaller. */
int16_t adpcm_decode(adpcm_t *state, int code)
{
    int step = step_sizes[state->index], size = code & 7, difference = step >> 3;

    for (int bit = 4, part = step; bit != 0; bit >>= 1, part >>= 1)
        if (size & bit)
            difference += part;
    state->value =
        limited(state->value + (code & 8 ? -difference : difference), INT16_MIN, INT16_MAX);
    state->index = limited(state->index + (size < 4 ? -1 : 2 * (size - 3)), 0, ADPCM_STEPS - 1);
    return (int16_t)state->value;
}

/* The encoder goes on from what a decoder will have made of its code. */
int adpcm_encode(adpcm_t *state, int16_t sample)
{
    int rest = sample - state->value, code = 0;

    if (rest < 0) {
        code = 8;
        rest = -rest;
    }
    for (int bit = 4, part = step_sizes[state->index]; bit != 0; bit >>= 1, part >>= 1)
        if (rest >= part) {
            code |= bit;
            rest -= part;
        }
    adpcm_decode(state, code);
    return code;
}
