// SPDX-License-Identifier: MIT
// A Session in a Web Worker.
import { Session } from './session.js';

async function fetched(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
  return response;
}

/** The packs, by their URL: moved to memory that Workers share once there are several. */
const packs = new Map();

const platform = {
  // What Chromium gives a Worker; Firefox and Safari give more.
  stackSize: 480,
  async loadModule(url) {
    const response = await fetched(url);
    if (response.headers.get('Content-Type')?.startsWith('application/wasm')) {
      return WebAssembly.compileStreaming(response);
    }
    return WebAssembly.compile(await response.arrayBuffer());
  },
  async loadBytes(url) {
    return new Uint8Array(await (await fetched(url)).arrayBuffer());
  },
  async loadPack(url) {
    packs.set(url, await platform.loadBytes(url));
    // Copies where it is shared: text is not decoded from such memory.
    return (offset, length) => packs.get(url).slice(offset, offset + length);
  },
  sharePack(url) {
    const bytes = packs.get(url);
    if (bytes.buffer instanceof SharedArrayBuffer) return bytes.buffer;
    const shared = new SharedArrayBuffer(bytes.length);
    new Uint8Array(shared).set(bytes);
    packs.set(url, new Uint8Array(shared));
    return shared;
  },
  makeProcess() {
    const worker = new Worker(new URL('process-web.js', import.meta.url), { type: 'module' });
    return {
      postMessage: (message, transfer) => worker.postMessage(message, transfer),
      terminate: () => worker.terminate(),
      listen(receive, failed) {
        worker.onmessage = ({ data }) => receive(data);
        worker.onerror = (event) =>
          failed(new Error(event.message || 'the Worker could not be loaded'));
      },
    };
  },
};

const session = new Session((message) => globalThis.postMessage(message), platform);
globalThis.onmessage = ({ data }) => session.handle(data);
