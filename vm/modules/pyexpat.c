/* SPDX-License-Identifier: MIT */
/* pyexpat: the expat library's parser, with handlers written in Python.
 *
 * Invariants: expat is stopped, and the handlers are taken away, as soon as one of them fails; no
 * handler runs while an exception is set. A parser made for an external entity keeps the parser it
 * comes from alive, since expat shares tables between them. A parser is not entered again from its
 * own handlers, nor from another thread that runs during them. */
#include "Python.h"
#include <expat.h>

enum { TEXT_ROOM = 8192, FILE_PIECE = 2048, C_STACK_ROOM = 128 * 1024 };

uintptr_t expat_stack_end; /* expat_depth.h */
int expat_too_deep;

/* Handlers, in the order in which dir() of a parser was written down: name and what expat calls. */
#define HANDLERS(X)                                                                                \
    X(StartElement, StartElementHandler)                                                           \
    X(EndElement, EndElementHandler)                                                               \
    X(ProcessingInstruction, ProcessingInstructionHandler)                                         \
    X(CharacterData, CharacterDataHandler)                                                         \
    X(UnparsedEntityDecl, UnparsedEntityDeclHandler)                                               \
    X(NotationDecl, NotationDeclHandler)                                                           \
    X(StartNamespaceDecl, StartNamespaceDeclHandler)                                               \
    X(EndNamespaceDecl, EndNamespaceDeclHandler)                                                   \
    X(Comment, CommentHandler)                                                                     \
    X(StartCdataSection, StartCdataSectionHandler)                                                 \
    X(EndCdataSection, EndCdataSectionHandler)                                                     \
    X(Default, DefaultHandler)                                                                     \
    X(DefaultHandlerExpand, DefaultHandlerExpand)                                                  \
    X(NotStandalone, NotStandaloneHandler)                                                         \
    X(ExternalEntityRef, ExternalEntityRefHandler)                                                 \
    X(StartDoctypeDecl, StartDoctypeDeclHandler)                                                   \
    X(EndDoctypeDecl, EndDoctypeDeclHandler)                                                       \
    X(EntityDecl, EntityDeclHandler)                                                               \
    X(XmlDecl, XmlDeclHandler)                                                                     \
    X(ElementDecl, ElementDeclHandler)                                                             \
    X(AttlistDecl, AttlistDeclHandler)                                                             \
    X(SkippedEntity, SkippedEntityHandler)

#define AS_ENUM(name, attribute) name,
enum { HANDLERS(AS_ENUM) HANDLER_COUNT };

typedef struct xmlparseobject {
    PyObject_HEAD XML_Parser itself;
    struct xmlparseobject *parent; /* owned; NULL unless made for an external entity */
    PyObject *intern;              /* a dict, or NULL: names are not shared */
    int returns_unicode, ordered_attributes, specified_attributes, ns_prefixes;
    int parsing, in_callback;
    char *text; /* character data not given to its handler yet; NULL: it is given at once */
    int text_size, text_used;
    PyObject *handlers[HANDLER_COUNT]; /* owned; NULL: none */
} xmlparseobject;

static PyTypeObject xmlparse_type;
static PyObject *expat_error;

/* expat's memory comes from the VM's allocator. */
static void *expat_malloc(size_t size)
{
    return PyMem_Malloc((Py_ssize_t)size);
}

static void *expat_realloc(void *p, size_t size)
{
    return PyMem_Realloc(p, (Py_ssize_t)size);
}

static const XML_Memory_Handling_Suite memory = {expat_malloc, expat_realloc, PyMem_Free};

/* ---- Values for handlers: new references; NULL text is None ---- */
static PyObject *text_of_size(xmlparseobject *self, const XML_Char *text, Py_ssize_t size)
{
    return self->returns_unicode ? PyUnicode_DecodeUTF8(text, size, "strict")
                                 : PyString_FromStringAndSize(text, size);
}

static PyObject *text_of(xmlparseobject *self, const XML_Char *text)
{
    if (text != NULL)
        return text_of_size(self, text, (Py_ssize_t)strlen(text));
    Py_INCREF(Py_None);
    return Py_None;
}

/* The same object for the same name, as long as there is a dict for them. */
static PyObject *name_of(xmlparseobject *self, const XML_Char *text)
{
    PyObject *name = text_of(self, text);

    if (name == NULL || self->intern == NULL)
        return name;
    PyObject *known = PyDict_GetItem(self->intern, name);
    if (known == NULL) {
        if (PyDict_SetItem(self->intern, name, name) < 0)
            Py_CLEAR(name);
        return name;
    }
    Py_INCREF(known);
    Py_DECREF(name);
    return known;
}

/* A tuple by format: n name, t text, T text and its size, i int, O a new reference. */
static PyObject *arguments(xmlparseobject *self, const char *format, ...)
{
    PyObject *tuple = PyTuple_New((Py_ssize_t)strlen(format));
    va_list values;

    va_start(values, format);
    for (Py_ssize_t i = 0; tuple != NULL && format[i]; i++) {
        PyObject *value;
        if (format[i] == 'i')
            value = PyInt_FromLong(va_arg(values, int));
        else if (format[i] == 'O')
            value = va_arg(values, PyObject *);
        else if (format[i] == 'T') {
            const XML_Char *text = va_arg(values, const XML_Char *);
            int size = va_arg(values, int);
            value = text == NULL ? text_of(self, NULL) : text_of_size(self, text, size);
        } else if (format[i] == 'n')
            value = name_of(self, va_arg(values, const XML_Char *));
        else
            value = text_of(self, va_arg(values, const XML_Char *));
        if (value == NULL)
            Py_CLEAR(tuple);
        else
            PyTuple_SET_ITEM(tuple, i, value);
    }
    va_end(values);
    return tuple;
}

