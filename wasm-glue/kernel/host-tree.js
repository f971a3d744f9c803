// SPDX-License-Identifier: MIT
// The host's files under Node, as a tree of the kernel. Invariants: every call is the host's own system
// call with the host's own answer; a file's position is counted here, because Node cannot seek, except for
// streams and for inherited descriptors, whose position stays the host's until the program seeks.
import fs from 'node:fs';
import { Errno, ERRNO, O, S, fail } from './errno.js';
import { KIND, OpenFile, PENDING } from './files.js';
import { byteString, fromBytes, textOf } from './paths.js';

const BIG = Object.freeze({ bigint: true, throwIfNoEntry: false });
// How long to sleep between two looks at an input that has nothing yet.
const FIRST_PAUSE_MS = 1;
const LONGEST_PAUSE_MS = 16;

/** Runs a call of node:fs; its error becomes the kernel's. */
function call(operation) {
  try {
    return operation();
  } catch (error) {
    throw kernelError(error);
  }
}

function kernelError(error) {
  if (error instanceof Errno || typeof error?.code !== 'string') return error;
  if (error.code in ERRNO) return new Errno(error.code);
  if (error.code === 'ENOTSUP') return new Errno('EOPNOTSUPP');
  return new Errno('EINVAL');
}

const ASCII = /^[\x01-\x7f]*$/;

/** A byte string as node:fs takes it. */
function hostPath(path) {
  if (ASCII.test(path)) return path;
  if (path.includes('\0')) fail('EINVAL');
  return Buffer.from(path, 'latin1');
}

const LINUX = process.platform === 'linux';
const FLAG_NAMES = [
  'CREAT',
  'EXCL',
  'NOCTTY',
  'TRUNC',
  'APPEND',
  'NONBLOCK',
  'SYNC',
  'DIRECTORY',
  'NOFOLLOW',
];

function hostFlags(flags) {
  if (LINUX) return flags;
  let mapped = flags & O.ACCMODE;
  for (const name of FLAG_NAMES) if (flags & O[name]) mapped |= fs.constants[`O_${name}`] ?? 0;
  return mapped;
}

function statOf(st) {
  return {
    dev: st.dev,
    ino: st.ino,
    mode: Number(st.mode),
    nlink: Number(st.nlink),
    uid: Number(st.uid),
    gid: Number(st.gid),
    rdev: Number(st.rdev),
    size: st.size,
    blksize: Number(st.blksize ?? 4096n),
    blocks: st.blocks ?? 0n,
    atime: st.atimeNs,
    mtime: st.mtimeNs,
    ctime: st.ctimeNs,
  };
}

/** What statfs(2) says, as statvfs(3) does. */
function statvfsOf(st) {
  const { bsize, blocks, bfree, bavail, files, ffree } = st;
  return [bsize, bsize, blocks, bfree, bavail, files, ffree, ffree, 0, 255];
}

/** Where an open file can be found by name, on Linux. */
const byDescriptor = (fd) => `/proc/self/fd/${fd}`;

/** A file of the host, opened. */
export class HostFile extends OpenFile {
  /**
   * @param {number} fd Node's descriptor
   * @param {number} flags
   * @param {{wait: Function}} waiter
   * @param {boolean} inherited a descriptor that the process was started with: not closed, not positioned
   */
  constructor(fd, flags, waiter, inherited = false) {
    super(flags);
    this.fd = fd;
    this.waiter = waiter;
    this.inherited = inherited;
    const st = call(() => fs.fstatSync(fd));
    this.type = st.mode & S.IFMT;
    this.regular = this.type === S.IFREG;
    this.position = this.regular && !inherited ? 0 : null;
    this.terminal = undefined;
    this.pollable = undefined;
    this.ahead = null;
    this.remote = null;
  }

  read(bytes) {
    if (bytes.length === 0) return 0;
    if (this.ahead) return this.takeAhead(bytes);
    if (this.regular || this.type === S.IFDIR) {
      const count = call(() => fs.readSync(this.fd, bytes, 0, bytes.length, this.position));
      if (this.position !== null) this.position += count;
      return count;
    }
    return this.readStream(bytes, Infinity);
  }

