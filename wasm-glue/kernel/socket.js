// SPDX-License-Identifier: MIT
// Sockets as a process has them open, and the system calls about them. They are objects in the memory that
// processes share (socket-object.js), so that connecting, accepting and sending within one kernel ask
// nobody. What leads out of the kernel goes through `kernel.network`, where there is one (network.js).
import { ERRNO, O, S, fail } from './errno.js';
import { KIND, OpenFile, PENDING, POLL, statOutsideTrees } from './files.js';
import {
  AF,
  ANY,
  ANY6,
  LONGEST,
  LOOPBACK,
  LOOPBACK6,
  ONLY6,
  SOCK,
  SOCKET,
  SOCKET_BYTES,
  SOCKET_FLAG,
  SOCKET_STATE,
  STREAM_FLAG,
  URGENT_SHIFT,
  addressOf,
  atPort,
  closeSocket,
  dequeue,
  discardSocket,
  emptyQueue,
  enlist,
  enqueue,
  freePort,
  inetAddress,
  isAny,
  isLoopback,
  isOnly6,
  join,
  locked,
  messages,
  named,
  newSocket,
  partsOf,
  putMessage,
  reached,
  setAddress,
  setState,
  shut,
  takeMessage,
} from './socket-object.js';
import { board, bytesBefore, discard, leave, makeTicket, ticketAt } from './passing.js';
import { fromBytes } from './paths.js';
import { Stream } from './pipe.js';
import { SOCKETS } from './shared.js';

const MSG = Object.freeze({ OOB: 1, PEEK: 2, TRUNC: 32, DONTWAIT: 64 });
const SOL = Object.freeze({ IP: 0, SOCKET: 1, TCP: 6, IPV6: 41 });
const SO = Object.freeze({
  REUSEADDR: 2,
  TYPE: 3,
  ERROR: 4,
  BROADCAST: 6,
  SNDBUF: 7,
  RCVBUF: 8,
  LINGER: 13,
  RCVLOWAT: 18,
  SNDLOWAT: 19,
  RCVTIMEO: 20,
  SNDTIMEO: 21,
  ACCEPTCONN: 30,
  PROTOCOL: 38,
  DOMAIN: 39,
});
/** Those that are on or off: DEBUG, REUSEADDR, DONTROUTE, BROADCAST, KEEPALIVE, OOBINLINE, REUSEPORT. */
const SWITCHES = new Set([1, 2, 5, 6, 9, 10, 15]);
/** Defaults of the options of TCP and of IP. */
const TCP_OPTIONS = { 1: 0, 2: 536, 3: 0, 4: 7200, 5: 75, 6: 9, 7: 6, 8: 60, 9: 0, 10: 0, 12: 1 };
const IP_OPTIONS = { 1: 0, 2: 64, 3: 0, 6: 0, 7: 0, 32: 0, 33: 1, 34: 1, 35: 0, 36: 0 };
const IP_FIRST = 16;
/** UNICAST_HOPS, MULTICAST_HOPS, MULTICAST_LOOP, V6ONLY, which alone is kept. */
const IPV6_OPTIONS = { 16: 64, 18: 1, 19: 1, 26: 0 };
const V6ONLY = 26;
const SMALLEST_BUFFER = { [SO.SNDBUF]: 4608, [SO.RCVBUF]: 2304 };
const LARGEST_BUFFER = 212992;
const BROADCAST = 0xffffffff;
const NO_ADDRESS = new Uint8Array(0);
const PRIVILEGED = 1024;
const TYPE_FLAGS = { NONBLOCK: 0o4000, CLOEXEC: 0o2000000 };

export class Socket extends OpenFile {
  constructor(kernel, flags, at) {
    super(O.RDWR | flags);
    this.kernel = kernel;
    this.at = at;
    this.word = at >> 2;
    // Of fixed length: views that follow a buffer's growth are slow.
    this.words = new Int32Array(kernel.shared.buffer, at, SOCKET_BYTES >> 2);
    this.family = this.get(SOCKET.FAMILY);
    this.type = this.get(SOCKET.TYPE);
    this.time = kernel.now();
    this.streams = {};
  }

  get(field) {
    return Atomics.load(this.words, field);
  }

  set(field, value) {
    Atomics.store(this.words, field, value);
  }

  hasFlag(bit) {
    return (this.get(SOCKET.FLAGS) & bit) !== 0;
  }

  get isStream() {
    return this.type === SOCK.STREAM;
  }

  /** The addresses that stand for all, and for this machine, in its family. */
  get any() {
    return this.family === AF.INET6 ? ANY6 : ANY;
  }

  get loopback() {
    return this.family === AF.INET6 ? LOOPBACK6 : LOOPBACK;
  }

  get nonblocking() {
    return (this.flags & O.NONBLOCK) !== 0;
  }

  get isConnected() {
    return this.get(SOCKET.STATE) === SOCKET_STATE.CONNECTED;
  }

  /** What it reads (RX) or writes (TX), once it is connected. */
  stream(field) {
    return (this.streams[field] ??= new Stream(this.kernel, this.get(field)));
  }

  /** Throws the error that is waiting to be told, if there is one. */
  tellError() {
    const number = Atomics.exchange(this.words, SOCKET.ERROR, 0);
    if (number !== 0) fail(nameOfError(number));
  }

