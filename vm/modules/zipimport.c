/* SPDX-License-Identifier: MIT */
/* zipimport: modules out of Zip archives. Invariants: an archive's directory is read once and kept
 * in _zip_directory_cache, shared by all importers of that archive; each entry is (path, method,
 * stored size, size, offset of the local header, DOS time, DOS date, CRC) under its name inside the
 * archive. */
#include "Python.h"
#include "host/host.h"
#include "modules/import_private.h"

enum {
    PATH_ROOM = 4096,
    END_RECORD = 22,   /* the end of the central directory, without comment */
    ENTRY_HEADER = 46, /* an entry of the directory, without its names */
    LOCAL_HEADER = 30,
    IS_PACKAGE = 1,
    IS_BYTECODE = 2,
    LINUX_ENOENT = 2,
};

typedef struct {
    PyObject_HEAD PyObject *archive; /* str: path of the archive */
    PyObject *prefix;                /* str: path inside it, with a slash at the end, or empty */
    PyObject *files;                 /* the archive's directory */
} zipimporter;

#define ZIP(op) ((zipimporter *)(op))

static PyObject *zip_import_error, *zip_cache;
static PyTypeObject zipimporter_type;

static const struct zip_suffix {
    const char *text;
    int kind;
} zip_suffixes[] = {{"/__init__.pyc", IS_PACKAGE | IS_BYTECODE},
                    {"/__init__.pyo", IS_PACKAGE | IS_BYTECODE},
                    {"/__init__.py", IS_PACKAGE},
                    {".pyc", IS_BYTECODE},
                    {".pyo", IS_BYTECODE},
                    {".py", 0},
                    {NULL, 0}};

/* The suffix to try i-th: under -O, .pyo comes before .pyc. */
static const struct zip_suffix *zip_suffix_at(int i)
{
    if (Py_OptimizeFlag && (i % 3) < 2)
        i = i - i % 3 + (1 - i % 3);
    return &zip_suffixes[i];
}

static uint32_t zip_u16(const unsigned char *p)
{
    return p[0] | (uint32_t)p[1] << 8;
}

static int32_t zip_i32(const unsigned char *p)
{
    return (int32_t)(zip_u16(p) | zip_u16(p + 2) << 16);
}

/* Reads exactly n bytes at an offset; 0, or -1 without exception. */
static int zip_read_at(int fd, int64_t offset, void *buf, Py_ssize_t n)
{
    char *p = buf;

    if (host_lseek(fd, offset, 0) < 0)
        return -1;
    while (n > 0) {
        int64_t got = host_read(fd, p, (size_t)n);
        if (got <= 0)
            return -1;
        p += got;
        n -= got;
    }
    return 0;
}

static int zip_add_entry(PyObject *files, const char *archive, const unsigned char *header,
                         const unsigned char *name, Py_ssize_t name_len, int64_t base)
{
    PyObject *inner = PyString_FromStringAndSize((const char *)name, name_len), *entry = NULL;
    int status = -1;

    if (inner != NULL)
        entry = Py_BuildValue(
            "Niiiliii", PyString_FromFormat("%s/%s", archive, PyString_AS_STRING(inner)),
            (int)zip_u16(header + 10), (int)zip_i32(header + 20), (int)zip_i32(header + 24),
            (py_long)(zip_i32(header + 42) + base), (int)zip_u16(header + 12),
            (int)zip_u16(header + 14), (int)zip_i32(header + 16));
    if (entry != NULL)
        status = PyDict_SetItem(files, inner, entry);
    Py_XDECREF(inner);
    Py_XDECREF(entry);
    return status;
}

