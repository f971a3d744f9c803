/* SPDX-License-Identifier: MIT */
/* What the files of str share with each other. */
#ifndef STR_PRIVATE_H
#define STR_PRIVATE_H
#include "Python.h"

extern PyMethodDef _PyString_Methods[];
/* Takes a dying interned string out of the table of interned strings. */
void _PyString_ForgetInterned(PyObject *op);

#endif
