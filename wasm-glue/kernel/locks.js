// SPDX-License-Identifier: MIT
// Locks on files: those of an open file (flock) and those of a process on a part (fcntl, lockf). All are in one
// list in the memory that processes share. Nobody waits here: who is refused asks again.
//
// Invariants: the list is changed only while its lock is held; a process's locks mean nothing once it has
// ended; an open file's are taken off when its record is freed, whoever does that.
import { ERRNO, fail } from './errno.js';
import { FILE_LOCKS, PROCESS } from './shared.js';

const SHARED = 1;
const EXCLUSIVE = 2;
const NONE = 8;
const MANDATORY = 32;
const ASK = 5;
/** Types of record locks, as the program gives them. */
const READ = 0;
const WRITE = 1;
const UNLOCK = 2;

/** Words of a lock, then doubles; OWNER is a record's address, or the holder as shared.js names processes. */
const LOCK = Object.freeze({ NEXT: 0, OF_FILE: 1, TYPE: 2, OWNER: 3 });
const NUMBER = Object.freeze({ DEVICE: 2, INODE: 3, START: 4, END: 5 });
const LOCK_BYTES = 48;

export class Locks {
  /** @param {Kernel} kernel of the process whose calls these are */
  constructor(kernel) {
    this.kernel = kernel;
  }

  flock(fd, operation) {
    return this.kernel.call(() => {
      const { kernel } = this;
      const file = kernel.files.get(fd);
      if (operation & MANDATORY) return 0; // without effect on Linux too
      const type = operation & ~4;
      if (![SHARED, EXCLUSIVE, NONE].includes(type)) fail('EINVAL');
      if (type === NONE && file.record === 0) return 0;
      // The lock is the open file's, in whatever processes it is open.
      file.share(kernel);
      const wanted = { ...identity(file), ofFile: 1, owner: file.record, start: 0, end: Infinity };
      return this.change(wanted, type === NONE ? 0 : type);
    });
  }

  /** 0, a negative error, or for a question {type, start, length, pid}. */
  lock(fd, command, { type, start, length }) {
    return this.kernel.call(() => {
      const { kernel } = this;
      const file = kernel.files.get(fd);
      const from = length < 0 ? start + length : start;
      const end = length === 0 ? Infinity : length < 0 ? start : start + length;
      if (![READ, WRITE, UNLOCK].includes(type) || from < 0) fail('EINVAL');
      const owner = kernel.shared.holderOf(kernel.slot);
      const wanted = { ...identity(file), ofFile: 0, owner, start: from, end };
      const kind = type === WRITE ? EXCLUSIVE : SHARED;
      if (command === ASK) return this.ask(wanted, kind);
      if ((type === READ && !file.readable) || (type === WRITE && !file.writable)) fail('EBADF');
      kernel.files.closing ??= (closed) => this.closed(closed);
      return this.change(wanted, type === UNLOCK ? 0 : kind);
    });
  }

  ask(wanted, type) {
    return this.locked((list) => {
      const { shared } = this.kernel;
      const other = list.find((lock) => conflicts(lock, wanted, type));
      if (!other) return { type: UNLOCK, start: wanted.start, length: lengthOf(wanted), pid: 0 };
      const slot = (other.owner & 0xff) - 1;
      return {
        type: other.type === EXCLUSIVE ? WRITE : READ,
        start: other.start,
        length: lengthOf(other),
        pid: shared.get(slot, PROCESS.PID),
      };
    });
  }

  /** Sets the owner's lock on a part, in place of what it had there; type 0 takes it away. */
  change(wanted, type) {
    return this.locked((list) => {
      if (type !== 0 && list.some((lock) => conflicts(lock, wanted, type))) return -ERRNO.EAGAIN;
      for (const lock of list) {
        if (!isSame(lock, wanted) || lock.owner !== wanted.owner || !overlap(lock, wanted))
          continue;
        if (lock.start < wanted.start) this.add({ ...lock, end: wanted.start });
        if (lock.end > wanted.end) this.add({ ...lock, start: wanted.end });
        remove(this.kernel.shared, this.kernel.slot, lock.at);
      }
      if (type !== 0) this.add({ ...wanted, type });
      return 0;
    });
  }

