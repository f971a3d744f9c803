/* SPDX-License-Identifier: MIT */
/* The regular expression engine: what its files share. A pattern is a list of 32-bit codes made by
 * sre_compile.py; sre_code.c proves it well-formed once, so that sre_match.c need not check again.
 */
#ifndef SRE_H
#define SRE_H
#include "Python.h"

#define SRE_MAGIC 20031017
#define SRE_MAXREPEAT UINT32_MAX

enum {
    OP_FAILURE,
    OP_SUCCESS,
    OP_ANY,
    OP_ANY_ALL,
    OP_ASSERT,
    OP_ASSERT_NOT,
    OP_AT,
    OP_BRANCH,
    OP_CALL,
    OP_CATEGORY,
    OP_CHARSET,
    OP_BIGCHARSET,
    OP_GROUPREF,
    OP_GROUPREF_EXISTS,
    OP_GROUPREF_IGNORE,
    OP_IN,
    OP_IN_IGNORE,
    OP_INFO,
    OP_JUMP,
    OP_LITERAL,
    OP_LITERAL_IGNORE,
    OP_MARK,
    OP_MAX_UNTIL,
    OP_MIN_UNTIL,
    OP_NOT_LITERAL,
    OP_NOT_LITERAL_IGNORE,
    OP_NEGATE,
    OP_RANGE,
    OP_REPEAT,
    OP_REPEAT_ONE,
    OP_SUBPATTERN,
    OP_MIN_REPEAT_ONE
};
enum {
    AT_BEGINNING,
    AT_BEGINNING_LINE,
    AT_BEGINNING_STRING,
    AT_BOUNDARY,
    AT_NON_BOUNDARY,
    AT_END,
    AT_END_LINE,
    AT_END_STRING,
    AT_LOC_BOUNDARY,
    AT_LOC_NON_BOUNDARY,
    AT_UNI_BOUNDARY,
    AT_UNI_NON_BOUNDARY,
    AT_CODES
};
enum {
    CATEGORY_DIGIT,
    CATEGORY_NOT_DIGIT,
    CATEGORY_SPACE,
    CATEGORY_NOT_SPACE,
    CATEGORY_WORD,
    CATEGORY_NOT_WORD,
    CATEGORY_LINEBREAK,
    CATEGORY_NOT_LINEBREAK,
    CATEGORY_LOC_WORD,
    CATEGORY_LOC_NOT_WORD,
    CATEGORY_UNI_DIGIT,
    CATEGORY_UNI_NOT_DIGIT,
    CATEGORY_UNI_SPACE,
    CATEGORY_UNI_NOT_SPACE,
    CATEGORY_UNI_WORD,
    CATEGORY_UNI_NOT_WORD,
    CATEGORY_UNI_LINEBREAK,
    CATEGORY_UNI_NOT_LINEBREAK,
    CATEGORY_CODES
};
enum { SRE_FLAG_IGNORECASE = 2, SRE_FLAG_LOCALE = 4, SRE_FLAG_UNICODE = 32 };
enum { SRE_INFO_PREFIX = 1, SRE_INFO_LITERAL = 2, SRE_INFO_CHARSET = 4 };

typedef struct {
    PyObject_VAR_HEAD Py_ssize_t groups;
    PyObject *groupindex, *indexgroup, *pattern; /* groupindex, indexgroup: NULL or anything */
    int flags;
    PyObject *weakreflist;
    uint32_t code[1]; /* ob_size codes */
} PatternObject;

/* One entry of the engine's stack: a choice to go back to, or a change to undo on the way. */
typedef struct {
    int32_t kind;
    uint32_t pc;
    Py_ssize_t a, b;
} sre_entry;

/* A repeat being done. */
typedef struct {
    uint32_t pc;  /* of its REPEAT */
    int32_t prev; /* the enclosing one, -1: none */
    Py_ssize_t count, last;
} sre_repeat;

/* A run over a text. Positions are indices into it. */
typedef struct {
    const PatternObject *pattern;
    const void *text; /* valid only between sre_acquire and sre_release */
    int wide;         /* 4-byte units */
    int may_interrupt;
    Py_ssize_t length;     /* of the whole text */
    Py_ssize_t start, end; /* where to look; start: where the match began */
    Py_ssize_t pos, endpos;
    Py_ssize_t ptr; /* where the match ended */
    Py_ssize_t lastindex;
    Py_ssize_t *marks; /* two per group, -1: unset */
    Py_ssize_t small_marks[32];
    sre_entry *stack;
    Py_ssize_t top, room;
    sre_repeat *repeats;
    int32_t repeat_top, repeat_room;
    int32_t repeat;  /* the current one, -1: none */
    int32_t asserts; /* the innermost assertion's stack index, -1: none */
    int depth;
    uint32_t ticks;
    PyObject *string; /* owned */
    Py_buffer view;
    int has_view;
} sre_state;

/* sre_code.c: 1 well-formed, 0 not. */
int sre_validate(const uint32_t *code, Py_ssize_t n, Py_ssize_t groups);
uint32_t sre_lower(uint32_t c, int flags);
/* sre_match.c: 1 found, 0 not, -1 with an exception. */
int sre_match(sre_state *state);
int sre_search(sre_state *state);
/* sre_state.c */
int sre_state_init(sre_state *state, PatternObject *pattern, PyObject *string, Py_ssize_t start,
                   Py_ssize_t end);
void sre_state_fini(sre_state *state);
void sre_state_reset(sre_state *state);
int sre_acquire(sre_state *state);
void sre_release(sre_state *state);
/* The text of an object; 0, or -1 with TypeError. A view that is taken is stored and *has_view set.
 */
int sre_get_text(PyObject *string, const void **text, Py_ssize_t *length, int *wide,
                 Py_buffer *view, int *has_view);
#endif
