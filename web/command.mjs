// SPDX-License-Identifier: MIT
// What the command `krait` does: python2.7's command line. The main thread compiles the VM, runs the program
// for its first moments, then hands it to a worker thread and stays small and free: it turns signals into bits
// of shared memory, edits lines on a terminal, starts and ends processes, and ends with the program's status.
import fs from 'node:fs';
import v8 from 'node:v8';
import { REPLY_BYTES, ReplyWriter } from '../wasm-glue/workers/channel.js';
import { NodeSystem } from '../wasm-glue/workers/system.js';
import { Trial } from '../wasm-glue/workers/trial.js';
import { PROCESS, STATE, SharedState } from '../wasm-glue/kernel/shared.js';
import { WORD } from '../wasm-glue/kernel/signals.js';
import { byteString, fromBytes } from '../wasm-glue/kernel/paths.js';

const SIGINT = 2;
const SIGPIPE = 13;
// C code nests on the worker thread's stack: 500 levels of it must fit, and do many times over.
const STACK_MB = 64;
// How many Ctrl-C in a row may stay unanswered before the process ends itself.
const PATIENCE = 3;
// The status of a program that has left something behind, where that is looked at.
const LEAKS = 99;
// Linux has no process numbers above this.
const PIDS_ABOVE = 1 << 22;

const shared = new SharedState();
shared.newProcess({ pid: 1, parent: 0 });
shared.setFirstPid(PIDS_ABOVE + (process.pid % PIDS_ABOVE) * 256);
// The program's own process has the number of this one.
const first = shared.newProcess({ pid: process.pid, parent: process.ppid });
const words = shared.processWords(first);

/** The arguments as bytes; those that are not UTF-8 are read from the system again. */
function argumentBytes() {
  const texts = process.argv.slice(2);
  if (texts.some((text) => text.includes('\ufffd'))) {
    try {
      const raw = fromBytes(fs.readFileSync('/proc/self/cmdline')).split('\0').slice(0, -1);
      if (raw.length >= texts.length) return texts.length > 0 ? raw.slice(-texts.length) : [];
    } catch {
      // No such file here: the texts must do.
    }
  }
  return texts.map(byteString);
}

let system;

/** Says why nothing can be run, and ends. */
function giveUp(text) {
  process.stderr.write(`krait: ${text}\n`);
  process.exit(1);
}

/** The VM's bytes. */
function readModule(build) {
  const file = `${build}/krait.wasm`;
  try {
    return fs.readFileSync(file);
  } catch (error) {
    return giveUp(`cannot read the VM: ${error.message}\nkrait: build it with \`npm run build\``);
  }
}

// How much of a function runs before V8 compiles it again, better: what newer engines have by themselves. The older
// ones' 1800000 is used up in a program's first moments, and a process that ends waits for the compiler's threads.
const TIERING = 13000000;

function compile(bytes) {
  if (parseInt(process.versions.v8, 10) < 12)
    v8.setFlagsFromString(`--wasm-tiering-budget=${TIERING}`);
  try {
    return new WebAssembly.Module(bytes);
  } catch (error) {
    return giveUp(`the VM cannot be compiled: ${error.message}`);
  }
}

// ---- signals ----

let unanswered = 0;

/** Ctrl-C goes to all processes of the program's group. */
function interrupt() {
  const pending = Atomics.load(words, WORD.SIGNALS) & (1 << (SIGINT - 1));
  unanswered = pending || outcome ? unanswered + 1 : 0;
  if (unanswered >= PATIENCE) endBySignal('SIGINT');
  for (const slot of shared.slots((other) => shared.get(other, PROCESS.GROUP) === process.pid))
    if (shared.get(slot, PROCESS.STATE) === STATE.RUNNING) shared.signal(slot, SIGINT);
}

/** Ends this process as the signal would have. */
function endBySignal(name) {
  // Node ignores it; when a listener goes, the default is back.
  if (name === 'SIGPIPE') process.on(name, () => {});
  process.removeAllListeners(name);
  process.kill(process.pid, name);
  // A signal that does not end a process after all (it was ignored when we were started).
  setTimeout(() => process.exit(1), 100);
}

function watchSignal({ number, name, how }) {
  // Node ignores SIGPIPE already; SIGINT is always watched.
  if (!name || number === SIGPIPE || number === SIGINT) return;
  process.removeAllListeners(name);
  if (how === 1) process.on(name, () => {});
  if (how === 2) process.on(name, () => shared.signal(first, number));
}

// ---- lines of input ----

/** The writer of answers to a Worker's process. */
const replies = new WeakMap();

function replyTo(worker) {
  if (!replies.has(worker)) replies.set(worker, {});
  const kept = replies.get(worker);
  if (kept.slot !== worker.slot) {
    kept.slot = worker.slot;
    kept.writer = new ReplyWriter(worker.reply, shared.processWords(worker.slot));
  }
  return kept.writer;
}

let editor = null;

