/* SPDX-License-Identifier: MIT */
/* The abstract protocols over any object. All results are new references unless said. */
#ifndef ABSTRACT_H
#define ABSTRACT_H
int PyObject_Cmp(PyObject *, PyObject *, int *result);
PyObject *PyObject_Call(PyObject *, PyObject *args,
                        PyObject *kw); /* nested; see ceval.h for the resumable way */
PyObject *PyObject_CallObject(PyObject *, PyObject *args);
PyObject *PyObject_CallFunction(PyObject *, const char *format, ...);
PyObject *PyObject_CallMethod(PyObject *, const char *name, const char *format, ...);
PyObject *PyObject_CallFunctionObjArgs(PyObject *, ...);
PyObject *PyObject_CallMethodObjArgs(PyObject *, PyObject *name, ...);
PyObject *PyObject_Type(PyObject *);
Py_ssize_t PyObject_Size(PyObject *);
#define PyObject_Length PyObject_Size
Py_ssize_t _PyObject_LengthHint(PyObject *, Py_ssize_t defaultvalue);
PyObject *PyObject_GetItem(PyObject *, PyObject *);
int PyObject_SetItem(PyObject *, PyObject *, PyObject *);
int PyObject_DelItem(PyObject *, PyObject *);
int PyObject_DelItemString(PyObject *, const char *);
int PyObject_AsCharBuffer(PyObject *, const char **, Py_ssize_t *);
int PyObject_CheckReadBuffer(PyObject *);
int PyObject_AsReadBuffer(PyObject *, const void **, Py_ssize_t *);
int PyObject_AsWriteBuffer(PyObject *, void **, Py_ssize_t *);
#define PyObject_CheckBuffer(o)                                                                    \
    (Py_TYPE(o)->tp_as_buffer != NULL && Py_TYPE(o)->tp_as_buffer->bf_getbuffer != NULL)
int PyObject_GetBuffer(PyObject *, Py_buffer *, int flags);
void *PyBuffer_GetPointer(Py_buffer *, Py_ssize_t *indices);
Py_ssize_t PyBuffer_SizeFromFormat(const char *);
int PyBuffer_ToContiguous(void *buf, Py_buffer *, Py_ssize_t len, char fort);
int PyBuffer_FromContiguous(Py_buffer *, void *buf, Py_ssize_t len, char fort);
int PyObject_CopyData(PyObject *dest, PyObject *src);
int PyBuffer_IsContiguous(Py_buffer *, char fort);
void PyBuffer_FillContiguousStrides(int ndims, Py_ssize_t *shape, Py_ssize_t *strides, int itemsize,
                                    char fort);
int PyBuffer_FillInfo(Py_buffer *, PyObject *o, void *buf, Py_ssize_t len, int readonly, int flags);
void PyBuffer_Release(Py_buffer *);
PyObject *PyObject_Format(PyObject *, PyObject *spec);
PyObject *PyObject_GetIter(PyObject *);
#define PyIter_Check(o)                                                                            \
    (Py_TYPE(o)->tp_iternext != NULL && Py_TYPE(o)->tp_iternext != &_PyObject_NextNotImplemented)
PyObject *PyIter_Next(PyObject *); /* NULL without exception at the end */
int PyNumber_Check(PyObject *);
PyObject *PyNumber_Add(PyObject *, PyObject *), *PyNumber_Subtract(PyObject *, PyObject *),
    *PyNumber_Multiply(PyObject *, PyObject *), *PyNumber_Divide(PyObject *, PyObject *),
    *PyNumber_FloorDivide(PyObject *, PyObject *), *PyNumber_TrueDivide(PyObject *, PyObject *),
    *PyNumber_Remainder(PyObject *, PyObject *), *PyNumber_Divmod(PyObject *, PyObject *),
    *PyNumber_Power(PyObject *, PyObject *, PyObject *), *PyNumber_Negative(PyObject *),
    *PyNumber_Positive(PyObject *), *PyNumber_Absolute(PyObject *), *PyNumber_Invert(PyObject *),
    *PyNumber_Lshift(PyObject *, PyObject *), *PyNumber_Rshift(PyObject *, PyObject *),
    *PyNumber_And(PyObject *, PyObject *), *PyNumber_Xor(PyObject *, PyObject *),
    *PyNumber_Or(PyObject *, PyObject *);
#define PyIndex_Check(o)                                                                           \
    (Py_TYPE(o)->tp_as_number != NULL && Py_TYPE(o)->tp_as_number->nb_index != NULL)
