/* SPDX-License-Identifier: MIT */
/*
 * The module parser: concrete syntax trees as objects, and as nested tuples and lists.
 *
 * Invariant: a tree built from a sequence is checked against the grammar's automata before anything
 * else sees it, so that the compiler may trust its shape.
 */
#include "Python.h"
#include "compile.h"
#include "graminit.h"
#include "syntax/ast.h"
#include "syntax/errcode.h"
#include "syntax/grammar.h"
#include "syntax/parser.h"
#include "syntax/token.h"

enum { ST_EXPR = 1, ST_SUITE = 2 };

typedef struct {
    PyObject_HEAD node *tree;
    int kind;
    PyCompilerFlags flags;
} st_object;

static PyTypeObject st_type;
static PyObject *parser_error;

static PyObject *st_new(node *tree, int kind)
{
    st_object *st = PyObject_New(st_object, &st_type);

    if (st == NULL) {
        PyNode_Free(tree);
        return NULL;
    }
    st->tree = tree;
    st->kind = kind;
    st->flags.cf_flags = 0;
    return (PyObject *)st;
}

static void st_dealloc(PyObject *self)
{
    PyNode_Free(((st_object *)self)->tree);
    PyObject_Del(self);
}

static int compare_nodes(const node *a, const node *b)
{
    int i, result;

    if (TYPE(a) != TYPE(b))
        return TYPE(a) < TYPE(b) ? -1 : 1;
    if (ISTERMINAL(TYPE(a))) {
        result = strcmp(STR(a), STR(b));
        return result < 0 ? -1 : result > 0;
    }
    if (NCH(a) != NCH(b))
        return NCH(a) < NCH(b) ? -1 : 1;
    for (i = 0; i < NCH(a); i++) {
        result = compare_nodes(CHILD(a, i), CHILD(b, i));
        if (result != 0)
            return result;
    }
    return 0;
}

static int st_compare(PyObject *left, PyObject *right)
{
    if (left == right)
        return 0;
    return compare_nodes(((st_object *)left)->tree, ((st_object *)right)->tree);
}

/* --- Trees to sequences ------------------------------------------------------------------------
 */

typedef struct {
    PyObject *(*make)(Py_ssize_t);
    void (*set)(PyObject *, Py_ssize_t, PyObject *);
    int lineno;
    int col_offset;
} shape;

static void set_tuple_item(PyObject *o, Py_ssize_t i, PyObject *item)
{
    PyTuple_SET_ITEM(o, i, item);
}

static void set_list_item(PyObject *o, Py_ssize_t i, PyObject *item)
{
    PyList_SET_ITEM(o, i, item);
}

/* Puts an item, and answers whether there was one. */
static int put(const shape *s, PyObject *o, Py_ssize_t i, PyObject *item)
{
    if (item == NULL)
        return 0;
    s->set(o, i, item);
    return 1;
}

static PyObject *node_sequence(const shape *s, const node *n)
{
    PyObject *result;
    Py_ssize_t at = 1;
    int i, ok;

    if (ISTERMINAL(TYPE(n))) {
        result = s->make(2 + (s->lineno != 0) + (s->col_offset != 0));
        if (result == NULL)
            return NULL;
        ok = put(s, result, 0, PyInt_FromLong(TYPE(n))) &&
             put(s, result, at++, PyString_FromString(STR(n)));
        if (ok && s->lineno)
            ok = put(s, result, at++, PyInt_FromLong(n->n_lineno));
        if (ok && s->col_offset)
            ok = put(s, result, at, PyInt_FromLong(n->n_col_offset));
    } else {
        result = s->make(1 + NCH(n) + (TYPE(n) == encoding_decl));
        if (result == NULL)
            return NULL;
        ok = put(s, result, 0, PyInt_FromLong(TYPE(n)));
        for (i = 0; ok && i < NCH(n); i++)
            ok = put(s, result, at++, node_sequence(s, CHILD(n, i)));
        if (ok && TYPE(n) == encoding_decl)
            ok = put(s, result, at, PyString_FromString(STR(n)));
    }
    if (!ok)
        Py_CLEAR(result);
    return result;
}

