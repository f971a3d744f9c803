/* SPDX-License-Identifier: MIT */
/* The module _sre: patterns, matches and scanners. Matching is in sre_match.c. Templates with
 * backslashes and m.expand() go through the library's re module, as everywhere. */
#include "sre.h"

#define MODULE "re"

static PyTypeObject Pattern_Type, Match_Type, Scanner_Type;

typedef struct {
    PyObject_HEAD PyObject *string, *regs; /* regs: NULL until asked for */
    PatternObject *pattern;
    Py_ssize_t pos, endpos, lastindex, groups; /* groups: with the whole match */
    Py_ssize_t mark[];
} MatchObject;

typedef struct {
    PyObject_HEAD sre_state state;
    int running;
} ScannerObject;

/* Runs a matcher with the text at hand. */
static int run_state(sre_state *s, int (*matcher)(sre_state *))
{
    int r;
    sre_state_reset(s);
    if (sre_acquire(s) < 0) {
        return -1;
    }
    r = matcher(s);
    sre_release(s);
    return r;
}

static PyObject *call_re(const char *function, PyObject *args)
{
    PyObject *module, *f, *result = NULL;
    if (args == NULL) {
        return NULL;
    }
    module = PyImport_ImportModule(MODULE);
    if (module != NULL) {
        f = PyObject_GetAttrString(module, function);
        Py_DECREF(module);
        if (f != NULL) {
            result = PyObject_Call(f, args, NULL);
            Py_DECREF(f);
        }
    }
    Py_DECREF(args);
    return result;
}

/* -- Making a match object ----------------------------------------------------------------------
 */
static PyObject *new_match(PatternObject *pattern, sre_state *s, int found)
{
    MatchObject *m;

    if (found < 0) {
        return NULL;
    }
    if (found == 0) {
        Py_RETURN_NONE;
    }
    m = PyObject_Malloc((Py_ssize_t)offsetof(MatchObject, mark) +
                        2 * (pattern->groups + 1) * (Py_ssize_t)sizeof(Py_ssize_t));
    if (m == NULL) {
        return PyErr_NoMemory();
    }
    (void)PyObject_INIT(m, &Match_Type);
    Py_INCREF(pattern);
    m->pattern = pattern;
    Py_INCREF(s->string);
    m->string = s->string;
    m->regs = NULL;
    m->groups = pattern->groups + 1;
    m->mark[0] = s->start;
    m->mark[1] = s->ptr;
    for (Py_ssize_t i = 0; i < pattern->groups; i++) {
        Py_ssize_t a = s->marks[2 * i], b = s->marks[2 * i + 1];
        int set = a >= 0 && b >= a;
        m->mark[2 * i + 2] = set ? a : -1;
        m->mark[2 * i + 3] = set ? b : -1;
    }
    m->pos = s->pos;
    m->endpos = s->endpos;
    m->lastindex = s->lastindex;
    return (PyObject *)m;
}

/* The text of group i (from 1), None or empty when it took no part. */
static PyObject *group_text(sre_state *s, Py_ssize_t i, PyObject *string, int empty)
{
    Py_ssize_t a = s->marks[2 * i - 2], b = s->marks[2 * i - 1];
    if (a < 0 || b < a) {
        if (!empty) {
            Py_RETURN_NONE;
        }
        a = b = 0;
    }
    return PySequence_GetSlice(string, a, b);
}

static int append(PyObject *list, PyObject *item)
{
    int r;
    if (item == NULL) {
        return -1;
    }
    r = PyList_Append(list, item);
    Py_DECREF(item);
    return r;
}

/* -- Pattern methods ----------------------------------------------------------------------------
 */
/* The string argument, which also goes by an older name. */
static PyObject *string_argument(PyObject *string, PyObject *older, const char *oldname)
{
    if (older != NULL) {
        if (string != NULL) {
            PyErr_Format(PyExc_TypeError, "Argument given by name ('%s') and position (1)",
                         oldname);
            return NULL;
        }
        return older;
    }
    if (string == NULL) {
        PyErr_SetString(PyExc_TypeError, "Required argument 'string' (pos 1) not found");
    }
    return string;
}

/* The old name of the string is not among what may be given: more than `most` arguments are too
 * many, by name or not. */
static int too_many(PyObject *args, PyObject *kw, const char *name, int most)
{
    Py_ssize_t given = PyTuple_GET_SIZE(args) + (kw == NULL ? 0 : PyDict_Size(kw));

    if (given <= most)
        return 0;
    PyErr_Format(PyExc_TypeError, "%s() takes at most %d positional arguments (%zd given)", name,
                 most, given);
    return 1;
}

