// SPDX-License-Identifier: MIT
// A tree of inodes in memory, with Linux's rules for names, links, permissions and times. Invariants: a
// folder's `entries` hold no `.` or `..`; an inode lives as long as a name or an open file has it (so a
// file that is unlinked while open still reads); a read-only inode refuses every change with EROFS.
import { O, S, fail } from './errno.js';
import { OpenFile } from './files.js';

const MOST_LINKS_FOLLOWED = 40;
const LONGEST_NAME = 255;
const LONGEST_PATH = 4095;
const NOTHING = new Uint8Array(0);

let nextDevice = 64;

/** One file, folder, link or device. */
class Inode {
  constructor(tree, mode) {
    const now = tree.now();
    this.ino = tree.nextIno++;
    this.dev = tree.dev;
    this.mode = mode;
    this.nlink = 1;
    this.uid = tree.uid;
    this.gid = tree.gid;
    this.rdev = 0;
    this.atime = now;
    this.mtime = now;
    this.ctime = now;
    this.readOnly = false;
    /** What makes it last, see store.js; the same for a folder and all that is below it. */
    this.store = null;
  }

  get type() {
    return this.mode & S.IFMT;
  }

  get size() {
    return 0;
  }

  stat() {
    return {
      dev: this.dev,
      ino: this.ino,
      mode: this.mode,
      nlink: this.nlink,
      uid: this.uid,
      gid: this.gid,
      rdev: this.rdev,
      size: this.size,
      blksize: 4096,
      blocks: Math.ceil(this.size / 512),
      atime: this.atime,
      mtime: this.mtime,
      ctime: this.ctime,
    };
  }
}

class Folder extends Inode {
  constructor(tree, permissions, parent) {
    super(tree, S.IFDIR | permissions);
    this.entries = new Map();
    this.parent = parent ?? this;
    this.nlink = 2;
  }

  get size() {
    return 4096;
  }
}

class Link extends Inode {
  constructor(tree, target) {
    super(tree, S.IFLNK | 0o777);
    this.target = target;
  }

  get size() {
    return this.target.length;
  }
}

class Device extends Inode {
  constructor(tree, permissions, rdev, open) {
    super(tree, S.IFCHR | permissions);
    this.rdev = rdev;
    this.open = open;
  }
}

/** A regular file: its bytes, or a function that fetches them when they are first asked for. */
class Regular extends Inode {
  constructor(tree, permissions) {
    super(tree, S.IFREG | permissions);
    this.bytes = NOTHING;
    this.length = 0;
    this.load = null;
  }

  get size() {
    return this.length;
  }

  /** The bytes; only the first `length` of them are the file's. */
  content() {
    if (this.load) {
      this.bytes = this.load();
      this.load = null;
    }
    return this.bytes;
  }

  /** Makes room for `size` bytes. */
  reserve(size) {
    const bytes = this.content();
    if (size <= bytes.length) return bytes;
    let grown;
    try {
      grown = new Uint8Array(
        Math.max(size, Math.min(bytes.length * 2, bytes.length + (64 << 20)), 256),
      );
    } catch {
      fail('ENOSPC');
    }
    grown.set(bytes.subarray(0, this.length));
    this.bytes = grown;
    return grown;
  }

  resize(size) {
    if (size < this.length) this.content().fill(0, size, this.length);
    else this.reserve(size);
    this.length = size;
  }
}

/** A regular file or folder of a MemoryTree, opened. */
class OpenInode extends OpenFile {
  constructor(tree, inode, flags) {
    super(flags);
    this.tree = tree;
    this.inode = inode;
    this.position = 0;
    this.server = tree.server;
  }

  describe() {
    return super.describe() ?? { kind: 'path', path: this.origin };
  }

  get repeatable() {
    return true;
  }

