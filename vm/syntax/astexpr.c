/* SPDX-License-Identifier: MIT */
/*
 * Expressions: from the concrete tree, where every precedence has its own symbol, to the AST.
 * Recursion follows the concrete tree, whose depth the parser's stack bounds.
 */
#include "syntax/astprivate.h"

#define AT_NODE(n) LINENO(n), (n)->n_col_offset

/* --- Contexts ------------------------------------------------------------------------------- */

static const char *kind_name(const struct _expr *e)
{
    switch (e->kind) {
    case Lambda_kind:
        return "lambda";
    case Call_kind:
        return "function call";
    case BoolOp_kind:
    case BinOp_kind:
    case UnaryOp_kind:
        return "operator";
    case GeneratorExp_kind:
        return "generator expression";
    case Yield_kind:
        return "yield expression";
    case ListComp_kind:
        return "list comprehension";
    case SetComp_kind:
        return "set comprehension";
    case DictComp_kind:
        return "dict comprehension";
    case Dict_kind:
    case Set_kind:
    case Num_kind:
    case Str_kind:
        return "literal";
    case Compare_kind:
        return "comparison";
    case Repr_kind:
        return "repr";
    case IfExp_kind:
        return "conditional expression";
    default:
        return "expression";
    }
}

static int set_contexts(ast_builder *c, asdl_seq *elts, expr_context_ty ctx, const node *n)
{
    int i;
    for (i = 0; i < asdl_seq_LEN(elts); i++) {
        if (!_PyAST_SetContext(c, asdl_seq_GET(elts, i), ctx, n))
            return 0;
    }
    return 1;
}

int _PyAST_SetContext(ast_builder *c, expr_ty e, expr_context_ty ctx, const node *n)
{
    char message[80];
    const char *what;

    switch (e->kind) {
    case Attribute_kind:
        if (ctx == Store && _PyAST_Forbidden(c, n, PyString_AS_STRING(e->v.Attribute.attr)))
            return 0;
        e->v.Attribute.ctx = ctx;
        return 1;
    case Subscript_kind:
        e->v.Subscript.ctx = ctx;
        return 1;
    case Name_kind:
        if (ctx == Store && _PyAST_Forbidden(c, n, PyString_AS_STRING(e->v.Name.id)))
            return 0;
        e->v.Name.ctx = ctx;
        return 1;
    case List_kind:
        e->v.List.ctx = ctx;
        return set_contexts(c, e->v.List.elts, ctx, n);
    case Tuple_kind:
        if (asdl_seq_LEN(e->v.Tuple.elts) > 0) {
            e->v.Tuple.ctx = ctx;
            return set_contexts(c, e->v.Tuple.elts, ctx, n);
        }
        what = "()";
        break;
    default:
        what = kind_name(e);
        break;
    }
    PyOS_snprintf(message, sizeof(message), "can't %s %s", ctx == Store ? "assign to" : "delete",
                  what);
    _PyAST_Error(c, n, message);
    return 0;
}

/* --- Lists ------------------------------------------------------------------------------------ */

/* Every other child, as expressions. */
static asdl_seq *every_other(ast_builder *c, const node *n)
{
    asdl_seq *seq = asdl_seq_new((NCH(n) + 1) / 2, c->arena);
    int i;

    if (seq == NULL)
        return NULL;
    for (i = 0; i < NCH(n); i += 2) {
        expr_ty e = _PyAST_Expr(c, CHILD(n, i));
        if (e == NULL)
            return NULL;
        asdl_seq_SET(seq, i / 2, e);
    }
    return seq;
}

asdl_seq *_PyAST_ExprList(ast_builder *c, const node *n, expr_context_ty ctx)
{
    asdl_seq *seq = every_other(c, n);
    int i;

    if (seq == NULL || ctx == Load)
        return seq;
    for (i = 0; i < NCH(n); i += 2) {
        if (!_PyAST_SetContext(c, asdl_seq_GET(seq, i / 2), ctx, CHILD(n, i)))
            return NULL;
    }
    return seq;
}