  /** Runs `attempt` until it answers something, or a wait is pending. It is called under the lock. */
  waiting(nonblocking, attempt, error = 'EAGAIN') {
    const { kernel } = this;
    for (;;) {
      const before = kernel.signals.moment();
      const answer = locked(kernel, () => {
        const found = attempt();
        if (found === undefined) kernel.shared.await(this.word + SOCKET.WAITERS, kernel.slot);
        return found;
      });
      if (answer !== undefined) return answer;
      if (nonblocking) fail(error);
      if (kernel.signals.wait(Infinity, before) === PENDING) return PENDING;
    }
  }

  // ---- names ----

  bind(address) {
    if (this.family === AF.UNIX) this.bindPath(address);
    else this.bindPort(address);
  }

  bindPort(address) {
    const { kernel } = this;
    if (address.length < (this.family === AF.INET6 ? 24 : 16)) fail('EINVAL');
    if (address[0] !== this.family) fail('EAFNOSUPPORT');
    const { ip, port } = partsOf(address);
    if (!isAny(ip) && ip !== BROADCAST && !isLoopback(ip) && !kernel.network?.isLocal(ip))
      fail('EADDRNOTAVAIL');
    if (port !== 0 && port < PRIVILEGED && kernel.uid !== 0) fail('EACCES');
    if (this.hasFlag(SOCKET_FLAG.BOUND)) fail('EINVAL');
    this.takePort(ip, port);
  }

  takePort(ip, wanted) {
    const { kernel, type } = this;
    const taken = (port) => kernel.network?.isTaken(type, ip, port) ?? false;
    locked(kernel, () => {
      const port = wanted || freePort(kernel, type, ip, taken);
      if (wanted) {
        const { words } = kernel.shared;
        for (const other of atPort(kernel, type, ip, port, isOnly6(kernel.shared, this.at))) {
          const both = words[(other >> 2) + SOCKET.OPTIONS] & this.get(SOCKET.OPTIONS);
          const listens = words[(other >> 2) + SOCKET.STATE] === SOCKET_STATE.LISTENING;
          if (!(both & (1 << SO.REUSEADDR)) || listens) fail('EADDRINUSE');
        }
        if (taken(port)) fail('EADDRINUSE');
      }
      setAddress(kernel, this.at, SOCKET.LOCAL, inetAddress(ip, port, this.family));
      enlist(kernel, this.at);
    });
    if (type === SOCK.DGRAM) kernel.network?.receive(this);
  }

  bindPath(address) {
    const { kernel } = this;
    if (address.length < 2 || address[0] !== AF.UNIX) fail('EINVAL');
    if (this.hasFlag(SOCKET_FLAG.BOUND)) fail('EINVAL');
    let file = null;
    if (address.length > 2 && address[2] !== 0) file = makeSocketFile(kernel, pathOf(address));
    locked(kernel, () => {
      let name = address;
      if (address.length === 2) name = this.unusedName();
      else if (!file && findPath(kernel, this.type, address, null)) fail('EADDRINUSE');
      setAddress(kernel, this.at, SOCKET.LOCAL, name);
      if (file) {
        kernel.shared.doubles[(this.word + SOCKET.FILE) >> 1] = file.dev;
        kernel.shared.doubles[((this.word + SOCKET.FILE) >> 1) + 1] = file.ino;
      }
      enlist(kernel, this.at);
    });
  }

  /** A name that is no path, and nobody's. */
  unusedName() {
    for (let number = 0; ; number++) {
      const text = `\0${number.toString(16).padStart(5, '0')}`;
      const name = Uint8Array.from(
        [AF.UNIX, 0, ...text].map((c) => (c.charCodeAt ? c.charCodeAt(0) : c)),
      );
      if (
        !findPath(this.kernel, SOCK.STREAM, name, null) &&
        !findPath(this.kernel, SOCK.DGRAM, name, null)
      )
        return name;
    }
  }

  /** Its address, or the other end's, as bytes. */
  name(peer) {
    const { kernel, at, family } = this;
    if (peer) {
      if (!this.isConnected) fail('ENOTCONN');
      const address = addressOf(kernel, at, SOCKET.PEER);
      return address.length > 0 ? address : Uint8Array.of(family, 0);
    }
    const address = addressOf(kernel, at, SOCKET.LOCAL);
    if (address.length > 0) return address;
    return family === AF.UNIX ? Uint8Array.of(family, 0) : inetAddress(this.any, 0, family);
  }

  // ---- connections ----

  /** 0, or PENDING while the host is asked. */
  listen(backlog) {
    const { kernel } = this;
    if (!this.isStream) fail('EOPNOTSUPP');
    const state = this.get(SOCKET.STATE);
    if (state !== SOCKET_STATE.NEW && state !== SOCKET_STATE.LISTENING) fail('EINVAL');
    if (!this.hasFlag(SOCKET_FLAG.BOUND)) {
      if (this.family === AF.UNIX) fail('EINVAL');
      this.takePort(this.any, 0);
    }
    this.set(SOCKET.BACKLOG, Math.min(backlog >>> 0, 4096));
    const outside = this.family !== AF.UNIX && kernel.network;
    if (state !== SOCKET_STATE.LISTENING) setState(kernel, this.at, SOCKET_STATE.LISTENING);
    if (!outside || this.hasFlag(SOCKET_FLAG.HOST_LISTENS)) return 0;
    try {
      return kernel.network.listen(this);
    } catch (error) {
      if (error.code === ERRNO.EINTR) throw error;
      setState(kernel, this.at, SOCKET_STATE.NEW);
      throw error;
    }
  }