  /** Any descriptor of a file that a process closes takes its record locks on the file away. */
  closed(file) {
    let which;
    try {
      which = identity(file);
    } catch {
      return;
    }
    const owner = this.kernel.shared.holderOf(this.kernel.slot);
    this.change({ ...which, ofFile: 0, owner, start: 0, end: Infinity }, 0);
  }

  /** Runs with the list, of locks that are still somebody's. */
  locked(operation) {
    const { shared, slot } = this.kernel;
    shared.lock(FILE_LOCKS.LOCK, slot);
    try {
      const list = [];
      for (const lock of locks(shared)) {
        if (lock.ofFile || shared.holderLives(lock.owner)) list.push(lock);
        else remove(shared, slot, lock.at);
      }
      return operation(list.sort((a, b) => a.start - b.start));
    } finally {
      shared.unlock(FILE_LOCKS.LOCK);
    }
  }

  add({ device, inode, ofFile, type, owner, start, end }) {
    const { shared, slot } = this.kernel;
    const at = shared.allocate(LOCK_BYTES, slot);
    const word = at >> 2;
    shared.words[word + LOCK.OF_FILE] = ofFile;
    shared.words[word + LOCK.TYPE] = type;
    shared.words[word + LOCK.OWNER] = owner;
    shared.doubles.set([device, inode, start, end], (at >> 3) + NUMBER.DEVICE);
    shared.words[word + LOCK.NEXT] = shared.words[FILE_LOCKS.LIST];
    shared.words[FILE_LOCKS.LIST] = at;
  }
}

function identity(file) {
  const { dev, ino } = file.stat();
  return { device: Number(dev ?? 0), inode: Number(ino) };
}

function lengthOf({ start, end }) {
  return end === Infinity ? 0 : end - start;
}

function isSame(lock, other) {
  return lock.device === other.device && lock.inode === other.inode && lock.ofFile === other.ofFile;
}

function overlap(lock, other) {
  return lock.start < other.end && other.start < lock.end;
}

function conflicts(lock, wanted, type) {
  return (
    isSame(lock, wanted) &&
    lock.owner !== wanted.owner &&
    overlap(lock, wanted) &&
    (lock.type === EXCLUSIVE || type === EXCLUSIVE)
  );
}

/** All locks there are, read before any is changed. */
function locks(shared) {
  const all = [];
  for (let at = shared.words[FILE_LOCKS.LIST]; at !== 0; at = shared.words[at >> 2]) {
    const word = at >> 2;
    const [device, inode, start, end] = shared.doubles.subarray(
      (at >> 3) + NUMBER.DEVICE,
      (at >> 3) + NUMBER.END + 1,
    );
    all.push({
      at,
      ofFile: shared.words[word + LOCK.OF_FILE],
      type: shared.words[word + LOCK.TYPE],
      owner: shared.words[word + LOCK.OWNER],
      device,
      inode,
      start,
      end,
    });
  }
  return all;
}

function remove(shared, slot, at) {
  const { words } = shared;
  let before = FILE_LOCKS.LIST;
  while (words[before] !== 0 && words[before] !== at) before = words[before] >> 2;
  if (words[before] === 0) return;
  words[before] = words[at >> 2];
  shared.free(at, LOCK_BYTES, slot);
}

/** An open file is closed for good: its locks go with it. */
export function forgetLocks(shared, record, slot) {
  if (Atomics.load(shared.words, FILE_LOCKS.LIST) === 0) return;
  shared.lock(FILE_LOCKS.LOCK, slot);
  for (const { at, ofFile, owner } of locks(shared))
    if (ofFile && owner === record) remove(shared, slot, at);
  shared.unlock(FILE_LOCKS.LOCK);
}