  read(bytes) {
    const { inode } = this;
    if (!(inode instanceof Regular)) fail('EISDIR');
    const count = Math.min(bytes.length, inode.length - this.position);
    if (count <= 0) return 0;
    bytes.set(inode.content().subarray(this.position, this.position + count));
    this.position += count;
    return count;
  }

  write(bytes) {
    const { inode, tree } = this;
    if (this.flags & O.APPEND) this.position = inode.length;
    const end = this.position + bytes.length;
    if (bytes.length === 0) return 0;
    const room = inode.reserve(end);
    const time = tree.now();
    const step = inode.store?.mostPerRecord ?? bytes.length;
    let done = 0;
    while (done < bytes.length) {
      const part = bytes.subarray(done, done + step);
      try {
        inode.store?.written(inode, this.position, part, time);
      } catch (error) {
        // As on any disk that becomes full: what has been written is told.
        if (done > 0) return done;
        throw error;
      }
      room.set(part, this.position);
      this.position += part.length;
      inode.length = Math.max(inode.length, this.position);
      inode.mtime = inode.ctime = time;
      done += part.length;
    }
    return done;
  }

  seek(offset, whence) {
    const base =
      whence === 0 ? 0 : whence === 1 ? this.position : whence === 2 ? this.inode.size : NaN;
    const target = base + offset;
    if (!(target >= 0) || !Number.isSafeInteger(target)) fail('EINVAL');
    this.position = target;
    return target;
  }

  truncate(size) {
    if (!(this.inode instanceof Regular) || size < 0) fail('EINVAL');
    if (size > this.inode.length) this.inode.reserve(size);
    const time = this.tree.now();
    this.inode.store?.resized(this.inode, size, time);
    this.inode.resize(size);
    this.inode.mtime = this.inode.ctime = time;
  }

  sync() {
    this.inode.store?.sync();
  }

  stat() {
    return this.inode.stat();
  }
}

export class MemoryTree {
  /** @param {{uid?: number, gid?: number, now?: () => bigint}} options */
  constructor({ uid = 1000, gid = 1000, now = () => BigInt(Date.now()) * 1000000n } = {}) {
    this.uid = uid;
    this.gid = gid;
    this.now = now;
    this.dev = nextDevice++;
    this.nextIno = 2;
    /** Who serves its open files to other processes; null where each has the tree itself. */
    this.server = null;
    this.root = new Folder(this, 0o755, null);
  }

  // ---- walking ----

  permitted(inode, bits) {
    if (this.uid === 0) return true;
    const shift = inode.uid === this.uid ? 6 : inode.gid === this.gid ? 3 : 0;
    return ((inode.mode >> shift) & bits) === bits;
  }

  demand(inode, bits) {
    if (!this.permitted(inode, bits)) fail('EACCES');
  }

  /** The folder that holds (or would hold) the path's last name: {folder, name, inode or undefined}. */
  walk(path, follow = true) {
    if (path === '') fail('ENOENT');
    if (path.length > LONGEST_PATH) fail('ENAMETOOLONG');
    let links = 0;
    let folder = this.root;
    let names = path.split('/').reverse();
    let name = '.';
    let inode = folder;
    for (;;) {
      let part;
      do part = names.pop();
      while (part === '' || part === '.');
      if (part === undefined) break;
      // What the last step found must be a folder for this step to start in.
      if (!inode) fail('ENOENT');
      if (inode instanceof Link) {
        if (++links > MOST_LINKS_FOLLOWED) fail('ELOOP');
        names.push(part, ...inode.target.split('/').reverse());
        inode = inode.target.startsWith('/') ? this.root : folder;
        continue;
      }
      if (!(inode instanceof Folder)) fail('ENOTDIR');
      folder = inode;
      this.demand(folder, 1);
      if (part.length > LONGEST_NAME) fail('ENAMETOOLONG');
      if (part === '..') {
        inode = folder.parent;
        folder = inode.parent;
        name = '..';
      } else {
        name = part;
        inode = folder.entries.get(part);
      }
      if (inode instanceof Link && follow && !names.some((n) => n !== '' && n !== '.')) {
        if (++links > MOST_LINKS_FOLLOWED) fail('ELOOP');
        const rest = inode.target.split('/').reverse();
        names = names.concat(rest);
        inode = inode.target.startsWith('/') ? this.root : folder;
        name = '.';
      }
    }
    const slash = path.endsWith('/') && path !== '/';
    if (slash && inode && !(inode instanceof Folder)) {
      if (!(inode instanceof Link)) fail('ENOTDIR');
      return follow ? fail('ENOTDIR') : this.walk(path, true);
    }
    return { folder, name, inode, slash };
  }

