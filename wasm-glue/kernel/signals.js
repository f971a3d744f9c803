// SPDX-License-Identifier: MIT
// Pending signals and waiting, over a few words of memory that another thread may share. Invariants: bit
// (n - 1) is set while signal n is pending; whoever sets a bit or delivers something counts WAKE up, and
// whoever waits looks at WAKE before it looks for what it waits for, so that nothing is slept through.
import { fail } from './errno.js';
import { PENDING } from './files.js';

/** What nobody need care for: SIGCHLD, SIGCONT, SIGURG, SIGWINCH. */
export const IGNORED_BY_DEFAULT = new Set([17, 18, 23, 28]);

/** What stops a process that does not handle it: SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU. */
export const STOPS = new Set([19, 20, 21, 22]);

/** SIGALRM, SIGVTALRM, SIGPROF. */
const TIMER_SIGNALS = [14, 26, 27];

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
    this.timers = [null, null, null];
    this.timing = false;
    /** Milliseconds that the processor has worked for this process. */
    this.cpuTime = () => performance.now();
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
    if (this.timing) this.checkTimers();
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

  /** Sets an interval timer in milliseconds; 0 stops it. Answers the old [left, interval]. */
  setTimer(which, value, interval) {
    const old = this.readTimer(which);
    this.timers[which] = value > 0 ? { due: this.clockOf(which) + value, interval } : null;
    this.timing = this.timers.some(Boolean);
    return old;
  }

  readTimer(which) {
    const timer = this.timers[which];
    if (!timer) return [0, 0];
    return [Math.max(timer.due - this.clockOf(which), 0.001), timer.interval];
  }

  /** Timer 0 goes by the clock, 1 and 2 by the time that the processor has worked. */
  clockOf(which) {
    return which === 0 ? performance.now() : this.cpuTime();
  }

  /** Milliseconds until the clock's timer is due. */
  get untilTimer() {
    const timer = this.timers[0];
    return timer ? Math.max(timer.due - performance.now(), 0) : Infinity;
  }

  /** The timers as data for another thread, whose clock starts elsewhere. */
  describeTimers() {
    return this.timers.map((timer, which) => {
      if (!timer) return null;
      return which === 0 ? { ...timer, due: timer.due + performance.timeOrigin } : timer;
    });
  }

  adoptTimers(timers) {
    this.timers = timers.map((timer, which) => {
      if (!timer) return null;
      return which === 0 ? { ...timer, due: timer.due - performance.timeOrigin } : timer;
    });
    this.timing = this.timers.some(Boolean);
  }

  checkTimers() {
    this.timers.forEach((timer, which) => {
      if (!timer) return;
      const now = this.clockOf(which);
      if (now < timer.due) return;
      const { interval } = timer;
      if (interval > 0) timer.due += interval * Math.ceil((now - timer.due + 0.001) / interval);
      else this.timers[which] = null;
      this.raise(TIMER_SIGNALS[which]);
    });
    this.timing = this.timers.some(Boolean);
  }

  /** What to give to `wait` when one looks for something first, so that its coming is not slept through. */
  moment() {
    return Atomics.load(this.words, WORD.WAKE);
  }

  /**
   * Sleeps until something is delivered or the time is over; then the caller looks again for what it waits for.
   * Throws EINTR when a signal is pending and nothing has come since `before`: what comes together with a
   * signal (a child's end, its last words) is had first, as on Linux. Answers PENDING at once where this thread
   * may not block.
   */
  wait(milliseconds = Infinity, before = this.moment()) {
    if (this.pending) {
      if (this.moment() === before) fail('EINTR');
      return 0;
    }
    if (!this.blocking) return PENDING;
    this.doze(milliseconds, before);
    return 0;
  }

  /** The same without asking whether it may; `before` is WAKE's value when there was nothing yet. */
  sleep(milliseconds, before) {
    this.doze(milliseconds, before);
    if (this.pending) fail('EINTR');
    return 0;
  }

  doze(milliseconds, before) {
    const limit = this.timing ? Math.min(milliseconds, this.untilTimer) : milliseconds;
    Atomics.wait(this.words, WORD.WAKE, before, limit);
  }
}
