/* SPDX-License-Identifier: MIT */
/*
 * Collects, block by block, which names a program binds and uses. A walk over the AST opens a block
 * at each module, class, function, lambda and comprehension but list comprehensions, and notes for
 * each name what happens to it; symtable_scopes.c then decides where each name lives.
 *
 * Invariant: st_stack holds the blocks around st_cur, innermost last.
 */
#include "compile.h"
#include "compile/symtable_private.h"

static int visit_stmts(struct symtable *st, asdl_seq *seq);
static int visit_stmt(struct symtable *st, stmt_ty s);
static int visit_expr(struct symtable *st, expr_ty e);

/* --- Blocks --------------------------------------------------------------------------------- */

static PySTEntryObject *entry_new(struct symtable *st, PyObject *name, block_ty type, void *key,
                                  int lineno)
{
    PySTEntryObject *ste = PyObject_New(PySTEntryObject, &PySTEntry_Type);

    if (ste == NULL)
        return NULL;
    ste->ste_id = NULL;
    ste->ste_symbols = ste->ste_varnames = ste->ste_children = NULL;
    Py_INCREF(name);
    ste->ste_name = name;
    ste->ste_type = type;
    ste->ste_unoptimized = 0;
    ste->ste_nested =
        st->st_cur != NULL && (st->st_cur->ste_nested || st->st_cur->ste_type == FunctionBlock);
    ste->ste_free = ste->ste_child_free = ste->ste_generator = 0;
    ste->ste_varargs = ste->ste_varkeywords = ste->ste_returns_value = 0;
    ste->ste_lineno = lineno;
    ste->ste_opt_lineno = 0;
    ste->ste_tmpname = 0;
    ste->ste_id = PyLong_FromVoidPtr(key);
    ste->ste_symbols = PyDict_New();
    ste->ste_varnames = PyList_New(0);
    ste->ste_children = PyList_New(0);
    if (ste->ste_id == NULL || ste->ste_symbols == NULL || ste->ste_varnames == NULL ||
        ste->ste_children == NULL ||
        PyDict_SetItem(st->st_blocks, ste->ste_id, (PyObject *)ste) < 0) {
        Py_DECREF(ste);
        return NULL;
    }
    return ste;
}

static int enter_block(struct symtable *st, PyObject *name, block_ty type, void *key, int lineno)
{
    PySTEntryObject *ste = entry_new(st, name, type, key, lineno);
    int failed;

    if (ste == NULL)
        return -1;
    /* From here st_blocks owns it. */
    Py_DECREF(ste);
    if (st->st_cur != NULL) {
        failed = PyList_Append(st->st_cur->ste_children, (PyObject *)ste) < 0 ||
                 PyList_Append(st->st_stack, (PyObject *)st->st_cur) < 0;
        if (failed)
            return -1;
    }
    st->st_cur = ste;
    return 0;
}

static int enter_named(struct symtable *st, const char *text, void *key, int lineno)
{
    PyObject *name = PyString_InternFromString(text);
    int result;

    if (name == NULL)
        return -1;
    result = enter_block(st, name, FunctionBlock, key, lineno);
    Py_DECREF(name);
    return result;
}

static int exit_block(struct symtable *st)
{
    Py_ssize_t last = PyList_GET_SIZE(st->st_stack) - 1;

    if (last < 0) {
        st->st_cur = NULL;
        return 0;
    }
    st->st_cur = (PySTEntryObject *)PyList_GET_ITEM(st->st_stack, last);
    return PyList_SetSlice(st->st_stack, last, last + 1, NULL);
}

/* --- Names ---------------------------------------------------------------------------------- */

static py_long lookup(struct symtable *st, PyObject *name)
{
    PyObject *flags, *mangled = _Py_Mangle(st->st_private, name);

    if (mangled == NULL)
        return -1;
    flags = PyDict_GetItem(st->st_cur->ste_symbols, mangled);
    Py_DECREF(mangled);
    return flags == NULL ? 0 : PyInt_AS_LONG(flags);
}

static int set_flags(PyObject *dict, PyObject *name, py_long flags)
{
    PyObject *value = PyInt_FromLong(flags);
    int result;

    if (value == NULL)
        return -1;
    result = PyDict_SetItem(dict, name, value);
    Py_DECREF(value);
    return result;
}