  find(path, follow = true) {
    return this.walk(path, follow).inode ?? fail('ENOENT');
  }

  /** The place of a name to be made: not there yet, in a folder that may be written. */
  place(path) {
    const at = this.walk(path, false);
    if (at.inode) fail('EEXIST');
    this.changeable(at.folder);
    return at;
  }

  changeable(folder) {
    if (folder.readOnly) fail('EROFS');
    this.demand(folder, 3);
  }

  /** Enters a new inode. */
  make(folder, name, inode) {
    inode.store = folder.store;
    folder.store?.created(folder, name, inode);
    return this.enter(folder, name, inode);
  }

  enter(folder, name, inode) {
    folder.entries.set(name, inode);
    folder.mtime = folder.ctime = this.now();
    return inode;
  }

  remove(folder, name) {
    folder.entries.delete(name);
    folder.mtime = folder.ctime = this.now();
  }

  /** A sticky folder lets only owners take names away. */
  demandOwner(folder, inode) {
    if (
      folder.mode & S.ISVTX &&
      this.uid !== 0 &&
      inode.uid !== this.uid &&
      folder.uid !== this.uid
    ) {
      fail('EPERM');
    }
  }

  // ---- the operations of a tree ----

  open(path, flags, mode) {
    const access = flags & O.ACCMODE;
    const exclusive = (flags & (O.CREAT | O.EXCL)) === (O.CREAT | O.EXCL);
    const at = this.walk(path, !(flags & O.NOFOLLOW) && !exclusive);
    let { inode } = at;
    const made = !inode;
    if (made) {
      if (!(flags & O.CREAT)) fail('ENOENT');
      if (at.slash) fail('EISDIR');
      this.changeable(at.folder);
      inode = this.make(at.folder, at.name, new Regular(this, mode & 0o7777));
    } else if (exclusive) {
      fail('EEXIST');
    }
    if (inode instanceof Link) fail('ELOOP');
    if (inode instanceof Folder) {
      if (access !== O.RDONLY || flags & O.CREAT) fail('EISDIR');
    } else if (flags & O.DIRECTORY) fail('ENOTDIR');
    if (!made) this.demand(inode, access === O.RDONLY ? 4 : access === O.WRONLY ? 2 : 6);
    if (inode instanceof Device) return inode.open(flags, inode);
    if (access !== O.RDONLY && inode.readOnly) fail('EROFS');
    if (flags & O.TRUNC && inode instanceof Regular && access !== O.RDONLY) {
      const time = this.now();
      inode.store?.resized(inode, 0, time);
      inode.resize(0);
      inode.mtime = inode.ctime = time;
    }
    return new OpenInode(this, inode, flags);
  }

  stat(path, follow) {
    return this.find(path, follow).stat();
  }

  list(path) {
    const folder = this.find(path);
    if (!(folder instanceof Folder)) fail('ENOTDIR');
    this.demand(folder, 4);
    return [...folder.entries.keys()];
  }

  access(path, mode) {
    const inode = this.find(path);
    if (mode & 2 && inode.readOnly) fail('EROFS');
    if (this.uid === 0 && mode & 1 && !(inode instanceof Folder) && !(inode.mode & 0o111))
      fail('EACCES');
    this.demand(inode, mode & 7);
  }

