// SPDX-License-Identifier: MIT
// The memory that the processes of one kernel share: the process table, and a heap of small objects (open
// files, pipes, semaphores, sockets) that processes work on with atomics, without asking anyone. It is a
// SharedArrayBuffer where there is one, else a plain buffer for the one process there can be.
//
// Invariants: an object's address stays valid until the last process that holds it lets go; each process's
// holds are listed in its block, so that whoever outlives it can let go for it; a lock is held for a few
// statements only, names its holder, and passes to the next who asks when that process is dead.
import { fail } from './errno.js';
import { IGNORED_BY_DEFAULT, STOPS, WORD } from './signals.js';

const SIGKILL = 9;
const SIGCHLD = 17;
const SIGCONT = 18;

const PAGE = 65536;
const MAXIMUM = 1 << 28;
/** Sizes in words of 4 bytes. */
const HEADER_WORDS = 64;
export const PROCESSES = 128;
const PROCESS_WORDS = 64;
const HEAP = (HEADER_WORDS + PROCESSES * PROCESS_WORDS) * 4;
const SMALLEST = 5; // 32 bytes
const LARGEST = 27;

/** Words of the header. */
const HEADER = Object.freeze({ LOCK: 0, TOP: 1, NEXT_PID: 2, KEPT: 3, FREE: 8 });

/** Those of socket.js: the lock of all sockets, the list of bound ones, the last ephemeral port, numbers given, open files on their way. */
export const SOCKETS = Object.freeze({
  LOCK: 40,
  NAMES: 41,
  PORT: 42,
  UNIX: 43,
  NUMBER: 44,
  PASSING: 45,
});

/** Words of a process's block. The first ones are those of signals.js. */
export const PROCESS = Object.freeze({
  PID: 16,
  PARENT: 17, // its pid
  GROUP: 18,
  SESSION: 19,
  STATE: 20,
  STATUS: 21, // a wait status, once it has ended
  HELD: 22, // address of the list of what it holds
  CHILD_CPU: 23, // milliseconds of children that were waited for
  CPU: 24,
  STARTED: 25, // counts the processes that the slot has had
  CAUGHT: 26, // two words of bits, as SIGNALS: signals that the program handles
  IGNORED: 28, // and those it ignores
  STOPPED: 30, // the signal that has stopped it, or 0
  NEWS: 31, // what its parent has not been told yet: see NEWS
  START: 32, // what came of starting it: 0 not known yet, STARTED, or a negative error number
});

export const STARTED = 1;

/** Bits of a process's NEWS. */
export const NEWS = Object.freeze({ STOPPED: 1, CONTINUED: 2 });

/** Those of locks.js: the lock of the list of file locks, and the list. */
export const FILE_LOCKS = Object.freeze({ LOCK: 45, LIST: 46 });

/** The slot of the program's process where a session runs one after another. */
export const SESSION_SLOT = 1;

export const STATE = Object.freeze({ FREE: 0, MAKING: 1, RUNNING: 2, ENDED: 3 });

const MASK_WORDS = PROCESSES / 32;

/** How often a lock is tried before its holder is looked at, and how long then to sleep, where one may. */
const SPINS = 200;
const NAP_MS = 0.05;
const MAY_SLEEP = typeof SharedArrayBuffer !== 'undefined' && typeof document === 'undefined';
/** Words of a list of held objects: count, room, then addresses. */
const LIST_HEADER = 2;

export class SharedState {
  /** @param {ArrayBuffer|SharedArrayBuffer} [buffer] another process's; else a new one is made */
  constructor(buffer) {
    this.buffer = buffer ?? SharedState.makeBuffer();
    this.refresh();
    if (!buffer) {
      this.words[HEADER.TOP] = HEAP;
    }
  }

  /** @param {boolean} [share] whether other threads are to see it, where that is possible */
  static makeBuffer(share = globalThis.crossOriginIsolated !== false) {
    const initial = Math.ceil(HEAP / PAGE) * PAGE + PAGE;
    if (!share || typeof SharedArrayBuffer === 'undefined')
      return new ArrayBuffer(initial, { maxByteLength: MAXIMUM });
    return new SharedArrayBuffer(initial, { maxByteLength: MAXIMUM });
  }

  refresh() {
    // Views that track the length of a buffer that grows.
    this.words = new Int32Array(this.buffer);
    this.doubles = new Float64Array(this.buffer);
    this.bytes = new Uint8Array(this.buffer);
    // What never moves, in a view of fixed length: atomics are slow on the others.
    this.table = new Int32Array(this.buffer, 0, HEAP / 4);
  }