/* ---- Calling handlers ---- */
static void connect(xmlparseobject *self, int which, int on);

static void forget_handlers(xmlparseobject *self)
{
    for (int i = 0; i < HANDLER_COUNT; i++) {
        if (self->handlers[i] != NULL) {
            if (self->itself != NULL)
                connect(self, i, 0);
            Py_CLEAR(self->handlers[i]);
        }
    }
}

static void handler_failed(xmlparseobject *self)
{
    forget_handlers(self);
    XML_StopParser(self->itself, XML_FALSE);
}

/* Calls a handler. Takes over args; NULL when they or the call failed. */
static PyObject *call_handler(xmlparseobject *self, int which, PyObject *args)
{
    PyObject *handler = self->handlers[which], *result = NULL;

    if (args != NULL) {
        Py_INCREF(handler);
        self->in_callback++;
        result = PyEval_CallObject(handler, args);
        self->in_callback--;
        Py_DECREF(handler);
        Py_DECREF(args);
    }
    if (result == NULL)
        handler_failed(self);
    return result;
}

/* Gives collected text to its handler: 0, or -1 with an exception. */
static int flush_text(xmlparseobject *self)
{
    if (self->text == NULL || self->text_used == 0)
        return 0;
    if (self->handlers[CharacterData] != NULL) {
        PyObject *result =
            call_handler(self, CharacterData, arguments(self, "T", self->text, self->text_used));
        self->text_used = 0;
        if (result == NULL)
            return -1;
        Py_DECREF(result);
    }
    self->text_used = 0;
    return 0;
}

/* Is a handler to be called? Text that came before goes first, and may change the answer. */
static int wanted(xmlparseobject *self, int which)
{
    return self->handlers[which] != NULL && !PyErr_Occurred() && flush_text(self) == 0 &&
           self->handlers[which] != NULL;
}

static void call_and_forget(xmlparseobject *self, int which, PyObject *args)
{
    Py_XDECREF(call_handler(self, which, args));
}

/* For handlers that answer with a number; 0 stops the parser. */
static int call_for_int(xmlparseobject *self, int which, PyObject *args)
{
    PyObject *result = call_handler(self, which, args);

    if (result == NULL)
        return 0;
    int answer = (int)PyInt_AsLong(result);
    Py_DECREF(result);
    return answer;
}

#define PARSER ((xmlparseobject *)data)
/* What expat calls for an event whose arguments are made by one format. */
#define EVENT(name, parameters, ...)                                                               \
    static void on_##name parameters                                                               \
    {                                                                                              \
        if (wanted(PARSER, name))                                                                  \
            call_and_forget(PARSER, name, arguments(PARSER, __VA_ARGS__));                         \
    }

EVENT(EndElement, (void *data, const XML_Char *name), "n", name)
EVENT(ProcessingInstruction, (void *data, const XML_Char *target, const XML_Char *text), "nt",
      target, text)
EVENT(UnparsedEntityDecl,
      (void *data, const XML_Char *entity, const XML_Char *base, const XML_Char *system,
       const XML_Char *public, const XML_Char *notation),
      "nnnnn", entity, base, system, public, notation)
EVENT(NotationDecl,
      (void *data, const XML_Char *notation, const XML_Char *base, const XML_Char *system,
       const XML_Char *public),
      "nnnn", notation, base, system, public)
EVENT(StartNamespaceDecl, (void *data, const XML_Char *prefix, const XML_Char *uri), "nn", prefix,
      uri)
EVENT(EndNamespaceDecl, (void *data, const XML_Char *prefix), "n", prefix)
EVENT(Comment, (void *data, const XML_Char *text), "t", text)
EVENT(StartCdataSection, (void *data), "")
EVENT(EndCdataSection, (void *data), "")
EVENT(Default, (void *data, const XML_Char *text, int size), "T", text, size)
EVENT(DefaultHandlerExpand, (void *data, const XML_Char *text, int size), "T", text, size)
EVENT(StartDoctypeDecl,
      (void *data, const XML_Char *doctype, const XML_Char *system, const XML_Char *public,
       int has_internal_subset),
      "nnni", doctype, system, public, has_internal_subset)
EVENT(EndDoctypeDecl, (void *data), "")
EVENT(EntityDecl,
      (void *data, const XML_Char *entity, int is_parameter_entity, const XML_Char *value, int size,
       const XML_Char *base, const XML_Char *system, const XML_Char *public,
       const XML_Char *notation),
      "niTnnnn", entity, is_parameter_entity, value, size, base, system, public, notation)
EVENT(XmlDecl, (void *data, const XML_Char *version, const XML_Char *encoding, int standalone),
      "tti", version, encoding, standalone)
EVENT(AttlistDecl,
      (void *data, const XML_Char *element, const XML_Char *attribute, const XML_Char *type,
       const XML_Char *value, int required),
      "nntti", element, attribute, type, value, required)
EVENT(SkippedEntity, (void *data, const XML_Char *entity, int is_parameter_entity), "ni", entity,
      is_parameter_entity)

