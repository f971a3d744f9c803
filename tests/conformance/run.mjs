// SPDX-License-Identifier: MIT
// Runs CPython 2.7.18's own test files against Krait and keeps the ledger.
//
//   npm run conformance -- [GROUP]... [--files a,b] [--passing] [--target node|native|wasi|asan|page]
//                          [--jobs N] [--timeout SECONDS] [--verbose] [--list] [--no-ledger]
//                          [--shortest | --longest]
// Groups and the files in them are those of reference.tsv (all that pass natively). Each file runs as
// `krait -m test.regrtest -v FILE` in a fresh folder. ledger.tsv gets one line a file: group, file,
// pass or fail, tests run, and for a failure its reason; more tests skipped than natively is one, too. It is for
// the target node only. --passing runs what the ledger says passes and fails when something does not; --list
// prints those names; --shortest and --longest begin with the files that take the reference the least or the most time. The target page is
// headless Chromium: each file runs in a page of its own, cross-origin isolated, over the public API.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../../ci/util.mjs';
import { browserPath, openBench } from '../lib/browser.mjs';
import { Lanes } from '../lib/lanes.mjs';
import { environment, execute, missing, targets } from '../lib/targets.mjs';

const folder = join(root, 'tests/conformance');
const ledgerPath = join(folder, 'ledger.tsv');
const LEDGER_HEAD = '# group\tfile\tresult\ttests_run\treason\n';

const lines = (path) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => line.split('\t'));

export function reference() {
  return lines(join(folder, 'reference.tsv')).map(([group, file, tests, skipped, seconds]) => ({
    group,
    file,
    tests: Number(tests),
    skipped: Number(skipped),
    seconds: Number(seconds),
  }));
}

function ledger() {
  if (!existsSync(ledgerPath)) return new Map();
  return new Map(
    lines(ledgerPath).map(([group, file, result, tests, reason = '']) => [
      file,
      { group, file, result, tests: Number(tests), reason },
    ]),
  );
}

function writeLedger(entries) {
  const order = reference().map(({ file }) => file);
  const text = order
    .filter((file) => entries.has(file))
    .map((file) => {
      const { group, result, tests, reason } = entries.get(file);
      return [group, file, result, tests, reason].join('\t').trimEnd();
    });
  writeFileSync(ledgerPath, LEDGER_HEAD + text.join('\n') + '\n');
}

/** Why a file failed, in a few words: the first named failure, or the last thing said. */
function reasonOf(answer, text) {
  if (answer.timedOut) return 'timed out';
  const named = [...text.matchAll(/^(?:ERROR|FAIL): (.*)$/gm)].map((m) => m[1].split(' ')[0]);
  if (named.length) {
    const names = [...new Set(named)];
    return `${names.length} failing: ${names.slice(0, 6).join(' ')}`;
  }
  const said = text
    .trim()
    .split('\n')
    .filter((line) => !/^(\d+ test|1 test|test_|$)/.test(line));
  const errors = said.filter((line) =>
    /^(test \w+ (crashed|failed)|\w*Error|Runtime|Fatal)/.test(line),
  );
  return (errors.at(-1) ?? said.at(-1) ?? `status ${answer.status}`).trim().slice(0, 160);
}