  /** The new Socket, or PENDING. */
  accept() {
    const { kernel } = this;
    if (!this.isStream) fail('EOPNOTSUPP');
    const at = this.waiting(this.nonblocking, () => {
      if (this.get(SOCKET.STATE) !== SOCKET_STATE.LISTENING) fail('EINVAL');
      return dequeue(kernel, this.at) || undefined;
    });
    return at === PENDING ? PENDING : new Socket(kernel, 0, at);
  }

  connect(address) {
    if (address.length < 2) fail('EINVAL');
    if (!this.isStream) return this.connectDatagram(address);
    if (address[0] !== this.family) fail(this.family === AF.UNIX ? 'EINVAL' : 'EAFNOSUPPORT');
    switch (this.get(SOCKET.STATE)) {
      case SOCKET_STATE.CONNECTED:
        if (!this.hasFlag(SOCKET_FLAG.REPORT)) fail('EISCONN');
        this.set(SOCKET.FLAGS, this.get(SOCKET.FLAGS) & ~SOCKET_FLAG.REPORT);
        return 0;
      case SOCKET_STATE.CONNECTING:
        return this.awaitConnection('EALREADY');
      case SOCKET_STATE.LISTENING:
        return fail(this.family === AF.UNIX ? 'EINVAL' : 'EISCONN');
      default:
    }
    this.tellError();
    return this.family === AF.UNIX ? this.connectPath(address) : this.connectPort(address);
  }

  connectPath(address) {
    const { kernel } = this;
    const file = address[2] ? statSocket(kernel, pathOf(address)) : null;
    return this.waiting(this.nonblocking, () => {
      const listener = findPath(kernel, this.type, address, file);
      if (!listener) fail(address.length <= 2 ? 'EINVAL' : 'ECONNREFUSED');
      const { words } = kernel.shared;
      const word = listener >> 2;
      if (words[word + SOCKET.STATE] !== SOCKET_STATE.LISTENING) fail('ECONNREFUSED');
      if (words[word + SOCKET.QUEUED] > words[word + SOCKET.BACKLOG]) {
        kernel.shared.await(word + SOCKET.WAITERS, kernel.slot);
        return undefined;
      }
      this.joinListener(listener, addressOf(kernel, listener, SOCKET.LOCAL));
      return 0;
    });
  }

  connectPort(address) {
    const { kernel, family } = this;
    const { ip: wanted, port } = partsOf(address);
    const ip = isAny(wanted) ? this.loopback : wanted;
    if (ip === BROADCAST) fail('ENETUNREACH');
    if (typeof ip === 'number' && family === AF.INET6 && isOnly6(kernel.shared, this.at))
      fail('ENETUNREACH');
    const local = isLoopback(ip) || (kernel.network?.isLocal(ip) ?? false);
    const joined = locked(kernel, () => {
      const listener = local ? reached(kernel, this.type, ip, port) : 0;
      if (listener === 0) return false;
      if (kernel.shared.words[(listener >> 2) + SOCKET.STATE] !== SOCKET_STATE.LISTENING)
        fail('ECONNREFUSED');
      if (!this.hasFlag(SOCKET_FLAG.BOUND)) {
        const own = freePort(kernel, this.type, ip);
        const from = isLoopback(ip) && typeof ip === 'number' ? LOOPBACK : ip;
        setAddress(kernel, this.at, SOCKET.LOCAL, inetAddress(from, own, family));
      }
      this.joinListener(listener, inetAddress(ip, port, family));
      return true;
    });
    if (!joined) {
      if (!kernel.network || port === 0) fail(local ? 'ECONNREFUSED' : 'ENETUNREACH');
      setAddress(kernel, this.at, SOCKET.PEER, inetAddress(ip, port, family));
      setState(kernel, this.at, SOCKET_STATE.CONNECTING);
      this.set(SOCKET.FLAGS, this.get(SOCKET.FLAGS) | SOCKET_FLAG.HOST);
      kernel.network.connect(this, ip, port);
      // However soon the host answers: who does not wait is told later.
      if (this.nonblocking) fail('EINPROGRESS');
      return this.awaitConnection('EINPROGRESS');
    }
    if (!this.nonblocking) return 0;
    // As over a network, which takes its time.
    this.set(SOCKET.FLAGS, this.get(SOCKET.FLAGS) | SOCKET_FLAG.REPORT);
    return fail('EINPROGRESS');
  }

  /** Under the lock: a connection to a listening socket. */
  joinListener(listener, address) {
    const { kernel } = this;
    const family = kernel.shared.words[(listener >> 2) + SOCKET.FAMILY];
    const other = newSocket(kernel, family, this.type);
    try {
      join(kernel, this.at, other);
    } catch (error) {
      discardSocket(kernel, other);
      throw error;
    }
    setAddress(kernel, this.at, SOCKET.PEER, address);
    const from = addressOf(kernel, this.at, SOCKET.LOCAL);
    setAddress(kernel, other, SOCKET.LOCAL, inFamily(address, family));
    setAddress(kernel, other, SOCKET.PEER, inFamily(from, family));
    kernel.shared.words[(other >> 2) + SOCKET.FLAGS] |= SOCKET_FLAG.BOUND;
    enqueue(kernel, listener, other);
  }