  /** Makes the processes of a kernel that runs one program after another: 1, and the program's, 2. */
  newSession() {
    this.newProcess({ pid: 1, parent: 0 });
    this.newProcess({ pid: 2, parent: 1 });
    this.setFirstPid(3);
    // The next program is the same process again.
    this.words[HEADER.KEPT] = SESSION_SLOT;
  }

  /** Makes the slot that is kept ready for another program. */
  renew(slot) {
    const pid = this.get(slot, PROCESS.PID);
    this.set(slot, PROCESS.GROUP, pid);
    this.set(slot, PROCESS.SESSION, pid);
    this.set(slot, PROCESS.CPU, 0);
    this.set(slot, PROCESS.CHILD_CPU, 0);
    this.set(slot, PROCESS.STOPPED, 0);
    this.set(slot, PROCESS.NEWS, 0);
    this.resetDispositions(slot);
    this.set(slot, PROCESS.STATE, STATE.RUNNING);
  }

  get isShared() {
    return typeof SharedArrayBuffer !== 'undefined' && this.buffer instanceof SharedArrayBuffer;
  }

  // ---- locks ----

  /**
   * Takes the lock at a word address, for a few statements.
   * @param {number} word index into `words`
   * @param {number} slot of the process that takes it
   */
  lock(word, slot, words = this.words) {
    const mine = this.holderOf(slot);
    for (let spins = 1; ; spins++) {
      const holder = Atomics.compareExchange(words, word, 0, mine);
      if (holder === 0) return;
      if (spins % SPINS !== 0) continue;
      // A process that was ended while it held the lock will not give it back.
      if (
        !this.holderLives(holder) &&
        Atomics.compareExchange(words, word, holder, mine) === holder
      )
        return;
      // One that lost its processor meanwhile gets it back the sooner.
      if (MAY_SLEEP) Atomics.wait(words, word, holder, NAP_MS);
    }
  }

  /** The process in a slot as a lock names it: its slot may get another, which does not hold the lock. */
  holderOf(slot) {
    return (this.get(slot, PROCESS.STARTED) << 8) | (slot + 1);
  }

  holderLives(holder) {
    const slot = (holder & 0xff) - 1;
    return this.holderOf(slot) === holder && this.lives(slot);
  }

  unlock(word, words = this.words) {
    Atomics.store(words, word, 0);
  }

  lives(slot) {
    const state = Atomics.load(this.table, this.process(slot) + PROCESS.STATE);
    return state === STATE.RUNNING || state === STATE.MAKING;
  }

  // ---- the heap ----

  /**
   * The byte address of a new object; throws ENOMEM. Power-of-two sizes, from free lists. Zeroed, or only
   * its first `clear` bytes.
   */
  allocate(size, slot, clear = Infinity) {
    if (!(size <= 2 ** LARGEST)) fail('ENOMEM');
    let power = SMALLEST;
    while (1 << power < size) power++;
    const { words } = this;
    this.lock(HEADER.LOCK, slot);
    let at = words[HEADER.FREE + power];
    if (at !== 0) words[HEADER.FREE + power] = words[at >> 2];
    else {
      at = words[HEADER.TOP];
      const end = at + (1 << power);
      if (end > this.buffer.byteLength) {
        if (end > MAXIMUM) {
          this.unlock(HEADER.LOCK);
          fail('ENOMEM');
        }
        const wanted = Math.max(Math.ceil(end / PAGE) * PAGE, this.buffer.byteLength * 2);
        const length = Math.min(MAXIMUM, wanted);
        if (this.isShared) this.buffer.grow(length);
        else this.buffer.resize(length);
      }
      words[HEADER.TOP] = end;
    }
    this.unlock(HEADER.LOCK);
    this.words.fill(0, at >> 2, (at + Math.min(1 << power, clear)) >> 2);
    return at;
  }

  /** For tests: how many bytes of objects are allocated, lists of held objects among them. */
  get bytesInUse() {
    let free = 0;
    for (let power = SMALLEST; power <= LARGEST; power++)
      for (let at = this.words[HEADER.FREE + power]; at !== 0; at = this.words[at >> 2])
        free += 1 << power;
    return this.words[HEADER.TOP] - HEAP - free;
  }

  /** Gives an object of that size back. */
  free(at, size, slot) {
    let power = SMALLEST;
    while (1 << power < size) power++;
    this.lock(HEADER.LOCK, slot);
    this.words[at >> 2] = this.words[HEADER.FREE + power];
    this.words[HEADER.FREE + power] = at;
    this.unlock(HEADER.LOCK);
  }

  // ---- processes ----

  /** Index of the first word of a process's block. */
  process(slot) {
    return HEADER_WORDS + slot * PROCESS_WORDS;
  }

  /** The words of a process, as Signals takes them. */
  processWords(slot) {
    return new Int32Array(this.buffer, this.process(slot) * 4, PROCESS_WORDS);
  }