static int add_def(struct symtable *st, PyObject *name, int flag)
{
    PySTEntryObject *cur = st->st_cur;
    PyObject *old, *mangled = _Py_Mangle(st->st_private, name);
    py_long flags = flag;

    if (mangled == NULL)
        return -1;
    old = PyDict_GetItem(cur->ste_symbols, mangled);
    if (old != NULL) {
        flags |= PyInt_AS_LONG(old);
        if (flag & DEF_PARAM && PyInt_AS_LONG(old) & DEF_PARAM) {
            PyErr_Format(PyExc_SyntaxError, "duplicate argument '%s' in function definition",
                         PyString_AS_STRING(name));
            PyErr_SyntaxLocation(st->st_filename, cur->ste_lineno);
            goto fail;
        }
    }
    if (set_flags(cur->ste_symbols, mangled, flags) < 0)
        goto fail;
    if (flag & DEF_PARAM) {
        if (PyList_Append(cur->ste_varnames, mangled) < 0)
            goto fail;
    } else if (flag & DEF_GLOBAL) {
        /* The module's table knows it too. */
        PyObject *symbols = st->st_top->ste_symbols;
        old = PyDict_GetItem(symbols, mangled);
        if (set_flags(symbols, mangled, old == NULL ? flag : flag | PyInt_AS_LONG(old)) < 0)
            goto fail;
    }
    Py_DECREF(mangled);
    return 0;

fail:
    Py_DECREF(mangled);
    return -1;
}

static int warn(struct symtable *st, const char *message, int lineno)
{
    if (PyErr_WarnExplicit(PyExc_SyntaxWarning, message, st->st_filename, lineno, NULL, NULL) < 0) {
        if (PyErr_ExceptionMatches(PyExc_SyntaxWarning)) {
            PyErr_SetString(PyExc_SyntaxError, message);
            PyErr_SyntaxLocation(st->st_filename, lineno);
        }
        return -1;
    }
    return 0;
}

/* A name no program can write: of a tuple parameter (.1) or of a comprehension's iterable (.0). */
static int implicit_arg(struct symtable *st, int position)
{
    PyObject *name = PyString_FromFormat(".%d", position);
    int result;

    if (name == NULL)
        return -1;
    PyString_InternInPlace(&name);
    result = add_def(st, name, DEF_PARAM);
    Py_DECREF(name);
    return result;
}

static int make_up_name(struct symtable *st)
{
    PyObject *name = PyString_FromFormat("_[%d]", ++st->st_cur->ste_tmpname);
    int result;

    if (name == NULL)
        return -1;
    result = add_def(st, name, DEF_LOCAL);
    Py_DECREF(name);
    return result;
}

/* --- Parameters ------------------------------------------------------------------------------ */

static int visit_params(struct symtable *st, asdl_seq *args, int toplevel);

static int visit_nested_params(struct symtable *st, asdl_seq *args)
{
    int i;
    for (i = 0; i < asdl_seq_LEN(args); i++) {
        expr_ty arg = asdl_seq_GET(args, i);
        if (arg->kind == Tuple_kind && visit_params(st, arg->v.Tuple.elts, 0) < 0)
            return -1;
    }
    return 0;
}

static int visit_params(struct symtable *st, asdl_seq *args, int toplevel)
{
    int i;

    for (i = 0; i < asdl_seq_LEN(args); i++) {
        expr_ty arg = asdl_seq_GET(args, i);
        if (arg->kind == Name_kind) {
            if (add_def(st, arg->v.Name.id, DEF_PARAM) < 0)
                return -1;
        } else if (arg->kind == Tuple_kind) {
            if (toplevel && implicit_arg(st, i) < 0)
                return -1;
        } else {
            PyErr_SetString(PyExc_SyntaxError, "invalid expression in parameter list");
            PyErr_SyntaxLocation(st->st_filename, st->st_cur->ste_lineno);
            return -1;
        }
    }
    if (toplevel)
        return 0;
    if (++st->st_depth > PyCOMPILE_MAX_DEPTH) {
        PyErr_SetString(PyExc_RuntimeError, "maximum recursion depth exceeded during compilation");
        return -1;
    }
    i = visit_nested_params(st, args);
    st->st_depth--;
    return i;
}