/* The archive's directory as a dict. */
static PyObject *zip_read_directory(const char *archive)
{
    unsigned char end[END_RECORD], header[ENTRY_HEADER], name[PATH_ROOM];
    PyObject *files = NULL;
    py_long count = 0;
    int fd = host_open(archive, 0, 0);

    if (fd < 0) {
        PyErr_Format(zip_import_error, "can't open Zip file: '%.200s'", archive);
        return NULL;
    }
    int64_t size = host_lseek(fd, 0, 2);
    if (size < END_RECORD || zip_read_at(fd, size - END_RECORD, end, END_RECORD) < 0) {
        PyErr_Format(zip_import_error, "can't read Zip file: '%.200s'", archive);
        goto fail;
    }
    if (zip_i32(end) != 0x06054B50) {
        PyErr_Format(zip_import_error, "not a Zip file: %.200s", archive);
        goto fail;
    }
    int64_t dir_size = (uint32_t)zip_i32(end + 12), dir_offset = (uint32_t)zip_i32(end + 16);
    int64_t base = size - END_RECORD - dir_offset - dir_size; /* what stands before the archive */
    if (base < 0) {
        PyErr_Format(zip_import_error, "bad central directory size or offset: '%.200s'", archive);
        goto fail;
    }
    files = PyDict_New();
    if (files == NULL)
        goto fail;
    for (int64_t at = dir_offset + base;; count++) {
        if (zip_read_at(fd, at, header, ENTRY_HEADER) < 0 || zip_i32(header) != 0x02014B50)
            break;
        Py_ssize_t name_len = zip_u16(header + 28);
        Py_ssize_t kept = name_len > PATH_ROOM - 1 ? PATH_ROOM - 1 : name_len;
        if (zip_read_at(fd, at + ENTRY_HEADER, name, kept) < 0) {
            PyErr_Format(zip_import_error, "can't read Zip file: '%.200s'", archive);
            goto fail;
        }
        if (zip_add_entry(files, archive, header, name, kept, base) < 0)
            goto fail;
        at += ENTRY_HEADER + name_len + zip_u16(header + 30) + zip_u16(header + 32);
    }
    host_close(fd);
    if (Py_VerboseFlag) {
        char text[300];
        PyOS_snprintf(text, sizeof text, "# zipimport: found %ld names in %.200s\n", count,
                      archive);
        PyObject *err = _PyHooks.sys_get("stderr");
        if (err != NULL && PyFile_WriteString(text, err) < 0)
            PyErr_Clear();
    }
    return files;
fail:
    host_close(fd);
    Py_XDECREF(files);
    return NULL;
}

static int zipimporter_init(PyObject *op, PyObject *args, PyObject *kwds)
{
    char *given, path[PATH_ROOM], prefix[PATH_ROOM];
    host_stat_t st;

    if (!_PyArg_NoKeywords("zipimporter()", kwds))
        return -1;
    if (!PyArg_ParseTuple(args, "s:zipimporter", &given))
        return -1;
    size_t len = strlen(given);
    if (len == 0) {
        PyErr_SetString(zip_import_error, "archive path is empty");
        return -1;
    }
    if (len >= PATH_ROOM - 2) {
        PyErr_SetString(zip_import_error, "archive path too long");
        return -1;
    }
    memcpy(path, given, len + 1);
    /* The archive is the longest part of the path that exists; the rest is the prefix. */
    size_t cut = len;
    for (;;) {
        if (host_stat(path, 1, &st) >= 0) {
            if ((st.mode & 0170000) != 0100000)
                cut = 0;
            break;
        }
        char *slash = strrchr(path, '/');
        if (slash == NULL || slash == path) {
            cut = 0;
            break;
        }
        cut = (size_t)(slash - path);
        *slash = '\0';
    }
    if (cut == 0) {
        PyErr_SetString(zip_import_error, "not a Zip file");
        return -1;
    }
    prefix[0] = '\0';
    if (cut < len) {
        strcpy(prefix, given + cut + 1);
        size_t n = strlen(prefix);
        if (n > 0 && prefix[n - 1] != '/')
            strcpy(prefix + n, "/");
    }
    PyObject *files = PyDict_GetItemString(zip_cache, path);
    if (files == NULL) {
        files = zip_read_directory(path);
        if (files == NULL)
            return -1;
        if (PyDict_SetItemString(zip_cache, path, files) < 0) {
            Py_DECREF(files);
            return -1;
        }
    } else
        Py_INCREF(files);
    Py_XSETREF(ZIP(op)->files, files);
    PyObject *archive = PyString_FromString(path), *inner = PyString_FromString(prefix);
    if (archive == NULL || inner == NULL) {
        Py_XDECREF(archive);
        Py_XDECREF(inner);
        return -1;
    }
    Py_XSETREF(ZIP(op)->archive, archive);
    Py_XSETREF(ZIP(op)->prefix, inner);
    return 0;
}