static PyObject *to_sequence(PyObject *st, PyObject *args, PyObject *kwargs, int list)
{
    static char *function_names[] = {"ast", "line_info", "col_info", NULL};
    static char *method_names[] = {"line_info", "col_info", NULL};
    PyObject *lineno = NULL, *col_offset = NULL;
    shape s;
    int ok;

    if (st == NULL)
        ok = PyArg_ParseTupleAndKeywords(args, kwargs, list ? "O!|OO:st2list" : "O!|OO:st2tuple",
                                         function_names, &st_type, &st, &lineno, &col_offset);
    else
        ok = PyArg_ParseTupleAndKeywords(args, kwargs, list ? "|OO:tolist" : "|OO:totuple",
                                         method_names, &lineno, &col_offset);
    if (!ok)
        return NULL;
    s.lineno = lineno == NULL ? 0 : PyObject_IsTrue(lineno);
    s.col_offset = col_offset == NULL ? 0 : PyObject_IsTrue(col_offset);
    if (s.lineno < 0 || s.col_offset < 0)
        return NULL;
    s.make = list ? PyList_New : PyTuple_New;
    s.set = list ? set_list_item : set_tuple_item;
    return node_sequence(&s, ((st_object *)st)->tree);
}

PyDoc_STRVAR(tuple_doc, "The tree as nested tuples, with line and column numbers on request.");
PyDoc_STRVAR(list_doc, "The tree as nested lists, with line and column numbers on request.");

static PyObject *parser_st2tuple(PyObject *self, PyObject *args, PyObject *kwargs)
{
    return to_sequence(NULL, args, kwargs, 0);
}

static PyObject *parser_st2list(PyObject *self, PyObject *args, PyObject *kwargs)
{
    return to_sequence(NULL, args, kwargs, 1);
}

static PyObject *st_totuple(PyObject *self, PyObject *args, PyObject *kwargs)
{
    return to_sequence(self, args, kwargs, 0);
}

static PyObject *st_tolist(PyObject *self, PyObject *args, PyObject *kwargs)
{
    return to_sequence(self, args, kwargs, 1);
}

/* --- Compiling, asking
 * ---------------------------------------------------------------------------- */

static PyObject *compile_tree(PyObject *st, PyObject *args, PyObject *kwargs)
{
    static char *function_names[] = {"ast", "filename", NULL};
    static char *method_names[] = {"filename", NULL};
    char *filename = "<syntax-tree>";
    PyCompilerFlags flags;
    PyObject *co = NULL;
    PyArena *arena;
    mod_ty mod;
    int ok;

    if (st == NULL)
        ok = PyArg_ParseTupleAndKeywords(args, kwargs, "O!|s:compilest", function_names, &st_type,
                                         &st, &filename);
    else
        ok = PyArg_ParseTupleAndKeywords(args, kwargs, "|s:compile", method_names, &filename);
    if (!ok)
        return NULL;
    arena = PyArena_New();
    if (arena == NULL)
        return NULL;
    flags = ((st_object *)st)->flags;
    mod = PyAST_FromNode(((st_object *)st)->tree, &flags, filename, arena);
    if (mod != NULL)
        co = (PyObject *)PyAST_Compile(mod, filename, &flags, arena);
    PyArena_Free(arena);
    return co;
}

PyDoc_STRVAR(compile_doc, "Compiles the tree into a code object.");

static PyObject *parser_compilest(PyObject *self, PyObject *args, PyObject *kwargs)
{
    return compile_tree(NULL, args, kwargs);
}

static PyObject *st_compile(PyObject *self, PyObject *args, PyObject *kwargs)
{
    return compile_tree(self, args, kwargs);
}

