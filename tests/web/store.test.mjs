// SPDX-License-Identifier: MIT
// What makes a folder last (kernel/store.js, workers/storage.js), over files that can fail, and archives.
import assert from 'node:assert/strict';
import test from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { ERRNO, O } from '../../wasm-glue/kernel/errno.js';
import { Kernel } from '../../wasm-glue/kernel/kernel.js';
import { MemoryTree } from '../../wasm-glue/kernel/memory-tree.js';
import { fromBytes, toBytes } from '../../wasm-glue/kernel/paths.js';
import { Store } from '../../wasm-glue/kernel/store.js';
import { FileLog } from '../../wasm-glue/workers/storage.js';
import { readZip } from '../../wasm-glue/workers/zip.js';

/** A file in memory that behaves as a FileSystemSyncAccessHandle does, with room for so many bytes. */
class Handle {
  constructor(bytes = new Uint8Array(0)) {
    this.bytes = bytes;
    this.room = Infinity;
    this.lost = false;
  }

  getSize() {
    return this.bytes.length;
  }

  read(into, { at }) {
    const part = this.bytes.subarray(at, at + into.length);
    into.set(part);
    return part.length;
  }

  write(data, { at }) {
    if (this.lost) throw Object.assign(new Error('lost'), { name: 'InvalidStateError' });
    const from = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const count = Math.max(0, Math.min(from.length, this.room - at));
    if (at + count > this.bytes.length) {
      const grown = new Uint8Array(at + count);
      grown.set(this.bytes);
      this.bytes = grown;
    }
    this.bytes.set(from.subarray(0, count), at);
    return count;
  }

  truncate(size) {
    if (this.lost) throw Object.assign(new Error('lost'), { name: 'InvalidStateError' });
    const cut = new Uint8Array(size);
    cut.set(this.bytes.subarray(0, size));
    this.bytes = cut;
  }

  flush() {}
}

function open(handles) {
  const tree = new MemoryTree();
  const log = new FileLog(handles);
  const store = new Store(log);
  store.restore(tree, tree.makeFolders('/home'), log.load());
  return Object.assign(new Kernel({ root: tree, cwd: '/home' }), { store, log });
}

function write(kernel, name, text, flags = O.WRONLY | O.CREAT | O.TRUNC) {
  const fd = kernel.open(name, flags, 0o666);
  if (fd < 0) return fd;
  try {
    return kernel.write(fd, toBytes(text));
  } finally {
    kernel.close(fd);
  }
}

function read(kernel, name) {
  const fd = kernel.open(name, O.RDONLY, 0);
  if (fd < 0) return fd;
  const bytes = new Uint8Array(Number(kernel.fstat(fd).size));
  kernel.read(fd, bytes);
  kernel.close(fd);
  return fromBytes(bytes);
}

/** Names, kinds, modes, link counts and contents of everything. */
function picture(kernel, path = '/home') {
  return kernel
    .listdir(path)
    .sort()
    .map((name) => {
      const at = `${path}/${name}`;
      const { mode, nlink, mtime } = kernel.stat(at, false);
      const kind = mode >> 12;
      if (kind === 4) return [name, mode, nlink, picture(kernel, at)];
      if (kind === 10) return [name, kernel.readlink(at)];
      return [name, mode, nlink, mtime, read(kernel, at)];
    });
}

const again = (handles) => open(handles.map(({ bytes }) => new Handle(bytes.slice())));

function change(kernel) {
  write(kernel, 'a', 'first');
  write(kernel, 'a', 'second');
  write(kernel, 'a', '+more', O.WRONLY | O.APPEND);
  kernel.mkdir('d', 0o700);
  kernel.mkdir('d/e', 0o755);
  kernel.link('a', 'd/hard');
  kernel.symlink('d/hard', 'soft');
  write(kernel, 'moved', 'x');
  write(kernel, 'd/target', 'y');
  kernel.rename('moved', 'd/target');
  kernel.rename('d/e', 'f');
  write(kernel, 'gone', 'z');
  kernel.unlink('gone');
  kernel.mkdir('empty', 0o755);
  kernel.rmdir('empty');
  kernel.chmod('a', 0o600);
  kernel.utime('a', 1000000000n, 2000000000n);
  const fd = kernel.open('a', O.RDWR, 0);
  kernel.ftruncate(fd, 9);
  kernel.ftruncate(fd, 12);
  kernel.close(fd);
  kernel.utime('a', 1000000000n, 2000000000n);
}

