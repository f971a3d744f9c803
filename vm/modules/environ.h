/* SPDX-License-Identifier: MIT */
/* The process's environment, copied from the host at start: what posix.environ shows and putenv
 * changes. */
#ifndef KRAIT_ENVIRON_H
#define KRAIT_ENVIRON_H
int _PyEnviron_Init(char **envp);
const char *_PyEnviron_Get(const char *name);
int _PyEnviron_Set(const char *name, const char *value); /* value NULL removes; -1 without memory */
const char *_PyEnviron_Item(int i);                      /* "NAME=value", NULL past the last */
#endif
