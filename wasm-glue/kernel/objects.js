// SPDX-License-Identifier: MIT
// Semaphores and segments of memory that a process shares with those it forks. Each has a record, as shared
// open files have, so that whoever outlives a process can let go for it; its number is the record's address.
//
// Invariant: `held` is what this process holds; only numbers out of it are ever followed. A semaphore's count
// changes by one atomic step at a time, so that a process may be killed anywhere without harm to it.
import { ERRNO, fail } from './errno.js';
import { KIND, PENDING, RECORD, RECORD_BYTES, letGoOfRecord } from './files.js';
import { SharedState } from './shared.js';

const MOST_VALUE = 0x7fffffff;
const AGAIN = -ERRNO.EAGAIN;
const OVERFLOW = -ERRNO.EOVERFLOW;

/** Words of a semaphore. WAITED is set after a bit in WAITERS is, and cleared before they are woken. */
const VALUE = 0;
const WAITED = 1;
const WAITERS = 2;
const SEMAPHORE_BYTES = WAITERS * 4 + SharedState.maskBytes;

/** Words of a segment; its bytes follow. */
const SIZE = 0;
const SEGMENT_HEADER = 16;

/** Frees what a record of one of these kinds stands for, when nobody has it any more. */
export function freeObject(shared, slot, kind, at) {
  const size =
    kind === KIND.SEMAPHORE
      ? SEMAPHORE_BYTES
      : SEGMENT_HEADER + (shared.words[(at >> 2) + SIZE] >>> 0);
  shared.free(at, size, slot);
}

export class SharedObjects {
  /** @param {Kernel} kernel whose objects these are */
  constructor(kernel) {
    this.kernel = kernel;
    this.held = new Set();
    /**
     * Views of the objects held: of fixed length, as atomics are slow on those that follow a buffer's growth.
     */
    this.views = new Map();
  }

  /** The words of a semaphore, or of a segment's bytes, that is held. */
  view(record) {
    return this.views.get(record) ?? this.makeView(record);
  }

  makeView(record) {
    const { words, buffer } = this.kernel.shared;
    const at = this.at(record);
    const semaphore = words[(record >> 2) + RECORD.KIND] === KIND.SEMAPHORE;
    const view = semaphore
      ? new Int32Array(buffer, at, SEMAPHORE_BYTES >> 2)
      : new Int32Array(buffer, at + SEGMENT_HEADER, (words[(at >> 2) + SIZE] + 3) >>> 2);
    this.views.set(record, view);
    return view;
  }

  /** The number of a new object of so many bytes. */
  make(kind, bytes) {
    const { shared, slot } = this.kernel;
    const at = shared.allocate(bytes, slot);
    let record;
    try {
      record = shared.allocate(RECORD_BYTES, slot);
    } catch (error) {
      shared.free(at, bytes, slot);
      throw error;
    }
    const word = record >> 2;
    shared.words[word + RECORD.REFERENCES] = 1;
    shared.words[word + RECORD.KIND] = kind;
    shared.words[word + RECORD.ARGUMENT] = at;
    shared.hold(slot, record);
    this.held.add(record);
    return record;
  }

  close(record) {
    if (!this.held.delete(record)) return;
    this.views.delete(record);
    const { shared, slot } = this.kernel;
    const kind = shared.words[(record >> 2) + RECORD.KIND];
    const at = this.at(record);
    shared.letGo(slot, record);
    if (letGoOfRecord(shared, record, slot)) freeObject(shared, slot, kind, at);
  }

  closeAll() {
    for (const record of [...this.held]) this.close(record);
  }

  at(record) {
    return this.kernel.shared.words[(record >> 2) + RECORD.ARGUMENT];
  }

  // ---- semaphores ----

  newSemaphore(value) {
    return this.kernel.call(() => {
      if (value < 0) fail('EINVAL');
      const record = this.make(KIND.SEMAPHORE, SEMAPHORE_BYTES);
      this.kernel.shared.words[(this.at(record) >> 2) + VALUE] = value;
      return record;
    });
  }

  /** Takes one if there is one. */
  take(words) {
    for (;;) {
      const value = Atomics.load(words, VALUE);
      if (value <= 0) return false;
      if (Atomics.compareExchange(words, VALUE, value, value - 1) === value) return true;
    }
  }

  /** 0, EAGAIN after so many seconds (negative: never), EINTR, or PENDING. */
  wait(record, seconds) {
    const words = this.view(record);
    if (this.take(words)) return 0;
    if (seconds === 0) return AGAIN;
    const { kernel } = this;
    return kernel.call(() => {
      const { shared, slot, signals } = kernel;
      const end = seconds < 0 ? Infinity : performance.now() + seconds * 1000;
      for (;;) {
        const before = signals.moment();
        shared.await((this.at(record) >> 2) + WAITERS, slot);
        Atomics.store(words, WAITED, 1);
        if (this.take(words)) return 0;
        const left = end - performance.now();
        if (left <= 0) return AGAIN;
        kernel.flush(true);
        if (signals.wait(left, before) === PENDING) return PENDING;
      }
    });
  }

  /** Gives one back, up to `most`. */
  post(record, most) {
    const words = this.view(record);
    const limit = Math.min(most, MOST_VALUE);
    for (;;) {
      const value = Atomics.load(words, VALUE);
      if (value >= limit) return OVERFLOW;
      if (Atomics.compareExchange(words, VALUE, value, value + 1) === value) break;
    }
    if (Atomics.load(words, WAITED) !== 0) {
      Atomics.store(words, WAITED, 0);
      this.kernel.shared.wake((this.at(record) >> 2) + WAITERS);
    }
    return 0;
  }

  value(record) {
    return Atomics.load(this.view(record), VALUE);
  }

  // ---- segments ----

  newSegment(size) {
    return this.kernel.call(() => {
      const record = this.make(KIND.SEGMENT, SEGMENT_HEADER + size);
      this.kernel.shared.words[(this.at(record) >> 2) + SIZE] = size;
      return record;
    });
  }

  /** Fills `bytes` from `offset` on. A word that is one in memory is read as one. */
  read(record, offset, bytes) {
    const words = this.view(record);
    if (bytes.length === 4 && (offset & 3) === 0) {
      const value = Atomics.load(words, offset >> 2);
      bytes[0] = value;
      bytes[1] = value >> 8;
      bytes[2] = value >> 16;
      bytes[3] = value >> 24;
    } else bytes.set(new Uint8Array(words.buffer, words.byteOffset + offset, bytes.length));
  }

  write(record, offset, bytes) {
    const words = this.view(record);
    if (bytes.length === 4 && (offset & 3) === 0) {
      const value = bytes[0] | (bytes[1] << 8) | (bytes[2] << 16) | (bytes[3] << 24);
      Atomics.store(words, offset >> 2, value);
    } else new Uint8Array(words.buffer, words.byteOffset + offset, bytes.length).set(bytes);
  }
}
