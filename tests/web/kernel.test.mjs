// SPDX-License-Identifier: MIT
// The kernel's classes alone: trees, open files, pipes, signals.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { copyBytes } from '../../wasm-glue/kernel/copy.js';
import { ERRNO, O, S, SIGNAL } from '../../wasm-glue/kernel/errno.js';
import { makeDevices } from '../../wasm-glue/kernel/devices.js';
import { PENDING } from '../../wasm-glue/kernel/files.js';
import { HostTree } from '../../wasm-glue/kernel/host-tree.js';
import { Kernel, ProgramExit } from '../../wasm-glue/kernel/kernel.js';
import { MemoryTree } from '../../wasm-glue/kernel/memory-tree.js';
import { mountPack } from '../../wasm-glue/kernel/pack.js';
import { byteString, fromBytes, normalize, textOf, toBytes } from '../../wasm-glue/kernel/paths.js';
import { releaseProcess } from '../../wasm-glue/kernel/release.js';
import { PROCESSES, SESSION_SLOT, SharedState } from '../../wasm-glue/kernel/shared.js';
import { Signals } from '../../wasm-glue/kernel/signals.js';
import { Terminal } from '../../wasm-glue/kernel/terminal.js';
import { Rooms, leaveRoom } from '../../wasm-glue/workers/rooms.js';

function memoryKernel() {
  const signals = new Signals();
  const tree = new MemoryTree();
  tree.makeFolders('/tmp');
  makeDevices(tree);
  return new Kernel({ root: tree, signals, cwd: '/tmp' });
}

function hostKernel() {
  const signals = new Signals();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'krait-'));
  const kernel = new Kernel({
    root: new HostTree(signals),
    signals,
    cwd: folder,
    uid: process.getuid(),
    gid: process.getgid(),
    umask: process.umask(),
  });
  return Object.assign(kernel, {
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  });
}

function put(kernel, name, text, flags = O.WRONLY | O.CREAT | O.TRUNC) {
  const fd = kernel.open(name, flags, 0o666);
  assert.ok(fd >= 0, `open ${name}: ${fd}`);
  assert.equal(kernel.write(fd, toBytes(text)), text.length);
  assert.equal(kernel.close(fd), 0);
}

function get(kernel, name) {
  const fd = kernel.open(name, O.RDONLY, 0);
  if (fd < 0) return fd;
  const bytes = new Uint8Array(10000);
  const count = kernel.read(fd, bytes);
  kernel.close(fd);
  return fromBytes(bytes.subarray(0, count));
}

