// SPDX-License-Identifier: MIT
// What the first bytes of an executable file say about who runs it.

/** How much of a file is looked at. */
export const HEAD_BYTES = 256;
/** How many scripts may be one another's interpreters, as on Linux. */
export const MOST_INTERPRETERS = 4;
/** Names under which scripts ask for this interpreter. */
const OUR_NAMES = /^(krait|python|python2|python2\.7)$/;

/**
 * The interpreter that a script's first line names: {ours: true, options} for Krait, else
 * {interpreter, argument}; null when there is none.
 */
export function interpreterOf(head) {
  const line = /^#![ \t]*([^ \t\n]+)(?:[ \t]+([^\n]*[^ \t\n]))?[ \t]*\n/.exec(head);
  if (!line) return null;
  const [, interpreter, argument] = line;
  const base = interpreter.slice(interpreter.lastIndexOf('/') + 1);
  const name = base === 'env' && argument ? argument.split(/[ \t]/)[0] : base;
  if (!OUR_NAMES.test(name)) return { interpreter, argument };
  return { ours: true, options: base === 'env' || !argument ? [] : [argument] };
}