/* The attributes that expat gives as names and values by turns: a dict, or a list of both. */
static PyObject *attributes_of(xmlparseobject *self, const XML_Char **all)
{
    int ordered = self->ordered_attributes;
    Py_ssize_t count = 0;

    if (self->specified_attributes)
        count = XML_GetSpecifiedAttributeCount(self->itself);
    else {
        while (all[count] != NULL)
            count += 2;
    }
    PyObject *result = ordered ? PyList_New(0) : PyDict_New();
    for (Py_ssize_t i = 0; result != NULL && i < count; i += 2) {
        PyObject *name = name_of(self, all[i]);
        PyObject *value = name == NULL ? NULL : text_of(self, all[i + 1]);
        int bad = value == NULL;
        if (!bad && ordered)
            bad = PyList_Append(result, name) < 0 || PyList_Append(result, value) < 0;
        else if (!bad)
            bad = PyDict_SetItem(result, name, value) < 0;
        Py_XDECREF(name);
        Py_XDECREF(value);
        if (bad)
            Py_CLEAR(result);
    }
    return result;
}

static void on_StartElement(void *data, const XML_Char *name, const XML_Char **all)
{
    if (!wanted(PARSER, StartElement))
        return;
    PyObject *attributes = attributes_of(PARSER, all), *args = NULL;
    if (attributes != NULL)
        args = arguments(PARSER, "On", attributes, name);
    if (args != NULL) { /* the name comes first, and is made after the attributes' */
        PyObject *first = PyTuple_GET_ITEM(args, 0);
        PyTuple_SET_ITEM(args, 0, PyTuple_GET_ITEM(args, 1));
        PyTuple_SET_ITEM(args, 1, first);
    }
    call_and_forget(PARSER, StartElement, args);
}

static void on_CharacterData(void *data, const XML_Char *text, int size)
{
    xmlparseobject *self = PARSER;

    if (PyErr_Occurred())
        return;
    if (self->text != NULL) {
        if (self->text_used > self->text_size - size) {
            if (flush_text(self) < 0)
                return;
            if (self->handlers[CharacterData] == NULL)
                return;
        }
        if (self->text != NULL && size <= self->text_size) {
            memcpy(self->text + self->text_used, text, (size_t)size);
            self->text_used += size;
            return;
        }
        self->text_used = 0;
    }
    if (self->handlers[CharacterData] != NULL)
        call_and_forget(self, CharacterData, arguments(self, "T", text, size));
}

static PyObject *model_of(xmlparseobject *self, const XML_Content *model)
{
    if (Py_EnterRecursiveCall(" while reading a content model"))
        return NULL;
    PyObject *children = PyTuple_New(model->numchildren);
    for (unsigned i = 0; children != NULL && i < model->numchildren; i++) {
        PyObject *child = model_of(self, &model->children[i]);
        if (child == NULL)
            Py_CLEAR(children);
        else
            PyTuple_SET_ITEM(children, i, child);
    }
    Py_LeaveRecursiveCall();
    return children == NULL
               ? NULL
               : arguments(self, "iitO", model->type, model->quant, model->name, children);
}

static void on_ElementDecl(void *data, const XML_Char *name, XML_Content *model)
{
    xmlparseobject *self = PARSER;

    if (wanted(self, ElementDecl)) {
        PyObject *tuple = model_of(self, model);
        call_and_forget(self, ElementDecl,
                        tuple == NULL ? NULL : arguments(self, "nO", name, tuple));
    }
    XML_FreeContentModel(self->itself, model);
}

static int on_NotStandalone(void *data)
{
    return wanted(PARSER, NotStandalone)
               ? call_for_int(PARSER, NotStandalone, arguments(PARSER, ""))
               : 0;
}

static int on_ExternalEntityRef(XML_Parser parser, const XML_Char *context, const XML_Char *base,
                                const XML_Char *system, const XML_Char *public)
{
    xmlparseobject *self = XML_GetUserData(parser);

    return wanted(self, ExternalEntityRef)
               ? call_for_int(self, ExternalEntityRef,
                              arguments(self, "tnnn", context, base, system, public))
               : 0;
}

/* An encoding that expat does not know: a table of what each byte stands for, by Python's codec. */
static int on_UnknownEncoding(void *data, const XML_Char *name, XML_Encoding *info)
{
    char bytes[256];

    if (PyErr_Occurred())
        return XML_STATUS_ERROR;
    for (int i = 0; i < 256; i++)
        bytes[i] = (char)i;
    PyObject *table = PyUnicode_Decode(bytes, 256, name, "replace");
    if (table == NULL || PyUnicode_GET_SIZE(table) != 256) {
        if (table != NULL)
            PyErr_SetString(PyExc_ValueError, "multi-byte encodings are not supported");
        Py_XDECREF(table);
        return XML_STATUS_ERROR;
    }
    for (int i = 0; i < 256; i++) {
        Py_UNICODE c = PyUnicode_AS_UNICODE(table)[i];
        info->map[i] = c == Py_UNICODE_REPLACEMENT_CHARACTER ? -1 : (int)c;
    }
    Py_DECREF(table);
    info->data = NULL;
    info->convert = NULL;
    info->release = NULL;
    return XML_STATUS_OK;
}

/* Tells expat whether handler `which` is to be called. */
static void connect(xmlparseobject *self, int which, int on)
{
    switch (which) {
#define AS_CASE(name, attribute)                                                                   \
    case name:                                                                                     \
        XML_Set##attribute(self->itself, on ? on_##name : NULL);                                   \
        break;
        HANDLERS(AS_CASE)
    }
}