/** What must hold of files in memory and of the host's alike. */
function filesBehave(make) {
  const k = make();
  try {
    const error = (name) => -ERRNO[name];
    put(k, 'a', 'one');
    assert.equal(get(k, 'a'), 'one');
    put(k, 'a', 'two', O.WRONLY | O.APPEND);
    assert.equal(get(k, 'a'), 'onetwo');
    assert.equal(k.open('a', O.WRONLY | O.CREAT | O.EXCL, 0o666), error('EEXIST'));
    assert.equal(k.open('missing', O.RDONLY, 0), error('ENOENT'));
    assert.equal(k.open('a/b', O.WRONLY | O.CREAT, 0o666), error('ENOTDIR'));
    assert.equal(k.open('', O.RDONLY, 0), error('ENOENT'));
    assert.equal(k.open('.', O.WRONLY, 0), error('EISDIR'));

    let fd = k.open('a', O.RDWR, 0);
    assert.equal(k.lseek(fd, 10, 0), 10);
    assert.equal(k.write(fd, toBytes('x')), 1);
    assert.equal(k.fstat(fd).size.toString(), '11');
    assert.equal(k.lseek(fd, -1, 2), 10);
    assert.equal(k.lseek(fd, -100, 1), error('EINVAL'));
    const copy = k.dup(fd);
    assert.equal(k.lseek(copy, 2, 0), 2);
    const two = new Uint8Array(2);
    assert.equal(k.read(fd, two), 2);
    assert.equal(fromBytes(two), 'et');
    assert.equal(k.ftruncate(fd, 3), 0);
    assert.equal(k.unlink('a'), 0);
    assert.equal(k.lseek(fd, 0, 0), 0);
    assert.equal(k.read(copy, new Uint8Array(9)), 3);
    assert.equal(k.fstat(fd).nlink, 0);
    assert.equal(k.close(fd), 0);
    assert.equal(k.close(fd), error('EBADF'));
    assert.equal(k.close(copy), 0);

    assert.equal(k.mkdir('d', 0o777), 0);
    assert.equal(k.mkdir('d', 0o777), error('EEXIST'));
    assert.equal(k.stat('d', true).mode, S.IFDIR | 0o755);
    put(k, 'd/f', 'file');
    assert.equal(k.stat('d/f', true).mode, S.IFREG | 0o644);
    assert.equal(k.rmdir('d'), error('ENOTEMPTY'));
    assert.equal(k.unlink('d'), error('EISDIR'));
    assert.equal(k.rmdir('d/f'), error('ENOTDIR'));
    assert.equal(k.rename('d', 'd/inside'), error('EINVAL'));
    assert.equal(k.link('d/f', 'hard'), 0);
    assert.equal(k.stat('hard', true).nlink, 2);
    assert.equal(k.symlink('d/f', 'soft'), 0);
    assert.equal(k.readlink('soft'), 'd/f');
    assert.equal(k.readlink('hard'), error('EINVAL'));
    assert.equal(get(k, 'soft'), 'file');
    assert.equal(k.stat('soft', false).mode & S.IFMT, S.IFLNK);
    assert.equal(k.symlink('loop', 'loop'), 0);
    assert.equal(k.open('loop', O.RDONLY, 0), error('ELOOP'));
    assert.equal(k.symlink('nowhere', 'dangling'), 0);
    assert.equal(k.stat('dangling', true), error('ENOENT'));
    put(k, 'dangling', 'made');
    assert.equal(get(k, 'nowhere'), 'made');
    assert.equal(k.rename('d/f', 'g'), 0);
    assert.equal(get(k, 'g'), 'file');
    assert.deepEqual(k.listdir('.').sort(), [
      'd',
      'dangling',
      'g',
      'hard',
      'loop',
      'nowhere',
      'soft',
    ]);
    assert.equal(k.listdir('g'), error('ENOTDIR'));
    assert.equal(k.utime('g', 1000000000n, 1500000000n), 0);
    assert.equal(k.stat('g', true).mtime, 1500000000n);
    assert.equal(k.chmod('g', 0o600), 0);
    assert.equal(k.stat('g', true).mode, S.IFREG | 0o600);
    assert.equal(k.access('g', 4), 0);
    assert.equal(k.access('zz', 4), error('ENOENT'));

    const before = k.cwd;
    assert.equal(k.chdir('d'), 0);
    assert.equal(k.cwd, `${before}/d`);
    assert.equal(get(k, '../g'), 'file');
    assert.equal(k.chdir('../g'), error('ENOTDIR'));
    assert.equal(k.chdir('..'), 0);
    const old = k.umask(0);
    fd = k.open('open', O.WRONLY | O.CREAT, 0o666);
    assert.equal(k.fstat(fd).mode & 0o777, 0o666);
    k.close(fd);
    assert.equal(k.umask(old), 0);
    const odd = byteString('\u00e9\u4e2d') + '\xff';
    put(k, odd, 'any bytes');
    assert.ok(k.listdir('.').includes(odd));
    assert.equal(get(k, odd), 'any bytes');
    assert.equal(k.files.count, 0);
  } finally {
    k.remove?.();
  }
}

test('files in memory', () => filesBehave(memoryKernel));
test(
  'files of the host',
  { skip: process.platform !== 'linux' && 'the errors expected are Linux’s' },
  () => filesBehave(hostKernel),
);