PyObject *PyNumber_Index(PyObject *);
Py_ssize_t PyNumber_AsSsize_t(PyObject *, PyObject *exc); /* exc NULL: clip */
PyObject *_PyNumber_ConvertIntegralToInt(PyObject *, const char *error_format);
PyObject *PyNumber_Int(PyObject *), *PyNumber_Long(PyObject *), *PyNumber_Float(PyObject *);
PyObject *PyNumber_InPlaceAdd(PyObject *, PyObject *),
    *PyNumber_InPlaceSubtract(PyObject *, PyObject *),
    *PyNumber_InPlaceMultiply(PyObject *, PyObject *),
    *PyNumber_InPlaceDivide(PyObject *, PyObject *),
    *PyNumber_InPlaceFloorDivide(PyObject *, PyObject *),
    *PyNumber_InPlaceTrueDivide(PyObject *, PyObject *),
    *PyNumber_InPlaceRemainder(PyObject *, PyObject *),
    *PyNumber_InPlacePower(PyObject *, PyObject *, PyObject *),
    *PyNumber_InPlaceLshift(PyObject *, PyObject *),
    *PyNumber_InPlaceRshift(PyObject *, PyObject *), *PyNumber_InPlaceAnd(PyObject *, PyObject *),
    *PyNumber_InPlaceXor(PyObject *, PyObject *), *PyNumber_InPlaceOr(PyObject *, PyObject *);
PyObject *PyNumber_ToBase(PyObject *, int base);
int PySequence_Check(PyObject *);
Py_ssize_t PySequence_Size(PyObject *);
#define PySequence_Length PySequence_Size
PyObject *PySequence_Concat(PyObject *, PyObject *);
PyObject *PySequence_Repeat(PyObject *, Py_ssize_t);
PyObject *PySequence_GetItem(PyObject *, Py_ssize_t);
PyObject *PySequence_GetSlice(PyObject *, Py_ssize_t, Py_ssize_t);
int PySequence_SetItem(PyObject *, Py_ssize_t, PyObject *);
int PySequence_DelItem(PyObject *, Py_ssize_t);
int PySequence_SetSlice(PyObject *, Py_ssize_t, Py_ssize_t, PyObject *);
int PySequence_DelSlice(PyObject *, Py_ssize_t, Py_ssize_t);
PyObject *PySequence_Tuple(PyObject *);
PyObject *PySequence_List(PyObject *);
PyObject *PySequence_Fast(PyObject *, const char *message);
#define PySequence_Fast_GET_SIZE(o) (PyList_Check(o) ? PyList_GET_SIZE(o) : PyTuple_GET_SIZE(o))
#define PySequence_Fast_GET_ITEM(o, i)                                                             \
    (PyList_Check(o) ? PyList_GET_ITEM(o, i) : PyTuple_GET_ITEM(o, i))
#define PySequence_Fast_ITEMS(sf)                                                                  \
    (PyList_Check(sf) ? ((PyListObject *)(sf))->ob_item : ((PyTupleObject *)(sf))->ob_item)
#define PySequence_ITEM(o, i) (Py_TYPE(o)->tp_as_sequence->sq_item(o, i))
Py_ssize_t PySequence_Count(PyObject *, PyObject *);
int PySequence_Contains(PyObject *, PyObject *);
#define PY_ITERSEARCH_COUNT 1
#define PY_ITERSEARCH_INDEX 2
#define PY_ITERSEARCH_CONTAINS 3
Py_ssize_t _PySequence_IterSearch(PyObject *, PyObject *, int operation);
#define PySequence_In PySequence_Contains
Py_ssize_t PySequence_Index(PyObject *, PyObject *);
PyObject *PySequence_InPlaceConcat(PyObject *, PyObject *);
PyObject *PySequence_InPlaceRepeat(PyObject *, Py_ssize_t);
int PyMapping_Check(PyObject *);
Py_ssize_t PyMapping_Size(PyObject *);
#define PyMapping_Length PyMapping_Size
#define PyMapping_DelItemString(O, K) PyObject_DelItemString((O), (K))
#define PyMapping_DelItem(O, K) PyObject_DelItem((O), (K))
int PyMapping_HasKeyString(PyObject *, const char *);
int PyMapping_HasKey(PyObject *, PyObject *);
#define PyMapping_Keys(O) PyObject_CallMethod(O, "keys", NULL)
#define PyMapping_Values(O) PyObject_CallMethod(O, "values", NULL)
#define PyMapping_Items(O) PyObject_CallMethod(O, "items", NULL)
PyObject *PyMapping_GetItemString(PyObject *, const char *);
int PyMapping_SetItemString(PyObject *, const char *, PyObject *);
int PyObject_IsInstance(PyObject *, PyObject *);
int PyObject_IsSubclass(PyObject *, PyObject *);
/* A replacement field's value: as PyObject_Format, but numbers and text format themselves. */
PyObject *_PyObject_FormatField(PyObject *obj, PyObject *spec);
int _PyObject_RealIsInstance(PyObject *, PyObject *);
int _PyObject_RealIsSubclass(PyObject *, PyObject *);
#endif
