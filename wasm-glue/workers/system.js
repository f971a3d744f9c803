// SPDX-License-Identifier: MIT
// The context that outlives every process, under Node: it starts and ends the worker threads that processes
// run in, runs the host's own commands, and answers for processes that cannot do so themselves. It never
// blocks. Invariant: every slot that is handed over here ends as a process that has ended, whatever happens.
import fs from 'node:fs';
import { ERRNO, O } from '../kernel/errno.js';
import { Stream } from '../kernel/pipe.js';
import { endProcess, waitStatus } from '../kernel/processes.js';
import { abandonChildren, releaseProcess, releaseRecord } from '../kernel/release.js';
import { PROCESS, STARTED, STATE } from '../kernel/shared.js';
import { textOf } from '../kernel/paths.js';
import { STOPS, Signals } from '../kernel/signals.js';
import { killsOurs } from './kill.js';
import { readHostFile } from '../kernel/host-tree.js';
import { closeHost } from './process.js';

const SIGABRT = 6;
const SIGKILL = 9;
const SIGCONT = 18;
const NOT_STARTED = 127;
// Descriptors above are not passed to commands.
const HIGHEST_PASSED = 64;
// Workers that wait for another process to run.
const SPARE = 4;
const CHUNK = 65536;
// How long a process has to end by itself after SIGKILL.
const GRACE_MS = 500;
// The system's own slot: process 1.
const SLOT = 0;

export class NodeSystem {
  /**
   * @param {object} options
   * @param {SharedState} options.shared the system's process is in slot 0
   * @param {URL} options.script what a Worker runs
   * @param {WebAssembly.Module} options.module
   * @param {object} options.workerData for each Worker
   * @param {number} options.stackMb
   * @param {(slot: number, message: object) => void} options.receive messages that are not for the system
   * @param {(slot: number, ended: {status: number, signal: number}) => void} options.ended
   */
  constructor({ shared, script, module, workerData, stackMb, receive, ended }) {
    this.shared = shared;
    this.script = script;
    this.workerData = workerData;
    this.stackMb = stackMb;
    this.module = module;
    /** Whether there has been a Worker. */
    this.used = false;
    this.image = undefined;
    this.receive = receive;
    this.ended = ended;
    this.signals = new Signals(shared.processWords(SLOT));
    this.idle = [];
    this.workers = new Map();
    this.hosts = new Map();
    /** What lets go of the pipes that commands of the host's read and write, also after their process is over. */
    this.pumps = new Set();
    /** The host's network, once a program has used it, and the promise of it. */
    this.network = null;
    this.networkMade = null;
  }

  /** How many processes there are, beside the system's own. */
  get count() {
    return this.processes + (this.network?.sending.size ? 1 : 0);
  }

  get processes() {
    return this.workers.size + this.hosts.size;
  }

  /** Tells that a process has ended; and again when the last one's words are sent. */
  tellEnded(slot, ended) {
    this.ended(slot, ended);
    if (this.processes > 0) return;
    this.network?.finished()?.then(() => {
      this.network.sending.clear();
      if (this.processes === 0) this.ended(-1, ended);
    });
  }

  /** Messages about the network, in their order. */
  async useNetwork(message) {
    this.networkMade ??= import('./host-network.js').then(({ HostNetwork }) => {
      this.network = new HostNetwork(this);
    });
    await this.networkMade;
    this.network.handle(message);
  }

  // ---- processes of Krait's ----

  /** Runs a process in a Worker. `job` tells what; see command.js. */
  launch(job, transfer = []) {
    const worker = this.idle.pop() ?? this.makeWorker();
    worker.slot = job.slot;
    this.workers.set(job.slot, worker);
    worker.postMessage({ ...job, type: 'run' }, transfer);
    return worker;
  }

  /** The same for a process that `parent`, its Worker or the main thread (null), waits to see started. */
  begin(parent, job, transfer) {
    const { shared } = this;
    try {
      this.launch(job, transfer);
    } catch (error) {
      this.workers.delete(job.slot);
      const code = error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? ERRNO.ENOMEM : ERRNO.EAGAIN;
      if (parent) shared.answerStart(job.slot, -code);
      else this.finish(job.slot, { status: NOT_STARTED, signal: 0 });
      return;
    }
    shared.answerStart(job.slot, STARTED);
  }

