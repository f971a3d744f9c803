// SPDX-License-Identifier: MIT
// Letting go of what a process held that cannot do so itself any more: it was killed, or never ran.
import { KIND, RECORD, letGoOfRecord } from './files.js';
import { freeObject } from './objects.js';
import { Stream } from './pipe.js';

/**
 * Lets go of one shared open file for the process in `slot`; closes it when nobody else has it.
 * @param {SharedState} shared
 * @param {(fd: number) => void} closeHost closes a descriptor of the host's
 */
export function releaseRecord(shared, slot, record, closeHost = () => {}) {
  const kind = shared.words[(record >> 2) + RECORD.KIND];
  const argument = shared.words[(record >> 2) + RECORD.ARGUMENT];
  shared.letGo(slot, record);
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
      closeHost(argument);
      break;
    default:
  }
}

/** Lets go of all that the process in `slot` holds. */
export function releaseProcess(shared, slot, closeHost) {
  for (const record of shared.heldBy(slot)) releaseRecord(shared, slot, record, closeHost);
  // It may have died between a change and waking those who wait for it: all look again.
  for (const other of shared.slots()) shared.wakeProcess(other);
}
