// SPDX-License-Identifier: MIT
// Types of Krait's JavaScript API.

/** What a program reads: a callback asked for each line (null ends the input), or all of it beforehand. */
export type Input =
  | ((prompt: string) => string | null | undefined | Promise<string | null | undefined>)
  | string
  | Uint8Array;

export interface LoadOptions {
  /** Receives what programs print, as it is printed. Default: nothing (listen to the events). */
  stdout?: (text: string) => void;
  stderr?: (text: string) => void;
  /** Default: every read is at the end of input, unless an `input` listener calls preventDefault(). */
  stdin?: Input;
  /** Whether stdout and stderr are terminals for the program, flushed at each line. Default: true. */
  tty?: boolean;
  /** Environment variables, added to HOME, USER, LANG, PATH and TERM. */
  env?: Record<string, string>;
  /** Files to make at the start: path to content. */
  files?: Record<string, string | Uint8Array>;
  /** The working folder. Default: /home/web. */
  cwd?: string;
  /** Where krait.wasm is. Default: beside this package, in build/emscripten. */
  wasmURL?: string | URL;
  /** Where the start image of that VM is (it makes programs start sooner). Default: beside krait.wasm. */
  imageURL?: string | URL;
  /** Where the packed library is; several are mounted one over the other. */
  packURL?: string | URL | Array<string | URL>;
  /**
   * A name under which the page's storage keeps the folder /home/web, from one visit to the next. One page
   * at a time owns it; see `persistent`. A write that the browser refuses is ENOSPC to the program, and EIO
   * when the storage is gone.
   */
  persist?: string;
  /**
   * Read-only folders: absolute path to an archive, or to files by their names and URLs. All is fetched
   * before the object is there.
   */
  mounts?: Record<
    string,
    { zip: string | URL | Uint8Array } | { urls: Record<string, string | URL> }
  >;
  /** Aborting disposes of the object. */
  signal?: AbortSignal;
}

export interface RunOptions {
  /** Source text, as after `-c`. */
  code?: string;
  /** A script in the file tree. */
  file?: string;
  /** A module, as after `-m`. */
  module?: string;
  /** The whole command line after the interpreter's name, instead of one of the above. */
  argv?: string[];
  /** The program's arguments. */
  args?: string[];
  env?: Record<string, string>;
  cwd?: string;
  stdin?: Input;
  stdout?: (text: string) => void;
  stderr?: (text: string) => void;
  tty?: boolean;
}

export interface RunResult {
  /** The exit status; 128 + n when signal n ended the program. */
  status: number;
  signal?: number;
}

export interface FileStat {
  type: 'file' | 'folder' | 'other';
  size: number;
  mode: number;
  modified: Date;
}

export interface Files {
  readFile(path: string): Promise<Uint8Array>;
  readFile(path: string, encoding: string): Promise<string>;
  writeFile(path: string, content: string | Uint8Array): Promise<void>;
  mkdir(path: string): Promise<void>;
  list(path?: string): Promise<string[]>;
  stat(path: string): Promise<FileStat>;
  remove(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
}

export class KraitDisposedError extends Error {}

export class KraitFileError extends Error {
  /** Linux's name of the reason, such as "ENOENT". */
  code: string;
}

// File calls made while a program runs are answered between two slices of it; while it sleeps or waits for
// input with shared memory, after that. While it has several processes they are answered at once.

/**
 * Events: `stdout` and `stderr` (detail: the text), `input` (detail: {prompt, respond}), `input-cancel`,
 * `exit` (detail: the result), `error`.
 */
export class Krait extends EventTarget {
  readonly files: Files;
  /** Whether memory is shared with the Worker (the page is cross-origin isolated). */
  readonly isolated: boolean;
  /** Whether /home/web lasts; without the option `persist` it does not. */
  readonly persistent: boolean;
  /** Why it does not although that was asked for: another page has it, or there is no storage. */
  readonly persistenceProblem: string | null;
  readonly running: boolean;
  readonly disposed: boolean;
  run(program: string | RunOptions): Promise<RunResult>;
  /** An interactive session; resolves when it is left. */
  repl(options?: Omit<RunOptions, 'code' | 'file' | 'module' | 'argv'>): Promise<RunResult>;
  /**
   * KeyboardInterrupt in the running program, in all processes of its group. When its first process has
   * ended already, what it has left behind is ended: a run is over when the last process is.
   */
  interrupt(): void;
  resize(columns: number, rows: number): void;
  /** Ends the Workers; pending promises reject with KraitDisposedError. */
  dispose(): void;
  [Symbol.dispose](): void;
}

export function loadKrait(options?: LoadOptions): Promise<Krait>;
