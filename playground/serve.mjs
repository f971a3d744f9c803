// SPDX-License-Identifier: MIT
// Serves a folder, build/playground unless told otherwise, on loopback with the two headers that make a page
// cross-origin isolated.
//   node playground/serve.mjs [--port N] [--plain]     (--plain: without the headers)
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const PLAYGROUND = fileURLToPath(new URL('../build/playground', import.meta.url));
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};
const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** The file below `root` that a request names, or null. */
async function requestedFile(root, url) {
  const { pathname } = new URL(url, 'http://localhost');
  let path;
  try {
    path = normalize(join(root, decodeURIComponent(pathname)));
  } catch {
    return null;
  }
  if (path !== root && !path.startsWith(root + sep)) return null;
  try {
    if ((await stat(path)).isDirectory()) path = join(path, 'index.html');
    return { path, stat: await stat(path) };
  } catch {
    return null;
  }
}

/** Starts the server. Answers {url, close}. */
export async function servePlayground({ port = 0, isolated = true, root = PLAYGROUND } = {}) {
  const server = createServer(async (request, response) => {
    const headers = { 'Cache-Control': 'no-cache', ...(isolated ? ISOLATION : {}) };
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { ...headers, Allow: 'GET, HEAD' }).end();
      return;
    }
    const file = await requestedFile(root, request.url);
    if (!file) {
      response.writeHead(404, { ...headers, 'Content-Type': 'text/plain' }).end('Not found\n');
      return;
    }
    const tag = `"${file.stat.size.toString(36)}-${file.stat.mtimeMs.toString(36)}"`;
    headers.ETag = tag;
    if (request.headers['if-none-match'] === tag) {
      response.writeHead(304, headers).end();
      return;
    }
    headers['Content-Type'] = TYPES[extname(file.path)] ?? 'application/octet-stream';
    headers['Content-Length'] = file.stat.size;
    response.writeHead(200, headers);
    if (request.method === 'HEAD') response.end();
    else createReadStream(file.path).pipe(response);
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const args = process.argv.slice(2);
  const at = args.indexOf('--port');
  const port = at === -1 ? 8027 : Number(args[at + 1]);
  const isolated = !args.includes('--plain');
  const serve = (tried) => servePlayground({ port: tried, isolated });
  const server = await serve(port).catch((error) => {
    // The usual port is taken: any free one will do, unless one was asked for.
    if (error.code !== 'EADDRINUSE' || at !== -1) throw error;
    return serve(0);
  });
  console.log(`Krait's playground: ${server.url}   (Ctrl-C ends)`);
}
