// SPDX-License-Identifier: MIT
// Sockets as objects in the memory that processes share: their words, the list of bound ones, making and
// ending them. Whoever has the memory can work on them: a process (socket.js), or the context that outlives
// it. Invariant: what is said here of states, names and queues is changed only under the lock of all
// sockets (SOCKETS.LOCK), held for a few statements; bytes go through streams, which have their own.
import { fail } from './errno.js';
import { board, dropAll, ticketAt } from './passing.js';
import { Stream, newPipe } from './pipe.js';
import { SOCKETS } from './shared.js';

export const AF = Object.freeze({ UNSPEC: 0, UNIX: 1, INET: 2, INET6: 10 });
export const SOCK = Object.freeze({ STREAM: 1, DGRAM: 2 });

/** Words of a socket. */
export const SOCKET = Object.freeze({
  STATE: 0,
  FAMILY: 1,
  TYPE: 2,
  ERROR: 3, // an error number that the next call tells
  RX: 4, // address of the stream that it reads, 0 for none
  TX: 5,
  SHUT: 6, // bits 1 reading, 2 writing
  FLAGS: 7,
  BACKLOG: 8,
  QUEUED: 9,
  HEAD: 10, // connections that wait to be accepted
  TAIL: 11,
  NEXT: 12, // in such a queue
  NEXT_NAME: 13, // in the list of bound sockets
  PAIR: 14, // the other one of a pair of datagram sockets
  OPTIONS: 15, // bits, by the number of the SO_*
  SEND_SIZE: 16,
  RECEIVE_SIZE: 17,
  LINGER: 18, // two words
  WAITERS: 20, // a mask of processes
  FILE: 24, // two doubles: device and number of the file of a bound path
  LOCAL_LENGTH: 28,
  PEER_LENGTH: 29,
  NUMBER: 30, // as a file's
  ANSWER: 31, // of the host, see network.js
  LOCAL: 32, // struct sockaddr
  PEER: 64,
  LEVELS: 96, // 16 words of TCP's options, 15 of IP's and one of IPv6's, each its value + 1, 0 for the default
});
export const SOCKET_BYTES = 512;
/** The word of IPV6_V6ONLY. */
export const ONLY6 = SOCKET.LEVELS + 31;

export const SOCKET_STATE = Object.freeze({ NEW: 0, LISTENING: 1, CONNECTING: 2, CONNECTED: 3 });

/** Bits of FLAGS. */
export const SOCKET_FLAG = Object.freeze({
  BOUND: 1,
  NAMED: 2, // it is in the list
  REPORT: 4, // a connect that was told EINPROGRESS has succeeded since
  HOST: 8, // the other end is not this kernel's
  HOST_LISTENS: 16, // the host listens for it too
  RESET: 32, // the connection was broken
});

/** Bits of a stream of a socket. */
export const STREAM_FLAG = Object.freeze({ RESET: 1, REFUSED: 2, URGENT: 4 });
/** Where the urgent byte stands among them. */
export const URGENT_SHIFT = 8;

/** What waits in one direction at most. */
const STREAM_ROOM = 1 << 18;
/** As Linux's default: SO_SNDBUF and SO_RCVBUF. */
const DEFAULT_SIZE = 212992;
const TCP_SIZES = [16384, 131072];
const FIRST_PORT = 32768;
const LAST_PORT = 60999;

/** Runs something under the lock of all sockets. `context`: {shared, slot}. */
export function locked({ shared, slot }, action) {
  shared.lock(SOCKETS.LOCK, slot);
  try {
    return action();
  } finally {
    shared.unlock(SOCKETS.LOCK);
  }
}

/** A new socket; its address. */
export function newSocket({ shared, slot }, family, type) {
  const at = shared.allocate(SOCKET_BYTES, slot);
  const { words } = shared;
  const word = at >> 2;
  words[word + SOCKET.FAMILY] = family;
  words[word + SOCKET.TYPE] = type;
  words[word + SOCKET.NUMBER] = Atomics.add(words, SOCKETS.NUMBER, 1) + 1;
  const tcp = family !== AF.UNIX && type === SOCK.STREAM;
  words[word + SOCKET.SEND_SIZE] = tcp ? TCP_SIZES[0] : DEFAULT_SIZE;
  words[word + SOCKET.RECEIVE_SIZE] = tcp ? TCP_SIZES[1] : DEFAULT_SIZE;
  return at;
}

/** Gives one back that was never connected or named. */
export function discardSocket({ shared, slot }, at) {
  shared.free(at, SOCKET_BYTES, slot);
}

/** A stream with one reader and one writer; its address. */
export function newSocketStream(context) {
  const at = newPipe(context, STREAM_ROOM);
  const stream = new Stream(context, at);
  stream.count(false, 1);
  stream.count(true, 1);
  return at;
}