static PyObject *match_or_search(PyObject *op, PyObject *args, PyObject *kw, const char *format,
                                 int (*matcher)(sre_state *))
{
    static char *kwlist[] = {"string", "pos", "endpos", "pattern", NULL};
    PatternObject *self = (PatternObject *)op;
    PyObject *string = NULL, *older = NULL, *result;
    Py_ssize_t start = 0, end = PY_SSIZE_T_MAX;
    sre_state s;

    if (too_many(args, kw, strchr(format, ':') + 1, 3) ||
        !PyArg_ParseTupleAndKeywords(args, kw, format, kwlist, &string, &start, &end, &older)) {
        return NULL;
    }
    string = string_argument(string, older, "pattern");
    if (string == NULL || sre_state_init(&s, self, string, start, end) < 0) {
        return NULL;
    }
    result = new_match(self, &s, run_state(&s, matcher));
    sre_state_fini(&s);
    return result;
}

PyDoc_STRVAR(pattern_match_doc, "match(string[, pos[, endpos]]) -> match object or None.\n"
                                "    Matches the pattern at the start of the string.");
static PyObject *pattern_match(PyObject *self, PyObject *args, PyObject *kw)
{
    return match_or_search(self, args, kw, "|OnnO:match", sre_match);
}

PyDoc_STRVAR(pattern_search_doc, "search(string[, pos[, endpos]]) -> match object or None.\n"
                                 "    Looks for the first place where the pattern matches.");
static PyObject *pattern_search(PyObject *self, PyObject *args, PyObject *kw)
{
    return match_or_search(self, args, kw, "|OnnO:search", sre_search);
}

PyDoc_STRVAR(pattern_findall_doc, "findall(string[, pos[, endpos]]) -> list.\n"
                                  "    All matches that do not overlap: texts, or groups.");
static PyObject *pattern_findall(PyObject *op, PyObject *args, PyObject *kw)
{
    static char *kwlist[] = {"string", "pos", "endpos", "source", NULL};
    PatternObject *self = (PatternObject *)op;
    PyObject *string = NULL, *older = NULL, *list;
    Py_ssize_t start = 0, end = PY_SSIZE_T_MAX;
    sre_state s;

    if (too_many(args, kw, "findall", 3) ||
        !PyArg_ParseTupleAndKeywords(args, kw, "|OnnO:findall", kwlist, &string, &start, &end,
                                     &older)) {
        return NULL;
    }
    string = string_argument(string, older, "source");
    if (string == NULL || sre_state_init(&s, self, string, start, end) < 0) {
        return NULL;
    }
    list = PyList_New(0);
    while (list != NULL && s.start <= s.end) {
        PyObject *item;
        int found = run_state(&s, sre_search);
        if (found < 0) {
            goto fail;
        }
        if (found == 0) {
            break;
        }
        if (self->groups == 0) {
            item = PySequence_GetSlice(string, s.start, s.ptr);
        } else if (self->groups == 1) {
            item = group_text(&s, 1, string, 1);
        } else {
            item = PyTuple_New(self->groups);
            for (Py_ssize_t i = 0; item != NULL && i < self->groups; i++) {
                PyObject *text = group_text(&s, i + 1, string, 1);
                if (text == NULL) {
                    Py_CLEAR(item);
                    break;
                }
                PyTuple_SET_ITEM(item, i, text);
            }
        }
        if (append(list, item) < 0) {
            goto fail;
        }
        s.start = s.ptr == s.start ? s.ptr + 1 : s.ptr;
    }
    sre_state_fini(&s);
    return list;
fail:
    Py_DECREF(list);
    sre_state_fini(&s);
    return NULL;
}

static PyObject *new_scanner(PatternObject *self, PyObject *string, Py_ssize_t start,
                             Py_ssize_t end)
{
    ScannerObject *scanner = PyObject_New(ScannerObject, &Scanner_Type);
    if (scanner == NULL) {
        return NULL;
    }
    scanner->running = 0;
    if (sre_state_init(&scanner->state, self, string, start, end) < 0) {
        PyObject_Free(scanner);
        return NULL;
    }
    return (PyObject *)scanner;
}

static PyObject *pattern_scanner(PyObject *self, PyObject *args)
{
    PyObject *string;
    Py_ssize_t start = 0, end = PY_SSIZE_T_MAX;

    if (!PyArg_ParseTuple(args, "O|nn:scanner", &string, &start, &end)) {
        return NULL;
    }
    return new_scanner((PatternObject *)self, string, start, end);
}

PyDoc_STRVAR(pattern_finditer_doc, "finditer(string[, pos[, endpos]]) -> iterator.\n"
                                   "    Match objects of all matches that do not overlap.");
static PyObject *pattern_finditer(PyObject *self, PyObject *args)
{
    PyObject *scanner = pattern_scanner(self, args), *search, *it = NULL;
    if (scanner == NULL) {
        return NULL;
    }
    search = PyObject_GetAttrString(scanner, "search");
    Py_DECREF(scanner);
    if (search != NULL) {
        it = PyCallIter_New(search, Py_None);
        Py_DECREF(search);
    }
    return it;
}