expr_ty _PyAST_Testlist(ast_builder *c, const node *n)
{
    asdl_seq *elts;

    if (NCH(n) == 1)
        return _PyAST_Expr(c, CHILD(n, 0));
    elts = every_other(c, n);
    return elts == NULL ? NULL : _Ast_Tuple(elts, Load, AT_NODE(n), c->arena);
}

/* --- Comprehensions ----------------------------------------------------------------------------
 */

/* comp_for and list_for chains have the same shape: for-part, ifs, the next for-part. */
static const node *inner_iter(const node *n)
{
    /* comp_iter or list_iter, which holds one comp_for, comp_if, list_for or list_if */
    return CHILD(n, 0);
}

static int is_for(const node *n)
{
    return TYPE(n) == comp_for || TYPE(n) == list_for;
}

static asdl_seq *comprehension_seq(ast_builder *c, const node *n)
{
    const node *at;
    asdl_seq *generators;
    int count = 0, index = 0;

    for (at = n; at != NULL;) {
        int tail = is_for(at) ? 4 : 2;
        count += is_for(at);
        at = NCH(at) > tail ? inner_iter(CHILD(at, tail)) : NULL;
    }
    generators = asdl_seq_new(count, c->arena);
    if (generators == NULL)
        return NULL;
    for (at = n; at != NULL;) {
        const node *targets = CHILD(at, 1), *first_if;
        asdl_seq *names = _PyAST_ExprList(c, targets, Store), *ifs = NULL;
        comprehension_ty part;
        expr_ty target, iter;
        int nifs = 0;

        if (names == NULL)
            return NULL;
        iter =
            TYPE(at) == list_for ? _PyAST_Testlist(c, CHILD(at, 3)) : _PyAST_Expr(c, CHILD(at, 3));
        if (iter == NULL)
            return NULL;
        target = asdl_seq_GET(names, 0);
        if (NCH(targets) != 1) {
            target = _Ast_Tuple(names, Store, target->lineno, target->col_offset, c->arena);
            if (target == NULL)
                return NULL;
        }
        at = NCH(at) > 4 ? inner_iter(CHILD(at, 4)) : NULL;
        first_if = at;
        while (at != NULL && !is_for(at)) {
            nifs++;
            at = NCH(at) > 2 ? inner_iter(CHILD(at, 2)) : NULL;
        }
        if (nifs > 0) {
            int i;
            ifs = asdl_seq_new(nifs, c->arena);
            if (ifs == NULL)
                return NULL;
            for (i = 0; i < nifs; i++) {
                expr_ty test = _PyAST_Expr(c, CHILD(first_if, 1));
                if (test == NULL)
                    return NULL;
                asdl_seq_SET(ifs, i, test);
                if (i + 1 < nifs)
                    first_if = inner_iter(CHILD(first_if, 2));
            }
        }
        part = _Ast_comprehension(target, iter, ifs, c->arena);
        if (part == NULL)
            return NULL;
        asdl_seq_SET(generators, index++, part);
    }
    return generators;
}

static expr_ty comprehension_expr(ast_builder *c, const node *n, enum _expr_kind kind)
{
    expr_ty elt = _PyAST_Expr(c, CHILD(n, 0));
    expr_ty value = NULL;
    asdl_seq *generators;

    if (elt == NULL)
        return NULL;
    if (kind == DictComp_kind) {
        value = _PyAST_Expr(c, CHILD(n, 2));
        if (value == NULL)
            return NULL;
    }
    generators = comprehension_seq(c, CHILD(n, kind == DictComp_kind ? 3 : 1));
    if (generators == NULL)
        return NULL;
    switch (kind) {
    case ListComp_kind:
        return _Ast_ListComp(elt, generators, AT_NODE(n), c->arena);
    case SetComp_kind:
        return _Ast_SetComp(elt, generators, AT_NODE(n), c->arena);
    case DictComp_kind:
        return _Ast_DictComp(elt, value, generators, AT_NODE(n), c->arena);
    default:
        return _Ast_GeneratorExp(elt, generators, AT_NODE(n), c->arena);
    }
}

