// SPDX-License-Identifier: MIT
// The system calls about processes: fork, exec, spawn, wait, kill, groups. Names, states and exit statuses
// are in the memory that processes share, so that most calls ask nobody; only starting and ending a Worker,
// and the host's own commands, go through `system`, the context that outlives every process.
//
// Invariant: from the moment a slot is taken, somebody answers for it: its parent until the system says that it
// is started, then the system until the process runs, then the process, and the system again when that dies.
import { ERRNO, fail } from './errno.js';
import { PENDING, RECORD } from './files.js';
import { NEWS, PROCESS, STATE } from './shared.js';

const SIGCHLD = 17;
const SIGKILL = 9;
const NO_HANG = 1;
const UNTRACED = 2;
const CONTINUED = 8;
/** The parent of processes whose own has ended. */
const INIT = 1;

export class Processes {
  constructor(kernel) {
    this.kernel = kernel;
    /**
     * Who starts and ends processes: {start(message), spawn(message), kill(slot, number), release(slot),
     * program(kernel, path, argv)}, and where it has such, room(size): memory to hand a copy over in; null where there can be no second one, or with the `reason` why not. With
     * `elsewhere`, this process must first move to a context from which it can start others.
     */
    this.system = null;
    this.forkAnswer = null;
    /** Why moving elsewhere for a spawn has failed, as a negative error number. */
    this.spawnAnswer = null;
    this.usage = { user: 0, children: 0 };
    /** Milliseconds of CPU time that this process has used. */
    this.cpuTime = () => 0;
  }

  get shared() {
    return this.kernel.shared;
  }

  // ---- fork, in two steps: js/instance.js does the first when the VM has left to it ----

  /**
   * @param {(room?: (size: number) => ArrayBuffer) => {memory: ArrayBuffer}} copy makes the copy of the VM's
   *   memory that the child starts in
   */
  prepareFork(copy) {
    this.forkAnswer = this.kernel.call(() => {
      const slot = this.newSlot();
      // Asked now: it may have ended, and be gone, before it is known to have started.
      const pid = this.shared.get(slot, PROCESS.PID);
      try {
        const state = this.describe();
        this.holdFor(slot, state);
        this.system.start({ ...state, slot, ...copy(this.system.room) });
        this.awaitStart(slot, pid);
      } catch (error) {
        this.abandon(slot);
        throw error instanceof RangeError ? fail('ENOMEM') : error;
      }
      return pid;
    });
  }

  fork() {
    const answer = this.forkAnswer;
    this.forkAnswer = null;
    if (answer !== null) return answer;
    return this.kernel.call(() => fail(this.possible ? 'EAGAIN' : 'ENOSYS'));
  }

  /** Whether there can be other processes. */
  get possible() {
    return this.system !== null && !this.system.reason;
  }

  newSlot() {
    if (!this.possible) fail('ENOSYS');
    const { kernel, shared } = this;
    const slot = shared.newProcess({
      parent: kernel.pid,
      group: shared.get(kernel.slot, PROCESS.GROUP),
      session: shared.get(kernel.slot, PROCESS.SESSION),
    });
    // Looked at now: several may be taking one.
    if (kernel.hasTooManyProcesses) {
      shared.freeProcess(slot);
      fail('EAGAIN');
    }
    return slot;
  }

  /** The files and objects of a description are held for the process in `slot` too. */
  holdFor(slot, { files: { files, slots }, objects = [] }) {
    const { shared } = this;
    const open = [...new Set(slots.map(([, file]) => file))].map((index) => files[index].record);
    for (const record of [...open, ...objects]) {
      Atomics.add(shared.words, (record >> 2) + RECORD.REFERENCES, 1);
      shared.hold(slot, record);
    }
  }

  /** This process's part of the kernel as data, for another context to go on from. */
  describe() {
    const { kernel } = this;
    kernel.files.share(kernel);
    return {
      files: kernel.files.describe(),
      objects: [...kernel.objects.held],
      limits: [kernel.files.limit, kernel.files.hardLimit, [...kernel.limits]],
      cwd: kernel.cwd,
      mask: kernel.mask,
      dispositions: [...kernel.dispositions],
      zone: kernel.zone.name,
      groups: kernel.identity.chosen,
    };
  }

  /** Takes over such data: this kernel is the new process's. */
  adopt({ files, objects, limits, cwd, mask, dispositions, zone, groups }) {
    const { kernel } = this;
    [kernel.files.limit, kernel.files.hardLimit] = limits;
    kernel.limits = new Map(limits[2]);
    for (const record of objects) kernel.objects.held.add(record);
    kernel.files.adopt(kernel, files);
    kernel.cwd = cwd;
    kernel.umask(mask);
    for (const [number, how] of dispositions) {
      kernel.dispositions.set(number, how);
      this.shared.setDisposition(kernel.slot, number, how);
    }
    if (zone !== undefined) kernel.zone.set(zone);
    kernel.identity.chosen = groups ?? null;
    this.forkAnswer = 0;
  }

