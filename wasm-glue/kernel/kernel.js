// SPDX-License-Identifier: MIT
// The kernel of one process: system calls over trees of files, open files, signals and time. It knows
// nothing of wasm: paths are byte strings, buffers are Uint8Array. Invariants: a call never throws an
// Errno, it answers a negative Linux error number; it may answer PENDING where this thread may not block,
// and then the same call made again gives the answer (`resumeAt` tells when a wait ends).
import { ERRNO, Errno, O, S, SIGNAL, fail, signalName } from './errno.js';
import { Epoll } from './epoll.js';
import { FileTable, PENDING, POLL, letGoOfRecord } from './files.js';
import { fillRandom } from './devices.js';
import { absolute, normalize, toBytes } from './paths.js';
import { Identity } from './identity.js';
import { Locks } from './locks.js';
import { SharedObjects } from './objects.js';
import { OWN_FILES, OwnFiles } from './own-files.js';
import { PipeEnd, makePipe } from './pipe.js';
import { Processes } from './processes.js';
import { dropRecord } from './release.js';
import { PROCESS, STATE, SharedState } from './shared.js';
import { Socket, asSocketFile } from './socket.js';
import { SocketCalls } from './socket-calls.js';
import { IGNORED_BY_DEFAULT, STOPS, Signals, WORD } from './signals.js';
import { Zone } from './zone.js';

const FCNTL = Object.freeze({
  DUPFD: 0,
  GETFD: 1,
  SETFD: 2,
  GETFL: 3,
  SETFL: 4,
  NOTIFY: 1026,
  DUPFD_CLOEXEC: 1030,
});
/** What F_NOTIFY can be asked to tell of a folder. */
const NOTICES = 0x3f;
const { SIGPIPE } = SIGNAL;
/** Kinds of limits, and that of open files; the others are kept for who asks. */
const LIMITS = 16;
/** RLIMIT_NPROC. */
const LIMIT_PROCESSES = 6;
const LIMIT_FILES = 7;
// How often files are looked at that cannot wake this thread.
const LOOK_EVERY_MS = 5;

function isThere(tree, path) {
  try {
    tree.stat(path, false);
    return true;
  } catch (error) {
    if (error instanceof Errno && error.code === ERRNO.ENOENT) return false;
    throw error;
  }
}

/** What statvfs says of a file system that has no limits of its own. */
function noSpace() {
  return [4096, 4096, 0, 0, 0, 0, 0, 0, 0, 255];
}

/** Ends the program from inside a system call; passes through wasm as an exception. */
export class ProgramExit {
  constructor(status, signal = 0, exec = null) {
    this.status = status;
    this.signal = signal;
    this.exec = exec;
  }
}

export class Kernel {
  /**
   * @param {object} options
   * @param {object} options.root the tree at /
   * @param {Array<[string, object | (() => object)]>} [options.mounts] other trees, or functions that
   *   make them when they are first needed, and their absolute paths
   * @param {SharedState} [options.shared] what this kernel's processes share
   * @param {number} [options.slot] this process's in it
   * @param {Signals} [options.signals] over that slot's words
   * @param {string} [options.cwd] byte string
   */
  constructor({
    root,
    mounts = [],
    shared = new SharedState(),
    slot = shared.newProcess({ pid: 1, parent: 0 }),
    signals = new Signals(shared.processWords(slot)),
    cwd = '/',
    uid = 1000,
    gid = 1000,
    umask = 0o022,
  }) {
    this.root = root;
    this.shared = shared;
    this.slot = slot;
    const own = () => (this.ownFiles ??= new OwnFiles(this));
    // First: they may lie in another one.
    this.mounts = [...OWN_FILES, `/proc/${this.pid}/fd`].map((at) => [at, own]);
    for (const mount of mounts) this.mounts.push([...mount]);
    this.signals = signals;
    this.cwd = cwd;
    this.uid = uid;
    this.gid = gid;
    this.mask = umask;
    this.files = new FileTable();
    this.zone = new Zone();
    this.started = performance.now();
    this.ended = null;
    this.dispositions = new Map();
    /** The VM is to be left, even at a wait that could be slept through. */
    this.leaving = false;
    /** When a pending call is worth trying again without anything delivered; Infinity if never. */
    this.resumeAt = Infinity;
    // What differs between hosts; replaced by whoever sets the kernel up.
    this.killOther = () => fail('ESRCH');
    this.watchSignal = () => {};
    this.cpuTime = () => (performance.now() - this.started) * 1e6;
    this.memoryUsed = () => 0;
    /** An open file of a description that is none of those that revive() knows. */
    this.reviveOther = () => fail('EBADF');
    /** Closes what KIND.HOST or KIND.REMOTE stands for, when nobody has it open. */
    this.closeHost = () => {};
    this.cpuCount = () => globalThis.navigator?.hardwareConcurrency ?? 1;
    this.limits = new Map();
    this.lineEditor = null;
    /** Whether a wait inside C may hold up a thread that is not to be blocked otherwise. */
    this.mayHold = () => false;
    this.flush = () => {};
    this.objects = new SharedObjects(this);
    this.locks = new Locks(this);
    this.processes = new Processes(this);
    this.sockets = new SocketCalls(this);
    this.identity = new Identity(this);
    /** What sockets reach outside this kernel, where they do: network.js. */
    this.network = null;
    shared.set(slot, PROCESS.STATE, STATE.RUNNING);
  }