PyDoc_STRVAR(pattern_split_doc, "split(string[, maxsplit = 0]) -> list.\n"
                                "    The pieces between matches, with the groups of the matches.");
static PyObject *pattern_split(PyObject *op, PyObject *args, PyObject *kw)
{
    static char *kwlist[] = {"string", "maxsplit", "source", NULL};
    PatternObject *self = (PatternObject *)op;
    PyObject *string = NULL, *older = NULL, *list;
    Py_ssize_t maxsplit = 0, n = 0, last;
    sre_state s;

    if (too_many(args, kw, "split", 2) ||
        !PyArg_ParseTupleAndKeywords(args, kw, "|OnO:split", kwlist, &string, &maxsplit, &older)) {
        return NULL;
    }
    string = string_argument(string, older, "source");
    if (string == NULL || sre_state_init(&s, self, string, 0, PY_SSIZE_T_MAX) < 0) {
        return NULL;
    }
    list = PyList_New(0);
    last = s.start;
    while (list != NULL && (maxsplit == 0 || n < maxsplit)) {
        int found = run_state(&s, sre_search);
        if (found < 0) {
            goto fail;
        }
        if (found == 0) {
            break;
        }
        if (s.start == s.ptr) { /* empty matches do not split */
            if (last == s.end) {
                break;
            }
            s.start = s.ptr + 1;
            continue;
        }
        if (append(list, PySequence_GetSlice(string, last, s.start)) < 0) {
            goto fail;
        }
        for (Py_ssize_t i = 1; i <= self->groups; i++) {
            if (append(list, group_text(&s, i, string, 0)) < 0) {
                goto fail;
            }
        }
        n++;
        last = s.start = s.ptr;
    }
    if (list != NULL && append(list, PySequence_GetSlice(string, last, s.end)) < 0) {
        goto fail;
    }
    sre_state_fini(&s);
    return list;
fail:
    Py_DECREF(list);
    sre_state_fini(&s);
    return NULL;
}

/* Whether a template is a plain text without backslashes; never raises. */
static int is_literal(PyObject *template)
{
    const void *text;
    Py_ssize_t n;
    int wide, has_view, literal = 1;
    Py_buffer view;

    if (sre_get_text(template, &text, &n, &wide, &view, &has_view) < 0) {
        PyErr_Clear();
        return 0;
    }
    for (Py_ssize_t i = 0; i < n && literal; i++) {
        literal = (wide ? ((const Py_UNICODE *)text)[i] : ((const unsigned char *)text)[i]) != '\\';
    }
    if (has_view) {
        PyBuffer_Release(&view);
    }
    return literal;
}

/* Joins the pieces (a list) in the kind of the string; with the number of substitutions if asked.
 */
static PyObject *join_pieces(PyObject *string, PyObject *list, Py_ssize_t n, int with_number)
{
    PyObject *joiner = PySequence_GetSlice(string, 0, 0), *joined = NULL;

    if (joiner != NULL) {
        if (PyList_GET_SIZE(list) == 0) {
            joined = joiner;
            Py_INCREF(joined);
        } else {
            joined = PyObject_CallMethod(joiner, "join", "O", list);
        }
        Py_DECREF(joiner);
    }
    if (joined != NULL && with_number) {
        return Py_BuildValue("(Nn)", joined, n);
    }
    return joined;
}

/* A substitution between two matches. The matcher's state is set up anew after each call of a
 * filter, so that nothing of it is left while Python code runs. */
typedef struct {
    Py_ssize_t n, i, start; /* substitutions made; what is copied; where to search */
    Py_ssize_t count;
    int with_number, callable;
} Progress;

static PyObject *filter_answered(PyCont *c, PyObject *item);
static PyObject *call_filter(PatternObject *self, PyObject *filter, PyObject *string,
                             PyObject *list, Progress *p, PyObject *match);

