// SPDX-License-Identifier: MIT
// The home folder in headless Chromium (option `persist`): what a program was told is written is there again,
// whatever ends the page; and what cannot be kept is told.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBench, removeProfile } from '../lib/browser.mjs';

let bench;
before(async () => {
  bench = await openBench();
});
after(() => bench?.close());

/** A page with a Krait whose home is called `name`. */
async function home(name, on = bench) {
  const page = await on.page();
  page.state = await page.evaluate(async (persist) => {
    const { loadKrait } = await import('/web/index.js');
    globalThis.said = '';
    const print = (text) => {
      globalThis.said += text;
    };
    globalThis.krait = await loadKrait({
      packURL: '/build/emscripten/stdlib.pack',
      stdout: print,
      stderr: print,
      persist,
    });
    const { persistent, persistenceProblem } = globalThis.krait;
    return { persistent, persistenceProblem };
  }, name);
  page.run = (code) =>
    page.evaluate(async (text) => {
      globalThis.said = '';
      await globalThis.krait.run(text);
      return globalThis.said;
    }, code);
  return page;
}

const WRITER = `import os
n = 0
f = open('lines', 'a', 0)
while 1:
    f.write('%d\\n' % n)
    whole = open('whole.new', 'w')
    whole.write(('%d ' % n) * 20000)
    whole.close()
    os.rename('whole.new', 'whole')
    if n % 10 == 9: print n
    n += 1
`;

const READER = `lines = open('lines').read()
numbers = map(int, lines.split())
whole = set(map(int, open('whole').read().split()))
print lines[-1] == '\\n', numbers == range(len(numbers)), len(whole), len(numbers) - max(whole), len(numbers)
`;

/** Starts the writer; answers when it has said that it has written so much, with the last number it said. */
async function writeAWhile(page) {
  await page.evaluate((code) => {
    globalThis.krait.run(code);
  }, WRITER);
  await page.waitForFunction(() => globalThis.said.split('\n').length > 12, { timeout: 60000 });
  return page.evaluate(() => Number(globalThis.said.trim().split('\n').at(-1)));
}

async function checkWritten(page, told) {
  assert.deepEqual(page.state, { persistent: true, persistenceProblem: null });
  const answer = (await page.run(READER)).trim().split(' ');
  // Whole lines without a gap; one whole file, of the last line or, between the two, of the one before.
  assert.deepEqual(answer.slice(0, 3), ['True', 'True', '1'], answer.join(' '));
  assert.ok(answer[3] === '1' || answer[3] === '2', answer.join(' '));
  assert.ok(Number(answer[4]) > told, `${answer[4]} lines after line ${told} was told`);
}

test('a page that is closed in the middle of a write', async () => {
  const page = await home('closed');
  const told = await writeAWhile(page);
  await page.close();
  const next = await home('closed');
  await checkWritten(next, told);
  await next.close();
});

test('a page that is reloaded in the middle of a write, again and again', async () => {
  for (let i = 0; i < 3; i++) {
    const page = await home('reloaded');
    await page.run('import os\nfor n in os.listdir("."): os.unlink(n)');
    const told = await writeAWhile(page);
    await page.reload();
    await page.close();
    const next = await home('reloaded');
    await checkWritten(next, told);
    await next.close();
  }
});

test('a browser that is killed in the middle of a write', async () => {
  const doomed = await openBench();
  const page = await home('killed', doomed);
  const told = await writeAWhile(page);
  await doomed.kill();
  const again = await openBench({
    profile: doomed.profile,
    port: Number(new URL(doomed.url).port),
  });
  try {
    const next = await home('killed', again);
    await checkWritten(next, told);
  } finally {
    await again.close();
    removeProfile(doomed.profile);
  }
});

