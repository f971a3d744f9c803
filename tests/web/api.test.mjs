// SPDX-License-Identifier: MIT
// The JavaScript API: loadKrait under Node, by the same Worker code that a page runs; with memory shared
// between the threads, and without, as in a page that is not cross-origin isolated.
import assert from 'node:assert/strict';
import test from 'node:test';
import { KraitDisposedError, KraitFileError, loadKrait } from '../../web/index.js';

async function withKraitIn(mode, options, work) {
  globalThis.crossOriginIsolated = mode === 'shared';
  const out = { stdout: '', stderr: '' };
  const krait = await loadKrait({
    stdout: (text) => (out.stdout += text),
    stderr: (text) => (out.stderr += text),
    ...options,
  });
  try {
    return await work(krait, out);
  } finally {
    krait.dispose();
  }
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

for (const mode of ['shared', 'plain']) {
  const withKrait = (options, work) => withKraitIn(mode, options, work);

  test(`${mode}: runs programs, one after another, each afresh`, () =>
    withKrait({}, async (krait, out) => {
      assert.deepEqual(await krait.run('x = 1\nprint x'), { status: 0 });
      assert.deepEqual(await krait.run('print "x" in globals()'), { status: 0 });
      assert.equal(out.stdout, '1\nFalse\n');
      assert.deepEqual(await krait.run('import sys; sys.exit(3)'), { status: 3 });
      assert.deepEqual(
        await krait.run({ code: 'import sys; print sys.argv', args: ['a', 'b c'] }),
        {
          status: 0,
        },
      );
      assert.match(out.stdout, /\['-c', 'a', 'b c'\]\n$/);
      assert.equal(out.stderr, '');
      assert.deepEqual(await krait.run('1/0'), { status: 1 });
      assert.match(
        out.stderr,
        /^Traceback[^]*ZeroDivisionError: integer division or modulo by zero\n$/,
      );
    }));

  test(`${mode}: text is decoded as UTF-8, also when cut in pieces`, () =>
    withKrait({}, async (krait, out) => {
      await krait.run(
        'import sys\nfor b in u"\\u4e2d\\U0001f600".encode("utf-8"):\n  sys.stdout.write(b); sys.stdout.flush()',
      );
      assert.equal(out.stdout, '\u4e2d\u{1f600}');
    }));

  test(`${mode}: input from a callback, from text, and at its end`, () =>
    withKrait({}, async (krait, out) => {
      const prompts = [];
      const stdin = async (prompt) => {
        prompts.push(prompt);
        await pause(5);
        return prompts.length < 3 ? `line ${prompts.length}` : null;
      };
      await krait.run({
        code: 'print raw_input("? ")\nprint raw_input("! ")\ntry: raw_input("end")\nexcept EOFError: print "EOF"',
        stdin,
      });
      assert.deepEqual(prompts, ['? ', '! ', 'end']);
      assert.equal(out.stdout, '? line 1\n! line 2\nendEOF\n');
      out.stdout = '';
      await krait.run({ code: 'import sys\nprint sys.stdin.read().upper()', stdin: 'a\nb' });
      assert.equal(out.stdout, 'A\nB\n');
      out.stdout = '';
      await krait.run({
        code: 'import sys\nprint len(raw_input())',
        stdin: () => 'x'.repeat(200000),
      });
      assert.equal(out.stdout, '200000\n');
    }));

  test(`${mode}: interrupts a loop, a sleep and a wait for input`, () =>
    withKrait({ stdin: () => new Promise(() => {}) }, async (krait, out) => {
      for (const body of ['while 1: pass', 'import time; time.sleep(100)', 'raw_input()']) {
        const ends = krait.run(
          `try:\n  print "go"\n  ${body}\nexcept KeyboardInterrupt:\n  print "stopped"`,
        );
        await pause(700);
        krait.interrupt();
        assert.deepEqual(await ends, { status: 0 }, body);
      }
      assert.equal(out.stdout, 'go\nstopped\n'.repeat(3));
      assert.deepEqual(await krait.run('print 1'), { status: 0 });
    }));

  test(`${mode}: output comes while the program runs`, () =>
    withKrait({}, async (krait, out) => {
      const ends = krait.run('print "early"\nimport time\ntime.sleep(1.5)\nprint "late"');
      const start = Date.now();
      while (out.stdout !== 'early\n' && Date.now() - start < 20000) await pause(10);
      assert.equal(krait.running, true);
      await ends;
      assert.equal(out.stdout, 'early\nlate\n');
    }));

  test(`${mode}: much output is held back, and all of it comes`, () =>
    withKrait({}, async (krait, out) => {
      await krait.run('for i in xrange(60000): print "%060d" % i');
      assert.equal(out.stdout.length, 60000 * 61);
    }));

  test(`${mode}: files`, () =>
    withKrait(
      { files: { 'data/in.txt': 'spam\n', '/tmp/raw': new Uint8Array([0, 255]) } },
      async (krait, out) => {
        const { files } = krait;
        await files.writeFile(
          'main.py',
          'open("out.txt", "w").write(open("data/in.txt").read() * 2)\nimport helper',
        );
        await files.writeFile('helper.py', 'print __file__');
        assert.deepEqual(await krait.run({ file: 'main.py' }), { status: 0 }, out.stderr);
        assert.equal(out.stdout, '/home/web/helper.py\n');
        assert.equal(await files.readFile('out.txt', 'utf-8'), 'spam\nspam\n');
        assert.deepEqual([...(await files.readFile('/tmp/raw'))], [0, 255]);
        assert.ok((await files.list()).includes('helper.pyc'));
        assert.equal((await files.stat('out.txt')).size, 10);
        await files.mkdir('a/b');
        await files.rename('out.txt', 'a/b/o');
        await files.remove('a');
        await assert.rejects(files.readFile('a/b/o'), (error) => {
          assert.ok(error instanceof KraitFileError);
          assert.equal(error.code, 'ENOENT');
          return true;
        });
      },
    ));

  test(`${mode}: a session keeps its names`, () =>
    withKrait({}, async (krait, out) => {
      const lines = ['x = 6', 'x * 7', 'def f():', '    return x', '', 'f()', '1/0', 'exit()'];
      const { status } = await krait.repl({ stdin: () => lines.shift() ?? null });
      assert.equal(status, 0);
      assert.match(out.stdout, />>> 42\n>>> \.\.\. \.\.\. >>> 6\n/);
      assert.match(out.stderr, /ZeroDivisionError/);
    }));
}

// ---- processes ----

/** Runs programs in one object; afterwards no process, open file or pipe is left in shared memory. */
async function runs(...programs) {
  await withKraitIn('shared', {}, async (krait, out) => {
    const usage = () => krait[Symbol.for('krait.usage')]();
    for (const [code, expected, result = { status: 0 }] of programs) {
      out.stdout = out.stderr = '';
      assert.deepEqual(await krait.run(code), result, out.stderr);
      assert.equal(out.stdout, expected, out.stderr);
      assert.deepEqual(usage(), { processes: 2, bytes: 0 }, code);
    }
  });
}

test('processes: fork, wait, exit statuses, signals that end', () =>
  runs(
    [
      `import os
print 'before'
pid = os.fork()
if pid == 0:
    print 'child', os.getppid() == 2
    os._exit(3)
print os.waitpid(pid, 0) == (pid, 3 << 8)
try: os.wait()
except OSError, e: print e
`,
      'before\nchild True\nTrue\n[Errno 10] No child processes\n',
    ],
    [
      `import os, time
def child(f):
    pid = os.fork()
    if not pid:
        f()
    return pid
def spin():
    while 1: pass
def status(pid): return os.waitpid(pid, 0)[1]
pid = child(spin); os.kill(pid, 9); print status(pid)
pid = child(lambda: time.sleep(1000)); os.kill(pid, 15); print status(pid)
pid = child(lambda: raw_input()); print status(pid) >> 8
pid = child(os.abort); print status(pid)
pid = child(lambda: os._exit(0)); time.sleep(.2); os.kill(pid, 9); print status(pid)
try: os.kill(pid, 0)
except OSError, e: print e
`,
      '9\n15\n1\n6\n0\n[Errno 3] No such process\n',
    ],
    [
      `import os, signal, time
r, w = os.pipe()
pid = os.fork()
if not pid:
    def caught(number, frame):
        print 'caught', number
        os._exit(7)
    signal.signal(signal.SIGUSR1, caught)
    os.write(w, 'x')
    while 1: time.sleep(1000)
os.read(r, 1)
os.kill(pid, signal.SIGUSR1)
print os.wait()[1] >> 8
`,
      'caught 10\n7\n',
    ],
    [
      'import os\nif os.fork(): os.kill(os.getpid(), 9)\nimport time; time.sleep(.5); print os.getppid()',
      '1\n',
      { status: 137, signal: 9 },
    ],
  ));

test('processes: pipes, a file with one position, unlinked while open', () =>
  runs([
    `import os
r, w = os.pipe()
f = open('shared.txt', 'w+', 0)
f.write('abc')
log = os.open('log.txt', os.O_WRONLY | os.O_CREAT | os.O_APPEND)
if not os.fork():
    os.close(r)
    f.write('def')
    for i in range(100): os.write(log, 'x')
    os.write(w, 'y' * 200000)
    os._exit(0)
os.close(w)
for i in range(100): os.write(log, 'x')
got = 0
while 1:
    part = os.read(r, 100000)
    if not part: break
    got += len(part)
print got, os.wait()[1], os.lseek(f.fileno(), 0, 1), os.path.getsize('log.txt')
os.unlink('shared.txt')
if not os.fork():
    print os.fstat(f.fileno()).st_nlink
    os._exit(0)
os.wait()
f.seek(0)
print f.read(), sorted(os.listdir('.'))
`,
    "200000 0 6 200\n0\nabcdef ['log.txt']\n",
  ]));

test('processes: subprocess, popen, exec, a script found by its first line', () =>
  runs(
    [
      `import subprocess, sys, os
print subprocess.check_output([sys.executable, '-c', 'import sys; print sys.argv', 'x']),
p = subprocess.Popen(['python2.7'], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
print p.communicate('print 1+1')
open('script', 'w').write('#!/usr/bin/env python\\nimport sys\\nprint sys.argv[1:]\\nsys.exit(5)')
os.chmod('script', 0755)
print subprocess.call(['./script', 'a'])
try: subprocess.call(['no-such-command'])
except OSError, e: print e
`,
      "['-c', 'x']\n('2\\n', None)\n['a']\n5\n[Errno 2] No such file or directory\n",
    ],
    ["import os\nos.execv('/usr/bin/python', ['python', '-c', 'print 1'])", '1\n'],
    [
      "import os\nif not os.fork(): os.execlp('python', 'python', '-c', 'print 2')\nos.wait()",
      '2\n',
    ],
  ));

test('processes: commands of the small shell, as dash runs them', () =>
  runs([
    `import os, subprocess, sys
def sh(command):
    p = subprocess.Popen(command, shell=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    print repr(p.communicate()[0]), p.returncode
sh('echo a "b  c" $HOME; exit 3')
sh('no-such-command')
sh("echo one > f && cat f f | cat; cat nofile; ls; rm f")
sh('A=5; for i in 1 2; do echo $A$i; done; (exit 4) || echo $?')
sh("python -c 'import sys; print sys.argv; sys.exit(6)' 'x y' || echo $(echo got) $?")
sh("echo 'open")
print os.system('exit 9'), os.system('echo by system; false')
print os.popen('echo by popen').read(), os.popen('cat; exit 2', 'w').close()
p = subprocess.Popen('sleep 1000', shell=True)
p.kill()
print p.wait()
`,
    String.raw`'a b  c /home/web\n' 3
'/bin/sh: 1: no-such-command: not found\n' 127
'one\none\ncat: nofile: No such file or directory\nf\n' 0
'51\n52\n4\n' 0
"['-c', 'x y']\ngot 6\n" 0
'/bin/sh: 1: Syntax error: Unterminated quoted string\n' 2
by system
2304 256
by popen
512
-9
`,
  ]));

test('processes: twenty children, a fork in a thread, an orphan', () =>
  runs(
    [
      `import os
pids = []
for i in range(20):
    pid = os.fork()
    if not pid: os._exit(i)
    pids.append(pid)
print [os.WEXITSTATUS(os.waitpid(pid, 0)[1]) for pid in pids] == range(20)
`,
      'True\n',
    ],
    [
      `import os, threading
def work():
    if not os.fork():
        print threading.currentThread().getName(), threading.activeCount()
        os._exit(4)
    print os.wait()[1] >> 8
t = threading.Thread(target=work, name='T')
t.start()
t.join()
`,
      'T 1\n4\n',
    ],
    [
      `import os, time
if not os.fork():
    time.sleep(.3)
    print 'orphan', os.getppid()
    os._exit(0)
print 'the program ends'
`,
      'the program ends\norphan 1\n',
    ],
  ));

test('processes: output of several is whole and in order', () =>
  runs([
    `import os, sys
for turn in range(20):
    print 'parent', turn
    sys.stdout.flush()
    if not os.fork():
        print 'child', turn
        sys.stdout.flush()
        os._exit(0)
    os.wait()
if not os.fork():
    for i in xrange(30000): print '%060d' % i
    sys.stdout.flush()
    os._exit(0)
os.wait()
print 'end'
`,
    Array.from({ length: 20 }, (_, i) => `parent ${i}\nchild ${i}\n`).join('') +
      Array.from({ length: 30000 }, (_, i) => `${i}\n`.padStart(61, '0')).join('') +
      'end\n',
  ]));

test('processes: lines of the terminal go to one reader each; the second run starts afresh', () => {
  const lines = ['one', 'two', 'three'];
  return withKraitIn('shared', { stdin: () => lines.shift() ?? null }, async (krait, out) => {
    await krait.run(`import os
print raw_input('first? ')
if not os.fork():
    print raw_input('child? ')
    os._exit(0)
os.wait()
print raw_input('parent? ')
try: raw_input()
except EOFError: print 'end'
`);
    assert.equal(out.stdout, 'first? one\nchild? two\nparent? three\nend\n', out.stderr);
    assert.deepEqual(await krait.run('print 1'), { status: 0 });
  });
});

test('processes: interrupt() reaches the group, then what is left behind is ended', () =>
  withKraitIn('shared', {}, async (krait, out) => {
    const ends = krait.run(`import os, time
pid = os.fork()
try:
    print 'go'
    time.sleep(1000)
except KeyboardInterrupt:
    if pid: os.wait()
    print 'stopped'
`);
    while (out.stdout !== 'go\ngo\n') await pause(10);
    krait.interrupt();
    assert.deepEqual(await ends, { status: 0 });
    assert.equal(out.stdout, 'go\ngo\nstopped\nstopped\n');
    const orphan = krait.run(`import os, signal
if not os.fork():
    os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while 1: pass
print 'gone'`);
    while (!out.stdout.endsWith('gone\n')) await pause(10);
    await pause(300);
    krait.interrupt();
    assert.deepEqual(await orphan, { status: 0 });
    assert.deepEqual(krait[Symbol.for('krait.usage')](), { processes: 2, bytes: 0 });
  }));

test('processes: files are there while processes run; dispose() ends all of them', async () => {
  await withKraitIn('shared', {}, async (krait, out) => {
    const ends = krait.run(`import os, time
if os.fork():
    while not os.path.exists('stop'): time.sleep(.01)
    print open('stop').read()
    os.wait()
else:
    time.sleep(.1)`);
    await krait.files.writeFile('stop', 'now');
    assert.deepEqual(await ends, { status: 0 });
    assert.equal(out.stdout, 'now\n');
    const never = krait.run('import os\nos.fork()\nprint 1\nwhile 1: pass');
    while (!out.stdout.endsWith('1\n1\n')) await pause(10);
    krait.dispose();
    await assert.rejects(never, KraitDisposedError);
  });
});

test('processes: without isolation the error names the headers', () =>
  withKraitIn('plain', {}, async (krait, out) => {
    await krait.run(`import os, subprocess
for f in os.fork, lambda: subprocess.call(['python']), lambda: os.popen('x'):
    try: f()
    except OSError, e: print e.errno, e.strerror
os.execv('/usr/bin/python', ['python', '-c', 'print "exec needs no second process"'])`);
    assert.match(
      out.stdout,
      /^(38 .*Cross-Origin-Opener-Policy: same-origin.*Cross-Origin-Embedder-Policy: require-corp.*\n){3}exec needs no second process\n$/,
    );
  }));

test('dispose', async () => {
  const krait = await loadKrait();
  const ends = krait.run('while 1: pass');
  await pause(100);
  await assert.rejects(krait.run('print 1'), /running already/);
  krait.dispose();
  krait.dispose();
  await assert.rejects(ends, KraitDisposedError);
  await assert.rejects(krait.run('print 1'), /disposed of: load a new one/);
  await assert.rejects(krait.files.list(), KraitDisposedError);
  assert.throws(() => krait.interrupt(), KraitDisposedError);
});

test('what cannot be loaded is told', async () => {
  await assert.rejects(
    loadKrait({ wasmURL: new URL('no-such.wasm', import.meta.url) }),
    /could not be loaded: ENOENT/,
  );
  await assert.rejects(loadKrait({ packURL: import.meta.url }), /not a Krait pack/);
  await assert.rejects(loadKrait({ signal: AbortSignal.abort() }), { name: 'AbortError' });
});

test('nested calls of C: 500 levels, then RuntimeError', () =>
  withKraitIn('shared', {}, async (krait, out) => {
    assert.equal((await krait.run(NESTING)).status, 0, out.stderr);
    assert.equal(
      out.stdout,
      'repr True\nsorted True\neq True\ngetattr True\nstill here\n',
      out.stderr,
    );
  }));

const NESTING = `
import sys
class R(object):
    def __init__(self, n): self.n = n
    def __repr__(self): return repr(R(self.n - 1)) if self.n else 'x'
    def __eq__(self, other): return self.n == 0 or R(self.n - 1) in [other]
class G(object):
    def __getattr__(self, name):
        return 1 if name == 'a0' else getattr(self, 'a%d' % (int(name[1:]) - 1))
def key(n): return sorted([n - 1], key=key)[0] if n > 0 else 0
sys.setrecursionlimit(5000)
def deep(name, f):
    try: f(500); ok = True
    except RuntimeError: ok = False
    try: f(100000); too = False
    except RuntimeError, e: too = str(e).startswith('maximum recursion depth exceeded')
    print name, ok and too
deep('repr', lambda n: repr(R(n)))
deep('sorted', key)
deep('eq', lambda n: R(n) == R(0))
deep('getattr', lambda n: getattr(G(), 'a%d' % n))
print 'still here'
`;
