/* SPDX-License-Identifier: MIT */
/* posix: processes: fork, exec, wait, groups, and commands of the shell. Invariant: fork leaves the
 * eval loop before it happens, so that the child goes on from memory alone; where C is nested on
 * the host's stack it is refused. */
#include "modules/posix_private.h"
#include "modules/environ.h"
#include "modules/fileobject_private.h"
#include "modules/import_private.h"
#include "modules/mmap_shared.h"
#include "modules/signal_private.h"

enum { E_INTR = -4, E_AGAIN = -11, E_INVAL = -22, E_NOSYS = -38, WNOHANG_ = 1, SIGINT_ = 2 };
static const char SHELL[] = "/bin/sh";

/* -- fork
 * ------------------------------------------------------------------------------------------------
 */

static PyObject *error_saying(int status, const char *text)
{
    PyObject *args = Py_BuildValue("(is)", -status, text);

    if (args != NULL)
        PyErr_SetObject(PyExc_OSError, args);
    Py_XDECREF(args);
    return NULL;
}

/* There is no other process: the host may know why. */
static PyObject *no_process(int status)
{
    char reason[512];

    if (status != E_NOSYS || host_why_alone(reason, sizeof reason) <= 0)
        return _PyPosix_Error(status);
    return error_saying(status, reason);
}

/* What other modules must know in the child. */
static void after_fork(void)
{
    PyObject *threading, *answer;

    PyThread_AfterFork();
    _PySignal_AfterFork();
    _PyImport_Lock.queue.first = _PyImport_Lock.queue.last = NULL;
    threading = PyDict_GetItemString(PyImport_GetModuleDict(), "threading");
    if (threading == NULL)
        return;
    answer = PyObject_CallMethod(threading, "_after_fork", NULL);
    if (answer == NULL)
        PyErr_WriteUnraisable(threading);
    Py_XDECREF(answer);
}

static PyObject *forked(PyCont *c, PyObject *value)
{
    int pid;

    if (value == NULL)
        return NULL;
    Py_DECREF(value);
    _PyMmap_Sync();
    pid = host_fork();
    /* The loop was left for it: who only forks must come by signals too. */
    _Py_Ticker = 0;
    if (pid == 0)
        after_fork();
    PyThread_ReleaseOwnedLock(&_PyImport_Lock);
    return pid < 0 ? no_process(pid) : PyInt_FromLong(pid);
}

static PyObject *posix_fork(PyObject *self, PyObject *noargs);

static PyObject *fork_waited(PyCont *c, PyObject *value)
{
    if (value == NULL)
        return NULL;
    Py_DECREF(value);
    return posix_fork(NULL, NULL);
}

static PyObject *posix_fork(PyObject *self, PyObject *noargs)
{
    if (!PyThread_CanLeave())
        return error_saying(E_AGAIN, "fork() inside a C call-back: the C function that called this "
                                     "code cannot be copied");
    /* No other thread is in the middle of an import then. */
    if (!PyThread_TryOwnedLock(&_PyImport_Lock))
        return PyEval_PushCont(fork_waited) == NULL ? NULL
                                                    : PyEval_WaitInQueueGoOn(&_PyImport_Lock.queue);
    if (PyEval_PushCont(forked) == NULL) {
        PyThread_ReleaseOwnedLock(&_PyImport_Lock);
        return NULL;
    }
    return PyEval_LeaveToForkGoOn();
}

/* -- exec
 * ------------------------------------------------------------------------------------------------
 */

static void free_strings(char **list)
{
    if (list != NULL)
        for (Py_ssize_t i = 0; list[i] != NULL; i++)
            PyMem_Free(list[i]);
    PyMem_Free(list);
}

