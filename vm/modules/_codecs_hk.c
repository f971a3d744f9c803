/* SPDX-License-Identifier: MIT */
/* The module _codecs_hk: which codecs it has. */
#include "cjk.h"

static const char *const names[] = {"big5hkscs", NULL};

static PyObject *getcodec(PyObject *self, PyObject *encoding)
{
    return _PyMultibyteCodec_Get(names, encoding);
}

static PyMethodDef functions[] = {
    {"getcodec", getcodec, METH_O, "getcodec(name) -> the codec object"},
    {NULL, NULL, 0, NULL},
};

void init_codecs_hk(void);
void init_codecs_hk(void)
{
    Py_InitModule("_codecs_hk", functions);
}
