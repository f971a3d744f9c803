// SPDX-License-Identifier: MIT
// Compiles the whole library with Krait and compares every code object with what CPython 2.7.18 made of it.
//   npm run bytecode -- [--krait COMMAND] [--lib FOLDER] [--record PYTHON] [part of a path ...]
// --record runs the reference instead and writes digests.tsv.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const options = { krait: 'build/native/krait', lib: 'build/stdlib/Lib', record: null };
const parts = [];
for (let i = 2; i < process.argv.length; i++) {
  const option = process.argv[i].startsWith('--') ? process.argv[i].slice(2) : null;
  if (option === null) parts.push(process.argv[i]);
  else if (option in options) options[option] = process.argv[++i];
  else throw new Error(`unknown option --${option}`);
}
const digestsPath = join(here, 'digests.tsv');
const levels = [[], ['-O'], ['-OO']];

function digests(command, level) {
  const [program, ...first] = command.split(' ');
  const args = [...first, ...level, join(here, 'digest.py'), options.lib, ...parts];
  const run = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (run.error) throw run.error;
  if (run.status !== 0)
    console.error(run.stderr.trim() || `ended with ${run.status ?? run.signal}`);
  return new Map(
    run.stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split('\t')),
  );
}

const answers = levels.map((level) => digests(options.record ?? options.krait, level));
const paths = [...answers[0].keys()];

if (options.record) {
  const rows = paths.map((path) => [path, ...answers.map((a) => a.get(path))].join('\t'));
  writeFileSync(digestsPath, `path\tplain\t-O\t-OO\n${rows.join('\n')}\n`);
  console.log(`recorded ${paths.length} files`);
  process.exit(0);
}

const rows = readFileSync(digestsPath, 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((row) => row.split('\t'))
  .filter(([path]) => !parts.length || parts.some((part) => path.includes(part)));
let allIdentical = rows.length > 0;
for (const [level, options] of levels.entries()) {
  const name = options.join('') || 'plain';
  let identical = 0;
  for (const [path, ...expected] of rows) {
    const got = answers[level].get(path) ?? 'nothing';
    if (got === expected[level]) identical++;
    else console.log(`${path} ${name}: expected ${expected[level]}, got ${got}`);
  }
  console.log(`${name}: ${identical} of ${rows.length} files identical`);
  if (identical !== rows.length) allIdentical = false;
}
process.exit(allIdentical ? 0 : 1);
