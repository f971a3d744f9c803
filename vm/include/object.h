/* SPDX-License-Identifier: MIT */
/* The object header, the type object and its slots, reference counting. Layout as CPython 2.7's,
 * but ob_refcnt is pointer-sized (a count cannot exceed the number of pointers) and ob_size is 64
 * bits. */
#ifndef OBJECT_H
#define OBJECT_H

#define PyObject_HEAD                                                                              \
    Py_refcnt_t ob_refcnt;                                                                         \
    struct _typeobject *ob_type;
#define PyObject_VAR_HEAD                                                                          \
    PyObject_HEAD Py_ssize_t ob_size; /* number of items in the variable part */
#define PyObject_HEAD_INIT(type) 1, type,
#define PyVarObject_HEAD_INIT(type, size) .ob_refcnt = 1, .ob_type = type, .ob_size = size,
#define Py_INVALID_SIZE ((Py_ssize_t)-1)

typedef struct _object {
    PyObject_HEAD
} PyObject;
typedef struct {
    PyObject_VAR_HEAD
} PyVarObject;

#define Py_REFCNT(ob) (((PyObject *)(ob))->ob_refcnt)
#define Py_TYPE(ob) (((PyObject *)(ob))->ob_type)
#define Py_SIZE(ob) (((PyVarObject *)(ob))->ob_size)

typedef PyObject *(*unaryfunc)(PyObject *);
typedef PyObject *(*binaryfunc)(PyObject *, PyObject *);
typedef PyObject *(*ternaryfunc)(PyObject *, PyObject *, PyObject *);
typedef int (*inquiry)(PyObject *);
typedef Py_ssize_t (*lenfunc)(PyObject *);
typedef int (*coercion)(PyObject **, PyObject **);
typedef PyObject *(*ssizeargfunc)(PyObject *, Py_ssize_t);
typedef PyObject *(*ssizessizeargfunc)(PyObject *, Py_ssize_t, Py_ssize_t);
typedef int (*ssizeobjargproc)(PyObject *, Py_ssize_t, PyObject *);
typedef int (*ssizessizeobjargproc)(PyObject *, Py_ssize_t, Py_ssize_t, PyObject *);
typedef int (*objobjargproc)(PyObject *, PyObject *, PyObject *);
typedef int (*objobjproc)(PyObject *, PyObject *);
typedef int (*visitproc)(PyObject *, void *);
typedef int (*traverseproc)(PyObject *, visitproc, void *);

/* Old buffer protocol. */
typedef Py_ssize_t (*readbufferproc)(PyObject *, Py_ssize_t, void **);
typedef Py_ssize_t (*writebufferproc)(PyObject *, Py_ssize_t, void **);
typedef Py_ssize_t (*segcountproc)(PyObject *, Py_ssize_t *);
typedef Py_ssize_t (*charbufferproc)(PyObject *, Py_ssize_t, char **);
/* New buffer protocol (PEP 3118). */
typedef struct bufferinfo {
    void *buf;
    PyObject *obj; /* owned */
    Py_ssize_t len, itemsize;
    int readonly, ndim;
    char *format;
    Py_ssize_t *shape, *strides, *suboffsets;
    Py_ssize_t smalltable[2];
    void *internal;
} Py_buffer;
typedef int (*getbufferproc)(PyObject *, Py_buffer *, int);
typedef void (*releasebufferproc)(PyObject *, Py_buffer *);
#define PyBUF_SIMPLE 0
#define PyBUF_WRITABLE 0x0001
#define PyBUF_WRITEABLE PyBUF_WRITABLE
#define PyBUF_FORMAT 0x0004
#define PyBUF_ND 0x0008
#define PyBUF_STRIDES (0x0010 | PyBUF_ND)
#define PyBUF_C_CONTIGUOUS (0x0020 | PyBUF_STRIDES)
#define PyBUF_F_CONTIGUOUS (0x0040 | PyBUF_STRIDES)
#define PyBUF_ANY_CONTIGUOUS (0x0080 | PyBUF_STRIDES)
#define PyBUF_INDIRECT (0x0100 | PyBUF_STRIDES)
#define PyBUF_CONTIG (PyBUF_ND | PyBUF_WRITABLE)
#define PyBUF_CONTIG_RO (PyBUF_ND)
#define PyBUF_STRIDED (PyBUF_STRIDES | PyBUF_WRITABLE)
#define PyBUF_STRIDED_RO (PyBUF_STRIDES)
#define PyBUF_RECORDS (PyBUF_STRIDES | PyBUF_WRITABLE | PyBUF_FORMAT)
#define PyBUF_RECORDS_RO (PyBUF_STRIDES | PyBUF_FORMAT)
#define PyBUF_FULL (PyBUF_INDIRECT | PyBUF_WRITABLE | PyBUF_FORMAT)
#define PyBUF_FULL_RO (PyBUF_INDIRECT | PyBUF_FORMAT)
#define PyBUF_READ 0x100
#define PyBUF_WRITE 0x200