/* --- Parameters --------------------------------------------------------------------------------
 */

static expr_ty parameter_name(ast_builder *c, const node *n, expr_context_ty ctx)
{
    identifier id;
    if (_PyAST_Forbidden(c, n, STR(n)))
        return NULL;
    id = _PyAST_Identifier(c, n);
    return id == NULL ? NULL : _Ast_Name(id, ctx, AT_NODE(n), c->arena);
}

/* A parameter that is a tuple: an fplist. */
static expr_ty parameter_tuple(ast_builder *c, const node *n)
{
    asdl_seq *elts = asdl_seq_new((NCH(n) + 1) / 2, c->arena);
    expr_ty tuple;
    int i;

    if (elts == NULL)
        return NULL;
    for (i = 0; i < NCH(n); i += 2) {
        const node *part = CHILD(n, i); /* fpdef */
        expr_ty e;
        while (NCH(part) == 3 && NCH(CHILD(part, 1)) == 1)
            part = CHILD(CHILD(part, 1), 0);
        e = NCH(part) == 3 ? parameter_tuple(c, CHILD(part, 1))
                           : parameter_name(c, CHILD(part, 0), Store);
        if (e == NULL)
            return NULL;
        asdl_seq_SET(elts, i / 2, e);
    }
    tuple = _Ast_Tuple(elts, Store, AT_NODE(n), c->arena);
    return tuple != NULL && _PyAST_SetContext(c, tuple, Store, n) ? tuple : NULL;
}

/* n is parameters or varargslist. */
arguments_ty _PyAST_Arguments(ast_builder *c, const node *n)
{
    asdl_seq *args, *defaults;
    identifier vararg = NULL, kwarg = NULL;
    int i, nargs = 0, ndefaults = 0, iarg = 0, idefault = 0, found_default = 0;

    if (TYPE(n) == parameters) {
        if (NCH(n) == 2)
            return _Ast_arguments(NULL, NULL, NULL, NULL, c->arena);
        n = CHILD(n, 1);
    }
    for (i = 0; i < NCH(n); i++) {
        nargs += TYPE(CHILD(n, i)) == fpdef;
        ndefaults += TYPE(CHILD(n, i)) == EQUAL;
    }
    args = nargs ? asdl_seq_new(nargs, c->arena) : NULL;
    defaults = ndefaults ? asdl_seq_new(ndefaults, c->arena) : NULL;
    if ((nargs && args == NULL) || (ndefaults && defaults == NULL))
        return NULL;
    for (i = 0; i < NCH(n);) {
        const node *child = CHILD(n, i);
        int parenthesized = 0, has_default;
        expr_ty e;

        if (TYPE(child) == STAR || TYPE(child) == DOUBLESTAR) {
            const node *name = CHILD(n, i + 1);
            identifier id;
            if (_PyAST_Forbidden(c, name, STR(name)))
                return NULL;
            id = _PyAST_Identifier(c, name);
            if (id == NULL)
                return NULL;
            if (TYPE(child) == STAR)
                vararg = id;
            else
                kwarg = id;
            i += 3;
            continue;
        }
        has_default = i + 1 < NCH(n) && TYPE(CHILD(n, i + 1)) == EQUAL;
        if (has_default) {
            expr_ty value = _PyAST_Expr(c, CHILD(n, i + 2));
            if (value == NULL)
                return NULL;
            asdl_seq_SET(defaults, idefault++, value);
            found_default = 1;
        } else if (found_default) {
            while (NCH(child) == 3 && NCH(CHILD(child, 1)) == 1)
                child = CHILD(CHILD(child, 1), 0);
            return _PyAST_Error(c, n, "non-default argument follows default argument");
        }
        while (NCH(child) == 3 && NCH(CHILD(child, 1)) == 1) {
            /* (name) is only a name in parentheses */
            parenthesized = 1;
            child = CHILD(CHILD(child, 1), 0);
        }
        if (parenthesized && has_default && NCH(child) != 3)
            return _PyAST_Error(c, n, "parenthesized arg with default");
        if (parenthesized && NCH(child) != 3 &&
            _PyAST_WarnPy3k(c, n, "parenthesized argument names are invalid in 3.x") < 0)
            return NULL;
        if (NCH(child) == 3 &&
            _PyAST_WarnPy3k(c, n, "tuple parameter unpacking has been removed in 3.x") < 0)
            return NULL;
        e = NCH(child) == 3 ? parameter_tuple(c, CHILD(child, 1))
                            : parameter_name(c, CHILD(child, 0), Param);
        if (e == NULL)
            return NULL;
        asdl_seq_SET(args, iarg++, e);
        i += has_default ? 4 : 2;
    }
    return _Ast_arguments(args, vararg, kwarg, defaults, c->arena);
}

