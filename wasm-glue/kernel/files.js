// SPDX-License-Identifier: MIT
// Open files and the table of descriptors. Invariant: an OpenFile is what Linux calls an open file
// description: descriptors that came from one another by dup share it, and it is closed when the last of
// them is. Subclasses say what reading, writing and seeking mean; the defaults are those of a file that
// can do none of it.
import { O, fail } from './errno.js';
import { forgetLocks } from './locks.js';

/** What a call answers that cannot be satisfied yet where the host cannot block. Same as HOST_PENDING. */
export const PENDING = -100000;

/**
 * What poll tells beyond 1 read, 2 write, 4 exception; ALL in what is wanted asks for it, ENDS for itself: that
 * the other end of a connection sends no more.
 */
export const POLL = Object.freeze({ ALL: 8, ERROR: 8, HANG_UP: 16, NOT_OPEN: 32, ENDS: 64 });

/** Words of the record of an open file that processes share; its position is a double behind them. */
export const RECORD = Object.freeze({ REFERENCES: 0, FLAGS: 1, KIND: 2, ARGUMENT: 3 });
const POSITION_BYTES = 16;
export const RECORD_BYTES = 32;
/** What is to be done when the last process that had a file open has died without closing it. */
export const KIND = Object.freeze({
  OTHER: 0,
  PIPE_READER: 1,
  PIPE_WRITER: 2,
  HOST: 3,
  SOCKET: 4,
  SEMAPHORE: 5,
  SEGMENT: 6,
  REMOTE: 9,
});

/** The stat of what lies in no tree (pipes, sockets): it belongs to the process, and all its times are `time`. */
export function statOutsideTrees({ uid, gid }, { dev, ino, mode, time }) {
  return {
    dev,
    ino,
    mode,
    nlink: 1,
    uid,
    gid,
    rdev: 0,
    size: 0,
    blksize: 4096,
    blocks: 0,
    atime: time,
    mtime: time,
    ctime: time,
  };
}

export class OpenFile {
  /** @param {number} flags the O_* it was opened with */
  constructor(flags) {
    this.ownFlags = flags & ~(O.CREAT | O.EXCL | O.TRUNC | O.NOCTTY);
    this.references = 0;
    this.ownPosition = 0;
    this.recordAt = 0;
    this.recordWords = null;
    this.recordPosition = null;
    this.keeper = null;
    /** The absolute path it was opened by, where it was. */
    this.origin = null;
    /** Who works on it for processes that cannot do so themselves: {handleOf(file)}. */
    this.server = null;
  }

  /** The address of its record, 0 while one process alone has it. */
  get record() {
    return this.recordAt;
  }

  set record(record) {
    if (record === this.recordAt) return;
    this.recordAt = record;
    if (record === 0) return;
    // Views of fixed length: those that follow a buffer's growth are slow.
    const { buffer } = this.keeper.shared;
    this.recordWords = new Int32Array(buffer, record, POSITION_BYTES >> 2);
    this.recordPosition = new Float64Array(buffer, record + POSITION_BYTES, 1);
  }

  get flags() {
    return this.recordAt === 0 ? this.ownFlags : this.recordWords[RECORD.FLAGS];
  }

  set flags(flags) {
    if (this.recordAt === 0) this.ownFlags = flags;
    else this.recordWords[RECORD.FLAGS] = flags;
  }

  get position() {
    if (this.recordAt === 0) return this.ownPosition;
    const [position] = this.recordPosition;
    return Number.isNaN(position) ? null : position;
  }

  set position(position) {
    if (this.recordAt === 0) this.ownPosition = position;
    else this.recordPosition[0] = position ?? NaN;
  }

  // ---- between processes ----

  /** Prepares it for being open in several processes; `kernel` is the one that has it. */
  share(kernel) {
    if (this.record !== 0) return;
    const { shared, slot } = kernel;
    const record = shared.allocate(RECORD_BYTES, slot);
    const word = record >> 2;
    shared.words[word + RECORD.REFERENCES] = 1;
    shared.words[word + RECORD.FLAGS] = this.ownFlags;
    [shared.words[word + RECORD.KIND], shared.words[word + RECORD.ARGUMENT]] = this.remains();
    shared.doubles[(record + POSITION_BYTES) >> 3] = this.ownPosition ?? NaN;
    this.keeper = kernel;
    this.record = record;
    shared.hold(slot, record);
  }

  /** [KIND, argument]: how to close it for a process that is gone. */
  remains() {
    return this.server ? [KIND.REMOTE, this.server.handleOf(this)] : [KIND.OTHER, 0];
  }

  /** What another process needs to have it open too, as data that can be posted. */
  describe() {
    return this.server ? { kind: 'remote', handle: this.server.handleOf(this) } : null;
  }

  /** The last descriptor of this process is closed. */
  release() {
    const { record, keeper } = this;
    if (record === 0) {
      this.close();
      return;
    }
    const { flags, position } = this;
    keeper.shared.letGo(keeper.slot, record);
    this.record = 0;
    this.ownFlags = flags;
    this.ownPosition = position;
    if (letGoOfRecord(keeper.shared, record, keeper.slot)) this.close();
    else this.detach();
  }

