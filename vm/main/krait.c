/* SPDX-License-Identifier: MIT */
/* The host's way in: start with a command line, run in slices, ask for the status. */
#include "main/krait.h"
#include "main/main_private.h"
#include "host/host.h"
#include "modules/environ.h"
#include "modules/signal_private.h"

static int finished;

int krait_start(int argc, char **argv, char **envp)
{
    int i;

    if (_PyImage_Prepared) {
        i = _PyImage_Thaw(argc, argv, envp);
        if (i == -1)
            finished = 1;
        if (i < 0)
            return i;
        if (PyEval_Start(_PyMain_FirstStep()) < 0)
            Py_FatalError("cannot start the program");
        return 0;
    }
    if (_PyEnviron_Init(envp) < 0)
        Py_FatalError("not enough memory for the environment");
    _PyMain_FillHooks();
    /* -E decides whether the environment counts, wherever it stands on the command line */
    for (i = 1; i < argc && argv[i][0] == '-' && argv[i][1] != '\0' && argv[i][1] != '-'; i++) {
        const char *p = argv[i] + 1;

        while (*p != '\0' && strchr("cmWQE", *p) == NULL)
            p++;
        if (*p == 'E')
            Py_IgnoreEnvironmentFlag = 1;
        else if (*p == 'c' || *p == 'm')
            break;
        else if (*p != '\0' && p[1] == '\0')
            i++;
    }
    i = Py_IgnoreEnvironmentFlag;
    Py_IgnoreEnvironmentFlag = 0;
    if (i)
        _PyHooks.getenv = NULL;
    if (_PyMain_ParseOptions(argc, argv) < 0) {
        finished = 1;
        return -1;
    }
    _PyHooks.getenv = _PyEnviron_Get;
    _PyMain_FindPaths(argc > 0 ? argv[0] : "python");
    _PyMain_Initialize();
    if (PyEval_Start(_PyMain_FirstStep()) < 0)
        Py_FatalError("cannot start the program");
    return 0;
}

int krait_run(int32_t budget)
{
    PyObject *value;

    if (finished)
        return KRAIT_DONE;
    switch (PyEval_Run(budget)) {
    case PyRun_AGAIN:
        return KRAIT_AGAIN;
    case PyRun_WAIT:
        return KRAIT_WAIT;
    case PyRun_FORK:
        return KRAIT_FORK;
    default:
        break;
    }
    value = PyEval_Result();
    if (value == NULL && PyErr_Occurred())
        PyErr_Print();
    Py_XDECREF(value);
    finished = 1;
    _PyMain_Finalize();
    return KRAIT_DONE;
}

int krait_status(void)
{
    return _Py_Main.status & 0xff;
}

void krait_moved(void)
{
    PyEval_MeasureStack();
    PyThread_TellHost();
}

void krait_interrupt(void)
{
    _PySignal_SetPending(2);
}
