/* SPDX-License-Identifier: MIT */
/* Signals between the host, the eval loop and the module signal. */
#ifndef KRAIT_SIGNAL_PRIVATE_H
#define KRAIT_SIGNAL_PRIVATE_H
#include "Python.h"
int _PySignal_Init(void); /* makes SIGINT raise KeyboardInterrupt, ignores SIGPIPE */
void _PySignal_Fini(void);
void _PySignal_SetPending(int sig);
void _PySignal_Fetch(void); /* notes what has come to the host */
/* Runs the Python handlers of signals that have come: None, NULL with an exception, or Py_GoOn. */
PyObject *_PySignal_HandlersGoOn(void);
int _PySignal_Check(void); /* the same nested: 0, or -1 with an exception */
/* Polls the host first: for calls that were told EINTR. */
int _PySignal_CheckHost(void);
int _PySignal_RunNested(void); /* the same; 1 when a handler has run */
/* Whether a handler has run, since the last time this was asked, whose signal ends waits. */
int _PySignal_EndsWait(void);
/* In the child of a fork: what was pending is the parent's. */
void _PySignal_AfterFork(void);
#endif
