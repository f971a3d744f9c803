/* SPDX-License-Identifier: MIT */
/* Starting from a memory image. At build time krait_prepare runs start-up, site included, with no
 * environment and no options, and the host keeps the memory as it is then; later a program starts
 * in a copy of it. Invariant: the image holds nothing of where it was made: what depends on the
 * environment, the command line, the user or descriptors is made anew by _PyImage_Thaw, or, where
 * that would be much, the answer is "start cold". */
#include "main/krait.h"
#include "main/main_private.h"
#include "host/host.h"
#include "modules/environ.h"
#include "modules/posix_private.h"
#include "modules/sys_private.h"

int _PyImage_Prepared;

/* Where the image believes to be installed; replaced by the true place. */
#define TEMPLATE_ARGV0 "/usr/local/bin/krait"

int krait_prepare(void)
{
    static char argv0[] = TEMPLATE_ARGV0;
    char *argv[] = {argv0, NULL};
    PyObject *value;

    _PyMain_FillHooks();
    if (_PyMain_ParseOptions(1, argv) < 0)
        return -1;
    _PyMain_FindPaths(argv0);
    _PyMain_Initialize();
    if (PyEval_Start(_PyMain_ImportSite()) < 0)
        return -1;
    while (PyEval_Run(0) != PyRun_DONE)
        ;
    value = PyEval_Result();
    if (value == NULL) {
        PyErr_Print();
        return -1;
    }
    Py_DECREF(value);
    _PyFile_FlushAll();
    PyGC_Collect();
    _PyImage_Prepared = 1;
    return 0;
}

/* Has every flag the value that it had when the image was made? Those that start-up and site do not
 * look at may have another: they are set anew. */
static int plain_flags(void)
{
    static const char *const variables[] = {"PYTHONHOME",        "PYTHONPATH",     "PYTHONHASHSEED",
                                            "PYTHONCASEOK",      "PYTHONUSERBASE", "PYTHONWARNINGS",
                                            "PYTHONTHREADDEBUG", "PYTHONDUMPREFS"};

    for (size_t i = 0; i < sizeof variables / sizeof variables[0]; i++)
        if (_PyEnviron_Get(variables[i]) != NULL)
            return 0;
    return !(Py_DebugFlag || Py_VerboseFlag || Py_InteractiveFlag || Py_InspectFlag ||
             Py_OptimizeFlag || Py_NoSiteFlag || Py_BytesWarningFlag || Py_TabcheckFlag ||
             Py_UnicodeFlag || Py_DivisionWarningFlag || Py_NoUserSiteDirectory ||
             Py_Py3kWarningFlag || Py_HashRandomizationFlag || _Py_QnewFlag ||
             _PyMain_WarningCount() > 0);
}

/* Sets module.name to a str, when the module is loaded. */
static int set_string(const char *module, const char *name, const char *text)
{
    PyObject *m = PyDict_GetItemString(PyImport_GetModuleDict(), module), *s;

    if (m == NULL || !PyModule_Check(m))
        return 0;
    s = PyString_FromString(text);
    int r = s == NULL ? -1 : PyDict_SetItemString(PyModule_GetDict(m), name, s);
    Py_XDECREF(s);
    return r;
}

/* The same for an entry of sysconfig's cache of variables. */
static int set_config(const char *name, const char *text)
{
    PyObject *m = PyDict_GetItemString(PyImport_GetModuleDict(), "sysconfig"), *vars, *s;

    vars = m == NULL ? NULL : PyDict_GetItemString(PyModule_GetDict(m), "_CONFIG_VARS");
    if (vars == NULL || !PyDict_Check(vars))
        return 0;
    s = PyString_FromString(text);
    int r = s == NULL ? -1 : PyDict_SetItemString(vars, name, s);
    Py_XDECREF(s);
    return r;
}

/* What site found out about the user. 1: there is a folder of the user's own to take in. */
static int thaw_user(void)
{
    const char *home = _PyEnviron_Get("HOME");
    char base[4096], path[4200];
    host_stat_t st;

    if (home == NULL || home[0] != '/' || strlen(home) > 4000)
        return 1;
    size_t n = strlen(home);
    while (n > 0 && home[n - 1] == '/')
        n--;
    PyOS_snprintf(base, sizeof base, "%.*s/.local", (int)n, home);
    PyOS_snprintf(path, sizeof path, "%s/lib/python2.7/site-packages", base);
    if (host_stat(path, 1, &st) == 0)
        return 1;
    if (set_string("site", "USER_BASE", base) < 0 || set_string("site", "USER_SITE", path) < 0 ||
        set_config("userbase", base) < 0)
        return -1;
    return 0;
}

static int thaw_executable(void)
{
    char dir[4096];
    const char *slash;

    PyOS_snprintf(dir, sizeof dir, "%s", _Py_Paths.executable);
    slash = strrchr(dir, '/');
    if (slash != NULL)
        dir[slash == dir ? 1 : slash - dir] = '\0';
    if (set_string("sys", "executable", _Py_Paths.executable) < 0)
        return -1;
    if (slash == NULL)
        return 0;
    return set_string("sysconfig", "_PROJECT_BASE", dir) < 0 || set_config("projectbase", dir) < 0
               ? -1
               : 0;
}

int _PyImage_Thaw(int argc, char **argv, char **envp)
{
    PyObject *posix, *environ;

    _PyImage_Prepared = 0;
    if (_PyEnviron_Init(envp) < 0)
        return KRAIT_COLD;
    memset(&_Py_Main, 0, sizeof _Py_Main);
    if (_PyMain_ParseOptions(argc, argv) < 0)
        return -1;
    if (!plain_flags() || thaw_user() != 0)
        return KRAIT_COLD;
    _PyMain_FindPaths(argc > 0 ? argv[0] : "python");
    if (thaw_executable() < 0)
        return KRAIT_COLD;
    posix = PyDict_GetItemString(PyImport_GetModuleDict(), "posix");
    environ = posix == NULL ? NULL : PyDict_GetItemString(PyModule_GetDict(posix), "environ");
    if (environ != NULL && _PyPosix_FillEnviron(environ) < 0)
        return KRAIT_COLD;
    _PySys_SetFlags();
    _PyMain_ThawFiles();
    host_signal_disposition(2, 2);
    host_signal_disposition(13, 1);
    host_signal_disposition(25, 1);
    return PyErr_Occurred() ? KRAIT_COLD : 0;
}
