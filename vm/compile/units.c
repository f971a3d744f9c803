/* SPDX-License-Identifier: MIT */
/*
 * Code objects under construction: scopes, blocks, instructions, and the numbered constants and
 * names that instructions refer to.
 *
 * Invariant: a unit's dicts number things in the order of first use, without gaps; cell variables
 * come before free variables in one numbering.
 */
#include "compile/compiler.h"

PyObject *_Py_Mangle(PyObject *private_name, PyObject *name)
{
    const char *text = PyString_AS_STRING(name), *class_name;
    Py_ssize_t size = PyString_GET_SIZE(name), class_size;
    PyObject *mangled;
    char *to;

    Py_INCREF(name);
    if (private_name == NULL || !PyString_Check(private_name) || size < 2 || text[0] != '_' ||
        text[1] != '_')
        return name;
    /* __id__ and module.names stay. */
    if ((text[size - 1] == '_' && text[size - 2] == '_') || strchr(text, '.') != NULL)
        return name;
    class_name = PyString_AS_STRING(private_name);
    while (*class_name == '_')
        class_name++;
    if (*class_name == '\0')
        return name;
    Py_DECREF(name);
    class_size = (Py_ssize_t)strlen(class_name);
    mangled = PyString_FromStringAndSize(NULL, 1 + class_size + size);
    if (mangled == NULL)
        return NULL;
    to = PyString_AS_STRING(mangled);
    to[0] = '_';
    memcpy(to + 1, class_name, (size_t)class_size);
    memcpy(to + 1 + class_size, text, (size_t)size);
    PyString_InternInPlace(&mangled);
    return mangled;
}

int _PyCompile_Error(compiler *c, const char *message)
{
    PyObject *value, *text = PyErr_ProgramText(c->filename, c->u->lineno);

    if (text == NULL) {
        PyErr_Clear();
        Py_INCREF(Py_None);
        text = Py_None;
    }
    value = Py_BuildValue("(s(ziOO))", message, c->filename, c->u->lineno, Py_None, text);
    Py_DECREF(text);
    if (value != NULL) {
        PyErr_SetObject(PyExc_SyntaxError, value);
        Py_DECREF(value);
    }
    return -1;
}

int _PyCompile_TooDeep(void)
{
    PyErr_SetString(PyExc_RuntimeError, "maximum recursion depth exceeded during compilation");
    return -1;
}

/* --- Numbering ----------------------------------------------------------------------------------
 */

/* Equal objects of different types, and zeros of different signs, are different constants. */
static PyObject *constant_key(PyObject *o)
{
    PyObject *type = (PyObject *)Py_TYPE(o);

    if (PyFloat_Check(o)) {
        double d = PyFloat_AS_DOUBLE(o);
        if (d == 0.0 && copysign(1.0, d) < 0.0)
            return PyTuple_Pack(3, o, type, Py_None);
    } else if (PyComplex_Check(o)) {
        Py_complex z = PyComplex_AsCComplex(o);
        int negative_real = z.real == 0.0 && copysign(1.0, z.real) < 0.0;
        int negative_imag = z.imag == 0.0 && copysign(1.0, z.imag) < 0.0;
        if (negative_real && negative_imag)
            return PyTuple_Pack(5, o, type, Py_None, Py_None, Py_None);
        if (negative_imag)
            return PyTuple_Pack(4, o, type, Py_None, Py_None);
        if (negative_real)
            return PyTuple_Pack(3, o, type, Py_None);
    }
    return PyTuple_Pack(2, o, type);
}

py_long _PyCompile_Number(PyObject *dict, PyObject *o)
{
    PyObject *key = constant_key(o), *number;
    py_long result = -1;

    if (key == NULL)
        return -1;
    number = _PyDict_GetItemWithError(dict, key);
    if (number != NULL) {
        result = PyInt_AS_LONG(number);
    } else if (!PyErr_Occurred()) {
        number = PyInt_FromLong(PyDict_Size(dict));
        if (number != NULL && PyDict_SetItem(dict, key, number) == 0)
            result = PyInt_AS_LONG(number);
        Py_XDECREF(number);
    }
    Py_DECREF(key);
    return result;
}

