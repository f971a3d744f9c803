/* SPDX-License-Identifier: MIT */
/* Code for expressions. Invariant: the code of an expression leaves exactly one item more on the
 * stack when it loads, and takes one when it stores. */
#include "compile/compiler.h"

static int binary_opcode(compiler *c, operator_ty op)
{
    switch (op) {
    case Add:
        return BINARY_ADD;
    case Sub:
        return BINARY_SUBTRACT;
    case Mult:
        return BINARY_MULTIPLY;
    case Div:
        return c->flags & CO_FUTURE_DIVISION ? BINARY_TRUE_DIVIDE : BINARY_DIVIDE;
    case Mod:
        return BINARY_MODULO;
    case Pow:
        return BINARY_POWER;
    case LShift:
        return BINARY_LSHIFT;
    case RShift:
        return BINARY_RSHIFT;
    case BitOr:
        return BINARY_OR;
    case BitXor:
        return BINARY_XOR;
    case BitAnd:
        return BINARY_AND;
    default:
        return BINARY_FLOOR_DIVIDE;
    }
}

int _PyCompile_InPlace(compiler *c, operator_ty op)
{
    switch (op) {
    case Add:
        return INPLACE_ADD;
    case Sub:
        return INPLACE_SUBTRACT;
    case Mult:
        return INPLACE_MULTIPLY;
    case Div:
        return c->flags & CO_FUTURE_DIVISION ? INPLACE_TRUE_DIVIDE : INPLACE_DIVIDE;
    case Mod:
        return INPLACE_MODULO;
    case Pow:
        return INPLACE_POWER;
    case LShift:
        return INPLACE_LSHIFT;
    case RShift:
        return INPLACE_RSHIFT;
    case BitOr:
        return INPLACE_OR;
    case BitXor:
        return INPLACE_XOR;
    case BitAnd:
        return INPLACE_AND;
    default:
        return INPLACE_FLOOR_DIVIDE;
    }
}

static int compare_operand(cmpop_ty op)
{
    switch (op) {
    case Eq:
        return PyCmp_EQ;
    case NotEq:
        return PyCmp_NE;
    case Lt:
        return PyCmp_LT;
    case LtE:
        return PyCmp_LE;
    case Gt:
        return PyCmp_GT;
    case GtE:
        return PyCmp_GE;
    case Is:
        return PyCmp_IS;
    case IsNot:
        return PyCmp_IS_NOT;
    case In:
        return PyCmp_IN;
    default:
        return PyCmp_NOT_IN;
    }
}

int _PyCompile_Exprs(compiler *c, asdl_seq *seq)
{
    int i;
    for (i = 0; i < asdl_seq_LEN(seq); i++)
        TRY(_PyCompile_Expr(c, asdl_seq_GET(seq, i)));
    return 0;
}

/* --- Operators ------------------------------------------------------------------------------- */

static int bool_op(compiler *c, expr_ty e)
{
    asdl_seq *values = e->v.BoolOp.values;
    int i, last = asdl_seq_LEN(values) - 1;
    int jump = e->v.BoolOp.op == And ? JUMP_IF_FALSE_OR_POP : JUMP_IF_TRUE_OR_POP;
    basicblock *end = _PyCompile_NewBlock(c);

    if (end == NULL)
        return -1;
    for (i = 0; i < last; i++) {
        TRY(_PyCompile_Expr(c, asdl_seq_GET(values, i)));
        TRY(_PyCompile_Jump(c, jump, end));
    }
    TRY(_PyCompile_Expr(c, asdl_seq_GET(values, last)));
    _PyCompile_UseBlock(c, end);
    return 0;
}

static void set_line(compiler *c, expr_ty e)
{
    /* An expression may go over several lines; lines only rise within a statement. */
    if (e->lineno > c->u->lineno) {
        c->u->lineno = e->lineno;
        c->u->lineno_set = 0;
    }
}

static int unary_op(compiler *c, expr_ty e)
{
    TRY(_PyCompile_Expr(c, e->v.UnaryOp.operand));
    switch (e->v.UnaryOp.op) {
    case Invert:
        return _PyCompile_Op(c, UNARY_INVERT);
    case Not:
        return _PyCompile_Op(c, UNARY_NOT);
    case UAdd:
        return _PyCompile_Op(c, UNARY_POSITIVE);
    default:
        return _PyCompile_Op(c, UNARY_NEGATIVE);
    }
}

