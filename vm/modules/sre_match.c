/* SPDX-License-Identifier: MIT */
/* The matcher: a backtracking machine whose stack is on the heap, so that no text and no pattern
 * can use up the C stack. The stack holds choices to go back to and, between them, the old values
 * of what was changed since: going back pops and undoes until a choice. Invariant: `repeat` and
 * `asserts` are what they were when the entry on top was pushed. One body serves texts of one- and
 * four-byte units. */
#include "sre.h"

enum {
    CHOICE,        /* go on at pc, position a */
    UNDO_MARK,     /* mark pc was a; lastindex was b */
    UNDO_REPEAT,   /* `repeat` was a */
    NEW_REPEAT,    /* `repeat` was a, and the newest repeat is to be dropped */
    UNDO_COUNT,    /* repeat pc had count a */
    MAX_ONCE_MORE, /* repeat pc had last b: undo its count, then try what follows it at a */
    MIN_ONCE_MORE, /* what follows repeat pc failed at a: try its body once more */
    UNDO_LAST,     /* repeat pc had last b and one count less */
    GREEDY,        /* REPEAT_ONE at pc: last tried at a, may go back to b */
    LAZY,          /* MIN_REPEAT_ONE at pc: tried at a with b items */
    ASSERTION,     /* ASSERT at pc began at a; `asserts` was b */
    NEGATION,      /* ASSERT_NOT likewise */
    BOTTOM         /* of a nested run */
};

static PY_ALWAYS_INLINE uint32_t unit(const void *text, Py_ssize_t i, int wide)
{
    return wide ? ((const Py_UNICODE *)text)[i] : ((const unsigned char *)text)[i];
}

static int push(sre_state *s, int kind, uint32_t pc, Py_ssize_t a, Py_ssize_t b)
{
    if (s->top == s->room) {
        Py_ssize_t room = s->room == 0 ? 64 : s->room * 2;
        sre_entry *p = s->stack;
        PyMem_Resize(p, sre_entry, room);
        if (p == NULL || room > INT32_MAX / 2) {
            if (p != NULL) {
                s->stack = p;
            }
            PyErr_NoMemory();
            return -1;
        }
        s->stack = p;
        s->room = room;
    }
    sre_entry *e = &s->stack[s->top++];
    e->kind = kind;
    e->pc = pc;
    e->a = a;
    e->b = b;
    return 0;
}

/* -- Characters ---------------------------------------------------------------------------------
 */
static int is_word(uint32_t c)
{
    return c < 128 && (Py_ISALNUM(c) || c == '_');
}
static int is_uni_word(uint32_t c)
{
    return Py_UNICODE_ISALNUM(c) || c == '_';
}

static int in_category(uint32_t category, uint32_t c)
{
    int r;
    switch (category & ~1u) {
    case CATEGORY_DIGIT:
        r = c < 128 && Py_ISDIGIT(c);
        break;
    case CATEGORY_SPACE:
        r = c < 128 && Py_ISSPACE(c);
        break;
    case CATEGORY_WORD:
    case CATEGORY_LOC_WORD:
        r = is_word(c);
        break;
    case CATEGORY_LINEBREAK:
        r = c == '\n';
        break;
    case CATEGORY_UNI_DIGIT:
        r = Py_UNICODE_ISDECIMAL(c);
        break;
    case CATEGORY_UNI_SPACE:
        r = Py_UNICODE_ISSPACE(c);
        break;
    case CATEGORY_UNI_WORD:
        r = is_uni_word(c);
        break;
    default:
        r = Py_UNICODE_ISLINEBREAK(c);
    }
    return category & 1 ? !r : r != 0;
}

