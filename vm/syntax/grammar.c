/* SPDX-License-Identifier: MIT */
/* Look-ups in the grammar's tables. Both are pure functions of the generated data. */
#include <string.h>

#include "syntax/grammar.h"
#include "syntax/token.h"

const char *const _PyParser_TokenNames[] = {"ENDMARKER",
                                            "NAME",
                                            "NUMBER",
                                            "STRING",
                                            "NEWLINE",
                                            "INDENT",
                                            "DEDENT",
                                            "LPAR",
                                            "RPAR",
                                            "LSQB",
                                            "RSQB",
                                            "COLON",
                                            "COMMA",
                                            "SEMI",
                                            "PLUS",
                                            "MINUS",
                                            "STAR",
                                            "SLASH",
                                            "VBAR",
                                            "AMPER",
                                            "LESS",
                                            "GREATER",
                                            "EQUAL",
                                            "DOT",
                                            "PERCENT",
                                            "BACKQUOTE",
                                            "LBRACE",
                                            "RBRACE",
                                            "EQEQUAL",
                                            "NOTEQUAL",
                                            "LESSEQUAL",
                                            "GREATEREQUAL",
                                            "TILDE",
                                            "CIRCUMFLEX",
                                            "LEFTSHIFT",
                                            "RIGHTSHIFT",
                                            "DOUBLESTAR",
                                            "PLUSEQUAL",
                                            "MINEQUAL",
                                            "STAREQUAL",
                                            "SLASHEQUAL",
                                            "PERCENTEQUAL",
                                            "AMPEREQUAL",
                                            "VBAREQUAL",
                                            "CIRCUMFLEXEQUAL",
                                            "LEFTSHIFTEQUAL",
                                            "RIGHTSHIFTEQUAL",
                                            "DOUBLESTAREQUAL",
                                            "DOUBLESLASH",
                                            "DOUBLESLASHEQUAL",
                                            "AT",
                                            "OP",
                                            "ERRORTOKEN",
                                            "<N_TOKENS>"};

int _PyGrammar_Action(const grammar_state *state, int label)
{
    const grammar_arc *arcs = _PyParser_Grammar.arcs + state->first_arc;
    int low = 0, high = state->narcs;

    while (low < high) {
        int middle = (low + high) / 2;
        if (arcs[middle].label < label)
            low = middle + 1;
        else
            high = middle;
    }
    return low < state->narcs && arcs[low].label == label ? arcs[low].action : 0;
}

int _PyGrammar_Classify(int type, const char *text, int print_is_keyword)
{
    const grammar_label *labels = _PyParser_Grammar.labels;
    int i, any = -1;

    for (i = 0; i < _PyParser_Grammar.nlabels; i++) {
        if (labels[i].type != type)
            continue;
        if (labels[i].text == NULL) {
            any = i;
        } else if (type == NAME && text[0] == labels[i].text[0] &&
                   strcmp(text, labels[i].text) == 0 &&
                   (print_is_keyword || strcmp(text, "print") != 0)) {
            return i;
        }
    }
    return any;
}
