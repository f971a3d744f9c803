// SPDX-License-Identifier: MIT
// What a path to be executed names, under Node: a program of Krait's own (its command, or a script for it),
// which runs in a Worker, or one of the host's.
import fs from 'node:fs';
import { Errno, fail } from '../kernel/errno.js';
import { absolute, byteString, fromBytes, textOf } from '../kernel/paths.js';
import { HEAD_BYTES, MOST_INTERPRETERS, interpreterOf } from '../kernel/scripts.js';

const look = (path) => fs.statSync(path, { throwIfNoEntry: false });

function realPath(path) {
  try {
    const text = textOf(path);
    // A search of many folders looks for what is not there: cheaper than an exception.
    if (!look(text) && look(text.slice(0, text.lastIndexOf('/') + 1))?.isDirectory())
      fail('ENOENT');
    return fs.realpathSync(text);
  } catch (error) {
    if (error instanceof Errno) throw error;
    return fail(error.code ?? 'ENOENT');
  }
}

function readHead(path) {
  let fd;
  try {
    fd = fs.openSync(textOf(path), 'r');
    const bytes = new Uint8Array(HEAD_BYTES);
    return fromBytes(bytes.subarray(0, fs.readSync(fd, bytes, 0, HEAD_BYTES, 0)));
  } catch (error) {
    return fail(error.code ?? 'EIO');
  } finally {
    if (fd !== undefined) fs.closeSync(fd);
  }
}

/** Real paths of commands: they do not change while they run. */
const commands = new Map();

function realCommand(command) {
  if (!commands.has(command)) commands.set(command, realPath(command));
  return commands.get(command);
}

/**
 * @param {Kernel} kernel whose working folder counts
 * @param {string} path byte string
 * @param {string[]} argv byte strings
 * @param {string} command the path of Krait's command
 * @returns {{ours: boolean, path: string, argv: string[]}} throws as execve fails
 */
export function findProgram(kernel, path, argv, command) {
  if (path === '') fail('ENOENT');
  const ours = realCommand(command);
  let file = absolute(kernel.cwd, path);
  let args = argv;
  for (let i = 0; i < MOST_INTERPRETERS; i++) {
    const real = realPath(file);
    if (real === ours)
      return { ours: true, path: file, argv: [byteString(ours), ...args.slice(1)] };
    const st = fs.statSync(real);
    if (!st.isFile()) fail('EACCES');
    try {
      fs.accessSync(real, fs.constants.X_OK);
    } catch {
      fail('EACCES');
    }
    const head = readHead(file);
    if (head.startsWith('\x7fELF')) return { ours: false, path: file, argv: args };
    const script = interpreterOf(head);
    if (!script) fail('ENOEXEC');
    if (script.ours) {
      return {
        ours: true,
        path: file,
        argv: [byteString(ours), ...script.options, file, ...args.slice(1)],
      };
    }
    const { interpreter, argument } = script;
    args = [interpreter, ...(argument ? [argument] : []), file, ...args.slice(1)];
    file = interpreter;
  }
  return fail('ELOOP');
}
