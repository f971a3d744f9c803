/* SPDX-License-Identifier: MIT */
/*
 * The LL(1) parser: a stack of automata, and the tree that grows under it. The next token's label
 * and the top automaton's state decide: shift, push or pop; nothing is ever taken back.
 *
 * Invariant: the node of each stack entry is the last child of the node of the entry below, so the
 * stack's pointers stay valid while the tree grows. The stack is bounded, hence so is the depth of
 * the tree and of everything that later walks it.
 */
#include "syntax/parser.h"

#include "host/host.h"
#include "syntax/errcode.h"
#include "syntax/grammar.h"
#include "graminit.h"
#include "syntax/token.h"

enum { MAXSTACK = 1500 };

typedef struct {
    int state;
    int symbol; /* index of the automaton */
    node *parent;
} stack_entry;

typedef struct {
    stack_entry stack[MAXSTACK];
    int depth;
    node *tree;
    int flags;
} parser;

static const grammar_state *top_state(const parser *ps)
{
    const stack_entry *top = &ps->stack[ps->depth - 1];
    return &_PyParser_Grammar.states[_PyParser_Grammar.dfas[top->symbol].first_state + top->state];
}

static int push(parser *ps, int symbol, node *parent)
{
    static const char message[] = "s_push: parser stack overflow\n";

    if (ps->depth == MAXSTACK) {
        host_write(2, message, sizeof(message) - 1);
        return E_NOMEM;
    }
    ps->stack[ps->depth].state = 0;
    ps->stack[ps->depth].symbol = symbol;
    ps->stack[ps->depth].parent = parent;
    ps->depth++;
    return E_OK;
}

/* The names imported by `from __future__ import`, as far as they change how the rest is read. */
static void note_future(parser *ps, const node *import_stmt)
{
    const node *from = CHILD(import_stmt, 0);
    const node *names = NULL;
    int i, is_future = 0;

    if (TYPE(from) != import_from)
        return;
    for (i = 0; i < NCH(from); i++) {
        const node *child = CHILD(from, i);
        if (TYPE(child) == dotted_name)
            is_future = NCH(child) == 1 && strcmp(STR(CHILD(child, 0)), "__future__") == 0;
        else if (TYPE(child) == import_as_names)
            names = child;
    }
    if (!is_future || names == NULL)
        return;
    for (i = 0; i < NCH(names); i += 2) {
        const char *name = STR(CHILD(CHILD(names, i), 0));
        if (strcmp(name, "print_function") == 0)
            ps->flags |= PyPARSE_PRINT_IS_FUNCTION;
        else if (strcmp(name, "unicode_literals") == 0)
            ps->flags |= PyPARSE_UNICODE_LITERALS;
    }
}

static void pop(parser *ps)
{
    stack_entry *top = &ps->stack[--ps->depth];
    if (top->symbol == import_stmt - NT_OFFSET)
        note_future(ps, top->parent);
}

/* Gives the parser one token; takes ownership of str unless it answers E_SYNTAX, E_NOMEM or
 * E_OVERFLOW. E_DONE when the start symbol is complete. */
