/* SPDX-License-Identifier: MIT */
/* _hotshot: a profiler that writes what happens to a log, and a reader of such logs.
 *
 * A record begins with a number whose two lowest bits say whether a function is entered (0), left
 * (1) or goes to a line (2); with 3 the first byte as a whole says what else it is. Numbers are in
 * groups of 7 bits, the lowest first, the highest bit of a byte saying that more follow; in the
 * first of a record there are 5 after the kind. Strings come after their length.
 *
 * Invariant: a string goes to the log whole or not at all, and what is in the buffer ends with a
 * whole record when the profiler's functions are not running. */
#include "Python.h"
#include "host/host.h"
#include "structmember.h"

enum { ENTER = 0, EXIT = 1, LINENO = 2, OTHER = 3 };
enum {
    ADD_INFO = 0x13,
    DEFINE_FILE = 0x23,
    LINE_TIMES = 0x33,
    DEFINE_FUNC = 0x43,
    FRAME_TIMES = 0x53
};
enum { BUFFER = 10240, MAX_STRING = BUFFER - 6, E_INTR = -4 };
enum { O_CREATES_FOR_WRITING = 1 | 0100 | 01000 };

static PyObject *profiler_error;
static PyTypeObject profiler_type, reader_type;

/* The file's buffer: of `length` bytes those from `at` on are still to be read. */
typedef struct {
    int fd; /* -1: closed */
    int at, length;
    unsigned char bytes[BUFFER];
} Log;

typedef struct {
    PyObject_HEAD Log log;
    PyObject *files; /* filename: (its number, {line: None} of the functions in it) */
    int64_t before;  /* when the last event was */
    int line_events, line_times, frame_times, active;
} Profiler;

typedef struct {
    PyObject_HEAD Log log;
    PyObject *info; /* {key: [value, ...]} */
    int line_times, frame_times;
} Reader;

/* ---- writing ---- */

static int flush(Log *log)
{
    int done = 0;
    while (done < log->length) {
        int64_t n = host_write(log->fd, log->bytes + done, (size_t)(log->length - done));
        if (n == E_INTR && PyErr_CheckSignals() == 0)
            continue;
        if (n < 0) {
            log->length = 0;
            if (!PyErr_Occurred())
                _PyErr_SetFromErrnum(PyExc_IOError, (int)-n);
            return -1;
        }
        done += (int)n;
    }
    log->length = 0;
    return 0;
}

/* Makes room for n bytes. */
static int reserve(Log *log, int n)
{
    return log->length + n > BUFFER ? flush(log) : 0;
}

static void put(Log *log, uint64_t n)
{
    for (; n > 0x7f; n >>= 7)
        log->bytes[log->length++] = (unsigned char)(n | 0x80);
    log->bytes[log->length++] = (unsigned char)n;
}

static void put_kind(Log *log, int kind, uint64_t n)
{
    uint64_t first = (n & 0x1f) << 2 | (uint64_t)kind;
    log->bytes[log->length++] = (unsigned char)(n > 0x1f ? first | 0x80 : first);
    if (n > 0x1f)
        put(log, n >> 5);
}

static int put_string(Log *log, const char *s, Py_ssize_t n)
{
    if (reserve(log, (int)n + 6) < 0)
        return -1;
    put(log, (uint64_t)n);
    memcpy(log->bytes + log->length, s, (size_t)n);
    log->length += (int)n;
    return 0;
}

static int fits(Py_ssize_t n)
{
    if (n <= MAX_STRING)
        return 1;
    PyErr_SetString(PyExc_ValueError, "string too large for internal buffer");
    return 0;
}

static int put_info(Log *log, const char *key, const char *value)
{
    Py_ssize_t n = (Py_ssize_t)strlen(key), m = (Py_ssize_t)strlen(value);
    if (!fits(n) || !fits(m) || reserve(log, 1) < 0)
        return -1;
    log->bytes[log->length++] = ADD_INFO;
    return put_string(log, key, n) < 0 ? -1 : put_string(log, value, m);
}