/* Goes on; a filter's answer comes back to filter_answered. list and filter are borrowed. */
static PyObject *substitute_from(PatternObject *self, PyObject *filter, PyObject *string,
                                 PyObject *list, Progress *p)
{
    PyObject *match = NULL;
    sre_state s;

    if (sre_state_init(&s, self, string, 0, PY_SSIZE_T_MAX) < 0) {
        return NULL;
    }
    s.start = p->start;
    while (p->start <= s.endpos && (p->count == 0 || p->n < p->count)) {
        int found = run_state(&s, sre_search);
        if (found < 0) {
            goto fail;
        }
        if (found == 0) {
            break;
        }
        if (p->i < s.start) {
            if (append(list, PySequence_GetSlice(string, p->i, s.start)) < 0) {
                goto fail;
            }
        }
        int wanted = !(p->i == s.start && s.ptr == p->i && p->n > 0); /* no empty match just after
                                                                         a match */
        if (wanted) {
            if (p->callable) {
                match = new_match(self, &s, 1);
                if (match == NULL) {
                    goto fail;
                }
            } else {
                Py_INCREF(filter);
                if (append(list, filter) < 0) {
                    goto fail;
                }
            }
            p->i = s.ptr;
            p->n++;
        }
        s.start = p->start = s.ptr == s.start ? s.ptr + 1 : s.ptr;
        if (match != NULL) {
            sre_state_fini(&s);
            return call_filter(self, filter, string, list, p, match);
        }
    }
    if (p->i < s.endpos && append(list, PySequence_GetSlice(string, p->i, s.endpos)) < 0) {
        goto fail;
    }
    sre_state_fini(&s);
    return join_pieces(string, list, p->n, p->with_number);
fail:
    sre_state_fini(&s);
    return NULL;
}

static void forget_progress(PyObject *capsule)
{
    PyMem_Free(PyCapsule_GetPointer(capsule, NULL));
}

/* a the pattern, b the string and the filter, c the pieces, d the progress */
static PyObject *call_filter(PatternObject *self, PyObject *filter, PyObject *string,
                             PyObject *list, Progress *p, PyObject *match)
{
    Progress *kept = PyMem_Malloc(sizeof *kept);
    PyObject *capsule = NULL, *pair = PyTuple_Pack(2, string, filter), *answer = NULL;
    PyObject *args = PyTuple_Pack(1, match);

    Py_DECREF(match);
    if (kept != NULL) {
        *kept = *p;
        capsule = PyCapsule_New(kept, NULL, forget_progress);
        if (capsule == NULL) {
            PyMem_Free(kept);
        }
    } else {
        PyErr_NoMemory();
    }
    PyCont *c =
        capsule == NULL || pair == NULL || args == NULL ? NULL : PyEval_PushCont(filter_answered);
    if (c == NULL) {
        Py_XDECREF(capsule);
        Py_XDECREF(pair);
    } else {
        Py_INCREF(self);
        c->a = (PyObject *)self;
        c->b = pair;
        Py_INCREF(list);
        c->c = list;
        c->d = capsule;
        answer = PyEval_CallThen(filter, args, NULL);
    }
    Py_XDECREF(args);
    return answer;
}

static PyObject *filter_answered(PyCont *c, PyObject *item)
{
    PyObject *result = NULL;
    int status = item == NULL ? -1 : 0;

    if (item == Py_None) {
        Py_DECREF(item);
    } else if (item != NULL) {
        status = append(c->c, item);
    }
    if (status == 0) {
        result = substitute_from((PatternObject *)c->a, PyTuple_GET_ITEM(c->b, 1),
                                 PyTuple_GET_ITEM(c->b, 0), c->c, PyCapsule_GetPointer(c->d, NULL));
    }
    PyEval_ReleaseCont(c);
    return result;
}

/* Three-way. */
static PyObject *substitute(PatternObject *self, PyObject *template, PyObject *string,
                            Py_ssize_t count, int with_number)
{
    PyObject *filter = NULL, *list, *result = NULL;
    Progress p = {.count = count, .with_number = with_number};

    if (PyCallable_Check(template)) {
        filter = template;
        Py_INCREF(filter);
        p.callable = 1;
    } else if (is_literal(template)) {
        filter = template;
        Py_INCREF(filter);
    } else {
        filter = call_re("_subx", Py_BuildValue("(OO)", self, template));
        if (filter == NULL) {
            return NULL;
        }
        p.callable = PyCallable_Check(filter);
    }
    list = PyList_New(0);
    if (list != NULL) {
        result = substitute_from(self, filter, string, list, &p);
        Py_DECREF(list);
    }
    Py_DECREF(filter);
    return result;
}

static PyObject *sub_method(PyObject *self, PyObject *args, PyObject *kw, const char *format,
                            int with_number)
{
    static char *kwlist[] = {"repl", "string", "count", NULL};
    PyObject *template, *string;
    Py_ssize_t count = 0;

    if (!PyArg_ParseTupleAndKeywords(args, kw, format, kwlist, &template, &string, &count)) {
        return NULL;
    }
    return substitute((PatternObject *)self, template, string, count, with_number);
}

PyDoc_STRVAR(pattern_sub_doc, "sub(repl, string[, count = 0]) -> newstring.\n"
                              "    The string with matches replaced by repl.");
static PyObject *pattern_sub(PyObject *self, PyObject *args, PyObject *kw)
{
    return sub_method(self, args, kw, "OO|n:sub", 0);
}

PyDoc_STRVAR(pattern_subn_doc, "subn(repl, string[, count = 0]) -> (newstring, number of subs)\n"
                               "    Like sub, with how many were replaced.");