  makeWorker() {
    // Loaded here: most programs need no Worker.
    const { Worker } = process.getBuiltinModule('node:worker_threads');
    const worker = new Worker(this.script, {
      workerData: {
        ...this.workerData,
        imageBytes: this.readImage(),
        shared: this.shared.buffer,
        reply: this.makeReply(),
      },
      resourceLimits: { stackSizeMb: this.stackMb },
      // A descriptor is opened by one process, closed by another, and lives on when the first has ended.
      trackUnmanagedFds: false,
    });
    worker.reply = this.lastReply;
    this.used = true;
    worker.postMessage({ type: 'module', module: this.module });
    worker.on('message', (message) => this.handle(worker, message));
    worker.on('error', (error) => this.crashed(worker, error));
    worker.on('exit', () => this.crashed(worker, null));
    return worker;
  }

  /** The start image, in memory that all Workers see; null where there is none. */
  readImage() {
    if (this.image === undefined) {
      const bytes = readHostFile(this.workerData.image);
      this.image = bytes && new SharedArrayBuffer(bytes.length);
      if (bytes) new Uint8Array(this.image).set(bytes);
    }
    return this.image;
  }

  makeReply() {
    this.lastReply = new SharedArrayBuffer(this.workerData.replyBytes);
    return this.lastReply;
  }

  /** A Worker that is ready to run a process at once; resolves when it is. */
  prepare() {
    const worker = this.makeWorker();
    return new Promise((resolve) => {
      worker.ready = () => {
        this.idle.push(worker);
        resolve();
      };
    });
  }

  handle(worker, message) {
    switch (message.type) {
      case 'ready':
        worker.ready?.();
        break;
      case 'start':
        this.begin(worker, { ...message, kind: 'fork' });
        break;
      case 'spawn':
        if (message.program.ours) {
          const { argv, env } = message.program;
          this.begin(worker, { ...message, kind: 'program', argv, env });
        } else {
          this.shared.answerStart(message.slot, STARTED);
          this.runHost(message);
        }
        break;
      case 'exec':
        // Killed after its last word: `crashed` answers for it.
        if (worker?.killedBy) break;
        // The process goes on as a command of the host's; its Worker is free.
        if (worker) this.free(worker);
        this.runHost(message);
        break;
      case 'kill':
        this.kill(message.slot, message.number, message.started);
        break;
      case 'network':
        this.useNetwork(message);
        break;
      case 'signalled':
        this.signalHost(message.slot, message.number);
        break;
      case 'ended':
        this.free(worker);
        this.tellEnded(message.slot, message);
        break;
      default:
        this.receive(worker.slot, message, worker);
    }
  }

  /** The Worker's process has ended in good order. */
  free(worker) {
    // The slot may have another process already: it is free from when its parent has waited for it.
    if (this.workers.get(worker.slot) === worker) this.workers.delete(worker.slot);
    worker.slot = undefined;
    if (!worker.killedBy && this.idle.length < SPARE) this.idle.push(worker);
    else worker.terminate();
  }

  crashed(worker, error) {
    this.idle = this.idle.filter((other) => other !== worker);
    const { slot } = worker;
    if (slot === undefined) return;
    worker.slot = undefined;
    this.workers.delete(slot);
    if (error) {
      const { code } = error;
      const why = code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'out of memory' : error.stack;
      fs.writeSync(2, `krait: process ${this.shared.get(slot, PROCESS.PID)} failed: ${why}\n`);
    }
    this.finish(slot, { status: 0, signal: worker.killedBy ?? SIGABRT });
  }

  /** Ends a slot on behalf of its process. */
  finish(slot, ended) {
    const isStarted = (other) => this.workers.has(other) || this.hosts.has(other);
    abandonChildren(this.shared, slot, isStarted, closeHost, this.network);
    releaseProcess(this.shared, slot, closeHost, this.network);
    endProcess(this.shared, slot, waitStatus(ended));
    this.tellEnded(slot, ended);
  }