static int64_t microseconds(void)
{
    return host_clock_ns(HOST_CLOCK_MONOTONIC) / 1000;
}

/* Since it was asked last. */
static uint64_t elapsed(Profiler *p)
{
    int64_t now = microseconds(), before = p->before;
    p->before = now;
    return now > before ? (uint64_t)(now - before) : 0;
}

/* ---- events ---- */

/* The file and function of a frame that is entered, defined in the log when they are new; the
 * file's number, or -1. */
static int define(Profiler *p, PyCodeObject *code)
{
    PyObject *entry = PyDict_GetItem(p->files, code->co_filename), *line;
    Log *log = &p->log;
    int known, number;

    if (entry == NULL) {
        const char *name = PyString_AS_STRING(code->co_filename);
        Py_ssize_t n = PyString_GET_SIZE(code->co_filename);
        number = (int)PyDict_Size(p->files);
        if (!fits(n))
            return -1;
        entry = Py_BuildValue("(iN)", number, PyDict_New());
        if (entry == NULL)
            return -1;
        known = PyDict_SetItem(p->files, code->co_filename, entry);
        Py_DECREF(entry);
        if (known < 0 || reserve(log, 12) < 0)
            return -1;
        log->bytes[log->length++] = DEFINE_FILE;
        put(log, (uint64_t)number);
        if (put_string(log, name, n) < 0)
            return -1;
    }
    number = (int)PyInt_AsLong(PyTuple_GET_ITEM(entry, 0));
    line = PyInt_FromLong(code->co_firstlineno);
    if (line == NULL)
        return -1;
    known = PyDict_GetItem(PyTuple_GET_ITEM(entry, 1), line) != NULL;
    if (!known && PyDict_SetItem(PyTuple_GET_ITEM(entry, 1), line, Py_None) < 0)
        number = -1;
    Py_DECREF(line);
    if (known || number < 0)
        return number;
    if (!fits(PyString_GET_SIZE(code->co_name)) || reserve(log, 24) < 0)
        return -1;
    log->bytes[log->length++] = DEFINE_FUNC;
    put(log, (uint64_t)number);
    put(log, (uint64_t)code->co_firstlineno);
    if (put_string(log, PyString_AS_STRING(code->co_name), PyString_GET_SIZE(code->co_name)) < 0)
        return -1;
    return number;
}

static int on_event(PyObject *self, PyFrameObject *frame, int what, PyObject *arg)
{
    Profiler *p = (Profiler *)self;
    Log *log = &p->log;
    int file = 0;

    if (log->fd < 0 || (what != PyTrace_CALL && what != PyTrace_RETURN && what != PyTrace_LINE))
        return 0;
    uint64_t time = elapsed(p);
    if (what == PyTrace_CALL && (file = define(p, frame->f_code)) < 0)
        return -1;
    if (reserve(log, 32) < 0)
        return -1;
    if (what == PyTrace_CALL) {
        put_kind(log, ENTER, (uint64_t)file);
        put(log, (uint64_t)frame->f_code->co_firstlineno);
        if (p->frame_times)
            put(log, time);
    } else if (what == PyTrace_RETURN)
        put_kind(log, EXIT, p->frame_times ? time : 0);
    else {
        put_kind(log, LINENO, (uint64_t)frame->f_lineno);
        if (p->line_times)
            put(log, time);
    }
    return 0;
}

/* ---- the profiler ---- */

static void deactivate(Profiler *p)
{
    if (!p->active)
        return;
    p->active = 0;
    if (p->line_events)
        PyEval_SetTrace(NULL, NULL);
    else
        PyEval_SetProfile(NULL, NULL);
}

static int is_open(Profiler *p)
{
    if (p->log.fd >= 0)
        return 1;
    PyErr_SetString(profiler_error, "profiler already closed");
    return 0;
}

