/* SPDX-License-Identifier: MIT */
/* Code for statements. Invariant: a statement's code leaves the stack as it found it. */
#include "compile/compiler.h"

static int statement(compiler *c, stmt_ty s);

int _PyCompile_Stmts(compiler *c, asdl_seq *seq)
{
    int i;
    for (i = 0; i < asdl_seq_LEN(seq); i++)
        TRY(statement(c, asdl_seq_GET(seq, i)));
    return 0;
}

static int is_docstring(asdl_seq *body)
{
    stmt_ty s = asdl_seq_LEN(body) > 0 ? asdl_seq_GET(body, 0) : NULL;
    return s != NULL && s->kind == Expr_kind && s->v.Expr.value->kind == Str_kind;
}

/* A module's or class's body; its docstring is stored. */
int _PyCompile_Body(compiler *c, asdl_seq *body)
{
    int i = 0;

    if (is_docstring(body) && Py_OptimizeFlag < 2) {
        TRY(_PyCompile_Expr(c, ((stmt_ty)asdl_seq_GET(body, 0))->v.Expr.value));
        TRY(_PyCompile_NameString(c, "__doc__", Store));
        i = 1;
    }
    for (; i < asdl_seq_LEN(body); i++)
        TRY(statement(c, asdl_seq_GET(body, i)));
    return 0;
}

/* Ends the current unit: the code object becomes a function on the stack. */
static int finish_unit(compiler *c, int ndefaults)
{
    PyCodeObject *co = _PyCompile_Assemble(c, 1);
    int result;

    _PyCompile_ExitScope(c);
    if (co == NULL)
        return -1;
    result = _PyCompile_Closure(c, co, ndefaults);
    Py_DECREF(co);
    return result;
}

static int call_decorators(compiler *c, asdl_seq *decorators)
{
    int i;
    for (i = 0; i < asdl_seq_LEN(decorators); i++)
        TRY(_PyCompile_OpArg(c, CALL_FUNCTION, 1));
    return 0;
}

static int function(compiler *c, stmt_ty s)
{
    arguments_ty args = s->v.FunctionDef.args;
    asdl_seq *body = s->v.FunctionDef.body, *decorators = s->v.FunctionDef.decorator_list;
    PyObject *first_const = Py_None;
    int i, docstring = is_docstring(body);

    TRY(_PyCompile_Exprs(c, decorators));
    TRY(_PyCompile_Exprs(c, args->defaults));
    TRY(_PyCompile_EnterScope(c, s->v.FunctionDef.name, s, s->lineno));
    if (docstring && Py_OptimizeFlag < 2)
        first_const = ((stmt_ty)asdl_seq_GET(body, 0))->v.Expr.value->v.Str.s;
    if (_PyCompile_Number(c->u->consts, first_const) < 0)
        return -1;
    TRY(_PyCompile_Parameters(c, args));
    c->u->argcount = asdl_seq_LEN(args->args);
    for (i = docstring; i < asdl_seq_LEN(body); i++)
        TRY(statement(c, asdl_seq_GET(body, i)));
    TRY(finish_unit(c, asdl_seq_LEN(args->defaults)));
    TRY(call_decorators(c, decorators));
    return _PyCompile_Name(c, s->v.FunctionDef.name, Store);
}

static int class_statement(compiler *c, stmt_ty s)
{
    PyObject *name = s->v.ClassDef.name;
    asdl_seq *decorators = s->v.ClassDef.decorator_list;

    TRY(_PyCompile_Exprs(c, decorators));
    TRY(_PyCompile_Const(c, name));
    TRY(_PyCompile_Exprs(c, s->v.ClassDef.bases));
    TRY(_PyCompile_OpArg(c, BUILD_TUPLE, asdl_seq_LEN(s->v.ClassDef.bases)));
    TRY(_PyCompile_EnterScope(c, name, s, s->lineno));
    Py_XDECREF(c->u->private_name);
    Py_INCREF(name);
    c->u->private_name = name;
    TRY(_PyCompile_NameString(c, "__name__", Load));
    TRY(_PyCompile_NameString(c, "__module__", Store));
    TRY(_PyCompile_Body(c, s->v.ClassDef.body));
    TRY(_PyCompile_Op(c, LOAD_LOCALS));
    TRY(_PyCompile_Op(c, RETURN_VALUE));
    TRY(finish_unit(c, 0));
    TRY(_PyCompile_OpArg(c, CALL_FUNCTION, 0));
    TRY(_PyCompile_Op(c, BUILD_CLASS));
    TRY(call_decorators(c, decorators));
    return _PyCompile_Name(c, name, Store);
}