static expr_ty lambda_expr(ast_builder *c, const node *n)
{
    arguments_ty args;
    expr_ty body;

    if (NCH(n) == 3) {
        args = _Ast_arguments(NULL, NULL, NULL, NULL, c->arena);
        if (args == NULL)
            return NULL;
        body = _PyAST_Expr(c, CHILD(n, 2));
    } else {
        args = _PyAST_Arguments(c, CHILD(n, 1));
        if (args == NULL)
            return NULL;
        body = _PyAST_Expr(c, CHILD(n, 3));
    }
    return body == NULL ? NULL : _Ast_Lambda(args, body, AT_NODE(n), c->arena);
}

/* --- Calls, subscripts -------------------------------------------------------------------------
 */

static keyword_ty keyword_argument(ast_builder *c, const node *n, asdl_seq *keywords, int count)
{
    expr_ty name = _PyAST_Expr(c, CHILD(n, 0)), value;
    identifier id;
    int i;

    if (name == NULL)
        return NULL;
    if (name->kind == Lambda_kind)
        return _PyAST_Error(c, CHILD(n, 0), "lambda cannot contain assignment");
    if (name->kind != Name_kind)
        return _PyAST_Error(c, CHILD(n, 0), "keyword can't be an expression");
    id = name->v.Name.id;
    if (_PyAST_Forbidden(c, CHILD(n, 0), PyString_AS_STRING(id)))
        return NULL;
    for (i = 0; i < count; i++) {
        /* Identifiers are interned. */
        if (((keyword_ty)asdl_seq_GET(keywords, i))->arg == id)
            return _PyAST_Error(c, CHILD(n, 0), "keyword argument repeated");
    }
    value = _PyAST_Expr(c, CHILD(n, 2));
    return value == NULL ? NULL : _Ast_keyword(id, value, c->arena);
}

