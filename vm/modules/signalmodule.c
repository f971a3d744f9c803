/* SPDX-License-Identifier: MIT */
/* signal: handlers written in Python. The host only notes signals; the eval loop asks here at its
 * ticks and runs the handlers between two instructions, in the main thread, on heap frames. */
#include "Python.h"
#include "host/host.h"
#include "modules/signal_private.h"

enum {
    NSIG_ = 65,
    SIGINT_ = 2,
    SIGKILL_ = 9,
    SIGPIPE_ = 13,
    SIGALRM_ = 14,
    SIGSTOP_ = 19,
    E_INTR = -4
};

static uint8_t restarts[NSIG_];   /* siginterrupt(sig, False): waits go on after its handler */
static int interrupted;           /* a handler has run whose signal ends waits */
static volatile uint8_t tripped;  /* one has come since a pass began */
static int running;               /* the loop runs handlers: what comes meanwhile waits for them */
static PyObject *handlers[NSIG_]; /* the answer of getsignal(); NULL: None */
static volatile uint8_t pending[NSIG_];
static PyObject *default_handler, *ignore_handler, *interrupt_handler, *timer_error;
static int wakeup_fd = -1;

void _PySignal_SetPending(int sig)
{
    if (sig <= 0 || sig >= NSIG_)
        return;
    pending[sig] = 1;
    tripped = 1;
    _Py_PendingSignals = 1;
    _Py_Ticker = 0;
    if (wakeup_fd >= 0)
        host_write(wakeup_fd, "\0", 1);
}

void _PySignal_AfterFork(void)
{
    memset((void *)pending, 0, sizeof pending);
    tripped = 0;
    _Py_PendingSignals = 0;
}

void _PySignal_Fetch(void)
{
    int sig;

    while ((sig = host_poll_signal()) > 0)
        _PySignal_SetPending(sig);
}

/* A pass goes once through the numbers; what comes behind its back is the next pass's, as is all
 * that is left when a handler raises. */

/* The next signal of a pass, from number `from`, that has something to call, its mark cleared; 0
 * when there is none. */
static int take_pending(int from, PyObject **handler)
{
    int sig;

    for (sig = from; sig < NSIG_; sig++) {
        PyObject *h = handlers[sig];

        if (!pending[sig])
            continue;
        pending[sig] = 0;
        if (h != NULL && h != Py_None && h != default_handler && h != ignore_handler) {
            *handler = h;
            interrupted |= !restarts[sig];
            return sig;
        }
    }
    _Py_PendingSignals = 0;
    for (sig = 1; sig < NSIG_; sig++)
        _Py_PendingSignals |= pending[sig];
    if (_Py_PendingSignals)
        _Py_Ticker = 0;
    return 0;
}

static PyObject *handler_arguments(int sig)
{
    PyObject *frame = (PyObject *)PyThreadState_GET()->frame;

    return Py_BuildValue("(iO)", sig, frame ? frame : Py_None);
}

static PyObject *run_handlers(int from);

static PyObject *handler_done(PyCont *c, PyObject *value)
{
    int sig = (int)c->n;

    PyEval_ReleaseCont(c);
    running = 0;
    if (value == NULL)
        return NULL;
    Py_DECREF(value);
    return run_handlers(sig + 1);
}

static PyObject *run_handlers(int from)
{
    PyObject *handler, *args, *answer;
    PyCont *c;
    int sig = take_pending(from, &handler);

    if (sig == 0)
        Py_RETURN_NONE;
    args = handler_arguments(sig);
    if (args == NULL)
        return NULL;
    c = PyEval_PushCont(handler_done);
    if (c == NULL) {
        Py_DECREF(args);
        return NULL;
    }
    c->n = sig;
    running = 1;
    answer = PyEval_CallThen(handler, args, NULL);
    Py_DECREF(args);
    return answer;
}

PyObject *_PySignal_HandlersGoOn(void)
{
    _PySignal_Fetch();
    if (!_Py_PendingSignals || running)
        Py_RETURN_NONE;
    if (Py_MakePendingCalls() < 0)
        return NULL;
    tripped = 0;
    return run_handlers(1);
}

/* Runs the handlers: whether there was one, or -1 with an exception. */
static int run_nested(void)
{
    PyObject *handler;
    int sig = 0, some = 0;

    /* Handlers run in the main thread; whoever else notices a signal leaves it to that. */
    if (!tripped || !PyThread_IsMain())
        return 0;
    tripped = 0;
    while ((sig = take_pending(sig + 1, &handler)) != 0) {
        PyObject *args = handler_arguments(sig),
                 *result = args == NULL ? NULL : PyEval_CallObject(handler, args);

        Py_XDECREF(args);
        if (result == NULL)
            return -1;
        Py_DECREF(result);
        some = 1;
    }
    return some;
}