/* --- Conditions and loops ------------------------------------------------------------------------
 */

/* 1 or 0 if the truth of a test is known now, -1 if not, -2 on error. */
static int constant_truth(expr_ty e)
{
    int truth;

    switch (e->kind) {
    case Num_kind:
        truth = PyObject_IsTrue(e->v.Num.n);
        return truth < 0 ? -2 : truth;
    case Str_kind:
        truth = PyObject_IsTrue(e->v.Str.s);
        return truth < 0 ? -2 : truth;
    case Name_kind:
        /* It cannot be assigned to. */
        return strcmp(PyString_AS_STRING(e->v.Name.id), "__debug__") == 0 ? !Py_OptimizeFlag : -1;
    default:
        return -1;
    }
}

static int begin_statement(compiler *c, stmt_ty s)
{
    if (++c->depth > PyCOMPILE_MAX_DEPTH)
        return _PyCompile_TooDeep();
    c->u->lineno = s->lineno;
    c->u->lineno_set = 0;
    return 0;
}

/* An elif is an if alone in the else branch: a loop over the chain, so that it does not nest in C.
 * All ends meet at one address. */
static int if_statement(compiler *c, stmt_ty s)
{
    basicblock *end = _PyCompile_NewBlock(c), *next;
    asdl_seq *orelse;
    int truth, first = 1;

    if (end == NULL)
        return -1;
    for (;;) {
        if (!first) {
            TRY(begin_statement(c, s));
            c->depth--;
        }
        first = 0;
        orelse = s->v.If.orelse;
        truth = constant_truth(s->v.If.test);
        if (truth == -2)
            return -1;
        if (truth == 1) {
            TRY(_PyCompile_Stmts(c, s->v.If.body));
            break;
        }
        if (truth == -1) {
            next = end;
            if (orelse != NULL) {
                next = _PyCompile_NewBlock(c);
                if (next == NULL)
                    return -1;
            }
            TRY(_PyCompile_Expr(c, s->v.If.test));
            TRY(_PyCompile_Jump(c, POP_JUMP_IF_FALSE, next));
            TRY(_PyCompile_Stmts(c, s->v.If.body));
            TRY(_PyCompile_Jump(c, JUMP_FORWARD, end));
            if (orelse != NULL)
                _PyCompile_UseBlock(c, next);
        }
        if (asdl_seq_LEN(orelse) != 1 || ((stmt_ty)asdl_seq_GET(orelse, 0))->kind != If_kind) {
            TRY(_PyCompile_Stmts(c, orelse));
            break;
        }
        s = asdl_seq_GET(orelse, 0);
    }
    _PyCompile_UseBlock(c, end);
    return 0;
}

static int for_statement(compiler *c, stmt_ty s)
{
    basicblock *start = _PyCompile_NewBlock(c), *cleanup = _PyCompile_NewBlock(c),
               *end = _PyCompile_NewBlock(c);

    if (start == NULL || cleanup == NULL || end == NULL)
        return -1;
    TRY(_PyCompile_Jump(c, SETUP_LOOP, end));
    TRY(_PyCompile_PushFblock(c, FBLOCK_LOOP, start));
    TRY(_PyCompile_Expr(c, s->v.For.iter));
    TRY(_PyCompile_Op(c, GET_ITER));
    _PyCompile_UseBlock(c, start);
    TRY(_PyCompile_Jump(c, FOR_ITER, cleanup));
    TRY(_PyCompile_Expr(c, s->v.For.target));
    TRY(_PyCompile_Stmts(c, s->v.For.body));
    TRY(_PyCompile_Jump(c, JUMP_ABSOLUTE, start));
    _PyCompile_UseBlock(c, cleanup);
    TRY(_PyCompile_Op(c, POP_BLOCK));
    _PyCompile_PopFblock(c);
    TRY(_PyCompile_Stmts(c, s->v.For.orelse));
    _PyCompile_UseBlock(c, end);
    return 0;
}

