/* SPDX-License-Identifier: MIT */
/* posix: the process, its environment, and the system around it. */
#include "modules/posix_private.h"
#include "modules/environ.h"
#include "modules/fileobject_private.h"
#include "modules/signal_private.h"

static PyObject *posix_exit(PyObject *self, PyObject *args)
{
    int status;

    if (!PyArg_ParseTuple(args, "i:_exit", &status))
        return NULL;
    host_exit(status & 0xff);
    return NULL;
}

static PyObject *posix_abort(PyObject *self, PyObject *noargs)
{
    host_abort(6);
    Py_FatalError("abort() called from Python code didn't abort!");
}

static PyObject *posix_getpid(PyObject *self, PyObject *noargs)
{
    return PyInt_FromLong(host_getpid());
}

static PyObject *posix_getppid(PyObject *self, PyObject *noargs)
{
    return PyInt_FromLong(host_getppid());
}

static PyObject *posix_getlogin(PyObject *self, PyObject *noargs)
{
    const char *name = _PyEnviron_Get("LOGNAME");

    if (name == NULL)
        name = _PyEnviron_Get("USER");
    return name == NULL ? _PyPosix_Error(-2) : PyString_FromString(name);
}

/* Nothing else runs on this machine. */
static PyObject *posix_getloadavg(PyObject *self, PyObject *noargs)
{
    return Py_BuildValue("(ddd)", 0.0, 0.0, 0.0);
}

static PyObject *posix_umask(PyObject *self, PyObject *args)
{
    int mask;

    if (!PyArg_ParseTuple(args, "i:umask", &mask))
        return NULL;
    mask = host_umask(mask);
    return mask < 0 ? _PyPosix_Error(mask) : PyInt_FromLong(mask);
}

static PyObject *posix_nice(PyObject *self, PyObject *args)
{
    int increment, now = 0, status;

    if (!PyArg_ParseTuple(args, "i:nice", &increment))
        return NULL;
    status = host_nice(increment, &now);
    return status < 0 ? _PyPosix_Error(status) : PyInt_FromLong(now);
}

static PyObject *posix_strerror(PyObject *self, PyObject *args)
{
    int code;

    return PyArg_ParseTuple(args, "i:strerror", &code) ? PyString_FromString(_Py_StrError(code))
                                                       : NULL;
}

static PyObject *posix_putenv(PyObject *self, PyObject *args)
{
    char *name, *value;

    if (!PyArg_ParseTuple(args, "ss:putenv", &name, &value))
        return NULL;
    if (name[0] == '\0' || strchr(name + 1, '=') != NULL) {
        PyErr_SetString(PyExc_ValueError, "illegal environment variable name");
        return NULL;
    }
    if (_PyEnviron_Set(name, value) < 0)
        return PyErr_NoMemory();
    Py_RETURN_NONE;
}

static PyObject *posix_unsetenv(PyObject *self, PyObject *args)
{
    char *name;

    if (!PyArg_ParseTuple(args, "s:unsetenv", &name))
        return NULL;
    if (*name == '\0' || strchr(name, '=') != NULL)
        return _PyPosix_Error(-22);
    _PyEnviron_Set(name, NULL);
    Py_RETURN_NONE;
}

static PyObject *posix_uname(PyObject *self, PyObject *noargs)
{
    return Py_BuildValue("(sssss)", "Linux", "krait", "6.1.0", "#1 Krait", "wasm32");
}

static PyObject *posix_times(PyObject *self, PyObject *noargs)
{
    double cpu = (double)host_clock_ns(HOST_CLOCK_CPU) / 1e9,
           wall = (double)host_clock_ns(HOST_CLOCK_MONOTONIC) / 1e9;

    return Py_BuildValue("(ddddd)", floor(cpu * 100) / 100, 0.0, 0.0, 0.0, floor(wall * 100) / 100);
}

static PyObject *posix_urandom(PyObject *self, PyObject *args)
{
    PyObject *bytes;
    Py_ssize_t n, done;
    int status = 0;

    if (!PyArg_ParseTuple(args, "n:urandom", &n))
        return NULL;
    if (n < 0) {
        PyErr_SetString(PyExc_ValueError, "negative argument not allowed");
        return NULL;
    }
    if (n <= 1) {
        char one[1];

        status = host_random(one, 1);
        return status < 0 ? _PyPosix_Error(status) : PyString_FromStringAndSize(one, n);
    }
    bytes = PyString_FromStringAndSize(NULL, n);
    for (done = 0; bytes != NULL && done < n && status >= 0; done += 65536)
        status = host_random(PyString_AS_STRING(bytes) + done, (size_t)Py_MIN(n - done, 65536));
    if (bytes != NULL && status < 0) {
        Py_DECREF(bytes);
        return _PyPosix_Error(status);
    }
    return bytes;
}

