// SPDX-License-Identifier: MIT
// The VM's memory seen from JavaScript. Invariant: views are made anew after the memory has grown, so no
// one keeps a view over a call into wasm.
import { fromBytes } from '../kernel/paths.js';

export class Memory {
  /** @param {WebAssembly.Memory} memory */
  constructor(memory) {
    this.memory = memory;
    this.refresh();
  }

  refresh() {
    this.bytes = new Uint8Array(this.memory.buffer);
    this.view = new DataView(this.memory.buffer);
  }

  /** The whole memory as bytes. A view of what it was before it grew has no length any more. */
  get u8() {
    if (this.bytes.length === 0) this.refresh();
    return this.bytes;
  }

  get data() {
    if (this.bytes.length === 0) this.refresh();
    return this.view;
  }

  /** `length` bytes at `pointer`. */
  part(pointer, length) {
    const start = pointer >>> 0;
    return this.u8.subarray(start, start + (length >>> 0));
  }

  /** The NUL-terminated byte string at `pointer`. */
  string(pointer) {
    const start = pointer >>> 0;
    const { u8 } = this;
    const end = u8.indexOf(0, start);
    if (end - start > 256) return fromBytes(u8.subarray(start, end));
    let text = '';
    for (let i = start; i < end; i++) text += String.fromCharCode(u8[i]);
    return text;
  }

  /** Writes a byte string without a NUL; at most `room` bytes. */
  putString(pointer, string, room) {
    const start = pointer >>> 0;
    const { u8 } = this;
    const count = Math.min(string.length, room >>> 0);
    for (let i = 0; i < count; i++) u8[start + i] = string.charCodeAt(i);
    return count;
  }
}
