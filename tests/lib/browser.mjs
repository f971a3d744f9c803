// SPDX-License-Identifier: MIT
// Headless Chromium as the page tests use it, and programs run in it as any page would run them: over
// web/index.js of this checkout, in a page that is cross-origin isolated unless told otherwise.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import puppeteer from 'puppeteer-core';
import { servePlayground } from '../../playground/serve.mjs';
import { root } from '../../ci/util.mjs';

const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The browser's path, or undefined where there is none. */
export function browserPath() {
  return process.env.KRAIT_CHROMIUM ?? BROWSERS.find((name) => fs.existsSync(name));
}

/** Starts the browser: {newPage(), close(), kill(), profile}. A profile that it is not given close() removes. */
export async function launchBrowser({ profile: given, ...options } = {}) {
  const executablePath = browserPath();
  assert.ok(executablePath, `no browser: install chromium, or name one in KRAIT_CHROMIUM`);
  const profile = given ?? fs.mkdtempSync(path.join(os.tmpdir(), 'krait-browser-'));
  const browser = await puppeteer.launch({
    executablePath,
    args: FLAGS,
    userDataDir: profile,
    protocolTimeout: 3600000,
    ...options,
  });
  return {
    profile,
    newPage: () => browser.newPage(),
    async close() {
      await browser.close();
      if (!given) removeProfile(profile);
    },
    /** Ends it as a crash does; the profile stays. */
    async kill() {
      const gone = new Promise((resolve) => browser.process().once('exit', resolve));
      browser.process().kill('SIGKILL');
      await gone;
    },
  };
}

export function removeProfile(profile) {
  fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

/**
 * Serves this checkout and starts a browser: {page(), run(program, options), close(), kill()}. The first two take
 * a page of their own each time.
 */
export async function openBench({ isolated = true, profile, port } = {}) {
  const server = await servePlayground({ root, isolated, port });
  let browser;
  try {
    browser = await launchBrowser({ profile });
  } catch (error) {
    await server.close();
    throw error;
  }
  const open = async () => {
    const page = await browser.newPage();
    page.errors = [];
    page.on('pageerror', (error) => page.errors.push(String(error)));
    await page.goto(new URL('tests/lib/page.html', server.url).href);
    return page;
  };
  return {
    url: server.url,
    profile: browser.profile,
    page: open,
    async run(program, { timeout = 60000, ...options } = {}) {
      const page = await open();
      try {
        return await runIn(page, program, { timeout, ...options });
      } finally {
        await page.close();
      }
    },
    async close() {
      await browser.close();
      await server.close();
    },
    async kill() {
      await browser.kill();
      await server.close();
    },
  };
}

/**
 * Runs a program in a page with a Krait of its own, given both their options: {status, signal, stdout, stderr,
 * timedOut}, as `execute` in targets.mjs answers. `testPack` lays the library's tests over it.
 */
async function runIn(page, program, { timeout, testPack = false, ...load }) {
  const run = await page.evaluate(
    async (program, load, timeout, testPack) => {
      const { loadKrait } = await import('/web/index.js');
      const said = { stdout: [], stderr: [] };
      const names = ['stdlib.pack', ...(testPack ? ['stdlib-test.pack'] : [])];
      const krait = await loadKrait({
        packURL: names.map((name) => `/build/emscripten/${name}`),
        stdout: (text) => said.stdout.push(text),
        stderr: (text) => said.stderr.push(text),
        ...load,
      });
      let timer;
      const late = new Promise((resolve) => {
        timer = setTimeout(resolve, timeout, { status: null, timedOut: true });
      });
      const ended = krait.run(program).catch((error) => ({ status: -1, failure: String(error) }));
      const outcome = await Promise.race([ended, late]);
      clearTimeout(timer);
      const usage = outcome.timedOut ? null : krait[Symbol.for('krait.usage')]();
      krait.dispose();
      return {
        ...outcome,
        usage,
        stdout: said.stdout.join(''),
        stderr: said.stderr.join('') + (outcome.failure ?? ''),
      };
    },
    program,
    load,
    timeout,
    testPack,
  );
  return {
    timedOut: false,
    ...run,
    stdout: Buffer.from(run.stdout),
    stderr: Buffer.from(run.stderr + page.errors.map((error) => `\n${error}`).join('')),
  };
}
