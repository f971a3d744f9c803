/* SPDX-License-Identifier: MIT */
/* The modules' view of the compiler: source files and syntax trees to code; lines of source for
 * tracebacks. */
#include "Python.h"
#include "compile.h"
#include "syntax/ast.h"
#include "modules/fileobject_private.h"
#include "modules/source_run.h"

PyObject *_PyRun_CompileFile(PyObject *file, const char *filename, int start,
                             PyCompilerFlags *flags)
{
    PyObject *bytes = _PyFile_ReadAll(file), *code;

    if (bytes == NULL)
        return NULL;
    code = _Py_CompileFileBytes(PyString_AS_STRING(bytes), PyString_GET_SIZE(bytes), filename,
                                start, flags);
    Py_DECREF(bytes);
    return code;
}

int _PyRun_IsAST(PyObject *v)
{
    return PyAST_Check(v);
}

PyObject *_PyRun_CompileAST(PyObject *tree, const char *filename, int which, PyCompilerFlags *flags)
{
    PyArena *arena;
    PyObject *code = NULL;
    mod_ty mod;

    if (flags->cf_flags & PyCF_ONLY_AST) {
        Py_INCREF(tree);
        return tree;
    }
    arena = PyArena_New();
    if (arena == NULL)
        return NULL;
    mod = PyAST_obj2mod(tree, arena, which);
    if (mod != NULL)
        code = (PyObject *)PyAST_Compile(mod, filename, flags, arena);
    PyArena_Free(arena);
    return code;
}

/* Opens a source file for a traceback: as named, else by its last part in the directories of
 * sys.path. */
static PyObject *open_source(const char *filename)
{
    PyObject *file = PyFile_FromString(filename, "U"), *path;
    const char *base = strrchr(filename, '/');
    Py_ssize_t i;

    if (file != NULL)
        return file;
    PyErr_Clear();
    base = base ? base + 1 : filename;
    path = PySys_GetObject("path");
    if (path == NULL || !PyList_Check(path) || *base == '\0')
        return NULL;
    for (i = 0; i < PyList_GET_SIZE(path); i++) {
        PyObject *dir = PyList_GET_ITEM(path, i), *full;

        if (!PyString_Check(dir) ||
            strlen(PyString_AS_STRING(dir)) != (size_t)PyString_GET_SIZE(dir))
            continue;
        full = PyString_FromFormat(
            "%s%s%s", PyString_AS_STRING(dir),
            PyString_GET_SIZE(dir) > 0 && PyString_AS_STRING(dir)[PyString_GET_SIZE(dir) - 1] != '/'
                ? "/"
                : "",
            base);
        file = full == NULL ? NULL : PyFile_FromString(PyString_AS_STRING(full), "U");
        Py_XDECREF(full);
        if (file != NULL)
            return file;
        PyErr_Clear();
    }
    return NULL;
}

PyObject *_PyRun_SourceLine(const char *filename, int lineno)
{
    PyObject *file, *line = NULL, *t, *v, *tb;

    if (lineno <= 0)
        return NULL;
    PyErr_Fetch(&t, &v, &tb);
    file = open_source(filename);
    while (file != NULL && lineno-- > 0) {
        Py_XDECREF(line);
        line = _PyFile_ReadLineString((PyFileObject *)file, -1, 0);
        if (line == NULL || PyString_GET_SIZE(line) == 0)
            break;
    }
    Py_XDECREF(file);
    PyErr_Clear();
    PyErr_Restore(t, v, tb);
    return line;
}
