/* SPDX-License-Identifier: MIT */
/* The end of the program when an invariant of the VM itself is broken. */
#include "Python.h"

void Py_FatalError(const char *message)
{
    fprintf(stderr, "Fatal Python error: %s\n", message);
    fflush(stderr);
    abort();
}
