// SPDX-License-Identifier: MIT
// Makes the Unicode tables: node gen_unicode.mjs unicode_data.txt <output folder>
// Writes unicode_tables.c (properties, case, decompositions) and unicode_names.c; the structures are
// declared in vm/base/unicode_tables.h. The text's sections, as record_unicode.py writes them:
//   X_records  one record a line, fields separated by commas; X_runs  "record*count" over all code points
//   decomposition  "gap ..." with "=" for gap 1; exclusions, corrections; names "[gap,]shared rest of words"
import { readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

const [dataPath, outFolder] = process.argv.slice(2);
if (!outFolder || !dataPath) {
  console.error('usage: node gen_unicode.mjs unicode_data.txt output-folder');
  process.exit(2);
}

const sections = {};
let current = null;
for (const line of readFileSync(dataPath, 'utf8').split('\n')) {
  if (line[0] === '@') current = sections[line.slice(1)] = [];
  else if (line !== '') current.push(line);
}

const CATEGORIES =
  'Cn Lu Ll Lt Mn Mc Me Nd Nl No Zs Zl Zp Cc Cf Cs Co Lm Lo Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So'.split(
    ' ',
  );
const BIDI = ['', ...'L LRE LRO R AL RLE RLO PDF EN ES ET AN CS NSM BN B S WS ON'.split(' ')];
const WIDTHS = ['F', 'H', 'W', 'Na', 'A', 'N'];

function array(type, name, values, perLine = 24) {
  const lines = [];
  for (let i = 0; i < values.length; i += perLine)
    lines.push('    ' + values.slice(i, i + perLine).join(', '));
  return `const ${type} ${name}[${values.length}] = {\n${lines.join(',\n')}};\n\n`;
}

function expand(section) {
  const out = new Uint16Array(0x110000);
  let at = 0;
  for (const line of sections[section])
    for (const item of line.split(' ')) {
      const [record, count] = item.split('*').map(Number);
      const n = count || 1;
      out.fill(record, at, at + n);
      at += n;
    }
  if (at !== 0x110000) throw new Error(`${section}: ${at} code points`);
  return out;
}

// Two levels: page[c >> 7] picks a block of 128 record numbers.
function twoLevels(name, numbers) {
  const SHIFT = 7,
    size = 1 << SHIFT;
  const blocks = new Map(),
    pages = [],
    flat = [];
  for (let i = 0; i < numbers.length; i += size) {
    const block = Array.from(numbers.subarray(i, i + size));
    const key = block.join();
    if (!blocks.has(key)) {
      blocks.set(key, blocks.size);
      flat.push(...block);
    }
    pages.push(blocks.get(key));
  }
  return array('uint16_t', `${name}_pages`, pages) + array('uint16_t', `${name}_blocks`, flat);
}

let c =
  '/* Made by vm/base/gen_unicode.mjs from unicode_data.txt; do not edit. */\n#include "unicode_tables.h"\n\n';
const need = (list, item) => {
  const i = list.indexOf(item);
  if (i < 0) throw new Error(`unknown property value ${item}`);
  return i;
};
for (const [section, name] of [
  ['properties', '_PyUnicode_Properties'],
  ['properties_3_2_0', '_PyUnicode_Properties320'],
]) {
  c += `const _PyUnicode_Property ${name}[] = {\n`;
  for (const line of sections[`${section}_records`]) {
    const [category, bidi, combining, width, mirrored, decimal, digit, numeric] = line.split(',');
    c +=
      `    {${need(CATEGORIES, category)}, ${need(BIDI, bidi)}, ${combining}, ${need(WIDTHS, width)}, ${mirrored}, ` +
      `${decimal || -1}, ${digit || -1}, ${numeric === '' ? 0 : 1}, ${numeric === '' ? '0.0' : numeric.replace(/^(-?\d+)/, '$1.0').replace(/\/(\d+)/, ' / $1.0')}},\n`;
  }
  c += '};\n\n' + twoLevels(name, expand(`${section}_runs`));
}
c += 'const _PyUnicode_Ctype _PyUnicode_Ctypes[] = {\n';
for (const line of sections.ctype_records) {
  const [flags, upper, lower, title] = line.split(',');
  const bits = [...flags].map((f) => 1 << 'aslutb'.indexOf(f)).reduce((a, b) => a | b, 0);
  c += `    {${bits}, ${upper}, ${lower}, ${title}},\n`;
}
c += '};\n\n' + twoLevels('_PyUnicode_Ctypes', expand('ctype_runs'));
c += `const char *const _PyUnicode_CategoryNames[] = {${CATEGORIES.map((n) => `"${n}"`).join(', ')}};\n`;
c += `const char *const _PyUnicode_BidirectionalNames[] = {${BIDI.map((n) => `"${n}"`).join(', ')}};\n`;
c += `const char *const _PyUnicode_EastAsianWidthNames[] = {${WIDTHS.map((n) => `"${n}"`).join(', ')}};\n\n`;

// Decompositions: codes sorted, for each the place of its text of code points in one array. The first
// element there is tag << 8 | count.
const tags = [''];
const codes = [],
  places = [],
  data = [],
  canonical = [];
const excluded = new Set(
  sections.exclusions
    .join(' ')
    .split(' ')
    .map((h) => parseInt(h, 16)),
);
let code = 0;
for (const line of sections.decomposition) {
  let words = line.split(' ');
  code += words[0] === '=' ? 1 : parseInt(words[0], 16);
  words = words.slice(1);
  let tag = '';
  if (words[0][0] === '<') tag = words.shift().slice(1);
  if (!tags.includes(tag)) tags.push(tag);
  const points = words.map((h) => parseInt(h, 16));
  codes.push(code);
  places.push(data.length);
  data.push((tags.indexOf(tag) << 8) | points.length, ...points);
  if (!tag && points.length === 2 && !excluded.has(code))
    canonical.push([points[0], points[1], code]);
}
c +=
  array('uint32_t', '_PyUnicode_DecompCodes', codes) +
  `const int _PyUnicode_DecompCount = ${codes.length};\n\n`;
c +=
  array('uint16_t', '_PyUnicode_DecompPlaces', places) +
  array('uint32_t', '_PyUnicode_DecompData', data);
c += `const char *const _PyUnicode_DecompTags[] = {${tags.map((n) => `"${n}"`).join(', ')}};\n\n`;
canonical.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
c += `const _PyUnicode_Pair _PyUnicode_Pairs[] = {\n${canonical.map((p) => `    {${p.join(', ')}},`).join('\n')}\n};\n`;
c += `const int _PyUnicode_PairCount = ${canonical.length};\n\n`;
const corrections = sections.corrections.map((l) => l.split(' ').map((h) => parseInt(h, 16)));
for (const k of corrections) if (k.length !== 2) throw new Error('a correction has one code point');
c += `const uint32_t _PyUnicode_Corrections320[][2] = {${corrections.map((k) => `{${k.join(', ')}}`).join(', ')}};\n`;
c += `const int _PyUnicode_Correction320Count = ${corrections.length};\n`;
mkdirSync(outFolder, { recursive: true });
writeFileSync(join(outFolder, 'unicode_tables.c'), c);

// Names: words by number, most used first; a name is its words' numbers, ended by 0. A number below
// 0xC0 is one byte; others are two, the first from 0xC0.
const names = [];
let words = [];
code = -1;
for (const line of sections.names) {
  const m = /^(?:([0-9a-f]+),)?(\d)(.*)$/.exec(line);
  code += m[1] ? parseInt(m[1], 16) : 1;
  words = [...words.slice(0, Number(m[2])), ...(m[3] ? m[3].split(' ') : [])];
  names.push({ code, words });
}
const uses = new Map();
for (const n of names) for (const w of n.words) uses.set(w, (uses.get(w) || 0) + 1);
const lexicon = [...uses.keys()].sort((a, b) => uses.get(b) - uses.get(a) || (a < b ? -1 : 1));
const number = new Map(lexicon.map((w, i) => [w, i + 1]));
if (lexicon.length + 1 >= 0xc0 + 64 * 256) throw new Error('too many words');
const wordBytes = [],
  wordPlaces = [0];
for (const w of lexicon) {
  wordBytes.push(...Buffer.from(w));
  wordPlaces.push(wordBytes.length);
}
const text = [],
  starts = [],
  ranges = [];
names.forEach((n, i) => {
  if (i % 16 === 0) starts.push(text.length);
  for (const w of n.words) {
    const k = number.get(w);
    if (k < 0xc0) text.push(k);
    else text.push(0xc0 + ((k - 0xc0) >> 8), (k - 0xc0) & 255);
  }
  text.push(0);
  const last = ranges[ranges.length - 1];
  if (last && last.start + last.count === n.code) last.count++;
  else ranges.push({ start: n.code, count: 1, first: i });
});
const HASH = 32768;
const table = new Array(HASH).fill(0);
names.forEach((n, i) => {
  let h = 2166136261;
  for (const b of Buffer.from(n.words.join(' '))) h = Math.imul(h ^ b, 16777619) >>> 0;
  let slot = h & (HASH - 1);
  while (table[slot]) slot = (slot + 1) & (HASH - 1);
  table[slot] = i + 1;
});
let s =
  '/* Made by vm/base/gen_unicode.mjs from unicode_data.txt; do not edit. */\n#include "unicode_tables.h"\n\n';
s +=
  array('uint8_t', '_PyUnicode_WordBytes', wordBytes) +
  array('uint32_t', '_PyUnicode_WordPlaces', wordPlaces);
s +=
  array('uint8_t', '_PyUnicode_NameText', text) +
  array('uint32_t', '_PyUnicode_NameStarts', starts);
s += array('uint16_t', '_PyUnicode_NameHash', table);
s += `const _PyUnicode_NameRange _PyUnicode_NameRanges[] = {\n${ranges.map((r) => `    {${r.start}, ${r.count}, ${r.first}},`).join('\n')}\n};\n`;
s += `const int _PyUnicode_NameRangeCount = ${ranges.length};\n`;
writeFileSync(join(outFolder, 'unicode_names.c'), s);