test('all changes are there again, also after the log was rewritten', () => {
  const handles = [new Handle(), new Handle()];
  const kernel = open(handles);
  change(kernel);
  const before = picture(kernel);
  assert.equal(read(kernel, 'a'), 'second+mo\0\0\0');
  assert.deepEqual(picture(again(handles)), before);
  kernel.store.compact();
  assert.deepEqual(picture(again(handles)), before);
  assert.equal(handles.filter(({ bytes }) => bytes.length > 0).length, 1);
  write(kernel, 'after', 'the rewriting');
  assert.deepEqual(picture(again(handles)), picture(kernel));
});

test('a log that is cut anywhere gives an earlier state, and can be written on', () => {
  const handles = [new Handle(), new Handle()];
  const kernel = open(handles);
  write(kernel, 'early', 'kept');
  const least = handles[0].bytes.length;
  change(kernel);
  const { bytes } = handles[0];
  for (let end = least; end < bytes.length; end += 7) {
    const cut = [new Handle(bytes.slice(0, end)), new Handle()];
    const torn = open(cut);
    assert.equal(read(torn, 'early'), 'kept');
    write(torn, 'late', 'too');
    assert.deepEqual(picture(again(cut)), picture(torn));
  }
  const broken = bytes.slice();
  broken[least + 20] ^= 1;
  assert.equal(read(open([new Handle(broken), new Handle()]), 'early'), 'kept');
});

test('a rewriting that is cut anywhere leaves the old log', () => {
  const handles = [new Handle(), new Handle()];
  const kernel = open(handles);
  change(kernel);
  const before = picture(kernel);
  const old = handles[0].bytes.slice();
  kernel.store.compact();
  const { bytes } = handles[1];
  for (let end = 16; end < bytes.length; end += 11) {
    // The header is written last.
    const half = bytes.slice(0, end);
    half.fill(0, 0, 16);
    assert.deepEqual(picture(open([new Handle(old.slice()), new Handle(half)])), before);
  }
  assert.deepEqual(picture(open([new Handle(old), new Handle(bytes)])), before);
});

test('no room is ENOSPC, a lost store EIO, and what was refused has not happened', () => {
  const handles = [new Handle(), new Handle()];
  const kernel = open(handles);
  write(kernel, 'a', 'kept');
  handles[0].room = handles[0].bytes.length + 300;
  const fd = kernel.open('a', O.WRONLY | O.APPEND, 0);
  assert.equal(kernel.write(fd, new Uint8Array(1000)), -ERRNO.ENOSPC);
  assert.equal(read(kernel, 'a'), 'kept');
  assert.equal(kernel.write(fd, toBytes('!')), 1);
  assert.equal(read(again(handles), 'a'), 'kept!');
  handles[0].lost = true;
  assert.equal(kernel.write(fd, toBytes('?')), -ERRNO.EIO);
  assert.equal(kernel.mkdir('d', 0o755), -ERRNO.EIO);
  assert.equal(kernel.unlink('a'), -ERRNO.EIO);
  assert.deepEqual(kernel.listdir('/home'), ['a']);
  assert.equal(read(kernel, 'a'), 'kept!');
});

test('a file that is written again and again does not fill the log', () => {
  const handles = [new Handle(), new Handle()];
  const kernel = open(handles);
  const text = 'x'.repeat(1 << 20);
  for (let i = 0; i < 30; i++) write(kernel, 'a', text);
  assert.ok(handles[0].bytes.length + handles[1].bytes.length < 9 << 20);
  assert.equal(read(again(handles), 'a').length, 1 << 20);
});

test('what is written while the log is being rewritten is there again, whatever it is', () => {
  const handles = [new Handle(), new Handle()];
  const kernel = open(handles);
  const filler = 'x'.repeat(700000);
  let rewritten = 0;
  const rewrite = kernel.log.rewrite.bind(kernel.log);
  kernel.log.rewrite = (records) => {
    rewritten++;
    rewrite(records);
  };
  write(kernel, 'appended', '');
  for (let i = 0; i < 60; i++) {
    // Each change in its turn is the one at which the log is too long.
    const changes = [
      () => write(kernel, 'filler', filler),
      () => write(kernel, `new${i}`, `text ${i}`),
      () => write(kernel, 'appended', `line ${i}\n`, O.WRONLY | O.APPEND),
      () => kernel.rename(`new${i}`, `d${i}`),
      () => kernel.link('filler', `link${i}`),
      () => kernel.unlink(`link${i}`),
      () => kernel.chmod(`d${i}`, 0o600 + (i & 7)),
    ];
    for (const change of changes) {
      const before = rewritten;
      change();
      if (rewritten > before) assert.deepEqual(picture(again(handles)), picture(kernel));
    }
    write(kernel, 'pad', 'y'.repeat(1000 * (i % 7)));
  }
  assert.ok(rewritten > 4, `${rewritten} times`);
  assert.deepEqual(picture(again(handles)), picture(kernel));
});

