// SPDX-License-Identifier: MIT
// /proc/self/fd: the descriptors of the kernel's own process, as a tree. Invariant: it shows the table
// of open files as it is at the call; what the host's folder of that name shows are the descriptors of the
// host's process, which are not the program's.
import { O, S, fail } from './errno.js';

/** Where it is mounted. */
export const OWN_FILES = Object.freeze(['/proc/self/fd', '/dev/fd']);
const HOST_FOLDER = OWN_FILES[0];

const refuse = () => fail('EPERM');

export class OwnFiles {
  /** @param {import('./kernel.js').Kernel} kernel */
  constructor(kernel) {
    this.kernel = kernel;
  }

  /** [the open file that a path names, or null for the folder itself; the path beyond it] */
  find(path) {
    const [, name, beyond] = /^\/+([^/]*)(.*)$/.exec(path) ?? [null, '', ''];
    if (name === '' || name === '.') return [null, ''];
    const slot = /^(0|[1-9]\d*)$/.test(name) ? this.kernel.files.slots[Number(name)] : undefined;
    return [slot?.file ?? fail('ENOENT'), beyond];
  }

  /** The tree and the path there that following a descriptor's link leads to. */
  follow(path) {
    const [file, beyond] = this.find(path);
    if (file?.origin) return this.kernel.locate(file.origin + beyond);
    // A descriptor that the process was started with: it has the same number on the host.
    return [this.kernel.root, HOST_FOLDER + path];
  }

  list(path) {
    const [file] = this.find(path);
    if (file) {
      const [tree, inside] = this.follow(path);
      return tree.list(inside);
    }
    // Who looks at the folder has it open meanwhile, at the lowest free number.
    const { slots } = this.kernel.files;
    const open = slots.map((slot) => slot !== undefined);
    const free = open.indexOf(false);
    open[free < 0 ? open.length : free] = true;
    return open.flatMap((is, fd) => (is ? [String(fd)] : []));
  }

  stat(path, follow) {
    const [file, beyond] = this.find(path);
    if (file && follow && beyond === '') return file.stat();
    if (beyond !== '') {
      const [tree, inside] = this.follow(path);
      return tree.stat(inside, follow);
    }
    const { uid, gid } = this.kernel;
    const now = this.kernel.now();
    const mode = file ? S.IFLNK | (file.readable ? 0o500 : 0) | (file.writable ? 0o300 : 0) : 0;
    return {
      dev: 4n,
      ino: 1n,
      mode: file ? mode : S.IFDIR | 0o500,
      nlink: file ? 1 : 2,
      uid,
      gid,
      rdev: 0,
      size: file ? 64n : 0n,
      blksize: 1024,
      blocks: 0n,
      atime: now,
      mtime: now,
      ctime: now,
    };
  }

  readlink(path) {
    const [file, beyond] = this.find(path);
    if (!file) fail('EINVAL');
    if (beyond === '' && file.origin) return file.origin;
    if (beyond === '') {
      const { ino, mode } = file.stat();
      const type = mode & S.IFMT;
      if (type === S.IFIFO) return `pipe:[${ino}]`;
      if (type === S.IFSOCK) return `socket:[${ino}]`;
    }
    const [tree, inside] = this.follow(path);
    return tree.readlink(inside);
  }

  open(path, flags, mode) {
    const [file] = this.find(path);
    if (!file) fail(flags & O.ACCMODE ? 'EISDIR' : 'EACCES');
    const [tree, inside] = this.follow(path);
    return tree.open(inside, flags, mode);
  }

  access(path, mode) {
    const [file] = this.find(path);
    if (!file) {
      if (mode & 2) fail('EACCES');
      return;
    }
    const [tree, inside] = this.follow(path);
    tree.access(inside, mode);
  }

  folderPath(path) {
    const [file] = this.find(path);
    if (!file) return '/';
    const [tree, inside] = this.follow(path);
    return tree.folderPath(inside);
  }

  chmod(path, mode) {
    const [tree, inside] = this.follow(path);
    tree.chmod(inside, mode);
  }

  utime(path, atime, mtime) {
    const [tree, inside] = this.follow(path);
    tree.utime(inside, atime, mtime);
  }
}

// Nothing in this folder can be made, moved or taken away.
for (const method of ['unlink', 'rmdir', 'mkdir', 'rename', 'link', 'symlink', 'chown'])
  OwnFiles.prototype[method] = refuse;
