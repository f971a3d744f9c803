/* SPDX-License-Identifier: MIT */
/* Code objects: CPython 2.7's fields exactly; what runs is a private, verified copy hung at
 * co_zkrait by eval. */
#ifndef CODE_H
#define CODE_H
typedef struct {
    PyObject_HEAD int co_argcount, co_nlocals, co_stacksize, co_flags;
    PyObject *co_code, *co_consts, *co_names, *co_varnames, *co_freevars, *co_cellvars;
    PyObject *co_filename, *co_name;
    int co_firstlineno;
    PyObject *co_lnotab;
    void *co_exec; /* eval's private copy (struct _PyExec), or NULL until first run */
    void (*co_exec_free)(void *); /* how to free it */
    PyObject *co_zombieframe; /* a frame kept for the next call; owned by eval's free function */
    void (*co_zombie_free)(PyObject *); /* how to free that */
    PyObject *co_weakreflist;
} PyCodeObject;
#define CO_OPTIMIZED 0x0001
#define CO_NEWLOCALS 0x0002
#define CO_VARARGS 0x0004
#define CO_VARKEYWORDS 0x0008
#define CO_NESTED 0x0010
#define CO_GENERATOR 0x0020
#define CO_NOFREE 0x0040
#define CO_GENERATOR_ALLOWED 0
#define CO_FUTURE_DIVISION 0x2000
#define CO_FUTURE_ABSOLUTE_IMPORT 0x4000
#define CO_FUTURE_WITH_STATEMENT 0x8000
#define CO_FUTURE_PRINT_FUNCTION 0x10000
#define CO_FUTURE_UNICODE_LITERALS 0x20000
#define CO_MAXBLOCKS 20
#define PyCF_MASK                                                                                  \
    (CO_FUTURE_DIVISION | CO_FUTURE_ABSOLUTE_IMPORT | CO_FUTURE_WITH_STATEMENT |                   \
     CO_FUTURE_PRINT_FUNCTION | CO_FUTURE_UNICODE_LITERALS)
#define PyCF_MASK_OBSOLETE CO_NESTED
#define PyCF_SOURCE_IS_UTF8 0x0100
#define PyCF_DONT_IMPLY_DEDENT 0x0200
#define PyCF_ONLY_AST 0x0400
typedef struct {
    int cf_flags;
} PyCompilerFlags;
extern PyTypeObject PyCode_Type;
#define PyCode_Check(op) (Py_TYPE(op) == &PyCode_Type)
#define PyCode_GetNumFree(op) PyTuple_GET_SIZE((op)->co_freevars)
PyCodeObject *PyCode_New(int argcount, int nlocals, int stacksize, int flags, PyObject *code,
                         PyObject *consts, PyObject *names, PyObject *varnames, PyObject *freevars,
                         PyObject *cellvars, PyObject *filename, PyObject *name, int firstlineno,
                         PyObject *lnotab);
PyCodeObject *PyCode_NewEmpty(const char *filename, const char *funcname, int firstlineno);
int PyCode_Addr2Line(PyCodeObject *, int addr);
typedef struct _addr_pair {
    int ap_lower, ap_upper;
} PyAddrPair;
int _PyCode_CheckLineNumber(PyCodeObject *, int lasti, PyAddrPair *bounds);
#endif