static int activate(Profiler *p)
{
    if (!is_open(p))
        return -1;
    if (p->active) {
        PyErr_SetString(profiler_error, "profiler already active");
        return -1;
    }
    p->before = microseconds();
    p->active = 1;
    if (p->line_events)
        PyEval_SetTrace(on_event, (PyObject *)p);
    else
        PyEval_SetProfile(on_event, (PyObject *)p);
    return 0;
}

static int close_log(Log *log, int writing)
{
    int err = 0, fd = log->fd;
    if (fd < 0)
        return 0;
    if (writing)
        err = flush(log);
    log->fd = -1;
    host_close(fd);
    return err;
}

/* a the profiler. */
static PyObject *run_done(PyCont *c, PyObject *value)
{
    deactivate((Profiler *)c->a);
    PyEval_ReleaseCont(c);
    return value;
}

/* Activates, and sees to it that the end of what is called next deactivates. */
static int run_next(Profiler *p)
{
    if (activate(p) < 0)
        return -1;
    PyCont *c = PyEval_PushCont(run_done);
    if (c == NULL) {
        deactivate(p);
        return -1;
    }
    Py_INCREF(p);
    c->a = (PyObject *)p;
    return 0;
}

PyDoc_STRVAR(addinfo_doc, "addinfo(key, value)\nInsert an ADD_INFO record into the log.");

static PyObject *profiler_addinfo(PyObject *self, PyObject *args)
{
    Profiler *p = (Profiler *)self;
    char *key, *value;

    if (!PyArg_ParseTuple(args, "ss:addinfo", &key, &value) || !is_open(p) ||
        put_info(&p->log, key, value) < 0)
        return NULL;
    Py_RETURN_NONE;
}

PyDoc_STRVAR(profiler_close_doc,
             "close()\nShut down this profiler and close the log files, even if its active.");

static PyObject *profiler_close(PyObject *self, PyObject *noargs)
{
    Profiler *p = (Profiler *)self;
    deactivate(p);
    if (close_log(&p->log, 1) < 0)
        return NULL;
    Py_RETURN_NONE;
}

PyDoc_STRVAR(profiler_fileno_doc,
             "fileno() -> file descriptor\nReturns the file descriptor for the log file, if "
             "open.\nRaises ValueError if the log file is closed.");

static PyObject *profiler_fileno(PyObject *self, PyObject *noargs)
{
    int fd = ((Profiler *)self)->log.fd;
    if (fd < 0) {
        PyErr_SetString(PyExc_ValueError, "profiler's file object already closed");
        return NULL;
    }
    return PyInt_FromLong(fd);
}

PyDoc_STRVAR(runcall_doc, "runcall(callable[, args[, kw]]) -> callable()\nProfile a specific "
                          "function call, returning the result of that call.");

static PyObject *profiler_runcall(PyObject *self, PyObject *args)
{
    PyObject *callable, *arguments = NULL, *kw = NULL, *r;

    if (!PyArg_UnpackTuple(args, "runcall", 1, 3, &callable, &arguments, &kw))
        return NULL;
    if (!is_open((Profiler *)self))
        return NULL;
    if (arguments != NULL && !PyTuple_Check(arguments)) {
        PyErr_SetString(PyExc_TypeError, "argument list must be a tuple");
        return NULL;
    }
    if (kw != NULL && !PyDict_Check(kw)) {
        PyErr_SetString(PyExc_TypeError, "keyword list must be a dictionary");
        return NULL;
    }
    arguments = arguments == NULL ? PyTuple_New(0) : (Py_INCREF(arguments), arguments);
    if (arguments == NULL)
        return NULL;
    r = run_next((Profiler *)self) < 0 ? NULL : PyEval_CallThen(callable, arguments, kw);
    Py_DECREF(arguments);
    return r;
}