static int visit_arguments(struct symtable *st, arguments_ty args)
{
    if (visit_params(st, args->args, 1) < 0)
        return -1;
    if (args->vararg != NULL) {
        if (add_def(st, args->vararg, DEF_PARAM) < 0)
            return -1;
        st->st_cur->ste_varargs = 1;
    }
    if (args->kwarg != NULL) {
        if (add_def(st, args->kwarg, DEF_PARAM) < 0)
            return -1;
        st->st_cur->ste_varkeywords = 1;
    }
    return visit_nested_params(st, args->args);
}

/* --- Statements ------------------------------------------------------------------------------ */

static int visit_exprs(struct symtable *st, asdl_seq *seq)
{
    int i;
    for (i = 0; i < asdl_seq_LEN(seq); i++) {
        expr_ty e = asdl_seq_GET(seq, i);
        if (e != NULL && visit_expr(st, e) < 0)
            return -1;
    }
    return 0;
}

static int visit_optional(struct symtable *st, expr_ty e)
{
    return e == NULL ? 0 : visit_expr(st, e);
}

static int visit_function(struct symtable *st, stmt_ty s)
{
    if (add_def(st, s->v.FunctionDef.name, DEF_LOCAL) < 0 ||
        visit_exprs(st, s->v.FunctionDef.args->defaults) < 0 ||
        visit_exprs(st, s->v.FunctionDef.decorator_list) < 0 ||
        enter_block(st, s->v.FunctionDef.name, FunctionBlock, s, s->lineno) < 0 ||
        visit_arguments(st, s->v.FunctionDef.args) < 0 ||
        visit_stmts(st, s->v.FunctionDef.body) < 0)
        return -1;
    return exit_block(st);
}

static int visit_class(struct symtable *st, stmt_ty s)
{
    PyObject *outer = st->st_private;

    if (add_def(st, s->v.ClassDef.name, DEF_LOCAL) < 0 ||
        visit_exprs(st, s->v.ClassDef.bases) < 0 ||
        visit_exprs(st, s->v.ClassDef.decorator_list) < 0 ||
        enter_block(st, s->v.ClassDef.name, ClassBlock, s, s->lineno) < 0)
        return -1;
    st->st_private = s->v.ClassDef.name;
    if (visit_stmts(st, s->v.ClassDef.body) < 0)
        return -1;
    st->st_private = outer;
    return exit_block(st);
}

static int return_in_generator(struct symtable *st, int lineno)
{
    PyErr_SetString(PyExc_SyntaxError, "'return' with argument inside generator");
    PyErr_SyntaxLocation(st->st_filename, lineno);
    return -1;
}

static int visit_return(struct symtable *st, stmt_ty s)
{
    if (s->v.Return.value == NULL)
        return 0;
    if (visit_expr(st, s->v.Return.value) < 0)
        return -1;
    st->st_cur->ste_returns_value = 1;
    return st->st_cur->ste_generator ? return_in_generator(st, s->lineno) : 0;
}

static int visit_alias(struct symtable *st, alias_ty alias)
{
    PyObject *name = alias->asname == NULL ? alias->name : alias->asname;
    const char *text = PyString_AS_STRING(name), *dot = strchr(text, '.');
    int result;

    if (strcmp(text, "*") == 0) {
        if (st->st_cur->ste_type != ModuleBlock &&
            warn(st, "import * only allowed at module level", st->st_cur->ste_lineno) < 0)
            return -1;
        st->st_cur->ste_unoptimized |= OPT_IMPORT_STAR;
        return 0;
    }
    if (dot == NULL)
        return add_def(st, name, DEF_IMPORT);
    name = PyString_FromStringAndSize(text, dot - text);
    if (name == NULL)
        return -1;
    result = add_def(st, name, DEF_IMPORT);
    Py_DECREF(name);
    return result;
}

static int visit_aliases(struct symtable *st, asdl_seq *names, int lineno)
{
    int i;

    for (i = 0; i < asdl_seq_LEN(names); i++) {
        if (visit_alias(st, asdl_seq_GET(names, i)) < 0)
            return -1;
    }
    if (st->st_cur->ste_unoptimized && !st->st_cur->ste_opt_lineno)
        st->st_cur->ste_opt_lineno = lineno;
    return 0;
}

