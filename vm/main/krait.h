/* SPDX-License-Identifier: MIT */
/* What a host calls: start with a command line, run in slices, ask for the exit status. Invariant:
 * when krait_run has returned, nothing of the program is on the host's stack; whatever it was doing
 * goes on at the next call. */
#ifndef KRAIT_KRAIT_H
#define KRAIT_KRAIT_H
#include <stdint.h>

enum {
    KRAIT_DONE = 0,  /* the program has ended: krait_status() is its exit status */
    KRAIT_AGAIN = 1, /* the budget is used up, or the loop wants to be entered anew: call again */
    KRAIT_WAIT = 2,  /* a host call answered HOST_PENDING: call again when it can be satisfied */
    KRAIT_FORK = 3   /* the program forks: copy the memory now, if that is how; then call again */
};

/* Answer of krait_start in an image whose state does not fit this command line or environment:
 * start in a fresh instance instead. */
#define KRAIT_COLD (-2)

/* Makes this instance's memory an image to start programs from: start-up and site, without
 * environment or options. Nothing else may have been called. The host then keeps a copy of the
 * memory; a krait_start in such a copy is quick. Returns 0 or -1. */
int krait_prepare(void);

/* Parses the command line as python2.7 does and prepares to run it. The strings are copied. Returns
 * 0, or -1 when the command line is wrong; then krait_run has nothing to do and krait_status()
 * tells why. */
int krait_start(int argc, char **argv, char **envp);

/* Runs for about `budget` ticks at most; answers KRAIT_DONE, KRAIT_AGAIN or KRAIT_WAIT. */
int krait_run(int32_t budget);

/* The exit status, once krait_run has answered KRAIT_DONE. */
int krait_status(void);

/* The host has moved the program, memory and all, to another thread with another stack. */
void krait_moved(void);

/* Makes SIGINT pending, as if host_poll_signal had delivered it. */
void krait_interrupt(void);
#endif