static int in_charset(const uint32_t *set, uint32_t c)
{
    int yes = 1;
    for (;;) {
        switch (*set++) {
        case OP_FAILURE:
            return !yes;
        case OP_LITERAL:
            if (c == *set++) {
                return yes;
            }
            break;
        case OP_RANGE:
            if (set[0] <= c && c <= set[1]) {
                return yes;
            }
            set += 2;
            break;
        case OP_NEGATE:
            yes = !yes;
            break;
        case OP_CATEGORY:
            if (in_category(*set++, c)) {
                return yes;
            }
            break;
        case OP_CHARSET:
            if (c < 256 && (set[c >> 5] >> (c & 31) & 1)) {
                return yes;
            }
            set += 8;
            break;
        case OP_BIGCHARSET: {
            uint32_t blocks = *set++;
            if (c < 65536) {
                uint32_t block = ((const unsigned char *)set)[c >> 8];
                if (set[64 + block * 8 + (c >> 5 & 7)] >> (c & 31) & 1) {
                    return yes;
                }
            }
            set += 64 + (size_t)blocks * 8;
            break;
        }
        default:
            return 0;
        }
    }
}

static PY_ALWAYS_INLINE int at_place(const sre_state *s, Py_ssize_t ptr, uint32_t where, int wide)
{
    int before, after;
    switch (where) {
    case AT_BEGINNING:
    case AT_BEGINNING_STRING:
        return ptr == 0;
    case AT_BEGINNING_LINE:
        return ptr == 0 || unit(s->text, ptr - 1, wide) == '\n';
    case AT_END:
        return ptr == s->end || (s->end - ptr == 1 && unit(s->text, ptr, wide) == '\n');
    case AT_END_LINE:
        return ptr == s->end || unit(s->text, ptr, wide) == '\n';
    case AT_END_STRING:
        return ptr == s->end;
    default:
        if (s->end == 0) {
            return 0;
        }
        if (where == AT_UNI_BOUNDARY || where == AT_UNI_NON_BOUNDARY) {
            before = ptr > 0 && is_uni_word(unit(s->text, ptr - 1, wide));
            after = ptr < s->end && is_uni_word(unit(s->text, ptr, wide));
        } else {
            before = ptr > 0 && is_word(unit(s->text, ptr - 1, wide));
            after = ptr < s->end && is_word(unit(s->text, ptr, wide));
        }
        if (where == AT_BOUNDARY || where == AT_LOC_BOUNDARY || where == AT_UNI_BOUNDARY) {
            return before != after;
        }
        return before == after;
    }
}

static int run(sre_state *s, uint32_t pc, Py_ssize_t ptr, Py_ssize_t *out);

/* Whether the one-character instruction at pc matches; -1 when it is not such an instruction. */
static PY_ALWAYS_INLINE int match_one(const sre_state *s, const uint32_t *pc, uint32_t c)
{
    int flags = s->pattern->flags;
    switch (pc[0]) {
    case OP_LITERAL:
        return c == pc[1];
    case OP_NOT_LITERAL:
        return c != pc[1];
    case OP_ANY:
        return c != '\n';
    case OP_ANY_ALL:
        return 1;
    case OP_IN:
        return in_charset(pc + 2, c);
    case OP_IN_IGNORE:
        return in_charset(pc + 2, sre_lower(c, flags));
    case OP_LITERAL_IGNORE:
        return sre_lower(c, flags) == sre_lower(pc[1], flags);
    case OP_NOT_LITERAL_IGNORE:
        return sre_lower(c, flags) != sre_lower(pc[1], flags);
    default:
        return -1;
    }
}

/* How many units from ptr on, at most max, the item of a REPEAT_ONE matches; -1 with an exception.
 */
