// SPDX-License-Identifier: MIT
// Sockets of the kernel, between two processes that share its memory.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ERRNO, O, SIGNAL } from '../../wasm-glue/kernel/errno.js';
import { Kernel } from '../../wasm-glue/kernel/kernel.js';
import { MemoryTree } from '../../wasm-glue/kernel/memory-tree.js';
import { releaseProcess } from '../../wasm-glue/kernel/release.js';
import { SharedState } from '../../wasm-glue/kernel/shared.js';
import { Socket } from '../../wasm-glue/kernel/socket.js';
import { SOCKETS } from '../../wasm-glue/kernel/shared.js';
import { inetAddress, partsOf } from '../../wasm-glue/kernel/socket-object.js';

const UNIX = 1;
const INET = 2;
const STREAM = 1;
const DGRAM = 2;
const LOOPBACK = 0x7f000001;
const bytes = (text) => new TextEncoder().encode(text);

/** Kernels of processes over one memory; they answer PENDING instead of blocking. */
function makeKernels(count) {
  const shared = new SharedState();
  const root = new MemoryTree({ uid: 1000, gid: 1000 });
  return Array.from({ length: count }, (_, i) => {
    const kernel = new Kernel({
      root,
      shared,
      slot: shared.newProcess({ pid: i + 1, parent: 0 }),
    });
    kernel.setBlocking(false);
    kernel.signalDisposition(SIGNAL.SIGPIPE, 1); // as Python does
    return kernel;
  });
}

function listen(kernel, address = inetAddress(LOOPBACK, 0)) {
  const fd = kernel.sockets.socket(address[0], STREAM, 0);
  assert.equal(kernel.sockets.bind(fd, address), 0);
  assert.equal(kernel.sockets.listen(fd, 5), 0);
  return fd;
}

function receive(kernel, fd, flags = 0) {
  const buffer = new Uint8Array(100);
  const count = kernel.sockets.receive(fd, buffer, flags);
  return count < 0 ? count : new TextDecoder().decode(buffer.subarray(0, count));
}

test('a connection between two processes', () => {
  const [server, client] = makeKernels(2);
  const listener = listen(server);
  const address = server.sockets.name(listener, false);
  assert.equal(server.sockets.accept(listener), -100000, 'nobody yet');
  const fd = client.sockets.socket(INET, STREAM, 0);
  assert.equal(client.sockets.connect(fd, address), 0);
  const accepted = server.sockets.accept(listener);
  assert.deepEqual(accepted.address, client.sockets.name(fd, false));
  assert.equal(client.sockets.send(fd, bytes('hello'), 0, new Uint8Array(0)), 5);
  assert.equal(receive(server, accepted.fd, 2), 'hello', 'MSG_PEEK');
  assert.equal(receive(server, accepted.fd), 'hello');
  assert.equal(receive(server, accepted.fd), -100000);
  assert.equal(receive(server, accepted.fd, 64), -ERRNO.EAGAIN, 'MSG_DONTWAIT');
  client.sockets.shutdown(fd, 1);
  assert.equal(receive(server, accepted.fd), '');
  assert.equal(client.sockets.send(fd, bytes('x'), 0, new Uint8Array(0)), -ERRNO.EPIPE);
  assert.equal(server.sockets.send(accepted.fd, bytes('back'), 0, new Uint8Array(0)), 4);
  server.close(accepted.fd);
  assert.equal(receive(client, fd), 'back');
  assert.equal(receive(client, fd), '');
});

test('unread bytes at a close reset the connection', () => {
  const [kernel] = makeKernels(1);
  const listener = listen(kernel);
  const fd = kernel.sockets.socket(INET, STREAM, 0);
  kernel.sockets.connect(fd, kernel.sockets.name(listener, false));
  const accepted = kernel.sockets.accept(listener);
  kernel.sockets.send(fd, bytes('unread'), 0, new Uint8Array(0));
  kernel.close(accepted.fd);
  assert.equal(receive(kernel, fd), -ERRNO.ECONNRESET);
  assert.equal(receive(kernel, fd), '');
  assert.equal(kernel.sockets.send(fd, bytes('x'), 0, new Uint8Array(0)), -ERRNO.EPIPE);
});

test('ports: in use, free again, refused', () => {
  const [one, two] = makeKernels(2);
  const listener = listen(one);
  const address = one.sockets.name(listener, false);
  const other = two.sockets.socket(INET, STREAM, 0);
  assert.equal(two.sockets.bind(other, address), -ERRNO.EADDRINUSE);
  one.close(listener);
  assert.equal(two.sockets.bind(other, address), 0);
  const fd = one.sockets.socket(INET, STREAM, 0);
  assert.equal(one.sockets.connect(fd, address), -ERRNO.ECONNREFUSED, 'bound, but nobody listens');
  assert.equal(
    one.sockets.connect(fd, inetAddress(0x08080808, 80)),
    -ERRNO.ENETUNREACH,
    'outside, and there is no network',
  );
});

