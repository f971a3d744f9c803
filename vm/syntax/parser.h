/* SPDX-License-Identifier: MIT */
/*
 * From text to the concrete syntax tree. Nothing here raises: how parsing ended is told in a
 * perrdetail, which errors.c turns into an exception.
 */
#ifndef KRAIT_PARSER_H
#define KRAIT_PARSER_H

#include "Python.h"
#include "syntax/node.h"
#include "syntax/tokenizer.h"

/* Flags: what the caller wants, and on return what future statements asked for. */
enum {
    PyPARSE_DONT_IMPLY_DEDENT = 0x2,
    PyPARSE_PRINT_IS_FUNCTION = 0x4,
    PyPARSE_UNICODE_LITERALS = 0x8
};

typedef struct {
    int error; /* E_... */
    const char *filename;
    int lineno;
    int offset;
    char *text; /* owned */
    int token;
    int expected; /* the only token that would have fitted, or -1 */
} perrdetail;

/* Each returns a tree to be freed with PyNode_Free, or NULL with *err filled in. */
node *_PyParser_ParseString(const char *text, const char *filename, int start, perrdetail *err,
                            int *flags);
node *_PyParser_ParseFile(const char *bytes, Py_ssize_t size, const char *filename, int start,
                          perrdetail *err, int *flags);
node *_PyParser_ParsePrompt(tok_readline readline, void *context, const char *encoding,
                            const char *ps1, const char *ps2, const char *filename, int start,
                            perrdetail *err, int *flags);
/* Sets the exception that err stands for, and frees err->text. */
void _PyParser_SetError(perrdetail *err);

#endif
