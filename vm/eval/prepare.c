/* SPDX-License-Identifier: MIT */
/* Makes the private copy of a code object and verifies it. Invariant: code that gets a PyExec can
 * be run without bounds checks: every operand is in range, every jump lands on an instruction, the
 * value stack neither underflows nor outgrows `stacksize`, blocks are popped as they were pushed,
 * END_FINALLY finds what a handler left there. The proof is an abstract run over kinds of stack
 * slots; see `struct state`. */
#include "eval.h"

/* What is known of a stack slot. A finally token is one slot here though it is one to three at run
 * time. */
enum { K_ANY, K_NONE, K_EXC, K_FINALLY };

typedef struct {
    uint8_t type;
    int32_t handler, level;
} vblock;

typedef struct {
    int32_t depth;
    int nblocks;
    vblock blocks[CO_MAXBLOCKS];
    uint8_t kind[1]; /* `depth` of them */
} vstate;

typedef struct {
    PyExec *ex;
    PyCodeObject *co;
    int32_t maxdepth; /* bound for the abstract depth */
    int32_t deepest;  /* abstract depth seen */
    int32_t tokens;   /* finally tokens seen at once; each may be three real values */
    Py_ssize_t statesize;
    vstate **states; /* known states of the joins that were reached */
    uint8_t *join;   /* instruction i can be reached by more than falling into it */
    int32_t next;    /* where the step falls through to, -1 nowhere or to a join */
    int32_t *work;
    int32_t nwork;
    const char *why;
} verifier;

static size_t state_size(const vstate *s)
{
    return offsetof(vstate, kind) + (size_t)s->depth;
}

static int operand_count(int op)
{
    return op >= HAVE_ARGUMENT;
}

static uint8_t kind_of_op[256];
static int tables_ready;

static void make_tables(void)
{
    memset(kind_of_op, OPKIND_INVALID, sizeof kind_of_op);
#define OPCODE(name, number, pyname, kind, effect) kind_of_op[number] = OPKIND_##kind;
#include "compile/opcode.def"
#undef OPCODE
    tables_ready = 1;
}