  unlink(path) {
    const { folder, inode, name } = this.walk(path, false);
    if (!inode) fail('ENOENT');
    if (inode instanceof Folder) fail('EISDIR');
    this.changeable(folder);
    this.demandOwner(folder, inode);
    folder.store?.removed(folder, name);
    this.remove(folder, name);
    inode.nlink--;
    inode.ctime = this.now();
  }

  rmdir(path) {
    const { folder, inode, name } = this.walk(path, false);
    if (!inode) fail('ENOENT');
    if (!(inode instanceof Folder)) fail('ENOTDIR');
    if (inode === this.root) fail('EBUSY');
    if (/(^|\/)\.\/*$/.test(path)) fail('EINVAL');
    if (inode.entries.size > 0) fail('ENOTEMPTY');
    if (name === '..') fail('ENOTEMPTY');
    this.changeable(folder);
    this.demandOwner(folder, inode);
    folder.store?.removed(folder, name);
    this.remove(folder, name);
    folder.nlink--;
    inode.nlink = 0;
    // Nothing can be made in a folder that has no name any more.
    inode.readOnly = true;
  }

  mkdir(path, mode) {
    const { folder, name } = this.place(path);
    this.make(folder, name, new Folder(this, mode & 0o7777, folder));
    folder.nlink++;
  }

  rename(from, to) {
    const source = this.walk(from, false);
    const target = this.walk(to, false);
    if (!source.inode) fail('ENOENT');
    if (source.inode === this.root || target.inode === this.root) fail('EBUSY');
    if (['.', '..'].includes(source.name) || ['.', '..'].includes(target.name)) fail('EBUSY');
    if (source.inode === target.inode) return;
    if (source.folder.store !== target.folder.store) fail('EXDEV');
    const moved = source.inode;
    this.changeable(source.folder);
    this.changeable(target.folder);
    this.demandOwner(source.folder, moved);
    if (moved instanceof Folder) {
      for (let at = target.folder; ; at = at.parent) {
        if (at === moved) fail('EINVAL');
        if (at === at.parent) break;
      }
      if (target.inode && !(target.inode instanceof Folder)) fail('ENOTDIR');
      if (target.inode && target.inode.entries.size > 0) fail('ENOTEMPTY');
    } else if (target.inode instanceof Folder) {
      fail('EISDIR');
    } else if (target.slash) fail('ENOTDIR');
    if (target.inode) this.demandOwner(target.folder, target.inode);
    source.folder.store?.renamed(source.folder, source.name, target.folder, target.name);
    if (target.inode) {
      target.inode.nlink -= target.inode instanceof Folder ? 2 : 1;
      if (target.inode instanceof Folder) target.folder.nlink--;
    }
    this.remove(source.folder, source.name);
    this.enter(target.folder, target.name, moved);
    moved.ctime = this.now();
    if (moved instanceof Folder) {
      source.folder.nlink--;
      target.folder.nlink++;
      moved.parent = target.folder;
    }
  }

  link(from, to) {
    const inode = this.find(from, false);
    if (inode instanceof Folder) fail('EPERM');
    const { folder, name } = this.place(to);
    if (inode.readOnly || inode.store !== folder.store) fail('EXDEV');
    folder.store?.linked(inode, folder, name);
    this.enter(folder, name, inode);
    inode.nlink++;
    inode.ctime = this.now();
  }

  symlink(target, path) {
    if (target === '') fail('ENOENT');
    const { folder, name } = this.place(path);
    this.make(folder, name, new Link(this, target));
  }

  readlink(path) {
    const inode = this.find(path, false);
    if (!(inode instanceof Link)) fail('EINVAL');
    return inode.target;
  }

  /** The inode of a path whose attributes the caller may change. */
  own(path, follow = true) {
    const inode = this.find(path, follow);
    if (inode.readOnly) fail('EROFS');
    if (this.uid !== 0 && inode.uid !== this.uid) fail('EPERM');
    return inode;
  }

  chmod(path, mode) {
    const inode = this.own(path);
    inode.mode = (inode.mode & S.IFMT) | (mode & 0o7777);
    inode.ctime = this.now();
    inode.store?.changed(inode);
  }

  chown(path, uid, gid, follow) {
    const inode = this.own(path, follow);
    if (this.uid !== 0 && ((uid !== -1 && uid !== inode.uid) || (gid !== -1 && gid !== this.gid))) {
      fail('EPERM');
    }
    if (uid !== -1) inode.uid = uid;
    if (gid !== -1) inode.gid = gid;
    inode.ctime = this.now();
    inode.store?.changed(inode);
  }

  utime(path, atime, mtime) {
    const inode = this.own(path);
    inode.atime = atime;
    inode.mtime = mtime;
    inode.ctime = this.now();
    inode.store?.changed(inode);
  }

  /** Proves that a path is a folder one may enter, and answers its real path. */
  folderPath(path) {
    let folder = this.find(path);
    if (!(folder instanceof Folder)) fail('ENOTDIR');
    this.demand(folder, 1);
    const names = [];
    while (folder !== folder.parent) {
      for (const [name, inode] of folder.parent.entries) if (inode === folder) names.unshift(name);
      folder = folder.parent;
    }
    return '/' + names.join('/');
  }

  // ---- for whoever sets up the tree; no permissions asked ----

  /** Makes a folder and those above it, and answers its inode. */
  makeFolders(path, permissions = 0o755) {
    let folder = this.root;
    for (const name of path.split('/').filter(Boolean)) {
      let next = folder.entries.get(name);
      if (!next) {
        next = this.enter(folder, name, new Folder(this, permissions, folder));
        folder.nlink++;
      }
      folder = next;
    }
    return folder;
  }

  /** Makes or replaces a regular file. `content` is its bytes, or a function that gives them. */
  makeFile(folder, name, content, { size, mtime, permissions = 0o644 } = {}) {
    const file = new Regular(this, permissions);
    if (typeof content === 'function') file.load = content;
    else file.bytes = content;
    file.length = size ?? content.length;
    if (mtime !== undefined) file.atime = file.mtime = file.ctime = mtime;
    folder.entries.set(name, file);
    return file;
  }

  makeDevice(path, rdev, open, permissions = 0o666) {
    const slash = path.lastIndexOf('/');
    const device = new Device(this, permissions, rdev, open);
    return this.enter(this.makeFolders(path.slice(0, slash)), path.slice(slash + 1), device);
  }

  /** For a store: makes an inode as it was. */
  restoreInode(folder, name, mode, target) {
    let inode;
    if (target !== undefined) inode = new Link(this, target);
    else if ((mode & S.IFMT) === S.IFDIR) {
      inode = new Folder(this, mode & 0o7777, folder);
      folder.nlink++;
    } else inode = new Regular(this, mode & 0o7777);
    folder.entries.set(name, inode);
    return inode;
  }

  /** For a store: takes a name away, whatever it names. */
  detach(folder, name) {
    const inode = folder.entries.get(name);
    folder.entries.delete(name);
    inode.nlink--;
    if (inode instanceof Folder) folder.nlink--;
  }

  /** For a store: moves a name that has been found to be movable. */
  reattach(folder, name, target, newName, inode) {
    folder.entries.delete(name);
    target.entries.set(newName, inode);
    if (!(inode instanceof Folder)) return;
    folder.nlink--;
    target.nlink++;
    inode.parent = target;
  }

  /** Makes a folder and all that is below it read-only. */
  protect(folder) {
    folder.readOnly = true;
    if (folder instanceof Folder) for (const inode of folder.entries.values()) this.protect(inode);
  }
}
