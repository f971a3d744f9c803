// SPDX-License-Identifier: MIT
// Makes the tables of the East Asian character sets: node gen_cjk.mjs cjk_data.txt <output folder>
// Writes cjk_tables.c; its structures are declared in vm/modules/cjk.h, the text's sections described
// in record_cjk.py.
import { readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

const [dataPath, outFolder] = process.argv.slice(2);
if (!outFolder || !dataPath) {
  console.error('usage: node gen_cjk.mjs cjk_data.txt output-folder');
  process.exit(2);
}
const sections = [];
for (const line of readFileSync(dataPath, 'utf8').split('\n')) {
  if (line[0] === '@') {
    const [kind, ...args] = line.slice(1).split(' ');
    sections.push({ kind, args, lines: [] });
  } else if (line !== '') sections[sections.length - 1].lines.push(line);
}

const array = (type, name, values, perLine) => {
  const lines = [];
  for (let i = 0; i < values.length; i += perLine)
    lines.push('    ' + values.slice(i, i + perLine).join(', '));
  return `static const ${type} ${name}[] = {\n${lines.join(',\n')}};\n\n`;
};
const hex = (h) => parseInt(h, 16);
const cName = (name) => name.replace(':', '_');

let c =
  '/* Made by vm/modules/gen_cjk.mjs from cjk_data.txt; do not edit. */\n#include "cjk.h"\n\n';
const tables = new Set();
for (const {
  args: [name],
  lines,
} of sections.filter((s) => s.kind === 'table')) {
  const rows = Array.from({ length: 128 }, () => '{0, 0, 0}');
  const cells = [];
  for (const line of lines) {
    const [lead, first] = line.split(' ', 2);
    const text = [...line.slice(lead.length + first.length + 2)];
    rows[hex(lead) - 0x80] = `{${cells.length}, ${hex(first)}, ${text.length}}`;
    for (const ch of text) cells.push(ch === '.' ? 0 : ch.codePointAt(0));
  }
  if (cells.length >= 65536) throw new Error(`${name} is too large`);
  c += array('uint16_t', `${cName(name)}_cells`, cells, 20);
  c += `static const cjk_table ${cName(name)}_table = {${cName(name)}_cells, {\n    ${rows.join(', ')}}};\n\n`;
  tables.add(name);
}
const charsets = [];
for (const {
  args: [name, table, transform, order],
  lines,
} of sections.filter((s) => s.kind === 'codec')) {
  const runs = lines.map((line) => {
    const [codes, value] = line.split(' ');
    const [start, end] = codes.split('-').map(hex);
    const [first, second] = value === '-' ? [0, 0] : value.split('+').map(hex);
    return [start, end ?? start, first, second ?? 0];
  });
  runs.sort((a, b) => a[0] - b[0]);
  const encode = sections.find((s) => s.kind === 'encode' && s.args[0] === name);
  const pairs = (encode ? encode.lines : []).map((line) =>
    line.split(' ').map((h) => (h === '-' ? 0 : hex(h))),
  );
  pairs.sort((a, b) => a[0] - b[0]);
  const id = cName(name);
  if (runs.length)
    c += array(
      'cjk_run',
      `${id}_runs`,
      runs.map((r) => `{${r.join(', ')}}`),
      4,
    );
  if (pairs.length)
    c += array(
      'cjk_encode',
      `${id}_encode`,
      pairs.map((p) => `{${p.join(', ')}}`),
      6,
    );
  const second = tables.has(`${table}:8f`) ? `&${table}_8f_table` : 'NULL';
  charsets.push(
    `    {"${name}", &${cName(table)}_table, ${second}, ${{ same: 0, sjis: 1, sjisx: 2 }[transform]}, ` +
      `${order === 'last' ? 1 : 0}, ${runs.length ? `${id}_runs` : 'NULL'}, ${runs.length}, ` +
      `${pairs.length ? `${id}_encode` : 'NULL'}, ${pairs.length}},`,
  );
}
c += `const cjk_charset _Py_cjk_charsets[] = {\n${charsets.join('\n')}\n    {NULL, NULL, NULL, 0, 0, NULL, 0, NULL, 0}};\n\n`;
const ranges = sections
  .find((s) => s.kind === 'ranges')
  .lines.map((l) => `{${l.split(' ').map(hex).join(', ')}}`);
c += `const cjk_range _Py_gb18030_ranges[] = {\n    ${ranges.join(',\n    ')}};\nconst int _Py_gb18030_range_count = ${ranges.length};\n`;
mkdirSync(outFolder, { recursive: true });
writeFileSync(join(outFolder, 'cjk_tables.c'), c);