/* n is an arglist. */
expr_ty _PyAST_Call(ast_builder *c, const node *n, expr_ty func)
{
    asdl_seq *args, *keywords;
    expr_ty vararg = NULL, kwarg = NULL;
    int i, nargs = 0, nkeywords = 0, ngens = 0;

    for (i = 0; i < NCH(n); i++) {
        const node *child = CHILD(n, i);
        if (TYPE(child) != argument)
            continue;
        if (NCH(child) == 1)
            nargs++;
        else if (TYPE(CHILD(child, 1)) == comp_for)
            ngens++;
        else
            nkeywords++;
    }
    if (ngens > 1 || (ngens && (nargs || nkeywords)))
        return _PyAST_Error(c, n,
                            "Generator expression must be parenthesized if not sole argument");
    if (nargs + nkeywords + ngens > 255)
        return _PyAST_Error(c, n, "more than 255 arguments");
    args = asdl_seq_new(nargs + ngens, c->arena);
    keywords = asdl_seq_new(nkeywords, c->arena);
    if (args == NULL || keywords == NULL)
        return NULL;
    nargs = nkeywords = 0;
    for (i = 0; i < NCH(n); i++) {
        const node *child = CHILD(n, i);
        if (TYPE(child) == argument && NCH(child) == 1) {
            expr_ty e;
            if (nkeywords)
                return _PyAST_Error(c, CHILD(child, 0), "non-keyword arg after keyword arg");
            if (vararg)
                return _PyAST_Error(c, CHILD(child, 0),
                                    "only named arguments may follow *expression");
            e = _PyAST_Expr(c, CHILD(child, 0));
            if (e == NULL)
                return NULL;
            asdl_seq_SET(args, nargs++, e);
        } else if (TYPE(child) == argument && TYPE(CHILD(child, 1)) == comp_for) {
            expr_ty e = comprehension_expr(c, child, GeneratorExp_kind);
            if (e == NULL)
                return NULL;
            asdl_seq_SET(args, nargs++, e);
        } else if (TYPE(child) == argument) {
            keyword_ty keyword = keyword_argument(c, child, keywords, nkeywords);
            if (keyword == NULL)
                return NULL;
            asdl_seq_SET(keywords, nkeywords++, keyword);
        } else if (TYPE(child) == STAR) {
            vararg = _PyAST_Expr(c, CHILD(n, ++i));
            if (vararg == NULL)
                return NULL;
        } else if (TYPE(child) == DOUBLESTAR) {
            kwarg = _PyAST_Expr(c, CHILD(n, ++i));
            if (kwarg == NULL)
                return NULL;
        }
    }
    return _Ast_Call(func, args, keywords, vararg, kwarg, func->lineno, func->col_offset, c->arena);
}

static slice_ty subscript_slice(ast_builder *c, const node *n)
{
    expr_ty lower = NULL, upper = NULL, step = NULL;
    const node *last = RCHILD(n, -1);
    int i = 0;

    if (TYPE(CHILD(n, 0)) == DOT)
        return _Ast_Ellipsis(c->arena);
    if (NCH(n) == 1 && TYPE(CHILD(n, 0)) == test) {
        expr_ty value = _PyAST_Expr(c, CHILD(n, 0));
        return value == NULL ? NULL : _Ast_Index(value, c->arena);
    }
    if (TYPE(CHILD(n, i)) == test) {
        lower = _PyAST_Expr(c, CHILD(n, i++));
        if (lower == NULL)
            return NULL;
    }
    i++; /* the colon */
    if (i < NCH(n) && TYPE(CHILD(n, i)) == test) {
        upper = _PyAST_Expr(c, CHILD(n, i));
        if (upper == NULL)
            return NULL;
    }
    if (TYPE(last) == sliceop) {
        if (NCH(last) == 1) {
            /* A second colon alone: the step is spelled None. */
            PyObject *none = PyString_InternFromString("None");
            if (none == NULL || PyArena_AddPyObject(c->arena, none) < 0)
                return NULL;
            step = _Ast_Name(none, Load, AT_NODE(CHILD(last, 0)), c->arena);
        } else {
            step = _PyAST_Expr(c, CHILD(last, 1));
        }
        if (step == NULL)
            return NULL;
    }
    return _Ast_Slice(lower, upper, step, c->arena);
}

/* n is a subscriptlist; several plain indices are one tuple. */
static slice_ty subscript_value(ast_builder *c, const node *n)
{
    asdl_seq *dims, *elts;
    expr_ty tuple;
    int i, count = (NCH(n) + 1) / 2, simple = 1;

    if (NCH(n) == 1)
        return subscript_slice(c, CHILD(n, 0));
    dims = asdl_seq_new(count, c->arena);
    if (dims == NULL)
        return NULL;
    for (i = 0; i < count; i++) {
        slice_ty part = subscript_slice(c, CHILD(n, i * 2));
        if (part == NULL)
            return NULL;
        simple &= part->kind == Index_kind;
        asdl_seq_SET(dims, i, part);
    }
    if (!simple)
        return _Ast_ExtSlice(dims, c->arena);
    elts = asdl_seq_new(count, c->arena);
    if (elts == NULL)
        return NULL;
    for (i = 0; i < count; i++)
        asdl_seq_SET(elts, i, ((slice_ty)asdl_seq_GET(dims, i))->v.Index.value);
    tuple = _Ast_Tuple(elts, Load, AT_NODE(n), c->arena);
    return tuple == NULL ? NULL : _Ast_Index(tuple, c->arena);
}