PyDoc_STRVAR(runcode_doc,
             "runcode(code, globals[, locals])\nExecute a code object while collecting "
             "profile data.  If locals is\nomitted, globals is used for the locals as "
             "well.");

static PyObject *profiler_runcode(PyObject *self, PyObject *args)
{
    PyObject *code, *globals, *locals = NULL;

    if (!PyArg_ParseTuple(args, "O!O!|O:runcode", &PyCode_Type, &code, &PyDict_Type, &globals,
                          &locals))
        return NULL;
    if (locals == NULL || locals == Py_None)
        locals = globals;
    if (run_next((Profiler *)self) < 0)
        return NULL;
    return PyEval_Then(PyEval_EvalCodeGoOn((PyCodeObject *)code, globals, locals));
}

PyDoc_STRVAR(start_doc, "start()\nInstall this profiler for the current thread.");

static PyObject *profiler_start(PyObject *self, PyObject *noargs)
{
    if (activate((Profiler *)self) < 0)
        return NULL;
    Py_RETURN_NONE;
}

PyDoc_STRVAR(stop_doc, "stop()\nRemove this profiler from the current thread.");

static PyObject *profiler_stop(PyObject *self, PyObject *noargs)
{
    Profiler *p = (Profiler *)self;
    if (!p->active) {
        PyErr_SetString(profiler_error, "profiler not active");
        return NULL;
    }
    deactivate(p);
    Py_RETURN_NONE;
}

static void profiler_dealloc(PyObject *self)
{
    Profiler *p = (Profiler *)self;
    PyObject *type, *value, *tb;

    PyErr_Fetch(&type, &value, &tb);
    if (close_log(&p->log, 1) < 0)
        PyErr_Clear();
    PyErr_Restore(type, value, tb);
    Py_XDECREF(p->files);
    PyObject_Del(self);
}

static PyObject *profiler_closed(PyObject *self, void *closure)
{
    return PyBool_FromLong(((Profiler *)self)->log.fd < 0);
}

static PyMethodDef profiler_methods[] = {
    {"addinfo", profiler_addinfo, METH_VARARGS, addinfo_doc},
    {"close", profiler_close, METH_NOARGS, profiler_close_doc},
    {"fileno", profiler_fileno, METH_NOARGS, profiler_fileno_doc},
    {"runcall", profiler_runcall, METH_VARARGS | METH_RESUMABLE, runcall_doc},
    {"runcode", profiler_runcode, METH_VARARGS | METH_RESUMABLE, runcode_doc},
    {"start", profiler_start, METH_NOARGS, start_doc},
    {"stop", profiler_stop, METH_NOARGS, stop_doc},
    {NULL, NULL, 0, NULL},
};

