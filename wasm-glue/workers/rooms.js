// SPDX-License-Identifier: MIT
// Shared memory in which a process hands its children copies of its own memory, used again from fork to fork:
// what has been used is far cheaper to fill. Invariant: a room's last word is 1 from when it is taken until
// the child has moved out of it.

const WORD_BYTES = 4;
const GRAIN = 65536;
// Not more rooms than this are kept, nor larger ones.
const KEPT = 2;
const LARGEST_KEPT = 1 << 26;

const taken = (room) => new Int32Array(room, room.byteLength - WORD_BYTES, 1);

export class Rooms {
  constructor() {
    this.rooms = [];
  }

  /** A room for at least `size` bytes. */
  take(size) {
    for (const room of this.rooms) {
      if (room.byteLength - WORD_BYTES < size) continue;
      if (Atomics.compareExchange(taken(room), 0, 0, 1) === 0) return room;
    }
    // A process grows, and forks again.
    const wanted = size > LARGEST_KEPT ? size : size * 1.25;
    const room = new SharedArrayBuffer(Math.ceil((wanted + WORD_BYTES) / GRAIN) * GRAIN);
    taken(room)[0] = 1;
    if (room.byteLength <= LARGEST_KEPT) {
      this.rooms.push(room);
      // The oldest: it is the smallest, or its child was killed before it could move out.
      if (this.rooms.length > KEPT) this.rooms.shift();
    }
    return room;
  }
}

/** The child has moved out. */
export function leaveRoom(room) {
  if (room instanceof SharedArrayBuffer) Atomics.store(taken(room), 0, 0);
}
