// SPDX-License-Identifier: MIT
// Builds the playground into build/playground: a static folder that any web server can serve. The page's
// own script is bundled with its editor; Krait lies beside it as it is published.
import { cp, mkdir, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const from = (...parts) => join(root, ...parts);
const to = (...parts) => join(root, 'build', 'playground', ...parts);

await rm(to(), { recursive: true, force: true });
await mkdir(to('krait', 'build', 'emscripten'), { recursive: true });
await build({
  entryPoints: [from('playground', 'main.js')],
  outfile: to('main.js'),
  bundle: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  legalComments: 'eof',
  logLevel: 'warning',
});
for (const name of ['index.html', 'style.css', 'icon.svg'])
  await cp(from('playground', name), to(name));
const kraits = [
  'web/index.js',
  'web/index.d.ts',
  'wasm-glue/js',
  'wasm-glue/kernel',
  'wasm-glue/workers',
];
for (const name of kraits) await cp(from(name), to('krait', name), { recursive: true });
for (const name of ['krait.wasm', 'krait.image', 'stdlib.pack']) {
  const file = from('build', 'emscripten', name);
  if (existsSync(file)) await cp(file, to('krait', 'build', 'emscripten', name));
  else console.warn(`playground: ${file} is not built yet`);
}
console.log(`playground: ${to()}`);
