/* SPDX-License-Identifier: MIT */
/*
 * The tokenizer's state. It reads lines from memory (a string given to compile(), a whole file) or
 * from a function that asks for one line at a time (a prompt).
 *
 * Invariants: buf .. inp is the text that error messages show: from the start of the line in which
 * the current token starts to the end of the last line read; cur is the next character. Text is in
 * UTF-8, or in the source's own bytes when no encoding or Latin-1 is declared.
 */
#ifndef KRAIT_TOKENIZER_H
#define KRAIT_TOKENIZER_H

#include "Python.h"

enum { TOK_MAXINDENT = 100 };

enum tok_source { TOK_STRING, TOK_FILE, TOK_PROMPT };

/* Answers one line, allocated with PyMem_Malloc, "" at the end, NULL when interrupted. */
typedef char *(*tok_readline)(void *context, const char *prompt);

typedef struct tok_state {
    enum tok_source source;
    /* The text that is read from, for TOK_STRING and TOK_FILE. */
    char *text;
    Py_ssize_t text_size;
    Py_ssize_t text_pos;
    int saw_end; /* a read has met the end of the file */
    /* Lines copied together, for TOK_FILE and TOK_PROMPT. */
    char *store;
    Py_ssize_t store_size;
    /* Lines by prompt. */
    tok_readline readline;
    void *context;
    const char *prompt;
    const char *nextprompt;

    char *buf;
    char *cur;
    char *inp;
    char *start; /* of the current token, or NULL */
    char *line_start;
    int done; /* E_OK, E_EOF or an error */
    int lineno;
    int level;  /* open brackets */
    int atbol;  /* at the beginning of a line */
    int pendin; /* indents (positive) or dedents to be reported */
    int cont_line;
    int indent; /* index in the stacks */
    int indstack[TOK_MAXINDENT];
    int altindstack[TOK_MAXINDENT];
    int tabsize;
    int alttabsize;
    int altwarning;
    int alterror;
    const char *filename;
    char *encoding;  /* declared, normalised; owned; NULL if none */
    int recoded;     /* text was recoded to UTF-8 */
    int check_ascii; /* bytes above 127 are an error: a file without a declaration */
} tok_state;

/* Each takes a copy of the text. Without an answer (NULL): no memory if no exception is set, else
 * *error is E_DECODE or E_ERROR and the exception is set. */
tok_state *_PyTok_FromString(const char *text, int add_newline, const char *filename, int *error,
                             char **encoding_out);
tok_state *_PyTok_FromFile(const char *bytes, Py_ssize_t size, const char *filename, int *error);
tok_state *_PyTok_FromPrompt(tok_readline readline, void *context, const char *encoding,
                             const char *ps1, const char *ps2);
void _PyTok_Free(tok_state *tok);
/* The next token's type; its text is *start .. *end, NULL for tokens without text. */
int _PyTok_Get(tok_state *tok, char **start, char **end);
/* Decodes the UTF-8 text of a token back into the declared encoding, etc.: see source.c */
int _PyTok_NextLine(tok_state *tok);

#endif
