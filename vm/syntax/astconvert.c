/* SPDX-License-Identifier: MIT */
/*
 * From the AST's C structures to Python objects and back, driven by the tables of gen_ast.mjs.
 *
 * Invariant: what comes back from Python objects is as well-formed as what the parser makes,
 * however the objects were made: lists hold nodes of their type, and parts that have to agree in
 * number do.
 */
#include "syntax/astobject.h"

/* --- To objects ----------------------------------------------------------------------------------
 */

static PyObject *node_object(const void *p, int type);

static PyObject *or_none(PyObject *o)
{
    if (o == NULL)
        o = Py_None;
    Py_INCREF(o);
    return o;
}

static PyObject *enum_object(int type, int value)
{
    PyObject *o;
    if (value < 1 || value > _PyAST_Types[type].nconstructors) {
        PyErr_Format(PyExc_SystemError, "unknown %s found", _PyAST_Types[type].name);
        return NULL;
    }
    o = _PyAST_EnumValue(_PyAST_Types[type].first + value - 1);
    Py_XINCREF(o);
    return o;
}

static int is_enum(int type)
{
    return type < AST_NTYPES && _PyAST_Types[type].kind == AST_KIND_enum;
}

static PyObject *list_object(const void *seq, int type)
{
    int i, n = seq == NULL ? 0 : ((const asdl_seq *)seq)->size;
    PyObject *list = PyList_New(n), *item;

    for (i = 0; list != NULL && i < n; i++) {
        if (is_enum(type)) {
            item = enum_object(type, ((const asdl_int_seq *)seq)->elements[i]);
        } else {
            void *element = ((const asdl_seq *)seq)->elements[i];
            item = type < AST_NTYPES ? node_object(element, type) : or_none(element);
        }
        if (item == NULL)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, i, item);
    }
    return list;
}

static PyObject *field_object(const void *p, const ast_field *field)
{
    const char *at = (const char *)p + field->offset;

    if (field->mode == AST_LIST)
        return list_object(*(void *const *)(const void *)at, field->type);
    if (field->type == AST_BUILTIN_int)
        return PyInt_FromLong(*(const int *)(const void *)at);
    if (field->type == AST_BUILTIN_bool)
        return PyBool_FromLong(*(const int *)(const void *)at);
    if (is_enum(field->type))
        return enum_object(field->type, *(const int *)(const void *)at);
    if (field->type < AST_NTYPES)
        return node_object(*(void *const *)(const void *)at, field->type);
    return or_none(*(PyObject *const *)(const void *)at);
}

static int store_fields(PyObject *o, const void *p, const ast_field *fields, int n)
{
    int i;

    for (i = 0; i < n; i++) {
        PyObject *value = field_object(p, &fields[i]);
        int result;
        if (value == NULL)
            return -1;
        result = PyObject_SetAttrString(o, fields[i].name, value);
        Py_DECREF(value);
        if (result < 0)
            return -1;
    }
    return 0;
}

static PyObject *node_object(const void *p, int type)
{
    const ast_type *t = &_PyAST_Types[type];
    const ast_constructor *c;
    PyObject *node_type, *o;
    int number = t->first;

    if (p == NULL)
        return or_none(NULL);
    if (t->kind == AST_KIND_sum)
        number += *(const int *)p - 1;
    c = &_PyAST_Constructors[number];
    node_type = _PyAST_ConstructorType(number);
    if (node_type == NULL || _Py_EnterC(" during ast construction") < 0)
        return NULL;
    o = PyType_GenericNew((PyTypeObject *)node_type, NULL, NULL);
    if (o != NULL && (store_fields(o, p, c->fields, c->nfields) < 0 ||
                      store_fields(o, p, t->attributes, t->nattributes) < 0))
        Py_CLEAR(o);
    _Py_LeaveC();
    return o;
}

PyObject *PyAST_mod2obj(mod_ty mod)
{
    return node_object(mod, AST_TYPE_mod);
}

/* --- From objects
 * ----------------------------------------------------------------------------------- */

static int read_node(PyObject *o, int type, void **result, PyArena *arena);

static int wrong_type(PyObject *o, int type)
{
    PyObject *repr = PyObject_Repr(o);

    if (repr != NULL) {
        PyErr_Format(PyExc_TypeError, "expected some sort of %s, but got %.400s",
                     _PyAST_Types[type].name, PyString_AS_STRING(repr));
        Py_DECREF(repr);
    }
    return -1;
}

/* Which of a type's constructors the object is an instance of; -1 with an exception for none. */
static int find_constructor(PyObject *o, int type)
{
    const ast_type *t = &_PyAST_Types[type];
    int k;

    for (k = t->first; k < t->first + t->nconstructors; k++) {
        PyObject *node_type = _PyAST_ConstructorType(k);
        int is = node_type == NULL ? -1 : PyObject_IsInstance(o, node_type);
        if (is < 0)
            return -1;
        if (is)
            return k;
    }
    return wrong_type(o, type);
}

