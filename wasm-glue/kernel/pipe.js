// SPDX-License-Identifier: MIT
// Pipes, in the memory that processes share. Invariant: at most CAPACITY bytes wait in a pipe; a write of up
// to 4096 bytes goes in whole or not at all; who finds nothing to do leaves its mark in the pipe before it
// sleeps, and who changes something wakes all that did.
import { O, S, fail } from './errno.js';
import { KIND, OpenFile, PENDING, POLL } from './files.js';
import { SharedState } from './shared.js';

const PIPE_CAPACITY = 65536;
const ATOMIC = 4096;

/** Words of a pipe. */
const LOCK = 0;
const READERS = 1; // open files, not descriptors
const WRITERS = 2;
const START = 3;
const LENGTH = 4;
const HOLDERS = 5; // sockets that have it as one of their two directions, read or written or not
const CAPACITY = 6;
const FLAGS = 7;
const WRITTEN = 8; // bytes so far, as a number of 32 bits
const PASSENGERS = 9; // open files that travel along: see passing.js
const WAITERS = 10;
const HEADER_BYTES = WAITERS * 4 + SharedState.maskBytes;

/** Allocates a pipe without ends; its address. */
export function newPipe({ shared, slot }, capacity = PIPE_CAPACITY) {
  const at = shared.allocate(HEADER_BYTES + capacity, slot, HEADER_BYTES);
  shared.words[(at >> 2) + CAPACITY] = capacity;
  return at;
}

/** Of an allocation of so many bytes, what a pipe in it can hold. */
export const roomIn = (size) => size - HEADER_BYTES;

/** Bytes through a pipe: what its ends and the directions of a socket have in common. */
export class Stream {
  constructor(kernel, at) {
    this.kernel = kernel;
    this.at = at;
    this.word = at >> 2;
  }

  get words() {
    return this.kernel.shared.words;
  }

  lock() {
    this.kernel.shared.lock(this.word + LOCK, this.kernel.slot);
  }

  /** Ends a change: whoever waits looks again. */
  changed() {
    const { shared } = this.kernel;
    shared.unlock(this.word + LOCK);
    shared.wake(this.word + WAITERS);
  }

  /** Ends a look that changed nothing. */
  unlock() {
    this.kernel.shared.unlock(this.word + LOCK);
  }

  /** This process is woken at the next change. */
  mark() {
    this.kernel.shared.await(this.word + WAITERS, this.kernel.slot);
  }

  /** Ends a look that found nothing, and sleeps until the next change. */
  wait(before) {
    this.mark();
    this.unlock();
    return this.kernel.signals.wait(Infinity, before);
  }

  get capacity() {
    return this.words[this.word + CAPACITY];
  }

  /** Bits that mean something to whoever uses the stream. */
  get flags() {
    return Atomics.load(this.words, this.word + FLAGS);
  }

  setFlag(bit) {
    Atomics.or(this.words, this.word + FLAGS, bit);
  }

  /** Takes a bit away: whether it was set. */
  takeFlag(bit) {
    return (Atomics.and(this.words, this.word + FLAGS, ~bit) & bit) !== 0;
  }

  // ---- for a holder of the lock ----

  /** Copies bytes that wait, from `offset` on. */
  copyOut(bytes, offset = 0) {
    const { words, word, capacity } = this;
    const start = (words[word + START] + offset) % capacity;
    const first = Math.min(bytes.length, capacity - start);
    const body = this.at + HEADER_BYTES;
    const all = this.kernel.shared.bytes;
    bytes.set(all.subarray(body + start, body + start + first));
    if (first < bytes.length) bytes.set(all.subarray(body, body + bytes.length - first), first);
  }

  /** Appends bytes, for which there is room. */
  append(bytes) {
    const { words, word, capacity } = this;
    const end = (words[word + START] + words[word + LENGTH]) % capacity;
    const first = Math.min(bytes.length, capacity - end);
    const body = this.at + HEADER_BYTES;
    const all = this.kernel.shared.bytes;
    all.set(bytes.subarray(0, first), body + end);
    if (first < bytes.length) all.set(bytes.subarray(first), body);
    words[word + LENGTH] += bytes.length;
    words[word + WRITTEN] += bytes.length;
  }

  /** Forgets the first bytes. An empty stream begins anew, so that little memory is touched. */
  drop(count) {
    const { words, word } = this;
    words[word + LENGTH] -= count;
    words[word + START] =
      words[word + LENGTH] === 0 ? 0 : (words[word + START] + count) % this.capacity;
  }

  get length() {
    return this.words[this.word + LENGTH];
  }

  /** How many bytes have been put in, and taken out, so far; both wrap around. */
  get written() {
    return this.words[this.word + WRITTEN];
  }

  get taken() {
    return (this.words[this.word + WRITTEN] - this.words[this.word + LENGTH]) | 0;
  }

  /** The word that a list of what travels along begins at. */
  get passengers() {
    return this.word + PASSENGERS;
  }

  get hasWriter() {
    return this.words[this.word + WRITERS] > 0;
  }

  get hasReader() {
    return this.words[this.word + READERS] > 0;
  }

