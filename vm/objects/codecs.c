/* SPDX-License-Identifier: MIT */
/* The codec registry and the built-in error handlers. The registry is three objects of the
 * interpreter state: the search functions, the codecs found (by normalised name), the error
 * handlers. The package `encodings`, which registers the standard search function, is imported when
 * first needed. */
#include "Python.h"

/* -- The handlers -------------------------------------------------------------------------------
 */
static void wrong_exception(PyObject *exc)
{
    PyObject *type = PyObject_GetAttrString(exc, "__class__"), *name;
    if (type == NULL) {
        return;
    }
    name = PyObject_GetAttrString(type, "__name__");
    if (name != NULL) {
        PyObject *s = PyObject_Str(name);
        if (s != NULL) {
            PyErr_Format(PyExc_TypeError, "don't know how to handle %.400s in error callback",
                         PyString_AS_STRING(s));
            Py_DECREF(s);
        }
        Py_DECREF(name);
    }
    Py_DECREF(type);
}

static int is_a(PyObject *exc, PyObject *type)
{
    return PyObject_TypeCheck(exc, (PyTypeObject *)type);
}

PyObject *PyCodec_StrictErrors(PyObject *exc)
{
    if (PyExceptionInstance_Check(exc)) {
        PyErr_SetObject(PyExceptionInstance_Class(exc), exc);
    } else {
        PyErr_SetString(PyExc_TypeError, "codec must pass exception instance");
    }
    return NULL;
}

/* What the three kinds of UnicodeError tell: where; and the text for all but decoding. */
static int error_range(PyObject *exc, Py_ssize_t *start, Py_ssize_t *end)
{
    if (is_a(exc, PyExc_UnicodeEncodeError)) {
        return PyUnicodeEncodeError_GetStart(exc, start) < 0 ||
                       PyUnicodeEncodeError_GetEnd(exc, end) < 0
                   ? -1
                   : 0;
    }
    if (is_a(exc, PyExc_UnicodeDecodeError)) {
        return PyUnicodeDecodeError_GetStart(exc, start) < 0 ||
                       PyUnicodeDecodeError_GetEnd(exc, end) < 0
                   ? -1
                   : 0;
    }
    if (is_a(exc, PyExc_UnicodeTranslateError)) {
        return PyUnicodeTranslateError_GetStart(exc, start) < 0 ||
                       PyUnicodeTranslateError_GetEnd(exc, end) < 0
                   ? -1
                   : 0;
    }
    wrong_exception(exc);
    return -1;
}

static PyObject *text_and_position(PyObject *text, Py_ssize_t end)
{
    return text == NULL ? NULL : Py_BuildValue("(Nn)", text, end);
}

PyObject *PyCodec_IgnoreErrors(PyObject *exc)
{
    Py_ssize_t start, end;
    if (error_range(exc, &start, &end) < 0) {
        return NULL;
    }
    return text_and_position(PyUnicode_FromUnicode(NULL, 0), end);
}

PyObject *PyCodec_ReplaceErrors(PyObject *exc)
{
    Py_ssize_t start, end, n = 1;
    Py_UNICODE c = is_a(exc, PyExc_UnicodeEncodeError) ? '?' : Py_UNICODE_REPLACEMENT_CHARACTER;
    PyObject *text;

    if (error_range(exc, &start, &end) < 0) {
        return NULL;
    }
    if (!is_a(exc, PyExc_UnicodeDecodeError)) {
        n = end > start ? end - start : 0;
    }
    text = PyUnicode_FromUnicode(NULL, n);
    for (Py_ssize_t i = 0; text != NULL && i < n; i++) {
        PyUnicode_AS_UNICODE(text)[i] = c;
    }
    return text_and_position(text, end);
}

