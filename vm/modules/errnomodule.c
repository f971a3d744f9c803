/* SPDX-License-Identifier: MIT */
/* errno: Linux's error numbers by name, and the names by number. */
#include "Python.h"

static const struct {
    const char *name;
    int number;
} numbers[] = {
#define ERRNO(name, number) {#name, number},
#include "modules/errno.def"
#undef ERRNO
};

PyDoc_STRVAR(errno_doc, "Symbols of the system's error numbers.\n\nerrorcode maps numbers to "
                        "names. To translate an error number "
                        "to a message, use os.strerror().");

void initerrno(void)
{
    PyObject *m = Py_InitModule3("errno", NULL, errno_doc), *d, *codes;
    size_t i;

    if (m == NULL)
        return;
    d = PyModule_GetDict(m);
    codes = PyDict_New();
    if (codes == NULL || PyDict_SetItemString(d, "errorcode", codes) < 0)
        return;
    for (i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        PyObject *name = PyString_FromString(numbers[i].name),
                 *number = PyInt_FromLong(numbers[i].number);

        if (name != NULL && number != NULL) {
            PyDict_SetItem(d, name, number);
            PyDict_SetItem(codes, number, name);
        }
        Py_XDECREF(name);
        Py_XDECREF(number);
    }
    Py_DECREF(codes);
}
