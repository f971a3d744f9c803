// SPDX-License-Identifier: MIT
// The host's network for the kernel's sockets, under Node: real connections and ports, bridged to sockets in
// the memory that processes share. It runs in the context with an event loop. Invariant: the bridge holds
// the far end of a connection (a reader of what the program writes, a writer of what it reads), so a socket's
// streams live until both sides are done; a socket is named by address and number, since addresses are used
// again.
import dgram from 'node:dgram';
import dns from 'node:dns';
import net from 'node:net';
import { ERRNO } from '../kernel/errno.js';
import { Stream } from '../kernel/pipe.js';
import {
  AF,
  SOCK,
  SOCKET,
  SOCKET_STATE,
  STREAM_FLAG,
  closeSocket,
  enqueue,
  inetAddress,
  ipOf,
  ipText,
  isLoopback,
  locked,
  messages,
  newSocket,
  newSocketStream,
  putMessage,
  setAddress,
  setState,
} from '../kernel/socket-object.js';

const ANSWERED = 1 << 30;
/** How long a program that has ended may still be sending. */
const LAST_WORDS_MS = 3000;

export class HostNetwork {
  /** @param {NodeSystem} system */
  constructor(system) {
    this.system = system;
    this.shared = system.shared;
    this.context = { shared: system.shared, slot: 0, signals: system.signals };
    this.servers = new Map();
    this.datagrams = new Map();
    /** Connections whose program may have written what is not sent yet. */
    this.sending = new Set();
  }

  handle(message) {
    this[message.ask](message);
  }

  /** Whether a socket is still the one that asked. */
  is({ at, number }) {
    return this.shared.words[(at >> 2) + SOCKET.NUMBER] === number;
  }

  familyOf(at) {
    return this.shared.words[(at >> 2) + SOCKET.FAMILY];
  }

  set(at, field, value) {
    Atomics.store(this.shared.words, (at >> 2) + field, value);
  }

  // ---- connections ----

  connect({ at, number, ip, port }) {
    const outside = net.connect({ host: ipText(ip), port, allowHalfOpen: true });
    outside.once('error', (error) => {
      if (!outside.krait && this.is({ at, number })) this.failed(at, error);
    });
    outside.once('connect', () => {
      if (!this.is({ at, number })) {
        outside.destroy();
        return;
      }
      const own = inetAddress(ipOf(outside.localAddress), outside.localPort, this.familyOf(at));
      setAddress(this.context, at, SOCKET.LOCAL, own);
      this.bridge(at, outside);
      setState(this.context, at, SOCKET_STATE.CONNECTED);
    });
  }

  failed(at, error) {
    this.set(at, SOCKET.ERROR, ERRNO[error.code] ?? ERRNO.EIO);
    setState(this.context, at, SOCKET_STATE.NEW);
  }

  /** Gives a socket its streams and moves bytes between them and the connection. */
  bridge(at, outside) {
    const { context } = this;
    outside.krait = true;
    outside.setNoDelay(true);
    const reads = new Stream(context, newSocketStream(context));
    const writes = new Stream(context, newSocketStream(context));
    // Two holders: the socket's close lets go of one, the bridge of the other.
    for (const stream of [reads, writes]) stream.hold(2);
    this.set(at, SOCKET.RX, reads.at);
    this.set(at, SOCKET.TX, writes.at);
    const sending = this.system.feed(writes, outside).finally(() => writes.count(false, -1));
    this.sending.add(sending);
    const sent = sending.finally(() => this.sending.delete(sending));
    outside.on('error', () => reads.setFlag(STREAM_FLAG.RESET));
    // The end of what comes in is not the end of the connection.
    const incoming = {
      [Symbol.asyncIterator]: () => outside.iterator({ destroyOnReturn: false }),
      destroy: () => outside.resume(),
    };
    const received = this.system.drain(incoming, reads).finally(() => reads.count(true, -1));
    Promise.allSettled([sent, received]).then(() => {
      outside.destroy();
      for (const stream of [reads, writes]) stream.hold(-1);
    });
  }