/** How many tests were skipped, and their names: those that Linux skips too, for what they are, come last. */
function skippedIn(text) {
  let count = 0;
  for (const [, n] of text.matchAll(/^(?:OK|FAILED) \(.*?skipped=(\d+)/gm)) count += Number(n);
  const elsewhere = /windows|win32|mac ?os|os ?x|darwin|solaris|irix|cygwin|jython/i;
  const names = [[], []];
  // The name stands at the start of the line, or of the one before the test's description.
  for (const [, name, why] of text.matchAll(/^(\w+) \([\w.]+\)(?:\n.*)? \.\.\. skipped (.*)$/gm))
    names[elsewhere.test(why) ? 1 : 0].push(name);
  return { count, names: names.flat() };
}

/** The interpreter's arguments for a file. */
function argumentsOf({ file }) {
  const network = file === 'test_socketserver' ? ['-u', 'network'] : [];
  return ['-m', 'test.regrtest', '-v', ...network, file];
}

/** Runs a file by a command: its answer, as `execute` gives it. */
async function byCommand(target, entry, timeout) {
  const home = mkdtempSync(join(tmpdir(), 'krait-conf-'));
  const { command, env, slow = 1 } = targets[target];
  try {
    return await execute([...command, ...argumentsOf(entry)], {
      cwd: home,
      env: environment(home, env),
      timeout: timeout * 1000 * slow,
    });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** The same in a page. */
function inPage(bench, entry, timeout) {
  return bench.run(
    { argv: argumentsOf(entry), stdin: '', tty: false, env: { TZ: 'UTC', LC_ALL: 'C.UTF-8' } },
    { timeout: timeout * 1000, testPack: true },
  );
}

/** What an answer says of a file. */
function judge(entry, answer) {
  const text = `${answer.stdout.toString('latin1')}\n${answer.stderr.toString('latin1')}`;
  const ok = answer.status === 0 && !answer.timedOut && /^1 test OK\.$/m.test(text);
  const skips = skippedIn(text);
  const passed = ok && skips.count <= entry.skipped;
  let tests = 0;
  for (const [, n] of text.matchAll(/^Ran (\d+) tests? in /gm)) tests += Number(n);
  const failing = new Set([...text.matchAll(/^(?:ERROR|FAIL): (.*)$/gm)].map((m) => m[1])).size;
  let reason = '';
  if (!ok) reason = reasonOf(answer, text);
  else if (!passed)
    reason = `${skips.count} skipped, ${entry.skipped} natively: ${skips.names.slice(0, 12).join(' ')}`;
  // What is skipped here and not natively is no test passed.
  const good = Math.max(0, tests - failing - Math.max(0, skips.count - entry.skipped));
  return { ...entry, ran: tests, good, passed, reason, text };
}

/**
 * Runs files and answers [{file, passed, detail, …}]; see the head of this file for the options. `lanes`, in place of
 * `jobs`, are shared with other work.
 */
export async function runConformance(options) {
  const target = options.target ?? 'node';
  const known = ledger();
  const chosen = reference().filter(
    ({ group, file, seconds }) =>
      (!options.groups?.length || options.groups.includes(group)) &&
      (!options.files?.length || options.files.includes(file)) &&
      (!options.passing || known.get(file)?.result === 'pass') &&
      (!options.under || seconds < options.under),
  );
  if (options.shortest) chosen.sort((a, b) => a.seconds - b.seconds);
  if (options.longest) chosen.sort((a, b) => b.seconds - a.seconds);
  const results = [];
  const bench = target === 'page' ? await openBench() : null;
  const run = bench ? inPage.bind(null, bench) : byCommand.bind(null, target);
  const lanes = options.lanes ?? new Lanes(options.jobs ?? cpus().length);
  const all = lanes.all(chosen, async (entry) => {
    const started = Date.now();
    const result = judge(entry, await run(entry, options.timeout ?? 300));
    result.took = (Date.now() - started) / 1000;
    results.push({ ...result, detail: result.reason });
    if (!options.quiet) {
      const verdict = result.passed ? 'pass' : 'FAIL';
      console.log(
        `${verdict} ${entry.file} ${result.ran}/${entry.tests} tests, ${result.took.toFixed(1)} s` +
          (result.reason && `: ${result.reason}`),
      );
      if (options.verbose && !result.passed) console.log(result.text);
    }
    if (options.ledger) {
      const line = { group: entry.group, file: entry.file, tests: result.ran };
      known.set(entry.file, {
        ...line,
        result: result.passed ? 'pass' : 'fail',
        reason: result.reason.replace(/[\t\n]/g, ' '),
      });
      writeLedger(known);
    }
  });
  try {
    await all;
  } finally {
    await bench?.close();
  }
  return results;
}

function cannotRun(target) {
  if (target !== 'page') return missing(target);
  return missing('node') ?? (browserPath() ? null : 'page: there is no browser');
}

function parse(args) {
  const options = { groups: [], ledger: true };
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (arg === '--files') options.files = args[++i].split(',');
    else if (arg === '--passing') options.passing = true;
    else if (arg === '--target') options.target = args[++i];
    else if (arg === '--jobs') options.jobs = Number(args[++i]);
    else if (arg === '--timeout') options.timeout = Number(args[++i]);
    else if (arg === '--verbose') options.verbose = true;
    else if (arg === '--shortest') options.shortest = true;
    else if (arg === '--longest') options.longest = true;
    else if (arg === '--no-ledger') options.ledger = false;
    else if (arg === '--list') {
      if (args[i + 1] === 'passing') i++;
      options.list = true;
    } else options.groups.push(arg);
  }
  if ((options.target ?? 'node') !== 'node' || options.passing) options.ledger = false;
  return options;
}

async function command(args) {
  const options = parse(args);
  if (options.list) {
    for (const { file, result } of ledger().values()) if (result === 'pass') console.log(file);
    return 0;
  }
  const groups = new Set(reference().map(({ group }) => group));
  const wrong = options.groups.find((group) => !groups.has(group));
  const problem = wrong
    ? `no group ${wrong}: ${[...groups].join(', ')}`
    : cannotRun(options.target ?? 'node');
  if (problem) {
    console.error(`conformance: ${problem}`);
    return 2;
  }
  const results = await runConformance(options);
  for (const group of groups) {
    const of = results.filter((result) => result.group === group);
    if (!of.length) continue;
    const files = of.filter(({ passed }) => passed).length;
    const sum = (key) => of.reduce((total, result) => total + result[key], 0);
    console.log(
      `${group}: ${files} of ${of.length} files, ${sum('good')} of ${sum('tests')} tests passed`,
    );
  }
  return results.every(({ passed }) => passed) ? 0 : 1;
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url))
  process.exitCode = await command(process.argv.slice(2));
