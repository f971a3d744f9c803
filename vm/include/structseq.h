/* SPDX-License-Identifier: MIT */
/* Named tuples made in C (time.struct_time, os.stat_result, sys.version_info). */
#ifndef STRUCTSEQ_H
#define STRUCTSEQ_H
typedef struct PyStructSequence_Field {
    char *name, *doc;
} PyStructSequence_Field;
typedef struct PyStructSequence_Desc {
    char *name, *doc;
    PyStructSequence_Field *fields; /* ends with a NULL name */
    int n_in_sequence;
} PyStructSequence_Desc;
extern char *PyStructSequence_UnnamedField;
void PyStructSequence_InitType(PyTypeObject *, PyStructSequence_Desc *);
PyObject *PyStructSequence_New(PyTypeObject *);
typedef PyTupleObject PyStructSequence;
#define PyStructSequence_SET_ITEM(op, i, v) PyTuple_SET_ITEM(op, i, v)
#define PyStructSequence_GET_ITEM(op, i) PyTuple_GET_ITEM(op, i)
#endif
