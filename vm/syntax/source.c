/* SPDX-License-Identifier: MIT */
/*
 * Where the tokenizer's lines come from: text in memory or a prompt; declared encodings (PEP 263),
 * byte order marks and newlines are dealt with here, so that the tokenizer sees lines that end in
 * \n.
 *
 * Invariant: source in UTF-8 or Latin-1 keeps its bytes; source in any other declared encoding is
 * recoded to UTF-8, and tok->encoding says what it was.
 */
#include "Python.h"
#include "syntax/errcode.h"
#include "syntax/tokenizer.h"

static char *copy_text(const char *text, Py_ssize_t size)
{
    char *copy = PyMem_Malloc(size + 1);
    if (copy != NULL) {
        memcpy(copy, text, (size_t)size);
        copy[size] = '\0';
    }
    return copy;
}

static int is_encoding_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
}

/* The usual spellings of the two encodings that need no recoding get one name. */
static char *normal_name(const char *name, Py_ssize_t size)
{
    char key[13];
    int i;

    for (i = 0; i < 12 && i < size; i++) {
        char c = name[i];
        key[i] = c == '_' ? '-' : (c >= 'A' && c <= 'Z') ? (char)(c + 32) : c;
    }
    key[i] = '\0';
    if (strcmp(key, "utf-8") == 0 || strncmp(key, "utf-8-", 6) == 0)
        return copy_text("utf-8", 5);
    if (strcmp(key, "latin-1") == 0 || strcmp(key, "iso-8859-1") == 0 ||
        strcmp(key, "iso-latin-1") == 0 || strncmp(key, "latin-1-", 8) == 0 ||
        strncmp(key, "iso-8859-1-", 11) == 0 || strncmp(key, "iso-latin-1-", 12) == 0)
        return copy_text("iso-8859-1", 10);
    return copy_text(name, size);
}

/* Looks for a declaration in one line. Sets *found to a new string, or leaves it NULL; returns 0 if
 * the next line may hold one instead, 1 if not, -1 without memory. */
static int scan_declaration(const char *line, Py_ssize_t size, char **found)
{
    Py_ssize_t i = 0, begin;

    while (i < size && (line[i] == ' ' || line[i] == '\t' || line[i] == '\014'))
        i++;
    if (i == size || line[i] == '\n' || line[i] == '\r')
        return 0;
    if (line[i] != '#')
        return 1;
    for (; i + 6 < size; i++) {
        if (memcmp(line + i, "coding", 6) != 0 || (line[i + 6] != ':' && line[i + 6] != '='))
            continue;
        begin = i + 7;
        while (begin < size && (line[begin] == ' ' || line[begin] == '\t'))
            begin++;
        i = begin;
        while (i < size && is_encoding_char(line[i]))
            i++;
        if (i > begin) {
            *found = normal_name(line + begin, i - begin);
            return *found == NULL ? -1 : 1;
        }
        i = begin - 1;
    }
    return 0;
}

static Py_ssize_t line_length(const char *text, Py_ssize_t size)
{
    Py_ssize_t i = 0;
    while (i < size && text[i] != '\n' && text[i] != '\r')
        i++;
    if (i < size)
        i += text[i] == '\r' && i + 1 < size && text[i + 1] == '\n' ? 2 : 1;
    return i;
}

/* Finds the declared encoding of a text: *encoding stays NULL without one. Answers the number of
 * the line with the declaration, 0 without one, -1 without memory. */
static int find_encoding(const char *text, Py_ssize_t size, char **encoding)
{
    int lineno, answer;

    for (lineno = 1; lineno <= 2; lineno++) {
        Py_ssize_t length = line_length(text, size);
        answer = scan_declaration(text, length, encoding);
        if (answer < 0)
            return -1;
        if (*encoding != NULL)
            return lineno;
        if (answer > 0)
            break;
        text += length;
        size -= length;
    }
    return 0;
}

/* Recodes to UTF-8; a new string, or NULL with an exception. A file's codec sees a str, as a stream
 * reader gives it; that of a text in memory, a buffer. */
static PyObject *recode(const char *text, Py_ssize_t size, const char *encoding, int from_file)
{
    PyObject *utf8, *decoded;

    if (from_file) {
        PyObject *bytes = PyString_FromStringAndSize(text, size);

        decoded = bytes == NULL ? NULL : PyCodec_Decode(bytes, encoding, NULL);
        Py_XDECREF(bytes);
    } else {
        decoded = PyUnicode_Decode(text, size, encoding, NULL);
    }
    if (decoded == NULL)
        return NULL;
    if (!PyUnicode_Check(decoded)) {
        Py_DECREF(decoded);
        PyErr_SetString(PyExc_TypeError, "codec did not return a unicode object");
        return NULL;
    }
    utf8 = PyUnicode_AsUTF8String(decoded);
    Py_DECREF(decoded);
    return utf8;
}