/* ---- Parsing ---- */
/* Raises ExpatError for what expat found. Returns NULL. */
static PyObject *raise_expat_error(xmlparseobject *self, enum XML_Error code)
{
    Py_ssize_t line = (Py_ssize_t)XML_GetErrorLineNumber(self->itself);
    Py_ssize_t column = (Py_ssize_t)XML_GetErrorColumnNumber(self->itself);
    PyObject *message =
        PyString_FromFormat("%s: line %zd, column %zd", XML_ErrorString(code), line, column);
    PyObject *error =
        message == NULL ? NULL : PyObject_CallFunctionObjArgs(expat_error, message, NULL);
    const struct {
        const char *name;
        Py_ssize_t value;
    } attributes[] = {{"code", code}, {"offset", column}, {"lineno", line}};

    for (size_t i = 0; error != NULL && i < sizeof attributes / sizeof attributes[0]; i++) {
        PyObject *value = PyInt_FromSsize_t(attributes[i].value);
        if (value == NULL || PyObject_SetAttrString(error, attributes[i].name, value) < 0)
            Py_CLEAR(error);
        Py_XDECREF(value);
    }
    if (error != NULL)
        PyErr_SetObject(expat_error, error);
    Py_XDECREF(error);
    Py_XDECREF(message);
    return NULL;
}

/* May parsing begin? Not while it goes on. 0, or -1 with an exception. */
static int enter(xmlparseobject *self)
{
    if (self->parsing) {
        PyErr_SetString(PyExc_RuntimeError, "this parser is at work: it cannot be entered again");
        return -1;
    }
    return 0;
}

/* Gives expat a piece of the document. Returns its answer (0: an error of the document); an
 * exception may be set whatever that is. */
static int parse_piece(xmlparseobject *self, const char *piece, Py_ssize_t size, int final)
{
    uintptr_t here = (uintptr_t)__builtin_frame_address(0), outer = expat_stack_end;
    int status, was_deep = expat_too_deep;

    expat_stack_end = here > C_STACK_ROOM ? here - C_STACK_ROOM : 0;
    expat_too_deep = 0;
    self->parsing = 1;
    do {
        int now = size > INT_MAX ? INT_MAX : (int)size;
        size -= now;
        status = XML_Parse(self->itself, piece, now, final && size == 0);
        piece += now;
    } while (size > 0 && status == XML_STATUS_OK);
    self->parsing = 0;
    if (expat_too_deep && !PyErr_Occurred())
        PyErr_SetString(PyExc_RuntimeError, "entities are nested too deeply");
    expat_stack_end = outer;
    expat_too_deep = was_deep;
    return status;
}

static PyObject *parse_result(xmlparseobject *self, int status)
{
    if (PyErr_Occurred())
        return NULL;
    if (status == XML_STATUS_ERROR)
        return raise_expat_error(self, XML_GetErrorCode(self->itself));
    return flush_text(self) < 0 ? NULL : PyInt_FromLong(status);
}

static PyObject *xmlparse_Parse(xmlparseobject *self, PyObject *args)
{
    const char *piece;
    Py_ssize_t size;
    int final = 0;

    if (!PyArg_ParseTuple(args, "s#|i:Parse", &piece, &size, &final) || enter(self) < 0)
        return NULL;
    return parse_result(self, parse_piece(self, piece, size, final));
}

/* The next piece of a file: a new reference to a str, or NULL. */
static PyObject *read_piece(PyObject *read)
{
    PyObject *piece = PyObject_CallFunction(read, "i", FILE_PIECE);

    if (piece != NULL && !PyString_Check(piece))
        PyErr_Format(PyExc_TypeError, "read() did not return a string object (type=%.400s)",
                     Py_TYPE(piece)->tp_name);
    else if (piece != NULL && PyString_GET_SIZE(piece) > FILE_PIECE)
        PyErr_Format(PyExc_ValueError,
                     "read() returned too much data: %i bytes requested, %zd returned", FILE_PIECE,
                     PyString_GET_SIZE(piece));
    else
        return piece;
    Py_XDECREF(piece);
    return NULL;
}

static PyObject *xmlparse_ParseFile(xmlparseobject *self, PyObject *file)
{
    PyObject *read = PyObject_GetAttrString(file, "read");
    int status = XML_STATUS_OK;

    if (read == NULL) {
        PyErr_SetString(PyExc_TypeError, "argument must have 'read' attribute");
        return NULL;
    }
    for (Py_ssize_t size = 1; size > 0 && status == XML_STATUS_OK && !PyErr_Occurred();) {
        PyObject *piece = enter(self) < 0 ? NULL : read_piece(read);
        if (piece == NULL || enter(self) < 0) {
            Py_XDECREF(piece);
            break;
        }
        size = PyString_GET_SIZE(piece);
        status = parse_piece(self, PyString_AS_STRING(piece), size, size == 0);
        Py_DECREF(piece);
    }
    Py_DECREF(read);
    return parse_result(self, status);
}

static PyObject *xmlparse_SetBase(xmlparseobject *self, PyObject *args)
{
    const char *base;

    if (!PyArg_ParseTuple(args, "s:SetBase", &base))
        return NULL;
    if (!XML_SetBase(self->itself, base))
        return PyErr_NoMemory();
    Py_RETURN_NONE;
}

static PyObject *xmlparse_GetBase(xmlparseobject *self, PyObject *unused)
{
    return Py_BuildValue("z", XML_GetBase(self->itself));
}