static PyObject *is_kind(PyObject *st, PyObject *args, PyObject *kwargs, const char *format,
                         int kind)
{
    static char *function_names[] = {"ast", NULL};
    static char *method_names[] = {NULL};
    int ok;

    if (st == NULL)
        ok = PyArg_ParseTupleAndKeywords(args, kwargs, format, function_names, &st_type, &st);
    else
        ok = PyArg_ParseTupleAndKeywords(args, kwargs, format, method_names);
    return ok ? PyBool_FromLong(((st_object *)st)->kind == kind) : NULL;
}

PyDoc_STRVAR(isexpr_doc, "True if the tree is an expression's.");
PyDoc_STRVAR(issuite_doc, "True if the tree is a suite's.");

static PyObject *parser_isexpr(PyObject *self, PyObject *args, PyObject *kwargs)
{
    return is_kind(NULL, args, kwargs, "O!:isexpr", ST_EXPR);
}

static PyObject *parser_issuite(PyObject *self, PyObject *args, PyObject *kwargs)
{
    return is_kind(NULL, args, kwargs, "O!:issuite", ST_SUITE);
}

static PyObject *st_isexpr(PyObject *self, PyObject *args, PyObject *kwargs)
{
    return is_kind(self, args, kwargs, ":isexpr", ST_EXPR);
}

static PyObject *st_issuite(PyObject *self, PyObject *args, PyObject *kwargs)
{
    return is_kind(self, args, kwargs, ":issuite", ST_SUITE);
}

static PyObject *parse_text(PyObject *args, PyObject *kwargs, const char *format, int kind)
{
    static char *names[] = {"source", NULL};
    char *text;
    int flags = 0;
    perrdetail err;
    PyObject *st;
    node *tree;

    if (!PyArg_ParseTupleAndKeywords(args, kwargs, format, names, &text))
        return NULL;
    tree =
        _PyParser_ParseString(text, NULL, kind == ST_EXPR ? eval_input : file_input, &err, &flags);
    if (tree == NULL) {
        _PyParser_SetError(&err);
        return NULL;
    }
    st = st_new(tree, kind);
    if (st != NULL && flags & PyPARSE_PRINT_IS_FUNCTION)
        ((st_object *)st)->flags.cf_flags |= CO_FUTURE_PRINT_FUNCTION;
    if (st != NULL && flags & PyPARSE_UNICODE_LITERALS)
        ((st_object *)st)->flags.cf_flags |= CO_FUTURE_UNICODE_LITERALS;
    return st;
}

PyDoc_STRVAR(expr_doc, "The tree of an expression's source.");
PyDoc_STRVAR(suite_doc, "The tree of a suite's source.");

static PyObject *parser_expr(PyObject *self, PyObject *args, PyObject *kwargs)
{
    return parse_text(args, kwargs, "s:expr", ST_EXPR);
}

static PyObject *parser_suite(PyObject *self, PyObject *args, PyObject *kwargs)
{
    return parse_text(args, kwargs, "s:suite", ST_SUITE);
}

/* --- Sequences to trees
 * --------------------------------------------------------------------------------- */

static int error_about(PyObject *o, const char *message)
{
    (void)o;
    (void)message; /* for the reader: CPython loses both */
    PyErr_SetNone(parser_error);
    return -1;
}

static int as_int(PyObject *o, int *value)
{
    py_long v = PyInt_AsLong(o);
    if (v == -1 && PyErr_Occurred())
        return -1;
    if (v < 0 || v > SHRT_MAX) {
        PyErr_SetString(PyExc_OverflowError, "number out of range in a syntax tree");
        return -1;
    }
    *value = (int)v;
    return 0;
}

/* The type, first item of every node. */
static int node_type(PyObject *o, int *type)
{
    PyObject *first;
    int result;

    if (!PySequence_Check(o) || PySequence_Size(o) < 1)
        return PyErr_Occurred() ? -1 : error_about(o, "Illegal node construct.");
    first = PySequence_GetItem(o, 0);
    if (first == NULL)
        return -1;
    result = PyInt_Check(first) ? as_int(first, type) : error_about(o, "Illegal node construct.");
    Py_DECREF(first);
    return result;
}