static int read_enum(PyObject *o, int type, int *result)
{
    int k = find_constructor(o, type);
    if (k < 0)
        return -1;
    *result = k - _PyAST_Types[type].first + 1;
    return 0;
}

static int read_int(PyObject *o, int *result)
{
    PyObject *repr;
    py_long value;

    if (!PyInt_Check(o) && !PyLong_Check(o)) {
        repr = PyObject_Repr(o);
        if (repr != NULL) {
            PyErr_Format(PyExc_ValueError, "invalid integer value: %.400s",
                         PyString_AS_STRING(repr));
            Py_DECREF(repr);
        }
        return -1;
    }
    value = PyInt_AsLong(o);
    if (value == -1 && PyErr_Occurred())
        return -1;
    if (value > INT_MAX || value < INT_MIN) {
        PyErr_SetString(PyExc_OverflowError, "Python int too large to convert to C int");
        return -1;
    }
    *result = (int)value;
    return 0;
}

static int read_bool(PyObject *o, int *result)
{
    PyObject *repr;

    if (!PyBool_Check(o)) {
        repr = PyObject_Repr(o);
        if (repr != NULL) {
            PyErr_Format(PyExc_ValueError, "invalid boolean value: %.400s",
                         PyString_AS_STRING(repr));
            Py_DECREF(repr);
        }
        return -1;
    }
    *result = o == Py_True;
    return 0;
}

/* identifier, string, object. */
static int read_object(PyObject *o, int type, PyObject **result, PyArena *arena)
{
    if (type == AST_BUILTIN_identifier && !PyString_CheckExact(o) && o != Py_None) {
        PyErr_SetString(PyExc_TypeError, "AST identifier must be of type str");
        return -1;
    }
    if (type == AST_BUILTIN_string && !PyString_CheckExact(o) && !PyUnicode_CheckExact(o)) {
        PyErr_SetString(PyExc_TypeError, "AST string must be of type str or unicode");
        return -1;
    }
    if (o == Py_None && type != AST_BUILTIN_object) {
        *result = NULL;
        return 0;
    }
    Py_INCREF(o);
    if (PyArena_AddPyObject(arena, o) < 0)
        return -1;
    *result = o;
    return 0;
}

static int read_list(PyObject *o, const ast_field *field, const char *owner, void **result,
                     PyArena *arena)
{
    asdl_int_seq *numbers = NULL;
    asdl_seq *seq = NULL;
    Py_ssize_t i, n;
    int failed;

    if (!PyList_Check(o)) {
        PyErr_Format(PyExc_TypeError, "%s field \"%s\" must be a list, not a %.200s", owner,
                     field->name, Py_TYPE(o)->tp_name);
        return -1;
    }
    n = PyList_GET_SIZE(o);
    if (n > INT_MAX / 16) {
        PyErr_NoMemory();
        return -1;
    }
    if (is_enum(field->type))
        *result = numbers = asdl_int_seq_new((int)n, arena);
    else
        *result = seq = asdl_seq_new((int)n, arena);
    if (*result == NULL)
        return -1;
    for (i = 0; i < n; i++) {
        PyObject *item;
        if (i >= PyList_GET_SIZE(o)) {
            PyErr_Format(PyExc_RuntimeError, "%s field \"%s\" changed size during iteration", owner,
                         field->name);
            return -1;
        }
        item = PyList_GET_ITEM(o, i);
        Py_INCREF(item);
        if (numbers != NULL) {
            failed = read_enum(item, field->type, &numbers->elements[i]) < 0;
        } else if (field->type < AST_NTYPES) {
            failed = read_node(item, field->type, &seq->elements[i], arena) < 0;
        } else {
            PyObject *value = NULL;
            failed = read_object(item, field->type, &value, arena) < 0;
            seq->elements[i] = value;
        }
        if (!failed && seq != NULL && seq->elements[i] == NULL)
            failed = field->type < AST_NTYPES ? wrong_type(item, field->type) < 0 : 1;
        if (failed && !PyErr_Occurred())
            PyErr_Format(PyExc_ValueError, "None disallowed in %s list", field->name);
        Py_DECREF(item);
        if (failed)
            return -1;
    }
    return 0;
}

static int required(const ast_field *field, const char *owner)
{
    PyErr_Format(PyExc_ValueError, "field %s is required for %s", field->name, owner);
    return -1;
}

static int read_field(PyObject *o, const ast_field *field, const char *owner, void *p,
                      PyArena *arena)
{
    void *at = (char *)p + field->offset;
    int result;

    if (field->mode == AST_LIST) {
        result = read_list(o, field, owner, (void **)at, arena);
    } else if (field->type == AST_BUILTIN_int) {
        /* An optional number is 0. */
        result = o == Py_None && field->mode == AST_OPTIONAL ? 0 : read_int(o, (int *)at);
    } else if (field->type == AST_BUILTIN_bool) {
        result = read_bool(o, (int *)at);
    } else if (is_enum(field->type)) {
        result = read_enum(o, field->type, (int *)at);
    } else {
        void *value = NULL;
        if (field->type < AST_NTYPES) {
            result = read_node(o, field->type, &value, arena);
        } else {
            PyObject *object = NULL;
            result = read_object(o, field->type, &object, arena);
            value = object;
        }
        if (result == 0 && value == NULL && field->mode == AST_ONE)
            return required(field, owner);
        *(void **)at = value;
    }
    return result;
}

