// SPDX-License-Identifier: MIT
// Pipes, in the memory that processes share. Invariants: at most CAPACITY bytes wait in a pipe; a write of up
// to 4096 bytes goes in whole or not at all; who finds nothing to do leaves its mark in the pipe before it
// sleeps, and who changes something wakes all that did. The bytes lie in a ring of their own, as large as has
// been needed: thousands of pipes cost little. A process may be killed anywhere: one store makes a larger ring
// the pipe's.
import { copyBytes } from './copy.js';
import { O, S, fail } from './errno.js';
import { SharedState } from './shared.js';
import { KIND, OpenFile, PENDING, POLL, statOutsideTrees } from './files.js';

const PIPE_CAPACITY = 65536;
/** A bit of FLAGS: who has written found no room. */
const FULL = 1 << 30;
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
const WAITED = 8; // set after a bit in WAITERS is, and cleared before they are woken
const WRITTEN = 9; // bytes so far, as a number of 32 bits
const PASSENGERS = 10; // open files that travel along: see passing.js
const DRAINS = 11; // counts how often there was room again for who had found none
const RING = 12; // its address, and in the low bits the power of two of its size
const WAITERS = 13;
const HEADER_BYTES = (WAITERS * 4 + SharedState.maskBytes + 63) & ~63;
const POWER_BITS = 31;
const FIRST_POWER = 12;

/** Allocates a pipe without ends; its address. `capacity` is a power of two. */
export function newPipe({ shared, slot }, capacity = PIPE_CAPACITY) {
  const at = shared.allocate(HEADER_BYTES, slot);
  shared.words[(at >> 2) + CAPACITY] = capacity;
  return at;
}

/** Bytes through a pipe: what its ends and the directions of a socket have in common. */
export class Stream {
  constructor(kernel, at) {
    const { buffer } = kernel.shared;
    this.kernel = kernel;
    this.at = at;
    // Views of fixed length: those that follow a buffer's growth are slow.
    this.words = new Int32Array(buffer, at, HEADER_BYTES >> 2);
    this.capacity = this.words[CAPACITY];
    this.ring = 0;
    this.bytes = null;
  }

  /** The ring. */
  get body() {
    const ring = this.words[RING];
    if (ring !== this.ring) {
      this.ring = ring;
      const { buffer } = this.kernel.shared;
      this.bytes = new Uint8Array(buffer, ring & ~POWER_BITS, 1 << (ring & POWER_BITS));
    }
    return this.bytes;
  }

  lock() {
    this.kernel.shared.lock(LOCK, this.kernel.slot, this.words);
  }

  unlock() {
    this.kernel.shared.unlock(LOCK, this.words);
  }

  /** Ends a change: whoever waits looks again. */
  changed() {
    const { words } = this;
    this.unlock();
    if (Atomics.load(words, WAITED) === 0) return;
    Atomics.store(words, WAITED, 0);
    this.kernel.shared.wake(WAITERS, words);
  }

  /** Notes that this process is to be woken at the next change. */
  await() {
    this.kernel.shared.await(WAITERS, this.kernel.slot, this.words);
    Atomics.store(this.words, WAITED, 1);
  }

  /** Ends a look under the lock that found nothing. */
  wait() {
    const { signals } = this.kernel;
    const before = signals.moment();
    this.await();
    this.unlock();
    return signals.wait(Infinity, before);
  }

  /** Bits that mean something to whoever uses the stream. */
  get flags() {
    return Atomics.load(this.words, FLAGS);
  }

  /** How often there was room again for who had found none. */
  get drains() {
    return this.words[DRAINS];
  }

  setFlag(bit) {
    Atomics.or(this.words, FLAGS, bit);
  }

  /** Takes a bit away: whether it was set. */
  takeFlag(bit) {
    return (Atomics.and(this.words, FLAGS, ~bit) & bit) !== 0;
  }

  // ---- for a holder of the lock ----

  /** Copies bytes that wait, from `offset` on: so many, or all that `bytes` has room for. */
  copyOut(bytes, offset = 0, count = bytes.length) {
    if (count === 0) return;
    const { body } = this;
    const start = (this.words[START] + offset) & (body.length - 1);
    const first = Math.min(count, body.length - start);
    copyBytes(bytes, 0, body, start, first);
    if (first < count) copyBytes(bytes, first, body, 0, count - first);
  }

  /** Makes the ring large enough for so many more bytes; throws ENOMEM, and nothing has changed then. */
  reserve(count) {
    const { words } = this;
    const needed = words[LENGTH] + count;
    const ring = words[RING];
    if (ring !== 0 && needed <= 1 << (ring & POWER_BITS)) return;
    const { shared, slot } = this.kernel;
    let power = ring === 0 ? FIRST_POWER : ring & POWER_BITS;
    while (1 << power < needed) power++;
    const body = shared.allocate(1 << power, slot, 0);
    if (ring !== 0) {
      // What wraps around in the old ring follows its end in the new one, so that START stays true.
      const size = 1 << (ring & POWER_BITS);
      const old = ring & ~POWER_BITS;
      const start = words[START];
      const wrapped = Math.max(start + words[LENGTH] - size, 0);
      shared.bytes.copyWithin(body + start, old + start, old + size);
      shared.bytes.copyWithin(body + size, old, old + wrapped);
      words[RING] = body | power;
      shared.free(old, size, slot);
    } else words[RING] = body | power;
  }