static expr_ty trailer_expr(ast_builder *c, const node *n, expr_ty left)
{
    identifier attr;
    slice_ty slice;

    switch (TYPE(CHILD(n, 0))) {
    case LPAR:
        if (NCH(n) == 2)
            return _Ast_Call(left, NULL, NULL, NULL, NULL, left->lineno, left->col_offset,
                             c->arena);
        return _PyAST_Call(c, CHILD(n, 1), left);
    case DOT:
        attr = _PyAST_Identifier(c, CHILD(n, 1));
        return attr == NULL
                   ? NULL
                   : _Ast_Attribute(left, attr, Load, left->lineno, left->col_offset, c->arena);
    default:
        slice = subscript_value(c, CHILD(n, 1));
        return slice == NULL
                   ? NULL
                   : _Ast_Subscript(left, slice, Load, left->lineno, left->col_offset, c->arena);
    }
}

/* --- Atoms ---------------------------------------------------------------------------------------
 */

static expr_ty brace_expr(ast_builder *c, const node *n)
{
    const node *maker = CHILD(n, 1);
    asdl_seq *keys, *values;
    int i, size;

    if (TYPE(maker) == RBRACE)
        return _Ast_Dict(NULL, NULL, AT_NODE(n), c->arena);
    if (NCH(maker) == 1 || TYPE(CHILD(maker, 1)) == COMMA) {
        asdl_seq *elts = every_other(c, maker);
        return elts == NULL ? NULL : _Ast_Set(elts, AT_NODE(n), c->arena);
    }
    if (TYPE(CHILD(maker, 1)) == comp_for)
        return comprehension_expr(c, maker, SetComp_kind);
    if (NCH(maker) > 3 && TYPE(CHILD(maker, 3)) == comp_for)
        return comprehension_expr(c, maker, DictComp_kind);
    size = (NCH(maker) + 1) / 4;
    keys = asdl_seq_new(size, c->arena);
    values = asdl_seq_new(size, c->arena);
    if (keys == NULL || values == NULL)
        return NULL;
    for (i = 0; i < size; i++) {
        expr_ty key = _PyAST_Expr(c, CHILD(maker, i * 4)), value;
        if (key == NULL)
            return NULL;
        value = _PyAST_Expr(c, CHILD(maker, i * 4 + 2));
        if (value == NULL)
            return NULL;
        asdl_seq_SET(keys, i, key);
        asdl_seq_SET(values, i, value);
    }
    return _Ast_Dict(keys, values, AT_NODE(n), c->arena);
}

static expr_ty atom_expr(ast_builder *c, const node *n)
{
    const node *child = CHILD(n, 0);
    PyObject *value;
    asdl_seq *elts;
    expr_ty e;

    switch (TYPE(child)) {
    case NAME:
        value = _PyAST_Identifier(c, child);
        return value == NULL ? NULL : _Ast_Name(value, Load, AT_NODE(n), c->arena);
    case STRING:
        value = _PyAST_Strings(c, n);
        return value == NULL ? NULL : _Ast_Str(value, AT_NODE(n), c->arena);
    case NUMBER:
        value = _PyAST_Number(c, child, 0);
        return value == NULL ? NULL : _Ast_Num(value, AT_NODE(n), c->arena);
    case LPAR:
        child = CHILD(n, 1);
        if (TYPE(child) == RPAR)
            return _Ast_Tuple(NULL, Load, AT_NODE(n), c->arena);
        if (TYPE(child) == yield_expr)
            return _PyAST_Expr(c, child);
        if (NCH(child) > 1 && TYPE(CHILD(child, 1)) == comp_for)
            return comprehension_expr(c, child, GeneratorExp_kind);
        return _PyAST_Testlist(c, child);
    case LSQB:
        child = CHILD(n, 1);
        if (TYPE(child) == RSQB)
            return _Ast_List(NULL, Load, AT_NODE(n), c->arena);
        if (NCH(child) > 1 && TYPE(CHILD(child, 1)) != COMMA)
            return comprehension_expr(c, child, ListComp_kind);
        elts = every_other(c, child);
        return elts == NULL ? NULL : _Ast_List(elts, Load, AT_NODE(n), c->arena);
    case LBRACE:
        return brace_expr(c, n);
    default: /* BACKQUOTE */
        if (_PyAST_WarnPy3k(c, n, "backquote not supported in 3.x; use repr()") < 0)
            return NULL;
        e = _PyAST_Testlist(c, CHILD(n, 1));
        return e == NULL ? NULL : _Ast_Repr(e, AT_NODE(n), c->arena);
    }
}

