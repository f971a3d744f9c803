// SPDX-License-Identifier: MIT
// The boundary of C and JavaScript is written down on both sides: here the two are compared.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import test from 'node:test';
import { ERRNO, SIGNAL } from '../../wasm-glue/kernel/errno.js';
import { makeImports } from '../../wasm-glue/js/imports.js';
import os from 'node:os';

const source = (name) => fs.readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

test('error numbers', () => {
  const inC = {};
  for (const [, name, number] of source('wasm-glue/c/errno.def').matchAll(
    /^KRAIT_ERRNO\((\w+), (\d+)\)/gm,
  )) {
    inC[name] = Number(number);
  }
  assert.deepEqual({ ...ERRNO }, inC);
  if (process.platform !== 'linux') return;
  for (const [name, number] of Object.entries(os.constants.errno)) {
    if (name in ERRNO) assert.equal(ERRNO[name], number, name);
  }
  for (const [name, number] of Object.entries(SIGNAL))
    assert.equal(os.constants.signals[name], number, name);
});

test('every import of the C side has its function, and no more', () => {
  const inC = [...source('wasm-glue/c/host_emscripten.c').matchAll(/^IMPORT\((\w+)\)/gm)].map(
    (m) => m[1],
  );
  assert.deepEqual(Object.keys(makeImports({}, {}, {}).functions).sort(), inC.sort());
});

test('every host call is written three times', () => {
  const names = new Set(source('vm/host/host.h').match(/\bhost_[a-z_0-9]+(?=\()/g));
  assert.ok(names.size > 45);
  const hosts = {
    posix: ['host_posix.c', 'socket_posix.c', 'system_posix.c'],
    wasi: ['host_wasi.c', 'system_wasi.c'],
    emscripten: ['host_emscripten.c'],
  };
  for (const [host, files] of Object.entries(hosts)) {
    const text = files.map((file) => source(`wasm-glue/c/${file}`)).join('\n');
    for (const name of names) {
      assert.match(
        text,
        new RegExp(`^(int|int64_t|void) \\*?${name}\\(`, 'm'),
        `${name} for ${host}`,
      );
    }
  }
});