  /** A signal to the process in a slot. */
  send(slot, number) {
    if (number === SIGKILL) this.kill(slot, number);
    else if (this.hosts.has(slot)) this.signalHost(slot, number);
    else if (number > 0) this.shared.signal(slot, number);
  }

  /** A signal to a command of the host's. Node does not tell when one has stopped. */
  signalHost(slot, number) {
    const host = this.hosts.get(slot);
    if (!host?.kill(number)) return;
    if (STOPS.has(number)) this.shared.stop(slot, number);
    if (number === SIGCONT) this.shared.continue(slot);
  }

  /**
   * SIGKILL: a process of Krait's ends by itself at its next tick, so that nothing is torn; or else is ended.
   * @param {number} started which one of those that the slot has had
   */
  kill(slot, number, started = this.shared.get(slot, PROCESS.STARTED)) {
    const host = this.hosts.get(slot);
    if (host) {
      host.kill(number);
      return;
    }
    const worker = this.workers.get(slot);
    const same = () =>
      this.workers.get(slot) === worker && this.shared.get(slot, PROCESS.STARTED) === started;
    if (!worker || !same()) return;
    this.shared.signal(slot, number);
    setTimeout(() => {
      if (!same()) return;
      worker.killedBy = number;
      worker.terminate();
    }, GRACE_MS);
  }

  // ---- the host's commands ----

  /** Runs a command of the host's as the process in a slot. */
  runHost({ slot, program, files, cwd, mask }) {
    const { spawn } = process.getBuiltinModule('node:child_process');
    const { shared } = this;
    const call = killsOurs(shared, program);
    if (call) {
      for (const pid of call.pids) this.send(shared.find(pid), call.number);
      this.finish(slot, { status: 0, signal: 0 });
      return;
    }
    // The system holds what the command was given: the process may be waited for before all it has
    // printed has arrived.
    const held = shared.heldBy(slot);
    for (const record of held) {
      shared.hold(SLOT, record);
      shared.letGo(slot, record);
    }
    const release = (record) => {
      const at = held.indexOf(record);
      if (at < 0) return;
      held.splice(at, 1);
      releaseRecord(shared, SLOT, record, closeHost, this.network);
    };
    const opened = [];
    const stdio = ['ignore', 'ignore', 'ignore'];
    for (const [fd, index] of files.slots) {
      const file = files.files[index];
      if (fd > HIGHEST_PASSED) continue;
      for (let i = stdio.length; i < fd; i++) stdio[i] = 'ignore';
      if (file.kind === 'host') stdio[fd] = this.hostDescriptor(file, opened);
      // What a command is to read would be taken from others that have the pipe: only its input is.
      else if (file.kind === 'pipe' && (fd < 3 || (file.flags & O.ACCMODE) === O.WRONLY))
        stdio[fd] = 'pipe';
      else stdio[fd] = 'ignore';
    }
    const env = {};
    for (const item of program.env) {
      const equals = item.indexOf('=', 1);
      if (equals > 0) env[textOf(item.slice(0, equals))] = textOf(item.slice(equals + 1));
    }
    let child;
    // The mask is all threads' in common: this one has its own for the moment of the call.
    const ownMask = process.umask(mask);
    try {
      child = spawn(textOf(program.path), program.argv.slice(1).map(textOf), {
        argv0: textOf(program.argv[0]),
        cwd: textOf(cwd),
        env,
        stdio,
      });
    } catch {
      this.hostEnded(slot, { status: NOT_STARTED, signal: 0 }, held, release, opened);
      return;
    } finally {
      process.umask(ownMask);
    }
    shared.set(slot, PROCESS.STATE, STATE.RUNNING);
    this.hosts.set(slot, child);
    // Signals that came before the command did.
    const sent = new Signals(shared.processWords(slot));
    for (let number = sent.take(); number !== 0; number = sent.take())
      this.signalHost(slot, number);
    const outputs = [];
    for (const [fd, index] of files.slots) {
      if (stdio[fd] !== 'pipe') continue;
      const { pipe, record } = files.files[index];
      const stream = new Stream({ shared, slot: SLOT, signals: this.signals }, pipe);
      if (fd === 0) this.pump([this.feed(stream, child.stdin)], () => release(record));
      else outputs.push({ record, done: this.drain(child.stdio[fd], stream) });
    }
    // Two descriptors may be one open file: it is let go when both are drained.
    for (const record of new Set(outputs.map((output) => output.record))) {
      const all = outputs.filter((output) => output.record === record);
      this.pump(
        all.map(({ done }) => done),
        () => release(record),
      );
    }
    const pumped = new Set(
      files.slots.flatMap(([fd, i]) => (stdio[fd] === 'pipe' ? [files.files[i].record] : [])),
    );
    let over = false;
    const end = (ended) => {
      if (over) return;
      over = true;
      const rest = held.filter((record) => !pumped.has(record));
      this.hostEnded(slot, ended, rest, release, opened);
    };
    child.on('error', () => end({ status: NOT_STARTED, signal: 0 }));
    child.on('exit', (status, name) => {
      const { constants } = process.getBuiltinModule('node:os');
      end({ status: status ?? 0, signal: name ? constants.signals[name] : 0 });
    });
  }

