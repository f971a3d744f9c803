// SPDX-License-Identifier: MIT
// Makes the AST's C code from its description: node gen_ast.mjs python.ast <output folder>.
// Writes Python-ast.h (enums, structures, constructors) and Python-ast.c (the constructors and the
// tables that vm/syntax/asttypes.c converts by).
import { readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

const [descriptionPath, outFolder] = process.argv.slice(2);
if (!descriptionPath || !outFolder) {
  console.error('usage: node gen_ast.mjs python.ast output-folder');
  process.exit(2);
}

// --- Reading --------------------------------------------------------------------------------------
const parseFields = (words) =>
  words.map((word) => {
    const m = /^(\w+):(\w+)([?*]?)$/.exec(word);
    if (!m) throw new Error(`not a field: ${word}`);
    return { name: m[1], type: m[2], mode: m[3] };
  });

const types = [];
for (const raw of readFileSync(descriptionPath, 'utf8').split('\n')) {
  const line = raw.replace(/#.*/, '');
  if (!line.trim()) continue;
  const words = line.trim().split(/\s+/);
  const last = types[types.length - 1];
  if (!/^\s/.test(line)) {
    const [kind, name] = [words[0], words[1].replace(':', '')];
    if (kind === 'enum')
      types.push({
        kind,
        name,
        constructors: words.slice(2).map((n) => ({ name: n, fields: [] })),
      });
    else if (kind === 'sum')
      types.push({ kind, name, attributes: parseFields(words.slice(2)), constructors: [] });
    else if (kind === 'record') types.push({ kind, name, fields: [] });
    else throw new Error(`not a kind: ${kind}`);
  } else if (last.kind === 'sum')
    last.constructors.push({ name: words[0], fields: parseFields(words.slice(1)) });
  else last.fields.push(...parseFields(words));
}
const byName = new Map(types.map((t) => [t.name, t]));
const BUILTIN = {
  identifier: 'identifier',
  string: 'string',
  object: 'object',
  int: 'int',
  bool: 'bool_',
};

function cType({ type, mode }) {
  if (mode === '*') return byName.get(type)?.kind === 'enum' ? 'asdl_int_seq *' : 'asdl_seq *';
  if (type === 'bool' || type === 'int') return 'int ';
  if (BUILTIN[type]) return `${type} `;
  return `${type}_ty `;
}
const isPointer = (f) =>
  !['int', 'bool'].includes(f.type) && !(byName.get(f.type)?.kind === 'enum' && f.mode !== '*');

// --- The header -----------------------------------------------------------------------------------
const banner = '/* Made by vm/syntax/gen_ast.mjs from python.ast; do not edit. */\n';
let h = `${banner}#ifndef Py_PYTHON_AST_H
#define Py_PYTHON_AST_H

#include "asdl.h"

`;
for (const t of types) {
  if (t.kind === 'enum')
    h += `typedef enum { ${t.constructors.map((c, i) => `${c.name} = ${i + 1}`).join(', ')} } ${t.name}_ty;\n`;
  else h += `typedef struct _${t.name} *${t.name}_ty;\n`;
}
const prototypes = [];
const bodies = [];
function constructor(t, name, fields, attributes, cName) {
  const all = [...fields, ...attributes];
  const params = [...all.map((f) => `${cType(f)}${f.name}`), 'PyArena *arena'].join(', ');
  prototypes.push(`${t.name}_ty _Ast_${cName}(${params});`);
  const path = t.kind === 'sum' ? `v.${name}.` : '';
  let body = `${t.name}_ty _Ast_${cName}(${params})\n{\n    ${t.name}_ty p;\n`;
  for (const f of fields) {
    if (f.mode === '' && (isPointer(f) || byName.get(f.type)?.kind === 'enum'))
      body += `    if (!${f.name})\n        return missing("${f.name}", "${name}");\n`;
  }
  body += `    p = PyArena_Malloc(arena, (Py_ssize_t)sizeof(*p));\n    if (p == NULL)\n        return NULL;\n`;
  if (t.kind === 'sum') body += `    p->kind = ${name}_kind;\n`;
  for (const f of fields) body += `    p->${path}${f.name} = ${f.name};\n`;
  for (const f of attributes) body += `    p->${f.name} = ${f.name};\n`;
  bodies.push(`${body}    return p;\n}\n`);
}
for (const t of types) {
  if (t.kind === 'enum') continue;
  h += '\n';
  if (t.kind === 'sum') {
    h += `enum _${t.name}_kind { ${t.constructors.map((c, i) => `${c.name}_kind = ${i + 1}`).join(', ')} };\n`;
    h += `struct _${t.name} {\n    enum _${t.name}_kind kind;\n    union {\n`;
    for (const c of t.constructors) {
      constructor(t, c.name, c.fields, t.attributes, c.name);
      if (!c.fields.length) continue;
      h += `        struct {\n${c.fields.map((f) => `            ${cType(f)}${f.name};\n`).join('')}        } ${c.name};\n`;
    }
    h += `    } v;\n${t.attributes.map((f) => `    ${cType(f)}${f.name};\n`).join('')}};\n`;
  } else {
    h += `struct _${t.name} {\n${t.fields.map((f) => `    ${cType(f)}${f.name};\n`).join('')}};\n`;
    constructor(t, t.name, t.fields, [], t.name);
  }
}
h += `\n${prototypes.join('\n')}\n\n`;
h += `/* Numbers of the types in the conversion tables. */\nenum {\n`;
h += types.map((t) => `    AST_TYPE_${t.name},`).join('\n');
h += `\n    AST_NTYPES\n};\n\n#endif\n`;

// --- The tables -------------------------------------------------------------------------------------
const typeCode = (f) => (BUILTIN[f.type] ? `AST_BUILTIN_${f.type}` : `AST_TYPE_${f.type}`);
const modeCode = { '': 'AST_ONE', '?': 'AST_OPTIONAL', '*': 'AST_LIST' };
let c = `${banner}#include "Python.h"
#include "Python-ast.h"
#include "syntax/asttables.h"

static void *missing(const char *field, const char *node)
{
    PyErr_Format(PyExc_ValueError, "field %s is required for %s", field, node);
    return NULL;
}

${bodies.join('\n')}
`;
const fieldTables = [];
const constructorRows = [];
const typeRows = [];
function fieldTable(label, structure, path, fields) {
  if (!fields.length) return 'NULL';
  fieldTables.push(
    `static const ast_field ${label}[] = {\n${fields
      .map(
        (f) =>
          `    {"${f.name}", ${typeCode(f)}, ${modeCode[f.mode]}, offsetof(struct _${structure}, ${path}${f.name})},`,
      )
      .join('\n')}\n};\n`,
  );
  return label;
}
for (const t of types) {
  const first = constructorRows.length;
  const attributes = fieldTable(`${t.name}_attributes`, t.name, '', t.attributes ?? []);
  if (t.kind === 'record') {
    const table = fieldTable(`${t.name}_fields`, t.name, '', t.fields);
    constructorRows.push(`    {"${t.name}", AST_TYPE_${t.name}, ${t.fields.length}, ${table}},`);
  }
  for (const k of t.constructors ?? []) {
    const table = fieldTable(`${k.name}_fields`, t.name, `v.${k.name}.`, k.fields);
    constructorRows.push(`    {"${k.name}", AST_TYPE_${t.name}, ${k.fields.length}, ${table}},`);
  }
  const size = t.kind === 'enum' ? '0' : `sizeof(struct _${t.name})`;
  typeRows.push(
    `    {"${t.name}", AST_KIND_${t.kind}, ${size}, ${first}, ${constructorRows.length - first}, ${(t.attributes ?? []).length}, ${attributes}},`,
  );
}
c += `${fieldTables.join('\n')}
const ast_constructor _PyAST_Constructors[] = {
${constructorRows.join('\n')}
};
const int _PyAST_NConstructors = ${constructorRows.length};

const ast_type _PyAST_Types[] = {
${typeRows.join('\n')}
};
`;
mkdirSync(outFolder, { recursive: true });
writeFileSync(join(outFolder, 'Python-ast.h'), h);
writeFileSync(join(outFolder, 'Python-ast.c'), c);