/** Connects two sockets to each other. */
export function join(context, one, other) {
  const { words } = context.shared;
  const there = newSocketStream(context);
  let back;
  try {
    back = newSocketStream(context);
  } catch (error) {
    for (const writes of [false, true]) new Stream(context, there).count(writes, -1);
    throw error;
  }
  for (const at of [there, back]) new Stream(context, at).hold(2);
  words[(one >> 2) + SOCKET.TX] = there;
  words[(one >> 2) + SOCKET.RX] = back;
  words[(other >> 2) + SOCKET.TX] = back;
  words[(other >> 2) + SOCKET.RX] = there;
  for (const at of [one, other]) setState(context, at, SOCKET_STATE.CONNECTED);
}

export function setState({ shared }, at, state) {
  Atomics.store(shared.words, (at >> 2) + SOCKET.STATE, state);
  shared.wake((at >> 2) + SOCKET.WAITERS);
}

// ---- addresses ----

// Internet addresses are values: a number for IPv4, 32 hexadecimal digits for IPv6. An address of IPv4 in
// IPv6's clothes (::ffff:1.2.3.4) is the number.

export const ANY = 0;
export const ANY6 = '0'.repeat(32);
export const LOOPBACK = 0x7f000001;
export const LOOPBACK6 = `${'0'.repeat(31)}1`;
const MAPPED = `${'0'.repeat(20)}ffff`;

/** Whether it is the address that stands for all. */
export const isAny = (ip) => ip === ANY || ip === ANY6;
export const isLoopback = (ip) => (typeof ip === 'number' ? ip >>> 24 === 127 : ip === LOOPBACK6);

