/* SPDX-License-Identifier: MIT */
/* What other modules need of ctypes' register of live memory (ctypes_memory.c). */
#ifndef CTYPES_MEMORY_H
#define CTYPES_MEMORY_H
/* Makes the writable buffer of an object known by its address, for modules that give such addresses
 * away (multiprocessing's heap). The object may move or drop its buffer: then the address is no
 * longer known. Returns the address, 0 with an exception. */
uint64_t _PyCtypes_KnowBuffer(PyObject *source);
#endif