static expr_ty power_expr(ast_builder *c, const node *n)
{
    expr_ty e = atom_expr(c, CHILD(n, 0));
    int i;

    for (i = 1; e != NULL && i < NCH(n) && TYPE(CHILD(n, i)) == trailer; i++)
        e = trailer_expr(c, CHILD(n, i), e);
    if (e != NULL && TYPE(RCHILD(n, -1)) == factor) {
        expr_ty exponent = _PyAST_Expr(c, RCHILD(n, -1));
        if (exponent == NULL)
            return NULL;
        e = _Ast_BinOp(e, Pow, exponent, AT_NODE(n), c->arena);
    }
    return e;
}

/* --- Operators
 * ------------------------------------------------------------------------------------- */

static operator_ty binary_operator(int type)
{
    switch (type) {
    case VBAR:
        return BitOr;
    case CIRCUMFLEX:
        return BitXor;
    case AMPER:
        return BitAnd;
    case LEFTSHIFT:
        return LShift;
    case RIGHTSHIFT:
        return RShift;
    case PLUS:
        return Add;
    case MINUS:
        return Sub;
    case STAR:
        return Mult;
    case SLASH:
        return Div;
    case DOUBLESLASH:
        return FloorDiv;
    default:
        return Mod;
    }
}

/* a op b op c is left-associative; an inner operation is placed at the whole, an outer one at its
 * operator. */
static expr_ty binary_expr(ast_builder *c, const node *n)
{
    expr_ty left = _PyAST_Expr(c, CHILD(n, 0)), right;
    int i;

    for (i = 1; left != NULL && i < NCH(n); i += 2) {
        const node *op = CHILD(n, i);
        const node *place = i == 1 ? n : op;
        right = _PyAST_Expr(c, CHILD(n, i + 1));
        if (right == NULL)
            return NULL;
        left = _Ast_BinOp(left, binary_operator(TYPE(op)), right, AT_NODE(place), c->arena);
    }
    return left;
}

static cmpop_ty comparison_operator(const node *n)
{
    const node *first = CHILD(n, 0);

    switch (TYPE(first)) {
    case LESS:
        return Lt;
    case GREATER:
        return Gt;
    case EQEQUAL:
        return Eq;
    case LESSEQUAL:
        return LtE;
    case GREATEREQUAL:
        return GtE;
    case NOTEQUAL:
        return NotEq;
    default: /* in, is, not in, is not */
        if (NCH(n) == 2)
            return strcmp(STR(first), "is") == 0 ? IsNot : NotIn;
        return strcmp(STR(first), "is") == 0 ? Is : In;
    }
}

static expr_ty compare_expr(ast_builder *c, const node *n)
{
    asdl_int_seq *ops = asdl_int_seq_new(NCH(n) / 2, c->arena);
    asdl_seq *comparators = asdl_seq_new(NCH(n) / 2, c->arena);
    expr_ty left;
    int i;

    if (ops == NULL || comparators == NULL)
        return NULL;
    for (i = 1; i < NCH(n); i += 2) {
        expr_ty e = _PyAST_Expr(c, CHILD(n, i + 1));
        if (e == NULL)
            return NULL;
        asdl_seq_SET(ops, i / 2, (int)comparison_operator(CHILD(n, i)));
        asdl_seq_SET(comparators, i / 2, e);
    }
    left = _PyAST_Expr(c, CHILD(n, 0));
    return left == NULL ? NULL : _Ast_Compare(left, ops, comparators, AT_NODE(n), c->arena);
}

