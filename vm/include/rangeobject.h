/* SPDX-License-Identifier: MIT */
/* xrange. */
#ifndef RANGEOBJECT_H
#define RANGEOBJECT_H
typedef struct {
    PyObject_HEAD py_long start, step, len;
} rangeobject;
typedef struct {
    PyObject_HEAD py_long index, start, step, len;
} rangeiterobject; /* layout read by the eval loop */
extern PyTypeObject PyRange_Type, _PyRangeIter_Type;
#define PyRange_Check(op) (Py_TYPE(op) == &PyRange_Type)
#endif