static int add_token(parser *ps, int type, char *str, int lineno, int col, int *expected)
{
    int label, action, error;

    *expected = -1;
    label =
        _PyGrammar_Classify(type, str == NULL ? "" : str, !(ps->flags & PyPARSE_PRINT_IS_FUNCTION));
    if (label < 0)
        return E_SYNTAX;
    for (;;) {
        stack_entry *top = &ps->stack[ps->depth - 1];
        const grammar_state *state = top_state(ps);

        action = _PyGrammar_Action(state, label);
        if (action & GRAMMAR_PUSH) {
            int symbol = (action & (GRAMMAR_PUSH - 1)) >> 6;
            error = PyNode_AddChild(top->parent, symbol + NT_OFFSET, NULL, lineno, col);
            if (error)
                return error;
            top->state = action & 63;
            error = push(ps, symbol, RCHILD(top->parent, -1));
            if (error != E_OK)
                return error;
        } else if (action & GRAMMAR_SHIFT) {
            error = PyNode_AddChild(top->parent, type, str, lineno, col);
            if (error)
                return error;
            top->state = action & 63;
            /* What can only end now, ends now. */
            while (top_state(ps)->accept && top_state(ps)->narcs == 0) {
                pop(ps);
                if (ps->depth == 0)
                    return E_DONE;
            }
            return E_OK;
        } else if (state->accept) {
            pop(ps);
            if (ps->depth == 0)
                return E_SYNTAX;
        } else {
            if (state->narcs == 1)
                *expected =
                    _PyParser_Grammar.labels[_PyParser_Grammar.arcs[state->first_arc].label].type;
            return E_SYNTAX;
        }
    }
}

static char *token_text(const char *start, const char *end)
{
    Py_ssize_t size = start != NULL && end != NULL ? end - start : 0;
    char *str = PyMem_Malloc(size + 1);
    if (str != NULL) {
        if (size > 0)
            memcpy(str, start, (size_t)size);
        str[size] = '\0';
    }
    return str;
}

static int parse_tokens(tok_state *tok, parser *ps, perrdetail *err)
{
    int started = 0;

    for (;;) {
        char *start, *end, *str;
        int col, error, type = _PyTok_Get(tok, &start, &end);

        if (type == ERRORTOKEN)
            return tok->done;
        if (type == ENDMARKER && started) {
            /* The last line's end is implied; so are the dedents, but not for codeop. */
            type = NEWLINE;
            started = 0;
            if (tok->indent > 0 && !(ps->flags & PyPARSE_DONT_IMPLY_DEDENT)) {
                tok->pendin = -tok->indent;
                tok->indent = 0;
            }
        } else {
            started = 1;
        }
        str = token_text(start, end);
        if (str == NULL)
            return E_NOMEM;
        col = start != NULL && start >= tok->line_start ? (int)(start - tok->line_start) : -1;
        error = add_token(ps, type, str, tok->lineno, col, &err->expected);
        if (error != E_OK) {
            if (error != E_DONE) {
                PyMem_Free(str);
                err->token = type;
            }
            return error;
        }
    }
}

/* UTF-8 text in the encoding its source had; NULL, without an exception, when that fails. */
static PyObject *restore_encoding(const char *text, Py_ssize_t size, const char *encoding)
{
    PyObject *decoded = PyUnicode_DecodeUTF8(text, size, "replace"), *encoded = NULL;

    if (decoded != NULL)
        encoded = PyUnicode_AsEncodedString(decoded, encoding, "replace");
    Py_XDECREF(decoded);
    if (encoded == NULL)
        PyErr_Clear();
    return encoded;
}

/* The text of an error, and the place in it, are told in the source's own bytes. */
static void restore_place(const tok_state *tok, perrdetail *err)
{
    PyObject *text, *before;
    char *copy;

    if (tok->encoding == NULL || err->text == NULL)
        return;
    text = restore_encoding(err->text, (Py_ssize_t)strlen(err->text), tok->encoding);
    /* What is before the place; it may be inside a character. */
    before = restore_encoding(tok->buf, err->offset > 0 ? err->offset - 1 : 0, tok->encoding);
    if (text != NULL && before != NULL && PyString_Check(text) && PyString_Check(before)) {
        copy = PyMem_Malloc(PyString_GET_SIZE(text) + 1);
        if (copy != NULL) {
            memcpy(copy, PyString_AS_STRING(text), (size_t)PyString_GET_SIZE(text) + 1);
            PyMem_Free(err->text);
            err->text = copy;
            if (err->offset > 0)
                err->offset = (int)PyString_GET_SIZE(before) + 1;
        }
    }
    Py_XDECREF(text);
    Py_XDECREF(before);
}

