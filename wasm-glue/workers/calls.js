// SPDX-License-Identifier: MIT
// Calls that a process's Worker makes to the context that has the files: the question is posted, the caller
// sleeps until the answer is in memory that both share. Invariants: one call at a time and each is answered,
// whatever happens; no signal interrupts one, as none interrupts Linux's work on a disk; an answer that does
// not fit into the memory comes in parts.
import { ERRNO, Errno } from '../kernel/errno.js';

const HEADER_BYTES = 16;
const ROOM = 65536;
const STATE = 0;
const LENGTH = 1;
const ASKED = 0;
const LAST = 1;
const MORE = 2;

const ERROR_NAMES = new Map(Object.entries(ERRNO).map(([name, number]) => [number, name]));

export function makeCallMemory() {
  return new SharedArrayBuffer(HEADER_BYTES + ROOM);
}

/** The process's side. */
export class Caller {
  constructor(memory, post) {
    this.words = new Int32Array(memory, 0, HEADER_BYTES / 4);
    this.bytes = new Uint8Array(memory, HEADER_BYTES);
    this.post = post;
  }

  /** The answer: {value, bytes}. Throws the Errno that the other side threw. */
  call(method, args, transfer) {
    Atomics.store(this.words, STATE, ASKED);
    this.post({ type: 'call', method, args }, transfer);
    const answer = this.receive();
    const view = new DataView(answer.buffer, answer.byteOffset);
    const end = 4 + view.getUint32(0, true);
    const { error, value } = JSON.parse(new TextDecoder().decode(answer.subarray(4, end)));
    if (error) throw new Errno(ERROR_NAMES.get(error) ?? 'EIO');
    return { value, bytes: answer.subarray(end) };
  }

  receive() {
    let whole = null;
    for (;;) {
      Atomics.wait(this.words, STATE, ASKED);
      const part = this.bytes.slice(0, Atomics.load(this.words, LENGTH));
      if (!whole) whole = part;
      else {
        const joined = new Uint8Array(whole.length + part.length);
        joined.set(whole);
        joined.set(part, whole.length);
        whole = joined;
      }
      if (Atomics.load(this.words, STATE) === LAST) return whole;
      Atomics.store(this.words, STATE, ASKED);
      this.post({ type: 'call-more' });
    }
  }
}

/** The other side: writes answers for one process. */
export class Answerer {
  constructor(memory) {
    this.words = new Int32Array(memory, 0, HEADER_BYTES / 4);
    this.bytes = new Uint8Array(memory, HEADER_BYTES);
    this.rest = null;
  }

  /** Answers with what `operation` gives, {value, bytes}, or with its Errno. */
  answer(operation) {
    let head;
    let body = new Uint8Array(0);
    try {
      const { value, bytes } = operation();
      head = { value };
      if (bytes) body = bytes;
    } catch (error) {
      head = { error: error instanceof Errno ? error.code : ERRNO.EIO };
    }
    const text = new TextEncoder().encode(JSON.stringify(head));
    const whole = new Uint8Array(4 + text.length + body.length);
    new DataView(whole.buffer).setUint32(0, text.length, true);
    whole.set(text, 4);
    whole.set(body, 4 + text.length);
    this.send(whole);
  }

  send(bytes) {
    const part = bytes.subarray(0, this.bytes.length);
    this.rest = part.length < bytes.length ? bytes.subarray(part.length) : null;
    this.bytes.set(part);
    Atomics.store(this.words, LENGTH, part.length);
    Atomics.store(this.words, STATE, this.rest ? MORE : LAST);
    Atomics.notify(this.words, STATE);
  }

  more() {
    if (this.rest) this.send(this.rest);
  }
}
