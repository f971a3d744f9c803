// SPDX-License-Identifier: MIT
// How each target is started: the command line that stands for `python2.7` there.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { root } from '../../ci/util.mjs';

const node = process.execPath;
const native = join(root, 'build/native/krait');
const cli = join(root, 'web/cli.mjs');
const wasi = join(root, 'tests/lib/wasi.mjs');

const asan = {
  command: [join(root, 'build/native-asan/krait')],
  needs: join(root, 'build/native-asan/krait'),
  env: {
    ASAN_OPTIONS: 'detect_leaks=0:allocator_may_return_null=1',
    UBSAN_OPTIONS: 'print_stacktrace=1',
  },
  slow: 10,
};

export const targets = {
  native: { command: [native], needs: native },
  // The native build leaving and re-entering the loop at every tick: same output, empty host stack.
  ticks: { command: [native], needs: native, env: { KRAIT_BUDGET: '1' } },
  asan,
  // The same, collecting garbage at every container's allocation; looking for leaks at the
  // end; and leaving the loop at every tick.
  'asan-gc': { ...asan, env: { ...asan.env, KRAIT_GC_STRESS: '100' }, slow: 100 },
  'asan-leaks': {
    ...asan,
    env: { ...asan.env, ASAN_OPTIONS: asan.env.ASAN_OPTIONS.replace('leaks=0', 'leaks=1') },
  },
  'asan-ticks': { ...asan, env: { ...asan.env, KRAIT_BUDGET: '1' } },
  node: {
    command: [node, cli],
    needs: join(root, 'build/emscripten/krait.wasm'),
    // A program that leaves processes or objects behind in the kernel has failed.
    env: { KRAIT_LEAKS: '1' },
  },
  wasi: {
    command: [node, '--no-warnings', wasi],
    needs: join(root, 'build/wasi/krait.wasm'),
  },
};

// The reference itself, to prove the corpus (KRAIT_REFERENCE=/path/to/python2.7).
if (process.env.KRAIT_REFERENCE)
  targets.reference = {
    command: [process.env.KRAIT_REFERENCE],
    needs: process.env.KRAIT_REFERENCE,
  };

export function missing(name) {
  const target = targets[name];
  if (!target) return `no target ${name}: there are ${Object.keys(targets).join(', ')}`;
  return existsSync(target.needs) ? null : `${name}: ${target.needs} is not built`;
}

/** The environment that every tested program gets: nothing of the machine's own. */
export function environment(home, extra = {}) {
  return {
    PATH: process.env.PATH,
    HOME: home,
    TMPDIR: home,
    PWD: home,
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
    ...extra,
  };
}

/** Runs a command; answers {status, signal, stdout, stderr, timedOut}, the outputs as Buffers. */
export function execute(command, { cwd, env, input = '', timeout = 60000 }) {
  return new Promise((done) => {
    const child = spawn(command[0], command.slice(1), { cwd, env, stdio: 'pipe', detached: true });
    const parts = { stdout: [], stderr: [] };
    let size = 0;
    let timedOut = false;
    const kill = () => {
      try {
        process.kill(-child.pid, 'SIGKILL'); // the group: a program may have started others
      } catch {
        // Already gone.
      }
    };
    const timer = setTimeout(() => {
      timedOut = true;
      kill();
    }, timeout);
    for (const name of ['stdout', 'stderr']) {
      child[name].on('data', (chunk) => {
        size += chunk.length;
        if (size < 1 << 27) parts[name].push(chunk);
        else kill();
      });
    }
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    const finish = (status, signal) => {
      clearTimeout(timer);
      const [stdout, stderr] = [Buffer.concat(parts.stdout), Buffer.concat(parts.stderr)];
      done({ status, signal, stdout, stderr, timedOut });
    };
    child.on('error', (error) => {
      parts.stderr.push(Buffer.from(String(error)));
      finish(-1, null);
    });
    child.on('close', finish);
  });
}
