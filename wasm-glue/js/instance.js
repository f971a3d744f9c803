// SPDX-License-Identifier: MIT
// One program: an instance of the VM's module with its memory, and the trampoline that keeps entering the
// loop. Invariant: when `run` or `step` returns, no wasm frame is on this thread's stack.
import { ERRNO } from '../kernel/errno.js';
import { ProgramExit } from '../kernel/kernel.js';
import { toBytes } from '../kernel/paths.js';
import { Memory } from './memory.js';
import { applyImage } from './image.js';
import { makeImports } from './imports.js';

const DONE = 0;
const WAIT = 2;
const FORK = 3;
const COLD = -2;
const UNANSWERED = -1;
const NOT_POSSIBLE = -ERRNO.ENOSYS;
// Stacks smaller than this, in KiB, do not bear the nesting that programs may ask for.
const AMPLE_STACK = 4096;
const PAGE = 65536;
// A larger memory is given back when its program has ended.
const KEPT_MEMORY = 1 << 26;

/** The VM stopped in a way that no program may bring about: a bug of ours, told with the C stack. */
export class MachineError extends Error {
  constructor(cause) {
    super(`the virtual machine failed: ${cause?.message ?? cause}`, { cause });
    this.name = 'MachineError';
  }
}

/**
 * An instance of the module with its memory, which one program after another can run in: memory that has been
 * used is far cheaper to fill than memory that the system must find first. Invariant: when a program starts in
 * it, all memory beyond what the program is given is zero, as in a new one.
 */
class Core {
  constructor(module, kernel) {
    this.module = module;
    this.stack = { size: 0, call: null };
    const memory = Object.create(Memory.prototype);
    const { functions, bind } = makeImports(kernel, memory, this.stack);
    const imports = { krait: functions };
    for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
      if (kind !== 'function' || imports[from]?.[name]) continue;
      // libc's own ways out (stdio, clocks) are never taken: the VM has host.h. Growth needs no notice.
      (imports[from] ??= {})[name] =
        name === 'emscripten_notify_memory_growth' ? () => {} : () => 52;
    }
    this.bind = bind;
    this.instance = new WebAssembly.Instance(module, imports);
    this.exports = this.instance.exports;
    memory.memory = this.exports.memory;
    memory.refresh();
    this.memory = memory;
    this.exports._initialize?.();
    /** Where the stack stands between two programs: the instance's only state outside its memory. */
    this.stackTop = this.exports.emscripten_stack_get_current?.();
    /** From here to there nothing is of use to a program that C is not nested in. */
    this.stackLow = this.exports.krait_stack_low?.() >>> 0;
    this.isNew = true;
  }

  /** Prepares it for another program. */
  renew(kernel) {
    this.isNew = false;
    this.bind(kernel);
    this.exports._emscripten_stack_restore(this.stackTop);
  }

  get used() {
    return this.exports.krait_memory_used() >>> 0;
  }

  get mayBeKept() {
    return this.stackTop !== undefined && this.memory.memory.buffer.byteLength <= KEPT_MEMORY;
  }

  /** The memory that is in use, in a buffer that `allocate` gives. */
  copyMemory(allocate) {
    const { buffer } = this.memory.memory;
    const { used, stackLow, stackTop } = this;
    const bytes = new Uint8Array(allocate(stackLow + used - stackTop));
    bytes.set(new Uint8Array(buffer, 0, stackLow));
    bytes.set(new Uint8Array(buffer, stackTop, used - stackTop), stackLow);
    return { memory: bytes.buffer, used, size: buffer.byteLength };
  }

  /** Takes over such a memory, from an instance of the same module. */
  adoptMemory({ memory: bytes, used, size }) {
    const { memory } = this.memory;
    const { stackLow, stackTop } = this;
    const before = this.used;
    const missing = Math.ceil((size - memory.buffer.byteLength) / PAGE);
    if (missing > 0) memory.grow(missing);
    const all = new Uint8Array(memory.buffer);
    all.set(new Uint8Array(bytes, 0, stackLow));
    all.set(new Uint8Array(bytes, stackLow, used - stackTop), stackTop);
    if (before > used) all.fill(0, used, before);
    this.memory.refresh();
  }

  /** Starts from an image; whether that was possible. */
  applyImage(image) {
    const { stackLow, stackTop, used } = this;
    const dirty = this.isNew ? [] : [[0, stackLow], [stackTop, used]]; // prettier-ignore
    const done = applyImage(this.module, this.memory.memory, image, dirty);
    this.memory.refresh();
    return done;
  }
}

export class Machine {
  /**
   * @param {WebAssembly.Module} module
   * @param {Kernel} kernel
   * @param {object} options
   * @param {number} options.stackSize of this thread, in KiB
   * @param {Uint8Array} [options.image] memory to start in, where it fits the command line (image.js)
   * @param {() => number} [options.newStack] asked for another stack; what it answers says there is none
   * @param {Core} [options.core] what another machine has left (`leave`)
   */
  constructor(module, kernel, { stackSize, image = null, newStack = null, core = null }) {
    this.module = module;
    this.kernel = kernel;
    this.ended = null;
    this.failed = false;
    this.stackSize = stackSize;
    this.newStack = newStack;
    // Where the thread's own stack is small, the VM runs on others that the engine makes.
    this.switches = stackSize < AMPLE_STACK && typeof WebAssembly.promising === 'function';
    this.instantiate(image, core);
  }

