/* SPDX-License-Identifier: MIT */
/* posix: the operating system as os sees it, over the host interface. What no host can do is not
 * here, or fails with ENOSYS. */
#include "modules/posix_private.h"

PyObject *_PyPosix_Error(int64_t status)
{
    return _PyErr_SetFromErrnum(PyExc_OSError, (int)-status);
}

PyObject *_PyPosix_ErrorWithPath(int64_t status, const char *path)
{
    return _PyErr_SetFromErrnumWithFilename(PyExc_OSError, (int)-status, path);
}

PyObject *_PyPosix_Done(int64_t status)
{
    if (status < 0)
        return _PyPosix_Error(status);
    Py_RETURN_NONE;
}

static const struct {
    const char *name;
    int value;
} constants[] = {
    {"EX_CANTCREAT", 73},
    {"EX_CONFIG", 78},
    {"EX_DATAERR", 65},
    {"EX_IOERR", 74},
    {"EX_NOHOST", 68},
    {"EX_NOINPUT", 66},
    {"EX_NOPERM", 77},
    {"EX_NOUSER", 67},
    {"EX_OK", 0},
    {"EX_OSERR", 71},
    {"EX_OSFILE", 72},
    {"EX_PROTOCOL", 76},
    {"EX_SOFTWARE", 70},
    {"EX_TEMPFAIL", 75},
    {"EX_UNAVAILABLE", 69},
    {"EX_USAGE", 64},
    {"F_OK", 0},
    {"R_OK", 4},
    {"W_OK", 2},
    {"X_OK", 1},
    {"NGROUPS_MAX", 65536},
    {"TMP_MAX", 238328},
    {"O_APPEND", 1024},
    {"O_ASYNC", 8192},
    {"O_CREAT", 64},
    {"O_DIRECT", 16384},
    {"O_DIRECTORY", 65536},
    {"O_DSYNC", 4096},
    {"O_EXCL", 128},
    {"O_LARGEFILE", 0},
    {"O_NDELAY", 2048},
    {"O_NOATIME", 262144},
    {"O_NOCTTY", 256},
    {"O_NOFOLLOW", 131072},
    {"O_NONBLOCK", 2048},
    {"O_RDONLY", 0},
    {"O_RDWR", 2},
    {"O_RSYNC", 1052672},
    {"O_SYNC", 1052672},
    {"O_TRUNC", 512},
    {"O_WRONLY", 1},
    {"WCONTINUED", 8},
    {"WNOHANG", 1},
    {"WUNTRACED", 2},
};

PyDoc_STRVAR(posix_doc, "This module provides access to operating system functionality that "
                        "is\nstandardized by the C Standard and the POSIX "
                        "standard (a thinly\ndisguised Unix interface).  Refer to the library "
                        "manual and\ncorresponding Unix manual entries for "
                        "more information on calls.");

enum { MOST_METHODS = 256 };
static PyMethodDef all_methods[MOST_METHODS];

void initposix(void)
{
    PyMethodDef *const parts[] = {_PyPosix_FileMethods,    _PyPosix_FdMethods,
                                  _PyPosix_ProcessMethods, _PyPosix_SpawnMethods,
                                  _PyPosix_StatMethods,    _PyPosix_IdMethods};
    PyObject *m;
    size_t i, n = 0;

    for (i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        PyMethodDef *p;

        for (p = parts[i]; p->ml_name != NULL && n < MOST_METHODS - 1; p++)
            all_methods[n++] = *p;
    }
    m = Py_InitModule3("posix", all_methods, posix_doc);
    if (m == NULL || _PyPosix_InitProcess(m) < 0 || _PyPosix_InitStat(m) < 0)
        return;
    for (i = 0; i < sizeof constants / sizeof constants[0]; i++)
        PyModule_AddIntConstant(m, constants[i].name, constants[i].value);
    Py_INCREF(PyExc_OSError);
    PyModule_AddObject(m, "error", PyExc_OSError);
}
