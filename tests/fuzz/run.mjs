// SPDX-License-Identifier: MIT
// Fuzzing: programs that throw random input at the interpreter, from a seed, for a time.
//
//   node tests/fuzz/run.mjs [--target asan] [--seed 1] [--seconds 30] [--rounds 1] [NAME]...
// Round r runs each program NAME.py (all of them, or those named) with seed + r. It fails when the interpreter
// dies, a sanitizer complains, or one case takes longer than half a minute; then what was known of the case (the
// end of its log) and of the death is printed and kept in build/fuzz/NAME-SEED.txt.
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../../ci/util.mjs';
import { environment, missing, targets } from '../lib/targets.mjs';

const folder = join(root, 'tests/fuzz');
const STALE = 30000;

export const fuzzers = () =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.py') && name !== 'fuzzlib.py')
    .map((name) => name.slice(0, -3));

/** Ends with {fine, text}: text is the death and the last cases. */
export function fuzz(name, target, seed, seconds) {
  const home = mkdtempSync(join(tmpdir(), 'krait-fuzz-'));
  const log = join(home, 'case');
  const { command, env } = targets[target];
  const asan = `detect_leaks=0:allocator_may_return_null=1:max_allocation_size_mb=300:handle_abort=1:log_path=${home}/death`;
  return new Promise((done) => {
    const program = [...command.slice(1), '-B', join(folder, `${name}.py`), seed, seconds];
    // The sanitizer refuses what is too large by itself; elsewhere the address space is bounded.
    const line = /^(native|ticks)$/.test(target)
      ? ['sh', '-c', 'ulimit -v 1000000; exec "$@"', 'sh', command[0], ...program]
      : [command[0], ...program];
    const child = spawn(line[0], line.slice(1).map(String), {
      cwd: home,
      env: environment(home, {
        ...env,
        ASAN_OPTIONS: asan,
        UBSAN_OPTIONS: `print_stacktrace=1:log_path=${home}/death`,
      }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    let stuck = false;
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => (said = (said + chunk.toString('latin1')).slice(-30000)));
    const watch = setInterval(() => {
      const last = statSync(log, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
      if (Date.now() - last < STALE) return;
      stuck = true;
      child.kill('SIGABRT');
      setTimeout(() => child.kill('SIGKILL'), 20000).unref();
      clearInterval(watch);
    }, 2000);
    child.on('close', (status, signal) => {
      clearInterval(watch);
      let last = '';
      for (const file of readdirSync(home).filter((file) => file.startsWith('death')))
        said += readFileSync(join(home, file), 'latin1');
      try {
        last = readFileSync(log, 'latin1').slice(-20000);
      } catch {
        // It did not come so far.
      }
      rmSync(home, { recursive: true, force: true });
      const fine = status === 0 && !stuck && !/ERROR: .*Sanitizer|runtime error:/.test(said);
      const how = stuck ? 'hangs' : signal ? `killed by ${signal}` : `status ${status}`;
      done({ fine, how, said, last });
    });
  });
}

async function main(args) {
  const options = { target: 'asan', seed: 1, seconds: 30, rounds: 1 };
  const names = [];
  for (let i = 0; i < args.length; i++) {
    if (args[i].startsWith('--')) options[args[i].slice(2)] = args[++i];
    else names.push(args[i]);
  }
  const problem = missing(options.target);
  if (problem) throw new Error(problem);
  let failed = 0;
  for (let round = 0; round < Number(options.rounds); round++) {
    for (const name of names.length ? names : fuzzers()) {
      const seed = Number(options.seed) + round;
      const { fine, how, said, last } = await fuzz(name, options.target, seed, options.seconds);
      console.log(`${fine ? 'fine' : 'FAILED'} ${name} ${seed}: ${fine ? said.trim() : how}`);
      if (fine) continue;
      failed++;
      mkdirSync(join(root, 'build/fuzz'), { recursive: true });
      const path = join(root, 'build/fuzz', `${name}-${seed}.txt`);
      writeFileSync(path, `${said}\n==== the cases before\n${last}`, 'latin1');
      const interesting = said
        .split('\n')
        .filter((line) => /ERROR|SUMMARY|runtime error|^ {4}#[0-7] |Error/.test(line));
      console.log(interesting.slice(0, 16).join('\n'));
      console.log(last.trim().split('\n').slice(-3).join('\n').slice(-1500));
    }
  }
  return failed;
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url))
  process.exitCode = (await main(process.argv.slice(2))) ? 1 : 0;