static int while_statement(compiler *c, stmt_ty s)
{
    basicblock *loop, *end, *anchor;
    int truth = constant_truth(s->v.While.test);

    if (truth == -2)
        return -1;
    if (truth == 0)
        return _PyCompile_Stmts(c, s->v.While.orelse);
    loop = _PyCompile_NewBlock(c);
    end = _PyCompile_NewBlock(c);
    anchor = _PyCompile_NewBlock(c);
    if (loop == NULL || end == NULL || anchor == NULL)
        return -1;
    TRY(_PyCompile_Jump(c, SETUP_LOOP, end));
    _PyCompile_UseBlock(c, loop);
    TRY(_PyCompile_PushFblock(c, FBLOCK_LOOP, loop));
    if (truth == -1) {
        TRY(_PyCompile_Expr(c, s->v.While.test));
        TRY(_PyCompile_Jump(c, POP_JUMP_IF_FALSE, anchor));
    }
    TRY(_PyCompile_Stmts(c, s->v.While.body));
    TRY(_PyCompile_Jump(c, JUMP_ABSOLUTE, loop));
    _PyCompile_UseBlock(c, anchor);
    TRY(_PyCompile_Op(c, POP_BLOCK));
    _PyCompile_PopFblock(c);
    TRY(_PyCompile_Stmts(c, s->v.While.orelse));
    _PyCompile_UseBlock(c, end);
    return 0;
}

static int break_statement(compiler *c)
{
    int i;
    for (i = 0; i < c->u->nfblocks; i++) {
        if (c->u->fblocks[i].type == FBLOCK_LOOP)
            return _PyCompile_Op(c, BREAK_LOOP);
    }
    return _PyCompile_Error(c, "'break' outside loop");
}

static int continue_statement(compiler *c)
{
    static const char in_finally[] = "'continue' not supported inside 'finally' clause";
    static const char not_in_loop[] = "'continue' not properly in loop";
    int i = c->u->nfblocks - 1;

    if (i < 0)
        return _PyCompile_Error(c, not_in_loop);
    if (c->u->fblocks[i].type == FBLOCK_LOOP)
        return _PyCompile_Jump(c, JUMP_ABSOLUTE, c->u->fblocks[i].block);
    for (; i >= 0 && c->u->fblocks[i].type != FBLOCK_LOOP; i--) {
        if (c->u->fblocks[i].type == FBLOCK_FINALLY_END)
            return _PyCompile_Error(c, in_finally);
    }
    if (i < 0)
        return _PyCompile_Error(c, not_in_loop);
    return _PyCompile_Jump(c, CONTINUE_LOOP, c->u->fblocks[i].block);
}

/* --- Exceptions ----------------------------------------------------------------------------------
 */

static int try_finally(compiler *c, stmt_ty s)
{
    basicblock *body = _PyCompile_NewBlock(c), *end = _PyCompile_NewBlock(c);

    if (body == NULL || end == NULL)
        return -1;
    TRY(_PyCompile_Jump(c, SETUP_FINALLY, end));
    _PyCompile_UseBlock(c, body);
    TRY(_PyCompile_PushFblock(c, FBLOCK_FINALLY_TRY, body));
    TRY(_PyCompile_Stmts(c, s->v.TryFinally.body));
    TRY(_PyCompile_Op(c, POP_BLOCK));
    _PyCompile_PopFblock(c);
    TRY(_PyCompile_Const(c, Py_None));
    _PyCompile_UseBlock(c, end);
    TRY(_PyCompile_PushFblock(c, FBLOCK_FINALLY_END, end));
    TRY(_PyCompile_Stmts(c, s->v.TryFinally.finalbody));
    TRY(_PyCompile_Op(c, END_FINALLY));
    _PyCompile_PopFblock(c);
    return 0;
}