/* Notes where parsing stopped. */
static void note_place(tok_state *tok, perrdetail *err)
{
    if (tok->lineno <= 1 && tok->done == E_EOF)
        err->error = E_EOF;
    /* A line that could not be read counts more than what its absence led to. */
    if (tok->done == E_DECODE || tok->done == E_ERROR)
        err->error = tok->done;
    err->lineno = tok->lineno;
    if (tok->buf != NULL && err->error != E_DECODE) {
        size_t size = (size_t)(tok->inp - tok->buf);
        err->offset = (int)(tok->cur - tok->buf);
        err->text = PyMem_Malloc((Py_ssize_t)size + 1);
        if (err->text != NULL) {
            memcpy(err->text, tok->buf, size);
            err->text[size] = '\0';
        }
        if (err->error != E_ERROR && err->error != E_NOMEM)
            restore_place(tok, err);
    }
}

/* Parses all that tok gives, and frees tok. */
static node *parse(tok_state *tok, int start, perrdetail *err, int *flags)
{
    parser *ps;
    node *tree = NULL;

    tok->altwarning = Py_TabcheckFlag == 1;
    tok->alterror = Py_TabcheckFlag > 1;
    ps = PyMem_Malloc((Py_ssize_t)sizeof(parser));
    if (ps == NULL || (ps->tree = PyNode_New(start)) == NULL) {
        PyMem_Free(ps);
        _PyTok_Free(tok);
        err->error = E_NOMEM;
        return NULL;
    }
    ps->depth = 0;
    ps->flags = *flags;
    push(ps, start - NT_OFFSET, ps->tree);
    err->error = tok->done == E_OK ? parse_tokens(tok, ps, err) : tok->done;
    if (err->error == E_DONE) {
        tree = ps->tree;
        *flags = ps->flags;
    } else {
        PyNode_Free(ps->tree);
        note_place(tok, err);
    }
    if (tree != NULL && tok->encoding != NULL) {
        node *outer = PyNode_New(encoding_decl);
        if (outer == NULL) {
            PyNode_Free(tree);
            tree = NULL;
            err->error = E_NOMEM;
        } else {
            outer->n_str = tok->encoding;
            tok->encoding = NULL;
            outer->n_nchildren = 1;
            outer->n_child = tree;
            tree = outer;
        }
    }
    PyMem_Free(ps);
    _PyTok_Free(tok);
    return tree;
}

static void reset_error(perrdetail *err, const char *filename)
{
    memset(err, 0, sizeof(*err));
    err->error = E_OK;
    err->filename = filename;
    err->token = -1;
    err->expected = -1;
}

node *_PyParser_ParseString(const char *text, const char *filename, int start, perrdetail *err,
                            int *flags)
{
    tok_state *tok;
    int error;

    reset_error(err, filename);
    tok = _PyTok_FromString(text, start == file_input, filename, &error, NULL);
    if (tok == NULL) {
        err->error = error;
        return NULL;
    }
    return parse(tok, start, err, flags);
}

node *_PyParser_ParseFile(const char *bytes, Py_ssize_t size, const char *filename, int start,
                          perrdetail *err, int *flags)
{
    tok_state *tok;
    int error;

    reset_error(err, filename);
    tok = _PyTok_FromFile(bytes, size, filename, &error);
    if (tok == NULL) {
        err->error = error;
        return NULL;
    }
    return parse(tok, start, err, flags);
}

node *_PyParser_ParsePrompt(tok_readline readline, void *context, const char *encoding,
                            const char *ps1, const char *ps2, const char *filename, int start,
                            perrdetail *err, int *flags)
{
    tok_state *tok;

    reset_error(err, filename);
    tok = _PyTok_FromPrompt(readline, context, encoding, ps1, ps2);
    if (tok == NULL) {
        err->error = E_NOMEM;
        return NULL;
    }
    tok->filename = filename;
    return parse(tok, start, err, flags);
}