/* Numbers a list's items. */
static PyObject *number_list(PyObject *list)
{
    PyObject *dict = PyDict_New();
    Py_ssize_t i;

    for (i = 0; dict != NULL && i < PyList_GET_SIZE(list); i++) {
        PyObject *key = constant_key(PyList_GET_ITEM(list, i)), *number = PyInt_FromLong(i);
        if (key == NULL || number == NULL || PyDict_SetItem(dict, key, number) < 0)
            Py_CLEAR(dict);
        Py_XDECREF(key);
        Py_XDECREF(number);
    }
    return dict;
}

/* Numbers, from `first` on and in alphabetical order, the names with a scope or a flag. */
static PyObject *number_by_scope(PyObject *symbols, int scope, int flag, py_long first)
{
    PyObject *dict = PyDict_New(), *names = PyDict_Keys(symbols);
    Py_ssize_t i;

    if (dict == NULL || names == NULL || PyList_Sort(names) < 0)
        goto fail;
    for (i = 0; i < PyList_GET_SIZE(names); i++) {
        PyObject *name = PyList_GET_ITEM(names, i), *key, *number;
        py_long flags = PyInt_AS_LONG(PyDict_GetItem(symbols, name));
        int failed;
        if (((flags >> SCOPE_OFF) & SCOPE_MASK) != scope && !(flags & flag))
            continue;
        key = constant_key(name);
        number = PyInt_FromLong(first++);
        failed = key == NULL || number == NULL || PyDict_SetItem(dict, key, number) < 0;
        Py_XDECREF(key);
        Py_XDECREF(number);
        if (failed)
            goto fail;
    }
    Py_DECREF(names);
    return dict;

fail:
    Py_XDECREF(names);
    Py_XDECREF(dict);
    return NULL;
}

/* --- Scopes
 * ---------------------------------------------------------------------------------------- */

static void unit_free(compiler_unit *u)
{
    basicblock *b = u->blocks, *next;

    while (b != NULL) {
        next = b->allocated;
        PyMem_Free(b->instrs);
        PyMem_Free(b);
        b = next;
    }
    Py_XDECREF(u->ste);
    Py_XDECREF(u->name);
    Py_XDECREF(u->consts);
    Py_XDECREF(u->names);
    Py_XDECREF(u->varnames);
    Py_XDECREF(u->cellvars);
    Py_XDECREF(u->freevars);
    Py_XDECREF(u->private_name);
    PyMem_Free(u);
}

