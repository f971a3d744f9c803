/* SPDX-License-Identifier: MIT */
/* _socket, split by theme: the socket type and its waiting (_socketmodule.c), addresses and names
 * (socket_names.c). Addresses are kept as x86-64 Linux's struct sockaddr. */
#ifndef KRAIT_SOCKET_PRIVATE_H
#define KRAIT_SOCKET_PRIVATE_H
#include "Python.h"
#include "host/host.h"

enum { AF_UNIX_ = 1, AF_INET_ = 2, AF_INET6_ = 10 };
enum { SOCK_STREAM_ = 1, SOCK_DGRAM_ = 2, SOCK_RAW_ = 3 };

typedef struct {
    unsigned char bytes[128];
    int length;
} sock_addr;

extern PyObject *_PySocket_Error, *_PySocket_HError, *_PySocket_GaiError;
extern PyMethodDef _PySocket_NameMethods[];
PyObject *_PySocket_Fail(int64_t status); /* status: minus an error number */
/* An address of Python's for a socket of that family: 0, or -1 with an error. */
int _PySocket_ParseAddress(int family, PyObject *address, sock_addr *out);
PyObject *_PySocket_MakeAddress(int family, const sock_addr *);
int _PySocket_AddConstants(PyObject *module);
#endif
