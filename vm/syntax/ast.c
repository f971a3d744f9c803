/* SPDX-License-Identifier: MIT */
/*
 * Statements and modules: from the concrete tree to the AST. Expressions are in astexpr.c.
 * Invariant: every node made here lies in the builder's arena; a NULL result means an exception is
 * set.
 */
#include "syntax/ast.h"

#include "syntax/astprivate.h"

#define AT_NODE(n) LINENO(n), (n)->n_col_offset

static stmt_ty statement(ast_builder *c, const node *n);
static asdl_seq *suite_seq(ast_builder *c, const node *n);

void *_PyAST_Error(ast_builder *c, const node *n, const char *message)
{
    PyObject *value, *text = PyErr_ProgramText(c->filename, LINENO(n));

    if (text == NULL) {
        PyErr_Clear();
        Py_INCREF(Py_None);
        text = Py_None;
    }
    value = Py_BuildValue("(s(ziOO))", message, c->filename, LINENO(n), Py_None, text);
    Py_DECREF(text);
    if (value != NULL) {
        PyErr_SetObject(PyExc_SyntaxError, value);
        Py_DECREF(value);
    }
    return NULL;
}

int _PyAST_WarnPy3k(ast_builder *c, const node *n, const char *message)
{
    if (!Py_Py3kWarningFlag ||
        PyErr_WarnExplicit(PyExc_SyntaxWarning, message, c->filename, LINENO(n), NULL, NULL) >= 0)
        return 0;
    if (PyErr_ExceptionMatches(PyExc_SyntaxWarning))
        _PyAST_Error(c, n, message);
    return -1;
}

static identifier intern(ast_builder *c, PyObject *name)
{
    if (name == NULL)
        return NULL;
    PyString_InternInPlace(&name);
    return PyArena_AddPyObject(c->arena, name) < 0 ? NULL : name;
}

identifier _PyAST_Identifier(ast_builder *c, const node *n)
{
    return intern(c, PyString_FromString(STR(n)));
}

int _PyAST_Forbidden(ast_builder *c, const node *n, const char *name)
{
    if (strcmp(name, "None") == 0) {
        _PyAST_Error(c, n, "cannot assign to None");
        return 1;
    }
    if (strcmp(name, "__debug__") == 0) {
        _PyAST_Error(c, n, "cannot assign to __debug__");
        return 1;
    }
    if ((strcmp(name, "True") == 0 || strcmp(name, "False") == 0) &&
        _PyAST_WarnPy3k(c, n, "assignment to True or False is forbidden in 3.x") < 0)
        return 1;
    if (strcmp(name, "nonlocal") == 0 && _PyAST_WarnPy3k(c, n, "nonlocal is a keyword in 3.x") < 0)
        return 1;
    return 0;
}

/* --- Simple statements ---------------------------------------------------------------------------
 */

static expr_ty testlist_or_yield(ast_builder *c, const node *n)
{
    return TYPE(n) == yield_expr ? _PyAST_Expr(c, n) : _PyAST_Testlist(c, n);
}

static operator_ty augmented_operator(const node *n)
{
    switch (TYPE(CHILD(n, 0))) {
    case PLUSEQUAL:
        return Add;
    case MINEQUAL:
        return Sub;
    case STAREQUAL:
        return Mult;
    case SLASHEQUAL:
        return Div;
    case PERCENTEQUAL:
        return Mod;
    case AMPEREQUAL:
        return BitAnd;
    case VBAREQUAL:
        return BitOr;
    case CIRCUMFLEXEQUAL:
        return BitXor;
    case LEFTSHIFTEQUAL:
        return LShift;
    case RIGHTSHIFTEQUAL:
        return RShift;
    case DOUBLESTAREQUAL:
        return Pow;
    default:
        return FloorDiv;
    }
}

