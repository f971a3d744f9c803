// SPDX-License-Identifier: MIT
// Runs build/wasi/krait.wasm under Node's own WASI: node --no-warnings wasi.mjs ARGUMENT...
// The host's tree is opened as it is, the library at /krait as on every wasm target; the current
// folder is told by PWD, since WASI preview 1 has none.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WASI } from 'node:wasi';

const build = resolve(fileURLToPath(import.meta.url), '../../../build');
const wasi = new WASI({
  version: 'preview1',
  args: ['krait', ...process.argv.slice(2)],
  env: { ...process.env, PWD: process.cwd() },
  preopens: { '/': '/', '/krait': build },
  returnOnExit: true,
});
const imports = wasi.getImportObject();
// Held for good: Node 20 may collect these, and with them the open files, while the program runs.
globalThis.kraitWasi = { wasi, imports };
const module = new WebAssembly.Module(readFileSync(join(build, 'wasi/krait.wasm')));
const instance = new WebAssembly.Instance(module, imports);
process.exitCode = wasi.start(instance);