int _PySignal_Check(void)
{
    return run_nested() < 0 ? -1 : 0;
}

int _PySignal_EndsWait(void)
{
    int ends = interrupted;

    interrupted = 0;
    return ends;
}

int _PySignal_RunNested(void)
{
    _PySignal_Fetch();
    return run_nested();
}

int _PySignal_CheckHost(void)
{
    return _PySignal_RunNested() < 0 ? -1 : 0;
}

/* -- The module
 * ----------------------------------------------------------------------------------------------------
 */

PyDoc_STRVAR(default_int_handler_doc, "default_int_handler(...)\n\nThe default handler for SIGINT "
                                      "installed by Python.\nIt raises KeyboardInterrupt.");

static PyObject *signal_default_int_handler(PyObject *self, PyObject *args)
{
    PyErr_SetNone(PyExc_KeyboardInterrupt);
    return NULL;
}

static int valid_signal(int sig)
{
    if (sig > 0 && sig < NSIG_)
        return 1;
    PyErr_SetString(PyExc_ValueError, "signal number out of range");
    return 0;
}

PyDoc_STRVAR(signal_doc, "signal(sig, action) -> action\n\nSet the action for the given signal.  "
                         "The action can be SIG_DFL, SIG_IGN, or a "
                         "callable Python object.  The previous action is returned.  See "
                         "getsignal() for possible return "
                         "values.\n\n*** IMPORTANT NOTICE ***\nA signal handler function is called "
                         "with two arguments:\nthe first "
                         "is the signal number, the second is the interrupted stack frame.");

static PyObject *signal_signal(PyObject *self, PyObject *args)
{
    PyObject *action, *old;
    int sig, how = 2, status;

    if (!PyArg_ParseTuple(args, "iO:signal", &sig, &action))
        return NULL;
    if (!PyThread_IsMain()) {
        PyErr_SetString(PyExc_ValueError, "signal only works in main thread");
        return NULL;
    }
    if (!valid_signal(sig))
        return NULL;
    if (action == ignore_handler || (PyInt_Check(action) && PyInt_AS_LONG(action) == 1))
        how = 1;
    else if (action == default_handler || (PyInt_Check(action) && PyInt_AS_LONG(action) == 0))
        how = 0;
    else if (!PyCallable_Check(action)) {
        PyErr_SetString(
            PyExc_TypeError,
            "signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object");
        return NULL;
    }
    if (sig == SIGKILL_ || sig == SIGSTOP_)
        return _PyErr_SetFromErrnum(PyExc_RuntimeError, 22);
    status = host_signal_disposition(sig, how);
    if (status < 0)
        return _PyErr_SetFromErrnum(PyExc_RuntimeError, -status);
    old = handlers[sig];
    Py_INCREF(action);
    handlers[sig] = action;
    restarts[sig] = 0;
    if (old == NULL)
        Py_RETURN_NONE;
    return old;
}

PyDoc_STRVAR(getsignal_doc,
             "getsignal(sig) -> action\n\nReturn the current action for the given signal: SIG_IGN, "
             "SIG_DFL, None if an "
             "unknown handler is in effect, or the callable Python object used as a handler.");

static PyObject *signal_getsignal(PyObject *self, PyObject *args)
{
    PyObject *h;
    int sig;

    if (!PyArg_ParseTuple(args, "i:getsignal", &sig) || !valid_signal(sig))
        return NULL;
    h = handlers[sig] ? handlers[sig] : Py_None;
    Py_INCREF(h);
    return h;
}

PyDoc_STRVAR(alarm_doc,
             "alarm(seconds)\n\nArrange for SIGALRM to arrive after the given number of seconds.");

static PyObject *signal_alarm(PyObject *self, PyObject *args)
{
    double old = 0, interval;
    int seconds, status;

    if (!PyArg_ParseTuple(args, "i:alarm", &seconds))
        return NULL;
    status = host_setitimer(0, 1, seconds < 0 ? 0 : seconds, 0, &old, &interval);
    if (status < 0)
        return _PyErr_SetFromErrnum(PyExc_OSError, -status);
    return PyInt_FromLong((py_long)ceil(old));
}

PyDoc_STRVAR(
    setitimer_doc,
    "setitimer(which, seconds[, interval])\n\nSets given itimer (one of ITIMER_REAL, "
    "ITIMER_VIRTUAL or "
    "ITIMER_PROF) to fire after value seconds and after that every interval seconds. The itimer "
    "can be "
    "cleared by setting seconds to zero.\n\nReturns old values as a tuple: (delay, interval).");

