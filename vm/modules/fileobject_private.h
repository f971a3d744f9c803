/* SPDX-License-Identifier: MIT */
/* The file object's struct and its buffered input and output, shared by fileobject.c (the type) and
 * file_io.c (the bytes), and used by marshal, raw_input and the interactive prompt.
 * Invariant: f_buf holds either bytes read ahead (f_pos..f_end, f_writing 0) or bytes still to be
 * written (0..f_end, f_writing 1), never both. */
#ifndef KRAIT_FILEOBJECT_PRIVATE_H
#define KRAIT_FILEOBJECT_PRIVATE_H
#include "Python.h"

enum { NEWLINE_CR = 1, NEWLINE_LF = 2, NEWLINE_CRLF = 4 };
enum { FILE_BUFFER_SIZE = 4096, FILE_READAHEAD_SIZE = 8192 };

typedef struct _fileobject {
    PyObject_HEAD int f_fd; /* -1 when closed */
    PyObject *f_name, *f_mode, *f_encoding, *f_errors, *f_weakreflist;
    int f_softspace;
    uint8_t f_readable, f_writable, f_append, f_univ_newline;
    uint8_t f_skipnextlf; /* the last character delivered stood for a \r: drop a \n that follows */
    uint8_t f_newlinetypes; /* NEWLINE_* seen */
    uint8_t f_line_buffered, f_unbuffered;
    uint8_t f_keep_fd; /* a standard stream: closing leaves the descriptor alone */
    uint8_t f_eof, f_writing;
    char *f_buf;
    Py_ssize_t f_cap, f_pos, f_end, f_bufsize;
    char *f_ahead; /* what next() has read ahead, or NULL */
    Py_ssize_t f_ahead_pos, f_ahead_end;
    int f_child; /* popen: the command's pid, whose wait status close() answers unless 0 */
    struct _fileobject *f_next, *f_prev; /* all open files, for the flush at exit */
} PyFileObject;

/* Answers of the reading functions beside a count or an object. */
enum { FILE_ERROR = -1, FILE_PENDING = -2 };
extern PyObject _PyFile_PendingMark; /* "would wait": only from functions that take may_wait */

/* file_io.c. may_wait: the caller can answer FILE_PENDING by leaving to the host; nothing is
 * consumed then. Otherwise a wait that the host cannot do is an IOError. */
void _PyFile_InitIO(PyFileObject *f, int fd);
PyObject *_PyFile_ReadString(PyFileObject *f, Py_ssize_t n, int may_wait); /* n < 0: to the end */
PyObject *_PyFile_ReadLineString(PyFileObject *f, Py_ssize_t limit,
                                 int may_wait); /* limit < 0: none */
Py_ssize_t _PyFile_ReadInto(PyFileObject *f, char *buf, Py_ssize_t n, int may_wait);
int _PyFile_WriteBytes(PyFileObject *f, const char *s, Py_ssize_t n);
int _PyFile_FlushWrites(PyFileObject *f);
int64_t _PyFile_Tell(PyFileObject *f); /* -1 with IOError */
int _PyFile_Seek(PyFileObject *f, int64_t offset, int whence);
int _PyFile_CloseFd(PyFileObject *f);          /* 0 or a Linux error number; no exception */
extern int (*_PyFile_WaitForCommand)(int pid); /* popen's; -1 with an error, or a wait status */
void _PyFile_FlushAll(void);                   /* at exit: errors are not reported */

/* Any file object (checked): bytes as they are, and how many; -1 with an exception. */
Py_ssize_t _PyFile_ReadBytes(PyObject *file, char *buf, Py_ssize_t n);
/* Everything that is left in the file, for compiling it. */
PyObject *_PyFile_ReadAll(PyObject *file);
#endif
