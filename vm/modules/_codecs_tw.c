/* SPDX-License-Identifier: MIT */
/* The module _codecs_tw: which codecs it has. */
#include "cjk.h"

static const char *const names[] = {"big5", "cp950", NULL};

static PyObject *getcodec(PyObject *self, PyObject *encoding)
{
    return _PyMultibyteCodec_Get(names, encoding);
}

static PyMethodDef functions[] = {
    {"getcodec", getcodec, METH_O, "getcodec(name) -> the codec object"},
    {NULL, NULL, 0, NULL},
};

void init_codecs_tw(void);
void init_codecs_tw(void)
{
    Py_InitModule("_codecs_tw", functions);
}
