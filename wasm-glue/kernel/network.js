// SPDX-License-Identifier: MIT
// What a process's sockets reach outside its kernel, under Node: asked for by messages to the context with
// an event loop (workers/host-network.js), which works on the same sockets in shared memory. Invariant: an
// answer is a word of the socket, or of the box that the process was given; who asked is woken.
import fs from 'node:fs';
import { ERRNO, fail } from './errno.js';
import { PENDING } from './files.js';
import {
  SOCK,
  SOCKET,
  SOCKET_FLAG,
  addressOf,
  ipOf,
  ipText,
  isAny,
  isOnly6,
  partsOf,
} from './socket-object.js';

// Loaded when they are needed: most programs use no network.
const os = () => process.getBuiltinModule('node:os');

/** Values of SOCKET.ANSWER beside 0: nobody has answered yet; this bit, and an error number. */
const ASKED = 1;
const ANSWERED = 1 << 30;
const BOX_BYTES = 1024;
const TCP_LISTENS = '0A';

/** An address as /proc/net has it: words of four bytes, each turned around. */
function addressInTable(digits) {
  const turned = digits.toLowerCase().replace(/(..)(..)(..)(..)/g, '$4$3$2$1');
  return turned.length === 8 ? parseInt(turned, 16) : ipOf(turned.match(/.{4}/g).join(':'));
}

export class Network {
  /** @param {(message: object) => void} post to the other context */
  constructor(kernel, post) {
    this.kernel = kernel;
    this.post = post;
    /** The boxes of questions that are not answered yet. */
    this.boxes = new Map();
  }

  hostname() {
    return os().hostname();
  }

  /** Whether an address is one of this machine's. */
  isLocal(ip) {
    return Object.values(os().networkInterfaces()).some((list) =>
      list.some(({ address }) => ipOf(address) === ip),
    );
  }

  /**
   * Whether a program of the host's has a port. Where that cannot be seen, as whether somebody listens for IPv4
   * with IPv6, listening will tell.
   */
  isTaken(type, ip, port) {
    const kind = type === SOCK.STREAM ? 'tcp' : 'udp';
    const end = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
    const entries = ['', '6'].flatMap((suffix) => {
      try {
        return fs.readFileSync(`/proc/net/${kind}${suffix}`, 'latin1').split('\n');
      } catch {
        return [];
      }
    });
    return entries.some((line) => {
      const [, local, , state] = line.trim().split(/\s+/);
      if (!local?.endsWith(end)) return false;
      if (type === SOCK.STREAM && state !== TCP_LISTENS) return false;
      const own = addressInTable(local.slice(0, local.indexOf(':')));
      return own === ip || ((isAny(own) || isAny(ip)) && typeof own === typeof ip);
    });
  }

  number(at) {
    return this.kernel.shared.words[(at >> 2) + SOCKET.NUMBER];
  }

  connect(socket, ip, port) {
    const { at } = socket;
    this.post({ type: 'network', ask: 'connect', at, number: this.number(at), ip, port });
  }

  /** Opens the port on the host too: 0; or PENDING, then ask again. Throws what the host answers. */
  listen(socket) {
    const { kernel } = this;
    const { at } = socket;
    if (socket.get(SOCKET.ANSWER) === 0) {
      const { ip, port } = partsOf(addressOf(kernel, at, SOCKET.LOCAL));
      socket.set(SOCKET.ANSWER, ASKED);
      const only6 = isOnly6(kernel.shared, at);
      this.post({ type: 'network', ask: 'listen', at, number: this.number(at), ip, port, only6 });
    }
    const answer = socket.waiting(false, () => {
      const said = socket.get(SOCKET.ANSWER);
      return said === ASKED ? undefined : said;
    });
    if (answer === PENDING) return PENDING;
    socket.set(SOCKET.ANSWER, 0);
    const number = answer & ~ANSWERED;
    if (number !== 0) fail(number === ERRNO.EADDRINUSE ? 'EADDRINUSE' : 'EACCES');
    socket.set(SOCKET.FLAGS, socket.get(SOCKET.FLAGS) | SOCKET_FLAG.HOST_LISTENS);
    return 0;
  }

  /** A datagram socket has a port: what comes to it from outside is for it. */
  receive(socket) {
    const { at } = socket;
    const { ip, port } = partsOf(addressOf(this.kernel, at, SOCKET.LOCAL));
    socket.set(SOCKET.FLAGS, socket.get(SOCKET.FLAGS) | SOCKET_FLAG.HOST);
    this.post({ type: 'network', ask: 'receive', at, number: this.number(at), ip, port });
  }

  sendTo(socket, ip, port, bytes) {
    const { at } = socket;
    const copy = bytes.slice();
    this.post({ type: 'network', ask: 'send', at, number: this.number(at), ip, port, bytes: copy });
  }

  closed(at, number) {
    this.post({ type: 'network', ask: 'closed', at, number });
  }

  // ---- names: the host's resolver; the answer comes in a box of shared memory ----

  /** What the other context answers to a question, as data; or PENDING. */
  question(ask, text) {
    const { shared, slot, signals } = this.kernel;
    // The main thread cannot sleep until it has answered itself: another process does.
    if (!signals.shared) return askProcess(ask, text);
    const key = `${ask} ${text}`;
    let box = this.boxes.get(key);
    if (box === undefined) {
      box = shared.allocate(BOX_BYTES, slot);
      this.boxes.set(key, box);
      this.post({ type: 'network', ask, text, box, room: BOX_BYTES - 4, slot });
    }
    for (;;) {
      const before = signals.moment();
      const length = Atomics.load(shared.words, box >> 2);
      if (length > 0) {
        const answer = shared.bytes.slice(box + 4, box + 4 + length);
        shared.free(box, BOX_BYTES, slot);
        this.boxes.delete(key);
        return JSON.parse(new TextDecoder().decode(answer));
      }
      if (signals.wait(Infinity, before) === PENDING) return PENDING;
    }
  }

  /** Addresses as numbers, none when there are none; or PENDING. */
  resolve(name) {
    const found = this.question('resolve', name);
    return found === PENDING ? found : found.map(ipOf);
  }

  /** The name of an address, empty when it has none; or PENDING. */
  resolveBack(ip) {
    return this.question('resolveBack', ipText(ip));
  }
}

/** The host's resolver in a process of its own. */
function askProcess(ask, text) {
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const code = `import('node:dns').then((dns) => {
    const tell = (data) => console.log(JSON.stringify(data));
    const [, text] = process.argv;
    if (${ask === 'resolve'}) dns.lookup(text, {family: 4, all: true}, (error, list) =>
      tell(error ? [] : list.map((item) => item.address)));
    else dns.lookupService(text, 0, (error, name) => tell(error || name === text ? '' : name));
  });`;
  const { stdout } = spawnSync(process.execPath, ['-e', code, text], { encoding: 'utf8' });
  try {
    return JSON.parse(stdout);
  } catch {
    return [];
  }
}
