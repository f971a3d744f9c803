// SPDX-License-Identifier: MIT
// A pane that shows a program's output as it comes and takes its input in place. Invariants: text is put
// into the page at most once a frame; only the last part of very long output is kept; the pane follows the
// output unless the reader has scrolled away.

const MOST_CHARACTERS = 400000;
const NEAR_BOTTOM = 40;

export class Console {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    this.waiting = [];
    this.frame = 0;
    this.size = 0;
    this.entry = null;
    this.history = [];
    element.addEventListener('click', () => {
      if (!String(globalThis.getSelection())) this.entry?.field.focus();
    });
  }

  /** Adds text of a kind: stdout, stderr, typed or note. */
  print(kind, text) {
    this.waiting.push([kind, text]);
    this.frame ||= requestAnimationFrame(() => this.show());
    // A page in the background gets no frames.
    if (document.hidden) this.show();
  }

  show() {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    if (this.waiting.length === 0) return;
    const { element } = this;
    const follows = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_BOTTOM;
    let span = null;
    for (const [kind, text] of this.waiting) {
      if (span?.className !== kind) {
        span = document.createElement('span');
        span.className = kind;
        element.insertBefore(span, this.entry?.holder ?? null);
      }
      span.append(text);
      this.size += text.length;
    }
    this.waiting = [];
    while (this.size > MOST_CHARACTERS && element.childNodes.length > 1) {
      this.size -= element.firstChild.textContent.length;
      element.firstChild.remove();
    }
    if (follows) element.scrollTop = element.scrollHeight;
  }

  /** Asks for a line. Resolves with it, or with null for Ctrl-D. */
  ask() {
    this.show();
    return new Promise((resolve) => {
      const holder = document.createElement('span');
      const field = document.createElement('input');
      holder.className = 'entry';
      field.setAttribute('aria-label', 'Input for the program');
      field.spellcheck = false;
      field.autocomplete = 'off';
      field.autocapitalize = 'off';
      holder.append(field);
      this.element.append(holder);
      this.entry = { holder, field, resolve };
      let place = this.history.length;
      const recall = (step) => {
        place = Math.min(Math.max(place + step, 0), this.history.length);
        field.value = this.history[place] ?? '';
      };
      field.addEventListener('keydown', (event) => {
        if (event.key === 'Enter' && !event.isComposing) {
          event.stopPropagation();
          const line = field.value;
          if (line && this.history.at(-1) !== line) this.history.push(line);
          this.endEntry(line + '\n', line);
        } else if (event.key === 'd' && event.ctrlKey && field.value === '') {
          event.preventDefault();
          this.endEntry('\n', null);
        } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
          event.preventDefault();
          recall(event.key === 'ArrowUp' ? -1 : 1);
        } else if (event.key === 'Tab' && !event.shiftKey) {
          event.preventDefault();
          field.setRangeText('    ', field.selectionStart, field.selectionEnd, 'end');
        }
      });
      field.focus({ preventScroll: true });
      this.element.scrollTop = this.element.scrollHeight;
    });
  }

  endEntry(shown, answer) {
    const { entry } = this;
    if (!entry) return;
    this.entry = null;
    const hadFocus = document.activeElement === entry.field;
    entry.holder.remove();
    if (shown) this.print('typed', shown);
    if (hadFocus) this.element.focus({ preventScroll: true });
    entry.resolve(answer);
  }

  /** Takes the question back. */
  cancel() {
    this.endEntry('\n', null);
  }

  clear() {
    this.waiting = [];
    this.size = 0;
    this.element.replaceChildren(...(this.entry ? [this.entry.holder] : []));
  }
}