  /** The same for a holder of the lock who gives it back in that case. */
  reserveOrUnlock(count) {
    try {
      this.reserve(count);
    } catch (error) {
      this.unlock();
      throw error;
    }
  }

  /** Appends the first `count` bytes, for which there is room in the ring. */
  append(bytes, count = bytes.length) {
    const { words, body } = this;
    // An empty stream begins anew, so that little memory is touched; where it lies as what comes, which is fast.
    if (words[LENGTH] === 0) words[START] = bytes.byteOffset & 7;
    const end = (words[START] + words[LENGTH]) & (body.length - 1);
    const first = Math.min(count, body.length - end);
    copyBytes(body, end, bytes, 0, first);
    if (first < count) copyBytes(body, 0, bytes, first, count - first);
    words[LENGTH] += count;
    words[WRITTEN] += count;
  }

  /** Forgets the first bytes. */
  drop(count) {
    const { words } = this;
    words[LENGTH] -= count;
    words[START] = (words[START] + count) & ((1 << (words[RING] & POWER_BITS)) - 1);
    if (words[FLAGS] & FULL && this.capacity - words[LENGTH] >= ATOMIC) {
      this.takeFlag(FULL);
      words[DRAINS]++;
    }
  }

  get length() {
    return this.words[LENGTH];
  }

  /** How many bytes have been put in, and taken out, so far; both wrap around. */
  get written() {
    return this.words[WRITTEN];
  }

  get taken() {
    return (this.words[WRITTEN] - this.words[LENGTH]) | 0;
  }

  /** The word, of all that are shared, that a list of what travels along begins at. */
  get passengers() {
    return (this.at >> 2) + PASSENGERS;
  }

  get hasWriter() {
    return this.words[WRITERS] > 0;
  }

  get hasReader() {
    return this.words[READERS] > 0;
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
    const { words } = this;
    this.lock();
    words[field] += change;
    const gone = words[READERS] + words[WRITERS] + words[HOLDERS] === 0;
    const ring = words[RING];
    this.changed();
    if (!gone) return;
    const { shared, slot } = this.kernel;
    if (ring !== 0) shared.free(ring & ~POWER_BITS, 1 << (ring & POWER_BITS), slot);
    shared.free(this.at, HEADER_BYTES, slot);
  }

  /** Takes bytes out: how many, 0 at the end, PENDING; throws EAGAIN, EINTR. */
  read(bytes, nonblocking) {
    if (bytes.length === 0) return 0;
    const { words } = this;
    for (;;) {
      this.lock();
      const length = words[LENGTH];
      if (length > 0) {
        const count = Math.min(bytes.length, length);
        this.copyOut(bytes, 0, count);
        this.drop(count);
        this.changed();
        return count;
      }
      if (words[WRITERS] === 0 || nonblocking) {
        this.unlock();
        if (words[WRITERS] === 0) return 0;
        fail('EAGAIN');
      }
      if (this.wait() === PENDING) return PENDING;
    }
  }

  /** Looks at bytes without taking them out, at most so many: how many. */
  peek(bytes, most = () => Infinity) {
    this.lock();
    const count = Math.min(bytes.length, this.length, most());
    this.copyOut(bytes, 0, count);
    this.unlock();
    return count;
  }

  /** Puts bytes in: how many, PENDING; throws EPIPE, EAGAIN, EINTR, ENOMEM. */
  write(bytes, nonblocking) {
    if (bytes.length === 0) return 0;
    const { words } = this;
    for (;;) {
      this.lock();
      if (words[READERS] === 0) {
        this.unlock();
        fail('EPIPE');
      }
      const room = this.capacity - words[LENGTH];
      if (room >= Math.min(bytes.length, ATOMIC)) {
        const count = Math.min(bytes.length, room);
        this.reserveOrUnlock(count);
        this.append(bytes, count);
        if (count < bytes.length) this.setFlag(FULL);
        this.changed();
        return count;
      }
      this.setFlag(FULL);
      if (nonblocking) {
        this.unlock();
        fail('EAGAIN');
      }
      if (this.wait() === PENDING) return PENDING;
    }
  }

  /** Whether a read (or write) would not wait. When it would, this process is woken at a change. */
  ready(writes) {
    const { words } = this;
    const look = () =>
      writes
        ? this.capacity - words[LENGTH] >= ATOMIC || words[READERS] === 0
        : words[LENGTH] > 0 || words[WRITERS] === 0;
    if (look()) return true;
    this.await();
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

  get edge() {
    return this.writable ? this.stream.drains : this.stream.written;
  }

  stat() {
    const { kernel, time } = this;
    return statOutsideTrees(kernel, { dev: 12, ino: this.stream.at, mode: S.IFIFO | 0o600, time });
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