/* \r\n and, if they end lines, lone \r become \n in place, and a last newline is added on request:
 * the buffer has room. */
static Py_ssize_t translate_newlines(char *text, Py_ssize_t size, int lone_returns, int add_newline)
{
    Py_ssize_t from, to = 0;

    for (from = 0; from < size; from++) {
        char c = text[from];
        if (c == '\r') {
            if (from + 1 < size && text[from + 1] == '\n')
                from++;
            else if (!lone_returns) {
                text[to++] = c;
                continue;
            }
            c = '\n';
        }
        text[to++] = c;
    }
    if (add_newline && (to == 0 || text[to - 1] != '\n'))
        text[to++] = '\n';
    text[to] = '\0';
    return to;
}

static tok_state *new_state(enum tok_source source, const char *filename)
{
    tok_state *tok = PyMem_Malloc((Py_ssize_t)sizeof(tok_state));
    if (tok == NULL)
        return NULL;
    memset(tok, 0, sizeof(*tok));
    tok->source = source;
    tok->filename = filename;
    tok->done = E_OK;
    tok->atbol = 1;
    tok->tabsize = 8;
    tok->alttabsize = 1;
    return tok;
}

void _PyTok_Free(tok_state *tok)
{
    if (tok == NULL)
        return;
    PyMem_Free(tok->text);
    PyMem_Free(tok->store);
    PyMem_Free(tok->encoding);
    PyMem_Free(tok);
}

static int starts_with_bom(const char *text, Py_ssize_t size)
{
    return size >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0;
}

/* Sets tok->text from bytes: mark, declaration, recoding. Returns 0, or -1 with *error set and,
 * unless it is E_NOMEM, an exception. */
static int load_text(tok_state *tok, const char *bytes, Py_ssize_t size, int add_newline,
                     int *error)
{
    char *declared = NULL;
    PyObject *recoded = NULL;
    int line, bom = starts_with_bom(bytes, size);

    *error = E_NOMEM;
    if (bom) {
        bytes += 3;
        size -= 3;
        tok->encoding = copy_text("utf-8", 5);
        if (tok->encoding == NULL)
            return -1;
    }
    line = find_encoding(bytes, size, &declared);
    if (line < 0)
        return -1;
    if (declared != NULL && bom) {
        if (strcmp(declared, "utf-8") != 0) {
            *error = E_DECODE;
            PyErr_Format(PyExc_SyntaxError, "encoding problem: %s with BOM", declared);
            goto fail;
        }
        PyMem_Free(declared);
    } else if (declared != NULL) {
        tok->encoding = declared;
        if (strcmp(declared, "utf-8") != 0 && strcmp(declared, "iso-8859-1") != 0) {
            recoded = recode(bytes, size, declared, tok->source == TOK_FILE);
            if (recoded == NULL) {
                declared = NULL;
                *error = E_DECODE;
                tok->lineno = line;
                goto fail;
            }
            tok->recoded = 1;
            bytes = PyString_AS_STRING(recoded);
            size = PyString_GET_SIZE(recoded);
        }
    }
    declared = NULL;
    tok->text = PyMem_Malloc(size + 2);
    if (tok->text == NULL)
        goto fail;
    memcpy(tok->text, bytes, (size_t)size);
    tok->text_size = translate_newlines(tok->text, size, tok->source == TOK_STRING || !tok->recoded,
                                        add_newline);
    Py_XDECREF(recoded);
    return 0;

fail:
    Py_XDECREF(recoded);
    PyMem_Free(declared);
    return -1;
}

tok_state *_PyTok_FromString(const char *text, int add_newline, const char *filename, int *error,
                             char **encoding_out)
{
    tok_state *tok = new_state(TOK_STRING, filename);

    (void)encoding_out;
    *error = E_NOMEM;
    if (tok == NULL)
        return NULL;
    if (load_text(tok, text, (Py_ssize_t)strlen(text), add_newline, error) < 0) {
        _PyTok_Free(tok);
        return NULL;
    }
    tok->buf = tok->cur = tok->inp = tok->text;
    return tok;
}

/* A codec's complaint about a file is told with the line it is about, as if that line alone had
 * been decoded; an unknown codec as a problem with the declaration. */