test('a page waits for the Worker of the one before it, but not for a page that lives', async () => {
  // A Worker that takes its time to end: its lock stays when its page answers no more.
  const slow = await bench.page();
  await slow.evaluate(
    () =>
      new Promise((locked) => {
        navigator.locks.request('krait:slow', () => {
          locked();
          return new Promise((release) => setTimeout(release, 5000));
        });
      }),
  );
  const first = await home('slow');
  assert.deepEqual(first.state, { persistent: true, persistenceProblem: null });
  await first.run('open("a", "w").write("kept")');
  const started = Date.now();
  const second = await home('slow');
  assert.match(second.state.persistenceProblem, /another page has these files/);
  assert.ok(Date.now() - started < 20000, 'it does not wait until the owner ends');
  assert.equal(await second.run('print open("a").read()'), 'kept\n');
  // A copy: what it changes is its own.
  await second.run('open("a", "w").write("changed")');
  await second.close();
  assert.equal(await first.run('print open("a").read()'), 'kept\n');
  // An owner that sleeps in a program lives too.
  await first.evaluate(() => {
    globalThis.krait.run('import time; time.sleep(60)');
  });
  const third = await home('slow');
  assert.match(third.state.persistenceProblem, /another page has these files/);
  for (const page of [slow, first, third]) await page.close();
});

test('a full storage is ENOSPC, and what was there stays', async () => {
  const page = await home('full');
  const origin = new URL(bench.url).origin;
  const devtools = await page.createCDPSession();
  await page.run('open("a", "w").write("kept")');
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 12 << 20 });
  try {
    const said = await page.run(`import os
fd = os.open('b', os.O_CREAT | os.O_WRONLY)
n = 0
try:
    while n < 100 << 20: n += os.write(fd, 'x' * 100000)
except OSError, e: print e
print os.path.getsize('b') == n, n > 0
try: os.write(fd, 'y' * (3 << 20))
except OSError, e: print e
print os.path.getsize('b') - n < 3 << 20, open('a').read()
`);
    const full = '[Errno 28] No space left on device\n';
    assert.ok(said.startsWith(`${full}True True\n`) && said.endsWith('True kept\n'), said);
  } finally {
    await devtools.send('Storage.overrideQuotaForOrigin', { origin });
  }
  assert.equal(await page.run('open("a", "a").write(" on"); print open("a").read()'), 'kept on\n');
  const sum = 'import os, md5; print md5.md5(open("b").read()).hexdigest(), os.path.getsize("b")';
  const before = await page.run(sum);
  await page.close();
  const next = await home('full');
  assert.equal(await next.run('print open("a").read()'), 'kept on\n');
  assert.equal(await next.run(sum), before);
  await next.close();
});

test("a storage that is gone is EIO: the site's data were cleared", async () => {
  const page = await home('gone');
  await page.run('open("a", "w").write("text")');
  // While a program runs, and it sees the end of it soon.
  await page.evaluate((code) => {
    globalThis.said = '';
    globalThis.ended = globalThis.krait.run(code);
  }, 'import time\nprint "go"\ntry:\n  while 1: open("a", "a", 0).write("x"); time.sleep(0.01)\nexcept IOError, e: print e');
  await page.waitForFunction(() => globalThis.said.startsWith('go'), { timeout: 30000 });
  const devtools = await page.createCDPSession();
  await devtools.send('Storage.clearDataForOrigin', {
    origin: new URL(bench.url).origin,
    storageTypes: 'file_systems',
  });
  const wrong = 'try: open("a", "a", 0).write("x")\nexcept IOError, e: print e';
  await page.evaluate(() => {
    globalThis.krait.interrupt();
    return globalThis.ended;
  });
  assert.equal(await page.run(wrong), '[Errno 5] Input/output error\n');
  assert.match(await page.run('print open("a").read()'), /^textx*\n$/);
  assert.equal(
    await page.run('import os\ntry: os.mkdir("d")\nexcept OSError, e: print e'),
    "[Errno 5] Input/output error: 'd'\n",
  );
  await page.close();
});
