// SPDX-License-Identifier: MIT
// What runs in a Worker for an embedder: a tree of files that lasts, and one program after another on it.
// Invariants: programs run one at a time; each has a fresh VM; between two slices of a program the Worker
// looks at its messages, so files can be asked for and, where no memory is shared, a program interrupted. A
// program runs here for as long as it is one process; before its first fork it moves to a Worker of its own,
// and this one serves its processes (page-system.js) and never blocks until all of them have ended.
import { ERRNO, O, S } from '../kernel/errno.js';
import { makeDevices } from '../kernel/devices.js';
import { Kernel } from '../kernel/kernel.js';
import { MemoryTree } from '../kernel/memory-tree.js';
import { mountPack } from '../kernel/pack.js';
import { byteString, textOf } from '../kernel/paths.js';
import { TreeServer } from '../kernel/remote-tree.js';
import { SESSION_SLOT, SharedState } from '../kernel/shared.js';
import { Signals, WORD } from '../kernel/signals.js';
import { ByteSink, ByteSource, Terminal } from '../kernel/terminal.js';
import { Machine } from '../js/instance.js';
import { InputChannel } from './channel.js';
import { OutputQueue } from './output.js';
import { findTreeProgram, installPrograms } from './tree-programs.js';

const LIBRARY = '/krait/lib/python2.7';
const HOME = '/home/web';
const SLICE_MS = 40;
const STORE_CHECK_MS = 1000;
const UID = 1000;
const NOT_ISOLATED =
  'other processes need memory that Workers share: the page must be cross-origin isolated, that is, served ' +
  'with the headers "Cross-Origin-Opener-Policy: same-origin" and "Cross-Origin-Embedder-Policy: require-corp"';
const ERROR_NAMES = new Map(Object.entries(ERRNO).map(([name, number]) => [number, name]));

/** Lets the Worker's event loop run once. */
function yieldToEvents() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

export class Session {
  /**
   * @param {(message: object) => void} post
   * @param {object} platform {loadModule(url), loadBytes(url), loadPack(url), stackSize}: loadPack gives
   *   mountPack's fetch function, stackSize is this thread's in KiB
   */
  constructor(post, platform) {
    this.post = post;
    this.platform = platform;
    this.running = null;
    this.wakeRunner = null;
  }

  /** Handles one message of the other side. */
  async handle(message) {
    switch (message.type) {
      case 'init':
        return this.answer(message.id, () => this.init(message));
      case 'run':
        return this.answer(message.id, () => this.run(message));
      case 'file':
        return this.answer(message.id, () => this.fileCall(message.method, message.args));
      case 'input-reply':
        if (this.system?.active) this.system.deliver(message.id, message.bytes);
        else this.input.deliver(message.id, message.bytes);
        break;
      case 'kill-all':
        this.system?.killAll();
        break;
      case 'signal':
        this.signals.raise(message.number);
        break;
      case 'taken':
        Atomics.add(this.signals.words, WORD.OUTPUT_TAKEN, message.size);
        break;
      default:
        throw new Error(`unknown message ${message.type}`);
    }
    this.wakeRunner?.();
    return undefined;
  }

  async answer(id, operation) {
    try {
      this.post({ type: 'answer', id, value: await operation() });
    } catch (error) {
      this.post({
        type: 'answer',
        id,
        error: {
          name: error.name,
          message: error.message,
          stack: error.cause?.stack,
          code: error.code,
        },
      });
    }
  }

