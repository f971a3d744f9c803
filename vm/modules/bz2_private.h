/* SPDX-License-Identifier: MIT */
/* What bz2.c (the module, its functions and streams) and bz2_file.c (BZ2File) share. */
#ifndef KRAIT_BZ2_PRIVATE_H
#define KRAIT_BZ2_PRIVATE_H
#include "Python.h"
#include <bzlib.h>

extern PyTypeObject _PyBZ2File_Type;

/* Makes a stream that takes its memory from the VM's allocator. */
void _PyBZ2_Prepare(bz_stream *);
/* BZ2_bzDecompress, but after a data error always that error: the library must not be called again
 * then, it would go on with counters out of bounds. `opaque` remembers it. */
int _PyBZ2_Decompress(bz_stream *);
/* Whether the library's answer is an error: then the exception that stands for it is set. */
int _PyBZ2_Failed(int code);
/* 0, or -1 with ValueError. */
int _PyBZ2_CheckLevel(int level);
#endif
