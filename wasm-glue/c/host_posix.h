/* SPDX-License-Identifier: MIT */
/* What the parts of the POSIX host share: whether calls may block now. */
#ifndef KRAIT_HOST_POSIX_H
#define KRAIT_HOST_POSIX_H
int krait_posix_may_block(void);
/* Whether reading (or writing) the descriptor would block although it must not. */
int krait_posix_must_wait(int fd, int read);
#endif
