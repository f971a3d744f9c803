// SPDX-License-Identifier: MIT
// One set of rules for the whole tree; where code runs decides which globals it may name.
import js from '@eslint/js';
import globals from 'globals';

const shared = {
  ...globals.es2021,
  SharedArrayBuffer: 'readonly',
  Atomics: 'readonly',
  WebAssembly: 'readonly',
  console: 'readonly',
  TextDecoder: 'readonly',
  TextEncoder: 'readonly',
  URL: 'readonly',
  setTimeout: 'readonly',
  clearTimeout: 'readonly',
  setInterval: 'readonly',
  clearInterval: 'readonly',
  performance: 'readonly',
  fetch: 'readonly',
  crypto: 'readonly',
  queueMicrotask: 'readonly',
  MessageChannel: 'readonly',
};

export default [
  { ignores: ['build/**', 'node_modules/**'] },
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2023, sourceType: 'module', globals: shared },
    rules: {
      'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-constant-condition': ['error', { checkLoops: false }],
      'no-control-regex': 'off',
      'prefer-const': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['ci/**', 'tests/**', 'vm/**', 'web/**', 'wasm-glue/**', 'playground/*.mjs', '*.js'],
    languageOptions: { globals: { ...globals.node } },
  },
  {
    files: ['web/**', 'wasm-glue/**', 'playground/**', 'tests/web/**', 'tests/playground/**'],
    languageOptions: { globals: { ...globals.browser, ...globals.worker } },
  },
];