static stmt_ty augmented_statement(ast_builder *c, const node *n)
{
    expr_ty target = _PyAST_Testlist(c, CHILD(n, 0)), value;

    if (target == NULL || !_PyAST_SetContext(c, target, Store, CHILD(n, 0)))
        return NULL;
    if (target->kind != Name_kind && target->kind != Attribute_kind &&
        target->kind != Subscript_kind)
        return _PyAST_Error(c, CHILD(n, 0), "illegal expression for augmented assignment");
    value = testlist_or_yield(c, CHILD(n, 2));
    return value == NULL ? NULL
                         : _Ast_AugAssign(target, augmented_operator(CHILD(n, 1)), value,
                                          AT_NODE(n), c->arena);
}

static stmt_ty expression_statement(ast_builder *c, const node *n)
{
    asdl_seq *targets;
    expr_ty e;
    int i;

    if (NCH(n) == 1) {
        e = _PyAST_Testlist(c, CHILD(n, 0));
        return e == NULL ? NULL : _Ast_Expr(e, AT_NODE(n), c->arena);
    }
    if (TYPE(CHILD(n, 1)) == augassign)
        return augmented_statement(c, n);
    targets = asdl_seq_new(NCH(n) / 2, c->arena);
    if (targets == NULL)
        return NULL;
    for (i = 0; i < NCH(n) - 2; i += 2) {
        const node *child = CHILD(n, i);
        if (TYPE(child) == yield_expr)
            return _PyAST_Error(c, child, "assignment to yield expression not possible");
        e = _PyAST_Testlist(c, child);
        if (e == NULL || !_PyAST_SetContext(c, e, Store, child))
            return NULL;
        asdl_seq_SET(targets, i / 2, e);
    }
    e = testlist_or_yield(c, RCHILD(n, -1));
    return e == NULL ? NULL : _Ast_Assign(targets, e, AT_NODE(n), c->arena);
}

static stmt_ty print_statement(ast_builder *c, const node *n)
{
    expr_ty dest = NULL;
    asdl_seq *values = NULL;
    int i, j, first = 1, nl = TYPE(RCHILD(n, -1)) != COMMA;

    if (NCH(n) >= 2 && TYPE(CHILD(n, 1)) == RIGHTSHIFT) {
        dest = _PyAST_Expr(c, CHILD(n, 2));
        if (dest == NULL)
            return NULL;
        first = 4;
    }
    if (first < NCH(n)) {
        values = asdl_seq_new((NCH(n) + 1 - first) / 2, c->arena);
        if (values == NULL)
            return NULL;
        for (i = first, j = 0; i < NCH(n); i += 2, j++) {
            expr_ty e = _PyAST_Expr(c, CHILD(n, i));
            if (e == NULL)
                return NULL;
            asdl_seq_SET(values, j, e);
        }
    }
    return _Ast_Print(dest, values, nl, AT_NODE(n), c->arena);
}

static stmt_ty flow_statement(ast_builder *c, const node *n)
{
    const node *child = CHILD(n, 0);
    expr_ty parts[3] = {NULL, NULL, NULL};
    int i;

    switch (TYPE(child)) {
    case break_stmt:
        return _Ast_Break(AT_NODE(n), c->arena);
    case continue_stmt:
        return _Ast_Continue(AT_NODE(n), c->arena);
    case yield_stmt:
        parts[0] = _PyAST_Expr(c, CHILD(child, 0));
        return parts[0] == NULL ? NULL : _Ast_Expr(parts[0], AT_NODE(n), c->arena);
    case return_stmt:
        if (NCH(child) == 2) {
            parts[0] = _PyAST_Testlist(c, CHILD(child, 1));
            if (parts[0] == NULL)
                return NULL;
        }
        return _Ast_Return(parts[0], AT_NODE(n), c->arena);
    default: /* raise_stmt */
        for (i = 1; i < NCH(child); i += 2) {
            parts[i / 2] = _PyAST_Expr(c, CHILD(child, i));
            if (parts[i / 2] == NULL)
                return NULL;
        }
        return _Ast_Raise(parts[0], parts[1], parts[2], AT_NODE(n), c->arena);
    }
}