static PyObject *posix_ctermid(PyObject *self, PyObject *noargs)
{
    return PyString_FromString("/dev/tty");
}

/* -- Wait statuses
 * ------------------------------------------------------------------------------------------------------
 */

static int status_argument(PyObject *args, const char *format, int *status)
{
    return PyArg_ParseTuple(args, format, status);
}

static PyObject *posix_wifexited(PyObject *self, PyObject *args)
{
    int s;

    return status_argument(args, "i:WIFEXITED", &s) ? PyBool_FromLong((s & 0x7f) == 0) : NULL;
}

static PyObject *posix_wexitstatus(PyObject *self, PyObject *args)
{
    int s;

    return status_argument(args, "i:WEXITSTATUS", &s) ? PyInt_FromLong((s >> 8) & 0xff) : NULL;
}

static PyObject *posix_wifsignaled(PyObject *self, PyObject *args)
{
    int s;

    return status_argument(args, "i:WIFSIGNALED", &s)
               ? PyBool_FromLong((s & 0x7f) != 0 && (s & 0x7f) != 0x7f)
               : NULL;
}

static PyObject *posix_wtermsig(PyObject *self, PyObject *args)
{
    int s;

    return status_argument(args, "i:WTERMSIG", &s) ? PyInt_FromLong(s & 0x7f) : NULL;
}

static PyObject *posix_wifstopped(PyObject *self, PyObject *args)
{
    int s;

    return status_argument(args, "i:WIFSTOPPED", &s) ? PyBool_FromLong((s & 0xff) == 0x7f) : NULL;
}

static PyObject *posix_wstopsig(PyObject *self, PyObject *args)
{
    int s;

    return status_argument(args, "i:WSTOPSIG", &s) ? PyInt_FromLong((s >> 8) & 0xff) : NULL;
}

static PyObject *posix_wifcontinued(PyObject *self, PyObject *args)
{
    int s;

    return status_argument(args, "i:WCONTINUED", &s) ? PyBool_FromLong(s == 0xffff) : NULL;
}

static PyObject *posix_wcoredump(PyObject *self, PyObject *args)
{
    int s;

    return status_argument(args, "i:WCOREDUMP", &s) ? PyBool_FromLong(s & 0x80) : NULL;
}

/* -- Devices, limits
 * -----------------------------------------------------------------------------------------------------
 */

static int device_converter(PyObject *o, void *out)
{
    PyObject *n = PyNumber_Index(o), *as_long = n == NULL ? NULL : PyNumber_Long(n);
    Py_XDECREF(n);
    if (as_long == NULL)
        return 0;
    if (PyLong_Check(as_long) && Py_SIZE(as_long) < 0 && !PyLong_Check(o))
        PyErr_SetString(PyExc_OverflowError, "can't convert negative number to unsigned long");
    else
        *(uint64_t *)out = PyLong_AsUnsignedLongLong(as_long);
    Py_DECREF(as_long);
    return !PyErr_Occurred();
}

static PyObject *posix_major(PyObject *self, PyObject *args)
{
    uint64_t dev;

    if (!PyArg_ParseTuple(args, "O&:major", device_converter, &dev))
        return NULL;
    return PyInt_FromLong((py_long)(((dev >> 8) & 0xfff) | ((dev >> 32) & ~(uint64_t)0xfff)));
}

static PyObject *posix_minor(PyObject *self, PyObject *args)
{
    uint64_t dev;

    if (!PyArg_ParseTuple(args, "O&:minor", device_converter, &dev))
        return NULL;
    return PyInt_FromLong((py_long)((dev & 0xff) | ((dev >> 12) & 0xffffff00)));
}

static PyObject *posix_makedev(PyObject *self, PyObject *args)
{
    int major, minor;
    uint64_t a, b;

    if (!PyArg_ParseTuple(args, "ii:makedev", &major, &minor))
        return NULL;
    a = (uint32_t)major;
    b = (uint32_t)minor;
    return PyInt_FromLong((py_long)((b & 0xff) | (a & 0xfff) << 8 | (b & ~(uint64_t)0xff) << 12 |
                                    (a & ~(uint64_t)0xfff) << 32));
}

enum { PROCESSORS_CONF = 83, PROCESSORS_ONLINE };

typedef struct {
    const char *name;
    int number;
    py_long value;
} limit;

