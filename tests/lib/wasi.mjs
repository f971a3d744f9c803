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
// Held for good: Node may collect the object, and with it the open files, while the program runs.
globalThis.kraitWasi = wasi;
const module = new WebAssembly.Module(readFileSync(join(build, 'wasi/krait.wasm')));
const instance = new WebAssembly.Instance(module, wasi.getImportObject());
process.exitCode = wasi.start(instance);
