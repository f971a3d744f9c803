// SPDX-License-Identifier: MIT
// Paths inside the kernel are byte strings: one UTF-16 unit below 256 for each byte, so that any file name
// of Linux survives. Text comes in and goes out as UTF-8 through the functions here.

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Text to a byte string of its UTF-8. */
export function byteString(text) {
  // Nearly every path is ASCII: then it is its own byte string.

  if (/^[\0-\x7f]*$/.test(text)) return text;
  return fromBytes(encoder.encode(text));
}

/** A byte string to text; bytes that are not UTF-8 become U+FFFD. */
export function textOf(bytes) {
  if (/^[\0-\x7f]*$/.test(bytes)) return bytes;
  return decoder.decode(toBytes(bytes));
}

/** A byte string as bytes. */
export function toBytes(string) {
  const bytes = new Uint8Array(string.length);
  for (let i = 0; i < string.length; i++) bytes[i] = string.charCodeAt(i);
  return bytes;
}

/** Bytes as a byte string. */
export function fromBytes(bytes) {
  let string = '';
  for (let i = 0; i < bytes.length; i += 4096) {
    string += String.fromCharCode(...bytes.subarray(i, i + 4096));
  }
  return string;
}

/** An absolute path without `.`, `..` and doubled slashes, by the names alone (links are not followed). */
export function normalize(path) {
  const parts = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return '/' + parts.join('/');
}

/** `path` seen from the folder `cwd`. */
export function absolute(cwd, path) {
  if (path.startsWith('/')) return path;
  return cwd === '/' ? '/' + path : `${cwd}/${path}`;
}