  /** Lets go of a pipe once all that goes through it has. */
  pump(all, letGo) {
    this.pumps.add(letGo);
    Promise.all(all).finally(() => {
      letGo();
      this.pumps.delete(letGo);
    });
  }

  /** No process is left: what commands that live on still print goes nowhere. */
  close() {
    for (const letGo of this.pumps) letGo();
  }

  hostEnded(slot, ended, records, release, opened) {
    this.hosts.delete(slot);
    for (const record of [...records]) release(record);
    for (const fd of opened) closeHost(fd);
    endProcess(this.shared, slot, waitStatus(ended));
    this.tellEnded(slot, ended);
  }

  /** A descriptor for the command: the kernel counts positions itself, the command reads the host's. */
  hostDescriptor({ fd, record }, opened) {
    const position = this.shared.doubles[(record + 16) >> 3];
    if (!record || Number.isNaN(position) || position === 0) return fd;
    try {
      const own = fs.openSync(`/proc/self/fd/${fd}`, O.RDWR);
      opened.push(own);
      const bytes = new Uint8Array(CHUNK);
      for (let done = 0; done < position;) {
        const count = fs.readSync(own, bytes, 0, Math.min(CHUNK, position - done), null);
        if (count === 0) break;
        done += count;
      }
      return own;
    } catch {
      return fd;
    }
  }

  /** Settles when something the system waits for has changed. */
  change(before) {
    const { words } = this.signals;
    const wait = Atomics.waitAsync?.(words, 2, before, 50);
    if (wait?.async) return wait.value;
    return new Promise((resolve) => setTimeout(resolve, wait ? 0 : 5));
  }

  /** From a pipe of the kernel's into a command. */
  async feed(stream, input) {
    const bytes = new Uint8Array(CHUNK);
    let broken = false;
    input.on('error', () => (broken = true));
    input.on('close', () => (broken = true));
    while (!broken) {
      const before = this.signals.moment();
      let count;
      try {
        count = stream.ready(false) ? stream.read(bytes, true) : -1;
      } catch {
        count = -1;
      }
      if (count === 0) break;
      if (count < 0) {
        await this.change(before);
        continue;
      }
      const chunk = bytes.slice(0, count);
      await new Promise((resolve) => input.write(chunk, resolve));
    }
    input.end();
  }

  /** From a command into a pipe of the kernel's. */
  async drain(output, stream) {
    try {
      for await (const chunk of output) {
        for (let done = 0; done < chunk.length;) {
          const before = this.signals.moment();
          if (stream.ready(true)) done += stream.write(chunk.subarray(done), true);
          else await this.change(before);
        }
      }
    } catch {
      // Nobody reads any more: the command finds its own output closed.
      output.destroy();
    }
  }
}
