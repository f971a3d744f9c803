// SPDX-License-Identifier: MIT
// Packs the standard library into files that the kernel mounts read-only.
//
// Format of a pack (build/emscripten/stdlib.pack, stdlib-test.pack):
//   bytes 0..5    the magic 'KRPK1\n' (ASCII)
//   bytes 6..9    uint32, little endian: length of the index in bytes
//   bytes 10..    the index, UTF-8 JSON: {"root": "/krait/lib/python2.7",
//                   "entries": [[path, offset, size, mtimeSeconds], …]}
//   then          the bodies, concatenated, uncompressed
// `path` is relative to `root`, with '/' between parts and no leading '/', sorted by code unit;
// (kernel: mounted at root). Folders are implied by the paths of their files. `offset` counts from the first byte after the
// index. The test packages (test/, */test/, */tests/) are in stdlib-test.pack, same root, so that
// mounting both gives the whole tree.
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { spawnSync } from 'node:child_process';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main, root, say, walk } from './util.mjs';

const source = join(root, 'build/stdlib/Lib');
const ours = join(root, 'vm/lib');
const tree = join(root, 'build/lib/python2.7');
const packs = join(root, 'build/emscripten');
const interpreter = join(root, 'build/native/krait');
const headers = join(root, 'vm/include');
const include = join(root, 'build/include/python2.7');
const MAKEFILE = 'config/Makefile';

// Folders of the library that no program here can use.
const LEFT_OUT = /^(plat-(?!linux2)|msilib|lib-tk|idlelib|lib2to3\/tests|pydoc_data\/__pycache__)/;
const isTest = (path) => /^(test\/|[^/]+\/tests?\/|lib-tk\/test\/|lib2to3\/tests\/)/.test(path);
const isCompiled = (path) => path.endsWith('.pyc') || path.endsWith('.pyo');

/** Makes build/lib/python2.7: the published library with the files of vm/lib laid over it. */
function layOut() {
  const wanted = new Map();
  for (const path of walk(source)) {
    if (!LEFT_OUT.test(path) && !isCompiled(path)) wanted.set(path, join(source, path));
  }
  for (const path of walk(ours)) if (!isCompiled(path)) wanted.set(path, join(ours, path));
  wanted.set('LICENSE.txt', join(root, 'build/stdlib/LICENSE'));
  let changed = 0;
  for (const [path, from] of wanted) {
    const to = join(tree, path);
    const stat = statSync(from);
    const seconds = Math.floor(stat.mtimeMs / 1000);
    const now = existsSync(to) ? statSync(to) : null;
    if (now && now.size === stat.size && Math.floor(now.mtimeMs / 1000) === seconds) continue;
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(from, to);
    for (const kind of ['c', 'o']) rmSync(to + kind, { force: true });
    utimesSync(to, seconds, seconds);
    changed++;
  }
  for (const path of walk(tree)) {
    if (path === MAKEFILE) continue;
    const py = isCompiled(path) ? path.slice(0, -1) : path;
    if (!wanted.has(py)) rmSync(join(tree, path));
  }
  return changed;
}

/** Compiles what has no .pyc yet. An interpreter that cannot do it only costs start-up time. */
function compile() {
  if (!existsSync(interpreter)) {
    say('no native interpreter yet: the library is packed without .pyc files');
    return;
  }
  const built = statSync(interpreter).mtimeMs;
  const stamp = join(root, 'build/lib/compiled');
  if (existsSync(stamp) && statSync(stamp).mtimeMs > built) {
    const newer = walk(tree).some((path) => {
      if (!path.endsWith('.py') || isTest(path)) return false;
      const pyc = join(tree, `${path}c`);
      return !existsSync(pyc) && !/^lib2to3\/tests\/data\//.test(path);
    });
    if (!newer) return;
  }
  say('compiling the library');
  // -f: whatever an earlier interpreter wrote is written anew.
  const script =
    'import sys, compileall\n' +
    'ok = compileall.compile_dir(sys.argv[1], ddir=sys.argv[2], force=1, quiet=1, rx=__import__("re").compile(r"/(bad_coding|badsyntax|lib2to3/tests/data|test/bad)"))\n';
  const run = spawnSync(interpreter, ['-S', '-c', script, tree, '/krait/lib/python2.7'], {
    encoding: 'utf8',
    timeout: 1200000,
    maxBuffer: 1 << 26,
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '', PYTHONHOME: '' },
  });
  if (run.status !== 0) {
    const words = `${run.stdout}${run.stderr}`.trim().split('\n').slice(-6).join('\n');
    say(
      `the interpreter could not compile all of the library (${run.signal ?? run.status}):\n${words}`,
    );
    return;
  }
  writeFileSync(stamp, '');
}

