/* SPDX-License-Identifier: MIT */
/* mmap: memory that processes share, and files as memory. Three kinds of mapping: private memory
 * (MAP_PRIVATE, ACCESS_COPY); a segment of the host's in this process's own memory; a segment
 * elsewhere, seen through a window (mmap_shared.h). Where the host cannot map files, a file's
 * segment is read from it and written back at flush, resize and close; of a large file that is only
 * read the memory holds a part, its view, and another one when that is asked for.
 *
 * Invariant: the mapping's bytes are read where bytes_at() says, or after load() where there is no
 * view, and written before store(); nothing is kept over a call that may run other code, which may
 * close the mapping. */
#include "modules/mmap_shared.h"
#include "host/host.h"

enum { ACCESS_DEFAULT, ACCESS_READ, ACCESS_WRITE, ACCESS_COPY };
enum { SHARED = 1, PRIVATE = 2, MAP_ANON_ = 32, P_READ = 1, P_WRITE = 2, P_EXEC = 4 };
enum { E_BADF = 9, E_NOMEM = 12, E_ACCES = 13, E_NODEV = 19, E_INVAL = 22, E_NOSYS = -38 };
enum { PAGE = 4096 };
/* Files from a size on are viewed in parts of at least so many bytes. */
enum { VIEW_FROM = 1 << 24, VIEW_BYTES = 1 << 20 };
/* Behind the bytes of a file's segment that is written back: whether anyone changed it. */
enum { CHANGED_BYTES = 4 };

typedef struct Mapping {
    PyObject_HEAD char *memory; /* NULL: closed */
    Py_ssize_t size, position;
    int64_t segment; /* 0: private memory */
    int is_window;   /* memory is a copy of the segment's bytes */
    int is_view;     /* memory has `viewed` bytes of the file from `view` on, and room */
    Py_ssize_t view, viewed, room;
    int writes_back;  /* the segment is a file's, by hand */
    int closing;      /* closed, but held */
    Py_ssize_t holds; /* how many rely on the window */
    char *twin;       /* lent: the window as it was at the last synchronization */
    struct Mapping *next_lent;
    int64_t offset; /* in the file */
    int fd;         /* -1: none */
    int access;
} Mapping;

static PyObject *mmap_error;
void *_PyMmap_Lent;

#define SELF(o) ((Mapping *)(o))

static PyObject *fail(int64_t error)
{
    return _PyErr_SetFromErrnum(mmap_error, (int)error);
}

/* ---- The bytes */

/* Stores what the borrowers of a window changed in it, and loads what others did. */
static int synchronize(Mapping *m)
{
    Py_ssize_t i = 0;
    int changed = 0;

    if (memcmp(m->memory, m->twin, (size_t)m->size) != 0) {
        while (i < m->size) {
            Py_ssize_t start = i;

            while (i < m->size && m->memory[i] != m->twin[i])
                i++;
            if (i > start) {
                host_segment_write(m->segment, (size_t)start, m->memory + start,
                                   (size_t)(i - start));
                changed = 1;
            } else
                i++;
        }
        if (m->writes_back)
            host_segment_write(m->segment, (size_t)m->size, "\1\0\0\0", CHANGED_BYTES);
    }
    host_segment_read(m->segment, 0, m->memory, (size_t)m->size);
    memcpy(m->twin, m->memory, (size_t)m->size);
    return changed;
}

