// SPDX-License-Identifier: MIT
// Records what the reference prints: node ci/record.mjs --python /path/to/python2.7 [--all] [WORD]...
// Writes NAME.out (and NAME.err, NAME.status where a program ends with a status other than 0, or where
// NAME.err is there already) for programs that have no .out yet; with --all, for all of them.
// Programs in tests/errors are recorded into their container.
// Outputs are always recorded from CPython 2.7.18 on x86-64 Linux, never from Krait. Programs with a
// line "# expected: by hand" are left alone.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError, main, root } from './util.mjs';
import { expected, programs, runProgram, withoutPaths } from '../tests/lib/corpus.mjs';
import { containerTexts, containedProgram, record } from '../tests/lib/errors.mjs';
import { Lanes } from '../tests/lib/lanes.mjs';

await main(async () => {
  const args = process.argv.slice(2);
  const at = args.indexOf('--python');
  if (at < 0 || !args[at + 1]) throw new SetupError('--python /path/to/python2.7 is needed');
  const python = args.splice(at, 2)[1];
  const all = args.includes('--all');
  const words = args.filter((arg) => arg !== '--all');
  const names = programs().filter((name) => {
    const path = (kind) => join(root, 'tests', `${name}.${kind}`);
    if (words.length && !words.some((word) => name.includes(word))) return false;
    if (containedProgram(name)) return all || !expected(name).stdout;
    if (readFileSync(path('py')).includes('# expected: by hand')) return false;
    if (/^samples\//.test(name) && !words.length) return false;
    return all || !existsSync(path('out'));
  });
  await new Lanes(2).all(names, async (name) => {
    const path = (kind) => join(root, 'tests', `${name}.${kind}`);
    const { status, stdout, stderr, signal, timedOut } = await runProgram(name, [python]);
    if (signal || timedOut) throw new SetupError(`${name}: the reference ended with ${signal}`);
    if (containedProgram(name)) {
      record(name, { stdout, stderr: withoutPaths(stderr), status });
      if (status === 0 && !stderr.length) console.log(`${name} does not fail`);
      return;
    }
    writeFileSync(path('out'), stdout);
    if (status !== 0) writeFileSync(path('status'), `${status}\n`);
    if (status !== 0 || existsSync(path('err'))) writeFileSync(path('err'), withoutPaths(stderr));
    else if (stderr.length) console.log(`${name} writes to stderr:\n${stderr}`);
    console.log(`${name}: ${stdout.length} bytes, status ${status}`);
  });
  for (const [path, text] of containerTexts()) writeFileSync(path, text);
});
