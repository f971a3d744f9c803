// SPDX-License-Identifier: MIT
// Letting go of what a process held that cannot do so itself any more: it was killed, or never ran.
import { KIND, RECORD, letGoOfRecord } from './files.js';
import { freeObject } from './objects.js';
import { Stream } from './pipe.js';
import { PROCESS, STATE } from './shared.js';
import { closeSocket } from './socket-object.js';

/**
 * Lets go of one shared open file for whoever holds it beside the processes; closes it when nobody else has it.
 * @param {SharedState} shared
 * @param {(fd: number) => void} closeHost closes a descriptor of the host's, or a file that a server has
 * @param {object} [network] who is told of sockets that the host has a part in
 */
export function dropRecord(shared, slot, record, closeHost = () => {}, network = null) {
  const kind = shared.words[(record >> 2) + RECORD.KIND];
  const argument = shared.words[(record >> 2) + RECORD.ARGUMENT];
  if (!letGoOfRecord(shared, record, slot)) return;
  switch (kind) {
    case KIND.PIPE_READER:
    case KIND.PIPE_WRITER:
      new Stream({ shared, slot }, argument).count(kind === KIND.PIPE_WRITER, -1);
      break;
    case KIND.SEMAPHORE:
    case KIND.SEGMENT:
      freeObject(shared, slot, kind, argument);
      break;
    case KIND.HOST:
    case KIND.REMOTE:
      closeHost(argument);
      break;
    case KIND.SOCKET:
      closeSocket(
        {
          shared,
          slot,
          network,
          drop: (other) => dropRecord(shared, slot, other, closeHost, network),
        },
        argument,
      );
      break;
    default:
  }
}

/** The same for the process in `slot`. */
export function releaseRecord(shared, slot, record, closeHost, network) {
  shared.letGo(slot, record);
  dropRecord(shared, slot, record, closeHost, network);
}

/** Lets go of all that the process in `slot` holds. */
export function releaseProcess(shared, slot, closeHost, network) {
  for (const record of shared.heldBy(slot)) releaseRecord(shared, slot, record, closeHost, network);
  // It may have died between a change and waking those who wait for it: all look again.
  for (const other of shared.slots()) shared.wakeProcess(other);
}

/**
 * Gives back the slots of children that a dead process was about to start.
 * @param {(slot: number) => boolean} isStarted whether the system has got the child
 */
export function abandonChildren(shared, parent, isStarted, closeHost, network) {
  const pid = shared.get(parent, PROCESS.PID);
  for (const slot of shared.slots()) {
    if (shared.get(slot, PROCESS.STATE) !== STATE.MAKING || isStarted(slot)) continue;
    if (shared.get(slot, PROCESS.PARENT) !== pid || slot === parent) continue;
    releaseProcess(shared, slot, closeHost, network);
    shared.freeProcess(slot);
  }
}
