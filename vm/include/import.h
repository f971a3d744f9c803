/* SPDX-License-Identifier: MIT */
/* Import (modules/import.c). */
#ifndef IMPORT_H
#define IMPORT_H
py_long PyImport_GetMagicNumber(void);
PyObject *PyImport_ExecCodeModule(char *name, PyObject *co);
PyObject *PyImport_ExecCodeModuleEx(char *name, PyObject *co, char *pathname);
PyObject *PyImport_GetModuleDict(void);     /* borrowed */
PyObject *PyImport_AddModule(const char *); /* borrowed */
PyObject *PyImport_ImportModule(const char *);
PyObject *PyImport_ImportModuleNoBlock(const char *);
PyObject *PyImport_ImportModuleLevel(char *name, PyObject *globals, PyObject *locals,
                                     PyObject *fromlist, int level);
PyObject *PyImport_GetImporter(PyObject *path);
PyObject *PyImport_Import(PyObject *name);
PyObject *PyImport_ReloadModule(PyObject *m);
struct _inittab {
    const char *name;
    void (*initfunc)(void);
};
extern struct _inittab *_PyImport_Inittab; /* set by main/ before start-up (main/inittab.c) */
extern PyTypeObject PyNullImporter_Type;
void _PyImport_Init(void);
void _PyImportHooks_Init(void);
void _PyImport_Fini(void);
#endif