test('permissions in memory', () => {
  const k = memoryKernel();
  put(k, 'secret', 'x');
  k.chmod('secret', 0o200);
  assert.equal(k.open('secret', O.RDONLY, 0), -ERRNO.EACCES);
  k.mkdir('closed', 0o000);
  assert.equal(k.open('closed/f', O.WRONLY | O.CREAT, 0o666), -ERRNO.EACCES);
  assert.equal(k.chown('secret', 0, 0, true), -ERRNO.EPERM);
  assert.equal(k.unlink('secret'), 0);
});

test('devices', () => {
  const k = memoryKernel();
  const nothing = k.open('/dev/null', O.RDWR, 0);
  assert.equal(k.write(nothing, toBytes('gone')), 4);
  assert.equal(k.read(nothing, new Uint8Array(4)), 0);
  const random = k.open('/dev/urandom', O.RDONLY, 0);
  const bytes = new Uint8Array(100000);
  assert.equal(k.read(random, bytes), bytes.length);
  assert.ok(new Set(bytes.subarray(70000)).size > 200);
  const full = k.open('/dev/full', O.WRONLY, 0);
  assert.equal(k.write(full, toBytes('x')), -ERRNO.ENOSPC);
});

test('pipes', () => {
  const k = memoryKernel();
  const [reader, writer] = k.pipe();
  assert.equal(k.write(writer, toBytes('through')), 7);
  const bytes = new Uint8Array(20);
  assert.equal(k.read(reader, bytes), 7);
  assert.equal(fromBytes(bytes.subarray(0, 7)), 'through');
  assert.equal(k.read(reader, bytes), PENDING);
  assert.equal(k.write(reader, bytes), -ERRNO.EBADF);
  assert.equal(k.lseek(reader, 0, 0), -ERRNO.ESPIPE);
  const want = new Uint8Array(writer + 1);
  const ready = new Uint8Array(writer + 1);
  want[reader] = 1;
  want[writer] = 2;
  assert.equal(k.poll(want, ready), 1);
  assert.deepEqual([ready[reader], ready[writer]], [0, 2]);
  assert.equal(k.write(writer, new Uint8Array(70000)), 65536);
  k.close(writer);
  while (k.read(reader, new Uint8Array(30000)) > 0);
  assert.equal(k.read(reader, bytes), 0);
  const other = k.pipe();
  k.close(other[0]);
  assert.equal(k.signalDisposition(SIGNAL.SIGPIPE, 0), 0);
  assert.throws(() => k.write(other[1], bytes), ProgramExit);
  k.ended = null;
  assert.equal(k.signalDisposition(SIGNAL.SIGPIPE, 1), 0);
  assert.equal(k.write(other[1], bytes), -ERRNO.EPIPE);
  assert.equal(k.fcntl(other[1], 4, O.NONBLOCK), 0);
  assert.equal(k.fcntl(other[1], 3, 0), O.WRONLY | O.NONBLOCK);
});

test('bytes stay in order through a pipe, wherever they lie', () => {
  const k = memoryKernel();
  const [reader, writer] = k.pipe();
  const sent = new Uint8Array(100000).map((_, i) => (i * 7 + (i >> 8)) & 0xff);
  const got = new Uint8Array(sent.length + 8);
  // Parts of all sizes, from and to places of every alignment, over the end of the pipe's ring.
  for (let shift = 0; shift < 8; shift++) {
    const from = new Uint8Array(sent.length + shift);
    from.set(sent, shift);
    const to = got.subarray(7 - shift, 7 - shift + sent.length);
    to.fill(0);
    for (let written = 0, read = 0, part = 1; read < sent.length; part = (part * 3) % 32003) {
      if (written < sent.length) {
        const rest = from.subarray(shift + written, shift + written + part);
        written += Math.max(k.write(writer, rest), 0);
      }
      read += Math.max(k.read(reader, to.subarray(read, read + part + 100)), 0);
    }
    assert.deepEqual(to, sent);
  }
});

