/* SPDX-License-Identifier: MIT */
/* The command line and the environment variables of python2.7, into the flags of pydebug.h and
 * _Py_Main. */
#include "main/main_private.h"
#include "host/host.h"
#include "modules/environ.h"
#include "modules/sys_private.h"

_PyMainOptions _Py_Main;

static const char usage_head[] =
    "usage: %s [option] ... [-c cmd | -m mod | file | -] [arg] ...\n"
    "Options and arguments (and corresponding environment variables):\n"
    "-B     : don't write .py[co] files on import; also PYTHONDONTWRITEBYTECODE=x\n"
    "-b     : warn when bytes-like objects are compared with unicode (-bb: raise)\n"
    "-c cmd : run the program given as a string (ends the option list)\n"
    "-d     : accepted, without effect here; also PYTHONDEBUG=x\n"
    "-E     : ignore the PYTHON* environment variables\n"
    "-h     : show this text and exit (also --help)\n"
    "-i     : prompt for more after the script has run, even when stdin is no\n"
    "         terminal; also PYTHONINSPECT=x\n"
    "-m mod : run a library module as a script (ends the option list)\n"
    "-O     : optimize: drop assert statements; also PYTHONOPTIMIZE=x\n"
    "-OO    : drop doc strings too\n"
    "-R     : salt the hashes of str, unicode and others with a random value, against\n"
    "         denial of service by chosen keys; also PYTHONHASHSEED=random\n"
    "-Q arg : division: -Qold (default), -Qwarn, -Qwarnall, -Qnew\n"
    "-s     : don't add the user's site directory to sys.path; also PYTHONNOUSERSITE\n"
    "-S     : don't import site at start\n"
    "-t     : warn about tabs used inconsistently (-tt: make it an error)\n";
static const char usage_tail[] =
    "-u     : unbuffered stdout and stderr; also PYTHONUNBUFFERED=x\n"
    "-v     : trace import statements (more with -vv); also PYTHONVERBOSE=x\n"
    "-V     : print the version and exit (also --version)\n"
    "-W arg : warning control: action:message:category:module:lineno\n"
    "         also PYTHONWARNINGS=arg\n"
    "-x     : skip the first line of the source, for forms of #!cmd that are not Unix's\n"
    "-3     : warn about what Python 3 and 2to3 cannot simply fix\n"
    "file   : program read from a script file\n"
    "-      : program read from stdin (default; interactive on a terminal)\n"
    "arg ...: arguments to the program, in sys.argv[1:]\n\n"
    "Other environment variables:\n"
    "PYTHONSTARTUP: file executed when the prompt starts (no default)\n"
    "PYTHONPATH   : ':'-separated list of directories put before the default\n"
    "               search path.  The result is sys.path.\n"
    "PYTHONHOME   : alternate <prefix> directory; modules are in <prefix>/lib/python2.7.\n"
    "PYTHONCASEOK : ignore case in 'import' statements (where file names ignore it).\n"
    "PYTHONIOENCODING: encoding[:errors] of stdin, stdout and stderr.\n"
    "PYTHONHASHSEED: 'random' has the effect of -R; an integer in the range\n"
    "   [0,4294967295] is the seed itself, for the same hashes every time.\n";

void _PyMain_Write(int fd, const char *text)
{
    size_t n = strlen(text);

    while (n > 0) {
        int64_t k = host_write(fd, text, n);

        if (k <= 0 && k != -4)
            return;
        if (k > 0) {
            text += k;
            n -= (size_t)k;
        }
    }
}

static int finish(int status)
{
    _Py_Main.done = 1;
    _Py_Main.status = status;
    return -1;
}

static int usage(const char *program, int status)
{
    char line[1024];
    int fd = status ? 2 : 1;

    if (status) {
        PyOS_snprintf(line, sizeof line,
                      "usage: %s [option] ... [-c cmd | -m mod | file | -] [arg] ...\n", program);
        _PyMain_Write(fd, line);
        PyOS_snprintf(line, sizeof line, "Try `python -h' for more information.\n");
        _PyMain_Write(fd, line);
    } else {
        const char *rest = strchr(usage_head, '\n') + 1;

        PyOS_snprintf(line, sizeof line,
                      "usage: %s [option] ... [-c cmd | -m mod | file | -] [arg] ...\n", program);
        _PyMain_Write(fd, line);
        _PyMain_Write(fd, rest);
        _PyMain_Write(fd, usage_tail);
    }
    return finish(status);
}

/* -- Environment variables
 * -------------------------------------------------------------------------------------- */