static int try_except(compiler *c, stmt_ty s)
{
    asdl_seq *handlers = s->v.TryExcept.handlers;
    basicblock *body = _PyCompile_NewBlock(c), *except = _PyCompile_NewBlock(c),
               *orelse = _PyCompile_NewBlock(c), *end = _PyCompile_NewBlock(c);
    int i, n = asdl_seq_LEN(handlers);

    if (body == NULL || except == NULL || orelse == NULL || end == NULL)
        return -1;
    TRY(_PyCompile_Jump(c, SETUP_EXCEPT, except));
    _PyCompile_UseBlock(c, body);
    TRY(_PyCompile_PushFblock(c, FBLOCK_EXCEPT, body));
    TRY(_PyCompile_Stmts(c, s->v.TryExcept.body));
    TRY(_PyCompile_Op(c, POP_BLOCK));
    _PyCompile_PopFblock(c);
    TRY(_PyCompile_Jump(c, JUMP_FORWARD, orelse));
    _PyCompile_UseBlock(c, except);
    for (i = 0; i < n; i++) {
        excepthandler_ty h = asdl_seq_GET(handlers, i);
        expr_ty type = h->v.ExceptHandler.type, name = h->v.ExceptHandler.name;

        if (type == NULL && i < n - 1)
            return _PyCompile_Error(c, "default 'except:' must be last");
        c->u->lineno_set = 0;
        c->u->lineno = h->lineno;
        except = _PyCompile_NewBlock(c);
        if (except == NULL)
            return -1;
        if (type != NULL) {
            TRY(_PyCompile_Op(c, DUP_TOP));
            TRY(_PyCompile_Expr(c, type));
            TRY(_PyCompile_OpArg(c, COMPARE_OP, PyCmp_EXC_MATCH));
            TRY(_PyCompile_Jump(c, POP_JUMP_IF_FALSE, except));
        }
        TRY(_PyCompile_Op(c, POP_TOP));
        TRY(name != NULL ? _PyCompile_Expr(c, name) : _PyCompile_Op(c, POP_TOP));
        TRY(_PyCompile_Op(c, POP_TOP));
        TRY(_PyCompile_Stmts(c, h->v.ExceptHandler.body));
        TRY(_PyCompile_Jump(c, JUMP_FORWARD, end));
        _PyCompile_UseBlock(c, except);
    }
    TRY(_PyCompile_Op(c, END_FINALLY));
    _PyCompile_UseBlock(c, orelse);
    TRY(_PyCompile_Stmts(c, s->v.TryExcept.orelse));
    _PyCompile_UseBlock(c, end);
    return 0;
}

static int with_statement(compiler *c, stmt_ty s)
{
    basicblock *block = _PyCompile_NewBlock(c), *finally = _PyCompile_NewBlock(c);
    expr_ty vars = s->v.With.optional_vars;

    if (block == NULL || finally == NULL)
        return -1;
    TRY(_PyCompile_Expr(c, s->v.With.context_expr));
    TRY(_PyCompile_Jump(c, SETUP_WITH, finally));
    _PyCompile_UseBlock(c, block);
    TRY(_PyCompile_PushFblock(c, FBLOCK_FINALLY_TRY, block));
    TRY(vars != NULL ? _PyCompile_Expr(c, vars) : _PyCompile_Op(c, POP_TOP));
    TRY(_PyCompile_Stmts(c, s->v.With.body));
    TRY(_PyCompile_Op(c, POP_BLOCK));
    _PyCompile_PopFblock(c);
    TRY(_PyCompile_Const(c, Py_None));
    _PyCompile_UseBlock(c, finally);
    TRY(_PyCompile_PushFblock(c, FBLOCK_FINALLY_END, finally));
    TRY(_PyCompile_Op(c, WITH_CLEANUP));
    TRY(_PyCompile_Op(c, END_FINALLY));
    _PyCompile_PopFblock(c);
    return 0;
}