/* The number in `-number`, which is one literal, or NULL. */
static const node *negated_number(const node *n)
{
    const node *inner = CHILD(n, 1);

    if (TYPE(CHILD(n, 0)) != MINUS || NCH(inner) != 1)
        return NULL;
    inner = CHILD(inner, 0); /* power */
    if (NCH(inner) != 1)
        return NULL;
    inner = CHILD(inner, 0); /* atom */
    return TYPE(CHILD(inner, 0)) == NUMBER ? inner : NULL;
}

static expr_ty factor_expr(ast_builder *c, const node *n)
{
    const node *number = negated_number(n);
    expr_ty operand;
    int type = TYPE(CHILD(n, 0));

    if (number != NULL) {
        PyObject *value = _PyAST_Number(c, CHILD(number, 0), 1);
        return value == NULL ? NULL : _Ast_Num(value, AT_NODE(n), c->arena);
    }
    operand = _PyAST_Expr(c, CHILD(n, 1));
    return operand == NULL ? NULL
                           : _Ast_UnaryOp(type == PLUS    ? UAdd
                                          : type == MINUS ? USub
                                                          : Invert,
                                          operand, AT_NODE(n), c->arena);
}

static expr_ty conditional_expr(ast_builder *c, const node *n)
{
    expr_ty condition, body, orelse;

    condition = _PyAST_Expr(c, CHILD(n, 2));
    if (condition == NULL)
        return NULL;
    body = _PyAST_Expr(c, CHILD(n, 0));
    if (body == NULL)
        return NULL;
    orelse = _PyAST_Expr(c, CHILD(n, 4));
    return orelse == NULL ? NULL : _Ast_IfExp(condition, body, orelse, AT_NODE(n), c->arena);
}

expr_ty _PyAST_Expr(ast_builder *c, const node *n)
{
    asdl_seq *values;
    expr_ty e = NULL;

    for (;;) {
        switch (TYPE(n)) {
        case test:
        case old_test:
            if (TYPE(CHILD(n, 0)) == lambdef || TYPE(CHILD(n, 0)) == old_lambdef)
                return lambda_expr(c, CHILD(n, 0));
            if (NCH(n) > 1)
                return conditional_expr(c, n);
            break;
        case or_test:
        case and_test:
            if (NCH(n) > 1) {
                values = every_other(c, n);
                return values == NULL ? NULL
                                      : _Ast_BoolOp(TYPE(n) == or_test ? Or : And, values,
                                                    AT_NODE(n), c->arena);
            }
            break;
        case not_test:
            if (NCH(n) > 1) {
                e = _PyAST_Expr(c, CHILD(n, 1));
                return e == NULL ? NULL : _Ast_UnaryOp(Not, e, AT_NODE(n), c->arena);
            }
            break;
        case comparison:
            if (NCH(n) > 1)
                return compare_expr(c, n);
            break;
        case expr:
        case xor_expr:
        case and_expr:
        case shift_expr:
        case arith_expr:
        case term:
            if (NCH(n) > 1)
                return binary_expr(c, n);
            break;
        case factor:
            if (NCH(n) > 1)
                return factor_expr(c, n);
            break;
        case power:
            return power_expr(c, n);
        case yield_expr:
            if (NCH(n) == 2) {
                e = _PyAST_Testlist(c, CHILD(n, 1));
                if (e == NULL)
                    return NULL;
            }
            return _Ast_Yield(e, AT_NODE(n), c->arena);
        default:
            PyErr_Format(PyExc_SystemError, "unhandled expr: %d", TYPE(n));
            return NULL;
        }
        n = CHILD(n, 0);
    }
}
