// SPDX-License-Identifier: MIT
// Compares what calls with random arguments answer (arguments.py) with the reference, seed by seed, and shows the
// first lines that differ:
//   KRAIT_REFERENCE=/path/to/python2.7 node tests/fuzz/arguments.mjs [TARGET] [FIRST SEED] [SEEDS]
// The target is one of tests/lib/targets.mjs (native, asan, node). Not in the full run: the reference itself
// crashes on some of these calls, and where descriptors were given other numbers lines differ without a fault. A
// crash, or a sanitizer's word, is a failure.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../ci/util.mjs';
import { environment, execute, targets } from '../lib/targets.mjs';

const CALLS = 400;
const SHOWN = 10;
const program = join(root, 'tests/fuzz/arguments.py');
const [target = 'native', first = '1', seeds = '10'] = process.argv.slice(2);
const reference = process.env.KRAIT_REFERENCE;

async function lines(command, env, seed) {
  const home = mkdtempSync(join(tmpdir(), 'krait-fuzz-'));
  try {
    const answer = await execute([...command, program, String(seed), String(CALLS)], {
      cwd: home,
      env: environment(home, env),
      timeout: 300000,
    });
    return { ...answer, lines: String(answer.stdout).split('\n').slice(0, -1) };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

for (let seed = Number(first); seed < Number(first) + Number(seeds); seed++) {
  const { command, env } = targets[target];
  const ours = await lines(command, env, seed);
  const failed = ours.status !== 0 || /runtime error|ERROR: \w+Sanitizer/.test(ours.stderr);
  if (failed) process.exitCode = 1;
  const ending = ours.timedOut ? 'too long' : `status ${ours.status ?? ours.signal}`;
  console.log(`seed ${seed}: ${failed ? `FAILED, ${ending}` : `${ours.lines.length} calls`}`);
  if (failed) console.log(String(ours.stderr).split('\n').slice(-SHOWN).join('\n'));
  if (!reference) continue;
  const theirs = await lines([reference], {}, seed);
  let shown = 0;
  theirs.lines.forEach((line, i) => {
    if (line === ours.lines[i] || shown++ >= SHOWN) return;
    console.log(`  ${i + 1} expected ${line}\n  ${i + 1} got      ${ours.lines[i]}`);
  });
}
