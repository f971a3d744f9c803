// SPDX-License-Identifier: MIT
// One process of the command line: a kernel over the host's own files, and the machines that run the
// programs of the process. Used in worker threads (command.js) and, for a program's first moments, in the
// main thread (trial.js). Nothing is loaded that `print 1` does not need.
import fs from 'node:fs';
import { S, fail } from '../kernel/errno.js';
import { HostFile, HostTree, partReader, readHostFile } from '../kernel/host-tree.js';
import { Kernel } from '../kernel/kernel.js';
import { MemoryTree } from '../kernel/memory-tree.js';
import { mountPack } from '../kernel/pack.js';
import { byteString, textOf } from '../kernel/paths.js';
import { Network } from '../kernel/network.js';
import { releaseProcess } from '../kernel/release.js';
import { PROCESS } from '../kernel/shared.js';
import { Signals, WORD } from '../kernel/signals.js';
import { Terminal } from '../kernel/terminal.js';
import { Machine } from '../js/instance.js';
import { InputChannel } from './channel.js';
import { findProgram } from './programs.js';
import { Rooms, leaveRoom } from './rooms.js';

let library = null;
/** What the last program in this thread has left for the next one: see Machine.leave. */
let left = null;
const rooms = new Rooms();

/** The library below /krait, from the packs. */
function libraryTree(packs) {
  if (library) return library;
  library = new MemoryTree({ uid: 0, gid: 0 });
  for (const pack of packs)
    if (fs.existsSync(pack)) mountPack(library, '/lib/python2.7', partReader(pack));
  library.protect(library.root);
  return library;
}

/** A signal to a process that is none of ours. */
function killOther(pid, number) {
  try {
    process.kill(pid, number);
    return 0;
  } catch (error) {
    return fail(error.code ?? 'EINVAL');
  }
}

/** The further groups of this process. */
function ownGroups() {
  try {
    const status = fs.readFileSync('/proc/self/status', 'latin1');
    return /^Groups:(.*)$/m.exec(status)[1].split(/\s+/).filter(Boolean).map(Number); // prettier-ignore
  } catch {
    return process.getgroups?.() ?? []; // with the effective one, which need not be among them
  }
}

/** Changes this thread's priority; what it is then. */
function changePriority(increment) {
  const { getPriority, setPriority } = process.getBuiltinModule('node:os');
  const wanted = Math.max(-20, Math.min(19, getPriority() + increment));
  try {
    if (increment !== 0) setPriority(wanted);
  } catch (error) {
    // What is not allowed is not permitted, says nice(2).
    fail(error.info?.code === 'EACCES' ? 'EPERM' : (error.info?.code ?? 'EPERM'));
  }
  return getPriority();
}

/** Milliseconds of CPU time of this thread, where the host tells. */
function threadTime() {
  try {
    return parseInt(fs.readFileSync('/proc/thread-self/schedstat', 'latin1'), 10) / 1e6;
  } catch {
    return 0;
  }
}

/** Closes a descriptor of the host's that may be closed already. */
export function closeHost(fd) {
  try {
    fs.closeSync(fd);
  } catch {
    // It was.
  }
}

/**
 * One of the descriptors that the process was started with, unless it is closed. O_NONBLOCK is left out of its
 * flags: Node sets it on pipes for its own streams, and a program would lose output to a full one.
 */
function openInherited(kernel, fd) {
  let flags = fd === 0 ? 0 : 1;
  try {
    const info = fs.readFileSync(`/proc/self/fdinfo/${fd}`, 'latin1');
    flags = parseInt(/^flags:\s*([0-7]+)/m.exec(info)[1], 8) & 0o2003;
  } catch {
    // Not Linux: what the number means must do.
  }
  try {
    const file = new HostFile(fd, flags, kernel.signals, true);
    if ((file.type & S.IFMT) === 0) return;
    kernel.files.put(fd, file);
  } catch {
    // Closed: the program finds it so.
  }
}