test('a copy between memories that lie unlike', () => {
  const source = new Uint8Array(150000).map((_, i) => i % 251);
  for (const [from, to, length] of [
    [0, 4, 64],
    [1, 4, 65],
    [4, 4, 70000],
    [3, 6, 140000],
  ])
    for (const shared of [false, true]) {
      const bytes = source.slice(from, from + length);
      const make = (size, is) => new Uint8Array(is ? new SharedArrayBuffer(size) : size);
      const one = make(150000, shared);
      one.set(source);
      const other = make(length + 20, !shared);
      copyBytes(other, to, one, from, length);
      assert.deepEqual(other.slice(to, to + length), new Uint8Array(bytes));
      assert.deepEqual([...other.slice(0, to), ...other.slice(to + length)], Array(20).fill(0));
    }
});

test('descriptors', () => {
  const k = memoryKernel();
  const first = k.open('/dev/null', O.RDONLY, 0);
  assert.equal(k.dup2(first, 9), 9);
  assert.equal(k.dup(first), first + 1);
  assert.equal(k.fcntl(first, 0, 9), 10);
  assert.equal(k.dup2(first, 5000), -ERRNO.EBADF);
  assert.equal(k.dup2(77, 3), -ERRNO.EBADF);
  let last = 0;
  for (let i = 0; i < 2000 && last >= 0; i++) last = k.dup(first);
  assert.equal(last, -ERRNO.EMFILE);
  k.files.closeAll();
  assert.equal(k.files.count, 0);
});

test('a pack is read-only and lazy', () => {
  const index = Buffer.from(
    JSON.stringify({
      entries: [
        ['os.py', 0, 5, 1587330819],
        ['json/x.py', 5, 3, 1],
      ],
    }),
  );
  const header = Buffer.alloc(10);
  header.write('KRPK1\n', 'latin1');
  header.writeUInt32LE(index.length, 6);
  const whole = new Uint8Array(Buffer.concat([header, index, Buffer.from('bytesabc')]));
  const fetched = [];
  const k = memoryKernel();
  mountPack(k.root, '/krait/lib', (offset, length) => {
    fetched.push(offset);
    return whole.slice(offset, offset + length);
  });
  assert.equal(fetched.length, 2);
  assert.equal(k.stat('/krait/lib/os.py', true).mtime, 1587330819000000000n);
  assert.equal(fetched.length, 2);
  assert.equal(get(k, '/krait/lib/json/x.py'), 'abc');
  assert.equal(fetched.length, 3);
  assert.deepEqual(k.listdir('/krait/lib'), ['os.py', 'json']);
  assert.equal(k.open('/krait/lib/new', O.WRONLY | O.CREAT, 0o666), -ERRNO.EROFS);
  assert.equal(k.open('/krait/lib/os.py', O.WRONLY, 0), -ERRNO.EROFS);
  assert.equal(k.unlink('/krait/lib/os.py'), -ERRNO.EROFS);
  assert.throws(() => mountPack(k.root, '/x', () => new Uint8Array(10)), /not a Krait pack/);
});

test('mounts are found by name', () => {
  const k = memoryKernel();
  const other = new MemoryTree();
  other.makeFile(other.makeFolders('/lib'), 'f', toBytes('in the mount'));
  k.mounts.push(['/krait', other]);
  assert.equal(get(k, '/krait/lib/f'), 'in the mount');
  assert.equal(get(k, '/tmp/../krait/./lib/f'), 'in the mount');
  assert.equal(k.chdir('/krait/lib'), 0);
  assert.equal(k.cwd, '/krait/lib');
  assert.equal(get(k, 'f'), 'in the mount');
  assert.equal(k.chdir('../..'), 0);
  assert.equal(k.cwd, '/');
  assert.equal(k.rename('/krait/lib/f', '/tmp/f'), -ERRNO.EXDEV);
  assert.equal(k.stat('/kraits', true), -ERRNO.ENOENT);
});

