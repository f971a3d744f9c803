/* SPDX-License-Identifier: MIT */
/* The module _codecs_kr: which codecs it has. */
#include "cjk.h"

static const char *const names[] = {"euc_kr", "cp949", "johab", NULL};

static PyObject *getcodec(PyObject *self, PyObject *encoding)
{
    return _PyMultibyteCodec_Get(names, encoding);
}

static PyMethodDef functions[] = {
    {"getcodec", getcodec, METH_O, "getcodec(name) -> the codec object"},
    {NULL, NULL, 0, NULL},
};

void init_codecs_kr(void);
void init_codecs_kr(void)
{
    Py_InitModule("_codecs_kr", functions);
}
