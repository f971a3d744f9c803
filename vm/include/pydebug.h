/* SPDX-License-Identifier: MIT */
/* The interpreter's command-line flags, as globals set by main before start-up and only read after.
 * In objects/. */
#ifndef PYDEBUG_H
#define PYDEBUG_H
extern int Py_DebugFlag, Py_VerboseFlag, Py_InteractiveFlag, Py_InspectFlag, Py_OptimizeFlag,
    Py_NoSiteFlag, Py_BytesWarningFlag, Py_UseClassExceptionsFlag, Py_FrozenFlag, Py_TabcheckFlag,
    Py_UnicodeFlag, Py_IgnoreEnvironmentFlag, Py_DivisionWarningFlag, Py_DontWriteBytecodeFlag,
    Py_NoUserSiteDirectory, Py_Py3kWarningFlag, Py_HashRandomizationFlag, _Py_QnewFlag;
/* Value of an environment variable the interpreter itself reads: NULL when unset or under -E.
 * Borrowed. */
const char *Py_GETENV(const char *name);
#endif
