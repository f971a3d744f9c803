// SPDX-License-Identifier: MIT
// How a VM in a Worker asks the other side for a line of input. With shared memory the VM's thread sleeps
// until the answer has been written into it; without, the answer comes as a message and the VM is entered
// again. Invariant: an answer carries the number of the question it answers, and one to a question that
// was given up is dropped.
import { PENDING } from '../kernel/files.js';
import { WORD, wake } from '../kernel/signals.js';

/** How much of an answer fits into the memory at once. */
export const REPLY_BYTES = 65536;
const STATE = Object.freeze({ NONE: 0, LAST: 1, MORE: 2 });
const END_OF_INPUT = -1;

/** The memory for answers, or null where none can be shared. */
export function makeReplyMemory() {
  if (typeof SharedArrayBuffer === 'undefined' || globalThis.crossOriginIsolated === false)
    return null;
  return new SharedArrayBuffer(REPLY_BYTES);
}

/** The VM's side. */
export class InputChannel {
  /**
   * @param {SharedArrayBuffer|null} reply
   * @param {Signals} signals of the process
   * @param {(message: object) => void} post
   */
  constructor(reply, signals, post) {
    this.signals = signals;
    this.words = signals.words;
    this.bytes = reply ? new Uint8Array(reply) : null;
    this.post = post;
    this.id = 0;
    this.asked = false;
    this.reply = undefined;
    this.parts = [];
  }

  /** A line's (or chunk's) bytes, null at the end of input, or PENDING. Throws EINTR. */
  request(prompt, type = 'input') {
    if (!this.asked) {
      this.asked = true;
      this.reply = undefined;
      this.parts = [];
      this.id++;
      Atomics.store(this.words, WORD.REPLY_STATE, STATE.NONE);
      this.post({ type, id: this.id, prompt });
    }
    try {
      const line = this.bytes ? this.receive() : this.received();
      if (line !== PENDING) this.asked = false;
      return line;
    } catch (error) {
      this.asked = false;
      this.post({ type: 'input-cancel', id: this.id });
      throw error;
    }
  }

  receive() {
    const { parts } = this;
    for (;;) {
      const before = this.signals.moment();
      const state = Atomics.load(this.words, WORD.REPLY_STATE);
      if (state === STATE.NONE || Atomics.load(this.words, WORD.REPLY_ID) !== this.id) {
        if (this.signals.wait(Infinity, before) === PENDING) return PENDING;
        continue;
      }
      const length = Atomics.load(this.words, WORD.REPLY_LENGTH);
      Atomics.store(this.words, WORD.REPLY_STATE, STATE.NONE);
      if (length === END_OF_INPUT) return null;
      parts.push(this.bytes.slice(0, length));
      if (state === STATE.LAST) return join(parts);
      this.post({ type: 'input-more', id: this.id });
    }
  }

  received() {
    const { reply } = this;
    if (reply === undefined) {
      this.signals.wait(0);
      return PENDING;
    }
    this.reply = undefined;
    return reply;
  }

  /** A signal has come while an answer was awaited: whoever asked may not ask again. */
  interrupted() {
    if (!this.asked || this.reply !== undefined) return;
    this.asked = false;
    this.post({ type: 'input-cancel', id: this.id });
  }

  /** An answer that came as a message. */
  deliver(id, bytes) {
    if (this.asked && id === this.id) this.reply = bytes;
    wake(this.words);
  }
}

function join(parts) {
  if (parts.length === 1) return parts[0];
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The other side: writes answers. */
export class ReplyWriter {
  /**
   * @param {SharedArrayBuffer|null} reply
   * @param {Int32Array} words of the process that asks
   * @param {(message: object) => void} [post] for when nothing is shared
   */
  constructor(reply, words, post) {
    this.words = words;
    this.bytes = reply ? new Uint8Array(reply) : null;
    this.post = post;
    this.rest = null;
  }

  /** @param {Uint8Array|null} bytes null is the end of input */
  send(id, bytes) {
    if (!this.bytes) {
      this.post({ type: 'input-reply', id, bytes });
      return;
    }
    const part = bytes?.subarray(0, this.bytes.length);
    this.rest =
      part && part.length < bytes.length ? { id, bytes: bytes.subarray(part.length) } : null;
    if (part) this.bytes.set(part);
    Atomics.store(this.words, WORD.REPLY_LENGTH, part ? part.length : END_OF_INPUT);
    Atomics.store(this.words, WORD.REPLY_ID, id);
    Atomics.store(this.words, WORD.REPLY_STATE, this.rest ? STATE.MORE : STATE.LAST);
    wake(this.words);
  }

  /** The VM has taken a part of a long answer. */
  more(id) {
    if (this.rest?.id === id) this.send(id, this.rest.bytes);
  }
}
