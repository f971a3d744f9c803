// SPDX-License-Identifier: MIT
// Open files on their way from one process to another, over a socket of the family AF_UNIX. Each has a ticket in
// shared memory, in the list of the stream that it travels in. Invariants: a ticket holds one reference to the
// open file's record, so that it stays open although the sender has closed it; a ticket in a list belongs to the
// byte that was put in after it, and leaves the list under the same lock under which that byte is taken out.
import { fromBytes, toBytes } from './paths.js';
import { RECORD } from './files.js';
import { SOCKETS } from './shared.js';
import { fail } from './errno.js';

/** Words of a ticket; the open file's description follows, as JSON. */
const NEXT = 0;
const RECORD_AT = 1;
const POSITION = 2;
const LENGTH = 3;
const HEADER_BYTES = 16;
/** As many as a process may have open: Linux's limit too. */
const MOST = 1024;

/** A ticket for an open file of this process's. */
export function makeTicket(kernel, file) {
  const { shared, slot } = kernel;
  const { words } = shared;
  file.share(kernel);
  const { record } = file;
  const description = file.describe();
  if (!description) fail('EOPNOTSUPP');
  // Paths are byte strings, and so is this.
  const text = toBytes(JSON.stringify({ ...description, flags: file.flags }));
  if (Atomics.add(words, SOCKETS.PASSING, 1) >= MOST) {
    Atomics.sub(words, SOCKETS.PASSING, 1);
    fail('ETOOMANYREFS');
  }
  let ticket;
  try {
    ticket = shared.allocate(HEADER_BYTES + text.length, slot, HEADER_BYTES);
  } catch (error) {
    Atomics.sub(words, SOCKETS.PASSING, 1);
    throw error;
  }
  words[(ticket >> 2) + RECORD_AT] = record;
  words[(ticket >> 2) + LENGTH] = text.length;
  shared.bytes.set(text, ticket + HEADER_BYTES);
  Atomics.add(words, (record >> 2) + RECORD.REFERENCES, 1);
  return ticket;
}

/** What a ticket was for, {record, description}; the reference is the caller's now, and the ticket gone. */
export function leave({ shared, slot }, ticket) {
  const { words } = shared;
  const length = words[(ticket >> 2) + LENGTH];
  const record = words[(ticket >> 2) + RECORD_AT];
  const text = fromBytes(shared.bytes.slice(ticket + HEADER_BYTES, ticket + HEADER_BYTES + length));
  shared.free(ticket, HEADER_BYTES + length, slot);
  Atomics.sub(words, SOCKETS.PASSING, 1);
  return { record, description: JSON.parse(text) };
}

/** Ends a journey that leads nowhere. `context` has the way to `drop` a record. */
export function discard(context, ticket) {
  context.drop(leave(context, ticket).record);
}

// ---- under the stream's lock ----

/** The byte that is put in next has that ticket. */
export function board(stream, ticket) {
  const { words } = stream.kernel.shared;
  words[(ticket >> 2) + POSITION] = stream.written;
  words[(ticket >> 2) + NEXT] = 0;
  let link = stream.passengers;
  while (words[link] !== 0) link = (words[link] >> 2) + NEXT;
  words[link] = ticket;
}

/** Takes the ticket of the byte at a position out of the list; 0 when it has none. */
export function ticketAt(stream, position) {
  const { words } = stream.kernel.shared;
  const ticket = words[stream.passengers];
  if (ticket === 0 || words[(ticket >> 2) + POSITION] !== position) return 0;
  words[stream.passengers] = words[(ticket >> 2) + NEXT];
  return ticket;
}

/** How many bytes wait before the first with a ticket; Infinity when none has one. */
export function bytesBefore(stream) {
  const { words } = stream.kernel.shared;
  const first = words[stream.passengers];
  return first === 0 ? Infinity : (words[(first >> 2) + POSITION] - stream.taken) | 0;
}

/** Discards all, in the end: nobody will read the stream any more. Not under the lock. */
export function dropAll(context, stream) {
  const { passengers } = stream;
  const { words } = stream.kernel.shared;
  while (words[passengers] !== 0) {
    stream.lock();
    const ticket = words[passengers];
    if (ticket !== 0) words[passengers] = words[(ticket >> 2) + NEXT];
    stream.unlock();
    if (ticket !== 0) discard(context, ticket);
  }
}
