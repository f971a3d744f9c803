// SPDX-License-Identifier: MIT
// Bundles the command line for Node: what web/cli.mjs loads in the main thread, and what its Workers run.
// Nothing is changed by it but the number of files to load.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main, root, say } from './util.mjs';

export async function bundle() {
  if (!existsSync(join(root, 'node_modules/esbuild'))) return; // a build without development packages
  const { build } = await import('esbuild');
  const options = {
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    legalComments: 'none',
    minifyWhitespace: true,
    logLevel: 'warning',
    outExtension: { '.js': '.cjs' },
    outdir: join(root, 'build/emscripten'),
  };
  await build({
    ...options,
    entryPoints: {
      command: join(root, 'web/command.mjs'),
      worker: join(root, 'wasm-glue/workers/command.js'),
    },
  });
  say('the command line is bundled');
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url))
  await main(bundle);