/* The text of a terminal or an encoding, at a position: a copy. */
static char *item_text(PyObject *o, Py_ssize_t at)
{
    PyObject *item = PySequence_GetItem(o, at);
    char *copy = NULL;

    if (item == NULL)
        return NULL;
    if (!PyString_Check(item)) {
        PyErr_Format(parser_error, "second item in terminal node must be a string, found %s",
                     Py_TYPE(item)->tp_name);
    } else if (strlen(PyString_AS_STRING(item)) != (size_t)PyString_GET_SIZE(item)) {
        PyErr_SetString(parser_error, "string with null bytes in a syntax tree");
    } else {
        copy = PyMem_Malloc(PyString_GET_SIZE(item) + 1);
        if (copy == NULL)
            PyErr_NoMemory();
        else
            memcpy(copy, PyString_AS_STRING(item), (size_t)PyString_GET_SIZE(item) + 1);
    }
    Py_DECREF(item);
    return copy;
}

static int add_child(node *parent, int type, char *text, int lineno)
{
    int error = PyNode_AddChild(parent, type, text, lineno, 0);

    if (error == 0)
        return 0;
    PyMem_Free(text);
    if (error == E_OVERFLOW)
        PyErr_SetString(PyExc_ValueError, "unsupported number of child nodes");
    else
        PyErr_NoMemory();
    return -1;
}

static int add_terminal(PyObject *o, int type, node *parent, int *lineno)
{
    Py_ssize_t size = PySequence_Size(o);
    PyObject *number;
    char *text;
    int line = *lineno;

    if (size < 2 || size > 3) {
        PyErr_SetString(parser_error, "terminal nodes must have 2 or 3 entries");
        return -1;
    }
    if (size > 2) {
        number = PySequence_GetItem(o, 2);
        if (number == NULL)
            return -1;
        if (!PyInt_Check(number)) {
            PyErr_Format(parser_error, "third item in terminal node must be an integer, found %s",
                         Py_TYPE(number)->tp_name);
            Py_DECREF(number);
            return -1;
        }
        line = (int)PyInt_AS_LONG(number);
        Py_DECREF(number);
        *lineno = line;
    }
    text = item_text(o, 1);
    if (text == NULL)
        return -1;
    if (type == NEWLINE)
        ++*lineno;
    return add_child(parent, type, text, line);
}

/* Adds what a sequence holds from its second item on to a node. */
static int build_children(PyObject *o, node *parent, int *lineno)
{
    Py_ssize_t i, size = PySequence_Size(o);
    int type, failed;

    if (size < 0 || Py_EnterRecursiveCall(" in a syntax tree"))
        return -1;
    for (i = 1, failed = 0; !failed && i < size; i++) {
        PyObject *item = PySequence_GetItem(o, i);
        if (item == NULL) {
            failed = 1;
        } else if (node_type(item, &type) < 0) {
            failed = 1;
        } else if (ISTERMINAL(type)) {
            failed = add_terminal(item, type, parent, lineno) < 0;
        } else {
            failed = add_child(parent, type, NULL, *lineno) < 0 ||
                     build_children(item, RCHILD(parent, -1), lineno) < 0;
        }
        Py_XDECREF(item);
    }
    Py_LeaveRecursiveCall();
    return failed ? -1 : 0;
}

