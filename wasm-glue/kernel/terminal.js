// SPDX-License-Identifier: MIT
// The standard streams where there is no operating system: a terminal whose other side is whoever embeds
// the VM, and plain sources and sinks for streams that are not one. Invariant: what is written is handed
// over in order, per stream; a line that was asked for and not wholly read is kept for the next read.
import { O, S } from './errno.js';
import { OpenFile, PENDING } from './files.js';
import { toBytes } from './paths.js';

function characterDevice(owner, rdev, time) {
  return {
    dev: 5,
    ino: rdev,
    mode: S.IFCHR | 0o620,
    nlink: 1,
    uid: owner.uid,
    gid: owner.gid,
    rdev,
    size: 0,
    blksize: 1024,
    blocks: 0,
    atime: time,
    mtime: time,
    ctime: time,
  };
}

/** What the three descriptors of a terminal share: its input. */
export class Terminal {
  /**
   * @param {object} options
   * @param {(prompt: string, room: number) => Uint8Array|null|number} options.requestLine gives a line with
   *   its newline, null at the end of input, or PENDING; throws EINTR when a signal comes first. The prompt is
   *   for information: it has been written already. Of a line longer than `room` it may give a part.
   * @param {(stream: 'stdout'|'stderr', bytes: Uint8Array) => number|void} options.write takes all bytes, or
   *   answers how many, or PENDING
   * @param {() => [number, number]} [options.size] columns and rows
   */
  constructor({ requestLine, write, size = () => [80, 24], owner = { uid: 1000, gid: 1000 } }) {
    this.requestLine = requestLine;
    this.output = write;
    this.size = size;
    this.owner = owner;
    this.time = BigInt(Date.now()) * 1000000n;
    this.line = null;
    this.promptShown = null;
  }

  /** Bytes of the current line into `bytes`; asks for a line when there is none. */
  read(bytes, prompt = '') {
    if (bytes.length === 0) return 0;
    if (this.line === null) {
      const line = this.requestLine(prompt, bytes.length);
      if (line === PENDING) return PENDING;
      if (line === null || line.length === 0) return 0;
      this.line = line;
    }
    const count = Math.min(bytes.length, this.line.length);
    bytes.set(this.line.subarray(0, count));
    this.line = count < this.line.length ? this.line.subarray(count) : null;
    return count;
  }

  /** As read, but writes the prompt first; once, however often it is asked again while pending. */
  readLine(prompt, bytes) {
    if (this.promptShown === null) {
      if (prompt) this.output('stdout', toBytes(prompt));
      this.promptShown = prompt;
    }
    let count;
    try {
      count = this.read(bytes, prompt);
    } catch (error) {
      this.promptShown = null;
      throw error;
    }
    if (count !== PENDING) this.promptShown = null;
    return count;
  }

  /** The terminal as an open file; `stream` is where its writes go. */
  open(flags, stream = 'stdout') {
    return new OpenTerminal(this, flags, stream);
  }
}

class OpenTerminal extends OpenFile {
  constructor(terminal, flags, stream) {
    super(flags);
    this.terminal = terminal;
    this.stream = stream;
  }

  read(bytes) {
    return this.terminal.read(bytes);
  }

  write(bytes) {
    return this.terminal.output(this.stream, bytes) ?? bytes.length;
  }

  poll(wanted) {
    return wanted & (2 | (this.terminal.line ? 1 : 0));
  }

  isatty() {
    return true;
  }

  describe() {
    return { kind: 'terminal', stream: this.stream };
  }

  terminalSize() {
    return this.terminal.size();
  }

  stat() {
    return characterDevice(this.terminal.owner, 0x8800, this.terminal.time);
  }
}

/** Bytes given beforehand, as a pipe that has been filled and closed. */
export class ByteSource extends OpenFile {
  constructor(bytes, owner = { uid: 1000, gid: 1000 }) {
    super(O.RDONLY);
    this.bytes = bytes;
    this.owner = owner;
    this.position = 0;
  }

  read(bytes) {
    const part = this.bytes.subarray(this.position, this.position + bytes.length);
    bytes.set(part);
    this.position += part.length;
    return part.length;
  }

  stat() {
    return { ...characterDevice(this.owner, 0, 0n), mode: S.IFIFO | 0o600 };
  }
}

/** Output that is not a terminal's. */
export class ByteSink extends OpenFile {
  /** @param {string} [stream] what it is for another process that makes one like it */
  constructor(write, stream, owner = { uid: 1000, gid: 1000 }) {
    super(O.WRONLY);
    this.output = write;
    this.stream = stream;
    this.owner = owner;
  }

  describe() {
    return this.stream ? { kind: 'sink', stream: this.stream } : null;
  }

  write(bytes) {
    return this.output(bytes) ?? bytes.length;
  }

  stat() {
    return { ...characterDevice(this.owner, 0, 0n), mode: S.IFIFO | 0o600 };
  }
}