/* a.b.c as one identifier. */
static identifier dotted_identifier(ast_builder *c, const node *n)
{
    PyObject *name;
    Py_ssize_t size = 0;
    char *to;
    int i;

    if (NCH(n) == 1)
        return _PyAST_Identifier(c, CHILD(n, 0));
    for (i = 0; i < NCH(n); i++)
        size += (Py_ssize_t)strlen(STR(CHILD(n, i)));
    name = PyString_FromStringAndSize(NULL, size);
    if (name == NULL)
        return NULL;
    to = PyString_AS_STRING(name);
    for (i = 0; i < NCH(n); i++) {
        size_t part = strlen(STR(CHILD(n, i)));
        memcpy(to, STR(CHILD(n, i)), part);
        to += part;
    }
    return intern(c, name);
}

/* n is import_as_name or dotted_as_name. */
static alias_ty import_alias(ast_builder *c, const node *n)
{
    identifier name, asname = NULL;
    const node *first = CHILD(n, 0), *bound;

    if (NCH(n) == 3) {
        if (_PyAST_Forbidden(c, CHILD(n, 2), STR(CHILD(n, 2))))
            return NULL;
        asname = _PyAST_Identifier(c, CHILD(n, 2));
        if (asname == NULL)
            return NULL;
    } else {
        bound = TYPE(first) == dotted_name ? CHILD(first, 0) : first;
        if ((TYPE(first) != dotted_name || NCH(first) == 1) &&
            _PyAST_Forbidden(c, bound, STR(bound)))
            return NULL;
    }
    name = TYPE(first) == dotted_name ? dotted_identifier(c, first) : _PyAST_Identifier(c, first);
    return name == NULL ? NULL : _Ast_alias(name, asname, c->arena);
}

static asdl_seq *import_aliases(ast_builder *c, const node *n)
{
    asdl_seq *names = asdl_seq_new((NCH(n) + 1) / 2, c->arena);
    int i;

    if (names == NULL)
        return NULL;
    for (i = 0; i < NCH(n); i += 2) {
        alias_ty alias = import_alias(c, CHILD(n, i));
        if (alias == NULL)
            return NULL;
        asdl_seq_SET(names, i / 2, alias);
    }
    return names;
}

static stmt_ty import_statement(ast_builder *c, const node *n)
{
    const node *child = CHILD(n, 0), *names;
    identifier module = NULL;
    asdl_seq *aliases;
    int i, level = 0;

    if (TYPE(child) == import_name) {
        aliases = import_aliases(c, CHILD(child, 1));
        return aliases == NULL ? NULL : _Ast_Import(aliases, AT_NODE(n), c->arena);
    }
    for (i = 1; TYPE(CHILD(child, i)) != NAME; i++) {
        if (TYPE(CHILD(child, i)) == dotted_name) {
            module = dotted_identifier(c, CHILD(child, i));
            if (module == NULL)
                return NULL;
        } else {
            level++;
        }
    }
    names = CHILD(child, i + 1);
    if (TYPE(names) == LPAR)
        names = CHILD(child, i + 2);
    else if (TYPE(names) == import_as_names && NCH(names) % 2 == 0)
        return _PyAST_Error(c, names, "trailing comma not allowed without surrounding parentheses");
    if (TYPE(names) == STAR) {
        identifier star = _PyAST_Identifier(c, names);
        alias_ty alias = star == NULL ? NULL : _Ast_alias(star, NULL, c->arena);
        aliases = alias == NULL ? NULL : asdl_seq_new(1, c->arena);
        if (aliases != NULL)
            asdl_seq_SET(aliases, 0, alias);
    } else {
        aliases = import_aliases(c, names);
    }
    return aliases == NULL ? NULL : _Ast_ImportFrom(module, aliases, level, AT_NODE(n), c->arena);
}

static stmt_ty global_statement(ast_builder *c, const node *n)
{
    asdl_seq *names = asdl_seq_new(NCH(n) / 2, c->arena);
    int i;

    if (names == NULL)
        return NULL;
    for (i = 1; i < NCH(n); i += 2) {
        identifier name = _PyAST_Identifier(c, CHILD(n, i));
        if (name == NULL)
            return NULL;
        asdl_seq_SET(names, i / 2, name);
    }
    return _Ast_Global(names, AT_NODE(n), c->arena);
}

