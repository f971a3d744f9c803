// SPDX-License-Identifier: MIT
// Builds: node ci/build.mjs [native] [emscripten] [wasi] [native-asan] [pages]; without words, all
// but native-asan. Set-up must have been done (npm run build does both).
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SetupError, cache, main, root, run, say, which } from './util.mjs';
import { bundle } from './bundle.mjs';
import { makeImageFile } from './image.mjs';
import { pack } from './pack.mjs';

// Objects are kept beside the toolchain, by the digest of what they are compiled from: another clone of the same
// sources compiles nothing. Without ccache everything is compiled.
const environment = {
  ...process.env,
  ...(which('ccache') && {
    CMAKE_C_COMPILER_LAUNCHER: 'ccache',
    CCACHE_DIR: join(cache, 'ccache'),
    CCACHE_BASEDIR: root,
    CCACHE_NOHASHDIR: '1',
    CCACHE_MAXSIZE: '500M',
    CCACHE_DEPEND: '1',
  }),
};

/** Runs a command with its output kept back unless it fails. */
function quiet(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: root,
    env: environment,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status === 0) return;
  throw new SetupError(`${command} ${args.join(' ')} failed:\n${stdout}${stderr}`);
}

export async function buildTarget(preset) {
  say(`building ${preset}`);
  const started = Date.now();
  if (!existsSync(join(root, 'build', preset, 'build.ninja')))
    await run('cmake', ['--preset', preset], {
      cwd: root,
      env: environment,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  const jobs = String(cpus().length);
  const command = ['--build', '--preset', preset, '-j', jobs];
  if (process.stdout.isTTY) await run('cmake', command, { cwd: root, env: environment });
  else quiet('cmake', command);
  say(`${preset} is built (${Math.round((Date.now() - started) / 1000)} s)`);
}

/** Builds the named targets (see above), then packs the library, then the pages. */
export async function build(targets) {
  const all = targets.length ? targets : ['native', 'emscripten', 'wasi', 'pages'];
  for (const target of all) if (target !== 'pages') await buildTarget(target);
  pack();
  await makeImageFile();
  await bundle();
  if (all.includes('pages') && existsSync(join(root, 'playground/build.mjs')))
    await run(process.execPath, [join(root, 'playground/build.mjs')], { cwd: root });
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url))
  await main(() => build(process.argv.slice(2)));