  /** A slot for a new process, in state MAKING; throws EAGAIN when there are too many. */
  newProcess({ pid, parent, group, session }) {
    const { words } = this;
    for (let slot = 0; slot < PROCESSES; slot++) {
      const block = this.process(slot);
      if (
        Atomics.compareExchange(words, block + PROCESS.STATE, STATE.FREE, STATE.MAKING) !==
        STATE.FREE
      )
        continue;
      const started = words[block + PROCESS.STARTED] + 1;
      words.fill(0, block, block + PROCESS.STATE);
      words.fill(0, block + PROCESS.STATE + 1, block + PROCESS_WORDS);
      words[block + PROCESS.STARTED] = started;
      words[block + PROCESS.PID] = pid ?? this.newPid();
      words[block + PROCESS.PARENT] = parent;
      words[block + PROCESS.GROUP] = group ?? words[block + PROCESS.PID];
      words[block + PROCESS.SESSION] = session ?? words[block + PROCESS.PID];
      return slot;
    }
    return fail('EAGAIN');
  }

  /** Where pids of new processes begin. */
  setFirstPid(pid) {
    Atomics.store(this.words, HEADER.NEXT_PID, pid);
  }

  newPid() {
    return Atomics.add(this.words, HEADER.NEXT_PID, 1);
  }

  get(slot, field) {
    return Atomics.load(this.table, this.process(slot) + field);
  }

  set(slot, field, value) {
    Atomics.store(this.table, this.process(slot) + field, value);
  }

  /** The slot of a pid that is not free, or -1. */
  find(pid) {
    for (let slot = 0; slot < PROCESSES; slot++)
      if (this.get(slot, PROCESS.STATE) !== STATE.FREE && this.get(slot, PROCESS.PID) === pid)
        return slot;
    return -1;
  }

  /** All slots of processes for which `test` holds. */
  *slots(test = () => true) {
    for (let slot = 0; slot < PROCESSES; slot++)
      if (this.get(slot, PROCESS.STATE) !== STATE.FREE && test(slot)) yield slot;
  }

  /** Tells who has asked for it how starting the process in a slot went. */
  answerStart(slot, answer) {
    const word = this.process(slot) + PROCESS.START;
    Atomics.store(this.table, word, answer);
    Atomics.notify(this.table, word);
  }

  /** Sleeps until that is known. The system answers always, and soon. */
  awaitStart(slot, pid = this.get(slot, PROCESS.PID)) {
    const word = this.process(slot) + PROCESS.START;
    for (;;) {
      const answer = Atomics.load(this.table, word);
      // The slot is another's already: this one has even ended.
      if (this.get(slot, PROCESS.PID) !== pid) return STARTED;
      if (answer !== 0) return answer;
      Atomics.wait(this.table, word, 0);
    }
  }

  // ---- what a process holds ----

  /** Notes that a process holds the object. Only the process itself, or nobody else, may call. */
  hold(slot, at) {
    const { words } = this;
    const held = this.process(slot) + PROCESS.HELD;
    let list = words[held];
    if (list === 0 || words[list >> 2] === words[(list >> 2) + 1]) {
      const room = list === 0 ? 14 : words[(list >> 2) + 1] * 2;
      const grown = this.allocate((room + LIST_HEADER) * 4, slot);
      const count = list === 0 ? 0 : words[list >> 2];
      for (let i = 0; i < count; i++)
        words[(grown >> 2) + LIST_HEADER + i] = words[(list >> 2) + LIST_HEADER + i];
      words[(grown >> 2) + 1] = room;
      words[grown >> 2] = count;
      words[held] = grown;
      if (list !== 0) this.free(list, (words[(list >> 2) + 1] + LIST_HEADER) * 4, slot);
      list = grown;
    }
    words[(list >> 2) + LIST_HEADER + words[list >> 2]] = at;
    words[list >> 2]++;
  }

  /** Takes the note back. */
  letGo(slot, at) {
    const { words } = this;
    const list = words[this.process(slot) + PROCESS.HELD] >> 2;
    if (list === 0) return;
    const last = words[list] - 1;
    for (let i = last; i >= 0; i--) {
      if (words[list + LIST_HEADER + i] !== at) continue;
      words[list + LIST_HEADER + i] = words[list + LIST_HEADER + last];
      words[list] = last;
      return;
    }
  }

  /** The addresses a process holds. */
  heldBy(slot) {
    const list = this.words[this.process(slot) + PROCESS.HELD] >> 2;
    if (list === 0) return [];
    return Array.from(
      this.words.subarray(list + LIST_HEADER, list + LIST_HEADER + this.words[list]),
    );
  }

