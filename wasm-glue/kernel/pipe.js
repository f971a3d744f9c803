// SPDX-License-Identifier: MIT
// Pipes within one process. Invariant: at most CAPACITY bytes wait in a pipe; a write of up to 4096 bytes
// goes in whole or not at all.
import { O, S, fail } from './errno.js';
import { OpenFile, PENDING } from './files.js';

const CAPACITY = 65536;
const ATOMIC = 4096;
let nextIno = 1;

class Pipe {
  constructor(now) {
    this.bytes = new Uint8Array(CAPACITY);
    this.start = 0;
    this.length = 0;
    this.readers = 0;
    this.writers = 0;
    this.ino = nextIno++;
    this.time = now();
  }
}

/** One end. `waiter.wait()` blocks until something changes, or answers PENDING, or throws EINTR;
 * `waiter.changed()` makes whoever waits look again. */
class PipeEnd extends OpenFile {
  constructor(pipe, flags, owner, waiter) {
    super(flags);
    this.pipe = pipe;
    this.owner = owner;
    this.waiter = waiter;
    if (this.readable) pipe.readers++;
    else pipe.writers++;
  }

  read(bytes) {
    const { pipe } = this;
    if (bytes.length === 0) return 0;
    while (pipe.length === 0) {
      if (pipe.writers === 0) return 0;
      if (this.flags & O.NONBLOCK) fail('EAGAIN');
      if (this.waiter.wait() === PENDING) return PENDING;
    }
    const count = Math.min(bytes.length, pipe.length);
    for (let i = 0; i < count; i++) bytes[i] = pipe.bytes[(pipe.start + i) % CAPACITY];
    pipe.start = (pipe.start + count) % CAPACITY;
    pipe.length -= count;
    this.waiter.changed();
    return count;
  }

  write(bytes) {
    const { pipe } = this;
    if (bytes.length === 0) return 0;
    let room;
    for (;;) {
      if (pipe.readers === 0) fail('EPIPE');
      room = CAPACITY - pipe.length;
      if (room >= Math.min(bytes.length, ATOMIC)) break;
      if (this.flags & O.NONBLOCK) fail('EAGAIN');
      if (this.waiter.wait() === PENDING) return PENDING;
    }
    const count = Math.min(bytes.length, room);
    const end = pipe.start + pipe.length;
    for (let i = 0; i < count; i++) pipe.bytes[(end + i) % CAPACITY] = bytes[i];
    pipe.length += count;
    this.waiter.changed();
    return count;
  }

  poll(wanted) {
    const { pipe } = this;
    let ready = 0;
    if (this.readable && (pipe.length > 0 || pipe.writers === 0)) ready |= 1;
    if (this.writable && (CAPACITY - pipe.length >= ATOMIC || pipe.readers === 0)) ready |= 2;
    return wanted & ready;
  }

  stat() {
    const { time } = this.pipe;
    return {
      dev: 12,
      ino: this.pipe.ino,
      mode: S.IFIFO | 0o600,
      nlink: 1,
      uid: this.owner.uid,
      gid: this.owner.gid,
      rdev: 0,
      size: 0,
      blksize: 4096,
      blocks: 0,
      atime: time,
      mtime: time,
      ctime: time,
    };
  }

  close() {
    if (this.readable) this.pipe.readers--;
    else this.pipe.writers--;
    this.waiter.changed();
  }
}

/** A new pipe's two ends: [to read, to write]. */
export function makePipe(owner, waiter, now) {
  const pipe = new Pipe(now);
  return [new PipeEnd(pipe, O.RDONLY, owner, waiter), new PipeEnd(pipe, O.WRONLY, owner, waiter)];
}