  /** Closed here while other processes go on with it. */
  detach() {}

  get readable() {
    return (this.flags & O.ACCMODE) !== O.WRONLY;
  }

  get writable() {
    return (this.flags & O.ACCMODE) !== O.RDONLY;
  }

  /** Fills `bytes` from the start; answers how many, 0 at the end, or PENDING. */
  read(_bytes) {
    fail('EINVAL');
  }

  /** Answers how many of `bytes` it took, or PENDING. */
  write(_bytes) {
    fail('EINVAL');
  }

  seek(_offset, _whence) {
    fail('ESPIPE');
  }

  truncate(_size) {
    fail('EINVAL');
  }

  sync() {}

  stat() {
    fail('EBADF');
  }

  /** Of the wanted bits 1 (read), 2 (write), 4 (exception): those that would not wait. */
  poll(wanted) {
    return wanted & 3;
  }

  /** A number that changes when something has come to be read, or room to write, since it was asked last. */
  get edge() {
    return 0;
  }

  isatty() {
    return false;
  }

  /** Whether what is read from it can be read again. */
  get repeatable() {
    return false;
  }

  /** Columns and rows of a terminal, else null. */
  terminalSize() {
    return null;
  }

  close() {}
}

/** Takes one process's reference away; true when it was the last, and the record is gone. */
export function letGoOfRecord(shared, record, slot) {
  if (Atomics.sub(shared.words, (record >> 2) + RECORD.REFERENCES, 1) > 1) return false;
  forgetLocks(shared, record, slot);
  shared.free(record, RECORD_BYTES, slot);
  return true;
}

/** Descriptors to open files. */
export class FileTable {
  constructor(limit = 1024) {
    this.limit = limit;
    this.hardLimit = limit;
    this.slots = [];
    /** The kernel, once there are several processes. */
    this.sharing = null;
    /** Told of each file that a descriptor of is closed, while the process has record locks. */
    this.closing = null;
  }

  /** From now on every file can be shared with other processes. */
  share(kernel) {
    this.sharing = kernel;
    for (const slot of this.slots) slot?.file.share(kernel);
  }

  /** The table as data for another process: {files: [description], slots: [[fd, file, closeOnExec]]}. */
  describe() {
    const files = [];
    const indices = new Map();
    const slots = [];
    this.slots.forEach((slot, fd) => {
      if (!slot) return;
      const { file, closeOnExec } = slot;
      if (!indices.has(file)) {
        const description = file.describe();
        indices.set(file, description ? files.length : -1);
        if (description) files.push({ ...description, record: file.record, flags: file.flags });
      }
      const index = indices.get(file);
      if (index >= 0) slots.push([fd, index, closeOnExec]);
    });
    return { files, slots };
  }

  /** Fills an empty table from such data. */
  adopt(kernel, { files, slots }) {
    const made = files.map((description) => {
      const file = kernel.revive(description);
      if (description.record) {
        file.keeper = kernel;
        file.record = description.record;
      }
      return file;
    });
    for (const [fd, index, closeOnExec] of slots) this.put(fd, made[index], closeOnExec);
    this.sharing = kernel;
  }

  lowestFree(from = 0) {
    let fd = from;
    while (this.slots[fd]) fd++;
    return fd;
  }

  /** Throws EMFILE when there is no room for one more. */
  checkRoom() {
    if (this.lowestFree() >= this.limit) fail('EMFILE');
  }

  /** Puts a file into the lowest free slot from `from` on. */
  add(file, from = 0) {
    const fd = this.lowestFree(from);
    if (fd >= this.limit) {
      if (file.references === 0) file.release();
      fail('EMFILE');
    }
    this.put(fd, file);
    return fd;
  }

  put(fd, file, closeOnExec = false) {
    if (this.sharing && file.references === 0) file.share(this.sharing);
    file.references++;
    this.slots[fd] = { file, closeOnExec };
  }

  slot(fd) {
    return this.slots[fd] ?? fail('EBADF');
  }

  get(fd) {
    return this.slot(fd).file;
  }

  close(fd) {
    const { file } = this.slot(fd);
    this.slots[fd] = undefined;
    this.closing?.(file);
    if (--file.references === 0) file.release();
  }

  duplicate(fd) {
    return this.add(this.get(fd));
  }

  /** As F_DUPFD. */
  duplicateFrom(fd, from) {
    const file = this.get(fd);
    if (from < 0 || from >= this.limit) fail('EINVAL');
    return this.add(file, from);
  }

  duplicateTo(fd, target) {
    const file = this.get(fd);
    if (target < 0 || target >= this.limit) fail('EBADF');
    if (fd !== target) {
      if (this.slots[target]) this.close(target);
      this.put(target, file);
    }
    return target;
  }

  closeAll() {
    for (let fd = 0; fd < this.slots.length; fd++) if (this.slots[fd]) this.close(fd);
  }

  /** How many descriptors are open. */
  get count() {
    return this.slots.filter(Boolean).length;
  }
}
