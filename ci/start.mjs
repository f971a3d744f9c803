// SPDX-License-Identifier: MIT
// What `npm start`, `npm test` and the like run: node ci/start.mjs setup|build|serve|test|lint|format.
// It needs nothing installed but Node 20 and npm: it installs the development packages itself, then
// the toolchain and the library, then builds, then does what was asked.
import { existsSync, readFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { SetupError, main, root, run, say } from './util.mjs';

/** `npm ci` when node_modules does not match the lock file. */
async function installPackages() {
  const lock = join(root, 'package-lock.json');
  const digest = createHash('sha256').update(readFileSync(lock)).digest('hex');
  const stamp = join(root, 'node_modules/.krait-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  say('installing the development packages (npm ci)');
  await run('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error', '--ignore-scripts'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  }).catch((error) => {
    throw new SetupError(`npm ci failed: ${error.message}. Can npm reach its registry?`);
  });
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  writeFileSync(stamp, digest);
}

const [task = 'serve', ...rest] = process.argv.slice(2);

await main(async () => {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20) throw new SetupError(`Node 20 or later is needed; this is ${process.version}`);
  await installPackages();
  if (task === 'lint' || task === 'format') {
    const { lint } = await import('./lint.mjs');
    await lint({ fix: task === 'format' });
    return;
  }
  const { setUp } = await import('./setup.mjs');
  await setUp({ browser: task === 'test', format: task === 'test' });
  if (task === 'setup') return say('the toolchain and the library are in place');
  const { build } = await import('./build.mjs');
  await build(task === 'build' ? rest : []);
  if (task === 'serve')
    await run(process.execPath, [join(root, 'playground/serve.mjs'), ...rest], {
      stdio: 'inherit',
      cwd: root,
    });
  if (task === 'test')
    await run(process.execPath, [join(root, 'tests/run.mjs'), ...rest], { cwd: root });
});
