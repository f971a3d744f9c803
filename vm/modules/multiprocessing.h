/* SPDX-License-Identifier: MIT */
/* _multiprocessing: what its files share. */
#ifndef KRAIT_MULTIPROCESSING_H
#define KRAIT_MULTIPROCESSING_H
#include "Python.h"
extern PyTypeObject _PySemLock_Type, _PyConnection_Type;
int _PySemLock_Ready(void);
/* multiprocessing.BufferTooShort, a new reference. */
PyObject *_PyMultiprocessing_BufferTooShort(void);
#endif