  /** For a connect that the host is busy with. */
  awaitConnection(error) {
    return this.waiting(
      this.nonblocking,
      () => {
        const state = this.get(SOCKET.STATE);
        if (state === SOCKET_STATE.CONNECTED) return 0;
        if (state === SOCKET_STATE.CONNECTING) return undefined;
        this.tellError();
        return fail('ECONNABORTED');
      },
      error,
    );
  }

  connectDatagram(address) {
    const { kernel, at } = this;
    if (address[0] === AF.UNSPEC) {
      setAddress(kernel, at, SOCKET.PEER, NO_ADDRESS);
      setState(kernel, at, SOCKET_STATE.NEW);
      return 0;
    }
    if (address[0] !== this.family) fail(this.family === AF.UNIX ? 'EINVAL' : 'EAFNOSUPPORT');
    let peer = address;
    if (this.family === AF.UNIX) this.receiver(address);
    else {
      const { ip: wanted, port } = partsOf(address);
      const ip = isAny(wanted) ? this.loopback : wanted;
      peer = inetAddress(ip, port, this.family);
      if (!this.hasFlag(SOCKET_FLAG.BOUND)) this.takePort(isLoopback(ip) ? ip : this.any, 0);
    }
    setAddress(kernel, at, SOCKET.PEER, peer);
    setState(kernel, at, SOCKET_STATE.CONNECTED);
    return 0;
  }

  shutdown(how) {
    if (how < 0 || how > 2) fail('EINVAL');
    const { kernel } = this;
    if (this.get(SOCKET.STATE) === SOCKET_STATE.LISTENING && how !== 1) {
      setState(kernel, this.at, SOCKET_STATE.NEW);
      emptyQueue(kernel, this.at);
      return;
    }
    if (!this.isConnected) fail('ENOTCONN');
    shut(kernel, this.at, how + 1);
  }

  // ---- bytes ----

  /** How many bytes, or PENDING; `from` is then the sender's address. */
  receive(bytes, flags = 0) {
    const nonblocking = this.nonblocking || (flags & MSG.DONTWAIT) !== 0;
    this.from = NO_ADDRESS;
    if (!this.isStream) return this.receiveMessage(bytes, flags, nonblocking);
    if (!this.isConnected) {
      this.tellError();
      if (this.get(SOCKET.STATE) === SOCKET_STATE.CONNECTING && nonblocking) fail('EAGAIN');
      fail(this.family === AF.UNIX ? 'EINVAL' : 'ENOTCONN');
    }
    const stream = this.stream(SOCKET.RX);
    if (flags & MSG.OOB) return receiveUrgent(stream, bytes);
    if (this.isAtEnd(stream)) return 0;
    if (!(flags & MSG.PEEK)) return this.readBytes(stream, bytes, nonblocking);
    return this.waiting(nonblocking, () => {
      if (bytes.length > 0 && !stream.ready(false)) return undefined;
      return stream.peek(bytes, () => bytesBefore(stream) + 1);
    });
  }

  /** Whether nothing will come any more; throws the error that is to be told first. */
  isAtEnd(stream) {
    if (stream.length > 0) return false;
    this.tellError();
    if (stream.flags & STREAM_FLAG.RESET && stream.takeFlag(STREAM_FLAG.RESET)) {
      this.set(SOCKET.FLAGS, this.get(SOCKET.FLAGS) | SOCKET_FLAG.RESET);
      fail('ECONNRESET');
    }
    return (this.get(SOCKET.SHUT) & 1) !== 0;
  }

  /** As a stream's read; but an open file that comes with a byte ends it, and is lost. */
  readBytes(stream, bytes, nonblocking) {
    if (this.family !== AF.UNIX || bytes.length === 0) return stream.read(bytes, nonblocking);
    const came = this.readWith(stream, bytes, nonblocking);
    if (came === PENDING || came === null) return came ?? 0;
    if (came.ticket !== 0) discard(this.kernel, came.ticket);
    return came.count;
  }

  /** Reads up to and with the first byte that has a ticket: {count, ticket}, null at the end, or PENDING. */
  readWith(stream, bytes, nonblocking) {
    for (;;) {
      stream.lock();
      if (stream.length > 0) {
        const count = Math.min(bytes.length, stream.length, bytesBefore(stream) + 1);
        const ticket = ticketAt(stream, stream.taken + count - 1);
        stream.copyOut(bytes, 0, count);
        stream.drop(count);
        stream.changed();
        return { count, ticket };
      }
      if (!stream.hasWriter || nonblocking) {
        const ends = !stream.hasWriter;
        stream.unlock();
        if (ends) return null;
        fail('EAGAIN');
      }
      if (stream.wait() === PENDING) return PENDING;
    }
  }

  receiveMessage(bytes, flags, nonblocking) {
    const message = this.nextMessage(bytes, (flags & MSG.PEEK) !== 0, nonblocking);
    if (message === PENDING || message === null) return message ?? 0;
    this.from = message.address;
    if (message.ticket !== 0) discard(this.kernel, message.ticket);
    return flags & MSG.TRUNC ? message.length : message.copied;
  }