  // ---- listening ----

  listen({ at, number, ip, port, only6 }) {
    const server = net.createServer({ allowHalfOpen: true, pauseOnConnect: false });
    const answer = (code) => {
      if (!this.is({ at, number })) return;
      this.set(at, SOCKET.ANSWER, ANSWERED | code);
      this.shared.wake((at >> 2) + SOCKET.WAITERS);
    };
    server.once('error', (error) => answer(ERRNO[error.code] ?? ERRNO.EIO));
    server.on('connection', (outside) => this.accept({ at, number, port }, outside));
    server.listen({ host: ipText(ip), port, backlog: 511, ipv6Only: only6 }, () => {
      this.servers.set(number, server);
      answer(0);
    });
  }

  accept({ at, number, port }, outside) {
    const { context } = this;
    outside.on('error', () => {});
    const family = this.is({ at, number }) ? this.familyOf(at) : AF.INET;
    const other = newSocket(context, family, SOCK.STREAM);
    const address = (text, at) => inetAddress(ipOf(text), at, family);
    setAddress(context, other, SOCKET.LOCAL, address(outside.localAddress, port));
    setAddress(context, other, SOCKET.PEER, address(outside.remoteAddress, outside.remotePort));
    this.bridge(other, outside);
    setState(context, other, SOCKET_STATE.CONNECTED);
    const taken = locked(context, () => {
      const listens =
        this.is({ at, number }) &&
        this.shared.words[(at >> 2) + SOCKET.STATE] === SOCKET_STATE.LISTENING;
      if (listens) enqueue(context, at, other);
      return listens;
    });
    if (!taken) closeSocket(context, other);
  }

  // ---- datagrams ----

  receive({ at, number, ip, port }) {
    const family = this.familyOf(at);
    const type = family === AF.INET6 ? 'udp6' : 'udp4';
    const outside = dgram.createSocket({ type, reuseAddr: true });
    this.datagrams.set(number, outside);
    outside.on('error', () => {});
    outside.on('message', (bytes, { address, port: from }) => {
      if (!this.is({ at, number })) return;
      putMessage(messages(this.context, at), bytes, inetAddress(ipOf(address), from, family));
      this.shared.wake((at >> 2) + SOCKET.WAITERS);
    });
    outside.bind(port, ipText(ip));
  }

  send({ at, number, ip, port, bytes }) {
    this.datagrams.get(number)?.send(bytes, port, ipText(ip), (error) => {
      if (error && isLoopback(ip) && this.is({ at, number }))
        this.set(at, SOCKET.ERROR, ERRNO[error.code] ?? ERRNO.EIO);
    });
  }

  /** As a message, or told of a process that was killed. */
  closed(message, given = message.number) {
    const number = given;
    this.servers.get(number)?.close();
    this.servers.delete(number);
    this.datagrams.get(number)?.close();
    this.datagrams.delete(number);
  }

  // ---- names ----

  answer({ box, room, slot }, data) {
    let bytes = new TextEncoder().encode(JSON.stringify(data));
    if (bytes.length > room) bytes = new TextEncoder().encode(JSON.stringify(data.slice(0, 16)));
    this.shared.bytes.set(bytes, box + 4);
    Atomics.store(this.shared.words, box >> 2, bytes.length);
    this.shared.wakeProcess(slot);
  }

  resolve(message) {
    dns.lookup(message.text, { family: 4, all: true }, (error, list) =>
      this.answer(message, error ? [] : list.map(({ address }) => address)),
    );
  }

  resolveBack(message) {
    dns.lookupService(message.text, 0, (error, name) =>
      this.answer(message, error || name === message.text ? '' : name),
    );
  }

  /** Settles when what programs have written is sent, or it takes too long. */
  finished() {
    if (this.sending.size === 0) return null;
    const late = new Promise((resolve) => setTimeout(resolve, LAST_WORDS_MS));
    return Promise.race([Promise.allSettled(this.sending), late]);
  }
}