  takeAhead(bytes) {
    const count = Math.min(bytes.length, this.ahead.length);
    bytes.set(this.ahead.subarray(0, count));
    this.ahead = count < this.ahead.length ? this.ahead.subarray(count) : null;
    return count;
  }

  /**
   * A read that a signal can end: the same stream is opened once more, without blocking, and looked at
   * until it has something. A socket cannot be opened again: `remote`, where it is set, reads it on another
   * thread and gives a chunk, or null at the end. Other streams block as they do.
   */
  readStream(bytes, timeout) {
    if (this.remote && this.type === S.IFSOCK) {
      const chunk = this.remote();
      if (chunk === PENDING) return PENDING;
      if (chunk === null) return 0;
      this.ahead = chunk;
      return this.takeAhead(bytes);
    }
    const fd = this.pollable ?? this.openPollable();
    let pause = FIRST_PAUSE_MS;
    const end = timeout === Infinity ? Infinity : performance.now() + timeout;
    for (;;) {
      try {
        return fs.readSync(fd, bytes, 0, bytes.length, null);
      } catch (error) {
        if (error.code === 'EOF') return 0;
        if (error.code !== 'EAGAIN') throw kernelError(error);
        if (this.flags & O.NONBLOCK) fail('EAGAIN');
      }
      const left = end - performance.now();
      if (left <= 0) return PENDING;
      if (this.waiter.wait(Math.min(pause, left)) === PENDING) {
        this.waiter.watched = true;
        return PENDING;
      }
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    }
  }

  chmod(mode) {
    call(() => fs.fchmodSync(this.fd, mode));
  }

  chown(uid, gid) {
    call(() => fs.fchownSync(this.fd, uid, gid));
  }

  statvfs() {
    return statvfsOf(
      call(() => fs.statfsSync(LINUX ? byDescriptor(this.fd) : hostPath(this.origin))),
    );
  }

  /** The path by which it is reached now. */
  where() {
    if (!LINUX) return this.origin;
    return fromBytes(call(() => fs.readlinkSync(byDescriptor(this.fd), { encoding: 'buffer' })));
  }

  openPollable() {
    this.pollable = this.fd;
    // Of a pipe that the program has inherited it may have the other end too, under another number.
    const again =
      this.type === S.IFIFO ? this.inherited || this.origin : this.inherited && this.isatty();
    if (LINUX && again) {
      try {
        this.pollable = fs.openSync(`/proc/self/fd/${this.fd}`, O.RDONLY | O.NONBLOCK | O.NOCTTY);
      } catch {
        // Not ours to open: the plain descriptor must do, and blocks.
      }
    }
    return this.pollable;
  }

  write(bytes) {
    let pause = FIRST_PAUSE_MS;
    for (;;) {
      try {
        const count = fs.writeSync(this.fd, bytes, 0, bytes.length, this.position);
        if (this.position !== null) {
          this.position = this.flags & O.APPEND ? this.size() : this.position + count;
        }
        return count;
      } catch (error) {
        if (error.code !== 'EAGAIN' || this.flags & O.NONBLOCK) throw kernelError(error);
        if (this.waiter.wait(pause) === PENDING) {
          this.waiter.watched = true;
          return PENDING;
        }
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      }
    }
  }

  size() {
    return call(() => fs.fstatSync(this.fd)).size;
  }

  seek(offset, whence) {
    if (!this.regular) {
      if (this.type === S.IFDIR || (this.type === S.IFCHR && !this.isatty())) return 0;
      fail('ESPIPE');
    }
    this.position ??= this.hostPosition();
    const base = whence === 0 ? 0 : whence === 1 ? this.position : whence === 2 ? this.size() : NaN;
    const target = base + offset;
    if (!(target >= 0) || !Number.isSafeInteger(target)) fail('EINVAL');
    this.position = target;
    return target;
  }