  /** As takeMessage answers; null at the end, or PENDING. */
  nextMessage(bytes, peek, nonblocking) {
    const stream = messages(this.kernel, this.at);
    return this.waiting(nonblocking, () => {
      this.tellError();
      const message = takeMessage(stream, bytes, peek);
      if (message) return message;
      if (this.get(SOCKET.SHUT) & 1) return null;
      stream.ready(false);
      return undefined;
    });
  }

  /** How many bytes, or PENDING. `address` may be empty. */
  send(bytes, flags = 0, address = NO_ADDRESS) {
    const nonblocking = this.nonblocking || (flags & MSG.DONTWAIT) !== 0;
    if (!this.isStream) return this.sendMessage(bytes, address, nonblocking);
    this.tellError();
    if (address.length > 0 && this.family === AF.UNIX)
      fail(this.isConnected ? 'EISCONN' : 'EOPNOTSUPP');
    if (!this.isConnected) {
      if (this.get(SOCKET.STATE) === SOCKET_STATE.CONNECTING && nonblocking) fail('EAGAIN');
      fail(this.family === AF.UNIX ? 'ENOTCONN' : 'EPIPE');
    }
    if (this.get(SOCKET.SHUT) & 2) fail('EPIPE');
    const stream = this.stream(SOCKET.TX);
    if (stream.hasReader) {
      if (stream.flags & STREAM_FLAG.REFUSED && this.family === AF.UNIX) fail('EPIPE');
      if (flags & MSG.OOB) {
        if (this.family === AF.UNIX) fail('EOPNOTSUPP');
        return sendUrgent(stream, bytes, nonblocking);
      }
      return stream.write(bytes, nonblocking);
    }
    const reset = this.stream(SOCKET.RX).takeFlag(STREAM_FLAG.RESET);
    if (reset && this.family !== AF.UNIX) {
      this.set(SOCKET.FLAGS, this.get(SOCKET.FLAGS) | SOCKET_FLAG.RESET);
      fail('ECONNRESET');
    }
    // The first bytes to somebody who is gone are lost; that they were shows afterwards.
    if (
      this.family !== AF.UNIX &&
      !this.hasFlag(SOCKET_FLAG.RESET) &&
      !(stream.flags & STREAM_FLAG.REFUSED)
    ) {
      stream.setFlag(STREAM_FLAG.REFUSED);
      return bytes.length;
    }
    return fail('EPIPE');
  }

  /** The address of the socket that an AF_UNIX address names; throws ENOENT, ECONNREFUSED. */
  receiver(address) {
    const { kernel } = this;
    const file = address[2] ? statSocket(kernel, pathOf(address)) : null;
    const at = findPath(kernel, this.type, address, file);
    if (at) return at;
    if (findPath(kernel, SOCK.STREAM, address, file)) fail('EPROTOTYPE');
    return fail('ECONNREFUSED');
  }

  sendMessage(bytes, address, nonblocking, ticket = 0) {
    const { kernel } = this;
    this.tellError();
    if (this.get(SOCKET.SHUT) & 2) fail('EPIPE');
    if (bytes.length > LONGEST[this.family]) fail('EMSGSIZE');
    if (address.length > 0 && address[0] !== this.family)
      fail(this.family === AF.UNIX ? 'EINVAL' : 'EAFNOSUPPORT');
    if (address.length === 0 && !this.isConnected)
      fail(this.family === AF.UNIX ? 'ENOTCONN' : 'EDESTADDRREQ');
    const to = address.length > 0 ? address : addressOf(kernel, this.at, SOCKET.PEER);
    if (this.family !== AF.UNIX) return this.sendToPort(bytes, to);
    return this.waiting(nonblocking, () => {
      const at = to.length > 0 ? this.receiver(to) : this.get(SOCKET.PAIR);
      if (at === 0) fail('ECONNREFUSED');
      const stream = messages(kernel, at);
      const from = addressOf(kernel, this.at, SOCKET.LOCAL);
      if (putMessage(stream, bytes, from, ticket)) return bytes.length;
      stream.await();
      return undefined;
    });
  }

  sendToPort(bytes, address) {
    const { kernel } = this;
    const { ip: wanted, port } = partsOf(address);
    const ip = isAny(wanted) ? this.loopback : wanted;
    if (port === 0) fail('EINVAL');
    const isOut = !isLoopback(ip) && !(kernel.network?.isLocal(ip) ?? false);
    if (ip === BROADCAST && !(this.get(SOCKET.OPTIONS) & (1 << SO.BROADCAST))) fail('EACCES');
    if (!this.hasFlag(SOCKET_FLAG.BOUND)) this.takePort(this.any, 0);
    const found = locked(kernel, () => {
      const at = isOut ? 0 : reached(kernel, this.type, ip, port);
      if (at === 0) return false;
      const own = partsOf(addressOf(kernel, this.at, SOCKET.LOCAL));
      const family = kernel.shared.words[(at >> 2) + SOCKET.FAMILY];
      const sender = isAny(own.ip) ? (typeof ip === 'number' ? LOOPBACK : LOOPBACK6) : own.ip;
      const from = inetAddress(sender, own.port, family);
      const peer = addressOf(kernel, at, SOCKET.PEER);
      // A connected one hears nobody else.
      if (peer.length > 0 && partsOf(peer).port !== own.port) return true;
      putMessage(messages(kernel, at), bytes, from);
      return true;
    });
    if (found) return bytes.length;
    if (kernel.network) kernel.network.sendTo(this, ip, port, bytes);
    else if (isOut) fail('ENETUNREACH');
    else if (this.isConnected) this.set(SOCKET.ERROR, ERRNO.ECONNREFUSED);
    return bytes.length;
  }