typedef struct {
    binaryfunc nb_add, nb_subtract, nb_multiply, nb_divide, nb_remainder, nb_divmod;
    ternaryfunc nb_power;
    unaryfunc nb_negative, nb_positive, nb_absolute;
    inquiry nb_nonzero;
    unaryfunc nb_invert;
    binaryfunc nb_lshift, nb_rshift, nb_and, nb_xor, nb_or;
    coercion nb_coerce;
    unaryfunc nb_int, nb_long, nb_float, nb_oct, nb_hex;
    binaryfunc nb_inplace_add, nb_inplace_subtract, nb_inplace_multiply, nb_inplace_divide,
        nb_inplace_remainder;
    ternaryfunc nb_inplace_power;
    binaryfunc nb_inplace_lshift, nb_inplace_rshift, nb_inplace_and, nb_inplace_xor, nb_inplace_or;
    binaryfunc nb_floor_divide, nb_true_divide, nb_inplace_floor_divide, nb_inplace_true_divide;
    unaryfunc nb_index;
} PyNumberMethods;
typedef struct {
    lenfunc sq_length;
    binaryfunc sq_concat;
    ssizeargfunc sq_repeat, sq_item;
    ssizessizeargfunc sq_slice;
    ssizeobjargproc sq_ass_item;
    ssizessizeobjargproc sq_ass_slice;
    objobjproc sq_contains;
    binaryfunc sq_inplace_concat;
    ssizeargfunc sq_inplace_repeat;
} PySequenceMethods;
typedef struct {
    lenfunc mp_length;
    binaryfunc mp_subscript;
    objobjargproc mp_ass_subscript;
} PyMappingMethods;
typedef struct {
    readbufferproc bf_getreadbuffer;
    writebufferproc bf_getwritebuffer;
    segcountproc bf_getsegcount;
    charbufferproc bf_getcharbuffer;
    getbufferproc bf_getbuffer;
    releasebufferproc bf_releasebuffer;
} PyBufferProcs;

typedef void (*freefunc)(void *);
typedef void (*destructor)(PyObject *);
typedef int (*printfunc)(PyObject *, void *, int); /* unused: tp_print is always NULL in Krait */
typedef PyObject *(*getattrfunc)(PyObject *, char *);
typedef PyObject *(*getattrofunc)(PyObject *, PyObject *);
typedef int (*setattrfunc)(PyObject *, char *, PyObject *);
typedef int (*setattrofunc)(PyObject *, PyObject *, PyObject *);
typedef int (*cmpfunc)(PyObject *, PyObject *);
typedef PyObject *(*reprfunc)(PyObject *);
typedef py_long (*hashfunc)(PyObject *);
typedef PyObject *(*richcmpfunc)(PyObject *, PyObject *, int);
typedef PyObject *(*getiterfunc)(PyObject *);
typedef PyObject *(*iternextfunc)(PyObject *);
typedef PyObject *(*descrgetfunc)(PyObject *, PyObject *, PyObject *);
typedef int (*descrsetfunc)(PyObject *, PyObject *, PyObject *);
typedef int (*initproc)(PyObject *, PyObject *, PyObject *);
typedef PyObject *(*newfunc)(struct _typeobject *, PyObject *, PyObject *);
typedef PyObject *(*allocfunc)(struct _typeobject *, Py_ssize_t);