static int lend(Mapping *m)
{
    if (!m->is_window || m->twin != NULL)
        return 0;
    m->twin = PyMem_Malloc(m->size);
    if (m->twin == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    host_segment_read(m->segment, 0, m->memory, (size_t)m->size);
    memcpy(m->twin, m->memory, (size_t)m->size);
    m->next_lent = _PyMmap_Lent;
    _PyMmap_Lent = m;
    return 0;
}

static void end_lending(Mapping *m)
{
    Mapping **at = (Mapping **)&_PyMmap_Lent;

    if (m->twin == NULL)
        return;
    while (*at != m)
        at = &(*at)->next_lent;
    *at = m->next_lent;
    PyMem_Free(m->twin);
    m->twin = NULL;
}

void _PyMmap_SyncAll(void)
{
    for (Mapping *m = _PyMmap_Lent, *next; m != NULL; m = next) {
        next = m->next_lent;
        /* A borrower that does not say when it is done, and has not written again, is done. */
        if (!synchronize(m) && m->holds == 0)
            end_lending(m);
    }
}

static void load(Mapping *m, Py_ssize_t at, Py_ssize_t n)
{
    if (!m->is_window)
        return;
    if (m->twin != NULL)
        synchronize(m);
    else if (n > 0)
        host_segment_read(m->segment, (size_t)at, m->memory + at, (size_t)n);
}

static void store(Mapping *m, Py_ssize_t at, Py_ssize_t n)
{
    if (!m->is_window || n <= 0)
        return;
    host_segment_write(m->segment, (size_t)at, m->memory + at, (size_t)n);
    if (m->twin != NULL)
        memcpy(m->twin + at, m->memory + at, (size_t)n);
    if (m->writes_back)
        host_segment_write(m->segment, (size_t)m->size, "\1\0\0\0", CHANGED_BYTES);
}

static const char *move_view(Mapping *m, Py_ssize_t at, Py_ssize_t n);

/* The n bytes from `at` on, to be read at once; NULL with an exception. */
static const char *bytes_at(Mapping *m, Py_ssize_t at, Py_ssize_t n)
{
    if (m->is_view) {
        if (at < m->view || n > m->view + m->viewed - at)
            return move_view(m, at, n);
        return m->memory + (at - m->view);
    }
    load(m, at, n);
    return m->memory + at;
}

static PyObject *string_at(Mapping *m, Py_ssize_t at, Py_ssize_t n)
{
    const char *p = bytes_at(m, at, n);

    return p == NULL ? NULL : PyString_FromStringAndSize(p, n);
}

static int is_open(Mapping *m)
{
    if (m->memory != NULL && !m->closing)
        return 1;
    PyErr_SetString(PyExc_ValueError, "mmap closed or invalid");
    return 0;
}

static int is_writable(Mapping *m)
{
    if (m->access != ACCESS_READ)
        return 1;
    PyErr_SetString(PyExc_TypeError, "mmap can't modify a readonly memory map.");
    return 0;
}

static int is_resizable(Mapping *m)
{
    if (m->access == ACCESS_READ || m->access == ACCESS_COPY) {
        PyErr_SetString(PyExc_TypeError,
                        "mmap can't resize a readonly or copy-on-write memory map.");
        return 0;
    }
    if (m->holds > 0) {
        PyErr_SetString(PyExc_BufferError, "mmap can't resize with extant pointers exported.");
        return 0;
    }
    return 1;
}

/* ---- Files */

/* Reads or writes n bytes of a file, and leaves its position where it was. 0, or minus an error. */
static int64_t transfer(int fd, int64_t offset, char *p, Py_ssize_t n, int writes)
{
    int64_t position = host_lseek(fd, 0, 1), got = 0;

    if (position < 0)
        return position;
    got = host_lseek(fd, offset, 0);
    while (n > 0 && got >= 0) {
        got = writes ? host_write(fd, p, (size_t)n) : host_read(fd, p, (size_t)n);
        if (got <= 0)
            break;
        p += got;
        n -= got;
    }
    host_lseek(fd, position, 0);
    return got < 0 ? got : 0;
}

static const char *move_view(Mapping *m, Py_ssize_t at, Py_ssize_t n)
{
    /* Steps backwards come from the same part. */
    Py_ssize_t start = at - at % VIEW_BYTES, wanted;
    int64_t status;

    wanted = Py_MIN(Py_MAX(VIEW_BYTES, at + n - start), m->size - start);
    if (wanted > m->room) {
        char *grown = (uint64_t)wanted > SIZE_MAX - PAGE ? NULL : PyMem_Realloc(m->memory, wanted);

        if (grown == NULL) {
            PyErr_NoMemory();
            return NULL;
        }
        m->memory = grown;
        m->room = wanted;
    }
    /* What the file has lost meanwhile reads as zeros. */
    memset(m->memory, 0, (size_t)wanted);
    m->view = start;
    m->viewed = 0;
    status = transfer(m->fd, m->offset + start, m->memory, wanted, 0);
    if (status < 0) {
        fail(-status);
        return NULL;
    }
    m->viewed = wanted;
    return m->memory + (at - start);
}

static int64_t attach_view(Mapping *m, Py_ssize_t size)
{
    m->memory = PyMem_Malloc(VIEW_BYTES);
    if (m->memory == NULL)
        return -E_NOMEM;
    m->room = VIEW_BYTES;
    m->view = m->viewed = 0;
    m->is_view = 1;
    m->is_window = m->writes_back = 0;
    m->segment = 0;
    m->size = size;
    return 0;
}

static int64_t write_back(Mapping *m)
{
    char changed[CHANGED_BYTES];
    Py_ssize_t n = m->size;
    host_stat_t st;

    if (!m->writes_back)
        return 0;
    load(m, 0, m->size);
    host_segment_read(m->segment, (size_t)m->size, changed, sizeof changed);
    if (changed[0] == 0)
        return 0;
    host_segment_write(m->segment, (size_t)m->size, "\0\0\0\0", CHANGED_BYTES);
    /* What the file has lost meanwhile has no bytes to be changed. */
    if (host_fstat(m->fd, &st) == 0 && st.size < m->offset + n)
        n = st.size < m->offset ? 0 : st.size - m->offset;
    return transfer(m->fd, m->offset, m->memory, n, 1);
}

/* ---- Making and ending */

/* Gives the mapping memory of that size; a file's bytes are in it. 0, or minus an error. */
static int64_t attach(Mapping *m, Py_ssize_t size, int shared)
{
    int by_hand = 0;
    int64_t segment = 0, status;
    char *memory;
    int too_large = (uint64_t)size > SIZE_MAX - PAGE;

    if (shared && m->fd >= 0) {
        segment = too_large ? E_NOSYS
                            : host_segment_of_file(m->fd, m->offset, (size_t)size,
                                                   m->access != ACCESS_READ);
        if (segment == E_NOSYS && m->access == ACCESS_READ && size >= VIEW_FROM)
            return attach_view(m, size);
    }
    if (too_large)
        return -E_NOMEM;
    if (shared) {
        if (m->fd < 0)
            segment = host_segment_new((size_t)size);
        if (segment == E_NOSYS && m->fd >= 0) {
            by_hand = 1;
            segment = host_segment_new((size_t)size + CHANGED_BYTES);
        }
        if (segment < 0)
            return segment;
    }
    memory = segment == 0 ? NULL : host_segment_memory(segment);
    m->is_window = segment != 0 && memory == NULL;
    if (memory == NULL) {
        memory = PyMem_Calloc(1, size);
        if (memory == NULL) {
            if (segment != 0)
                host_segment_close(segment, (size_t)size + (by_hand ? CHANGED_BYTES : 0));
            return -E_NOMEM;
        }
    }
    m->memory = memory;
    m->segment = segment;
    m->size = size;
    m->writes_back = 0;
    if (m->fd >= 0 && (segment == 0 || by_hand)) {
        status = transfer(m->fd, m->offset, memory, size, 0);
        store(m, 0, size);
        m->writes_back = by_hand;
        return status;
    }
    return 0;
}

static void detach(Mapping *m)
{
    char *memory = m->memory;

    if (memory == NULL)
        return;
    end_lending(m);
    m->memory = NULL;
    if (m->segment != 0)
        host_segment_close(m->segment, (size_t)m->size + (m->writes_back ? CHANGED_BYTES : 0));
    if (m->segment == 0 || m->is_window)
        PyMem_Free(memory);
    m->segment = 0;
    m->is_window = m->is_view = m->writes_back = 0;
}

static void close_file(Mapping *m)
{
    if (m->fd >= 0)
        host_close(m->fd);
    m->fd = -1;
}

/* Ends the mapping, as soon as nobody relies on its window. */
static void close_mapping(Mapping *m)
{
    if (m->memory != NULL && m->holds > 0) {
        m->closing = 1;
        return;
    }
    if (m->memory != NULL)
        write_back(m);
    detach(m);
    close_file(m);
}

static int check_size(Py_ssize_t size, const char *name)
{
    if (size >= 0)
        return 0;
    PyErr_Format(PyExc_OverflowError, "memory mapped %s must be positive", name);
    return -1;
}

/* Turns access into flags and prot, or the other way round; -1 with ValueError. */
static int settle_access(int *access, int *flags, int *prot)
{
    if (*access != ACCESS_DEFAULT && (*flags != SHARED || *prot != (P_READ | P_WRITE))) {
        PyErr_SetString(PyExc_ValueError, "mmap can't specify both access and flags, prot.");
        return -1;
    }
    switch (*access) {
    case ACCESS_READ:
        *prot = P_READ;
        break;
    case ACCESS_COPY:
        *flags = PRIVATE;
        break;
    case ACCESS_WRITE:
        break;
    case ACCESS_DEFAULT:
        if (!(*prot & P_WRITE))
            *access = ACCESS_READ;
        else if (!(*prot & P_READ))
            *access = ACCESS_WRITE;
        break;
    default:
        PyErr_SetString(PyExc_ValueError, "mmap invalid access parameter.");
        return -1;
    }
    return 0;
}

/* The size of the mapping of a file: -1 with an exception. */
static int64_t size_in_file(int fd, int64_t offset, int64_t size)
{
    host_stat_t st;

    if (host_fstat(fd, &st) < 0 || (st.mode & 0170000) != 0100000)
        return size;
    if (size == 0) {
        if (st.size == 0) {
            PyErr_SetString(PyExc_ValueError, "cannot mmap an empty file");
            return -1;
        }
        if (offset >= st.size) {
            PyErr_SetString(PyExc_ValueError, "mmap offset is greater than file size");
            return -1;
        }
        return st.size - offset;
    }
    if (offset > st.size || size > st.size - offset) {
        PyErr_SetString(PyExc_ValueError, "mmap length is greater than file size");
        return -1;
    }
    return size;
}

/* What the system would say about the call: 0, or an error number. */
static int refusal(int fd, int64_t offset, int64_t size, int flags, int prot)
{
    enum { GETFL = 3, ACCMODE = 3, READ_WRITE = 2, WRITE_ONLY = 1 };
    int mode;

    if (size == 0 || offset % PAGE != 0 || (flags & (SHARED | PRIVATE)) == 0 ||
        (flags & (SHARED | PRIVATE)) == (SHARED | PRIVATE))
        return E_INVAL;
    if (flags & MAP_ANON_)
        return 0;
    mode = host_fcntl(fd, GETFL, 0);
    if (mode < 0)
        return E_BADF;
    if ((mode & ACCMODE) == WRITE_ONLY ||
        ((flags & SHARED) && (prot & P_WRITE) && (mode & ACCMODE) != READ_WRITE))
        return E_ACCES;
    return 0;
}

static PyObject *mapping_new(PyTypeObject *type, PyObject *args, PyObject *kw)
{
    static char *names[] = {"fileno", "length", "flags", "prot", "access", "offset", NULL};
    int fd, flags = SHARED, prot = P_READ | P_WRITE, access = ACCESS_DEFAULT, error;
    Py_ssize_t size, offset = 0;
    int64_t status;
    Mapping *m;

    if (!PyArg_ParseTupleAndKeywords(args, kw, "in|iiin", names, &fd, &size, &flags, &prot, &access,
                                     &offset) ||
        check_size(size, "length") < 0 || check_size(offset, "offset") < 0 ||
        settle_access(&access, &flags, &prot) < 0)
        return NULL;
    if (fd != -1 && host_fcntl(fd, 3, 0) == -E_BADF)
        return fail(E_BADF);
    if (fd == -1 || (flags & MAP_ANON_)) {
        flags |= MAP_ANON_;
        fd = -1;
    } else if ((size = size_in_file(fd, offset, size)) < 0)
        return NULL;
    error = refusal(fd, offset, size, flags, prot);
    if (error != 0)
        return fail(error);
    m = SELF(type->tp_alloc(type, 0));
    if (m == NULL)
        return NULL;
    m->fd = fd == -1 ? -1 : host_dup(fd);
    /* Without a copy of the descriptor nothing could be written back. */
    if (m->fd == E_NOSYS && fd != -1 && (access == ACCESS_READ || !(flags & SHARED))) {
        m->fd = -1;
    } else if (fd != -1 && m->fd < 0) {
        error = m->fd == E_NOSYS ? E_NODEV : -m->fd;
        m->fd = -1;
        Py_DECREF(m);
        return fail(error);
    }
    m->offset = offset;
    m->access = access;
    if (fd != -1 && m->fd < 0) {
        m->fd = fd;
        status = attach(m, size, 0);
        m->fd = -1;
    } else
        status = attach(m, size, (flags & SHARED) != 0);
    if (status < 0) {
        Py_DECREF(m);
        return fail(-status);
    }
    return (PyObject *)m;
}

static void mapping_dealloc(PyObject *o)
{
    close_mapping(SELF(o));
    Py_TYPE(o)->tp_free(o);
}

static PyObject *mapping_close(PyObject *o, PyObject *noargs)
{
    close_mapping(SELF(o));
    Py_RETURN_NONE;
}

static PyObject *mapping_resize(PyObject *o, PyObject *args)
{
    Mapping *m = SELF(o), old;
    Py_ssize_t size;
    int64_t status;

    if (!is_open(m) || !PyArg_ParseTuple(args, "n:resize", &size) || !is_resizable(m))
        return NULL;
    if (size < 0 || size > PY_SSIZE_T_MAX - m->offset) {
        PyErr_SetString(PyExc_ValueError, "new size out of range");
        return NULL;
    }
    if (m->fd >= 0) {
        status = write_back(m);
        if (status == 0)
            status = host_ftruncate(m->fd, m->offset + size);
        if (status < 0)
            return fail(-status);
    }
    if (size == 0)
        return fail(E_INVAL);
    load(m, 0, m->size);
    end_lending(m);
    old = *m;
    status = attach(m, size, old.segment != 0);
    if (status < 0) {
        if (m->memory != old.memory)
            detach(m);
        m->memory = old.memory;
        m->size = old.size;
        m->segment = old.segment;
        m->is_window = old.is_window;
        m->writes_back = old.writes_back;
        return fail(-status);
    }
    if (m->fd < 0 || m->segment == 0) {
        memcpy(m->memory, old.memory, (size_t)Py_MIN(size, old.size));
        store(m, 0, Py_MIN(size, old.size));
    }
    old.twin = NULL;
    detach(&old);
    Py_RETURN_NONE;
}

/* ---- As a file */

static PyObject *mapping_read(PyObject *o, PyObject *args)
{
    Mapping *m = SELF(o);
    Py_ssize_t n, left;
    PyObject *bytes;

    if (!is_open(m) || !PyArg_ParseTuple(args, "n:read", &n))
        return NULL;
    left = m->position < m->size ? m->size - m->position : 0;
    if (n < 0 || n > left)
        n = left;
    bytes = string_at(m, m->position, n);
    if (bytes != NULL)
        m->position += n;
    return bytes;
}

static PyObject *mapping_readline(PyObject *o, PyObject *noargs)
{
    Mapping *m = SELF(o);
    Py_ssize_t n, left;
    PyObject *line;

    if (!is_open(m))
        return NULL;
    left = m->position < m->size ? m->size - m->position : 0;
    for (n = 0; n < left;) {
        Py_ssize_t part = m->is_view ? Py_MIN(left - n, VIEW_BYTES) : left;
        const char *start = bytes_at(m, m->position + n, part), *end;

        if (start == NULL)
            return NULL;
        end = memchr(start, '\n', (size_t)part);
        if (end != NULL) {
            n += end + 1 - start;
            break;
        }
        n += part;
    }
    line = string_at(m, m->position, n);
    if (line != NULL)
        m->position += n;
    return line;
}

static PyObject *mapping_read_byte(PyObject *o, PyObject *noargs)
{
    Mapping *m = SELF(o);
    PyObject *byte;

    if (!is_open(m))
        return NULL;
    if (m->position >= m->size) {
        PyErr_SetString(PyExc_ValueError, "read byte out of range");
        return NULL;
    }
    byte = string_at(m, m->position, 1);
    if (byte != NULL)
        m->position++;
    return byte;
}

static PyObject *mapping_write(PyObject *o, PyObject *args)
{
    Mapping *m = SELF(o);
    Py_ssize_t n;
    char *data;

    if (!is_open(m) || !PyArg_ParseTuple(args, "s#:write", &data, &n) || !is_writable(m) ||
        !is_open(m))
        return NULL;
    if (m->position > m->size || n > m->size - m->position) {
        PyErr_SetString(PyExc_ValueError, "data out of range");
        return NULL;
    }
    memmove(m->memory + m->position, data, (size_t)n);
    store(m, m->position, n);
    m->position += n;
    Py_RETURN_NONE;
}

static PyObject *mapping_write_byte(PyObject *o, PyObject *args)
{
    Mapping *m = SELF(o);
    char byte;

    if (!is_open(m) || !PyArg_ParseTuple(args, "c:write_byte", &byte) || !is_writable(m))
        return NULL;
    if (m->position >= m->size) {
        PyErr_SetString(PyExc_ValueError, "write byte out of range");
        return NULL;
    }
    m->memory[m->position] = byte;
    store(m, m->position++, 1);
    Py_RETURN_NONE;
}

static PyObject *mapping_seek(PyObject *o, PyObject *args)
{
    Mapping *m = SELF(o);
    Py_ssize_t distance, from;
    int how = 0;

    if (!is_open(m) || !PyArg_ParseTuple(args, "n|i:seek", &distance, &how))
        return NULL;
    if (how < 0 || how > 2) {
        PyErr_SetString(PyExc_ValueError, "unknown seek type");
        return NULL;
    }
    from = how == 0 ? 0 : how == 1 ? m->position : m->size;
    if (distance < -from || distance > m->size - from) {
        PyErr_SetString(PyExc_ValueError, "seek out of range");
        return NULL;
    }
    m->position = from + distance;
    Py_RETURN_NONE;
}

static PyObject *mapping_tell(PyObject *o, PyObject *noargs)
{
    return is_open(SELF(o)) ? PyInt_FromSsize_t(SELF(o)->position) : NULL;
}

static PyObject *mapping_size(PyObject *o, PyObject *noargs)
{
    host_stat_t st;
    int status;

    if (!is_open(SELF(o)))
        return NULL;
    status = SELF(o)->fd < 0 ? -E_BADF : host_fstat(SELF(o)->fd, &st);
    return status < 0 ? fail(-status) : PyInt_FromLong(st.size);
}

static PyObject *mapping_flush(PyObject *o, PyObject *args)
{
    Mapping *m = SELF(o);
    Py_ssize_t offset = 0, n = m->size;
    int64_t status;

    if (!is_open(m) || !PyArg_ParseTuple(args, "|nn:flush", &offset, &n))
        return NULL;
    if (offset < 0 || n < 0 || offset > m->size || n > m->size - offset) {
        PyErr_SetString(PyExc_ValueError, "flush values out of range");
        return NULL;
    }
    if (m->access == ACCESS_READ || m->access == ACCESS_COPY)
        return PyLong_FromLong(0);
    if (offset % PAGE != 0)
        return fail(E_INVAL);
    if (m->segment == 0)
        return PyInt_FromLong(0);
    status =
        m->is_window ? write_back(m) : host_segment_flush(m->segment, (size_t)offset, (size_t)n);
    return status < 0 ? fail(-status) : PyInt_FromLong(0);
}

static PyObject *mapping_move(PyObject *o, PyObject *args)
{
    Mapping *m = SELF(o);
    Py_ssize_t to, from, n;

    if (!is_open(m) || !PyArg_ParseTuple(args, "nnn:move", &to, &from, &n) || !is_writable(m))
        return NULL;
    if (to < 0 || from < 0 || n < 0 || to > m->size - n || from > m->size - n) {
        PyErr_SetString(PyExc_ValueError, "source, destination, or count out of range");
        return NULL;
    }
    load(m, from, n);
    memmove(m->memory + to, m->memory + from, (size_t)n);
    store(m, to, n);
    Py_RETURN_NONE;
}

static Py_ssize_t clamp(Py_ssize_t at, Py_ssize_t size)
{
    if (at < 0)
        at += size;
    return at < 0 ? 0 : at > size ? size : at;
}

/* Where n bytes are in a text: its first or last place, or -1. */
static Py_ssize_t place_in(const char *text, Py_ssize_t size, const char *wanted, Py_ssize_t n,
                           int backwards)
{
    if (backwards) {
        for (Py_ssize_t at = size - n; at >= 0; at--)
            if (memcmp(text + at, wanted, (size_t)n) == 0)
                return at;
        return -1;
    }
    for (Py_ssize_t at = 0; at <= size - n; at++) {
        const char *p =
            n == 0 ? text + at : memchr(text + at, wanted[0], (size_t)(size - n + 1 - at));

        if (p == NULL)
            return -1;
        at = p - text;
        if (memcmp(p, wanted, (size_t)n) == 0)
            return at;
    }
    return -1;
}

/* The same in the mapping; -2 with an exception. */
static Py_ssize_t find_between(Mapping *m, Py_ssize_t start, Py_ssize_t end, const char *wanted,
                               Py_ssize_t n, int backwards)
{
    while (end - start >= n) {
        /* Parts of a view overlap by what may lie across their border. */
        Py_ssize_t size = m->is_view ? Py_MIN(end - start, VIEW_BYTES + n) : end - start,
                   from = backwards ? end - size : start, at;
        const char *text = bytes_at(m, from, size);

        if (text == NULL)
            return -2;
        at = place_in(text, size, wanted, n, backwards);
        if (at >= 0)
            return from + at;
        if (size == end - start)
            break;
        if (backwards)
            end = from + n - 1;
        else
            start = from + size - n + 1;
    }
    return -1;
}

static PyObject *search(Mapping *m, PyObject *args, const char *format, int backwards)
{
    Py_ssize_t start, end, n, found;
    char *wanted;

    if (!is_open(m))
        return NULL;
    start = m->position;
    end = m->size;
    if (!PyArg_ParseTuple(args, format, &wanted, &n, &start, &end) || !is_open(m))
        return NULL;
    found = find_between(m, clamp(start, m->size), clamp(end, m->size), wanted, n, backwards);
    return found == -2 ? NULL : PyInt_FromSsize_t(found);
}

static PyObject *mapping_find(PyObject *o, PyObject *args)
{
    return search(SELF(o), args, "s#|nn:find", 0);
}

static PyObject *mapping_rfind(PyObject *o, PyObject *args)
{
    return search(SELF(o), args, "s#|nn:rfind", 1);
}

/* ---- As a sequence */

static Py_ssize_t mapping_length(PyObject *o)
{
    return is_open(SELF(o)) ? SELF(o)->size : -1;
}

static PyObject *mapping_item(PyObject *o, Py_ssize_t i)
{
    Mapping *m = SELF(o);

    if (!is_open(m))
        return NULL;
    if (i < 0 || i >= m->size) {
        PyErr_SetString(PyExc_IndexError, "mmap index out of range");
        return NULL;
    }
    return string_at(m, i, 1);
}

static PyObject *mapping_slice(PyObject *o, Py_ssize_t low, Py_ssize_t high)
{
    Mapping *m = SELF(o);

    if (!is_open(m))
        return NULL;
    low = low < 0 ? 0 : Py_MIN(low, m->size);
    high = high < low ? low : Py_MIN(high, m->size);
    return string_at(m, low, high - low);
}

static int no_deletion(const char *what)
{
    PyErr_Format(PyExc_TypeError, "mmap object doesn't support %s deletion", what);
    return -1;
}

static int wrong_value(const char *text)
{
    PyErr_SetString(PyExc_IndexError, text);
    return -1;
}

static int mapping_set_item(PyObject *o, Py_ssize_t i, PyObject *value)
{
    Mapping *m = SELF(o);

    if (!is_open(m))
        return -1;
    if (i < 0 || i >= m->size)
        return wrong_value("mmap index out of range");
    if (value == NULL)
        return no_deletion("item");
    if (!PyString_Check(value) || PyString_GET_SIZE(value) != 1)
        return wrong_value("mmap assignment must be single-character string");
    if (!is_writable(m))
        return -1;
    m->memory[i] = PyString_AS_STRING(value)[0];
    store(m, i, 1);
    return 0;
}

/* Every `step`-th byte from `start` on. */
static int set_bytes(Mapping *m, Py_ssize_t start, Py_ssize_t step, Py_ssize_t n, PyObject *value)
{
    if (value == NULL)
        return no_deletion("slice");
    if (!PyString_Check(value))
        return wrong_value("mmap slice assignment must be a string");
    if (PyString_GET_SIZE(value) != n)
        return wrong_value("mmap slice assignment is wrong size");
    if (!is_writable(m))
        return -1;
    if (step == 1) {
        memcpy(m->memory + start, PyString_AS_STRING(value), (size_t)n);
        store(m, start, n);
        return 0;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        m->memory[start + i * step] = PyString_AS_STRING(value)[i];
        store(m, start + i * step, 1);
    }
    return 0;
}

static int mapping_set_slice(PyObject *o, Py_ssize_t low, Py_ssize_t high, PyObject *value)
{
    Mapping *m = SELF(o);

    if (!is_open(m))
        return -1;
    low = low < 0 ? 0 : Py_MIN(low, m->size);
    high = high < low ? low : Py_MIN(high, m->size);
    return set_bytes(m, low, 1, high - low, value);
}

static PyObject *mapping_subscript(PyObject *o, PyObject *key)
{
    Mapping *m = SELF(o);
    Py_ssize_t start, stop, step, n;
    PyObject *bytes;

    if (!is_open(m))
        return NULL;
    if (PyIndex_Check(key)) {
        Py_ssize_t i = PyNumber_AsSsize_t(key, PyExc_IndexError);

        if (i == -1 && PyErr_Occurred())
            return NULL;
        return mapping_item(o, i < 0 ? i + m->size : i);
    }
    if (!PySlice_Check(key)) {
        PyErr_SetString(PyExc_TypeError, "mmap indices must be integers");
        return NULL;
    }
    if (PySlice_GetIndicesEx((PySliceObject *)key, m->size, &start, &stop, &step, &n) < 0 ||
        !is_open(m))
        return NULL;
    if (step == 1)
        return mapping_slice(o, start, start + n);
    bytes = PyString_FromStringAndSize(NULL, n);
    if (bytes == NULL)
        return NULL;
    if (!m->is_view)
        load(m, 0, m->size);
    for (Py_ssize_t i = 0; i < n; i++) {
        const char *p =
            m->is_view ? bytes_at(m, start + i * step, 1) : m->memory + start + i * step;

        if (p == NULL) {
            Py_DECREF(bytes);
            return NULL;
        }
        PyString_AS_STRING(bytes)[i] = *p;
    }
    return bytes;
}

static int mapping_assign(PyObject *o, PyObject *key, PyObject *value)
{
    Mapping *m = SELF(o);
    Py_ssize_t start, stop, step, n;

    if (!is_open(m))
        return -1;
    if (PyIndex_Check(key)) {
        Py_ssize_t i = PyNumber_AsSsize_t(key, PyExc_IndexError);

        if (i == -1 && PyErr_Occurred())
            return -1;
        return mapping_set_item(o, i < 0 ? i + m->size : i, value);
    }
    if (!PySlice_Check(key)) {
        PyErr_SetString(PyExc_TypeError, "mmap indices must be integer");
        return -1;
    }
    if (PySlice_GetIndicesEx((PySliceObject *)key, m->size, &start, &stop, &step, &n) < 0 ||
        !is_open(m))
        return -1;
    return set_bytes(m, start, step, n, value);
}

/* ---- Buffers */

static Py_ssize_t read_buffer(PyObject *o, Py_ssize_t index, void **p)
{
    Mapping *m = SELF(o);

    if (!is_open(m))
        return -1;
    if (index != 0) {
        PyErr_SetString(PyExc_SystemError, "Accessing non-existent mmap segment");
        return -1;
    }
    /* Once all of a file is in its view, that does not move any more. */
    if (bytes_at(m, 0, m->size) == NULL)
        return -1;
    *p = m->memory;
    return m->size;
}

static Py_ssize_t write_buffer(PyObject *o, Py_ssize_t index, void **p)
{
    Mapping *m = SELF(o);

    if (!is_open(m) || !is_writable(m) || read_buffer(o, index, p) < 0 || lend(m) < 0)
        return -1;
    if (m->writes_back)
        host_segment_write(m->segment, (size_t)m->size, "\1\0\0\0", CHANGED_BYTES);
    return m->size;
}

static Py_ssize_t char_buffer(PyObject *o, Py_ssize_t index, char **p)
{
    return read_buffer(o, index, (void **)p);
}

static Py_ssize_t segment_count(PyObject *o, Py_ssize_t *total)
{
    if (total != NULL)
        *total = SELF(o)->memory == NULL ? 0 : SELF(o)->size;
    return 1;
}

int _PyMmap_Window(PyObject *o, int write, char **p, Py_ssize_t *n)
{
    if (!is_open(SELF(o)) || (write && !is_writable(SELF(o))))
        return -1;
    if (SELF(o)->is_view && bytes_at(SELF(o), 0, SELF(o)->size) == NULL)
        return -1;
    *p = SELF(o)->memory;
    *n = SELF(o)->size;
    return 0;
}

void _PyMmap_Load(PyObject *o, char *p, Py_ssize_t n)
{
    load(SELF(o), p - SELF(o)->memory, n);
}

void _PyMmap_Store(PyObject *o, const char *p, Py_ssize_t n)
{
    store(SELF(o), p - SELF(o)->memory, n);
}

int _PyMmap_Hold(PyObject *o)
{
    if (lend(SELF(o)) < 0)
        return -1;
    SELF(o)->holds++;
    Py_INCREF(o);
    return 0;
}

void _PyMmap_LetGo(PyObject *o)
{
    Mapping *m = SELF(o);

    if (--m->holds == 0 && m->twin != NULL) {
        synchronize(m);
        end_lending(m);
    }
    if (m->holds == 0 && m->closing)
        close_mapping(m);
    Py_DECREF(o);
}

/* ---- The type */

static PySequenceMethods as_sequence = {
    .sq_length = mapping_length,
    .sq_item = mapping_item,
    .sq_slice = mapping_slice,
    .sq_ass_item = mapping_set_item,
    .sq_ass_slice = mapping_set_slice,
};
static PyMappingMethods as_mapping = {
    .mp_length = mapping_length,
    .mp_subscript = mapping_subscript,
    .mp_ass_subscript = mapping_assign,
};
static PyBufferProcs as_buffer = {
    .bf_getreadbuffer = read_buffer,
    .bf_getwritebuffer = write_buffer,
    .bf_getsegcount = segment_count,
    .bf_getcharbuffer = char_buffer,
};
static PyMethodDef mapping_methods[] = {
    {"close", mapping_close, METH_NOARGS},
    {"find", mapping_find, METH_VARARGS},
    {"rfind", mapping_rfind, METH_VARARGS},
    {"flush", mapping_flush, METH_VARARGS},
    {"move", mapping_move, METH_VARARGS},
    {"read", mapping_read, METH_VARARGS},
    {"read_byte", mapping_read_byte, METH_NOARGS},
    {"readline", mapping_readline, METH_NOARGS},
    {"resize", mapping_resize, METH_VARARGS},
    {"seek", mapping_seek, METH_VARARGS},
    {"size", mapping_size, METH_NOARGS},
    {"tell", mapping_tell, METH_NOARGS},
    {"write", mapping_write, METH_VARARGS},
    {"write_byte", mapping_write_byte, METH_VARARGS},
    {NULL},
};

PyDoc_STRVAR(mapping_doc,
             "Windows: mmap(fileno, length[, tagname[, access[, offset]]])\n\nMaps length bytes "
             "from the file specified by the file handle fileno,\nand returns a mmap object.  If "
             "length is larger than the current size\nof the file, the file is extended to contain "
             "length bytes.  If length\nis 0, the maximum length of the map is the current size of "
             "the file,\nexcept that if the file is empty Windows raises an exception (you "
             "cannot\ncreate an empty mapping on Windows).\n\nUnix: mmap(fileno, length[, flags[, "
             "prot[, access[, offset]]]])\n\nMaps length bytes from the file specified by the file "
             "descriptor fileno,\nand returns a mmap object.  If length is 0, the maximum length "
             "of the map\nwill be the current size of the file when mmap is called.\nflags "
             "specifies the nature of the mapping. MAP_PRIVATE creates a\nprivate copy-on-write "
             "mapping, so changes to the contents of the mmap\nobject will be private to this "
             "process, and MAP_SHARED creates a mapping\nthat's shared with all other processes "
             "mapping the same areas of the file.\nThe default value is MAP_SHARED.\n\nTo map "
             "anonymous memory, pass -1 as the fileno (both versions).");

PyTypeObject _PyMmap_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "mmap.mmap",
    .tp_basicsize = sizeof(Mapping),
    .tp_x64_basicsize = 64,
    .tp_dealloc = mapping_dealloc,
    .tp_as_sequence = &as_sequence,
    .tp_as_mapping = &as_mapping,
    .tp_as_buffer = &as_buffer,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = mapping_doc,
    .tp_methods = mapping_methods,
    .tp_new = mapping_new,
};