  // ---- open files ----

  /** Sends a byte and with it an open file: 0, or PENDING. */
  sendFile(file) {
    const byte = Uint8Array.of(0);
    // To the other families what comes beside the bytes is nothing.
    if (this.family !== AF.UNIX) return this.send(byte) === PENDING ? PENDING : 0;
    const ticket = makeTicket(this.kernel, file);
    let sent = false;
    try {
      const count = this.isStream
        ? this.sendWith(byte, ticket)
        : this.sendMessage(byte, NO_ADDRESS, this.nonblocking, ticket);
      sent = count !== PENDING;
      return sent ? 0 : PENDING;
    } finally {
      if (!sent) discard(this.kernel, ticket);
    }
  }

  /** As send, for a byte that a ticket travels with. */
  sendWith(byte, ticket) {
    // What send says of an empty message it says of this one.
    this.send(NO_ADDRESS);
    const stream = this.stream(SOCKET.TX);
    for (;;) {
      stream.lock();
      if (stream.hasReader && stream.length < stream.capacity) {
        stream.reserveOrUnlock(1);
        board(stream, ticket);
        stream.append(byte);
        stream.changed();
        return byte.length;
      }
      if (!stream.hasReader || this.nonblocking) {
        stream.unlock();
        fail(stream.hasReader ? 'EAGAIN' : 'EPIPE');
      }
      if (stream.wait() === PENDING) return PENDING;
    }
  }

  /** Receives a byte or a message: what leave() says of the open file that came with it, null, or PENDING. */
  receiveFile() {
    const byte = new Uint8Array(1);
    if (this.family !== AF.UNIX || (this.isStream && !this.isConnected))
      return this.receive(byte) === PENDING ? PENDING : null;
    if (!this.isStream) return this.fileOf(this.nextMessage(byte, false, this.nonblocking));
    const stream = this.stream(SOCKET.RX);
    if (this.isAtEnd(stream)) return null;
    return this.fileOf(this.readWith(stream, byte, this.nonblocking));
  }

  fileOf(came) {
    if (came === PENDING) return PENDING;
    return came?.ticket ? leave(this.kernel, came.ticket) : null;
  }

  read(bytes) {
    return this.receive(bytes);
  }

  write(bytes) {
    return this.send(bytes);
  }

  // ---- options ----

  /** The value's bytes. */
  option(level, option) {
    if (level === SOL.SOCKET) {
      if (option === SO.LINGER)
        return intBytes(this.get(SOCKET.LINGER), this.get(SOCKET.LINGER + 1));
      if (option === SO.RCVTIMEO || option === SO.SNDTIMEO) return new Uint8Array(16);
      return intBytes(this.socketOption(option));
    }
    const [table, first] = this.optionTable(level);
    if (!(option in table)) fail('ENOPROTOOPT');
    if (level === SOL.IPV6)
      return intBytes(
        option === V6ONLY ? Number(isOnly6(this.kernel.shared, this.at)) : table[option],
      );
    const set = option < IP_FIRST ? this.get(SOCKET.LEVELS + first + option) : 0;
    return intBytes(set === 0 ? table[option] : set - 1);
  }

  socketOption(option) {
    switch (option) {
      case SO.TYPE:
        return this.type;
      case SO.ERROR:
        if (this.isStream && this.isConnected && this.stream(SOCKET.RX).takeFlag(STREAM_FLAG.RESET))
          return ERRNO.ECONNRESET;
        return Atomics.exchange(this.words, SOCKET.ERROR, 0);
      case SO.SNDBUF:
        return this.get(SOCKET.SEND_SIZE);
      case SO.RCVBUF:
        return this.get(SOCKET.RECEIVE_SIZE);
      case SO.RCVLOWAT:
      case SO.SNDLOWAT:
        return 1;
      case SO.ACCEPTCONN:
        return this.get(SOCKET.STATE) === SOCKET_STATE.LISTENING ? 1 : 0;
      case SO.DOMAIN:
        return this.family;
      case SO.PROTOCOL:
        if (this.family === AF.UNIX) return 0;
        return this.isStream ? 6 : 17;
      default:
        if (!SWITCHES.has(option)) fail('ENOPROTOOPT');
        return (this.get(SOCKET.OPTIONS) >> option) & 1;
    }
  }

  optionTable(level) {
    if (this.family !== AF.UNIX && level === SOL.TCP && this.isStream) return [TCP_OPTIONS, 0];
    if (this.family !== AF.UNIX && level === SOL.IP) return [IP_OPTIONS, IP_FIRST];
    if (this.family === AF.INET6 && level === SOL.IPV6) return [IPV6_OPTIONS, 0];
    return fail(this.family === AF.UNIX ? 'EOPNOTSUPP' : 'ENOPROTOOPT');
  }