static const char *setting(const char *name)
{
    const char *v = Py_GETENV(name);

    return v != NULL && v[0] != '\0' ? v : NULL;
}

/* A numeric setting: unless 0, at least 1. */
static void count_flag(int *flag, const char *name)
{
    const char *v = setting(name);
    int n;

    if (v == NULL)
        return;
    n = (int)strtol(v, NULL, 10);
    if (n < 1)
        n = 1;
    if (*flag < n)
        *flag = n;
}

static int read_hash_seed(const char *program)
{
    const char *v = setting("PYTHONHASHSEED");
    char *end;
    py_ulong seed;

    if (v == NULL)
        return 0;
    if (strcmp(v, "random") == 0) {
        Py_HashRandomizationFlag = 1;
        return 0;
    }
    seed = PyOS_strtoul(v, &end, 10);
    if (*end != '\0' || v[0] == '-' || seed > 4294967295u) {
        _PyMain_Write(2, "Fatal Python error: PYTHONHASHSEED must be \"random\" or an integer in "
                         "range [0; 4294967295]\n");
        return finish(134);
    }
    if (seed == 0 && Py_HashRandomizationFlag == 0)
        return 0;
    Py_HashRandomizationFlag = 2; /* a fixed seed: lifecycle.c reads it again */
    return 0;
}

/* What PYTHONWARNINGS lists. */
static void add_env_warnings(void)
{
    const char *v = setting("PYTHONWARNINGS");

    while (v != NULL && *v) {
        const char *comma = strchr(v, ',');
        char one[512];
        size_t n = comma ? (size_t)(comma - v) : strlen(v);

        if (n > 0 && n < sizeof one) {
            memcpy(one, v, n);
            one[n] = '\0';
            PySys_AddWarnOption(one);
        }
        v = comma ? comma + 1 : NULL;
    }
}

/* -- Options
 * ------------------------------------------------------------------------------------------------------
 */

static char *copy(const char *s, const char *more)
{
    char *p = PyMem_Malloc((Py_ssize_t)(strlen(s) + strlen(more)) + 1);

    if (p == NULL)
        Py_FatalError("not enough memory to copy the command line");
    strcpy(p, s);
    return strcat(p, more);
}

static int bad_option(const char *program, int c)
{
    char line[64];

    PyOS_snprintf(line, sizeof line, "Unknown option: -%c\n", c);
    _PyMain_Write(2, line);
    return usage(program, 2);
}

static int set_division(const char *program, const char *arg)
{
    if (strcmp(arg, "old") == 0)
        Py_DivisionWarningFlag = 0;
    else if (strcmp(arg, "warn") == 0)
        Py_DivisionWarningFlag = 1;
    else if (strcmp(arg, "warnall") == 0)
        Py_DivisionWarningFlag = 2;
    else if (strcmp(arg, "new") == 0)
        _Py_QnewFlag = 1;
    else {
        _PyMain_Write(2, "-Q option should be `-Qold', `-Qwarn', `-Qwarnall', or `-Qnew' only\n");
        return usage(program, 2);
    }
    return 0;
}

static char *warnings[64];
static int warning_count;

int _PyMain_WarningCount(void)
{
    return warning_count;
}

/* One letter without an argument. 0 go on, -1 done. */
static int plain_option(const char *program, int c)
{
    switch (c) {
    case 'b':
        Py_BytesWarningFlag++;
        break;
    case 'd':
        Py_DebugFlag++;
        break;
    case '3':
        Py_Py3kWarningFlag++;
        if (!Py_DivisionWarningFlag)
            Py_DivisionWarningFlag = 1;
        break;
    case 'i':
        Py_InspectFlag++;
        Py_InteractiveFlag++;
        break;
    case 'O':
        Py_OptimizeFlag++;
        break;
    case 'B':
        Py_DontWriteBytecodeFlag++;
        break;
    case 's':
        Py_NoUserSiteDirectory++;
        break;
    case 'S':
        Py_NoSiteFlag++;
        break;
    case 'E':
        Py_IgnoreEnvironmentFlag++;
        break;
    case 't':
        Py_TabcheckFlag++;
        break;
    case 'u':
        _Py_Main.unbuffered++;
        break;
    case 'v':
        Py_VerboseFlag++;
        break;
    case 'x':
        _Py_Main.skip_first_line = 1;
        break;
    case 'U':
        Py_UnicodeFlag++;
        break;
    case 'R':
        Py_HashRandomizationFlag++;
        break;
    case 'X':
        break;
    case 'h':
    case '?':
        return usage(program, 0);
    case 'V':
        _PyMain_Write(2, "Python " PY_VERSION "\n");
        return finish(0);
    default:
        return bad_option(program, c);
    }
    return 0;
}

