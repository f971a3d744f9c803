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

/** Words of a semaphore. */
const VALUE = 0;
const WAITERS = 1;
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
  take(word) {
    const { words } = this.kernel.shared;
    for (;;) {
      const value = Atomics.load(words, word);
      if (value <= 0) return false;
      if (Atomics.compareExchange(words, word, value, value - 1) === value) return true;
    }
  }

  /** 0, EAGAIN after so many seconds (negative: never), EINTR, or PENDING. */
  wait(record, seconds) {
    const word = this.at(record) >> 2;
    if (this.take(word + VALUE)) return 0;
    if (seconds === 0) return AGAIN;
    const { kernel } = this;
    return kernel.call(() => {
      const { shared, slot, signals } = kernel;
      const end = seconds < 0 ? Infinity : performance.now() + seconds * 1000;
      for (;;) {
        const before = signals.moment();
        shared.await(word + WAITERS, slot);
        if (this.take(word + VALUE)) return 0;
        const left = end - performance.now();
        if (left <= 0) return AGAIN;
        kernel.flush(true);
        if (signals.wait(left, before) === PENDING) return PENDING;
      }
    });
  }

  /** Gives one back, up to `most`. */
  post(record, most) {
    const { shared } = this.kernel;
    const word = this.at(record) >> 2;
    const limit = Math.min(most, MOST_VALUE);
    for (;;) {
      const value = Atomics.load(shared.words, word + VALUE);
      if (value >= limit) return OVERFLOW;
      if (Atomics.compareExchange(shared.words, word + VALUE, value, value + 1) !== value) continue;
      shared.wake(word + WAITERS);
      return 0;
    }
  }

  value(record) {
    return Atomics.load(this.kernel.shared.words, (this.at(record) >> 2) + VALUE);
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
    const { shared } = this.kernel;
    const from = this.at(record) + SEGMENT_HEADER + offset;
    if (bytes.length === 4 && (from & 3) === 0) {
      const value = Atomics.load(shared.words, from >> 2);
      bytes[0] = value;
      bytes[1] = value >> 8;
      bytes[2] = value >> 16;
      bytes[3] = value >> 24;
    } else if (bytes.length <= 16) {
      for (let i = 0; i < bytes.length; i++) bytes[i] = shared.bytes[from + i];
    } else bytes.set(shared.bytes.subarray(from, from + bytes.length));
  }

  write(record, offset, bytes) {
    const { shared } = this.kernel;
    const to = this.at(record) + SEGMENT_HEADER + offset;
    if (bytes.length === 4 && (to & 3) === 0) {
      const value = bytes[0] | (bytes[1] << 8) | (bytes[2] << 16) | (bytes[3] << 24);
      Atomics.store(shared.words, to >> 2, value);
    } else if (bytes.length <= 16) {
      for (let i = 0; i < bytes.length; i++) shared.bytes[to + i] = bytes[i];
    } else shared.bytes.set(bytes, to);
  }
}