void initmmap(void)
{
    static const struct {
        const char *name;
        int value;
    } constants[] = {
        {"PROT_EXEC", P_EXEC},           {"PROT_READ", P_READ},
        {"PROT_WRITE", P_WRITE},         {"MAP_SHARED", SHARED},
        {"MAP_PRIVATE", PRIVATE},        {"MAP_DENYWRITE", 2048},
        {"MAP_EXECUTABLE", 4096},        {"MAP_ANON", MAP_ANON_},
        {"MAP_ANONYMOUS", MAP_ANON_},    {"PAGESIZE", PAGE},
        {"ALLOCATIONGRANULARITY", PAGE}, {"ACCESS_READ", ACCESS_READ},
        {"ACCESS_WRITE", ACCESS_WRITE},  {"ACCESS_COPY", ACCESS_COPY},
    };
    PyObject *m = Py_InitModule("mmap", NULL);

    if (m == NULL || PyType_Ready(&_PyMmap_Type) < 0)
        return;
    mmap_error = PyErr_NewException("mmap.error", PyExc_EnvironmentError, NULL);
    if (mmap_error == NULL)
        return;
    Py_INCREF(mmap_error);
    PyModule_AddObject(m, "error", mmap_error);
    Py_INCREF(&_PyMmap_Type);
    PyModule_AddObject(m, "mmap", (PyObject *)&_PyMmap_Type);
    for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
        PyModule_AddIntConstant(m, constants[i].name, constants[i].value);
}
