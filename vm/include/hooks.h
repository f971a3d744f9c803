/* SPDX-License-Identifier: MIT */
/* Upward calls that cannot be avoided: function pointers that main fills in before anything runs.
 * Defined in objects/hooks.c; each entry says why a lower layer needs it. */
#ifndef HOOKS_H
#define HOOKS_H
typedef struct {
    /* memory → objects: the collector makes a list and reports errors. */
    void (*write_unraisable)(PyObject *);
    /* memory → objects: does the object have a finalizer (heap __del__, classic __del__, generator
     * that needs one)? */
    int (*has_finalizer)(PyObject *);
    /* memory → objects: clear weak references of trash; collect callbacks to run. See memory/gc.c.
     */
    int (*list_append)(PyObject *list, PyObject *item);
    /* objects → eval: run on after Py_GoOn inside nested C (methodobject.c). */
    int32_t (*enter_nested)(void);
    PyObject *(*finish_nested)(int32_t mark, PyObject *answer);
    /* objects → eval: functions of built-in types that may answer Py_GoOn (ceval.h, goon.h). */
    PyObject *(*walk)(PyObject *it, const struct _PyWalk *how, PyObject *acc, PyObject *extra);
    PyCont *(*push_cont)(PyContFunc fn);
    PyObject *(*call_go_on)(PyObject *callable, PyObject *args, PyObject *kw);
    PyObject *(*iter_next_go_on)(PyObject *iter);
    PyObject *(*then)(PyObject *answer);
    /* objects → eval: the current frame's namespaces (warnings, dir(), import). All borrowed. */
    PyObject *(*get_builtins)(void);
    PyObject *(*get_globals)(void);
    PyObject *(*get_locals)(void);
    int (*frame_lineno)(PyFrameObject *);
    /* objects → eval: a Python function or generator is being inspected (type checks by C
     * functions). */
    PyTypeObject *function_type, *generator_type, *frame_type, *traceback_type, *file_type;
    const char *(*func_name)(PyObject *);
    const char *(*func_desc)(PyObject *);
    /* objects → modules: import for copy_reg, encodings, io; new reference. */
    PyObject *(*import_module)(const char *name);
    PyObject *(*sys_get)(const char *name); /* borrowed, NULL when missing */
    int (*sys_set)(const char *name, PyObject *value);
    PyObject *(*add_module)(
        const char *name); /* borrowed module of sys.modules, made when missing */
    /* objects → modules: warnings. */
    int (*warn)(PyObject *category, const char *text, Py_ssize_t stacklevel);
    int (*warn_explicit)(PyObject *category, PyObject *message, const char *filename, int lineno,
                         const char *module, PyObject *registry);
    /* objects, eval → modules: writing to a file object as print does. */
    int (*file_write_object)(PyObject *v, PyObject *file, int flags);
    int (*file_write_string)(const char *s, PyObject *file);
    int (*file_soft_space)(PyObject *file, int newflag);
    int (*file_write)(PyObject *file, const char *s, Py_ssize_t n);
    int (*as_file_descriptor)(PyObject *);
    /* eval → compile: exec of source text; a new code object. start: Py_file_input (257),
     * Py_eval_input (258), Py_single_input (256). */
    PyObject *(*compile_string)(const char *source, const char *filename, int start,
                                PyCompilerFlags *flags);
    PyObject *(*compile_file)(PyObject *file, const char *filename, int start,
                              PyCompilerFlags *flags);
    /* eval → modules: run Python-level handlers of pending signals; three-way answer (None when
     * nothing to do). */
    PyObject *(*signal_handlers)(void);
    /* eval → main: the program is over, but a nested wait of another thread is on the host's stack:
     * shuts down and ends the process. */
    void (*end_program)(void);
    /* objects → modules: poll of host signals, non-resumable: 0; 1 when a handler has run; -1 with
     * an exception. */
    int (*check_signals)(void);
    /* objects → modules: fetches host signals; the loop runs their handlers at its next tick. */
    void (*fetch_signals)(void);
    /* objects → modules: getenv. */
    const char *(*getenv)(const char *name);
    PyObject *(*source_line)(const char *filename,
                             int lineno); /* str of a source line, NULL without exception */
} _PyHooksTable;
extern _PyHooksTable _PyHooks;
#endif