static node *build_tree(PyObject *o)
{
    PyObject *body = NULL;
    int type, lineno = 0, failed;
    Py_ssize_t size;
    node *tree;

    if (node_type(o, &type) < 0)
        return NULL;
    if (ISTERMINAL(type)) {
        error_about(o, "Illegal syntax-tree; cannot start with terminal symbol.");
        return NULL;
    }
    size = PySequence_Size(o);
    tree = PyNode_New(type);
    if (tree == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    if (type == encoding_decl) {
        /* Its text is the last item. */
        if (size != 3) {
            error_about(o, "Illegal encoding declaration.");
            goto fail;
        }
        tree->n_str = item_text(o, 2);
        if (tree->n_str == NULL)
            goto fail;
        body = PySequence_GetSlice(o, 0, 2);
        if (body == NULL)
            goto fail;
    } else {
        Py_INCREF(o);
        body = o;
    }
    failed = build_children(body, tree, &lineno) < 0;
    Py_DECREF(body);
    if (!failed)
        return tree;
fail:
    PyNode_Free(tree);
    return NULL;
}

/* Where a state goes with a child: the next state, or -1. */
static int next_state(const grammar_state *state, const node *child)
{
    int k, label, action;

    if (ISTERMINAL(TYPE(child))) {
        /* `print` may be a name or a keyword. */
        for (k = 0; k < 2; k++) {
            label = _PyGrammar_Classify(TYPE(child), STR(child), k == 0);
            action = label < 0 ? 0 : _PyGrammar_Action(state, label);
            if (action & GRAMMAR_SHIFT && !(action & GRAMMAR_PUSH))
                return action & 63;
        }
        return -1;
    }
    for (k = 0; k < state->narcs; k++) {
        action = _PyParser_Grammar.arcs[state->first_arc + k].action;
        if (action & GRAMMAR_PUSH &&
            ((action & (GRAMMAR_PUSH - 1)) >> 6) + NT_OFFSET == TYPE(child))
            return action & 63;
    }
    return -1;
}

static int is_identifier(const char *text)
{
    if (!(Py_ISALPHA(*text) || *text == '_'))
        return 0;
    while (Py_ISALNUM(*text) || *text == '_')
        text++;
    return *text == '\0';
}

/* A terminal's text has to be what the tokenizer would answer: by asking it. */
static int check_terminal(const node *n)
{
    char *start, *end;
    tok_state *tok;
    int error, type, ok;

    switch (TYPE(n)) {
    case NEWLINE:
    case INDENT:
    case DEDENT:
    case ENDMARKER:
        return 0;
    case NAME:
        ok = is_identifier(STR(n));
        break;
    default:
        tok = _PyTok_FromString(STR(n), 0, "<syntax-tree>", &error, NULL);
        if (tok == NULL) {
            if (!PyErr_Occurred())
                PyErr_NoMemory();
            return -1;
        }
        type = _PyTok_Get(tok, &start, &end);
        ok = type == TYPE(n) && start != NULL && start == tok->text &&
             (size_t)(end - start) == strlen(STR(n));
        _PyTok_Free(tok);
        break;
    }
    if (!ok)
        PyErr_Format(parser_error, "Illegal terminal: expected type %d, got \"%.200s\"", TYPE(n),
                     STR(n));
    return ok ? 0 : -1;
}

/* Does the grammar allow this node? Its depth was bounded when it was built. */
static int validate(const node *n)
{
    const grammar_dfa *dfa;
    const grammar_state *state;
    int i, next, symbol = TYPE(n) - NT_OFFSET;

    if (ISTERMINAL(TYPE(n)))
        return check_terminal(n);
    if (symbol >= _PyParser_Grammar.ndfas) {
        PyErr_Format(parser_error, "Unrecognized node type: %d.", TYPE(n));
        return -1;
    }
    dfa = &_PyParser_Grammar.dfas[symbol];
    state = &_PyParser_Grammar.states[dfa->first_state];
    for (i = 0; i < NCH(n); i++) {
        next = next_state(state, CHILD(n, i));
        if (next < 0) {
            PyErr_Format(parser_error, "Illegal child of type %d in %s node.", TYPE(CHILD(n, i)),
                         dfa->name);
            return -1;
        }
        if (validate(CHILD(n, i)) < 0)
            return -1;
        state = &_PyParser_Grammar.states[dfa->first_state + next];
    }
    if (!state->accept) {
        PyErr_Format(parser_error, "Illegal number of children for %s node.", dfa->name);
        return -1;
    }
    return 0;
}

PyDoc_STRVAR(sequence2st_doc, "The tree that nested tuples or lists describe.");

static PyObject *parser_sequence2st(PyObject *self, PyObject *args, PyObject *kw)
{
    static char *names[] = {"sequence", NULL};
    PyObject *o;
    node *tree;
    const node *start;
    int kind = 0;

    if (!PyArg_ParseTupleAndKeywords(args, kw, "O:sequence2st", names, &o))
        return NULL;
    if (!PySequence_Check(o)) {
        PyErr_SetString(PyExc_ValueError, "sequence2st() requires a single sequence argument");
        return NULL;
    }
    tree = build_tree(o);
    if (tree == NULL)
        return NULL;
    start = TYPE(tree) == encoding_decl ? CHILD(tree, 0) : tree;
    if (TYPE(start) == eval_input)
        kind = ST_EXPR;
    else if (TYPE(start) == file_input)
        kind = ST_SUITE;
    else
        PyErr_SetString(parser_error, "parse tree does not use a valid start symbol");
    if (kind == 0 || validate(start) < 0) {
        PyNode_Free(tree);
        return NULL;
    }
    return st_new(tree, kind);
}

PyDoc_STRVAR(pickler_doc, "Returns the pickle magic to allow ST objects to be pickled.");

static PyObject *parser_pickler(PyObject *self, PyObject *args)
{
    PyObject *st, *tuple, *module, *maker;
    shape s = {PyTuple_New, set_tuple_item, 1, 0};

    if (!PyArg_ParseTuple(args, "O!:_pickler", &st_type, &st))
        return NULL;
    tuple = node_sequence(&s, ((st_object *)st)->tree);
    if (tuple == NULL)
        return NULL;
    module = PyImport_ImportModule("parser");
    maker = module == NULL ? NULL : PyObject_GetAttrString(module, "sequence2st");
    Py_XDECREF(module);
    if (maker == NULL) {
        Py_DECREF(tuple);
        return NULL;
    }
    return Py_BuildValue("N(N)", maker, tuple);
}

/* Bytes that a node's children and text take on x86-64, with the rounding of node.c. */
static py_long node_bytes(const node *n)
{
    enum { NODE_SIZE = 40 };
    py_long total = 0, capacity = NCH(n);
    int i;

    if (capacity > 128) {
        for (capacity = 256; capacity < NCH(n);)
            capacity *= 2;
    } else if (capacity > 1) {
        capacity = (capacity + 3) & ~3;
    }
    total += capacity * NODE_SIZE;
    for (i = 0; i < NCH(n); i++)
        total += node_bytes(CHILD(n, i));
    return STR(n) == NULL ? total : total + (py_long)strlen(STR(n)) + 1;
}

PyDoc_STRVAR(sizeof_doc, "Returns size in memory, in bytes.");

static PyObject *st_sizeof(PyObject *self, PyObject *unused)
{
    enum { OBJECT_SIZE = 32, ROOT_SIZE = 40 };
    return PyInt_FromLong(OBJECT_SIZE + ROOT_SIZE + node_bytes(((st_object *)self)->tree));
}

/* --- The module
 * --------------------------------------------------------------------------------------------- */

static PyMethodDef st_methods[] = {
    {"compile", PyCFunction_CAST(st_compile), METH_VARARGS | METH_KEYWORDS, compile_doc},
    {"isexpr", PyCFunction_CAST(st_isexpr), METH_VARARGS | METH_KEYWORDS, isexpr_doc},
    {"issuite", PyCFunction_CAST(st_issuite), METH_VARARGS | METH_KEYWORDS, issuite_doc},
    {"tolist", PyCFunction_CAST(st_tolist), METH_VARARGS | METH_KEYWORDS, list_doc},
    {"totuple", PyCFunction_CAST(st_totuple), METH_VARARGS | METH_KEYWORDS, tuple_doc},
    {"__sizeof__", st_sizeof, METH_NOARGS, sizeof_doc},
    {NULL},
};

PyDoc_STRVAR(st_doc, "Intermediate representation of a Python parse tree.");

static PyTypeObject st_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "parser.st",
    .tp_basicsize = sizeof(st_object),
    .tp_x64_basicsize = 32,
    .tp_dealloc = st_dealloc,
    .tp_compare = st_compare,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = st_doc,
    .tp_methods = st_methods,
};