static int visit_exec(struct symtable *st, stmt_ty s)
{
    if (visit_expr(st, s->v.Exec.body) < 0)
        return -1;
    if (!st->st_cur->ste_opt_lineno)
        st->st_cur->ste_opt_lineno = s->lineno;
    if (s->v.Exec.globals == NULL) {
        st->st_cur->ste_unoptimized |= OPT_BARE_EXEC;
        return 0;
    }
    st->st_cur->ste_unoptimized |= OPT_EXEC;
    return visit_expr(st, s->v.Exec.globals) < 0 ? -1 : visit_optional(st, s->v.Exec.locals);
}

static int visit_global(struct symtable *st, stmt_ty s)
{
    asdl_seq *names = s->v.Global.names;
    char message[512];
    int i;

    for (i = 0; i < asdl_seq_LEN(names); i++) {
        PyObject *name = asdl_seq_GET(names, i);
        py_long flags = lookup(st, name);
        if (flags < 0)
            return -1;
        if (flags & (DEF_LOCAL | USE)) {
            PyOS_snprintf(message, sizeof(message),
                          flags & DEF_LOCAL
                              ? "name '%.400s' is assigned to before global declaration"
                              : "name '%.400s' is used prior to global declaration",
                          PyString_AS_STRING(name));
            if (warn(st, message, s->lineno) < 0)
                return -1;
        }
        if (add_def(st, name, DEF_GLOBAL) < 0)
            return -1;
    }
    return 0;
}

static int visit_try(struct symtable *st, stmt_ty s)
{
    asdl_seq *handlers = s->v.TryExcept.handlers;
    int i;

    if (visit_stmts(st, s->v.TryExcept.body) < 0 || visit_stmts(st, s->v.TryExcept.orelse) < 0)
        return -1;
    for (i = 0; i < asdl_seq_LEN(handlers); i++) {
        excepthandler_ty h = asdl_seq_GET(handlers, i);
        if (visit_optional(st, h->v.ExceptHandler.type) < 0 ||
            visit_optional(st, h->v.ExceptHandler.name) < 0 ||
            visit_stmts(st, h->v.ExceptHandler.body) < 0)
            return -1;
    }
    return 0;
}

/* An elif is an if alone in the else branch: a loop, so that long chains do not nest. */
static int visit_if(struct symtable *st, stmt_ty s)
{
    for (;;) {
        asdl_seq *orelse = s->v.If.orelse;
        if (visit_expr(st, s->v.If.test) < 0 || visit_stmts(st, s->v.If.body) < 0)
            return -1;
        if (asdl_seq_LEN(orelse) != 1 || ((stmt_ty)asdl_seq_GET(orelse, 0))->kind != If_kind)
            return visit_stmts(st, orelse);
        s = asdl_seq_GET(orelse, 0);
    }
}

