// SPDX-License-Identifier: MIT
// Every code object that Krait makes of the library is CPython 2.7.18's, to the byte: see run.mjs.
import './run.mjs';
