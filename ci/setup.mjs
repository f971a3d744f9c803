// SPDX-License-Identifier: MIT
// Fetches what a build needs and a clone does not hold, into a private cache, and links it into
// build/:
//   build/toolchain/emscripten   emcc (3.1.60 or later; the one on PATH when it is new enough)
//   build/toolchain/wasi         sysroot/ and resource/ for clang --target=wasm32-wasip1
//   build/stdlib                 Lib/ and Grammar/ of CPython 2.7.18, as published, unchanged
//   build/deps/zlib, expat, bzip2  sources of these libraries, compiled into the VM
// and makes sure of the compilers and, where it can, of ccache, which keeps objects in the cache too.
// Everything goes through the machine's own package source (apt).
// Invariant: a folder of the cache is complete or absent; it is filled under another name and
// renamed last, so an interrupted run can simply be started again.
//
//   node ci/setup.mjs [--native] [--browser]
// --native: only what the native build needs; --browser: a headless Chromium for the page tests.
//
// Environment: KRAIT_CACHE (default ~/.cache/krait), KRAIT_PYTHON_TARBALL, KRAIT_ZLIB_TARBALL,
// KRAIT_EXPAT_TARBALL, KRAIT_BZIP2_TARBALL (files to use instead of downloading), KRAIT_WASI_SYSROOT and
// KRAIT_WASI_BUILTINS.
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SetupError, cache, capture, main, root, run, say, sha256, walk, which } from './util.mjs';

const build = join(root, 'build');

// Raise a folder's last number when its recipe below changes.
const EMSCRIPTEN = 'emscripten-3.1.69-llvm19-1';
const WASI = 'wasi-libc-20241209-llvm19-1';
const PYTHON = 'python-2.7.18-1';
const LIBRARIES = [
  {
    name: 'zlib',
    version: '1.2.13',
    digest: '71feb7947e3c00ef125f83b79a4e529bde31171e5babe48b391f06758d1ab0a1',
  },
  {
    name: 'expat',
    version: '2.5.0',
    digest: 'ab00ee05c7067fd10a35c5d2a4922ebba746ddd50ff83b79c828da17bbdf1757',
    leaveOut: ['*/testdata', '*/expat/tests'],
  },
  {
    name: 'bzip2',
    version: '1.0.8',
    digest: 'ab5a03176ee106d3f0fa90e381da478ddae405918153cca248e682cd0c4a2269',
  },
];
const EMCC_AT_LEAST = [3, 1, 60];
const TOOL_SUITE = 'trixie';
const PYTHON_TARBALL_SHA256 = 'da3080e3b488f648a3d7a4560ddee895284c3380b11d6de75edb986526b9a814';
const PYTHON_TREE_SHA256 = '43adc05110335cd3c9d77bb039329b2caa903cbad8d9842e45afac5532a9c6b4';

// -- Packages of the machine -------------------------------------------------------------------
let listsFresh = false;

