// SPDX-License-Identifier: MIT
// The small character devices of a memory tree: null, zero, full and the two random ones.
import { fail } from './errno.js';
import { OpenFile } from './files.js';

class OpenDevice extends OpenFile {
  constructor(flags, inode, read, write) {
    super(flags);
    this.inode = inode;
    this.reader = read;
    this.writer = write;
  }

  read(bytes) {
    return this.reader(bytes);
  }

  write(bytes) {
    return this.writer(bytes);
  }

  seek() {
    return 0;
  }

  stat() {
    return this.inode.stat();
  }

  describe() {
    return { kind: 'path', path: this.origin };
  }
}

/** Fills bytes from the system's source of randomness, which gives at most 64 KiB at a time. */
export function fillRandom(bytes) {
  for (let i = 0; i < bytes.length; i += 65536) {
    const part = bytes.subarray(i, i + 65536);
    // The source refuses views on shared memory; a copy is always right.
    part.set(globalThis.crypto.getRandomValues(new Uint8Array(part.length)));
  }
  return bytes.length;
}

const fillZero = (bytes) => {
  bytes.fill(0);
  return bytes.length;
};
const swallow = (bytes) => bytes.length;
const empty = () => 0;
const full = () => fail('ENOSPC');

/** Makes null, zero, full, random and urandom in a folder. */
export function makeDevices(tree, folder = '/dev') {
  const make = (name, minor, read, write) =>
    tree.makeDevice(
      `${folder}/${name}`,
      0x100 + minor,
      (flags, inode) => new OpenDevice(flags, inode, read, write),
    );
  make('null', 3, empty, swallow);
  make('zero', 5, fillZero, swallow);
  make('full', 7, fillZero, full);
  make('random', 8, fillRandom, swallow);
  make('urandom', 9, fillRandom, swallow);
}
