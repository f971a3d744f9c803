// SPDX-License-Identifier: MIT
// What runs in the command line's worker thread: one program over the host's own files. Nothing is loaded
// that `print 1` does not need. The other side is web/cli.mjs.
import fs from 'node:fs';
import { parentPort, resourceLimits, workerData } from 'node:worker_threads';
import { S, fail } from '../kernel/errno.js';
import { HostFile, HostTree, partReader, readHostFile } from '../kernel/host-tree.js';
import { Kernel } from '../kernel/kernel.js';
import { MemoryTree } from '../kernel/memory-tree.js';
import { mountPack } from '../kernel/pack.js';
import { byteString, textOf } from '../kernel/paths.js';
import { Signals, WORD } from '../kernel/signals.js';
import { Terminal } from '../kernel/terminal.js';
import { Machine } from '../js/instance.js';
import { InputChannel, wordsOf } from './channel.js';

// KRAIT_BUDGET: ticks per entry of the loop, so that tests can prove that leaving it anywhere is harmless.
const BUDGET = Number(process.env.KRAIT_BUDGET) || 0x7fffffff;
const { shared, argv, packs, image, module: givenModule } = workerData;
const signals = new Signals(wordsOf(shared));

/** The library below /krait, from the packs. */
function libraryTree() {
  const tree = new MemoryTree({ uid: 0, gid: 0 });
  for (const pack of packs)
    if (fs.existsSync(pack)) mountPack(tree, '/lib/python2.7', partReader(pack));
  tree.protect(tree.root);
  return tree;
}

/** Runs a command of the host's shell and answers its wait status. */
function shell(command, cwd) {
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const { constants } = process.getBuiltinModule('node:os');
  const { status, signal, error } = spawnSync('/bin/sh', ['-c', textOf(command)], {
    cwd: textOf(cwd),
    stdio: [0, 1, 2],
  });
  if (error) fail(error.code ?? 'EIO');
  return signal ? constants.signals[signal] : status << 8;
}

function killOther(pid, number) {
  try {
    process.kill(pid, number);
    return 0;
  } catch (error) {
    return fail(error.code ?? 'EINVAL');
  }
}

function makeKernel() {
  const uid = process.getuid?.() ?? 0;
  const gid = process.getgid?.() ?? 0;
  const kernel = new Kernel({
    root: new HostTree(signals),
    mounts: [['/krait', libraryTree]],
    signals,
    cwd: byteString(process.cwd()),
    pid: process.pid,
    ppid: process.ppid,
    uid,
    gid,
    umask: process.umask(),
  });
  kernel.zone.readFile = readHostFile;
  kernel.zone.set(process.env.TZ);
  kernel.shell = shell;
  kernel.killOther = killOther;
  kernel.watchSignal = (number, name, how) =>
    parentPort.postMessage({ type: 'signal', number, name, how });
  kernel.cpuTime = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) * 1000;
  };
  const input = new InputChannel(shared, signals, (message) => parentPort.postMessage(message));
  kernel.lineEditor = new Terminal({
    requestLine: (prompt) => input.request(textOf(prompt)),
    write: () => {},
  });
  HostFile.prototype.sizeOfTerminal = () => {
    const columns = Atomics.load(signals.words, WORD.COLUMNS);
    return columns > 0 ? [columns, Atomics.load(signals.words, WORD.ROWS)] : null;
  };
  for (const fd of [0, 1, 2]) openInherited(kernel, fd);
  const stdin = kernel.files.slots[0]?.file;
  if (stdin) stdin.remote = () => input.request('', 'read');
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
    const file = new HostFile(fd, flags, signals, true);
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

function run(module) {
  let ended;
  try {
    const kernel = makeKernel();
    const machine = new Machine(module, kernel, {
      stackSize: resourceLimits.stackSizeMb * 1024,
      image: readImage(),
    });
    const env = Object.entries(process.env).map(([name, value]) => byteString(`${name}=${value}`));
    machine.start(argv, env);
    ended = machine.ended ?? machine.run(BUDGET);
  } catch (error) {
    reportCrash(error);
    ended = { status: 134, signal: 6 };
  }
  parentPort.postMessage({ type: 'exit', ...ended });
}

if (givenModule) run(givenModule);
else parentPort.once('message', run);
