// SPDX-License-Identifier: MIT
// Copying into and out of memory that threads share. Engines copy that without their fast ways: word by word
// where both sides lie alike in words of 8 bytes, else byte by byte, four times slower. Invariant: what is
// copied between two memories that do not lie alike goes by way of one of our own that lies as the shared one.

const FEW = 64;
const WORD_MASK = 7;
const PART = 65536;
let scratch = null;

/** @param {number} count bytes of `source` from `from` on, into `target` from `to` on; they do not overlap */
export function copyBytes(target, to, source, from, count) {
  if (count <= FEW) {
    for (let i = 0; i < count; i++) target[to + i] = source[from + i];
    return;
  }
  const lies = (target.byteOffset + to) & WORD_MASK;
  if (lies === ((source.byteOffset + from) & WORD_MASK) || isOwn(target) === isOwn(source)) {
    target.set(source.subarray(from, from + count), to);
    return;
  }
  scratch ??= new Uint8Array(PART + WORD_MASK);
  const at = isOwn(target) ? (source.byteOffset + from) & WORD_MASK : lies;
  for (let done = 0; done < count; done += PART) {
    const part = Math.min(PART, count - done);
    scratch.set(source.subarray(from + done, from + done + part), at);
    target.set(scratch.subarray(at, at + part), to + done);
  }
}

/** Whether other threads do not see it. */
function isOwn(bytes) {
  return bytes.buffer instanceof ArrayBuffer;
}