/* a < b < c: b is computed once, and what is left of it is dropped when a < b fails. */
static int compare(compiler *c, expr_ty e)
{
    asdl_int_seq *ops = e->v.Compare.ops;
    asdl_seq *operands = e->v.Compare.comparators;
    basicblock *cleanup, *end;
    int i, n = asdl_seq_LEN(ops);

    TRY(_PyCompile_Expr(c, e->v.Compare.left));
    if (n == 1) {
        TRY(_PyCompile_Expr(c, asdl_seq_GET(operands, 0)));
        return _PyCompile_OpArg(c, COMPARE_OP, compare_operand((cmpop_ty)asdl_seq_GET(ops, 0)));
    }
    cleanup = _PyCompile_NewBlock(c);
    end = _PyCompile_NewBlock(c);
    if (cleanup == NULL || end == NULL)
        return -1;
    for (i = 0; i < n - 1; i++) {
        TRY(_PyCompile_Expr(c, asdl_seq_GET(operands, i)));
        TRY(_PyCompile_Op(c, DUP_TOP));
        TRY(_PyCompile_Op(c, ROT_THREE));
        TRY(_PyCompile_OpArg(c, COMPARE_OP, compare_operand((cmpop_ty)asdl_seq_GET(ops, i))));
        TRY(_PyCompile_Jump(c, JUMP_IF_FALSE_OR_POP, cleanup));
    }
    TRY(_PyCompile_Expr(c, asdl_seq_GET(operands, n - 1)));
    TRY(_PyCompile_OpArg(c, COMPARE_OP, compare_operand((cmpop_ty)asdl_seq_GET(ops, n - 1))));
    TRY(_PyCompile_Jump(c, JUMP_FORWARD, end));
    _PyCompile_UseBlock(c, cleanup);
    TRY(_PyCompile_Op(c, ROT_TWO));
    TRY(_PyCompile_Op(c, POP_TOP));
    _PyCompile_UseBlock(c, end);
    return 0;
}

static int if_exp(compiler *c, expr_ty e)
{
    basicblock *end = _PyCompile_NewBlock(c), *next = _PyCompile_NewBlock(c);

    if (end == NULL || next == NULL)
        return -1;
    TRY(_PyCompile_Expr(c, e->v.IfExp.test));
    TRY(_PyCompile_Jump(c, POP_JUMP_IF_FALSE, next));
    TRY(_PyCompile_Expr(c, e->v.IfExp.body));
    TRY(_PyCompile_Jump(c, JUMP_FORWARD, end));
    _PyCompile_UseBlock(c, next);
    TRY(_PyCompile_Expr(c, e->v.IfExp.orelse));
    _PyCompile_UseBlock(c, end);
    return 0;
}

/* --- Displays and calls ------------------------------------------------------------------------
 */

static int dict_display(compiler *c, expr_ty e)
{
    int i, n = asdl_seq_LEN(e->v.Dict.values);

    TRY(_PyCompile_OpArg(c, BUILD_MAP, n > 0xffff ? 0xffff : n));
    for (i = 0; i < n; i++) {
        TRY(_PyCompile_Expr(c, asdl_seq_GET(e->v.Dict.values, i)));
        TRY(_PyCompile_Expr(c, asdl_seq_GET(e->v.Dict.keys, i)));
        TRY(_PyCompile_Op(c, STORE_MAP));
    }
    return 0;
}

static int sequence(compiler *c, asdl_seq *elts, expr_context_ty ctx, int build)
{
    int n = asdl_seq_LEN(elts);

    if (ctx == Store)
        TRY(_PyCompile_OpArg(c, UNPACK_SEQUENCE, n));
    TRY(_PyCompile_Exprs(c, elts));
    return ctx == Load ? _PyCompile_OpArg(c, build, n) : 0;
}