static char *copy_string(const char *s, Py_ssize_t n)
{
    char *copy = PyMem_Malloc(n + 1);

    if (copy == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    memcpy(copy, s, (size_t)n);
    copy[n] = '\0';
    return copy;
}

/* A str or unicode without NUL, as bytes of the file system's encoding; NULL with TypeError. */
static char *bytes_of(PyObject *o, const char *what)
{
    PyObject *encoded = o;
    char *copy = NULL;

    if (PyUnicode_Check(o)) {
        encoded = PyUnicode_AsEncodedString(o, FS_ENCODING, NULL);
        if (encoded == NULL)
            return NULL;
    } else
        Py_INCREF(o);
    if (!PyString_Check(encoded))
        PyErr_SetString(PyExc_TypeError, what);
    else if (strlen(PyString_AS_STRING(encoded)) != (size_t)PyString_GET_SIZE(encoded))
        PyErr_SetString(PyExc_TypeError, "must be encoded string without NULL bytes, not str");
    else
        copy = copy_string(PyString_AS_STRING(encoded), PyString_GET_SIZE(encoded));
    Py_DECREF(encoded);
    return copy;
}

static char **argument_list(PyObject *argv, const char *not_sequence, const char *not_strings,
                            const char *empty)
{
    PyObject *fast;
    char **list;
    Py_ssize_t n;

    if (!PyList_Check(argv) && !PyTuple_Check(argv)) {
        PyErr_SetString(PyExc_TypeError, not_sequence);
        return NULL;
    }
    fast = PySequence_Fast(argv, not_sequence);
    if (fast == NULL)
        return NULL;
    n = PySequence_Fast_GET_SIZE(fast);
    if (n < 1) {
        PyErr_SetString(PyExc_ValueError, empty);
        Py_DECREF(fast);
        return NULL;
    }
    list = PyMem_Calloc(n + 1, (Py_ssize_t)sizeof *list);
    if (list == NULL)
        PyErr_NoMemory();
    for (Py_ssize_t i = 0; list != NULL && i < n; i++) {
        list[i] = bytes_of(PySequence_Fast_GET_ITEM(fast, i), not_strings);
        if (list[i] == NULL) {
            free_strings(list);
            list = NULL;
        }
    }
    Py_DECREF(fast);
    return list;
}

/* "NAME=value" for each item of a mapping. */
static char **environment_list(PyObject *env)
{
    PyObject *keys = PyMapping_Keys(env), *values = keys == NULL ? NULL : PyMapping_Values(env);
    char **list = NULL;
    Py_ssize_t n = 0;

    if (values == NULL)
        goto fail;
    if (!PyList_Check(keys) || !PyList_Check(values)) {
        PyErr_SetString(PyExc_TypeError, "execve(): env.keys() or env.values() is not a list");
        goto fail;
    }
    n = Py_MIN(PyList_GET_SIZE(keys), PyList_GET_SIZE(values));
    list = PyMem_Calloc(n + 1, (Py_ssize_t)sizeof *list);
    if (list == NULL) {
        PyErr_NoMemory();
        goto fail;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        char *name = bytes_of(PyList_GET_ITEM(keys, i), "execve() arg 3 contains a non-string key"),
             *value = name == NULL ? NULL
                                   : bytes_of(PyList_GET_ITEM(values, i),
                                              "execve() arg 3 contains a non-string value");

        if (value != NULL && (name[0] == '\0' || strchr(name + 1, '=') != NULL))
            PyErr_SetString(PyExc_ValueError, "illegal environment variable name");
        else if (value != NULL) {
            size_t size = strlen(name) + strlen(value) + 2;

            list[i] = PyMem_Malloc((Py_ssize_t)size);
            if (list[i] == NULL)
                PyErr_NoMemory();
            else
                PyOS_snprintf(list[i], size, "%s=%s", name, value);
        }
        PyMem_Free(name);
        PyMem_Free(value);
        if (list[i] == NULL)
            goto fail;
    }
    Py_DECREF(keys);
    Py_DECREF(values);
    return list;
fail:
    Py_XDECREF(keys);
    Py_XDECREF(values);
    free_strings(list);
    return NULL;
}

/* The process's own environment, as a new list. */
static char **own_environment(void)
{
    int n = 0;
    char **list;

    while (_PyEnviron_Item(n) != NULL)
        n++;
    list = PyMem_Calloc(n + 1, (Py_ssize_t)sizeof *list);
    if (list == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    for (int i = 0; i < n; i++) {
        list[i] = copy_string(_PyEnviron_Item(i), (Py_ssize_t)strlen(_PyEnviron_Item(i)));
        if (list[i] == NULL) {
            free_strings(list);
            return NULL;
        }
    }
    return list;
}

static PyObject *exec(char *path, char **argv, char **env)
{
    int status = E_INVAL;

    if (argv != NULL && env != NULL)
        status = host_exec(path, argv, env);
    PyMem_Free(path);
    if (argv != NULL && env != NULL)
        _PyPosix_Error(status);
    free_strings(argv);
    free_strings(env);
    return NULL;
}

static PyObject *posix_execv(PyObject *self, PyObject *args)
{
    char *path, *own;
    PyObject *argv;
    char **list;

    if (!PyArg_ParseTuple(args, "etO:execv", FS_ENCODING, &path, &argv))
        return NULL;
    own = copy_string(path, (Py_ssize_t)strlen(path));
    PyMem_Free(path);
    if (own == NULL)
        return NULL;
    list =
        argument_list(argv, "execv() arg 2 must be a tuple or list",
                      "execv() arg 2 must contain only strings", "execv() arg 2 must not be empty");
    return exec(own, list, list == NULL ? NULL : own_environment());
}

static PyObject *posix_execve(PyObject *self, PyObject *args)
{
    char *path, *own;
    PyObject *argv, *env;
    char **list;

    if (!PyArg_ParseTuple(args, "etOO:execve", FS_ENCODING, &path, &argv, &env))
        return NULL;
    own = copy_string(path, (Py_ssize_t)strlen(path));
    PyMem_Free(path);
    if (own == NULL)
        return NULL;
    if (!PyMapping_Check(env)) {
        PyErr_SetString(PyExc_TypeError, "execve() arg 3 must be a mapping object");
        PyMem_Free(own);
        return NULL;
    }
    list = argument_list(argv, "execve() arg 2 must be a tuple or list",
                         "execve() arg 2 must contain only strings",
                         "execve() arg 2 must not be empty");
    return exec(own, list, list == NULL ? NULL : environment_list(env));
}

/* -- wait
 * ------------------------------------------------------------------------------------------------
 */

/* What the caller gets of a wait: 0 (pid, status), 1 with the resource usage, 2 the status alone.
 */
enum { WAIT_PAIR, WAIT_USAGE, WAIT_STATUS };

/* What all children that were waited for have used. */
typedef struct {
    double times[2];
    int64_t numbers[14];
} Usage;

static void children_usage(Usage *u)
{
    memset(u, 0, sizeof *u);
    host_rusage(-1, u->times, u->numbers);
}

/* What one child has used: what all have now, less what all had before it. */
static PyObject *usage_struct(int pid, const Usage *before)
{
    enum { MAXRSS = 0 };
    PyObject *resource = PyImport_ImportModule("resource"), *type, *usage = NULL, *values;
    Usage now;

    if (resource == NULL)
        return NULL;
    children_usage(&now);
    if (pid == 0)
        now = *before;
    type = PyObject_GetAttrString(resource, "struct_rusage");
    values = PyTuple_New(16);
    for (int i = 0; values != NULL && i < 16; i++) {
        int64_t n = i < 2 ? 0 : now.numbers[i - 2] - before->numbers[i - 2];
        PyObject *v = i < 2 ? PyFloat_FromDouble(now.times[i] - before->times[i])
                            : PyInt_FromLong(i == 2 + MAXRSS && pid > 0 ? now.numbers[MAXRSS] : n);

        if (v == NULL)
            Py_CLEAR(values);
        else
            PyTuple_SET_ITEM(values, i, v);
    }
    if (type != NULL && values != NULL)
        usage = PyObject_CallFunctionObjArgs(type, values, NULL);
    Py_DECREF(resource);
    Py_XDECREF(type);
    Py_XDECREF(values);
    return usage;
}

static PyObject *wait_answer(int pid, int status, int form, const Usage *before)
{
    PyObject *usage;

    if (form == WAIT_STATUS)
        return PyInt_FromLong(status);
    if (form == WAIT_PAIR)
        return Py_BuildValue("(ii)", pid, status);
    usage = usage_struct(pid, before);
    return usage == NULL ? NULL : Py_BuildValue("(iiN)", pid, status, usage);
}

static PyObject *wait_for(int pid, int options, int form);

/* n: pid, options and form, packed */
static PyObject *wait_again(PyCont *c, PyObject *value)
{
    if (value == NULL)
        return NULL;
    Py_DECREF(value);
    if (PyEval_WasInterrupted() && _PySignal_EndsWait() && (c->n & 3) != WAIT_STATUS)
        return _PyPosix_Error(E_INTR);
    return wait_for((int)(c->n >> 16), (int)(c->n >> 2) & 0x3fff, (int)(c->n & 3));
}

static PyObject *wait_for(int pid, int options, int form)
{
    int status = 0, ended;
    Usage before;
    PyCont *c;

    if (form == WAIT_USAGE)
        children_usage(&before);
    ended = host_waitpid(pid, options, &status);
    if (PyEval_IsPending(ended) || (ended == E_INTR && form == WAIT_STATUS)) {
        if (ended == E_INTR && _PySignal_CheckHost() < 0)
            return NULL;
        c = PyEval_PushCont(wait_again);
        if (c == NULL)
            return NULL;
        c->n = (py_long)pid * 65536 + (options & 0x3fff) * 4 + form;
        return ended == E_INTR ? PyEval_SleepUntilGoOn(0) : PyEval_WaitGoOn();
    }
    if (ended < 0) {
        if (ended == E_INTR && _PySignal_CheckHost() < 0)
            return NULL;
        return _PyPosix_Error(ended);
    }
    return wait_answer(ended, ended == 0 ? 0 : status, form, &before);
}

static PyObject *posix_wait(PyObject *self, PyObject *noargs)
{
    return wait_for(-1, 0, WAIT_PAIR);
}

static PyObject *posix_waitpid(PyObject *self, PyObject *args)
{
    int pid, options;

    if (!PyArg_ParseTuple(args, "ii:waitpid", &pid, &options))
        return NULL;
    return wait_for(pid, options, WAIT_PAIR);
}

static PyObject *posix_wait3(PyObject *self, PyObject *args)
{
    int options;

    if (!PyArg_ParseTuple(args, "i:wait3", &options))
        return NULL;
    return wait_for(-1, options, WAIT_USAGE);
}

static PyObject *posix_wait4(PyObject *self, PyObject *args)
{
    int pid, options;

    if (!PyArg_ParseTuple(args, "ii:wait4", &pid, &options))
        return NULL;
    return wait_for(pid, options, WAIT_USAGE);
}

/* -- Commands of the shell
 * ------------------------------------------------------------------------------------------------
 */

static int spawn_shell(const char *command, const int *fds)
{
    char *argv[] = {(char *)"sh", (char *)"-c", (char *)command, NULL};
    char **env = own_environment();
    int pid;

    if (env == NULL) {
        PyErr_Clear();
        return -12;
    }
    pid = host_spawn(SHELL, argv, env, fds, 3);
    free_strings(env);
    return pid;
}

/* The host must be left before it can start a process: f(self, args) is then called again. */
static PyObject *leave_and_call(PyContFunc step, PyObject *args)
{
    PyCont *c;

    if (!PyThread_CanLeave())
        return error_saying(E_AGAIN, "a command inside a C call-back: the C function that called "
                                     "this code cannot be left");
    c = PyEval_PushCont(step);
    if (c == NULL)
        return NULL;
    Py_INCREF(args);
    c->a = args;
    return PyEval_WaitGoOn();
}

static PyObject *call_again(PyCont *c, PyObject *value, PyCFunction function)
{
    PyObject *args = c->a, *result = NULL;

    if (value != NULL) {
        Py_DECREF(value);
        result = function(NULL, args);
    }
    Py_DECREF(args);
    return result;
}

static PyObject *posix_system(PyObject *self, PyObject *args);

static PyObject *system_again(PyCont *c, PyObject *value)
{
    return call_again(c, value, posix_system);
}

static PyObject *posix_system(PyObject *self, PyObject *args)
{
    static const int fds[] = {0, 1, 2};
    char *command;
    int pid;

    if (!PyArg_ParseTuple(args, "s:system", &command))
        return NULL;
    pid = spawn_shell(command, fds);
    if (pid == HOST_PENDING)
        return leave_and_call(system_again, args);
    if (pid == E_NOSYS)
        return no_process(pid);
    /* As system(3) has it: -1 without a process, and a shell that cannot be run has ended with 127.
     */
    if (pid < 0)
        return PyInt_FromLong(pid == -E_AGAIN || pid == E_AGAIN || pid == -12 ? -1 : 127 << 8);
    return wait_for(pid, 0, WAIT_STATUS);
}

int _PyPosix_WaitForCommand(int pid)
{
    int status = 0, ended;

    while ((ended = host_waitpid(pid, 0, &status)) == HOST_PENDING || ended == E_INTR) {
        if (ended == E_INTR && PyThread_IsMain()) {
            if (_PySignal_CheckHost() < 0)
                return -1;
        } else if (PyEval_Block(PyThread_FOREVER) < 0)
            return -1;
    }
    return ended < 0 ? 0 : status;
}

static PyObject *posix_popen(PyObject *self, PyObject *args);

static PyObject *popen_again(PyCont *c, PyObject *value)
{
    return call_again(c, value, posix_popen);
}

static PyObject *posix_popen(PyObject *self, PyObject *args)
{
    char *command, *mode = "r";
    int bufsize = -1, ends[2], fds[] = {0, 1, 2}, status, reads;
    PyObject *file;

    if (!PyArg_ParseTuple(args, "s|si:popen", &command, &mode, &bufsize))
        return NULL;
    if (strcmp(mode, "rb") == 0)
        mode = "r";
    else if (strcmp(mode, "wb") == 0)
        mode = "w";
    if (strcmp(mode, "r") != 0 && strcmp(mode, "w") != 0)
        return _PyPosix_Error(E_INVAL);
    reads = mode[0] == 'r';
    status = host_pipe(ends);
    if (status < 0)
        return _PyPosix_Error(status);
    /* The command gets one end; the other must not reach it, nor any other command. */
    fds[reads] = ends[reads];
    host_fcntl(ends[!reads], 2, 1);
    status = spawn_shell(command, fds);
    host_close(ends[reads]);
    if (status == HOST_PENDING) {
        host_close(ends[!reads]);
        return leave_and_call(popen_again, args);
    }
    file = status < 0 ? NULL : PyFile_FromFd(ends[!reads], command, mode, bufsize);
    if (file == NULL) {
        host_close(ends[!reads]);
        return status < 0 ? no_process(status) : NULL;
    }
    _PyFile_WaitForCommand = _PyPosix_WaitForCommand;
    ((PyFileObject *)file)->f_child = status;
    return file;
}

/* -- Signals to others, groups
 * ------------------------------------------------------------------------------------------------
 */

static PyObject *send_signal(int pid, int sig)
{
    int status = host_kill(pid, sig);

    if (status < 0)
        return _PyPosix_Error(status);
    /* A signal to oneself is delivered at once, but where a handler runs only after it. */
    if (PyThread_IsMain())
        return _PySignal_HandlersGoOn();
    Py_RETURN_NONE;
}

static PyObject *posix_kill(PyObject *self, PyObject *args)
{
    int pid, sig;

    return PyArg_ParseTuple(args, "ii:kill", &pid, &sig) ? send_signal(pid, sig) : NULL;
}

static PyObject *posix_killpg(PyObject *self, PyObject *args)
{
    int group, sig;

    if (!PyArg_ParseTuple(args, "ii:killpg", &group, &sig))
        return NULL;
    if (group < 0)
        return _PyPosix_Error(E_INVAL);
    return send_signal(-group, sig);
}

static PyObject *posix_getpgrp(PyObject *self, PyObject *noargs)
{
    return PyInt_FromLong(host_getpgid(0));
}

static PyObject *int_or_error(int answer)
{
    return answer < 0 ? _PyPosix_Error(answer) : PyInt_FromLong(answer);
}

static PyObject *posix_getpgid(PyObject *self, PyObject *args)
{
    int pid;

    return PyArg_ParseTuple(args, "i:getpgid", &pid) ? int_or_error(host_getpgid(pid)) : NULL;
}

static PyObject *posix_getsid(PyObject *self, PyObject *args)
{
    int pid;

    return PyArg_ParseTuple(args, "i:getsid", &pid) ? int_or_error(host_getsid(pid)) : NULL;
}

static PyObject *posix_setpgid(PyObject *self, PyObject *args)
{
    int pid, group;

    return PyArg_ParseTuple(args, "ii:setpgid", &pid, &group)
               ? _PyPosix_Done(host_setpgid(pid, group))
               : NULL;
}

static PyObject *posix_setpgrp(PyObject *self, PyObject *noargs)
{
    return _PyPosix_Done(host_setpgid(0, 0));
}

static PyObject *posix_setsid(PyObject *self, PyObject *noargs)
{
    int session = host_setsid();

    return _PyPosix_Done(session < 0 ? session : 0);
}

PyMethodDef _PyPosix_SpawnMethods[] = {
    {"fork", posix_fork, METH_NOARGS | METH_RESUMABLE,
     "fork() -> pid\n\nFork a child process.\nReturn 0 to child process and PID of child to parent "
     "process."},
    {"execv", posix_execv, METH_VARARGS,
     "execv(path, args)\n\nExecute an executable path with arguments, replacing current "
     "process.\n\n"
     "        path: path of executable file\n        args: tuple or list of strings"},
    {"execve", posix_execve, METH_VARARGS,
     "execve(path, args, env)\n\nExecute a path with arguments and environment, replacing current "
     "process.\n\n        path: path of executable file\n        args: tuple or list of arguments\n"
     "        env: dictionary of strings mapping to strings"},
    {"wait", posix_wait, METH_NOARGS | METH_RESUMABLE,
     "wait() -> (pid, status)\n\nWait for completion of a child process."},
    {"waitpid", posix_waitpid, METH_VARARGS | METH_RESUMABLE,
     "waitpid(pid, options) -> (pid, status)\n\nWait for completion of a given child process."},
    {"wait3", posix_wait3, METH_VARARGS | METH_RESUMABLE,
     "wait3(options) -> (pid, status, rusage)\n\nWait for completion of a child process."},
    {"wait4", posix_wait4, METH_VARARGS | METH_RESUMABLE,
     "wait4(pid, options) -> (pid, status, rusage)\n\nWait for completion of a given child "
     "process."},
    {"system", posix_system, METH_VARARGS | METH_RESUMABLE,
     "system(command) -> exit_status\n\nExecute the command (a string) in a subshell."},
    {"popen", posix_popen, METH_VARARGS | METH_RESUMABLE,
     "popen(command [, mode='r' [, bufsize]]) -> pipe\n\nOpen a pipe to/from a command returning a "
     "file object."},
    {"kill", posix_kill, METH_VARARGS | METH_RESUMABLE,
     "kill(pid, sig)\n\nKill a process with a signal."},
    {"killpg", posix_killpg, METH_VARARGS | METH_RESUMABLE,
     "killpg(pgid, sig)\n\nKill a process group with a signal."},
    {"getpgrp", posix_getpgrp, METH_NOARGS,
     "getpgrp() -> pgrp\n\nReturn the current process group id."},
    {"getpgid", posix_getpgid, METH_VARARGS,
     "getpgid(pid) -> pgid\n\nCall the system call getpgid()."},
    {"getsid", posix_getsid, METH_VARARGS, "getsid(pid) -> sid\n\nCall the system call getsid()."},
    {"setpgid", posix_setpgid, METH_VARARGS,
     "setpgid(pid, pgrp)\n\nCall the system call setpgid()."},
    {"setpgrp", posix_setpgrp, METH_NOARGS,
     "setpgrp()\n\nMake this process the process group leader."},
    {"setsid", posix_setsid, METH_NOARGS, "setsid()\n\nCall the system call setsid()."},
    {NULL, NULL, 0, NULL},
};