typedef struct _typeobject {
    PyObject_VAR_HEAD const char *tp_name; /* "module.name" or "name" */
    Py_ssize_t tp_basicsize, tp_itemsize;
    destructor tp_dealloc;
    printfunc tp_print;
    getattrfunc tp_getattr;
    setattrfunc tp_setattr;
    cmpfunc tp_compare;
    reprfunc tp_repr;
    PyNumberMethods *tp_as_number;
    PySequenceMethods *tp_as_sequence;
    PyMappingMethods *tp_as_mapping;
    hashfunc tp_hash;
    ternaryfunc tp_call;
    reprfunc tp_str;
    getattrofunc tp_getattro;
    setattrofunc tp_setattro;
    PyBufferProcs *tp_as_buffer;
    py_long tp_flags;
    const char *tp_doc;
    traverseproc tp_traverse;
    inquiry tp_clear;
    richcmpfunc tp_richcompare;
    Py_ssize_t tp_weaklistoffset;
    getiterfunc tp_iter;
    iternextfunc tp_iternext;
    struct PyMethodDef *tp_methods;
    struct PyMemberDef *tp_members;
    struct PyGetSetDef *tp_getset;
    struct _typeobject *tp_base;
    PyObject *tp_dict;
    descrgetfunc tp_descr_get;
    descrsetfunc tp_descr_set;
    Py_ssize_t tp_dictoffset;
    initproc tp_init;
    allocfunc tp_alloc;
    newfunc tp_new;
    freefunc tp_free;
    inquiry tp_is_gc;
    PyObject *tp_bases, *tp_mro, *tp_cache, *tp_subclasses, *tp_weaklist;
    destructor tp_del;
    uint32_t tp_version_tag; /* valid while Py_TPFLAGS_VALID_VERSION_TAG; changes with any change of
                                the type */
    const struct _PyGoOnSlots *tp_goon; /* slots that may answer Py_GoOn (goon.h), or NULL */
    uint32_t tp_x64_basicsize; /* what sys.getsizeof and __basicsize__ answer; 0: not recorded */
} PyTypeObject;

typedef struct _heaptypeobject {
    PyTypeObject ht_type;
    PyNumberMethods as_number;
    PyMappingMethods as_mapping;
    PySequenceMethods as_sequence;
    PyBufferProcs as_buffer;
    PyObject *ht_name, *ht_slots;
    /* PyMemberDef members follow, ob_size of them */
} PyHeapTypeObject;
#define PyHeapType_GET_MEMBERS(etype)                                                              \
    ((PyMemberDef *)((char *)(etype) + Py_TYPE(etype)->tp_basicsize))

#define Py_TPFLAGS_HAVE_GETCHARBUFFER (1L << 0)
#define Py_TPFLAGS_HAVE_SEQUENCE_IN (1L << 1)
#define Py_TPFLAGS_HAVE_INPLACEOPS (1L << 3)
#define Py_TPFLAGS_CHECKTYPES (1L << 4)
#define Py_TPFLAGS_HAVE_RICHCOMPARE (1L << 5)
#define Py_TPFLAGS_HAVE_WEAKREFS (1L << 6)
#define Py_TPFLAGS_HAVE_ITER (1L << 7)
#define Py_TPFLAGS_HAVE_CLASS (1L << 8)
#define Py_TPFLAGS_HEAPTYPE (1L << 9)
#define Py_TPFLAGS_BASETYPE (1L << 10)
#define Py_TPFLAGS_READY (1L << 12)
#define Py_TPFLAGS_READYING (1L << 13)
#define Py_TPFLAGS_HAVE_GC (1L << 14)
#define Py_TPFLAGS_HAVE_INDEX (1L << 17)
#define Py_TPFLAGS_HAVE_VERSION_TAG (1L << 18)
#define Py_TPFLAGS_VALID_VERSION_TAG (1L << 19)
#define Py_TPFLAGS_IS_ABSTRACT (1L << 20)
#define Py_TPFLAGS_HAVE_NEWBUFFER (1L << 21)
#define Py_TPFLAGS_INT_SUBCLASS (1L << 23)
#define Py_TPFLAGS_LONG_SUBCLASS (1L << 24)
#define Py_TPFLAGS_LIST_SUBCLASS (1L << 25)
#define Py_TPFLAGS_TUPLE_SUBCLASS (1L << 26)
#define Py_TPFLAGS_STRING_SUBCLASS (1L << 27)
#define Py_TPFLAGS_UNICODE_SUBCLASS (1L << 28)
#define Py_TPFLAGS_DICT_SUBCLASS (1L << 29)
#define Py_TPFLAGS_BASE_EXC_SUBCLASS (1L << 30)
#define Py_TPFLAGS_TYPE_SUBCLASS ((py_long)1 << 31)
#define Py_TPFLAGS_DEFAULT                                                                         \
    (Py_TPFLAGS_HAVE_GETCHARBUFFER | Py_TPFLAGS_HAVE_SEQUENCE_IN | Py_TPFLAGS_HAVE_INPLACEOPS |    \
     Py_TPFLAGS_HAVE_RICHCOMPARE | Py_TPFLAGS_HAVE_WEAKREFS | Py_TPFLAGS_HAVE_ITER |               \
     Py_TPFLAGS_HAVE_CLASS | Py_TPFLAGS_HAVE_INDEX | Py_TPFLAGS_HAVE_VERSION_TAG)
