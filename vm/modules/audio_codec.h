/* SPDX-License-Identifier: MIT */
/* The coded forms of sound that audioop knows, one sample of 16 bits at a time. Pure functions: no
 * Python, no memory. */
#ifndef KRAIT_AUDIO_CODEC_H
#define KRAIT_AUDIO_CODEC_H

#include <stdint.h>

/* ITU-T G.711. */
unsigned char ulaw_encode(int16_t sample);
int16_t ulaw_decode(unsigned char code);
unsigned char alaw_encode(int16_t sample);
int16_t alaw_decode(unsigned char code);

/* IMA ADPCM: the predicted sample, and the index of the step size, below ADPCM_STEPS. A code has
 * four bits. */
#define ADPCM_STEPS 89
typedef struct {
    int value, index;
} adpcm_t;

int adpcm_encode(adpcm_t *state, int16_t sample);
int16_t adpcm_decode(adpcm_t *state, int code);

#endif
