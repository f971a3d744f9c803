/* SPDX-License-Identifier: MIT */
/*
 * The tables that describe the AST's C structures, made by gen_ast.mjs: enough to convert any tree
 * to Python objects and back. Invariant: a sum's structure starts with its kind, counted from 1 in
 * the order of the type's constructors; an enum's values are counted the same way.
 */
#ifndef KRAIT_ASTTABLES_H
#define KRAIT_ASTTABLES_H

#include <stddef.h>

enum ast_kind { AST_KIND_enum, AST_KIND_sum, AST_KIND_record };
enum ast_mode { AST_ONE, AST_OPTIONAL, AST_LIST };
/* Types of fields that are no nodes; numbers beside those of the AST_TYPE_ enum. */
enum {
    AST_BUILTIN_identifier = 100,
    AST_BUILTIN_string,
    AST_BUILTIN_object,
    AST_BUILTIN_int,
    AST_BUILTIN_bool
};

typedef struct {
    const char *name;
    int type;
    enum ast_mode mode;
    size_t offset; /* in the type's structure */
} ast_field;

typedef struct {
    const char *name;
    int type; /* index in _PyAST_Types */
    int nfields;
    const ast_field *fields;
} ast_constructor;

typedef struct {
    const char *name;
    enum ast_kind kind;
    size_t size;
    int first; /* constructor */
    int nconstructors;
    int nattributes;
    const ast_field *attributes;
} ast_type;

extern const ast_constructor _PyAST_Constructors[];
extern const int _PyAST_NConstructors;
extern const ast_type _PyAST_Types[];

#endif
