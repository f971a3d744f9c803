/* SPDX-License-Identifier: MIT */
/*
 * The code generator's state, shared by its files: units.c (code objects under construction and
 * what they contain), statements.c, expressions.c, assemble.c.
 *
 * Invariant: c->u is the unit instructions go to; blocks of a unit form one chain (next) in the
 * order of the finished code, and jumps name blocks, never addresses, until assembly.
 */
#ifndef KRAIT_COMPILER_H
#define KRAIT_COMPILER_H

#include "compile.h"
#include "opcode.h"

typedef struct basicblock {
    struct instruction *instrs;
    int used;
    int capacity;
    struct basicblock *next;      /* in the finished code */
    struct basicblock *allocated; /* all blocks of the unit */
    int returns;                  /* holds a RETURN_VALUE */
    int placed;                   /* in the chain */
    /* For assembly. */
    int startdepth;
    int on_path;
    int offset;
} basicblock;

typedef struct instruction {
    unsigned char opcode;
    char relative; /* a jump with a distance */
    char absolute; /* a jump with an address */
    int oparg;
    basicblock *target;
    int lineno; /* 0: that of the instruction before */
} instruction;

enum fblock_type { FBLOCK_LOOP, FBLOCK_EXCEPT, FBLOCK_FINALLY_TRY, FBLOCK_FINALLY_END };

typedef struct {
    enum fblock_type type;
    basicblock *block;
} fblock;

/* What will be one code object. */
typedef struct compiler_unit {
    struct compiler_unit *outer;
    PySTEntryObject *ste;
    PyObject *name;
    /* Numbered things: dict key -> number. Keys are (object, type, ...). */
    PyObject *consts, *names, *varnames, *cellvars, *freevars;
    PyObject *private_name; /* of the class around, or NULL */
    int argcount;
    basicblock *blocks; /* all allocated */
    basicblock *entry;
    basicblock *current;
    int nfblocks;
    fblock fblocks[CO_MAXBLOCKS];
    int firstlineno;
    int lineno;
    int lineno_set; /* an instruction carries lineno */
} compiler_unit;

typedef struct {
    const char *filename;
    struct symtable *st;
    PyFutureFeatures *future;
    int flags; /* CO_FUTURE_ ... */
    int interactive;
    int nestlevel;
    int depth; /* of recursion */
    /* Expressions whose left part is being compiled, innermost last. */
    expr_ty *spine;
    Py_ssize_t spine_used, spine_size;
    compiler_unit *u;
} compiler;

/* --- units.c: all return 0, or -1 with an exception, if not said otherwise --- */
int _PyCompile_EnterScope(compiler *c, PyObject *name, void *key, int lineno);
void _PyCompile_ExitScope(compiler *c);
void _PyCompile_Abandon(compiler *c); /* all scopes */
/* Raises SyntaxError at the current line; -1. */
int _PyCompile_Error(compiler *c, const char *message);
int _PyCompile_TooDeep(void);
basicblock *_PyCompile_NewBlock(compiler *c); /* NULL on failure */
void _PyCompile_UseBlock(compiler *c, basicblock *block);
int _PyCompile_Op(compiler *c, int opcode);
int _PyCompile_OpArg(compiler *c, int opcode, py_long oparg);
int _PyCompile_Jump(compiler *c, int opcode, basicblock *target);
/* Number of an object in one of the unit's dicts; -1 on failure. */
py_long _PyCompile_Number(PyObject *dict, PyObject *o);
int _PyCompile_Const(compiler *c, PyObject *o);
int _PyCompile_ConstInt(compiler *c, py_long value);
int _PyCompile_OpName(compiler *c, int opcode, PyObject *name); /* mangled */
int _PyCompile_Name(compiler *c, PyObject *name, expr_context_ty ctx);
int _PyCompile_NameString(compiler *c, const char *name, expr_context_ty ctx);
int _PyCompile_Closure(compiler *c, PyCodeObject *co, int nargs);
int _PyCompile_PushFblock(compiler *c, enum fblock_type type, basicblock *block);
void _PyCompile_PopFblock(compiler *c);

/* --- expressions.c --- */
int _PyCompile_Expr(compiler *c, expr_ty e);
int _PyCompile_Exprs(compiler *c, asdl_seq *seq);
int _PyCompile_InPlace(compiler *c, operator_ty op);
int _PyCompile_Parameters(compiler *c, arguments_ty args);

/* --- statements.c --- */
int _PyCompile_Body(compiler *c, asdl_seq *body);
int _PyCompile_Stmts(compiler *c, asdl_seq *seq);

/* --- assemble.c: a new code object or NULL --- */
PyCodeObject *_PyCompile_Assemble(compiler *c, int add_none);

#define TRY(call)                                                                                  \
    do {                                                                                           \
        if ((call) < 0)                                                                            \
            return -1;                                                                             \
    } while (0)

#endif
