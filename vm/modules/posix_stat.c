/* SPDX-License-Identifier: MIT */
/* posix: stat and what goes with it. Times are floats as attributes and whole seconds in the tuple.
 */
#include "modules/posix_private.h"

static PyTypeObject stat_type;
static newfunc structseq_new;
static int float_times = 1;

enum { TUPLE_ATIME = 7, FLOAT_ATIME = 10, BLKSIZE = 13, BLOCKS, RDEV };

static PyStructSequence_Field stat_fields[] = {
    {"st_mode", "protection bits"},
    {"st_ino", "inode"},
    {"st_dev", "device"},
    {"st_nlink", "number of hard links"},
    {"st_uid", "user ID of owner"},
    {"st_gid", "group ID of owner"},
    {"st_size", "total size, in bytes"},
    {"unnamed field", "integer time of last access"},
    {"unnamed field", "integer time of last modification"},
    {"unnamed field", "integer time of last change"},
    {"st_atime", "time of last access"},
    {"st_mtime", "time of last modification"},
    {"st_ctime", "time of last change"},
    {"st_blksize", "blocksize for filesystem I/O"},
    {"st_blocks", "number of blocks allocated"},
    {"st_rdev", "device type (if inode device)"},
    {NULL, NULL},
};

static PyStructSequence_Desc stat_desc = {
    "posix.stat_result",
    "stat_result: Result from stat or lstat.\n\nThis object may be accessed either as a tuple of\n"
    "  (mode, ino, dev, nlink, uid, gid, size, atime, mtime, ctime)\nor via the attributes "
    "st_mode, st_ino, st_dev, st_nlink, "
    "st_uid, and so on.\n\nPosix also has st_rdev, st_blksize and st_blocks.\n\nSee os.stat for "
    "more information.",
    stat_fields, 10};

/* Made from a tuple of ten: the float times are the integer ones. */
static PyObject *stat_new(PyTypeObject *type, PyObject *args, PyObject *kw)
{
    PyObject *v = structseq_new(type, args, kw);
    int i;

    for (i = 0; v != NULL && i < 3; i++)
        if (PyTuple_GET_ITEM(v, FLOAT_ATIME + i) == Py_None) {
            PyObject *whole = PyTuple_GET_ITEM(v, TUPLE_ATIME + i);

            Py_INCREF(whole);
            Py_DECREF(Py_None);
            PyTuple_SET_ITEM(v, FLOAT_ATIME + i, whole);
        }
    return v;
}

static PyObject *seconds(int64_t ns)
{
    int64_t s = ns / 1000000000;

    return PyInt_FromLong(ns % 1000000000 < 0 ? s - 1 : s);
}

static PyObject *float_seconds(int64_t ns)
{
    int64_t s = ns / 1000000000, rest = ns % 1000000000;

    if (rest < 0) {
        s--;
        rest += 1000000000;
    }
    return float_times ? PyFloat_FromDouble((double)s + 1e-9 * (double)rest) : PyInt_FromLong(s);
}

static PyObject *stat_result(const host_stat_t *st)
{
    PyObject *v = PyStructSequence_New(&stat_type);
    const int64_t times[3] = {st->atime_ns, st->mtime_ns, st->ctime_ns};
    int i;

    if (v == NULL)
        return NULL;
    PyStructSequence_SET_ITEM(v, 0, PyInt_FromLong(st->mode));
    PyStructSequence_SET_ITEM(v, 1, PyInt_FromLong(st->ino));
    PyStructSequence_SET_ITEM(v, 2, PyInt_FromLong(st->dev));
    PyStructSequence_SET_ITEM(v, 3, PyInt_FromLong(st->nlink));
    PyStructSequence_SET_ITEM(v, 4, PyInt_FromLong((uint32_t)st->uid));
    PyStructSequence_SET_ITEM(v, 5, PyInt_FromLong((uint32_t)st->gid));
    PyStructSequence_SET_ITEM(v, 6, PyInt_FromLong(st->size));
    for (i = 0; i < 3; i++) {
        PyStructSequence_SET_ITEM(v, TUPLE_ATIME + i, seconds(times[i]));
        PyStructSequence_SET_ITEM(v, FLOAT_ATIME + i, float_seconds(times[i]));
    }
    PyStructSequence_SET_ITEM(v, BLKSIZE, PyInt_FromLong(st->blksize));
    PyStructSequence_SET_ITEM(v, BLOCKS, PyInt_FromLong(st->blocks));
    PyStructSequence_SET_ITEM(v, RDEV, PyInt_FromLong(st->rdev));
    if (PyErr_Occurred())
        Py_CLEAR(v);
    return v;
}

static PyObject *stat_path(PyObject *args, const char *format, int follow)
{
    char *path = NULL;
    host_stat_t st;
    int status;
    PyObject *result;

    if (!PyArg_ParseTuple(args, format, FS_ENCODING, &path))
        return NULL;
    status = host_stat(path, follow, &st);
    result = status < 0 ? _PyPosix_ErrorWithPath(status, path) : stat_result(&st);
    PyMem_Free(path);
    return result;
}