static stmt_ty exec_statement(ast_builder *c, const node *n)
{
    expr_ty parts[3] = {NULL, NULL, NULL};
    int i, count = 1;

    for (i = 1; i < NCH(n); i += 2) {
        parts[i / 2] = _PyAST_Expr(c, CHILD(n, i));
        if (parts[i / 2] == NULL)
            return NULL;
    }
    if (NCH(n) < 4 && parts[0]->kind == Tuple_kind) {
        /* exec (code, globals[, locals]) is the statement with those parts. */
        asdl_seq *elts = parts[0]->v.Tuple.elts;
        count = asdl_seq_LEN(elts);
        for (i = 0; (count == 2 || count == 3) && i < count; i++)
            parts[i] = asdl_seq_GET(elts, i);
    }
    return _Ast_Exec(parts[0], parts[1], parts[2], AT_NODE(n), c->arena);
}

static stmt_ty assert_statement(ast_builder *c, const node *n)
{
    expr_ty condition = _PyAST_Expr(c, CHILD(n, 1)), message = NULL;

    if (condition == NULL)
        return NULL;
    if (NCH(n) == 4) {
        message = _PyAST_Expr(c, CHILD(n, 3));
        if (message == NULL)
            return NULL;
    }
    return _Ast_Assert(condition, message, AT_NODE(n), c->arena);
}

static stmt_ty delete_statement(ast_builder *c, const node *n)
{
    asdl_seq *targets = _PyAST_ExprList(c, CHILD(n, 1), Del);
    return targets == NULL ? NULL : _Ast_Delete(targets, AT_NODE(n), c->arena);
}

/* --- Compound statements
 * --------------------------------------------------------------------------- */

static stmt_ty if_statement(ast_builder *c, const node *n)
{
    asdl_seq *orelse = NULL, *body;
    expr_ty condition;
    stmt_ty result = NULL;
    int i, at = NCH(n);

    /* if test : suite, elif test : suite ..., else : suite; built from the end. */
    if (NCH(n) % 4 == 3) {
        orelse = suite_seq(c, RCHILD(n, -1));
        if (orelse == NULL)
            return NULL;
        at -= 3;
    }
    for (i = at - 4; i >= 0; i -= 4) {
        const node *place = i == 0 ? n : CHILD(n, i + 1);
        condition = _PyAST_Expr(c, CHILD(n, i + 1));
        if (condition == NULL)
            return NULL;
        body = suite_seq(c, CHILD(n, i + 3));
        if (body == NULL)
            return NULL;
        result = _Ast_If(condition, body, orelse, AT_NODE(place), c->arena);
        if (result == NULL)
            return NULL;
        if (i > 0) {
            orelse = asdl_seq_new(1, c->arena);
            if (orelse == NULL)
                return NULL;
            asdl_seq_SET(orelse, 0, result);
        }
    }
    return result;
}

static stmt_ty while_statement(ast_builder *c, const node *n)
{
    expr_ty condition = _PyAST_Expr(c, CHILD(n, 1));
    asdl_seq *body, *orelse = NULL;

    if (condition == NULL)
        return NULL;
    body = suite_seq(c, CHILD(n, 3));
    if (body == NULL)
        return NULL;
    if (NCH(n) == 7) {
        orelse = suite_seq(c, CHILD(n, 6));
        if (orelse == NULL)
            return NULL;
    }
    return _Ast_While(condition, body, orelse, AT_NODE(n), c->arena);
}

static stmt_ty for_statement(ast_builder *c, const node *n)
{
    asdl_seq *targets, *body, *orelse = NULL;
    expr_ty target, iter;

    if (NCH(n) == 9) {
        orelse = suite_seq(c, CHILD(n, 8));
        if (orelse == NULL)
            return NULL;
    }
    targets = _PyAST_ExprList(c, CHILD(n, 1), Store);
    if (targets == NULL)
        return NULL;
    target = asdl_seq_GET(targets, 0);
    if (NCH(CHILD(n, 1)) != 1) {
        target = _Ast_Tuple(targets, Store, target->lineno, target->col_offset, c->arena);
        if (target == NULL)
            return NULL;
    }
    iter = _PyAST_Testlist(c, CHILD(n, 3));
    if (iter == NULL)
        return NULL;
    body = suite_seq(c, CHILD(n, 5));
    return body == NULL ? NULL : _Ast_For(target, iter, body, orelse, AT_NODE(n), c->arena);
}

