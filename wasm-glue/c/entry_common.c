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

static int answer;

void krait_run_on_stack(int32_t budget)
{
    int state;

    answer = KRAIT_UNANSWERED;
    state = krait_run(budget);
    answer = state;
}

void krait_call_on_stack(void (*run)(void *), void *arg)
{
    run(arg);
    answer = KRAIT_DONE;
}

/* Reading it takes it, so that each answer is seen once. */
int krait_answer(void)
{
    int taken = answer;

    answer = KRAIT_UNANSWERED;
    return taken;
}
