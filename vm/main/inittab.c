/* SPDX-License-Identifier: MIT */
/* The built-in modules, each made by its init function. A module with no function was made by hand
 * at start-up and cannot be made again. */
#include "main/main_private.h"

#define MODULE(name) void init##name(void);
#include "main/modules.def"
#undef MODULE

struct _inittab _PyMain_Inittab[] = {
    {"__main__", NULL}, {"__builtin__", NULL}, {"sys", NULL}, {"exceptions", NULL},
#define MODULE(name) {#name, init##name},
#include "main/modules.def"
#undef MODULE
    {NULL, NULL},
};
