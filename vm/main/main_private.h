/* SPDX-License-Identifier: MIT */
/* The pieces of main: the command line (options.c), where the library is (paths.c), start-up and
 * shut-down (lifecycle.c), the program as a machine of steps (program.c), the prompt
 * (interactive.c). */
#ifndef KRAIT_MAIN_PRIVATE_H
#define KRAIT_MAIN_PRIVATE_H
#include "Python.h"
#include "modules/fileobject_private.h"

enum program_kind { PROGRAM_STDIN, PROGRAM_COMMAND, PROGRAM_MODULE, PROGRAM_FILE };

typedef struct {
    enum program_kind kind;
    char *text; /* the command with its newline, the module's name, or the file's name; owned */
    int skip_first_line, unbuffered;
    int argc; /* sys.argv */
    char **argv;
    int done; /* nothing to run: status says how to exit */
    int status;
} _PyMainOptions;
extern _PyMainOptions _Py_Main;

/* 0, or -1 with done and status set. */
int _PyMain_ParseOptions(int argc, char **argv);
void _PyMain_FindPaths(const char *argv0);
void _PyMain_Write(int fd, const char *text);

extern struct _inittab _PyMain_Inittab[];

void _PyMain_Initialize(void);
void _PyMain_FillHooks(void);
void _PyMain_Finalize(void);
void _PyMain_EndProgram(void);    /* does not return */
PyObject *_PyMain_MainDict(void); /* borrowed */

/* The import of site as a step of its own: a three-way answer. */
PyObject *_PyMain_ImportSite(void);
/* How many -W options and PYTHONWARNINGS entries there are. */
int _PyMain_WarningCount(void);

/* image.c: is this memory an image that krait_prepare made; making it this program's: 0, -1 as
 * krait_start, KRAIT_COLD. The standard files are made anew by lifecycle.c. */
extern int _PyImage_Prepared;
int _PyImage_Thaw(int argc, char **argv, char **envp);
void _PyMain_ThawFiles(void);

/* The program's first step, to give to PyEval_Start. */
PyObject *_PyMain_FirstStep(void);
/* The prompt, until the end of input: a three-way answer of None. */
PyObject *_PyMain_InteractiveGoOn(void);
/* With SystemExit set: clears it, shows its message, answers the exit status. */
int _PyMain_ExitStatus(void);
#endif
