// SPDX-License-Identifier: MIT
// Pipes, in the memory that processes share. Invariants: at most CAPACITY bytes wait in a pipe; a write of up
// to 4096 bytes goes in whole or not at all; who finds nothing to do leaves its mark in the pipe before it
// sleeps, and who changes something wakes all that did. The bytes lie in a ring of their own, as large as has
// been needed: thousands of pipes cost little. A process may be killed anywhere: one store makes a larger ring
// the pipe's.
import { O, S, fail } from './errno.js';
import { KIND, OpenFile, PENDING, POLL } from './files.js';
import { PARCEL, discardParcel } from './parcels.js';
import { SharedState } from './shared.js';

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
const ARRIVALS = 8; // counts what is put in
const DRAINS = 9; // counts how often there was room again for who had found none
const PUT = 10; // how many bytes have ever been put in
const PARCELS = 11; // open files on their way, each with one of the bytes: parcels.js
const WAITERS = 12;
const RING = WAITERS + SharedState.maskBytes / 4; // its address, and in the low bits the power of two of its size
const HEADER_BYTES = (RING + 1) * 4;
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
    this.kernel = kernel;
    this.at = at;
    this.word = at >> 2;
    /** Parcels whose bytes were read as such; nobody gets them. */
    this.lost = [];
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
    while (this.lost.length > 0) discardParcel(this.kernel, this.lost.pop());
  }

  /** Ends a look that found nothing: this process is woken at the next change. */
  wait(before) {
    const { shared, slot, signals } = this.kernel;
    shared.await(this.word + WAITERS, slot);
    shared.unlock(this.word + LOCK);
    return signals.wait(Infinity, before);
  }

  get capacity() {
    return this.words[this.word + CAPACITY];
  }

  /** Bits that mean something to whoever uses the stream. FULL is the stream's own. */
  get flags() {
    return Atomics.load(this.words, this.word + FLAGS);
  }

  /** A number that changes with every arrival of bytes; and one with every end of there being no room. */
  get arrivals() {
    return this.words[this.word + ARRIVALS];
  }

  get drains() {
    return this.words[this.word + DRAINS];
  }

  /** This process is woken at the next change. */
  mark() {
    this.kernel.shared.await(this.word + WAITERS, this.kernel.slot);
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
    const { words, word } = this;
    const ring = words[word + RING];
    const size = 1 << (ring & POWER_BITS);
    const start = (words[word + START] + offset) & (size - 1);
    const first = Math.min(bytes.length, size - start);
    const body = ring & ~POWER_BITS;
    const all = this.kernel.shared.bytes;
    bytes.set(all.subarray(body + start, body + start + first));
    if (first < bytes.length) bytes.set(all.subarray(body, body + bytes.length - first), first);
  }

  /** Makes the ring large enough for so many more bytes; throws ENOMEM, and nothing has changed then. */
  reserve(count) {
    const { words, word } = this;
    const needed = words[word + LENGTH] + count;
    const ring = words[word + RING];
    if (ring !== 0 && needed <= 1 << (ring & POWER_BITS)) return;
    const { shared, slot } = this.kernel;
    let power = ring === 0 ? FIRST_POWER : ring & POWER_BITS;
    while (1 << power < needed) power++;
    const body = shared.allocate(1 << power, slot, 0);
    if (ring !== 0) {
      // What wraps around in the old ring follows its end in the new one, so that START stays true.
      const size = 1 << (ring & POWER_BITS);
      const old = ring & ~POWER_BITS;
      const start = words[word + START];
      const wrapped = Math.max(start + words[word + LENGTH] - size, 0);
      shared.bytes.copyWithin(body + start, old + start, old + size);
      shared.bytes.copyWithin(body + size, old, old + wrapped);
      words[word + RING] = body | power;
      shared.free(old, size, slot);
    } else words[word + RING] = body | power;
  }

  /** Appends bytes, for which there is room in the ring. */
  append(bytes) {
    const { words, word } = this;
    const ring = words[word + RING];
    const size = 1 << (ring & POWER_BITS);
    const end = (words[word + START] + words[word + LENGTH]) & (size - 1);
    const first = Math.min(bytes.length, size - end);
    const body = ring & ~POWER_BITS;
    const all = this.kernel.shared.bytes;
    all.set(bytes.subarray(0, first), body + end);
    if (first < bytes.length) all.set(bytes.subarray(first), body);
    words[word + LENGTH] += bytes.length;
    words[word + PUT] += bytes.length;
    words[word + ARRIVALS]++;
  }

  /** Forgets the first bytes. An empty stream begins anew, so that little memory is touched. */
  drop(count) {
    const { words, word } = this;
    const size = 1 << (words[word + RING] & POWER_BITS);
    words[word + LENGTH] -= count;
    words[word + START] =
      words[word + LENGTH] === 0 ? 0 : (words[word + START] + count) & (size - 1);
    if (words[word + PARCELS] !== 0) {
      const next = () => this.bytesToParcel();
      while (next() < 0) this.lost.push(this.takeParcel());
    }
    if (words[word + FLAGS] & FULL && this.capacity - words[word + LENGTH] >= ATOMIC) {
      this.takeFlag(FULL);
      words[word + DRAINS]++;
    }
  }

  /** How many bytes come before that of the first parcel; negative when it is read. Infinity: there is none. */
  bytesToParcel() {
    const { words, word } = this;
    const parcel = words[word + PARCELS];
    if (parcel === 0) return Infinity;
    return (words[(parcel >> 2) + PARCEL.AT] - (words[word + PUT] - words[word + LENGTH])) | 0;
  }

  /** A parcel comes with the next byte that is put in. */
  addParcel(parcel) {
    const { words, word } = this;
    words[(parcel >> 2) + PARCEL.AT] = words[word + PUT];
    let link = word + PARCELS;
    while (words[link] !== 0) link = (words[link] >> 2) + PARCEL.NEXT;
    words[link] = parcel;
  }

  takeParcel() {
    const { words, word } = this;
    const parcel = words[word + PARCELS];
    words[word + PARCELS] = words[(parcel >> 2) + PARCEL.NEXT];
    return parcel;
  }

  get length() {
    return this.words[this.word + LENGTH];
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
    const { words, word } = this;
    this.lock();
    words[word + field] += change;
    const gone = words[word + READERS] + words[word + WRITERS] + words[word + HOLDERS] === 0;
    const ring = words[word + RING];
    // Nobody will read them.
    if (words[word + READERS] === 0)
      while (words[word + PARCELS] !== 0) this.lost.push(this.takeParcel());
    this.changed();
    if (!gone) return;
    const { shared, slot } = this.kernel;
    if (ring !== 0) shared.free(ring & ~POWER_BITS, 1 << (ring & POWER_BITS), slot);
    shared.free(this.at, HEADER_BYTES, slot);
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
        // A byte with a parcel is the last that a read gets.
        const count = Math.min(bytes.length, length, this.bytesToParcel() + 1);
        this.copyOut(bytes.subarray(0, count));
        this.drop(count);
        this.changed();
        return count;
      }
      if (words[word + WRITERS] === 0 || nonblocking) {
        kernel.shared.unlock(word + LOCK);
        if (words[word + WRITERS] === 0) return 0;
        fail('EAGAIN');
      }
      if (this.wait(before) === PENDING) return PENDING;
    }
  }

  /** Puts a byte in that comes with a parcel: 1, PENDING; throws as write does. */
  writeParcel(parcel, nonblocking) {
    const { words, word, kernel } = this;
    for (;;) {
      const before = kernel.signals.moment();
      this.lock();
      let done = false;
      try {
        if (words[word + READERS] === 0) fail('EPIPE');
        if (words[word + LENGTH] < this.capacity) {
          this.reserve(1);
          this.addParcel(parcel);
          this.append(Uint8Array.of(0));
          done = true;
        } else if (nonblocking) fail('EAGAIN');
      } catch (error) {
        kernel.shared.unlock(word + LOCK);
        throw error;
      }
      if (done) {
        this.changed();
        return 1;
      }
      this.setFlag(FULL);
      if (this.wait(before) === PENDING) return PENDING;
    }
  }

  /** Takes a byte out with its parcel: that, 0 when it has none, -1 at the end, PENDING; throws EAGAIN, EINTR. */
  readParcel(nonblocking) {
    const { words, word, kernel } = this;
    for (;;) {
      const before = kernel.signals.moment();
      this.lock();
      if (words[word + LENGTH] > 0) {
        const parcel = this.bytesToParcel() === 0 ? this.takeParcel() : 0;
        this.drop(1);
        this.changed();
        return parcel;
      }
      if (words[word + WRITERS] === 0 || nonblocking) {
        kernel.shared.unlock(word + LOCK);
        if (words[word + WRITERS] === 0) return -1;
        fail('EAGAIN');
      }
      if (this.wait(before) === PENDING) return PENDING;
    }
  }

  /** Looks at bytes without taking them out: how many. */
  peek(bytes) {
    const { words, word, kernel } = this;
    this.lock();
    const count = Math.min(bytes.length, words[word + LENGTH]);
    this.copyOut(bytes.subarray(0, count));
    kernel.shared.unlock(word + LOCK);
    return count;
  }

  /** Puts bytes in: how many, PENDING; throws EPIPE, EAGAIN, EINTR, ENOMEM. */
  write(bytes, nonblocking) {
    if (bytes.length === 0) return 0;
    const { words, word, kernel } = this;
    for (;;) {
      const before = kernel.signals.moment();
      this.lock();
      if (words[word + READERS] === 0) {
        kernel.shared.unlock(word + LOCK);
        fail('EPIPE');
      }
      const room = this.capacity - words[word + LENGTH];
      if (room >= Math.min(bytes.length, ATOMIC)) {
        const count = Math.min(bytes.length, room);
        try {
          this.reserve(count);
          this.append(bytes.subarray(0, count));
          if (count < bytes.length) this.setFlag(FULL);
        } finally {
          this.changed();
        }
        return count;
      }
      this.setFlag(FULL);
      if (nonblocking) {
        kernel.shared.unlock(word + LOCK);
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

  get edge() {
    return this.writable ? this.stream.drains : this.stream.arrivals;
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