static PY_ALWAYS_INLINE Py_ssize_t count_items(sre_state *s, uint32_t pc, Py_ssize_t ptr,
                                               uint32_t max, int wide)
{
    const uint32_t *item = s->pattern->code + pc;
    Py_ssize_t end = s->end, i = ptr;
    uint32_t op = item[0], c = item[1];
    int single = op == OP_ANY || op == OP_ANY_ALL ? item[1] == OP_SUCCESS
                 : op == OP_LITERAL || op == OP_NOT_LITERAL || op == OP_LITERAL_IGNORE ||
                         op == OP_NOT_LITERAL_IGNORE
                     ? item[2] == OP_SUCCESS
                 : op == OP_IN || op == OP_IN_IGNORE ? item[1 + item[1]] == OP_SUCCESS
                                                     : 0;

    if (max != SRE_MAXREPEAT && (Py_ssize_t)max < end - ptr) {
        end = ptr + max;
    }
    if (!single) { /* any other item of one unit, matched by a run of its own */
        while (i < end) {
            Py_ssize_t next;
            int r = run(s, pc, i, &next);
            if (r < 0) {
                return -1;
            }
            if (r == 0 || next <= i) {
                break;
            }
            i = next;
        }
        return (i > end ? end : i) - ptr;
    }
    switch (op) {
    case OP_LITERAL:
        while (i < end && unit(s->text, i, wide) == c) {
            i++;
        }
        break;
    case OP_NOT_LITERAL:
        while (i < end && unit(s->text, i, wide) != c) {
            i++;
        }
        break;
    case OP_ANY:
        while (i < end && unit(s->text, i, wide) != '\n') {
            i++;
        }
        break;
    case OP_ANY_ALL:
        i = end;
        break;
    case OP_IN:
        while (i < end && in_charset(item + 2, unit(s->text, i, wide))) {
            i++;
        }
        break;
    default:
        while (i < end && match_one(s, item, unit(s->text, i, wide)) > 0) {
            i++;
        }
    }
    return i - ptr;
}

static PY_ALWAYS_INLINE int same_group(const sre_state *s, uint32_t group, Py_ssize_t *ptr,
                                       int ignore, int wide)
{
    Py_ssize_t a = s->marks[2 * group], b = s->marks[2 * group + 1], i = *ptr;
    int flags = s->pattern->flags;
    if (a < 0 || b < a || b - a > s->end - i) {
        return 0;
    }
    for (; a < b; a++, i++) {
        uint32_t c = unit(s->text, a, wide), d = unit(s->text, i, wide);
        if (c != d && (!ignore || sre_lower(c, flags) != sre_lower(d, flags))) {
            return 0;
        }
    }
    *ptr = i;
    return 1;
}

static int set_mark(sre_state *s, uint32_t mark, Py_ssize_t value)
{
    if (push(s, UNDO_MARK, mark, s->marks[mark], s->lastindex) < 0) {
        return -1;
    }
    s->marks[mark] = value;
    if (mark & 1) {
        s->lastindex = mark / 2 + 1;
    }
    return 0;
}

/* Undoes the entry e. */
static void undo(sre_state *s, const sre_entry *e)
{
    switch (e->kind) {
    case UNDO_MARK:
        s->marks[e->pc] = e->a;
        s->lastindex = e->b;
        break;
    case UNDO_REPEAT:
        s->repeat = (int32_t)e->a;
        break;
    case NEW_REPEAT:
        s->repeat = (int32_t)e->a;
        s->repeat_top--;
        break;
    case UNDO_COUNT:
        s->repeats[e->pc].count = e->a;
        break;
    case MAX_ONCE_MORE:
    case UNDO_LAST:
        s->repeats[e->pc].last = e->b;
        s->repeats[e->pc].count--;
        break;
    case ASSERTION:
    case NEGATION:
        s->asserts = (int32_t)e->b;
        break;
    default:
        break;
    }
}

/* Drops the choices above `bottom` but keeps what undoes changes. The entries that are both become
 * what undoes them only. */
static void commit(sre_state *s, Py_ssize_t bottom)
{
    Py_ssize_t out = bottom;
    for (Py_ssize_t i = bottom; i < s->top; i++) {
        sre_entry e = s->stack[i];
        switch (e.kind) {
        case MAX_ONCE_MORE:
            e.kind = UNDO_LAST;
            break;
        case UNDO_MARK:
        case UNDO_REPEAT:
        case UNDO_COUNT:
        case UNDO_LAST:
        case NEW_REPEAT:
            break;
        default:
            continue;
        }
        s->stack[out++] = e;
    }
    s->top = out;
}

