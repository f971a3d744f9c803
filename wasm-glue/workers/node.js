// SPDX-License-Identifier: MIT
// A Session in a worker thread of Node.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parentPort } from 'node:worker_threads';
import { partReader } from '../kernel/host-tree.js';
import { Session } from './session.js';

const platform = {
  async loadModule(url) {
    if (url.startsWith('file:')) return WebAssembly.compile(await readFile(fileURLToPath(url)));
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
    return WebAssembly.compile(await response.arrayBuffer());
  },
  async loadPack(url) {
    if (url.startsWith('file:')) return partReader(fileURLToPath(url));
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    return (offset, length) => bytes.subarray(offset, offset + length);
  },
};

const session = new Session((message) => parentPort.postMessage(message), platform);
parentPort.on('message', (message) => session.handle(message));