static int zipimporter_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(ZIP(op)->files);
    return 0;
}

static void zipimporter_dealloc(PyObject *op)
{
    PyObject_GC_UnTrack(op);
    Py_XDECREF(ZIP(op)->archive);
    Py_XDECREF(ZIP(op)->prefix);
    Py_XDECREF(ZIP(op)->files);
    Py_TYPE(op)->tp_free(op);
}

static PyObject *zipimporter_repr(PyObject *op)
{
    const char *archive = "???", *prefix = "";

    if (ZIP(op)->archive != NULL && PyString_Check(ZIP(op)->archive))
        archive = PyString_AS_STRING(ZIP(op)->archive);
    if (ZIP(op)->prefix != NULL && PyString_Check(ZIP(op)->prefix))
        prefix = PyString_AS_STRING(ZIP(op)->prefix);
    if (prefix[0] != '\0')
        return PyString_FromFormat("<zipimporter object \"%.300s/%.150s\">", archive, prefix);
    return PyString_FromFormat("<zipimporter object \"%.300s\">", archive);
}

/* prefix + the last part of a dotted name, into path; its length, -1 with an exception. */
static Py_ssize_t zip_make_path(zipimporter *self, const char *fullname, char *path)
{
    const char *dot = strrchr(fullname, '.');

    if (self->files == NULL) { /* __init__ was not called or failed */
        PyErr_SetString(zip_import_error, "zipimporter is not initialised");
        return -1;
    }
    int n = PyOS_snprintf(path, PATH_ROOM, "%s%s", PyString_AS_STRING(self->prefix),
                          dot != NULL ? dot + 1 : fullname);
    if (n < 0 || n + 13 >= PATH_ROOM) {
        PyErr_SetString(zip_import_error, "path too long");
        return -1;
    }
    return n;
}

/* The first entry that fits a module's name: its suffix's kind and the entry (borrowed); 0 when
 * there is none, -1 on error. From suffix *i on; *i is advanced past it. */
static int zip_next_entry(zipimporter *self, const char *fullname, int *i, int *kind,
                          PyObject **entry)
{
    char path[PATH_ROOM];
    Py_ssize_t n = zip_make_path(self, fullname, path);

    if (n < 0)
        return -1;
    for (; zip_suffixes[*i].text != NULL; ++*i) {
        const struct zip_suffix *suffix = zip_suffix_at(*i);
        strcpy(path + n, suffix->text);
        *entry = PyDict_GetItemString(self->files, path);
        if (*entry != NULL) {
            *kind = suffix->kind;
            ++*i;
            return 1;
        }
    }
    return 0;
}

/* The entry's fields; checked, since programs can reach and change the cache. */
typedef struct {
    PyObject *path;
    int method, stored, size, dos_time, dos_date, crc;
    py_long offset;
} zip_entry;

static int zip_unpack(PyObject *entry, zip_entry *e)
{
    if (PyTuple_Check(entry))
        return PyArg_ParseTuple(entry, "Siiiliii", &e->path, &e->method, &e->stored, &e->size,
                                &e->offset, &e->dos_time, &e->dos_date, &e->crc)
                   ? 0
                   : -1;
    PyErr_SetString(PyExc_TypeError, "invalid entry in the Zip directory cache");
    return -1;
}

static PyObject *zip_inflate(PyObject *raw)
{
    PyObject *zlib = PyImport_ImportModuleNoBlock("zlib");

    if (zlib == NULL) {
        PyErr_SetString(zip_import_error, "can't decompress data; zlib not available");
        return NULL;
    }
    PyObject *data = PyObject_CallMethod(zlib, "decompress", "Oi", raw, -15);
    Py_DECREF(zlib);
    return data;
}