/* Optional groups of slots are always there in Krait; the flags exist for __flags__. CHECKTYPES and
 * HAVE_NEWBUFFER are given where CPython gives them: abstract.c keys the old-style numeric protocol
 * on them. */
#define PyType_HasFeature(t, f) (((t)->tp_flags & (f)) != 0)
#define PyType_FastSubclass(t, f) PyType_HasFeature(t, f)

extern PyTypeObject PyType_Type, PyBaseObject_Type, PySuper_Type;
#define PyObject_TypeCheck(ob, tp) (Py_TYPE(ob) == (tp) || PyType_IsSubtype(Py_TYPE(ob), (tp)))
#define PyType_Check(op) PyType_FastSubclass(Py_TYPE(op), Py_TPFLAGS_TYPE_SUBCLASS)
#define PyType_CheckExact(op) (Py_TYPE(op) == &PyType_Type)

int PyType_IsSubtype(PyTypeObject *a, PyTypeObject *b);
int PyType_Ready(PyTypeObject *);
PyObject *PyType_GenericAlloc(PyTypeObject *, Py_ssize_t);
PyObject *PyType_GenericNew(PyTypeObject *, PyObject *, PyObject *);
PyObject *_PyType_Lookup(PyTypeObject *,
                         PyObject *name); /* borrowed, no error set when missing; name is a str */
PyObject *_PyObject_LookupSpecial(PyObject *, const char *name, PyObject **nameobj);
unsigned int PyType_ClearCache(void);
void PyType_Modified(PyTypeObject *);
/* Gives the type a valid version tag if it can have one: 1 yes, 0 no. */
int _PyType_AssignVersionTag(PyTypeObject *);

PyObject *PyObject_Repr(PyObject *);
PyObject *_PyObject_Str(PyObject *); /* str or unicode */
PyObject *PyObject_Str(PyObject *);
#define PyObject_Bytes PyObject_Str
PyObject *PyObject_Unicode(PyObject *);
int PyObject_Compare(PyObject *, PyObject *); /* -1 0 1; on error -1 with exception set */
PyObject *PyObject_RichCompare(PyObject *, PyObject *, int);
/* What is left of a rich comparison once neither operand's method knew: __cmp__, then identity and
 * type. */
PyObject *_PySlot_HalfRichCompare(PyObject *self, PyObject *other, int op);
PyObject *_PyObject_CompareFallback(PyObject *, PyObject *, int op);
int PyObject_RichCompareBool(PyObject *, PyObject *, int); /* identity implies equality */
PyObject *PyObject_GetAttrString(PyObject *, const char *);
int PyObject_SetAttrString(PyObject *, const char *, PyObject *);
int PyObject_HasAttrString(PyObject *, const char *);
PyObject *PyObject_GetAttr(PyObject *, PyObject *);
int PyObject_SetAttr(PyObject *, PyObject *, PyObject *); /* value NULL: delete */
int PyObject_HasAttr(PyObject *, PyObject *);
PyObject **_PyObject_GetDictPtr(PyObject *);
PyObject *PyObject_SelfIter(PyObject *);
PyObject *_PyObject_NextNotImplemented(PyObject *);
PyObject *PyObject_GenericGetAttr(PyObject *, PyObject *);
int PyObject_GenericSetAttr(PyObject *, PyObject *, PyObject *);
PyObject *_PyObject_GenericGetAttrWithDict(PyObject *, PyObject *, PyObject *);
int _PyObject_GenericSetAttrWithDict(PyObject *, PyObject *, PyObject *, PyObject *);
py_long PyObject_Hash(PyObject *);
py_long PyObject_HashNotImplemented(PyObject *);
int PyObject_IsTrue(PyObject *);
int PyObject_Not(PyObject *);
int PyCallable_Check(PyObject *);
int PyNumber_Coerce(PyObject **, PyObject **);
int PyNumber_CoerceEx(PyObject **, PyObject **);
void PyObject_ClearWeakRefs(PyObject *);
PyObject *PyObject_Dir(PyObject *); /* NULL: current locals */
int Py_ReprEnter(PyObject *);       /* 0 first time, 1 already inside, -1 error */
void Py_ReprLeave(PyObject *);
py_long _Py_HashDouble(double);
py_long _Py_HashPointer(const void *);
py_long _Py_HashBytes(const void *p, Py_ssize_t n); /* with the hash secret, as str.__hash__ */
typedef struct {
    py_long prefix, suffix;
} _Py_HashSecret_t;
extern _Py_HashSecret_t _Py_HashSecret;