static int begin_repeat(sre_state *s, uint32_t pc)
{
    if (s->repeat_top == s->repeat_room) {
        int32_t room = s->repeat_room == 0 ? 16 : s->repeat_room * 2;
        sre_repeat *p = s->repeats;
        PyMem_Resize(p, sre_repeat, room);
        if (p == NULL || room > INT32_MAX / 4) {
            if (p != NULL) {
                s->repeats = p;
            }
            PyErr_NoMemory();
            return -1;
        }
        s->repeats = p;
        s->repeat_room = room;
    }
    if (push(s, NEW_REPEAT, 0, s->repeat, 0) < 0) {
        return -1;
    }
    sre_repeat *r = &s->repeats[s->repeat_top];
    r->pc = pc;
    r->prev = s->repeat;
    r->count = -1;
    r->last = -1;
    s->repeat = s->repeat_top++;
    return 0;
}

/* Runs from pc at ptr until the SUCCESS that ends this part. 1 with *out the end, 0, or -1. The
 * entries that a successful run leaves undo its changes. */
static PY_ALWAYS_INLINE int run_body(sre_state *s, uint32_t pc, Py_ssize_t ptr, Py_ssize_t *out,
                                     int wide)
{
    const uint32_t *code = s->pattern->code;
    const Py_ssize_t bottom = s->top;
    const int32_t outer_asserts = s->asserts;
    Py_ssize_t n;
    sre_repeat *r;
    sre_entry e;

    s->asserts = -1;
    for (;;) {
        switch (code[pc]) {
        case OP_FAILURE:
            goto backtrack;
        case OP_SUCCESS:
            if (s->asserts < 0) {
                commit(s, bottom);
                s->asserts = outer_asserts;
                *out = ptr;
                return 1;
            }
            n = s->asserts;
            e = s->stack[n];
            if (e.kind == ASSERTION) {
                commit(s, n);
                s->asserts = (int32_t)e.b;
                ptr = e.a;
                pc = e.pc;
                continue;
            }
            while (s->top > n) { /* what must not match does: undo it all and fail */
                undo(s, &s->stack[--s->top]);
            }
            goto backtrack;
        case OP_INFO:
            if (s->end - ptr < (Py_ssize_t)code[pc + 3]) {
                goto backtrack;
            }
            pc += code[pc + 1] + 1;
            continue;
        case OP_MARK:
            if (set_mark(s, code[pc + 1], ptr) < 0) {
                return -1;
            }
            pc += 2;
            continue;
        case OP_AT:
            if (!at_place(s, ptr, code[pc + 1], wide)) {
                goto backtrack;
            }
            pc += 2;
            continue;
        case OP_LITERAL:
            if (ptr >= s->end || unit(s->text, ptr, wide) != code[pc + 1]) {
                goto backtrack;
            }
            ptr++;
            pc += 2;
            continue;
        case OP_NOT_LITERAL:
        case OP_LITERAL_IGNORE:
        case OP_NOT_LITERAL_IGNORE:
            if (ptr >= s->end || !match_one(s, code + pc, unit(s->text, ptr, wide))) {
                goto backtrack;
            }
            ptr++;
            pc += 2;
            continue;
        case OP_ANY:
        case OP_ANY_ALL:
            if (ptr >= s->end || (code[pc] == OP_ANY && unit(s->text, ptr, wide) == '\n')) {
                goto backtrack;
            }
            ptr++;
            pc++;
            continue;
        case OP_IN:
        case OP_IN_IGNORE:
            if (ptr >= s->end || !match_one(s, code + pc, unit(s->text, ptr, wide))) {
                goto backtrack;
            }
            ptr++;
            pc += code[pc + 1] + 1;
            continue;
        case OP_JUMP:
            pc += code[pc + 1] + 1;
            continue;
        case OP_GROUPREF:
        case OP_GROUPREF_IGNORE:
            if (!same_group(s, code[pc + 1], &ptr, code[pc] == OP_GROUPREF_IGNORE, wide)) {
                goto backtrack;
            }
            pc += 2;
            continue;
        case OP_GROUPREF_EXISTS: {
            /* a condition may name a group that the pattern does not have: it never matched */
            int there = (Py_ssize_t)code[pc + 1] < s->pattern->groups;
            Py_ssize_t a = there ? s->marks[2 * code[pc + 1]] : -1;
            Py_ssize_t b = there ? s->marks[2 * code[pc + 1] + 1] : -1;
            pc += a < 0 || b < a ? code[pc + 2] + 1 : 3;
            continue;
        }
        case OP_BRANCH:
            pc++;
        next_alternative:
            /* pc is at an alternative's skip; pass by those that cannot match here */
            while (code[pc] != 0) {
                uint32_t first = code[pc + 1];
                if ((first == OP_LITERAL &&
                     (ptr >= s->end || unit(s->text, ptr, wide) != code[pc + 2])) ||
                    (first == OP_IN &&
                     (ptr >= s->end || !in_charset(code + pc + 3, unit(s->text, ptr, wide))))) {
                    pc += code[pc];
                    continue;
                }
                break;
            }
            if (code[pc] == 0) {
                goto backtrack;
            }
            if (code[pc + code[pc]] != 0) {
                if (push(s, CHOICE, pc + code[pc], ptr, 0) < 0) {
                    return -1;
                }
            }
            pc++;
            continue;
        case OP_REPEAT_ONE: {
            uint32_t least = code[pc + 2];
            if (s->end - ptr < (Py_ssize_t)least) {
                goto backtrack;
            }
            n = count_items(s, pc + 4, ptr, code[pc + 3], wide);
            if (n < 0) {
                return -1;
            }
            if (n < (Py_ssize_t)least) {
                goto backtrack;
            }
            if (n > (Py_ssize_t)least) {
                if (push(s, GREEDY, pc, ptr + n + 1, ptr + least) < 0) {
                    return -1;
                }
                goto backtrack; /* going back finds the first place to try */
            }
            ptr += n;
            pc += code[pc + 1] + 1;
            continue;
        }
        case OP_MIN_REPEAT_ONE: {
            uint32_t least = code[pc + 2];
            if (s->end - ptr < (Py_ssize_t)least) {
                goto backtrack;
            }
            if (least > 0) {
                n = count_items(s, pc + 4, ptr, least, wide);
                if (n < 0) {
                    return -1;
                }
                if (n < (Py_ssize_t)least) {
                    goto backtrack;
                }
                ptr += n;
            }
            if (least < code[pc + 3]) {
                if (push(s, LAZY, pc, ptr, least) < 0) {
                    return -1;
                }
            }
            pc += code[pc + 1] + 1;
            continue;
        }
        case OP_REPEAT:
            if (begin_repeat(s, pc) < 0) {
                return -1;
            }
            pc += code[pc + 1] + 1;
            continue;
        case OP_MAX_UNTIL: {
            int32_t index = s->repeat;
            r = &s->repeats[index];
            uint32_t begin = r->pc;
            n = r->count + 1;
            if (n < (Py_ssize_t)code[begin + 2]) {
                if (push(s, UNDO_COUNT, (uint32_t)index, r->count, 0) < 0) {
                    return -1;
                }
                r->count = n;
                pc = begin + 4;
                continue;
            }
            if ((code[begin + 3] == SRE_MAXREPEAT || n < (Py_ssize_t)code[begin + 3]) &&
                ptr != r->last) {
                if (push(s, MAX_ONCE_MORE, (uint32_t)index, ptr, r->last) < 0) {
                    return -1;
                }
                r->count = n;
                r->last = ptr;
                pc = begin + 4;
                continue;
            }
            if (push(s, UNDO_REPEAT, 0, index, 0) < 0) {
                return -1;
            }
            s->repeat = r->prev;
            pc++;
            continue;
        }
        case OP_MIN_UNTIL: {
            int32_t index = s->repeat;
            r = &s->repeats[index];
            uint32_t begin = r->pc;
            n = r->count + 1;
            if (n < (Py_ssize_t)code[begin + 2]) {
                if (push(s, UNDO_COUNT, (uint32_t)index, r->count, 0) < 0) {
                    return -1;
                }
                r->count = n;
                pc = begin + 4;
                continue;
            }
            if (push(s, MIN_ONCE_MORE, (uint32_t)index, ptr, 0) < 0) {
                return -1;
            }
            if (push(s, UNDO_REPEAT, 0, index, 0) < 0) {
                return -1;
            }
            s->repeat = r->prev;
            pc++;
            continue;
        }
        case OP_ASSERT:
        case OP_ASSERT_NOT: {
            int negative = code[pc] == OP_ASSERT_NOT;
            uint32_t after = pc + code[pc + 1] + 1;
            if (ptr < (Py_ssize_t)code[pc + 2]) { /* no room to look back */
                if (!negative) {
                    goto backtrack;
                }
                pc = after;
                continue;
            }
            n = s->top;
            if (push(s, negative ? NEGATION : ASSERTION, after, ptr, s->asserts) < 0) {
                return -1;
            }
            s->asserts = (int32_t)n;
            ptr -= code[pc + 2];
            pc += 3;
            continue;
        }
        default:
            PyErr_SetString(PyExc_RuntimeError, "internal error in regular expression engine");
            return -1;
        }

    backtrack:
        if (++s->ticks == 0x10000) {
            s->ticks = 0;
            if (s->may_interrupt) {
                if (PyErr_CheckSignals() < 0) {
                    return -1;
                }
            }
        }
        for (;;) {
            if (s->top == bottom) {
                s->asserts = outer_asserts;
                return 0;
            }
            e = s->stack[--s->top];
            switch (e.kind) {
            case CHOICE:
                pc = e.pc;
                ptr = e.a;
                goto next_alternative;
            case GREEDY: {
                uint32_t tail = e.pc + code[e.pc + 1] + 1;
                n = e.a - 1;
                if (code[tail] == OP_LITERAL) { /* only places where it can go on */
                    while (n >= e.b && (n >= s->end || unit(s->text, n, wide) != code[tail + 1])) {
                        n--;
                    }
                }
                if (n < e.b) {
                    continue;
                }
                if (n > e.b) {
                    s->stack[s->top++].a = n; /* the entry stays, one place further back */
                }
                ptr = n;
                pc = tail;
                goto resume;
            }
            case LAZY:
                n = count_items(s, e.pc + 4, e.a, 1, wide);
                if (n < 0) {
                    return -1;
                }
                if (n == 0) {
                    continue;
                }
                if (code[e.pc + 3] == SRE_MAXREPEAT || e.b + 1 < (Py_ssize_t)code[e.pc + 3]) {
                    if (push(s, LAZY, e.pc, e.a + 1, e.b + 1) < 0) {
                        return -1;
                    }
                }
                ptr = e.a + 1;
                pc = e.pc + code[e.pc + 1] + 1;
                goto resume;
            case MAX_ONCE_MORE: {
                /* no more of the repeated: what follows it */
                undo(s, &e);
                int32_t index = (int32_t)e.pc;
                if (push(s, UNDO_REPEAT, 0, index, 0) < 0) {
                    return -1;
                }
                s->repeat = s->repeats[index].prev;
                ptr = e.a;
                pc = s->repeats[index].pc + code[s->repeats[index].pc + 1] + 2;
                goto resume;
            }
            case MIN_ONCE_MORE: {
                r = &s->repeats[e.pc];
                n = r->count + 1;
                if ((code[r->pc + 3] != SRE_MAXREPEAT && n >= (Py_ssize_t)code[r->pc + 3]) ||
                    e.a == r->last) {
                    continue;
                }
                if (push(s, UNDO_LAST, e.pc, 0, r->last) < 0) {
                    return -1;
                }
                r->count = n;
                r->last = e.a;
                ptr = e.a;
                pc = r->pc + 4;
                goto resume;
            }
            case NEGATION:
                undo(s, &e);
                pc = e.pc;
                ptr = e.a;
                goto resume;
            default:
                undo(s, &e);
            }
        }
    resume:;
    }
}