/* The function is on the stack. */
static int call(compiler *c, expr_ty e)
{
    static const unsigned char opcodes[] = {CALL_FUNCTION, CALL_FUNCTION_VAR, CALL_FUNCTION_KW,
                                            CALL_FUNCTION_VAR_KW};
    asdl_seq *keywords = e->v.Call.keywords;
    int i, nkeywords = asdl_seq_LEN(keywords), nargs = asdl_seq_LEN(e->v.Call.args), kind = 0;

    TRY(_PyCompile_Exprs(c, e->v.Call.args));
    for (i = 0; i < nkeywords; i++) {
        keyword_ty keyword = asdl_seq_GET(keywords, i);
        TRY(_PyCompile_Const(c, keyword->arg));
        TRY(_PyCompile_Expr(c, keyword->value));
    }
    if (e->v.Call.starargs != NULL) {
        TRY(_PyCompile_Expr(c, e->v.Call.starargs));
        kind |= 1;
    }
    if (e->v.Call.kwargs != NULL) {
        TRY(_PyCompile_Expr(c, e->v.Call.kwargs));
        kind |= 2;
    }
    return _PyCompile_OpArg(c, opcodes[kind], (py_long)nargs | (py_long)nkeywords << 8);
}

/* --- Comprehensions ------------------------------------------------------------------------------
 */

/* One `for` with its `if`s around what is inside: the next `for`, or the element. */
static int generator_part(compiler *c, expr_ty e, asdl_seq *generators, int index)
{
    comprehension_ty part = asdl_seq_GET(generators, index);
    basicblock *start = _PyCompile_NewBlock(c), *cleanup = _PyCompile_NewBlock(c),
               *anchor = _PyCompile_NewBlock(c);
    int i;

    if (start == NULL || cleanup == NULL || anchor == NULL)
        return -1;
    if (index == 0 && e->kind != ListComp_kind) {
        /* The first iterable is the block's argument. */
        c->u->argcount = 1;
        TRY(_PyCompile_OpArg(c, LOAD_FAST, 0));
    } else {
        TRY(_PyCompile_Expr(c, part->iter));
        TRY(_PyCompile_Op(c, GET_ITER));
    }
    _PyCompile_UseBlock(c, start);
    TRY(_PyCompile_Jump(c, FOR_ITER, anchor));
    TRY(_PyCompile_Expr(c, part->target));
    for (i = 0; i < asdl_seq_LEN(part->ifs); i++) {
        TRY(_PyCompile_Expr(c, asdl_seq_GET(part->ifs, i)));
        TRY(_PyCompile_Jump(c, POP_JUMP_IF_FALSE, cleanup));
    }
    index++;
    if (index < asdl_seq_LEN(generators)) {
        if (++c->depth > PyCOMPILE_MAX_DEPTH)
            return _PyCompile_TooDeep();
        TRY(generator_part(c, e, generators, index));
        c->depth--;
    } else {
        switch (e->kind) {
        case ListComp_kind:
            TRY(_PyCompile_Expr(c, e->v.ListComp.elt));
            TRY(_PyCompile_OpArg(c, LIST_APPEND, index + 1));
            break;
        case SetComp_kind:
            TRY(_PyCompile_Expr(c, e->v.SetComp.elt));
            TRY(_PyCompile_OpArg(c, SET_ADD, index + 1));
            break;
        case DictComp_kind:
            TRY(_PyCompile_Expr(c, e->v.DictComp.value));
            TRY(_PyCompile_Expr(c, e->v.DictComp.key));
            TRY(_PyCompile_OpArg(c, MAP_ADD, index + 1));
            break;
        default:
            TRY(_PyCompile_Expr(c, e->v.GeneratorExp.elt));
            TRY(_PyCompile_Op(c, YIELD_VALUE));
            TRY(_PyCompile_Op(c, POP_TOP));
            break;
        }
    }
    _PyCompile_UseBlock(c, cleanup);
    TRY(_PyCompile_Jump(c, JUMP_ABSOLUTE, start));
    _PyCompile_UseBlock(c, anchor);
    return 0;
}