static int raise_statement(compiler *c, stmt_ty s)
{
    int n = 0;

    if (s->v.Raise.type != NULL) {
        TRY(_PyCompile_Expr(c, s->v.Raise.type));
        n++;
        if (s->v.Raise.inst != NULL) {
            TRY(_PyCompile_Expr(c, s->v.Raise.inst));
            n++;
            if (s->v.Raise.tback != NULL) {
                TRY(_PyCompile_Expr(c, s->v.Raise.tback));
                n++;
            }
        }
    }
    return _PyCompile_OpArg(c, RAISE_VARARGS, n);
}

static int assert_statement(compiler *c, stmt_ty s)
{
    static const char message[] = "assertion is always true, perhaps remove parentheses?";
    expr_ty condition = s->v.Assert.test;
    PyObject *name;
    basicblock *end;
    py_long number;

    if (Py_OptimizeFlag)
        return 0;
    if (condition->kind == Tuple_kind && asdl_seq_LEN(condition->v.Tuple.elts) > 0 &&
        PyErr_WarnExplicit(PyExc_SyntaxWarning, message, c->filename, c->u->lineno, NULL, NULL) < 0)
        return -1;
    TRY(_PyCompile_Expr(c, condition));
    end = _PyCompile_NewBlock(c);
    if (end == NULL)
        return -1;
    TRY(_PyCompile_Jump(c, POP_JUMP_IF_TRUE, end));
    name = PyString_InternFromString("AssertionError");
    if (name == NULL)
        return -1;
    number = _PyCompile_Number(c->u->names, name);
    Py_DECREF(name);
    TRY(_PyCompile_OpArg(c, LOAD_GLOBAL, number));
    if (s->v.Assert.msg != NULL) {
        TRY(_PyCompile_Expr(c, s->v.Assert.msg));
        TRY(_PyCompile_OpArg(c, CALL_FUNCTION, 1));
    }
    TRY(_PyCompile_OpArg(c, RAISE_VARARGS, 1));
    _PyCompile_UseBlock(c, end);
    return 0;
}

/* --- Imports
 * ----------------------------------------------------------------------------------------- */

/* import a.b.c as d: d is what the attributes lead to. */
static int import_as(compiler *c, const char *name, PyObject *asname)
{
    const char *dot = strchr(name, '.');

    while (dot != NULL) {
        const char *begin = dot + 1;
        PyObject *attr;
        int result;
        dot = strchr(begin, '.');
        attr = PyString_FromStringAndSize(begin,
                                          dot != NULL ? dot - begin : (Py_ssize_t)strlen(begin));
        if (attr == NULL)
            return -1;
        result = _PyCompile_OpName(c, LOAD_ATTR, attr);
        Py_DECREF(attr);
        if (result < 0)
            return -1;
    }
    return _PyCompile_Name(c, asname, Store);
}

static int import_statement(compiler *c, stmt_ty s)
{
    asdl_seq *names = s->v.Import.names;
    int i;

    for (i = 0; i < asdl_seq_LEN(names); i++) {
        alias_ty alias = asdl_seq_GET(names, i);
        const char *text = PyString_AS_STRING(alias->name), *dot = strchr(text, '.');
        PyObject *top;
        int result;

        TRY(_PyCompile_ConstInt(c, c->flags & CO_FUTURE_ABSOLUTE_IMPORT ? 0 : -1));
        TRY(_PyCompile_Const(c, Py_None));
        TRY(_PyCompile_OpName(c, IMPORT_NAME, alias->name));
        if (alias->asname != NULL) {
            TRY(import_as(c, text, alias->asname));
            continue;
        }
        if (dot == NULL) {
            TRY(_PyCompile_Name(c, alias->name, Store));
            continue;
        }
        top = PyString_FromStringAndSize(text, dot - text);
        if (top == NULL)
            return -1;
        result = _PyCompile_Name(c, top, Store);
        Py_DECREF(top);
        if (result < 0)
            return -1;
    }
    return 0;
}

