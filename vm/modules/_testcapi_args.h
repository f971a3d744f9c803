/* SPDX-License-Identifier: MIT */
/* The part of _testcapi that tries argument codes. */
#ifndef KRAIT_TESTCAPI_ARGS_H
#define KRAIT_TESTCAPI_ARGS_H
#include "Python.h"
extern PyMethodDef _PyTestCAPI_ArgMethods[];
#endif
