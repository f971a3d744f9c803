/* SPDX-License-Identifier: MIT */
/* posix: names in the file tree. */
#include "modules/posix_private.h"
#include "modules/fileobject_private.h"

/* A function of one path that answers nothing. */
static PyObject *one_path(PyObject *args, const char *format, int (*call)(const char *))
{
    char *path = NULL;
    int status;
    PyObject *result;

    if (!PyArg_ParseTuple(args, format, FS_ENCODING, &path))
        return NULL;
    status = call(path);
    if (status < 0)
        result = _PyPosix_ErrorWithPath(status, path);
    else
        result = Py_None, Py_INCREF(Py_None);
    PyMem_Free(path);
    return result;
}

static PyObject *two_paths(PyObject *args, const char *format,
                           int (*call)(const char *, const char *))
{
    char *from = NULL, *to = NULL;
    int status;

    if (!PyArg_ParseTuple(args, format, FS_ENCODING, &from, FS_ENCODING, &to))
        return NULL;
    status = call(from, to);
    PyMem_Free(from);
    PyMem_Free(to);
    return _PyPosix_Done(status);
}

static PyObject *path_and_int(PyObject *args, const char *format, int value,
                              int (*call)(const char *, int))
{
    char *path = NULL;
    int status;
    PyObject *result;

    if (!PyArg_ParseTuple(args, format, FS_ENCODING, &path, &value))
        return NULL;
    status = call(path, value);
    if (status < 0)
        result = _PyPosix_ErrorWithPath(status, path);
    else
        result = Py_None, Py_INCREF(Py_None);
    PyMem_Free(path);
    return result;
}

static PyObject *posix_unlink(PyObject *self, PyObject *args)
{
    return one_path(args, "et:unlink", host_unlink);
}

static PyObject *posix_remove(PyObject *self, PyObject *args)
{
    return one_path(args, "et:remove", host_unlink);
}

static PyObject *posix_rmdir(PyObject *self, PyObject *args)
{
    return one_path(args, "et:rmdir", host_rmdir);
}

static PyObject *posix_chdir(PyObject *self, PyObject *args)
{
    return one_path(args, "et:chdir", host_chdir);
}

static PyObject *posix_rename(PyObject *self, PyObject *args)
{
    return two_paths(args, "etet:rename", host_rename);
}

static PyObject *posix_link(PyObject *self, PyObject *args)
{
    return two_paths(args, "etet:link", host_link);
}

static PyObject *posix_symlink(PyObject *self, PyObject *args)
{
    return two_paths(args, "etet:symlink", host_symlink);
}

static PyObject *posix_mkdir(PyObject *self, PyObject *args)
{
    return path_and_int(args, "et|i:mkdir", 0777, host_mkdir);
}

static PyObject *posix_chmod(PyObject *self, PyObject *args)
{
    return path_and_int(args, "eti:chmod", 0, host_chmod);
}

static PyObject *posix_access(PyObject *self, PyObject *args)
{
    char *path = NULL;
    int mode, status;

    if (!PyArg_ParseTuple(args, "eti:access", FS_ENCODING, &path, &mode))
        return NULL;
    status = host_access(path, mode);
    PyMem_Free(path);
    return PyBool_FromLong(status == 0);
}

static PyObject *change_owner(PyObject *args, const char *format, int follow)
{
    char *path = NULL;
    int64_t uid, gid;
    int status;
    PyObject *result;

    if (!PyArg_ParseTuple(args, format, FS_ENCODING, &path, _PyPosix_UserId, &uid, _PyPosix_GroupId,
                          &gid))
        return NULL;
    status = host_chown(path, (int)uid, (int)gid, follow);
    if (status < 0)
        result = _PyPosix_ErrorWithPath(status, path);
    else
        result = Py_None, Py_INCREF(Py_None);
    PyMem_Free(path);
    return result;
}

static PyObject *posix_chown(PyObject *self, PyObject *args)
{
    return change_owner(args, "etO&O&:chown", 1);
}

static PyObject *posix_lchown(PyObject *self, PyObject *args)
{
    return change_owner(args, "etO&O&:lchown", 0);
}

static PyObject *path_result(int status, char *path)
{
    PyObject *result = status < 0 ? _PyPosix_ErrorWithPath(status, path) : _PyPosix_Done(0);

    PyMem_Free(path);
    return result;
}

