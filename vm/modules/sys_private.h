/* SPDX-License-Identifier: MIT */
/* What main and the modules share about sys and __builtin__ beyond the public headers. */
#ifndef KRAIT_SYS_PRIVATE_H
#define KRAIT_SYS_PRIVATE_H
#include "Python.h"
PyObject *_PyBuiltin_Init(void); /* borrowed module */

/* Where things are; set by main before _PySys_Init. */
typedef struct {
    char executable[4096], prefix[4096], exec_prefix[4096], path[16384]; /* path: colon-separated */
} _PyPaths;
extern _PyPaths _Py_Paths;

/* Makes sys.flags and sys.dont_write_bytecode anew, from the flags as they are now. */
void _PySys_SetFlags(void);
extern void (*_PySys_SystemExit)(void); /* sys_print.c */
#endif