  /** Adds to the number of open files that read or write. */
  count(writes, change) {
    this.countIn(writes ? WRITERS : READERS, change);
  }

  /** Adds to the number of those who may look at it still, once nobody reads and writes. */
  hold(change) {
    this.countIn(HOLDERS, change);
  }

  countIn(field, change) {
    const { words, word, capacity } = this;
    this.lock();
    words[word + field] += change;
    const gone = words[word + READERS] + words[word + WRITERS] + words[word + HOLDERS] === 0;
    this.changed();
    if (gone) this.kernel.shared.free(this.at, HEADER_BYTES + capacity, this.kernel.slot);
  }

  /** Takes bytes out: how many, 0 at the end, PENDING; throws EAGAIN, EINTR. */
  read(bytes, nonblocking) {
    if (bytes.length === 0) return 0;
    const { words, word, kernel } = this;
    for (;;) {
      const before = kernel.signals.moment();
      this.lock();
      const length = words[word + LENGTH];
      if (length > 0) {
        const count = Math.min(bytes.length, length);
        this.copyOut(bytes.subarray(0, count));
        this.drop(count);
        this.changed();
        return count;
      }
      if (words[word + WRITERS] === 0 || nonblocking) {
        this.unlock();
        if (words[word + WRITERS] === 0) return 0;
        fail('EAGAIN');
      }
      if (this.wait(before) === PENDING) return PENDING;
    }
  }

  /** Looks at bytes without taking them out, at most so many: how many. */
  peek(bytes, most = () => Infinity) {
    const { words, word } = this;
    this.lock();
    const count = Math.min(bytes.length, words[word + LENGTH], most());
    this.copyOut(bytes.subarray(0, count));
    this.unlock();
    return count;
  }

  /** Puts bytes in: how many, PENDING; throws EPIPE, EAGAIN, EINTR. */
  write(bytes, nonblocking) {
    if (bytes.length === 0) return 0;
    const { words, word, kernel } = this;
    for (;;) {
      const before = kernel.signals.moment();
      this.lock();
      if (words[word + READERS] === 0) {
        this.unlock();
        fail('EPIPE');
      }
      const room = this.capacity - words[word + LENGTH];
      if (room >= Math.min(bytes.length, ATOMIC)) {
        const count = Math.min(bytes.length, room);
        this.append(bytes.subarray(0, count));
        this.changed();
        return count;
      }
      if (nonblocking) {
        this.unlock();
        fail('EAGAIN');
      }
      if (this.wait(before) === PENDING) return PENDING;
    }
  }

  /** Whether a read (or write) would not wait. When it would, this process is woken at a change. */
  ready(writes) {
    const { words, word } = this;
    const look = () =>
      writes
        ? this.capacity - words[word + LENGTH] >= ATOMIC || words[word + READERS] === 0
        : words[word + LENGTH] > 0 || words[word + WRITERS] === 0;
    if (look()) return true;
    this.mark();
    return look();
  }
}

/** One end. */
export class PipeEnd extends OpenFile {
  constructor(kernel, flags, pipe) {
    super(flags);
    this.kernel = kernel;
    this.stream = new Stream(kernel, pipe);
    this.time = kernel.now();
  }

  opened() {
    this.stream.count(this.writable, 1);
  }

  read(bytes) {
    return this.stream.read(bytes, (this.flags & O.NONBLOCK) !== 0);
  }

  write(bytes) {
    return this.stream.write(bytes, (this.flags & O.NONBLOCK) !== 0);
  }

  poll(wanted) {
    let ready = 0;
    if (wanted & POLL.ALL) {
      // As poll(2) tells it: nobody writes any more, nobody reads any more.
      const { stream } = this;
      if (this.readable && !stream.hasWriter)
        return POLL.HANG_UP | (stream.length > 0 ? wanted & 1 : 0);
      if (this.writable && !stream.hasReader) ready |= POLL.ERROR;
    }
    if (wanted & 1 && this.readable && this.stream.ready(false)) ready |= 1;
    if (wanted & 2 && this.writable && this.stream.ready(true)) ready |= 2;
    return ready;
  }

  stat() {
    const { kernel, time } = this;
    return {
      dev: 12,
      ino: this.stream.at,
      mode: S.IFIFO | 0o600,
      nlink: 1,
      uid: kernel.uid,
      gid: kernel.gid,
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
    this.stream.count(this.writable, -1);
  }

  remains() {
    return [this.writable ? KIND.PIPE_WRITER : KIND.PIPE_READER, this.stream.at];
  }

  describe() {
    return { kind: 'pipe', pipe: this.stream.at };
  }

  static revive(kernel, { flags, pipe }) {
    return new PipeEnd(kernel, flags, pipe);
  }
}

/** A new pipe's two ends: [to read, to write]. */
export function makePipe(kernel) {
  const pipe = newPipe(kernel);
  const ends = [new PipeEnd(kernel, O.RDONLY, pipe), new PipeEnd(kernel, O.WRONLY, pipe)];
  for (const end of ends) end.opened();
  return ends;
}
