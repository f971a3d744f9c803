// SPDX-License-Identifier: MIT
// How a page that wants the files of a name learns that another one has them and lives: it asks on a channel of
// the origin's, and the thread that loaded Krait there answers. The Worker that has the files cannot always: it
// may sleep.

const ASK_EVERY_MS = 250;

const channel = (name) => new BroadcastChannel(`krait:${name}`);

/** Answers for as long as the object is not closed. */
export function answerForOwner(name) {
  if (typeof BroadcastChannel === 'undefined') return { close() {} };
  const line = channel(name);
  line.onmessage = ({ data }) => {
    if (data === 'who has it?') line.postMessage('I do');
  };
  return line;
}

/** Asks until it is closed: {answered: a promise that somebody has it, close()}. */
export function askOwner(name) {
  if (typeof BroadcastChannel === 'undefined')
    return { answered: new Promise(() => {}), close() {} };
  const line = channel(name);
  const answered = new Promise((resolve) => {
    line.onmessage = ({ data }) => {
      if (data === 'I do') resolve();
    };
  });
  const ask = () => line.postMessage('who has it?');
  const timer = setInterval(ask, ASK_EVERY_MS);
  ask();
  return {
    answered,
    close() {
      clearInterval(timer);
      line.close();
    },
  };
}