int32_t _PyExec_IndexOf(const PyExec *ex, int offset)
{
    int32_t lo = 0, hi = ex->count;
    while (lo < hi) {
        int32_t mid = (lo + hi) / 2;
        if (ex->offset[mid] < offset)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < ex->count && ex->offset[lo] == offset ? lo : -1;
}

static void exec_free(void *p)
{
    PyExec *ex = p;
    PyMem_Free(ex->offset);
    PyMem_Free(ex->depth);
    PyMem_Free(ex);
}

/* Splits co_code into instructions; jump operands stay byte offsets until all are known. */
static int decode(verifier *v)
{
    const unsigned char *code = (const unsigned char *)PyString_AS_STRING(v->co->co_code);
    Py_ssize_t n = PyString_GET_SIZE(v->co->co_code);
    PyExec *ex = v->ex;
    int32_t count = 0;
    for (Py_ssize_t i = 0; i < n;) {
        Py_ssize_t start = i;
        int op = code[i++];
        uint32_t arg = 0;
        while (op == EXTENDED_ARG) {
            if (i + 3 > n) {
                v->why = "truncated";
                return -1;
            }
            arg = (arg | code[i] | (uint32_t)code[i + 1] << 8) << 16;
            op = code[i + 2];
            i += 3;
        }
        if (operand_count(op)) {
            if (i + 2 > n) {
                v->why = "truncated";
                return -1;
            }
            arg |= code[i] | (uint32_t)code[i + 1] << 8;
            i += 2;
        }
        PyInstr *in = &ex->instr[count];
        in->op = in->orig = (uint16_t)op;
        if (_Py_QnewFlag && (op == BINARY_DIVIDE || op == INPLACE_DIVIDE)) /* -Qnew */
            in->op = in->orig = op == BINARY_DIVIDE ? BINARY_TRUE_DIVIDE : INPLACE_TRUE_DIVIDE;
        in->arg = (int32_t)arg;
        in->tag = in->index = 0;
        ex->offset[count++] = (int32_t)start;
        if (kind_of_op[op] == OPKIND_JREL) {
            int64_t target = (int64_t)i + arg;
            in->arg = target > n ? -1 : (int32_t)target;
        }
    }
    ex->count = count;
    for (int32_t k = 0; k < count; k++) {
        PyInstr *in = &ex->instr[k];
        Py_ssize_t limit = -1;
        switch (kind_of_op[in->op]) {
        case OPKIND_JREL:
        case OPKIND_JABS:
            /* A jump to nowhere is an error only when it can be reached: mark it. */
            in->arg = in->arg < 0 ? -1 : _PyExec_IndexOf(ex, in->arg);
            continue;
        case OPKIND_CONST:
            limit = PyTuple_GET_SIZE(v->co->co_consts);
            break;
        case OPKIND_NAME:
            limit = PyTuple_GET_SIZE(v->co->co_names);
            break;
        case OPKIND_LOCAL:
            limit = v->co->co_nlocals;
            break;
        case OPKIND_FREE:
            limit = PyTuple_GET_SIZE(v->co->co_cellvars) + PyTuple_GET_SIZE(v->co->co_freevars);
            break;
        case OPKIND_CMP:
            limit = PyCmp_BAD;
            break;
        case OPKIND_INVALID:
            in->op = OP_BAD;
            in->arg = in->orig;
            continue;
        default:
            if (in->arg < 0) {
                v->why = "operand too large";
                return -1;
            }
            continue;
        }
        if (in->arg < 0 || in->arg >= limit) {
            v->why = "operand out of range";
            return -1;
        }
    }
    return 0;
}

static int merge_kind(int a, int b)
{
    if (a == b)
        return a;
    if ((a == K_FINALLY && b == K_NONE) || (a == K_NONE && b == K_FINALLY))
        return K_FINALLY;
    if (a == K_FINALLY || b == K_FINALLY)
        return -1;
    return K_ANY;
}

static void note_tokens(verifier *v, const vstate *s)
{
    int32_t tokens = 0;
    for (int32_t i = 0; i < s->depth; i++)
        tokens += s->kind[i] == K_FINALLY;
    if (tokens > v->tokens)
        v->tokens = tokens;
}

/* The state `s` reaches instruction `at`: merge with what is known there and queue it when that is
 * news. */
static int flow(verifier *v, const vstate *s, int32_t at)
{
    if (at < 0 || at >= v->ex->count) {
        v->why = "jump out of the code";
        return -1;
    }
    vstate *known = v->states[at];
    if (known == NULL) {
        known = PyMem_Malloc((Py_ssize_t)(sizeof(vstate) + (size_t)s->depth));
        if (known == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        memcpy(known, s, state_size(s));
        v->states[at] = known;
        note_tokens(v, known);
        v->work[v->nwork++] = at;
        return 0;
    }
    if (known->depth != s->depth || known->nblocks != s->nblocks) {
        v->why = "inconsistent stack";
        return -1;
    }
    for (int i = 0; i < s->nblocks; i++) {
        const vblock *a = &known->blocks[i], *b = &s->blocks[i];
        if (a->type != b->type || a->handler != b->handler || a->level != b->level) {
            v->why = "inconsistent blocks";
            return -1;
        }
    }
    int news = 0;
    for (int32_t i = 0; i < s->depth; i++) {
        int k = merge_kind(known->kind[i], s->kind[i]);
        if (k < 0) {
            v->why = "inconsistent stack";
            return -1;
        }
        if (k != known->kind[i]) {
            known->kind[i] = (uint8_t)k;
            news = 1;
        }
    }
    if (news) {
        note_tokens(v, known);
        v->work[v->nwork++] = at; /* at most a few times: kinds only grow */
    }
    return 0;
}

static int need(verifier *v, const vstate *s, int n)
{
    if (s->depth < n) {
        v->why = "stack underflow";
        return -1;
    }
    /* Ordinary instructions must not take a finally token for a value. */
    for (int i = 1; i <= n; i++) {
        if (s->kind[s->depth - i] == K_FINALLY) {
            v->why = "finally token used as a value";
            return -1;
        }
    }
    return 0;
}

static int push(verifier *v, vstate *s, int kind)
{
    if (s->depth >= v->maxdepth) {
        v->why = "stack overflow";
        return -1;
    }
    s->kind[s->depth++] = (uint8_t)kind;
    return 0;
}

static int add_block(verifier *v, vstate *s, int type, int32_t handler, int32_t level)
{
    if (s->nblocks >= CO_MAXBLOCKS) {
        v->why = "too many blocks";
        return -1;
    }
    vblock *b = &s->blocks[s->nblocks++];
    b->type = (uint8_t)type;
    b->handler = handler;
    b->level = level;
    return 0;
}

/* The handler of the innermost block is entered with what the loop pushes for it. */
static int enter_handler(verifier *v, const vstate *s, vstate *tmp)
{
    const vblock *b = &s->blocks[s->nblocks - 1];
    memcpy(tmp, s, state_size(s));
    tmp->nblocks--;
    tmp->depth = b->level;
    if (b->type == SETUP_LOOP)
        return flow(v, tmp, b->handler); /* break */
    if (b->type == SETUP_EXCEPT) {
        if (push(v, tmp, K_ANY) || push(v, tmp, K_ANY) || push(v, tmp, K_EXC))
            return -1;
    } else if (push(v, tmp, K_FINALLY))
        return -1;
    return flow(v, tmp, b->handler);
}

/* Pops `pops` values and pushes `pushes`. */
static int simple(verifier *v, vstate *s, int pops, int pushes)
{
    if (need(v, s, pops))
        return -1;
    s->depth -= pops;
    while (pushes-- > 0)
        if (push(v, s, K_ANY))
            return -1;
    return 0;
}

static int step(verifier *v, int32_t at, vstate *s, vstate *tmp)
{
    PyInstr *in = &v->ex->instr[at];
    int arg = in->arg;
    v->next = -1;
    v->ex->depth[at] = s->depth;
    if (s->depth > v->deepest)
        v->deepest = s->depth;
    switch (in->op) {
    case OP_BAD:
        return 0; /* raises when reached */
    case NOP:
        break;
    case LOAD_CONST:
        if (push(v, s, PyTuple_GET_ITEM(v->co->co_consts, arg) == Py_None ? K_NONE : K_ANY))
            return -1;
        break;
    case ROT_TWO:
    case ROT_THREE:
    case ROT_FOUR: {
        int n = in->op == ROT_TWO ? 2 : in->op == ROT_THREE ? 3 : 4;
        if (need(v, s, n))
            return -1;
        for (int i = 1; i <= n; i++)
            s->kind[s->depth - i] = K_ANY;
        break;
    }
    case DUP_TOP:
        if (need(v, s, 1) || push(v, s, K_ANY))
            return -1;
        break;
    case DUP_TOPX:
        if (arg < 1 || arg > 5) {
            v->why = "invalid argument to DUP_TOPX";
            return -1;
        }
        if (need(v, s, arg))
            return -1;
        for (int i = 0; i < arg; i++)
            if (push(v, s, K_ANY))
                return -1;
        break;
    case RETURN_VALUE:
        return need(v, s, 1);
    case RAISE_VARARGS:
        if (arg > 3) {
            v->why = "bad RAISE_VARARGS oparg";
            return -1;
        }
        return need(v, s, arg);
    case BREAK_LOOP:
        for (int i = s->nblocks; i-- > 0;)
            if (s->blocks[i].type == SETUP_LOOP)
                return 0; /* the loop block's own flow to its end was made at its SETUP */
        v->why = "break outside a loop";
        return -1;
    case CONTINUE_LOOP: {
        int i = s->nblocks;
        memcpy(tmp, s, state_size(s));
        while (i > 0 && s->blocks[i - 1].type != SETUP_LOOP) {
            i--;
            /* a with block keeps its __exit__ below the block's level; leaving it takes that too */
            tmp->depth = s->blocks[i].level - (s->blocks[i].type == SETUP_WITH);
        }
        if (i == 0) {
            v->why = "continue outside a loop";
            return -1;
        }
        tmp->nblocks = i;
        return flow(v, tmp, arg);
    }
    case JUMP_FORWARD:
    case JUMP_ABSOLUTE:
        return flow(v, s, arg);
    case POP_JUMP_IF_FALSE:
    case POP_JUMP_IF_TRUE:
        if (simple(v, s, 1, 0) || flow(v, s, arg))
            return -1;
        break;
    case JUMP_IF_FALSE_OR_POP:
    case JUMP_IF_TRUE_OR_POP:
        if (need(v, s, 1) || flow(v, s, arg))
            return -1;
        s->depth--;
        break;
    case FOR_ITER:
        if (need(v, s, 1))
            return -1;
        memcpy(tmp, s, state_size(s));
        tmp->depth--;
        if (flow(v, tmp, arg) || push(v, s, K_ANY))
            return -1;
        break;
    case SETUP_LOOP:
    case SETUP_EXCEPT:
    case SETUP_FINALLY:
        if (add_block(v, s, in->op, arg, s->depth) || enter_handler(v, s, tmp))
            return -1;
        break;
    case SETUP_WITH:
        if (need(v, s, 1))
            return -1;
        s->kind[s->depth - 1] = K_ANY; /* the manager makes room for its __exit__ */
        if (add_block(v, s, SETUP_WITH, arg, s->depth) || enter_handler(v, s, tmp) ||
            push(v, s, K_ANY))
            return -1;
        break;
    case POP_BLOCK:
        if (s->nblocks == 0) {
            v->why = "no block to pop";
            return -1;
        }
        s->nblocks--;
        if (s->depth < s->blocks[s->nblocks].level) {
            v->why = "stack underflow";
            return -1;
        }
        s->depth = s->blocks[s->nblocks].level;
        break;
    case END_FINALLY:
        if (s->depth < 1) {
            v->why = "stack underflow";
            return -1;
        }
        switch (s->kind[s->depth - 1]) {
        case K_EXC:
            return s->depth < 3 ? (v->why = "stack underflow", -1) : 0;
        case K_NONE:
        case K_FINALLY:
            s->depth--;
            break;
        default:
            v->why = "END_FINALLY without a handler";
            return -1;
        }
        break;
    case WITH_CLEANUP:
        if (s->depth < 2 ||
            (s->kind[s->depth - 1] != K_FINALLY && s->kind[s->depth - 1] != K_NONE) ||
            s->kind[s->depth - 2] == K_FINALLY) {
            v->why = "WITH_CLEANUP without a handler";
            return -1;
        }
        s->depth--;
        s->kind[s->depth - 1] = K_FINALLY;
        note_tokens(v, s);
        break;
    case LIST_APPEND:
    case SET_ADD:
        if (arg < 1 || need(v, s, arg + 1))
            return v->why = v->why ? v->why : "stack underflow", -1;
        s->depth--;
        break;
    case MAP_ADD:
        if (arg < 1 || need(v, s, arg + 2))
            return v->why = v->why ? v->why : "stack underflow", -1;
        s->depth -= 2;
        break;
    case STORE_MAP:
        if (need(v, s, 3))
            return -1;
        s->depth -= 2;
        break;
    case BUILD_SLICE:
        if (simple(v, s, arg == 3 ? 3 : 2, 1))
            return -1;
        break;
    case BUILD_TUPLE:
    case BUILD_LIST:
    case BUILD_SET:
        if (simple(v, s, arg, 1))
            return -1;
        break;
    case MAKE_FUNCTION:
        if (arg >= v->maxdepth || simple(v, s, arg + 1, 1))
            return v->why = v->why ? v->why : "stack underflow", -1;
        break;
    case MAKE_CLOSURE:
        if (arg >= v->maxdepth || simple(v, s, arg + 2, 1))
            return v->why = v->why ? v->why : "stack underflow", -1;
        break;
    case CALL_FUNCTION:
    case CALL_FUNCTION_VAR:
    case CALL_FUNCTION_KW:
    case CALL_FUNCTION_VAR_KW: {
        int n = (arg & 0xff) + 2 * ((arg >> 8) & 0xff) + 1;
        n += in->op == CALL_FUNCTION_VAR_KW ? 2 : in->op == CALL_FUNCTION ? 0 : 1;
        if (simple(v, s, n, 1))
            return -1;
        break;
    }
    case UNPACK_SEQUENCE:
        if (arg >= v->maxdepth || simple(v, s, 1, arg))
            return v->why = v->why ? v->why : "stack overflow", -1;
        break;
    case YIELD_VALUE:
        if (!(v->co->co_flags & CO_GENERATOR)) {
            v->why = "yield outside a generator";
            return -1;
        }
        if (need(v, s, 1))
            return -1;
        s->kind[s->depth - 1] = K_ANY;
        break;
    case IMPORT_FROM:
        if (simple(v, s, 1, 2))
            return -1;
        break;
    default: {
        /* Fixed effects: pops and pushes by the table of effects, pops at least what the
         * instruction reads. */
        static const struct {
            uint8_t op, pops, pushes;
        } fixed[] = {{POP_TOP, 1, 0},
                     {UNARY_POSITIVE, 1, 1},
                     {UNARY_NEGATIVE, 1, 1},
                     {UNARY_NOT, 1, 1},
                     {UNARY_CONVERT, 1, 1},
                     {UNARY_INVERT, 1, 1},
                     {BINARY_POWER, 2, 1},
                     {BINARY_MULTIPLY, 2, 1},
                     {BINARY_DIVIDE, 2, 1},
                     {BINARY_MODULO, 2, 1},
                     {BINARY_ADD, 2, 1},
                     {BINARY_SUBTRACT, 2, 1},
                     {BINARY_SUBSCR, 2, 1},
                     {BINARY_FLOOR_DIVIDE, 2, 1},
                     {BINARY_TRUE_DIVIDE, 2, 1},
                     {INPLACE_FLOOR_DIVIDE, 2, 1},
                     {INPLACE_TRUE_DIVIDE, 2, 1},
                     {SLICE, 1, 1},
                     {SLICE_1, 2, 1},
                     {SLICE_2, 2, 1},
                     {SLICE_3, 3, 1},
                     {STORE_SLICE, 2, 0},
                     {STORE_SLICE_1, 3, 0},
                     {STORE_SLICE_2, 3, 0},
                     {STORE_SLICE_3, 4, 0},
                     {DELETE_SLICE, 1, 0},
                     {DELETE_SLICE_1, 2, 0},
                     {DELETE_SLICE_2, 2, 0},
                     {DELETE_SLICE_3, 3, 0},
                     {INPLACE_ADD, 2, 1},
                     {INPLACE_SUBTRACT, 2, 1},
                     {INPLACE_MULTIPLY, 2, 1},
                     {INPLACE_DIVIDE, 2, 1},
                     {INPLACE_MODULO, 2, 1},
                     {STORE_SUBSCR, 3, 0},
                     {DELETE_SUBSCR, 2, 0},
                     {BINARY_LSHIFT, 2, 1},
                     {BINARY_RSHIFT, 2, 1},
                     {BINARY_AND, 2, 1},
                     {BINARY_XOR, 2, 1},
                     {BINARY_OR, 2, 1},
                     {INPLACE_POWER, 2, 1},
                     {GET_ITER, 1, 1},
                     {PRINT_EXPR, 1, 0},
                     {PRINT_ITEM, 1, 0},
                     {PRINT_NEWLINE, 0, 0},
                     {PRINT_ITEM_TO, 2, 0},
                     {PRINT_NEWLINE_TO, 1, 0},
                     {INPLACE_LSHIFT, 2, 1},
                     {INPLACE_RSHIFT, 2, 1},
                     {INPLACE_AND, 2, 1},
                     {INPLACE_XOR, 2, 1},
                     {INPLACE_OR, 2, 1},
                     {LOAD_LOCALS, 0, 1},
                     {IMPORT_STAR, 1, 0},
                     {EXEC_STMT, 3, 0},
                     {BUILD_CLASS, 3, 1},
                     {STORE_NAME, 1, 0},
                     {DELETE_NAME, 0, 0},
                     {STORE_ATTR, 2, 0},
                     {DELETE_ATTR, 1, 0},
                     {STORE_GLOBAL, 1, 0},
                     {DELETE_GLOBAL, 0, 0},
                     {LOAD_NAME, 0, 1},
                     {BUILD_MAP, 0, 1},
                     {LOAD_ATTR, 1, 1},
                     {COMPARE_OP, 2, 1},
                     {IMPORT_NAME, 2, 1},
                     {LOAD_GLOBAL, 0, 1},
                     {LOAD_FAST, 0, 1},
                     {STORE_FAST, 1, 0},
                     {DELETE_FAST, 0, 0},
                     {LOAD_CLOSURE, 0, 1},
                     {LOAD_DEREF, 0, 1},
                     {STORE_DEREF, 1, 0}};
        size_t i = 0;
        while (i < sizeof fixed / sizeof fixed[0] && fixed[i].op != in->op)
            i++;
        if (i == sizeof fixed / sizeof fixed[0]) {
            v->why = "unknown opcode";
            return -1;
        }
        if (simple(v, s, fixed[i].pops, fixed[i].pushes))
            return -1;
    }
    }
    if (s->depth > v->deepest)
        v->deepest = s->depth;
    if (at + 1 < v->ex->count && !v->join[at + 1]) {
        v->next = at + 1;
        return 0;
    }
    return flow(v, s, at + 1);
}

static int verify(verifier *v)
{
    int32_t n = v->ex->count;
    int result = -1;
    vstate *s = NULL, *tmp = NULL;
    v->statesize = (Py_ssize_t)sizeof(vstate) + v->maxdepth;
    v->states = PyMem_Calloc(n + 1, (Py_ssize_t)sizeof(vstate *));
    v->work = PyMem_New(int32_t, (Py_ssize_t)n * 4 + 64);
    v->join = PyMem_Calloc(n + 1, 1);
    s = PyMem_Calloc(1, v->statesize);
    tmp = PyMem_Calloc(1, v->statesize);
    if (v->states == NULL || v->join == NULL || v->work == NULL || s == NULL || tmp == NULL) {
        PyErr_NoMemory();
        goto done;
    }
    for (int32_t i = 0; i < n; i++) {
        const PyInstr *in = &v->ex->instr[i];
        int kind = in->op == OP_BAD ? OPKIND_INVALID : kind_of_op[in->orig];
        if ((kind == OPKIND_JREL || kind == OPKIND_JABS) && in->arg >= 0)
            v->join[in->arg] = 1;
        v->ex->depth[i] = -1;
    }
    v->join[0] = 1;
    if (flow(v, s, 0))
        goto done;
    /* From each join straight on to the next one, with one working state: only joins keep theirs,
     * so that a long display costs no memory of its depth for each of its items. */
    while (v->nwork > 0) {
        if (v->nwork > n * 4) {
            v->why = "inconsistent stack";
            goto done;
        }
        v->next = v->work[--v->nwork];
        memcpy(s, v->states[v->next], state_size(v->states[v->next]));
        while (v->next >= 0)
            if (step(v, v->next, s, tmp))
                goto done;
    }
    result = 0;
done:
    if (v->states != NULL)
        for (int32_t i = 0; i < n; i++)
            PyMem_Free(v->states[i]);
    PyMem_Free(v->states);
    PyMem_Free(v->join);
    PyMem_Free(v->work);
    PyMem_Free(s);
    PyMem_Free(tmp);
    return result;
}

/* Replaces instructions by quicker ones of the same meaning. */
static void quicken(PyExec *ex)
{
    for (int32_t i = 0; i < ex->count; i++) {
        PyInstr *in = &ex->instr[i];
        int next = i + 1 < ex->count ? ex->instr[i + 1].orig : 0;
        switch (in->orig) {
        case JUMP_ABSOLUTE:
            if (in->arg <= i)
                in->op = OP_JUMP_BACK;
            break;
        case POP_JUMP_IF_FALSE:
            if (in->arg <= i)
                in->op = OP_POP_JUMP_IF_FALSE_BACK;
            break;
        case POP_JUMP_IF_TRUE:
            if (in->arg <= i)
                in->op = OP_POP_JUMP_IF_TRUE_BACK;
            break;
        case LOAD_FAST:
            if (next == LOAD_FAST)
                in->op = OP_LOAD_FAST_LOAD_FAST;
            else if (next == LOAD_CONST)
                in->op = OP_LOAD_FAST_LOAD_CONST;
            else if (next == LOAD_ATTR)
                in->op = OP_LOAD_FAST_LOAD_ATTR;
            break;
        case STORE_FAST:
            if (next == LOAD_FAST)
                in->op = OP_STORE_FAST_LOAD_FAST;
            break;
        }
    }
}

/* Notes the parameters that the code binds anew or deletes: see MOST_KEPT. */
static void find_kept(PyExec *ex, PyCodeObject *co)
{
    int parameters = co->co_argcount + !!(co->co_flags & CO_VARARGS);

    if (co->co_flags & CO_GENERATOR || parameters > co->co_nlocals)
        return; /* what calls a generator is over before its code runs */
    for (int32_t i = 0; i < ex->count && ex->nkept < MOST_KEPT; i++) {
        const PyInstr *in = &ex->instr[i];
        int32_t k = 0;

        if ((in->orig != STORE_FAST && in->orig != DELETE_FAST) || in->arg >= parameters)
            continue;
        while (k < ex->nkept && ex->kept[k] < in->arg)
            k++;
        if (k < ex->nkept && ex->kept[k] == in->arg)
            continue;
        memmove(&ex->kept[k + 1], &ex->kept[k], (size_t)(ex->nkept++ - k) * sizeof ex->kept[0]);
        ex->kept[k] = in->arg;
    }
}

PyExec *_PyExec_Get(PyCodeObject *co)
{
    if (co->co_exec != NULL)
        return co->co_exec;
    if (!tables_ready)
        make_tables();
    Py_ssize_t n = PyString_GET_SIZE(co->co_code);
    verifier v = {.co = co};
    PyExec *ex = NULL;
    if (n == 0 || n > INT32_MAX / 32 || co->co_stacksize < 0 || co->co_stacksize > 1000000) {
        v.why = n == 0 ? "no instructions" : "too large";
        goto fail;
    }
    ex = PyMem_Calloc(1, (Py_ssize_t)sizeof(PyExec) + n * (Py_ssize_t)sizeof(PyInstr));
    if (ex != NULL) {
        ex->offset = PyMem_New(int32_t, n + 1);
        ex->depth = PyMem_New(int32_t, n + 1);
    }
    if (ex == NULL || ex->offset == NULL || ex->depth == NULL) {
        PyErr_NoMemory();
        goto fail;
    }
    v.ex = ex;
    /* Exceptions can push three values more than the compiler counted for some code objects. */
    v.maxdepth = co->co_stacksize + 8;
    if (decode(&v) || verify(&v))
        goto fail;
    ex->stacksize = Py_MAX(v.deepest + 2 * v.tokens, co->co_stacksize) + 4;
    quicken(ex);
    find_kept(ex, co);
    co->co_exec = ex;
    co->co_exec_free = exec_free;
    return ex;
fail:
    if (ex != NULL)
        exec_free(ex);
    if (!PyErr_Occurred())
        PyErr_Format(PyExc_SystemError, "invalid bytecode in %.200s: %s",
                     PyString_AS_STRING(co->co_name), v.why);
    return NULL;
}
