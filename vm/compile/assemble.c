/* SPDX-License-Identifier: MIT */
/*
 * From blocks of instructions to a code object: stack depth, addresses, bytes, line table.
 *
 * Invariant of the line table: pairs (bytes, lines) of increments, each 0 to 255, such that summing
 * both columns gives where each line's code starts.
 */
#include "compile/compiler.h"

/* --- Stack depth
 * ---------------------------------------------------------------------------------- */

static int stack_effect(int opcode, int oparg)
{
    switch (opcode) {
#define OPCODE(name, number, pyname, kind, effect)                                                 \
    case number:                                                                                   \
        return effect;
#include "compile/opcode.def"
#undef OPCODE
    default:
        return 0;
    }
}

/* A block being walked: its next instruction and the depth before it. */
typedef struct {
    basicblock *block;
    int index; /* used: go on to the next block; used + 1: done */
    int depth;
} walk;

typedef struct {
    walk *walks;
    Py_ssize_t used;
    Py_ssize_t capacity;
} walk_stack;

static int begin_walk(walk_stack *stack, basicblock *b, int depth)
{
    if (b == NULL || b->on_path || b->startdepth >= depth)
        return 0;
    if (stack->used == stack->capacity) {
        Py_ssize_t capacity = stack->capacity * 2 + 64;
        walk *bigger = PyMem_Realloc(stack->walks, capacity * (Py_ssize_t)sizeof(walk));
        if (bigger == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        stack->walks = bigger;
        stack->capacity = capacity;
    }
    b->on_path = 1;
    b->startdepth = depth;
    stack->walks[stack->used++] = (walk){b, 0, depth};
    return 0;
}

/* Does one instruction; a jump's target is walked before what follows. */
static int step_walk(walk_stack *stack, int *max)
{
    walk *w = &stack->walks[stack->used - 1];
    instruction *i = &w->block->instrs[w->index++];
    int target_depth;

    w->depth += stack_effect(i->opcode, i->oparg);
    if (w->depth > *max)
        *max = w->depth;
    if (!i->relative && !i->absolute)
        return 0;
    target_depth = w->depth;
    switch (i->opcode) {
    case FOR_ITER:
        target_depth -= 2;
        break;
    case SETUP_FINALLY:
    case SETUP_EXCEPT:
        target_depth += 3;
        if (target_depth > *max)
            *max = target_depth;
        break;
    case JUMP_IF_FALSE_OR_POP:
    case JUMP_IF_TRUE_OR_POP:
        w->depth--;
        break;
    case JUMP_ABSOLUTE:
    case JUMP_FORWARD:
        /* What follows is not reached from here. */
        w->index = w->block->used + 1;
        break;
    default:
        break;
    }
    return begin_walk(stack, i->target, target_depth);
}

/* The greatest depth on any path from the entry. A block is walked again only with a greater depth
 * at its start, and never while it is being walked. The walks under way are a stack in memory, so
 * that the code's length does not matter. */
static int stack_depth(compiler_unit *u)
{
    walk_stack stack = {NULL, 0, 0};
    basicblock *b;
    int max = 0;

    for (b = u->blocks; b != NULL; b = b->allocated) {
        b->startdepth = INT_MIN;
        b->on_path = 0;
    }
    if (begin_walk(&stack, u->entry, 0) < 0)
        goto fail;
    while (stack.used > 0) {
        walk *w = &stack.walks[stack.used - 1];
        b = w->block;
        if (w->index < b->used) {
            if (step_walk(&stack, &max) < 0)
                goto fail;
        } else if (w->index++ == b->used) {
            if (begin_walk(&stack, b->next, w->depth) < 0)
                goto fail;
        } else {
            b->on_path = 0;
            stack.used--;
        }
    }
    PyMem_Free(stack.walks);
    return max;

fail:
    PyMem_Free(stack.walks);
    return -1;
}

/* --- Addresses
 * -------------------------------------------------------------------------------------- */

static int instruction_size(const instruction *i)
{
    if (!HAS_ARG(i->opcode))
        return 1;
    return i->oparg > 0xffff ? 6 : 3;
}

/* Gives blocks their addresses and jumps their operands. An operand above 16 bits lengthens its
 * instruction, which moves what follows: so until nothing changes. Returns the code's size. */
static int place_blocks(compiler_unit *u)
{
    basicblock *b;
    int k, extended, last_extended = -1;
    int64_t total;

    for (;;) {
        total = 0;
        for (b = u->entry; b != NULL; b = b->next) {
            b->offset = (int)total;
            for (k = 0; k < b->used; k++)
                total += instruction_size(&b->instrs[k]);
            if (total > INT_MAX / 2) {
                PyErr_NoMemory();
                return -1;
            }
        }
        extended = 0;
        for (b = u->entry; b != NULL; b = b->next) {
            int end = b->offset;
            for (k = 0; k < b->used; k++) {
                instruction *i = &b->instrs[k];
                end += instruction_size(i);
                if (i->relative)
                    i->oparg = i->target->offset - end;
                else if (i->absolute)
                    i->oparg = i->target->offset;
                else
                    continue;
                extended += i->oparg > 0xffff;
            }
        }
        if (extended == last_extended)
            return (int)total;
        last_extended = extended;
    }
}

/* --- Bytes and lines
 * ----------------------------------------------------------------------------------- */

typedef struct {
    PyObject *code;
    int at;
    PyObject *lines;
    Py_ssize_t lines_used;
    int line;      /* of the last entry */
    int line_from; /* its address */
} output;

static int add_line_pair(output *out, int bytes, int lines)
{
    unsigned char *to;

    if (out->lines_used + 2 > PyString_GET_SIZE(out->lines) &&
        _PyString_Resize(&out->lines, PyString_GET_SIZE(out->lines) * 2 + 64) < 0)
        return -1;
    to = (unsigned char *)PyString_AS_STRING(out->lines) + out->lines_used;
    to[0] = (unsigned char)bytes;
    to[1] = (unsigned char)lines;
    out->lines_used += 2;
    return 0;
}

static int add_line(output *out, int line)
{
    int bytes = out->at - out->line_from;
    int lines = line - out->line;

    if (bytes == 0 && lines == 0)
        return 0;
    for (; bytes > 255; bytes -= 255)
        TRY(add_line_pair(out, 255, 0));
    for (; lines > 255; lines -= 255) {
        TRY(add_line_pair(out, bytes, 255));
        bytes = 0;
    }
    TRY(add_line_pair(out, bytes, lines));
    out->line = line;
    out->line_from = out->at;
    return 0;
}

static int emit(output *out, const instruction *i)
{
    unsigned char *to = (unsigned char *)PyString_AS_STRING(out->code) + out->at;
    int size = instruction_size(i);

    if (i->lineno != 0)
        TRY(add_line(out, i->lineno));
    if (size == 6) {
        to[0] = EXTENDED_ARG;
        to[1] = (unsigned char)(i->oparg >> 16);
        to[2] = (unsigned char)(i->oparg >> 24);
        to += 3;
    }
    to[0] = i->opcode;
    if (size > 1) {
        to[1] = (unsigned char)i->oparg;
        to[2] = (unsigned char)(i->oparg >> 8);
    }
    out->at += size;
    return 0;
}

/* --- The code object
 * ------------------------------------------------------------------------------------- */

/* The things a dict numbers, in order. */
static PyObject *in_order(PyObject *dict, Py_ssize_t offset)
{
    PyObject *tuple = PyTuple_New(PyDict_Size(dict)), *key, *number;
    Py_ssize_t pos = 0;

    if (tuple == NULL)
        return NULL;
    while (PyDict_Next(dict, &pos, &key, &number)) {
        PyObject *o = PyTuple_GET_ITEM(key, 0);
        Py_INCREF(o);
        PyTuple_SET_ITEM(tuple, PyInt_AS_LONG(number) - offset, o);
    }
    return tuple;
}

static int code_flags(compiler *c)
{
    PySTEntryObject *ste = c->u->ste;
    int flags = 0;

    if (ste->ste_type != ModuleBlock)
        flags |= CO_NEWLOCALS;
    if (ste->ste_type == FunctionBlock) {
        if (!ste->ste_unoptimized)
            flags |= CO_OPTIMIZED;
        if (ste->ste_nested)
            flags |= CO_NESTED;
        if (ste->ste_generator)
            flags |= CO_GENERATOR;
        if (ste->ste_varargs)
            flags |= CO_VARARGS;
        if (ste->ste_varkeywords)
            flags |= CO_VARKEYWORDS;
    }
    flags |= c->flags & PyCF_MASK;
    if (PyDict_Size(c->u->freevars) == 0 && PyDict_Size(c->u->cellvars) == 0)
        flags |= CO_NOFREE;
    return flags;
}

static PyCodeObject *make_code(compiler *c, output *out, int depth)
{
    compiler_unit *u = c->u;
    PyObject *consts = in_order(u->consts, 0), *list = NULL, *names = in_order(u->names, 0);
    PyObject *varnames = in_order(u->varnames, 0), *cellvars = in_order(u->cellvars, 0);
    PyObject *freevars = in_order(u->freevars, PyDict_Size(u->cellvars));
    PyObject *filename = PyString_FromString(c->filename), *bytecode = NULL;
    PyCodeObject *co = NULL;

    if (consts == NULL || names == NULL || varnames == NULL || cellvars == NULL ||
        freevars == NULL || filename == NULL)
        goto done;
    list = PySequence_List(consts);
    if (list == NULL)
        goto done;
    bytecode = PyCode_Optimize(out->code, list, names, out->lines);
    if (bytecode == NULL)
        goto done;
    Py_DECREF(consts);
    consts = PyList_AsTuple(list);
    if (consts == NULL)
        goto done;
    co = PyCode_New(u->argcount, (int)PyDict_Size(u->varnames), depth, code_flags(c), bytecode,
                    consts, names, varnames, freevars, cellvars, filename, u->name, u->firstlineno,
                    out->lines);
done:
    Py_XDECREF(consts);
    Py_XDECREF(list);
    Py_XDECREF(names);
    Py_XDECREF(varnames);
    Py_XDECREF(cellvars);
    Py_XDECREF(freevars);
    Py_XDECREF(filename);
    Py_XDECREF(bytecode);
    return co;
}

PyCodeObject *_PyCompile_Assemble(compiler *c, int add_none)
{
    compiler_unit *u = c->u;
    output out = {NULL, 0, NULL, 0, 0, 0};
    PyCodeObject *co = NULL;
    basicblock *b;
    int k, size, depth;

    /* Every way through the code ends with a return. */
    if (!u->current->returns) {
        basicblock *last = _PyCompile_NewBlock(c);
        if (last == NULL)
            return NULL;
        _PyCompile_UseBlock(c, last);
        if ((add_none && _PyCompile_Const(c, Py_None) < 0) || _PyCompile_Op(c, RETURN_VALUE) < 0)
            return NULL;
    }
    if (u->firstlineno == 0)
        u->firstlineno = u->entry->used > 0 ? u->entry->instrs[0].lineno : 1;
    depth = stack_depth(u);
    if (depth < 0)
        return NULL;
    size = place_blocks(u);
    if (size < 0)
        return NULL;
    out.code = PyString_FromStringAndSize(NULL, size);
    out.lines = PyString_FromStringAndSize(NULL, 64);
    out.line = u->firstlineno;
    if (out.code == NULL || out.lines == NULL)
        goto done;
    for (b = u->entry; b != NULL; b = b->next) {
        for (k = 0; k < b->used; k++) {
            if (emit(&out, &b->instrs[k]) < 0)
                goto done;
        }
    }
    if (_PyString_Resize(&out.lines, out.lines_used) < 0)
        goto done;
    co = make_code(c, &out, depth);
done:
    Py_XDECREF(out.code);
    Py_XDECREF(out.lines);
    return co;
}