int _PyCompile_EnterScope(compiler *c, PyObject *name, void *key, int lineno)
{
    compiler_unit *u = PyMem_Malloc((Py_ssize_t)sizeof(compiler_unit));

    if (u == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    memset(u, 0, sizeof(*u));
    Py_INCREF(name);
    u->name = name;
    u->firstlineno = lineno;
    u->ste = PySymtable_Lookup(c->st, key);
    if (u->ste == NULL)
        goto fail;
    u->varnames = number_list(u->ste->ste_varnames);
    u->cellvars = number_by_scope(u->ste->ste_symbols, CELL, 0, 0);
    if (u->varnames == NULL || u->cellvars == NULL)
        goto fail;
    u->freevars =
        number_by_scope(u->ste->ste_symbols, FREE, DEF_FREE_CLASS, PyDict_Size(u->cellvars));
    u->consts = PyDict_New();
    u->names = PyDict_New();
    if (u->freevars == NULL || u->consts == NULL || u->names == NULL)
        goto fail;
    if (c->u != NULL) {
        Py_XINCREF(c->u->private_name);
        u->private_name = c->u->private_name;
    }
    u->outer = c->u;
    c->u = u;
    c->nestlevel++;
    u->entry = _PyCompile_NewBlock(c);
    if (u->entry == NULL)
        return -1;
    u->entry->placed = 1;
    u->current = u->entry;
    return 0;

fail:
    unit_free(u);
    return -1;
}

void _PyCompile_ExitScope(compiler *c)
{
    compiler_unit *u = c->u;
    c->u = u->outer;
    c->nestlevel--;
    unit_free(u);
}

void _PyCompile_Abandon(compiler *c)
{
    while (c->u != NULL)
        _PyCompile_ExitScope(c);
}

/* --- Blocks and instructions
 * ------------------------------------------------------------------------- */

basicblock *_PyCompile_NewBlock(compiler *c)
{
    basicblock *b = PyMem_Malloc((Py_ssize_t)sizeof(basicblock));

    if (b == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    memset(b, 0, sizeof(*b));
    b->allocated = c->u->blocks;
    c->u->blocks = b;
    return b;
}

void _PyCompile_UseBlock(compiler *c, basicblock *block)
{
    c->u->current->next = block;
    c->u->current = block;
    block->placed = 1;
}

static instruction *next_instruction(compiler *c)
{
    basicblock *b = c->u->current;
    instruction *i;

    if (b->used == b->capacity) {
        int capacity = b->capacity == 0 ? 16 : b->capacity * 2;
        instruction *bigger;
        if (b->capacity > INT_MAX / 64)
            bigger = NULL;
        else
            bigger = PyMem_Realloc(b->instrs, (Py_ssize_t)capacity * (Py_ssize_t)sizeof(*bigger));
        if (bigger == NULL) {
            PyErr_NoMemory();
            return NULL;
        }
        b->instrs = bigger;
        b->capacity = capacity;
    }
    i = &b->instrs[b->used++];
    memset(i, 0, sizeof(*i));
    if (!c->u->lineno_set) {
        c->u->lineno_set = 1;
        i->lineno = c->u->lineno;
    }
    return i;
}

int _PyCompile_Op(compiler *c, int opcode)
{
    instruction *i = next_instruction(c);
    if (i == NULL)
        return -1;
    i->opcode = (unsigned char)opcode;
    if (opcode == RETURN_VALUE)
        c->u->current->returns = 1;
    return 0;
}

int _PyCompile_OpArg(compiler *c, int opcode, py_long oparg)
{
    instruction *i;

    if (oparg < 0)
        return -1;
    if (oparg > INT_MAX) {
        PyErr_SetString(PyExc_OverflowError, "instruction operand too large");
        return -1;
    }
    i = next_instruction(c);
    if (i == NULL)
        return -1;
    i->opcode = (unsigned char)opcode;
    i->oparg = (int)oparg;
    return 0;
}

int _PyCompile_Jump(compiler *c, int opcode, basicblock *target)
{
    instruction *i = next_instruction(c);

    if (i == NULL)
        return -1;
    i->opcode = (unsigned char)opcode;
    i->target = target;
    switch (opcode) {
    case FOR_ITER:
    case JUMP_FORWARD:
    case SETUP_LOOP:
    case SETUP_EXCEPT:
    case SETUP_FINALLY:
    case SETUP_WITH:
        i->relative = 1;
        break;
    default:
        i->absolute = 1;
        break;
    }
    return 0;
}

int _PyCompile_Const(compiler *c, PyObject *o)
{
    return _PyCompile_OpArg(c, LOAD_CONST, _PyCompile_Number(c->u->consts, o));
}

int _PyCompile_ConstInt(compiler *c, py_long value)
{
    PyObject *o = PyInt_FromLong(value);
    int result;

    if (o == NULL)
        return -1;
    result = _PyCompile_Const(c, o);
    Py_DECREF(o);
    return result;
}

int _PyCompile_OpName(compiler *c, int opcode, PyObject *name)
{
    PyObject *mangled = _Py_Mangle(c->u->private_name, name);
    int result;

    if (mangled == NULL)
        return -1;
    result = _PyCompile_OpArg(c, opcode, _PyCompile_Number(c->u->names, mangled));
    Py_DECREF(mangled);
    return result;
}

/* --- Names
 * ---------------------------------------------------------------------------------------------- */

enum access { BY_NAME, BY_GLOBAL, BY_FAST, BY_CELL };

static int mangled_name(compiler *c, PyObject *mangled, expr_context_ty ctx)
{
    static const unsigned char opcodes[4][3] = {
        [BY_NAME] = {LOAD_NAME, STORE_NAME, DELETE_NAME},
        [BY_GLOBAL] = {LOAD_GLOBAL, STORE_GLOBAL, DELETE_GLOBAL},
        [BY_FAST] = {LOAD_FAST, STORE_FAST, DELETE_FAST},
        [BY_CELL] = {LOAD_DEREF, STORE_DEREF, 0},
    };
    compiler_unit *u = c->u;
    PyObject *dict = u->names;
    enum access access = BY_NAME;
    int function = u->ste->ste_type == FunctionBlock, which;

    switch (PyST_GetScope(u->ste, mangled)) {
    case FREE:
        dict = u->freevars;
        access = BY_CELL;
        break;
    case CELL:
        dict = u->cellvars;
        access = BY_CELL;
        break;
    case LOCAL:
        if (function) {
            dict = u->varnames;
            access = BY_FAST;
        }
        break;
    case GLOBAL_IMPLICIT:
        if (function && !u->ste->ste_unoptimized)
            access = BY_GLOBAL;
        break;
    case GLOBAL_EXPLICIT:
        access = BY_GLOBAL;
        break;
    default:
        break;
    }
    switch (ctx) {
    case Load:
    case AugLoad:
        which = 0;
        break;
    case Store:
    case AugStore:
        which = 1;
        break;
    case Del:
        which = 2;
        break;
    default:
        PyErr_SetString(PyExc_SystemError, "param invalid for a variable");
        return -1;
    }
    if (access == BY_CELL && which == 2) {
        PyErr_Format(PyExc_SyntaxError, "can not delete variable '%s' referenced in nested scope",
                     PyString_AS_STRING(mangled));
        return -1;
    }
    return _PyCompile_OpArg(c, opcodes[access][which], _PyCompile_Number(dict, mangled));
}

int _PyCompile_Name(compiler *c, PyObject *name, expr_context_ty ctx)
{
    PyObject *mangled = _Py_Mangle(c->u->private_name, name);
    int result;

    if (mangled == NULL)
        return -1;
    result = mangled_name(c, mangled, ctx);
    Py_DECREF(mangled);
    return result;
}

int _PyCompile_NameString(compiler *c, const char *text, expr_context_ty ctx)
{
    PyObject *name = PyString_InternFromString(text);
    int result;

    if (name == NULL)
        return -1;
    result = _PyCompile_Name(c, name, ctx);
    Py_DECREF(name);
    return result;
}

/* Makes a function of a code object; nargs defaults are on the stack. */
int _PyCompile_Closure(compiler *c, PyCodeObject *co, int nargs)
{
    Py_ssize_t i, nfree = PyCode_GetNumFree(co);

    for (i = 0; i < nfree; i++) {
        PyObject *name = PyTuple_GET_ITEM(co->co_freevars, i), *key, *number;
        /* A class may bind a name its methods mean from outside: then it is free here as well. */
        PyObject *dict = PyST_GetScope(c->u->ste, name) == CELL ? c->u->cellvars : c->u->freevars;
        key = constant_key(name);
        if (key == NULL)
            return -1;
        number = PyDict_GetItem(dict, key);
        Py_DECREF(key);
        if (number == NULL) {
            PyErr_Format(PyExc_SystemError, "free variable '%.200s' of '%.200s' is not known here",
                         PyString_AS_STRING(name), PyString_AS_STRING(co->co_name));
            return -1;
        }
        TRY(_PyCompile_OpArg(c, LOAD_CLOSURE, PyInt_AS_LONG(number)));
    }
    if (nfree > 0)
        TRY(_PyCompile_OpArg(c, BUILD_TUPLE, nfree));
    TRY(_PyCompile_Const(c, (PyObject *)co));
    return _PyCompile_OpArg(c, nfree > 0 ? MAKE_CLOSURE : MAKE_FUNCTION, nargs);
}

/* --- Blocks at run time
 * --------------------------------------------------------------------------------- */

int _PyCompile_PushFblock(compiler *c, enum fblock_type type, basicblock *block)
{
    if (c->u->nfblocks >= CO_MAXBLOCKS) {
        PyErr_SetString(PyExc_SyntaxError, "too many statically nested blocks");
        return -1;
    }
    c->u->fblocks[c->u->nfblocks].type = type;
    c->u->fblocks[c->u->nfblocks].block = block;
    c->u->nfblocks++;
    return 0;
}

void _PyCompile_PopFblock(compiler *c)
{
    c->u->nfblocks--;
}
