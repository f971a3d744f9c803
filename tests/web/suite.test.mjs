// SPDX-License-Identifier: MIT
// CPython's own tests of threads, processes, pipes and signals in headless Chromium, in a cross-origin isolated
// page: `npm run conformance -- --target page --files NAME` shows what one of them says.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runConformance } from '../conformance/run.mjs';

// test_multiprocessing takes more than a minute and a half here when the machine is busy: it is left to
// `npm run conformance -- --target page --files test_multiprocessing`.
const FILES = [
  'test_threading',
  'test_signal',
  'test_fork1',
  'test_queue',
  'test_thread',
  'test_threadsignals',
  'test_popen',
  'test_popen2',
  'test_pipes',
  'test_socketserver',
  'test_subprocess',
];

test('files of the suite in Chromium', async (t) => {
  const results = await runConformance({ target: 'page', files: FILES, quiet: true, timeout: 200 });
  for (const { file, passed, reason, text } of results)
    await t.test(file, () => assert.ok(passed, `${reason}\n${text.slice(-2000)}`));
  assert.equal(results.length, FILES.length);
});
