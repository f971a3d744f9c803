// SPDX-License-Identifier: MIT
// Proves that dependencies go one way: each vm library's undefined symbols are defined in itself, in a
// layer below, in the host interface or in the C library, never in a layer above; no file of vm/ includes
// a host's header; no page or API file names a wasm export. node ci/check-layers.mjs
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { capture, root, walk, which } from './util.mjs';

const LAYERS = ['base', 'memory', 'objects', 'eval', 'syntax', 'compile', 'modules', 'main'];
const HOST_HEADER =
  /#\s*include\s*<(unistd\.h|emscripten[./].*|wasi\/.*|sys\/.*|fcntl\.h|pthread\.h|poll\.h|dirent\.h|termios\.h|dlfcn\.h|pwd\.h|netdb\.h|arpa\/.*|netinet\/.*)>/;

function symbols(library) {
  const nm = which('nm', 'llvm-nm-19', 'llvm-nm');
  if (!nm) throw new Error('nm is missing: install the package binutils');
  const table = { defined: new Set(), undefined: new Set() };
  for (const line of capture(nm, ['-g', '-P', library]).split('\n')) {
    const [name, kind] = line.split(' ');
    if (!kind) continue;
    if (kind === 'U') table.undefined.add(name);
    else if (!/^[wv]$/.test(kind)) table.defined.add(name);
  }
  return table;
}

export function checkLayers(build = join(root, 'build/native')) {
  const complaints = [];
  const tables = [];
  for (const layer of LAYERS) {
    const library = join(build, `libkrait_${layer}.a`);
    if (existsSync(library)) tables.push({ layer, ...symbols(library) });
    else complaints.push(`${library} is not built`);
  }
  tables.forEach((table, index) => {
    for (const above of tables.slice(index + 1)) {
      const up = [...table.undefined].filter(
        (name) => !table.defined.has(name) && above.defined.has(name),
      );
      for (const name of up)
        complaints.push(`vm/${table.layer} needs ${name} of vm/${above.layer}`);
    }
  });
  const read = (path) => readFileSync(join(root, path), 'utf8');
  for (const path of walk(join(root, 'vm')).filter((name) => /\.[ch]$/.test(name))) {
    const found = read(`vm/${path}`).match(HOST_HEADER);
    if (found) complaints.push(`vm/${path} includes a host's header: ${found[0]}`);
  }
  for (const folder of ['web', 'playground']) {
    if (!existsSync(join(root, folder))) continue;
    for (const path of walk(join(root, folder)).filter((name) => /\.m?js$/.test(name))) {
      const found = read(`${folder}/${path}`).match(
        /\bkrait_\w+\(|\.exports\.\w+|\b_?Py[A-Z]\w*_\w+\(/,
      );
      if (found) complaints.push(`${folder}/${path} names a wasm export: ${found[0]}`);
    }
  }
  return complaints;
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const complaints = checkLayers();
  for (const complaint of complaints) console.error(complaint);
  process.exitCode = complaints.length ? 1 : 0;
}