static PyMethodDef parser_methods[] = {
    {"ast2list", PyCFunction_CAST(parser_st2list), METH_VARARGS | METH_KEYWORDS, list_doc},
    {"ast2tuple", PyCFunction_CAST(parser_st2tuple), METH_VARARGS | METH_KEYWORDS, tuple_doc},
    {"compileast", PyCFunction_CAST(parser_compilest), METH_VARARGS | METH_KEYWORDS, compile_doc},
    {"compilest", PyCFunction_CAST(parser_compilest), METH_VARARGS | METH_KEYWORDS, compile_doc},
    {"expr", PyCFunction_CAST(parser_expr), METH_VARARGS | METH_KEYWORDS, expr_doc},
    {"isexpr", PyCFunction_CAST(parser_isexpr), METH_VARARGS | METH_KEYWORDS, isexpr_doc},
    {"issuite", PyCFunction_CAST(parser_issuite), METH_VARARGS | METH_KEYWORDS, issuite_doc},
    {"sequence2ast", PyCFunction_CAST(parser_sequence2st), METH_VARARGS | METH_KEYWORDS,
     sequence2st_doc},
    {"sequence2st", PyCFunction_CAST(parser_sequence2st), METH_VARARGS | METH_KEYWORDS,
     sequence2st_doc},
    {"st2list", PyCFunction_CAST(parser_st2list), METH_VARARGS | METH_KEYWORDS, list_doc},
    {"st2tuple", PyCFunction_CAST(parser_st2tuple), METH_VARARGS | METH_KEYWORDS, tuple_doc},
    {"suite", PyCFunction_CAST(parser_suite), METH_VARARGS | METH_KEYWORDS, suite_doc},
    {"tuple2ast", PyCFunction_CAST(parser_sequence2st), METH_VARARGS | METH_KEYWORDS,
     sequence2st_doc},
    {"tuple2st", PyCFunction_CAST(parser_sequence2st), METH_VARARGS | METH_KEYWORDS,
     sequence2st_doc},
    {"_pickler", parser_pickler, METH_VARARGS, pickler_doc},
    {NULL},
};

