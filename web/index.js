// SPDX-License-Identifier: MIT
// Krait for JavaScript programs: `loadKrait` starts a Worker with the VM and a tree of files, and gives the
// object to work with it. Invariants: the thread that calls never blocks; every promise of an object is
// settled at the latest when it is disposed of; output comes in order and before the end of the run that
// printed it.
import { ReplyWriter, makeReplyMemory } from '../wasm-glue/workers/channel.js';
import { PROCESS, SESSION_SLOT, STATE, SharedState } from '../wasm-glue/kernel/shared.js';
import { WORD, clearSignals, raiseSignal, wake } from '../wasm-glue/kernel/signals.js';
import { answerForOwner } from '../wasm-glue/workers/owner.js';

const SIGINT = 2;
const HOME = '/home/web';
const USAGE = Symbol.for('krait.usage');
const IN_NODE = typeof process !== 'undefined' && Boolean(process.versions?.node);

/** A call on an object that has been disposed of. */
export class KraitDisposedError extends Error {
  constructor(what = 'this Krait object') {
    super(`${what} has been disposed of: load a new one with loadKrait()`);
    this.name = 'KraitDisposedError';
  }
}

/** A file call failed; `code` is Linux's name of the reason, such as "ENOENT". */
export class KraitFileError extends Error {
  constructor(message, code) {
    super(message);
    this.name = 'KraitFileError';
    this.code = code;
  }
}

function makeEvent(type, detail) {
  return new CustomEvent(type, { detail });
}

async function startWorker() {
  if (!IN_NODE) {
    return new Worker(new URL('../wasm-glue/workers/web.js', import.meta.url), { type: 'module' });
  }
  const { Worker: NodeWorker } = await import('node:worker_threads');
  return new NodeWorker(new URL('../wasm-glue/workers/node.js', import.meta.url), {
    resourceLimits: { stackSizeMb: 64 },
    // Not the flags that this process was started with.
    execArgv: [],
  });
}

/** Calls `receive` for each message and `failed` when the Worker breaks. */
function listen(worker, receive, failed) {
  if (worker.on) {
    worker.on('message', receive);
    worker.on('error', failed);
    return;
  }
  worker.onmessage = ({ data }) => receive(data);
  worker.onerror = (event) => failed(new Error(event.message || 'the Worker could not be loaded'));
}

/** The files of a Krait object. Paths are absolute or relative to its working folder. */
class Files {
  #call;

  constructor(call) {
    this.#call = (method, ...args) => call({ type: 'file', method, args });
  }

  /** A file's bytes, or its text with encoding 'utf-8'. */
  async readFile(path, encoding) {
    const bytes = await this.#call('readFile', path);
    return encoding ? new TextDecoder(encoding).decode(bytes) : bytes;
  }

  /** Writes a file anew, from text (as UTF-8) or bytes; makes the folders above it. */
  async writeFile(path, content) {
    await this.#call('writeFile', path, content);
  }

  /** Makes a folder and those above it. */
  async mkdir(path) {
    await this.#call('mkdir', path);
  }

  /** The sorted names in a folder. */
  list(path = '.') {
    return this.#call('list', path);
  }

  /** {type: 'file' | 'folder' | 'other', size, mode, modified}. */
  stat(path) {
    return this.#call('stat', path);
  }

  /** Removes a file, or a folder with all that is in it. */
  async remove(path) {
    await this.#call('remove', path);
  }

  async rename(from, to) {
    await this.#call('rename', from, to);
  }
}

export class Krait extends EventTarget {
  #worker;
  #options;
  #state = new SharedState();
  #shared = this.#state.isShared;
  #words = this.#state.processWords(SESSION_SLOT);
  #replyMemory = makeReplyMemory();
  #reply = null;
  #calls = new Map();
  #nextCall = 1;
  #disposed = null;
  #input = null;
  #streams = {};
  #running = null;
  #persistence = {};
  #owner = null;

