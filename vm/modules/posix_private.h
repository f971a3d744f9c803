/* SPDX-License-Identifier: MIT */
/* posix, split by theme: files and directories (posix_files.c), descriptors (posix_fd.c), the
 * process and the system (posix_process.c), its ids (posix_ids.c), other processes
 * (posix_spawn.c), stat (posix_stat.c).
 * Each part has a method table; posixmodule.c joins them. */
#ifndef KRAIT_POSIX_PRIVATE_H
#define KRAIT_POSIX_PRIVATE_H
#include "Python.h"
#include "host/host.h"

extern PyMethodDef _PyPosix_FileMethods[], _PyPosix_FdMethods[], _PyPosix_ProcessMethods[],
    _PyPosix_SpawnMethods[], _PyPosix_StatMethods[], _PyPosix_IdMethods[];

PyObject *_PyPosix_Error(int64_t status); /* status: minus an error number */
PyObject *_PyPosix_ErrorWithPath(int64_t status, const char *path);
PyObject *_PyPosix_Done(int64_t status); /* None, or the error */
/* Converters of PyArg_ParseTuple to an int64_t: -1 or an id of 32 bits. */
int _PyPosix_UserId(PyObject *o, void *out);
int _PyPosix_GroupId(PyObject *o, void *out);
int _PyPosix_InitStat(PyObject *module);
int _PyPosix_InitProcess(PyObject *module);
/* Waits for a command that was started for a file: its wait status, or -1 with an error. */
int _PyPosix_WaitForCommand(int pid);
/* Makes the dict equal to the process's environment: 0, -1. */
int _PyPosix_FillEnviron(PyObject *environ);
#define FS_ENCODING "utf-8"
#endif
