/* SPDX-License-Identifier: MIT */
/* The command for hosts that can block (native, WASI): start, then run until done. The loop is the
 * trampoline that in JavaScript is wasm-glue/js/instance.js. KRAIT_BUDGET in the environment
 * sets the number of ticks per entry, so that tests can prove that leaving the loop anywhere
 * changes nothing. */
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include "entry.h"
#include "host/host.h"

extern char **environ;

static int32_t read_budget(void)
{
    const char *text = getenv("KRAIT_BUDGET");
    long value = text ? strtol(text, NULL, 10) : 0;

    return value > 0 && value < INT32_MAX ? (int32_t)value : INT32_MAX;
}

int main(int argc, char **argv)
{
    int32_t budget = read_budget();
    int state;

    if (krait_start(argc, argv, environ) < 0)
        return krait_status();
    do {
        state = krait_run(budget);
    } while (state != KRAIT_DONE);
    return krait_status();
}
