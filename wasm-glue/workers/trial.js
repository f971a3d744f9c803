// SPDX-License-Identifier: MIT
// The first moments of a program, in the main thread: most programs of the command line end within them, and
// a worker thread takes longer to start than they to run. Whatever the main thread is not good at moves the
// program to a Worker, memory and all: running long, waiting, forking. Deep nesting of C needs a Worker's
// large stack and cannot be moved in the middle; then the program starts again from its beginning in a
// Worker, unbeknown to anyone, for until something of it can be seen from outside it has not happened.
//
// Invariant: the trial is over at the latest at the first tick after something was done that cannot be taken
// back.
import { O } from '../kernel/errno.js';
import { HostProcess } from './process.js';

// How long a program may run here before a Worker is started for it, in milliseconds.
const PATIENCE_MS = 25;
// Ticks between two looks at the clock.
const SLICE = 4000;
// What Node gives its main thread, less what it has used itself, in KiB.
const STACK_KB = 960;
/** Calls that somebody else can see the effect of. */
const EFFECTS = [
  'write',
  'unlink',
  'rmdir',
  'mkdir',
  'rename',
  'link',
  'symlink',
  'chmod',
  'chown',
  'fchmod',
  'fchown',
  'mknod',
  'utime',
  'ftruncate',
  'kill',
  'setTimer',
  'readline',
];

/** The same of sockets. */
const SOCKET_EFFECTS = ['bind', 'listen', 'connect', 'send', 'shutdown'];

/** Thrown through the VM when the program is to start again in a Worker. */
class StartAgain {}

export class Trial {
  /**
   * @param {object} context as HostProcess takes it
   * @param {number} slot
   * @param {WebAssembly.Module} module
   * @param {{argv: string[], env: string[]}} program
   * @param {() => void} beforeSeen called once, before the first thing that can be seen
   * @param {() => void} beforeHold called before this thread is held up
   */
  constructor(context, slot, module, program, { beforeSeen, beforeHold }) {
    this.context = { ...context, stackSize: STACK_KB };
    this.slot = slot;
    this.module = module;
    this.program = program;
    this.beforeSeen = beforeSeen;
    this.beforeHold = beforeHold;
    this.seen = false;
    this.budget = context.budget < 0x7fffffff ? context.budget : SLICE;
  }

  /**
   * Runs the program for a while.
   * @returns {{status: number, signal: number, exec: object|null} | object} how it ended, or the job for
   *   a Worker to go on with: {kind: 'move' | 'program' | 'first', …}
   */
  run() {
    const owner = new HostProcess(this.context, this.slot);
    this.owner = owner;
    // Nothing may block this thread.
    owner.signals.shared = false;
    owner.signals.blocking = false;
    this.watch(owner.kernel);
    owner.kernel.mayHold = () => this.mayHold();
    owner.inherit();
    const started = performance.now();
    try {
      const { argv, env } = this.program;
      const machine = owner.startProgram(this.module, argv, env, {
        newStack: () => this.newStack(),
      });
      this.machine = machine;
      let state = machine.ended ? 'done' : 'again';
      while (state === 'again') {
        state = machine.step(this.budget, true);
        if (this.seen || performance.now() - started > PATIENCE_MS) break;
      }
      if (machine.ended) return this.end(machine.ended);
      return this.move(state === 'fork');
    } catch (error) {
      if (error instanceof StartAgain || error.cause instanceof StartAgain)
        return { kind: 'first', slot: this.slot, ...this.program };
      throw error;
    }
  }

  end(ended) {
    if (!ended.exec) return ended;
    const { files, cwd, mask, ...rest } = this.owner.kernel.processes.describe();
    if (!ended.exec.ours)
      return { kind: 'exec', slot: this.slot, program: ended.exec, files, cwd, mask };
    const { argv, env } = ended.exec;
    return { kind: 'program', slot: this.slot, argv, env, files, cwd, mask, ...rest };
  }

  move(forks) {
    const { kernel } = this.owner;
    const job = {
      kind: 'move',
      slot: this.slot,
      forks,
      timers: kernel.signals.describeTimers(),
      ...kernel.processes.describe(),
      ...this.machine.copyMemory(),
    };
    for (const slot of kernel.files.slots) slot?.file.detach();
    return job;
  }

  /** The VM is deep in C: 0 where another stack could be had. */
  newStack() {
    if (!this.seen) throw new StartAgain();
    return -1;
  }

  /** The VM waits inside C, and this thread cannot do anything else until it goes on. */
  mayHold() {
    if (!this.seen) throw new StartAgain();
    this.beforeHold();
    return true;
  }

  see() {
    if (!this.seen) this.beforeSeen();
    this.seen = true;
  }

  /** Notes when the program does something that can be seen from outside. */
  watch(kernel) {
    const note = (method, does = () => true, calls = kernel) => {
      const original = calls[method];
      calls[method] = (...args) => {
        if (does(...args)) this.see();
        return original.apply(calls, args);
      };
    };
    for (const method of EFFECTS) note(method);
    for (const method of SOCKET_EFFECTS) note(method, () => true, kernel.sockets);
    note('open', (path, flags) => (flags & (O.ACCMODE | O.CREAT | O.TRUNC)) !== 0);
    const { read } = kernel;
    kernel.read = (fd, bytes) => {
      const count = read.call(kernel, fd, bytes);
      // What a stream has given it will not give again.
      if (count > 0 && (fd === 0 || !kernel.files.slots[fd]?.file.repeatable)) this.see();
      return count;
    };
    note('signalDisposition', (number, how) => how === 2 && number !== 2);
    const { processes } = kernel;
    const { spawn } = processes;
    processes.spawn = (...args) => {
      this.see();
      return spawn.apply(processes, args);
    };
  }
}
