/* SPDX-License-Identifier: MIT */
/* The module _codecs_iso2022: which codecs it has. */
#include "cjk.h"

static const char *const names[] = {
    "iso2022_jp",   "iso2022_jp_1",   "iso2022_jp_2", "iso2022_jp_2004",
    "iso2022_jp_3", "iso2022_jp_ext", "iso2022_kr",   NULL};

static PyObject *getcodec(PyObject *self, PyObject *encoding)
{
    return _PyMultibyteCodec_Get(names, encoding);
}

static PyMethodDef functions[] = {
    {"getcodec", getcodec, METH_O, "getcodec(name) -> the codec object"},
    {NULL, NULL, 0, NULL},
};

void init_codecs_iso2022(void);
void init_codecs_iso2022(void)
{
    Py_InitModule("_codecs_iso2022", functions);
}