/* The constant that tells IMPORT_NAME what is wanted of the module. */
static int load_fromlist(compiler *c, asdl_seq *aliases)
{
    int i, result, n = asdl_seq_LEN(aliases);
    PyObject *names = PyTuple_New(n);

    if (names == NULL)
        return -1;
    for (i = 0; i < n; i++) {
        alias_ty alias = asdl_seq_GET(aliases, i);
        Py_INCREF(alias->name);
        PyTuple_SET_ITEM(names, i, alias->name);
    }
    result = _PyCompile_Const(c, names);
    Py_DECREF(names);
    return result;
}

static int from_statement(compiler *c, stmt_ty s)
{
    asdl_seq *aliases = s->v.ImportFrom.names;
    PyObject *module = s->v.ImportFrom.module, *empty;
    int i, result, level = s->v.ImportFrom.level;

    if (s->lineno > c->future->ff_lineno && module != NULL &&
        strcmp(PyString_AS_STRING(module), "__future__") == 0)
        return _PyCompile_Error(c,
                                "from __future__ imports must occur at the beginning of the file");
    if (level == 0 && !(c->flags & CO_FUTURE_ABSOLUTE_IMPORT))
        level = -1;
    TRY(_PyCompile_ConstInt(c, level));
    TRY(load_fromlist(c, aliases));
    if (module != NULL) {
        TRY(_PyCompile_OpName(c, IMPORT_NAME, module));
    } else {
        empty = PyString_FromString("");
        if (empty == NULL)
            return -1;
        result = _PyCompile_OpName(c, IMPORT_NAME, empty);
        Py_DECREF(empty);
        if (result < 0)
            return -1;
    }
    for (i = 0; i < asdl_seq_LEN(aliases); i++) {
        alias_ty alias = asdl_seq_GET(aliases, i);
        if (i == 0 && PyString_AS_STRING(alias->name)[0] == '*')
            return _PyCompile_Op(c, IMPORT_STAR);
        TRY(_PyCompile_OpName(c, IMPORT_FROM, alias->name));
        TRY(_PyCompile_Name(c, alias->asname != NULL ? alias->asname : alias->name, Store));
    }
    return _PyCompile_Op(c, POP_TOP);
}

/* --- Simple statements
 * --------------------------------------------------------------------------------- */

static int print_statement(compiler *c, stmt_ty s)
{
    asdl_seq *values = s->v.Print.values;
    int i, to = s->v.Print.dest != NULL;

    if (to)
        TRY(_PyCompile_Expr(c, s->v.Print.dest));
    for (i = 0; i < asdl_seq_LEN(values); i++) {
        if (to)
            TRY(_PyCompile_Op(c, DUP_TOP));
        TRY(_PyCompile_Expr(c, asdl_seq_GET(values, i)));
        if (to)
            TRY(_PyCompile_Op(c, ROT_TWO));
        TRY(_PyCompile_Op(c, to ? PRINT_ITEM_TO : PRINT_ITEM));
    }
    if (s->v.Print.nl)
        return _PyCompile_Op(c, to ? PRINT_NEWLINE_TO : PRINT_NEWLINE);
    return to ? _PyCompile_Op(c, POP_TOP) : 0;
}

static int augmented_assignment(compiler *c, stmt_ty s)
{
    struct _expr target = *s->v.AugAssign.target;
    int opcode = _PyCompile_InPlace(c, s->v.AugAssign.op);

    switch (target.kind) {
    case Attribute_kind:
        target.v.Attribute.ctx = AugLoad;
        TRY(_PyCompile_Expr(c, &target));
        TRY(_PyCompile_Expr(c, s->v.AugAssign.value));
        TRY(_PyCompile_Op(c, opcode));
        target.v.Attribute.ctx = AugStore;
        return _PyCompile_Expr(c, &target);
    case Subscript_kind:
        target.v.Subscript.ctx = AugLoad;
        TRY(_PyCompile_Expr(c, &target));
        TRY(_PyCompile_Expr(c, s->v.AugAssign.value));
        TRY(_PyCompile_Op(c, opcode));
        target.v.Subscript.ctx = AugStore;
        return _PyCompile_Expr(c, &target);
    case Name_kind:
        TRY(_PyCompile_Name(c, target.v.Name.id, Load));
        TRY(_PyCompile_Expr(c, s->v.AugAssign.value));
        TRY(_PyCompile_Op(c, opcode));
        return _PyCompile_Name(c, target.v.Name.id, Store);
    default:
        PyErr_Format(PyExc_SystemError, "invalid node type (%d) for augmented assignment",
                     target.kind);
        return -1;
    }
}