test('rooms for copies of a memory are used again once they are left', () => {
  const rooms = new Rooms();
  const first = rooms.take(100000);
  assert.ok(first.byteLength > 100000);
  const second = rooms.take(100000);
  assert.notEqual(second, first);
  leaveRoom(first);
  assert.equal(rooms.take(90000), first);
  leaveRoom(first);
  leaveRoom(second);
  const larger = rooms.take(1 << 20);
  assert.ok(larger !== first && larger !== second);
  const [one, other] = [rooms.take(10), rooms.take(10)];
  assert.equal(new Set([first, one, other, larger]).size, 4); // no more than two are kept
  leaveRoom(new ArrayBuffer(8)); // what is no room is left alone
  const huge = rooms.take((1 << 26) + 1);
  leaveRoom(huge);
  assert.notEqual(rooms.take((1 << 26) + 1), huge);
});

test('signals and timers', () => {
  const shared = new Signals(new Int32Array(new SharedArrayBuffer(64)));
  shared.raise(2);
  shared.raise(40);
  shared.raise(32);
  assert.deepEqual([shared.take(), shared.take(), shared.take(), shared.take()], [2, 32, 40, 0]);
  const start = performance.now();
  assert.equal(shared.wait(30), 0);
  assert.ok(performance.now() - start > 25);
  shared.setTimer(0, 20, 0);
  // What the wait was for may have come together with the signal: it is looked for first.
  const untilNothingElse = () => {
    for (let i = 0; i < 3; i++) assert.equal(shared.wait(5000), 0);
  };
  assert.throws(untilNothingElse, { code: ERRNO.EINTR });
  assert.equal(shared.take(), 14);
  const k = memoryKernel();
  assert.equal(k.wait(k.events(), 0.01), PENDING);
  k.signals.raise(2);
  assert.equal(k.wait(k.events(), 0.01), -ERRNO.EINTR);
  assert.throws(() => k.kill(k.pid, 15), ProgramExit);
  assert.equal(k.signalDisposition(15, 2), 0);
  assert.equal(k.kill(k.pid, 15), 0);
  k.signals.take();
  assert.equal(k.signals.take(), 15);
  assert.equal(k.signalDisposition(9, 2), -ERRNO.EINVAL);
});

test('a terminal asks for lines and keeps the rest', () => {
  const lines = ['first line\n', PENDING, 'x\n', null];
  const written = [];
  const terminal = new Terminal({
    requestLine: () => {
      const line = lines.shift();
      return typeof line === 'string' ? toBytes(line) : line;
    },
    write: (stream, bytes) => written.push([stream, fromBytes(bytes)]),
  });
  const k = memoryKernel();
  k.files.add(terminal.open(O.RDWR));
  k.files.add(terminal.open(O.RDWR));
  const bytes = new Uint8Array(6);
  assert.equal(k.read(0, bytes), 6);
  assert.equal(k.read(0, bytes), 5);
  assert.equal(fromBytes(bytes.subarray(0, 5)), 'line\n');
  assert.equal(k.readline('? ', bytes), PENDING);
  assert.equal(k.readline('? ', bytes), 2);
  assert.equal(k.readline('! ', bytes), 0);
  assert.deepEqual(written, [
    ['stdout', '? '],
    ['stdout', '! '],
  ]);
  assert.equal(k.isatty(0), 1);
  assert.deepEqual(k.terminalSize(1), [80, 24]);
});

test('paths', () => {
  assert.equal(normalize('/a/./b//../c/'), '/a/c');
  assert.equal(normalize('/../..'), '/');
  assert.equal(
    textOf(byteString('gr\u00fcn \u4e2d \ud83d\ude00')),
    'gr\u00fcn \u4e2d \ud83d\ude00',
  );
});

// ---- what processes share ----

