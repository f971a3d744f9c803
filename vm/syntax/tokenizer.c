/* SPDX-License-Identifier: MIT */
/*
 * Characters to tokens: names, numbers, strings, operators, and the NEWLINE, INDENT and DEDENT that
 * lines and their indentation stand for. Pure character work; lines come from source.c.
 *
 * Invariant: the indentation stack holds columns in strictly rising order, counted with tabs to
 * tabsize; a second stack counts with another tab size, and where the two disagree about more, less
 * or equal, the line mixes tabs and spaces inconsistently.
 */
#include "Python.h"
#include "host/host.h"
#include "syntax/errcode.h"
#include "syntax/token.h"
#include "syntax/tokenizer.h"

static int next_char(tok_state *tok)
{
    if (tok->cur == tok->inp && _PyTok_NextLine(tok) < 0)
        return EOF;
    return (unsigned char)*tok->cur++;
}

static void back_up(tok_state *tok, int c)
{
    if (c != EOF)
        tok->cur--;
}

static int is_name_start(int c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static int is_digit(int c)
{
    return c >= '0' && c <= '9';
}

static int is_hex_digit(int c)
{
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static int error_token(tok_state *tok, int error)
{
    tok->done = error;
    tok->cur = tok->inp;
    return ERRORTOKEN;
}

/* Tabs and spaces disagree: an error with -tt, a warning once with -t, else nothing. */
static int inconsistent(tok_state *tok)
{
    static const char message[] = ": inconsistent use of tabs and spaces in indentation\n";

    if (tok->alterror) {
        error_token(tok, E_TABSPACE);
        return -1;
    }
    if (tok->altwarning) {
        const char *name = tok->filename == NULL ? "<string>" : tok->filename;
        host_write(2, name, strlen(name));
        host_write(2, message, sizeof(message) - 1);
        tok->altwarning = 0;
    }
    return 0;
}

/* Compares the line's columns with the stack and sets pendin. */
static int change_indent(tok_state *tok, int col, int altcol)
{
    if (col == tok->indstack[tok->indent])
        return altcol == tok->altindstack[tok->indent] ? 0 : inconsistent(tok);
    if (col > tok->indstack[tok->indent]) {
        if (tok->indent + 1 >= TOK_MAXINDENT) {
            error_token(tok, E_TOODEEP);
            return -1;
        }
        if (altcol <= tok->altindstack[tok->indent] && inconsistent(tok) < 0)
            return -1;
        tok->pendin++;
        tok->indent++;
        tok->indstack[tok->indent] = col;
        tok->altindstack[tok->indent] = altcol;
        return 0;
    }
    while (tok->indent > 0 && col < tok->indstack[tok->indent]) {
        tok->pendin--;
        tok->indent--;
    }
    if (col != tok->indstack[tok->indent]) {
        error_token(tok, E_DEDENT);
        return -1;
    }
    return altcol == tok->altindstack[tok->indent] ? 0 : inconsistent(tok);
}

/* Measures the indentation of a new line. Returns -1 on error; *blankline says that the line does
 * not count. */
static int measure_indent(tok_state *tok, int *blankline)
{
    int c, col = 0, altcol = 0;

    *blankline = 0;
    for (;;) {
        c = next_char(tok);
        if (c == ' ') {
            col++;
            altcol++;
        } else if (c == '\t') {
            col = (col / tok->tabsize + 1) * tok->tabsize;
            altcol = (altcol / tok->alttabsize + 1) * tok->alttabsize;
        } else if (c == '\014') {
            col = altcol = 0;
        } else {
            break;
        }
    }
    back_up(tok, c);
    if (c == '#' || c == '\n') {
        /* An empty line at a prompt ends a statement. */
        *blankline = !(col == 0 && c == '\n' && tok->source == TOK_PROMPT);
    }
    if (!*blankline && tok->level == 0)
        return change_indent(tok, col, altcol);
    return 0;
}

/* An editor's tab size in a comment changes ours. */
static void scan_tab_size(tok_state *tok, const char *comment)
{
    static const char *const forms[] = {"tab-width:", ":tabstop=", ":ts=", "set tabsize="};
    int i;

    for (i = 0; i < 4; i++) {
        const char *found = strstr(comment, forms[i]);
        if (found != NULL) {
            int size = atoi(found + strlen(forms[i]));
            if (size >= 1 && size <= 40)
                tok->tabsize = size;
        }
    }
}

static int skip_comment(tok_state *tok)
{
    char text[80];
    size_t used = 0;
    int c;

    while ((c = next_char(tok)) != EOF && c != '\n') {
        if (used < sizeof(text) - 1)
            text[used++] = (char)c;
    }
    text[used] = '\0';
    scan_tab_size(tok, text);
    return c;
}

static int one_char(int c)
{
    switch (c) {
    case '(':
        return LPAR;
    case ')':
        return RPAR;
    case '[':
        return LSQB;
    case ']':
        return RSQB;
    case ':':
        return COLON;
    case ',':
        return COMMA;
    case ';':
        return SEMI;
    case '+':
        return PLUS;
    case '-':
        return MINUS;
    case '*':
        return STAR;
    case '/':
        return SLASH;
    case '|':
        return VBAR;
    case '&':
        return AMPER;
    case '<':
        return LESS;
    case '>':
        return GREATER;
    case '=':
        return EQUAL;
    case '.':
        return DOT;
    case '%':
        return PERCENT;
    case '`':
        return BACKQUOTE;
    case '{':
        return LBRACE;
    case '}':
        return RBRACE;
    case '^':
        return CIRCUMFLEX;
    case '~':
        return TILDE;
    case '@':
        return AT;
    default:
        return OP;
    }
}

static int two_chars(int a, int b)
{
    if (b == '=') {
        switch (a) {
        case '=':
            return EQEQUAL;
        case '!':
            return NOTEQUAL;
        case '<':
            return LESSEQUAL;
        case '>':
            return GREATEREQUAL;
        case '+':
            return PLUSEQUAL;
        case '-':
            return MINEQUAL;
        case '*':
            return STAREQUAL;
        case '/':
            return SLASHEQUAL;
        case '|':
            return VBAREQUAL;
        case '%':
            return PERCENTEQUAL;
        case '&':
            return AMPEREQUAL;
        case '^':
            return CIRCUMFLEXEQUAL;
        default:
            return OP;
        }
    }
    if (a == b) {
        switch (a) {
        case '<':
            return LEFTSHIFT;
        case '>':
            return RIGHTSHIFT;
        case '*':
            return DOUBLESTAR;
        case '/':
            return DOUBLESLASH;
        default:
            return OP;
        }
    }
    return a == '<' && b == '>' ? NOTEQUAL : OP;
}

static int three_chars(int two, int c)
{
    if (c != '=')
        return OP;
    switch (two) {
    case LEFTSHIFT:
        return LEFTSHIFTEQUAL;
    case RIGHTSHIFT:
        return RIGHTSHIFTEQUAL;
    case DOUBLESTAR:
        return DOUBLESTAREQUAL;
    case DOUBLESLASH:
        return DOUBLESLASHEQUAL;
    default:
        return OP;
    }
}

static int finish(tok_state *tok, int type, char **start, char **end)
{
    *start = tok->start;
    *end = tok->cur;
    return type;
}

static int bad_number(tok_state *tok, int c)
{
    tok->done = E_TOKEN;
    back_up(tok, c);
    return ERRORTOKEN;
}

static int skip_digits(tok_state *tok)
{
    int c;
    do
        c = next_char(tok);
    while (is_digit(c));
    return c;
}

/* The optional exponent and j of a number whose mantissa is read; c is the character after it. */
static int float_tail(tok_state *tok, int c, char **start, char **end)
{
    int e;

    if (c == 'e' || c == 'E') {
        e = c;
        c = next_char(tok);
        if (c == '+' || c == '-') {
            c = next_char(tok);
            if (!is_digit(c))
                return bad_number(tok, c);
        } else if (!is_digit(c)) {
            /* The e belongs to the next token. */
            back_up(tok, c);
            back_up(tok, e);
            return finish(tok, NUMBER, start, end);
        }
        c = skip_digits(tok);
    }
    if (c == 'j' || c == 'J')
        c = next_char(tok);
    back_up(tok, c);
    return finish(tok, NUMBER, start, end);
}

static int integer_tail(tok_state *tok, int c, char **start, char **end)
{
    if (c == 'l' || c == 'L')
        c = next_char(tok);
    back_up(tok, c);
    return finish(tok, NUMBER, start, end);
}

static int zero_number(tok_state *tok, char **start, char **end)
{
    int bad = 0, c = next_char(tok);

    if (c == '.')
        return float_tail(tok, skip_digits(tok), start, end);
    if (c == 'j' || c == 'J')
        return float_tail(tok, c, start, end);
    if (c == 'x' || c == 'X') {
        c = next_char(tok);
        if (!is_hex_digit(c))
            return bad_number(tok, c);
        do
            c = next_char(tok);
        while (is_hex_digit(c));
        return integer_tail(tok, c, start, end);
    }
    if (c == 'o' || c == 'O') {
        c = next_char(tok);
        if (c < '0' || c >= '8')
            return bad_number(tok, c);
        do
            c = next_char(tok);
        while (c >= '0' && c < '8');
        return integer_tail(tok, c, start, end);
    }
    if (c == 'b' || c == 'B') {
        c = next_char(tok);
        if (c != '0' && c != '1')
            return bad_number(tok, c);
        do
            c = next_char(tok);
        while (c == '0' || c == '1');
        return integer_tail(tok, c, start, end);
    }
    /* Octal, unless it turns out to be a float. */
    for (; is_digit(c); c = next_char(tok)) {
        if (c >= '8')
            bad = 1;
    }
    if (c == '.')
        return float_tail(tok, skip_digits(tok), start, end);
    if (c == 'e' || c == 'E' || c == 'j' || c == 'J')
        return float_tail(tok, c, start, end);
    if (bad)
        return bad_number(tok, c);
    return integer_tail(tok, c, start, end);
}

static int get_number(tok_state *tok, int c, char **start, char **end)
{
    if (c == '0')
        return zero_number(tok, start, end);
    c = skip_digits(tok);
    if (c == 'l' || c == 'L')
        return integer_tail(tok, c, start, end);
    if (c == '.')
        c = skip_digits(tok);
    return float_tail(tok, c, start, end);
}

static int get_string(tok_state *tok, int quote, char **start, char **end)
{
    int c, triple = 0, ending = 0;

    c = next_char(tok);
    if (c == quote) {
        c = next_char(tok);
        if (c != quote) {
            back_up(tok, c);
            return finish(tok, STRING, start, end);
        }
        triple = 1;
        c = next_char(tok);
    }
    for (;; c = next_char(tok)) {
        if (c == EOF)
            return tok->done == E_EOF ? error_token(tok, triple ? E_EOFS : E_EOLS) : ERRORTOKEN;
        if (c == '\n' && !triple) {
            tok->done = E_EOLS;
            back_up(tok, c);
            return ERRORTOKEN;
        }
        if (c == '\n')
            tok->cont_line = 1;
        if (c == quote) {
            if (++ending == (triple ? 3 : 1))
                return finish(tok, STRING, start, end);
            continue;
        }
        ending = 0;
        if (c == '\\') {
            c = next_char(tok);
            if (c == EOF)
                return tok->done == E_EOF ? error_token(tok, triple ? E_EOFS : E_EOLS) : ERRORTOKEN;
        }
    }
}

/* A name, or a string with prefix letters. */
static int get_name(tok_state *tok, int c, char **start, char **end)
{
    int first = c | 0x20;

    if (first == 'b' || first == 'u' || first == 'r') {
        c = next_char(tok);
        if (first != 'r' && (c == 'r' || c == 'R'))
            c = next_char(tok);
        if (c == '"' || c == '\'')
            return get_string(tok, c, start, end);
    } else {
        c = next_char(tok);
    }
    while (c != EOF && (is_name_start(c) || is_digit(c)))
        c = next_char(tok);
    back_up(tok, c);
    return finish(tok, NAME, start, end);
}

static int get_operator(tok_state *tok, int c, char **start, char **end)
{
    int c2 = next_char(tok);
    int type = two_chars(c, c2);

    if (Py_Py3kWarningFlag && c == '<' && c2 == '>' &&
        PyErr_WarnExplicit(PyExc_DeprecationWarning, "<> not supported in 3.x; use !=",
                           tok->filename, tok->lineno, NULL, NULL) < 0) {
        tok->done = E_ERROR;
        return ERRORTOKEN;
    }

    if (type != OP) {
        int c3 = next_char(tok);
        int longer = three_chars(type, c3);
        if (longer != OP)
            type = longer;
        else
            back_up(tok, c3);
        return finish(tok, type, start, end);
    }
    back_up(tok, c2);
    switch (c) {
    case '(':
    case '[':
    case '{':
        tok->level++;
        break;
    case ')':
    case ']':
    case '}':
        tok->level--;
        break;
    default:
        break;
    }
    return finish(tok, one_char(c), start, end);
}

int _PyTok_Get(tok_state *tok, char **start, char **end)
{
    int c, c2, blankline;

    *start = *end = NULL;
next_line:
    tok->start = NULL;
    blankline = 0;
    if (tok->atbol) {
        tok->atbol = 0;
        if (measure_indent(tok, &blankline) < 0)
            return ERRORTOKEN;
    }
    tok->start = tok->cur;
    if (tok->pendin < 0) {
        tok->pendin++;
        return DEDENT;
    }
    if (tok->pendin > 0) {
        tok->pendin--;
        return INDENT;
    }
again:
    tok->start = NULL;
    do
        c = next_char(tok);
    while (c == ' ' || c == '\t' || c == '\014');
    /* Without a line (end of the input) there may be no text to point to yet. */
    tok->start = tok->cur == NULL ? NULL : c == EOF ? tok->cur : tok->cur - 1;
    if (c == '#')
        c = skip_comment(tok);
    if (c == EOF)
        return tok->done == E_EOF ? ENDMARKER : ERRORTOKEN;
    if (is_name_start(c))
        return get_name(tok, c, start, end);
    if (c == '\n') {
        tok->atbol = 1;
        if (blankline || tok->level > 0)
            goto next_line;
        *start = tok->start;
        *end = tok->cur - 1;
        tok->cont_line = 0;
        return NEWLINE;
    }
    if (c == '.') {
        c2 = next_char(tok);
        if (is_digit(c2))
            return float_tail(tok, skip_digits(tok), start, end);
        back_up(tok, c2);
        return finish(tok, DOT, start, end);
    }
    if (is_digit(c))
        return get_number(tok, c, start, end);
    if (c == '\'' || c == '"')
        return get_string(tok, c, start, end);
    if (c == '\\') {
        c = next_char(tok);
        if (c != '\n')
            return error_token(tok, E_LINECONT);
        tok->cont_line = 1;
        goto again;
    }
    return get_operator(tok, c, start, end);
}
