// SPDX-License-Identifier: MIT
// Open files and the table of descriptors. Invariant: an OpenFile is what Linux calls an open file
// description: descriptors that came from one another by dup share it, and it is closed when the last of
// them is. Subclasses say what reading, writing and seeking mean; the defaults are those of a file that
// can do none of it.
import { O, fail } from './errno.js';

/** What a call answers that cannot be satisfied yet where the host cannot block. Same as HOST_PENDING. */
export const PENDING = -100000;

export class OpenFile {
  /** @param {number} flags the O_* it was opened with */
  constructor(flags) {
    this.flags = flags & ~(O.CREAT | O.EXCL | O.TRUNC | O.NOCTTY);
    this.references = 0;
  }

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

  isatty() {
    return false;
  }

  /** Columns and rows of a terminal, else null. */
  terminalSize() {
    return null;
  }

  close() {}
}

/** Descriptors to open files. */
export class FileTable {
  constructor(limit = 1024) {
    this.limit = limit;
    this.slots = [];
  }

  /** Puts a file into the lowest free slot from `from` on. */
  add(file, from = 0) {
    let fd = from;
    while (this.slots[fd]) fd++;
    if (fd >= this.limit) {
      if (file.references === 0) file.close();
      fail('EMFILE');
    }
    this.put(fd, file);
    return fd;
  }

  put(fd, file, closeOnExec = false) {
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
    if (--file.references === 0) file.close();
  }

  duplicate(fd, from = 0) {
    if (from < 0 || from >= this.limit) fail('EINVAL');
    return this.add(this.get(fd), from);
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