static int visit_statement(struct symtable *st, stmt_ty s)
{
    switch (s->kind) {
    case FunctionDef_kind:
        return visit_function(st, s);
    case ClassDef_kind:
        return visit_class(st, s);
    case Return_kind:
        return visit_return(st, s);
    case Delete_kind:
        return visit_exprs(st, s->v.Delete.targets);
    case Assign_kind:
        return visit_exprs(st, s->v.Assign.targets) < 0 ? -1 : visit_expr(st, s->v.Assign.value);
    case AugAssign_kind:
        return visit_expr(st, s->v.AugAssign.target) < 0 ? -1
                                                         : visit_expr(st, s->v.AugAssign.value);
    case Print_kind:
        return visit_optional(st, s->v.Print.dest) < 0 ? -1 : visit_exprs(st, s->v.Print.values);
    case For_kind:
        if (visit_expr(st, s->v.For.target) < 0 || visit_expr(st, s->v.For.iter) < 0 ||
            visit_stmts(st, s->v.For.body) < 0)
            return -1;
        return visit_stmts(st, s->v.For.orelse);
    case While_kind:
        if (visit_expr(st, s->v.While.test) < 0 || visit_stmts(st, s->v.While.body) < 0)
            return -1;
        return visit_stmts(st, s->v.While.orelse);
    case If_kind:
        return visit_if(st, s);
    case With_kind:
        if (visit_expr(st, s->v.With.context_expr) < 0 ||
            visit_optional(st, s->v.With.optional_vars) < 0)
            return -1;
        return visit_stmts(st, s->v.With.body);
    case Raise_kind:
        if (visit_optional(st, s->v.Raise.type) < 0 || visit_optional(st, s->v.Raise.inst) < 0)
            return -1;
        return visit_optional(st, s->v.Raise.tback);
    case TryExcept_kind:
        return visit_try(st, s);
    case TryFinally_kind:
        return visit_stmts(st, s->v.TryFinally.body) < 0
                   ? -1
                   : visit_stmts(st, s->v.TryFinally.finalbody);
    case Assert_kind:
        return visit_expr(st, s->v.Assert.test) < 0 ? -1 : visit_optional(st, s->v.Assert.msg);
    case Import_kind:
        return visit_aliases(st, s->v.Import.names, s->lineno);
    case ImportFrom_kind:
        return visit_aliases(st, s->v.ImportFrom.names, s->lineno);
    case Exec_kind:
        return visit_exec(st, s);
    case Global_kind:
        return visit_global(st, s);
    case Expr_kind:
        return visit_expr(st, s->v.Expr.value);
    default: /* Pass, Break, Continue */
        return 0;
    }
}

static int too_deep(void)
{
    PyErr_SetString(PyExc_RuntimeError, "maximum recursion depth exceeded during compilation");
    return -1;
}

static int visit_stmt(struct symtable *st, stmt_ty s)
{
    int result;
    if (++st->st_depth > PyCOMPILE_MAX_DEPTH)
        return too_deep();
    result = visit_statement(st, s);
    st->st_depth--;
    return result;
}

static int visit_stmts(struct symtable *st, asdl_seq *seq)
{
    int i;
    for (i = 0; i < asdl_seq_LEN(seq); i++) {
        if (visit_stmt(st, asdl_seq_GET(seq, i)) < 0)
            return -1;
    }
    return 0;
}

/* --- Expressions ----------------------------------------------------------------------------- */

static int visit_comprehension(struct symtable *st, comprehension_ty part, int skip_iter)
{
    if (visit_expr(st, part->target) < 0 || (!skip_iter && visit_expr(st, part->iter) < 0))
        return -1;
    return visit_exprs(st, part->ifs);
}

/* A comprehension with a block of its own. Its first iterable belongs to the block around. */
static int visit_inner_block(struct symtable *st, expr_ty e, const char *name, asdl_seq *generators,
                             expr_ty elt, expr_ty value)
{
    comprehension_ty first = asdl_seq_GET(generators, 0);
    int i;

    if (visit_expr(st, first->iter) < 0 || enter_named(st, name, e, 0) < 0)
        return -1;
    st->st_cur->ste_generator = e->kind == GeneratorExp_kind;
    if (implicit_arg(st, 0) < 0 || (e->kind != GeneratorExp_kind && make_up_name(st) < 0) ||
        visit_comprehension(st, first, 1) < 0)
        return -1;
    for (i = 1; i < asdl_seq_LEN(generators); i++) {
        if (visit_comprehension(st, asdl_seq_GET(generators, i), 0) < 0)
            return -1;
    }
    if (visit_optional(st, value) < 0 || visit_expr(st, elt) < 0)
        return -1;
    return exit_block(st);
}

static int visit_lambda(struct symtable *st, expr_ty e)
{
    if (visit_exprs(st, e->v.Lambda.args->defaults) < 0 ||
        enter_named(st, "lambda", e, e->lineno) < 0 || visit_arguments(st, e->v.Lambda.args) < 0 ||
        visit_expr(st, e->v.Lambda.body) < 0)
        return -1;
    return exit_block(st);
}