static PyObject *zip_get_data(const char *archive, PyObject *entry)
{
    unsigned char header[LOCAL_HEADER];
    PyObject *raw = NULL, *data = NULL;
    zip_entry e;

    if (zip_unpack(entry, &e) < 0)
        return NULL;
    int fd = host_open(archive, 0, 0);
    if (fd < 0)
        return PyErr_Format(PyExc_IOError, "zipimport: can not open file %s", archive);
    if (zip_read_at(fd, e.offset, header, LOCAL_HEADER) < 0 || zip_i32(header) != 0x04034B50) {
        PyErr_Format(zip_import_error, "bad local file header in %s", archive);
        goto done;
    }
    int64_t start = e.offset + LOCAL_HEADER + zip_u16(header + 26) + zip_u16(header + 28);
    if (e.stored < 0) {
        PyErr_SetString(PyExc_IOError, "zipimport: can't read data");
        goto done;
    }
    raw = PyString_FromStringAndSize(NULL, e.stored);
    if (raw == NULL)
        goto done;
    if (zip_read_at(fd, start, PyString_AS_STRING(raw), e.stored) < 0) {
        PyErr_SetString(PyExc_IOError, "zipimport: can't read data");
        goto done;
    }
    if (e.method == 0) {
        data = raw;
        Py_INCREF(data);
    } else
        data = zip_inflate(raw);
done:
    Py_XDECREF(raw);
    host_close(fd);
    return data;
}

/* Modification time of an entry, in seconds. */
static py_long zip_mtime(const zip_entry *e)
{
    host_tm_t tm;
    int64_t seconds = 0;

    memset(&tm, 0, sizeof tm);
    tm.sec = (e->dos_time & 0x1f) * 2;
    tm.min = (e->dos_time >> 5) & 0x3f;
    tm.hour = (e->dos_time >> 11) & 0x1f;
    tm.mday = e->dos_date & 0x1f;
    tm.mon = ((e->dos_date >> 5) & 0x0f) - 1;
    tm.year = ((e->dos_date >> 9) & 0x7f) + 1980;
    tm.isdst = -1;
    return host_mktime(&tm, &seconds) < 0 ? 0 : seconds;
}

/* The time of the source beside a byte-code entry, 0 when there is none. */
static py_long zip_source_mtime(zipimporter *self, PyObject *path)
{
    Py_ssize_t skip = PyString_GET_SIZE(self->archive) + 1, n = PyString_GET_SIZE(path) - 1;
    zip_entry e;

    if (n <= skip)
        return 0;
    PyObject *source = PyString_FromStringAndSize(PyString_AS_STRING(path) + skip, n - skip);
    PyObject *entry = source == NULL ? NULL : PyDict_GetItem(self->files, source);
    Py_XDECREF(source);
    if (entry == NULL || zip_unpack(entry, &e) < 0) {
        PyErr_Clear();
        return 0;
    }
    return zip_mtime(&e);
}

static void zip_say(const char *format, PyObject *path)
{
    if (!Py_VerboseFlag)
        return;
    PyObject *text = PyString_FromFormat(format, PyString_AS_STRING(path));
    PyObject *err = _PyHooks.sys_get("stderr");
    if (text == NULL || (err != NULL && PyFile_WriteString(PyString_AS_STRING(text), err) < 0))
        PyErr_Clear();
    Py_XDECREF(text);
}

/* Code out of a .pyc; None when it is of another version or older than the source. */
static PyObject *zip_unmarshal(PyObject *path, PyObject *data, py_long mtime)
{
    const unsigned char *p = (const unsigned char *)PyString_AS_STRING(data);
    Py_ssize_t n = PyString_GET_SIZE(data);

    if (n <= 9) {
        PyErr_SetString(PyExc_TypeError, "bad pyc data");
        return NULL;
    }
    if (zip_i32(p) != (int32_t)PyImport_GetMagicNumber()) {
        zip_say("# %s has bad magic\n", path);
        Py_RETURN_NONE;
    }
    py_long difference = zip_i32(p + 4) - mtime;
    if (mtime != 0 && (difference > 1 || difference < -1)) { /* DOS times are even seconds */
        zip_say("# %s has bad mtime\n", path);
        Py_RETURN_NONE;
    }
    PyObject *code = PyMarshal_ReadObjectFromString((const char *)p + 8, n - 8);
    if (code != NULL && !PyCode_Check(code)) {
        PyErr_Format(PyExc_TypeError, "compiled module %.200s does not contain a code object",
                     PyString_AS_STRING(path));
        Py_CLEAR(code);
    }
    return code;
}

