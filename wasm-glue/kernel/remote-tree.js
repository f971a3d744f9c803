// SPDX-License-Identifier: MIT
// A tree of files that another context has: the process's side (RemoteTree, RemoteFile) and the side that has
// it (TreeServer). Invariants: an open file has one position, in its record in shared memory, and only the
// server moves it by reading and writing, so that processes that share it never read the same bytes; the
// server has an open file until the last process with it has let go.
import { O, fail } from './errno.js';
import { KIND, OpenFile } from './files.js';

const TIMES = ['atime', 'mtime', 'ctime'];

/** A stat object as JSON can hold it, and back. */
const packStat = (st) => ({
  ...st,
  dev: Number(st.dev),
  ino: Number(st.ino),
  size: Number(st.size),
  ...Object.fromEntries(TIMES.map((name) => [name, String(st[name])])),
});
const unpackStat = (st) => {
  for (const name of TIMES) st[name] = BigInt(st[name]);
  return st;
};

/** The methods of a tree that take and give plain values. */
const METHODS = [
  'list',
  'access',
  'unlink',
  'rmdir',
  'mkdir',
  'rename',
  'link',
  'symlink',
  'readlink',
  'chmod',
  'chown',
  'utime',
  'folderPath',
];

export class RemoteFile extends OpenFile {
  constructor(caller, flags, handle) {
    super(flags);
    this.caller = caller;
    this.handle = handle;
  }

  /** Calls the server's method about this file; a position that no other process shares goes along. */
  ask(method, ...args) {
    return this.caller.call(method, [this.handle, this.record, ...args]);
  }

  read(bytes) {
    if (bytes.length === 0) return 0;
    const answer = this.ask('file_read', bytes.length);
    bytes.set(answer.bytes);
    return answer.bytes.length;
  }

  write(bytes) {
    if (bytes.length === 0) return 0;
    return this.ask('file_write', bytes.slice()).value;
  }

  seek(offset, whence) {
    if (whence === 2) return this.ask('file_seek', offset, whence).value;
    const target = (whence === 0 ? 0 : whence === 1 ? this.position : NaN) + offset;
    if (!(target >= 0) || !Number.isSafeInteger(target)) fail('EINVAL');
    this.position = target;
    return target;
  }

  truncate(size) {
    this.ask('file_truncate', size);
  }

  sync() {
    this.ask('file_sync');
  }

  stat() {
    return unpackStat(this.ask('file_stat').value);
  }

  remains() {
    return [KIND.REMOTE, this.handle];
  }

  describe() {
    return { kind: 'remote', handle: this.handle };
  }

  close() {
    this.caller.post({ type: 'close', handle: this.handle });
  }
}

export class RemoteTree {
  /** @param {Caller} caller */
  constructor(caller) {
    this.caller = caller;
  }

  open(path, flags, mode) {
    return new RemoteFile(this.caller, flags, this.caller.call('open', [path, flags, mode]).value);
  }

  stat(path, follow) {
    return unpackStat(this.caller.call('stat', [path, follow]).value);
  }
}

for (const method of METHODS) {
  RemoteTree.prototype[method] = function call(...args) {
    return this.caller.call(method, args).value ?? undefined;
  };
}

export class TreeServer {
  /**
   * @param {object} tree
   * @param {SharedState} shared where the records of open files are
   */
  constructor(tree, shared) {
    this.tree = tree;
    this.keeper = { shared };
    this.files = new Map();
    this.handles = new Map();
    this.next = 1;
  }

  /** The number under which processes ask about an open file. */
  handleOf(file) {
    let handle = this.handles.get(file);
    if (handle === undefined) {
      handle = this.next++;
      this.handles.set(file, handle);
      this.files.set(handle, file);
    }
    return handle;
  }

  /** An open file that was sent away in the context that has the tree, and has come back to it. */
  take(handle) {
    return this.files.get(handle) ?? fail('EBADF');
  }

  /** Nobody has it open any more. */
  close(handle) {
    const file = this.files.get(handle);
    if (!file) return;
    this.files.delete(handle);
    this.handles.delete(file);
    file.record = 0;
    file.close();
  }

  closeAll() {
    for (const handle of [...this.files.keys()]) this.close(handle);
  }

  /** Does what a RemoteTree or RemoteFile asks: {value, bytes}. */
  perform(method, args) {
    if (method.startsWith('file_')) {
      const [handle, record, ...rest] = args;
      const file = this.files.get(handle) ?? fail('EBADF');
      file.keeper = this.keeper;
      file.record = record;
      return this[method](file, ...rest);
    }
    switch (method) {
      case 'open': {
        const file = this.tree.open(...args);
        file.server = this;
        return { value: this.handleOf(file) };
      }
      case 'stat':
        return { value: packStat(this.tree.stat(...args)) };
      default:
        if (!METHODS.includes(method)) fail('ENOSYS');
        return { value: this.tree[method](...args) };
    }
  }

  file_read(file, length) {
    // A size that a program names is not memory to be had: no more than there is to read.
    const { size } = file.stat();
    const most = Number(size) > 0 ? Math.max(Number(size) - file.position, 0) : 1 << 16;
    const bytes = new Uint8Array(Math.min(length, most));
    return { bytes: bytes.subarray(0, file.read(bytes)) };
  }

  file_write(file, bytes) {
    if ((file.flags & O.ACCMODE) === O.RDONLY) fail('EBADF');
    return { value: file.write(bytes) };
  }

  file_seek(file, offset, whence) {
    return { value: file.seek(offset, whence) };
  }

  file_truncate(file, size) {
    file.truncate(size);
    return {};
  }

  file_sync(file) {
    file.sync();
    return {};
  }

  file_stat(file) {
    return { value: packStat(file.stat()) };
  }
}
