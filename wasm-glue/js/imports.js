// SPDX-License-Identifier: MIT
// The imports of module "krait": each host call, from the VM's memory to the kernel and back. The list is
// that of wasm-glue/c/host_emscripten.c; a test compares the two. Struct offsets are those of vm/host/host.h.
import { ERRNO } from '../kernel/errno.js';
import { PENDING } from '../kernel/files.js';
import { byteString } from '../kernel/paths.js';

const INVALID = -ERRNO.EINVAL;
const RANGE = -ERRNO.ERANGE;
const FIRST_SIGNALS_TO_CATCH = new Set([2]);

/** Writes a host_stat_t. */
function putStat(view, at, st) {
  view.setBigInt64(at, BigInt.asIntN(64, BigInt(st.dev)), true);
  view.setBigInt64(at + 8, BigInt.asIntN(64, BigInt(st.ino)), true);
  view.setBigInt64(at + 16, BigInt(st.size), true);
  view.setBigInt64(at + 24, BigInt(st.blocks), true);
  view.setBigInt64(at + 32, st.atime, true);
  view.setBigInt64(at + 40, st.mtime, true);
  view.setBigInt64(at + 48, st.ctime, true);
  view.setInt32(at + 56, st.mode, true);
  view.setInt32(at + 60, st.nlink, true);
  view.setInt32(at + 64, st.uid, true);
  view.setInt32(at + 68, st.gid, true);
  view.setInt32(at + 72, st.blksize, true);
  view.setInt32(at + 76, st.rdev, true);
}

/** An id that is to be set: -1, or 32 bits without a sign. */
const idOf = (id) => (id === -1 ? -1 : id >>> 0);

/**
 * The import object's module "krait", and `bind(kernel)`, which makes it work for another kernel.
 * @param {Kernel} first
 * @param {Memory} memory set once there is an instance; the functions run only afterwards
 * @param {{size: number, call: (run: number, argument: number) => number}} stack the host's stack: its size
 *   in KiB, and a call on a new one
 */
