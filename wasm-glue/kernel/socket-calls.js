// SPDX-License-Identifier: MIT
// The system calls about sockets, by descriptor. As those of kernel.js they answer negative error numbers,
// or PENDING; addresses are the bytes of Linux's struct sockaddr. Names of hosts that are not this machine's
// are the business of `kernel.network`.
import { fail } from './errno.js';
import { PENDING } from './files.js';
import { Socket, makeSocket, makeSocketPair } from './socket.js';
import { LOOPBACK, isLoopback } from './socket-object.js';

/** Where the answers of resolve begin: HOST_GAI plus an EAI_*. */
const GAI = -1000;
const NO_NAME = -2;
const NAME = 'krait';

export class SocketCalls {
  constructor(kernel) {
    this.kernel = kernel;
    /** The address that the last receive was from. */
    this.from = null;
  }

  get(fd) {
    const file = this.kernel.files.get(fd);
    if (!(file instanceof Socket)) fail('ENOTSOCK');
    return file;
  }

  call(fd, operation) {
    return this.kernel.call(() => operation(this.get(fd)));
  }

  socket(family, type, protocol) {
    return this.kernel.call(() => makeSocket(this.kernel, family, type, protocol));
  }

  /** Two descriptors, or a negative error. */
  pair(family, type, protocol) {
    return this.kernel.call(() => makeSocketPair(this.kernel, family, type, protocol));
  }

  bind(fd, address) {
    return this.call(fd, (socket) => socket.bind(address.slice()));
  }

  listen(fd, backlog) {
    return this.call(fd, (socket) => socket.listen(backlog));
  }

  /** {fd, address}, or PENDING or a negative error. */
  accept(fd) {
    return this.call(fd, (socket) => {
      // Without a descriptor for it the connection is not taken.
      this.kernel.files.checkRoom();
      const made = socket.accept();
      if (made === PENDING) return PENDING;
      return { fd: this.kernel.files.add(made), address: made.name(true) };
    });
  }

  connect(fd, address) {
    return this.call(fd, (socket) => socket.connect(address.slice()));
  }

  shutdown(fd, how) {
    return this.call(fd, (socket) => socket.shutdown(how));
  }

  name(fd, peer) {
    return this.call(fd, (socket) => socket.name(peer));
  }

  option(fd, level, option) {
    return this.call(fd, (socket) => socket.option(level, option));
  }

  setOption(fd, level, option, bytes) {
    return this.call(fd, (socket) => socket.setOption(level, option, bytes));
  }

  receive(fd, bytes, flags) {
    return this.call(fd, (socket) => {
      const count = socket.receive(bytes, flags);
      this.from = socket.from;
      return count;
    });
  }

  send(fd, bytes, flags, address) {
    return this.call(fd, (socket) => socket.send(bytes, flags, address.slice()));
  }

  // ---- names ----

  hostname() {
    return this.kernel.network?.hostname() ?? NAME;
  }

  /** IPv4 addresses as numbers; PENDING; or a negative number. */
  resolve(name) {
    if (name === 'localhost' || name === this.hostname()) return [LOOPBACK];
    const found = this.kernel.call(() => this.kernel.network?.resolve(name) ?? []);
    return found.length === 0 ? GAI + NO_NAME : found;
  }

  /** The name of an address; PENDING; or a negative number. */
  resolveBack(ip) {
    return this.kernel.call(() => {
      if (isLoopback(ip)) return 'localhost';
      return this.kernel.network?.resolveBack(ip) || fail('ENOENT');
    });
  }
}
