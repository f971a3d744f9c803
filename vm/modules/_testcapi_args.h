/* SPDX-License-Identifier: MIT */
/* What the files of _testcapi share: argument codes, and self-tests with their exception. */
#ifndef KRAIT_TESTCAPI_ARGS_H
#define KRAIT_TESTCAPI_ARGS_H
#include "Python.h"
extern PyMethodDef _PyTestCAPI_ArgMethods[];
extern PyMethodDef _PyTestCAPI_SelfMethods[];
extern PyMethodDef _PyTestCAPI_ThreadMethods[];
extern PyObject *_PyTestCAPI_Error;
#endif
