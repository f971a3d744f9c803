/* SPDX-License-Identifier: MIT */
/* The C API of datetime, for other modules: a capsule that datetime puts into its namespace and
 * PyDateTime_IMPORT fetches. The order of its entries is part of the interface. */
#ifndef DATETIME_H
#define DATETIME_H
#include "Python.h"

typedef struct {
    PyTypeObject *DateType, *DateTimeType, *TimeType, *DeltaType, *TZInfoType;
    PyObject *(*Date_FromDate)(int year, int month, int day, PyTypeObject *);
    PyObject *(*DateTime_FromDateAndTime)(int year, int month, int day, int hour, int minute,
                                          int second, int us, PyObject *tzinfo, PyTypeObject *);
    PyObject *(*Time_FromTime)(int hour, int minute, int second, int us, PyObject *tzinfo,
                               PyTypeObject *);
    PyObject *(*Delta_FromDelta)(int days, int seconds, int us, int normalize, PyTypeObject *);
    PyObject *(*DateTime_FromTimestamp)(PyObject *cls, PyObject *args, PyObject *kw);
    PyObject *(*Date_FromTimestamp)(PyObject *cls, PyObject *args);
} PyDateTime_CAPI;

#define PyDateTime_CAPSULE_NAME "datetime.datetime_CAPI"

/* Who includes this in a datetime module's own file defines KRAIT_DATETIME_ITSELF. */
#ifndef KRAIT_DATETIME_ITSELF
static PyDateTime_CAPI *PyDateTimeAPI;
#define PyDateTime_IMPORT PyDateTimeAPI = PyCapsule_Import(PyDateTime_CAPSULE_NAME, 0)
#define PyDate_Check(o) PyObject_TypeCheck(o, PyDateTimeAPI->DateType)
#define PyDateTime_Check(o) PyObject_TypeCheck(o, PyDateTimeAPI->DateTimeType)
#define PyTime_Check(o) PyObject_TypeCheck(o, PyDateTimeAPI->TimeType)
#define PyDelta_Check(o) PyObject_TypeCheck(o, PyDateTimeAPI->DeltaType)
#define PyTZInfo_Check(o) PyObject_TypeCheck(o, PyDateTimeAPI->TZInfoType)
#define PyDate_FromDate(y, m, d) PyDateTimeAPI->Date_FromDate(y, m, d, PyDateTimeAPI->DateType)
#define PyDateTime_FromDateAndTime(y, mo, d, h, m, s, us)                                          \
    PyDateTimeAPI->DateTime_FromDateAndTime(y, mo, d, h, m, s, us, Py_None,                        \
                                            PyDateTimeAPI->DateTimeType)
#define PyTime_FromTime(h, m, s, us)                                                               \
    PyDateTimeAPI->Time_FromTime(h, m, s, us, Py_None, PyDateTimeAPI->TimeType)
#define PyDelta_FromDSU(d, s, us)                                                                  \
    PyDateTimeAPI->Delta_FromDelta(d, s, us, 1, PyDateTimeAPI->DeltaType)
#define PyDateTime_FromTimestamp(args)                                                             \
    PyDateTimeAPI->DateTime_FromTimestamp((PyObject *)PyDateTimeAPI->DateTimeType, args, NULL)
#define PyDate_FromTimestamp(args)                                                                 \
    PyDateTimeAPI->Date_FromTimestamp((PyObject *)PyDateTimeAPI->DateType, args)
#endif
#endif