async function installPackages(packages, purpose) {
  const list = packages.join(' ');
  if (!which('apt-get'))
    throw new SetupError(
      `${purpose} needs tools that are missing here. On Debian 12 they are the packages ${list}; ` +
        'install their like and run this again.',
    );
  if (process.getuid() !== 0)
    throw new SetupError(`${purpose} needs packages. As root: apt-get install ${list}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  if (!listsFresh) {
    say('reading the package lists');
    await run('apt-get', ['-q', '-q', 'update'], { env });
    listsFresh = true;
  }
  say(`installing ${list}`);
  const args = ['-q', '-q', '-y', '--no-install-recommends', 'install', ...packages];
  await run('apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'] }).catch((error) => {
    throw new SetupError(`could not install ${list}: ${error.message}. Is there a network?`);
  });
}

async function needTools(table, purpose) {
  const missing = table.filter(([names]) => !which(...names)).map(([, name]) => name);
  if (missing.length) await installPackages([...new Set(missing)], purpose);
}

// -- A private apt: another suite and source packages, nothing installed ---------------------------
class PrivateApt {
  constructor() {
    if (!which('apt-get') || !which('dpkg-deb'))
      throw new SetupError(
        'this machine has no apt. Put an emcc of 3.1.60 or later on PATH, and set ' +
          'KRAIT_PYTHON_TARBALL (Python-2.7.18 source), KRAIT_ZLIB_TARBALL (zlib 1.2.13 source), ' +
          'KRAIT_EXPAT_TARBALL (expat 2.5.0 source), KRAIT_BZIP2_TARBALL (bzip2 1.0.8 source), ' +
          'KRAIT_WASI_SYSROOT and KRAIT_WASI_BUILTINS to files you have.',
      );
    const sites = capture('apt-get', ['indextargets', '--format', '$(SITE) $(RELEASE)'])
      .split('\n')
      .filter((line) => line && !/security|updates|backports|nodistro/.test(line));
    const site = sites.find((line) => /bookworm|bullseye|trixie|stable/.test(line)) ?? sites[0];
    if (!site) throw new SetupError('apt has no package source: see /etc/apt/sources.list');
    this.site = site.split(' ')[0];
    this.keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
    if (!existsSync(this.keyring))
      throw new SetupError('package debian-archive-keyring is missing: install it');
    this.folder = join(cache, 'apt');
    this.updated = false;
  }

  get options() {
    const at = (name) => join(this.folder, name);
    return [
      ['Dir::Etc::sourcelist', at('sources.list')],
      ['Dir::Etc::sourceparts', '-'],
      ['Dir::State', at('state')],
      ['Dir::State::status', at('status')],
      ['Dir::Cache', at('cache')],
      ['APT::Sandbox::User', ''],
      ['Acquire::Languages', 'none'],
    ].flatMap(([key, value]) => ['-o', `${key}=${value}`]);
  }

  update() {
    if (this.updated) return;
    say('reading the package lists of other suites (privately)');
    mkdirSync(join(this.folder, 'state/lists/partial'), { recursive: true });
    mkdirSync(join(this.folder, 'cache/archives/partial'), { recursive: true });
    writeFileSync(join(this.folder, 'status'), '');
    const line = (kind, suite) =>
      `${kind} [signed-by=${this.keyring}] ${this.site} ${suite} main\n`;
    writeFileSync(
      join(this.folder, 'sources.list'),
      line('deb', TOOL_SUITE) + line('deb-src', 'bookworm') + line('deb-src', 'bullseye'),
    );
    this.try(['update']);
    this.updated = true;
  }

  try(args, cwd = this.folder) {
    try {
      return capture('apt-get', ['-q', ...this.options, ...args], { cwd });
    } catch (error) {
      throw new SetupError(
        `${error.message}\nkrait: no network, or the package left its suite? The header of ` +
          'ci/setup.mjs lists the variables with which files of your own are used.',
      );
    }
  }

  /** Downloads packages (checked by apt against the signed lists) and unpacks them. */
  unpack(names, folder, exclude = []) {
    this.update();
    const temporary = mkdtempSync(join(cache, 'tmp-'));
    this.try(['download', ...names], temporary);
    for (const file of readdirSync(temporary).filter((name) => name.endsWith('.deb'))) {
      const tar = `dpkg-deb --fsys-tarfile "$1" | tar -x -C "$2" ${exclude.map((e) => `--exclude='${e}'`).join(' ')}`;
      capture('sh', ['-c', tar, 'sh', join(temporary, file), folder]);
    }
    rmSync(temporary, { recursive: true });
  }

  /** Downloads a source package's files and returns the path of the one that matches. */
  source(name, pattern, folder) {
    this.update();
    this.try(['source', '--download-only', name], folder);
    const file = readdirSync(folder).find((entry) => pattern.test(entry));
    if (!file) throw new SetupError(`source package ${name} has no file like ${pattern}`);
    return join(folder, file);
  }
}

let apt = null;
const privateApt = () => (apt ??= new PrivateApt());

// -- The cache -----------------------------------------------------------------------------------
/** The path of cache folder `name`, filled by `fill(temporaryFolder)` when it is not there yet. */
async function cached(name, fill) {
  const folder = join(cache, name);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const temporary = mkdtempSync(join(cache, 'tmp-'));
  try {
    await fill(temporary);
    try {
      renameSync(temporary, folder);
    } catch (error) {
      if (!existsSync(folder)) throw error; // else: another run was quicker
    }
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  return folder;
}

function link(target, path) {
  mkdirSync(dirname(path), { recursive: true });
  let now = null;
  try {
    now = lstatSync(path);
  } catch {
    // Not there yet.
  }
  if (now?.isSymbolicLink()) {
    if (readlinkSync(path) === target) return;
    rmSync(path);
  } else if (now) {
    rmSync(path, { recursive: true });
  }
  symlinkSync(target, path);
}

async function tarball(variable, name, pattern, digest, folder) {
  const given = process.env[variable];
  const path = given ? resolve(given) : privateApt().source(name, pattern, folder);
  if (!existsSync(path)) throw new SetupError(`${variable}: there is no ${path}`);
  const found = await sha256(path);
  if (found !== digest && !given)
    throw new SetupError(`${path}: SHA-256 is ${found}, should be ${digest}`);
  return path;
}

// -- The parts -----------------------------------------------------------------------------------
/** One digest over a tree: of the sorted lines "sha256  path". */
function treeDigest(folder) {
  const all = createHash('sha256');
  for (const path of walk(folder)) {
    const one = createHash('sha256').update(readFileSync(join(folder, path)));
    all.update(`${one.digest('hex')}  ${path}\n`);
  }
  return all.digest('hex');
}

async function setUpLibrary() {
  const folder = await cached(PYTHON, async (temporary) => {
    say('fetching the CPython 2.7.18 library');
    const download = mkdtempSync(join(cache, 'tmp-'));
    const file = await tarball(
      'KRAIT_PYTHON_TARBALL',
      'python2.7',
      /^python2\.7_2\.7\.18\.orig\.tar\./,
      PYTHON_TARBALL_SHA256,
      download,
    );
    capture('tar', [
      ...['-x', '-f', file, '-C', temporary, '--strip-components=1', '--wildcards'],
      ...['--no-same-owner', '*/Lib/*', '*/Grammar/*', '*/LICENSE'],
    ]);
    rmSync(download, { recursive: true });
    const found = treeDigest(temporary);
    if (found !== PYTHON_TREE_SHA256)
      throw new SetupError(`the library's tree has digest ${found}, not ${PYTHON_TREE_SHA256}`);
  });
  link(folder, join(build, 'stdlib'));
}

