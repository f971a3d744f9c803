/* SPDX-License-Identifier: MIT */
/* Between the files of the symbol table. */
#ifndef KRAIT_SYMTABLE_PRIVATE_H
#define KRAIT_SYMTABLE_PRIVATE_H

#include "symtable.h"

/* Decides the scope of every name in every block; 0, or -1 with SyntaxError. */
int _PySymtable_Analyze(struct symtable *st);

#endif
