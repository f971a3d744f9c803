// SPDX-License-Identifier: MIT
// Makes the parser's tables from the grammar file: node gen_grammar.mjs <Grammar> <output folder>.
// Writes graminit.h (numbers of the symbols) and graminit.c (labels, automata, first sets).
//
// Each rule of the grammar is an extended regular expression over tokens and symbols. It becomes
// a non-deterministic automaton, then a deterministic one. Since the grammar is LL(1), the next
// token alone decides in each state: shift it, push the automaton of a symbol, or, in an accepting
// state, pop. That decision is written out per state as a table over labels.
import { readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

const [grammarPath, outFolder] = process.argv.slice(2);
if (!grammarPath || !outFolder) {
  console.error('usage: node gen_grammar.mjs Grammar output-folder');
  process.exit(2);
}

// Numbers of the tokens; equal to token.py of the library.
const TOKENS = (
  'ENDMARKER NAME NUMBER STRING NEWLINE INDENT DEDENT LPAR RPAR LSQB RSQB COLON COMMA ' +
  'SEMI PLUS MINUS STAR SLASH VBAR AMPER LESS GREATER EQUAL DOT PERCENT BACKQUOTE LBRACE RBRACE ' +
  'EQEQUAL NOTEQUAL LESSEQUAL GREATEREQUAL TILDE CIRCUMFLEX LEFTSHIFT RIGHTSHIFT DOUBLESTAR ' +
  'PLUSEQUAL MINEQUAL STAREQUAL SLASHEQUAL PERCENTEQUAL AMPEREQUAL VBAREQUAL CIRCUMFLEXEQUAL ' +
  'LEFTSHIFTEQUAL RIGHTSHIFTEQUAL DOUBLESTAREQUAL DOUBLESLASH DOUBLESLASHEQUAL AT'
).split(' ');
const OPERATORS = {
  '(': 'LPAR',
  ')': 'RPAR',
  '[': 'LSQB',
  ']': 'RSQB',
  ':': 'COLON',
  ',': 'COMMA',
  ';': 'SEMI',
  '+': 'PLUS',
  '-': 'MINUS',
  '*': 'STAR',
  '/': 'SLASH',
  '|': 'VBAR',
  '&': 'AMPER',
  '<': 'LESS',
  '>': 'GREATER',
  '=': 'EQUAL',
  '.': 'DOT',
  '%': 'PERCENT',
  '`': 'BACKQUOTE',
  '{': 'LBRACE',
  '}': 'RBRACE',
  '==': 'EQEQUAL',
  '!=': 'NOTEQUAL',
  '<>': 'NOTEQUAL',
  '<=': 'LESSEQUAL',
  '>=': 'GREATEREQUAL',
  '~': 'TILDE',
  '^': 'CIRCUMFLEX',
  '<<': 'LEFTSHIFT',
  '>>': 'RIGHTSHIFT',
  '**': 'DOUBLESTAR',
  '+=': 'PLUSEQUAL',
  '-=': 'MINEQUAL',
  '*=': 'STAREQUAL',
  '/=': 'SLASHEQUAL',
  '%=': 'PERCENTEQUAL',
  '&=': 'AMPEREQUAL',
  '|=': 'VBAREQUAL',
  '^=': 'CIRCUMFLEXEQUAL',
  '<<=': 'LEFTSHIFTEQUAL',
  '>>=': 'RIGHTSHIFTEQUAL',
  '**=': 'DOUBLESTAREQUAL',
  '//': 'DOUBLESLASH',
  '//=': 'DOUBLESLASHEQUAL',
  '@': 'AT',
};

// --- Reading the grammar file -----------------------------------------------------------------
// A rule may go over several lines while brackets are open.
function* lexemes(text) {
  let depth = 0;
  let started = false;
  for (const rawLine of text.split('\n')) {
    const line = rawLine.replace(/#.*/, '');
    for (const [word] of line.matchAll(/'[^']*'|[A-Za-z_][A-Za-z_0-9]*|[:|*+()[\]]/g)) {
      if (word === '(' || word === '[') depth++;
      if (word === ')' || word === ']') depth--;
      started = true;
      yield word;
    }
    if (started && depth === 0) {
      started = false;
      yield '\n';
    }
  }
}

const words = [...lexemes(readFileSync(grammarPath, 'utf8'))];
let at = 0;
const fail = (what) => {
  throw new Error(
    `${grammarPath}: ${what} near "${words.slice(Math.max(0, at - 3), at + 3).join(' ')}"`,
  );
};
const expect = (word) => (words[at] === word ? at++ : fail(`expected ${JSON.stringify(word)}`));

// A non-deterministic state is a list of [label or null, target].
const newState = () => ({ arcs: [] });

function parseAlternatives() {
  let whole = parseSequence();
  if (words[at] !== '|') return whole;
  const start = newState();
  const end = newState();
  for (;;) {
    start.arcs.push([null, whole.start]);
    whole.end.arcs.push([null, end]);
    if (words[at] !== '|') return { start, end };
    at++;
    whole = parseSequence();
  }
}

function parseSequence() {
  const first = parseItem();
  let end = first.end;
  while (/^['([A-Za-z_]/.test(words[at])) {
    const next = parseItem();
    end.arcs.push([null, next.start]);
    end = next.end;
  }
  return { start: first.start, end };
}

// Operators become their token's name, so that two spellings of one token are one label.
function canonical(word) {
  if (!word.startsWith("'") || /^'[a-z]/.test(word)) return word;
  return OPERATORS[word.slice(1, -1)] ?? fail(`unknown operator ${word}`);
}

function parseItem() {
  if (words[at] === '[') {
    at++;
    const inner = parseAlternatives();
    expect(']');
    const start = newState();
    start.arcs.push([null, inner.start], [null, inner.end]);
    return { start, end: inner.end };
  }
  let inner;
  if (words[at] === '(') {
    at++;
    inner = parseAlternatives();
    expect(')');
  } else if (/^['A-Za-z_]/.test(words[at])) {
    inner = { start: newState(), end: newState() };
    inner.start.arcs.push([canonical(words[at++]), inner.end]);
  } else fail('unexpected word');
  if (words[at] === '*') {
    at++;
    inner.end.arcs.push([null, inner.start]);
    return { start: inner.start, end: inner.start };
  }
  if (words[at] === '+') {
    at++;
    inner.end.arcs.push([null, inner.start]);
  }
  return inner;
}

// --- Deterministic automata ---------------------------------------------------------------------
function closure(states) {
  const seen = new Set(states);
  const queue = [...states];
  while (queue.length) {
    for (const [label, target] of queue.pop().arcs) {
      if (label === null && !seen.has(target)) {
        seen.add(target);
        queue.push(target);
      }
    }
  }
  return seen;
}

const sameSet = (a, b) => a.size === b.size && [...a].every((x) => b.has(x));

function determine({ start, end }) {
  const states = [{ set: closure([start]), arcs: new Map() }];
  for (let i = 0; i < states.length; i++) {
    const targets = new Map();
    for (const state of states[i].set) {
      for (const [label, target] of state.arcs) {
        if (label === null) continue;
        if (!targets.has(label)) targets.set(label, []);
        targets.get(label).push(target);
      }
    }
    for (const [label, list] of targets) {
      const set = closure(list);
      let number = states.findIndex((s) => sameSet(s.set, set));
      if (number < 0) number = states.push({ set, arcs: new Map() }) - 1;
      states[i].arcs.set(label, number);
    }
  }
  const dfa = states.map((s) => ({ arcs: s.arcs, accept: s.set.has(end) }));
  mergeEqual(dfa);
  return dfa;
}

// States with the same arcs and the same acceptance are one state.
function mergeEqual(dfa) {
  const key = (s) => `${s.accept}:${[...s.arcs].sort().join(';')}`;
  for (;;) {
    const seen = new Map();
    let pair = null;
    dfa.forEach((s, i) => {
      const k = key(s);
      if (seen.has(k)) pair ??= [seen.get(k), i];
      else seen.set(k, i);
    });
    if (!pair) return;
    const [keep, drop] = pair;
    dfa.splice(drop, 1);
    for (const s of dfa) {
      for (const [label, target] of s.arcs) {
        const merged = target === drop ? keep : target;
        s.arcs.set(label, merged > drop ? merged - 1 : merged);
      }
    }
  }
}

const rules = new Map();
while (at < words.length) {
  const name = words[at++];
  expect(':');
  rules.set(name, determine(parseAlternatives()));
  expect('\n');
}
const symbols = [...rules.keys()];

// --- Labels and first sets ------------------------------------------------------------------------
// A label is what the tokenizer's answer is turned into: a token number, or a keyword.
const labels = [];
const labelNumbers = new Map();
function labelOf(word) {
  if (labelNumbers.has(word)) return labelNumbers.get(word);
  let type;
  let text = null;
  if (word.startsWith("'")) {
    type = 'NAME';
    text = word.slice(1, -1);
  } else if (TOKENS.includes(word)) type = word;
  else fail(`unknown token ${word}`);
  labelNumbers.set(word, labels.length);
  return labels.push({ type, text }) - 1;
}
for (const dfa of rules.values())
  for (const { arcs } of dfa) for (const word of arcs.keys()) if (!rules.has(word)) labelOf(word);

const firsts = new Map();
function firstOf(name) {
  if (firsts.has(name)) {
    return firsts.get(name) ?? fail(`${name} is left-recursive`);
  }
  firsts.set(name, null);
  const set = new Set();
  for (const word of rules.get(name)[0].arcs.keys()) {
    for (const label of rules.has(word) ? firstOf(word) : [labelOf(word)]) {
      if (set.has(label)) fail(`${name} is ambiguous`);
      set.add(label);
    }
  }
  firsts.set(name, set);
  return set;
}

// --- Writing ----------------------------------------------------------------------------------------
// An action: shift = 0x2000 + next state; push = 0x4000 + symbol * 64 + next state; 0 = none.
const stateRows = [];
const arcRows = [];
const dfaRows = [];
for (const [name, dfa] of rules) {
  dfaRows.push(`    {"${name}", ${stateRows.length}, ${dfa.length}},`);
  if (dfa.length > 64) fail(`${name} has too many states`);
  for (const { arcs, accept } of dfa) {
    const actions = new Map();
    const set = (label, action) => {
      if (actions.has(label)) fail(`${name} is ambiguous`);
      actions.set(label, action);
    };
    for (const [word, target] of arcs) {
      if (!rules.has(word)) set(labelOf(word), 0x2000 + target);
      else
        for (const label of firstOf(word)) set(label, 0x4000 + symbols.indexOf(word) * 64 + target);
    }
    const sorted = [...actions].sort((a, b) => a[0] - b[0]);
    stateRows.push(`    {${arcRows.length}, ${sorted.length}, ${accept ? 1 : 0}},`);
    for (const [label, action] of sorted) arcRows.push(`    {${label}, 0x${action.toString(16)}},`);
  }
}

const banner = '/* Made by vm/syntax/gen_grammar.mjs from the grammar file; do not edit. */\n';
mkdirSync(outFolder, { recursive: true });
writeFileSync(
  join(outFolder, 'graminit.h'),
  `${banner}#ifndef Py_GRAMINIT_H
#define Py_GRAMINIT_H

enum {
${symbols.map((name, i) => `    ${name} = ${256 + i},`).join('\n')}
};

#endif
`,
);
writeFileSync(
  join(outFolder, 'graminit.c'),
  `${banner}#include "syntax/grammar.h"
#include "syntax/token.h"

static const grammar_label labels[] = {
${labels.map(({ type, text }) => `    {${type}, ${text === null ? '0' : `"${text}"`}},`).join('\n')}
};

static const grammar_arc arcs[] = {
${arcRows.join('\n')}
};

static const grammar_state states[] = {
${stateRows.join('\n')}
};

static const grammar_dfa dfas[] = {
${dfaRows.join('\n')}
};

const grammar _PyParser_Grammar = {
    .labels = labels,
    .nlabels = ${labels.length},
    .arcs = arcs,
    .states = states,
    .dfas = dfas,
    .ndfas = ${symbols.length},
};
`,
);
