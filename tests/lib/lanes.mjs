// SPDX-License-Identifier: MIT
// Work done side by side: at most so many pieces at a time, begun in the order in which they were given.

export class Lanes {
  /** @param {number} width how many pieces are done at a time */
  constructor(width) {
    this.free = width;
    this.waiting = [];
  }

  /**
   * Does a piece of work when its turn comes.
   * @template T
   * @param {() => Promise<T>} work
   * @param {{urgent?: boolean}} [options] urgent: before everything that waits
   * @returns {Promise<T>} what it answers, or why it failed
   */
  run(work, { urgent = false } = {}) {
    return new Promise((done, fail) => {
      const begin = async () => {
        try {
          done(await work());
        } catch (error) {
          fail(error);
        } finally {
          this.free++;
          this.next();
        }
      };
      if (urgent) this.waiting.unshift(begin);
      else this.waiting.push(begin);
      this.next();
    });
  }

  next() {
    if (this.free === 0 || this.waiting.length === 0) return;
    this.free--;
    this.waiting.shift()();
  }

  /** Runs `work` over `items`, in their order; answers its answers. */
  all(items, work) {
    return Promise.all(items.map((item) => this.run(() => work(item))));
  }
}
