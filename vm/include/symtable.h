/* SPDX-License-Identifier: MIT */
/* Symbol tables: which names each block of a program binds and uses, and hence where they live. */
#ifndef Py_SYMTABLE_H
#define Py_SYMTABLE_H

#include "Python.h"
#include "Python-ast.h"

typedef enum { FunctionBlock, ClassBlock, ModuleBlock } block_ty;

typedef struct {
    int ff_features; /* CO_FUTURE_ flags */
    int ff_lineno;   /* of the last future statement */
} PyFutureFeatures;

typedef struct _symtable_entry {
    PyObject_HEAD PyObject *ste_id; /* the AST node's address */
    PyObject *ste_symbols;          /* dict: name -> flags */
    PyObject *ste_name;
    PyObject *ste_varnames; /* list of the parameters */
    PyObject *ste_children; /* list of entries */
    int ste_type;           /* block_ty */
    int ste_unoptimized;    /* OPT_ flags: the set of local names is not known */
    int ste_nested;         /* inside a function */
    int ste_free;           /* has free variables */
    int ste_child_free;     /* a block inside has */
    int ste_generator;
    int ste_varargs;
    int ste_varkeywords;
    int ste_returns_value;
    int ste_lineno;
    int ste_opt_lineno; /* of the statement that set ste_unoptimized */
    int ste_tmpname;    /* counts names made up */
} PySTEntryObject;

struct symtable {
    const char *st_filename;
    PySTEntryObject *st_cur; /* owned by the stack or the blocks */
    PySTEntryObject *st_top; /* the module's; owned by st_blocks */
    PyObject *st_blocks;     /* dict: address of an AST node -> entry */
    PyObject *st_stack;      /* list of the blocks around st_cur */
    PyObject *st_private;    /* name of the class around, or NULL; borrowed */
    PyFutureFeatures *st_future;
    int st_depth; /* of recursion */
    /* Expressions whose left part is being visited, innermost last. */
    expr_ty *st_spine;
    Py_ssize_t st_spine_used, st_spine_size;
};

extern PyTypeObject PySTEntry_Type;
#define PySTEntry_Check(op) (Py_TYPE(op) == &PySTEntry_Type)

struct symtable *PySymtable_Build(mod_ty mod, const char *filename, PyFutureFeatures *future);
/* The table of the block that a node opens; new reference. */
PySTEntryObject *PySymtable_Lookup(struct symtable *st, void *node);
void PySymtable_Free(struct symtable *st);
int PyST_GetScope(PySTEntryObject *ste, PyObject *name);

/* Flags of a name in ste_symbols. */
#define DEF_GLOBAL 1            /* global statement */
#define DEF_LOCAL 2             /* assignment */
#define DEF_PARAM (2 << 1)      /* parameter */
#define USE (2 << 2)            /* used */
#define DEF_FREE (2 << 3)       /* used, not bound here */
#define DEF_FREE_CLASS (2 << 4) /* free in a class that also binds it */
#define DEF_IMPORT (2 << 5)     /* import statement */
#define DEF_BOUND (DEF_LOCAL | DEF_PARAM | DEF_IMPORT)

/* The scope, above the flags. */
#define SCOPE_OFF 11
#define SCOPE_MASK 7
#define LOCAL 1
#define GLOBAL_EXPLICIT 2
#define GLOBAL_IMPLICIT 3
#define FREE 4
#define CELL 5

/* Flags of ste_unoptimized. */
#define OPT_IMPORT_STAR 1
#define OPT_EXEC 2
#define OPT_BARE_EXEC 4
#define OPT_TOPLEVEL 8

#endif