/* The handlers that write characters as ASCII escapes, for encoding errors only. */
static PyObject *escape_errors(PyObject *exc, int (*escape)(Py_UCS4 c, char *out))
{
    Py_ssize_t start, end, n = 0;
    PyObject *object, *text = NULL;
    char piece[16];

    if (!is_a(exc, PyExc_UnicodeEncodeError)) {
        wrong_exception(exc);
        return NULL;
    }
    if (error_range(exc, &start, &end) < 0) {
        return NULL;
    }
    object = PyUnicodeEncodeError_GetObject(exc);
    if (object == NULL) {
        return NULL;
    }
    for (int pass = 0; pass < 2; pass++) {
        Py_ssize_t at = 0;
        for (Py_ssize_t i = start; i < end && i < PyUnicode_GET_SIZE(object); i++) {
            int m = escape(PyUnicode_AS_UNICODE(object)[i], piece);
            if (pass == 0) {
                n += m;
                continue;
            }
            for (int k = 0; k < m; k++) {
                PyUnicode_AS_UNICODE(text)[at++] = (unsigned char)piece[k];
            }
        }
        if (pass == 0) {
            text = PyUnicode_FromUnicode(NULL, n);
            if (text == NULL) {
                break;
            }
        }
    }
    Py_DECREF(object);
    return text_and_position(text, end);
}

static int xml_escape(Py_UCS4 c, char *out)
{
    return PyOS_snprintf(out, 16, "&#%u;", (unsigned)c);
}

static int backslash_escape(Py_UCS4 c, char *out)
{
    return PyOS_snprintf(out, 16,
                         c >= 0x10000 ? "\\U%08x"
                         : c >= 0x100 ? "\\u%04x"
                                      : "\\x%02x",
                         (unsigned)c);
}

PyObject *PyCodec_XMLCharRefReplaceErrors(PyObject *exc)
{
    return escape_errors(exc, xml_escape);
}

PyObject *PyCodec_BackslashReplaceErrors(PyObject *exc)
{
    return escape_errors(exc, backslash_escape);
}

static PyObject *strict_errors(PyObject *self, PyObject *exc)
{
    return PyCodec_StrictErrors(exc);
}
static PyObject *ignore_errors(PyObject *self, PyObject *exc)
{
    return PyCodec_IgnoreErrors(exc);
}
static PyObject *replace_errors(PyObject *self, PyObject *exc)
{
    return PyCodec_ReplaceErrors(exc);
}
static PyObject *xml_errors(PyObject *self, PyObject *exc)
{
    return PyCodec_XMLCharRefReplaceErrors(exc);
}
static PyObject *backslash_errors(PyObject *self, PyObject *exc)
{
    return PyCodec_BackslashReplaceErrors(exc);
}

static PyMethodDef handlers[] = {
    {"strict_errors", strict_errors, METH_O, "Raises the exception."},
    {"ignore_errors", ignore_errors, METH_O, "Leaves out what cannot be converted."},
    {"replace_errors", replace_errors, METH_O, "Puts a replacement mark."},
    {"xmlcharrefreplace_errors", xml_errors, METH_O, "Puts an XML character reference."},
    {"backslashreplace_errors", backslash_errors, METH_O, "Puts a backslashed escape."},
};
static const char *const handler_names[] = {"strict", "ignore", "replace", "xmlcharrefreplace",
                                            "backslashreplace"};

/* -- The registry -------------------------------------------------------------------------------
 */
static int start_registry(void)
{
    PyInterpreterState *interp = PyThreadState_GET()->interp;

    if (interp->codec_search_path != NULL) {
        return 0;
    }
    interp->codec_search_path = PyList_New(0);
    interp->codec_search_cache = PyDict_New();
    interp->codec_error_registry = PyDict_New();
    if (interp->codec_search_path == NULL || interp->codec_search_cache == NULL ||
        interp->codec_error_registry == NULL) {
        goto fail;
    }
    for (int i = 0; i < 5; i++) {
        PyObject *f = PyCFunction_New(&handlers[i], NULL);
        int r = f == NULL ? -1 : PyCodec_RegisterError(handler_names[i], f);
        Py_XDECREF(f);
        if (r < 0) {
            goto fail;
        }
    }
    PyObject *encodings = _PyHooks.import_module("encodings");
    if (encodings == NULL) {
        if (PyErr_ExceptionMatches(PyExc_ImportError)) {
            PyErr_Clear(); /* without the library only the built-in codecs can be had */
            return 0;
        }
        goto fail;
    }
    Py_DECREF(encodings);
    return 0;
fail:
    Py_CLEAR(interp->codec_search_path);
    Py_CLEAR(interp->codec_search_cache);
    Py_CLEAR(interp->codec_error_registry);
    return -1;
}

