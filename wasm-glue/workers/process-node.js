// SPDX-License-Identifier: MIT
// A process of a session's in a worker thread of Node.
import { fileURLToPath } from 'node:url';
import { parentPort, resourceLimits } from 'node:worker_threads';
import { partReader } from '../kernel/host-tree.js';
import { ProcessHost } from './page-process.js';

const platform = {
  stackSize: resourceLimits.stackSizeMb * 1024,
  openPack(data) {
    if (typeof data === 'string') return partReader(fileURLToPath(data));
    const bytes = new Uint8Array(data);
    return (offset, length) => bytes.slice(offset, offset + length);
  },
};

const host = new ProcessHost(
  (message, transfer) => parentPort.postMessage(message, transfer),
  platform,
);
parentPort.on('message', (message) => host.handle(message));
