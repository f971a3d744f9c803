// SPDX-License-Identifier: MIT
// A Session in a Web Worker.
import { Session } from './session.js';

async function fetched(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
  return response;
}

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
    const bytes = await platform.loadBytes(url);
    return (offset, length) => bytes.subarray(offset, offset + length);
  },
};

const session = new Session((message) => globalThis.postMessage(message), platform);
globalThis.onmessage = ({ data }) => session.handle(data);