  get pid() {
    return this.shared.get(this.slot, PROCESS.PID);
  }

  get ppid() {
    return this.shared.get(this.slot, PROCESS.PARENT);
  }

  now() {
    // performance.now is finer than Date.now and, with the origin, as right.
    return BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)) * 1000n;
  }

  /** Runs an operation and turns its Errno into an answer. */
  call(operation) {
    try {
      return operation() ?? 0;
    } catch (error) {
      return this.answerTo(error);
    }
  }

  answerTo(error) {
    if (!(error instanceof Errno)) throw error;
    if (error.code === ERRNO.EPIPE) this.brokenPipe();
    return -error.code;
  }

  /** A write that fails with EPIPE sends SIGPIPE, which interpreters ignore unless a program says else. */
  brokenPipe() {
    const how = this.dispositions.get(SIGPIPE) ?? 0;
    if (how === 0) this.end(128 + SIGPIPE, SIGPIPE);
    if (how === 2) this.signals.raise(SIGPIPE);
  }

  /** The tree that a path lies in, and the path there. */
  locate(path) {
    if (path === '') fail('ENOENT');
    const whole = absolute(this.cwd, path);
    if (this.mounts.length > 0) {
      const plain = /\/\.?\.?\/|\/\.\.?$/.test(whole) ? normalize(whole) : whole;
      for (const mount of this.mounts) {
        const [at] = mount;
        if (plain === at || plain.startsWith(at + '/')) {
          if (typeof mount[1] === 'function') mount[1] = mount[1]();
          return [mount[1], plain.slice(at.length) || '/'];
        }
        // Out of a mount again by `..`: the names below it mean nothing to the root.
        if (whole.startsWith(at + '/')) return [this.root, plain];
      }
    }
    return [this.root, whole];
  }

  /** Calls a tree's method with a path first. */
  onPath(method, path, ...rest) {
    return this.call(() => {
      const [tree, inside] = this.locate(path);
      return tree[method](inside, ...rest);
    });
  }

  // ---- files ----

  open(path, flags, mode) {
    return this.call(() => {
      const [tree, inside] = this.locate(path);
      const file = tree.open(inside, flags, mode & ~this.mask);
      file.origin = absolute(this.cwd, path);
      const fd = this.files.add(file);
      if (flags & O.CLOEXEC) this.files.slot(fd).closeOnExec = true;
      return fd;
    });
  }

  close(fd) {
    return this.call(() => this.files.close(fd));
  }

  read(fd, bytes) {
    try {
      const file = this.files.get(fd);
      if (!file.readable) fail('EBADF');
      return file.read(bytes) ?? 0;
    } catch (error) {
      return this.answerTo(error);
    }
  }

  write(fd, bytes) {
    try {
      const file = this.files.get(fd);
      if (!file.writable) fail('EBADF');
      return file.write(bytes) ?? 0;
    } catch (error) {
      return this.answerTo(error);
    }
  }

  lseek(fd, offset, whence) {
    return this.call(() => this.files.get(fd).seek(offset, whence));
  }

  ftruncate(fd, size) {
    return this.call(() => {
      const file = this.files.get(fd);
      if (!file.writable || size < 0) fail('EINVAL');
      file.truncate(size);
    });
  }

  fsync(fd) {
    return this.call(() => this.files.get(fd).sync());
  }

  isatty(fd) {
    return this.call(() => (this.files.get(fd).isatty() ? 1 : 0));
  }

  dup(fd) {
    return this.call(() => this.files.duplicate(fd));
  }

  dup2(fd, target) {
    return this.call(() => this.files.duplicateTo(fd, target));
  }

  /** Answers [to read, to write], or a negative error. */
  pipe() {
    return this.call(() => {
      const [reader, writer] = makePipe(this);
      let first;
      try {
        first = this.files.add(reader);
      } catch (error) {
        writer.close();
        throw error;
      }
      try {
        return [first, this.files.add(writer)];
      } catch (error) {
        this.files.close(first);
        throw error;
      }
    });
  }

  /** A stat object, or a negative error. */
  fstat(fd) {
    return this.call(() => this.files.get(fd).stat());
  }

  stat(path, follow) {
    const st = this.onPath('stat', path, follow);
    return typeof st === 'number' ? st : asSocketFile(this, st);
  }

  unlink(path) {
    return this.onPath('unlink', path);
  }

  rmdir(path) {
    return this.onPath('rmdir', path);
  }

  mkdir(path, mode) {
    return this.onPath('mkdir', path, mode & ~this.mask & 0o7777);
  }

  /** Both paths must lie in one tree. */
  onTwoPaths(method, from, to) {
    return this.call(() => {
      const [tree, inside] = this.locate(from);
      const [other, target] = this.locate(to);
      if (tree !== other) fail('EXDEV');
      return tree[method](inside, target);
    });
  }

  rename(from, to) {
    return this.onTwoPaths('rename', from, to);
  }

  link(from, to) {
    return this.onTwoPaths('link', from, to);
  }

  symlink(target, path) {
    return this.call(() => {
      const [tree, inside] = this.locate(path);
      return tree.symlink(target, inside);
    });
  }

  /** The target, or a negative error. */
  readlink(path) {
    return this.onPath('readlink', path);
  }

  chmod(path, mode) {
    return this.onPath('chmod', path, mode);
  }

  chown(path, uid, gid, follow) {
    return this.onPath('chown', path, uid, gid, follow);
  }

  utime(path, atime, mtime) {
    return this.onPath('utime', path, atime, mtime);
  }

  access(path, mode) {
    return this.onPath('access', path, mode);
  }

  /** A file, a FIFO or a device, where the tree can have such. */
  mknod(path, mode, device) {
    const type = mode & S.IFMT || S.IFREG;
    return this.call(() => {
      const [tree, inside] = this.locate(path);
      if (type === S.IFREG)
        tree.open(inside, O.CREAT | O.EXCL | O.WRONLY, mode & 0o7777 & ~this.mask).close();
      else if (isThere(tree, inside)) fail('EEXIST');
      // Where it would lie is looked at first.
      else if (tree.folderPath(inside.slice(0, inside.lastIndexOf('/') + 1)) && !tree.mknod)
        fail('EPERM');
      else if (type === S.IFDIR) fail('EPERM');
      else tree.mknod(inside, type | (mode & 0o7777 & ~this.mask), device);
    });
  }

  /** A process here cannot have another root. */
  chroot(path) {
    return this.call(() => {
      const [tree, inside] = this.locate(path);
      tree.folderPath(inside);
      fail('EPERM');
    });
  }

  /** The ten numbers of a struct statvfs, or a negative error; of a descriptor where there is no path. */
  statvfs(path, fd) {
    return this.call(() => {
      if (path === null) return (this.files.get(fd).statvfs ?? noSpace).call(this.files.get(fd));
      const [tree, inside] = this.locate(path);
      tree.stat(inside, true);
      return (tree.statvfs ?? noSpace).call(tree, inside);
    });
  }

  /** Changes what an open file is named by, where it is named. */
  onOpen(method, fd, ...rest) {
    return this.call(() => {
      const file = this.files.get(fd);
      if (file[method]) return file[method](...rest);
      return file.origin === null ? 0 : this[method](file.origin, ...rest, true);
    });
  }

  fchmod(fd, mode) {
    return this.onOpen('chmod', fd, mode);
  }

  fchown(fd, uid, gid) {
    return this.onOpen('chown', fd, uid, gid);
  }

  fchdir(fd) {
    return this.call(() => {
      const file = this.files.get(fd);
      if ((file.stat().mode & S.IFMT) !== S.IFDIR || file.origin === null) fail('ENOTDIR');
      return this.chdir(file.where?.() ?? file.origin);
    });
  }

  /** Names as byte strings, or a negative error. */
  listdir(path) {
    return this.onPath('list', path);
  }

  chdir(path) {
    return this.call(() => {
      const [tree, inside] = this.locate(path);
      const real = tree.folderPath(inside);
      const mount = this.mounts.find(([, mounted]) => mounted === tree);
      this.cwd = mount ? normalize(mount[0] + real) : real;
    });
  }

  umask(mask) {
    const old = this.mask;
    this.mask = mask & 0o777;
    for (const tree of [this.root, ...this.mounts.map(([, mounted]) => mounted)])
      if (typeof tree === 'object') tree.umask = this.mask;
    return old;
  }

  fcntl(fd, command, argument) {
    return this.call(() => {
      const slot = this.files.slot(fd);
      const { file } = slot;
      switch (command) {
        case FCNTL.DUPFD:
          return this.files.duplicateFrom(fd, argument);
        case FCNTL.DUPFD_CLOEXEC: {
          const copy = this.files.duplicateFrom(fd, argument);
          this.files.slot(copy).closeOnExec = true;
          return copy;
        }
        case FCNTL.GETFD:
          return slot.closeOnExec ? 1 : 0;
        case FCNTL.SETFD:
          slot.closeOnExec = (argument & 1) !== 0;
          return 0;
        case FCNTL.GETFL:
          return file.flags & ~O.CLOEXEC;
        case FCNTL.SETFL: {
          const changeable = O.APPEND | O.NONBLOCK;
          file.flags = (file.flags & ~changeable) | (argument & changeable);
          return 0;
        }
        case FCNTL.NOTIFY:
          // Nobody watches folders here: only to be told of nothing can be asked.
          if (argument & NOTICES) fail('EINVAL');
          return 0;
        default:
          fail('EINVAL');
      }
      return 0;
    });
  }

  /** `want` holds per descriptor the bits 1 read, 2 write, 4 exception, POLL.ALL; fills `ready` likewise. */
  poll(want, ready) {
    return this.call(() => {
      let count = 0;
      for (let fd = 0; fd < want.length; fd++) {
        ready[fd] = 0;
        if (!want[fd]) continue;
        if (want[fd] & POLL.ALL && !this.files.slots[fd]) ready[fd] = POLL.NOT_OPEN;
        else ready[fd] = this.files.get(fd).poll(want[fd]);
        if (ready[fd]) count++;
      }
      return count;
    });
  }

  epollCreate() {
    return this.call(() => this.files.add(new Epoll(this)));
  }

  epollControl(epoll, operation, fd, events) {
    return this.call(() => {
      // As the system looks: both are open, then what they are.
      this.files.get(fd);
      return this.epollOf(epoll).control(operation, fd, events);
    });
  }

  /** [[fd, events]], or a negative error; never waits. */
  epollWait(epoll, most) {
    return this.call(() => this.epollOf(epoll).wait(most));
  }

  epollOf(fd) {
    const file = this.files.get(fd);
    return file instanceof Epoll ? file : fail('EINVAL');
  }

  // ---- waiting ----

  /** Whether calls may block; where nothing can block this thread, they never do. */
  setBlocking(on) {
    this.signals.blocking = on && this.signals.shared;
  }

  /** A number that changes when a call that answered PENDING may be worth trying again. */
  events() {
    const looks = this.signals.watched ? Math.floor(performance.now() / LOOK_EVERY_MS) : 0;
    return (Atomics.load(this.signals.words, WORD.WAKE) + looks) | 0;
  }

  /**
   * Sleeps until `events` is not `seen` any more, for at most so many seconds (negative: no limit). With
   * `here` the VM cannot leave to its host meanwhile.
   */
  wait(seen, seconds, here = false) {
    return this.call(() => {
      this.flush(true);
      const { signals } = this;
      const before = Atomics.load(signals.words, WORD.WAKE);
      let left = seconds < 0 ? Infinity : seconds * 1000;
      if (signals.watched) left = Math.min(left, LOOK_EVERY_MS);
      if (signals.pending) fail('EINTR');
      if (this.events() !== seen) return 0;
      signals.watched = false;
      const sleeps = here ? signals.shared || this.mayHold() : signals.shared && !this.leaving;
      if (sleeps) return signals.sleep(left, before);
      this.resumeAt = Math.min(performance.now() + left, performance.now() + signals.untilTimer);
      return PENDING;
    });
  }

  // ---- time ----

  /** Nanoseconds as a double. */
  clock(which) {
    if (which === 0) return (performance.timeOrigin + performance.now()) * 1e6;
    // All threads of a process count from the same moment, so that a deadline means the same in each.
    if (which === 1) return (performance.timeOrigin + performance.now()) * 1e6;
    return this.cpuTime();
  }

  // ---- open files through sockets ----

  sendFile(socket, fd) {
    return this.call(() => {
      const carrier = this.files.get(socket);
      const file = this.files.get(fd);
      if (!carrier.sendFile)
        fail((carrier.stat().mode & S.IFMT) === S.IFSOCK ? 'EOPNOTSUPP' : 'ENOTSOCK');
      return carrier.sendFile(file);
    });
  }

  /** A new descriptor, PENDING, or a negative error: ENOMSG when no file came, or there is no room for it. */
  receiveFile(socket) {
    return this.call(() => {
      const carrier = this.files.get(socket);
      if (!carrier.receiveFile)
        fail((carrier.stat().mode & S.IFMT) === S.IFSOCK ? 'EOPNOTSUPP' : 'ENOTSOCK');
      const came = carrier.receiveFile();
      if (came === PENDING) return PENDING;
      if (came === null) fail('ENOMSG');
      try {
        return this.files.add(this.arrived(came));
      } catch (error) {
        throw error.code === ERRNO.EMFILE ? new Errno('ENOMSG') : error;
      }
    });
  }

  /** The open file that another process has sent; its reference is this process's now. */
  arrived({ record, description }) {
    const { shared, slot } = this;
    const own = this.files.slots.find((open) => open?.file.record === record)?.file;
    if (own) {
      letGoOfRecord(shared, record, slot);
      return own;
    }
    let file;
    try {
      file = this.revive(description);
    } catch (error) {
      this.drop(record);
      throw error;
    }
    file.keeper = this;
    file.record = record;
    shared.hold(slot, record);
    return file;
  }

  /** An open file of what OpenFile.describe() said of it in another process, or in this one before. */
  revive(description) {
    switch (description.kind) {
      case 'pipe':
        return PipeEnd.revive(this, description);
      case 'socket':
        return Socket.revive(this, description);
      case 'epoll':
        return Epoll.revive(this, description);
      case 'path': {
        const [tree, inside] = this.locate(description.path);
        const file = tree.open(inside, description.flags, 0);
        file.origin = description.path;
        return file;
      }
      default:
        return this.reviveOther(description);
    }
  }

  /** Lets go of a shared open file that no process has in its table. */
  drop(record) {
    dropRecord(this.shared, this.slot, record, this.closeHost, this.network);
  }

  // ---- limits and usage ----

  /** [soft, hard], -1 for none, or a negative error. */
  getLimit(which) {
    return this.call(() => this.limitOf(which));
  }

  limitOf(which) {
    if (!(which >= 0 && which < LIMITS)) fail('EINVAL');
    if (which === LIMIT_FILES) return [this.files.limit, this.files.hardLimit];
    return this.limits.get(which) ?? [-1, -1];
  }

  /** Whether there are more processes than RLIMIT_NPROC allows; the superuser may have them. */
  get hasTooManyProcesses() {
    const [most] = this.limitOf(LIMIT_PROCESSES);
    if (most < 0 || this.uid === 0) return false;
    // The system's own is not the user's.
    return [...this.shared.slots()].length - 1 > most;
  }

  setLimit(which, soft, hard) {
    return this.call(() => {
      const [, most] = this.limitOf(which);
      const above = (a, b) => b !== -1 && (a === -1 || a > b);
      if (above(soft, hard)) fail('EINVAL');
      if (above(hard, most)) fail('EPERM');
      if (which === LIMIT_FILES) [this.files.limit, this.files.hardLimit] = [soft, hard];
      else this.limits.set(which, [soft, hard]);
    });
  }

  /** User and system seconds, then the fourteen numbers of a struct rusage; or a negative error. */
  usage(who) {
    return this.call(() => {
      const values = Array(16).fill(0);
      if (who === 0) values[0] = this.cpuTime() / 1e9;
      else if (who === -1) values[0] = this.shared.get(this.slot, PROCESS.CHILD_CPU) / 1000;
      else fail('EINVAL');
      values[2] = who === 0 ? this.memoryUsed() : 0;
      return values;
    });
  }

  // ---- the rest ----

  random(bytes) {
    fillRandom(bytes);
    return 0;
  }

  kill(pid, number) {
    return this.call(() => {
      if (pid !== this.pid) return this.processes.kill(pid, number);
      if (number < 0 || number > 64) fail('EINVAL');
      if (number === 0) return 0;
      const how = this.dispositions.get(number) ?? 0;
      if (how === 2) this.signals.raise(number);
      else if (how === 0) this.defaultAction(number);
      return 0;
    });
  }

  /** What a signal does to a process that does not handle it. */
  defaultAction(number) {
    if (STOPS.has(number)) this.processes.stop(number);
    else if (!IGNORED_BY_DEFAULT.has(number)) this.end(128 + number, number);
  }

  signalDisposition(number, how) {
    return this.call(() => {
      if (number < 1 || number > 64 || (how !== 0 && (number === 9 || number === 19)))
        fail('EINVAL');
      if ((this.dispositions.get(number) ?? 0) !== how)
        this.watchSignal(number, signalName(number), how);
      this.dispositions.set(number, how);
      this.shared.setDisposition(this.slot, number, how);
    });
  }

  /** Answers the old [value, interval] in seconds, or a negative error. */
  setTimer(which, set, value, interval) {
    return this.call(() => {
      const old = set
        ? this.signals.setTimer(which, value * 1000, interval * 1000)
        : this.signals.readTimer(which);
      return old.map((milliseconds) => milliseconds / 1000);
    });
  }

  /** Ends the program from inside a call. Noted too, for who cannot see the exception. */
  end(status, signal) {
    this.endBy({ status, signal });
  }

  /** The same with what is to follow: `exec` names the program that takes the process over. */
  endBy({ status = 0, signal = 0, exec = null }) {
    this.ended = new ProgramExit(status, signal, exec);
    throw this.ended;
  }

  exit(status) {
    this.end(status & 0xff, 0);
  }

  abort(number) {
    this.end(128 + number, number);
  }

  /** A line with its newline into `bytes`; 0 at the end of input. Without a terminal: byte by byte. */
  readline(prompt, bytes) {
    return this.call(() => {
      const input = this.files.get(0);
      if (input.terminal?.readLine) return input.terminal.readLine(prompt, bytes);
      if (this.lineEditor && input.isatty() && this.files.slots[1]?.file.isatty()) {
        return this.lineEditor.readLine(prompt, bytes);
      }
      if (prompt) this.files.slots[2]?.file.write(toBytes(prompt));
      let used = 0;
      while (used < bytes.length) {
        const count = input.read(bytes.subarray(used, used + 1));
        if (count === PENDING) return PENDING;
        if (count === 0 || bytes[used++] === 10) break;
      }
      return used;
    });
  }

  /** [columns, rows], or a negative error. */
  terminalSize(fd) {
    return this.call(() => this.files.get(fd).terminalSize() ?? fail('ENOTTY'));
  }
}

export { ERRNO, PENDING, S };