  async init({ shared, reply, wasmURL, imageURL, packURLs, files, cwd, env, persist, mounts }) {
    /** Whether this thread and the other side have memory in common. */
    this.isolated = shared !== null;
    this.state = new SharedState(shared ?? SharedState.makeBuffer(false));
    if (!shared) this.state.newSession();
    this.signals = new Signals(this.state.processWords(SESSION_SLOT));
    this.input = new InputChannel(reply, this.signals, this.post);
    this.output = new OutputQueue(this.signals, this.post);
    this.env = env;
    const [module, image, ...packs] = await Promise.all([
      this.platform.loadModule(wasmURL),
      // Programs start without an image too, only later.
      imageURL ? this.platform.loadBytes(imageURL).catch(() => null) : null,
      ...packURLs.map((url) => this.platform.loadPack(url)),
    ]);
    this.module = module;
    this.image = image;
    this.packURLs = packURLs;
    this.store = null;
    this.system = null;
    this.tree = new MemoryTree({ uid: UID, gid: UID });
    this.tree.makeFolders('/tmp').mode = S.IFDIR | S.ISVTX | 0o777;
    this.tree.makeFolders(HOME);
    makeDevices(this.tree);
    this.server = this.isolated ? new TreeServer(this.tree, this.state) : null;
    this.tree.server = this.server;
    for (const pack of packs) mountPack(this.tree, LIBRARY, pack);
    installPrograms(this.tree);
    for (const path of ['/', '/home', '/dev', '/krait', '/krait/lib']) {
      this.tree.makeFolders(path).uid = 0;
    }
    for (const [path, mount] of mounts) await this.mount(byteString(path), mount);
    const persistence = persist === null ? {} : await this.openHome(persist);
    this.files = this.makeKernel(byteString(cwd));
    for (const [path, content] of files) this.fileCall('writeFile', [path, content]);
    return persistence;
  }

  /** Makes the home folder last under a name: what came of it. */
  async openHome(name) {
    try {
      const { openStorage } = await import('./storage.js');
      const { Store } = await import('../kernel/store.js');
      const { log, kind, owned } = await openStorage(name);
      const store = new Store(log);
      store.restore(this.tree, this.tree.makeFolders(HOME), await log.load(), owned);
      if (!owned) return { problem: 'another page has these files: changes here are not kept' };
      this.store = store;
      return { kind };
    } catch (error) {
      return { problem: `files are not kept: ${error.message ?? error}` };
    }
  }

  /** A read-only folder with the members of an archive, or files by their URLs. */
  async mount(path, { zip, urls }) {
    let members;
    if (zip) {
      const { readZip } = await import('./zip.js');
      members = await readZip(typeof zip === 'string' ? await this.platform.loadBytes(zip) : zip);
    } else {
      members = await Promise.all(
        urls.map(async ([name, url]) => ({ name, bytes: await this.platform.loadBytes(url) })),
      );
    }
    const root = this.tree.makeFolders(path);
    for (const { name, bytes, modified } of members) {
      const inside = byteString(name)
        .split('/')
        .filter((part) => part !== '' && part !== '.');
      const last = bytes ? inside.pop() : null;
      const folder = this.tree.makeFolders(`${path}/${inside.join('/')}`);
      if (!last) continue;
      const mtime = modified === undefined ? undefined : BigInt(modified) * 1000000n;
      this.tree.makeFile(folder, last, bytes, { mtime });
    }
    this.tree.protect(root);
  }

  /** What a program wrote is on its way to the disk when the program has ended. */
  syncStore() {
    try {
      this.store?.sync();
    } catch {
      // The next write tells.
    }
  }

  makeKernel(cwd) {
    this.tree.makeFolders(cwd);
    return new Kernel({
      root: this.tree,
      shared: this.state,
      slot: SESSION_SLOT,
      signals: this.signals,
      cwd,
      uid: UID,
      gid: UID,
    });
  }

  // ---- programs ----

  async run({ argv, env, cwd, stdin, tty }) {
    if (this.running) throw new Error('a program is running already: wait for it, or interrupt it');
    const { signals, output } = this;
    this.running = true;
    const looks = this.store && setInterval(() => this.store.log.check(), STORE_CHECK_MS);
    try {
      await this.store?.log.check();
      // Signals for a program that has ended. Shared words the other side has cleared before it asked
      // for this one, and may have set again.
      if (!this.isolated) signals.clear();
      if (!this.isolated) this.state.renew(SESSION_SLOT);
      signals.blocking = signals.shared;
      const kernel = this.makeKernel(byteString(cwd ?? textOf(this.files.cwd)));
      kernel.flush = (now = true) => output.flush(now);
      kernel.processes.system = {
        elsewhere: true,
        reason: this.isolated ? null : NOT_ISOLATED,
        program: findTreeProgram,
      };
      this.openStreams(kernel, stdin, tty);
      const variables = Object.entries({ ...this.env, ...env }).map(
        ([name, value]) => `${name}=${value}`,
      );
      let program = { argv: argv.map(byteString), env: variables.map(byteString) };
      let ended;
      try {
        do {
          kernel.ended = null;
          ended = await this.runProgram(kernel, program);
          program = ended.exec;
        } while (program);
      } finally {
        kernel.call(() => kernel.files.closeAll());
        kernel.objects.closeAll();
        this.state.resetDispositions(SESSION_SLOT);
        for (const which of [0, 1, 2]) signals.setTimer(which, 0, 0);
        this.syncStore();
        output.finish();
      }
      return { status: ended.status, signal: ended.signal };
    } finally {
      clearInterval(looks);
      this.running = null;
    }
  }