int PyCodec_Register(PyObject *search_function)
{
    if (start_registry() < 0) {
        return -1;
    }
    if (search_function == NULL) {
        PyErr_BadArgument();
        return -1;
    }
    if (!PyCallable_Check(search_function)) {
        PyErr_SetString(PyExc_TypeError, "argument must be callable");
        return -1;
    }
    return PyList_Append(PyThreadState_GET()->interp->codec_search_path, search_function);
}

PyObject *_PyCodec_Lookup(const char *encoding)
{
    PyInterpreterState *interp;
    PyObject *name, *args = NULL, *result;
    Py_ssize_t n;

    if (encoding == NULL) {
        PyErr_BadArgument();
        return NULL;
    }
    if (start_registry() < 0) {
        return NULL;
    }
    interp = PyThreadState_GET()->interp;
    n = (Py_ssize_t)strlen(encoding);
    name = PyString_FromStringAndSize(NULL, n);
    if (name == NULL) {
        return NULL;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        char c = encoding[i];
        PyString_AS_STRING(name)[i] = c == ' ' ? '-' : (char)Py_TOLOWER(c);
    }
    PyString_InternInPlace(&name);
    result = PyDict_GetItem(interp->codec_search_cache, name);
    if (result != NULL) {
        Py_INCREF(result);
        goto done;
    }
    args = PyTuple_Pack(1, name);
    if (args == NULL) {
        goto done;
    }
    if (PyList_GET_SIZE(interp->codec_search_path) == 0) {
        PyErr_SetString(PyExc_LookupError,
                        "no codec search functions registered: can't find encoding");
        goto done;
    }
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(interp->codec_search_path); i++) {
        PyObject *f = PyList_GET_ITEM(interp->codec_search_path, i);
        Py_INCREF(f);
        result = PyObject_Call(f, args, NULL);
        Py_DECREF(f);
        if (result == NULL) {
            goto done;
        }
        if (result == Py_None) {
            Py_CLEAR(result);
            continue;
        }
        if (!PyTuple_Check(result) || PyTuple_GET_SIZE(result) != 4) {
            PyErr_SetString(PyExc_TypeError, "codec search functions must return 4-tuples");
            Py_CLEAR(result);
            goto done;
        }
        break;
    }
    if (result == NULL) {
        PyErr_Format(PyExc_LookupError, "unknown encoding: %s", encoding);
    } else if (PyDict_SetItem(interp->codec_search_cache, name, result) < 0) {
        Py_CLEAR(result);
    }
done:
    Py_XDECREF(args);
    Py_DECREF(name);
    return result;
}

static PyObject *codec_item(const char *encoding, int index)
{
    PyObject *codec = _PyCodec_Lookup(encoding), *v;
    if (codec == NULL) {
        return NULL;
    }
    v = PyTuple_GET_ITEM(codec, index);
    Py_INCREF(v);
    Py_DECREF(codec);
    return v;
}

PyObject *PyCodec_Encoder(const char *encoding)
{
    return codec_item(encoding, 0);
}
PyObject *PyCodec_Decoder(const char *encoding)
{
    return codec_item(encoding, 1);
}

static PyObject *codec_instance(const char *encoding, const char *attribute, const char *errors)
{
    PyObject *codec = _PyCodec_Lookup(encoding), *make, *v = NULL;
    if (codec == NULL) {
        return NULL;
    }
    make = PyObject_GetAttrString(codec, attribute);
    Py_DECREF(codec);
    if (make != NULL) {
        v = errors != NULL ? PyObject_CallFunction(make, "s", errors)
                           : PyObject_CallFunction(make, NULL);
        Py_DECREF(make);
    }
    return v;
}

PyObject *PyCodec_IncrementalEncoder(const char *encoding, const char *errors)
{
    return codec_instance(encoding, "incrementalencoder", errors);
}

PyObject *PyCodec_IncrementalDecoder(const char *encoding, const char *errors)
{
    return codec_instance(encoding, "incrementaldecoder", errors);
}

static PyObject *codec_stream(const char *encoding, int index, PyObject *stream, const char *errors)
{
    PyObject *make = codec_item(encoding, index), *v;
    if (make == NULL) {
        return NULL;
    }
    v = errors != NULL ? PyObject_CallFunction(make, "Os", stream, errors)
                       : PyObject_CallFunctionObjArgs(make, stream, NULL);
    Py_DECREF(make);
    return v;
}

