/* SPDX-License-Identifier: MIT */
/* KRAIT_WATCHED is defined when AddressSanitizer watches the build: then every object is a block of
 * malloc's of its own, without pools and without blocks of ints and floats, so that a use after its
 * death is seen. */
#ifndef WATCHED_H
#define WATCHED_H
#if defined(__SANITIZE_ADDRESS__)
#define KRAIT_WATCHED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define KRAIT_WATCHED 1
#endif
#endif
#endif
