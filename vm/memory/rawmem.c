/* SPDX-License-Identifier: MIT */
/* PyMem_*: the C library's allocator behind 64-bit sizes. Invariant: a size the address space
 * cannot hold gives NULL instead of being cut to the width of size_t. */
#include "Python.h"

#define RAW_MAX ((uint64_t)PTRDIFF_MAX)

void *PyMem_Malloc(Py_ssize_t n)
{
    if ((uint64_t)n > RAW_MAX)
        return NULL;
    return malloc(n == 0 ? 1 : (size_t)n);
}

void *PyMem_Calloc(Py_ssize_t n, Py_ssize_t size)
{
    if (n < 0 || size < 0 || (size != 0 && (uint64_t)n > RAW_MAX / (uint64_t)size))
        return NULL;
    if (n == 0 || size == 0)
        n = size = 1;
    return calloc((size_t)n, (size_t)size);
}

void *PyMem_Realloc(void *p, Py_ssize_t n)
{
    if ((uint64_t)n > RAW_MAX)
        return NULL;
    return realloc(p, n == 0 ? 1 : (size_t)n);
}

void PyMem_Free(void *p)
{
    free(p);
}