static PyObject *posix_stat(PyObject *self, PyObject *args)
{
    return stat_path(args, "et:stat", 1);
}

static PyObject *posix_lstat(PyObject *self, PyObject *args)
{
    return stat_path(args, "et:lstat", 0);
}

static PyObject *posix_fstat(PyObject *self, PyObject *args)
{
    host_stat_t st;
    int fd, status;

    if (!PyArg_ParseTuple(args, "i:fstat", &fd))
        return NULL;
    status = host_fstat(fd, &st);
    return status < 0 ? _PyPosix_Error(status) : stat_result(&st);
}

/* -- statvfs
 * ------------------------------------------------------------------------------------------------
 */

static PyTypeObject statvfs_type;

static PyStructSequence_Field statvfs_fields[] = {
    {"f_bsize", NULL},  {"f_frsize", NULL},  {"f_blocks", NULL}, {"f_bfree", NULL},
    {"f_bavail", NULL}, {"f_files", NULL},   {"f_ffree", NULL},  {"f_favail", NULL},
    {"f_flag", NULL},   {"f_namemax", NULL}, {NULL, NULL},
};

static PyStructSequence_Desc statvfs_desc = {
    "posix.statvfs_result",
    "statvfs_result: Result from statvfs or fstatvfs.\n\nThis object may be accessed either as a "
    "tuple of\n  (bsize, frsize, blocks, bfree, bavail, files, ffree, favail, flag, namemax),\nor "
    "via the attributes f_bsize, f_frsize, f_blocks, f_bfree, and so on.\n\nSee os.statvfs for "
    "more "
    "information.",
    statvfs_fields, 10};

static PyObject *statvfs_result(const int64_t numbers[10])
{
    PyObject *v = PyStructSequence_New(&statvfs_type);

    for (int i = 0; v != NULL && i < 10; i++)
        PyStructSequence_SET_ITEM(v, i, PyInt_FromLong(numbers[i]));
    if (PyErr_Occurred())
        Py_CLEAR(v);
    return v;
}

static PyObject *posix_statvfs(PyObject *self, PyObject *args)
{
    char *path;
    int64_t numbers[10];
    int status;

    if (!PyArg_ParseTuple(args, "s:statvfs", &path))
        return NULL;
    status = host_statvfs(path, -1, numbers);
    return status < 0 ? _PyPosix_ErrorWithPath(status, path) : statvfs_result(numbers);
}

static PyObject *posix_fstatvfs(PyObject *self, PyObject *args)
{
    int64_t numbers[10];
    int fd, status;

    if (!PyArg_ParseTuple(args, "i:fstatvfs", &fd))
        return NULL;
    status = host_statvfs(NULL, fd, numbers);
    return status < 0 ? _PyPosix_Error(status) : statvfs_result(numbers);
}

static PyObject *posix_stat_float_times(PyObject *self, PyObject *args)
{
    int value = -1;

    if (!PyArg_ParseTuple(args, "|i:stat_float_times", &value))
        return NULL;
    if (value == -1)
        return PyBool_FromLong(float_times);
    float_times = value;
    Py_RETURN_NONE;
}

PyMethodDef _PyPosix_StatMethods[] = {
    {"stat", posix_stat, METH_VARARGS,
     "stat(path) -> stat result\n\nPerform a stat system call on the given path."},
    {"lstat", posix_lstat, METH_VARARGS,
     "lstat(path) -> stat result\n\nLike stat(path), but do not follow symbolic links."},
    {"fstat", posix_fstat, METH_VARARGS,
     "fstat(fd) -> stat result\n\nLike stat(), but for an open file descriptor."},
    {"statvfs", posix_statvfs, METH_VARARGS,
     "statvfs(path) -> statvfs result\n\nPerform a statvfs system call on the given path."},
    {"fstatvfs", posix_fstatvfs, METH_VARARGS,
     "fstatvfs(fd) -> statvfs result\n\nPerform an fstatvfs system call on the given fd."},
    {"stat_float_times", posix_stat_float_times, METH_VARARGS,
     "stat_float_times([newval]) -> oldval\n\nDetermine whether os.[lf]stat represents time stamps "
     "as float objects.\n\nIf value is "
     "True, future calls to stat() return floats; if it is False,\nfuture calls return ints.\nIf "
     "value is omitted, return the "
     "current setting."},
    {NULL, NULL, 0, NULL},
};

int _PyPosix_InitStat(PyObject *m)
{
    static int ready;

    if (!ready) {
        stat_fields[7].name = stat_fields[8].name = stat_fields[9].name =
            PyStructSequence_UnnamedField;
        PyStructSequence_InitType(&stat_type, &stat_desc);
        structseq_new = stat_type.tp_new;
        stat_type.tp_new = stat_new;
        PyStructSequence_InitType(&statvfs_type, &statvfs_desc);
        ready = 1;
    }
    Py_INCREF(&statvfs_type);
    PyModule_AddObject(m, "statvfs_result", (PyObject *)&statvfs_type);
    Py_INCREF(&stat_type);
    return PyModule_AddObject(m, "stat_result", (PyObject *)&stat_type);
}