/** The bytes of a struct sockaddr_in, or for AF.INET6 sockaddr_in6. */
export function inetAddress(ip, port, family = AF.INET) {
  const bytes = new Uint8Array(family === AF.INET6 ? 28 : 16);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, family, true);
  view.setUint16(2, port);
  if (family !== AF.INET6) {
    view.setUint32(4, ip);
    return bytes;
  }
  const digits = typeof ip === 'string' ? ip : MAPPED + ip.toString(16).padStart(8, '0');
  for (let i = 0; i < 16; i++) bytes[8 + i] = parseInt(digits.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

/** {ip, port} of such bytes. */
export function partsOf(address) {
  const view = new DataView(address.buffer, address.byteOffset, address.byteLength);
  const port = view.getUint16(2);
  if (address[0] !== AF.INET6) return { ip: view.getUint32(4), port };
  const digits = [...address.subarray(8, 24)]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
  return { ip: digits.startsWith(MAPPED) ? parseInt(digits.slice(24), 16) : digits, port };
}

export const ipText = (ip) =>
  typeof ip === 'string'
    ? ip.match(/.{4}/g).join(':')
    : [24, 16, 8, 0].map((shift) => (ip >>> shift) & 255).join('.');

/** The address that a text of the host's means. */
export function ipOf(text) {
  const quad = /\d+\.\d+\.\d+\.\d+$/.exec(text);
  const number = quad
    ? quad[0].split('.').reduce((sum, part) => (sum * 256 + Number(part)) >>> 0, 0)
    : 0;
  if (quad && quad.index === 0) return number;
  let rest = text.replace(/%.*$/, '');
  if (quad)
    rest =
      rest.slice(0, quad.index) +
      [number >>> 16, number & 0xffff].map((n) => n.toString(16)).join(':');
  const [before, after] = rest.split('::').map((half) => half.split(':').filter(Boolean));
  const groups = after
    ? [...before, ...Array(8 - before.length - after.length).fill('0'), ...after]
    : before;
  const digits = groups.map((group) => group.padStart(4, '0')).join('');
  return digits.startsWith(MAPPED) ? parseInt(digits.slice(24), 16) : digits;
}

/** The bytes of a socket's address: `which` is SOCKET.LOCAL or SOCKET.PEER. */
export function addressOf({ shared }, at, which) {
  const length =
    shared.words[(at >> 2) + (which === SOCKET.LOCAL ? SOCKET.LOCAL_LENGTH : SOCKET.PEER_LENGTH)];
  return shared.bytes.slice(at + which * 4, at + which * 4 + length);
}

export function setAddress({ shared }, at, which, bytes) {
  shared.bytes.set(bytes, at + which * 4);
  shared.words[(at >> 2) + (which === SOCKET.LOCAL ? SOCKET.LOCAL_LENGTH : SOCKET.PEER_LENGTH)] =
    bytes.length;
}

// ---- the list of bound sockets; under the lock ----

/** Those of AF.UNIX, or of both families of the internet. */
export function* named({ shared }, family, type) {
  const { words } = shared;
  for (let at = words[SOCKETS.NAMES]; at !== 0; at = words[(at >> 2) + SOCKET.NEXT_NAME]) {
    const isUnix = words[(at >> 2) + SOCKET.FAMILY] === AF.UNIX;
    if (isUnix === (family === AF.UNIX) && words[(at >> 2) + SOCKET.TYPE] === type) yield at;
  }
}

export function enlist({ shared }, at) {
  const { words } = shared;
  words[(at >> 2) + SOCKET.NEXT_NAME] = words[SOCKETS.NAMES];
  words[SOCKETS.NAMES] = at;
  words[(at >> 2) + SOCKET.FLAGS] |= SOCKET_FLAG.BOUND | SOCKET_FLAG.NAMED;
  if (words[(at >> 2) + SOCKET.FAMILY] === AF.UNIX) Atomics.add(words, SOCKETS.UNIX, 1);
}

function delist({ shared }, at) {
  const { words } = shared;
  let link = SOCKETS.NAMES;
  while (words[link] !== 0 && words[link] !== at) link = (words[link] >> 2) + SOCKET.NEXT_NAME;
  if (words[link] === at) words[link] = words[(at >> 2) + SOCKET.NEXT_NAME];
  words[(at >> 2) + SOCKET.FLAGS] &= ~SOCKET_FLAG.NAMED;
  if (words[(at >> 2) + SOCKET.FAMILY] === AF.UNIX) Atomics.sub(words, SOCKETS.UNIX, 1);
}

/** Whether a socket bound to `own` stands for an address too; `only6`: not for those of IPv4. */
function covers(own, only6, ip) {
  if (own === ip) return true;
  if (own === ANY) return typeof ip === 'number';
  return own === ANY6 && (typeof ip === 'string' || !only6);
}

/** Whether an IPv6 socket has said that it is not for IPv4. */
export const isOnly6 = ({ words }, at) => words[(at >> 2) + ONLY6] === 2;

/** The bound internet sockets at a port that share an address with such a one; for null all at that port. */
export function* atPort(context, type, ip, port, only6 = false) {
  for (const at of named(context, AF.INET, type)) {
    const own = partsOf(addressOf(context, at, SOCKET.LOCAL));
    if (own.port !== port) continue;
    const ownOnly6 = isOnly6(context.shared, at);
    if (ip === null || covers(own.ip, ownOnly6, ip) || covers(ip, only6, own.ip)) yield at;
  }
}

/** The one that such an address reaches, or 0: that of the very address before one for all, IPv4's before both. */
export function reached(context, type, ip, port) {
  let best = 0;
  for (const at of named(context, AF.INET, type)) {
    const own = partsOf(addressOf(context, at, SOCKET.LOCAL));
    if (own.port !== port || !covers(own.ip, isOnly6(context.shared, at), ip)) continue;
    if (own.ip === ip) return at;
    if (best === 0 || own.ip === ANY) best = at;
  }
  return best;
}

/** A port that nothing has; throws EADDRINUSE. `taken` asks the host. */
export function freePort(context, type, ip, taken = () => false) {
  const { words } = context.shared;
  const count = LAST_PORT - FIRST_PORT + 1;
  if (words[SOCKETS.PORT] === 0)
    words[SOCKETS.PORT] = FIRST_PORT + Math.floor(Math.random() * count);
  for (let tries = 0; tries < count; tries++) {
    const port = words[SOCKETS.PORT];
    words[SOCKETS.PORT] = port >= LAST_PORT ? FIRST_PORT : port + 1;
    if (atPort(context, type, null, port).next().done && !taken(port)) return port;
  }
  return fail('EADDRINUSE');
}

// ---- queues of connections; under the lock ----

export function enqueue(context, listener, at) {
  const { words } = context.shared;
  const word = listener >> 2;
  words[(at >> 2) + SOCKET.NEXT] = 0;
  if (words[word + SOCKET.HEAD] === 0) words[word + SOCKET.HEAD] = at;
  else words[(words[word + SOCKET.TAIL] >> 2) + SOCKET.NEXT] = at;
  words[word + SOCKET.TAIL] = at;
  words[word + SOCKET.QUEUED]++;
  context.shared.wake(word + SOCKET.WAITERS);
}

/** The first connection of the queue, or 0. */
export function dequeue(context, listener) {
  const { words } = context.shared;
  const word = listener >> 2;
  const at = words[word + SOCKET.HEAD];
  if (at === 0) return 0;
  words[word + SOCKET.HEAD] = words[(at >> 2) + SOCKET.NEXT];
  words[word + SOCKET.QUEUED]--;
  // Who waited for room in it looks again.
  context.shared.wake(word + SOCKET.WAITERS);
  return at;
}

// ---- the end ----

/** Ends one direction of a connection, or both: bits as SHUT. */
export function shut(context, at, how) {
  const { words } = context.shared;
  const word = at >> 2;
  const now = how & ~words[word + SOCKET.SHUT];
  words[word + SOCKET.SHUT] |= how;
  if (words[word + SOCKET.RX] === 0) return;
  if (now & 1) {
    const stream = new Stream(context, words[word + SOCKET.RX]);
    if (words[word + SOCKET.FAMILY] === AF.UNIX) stream.setFlag(STREAM_FLAG.REFUSED);
    stream.lock();
    stream.changed();
  }
  if (now & 2) new Stream(context, words[word + SOCKET.TX]).count(true, -1);
  context.shared.wake(word + SOCKET.WAITERS);
}

/**
 * Closes the socket for good. `context.network` (may be missing) is told what concerns the host, and
 * `context.drop` given what was sent to it and not received.
 */
export function closeSocket(context, at) {
  const { shared, network } = context;
  const { words } = shared;
  const word = at >> 2;
  locked(context, () => {
    if (words[word + SOCKET.FLAGS] & SOCKET_FLAG.NAMED) delist(context, at);
    const pair = words[word + SOCKET.PAIR];
    if (pair !== 0) words[(pair >> 2) + SOCKET.PAIR] = 0;
  });
  if (words[word + SOCKET.FLAGS] & (SOCKET_FLAG.HOST_LISTENS | SOCKET_FLAG.HOST))
    network?.closed(at, words[word + SOCKET.NUMBER]);
  emptyQueue(context, at);
  const rx = words[word + SOCKET.RX];
  const tx = words[word + SOCKET.TX];
  if (words[word + SOCKET.TYPE] === SOCK.STREAM) {
    if (rx !== 0) {
      const reads = new Stream(context, rx);
      const writes = new Stream(context, tx);
      // What it has not read is lost, and the other end is told so.
      if (reads.length > 0) writes.setFlag(STREAM_FLAG.RESET);
      if (!(words[word + SOCKET.SHUT] & 2)) writes.count(true, -1);
      reads.count(false, -1);
      dropAll(context, reads);
      writes.hold(-1);
      reads.hold(-1);
    }
  } else if (rx !== 0) {
    const stream = new Stream(context, rx);
    dropAll(context, stream);
    for (const writes of [true, false]) stream.count(writes, -1);
  }
  shared.wake(word + SOCKET.WAITERS);
  shared.free(at, SOCKET_BYTES, context.slot);
}

/** Refuses all that wait to be accepted. */
export function emptyQueue(context, listener) {
  for (;;) {
    const waiting = locked(context, () => dequeue(context, listener));
    if (waiting === 0) return;
    const tx = context.shared.words[(waiting >> 2) + SOCKET.TX];
    if (tx !== 0) new Stream(context, tx).setFlag(STREAM_FLAG.RESET);
    closeSocket(context, waiting);
  }
}

// ---- datagrams: in a stream, each after a header of two numbers, its length and that of the sender's address ----

const HEADER_BYTES = 8;
/** The longest message of UDP, and what AF_UNIX's send buffer takes. */
export const LONGEST = Object.freeze({
  [AF.INET]: 65507,
  [AF.INET6]: 65527,
  [AF.UNIX]: DEFAULT_SIZE - 32,
});

/** The stream of messages of a datagram socket, made when it is first needed. */
export function messages(context, at) {
  const { words } = context.shared;
  const word = at >> 2;
  if (words[word + SOCKET.RX] === 0) words[word + SOCKET.RX] = newSocketStream(context);
  return new Stream(context, words[word + SOCKET.RX]);
}

/** Appends a message, with which a ticket may travel; false when there is no room. Throws ENOMEM. */
export function putMessage(stream, bytes, address, ticket = 0) {
  const size = HEADER_BYTES + address.length + bytes.length;
  stream.lock();
  const fits = stream.length + size <= stream.capacity;
  if (fits) {
    stream.reserveOrUnlock(size);
    if (ticket !== 0) board(stream, ticket);
    stream.append(new Uint8Array(new Int32Array([bytes.length, address.length]).buffer));
    stream.append(address);
    stream.append(bytes);
  }
  stream.changed();
  return fits;
}

/** Takes the first message out, or looks at it: {length, copied, address, ticket}, null when there is none. */
export function takeMessage(stream, bytes, peek) {
  stream.lock();
  let message = null;
  if (stream.length > 0) {
    const ticket = peek ? 0 : ticketAt(stream, stream.taken);
    const header = new Int32Array(2);
    stream.copyOut(new Uint8Array(header.buffer));
    const address = new Uint8Array(header[1]);
    stream.copyOut(address, HEADER_BYTES);
    const copied = Math.min(bytes.length, header[0]);
    stream.copyOut(bytes.subarray(0, copied), HEADER_BYTES + header[1]);
    if (!peek) stream.drop(HEADER_BYTES + header[1] + header[0]);
    message = { length: header[0], copied, address, ticket };
  }
  stream.changed();
  return message;
}