/* Fills everything but what depends on the environment; *next is where the program's arguments
 * begin. */
static int scan(int argc, char **argv, int *next)
{
    const char *program = argc > 0 ? argv[0] : "python";
    int i = 1;

    while (i < argc && argv[i][0] == '-' && argv[i][1] != '\0') {
        const char *p = argv[i] + 1;

        if (strcmp(argv[i], "--") == 0) {
            i++;
            break;
        }
        if (strcmp(argv[i], "--help") == 0)
            return usage(program, 0);
        if (strcmp(argv[i], "--version") == 0)
            return plain_option(program, 'V');
        if (argv[i][1] == '-')
            return bad_option(program, '-');
        i++;
        for (; *p != '\0'; p++) {
            if (strchr("cmWQ", *p) != NULL) {
                const char *arg = p[1] ? p + 1 : i < argc ? argv[i++] : NULL;

                if (arg == NULL) {
                    char line[64];

                    PyOS_snprintf(line, sizeof line, "Argument expected for the -%c option\n", *p);
                    _PyMain_Write(2, line);
                    return usage(program, 2);
                }
                if (*p == 'W') {
                    if (warning_count < 64)
                        warnings[warning_count++] = copy(arg, "");
                } else if (*p == 'Q') {
                    if (set_division(program, arg) < 0)
                        return -1;
                } else {
                    _Py_Main.kind = *p == 'c' ? PROGRAM_COMMAND : PROGRAM_MODULE;
                    _Py_Main.text = copy(arg, *p == 'c' ? "\n" : "");
                    *next = i;
                    return 0;
                }
                break;
            }
            if (plain_option(program, *p) < 0)
                return -1;
        }
    }
    *next = i;
    return 0;
}

int _PyMain_ParseOptions(int argc, char **argv)
{
    int next = 1, i;

    if (scan(argc, argv, &next) < 0)
        return -1;
    if (_Py_Main.text == NULL && next < argc) {
        if (strcmp(argv[next], "-") != 0) {
            _Py_Main.kind = PROGRAM_FILE;
            _Py_Main.text = copy(argv[next], "");
        }
    }
    /* sys.argv[0] is the script, "-c", "-m" or "" */
    _Py_Main.argc = _Py_Main.kind == PROGRAM_COMMAND || _Py_Main.kind == PROGRAM_MODULE
                        ? argc - next + 1
                    : next < argc ? argc - next
                                  : 1;
    _Py_Main.argv = PyMem_Calloc(_Py_Main.argc + 1, (Py_ssize_t)sizeof(char *));
    if (_Py_Main.argv == NULL)
        Py_FatalError("not enough memory to copy the command line");
    if (_Py_Main.kind == PROGRAM_COMMAND || _Py_Main.kind == PROGRAM_MODULE) {
        _Py_Main.argv[0] = copy(_Py_Main.kind == PROGRAM_COMMAND ? "-c" : "-m", "");
        for (i = next; i < argc; i++)
            _Py_Main.argv[i - next + 1] = copy(argv[i], "");
    } else if (next < argc) {
        for (i = next; i < argc; i++)
            _Py_Main.argv[i - next] = copy(argv[i], "");
    } else
        _Py_Main.argv[0] = copy("", "");
    if (setting("PYTHONINSPECT"))
        Py_InspectFlag = 1;
    if (setting("PYTHONUNBUFFERED"))
        _Py_Main.unbuffered = 1;
    if (setting("PYTHONNOUSERSITE"))
        Py_NoUserSiteDirectory = 1;
    count_flag(&Py_DebugFlag, "PYTHONDEBUG");
    count_flag(&Py_VerboseFlag, "PYTHONVERBOSE");
    count_flag(&Py_OptimizeFlag, "PYTHONOPTIMIZE");
    count_flag(&Py_DontWriteBytecodeFlag, "PYTHONDONTWRITEBYTECODE");
    return read_hash_seed(argc > 0 ? argv[0] : "python");
}

/* Once objects can be made. */
void _PyMain_AddWarnings(void)
{
    int i;

    for (i = 0; i < warning_count; i++)
        PySys_AddWarnOption(warnings[i]);
    add_env_warnings();
    if (Py_BytesWarningFlag > 1)
        PySys_AddWarnOption("error::BytesWarning");
    else if (Py_BytesWarningFlag)
        PySys_AddWarnOption("default::BytesWarning");
}
