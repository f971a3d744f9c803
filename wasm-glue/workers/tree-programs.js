// SPDX-License-Identifier: MIT
// What a path to be executed names where there is no operating system: Krait's own program, by one of its
// names or by a script's first line, or the small shell that stands in for /bin/sh. All run in Workers.
import { ERRNO, O, S, fail } from '../kernel/errno.js';
import { absolute, fromBytes } from '../kernel/paths.js';
import { HEAD_BYTES, MOST_INTERPRETERS, interpreterOf } from '../kernel/scripts.js';

const NAME_OF = new Map(Object.entries(ERRNO).map(([name, number]) => [number, name]));
const COMMAND = '/usr/bin/krait';
const NAMES = ['python', 'python2', 'python2.7'];
/** How the files of our programs begin; what follows is the script that such a program runs. */
const MARK = '\0krait\n';
const SHELL = '/krait/lib/python2.7/_krait_sh';
const UTILITIES = '/krait/lib/python2.7/_krait_bin';
const UTILITY_NAMES = (
  '[ cat echo env false kill mkdir printenv pwd rm sleep test tr true ' +
  'basename chmod cp cut date dirname grep head hostname ln ls mv rmdir seq sort tail tee touch uname uniq wc ' +
  'which whoami yes'
).split(' ');

/** Makes the files that programs are found by, in a tree that has the library. */
export function installPrograms(tree) {
  // Compiled, where the library is: a main program is compiled at each start otherwise.
  const has = (path) => {
    try {
      return Boolean(tree.stat(path, true));
    } catch {
      return false;
    }
  };
  const script = (path) => (has(`${path}.pyc`) ? `${path}.pyc` : `${path}.py`);
  const mark = (folder, name, content) =>
    tree.makeFile(tree.makeFolders(folder), name, new TextEncoder().encode(content), {
      permissions: 0o755,
    });
  mark('/usr/bin', 'krait', MARK);
  for (const name of NAMES) tree.symlink('krait', `/usr/bin/${name}`);
  mark('/bin', 'sh', MARK + script(SHELL));
  for (const name of UTILITY_NAMES) mark('/bin', name, MARK + script(UTILITIES));
  for (const path of ['/usr', '/usr/bin', '/bin']) {
    const folder = tree.makeFolders(path);
    folder.uid = 0;
    for (const inode of folder.entries.values()) inode.uid = 0;
  }
}

function check(answer) {
  if (typeof answer !== 'number' || answer >= 0) return answer;
  return fail(NAME_OF.get(-answer) ?? 'EIO');
}

function readHead(kernel, path) {
  const fd = check(kernel.open(path, O.RDONLY | O.CLOEXEC, 0));
  try {
    const bytes = new Uint8Array(HEAD_BYTES);
    return fromBytes(bytes.subarray(0, check(kernel.read(fd, bytes))));
  } finally {
    kernel.close(fd);
  }
}

/**
 * @param {Kernel} kernel of the process that asks
 * @returns {{ours: true, path: string, argv: string[]}} throws as execve fails
 */
export function findTreeProgram(kernel, path, argv) {
  let file = absolute(kernel.cwd, path);
  let args = argv;
  for (let i = 0; i < MOST_INTERPRETERS; i++) {
    const st = check(kernel.stat(file, true));
    if ((st.mode & S.IFMT) !== S.IFREG) fail('EACCES');
    check(kernel.access(file, 1));
    const head = readHead(kernel, file);
    if (head.startsWith(MARK)) {
      const script = head.slice(MARK.length);
      // Such a script is told the name that it was called by.
      const options = script ? [script, args[0]] : [];
      return {
        ours: true,
        path: file,
        argv: [script ? COMMAND : file, ...options, ...args.slice(1)],
      };
    }
    const script = interpreterOf(head);
    if (!script) fail('ENOEXEC');
    if (script.ours) {
      return {
        ours: true,
        path: file,
        argv: [COMMAND, ...script.options, file, ...args.slice(1)],
      };
    }
    const { interpreter, argument } = script;
    args = [interpreter, ...(argument ? [argument] : []), file, ...args.slice(1)];
    file = interpreter;
  }
  return fail('ELOOP');
}
