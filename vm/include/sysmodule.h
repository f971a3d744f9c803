/* SPDX-License-Identifier: MIT */
/* sys. */
#ifndef SYSMODULE_H
#define SYSMODULE_H
PyObject *PySys_GetObject(const char *);       /* borrowed */
int PySys_SetObject(const char *, PyObject *); /* NULL deletes */
PyObject *PySys_GetFile(const char *);
void PySys_SetPath(const char *);
void PySys_SetArgvEx(int argc, char **argv, int updatepath);
void PySys_WriteStdout(const char *format, ...);
void PySys_WriteStderr(const char *format, ...);
void PySys_AddWarnOption(const char *);
int PySys_HasWarnOptions(void);
PyObject *_PySys_Init(void);
#endif