#define Py_LT 0
#define Py_LE 1
#define Py_EQ 2
#define Py_NE 3
#define Py_GT 4
#define Py_GE 5
extern int _Py_SwappedOp[];
#define Py_CmpToRich(op, c)                                                                        \
    ((op) == Py_EQ   ? (c) == 0                                                                    \
     : (op) == Py_NE ? (c) != 0                                                                    \
     : (op) == Py_LT ? (c) < 0                                                                     \
     : (op) == Py_LE ? (c) <= 0                                                                    \
     : (op) == Py_GT ? (c) > 0                                                                     \
                     : (c) >= 0)

/* Reference counting. _Py_Dealloc calls tp_dealloc; it is a function so that debug builds can
 * count. */
void _Py_Dealloc(PyObject *);
#define _Py_NewReference(op) (Py_REFCNT(op) = 1)
#define _Py_ForgetReference(op) ((void)0)
#define Py_INCREF(op) ((void)(((PyObject *)(op))->ob_refcnt++))
#define Py_DECREF(op)                                                                              \
    do {                                                                                           \
        PyObject *_py_decref_tmp = (PyObject *)(op);                                               \
        if (--_py_decref_tmp->ob_refcnt == 0)                                                      \
            _Py_Dealloc(_py_decref_tmp);                                                           \
    } while (0)
#define Py_XINCREF(op)                                                                             \
    do {                                                                                           \
        PyObject *_py_xincref_tmp = (PyObject *)(op);                                              \
        if (_py_xincref_tmp != NULL)                                                               \
            Py_INCREF(_py_xincref_tmp);                                                            \
    } while (0)
#define Py_XDECREF(op)                                                                             \
    do {                                                                                           \
        PyObject *_py_xdecref_tmp = (PyObject *)(op);                                              \
        if (_py_xdecref_tmp != NULL)                                                               \
            Py_DECREF(_py_xdecref_tmp);                                                            \
    } while (0)
#define Py_CLEAR(op)                                                                               \
    do {                                                                                           \
        PyObject *_py_clear_tmp = (PyObject *)(op);                                                \
        if (_py_clear_tmp != NULL) {                                                               \
            (op) = NULL;                                                                           \
            Py_DECREF(_py_clear_tmp);                                                              \
        }                                                                                          \
    } while (0)
#define Py_SETREF(op, value)                                                                       \
    do {                                                                                           \
        PyObject *_py_setref_tmp = (PyObject *)(op);                                               \
        (op) = (value);                                                                            \
        Py_DECREF(_py_setref_tmp);                                                                 \
    } while (0)
#define Py_XSETREF(op, value)                                                                      \
    do {                                                                                           \
        PyObject *_py_setref_tmp = (PyObject *)(op);                                               \
        (op) = (value);                                                                            \
        Py_XDECREF(_py_setref_tmp);                                                                \
    } while (0)
void Py_IncRef(PyObject *);
void Py_DecRef(PyObject *);

extern PyObject _Py_NoneStruct, _Py_NotImplementedStruct;
extern PyTypeObject PyNone_Type, PyNotImplemented_Type;
#define Py_None (&_Py_NoneStruct)
#define Py_NotImplemented (&_Py_NotImplementedStruct)
#define Py_PRINT_RAW 1

/* Frees deep structures without C recursion: past a nesting bound deallocations are queued and done
 * by the outermost. Use: Py_TRASHCAN_SAFE_BEGIN(op) ...body... Py_TRASHCAN_SAFE_END(op) after
 * PyObject_GC_UnTrack. */
#define PyTrash_UNWIND_LEVEL 50
extern int _PyTrash_delete_nesting;
void _PyTrash_deposit_object(PyObject *);
void _PyTrash_destroy_chain(void);
#define Py_TRASHCAN_SAFE_BEGIN(op)                                                                 \
    if (_PyTrash_delete_nesting < PyTrash_UNWIND_LEVEL) {                                          \
        ++_PyTrash_delete_nesting;
#define Py_TRASHCAN_SAFE_END(op)                                                                   \
    --_PyTrash_delete_nesting;                                                                     \
    if (_PyTrash_has_later() && _PyTrash_delete_nesting <= 0)                                      \
        _PyTrash_destroy_chain();                                                                  \
    }                                                                                              \
    else                                                                                           \
    {                                                                                              \
        _PyTrash_deposit_object((PyObject *)(op));                                                 \
    }
int _PyTrash_has_later(void);
#endif
