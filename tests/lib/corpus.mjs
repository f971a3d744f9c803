// SPDX-License-Identifier: MIT
// The corpus: programs tests/**/NAME.py with what they must print beside them.
//   NAME.out     standard output, to the byte (recorded from the reference: ci/record.mjs)
//   NAME.err     standard error; without it, it is not looked at
//   NAME.status  exit status; without it, 0
//   NAME.args    command line after `krait`, a JSON array; without it ["NAME.py"]
//   NAME.in      standard input; without it, empty
//   NAME.env     more environment variables, a JSON object
//   NAME.d/      files copied beside the program
// Runs of NAME.err leave out where the interpreter and its library are installed (withoutPaths).
// A program runs in a fresh folder that holds only itself and NAME.d's files. Small failing programs stand
// many to a file: ./errors.mjs.
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { root, walk } from '../../ci/util.mjs';
import { contained, containedProgram } from './errors.mjs';
import { environment, execute } from './targets.mjs';

const folder = join(root, 'tests');
const NOT_CORPUS =
  /^(bench|bytecode|conformance|fuzz|lib|ledger|web|playground)(\/|$)|\.d(\/|$)|__pycache__/;

/** Names of all programs, relative to tests/, without `.py`. */
export function programs() {
  const own = walk(folder, (path) => !NOT_CORPUS.test(path))
    .filter((path) => path.endsWith('.py'))
    .map((path) => path.slice(0, -3));
  return [...own, ...contained()];
}

const part = (name, kind) => {
  const path = join(folder, `${name}.${kind}`);
  return existsSync(path) ? readFileSync(path) : null;
};

/** Runs one program with `command` in place of python2.7. */
export async function runProgram(name, command, { env = {}, timeout } = {}) {
  const home = mkdtempSync(join(tmpdir(), 'krait-test-'));
  try {
    const { args, input, env: own } = lay(name, home);
    const answer = await execute([...command, ...args], {
      cwd: home,
      env: environment(home, { ...env, ...own }),
      input,
      timeout,
    });
    for (const kind of ['stdout', 'stderr']) answer[kind] = withoutChance(answer[kind], home);
    return answer;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** Puts a program's files into its folder; answers how it is to be called. */
function lay(name, home) {
  const program = containedProgram(name);
  if (program) {
    for (const [path, bytes] of Object.entries(program.files)) {
      mkdirSync(dirname(join(home, path)), { recursive: true });
      writeFileSync(join(home, path), bytes, 'latin1');
    }
    return { args: program.args, input: Buffer.from(program.input, 'latin1'), env: {} };
  }
  const short = basename(name);
  copyFileSync(join(folder, `${name}.py`), join(home, `${short}.py`));
  const extra = join(folder, `${name}.d`);
  if (existsSync(extra)) cpSync(extra, home, { recursive: true });
  return {
    args: JSON.parse(part(name, 'args') ?? JSON.stringify([`${short}.py`])),
    input: part(name, 'in') ?? '',
    env: JSON.parse(part(name, 'env') ?? '{}'),
  };
}

export function expected(name) {
  const program = containedProgram(name);
  if (program) {
    const { stdout, stderr, status } = program;
    const recorded = stderr !== null;
    return {
      stdout: recorded ? Buffer.from(stdout, 'latin1') : null,
      stderr: recorded ? Buffer.from(stderr, 'latin1') : null,
      status,
    };
  }
  return {
    stdout: part(name, 'out'),
    stderr: part(name, 'err'),
    status: Number(part(name, 'status') ?? '0'),
  };
}

/** Output without what chance decides: addresses in representations, the run's own folder. */
function withoutChance(output, home) {
  const text = output
    .toString('latin1')
    .replaceAll(home, '/HOME')
    .replace(/( at | for )0x[0-9a-f]+/g, '$1ADDRESS');
  return Buffer.from(text, 'latin1');
}

/**
 * Standard error without what differs between installations: the interpreter's own name and the
 * library's folder. Recorded files hold this form.
 */
export function withoutPaths(stderr) {
  const text = stderr
    .toString('latin1')
    .replace(/^usage: \S+ \[option\]/gm, 'usage: PYTHON [option]')
    .replace(
      /^\S*: (?=can't open file|can't find '__main__'|No module named|No code object)/gm,
      'PYTHON: ',
    )
    .replace(/^\S*: (?='.*' is a (directory|package))/gm, 'PYTHON: ')
    .replace(/(^|")[^"\s]*\/lib\/python2\.7\//gm, '$1LIB/');
  return Buffer.from(text, 'latin1');
}

/** The first line in which two outputs differ, told for a person. */
function difference(what, wanted, got) {
  const [a, b] = [wanted.toString('latin1').split('\n'), got.toString('latin1').split('\n')];
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  const show = (lines) => (i < lines.length ? JSON.stringify(lines[i].slice(0, 200)) : 'the end');
  return `${what}, line ${i + 1}: expected ${show(a)}, got ${show(b)}`;
}

/** What is wrong with an answer of runProgram; null when nothing is. */
export function judge(name, answer) {
  const wanted = expected(name);
  if (!wanted.stdout) return 'its output is missing: record it with ci/record.mjs';
  if (answer.timedOut) return 'timed out';
  const said = answer.stderr
    .toString('latin1')
    .trim()
    .split('\n')
    .slice(-3)
    .join(' | ')
    .slice(-300);
  if (answer.signal) return `killed by ${answer.signal}: ${said}`;
  wanted.stdout = withoutChance(wanted.stdout, '/HOME');
  if (!wanted.stdout.equals(answer.stdout))
    return `${difference('output', wanted.stdout, answer.stdout)}${said && !wanted.stderr ? ` (${said})` : ''}`;
  const stderr = withoutPaths(answer.stderr);
  if (wanted.stderr && !wanted.stderr.equals(stderr))
    return difference('error output', wanted.stderr, stderr);
  if (answer.status !== wanted.status)
    return `exit status ${answer.status}, expected ${wanted.status}: ${said}`;
  return null;
}

/** The ledger of a target: program (or folder with a last '/') → reason. */
export function readLedger(target) {
  const path = join(folder, 'ledger', `${target}.tsv`);
  const ledger = new Map();
  if (!existsSync(path)) return ledger;
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (!line || line.startsWith('#')) continue;
    const [name, reason] = line.split('\t');
    ledger.set(name, reason);
  }
  return ledger;
}
