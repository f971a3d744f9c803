// SPDX-License-Identifier: MIT
// Makes build/emscripten/krait.image: the VM's memory after start-up, in which programs start
// (wasm-glue/js/image.js). Needs krait.wasm and stdlib.pack; made anew when one of them is newer.
import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main, root, say } from './util.mjs';

const folder = join(root, 'build/emscripten');

export async function makeImageFile() {
  const wasm = join(folder, 'krait.wasm');
  const pack = join(folder, 'stdlib.pack');
  const image = join(folder, 'krait.image');
  if (!existsSync(wasm) || !existsSync(pack)) return;
  const newest = Math.max(statSync(wasm).mtimeMs, statSync(pack).mtimeMs);
  if (existsSync(image) && statSync(image).mtimeMs > newest) return;
  rmSync(image, { force: true });
  const { makeImage } = await import('../wasm-glue/js/image.js');
  const { Machine } = await import('../wasm-glue/js/instance.js');
  const { Kernel } = await import('../wasm-glue/kernel/kernel.js');
  const { MemoryTree } = await import('../wasm-glue/kernel/memory-tree.js');
  const { mountPack } = await import('../wasm-glue/kernel/pack.js');
  const { Signals } = await import('../wasm-glue/kernel/signals.js');
  const { partReader } = await import('../wasm-glue/kernel/host-tree.js');
  const { makeDevices } = await import('../wasm-glue/kernel/devices.js');
  const { O } = await import('../wasm-glue/kernel/errno.js');
  const tree = new MemoryTree({ uid: 0, gid: 0 });
  makeDevices(tree);
  mountPack(tree, '/krait/lib/python2.7', partReader(pack));
  const kernel = new Kernel({
    root: tree,
    signals: new Signals(new Int32Array(64)),
    cwd: '/',
    pid: 1,
    ppid: 0,
    uid: 0,
    gid: 0,
  });
  for (let fd = 0; fd < 3; fd++) kernel.files.add(tree.open('/dev/null', O.RDWR, 0));
  const module = new WebAssembly.Module(readFileSync(wasm));
  const machine = new Machine(module, kernel, { stackSize: 900 });
  machine.prepare();
  const bytes = makeImage(module, machine.memory.memory.buffer);
  writeFileSync(`${image}.tmp`, bytes);
  renameSync(`${image}.tmp`, image);
  say(`the start image is made (${(bytes.length / 1048576).toFixed(1)} MB)`);
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url))
  await main(makeImageFile);