static PyObject *xmlparse_GetInputContext(xmlparseobject *self, PyObject *unused)
{
    int offset = 0, size = 0;
    const char *all = self->in_callback ? XML_GetInputContext(self->itself, &offset, &size) : NULL;

    if (all == NULL)
        Py_RETURN_NONE;
    return PyString_FromStringAndSize(all + offset, size - offset);
}

static xmlparseobject *xmlparse_new(PyObject *intern);

static PyObject *xmlparse_ExternalEntityParserCreate(xmlparseobject *self, PyObject *args)
{
    const char *context, *encoding = NULL;

    if (!PyArg_ParseTuple(args, "z|s:ExternalEntityParserCreate", &context, &encoding))
        return NULL;
    xmlparseobject *child = xmlparse_new(self->intern);
    if (child == NULL)
        return NULL;
    child->returns_unicode = self->returns_unicode;
    child->ordered_attributes = self->ordered_attributes;
    child->specified_attributes = self->specified_attributes;
    child->ns_prefixes = self->ns_prefixes;
    child->text_size = self->text_size;
    if (self->text != NULL)
        child->text = PyMem_Malloc(self->text_size);
    child->itself = XML_ExternalEntityParserCreate(self->itself, context, encoding);
    if (child->itself == NULL || (self->text != NULL && child->text == NULL)) {
        Py_DECREF(child);
        return PyErr_NoMemory();
    }
    Py_INCREF(self);
    child->parent = self;
    XML_SetUserData(child->itself, child);
    for (int i = 0; i < HANDLER_COUNT; i++) {
        if (self->handlers[i] != NULL) {
            Py_INCREF(self->handlers[i]);
            child->handlers[i] = self->handlers[i];
            connect(child, i, 1);
        }
    }
    return (PyObject *)child;
}

static PyObject *xmlparse_SetParamEntityParsing(xmlparseobject *self, PyObject *args)
{
    int flag;

    if (!PyArg_ParseTuple(args, "i", &flag))
        return NULL;
    return PyInt_FromLong(XML_SetParamEntityParsing(self->itself, flag));
}

static PyObject *xmlparse_UseForeignDTD(xmlparseobject *self, PyObject *args)
{
    PyObject *flag = Py_True;

    if (!PyArg_ParseTuple(args, "|O:UseForeignDTD", &flag))
        return NULL;
    int use = PyObject_IsTrue(flag);
    if (use < 0)
        return NULL;
    enum XML_Error code = XML_UseForeignDTD(self->itself, use ? XML_TRUE : XML_FALSE);
    if (code != XML_ERROR_NONE)
        return raise_expat_error(self, code);
    Py_RETURN_NONE;
}

static PyMethodDef xmlparse_methods[] = {
    {"Parse", (PyCFunction)xmlparse_Parse, METH_VARARGS,
     "Parse(data[, isfinal])\nParses a piece of a document; the last one has a true isfinal."},
    {"ParseFile", (PyCFunction)xmlparse_ParseFile, METH_O,
     "ParseFile(file)\nParses what the file's read() gives, to its end."},
    {"SetBase", (PyCFunction)xmlparse_SetBase, METH_VARARGS,
     "SetBase(base_url)\nWhat handlers of declarations get as base."},
    {"GetBase", (PyCFunction)xmlparse_GetBase, METH_NOARGS,
     "GetBase() -> url\nWhat SetBase was given, or None."},
    {"GetInputContext", (PyCFunction)xmlparse_GetInputContext, METH_NOARGS,
     "GetInputContext() -> string\nIn a handler: the input from the current event on, as far as it "
     "is at hand."},
    {"ExternalEntityParserCreate", (PyCFunction)xmlparse_ExternalEntityParserCreate, METH_VARARGS,
     "ExternalEntityParserCreate(context[, encoding])\nA parser for the entity that an "
     "ExternalEntityRefHandler was called for."},
    {"SetParamEntityParsing", (PyCFunction)xmlparse_SetParamEntityParsing, METH_VARARGS,
     "SetParamEntityParsing(flag) -> success\nWhether parameter entities, the external subset "
     "among them, are read."},
    {"UseForeignDTD", (PyCFunction)xmlparse_UseForeignDTD, METH_VARARGS,
     "UseForeignDTD([flag])\nWhether the application gives an external subset where the document "
     "names none."},
    {NULL},
};

/* ---- Attributes. They are looked up by name alone: a parser has no __class__ and no __dict__ ----
 */
static const char *const handler_attributes[] = {
#define AS_ATTRIBUTE(name, attribute) #attribute,
    HANDLERS(AS_ATTRIBUTE)};
static const char *const other_attributes[] = {
    "ErrorCode",        "ErrorLineNumber",      "ErrorColumnNumber",
    "ErrorByteIndex",   "CurrentLineNumber",    "CurrentColumnNumber",
    "CurrentByteIndex", "buffer_size",          "buffer_text",
    "buffer_used",      "namespace_prefixes",   "ordered_attributes",
    "returns_unicode",  "specified_attributes", "intern"};

static int handler_named(const char *name)
{
    for (int i = 0; i < HANDLER_COUNT; i++) {
        if (strcmp(name, handler_attributes[i]) == 0)
            return i;
    }
    return -1;
}

/* The settings that are true or false. */
static int *flag_named(xmlparseobject *self, const char *name)
{
    return strcmp(name, "namespace_prefixes") == 0     ? &self->ns_prefixes
           : strcmp(name, "ordered_attributes") == 0   ? &self->ordered_attributes
           : strcmp(name, "returns_unicode") == 0      ? &self->returns_unicode
           : strcmp(name, "specified_attributes") == 0 ? &self->specified_attributes
                                                       : NULL;
}

