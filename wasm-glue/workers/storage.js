// SPDX-License-Identifier: MIT
// Where a page keeps the log of a store (kernel/store.js): the origin's private files, or IndexedDB where a
// Worker cannot write those at once. Invariants: one owner among all tabs and Workers, by a lock that ends
// with its Worker; replacing a log leaves the old one valid until the new one is complete.
//
// A page that is reloaded finds the lock still held by the Worker of the page before it, which may take long to
// end. It waits for that one, but not for a page that lives: those answer on a channel (workers/owner.js).
import { askOwner } from './owner.js';

const MAGIC = 0x5453524b; // KRST
const HEADER_BYTES = 16;
// For a page that has the lock and cannot answer: one that the browser has put to sleep.
const LOCK_WAIT_MS = 30000;
const HANDLE_WAIT_MS = 15000;
const TRY_MS = 50;
const COPY_TRIES = 20;

const locks = [];

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function failure(name, message) {
  return Object.assign(new Error(message), { name });
}

/** That of a file, 0 when it does not count. */
function generationOf(handle) {
  const bytes = new Uint8Array(HEADER_BYTES);
  if (handle.getSize() < HEADER_BYTES || handle.read(bytes, { at: 0 }) < HEADER_BYTES) return 0;
  const words = new Uint32Array(bytes.buffer);
  if (words[0] !== MAGIC || words[2] !== ~MAGIC >>> 0 || words[3] !== ~words[1] >>> 0) return 0;
  return words[1];
}

/**
 * A log in one of two files. Header of each: uint32 magic, uint32 generation, both repeated inverted; the
 * complete file with the greater generation counts.
 */
export class FileLog {
  /** @param {object[]} handles two FileSystemSyncAccessHandles, or what behaves so */
  constructor(handles) {
    this.handles = handles;
    /** Of the files in the origin's folder. */
    this.names = null;
    this.incomplete = false;
    this.broken = null;
    this.generation = 0;
    this.current = 0;
    handles.forEach((handle, i) => {
      const generation = generationOf(handle);
      if (generation <= this.generation) return;
      this.generation = generation;
      this.current = i;
    });
    if (this.generation === 0) this.begin(0, 1, []);
  }

  /** Fills a file anew; from its header on it counts. */
  begin(index, generation, records) {
    const handle = this.handles[index];
    handle.truncate(0);
    let end = HEADER_BYTES;
    for (const record of records) {
      this.writeAll(handle, record, end);
      end += record.length;
    }
    handle.flush();
    this.writeAll(handle, new Uint32Array([MAGIC, generation, ~MAGIC, ~generation]), 0);
    handle.flush();
    this.current = index;
    this.generation = generation;
    this.end = end;
  }

  writeAll(handle, data, at) {
    const written = handle.write(data, { at });
    if (written < data.byteLength) throw failure('QuotaExceededError', 'the storage is full');
  }

  get size() {
    return this.end;
  }

  /** All the records' bytes. `keep(end)` says how many of them are whole: what follows is overwritten. */
  load() {
    const handle = this.handles[this.current];
    const bytes = new Uint8Array(Math.max(handle.getSize() - HEADER_BYTES, 0));
    handle.read(bytes, { at: HEADER_BYTES });
    this.end = HEADER_BYTES + bytes.length;
    return bytes;
  }

  keep(length) {
    this.end = HEADER_BYTES + length;
    this.handles[this.current].truncate(this.end);
  }

  append(bytes) {
    const handle = this.handles[this.current];
    try {
      this.writeAll(handle, bytes, this.end);
    } catch (error) {
      try {
        handle.truncate(this.end);
      } catch {
        // What is there is not a whole record: the next one is written over it.
      }
      throw error;
    }
    this.end += bytes.length;
  }

  rewrite(records) {
    const old = this.handles[this.current];
    const other = this.handles[1 - this.current];
    try {
      this.begin(1 - this.current, this.generation + 1, records);
    } catch (error) {
      // It must not count later, when more has been appended to the old one: rather is nothing kept any more.
      if (!this.empty(other)) this.broken = error;
      throw error;
    }
    // While it is there it counts for less.
    this.empty(old);
  }

  /** Makes a file count for nothing, and take no room; false when that fails. */
  empty(handle) {
    try {
      handle.truncate(0);
      handle.flush();
      return true;
    } catch {
      return false;
    }
  }

  tell() {
    if (this.broken) throw this.broken;
  }

  /**
   * Finds out whether the origin's folder still has the files. When a site's data are cleared, a handle that is
   * open goes on without a word. Only an owner makes files, so that these are not others of the same names.
   */
  async check() {
    if (!this.names || this.broken) return;
    try {
      const at = await folder();
      for (const name of this.names) await at.getFileHandle(name);
    } catch (error) {
      if (error.name === 'NotFoundError')
        this.broken = failure('InvalidStateError', 'the files are gone');
    }
  }

