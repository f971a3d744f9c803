// SPDX-License-Identifier: MIT
// The containers tests/errors/THEME.txt: many small failing programs in one file, each with what it must
// print. A program is called errors/THEME/NAME and runs as the script NAME.py, like any of the corpus.
//
//   === NAME [OPTION]...       a program; the options go before NAME.py on the command line
//   the program's text
//   --- file PATH              another file beside it
//   --- stdin
//   --- stdout                 recorded, where it prints something
//   --- stderr STATUS          recorded: standard error and the exit status
//
// A container is ASCII. What is not plain stands as «HEX» (bytes), and «end» ends a text without the
// newline of its last line. Texts are byte strings here ('latin1').
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, walk } from '../../ci/util.mjs';

const folder = join(root, 'tests/errors');
const themes = new Map();

const decode = (lines) =>
  lines
    .map((line) => `${line}\n`)
    .join('')
    .replace(/«end»\n/g, '')
    .replace(/«([0-9a-f ]+)»/g, (_, hex) =>
      Buffer.from(hex.replaceAll(' ', ''), 'hex').toString('latin1'),
    );

const escape = (bytes) =>
  bytes.replace(/[^\n\x20-\x7e]/g, (c) => `«${c.charCodeAt(0).toString(16).padStart(2, '0')}»`);

/** Text of a container for bytes of a program: the inverse of decode. */
function encode(bytes) {
  if (!bytes) return '';
  const text = escape(bytes)
    .replaceAll('»«', ' ')
    .replace(/^(?:=== |--- )/gm, (mark) => `«${mark.charCodeAt(0).toString(16)}»${mark.slice(1)}`);
  return text.endsWith('\n') ? text : `${text}«end»\n`;
}

/** Reads a container: a list of {name, options, lines, parts}, parts being [heading, lines]. */
function parse(text, theme) {
  const list = [];
  let lines = null;
  for (const line of text.replace(/\n$/, '').split('\n')) {
    if (line.startsWith('=== ')) {
      const [name, ...options] = line.slice(4).split(' ');
      if (list.some((other) => other.name === name))
        throw new Error(`tests/errors/${theme}.txt: ${name} is there twice`);
      list.push({ name, options, lines: (lines = []), parts: [] });
    } else if (line.startsWith('--- ')) {
      list.at(-1).parts.push([line.slice(4), (lines = [])]);
    } else if (lines) {
      lines.push(line);
    }
  }
  return list;
}

/** The themes, by name: {path, head, list}. */
function load() {
  if (themes.size) return themes;
  for (const file of walk(folder, () => true)) {
    if (!file.endsWith('.txt')) continue;
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8');
    const theme = file.slice(0, -4);
    const head = text.slice(
      0,
      Math.max(0, text.startsWith('=== ') ? 0 : text.indexOf('\n=== ') + 1),
    );
    themes.set(theme, { path, head, list: parse(text, theme) });
  }
  return themes;
}

/** Names of all contained programs, as the corpus calls them. */
export function contained() {
  return [...load()].flatMap(([theme, { list }]) =>
    list.map(({ name }) => `errors/${theme}/${name}`),
  );
}

function find(name) {
  const [top, theme, short] = name.split('/');
  if (top !== 'errors') return null;
  return load()
    .get(theme)
    ?.list.find((program) => program.name === short);
}

/** A contained program, as lib/corpus.mjs wants it; null when the name is not one. */
export function containedProgram(name) {
  const program = find(name);
  if (!program) return null;
  const file = `${program.name}.py`;
  const answer = {
    files: { [file]: decode(program.lines) },
    args: [...program.options, file],
    input: '',
    stdout: '',
    stderr: null,
    status: null,
  };
  for (const [heading, lines] of program.parts) {
    const [kind, detail] = heading.split(' ');
    const bytes = decode(lines);
    if (kind === 'file') answer.files[detail] = bytes;
    else if (kind === 'stdin') answer.input = bytes;
    else if (kind === 'stdout') answer.stdout = bytes;
    else if (kind === 'stderr') [answer.stderr, answer.status] = [bytes, Number(detail)];
    else throw new Error(`${name}: no part is called ${kind}`);
  }
  return answer;
}

/** Puts what the reference answered into a contained program; writeContainers() then stores it. */
export function record(name, { stdout, stderr, status }) {
  const program = find(name);
  const put = (heading, bytes) => {
    program.parts.push([heading, encode(bytes.toString('latin1')).split('\n').slice(0, -1)]);
  };
  program.parts = program.parts.filter(([heading]) => !/^(stdout|stderr)/.test(heading));
  if (stdout.length) put('stdout', stdout);
  put(`stderr ${status}`, stderr);
}

/** The text of every container, by path, as it is to be stored. */
export function containerTexts() {
  return [...load().values()].map(({ path, head, list }) => {
    const body = list.map(({ name, options, lines, parts }) =>
      [
        ['===', name, ...options].join(' '),
        ...lines,
        ...parts.flatMap(([heading, text]) => [`--- ${heading}`, ...text]),
      ].join('\n'),
    );
    return [path, `${head}${body.join('\n')}\n`];
  });
}