/* The same text with \n for \r\n and \r, and one at the end. */
static PyObject *zip_universal_newlines(PyObject *source)
{
    const char *p = PyString_AS_STRING(source), *end = p + PyString_GET_SIZE(source);
    PyObject *result = PyString_FromStringAndSize(NULL, PyString_GET_SIZE(source) + 1);

    if (result == NULL)
        return NULL;
    char *q = PyString_AS_STRING(result);
    for (; p < end; p++) {
        *q++ = *p == '\r' ? '\n' : *p;
        if (*p == '\r' && p + 1 < end && p[1] == '\n')
            p++;
    }
    *q++ = '\n';
    _PyString_Resize(&result, q - PyString_AS_STRING(result));
    return result;
}

static PyObject *zip_compile(PyObject *path, PyObject *source)
{
    PyObject *text = zip_universal_newlines(source), *code;

    if (text == NULL)
        return NULL;
    code = _PyHooks.compile_string(PyString_AS_STRING(text), PyString_AS_STRING(path),
                                   Py_file_input, NULL);
    Py_DECREF(text);
    return code;
}

/* A module's code; *is_package and *path, a new reference when there is code. Both pointers may be
 * NULL. */
static PyObject *zip_get_code(zipimporter *self, const char *fullname, int *is_package,
                              PyObject **path)
{
    int i = 0, kind, found;
    PyObject *entry;

    while ((found = zip_next_entry(self, fullname, &i, &kind, &entry)) > 0) {
        zip_entry e;
        PyObject *code = NULL;
        Py_INCREF(entry);
        if (zip_unpack(entry, &e) == 0) {
            PyObject *data = zip_get_data(PyString_AS_STRING(self->archive), entry);
            if (data != NULL) {
                code = kind & IS_BYTECODE
                           ? zip_unmarshal(e.path, data, zip_source_mtime(self, e.path))
                           : zip_compile(e.path, data);
                Py_DECREF(data);
            }
            if (path != NULL && code != NULL && code != Py_None) {
                Py_INCREF(e.path);
                *path = e.path;
            }
        }
        Py_DECREF(entry);
        if (code == Py_None) { /* of no use: the next suffix */
            Py_DECREF(code);
            continue;
        }
        if (is_package != NULL)
            *is_package = kind & IS_PACKAGE;
        return code;
    }
    if (found == 0)
        PyErr_Format(zip_import_error, "can't find module '%.200s'", fullname);
    return NULL;
}

/* 1 a module, 2 a package, 0 not there, -1 error. */
static int zip_module_kind(zipimporter *self, const char *fullname)
{
    int i = 0, kind = 0;
    PyObject *entry;
    int found = zip_next_entry(self, fullname, &i, &kind, &entry);

    return found <= 0 ? found : (kind & IS_PACKAGE) ? 2 : 1;
}

PyDoc_STRVAR(find_module_doc,
             "find_module(fullname, path=None) -> self or None.\n\n"
             "Search for a module specified by 'fullname', the fully qualified (dotted)\n"
             "module name.  The optional 'path' argument is ignored.");

static PyObject *zipimporter_find_module(PyObject *self, PyObject *args)
{
    char *fullname;
    PyObject *path = NULL;

    if (!PyArg_ParseTuple(args, "s|O:zipimporter.find_module", &fullname, &path))
        return NULL;
    int kind = zip_module_kind(ZIP(self), fullname);
    if (kind < 0)
        return NULL;
    PyObject *result = kind == 0 ? Py_None : self;
    Py_INCREF(result);
    return result;
}

PyDoc_STRVAR(load_module_doc,
             "load_module(fullname) -> module.\n\n"
             "Load the module specified by 'fullname', the fully qualified (dotted)\n"
             "module name.  Raises ZipImportError if it is not there.");

