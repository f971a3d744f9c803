// SPDX-License-Identifier: MIT
// The playground in headless Chromium: the samples, input, stopping, nesting, the REPL, with and without
// cross-origin isolation. KRAIT_SCREENSHOTS=FOLDER keeps pictures of the page.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { servePlayground } from '../../playground/serve.mjs';
import { launchBrowser } from '../lib/browser.mjs';

const SAMPLES = fileURLToPath(new URL('../samples/', import.meta.url));
const READY_MS = 60000;

let server;
let browser;
let page;

async function openPage(url) {
  const opened = await browser.newPage();
  const errors = [];
  opened.on('pageerror', (error) => errors.push(String(error)));
  opened.errors = errors;
  await opened.goto(url);
  await opened.waitForFunction(() => !document.querySelector('#run').disabled, {
    timeout: READY_MS,
  });
  return opened;
}

before(async () => {
  server = await servePlayground();
  browser = await launchBrowser();
  page = await openPage(server.url);
});

after(async () => {
  await browser?.close();
  await server?.close();
});

const text = (on, selector = '#output') => on.$eval(selector, (element) => element.textContent);
const idle = (on) =>
  on.waitForFunction(() => document.body.dataset.running === 'false', { timeout: READY_MS });
const shows = (on, part, selector = '#output') =>
  on.waitForFunction(
    (where, what) => document.querySelector(where).textContent.includes(what),
    { timeout: READY_MS },
    selector,
    part,
  );

async function start(on, source) {
  await on.evaluate((code) => globalThis.playground.setSource(code), source);
  await on.click('#run');
}

async function run(on, source) {
  await start(on, source);
  await idle(on);
  return text(on);
}

for (const file of fs.readdirSync(SAMPLES).filter((name) => /^\d\d.*\.py$/.test(name))) {
  test(`sample ${file}`, async () => {
    const source = fs.readFileSync(path.join(SAMPLES, file), 'utf8');
    const expected = fs.readFileSync(path.join(SAMPLES, file.replace('.py', '.out')), 'utf8');
    assert.equal(await run(page, source), expected);
  });
}

test('errors are marked as such', async () => {
  await run(page, 'import sys\nprint "fine"\nprint >>sys.stderr, "bad"\n1/0');
  assert.equal(await text(page, '#output .stdout'), 'fine\n');
  assert.match(
    await page.$$eval('#output .stderr', (all) => all.map((e) => e.textContent).join('')),
    /^bad\nTraceback[^]*ZeroDivisionError/,
  );
  assert.match(await text(page, '#status'), /status 1/);
});

test('output appears while the program runs', async () => {
  await start(page, 'import time\nprint "early"\ntime.sleep(1.5)\nprint "late"');
  await shows(page, 'early');
  assert.doesNotMatch(await text(page), /late/);
  await idle(page);
  assert.equal(await text(page), 'early\nlate\n');
});

test('input is asked for in place', async () => {
  await start(page, 'name = raw_input("Name? ")\nprint "Hello, %s." % name');
  await page.waitForSelector('#output input', { timeout: READY_MS });
  assert.equal(await text(page), 'Name? ');
  await page.type('#output input', 'Ada');
  await page.keyboard.press('Enter');
  await idle(page);
  assert.equal(await text(page), 'Name? Ada\nHello, Ada.\n');
});

test('Stop ends a loop, a sleep and a wait for input', async () => {
  for (const body of ['while 1: pass', 'import time; time.sleep(1000)', 'raw_input()']) {
    await start(page, `print "go"\n${body}`);
    await shows(page, 'go');
    await page.click('#stop');
    await idle(page);
    assert.match(await text(page), /KeyboardInterrupt\n$/, body);
  }
});

test('a program that refuses to stop is ended, and the next one runs', async () => {
  await start(
    page,
    'print "go"\nwhile 1:\n  try:\n    while 1: pass\n  except KeyboardInterrupt: pass',
  );
  await shows(page, 'go');
  await page.click('#stop');
  await page.waitForFunction(() => document.querySelector('#stop').textContent.includes('End it'), {
    timeout: 20000,
  });
  await page.click('#stop');
  await idle(page);
  assert.match(await text(page), /VM was ended/);
  assert.equal(await run(page, 'print "again"'), 'again\n');
});

