/* SPDX-License-Identifier: MIT */
/* The wrappers that make a C slot callable from Python as a method (slotwrap.c), for the table in
 * slots.c. */
#ifndef SLOTWRAP_H
#define SLOTWRAP_H
#define SLOT_WRAPPER(name) PyObject *_PyWrap_##name(PyObject *self, PyObject *args, void *wrapped)
SLOT_WRAPPER(lenfunc);
SLOT_WRAPPER(inquirypred);
SLOT_WRAPPER(binaryfunc);
SLOT_WRAPPER(binaryfunc_l);
SLOT_WRAPPER(binaryfunc_r);
SLOT_WRAPPER(coercefunc);
SLOT_WRAPPER(ternaryfunc);
SLOT_WRAPPER(ternaryfunc_r);
SLOT_WRAPPER(unaryfunc);
SLOT_WRAPPER(indexargfunc);
SLOT_WRAPPER(sq_item);
SLOT_WRAPPER(getslice);
SLOT_WRAPPER(sq_setitem);
SLOT_WRAPPER(sq_delitem);
SLOT_WRAPPER(setslice);
SLOT_WRAPPER(delslice);
SLOT_WRAPPER(contains);
SLOT_WRAPPER(objobjargproc);
SLOT_WRAPPER(delitem);
SLOT_WRAPPER(cmpfunc);
SLOT_WRAPPER(setattr);
SLOT_WRAPPER(delattr);
SLOT_WRAPPER(hashfunc);
SLOT_WRAPPER(lt);
SLOT_WRAPPER(le);
SLOT_WRAPPER(eq);
SLOT_WRAPPER(ne);
SLOT_WRAPPER(gt);
SLOT_WRAPPER(ge);
SLOT_WRAPPER(next);
SLOT_WRAPPER(descr_get);
SLOT_WRAPPER(descr_set);
SLOT_WRAPPER(descr_delete);
SLOT_WRAPPER(call);
SLOT_WRAPPER(init);
/* The two that take keywords; the _wrapper forms above stand in the table's plain column. */
PyObject *_PyWrap_call_kw(PyObject *self, PyObject *args, void *wrapped, PyObject *kwds);
PyObject *_PyWrap_init_kw(PyObject *self, PyObject *args, void *wrapped, PyObject *kwds);
#endif
