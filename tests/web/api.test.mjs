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
