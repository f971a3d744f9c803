/* SPDX-License-Identifier: MIT */
/* select, split by theme: the function select (selectmodule.c), poll objects (select_poll.c), epoll
 * objects (select_epoll.c). */
#ifndef KRAIT_SELECT_PRIVATE_H
#define KRAIT_SELECT_PRIVATE_H
#include "Python.h"
#include "host/host.h"
#include "modules/signal_private.h"

extern PyObject *_PySelect_Error;
PyObject *_PySelect_NewPoll(PyObject *self, PyObject *noargs);
int _PySelect_InitPoll(PyObject *module);
int _PySelect_InitEpoll(PyObject *module);
#endif