static PyMemberDef profiler_members[] = {
    {"frametimings", T_INT, offsetof(Profiler, frame_times), READONLY, NULL},
    {"lineevents", T_INT, offsetof(Profiler, line_events), READONLY, NULL},
    {"linetimings", T_INT, offsetof(Profiler, line_times), READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyGetSetDef profiler_getsets[] = {
    {"closed", profiler_closed, NULL, "True if the profiler's output file has already been closed.",
     NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

PyDoc_STRVAR(profiler_type_doc, "High-performance profiler object.\n\nMethods:\n\n\
close():      Stop the profiler and close the log files.\n\
fileno():     Returns the file descriptor of the log file.\n\
runcall():    Run a single function call with profiling enabled.\n\
runcode():    Execute a code object with profiling enabled.\n\
start():      Install the profiler and return.\n\
stop():       Remove the profiler.\n\nAttributes (read-only):\n\n\
closed:       True if the profiler has already been closed.\n\
frametimings: True if ENTER/EXIT events collect timing information.\n\
lineevents:   True if line events are reported to the profiler.\n\
linetimings:  True if line events collect timing information.");

static PyTypeObject profiler_type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "_hotshot.ProfilerType",
    .tp_basicsize = sizeof(Profiler),
    .tp_x64_basicsize = 10328,
    .tp_dealloc = profiler_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = profiler_type_doc,
    .tp_methods = profiler_methods,
    .tp_members = profiler_members,
    .tp_getset = profiler_getsets,
};

/* What a log begins with. */
static int put_header(Profiler *p)
{
    Log *log = &p->log;
    char directory[4096];
    PyObject *path = PySys_GetObject("path"), *executable = PySys_GetObject("executable");
    int64_t n = host_getcwd(directory, sizeof directory);

    if (path == NULL || !PyList_Check(path)) {
        PyErr_SetString(PyExc_RuntimeError, "sys.path must be a list");
        return -1;
    }
    if (put_info(log, "hotshot-version", "") < 0 ||
        put_info(log, "requested-frame-timings", "yes") < 0 ||
        put_info(log, "requested-line-events", p->line_events && p->frame_times ? "yes" : "no") <
            0 ||
        put_info(log, "requested-line-timings", p->line_times ? "yes" : "no") < 0 ||
        put_info(log, "platform", Py_GetPlatform()) < 0 ||
        put_info(log, "executable",
                 executable != NULL && PyString_Check(executable) ? PyString_AS_STRING(executable)
                                                                  : "") < 0 ||
        put_info(log, "executable-version", Py_GetVersion()) < 0 ||
        put_info(log, "observed-interval-getrusage", "1") < 0 ||
        put_info(log, "observed-interval-gettimeofday", "1") < 0 ||
        put_info(log, "current-directory",
                 n < 0 || n >= (int64_t)sizeof directory ? "" : directory) < 0)
        return -1;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(path); i++) {
        PyObject *item = PyList_GET_ITEM(path, i);
        if (PyString_Check(item) && put_info(log, "sys-path-entry", PyString_AS_STRING(item)) < 0)
            return -1;
    }
    if (reserve(log, 4) < 0)
        return -1;
    log->bytes[log->length++] = FRAME_TIMES;
    log->bytes[log->length++] = 1;
    log->bytes[log->length++] = LINE_TIMES;
    log->bytes[log->length++] = p->line_times != 0;
    return 0;
}

static PyObject *new_profiler(const char *name, int line_events, int line_times, int frame_times)
{
    Profiler *p = PyObject_New(Profiler, &profiler_type);
    int fd;

    if (p == NULL)
        return NULL;
    p->log.fd = -1;
    p->log.at = p->log.length = 0;
    p->active = 0;
    p->before = 0;
    p->line_events = line_events != 0;
    p->line_times = line_events && line_times;
    p->frame_times = frame_times;
    p->files = PyDict_New();
    if (p->files == NULL) {
        Py_DECREF(p);
        return NULL;
    }
    fd = host_open(name, O_CREATES_FOR_WRITING, 0666);
    if (fd < 0) {
        _PyErr_SetFromErrnumWithFilename(PyExc_IOError, -fd, name);
        Py_DECREF(p);
        return NULL;
    }
    p->log.fd = fd;
    if (put_header(p) < 0)
        Py_CLEAR(p);
    return (PyObject *)p;
}

/* ---- the reader ---- */

/* The next byte, -1 at the end, -2 with an error. */
static int next_byte(Log *log)
{
    if (log->at == log->length) {
        int64_t n;
        do
            n = host_read(log->fd, log->bytes, BUFFER);
        while (n == E_INTR && PyErr_CheckSignals() == 0);
        if (n < 0) {
            if (!PyErr_Occurred())
                _PyErr_SetFromErrnum(PyExc_IOError, (int)-n);
            return -2;
        }
        log->at = 0;
        log->length = (int)n;
        if (n == 0)
            return -1;
    }
    return log->bytes[log->at++];
}

/* The log ends here, and is closed. */
static int incomplete(Log *log)
{
    close_log(log, 0);
    PyErr_SetString(PyExc_EOFError, "end of file with incomplete profile record");
    return -1;
}

/* A byte of a record that has begun. */
static int need_byte(Log *log)
{
    int c = next_byte(log);
    return c == -1 ? incomplete(log) : c < 0 ? -1 : c;
}

/* The rest of a number, of whose bits there are `shift`. The value wraps to a C int. */
static int get_rest(Log *log, uint64_t n, int shift, int *value)
{
    int c;
    do {
        c = need_byte(log);
        if (c < 0)
            return -1;
        if (shift < 64)
            n |= (uint64_t)(c & 0x7f) << shift;
        shift += 7;
    } while (c & 0x80);
    *value = (int)(uint32_t)n;
    return 0;
}

static int get_number(Log *log, int *value)
{
    return get_rest(log, 0, 0, value);
}

static PyObject *get_string(Log *log)
{
    int length, c;
    if (get_number(log, &length) < 0)
        return NULL;
    /* No writer makes longer ones; the length is not to be believed before the bytes are there. */
    PyObject *s = PyString_FromStringAndSize(NULL, 0);
    for (int done = 0; s != NULL && done < length;) {
        int n = length - done > 65536 ? 65536 : length - done;
        if (_PyString_Resize(&s, (Py_ssize_t)done + n) < 0)
            return NULL;
        for (int i = 0; i < n; i++) {
            c = need_byte(log);
            if (c < 0) {
                Py_DECREF(s);
                return NULL;
            }
            PyString_AS_STRING(s)[done + i] = (char)c;
        }
        done += n;
    }
    return s;
}

static int read_info(Reader *r)
{
    PyObject *key = get_string(&r->log), *value = key == NULL ? NULL : get_string(&r->log);
    PyObject *list = value == NULL ? NULL : PyDict_GetItem(r->info, key);
    int err = -1;

    if (value != NULL && list == NULL) {
        list = PyList_New(0);
        err = list == NULL ? -1 : PyDict_SetItem(r->info, key, list);
        Py_XDECREF(list);
        if (err < 0)
            list = NULL;
    }
    if (list != NULL)
        err = PyList_Append(list, value);
    Py_XDECREF(key);
    Py_XDECREF(value);
    return err;
}

static PyObject *event(int what, PyObject *time, int file, PyObject *line)
{
    return Py_BuildValue("(iNiN)", what, time, file, line);
}

static PyObject *plain_event(int what, int time, int file, int line)
{
    return Py_BuildValue("(iiii)", what, time, file, line);
}

static PyObject *reader_next(PyObject *self)
{
    Reader *r = (Reader *)self;
    Log *log = &r->log;
    PyObject *name;
    int time = -1, file = -1, line = -1, n;

    if (log->fd < 0) {
        PyErr_SetString(profiler_error, "cannot iterate over closed LogReader object");
        return NULL;
    }
    for (;;) {
        int c = next_byte(log);
        if (c == -1)
            close_log(log, 0);
        if (c < 0)
            return NULL;
        if ((c & 3) != OTHER) {
            n = c >> 2 & 0x1f;
            if (c & 0x80 && get_rest(log, (uint64_t)n, 5, &n) < 0)
                return NULL;
            switch (c & 3) {
            case ENTER:
                if (get_number(log, &line) < 0 || (r->frame_times && get_number(log, &time) < 0))
                    return NULL;
                return plain_event(ENTER, time, n, line);
            case EXIT:
                return plain_event(EXIT, n, -1, -1);
            default:
                if (r->line_times && get_number(log, &time) < 0)
                    return NULL;
                return plain_event(LINENO, time, -1, n);
            }
        }
        switch (c) {
        case ADD_INFO:
            return read_info(r) < 0 ? NULL : plain_event(ADD_INFO, -1, -1, -1);
        case DEFINE_FILE:
            if (get_number(log, &file) < 0 || (name = get_string(log)) == NULL)
                return NULL;
            Py_INCREF(Py_None);
            return event(DEFINE_FILE, name, file, Py_None);
        case DEFINE_FUNC:
            if (get_number(log, &file) < 0 || get_number(log, &line) < 0 ||
                (name = get_string(log)) == NULL)
                return NULL;
            return event(DEFINE_FUNC, name, file, PyInt_FromLong(line));
        case LINE_TIMES:
        case FRAME_TIMES:
            n = need_byte(log);
            if (n < 0)
                return NULL;
            *(c == LINE_TIMES ? &r->line_times : &r->frame_times) = n != 0;
            break;
        default:
            PyErr_SetString(PyExc_ValueError, "unknown record type in log file");
            return NULL;
        }
    }
}

/* The next event, whatever the index. */
static PyObject *reader_item(PyObject *self, Py_ssize_t index)
{
    PyObject *r = reader_next(self);
    if (r == NULL && !PyErr_Occurred())
        PyErr_SetString(PyExc_IndexError, "no more events");
    return r;
}

PyDoc_STRVAR(reader_close_doc,
             "close()\nClose the log file, preventing additional records from being read.");

static PyObject *reader_close(PyObject *self, PyObject *noargs)
{
    close_log(&((Reader *)self)->log, 0);
    Py_RETURN_NONE;
}

static PyObject *reader_fileno(PyObject *self, PyObject *noargs)
{
    int fd = ((Reader *)self)->log.fd;
    if (fd < 0) {
        PyErr_SetString(PyExc_ValueError, "logreader's file object already closed");
        return NULL;
    }
    return PyInt_FromLong(fd);
}

static void reader_dealloc(PyObject *self)
{
    close_log(&((Reader *)self)->log, 0);
    Py_XDECREF(((Reader *)self)->info);
    PyObject_Del(self);
}

static PyObject *reader_closed(PyObject *self, void *closure)
{
    return PyBool_FromLong(((Reader *)self)->log.fd < 0);
}

static PyMethodDef reader_methods[] = {
    {"close", reader_close, METH_NOARGS, reader_close_doc},
    {"fileno", reader_fileno, METH_NOARGS, profiler_fileno_doc},
    {NULL, NULL, 0, NULL},
};

static PyMemberDef reader_members[] = {
    {"info", T_OBJECT, offsetof(Reader, info), READONLY,
     "Dictionary mapping informational keys to lists of values."},
    {NULL, 0, 0, 0, NULL},
};

static PyGetSetDef reader_getsets[] = {
    {"closed", reader_closed, NULL, "True if the logreader's input file has already been closed.",
     NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PySequenceMethods reader_sequence = {.sq_item = reader_item};

PyDoc_STRVAR(logreader_doc, "logreader(filename) --> log-iterator\nCreate a log-reader for the "
                            "timing information file.");

static PyTypeObject reader_type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "_hotshot.LogReaderType",
    .tp_basicsize = sizeof(Reader),
    .tp_x64_basicsize = 40,
    .tp_dealloc = reader_dealloc,
    .tp_as_sequence = &reader_sequence,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = logreader_doc,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = reader_next,
    .tp_methods = reader_methods,
    .tp_members = reader_members,
    .tp_getset = reader_getsets,
};

/* ---- the module ---- */

/* Reads the information that the log begins with. */
static PyObject *hotshot_logreader(PyObject *module, PyObject *args)
{
    const char *name;
    int c, fd;

    if (!PyArg_ParseTuple(args, "s:logreader", &name))
        return NULL;
    Reader *r = PyObject_New(Reader, &reader_type);
    if (r == NULL)
        return NULL;
    r->log.at = r->log.length = 0;
    r->log.fd = -1;
    r->frame_times = 1;
    r->line_times = 0;
    r->info = PyDict_New();
    if (r->info == NULL)
        goto fail;
    fd = host_open(name, 0, 0);
    if (fd < 0) {
        _PyErr_SetFromErrnumWithFilename(PyExc_IOError, -fd, name);
        goto fail;
    }
    r->log.fd = fd;
    while ((c = need_byte(&r->log)) == ADD_INFO)
        if (read_info(r) < 0)
            goto fail;
    if (c < 0)
        goto fail;
    r->log.at--;
    return (PyObject *)r;
fail:
    Py_DECREF(r);
    return NULL;
}

PyDoc_STRVAR(profiler_doc, "profiler(logfilename[, lineevents[, linetimes]]) -> profiler\nCreate a "
                           "new profiler object.");

static PyObject *hotshot_profiler(PyObject *module, PyObject *args)
{
    const char *name;
    int line_events = 0, line_times = 1;

    if (!PyArg_ParseTuple(args, "s|ii:profiler", &name, &line_events, &line_times))
        return NULL;
    return new_profiler(name, line_events, line_times, 1);
}

PyDoc_STRVAR(coverage_doc, "coverage(logfilename) -> profiler\nReturns a profiler that doesn't "
                           "collect any timing information, which is\nuseful in building a "
                           "coverage analysis tool.");

static PyObject *hotshot_coverage(PyObject *module, PyObject *args)
{
    const char *name;

    if (!PyArg_ParseTuple(args, "s:coverage", &name))
        return NULL;
    return new_profiler(name, 1, 0, 0);
}

PyDoc_STRVAR(resolution_doc, "resolution() -> (gettimeofday-usecs, getrusage-usecs)\nReturn the "
                             "resolution of the timers provided by the gettimeofday() "
                             "and\ngetrusage() system calls, or -1 if the call is not supported.");

static PyObject *hotshot_resolution(PyObject *module, PyObject *noargs)
{
    return Py_BuildValue("(ii)", 1, 1);
}

static PyMethodDef methods[] = {
    {"coverage", hotshot_coverage, METH_VARARGS, coverage_doc},
    {"logreader", hotshot_logreader, METH_VARARGS, logreader_doc},
    {"profiler", hotshot_profiler, METH_VARARGS, profiler_doc},
    {"resolution", hotshot_resolution, METH_NOARGS, resolution_doc},
    {NULL, NULL, 0, NULL},
};

void init_hotshot(void)
{
    PyObject *module = Py_InitModule("_hotshot", methods);

    if (module == NULL || PyType_Ready(&profiler_type) < 0 || PyType_Ready(&reader_type) < 0)
        return;
    if (profiler_error == NULL)
        profiler_error = PyErr_NewException("hotshot.ProfilerError", NULL, NULL);
    if (profiler_error == NULL)
        return;
    PyModule_AddStringConstant(module, "__version__", "");
    Py_INCREF(profiler_error);
    PyModule_AddObject(module, "ProfilerError", profiler_error);
    Py_INCREF(&profiler_type);
    PyModule_AddObject(module, "ProfilerType", (PyObject *)&profiler_type);
    Py_INCREF(&reader_type);
    PyModule_AddObject(module, "LogReaderType", (PyObject *)&reader_type);
    PyModule_AddIntConstant(module, "WHAT_ENTER", ENTER);
    PyModule_AddIntConstant(module, "WHAT_EXIT", EXIT);
    PyModule_AddIntConstant(module, "WHAT_LINENO", LINENO);
    PyModule_AddIntConstant(module, "WHAT_OTHER", OTHER);
    PyModule_AddIntConstant(module, "WHAT_ADD_INFO", ADD_INFO);
    PyModule_AddIntConstant(module, "WHAT_DEFINE_FILE", DEFINE_FILE);
    PyModule_AddIntConstant(module, "WHAT_DEFINE_FUNC", DEFINE_FUNC);
    PyModule_AddIntConstant(module, "WHAT_LINE_TIMES", LINE_TIMES);
}