/* Linux changes no link's permissions. */
static PyObject *posix_lchmod(PyObject *self, PyObject *args)
{
    enum { TYPE = 0170000, LINK = 0120000, E_NOTSUP = -95 };
    char *path = NULL;
    host_stat_t st;
    int mode, status;

    if (!PyArg_ParseTuple(args, "eti:lchmod", FS_ENCODING, &path, &mode))
        return NULL;
    status = host_stat(path, 0, &st);
    if (status >= 0)
        status = (st.mode & TYPE) == LINK ? E_NOTSUP : host_chmod(path, mode);
    return path_result(status, path);
}

static PyObject *posix_chroot(PyObject *self, PyObject *args)
{
    char *path = NULL;

    if (!PyArg_ParseTuple(args, "et:chroot", FS_ENCODING, &path))
        return NULL;
    return path_result(host_chroot(path), path);
}

static PyObject *posix_mkfifo(PyObject *self, PyObject *args)
{
    enum { FIFO = 010000 };
    char *path;
    int mode = 0666;

    if (!PyArg_ParseTuple(args, "s|i:mkfifo", &path, &mode))
        return NULL;
    return _PyPosix_Done(host_mknod(path, FIFO | (mode & 07777), 0));
}

static PyObject *posix_mknod(PyObject *self, PyObject *args)
{
    char *path;
    int mode = 0600;
    Py_ssize_t device = 0;

    if (!PyArg_ParseTuple(args, "s|in:mknod", &path, &mode, &device))
        return NULL;
    return _PyPosix_Done(host_mknod(path, mode, (uint64_t)device));
}

static PyObject *posix_readlink(PyObject *self, PyObject *args)
{
    char *path = NULL, buf[4097];
    PyObject *arg, *result;
    int64_t n;

    if (!PyArg_ParseTuple(args, "et:readlink", FS_ENCODING, &path))
        return NULL;
    arg = PyTuple_GET_ITEM(args, 0);
    n = host_readlink(path, buf, sizeof buf - 1);
    if (n < 0)
        result = _PyPosix_ErrorWithPath(n, path);
    else if (PyUnicode_Check(arg)) {
        result = PyUnicode_Decode(buf, n, FS_ENCODING, "strict");
        if (result == NULL) {
            PyErr_Clear();
            result = PyString_FromStringAndSize(buf, n);
        }
    } else
        result = PyString_FromStringAndSize(buf, n);
    PyMem_Free(path);
    return result;
}

static PyObject *posix_listdir(PyObject *self, PyObject *args)
{
    char *path = NULL, *buf = NULL;
    PyObject *list = NULL;
    int64_t need = 4096, room = 0, at;
    int unicode;

    if (!PyArg_ParseTuple(args, "et:listdir", FS_ENCODING, &path))
        return NULL;
    unicode = PyUnicode_Check(PyTuple_GET_ITEM(args, 0));
    while (need > room) {
        char *grown = PyMem_Realloc(buf, need);

        if (grown == NULL) {
            PyErr_NoMemory();
            goto done;
        }
        buf = grown;
        room = need;
        need = host_listdir(path, buf, (size_t)room);
    }
    if (need < 0) {
        _PyPosix_ErrorWithPath(need, path);
        goto done;
    }
    list = PyList_New(0);
    for (at = 0; list != NULL && at < need; at += (int64_t)strlen(buf + at) + 1) {
        PyObject *name = NULL;

        if (unicode) {
            name = PyUnicode_Decode(buf + at, (Py_ssize_t)strlen(buf + at), FS_ENCODING, "strict");
            if (name == NULL)
                PyErr_Clear();
        }
        if (name == NULL)
            name = PyString_FromString(buf + at);
        if (name == NULL || PyList_Append(list, name) < 0)
            Py_CLEAR(list);
        Py_XDECREF(name);
    }
done:
    PyMem_Free(buf);
    PyMem_Free(path);
    return list;
}

static PyObject *posix_getcwd(PyObject *self, PyObject *noargs)
{
    char buf[8192]; /* more than any path: a longer one is ENAMETOOLONG, not ERANGE */
    int64_t n = host_getcwd(buf, sizeof buf);

    return n < 0 ? _PyPosix_Error(n) : PyString_FromStringAndSize(buf, n);
}

