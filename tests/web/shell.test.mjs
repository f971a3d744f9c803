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

const UTILITIES = `import os, subprocess, sys
import _krait_bin
names = sorted(name for name in os.listdir('/bin') if name != 'sh')
print sorted(name for name in _krait_bin.UTILITIES if name != ':') == names
def run(*args, **options):
    p = subprocess.Popen(args, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    print repr(p.communicate(options.get('input'))[0]), p.returncode
run('echo', 'a', 'b')
run('tr', 'a-z', 'A-Z', input='hello')
run('tr', '-d', '[:space:]', input='a b\\nc')
run('tr', '-s', 'l\\n', input='hello\\n\\n')
run('tr', '-cs', 'A-Za-z', '\\\\n', input='two words')
run('cat', input='x')
run('test', '1', '-lt', '2')
run('false')
run('kill', '99999')
child = subprocess.Popen(['sleep', '1000'])
run('kill', '-HUP', str(child.pid))
print child.wait()
`;

test('the commands of /bin are programs too', async () => {
  globalThis.crossOriginIsolated = true;
  let said = '';
  const krait = await loadKrait({
    stdout: (text) => (said += text),
    stderr: (text) => (said += text),
  });
  try {
    const { status } = await krait.run(UTILITIES);
    assert.equal(
      said,
      `True
'a b\\n' 0
'HELLO' 0
'abc' 0
'helo\\n' 0
'two\\nwords' 0
'x' 0
'' 0
'' 1
'kill: No such process\\n' 1
'' 0
-1
`,
    );
    assert.equal(status, 0);
  } finally {
    krait.dispose();
  }
});