/** Python.h and every header that it includes, directly or not; the others are the VM's own. */
function publicHeaders() {
  const found = new Set(['Python.h']);
  for (const name of found)
    for (const [, next] of readFileSync(join(headers, name), 'utf8').matchAll(/#include "(.+)"/g))
      found.add(next);
  return found;
}

function writeChanged(path, text) {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

// What a build of CPython leaves for those who build upon it: headers, pyconfig.h and the Makefile. CPython makes
// _sysconfigdata from the last two; here it is the other way about, so that they say the same.
const DESCRIBE = String.raw`
import sys
sys.prefix = '/krait'
from _sysconfigdata import build_time_vars as known
feature = __import__('re').compile('HAVE_|SIZEOF_|WITH_|Py_').match
with open(sys.argv[1], 'w') as config, open(sys.argv[2], 'w') as makefile:
    config.write('/* Made by ci/pack.mjs from vm/lib/_sysconfigdata.py. */\n'
                 '#ifndef Py_PYCONFIG_H\n#define Py_PYCONFIG_H\n')
    makefile.write('# Made by ci/pack.mjs from vm/lib/_sysconfigdata.py.\n')
    for name, value in sorted(known.items()):
        if not feature(name):
            makefile.write('%s=\t%s\n' % (name, value))
        elif value:
            config.write('#define %s %s\n' % (name, value))
        else:
            config.write('/* #undef %s */\n' % name)
    config.write('#endif\n')
`;

/** Makes build/include/python2.7, where the native interpreter looks for it, and the Makefile. */
function describe() {
  for (const name of publicHeaders())
    writeChanged(join(include, name), readFileSync(join(headers, name), 'utf8'));
  if (!existsSync(interpreter)) return;
  const made = [join(include, 'pyconfig.h'), join(tree, MAKEFILE)];
  const parts = made.map((path) => join(root, 'build', `${basename(path)}.tmp${process.pid}`));
  const run = spawnSync(interpreter, ['-S', '-c', DESCRIBE, ...parts], { encoding: 'utf8' });
  made.forEach((path, i) => {
    if (run.status === 0) writeChanged(path, readFileSync(parts[i], 'utf8'));
    rmSync(parts[i], { force: true });
  });
  if (run.status !== 0) say(`the interpreter could not describe its build:\n${run.stderr}`);
}

function writePack(name, paths) {
  const entries = [];
  const bodies = [];
  let offset = 0;
  for (const path of paths) {
    const file = join(tree, path);
    const body = readFileSync(file);
    entries.push([path, offset, body.length, Math.floor(statSync(file).mtimeMs / 1000)]);
    bodies.push(body);
    offset += body.length;
  }
  const index = Buffer.from(JSON.stringify({ root: '/krait/lib/python2.7', entries }), 'utf8');
  const header = Buffer.from('KRPK1\n\0\0\0\0', 'latin1');
  header.writeUInt32LE(index.length, 6);
  mkdirSync(packs, { recursive: true });
  const temporary = join(packs, `${name}.tmp${process.pid}`);
  const file = openSync(temporary, 'w');
  for (const part of [header, index, ...bodies]) writeSync(file, part);
  closeSync(file);
  renameSync(temporary, join(packs, name));
  say(`${name}: ${entries.length} files, ${((offset + index.length) / 1e6).toFixed(1)} MB`);
}

export function pack() {
  layOut();
  compile();
  describe();
  const newest = Math.max(
    ...walk(tree).map((path) => statSync(join(tree, path)).ctimeMs),
    statSync(fileURLToPath(import.meta.url)).mtimeMs,
  );
  const fresh = ['stdlib.pack', 'stdlib-test.pack'].every((name) => {
    const path = join(packs, name);
    return existsSync(path) && statSync(path).mtimeMs > newest;
  });
  if (fresh) return;
  // A .pyo is what a run with -O has left there.
  const paths = walk(tree).filter((path) => !path.endsWith('.pyo'));
  writePack(
    'stdlib.pack',
    paths.filter((path) => !isTest(path)),
  );
  writePack('stdlib-test.pack', paths.filter(isTest));
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url))
  await main(async () => pack());