  instantiate(image, core) {
    const { module, kernel } = this;
    if (core) core.renew(kernel);
    this.core = core ?? new Core(module, kernel);
    this.core.stack.size = this.stackSize;
    this.core.stack.call = (run, argument) => this.callOnNewStack(run, argument);
    this.exports = this.core.exports;
    const { memory } = this.core;
    this.memory = memory;
    kernel.memoryUsed = () => memory.memory.buffer.byteLength / 1024;
    if (this.switches) {
      this.runOnStack = WebAssembly.promising(this.exports.krait_run_on_stack);
      this.callOnStack = WebAssembly.promising(this.exports.krait_call_on_stack);
    }
    this.thawed = image !== null && this.core.applyImage(image);
    // What is left of another program is nothing to start in.
    if (core && image !== null && !this.thawed) this.instantiate(null, null);
  }

  /** Once its program has ended: what another machine can run in, or null. */
  leave() {
    const { core } = this;
    this.core = null;
    return this.failed || !core?.mayBeKept ? null : core;
  }

  /**
   * Calls a function of the VM's on a stack of its own. A promising export runs at once up to its end, for
   * it never suspends; only its promise, and so an exception, comes later.
   */
  callOnNewStack(run, argument) {
    if (this.newStack) return run === 0 ? 0 : this.newStack();
    if (!this.switches) return NOT_POSSIBLE;
    if (run === 0) return 0;
    let cause;
    this.callOnStack(run, argument).catch((error) => {
      cause = error;
    });
    if (this.exports.krait_answer() === UNANSWERED) {
      // What went wrong is not known yet; a program's exit is noted in the kernel as well.
      const error = new Error('a nested call failed');
      throw Object.defineProperty(error, 'cause', { get: () => cause });
    }
    return 0;
  }

  /** Runs start-up alone, so that this instance's memory can be made an image. */
  prepare() {
    if (this.exports.krait_prepare() !== 0) throw new MachineError('start-up failed');
  }

  /** Hands over the command line and environment: arrays of byte strings, env as "NAME=value". */
  start(argv, env) {
    if (this.startHere(argv, env) !== COLD) return;
    this.instantiate(null, null);
    this.startHere(argv, env);
  }

  startHere(argv, env) {
    let answer = 0;
    const pointers = [];
    const strings = (list) => {
      const array = this.allocate(4 * (list.length + 1));
      list.forEach((text, i) => {
        const at = this.allocate(text.length + 1);
        this.memory.u8.set(toBytes(text + '\0'), at);
        this.memory.data.setUint32(array + 4 * i, at, true);
      });
      this.memory.data.setUint32(array + 4 * list.length, 0, true);
      return array;
    };
    this.allocate = (n) => {
      const at = this.exports.krait_alloc(n) >>> 0;
      if (at === 0) throw new MachineError('no memory for the command line');
      pointers.push(at);
      return at;
    };
    const argvPointer = strings(argv);
    const envPointer = strings(env);
    this.guard(() => {
      answer = this.exports.krait_start(argv.length, argvPointer, envPointer);
      if (answer < 0 && answer !== COLD) this.end(this.exports.krait_status(), 0);
    });
    for (const at of this.ended || answer === COLD ? [] : pointers) this.exports.krait_free(at);
    return answer;
  }

  /**
   * Enters the loop once. Answers 'done', 'again' or 'wait'; and where the caller sees to forks itself,
   * 'fork'.
   */
  step(budget, asksForFork = false) {
    if (this.ended) return 'done';
    const state = this.guard(() => this.exports.krait_run(budget));
    if (state === FORK && asksForFork) return 'fork';
    return this.answered(state);
  }

  /** Goes on in another thread than the memory comes from. */
  moved({ timers, forks }) {
    this.exports.krait_moved();
    this.kernel.signals.adoptTimers(timers);
    if (forks) this.prepareFork();
  }

  prepareFork() {
    this.kernel.processes.prepareFork((room) => this.copyMemory(room));
  }

  /** As step, on a stack of its own where this thread's is small. */
  async stepOnStack(budget, asksForFork = false) {
    if (this.ended) return 'done';
    if (!this.switches) return this.step(budget, asksForFork);
    const promise = this.runOnStack(budget);
    const state = this.exports.krait_answer();
    // An exception is in the promise.
    if (state === UNANSWERED) {
      try {
        await promise;
      } catch (error) {
        this.guard(() => {
          throw error;
        });
      }
    }
    if (state === FORK && asksForFork) return 'fork';
    return this.answered(state);
  }

  answered(state) {
    if (state === DONE) this.guard(() => this.end(this.exports.krait_status(), 0));
    if (this.ended) return 'done';
    if (state === FORK) this.prepareFork();
    return state === WAIT ? 'wait' : 'again';
  }

  /** The memory that is in use, for another instance to go on from. Only between two steps. */
  copyMemory(allocate = (size) => new ArrayBuffer(size)) {
    return this.core.copyMemory(allocate);
  }

  /** Goes on in a memory that copyMemory has copied. */
  adoptMemory(copy) {
    this.core.adoptMemory(copy);
  }

  /** Runs to the end on a thread that may block. */
  run(budget) {
    while (this.step(budget) !== 'done');
    return this.ended;
  }

  end(status, signal) {
    this.ended = { status, signal, exec: null };
  }

  /** Runs an operation of the VM's; an exception ends the program. */
  guard(operation) {
    try {
      return operation();
    } catch (error) {
      const exit = this.kernel.ended;
      if (!(error instanceof ProgramExit) && !exit) {
        this.end(134, 6);
        this.failed = true;
        throw new MachineError(error);
      }
      const { status, signal, exec } = exit ?? error;
      this.ended = { status, signal, exec };
      return undefined;
    }
  }
}
