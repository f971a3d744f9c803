// SPDX-License-Identifier: MIT
// Writes mathlib_tables.h, the constants of mathlib.c: node gen_mathlib.mjs OUT_DIR. Everything is
// computed here from series, in whole numbers scaled by 2^BITS; a constant is written as one float or
// as a pair of floats, the second being what the first leaves.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const BITS = 1400n;
const ONE = 1n << BITS;

/** atan(p/q) for p <= q / 2 or so: the sum of (-1)^i x^(2i+1) / (2i+1). */
function arctan(p, q) {
  let power = (ONE * p) / q;
  let sum = 0n;
  for (let i = 1n; power !== 0n; i += 2n) {
    sum += i % 4n === 1n ? power / i : -power / i;
    power = (power * p * p) / (q * q);
  }
  return sum;
}

const PI = 4n * (4n * arctan(1n, 5n) - arctan(1n, 239n));

/** sin(p/q) and cos(p/q). */
function sineCosine(p, q) {
  let term = ONE;
  let sine = 0n;
  let cosine = 0n;
  for (let i = 0n; term !== 0n; i++) {
    const signed = i % 4n < 2n ? term : -term;
    if (i % 2n === 0n) cosine += signed;
    else sine += signed;
    term = (term * p) / (q * (i + 1n));
  }
  return [sine, cosine];
}

/** The nearest float to a scaled number, and that float as a scaled number. */
function nearest(v) {
  const guard = BITS - 300n; // Number() rounds correctly, but takes no more than 1024 bits
  const float = Number(v >> guard) / 2 ** 300;
  if (float === 0) return [0, 0n];
  const exponent = Math.floor(Math.log2(Math.abs(float))) - 54;
  const digits = BigInt(float / 2 ** exponent);
  return [
    float,
    exponent >= 0 ? (digits << BITS) << BigInt(exponent) : (digits << BITS) >> BigInt(-exponent),
  ];
}

function text(float) {
  const s = String(float);
  return /[.e]/.test(s) ? s : `${s}.0`;
}

function pair(v) {
  const [high, whole] = nearest(v);
  const [low] = nearest(v - whole);
  return `{${text(high)}, ${text(low)}}`;
}

/** The value cut into parts of the given numbers of bits, the last one rounded to a float. */
function parts(v, bits) {
  const out = [];
  let from = BITS + 1n - BigInt(bits); // the value is between 1 and 2
  for (let i = 0; i < 3; i++) {
    const part = (v >> from) << from;
    out.push(nearest(part)[0]);
    v -= part;
    from -= BigInt(bits);
  }
  return [...out, nearest(v)[0]];
}

/** atan(k/64) for 0 <= k <= 64: from atan(1/2) on by a difference, where the series is quick. */
function arctanOf64ths(k) {
  if (k <= 32n) return arctan(k, 64n);
  return arctan(1n, 2n) + arctan(2n * k - 64n, 128n + k); // (k/64 - 1/2) / (1 + k/128)
}

const steps = (n) => Array.from({ length: n }, (_, k) => BigInt(k));
const twoOverPi = (ONE * ONE * 2n) / PI;
const words = steps(40).map((i) => (twoOverPi >> (BITS - 32n * (i + 1n))) & 0xffffffffn);
const list = (items) => items.map((item) => `    ${item},\n`).join('');

// log10(2) as 40 bits and the rest, 1/log(10), log(2): log(2) by 2 atanh(1/3), log(10) = log(2) + log(5).
function artanh(p, q) {
  let power = (ONE * p) / q;
  let sum = 0n;
  for (let i = 1n; power !== 0n; i += 2n) {
    sum += power / i;
    power = (power * p * p) / (q * q);
  }
  return sum;
}
const LN2 = 2n * artanh(1n, 3n);
const LN10 = 3n * LN2 + 2n * artanh(1n, 9n); // 10 = 8 * (1 + 1/9) / (1 - 1/9)
const LOG10_2 = (LN2 << BITS) / LN10;
const cut = BITS - 41n; // 0.301 has its first bit at 2^-2
const high = (LOG10_2 >> cut) << cut;

const outDir = process.argv.at(-1);
writeFileSync(
  join(outDir, 'mathlib_tables.h'),
  `/* Written by gen_mathlib.mjs. */
static const dd half_pi = ${pair(PI / 2n)};
static const dd whole_pi = ${pair(PI)};
static const double two_over_pi = ${text(nearest(twoOverPi)[0])};
/* pi/2 = the sum; the first three have 33 bits. */
static const double half_pi_parts[4] = {${parts(PI / 2n, 33)
    .map(text)
    .join(', ')}};
static const double ln_2 = ${text(nearest(LN2)[0])};
static const double log10_2_high = ${text(nearest(high)[0])};
static const double log10_2_low = ${text(nearest(LOG10_2 - high)[0])};
static const double inverse_ln_10 = ${text(nearest((ONE * ONE) / LN10)[0])};
/* The bits of 2/pi behind the point. */
static const uint32_t two_over_pi_bits[40] = {
${list(words.map((w) => `0x${w.toString(16)}`))}};
/* Of k/64. */
static const dd sines[52] = {
${list(steps(52).map((k) => pair(sineCosine(k, 64n)[0])))}};
static const dd cosines[52] = {
${list(steps(52).map((k) => pair(sineCosine(k, 64n)[1])))}};
static const dd arctangents[65] = {
${list(steps(65).map((k) => pair(arctanOf64ths(k))))}};
`,
);