static int return_statement(compiler *c, stmt_ty s)
{
    if (c->u->ste->ste_type != FunctionBlock)
        return _PyCompile_Error(c, "'return' outside function");
    TRY(s->v.Return.value != NULL ? _PyCompile_Expr(c, s->v.Return.value)
                                  : _PyCompile_Const(c, Py_None));
    return _PyCompile_Op(c, RETURN_VALUE);
}

static int assignment(compiler *c, stmt_ty s)
{
    int i, n = asdl_seq_LEN(s->v.Assign.targets);

    TRY(_PyCompile_Expr(c, s->v.Assign.value));
    for (i = 0; i < n; i++) {
        if (i + 1 < n)
            TRY(_PyCompile_Op(c, DUP_TOP));
        TRY(_PyCompile_Expr(c, asdl_seq_GET(s->v.Assign.targets, i)));
    }
    return 0;
}

static int exec_statement(compiler *c, stmt_ty s)
{
    TRY(_PyCompile_Expr(c, s->v.Exec.body));
    if (s->v.Exec.globals == NULL) {
        TRY(_PyCompile_Const(c, Py_None));
        TRY(_PyCompile_Op(c, DUP_TOP));
    } else {
        TRY(_PyCompile_Expr(c, s->v.Exec.globals));
        TRY(s->v.Exec.locals != NULL ? _PyCompile_Expr(c, s->v.Exec.locals)
                                     : _PyCompile_Op(c, DUP_TOP));
    }
    return _PyCompile_Op(c, EXEC_STMT);
}

static int expression_statement(compiler *c, stmt_ty s)
{
    expr_ty value = s->v.Expr.value;

    if (c->interactive && c->nestlevel <= 1) {
        TRY(_PyCompile_Expr(c, value));
        return _PyCompile_Op(c, PRINT_EXPR);
    }
    /* Literals alone do nothing. */
    if (value->kind == Str_kind || value->kind == Num_kind)
        return 0;
    TRY(_PyCompile_Expr(c, value));
    return _PyCompile_Op(c, POP_TOP);
}

static int dispatch(compiler *c, stmt_ty s)
{
    switch (s->kind) {
    case FunctionDef_kind:
        return function(c, s);
    case ClassDef_kind:
        return class_statement(c, s);
    case Return_kind:
        return return_statement(c, s);
    case Delete_kind:
        return _PyCompile_Exprs(c, s->v.Delete.targets);
    case Assign_kind:
        return assignment(c, s);
    case AugAssign_kind:
        return augmented_assignment(c, s);
    case Print_kind:
        return print_statement(c, s);
    case For_kind:
        return for_statement(c, s);
    case While_kind:
        return while_statement(c, s);
    case If_kind:
        return if_statement(c, s);
    case With_kind:
        return with_statement(c, s);
    case Raise_kind:
        return raise_statement(c, s);
    case TryExcept_kind:
        return try_except(c, s);
    case TryFinally_kind:
        return try_finally(c, s);
    case Assert_kind:
        return assert_statement(c, s);
    case Import_kind:
        return import_statement(c, s);
    case ImportFrom_kind:
        return from_statement(c, s);
    case Exec_kind:
        return exec_statement(c, s);
    case Expr_kind:
        return expression_statement(c, s);
    case Break_kind:
        return break_statement(c);
    case Continue_kind:
        return continue_statement(c);
    default: /* Global, Pass */
        return 0;
    }
}

static int statement(compiler *c, stmt_ty s)
{
    TRY(begin_statement(c, s));
    TRY(dispatch(c, s));
    c->depth--;
    return 0;
}