  /** Where the host stands in an inherited file; the kernel counts on from there. */
  hostPosition() {
    try {
      const text = fs.readFileSync(`/proc/self/fdinfo/${this.fd}`, 'latin1');
      return Number(/^pos:\s*(\d+)/m.exec(text)[1]);
    } catch {
      return 0;
    }
  }

  truncate(size) {
    call(() => fs.ftruncateSync(this.fd, size));
  }

  sync() {
    call(() => fs.fsyncSync(this.fd));
  }

  stat() {
    return statOf(call(() => fs.fstatSync(this.fd, BIG)));
  }

  poll(wanted) {
    let ready = wanted & 2;
    if (wanted & 1) {
      if (this.regular || this.type === S.IFDIR || this.ahead) ready |= 1;
      else {
        const bytes = new Uint8Array(4096);
        const count = this.readStream(bytes, 0);
        if (count !== PENDING) {
          ready |= 1;
          if (count > 0) this.ahead = bytes.subarray(0, count);
        }
      }
    }
    return ready;
  }

  isatty() {
    if (this.type !== S.IFCHR) return false;
    // Loaded only here: most runs have no terminal, and every module counts at start-up.
    this.terminal ??= process.getBuiltinModule('node:tty').isatty(this.fd);
    return this.terminal;
  }

  terminalSize() {
    if (!this.isatty()) return null;
    return this.sizeOfTerminal?.(this.fd) ?? [80, 24];
  }

  close() {
    this.detach();
    if (!this.inherited) call(() => fs.closeSync(this.fd));
    // 1 and 2 stay open for Node itself; the program must not reach them any more.
  }

  detach() {
    if (this.pollable !== undefined && this.pollable !== this.fd) fs.closeSync(this.pollable);
    this.pollable = undefined;
  }

  remains() {
    return this.inherited ? [KIND.OTHER, 0] : [KIND.HOST, this.fd];
  }

  get repeatable() {
    return this.regular;
  }

  /** All workers of a Node process have its descriptors in common. */
  describe() {
    const { fd, inherited, origin } = this;
    return { kind: 'host', fd, inherited, origin, remote: this.remote !== null };
  }

  static revive(waiter, { fd, flags, inherited, origin }) {
    const file = new HostFile(fd, flags, waiter, inherited);
    file.origin = origin ?? null;
    return file;
  }
}

export class HostTree {
  constructor(waiter) {
    this.waiter = waiter;
    this.processUmask = process.umask();
    this.umask = this.processUmask;
  }

  open(path, flags, mode) {
    const where = hostPath(path);
    if (!(flags & O.CREAT)) {
      // Looking first costs less than the exception of a file that is not there, and programs look for
      // many that are not.
      if (!call(() => fs.statSync(where, { throwIfNoEntry: false })) && !this.exists(where))
        fail('ENOENT');
      return new HostFile(
        call(() => fs.openSync(where, hostFlags(flags))),
        flags,
        this.waiter,
      );
    }
    const made = this.umask !== this.processUmask && !this.exists(where);
    const fd = call(() => fs.openSync(where, hostFlags(flags), mode));
    if (made) call(() => fs.fchmodSync(fd, mode & 0o7777));
    return new HostFile(fd, flags, this.waiter);
  }

  exists(where) {
    return call(() => fs.lstatSync(where, { throwIfNoEntry: false })) !== undefined;
  }

  stat(path, follow) {
    const where = hostPath(path);
    const st = call(() => (follow ? fs.statSync(where, BIG) : fs.lstatSync(where, BIG)));
    if (!st) {
      // Node answers "nothing there" for ENOTDIR as well.
      if (this.throughFile(path)) fail('ENOTDIR');
      fail('ENOENT');
    }
    return statOf(st);
  }

