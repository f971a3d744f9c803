/* SPDX-License-Identifier: MIT */
/* Private to cPickle: what the pickler and the unpickler share. */
#ifndef KRAIT_CPICKLE_H
#define KRAIT_CPICKLE_H
#include "Python.h"

/* The pickle machine's instructions (pickletools documents them). */
enum {
    P_MARK = '(',
    P_STOP = '.',
    P_POP = '0',
    P_POP_MARK = '1',
    P_DUP = '2',
    P_FLOAT = 'F',
    P_BINFLOAT = 'G',
    P_INT = 'I',
    P_BININT = 'J',
    P_BININT1 = 'K',
    P_LONG = 'L',
    P_BININT2 = 'M',
    P_NONE = 'N',
    P_PERSID = 'P',
    P_BINPERSID = 'Q',
    P_REDUCE = 'R',
    P_STRING = 'S',
    P_BINSTRING = 'T',
    P_SHORT_BINSTRING = 'U',
    P_UNICODE = 'V',
    P_BINUNICODE = 'X',
    P_APPEND = 'a',
    P_BUILD = 'b',
    P_GLOBAL = 'c',
    P_DICT = 'd',
    P_EMPTY_DICT = '}',
    P_APPENDS = 'e',
    P_GET = 'g',
    P_BINGET = 'h',
    P_INST = 'i',
    P_LONG_BINGET = 'j',
    P_LIST = 'l',
    P_EMPTY_LIST = ']',
    P_OBJ = 'o',
    P_PUT = 'p',
    P_BINPUT = 'q',
    P_LONG_BINPUT = 'r',
    P_SETITEM = 's',
    P_TUPLE = 't',
    P_EMPTY_TUPLE = ')',
    P_SETITEMS = 'u',
    P_PROTO = 0x80,
    P_NEWOBJ = 0x81,
    P_EXT1 = 0x82,
    P_EXT2 = 0x83,
    P_EXT4 = 0x84,
    P_TUPLE1 = 0x85,
    P_TUPLE2 = 0x86,
    P_TUPLE3 = 0x87,
    P_NEWTRUE = 0x88,
    P_NEWFALSE = 0x89,
    P_LONG1 = 0x8a,
    P_LONG4 = 0x8b
};
#define HIGHEST_PROTOCOL 2

extern PyObject *cPickle_PickleError, *cPickle_PicklingError, *cPickle_UnpicklingError,
    *cPickle_UnpickleableError, *cPickle_BadPickleGet;
/* copy_reg's tables, borrowed: dispatch_table, _extension_registry, _inverted_registry,
 * _extension_cache. */
extern PyObject *cPickle_dispatch_table, *cPickle_extension_registry, *cPickle_inverted_registry,
    *cPickle_extension_cache;
extern PyTypeObject cPickle_PicklerType, cPickle_UnpicklerType;

/* Pickles obj to a new str, or to a file object when file is not NULL (then returns None). */
PyObject *cPickle_Dump(PyObject *obj, PyObject *file, int protocol);
/* file NULL: a Pickler that keeps what it writes for getvalue(). */
PyObject *cPickle_NewPickler(PyObject *file, int protocol);
/* Exactly one of them not NULL. */
PyObject *cPickle_NewUnpickler(PyObject *file, PyObject *string);
PyObject *cPickle_Load(PyObject *unpickler);
#endif
