// SPDX-License-Identifier: MIT
// The playground: an editor, a pane with the program's output, and a REPL. It uses Krait as any page would,
// through web/index.js. Invariant: the buttons show what is true: Run when nothing runs, Stop when
// something does.
import { basicSetup, EditorView } from 'codemirror';
import { python } from '@codemirror/lang-python';
import { indentWithTab } from '@codemirror/commands';
import { indentUnit, syntaxHighlighting } from '@codemirror/language';
import { Prec } from '@codemirror/state';
import { keymap } from '@codemirror/view';
import { classHighlighter } from '@lezer/highlight';
import { Console } from './console.js';
import { examples } from './examples.js';

// Not bundled: the page loads Krait itself from beside it, as it is published.
const { loadKrait } = await import(new URL('krait/web/index.js', document.baseURI).href);

const PROGRAM = '/home/web/main.py';
const SAVED = 'krait.playground.source';
// How long a program may leave a KeyboardInterrupt unanswered before Stop offers to end the VM.
const PATIENCE_MS = 2500;

const element = (id) => document.getElementById(id);
const status = (text) => {
  element('status').textContent = text;
};

/** A pane with a VM of its own, loaded when it is first used. */
class Runner {
  constructor(consoleElement, stateChanged, options = {}) {
    this.options = options;
    this.console = new Console(consoleElement);
    this.stateChanged = stateChanged;
    this.krait = null;
    this.loading = null;
    this.running = false;
    this.stubborn = false;
    consoleElement.addEventListener('keydown', (event) => {
      const copies = String(globalThis.getSelection()) !== '';
      if (event.key === 'c' && event.ctrlKey && !copies && this.running) {
        event.preventDefault();
        this.stop();
      }
    });
  }

  load() {
    this.loading ??= loadKrait({
      ...this.options,
      stdout: (text) => this.console.print('stdout', text),
      stderr: (text) => this.console.print('stderr', text),
      stdin: () => this.console.ask(),
    }).then(
      (krait) => {
        krait.addEventListener('input-cancel', () => this.console.cancel());
        krait.addEventListener('error', ({ detail }) => this.fail(detail));
        this.krait = krait;
        return krait;
      },
      (error) => {
        this.loading = null;
        throw error;
      },
    );
    return this.loading;
  }

  fail(error) {
    this.console.print('note', `\n${error.message}\n`);
    this.discard();
  }

  discard() {
    this.krait?.dispose();
    this.krait = null;
    this.loading = null;
  }

  /** Runs `start(krait)`, which gives the promise of a run, and answers its result or null. */
  async run(start) {
    this.running = true;
    this.stateChanged(this);
    try {
      return await start(await this.load());
    } catch (error) {
      if (error.name !== 'KraitDisposedError') this.fail(error);
      return null;
    } finally {
      this.running = false;
      this.stubborn = false;
      clearTimeout(this.patience);
      this.console.cancel();
      this.console.show();
      this.stateChanged(this);
    }
  }

  /** First asks the program to stop; when it does not, ends the VM. */
  stop() {
    if (!this.running) return;
    if (this.stubborn || !this.krait) {
      this.console.print(
        'note',
        '\nThe program did not stop: its VM was ended, and the files it wrote are lost.\n',
      );
      this.discard();
      return;
    }
    this.krait.interrupt();
    clearTimeout(this.patience);
    this.patience = setTimeout(() => {
      this.stubborn = this.running;
      this.stateChanged(this);
    }, PATIENCE_MS);
  }
}

// ---- the editor ----

function savedSource() {
  try {
    return localStorage.getItem(SAVED);
  } catch {
    return null;
  }
}

const editor = new EditorView({
  parent: element('editor'),
  doc: savedSource() ?? examples[0].source,
  extensions: [
    Prec.highest(keymap.of([{ key: 'Mod-Enter', run: () => (runProgram(), true) }])),
    basicSetup,
    keymap.of([indentWithTab]),
    indentUnit.of('    '),
    python(),
    syntaxHighlighting(classHighlighter),
    EditorView.contentAttributes.of({ 'aria-label': 'Program text' }),
    EditorView.updateListener.of((update) => {
      if (!update.docChanged) return;
      try {
        localStorage.setItem(SAVED, update.state.doc.toString());
      } catch {
        // Private windows may refuse; then nothing is kept.
      }
    }),
  ],
});

function setSource(source) {
  editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: source } });
}

// ---- running ----

// The home folder lasts from visit to visit. The REPL has a copy of its own.
const program = new Runner(element('output'), showState, { persist: 'playground' });
const session = new Runner(element('repl'), showState);
let shown = program;

function showState() {
  element('run').disabled = program.running;
  element('stop').disabled = !shown.running;
  element('stop-label').textContent = shown.stubborn ? 'End it' : 'Stop';
  document.body.dataset.running = String(program.running);
}

async function runProgram() {
  if (program.running) return;
  showTab(program);
  program.console.clear();
  status('Running…');
  const start = performance.now();
  const clock = setInterval(
    () => status(`Running… ${((performance.now() - start) / 1000).toFixed(0)} s`),
    1000,
  );
  const result = await program.run(async (krait) => {
    await krait.files.writeFile(PROGRAM, editor.state.doc.toString());
    return krait.run({ file: 'main.py' });
  });
  clearInterval(clock);
  const seconds = ((performance.now() - start) / 1000).toFixed(2);
  if (!result) status('Ended');
  else
    status(
      result.status === 0
        ? `Finished in ${seconds} s`
        : `Ended with status ${result.status} after ${seconds} s`,
    );
}

async function runSession() {
  if (session.running) return;
  const result = await session.run((krait) => krait.repl());
  if (result)
    session.console.print('note', 'The session has ended. Press a key or click for a new one.\n');
}

function showTab(runner) {
  shown = runner;
  for (const [name, one] of Object.entries({ output: program, repl: session })) {
    element(name).hidden = one !== runner;
    element(`tab-${name}`).setAttribute('aria-selected', String(one === runner));
  }
  showState();
  if (runner === session) {
    runSession();
    session.console.entry?.field.focus();
  }
}

element('run').addEventListener('click', runProgram);
element('stop').addEventListener('click', () => shown.stop());
element('clear').addEventListener('click', () => shown.console.clear());
element('tab-output').addEventListener('click', () => showTab(program));
element('tab-repl').addEventListener('click', () => showTab(session));
element('repl').addEventListener('click', runSession);
element('repl').addEventListener('keydown', (event) => {
  if (event.key.length === 1 || event.key === 'Enter') runSession();
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.defaultPrevented)
    runProgram();
});

const chooser = element('examples');
chooser.append(
  new Option('Examples…', ''),
  ...examples.map(({ name }, i) => new Option(name, String(i))),
);
chooser.addEventListener('change', () => {
  if (chooser.value !== '') setSource(examples[Number(chooser.value)].source);
  chooser.value = '';
  editor.focus();
});

// For tests that drive the page, and for the curious at the developer console.
globalThis.playground = { setSource, runProgram, program, session };

status('Loading the VM…');
try {
  const start = performance.now();
  const krait = await program.load();
  status(`Ready in ${((performance.now() - start) / 1000).toFixed(1)} s`);
  element('isolation').textContent = krait.isolated
    ? ''
    : 'Not cross-origin isolated: slower to stop';
  if (krait.persistenceProblem) program.console.print('note', `${krait.persistenceProblem}\n`);
  element('run').disabled = false;
} catch (error) {
  status('Krait could not be loaded');
  program.console.print('note', `${error.message}\n`);
}