static int visit_slice(struct symtable *st, slice_ty s)
{
    int i;

    switch (s->kind) {
    case Slice_kind:
        if (visit_optional(st, s->v.Slice.lower) < 0 || visit_optional(st, s->v.Slice.upper) < 0)
            return -1;
        return visit_optional(st, s->v.Slice.step);
    case ExtSlice_kind:
        for (i = 0; i < asdl_seq_LEN(s->v.ExtSlice.dims); i++) {
            slice_ty dim = asdl_seq_GET(s->v.ExtSlice.dims, i);
            if (dim->kind == ExtSlice_kind)
                continue; /* the code generator refuses it */
            if (visit_slice(st, dim) < 0)
                return -1;
        }
        return 0;
    case Index_kind:
        return visit_expr(st, s->v.Index.value);
    default:
        return 0;
    }
}

static int visit_call(struct symtable *st, expr_ty e)
{
    int i;

    if (visit_exprs(st, e->v.Call.args) < 0)
        return -1;
    for (i = 0; i < asdl_seq_LEN(e->v.Call.keywords); i++) {
        keyword_ty keyword = asdl_seq_GET(e->v.Call.keywords, i);
        if (visit_expr(st, keyword->value) < 0)
            return -1;
    }
    return visit_optional(st, e->v.Call.starargs) < 0 ? -1 : visit_optional(st, e->v.Call.kwargs);
}

static int visit_yield(struct symtable *st, expr_ty e)
{
    if (visit_optional(st, e->v.Yield.value) < 0)
        return -1;
    st->st_cur->ste_generator = 1;
    return st->st_cur->ste_returns_value ? return_in_generator(st, e->lineno) : 0;
}

/* The part of an expression that comes first where expressions nest to the left, or NULL. */
static expr_ty left_part(expr_ty e)
{
    switch (e->kind) {
    case BinOp_kind:
        return e->v.BinOp.left;
    case Call_kind:
        return e->v.Call.func;
    case Attribute_kind:
        return e->v.Attribute.value;
    case Subscript_kind:
        return e->v.Subscript.value;
    default:
        return NULL;
    }
}

/* The other parts. */
static int visit_after_left(struct symtable *st, expr_ty e)
{
    switch (e->kind) {
    case BinOp_kind:
        return visit_expr(st, e->v.BinOp.right);
    case Call_kind:
        return visit_call(st, e);
    case Subscript_kind:
        return visit_slice(st, e->v.Subscript.slice);
    default:
        return 0;
    }
}

static int visit_expression(struct symtable *st, expr_ty e)
{
    int i;

    switch (e->kind) {
    case BoolOp_kind:
        return visit_exprs(st, e->v.BoolOp.values);
    case UnaryOp_kind:
        return visit_expr(st, e->v.UnaryOp.operand);
    case Lambda_kind:
        return visit_lambda(st, e);
    case IfExp_kind:
        if (visit_expr(st, e->v.IfExp.test) < 0 || visit_expr(st, e->v.IfExp.body) < 0)
            return -1;
        return visit_expr(st, e->v.IfExp.orelse);
    case Dict_kind:
        return visit_exprs(st, e->v.Dict.keys) < 0 ? -1 : visit_exprs(st, e->v.Dict.values);
    case Set_kind:
        return visit_exprs(st, e->v.Set.elts);
    case ListComp_kind:
        if (visit_expr(st, e->v.ListComp.elt) < 0)
            return -1;
        for (i = 0; i < asdl_seq_LEN(e->v.ListComp.generators); i++) {
            if (visit_comprehension(st, asdl_seq_GET(e->v.ListComp.generators, i), 0) < 0)
                return -1;
        }
        return 0;
    case GeneratorExp_kind:
        return visit_inner_block(st, e, "genexpr", e->v.GeneratorExp.generators,
                                 e->v.GeneratorExp.elt, NULL);
    case SetComp_kind:
        return visit_inner_block(st, e, "setcomp", e->v.SetComp.generators, e->v.SetComp.elt, NULL);
    case DictComp_kind:
        return visit_inner_block(st, e, "dictcomp", e->v.DictComp.generators, e->v.DictComp.key,
                                 e->v.DictComp.value);
    case Yield_kind:
        return visit_yield(st, e);
    case Compare_kind:
        return visit_expr(st, e->v.Compare.left) < 0 ? -1
                                                     : visit_exprs(st, e->v.Compare.comparators);
    case Repr_kind:
        return visit_expr(st, e->v.Repr.value);
    case Name_kind:
        return add_def(st, e->v.Name.id, e->v.Name.ctx == Load ? USE : DEF_LOCAL);
    case List_kind:
        return visit_exprs(st, e->v.List.elts);
    case Tuple_kind:
        return visit_exprs(st, e->v.Tuple.elts);
    default: /* Num, Str */
        return 0;
    }
}