test('500 nested calls of C, and RuntimeError beyond', async () => {
  const source = `import sys
sys.setrecursionlimit(5000)
class R(object):
    def __init__(self, n): self.n = n
    def __repr__(self): return repr(R(self.n - 1)) if self.n else 'bottom'
    def __eq__(self, other): return self.n == 0 or R(self.n - 1) in [other]
class G(object):
    def __getattr__(self, name):
        return 1 if name == 'a0' else getattr(self, 'a%d' % (int(name[1:]) - 1))
def key(n): return sorted([n - 1], key=key)[0] if n > 0 else 0
for f in (lambda n: repr(R(n)), key, lambda n: R(n) == R(0), lambda n: getattr(G(), 'a%d' % n)):
    f(500)
    try: f(100000)
    except RuntimeError, e: print e
`;
  const lines = (await run(page, source)).trimEnd().split('\n');
  assert.equal(lines.length, 4, lines.join('\n'));
  for (const line of lines) assert.match(line, /^maximum recursion depth exceeded/);
});

test('processes: fork, pipes, a shared file, subprocess, kill, a thread, twenty children', async () => {
  const source = `import os, subprocess, sys, threading, time
r, w = os.pipe()
f = open('shared.txt', 'w+', 0)
pid = os.fork()
if not pid:
    f.write('child')
    os.write(w, 'by pipe')
    os._exit(3)
print os.waitpid(pid, 0)[1] >> 8, os.read(r, 100), f.tell()
print subprocess.check_output([sys.executable, '-c', 'import json; print json.dumps([1])']),
pid = os.fork()
if not pid:
    while 1: pass
os.kill(pid, 9)
print os.wait()[1]
def work():
    if not os.fork(): os._exit(4)
    print os.wait()[1] >> 8
t = threading.Thread(target=work)
t.start()
t.join()
pids = []
for i in range(20):
    pid = os.fork()
    if not pid: os._exit(i)
    pids.append(pid)
print [os.waitpid(p, 0)[1] >> 8 for p in pids] == range(20)
def deep(n): return sorted([n - 1], key=deep)[0] if n > 0 else 0
if not os.fork():
    sys.setrecursionlimit(5000)
    deep(500)
    print 'deep'
    sys.exit()
os.wait()
`;
  assert.equal(await run(page, source), '3 by pipe 5\n[1]\n9\n4\nTrue\ndeep\n');
});

test('processes: input goes to a child, Stop ends all of them', async () => {
  await start(
    page,
    'import os\nif not os.fork():\n  print raw_input("? ")\n  os._exit(0)\nos.wait()',
  );
  await page.waitForSelector('#output input', { timeout: READY_MS });
  await page.type('#output input', 'Ada');
  await page.keyboard.press('Enter');
  await idle(page);
  assert.equal(await text(page), '? Ada\nAda\n');
  await start(page, 'import os\nos.fork()\nprint "go"\nwhile 1: pass');
  await shows(page, 'go\ngo');
  await page.click('#stop');
  await idle(page);
  assert.equal((await text(page)).match(/KeyboardInterrupt/g).length, 2);
});

test('a great deal of output keeps the page alive', async () => {
  await start(page, 'while 1: print "spam and eggs " * 5');
  await shows(page, 'spam');
  await new Promise((resolve) => setTimeout(resolve, 1000));
  await page.click('#stop');
  await idle(page);
  assert.equal(await run(page, 'print "alive"'), 'alive\n');
});

test('Ctrl-Enter runs', async () => {
  await page.evaluate(() => globalThis.playground.setSource('print "by key"'));
  await page.focus('.cm-content');
  await page.keyboard.down('Control');
  await page.keyboard.press('Enter');
  await page.keyboard.up('Control');
  await shows(page, 'by key');
  await idle(page);
});

test('the REPL', async () => {
  await page.click('#tab-repl');
  const enter = async (line) => {
    await page.waitForSelector('#repl input', { timeout: READY_MS });
    await page.type('#repl input', line);
    await page.keyboard.press('Enter');
  };
  await shows(page, '>>> ', '#repl');
  await enter('x = 20');
  await enter('x + 2');
  await shows(page, '22\n', '#repl');
  await enter('for i in range(2):');
  await enter('    print "round", i');
  await enter('');
  await shows(page, 'round 1\n', '#repl');
  await enter('1/0');
  await shows(page, 'ZeroDivisionError', '#repl');
  await enter('exit()');
  await shows(page, 'session has ended', '#repl');
  await page.click('#tab-output');
});

