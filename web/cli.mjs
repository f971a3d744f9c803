#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// The command `krait`: python2.7's command line. This thread stays small and free: it starts the worker
// thread that runs the program, compiles the VM meanwhile, turns signals into bits of shared memory, edits
// lines on a terminal, and ends with the program's status. Everything else happens in the worker thread
// (wasm-glue/workers/command.js).
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { ReplyWriter, makeSharedMemory, wordsOf } from '../wasm-glue/workers/channel.js';
import { WORD, raiseSignal } from '../wasm-glue/kernel/signals.js';
import { byteString, fromBytes } from '../wasm-glue/kernel/paths.js';

const SIGINT = 2;
const SIGPIPE = 13;
// C code nests on the worker thread's stack: 500 levels of it must fit, and do many times over.
const STACK_MB = 64;
// How many Ctrl-C in a row may stay unanswered before the process ends itself.
const PATIENCE = 3;

const build =
  process.env.KRAIT_BUILD ?? fileURLToPath(new URL('../build/emscripten', import.meta.url));
const shared = makeSharedMemory();
const words = wordsOf(shared);

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

let bytes;
try {
  bytes = fs.readFileSync(`${build}/krait.wasm`);
} catch (error) {
  process.stderr.write(
    `krait: cannot read the VM: ${error.message}\nkrait: build it with \`npm run build\`\n`,
  );
  process.exit(1);
}

const worker = new Worker(new URL('../wasm-glue/workers/command.js', import.meta.url), {
  workerData: {
    shared,
    argv: [byteString(process.argv[1]), ...argumentBytes()],
    image: `${build}/krait.image`,
    packs: [`${build}/stdlib.pack`, `${build}/stdlib-test.pack`],
  },
  resourceLimits: { stackSizeMb: STACK_MB },
});
WebAssembly.compile(bytes).then(
  (module) => worker.postMessage(module),
  (error) => {
    process.stderr.write(`krait: ${build}/krait.wasm is not a VM: ${error.message}\n`);
    process.exit(1);
  },
);

if (process.stdout.isTTY) {
  const noteSize = () => {
    Atomics.store(words, WORD.COLUMNS, process.stdout.columns);
    Atomics.store(words, WORD.ROWS, process.stdout.rows);
  };
  noteSize();
  process.stdout.on('resize', noteSize);
}

// ---- signals ----

let unanswered = 0;

function interrupt() {
  const pending = Atomics.load(words, WORD.SIGNALS) & (1 << (SIGINT - 1));
  unanswered = pending ? unanswered + 1 : 0;
  if (unanswered >= PATIENCE) endBySignal('SIGINT');
  raiseSignal(words, SIGINT);
}

process.on('SIGINT', interrupt);

/** Ends this process as the signal would have. */
function endBySignal(name) {
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
  if (how === 2) process.on(name, () => raiseSignal(words, number));
}

// ---- lines of input ----

const reply = new ReplyWriter(shared);
let editor = null;

async function editLine({ id, prompt }) {
  if (!editor) {
    const { LineEditor } = await import('./line-editor.mjs');
    editor = new LineEditor(interrupt);
  }
  editor.ask(prompt, (line) => reply.send(id, line));
}

// ---- standard input that is a socket ----

let readId = 0;

/** Answers with what there is, once there is something. */
function serveRead() {
  if (readId === 0) return;
  const id = readId;
  const chunk = process.stdin.read();
  if (chunk === null && !process.stdin.readableEnded) return;
  readId = 0;
  reply.send(id, chunk);
}

function readInput({ id }) {
  if (readId === 0 && process.stdin.listenerCount('readable') === 0) {
    process.stdin.on('readable', serveRead);
    for (const event of ['end', 'error']) process.stdin.on(event, endRead);
  }
  readId = id;
  serveRead();
}

function endRead() {
  if (readId !== 0) reply.send(readId, null);
  readId = 0;
}

// ---- the end ----

async function exit({ status, signal }) {
  editor?.close();
  if (signal) {
    const { constants } = await import('node:os');
    const [name] = Object.entries(constants.signals).find(([, number]) => number === signal) ?? [];
    if (name) {
      endBySignal(name);
      return;
    }
  }
  process.exit(status);
}

worker.on('message', (message) => {
  switch (message.type) {
    case 'exit':
      exit(message);
      break;
    case 'signal':
      watchSignal(message);
      break;
    case 'input':
      editLine(message);
      break;
    case 'read':
      readInput(message);
      break;
    case 'input-more':
      reply.more(message.id);
      break;
    case 'input-cancel':
      editor?.cancel();
      readId = 0;
      break;
    default:
      throw new Error(`unknown message ${message.type}`);
  }
});
worker.on('error', (error) => {
  process.stderr.write(`krait: the worker thread failed: ${error.stack}\n`);
  process.exit(134);
});
