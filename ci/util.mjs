// SPDX-License-Identifier: MIT
// Small helpers shared by the scripts of ci/: running commands, finding tools, saying what goes on.
// Nothing here needs an installed package.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, createReadStream, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** What is kept from one clone to the next: the toolchain, the library, compiled objects. */
export const cache = resolve(process.env.KRAIT_CACHE || join(homedir(), '.cache', 'krait'));

/** An error that the user can act on: shown without a stack. */
export class SetupError extends Error {}

export function say(text) {
  console.log(`krait: ${text}`);
}

/** The path of a program on PATH, or null. */
export function which(...names) {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not in this folder.
      }
    }
  }
  return null;
}

/** Runs a command and returns its standard output; throws with its last words when it fails. */
export function capture(command, args, options = {}) {
  const run = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
  });
  if (run.error) throw run.error;
  if (run.status !== 0) {
    const words = `${run.stdout}${run.stderr}`.trim().split('\n').slice(-12).join('\n');
    throw new SetupError(`${command} ${args.join(' ')} failed:\n${words}`);
  }
  return run.stdout;
}

/** Runs a command with its output shown as it comes; rejects when it fails. */
export function run(command, args, options = {}) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });
    child.on('error', fail);
    child.on('exit', (status, signal) => {
      if (status === 0) done();
      else
        fail(
          new SetupError(
            `${command} ${args.slice(0, 4).join(' ')} … ended with ${signal ?? status}`,
          ),
        );
    });
  });
}

/** SHA-256 of a file, in hexadecimal. */
export function sha256(path) {
  return new Promise((done, fail) => {
    const hash = createHash('sha256');
    createReadStream(path)
      .on('error', fail)
      .on('data', (chunk) => hash.update(chunk))
      .on('end', () => done(hash.digest('hex')));
  });
}

/** Every file under a folder, as sorted paths relative to it with '/' between parts. */
export function walk(folder, keep = () => true) {
  const found = [];
  const visit = (relative) => {
    for (const entry of readdirSync(join(folder, relative), { withFileTypes: true })) {
      const path = relative ? `${relative}/${entry.name}` : entry.name;
      if (!keep(path, entry)) continue;
      if (entry.isDirectory()) visit(path);
      else found.push(path);
    }
  };
  visit('');
  return found.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Runs a script's main function; a SetupError ends the process with its message alone. */
export async function main(body) {
  try {
    await body();
  } catch (error) {
    console.error(error instanceof SetupError ? `krait: ${error.message}` : error);
    process.exit(1);
  }
}
