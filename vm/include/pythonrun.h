/* SPDX-License-Identifier: MIT */
/* Compiling and running text; printing exceptions. Compile functions are in compile/, the rest in
 * main/. */
#ifndef PYTHONRUN_H
#define PYTHONRUN_H
#define Py_single_input 256
#define Py_file_input 257
#define Py_eval_input 258
PyObject *Py_CompileStringFlags(const char *source, const char *filename, int start,
                                PyCompilerFlags *);
#define Py_CompileString(s, f, start) Py_CompileStringFlags(s, f, start, NULL)
PyObject *PyRun_StringFlags(const char *, int start, PyObject *globals, PyObject *locals,
                            PyCompilerFlags *);
#define PyRun_String(s, start, g, l) PyRun_StringFlags(s, start, g, l, NULL)
int PyRun_SimpleStringFlags(const char *, PyCompilerFlags *);
void PyErr_Print(void);
void PyErr_PrintEx(int set_sys_last_vars);
void PyErr_Display(PyObject *, PyObject *, PyObject *);
void Py_Initialize(void);
void Py_InitializeEx(int);
void Py_Finalize(void);
int Py_IsInitialized(void);
const char *Py_GetVersion(void), *Py_GetPlatform(void), *Py_GetCopyright(void),
    *Py_GetCompiler(void), *Py_GetBuildInfo(void), *Py_GetPrefix(void), *Py_GetExecPrefix(void),
    *Py_GetPath(void), *Py_GetProgramFullPath(void), *Py_GetProgramName(void);
int Py_FlushLine(void);
#endif
