// SPDX-License-Identifier: MIT
// Reads a zip archive: stored and deflated members, by the central directory at its end. What it inflates
// with is the host's own. Invariant: whatever the bytes are, the answer is members or an Error that says why.

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 65535;
const STORED = 0;
const DEFLATED = 8;

async function inflate(bytes, size, name) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const out = new Uint8Array(size);
  let at = 0;
  // A member that is larger than it says is not read on.
  for (const reader = stream.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (at + value.length > size) throw new Error(`zip: ${name} is larger than it says`);
    out.set(value, at);
    at += value.length;
  }
  if (at !== size) throw new Error(`zip: ${name} is cut off`);
  return out;
}

/** A DOS date and time, which is taken for UTC, in milliseconds. */
function moment(date, time) {
  return Date.UTC(
    1980 + (date >> 9),
    ((date >> 5) & 15) - 1,
    date & 31,
    time >> 11,
    (time >> 5) & 63,
    (time & 31) * 2,
  );
}

/** The members: [{name, bytes or null for a folder, modified}]. */
export async function readZip(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - END_BYTES;
  const first = Math.max(0, end - LONGEST_COMMENT);
  while (end >= first && view.getUint32(end, true) !== END) end--;
  if (end < first) throw new Error('zip: this is not an archive');
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count === 0xffff || at === 0xffffffff)
    throw new Error('zip: archives of the 64-bit form are not supported');
  const members = [];
  try {
    for (let i = 0; i < count; i++) {
      if (view.getUint32(at, true) !== CENTRAL) throw new RangeError();
      const flags = view.getUint16(at + 8, true);
      const method = view.getUint16(at + 10, true);
      const packed = view.getUint32(at + 20, true);
      const size = view.getUint32(at + 24, true);
      const nameEnd = at + 46 + view.getUint16(at + 28, true);
      const local = view.getUint32(at + 42, true);
      const name = new TextDecoder().decode(bytes.slice(at + 46, nameEnd));
      const modified = moment(view.getUint16(at + 14, true), view.getUint16(at + 12, true));
      at = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
      if (name.startsWith('/') || name.split('/').includes('..'))
        throw new Error(`zip: ${name} would lie outside`);
      if (flags & 1) throw new Error(`zip: ${name} is encrypted`);
      if (method !== STORED && method !== DEFLATED)
        throw new Error(`zip: ${name} is packed by method ${method}`);
      if (name.endsWith('/')) {
        members.push({ name: name.slice(0, -1), bytes: null, modified });
        continue;
      }
      if (view.getUint32(local, true) !== LOCAL) throw new RangeError();
      const body = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
      if (body + packed > bytes.length) throw new RangeError();
      const data = bytes.subarray(body, body + packed);
      members.push({
        name,
        bytes: method === STORED ? data.slice() : await inflate(data, size, name),
        modified,
      });
    }
  } catch (error) {
    if (error instanceof RangeError) throw new Error('zip: the archive is damaged');
    throw error;
  }
  return members;
}
