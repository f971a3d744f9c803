// SPDX-License-Identifier: MIT
// Times the yardstick programs of this folder: npm run bench -- [--repeat N] [--native] [WORD]...
// (`npm run bench -- kernel` times threads and processes instead: kernel.mjs.)
// Each program runs in turn under native CPython 2.7 (KRAIT_REFERENCE, or python2.7 on PATH, where there
// is one), and Krait under Node; with --native also Krait's native build. The figure is the median of the
// program's own time, start-up not counted; start-up is timed by itself, against bare Node. A ratio is
// CPython's time over Krait's: 1 is as fast as native CPython, 0.5 half as fast.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { which } from '../../ci/util.mjs';
import { environment, execute, missing, targets } from '../lib/targets.mjs';
import { benchKernel } from './kernel.mjs';

const folder = dirname(fileURLToPath(import.meta.url));

function findReference() {
  const candidates = [process.env.KRAIT_REFERENCE, which('python2.7')];
  const versions = join(homedir(), '.pyenv/versions');
  if (existsSync(versions))
    for (const name of readdirSync(versions).filter((entry) => entry.startsWith('2.7')))
      candidates.push(join(versions, name, 'bin/python2.7'));
  // A name on PATH may be a shim that starts nothing: it must run.
  const runs = (path) =>
    spawnSync(path, ['-c', 'import sys; assert sys.version < "3"']).status === 0;
  return candidates.find((path) => path && existsSync(path) && runs(path)) ?? null;
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const mean = (values) => Math.exp(values.reduce((sum, v) => sum + Math.log(v), 0) / values.length);

async function timed(command, program) {
  const answer = await execute([...command, join(folder, 'timed.py'), join(folder, program)], {
    cwd: folder,
    env: environment('/tmp'),
    timeout: 300000,
  });
  const text = answer.stderr.toString();
  if (answer.stdout.toString() !== 'ok\n') throw new Error(text.trim().slice(-300) || 'no answer');
  return Number(text.trim().split('\n').at(-1));
}

async function startUp(command) {
  const started = process.hrtime.bigint();
  await execute(command, { cwd: folder, env: environment('/tmp'), timeout: 60000 });
  return Number(process.hrtime.bigint() - started) / 1e9;
}

const args = process.argv.slice(2);
const at = args.indexOf('--repeat');
const repeat = at < 0 ? 5 : Number(args.splice(at, 2)[1]);
const withNative = args.includes('--native');
const words = args.filter((arg) => arg !== '--native');
const problem = missing('node');
if (problem) {
  console.error(`bench: ${problem}; run \`npm run build\` first`);
  process.exit(2);
}
const reference = findReference();
if (words[0] === 'kernel')
  process.exit((await benchKernel(words.slice(1), repeat, reference)) ? 0 : 1);
const runners = [
  ...(reference ? [['cpython', [reference]]] : []),
  ['krait', targets.node.command],
  ...(withNative ? [['krait native', targets.native.command]] : []),
];
if (!reference) console.log('no native python2.7 here: times only, no ratios');

console.log(`Node ${process.version}, medians of ${repeat}, seconds`);
console.log(
  ['program'.padEnd(14), ...runners.map(([name]) => name.padStart(12)), '  ratio'].join(' '),
);
const ratios = [];
let failed = false;
const programs = readdirSync(folder).filter((name) => name.endsWith('.py') && name !== 'timed.py');
for (const program of programs) {
  const name = program.slice(0, -3);
  if (words.length && !words.some((word) => name.includes(word))) continue;
  const times = runners.map(() => []);
  try {
    for (let i = 0; i < repeat; i++)
      for (const [j, [, command]] of runners.entries())
        times[j].push(await timed(command, program));
  } catch (error) {
    console.log(`${name.padEnd(14)} FAILED: ${error.message}`);
    failed = true;
    continue;
  }
  const medians = times.map(median);
  const cells = medians.map((value) => value.toFixed(3).padStart(12));
  const ratio = reference ? medians[0] / medians[1] : null;
  if (ratio) ratios.push(ratio);
  console.log([name.padEnd(14), ...cells, ratio ? ratio.toFixed(2).padStart(7) : ''].join(' '));
}
if (ratios.length)
  console.log(
    `geometric mean ${mean(ratios).toFixed(2)}, least ${Math.min(...ratios).toFixed(2)} times native`,
  );

const starts = [
  ['node', [process.execPath, '-e', 'console.log(1)']],
  ...runners.map(([name, command]) => [name, [...command, '-c', 'print 1']]),
];
const times = starts.map(() => []);
for (let i = 0; i < repeat; i++)
  for (const [j, [, command]] of starts.entries()) times[j].push(await startUp(command));
console.log(
  `start-up (print 1): ${starts.map(([name], j) => `${name} ${median(times[j]).toFixed(3)} s`).join(', ')}`,
);
process.exitCode = failed ? 1 : 0;