static excepthandler_ty handler(ast_builder *c, const node *n, const node *suite_node)
{
    expr_ty type = NULL, name = NULL;
    asdl_seq *body;

    if (NCH(n) > 1) {
        type = _PyAST_Expr(c, CHILD(n, 1));
        if (type == NULL)
            return NULL;
    }
    if (NCH(n) == 4) {
        name = _PyAST_Expr(c, CHILD(n, 3));
        if (name == NULL || !_PyAST_SetContext(c, name, Store, CHILD(n, 3)))
            return NULL;
    }
    body = suite_seq(c, suite_node);
    return body == NULL ? NULL : _Ast_ExceptHandler(type, name, body, AT_NODE(n), c->arena);
}

static stmt_ty try_statement(ast_builder *c, const node *n)
{
    asdl_seq *body = suite_seq(c, CHILD(n, 2)), *handlers, *orelse = NULL, *finally = NULL;
    stmt_ty inner;
    int i, nhandlers = 0;

    if (body == NULL)
        return NULL;
    for (i = 3; i < NCH(n); i += 3)
        nhandlers += TYPE(CHILD(n, i)) == except_clause;
    i = 3 + 3 * nhandlers;
    if (i < NCH(n) && strcmp(STR(CHILD(n, i)), "else") == 0) {
        orelse = suite_seq(c, CHILD(n, i + 2));
        if (orelse == NULL)
            return NULL;
        i += 3;
    }
    if (i < NCH(n)) {
        finally = suite_seq(c, CHILD(n, i + 2));
        if (finally == NULL)
            return NULL;
    }
    if (nhandlers > 0) {
        handlers = asdl_seq_new(nhandlers, c->arena);
        if (handlers == NULL)
            return NULL;
        for (i = 0; i < nhandlers; i++) {
            excepthandler_ty h = handler(c, CHILD(n, 3 + i * 3), CHILD(n, 5 + i * 3));
            if (h == NULL)
                return NULL;
            asdl_seq_SET(handlers, i, h);
        }
        inner = _Ast_TryExcept(body, handlers, orelse, AT_NODE(n), c->arena);
        if (inner == NULL || finally == NULL)
            return inner;
        body = asdl_seq_new(1, c->arena);
        if (body == NULL)
            return NULL;
        asdl_seq_SET(body, 0, inner);
    }
    return _Ast_TryFinally(body, finally, AT_NODE(n), c->arena);
}

static stmt_ty with_statement(ast_builder *c, const node *n)
{
    asdl_seq *body = suite_seq(c, RCHILD(n, -1));
    stmt_ty result = NULL;
    int i;

    if (body == NULL)
        return NULL;
    for (i = NCH(n) - 3; i > 0; i -= 2) {
        const node *item = CHILD(n, i);
        expr_ty context = _PyAST_Expr(c, CHILD(item, 0)), vars = NULL;
        if (context == NULL)
            return NULL;
        if (NCH(item) == 3) {
            vars = _PyAST_Expr(c, CHILD(item, 2));
            if (vars == NULL || !_PyAST_SetContext(c, vars, Store, item))
                return NULL;
        }
        result = _Ast_With(context, vars, body, AT_NODE(item), c->arena);
        if (result == NULL)
            return NULL;
        if (i > 1) {
            body = asdl_seq_new(1, c->arena);
            if (body == NULL)
                return NULL;
            asdl_seq_SET(body, 0, result);
        }
    }
    return result;
}

static stmt_ty function_statement(ast_builder *c, const node *n, asdl_seq *decorators)
{
    identifier name = _PyAST_Identifier(c, CHILD(n, 1));
    arguments_ty args;
    asdl_seq *body;

    if (name == NULL || _PyAST_Forbidden(c, CHILD(n, 1), STR(CHILD(n, 1))))
        return NULL;
    args = _PyAST_Arguments(c, CHILD(n, 2));
    if (args == NULL)
        return NULL;
    body = suite_seq(c, CHILD(n, 4));
    return body == NULL ? NULL
                        : _Ast_FunctionDef(name, args, body, decorators, AT_NODE(n), c->arena);
}

