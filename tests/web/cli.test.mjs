// SPDX-License-Identifier: MIT
// The command line under Node: files, streams, signals, exit status.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'node:test';

const CLI = fileURLToPath(new URL('../../web/cli.mjs', import.meta.url));

/** Runs the command. `work(child, output)` may drive it; answers {status, signal, stdout, stderr}. */
function krait(args, { input = '', env = {}, cwd, work, stdio = 'pipe' } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, ...args], {
      env: { ...process.env, ...env },
      cwd,
      stdio,
    });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'])
      child[name]?.on('data', (data) => (output[name] += data));
    child.stdin?.on('error', () => {});
    if (input !== null) child.stdin?.end(input);
    const timer = setTimeout(() => child.kill('SIGKILL'), 60000);
    child.on('error', reject);
    child.on('close', (status, signal) => {
      clearTimeout(timer);
      resolve({ status, signal, ...output });
    });
    work?.(child, output);
  });
}

async function until(condition) {
  const end = Date.now() + 30000;
  while (!condition()) {
    assert.ok(Date.now() < end, 'waited too long');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function inFolder(work) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'krait-'));
  return Promise.resolve(work(folder)).finally(() =>
    fs.rmSync(folder, { recursive: true, force: true }),
  );
}

test('a command, its arguments and its status', async () => {
  const run = await krait(['-c', 'import sys; print sys.argv[1:]; sys.exit(7)', 'a', '\u00e9']);
  assert.deepEqual([run.status, run.stdout], [7, "['a', '\\xc3\\xa9']\n"]);
  assert.equal((await krait(['-c', 'import sys; sys.exit("why")'])).stderr, 'why\n');
});

test('a missing script, a folder, an unknown option', async () => {
  const missing = await krait(['/no/such.py']);
  assert.equal(missing.status, 2);
  assert.match(
    missing.stderr,
    /can't open file '\/no\/such.py': \[Errno 2\] No such file or directory\n$/,
  );
  await inFolder(async (folder) => {
    const run = await krait([folder]);
    assert.equal(run.status, 1);
    assert.match(run.stderr, /can't find '__main__' module in/);
  });
  const option = await krait(['-Z']);
  assert.equal(option.status, 2);
  assert.match(option.stderr, /^Unknown option: -Z\n/);
});

test('a script sees the host as CPython would', () =>
  inFolder(async (folder) => {
    fs.writeFileSync(path.join(folder, 'in.txt'), 'one\n');
    fs.writeFileSync(
      path.join(folder, 'main.py'),
      `import os, sys
f = open('in.txt', 'a'); f.write('two\\n'); f.close()
os.mkdir('made'); os.rename('in.txt', 'made/out.txt')
print sorted(os.listdir('.')), os.getcwd() == sys.argv[1], os.path.getsize('made/out.txt')
print __file__, os.getpid() == int(os.readlink('/proc/self'))
os.chmod('made/out.txt', 0600); print oct(os.stat('made/out.txt').st_mode)
`,
    );
    const run = await krait(['main.py', fs.realpathSync(folder)], { cwd: folder });
    assert.equal(run.stderr, '');
    assert.equal(run.stdout, "['made', 'main.py'] True 8\nmain.py True\n0100600\n");
    assert.equal(fs.readFileSync(path.join(folder, 'made/out.txt'), 'utf8'), 'one\ntwo\n');
  }));

test('a program from standard input, and its input', async () => {
  assert.equal((await krait([], { input: 'print 6 * 7\n' })).stdout, '42\n');
  assert.equal((await krait(['-'], { input: 'print __name__' })).stdout, '__main__\n');
  const echo = await krait(
    ['-c', 'print raw_input() + raw_input(); import sys; print repr(sys.stdin.read())'],
    {
      input: 'a\nb\nrest',
    },
  );
  assert.equal(echo.stdout, "ab\n'rest'\n");
});

test('standard input that comes late, in pieces', async () => {
  const run = await krait(['-u', '-c', 'print "ready"\nwhile 1: print repr(raw_input())'], {
    input: null,
    async work(child, output) {
      await until(() => output.stdout.includes('ready'));
      child.stdin.write('fi');
      await new Promise((resolve) => setTimeout(resolve, 100));
      child.stdin.write('rst\nsecond\n');
      await until(() => output.stdout.includes('second'));
      child.stdin.end();
    },
  });
  assert.equal(run.stdout, "ready\n'first'\n'second'\n");
  assert.match(run.stderr, /EOFError: EOF when reading a line\n$/);
  assert.equal(run.status, 1);
});

for (const [name, statement] of [
  ['a loop', 'while 1: pass'],
  ['a sleep', 'time.sleep(100)'],
  ['a read', 'raw_input()'],
]) {
  test(`Ctrl-C in ${name}`, async () => {
    const code = `import time
print "go"
try:
    ${statement}
except KeyboardInterrupt:
    print "caught"`;
    const caught = await krait(['-u', '-c', code], {
      input: null,
      async work(child, output) {
        await until(() => output.stdout.includes('go'));
        await new Promise((resolve) => setTimeout(resolve, 200));
        child.kill('SIGINT');
      },
    });
    assert.deepEqual([caught.stdout, caught.status], ['go\ncaught\n', 0], caught.stderr);
  });
}

test('an uncaught Ctrl-C', async () => {
  const run = await krait(['-u', '-c', 'print "go"\nwhile 1: pass'], {
    async work(child, output) {
      await until(() => output.stdout.includes('go'));
      child.kill('SIGINT');
    },
  });
  assert.equal(run.status, 1);
  assert.match(run.stderr, /\nKeyboardInterrupt\n$/);
});

test('SIGTERM ends the process, or is caught', async () => {
  const wait = async (child, output) => {
    await until(() => output.stdout.includes('go'));
    await new Promise((resolve) => setTimeout(resolve, 100));
    child.kill('SIGTERM');
  };
  assert.equal(
    (await krait(['-u', '-c', 'print "go"\nwhile 1: pass'], { work: wait })).signal,
    'SIGTERM',
  );
  const code =
    'import signal, sys, time\ndef h(n, f): print n; sys.exit(5)\nsignal.signal(15, h)\nprint "go"\ntime.sleep(50)';
  const caught = await krait(['-u', '-c', code], { work: wait });
  assert.deepEqual([caught.stdout, caught.status], ['go\n15\n', 5]);
  const self = await krait(['-c', 'import os; os.kill(os.getpid(), 9)']);
  assert.equal(self.signal, 'SIGKILL');
  assert.equal((await krait(['-c', 'import os; os.abort()'])).signal, 'SIGABRT');
});

test('a closed stdout', async () => {
  const program = 'for i in xrange(100000): print "x" * 50';
  const command = `'${process.execPath}' '${CLI}' -c '${program}'; echo "status $?" >&2`;
  const child = spawn('sh', ['-c', `{ ${command}; } | head -n 1`]);
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) child[name].on('data', (data) => (output[name] += data));
  await new Promise((resolve) => child.on('close', resolve));
  assert.equal(output.stdout, 'x'.repeat(50) + '\n');
  assert.match(output.stderr, /IOError: \[Errno 32\] Broken pipe\nstatus 1\n$/);
});

