// SPDX-License-Identifier: MIT
// The system calls about who a process is: ids of users and groups, its priority, and the group in a
// terminal's foreground. Invariant: a process here is a part of the host's, so it can be nobody but the user
// that it has been from the start, and asking for anything else is refused.
import { fail } from './errno.js';
import { PROCESS } from './shared.js';

/** How ids are set, as in vm/host/host.h: from TWO on, -1 leaves an id as it is. */
const TWO = 2;
const GROUP = 4;

export class Identity {
  constructor(kernel) {
    this.kernel = kernel;
    // What the host knows; replaced by whoever sets the kernel up.
    this.further = () => [];
    /** The groups that were set instead. */
    this.chosen = null;
    this.priority = (increment) => (increment === 0 ? 0 : fail('EPERM'));
  }

  ids(group) {
    const { uid, gid } = this.kernel;
    const id = group ? gid : uid;
    return [id, id, id];
  }

  setIds(how, wanted) {
    return this.kernel.call(() => {
      const [own] = this.ids((how & GROUP) !== 0);
      const several = (how & ~GROUP) >= TWO;
      for (const id of several ? wanted : wanted.slice(0, 1)) {
        if (id === -1 && several) continue;
        if (id === -1) fail('EINVAL');
        if (id >>> 0 !== own) fail('EPERM');
      }
    });
  }

  groups() {
    return this.kernel.call(() => this.chosen ?? this.further());
  }

  setGroups(groups) {
    return this.kernel.call(() => {
      if (groups.includes(0xffffffff)) fail('EINVAL');
      // They mean nothing to who may do everything anyway.
      if (this.kernel.uid !== 0) fail('EPERM');
      this.chosen = [...new Set(groups)].sort((a, b) => a - b);
    });
  }

  /** The priority after a change, in a list; or a negative error. */
  nice(increment) {
    return this.kernel.call(() => [this.priority(increment)]);
  }

  /** The group in the foreground of a terminal; with `set`, makes `group` it. */
  terminalGroup(fd, set, group) {
    const { kernel } = this;
    return kernel.call(() => {
      if (!kernel.files.get(fd).isatty()) fail('ENOTTY');
      const { shared } = kernel;
      if (!set) return shared.get(kernel.slot, PROCESS.GROUP);
      if (group < 0) fail('EINVAL');
      for (const slot of shared.slots((other) => shared.get(other, PROCESS.GROUP) === group)) {
        const session = shared.get(slot, PROCESS.SESSION);
        return session === shared.get(kernel.slot, PROCESS.SESSION) ? 0 : fail('EPERM');
      }
      return fail('ESRCH');
    });
  }
}
