// SPDX-License-Identifier: MIT
// What runs in the command line's worker threads: one process at a time. The other side is
// workers/system.js, in the main thread.
import fs from 'node:fs';
import { parentPort, resourceLimits, workerData } from 'node:worker_threads';
import { waitStatus } from '../kernel/processes.js';
import { SharedState } from '../kernel/shared.js';
import { HostProcess } from './process.js';

const post = (message, transfer) => parentPort.postMessage(message, transfer);
const context = {
  ...workerData,
  shared: new SharedState(workerData.shared),
  stackSize: resourceLimits.stackSizeMb * 1024,
  post,
};

/** Prints why the VM itself failed, as an operating system tells of a crash. */
function reportCrash(error) {
  fs.writeSync(2, `krait: ${error.message}\n${error.cause?.stack ?? error.stack}\n`);
}

/** Runs the programs of one process, one after another as it calls exec; how the last one ended. */
function runPrograms(owner, job) {
  let machine;
  if (job.kind === 'fork') machine = owner.continueIn(module, job);
  else if (job.kind === 'move') {
    machine = owner.continueIn(module, job);
    machine.moved(job);
  } else machine = owner.startProgram(module, job.argv, job.env);
  for (;;) {
    const ended = machine.ended ?? machine.run(context.budget);
    owner.leave(machine);
    if (!ended.exec?.ours) return ended;
    owner.kernel.ended = null;
    machine = owner.startProgram(module, ended.exec.argv, ended.exec.env);
  }
}

function run(job) {
  const { slot } = job;
  let ended;
  let owner;
  try {
    owner = new HostProcess(context, slot);
    if (job.files) owner.adopt(job);
    else owner.inherit();
    ended = runPrograms(owner, job);
  } catch (error) {
    reportCrash(error);
    ended = { status: 134, signal: 6 };
  }
  if (ended.exec) {
    const { files, cwd, mask } = owner.kernel.processes.describe();
    post({ type: 'exec', slot, program: ended.exec, files, cwd, mask });
    return;
  }
  owner?.kernel.processes.exit(waitStatus(ended));
  post({ type: 'ended', slot, status: ended.status, signal: ended.signal });
}

let module;
let waiting = null;

parentPort.on('message', (message) => {
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
});
post({ type: 'ready' });