/* A comprehension with a code object of its own, called at once. */
static int inner_comprehension(compiler *c, expr_ty e, const char *text, asdl_seq *generators)
{
    PyObject *name = PyString_FromString(text);
    PyCodeObject *co;
    int result;

    if (name == NULL)
        return -1;
    result = _PyCompile_EnterScope(c, name, e, e->lineno);
    Py_DECREF(name);
    if (result < 0)
        return -1;
    if (e->kind != GeneratorExp_kind)
        TRY(_PyCompile_OpArg(c, e->kind == SetComp_kind ? BUILD_SET : BUILD_MAP, 0));
    TRY(generator_part(c, e, generators, 0));
    if (e->kind != GeneratorExp_kind)
        TRY(_PyCompile_Op(c, RETURN_VALUE));
    co = _PyCompile_Assemble(c, 1);
    _PyCompile_ExitScope(c);
    if (co == NULL)
        return -1;
    result = _PyCompile_Closure(c, co, 0);
    Py_DECREF(co);
    if (result < 0)
        return -1;
    TRY(_PyCompile_Expr(c, ((comprehension_ty)asdl_seq_GET(generators, 0))->iter));
    TRY(_PyCompile_Op(c, GET_ITER));
    return _PyCompile_OpArg(c, CALL_FUNCTION, 1);
}

/* --- Lambda --------------------------------------------------------------------------------------
 */

/* Code that unpacks parameters that are tuples. */
int _PyCompile_Parameters(compiler *c, arguments_ty args)
{
    int i;

    for (i = 0; i < asdl_seq_LEN(args->args); i++) {
        expr_ty arg = asdl_seq_GET(args->args, i);
        PyObject *name;
        int result;
        if (arg->kind != Tuple_kind)
            continue;
        name = PyString_FromFormat(".%d", i);
        if (name == NULL)
            return -1;
        result = _PyCompile_Name(c, name, Load);
        Py_DECREF(name);
        if (result < 0)
            return -1;
        TRY(_PyCompile_Expr(c, arg));
    }
    return 0;
}

static int lambda(compiler *c, expr_ty e)
{
    arguments_ty args = e->v.Lambda.args;
    PyObject *name;
    PyCodeObject *co;
    int result;

    TRY(_PyCompile_Exprs(c, args->defaults));
    name = PyString_InternFromString("<lambda>");
    if (name == NULL)
        return -1;
    result = _PyCompile_EnterScope(c, name, e, e->lineno);
    Py_DECREF(name);
    if (result < 0)
        return -1;
    TRY(_PyCompile_Parameters(c, args));
    /* The first constant would be its docstring: it has none. */
    if (_PyCompile_Number(c->u->consts, Py_None) < 0)
        return -1;
    c->u->argcount = asdl_seq_LEN(args->args);
    TRY(_PyCompile_Expr(c, e->v.Lambda.body));
    TRY(_PyCompile_Op(c, c->u->ste->ste_generator ? POP_TOP : RETURN_VALUE));
    co = _PyCompile_Assemble(c, 1);
    _PyCompile_ExitScope(c);
    if (co == NULL)
        return -1;
    result = _PyCompile_Closure(c, co, asdl_seq_LEN(args->defaults));
    Py_DECREF(co);
    return result;
}

/* --- Attributes and subscripts
 * ------------------------------------------------------------------------ */

/* The object is on the stack. */
static int attribute(compiler *c, expr_ty e)
{
    PyObject *attr = e->v.Attribute.attr;

    switch (e->v.Attribute.ctx) {
    case AugLoad:
        TRY(_PyCompile_Op(c, DUP_TOP));
        return _PyCompile_OpName(c, LOAD_ATTR, attr);
    case Load:
        return _PyCompile_OpName(c, LOAD_ATTR, attr);
    case AugStore:
        TRY(_PyCompile_Op(c, ROT_TWO));
        return _PyCompile_OpName(c, STORE_ATTR, attr);
    case Store:
        return _PyCompile_OpName(c, STORE_ATTR, attr);
    case Del:
        return _PyCompile_OpName(c, DELETE_ATTR, attr);
    default:
        PyErr_SetString(PyExc_SystemError, "param invalid in attribute expression");
        return -1;
    }
}