PyObject *PyCodec_StreamReader(const char *encoding, PyObject *stream, const char *errors)
{
    return codec_stream(encoding, 2, stream, errors);
}

PyObject *PyCodec_StreamWriter(const char *encoding, PyObject *stream, const char *errors)
{
    return codec_stream(encoding, 3, stream, errors);
}

/* Calls an encoder or decoder, which answers (object, length consumed). */
static PyObject *run_codec(PyObject *function, PyObject *object, const char *errors,
                           const char *complaint)
{
    PyObject *args, *result, *v = NULL;

    if (function == NULL) {
        return NULL;
    }
    args = errors != NULL ? Py_BuildValue("(Os)", object, errors) : PyTuple_Pack(1, object);
    result = args == NULL ? NULL : PyObject_Call(function, args, NULL);
    if (result != NULL) {
        if (!PyTuple_Check(result) || PyTuple_GET_SIZE(result) != 2) {
            PyErr_SetString(PyExc_TypeError, complaint);
        } else {
            v = PyTuple_GET_ITEM(result, 0);
            Py_INCREF(v);
        }
        Py_DECREF(result);
    }
    Py_XDECREF(args);
    Py_DECREF(function);
    return v;
}

PyObject *PyCodec_Encode(PyObject *object, const char *encoding, const char *errors)
{
    return run_codec(PyCodec_Encoder(encoding), object, errors,
                     "encoder must return a tuple (object, integer)");
}

PyObject *PyCodec_Decode(PyObject *object, const char *encoding, const char *errors)
{
    return run_codec(PyCodec_Decoder(encoding), object, errors,
                     "decoder must return a tuple (object,integer)");
}

/* With -3: a codec that is not for text is not one for str.encode() and its kin. */
static int check_text_codec(const char *encoding, const char *how)
{
    if (!Py_Py3kWarningFlag)
        return 0;
    PyObject *codec = _PyCodec_Lookup(encoding), *flag;
    int is_text = 1;
    if (codec == NULL)
        return -1;
    if (!PyTuple_CheckExact(codec)) {
        flag = PyObject_GetAttrString(codec, "_is_text_encoding");
        if (flag == NULL)
            PyErr_Clear();
        else
            is_text = PyObject_IsTrue(flag);
        Py_XDECREF(flag);
    }
    Py_DECREF(codec);
    if (is_text != 0)
        return is_text < 0 ? -1 : 0;
    PyObject *text = PyString_FromFormat(
        "'%.400s' is not a text encoding; use codecs.%s() to handle arbitrary codecs", encoding,
        how);
    int failed = text == NULL || PyErr_WarnPy3k(PyString_AS_STRING(text), 1) < 0;
    Py_XDECREF(text);
    return failed ? -1 : 0;
}

PyObject *_PyCodec_EncodeText(PyObject *object, const char *encoding, const char *errors)
{
    if (check_text_codec(encoding, "encode") < 0)
        return NULL;
    return PyCodec_Encode(object, encoding, errors);
}

PyObject *_PyCodec_DecodeText(PyObject *object, const char *encoding, const char *errors)
{
    if (check_text_codec(encoding, "decode") < 0)
        return NULL;
    return PyCodec_Decode(object, encoding, errors);
}

int PyCodec_RegisterError(const char *name, PyObject *error)
{
    if (start_registry() < 0) {
        return -1;
    }
    if (!PyCallable_Check(error)) {
        PyErr_SetString(PyExc_TypeError, "handler must be callable");
        return -1;
    }
    return PyDict_SetItemString(PyThreadState_GET()->interp->codec_error_registry, name, error);
}

PyObject *PyCodec_LookupError(const char *name)
{
    PyObject *handler;
    if (start_registry() < 0) {
        return NULL;
    }
    if (name == NULL) {
        name = "strict";
    }
    handler = PyDict_GetItemString(PyThreadState_GET()->interp->codec_error_registry, name);
    if (handler == NULL) {
        PyErr_Format(PyExc_LookupError, "unknown error handler name '%.400s'", name);
    } else {
        Py_INCREF(handler);
    }
    return handler;
}
