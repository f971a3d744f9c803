// SPDX-License-Identifier: MIT
// A memory image: the VM's memory after start-up, kept in a file so that programs start in a copy of it
// (vm/main/image.c). Format: the magic 'KRIM1\n'; uint32, little endian, the header's length; the header,
// JSON {"build": the module's build id, "pages": memory size, "parts": [[address, length], …]}; the parts'
// bytes. What no part covers is zero. Invariant: an image is used with the very module that made it.

const MAGIC = 'KRIM1\n';
const PAGE = 65536;
// Zero runs shorter than this are stored: a part costs more.
const GRAIN = 4096;

/** The id that the linker gave the module, as hexadecimal text; '' when it has none. */
export function buildId(module) {
  const [section] = WebAssembly.Module.customSections(module, 'build_id');
  if (!section) return '';
  return Array.from(new Uint8Array(section), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Makes an image's bytes from the memory of an instance that krait_prepare has been called on. */
export function makeImage(module, buffer) {
  const words = new Uint32Array(buffer);
  const perGrain = GRAIN / 4;
  const parts = [];
  for (let grain = 0; grain < words.length / perGrain; grain++) {
    const from = grain * perGrain;
    let used = false;
    for (let i = from; i < from + perGrain && !used; i++) used = words[i] !== 0;
    if (!used) continue;
    const last = parts.at(-1);
    if (last && last[0] + last[1] === grain * GRAIN) last[1] += GRAIN;
    else parts.push([grain * GRAIN, GRAIN]);
  }
  const header = new TextEncoder().encode(
    JSON.stringify({ build: buildId(module), pages: buffer.byteLength / PAGE, parts }),
  );
  const size = parts.reduce((sum, [, length]) => sum + length, 0);
  const image = new Uint8Array(MAGIC.length + 4 + header.length + size);
  image.set(new TextEncoder().encode(MAGIC));
  new DataView(image.buffer).setUint32(MAGIC.length, header.length, true);
  image.set(header, MAGIC.length + 4);
  let at = MAGIC.length + 4 + header.length;
  for (const [address, length] of parts) {
    image.set(new Uint8Array(buffer, address, length), at);
    at += length;
  }
  return image;
}

/**
 * Fills an instance's memory from an image. Answers whether it did: not when the image was made by
 * another module, is damaged, or memory is short.
 * @param {WebAssembly.Module} module
 * @param {WebAssembly.Memory} memory
 * @param {Uint8Array} image
 * @param {Array<[number, number]>} [dirty] where the memory may not be zero: [from, to]
 */
export function applyImage(module, memory, image, dirty = []) {
  try {
    // Copies: text is not decoded from memory that threads share.
    if (new TextDecoder().decode(image.slice(0, MAGIC.length)) !== MAGIC) return false;
    const view = new DataView(image.buffer, image.byteOffset, image.byteLength);
    const start = MAGIC.length + 4;
    const end = start + view.getUint32(MAGIC.length, true);
    const { build, pages, parts } = JSON.parse(new TextDecoder().decode(image.slice(start, end)));
    if (build === '' || build !== buildId(module)) return false;
    if (end + parts.reduce((sum, [, length]) => sum + length, 0) !== image.length) return false;
    const missing = pages - memory.buffer.byteLength / PAGE;
    if (missing > 0) memory.grow(missing);
    const bytes = new Uint8Array(memory.buffer);
    let at = end;
    let done = 0;
    const clear = (to) => {
      for (const [from, until] of dirty) {
        const [first, last] = [Math.max(from, done), Math.min(until, to)];
        if (first < last) bytes.fill(0, first, last);
      }
    };
    for (const [address, length] of parts) {
      clear(address);
      bytes.set(image.subarray(at, at + length), address);
      at += length;
      done = address + length;
    }
    clear(bytes.length);
    return true;
  } catch {
    return false;
  }
}