static void explain_file_error(const char *bytes, Py_ssize_t size, const char *encoding, int *line)
{
    PyObject *type, *value, *traceback, *start, *again;
    Py_ssize_t begin = 0, end, at = -1;
    int lineno = 1;

    PyErr_Fetch(&type, &value, &traceback);
    if (type != NULL && PyErr_GivenExceptionMatches(type, PyExc_LookupError)) {
        PyErr_Format(PyExc_SyntaxError, "encoding problem: %s", encoding);
        goto done;
    }
    PyErr_NormalizeException(&type, &value, &traceback);
    if (value != NULL && PyErr_GivenExceptionMatches(type, PyExc_UnicodeDecodeError)) {
        start = PyObject_GetAttrString(value, "start");
        if (start != NULL && PyInt_Check(start))
            at = PyInt_AS_LONG(start);
        Py_XDECREF(start);
        PyErr_Clear();
    }
    if (at < 0 || at >= size) {
        *line += 1;
        PyErr_Restore(type, value, traceback);
        return;
    }
    for (end = 0; end < size; lineno++) {
        begin = end;
        end += line_length(bytes + end, size - end);
        if (at < end)
            break;
    }
    *line = lineno;
    again = recode(bytes + begin, end - begin, encoding, 1);
    if (again != NULL) {
        Py_DECREF(again);
        PyErr_Restore(type, value, traceback);
        return;
    }
done:
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(traceback);
}

tok_state *_PyTok_FromFile(const char *bytes, Py_ssize_t size, const char *filename, int *error)
{
    tok_state *tok = new_state(TOK_FILE, filename);
    int line = 0;

    *error = E_NOMEM;
    if (tok == NULL)
        return NULL;
    if (load_text(tok, bytes, size, 0, error) < 0) {
        if (*error == E_DECODE && tok->lineno > 0) {
            line = tok->lineno;
            explain_file_error(bytes, size, tok->encoding, &line);
        } else {
            line = 1;
        }
        /* Lets the driver tell the line: an error at the first read. */
        if (*error == E_DECODE) {
            tok->done = E_DECODE;
            tok->lineno = line;
            return tok;
        }
        _PyTok_Free(tok);
        return NULL;
    }
    tok->check_ascii = tok->encoding == NULL;
    return tok;
}

tok_state *_PyTok_FromPrompt(tok_readline readline, void *context, const char *encoding,
                             const char *ps1, const char *ps2)
{
    tok_state *tok = new_state(TOK_PROMPT, NULL);
    if (tok == NULL)
        return NULL;
    tok->readline = readline;
    tok->context = context;
    tok->prompt = ps1;
    tok->nextprompt = ps2;
    if (encoding != NULL) {
        /* Lines are recoded, so the name under which bytes are kept must not be used. */
        tok->encoding = normal_name(encoding, (Py_ssize_t)strlen(encoding));
        if (tok->encoding != NULL && strcmp(tok->encoding, "iso-8859-1") == 0)
            memcpy(tok->encoding, "latin1", 7);
        if (tok->encoding == NULL) {
            _PyTok_Free(tok);
            return NULL;
        }
    }
    return tok;
}

/* Appends to the store from `at` on, moving the pointers into it. */
static int store_line(tok_state *tok, Py_ssize_t at, const char *line, Py_ssize_t size)
{
    Py_ssize_t start = tok->start == NULL ? -1 : tok->start - tok->buf;
    Py_ssize_t need = at + size + 1;

    if (need > tok->store_size) {
        Py_ssize_t capacity = need * 2 + 512;
        char *bigger = PyMem_Realloc(tok->store, capacity);
        if (bigger == NULL) {
            tok->done = E_NOMEM;
            return -1;
        }
        tok->store = bigger;
        tok->store_size = capacity;
    }
    tok->buf = tok->store;
    tok->start = start < 0 ? NULL : tok->buf + start;
    memcpy(tok->buf + at, line, (size_t)size);
    tok->buf[at + size] = '\0';
    tok->inp = tok->buf + at + size;
    return 0;
}

/* A line of text in memory, as a string read by compile() gives it. */
static int next_string_line(tok_state *tok)
{
    Py_ssize_t length = 0, rest = tok->text_size - tok->text_pos;
    char *line = tok->text + tok->text_pos;

    if (rest == 0) {
        tok->done = E_EOF;
        tok->cur = tok->inp;
        return -1;
    }
    while (length < rest && line[length++] != '\n')
        ;
    if (tok->start == NULL)
        tok->buf = line;
    tok->cur = tok->line_start = line;
    tok->inp = line + length;
    tok->text_pos += length;
    tok->lineno++;
    return 0;
}

/* One line of a file, as C's line reading sees it: a NUL ends what is taken of a line. Answers the
 * bytes taken, 0 at the end. */
