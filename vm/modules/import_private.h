/* SPDX-License-Identifier: MIT */
/* Import's pieces: finding (import_find.c), loading (import_load.c), the protocol of __import__
 * (import.c), the module imp (impmodule.c). Invariant: code of modules is run by the eval loop on
 * heap frames; the functions that end in GoOn give three-way answers. */
#ifndef KRAIT_IMPORT_PRIVATE_H
#define KRAIT_IMPORT_PRIVATE_H
#include "Python.h"

enum import_kind {
    SEARCH_ERROR,
    PY_SOURCE,
    PY_COMPILED,
    C_EXTENSION,
    PY_RESOURCE,
    PKG_DIRECTORY,
    C_BUILTIN,
    PY_FROZEN,
    PY_CODERESOURCE,
    IMP_HOOK
};

enum { MODULE_NAME_MAX = 4096 };

typedef struct {
    const char *suffix, *mode;
    enum import_kind type;
} import_suffix;
extern const import_suffix _PyImport_Suffixes[]; /* ends with a NULL suffix */

/* What finding gave. All references owned; released with _PyImport_ReleaseSpec. */
typedef struct {
    enum import_kind type;
    const import_suffix *suffix;
    PyObject *path;   /* str, or NULL */
    PyObject *file;   /* an open file, or NULL */
    PyObject *loader; /* for IMP_HOOK */
} import_spec;

void _PyImport_ReleaseSpec(import_spec *spec);
/* Looks for a module: fullname for hooks, subname on the path (a list, or NULL for sys.path).
 * 0, or -1 with ImportError. */
int _PyImport_Find(const char *fullname, const char *subname, PyObject *path, int use_hooks,
                   import_spec *spec);
PyObject *_PyImport_GetImporter(PyObject *cache, PyObject *hooks,
                                PyObject *item); /* new reference */
int _PyImport_IsBuiltin(
    const char *name); /* 1 can be made, 0 unknown, -1 made once and cannot be again */
const char *_PyImport_FindFrozen(const char *name, Py_ssize_t *size,
                                 int *is_package); /* source text, or NULL */

/* Loads what was found as module `fullname`; the answer is the module of sys.modules. */
PyObject *_PyImport_LoadGoOn(import_spec *spec, const char *fullname);
PyObject *_PyImport_InitBuiltin(const char *name); /* borrowed module, NULL */
PyObject *_PyImport_LoadFrozenGoOn(const char *name, int *found);
PyObject *_PyImport_ExecCodeGoOn(const char *name, PyObject *code, const char *pathname);
PyObject *_PyImport_LoadPackageGoOn(const char *name, const char *pathname);
PyObject *_PyImport_ReadCompiled(const char *path, PyObject *file); /* code */
PyObject *_PyImport_LoadSourceCode(const char *path, PyObject *file,
                                   PyObject **ran_from); /* code */

PyObject *_PyImport_ImportLevelGoOn(const char *name, PyObject *globals, PyObject *fromlist,
                                    int level);
PyObject *_PyImport_ReloadGoOn(PyObject *module);
extern PyThread_OwnedLock _PyImport_Lock;
int _PyImport_LockHeld(void);
#endif
