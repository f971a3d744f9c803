// SPDX-License-Identifier: MIT
// What runs in the command line's worker threads: one process at a time over the host's own files. Nothing
// is loaded that `print 1` does not need. The other side is web/cli.mjs, with workers/system.js once there
// are several processes.
import fs from 'node:fs';
import { parentPort, resourceLimits, workerData } from 'node:worker_threads';
import { S, fail } from '../kernel/errno.js';
import { HostFile, HostTree, partReader, readHostFile } from '../kernel/host-tree.js';
import { Kernel } from '../kernel/kernel.js';
import { MemoryTree } from '../kernel/memory-tree.js';
import { mountPack } from '../kernel/pack.js';
import { byteString, textOf } from '../kernel/paths.js';
import { PipeEnd } from '../kernel/pipe.js';
import { waitStatus } from '../kernel/processes.js';
import { releaseProcess } from '../kernel/release.js';
import { SharedState } from '../kernel/shared.js';
import { Signals, WORD } from '../kernel/signals.js';
import { Terminal } from '../kernel/terminal.js';
import { Machine } from '../js/instance.js';
import { InputChannel } from './channel.js';
import { findProgram } from './programs.js';

// KRAIT_BUDGET: ticks per entry of the loop, so that tests can prove that leaving it anywhere is harmless.
const BUDGET = Number(process.env.KRAIT_BUDGET) || 0x7fffffff;
const { packs, image } = workerData;
const shared = new SharedState(workerData.shared);
const post = (message, transfer) => parentPort.postMessage(message, transfer);

let library = null;

/** The library below /krait, from the packs. */
function libraryTree() {
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
    if (pid < 0) process.kill(pid, number);
    process.kill(pid, number);
    return 0;
  } catch (error) {
    return fail(error.code ?? 'EINVAL');
  }
}

function closeHost(fd) {
  try {
    fs.closeSync(fd);
  } catch {
    // Closed already.
  }
}

/** What the system does for a process, asked by messages. */
function makeSystem() {
  return {
    start: (message) => post({ type: 'start', ...message }, [message.memory]),
    spawn: (message) => post({ type: 'spawn', ...message }),
    kill: (slot, number) => post({ type: 'kill', slot, number }),
    signalled: (slot, number) => post({ type: 'signalled', slot, number }),
    release: (slot) => releaseProcess(shared, slot, closeHost),
    program: (kernel, path, argv) => findProgram(kernel, path, argv, workerData.argv0),
  };
}

function makeKernel({ slot, kind }) {
  const uid = process.getuid?.() ?? 0;
  const gid = process.getgid?.() ?? 0;
  const signals = new Signals(shared.processWords(slot));
  const kernel = new Kernel({
    root: new HostTree(signals),
    mounts: [['/krait', libraryTree]],
    shared,
    slot,
    signals,
    cwd: byteString(process.cwd()),
    uid,
    gid,
    umask: process.umask(),
  });
  kernel.processes.system = makeSystem();
  kernel.zone.readFile = readHostFile;
  kernel.zone.set(process.env.TZ);
  kernel.killOther = killOther;
  kernel.watchSignal = (number, name, how) => post({ type: 'signal', number, name, how });
  kernel.cpuTime = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) * 1000;
  };
  const input = new InputChannel(workerData.reply, signals, post);
  kernel.lineEditor = new Terminal({
    requestLine: (prompt) => input.request(textOf(prompt)),
    write: () => {},
  });
  HostFile.prototype.sizeOfTerminal = () => {
    const columns = Atomics.load(signals.words, WORD.COLUMNS);
    return columns > 0 ? [columns, Atomics.load(signals.words, WORD.ROWS)] : null;
  };
  const remote = () => input.request('', 'read');
  const revive = (description) => {
    switch (description.kind) {
      case 'pipe':
        return PipeEnd.revive(kernel, description);
      case 'path': {
        const [tree, inside] = kernel.locate(description.path);
        return tree.open(inside, description.flags, 0);
      }
      default: {
        const file = HostFile.revive(signals, description);
        if (description.remote) file.remote = remote;
        return file;
      }
    }
  };
  kernel.revive = revive;
  if (kind !== 'first') return kernel;
  for (const fd of [0, 1, 2]) openInherited(kernel, fd);
  const stdin = kernel.files.slots[0]?.file;
  if (stdin) stdin.remote = remote;
  return kernel;
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

/** The memory image to start in, or null where there is none. */
function readImage() {
  try {
    return image ? fs.readFileSync(image) : null;
  } catch {
    return null; // not built: start without
  }
}

/** Prints why the VM itself failed, as an operating system tells of a crash. */
function reportCrash(error) {
  fs.writeSync(2, `krait: ${error.message}\n${error.cause?.stack ?? error.stack}\n`);
}

function makeMachine(kernel, startImage) {
  return new Machine(module, kernel, {
    stackSize: resourceLimits.stackSizeMb * 1024,
    image: startImage,
  });
}

/** Runs the programs of one process, one after another as it calls exec; how the last one ended. */
function runProcess(kernel, job) {
  let machine;
  if (job.kind === 'fork') {
    machine = makeMachine(kernel, null);
    machine.adoptMemory(job.memory, job.size);
  } else {
    machine = makeMachine(kernel, readImage());
    machine.start(job.argv, job.env);
  }
  for (;;) {
    const ended = machine.ended ?? machine.run(BUDGET);
    if (!ended.exec?.ours) return ended;
    kernel.ended = null;
    machine = makeMachine(kernel, readImage());
    machine.start(ended.exec.argv, ended.exec.env);
  }
}

function run(job) {
  const { slot } = job;
  let ended;
  let kernel;
  try {
    kernel = makeKernel(job);
    if (job.kind !== 'first') kernel.processes.adopt(job, kernel.revive);
    ended = runProcess(kernel, job);
  } catch (error) {
    reportCrash(error);
    ended = { status: 134, signal: 6 };
  }
  if (ended.exec) {
    const { files, cwd } = kernel.processes.describe();
    post({ type: 'exec', slot, program: ended.exec, files, cwd });
    return;
  }
  if (kernel) kernel.processes.exit(waitStatus(ended));
  post({ type: 'ended', slot, status: ended.status, signal: ended.signal });
}

let module = workerData.module;
let waiting = null;

function handle(message) {
  switch (message.type) {
    case 'module':
      module = message.module;
      if (waiting) run(waiting);
      waiting = null;
      break;
    case 'run':
      if (module) run(message);
      else waiting = message;
      break;
    default:
      throw new Error(`unknown message ${message.type}`);
  }
}

parentPort.on('message', handle);
if (workerData.job) handle({ type: 'run', ...workerData.job });