  /** Use loadKrait. */
  constructor(worker, options) {
    super();
    this.#worker = worker;
    this.#options = options;
    this.files = new Files((message) => this.#call(message));
    this.#state.newSession();
    this.#reply = new ReplyWriter(this.#replyMemory, this.#words, (message) => this.#post(message));
    this.#streams = { stdout: options.stdout, stderr: options.stderr };
    listen(
      worker,
      (message) => this.#receive(message),
      (error) => this.#break(error),
    );
    options.signal?.addEventListener('abort', () => this.dispose(), { once: true });
  }

  /** Internal: sets up the Worker. */
  async initialise() {
    const { wasmURL, imageURL, packURL, files = {}, env = {}, cwd = HOME } = this.#options;
    const { persist = null, mounts = {} } = this.#options;
    const base = IN_NODE ? import.meta.url : globalThis.location.href;
    const build = new URL('../build/emscripten/', import.meta.url);
    const packs = packURL === undefined ? [new URL('stdlib.pack', build)] : [packURL].flat();
    const absolute = (url) => new URL(url, base).href;
    this.#persistence = await this.#call({
      type: 'init',
      shared: this.#shared ? this.#state.buffer : null,
      reply: this.#replyMemory,
      wasmURL: new URL(wasmURL ?? new URL('krait.wasm', build), base).href,
      // An image belongs to one VM: another VM has none, unless it is named.
      imageURL:
        imageURL || !wasmURL ? new URL(imageURL ?? new URL('krait.image', build), base).href : null,
      packURLs: packs.map(absolute),
      persist,
      mounts: Object.entries(mounts).map(([path, { zip, urls }]) => [
        path,
        zip
          ? { zip: zip instanceof Uint8Array ? zip : absolute(zip) }
          : { urls: Object.entries(urls).map(([name, url]) => [name, absolute(url)]) },
      ]),
      files: Object.entries(files),
      env: { HOME, USER: 'web', LANG: 'en_US.UTF-8', PATH: '/usr/bin:/bin', TERM: 'dumb', ...env },
      cwd,
    });
    if (this.persistent && !this.#disposed) this.#owner = answerForOwner(persist);
  }

  /** Whether Ctrl-C and input work by shared memory (the page is cross-origin isolated). */
  get isolated() {
    return this.#shared;
  }

  /** Whether the home folder lasts (option `persist`). */
  get persistent() {
    return this.#persistence.kind !== undefined;
  }

  /** Why it does not, although it was asked for; null otherwise. */
  get persistenceProblem() {
    return this.#persistence.problem ?? null;
  }

  get running() {
    return this.#running !== null;
  }

  get disposed() {
    return this.#disposed !== null;
  }