static stmt_ty class_statement(ast_builder *c, const node *n, asdl_seq *decorators)
{
    identifier name;
    asdl_seq *bases = NULL, *body;

    if (_PyAST_Forbidden(c, n, STR(CHILD(n, 1))))
        return NULL;
    name = _PyAST_Identifier(c, CHILD(n, 1));
    if (name == NULL)
        return NULL;
    if (NCH(n) == 7) {
        bases = _PyAST_ExprList(c, CHILD(n, 3), Load);
        if (bases == NULL)
            return NULL;
    }
    body = suite_seq(c, RCHILD(n, -1));
    return body == NULL ? NULL : _Ast_ClassDef(name, bases, body, decorators, AT_NODE(n), c->arena);
}

/* @a.b.c and @a.b.c(arguments). */
static expr_ty decorator_expr(ast_builder *c, const node *n)
{
    const node *dotted = CHILD(n, 1);
    identifier id = _PyAST_Identifier(c, CHILD(dotted, 0));
    expr_ty e;
    int i;

    if (id == NULL)
        return NULL;
    e = _Ast_Name(id, Load, AT_NODE(dotted), c->arena);
    for (i = 2; e != NULL && i < NCH(dotted); i += 2) {
        id = _PyAST_Identifier(c, CHILD(dotted, i));
        if (id == NULL)
            return NULL;
        e = _Ast_Attribute(e, id, Load, AT_NODE(dotted), c->arena);
    }
    if (e == NULL || NCH(n) == 3)
        return e;
    if (NCH(n) == 5)
        return _Ast_Call(e, NULL, NULL, NULL, NULL, AT_NODE(dotted), c->arena);
    return _PyAST_Call(c, CHILD(n, 3), e);
}

static stmt_ty decorated_statement(ast_builder *c, const node *n)
{
    const node *list = CHILD(n, 0);
    asdl_seq *decorators = asdl_seq_new(NCH(list), c->arena);
    stmt_ty thing;
    int i;

    if (decorators == NULL)
        return NULL;
    for (i = 0; i < NCH(list); i++) {
        expr_ty e = decorator_expr(c, CHILD(list, i));
        if (e == NULL)
            return NULL;
        asdl_seq_SET(decorators, i, e);
    }
    thing = TYPE(CHILD(n, 1)) == funcdef ? function_statement(c, CHILD(n, 1), decorators)
                                         : class_statement(c, CHILD(n, 1), decorators);
    if (thing != NULL) {
        thing->lineno = LINENO(n);
        thing->col_offset = n->n_col_offset;
    }
    return thing;
}

/* --- Sequences of statements
 * ------------------------------------------------------------------------- */

/* n is a small_stmt's or compound_stmt's content. */
static stmt_ty statement(ast_builder *c, const node *n)
{
    switch (TYPE(n)) {
    case expr_stmt:
        return expression_statement(c, n);
    case print_stmt:
        return print_statement(c, n);
    case del_stmt:
        return delete_statement(c, n);
    case pass_stmt:
        return _Ast_Pass(AT_NODE(n), c->arena);
    case flow_stmt:
        return flow_statement(c, n);
    case import_stmt:
        return import_statement(c, n);
    case global_stmt:
        return global_statement(c, n);
    case exec_stmt:
        return exec_statement(c, n);
    case assert_stmt:
        return assert_statement(c, n);
    case if_stmt:
        return if_statement(c, n);
    case while_stmt:
        return while_statement(c, n);
    case for_stmt:
        return for_statement(c, n);
    case try_stmt:
        return try_statement(c, n);
    case with_stmt:
        return with_statement(c, n);
    case funcdef:
        return function_statement(c, n, NULL);
    case classdef:
        return class_statement(c, n, NULL);
    case decorated:
        return decorated_statement(c, n);
    default:
        PyErr_Format(PyExc_SystemError, "unhandled statement: %d", TYPE(n));
        return NULL;
    }
}