test('the page works without isolation too', async () => {
  const plain = await servePlayground({ isolated: false });
  const other = await openPage(plain.url);
  try {
    assert.equal(await other.evaluate(() => globalThis.crossOriginIsolated), false);
    await start(other, 'name = raw_input("Name? ")\nprint "Hello, %s." % name');
    await other.waitForSelector('#output input', { timeout: READY_MS });
    await other.type('#output input', 'Ada');
    await other.keyboard.press('Enter');
    await idle(other);
    assert.equal(await text(other), 'Name? Ada\nHello, Ada.\n');
    assert.match(
      await run(other, 'import os\nos.fork()'),
      /Cross-Origin-Opener-Policy: same-origin.*Cross-Origin-Embedder-Policy: require-corp/,
    );
    for (const body of ['while 1: pass', 'import time; time.sleep(1000)', 'raw_input()']) {
      await start(other, `print "go"\n${body}`);
      await shows(other, 'go');
      await other.click('#stop');
      await idle(other);
      assert.match(await text(other), /KeyboardInterrupt\n$/, body);
    }
  } finally {
    await other.close();
    await plain.close();
  }
});

test('files in the home folder last: after a reload, and after one in the middle of a write', async () => {
  await run(
    page,
    `import os
if not os.path.isdir('kept/deep'): os.makedirs('kept/deep')
open('kept/a', 'wb').write('\\0\\xff' * 50000)
os.rename('kept/a', 'kept/deep/b')
os.symlink('deep/b', 'kept/link')
os.chmod('kept/deep/b', 0600)
open('gone', 'w')
os.unlink('gone')
if not os.fork():
    open('by-child', 'w').write('child')
    os._exit(0)
os.wait()
`,
  );
  const reload = async () => {
    await page.reload();
    await page.waitForFunction(() => !document.querySelector('#run').disabled, {
      timeout: READY_MS,
    });
  };
  await reload();
  const look = `import os
print repr(open('kept/link', 'rb').read()[-2:]), oct(os.stat('kept/deep/b').st_mode), os.path.exists('gone')
print open('by-child').read(), os.stat('kept/deep/b').st_size
`;
  const expected = "'\\x00\\xff' 0100600 False\nchild 100000\n";
  assert.equal(await run(page, look), expected);
  await start(page, 'print "go"\nwhile 1: open("busy", "w").write("x" * 100000)');
  await shows(page, 'go');
  await reload();
  assert.equal(await run(page, look), expected);
  assert.match(
    await run(page, 'print os.path.getsize("busy")'.replace('print', 'import os; print')),
    /^\d+\n$/,
  );
});

test('the log in a database, for browsers without private files', async () => {
  const lengths = await page.evaluate(async () => {
    const { DatabaseLog } = await import(
      new URL('krait/wasm-glue/workers/storage.js', document.baseURI).href
    );
    const log = await DatabaseLog.open('test');
    const sizes = [];
    const look = async () => {
      const other = await DatabaseLog.open('test');
      sizes.push([...(await other.load())].join());
    };
    log.rewrite([]);
    log.append(new Uint8Array([1, 2]));
    log.append(new Uint8Array([3]));
    await look();
    log.rewrite([new Uint8Array([4]), new Uint8Array([5])]);
    log.append(new Uint8Array([6]));
    await look();
    log.database.close();
    try {
      log.append(new Uint8Array([7]));
    } catch (error) {
      sizes.push(error.name);
    }
    return sizes;
  });
  assert.deepEqual(lengths, ['1,2,3', '4,5,6', 'InvalidStateError']);
});

test('a second page has a copy of the files and says so', async () => {
  const other = await openPage(server.url);
  try {
    await shows(other, 'another page has these files');
    assert.equal(await run(other, 'print open("by-child").read()'), 'child\n');
  } finally {
    await other.close();
  }
});

test('nothing overflows at any width, in light and dark', async () => {
  const folder = process.env.KRAIT_SCREENSHOTS;
  await run(page, 'print "Hello"\nimport sys\nprint >>sys.stderr, "to stderr"');
  for (const [name, width, height] of [
    ['desktop', 1280, 800],
    ['phone', 390, 844],
  ]) {
    await page.setViewport({ width, height });
    for (const scheme of ['light', 'dark']) {
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
      const extra = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(extra <= 0, `${name}: ${extra} pixels too wide`);
      if (folder) await page.screenshot({ path: path.join(folder, `${name}-${scheme}.png`) });
    }
  }
});

test('no script error was seen', () => assert.deepEqual(page.errors, []));