static PyObject *names_list(const char *const *first, size_t count, const char *const *second,
                            size_t more)
{
    PyObject *list = PyList_New(0);

    for (size_t i = 0; list != NULL && i < count + more; i++) {
        PyObject *name = PyString_FromString(i < count ? first[i] : second[i - count]);
        if (name == NULL || PyList_Append(list, name) < 0)
            Py_CLEAR(list);
        Py_XDECREF(name);
    }
    return list;
}

static PyObject *xmlparse_getattr(PyObject *op, char *name)
{
    xmlparseobject *self = (xmlparseobject *)op;
    int which = handler_named(name);
    const int *flag = flag_named(self, name);

    if (which >= 0) {
        PyObject *handler = self->handlers[which] != NULL ? self->handlers[which] : Py_None;
        Py_INCREF(handler);
        return handler;
    }
    if (flag != NULL)
        return PyBool_FromLong(*flag);
    if (strcmp(name, "ErrorCode") == 0)
        return PyInt_FromLong(XML_GetErrorCode(self->itself));
    if (strcmp(name, "ErrorLineNumber") == 0 || strcmp(name, "CurrentLineNumber") == 0)
        return PyInt_FromSize_t(XML_GetCurrentLineNumber(self->itself));
    if (strcmp(name, "ErrorColumnNumber") == 0 || strcmp(name, "CurrentColumnNumber") == 0)
        return PyInt_FromSize_t(XML_GetCurrentColumnNumber(self->itself));
    if (strcmp(name, "ErrorByteIndex") == 0 || strcmp(name, "CurrentByteIndex") == 0)
        return PyInt_FromSsize_t(XML_GetCurrentByteIndex(self->itself));
    if (strcmp(name, "buffer_size") == 0)
        return PyInt_FromLong(self->text_size);
    if (strcmp(name, "buffer_text") == 0)
        return PyBool_FromLong(self->text != NULL);
    if (strcmp(name, "buffer_used") == 0)
        return PyInt_FromLong(self->text_used);
    if (strcmp(name, "intern") == 0) {
        PyObject *intern = self->intern != NULL ? self->intern : Py_None;
        Py_INCREF(intern);
        return intern;
    }
    if (strcmp(name, "__members__") == 0)
        return names_list(handler_attributes, HANDLER_COUNT, other_attributes,
                          sizeof other_attributes / sizeof other_attributes[0]);
    return Py_FindMethod(xmlparse_methods, op, name);
}

static int set_buffer_text(xmlparseobject *self, int on)
{
    if (on && self->text == NULL) {
        self->text = PyMem_Malloc(self->text_size);
        if (self->text == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        self->text_used = 0;
    } else if (!on && self->text != NULL) {
        if (flush_text(self) < 0)
            return -1;
        PyMem_Free(self->text); /* its handler may have been here first */
        self->text = NULL;
        self->text_used = 0;
    }
    return 0;
}

static int set_buffer_size(xmlparseobject *self, PyObject *value)
{
    if (!PyInt_Check(value)) {
        PyErr_SetString(PyExc_TypeError, "buffer_size must be an integer");
        return -1;
    }
    py_long size = PyInt_AS_LONG(value);
    if (size == self->text_size)
        return 0;
    if (size <= 0) {
        PyErr_SetString(PyExc_ValueError, "buffer_size must be greater than zero");
        return -1;
    }
    if (size > INT_MAX) {
        PyErr_Format(PyExc_ValueError, "buffer_size must not be greater than %i", INT_MAX);
        return -1;
    }
    if (self->text != NULL) {
        if (flush_text(self) < 0)
            return -1;
        if (self->text != NULL) {
            char *room = PyMem_Malloc(size);
            if (room == NULL) {
                PyErr_NoMemory();
                return -1;
            }
            PyMem_Free(self->text);
            self->text = room;
            self->text_used = 0;
        }
    }
    self->text_size = (int)size;
    return 0;
}

static int set_handler(xmlparseobject *self, int which, PyObject *value)
{
    if (which == CharacterData && flush_text(self) < 0) /* what came before goes to the old one */
        return -1;
    PyObject *old = self->handlers[which];
    self->handlers[which] = value == Py_None ? NULL : value;
    Py_XINCREF(self->handlers[which]);
    connect(self, which, self->handlers[which] != NULL);
    Py_XDECREF(old);
    return 0;
}

static int xmlparse_setattr(PyObject *op, char *name, PyObject *value)
{
    xmlparseobject *self = (xmlparseobject *)op;
    int which = handler_named(name);
    int *flag = flag_named(self, name);

    if (value == NULL) {
        PyErr_SetString(PyExc_RuntimeError, "Cannot delete attribute");
        return -1;
    }
    if (which >= 0)
        return set_handler(self, which, value);
    if (strcmp(name, "buffer_size") == 0)
        return set_buffer_size(self, value);
    if (flag == NULL && strcmp(name, "buffer_text") != 0) {
        PyErr_SetString(PyExc_AttributeError, name);
        return -1;
    }
    int on = PyObject_IsTrue(value);
    if (on < 0)
        return -1;
    if (flag == NULL)
        return set_buffer_text(self, on);
    *flag = on;
    if (flag == &self->ns_prefixes)
        XML_SetReturnNSTriplet(self->itself, on);
    return 0;
}

/* ---- Making and ending ---- */
/* A parser without expat's: intern is a dict or NULL. */
static xmlparseobject *xmlparse_new(PyObject *intern)
{
    xmlparseobject *self = PyObject_GC_New(xmlparseobject, &xmlparse_type);

    if (self == NULL)
        return NULL;
    memset((char *)self + sizeof(PyObject), 0, sizeof *self - sizeof(PyObject));
    self->returns_unicode = 1;
    self->text_size = TEXT_ROOM;
    Py_XINCREF(intern);
    self->intern = intern;
    PyObject_GC_Track(self);
    return self;
}

static int xmlparse_traverse(PyObject *op, visitproc visit, void *arg)
{
    xmlparseobject *self = (xmlparseobject *)op;

    for (int i = 0; i < HANDLER_COUNT; i++)
        Py_VISIT(self->handlers[i]);
    Py_VISIT(self->intern);
    Py_VISIT(self->parent);
    return 0;
}

/* The parent stays: expat's tables are its. */
static int xmlparse_clear(PyObject *op)
{
    forget_handlers((xmlparseobject *)op);
    Py_CLEAR(((xmlparseobject *)op)->intern);
    return 0;
}

static void xmlparse_dealloc(PyObject *op)
{
    xmlparseobject *self = (xmlparseobject *)op;

    PyObject_GC_UnTrack(op);
    forget_handlers(self);
    if (self->itself != NULL)
        XML_ParserFree(self->itself);
    Py_XDECREF(self->parent);
    Py_XDECREF(self->intern);
    PyMem_Free(self->text);
    PyObject_GC_Del(op);
}

static PyTypeObject xmlparse_type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "pyexpat.xmlparser",
    .tp_basicsize = sizeof(xmlparseobject),
    .tp_dealloc = xmlparse_dealloc,
    .tp_getattr = xmlparse_getattr,
    .tp_setattr = xmlparse_setattr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "XML parser",
    .tp_traverse = xmlparse_traverse,
    .tp_clear = xmlparse_clear,
};