export class HostProcess {
  /**
   * @param {object} context what all processes of a command have in common
   * @param {SharedState} context.shared
   * @param {SharedArrayBuffer|null} context.reply answers to this thread's questions for input
   * @param {string} context.argv0 the command's path, a byte string
   * @param {string[]} context.packs
   * @param {string} context.image the file
   * @param {SharedArrayBuffer|null} context.imageBytes what is in it, where that is known
   * @param {number} context.stackSize of this thread, in KiB
   * @param {(message: object, transfer?: object[]) => void} context.post to the system
   * @param {number} slot
   */
  constructor(context, slot) {
    const { shared, packs, post } = context;
    const uid = process.getuid?.() ?? 0;
    const gid = process.getgid?.() ?? 0;
    const signals = new Signals(shared.processWords(slot));
    this.context = context;
    this.signals = signals;
    const kernel = new Kernel({
      root: new HostTree(signals),
      mounts: [['/krait', () => libraryTree(packs)]],
      shared,
      slot,
      signals,
      cwd: byteString(process.cwd()),
      uid,
      gid,
      umask: process.umask(),
    });
    this.kernel = kernel;
    kernel.processes.system = this.makeSystem();
    kernel.network = new Network(kernel, post);
    kernel.closeHost = closeHost;
    kernel.reviveOther = (description) => this.reviveHost(description);
    kernel.zone.readFile = readHostFile;
    kernel.zone.set(process.env.TZ);
    kernel.killOther = killOther;
    kernel.identity.further = () => ownGroups();
    kernel.identity.priority = changePriority;
    kernel.cpuCount = () => process.getBuiltinModule('node:os').availableParallelism();
    const began = threadTime();
    kernel.processes.cpuTime = () => threadTime() - began;
    kernel.watchSignal = (number, name, how) => post({ type: 'signal', number, name, how });
    kernel.cpuTime = () => {
      const { user, system } = process.cpuUsage();
      return (user + system) * 1000;
    };
    signals.cpuTime = () => kernel.cpuTime() / 1e6;
    this.input = new InputChannel(context.reply, signals, post);
    kernel.lineEditor = new Terminal({
      requestLine: (prompt) => this.input.request(textOf(prompt)),
      write: () => {},
    });
    HostFile.prototype.sizeOfTerminal = () => {
      const columns = Atomics.load(signals.words, WORD.COLUMNS);
      return columns > 0 ? [columns, Atomics.load(signals.words, WORD.ROWS)] : null;
    };
  }

  /** What the system does for a process, asked by messages. */
  makeSystem() {
    const { shared, post, argv0 } = this.context;
    return {
      room: (size) => rooms.take(size),
      start: (message) => post({ type: 'start', ...message }),
      spawn: (message) => post({ type: 'spawn', ...message }),
      kill: (slot, number) => {
        const started = shared.get(slot, PROCESS.STARTED);
        shared.signal(slot, number);
        post({ type: 'kill', slot, number, started });
      },
      signalled: (slot, number) => post({ type: 'signalled', slot, number }),
      release: (slot) => releaseProcess(shared, slot, closeHost),
      program: (kernel, path, argv) => findProgram(kernel, path, argv, argv0),
    };
  }

  // ---- the files it starts with ----

  /** Opens the descriptors that this command was started with. */
  inherit() {
    for (const fd of [0, 1, 2]) openInherited(this.kernel, fd);
    const stdin = this.kernel.files.slots[0]?.file;
    if (stdin) stdin.remote = () => this.input.request('', 'read');
  }

  /** Takes over what another context described: see kernel/processes.js. */
  adopt(description) {
    this.kernel.processes.adopt(description);
  }

  reviveHost(description) {
    const file = HostFile.revive(this.signals, description);
    if (description.remote) file.remote = () => this.input.request('', 'read');
    return file;
  }

  // ---- its programs ----

  /** A machine that runs a program from its start. */
  startProgram(module, argv, env, options = {}) {
    const image = this.readImage();
    // A program that starts without an image must find the memory new.
    const core = image && this.takeCore(module);
    const machine = this.makeMachine(module, { image, core, ...options });
    machine.start(argv, env);
    return machine;
  }

  /** A machine that goes on in the memory of another. */
  continueIn(module, copy) {
    const machine = this.makeMachine(module, { core: this.takeCore(module) });
    machine.adoptMemory(copy);
    leaveRoom(copy.memory);
    copy.memory = null;
    return machine;
  }

  /** What the last program in this thread has left to run in. */
  takeCore(module) {
    const core = left?.module === module ? left : null;
    left = null;
    return core;
  }

  /** The machine's program has ended. */
  leave(machine) {
    left = machine.leave();
  }

  makeMachine(module, options) {
    return new Machine(module, this.kernel, { stackSize: this.context.stackSize, ...options });
  }

  /** The memory image to start in, or null where there is none. */
  readImage() {
    if (this.context.imageBytes) return new Uint8Array(this.context.imageBytes);
    return readHostFile(this.context.image); // null when it is not built: start without
  }
}