  /** Runs one program, here and, once it has several processes, elsewhere: how it ended. */
  async runProgram(kernel, { argv, env }) {
    const machine = new Machine(this.module, kernel, {
      stackSize: this.platform.stackSize,
      image: this.image,
    });
    machine.start(argv, env);
    for (;;) {
      const state = await this.drive(machine, kernel);
      if (state === 'done') return machine.ended;
      const job = await this.moveOut(machine, kernel, state === 'fork');
      if (job) return this.runElsewhere(kernel, job);
    }
  }

  /** The process as data, to go on from in another Worker; null when there is no memory or thread for that. */
  async moveOut(machine, kernel, forks) {
    let copy;
    const system = await this.prepareSystem();
    try {
      system.prepare();
      copy = machine.copyMemory();
    } catch (error) {
      const code = error instanceof RangeError ? ERRNO.ENOMEM : ERRNO.EAGAIN;
      kernel.leaving = false;
      kernel.processes.forkAnswer = forks ? -code : null;
      kernel.processes.spawnAnswer = forks ? null : -code;
      return null;
    }
    return {
      kind: 'moved',
      slot: SESSION_SLOT,
      forks,
      timers: this.signals.describeTimers(),
      ...kernel.processes.describe(),
      ...copy,
    };
  }

  async runElsewhere(kernel, job) {
    this.output.flush(true);
    // The process has what it had open here; this thread waits for nothing any more.
    kernel.files.slots = [];
    this.signals.blocking = false;
    this.signals.adoptTimers([null, null, null]);
    kernel.objects.held.clear();
    return this.system.run(job, this.terminal, [job.memory]);
  }

  async prepareSystem() {
    if (!this.system) {
      const { PageSystem } = await import('./page-system.js');
      this.system = new PageSystem({
        shared: this.state,
        server: this.server,
        output: this.output,
        makeWorker: () => this.platform.makeProcess(),
        settings: () => this.processSettings(),
        post: this.post,
      });
    }
    return this.system;
  }

  /** What each process's Worker needs to know; big things are in memory that all share. */
  processSettings() {
    if (!this.shares) {
      let image = null;
      if (this.image) {
        image = new SharedArrayBuffer(this.image.length);
        new Uint8Array(image).set(this.image);
        this.image = new Uint8Array(image);
      }
      this.shares = {
        module: this.module,
        image,
        packs: this.packURLs.map((url) => this.platform.sharePack(url)),
        library: LIBRARY,
        uid: UID,
        gid: UID,
      };
    }
    return this.shares;
  }

  openStreams(kernel, stdin, tty) {
    const terminal = new Terminal({
      requestLine: (prompt) => {
        this.output.flush(true);
        return this.input.request(textOf(prompt));
      },
      write: (stream, bytes) => this.output.write(stream, bytes),
      size: () => {
        const columns = Atomics.load(this.signals.words, WORD.COLUMNS);
        const rows = Atomics.load(this.signals.words, WORD.ROWS);
        return [columns || 80, rows || 24];
      },
    });
    if (!this.tree.root.entries.get('dev').entries.has('tty')) {
      this.tree.makeDevice('/dev/tty', 0x500, (flags) => this.terminal.open(flags));
    }
    this.terminal = terminal;
    const sink = (stream) => new ByteSink((bytes) => this.output.write(stream, bytes), stream);
    kernel.closeHost = (handle) => this.server?.close(handle);
    kernel.reviveOther = ({ kind, flags, stream, handle }) => {
      if (kind === 'terminal') return terminal.open(flags, stream);
      return kind === 'sink' ? sink(stream) : this.server.take(handle);
    };
    const source = stdin ? new ByteSource(stdin) : terminal.open(O.RDWR);
    if (stdin) source.server = this.server;
    kernel.files.add(source);
    kernel.files.add(tty ? terminal.open(O.RDWR, 'stdout') : sink('stdout'));
    kernel.files.add(tty ? terminal.open(O.RDWR, 'stderr') : sink('stderr'));
  }

