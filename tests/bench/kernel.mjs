// SPDX-License-Identifier: MIT
// The kernel's yardsticks: npm run bench -- kernel [--repeat N] [FIGURE]... Threads, processes and what goes
// between them, under Node, measured against native CPython 2.7 or against the bare platform (bare.mjs) in the
// same run. Both are warm and work in turns, so that what else the machine does slows both alike; a figure is
// the median of the ratios of neighbouring turns.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { environment, targets } from '../lib/targets.mjs';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'kernel');
const program = join(folder, 'figures.py');
// How long each side runs before it is measured: engines compile what runs often, beside it.
const WARM_UP_SECONDS = 1;
const LONGEST_TURN_MS = 60000;

const krait = (name) => [...targets.node.command, program, name];
const bare = (name) => [process.execPath, join(folder, 'bare.mjs'), name];
const atLeast = (least) => ({ text: `at least ${least}`, met: (ratio) => ratio >= least });
const atMost = (most) => ({ text: `at most ${most}`, met: (ratio) => ratio <= most });

/**
 * Native's time over Krait's for the same operation; or, where there is `bare`, Krait's over the platform's for
 * that. A turn does `n` operations, and `bareN` of the platform's.
 */
const figures = [
  {
    name: 'fork',
    title: 'fork, exit and wait, 32 MiB',
    n: 4,
    bare: 'fork',
    bareN: 4,
    target: atMost(2),
  },
  {
    name: 'thread',
    title: 'thread started and joined',
    n: 500,
    bare: 'message',
    bareN: 2000,
    target: atMost(10),
  },
  { name: 'queue', title: 'item through Queue.Queue', n: 10000, target: atLeast(0.25) },
  { name: 'mp_queue', title: 'item, multiprocessing.Queue', n: 5000, target: atLeast(0.2) },
  { name: 'mp_pipe', title: 'item, multiprocessing.Pipe', n: 10000, target: atLeast(0.2) },
  { name: 'os_pipe', title: '64 KiB through os.pipe', n: 1000, target: atLeast(0.2) },
  { name: 'lock', title: 'Lock acquired and released', n: 200000, target: atLeast(0.5) },
  { name: 'http', title: 'HTTP request in one process', n: 40, target: atLeast(0.1) },
];
const PARALLEL_N = 3000000;

/** A process that measures on demand. */
class Measurer {
  constructor(command, n) {
    this.n = n;
    this.child = spawn(command[0], command.slice(1), {
      env: environment('/tmp'),
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.child.stdin.on('error', () => {});
    this.answers = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  /** Seconds that an operation takes. */
  async turn() {
    this.child.stdin.write(`${this.n}\n`);
    const timer = setTimeout(() => this.child.kill('SIGKILL'), LONGEST_TURN_MS);
    const { value, done } = await this.answers.next();
    clearTimeout(timer);
    if (done) throw new Error('no answer');
    return Number(value) / this.n;
  }

  async warmUp() {
    for (let spent = 0; spent < WARM_UP_SECONDS;) spent += (await this.turn()) * this.n;
  }

  async end() {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.stdin.end();
    const timer = setTimeout(() => this.child.kill('SIGKILL'), 2000);
    await ended;
    clearTimeout(timer);
  }
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

function timeText(seconds) {
  if (seconds >= 1) return `${seconds.toFixed(2)} s`.padStart(9);
  const [scale, unit] = seconds >= 1e-3 ? [1e3, 'ms'] : seconds >= 1e-6 ? [1e6, 'µs'] : [1e9, 'ns'];
  return `${(seconds * scale).toPrecision(3)} ${unit}`.padStart(9);
}

/** Medians of both sides' seconds for an operation, and of their ratio, first over second. */
async function compare(sides, repeat) {
  try {
    const times = [[], []];
    for (const side of sides) await side.warmUp();
    for (let i = 0; i < repeat; i++)
      for (const [j, side] of sides.entries()) times[j].push(await side.turn());
    return [...times.map(median), median(times[0].map((seconds, i) => seconds / times[1][i]))];
  } finally {
    await Promise.all(sides.map((side) => side.end()));
  }
}

function line(title, krait, other, ratio, target, met) {
  console.log(`${title.padEnd(28)} ${krait} ${other} ${ratio}  ${target}: ${met}`);
}

async function measure(figure, repeat, reference) {
  const { name, title, n, bare: platform, bareN, target } = figure;
  if (!platform && !reference) {
    line(title, '', '', '', target.text, 'not measured, no native python2.7 here');
    return true;
  }
  const own = new Measurer(krait(name), n);
  const other = platform
    ? new Measurer(bare(platform), bareN)
    : new Measurer([reference, program, name], n);
  const answer = await compare(platform ? [own, other] : [other, own], repeat);
  const ratio = answer.pop();
  const [seconds, others] = platform ? answer : answer.reverse();
  const met = target.met(ratio);
  line(
    title,
    timeText(seconds),
    `${platform ? 'bare' : 'cpython'} ${timeText(others)}`.padStart(18),
    ratio.toFixed(2).padStart(6),
    target.text,
    met ? 'met' : 'NOT MET',
  );
  return met;
}

/** How much faster four processes are than one after another; native beside it shows what the machine has. */
async function measureParallel(repeat, reference) {
  const speedUp = (runner) =>
    compare(
      ['one_after_another', 'at_once'].map(
        (name) => new Measurer([...runner, program, name], PARALLEL_N),
      ),
      repeat,
    );
  const [alone, together, ratio] = await speedUp(targets.node.command);
  const target = atLeast(1.7);
  const met = target.met(ratio);
  const native = reference ? (await speedUp([reference]))[2].toFixed(2) : '?';
  line(
    'four processes on two cores',
    timeText(together * PARALLEL_N),
    `in turn ${timeText(alone * PARALLEL_N)}`.padStart(18),
    ratio.toFixed(2).padStart(6),
    `${target.text} (cpython ${native})`,
    met ? 'met' : 'NOT MET',
  );
  return met;
}

export async function benchKernel(words, repeat, reference) {
  const wanted = (name) => words.length === 0 || words.some((word) => name.includes(word));
  console.log(`Node ${process.version}, medians of ${repeat} pairs`);
  let all = true;
  for (const figure of figures.filter(({ name }) => wanted(name)))
    all = (await measure(figure, repeat, reference)) && all;
  if (wanted('parallel') && availableParallelism() > 1)
    all = (await measureParallel(3, reference)) && all;
  return all;
}