/* The way down the left parts is a loop: a + b + c ... may be as long as a program likes. */
static int visit_expr(struct symtable *st, expr_ty e)
{
    Py_ssize_t base = st->st_spine_used;
    expr_ty left;

    for (; (left = left_part(e)) != NULL; e = left) {
        if (st->st_spine_used == st->st_spine_size) {
            Py_ssize_t size = st->st_spine_size * 2 + 32;
            expr_ty *bigger = PyMem_Realloc(st->st_spine, size * (Py_ssize_t)sizeof(expr_ty));
            if (bigger == NULL) {
                PyErr_NoMemory();
                return -1;
            }
            st->st_spine = bigger;
            st->st_spine_size = size;
        }
        st->st_spine[st->st_spine_used++] = e;
    }
    if (++st->st_depth > PyCOMPILE_MAX_DEPTH)
        return too_deep();
    if (visit_expression(st, e) < 0)
        return -1;
    while (st->st_spine_used > base) {
        if (visit_after_left(st, st->st_spine[--st->st_spine_used]) < 0)
            return -1;
    }
    st->st_depth--;
    return 0;
}

/* --- Interface -------------------------------------------------------------------------------- */

static struct symtable *table_new(void)
{
    struct symtable *st = PyMem_Malloc((Py_ssize_t)sizeof(struct symtable));

    if (st == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    memset(st, 0, sizeof(*st));
    st->st_stack = PyList_New(0);
    st->st_blocks = PyDict_New();
    if (st->st_stack == NULL || st->st_blocks == NULL) {
        PySymtable_Free(st);
        return NULL;
    }
    return st;
}

void PySymtable_Free(struct symtable *st)
{
    if (st == NULL)
        return;
    Py_XDECREF(st->st_blocks);
    Py_XDECREF(st->st_stack);
    PyMem_Free(st->st_spine);
    PyMem_Free(st);
}

struct symtable *PySymtable_Build(mod_ty mod, const char *filename, PyFutureFeatures *future)
{
    struct symtable *st = table_new();
    PyObject *name = NULL;
    int result = -1;

    if (st == NULL)
        return NULL;
    st->st_filename = filename;
    st->st_future = future;
    name = PyString_InternFromString("top");
    if (name == NULL || enter_block(st, name, ModuleBlock, mod, 0) < 0)
        goto fail;
    st->st_top = st->st_cur;
    st->st_top->ste_unoptimized = OPT_TOPLEVEL;
    switch (mod->kind) {
    case Module_kind:
        result = visit_stmts(st, mod->v.Module.body);
        break;
    case Interactive_kind:
        result = visit_stmts(st, mod->v.Interactive.body);
        break;
    case Expression_kind:
        result = visit_expr(st, mod->v.Expression.body);
        break;
    default:
        PyErr_SetString(PyExc_RuntimeError, "this compiler does not handle Suites");
        break;
    }
    if (result < 0 || exit_block(st) < 0 || _PySymtable_Analyze(st) < 0)
        goto fail;
    Py_DECREF(name);
    return st;

fail:
    Py_XDECREF(name);
    PySymtable_Free(st);
    return NULL;
}

PySTEntryObject *PySymtable_Lookup(struct symtable *st, void *node)
{
    PyObject *entry = NULL, *key = PyLong_FromVoidPtr(node);

    if (key == NULL)
        return NULL;
    entry = PyDict_GetItem(st->st_blocks, key);
    Py_DECREF(key);
    if (entry == NULL) {
        PyErr_SetString(PyExc_KeyError, "unknown symbol table entry");
        return NULL;
    }
    Py_INCREF(entry);
    return (PySTEntryObject *)entry;
}

int PyST_GetScope(PySTEntryObject *ste, PyObject *name)
{
    PyObject *flags = PyDict_GetItem(ste->ste_symbols, name);
    return flags == NULL ? 0 : (int)(PyInt_AS_LONG(flags) >> SCOPE_OFF) & SCOPE_MASK;
}
