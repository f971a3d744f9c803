// SPDX-License-Identifier: MIT
// The command `kill` for processes that the host does not know: those of the kernel. Only such calls are taken
// over; all others are the host's command's.
import { SIGNAL } from '../kernel/errno.js';

const TERM = 15;

function signalNumber(text) {
  if (/^\d+$/.test(text)) return Number(text);
  const name = text.toUpperCase().replace(/^SIG/, '');
  return SIGNAL[`SIG${name}`] ?? -1;
}

/** {number, pids} of a command line of kill, or null when it is another one. */
export function parseKill(argv) {
  const args = argv.slice(1);
  let number = TERM;
  if (args[0] === '-s' || args[0] === '-n') number = signalNumber(args.splice(0, 2)[1] ?? '');
  else if (args[0] !== '--' && /^-./.test(args[0] ?? ''))
    number = signalNumber(args.shift().slice(1));
  if (args[0] === '--') args.shift();
  if (number < 0 || args.length === 0 || !args.every((arg) => /^\d+$/.test(arg))) return null;
  return { number, pids: args.map(Number) };
}

/** Whether a program is a `kill` of processes of the kernel. */
export function killsOurs(shared, { path, argv }) {
  if (!/(^|\/)kill$/.test(path)) return null;
  const call = parseKill(argv);
  return call?.pids.every((pid) => shared.find(pid) >= 0) ? call : null;
}
