// SPDX-License-Identifier: MIT
// A Session in a worker thread of Node.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Worker, parentPort, resourceLimits } from 'node:worker_threads';
import { partReader } from '../kernel/host-tree.js';
import { Session } from './session.js';

const fetchedPacks = new Map();

const platform = {
  stackSize: resourceLimits.stackSizeMb * 1024,
  async loadBytes(url) {
    if (url.startsWith('file:')) return readFile(fileURLToPath(url));
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
    return new Uint8Array(await response.arrayBuffer());
  },
  async loadModule(url) {
    return WebAssembly.compile(await platform.loadBytes(url));
  },
  async loadPack(url) {
    if (url.startsWith('file:')) return partReader(fileURLToPath(url));
    const bytes = await platform.loadBytes(url);
    fetchedPacks.set(url, bytes);
    return (offset, length) => bytes.subarray(offset, offset + length);
  },
  sharePack(url) {
    if (url.startsWith('file:')) return url;
    const bytes = fetchedPacks.get(url);
    const shared = new SharedArrayBuffer(bytes.length);
    new Uint8Array(shared).set(bytes);
    return shared;
  },
  makeProcess() {
    const worker = new Worker(new URL('process-node.js', import.meta.url), {
      resourceLimits: { stackSizeMb: resourceLimits.stackSizeMb },
      execArgv: [],
    });
    return {
      postMessage: (message, transfer) => worker.postMessage(message, transfer),
      terminate: () => worker.terminate(),
      listen(receive, failed, gone) {
        worker.on('message', receive);
        worker.on('error', failed);
        worker.on('exit', gone);
      },
    };
  },
};

const session = new Session((message) => parentPort.postMessage(message), platform);
parentPort.on('message', (message) => session.handle(message));