static PyObject *pattern_subn(PyObject *self, PyObject *args, PyObject *kw)
{
    return sub_method(self, args, kw, "OO|n:subn", 1);
}

static PyObject *pattern_copy(PyObject *self, PyObject *unused)
{
    PyErr_SetString(PyExc_TypeError, "cannot copy this pattern object");
    return NULL;
}

static PyObject *pattern_deepcopy(PyObject *self, PyObject *memo)
{
    PyErr_SetString(PyExc_TypeError, "cannot deepcopy this pattern object");
    return NULL;
}

static void pattern_dealloc(PyObject *op)
{
    PatternObject *self = (PatternObject *)op;
    if (self->weakreflist != NULL) {
        PyObject_ClearWeakRefs(op);
    }
    Py_XDECREF(self->pattern);
    Py_XDECREF(self->groupindex);
    Py_XDECREF(self->indexgroup);
    PyObject_Free(op);
}

static PyMethodDef pattern_methods[] = {
    {"match", PyCFunction_CAST(pattern_match), METH_VARARGS | METH_KEYWORDS, pattern_match_doc},
    {"search", PyCFunction_CAST(pattern_search), METH_VARARGS | METH_KEYWORDS, pattern_search_doc},
    {"sub", PyCFunction_CAST(pattern_sub), METH_VARARGS | METH_KEYWORDS | METH_RESUMABLE,
     pattern_sub_doc},
    {"subn", PyCFunction_CAST(pattern_subn), METH_VARARGS | METH_KEYWORDS | METH_RESUMABLE,
     pattern_subn_doc},
    {"split", PyCFunction_CAST(pattern_split), METH_VARARGS | METH_KEYWORDS, pattern_split_doc},
    {"findall", PyCFunction_CAST(pattern_findall), METH_VARARGS | METH_KEYWORDS,
     pattern_findall_doc},
    {"finditer", pattern_finditer, METH_VARARGS, pattern_finditer_doc},
    {"scanner", pattern_scanner, METH_VARARGS, NULL},
    {"__copy__", pattern_copy, METH_NOARGS, NULL},
    {"__deepcopy__", pattern_deepcopy, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyMemberDef pattern_members[] = {
    {"pattern", T_OBJECT, offsetof(PatternObject, pattern), READONLY, NULL},
    {"flags", T_INT, offsetof(PatternObject, flags), READONLY, NULL},
    {"groups", T_PYSSIZET, offsetof(PatternObject, groups), READONLY, NULL},
    {"groupindex", T_OBJECT, offsetof(PatternObject, groupindex), READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyTypeObject Pattern_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "_sre.SRE_Pattern",
    .tp_basicsize = offsetof(PatternObject, code),
    .tp_itemsize = sizeof(uint32_t),
    .tp_dealloc = pattern_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "Compiled regular expression objects",
    .tp_weaklistoffset = offsetof(PatternObject, weakreflist),
    .tp_methods = pattern_methods,
    .tp_members = pattern_members,
};

/* -- Match objects ------------------------------------------------------------------------------
 */
static void match_dealloc(PyObject *op)
{
    MatchObject *self = (MatchObject *)op;
    Py_XDECREF(self->regs);
    Py_XDECREF(self->string);
    Py_DECREF(self->pattern);
    PyObject_Free(op);
}

/* A group's number from a number or name; -1 when there is none. */
static Py_ssize_t group_index(MatchObject *self, PyObject *index)
{
    Py_ssize_t i = -1;
    if (index == NULL) {
        return 0;
    }
    if (PyInt_Check(index) || PyLong_Check(index)) {
        i = PyInt_AsSsize_t(index);
    } else if (self->pattern->groupindex != NULL) {
        PyObject *v = PyObject_GetItem(self->pattern->groupindex, index);
        if (v != NULL) {
            if (PyInt_Check(v) || PyLong_Check(v)) {
                i = PyInt_AsSsize_t(v);
            }
            Py_DECREF(v);
        }
    }
    if (PyErr_Occurred()) {
        PyErr_Clear();
        i = -1;
    }
    return i < 0 || i >= self->groups ? -1 : i;
}

static PyObject *match_slice(MatchObject *self, Py_ssize_t i, PyObject *otherwise)
{
    if (i < 0) {
        PyErr_SetString(PyExc_IndexError, "no such group");
        return NULL;
    }
    if (self->string == Py_None || self->mark[2 * i] < 0) {
        Py_INCREF(otherwise);
        return otherwise;
    }
    return PySequence_GetSlice(self->string, self->mark[2 * i], self->mark[2 * i + 1]);
}

PyDoc_STRVAR(match_group_doc,
             "group([group1, ...]) -> str or tuple.\n"
             "    The texts of groups by number or name; group 0 is the whole match.");
static PyObject *match_group(PyObject *op, PyObject *args)
{
    MatchObject *self = (MatchObject *)op;
    Py_ssize_t n = PyTuple_GET_SIZE(args);
    PyObject *result;

    if (n == 0) {
        return match_slice(self, 0, Py_None);
    }
    if (n == 1) {
        return match_slice(self, group_index(self, PyTuple_GET_ITEM(args, 0)), Py_None);
    }
    result = PyTuple_New(n);
    for (Py_ssize_t i = 0; result != NULL && i < n; i++) {
        PyObject *item = match_slice(self, group_index(self, PyTuple_GET_ITEM(args, i)), Py_None);
        if (item == NULL) {
            Py_CLEAR(result);
            break;
        }
        PyTuple_SET_ITEM(result, i, item);
    }
    return result;
}

PyDoc_STRVAR(match_groups_doc, "groups([default=None]) -> tuple.\n"
                               "    The texts of all groups, default for those that took no part.");
static PyObject *match_groups(PyObject *op, PyObject *args, PyObject *kw)
{
    static char *kwlist[] = {"default", NULL};
    MatchObject *self = (MatchObject *)op;
    PyObject *otherwise = Py_None, *result;

    if (!PyArg_ParseTupleAndKeywords(args, kw, "|O:groups", kwlist, &otherwise)) {
        return NULL;
    }
    result = PyTuple_New(self->groups - 1);
    for (Py_ssize_t i = 1; result != NULL && i < self->groups; i++) {
        PyObject *item = match_slice(self, i, otherwise);
        if (item == NULL) {
            Py_CLEAR(result);
            break;
        }
        PyTuple_SET_ITEM(result, i - 1, item);
    }
    return result;
}

PyDoc_STRVAR(match_groupdict_doc, "groupdict([default=None]) -> dict.\n"
                                  "    The texts of the named groups by name.");
static PyObject *match_groupdict(PyObject *op, PyObject *args, PyObject *kw)
{
    static char *kwlist[] = {"default", NULL};
    MatchObject *self = (MatchObject *)op;
    PyObject *otherwise = Py_None, *result, *keys = NULL;

    if (!PyArg_ParseTupleAndKeywords(args, kw, "|O:groupdict", kwlist, &otherwise)) {
        return NULL;
    }
    result = PyDict_New();
    if (result == NULL || self->pattern->groupindex == NULL) {
        return result;
    }
    keys = PyMapping_Keys(self->pattern->groupindex);
    if (keys == NULL || !PyList_Check(keys)) {
        goto fail;
    }
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(keys); i++) {
        PyObject *key = PyList_GET_ITEM(keys, i), *value;
        int r;
        Py_INCREF(key);
        value = match_slice(self, group_index(self, key), otherwise);
        r = value == NULL ? -1 : PyDict_SetItem(result, key, value);
        Py_XDECREF(value);
        Py_DECREF(key);
        if (r < 0) {
            goto fail;
        }
    }
    Py_DECREF(keys);
    return result;
fail:
    Py_XDECREF(keys);
    Py_DECREF(result);
    return NULL;
}

static PyObject *span_part(PyObject *op, PyObject *args, const char *name, int part)
{
    MatchObject *self = (MatchObject *)op;
    PyObject *index = NULL;
    Py_ssize_t i;

    if (!PyArg_UnpackTuple(args, name, 0, 1, &index)) {
        return NULL;
    }
    i = group_index(self, index);
    if (i < 0) {
        PyErr_SetString(PyExc_IndexError, "no such group");
        return NULL;
    }
    if (part == 2) {
        return Py_BuildValue("(nn)", self->mark[2 * i], self->mark[2 * i + 1]);
    }
    return PyInt_FromSsize_t(self->mark[2 * i + part]);
}

PyDoc_STRVAR(match_start_doc, "start([group=0]) -> int.\n    Where the group's text starts.");
static PyObject *match_start(PyObject *self, PyObject *args)
{
    return span_part(self, args, "start", 0);
}

PyDoc_STRVAR(match_end_doc, "end([group=0]) -> int.\n    Where the group's text ends.");
static PyObject *match_end(PyObject *self, PyObject *args)
{
    return span_part(self, args, "end", 1);
}

PyDoc_STRVAR(match_span_doc, "span([group]) -> tuple.\n    (start, end) of the group's text.");
static PyObject *match_span(PyObject *self, PyObject *args)
{
    return span_part(self, args, "span", 2);
}

PyDoc_STRVAR(match_expand_doc,
             "expand(template) -> str.\n    The template with the groups put in.");
static PyObject *match_expand(PyObject *op, PyObject *template)
{
    MatchObject *self = (MatchObject *)op;
    return call_re("_expand", Py_BuildValue("(OOO)", self->pattern, op, template));
}

static PyObject *match_copy(PyObject *self, PyObject *unused)
{
    PyErr_SetString(PyExc_TypeError, "cannot copy this match object");
    return NULL;
}

static PyObject *match_deepcopy(PyObject *self, PyObject *memo)
{
    PyErr_SetString(PyExc_TypeError, "cannot deepcopy this match object");
    return NULL;
}

static PyObject *match_get_lastindex(PyObject *op, void *closure)
{
    MatchObject *self = (MatchObject *)op;
    if (self->lastindex >= 0) {
        return PyInt_FromSsize_t(self->lastindex);
    }
    Py_RETURN_NONE;
}

static PyObject *match_get_lastgroup(PyObject *op, void *closure)
{
    MatchObject *self = (MatchObject *)op;
    if (self->pattern->indexgroup != NULL && self->lastindex >= 0) {
        PyObject *v = PySequence_GetItem(self->pattern->indexgroup, self->lastindex);
        if (v != NULL) {
            return v;
        }
        PyErr_Clear();
    }
    Py_RETURN_NONE;
}

static PyObject *match_get_regs(PyObject *op, void *closure)
{
    MatchObject *self = (MatchObject *)op;
    if (self->regs == NULL) {
        PyObject *regs = PyTuple_New(self->groups);
        for (Py_ssize_t i = 0; regs != NULL && i < self->groups; i++) {
            PyObject *span = Py_BuildValue("(nn)", self->mark[2 * i], self->mark[2 * i + 1]);
            if (span == NULL) {
                Py_CLEAR(regs);
                break;
            }
            PyTuple_SET_ITEM(regs, i, span);
        }
        self->regs = regs;
    }
    Py_XINCREF(self->regs);
    return self->regs;
}

static PyObject *match_get_string(PyObject *op, void *closure)
{
    PyObject *v = ((MatchObject *)op)->string;
    Py_INCREF(v);
    return v;
}

static PyObject *match_get_re(PyObject *op, void *closure)
{
    PyObject *v = (PyObject *)((MatchObject *)op)->pattern;
    Py_INCREF(v);
    return v;
}

static PyMethodDef match_methods[] = {
    {"group", match_group, METH_VARARGS, match_group_doc},
    {"start", match_start, METH_VARARGS, match_start_doc},
    {"end", match_end, METH_VARARGS, match_end_doc},
    {"span", match_span, METH_VARARGS, match_span_doc},
    {"groups", PyCFunction_CAST(match_groups), METH_VARARGS | METH_KEYWORDS, match_groups_doc},
    {"groupdict", PyCFunction_CAST(match_groupdict), METH_VARARGS | METH_KEYWORDS,
     match_groupdict_doc},
    {"expand", match_expand, METH_O, match_expand_doc},
    {"__copy__", match_copy, METH_NOARGS, NULL},
    {"__deepcopy__", match_deepcopy, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

/* As a member that is read-only says it. */
static int refuse_change(PyObject *self, PyObject *value, void *closure)
{
    PyErr_SetString(PyExc_TypeError, "readonly attribute");
    return -1;
}

static PyGetSetDef match_getset[] = {
    {"lastindex", match_get_lastindex, NULL, NULL, NULL},
    {"lastgroup", match_get_lastgroup, NULL, NULL, NULL},
    {"regs", match_get_regs, NULL, NULL, NULL},
    {"string", match_get_string, refuse_change, NULL, NULL},
    {"re", match_get_re, refuse_change, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyMemberDef match_members[] = {
    {"pos", T_PYSSIZET, offsetof(MatchObject, pos), READONLY, NULL},
    {"endpos", T_PYSSIZET, offsetof(MatchObject, endpos), READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyTypeObject Match_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "_sre.SRE_Match",
    .tp_basicsize = sizeof(MatchObject),
    .tp_itemsize = sizeof(Py_ssize_t),
    .tp_dealloc = match_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "What match() and search() return on success",
    .tp_methods = match_methods,
    .tp_members = match_members,
    .tp_getset = match_getset,
};

/* -- Scanners -----------------------------------------------------------------------------------
 */
static void scanner_dealloc(PyObject *op)
{
    sre_state_fini(&((ScannerObject *)op)->state);
    PyObject_Free(op);
}

static PyObject *scan(PyObject *op, int (*matcher)(sre_state *))
{
    ScannerObject *self = (ScannerObject *)op;
    sre_state *s = &self->state;
    PyObject *match;
    int found;

    if (self->running) { /* a signal handler calls it while it runs */
        PyErr_SetString(PyExc_ValueError, "regular expression scanner already executing");
        return NULL;
    }
    if (s->start > s->end) {
        Py_RETURN_NONE;
    }
    self->running = 1;
    s->ptr = s->start;
    found = run_state(s, matcher);
    self->running = 0;
    match = new_match((PatternObject *)(uintptr_t)s->pattern, s, found);
    if (found == 0 || s->ptr == s->start) {
        s->start = (found == 0 ? s->start : s->ptr) + 1;
    } else {
        s->start = s->ptr;
    }
    return match;
}

static PyObject *scanner_match(PyObject *self, PyObject *unused)
{
    return scan(self, sre_match);
}
static PyObject *scanner_search(PyObject *self, PyObject *unused)
{
    return scan(self, sre_search);
}

static PyObject *scanner_get_pattern(PyObject *op, void *closure)
{
    PyObject *v = (PyObject *)(uintptr_t)((ScannerObject *)op)->state.pattern;
    Py_INCREF(v);
    return v;
}

static PyMethodDef scanner_methods[] = {
    {"match", scanner_match, METH_NOARGS, NULL},
    {"search", scanner_search, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef scanner_getset[] = {
    {"pattern", scanner_get_pattern, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyTypeObject Scanner_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "_sre.SRE_Scanner",
    .tp_basicsize = sizeof(ScannerObject),
    .tp_dealloc = scanner_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = scanner_methods,
    .tp_getset = scanner_getset,
};

/* -- The module ---------------------------------------------------------------------------------
 */
static PyObject *sre_compile(PyObject *module, PyObject *args)
{
    PyObject *pattern, *code, *groupindex = NULL, *indexgroup = NULL;
    int flags = 0;
    Py_ssize_t groups = 0, n;
    PatternObject *self;

    if (!PyArg_ParseTuple(args, "OiO!|nOO", &pattern, &flags, &PyList_Type, &code, &groups,
                          &groupindex, &indexgroup)) {
        return NULL;
    }
    n = PyList_GET_SIZE(code);
    self = PyObject_Malloc((Py_ssize_t)offsetof(PatternObject, code) +
                           (n + 1) * (Py_ssize_t)sizeof(uint32_t));
    if (self == NULL) {
        return PyErr_NoMemory();
    }
    (void)PyObject_INIT_VAR(self, &Pattern_Type, n);
    Py_INCREF(pattern);
    self->pattern = pattern;
    Py_XINCREF(groupindex);
    self->groupindex = groupindex;
    Py_XINCREF(indexgroup);
    self->indexgroup = indexgroup;
    self->flags = flags;
    self->groups = groups;
    self->weakreflist = NULL;
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *o = i < PyList_GET_SIZE(code) ? PyList_GET_ITEM(code, i) : Py_None;
        py_ulong value;
        if (PyInt_Check(o)) {
            value = (py_ulong)PyInt_AS_LONG(o);
        } else if (PyLong_Check(o)) {
            value = PyLong_AsUnsignedLong(o);
            if (value == (py_ulong)-1 && PyErr_Occurred()) {
                PyErr_Clear();
            }
        } else {
            PyErr_SetString(PyExc_TypeError, "an integer is required");
            goto fail;
        }
        if (value > UINT32_MAX) {
            PyErr_SetString(PyExc_OverflowError, "regular expression code size limit exceeded");
            goto fail;
        }
        self->code[i] = (uint32_t)value;
    }
    if (!sre_validate(self->code, n, groups)) {
        PyErr_SetString(PyExc_RuntimeError, "invalid SRE code");
        goto fail;
    }
    return (PyObject *)self;
fail:
    Py_DECREF(self);
    return NULL;
}

static PyObject *sre_getcodesize(PyObject *module, PyObject *unused)
{
    return PyInt_FromLong((py_long)sizeof(uint32_t));
}

static PyObject *sre_getlower(PyObject *module, PyObject *args)
{
    int c, flags;
    if (!PyArg_ParseTuple(args, "ii", &c, &flags)) {
        return NULL;
    }
    return PyInt_FromLong((py_long)sre_lower((uint32_t)c, flags));
}

static PyMethodDef sre_functions[] = {
    {"compile", sre_compile, METH_VARARGS, NULL},
    {"getcodesize", sre_getcodesize, METH_NOARGS, NULL},
    {"getlower", sre_getlower, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

void init_sre(void);
void init_sre(void)
{
    PyObject *m;

    if (PyType_Ready(&Pattern_Type) < 0 || PyType_Ready(&Match_Type) < 0 ||
        PyType_Ready(&Scanner_Type) < 0) {
        return;
    }
    m = Py_InitModule("_sre", sre_functions);
    if (m == NULL) {
        return;
    }
    PyModule_AddIntConstant(m, "MAGIC", SRE_MAGIC);
    PyModule_AddIntConstant(m, "CODESIZE", (py_long)sizeof(uint32_t));
    PyModule_AddObject(m, "MAXREPEAT", PyLong_FromUnsignedLong(SRE_MAXREPEAT));
    PyModule_AddStringConstant(m, "copyright", " SRE 2.2.2 code format ");
}