static PyObject *signal_setitimer(PyObject *self, PyObject *args)
{
    double value, interval = 0, old_value = 0, old_interval = 0;
    int which, status;

    if (!PyArg_ParseTuple(args, "id|d:setitimer", &which, &value, &interval))
        return NULL;
    status = which < 0 || which > 2 || value < 0 || interval < 0
                 ? -22
                 : host_setitimer(which, 1, value, interval, &old_value, &old_interval);
    if (status < 0)
        return _PyErr_SetFromErrnum(timer_error, -status);
    return Py_BuildValue("dd", old_value, old_interval);
}

PyDoc_STRVAR(getitimer_doc, "getitimer(which)\n\nReturns current value of given itimer.");

static PyObject *signal_getitimer(PyObject *self, PyObject *args)
{
    double value = 0, interval = 0;
    int which, status;

    if (!PyArg_ParseTuple(args, "i:getitimer", &which))
        return NULL;
    status = which < 0 || which > 2 ? -22 : host_setitimer(which, 0, 0, 0, &value, &interval);
    if (status < 0)
        return _PyErr_SetFromErrnum(timer_error, -status);
    return Py_BuildValue("dd", value, interval);
}

/* Sleeps until a signal has come, which its handler then sees. */
static PyObject *pause_again(PyCont *c, PyObject *value)
{
    if (value == NULL || PyEval_WasInterrupted() || !PyThread_IsMain())
        return value;
    Py_DECREF(value);
    return PyEval_PushCont(pause_again) == NULL ? NULL : PyEval_SleepUntilGoOn(PyThread_FOREVER);
}

PyDoc_STRVAR(pause_doc, "pause()\n\nWait until a signal arrives.");

static PyObject *signal_pause(PyObject *self, PyObject *noargs)
{
    _PySignal_Fetch();
    if (tripped && PyThread_IsMain()) { /* it has come while this call was under way */
        interrupted = 0;
        if (_PySignal_Check() < 0)
            return NULL;
        if (_PySignal_EndsWait())
            Py_RETURN_NONE;
    }
    return PyEval_PushCont(pause_again) == NULL ? NULL : PyEval_SleepUntilGoOn(PyThread_FOREVER);
}

PyDoc_STRVAR(set_wakeup_fd_doc, "set_wakeup_fd(fd) -> fd\n\nSets the fd to be written to (with "
                                "'\\0') when a signal comes in.  A library can "
                                "use this to wakeup select or poll.  The previous fd is returned.");

static PyObject *signal_set_wakeup_fd(PyObject *self, PyObject *args)
{
    host_stat_t st;
    int fd, old;

    if (!PyArg_ParseTuple(args, "i:set_wakeup_fd", &fd))
        return NULL;
    if (!PyThread_IsMain()) {
        PyErr_SetString(PyExc_ValueError, "set_wakeup_fd only works in main thread");
        return NULL;
    }
    if (fd != -1 && host_fstat(fd, &st) < 0) {
        PyErr_SetString(PyExc_ValueError, "invalid fd");
        return NULL;
    }
    old = wakeup_fd;
    wakeup_fd = fd;
    return PyLong_FromLong(old);
}

PyDoc_STRVAR(siginterrupt_doc,
             "siginterrupt(sig, flag) -> None\nchange system call restart behaviour: if flag is "
             "False, system calls will be "
             "restarted when interrupted by signal sig, else system calls will be interrupted.");

static PyObject *signal_siginterrupt(PyObject *self, PyObject *args)
{
    int sig, flag;

    if (!PyArg_ParseTuple(args, "ii:siginterrupt", &sig, &flag) || !valid_signal(sig))
        return NULL;
    restarts[sig] = !flag;
    Py_RETURN_NONE;
}

static PyMethodDef signal_methods[] = {
    {"alarm", signal_alarm, METH_VARARGS, alarm_doc},
    {"setitimer", signal_setitimer, METH_VARARGS, setitimer_doc},
    {"getitimer", signal_getitimer, METH_VARARGS, getitimer_doc},
    {"signal", signal_signal, METH_VARARGS, signal_doc},
    {"getsignal", signal_getsignal, METH_VARARGS, getsignal_doc},
    {"set_wakeup_fd", signal_set_wakeup_fd, METH_VARARGS, set_wakeup_fd_doc},
    {"siginterrupt", signal_siginterrupt, METH_VARARGS, siginterrupt_doc},
    {"pause", signal_pause, METH_NOARGS | METH_RESUMABLE, pause_doc},
    {"default_int_handler", signal_default_int_handler, METH_VARARGS, default_int_handler_doc},
    {NULL, NULL, 0, NULL},
};

