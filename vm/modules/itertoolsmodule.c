/* SPDX-License-Identifier: MIT */
/* The module itertools: its types come from itertools_filter.c, itertools_group.c and
 * itertools_combine.c. */
#include "Python.h"
#include "modules/itertools_private.h"

PyDoc_STRVAR(module_doc, "Functional tools for creating and using iterators.\n\n"
                         "Endless: count, cycle, repeat.\n"
                         "Until the shortest ends: chain, compress, dropwhile, groupby, ifilter, "
                         "ifilterfalse, imap,\nislice, izip, starmap, takewhile, tee; izip_longest "
                         "until the longest ends.\n"
                         "Combinatoric: product, permutations, combinations, "
                         "combinations_with_replacement.\n");
PyDoc_STRVAR(tee_doc, "tee(iterable, n=2) --> tuple of n independent iterators.");

static PyMethodDef itertools_functions[] = {
    {"tee", _PyItertools_TeeFunction, METH_VARARGS, tee_doc},
    {NULL},
};

PyMODINIT_FUNC inititertools(void)
{
    PyTypeObject *types[] = {
        &_PyItertools_Combinations, &_PyItertools_CombinationsWR, &_PyItertools_Cycle,
        &_PyItertools_DropWhile,    &_PyItertools_TakeWhile,      &_PyItertools_ISlice,
        &_PyItertools_StarMap,      &_PyItertools_IMap,           &_PyItertools_Chain,
        &_PyItertools_Compress,     &_PyItertools_IFilter,        &_PyItertools_IFilterFalse,
        &_PyItertools_Count,        &_PyItertools_IZip,           &_PyItertools_IZipLongest,
        &_PyItertools_Permutations, &_PyItertools_Product,        &_PyItertools_Repeat,
        &_PyItertools_GroupBy};
    PyTypeObject *hidden[] = {&_PyItertools_Tee, &_PyItertools_TeeData, &_PyItertools_Grouper};
    PyObject *m = Py_InitModule3("itertools", itertools_functions, module_doc);

    if (m == NULL)
        return;
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (PyType_Ready(types[i]) < 0)
            return;
        Py_INCREF(types[i]);
        PyModule_AddObject(m, strchr(types[i]->tp_name, '.') + 1, (PyObject *)types[i]);
    }
    for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++)
        if (PyType_Ready(hidden[i]) < 0)
            return;
}
