// SPDX-License-Identifier: MIT
// Line editing with history for the interactive command line, over node:readline. Loaded only when a
// program asks a terminal for a line. Invariant: the terminal is in raw mode only while a line is asked
// for, so that Ctrl-C is a signal while the program runs.
import { createInterface } from 'node:readline';

const HISTORY = 1000;
const encoder = new TextEncoder();

export class LineEditor {
  /** @param {() => void} interrupt called on Ctrl-C while a line is edited */
  constructor(interrupt) {
    this.answer = null;
    this.lines = [];
    this.editor = createInterface({
      input: process.stdin,
      output: process.stdout,
      terminal: true,
      historySize: HISTORY,
      tabSize: 8,
    });
    this.editor.on('line', (line) => this.take(encoder.encode(line + '\n')));
    this.editor.on('SIGINT', () => {
      this.editor.output.write('\n');
      this.clear();
      interrupt();
    });
    this.editor.on('close', () => {
      this.ended = true;
      this.take(null);
    });
  }

  /** Shows the prompt; `answer` gets a line's bytes, or null at the end of input. */
  ask(prompt, answer) {
    if (this.lines.length > 0) {
      // Pasted ahead of the question; it has been shown already.
      answer(this.lines.shift());
      return;
    }
    if (this.ended) {
      answer(null);
      return;
    }
    this.answer = answer;
    process.stdin.setRawMode(true);
    this.editor.setPrompt(prompt);
    this.editor.prompt(true);
  }

  take(line) {
    const { answer } = this;
    this.answer = null;
    if (!answer) {
      if (line !== null) this.lines.push(line);
      return;
    }
    // Further lines of the same paste come before the terminal is put back.
    setImmediate(() => {
      if (!this.answer) this.rest();
      answer(line);
    });
  }

  rest() {
    if (this.ended) return;
    this.editor.pause();
    process.stdin.setRawMode(false);
  }

  clear() {
    this.answer = null;
    // Readline would show its prompt again if it were asked to drop the line.
    this.editor.line = '';
    this.editor.cursor = 0;
    this.rest();
  }

  /** The question was given up. */
  cancel() {
    if (this.answer) this.clear();
  }

  close() {
    if (this.ended) return;
    this.answer = null;
    this.rest();
    this.editor.close();
  }
}
