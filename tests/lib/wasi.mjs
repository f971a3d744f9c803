// SPDX-License-Identifier: MIT
// Runs build/wasi/krait.wasm under Node's own WASI: node --no-warnings wasi.mjs ARGUMENT...
// The host's tree is opened as it is, the library at /krait as on every wasm target; the current
// folder is told by PWD, since WASI preview 1 has none.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { WASI } from 'node:wasi';

// Node binds WASI's functions as V8 "fast calls", which may not allocate; but they do, once memory has grown.
// A collection in one does not see the stack below it: objects are lost, and Node crashes. (nodejs/node#53087)
setFlagsFromString('--no-turbo-fast-api-calls');
// Most programs here are short: only what they call is compiled, and what is long in use is compiled better.
setFlagsFromString('--wasm-lazy-compilation');
setFlagsFromString('--wasm-tiering-budget=13000000');

const build = resolve(fileURLToPath(import.meta.url), '../../../build');
const wasi = new WASI({
  version: 'preview1',
  args: ['krait', ...process.argv.slice(2)],
  env: { ...process.env, PWD: process.cwd() },
  preopens: { '/': '/', '/krait': build },
  returnOnExit: true,
});
const module = new WebAssembly.Module(readFileSync(join(build, 'wasi/krait.wasm')));
const instance = new WebAssembly.Instance(module, wasi.getImportObject());
process.exitCode = wasi.start(instance);
