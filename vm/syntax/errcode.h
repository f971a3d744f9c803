/* SPDX-License-Identifier: MIT */
/* What the tokenizer and the parser can answer. Below E_OK + 10 nothing, above it how it ended. */
#ifndef Py_ERRCODE_H
#define Py_ERRCODE_H

enum {
    E_OK = 10,  /* go on */
    E_EOF,      /* end of the input where more was needed */
    E_INTR,     /* interrupted while reading a line */
    E_TOKEN,    /* a token that cannot be */
    E_SYNTAX,   /* a token that does not fit */
    E_NOMEM,    /* no memory, or the parser's stack is full */
    E_DONE,     /* the tree is complete */
    E_ERROR,    /* an exception is set */
    E_TABSPACE, /* tabs and spaces mixed inconsistently */
    E_OVERFLOW, /* a node got too many children */
    E_TOODEEP,  /* too many levels of indentation */
    E_DEDENT,   /* no outer level matches */
    E_DECODE,   /* the text is not in its declared encoding; an exception is set */
    E_EOFS,     /* end of the input in a triple-quoted string */
    E_EOLS,     /* end of the line in a string */
    E_LINECONT  /* something after a continuation character */
};

#endif