static int run_narrow(sre_state *s, uint32_t pc, Py_ssize_t ptr, Py_ssize_t *out)
{
    return run_body(s, pc, ptr, out, 0);
}

static int run_wide(sre_state *s, uint32_t pc, Py_ssize_t ptr, Py_ssize_t *out)
{
    return run_body(s, pc, ptr, out, 1);
}

/* Nested only for the rare items of REPEAT_ONE that are not one instruction. */
static int run(sre_state *s, uint32_t pc, Py_ssize_t ptr, Py_ssize_t *out)
{
    int r;
    if (s->depth > 50) {
        PyErr_SetString(PyExc_RuntimeError, "maximum recursion limit exceeded");
        return -1;
    }
    s->depth++;
    r = s->wide ? run_wide(s, pc, ptr, out) : run_narrow(s, pc, ptr, out);
    s->depth--;
    return r;
}

int sre_match(sre_state *s)
{
    if (s->start > s->end) {
        return 0;
    }
    return run(s, 0, s->start, &s->ptr);
}

/* The first place from i on where a match may begin, going by the INFO block; end + 1: none. */
static PY_ALWAYS_INLINE Py_ssize_t next_start(const sre_state *s, Py_ssize_t i, Py_ssize_t last,
                                              uint32_t flags, int wide)
{
    const uint32_t *info = s->pattern->code;
    if (flags & SRE_INFO_PREFIX) {
        uint32_t first = info[7];
        if (!wide) {
            const char *hit;
            if (first > 255 || i > last) {
                return last + 1;
            }
            hit = memchr((const char *)s->text + i, (int)first, (size_t)(last - i + 1));
            return hit == NULL ? last + 1 : hit - (const char *)s->text;
        }
        while (i <= last && unit(s->text, i, wide) != first) {
            i++;
        }
    } else if (flags & SRE_INFO_CHARSET) {
        while (i <= last && !in_charset(info + 5, unit(s->text, i, wide))) {
            i++;
        }
    }
    return i;
}

int sre_search(sre_state *s)
{
    const uint32_t *code = s->pattern->code;
    Py_ssize_t last = s->end, i = s->start;
    uint32_t flags = 0;

    if (code[0] == OP_INFO) {
        Py_ssize_t least = code[3];
        flags = code[2];
        if ((flags & (SRE_INFO_PREFIX | SRE_INFO_CHARSET)) && least < 1) {
            least = 1;
        }
        if (least > last) {
            return 0;
        }
        last -= least;
    } else if (code[0] == OP_LITERAL) {
        last--;
    }
    for (; i <= last; i++) {
        int r;
        if (flags != 0) {
            i = s->wide ? next_start(s, i, last, flags, 1) : next_start(s, i, last, flags, 0);
        } else if (code[0] == OP_LITERAL) {
            if (s->wide) {
                while (i <= last && unit(s->text, i, 1) != code[1]) {
                    i++;
                }
            } else {
                while (i <= last && unit(s->text, i, 0) != code[1]) {
                    i++;
                }
            }
        }
        if (i > last) {
            break;
        }
        r = run(s, 0, i, &s->ptr);
        if (r != 0) {
            s->start = i;
            return r;
        }
    }
    return 0;
}
