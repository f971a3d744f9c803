// SPDX-License-Identifier: MIT
// Checks (or, with fix, makes) the house format and rules: clang-format for C, Prettier and ESLint
// for JavaScript.
import { join } from 'node:path';
import { execFile } from 'node:child_process';
import { SetupError, root, say, walk, which } from './util.mjs';

const skip = /^(build|node_modules|\.git)(\/|$)/;

export function sources(pattern) {
  return walk(root, (path) => !skip.test(path)).filter((path) => pattern.test(path));
}

/** Formats or checks everything; answers the complaints, one a part. */
export async function lint({ fix = false, throws = true } = {}) {
  const complaints = [];
  const part = (name, command, args) =>
    new Promise((done) => {
      execFile(command, args, { cwd: root, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
        const words = `${stdout}${stderr}`.trim() || error?.message;
        if (error) complaints.push(`${name}:\n${words.split('\n').slice(0, 40).join('\n')}`);
        done();
      });
    });
  const c = sources(/^(vm|wasm-glue|tests)\/.*\.[ch]$/);
  const clang = which('clang-format', 'clang-format-14');
  if (clang) await part('clang-format', clang, fix ? ['-i', ...c] : ['--dry-run', '-Werror', ...c]);
  else complaints.push('clang-format: not found; install the package clang-format');
  const bin = (name) => join(root, 'node_modules/.bin', name);
  await part('Prettier', bin('prettier'), [
    fix ? '--write' : '--check',
    '--log-level',
    'warn',
    '.',
  ]);
  await part('ESLint', bin('eslint'), fix ? ['--fix', '.'] : ['.']);
  if (complaints.length && throws) throw new SetupError(complaints.join('\n\n'));
  if (throws) say(fix ? 'formatted' : 'format and rules: all well');
  return complaints;
}