static PyObject *expat_ParserCreate(PyObject *module, PyObject *args, PyObject *kwds)
{
    static char *keywords[] = {"encoding", "namespace_separator", "intern", NULL};
    const char *encoding = NULL, *separator = NULL;
    PyObject *intern = NULL;

    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|zzO:ParserCreate", keywords, &encoding,
                                     &separator, &intern))
        return NULL;
    if (separator != NULL && strlen(separator) > 1) {
        PyErr_SetString(PyExc_ValueError, "namespace_separator must be at most one character, "
                                          "omitted, or None");
        return NULL;
    }
    PyObject *made = NULL;
    if (intern == Py_None)
        intern = NULL;
    else if (intern == NULL) {
        intern = made = PyDict_New();
        if (made == NULL)
            return NULL;
    } else if (!PyDict_Check(intern)) {
        PyErr_SetString(PyExc_TypeError, "intern must be a dictionary");
        return NULL;
    }
    xmlparseobject *self = xmlparse_new(intern);
    Py_XDECREF(made);
    if (self == NULL)
        return NULL;
    self->itself = XML_ParserCreate_MM(encoding, &memory, separator);
    if (self->itself == NULL) {
        Py_DECREF(self);
        return PyErr_NoMemory();
    }
    XML_SetHashSalt(self->itself, _Py_HashSecret.prefix ? (unsigned long)_Py_HashSecret.prefix : 1);
    XML_SetUserData(self->itself, self);
    XML_SetUnknownEncodingHandler(self->itself, on_UnknownEncoding, NULL);
    return (PyObject *)self;
}

static PyObject *expat_ErrorString(PyObject *module, PyObject *args)
{
    py_long code;

    if (!PyArg_ParseTuple(args, "l:ErrorString", &code))
        return NULL;
    return Py_BuildValue("z", XML_ErrorString((enum XML_Error)code));
}

static PyMethodDef expat_functions[] = {
    {"ParserCreate", (PyCFunction)(void (*)(void))expat_ParserCreate, METH_VARARGS | METH_KEYWORDS,
     "ParserCreate([encoding[, namespace_separator]]) -> parser\nA new XML parser."},
    {"ErrorString", expat_ErrorString, METH_VARARGS,
     "ErrorString(errno) -> string\nWhat an error's number means."},
    {NULL},
};

