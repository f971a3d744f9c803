// SPDX-License-Identifier: MIT
// Open files on their way through a socket: each is an object in the memory that processes share, with what
// another process needs to have the file open too. Invariant: a parcel counts as one of those who have the
// file open, until somebody has opened it or it is discarded; it belongs to nobody, so that it survives its
// sender.
import { fail } from './errno.js';
import { RECORD } from './files.js';
import { closeRecord } from './release.js';

/** Words of a parcel; the description follows as JSON. */
export const PARCEL = Object.freeze({ NEXT: 0, AT: 1, RECORD: 2, LENGTH: 3, TEXT: 4 });
const HEADER_BYTES = PARCEL.TEXT * 4;

/** A parcel with an open file of this process; its address. */
export function makeParcel(kernel, file) {
  const { shared, slot } = kernel;
  file.share(kernel);
  const description = file.describe() ?? fail('EINVAL');
  const text = new TextEncoder().encode(JSON.stringify({ ...description, flags: file.flags }));
  const parcel = shared.allocate(HEADER_BYTES + text.length, slot);
  const word = parcel >> 2;
  shared.words[word + PARCEL.RECORD] = file.record;
  shared.words[word + PARCEL.LENGTH] = text.length;
  shared.bytes.set(text, parcel + HEADER_BYTES);
  Atomics.add(shared.words, (file.record >> 2) + RECORD.REFERENCES, 1);
  return parcel;
}

function freeParcel({ shared, slot }, parcel) {
  shared.free(parcel, HEADER_BYTES + shared.words[(parcel >> 2) + PARCEL.LENGTH], slot);
}

/** The open file of a parcel, which is gone then. */
export function openParcel(kernel, parcel) {
  const { shared, slot } = kernel;
  const word = parcel >> 2;
  const record = shared.words[word + PARCEL.RECORD];
  const length = shared.words[word + PARCEL.LENGTH];
  const text = shared.bytes.slice(parcel + HEADER_BYTES, parcel + HEADER_BYTES + length);
  const own = kernel.files.slots.find((open) => open?.file.record === record)?.file;
  if (own) {
    Atomics.sub(shared.words, (record >> 2) + RECORD.REFERENCES, 1);
    freeParcel(kernel, parcel);
    return own;
  }
  const file = kernel.reviveFile(JSON.parse(new TextDecoder().decode(text)));
  file.keeper = kernel;
  file.record = record;
  shared.hold(slot, record);
  freeParcel(kernel, parcel);
  return file;
}

/** Nobody will open it. `context`: a kernel, or {shared, slot, closeHost, network}. */
export function discardParcel(context, parcel) {
  const { shared, slot, closeHost, network } = context;
  const record = shared.words[(parcel >> 2) + PARCEL.RECORD];
  freeParcel(context, parcel);
  closeRecord(shared, slot, record, closeHost, network);
}