test('environment variables', async () => {
  const run = await krait(['-c', 'import os, sys; print os.environ["SPAM"], sys.path[1]'], {
    env: { SPAM: 'eggs', PYTHONPATH: '/somewhere' },
  });
  assert.equal(run.stdout, 'eggs /somewhere\n');
  assert.equal(
    (
      await krait(['-E', '-c', 'import sys; print "/somewhere" in sys.path'], {
        env: { PYTHONPATH: '/somewhere' },
      })
    ).stdout,
    'False\n',
  );
});

test(
  'the shell',
  { skip: process.platform === 'win32' && 'Windows has another shell' },
  async () => {
    const run = await krait([
      '-c',
      'import os, sys\nprint "a"; sys.stdout.flush()\nprint os.system("echo b; exit 3") >> 8',
    ]);
    assert.equal(run.stdout, 'a\nb\n3\n');
  },
);

test('-i with piped input prompts on stderr', async () => {
  const run = await krait(['-i'], { input: 'x = 2\nprint x + 1\n' });
  assert.equal(run.stdout, '3\n');
  assert.match(run.stderr, /Python 2\.7\.18[^]*>>> >>> >>> /);
});

test('-V, -h, -m', async () => {
  assert.match((await krait(['-V'])).stderr, /^Python 2\.7\.18/);
  const help = await krait(['-h']);
  assert.equal(help.status, 0);
  assert.match(help.stdout, /^usage: /);
  const module = await krait(['-m', 'json.tool'], { input: '{"a": [1]}' });
  assert.equal(module.stdout, '{\n    "a": [\n        1\n    ]\n}\n');
});

test(
  'an interactive session on a terminal',
  { skip: !fs.existsSync('/usr/bin/script') && 'no script(1), which makes the terminal' },
  async () => {
    // exec: some shells, waiting for the command, take its Ctrl-C for their own and end by it.
    const command = `exec ${process.execPath} ${CLI}`;
    const child = spawn('script', ['-qefc', command, '/dev/null'], {
      env: { ...process.env, TERM: 'dumb' },
    });
    let output = '';
    child.stdout.on('data', (data) => (output += data));
    const ended = new Promise((resolve) => child.on('close', resolve));
    const prompts = () => output.split('>>> ').length - 1;
    const type = async (line, count) => {
      await until(() => prompts() >= count);
      child.stdin.write(line);
    };
    await type('x = 20\r', 1);
    await type('x + 2\r', 2);
    await until(() => output.includes('22\r\n'));
    await type('while 1: pass\r', 3);
    await until(() => output.includes('... '));
    child.stdin.write('\r');
    await new Promise((resolve) => setTimeout(resolve, 500));
    child.stdin.write('\x03');
    await until(() => output.includes('KeyboardInterrupt'));
    await type('half a line\x03', 4);
    await type('exit(4)\r', 5);
    assert.equal(await ended, 4);
  },
);