static Py_ssize_t take_file_line(tok_state *tok, const char **line)
{
    Py_ssize_t length = 0, kept, rest = tok->text_size - tok->text_pos;
    const char *nul;

    *line = tok->text + tok->text_pos;
    if (rest == 0) {
        tok->saw_end = 1;
        return 0;
    }
    while (length < rest && (*line)[length++] != '\n')
        ;
    if ((*line)[length - 1] != '\n')
        tok->saw_end = 1;
    tok->text_pos += length;
    nul = memchr(*line, '\0', (size_t)length);
    kept = nul == NULL ? length : nul - *line;
    return kept == 0 ? -1 : kept;
}

static int check_ascii(tok_state *tok, const char *line, Py_ssize_t size)
{
    Py_ssize_t i;
    for (i = 0; i < size; i++) {
        if ((unsigned char)line[i] > 127) {
            PyErr_Format(PyExc_SyntaxError,
                         "Non-ASCII character '\\x%.2x' in file %.200s on line %d, but no encoding "
                         "declared; see http://python.org/dev/peps/pep-0263/ for details",
                         (unsigned char)line[i], tok->filename, tok->lineno + (tok->start != NULL));
            tok->done = E_DECODE;
            return -1;
        }
    }
    return 0;
}

/* A line of a file. At the end of the file inside a token, an empty line is made up first: that is
 * how far errors at the end point. */
static int next_file_line(tok_state *tok)
{
    Py_ssize_t at = 0, begin, taken;
    const char *line;

    if (tok->start == NULL) {
        if (tok->buf == NULL && store_line(tok, 0, "", 0) < 0)
            return -1;
        if (tok->text_pos == tok->text_size) {
            tok->saw_end = 1;
            tok->done = E_EOF;
            tok->lineno++;
            /* The text is gone, the place in the last line stays. */
            tok->buf[0] = '\0';
            tok->cur = tok->inp;
            return -1;
        }
    } else {
        at = tok->cur - tok->buf;
        /* A decoder knows that it has come to the end; a plain file has to be read once more. */
        if (tok->saw_end || (tok->recoded && tok->text_pos == tok->text_size)) {
            tok->done = E_EOF;
            tok->lineno++;
            tok->cur = tok->inp;
            return -1;
        }
    }
    tok->lineno++;
    begin = at;
    for (;;) {
        taken = take_file_line(tok, &line);
        if (taken == 0) {
            if (store_line(tok, at, "\n", 1) < 0)
                return -1;
            break;
        }
        if (taken < 0)
            continue;
        if (tok->check_ascii && check_ascii(tok, line, taken) < 0)
            return -1;
        if (store_line(tok, at, line, taken) < 0)
            return -1;
        at += taken;
        if (line[taken - 1] == '\n')
            break;
    }
    tok->cur = tok->line_start = tok->buf + begin;
    return 0;
}

static int next_prompt_line(tok_state *tok)
{
    Py_ssize_t at = tok->start == NULL ? 0 : tok->cur - tok->buf;
    PyObject *recoded = NULL;
    const char *text;
    Py_ssize_t size;
    int failed;
    char *line = tok->readline(tok->context, tok->prompt);

    if (tok->nextprompt != NULL)
        tok->prompt = tok->nextprompt;
    if (line == NULL) {
        tok->done = PyErr_Occurred() ? E_ERROR : E_INTR;
        return -1;
    }
    text = line;
    size = (Py_ssize_t)strlen(line);
    if (size == 0) {
        PyMem_Free(line);
        tok->done = E_EOF;
        return -1;
    }
    if (tok->encoding != NULL && strcmp(tok->encoding, "utf-8") != 0) {
        recoded = recode(line, size, tok->encoding, 1);
        if (recoded == NULL) {
            PyMem_Free(line);
            tok->done = E_DECODE;
            return -1;
        }
        text = PyString_AS_STRING(recoded);
        size = PyString_GET_SIZE(recoded);
    }
    tok->lineno++;
    failed = store_line(tok, at, text, size) < 0;
    PyMem_Free(line);
    Py_XDECREF(recoded);
    if (failed)
        return -1;
    tok->cur = tok->line_start = tok->buf + at;
    return 0;
}

int _PyTok_NextLine(tok_state *tok)
{
    int result;

    if (tok->done != E_OK)
        return -1;
    switch (tok->source) {
    case TOK_STRING:
        result = next_string_line(tok);
        break;
    case TOK_FILE:
        result = next_file_line(tok);
        break;
    default:
        result = next_prompt_line(tok);
        break;
    }
    /* Without a line there is nothing to read. */
    if (result < 0)
        tok->cur = tok->inp;
    return result;
}