async function setUpDependency({ name, version, digest, leaveOut = [] }) {
  const folder = await cached(`${name}-${version}-1`, async (temporary) => {
    say(`fetching ${name}`);
    const download = mkdtempSync(join(cache, 'tmp-'));
    const file = await tarball(
      `KRAIT_${name.toUpperCase()}_TARBALL`,
      name,
      new RegExp(`^${name}_.*\\.orig\\.tar\\.`),
      digest,
      download,
    );
    capture('tar', [
      ...['-x', '-f', file, '-C', temporary, '--strip-components=1', '--no-same-owner'],
      ...leaveOut.map((pattern) => `--exclude=${pattern}`),
    ]);
    rmSync(download, { recursive: true });
  });
  link(folder, join(build, 'deps', name));
}

function emccOnPath() {
  const path = which('emcc');
  if (!path) return null;
  try {
    const version = /(\d+)\.(\d+)\.(\d+)/.exec(capture(path, ['--version']));
    const numbers = version.slice(1).map(Number);
    for (let i = 0; i < 3; i++) {
      if (numbers[i] !== EMCC_AT_LEAST[i]) {
        if (numbers[i] > EMCC_AT_LEAST[i]) return path;
        say(`emcc on PATH is ${version[0]}, too old: setting up another, privately`);
        return null;
      }
    }
    return path;
  } catch {
    return null;
  }
}

const LLVM = [
  [['clang-19'], 'clang-19'],
  [['wasm-ld-19'], 'lld-19'],
  [['llvm-ar-19'], 'llvm-19'],
];

function findLoader(folder) {
  const candidates = walk(folder, (path, entry) => entry.isDirectory() || /ld-linux/.test(path));
  const loader = candidates.find((path) => /\/ld-linux[^/]*\.so\.\d$/.test(path));
  if (!loader) throw new SetupError('the C library for binaryen has no loader');
  return loader;
}