static PyObject *posix_getcwdu(PyObject *self, PyObject *noargs)
{
    char buf[8192]; /* more than any path: a longer one is ENAMETOOLONG, not ERANGE */
    int64_t n = host_getcwd(buf, sizeof buf);

    return n < 0 ? _PyPosix_Error(n) : PyUnicode_Decode(buf, n, FS_ENCODING, "strict");
}

/* A time in seconds, int or float, as nanoseconds. */
static int to_nanoseconds(PyObject *v, int64_t *ns)
{
    if (PyFloat_Check(v)) {
        double x = PyFloat_AS_DOUBLE(v), whole = floor(x);

        if (!(whole >= -9.2e9 && whole <= 9.2e9)) {
            PyErr_SetString(PyExc_OverflowError, "timestamp out of range for platform time_t");
            return -1;
        }
        *ns = (int64_t)whole * 1000000000 + (int64_t)((x - whole) * 1e6) * 1000;
        return 0;
    } else {
        py_long s = PyLong_Check(v) ? PyLong_AsLong(v) : PyInt_AsLong(v);

        if (s == -1 && PyErr_Occurred())
            return -1;
        if (s > 9200000000 || s < -9200000000) {
            PyErr_SetString(PyExc_OverflowError, "timestamp out of range for platform time_t");
            return -1;
        }
        *ns = s * 1000000000;
        return 0;
    }
}

static PyObject *posix_utime(PyObject *self, PyObject *args)
{
    char *path = NULL;
    PyObject *times, *result = NULL;
    int64_t atime, mtime;
    int status;

    if (!PyArg_ParseTuple(args, "etO:utime", FS_ENCODING, &path, &times))
        return NULL;
    if (times == Py_None)
        atime = mtime = host_clock_ns(HOST_CLOCK_REALTIME);
    else if (!PyTuple_Check(times) || PyTuple_GET_SIZE(times) != 2) {
        PyErr_SetString(PyExc_TypeError, "utime() arg 2 must be a tuple (atime, mtime)");
        goto done;
    } else if (to_nanoseconds(PyTuple_GET_ITEM(times, 0), &atime) < 0 ||
               to_nanoseconds(PyTuple_GET_ITEM(times, 1), &mtime) < 0)
        goto done;
    status = host_utime(path, atime, mtime);
    if (status < 0)
        _PyPosix_ErrorWithPath(status, path);
    else
        result = Py_None, Py_INCREF(Py_None);
done:
    PyMem_Free(path);
    return result;
}

/* -- Temporary names
 * ------------------------------------------------------------------------------------------------
 */

static void random_name(char *out, const char *dir, const char *prefix)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    unsigned char bytes[6];
    host_stat_t st;
    int tries, i;

    for (tries = 0; tries < 100; tries++) {
        int n = PyOS_snprintf(out, 4200, "%s/%.5s", dir, prefix);

        host_random(bytes, sizeof bytes);
        for (i = 0; i < 6; i++)
            out[n + i] = letters[bytes[i] % 62];
        out[n + 6] = '\0';
        if (host_stat(out, 0, &st) < 0)
            return;
    }
}

static PyObject *posix_tempnam(PyObject *self, PyObject *args)
{
    char *dir = NULL, *prefix = NULL, name[4300];

    if (!PyArg_ParseTuple(args, "|zz:tempnam", &dir, &prefix))
        return NULL;
    if (PyErr_Warn(PyExc_RuntimeWarning, "tempnam is a potential security risk to your program") <
        0)
        return NULL;
    random_name(name, dir && dir[0] && strlen(dir) < 4000 ? dir : "/tmp",
                prefix && prefix[0] ? prefix : "file");
    return PyString_FromString(name);
}

static PyObject *posix_tmpnam(PyObject *self, PyObject *noargs)
{
    char name[4300];

    if (PyErr_Warn(PyExc_RuntimeWarning, "tmpnam is a potential security risk to your program") < 0)
        return NULL;
    random_name(name, "/tmp", "file");
    return PyString_FromString(name);
}

static PyObject *posix_tmpfile(PyObject *self, PyObject *noargs)
{
    char name[4300];
    PyObject *file;
    int fd;

    random_name(name, "/tmp", "tmpf");
    fd = host_open(name, 02 | 0100 | 0200, 0600);
    if (fd < 0)
        return _PyPosix_Error(fd);
    host_unlink(name);
    file = PyFile_FromFd(fd, "<tmpfile>", "w+b", -1);
    if (file == NULL)
        host_close(fd);
    return file;
}

