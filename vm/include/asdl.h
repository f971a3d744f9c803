/* SPDX-License-Identifier: MIT */
/* Building blocks of the AST's structures: identifiers are interned str objects, all objects and
 * all memory belong to the arena the tree was made in. */
#ifndef Py_ASDL_H
#define Py_ASDL_H

#include "pyarena.h"

typedef PyObject *identifier;
typedef PyObject *string;
typedef PyObject *object;

typedef struct {
    int size;
    void *elements[1];
} asdl_seq;

typedef struct {
    int size;
    int elements[1];
} asdl_int_seq;

/* Sequences of n NULLs or zeros; NULL with MemoryError set. */
asdl_seq *asdl_seq_new(int size, PyArena *arena);
asdl_int_seq *asdl_int_seq_new(int size, PyArena *arena);

#define asdl_seq_GET(s, i) ((s)->elements[(i)])
#define asdl_seq_LEN(s) ((s) == NULL ? 0 : (s)->size)
#define asdl_seq_SET(s, i, value) ((s)->elements[(i)] = (value))

#endif