async function setUpEmscripten() {
  if (emccOnPath()) return;
  await needTools([...LLVM, [['python3'], 'python3']], 'Emscripten');
  const folder = await cached(EMSCRIPTEN, async (temporary) => {
    say('fetching Emscripten and Binaryen (240 MB)');
    privateApt().unpack(['emscripten'], temporary, [
      './usr/share/doc',
      './usr/share/emscripten/docs',
      './usr/share/emscripten/test',
    ]);
    const own = join(temporary, 'binaryen-libs');
    mkdirSync(own);
    privateApt().unpack(['binaryen', 'libc6', 'libstdc++6', 'libgcc-s1'], own, ['./usr/share']);
    // Binaryen is built for a newer C library than this machine's: start it through its own loader.
    const loader = findLoader(own);
    const libraries = [
      ...new Set(walk(own, (path, entry) => entry.isDirectory() || /\.so/.test(path)).map(dirname)),
    ].filter((path) => !/gconv|audit/.test(path));
    mkdirSync(join(temporary, 'binaryen/bin'), { recursive: true });
    for (const tool of readdirSync(join(own, 'usr/bin')).filter((name) => /^wasm/.test(name))) {
      const script = join(temporary, 'binaryen/bin', tool);
      const search = libraries.map((path) => `$here/binaryen-libs/${path}`).join(':');
      writeFileSync(
        script,
        `#!/bin/sh\nhere=$(cd "$(dirname "$0")/../.." && pwd)\n` +
          `exec "$here/binaryen-libs/${loader}" --library-path "${search}" ` +
          `"$here/binaryen-libs/usr/bin/${tool}" "$@"\n`,
      );
      chmodSync(script, 0o755);
    }
    const emscripten = join(temporary, 'usr/share/emscripten');
    writeFileSync(
      join(emscripten, '.emscripten'),
      [
        'import os',
        '_here = os.path.dirname(os.path.realpath(os.path.abspath(__file__))) if "__file__" in globals() else os.path.dirname(os.path.realpath(os.getenv("EM_CONFIG", "")))',
        "LLVM_ROOT = '/usr/bin'",
        `BINARYEN_ROOT = '${join(cache, EMSCRIPTEN, 'binaryen')}'`,
        `NODE_JS = '${process.execPath}'`,
        'FROZEN_CACHE = True',
        "LLVM_ADD_VERSION = '19'",
        "CLANG_ADD_VERSION = '19'",
        '',
      ]
        .filter((line) => !line.startsWith('_here') && line !== 'import os')
        .join('\n'),
    );
    const acorn = join(root, 'node_modules/acorn');
    if (!existsSync(acorn))
      throw new SetupError('node_modules/acorn is missing: run `npm ci` first');
    cpSync(acorn, join(emscripten, 'node_modules/acorn'), { recursive: true });
  });
  link(join(folder, 'usr/share/emscripten'), join(build, 'toolchain/emscripten'));
}

async function setUpWasi() {
  await needTools(LLVM, 'The WASI build');
  const sysroot = process.env.KRAIT_WASI_SYSROOT;
  if (sysroot) {
    link(resolve(sysroot), join(build, 'toolchain/wasi/sysroot'));
    return;
  }
  const find = () =>
    (process.env.KRAIT_WASI_BUILTINS ? [resolve(process.env.KRAIT_WASI_BUILTINS)] : [])
      .concat('/usr/lib/llvm-19/lib/clang/19/lib/wasi/libclang_rt.builtins-wasm32.a')
      .find((path) => existsSync(path));
  if (!find()) await installPackages(['libclang-rt-19-dev-wasm32'], 'The WASI build');
  const folder = await cached(WASI, async (temporary) => {
    say('fetching wasi-libc');
    const raw = join(temporary, 'raw');
    mkdirSync(raw);
    privateApt().unpack(['wasi-libc'], raw, ['./usr/share']);
    for (const kind of ['lib', 'include']) {
      cpSync(
        realpathSync(join(raw, 'usr', kind, 'wasm32-wasip1')),
        join(temporary, 'sysroot', kind, 'wasm32-wasip1'),
        {
          recursive: true,
        },
      );
    }
    rmSync(raw, { recursive: true });
    const resource = capture('clang-19', ['-print-resource-dir']).trim();
    mkdirSync(join(temporary, 'resource/lib/wasm32-unknown-wasip1'), { recursive: true });
    cpSync(join(resource, 'include'), join(temporary, 'resource/include'), {
      recursive: true,
      dereference: true,
    });
    copyFileSync(
      find(),
      join(temporary, 'resource/lib/wasm32-unknown-wasip1/libclang_rt.builtins.a'),
    );
  });
  link(folder, join(build, 'toolchain/wasi'));
}

/** Tools that a build is quicker with. */
async function wantTools() {
  if (which('ccache') || !which('apt-get') || process.getuid() !== 0) return;
  await installPackages(['ccache'], 'A quicker build').catch((error) => say(error.message));
}

export async function setUp({ native = false, browser = false, format = false } = {}) {
  await needTools(
    [
      [['cmake'], 'cmake'],
      [['ninja'], 'ninja-build'],
      [['cc', 'gcc', 'clang'], 'gcc'],
      [['tar'], 'tar'],
      [['bzip2'], 'bzip2'],
    ],
    'The build',
  );
  if (!existsSync('/usr/include/stdio.h') && which('apt-get'))
    await installPackages(['libc6-dev'], 'The native build');
  await wantTools();
  if (format)
    await needTools([[['clang-format', 'clang-format-14'], 'clang-format']], 'The format check');
  await setUpLibrary();
  for (const library of LIBRARIES) await setUpDependency(library);
  if (!native) {
    await setUpEmscripten();
    await setUpWasi();
  }
  if (browser && !process.env.KRAIT_CHROMIUM && !which('chromium', 'chromium-browser'))
    await installPackages(['chromium'], 'The page test');
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await main(async () => {
    await setUp({
      native: process.argv.includes('--native'),
      browser: process.argv.includes('--browser'),
    });
    say('the toolchain and the library are in place');
  });
}