  setOption(level, option, bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (level !== SOL.SOCKET) {
      const [table, first] = this.optionTable(level);
      if (!(option in table)) fail('ENOPROTOOPT');
      if (level === SOL.IPV6) {
        if (bytes.length < 4) fail('EINVAL');
        if (option !== V6ONLY) return;
        if (this.hasFlag(SOCKET_FLAG.BOUND)) fail('EINVAL');
        this.set(ONLY6, view.getInt32(0, true) === 0 ? 0 : 2);
        return;
      }
      if (option >= IP_FIRST) return;
      if (bytes.length < 4 && !(level === SOL.IP && bytes.length > 0)) fail('EINVAL');
      const value = bytes.length < 4 ? bytes[0] : view.getInt32(0, true);
      this.set(SOCKET.LEVELS + first + option, value + 1);
      return;
    }
    if (bytes.length < 4) fail('EINVAL');
    const value = view.getInt32(0, true);
    switch (option) {
      case SO.LINGER:
        if (bytes.length < 8) fail('EINVAL');
        this.set(SOCKET.LINGER, value === 0 ? 0 : 1);
        if (value !== 0) this.set(SOCKET.LINGER + 1, view.getInt32(4, true));
        break;
      case SO.SNDBUF:
      case SO.RCVBUF:
        this.set(
          option === SO.SNDBUF ? SOCKET.SEND_SIZE : SOCKET.RECEIVE_SIZE,
          Math.max(SMALLEST_BUFFER[option], 2 * Math.min(Math.max(value, 0), LARGEST_BUFFER)),
        );
        break;
      case SO.RCVLOWAT:
        break;
      case SO.RCVTIMEO:
      case SO.SNDTIMEO:
        if (bytes.length < 16) fail('EINVAL');
        break;
      default:
        if (!SWITCHES.has(option)) fail('ENOPROTOOPT');
        this.set(
          SOCKET.OPTIONS,
          value
            ? this.get(SOCKET.OPTIONS) | (1 << option)
            : this.get(SOCKET.OPTIONS) & ~(1 << option),
        );
    }
  }

  // ---- as a file ----

  poll(wanted) {
    const { kernel } = this;
    // The mark first: what changes after the look wakes.
    kernel.shared.await(this.word + SOCKET.WAITERS, kernel.slot);
    const state = this.get(SOCKET.STATE);
    let ready = this.get(SOCKET.ERROR) !== 0 ? 3 | POLL.ERROR : 0;
    if (!this.isStream) {
      if (messages(kernel, this.at).ready(false) || this.get(SOCKET.SHUT) & 1) ready |= 1;
      ready |= 2;
    } else if (state === SOCKET_STATE.LISTENING) {
      if (this.get(SOCKET.HEAD) !== 0) ready |= 1;
    } else if (state === SOCKET_STATE.CONNECTED) {
      const rx = this.stream(SOCKET.RX);
      const tx = this.stream(SOCKET.TX);
      const shutBits = this.get(SOCKET.SHUT);
      if (rx.ready(false) || shutBits & 1) ready |= 1;
      if (shutBits & 2 || tx.ready(true)) ready |= 2;
      if (rx.flags & STREAM_FLAG.RESET) ready |= 3 | POLL.ERROR | POLL.HANG_UP;
      if (rx.flags & STREAM_FLAG.URGENT) ready |= 4;
      const ended = !rx.hasWriter || shutBits & 1;
      if (ended) ready |= wanted & POLL.ENDS;
      const unread = !tx.hasReader;
      if (ended && (shutBits & 2 || (unread && this.family === AF.UNIX))) ready |= POLL.HANG_UP;
    } else if (state === SOCKET_STATE.NEW) {
      // For select a connection that has ended, or not begun, can be read.
      ready |= 2 | POLL.HANG_UP | (wanted & POLL.ALL ? 0 : 1);
    }
    // Bits that are not asked for are told in poll's form only.
    const always = POLL.ERROR | POLL.HANG_UP;
    return ready & (wanted & POLL.ALL ? (wanted & (7 | POLL.ENDS)) | always : wanted);
  }

  get edge() {
    if (!this.isStream) return messages(this.kernel, this.at).written;
    if (!this.isConnected) return this.get(SOCKET.TAIL);
    return this.stream(SOCKET.RX).written + this.stream(SOCKET.TX).drains;
  }

  stat() {
    const { kernel, time } = this;
    return statOutsideTrees(kernel, {
      dev: 8,
      ino: this.get(SOCKET.NUMBER),
      mode: S.IFSOCK | 0o777,
      time,
    });
  }

  close() {
    closeSocket(this.kernel, this.at);
  }

  remains() {
    return [KIND.SOCKET, this.at];
  }

  describe() {
    return { kind: 'socket', socket: this.at };
  }

  static revive(kernel, { flags, socket }) {
    return new Socket(kernel, flags, socket);
  }
}

/** The last byte goes beside the others, in the flags of the stream. */
function sendUrgent(stream, bytes, nonblocking) {
  const before = bytes.subarray(0, -1);
  const count = stream.write(before, nonblocking);
  if (count !== before.length || bytes.length === 0) return count;
  stream.lock();
  stream.takeFlag(0xff << URGENT_SHIFT);
  stream.setFlag(STREAM_FLAG.URGENT | (bytes.at(-1) << URGENT_SHIFT));
  stream.changed();
  return bytes.length;
}

function receiveUrgent(stream, bytes) {
  const { flags } = stream;
  if (!(flags & STREAM_FLAG.URGENT)) fail('EINVAL');
  if (bytes.length === 0) return 0;
  bytes[0] = (flags >> URGENT_SHIFT) & 0xff;
  stream.takeFlag(STREAM_FLAG.URGENT);
  return 1;
}

