/* SPDX-License-Identifier: MIT */
/* The whole surface between a host and the VM, in the direction host to VM. A host passes the
 * command line once, then calls krait_run until it says KRAIT_DONE. Invariant: between two calls of
 * krait_run nothing of the program is on the host's stack, so a host may stop, wait or yield there.
 */
#ifndef KRAIT_ENTRY_H
#define KRAIT_ENTRY_H
#include <stddef.h>
#include "main/krait.h"

/* Memory for the arguments of krait_start; NULL when there is none. */
void *krait_alloc(size_t n);
void krait_free(void *p);

/* How much of the memory is in use, from its start, in bytes; 0 where a host cannot ask. */
size_t krait_memory_used(void);
/* The lowest address of the stack that C nests on; what lies below where it stands is nobody's. */
size_t krait_stack_low(void);

/* krait_run and a function of the VM's, entered on a stack that the host has made for them. Such
 * calls have no answer that the host could see at once (JavaScript gets a promise), so the answer
 * is left for krait_answer: KRAIT_DONE and so on, or KRAIT_UNANSWERED when the call did not return.
 */
enum { KRAIT_UNANSWERED = -1 };
void krait_run_on_stack(int32_t budget);
void krait_call_on_stack(void (*run)(void *), void *arg);
int krait_answer(void);
#endif
