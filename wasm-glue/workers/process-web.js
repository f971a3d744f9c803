// SPDX-License-Identifier: MIT
// A process of a session's in a Web Worker.
import { ProcessHost } from './page-process.js';

const platform = {
  // What Chromium gives a Worker; Firefox and Safari give more.
  stackSize: 480,
  openPack(buffer) {
    const bytes = new Uint8Array(buffer);
    // Copies: the bytes are shared, and text is not decoded from such memory.
    return (offset, length) => bytes.slice(offset, offset + length);
  },
};

const host = new ProcessHost(
  (message, transfer) => globalThis.postMessage(message, transfer),
  platform,
);
globalThis.onmessage = ({ data }) => host.handle(data);