function nameOfError(number) {
  for (const [name, value] of Object.entries(ERRNO)) if (value === number) return name;
  return 'EIO';
}

/** An internet address in the form of a family. */
function inFamily(address, family) {
  if (family === AF.UNIX) return address;
  const { ip, port } = partsOf(address);
  return inetAddress(ip, port, family);
}

function intBytes(...values) {
  return new Uint8Array(new Int32Array(values).buffer);
}

// ---- paths ----

/** The path of an AF_UNIX address, as a byte string. */
function pathOf(address) {
  const bytes = address.subarray(2);
  const end = bytes.indexOf(0);
  return fromBytes(end < 0 ? bytes : bytes.subarray(0, end));
}

/** {dev, ino} of a new file that stands for a socket. It is an empty one: the trees know no other. */
function makeSocketFile(kernel, path) {
  const [tree, inside] = kernel.locate(path);
  try {
    tree.open(inside, O.WRONLY | O.CREAT | O.EXCL, 0o777 & ~kernel.mask).close();
  } catch (error) {
    if (error.code === ERRNO.EEXIST) fail('EADDRINUSE');
    throw error;
  }
  return statSocket(kernel, path);
}

/** {dev, ino} of an existing file. */
function statSocket(kernel, path) {
  const [tree, inside] = kernel.locate(path);
  const { dev, ino } = tree.stat(inside, true);
  return { dev: Number(dev), ino: Number(ino) };
}

/** The bound socket of a name, by its bytes, or by its file; 0 for none. */
function findPath(kernel, type, address, file) {
  const { doubles } = kernel.shared;
  for (const at of named(kernel, AF.UNIX, type)) {
    const first = ((at >> 2) + SOCKET.FILE) >> 1;
    if (file) {
      if (doubles[first] === file.dev && doubles[first + 1] === file.ino) return at;
      continue;
    }
    const own = addressOf(kernel, at, SOCKET.LOCAL);
    if (own.length === address.length && own.every((byte, i) => byte === address[i])) return at;
  }
  return 0;
}

/** Makes the stat object of a file that stands for a socket tell so. */
export function asSocketFile(kernel, st) {
  if (kernel.shared.words[SOCKETS.UNIX] === 0 || Number(st.size) !== 0) return st;
  if ((st.mode & S.IFMT) !== S.IFREG) return st;
  const file = { dev: Number(st.dev), ino: Number(st.ino) };
  const found = [SOCK.STREAM, SOCK.DGRAM].some((type) => findPath(kernel, type, null, file));
  return found ? { ...st, mode: (st.mode & ~S.IFMT) | S.IFSOCK } : st;
}

// ---- making ----

/** [family, type, flags], once they are found to go together. */
function check(kernel, family, typeAndFlags, protocol) {
  const type = typeAndFlags & 0xf;
  const flags = typeAndFlags & ~0xf;
  if (flags & ~(TYPE_FLAGS.NONBLOCK | TYPE_FLAGS.CLOEXEC) || type === 0 || type > 10)
    fail('EINVAL');
  if (![AF.INET, AF.INET6, AF.UNIX].includes(family)) fail('EAFNOSUPPORT');
  if (family === AF.UNIX) {
    if (protocol !== 0 && protocol !== 1) fail('EPROTONOSUPPORT');
    if (type !== SOCK.STREAM && type !== SOCK.DGRAM) fail('ESOCKTNOSUPPORT');
  } else {
    if (type === 3 && protocol !== 0) fail('EPERM');
    if (type === 3) fail('EPROTONOSUPPORT');
    if (type !== SOCK.STREAM && type !== SOCK.DGRAM) fail('ESOCKTNOSUPPORT');
    if (protocol !== 0 && protocol !== (type === SOCK.STREAM ? 6 : 17)) fail('EPROTONOSUPPORT');
  }
  return [family, type, flags];
}

/** A descriptor for a socket. */
function install(kernel, at, flags) {
  const fd = kernel.files.add(new Socket(kernel, flags & O.NONBLOCK, at));
  if (flags & TYPE_FLAGS.CLOEXEC) kernel.files.slot(fd).closeOnExec = true;
  return fd;
}

export function makeSocket(kernel, ...wanted) {
  const [family, type, flags] = check(kernel, ...wanted);
  return install(kernel, newSocket(kernel, family, type), flags);
}

/** Two descriptors. */
export function makeSocketPair(kernel, ...wanted) {
  const [family, type, flags] = check(kernel, ...wanted);
  if (family !== AF.UNIX) fail('EOPNOTSUPP');
  const one = newSocket(kernel, family, type);
  const other = newSocket(kernel, family, type);
  if (type === SOCK.STREAM) join(kernel, one, other);
  else {
    kernel.shared.words[(one >> 2) + SOCKET.PAIR] = other;
    kernel.shared.words[(other >> 2) + SOCKET.PAIR] = one;
    for (const at of [one, other]) setState(kernel, at, SOCKET_STATE.CONNECTED);
  }
  let first;
  try {
    first = install(kernel, one, flags);
  } catch (error) {
    closeSocket(kernel, other);
    throw error;
  }
  try {
    return [first, install(kernel, other, flags)];
  } catch (error) {
    kernel.files.close(first);
    throw error;
  }
}