/* How many statements n (stmt, simple_stmt or compound_stmt) holds. */
static int count_statements(const node *n)
{
    if (TYPE(n) == stmt)
        n = CHILD(n, 0);
    return TYPE(n) == simple_stmt ? NCH(n) / 2 : 1;
}

/* Appends n's statements to seq from *index on. */
static int add_statements(ast_builder *c, const node *n, asdl_seq *seq, int *index)
{
    int i;

    if (TYPE(n) == stmt)
        n = CHILD(n, 0);
    if (TYPE(n) == simple_stmt) {
        for (i = 0; i < NCH(n) && TYPE(CHILD(n, i)) == small_stmt; i += 2) {
            stmt_ty s = statement(c, CHILD(CHILD(n, i), 0));
            if (s == NULL)
                return -1;
            asdl_seq_SET(seq, (*index)++, s);
        }
        return 0;
    }
    {
        stmt_ty s = statement(c, CHILD(n, 0));
        if (s == NULL)
            return -1;
        asdl_seq_SET(seq, (*index)++, s);
    }
    return 0;
}

/* The statements among n's children: of a suite or a file. */
static asdl_seq *children_seq(ast_builder *c, const node *n)
{
    asdl_seq *seq;
    int i, count = 0, index = 0;

    for (i = 0; i < NCH(n); i++) {
        if (TYPE(CHILD(n, i)) == stmt)
            count += count_statements(CHILD(n, i));
    }
    seq = asdl_seq_new(count, c->arena);
    if (seq == NULL)
        return NULL;
    for (i = 0; i < NCH(n); i++) {
        if (TYPE(CHILD(n, i)) == stmt && add_statements(c, CHILD(n, i), seq, &index) < 0)
            return NULL;
    }
    return seq;
}

static asdl_seq *single_seq(ast_builder *c, const node *n)
{
    asdl_seq *seq = asdl_seq_new(count_statements(n), c->arena);
    int index = 0;

    if (seq == NULL || add_statements(c, n, seq, &index) < 0)
        return NULL;
    return seq;
}

static asdl_seq *suite_seq(ast_builder *c, const node *n)
{
    if (TYPE(CHILD(n, 0)) == simple_stmt)
        return single_seq(c, CHILD(n, 0));
    return children_seq(c, n);
}

mod_ty PyAST_FromNode(const node *n, PyCompilerFlags *flags, const char *filename, PyArena *arena)
{
    ast_builder c;
    asdl_seq *body;
    expr_ty value;

    c.arena = arena;
    c.filename = filename;
    c.encoding = NULL;
    c.unicode_literals = flags != NULL && (flags->cf_flags & CO_FUTURE_UNICODE_LITERALS) != 0;
    if (flags != NULL && flags->cf_flags & PyCF_SOURCE_IS_UTF8) {
        c.encoding = "utf-8";
        if (TYPE(n) == encoding_decl)
            return _PyAST_Error(&c, n, "encoding declaration in Unicode string");
    } else if (TYPE(n) == encoding_decl) {
        c.encoding = STR(n);
        n = CHILD(n, 0);
    }
    switch (TYPE(n)) {
    case file_input:
        body = children_seq(&c, n);
        return body == NULL ? NULL : _Ast_Module(body, arena);
    case eval_input:
        value = _PyAST_Testlist(&c, CHILD(n, 0));
        return value == NULL ? NULL : _Ast_Expression(value, arena);
    case single_input:
        if (TYPE(CHILD(n, 0)) == NEWLINE) {
            stmt_ty pass = _Ast_Pass(AT_NODE(n), arena);
            body = pass == NULL ? NULL : asdl_seq_new(1, arena);
            if (body != NULL)
                asdl_seq_SET(body, 0, pass);
        } else {
            body = single_seq(&c, CHILD(n, 0));
        }
        return body == NULL ? NULL : _Ast_Interactive(body, arena);
    default:
        PyErr_Format(PyExc_SystemError, "invalid node %d for PyAST_FromNode", TYPE(n));
        return NULL;
    }
}
