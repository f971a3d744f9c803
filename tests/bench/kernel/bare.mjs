// SPDX-License-Identifier: MIT
// What the platform itself takes for what a kernel builds on: run with a figure's name it reads numbers n, a
// line each, and answers each with the seconds that so many operations took, as figures.py does.
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';

const MEMORY = 32 << 20;
const PAGE = 65536;
const trivial = `require('node:worker_threads').parentPort.postMessage(0)`;
const echo = `
  const { parentPort } = require('node:worker_threads');
  parentPort.on('message', (message) => parentPort.postMessage(message));`;

const answer = (worker) => new Promise((resolve) => worker.once('message', resolve));

const figures = {
  /** A Worker starts and says so; then 32 MiB are copied into a new memory. */
  fork() {
    const memory = new Uint8Array(MEMORY).fill(1);
    return async () => {
      await answer(new Worker(trivial, { eval: true }));
      const copy = new WebAssembly.Memory({ initial: MEMORY / PAGE });
      new Uint8Array(copy.buffer).set(memory);
    };
  },

  /** A message to a Worker and back. */
  message() {
    const worker = new Worker(echo, { eval: true });
    return async () => {
      const answered = answer(worker);
      worker.postMessage(1);
      await answered;
    };
  },
};

const measure = figures[process.argv[2]]();
for await (const line of createInterface({ input: process.stdin })) {
  const started = performance.now();
  for (let i = 0; i < Number(line); i++) await measure();
  console.log((performance.now() - started) / 1000);
}
process.exit();
