/* SPDX-License-Identifier: MIT */
/* Between the files that know the AST as Python objects. References returned are borrowed. */
#ifndef KRAIT_ASTOBJECT_H
#define KRAIT_ASTOBJECT_H

#include "syntax/ast.h"
#include "syntax/asttables.h"

extern PyTypeObject _PyAST_BaseType;

PyObject *_PyAST_ConstructorType(int constructor);
PyObject *_PyAST_SumType(int type);
PyObject *_PyAST_EnumValue(int constructor);

#endif