test('a rewriting that fails harms nothing, and a full storage is emptied of what is not needed', () => {
  const handles = [new Handle(), new Handle()];
  const kernel = open(handles);
  const text = 'x'.repeat(1 << 20);
  handles[1].room = 100;
  for (let i = 0; i < 12; i++) assert.equal(write(kernel, 'a', text), 1 << 20);
  assert.equal(handles[1].bytes.length, 0, 'nothing is left of it');
  assert.equal(write(kernel, 'b', 'after'), 5);
  assert.deepEqual(picture(again(handles)), picture(kernel));
  // Now the one is full, and the other has room for what is needed.
  handles[1].room = Infinity;
  handles[0].room = handles[0].bytes.length + 100;
  assert.equal(write(kernel, 'c', text), 1 << 20);
  assert.equal(handles[0].bytes.length, 0);
  assert.deepEqual(picture(again(handles)), picture(kernel));
  // One whose header was written, but which cannot be emptied: then nothing is kept, and that is told.
  handles[0].room = Infinity;
  handles[0].flush = () => {
    handles[0].lost = handles[0].bytes[0] !== 0;
    if (handles[0].lost) throw Object.assign(new Error('lost'), { name: 'InvalidStateError' });
  };
  assert.throws(() => kernel.store.compact());
  assert.equal(write(kernel, 'd', 'x'), -ERRNO.EIO);
});

test('of a long write that finds no room for all, what was written is told and kept', () => {
  const handles = [new Handle(), new Handle()];
  const kernel = open(handles);
  handles[0].room = handles[1].room = (2 << 20) + 4000;
  const fd = kernel.open('a', O.WRONLY | O.CREAT, 0o666);
  assert.equal(kernel.write(fd, new Uint8Array(5 << 20)), 2 << 20);
  assert.equal(kernel.write(fd, new Uint8Array(5 << 20)), -ERRNO.ENOSPC);
  assert.equal(kernel.fstat(fd).size, 2 << 20);
  assert.deepEqual(picture(again(handles)), picture(kernel));
});

test('folders that last and others are two file systems', () => {
  const kernel = open([new Handle(), new Handle()]);
  kernel.root.makeFolders('/tmp');
  write(kernel, '/tmp/a', 'x');
  assert.equal(kernel.rename('/tmp/a', '/home/a'), -ERRNO.EXDEV);
  assert.equal(kernel.link('/tmp/a', '/home/a'), -ERRNO.EXDEV);
});

// ---- archives ----

function zip(members) {
  const parts = [];
  const central = [];
  let at = 0;
  for (const { name, text, method, size = text.length } of members) {
    const body = method === 8 ? deflateRawSync(text) : Buffer.from(text);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt16LE((2020 - 1980) * 512 + 2 * 32 + 3, 14);
    entry.writeUInt32LE(body.length, 20);
    entry.writeUInt32LE(size, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(at, 42);
    central.push(entry, Buffer.from(name));
    parts.push(head, Buffer.from(name), body);
    at += head.length + name.length + body.length;
  }
  const index = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(index.length, 12);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...parts, index, end]));
}

test('archives: stored and deflated members, folders; damage is told', async () => {
  const text = 'spam '.repeat(10000);
  const good = zip([
    { name: 'd/', text: '', method: 0 },
    { name: 'd/a', text: 'plain', method: 0 },
    { name: 'b', text, method: 8 },
  ]);
  const members = await readZip(good);
  assert.deepEqual(
    members.map(({ name, bytes }) => [name, bytes && Buffer.from(bytes).toString()]),
    [
      ['d', null],
      ['d/a', 'plain'],
      ['b', text],
    ],
  );
  assert.equal(members[2].modified, Date.UTC(2020, 1, 3));
  for (const [members, message] of [
    [[{ name: '../x', text: '', method: 0 }], /outside/],
    [[{ name: 'x', text: 'x', method: 12 }], /method 12/],
    [[{ name: 'x', text, method: 8, size: 10 }], /larger than it says/],
    [[{ name: 'x', text, method: 8, size: 90000 }], /cut off/],
  ])
    await assert.rejects(readZip(zip(members)), message);
  await assert.rejects(readZip(new Uint8Array(100)), /not an archive/);
  for (let end = 1; end < good.length; end += 3)
    await assert.rejects(readZip(good.slice(end)), Error);
});
