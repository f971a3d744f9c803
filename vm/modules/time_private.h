/* SPDX-License-Identifier: MIT */
/* What timemodule.c and time_format.c share. */
#ifndef KRAIT_TIME_PRIVATE_H
#define KRAIT_TIME_PRIVATE_H
#include "Python.h"
#include "host/host.h"

extern char _PyTime_Zones[2][16];                  /* names without and with daylight saving */
int _PyTime_Local(int64_t seconds, host_tm_t *tm); /* -1 with ValueError */
PyObject *_PyTime_Format(const char *format,
                         const host_tm_t *tm); /* strftime over checked fields */
#endif