PyDoc_STRVAR(module_doc, "This module provides mechanisms to use signal handlers in Python.\n\nA "
                         "handler is called with two arguments: the "
                         "signal's number and the interrupted stack frame. SIG_DFL and SIG_IGN "
                         "stand for the system's default and "
                         "for ignoring the signal.");

static const struct {
    const char *name;
    int value;
} constants[] = {
    {"NSIG", 65},      {"SIGHUP", 1},   {"SIGINT", 2},   {"SIGQUIT", 3},   {"SIGILL", 4},
    {"SIGTRAP", 5},    {"SIGIOT", 6},   {"SIGABRT", 6},  {"SIGFPE", 8},    {"SIGKILL", 9},
    {"SIGBUS", 7},     {"SIGSEGV", 11}, {"SIGSYS", 31},  {"SIGPIPE", 13},  {"SIGALRM", 14},
    {"SIGTERM", 15},   {"SIGUSR1", 10}, {"SIGUSR2", 12}, {"SIGCLD", 17},   {"SIGCHLD", 17},
    {"SIGPWR", 30},    {"SIGIO", 29},   {"SIGURG", 23},  {"SIGWINCH", 28}, {"SIGPOLL", 29},
    {"SIGSTOP", 19},   {"SIGTSTP", 20}, {"SIGCONT", 18}, {"SIGTTIN", 21},  {"SIGTTOU", 22},
    {"SIGVTALRM", 26}, {"SIGPROF", 27}, {"SIGXCPU", 24}, {"SIGXFSZ", 25},  {"SIGRTMIN", 34},
    {"SIGRTMAX", 64},
};

/* Handlers as the program finds them, made at start whether or not the module is ever imported. */
int _PySignal_Init(void)
{
    static PyMethodDef *int_handler;
    int i;

    for (i = 0; signal_methods[i].ml_name != NULL; i++)
        if (strcmp(signal_methods[i].ml_name, "default_int_handler") == 0)
            int_handler = &signal_methods[i];
    default_handler = PyInt_FromLong(0);
    ignore_handler = PyInt_FromLong(1);
    interrupt_handler = PyCFunction_New(int_handler, NULL);
    if (default_handler == NULL || ignore_handler == NULL || interrupt_handler == NULL)
        return -1;
    for (i = 1; i < NSIG_; i++) {
        PyObject *h = i == SIGINT_               ? interrupt_handler
                      : i == SIGPIPE_ || i == 25 ? ignore_handler
                                                 : default_handler;

        Py_INCREF(h);
        handlers[i] = h;
    }
    host_signal_disposition(SIGINT_, 2);
    host_signal_disposition(SIGPIPE_, 1);
    host_signal_disposition(25, 1);
    return 0;
}

void _PySignal_Fini(void)
{
    int i;

    for (i = 1; i < NSIG_; i++) {
        if (handlers[i] != NULL && handlers[i] != default_handler && handlers[i] != ignore_handler)
            host_signal_disposition(i, 0);
        Py_CLEAR(handlers[i]);
        pending[i] = 0;
    }
    _Py_PendingSignals = 0;
    Py_CLEAR(default_handler);
    Py_CLEAR(ignore_handler);
    Py_CLEAR(interrupt_handler);
}

void initsignal(void)
{
    PyObject *m = Py_InitModule3("signal", signal_methods, module_doc), *d;
    size_t i;

    if (m == NULL)
        return;
    d = PyModule_GetDict(m);
    for (i = 0; i < sizeof constants / sizeof constants[0]; i++)
        PyModule_AddIntConstant(m, constants[i].name, constants[i].value);
    PyDict_SetItemString(d, "SIG_DFL", default_handler);
    PyDict_SetItemString(d, "SIG_IGN", ignore_handler);
    PyDict_SetItemString(d, "default_int_handler", interrupt_handler);
    for (i = 0; i < 3; i++) {
        static const char *const names[] = {"ITIMER_REAL", "ITIMER_VIRTUAL", "ITIMER_PROF"};

        PyModule_AddObject(m, names[i], PyLong_FromLong((py_long)i));
    }
    if (timer_error == NULL)
        timer_error = PyErr_NewException("signal.ItimerError", PyExc_IOError, NULL);
    Py_XINCREF(timer_error);
    PyModule_AddObject(m, "ItimerError", timer_error);
}