/* ---- The module ---- */
static const struct {
    const char *name;
    int code;
} error_names[] = {
#define ERROR_NAME(name)                                                                           \
    {                                                                                              \
        "XML_ERROR_" #name, XML_ERROR_##name                                                       \
    }
    ERROR_NAME(NO_MEMORY),
    ERROR_NAME(SYNTAX),
    ERROR_NAME(NO_ELEMENTS),
    ERROR_NAME(INVALID_TOKEN),
    ERROR_NAME(UNCLOSED_TOKEN),
    ERROR_NAME(PARTIAL_CHAR),
    ERROR_NAME(TAG_MISMATCH),
    ERROR_NAME(DUPLICATE_ATTRIBUTE),
    ERROR_NAME(JUNK_AFTER_DOC_ELEMENT),
    ERROR_NAME(PARAM_ENTITY_REF),
    ERROR_NAME(UNDEFINED_ENTITY),
    ERROR_NAME(RECURSIVE_ENTITY_REF),
    ERROR_NAME(ASYNC_ENTITY),
    ERROR_NAME(BAD_CHAR_REF),
    ERROR_NAME(BINARY_ENTITY_REF),
    ERROR_NAME(ATTRIBUTE_EXTERNAL_ENTITY_REF),
    ERROR_NAME(MISPLACED_XML_PI),
    ERROR_NAME(UNKNOWN_ENCODING),
    ERROR_NAME(INCORRECT_ENCODING),
    ERROR_NAME(UNCLOSED_CDATA_SECTION),
    ERROR_NAME(EXTERNAL_ENTITY_HANDLING),
    ERROR_NAME(NOT_STANDALONE),
    ERROR_NAME(UNEXPECTED_STATE),
    ERROR_NAME(ENTITY_DECLARED_IN_PE),
    ERROR_NAME(FEATURE_REQUIRES_XML_DTD),
    ERROR_NAME(CANT_CHANGE_FEATURE_ONCE_PARSING),
    ERROR_NAME(UNBOUND_PREFIX),
    ERROR_NAME(UNDECLARING_PREFIX),
    ERROR_NAME(INCOMPLETE_PE),
    ERROR_NAME(XML_DECL),
    ERROR_NAME(TEXT_DECL),
    ERROR_NAME(PUBLICID),
    ERROR_NAME(SUSPENDED),
    ERROR_NAME(NOT_SUSPENDED),
    ERROR_NAME(ABORTED),
    ERROR_NAME(FINISHED),
    ERROR_NAME(SUSPEND_PE)};

static const struct {
    const char *name;
    long value;
} model_names[] = {{"XML_CTYPE_EMPTY", XML_CTYPE_EMPTY},   {"XML_CTYPE_ANY", XML_CTYPE_ANY},
                   {"XML_CTYPE_MIXED", XML_CTYPE_MIXED},   {"XML_CTYPE_NAME", XML_CTYPE_NAME},
                   {"XML_CTYPE_CHOICE", XML_CTYPE_CHOICE}, {"XML_CTYPE_SEQ", XML_CTYPE_SEQ},
                   {"XML_CQUANT_NONE", XML_CQUANT_NONE},   {"XML_CQUANT_OPT", XML_CQUANT_OPT},
                   {"XML_CQUANT_REP", XML_CQUANT_REP},     {"XML_CQUANT_PLUS", XML_CQUANT_PLUS}};

/* A module within this one, known to sys.modules too: a borrowed reference or NULL. */
static PyObject *inner_module(PyObject *m, const char *full_name, const char *doc)
{
    PyObject *inner = PyImport_AddModule(full_name);

    if (inner == NULL)
        return NULL;
    PyModule_AddStringConstant(inner, "__doc__", doc);
    Py_INCREF(inner);
    return PyModule_AddObject(m, strchr(full_name, '.') + 1, inner) < 0 ? NULL : inner;
}

static PyObject *feature_list(void)
{
    PyObject *list = PyList_New(0);

    for (const XML_Feature *f = XML_GetFeatureList(); list != NULL && f->feature; f++) {
        PyObject *pair = Py_BuildValue("sl", f->name, f->value);
        if (pair == NULL || PyList_Append(list, pair) < 0)
            Py_CLEAR(list);
        Py_XDECREF(pair);
    }
    return list;
}

PyMODINIT_FUNC initpyexpat(void)
{
    PyObject *m = Py_InitModule3("pyexpat", expat_functions, "Python wrapper for Expat parser.");
    XML_Expat_Version version = XML_ExpatVersionInfo();

    if (m == NULL || PyType_Ready(&xmlparse_type) < 0)
        return;
    if (expat_error == NULL)
        expat_error = PyErr_NewException("xml.parsers.expat.ExpatError", NULL, NULL);
    if (expat_error == NULL)
        return;
    Py_INCREF(expat_error);
    PyModule_AddObject(m, "ExpatError", expat_error);
    Py_INCREF(expat_error);
    PyModule_AddObject(m, "error", expat_error);
    Py_INCREF(&xmlparse_type);
    PyModule_AddObject(m, "XMLParserType", (PyObject *)&xmlparse_type);
    PyModule_AddStringConstant(m, "__version__", PY_VERSION);
    PyModule_AddStringConstant(m, "EXPAT_VERSION", XML_ExpatVersion());
    PyModule_AddStringConstant(m, "native_encoding", "UTF-8");
    PyModule_AddObject(m, "version_info",
                       Py_BuildValue("(iii)", version.major, version.minor, version.micro));
    PyModule_AddObject(m, "features", feature_list());
    PyModule_AddIntConstant(m, "XML_PARAM_ENTITY_PARSING_NEVER", XML_PARAM_ENTITY_PARSING_NEVER);
    PyModule_AddIntConstant(m, "XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE",
                            XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE);
    PyModule_AddIntConstant(m, "XML_PARAM_ENTITY_PARSING_ALWAYS", XML_PARAM_ENTITY_PARSING_ALWAYS);

    PyObject *errors =
        inner_module(m, "pyexpat.errors", "Constants used to describe error conditions.");
    for (size_t i = 0; errors != NULL && i < sizeof error_names / sizeof error_names[0]; i++)
        PyModule_AddStringConstant(errors, error_names[i].name,
                                   XML_ErrorString((enum XML_Error)error_names[i].code));
    PyObject *model =
        inner_module(m, "pyexpat.model", "Constants used to interpret content model information.");
    for (size_t i = 0; model != NULL && i < sizeof model_names / sizeof model_names[0]; i++)
        PyModule_AddIntConstant(model, model_names[i].name, model_names[i].value);
}
