/* SPDX-License-Identifier: MIT */
/* The module _codecs_jp: which codecs it has. */
#include "cjk.h"

static const char *const names[] = {
    "shift_jis",    "cp932",        "euc_jp",         "shift_jis_2004",
    "euc_jis_2004", "euc_jisx0213", "shift_jisx0213", NULL};

static PyObject *getcodec(PyObject *self, PyObject *encoding)
{
    return _PyMultibyteCodec_Get(names, encoding);
}

static PyMethodDef functions[] = {
    {"getcodec", getcodec, METH_O, "getcodec(name) -> the codec object"},
    {NULL, NULL, 0, NULL},
};

void init_codecs_jp(void);
void init_codecs_jp(void)
{
    Py_InitModule("_codecs_jp", functions);
}