  sync() {
    this.tell();
    this.handles[this.current].flush();
  }
}

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** A log in IndexedDB. What it refuses is known only at the next append. */
export class DatabaseLog {
  static async open(name) {
    const request = indexedDB.open(`krait:${name}`, 1);
    request.onupgradeneeded = () =>
      request.result.createObjectStore('log', { autoIncrement: true });
    const log = new DatabaseLog();
    log.database = await done(request);
    log.error = null;
    log.incomplete = false;
    log.size = 0;
    log.database.onclose = () => {
      log.error = failure('InvalidStateError', 'the database was closed');
    };
    return log;
  }

  async load() {
    const parts = await done(this.database.transaction('log').objectStore('log').getAll());
    this.size = parts.reduce((sum, part) => sum + part.length, 0);
    const bytes = new Uint8Array(this.size);
    let at = 0;
    for (const part of parts) {
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  }

  keep(length) {
    if (length < this.size) this.incomplete = true;
  }

  tell() {
    const { error } = this;
    if (!error) return;
    // A full database may have room again; one that is gone stays so.
    if (error.name === 'QuotaExceededError') this.error = null;
    throw error;
  }

  change(operation) {
    const transaction = this.database.transaction('log', 'readwrite');
    transaction.onabort = () => {
      this.error = transaction.error ?? failure('InvalidStateError', 'the write was given up');
      this.incomplete = true;
    };
    operation(transaction.objectStore('log'));
    transaction.commit();
  }

  async check() {}

  append(bytes) {
    this.tell();
    this.change((log) => log.add(bytes.slice()));
    this.size += bytes.length;
  }

  rewrite(records) {
    this.change((log) => {
      log.clear();
      for (const record of records) log.add(record);
    });
    this.incomplete = false;
    this.size = records.reduce((sum, record) => sum + record.length, 0);
  }

  sync() {
    this.tell();
  }
}

/** Takes the lock for as long as this Worker lives; false when a page that lives has it. */
async function own(name) {
  if (!navigator.locks) return true;
  const gives = new AbortController();
  const taken = new Promise((resolve) => {
    navigator.locks
      .request(`krait:${name}`, { signal: gives.signal }, () => {
        resolve(true);
        // Reachable for ever: a lock whose promise was collected would be free.
        return new Promise((release) => locks.push(release));
      })
      .catch(() => resolve(false));
  });
  const question = askOwner(name);
  const until = pause(LOCK_WAIT_MS).then(() => false);
  const free = await Promise.race([taken, question.answered.then(() => false), until]);
  question.close();
  if (!free) gives.abort();
  // Taken after all, at the last moment: then it stays so.
  return taken;
}

const fileNames = (name) => ['a', 'b'].map((half) => `${encodeURIComponent(name)}.${half}`);

async function folder(options) {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle('krait', options);
}

async function openHandle(file) {
  for (const end = performance.now() + HANDLE_WAIT_MS; ;) {
    try {
      return await file.createSyncAccessHandle();
    } catch (error) {
      // The Worker that had it was ended a moment ago.
      if (performance.now() > end) throw error;
      await pause(TRY_MS);
    }
  }
}

/** A copy of a file that another page has, an empty one when it is not there. */
async function copyOf(name) {
  try {
    const file = await (await (await folder()).getFileHandle(name)).getFile();
    return copyHandle(new Uint8Array(await file.arrayBuffer()));
  } catch (error) {
    if (error.name !== 'NotFoundError') throw error;
    return copyHandle(new Uint8Array(0));
  }
}

/** Copies of both files. Between two looks the owner may have gone over from one to the other. */
async function copyBoth(names) {
  for (let i = 0; ; i++) {
    const copies = await Promise.all(names.map(copyOf));
    const empty = copies.every((copy) => copy.getSize() === 0);
    if (empty || copies.some(generationOf) || i === COPY_TRIES) return copies;
    await pause(TRY_MS);
  }
}

/** The log called `name`: {log, kind, owned}. Without being its owner it is a copy of what the log says now. */
export async function openStorage(name) {
  if (!globalThis.navigator) throw new Error('only pages have storage');
  const owned = await own(name);
  if (
    navigator.storage?.getDirectory &&
    globalThis.FileSystemFileHandle?.prototype.createSyncAccessHandle
  ) {
    const names = fileNames(name);
    if (!owned) {
      return { log: new FileLog(await copyBoth(names)), kind: 'files', owned };
    }
    const create = { create: true };
    const at = await folder(create);
    const files = await Promise.all(names.map((file) => at.getFileHandle(file, create)));
    const log = new FileLog(await Promise.all(files.map(openHandle)));
    log.names = names;
    return { log, kind: 'files', owned };
  }
  if (!globalThis.indexedDB) throw new Error('this browser keeps no files for pages');
  return { log: await DatabaseLog.open(name), kind: 'database', owned };
}

/** A copy of a file's bytes that reads as a handle does. */
function copyHandle(bytes) {
  return {
    getSize: () => bytes.length,
    read(into, { at }) {
      const part = bytes.subarray(at, at + into.length);
      into.set(part);
      return part.length;
    },
    write: (data) => data.byteLength,
    truncate() {},
    flush() {},
  };
}
