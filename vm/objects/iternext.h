/* SPDX-License-Identifier: MIT */
/* The next item of an iterator for another iterator's tp_iternext, or any C function: its
 * tp_iternext, but when iterators over iterators have got deep on the C stack, a run of the loop,
 * which goes on without. */
#ifndef ITERNEXT_H
#define ITERNEXT_H
PyObject *_PyIter_NextOf(PyObject *it);
#endif
