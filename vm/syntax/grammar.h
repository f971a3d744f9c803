/* SPDX-License-Identifier: MIT */
/*
 * The parser's tables, made by gen_grammar.mjs. One automaton per symbol; in each state the label
 * of the next token decides what to do. Invariant: a state's arcs are sorted by label, and an
 * accepting state is left by a pop when no arc fits.
 */
#ifndef KRAIT_GRAMMAR_H
#define KRAIT_GRAMMAR_H

#include <stdint.h>

typedef struct {
    short type;       /* token number */
    const char *text; /* the keyword, or NULL for any token of the type */
} grammar_label;

/* Actions: GRAMMAR_SHIFT + next state, or GRAMMAR_PUSH + symbol index * 64 + next state. */
enum { GRAMMAR_SHIFT = 0x2000, GRAMMAR_PUSH = 0x4000 };

typedef struct {
    short label;
    uint16_t action;
} grammar_arc;

typedef struct {
    short first_arc;
    short narcs;
    short accept;
} grammar_state;

typedef struct {
    const char *name;
    short first_state;
    short nstates;
} grammar_dfa;

typedef struct {
    const grammar_label *labels;
    int nlabels;
    const grammar_arc *arcs;
    const grammar_state *states;
    const grammar_dfa *dfas; /* of symbol NT_OFFSET + index */
    int ndfas;
} grammar;

extern const grammar _PyParser_Grammar;

/* What a state does with a label: an action, or 0. */
int _PyGrammar_Action(const grammar_state *state, int label);
/* The label of a token, or -1. Without print_is_keyword, `print` is an ordinary name. */
int _PyGrammar_Classify(int type, const char *text, int print_is_keyword);

#endif