/* Tells copy_reg how trees are pickled. */
static void register_pickler(PyObject *m)
{
    PyObject *copy_reg = PyImport_ImportModule("copy_reg"), *pickler, *maker, *done = NULL;

    if (copy_reg == NULL)
        return;
    pickler = PyObject_GetAttrString(m, "_pickler");
    maker = PyObject_GetAttrString(m, "sequence2st");
    if (pickler != NULL && maker != NULL)
        done = PyObject_CallMethod(copy_reg, "pickle", "OOO", &st_type, pickler, maker);
    Py_XDECREF(done);
    Py_XDECREF(pickler);
    Py_XDECREF(maker);
    Py_DECREF(copy_reg);
}

PyDoc_STRVAR(module_doc, "This is an interface to Python's internal parser.");

PyMODINIT_FUNC initparser(void)
{
    PyObject *m;

    Py_TYPE(&st_type) = &PyType_Type;
    if (PyType_Ready(&st_type) < 0)
        return;
    m = Py_InitModule3("parser", parser_methods, module_doc);
    if (m == NULL)
        return;
    if (parser_error == NULL)
        parser_error = PyErr_NewException("parser.ParserError", NULL, NULL);
    if (parser_error == NULL)
        return;
    Py_INCREF(parser_error);
    Py_INCREF(&st_type);
    Py_INCREF(&st_type);
    if (PyModule_AddObject(m, "ParserError", parser_error) < 0 ||
        PyModule_AddObject(m, "ASTType", (PyObject *)&st_type) < 0 ||
        PyModule_AddObject(m, "STType", (PyObject *)&st_type) < 0)
        return;
    PyModule_AddStringConstant(m, "__version__", "0.5");
    PyModule_AddStringConstant(m, "__copyright__", "The Krait project; MIT");
    register_pickler(m);
}
