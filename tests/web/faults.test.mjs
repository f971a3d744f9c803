// SPDX-License-Identifier: MIT
// Faults: processes that are killed, crash, cannot be started or fork without end, in an embedder's program
// and on the command line. After each, nothing may be left of it and the next program must run.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'node:test';
import { NodeSystem } from '../../wasm-glue/workers/system.js';
import { ERRNO } from '../../wasm-glue/kernel/errno.js';
import { PROCESS, STATE, SharedState } from '../../wasm-glue/kernel/shared.js';
import { KraitDisposedError, loadKrait } from '../../web/index.js';

const CLI = fileURLToPath(new URL('../../web/cli.mjs', import.meta.url));
const PROGRAMS = fileURLToPath(new URL('../faults/', import.meta.url));
const EMPTY = { processes: 2, bytes: 0 };

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function withKrait(work) {
  globalThis.crossOriginIsolated = true;
  const out = { stdout: '', stderr: '' };
  const krait = await loadKrait({
    stdout: (text) => (out.stdout += text),
    stderr: (text) => (out.stderr += text),
  });
  try {
    return await work(krait, out);
  } finally {
    krait.dispose();
  }
}

const usage = (krait) => krait[Symbol.for('krait.usage')]();

/** Runs the command line with leaks looked for: {status, signal, stdout, stderr}. */
function command(args, { env = {}, prefix = [], uid, milliseconds = 60000 } = {}) {
  return new Promise((resolve, reject) => {
    const [program, ...rest] = [...prefix, process.execPath, CLI, ...args];
    const child = spawn(program, rest, {
      env: { ...process.env, KRAIT_LEAKS: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      uid,
      gid: uid,
    });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'])
      child[name].on('data', (data) => (output[name] += data));
    const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
    child.on('error', reject);
    child.on('close', (status, signal) => {
      clearTimeout(timer);
      resolve({ status, signal, ...output });
    });
  });
}

/** How many threads this process has. */
const threads = () => fs.readdirSync('/proc/self/task').length;

async function until(condition, what) {
  const end = Date.now() + 30000;
  while (!condition()) {
    assert.ok(Date.now() < end, what());
    await pause(20);
  }
}

// ---- the programs of tests/faults, in an embedder's program ----

for (const file of fs.readdirSync(PROGRAMS).filter((name) => name.endsWith('.py')))
  test(`in the API: ${file}`, () =>
    withKrait(async (krait, out) => {
      await krait.files.writeFile(file, fs.readFileSync(path.join(PROGRAMS, file)));
      const result = await krait.run({ file, stdin: '', tty: false });
      const expected = fs.readFileSync(path.join(PROGRAMS, file.replace('.py', '.out')), 'utf8');
      const plain = (text) => text.replace(/at 0x[0-9a-f]+/g, 'at ADDRESS');
      assert.deepEqual([plain(out.stdout), result.status], [plain(expected), 0], out.stderr);
      assert.deepEqual(usage(krait), EMPTY);
    }));

// ---- forking without end ----

/** A limit that keeps these short: without one it is the size of the table, which the command line's is about. */
const MOST = 20;

const FULL = `import errno, os, resource, signal, sys, time
if os.getuid(): resource.setrlimit(resource.RLIMIT_NPROC, (MOST, MOST))
pids = []
try:
    while 1:
        pid = os.fork()
        if not pid:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            time.sleep(1000)
            os._exit(0)
        pids.append(pid)
except OSError, e:
    print errno.errorcode[e.errno], e, len(pids) > 8
import subprocess
try: subprocess.call(['python', '-c', '1'])
except OSError, e: print errno.errorcode[e.errno]
os.kill(pids[0], 9)
print os.waitpid(pids.pop(0), 0)[1]
sys.stdout.flush()
print subprocess.call([__import__('sys').executable, '-c', 'print "there is room for one"'])
for pid in pids: os.kill(pid, 15)
print set(os.waitpid(pid, 0)[1] for pid in pids)
`.replaceAll('MOST', MOST);
const FULL_SAYS = `EAGAIN [Errno 11] Resource temporarily unavailable True
EAGAIN
9
there is room for one
0
set([15])
`;
/** Each process forks as often as it can, for ever. */
const BOMB = `import os, resource
resource.setrlimit(resource.RLIMIT_NPROC, (MOST, MOST))
while 1:
    try: os.fork()
    except OSError: pass
`.replaceAll('MOST', MOST);

test('the table of processes is full: EAGAIN, and all goes on', () =>
  withKrait(async (krait, out) => {
    assert.deepEqual(await krait.run(FULL), { status: 0 }, out.stderr);
    assert.equal(out.stdout, FULL_SAYS);
    assert.deepEqual(usage(krait), EMPTY);
  }));

test('the whole table, on the command line', async () => {
  const run = await command(['-c', FULL.replace('if os.getuid()', 'if 0')], {
    milliseconds: 200000,
  });
  assert.deepEqual(run, { status: 0, signal: null, stdout: FULL_SAYS, stderr: '' });
});

test('a fork bomb is bounded, can be stopped, and leaves nothing', () =>
  withKrait(async (krait, out) => {
    const ends = krait.run(BOMB);
    await until(
      () => usage(krait).processes > MOST,
      () => `only ${usage(krait).processes} processes`,
    );
    for (let i = 0; i < 50; i++) {
      await pause(20);
      // Some may just be taking a place, to find that there is none.
      assert.ok(usage(krait).processes <= 2 * MOST);
    }
    let over = false;
    ends.finally(() => (over = true));
    await until(
      () => {
        krait.interrupt();
        return over;
      },
      () => `still ${usage(krait).processes} processes`,
    );
    await ends;
    assert.deepEqual(usage(krait), EMPTY);
    out.stdout = '';
    assert.deepEqual(await krait.run('import os; print os.getpid()'), { status: 0 });
    assert.equal(out.stdout, '2\n');
  }));

test('dispose() in the middle of a fork bomb ends every thread', async () => {
  const before = threads();
  await withKrait(async (krait) => {
    const ends = krait.run(BOMB);
    await until(
      () => usage(krait).processes > MOST / 2,
      () => 'no bomb',
    );
    krait.dispose();
    await assert.rejects(ends, KraitDisposedError);
    await assert.rejects(krait.run('1'), KraitDisposedError);
  });
  await until(
    () => threads() <= before + 4,
    () => `${threads()} threads, ${before} before`,
  );
});

test('dispose() while children hold locks, full pipes and sleep', async () => {
  const before = threads();
  await withKrait(async (krait, out) => {
    const ends = krait.run(`import multiprocessing, os, time
lock = multiprocessing.Lock()
r, w = os.pipe()
def spin():
    while 1: pass
def fill():
    while 1: os.write(w, 'x' * 10000)
for f in lock.acquire, lock.acquire, fill, spin, raw_input, lambda: time.sleep(1000):
    if not os.fork():
        f()
print 'all'
time.sleep(1000)`);
    await until(
      () => out.stdout === 'all\n',
      () => out.stderr,
    );
    await pause(100);
    krait.dispose();
    await assert.rejects(ends, KraitDisposedError);
  });
  await until(
    () => threads() <= before + 4,
    () => `${threads()} threads, ${before} before`,
  );
});

// ---- Workers that fail ----

/** A system over Workers that run `code`, and its first process, which is only a slot. */
function systemOf(code, options = {}) {
  const shared = new SharedState();
  shared.newProcess({ pid: 1, parent: 0 });
  shared.setFirstPid(100);
  const parent = shared.newProcess({ parent: 1 });
  shared.set(parent, PROCESS.STATE, STATE.RUNNING);
  const ends = [];
  const system = new NodeSystem({
    shared,
    script: new URL(`data:text/javascript,${encodeURIComponent(code)}`),
    workerData: { replyBytes: 64 },
    stackMb: 1,
    receive: () => {},
    ended: (slot, ended) => ends.push([slot, ended]),
    ...options,
  });
  system.compile = () => null;
  /** Starts a child that is described as one that forked is; the slot. */
  const start = () => {
    const slot = shared.newProcess({ parent: shared.get(parent, PROCESS.PID) });
    const record = shared.allocate(32, parent);
    shared.words[record >> 2] = 1;
    shared.hold(slot, record);
    system.handle({}, { type: 'start', slot, memory: new ArrayBuffer(8) });
    return slot;
  };
  return { shared, parent, system, ends, start };
}

/** What a crashed process's end is like for its parent. */
async function crashes(code, signal) {
  const { shared, parent, ends, start } = systemOf(code);
  const write = fs.writeSync;
  fs.writeSync = () => 0;
  try {
    const slots = [start(), start()];
    assert.deepEqual(
      slots.map((slot) => shared.get(slot, PROCESS.START)),
      [1, 1],
    );
    await until(
      () => ends.length === 2,
      () => `${ends.length} ended`,
    );
    for (const slot of slots) {
      assert.equal(shared.get(slot, PROCESS.STATE), STATE.ENDED);
      assert.equal(shared.get(slot, PROCESS.STATUS), signal);
      assert.deepEqual(shared.heldBy(slot), []);
      shared.freeProcess(slot);
    }
    assert.ok(shared.lives(parent));
    assert.equal(shared.bytesInUse, 0);
  } finally {
    fs.writeSync = write;
  }
}

test('a Worker that throws at its start: the child has ended by SIGABRT', () =>
  crashes('throw new Error("no")', 6));

test('a Worker that exits', () => crashes('process.exit(3)', 6));

test('a Worker that dies of a trap', () =>
  crashes(
    `import { parentPort } from 'node:worker_threads';
    parentPort.on('message', () => {
      const bytes = [0,97,115,109,1,0,0,0, 1,4,1,96,0,0, 3,2,1,0, 7,5,1,1,102,0,0, 10,5,1,3,0,0,11];
      new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(bytes))).exports.f();
    });`,
    6,
  ));

test('a thread that cannot be made: the fork is told EAGAIN, nothing is left', () => {
  const { shared, parent, system, ends } = systemOf('');
  system.makeWorker = () => {
    throw Object.assign(new Error('no thread'), { code: 'ERR_WORKER_INIT_FAILED' });
  };
  const slot = shared.newProcess({ parent: shared.get(parent, PROCESS.PID) });
  system.handle({}, { type: 'start', slot, memory: new ArrayBuffer(8) });
  assert.equal(shared.awaitStart(slot), -ERRNO.EAGAIN);
  assert.equal(shared.get(slot, PROCESS.STATE), STATE.MAKING, 'its parent gives it back');
  assert.deepEqual(ends, []);
  assert.equal(system.count, 0);
});

// Another user's limit binds, root's own does not.
const limits = process.getuid?.() === 0 && fs.existsSync('/bin/bash');
test(
  'a limit of threads: OSError for fork and subprocess, threads of the VM go on',
  { skip: !limits && 'only root can become the other user, by bash' },
  async () => {
    const code = `import errno, os, subprocess, sys, threading, time
pids = []
try:
    for i in range(60):
        pid = os.fork()
        if not pid:
            time.sleep(1000)
        pids.append(pid)
except OSError, e:
    print errno.errorcode[e.errno]
try: subprocess.Popen([sys.executable, '-c', '1']); print 'started'
except OSError, e: print errno.errorcode[e.errno]
t = threading.Thread(target=sys.stdout.write, args=('thread\\n',))
t.start()
t.join()
for pid in pids: os.kill(pid, 9)
print set(os.waitpid(pid, 0)[1] for pid in pids)
`;
    const run = await command(['-c', code], {
      prefix: ['/bin/bash', '-c', 'ulimit -u 40; exec "$@"', 'bash'],
      uid: 61234,
      env: { HOME: '/tmp' },
    });
    assert.equal(run.stdout, 'EAGAIN\nEAGAIN\nthread\nset([9])\n', run.stderr);
    assert.equal(run.status, 0);
  },
);

test('death by SIGPIPE is the status of the command', async () => {
  const code = `import os, signal
signal.signal(signal.SIGPIPE, signal.SIG_DFL)
r, w = os.pipe()
os.close(r)
os.write(w, 'x')
print 'not reached'`;
  const run = await command(['-c', code]);
  assert.deepEqual([run.status, run.signal, run.stdout], [null, 'SIGPIPE', '']);
  await withKrait(async (krait) => {
    assert.deepEqual(await krait.run(code), { status: 141, signal: 13 });
    assert.deepEqual(usage(krait), EMPTY);
  });
});