  /** Throws what has kept a Worker from starting. A thread that cannot sleep leaves that to the process. */
  awaitStart(slot, pid) {
    if (!this.kernel.signals.shared) return;
    const answer = this.shared.awaitStart(slot, pid);
    if (answer < 0) fail(answer === -ERRNO.ENOMEM ? 'ENOMEM' : 'EAGAIN');
  }

  /** A slot that nobody will run in. */
  abandon(slot) {
    this.system.release(slot);
    this.shared.freeProcess(slot);
  }

  // ---- other programs ----

  /** Replaces the program; comes back with an error only. argv, env: byte strings. */
  exec(path, argv, env) {
    return this.kernel.call(() => {
      const { kernel } = this;
      const program = this.program(path, argv);
      for (const [fd, slot] of kernel.files.slots.entries())
        if (slot?.closeOnExec) kernel.files.close(fd);
      kernel.objects.closeAll();
      for (const [number, how] of kernel.dispositions)
        if (how === 2) kernel.signalDisposition(number, 0);
      kernel.endBy({ exec: { ...program, env } });
    });
  }

  /** Starts a program with descriptor i set to `fds[i]`: its pid. */
  spawn(path, argv, env, fds) {
    if (this.spawnAnswer !== null) {
      const answer = this.spawnAnswer;
      this.spawnAnswer = null;
      return answer;
    }
    if (this.possible && this.system.elsewhere) {
      // The VM is left, and the call made again from where this process has moved to.
      this.kernel.leaving = true;
      return PENDING;
    }
    return this.kernel.call(() => {
      const program = this.program(path, argv);
      const slot = this.newSlot();
      // Asked now: it may have ended, and be gone, before it is known to have started.
      const pid = this.shared.get(slot, PROCESS.PID);
      try {
        const state = this.describe();
        state.objects = [];
        // A handler is nothing to another program.
        state.dispositions = state.dispositions.filter(([, how]) => how === 1);
        const indices = new Map(state.files.slots.map(([fd, index]) => [fd, index]));
        // A descriptor that is closed here is closed there.
        state.files.slots = fds
          .map((fd, i) => [i, indices.get(fd), false])
          .filter(([, index]) => index !== undefined);
        this.holdFor(slot, state);
        this.system.spawn({ ...state, slot, program: { ...program, env } });
        this.awaitStart(slot, pid);
      } catch (error) {
        this.abandon(slot);
        throw error;
      }
      return pid;
    });
  }

  /** What a path and its arguments name: {ours: true, argv} for a program of Krait's, else the host's. */
  program(path, argv) {
    if (!this.system) fail('ENOSYS');
    return this.system.program(this.kernel, path, argv);
  }

  // ---- ends ----

  /** This process has ended. */
  exit(status) {
    const { kernel } = this;
    kernel.call(() => kernel.files.closeAll());
    kernel.objects.closeAll();
    this.shared.set(kernel.slot, PROCESS.CPU, this.cpuTime());
    endProcess(this.shared, kernel.slot, status);
  }

  /** [pid, status], 0 with WNOHANG, or PENDING or a negative error. */
  wait(pid, options) {
    const { kernel, shared } = this;
    return kernel.call(() => {
      const self = kernel.pid;
      const group = pid === 0 ? shared.get(kernel.slot, PROCESS.GROUP) : -pid;
      const before = kernel.signals.moment();
      for (;;) {
        let children = 0;
        for (const slot of shared.slots()) {
          if (shared.get(slot, PROCESS.PARENT) !== self || slot === kernel.slot) continue;
          if (pid > 0 && shared.get(slot, PROCESS.PID) !== pid) continue;
          if ((pid === 0 || pid < -1) && shared.get(slot, PROCESS.GROUP) !== group) continue;
          children++;
          if (shared.get(slot, PROCESS.STATE) !== STATE.ENDED) {
            const status = this.newsOf(slot, options);
            if (status !== 0) return [shared.get(slot, PROCESS.PID), status];
            continue;
          }
          const answer = [shared.get(slot, PROCESS.PID), shared.get(slot, PROCESS.STATUS)];
          this.usage.children +=
            shared.get(slot, PROCESS.CPU) + shared.get(slot, PROCESS.CHILD_CPU);
          shared.set(kernel.slot, PROCESS.CHILD_CPU, this.usage.children);
          shared.freeProcess(slot);
          return answer;
        }
        if (children === 0) fail('ECHILD');
        if (options & NO_HANG) return 0;
        const answer = kernel.signals.wait(Infinity, before);
        if (answer !== 0) return answer;
        return this.wait(pid, options);
      }
    });
  }