PyMethodDef _PyPosix_FileMethods[] = {
    {"access", posix_access, METH_VARARGS,
     "access(path, mode) -> True if granted, False otherwise\n\nUse the real uid/gid to test for "
     "access to a path. The mode argument can be "
     "F_OK to test existence, or the inclusive-OR of R_OK, W_OK, and X_OK."},
    {"chdir", posix_chdir, METH_VARARGS,
     "chdir(path)\n\nChange the current working directory to the specified path."},
    {"chmod", posix_chmod, METH_VARARGS,
     "chmod(path, mode)\n\nChange the access permissions of a file."},
    {"chown", posix_chown, METH_VARARGS,
     "chown(path, uid, gid)\n\nChange the owner and group id of path to the numeric uid and gid."},
    {"lchmod", posix_lchmod, METH_VARARGS,
     "lchmod(path, mode)\n\nChange the access permissions of a file. If path is a symlink, "
     "this\naffects the link itself rather than the target."},
    {"chroot", posix_chroot, METH_VARARGS, "chroot(path)\n\nChange root directory to path."},
    {"mkfifo", posix_mkfifo, METH_VARARGS,
     "mkfifo(filename [, mode=0666])\n\nCreate a FIFO (a POSIX named pipe)."},
    {"mknod", posix_mknod, METH_VARARGS,
     "mknod(filename [, mode=0600, device])\n\nCreate a filesystem node (file, device special file "
     "or named pipe)\nnamed filename. mode specifies both the permissions to use and the\ntype of "
     "node to be created, being combined (bitwise OR) with one of\nS_IFREG, S_IFCHR, S_IFBLK, and "
     "S_IFIFO. For S_IFCHR and S_IFBLK,\ndevice defines the newly created device special file "
     "(probably using\nos.makedev()), otherwise it is ignored."},
    {"lchown", posix_lchown, METH_VARARGS,
     "lchown(path, uid, gid)\n\nLike chown(), but symbolic links are not followed."},
    {"getcwd", posix_getcwd, METH_NOARGS,
     "getcwd() -> path\n\nReturn a string representing the current working directory."},
    {"getcwdu", posix_getcwdu, METH_NOARGS,
     "getcwdu() -> path\n\nReturn a unicode string representing the current working directory."},
    {"link", posix_link, METH_VARARGS, "link(src, dst)\n\nCreate a hard link to a file."},
    {"listdir", posix_listdir, METH_VARARGS,
     "listdir(path) -> list_of_strings\n\nReturn a list containing the names of the entries in the "
     "directory, in arbitrary order, without '.' and "
     "'..'."},
    {"mkdir", posix_mkdir, METH_VARARGS, "mkdir(path [, mode=0777])\n\nCreate a directory."},
    {"readlink", posix_readlink, METH_VARARGS,
     "readlink(path) -> path\n\nReturn a string representing the path to which the symbolic link "
     "points."},
    {"rename", posix_rename, METH_VARARGS, "rename(old, new)\n\nRename a file or directory."},
    {"rmdir", posix_rmdir, METH_VARARGS, "rmdir(path)\n\nRemove a directory."},
    {"symlink", posix_symlink, METH_VARARGS,
     "symlink(src, dst)\n\nCreate a symbolic link pointing to src named dst."},
    {"unlink", posix_unlink, METH_VARARGS, "unlink(path)\n\nRemove a file (same as remove(path))."},
    {"remove", posix_remove, METH_VARARGS, "remove(path)\n\nRemove a file (same as unlink(path))."},
    {"utime", posix_utime, METH_VARARGS,
     "utime(path, (atime, mtime))\nutime(path, None)\n\nSet the access and modified time of the "
     "file to the given values, or with None to the "
     "current time."},
    {"tempnam", posix_tempnam, METH_VARARGS,
     "tempnam([dir[, prefix]]) -> string\n\nReturn a unique name for a temporary file."},
    {"tmpnam", posix_tmpnam, METH_NOARGS,
     "tmpnam() -> string\n\nReturn a unique name for a temporary file."},
    {"tmpfile", posix_tmpfile, METH_NOARGS,
     "tmpfile() -> file object\n\nCreate a temporary file with no directory entries."},
    {NULL, NULL, 0, NULL},
};
