// SPDX-License-Identifier: MIT
// The system of a session whose program has more than one process: it runs in the session's Worker, which
// then never blocks, has the tree of files and the terminal, starts and ends the processes' Workers and
// answers for those that cannot do so themselves. Invariants: every slot that is handed over here ends as a
// process that has ended; the program's end is told once, when its last process has ended and all that was
// printed has been passed on.
import { ERRNO } from '../kernel/errno.js';
import { endProcess, waitStatus } from '../kernel/processes.js';
import { abandonChildren, releaseProcess } from '../kernel/release.js';
import { PROCESS, SESSION_SLOT, STARTED } from '../kernel/shared.js';
import { Signals } from '../kernel/signals.js';
import { Answerer, makeCallMemory } from './calls.js';
import { ReplyWriter, makeReplyMemory } from './channel.js';
import { ScreenReader } from './screen.js';

const SIGKILL = 9;
const SIGABRT = 6;
// Workers that wait for another process to run.
const SPARE = 8;
// How long a process has to end by itself after SIGKILL, and its Worker after it was told to end.
const GRACE_MS = 300;
const LAST_MS = 30;
// How often is looked whether the other side has caught up with the output.
const LOOK_MS = 4;
// The system's own slot: process 1.
const SLOT = 0;

export class PageSystem {
  /**
   * @param {object} options
   * @param {SharedState} options.shared
   * @param {TreeServer} options.server
   * @param {OutputQueue} options.output
   * @param {() => Promise<object>} options.makeWorker a Worker of the platform's: {postMessage, terminate,
   *   listen(receive, failed, gone)}
   * @param {object} options.settings what each Worker is told beside its memory
   * @param {(message: object) => void} options.post to the embedder
   */
  constructor({ shared, server, output, makeWorker, settings, post }) {
    this.shared = shared;
    this.output = output;
    this.makeWorker = makeWorker;
    this.settings = settings;
    this.post = post;
    this.server = server;
    this.signals = new Signals(shared.processWords(SLOT));
    this.signals.blocking = false;
    this.idle = [];
    this.workers = new Map();
    this.busy = new Set();
    this.screen = null;
    this.terminal = null;
    this.readers = [];
    this.asked = null;
    // Below zero: the session's own questions have the numbers above.
    this.nextQuestion = -1;
    this.outcome = null;
    this.finished = null;
    this.draining = false;
  }

  get active() {
    return this.busy.size > 0;
  }

  /** Runs a program that has left the session's own context; how its first process ended, when all have. */
  run(job, terminal, transfer) {
    this.terminal = terminal;
    this.screen = new ScreenReader({ shared: this.shared, slot: SLOT, signals: this.signals });
    this.outcome = null;
    const ends = new Promise((resolve) => {
      this.finished = resolve;
    });
    this.launch(job, transfer);
    return ends;
  }

  // ---- Workers ----

  launch(job, transfer = []) {
    const worker = this.idle.pop() ?? this.newWorker();
    worker.slot = job.slot;
    worker.started = this.shared.get(job.slot, PROCESS.STARTED);
    worker.replies = new ReplyWriter(worker.reply, this.shared.processWords(job.slot));
    this.workers.set(job.slot, worker);
    this.busy.add(worker);
    worker.send({ ...job, screen: this.screen.at, type: 'run' }, transfer);
  }

  /** The same for a process that its parent waits to see started. */
  begin(job, transfer) {
    try {
      this.launch(job, transfer);
      this.shared.answerStart(job.slot, STARTED);
    } catch {
      this.shared.answerStart(job.slot, -ERRNO.EAGAIN);
    }
  }

  /** Sees to it that a Worker is there for a process; throws when none can be made. */
  prepare() {
    if (this.idle.length === 0) this.idle.push(this.newWorker());
  }

  newWorker() {
    const call = makeCallMemory();
    const reply = makeReplyMemory();
    const worker = {
      slot: undefined,
      reply,
      answerer: new Answerer(call),
      port: null,
      early: [],
      send(message, transfer) {
        if (this.port) this.port.postMessage(message, transfer);
        else this.early.push([message, transfer]);
      },
    };
    const made = this.makeWorker();
    worker.send({ type: 'init', shared: this.shared.buffer, call, reply, ...this.settings() }, []);
    Promise.resolve(made).then(
      (port) => {
        if (worker.over) {
          port.terminate();
          return;
        }
        worker.port = port;
        port.listen(
          (message) => this.handle(worker, message),
          (error) => this.crashed(worker, error),
          () => this.crashed(worker, null),
        );
        for (const [message, transfer] of worker.early) port.postMessage(message, transfer);
        worker.early = null;
      },
      (error) => this.crashed(worker, error),
    );
    return worker;
  }

  handle(worker, message) {
    if (worker.over) return;
    switch (message.type) {
      case 'call':
        worker.answerer.answer(() => this.server.perform(message.method, message.args));
        break;
      case 'call-more':
        worker.answerer.more();
        break;
      case 'close':
        this.server.close(message.handle);
        break;
      case 'output':
        this.drain();
        break;
      case 'start':
        this.begin({ ...message, kind: 'fork' });
        break;
      case 'spawn':
        this.begin({ ...message, ...message.program, kind: 'program' });
        break;
      case 'kill':
        this.kill(message.slot, message.started);
        break;
      case 'input':
        this.readers.push({ worker, id: message.id, ...message.prompt });
        this.serveInput();
        break;
      case 'input-more':
        worker.replies.more(message.id);
        break;
      case 'input-cancel':
        this.cancelInput((reader) => reader.worker === worker && reader.id === message.id);
        break;
      case 'crash':
        this.complain(worker.slot, message.text);
        break;
      case 'ended':
        this.free(worker);
        this.ended(message.slot, message);
        break;
      default:
        throw new Error(`unknown message ${message.type}`);
    }
  }