  /** Runs the machine until it is 'done', or must be moved ('fork' or 'move'). */
  async drive(machine, kernel) {
    let budget = 20000;
    for (;;) {
      const start = performance.now();
      if (!this.isolated && this.signals.pending) this.input.interrupted();
      const state = await machine.stepOnStack(budget, this.isolated);
      if (state === 'done' || state === 'fork') return state;
      if (kernel.leaving) return 'move';
      if (state === 'wait') {
        this.output.flush(true);
        await this.delivery(kernel);
        continue;
      }
      this.output.flush(false);
      const elapsed = performance.now() - start;
      if (elapsed < SLICE_MS / 2 && budget < 1 << 28) budget *= 2;
      else if (elapsed > SLICE_MS * 2 && budget > 1000) budget >>= 1;
      if (elapsed > SLICE_MS / 4) await yieldToEvents();
      while (!this.isolated && this.output.behind) await this.delivery(kernel);
    }
  }

  /** Until a message comes, or the time the kernel named. */
  async delivery(kernel) {
    const { resumeAt } = kernel;
    kernel.resumeAt = Infinity;
    await new Promise((resolve) => {
      let timer;
      if (resumeAt < Infinity) {
        timer = setTimeout(resolve, Math.min(Math.max(resumeAt - performance.now(), 0), 1e9));
      }
      this.wakeRunner = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wakeRunner = null;
  }

  // ---- files, for the embedder ----

  fileCall(method, args) {
    return this[`file_${method}`](...args);
  }

  /** The answer of a system call, or an Error that names the path. */
  check(answer, path) {
    if (typeof answer !== 'number' || answer >= 0) return answer;
    const code = ERROR_NAMES.get(-answer);
    throw Object.assign(new Error(`${code}: ${path}`), { name: 'KraitFileError', code });
  }

  file_readFile(path) {
    const { files } = this;
    const fd = this.check(files.open(byteString(path), O.RDONLY, 0), path);
    try {
      const bytes = new Uint8Array(Number(this.check(files.fstat(fd), path).size));
      let done = 0;
      while (done < bytes.length) {
        const count = this.check(files.read(fd, bytes.subarray(done)), path);
        if (count === 0) break;
        done += count;
      }
      return bytes.subarray(0, done);
    } finally {
      files.close(fd);
    }
  }

  file_writeFile(path, content) {
    const { files } = this;
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    const name = byteString(path);
    const slash = name.lastIndexOf('/');
    if (slash > 0) this.makeFolders(name.slice(0, slash), path);
    const fd = this.check(files.open(name, O.WRONLY | O.CREAT | O.TRUNC, 0o666), path);
    try {
      let done = 0;
      while (done < bytes.length) done += this.check(files.write(fd, bytes.subarray(done)), path);
    } finally {
      files.close(fd);
    }
  }

  makeFolders(name, path) {
    let above = name.startsWith('/') ? '' : '.';
    for (const part of name.split('/').filter(Boolean)) {
      above += '/' + part;
      const answer = this.files.mkdir(above, 0o777);
      if (answer !== -ERRNO.EEXIST) this.check(answer, path);
    }
  }

  file_mkdir(path) {
    this.makeFolders(byteString(path), path);
  }

  file_list(path) {
    return this.check(this.files.listdir(byteString(path)), path)
      .map(textOf)
      .sort();
  }

  file_stat(path) {
    const st = this.check(this.files.stat(byteString(path), true), path);
    const type =
      (st.mode & S.IFMT) === S.IFDIR ? 'folder' : (st.mode & S.IFMT) === S.IFREG ? 'file' : 'other';
    return {
      type,
      size: Number(st.size),
      mode: st.mode & 0o7777,
      modified: new Date(Number(st.mtime / 1000000n)),
    };
  }

  file_remove(path) {
    const name = byteString(path);
    const st = this.check(this.files.stat(name, false), path);
    if ((st.mode & S.IFMT) !== S.IFDIR) {
      this.check(this.files.unlink(name), path);
      return;
    }
    for (const entry of this.check(this.files.listdir(name), path)) {
      this.file_remove(textOf(`${name}/${entry}`));
    }
    this.check(this.files.rmdir(name), path);
  }

  file_rename(from, to) {
    this.check(this.files.rename(byteString(from), byteString(to)), from);
  }
}
