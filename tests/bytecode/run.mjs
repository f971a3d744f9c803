// SPDX-License-Identifier: MIT
// Compiles the whole library with Krait and compares every code object with what CPython 2.7.18 made of it.
//   node tests/bytecode/run.mjs [--krait COMMAND] [--lib FOLDER] [--record PYTHON] [part of a path ...]
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

let failed = 0;
let passed = 0;
for (const row of readFileSync(digestsPath, 'utf8').trim().split('\n').slice(1)) {
  const [path, ...expected] = row.split('\t');
  if (parts.length && !parts.some((part) => path.includes(part))) continue;
  expected.forEach((digest, level) => {
    const got = answers[level].get(path);
    if (got === digest) passed++;
    else {
      failed++;
      console.log(
        `${path} ${levels[level].join('') || 'plain'}: expected ${digest}, got ${got ?? 'nothing'}`,
      );
    }
  });
}
console.log(`${passed} code objects equal, ${failed} different`);
process.exit(failed || !passed ? 1 : 0);
