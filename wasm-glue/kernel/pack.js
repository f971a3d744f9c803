// SPDX-License-Identifier: MIT
// The packed standard library as a read-only folder of a MemoryTree. The format is told in ci/pack.mjs.
// Invariant: a file's bytes are fetched only when the file is first read.

const MAGIC = 'KRPK1\n';
const HEADER = 10;

/**
 * Grafts a pack into `tree` below `mountPoint`.
 * @param {MemoryTree} tree
 * @param {string} mountPoint
 * @param {(offset: number, length: number) => Uint8Array} fetch reads a part of the pack
 */
export function mountPack(tree, mountPoint, fetch) {
  const header = fetch(0, HEADER);
  if (
    header.length < HEADER ||
    String.fromCharCode(...header.subarray(0, MAGIC.length)) !== MAGIC
  ) {
    throw new Error('not a Krait pack: wrong magic number');
  }
  const indexLength = header[6] + header[7] * 0x100 + header[8] * 0x10000 + header[9] * 0x1000000;
  const index = JSON.parse(new TextDecoder().decode(fetch(HEADER, indexLength)));
  const bodies = HEADER + indexLength;
  let folderPath = null;
  let folder = null;
  for (const [path, offset, size, seconds] of index.entries) {
    const slash = path.lastIndexOf('/');
    const above = path.slice(0, Math.max(slash, 0));
    if (above !== folderPath) {
      folderPath = above;
      folder = tree.makeFolders(`${mountPoint}/${above}`);
    }
    tree.makeFile(folder, path.slice(slash + 1), () => fetch(bodies + offset, size), {
      size,
      mtime: BigInt(seconds) * 1000000000n,
    });
  }
  tree.protect(tree.makeFolders(mountPoint));
}