  /** Frees a slot and its list, once the process was waited for. */
  freeProcess(slot) {
    this.freeList(slot);
    if (slot !== 0 && slot === this.words[HEADER.KEPT]) {
      this.set(slot, PROCESS.STATE, STATE.ENDED);
      return;
    }
    this.set(slot, PROCESS.PID, 0);
    this.set(slot, PROCESS.STATE, STATE.FREE);
  }

  freeList(slot) {
    const held = this.process(slot) + PROCESS.HELD;
    const list = this.words[held];
    if (list === 0) return;
    this.words[held] = 0;
    this.free(list, (this.words[(list >> 2) + 1] + LIST_HEADER) * 4, slot);
  }

  // ---- waiting for objects ----

  /** Size in bytes of a mask of processes that wait for an object. */
  static get maskBytes() {
    return MASK_WORDS * 4;
  }

  /** Notes in the mask at word index `mask` that a process wants to be woken. */
  await(mask, slot, words = this.words) {
    Atomics.or(words, mask + (slot >> 5), 1 << (slot & 31));
  }

  /** Wakes all in the mask, and empties it. */
  wake(mask, words = this.words) {
    for (let i = 0; i < MASK_WORDS; i++) {
      if (Atomics.load(words, mask + i) === 0) continue;
      let bits = Atomics.exchange(words, mask + i, 0);
      while (bits !== 0) {
        const bit = 31 - Math.clz32(bits & -bits);
        bits &= bits - 1;
        this.wakeProcess(i * 32 + bit);
      }
    }
  }

  /** What a process does with a signal: 0 the default, 1 nothing, 2 it handles it. */
  setDisposition(slot, number, how) {
    const index = (number - 1) >> 5;
    const bit = 1 << ((number - 1) & 31);
    for (const [field, is] of [
      [PROCESS.IGNORED, how === 1],
      [PROCESS.CAUGHT, how === 2],
    ]) {
      const word = this.process(slot) + field + index;
      if (is) Atomics.or(this.words, word, bit);
      else Atomics.and(this.words, word, ~bit);
    }
  }

  /** Whether a process has said that it ignores a signal. */
  ignores(slot, number) {
    const word = this.get(slot, PROCESS.IGNORED + ((number - 1) >> 5));
    return (word & (1 << ((number - 1) & 31))) !== 0;
  }

  /** As for a new program. */
  resetDispositions(slot) {
    for (const field of [PROCESS.IGNORED, PROCESS.CAUGHT])
      for (const index of [0, 1]) this.set(slot, field + index, 0);
  }

  /** Sends a signal to a process, unless it would be ignored there anyway. */
  signal(slot, number) {
    const index = (number - 1) >> 5;
    const bit = 1 << ((number - 1) & 31);
    if (number === SIGCONT) this.continue(slot);
    if (this.get(slot, PROCESS.IGNORED + index) & bit) return;
    if (!(this.get(slot, PROCESS.CAUGHT + index) & bit) && IGNORED_BY_DEFAULT.has(number)) return;
    Atomics.or(this.words, this.process(slot) + WORD.SIGNALS + index, bit);
    this.wakeProcess(slot);
  }

  /** Notes that a process has stopped, and tells its parent. */
  stop(slot, number) {
    this.set(slot, PROCESS.STOPPED, number);
    this.tellParent(slot, NEWS.STOPPED);
  }

  /** Takes back what would stop a process; it goes on when it had stopped. */
  continue(slot) {
    for (const number of STOPS)
      Atomics.and(this.table, this.process(slot) + WORD.SIGNALS, ~(1 << (number - 1)));
    if (Atomics.exchange(this.table, this.process(slot) + PROCESS.STOPPED, 0) === 0) return;
    this.wakeProcess(slot);
    this.tellParent(slot, NEWS.CONTINUED);
  }

  tellParent(slot, news) {
    this.set(slot, PROCESS.NEWS, news);
    const parent = this.find(this.get(slot, PROCESS.PARENT));
    if (parent < 0 || !this.lives(parent)) return;
    this.signal(parent, SIGCHLD);
    this.wakeProcess(parent);
  }

  /** Sleeps while this process is stopped: until SIGCONT, or SIGKILL. */
  sleepStopped(slot) {
    const block = this.process(slot);
    for (;;) {
      const before = Atomics.load(this.table, block + WORD.WAKE);
      if (this.get(slot, PROCESS.STOPPED) === 0) return;
      if (Atomics.load(this.table, block + WORD.SIGNALS) & (1 << (SIGKILL - 1))) return;
      Atomics.wait(this.table, block + WORD.WAKE, before);
    }
  }

  wakeProcess(slot) {
    const word = this.process(slot) + WORD.WAKE;
    Atomics.add(this.table, word, 1);
    Atomics.notify(this.table, word);
  }
}
