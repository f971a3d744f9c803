/* SPDX-License-Identifier: MIT */
/* enumerate, reversed. */
#ifndef ENUMOBJECT_H
#define ENUMOBJECT_H
extern PyTypeObject PyEnum_Type, PyReversed_Type;
#endif
