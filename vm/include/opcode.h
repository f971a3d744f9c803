/* SPDX-License-Identifier: MIT */
/*
 * Numbers of the virtual machine's instructions, made from the table in vm/compile/opcode.def.
 * Invariant: an instruction has a 16-bit operand exactly when its number is HAVE_ARGUMENT or more.
 */
#ifndef Py_OPCODE_H
#define Py_OPCODE_H

enum {
#define OPCODE(name, number, pyname, kind, effect) name = number,
#include "compile/opcode.def"
#undef OPCODE
    HAVE_ARGUMENT = 90
};

/* Number of stack items that a call with this operand takes beside the function. */
#define OPARG_CALL_ARGS(oparg) (((oparg)&0xff) + 2 * (((oparg) >> 8) & 0xff))

/* Kinds of operands, as the table names them. */
enum opcode_kind {
    OPKIND_INVALID,
    OPKIND_NONE,
    OPKIND_CONST,
    OPKIND_NAME,
    OPKIND_LOCAL,
    OPKIND_FREE,
    OPKIND_CMP,
    OPKIND_JREL,
    OPKIND_JABS,
    OPKIND_COUNT,
    OPKIND_EXT
};

/* Operands of COMPARE_OP; the first six equal Py_LT .. Py_GE. */
enum cmp_op {
    PyCmp_LT,
    PyCmp_LE,
    PyCmp_EQ,
    PyCmp_NE,
    PyCmp_GT,
    PyCmp_GE,
    PyCmp_IN,
    PyCmp_NOT_IN,
    PyCmp_IS,
    PyCmp_IS_NOT,
    PyCmp_EXC_MATCH,
    PyCmp_BAD
};

#define HAS_ARG(op) ((op) >= HAVE_ARGUMENT)

#endif
