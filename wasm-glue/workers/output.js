// SPDX-License-Identifier: MIT
// Output of a VM in a Worker on its way to the other side: decoded, gathered for up to a frame's time,
// kept in order over both streams, and held back when the other side falls behind. Invariant: everything
// written is posted before the VM waits or ends.
import { WORD } from '../kernel/signals.js';

const FRAME_MS = 16;
const BATCH_CHARACTERS = 32768;
const MOST_AHEAD = 1 << 20;

export class OutputQueue {
  constructor(signals, post) {
    this.signals = signals;
    this.post = post;
    this.chunks = [];
    this.size = 0;
    this.sent = 0;
    this.last = 0;
    this.decoders = {};
  }

  write(stream, bytes) {
    this.decoders[stream] ??= new TextDecoder();
    this.add(stream, this.decoders[stream].decode(bytes, { stream: true }));
  }

  add(stream, text) {
    if (text === '') return;
    const tail = this.chunks.at(-1);
    if (tail?.stream === stream) tail.text += text;
    else this.chunks.push({ stream, text });
    this.size += text.length;
    if (this.size >= BATCH_CHARACTERS) this.flush(true);
  }

  /** Posts what is gathered; unless `now`, only when a frame's time has passed since the last post. */
  flush(now) {
    if (this.size === 0) return;
    const time = performance.now();
    if (!now && time - this.last < FRAME_MS) return;
    this.last = time;
    this.sent += this.size;
    this.post({ type: 'output', chunks: this.chunks, size: this.size });
    this.chunks = [];
    this.size = 0;
    // The thread that prints waits for the one that shows; a signal ends the wait.
    try {
      while (this.signals.blocking && this.ahead > MOST_AHEAD) this.signals.wait(1000);
    } catch {
      // Interrupted: the program hears of it at its next tick.
    }
  }

  /** Characters sent that the other side is not done with. */
  get ahead() {
    return (this.sent - Atomics.load(this.signals.words, WORD.OUTPUT_TAKEN)) | 0;
  }

  get behind() {
    return this.ahead > MOST_AHEAD;
  }

  /** The end of a program: bytes of an incomplete character come out as U+FFFD. */
  finish() {
    for (const [stream, decoder] of Object.entries(this.decoders))
      this.add(stream, decoder.decode());
    this.decoders = {};
    this.flush(true);
  }
}
