/* SPDX-License-Identifier: MIT */
/* What a host needs before the VM runs: memory for the command line. Everything else that a host
 * calls is vm/main's own API (vm/main/krait.h), exported under the same names. */
#include <stdlib.h>
#include "entry.h"

void *krait_alloc(size_t n)
{
    return malloc(n ? n : 1);
}

void krait_free(void *p)
{
    free(p);
}
