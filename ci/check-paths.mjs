// SPDX-License-Identifier: MIT
// Checks that every path that ARCHITECTURE.md and tests/README.md cite in backquotes exists. A cited
// path starts with one of the top-level folders; build/ and paths with a placeholder are left out.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './util.mjs';

const CITED = /`((?:vm|wasm-glue|web|playground|tests|ci)\/[A-Za-z0-9_./-]*)`/g;

export function checkPaths() {
  const complaints = [];
  for (const page of ['ARCHITECTURE.md', 'tests/README.md', 'README.md']) {
    if (!existsSync(join(root, page))) continue;
    for (const [, path] of readFileSync(join(root, page), 'utf8').matchAll(CITED)) {
      if (!existsSync(join(root, path)))
        complaints.push(`${page} cites ${path}, which is not there`);
    }
  }
  return complaints;
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const complaints = checkPaths();
  for (const complaint of complaints) console.error(complaint);
  process.exitCode = complaints.length ? 1 : 0;
}
