// SPDX-License-Identifier: MIT
// The tests: format and rules, layers, one corpus on every target, the page and API tests, and the files of
// CPython's own suite that the ledger says pass, all side by side. tests/README.md tells the rest.
//
//   node tests/run.mjs [--target NAME]... [--only corpus|checks|scripts|conformance]... [WORD]...
// WORDs choose the programs whose path contains one of them. `npm test` sets up and builds first.
// The last line is "N passed, N failed, N skipped".
import { cpus } from 'node:os';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, walk } from '../ci/util.mjs';
import { lint } from '../ci/lint.mjs';
import { checkLayers } from '../ci/check-layers.mjs';
import { checkPaths } from '../ci/check-paths.mjs';
import { judge, programs, readLedger, runProgram } from './lib/corpus.mjs';
import { Lanes } from './lib/lanes.mjs';
import { execute, missing, targets } from './lib/targets.mjs';
import { runConformance } from './conformance/run.mjs';

const TIMEOUT = 60000;
/** Files of CPython's suite that take it as many seconds or more are left to `npm run conformance`. */
const LONG = 10;
/** Everything shares the processors; two lanes more than there are, since some of it waits. */
const lanes = new Lanes(cpus().length + 2);
const total = { passed: 0, failed: 0, skipped: 0 };

const counts = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;

/** Runs a part of the tests, which tells each verdict to the function it is given, and says what came of it. */
async function part(name, run) {
  const started = Date.now();
  const count = { passed: 0, failed: 0, skipped: 0 };
  await run((verdict, what, detail = '') => {
    count[verdict]++;
    total[verdict]++;
    if (verdict !== 'passed')
      console.log(`${verdict.toUpperCase()} ${what}${detail && `: ${detail}`}`);
  });
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`== ${name}: ${counts(count)}; over after ${seconds} s`);
}

function options(args) {
  const chosen = { targets: [], only: [], words: [] };
  for (let i = 0; i < args.length; i++) {
    if (args[i] === '--target') chosen.targets.push(args[++i]);
    else if (args[i] === '--only') chosen.only.push(args[++i]);
    else chosen.words.push(args[i]);
  }
  if (!chosen.targets.length) chosen.targets = ['native', 'ticks', 'node', 'wasi'];
  if (chosen.words.length && !chosen.only.length) chosen.only = ['corpus'];
  return chosen;
}

async function checks(report) {
  const all = [
    ['format and rules', () => lint({ throws: false })],
    ['layers', checkLayers],
    ['paths in ARCHITECTURE.md', checkPaths],
  ];
  await lanes.all(all, async ([name, check]) => {
    const complaints = await check();
    report(complaints.length ? 'failed' : 'passed', name, complaints.join('\n'));
  });
}

/**
 * The small failing programs are thousands, and what they print is decided in portable code: a full run has
 * all of them on native, and elsewhere, where a start costs more, a part, another one per target.
 */
function inFullRun(target) {
  const [every, which] = { node: [24, 0], wasi: [48, 1], ticks: [12, 2], asan: [4, 3] }[target] ?? [
    1, 0,
  ];
  let n = 0;
  return (name) => !name.startsWith('errors/') || n++ % every === which;
}

async function corpus(target, words, report) {
  const problem = missing(target);
  if (problem) return report('failed', problem);
  const { command, env, slow = 1 } = targets[target];
  const ledger = readLedger(target);
  const folders = [...ledger].filter(([name]) => name.endsWith('/'));
  const all = programs();
  const names = all.filter(
    words.length ? (name) => words.some((word) => name.includes(word)) : inFullRun(target),
  );
  for (const name of ledger.keys()) {
    if (!name.endsWith('/') && !all.includes(name))
      report('failed', `ledger of ${target}: no program ${name}`);
  }
  await lanes.all(names, async (name) => {
    const label = `${target} ${name}`;
    const away = folders.find(([folder]) => name.startsWith(folder));
    if (away) return report('skipped', label, away[1]);
    const timeout = TIMEOUT * slow;
    const wrong = judge(name, await runProgram(name, command, { env, timeout }));
    if (ledger.has(name)) {
      if (wrong) report('skipped', label, ledger.get(name));
      else report('failed', label, `passes, but the ledger says: ${ledger.get(name)}`);
    } else {
      report(wrong ? 'failed' : 'passed', label, wrong ?? '');
    }
  });
}

/**
 * tests/{web,playground,…}/NAME.test.mjs: scripts that end with status 0 when all is well. One at a time: they wait
 * for browsers, terminals and clocks, and are the last to be done if they are not begun first.
 */
async function scripts(report) {
  const names = walk(join(root, 'tests'), (path) => !/^(conformance|samples)$/.test(path)).filter(
    (path) => path.endsWith('.test.mjs'),
  );
  for (const name of names) {
    const command = [process.execPath, join(root, 'tests', name)];
    const run = () =>
      lanes.run(() => execute(command, { cwd: root, env: process.env, timeout: 300000 }), {
        urgent: true,
      });
    let answer = await run();
    if (answer.status !== 0 || answer.timedOut) {
      // These drive real signals, terminals and a browser against the clock: one failure on a busy machine
      // is shown, and the second run decides.
      console.log(`AGAIN ${name}: the first run failed\n${failure(answer)}`);
      answer = await run();
    }
    const fine = answer.status === 0 && !answer.timedOut;
    const words = failure(answer);
    report(fine ? 'passed' : 'failed', name, answer.timedOut ? `timed out\n${words}` : words);
  }
}

/** What a script printed of its first failure, and its last lines. */
function failure(answer) {
  const lines = `${answer.stdout}${answer.stderr}`.trim().split('\n');
  const first = Math.max(
    0,
    lines.findIndex((line) => line.startsWith('not ok')),
  );
  return [...lines.slice(first, first + 30), '…', ...lines.slice(-5)].join('\n');
}

async function conformance(report) {
  if (!existsSync(join(root, 'tests/conformance/ledger.tsv'))) return;
  const problem = missing('node');
  if (problem) return report('failed', `conformance: ${problem}`);
  for (const first of await runConformance({
    passing: true,
    quiet: true,
    longest: true,
    under: LONG,
    lanes,
  })) {
    let result = first;
    if (!first.passed) {
      // Some of these race against the clock, as the scripts do.
      console.log(`AGAIN ${first.file}: ${first.detail}`);
      [result] = await runConformance({ files: [first.file], quiet: true });
    }
    report(result.passed ? 'passed' : 'failed', result.file, result.detail);
  }
}

const chosen = options(process.argv.slice(2));
const wants = (name) => !chosen.only.length || chosen.only.includes(name);
const parts = [];
if (wants('scripts')) parts.push(part('scripts', scripts));
if (wants('checks')) parts.push(part('format, rules, layers, paths', checks));
if (wants('corpus'))
  for (const target of chosen.targets)
    parts.push(part(`programs on ${target}`, (report) => corpus(target, chosen.words, report)));
if (wants('conformance'))
  parts.push(part("CPython's own files that pass, under Node", conformance));
await Promise.all(parts);
if (total.passed + total.failed === 0) {
  console.log('no test was chosen');
  total.failed = 1;
}
console.log(counts(total));
process.exitCode = total.failed ? 1 : 0;
