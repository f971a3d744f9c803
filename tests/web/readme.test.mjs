// SPDX-License-Identifier: MIT
// What README.md shows is run: the first program's commands and the embedding example.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'node:test';

const root = fileURLToPath(new URL('../..', import.meta.url));
const readme = fs.readFileSync(path.join(root, 'README.md'), 'utf8');
const blocks = (language) =>
  [...readme.matchAll(/^```(\w+)\n([^]*?)^```$/gm)]
    .filter((m) => m[1] === language)
    .map((m) => m[2]);

test('the shell session', () => {
  const sessions = blocks('sh').filter((text) => text.startsWith('$ '));
  assert.equal(sessions.length, 1);
  const [command, ...expected] = sessions[0].split('\n');
  const run = spawnSync('sh', ['-c', command.slice(2)], { cwd: root, encoding: 'utf8' });
  assert.equal(run.stderr, '');
  assert.equal(run.stdout, expected.join('\n'));
});

test('the embedding example', () => {
  const [code] = blocks('js');
  assert.ok(code.trim().split('\n').filter(Boolean).length <= 11);
  // The package finds itself by its own name.
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    cwd: root,
    encoding: 'utf8',
  });
  assert.equal(run.stderr, '');
  assert.equal(run.stdout, 'Name?\nHello, Ada.\n');
  assert.equal(run.status, 0);
});