/* The instruction on a container and an index that are on the stack. */
static int subscript_op(compiler *c, expr_context_ty ctx)
{
    switch (ctx) {
    case AugLoad:
        TRY(_PyCompile_OpArg(c, DUP_TOPX, 2));
        return _PyCompile_Op(c, BINARY_SUBSCR);
    case Load:
        return _PyCompile_Op(c, BINARY_SUBSCR);
    case AugStore:
        TRY(_PyCompile_Op(c, ROT_THREE));
        return _PyCompile_Op(c, STORE_SUBSCR);
    case Store:
        return _PyCompile_Op(c, STORE_SUBSCR);
    case Del:
        return _PyCompile_Op(c, DELETE_SUBSCR);
    default:
        PyErr_SetString(PyExc_SystemError, "param invalid in subscript expression");
        return -1;
    }
}

/* a[b:c] without a step has instructions of its own. */
static int simple_slice(compiler *c, slice_ty s, expr_context_ty ctx)
{
    static const unsigned char rotations[] = {ROT_TWO, ROT_THREE, ROT_FOUR};
    int offset = 0, count = 0, opcode;

    if (s->v.Slice.lower != NULL) {
        offset |= 1;
        count++;
        if (ctx != AugStore)
            TRY(_PyCompile_Expr(c, s->v.Slice.lower));
    }
    if (s->v.Slice.upper != NULL) {
        offset |= 2;
        count++;
        if (ctx != AugStore)
            TRY(_PyCompile_Expr(c, s->v.Slice.upper));
    }
    if (ctx == AugLoad && count == 0)
        TRY(_PyCompile_Op(c, DUP_TOP));
    else if (ctx == AugLoad)
        TRY(_PyCompile_OpArg(c, DUP_TOPX, count + 1));
    else if (ctx == AugStore)
        TRY(_PyCompile_Op(c, rotations[count]));
    switch (ctx) {
    case AugLoad:
    case Load:
        opcode = SLICE;
        break;
    case AugStore:
    case Store:
        opcode = STORE_SLICE;
        break;
    case Del:
        opcode = DELETE_SLICE;
        break;
    default:
        PyErr_SetString(PyExc_SystemError, "param invalid in simple slice");
        return -1;
    }
    return _PyCompile_Op(c, opcode + offset);
}

static int slice_object(compiler *c, slice_ty s)
{
    expr_ty lower = s->v.Slice.lower, upper = s->v.Slice.upper;

    TRY(lower != NULL ? _PyCompile_Expr(c, lower) : _PyCompile_Const(c, Py_None));
    TRY(upper != NULL ? _PyCompile_Expr(c, upper) : _PyCompile_Const(c, Py_None));
    if (s->v.Slice.step == NULL)
        return _PyCompile_OpArg(c, BUILD_SLICE, 2);
    TRY(_PyCompile_Expr(c, s->v.Slice.step));
    return _PyCompile_OpArg(c, BUILD_SLICE, 3);
}

static int slice_dimension(compiler *c, slice_ty s)
{
    switch (s->kind) {
    case Ellipsis_kind:
        return _PyCompile_Const(c, Py_Ellipsis);
    case Slice_kind:
        return slice_object(c, s);
    case Index_kind:
        return _PyCompile_Expr(c, s->v.Index.value);
    default:
        PyErr_SetString(PyExc_SystemError, "extended slice invalid in nested slice");
        return -1;
    }
}

static int visit_slice(compiler *c, slice_ty s, expr_context_ty ctx)
{
    int i;

    if (s->kind == Slice_kind && s->v.Slice.step == NULL)
        return simple_slice(c, s, ctx);
    if (ctx != AugStore) {
        if (s->kind == ExtSlice_kind) {
            int n = asdl_seq_LEN(s->v.ExtSlice.dims);
            for (i = 0; i < n; i++)
                TRY(slice_dimension(c, asdl_seq_GET(s->v.ExtSlice.dims, i)));
            TRY(_PyCompile_OpArg(c, BUILD_TUPLE, n));
        } else {
            TRY(slice_dimension(c, s));
        }
    }
    return subscript_op(c, ctx);
}

/* --- Dispatch
 * ------------------------------------------------------------------------------------------ */

static int yield(compiler *c, expr_ty e)
{
    if (c->u->ste->ste_type != FunctionBlock)
        return _PyCompile_Error(c, "'yield' outside function");
    TRY(e->v.Yield.value != NULL ? _PyCompile_Expr(c, e->v.Yield.value)
                                 : _PyCompile_Const(c, Py_None));
    return _PyCompile_Op(c, YIELD_VALUE);
}

