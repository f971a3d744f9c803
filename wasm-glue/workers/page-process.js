// SPDX-License-Identifier: MIT
// What runs in the Workers of a session's processes: one process at a time, over the files, the terminal and
// the output of the session, which never blocks (workers/page-system.js). Invariant: whatever happens to a
// process, it ends in shared memory before its Worker says so.
import { makeDevices } from '../kernel/devices.js';
import { Kernel } from '../kernel/kernel.js';
import { MemoryTree } from '../kernel/memory-tree.js';
import { mountPack } from '../kernel/pack.js';
import { textOf } from '../kernel/paths.js';
import { waitStatus } from '../kernel/processes.js';
import { releaseProcess } from '../kernel/release.js';
import { RemoteFile, RemoteTree } from '../kernel/remote-tree.js';
import { PROCESS, SESSION_SLOT, SharedState } from '../kernel/shared.js';
import { Signals, WORD } from '../kernel/signals.js';
import { ByteSink, Terminal } from '../kernel/terminal.js';
import { Machine } from '../js/instance.js';
import { Caller } from './calls.js';
import { InputChannel } from './channel.js';
import { Rooms, leaveRoom } from './rooms.js';
import { ScreenWriter } from './screen.js';
import { findTreeProgram } from './tree-programs.js';

const BUDGET = 1 << 28;
const SIGKILL = 9;

export class ProcessHost {
  /**
   * @param {(message: object, transfer?: object[]) => void} post
   * @param {object} platform {stackSize, openPack(data)}
   */
  constructor(post, platform) {
    this.post = post;
    this.platform = platform;
    this.rooms = new Rooms();
    /** What the last program has left for the next one: see Machine.leave. */
    this.left = null;
  }

  handle(message) {
    if (message.type === 'init') this.init(message);
    else this.run(message);
  }

  init({ shared, call, reply, module, image, packs, library, uid, gid }) {
    this.shared = new SharedState(shared);
    this.caller = new Caller(call, this.post);
    this.reply = reply;
    this.module = module;
    this.image = image && new Uint8Array(image);
    this.packs = packs;
    this.library = library;
    this.owner = { uid, gid };
    this.tree = new RemoteTree(this.caller);
    this.terminal = null;
    this.devices = new MemoryTree({ uid, gid });
    makeDevices(this.devices, '');
    this.devices.makeDevice('/tty', 0x500, (flags) => this.terminal.open(flags));
    this.devices.root.uid = 0;
  }

  /** The library, from the packs: read here, and when it is first needed. */
  libraryTree() {
    if (!this.libraryFiles) {
      this.libraryFiles = new MemoryTree(this.owner);
      for (const pack of this.packs) mountPack(this.libraryFiles, '', this.platform.openPack(pack));
      this.libraryFiles.root.uid = 0;
    }
    return this.libraryFiles;
  }

  makeKernel({ slot, screen }) {
    const { shared, post } = this;
    const signals = new Signals(shared.processWords(slot));
    const kernel = new Kernel({
      root: this.tree,
      mounts: [
        [this.library, () => this.libraryTree()],
        ['/dev', this.devices],
      ],
      shared,
      slot,
      signals,
      ...this.owner,
    });
    const closeHost = (handle) => post({ type: 'close', handle });
    const output = new ScreenWriter(kernel, screen, () => post({ type: 'output' }));
    const write = (stream, bytes) => output.write(stream, bytes);
    const input = new InputChannel(this.reply, signals, post);
    const screenWords = shared.processWords(SESSION_SLOT);
    this.terminal = new Terminal({
      requestLine: (prompt, room) => input.request({ text: textOf(prompt), room }),
      write,
      size: () => {
        const columns = Atomics.load(screenWords, WORD.COLUMNS);
        const rows = Atomics.load(screenWords, WORD.ROWS);
        return [columns || 80, rows || 24];
      },
    });
    kernel.processes.system = {
      room: (size) => this.rooms.take(size),
      start: (message) => post({ type: 'start', ...message }),
      spawn: (message) => post({ type: 'spawn', ...message }),
      kill: (target) => {
        // At its next tick it ends by itself; the system ends it when it does not.
        const started = shared.get(target, PROCESS.STARTED);
        shared.signal(target, SIGKILL);
        post({ type: 'kill', slot: target, started });
      },
      release: (target) => releaseProcess(shared, target, closeHost),
      program: findTreeProgram,
    };
    kernel.closeHost = closeHost;
    kernel.reviveOther = ({ kind, flags, stream, handle }) => {
      switch (kind) {
        case 'terminal':
          return this.terminal.open(flags, stream);
        case 'sink':
          return new ByteSink((bytes) => write(stream, bytes), stream);
        default:
          return new RemoteFile(this.caller, flags, handle);
      }
    };
    return kernel;
  }

  makeMachine(kernel, image, core) {
    const { stackSize } = this.platform;
    this.left = null;
    return new Machine(this.module, kernel, { stackSize, image, core });
  }

  startMachine(kernel, { argv, env }) {
    // A program that starts without an image must find the memory new.
    const machine = this.makeMachine(kernel, this.image, this.image && this.left);
    machine.start(argv, env);
    return machine;
  }

  /** A machine that goes on in the memory of another. */
  continueIn(kernel, job) {
    const machine = this.makeMachine(kernel, null, this.left);
    machine.adoptMemory(job);
    leaveRoom(job.memory);
    job.memory = null;
    return machine;
  }

  /** Runs the programs of one process, one after another as it calls exec; how the last one ended. */
  async runPrograms(kernel, job) {
    let machine;
    if (job.kind === 'program') machine = this.startMachine(kernel, job);
    else machine = this.continueIn(kernel, job);
    if (job.kind === 'moved') {
      // It is the very process, not a child of it.
      kernel.processes.forkAnswer = null;
      machine.moved(job);
      // What could not be done where it came from can be done now.
      kernel.signals.changed();
    }
    for (;;) {
      while ((await machine.stepOnStack(BUDGET)) !== 'done');
      const { ended } = machine;
      this.left = machine.leave();
      if (!ended.exec) return ended;
      kernel.ended = null;
      machine = this.startMachine(kernel, ended.exec);
    }
  }

  async run(job) {
    const { slot } = job;
    let kernel;
    let ended;
    try {
      kernel = this.makeKernel(job);
      kernel.processes.adopt(job);
      ended = await this.runPrograms(kernel, job);
    } catch (error) {
      this.post({ type: 'crash', text: `${error.message}\n${error.cause?.stack ?? error.stack}` });
      ended = { status: 134, signal: 6 };
    }
    if (kernel) kernel.processes.exit(waitStatus(ended));
    this.post({ type: 'ended', slot, status: ended.status, signal: ended.signal });
  }
}
