/* SPDX-License-Identifier: MIT */
/* Put before expat's own source when it is compiled (CMakeLists.txt): its parsers call themselves
 * for entities within entities, as deep as the document says. Invariant: none reads another token
 * once the C stack is used up as far as pyexpat.c allows; the document then counts as not
 * well-formed, and expat_too_deep says why. */
#ifndef EXPAT_DEPTH_H
#define EXPAT_DEPTH_H
#include <stdint.h>
#include "expat_config.h"
#include "expat_external.h"
#include "internal.h"

#include "xmltok.h"

extern uintptr_t expat_stack_end; /* the lowest address expat may come to; 0: any */
extern int expat_too_deep;

static inline int expat_at_end(void)
{
    if ((uintptr_t)__builtin_frame_address(0) >= expat_stack_end)
        return 0;
    expat_too_deep = 1;
    return 1;
}

#undef XmlTok
#undef XmlLiteralTok
#define XmlTok(enc, state, ptr, end, next)                                                         \
    (expat_at_end() ? XML_TOK_INVALID : (((enc)->scanners[state])(enc, ptr, end, next)))
#define XmlLiteralTok(enc, literal, ptr, end, next)                                                \
    (expat_at_end() ? XML_TOK_INVALID : (((enc)->literalScanners[literal])(enc, ptr, end, next)))
#endif