  /**
   * Runs a program: source text, or {code | file | module, args, env, cwd, stdin, stdout, stderr, tty}, or
   * {argv} for a command line of one's own.
   * @returns {Promise<{status: number}>}
   */
  async run(program) {
    const options = typeof program === 'string' ? { code: program } : program;
    if (this.#disposed) throw new KraitDisposedError();
    if (this.#running)
      throw new Error('a program is running already: wait for it, or interrupt it');
    const stdin = options.stdin ?? this.#options.stdin;
    clearSignals(this.#words);
    // From now on interrupt() means this program.
    this.#state.renew(SESSION_SLOT);
    const ends = this.#call({
      type: 'run',
      argv: ['krait', ...commandLine(options)],
      env: options.env ?? {},
      cwd: options.cwd,
      stdin: inputBytes(stdin),
      tty: options.tty ?? this.#options.tty ?? true,
    });
    this.#running = { stdin, stdout: options.stdout, stderr: options.stderr };
    try {
      const { status, signal } = await ends;
      this.dispatchEvent(makeEvent('exit', { status, signal }));
      return signal ? { status, signal } : { status };
    } finally {
      this.#running = null;
      this.#input = null;
    }
  }

  /** An interactive session: prompts go to stdout, lines come from stdin. Ends with exit() or null. */
  repl(options = {}) {
    return this.run({ ...options, argv: ['-i', ...(options.args ?? [])] });
  }

  /** KeyboardInterrupt in the running program, at its next tick or in its wait. */
  interrupt() {
    if (this.#disposed) throw new KraitDisposedError();
    if (!this.#running) return;
    if (!this.#shared) {
      this.#post({ type: 'signal', number: SIGINT });
      return;
    }
    const state = this.#state;
    if (state.get(SESSION_SLOT, PROCESS.STATE) === STATE.ENDED) {
      // The program's first process has ended: what it has left behind ends too.
      this.#post({ type: 'kill-all' });
      return;
    }
    const group = state.get(SESSION_SLOT, PROCESS.GROUP);
    raiseSignal(this.#words, SIGINT);
    for (const slot of state.slots((other) => state.get(other, PROCESS.GROUP) === group))
      if (slot !== SESSION_SLOT && state.lives(slot)) state.signal(slot, SIGINT);
  }

  /** Tells programs the size of the terminal they print to. */
  resize(columns, rows) {
    Atomics.store(this.#words, WORD.COLUMNS, columns);
    Atomics.store(this.#words, WORD.ROWS, rows);
  }

  /** Ends the Worker and with it whatever runs. The files are gone. */
  dispose() {
    if (this.#disposed) return;
    this.#end(new KraitDisposedError('the Krait object'));
  }

  [Symbol.dispose ?? Symbol.for('Symbol.dispose')]() {
    this.dispose();
  }

  /** For tests: what programs have left behind in shared memory. */
  [USAGE]() {
    return { processes: [...this.#state.slots()].length, bytes: this.#state.bytesInUse };
  }

  // ---- messages ----

  #end(reason) {
    this.#disposed = reason;
    this.#worker.terminate();
    this.#owner?.close();
    for (const { reject } of this.#calls.values()) reject(reason);
    this.#calls.clear();
  }

  #break(error) {
    if (this.#disposed) return;
    this.#end(new Error(`Krait's Worker failed: ${error.message}`, { cause: error }));
    this.dispatchEvent(makeEvent('error', error));
  }

  #post(message) {
    this.#worker.postMessage(message);
    // A thread that sleeps for a line looks up.
    if (this.#shared) wake(this.#words);
  }

  #call(message) {
    if (this.#disposed) return Promise.reject(new KraitDisposedError());
    return new Promise((resolve, reject) => {
      const id = this.#nextCall++;
      this.#calls.set(id, { resolve, reject });
      this.#post({ ...message, id });
    });
  }

  #receive(message) {
    if (this.#disposed) return;
    switch (message.type) {
      case 'answer':
        this.#settle(message);
        break;
      case 'output':
        for (const { stream, text } of message.chunks) this.#print(stream, text);
        if (this.#shared) {
          Atomics.add(this.#words, WORD.OUTPUT_TAKEN, message.size);
          wake(this.#words);
        } else this.#post({ type: 'taken', size: message.size });
        break;
      case 'input':
        this.#ask(message);
        break;
      case 'input-more':
        this.#reply.more(message.id);
        break;
      case 'input-cancel':
        if (this.#input?.id === message.id) {
          this.#input = null;
          this.dispatchEvent(makeEvent('input-cancel', {}));
        }
        break;
      default:
        throw new Error(`unknown message ${message.type}`);
    }
  }

  #settle({ id, value, error }) {
    const call = this.#calls.get(id);
    this.#calls.delete(id);
    if (!error) {
      call?.resolve(value);
      return;
    }
    const failure =
      error.name === 'KraitFileError'
        ? new KraitFileError(error.message, error.code)
        : new Error(error.message);
    if (error.stack) failure.cause = error.stack;
    call?.reject(failure);
  }

  #print(stream, text) {
    (this.#running?.[stream] ?? this.#streams[stream])?.(text);
    this.dispatchEvent(makeEvent(stream, text));
  }

  async #ask({ id, prompt, byMessage }) {
    this.#input = { id };
    const respond = (line) => {
      if (this.#input?.id !== id || this.#disposed) return;
      this.#input = null;
      const bytes = lineBytes(line);
      if (byMessage) this.#post({ type: 'input-reply', id, bytes });
      else this.#reply.send(id, bytes);
    };
    const stdin = this.#running?.stdin;
    if (typeof stdin !== 'function') {
      // With somebody listening, the event is the question; with nobody, input is at its end.
      const event = new CustomEvent('input', { detail: { prompt, respond }, cancelable: true });
      if (this.dispatchEvent(event)) respond(null);
      return;
    }
    try {
      respond(await stdin(prompt));
    } catch (error) {
      respond(null);
      this.dispatchEvent(makeEvent('error', error));
    }
  }
}

/** A line as a terminal gives it: with its newline. null and undefined are the end of input. */
function lineBytes(line) {
  if (line === null || line === undefined) return null;
  const text = String(line);
  return new TextEncoder().encode(text.endsWith('\n') ? text : text + '\n');
}

/** Input given beforehand, or null for a terminal. */
function inputBytes(stdin) {
  if (typeof stdin === 'string') return new TextEncoder().encode(stdin);
  if (stdin instanceof Uint8Array) return stdin;
  return null;
}

function commandLine({ code, file, module, args = [], argv }) {
  if (argv) return argv;
  if (code !== undefined) return ['-c', code, ...args];
  if (file !== undefined) return [file, ...args];
  if (module !== undefined) return ['-m', module, ...args];
  throw new TypeError('nothing to run: give source text, or one of code, file, module, argv');
}

/**
 * Starts Krait. See index.d.ts for the options.
 * @returns {Promise<Krait>}
 */
export async function loadKrait(options = {}) {
  options.signal?.throwIfAborted();
  const krait = new Krait(await startWorker(), options);
  try {
    await krait.initialise();
  } catch (error) {
    krait.dispose();
    throw new Error(`Krait could not be loaded: ${error.message}`, { cause: error });
  }
  return krait;
}