static PyObject *zipimporter_load_module(PyObject *op, PyObject *args)
{
    zipimporter *self = ZIP(op);
    char *fullname;
    int is_package = 0;
    PyObject *path = NULL, *answer = NULL;

    if (!PyArg_ParseTuple(args, "s:zipimporter.load_module", &fullname))
        return NULL;
    PyObject *code = zip_get_code(self, fullname, &is_package, &path);
    if (code == NULL)
        return NULL;
    PyObject *module = PyImport_AddModule(fullname);
    if (module == NULL)
        goto done;
    PyObject *dict = PyModule_GetDict(module);
    if (PyDict_SetItemString(dict, "__loader__", op) < 0)
        goto done;
    if (is_package) {
        const char *dot = strrchr(fullname, '.');
        PyObject *places =
            Py_BuildValue("[N]", PyString_FromFormat("%s/%s%s", PyString_AS_STRING(self->archive),
                                                     PyString_AS_STRING(self->prefix),
                                                     dot != NULL ? dot + 1 : fullname));
        int status = places == NULL ? -1 : PyDict_SetItemString(dict, "__path__", places);
        Py_XDECREF(places);
        if (status < 0)
            goto done;
    }
    zip_say("# loaded from Zip %s\n", path);
    answer = _PyImport_ExecCodeGoOn(fullname, code, PyString_AS_STRING(path));
done:
    Py_DECREF(path);
    Py_DECREF(code);
    return answer;
}

static PyObject *zipimporter_get_filename(PyObject *self, PyObject *args)
{
    char *fullname;
    int is_package;
    PyObject *path = NULL;

    if (!PyArg_ParseTuple(args, "s:zipimporter._get_filename", &fullname))
        return NULL;
    PyObject *code = zip_get_code(ZIP(self), fullname, &is_package, &path);
    if (code == NULL)
        return NULL;
    Py_DECREF(code);
    return path;
}

PyDoc_STRVAR(is_package_doc, "is_package(fullname) -> bool.\n\n"
                             "Return True if the module specified by fullname is a package.\n"
                             "Raise ZipImportError if the module couldn't be found.");

static PyObject *zipimporter_is_package(PyObject *self, PyObject *args)
{
    char *fullname;

    if (!PyArg_ParseTuple(args, "s:zipimporter.is_package", &fullname))
        return NULL;
    int kind = zip_module_kind(ZIP(self), fullname);
    if (kind == 0)
        PyErr_Format(zip_import_error, "can't find module '%.200s'", fullname);
    return kind <= 0 ? NULL : PyBool_FromLong(kind == 2);
}

PyDoc_STRVAR(get_data_doc, "get_data(pathname) -> string with file data.\n\n"
                           "Return the data associated with 'pathname'. Raise IOError if\n"
                           "the file wasn't found.");

static PyObject *zipimporter_get_data(PyObject *op, PyObject *args)
{
    zipimporter *self = ZIP(op);
    const char *path;

    if (!PyArg_ParseTuple(args, "s:zipimporter.get_data", &path))
        return NULL;
    if (self->files == NULL) {
        PyErr_SetString(zip_import_error, "zipimporter is not initialised");
        return NULL;
    }
    size_t n = (size_t)PyString_GET_SIZE(self->archive);
    if (strncmp(path, PyString_AS_STRING(self->archive), n) == 0 && path[n] == '/')
        path += n + 1;
    PyObject *entry = PyDict_GetItemString(self->files, path);
    if (entry == NULL)
        return _PyErr_SetFromErrnumWithFilename(PyExc_IOError, LINUX_ENOENT, path);
    Py_INCREF(entry);
    PyObject *data = zip_get_data(PyString_AS_STRING(self->archive), entry);
    Py_DECREF(entry);
    return data;
}

PyDoc_STRVAR(get_code_doc, "get_code(fullname) -> code object.\n\n"
                           "Return the code object for the specified module. Raise ZipImportError\n"
                           "if the module couldn't be found.");

static PyObject *zipimporter_get_code(PyObject *self, PyObject *args)
{
    char *fullname;

    if (!PyArg_ParseTuple(args, "s:zipimporter.get_code", &fullname))
        return NULL;
    return zip_get_code(ZIP(self), fullname, NULL, NULL);
}

PyDoc_STRVAR(get_source_doc,
             "get_source(fullname) -> source string.\n\n"
             "Return the source code for the specified module. Raise ZipImportError\n"
             "if the module couldn't be found, return None if the archive does\n"
             "contain the module, but has no source for it.");

