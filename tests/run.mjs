// SPDX-License-Identifier: MIT
// The tests: format and rules, layers, then one corpus on every target, then the page and API tests,
// then the files of CPython's own suite that the ledger says pass. tests/README.md tells the rest.
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
import { execute, inParallel, missing, targets } from './lib/targets.mjs';
import { runConformance } from './conformance/run.mjs';

const TIMEOUT = 60000;
/** Programs at a time: one more than there are processors, since some of them wait. */
const LANES = cpus().length + 1;
const count = { passed: 0, failed: 0, skipped: 0 };

function report(verdict, what, detail = '') {
  count[verdict]++;
  if (verdict !== 'passed')
    console.log(`${verdict.toUpperCase()} ${what}${detail && `: ${detail}`}`);
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

async function checks() {
  console.log('== format, rules, layers, paths');
  const all = [
    ['format and rules', () => lint({ throws: false })],
    ['layers', checkLayers],
    ['paths in ARCHITECTURE.md', checkPaths],
  ];
  for (const [name, check] of all) {
    const complaints = await check();
    report(complaints.length ? 'failed' : 'passed', name, complaints.join('\n'));
  }
}

/**
 * The small failing programs are thousands, and what they print is decided in portable code: a full run has
 * all of them on native, and elsewhere, where a start costs more, a part, another one per target.
 */
function inFullRun(target) {
  const [every, which] = { node: [12, 0], wasi: [24, 1], ticks: [12, 2], asan: [4, 3] }[target] ?? [
    1, 0,
  ];
  let n = 0;
  return (name) => !name.startsWith('errors/') || n++ % every === which;
}

async function corpus(target, words) {
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
  console.log(`== ${names.length} programs on ${target}`);
  const started = Date.now();
  await inParallel(names, LANES, async (name) => {
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
  console.log(`   ${((Date.now() - started) / 1000).toFixed(0)} s`);
}

/** tests/{web,playground,glue,…}/NAME.test.mjs: scripts that end with status 0 when all is well. */
async function scripts() {
  const names = walk(join(root, 'tests'), (path) => !/^(conformance|samples)$/.test(path)).filter(
    (path) => path.endsWith('.test.mjs'),
  );
  if (names.length) console.log(`== ${names.length} scripts`);
  for (const name of names) {
    const command = [process.execPath, join(root, 'tests', name)];
    const run = () => execute(command, { cwd: root, env: process.env, timeout: 300000 });
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

async function conformance() {
  if (!existsSync(join(root, 'tests/conformance/ledger.tsv'))) return;
  const problem = missing('node');
  if (problem) return report('failed', `conformance: ${problem}`);
  console.log("== files of CPython's own suite that pass, under Node");
  const options = { passing: true, quiet: true, longest: true, jobs: LANES };
  for (const first of await runConformance(options)) {
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
const wants = (part) => !chosen.only.length || chosen.only.includes(part);
if (wants('checks')) await checks();
if (wants('corpus')) for (const target of chosen.targets) await corpus(target, chosen.words);
// The scripts wait for browsers, terminals and clocks: the conformance files have the processors meanwhile.
await Promise.all([wants('scripts') && scripts(), wants('conformance') && conformance()]);
if (count.passed + count.failed === 0) report('failed', 'no test was chosen');
console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
process.exitCode = count.failed ? 1 : 0;
