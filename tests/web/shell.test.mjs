// SPDX-License-Identifier: MIT
// The small shell (vm/lib/_krait_sh.py) against what dash 0.5 answered: shell.json was recorded with
// `sh -c COMMAND` in an empty folder, HOME=/tmp, PATH=/usr/bin:/bin and no input.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import test from 'node:test';
import { loadKrait } from '../../web/index.js';

const recorded = fs.readFileSync(new URL('shell.json', import.meta.url), 'utf8');

const PROGRAM = `import json, os, shutil, subprocess
answers = []
for case in json.load(open('/tmp/cases')):
    if os.path.exists('/tmp/sh'): shutil.rmtree('/tmp/sh')
    os.mkdir('/tmp/sh')
    p = subprocess.Popen(['sh', '-c', case['command']], cwd='/tmp/sh',
                         env={'HOME': '/tmp', 'PATH': '/usr/bin:/bin'}, stdin=open(os.devnull),
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    out, err = p.communicate()
    answers.append({'command': case['command'], 'stdout': out, 'stderr': err, 'status': p.returncode})
json.dump(answers, open('/tmp/answers', 'w'))
`;

test('the shell answers as dash does', async () => {
  globalThis.crossOriginIsolated = true;
  let errors = '';
  const krait = await loadKrait({
    files: { '/tmp/cases': recorded },
    stderr: (text) => (errors += text),
  });
  try {
    assert.deepEqual(await krait.run(PROGRAM), { status: 0 }, errors);
    const answers = JSON.parse(await krait.files.readFile('/tmp/answers', 'utf-8'));
    const expected = JSON.parse(recorded);
    for (const [i, answer] of answers.entries()) assert.deepEqual(answer, expected[i]);
    assert.equal(answers.length, expected.length);
  } finally {
    krait.dispose();
  }
});