test('datagrams keep their bounds and tell who sent them', () => {
  const [one, two] = makeKernels(2);
  const to = one.sockets.socket(INET, DGRAM, 0);
  one.sockets.bind(to, inetAddress(LOOPBACK, 0));
  const from = two.sockets.socket(INET, DGRAM, 0);
  const address = one.sockets.name(to, false);
  for (const text of ['first', '', 'third'])
    assert.equal(two.sockets.send(from, bytes(text), 0, address), text.length);
  assert.equal(receive(one, to), 'first');
  assert.equal(partsOf(one.sockets.from).port, partsOf(two.sockets.name(from, false)).port);
  assert.equal(receive(one, to), '');
  assert.equal(receive(one, to), 'third');
  assert.equal(two.sockets.send(from, new Uint8Array(65508), 0, address), -ERRNO.EMSGSIZE);
});

test('a path is a file while its socket is bound', () => {
  const [one, two] = makeKernels(2);
  const address = Uint8Array.from([UNIX, 0, ...bytes('/here'), 0]);
  const listener = listen(one, address);
  assert.equal(two.stat('/here', true).mode & 0o170000, 0o140000);
  const fd = two.sockets.socket(UNIX, STREAM, 0);
  assert.equal(two.sockets.connect(fd, address), 0);
  assert.equal(typeof one.sockets.accept(listener).fd, 'number');
  one.close(listener);
  const again = two.sockets.socket(UNIX, STREAM, 0);
  assert.equal(two.sockets.connect(again, address), -ERRNO.ECONNREFUSED);
  two.unlink('/here');
  assert.equal(two.sockets.connect(again, address), -ERRNO.ENOENT);
});

test('a killed process lets go of its sockets', () => {
  const [one, two] = makeKernels(2);
  const listener = listen(one);
  const address = one.sockets.name(listener, false);
  const fd = two.sockets.socket(INET, STREAM, 0);
  two.sockets.connect(fd, address);
  one.sockets.accept(listener);
  one.files.share(one);
  releaseProcess(one.shared, one.slot);
  assert.equal(receive(two, fd), '');
  assert.equal(one.shared.words[SOCKETS.NAMES], 0, 'no name is left');
});

test('open files on their way to a process that dies, or to nobody, are closed; memory is given back', () => {
  const [sender, receiver] = makeKernels(2);
  for (const kernel of [sender, receiver]) kernel.files.share(kernel);
  const before = sender.shared.bytesInUse;
  const [left, right] = sender.sockets.pair(UNIX, STREAM, 0);
  const [reader, writer] = sender.pipe();
  assert.equal(sender.sendFile(left, right), 0, 'a socket over itself');
  const again = sender.receiveFile(right);
  assert.equal(sender.close(again), 0);
  // What the receiver has is what it was sent, with another descriptor on the way over it.
  const own = receiver.sockets.pair(UNIX, STREAM, 0);
  assert.equal(sender.sendFile(left, writer), 0);
  assert.equal(sender.close(writer), 0);
  const state = sender.files.describe();
  sender.processes.holdFor(receiver.slot, { files: { ...state, slots: [[right, 1]] } });
  receiver.files.adopt(receiver, { ...state, slots: [[7, 1, false]] });
  sender.close(right);
  assert.equal(receiver.sendFile(own[0], 7), 0);
  assert.equal(receiver.close(7), 0);
  const byte = new Uint8Array(1);
  assert.equal(sender.read(reader, byte), -100000, 'somebody may write still');
  releaseProcess(receiver.shared, receiver.slot);
  assert.equal(sender.read(reader, byte), 0, 'nobody can any more');
  assert.equal(sender.sendFile(left, reader), -ERRNO.EPIPE);
  sender.close(reader);
  sender.close(left);
  assert.equal(sender.shared.words[SOCKETS.PASSING], 0);
  receiver.shared.freeProcess(receiver.slot);
  sender.shared.freeProcess(sender.slot);
  assert.ok(sender.shared.bytesInUse <= before, `${sender.shared.bytesInUse} of ${before} bytes`);
});

test('a forked process has the same sockets; memory is given back', () => {
  const [parent, child] = makeKernels(2);
  const [left, right] = parent.sockets.pair(UNIX, STREAM, 0);
  parent.files.share(parent);
  const state = parent.files.describe();
  parent.processes.holdFor(child.slot, { files: state });
  child.files.adopt(child, state, (description) => Socket.revive(child, description));
  child.close(left);
  parent.close(right);
  parent.write(left, bytes('inherited'));
  assert.equal(receive(child, right), 'inherited');
  parent.close(left);
  assert.equal(receive(child, right), '');
  child.close(right);
  const before = parent.shared.words[1];
  for (let i = 0; i < 20; i++)
    for (const fd of parent.sockets.pair(UNIX, STREAM, 0)) parent.close(fd);
  assert.equal(parent.shared.words[1], before, 'used again, not allocated anew');
  assert.equal(
    parent.sockets.connect(parent.open('/f', O.CREAT | O.WRONLY, 0o600), bytes('x')),
    -88,
  );
});