static PyObject *zipimporter_get_source(PyObject *op, PyObject *args)
{
    zipimporter *self = ZIP(op);
    char *fullname, path[PATH_ROOM];

    if (!PyArg_ParseTuple(args, "s:zipimporter.get_source", &fullname))
        return NULL;
    int kind = zip_module_kind(self, fullname);
    if (kind == 0)
        PyErr_Format(zip_import_error, "can't find module '%.200s'", fullname);
    if (kind <= 0)
        return NULL;
    Py_ssize_t n = zip_make_path(self, fullname, path);
    if (n < 0)
        return NULL;
    strcpy(path + n, kind == 2 ? "/__init__.py" : ".py");
    PyObject *entry = PyDict_GetItemString(self->files, path);
    if (entry == NULL)
        Py_RETURN_NONE;
    Py_INCREF(entry);
    PyObject *data = zip_get_data(PyString_AS_STRING(self->archive), entry);
    Py_DECREF(entry);
    return data;
}

static PyMethodDef zipimporter_methods[] = {
    {"find_module", zipimporter_find_module, METH_VARARGS, find_module_doc},
    {"load_module", zipimporter_load_module, METH_VARARGS | METH_RESUMABLE, load_module_doc},
    {"get_data", zipimporter_get_data, METH_VARARGS, get_data_doc},
    {"get_code", zipimporter_get_code, METH_VARARGS, get_code_doc},
    {"get_source", zipimporter_get_source, METH_VARARGS, get_source_doc},
    {"get_filename", zipimporter_get_filename, METH_VARARGS,
     "get_filename(fullname) -> filename string.\n\nThe path the module would have as __file__."},
    {"is_package", zipimporter_is_package, METH_VARARGS, is_package_doc},
    {NULL},
};
static PyMemberDef zipimporter_members[] = {
    {"archive", T_OBJECT, offsetof(zipimporter, archive), READONLY},
    {"prefix", T_OBJECT, offsetof(zipimporter, prefix), READONLY},
    {"_files", T_OBJECT, offsetof(zipimporter, files), READONLY},
    {NULL},
};

static PyTypeObject zipimporter_type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "zipimport.zipimporter",
    .tp_basicsize = sizeof(zipimporter),
    .tp_x64_basicsize = 40,
    .tp_dealloc = zipimporter_dealloc,
    .tp_repr = zipimporter_repr,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_doc =
        "zipimporter(archivepath) -> zipimporter object\n\n"
        "An importer for the modules in a Zip archive; 'archivepath' is the path of the\n"
        "archive, or of a directory in it: '/tmp/myimport.zip', '/tmp/myimport.zip/mydirectory'.\n"
        "Raises ZipImportError if it does not point to a valid Zip archive.",
    .tp_traverse = zipimporter_traverse,
    .tp_methods = zipimporter_methods,
    .tp_members = zipimporter_members,
    .tp_init = zipimporter_init,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = PyType_GenericNew,
    .tp_free = PyObject_GC_Del,
};

PyMODINIT_FUNC initzipimport(void)
{
    PyObject *m;

    if (PyType_Ready(&zipimporter_type) < 0)
        return;
    m = Py_InitModule3("zipimport", NULL,
                       "Importing Python modules from Zip archives.\n\n"
                       "- zipimporter: the importer for one archive\n"
                       "- ZipImportError: a subclass of ImportError\n"
                       "- _zip_directory_cache: the directories read so far, by archive\n");
    if (m == NULL)
        return;
    zip_import_error = PyErr_NewException("zipimport.ZipImportError", PyExc_ImportError, NULL);
    zip_cache = PyDict_New();
    if (zip_import_error == NULL || zip_cache == NULL)
        return;
    Py_INCREF(zip_import_error);
    PyModule_AddObject(m, "ZipImportError", zip_import_error);
    Py_INCREF(&zipimporter_type);
    PyModule_AddObject(m, "zipimporter", (PyObject *)&zipimporter_type);
    Py_INCREF(zip_cache);
    PyModule_AddObject(m, "_zip_directory_cache", zip_cache);
}