  /** The wait status of a child that has stopped or gone on since its parent last heard of it, or 0. */
  newsOf(slot, options) {
    const { shared } = this;
    const news = shared.get(slot, PROCESS.NEWS);
    if (
      !(news === NEWS.STOPPED && options & UNTRACED) &&
      !(news === NEWS.CONTINUED && options & CONTINUED)
    )
      return 0;
    shared.set(slot, PROCESS.NEWS, 0);
    return news === NEWS.CONTINUED ? 0xffff : (shared.get(slot, PROCESS.STOPPED) << 8) | 0x7f;
  }

  // ---- signals and groups ----

  /** A signal that stops this process: until another lets it go on, where there can be another. */
  stop(number) {
    const { kernel, shared } = this;
    if (!this.possible || !shared.isShared) kernel.end(128 + number, number);
    shared.stop(kernel.slot, number);
    shared.sleepStopped(kernel.slot);
  }

  /** Sends a signal to another process, or to a group. */
  kill(pid, number) {
    const { kernel, shared } = this;
    let slots;
    if (pid > 0) {
      const slot = shared.find(pid);
      if (slot < 0) return kernel.killOther(pid, number);
      if (number < 0 || number > 64) fail('EINVAL');
      slots = [slot];
    } else {
      if (number < 0 || number > 64) fail('EINVAL');
      const group = pid === 0 ? shared.get(kernel.slot, PROCESS.GROUP) : -pid;
      slots = [...shared.slots((slot) => pid === -1 || shared.get(slot, PROCESS.GROUP) === group)];
      if (slots.length === 0) return pid < -1 ? kernel.killOther(pid, number) : fail('ESRCH');
    }
    if (number === 0) return 0;
    // Oneself last: the signal may be deadly.
    for (const slot of slots) {
      if (slot === kernel.slot || shared.get(slot, PROCESS.STATE) === STATE.ENDED) continue;
      if (number === SIGKILL) this.system.kill(slot, number);
      else {
        shared.signal(slot, number);
        this.system.signalled?.(slot, number);
      }
    }
    return slots.includes(kernel.slot) ? kernel.kill(kernel.pid, number) : 0;
  }

  slotOf(pid) {
    const slot = pid === 0 || pid === this.kernel.pid ? this.kernel.slot : this.shared.find(pid);
    return slot < 0 ? fail('ESRCH') : slot;
  }

  getGroup(pid) {
    return this.kernel.call(() => this.shared.get(this.slotOf(pid), PROCESS.GROUP));
  }

  getSession(pid) {
    return this.kernel.call(() => this.shared.get(this.slotOf(pid), PROCESS.SESSION));
  }

  setGroup(pid, group) {
    return this.kernel.call(() => {
      if (group < 0) fail('EINVAL');
      const slot = this.slotOf(pid);
      const own = this.shared.get(slot, PROCESS.PID);
      if (own === this.shared.get(slot, PROCESS.SESSION)) fail('EPERM');
      this.shared.set(slot, PROCESS.GROUP, group || own);
    });
  }

  setSession() {
    return this.kernel.call(() => {
      const { slot, pid } = this.kernel;
      if (this.shared.get(slot, PROCESS.GROUP) === pid) fail('EPERM');
      this.shared.set(slot, PROCESS.GROUP, pid);
      this.shared.set(slot, PROCESS.SESSION, pid);
      return pid;
    });
  }
}

/** Notes that the process in a slot has ended, and tells its parent. Nothing is held any more. */
export function endProcess(shared, slot, status) {
  const pid = shared.get(slot, PROCESS.PID);
  const parent = shared.get(slot, PROCESS.PARENT);
  for (const child of shared.slots()) {
    if (shared.get(child, PROCESS.PARENT) !== pid || child === slot) continue;
    shared.set(child, PROCESS.PARENT, INIT);
    if (shared.get(child, PROCESS.STATE) === STATE.ENDED) shared.freeProcess(child);
  }
  shared.set(slot, PROCESS.STATUS, status);
  const above = parent === INIT ? -1 : shared.find(parent);
  if (above < 0 || !shared.lives(above)) {
    shared.freeProcess(slot);
    return;
  }
  if (shared.ignores(above, SIGCHLD)) {
    // Nobody is to wait for it; who waits nevertheless is told once there is no child any more.
    shared.freeProcess(slot);
    shared.wakeProcess(above);
    return;
  }
  shared.set(slot, PROCESS.STATE, STATE.ENDED);
  shared.signal(above, SIGCHLD);
  shared.wakeProcess(above);
}

/** A wait status of an exit status or a deadly signal. */
export function waitStatus({ status, signal }) {
  return signal ? signal : (status & 0xff) << 8;
}