async function editLine({ id, prompt }, worker) {
  const reply = replyTo(worker);
  if (!editor) {
    const { LineEditor } = await import('./line-editor.mjs');
    editor = new LineEditor(interrupt);
  }
  editor.ask(prompt, (line) => reply.send(id, line));
}

// ---- standard input that is a socket ----

let reader = null;

/** Answers with what there is, once there is something. */
function serveRead() {
  if (!reader) return;
  const { id, reply } = reader;
  const chunk = process.stdin.read();
  if (chunk === null && !process.stdin.readableEnded) return;
  reader = null;
  reply.send(id, chunk);
}

function readInput({ id }, worker) {
  if (!reader && process.stdin.listenerCount('readable') === 0) {
    process.stdin.on('readable', serveRead);
    for (const event of ['end', 'error']) process.stdin.on(event, endRead);
  }
  reader = { id, reply: replyTo(worker) };
  serveRead();
}

function endRead() {
  reader?.reply.send(reader.id, null);
  reader = null;
}

// ---- the end ----

let outcome = null;

/** For tests: when processes have left anything behind in shared memory, that is the program's failure. */
function checkLeaks() {
  system.close();
  const left = [...shared.slots()].filter((slot) => slot !== 0).length;
  shared.freeList(0);
  const bytes = shared.bytesInUse;
  if (left === 0 && bytes === 0) return;
  fs.writeSync(2, `krait: left behind: ${left} processes, ${bytes} bytes\n`);
  outcome = { status: LEAKS, signal: 0 };
}

/** A process has ended. When the last one has, so does this one, as the first did. */
async function ended(slot, { status, signal }) {
  if (slot === first && !outcome) outcome = { status, signal };
  if (!outcome || system.count > 0) return;
  editor?.close();
  if (system.used && process.env.KRAIT_LEAKS) checkLeaks();
  if (outcome.signal) {
    const { constants } = await import('node:os');
    const [name] =
      Object.entries(constants.signals).find(([, number]) => number === outcome.signal) ?? [];
    if (name) {
      endBySignal(name);
      return;
    }
  }
  process.exit(outcome.status);
}

function receive(slot, message, worker) {
  switch (message.type) {
    case 'signal':
      if (slot === first) watchSignal(message);
      break;
    case 'input':
      editLine(message, worker);
      break;
    case 'read':
      readInput(message, worker);
      break;
    case 'input-more':
      replyTo(worker).more(message.id);
      break;
    case 'input-cancel':
      editor?.cancel();
      reader = null;
      break;
    default:
      throw new Error(`unknown message ${message.type}`);
  }
}

// ---- the program ----

function noteSize() {
  Atomics.store(words, WORD.COLUMNS, process.stdout.columns);
  Atomics.store(words, WORD.ROWS, process.stdout.rows);
}

/**
 * Runs the command line: the program in this thread for its first moments, then in a Worker.
 * @param {object} options
 * @param {string} options.build the folder with the VM, its image and the library
 * @param {string|URL} options.script what Workers run
 */
export function main({ build, script }) {
  const module = compile(readModule(build));
  const context = {
    argv0: byteString(process.argv[1]),
    image: `${build}/krait.image`,
    packs: [`${build}/stdlib.pack`, `${build}/stdlib-test.pack`],
    replyBytes: REPLY_BYTES,
    // Ticks per entry of the loop, so that tests can prove that leaving it anywhere is harmless.
    budget: Number(process.env.KRAIT_BUDGET) || 0x7fffffff,
  };
  system = new NodeSystem({
    shared,
    script,
    module,
    workerData: context,
    stackMb: STACK_MB,
    receive,
    ended,
  });
  const program = {
    argv: [context.argv0, ...argumentBytes()],
    env: Object.entries(process.env).map(([name, value]) => byteString(`${name}=${value}`)),
  };
  // What the program asks of the system meanwhile. A question for input is asked again by the Worker.
  const asked = [];
  const post = (message) => asked.push(message);
  const watchInterrupt = () => {
    if (process.listenerCount('SIGINT') === 0) process.on('SIGINT', interrupt);
  };
  const own = { ...context, shared, reply: null, post };
  const trial = new Trial(own, first, module, program, {
    beforeSeen: watchInterrupt,
    // A handler could not run: let Ctrl-C do what it does to a process without one.
    beforeHold: () => process.off('SIGINT', interrupt),
  });
  const answer = trial.run();
  const over = answer.kind === undefined;
  if (!over) watchInterrupt();
  if (!over && process.stdout.isTTY) {
    noteSize();
    process.stdout.on('resize', noteSize);
  }
  for (const message of asked) {
    if (answer.kind === 'first') break; // it has not happened
    if (message.type === 'signal') watchSignal(message);
    else if (!/^(input|read)/.test(message.type)) system.handle(null, message);
  }
  if (over) ended(first, answer);
  else if (answer.kind === 'exec') system.handle(null, answer);
  else {
    try {
      system.launch(answer, answer.memory ? [answer.memory] : []);
    } catch (error) {
      giveUp(`no thread can be started to go on in: ${error.message}`);
    }
  }
}
