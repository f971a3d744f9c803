/* SPDX-License-Identifier: MIT */
/* The pieces of main: the command line (options.c), where the library is (paths.c), start-up and shut-down
 * (lifecycle.c), the program as a machine of steps (program.c), the prompt (interactive.c). */
#ifndef KRAIT_MAIN_PRIVATE_H
#define KRAIT_MAIN_PRIVATE_H
#include "Python.h"

enum program_kind { PROGRAM_STDIN, PROGRAM_COMMAND, PROGRAM_MODULE, PROGRAM_FILE };

typedef struct {
    enum program_kind kind;
    char *text;      /* the command with its newline, the module's name, or the file's name; owned */
    int skip_first_line, unbuffered;
    int argc;        /* sys.argv */
    char **argv;
    int done;        /* nothing to run: status says how to exit */
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
PyObject *_PyMain_MainDict(void); /* borrowed */

/* The program's first step, to give to PyEval_Start. */
PyObject *_PyMain_FirstStep(void);
/* The prompt, until the end of input: a three-way answer of None. */
PyObject *_PyMain_InteractiveGoOn(void);
/* With SystemExit set: clears it, shows its message, answers the exit status. */
int _PyMain_ExitStatus(void);
#endif
