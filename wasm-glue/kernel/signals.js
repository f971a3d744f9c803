// SPDX-License-Identifier: MIT
// Pending signals and waiting, over a few words of memory that another thread may share. Invariants: bit
// (n - 1) is set while signal n is pending; whoever sets a bit or delivers something counts WAKE up, and
// whoever waits looks at WAKE before it looks for what it waits for, so that nothing is slept through.
import { fail } from './errno.js';
import { PENDING } from './files.js';

/** What nobody need care for: SIGCHLD, SIGCONT, SIGURG, SIGWINCH. */
export const IGNORED_BY_DEFAULT = new Set([17, 18, 23, 28]);

/** Indices into the words. */
export const WORD = Object.freeze({
  SIGNALS: 0, // two words of bits
  WAKE: 2,
  REPLY_STATE: 3, // see workers/channel.js
  REPLY_LENGTH: 4,
  REPLY_ID: 5,
  OUTPUT_TAKEN: 6, // bytes of output the other side is done with
  COLUMNS: 7,
  ROWS: 8,
  COUNT: 16,
});

/** Sets a signal's bit, from any thread. */
export function raiseSignal(words, number) {
  Atomics.or(words, WORD.SIGNALS + ((number - 1) >> 5), 1 << ((number - 1) & 31));
  wake(words);
}

/** Makes whoever waits look again, from any thread. */
export function wake(words) {
  Atomics.add(words, WORD.WAKE, 1);
  Atomics.notify(words, WORD.WAKE);
}

/** Forgets all pending signals. */
export function clearSignals(words) {
  Atomics.store(words, WORD.SIGNALS, 0);
  Atomics.store(words, WORD.SIGNALS + 1, 0);
}

/** The VM's side of the words. */
export class Signals {
  /** @param {Int32Array} words shared with other threads, or not */
  constructor(words = new Int32Array(WORD.COUNT)) {
    this.words = words;
    /** Whether this thread can sleep and be woken. */
    this.shared =
      typeof SharedArrayBuffer !== 'undefined' && words.buffer instanceof SharedArrayBuffer;
    /** Whether calls may do so: not while the VM has other threads to run. */
    this.blocking = this.shared;
    this.timer = null;
    /** A file that cannot wake this thread has answered PENDING. */
    this.watched = false;
  }

  raise(number) {
    raiseSignal(this.words, number);
  }

  clear() {
    clearSignals(this.words);
  }

  /** Something that threads of this process may wait for has changed. */
  changed() {
    wake(this.words);
  }

  get pending() {
    if (this.timer) this.checkTimer();
    return (
      Atomics.load(this.words, WORD.SIGNALS) !== 0 ||
      Atomics.load(this.words, WORD.SIGNALS + 1) !== 0
    );
  }

  /** Takes the lowest pending signal; 0 when there is none. */
  take() {
    if (!this.pending) return 0;
    for (let index = 0; index < 2; index++) {
      const bits = Atomics.load(this.words, WORD.SIGNALS + index);
      if (bits === 0) continue;
      const bit = 31 - Math.clz32(bits & -bits);
      Atomics.and(this.words, WORD.SIGNALS + index, ~(1 << bit));
      return index * 32 + bit + 1;
    }
    return 0;
  }

  /** Sets the interval timer in milliseconds; 0 stops it. Answers the old [left, interval]. */
  setTimer(value, interval) {
    const old = this.readTimer();
    this.timer = value > 0 ? { due: performance.now() + value, interval } : null;
    return old;
  }

  readTimer() {
    if (!this.timer) return [0, 0];
    return [Math.max(this.timer.due - performance.now(), 0.001), this.timer.interval];
  }

  /** The timer as data for another thread, whose clock starts elsewhere; null when none is set. */
  describeTimer() {
    if (!this.timer) return null;
    return { due: performance.timeOrigin + this.timer.due, interval: this.timer.interval };
  }

  adoptTimer(timer) {
    this.timer = timer && { ...timer, due: timer.due - performance.timeOrigin };
  }

  checkTimer() {
    const now = performance.now();
    if (now < this.timer.due) return;
    const { interval } = this.timer;
    if (interval > 0) {
      this.timer.due += interval * Math.ceil((now - this.timer.due + 0.001) / interval);
    } else this.timer = null;
    this.raise(14);
  }

  /** What to give to `wait` when one looks for something first, so that its coming is not slept through. */
  moment() {
    return Atomics.load(this.words, WORD.WAKE);
  }

  /**
   * Sleeps until something is delivered or the time is over. Throws EINTR when a signal is pending; answers
   * PENDING at once where this thread may not block.
   */
  wait(milliseconds = Infinity, before = this.moment()) {
    if (this.pending) fail('EINTR');
    if (!this.blocking) return PENDING;
    return this.sleep(milliseconds, before);
  }

  /** The same without asking whether it may; `before` is WAKE's value when there was nothing yet. */
  sleep(milliseconds, before) {
    let limit = milliseconds;
    if (this.timer) limit = Math.min(limit, Math.max(this.timer.due - performance.now(), 0));
    Atomics.wait(this.words, WORD.WAKE, before, limit);
    if (this.pending) fail('EINTR');
    return 0;
  }
}
