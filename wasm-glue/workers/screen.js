// SPDX-License-Identifier: MIT
// What several processes print to one terminal: a pipe in shared memory into which each puts whole frames
// (stream, length, bytes), read by the context that passes them on. Invariants: frames stay in the order in
// which they were written, over all processes and both streams; who finds the pipe full waits; the reader is
// told of what comes after it has found the pipe empty.
import { PENDING } from '../kernel/files.js';
import { Stream, newPipe } from '../kernel/pipe.js';

const HEADER_BYTES = 3;
const MOST = 4096 - HEADER_BYTES;
const STREAMS = ['stdout', 'stderr'];
const BELL_BYTES = 32;

export class ScreenWriter {
  /**
   * @param {{pipe: number, bell: number}} at
   * @param {() => void} notify tells the other side that there is something, when it has found nothing
   */
  constructor(kernel, at, notify) {
    this.stream = new Stream(kernel, at.pipe);
    this.words = kernel.shared.words;
    this.bell = at.bell >> 2;
    this.notify = notify;
  }

  /** Writes all bytes, or as many as there is room for when a signal comes: how many. */
  write(name, bytes) {
    let done = 0;
    while (done < bytes.length) {
      const part = bytes.subarray(done, done + MOST);
      const frame = new Uint8Array(HEADER_BYTES + part.length);
      frame[0] = STREAMS.indexOf(name);
      frame[1] = part.length & 0xff;
      frame[2] = part.length >> 8;
      frame.set(part, HEADER_BYTES);
      let count;
      try {
        count = this.stream.write(frame, false);
      } catch (error) {
        if (done > 0) return done;
        throw error;
      }
      if (count === PENDING) return done > 0 ? done : PENDING;
      done += part.length;
      if (Atomics.exchange(this.words, this.bell, 0) === 1) this.notify();
    }
    return done;
  }
}

export class ScreenReader {
  /** @param {object} keeper {shared, slot, signals} of the context that reads */
  constructor(keeper) {
    this.keeper = keeper;
    this.bell = keeper.shared.allocate(BELL_BYTES, keeper.slot);
    this.stream = new Stream(keeper, newPipe(keeper));
    this.stream.count(false, 1);
    this.stream.count(true, 1);
    this.rest = new Uint8Array(0);
    this.arm();
  }

  /** Where writers find it. */
  get at() {
    return { pipe: this.stream.at, bell: this.bell };
  }

  arm() {
    Atomics.store(this.keeper.shared.words, this.bell >> 2, 1);
  }

  /** Gives what has come, frame by frame: write(stream, bytes); until nothing is left or `enough` says so. */
  drain(write, enough = () => false) {
    const bytes = new Uint8Array(65536);
    while (!enough()) {
      if (this.stream.length === 0) {
        this.arm();
        if (this.stream.length === 0) return;
      }
      const count = this.stream.read(bytes, true);
      let data = bytes.subarray(0, count);
      if (this.rest.length > 0) {
        data = new Uint8Array(this.rest.length + count);
        data.set(this.rest);
        data.set(bytes.subarray(0, count), this.rest.length);
      }
      let at = 0;
      while (at + HEADER_BYTES <= data.length) {
        const end = at + HEADER_BYTES + data[at + 1] + (data[at + 2] << 8);
        if (end > data.length) break;
        write(STREAMS[data[at]], data.slice(at + HEADER_BYTES, end));
        at = end;
      }
      this.rest = data.slice(at);
    }
  }

  close() {
    this.stream.count(false, -1);
    this.stream.count(true, -1);
    this.keeper.shared.free(this.bell, BELL_BYTES, this.keeper.slot);
  }
}