static int read_fields(PyObject *o, const ast_field *fields, int n, const char *owner, void *p,
                       PyArena *arena)
{
    int i, result;

    for (i = 0; i < n; i++) {
        PyObject *value = PyObject_GetAttrString(o, fields[i].name);
        if (value == NULL) {
            if (!PyErr_ExceptionMatches(PyExc_AttributeError))
                return -1;
            PyErr_Clear();
            if (fields[i].mode == AST_OPTIONAL)
                continue;
            PyErr_Format(PyExc_TypeError, "required field \"%s\" missing from %s", fields[i].name,
                         owner);
            return -1;
        }
        result = read_field(value, &fields[i], owner, p, arena);
        Py_DECREF(value);
        if (result < 0)
            return -1;
    }
    return 0;
}

static int bad_value(const char *message)
{
    PyErr_SetString(PyExc_ValueError, message);
    return -1;
}

/* What the code generator takes for granted. */
static int check_expr(const struct _expr *e)
{
    switch (e->kind) {
    case BoolOp_kind:
        if (asdl_seq_LEN(e->v.BoolOp.values) < 1)
            return bad_value("BoolOp with less than 2 values");
        return 0;
    case Compare_kind:
        if (asdl_seq_LEN(e->v.Compare.comparators) < 1)
            return bad_value("Compare with no comparators");
        if (asdl_seq_LEN(e->v.Compare.comparators) != asdl_seq_LEN(e->v.Compare.ops))
            return bad_value("Compare has a different number of comparators and operands");
        return 0;
    case Dict_kind:
        if (asdl_seq_LEN(e->v.Dict.keys) != asdl_seq_LEN(e->v.Dict.values))
            return bad_value("Dict doesn't have the same number of keys as values");
        return 0;
    case ListComp_kind:
        return asdl_seq_LEN(e->v.ListComp.generators) < 1
                   ? bad_value("comprehension with no generators")
                   : 0;
    case SetComp_kind:
        return asdl_seq_LEN(e->v.SetComp.generators) < 1
                   ? bad_value("comprehension with no generators")
                   : 0;
    case DictComp_kind:
        return asdl_seq_LEN(e->v.DictComp.generators) < 1
                   ? bad_value("comprehension with no generators")
                   : 0;
    case GeneratorExp_kind:
        return asdl_seq_LEN(e->v.GeneratorExp.generators) < 1
                   ? bad_value("comprehension with no generators")
                   : 0;
    default:
        return 0;
    }
}

static int read_new_node(PyObject *o, int type, void **result, PyArena *arena)
{
    const ast_type *t = &_PyAST_Types[type];
    const ast_constructor *c = &_PyAST_Constructors[t->first];
    void *p = PyArena_Malloc(arena, (Py_ssize_t)t->size);

    if (p == NULL)
        return -1;
    memset(p, 0, t->size);
    if (read_fields(o, t->attributes, t->nattributes, t->name, p, arena) < 0)
        return -1;
    if (t->kind == AST_KIND_sum) {
        int number = find_constructor(o, type);
        if (number < 0)
            return -1;
        c = &_PyAST_Constructors[number];
        *(int *)p = number - t->first + 1;
    }
    if (read_fields(o, c->fields, c->nfields, c->name, p, arena) < 0)
        return -1;
    if (type == AST_TYPE_expr && check_expr(p) < 0)
        return -1;
    *result = p;
    return 0;
}

static int read_node(PyObject *o, int type, void **result, PyArena *arena)
{
    int failed;

    *result = NULL;
    if (o == Py_None && _PyAST_Types[type].kind != AST_KIND_record)
        return 0;
    if (_Py_EnterC(" during ast conversion") < 0)
        return -1;
    failed = read_new_node(o, type, result, arena);
    _Py_LeaveC();
    return failed;
}

mod_ty PyAST_obj2mod(PyObject *ast, PyArena *arena, int mode)
{
    static const int kinds[] = {Module_kind, Expression_kind, Interactive_kind};
    int number = _PyAST_Types[AST_TYPE_mod].first + kinds[mode] - 1, is;
    PyObject *type = _PyAST_ConstructorType(number);
    void *mod = NULL;

    if (type == NULL)
        return NULL;
    is = PyObject_IsInstance(ast, type);
    if (is < 0)
        return NULL;
    if (!is) {
        PyErr_Format(PyExc_TypeError, "expected %s node, got %.400s",
                     _PyAST_Constructors[number].name, Py_TYPE(ast)->tp_name);
        return NULL;
    }
    return read_node(ast, AST_TYPE_mod, &mod, arena) < 0 ? NULL : mod;
}