  /** Whether a path leads on from something that is not a folder. */
  throughFile(path) {
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      const st = fs.statSync(hostPath(path.slice(0, slash)), { throwIfNoEntry: false });
      if (st) return !st.isDirectory();
    }
    return false;
  }

  list(path) {
    return call(() => fs.readdirSync(hostPath(path), { encoding: 'buffer' })).map(fromBytes);
  }

  access(path, mode) {
    call(() => fs.accessSync(hostPath(path), mode));
  }

  unlink(path) {
    // Node's unlink is the system's, folders and all: EISDIR or EPERM.
    call(() => fs.unlinkSync(hostPath(path)));
  }

  rmdir(path) {
    call(() => fs.rmdirSync(hostPath(path)));
  }

  mkdir(path, mode) {
    const where = hostPath(path);
    call(() => fs.mkdirSync(where, mode));
    if (this.umask !== this.processUmask) call(() => fs.chmodSync(where, mode & 0o7777));
  }

  rename(from, to) {
    call(() => fs.renameSync(hostPath(from), hostPath(to)));
  }

  link(from, to) {
    call(() => fs.linkSync(hostPath(from), hostPath(to)));
  }

  symlink(target, path) {
    call(() => fs.symlinkSync(hostPath(target), hostPath(path)));
  }

  readlink(path) {
    return fromBytes(call(() => fs.readlinkSync(hostPath(path), { encoding: 'buffer' })));
  }

  statvfs(path) {
    return statvfsOf(call(() => fs.statfsSync(hostPath(path))));
  }

  /** Node cannot make FIFOs and devices: the host's own commands can. */
  mknod(path, mode, device) {
    const type = mode & S.IFMT;
    const kind = { [S.IFIFO]: 'p', [S.IFCHR]: 'c', [S.IFBLK]: 'b' }[type];
    if (!kind) fail('EPERM');
    const numbers = kind === 'p' ? [] : deviceNumbers(device);
    const permissions = `--mode=${(mode & 0o7777).toString(8)}`;
    const { spawnSync } = process.getBuiltinModule('node:child_process');
    const name = textOf(path);
    if (byteString(name) !== path) fail('EINVAL'); // no text: it cannot be an argument
    const { status } = spawnSync('mknod', [permissions, '--', name, kind, ...numbers]);
    if (status !== 0) fail(this.exists(hostPath(path)) ? 'EEXIST' : 'EPERM');
  }

  chmod(path, mode) {
    call(() => fs.chmodSync(hostPath(path), mode));
  }

  chown(path, uid, gid, follow) {
    const change = follow ? fs.chownSync : fs.lchownSync;
    call(() => change(hostPath(path), uid, gid));
  }

  utime(path, atime, mtime) {
    call(() => fs.utimesSync(hostPath(path), Number(atime) / 1e9, Number(mtime) / 1e9));
  }

  /** Proves that a path is a folder one may enter, and answers its real path. */
  folderPath(path) {
    const st = this.stat(path, true);
    if ((st.mode & S.IFMT) !== S.IFDIR) fail('ENOTDIR');
    this.access(path, 1);
    return fromBytes(call(() => fs.realpathSync.native(hostPath(path), { encoding: 'buffer' })));
  }
}

/** Major and minor number of a device, as texts. */
function deviceNumbers(device) {
  const n = BigInt(device);
  const major = ((n >> 8n) & 0xfffn) | ((n >> 32n) & 0xfffff000n);
  const minor = (n & 0xffn) | ((n >> 12n) & 0xffffff00n);
  return [String(major), String(minor)];
}

/** Reads a whole file of the host; null when that is not possible. */
export function readHostFile(path) {
  try {
    return fs.readFileSync(path);
  } catch {
    return null;
  }
}

/** A function that fetches parts of a host file, for mountPack. */
export function partReader(path) {
  const fd = fs.openSync(path, 'r');
  return (offset, length) => {
    const bytes = new Uint8Array(length);
    let done = 0;
    while (done < length) {
      const count = fs.readSync(fd, bytes, done, length - done, offset + done);
      if (count === 0) break;
      done += count;
    }
    return bytes.subarray(0, done);
  };
}