/* The part of an expression that is compiled first and left on the stack, or NULL. */
static expr_ty left_part(expr_ty e)
{
    switch (e->kind) {
    case BinOp_kind:
        return e->v.BinOp.left;
    case Call_kind:
        return e->v.Call.func;
    case Attribute_kind:
        return e->v.Attribute.ctx == AugStore ? NULL : e->v.Attribute.value;
    case Subscript_kind:
        return e->v.Subscript.ctx == AugStore ? NULL : e->v.Subscript.value;
    default:
        return NULL;
    }
}

/* The rest, when the left part is on the stack. */
static int after_left(compiler *c, expr_ty e)
{
    switch (e->kind) {
    case BinOp_kind:
        TRY(_PyCompile_Expr(c, e->v.BinOp.right));
        return _PyCompile_Op(c, binary_opcode(c, e->v.BinOp.op));
    case Call_kind:
        return call(c, e);
    case Attribute_kind:
        return attribute(c, e);
    default: /* Subscript */
        return visit_slice(c, e->v.Subscript.slice, e->v.Subscript.ctx);
    }
}

static int expression(compiler *c, expr_ty e)
{
    switch (e->kind) {
    case BoolOp_kind:
        return bool_op(c, e);
    case UnaryOp_kind:
        return unary_op(c, e);
    case Lambda_kind:
        return lambda(c, e);
    case IfExp_kind:
        return if_exp(c, e);
    case Dict_kind:
        return dict_display(c, e);
    case Set_kind:
        TRY(_PyCompile_Exprs(c, e->v.Set.elts));
        return _PyCompile_OpArg(c, BUILD_SET, asdl_seq_LEN(e->v.Set.elts));
    case ListComp_kind:
        TRY(_PyCompile_OpArg(c, BUILD_LIST, 0));
        return generator_part(c, e, e->v.ListComp.generators, 0);
    case GeneratorExp_kind:
        return inner_comprehension(c, e, "<genexpr>", e->v.GeneratorExp.generators);
    case SetComp_kind:
        return inner_comprehension(c, e, "<setcomp>", e->v.SetComp.generators);
    case DictComp_kind:
        return inner_comprehension(c, e, "<dictcomp>", e->v.DictComp.generators);
    case Yield_kind:
        return yield(c, e);
    case Compare_kind:
        return compare(c, e);
    case Repr_kind:
        TRY(_PyCompile_Expr(c, e->v.Repr.value));
        return _PyCompile_Op(c, UNARY_CONVERT);
    case Num_kind:
        return _PyCompile_Const(c, e->v.Num.n);
    case Str_kind:
        return _PyCompile_Const(c, e->v.Str.s);
    case Name_kind:
        return _PyCompile_Name(c, e->v.Name.id, e->v.Name.ctx);
    case List_kind:
        return sequence(c, e->v.List.elts, e->v.List.ctx, BUILD_LIST);
    case Tuple_kind:
        return sequence(c, e->v.Tuple.elts, e->v.Tuple.ctx, BUILD_TUPLE);
    default:
        return after_left(c, e);
    }
}

/* Operations, calls, attributes and subscripts nest to the left, as long as a program likes: a + b
 * + c ..., a.b().c() .... So the way down the left parts is a loop. */
int _PyCompile_Expr(compiler *c, expr_ty e)
{
    Py_ssize_t base = c->spine_used;
    expr_ty left;

    for (; (left = left_part(e)) != NULL; e = left) {
        set_line(c, e);
        if (c->spine_used == c->spine_size) {
            Py_ssize_t size = c->spine_size * 2 + 32;
            expr_ty *bigger = PyMem_Realloc(c->spine, size * (Py_ssize_t)sizeof(expr_ty));
            if (bigger == NULL) {
                PyErr_NoMemory();
                return -1;
            }
            c->spine = bigger;
            c->spine_size = size;
        }
        c->spine[c->spine_used++] = e;
    }
    if (++c->depth > PyCOMPILE_MAX_DEPTH)
        return _PyCompile_TooDeep();
    set_line(c, e);
    TRY(expression(c, e));
    while (c->spine_used > base)
        TRY(after_left(c, c->spine[--c->spine_used]));
    c->depth--;
    return 0;
}
