/* SPDX-License-Identifier: MIT */
/* The module _codecs_cn: which codecs it has. */
#include "cjk.h"

static const char *const names[] = {"gb2312", "gbk", "gb18030", "hz", NULL};

static PyObject *getcodec(PyObject *self, PyObject *encoding)
{
    return _PyMultibyteCodec_Get(names, encoding);
}

static PyMethodDef functions[] = {
    {"getcodec", getcodec, METH_O, "getcodec(name) -> the codec object"},
    {NULL, NULL, 0, NULL},
};

void init_codecs_cn(void);
void init_codecs_cn(void)
{
    Py_InitModule("_codecs_cn", functions);
}
