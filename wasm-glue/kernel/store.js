// SPDX-License-Identifier: MIT
// What makes a folder of a MemoryTree last: each change is a record that is appended to a log before the
// tree itself changes, so that a change that cannot be kept fails with its error and has not happened; the
// log is replayed at the next start. Format of a record: uint32 length of its body, uint32 checksum of the
// body, both little endian; the body: uint16 length of a JSON head, the head, raw bytes. Invariants: what
// stands after a record that is cut off or damaged is not read; when the log has become much longer than
// what it says, it is replaced, at one stroke, by the shortest log that says the same. That is only ever done
// between two changes, when the tree is what the log says, and that it fails harms nothing.
import { Errno, S } from './errno.js';

const HEAD_BYTES = 8;
const ROOT = 1;
// Nothing is rewritten for less.
const SLACK = 4 << 20;
const MOST_PER_RECORD = 1 << 20;

function checksum(bytes) {
  let sum = 0x811c9dc5;
  for (let i = 0; i < bytes.length; i++) sum = Math.imul(sum ^ bytes[i], 0x01000193);
  return sum >>> 0;
}

/** A record's bytes. */
export function encodeRecord(head, bytes = new Uint8Array(0)) {
  const text = new TextEncoder().encode(JSON.stringify(head));
  const record = new Uint8Array(HEAD_BYTES + 2 + text.length + bytes.length);
  const view = new DataView(record.buffer);
  view.setUint16(HEAD_BYTES, text.length, true);
  record.set(text, HEAD_BYTES + 2);
  record.set(bytes, HEAD_BYTES + 2 + text.length);
  view.setUint32(0, record.length - HEAD_BYTES, true);
  view.setUint32(4, checksum(record.subarray(HEAD_BYTES)), true);
  return record;
}

/** The records in `bytes`, as [head, raw bytes, end]; up to the first that is not whole. */
export function* decodeRecords(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + HEAD_BYTES <= bytes.length;) {
    const end = at + HEAD_BYTES + view.getUint32(at, true);
    if (end > bytes.length || end < at + HEAD_BYTES + 2) return;
    const body = bytes.subarray(at + HEAD_BYTES, end);
    if (checksum(body) !== view.getUint32(at + 4, true)) return;
    const length = view.getUint16(at + HEAD_BYTES, true);
    yield [
      JSON.parse(new TextDecoder().decode(body.slice(2, 2 + length))),
      body.subarray(2 + length),
      end,
    ];
    at = end;
  }
}

export class Store {
  /**
   * @param {object} log {append(bytes), rewrite(list of bytes), keep(length), size, tell(), incomplete, sync()}; all
   *   may throw a DOMException, `tell` one that an earlier append deserved. `incomplete`: something that was
   *   appended is not there.
   */
  constructor(log) {
    this.log = log;
    this.ids = new WeakMap();
    this.nextId = ROOT + 1;
    this.root = null;
    this.limit = SLACK;
  }

  /** Fills `folder` with what the log's bytes say; from then on it lasts, unless it is to be a mere copy. */
  restore(tree, folder, bytes, lasts = true) {
    this.root = folder;
    this.ids.set(folder, ROOT);
    const inodes = new Map([[ROOT, folder]]);
    let whole = 0;
    for (const [head, data, end] of decodeRecords(bytes)) {
      this.replay(tree, inodes, head, data);
      whole = end;
    }
    if (!lasts) return;
    this.log.keep(whole);
    this.attach(folder);
    this.limit = 0;
    this.shorten();
  }

  replay(tree, inodes, head, data) {
    const inode = inodes.get(head.i);
    const folder = inodes.get(head.p);
    // A file without a name that was still being written when the log was rewritten.
    if (head.o !== 'new' && ((head.i && !inode) || (head.p && !folder))) return;
    switch (head.o) {
      case 'new': {
        const made = tree.restoreInode(folder, head.n, head.m, head.l);
        inodes.set(head.i, made);
        this.ids.set(made, head.i);
        this.nextId = Math.max(this.nextId, head.i + 1);
        if (head.t) made.atime = made.mtime = made.ctime = BigInt(head.t);
        break;
      }
      case 'write': {
        const end = head.a + data.length;
        inode.reserve(end).set(data, head.a);
        inode.length = Math.max(inode.length, end);
        inode.mtime = inode.ctime = BigInt(head.t);
        break;
      }
      case 'size':
        inode.resize(head.z);
        if (head.t) inode.mtime = inode.ctime = BigInt(head.t);
        break;
      case 'remove':
        tree.detach(folder, head.n);
        break;
      case 'rename': {
        const target = inodes.get(head.q);
        const moved = folder.entries.get(head.n);
        if (target.entries.has(head.m)) tree.detach(target, head.m);
        tree.reattach(folder, head.n, target, head.m, moved);
        break;
      }
      case 'link':
        folder.entries.set(head.n, inode);
        inode.nlink++;
        break;
      case 'set':
        inode.mode = head.m;
        inode.uid = head.u;
        inode.gid = head.g;
        inode.atime = BigInt(head.a);
        inode.mtime = BigInt(head.t);
        break;
      default:
    }
  }