/** Two processes of one kernel: [first, second], not forked from one another. */
function twoProcesses() {
  const shared = new SharedState();
  const make = (parent) => {
    const slot = shared.newProcess({ parent });
    return new Kernel({ root: new MemoryTree(), shared, slot });
  };
  shared.setFirstPid(2);
  const first = make(0);
  return [first, make(first.pid)];
}

test('semaphores count, end at their limits, and are gone with the last process', () => {
  const [first, second] = twoProcesses();
  const { shared } = first;
  const free = () => shared.words[1]; // the heap's top
  const record = first.objects.newSemaphore(1);
  assert.equal(first.objects.wait(record, 0), 0);
  assert.equal(first.objects.wait(record, 0), -ERRNO.EAGAIN);
  assert.equal(first.objects.wait(record, 0.001), -ERRNO.EAGAIN);
  assert.equal(first.objects.post(record, 1), 0);
  assert.equal(first.objects.post(record, 1), -ERRNO.EOVERFLOW);
  assert.equal(first.objects.value(record), 1);
  assert.equal(first.objects.newSemaphore(-1), -ERRNO.EINVAL);
  // The second has it as a forked process would; it is killed.
  first.processes.holdFor(second.slot, { files: { files: [], slots: [] }, objects: [record] });
  second.objects.held.add(record);
  assert.equal(second.objects.wait(record, 0), 0);
  releaseProcess(shared, second.slot);
  assert.deepEqual(shared.heldBy(second.slot), []);
  assert.equal(first.objects.value(record), 0);
  first.objects.close(record);
  assert.deepEqual(shared.heldBy(first.slot), []);
  const top = free();
  for (let i = 0; i < 100; i++) first.objects.close(first.objects.newSegment(5000));
  assert.ok(free() - top <= 8192 + 64, 'segments are used again');
});

test('segments are one memory for all', () => {
  const [first, second] = twoProcesses();
  const record = first.objects.newSegment(100);
  second.objects.held.add(record);
  const bytes = new Uint8Array(100);
  for (const [at, size] of [
    [0, 4],
    [1, 4],
    [8, 8],
    [20, 80],
  ]) {
    first.objects.write(record, at, bytes.subarray(0, size).fill(200 + size));
    const there = new Uint8Array(size);
    second.objects.read(record, at, there);
    assert.deepEqual(there, bytes.slice(0, size));
  }
  for (const size of [2 ** 28, 2 ** 31, 2 ** 32, 2 ** 53])
    assert.equal(first.objects.newSegment(size), -ERRNO.ENOMEM);
});

test('a lock passes on from a process whose slot has another since', () => {
  const [first, second] = twoProcesses();
  const { shared } = first;
  const word = shared.allocate(32, first.slot) >> 2;
  shared.lock(word, second.slot);
  shared.freeProcess(second.slot);
  assert.equal(shared.newProcess({ parent: first.pid }), second.slot);
  shared.lock(word, first.slot);
  shared.unlock(word);
});

test('the process table: EAGAIN when it is full; the slot of a session is kept, and nothing leaks', () => {
  const shared = new SharedState();
  shared.newSession();
  const slots = [];
  for (let i = 2; i < PROCESSES; i++) slots.push(shared.newProcess({ parent: 2 }));
  assert.throws(() => shared.newProcess({ parent: 2 }), { code: ERRNO.EAGAIN });
  const object = shared.allocate(100, SESSION_SLOT);
  for (let i = 0; i < 40; i++) shared.hold(slots[0], object);
  assert.equal(shared.heldBy(slots[0]).length, 40);
  for (const slot of [...slots, SESSION_SLOT]) shared.freeProcess(slot);
  shared.free(object, 100, SESSION_SLOT);
  assert.equal(shared.bytesInUse, 0);
  assert.deepEqual([...shared.slots()], [0, SESSION_SLOT]);
  assert.equal(shared.lives(SESSION_SLOT), false);
  assert.equal(shared.newProcess({ parent: 1 }), 2);
  shared.renew(SESSION_SLOT);
  assert.equal(shared.lives(SESSION_SLOT), true);
});