export function makeImports(first, memory, stack) {
  let kernel = first;
  const string = (pointer) => memory.string(pointer);
  /** A NULL-terminated array of strings. */
  const strings = (pointer) => {
    const list = [];
    for (let at = pointer >>> 0; ; at += 4) {
      const item = memory.data.getUint32(at, true);
      if (item === 0) return list;
      list.push(string(item));
    }
  };
  const statAnswer = (st, out) => {
    if (typeof st === 'number') return st;
    putStat(memory.data, out >>> 0, st);
    return 0;
  };

  const pairAnswer = (fds, out) => {
    if (typeof fds === 'number') return fds;
    memory.data.setInt32(out >>> 0, fds[0], true);
    memory.data.setInt32((out >>> 0) + 4, fds[1], true);
    return 0;
  };
  /** Bytes into a buffer whose room stands at `size`; their length takes its place. */
  const putSized = (buffer, size, bytes) => {
    const room = memory.data.getInt32(size >>> 0, true);
    const count = Math.min(room, bytes.length);
    memory.part(buffer, count).set(bytes.subarray(0, count));
    memory.data.setInt32(size >>> 0, count, true);
  };
  const sizedAnswer = (bytes, buffer, size) => {
    if (typeof bytes === 'number') return bytes;
    putSized(buffer, size, bytes);
    return 0;
  };
  /** A NUL-terminated name; its length. */
  const putName = (buffer, name, n) => {
    const whole = name.slice(0, (n >>> 0) - 1);
    memory.putString(buffer, whole + '\0', whole.length + 1);
    return whole.length;
  };

  const functions = {
    open: (path, flags, mode) => kernel.open(string(path), flags, mode),
    close: (fd) => kernel.close(fd),
    read: (fd, buffer, n) => kernel.read(fd, memory.part(buffer, n)),
    write: (fd, buffer, n) => kernel.write(fd, memory.part(buffer, n)),
    lseek: (fd, offset, whence) => kernel.lseek(fd, offset, whence),
    ftruncate: (fd, size) => kernel.ftruncate(fd, size),
    fsync: (fd) => kernel.fsync(fd),
    isatty: (fd) => kernel.isatty(fd),
    dup: (fd) => kernel.dup(fd),
    dup2: (fd, target) => kernel.dup2(fd, target),

    pipe: (out) => pairAnswer(kernel.pipe(), out),

    fstat: (fd, out) => statAnswer(kernel.fstat(fd), out),
    stat: (path, follow, out) => statAnswer(kernel.stat(string(path), follow !== 0), out),
    unlink: (path) => kernel.unlink(string(path)),
    rename: (from, to) => kernel.rename(string(from), string(to)),
    link: (from, to) => kernel.link(string(from), string(to)),
    symlink: (target, path) => kernel.symlink(string(target), string(path)),

    readlink(path, buffer, n) {
      const target = kernel.readlink(string(path));
      return typeof target === 'number' ? target : memory.putString(buffer, target, n);
    },

    mkdir: (path, mode) => kernel.mkdir(string(path), mode),
    rmdir: (path) => kernel.rmdir(string(path)),
    chmod: (path, mode) => kernel.chmod(string(path), mode),
    chown: (path, uid, gid, follow) =>
      kernel.chown(string(path), idOf(uid), idOf(gid), follow !== 0),

    utime(path, times) {
      const { data } = memory;
      const at = times >>> 0;
      return kernel.utime(string(path), data.getBigInt64(at, true), data.getBigInt64(at + 8, true));
    },

    access: (path, mode) => kernel.access(string(path), mode),
    mknod: (path, mode, device) => kernel.mknod(string(path), mode, device),
    chroot: (path) => kernel.chroot(string(path)),

    statvfs(path, fd, out) {
      const numbers = kernel.statvfs(path === 0 ? null : string(path), fd);
      if (typeof numbers === 'number') return numbers;
      numbers.forEach((n, i) => memory.data.setFloat64((out >>> 0) + 8 * i, n, true));
      return 0;
    },

    fchmod: (fd, mode) => kernel.fchmod(fd, mode),
    fchown: (fd, uid, gid) => kernel.fchown(fd, idOf(uid), idOf(gid)),
    fchdir: (fd) => kernel.fchdir(fd),

    listdir(path, buffer, n) {
      const names = kernel.listdir(string(path));
      if (typeof names === 'number') return names;
      const size = names.reduce((sum, name) => sum + name.length + 1, 0);
      let at = buffer >>> 0;
      if (size > n >>> 0) return size;
      for (const name of names) {
        memory.putString(at, name, name.length);
        at += name.length;
        memory.u8[at++] = 0;
      }
      return size;
    },

    getcwd(buffer, n) {
      const { cwd } = kernel;
      if (cwd.length + 1 > n >>> 0) return RANGE;
      memory.putString(buffer, cwd + '\0', cwd.length + 1);
      return cwd.length;
    },

    chdir: (path) => kernel.chdir(string(path)),
    umask: (mask) => kernel.umask(mask),
    fcntl: (fd, command, argument) => kernel.fcntl(fd, command, argument),
    flock: (fd, operation) => kernel.locks.flock(fd, operation),

    lock(fd, command, fields) {
      const at = fields >>> 0;
      const [type, start, length] = [0, 8, 16].map((i) => memory.data.getFloat64(at + i, true));
      const answer = kernel.locks.lock(fd, command, { type, start, length });
      if (typeof answer === 'number') return answer;
      [answer.type, answer.start, answer.length, answer.pid].forEach((value, i) =>
        memory.data.setFloat64(at + 8 * i, value, true),
      );
      return 0;
    },

    poll: (count, want, ready) => kernel.poll(memory.part(want, count), memory.part(ready, count)),
    epoll_create: () => kernel.epollCreate(),
    epoll_control: (epoll, operation, fd, events) =>
      kernel.epollControl(epoll, operation, fd, events),

    epoll_wait(epoll, out, most) {
      const answer = kernel.epollWait(epoll, most);
      if (typeof answer === 'number') return answer;
      answer.flat().forEach((number, i) => memory.data.setInt32((out >>> 0) + 4 * i, number, true));
      return answer.length;
    },

    socket: (family, type, protocol) => kernel.sockets.socket(family, type, protocol),
    socketpair: (family, type, protocol, out) =>
      pairAnswer(kernel.sockets.pair(family, type, protocol), out),
    bind: (fd, address, n) => kernel.sockets.bind(fd, memory.part(address, n)),
    listen: (fd, backlog) => kernel.sockets.listen(fd, backlog),

    accept(fd, address, n) {
      const answer = kernel.sockets.accept(fd);
      if (typeof answer === 'number') return answer;
      putSized(address, n, answer.address);
      return answer.fd;
    },

    connect: (fd, address, n) => kernel.sockets.connect(fd, memory.part(address, n)),
    shutdown: (fd, how) => kernel.sockets.shutdown(fd, how),
    sockname: (fd, peer, address, n) =>
      sizedAnswer(kernel.sockets.name(fd, peer !== 0), address, n),
    getsockopt: (fd, level, option, value, n) =>
      sizedAnswer(kernel.sockets.option(fd, level, option), value, n),
    setsockopt: (fd, level, option, value, n) =>
      kernel.sockets.setOption(fd, level, option, memory.part(value, n).slice()),

    recv(fd, buffer, n, flags, address, addressLength) {
      const count = kernel.sockets.receive(fd, memory.part(buffer, n), flags);
      if (count >= 0 && address !== 0) putSized(address, addressLength, kernel.sockets.from);
      return count;
    },

    send: (fd, buffer, n, flags, address, addressLength) =>
      kernel.sockets.send(fd, memory.part(buffer, n), flags, memory.part(address, addressLength)),

    resolve(name, out, room) {
      const answer = kernel.sockets.resolve(string(name));
      if (typeof answer === 'number') return answer;
      const count = Math.min(answer.length, room);
      for (let i = 0; i < count; i++) memory.data.setUint32((out >>> 0) + 4 * i, answer[i]);
      return count;
    },

    resolve_back(ip, buffer, n) {
      const name = kernel.sockets.resolveBack(memory.data.getUint32(ip >>> 0));
      return typeof name === 'number' ? name : putName(buffer, name, n);
    },

    hostname: (buffer, n) => putName(buffer, kernel.sockets.hostname(), n),
    blocking: (on) => kernel.setBlocking(on !== 0),
    events: () => kernel.events(),
    wait: (seen, seconds, files, here) => kernel.wait(seen, seconds, here !== 0),

    clock: (which) => kernel.clock(which),

    localtime(seconds, out) {
      const t = kernel.zone.localtime(seconds);
      const { data } = memory;
      const at = out >>> 0;
      const fields = [
        t.year,
        t.mon,
        t.mday,
        t.hour,
        t.min,
        t.sec,
        t.wday,
        t.yday,
        t.isdst,
        t.gmtoff,
      ];
      fields.forEach((value, i) => data.setInt32(at + 4 * i, value, true));
      memory.putString(at + 40, t.zone.slice(0, 15) + '\0', 16);
    },

    mktime(input, out) {
      const { data } = memory;
      const at = input >>> 0;
      const field = (i) => data.getInt32(at + 4 * i, true);
      const moment = kernel.zone.mktime({
        year: field(0),
        mon: field(1),
        mday: field(2),
        hour: field(3),
        min: field(4),
        sec: field(5),
        isdst: field(8),
      });
      if (!Number.isSafeInteger(moment)) return -ERRNO.EOVERFLOW;
      data.setBigInt64(out >>> 0, BigInt(moment), true);
      return 0;
    },

    tzset(name) {
      kernel.zone.set(name === 0 ? undefined : string(name));
      return 0;
    },

    random: (buffer, n) => kernel.random(memory.part(buffer, n)),
    getpid: () => kernel.pid,
    getppid: () => kernel.ppid,
    getuid: () => kernel.uid,
    getgid: () => kernel.gid,

    ids(group, out) {
      const ids = kernel.identity.ids(group !== 0);
      ids.forEach((id, i) => memory.data.setUint32((out >>> 0) + 4 * i, id, true));
      return 0;
    },

    set_ids: (how, a, b, c) => kernel.identity.setIds(how, [a, b, c]),

    groups(out, room) {
      const groups = kernel.identity.groups();
      if (typeof groups === 'number') return groups;
      const count = Math.min(groups.length, room);
      for (let i = 0; i < count; i++) memory.data.setUint32((out >>> 0) + 4 * i, groups[i], true);
      return count;
    },

    set_groups(groups, count) {
      const { data } = memory;
      const list = Array.from({ length: count }, (_, i) =>
        data.getUint32((groups >>> 0) + 4 * i, true),
      );
      return kernel.identity.setGroups(list);
    },

    nice(increment, now) {
      const answer = kernel.identity.nice(increment);
      if (typeof answer === 'number') return answer;
      memory.data.setInt32(now >>> 0, answer[0], true);
      return 0;
    },

    terminal_group: (fd, set, group) => kernel.identity.terminalGroup(fd, set !== 0, group),
    kill: (pid, number) => kernel.kill(pid, number),
    fork: () => kernel.processes.fork(),
    exec: (path, argv, env) => kernel.processes.exec(string(path), strings(argv), strings(env)),

    spawn(path, argv, env, fds, count) {
      const { data } = memory;
      const list = Array.from({ length: count }, (_, i) =>
        data.getInt32((fds >>> 0) + 4 * i, true),
      );
      return kernel.processes.spawn(string(path), strings(argv), strings(env), list);
    },

    why_alone(buffer, n) {
      const text = byteString(kernel.processes.system?.reason ?? '').slice(0, (n >>> 0) - 1);
      memory.putString(buffer, text + '\0', n);
      return text.length;
    },

    waitpid(pid, options, out) {
      const answer = kernel.processes.wait(pid, options);
      if (typeof answer === 'number') return answer;
      memory.data.setInt32(out >>> 0, answer[1], true);
      return answer[0];
    },

    getpgid: (pid) => kernel.processes.getGroup(pid),
    setpgid: (pid, group) => kernel.processes.setGroup(pid, group),
    getsid: (pid) => kernel.processes.getSession(pid),
    setsid: () => kernel.processes.setSession(),
    sem_new: (value) => kernel.objects.newSemaphore(value),
    sem_wait: (semaphore, seconds) => kernel.objects.wait(semaphore, seconds),
    sem_post: (semaphore, most) => kernel.objects.post(semaphore, most),
    sem_value: (semaphore) => kernel.objects.value(semaphore),
    segment_new: (size) => kernel.objects.newSegment(size >>> 0),
    segment_read: (segment, at, buffer, n) =>
      kernel.objects.read(segment, at >>> 0, memory.part(buffer, n)),
    segment_write: (segment, at, buffer, n) =>
      kernel.objects.write(segment, at >>> 0, memory.part(buffer, n)),
    shared_close: (object) => kernel.objects.close(object),

    send_fd: (socket, fd) => kernel.sendFile(socket, fd),
    recv_fd: (socket) => kernel.receiveFile(socket),

    cpu_count: () => kernel.cpuCount(),

    getrlimit(which, out) {
      const limits = kernel.getLimit(which);
      if (typeof limits === 'number') return limits;
      limits.forEach((limit, i) => memory.data.setFloat64((out >>> 0) + 8 * i, limit, true));
      return 0;
    },

    setrlimit: (which, soft, hard) => kernel.setLimit(which, soft, hard),

    rusage(who, out) {
      const usage = kernel.usage(who);
      if (typeof usage === 'number') return usage;
      usage.forEach((value, i) => memory.data.setFloat64((out >>> 0) + 8 * i, value, true));
      return 0;
    },

    exit: (status) => kernel.exit(status),
    abort: (number) => kernel.abort(number),

    poll_signal() {
      kernel.flush(false);
      const number = kernel.signals.take();
      if (number === 0) return 0;
      const how = kernel.dispositions.get(number) ?? (FIRST_SIGNALS_TO_CATCH.has(number) ? 2 : 0);
      if (how === 2) return number;
      if (how === 0) kernel.defaultAction(number);
      return 0;
    },

    signal_disposition: (number, how) => kernel.signalDisposition(number, how),

    setitimer(which, set, value, interval, out) {
      const old = kernel.setTimer(which, set !== 0, value, interval);
      if (typeof old === 'number') return old;
      memory.data.setFloat64(out >>> 0, old[0], true);
      memory.data.setFloat64((out >>> 0) + 8, old[1], true);
      return 0;
    },

    stack_size: () => stack.size,
    new_stack: (run, argument) => stack.call(run, argument),

    readline(prompt, buffer, n) {
      if (n >>> 0 < 2) return INVALID;
      const part = memory.part(buffer, n - 1);
      const count = kernel.readline(prompt === 0 ? '' : string(prompt), part);
      if (count !== PENDING && count >= 0) memory.u8[(buffer >>> 0) + count] = 0;
      return count;
    },

    terminal_size(fd, columns, rows) {
      const size = kernel.terminalSize(fd);
      if (typeof size === 'number') return size;
      memory.data.setInt32(columns >>> 0, size[0], true);
      memory.data.setInt32(rows >>> 0, size[1], true);
      return 0;
    },
  };

  return {
    functions,
    bind(other) {
      kernel = other;
    },
  };
}
