// SPDX-License-Identifier: MIT
// epoll: a set of open files that is asked which of them are ready. Invariants: an entry is about an open
// file, and goes when that is closed, not when the descriptor is that it was added by; `ready` holds, in the
// order in which they became so, the entries that were found ready and not told of finally. A forked process
// goes on with a copy of the set.
import { O, S, fail } from './errno.js';
import { OpenFile, POLL, statOutsideTrees } from './files.js';

const CTL = Object.freeze({ ADD: 1, DEL: 2, MOD: 3 });
const READ = 0x41; // EPOLLIN, EPOLLRDNORM
const PRIORITY = 0x2;
const WRITE = 0x104; // EPOLLOUT, EPOLLWRNORM
const ERROR = 0x8;
const HANG_UP = 0x10;
const ENDS = 0x2000; // EPOLLRDHUP
const EXCLUSIVE = 1 << 28;
const ONE_SHOT = 1 << 30;
const EDGE = 1 << 31;
/** What may stand beside EPOLLEXCLUSIVE. */
const WITH_EXCLUSIVE = 0x20000000 | READ | WRITE | ERROR | HANG_UP | EDGE | EXCLUSIVE;

/** Events as bits of OpenFile.poll, and back. */
const toPoll = (events) =>
  POLL.ALL |
  (events & READ ? 1 : 0) |
  (events & WRITE ? 2 : 0) |
  (events & PRIORITY ? 4 : 0) |
  (events & ENDS ? POLL.ENDS : 0);
const toEvents = (bits, events) =>
  (bits & 1 ? events & READ : 0) |
  (bits & 2 ? events & WRITE : 0) |
  (bits & 4 ? events & PRIORITY : 0) |
  (bits & POLL.ERROR ? ERROR : 0) |
  (bits & POLL.HANG_UP ? HANG_UP : 0) |
  (bits & POLL.ENDS ? events & ENDS : 0);

/** Whether the system lets such a file be waited for. */
function canWait(file) {
  if (file instanceof Epoll) return true;
  const type = file.stat().mode & S.IFMT;
  return type === S.IFIFO || type === S.IFSOCK || file.isatty();
}

export class Epoll extends OpenFile {
  constructor(kernel, entries = [], ready = []) {
    super(O.RDWR);
    this.kernel = kernel;
    this.entries = entries;
    this.ready = new Set(ready.map((index) => entries[index]));
  }

  /** Forgets entries of closed files. A copy of another process's set finds the files by their descriptors. */
  tidy() {
    const { slots } = this.kernel.files;
    for (const entry of this.entries) entry.file ??= slots[entry.fd]?.file;
    if (this.entries.every(({ file }) => file?.references > 0)) return;
    this.entries = this.entries.filter(({ file }) => file?.references > 0);
    for (const entry of this.ready) if (!this.entries.includes(entry)) this.ready.delete(entry);
  }

  /** events: 32 bits. */
  control(operation, fd, events) {
    const file = this.kernel.files.get(fd);
    if (!canWait(file)) fail('EPERM');
    if (file === this) fail('EINVAL');
    if (operation !== CTL.DEL && events & EXCLUSIVE) {
      if (operation === CTL.MOD || file instanceof Epoll || events & ~WITH_EXCLUSIVE)
        fail('EINVAL');
    }
    this.tidy();
    const entry = this.entries.find((other) => other.fd === fd && other.file === file);
    if (operation === CTL.ADD) {
      if (entry) fail('EEXIST');
      if (file instanceof Epoll) file.checkNesting(this, 1);
      const made = { fd, file, events, told: 0, edge: NaN, off: false };
      this.entries.push(made);
      this.look(made);
      return;
    }
    if (!entry) fail('ENOENT');
    if (operation === CTL.DEL) {
      this.entries.splice(this.entries.indexOf(entry), 1);
      this.ready.delete(entry);
      return;
    }
    if (operation !== CTL.MOD) fail('EINVAL');
    if (entry.events & EXCLUSIVE) fail('EINVAL');
    Object.assign(entry, { events, told: 0, edge: NaN, off: false });
    this.look(entry);
  }

  /** Sets may contain sets, but not themselves, and not too deeply. */
  checkNesting(outer, depth) {
    if (depth > 4) fail('EINVAL');
    for (const { file } of this.entries) {
      if (file === outer) fail('ELOOP');
      if (file instanceof Epoll) file.checkNesting(outer, depth + 1);
    }
  }

  /** The events of an entry now. When there are none this process is woken at a change. */
  static now({ file, events }) {
    return toEvents(file.poll(toPoll(events)), events);
  }

  /** Makes an entry ready when it is, and for EPOLLET when something new has come. */
  look(entry) {
    if (entry.off) return;
    const found = Epoll.now(entry);
    const { edge } = entry.file;
    if (found !== 0 && !this.ready.has(entry)) {
      const isNew = (found & ~entry.told) !== 0 || edge !== entry.edge;
      if (!(entry.events & EDGE) || isNew) this.ready.add(entry);
    }
    entry.told &= found;
  }

  /** [[fd, events]], at most `most`. */
  wait(most) {
    this.tidy();
    for (const entry of this.entries) this.look(entry);
    const answer = [];
    for (const entry of [...this.ready]) {
      if (answer.length === most) break;
      this.ready.delete(entry);
      const { edge } = entry.file;
      const found = Epoll.now(entry);
      if (found === 0) continue;
      answer.push([entry.fd, found]);
      entry.told = found;
      entry.edge = edge;
      if (entry.events & ONE_SHOT) entry.off = true;
      else if (!(entry.events & EDGE)) this.ready.add(entry);
    }
    return answer;
  }

  poll(wanted) {
    this.tidy();
    for (const entry of this.entries) this.look(entry);
    for (const entry of this.ready) if (Epoll.now(entry) !== 0) return wanted & 1;
    return 0;
  }

  read() {
    fail('EINVAL');
  }

  seek() {
    return 0;
  }

  stat() {
    const { kernel } = this;
    const time = kernel.now();
    return statOutsideTrees(kernel, { dev: 13, ino: 1, mode: 0o600, time });
  }

  describe() {
    this.tidy();
    const entries = this.entries.map((entry) => ({ ...entry, file: undefined }));
    const ready = [...this.ready].map((entry) => this.entries.indexOf(entry));
    return { kind: 'epoll', entries, ready };
  }

  static revive(kernel, { entries, ready }) {
    return new Epoll(kernel, entries, ready);
  }
}