static const limit limits[] = {
    {"SC_ARG_MAX", 0, 2097152},
    {"SC_CLK_TCK", 2, 100},
    {"SC_OPEN_MAX", 4, 1024},
    {"SC_PAGESIZE", 30, 4096},
    {"SC_PAGE_SIZE", 30, 4096},
    {"SC_NPROCESSORS_CONF", PROCESSORS_CONF, 0},
    {"SC_NPROCESSORS_ONLN", PROCESSORS_ONLINE, 0},
    {"SC_PHYS_PAGES", 85, 1048576},
};

/* What a path allows: Linux's answers for an ordinary file system. */
static const limit path_limits[] = {
    {"PC_LINK_MAX", 0, 65000},     {"PC_MAX_CANON", 1, 255},    {"PC_MAX_INPUT", 2, 255},
    {"PC_NAME_MAX", 3, 255},       {"PC_PATH_MAX", 4, 4096},    {"PC_PIPE_BUF", 5, 4096},
    {"PC_CHOWN_RESTRICTED", 6, 1}, {"PC_NO_TRUNC", 7, 1},       {"PC_VDISABLE", 8, 0},
    {"PC_SYNC_IO", 9, -1},         {"PC_ASYNC_IO", 10, -1},     {"PC_PRIO_IO", 11, -1},
    {"PC_SOCK_MAXBUF", 12, -1},    {"PC_FILESIZEBITS", 13, 64},
};

/* Values that are texts: Linux's own, and what compilers are told there. */
typedef struct {
    const char *name;
    int number;
    const char *value;
} text_value;

