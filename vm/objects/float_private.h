/* SPDX-License-Identifier: MIT */
/* Between floatobject.c and float_repr.c. */
#ifndef KRAIT_FLOAT_PRIVATE_H
#define KRAIT_FLOAT_PRIVATE_H
extern PyMethodDef _PyFloat_methods[];
extern PyGetSetDef _PyFloat_getset[];
#endif