  complain(slot, text) {
    const pid = this.shared.get(slot, PROCESS.PID);
    this.output.write(
      'stderr',
      new TextEncoder().encode(`krait: process ${pid} failed: ${text}\n`),
    );
  }

  /** The Worker's process has ended in good order. */
  free(worker) {
    this.forget(worker);
    if (this.idle.length < SPARE) this.idle.push(worker);
    else this.discard(worker);
  }

  forget(worker) {
    // The slot may have another process already: it is free from when its parent has waited for it.
    if (this.workers.get(worker.slot) === worker) this.workers.delete(worker.slot);
    this.busy.delete(worker);
    this.cancelInput((reader) => reader.worker === worker);
    worker.slot = undefined;
  }

  discard(worker) {
    worker.over = true;
    worker.port?.terminate();
  }

  crashed(worker, error) {
    this.idle = this.idle.filter((other) => other !== worker);
    const { slot } = worker;
    if (worker.over || slot === undefined) return;
    this.discard(worker);
    if (error) this.complain(slot, error.message);
    this.finish(worker, SIGABRT);
  }

  /** Ends a Worker's process on its behalf, unless it has ended by itself at the last moment. */
  finish(worker, signal) {
    const { shared } = this;
    const { slot, started } = worker;
    const ended = { status: 0, signal };
    this.forget(worker);
    if (shared.lives(slot) && shared.get(slot, PROCESS.STARTED) === started) {
      const close = (handle) => this.server.close(handle);
      abandonChildren(shared, slot, (other) => this.workers.has(other), close);
      releaseProcess(shared, slot, close);
      endProcess(shared, slot, waitStatus(ended));
    }
    this.ended(slot, ended);
  }

  /** The process in a slot was sent SIGKILL, and ends at its next tick: or is ended. */
  kill(slot, started) {
    const worker = this.workers.get(slot);
    const same = () =>
      this.workers.get(slot) === worker && this.shared.get(slot, PROCESS.STARTED) === started;
    if (!worker || !same()) return;
    setTimeout(() => {
      if (!same()) return;
      this.discard(worker);
      // Until the thread has really stopped, what it holds is not given to others.
      setTimeout(() => {
        if (worker.slot === slot) this.finish(worker, SIGKILL);
      }, LAST_MS);
    }, GRACE_MS);
  }

  /** Ends all processes of the program. */
  killAll() {
    for (const { slot } of this.busy) {
      this.shared.signal(slot, SIGKILL);
      this.kill(slot, this.shared.get(slot, PROCESS.STARTED));
    }
  }

  // ---- the end ----

  ended(slot, { status, signal }) {
    if (slot === SESSION_SLOT) this.outcome ??= { status: signal ? 128 + signal : status, signal };
    this.drain();
  }

  endIfOver() {
    if (this.active || !this.finished) return;
    const { finished, screen } = this;
    this.finished = null;
    this.screen = null;
    screen.close();
    this.server.closeAll();
    finished(this.outcome);
  }

  // ---- the terminal ----

  /** Passes on what was printed, as fast as the embedder takes it. */
  async drain() {
    if (this.draining || !this.screen) return;
    this.draining = true;
    const { output, screen } = this;
    for (;;) {
      screen.drain(
        (stream, bytes) => output.write(stream, bytes),
        () => output.behind,
      );
      output.flush(true);
      if (!output.behind) break;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
    this.draining = false;
    this.endIfOver();
  }

  /** Gives the first reader a line: one that has begun, or one that the embedder is asked for. */
  serveInput() {
    while (!this.asked && this.readers.length > 0) {
      const [{ text, room }] = this.readers;
      const { line } = this.terminal;
      if (line === null) {
        this.asked = { id: this.nextQuestion-- };
        this.question(text);
        return;
      }
      const part = line.subarray(0, room);
      this.terminal.line = part.length < line.length ? line.subarray(room) : null;
      this.answerReader(part);
    }
  }

  /** What was printed is shown before the question. */
  async question(prompt) {
    const { asked } = this;
    await this.drain();
    if (this.asked === asked) this.post({ type: 'input', id: asked.id, prompt, byMessage: true });
  }

  answerReader(bytes) {
    const { worker, id } = this.readers.shift();
    worker.replies.send(id, bytes);
  }

  /** The embedder's answer: a line, or null. */
  deliver(id, bytes) {
    if (this.asked?.id !== id) return;
    this.asked = null;
    if (bytes === null) this.answerReader(null);
    else this.terminal.line = bytes;
    this.serveInput();
  }

  cancelInput(isIt) {
    const first = this.readers[0];
    this.readers = this.readers.filter((reader) => !isIt(reader));
    if (!this.asked || this.readers[0] === first) return;
    this.post({ type: 'input-cancel', id: this.asked.id });
    this.asked = null;
    this.serveInput();
  }
}