  attach(inode) {
    inode.store = this;
    if (inode.entries) for (const below of inode.entries.values()) this.attach(below);
  }

  id(inode) {
    let id = this.ids.get(inode);
    if (id === undefined) {
      id = this.nextId++;
      this.ids.set(inode, id);
    }
    return id;
  }

  /** Runs an operation of the log; its failure becomes an Errno. */
  attempt(operation) {
    try {
      operation();
    } catch (error) {
      throw new Errno(error?.name === 'QuotaExceededError' ? 'ENOSPC' : 'EIO');
    }
  }

  append(head, bytes) {
    const { log } = this;
    this.attempt(() => log.tell());
    if (log.size > this.limit || log.incomplete) this.shorten();
    const record = encodeRecord(head, bytes);
    try {
      log.append(record);
    } catch (error) {
      // A full storage may be full of what this log need not say any more.
      if (error?.name !== 'QuotaExceededError' || !this.shorten(record.length))
        this.attempt(() => {
          throw error;
        });
      this.attempt(() => log.append(record));
    }
  }

  /**
   * Replaces the log, if it is too long, has lost something, or would be shorter by so many bytes; whether it did.
   */
  shorten(wanted = Infinity) {
    const { log } = this;
    const live = this.liveBytes();
    const most = 2 * live + SLACK;
    if (log.size <= most && !log.incomplete && log.size < live + wanted) {
      this.limit = most;
      return false;
    }
    try {
      this.compact();
      this.limit = most;
      return true;
    } catch {
      // The log that there is goes on; the next try is when it has grown by as much again.
      this.limit = log.size + most;
      return false;
    }
  }

  sync() {
    this.attempt(() => this.log.sync());
  }

  // ---- changes of the tree, before they are made ----

  created(folder, name, inode) {
    this.append(this.creation(folder, name, inode));
  }

  creation(folder, name, inode) {
    const head = {
      o: 'new',
      i: this.id(inode),
      p: this.id(folder),
      n: name,
      m: inode.mode,
      t: String(inode.mtime),
    };
    if (inode.target !== undefined) head.l = inode.target;
    return head;
  }

  /** How many bytes `written` takes at once. */
  get mostPerRecord() {
    return MOST_PER_RECORD;
  }

  written(inode, position, bytes, time) {
    this.append({ o: 'write', i: this.id(inode), a: position, t: String(time) }, bytes);
  }

  resized(inode, size, time) {
    this.append({ o: 'size', i: this.id(inode), z: size, t: String(time) });
  }

  removed(folder, name) {
    this.append({ o: 'remove', p: this.id(folder), n: name });
  }

  renamed(folder, name, target, newName) {
    this.append({ o: 'rename', p: this.id(folder), n: name, q: this.id(target), m: newName });
  }

  linked(inode, folder, name) {
    this.append({ o: 'link', i: this.id(inode), p: this.id(folder), n: name });
  }

  changed(inode) {
    this.append(this.attributes(inode));
  }

  attributes(inode) {
    return {
      o: 'set',
      i: this.id(inode),
      m: inode.mode,
      u: inode.uid,
      g: inode.gid,
      a: String(inode.atime),
      t: String(inode.mtime),
    };
  }

  // ---- rewriting ----

  /** Calls visit(folder, name, inode, first) for every name, folders before what is in them. */
  visit(visit) {
    const seen = new Set();
    const walk = (folder) => {
      for (const [name, inode] of folder.entries) {
        visit(folder, name, inode, !seen.has(inode));
        seen.add(inode);
        if ((inode.mode & S.IFMT) === S.IFDIR) walk(inode);
      }
    };
    walk(this.root);
  }

  liveBytes() {
    let sum = 0;
    this.visit((folder, name, inode, first) => {
      sum += 200 + name.length + (first ? Number(inode.size) : 0);
    });
    return sum;
  }

  compact() {
    const records = [];
    this.visit((folder, name, inode, first) => {
      if (!first) {
        records.push(encodeRecord({ o: 'link', i: this.id(inode), p: this.id(folder), n: name }));
        return;
      }
      records.push(encodeRecord(this.creation(folder, name, inode)));
      if ((inode.mode & S.IFMT) === S.IFREG) {
        const t = String(inode.mtime);
        const content = inode.content().subarray(0, inode.length);
        for (let a = 0; a < content.length; a += MOST_PER_RECORD) {
          const part = content.subarray(a, a + MOST_PER_RECORD);
          records.push(encodeRecord({ o: 'write', i: this.id(inode), a, t }, part));
        }
      }
      records.push(encodeRecord(this.attributes(inode)));
    });
    records.push(encodeRecord(this.attributes(this.root)));
    this.log.rewrite(records);
  }
}
