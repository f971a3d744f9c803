/* SPDX-License-Identifier: MIT */
/* The codec registry and error handlers (objects/codecs.c). */
#ifndef CODECS_H
#define CODECS_H
int PyCodec_Register(PyObject *search_function);
PyObject *_PyCodec_Lookup(const char *encoding);
PyObject *PyCodec_Encode(PyObject *, const char *encoding, const char *errors);
PyObject *PyCodec_Decode(PyObject *, const char *encoding, const char *errors);
PyObject *_PyCodec_EncodeText(PyObject *, const char *encoding, const char *errors);
PyObject *_PyCodec_DecodeText(PyObject *, const char *encoding, const char *errors);
PyObject *PyCodec_Encoder(const char *), *PyCodec_Decoder(const char *);
PyObject *PyCodec_IncrementalEncoder(const char *, const char *errors);
PyObject *PyCodec_IncrementalDecoder(const char *, const char *errors);
PyObject *PyCodec_StreamReader(const char *, PyObject *stream, const char *errors);
PyObject *PyCodec_StreamWriter(const char *, PyObject *stream, const char *errors);
int PyCodec_RegisterError(const char *name, PyObject *error);
PyObject *PyCodec_LookupError(const char *name);
PyObject *PyCodec_StrictErrors(PyObject *), *PyCodec_IgnoreErrors(PyObject *),
    *PyCodec_ReplaceErrors(PyObject *), *PyCodec_XMLCharRefReplaceErrors(PyObject *),
    *PyCodec_BackslashReplaceErrors(PyObject *);
#endif