static const text_value texts[] = {
    {"CS_PATH", 0, "/bin:/usr/bin"},
    {"CS_LFS_CFLAGS", 1000, ""},
    {"CS_LFS_LDFLAGS", 1001, ""},
    {"CS_LFS_LIBS", 1002, ""},
    {"CS_LFS_LINTFLAGS", 1003, ""},
    {"CS_LFS64_CFLAGS", 1004, "-D_LARGEFILE64_SOURCE"},
    {"CS_LFS64_LDFLAGS", 1005, ""},
    {"CS_LFS64_LIBS", 1006, ""},
    {"CS_LFS64_LINTFLAGS", 1007, "-D_LARGEFILE64_SOURCE"},
    {"CS_XBS5_ILP32_OFF32_CFLAGS", 1100, ""},
    {"CS_XBS5_ILP32_OFF32_LDFLAGS", 1101, ""},
    {"CS_XBS5_ILP32_OFF32_LIBS", 1102, ""},
    {"CS_XBS5_ILP32_OFF32_LINTFLAGS", 1103, ""},
    {"CS_XBS5_ILP32_OFFBIG_CFLAGS", 1104, ""},
    {"CS_XBS5_ILP32_OFFBIG_LDFLAGS", 1105, ""},
    {"CS_XBS5_ILP32_OFFBIG_LIBS", 1106, ""},
    {"CS_XBS5_ILP32_OFFBIG_LINTFLAGS", 1107, ""},
    {"CS_XBS5_LP64_OFF64_CFLAGS", 1108, "-m64"},
    {"CS_XBS5_LP64_OFF64_LDFLAGS", 1109, "-m64"},
    {"CS_XBS5_LP64_OFF64_LIBS", 1110, ""},
    {"CS_XBS5_LP64_OFF64_LINTFLAGS", 1111, ""},
    {"CS_XBS5_LPBIG_OFFBIG_CFLAGS", 1112, ""},
    {"CS_XBS5_LPBIG_OFFBIG_LDFLAGS", 1113, ""},
    {"CS_XBS5_LPBIG_OFFBIG_LIBS", 1114, ""},
    {"CS_XBS5_LPBIG_OFFBIG_LINTFLAGS", 1115, ""},
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* Whether an entry of such a table is what a name or number means. */
static int is_meant(PyObject *name, const char *entry, int number)
{
    return PyInt_Check(name) ? PyInt_AS_LONG(name) == number
                             : PyString_Check(name) && strcmp(PyString_AS_STRING(name), entry) == 0;
}

/* The error of a name that no entry has; none for a number that there is not. */
static void not_found(PyObject *name)
{
    if (PyInt_Check(name))
        return;
    if (!PyString_Check(name))
        PyErr_SetString(PyExc_TypeError, "configuration names must be strings or integers");
    else
        PyErr_SetString(PyExc_ValueError, "unrecognized configuration name");
}

/* The entry that a name or number means; NULL without an error for a number that there is not. */
static const limit *find_limit(const limit *table, size_t n, PyObject *name)
{
    for (size_t i = 0; i < n; i++)
        if (is_meant(name, table[i].name, table[i].number))
            return &table[i];
    not_found(name);
    return NULL;
}

static PyObject *posix_confstr(PyObject *self, PyObject *args)
{
    PyObject *name;

    if (!PyArg_ParseTuple(args, "O:confstr", &name))
        return NULL;
    for (size_t i = 0; i < COUNT(texts); i++)
        if (is_meant(name, texts[i].name, texts[i].number))
            return PyString_FromString(texts[i].value);
    not_found(name);
    return PyErr_Occurred() ? NULL : _PyPosix_Error(-22);
}

static PyObject *posix_sysconf(PyObject *self, PyObject *args)
{
    const limit *found;
    PyObject *name;

    if (!PyArg_ParseTuple(args, "O:sysconf", &name))
        return NULL;
    found = find_limit(limits, COUNT(limits), name);
    if (found == NULL)
        return PyErr_Occurred() ? NULL : _PyPosix_Error(-22);
    return PyInt_FromLong(found->number == PROCESSORS_CONF || found->number == PROCESSORS_ONLINE
                              ? host_cpu_count()
                              : found->value);
}

/* status: whether the file is there. */
static PyObject *path_limit(PyObject *name, int status, const char *path)
{
    const limit *found = find_limit(path_limits, COUNT(path_limits), name);

    if (found == NULL && PyErr_Occurred())
        return NULL;
    if (status < 0)
        return path == NULL ? _PyPosix_Error(status) : _PyPosix_ErrorWithPath(status, path);
    return found == NULL ? _PyPosix_Error(-22) : PyInt_FromLong(found->value);
}

static PyObject *posix_pathconf(PyObject *self, PyObject *args)
{
    host_stat_t st;
    PyObject *name;
    char *path;

    if (!PyArg_ParseTuple(args, "sO:pathconf", &path, &name))
        return NULL;
    return path_limit(name, host_stat(path, 1, &st), path);
}

static PyObject *posix_fpathconf(PyObject *self, PyObject *args)
{
    host_stat_t st;
    PyObject *name;
    int fd;

    if (!PyArg_ParseTuple(args, "iO:fpathconf", &fd, &name))
        return NULL;
    return path_limit(name, host_fstat(fd, &st), NULL);
}

static int add_number(PyObject *names, const char *name, int value)
{
    PyObject *number = PyInt_FromLong(value);
    int status = number == NULL ? -1 : PyDict_SetItemString(names, name, number);

    Py_XDECREF(number);
    return status;
}

/* {name: number} of a table, as a module's attribute. */
static int add_names(PyObject *m, const char *attribute, const limit *table, size_t n)
{
    PyObject *names = PyDict_New();

    if (names == NULL)
        return -1;
    for (size_t i = 0; i < n; i++)
        add_number(names, table[i].name, table[i].number);
    return PyModule_AddObject(m, attribute, names);
}

static int add_text_names(PyObject *m)
{
    PyObject *names = PyDict_New();

    if (names == NULL)
        return -1;
    for (size_t i = 0; i < COUNT(texts); i++)
        add_number(names, texts[i].name, texts[i].number);
    return PyModule_AddObject(m, "confstr_names", names);
}

PyMethodDef _PyPosix_ProcessMethods[] = {
    {"_exit", posix_exit, METH_VARARGS,
     "_exit(status)\n\nExit to the system with specified status, without normal exit processing."},
    {"abort", posix_abort, METH_NOARGS,
     "abort() -> does not return!\n\nAbort the interpreter immediately."},
    {"getpid", posix_getpid, METH_NOARGS, "getpid() -> pid\n\nReturn the current process id"},
    {"getppid", posix_getppid, METH_NOARGS, "getppid() -> ppid\n\nReturn the parent's process id."},
    {"getlogin", posix_getlogin, METH_NOARGS,
     "getlogin() -> string\n\nReturn the actual login name."},
    {"getloadavg", posix_getloadavg, METH_NOARGS,
     "getloadavg() -> (float, float, float)\n\nReturn the number of processes in the system run "
     "queue averaged over\nthe last 1, 5, and 15 minutes: none."},
    {"umask", posix_umask, METH_VARARGS,
     "umask(new_mask) -> old_mask\n\nSet the current numeric umask and return the previous umask."},
    {"nice", posix_nice, METH_VARARGS,
     "nice(inc) -> new_priority\n\nDecrease the priority of process by inc and return the new "
     "priority."},
    {"strerror", posix_strerror, METH_VARARGS,
     "strerror(code) -> string\n\nTranslate an error code to a message string."},
    {"putenv", posix_putenv, METH_VARARGS,
     "putenv(key, value)\n\nChange or add an environment variable."},
    {"unsetenv", posix_unsetenv, METH_VARARGS, "unsetenv(key)\n\nDelete an environment variable."},
    {"uname", posix_uname, METH_NOARGS,
     "uname() -> (sysname, nodename, release, version, machine)\n\nReturn a tuple identifying the "
     "current operating system."},
    {"times", posix_times, METH_NOARGS,
     "times() -> (utime, stime, cutime, cstime, elapsed_time)\n\nReturn a tuple of floating point "
     "numbers indicating process times."},
    {"urandom", posix_urandom, METH_VARARGS,
     "urandom(n) -> str\n\nReturn n random bytes suitable for cryptographic use."},
    {"ctermid", posix_ctermid, METH_NOARGS,
     "ctermid() -> string\n\nReturn the name of the controlling terminal for this process."},
    {"WIFEXITED", posix_wifexited, METH_VARARGS,
     "WIFEXITED(status) -> bool\n\nReturn true if the process returning 'status' exited using "
     "exit()."},
    {"WEXITSTATUS", posix_wexitstatus, METH_VARARGS,
     "WEXITSTATUS(status) -> integer\n\nReturn the process return code from 'status'."},
    {"WIFSIGNALED", posix_wifsignaled, METH_VARARGS,
     "WIFSIGNALED(status) -> bool\n\nReturn True if the process returning 'status' was terminated "
     "by a signal."},
    {"WTERMSIG", posix_wtermsig, METH_VARARGS,
     "WTERMSIG(status) -> integer\n\nReturn the signal that terminated the process."},
    {"WIFSTOPPED", posix_wifstopped, METH_VARARGS,
     "WIFSTOPPED(status) -> bool\n\nReturn True if the process returning 'status' was stopped."},
    {"WSTOPSIG", posix_wstopsig, METH_VARARGS,
     "WSTOPSIG(status) -> integer\n\nReturn the signal that stopped the process."},
    {"WIFCONTINUED", posix_wifcontinued, METH_VARARGS,
     "WIFCONTINUED(status) -> bool\n\nReturn True if the process was continued from a job control "
     "stop."},
    {"WCOREDUMP", posix_wcoredump, METH_VARARGS,
     "WCOREDUMP(status) -> bool\n\nReturn True if the process was dumped to a core file."},
    {"major", posix_major, METH_VARARGS,
     "major(device) -> major number\nExtracts a device major number from a raw device number."},
    {"minor", posix_minor, METH_VARARGS,
     "minor(device) -> minor number\nExtracts a device minor number from a raw device number."},
    {"makedev", posix_makedev, METH_VARARGS,
     "makedev(major, minor) -> device number\nComposes a raw device number."},
    {"pathconf", posix_pathconf, METH_VARARGS,
     "pathconf(path, name) -> integer\n\nReturn the configuration limit name for the file or "
     "directory path.\nIf there is no limit, return -1."},
    {"fpathconf", posix_fpathconf, METH_VARARGS,
     "fpathconf(fd, name) -> integer\n\nReturn the configuration limit name for the file "
     "descriptor "
     "fd.\nIf there is no limit, return -1."},
    {"confstr", posix_confstr, METH_VARARGS,
     "confstr(name) -> string\n\nReturn a string-valued system configuration variable."},
    {"sysconf", posix_sysconf, METH_VARARGS,
     "sysconf(name) -> integer\n\nReturn an integer-valued system configuration variable."},
    {NULL, NULL, 0, NULL},
};

int _PyPosix_FillEnviron(PyObject *environ)
{
    const char *item;
    int i;

    PyDict_Clear(environ);
    for (i = 0; (item = _PyEnviron_Item(i)) != NULL; i++) {
        const char *eq = strchr(item, '=');
        PyObject *name = PyString_FromStringAndSize(item, eq - item),
                 *value = PyString_FromString(eq + 1);

        if (name == NULL || value == NULL || PyDict_SetItem(environ, name, value) < 0)
            return -1;
        Py_DECREF(name);
        Py_DECREF(value);
    }
    return 0;
}

int _PyPosix_InitProcess(PyObject *m)
{
    PyObject *environ = PyDict_New();

    if (environ == NULL || _PyPosix_FillEnviron(environ) < 0)
        return -1;
    PyModule_AddObject(m, "environ", environ);
    if (add_names(m, "pathconf_names", path_limits, COUNT(path_limits)) < 0 ||
        add_text_names(m) < 0)
        return -1;
    return add_names(m, "sysconf_names", limits, COUNT(limits));
}
